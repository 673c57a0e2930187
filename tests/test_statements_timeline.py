"""The timeline: what is an entry, on which day it falls, and what is out of order."""

from __future__ import annotations

import pytest
from harness import facts_of

from pmlint.facts import Postmortem, Timeline

FRAME = (
    "# The shop was closed\n\n{summary}\n\n"
    "## Timeline\n\n{entries}\n\n## Root cause\n\nA bad disk.\n"
)
FIRST = 7
"""The 1-based line on which the entries begin."""


def facts(entries: str, duration: str = "The shop was closed for all customers.") -> Postmortem:
    summary = f"## Summary {duration}" if duration.startswith("\n") else duration
    return facts_of(FRAME.format(summary=summary, entries=entries))


def timeline(entries: str, duration: str = "The shop was closed for all customers.") -> Timeline:
    found = facts(entries, duration).timeline
    assert found is not None
    return found


def told(entries: str) -> list[tuple[int, str | None]]:
    """Each event as (its line among the entries, its clock or else its date)."""
    found = facts(entries)
    assert found.timeline is not None
    return [
        (
            found.source.place(event.span.start).line - FIRST + 1,
            str(event.clock or event.date) if event.clock or event.date else None,
        )
        for event in found.timeline.events
    ]


def untimed(entries: str) -> list[int]:
    found = facts(entries)
    assert found.timeline is not None
    return [found.source.place(span.start).line - FIRST + 1 for span in found.timeline.untimed]


THREE = [(1, "09:00"), (2, "09:20"), (3, "10:00")]


