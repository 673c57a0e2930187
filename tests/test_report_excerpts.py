# ruff: noqa: E501 (rows of 120 columns are shown as they are)
"""The findings in full at several widths, in Unicode and ASCII."""

from __future__ import annotations

import pytest
import report_samples as samples

from pmlint.reports import FileReport, text
from pmlint.reports.colour import Style

SEVERAL = {"PM602": "{count} tasks of this list can never be ticked off"}

SNAPSHOTS = [
    pytest.param(
        samples.no_zone(),
        Style(80, unicode=True),
        """\
error PM203: the duration names no timezone
   ╭─ parcels.md:4:29
 4 │ - **Window:** 3 March 2025, 8:00 AM - 10:30 AM
   │                             ━━━━━━━━━━━━━━━━━━ no timezone
   ╰─ help: write the zone behind the end: `8:00 AM - 10:30 AM CET` (or UTC,
            +01:00)

1 finding in 1 file: 1 error
  why: pmlint explain PM203
""",
        id="no-zone-80-unicode",
    ),
    pytest.param(
        samples.no_zone(),
        Style(60, unicode=True),
        """\
error PM203: the duration names no timezone
   ╭─ parcels.md:4:29
 4 │ - **Window:** 3 March 2025, 8:00 AM - 10:30 AM
   │                             ━━━━━━━━━━━━━━━━━━
   │                             ╰ no timezone
   ╰─ help: write the zone behind the end:
            `8:00 AM - 10:30 AM CET` (or UTC, +01:00)

1 finding in 1 file: 1 error
  why: pmlint explain PM203
""",
        id="no-zone-60-unicode",
    ),
    pytest.param(
        samples.out_of_order(),
        Style(80, unicode=True),
        """\
error PM402: the timeline goes back 20 minutes  [fixable]
   ╭─ parcels.md:13:5
12 │ - **9:40 AM:** Import of the night rolled back.
   │     ─────── this entry comes first, …
13 │ - **9:20 AM:** Data team called in and asked to compare the columns of …
   │     ━━━━━━━ … but this one is 20 minutes earlier
   ╰─ help: move line 13 between line 10 (8:25 AM) and line 12 (9:40 AM), or
            correct its time; `--unsafe-fixes` moves it

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes` does it
  why: pmlint explain PM402
""",
        id="out-of-order-80-unicode",
    ),
    pytest.param(
        samples.out_of_order(),
        Style(60, unicode=True),
        """\
error PM402: the timeline goes back 20 minutes  [fixable]
   ╭─ parcels.md:13:5
12 │ - **9:40 AM:** Import of the night rolled back.
   │     ─────── this entry comes first, …
13 │ - **9:20 AM:** Data team called in and asked to …
   │     ━━━━━━━ … but this one is 20 minutes earlier
   ╰─ help: move line 13 between line 10 (8:25 AM) and line
            12 (9:40 AM), or correct its time;
            `--unsafe-fixes` moves it

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes`
  does it
  why: pmlint explain PM402
""",
        id="out-of-order-60-unicode",
    ),
    pytest.param(
        samples.out_of_order(),
        Style(120, unicode=True),
        """\
error PM402: the timeline goes back 20 minutes  [fixable]
   ╭─ parcels.md:13:5
12 │ - **9:40 AM:** Import of the night rolled back.
   │     ─────── this entry comes first, …
13 │ - **9:20 AM:** Data team called in and asked to compare the columns of both imports by hand.
   │     ━━━━━━━ … but this one is 20 minutes earlier
   ╰─ help: move line 13 between line 10 (8:25 AM) and line 12 (9:40 AM), or correct its time; `--unsafe-fixes` moves it

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes` does it
  why: pmlint explain PM402
""",
        id="out-of-order-120-unicode",
    ),
    pytest.param(
        samples.out_of_order(),
        Style(80, unicode=False),
        """\
error PM402: the timeline goes back 20 minutes  [fixable]
  --> parcels.md:13:5
12 | - **9:40 AM:** Import of the night rolled back.
   |     ------- this entry comes first, ...
13 | - **9:20 AM:** Data team called in and asked to compare the columns of ...
   |     ^^^^^^^ ... but this one is 20 minutes earlier
   = help: move line 13 between line 10 (8:25 AM) and line 12 (9:40 AM), or
           correct its time; `--unsafe-fixes` moves it

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes` does it
  why: pmlint explain PM402
""",
        id="out-of-order-80-ascii",
    ),
    pytest.param(
        samples.mismatch(),
        Style(80, unicode=True),
        """\
error PM206: the stated length and the times differ by 1 hour 30 minutes
             [fixable]
   ╭─ parcels.md:3:99
 3 │ … depot without labels for 4 hours; about 1,850 parcels had to be …
   │                            ━━━━━━━ states 4 h
   ┊
 8 │ - **Window:** 3 March 2025, 08:00 - 10:30 CET
   │                             ───────────────── these times give 2 h 30 min
   ╰─ help: write "2 hours 30 minutes" on line 3, or correct the start or the
            end on line 8

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes` does it
  why: pmlint explain PM206
""",
        id="mismatch-80-unicode",
    ),
    pytest.param(
        samples.mismatch(),
        Style(60, unicode=True),
        """\
error PM206: the stated length and the times differ by 1
             hour 30 minutes [fixable]
   ╭─ parcels.md:3:99
 3 │ … without labels for 4 hours; about 1,850 parcels …
   │                      ━━━━━━━ states 4 h
   ┊
 8 │ - **Window:** 3 March 2025, 08:00 - 10:30 CET
   │                             ─────────────────
   │                             ╰ these times give 2 h 30
   │                               min
   ╰─ help: write "2 hours 30 minutes" on line 3, or correct
            the start or the end on line 8

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes`
  does it
  why: pmlint explain PM206
""",
        id="mismatch-60-unicode",
    ),
    pytest.param(
        samples.mismatch(),
        Style(120, unicode=True),
        """\
error PM206: the stated length and the times differ by 1 hour 30 minutes  [fixable]
   ╭─ parcels.md:3:99
 3 │ … column left the northern depot without labels for 4 hours; about 1,850 parcels had to be sorted again by …
   │                                                     ━━━━━━━ states 4 h
   ┊
 8 │ - **Window:** 3 March 2025, 08:00 - 10:30 CET
   │                             ───────────────── these times give 2 h 30 min
   ╰─ help: write "2 hours 30 minutes" on line 3, or correct the start or the end on line 8

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes` does it
  why: pmlint explain PM206
""",
        id="mismatch-120-unicode",
    ),
    pytest.param(
        samples.mismatch(),
        Style(60, unicode=False),
        """\
error PM206: the stated length and the times differ by 1
             hour 30 minutes [fixable]
  --> parcels.md:3:99
 3 | ... without labels for 4 hours; about 1,850 ...
   |                        ^^^^^^^ states 4 h
   :
 8 | - **Window:** 3 March 2025, 08:00 - 10:30 CET
   |                             -----------------
   |                             ` these times give 2 h 30
   |                               min
   = help: write "2 hours 30 minutes" on line 3, or correct
           the start or the end on line 8

1 finding in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes`
  does it
  why: pmlint explain PM206
""",
        id="mismatch-60-ascii",
    ),
    pytest.param(
        samples.vague_tasks(),
        Style(80, unicode=True),
        """\
warning PM602: 3 tasks of this list can never be ticked off
   ╭─ parcels.md:30:5
30 │   - Better testing.
   │     ━━━━━━━━━━━━━━ which test, of what, run when?
31 │   - Take more care with imports on Sundays.
   │     ━━━━━━━━━━━━━━ what stops the import when nobody takes care?
32 │   - Reject an import whose street column is empty.
33 │   - Hold a workshop.
   │     ━━━━━━━━━━━━━━━ what will be decided there?
   ╰─ help: name what will be there when it is done, and where. Line 32 does.
            For example:
            30  Import the file of 3 March in CI and compare ten printed labels
            31  Ask for a second pair of eyes in the import tool before a column
                moves
            33  Decide in the workshop of 20 March who may change the import

3 findings in 1 file: 3 warnings
  why: pmlint explain PM602
""",
        id="vague-tasks-80-unicode",
    ),
    pytest.param(
        samples.vague_tasks(),
        Style(60, unicode=True),
        """\
warning PM602: 3 tasks of this list can never be ticked off
   ╭─ parcels.md:30:5
30 │   - Better testing.
   │     ━━━━━━━━━━━━━━ which test, of what, run when?
31 │   - Take more care with imports on Sundays.
   │     ━━━━━━━━━━━━━━
   │     ╰ what stops the import when nobody takes care?
32 │   - Reject an import whose street column is empty.
33 │   - Hold a workshop.
   │     ━━━━━━━━━━━━━━━ what will be decided there?
   ╰─ help: name what will be there when it is done, and
            where. Line 32 does. For example:
            30  Import the file of 3 March in CI and compare
                ten printed labels
            31  Ask for a second pair of eyes in the import
                tool before a column moves
            33  Decide in the workshop of 20 March who may
                change the import

3 findings in 1 file: 3 warnings
  why: pmlint explain PM602
""",
        id="vague-tasks-60-unicode",
    ),
    pytest.param(
        samples.vague_tasks(),
        Style(60, unicode=False),
        """\
warning PM602: 3 tasks of this list can never be ticked off
  --> parcels.md:30:5
30 |   - Better testing.
   |     ^^^^^^^^^^^^^^ which test, of what, run when?
31 |   - Take more care with imports on Sundays.
   |     ^^^^^^^^^^^^^^
   |     ` what stops the import when nobody takes care?
32 |   - Reject an import whose street column is empty.
33 |   - Hold a workshop.
   |     ^^^^^^^^^^^^^^^ what will be decided there?
   = help: name what will be there when it is done, and
           where. Line 32 does. For example:
           30  Import the file of 3 March in CI and compare
               ten printed labels
           31  Ask for a second pair of eyes in the import
               tool before a column moves
           33  Decide in the workshop of 20 March who may
               change the import

3 findings in 1 file: 3 warnings
  why: pmlint explain PM602
""",
        id="vague-tasks-60-ascii",
    ),
    pytest.param(
        samples.no_incident(),
        Style(80, unicode=True),
        """\
error PM001: this file tells no incident
   ╭─ parcels.md:7:1
 1 │ # Exercise 12
   ┊
 7 │ Write a postmortem about an outage that you remember well and explain …
   │ ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ text of an exercise
   ├─ looked: for the time of an incident, an impact, events with times: none
   │          found
   ╰─ help: put your postmortem into this file, or leave the file out: exclude =
            ["parcels.md"]

1 finding in 1 file: 1 error; no other rule was applied
""",
        id="no-incident-80-unicode",
    ),
    pytest.param(
        samples.no_incident(),
        Style(80, unicode=False),
        """\
error PM001: this file tells no incident
  --> parcels.md:7:1
 1 | # Exercise 12
   :
 7 | Write a postmortem about an outage that you remember well and explain ...
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ text of an exercise
   = looked: for the time of an incident, an impact, events with times: none
   |         found
   = help: put your postmortem into this file, or leave the file out: exclude =
           ["parcels.md"]

1 finding in 1 file: 1 error; no other rule was applied
""",
        id="no-incident-80-ascii",
    ),
]


