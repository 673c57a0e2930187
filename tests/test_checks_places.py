"""Where something missing is reported, and headings that look misspelt."""

from __future__ import annotations

import pytest
from harness import facts_of, judged

from pmlint.checks import places
from pmlint.findings import Source, Span
from pmlint.structure.spelling import distance, resembles

SUMMARY = """## Summary

- **Duration:** 18 June 2024, 15:00 - 17:00 UTC
- **Impact:** 40% of customers could not pay
"""
EVENTS = "\n- 15:00 - Alert fires\n- 17:00 - Rolled back, payments restored\n"


def places_of(code: str, text: str) -> list[tuple[int, str]]:
    """Line and help of the findings of one rule."""
    source = Source(text)
    return [(source.place(finding.span.start).line, finding.help) for finding in judged(code, text)]


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        pytest.param(
            f"# Outage of the shop\n\n{SUMMARY}\n## Timeline\n",
            8,
            "write an entry for each event",
            id="its own empty heading",
        ),
        pytest.param(
            f"# Outage of the shop\n\n{SUMMARY}\n## Root cause\n\nA full disk.\n",
            3,
            'add `## Timeline` after "Summary"',
            id="the heading after which to add it",
        ),
    ],
)
def test_missing_timeline_is_reported_at(text: str, line: int, help: str) -> None:
    ((found_line, found_help),) = places_of("PM401", text)
    assert found_line == line
    assert found_help.startswith(help)


def test_missing_duration_belongs_in_the_summary() -> None:
    text = (
        f"# Shop down\n\n## Summary\n\nA full disk stopped 40% of orders.\n\n## Timeline\n{EVENTS}"
    )
    ((line, help),) = places_of("PM201", text)
    assert line == 3
    assert "15:00 - 17:00" in help


def test_heading_to_add_is_of_the_level_of_its_neighbour() -> None:
    text = "# Tasks\n\n## Outage of the shop\n\n" + SUMMARY.replace("##", "####")
    ((_, help),) = places_of("PM401", text)
    assert "`#### Timeline`" in help


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param("timelnie", "timeline", True, id="letters swapped"),
        pytest.param("timline", "timeline", True, id="letter left out"),
        pytest.param("rot cuase", "root cause", True, id="two slips in a long name"),
        pytest.param("impacts", "impact", True, id="one slip in a short name"),
        pytest.param("import", "impact", False, id="two slips in a short name"),
        pytest.param("timeline", "timeline", False, id="the same"),
        pytest.param("fax", "fix", False, id="too short to tell"),
        pytest.param("deadline", "timeline", False, id="another word"),
    ],
)
def test_slip_of_letters_resembles(text: str, name: str, expected: bool) -> None:
    assert resembles(text, name) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("", "", 0, id="nothing"),
        pytest.param("abc", "", 3, id="all left out"),
        pytest.param("abcd", "acbd", 1, id="swap"),
        pytest.param("kitten", "sitting", 3, id="mixed"),
    ],
)
def test_distance_is_symmetric(first: str, second: str, expected: int) -> None:
    assert distance(first, second) == distance(second, first) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  one two  ", "one two", id="blanks"),
        pytest.param("one\ntwo", "one", id="first line"),
        pytest.param("\n\n one", "one", id="blank lines before"),
        pytest.param("one:**", "one", id="marks behind"),
        pytest.param("   ", "", id="nothing"),
        pytest.param("word " * 40, "word word", id="long"),
    ],
)
def test_words_are_the_first_of_a_span(text: str, expected: str) -> None:
    facts = facts_of(text)
    span = places.words(facts, Span(0, len(text)), 10)
    assert text[slice(*span)] == expected