@pytest.mark.parametrize(
    ("entries", "events"),
    [
        pytest.param("- 9:00 down\n- 9:20 look\n- 10:00 up", THREE, id="items"),
        pytest.param("1. 9:00 AM: down\n2. 9:20 AM: look\n3. 10:00 AM: up", THREE, id="numbered"),
        pytest.param("9:00 - down\n9:20 - look\n10:00 - up", THREE, id="plain-lines"),
        pytest.param("**9:00** down<br>\n**9:20** look<br>\n**10:00** up<br>", THREE, id="breaks"),
        pytest.param("⛔ 9:00 - down\n🔎 9:20 - look\n✅ 10:00 - up", THREE, id="emoji"),
        pytest.param("- Down (9:00)\n- Look (9:20)\n- Up (10:00)", THREE, id="time-behind"),
        pytest.param("- `09:00` down\n- `09:20` look\n- `10:00` up", THREE, id="time-as-code"),
        pytest.param("0900 hrs - down\n0920 hrs - look\n1000 hrs - up", THREE, id="military"),
        pytest.param(
            "    9:00 down\n    9:20 look\n    10:00 up", THREE, id="indented-by-accident"
        ),
        pytest.param(
            "### 9:00\ndown\n### 9:20\nlook\n### 10:00\nup",
            [(1, "09:00"), (3, "09:20"), (5, "10:00")],
            id="every-event-a-heading",
        ),
        pytest.param(
            "**9:00 UTC: Detection**\nA page.\n\n**10:00 UTC: Resolution**\nUp.",
            [(1, "09:00"), (4, "10:00")],
            id="a-bold-clock-is-an-entry-though-it-names-a-part",
        ),
        pytest.param(
            "| Event | When |\n|---|---|\n| down | 9:00 |\n| up | 10:00 |",
            [(3, "09:00"), (4, "10:00")],
            id="the-time-column-may-stand-last",
        ),
        pytest.param(
            "| Uhr | Was |\n|---|---|\n| 9:00 | down |\n| 10:00 | up |",
            [(3, "09:00"), (4, "10:00")],
            id="a-column-is-known-by-its-cells",
        ),
        pytest.param(
            "| Date | Time | Event |\n|---|---|---|\n"
            "| 2024-05-02 | 9:00 | down |\n| | 10:00 | up |",
            [(3, "09:00"), (4, "10:00")],
            id="date-and-time-in-two-columns",
        ),
        pytest.param(
            "- **First look**\n  - 9:00 down\n  - graphs\n- **Repair**\n  - 10:00 up",
            [(2, "09:00"), (5, "10:00")],
            id="nested-under-phases",
        ),
        pytest.param(
            "9:00 AM:\n\nDetection: a page came in\n9:20 AM:\n\nEscalation: the vendor was called",
            [(1, "09:00"), (4, "09:20")],
            id="a-label-below-a-bare-clock-belongs-to-it",
        ),
        pytest.param(
            "**9:00:** down\n\nIt was noted that at 9:05 nobody looked.\n\n**10:00:** up",
            [(1, "09:00"), (5, "10:00")],
            id="a-paragraph-below-a-marked-time-continues-it",
        ),
        pytest.param(
            "At 9:00 the shop closed.\n\nAround 9:20 we looked.\n\nFinally, at 10:00, it was open.",
            [(1, "09:00"), (3, "09:20"), (5, "10:00")],
            id="told-in-sentences",
        ),
        pytest.param(
            "At 9:00 the shop closed. At about 9:20 we looked at it. Finally, at 10:00, it opened.",
            [(1, "09:00"), (1, "09:20"), (1, "10:00")],
            id="told-in-one-paragraph",
        ),
        pytest.param(
            "- 9:00 the shop closed, for the disk was full. At 9:20 we looked at it.\n- 10:00 up",
            [(1, "09:00"), (2, "10:00")],
            id="a-time-in-an-item-is-no-entry-of-its-own",
        ),
        pytest.param(
            "9:00 - down\n\n> We saw at 8:55 that a disk broke.\n\n10:00 - up",
            [(1, "09:00"), (5, "10:00")],
            id="a-quote-is-no-entry",
        ),
        pytest.param(
            "- 9:00 down\n  ```\n  2024/01/01 08:00:00 error\n  ```\n- 10:00 up",
            [(1, "09:00"), (5, "10:00")],
            id="a-log-is-no-entry",
        ),
        pytest.param(
            "```\n9:00 down\n9:20 look\n10:00 up\n```",
            [(2, "09:00"), (3, "09:20"), (4, "10:00")],
            id="a-fence-around-the-whole-timeline-is-no-log",
        ),
        pytest.param(
            "- 5:15 PM EST - 2:15 PM PST - a page\n- 6:00 PM EST - 3:00 PM PST - up",
            [(1, "17:15"), (2, "18:00")],
            id="the-same-moment-in-two-zones",
        ),
        pytest.param(
            "**Look**\n\n9:00 down\n\n**Repair phase**\n\n10:00 up",
            [(3, "09:00"), (7, "10:00")],
            id="a-bold-line-over-entries-ends-nothing",
        ),
        pytest.param(
            "- **May 1**: seen\n- **May 4**: repaired",
            [(1, "05-01"), (2, "05-04")],
            id="days-only",
        ),
        pytest.param("- 9:00 down\n- 25:00 up", [(1, "09:00"), (2, None)], id="unreadable-clock"),
        pytest.param(
            "| 9:00 | down |\n|---|---|\n| 9:20 | look |\n| 10:00 | up |",
            [(1, "09:00"), (3, "09:20"), (4, "10:00")],
            id="a-table-without-a-header",
        ),
        pytest.param("- 9h00 ~ down\n- 9h20 ~ look\n- 10h00 ~ up", THREE, id="french"),
        pytest.param("- 9:00 down\n- 9.20 look\n- 10:00 up", THREE, id="a-point-between-colons"),
        pytest.param("- AM 9:00 down\n- AM 9:20 look\n- AM 10:00 up", THREE, id="half-before"),
        pytest.param(
            "On date: 2024-05-02\n\n- 9:00 down\n- 9:20 look\n- 10:00 up",
            [(3, "09:00"), (4, "09:20"), (5, "10:00")],
            id="a-line-that-dates-them",
        ),
        pytest.param(
            "- **2 May 2024**\n- 9:00 down\n- 9:20 look",
            [(2, "09:00"), (3, "09:20")],
            id="an-item-that-dates-those-beside-it",
        ),
        pytest.param(
            "- 2 May 2024\n- 4 May 2024\n- 5 May 2024",
            [(1, "2024-05-02"), (2, "2024-05-04"), (3, "2024-05-05")],
            id="items-of-days-alone-are-events",
        ),
    ],
)
def test_events_have_lines_and_times(entries: str, events: list[tuple[int, str | None]]) -> None:
    assert told(entries) == events


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        pytest.param("- 9:00 down\n- the vendor was called\n- 10:00 up", [2], id="item"),
        pytest.param(
            "- 9:00 down\n  - a graph\n- 10:00 up", [], id="nested-items-belong-to-theirs"
        ),
        pytest.param("9:00 down\n\nActions taken: restarts", [3], id="labelled-line"),
        pytest.param("9:00 down\n\nEverybody was asleep.", [], id="a-paragraph-is-no-entry"),
        pytest.param("- T0: down\n- T+25m: up", [], id="relative-times"),
        pytest.param("- 9:00 down\n- `error: disk full`\n- 10:00 up", [], id="a-line-of-log"),
        pytest.param("- 9:00 down\n- 10:00 up\n\n### Diagram\n\nA box.", [], id="a-sub-heading"),
        pytest.param("### 9:00\ndown\n### Repair\nnew disk", [3], id="heading-among-headings"),
        pytest.param("• 9:00 down\n• nobody looked\n• 10:00 up", [2], id="a-bullet-of-its-own"),
        pytest.param("9:00 down\n• 80 orders\n10:00 up", [], id="a-bullet-below-an-entry"),
        pytest.param(
            "**9:00**\n- a page\n- a look\n\n**10:00**\n- up",
            [],
            id="items-below-clocks-are-details",
        ),
        pytest.param(
            "9:00 down\n\n- a look\n- 9:30 a call\n\n10:00 up", [3], id="an-item-beside-a-timed-one"
        ),
        pytest.param(
            "9:00 down\n\nWrong paths: the network\n\n10:00 up", [3], id="label-of-a-dead-end"
        ),
        pytest.param(
            "9:00 down\n\nHow the issue was detected: a page\n\n10:00 up",
            [3],
            id="label-of-the-detection",
        ),
        pytest.param("9:00 down\n\nNote: it rained\n\n10:00 up", [], id="label-of-a-remark"),
        pytest.param(
            "9:00 down\n9:20 look\n10:00 up\n\n**Wrong paths:** the network",
            [],
            id="a-labelled-note-below-lines-of-one-paragraph",
        ),
        pytest.param(
            "- **Detection:**\n  - Seen at 9:00 by a clerk.\n- **Escalation:**\n  - To the vendor.",
            [3],
            id="a-label-over-an-item-that-tells-a-time",
        ),
        pytest.param("9:00 - down\nevening - a look\n23:00 - up", [2], id="a-part-of-the-day"),
        pytest.param(
            "- 9:00 down\n- 10:00 up\n\nWhat made it worse:\n\n- rain\n- no spare",
            [],
            id="an-aside",
        ),
        pytest.param(
            "- 9:00 down\n- 10:00 up\n\nActions taken:\n\n- a restart", [4, 6], id="a-list-of-steps"
        ),
        pytest.param(
            "1\\. Read the log\n\n2\\. Found a typo\n\n3\\. Restarted",
            [1, 3, 5],
            id="paragraphs-with-numbers",
        ),
    ],
)
def test_untimed_entries(entries: str, lines: list[int]) -> None:
    assert untimed(entries) == lines


@pytest.mark.parametrize(
    "preface",
    ["2025-11-03 (all times UTC)", "All times in UTC, 3 November 2025", "3 Nov 2025, times in CET"],
)
def test_a_line_that_dates_all_entries_is_none(preface: str) -> None:
    found = timeline(f"{preface}\n\n- 09:12 It began\n- 10:47 It ended")
    assert [str(event.clock) for event in found.events] == ["09:12", "10:47"]
    assert {str(event.date) for event in found.events} == {"2025-11-03"}


