"""Which files a run looks at."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Tree, posix

from pmlint.commands.outcome import make_planner
from pmlint.files.discovery import File, find, leads_out, matchable


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
            [
                ".github/a.md",
                ".venv/x.md",
                "node_modules/p/README.md",
                "__pycache__/x.md",
                "a/.hidden.md",
                "ok.md",
            ],
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
    assert not any(file.named for file in find(["."]).files)


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
        pytest.param(
            {".gitignore": "[z-a]\nx.md\n"},
            ["a/keep.md", "a/skip.md", "build/b.md"],
            id="a range that is none matches nothing",
        ),
    ],
)
def test_gitignore_is_respected(tree: Tree, rules: Mapping[str, str], expected: list[str]) -> None:
    files = dict.fromkeys(["a/keep.md", "a/skip.md", "build/b.md", "x.md"], "x")
    tree({".git/HEAD": "", **files, **rules})
    assert names(".") == expected


@pytest.mark.parametrize(
    ("pointer", "common", "expected"),
    [
        pytest.param("gitdir: ../main/.git/worktrees/w\n", "../..\n", ["a.md"], id="worktree"),
        pytest.param("gitdir: ../main/.git/worktrees/w", None, ["a.md", "x.md"], id="submodule"),
        pytest.param("../main/.git/worktrees/w", "../..", ["a.md", "x.md"], id="no pointer"),
        pytest.param("gitdir: ../nowhere", "../..", ["a.md", "x.md"], id="pointer to nothing"),
        pytest.param("gitdir: \udcff", "../..", ["a.md", "x.md"], id="no UTF-8"),
    ],
)
def test_rules_of_the_repository_hold_in_its_worktrees(
    tree: Tree,
    monkeypatch: pytest.MonkeyPatch,
    pointer: str,
    common: str | None,
    expected: list[str],
) -> None:
    own = "main/.git/worktrees/w"
    top = tree({"main/.git/info/exclude": "x.md\n", f"{own}/HEAD": "", "w/a.md": "", "w/x.md": ""})
    (top / "w/.git").write_bytes(pointer.encode("utf-8", "surrogateescape"))
    if common is not None:
        (top / own / "commondir").write_text(common)
    monkeypatch.chdir(top / "w")
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


def test_path_that_no_file_can_have_is_passed_on() -> None:
    # Reading it gives its finding.
    found = find(["a\0b", "a\0b", "a\0b/x.md"]).files
    assert found == (File("a\0b", True), File("a\0b/x.md", True))


def test_missing_path_and_standard_input_are_passed_on() -> None:
    assert find(["nowhere.md", "-"], "its.md").files == (
        File("nowhere.md", True),
        File("-", True, name="its.md"),
    )


def test_hyphen_is_standard_input_whatever_is_called_so(tree: Tree) -> None:
    tree({"-/a.md": "x"})
    assert names("-", "./-") == ["-", "./-/a.md"]


def test_file_called_hyphen_is_another_than_standard_input(tree: Tree) -> None:
    tree({"-": "x"})
    assert names("-", "./-") == ["-", "./-"]


@posix
def test_link_out_of_the_root_is_barred(tree: Tree) -> None:
    top = tree({"outside.md": "S3CR3T", "repo/.git/HEAD": "", "repo/in.md": "x"})
    (top / "repo/link.md").symlink_to(top / "outside.md")
    barred = {file.path: file.barred for file in find(["repo"]).files}
    assert barred == {"repo/in.md": "", "repo/link.md": "link"}


@posix
def test_named_link_out_of_the_repository_is_barred(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"outside.md": "S3CR3T", "repo/.git/HEAD": "", "repo/in.md": "x"})
    (top / "repo/out.md").symlink_to(top / "outside.md")
    (top / "repo/to-in.md").symlink_to(top / "repo/in.md")
    monkeypatch.chdir(top / "repo")
    assert [file.barred for file in find(["out.md", "to-in.md"]).files] == ["link", ""]


@pytest.fixture
def linked(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in and another beside it, with links in and out."""
    top = tree(
        {"repo/.git/HEAD": "", "repo/d/in.md": "x", "other/.git/HEAD": "", "other/x.md": "x",
         "other/d/y.md": "x", "top.md": "x"}
    )  # fmt: skip
    for link, target in (
        ("repo/out.md", "../top.md"), ("repo/to-in.md", "d/in.md"), ("repo/out", "../other"),
        ("repo/same", "d"), ("repo/nowhere.md", "no.md"), ("other/out.md", "../top.md"),
        ("other/to-x.md", "x.md"), ("other/back.md", "../repo/d/in.md"),
        ("other/d/up.md", "../x.md"),
    ):  # fmt: skip
        (top / link).symlink_to(target)
    monkeypatch.chdir(top / "repo")
    return top


@posix
@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize(
    ("path", "barred"),
    [
        pytest.param("d/in.md", False, id="file of the repository"),
        pytest.param("to-in.md", False, id="link to it"),
        pytest.param("same/in.md", False, id="file below a linked folder of the repository"),
        pytest.param("out.md", True, id="link out"),
        pytest.param("out/x.md", True, id="file below a linked folder out"),
        pytest.param("out/no.md", False, id="what is missing there is missing"),
        pytest.param("nowhere.md", False, id="link to nothing inside"),
        pytest.param("../top.md", False, id="file outside, by its name"),
        pytest.param("../other/x.md", False, id="file of another repository"),
        pytest.param("../other/to-x.md", False, id="link inside of that"),
        pytest.param("../other/out.md", True, id="link out of that"),
        pytest.param("../other/d/up.md", False, id="link from a folder of that to its top"),
        pytest.param("../other/back.md", False, id="link from there to the working folder"),
    ],
)
def test_named_file_is_barred_where_it_leads_out(path: str, barred: bool) -> None:
    assert find([path]).files == (File(path, True, "link" if barred else ""),)
    assert leads_out(File(path, True)) is barred


