"""Old archives: findings that are known, and what has changed since a revision."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree, posix
from processes import git

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")


def found(run: Run, *call: str) -> list[tuple[str, str]]:
    told = run("--format", "json", *call).json
    return [(finding["path"], finding["code"]) for finding in told]


BASE = ("--baseline", "known.json")


# Baseline


def test_known_findings_are_counted_and_not_reported(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY, "b/c.md": FAULTY})
    update = run(*BASE, "--update-baseline", ".")
    assert update.code == 0
    assert "held as known in known.json" in update.err
    again = run(*BASE, ".")
    assert again.code == 0
    assert "in the baseline" in again.out
    assert found(run, ".")


@pytest.mark.parametrize(
    ("change", "new"),
    [
        pytest.param(lambda text: "\n\n" + text, set(), id="lines moved"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), set(), id="line ends"),
        pytest.param(lambda text: text + "- Improve alerting\n", {"PM602"}, id="a new one"),
        pytest.param(
            lambda text: text.replace("- Improve monitoring", "- Improve the monitoring of it"),
            {"PM602"},
            id="an old one in new words",
        ),
        pytest.param(
            lambda text: text + "- Improve monitoring\n", {"PM602", "PM606"}, id="a known one again"
        ),
    ],
)
def test_known_findings_are_held_by_content(
    run: Run, tree: Tree, change: object, new: set[str]
) -> None:
    top = tree({"a.md": FAULTY})
    run(*BASE, "--update-baseline", "a.md")
    assert callable(change)
    (top / "a.md").write_bytes(change(FAULTY).encode())
    assert {code for _, code in found(run, *BASE, "a.md")} == new


def test_update_lets_go_of_what_is_mended_or_gone_and_keeps_the_rest(run: Run, tree: Tree) -> None:
    top = tree({"a.md": FAULTY, "b.md": FAULTY, "c.md": FAULTY})
    run(*BASE, "--update-baseline", ".")
    (top / "a.md").write_text(GOOD, "utf-8")
    (top / "b.md").unlink()
    run(*BASE, "--update-baseline", "a.md")
    assert set(json.loads((top / "known.json").read_text("utf-8"))["documents"]) == {"c.md"}


def test_baseline_is_found_from_anywhere(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"docs/a.md": FAULTY, "pmlint.toml": "baseline = 'known.json'"})
    run("--update-baseline", ".")
    monkeypatch.chdir(top / "docs")
    assert found(run, "a.md") == []


def test_baseline_never_hides_what_cannot_be_read(run: Run, tree: Tree) -> None:
    top = tree({"a.md": ""})
    (top / "a.md").write_bytes(b"# St\xf6rung\n")
    assert run(*BASE, "--update-baseline", "a.md").code == 2
    assert run(*BASE, "a.md").code == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', "[" * 100_000, '{"version":9}'])
def test_baseline_that_is_none_is_an_error(run: Run, tree: Tree, text: str) -> None:
    tree({"a.md": FAULTY, "known.json": text})
    result = run(*BASE, "a.md")
    assert (result.code, result.out) == (2, "")
    assert "--update-baseline renews it" in result.err


@posix
@pytest.mark.parametrize(
    ("kind", "told"), [("pipe", "is no regular file"), ("folder", "cannot be read: is a directory")]
)
def test_baseline_that_is_no_file_is_neither_waited_for_nor_replaced(
    run: Run, tree: Tree, kind: str, told: str
) -> None:
    known = tree({"a.md": FAULTY}) / "known.json"
    known.mkdir() if kind == "folder" else os.mkfifo(known)
    result = run(*BASE, "a.md")
    assert (result.code, result.err) == (2, f"error: baseline known.json: {told}\n")
    result = run(*BASE, "--update-baseline", "a.md")
    told = "cannot be written: is no regular file"
    assert (result.code, result.err) == (2, f"error: baseline known.json: {told}\n")
    assert not known.is_file()


@posix
def test_update_writes_through_no_link(run: Run, tree: Tree) -> None:
    top = tree({"repo/a.md": FAULTY, "kept.txt": "kept"})
    for name in ("known.json", f"known.json.{os.getpid()}.tmp"):
        (top / "repo" / name).symlink_to(top / "kept.txt")
    run("--baseline", "repo/known.json", "--update-baseline", "repo")
    assert (top / "kept.txt").read_text() == "kept"
    assert json.loads((top / "repo" / "known.json").read_text("utf-8"))["documents"]
    assert not list((top / "repo").glob(".pmlint*"))


@posix
def test_baseline_keeps_its_mode_and_a_new_one_is_as_any_file(run: Run, tree: Tree) -> None:
    top = tree({"a.md": FAULTY, "other": ""})
    run(*BASE, "--update-baseline", "a.md")
    known = top / "known.json"
    assert known.stat().st_mode == (top / "other").stat().st_mode
    known.chmod(0o640)
    run(*BASE, "--update-baseline", "a.md")
    assert known.stat().st_mode & 0o777 == 0o640


# Changes


@pytest.fixture
def repository(tree: Tree) -> Path:
    top = tree({"a.md": FAULTY, "sub/b ö.md": FAULTY, "c.md": GOOD})
    git(top, "init", "--quiet", "--initial-branch=main")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "--message", "Base")
    return top


def test_only_documents_that_have_changed_are_checked(run: Run, repository: Path) -> None:
    assert found(run, "--diff-base", "HEAD", ".") == []
    assert run("--diff-base", "HEAD", ".").code == 0
    name = "sub/b ö.md"
    (repository / name).write_text(FAULTY + "\nMore.\n", "utf-8")
    (repository / "new.md").write_text(FAULTY, "utf-8")
    assert {path for path, _ in found(run, "--diff-base", "HEAD", ".")} == {name, "new.md"}


def test_changes_of_the_branch_count_and_not_those_of_the_base(run: Run, repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "topic")
    (repository / "c.md").write_text(GOOD + "- [ ] Improve monitoring\n", "utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "Topic")
    git(repository, "switch", "--quiet", "main")
    (repository / "a.md").write_text(FAULTY + "\nMore.\n", "utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "Main")
    git(repository, "switch", "--quiet", "topic")
    assert found(run, "--diff-base", "main", ".") == [("c.md", "PM602")]


def test_only_findings_on_changed_lines(run: Run, repository: Path) -> None:
    text = FAULTY.replace("- Improve monitoring", "- Improve our monitoring")
    (repository / "a.md").write_text("\n" + text, "utf-8")
    call = ("--diff-base", "HEAD", "--changed-lines", ".")
    assert ("a.md", "PM602") in found(run, *call)
    assert ("a.md", "PM203") not in found(run, *call)
    assert ("a.md", "PM203") in found(run, "--diff-base", "HEAD", ".")


def test_every_line_of_a_new_document_has_changed(run: Run, repository: Path) -> None:
    (repository / "new.md").write_text(FAULTY, "utf-8")
    call = ("--diff-base", "HEAD", "--changed-lines", "new.md")
    assert found(run, *call) == found(run, "new.md")


@pytest.mark.parametrize(
    ("revision", "told"),
    [("mian", "did you mean `main`?"), ("--output=x", "no revision")],
    ids=["misspelled", "an option"],
)
def test_unknown_revision_is_an_error(run: Run, repository: Path, revision: str, told: str) -> None:
    result = run(f"--diff-base={revision}", ".")
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert not (repository / "x").exists()


def test_outside_of_a_repository_it_says_so(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD})
    assert "no Git repository" in run("--diff-base", "main", "a.md").err


def test_git_runs_nothing_that_the_repository_configures(run: Run, repository: Path) -> None:
    trap = repository / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{repository}/PWN'\ncat\n", "utf-8")
    trap.chmod(0o755)
    for key in ("diff.external", "core.fsmonitor", "core.pager", "diff.md.textconv"):
        git(repository, "config", key, str(trap))
    (repository / ".git/info/attributes").write_text("*.md diff=md\n", "utf-8")
    (repository / "a.md").write_text(FAULTY + "\nMore.\n", "utf-8")
    assert found(run, "--diff-base", "HEAD", "--changed-lines", ".") is not None
    assert {path for path, _ in found(run, "--diff-base", "HEAD", ".")} == {"a.md"}
    assert not (repository / "PWN").exists()