def test_relative_times_are_neither_events_nor_untimed() -> None:
    found = timeline("- T0: down\n- T+25m: look\n- T+1h: up")
    assert (found.events, found.untimed, len(found.relative)) == ((), (), 3)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        pytest.param("- 9:00\n  - An alert fired", "detected", id="nested-items-tell"),
        pytest.param("### 9:00\nWe reverted the change", "mitigated", id="below-a-heading"),
        pytest.param("9:00\n\n- An alert fired", "detected", id="items-below-a-line"),
        pytest.param(
            "9:00 - the vendor told us that, as it\nturned out, all was restored",
            "resolved",
            id="wrapped",
        ),
    ],
)
def test_what_happened_may_stand_below_the_time(entries: str, kind: str) -> None:
    assert [event.kind for event in timeline(entries).events] == [kind]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        pytest.param("No alert fired", "detected", id="no-alert"),
        pytest.param("Alarms for the shop were muted", "detected", id="alarms-muted"),
        pytest.param("Silenced the disk alerts", "detected", id="alerts-silenced"),
        pytest.param("Ana notices nothing odd", "detected", id="notices-nothing"),
        pytest.param("Nobody reported it", "detected", id="nobody-reported"),
        pytest.param("The full disk was not detected", "detected", id="not-detected"),
        pytest.param("Rollback failed", "mitigated", id="step-failed"),
        pytest.param("Failed schema rollback", "mitigated", id="failed-step"),
        pytest.param("Rollback failed | Noor", "mitigated", id="step-failed-in-a-cell"),
        pytest.param("Rollback failed - disk full", "mitigated", id="step-failed-and-why"),
        pytest.param("Consumer lag is not yet back to 0", "resolved", id="not-yet-zero"),
        pytest.param("Errors are down to 0.5 %", "resolved", id="nearly-zero"),
        pytest.param("Reverted without success", "mitigated", id="step-without-success"),
        pytest.param("Rollback considered, rejected", "mitigated", id="step-rejected"),
        pytest.param("Restarted the queue (did not help)", "mitigated", id="step-did-not-help"),
        pytest.param("Waiting for approval of the rollback", "mitigated", id="step-waits"),
        pytest.param("Could not roll back", "mitigated", id="step-impossible"),
        pytest.param("DNS resolved to the old address", "resolved", id="a-name-resolves"),
        pytest.param("We are not sure it is resolved", "resolved", id="not-sure"),
        pytest.param("It was thought resolved, but errors rose", "resolved", id="only-thought"),
        pytest.param("Checkout is not yet restored", "resolved", id="not-yet"),
        pytest.param("The errors are back", "resolved", id="trouble-is-back"),
    ],
)
def test_what_did_not_happen_is_no_milestone(entry: str, kind: str) -> None:
    assert [event.kind for event in timeline(f"- 9:00 {entry}").events] != [kind]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        pytest.param("No alert fired; a customer reports it", "detected", id="noticed-otherwise"),
        pytest.param("Restart had no effect; rolled back", "mitigated", id="second-step-helped"),
        pytest.param("Rolled back after the restart failed", "mitigated", id="what-failed-before"),
        pytest.param("Rolled back the failed release", "mitigated", id="what-was-rolled-back"),
        pytest.param("DNS fixed, outage resolved", "resolved", id="a-name-server-is-mended"),
        pytest.param("Checkout is back", "resolved", id="is-back"),
        pytest.param("Latency back to baseline", "resolved", id="baseline"),
        pytest.param("Consumer lag is zero", "resolved", id="zero"),
        pytest.param("Lag back to 0 on all partitions", "resolved", id="back-to-zero"),
        pytest.param("Backlog of orders drops to 0.", "resolved", id="drops-to-zero"),
        pytest.param("Error rate at 0 % again", "resolved", id="at-zero"),
        pytest.param("The queue has drained", "resolved", id="drained"),
        pytest.param("Uptime probe pages Ana", "detected", id="a-probe-pages"),
    ],
)
def test_what_did_happen_beside_it_is(entry: str, kind: str) -> None:
    assert [event.kind for event in timeline(f"- 9:00 {entry}").events] == [kind]


@pytest.mark.parametrize(
    ("entry", "fix"),
    [
        pytest.param("Rollback failed", None, id="failed"),
        pytest.param("Reverted it, to no avail", None, id="in-vain"),
        pytest.param("Rollback failed, so we reverted it", "9:00 Rollback", id="and-then"),
        pytest.param("We rolled back the release", "9:00 We rolled back", id="done"),
    ],
)
def test_a_step_that_failed_is_no_resolution(entry: str, fix: str | None) -> None:
    found = facts(f"- 9:00 {entry}\n- 10:00 all is well").resolution
    assert (found is None) == (fix is None)
    assert found is None or found.text.startswith(str(fix))


def test_an_empty_cell_adds_nothing_to_the_words_of_an_event() -> None:
    rows = "| Time | What | Who |\n|---|---|---|\n"
    rows += "| 9:00 | down | |\n| 9:10 | | Ana |\n| 9:20 | up | Ana |"
    assert [event.text for event in timeline(rows).events] == ["down", "Ana", "up | Ana"]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        pytest.param("`DiskFull` pages Ana", "DiskFull pages Ana", id="code-opens"),
        pytest.param("- `db-1` fails", "db-1 fails", id="behind-a-dash"),
        pytest.param("Ana restarts `db-1`", "Ana restarts db-1", id="code-ends"),
    ],
)
def test_the_words_of_an_event_keep_their_code(entry: str, text: str) -> None:
    assert [event.text for event in timeline(f"- 9:00 {entry}").events] == [text]