@pytest.mark.parametrize(("report", "style", "expected"), SNAPSHOTS)
def test_findings_are_drawn_as_agreed(report: FileReport, style: Style, expected: str) -> None:
    assert text.render([report], style, several=SEVERAL) == expected


@pytest.mark.parametrize(("report", "style", "expected"), SNAPSHOTS)
def test_every_row_fits_and_ends_without_blanks(
    report: FileReport, style: Style, expected: str
) -> None:
    drawn = text.render([report], style, several=SEVERAL)
    rows = drawn.splitlines()
    assert max(map(len, rows)) <= style.width
    assert not any(row != row.rstrip() for row in rows)
    assert style.unicode or drawn.isascii()


COLOURED = """\
\x1b[1;38;5;196merror PM402\x1b[0m: \x1b[1mthe timeline goes back 20 minutes\x1b[0m  [fixable]
   \x1b[2m╭─\x1b[0m parcels.md:13:5
12 \x1b[2m│\x1b[0m - **9:40 AM:** Import of the night rolled back.
   \x1b[2m│\x1b[0m     \x1b[38;5;32m───────\x1b[0m this entry comes first, …
13 \x1b[2m│\x1b[0m - **9:20 AM:** Data team called in and asked to compare the columns of …
   \x1b[2m│\x1b[0m     \x1b[1;38;5;196m━━━━━━━\x1b[0m … but this one is 20 minutes earlier
   \x1b[2m╰─\x1b[0m \x1b[1mhelp:\x1b[0m move line 13 between line 10 (8:25 AM) and line 12 (9:40 AM), or
            correct its time; `--unsafe-fixes` moves it

\x1b[1m1 finding\x1b[0m in 1 file: 1 error
  at most 1 fixable: `--diff` shows how, `--unsafe-fixes` does it
  why: pmlint explain PM402
"""


