"""A repository that means ill: configuration reads nothing outside, runs and hangs nothing."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree, posix
from processes import called, environment

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
RULE = """code = "ACME001"
name = "our-rule"
summary = "Ours"
check = "field"
parameters = { names = ["Severity"] }
"""
OUTSIDE = {"secret.toml": 'ignore = ["S3CR3T"]\n', "rules/our.toml": RULE, "known.json": "S3CR3T"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("extend = '../secret.toml'", id="extend"),
        pytest.param("extend = ['~/secret.toml']", id="extend, home"),
        pytest.param("extend = '/etc/passwd'", id="extend, absolute"),
        pytest.param("extend = 'https://example.org/pmlint.toml'", id="extend, address"),
        pytest.param("template = '../secret.toml'", id="template"),
        pytest.param("[[overrides]]\ntemplate = '../secret.toml'", id="template of an override"),
        pytest.param("rules-folder = '../rules'", id="rules"),
        pytest.param("baseline = '../known.json'", id="baseline"),
        pytest.param("extend = 'link.toml'", id="link"),
        pytest.param("rules-folder = 'linked'", id="linked folder"),
    ],
)
def test_configuration_reads_nothing_outside_the_repository(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    top = tree({**OUTSIDE, "repo/.git/HEAD": "", "repo/a.md": GOOD, "repo/pmlint.toml": text})
    (top / "repo/link.toml").symlink_to(top / "secret.toml")
    (top / "repo/linked").symlink_to(top / "rules")
    monkeypatch.setenv("HOME", str(top))
    monkeypatch.chdir(top / "repo")
    opened: list[str] = []
    monkeypatch.setattr(os, "open", _watched(os.open, opened))
    result = run("a.md")
    assert (result.code, result.out) == (2, "")
    assert "S3CR3T" not in result.err
    assert not [path for path in opened if path.endswith(("secret.toml", "known.json", "passwd"))]


def _watched(original: object, opened: list[str]) -> object:
    def watch(path: object, *arguments: object, **options: object) -> object:
        opened.append(os.path.realpath(str(path)))
        assert callable(original)
        return original(path, *arguments, **options)

    return watch


def test_configuration_that_is_itself_a_link_out_is_refused(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({**OUTSIDE, "repo/.git/HEAD": "", "repo/a.md": GOOD})
    (top / "repo/pmlint.toml").symlink_to(top / "secret.toml")
    monkeypatch.chdir(top / "repo")
    result = run("a.md")
    assert result.code == 2
    assert "leads out of the repository" in result.err
    assert "S3CR3T" not in result.err


def test_command_line_may_name_a_file_anywhere(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"ours.toml": "template = 'alx'", "repo/.git/HEAD": "", "repo/a.md": GOOD})
    monkeypatch.chdir(top / "repo")
    told = run("--config", "../ours.toml", "--format", "json", "a.md").json
    assert "PM108" in {finding["code"] for finding in told}


@posix
@pytest.mark.parametrize("kind", ["fifo", "folder", "loop", "huge", "deep", "latin", "device"])
@pytest.mark.parametrize("name", ["pmlint.toml", "pyproject.toml"])
def test_configuration_that_is_no_plain_file_ends_at_once(
    run: Run, tree: Tree, kind: str, name: str
) -> None:
    top = tree({"a.md": GOOD})
    bad = top / name
    if kind == "fifo":
        os.mkfifo(bad)
    elif kind == "folder":
        bad.mkdir()
    elif kind == "loop":
        bad.symlink_to(bad)
    elif kind == "huge":
        bad.write_text("#pmlint " * 400_000)
    elif kind == "deep":
        bad.write_text("[tool.pmlint]\nselect = " + "[" * 50_000)
    elif kind == "latin":
        bad.write_bytes(b"[tool.pmlint]\nselect = ['\xf6']\n")
    else:
        bad.symlink_to("/dev/zero")
    start = time.perf_counter()
    result = run("a.md")
    assert time.perf_counter() - start < 10
    if name == "pmlint.toml" or kind in ("deep", "latin", "huge"):
        assert (result.code, result.out) == (2, "")
        assert result.err.count("\n") <= 6


@pytest.mark.parametrize("pattern", ["*a" * 40, "**/" * 30 + "x", "a*b*c*d*e*f*g*.md"])
def test_pattern_of_files_with_many_stars_is_refused(run: Run, tree: Tree, pattern: str) -> None:
    tree({"a" * 200 + ".md": GOOD, "pmlint.toml": f"exclude = ['{pattern}']"})
    start = time.perf_counter()
    assert "more than 3" in run(".").err
    assert time.perf_counter() - start < 5


def test_pattern_that_is_none_is_told_with_its_place(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD, "pmlint.toml": "exclude = ['[z-a]']"})
    done = run("a.md")
    assert done.code == 2
    assert done.err.startswith("error: pmlint.toml:1:12: `[z-a]` is no pattern as in .gitignore")


def test_patterns_of_a_folder_that_begins_with_dots_hold_there(run: Run, tree: Tree) -> None:
    tree(
        {
            ".git/HEAD": "",
            "pmlint.toml": "extend = '..x/pmlint.toml'",
            "..x/pmlint.toml": "exclude = ['a.md']",
            "a.md": GOOD.replace("UTC", "", 1),
        }
    )
    told = run("--format", "json", ".").json
    assert {finding["path"] for finding in told} == {"a.md"}


def test_many_long_names_are_answered_in_time(run: Run, tree: Tree) -> None:
    names = ", ".join(f'"{"a" * 400}{number}"' for number in range(300))
    tree({"a.md": GOOD, "pmlint.toml": f"select = [{names}]"})
    start = time.perf_counter()
    assert run("a.md").code == 2
    assert time.perf_counter() - start < 10


def test_control_characters_of_a_configuration_do_not_reach_the_terminal(
    run: Run, tree: Tree
) -> None:
    tree({"a.md": GOOD, "pmlint.toml": 'select = ["\\u001b[2J\\u009b"]\n"\\u001b]0;x" = 1\n'})
    err = run("a.md").err
    assert "\x1b" not in err
    assert "\x9b" not in err


FORBIDDEN = """
import os, sys
bad = []
def watch(event, arguments):
    if event.startswith(("subprocess.", "os.system", "os.exec", "socket.", "ctypes.", "_thread.")):
        bad.append(event)
    if event == "exec" and getattr(arguments[0], "co_filename", "").startswith(os.getcwd()):
        bad.append("exec of " + arguments[0].co_filename)
sys.addaudithook(watch)
sys.path.insert(0, {root!r})
from pmlint.cli import main
main(["."])
sys.exit("; ".join(bad) or 0)
"""


def test_configuration_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, "utf-8")
    (tmp_path / "evil.py").write_text("open('PWN', 'w').close()\n", "utf-8")
    package = tmp_path / "evil-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[pmlint.checks]\nevil = evil:checks\n")
    (tmp_path / "pmlint.toml").write_text('plugins = ["evil"]\n', "utf-8")
    for call in (
        [sys.executable, "-c", FORBIDDEN.format(root=str(ROOT))],
        [sys.executable, "-m", "pmlint", "."],
    ):
        # ``-P``: as for the console script, the folder that is checked is no place of packages.
        words = [call[0], "-P", *call[1:]] if call[1] == "-c" else call
        environ = environment(PYTHONDONTWRITEBYTECODE="1")
        done = called(*words, folder=tmp_path, environ=environ)
        assert "no installed package brings checks called `evil`" in done.stderr
        assert not (tmp_path / "PWN").exists()
        assert "exec of" not in done.stderr