@pytest.mark.parametrize(
    ("heading", "zone"),
    [
        pytest.param("All times in WAT.\n\n- 9:00 down", "WAT", id="introduction"),
        pytest.param("| Time (UTC) | Event |\n|---|---|\n| 9:00 | down |", "UTC", id="header"),
        pytest.param("- 9:00 CET down", "CET", id="first-entry"),
        pytest.param("- 9:00 down", None, id="none"),
    ],
)
def test_declared_zone(heading: str, zone: str | None) -> None:
    found = timeline(heading).zone
    assert (found.text if found else None) == zone


# -- the order ---------------------------------------------------------------

NIGHT = "**Duration:** 2024-05-02 22:00 UTC to 2024-05-03 02:00 UTC"
DAY = "**Duration:** 2024-05-02 09:00 UTC to 2024-05-02 12:00 UTC"
EVENING = "**Duration:** 2024-05-02 15:00 UTC to 2024-05-02 20:00 UTC"
UNDATED = "**Duration:** 9:00 to 12:00 UTC"


@pytest.mark.parametrize(
    ("duration", "entries", "back"),
    [
        pytest.param(DAY, "- 9:00 a\n- 9:30 b\n- 9:20 c", [2], id="an-earlier-clock-by-day"),
        pytest.param(
            DAY, "- 9:00 a\n- 11:00 b\n- 9:30 c\n- 12:00 d", [2], id="only-the-entry-that-falls"
        ),
        pytest.param(DAY, "- 9:10 a\n- 9:10:30 b\n- 9:10 c", [], id="seconds-told-here-and-there"),
        pytest.param(DAY, "- 9:10:30 a\n- 9:10:05 b", [1], id="seconds-that-fall"),
        pytest.param(UNDATED, "- 23:50 a\n- 00:10 b", [], id="midnight-without-dates"),
        pytest.param(NIGHT, "- 22:00 a\n- 23:50 b\n- 00:10 c\n- 02:00 d", [], id="midnight-within"),
        pytest.param(UNDATED, "- 20:00 a\n- 08:00 b", [], id="twelve-hours-on"),
        pytest.param(UNDATED, "- 20:00 a\n- 08:01 b", [1], id="more-than-twelve-hours-on"),
        pytest.param(EVENING, "- 15:00 a\n- 19:00 b\n- 02:00 c", [2], id="the-next-day-leads-out"),
        pytest.param(EVENING, "- 15:00 a\n- 19:45 b\n- 01:00 c", [], id="work-goes-on-at-night"),
        pytest.param(EVENING, "- 21:00 a\n- 02:00 b", [], id="it-was-out-already"),
        pytest.param(NIGHT, "- 23:00 a\n- 03:00 b", [], id="a-follow-up-on-its-last-day"),
        pytest.param(
            NIGHT, "- 22:00 a\n- 01:00 b\n- 23:30 c", [2], id="a-later-clock-was-yesterday"
        ),
        pytest.param(DAY, "- 9:00 a\n- 14:00 b", [], id="a-later-clock-behind-the-duration"),
        pytest.param(DAY, "- 2024-05-02 9:00 a\n- 2024-05-01 9:30 b", [1], id="an-own-date-binds"),
        pytest.param(
            DAY, "- 2024-05-02 20:25 a\n- 2024-05-02 12:30 b", [1], id="the-same-date-binds"
        ),
        pytest.param(
            UNDATED, "- Oct 30 20:00 a\n- Oct 31 09:00 b", [], id="own-days-without-a-year"
        ),
        pytest.param(UNDATED, "- Oct 31 09:00 a\n- Oct 30 20:00 b", [1], id="own-days-that-fall"),
        pytest.param(UNDATED, "- Dec 31 23:00 a\n- Jan 1 09:00 b", [], id="over-new-year"),
        pytest.param(
            UNDATED,
            "- 2024-01-02 9:00 a\n- 2024-01-01 9:00 b\n- 2023-12-31 9:00 c",
            [],
            id="newest-first-over-new-year",
        ),
        pytest.param(
            UNDATED,
            "- 2022-12-31 9:00 a\n- 2023-06-01 9:00 b\n- 2024-01-02 9:00 c\n- 2024-01-02 8:00 d",
            [3],
            id="later-years-are-not-newest-first",
        ),
        pytest.param(
            UNDATED, "- 10/30 9:00 pm a\n- 10/31 10:15 am b", [], id="month-and-day-in-figures"
        ),
        pytest.param(
            DAY,
            "### 2024-05-02\n- 23:50 a\n- 00:10 b\n### 2024-05-04\n- 09:00 c",
            [],
            id="a-heading-is-a-hint",
        ),
        pytest.param(
            UNDATED, "- 2024-05-02 23:50 a\n- 00:10 b", [], id="an-inherited-date-is-a-hint"
        ),
        pytest.param(
            UNDATED, "- **Day 1**\n  - 20:00 a\n- **Day 2**\n  - 09:00 b", [], id="counted-days"
        ),
        pytest.param(
            UNDATED, "- Monday 18:00 a\n- Tuesday 09:00 b\n- Tuesday 10:00 c", [], id="weekdays"
        ),
        pytest.param(UNDATED, "- Tuesday 18:00 a\n- Tuesday 09:00 b", [1], id="the-same-weekday"),
        pytest.param(
            DAY, "- 9:00 a\n- 11:30 b\n- 12:15 c\n- 1:00 d", [], id="past-noon-without-pm"
        ),
        pytest.param(UNDATED, "- 11:30 a\n- 1:00 b\n- 2:45 c", [], id="past-noon-without-dates"),
        pytest.param(
            NIGHT,
            "- 10:00 a\n- 11:50 b\n- 12:05 c\n- 1:00 d\n- 2:00 e",
            [],
            id="a-night-without-pm",
        ),
        pytest.param(
            DAY, "- 9:00 a\n- 13:30 b\n- 1:45 c", [2], id="no-afternoon-in-a-day-of-24-hours"
        ),
        pytest.param(DAY, "- 10:30 a\n- 10:20 b", [1], id="no-afternoon-for-a-slip"),
        pytest.param(DAY, "- 11:00 AM a\n- 12:10 AM b", [1], id="no-afternoon-against-am"),
        pytest.param(
            DAY, "- The night before, 18:00: a\n- 9:00 b\n- 9:30 c", [], id="the-night-before"
        ),
        pytest.param(DAY, "- 18:00 (previous day): a\n- 9:00 b", [], id="previous-day-behind"),
        pytest.param(DAY, "- 21:30 a\n- 9:00 b\n- 9:30 c", [], id="an-evening-before-untold"),
        pytest.param(DAY, "- 9:00 a\n- 20:00 b\n- 9:30 c", [2], id="only-the-first-led-up"),
        pytest.param(DAY, "- 9:00 a\n- 12:00 b\n- 8:00 (the day after) c", [], id="the-day-after"),
        pytest.param(DAY, "- 9:00 a\n- 12:00 b\n- Monday 8:00 c", [], id="a-first-weekday"),
        pytest.param(UNDATED, "- 18:00 a\n- Next day 09:00 b", [], id="next-day"),
        pytest.param(
            "**Duration:** 2024-03-02 01:00 UTC to 2024-03-06 01:00 UTC",
            "**6 March 2024**\n\n07:50 a\n\n08:10 b\n\n08:55 c",
            [],
            id="a-day-behind-the-duration",
        ),
        pytest.param(
            UNDATED, "- 17:00 UTC a\n- 13:30 EDT b\n- 18:00 UTC c", [], id="zones-explain-it"
        ),
        pytest.param(
            UNDATED, "- Detected: 10:05\n- Repaired: 10:20\n- Declared: 10:10", [], id="milestones"
        ),
    ],
)
def test_entry_that_goes_back_is_out_of_order(duration: str, entries: str, back: list[int]) -> None:
    assert [fault.event for fault in timeline(entries, duration).disorder] == back


