"""The formats before the real validators of those who read them.

Run by ``.ci/full``, which installs the tools: ``PMLINT_TOOLS`` is the folder that
holds ``node_modules`` and ``venv``. A tool that is missing skips its tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from processes import called, environment

TOOLS = Path(os.environ.get("PMLINT_TOOLS") or ROOT / ".full")
SARIF = TOOLS / "node_modules" / "@microsoft" / "sarif-multitool-linux"
NO_MESSAGES = {"SARIF2005"}
"""Warnings that stand: there is no address of the project to give yet."""


def tool(*parts: str) -> Path:
    path = TOOLS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{parts[-1]} is not installed (.ci/full installs it)")
    return path


def call(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return called(*command, folder=folder, environ=environment())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Postmortems with every kind of finding: the rules' bad examples, hostile names."""
    from pmlint.standard import rulebook

    folder = tmp_path_factory.mktemp("corpus")
    for rule in rulebook.rules():
        for number, example in enumerate(rule.bad):
            data = bytes.fromhex(example.hex) if example.hex else example.text.encode()
            (folder / f"{rule.code} {number}.md").write_bytes(data)
    faulty = (ROOT / "examples" / "faulty.md").read_bytes()
    for name in (b"a\nb.md", b"\xff.md", b"a&b<c>'\"%20#?.md", "é🔥.md".encode()):
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:
            file.write(faulty)
    return folder


def report(corpus: Path, folder: Path, name: str, *options: str) -> Path:
    """The report of everything in a format."""
    path = folder / f"report.{name}"
    done = call(
        *(sys.executable, "-m", "pmlint", "check", "--isolated", "--no-incident", "error"),
        *("--select", "PM", "-o", f"{name}={path}", "-q", *options, "."),
        folder=corpus,
    )
    assert path.is_file(), done.stderr
    return path


@pytest.mark.parametrize("clean", [False, True], ids=["findings", "none"])
def test_sarif_holds_before_the_schema_and_the_multitool(
    corpus: Path, tmp_path: Path, clean: bool
) -> None:
    multitool = tool(*SARIF.relative_to(TOOLS).parts, "Sarif.Multitool")
    path = report(corpus, tmp_path, "sarif", *(["--ignore", "PM"] if clean else []))
    schema = tool(*SARIF.relative_to(TOOLS).parts, "sarif-2.1.0.json")
    checker = tool("venv", "bin", "check-jsonschema")
    done = call(checker, "--schemafile", schema, path, folder=tmp_path)
    assert done.returncode == 0, done.stdout
    found = tmp_path / "found.sarif"
    done = call(
        *(multitool, "validate", path, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"),
        *("--log", "ForceOverwrite", "--output", found),
        folder=tmp_path,
    )
    (run,) = json.loads(found.read_text("utf-8-sig"))["runs"]
    assert {result["ruleId"] for result in run["results"]} <= NO_MESSAGES, done.stdout
    log = json.loads(path.read_text("utf-8"))
    # A file that cannot be read is told even with every rule ignored.
    codes = {result["ruleId"] for result in log["runs"][0]["results"]}
    assert codes == {"PM003"} if clean else len(codes) > 30


def test_rdjson_holds_before_the_validator(corpus: Path, tmp_path: Path) -> None:
    script = tool("node_modules", "@umbrelladocs", "rdformat-validator", "bin")
    path = report(corpus, tmp_path, "rdjson")
    path = path.rename(path.with_suffix(".json"))
    command = ("node", script / "rdformat-validator.js", "--strict", "--no-extra-fields", path)
    done = call(*command, folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "All files are valid" in done.stdout


def test_junit_is_read_by_junitparser(corpus: Path, tmp_path: Path) -> None:
    python = tool("venv", "bin", "python")
    path = report(corpus, tmp_path, "junit")
    script = (
        "import sys, json; from junitparser import JUnitXml\n"
        "log = JUnitXml.fromfile(sys.argv[1])\n"
        "cases = [case for suite in log for case in suite]\n"
        "kinds = [type(result).__name__ for case in cases for result in case.result]\n"
        "print(json.dumps([log.tests, log.failures, log.errors, len(cases),"
        " kinds.count('Failure'), kinds.count('Error')]))"
    )
    done = call(python, "-c", script, path, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    tests, failures, errors, cases, failed, broken = json.loads(done.stdout)
    assert (tests, failures, errors) == (cases, failed, broken)
    assert failures > 50
    assert errors >= 1


def test_gitlab_has_the_documented_form(corpus: Path, tmp_path: Path) -> None:
    checker = tool("venv", "bin", "check-jsonschema")
    text = {"type": "string", "minLength": 1}
    number = {"type": "integer", "minimum": 1}
    schema = {
        "type": "array",
        "minItems": 50,
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": text,
                "check_name": text,
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": r"^(?!\./)."},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": number, "end": number},
                        },
                    },
                },
            },
            "additionalProperties": False,
        },
    }
    (tmp_path / "schema.json").write_text(json.dumps(schema))
    path = report(corpus, tmp_path, "gitlab")
    done = call(checker, "--schemafile", "schema.json", path, folder=tmp_path)
    assert done.returncode == 0, done.stdout
    issues = json.loads(path.read_text("utf-8"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.gitlab-ci", "templates/pmlint.yml"),
        *(
            ("vendor.github-workflows", str(path.relative_to(ROOT)))
            for path in sorted((ROOT / ".github").glob("workflows/*.y*ml"))
        ),
    ],
)
def test_files_for_services_hold_before_their_schemas(
    tmp_path: Path, schema: str, file: str
) -> None:
    checker = tool("venv", "bin", "check-jsonschema")
    # A component of GitLab has its inputs in a document of its own before the jobs.
    text = (ROOT / file).read_text("utf-8").split("\n---\n")[-1]
    (tmp_path / "file.yml").write_text(text, "utf-8")
    done = call(checker, "--builtin-schema", schema, "file.yml", folder=tmp_path)
    assert done.returncode == 0, done.stdout


def test_hooks_hold_before_pre_commit_and_prek() -> None:
    for name in ("pre-commit", "prek"):
        command = tool("venv", "bin", name)
        done = call(command, "validate-manifest", ".pre-commit-hooks.yaml", folder=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_in_the_action_and_in_the_snippets_of_the_docs(tmp_path: Path) -> None:
    zizmor = tool("venv", "bin", "zizmor")
    files: list[Path] = [ROOT / "action.yml"]
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for number, block in enumerate(page.read_text("utf-8").split("```yaml\n")[1:]):
            # A reader puts a commit there.
            text = block.partition("```")[0].replace("@COMMIT", f"@{'0' * 40}")
            if "runs-on:" in text:
                file = tmp_path / ".github" / "workflows" / f"{page.stem}-{number}.yml"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
                files.append(file)
    assert len(files) > 1
    done = call(zizmor, "--offline", "--no-progress", *files, folder=tmp_path)
    assert done.returncode == 0, done.stdout
