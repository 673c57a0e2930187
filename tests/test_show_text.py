"""The page that tells an author what was read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from show_samples import TEXT, parcels, parcels_findings, without_facts

from pmlint.facts import Absence, Postmortem
from pmlint.findings import Source, Span
from pmlint.reading.times import Clock, Date
from pmlint.reading.zones import Zone
from pmlint.reports import show_text
from pmlint.reports.colour import Style
from pmlint.reports.show_page import length

AT_80 = """\
Parcel labels printed without a street
parcels.md, template default

Incident
  started    3 March 2025  08:00 CET                  line 6
  detected                 08:10                      line 11, after 10 min
  mitigated                09:40                      line 13, after 1 h 40 min
  resolved                 10:30                      line 15, after 2 h 30 min
  length     2 h 30 min                               line 4 says 4 h: PM206
  impact     1,850 parcels                            line 7
  cause      The nightly import wrote the street into line 18
             the wrong column.
  fix        not found                                PM502

Sections
    1  Parcel labels printed without a street  title
    3  ├─ Summary                              summary
    6  │  ├─ Duration (field)                  duration
    7  │  ╰─ Impact (field)                    impact
    9  ├─ Timeline                             timeline
   17  ├─ Cause                                root cause
   20  ╰─ Follow-up                            corrective, tasks
       not found: resolution (PM502); lessons (the template default does not ask
       for it)

Timeline  6 events over 2 h 30 min, CET (from line 6)
  08:00 ●───●─────●─────────────────────●───────●───────────────────● 10:30
  08:00              ●  First label printed without a street.   started
  08:10     +10 min  ●  Shift lead reports blank labels to the  detected
                        service desk.
  08:25     +15 min  ●  Printer firmware suspected; two         dead end
                        printers were swapped for nothing.
        +1 h 15 min  ┊  longest gap: no entry for 75 minutes
  09:40              ●  Import of the night rolled back.        mitigated
  09:20     -20 min  ●  Data team called in.                    escalated: PM402
  10:30 +1 h 10 min  ●  All belts run again.                    resolved

Tasks  2; owner named in 1, due date in 1, ticket in 1
   21  Reject an import whose street column is empty
       @lena, due 14 March 2025, DEP-77
   22  Be more careful with imports                           PM602
"""

AT_60 = """\
Parcel labels printed without a street
parcels.md, template default

Incident
  started    3 March 2025  08:00 CET
                           line 6
  detected                 08:10
                           line 11, after 10 min
  mitigated                09:40
                           line 13, after 1 h 40 min
  resolved                 10:30
                           line 15, after 2 h 30 min
  length     2 h 30 min
             line 4 says 4 h: PM206
  impact     1,850 parcels
             line 7
  cause      The nightly import wrote the street into the
             wrong column.
             line 18
  fix        not found
             PM502

Sections
    1  Parcel labels printed without a …   title
    3  ├─ Summary                          summary
    6  │  ├─ Duration (field)              duration
    7  │  ╰─ Impact (field)                impact
    9  ├─ Timeline                         timeline
   17  ├─ Cause                            root cause
   20  ╰─ Follow-up                        corrective, tasks
       not found: resolution (PM502); lessons (the template
       default does not ask for it)

Timeline  6 events over 2 h 30 min, CET (from line 6)
  08:00              ●  First label printed without a
                        street. (started)
  08:10     +10 min  ●  Shift lead reports blank labels to
                        the service desk. (detected)
  08:25     +15 min  ●  Printer firmware suspected; two
                        printers were swapped for nothing.
                        (dead end)
        +1 h 15 min  ┊  longest gap: no entry for 75 minutes
  09:40              ●  Import of the night rolled back.
                        (mitigated)
  09:20     -20 min  ●  Data team called in. (escalated:
                        PM402)
  10:30 +1 h 10 min  ●  All belts run again. (resolved)

Tasks  2; owner named in 1, due date in 1, ticket in 1
   21  Reject an import whose street column is empty
       @lena, due 14 March 2025, DEP-77
   22  Be more careful with imports
       PM602
"""

ASCII_AT_80 = """\
Parcel labels printed without a street
parcels.md, template default

Incident
  started    3 March 2025  08:00 CET                  line 6
  detected                 08:10                      line 11, after 10 min
  mitigated                09:40                      line 13, after 1 h 40 min
  resolved                 10:30                      line 15, after 2 h 30 min
  length     2 h 30 min                               line 4 says 4 h: PM206
  impact     1,850 parcels                            line 7
  cause      The nightly import wrote the street into line 18
             the wrong column.
  fix        not found                                PM502

Sections
    1  Parcel labels printed without a street  title
    3  |- Summary                              summary
    6  |  |- Duration (field)                  duration
    7  |  `- Impact (field)                    impact
    9  |- Timeline                             timeline
   17  |- Cause                                root cause
   20  `- Follow-up                            corrective, tasks
       not found: resolution (PM502); lessons (the template default does not ask
       for it)

