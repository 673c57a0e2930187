"""The action on a simulated pull request: base, head, and a fork that means no good."""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT
from processes import called, git, git_environment
from workflow_commands import Command, commands

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
TRAP = "open('PWN', 'w').close()\nraise SystemExit(99)\n"


class Done(NamedTuple):
    """What a run of the action left behind."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]

    @property
    def annotations(self) -> list[Command]:
        return commands(self.log)


class Project:
    """A repository, its clone on a runner, and what GitHub tells the action."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.python = python
        self.origin = folder / "origin"
        self.checkout = folder / "checkout"
        self.temp = folder / "temp"
        for each in (self.origin, self.temp):
            each.mkdir()
        self.environ = {
            name: value
            for name, value in git_environment().items()
            if not name.startswith(("PMLINT_", "GITHUB_"))
        }
        self.git("init", "-q", "-b", "main")
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")

    def git(self, *words: str, folder: Path | None = None) -> str:
        return git(folder or self.origin, *words)

    def commit(self, files: dict[str, str]) -> str:
        for name, text in files.items():
            path = self.origin / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", "--all")
        self.git("commit", "-qm", "Change")
        return self.git("rev-parse", "HEAD")

    def clone(self, ref: str, depth: int) -> None:
        """What actions/checkout does: one reference, a few commits deep."""
        self.checkout.mkdir()
        self.git("init", "-q", folder=self.checkout)
        self.git("remote", "add", "origin", self.origin.as_uri(), folder=self.checkout)
        fetch = ("fetch", "-q", "--no-tags", f"--depth={depth}", "origin", ref)
        self.git(*fetch, folder=self.checkout)
        self.git("checkout", "-q", "--detach", "FETCH_HEAD", folder=self.checkout)

    def run(self, name: str, event: object, ref: str, **settings: str) -> Done:
        files = {key: self.temp / key for key in ("event", "summary", "output")}
        files["event"].write_text(json.dumps(event), "utf-8")
        environ = self.environ | {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(files["event"]),
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_REF": ref,
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            "GITHUB_TOKEN": "S3CR3T",
            "GITHUB_WORKSPACE": str(self.checkout),
            "PMLINT_PYTHON": str(self.python),
            "RUNNER_TEMP": str(self.temp),
            **{f"PMLINT_{key.upper()}": value for key, value in settings.items()},
        }
        script = ROOT / "ci" / "github.py"
        done = called(sys.executable, "-I", script, folder=self.checkout, environ=environ)
        assert "Traceback" not in done.stderr, done.stderr
        assert files["summary"].exists(), done.stdout + done.stderr
        assert "S3CR3T" not in done.stdout + done.stderr
        rows = files["output"].read_text("utf-8").splitlines()
        outputs = dict(row.split("=", 1) for row in rows)
        return Done(done.returncode, done.stdout, files["summary"].read_text("utf-8"), outputs)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds this checkout, as the action's own would hold pmlint."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    prefix = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=prefix))
    held = [str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))]
    (site / "held.pth").write_text("\n".join(held), "utf-8")
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@pytest.fixture
def project(tmp_path: Path, python: Path) -> Project:
    return Project(tmp_path, python)


def pull_request(base: str, fork: bool = False) -> object:
    head = "stranger/project" if fork else "team/project"
    return {
        "pull_request": {
            "base": {"sha": base, "repo": {"full_name": "team/project"}},
            "head": {"repo": {"full_name": head}},
        }
    }


def opened(project: Project, files: dict[str, str], depth: int = 2) -> str:
    """A pull request over a base with an old fault; its merge commit is checked out."""
    base = project.commit({"postmortems/old.md": FAULTY, "pyproject.toml": "[project]\n"})
    project.git("checkout", "-q", "-b", "topic")
    project.commit(files)
    project.git("checkout", "-q", "main")
    # The base has moved on since: what it changed is not the pull request's.
    project.commit({"postmortems/moved.md": FAULTY})
    project.git("merge", "-q", "--no-ff", "-m", "Merge", "topic")
    project.git("update-ref", "refs/pull/7/merge", "HEAD")
    project.clone("refs/pull/7/merge", depth)
    return base


@pytest.mark.parametrize("depth", [1, 2, 50])
def test_only_what_the_pull_request_changes_is_annotated(project: Project, depth: int) -> None:
    base = opened(project, {"postmortems/new.md": FAULTY, "postmortems/good.md": GOOD}, depth)
    done = project.run("pull_request", pull_request(base), "refs/pull/7/merge")
    assert done.code == 1
    assert {command.fields["file"] for command in done.annotations} == {"postmortems/new.md"}
    assert {"error", "warning"} == {command.name for command in done.annotations}
    assert "#### `postmortems/new.md`" in done.summary
    assert done.outputs["exit-code"] == "1"
    assert int(done.outputs["findings"]) == len(done.annotations)
    assert int(done.outputs["errors"]) > 0


def test_all_files_are_checked_on_request(project: Project) -> None:
    base = opened(project, {"postmortems/good.md": GOOD})
    event = pull_request(base)
    done = project.run("pull_request", event, "refs/pull/7/merge", changed="false", fail_on="error")
    assert done.code == 1
    assert {command.fields["file"] for command in done.annotations} == {
        "postmortems/old.md",
        "postmortems/moved.md",
    }


