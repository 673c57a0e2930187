"""What each kind of fix writes, and where none is offered."""

from __future__ import annotations

from time import perf_counter
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mends import GOOD, findings, fixed, mended, swapped

from pmlint.findings import Source, Span
from pmlint.fixes.headings import mark

# Headings


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("**Timeline (UTC)**", "## Timeline (UTC)", id="bold"),
        pytest.param("__Timeline (UTC)__", "## Timeline (UTC)", id="bold with underscores"),
        pytest.param("**Timeline (UTC):**", "## Timeline (UTC)", id="colon inside"),
        pytest.param("**Timeline (UTC)**:", "## Timeline (UTC)", id="colon outside"),
        pytest.param("**Timeline** (UTC)", "## Timeline (UTC)", id="bold in part"),
        pytest.param("Timeline (UTC):", "## Timeline (UTC)", id="plain"),
        pytest.param("Timeline (UTC)", "## Timeline (UTC)", id="plain without colon"),
        pytest.param("**Timeline (UTC)**  ", "## Timeline (UTC)", id="hard break"),
        pytest.param("🚨 **Timeline (UTC)**", "## 🚨 Timeline (UTC)", id="emoji"),
    ],
)
def test_unmarked_heading_becomes_one(old: str, new: str) -> None:
    text = swapped(GOOD, ("## Timeline (UTC)", old))
    assert fixed(text, "PM105", unsafe=False) == swapped(GOOD, ("## Timeline (UTC)", new))


def test_every_unmarked_heading_gets_its_level() -> None:
    marked = swapped(GOOD, ("- **Impact:** 40 %", "\n### Impact\n\n40 %"))
    text = marked.replace("### Impact", "**Impact**")
    for name in ("Summary", "Timeline (UTC)", "Root cause", "Resolution", "Tasks"):
        text = swapped(text, (f"## {name}", f"**{name}**"))
    result = fixed(text, unsafe=False)
    assert [line for line in result.splitlines() if line.startswith("#")] == [
        "# Checkout refused card payments on 18 June 2024",
        "## Summary",
        "### Impact",
        "## Timeline (UTC)",
        "## Root cause",
        "## Resolution",
        "## Tasks",
    ]


def test_heading_takes_the_level_of_its_siblings() -> None:
    text = GOOD.replace("\n## ", "\n### ").replace("### Root cause", "**Root cause**")
    assert "\n### Root cause\n" in fixed(text, "PM105")


def test_blank_lines_are_put_around_a_new_heading() -> None:
    text = swapped(GOOD, ("\n## Resolution\n\n", "Resolution:\n"))
    assert fixed(text, "PM105") == GOOD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("## Resolution:", "## Resolution", id="colon"),
        pytest.param("## **Resolution**", "## Resolution", id="bold"),
        pytest.param("## **Resolution:**", "## Resolution", id="bold and colon"),
        pytest.param("## 5. Resolution", "## Resolution", id="number"),
        pytest.param("## **5. Resolution:** ##", "## Resolution ##", id="all at once"),
        pytest.param("Resolution:\n-----------", "Resolution\n-----------", id="setext"),
    ],
)
def test_heading_loses_its_punctuation(old: str, new: str) -> None:
    text = swapped(GOOD, ("## Resolution", old))
    assert fixed(text, "PM109", unsafe=False) == swapped(GOOD, ("## Resolution", new))


def test_links_to_a_heading_follow_its_new_anchor() -> None:
    text = swapped(
        GOOD,
        ("## Resolution", "## 5. Resolution"),
        ("a week before.", "a week before; [how it ended](#5-resolution)."),
    )
    assert "[how it ended](#resolution)" in fixed(text, "PM109")


@pytest.mark.parametrize(
    ("heading", "misspelt"),
    [
        pytest.param("## Root cause", "## Root casue", id="two words"),
        pytest.param("## Resolution", "## Resoltion", id="letter left out"),
        pytest.param("## Tasks", "## Tsaks", id="letters swapped"),
        pytest.param("## Summary", "## Sumary", id="summary"),
    ],
)
def test_misspelt_heading_is_corrected_as_it_is_capitalised(heading: str, misspelt: str) -> None:
    code = "PM101"
    text = swapped(GOOD, (heading, misspelt))
    (finding,) = [each for each in findings(text) if each.code == code]
    assert finding.fix is not None
    assert finding.fix.safe
    after = fixed(text, code, unsafe=False)
    assert after.lower() == GOOD.lower()


# Times


