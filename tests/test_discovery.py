"""Which files a run looks at."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Tree

from pmlint.commands.outcome import make_planner
from pmlint.discovery import find

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def names(*paths: str) -> list[str]:
    return [file.path.replace(os.sep, "/") for file in find(paths).files]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            ["b.md", "a.markdown", "README", "C.MD", "notes.txt", "readme.rst", "mdfile"],
            ["C.MD", "README", "a.markdown", "b.md"],
            id="Markdown by its suffix, and README without one",
        ),
        pytest.param(
            ["z/a.md", "b/deep/er/x.md", "b/a.md", "c.md"],
            ["b/a.md", "b/deep/er/x.md", "c.md", "z/a.md"],
            id="sorted by the parts of the path",
        ),
        pytest.param(
            [".github/a.md", ".venv/x.md", "node_modules/p/README.md", "a/.hidden.md", "ok.md"],
            ["ok.md"],
            id="hidden and foreign folders are left out",
        ),
        pytest.param(
            ["env/pyvenv.cfg", "env/lib/README.md", "ok.md"],
            ["ok.md"],
            id="a virtual environment of any name is left out",
        ),
        pytest.param(
            ["folder.md/in.md"], ["folder.md", "folder.md/in.md"], id="a folder named like a file"
        ),
    ],
)
def test_folder_is_searched_for_markdown(tree: Tree, files: list[str], expected: list[str]) -> None:
    tree(dict.fromkeys(files, "x"))
    assert names(".") == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param({".gitignore": "build/\n"}, ["a/keep.md", "a/skip.md", "x.md"], id="folder"),
        pytest.param(
            {".gitignore": "skip.md\n"}, ["a/keep.md", "build/b.md", "x.md"], id="name at any depth"
        ),
        pytest.param(
            {".gitignore": "/x.md\n"},
            ["a/keep.md", "a/skip.md", "build/b.md"],
            id="name at the top only",
        ),
        pytest.param(
            {".gitignore": "*.md\n", "a/.gitignore": "!keep.md\n"},
            ["a/keep.md"],
            id="the deeper file wins",
        ),
        pytest.param(
            {".git/info/exclude": "x.md\nbuild\n"}, ["a/keep.md", "a/skip.md"], id="info/exclude"
        ),
        pytest.param(
            {".git/info/exclude": "x.md\n", ".gitignore": "!x.md\n"},
            ["a/keep.md", "a/skip.md", "build/b.md", "x.md"],
            id=".gitignore wins over info/exclude",
        ),
        pytest.param(
            {".gitignore": "build/\n!build/b.md\n"},
            ["a/keep.md", "a/skip.md", "x.md"],
            id="nothing comes back out of a folder that is left out",
        ),
        pytest.param(
            {".gitignore": "!\nx.md\n"},
            ["a/keep.md", "a/skip.md", "build/b.md"],
            id="a line that is no pattern matches nothing",
        ),
    ],
)
def test_gitignore_is_respected(tree: Tree, rules: Mapping[str, str], expected: list[str]) -> None:
    files = dict.fromkeys(["a/keep.md", "a/skip.md", "build/b.md", "x.md"], "x")
    tree({".git/HEAD": "", **files, **rules})
    assert names(".") == expected


def test_rules_above_the_searched_folder_hold(tree: Tree) -> None:
    tree({".git/HEAD": "", ".gitignore": "docs/old/\n", "docs/old/a.md": "x", "docs/b.md": "x"})
    assert names("docs") == ["docs/b.md"]


def test_folder_that_is_named_is_searched_though_ignored(tree: Tree) -> None:
    tree({".git/HEAD": "", ".gitignore": "build/\n", "build/a.md": "x"})
    assert names("build") == ["build/a.md"]


def test_file_that_is_named_is_taken_though_ignored_and_no_markdown(tree: Tree) -> None:
    tree({".git/HEAD": "", ".gitignore": "*\n", "notes.txt": "x"})
    assert names("notes.txt") == ["notes.txt"]


def test_gitignore_counts_outside_of_a_repository(tree: Tree) -> None:
    tree({".gitignore": "a.md\n", "a.md": "x", "b.md": "x"})
    assert names(".") == ["b.md"]


def test_no_file_twice_and_the_order_is_that_of_the_call(tree: Tree) -> None:
    tree({"a.md": "x", "d/b.md": "x"})
    assert names("d/b.md", "./d/b.md", "d", "a.md", ".") == ["./d/b.md", "a.md"]


def test_file_named_and_found_counts_as_named(tree: Tree) -> None:
    tree({"a.md": "x", "b.md": "x"})
    files = find([".", "b.md"]).files
    assert [(file.path, file.named) for file in files] == [("a.md", False), ("b.md", True)]


def test_missing_path_and_standard_input_are_passed_on() -> None:
    assert names("nowhere.md", "-") == ["nowhere.md", "-"]


@posix_only
def test_link_out_of_the_root_is_barred(tree: Tree) -> None:
    top = tree({"outside.md": "S3CR3T", "repo/.git/HEAD": "", "repo/in.md": "x"})
    (top / "repo/link.md").symlink_to(top / "outside.md")
    barred = {file.path: file.barred for file in find(["repo"]).files}
    assert barred == {"repo/in.md": "", "repo/link.md": "link"}


@posix_only
def test_named_link_out_of_the_repository_is_barred(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"outside.md": "S3CR3T", "repo/.git/HEAD": "", "repo/in.md": "x"})
    (top / "repo/out.md").symlink_to(top / "outside.md")
    (top / "repo/to-in.md").symlink_to(top / "repo/in.md")
    monkeypatch.chdir(top / "repo")
    assert [file.barred for file in find(["out.md", "to-in.md"]).files] == ["link", ""]


@posix_only
def test_linked_folder_out_of_the_root_is_named_not_searched(tree: Tree) -> None:
    top = tree({"outside/a.md": "x", "repo/b.md": "x"})
    (top / "repo/out").symlink_to(top / "outside", target_is_directory=True)
    found = find(["repo"])
    assert [file.path for file in found.files] == ["repo/b.md"]
    assert found.links == ("repo/out",)


@posix_only
def test_link_inside_the_root_is_no_second_report(tree: Tree) -> None:
    top = tree({"repo/z.md": "x", "repo/d/e.md": "x"})
    (top / "repo/a.md").symlink_to(top / "repo/z.md")
    (top / "repo/loop").symlink_to(top / "repo", target_is_directory=True)
    assert names("repo") == ["repo/d/e.md", "repo/z.md"]


@posix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_folder_that_cannot_be_listed_is_reported(tree: Tree) -> None:
    top = tree({"d/a.md": "x"})
    (top / "d").chmod(0)
    try:
        assert names(".") == ["d"]
    finally:
        (top / "d").chmod(0o700)


def test_deep_folders_need_no_recursion(tree: Tree) -> None:
    top = tree({})
    deep = top / "/".join("d" * 300)
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x")
    assert len(names(".")) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
def test_names_that_are_no_utf8_are_found_and_matched(tree: Tree) -> None:
    # With google-re2 installed, pathspec stops at such a name unless it is written otherwise.
    top = os.fsencode(tree({".git/HEAD": "", "a.md": "", "pmlint.toml": 'include = ["*.md"]\n'}))
    for name in (b"\xff.md", b"out\xfe.md", "\u00fc.md".encode()):
        with open(os.path.join(top, name), "w", encoding="utf-8") as file:
            file.write("# a\n")
    Path(os.fsdecode(top), ".gitignore").write_bytes(b"*\xfe.md\n")
    assert names(".") == ["a.md", "\u00fc.md", "\udcff.md"]
    planner = make_planner(None)
    assert all(planner.wanted(file) for file in find(["."]).files)