def test_a_pull_request_without_postmortems_passes(project: Project) -> None:
    base = opened(project, {"README.md": "# Project\n\nHow to build it.\n", "a.py": "pass\n"})
    done = project.run("pull_request", pull_request(base), "refs/pull/7/merge")
    assert done.code == 0, done.log
    assert not done.annotations
    assert done.outputs == {"findings": "0", "errors": "0", "warnings": "0", "exit-code": "0"}


def test_paths_are_one_a_line_and_count_from_the_folder_given(project: Project) -> None:
    base = opened(project, {"docs/a b/new.md": FAULTY, "docs/other/new.md": FAULTY})
    event = pull_request(base)
    done = project.run("pull_request", event, "refs/pull/7/merge", paths="a b\n  \n", folder="docs")
    assert done.code == 1
    assert {command.fields["file"] for command in done.annotations} >= {"docs/a b/new.md"}
    assert "other" not in done.log


@pytest.mark.parametrize(
    ("event", "name"),
    [
        pytest.param({"before": "0" * 40}, "push", id="a new branch"),
        pytest.param({}, "workflow_dispatch", id="started by hand"),
        pytest.param({"before": "--output=PWN"}, "push", id="no commit"),
    ],
)
def test_without_a_base_everything_is_checked(project: Project, event: object, name: str) -> None:
    project.commit({"old.md": FAULTY})
    project.clone("refs/heads/main", 1)
    done = project.run(name, event, "refs/heads/main")
    assert done.code == 1
    assert {command.fields["file"] for command in done.annotations} == {"old.md"}


def test_a_base_that_cannot_be_had_is_said_and_everything_is_checked(project: Project) -> None:
    project.commit({"old.md": FAULTY})
    project.clone("refs/heads/main", 1)
    done = project.run("push", {"before": "1" * 40}, "refs/heads/main")
    assert done.code == 1
    assert "cannot tell what has changed" in done.annotations[0].message
    assert any(command.fields.get("file") == "old.md" for command in done.annotations)


def test_a_push_is_compared_with_what_was_there_before(project: Project) -> None:
    before = project.commit({"old.md": FAULTY})
    project.commit({"new.md": FAULTY})
    project.clone("refs/heads/main", 1)
    done = project.run("push", {"before": before}, "refs/heads/main")
    assert {command.fields["file"] for command in done.annotations} == {"new.md"}


SOFTENED = '[tool.pmlint]\nignore = ["PM1", "PM2", "PM3", "PM4", "PM5", "PM6"]\n'


@pytest.mark.parametrize(
    ("fork", "config", "code"),
    [
        pytest.param(True, "auto", 1, id="a fork cannot soften the gate"),
        pytest.param(False, "auto", 0, id="the team can"),
        pytest.param(False, "base", 1, id="unless it says so"),
        pytest.param(True, "head", 0, id="or trusts forks"),
    ],
)
def test_whose_configuration_counts(project: Project, fork: bool, config: str, code: int) -> None:
    base = opened(project, {"postmortems/new.md": FAULTY, "pyproject.toml": SOFTENED})
    event = pull_request(base, fork)
    done = project.run("pull_request", event, "refs/pull/7/merge", config=config)
    assert done.code == code, done.log


def test_nothing_of_a_fork_is_run_or_imported(project: Project) -> None:
    traps = {
        f"{name}.py": TRAP
        for name in (
            "click",
            "markdown_it",
            "tomllib",
            "pathspec",
            "sitecustomize",
            "json",
            "pmlint",
        )
    }
    names = [
        "-rf.md",
        "--config=x.md",
        "$(touch PWN).md",
        "`touch PWN`.md",
        "a;touch PWN.md",
        'it\'s "a".md',
    ]
    escaped = {"a\n::error title=PWN::x.md": r"a\x0a::error title=PWN::x.md"}
    if sys.platform == "linux":
        escaped[os.fsdecode(b"\xff\xfe.md")] = r"\xff\xfe.md"
    hostile = {f"postmortems/{name}": FAULTY for name in [*names, *escaped]}
    files = {
        **traps,
        **hostile,
        ".gitattributes": "*.md diff=pwn filter=pwn\n",
        ".gitconfig": '[diff "pwn"]\n textconv = touch PWN; cat\n',
        "setup.py": TRAP,
        "conftest.py": TRAP,
        ".pmlint.toml": 'plugins = ["pwn"]\n',
    }
    base = opened(project, files)
    done = project.run("pull_request", pull_request(base, fork=True), "refs/pull/7/merge")
    assert not list(project.checkout.rglob("PWN"))
    assert not list(project.temp.rglob("PWN"))
    assert done.code == 1
    assert all(
        command.fields["title"].startswith("PM") or not command.fields.get("file")
        for command in done.annotations
    )
    for name in names:
        assert f"postmortems/{name}" in done.log
    for name in escaped.values():
        assert f"postmortems/{name}" in done.summary
    assert "PWN::x" not in [command.message for command in done.annotations]


def test_the_action_is_pinned_and_pastes_nothing_into_a_shell() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    used = [line.split("uses:")[1].strip() for line in text.splitlines() if "uses:" in line]
    assert len(used) == 2
    for each in used:
        _, _, commit = each.split(" ")[0].partition("@")
        assert len(commit) == 40, each
    for line in text.splitlines():
        if line.strip().startswith("run:"):
            assert "${{" not in line
