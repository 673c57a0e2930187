"""On which days an incident began and ended, and which times of a report are not its own."""

from __future__ import annotations

import pytest
from harness import ends, facts_of

from pmlint.facts import Postmortem

REST = (
    "\n\n## Impact\n\n40 users could not pay.\n\n## Root cause\n\nA bad disk.\n\n"
    "## Action items\n\n- Replace the disk in db-1.\n"
)


def read(opening: str) -> Postmortem:
    return facts_of(f"# The shop was closed\n\n{opening}{REST}")


def told(opening: str) -> tuple[str | None, str | None]:
    """Start and end as the document states them."""
    return ends(read(opening).duration)


def ran(opening: str) -> int | None:
    """The minutes between both ends."""
    found = read(opening).duration
    return found.minutes if found is not None else None


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param(
            "The shop was closed from Saturday 11:30 PM to Monday 5:30 PM (UTC).", 2520, id="before"
        ),
        pytest.param(
            "The shop was closed from 22:00 UTC on Friday until 2:00 on Sunday.", 1680, id="behind"
        ),
        pytest.param(
            "The shop was closed from 18:00 UTC until 14:00 the next day.", 1200, id="the-next-day"
        ),
        pytest.param(
            "The shop went down at 18:00 UTC. It was back the following morning at 9:00.",
            900,
            id="the-following-morning",
        ),
        pytest.param(
            "The shop was closed from 21:00 UTC on Thursday to 3:00 on Saturday.", 1800, id="two"
        ),
        pytest.param(
            "The shop was closed from 9:00 to 11:00 UTC on Tuesday.", 120, id="one-weekday"
        ),
        pytest.param(
            "The shop was closed on Friday 3 May 2024 from 22:00 to Monday, 6:00 UTC.",
            3360,
            id="a-dated-start",
        ),
        pytest.param("The shop was closed from 23:10 UTC to 2:10.", 180, id="no-words"),
        pytest.param(
            "The shop was closed on Friday 3 May 2024 from 22:00 UTC; the job sat until 23:00.",
            60,
            id="a-verb-that-looks-like-a-weekday",
        ),
    ],
)
def test_words_that_put_days_between_both_ends(words: str, minutes: int) -> None:
    assert ran(words) == minutes


def test_a_range_that_ends_earlier_on_the_same_weekday_is_reversed() -> None:
    found = read("The shop was closed from Friday 22:00 to Friday 19:00 UTC.").duration
    assert found is not None
    assert found.verdict == "reversed"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param(
            "That weekend (4 and 5 May 2024) nobody could pay.",
            "2024-05-04",
            "2024-05-05",
            id="in-brackets",
        ),
        pytest.param(
            "On May 25 & 26, 2024 the shop was closed.", "2024-05-25", "2024-05-26", id="ampersand"
        ),
        pytest.param(
            "On 4 May and 9 May 2024 nobody could pay.", "2024-05-04", None, id="days-apart"
        ),
    ],
)
def test_two_days_that_follow_each_other(words: str, start: str, end: str | None) -> None:
    assert told(words) == (start, end)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        pytest.param(
            "Posted on 3 May 2024", "Yesterday from 9:00 to 11:00 the shop was closed.", id="posted"
        ),
        pytest.param(
            "Ana Roth, 3 May 2024",
            "At 9:00 yesterday the shop went down. It was back at 11:00.",
            id="signed",
        ),
        pytest.param(
            "3 May 2024 by Ana Roth", "Yesterday from 9:00 to 11:00 the shop was closed.", id="by"
        ),
    ],
)
def test_yesterday_is_the_day_before_the_posting(head: str, words: str) -> None:
    assert told(f"{head}\n\n{words}") == ("2024-05-02 09:00", "2024-05-02 11:00")


def test_a_posting_line_at_the_end_dates_yesterday() -> None:
    found = read("Here is what happened yesterday.\n\nFrom 9:00 to 11:00 the shop was closed.")
    assert ends(found.duration) == ("09:00", "11:00")
    dated = facts_of(
        "# The shop was closed\n\nHere is what happened yesterday.\n\n"
        f"From 9:00 to 11:00 the shop was closed.{REST}\n\n2024-05-03 | Author: Ana\n"
    )
    assert ends(dated.duration) == ("2024-05-02 09:00", "2024-05-02 11:00")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2024-05-04 22:40", id="day-and-clock"),
        pytest.param("Post-mortem 4 May 2024", id="of-the-report"),
        pytest.param("Ana Roth, May 4, 2024", id="name-and-day"),
        pytest.param("By Ana Roth | May 4, 2024", id="by"),
        pytest.param("Authors: Ana Roth, Bo — 2024-05-04", id="authors"),
    ],
)
def test_a_line_that_dates_the_report_states_no_duration(line: str) -> None:
    assert read(f"{line}\n\nNobody could pay.").duration is None


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Rolled back on 4 May 2024 at 9:00 by Ana.", id="by-whom-it-was-undone"),
        pytest.param("By Saturday 4 May 2024 at 9:00 all was well.", id="by-when"),
    ],
)
def test_a_line_that_tells_more_than_a_name_and_a_day_is_no_byline(line: str) -> None:
    assert told(f"{line}\n\nNobody could pay.")[1] == "2024-05-04 09:00"