def test_level_underlines_and_frame_are_coloured_and_the_rest_is_not() -> None:
    assert text.render([samples.out_of_order()], Style(80, colour=256)) == COLOURED


def test_a_mark_stands_below_its_words_behind_a_tab_and_wide_characters() -> None:
    source = samples.source_of({1: "\t日本 e\u0301te 5 PM", 2: ""})
    found = samples.finding(source, "5 PM", 1, "PM203", "no zone", label="here")
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[2:4] == [" 1 │     日本 e\u0301te 5 PM", "   │              ━━━━ here"]


def test_a_mark_over_a_combining_accent_has_the_width_of_what_is_seen() -> None:
    source = samples.source_of({1: "a cafe\u0301 closed"})
    found = samples.finding(source, "cafe\u0301", 1, "PM303", "vague")
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[3] == "   │   ━━━━"


def test_two_marks_of_one_line_are_told_from_right_to_left() -> None:
    source = samples.source_of({1: "It ran from 8:00 to 7:30 in the morning."})
    found = samples.finding(
        source,
        "7:30",
        1,
        "PM205",
        "the end is before the start",
        label="ends",
        related=(samples.other_place(source, "8:00", 1, "starts"),),
    )
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[3:5] == [
        "   │             ────    ━━━━ ends",
        "   │             ╰ starts",
    ]