def test_disorder_tells_how_far_back() -> None:
    (fault,) = timeline("- 9:00 a\n- 9:30 b\n- 9:20 c", DAY).disorder
    assert (fault.event, fault.previous, fault.minutes) == (2, 1, 10)


@pytest.mark.parametrize(
    ("duration", "entries", "at"),
    [
        pytest.param(
            NIGHT,
            "- 22:00 a\n- 00:10 b",
            ["2024-05-02T22:00+00:00", "2024-05-03T00:10+00:00"],
            id="day-and-zone-of-the-duration",
        ),
        pytest.param(UNDATED, "- 9:00 a", [None], id="no-day"),
        pytest.param("Nothing was sold.", "- 2024-05-02 9:00 a", [None], id="no-zone"),
        pytest.param(DAY, "- 9:00 WAT a", ["2024-05-02T09:00+01:00"], id="never-converted"),
        pytest.param(
            DAY,
            "All times in CET\n\n- 9:00 a",
            ["2024-05-02T09:00+01:00"],
            id="the-timeline-zone-first",
        ),
        pytest.param(UNDATED, "- May 2 9:00 a", [None], id="no-year"),
        pytest.param(
            "Posted on 3 May 2024.",
            "- May 2 9:00 UTC a",
            ["2024-05-02T09:00+00:00"],
            id="year-of-the-posting",
        ),
        pytest.param(
            UNDATED,
            "- **2 May 2024**\n  - 9:00 a",
            ["2024-05-02T09:00+00:00"],
            id="date-of-the-parent",
        ),
        pytest.param(
            DAY,
            "- Day 1\n  - 9:00 a\n- Day 3\n  - 8:00 b",
            ["2024-05-02T09:00+00:00", "2024-05-04T08:00+00:00"],
            id="days-counted-on",
        ),
        pytest.param(
            DAY,
            "- 11:30 a\n- 1:00 b",
            ["2024-05-02T11:30+00:00", "2024-05-02T13:00+00:00"],
            id="past-noon-without-pm",
        ),
        pytest.param(
            DAY,
            "- The night before, 18:00: a\n- 9:00 b",
            ["2024-05-01T18:00+00:00", "2024-05-02T09:00+00:00"],
            id="the-night-before",
        ),
    ],
)
def test_events_have_the_day_that_is_told_around_them(
    duration: str, entries: str, at: list[str | None]
) -> None:
    events = timeline(entries, duration).events
    assert [each.at and each.at.isoformat(timespec="minutes") for each in events] == at


@pytest.mark.parametrize(
    ("entries", "dates"),
    [
        pytest.param(
            "- 2024-05-02 9:00 a\n- 9:30 b", ["2024-05-02", None], id="not-from-the-entry-before"
        ),
        pytest.param(
            "### 2024-05-02\n- 9:00 a\n- 9:30 b", ["2024-05-02"] * 2, id="from-the-heading"
        ),
        pytest.param("**May 2**\n\n9:00 a\n\n9:30 b", ["05-02"] * 2, id="from-a-line-above"),
        pytest.param(
            "02-03-2024\n\n9:00 a\n\n02-28-2024 - b",
            ["2024-02-03", "2024-02-28"],
            id="month-first-as-elsewhere",
        ),
    ],
)
def test_dates_are_given_only_where_stated(entries: str, dates: list[str | None]) -> None:
    assert [str(e.date) if e.date else None for e in timeline(entries).events] == dates