Timeline  6 events over 2 h 30 min, CET (from line 6)
  08:00 *---*-----*---------------------*-------*-------------------* 10:30
  08:00              *  First label printed without a street.   started
  08:10     +10 min  *  Shift lead reports blank labels to the  detected
                        service desk.
  08:25     +15 min  *  Printer firmware suspected; two         dead end
                        printers were swapped for nothing.
        +1 h 15 min  :  longest gap: no entry for 75 minutes
  09:40              *  Import of the night rolled back.        mitigated
  09:20     -20 min  *  Data team called in.                    escalated: PM402
  10:30 +1 h 10 min  *  All belts run again.                    resolved

Tasks  2; owner named in 1, due date in 1, ticket in 1
   21  Reject an import whose street column is empty
       @lena, due 14 March 2025, DEP-77
   22  Be more careful with imports                           PM602
"""


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        pytest.param(Style(80), AT_80, id="80 cells"),
        pytest.param(Style(60), AT_60, id="60 cells"),
        pytest.param(Style(80, unicode=False), ASCII_AT_80, id="ASCII"),
    ],
)
def test_the_page_is_drawn_as_agreed(style: Style, expected: str) -> None:
    assert show_text.render(parcels(), parcels_findings(), style) == expected


@pytest.mark.parametrize("width", [40, 60, 71, 72, 80, 120, 200])
@pytest.mark.parametrize("unicode", [True, False])
def test_the_page_fits_and_colour_adds_only_escapes(width: int, unicode: bool) -> None:
    plain = show_text.render(parcels(), parcels_findings(), Style(width, unicode))
    assert max(map(len, plain.splitlines())) <= min(width, 120)
    assert not any(row != row.rstrip() for row in plain.splitlines())
    assert unicode or plain.isascii()
    coloured = show_text.render(parcels(), parcels_findings(), Style(width, unicode, 256))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def page(postmortem: Postmortem, width: int = 80) -> str:
    return show_text.render(postmortem, (), Style(width))


def empty(postmortem: Postmortem) -> Postmortem:
    return without_facts(postmortem)._replace(
        metrics=postmortem.metrics._replace(
            started_at=None,
            detected_at=None,
            mitigated_at=None,
            resolved_at=None,
            minutes_to_detect=None,
            minutes_to_mitigate=None,
            minutes_to_resolve=None,
        ),
    )


def test_what_was_not_found_is_said() -> None:
    assert page(empty(parcels())) == (
        "parcels.md, template default\n"
        "\n"
        "Incident\n"
        "  started    not found\n"
        "  resolved   not found\n"
        "  length     not found\n"
        "  impact     not found\n"
        "  cause      not found\n"
        "  fix        not found\n"
        "\n"
        "Sections  none\n"
        "       not found: summary, duration, impact, detection, timeline, root cause,\n"
        "       resolution, corrective, tasks, lessons (the template default does not ask\n"
        "       for them)\n"
    )


def test_a_file_without_an_incident_shows_why_and_its_sections() -> None:
    absent = parcels()._replace(absence=Absence("assignment", Span(0, 8)))
    drawn = page(absent)
    assert "\nNo incident  line 1: text of an assignment\n" in drawn
    assert "\nIncident\n" not in drawn
    assert "\nTimeline  " not in drawn
    assert "Sections\n" in drawn


def test_further_incidents_are_counted_with_their_lines() -> None:
    drawn = page(parcels()._replace(several=(Span(0, 4), Span(45, 50))))
    assert "2 further incidents in this file, not shown: lines 1, 3\n" in drawn


def test_days_are_headed_when_a_timeline_spans_several() -> None:
    postmortem = parcels()
    timeline = postmortem.timeline
    assert timeline
    last = timeline.events[-1]
    assert last.at
    later = last._replace(at=last.at + timedelta(days=1))
    drawn = page(
        postmortem._replace(timeline=timeline._replace(events=(timeline.events[0], later)))
    )
    rows = drawn.splitlines()
    assert "Timeline  2 events over 1 day 2 h 30 min, CET (from line 6)" in rows
    assert rows[rows.index("  3 March 2025") + 1].startswith("  08:00  ")
    assert rows[rows.index("  4 March 2025") + 1].startswith(
        "        +1 day 2 h 30 min  ┊  longest gap"
    )
    assert any(
        row.startswith("  3 Mar 08:00 ●─") and row.endswith("─● 4 Mar 10:30") for row in rows
    )


def test_entries_without_a_time_stand_in_their_place() -> None:
    postmortem = parcels()
    timeline = postmortem.timeline
    assert timeline
    events = (*timeline.events[:2], *timeline.events[3:])
    changed = timeline._replace(events=events, untimed=(timeline.events[2].extent,))
    rows = page(postmortem._replace(timeline=changed)).splitlines()
    at = next(index for index, row in enumerate(rows) if "no time" in row)
    assert rows[at].lstrip().startswith("–  - **08:25:** Printer firmware")
    assert rows[at - 2].startswith("  08:10")
    assert any("; 1 entry without a time" in row for row in rows)


def test_an_unreadable_and_an_approximate_clock_are_marked() -> None:
    postmortem = parcels()
    timeline = postmortem.timeline
    assert timeline
    first = timeline.events[0]._replace(clock=None, at=None, readable=False)
    second = timeline.events[1]._replace(approximate=True)
    rows = page(
        postmortem._replace(timeline=timeline._replace(events=(first, second)))
    ).splitlines()
    assert any(row.startswith("  ?      ") for row in rows)
    assert any(row.startswith(" ~08:10  ") for row in rows)


def test_moments_with_and_without_a_zone_are_compared_without() -> None:
    postmortem = parcels()
    timeline = postmortem.timeline
    assert timeline
    first = timeline.events[0]
    assert first.at
    naive = first._replace(at=first.at.replace(tzinfo=None))
    events = (naive, *timeline.events[1:])
    assert "+10 min" in page(postmortem._replace(timeline=timeline._replace(events=events)))


def test_a_timeline_names_its_own_zone_and_line() -> None:
    postmortem = parcels()
    timeline = postmortem.timeline
    assert timeline
    zoned = timeline._replace(zone=Zone(0, 3, "UTC", "UTC"), zone_span=timeline.span)
    assert "2 h 30 min, UTC (from line 9)\n" in page(postmortem._replace(timeline=zoned))


def test_long_texts_are_cut_after_three_rows() -> None:
    postmortem = parcels()
    assert postmortem.root_cause
    cause = postmortem.root_cause._replace(text="a long sentence about the import " * 30)
    rows = page(postmortem._replace(root_cause=cause)).splitlines()
    start = next(index for index, row in enumerate(rows) if row.startswith("  cause"))
    assert rows[start + 2].endswith("…")
    assert rows[start + 3].startswith("  fix")


def test_control_characters_and_commands_are_shown_and_not_obeyed() -> None:
    postmortem = parcels()
    assert postmortem.title
    odd = postmortem._replace(
        title=postmortem.title._replace(text="::error::\x1b[31m"),
        source=Source(TEXT, "::error::a\n.md"),
    )
    drawn = page(odd)
    assert drawn.startswith("\\x3a:error::\\x1b[31m\n\\x3a:error::a\\x0a.md, template")


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        pytest.param(0, "0 min", id="nothing"),
        pytest.param(60, "1 h", id="whole hour"),
        pytest.param(90.2, "1 h 30 min", id="rounded"),
        pytest.param(1440, "1 day", id="day"),
        pytest.param(4503, "3 days 3 h 3 min", id="days"),
        pytest.param(-25, "-25 min", id="back"),
    ],
)
def test_lengths_are_told_in_days_hours_and_minutes(minutes: float, told: str) -> None:
    assert length(minutes) == told


def test_clocks_without_a_day_still_give_gaps_and_a_scale() -> None:
    postmortem = parcels()
    timeline = postmortem.timeline
    assert timeline
    clocks = (Clock(23, 50), Clock(0, 10), Clock(0, 5), Clock(1, 50))
    events = tuple(
        event._replace(clock=clock, at=None)
        for event, clock in zip(timeline.events, clocks, strict=False)
    )
    drawn = page(postmortem._replace(timeline=timeline._replace(events=events)))
    rows = drawn.splitlines()
    assert "Timeline  4 events over 2 h, CET (from line 6)" in rows
    assert any(row.startswith("  23:50 ●─") and row.endswith("─● 01:50") for row in rows)
    told = [re.match(r"  (\d\d:\d\d) +(.*?) *●  [A-Z]", row) for row in rows]
    assert [found.groups() for found in told if found] == [
        ("23:50", ""),
        ("00:10", "+20 min"),
        ("00:05", "-5 min"),
        ("01:50", ""),
    ]
    assert "2000" not in drawn


def test_a_duration_of_dates_only_is_told_in_words() -> None:
    postmortem = parcels()
    duration = postmortem.duration
    assert duration
    assert duration.start
    start = duration.start._replace(clock=None, at=None)
    end = duration.start._replace(date=Date(None, 3, 5), clock=None, at=None)
    changed = postmortem._replace(duration=duration._replace(start=start, end=end, zone=None))
    metrics = changed.metrics._replace(started_at=None, resolved_at=None)
    rows = page(changed._replace(metrics=metrics, timeline=None)).splitlines()
    assert rows[4].split() == ["started", "3", "March", "2025", "line", "6"]
    assert [row.split()[:3] for row in rows if "resolved" in row] == [["resolved", "5", "March"]]


def test_a_required_part_without_a_finding_is_not_called_unasked() -> None:
    drawn = show_text.render(parcels(), (), Style(), required=("resolution",))
    assert "not found: resolution; lessons (the template default does not ask" in drawn
