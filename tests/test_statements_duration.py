"""When the incident ran: which statement counts, and what it says."""

from __future__ import annotations

import pytest
from harness import ends, facts_of

from pmlint.facts import Duration

FRAME = (
    "# The shop was closed\n\n{}\n\n## Timeline\n\n- 9:00 closed\n- 11:00 open\n\n"
    "## Root cause\n\nA bad disk.\n"
)


def duration(text: str) -> Duration | None:
    """The duration in a document's part before its timeline."""
    return facts_of(FRAME.format(text)).duration


def summary(words: str) -> Duration | None:
    return duration(f"## Issue Summary\n\n{words}")


A, B = "2024-05-02 09:00", "2024-05-02 11:00"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param(
            "**Duration:** 2 May 2024, 9:00 - 11:00 UTC", A, B, id="a-date-once-holds-for-both"
        ),
        pytest.param(
            "- Duration:\n  - Start: 2 May 2024 9:00 UTC\n  - End: 2 May 2024 11:00 UTC",
            A,
            B,
            id="items-below",
        ),
        pytest.param(
            "Duration:\nStart Time: May 2, 2024 - 9:00 AM UTC\n"
            "End Time: May 2, 2024 - 11:00 AM UTC",
            A,
            B,
            id="lines-below",
        ),
        pytest.param(
            "**Date:** 2 May 2024\n**Time:** 9:00 UTC - 11:00 UTC\n**Duration:** 2 hours",
            A,
            B,
            id="date-time-length",
        ),
        pytest.param(
            "Incident start: 2024-05-02 9:00\nIncident detected: 2024-05-02 9:10\n"
            "Incident resolved: 2024-05-02 11:00",
            A,
            B,
            id="milestones-beside-the-start",
        ),
        pytest.param(
            "**Duration:** 2 hours\n**From:** 2024-05-02 9:00\n**To:** 2024-05-02 11:00",
            A,
            B,
            id="from-and-to-lines",
        ),
        pytest.param(
            "| Start | End | Duration |\n|---|---|---|\n"
            "| 2024-05-02 9:00 | 2024-05-02 11:00 | 2h |",
            A,
            B,
            id="columns",
        ),
        pytest.param(
            "| Field | Value |\n|---|---|\n| Start | 2024-05-02 9:00 |\n| End | 2024-05-02 11:00 |",
            A,
            B,
            id="rows",
        ),
        pytest.param("**Duration:** `2 May 2024, 9:00 - 11:00 UTC`", A, B, id="all-in-code"),
        pytest.param(
            "- **Timeline**: 2 May 2024, 9:00 - 11:00 WAT",
            A,
            B,
            id="a-timeline-label-that-gives-the-range",
        ),
        pytest.param("**Duration:** 2024-05-02 9:00 ➡️ 11:00", A, B, id="arrow"),
        pytest.param(
            "**Time:** started 9:00, seen 9:10, resolved 11:00 on 2024-05-02",
            A,
            B,
            id="three-times-in-a-field",
        ),
        pytest.param(
            "On 2 May 2024, from 9:00 to 11:00 UTC, the shop was closed.",
            A,
            B,
            id="range-in-a-sentence",
        ),
        pytest.param(
            "At 9:00 on 2 May 2024 the shop stopped working. It was open again by 11:00.",
            A,
            B,
            id="stopped-working-is-a-start",
        ),
        pytest.param(
            "At 9:00 on 2 May 2024 we changed a rule. "
            "Around 10:30 it started to heal and by 11:00 all was back to normal.",
            A,
            B,
            id="the-nearest-words-of-the-clause-tell",
        ),
        pytest.param(
            "It began on 2 May 2024 at 9:00. "
            "The fix came at 10:00, and full service was restored at 11:00.",
            A,
            B,
            id="the-last-end-counts",
        ),
        pytest.param(
            "Start of outage: 2024-05-02T09:00Z. End of outage: 2024-05-02T11:00Z.",
            A,
            B,
            id="labels-in-sentences",
        ),
        pytest.param(
            "The shop was closed on 2 May 2024 for three hours.",
            "2024-05-02",
            None,
            id="a-day-only",
        ),
        pytest.param(
            "The outage began on 2 May 2024 and was resolved on 4 May 2024.",
            "2024-05-02",
            "2024-05-04",
            id="two-days",
        ),
        pytest.param(
            "On 2 May we were told of it. All was removed on 4 May 2024.",
            "2024-05-02",
            "2024-05-04",
            id="two-days-in-two-sentences",
        ),
        pytest.param(
            "On 2 May 2024 the shop was closed. It lasted 90 minutes.",
            "2024-05-02",
            None,
            id="a-day-from-the-sentence-before-a-length",
        ),
        pytest.param(
            "A rule was bad on 2 May 2024.\n\nFrom 9:00 to 11:00 we were closed.",
            "09:00",
            "11:00",
            id="no-date-from-another-paragraph",
        ),
        pytest.param(
            "From 9:00 to 11:00 the shop was closed.", "09:00", "11:00", id="no-date-at-all"
        ),
        pytest.param(
            "The incident occurred on 2 May 2024. It began at 9:00 UTC and was over at 11:00.",
            A,
            B,
            id="the-day-in-the-sentence-before",
        ),
        pytest.param(
            "We opened the shop on 2 May 2024. It was closed from 9:00 to 11:00 UTC.",
            "09:00",
            "11:00",
            id="no-day-from-a-sentence-of-something-else",
        ),
        pytest.param(
            "At 9:00 UTC, on 2 May 2024, our desk stopped working. "
            "It was fixed two hours later, at 11:00.",
            A,
            B,
            id="a-preposition-opens-no-clause",
        ),
        pytest.param(
            "From 9:00 UTC on 2 May 2024 no desk answered. The fault was solved at 11:00 UTC.",
            A,
            B,
            id="solved",
        ),
        pytest.param(
            "The desk stopped to answer shortly after 9:00 UTC, and came back at 11:00.",
            "09:00",
            "11:00",
            id="stopped-to-answer",
        ),
        pytest.param(
            "**Duration:** 9:00 UTC (start), 11:00 UTC (end)", "09:00", "11:00", id="ends-behind"
        ),
        pytest.param(
            "| Duration | Impact | Cause |\n|---|---|---|\n"
            "| 2 May 2024, 9:00 - 11:00 UTC | 3 | a disk |",
            A,
            B,
            id="a-column-of-a-table",
        ),
        pytest.param(
            "> **TL;DR:** from 9:00 to 11:00 UTC on 2 May 2024 nobody could pay.",
            A,
            B,
            id="a-quoted-summary",
        ),
    ],
)
def test_statement_has_start_and_end(words: str, start: str | None, end: str | None) -> None:
    assert ends(summary(words)) == (start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param(
            "**Duration:** 2 May 2024, 23:00 - 01:00 UTC",
            "2024-05-02 23:00",
            "2024-05-03 01:00",
            id="next-day-within-twelve-hours",
        ),
        pytest.param(
            "**Duration:** 2 May 2024, 11:00 - 9:00 UTC",
            "2024-05-02 11:00",
            "2024-05-02 09:00",
            id="else-it-stays-and-is-reversed",
        ),
        pytest.param(
            "**Duration:** 2 May 2024 23:00 UTC - 2 May 2024 01:00 UTC",
            "2024-05-02 23:00",
            "2024-05-02 01:00",
            id="an-own-date-of-the-end-binds",
        ),
        pytest.param(
            "**Duration:** 22:00 - 00:30 (CET), 3-4 May 2024",
            "2024-05-03 22:00",
            "2024-05-04 00:30",
            id="two-days-behind",
        ),
    ],
)
def test_end_past_midnight_is_the_next_day(words: str, start: str, end: str) -> None:
    assert ends(summary(words)) == (start, end)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param("---\ntitle: Closed\ndate: 2024-05-07\n---\n\n{}", id="front-matter"),
        pytest.param("# The closed shop of May 2024\n\n{}", id="month-in-the-title"),
        pytest.param("# Postmortem 2024: the closed shop\n\n{}", id="year-in-the-title"),
        pytest.param("# The closed shop\n\nPosted on 9 May 2024\n\n{}", id="posting-line"),
        pytest.param(
            "# The closed shop\n\n{}\n\n## Tasks\n\n- Buy a disk by 2024-06-01\n", id="anywhere"
        ),
    ],
)
def test_a_missing_year_is_taken_from_what_dates_the_incident(document: str) -> None:
    words = "## Summary\n\nOn 2 May, from 9:00 to 11:00 UTC, the shop was closed.\n"
    found = facts_of(document.format(words), "2019-05-02.md")
    assert ends(found.duration) == (A, B)