def test_an_entry_holds_what_is_nested_in_it() -> None:
    found = facts("- 9:00 down\n  - a graph\n  - a log\n- 10:00 up")
    assert found.timeline is not None
    first = found.timeline.events[0]
    assert found.source.slice(first.extent) == "- 9:00 down\n  - a graph\n  - a log"


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        pytest.param(
            "**9:00** – closed\n\n**9:10** – seen\n\n**Later that day** – told\n\n**10:00** – open",
            [5],
            id="a bold lead without a time",
        ),
        pytest.param("**9:00** closed\n\n**Note:** it was dark.\n\n**10:00** open", [],
                     id="a note among leads of another shape"),
        pytest.param("- All times are in UTC\n- 9:00 closed\n- 10:00 open", [], id="zone of all"),
        pytest.param("- All times were checked by hand in the logs of both hosts in UTC order\n"
                     "- 9:00 closed\n- 10:00 open", [1], id="a longer item is an entry"),
    ],
)  # fmt: skip
def test_untimed_among_paragraphs(entries: str, lines: list[int]) -> None:
    assert untimed(entries) == lines


ONE_LINE = [(1, "09:00"), (1, "09:20"), (1, "10:00")]


@pytest.mark.parametrize(
    ("entries", "events"),
    [
        pytest.param("Down at 9:00. We looked at 9:20. Up at 10:00.", ONE_LINE, id="at-the-end"),
        pytest.param(
            "Errors were seen around 9:00 UTC. We looked around 9:20 UTC. It took an hour. "
            "All was well around 10:00 UTC.",
            ONE_LINE,
            id="around-and-one-sentence-without",
        ),
        pytest.param(
            "It began at about 9:00 am (WAT) One of us looked around 9:20 am (WAT) "
            "All was back by 10:00 am (WAT).",
            ONE_LINE,
            id="no-point-behind-the-zone",
        ),
        pytest.param(
            "On 2 May at 9:00 UTC, it was down. On 2 May at 9:20 UTC, we looked. "
            "On 2 May at 10:00 UTC, it was up.",
            ONE_LINE,
            id="dated-sentences",
        ),
        pytest.param("Down at 9:00, seen at 9:20, up at 10:00.", ONE_LINE[:1], id="one-sentence"),
        pytest.param("Down from 9:00 to 10:00.", ONE_LINE[:1], id="a-range"),
        pytest.param(
            "A colleague saw errors on the dashboard of the shop when she came in at 9:00.\n\n"
            "She looked at the logs and the metrics of all of the servers until about 9:20.\n\n"
            "They watched the graphs and the queue for a long while and all was up at 10:00.",
            [(1, "09:00"), (3, "09:20"), (5, "10:00")],
            id="late-in-long-paragraphs",
        ),
        pytest.param("- 0900 down\n- 0920 look\n- 1000 up", THREE, id="four-digits"),
        pytest.param(
            "All times in UTC\n\n    > ping shop\n    no answer\n\n- 9:00 down\n- 10:00 up",
            [(6, "09:00"), (7, "10:00")],
            id="a-log-below-the-zone",
        ),
    ],
)
def test_events_of_prose(entries: str, events: list[tuple[int, str | None]]) -> None:
    assert told(entries) == events


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param("- 2019 launch\n- 2020 growth\n- 2021 end", id="years"),
        pytest.param("- 1500 users hit\n- 1000 users hit\n- 0500 users hit", id="falling-counts"),
        pytest.param("- 1.10 released\n- 1.11 released\n- 1.12 released", id="versions"),
        pytest.param("- 0900 down\n- then we looked\n- 1000 up", id="not-all"),
    ],
)
def test_numbers_that_are_no_clocks(entries: str) -> None:
    assert told(entries) == []


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            "| Time | What |\n|---|---|\n| 9:00 | down |\n| 9:20 | look |\n| 10:00 | up |",
            id="table",
        ),
        pytest.param("- 9:00 down\n- 9:20 look\n- 10:00 up", id="items"),
    ],
)
def test_a_dated_sentence_of_the_summary_is_no_event(entries: str) -> None:
    text = (
        f"# Down\n\n## Summary\n\nOn 2 May 2024 all was down.\n\n{entries}\n\n## Cause\n\nA disk.\n"
    )
    found = facts_of(text).timeline
    assert found is not None
    assert [str(event.clock) for event in found.events] == ["09:00", "09:20", "10:00"]


FOUR = [(1, "09:00"), (2, "09:10"), (3, "10:30"), (4, "11:00")]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(form, id=form)
        for form in (
            "- {} hrs: {}", "- {}hrs - {}", "- {} Hours: {}", "- {} HRS – {}", "- {} hours, {}",
            "1. {} hrs {}", "* **{} hrs:** {}", "- {}hrs {}",
        )
    ],
)  # fmt: skip
def test_a_clock_in_hours_opens_an_entry(form: str) -> None:
    words = ("queue grew", "pager", "restart", "all well")
    clocks = ("9:00", "9:10", "10:30", "11:00")
    entries = "\n".join(form.format(*each) for each in zip(clocks, words, strict=True))
    assert told(entries) == FOUR


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param("- 09.00 a\n- 09.10 b\n- 10.30 c\n- 11.00 d", FOUR, id="items"),
        pytest.param("- At 9.00, a\n- At 9.10, b\n- By 10.30 c\n- At 11.00 d", FOUR, id="at"),
        pytest.param("- 9.00 - a\n- 9.10 - b\n- 10.30 - c\n- 11.00 - d", FOUR, id="dash"),
        pytest.param("- **09.00** a\n- **09.10** b\n- **10.30** c\n- **11.00** d", FOUR, id="bold"),
        pytest.param(
            "At 9.00 we saw it.\n\nIt got worse.\n\nAt 9.10 we acted.\n\nAt 11.00 it was over.",
            [(1, "09:00"), (5, "09:10"), (7, "11:00")],
            id="paragraphs",
        ),
        pytest.param(
            "- 10:00 a\n- 10:10 b\n- 10:20 c\n- 10:30 d\n- 11.50 seconds were lost",
            [(1, "10:00"), (2, "10:10"), (3, "10:20"), (4, "10:30")],
            id="a-number-among-clocks",
        ),
        pytest.param("- 12.50% failed\n- 13.10% failed\n- 14.20% failed", [], id="percent"),
        pytest.param("- 10.04 GB used\n- 11.20 GB used\n- 12.10 GB used", [], id="bytes"),
        pytest.param("- 1.10 shipped\n- 1.11 shipped\n- 1.12 shipped", [], id="versions"),
        pytest.param("- 10.12.1 shipped\n- 10.13.0 shipped\n- 10.14.2 shipped", [], id="patches"),
        pytest.param("- 14.20 shipped\n- 12.10 fell\n- 10.30 rose\n- 09.10 x", [], id="falling"),
    ],
)
def test_clocks_with_a_point(entries: str, expected: list[tuple[int, str]]) -> None:
    assert told(entries) == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            "- Seen: on May 1 it grew.\n- Help: more workers.\n- Done: fixed on May 4.",
            [(1, "05-01"), (3, "05-04")],
            id="in-sentences",
        ),
        pytest.param(
            "- It began on 1 May 2024\n- It was over by 4 May 2024",
            [(1, "2024-05-01"), (2, "2024-05-04")],
            id="with-years",
        ),
        pytest.param(
            "- 9:00 grew\n- A fix of May 1 helped\n- 9:30 up", [(1, "09:00"), (3, "09:30")],
            id="beside-clocks",
        ),
        pytest.param("- Queue grew after the release of May 1\n- Restart", [], id="only-one"),
    ],
)  # fmt: skip
def test_days_told_within_items(entries: str, expected: list[tuple[int, str]]) -> None:
    assert told(entries) == expected