def test_zone_is_copied_from_the_timeline() -> None:
    text = swapped(GOOD, ("15:00 - 17:00 UTC", "15:00 - 17:00"))
    assert fixed(text, "PM203") == GOOD


def test_zone_is_written_behind_the_clock_and_not_the_date() -> None:
    text = swapped(
        GOOD, ("18 June 2024, 15:00 - 17:00 UTC (2 hours)", "15:00 - 17:00, 18 June 2024")
    )
    assert "15:00 - 17:00 UTC, 18 June 2024" in fixed(text, "PM203")


def test_no_zone_is_made_up() -> None:
    text = swapped(
        GOOD, ("15:00 - 17:00 UTC", "15:00 - 17:00"), ("## Timeline (UTC)", "## Timeline")
    )
    (finding,) = findings(text, "PM203")
    assert finding.fix is None
    assert "--unsafe-fixes" not in finding.help


@pytest.mark.parametrize(
    ("stated", "corrected"),
    [
        pytest.param("(3 hours)", "(2 hours)", id="words"),
        pytest.param("(3h)", "(2h)", id="letters"),
        pytest.param("(150 minutes)", "(120 minutes)", id="minutes"),
        pytest.param("(150 min)", "(120 min)", id="min"),
        pytest.param("(3 hrs)", "(2 hrs)", id="hrs"),
    ],
)
def test_stated_length_is_corrected_in_its_manner(stated: str, corrected: str) -> None:
    text = swapped(GOOD, ("(2 hours)", stated))
    assert fixed(text, "PM206") == swapped(GOOD, ("(2 hours)", corrected))


def test_abbreviation_out_of_season_is_replaced_in_duration_and_timeline() -> None:
    text = swapped(GOOD, ("UTC (2 hours)", "PST (2 hours)"), ("(UTC)", "(PST)"))
    assert fixed(text, "PM208") == text.replace("PST", "PDT")


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        pytest.param(
            (("- 15:10 ", "- 3:10 PM "),),
            (("- 3:10 PM ", "- 15:10 "),),
            id="one of four in 12 hours",
        ),
        pytest.param(
            (("- 15:00 ", "- 3:00 PM "), ("- 15:10 ", "- 3:10 PM "), ("- 15:45 ", "- 3:45 PM ")),
            (("\n- 17:00 ", "\n- 5:00 PM "),),
            id="one of four in 24 hours",
        ),
        pytest.param(
            (("- 15:00 ", "- 3:00pm "), ("- 15:10 ", "- 3:10pm "), ("- 15:45 ", "- 3:45pm ")),
            (("\n- 17:00 ", "\n- 5:00pm "),),
            id="in the manner of the others",
        ),
    ],
)
def test_clocks_of_the_timeline_get_one_style(
    changes: tuple[tuple[str, str], ...], result: tuple[tuple[str, str], ...]
) -> None:
    text = swapped(GOOD, *changes)
    assert fixed(text, "PM406") == swapped(text, *result)


# Order

LIST = """\
- 15:00 A release names a database that is gone; payments fail
- 15:10 Alert on failed payments, on-call is paged
- 15:45 Refused connections are found in the log
- 17:00 The release is rolled back; payments work again
"""


def timeline(text: str) -> str:
    return swapped(GOOD, (LIST, text))


ENTRIES = {
    "list": ["- 15:00 Fails\n", "- 15:10 Alert\n", "- 15:45 Found\n", "- 17:00 Works\n"],
    "sub-items": [
        "- 15:00 Fails\n  - for all\n",
        "- 15:10 Alert\n  - on-call\n    - paged\n",
        "- 15:45 Found\n",
        "- 17:00 Works\n  - again\n",
    ],
    "images and paragraphs": [
        "- 15:00 Fails\n\n  ![graph](a.png)\n\n",
        "- 15:10 Alert\n\n  The alert named the service.\n\n  ```\n  15:20 log\n  ```\n\n",
        "- 15:45 Found\n\n",
        "- 17:00 Works\n",
    ],
    "lazy lines": [
        "- 15:00 Fails\nfor all\n",
        "- 15:10 Alert\n  and page\n",
        "- 15:45 Found\n",
        "- 17:00 Works\n",
    ],
    "all ones": ["1. 15:00 Fails\n", "1. 15:10 Alert\n", "1. 15:45 Found\n", "1. 17:00 Works\n"],
    "table": [
        "| Time | Event |\n|---|---|\n| 15:00 | Fails |\n",
        "| 15:10 | Alert |\n",
        "| 15:45 | Found |\n",
        "| 17:00 | Works |\n",
    ],
    "paragraphs": [
        "**15:00** Fails\n\n",
        "**15:10** Alert\n\n![graph](b.png)\n\n",
        "**15:45** Found\n\nThe log was full of them.\n\n",
        "**17:00** Works\n",
    ],
    "lines": ["15:00 Fails  \n", "15:10 Alert  \n", "15:45 Found  \n", "17:00 Works\n"],
    "HTML": [
        "<ul>\n<li>15:00 Fails</li>\n",
        "<li>15:10 Alert</li>\n",
        "<li>15:45 Found</li>\n",
        "<li>17:00 Works</li>\n</ul>\n",
    ],
}