def test_a_missing_year_is_never_taken_from_the_file_name() -> None:
    text = "# The closed shop\n\n## Summary\n\nOn 2 May, from 9:00 to 11:00 UTC, it was closed.\n"
    found = facts_of(text, "2024-05-02.md")
    assert ends(found.duration) == ("05-02 09:00", "05-02 11:00")


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param("**Duration:** 1 hour 30 minutes", 90, id="field"),
        pytest.param("**Duration (minutes):** 45", 45, id="unit-in-the-label"),
        pytest.param(
            "| **Start** | 9:00 UTC |\n|---|---|\n| **End** | 10:35 UTC |\n"
            "| **Total** | 1 h 35 min |",
            95,
            id="a-total-beside-the-ends",
        ),
        pytest.param(
            "Time of incident: 9:00 - 10:45 UTC\nTime to resolution: 105 minutes",
            105,
            id="to-resolution",
        ),
        pytest.param("**Duration:** 9:00 - 11:00 UTC (2 hours)", 120, id="beside-the-range"),
        pytest.param("**Duration:** 10:00 to 12:00 hours (UTC)", None, id="hours-behind-a-clock"),
        pytest.param(
            "**Duration:** 9:00 - 11:00 UTC. Slow for 30 minutes first; 2 hours in all.",
            120,
            id="of-two-lengths-the-one-that-fits",
        ),
        pytest.param("**Duration:** 9:00 - 11:00 UTC, 3 hours", 3 * 60, id="one-that-does-not-fit"),
        pytest.param("The shop was down for about 75 minutes.", 75, id="for"),
        pytest.param("For 75 minutes, customers could not pay.", 75, id="the-damage-behind"),
        pytest.param(
            "It was closed at 9:00 and opened at 11:00, for a total of 2 hours.", 120, id="total"
        ),
        pytest.param("It cost us 30 minutes of downtime.", 30, id="of-downtime"),
        pytest.param("The outage lasted several hours.", None, id="vague"),
        pytest.param("The outage lasted less than 10 minutes.", None, id="bound"),
        pytest.param("The shop failed for 10-15 minutes.", None, id="range"),
        pytest.param("The pages had cache TTLs for four hours.", None, id="a-setting"),
        pytest.param("It took us 20 minutes to find the error.", None, id="work"),
        pytest.param("It took 20 minutes to restore the shop.", 20, id="the-repair"),
        pytest.param("**Duration:** from 10h30 to 13h00 (WAT)", None, id="a-French-clock"),
        pytest.param("**Duration:** 08:00 hours to 08:50 hours (EAT)", None, id="a-clock-in-hours"),
        pytest.param("From 14h05 to 16h20 (CEST), so 2h15 in total.", 135, id="so-much-in-total"),
        pytest.param("9:00 to 11:00 UTC, that is two hours, it was closed.", 120, id="that-is"),
        pytest.param("It was down for two hours until we rolled back.", 120, id="until-repaired"),
        pytest.param("The total downtime was roughly 2 hours.", 120, id="downtime-was"),
        pytest.param(
            "From 9:00 to 11:00 UTC logs of 3 days were lost.", None, id="age-of-what-was-lost"
        ),
    ],
)
def test_stated_length(words: str, minutes: int | None) -> None:
    found = summary(words)
    stated = found.stated.minutes if found is not None and found.stated is not None else None
    assert stated == minutes


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        pytest.param("**Duration:** 9:00 - 11:00 (WAT)", "WAT", id="behind-the-range"),
        pytest.param("**Start:** 2024-05-02T09:00Z\n\n**End:** 2024-05-02T11:00Z", "Z", id="iso"),
        pytest.param(
            "**Start:** 9:00\n\n**End:** 11:00\n\n**Timezone:** PST", "PST", id="a-field-of-its-own"
        ),
        pytest.param(
            "The shop closed at 9:00 and was open again at 11:00 EAT.", "EAT", id="at-the-end-only"
        ),
        pytest.param("**Duration (WAT):** 9:00 - 11:00", "WAT", id="in-the-label"),
        pytest.param(
            "**Duration:** 9:00 - 11:00\n\n**Timezone:** CAT", "CAT", id="a-zone-like-a-word"
        ),
        pytest.param(
            "It was closed from 9:00 to 11:00 (local time in Casablanca).",
            "local time in Casablanca",
            id="the-time-in-a-town",
        ),
        pytest.param("**Duration:** 9:00 - 11:00", None, id="none"),
    ],
)
def test_zone_stands_beside_the_times_or_is_declared(words: str, zone: str | None) -> None:
    found = summary(words)
    assert found is not None
    assert (found.zone.text if found.zone else None) == zone


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        pytest.param("**Duration:** 2 hours", "no-times", id="length-only"),
        pytest.param("**Date:** 2024-05-02", "no-times", id="date-only"),
        pytest.param("The shop closed at 9:00 UTC.", "no-times", id="start-only"),
        pytest.param("**Duration:** 9:00 - 11:00", "no-timezone", id="no-zone"),
        pytest.param(
            "**Duration:** 2 May 2024 11:00 UTC - 2 May 2024 9:00 UTC", "reversed", id="reversed"
        ),
        pytest.param("**Duration:** 9:00 - 11:00 UTC (3 hours)", "mismatch", id="mismatch"),
        pytest.param("**Duration:** 9:00 - 11:00 UTC (125 minutes)", None, id="ten-per-cent"),
        pytest.param("**Duration:** 9:00 - 11:00 UTC", None, id="sound"),
    ],
)
def test_verdict_on_what_is_stated(words: str, verdict: str | None) -> None:
    found = summary(words)
    assert found is not None
    assert found.verdict == verdict


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("The shop was closed for all customers.", id="no-time"),
        pytest.param("Last updated: 2024-05-03\n\nThe shop was closed.", id="an-update"),
        pytest.param("Posted on 3 May 2024 by us\n\nThe shop was closed.", id="a-posting"),
        pytest.param("**Status:** closed\n**Published:** 2024-05-03", id="a-publication"),
    ],
)
def test_nothing_is_stated(words: str) -> None:
    assert summary(words) is None