@pytest.mark.parametrize(
    "above",
    [
        pytest.param(words, id=words)
        for words in (
            "The outage lasted from 9:00 to 11:00 UTC.",
            "The outage lasted between 11/22/2024 9:00AM PST and 11/22/2024 11:00AM PST.",
            "The incident ran between 9:00 and 11:00 on 2 May 2024 (UTC).",
            "Our service was down from 9:00 until 11:00.",
            "Users were affected between 9:00 and 11:00 UTC.",
        )
    ],
)
def test_a_statement_of_the_whole_above_the_entries_is_none_of_them(above: str) -> None:
    assert told(f"{above}\n\n- 9:00 queue grew\n- 11:00 fixed") == [(3, "09:00"), (4, "11:00")]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(
            "Impact start time: 1 May 9:00\n\nMitigation time: 1 May 11:00\n\n9:00 a\n\n9:30 b",
            [(5, "09:00"), (7, "09:30")],
            id="fields-above",
        ),
        pytest.param(
            "- Start time: 9:00\n- End time: 11:00", [(1, "09:00"), (2, "11:00")], id="all-there-is"
        ),
    ],
)
def test_fields_of_the_duration_above_the_entries(
    entries: str, expected: list[tuple[int, str]]
) -> None:
    assert told(entries) == expected


@pytest.mark.parametrize(
    ("entries", "events"),
    [
        pytest.param(
            "9:00 UTC – the shop is down 9:20 UTC – an engineer looks 10:00 UTC – all is well",
            [(1, "09:00"), (1, "09:20"), (1, "10:00")],
            id="one-line-with-dashes",
        ),
        pytest.param(
            "- 9:00 AM - 9:20 AM (UTC+1): The proxy was restarted by its operators twice.\n"
            "- 10:00 AM (UTC+1): up",
            [(1, "09:00"), (2, "10:00")],
            id="the-end-of-a-range-is-no-event",
        ),
        pytest.param(
            "- `May 3rd, 9:00` down\n- `May 3rd, 9:20` look\n- `May 3rd, 10:00` up",
            THREE,
            id="day-and-clock-as-code",
        ),
        pytest.param(
            "- :red_circle: 9:00 down\n- :eyes: 9:20 look\n- :tada: 10:00 up",
            THREE,
            id="emoji-by-their-names",
        ),
    ],
)
def test_entries_in_other_marks(entries: str, events: list[tuple[int, str]]) -> None:
    assert told(entries) == events


def test_a_port_in_code_is_no_clock() -> None:
    assert told("- 9:00 down\n- 9:20 look at `0.0.0.0:53`\n- 10:00 up `at 12:30`") == THREE


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            "9:00 it fails for all -> 9:20 we look at the disk -> 10:00 it is up", id="arrows"
        ),
        pytest.param(
            "9:00 it fails for all → 9:20 we look at the disk → 10:00 it is up", id="arrow-signs"
        ),
        pytest.param(
            "9:00 it fails for all, 9:20 we look at the disk, 10:00 it is up", id="commas"
        ),
        pytest.param("9:00 - It fails. 9:20 - We look at the disk. 10:00 - It is up.", id="dashes"),
        pytest.param(
            "9:00 AM: It fails for all.9:20 AM: We look at it.10:00 AM: It is up.", id="no-space"
        ),
    ],
)
def test_a_chain_of_events_on_one_line(entries: str) -> None:
    assert told(entries) == ONE_LINE


def test_clocks_of_one_event_are_no_chain() -> None:
    assert told("- 9:00 UTC errors, seen again at 9:20, 9:40 and 10:00, all for one hour") == [
        (1, "09:00")
    ]


STORY = "At 9:25, the queue began to grow.\n\nBy 10:30 we had found the disk.\n\n"


@pytest.mark.parametrize(
    ("paragraph", "clock"),
    [
        pytest.param(
            "From here we waited for the vendor and told the customers. At 11:15 they called.",
            "11:15",
            id="the-next-sentence",
        ),
        pytest.param(
            "With the new disk in its place we began to let the customers in again at 11:15, one "
            "after the other.",
            "11:15",
            id="late-in-the-first-sentence",
        ),
        pytest.param(
            "The graph of the vendor shows the same errors for some other customers until 11:15.",
            None,
            id="the-end-of-a-span",
        ),
        pytest.param(
            "The graph of the vendor shows the same errors for some other customers at 9:20.",
            None,
            id="earlier-than-the-step-before",
        ),
    ],
)
def test_a_paragraph_of_a_story_tells_a_further_step(paragraph: str, clock: str | None) -> None:
    steps = [(1, "09:25"), (3, "10:30")]
    assert told(f"{STORY}{paragraph}") == [*steps, *([(5, clock)] if clock else [])]


