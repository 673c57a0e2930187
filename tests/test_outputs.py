"""Where reports go: several at once, to files, counts by rule, standard input with a name."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree, posix
from workflow_commands import commands

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")


def test_reports_go_to_files_beside_the_main_one(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": FAULTY})
    told = run("a.md", "-o", "json=out/a.json", "--out", "sarif=a.sarif", "-o", "text=a.txt")
    assert told.code == 1
    assert told.out == run("a.md").out
    assert (folder / "out" / "a.json").read_text("utf-8") == run("a.md", "--format", "json").out
    assert json.loads((folder / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (folder / "a.txt").read_text("utf-8") == told.out


def test_a_file_alone_takes_the_main_report(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": FAULTY})
    told = run("a.md", "--format", "concise", "-o", "report")
    assert (told.code, told.out) == (1, "")
    assert "a.md:5:" in (folder / "report").read_text("utf-8")


def test_a_file_bears_no_colour(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": FAULTY})
    assert "\x1b" in run("a.md", "--color", "always", "-o", "text=a.txt").out
    assert "\x1b" not in (folder / "a.txt").read_text("utf-8")


def test_a_minus_is_standard_output(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY})
    told = run("a.md", "--format", "concise", "-o", "github=-").out
    assert told.startswith(run("a.md", "--format", "concise").out)
    assert commands(told)


def test_an_earlier_report_is_replaced(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": GOOD, "report": "x" * 9999})
    assert run("a.md", "-o", "json=report").code == 0
    assert (folder / "report").read_text("utf-8") == "[]\n"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        pytest.param(
            ["-o", "sarf=x"],
            "--out: no format `sarf`; did you mean `sarif=x`? A file of that name: ./sarf=x",
            id="a misspelled format",
        ),
        pytest.param(
            ["-o", "sarif"],
            "--out: sarif is a format; write sarif=FILE, or --format sarif",
            id="a format without a file",
        ),
        pytest.param(
            ["-o", "sarif="],
            "--out: sarif= names no file, for example sarif=report",
            id="an empty file",
        ),
        pytest.param(["-o", ""], "--out: names no file", id="nothing"),
        pytest.param(
            ["-o", "x.sarif"],
            "--out: x.sarif would hold the report for people; did you mean `sarif=x.sarif`?",
            id="a file that is named after a format",
        ),
        pytest.param(
            [""], "a path is empty; is it a variable that is not set?", id="an empty path"
        ),
        pytest.param(
            ["-o", "json=x", "-o", "text=./x"], "--out: ./x is named twice", id="one file twice"
        ),
        pytest.param(
            ["-o", "x", "-o", "y"],
            "--out: two files for one report; write FORMAT=FILE for the others",
            id="two files alone",
        ),
        pytest.param(
            ["-o", "markdown=./a.md"],
            "--out: ./a.md is checked and would be overwritten",
            id="a file that is checked",
        ),
        pytest.param(
            ["-o", "json=folder"], "--out: folder: this is a folder, not a file", id="a folder"
        ),
        pytest.param(
            ["-o", "json=a.md/x"], "cannot write a.md/x: a.md is no folder", id="a file as a folder"
        ),
        pytest.param(
            ["--statistics", "--format", "sarif"],
            "--statistics: sarif has no counts; use text or json",
            id="counts in a form that has none",
        ),
        pytest.param(
            ["--stdin-filename", "b.md"],
            "--stdin-filename: standard input is not read; add - to the paths",
            id="a name for nothing",
        ),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(
    run: Run, tree: Tree, call: list[str], told: str
) -> None:
    tree({"a.md": FAULTY, "folder/b.md": GOOD})
    result = run("a.md", *call)
    assert result.code == 2
    if os.name != "nt" or "cannot write" not in told:
        assert result.err.splitlines()[-1] == f"error: {told}"


def test_a_file_that_cannot_be_written_does_not_stop_the_others(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": FAULTY})
    assert run("a.md", "-o", "json=a.md/x", "-o", "json=good.json").code == 2
    assert json.loads((folder / "good.json").read_text("utf-8"))


@posix
def test_what_is_no_regular_file_is_written_to(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY})
    assert run("a.md", "-o", f"json={os.devnull}").code == 1


# Steps and counts


def test_full_and_grouped_force_a_step(run: Run, tree: Tree) -> None:
    tree({f"{number}.md": FAULTY for number in range(4)})
    assert run(".").out == run(".", "--format", "grouped").out
    full = run(".", "--format", "full").out
    assert full.count("╭─ ") > 12
    assert run("0.md", "--format", "full").out == run("0.md").out
    assert "╭─ " not in run("0.md", "--format", "grouped").out


def test_statistics_count_by_rule(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY, "b.md": FAULTY})
    told = run(".", "--statistics")
    assert told.code == 1
    rows = [line.split() for line in told.out.split("\n\n")[0].splitlines()]
    assert ["4", "warning", "PM602", "vague-task", "2", "files"] in rows
    counts = [int(row[0]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    total = re.search(r"(\d+) findings in 2 files", told.out)
    assert total
    assert int(total[1]) == sum(counts)
    data = run(".", "--statistics", "--format", "json").json
    assert {row["code"]: row["findings"] for row in data} == {row[2]: int(row[0]) for row in rows}
    assert data[0].keys() == {"code", "name", "level", "findings", "files", "fixable"}


def test_statistics_of_a_clean_run_say_what_it_read(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD})
    assert run("a.md", "--statistics").out == run("a.md").out
    assert run("a.md", "--statistics", "--format", "json").out == "[]\n"


def test_a_template_that_was_named_is_told_with_its_origin(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD})
    assert "template default, " in run("a.md").out
    assert (
        "template alx (--template), " in run("a.md", "--template", "alx", "--select", "PM203").out
    )


# Standard input


@pytest.mark.parametrize("call", [["-"], []], ids=["named", "implied"])
def test_standard_input_bears_the_name_it_is_given(run: Run, tree: Tree, call: list[str]) -> None:
    tree({})
    told = run(*call, "--stdin-filename", "docs/a.md", "--format", "concise", stdin=FAULTY.encode())
    assert told.code == 1
    assert {line.partition(":")[0] for line in told.out.splitlines()} == {"docs/a.md"}


def test_an_unreadable_standard_input_bears_its_name_too(run: Run, tree: Tree) -> None:
    tree({})
    told = run("-", "--stdin-filename", "a.md", "--format", "json", stdin=b"\xff\xfe")
    assert told.code == 2
    assert [(item["path"], item["code"]) for item in told.json] == [("a.md", "PM003")]


# GitHub Actions


def test_annotations_follow_the_text_in_github_actions(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree({"docs/a.md": FAULTY})
    plain = run("docs").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    monkeypatch.chdir(folder / "docs")
    told = run("a.md").out
    assert told.startswith(plain.partition("\n")[0])
    found = commands(told)
    assert {command.fields["file"] for command in found} == {"docs/a.md"}
    for format in ("concise", "json", "markdown"):
        assert not commands(run("a.md", "--format", format).out)


def test_gitlab_writes_its_report_on_request_only(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree({"a.md": FAULTY})
    plain = run("a.md")
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(folder))
    assert run("a.md") == plain
    assert sorted(path.name for path in Path(folder).iterdir()) == ["a.md"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--output", "--out"),
        ("--stats", "--statistics"),
        ("--sarif", "--format sarif"),
        ("--stdin-display-name", "--stdin-filename"),
    ],
)
def test_what_other_tools_call_it_is_known(run: Run, tree: Tree, typed: str, meant: str) -> None:
    tree({"a.md": GOOD})
    assert f"no option `{typed}`; did you mean `{meant}`?" in run(typed, "x", "a.md").err