@posix
@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize(
    ("path", "out"),
    [
        pytest.param("d/in.md", False, id="inside"),
        pytest.param("out/x.md", True, id="below a linked folder"),
        pytest.param("../other/out.md", False, id="found file of another repository"),
    ],
)
def test_file_that_was_found_is_asked_again_by_its_folders(path: str, out: bool) -> None:
    assert leads_out(File(path, False)) is out


@posix
@pytest.mark.usefixtures("linked")
def test_named_folder_that_leads_out_is_barred_and_not_searched() -> None:
    assert find(["out", "d"]).files == (File("out", True, "link"), File("d/in.md", False))


@posix
def test_outside_of_a_repository_the_working_folder_is_the_root(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"here/d/in.md": "x", "there/x.md": "x"})
    (top / "here/out").symlink_to("../there")
    (top / "here/same").symlink_to("d")
    monkeypatch.chdir(top / "here")
    found = find(["out/x.md", "same/in.md"]).files
    assert [file.barred for file in found] == ["link", ""]


@posix
@pytest.mark.usefixtures("impatient")
def test_rules_that_are_a_pipe_are_not_waited_for(tree: Tree) -> None:
    top = tree({"a.md": "x"})
    os.mkfifo(top / ".gitignore")
    assert names(".") == ["a.md"]


@posix
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("pipe", [".git", "own/commondir"])
def test_repository_that_is_a_pipe_is_not_waited_for(tree: Tree, pipe: str) -> None:
    top = tree({"a.md": "x", "own/HEAD": "", ".git": "gitdir: own\n"})
    (top / pipe).unlink(missing_ok=True)
    os.mkfifo(top / pipe)
    assert names("a.md") == ["a.md"]
    assert "a.md" in names(".")


def test_repository_that_points_nowhere_has_no_rules(tree: Tree) -> None:
    tree({"a.md": "x", "own/commondir": "\0", ".git": "gitdir: own\n"})
    assert names("a.md") == ["a.md"]
    assert "a.md" in names(".")


def test_a_warning_about_a_pattern_is_not_told(
    tree: Tree, recwarn: pytest.WarningsRecorder
) -> None:
    tree({"a.md": "x", ".gitignore": "[[a]x\n"})
    assert names(".") == ["a.md"]
    assert not recwarn.list


@posix
def test_folder_whose_name_begins_like_the_root_is_outside(tree: Tree) -> None:
    top = tree({"repo/.git/HEAD": "", "repo/a.md": "x", "repo-secret/s.md": "x"})
    (top / "repo/s.md").symlink_to(top / "repo-secret/s.md")
    assert [file.barred for file in find(["repo"]).files] == ["", "link"]


@posix
@pytest.mark.parametrize(
    ("target", "rules", "expected"),
    [
        pytest.param("d/x.md", "", ["d/x.md"], id="found at its own place"),
        pytest.param("d/x.md", "x.md/", ["d/x.md"], id="a rule for folders leaves it there"),
        pytest.param("d/x.md", "d/x.md", ["a.md"], id="left out at its own place"),
        pytest.param("d/x.txt", "", ["a.md"], id="no Markdown by its own name"),
        pytest.param(".d/x.md", "", ["a.md"], id="in a hidden folder"),
        pytest.param("node_modules/x.md", "", ["a.md"], id="in a foreign folder"),
        pytest.param("../up.md", "", ["a.md"], id="above the folder that is searched"),
        pytest.param("d/nowhere.md", "", ["a.md"], id="nothing"),
    ],
)
def test_link_is_taken_only_where_the_file_is_not_found_by_itself(
    tree: Tree, target: str, rules: str, expected: list[str]
) -> None:
    top = tree({".git/HEAD": "", "up.md": "x", "s/.gitignore": rules + "\n"})
    (top / "s/d").mkdir()
    if not target.endswith("nowhere.md"):
        (top / "s" / target).parent.mkdir(exist_ok=True)
        (top / "s" / target).write_text("x")
    (top / "s/a.md").symlink_to(target)
    assert names("s") == [f"s/{name}" for name in expected]


@posix
def test_linked_folder_out_of_the_root_is_named_not_searched(tree: Tree) -> None:
    top = tree({"outside/a.md": "x", "repo/b.md": "x"})
    (top / "repo/out").symlink_to(top / "outside", target_is_directory=True)
    found = find(["repo"])
    assert [file.path for file in found.files] == ["repo/b.md"]
    assert found.links == ("repo/out",)


@posix
def test_link_inside_the_root_is_no_second_report(tree: Tree) -> None:
    top = tree({"repo/z.md": "x", "repo/d/e.md": "x"})
    (top / "repo/a.md").symlink_to(top / "repo/z.md")
    (top / "repo/loop").symlink_to(top / "repo", target_is_directory=True)
    assert names("repo") == ["repo/d/e.md", "repo/z.md"]
    assert find(["repo"]).links == ()


def test_folder_that_cannot_be_listed_is_reported_and_the_others_are_searched(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({"b/a.md": "x", "c/a.md": "x"})
    real = os.scandir

    def refusing(path: str) -> object:
        if os.path.basename(path) == "b":
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert find(["."]).files == (File("b", False), File("c/a.md", False))


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


def test_every_byte_of_a_name_is_matched_as_a_character_of_its_own() -> None:
    name = "".join(os.fsdecode(bytes([byte])) for byte in range(0x80, 0x100))
    shown = matchable(name)
    assert len(set(shown)) == 128
    assert shown.encode("utf-8")
    assert matchable("a\udc80\u00fc") == f"a{shown[0]}\u00fc"