def test_a_clock_with_its_zone_below_the_title_is_the_incidents() -> None:
    assert told("May 4, 2024 at 1:12pm UTC\n\nNobody could pay.") == ("2024-05-04 13:12", None)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param(
            "On 2 May 2024 orders failed before the deadline at 15:00 UTC.",
            "2024-05-02",
            None,
            id="a-deadline",
        ),
        pytest.param(
            "The run missed the 17:00 cut-off on 2 May 2024. It was down from 18:00 to 19:00.",
            "2024-05-02 18:00",
            "2024-05-02 19:00",
            id="a-cut-off",
        ),
        pytest.param(
            "The deadline job failed at 15:00 UTC on 2 May 2024.",
            "2024-05-02 15:00",
            None,
            id="a-job-of-that-name",
        ),
        pytest.param(
            "The shop went down at 9:00 UTC on 2 May 2024. It was restored soon after 10:30.",
            "2024-05-02 09:00",
            "2024-05-02 10:30",
            id="soon-after",
        ),
        pytest.param(
            "The shop went down at 9:00 UTC on 2 May 2024. At 10:00 it was back, but orders still "
            "failed. All was normal at 12:00.",
            "2024-05-02 09:00",
            "2024-05-02 12:00",
            id="but-still",
        ),
        pytest.param(
            "The shop went down at 9:00 UTC on 2 May 2024. At 10:00 it was back, but we are still "
            "watching it.",
            "2024-05-02 09:00",
            "2024-05-02 10:00",
            id="still-watching",
        ),
        pytest.param(
            "Trading was halted at 9:07 UTC on 2 May 2024 and resumed at 13:30. Orders could be "
            "entered from 13:00.",
            "2024-05-02 09:07",
            "2024-05-02 13:30",
            id="a-service-that-stopped",
        ),
    ],
)
def test_which_time_is_an_end(words: str, start: str | None, end: str | None) -> None:
    assert told(words) == (start, end)


@pytest.mark.parametrize(
    ("title", "words", "minutes"),
    [
        pytest.param("Closed (55 minutes)", "Closed from 10:00 to 10:55 UTC.", 55, id="title"),
        pytest.param(
            "Closed",
            "Orders stopped at 10:00 UTC. They resumed at 12:55 UTC, just under 3 hours later.",
            180,
            id="lapse",
        ),
        pytest.param("Closed (3 days)", "Closed from 10:00 to 10:55 UTC.", None, id="no-agreement"),
    ],
)
def test_a_length_counts_that_agrees_with_both_ends(
    title: str, words: str, minutes: int | None
) -> None:
    found = facts_of(f"# Shop: {title}\n\n## Summary\n\nThe shop was down. {words}{REST}").duration
    assert found is not None
    assert (found.stated.minutes if found.stated else None) == minutes


def test_the_past_days_bound_when_it_ran() -> None:
    found = read("For the last two days or so the shop has been slow.").duration
    assert found is not None
    assert found.verdict == "no-times"


def test_a_cause_that_opens_the_report_may_tell_the_day() -> None:
    cause = "## Root cause\n\nOn the evening of 2 May 2024 payments failed: a disk was full."
    text = f"# Slow payments\n\n{cause}\n\n## Impact\n\n40 users could not pay.\n"
    assert ends(facts_of(text).duration) == ("2024-05-02", None)
    noticed = text.replace("payments failed: a disk", "our checks noticed the failure: a disk")
    assert facts_of(noticed).duration is None


@pytest.mark.parametrize(
    ("heading", "start"),
    [
        pytest.param("Incident on 02-05-2024 09:00 UTC", "2024-05-02 09:00", id="incident"),
        pytest.param("Outage of 2 May 2024, 9:00 UTC", "2024-05-02 09:00", id="outage"),
        pytest.param("Report of 2 May 2024, 9:00", None, id="report"),
        pytest.param("Outage of 2 May 2024", None, id="no-clock"),
    ],
)
def test_a_heading_tells_the_start_where_only_the_end_is_told(
    heading: str, start: str | None
) -> None:
    text = f"# {heading}\n\n- **Status**: Resolved at 11:00 UTC\n\nNobody could pay.{REST}"
    assert ends(facts_of(text).duration)[0] == start