@pytest.mark.parametrize("form", list(ENTRIES))
def test_entries_change_places_whole(form: str) -> None:
    first, alert, found, last = ENTRIES[form]
    right = timeline(first + alert + found + last)
    gap_alert = alert[len(alert.rstrip()) :]
    gap_found = found[len(found.rstrip()) :]
    if form == "lines":
        gap_alert = gap_found = "  \n"
    wrong = timeline(first + found.rstrip() + gap_alert + alert.rstrip() + gap_found + last)
    assert wrong != right
    result = mended(wrong, "PM402")
    assert not result.refused
    assert result.report.source.text == right


def test_numbers_of_a_list_stay_where_they_are() -> None:
    text = timeline("1. 15:00 Fails\n2. 15:45 Found\n3. 15:10 Alert\n4. 17:00 Works\n")
    right = timeline("1. 15:00 Fails\n2. 15:10 Alert\n3. 15:45 Found\n4. 17:00 Works\n")
    assert fixed(text, "PM402") == right


def test_long_list_is_sorted_in_no_time() -> None:
    times = [
        f"- {hour:02}:{minute:02} Step {hour}\n" for hour in range(8, 20) for minute in range(60)
    ]
    text = timeline("".join(times[:1] + times[:0:-1]))
    began = perf_counter()
    found = findings(text, "PM402")
    assert len(found) > 500
    assert perf_counter() - began < 5
    assert mended(text, "PM402").report.source.text == timeline("".join(times))


def test_several_entries_are_sorted_at_once_and_equal_times_keep_their_order() -> None:
    text = timeline("- 16:00 D\n- 15:30 C\n- 15:10 B one\n- 15:10 B two\n- 15:00 A\n- 17:00 E\n")
    result = mended(text, "PM402")
    assert timeline(
        "- 15:00 A\n- 15:10 B one\n- 15:10 B two\n- 15:30 C\n- 16:00 D\n- 17:00 E\n"
    ) == (result.report.source.text)
    assert {each.code for each in result.applied} == {"PM402"}


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param("- 15:00 A\n- 15:45 C\n- Somebody wonders\n- 15:10 B\n", id="untimed entry"),
        pytest.param(
            "### 18 June 2024\n\n- 15:00 A\n- 15:45 C\n\n### Later\n\n- 15:10 B\n- 17:00 D\n",
            id="heading between",
        ),
        pytest.param("- 15:00 A\n- 15:45 C\n<!-- here -->\n- 15:10 B\n", id="comment between"),
    ],
)
def test_no_entry_moves_past_what_has_its_own_place(entries: str) -> None:
    assert [finding.fix for finding in findings(timeline(entries), "PM402")] == [None]


def test_entry_out_of_a_night_keeps_its_day() -> None:
    text = swapped(
        timeline("- 22:10 Fails\n- 23:50 Alert\n- 00:40 Works\n- 00:20 Found\n- 01:05 Closed\n"),
        (
            "18 June 2024, 15:00 - 17:00 UTC (2 hours)",
            "18 June 2024 22:10 - 19 June 2024 01:05 UTC",
        ),
    )
    after = fixed(text, "PM402")
    places = [after.index(words) for words in ("Alert", "00:20 Found", "00:40 Works", "Closed")]
    assert places == sorted(places)


# Parts


@pytest.mark.parametrize(
    ("code", "part"),
    [
        pytest.param("PM401", "Timeline (UTC)", id="timeline"),
        pytest.param("PM501", "Root cause", id="root cause"),
        pytest.param("PM601", "Tasks", id="tasks"),
    ],
)
def test_missing_part_is_added_at_its_place_with_a_placeholder(code: str, part: str) -> None:
    at = GOOD.index(f"## {part}")
    stop = GOOD.find("\n## ", at) + 1 or len(GOOD)
    text = (GOOD[:at] + GOOD[stop:]).rstrip("\n") + "\n"
    after = fixed(text, code)
    headings = [line for line in after.splitlines() if line.startswith("## ")]
    assert len(headings) == 5
    assert findings(after, code) == ()
    (placeholder,) = findings(after, "PM106")
    line = after[: placeholder.span.start].count("\n")
    assert after.splitlines()[line - 2].startswith("## ")


