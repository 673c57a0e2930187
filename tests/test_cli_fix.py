"""``--fix``, ``--unsafe-fixes``, ``--diff``: what they write, print and return."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run, Tree
from mends import GOOD, swapped

SAFE = swapped(GOOD, ("## Resolution", "## Resolution:"))
UNSAFE = swapped(GOOD, ("(2 hours)", "(3 hours)"))
BOTH = swapped(SAFE, ("(2 hours)", "(3 hours)"))
HALF = swapped(GOOD, ("(2 hours)", "(3 hours)"))


@pytest.mark.parametrize(
    ("text", "options", "result", "code"),
    [
        pytest.param(SAFE, ["--fix"], GOOD, 0, id="safe"),
        pytest.param(BOTH, ["--fix"], HALF, 1, id="the safe one of two"),
        pytest.param(BOTH, ["--unsafe-fixes"], GOOD, 0, id="both"),
        pytest.param(BOTH, ["--fix", "--unsafe-fixes"], GOOD, 0, id="both by name"),
        pytest.param(BOTH, ["--fix", "--select", "PM2"], BOTH, 1, id="only what is selected"),
        pytest.param(GOOD, ["--unsafe-fixes"], GOOD, 0, id="clean"),
        pytest.param(BOTH, ["--diff"], BOTH, 1, id="shown and not written"),
        pytest.param(BOTH, ["--diff", "--fix"], BOTH, 1, id="safe ones shown"),
        pytest.param(GOOD, ["--diff"], GOOD, 0, id="nothing to show"),
    ],
)
def test_file_and_exit_code(
    run: Run, tree: Tree, text: str, options: list[str], result: str, code: int
) -> None:
    tree({"a.md": text})
    assert run("check", "--isolated", *options, "a.md").code == code
    assert Path("a.md").read_text("utf-8") == result


def test_what_was_fixed_is_said_beside_the_report(run: Run, tree: Tree) -> None:
    tree({"a.md": BOTH, "b.md": SAFE, "c.md": GOOD})
    told = run("check", "--isolated", "--unsafe-fixes", ".")
    assert "fixed 3 findings in 2 files: PM109 2, PM206 1\n" in told.err
    assert "nothing to send back" in told.out


def test_quiet_says_nothing_of_it(run: Run, tree: Tree) -> None:
    tree({"a.md": SAFE})
    told = run("check", "--isolated", "--fix", "-q", "a.md")
    assert (told.out, told.err) == ("", "")
    assert Path("a.md").read_text("utf-8") == GOOD


def test_diff_is_a_unified_diff_with_the_files_own_lines(run: Run, tree: Tree) -> None:
    tree({"a.md": SAFE})
    assert run("check", "--isolated", "--diff", "a.md").out.splitlines()[:2] == [
        "--- a/a.md",
        "+++ b/a.md",
    ]
    changed = [
        line
        for line in run("check", "--isolated", "--diff", "a.md").out.splitlines()[2:]
        if line[:1] in "+-"
    ]
    assert changed == ["-## Resolution:", "+## Resolution"]


@pytest.mark.parametrize("option", [["--format", "json"], ["--statistics"], ["-o", "json=x"]])
def test_diff_and_report_do_not_go_together(run: Run, tree: Tree, option: list[str]) -> None:
    tree({"a.md": SAFE})
    told = run("check", "--isolated", "--diff", *option, "a.md")
    assert told.code == 2
    assert "--diff prints a diff" in told.err


def test_diff_says_where_a_final_line_end_is_missing(run: Run, tree: Tree) -> None:
    text = GOOD.replace("## Tasks", "## Tasks:")
    tree({"a.md": text[: text.index("- [ ]")] + "- [ ] Reject a release that names no database"})
    assert "\\ No newline at end of file\n" in run("check", "--isolated", "--diff", "a.md").out


def test_diff_writes_out_control_characters(run: Run, tree: Tree) -> None:
    tree({"a.md": swapped(SAFE, ("## Resolution:\n\n", "## Resolution:\n\n\x1b[31m\r::error::x "))})
    told = run("check", "--isolated", "--diff", "a.md").out
    assert "\x1b" not in told
    assert not [line for line in told.split("\n") if line.startswith("::")]
    assert "\\x1b[31m" in told


def test_findings_that_are_left_are_those_of_the_mended_text(run: Run, tree: Tree) -> None:
    text = swapped(BOTH, ("\n## Resolution:", "\n\n\n## Resolution:"))
    tree({"a.md": text})
    told = run("check", "--isolated", "--fix", "--format", "json", "a.md")
    (finding,) = told.json
    assert finding["code"] == "PM206"
    assert finding["fix"]["safe"] is False
    assert finding["fix"]["edits"][0]["text"] == "2 hours"


def test_file_that_cannot_be_written_is_said_and_the_others_are_mended(
    run: Run, tree: Tree
) -> None:
    tree({"a.md": SAFE, "b.md": SAFE})
    Path("a.md").chmod(0o444)
    told = run("check", "--isolated", "--fix", "a.md", "b.md")
    assert told.code == 2
    assert "a.md" in told.err
    assert "read-only" in told.err
    assert Path("a.md").read_text("utf-8") == SAFE
    assert Path("b.md").read_text("utf-8") == GOOD


def test_file_without_an_incident_is_left_as_it_is(run: Run, tree: Tree) -> None:
    text = "# Notes:\n\n**Timeline**\n\nNothing happened.\n"
    tree({"a.md": text})
    run("check", "--isolated", "--unsafe-fixes", "--no-incident", "skip", "a.md")
    assert Path("a.md").read_text("utf-8") == text


def test_dropped_fix_is_named_with_its_reason(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmlint.mend.rewrite.broken", lambda *_: "impact")
    tree({"a.md": SAFE})
    told = run("check", "--isolated", "--fix", "a.md")
    assert "a.md:19: PM109: the fix was dropped: it would change the impact\n" in told.err
    assert Path("a.md").read_text("utf-8") == SAFE
    assert "[fixable]" not in told.out


@pytest.mark.parametrize(
    ("option", "result"),
    [pytest.param("--fix", HALF, id="safe"), pytest.param("--unsafe-fixes", GOOD, id="both")],
)
def test_standard_input_comes_out_mended(run: Run, option: str, result: str) -> None:
    told = run("check", "--isolated", option, "-", stdin=BOTH.encode())
    assert (told.out, told.code) == (result, 0), told.err


def test_explain_says_that_a_rule_can_be_fixed(run: Run) -> None:
    assert "fixable" in run("explain", "PM402").out