def test_a_clock_in_a_detail_is_no_event() -> None:
    entries = "- 9:00 down\n  - Nobody looked at it until 9:15\n- 9:20 look\n- 10:00 up"
    assert told(entries) == [(1, "09:00"), (3, "09:20"), (4, "10:00")]


def test_items_below_a_label_may_tell_their_clock_late() -> None:
    entries = "- **Detection**\n  - We were paged at 9:00\n- **Fix**\n  - It was up at 10:00"
    assert [clock for _, clock in told(entries)] == ["09:00", "10:00"]


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("All times CEST. Times before 16:50 are from log lines.", id="before"),
        pytest.param("Entries after 17:00 were added later.", id="after"),
        pytest.param("Timestamps up to 17:05 are those of the host.", id="up to"),
    ],
)
def test_a_note_on_other_times_is_no_event(note: str) -> None:
    assert [at for _, at in told(f"{note}\n\n- 16:50 down\n- 17:10 up")] == ["16:50", "17:10"]


def test_an_item_may_tell_its_day_on_a_line_of_its_own() -> None:
    found = timeline(
        "- 2023-10-11:\n  image pushed\n- 2023-10-12:\n  removed\n- 2023-10-13 8:41 told"
    )
    assert [str(event.date) for event in found.events] == ["2023-10-11", "2023-10-12", "2023-10-13"]


def test_a_table_without_times_belongs_to_the_entry_above_it() -> None:
    found = timeline(
        "*10:41* - Errors on 2 hosts:\n\n| Host | Share |\n|---|---|\n| web-1 | 6% |\n\n"
        "*11:10* - Turned off"
    )
    assert [event.clock.minutes for event in found.events if event.clock] == [641, 670]
    assert not found.untimed


def test_a_heading_right_above_deeper_ones_with_times_is_no_entry() -> None:
    found = timeline(
        "### Cascade\n\n#### 1. Empty table (9:20 PM)\n\nRows gone.\n\n"
        "#### 2. Login (9:35 PM)\n\nFailed."
    )
    assert [event.clock.minutes for event in found.events if event.clock] == [1280, 1295]
    assert not found.untimed


def test_a_day_in_words_tells_the_order_of_numbers() -> None:
    found = timeline("- 06/03 9:00 down\n- 06/03 10:00 up", "It was down on June 3, 2024.")
    assert [str(event.date) for event in found.events] == ["06-03", "06-03"]


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("**Timeline: (CAT)**", id="bold"),
        pytest.param("**Timeline:** (CAT)", id="behind-the-bold"),
        pytest.param("Timeline: all times in CAT", id="plain"),
    ],
)
def test_a_zone_behind_the_label_is_no_statement(heading: str) -> None:
    text = (
        f"# Shop closed\n\nIt was down.\n\n{heading}\n\n- **9:00 AM:** down\n- **10:00 AM:** up\n"
    )
    found = facts_of(text).timeline
    assert found is not None
    assert [str(event.clock) for event in found.events] == ["09:00", "10:00"]
    assert found.zone is not None
    assert found.zone.text == "CAT"


def test_labels_run_in_one_paragraph_without_a_colon() -> None:
    text = (
        "# Shop closed\n**Summary** It was down on 2 May.\n**Impact** 40 orders were lost.\n"
        "**Timeline**9:00 AM UTC: It fails.10:00 AM UTC: It is up.\n**Root Cause** `cron` ran."
        "\n**Resolution** We removed one.\n"
    )
    found = facts_of(text)
    assert found.timeline is not None
    assert [str(event.clock) for event in found.timeline.events] == ["09:00"]
    assert found.root_cause is not None
    assert found.root_cause.labelled


def test_a_clock_with_a_point_is_no_number_of_a_section() -> None:
    entries = (
        "10.14 Job started\n\n14.05 Alert fired\n\n14.26 Alias moved\n\n14.38 Incident resolved"
    )
    assert told(entries) == [(1, "10:14"), (3, "14:05"), (5, "14:26"), (7, "14:38")]


POSTS = """# Mail outage

**Final update** for the evening. Mail was down from 09:00 UTC to 11:00 UTC on 3 June 2024.
Posted Jun 3, 2024 - 13:30 UTC

**Update:** A fix is in place.
Posted Jun 3, 2024 - 11:20 UTC

**Identified:** A disk is full.
Posted Jun 3, 2024 - 09:55 UTC

**Investigating:** We are looking into it.
Posted Jun 3, 2024 - 09:25 UTC
"""


def test_posts_of_a_status_page() -> None:
    found = facts_of(POSTS).timeline
    assert found is not None
    assert found.posted
    assert [str(event.clock) for event in found.events] == ["13:30", "11:20", "09:55", "09:25"]


@pytest.mark.parametrize(
    ("entries", "duration", "back"),
    [
        pytest.param("- 2:20 PM a\n- 2:25 AM b\n- 3:05 PM c", "It was down.", [2], id="a-slip"),
        pytest.param(
            "- 2:20 PM a\n- 2:05 AM b\n- 3:05 PM c", "It was down.", [], id="fits-in-neither-half"
        ),
        pytest.param("- 11:20 PM a\n- 2:25 AM b\n- 3:05 AM c", "It was down.", [], id="midnight"),
        pytest.param(
            "- 2:20 PM a\n- 2:15 AM b\n- 3:05 PM c",
            "It was down from 2 May 2024 2:20 PM to 3 May 2024 4:00 PM UTC.",
            [],
            id="a-day-and-more",
        ),
    ],
)
def test_the_wrong_half_of_the_day(entries: str, duration: str, back: list[int]) -> None:
    found = timeline(entries, duration)
    assert [each.event + 1 for each in found.disorder] == back