def test_a_range_of_the_impact_counts_where_nothing_else_is_stated() -> None:
    found = duration(
        "## Summary\n\nClosed.\n\n## Impact\n\nNobody could pay from 9:00 to 11:00 UTC."
    )
    assert ends(found) == ("09:00", "11:00")


def test_the_clocks_of_the_impact_complete_a_length() -> None:
    found = duration(
        "## Summary\n\nOn 2 May 2024 the shop was read-only for two hours.\n\n"
        "## Impact\n\nNobody could pay between 9:00 and 11:00 UTC."
    )
    assert ends(found) == (A, B)
    assert found is not None
    assert found.stated is not None
    assert found.stated.minutes == 120


def test_without_a_summary_a_range_under_another_heading_counts() -> None:
    found = duration("## The facts of the case\n\nFrom 9:00 to 11:00 UTC nobody could pay.")
    assert ends(found) == ("09:00", "11:00")


@pytest.mark.parametrize(
    "impact",
    [
        pytest.param("- 40 orders lost\n- The archive was read-only for 15 minutes", id="length"),
        pytest.param("- 40 orders lost\n- Our ticket desk (9:05 - 9:30)", id="range"),
    ],
)
def test_what_befell_one_part_is_no_duration(impact: str) -> None:
    assert duration(f"## Summary\n\nThe shop failed.\n\n## Impact\n\n{impact}") is None


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Let us talk about it at the next meeting (Monday 16:00 UTC).", id="meeting"),
        pytest.param("We will never move hosts at 2am again.", id="vow"),
    ],
)
def test_a_time_that_is_planned_is_none_of_the_incident(words: str) -> None:
    found = summary(f"The shop was down for 9 hours. {words}")
    assert found is not None
    assert (found.start, found.stated and found.stated.minutes) == (None, 540)


