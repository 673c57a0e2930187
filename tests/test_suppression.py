"""Comments in a document: what they switch off, how far they reach, and that they are checked."""

from __future__ import annotations

import pytest
from conftest import ROOT, Run, Tree

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
ONE, TWO = "- [ ] Improve monitoring", "- [ ] Be more careful"


def found(run: Run, *call: str) -> list[tuple[str, int]]:
    told = run("--format", "json", *call, "a.md").json
    return [(finding["code"], finding["line"]) for finding in told]


LAST = len(GOOD.splitlines())


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        pytest.param([ONE, TWO], [("PM602", 1), ("PM602", 2)], id="none"),
        pytest.param(
            [f"{ONE} <!-- pmlint: ignore PM602 (why) -->", TWO], [("PM602", 2)], id="line"
        ),
        pytest.param([f"{ONE} <!-- pmlint: ignore vague-task -->", TWO], [("PM602", 2)], id="name"),
        pytest.param([f"{ONE} <!--pmlint:ignore pm6-->", TWO], [("PM602", 2)], id="family, tight"),
        pytest.param(
            [f"{ONE} <!-- pmlint: ignore PM402, PM602 -->", TWO],
            [("PM901", 1), ("PM602", 2)],
            id="one of two is unused",
        ),
        pytest.param(
            ["<!-- pmlint: ignore PM602 (why) -->", ONE, TWO], [("PM602", 3)], id="the next item"
        ),
        pytest.param(
            ["<!-- pmlint: ignore PM602 -->", "- [ ] Work:", f"  {ONE}", TWO],
            [("PM602", 4)],
            id="an item with what is nested in it",
        ),
        pytest.param(
            ["<!-- pmlint: ignore-start PM602 -->", ONE, "", TWO, "<!-- pmlint: ignore-end -->"],
            [],
            id="from here to there",
        ),
        pytest.param(
            ["<!-- pmlint: ignore-start PM602 -->", ONE, "<!-- pmlint: ignore-end PM602 -->", TWO],
            [("PM602", 4)],
            id="not beyond the end",
        ),
        pytest.param(["<!-- pmlint: ignore-start PM602 -->", ONE], [("PM902", 1)], id="no end"),
        pytest.param([ONE, TWO, "", "<!-- pmlint: ignore-file PM602 -->"], [], id="file"),
        pytest.param(
            [f"{ONE} <!-- pmlint: ignore PM402 -->"], [("PM602", 1), ("PM901", 1)], id="unused"
        ),
        pytest.param(
            [f"{ONE} <!-- pmlint: ignore PM4O2 -->"], [("PM602", 1), ("PM902", 1)], id="unknown"
        ),
        pytest.param(
            [f"{ONE} <!-- pmlint: ignore PM411 -->"], [("PM602", 1)], id="of a rule that is off"
        ),
        pytest.param(
            [ONE, "", "Not `<!-- pmlint: ignore-file PM602 -->` here."],
            [("PM602", 1)],
            id="inline code is none",
        ),
        pytest.param(
            [ONE, "", "```", "<!-- pmlint: ignore PM4O2 -->", "```"],
            [("PM602", 1)],
            id="a code block is none",
        ),
        pytest.param(
            [f"{ONE} <!-- pmlint: ignore PM602 -->", f"{TWO} <!-- pmlint: ignore PM602 -->"],
            [],
            id="each its own",
        ),
    ],
)
def test_reach_of_a_comment(
    run: Run, tree: Tree, tail: list[str], expected: list[tuple[str, int]]
) -> None:
    tree({"a.md": GOOD + "\n".join(tail) + "\n"})
    assert [(code, line - LAST) for code, line in found(run)] == expected


def test_whole_table_is_the_next_block(run: Run, tree: Tree) -> None:
    table = "| Task | Owner |\n|---|---|\n| Improve monitoring | |\n| Be more careful | |\n"
    head = GOOD[: GOOD.index("- [ ] Make")]
    tree({"a.md": head + "<!-- pmlint: ignore PM602 (agreed) -->\n\n" + table})
    assert found(run) == []


def test_file_without_an_incident_can_say_so(run: Run, tree: Tree) -> None:
    tree({"a.md": "# Postmortem\n\nMoved.\n\n<!-- pmlint: ignore-file PM001 (moved) -->\n"})
    assert found(run) == []


def test_no_suppress_shows_all(run: Run, tree: Tree) -> None:
    tree({"a.md": f"{GOOD}{ONE} <!-- pmlint: ignore PM602 -->\n"})
    assert found(run) == []
    assert [code for code, _ in found(run, "--no-suppress")] == ["PM602"]
    assert run("--no-suppress", "--fail-on", "warning", "a.md").code == 1


def test_configuration_may_forbid_suppression(run: Run, tree: Tree) -> None:
    tree({"a.md": f"{GOOD}{ONE} <!-- pmlint: ignore PM602 -->\n", "pmlint.toml": "suppress=false"})
    assert [code for code, _ in found(run)] == ["PM602"]


def test_reason_can_be_demanded(run: Run, tree: Tree) -> None:
    tree(
        {
            "a.md": f"{GOOD}{ONE} <!-- pmlint: ignore PM602 -->\n"
            f"{TWO} <!-- pmlint: ignore PM602 (as agreed) -->\n",
            "pmlint.toml": "[rules.PM902]\nrequire-reason = true\n",
        }
    )
    assert found(run) == [("PM902", LAST + 1)]


def test_summary_counts_what_was_suppressed(run: Run, tree: Tree) -> None:
    tree({"a.md": f"{GOOD}{ONE} <!-- pmlint: ignore PM602 -->\n"})
    assert "1 finding suppressed" in run("a.md").out


def test_rule_that_was_meant_is_asked_for(run: Run, tree: Tree) -> None:
    tree({"a.md": f"{GOOD}{ONE} <!-- pmlint: ignore PM4O2 -->\n"})
    assert "help: did you mean PM402 (timeline-order)?\n" in run("a.md").out


@pytest.mark.parametrize("code", ["PM003", "PM901", "PM902"])
def test_comments_do_not_switch_off_what_watches_them(run: Run, tree: Tree, code: str) -> None:
    tree({"a.md": f"{GOOD}\n<!-- pmlint: ignore-file {code}, PM4O2, PM402 -->\n"})
    assert {"PM901", "PM902"} <= {each for each, _ in found(run)}


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (
            f"{ONE} <!-- pmlint: ignore PM602, PM402 (x) -->",
            f"{ONE} <!-- pmlint: ignore PM602 (x) -->",
        ),
        (f"{ONE} <!-- pmlint: ignore PM402, PM602 -->", f"{ONE} <!-- pmlint: ignore PM602 -->"),
        ("- [ ] Delete the job <!-- pmlint: ignore PM402 -->", "- [ ] Delete the job"),
        ("- [ ] Delete the job\n<!-- pmlint: ignore-file PM402 -->", "- [ ] Delete the job"),
    ],
    ids=["the last of two", "the first of two", "the comment", "its whole line"],
)
def test_fix_removes_what_hides_nothing(run: Run, tree: Tree, line: str, left: str) -> None:
    top = tree({"a.md": f"{GOOD}{line}\n"})
    run("--fix", "a.md")
    assert (top / "a.md").read_text("utf-8") == f"{GOOD}{left}\n"


def test_a_million_unclosed_comments_are_read_at_once(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD + "<!-- pmlint: ignore PM402 (" * 20_000 + "\n" + "<!-- pmlint: " * 20_000})
    assert isinstance(found(run), list)