def test_marks_that_cover_each_other_get_a_row_each() -> None:
    source = samples.source_of({1: "from 8:00 to 7:30"})
    found = samples.finding(
        source,
        "8:00 to 7:30",
        1,
        "PM205",
        "reversed",
        label="window",
        related=(samples.other_place(source, "7:30", 1, "end"),),
    )
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[3:5] == ["   │      ━━━━━━━━━━━━ window", "   │              ──── end"]


def test_marks_too_far_apart_for_one_excerpt_get_one_each() -> None:
    line = "It began at 8:00 and then " + "this and that happened and " * 12 + "it ended at 7:30."
    source = samples.source_of({1: line})
    found = samples.finding(
        source,
        "7:30",
        1,
        "PM205",
        "the end is before the start",
        label="ends",
        related=(samples.other_place(source, "8:00", 1, "starts"),),
    )
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[2] == (" 1 │ It began at 8:00 and then this and that happened and this and that …")
    assert rows[3] == "   │             ──── starts"
    assert rows[4].startswith(" 1 │ … ")
    assert rows[4].endswith("it ended at 7:30.")
    assert rows[5].index("━") == rows[4].index("7:30")


def test_a_line_of_5000_characters_is_cut_at_words_around_the_mark() -> None:
    source = samples.source_of({1: "words " * 400 + "some users " + "words " * 430})
    found = samples.finding(source, "some users", 1, "PM303", "how many?", label="how many?")
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[2] == (
        " 1 │ … words words words words words some users words words words words words …"
    )
    assert rows[3] == "   │                                 ━━━━━━━━━━ how many?"


def test_a_place_in_another_file_has_a_place_line_of_its_own() -> None:
    source = samples.source_of({3: "The disk was full."})
    other = samples.source_of({9: "The disk was full again."}, "2024-01-02.md")
    found = samples.finding(
        source,
        "disk was full",
        3,
        "PM701",
        "the same cause as in an earlier postmortem",
        related=(samples.other_place(other, "disk was full", 9, "told here first"),),
    )
    rows = text.render([samples.report(other), samples.report(source, found)], Style()).splitlines()
    assert rows[4:7] == [
        "   ╭─ 2024-01-02.md:9:5",
        " 9 │ The disk was full again.",
        "   │     ───────────── told here first",
    ]


