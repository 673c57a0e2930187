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
   ╰─ help: write the zone behind the end: `8:00 AM - 10:30
            AM CET` (or UTC, +01:00)

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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does
  it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does
  it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does it
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
  1 can be fixed: `--diff` shows how, `--unsafe-fixes` does
  it
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
def test_no_row_is_wider_than_the_terminal(report: FileReport, style: Style, expected: str) -> None:
    rows = text.render([report], style, several=SEVERAL).splitlines()
    assert max(map(len, rows)) <= style.width
    assert not any(row != row.rstrip() for row in rows)