def test_a_field_with_a_clock_and_a_length_beats_clocks_of_several_sentences() -> None:
    found = duration(
        "The shop is closed.\n\nUpdate 9:40am: a disk is broken.\n\nUpdate 11:20am: it was "
        "replaced.\n\nDate and time of incident: 2024-05-02 9:00AM ET\n\n"
        "Duration of incident: 1 hour 4 minutes"
    )
    assert ends(found) == ("2024-05-02 09:00", None)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param(
            "It was fixed in 3 hours, resulting in a total window of 17 hours.", 1020, id="total"
        ),
        pytest.param("It failed over, with about 3 minutes where sales failed.", 3, id="where"),
        pytest.param("For a period of 3 hours no order was taken.", 180, id="a period of"),
        pytest.param("Buyers saw errors over a four-hour window.", 240, id="over a window"),
        pytest.param("It took us three hours to bring the shop back.", 180, id="took us"),
        pytest.param("The team needed 3 hours to restore it.", 180, id="needed"),
        pytest.param("The whole thing was over after 12 minutes.", 12, id="over after"),
        pytest.param("Buyers were logged out for 12 hours.", 720, id="logged out"),
        pytest.param("The shop was closed; we asked the bank, who answered after 2 hours.", None,
                     id="an answer"),
        pytest.param("The shop was closed for the better part of a day.", None, id="vague"),
    ],
)  # fmt: skip
def test_how_long_it_was_in_other_words(words: str, minutes: int | None) -> None:
    found = summary(f"{words} It was noted on 2 May 2024.")
    stated = found.stated.minutes if found is not None and found.stated is not None else None
    assert stated == minutes