def test_a_place_in_a_file_that_was_not_read_keeps_its_name_and_label() -> None:
    source = samples.source_of({3: "The disk was full."})
    other = samples.source_of({9: "The disk was full again."}, "old.md")
    found = samples.finding(
        source,
        "disk",
        3,
        "PM701",
        "again",
        related=(samples.other_place(other, "disk", 9, "first"),),
    )
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[4:6] == ["   ╭─ old.md", "   │ first"]


@pytest.mark.parametrize(
    ("between", "blocks"),
    [
        pytest.param("- a task", 1, id="next item"),
        pytest.param("  - below the first", 1, id="nested item between"),
        pytest.param("", 1, id="blank line between"),
        pytest.param("## Other", 2, id="heading between"),
        pytest.param("A sentence.", 2, id="paragraph between"),
    ],
)
def test_findings_of_one_rule_are_joined_only_within_a_list(between: str, blocks: int) -> None:
    source = samples.source_of({1: "- Improve A", 2: between, 3: "- Improve B"})
    found = [samples.finding(source, f"Improve {x}", 1, "PM602", f"{x} is vague") for x in "AB"]
    drawn = text.render([samples.report(source, *found)], Style(), several=SEVERAL)
    assert drawn.count("error PM602") == blocks
    assert "2 findings in 1 file" in drawn


def test_findings_of_one_rule_join_across_a_finding_of_another() -> None:
    source = samples.source_of({1: "- Improve A", 2: "- Improve B"})
    found = [
        samples.finding(source, "Improve A", 1, "PM602", "A is vague"),
        samples.finding(source, "Improve A", 1, "PM604", "A has no due date"),
        samples.finding(source, "Improve B", 2, "PM602", "B is vague"),
    ]
    drawn = text.render([samples.report(source, *found)], Style(), several=SEVERAL)
    heads = [row for row in drawn.splitlines() if row.startswith("error")]
    assert heads == [
        "error PM602: 2 tasks of this list can never be ticked off",
        "error PM604: A has no due date",
    ]


def test_different_messages_without_a_sentence_for_many_stay_apart() -> None:
    source = samples.source_of({1: "- A", 2: "- B"})
    found = [samples.finding(source, x, 1, "PM699", f"{x} is wrong") for x in "AB"]
    drawn = text.render([samples.report(source, *found)], Style())
    assert drawn.count("PM699: ") == 2


def test_a_long_joined_list_leaves_out_lines_without_a_finding() -> None:
    source = samples.source_of({line: f"- task {line:02}" for line in range(1, 13)})
    found = [samples.finding(source, f"task {n}", 1, "PM602", "vague") for n in ("01", "12")]
    drawn = text.render([samples.report(source, *found)], Style(), several=SEVERAL)
    assert " 1 │ - task 01\n   │   ━━━━━━━\n   ┊\n12 │ - task 12\n" in drawn


def test_a_fault_on_an_empty_line_is_marked_with_one_cell() -> None:
    source = samples.source_of({1: "text", 2: ""})
    found = samples.finding(source, "", 2, "PM601", "no list of tasks", label="add one here")
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[2:4] == [" 2 │", "   │ ━ add one here"]


def test_a_span_over_several_lines_is_marked_on_its_first() -> None:
    source = samples.source_of({1: "a start", 2: "", 3: "an end"})
    found = samples.finding(source, "start\n\nan end", 1, "PM102", "empty")
    rows = text.render([samples.report(source, found)], Style()).splitlines()
    assert rows[2:4] == [" 1 │ a start", "   │   ━━━━━"]
    assert "an end" not in rows


def test_headings_at_fault_are_joined_where_they_follow_each_other() -> None:
    source = samples.source_of({1: "Summary", 9: "Timeline"})
    found = [
        samples.finding(
            source, name, 1, "PM105", "a line as heading", help_text=f"write `## {name}`"
        )
        for name in ("Summary", "Timeline")
    ]
    drawn = text.render([samples.report(source, *found)], Style())
    assert (
        drawn
        == """\
error PM105: a line as heading (2 times)
   ╭─ parcels.md:1:1
 1 │ Summary
   │ ━━━━━━━
   ┊
 9 │ Timeline
   │ ━━━━━━━━
   ╰─ help: 1  write `## Summary`
            9  write `## Timeline`

2 findings in 1 file: 2 errors
  why: pmlint explain PM105
"""
    )