@pytest.mark.parametrize(
    ("code", "label"),
    [
        pytest.param("PM201", "Duration", id="duration"),
        pytest.param("PM301", "Impact", id="impact"),
    ],
)
def test_missing_field_is_added_to_the_summary(code: str, label: str) -> None:
    lines = [line for line in GOOD.splitlines(keepends=True) if f"**{label}:**" not in line]
    text = "".join(lines)
    after = fixed(text, code)
    kept = after.splitlines(keepends=True)
    added = [line for line in kept if line.startswith(f"- **{label}:** TBD")]
    assert len(added) == 1
    assert "".join(line for line in kept if line not in added) == text
    assert [each.code for each in findings(after, code, "PM106")] == ["PM106"]


def test_every_missing_part_of_a_stub_is_added_once() -> None:
    text = GOOD[: GOOD.index("## Root cause")]
    result = mended(text)
    assert not result.refused
    after = result.report.source.text
    assert after.startswith(text.rstrip("\n"))
    assert mended(after).report.source.text == after


# Tasks


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("PM603", "(owner: TBD)", id="owner"),
        pytest.param("PM604", "(due: TBD)", id="due"),
    ],
)
def test_task_gets_a_slot_once(code: str, words: str) -> None:
    text = swapped(GOOD, (" (@ines, 2024-06-28)", "."))
    after = mended(text, code).report.source.text
    assert after == swapped(text, ("is gone.", f"is gone {words}."))
    assert findings(after, code) == ()
    assert mended(after, code).report.source.text == after


def test_slot_stands_in_its_column() -> None:
    row = "| Reject a release that names no database |  | 2024-06-28 |\n"
    table = f"| Task | Owner | Due |\n|---|---|---|\n{row}"
    text = GOOD[: GOOD.index("- [ ]")] + table
    assert "| Reject a release that names no database | TBD | 2024-06-28 |" in (
        mended(text, "PM603").report.source.text
    )


# Comments


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param(" <!-- pmlint: ignore PM402 (two logs) -->", id="at the end of a line"),
        pytest.param(" <!-- pmlint: ignore PM402, PM403 (two logs) -->", id="two rules"),
    ],
)
def test_comment_that_hides_nothing_goes(comment: str) -> None:
    text = swapped(GOOD, ("in the log\n", f"in the log{comment}\n"))
    assert fixed(text, unsafe=False) == GOOD


def test_comment_that_hides_something_stays_and_so_does_what_it_hides() -> None:
    line = "- 15:45 Refused connections are found in the log\n"
    hidden = line.rstrip("\n").replace("15:45", "15:05") + " <!-- pmlint: ignore PM402 -->\n"
    text = swapped(GOOD, (line, hidden))
    assert fixed(text) == text


# All


def test_clean_text_has_nothing_to_fix() -> None:
    result = mended(GOOD)
    assert result.report.source.text == GOOD
    assert result.applied == ()


@pytest.mark.parametrize(
    ("text", "option"),
    [
        pytest.param(
            GOOD.replace("## Timeline", "**Timeline").replace("(UTC)\n", "(UTC)**\n"),
            "`--fix`",
            id="safe",
        ),
        pytest.param(GOOD.replace("(2 hours)", "(3 hours)"), "`--unsafe-fixes`", id="unsafe"),
    ],
)
def test_help_names_the_option_that_mends(text: str, option: str) -> None:
    fixable = [each for each in findings(text) if each.fix is not None]
    assert fixable
    for finding in fixable:
        assert option in finding.help
        assert finding.message
    for finding in findings(text):
        if finding.fix is None:
            assert "--fix" not in finding.help


def test_a_part_named_in_the_middle_of_a_line_is_no_heading() -> None:
    text = "Outage on 3 May 2024 at 10:00 UTC Impact: 40 users Root Cause: a full disk"
    source = Source(text, "a.md")
    at = text.index("Root Cause")
    section = SimpleNamespace(span=Span(at, at + 10))
    postmortem = SimpleNamespace(source=source, timeline=None)
    assert mark(cast("Any", postmortem), cast("Any", section), 2) is None