def test_clocks_told_with_and_without_seconds_are_compared() -> None:
    found = facts_of(
        "# The shop was closed\n\n## Timeline\n\n- 2:05 AM closed\n- 2:05:45 AM seen\n"
        "- 2:40 AM open\n"
    )
    assert found.timeline is not None
    assert len(found.timeline.events) == 3


@pytest.mark.parametrize(
    ("document", "start", "end"),
    [
        pytest.param(
            "- From: 2 May 2024, 9:00 UTC\n- To: 2 May 2024, 11:00 UTC",
            "2024-05-02 09:00",
            "2024-05-02 11:00",
            id="from and to as labels",
        ),
        pytest.param(
            "**Length of outage:** 2 hours (9:00 - 11:00 UTC, 2 May 2024)",
            "2024-05-02 09:00",
            "2024-05-02 11:00",
            id="range behind the label of a length",
        ),
        pytest.param(
            "**Downtime:** 9:00 - 11:00 UTC, 2 May 2024",
            "2024-05-02 09:00",
            "2024-05-02 11:00",
            id="range behind downtime",
        ),
        pytest.param(
            "**Start of outage:** afternoon of 2 May 2024\n\n**End of outage:** 3 May 2024, 9:00",
            "2024-05-02",
            "2024-05-03 09:00",
            id="a day for the start",
        ),
        pytest.param(
            "**Date:** 2024-05-02\n\n**Duration:** 2 hours\n\n## Summary\n\n"
            "At 9:00 UTC the key of the shop expired, so nobody could pay.",
            "2024-05-02",
            None,
            id="a sentence does not complete a labelled length",
        ),
        pytest.param(
            "On 2 May 2024 the shop was down for two hours. It was back at 11:00 UTC.\n\n"
            "Orders sent between 10:20 and 10:27 were not kept.",
            "2024-05-02",
            "2024-05-02 11:00",
            id="the range of an effect",
        ),
        pytest.param(
            "At 9:00 UTC on 2 May 2024 the shop went down. Hosts began coming back at 10:40.",
            "2024-05-02 09:00",
            None,
            id="only began to come back",
        ),
        pytest.param(
            "From: Ada Example\nDate: Fri, 3 May 2024 08:00\nSubject: outage\n\n"
            "At 9:00 UTC on 2 May 2024 a bad update made the shop fail for all customers.",
            "2024-05-02 09:00",
            None,
            id="the date of a mail",
        ),
        pytest.param(
            "> Dear customers, from 9:00 to 11:00 UTC on 2 May 2024 you could not log in.",
            "2024-05-02 09:00",
            "2024-05-02 11:00",
            id="a letter that is quoted",
        ),
    ],
)
def test_where_the_ends_are_told(document: str, start: str | None, end: str | None) -> None:
    assert ends(duration(document)) == (start, end)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param("We had a 90 minute major incident.", 90, id="adjective before the noun"),
        pytest.param("The shop was down for a bit over three hours.", 180, id="a bit over"),
        pytest.param("The shop was down for over three hours.", None, id="over is a bound"),
        pytest.param("It came 2 hours after the first outage.", None, id="after another outage"),
    ],
)
def test_a_length_beside_its_noun(words: str, minutes: int | None) -> None:
    found = summary(f"{words} It was noted on 2 May 2024.")
    stated = found.stated.minutes if found is not None and found.stated is not None else None
    assert stated == minutes


def test_the_length_beside_the_range_counts() -> None:
    found = duration(
        "## Duration\n\n- It took 40 minutes to see what it was.\n"
        "- 2 hours, 9:20 to 11:50 UTC on 2 May 2024\n"
    )
    assert found is not None
    assert found.stated is not None
    assert found.stated.minutes == 120
