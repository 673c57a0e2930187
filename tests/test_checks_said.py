"""What a finding says in full: the words it marks, the message, the help, the other place.

The examples of the rules show messages; here are the cases that none of them reaches.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from conftest import Run, Tree
from harness import facts_of, judged

from pmlint.checks.demands import fields_named
from pmlint.findings import Source

HEAD = """# Checkout outage of 18 June 2024

- **Duration:** 18 June 2024, 15:00 - 17:00 UTC
- **Impact:** 40% of customers could not pay

"""
EVENTS = """## Timeline

- 15:00 - An alert fires
- 17:00 - Rolled back, payments restored
"""
TASKS = "\n## Action items\n\n- Add a readiness check to the checkout service\n"


def timeline(*rows: str) -> str:
    return f"{HEAD}## Timeline\n\n" + "".join(f"- {row}\n" for row in rows)


def lasting(duration: str, rest: str = EVENTS) -> str:
    """A postmortem with this duration; the time stands on line 3."""
    return (
        f"# Checkout outage\n\n- **Duration:** {duration}\n"
        f"- **Impact:** 40% of customers could not pay\n\n{rest}"
    )


def affecting(impact: str) -> str:
    return HEAD.replace("40% of customers could not pay", impact)


def said(
    code: str,
    text: str,
    template: str = "default",
    parameters: Mapping[str, object] | None = None,
) -> list[str]:
    """Each finding as ``line [marked words] message > help [other words] label``."""
    source = Source(text)
    rows = []
    for finding in judged(code, text, template, parameters):
        line = source.place(finding.span.start).line
        others = "".join(f" [{source.slice(each.span)}] {each.message}" for each in finding.related)
        marked = source.slice(finding.span)
        rows.append(f"{line} [{marked}] {finding.message} > {finding.help}{others}")
    return rows


WINDOW = " [Duration:** 18 June 2024, 15:00 - 17:00 UTC] … the stated duration"
CORRECT = " > correct this time, or the duration on line 3" + WINDOW


@pytest.mark.parametrize(
    ("rows", "parameters", "expected"),
    [
        pytest.param(
            ["14:20 - The outage starts for all customers", "17:00 - Resolved"],
            {},
            ["8 [14:20] the impact starts 40 minutes before the stated start" + CORRECT],
            id="start before it",
        ),
        pytest.param(
            ["15:00 - The outage starts", "15:10 - Looked at graphs", "18:20 - An alert fires"],
            {},
            ["10 [18:20] it is detected 1 hour 20 minutes after the stated end" + CORRECT],
            id="detection behind it",
        ),
        pytest.param(
            ["19:00 - The outage starts", "19:30 - An alert fires", "20:00 - Resolved"],
            {},
            [
                "8 [19:00] no event lies inside the stated duration > compare date, AM or PM and"
                " timezone of the duration with those of the timeline" + WINDOW
            ],
            id="everything outside is told once",
        ),
        pytest.param(
            ["We looked", "15:00 - The outage starts", "17:13 - Resolved"],
            {},
            ["10 [17:13] it is over 13 minutes after the stated end" + CORRECT],
            id="more than a tenth of the duration, and an entry without a time",
        ),
        pytest.param(
            ["15:00 - The outage starts", "17:12 - Resolved"], {}, [], id="a tenth is near enough"
        ),
        pytest.param(
            ["15:00 - The outage starts", "17:06 - Resolved"],
            {"share": 0.0},
            ["9 [17:06] it is over 6 minutes after the stated end" + CORRECT],
            id="more than five minutes",
        ),
        pytest.param(
            ["15:00 - The outage starts", "17:05 - Resolved"],
            {"share": 0.0},
            [],
            id="five minutes are near enough",
        ),
        pytest.param(
            ["13:00 - Release 4.2 begins to fail, the outage starts", "17:00 - Resolved"],
            {},
            [],
            id="a release leads up to it",
        ),
        pytest.param(
            ["13:00 - Release 4.2 begins to fail, the outage starts", "17:00 - Resolved"],
            {"lead_up": []},
            ["8 [13:00] the impact starts 2 hours before the stated start" + CORRECT],
            id="unless the team says otherwise",
        ),
    ],
)
def test_event_outside_of_the_duration(
    rows: list[str], parameters: dict[str, object], expected: list[str]
) -> None:
    assert said("PM405", timeline(*rows), parameters=parameters) == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(
            ["3:00 PM", "3:10 PM", "15:20"],
            "10 [15:20] 12-hour and 24-hour times are mixed > write `15:20` with AM or PM, as in"
            " most entries; `--unsafe-fixes` does it throughout the timeline"
            " [3:00 PM] the other style",
            id="hour beyond twelve",
        ),
        pytest.param(
            ["3:00 PM", "3:10 p.m.", "03:20"],
            "10 [03:20] 12-hour and 24-hour times are mixed > write `03:20` with AM or PM, as in"
            " most entries; `--unsafe-fixes` does it throughout the timeline"
            " [3:00 PM] the other style",
            id="leading zero",
        ),
        pytest.param(
            ["15:00", "09:10", "4:20 pm"],
            "10 [4:20 pm] 12-hour and 24-hour times are mixed > write `4:20 pm` in the 24-hour"
            " clock, as in most entries; `--unsafe-fixes` does it throughout the timeline"
            " [15:00] the other style",
            id="mostly 24 hours",
        ),
        pytest.param(["3:00 PM", "3:10 PM", "12:20"], None, id="noon is either"),
    ],
)
def test_mixed_clocks(times: list[str], expected: str | None) -> None:
    text = timeline(*(f"{time} - a step" for time in times))
    assert said("PM406", text) == ([expected] if expected else [])


def test_entries_at_the_same_minute_move_together() -> None:
    times = ("15:00", "15:40", "15:10", "15:10", "16:30")
    (told,) = said("PM402", timeline(*(f"{time} - a step" for time in times)))
    assert told == (
        "10 [15:10] the timeline goes back 30 minutes > move line 9 between line 11 (15:10) and"
        " line 12 (16:30), or correct its time; `--unsafe-fixes` puts the entries in order"
        " [15:40] this entry comes first, …"
    )


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        pytest.param(
            "PM401",
            f"{HEAD}## Resolution\n\nRolled back.\n",
            "1 [Checkout outage of 18 June 2024] there is no timeline > add `## Timeline` and an"
            " entry for each event, for example `- 15:00 - Alert on failed payments`",
            id="no timeline",
        ),
        pytest.param(
            "PM401",
            f"{HEAD}## Timeline\n",
            "6 [Timeline] the timeline holds no event > write an entry for each event, for example"
            " `- 15:00 - Alert on failed payments`",
            id="no event",
        ),
        pytest.param(
            "PM401",
            f"{HEAD}## Timeline\n\n- We looked\n- We found it\n",
            "6 [Timeline] the timeline holds no event with a time > begin each entry with its"
            " time, for example `15:00 - `",
            id="no event with a time",
        ),
        pytest.param(
            "PM201",
            f"# Checkout outage\n\n## Impact\n\n40% of customers could not pay\n\n{EVENTS}",
            "1 [Checkout outage] no part states when the incident ran > add a line with the start,"
            " the end and the zone, for example `- **Duration:** 15:00 - 17:00 UTC`;"
            " `--unsafe-fixes` adds one with a placeholder",
            id="no duration",
        ),
        pytest.param(
            "PM201",
            "# Checkout outage\n\n## Duration\n\n## Impact\n\n40% of customers could not pay\n\n"
            + EVENTS,
            '3 [Duration] "Duration" does not state when the incident ran > write the start, the'
            " end and the zone, for example `15:00 - 17:00 UTC`",
            id="empty duration",
        ),
        pytest.param(
            "PM601",
            HEAD + EVENTS,
            '6 [Timeline] there is no list of tasks > add `## Tasks` after "Timeline" and a bullet'
            " for each thing to do; `--unsafe-fixes` adds it with a placeholder",
            id="no tasks",
        ),
        pytest.param(
            "PM601",
            f"{HEAD}## Action items\n\n## Lessons\n\nNone.\n",
            '6 [Action items] "Action items" lists no task > add a bullet for each thing to do,'
            " for example `- Alert on failed payments above 1 %`",
            id="empty tasks",
        ),
        pytest.param(
            "PM407",
            timeline("15:00 - The outage starts", "15:10 - Restarted"),
            "6 [Timeline] no event says how it was noticed > add an entry such as `15:02 -"
            " Error-rate alert pages the on-call engineer`, or who reported it",
            id="no detection",
        ),
        pytest.param(
            "PM411",
            timeline("15:00 - a step", "16:01 - a step"),
            "9 [16:01] nothing is told for 1 hour 1 minute > tell what happened between line 8"
            " (15:00) and this entry, also if it was waiting [15:00] after this entry …",
            id="gap",
        ),
    ],
)
def test_what_is_missing_is_asked_for_where_it_belongs(code: str, text: str, expected: str) -> None:
    assert said(code, text) == [expected]


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        pytest.param(
            "18 June 2024",
            "[18 June 2024] the duration gives a date, but no start and no end > write the clock"
            " times and the zone after it, for example `15:00 - 17:00 UTC`",
            id="date",
        ),
        pytest.param(
            "18 June 2024, from 15:00 UTC",
            "[15:00 UTC] the duration gives a start, but no end > write the end behind"
            " `15:00 UTC`, with its zone",
            id="start",
        ),
        pytest.param(
            "18 June 2024, 15:00 UTC, 2 hours",
            "[15:00 UTC] the duration gives a start and a length, but no end > write the end after"
            " the start: 2 hours after 15:00 UTC is 17:00",
            id="start and length",
        ),
        pytest.param(
            "18 June 2024, until 17:00 UTC",
            "[17:00 UTC] the duration gives an end, but no start > write the start before"
            " `17:00 UTC`, with its zone",
            id="end",
        ),
        pytest.param(
            "2 hours",
            "[2 hours] the duration gives a length, but no start and no end > write when the"
            " 2 hours began and ended, for example `15:00 - 17:00 UTC`",
            id="length",
        ),
    ],
)
def test_duration_of_which_something_is_missing(duration: str, expected: str) -> None:
    assert said("PM202", lasting(duration)) == [f"3 {expected}"]


UNDATED = (
    "3 [15:00 - 17:00 UTC] the duration names no day > write the date before the times, for"
    " example `18 June 2024, 15:00 - 17:00 UTC`"
)


@pytest.mark.parametrize(
    ("text", "undated"),
    [
        pytest.param(lasting("15:00 - 17:00 UTC", ""), True, id="nowhere, and no timeline"),
        pytest.param(lasting("15:00 - 17:00 UTC"), True, id="nowhere"),
        pytest.param(
            lasting("15:00 - 17:00 UTC").replace("outage", "outage of 18 June 2024"),
            False,
            id="in the title",
        ),
        pytest.param(
            lasting("15:00 - 17:00 UTC").replace("Timeline", "Timeline (18 June 2024)"),
            False,
            id="in the heading of the timeline",
        ),
        pytest.param(
            lasting("15:00 - 17:00 UTC").replace("- 15:00", "- 18 June 2024 15:00", 2),
            False,
            id="in the first event",
        ),
        pytest.param(
            lasting("15:00 - 17:00 UTC").replace("- 17:00 - R", "- 18 June 2024 17:00 - R"),
            True,
            id="in a later event",
        ),
    ],
)
def test_date_that_holds_for_the_whole_incident(text: str, undated: bool) -> None:
    text = text.replace("- 18 June 2024 15:00 - 17:00 UTC", "- 15:00 - 17:00 UTC")
    assert said("PM204", text) == ([UNDATED] if undated else [])


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        pytest.param(
            "17:00 - 15:30 UTC",
            "[15:30 UTC] the incident ends 1 hour 30 minutes before it starts > correct 17:00 or"
            " 15:30 UTC, or give each its date [17:00] … lies before this start",
            id="clocks only",
        ),
        pytest.param(
            "18 June 2024 17:00 - 17 June 2024 16:00 UTC",
            "[17 June 2024 16:00 UTC] the incident ends 1 day 1 hour before it starts > correct"
            " the start or the end; where it ran over midnight, give the end the date of the next"
            " day [18 June 2024 17:00] … lies before this start",
            id="with dates",
        ),
    ],
)
def test_end_before_the_start(duration: str, expected: str) -> None:
    assert said("PM205", lasting(duration)) == [f"3 {expected}"]


def season(wrong: str, right: str, date: str, words: str) -> str:
    return (
        f'[{wrong}] "{wrong}" on {date}, when that zone is {right} > write `{right}`, or convert'
        f" the times and write UTC; `--unsafe-fixes` writes `{right}` throughout"
        f" [{words}] the day in question"
    )


@pytest.mark.parametrize(
    ("text", "parameters", "expected"),
    [
        pytest.param(
            lasting("18 June 2024, 15:00 - 17:00 PST"),
            {},
            ["3 " + season("PST", "PDT", "2024-06-18", "18 June 2024")],
            id="winter's name in summer",
        ),
        pytest.param(
            lasting("June 18, 15:00 - 17:00 PST"),
            {},
            ["3 " + season("PST", "PDT", "06-18", "June 18")],
            id="without a year",
        ),
        pytest.param(
            lasting("15:00 - 17:00 PST").replace("- 15:00 - An", "- 18 June 2024 15:00 - An"),
            {},
            ["3 " + season("PST", "PDT", "2024-06-18", "18 June 2024")],
            id="by the date of the timeline",
        ),
        pytest.param(lasting("15:00 - 17:00 PST"), {}, [], id="without a date"),
        pytest.param(
            lasting("18 June 2024, 15:00 - 17:00 PST"),
            {"all_year": ["pst"]},
            [],
            id="where the team uses it all year",
        ),
        pytest.param(
            lasting("18 June 2024, 15:00 - 17:00 PST")
            .replace("15:00 - An", "15:00 PST - An")
            .replace("17:00 - R", "17:00 EST - R"),
            {},
            [
                "3 " + season("PST", "PDT", "2024-06-18", "18 June 2024"),
                "9 " + season("EST", "EDT", "2024-06-18", "18 June 2024"),
            ],
            id="each zone once",
        ),
        pytest.param(
            lasting("18 June 2024, 15:00 - 17:00 PST (UTC-7)"),
            {},
            [
                '3 [PST] "PST" is UTC-8, but UTC-7 stands beside it > write the abbreviation that'
                " UTC-7 belongs to, or correct the offset [UTC-7] … but this is UTC-7"
            ],
            id="another offset beside it",
        ),
        pytest.param(
            lasting("18 January 2024, 15:00 - 17:00 PST (UTC-8)"), {}, [], id="its own offset"
        ),
    ],
)
def test_abbreviation_out_of_season(
    text: str, parameters: dict[str, object], expected: list[str]
) -> None:
    assert said("PM208", text, parameters=parameters) == expected


PEOPLE = (
    "9 [15:40] people noticed it (15:40), and no task adds an alert > add a task that names the"
    " alert which would have noticed it, with its threshold [Action items] none of these adds an"
    " alert"
)


@pytest.mark.parametrize(
    ("event", "tasks", "found"),
    [
        pytest.param("Customers report that they cannot pay", TASKS, True, id="people"),
        pytest.param("An alert and customers report it", TASKS, False, id="an alert as well"),
        pytest.param("A failed payment is reported", TASKS, False, id="nobody is named"),
        pytest.param(
            "Customers report that they cannot pay",
            TASKS.replace("readiness check to", "failed-payment alert to"),
            False,
            id="a task adds one",
        ),
        pytest.param("Customers report that they cannot pay", "", False, id="no tasks at all"),
    ],
)
def test_people_noticed_it(event: str, tasks: str, found: bool) -> None:
    rows = ("15:00 - The outage starts", f"15:40 - {event}", "17:00 - Resolved")
    assert said("PM415", timeline(*rows) + tasks) == ([PEOPLE] if found else [])


@pytest.mark.parametrize(
    ("impact", "marked"),
    [
        pytest.param("943 of 2,000 customers (12%) could not pay", "12%", id="count before"),
        pytest.param(
            "12% of customers could not pay: 943 of 2,000", "12% of customers", id="behind"
        ),
        pytest.param("47% of customers could not pay: 943 of 2,000", None, id="it fits"),
        pytest.param("12% of customers; 943 of 2,000 shops closed", None, id="other clause"),
        pytest.param("12% of customers. 943 of 2,000 shops closed", None, id="other sentence"),
        pytest.param("943 of 2,000 shops closed; 12% of customers", None, id="clause before"),
    ],
)
def test_share_that_does_not_fit_its_count(impact: str, marked: str | None) -> None:
    assert said("PM304", affecting(impact)) == (
        [
            f'4 [{marked}] "{marked}", but the count beside it gives 47 % > write 47 %, or correct'
            " the count [943 of 2,000] this gives 47 %"
        ]
        if marked
        else []
    )


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("## Timelin", "## Timeline", id="second level"),
        pytest.param("### Timelin", "### Timeline", id="third level"),
    ],
)
def test_slip_in_a_heading_is_written_in_its_level(heading: str, expected: str) -> None:
    told = said("PM101", HEAD + EVENTS.replace("## Timeline", heading))
    assert told[-1] == (
        f'6 [Timelin] "Timelin" is read as "Timeline" > write `{expected}`; `--fix` writes it'
    )


def test_field_that_a_template_asks_for_is_missed_at_the_title() -> None:
    told = said("PM101", HEAD + EVENTS, "azure-pir")
    assert (
        "1 [Checkout outage of 18 June 2024] no field says: Tracking ID > add a field below the"
        " title: `- **Tracking ID:** …`"
    ) in told
    given = said(
        "PM101", HEAD.replace("- **D", "- **Tracking ID:** X-1\n- **D") + EVENTS, "azure-pir"
    )
    assert len(given) == len(told) - 1


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(400, None, id="as few as may be"),
        pytest.param(600, None, id="as many as may be"),
        pytest.param(399, "399 words", id="one less"),
        pytest.param(601, "601 words", id="one more"),
    ],
)
def test_words_are_counted(count: int, expected: str | None) -> None:
    text = HEAD + EVENTS
    held = int(said("PM108", text, "alx")[0].split("] ")[1].split()[0])
    told = said("PM108", text + "\n## Resolution\n\n" + "word " * (count - held - 1) + "\n", "alx")
    assert [each.split("] ")[1][: len("400 words")] for each in told] == (
        [expected] if expected else []
    )


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param("Severity:bad", "bad", id="right behind the colon"),
        pytest.param("- **Severity:** SEV-1", "SEV-1", id="list item"),
        pytest.param("| Severity | SEV-1 |", "SEV-1", id="row of a table"),
        pytest.param("severity = 'SEV-1'", "SEV-1", id="front matter"),
        pytest.param("> Severity: `SEV-1`", "SEV-1", id="quote"),
        pytest.param("Severity:", "", id="no value"),
    ],
)
def test_field_is_found_in_each_form(line: str, value: str) -> None:
    text = f"# Checkout outage\n\nOther: Severity\n{line}\n\n{EVENTS}"
    source = Source(text)
    (found,) = fields_named(facts_of(source.text), ["SEVERITY", "level"])
    assert (found.label.casefold(), found.value) == ("severity", value)
    assert source.slice(found.span) == (value or line[:8])


@pytest.mark.parametrize(
    ("form", "line"),
    [
        pytest.param("## {}", 7, id="marks"),
        pytest.param("{}\n---", 8, id="underlined"),
        pytest.param("<h2>{}</h2>", 7, id="HTML"),
        pytest.param("**{}**", 7, id="bold"),
        pytest.param("{}", 7, id="plain line"),
    ],
)
def test_order_is_that_of_the_headings_whatever_their_form(form: str, line: int) -> None:
    span = "- 18 June 2024, 15:00 - 17:00 UTC, 40% of orders failed because a disk was full\n"
    parts = (f"{form.format(name)}\n\n{span}\n" for name in ("Timeline", "Summary", "Root cause"))
    assert said("PM103", "# Outage of the shop\n\n" + "".join(parts), "alx") == [
        '3 [Timeline] "Timeline" stands above "Summary" > move "Timeline" with all that belongs to'
        f" it below the part that begins on line {line} [Summary] … and this one change places"
    ]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        pytest.param(
            ("## Summary", "### Resolution", "## Timeline"), False, id="in the first part"
        ),
        pytest.param(("## Details", "### Timeline", "## Summary"), True, id="in what is no part"),
        pytest.param(
            ("## Summary", "### Details", "#### Root cause", "## Timeline"), False, id="deeper in"
        ),
    ],
)
def test_heading_inside_a_part_has_no_place_in_the_order(
    headings: tuple[str, ...], found: bool
) -> None:
    span = "- 18 June 2024, 15:00 - 17:00 UTC, 40% of orders failed because a disk was full\n"
    text = "# Outage of the shop\n\n" + "".join(f"{each}\n\n{span}\n" for each in headings)
    assert bool(said("PM103", text, "alx")) is found


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        pytest.param("13:20 PM", "`13:20` or `1:20 PM`", id="with minutes"),
        pytest.param("1320 PM", "`13:20` or `1:20 PM`", id="without a colon"),
        pytest.param("1300 PM", "`13:00` or `1:00 PM`", id="full hour without a colon"),
        pytest.param("13 PM", "`13:00` or `1:00 PM`", id="hour only"),
    ],
)
def test_clock_of_24_hours_with_pm_is_told_in_both_ways(clock: str, expected: str) -> None:
    assert said("PM209", lasting(f"18 June 2024, 11:00 - {clock} UTC")) == [
        f'3 [{clock}] "{clock}" mixes the 24-hour clock with AM or PM > write {expected}'
    ]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param(
            "GST", "may be UTC-2 or UTC+4 > write the offset beside it: `GST (UTC-2)` or"
            " `GST (UTC+4)`", id="two readings",
        ),
        pytest.param(
            "BST", "may be UTC+1, UTC+6 or UTC+11, read as British Summer Time > write the offset"
            " beside it: `BST (UTC+1)`, `BST (UTC+6)` or `BST (UTC+11)`", id="a likely one",
        ),
    ],
)  # fmt: skip
def test_ambiguous_zone_is_told_with_what_to_write(zone: str, expected: str) -> None:
    assert said("PM207", lasting(f"18 June 2024, 15:00 - 17:00 {zone}", "")) == [
        f'3 [{zone}] "{zone}" {expected}'
    ]


def test_zone_of_the_timeline_is_shown_where_the_duration_has_none() -> None:
    rest = EVENTS.replace("Timeline", "Timeline (UTC)")
    assert said("PM203", lasting("18 June 2024, 15:00 - 17:00", rest)) == [
        "3 [15:00 - 17:00] the duration names no timezone > write `15:00 - 17:00 UTC`: the timeline"
        " declares that zone on line 6; `--unsafe-fixes` copies it [UTC] the timeline declares one"
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            "13:10 The spooler stops\n\n13:25 The depot calls\n\n14:40 It prints again\n",
            "5 [13:10] the timeline names no timezone > write the zone behind the first time,"
            " for example `13:10 UTC`",
            id="paragraphs",
        ),
        pytest.param(
            "**Resolved** - It prints again.\nMay 12, 14:40\n\n**Update** - We empty the queue.\n"
            "May 12, 13:40\n\n**Investigating** - Nothing is printed.\nMay 12, 13:25\n",
            "6 [May 12, 14:40] the timeline names no timezone > write the zone behind the first"
            " time, for example `May 12, 14:40 UTC`",
            id="posts",
        ),
        pytest.param(
            "## Timeline\n\n- 13:10 The spooler stops\n- 14:40 It prints again\n",
            "5 [Timeline] the timeline names no timezone > write the zone into the heading, for"
            " example `Timeline (all times UTC)`",
            id="a heading",
        ),
    ],
)
def test_where_the_zone_goes_is_said_as_the_events_stand(entries: str, expected: str) -> None:
    opening = "No label was printed in the three depots, and 40 vans left late."
    text = f"# Parcel labels lost\n\n{opening}\n\n{entries}"
    assert said("PM404", text) == [expected]


def test_duration_on_two_lines_is_marked_at_its_end() -> None:
    text = lasting("x").replace(
        "**Duration:** x", "**Start:** 18 June 2024, 15:00\n- **End:** 17:00"
    )
    (told,) = said("PM203", text)
    assert told.startswith("4 [17:00] the duration names no timezone")


def test_length_is_compared_with_the_duration_where_no_event_starts_it() -> None:
    rest = "## Timeline\n\n- 15:05 - An alert fires\n\nTime to detect: 50 minutes\n"
    assert said("PM414", HEAD + rest) == [
        "10 [50 minutes] the time to detect is stated as 50 min, but the events give 5 min > write"
        " 5 min, or correct the times of the events [18 June 2024, 15:00] from this moment …"
        " [15:05] … to this one: 5 min"
    ]


def test_each_further_incident_is_shown() -> None:
    days = ("3 May", "3 July", "4 July")
    further = (HEAD + EVENTS).replace("15:00", "09:00").replace("17:00", "10:00")
    parts = [HEAD + EVENTS, *(further.replace("18 June", day) for day in days)]
    (told,) = said("PM002", "\n".join(parts))
    assert told.startswith("11 [Checkout outage of 3 May 2024] this file tells 4 incidents > move")
    assert told.endswith(
        " [Checkout outage of 18 June 2024] this one is read [Checkout outage of 3 July 2024] and"
        " another one [Checkout outage of 4 July 2024] and another one"
    )


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        pytest.param("Rot cause", "Root cause", id="first word in capitals"),
        pytest.param("Rot Cause", "Root Cause", id="each word"),
        pytest.param("ROT CAUSE", "ROOT CAUSE", id="all letters"),
    ],
)
def test_slip_in_a_heading_is_written_in_its_letter_case(slip: str, meant: str) -> None:
    told = said("PM101", f"{HEAD}{EVENTS}\n## {slip}\n\nA release broke the cart.\n")
    assert told[-1] == (
        f'11 [{slip}] "{slip}" is read as "{meant}" > write `## {meant}`; `--fix` writes it'
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PM201", "Duration"), ("PM301", "Impact"), ("PM401", "Timeline"),
        ("PM501", "Root cause"), ("PM502", "Resolution"), ("PM601", "Action items"),
    ],
)  # fmt: skip
def test_part_that_holds_a_placeholder_is_told_as_that(code: str, name: str) -> None:
    told = "\n".join(row for row in HEAD.split("\n") if f"**{name}:" not in row)
    told += "" if name == "Timeline" else EVENTS
    assert said(code, told)
    text = f"{told}\n## {name}\n\nTBD\n\n## Notes\n\nNone so far.\n"
    assert said(code, text) == []
    assert ["[TBD]" in row for row in said("PM106", text)] == [True]


def test_part_told_elsewhere_leaves_its_heading_empty() -> None:
    assert said("PM102", f"{HEAD}## Duration\n\n{EVENTS}") == [
        '6 [Duration] nothing stands under "Duration" > write what belongs under "Duration", or'
        " take the heading out"
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("**To resolve the issue, the team:**", id="bold"),
        pytest.param("Root cause, in short:", id="of another part"),
    ],
)
def test_line_that_leads_into_no_list_of_its_part_is_no_heading_yet(line: str) -> None:
    (told,) = said("PM105", f"{HEAD}{EVENTS}\n## Resolution\n\nIt grew.\n\n{line}\n\n- freed it\n")
    assert told.startswith(f"15 [{line.strip('*:')}] a ")


@pytest.mark.parametrize(
    ("code", "told", "quoted"),
    [
        pytest.param(
            "PM501",
            "**17:30 UPDATE:** The outage was caused by *stale* index files.",
            '"17:30 UPDATE: The outage was caused by stale…"',
            id="cause",
        ),
        pytest.param(
            "PM502",
            "**17:30 UPDATE:** The issue was resolved by a [rollback](https://ci.example/9).",
            '"17:30 UPDATE: The issue was resolved by a…"',
            id="fix",
        ),
    ],
)
def test_sentence_without_a_heading_is_quoted_in_plain_words(
    code: str, told: str, quoted: str
) -> None:
    (found,) = said(code, f"{HEAD}{told}\n")
    assert quoted in found


def test_vague_task_shows_a_line_that_is_not() -> None:
    tasks = "\n## Action items\n\n- Improve monitoring\n- Add a readiness check to the shop\n"
    (told,) = said("PM602", HEAD + EVENTS + tasks)
    assert " Line 14 does. " in told


def test_closing_word_may_begin_the_last_entry() -> None:
    assert said("PM408", timeline("15:00 - An alert fires", "15:10 - Looked at graphs"))
    rows = ("15:00 - An alert fires", "15:05 - Ok so far", "15:10 - Looked at graphs")
    assert said("PM408", timeline(*rows)) == []


@pytest.mark.parametrize("code", ["PM206", "PM207", "PM402", "PM405", "PM413", "PM414"])
@pytest.mark.parametrize(
    "text", [HEAD, f"# Checkout outage\n\n{EVENTS}"], ids=["no timeline", "no duration"]
)
def test_nothing_is_compared_where_there_is_one_of_two(code: str, text: str) -> None:
    assert said(code, text) == []


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        pytest.param("minimum = 2, maximum = 2", False, id="as many as allowed"),
        pytest.param("maximum = 1", True, id="one more"),
        pytest.param("minimum = 3", True, id="one less"),
    ],
)
def test_number_within_the_limits_of_the_team(
    run: Run, tree: Tree, limits: str, found: bool
) -> None:
    rule = (
        '[[own-rules]]\ncode = "ACME001"\nname = "our-rule"\nsummary = "Ours"\ncheck = "count"\n'
        f'parameters = {{ what = "events", {limits} }}\n'
    )
    tree({"a.md": HEAD + EVENTS, "pmlint.toml": rule})
    assert ("ACME001" in run("--select", "ACME", "a.md").out) is found


def test_values_that_a_field_of_the_team_may_have_are_told(run: Run, tree: Tree) -> None:
    rule = (
        '[[own-rules]]\ncode = "ACME001"\nname = "our-rule"\nsummary = "Ours"\ncheck = "field"\n'
        'message = "{value} is none of {values}"\n'
        'parameters = { names = ["Severity"], values = ["low", "high"] }\n'
    )
    tree({"a.md": HEAD + "- **Severity:** odd\n\n" + EVENTS, "pmlint.toml": rule})
    assert "odd is none of low or high" in run("--select", "ACME", "a.md").out.splitlines()[0]


def test_pattern_of_the_team_is_asked_for_in_the_postmortem(run: Run, tree: Tree) -> None:
    pytest.importorskip("re2")
    rule = (
        '[[own-rules]]\ncode = "ACME001"\nname = "our-rule"\nsummary = "Ours"\ncheck = "pattern"\n'
        'message = "{where} holds no {pattern}"\nparameters = { pattern = "PLAT-9" }\n'
    )
    tree({"a.md": HEAD + EVENTS, "pmlint.toml": rule})
    assert " the postmortem holds no PLAT-9" in run("--select", "ACME", "a.md").out.splitlines()[0]
