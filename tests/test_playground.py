"""The page's parts that need no browser: its Python, its texts, its build.

What happens in a browser is tested by ``tests/full/test_playground_browser.py``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run

from playground import bridge, build, website
from playground.texts import FAULTS, examples
from pmlint.standard import rulebook, templates

PLAYGROUND = ROOT / "playground"
PAGE = PLAYGROUND / "page"
GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
TEXTS = {
    **dict(examples()),
    "no incident": "# Notes\n\nNothing happened.\n",
    "no words": "\n",
    "not UTF-8": "a\x00b",
    "a mark before the text": "\ufeff" + FAULTY,
    "old line ends": FAULTY.replace("\n", "\r\n"),
}


def check(text: str, template: str = "default") -> Any:
    return json.loads(bridge.check(text.encode(), template))


def mend(text: str, number: int, template: str = "default") -> Any:
    return json.loads(bridge.mend(text.encode(), template, number))


@pytest.mark.parametrize("template", ["default", "alx"])
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS.items()])
def test_page_is_told_what_the_command_line_prints(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, template: str
) -> None:
    (tmp_path / bridge.PATH).write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    options = ("--isolated", "--template", template, "--format", "json", bridge.PATH)
    answer = check(text, template)
    assert answer["findings"] == run("check", "--no-incident", "error", *options).json
    shown = run("show", *options).json
    assert [answer["facts"]] == (shown or [None])


def test_page_gets_checklist_and_timeline() -> None:
    answer = check(FAULTY, "alx")
    told = {item["told"]: item for item in answer["checklist"]}
    assert told["The duration has a timezone"]["met"] is False
    assert told["The duration has a timezone"]["lines"] == [5]
    assert told["The timeline tells how it ended"]["met"] is True
    assert [event["line"] for event in answer["timeline"]["events"]][:2] == [11, 12]
    assert answer["timeline"]["svg"].startswith("<svg ")


def test_text_without_incident_has_neither() -> None:
    answer = check("# Notes\n\nNothing happened.\n")
    assert [finding["code"] for finding in answer["findings"]] == ["PM001"]
    assert answer["checklist"] is None
    assert answer["timeline"] is None


def test_system_without_timers_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    # Browsers have the call that reads a timer and not the one that sets it.
    import _signal  # type: ignore[import-not-found]

    monkeypatch.delattr(_signal, "setitimer", raising=False)
    assert check(GOOD)["findings"] == []


def test_too_long_a_text_is_refused() -> None:
    answer = check("a" * (bridge.SIZE_LIMIT + 1))
    assert [finding["code"] for finding in answer["findings"]] == ["PM003"]


def test_fix_of_one_finding_mends_it_and_says_how() -> None:
    number, finding = next(
        (number, each) for number, each in enumerate(check(FAULTY)["findings"]) if each["fix"]
    )
    mended = mend(FAULTY, number)
    assert mended["fault"] == ""
    assert mended["told"] == [finding["fix"]["message"]]
    assert finding["code"] not in {each["code"] for each in check(mended["text"])["findings"]}


def test_all_safe_fixes_at_once() -> None:
    text = GOOD.replace("## Root cause\n", "**Root cause:**\n").replace(
        "## Resolution\n", "**Resolution:**\n"
    )
    safe = [each for each in check(text)["findings"] if each["fix"] and each["fix"]["safe"]]
    assert safe
    mended = mend(text, -1)
    assert mended["told"]
    left = check(mended["text"])["findings"]
    assert not [each for each in left if each["fix"] and each["fix"]["safe"]]


@pytest.mark.parametrize(
    ("text", "number", "fault"),
    [
        pytest.param(GOOD, 0, "there is no fix", id="nothing found"),
        pytest.param(FAULTY, 0, "there is no fix", id="a finding without a fix"),
        pytest.param(GOOD, -1, "there is no safe fix", id="nothing to mend"),
        pytest.param("a\x00b", 0, "the text cannot be read", id="unreadable"),
    ],
)
def test_what_cannot_be_mended_is_said(text: str, number: int, fault: str) -> None:
    assert mend(text, number) == {"text": None, "told": [], "fault": fault}


@pytest.mark.parametrize("code", [rule.code for rule in rulebook.rules()])
def test_every_rule_is_explained(code: str) -> None:
    told = json.loads(bridge.explain(code, "default"))
    assert told["code"] == code
    assert told["why"]
    assert "\n" not in told["why"]


def test_templates_are_offered_the_default_first() -> None:
    offered = [each["name"] for each in json.loads(bridge.catalogue())["templates"]]
    assert offered[0] == "default"
    assert sorted(offered) == sorted(templates.names())


EXPECTED = {
    "No timezone": "PM203",
    "No start": "PM202",
    "End before start": "PM205",
    "Impact without figures": "PM302",
    "An event out of order": "PM402",
    "No timeline": "PM401",
    "No tasks": "PM601",
}


def test_good_example_is_clean_and_each_fault_gives_its_error() -> None:
    found = {name: check(text)["findings"] for name, text in examples()}
    assert found.pop("A good postmortem") == []
    assert len(found.pop("One with many faults")) > 3
    codes = [[each["code"] for each in findings] for findings in found.values()]
    assert codes == [[EXPECTED[name]] for name, *_ in FAULTS]


def test_only_what_is_served_is_imported() -> None:
    script = (
        "import sys, json; sys.path[:0] = json.loads(sys.argv[1]); import bridge\n"
        "text = sys.stdin.buffer.read()\n"
        "bridge.check(text, 'alx'); bridge.mend(text, 'alx', -1); bridge.explain('PM402', 'alx')\n"
        "bridge.catalogue()\n"
        "files = {n: getattr(module, '__file__', None) for n, module in sys.modules.items()}\n"
        "foreign = [n.split('.')[0] for n, f in files.items() if 'site-packages' in (f or '')]\n"
        "print(json.dumps(foreign))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, json.dumps([str(PLAYGROUND), str(ROOT)])],
        input=FAULTY.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    pinned = re.findall(r"^([\w-]+)==", (PLAYGROUND / "requirements.txt").read_text("utf-8"), re.M)
    served = {"markdown_it" if name == "markdown-it-py" else name for name in pinned}
    # An environment may load helpers of its own when Python starts.
    own = {name for name in json.loads(done.stdout) if name.isidentifier() and name[0] != "_"}
    assert {name for name in own if not name.startswith(("sitecustomize", "distutils"))} <= served


SOURCES = sorted(path for path in PAGE.iterdir() if path.suffix in {".js", ".html"})


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SOURCES])
def test_nothing_is_inserted_as_html_or_run_from_text(path: Path) -> None:
    text = path.read_text("utf-8")
    sinks = (
        r"\.(inner|outer)HTML|insertAdjacentHTML|setHTML|document\.write|createContextualFragment"
        r"|DOMParser|\beval\(|new Function|srcdoc|javascript:|\son\w+="
    )
    assert re.findall(sinks, text) == []


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SOURCES])
def test_no_address_of_another_origin(path: Path) -> None:
    assert re.findall(r"https?://[\w.]+", path.read_text("utf-8")) == []


def test_policy_of_the_page_admits_its_own_files_only() -> None:
    html = (PAGE / "index.html").read_text("utf-8")
    match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert match
    parts = dict(part.strip().partition(" ")[::2] for part in match[1].split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["require-trusted-types-for"] == "'script'"
    admitted = {word for name, words in parts.items() if "-src" in name for word in words.split()}
    assert admitted == {"'none'", "'self'", "blob:"}
    assert parts["img-src"].split() == ["'self'", "blob:"]


def test_every_script_is_used_and_every_import_is_there() -> None:
    scripts = {path.name for path in PAGE.glob("*.js")}
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    imported = set(re.findall(r'from "\./([\w.]+)"', text))
    assert imported <= scripts
    assert scripts - imported == {"main.js", "worker.js", "sw.js"}


def test_what_comes_from_npm_and_pypi_is_pinned_by_hash() -> None:
    lock = json.loads((PLAYGROUND / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((PLAYGROUND / "package.json").read_text("utf-8"))["dependencies"]
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    held = [each for name, each in lock["packages"].items() if name]
    assert all(each["integrity"].startswith("sha512-") for each in held)
    for line in (PLAYGROUND / "requirements.txt").read_text("utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(
            r"[\w-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line
        )


def test_build_leaves_a_folder_with_other_files_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.md").write_text("kept")
    assert build.main([str(tmp_path)]) == 2
    assert "holds other files" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.md"]


def test_build_says_that_npm_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.main([str(tmp_path / "site")]) == 2
    assert "npm is missing" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_service_worker_knows_every_file_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "sw.js").write_text((PAGE / "sw.js").read_text("utf-8"), "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("b")
    build._keep_offline(tmp_path)
    first = (tmp_path / "sw.js").read_text("utf-8")
    digest = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
    assert f'"a/b.txt": "{digest}"' in first
    assert "@version@" not in first
    (tmp_path / "sw.js").write_text((PAGE / "sw.js").read_text("utf-8"), "utf-8")
    (tmp_path / "a" / "b.txt").write_text("c")
    build._keep_offline(tmp_path)
    second = (tmp_path / "sw.js").read_text("utf-8")
    version = re.compile(r'VERSION = "(\w{12})"')
    assert version.findall(first) != version.findall(second)


def test_site_holds_every_page_and_no_link_leads_nowhere(tmp_path: Path) -> None:
    website.pages(tmp_path)
    for source in website.sources():
        assert (tmp_path / website.address(source)).is_file()
    for path in tmp_path.rglob("*.html"):
        for link in re.findall(r'(?:href|src|srcset)="([^"#:]+)[#"]', path.read_text("utf-8")):
            if "playground/" not in link:
                assert (path.parent / link).exists(), f"{path}: {link}"


def test_site_says_which_link_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(website, "ROOT", tmp_path)
    (tmp_path / "README.md").write_text("[gone](gone.md)\n")
    with pytest.raises(website.LinkError, match=r"README\.md links to gone\.md"):
        website.page(tmp_path / "README.md", tmp_path / "site")
