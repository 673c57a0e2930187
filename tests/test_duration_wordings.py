"""When the incident ran, in the words that different authors have for it."""

from __future__ import annotations

import pytest
from harness import ends, facts_of

REST = "\n\n## Root cause\n\nA bad disk.\n\n## Action items\n\n- Replace the disk in db-1.\n"
TIMELINE = "\n\n## Timeline\n\n- 9:01 closed\n- 10:59 open"
A, B, DAY = "2024-05-02 09:00", "2024-05-02 11:00", "2024-05-02"


def told(document: str) -> tuple[str | None, str | None]:
    """Start and end as the document states them."""
    return ends(facts_of(document).duration)


def summary(words: str) -> str:
    return f"# The shop was closed\n\n## Summary\n\n{words}{TIMELINE}{REST}"


def opening(words: str) -> str:
    return f"# The shop was closed\n\n{words}{TIMELINE}{REST}"


def cases(*words: str) -> list[object]:
    return [pytest.param(each, id=each) for each in words]


@pytest.mark.parametrize(
    "words",
    cases(
        "was resolved at", "was fully resolved by", "ended at", "came to an end at", "was over by",
        "concluded at", "was mitigated at", "was contained at", "recovered at", "ceased at",
        "was back to normal at", "was cleared by", "subsided around", "was rectified by",
        "was finally brought under control at", "was remediated at", "lasted until",
        "continued until", "went on until", "was not resolved until",
    ),
)  # fmt: skip
def test_words_for_the_end(words: str) -> None:
    text = f"The outage started on 2 May 2024 at 9:00 UTC and {words} 11:00 UTC."
    assert told(summary(text)) == (A, B)


@pytest.mark.parametrize(
    "words",
    cases(
        "Service was restored at", "Normal service resumed at", "Everything was up again at",
        "The fix was live at", "A fix was deployed at", "We rolled back at", "We had it fixed by",
        "Users were able to log in again from", "The site came back up at",
        "The last error was seen at", "The last failures were at", "Errors were gone by",
        "We closed the incident at", "Error rates returned to baseline at",
        "The cluster regained its quorum at", "It answered again from", "Orders flowed again at",
        "The backlog was drained by", "Monitoring showed it as up at",
    ),
)  # fmt: skip
def test_words_for_the_end_in_a_sentence_of_its_own(words: str) -> None:
    text = f"The outage started on 2 May 2024 at 9:00 UTC. {words} 11:00 UTC."
    assert told(summary(text)) == (A, B)


@pytest.mark.parametrize(
    "words",
    cases(
        "The outage started at", "The incident began at", "Errors were first seen at",
        "Issues arose at", "The problem appeared at", "It all started at", "The site went down at",
        "The first alert came in at", "The degradation commenced at", "The attack hit us at",
        "The failure occurred at", "The event kicked off at", "Customers were affected from",
        "Latency started climbing at", "The first user reports came in at",
    ),
)  # fmt: skip
def test_words_for_the_start(words: str) -> None:
    assert told(summary(f"{words} 9:00 UTC on 2 May 2024 and ended at 11:00 UTC.")) == (A, B)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        pytest.param(
            "Since 9:00 UTC on 2 May 2024 logins failed. Since 11:00 UTC everything is back.",
            A, B, id="since-then-all-is-well",
        ),
        pytest.param(
            "On May 2 2024, 9:00 UTC, search broke; by 11:00 UTC it was fixed.",
            A, B, id="by-then-it-was-fixed",
        ),
        pytest.param(
            "Email delivery stopped at 9:00 UTC on 2 May 2024. Delivery resumed at 11:00 UTC.",
            A, B, id="what-stopped-was-the-service",
        ),
        pytest.param(
            "The network halted at 9:00 UTC on 2 May 2024 and was live again at 11:00 UTC.",
            A, B, id="it-halted-and-was-live-again",
        ),
        pytest.param(
            "The attack stopped at 11:00 UTC on 2 May 2024.",
            None, B, id="what-stopped-was-the-trouble",
        ),
        pytest.param(
            "Reads were slow from 9:00 UTC on 2 May 2024. Reads were restored at 10:30, "
            "writes at 11:00 UTC.",
            A, B, id="one-verb-for-two-ends",
        ),
        pytest.param(
            "On 2 May 2024 at 9:00 UTC the chain stopped. After two hours, at 11:00 UTC, it was "
            "live again.",
            A, B, id="after-so-long-at",
        ),
        pytest.param(
            "As of 9:00 UTC on May 2, 2024 all searches returned an empty page. "
            "We fixed this at 11:00 UTC.",
            A, B, id="what-a-page-returned-is-no-end",
        ),
        pytest.param(
            "Errors peaked at 9:30 UTC. They had begun at 9:00 UTC on 2 May 2024 and were gone "
            "by 11:00 UTC.",
            A, B, id="a-peak-is-no-start",
        ),
        pytest.param(
            "At 8:30 UTC on 2 May 2024 planned maintenance began. At 9:00 UTC the site went down. "
            "It came back at 11:00 UTC.",
            A, B, id="planned-work-is-no-start",
        ),
        pytest.param(
            "At 9:00 UTC on 2 May 2024 we released version 4. At 9:20 UTC checkout failed. "
            "It was fixed at 11:00 UTC.",
            A, B, id="a-release-is-one",
        ),
        pytest.param(
            "Our office hours are 8:00 to 17:00. On 2 May 2024 the site was down from 9:00 to "
            "11:00 UTC.",
            A, B, id="office-hours",
        ),
        pytest.param(
            "On 2 May 2024 the job that runs daily from 2:00 to 4:00 hung, and logins failed from "
            "9:00 to 11:00 UTC.",
            A, B, id="what-runs-daily",
        ),
        pytest.param(
            "On 2 May 2024, from around 9:00 to just after 11:00 UTC, nobody could pay.",
            A, B, id="just-after",
        ),
        pytest.param(
            "The problem failed again at 9:00 UTC on 2 May 2024.", A, None, id="failed-again"
        ),
        pytest.param(
            "Two disks on the array failed again at 9:00 UTC on 2 May 2024, and a script "
            "contained an error.",
            A, None, id="what-a-script-contained",
        ),
    ],
)  # fmt: skip
def test_which_time_is_which_end(words: str, start: str | None, end: str | None) -> None:
    assert told(summary(words)) == (start, end)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(
            "The shop failed on May 2, 2024. Customers saw errors. It began at 9:00 a.m. and was "
            "resolved by 11:00 a.m.",
            id="two-sentences-before",
        ),
        pytest.param(
            "We want to explain the outage of our shop on 2 May 2024, and say sorry.\n\n"
            "The outage started at 9:00 UTC and ended at 11:00 UTC.",
            id="in-the-paragraph-before",
        ),
        pytest.param(
            "Our card service was disrupted on Thursday 2nd May 2024.\n\nIt took a while to see "
            "why. Between 9:00 and 11:00 UTC, no cards were accepted.",
            id="with-a-sentence-between",
        ),
        pytest.param(
            "This is the report on the incident of 2 May 2024.\n\nIt started at 9:00 CET and "
            "lasted until 11:00 CET.",
            id="report-on",
        ),
        pytest.param(
            "On 2 May 2024, a disk filled up on db-1. This caused errors for all. From 9:00 to "
            "11:00 UTC nobody could sign in.",
            id="filled-up",
        ),
        pytest.param(
            "This morning, May 2, 2024, our checkout was down. Downtime began 9:00 EST and "
            "service resumed 11:00 EST.",
            id="this-morning",
        ),
        pytest.param(
            "The zone of two domains was removed on 2 May 2024. Lookups failed. Affected window: "
            "9:00 UTC to 11:00 UTC.",
            id="what-was-done-in-the-same-paragraph",
        ),
    ],
)
def test_the_day_told_before_in_the_same_part(words: str) -> None:
    assert told(opening(words)) == (A, B)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("The change deployed on 1 May 2024 broke the cache.", id="a-deployment"),
        pytest.param("The last outage happened on 1 April 2024.", id="another-outage"),
        pytest.param("A bug introduced with the release of 30 April 2024 hit us.", id="a-release"),
        pytest.param("The shop opened on 2 May 2024.\n\n", id="an-opening"),
        pytest.param("A rule was made on 2 May 2024.\n\n", id="what-was-made"),
        pytest.param("On 2 May 2024 the shop was down.\n\n## What happened\n\n", id="other-part"),
    ],
)
def test_no_day_of_something_else(words: str) -> None:
    text = f"{words} Errors began at 9:00 UTC and ended at 11:00 UTC."
    assert told(opening(text)) == ("09:00", "11:00")


@pytest.mark.parametrize(
    "line",
    cases(
        "Resolved - Posted May 12, 08:15 PST",
        "Posted May 12, 2024 - 08:15 PST",
        "Last updated: 12 May 2024, 08:15 UTC",
        "Published 2024-05-12 08:15 UTC",
        "*Posted by Ann on 12 May 2024, 08:15 UTC*",
        "**Last edited:** 12 May 2024, 10:00 UTC",
        "**Review date:** 2024-05-12 08:15 UTC",
        "Report date: 2024-05-12 08:15 UTC",
        "**Postmortem meeting:** 2024-05-12 16:00 UTC",
        "Resolved\nPosted 2 days ago. May 12, 2024 - 08:15 UTC",
        "Resolved\nMay 12, 2024 at 08:15am CEST\n\n## What happened",
    ),
)
def test_when_the_report_was_posted_is_no_end(line: str) -> None:
    text = f"{line}\n\nOn 2 May 2024 the shop could not be reached for 2 hours."
    assert told(opening(text)) == (DAY, None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(*pair, id=pair[0])
        for pair in [
            ("Start", "End"), ("Detected at", "Resolved at"), ("Time detected", "Time resolved"),
            ("Time of detection", "Time of resolution"), ("Identified", "Resolved"),
            ("Discovered", "Resolved"), ("Service lost", "Service restored"),
            ("Incident opened", "Incident closed"), ("Beginning", "End"),
            ("Failure began", "Service restored"), ("Went down", "Came back"),
        ]
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("**{}:** {}\n\n**{}:** {}", id="paragraphs"),
        pytest.param("- **{}**: {}\n- **{}**: {}\n- **Severity**: high", id="items"),
    ],
)
def test_labels_of_start_and_end(shape: str, first: str, second: str) -> None:
    text = shape.format(first, "2024-05-02 09:00 UTC", second, "2024-05-02 11:00 UTC")
    assert told(opening(text)) == (A, B)


@pytest.mark.parametrize(
    ("document", "start", "end"),
    [
        pytest.param(
            f"| Date | 2 May 2024 |\n|---|---|\n| Author | Ann |{TIMELINE}{REST}",
            DAY, None, id="a-date-in-the-head-of-a-table",
        ),
        pytest.param(
            f"| Date | What |\n|---|---|\n| soon | nothing |{TIMELINE}{REST}",
            None, None, id="a-column-named-date",
        ),
        pytest.param(
            f"## Timeline\n\n**Start:** 2024-05-02 09:00 - Errors seen.\n"
            f"2024-05-02 10:00 - Looked at it.\n**End:** 2024-05-02 11:00 - All works.{REST}",
            A, B, id="labels-among-the-events",
        ),
        pytest.param(
            f"## Timeline\n\nDuration: 2 hours (9:00 - 11:00 UTC, 2 May 2024)\n\n- 9:01 closed\n"
            f"- 10:59 open{REST}",
            A, B, id="a-length-among-the-events",
        ),
        pytest.param(
            f"## Timeline\n\nThe outage lasted from 9:00 to 11:00 UTC on 2 May 2024.\n\n"
            f"- 9:01 closed\n- 10:59 open{REST}",
            A, B, id="a-sentence-above-the-events",
        ),
        pytest.param(f"## Timeline\n\n- 9:01 closed\n- 10:59 open{REST}", None, None, id="nowhere"),
        pytest.param(
            "**Timeline:** The issue began at 9:00 UTC and was resolved at 11:00 on 2nd May 2024."
            "\n\n**Root cause:** A bad disk.",
            A, B, id="a-timeline-of-one-sentence",
        ),
        pytest.param(
            "**Summary:** The shop failed.\n\n**Preventive measures:** We will act.\n\n"
            "- **Alert:** Page on disk errors.\n\n**Timeline:** The issue began at 9:00 UTC and "
            "was resolved at 11:00 on 2nd May 2024.",
            A, B, id="a-timeline-below-the-measures",
        ),
        pytest.param(
            f"## Impact\n\nNobody could pay. The issue started on UTC-3 24-05-02 09:00 and was "
            f"found 14.5 hours later.{REST}",
            A, None, id="a-start-in-the-impact",
        ),
    ],
)  # fmt: skip
def test_where_it_is_stated(document: str, start: str | None, end: str | None) -> None:
    assert told(f"# The shop was closed\n\n{document}\n") == (start, end)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param("It was down for 93 minutes after a release.", 93, id="for-after"),
        pytest.param("It was down for 40 minutes before we rolled back.", 40, id="for-before"),
        pytest.param("It was down for 40 minutes before we noticed.", None, id="until-noticed"),
        pytest.param("Pages were stale for 20 minutes after the fix.", None, id="the-tail"),
        pytest.param("It was back 40 minutes after the release.", None, id="so-long-after"),
        pytest.param("Time to resolution was 90 minutes.", 90, id="time-to-resolution"),
    ],
)
def test_length_is_that_of_the_outage_and_no_other(words: str, minutes: int | None) -> None:
    text = summary(f"On 2 May 2024 the shop was closed. {words}")
    found = facts_of(text).duration
    assert found is not None
    assert (found.stated.minutes if found.stated else None) == minutes


def test_all_times_in_is_no_field() -> None:
    text = (
        "# Down\n\n## Timeline\n\nAll times in UTC\n\n    > ping shop\n    no answer\n\n"
        f"- 9:00 down\n- 9:30 a cache keeps names for 2 days\n- 11:00 up{REST}"
    )
    found = facts_of(text)
    assert found.duration is None
    assert found.timeline is not None
    assert len(found.timeline.events) == 3


@pytest.mark.parametrize(
    ("document", "start", "end"),
    [
        pytest.param(
            "Incident began at 2024-05-02 09:00 and ended at 2024-05-02 11:00 (all times are "
            f"UTC).\n\n## Issue summary\n\nDisks failed.{REST}",
            A, B, id="above-the-summary",
        ),
        pytest.param(
            "We want to tell you more about the disruption in the East on May 2nd, 2024. Beginning "
            f"at 9:00 AM PDT, disks failed. By 11:00 AM PDT, all had recovered.{REST}",
            A, B, id="a-letter",
        ),
        pytest.param(
            "## Postmortem\n\nVolumes were unavailable from 09:00 UTC to 11:00 UTC on 2 May 2024."
            "\n\nPosted May 03, 2024 - 10:00 UTC\n\n## Resolved\n\nThis is resolved.\n\n"
            "Posted May 02, 2024 - 11:05 UTC",
            A, B, id="a-status-page",
        ),
        pytest.param(
            "| ID | disks | Start | 2024-05-02 09:00 |\n|---|---|---|---|\n"
            f"| Task | T1 | End | 2024-05-02 11:00 |{TIMELINE}{REST}",
            A, B, id="two-labels-in-a-row",
        ),
        pytest.param(
            "| Date | Time | Duration |\n|---|---|---|\n| 2024-05-02 | 09:00 - 11:00 UTC | 2h |"
            f"{REST}",
            A, B, id="columns-of-date-and-time",
        ),
        pytest.param(
            "| Item | Detail |\n|---|---|\n| Incident date | May 2, 2024 |\n| Detected at | 09:00 "
            f"UTC |\n| Resolved at | 11:00 UTC |\n| Total duration | 2 hours |{TIMELINE}{REST}",
            A, B, id="rows-of-detection-and-resolution",
        ),
        pytest.param(
            "Downtime started: 2024-05-02 09:00 UTC\n\nDowntime ended: 2024-05-02 11:00 UTC\n\n"
            f"Total downtime: 120 minutes{REST}",
            A, B, id="downtime-ended",
        ),
        pytest.param(
            "## Detection\n\nOur alert fired at 09:10 UTC.\n\n## Impact\n\n"
            f"From 09:00 to 11:00 UTC on 2 May 2024, 30% of the customers saw errors.{REST}",
            A, B, id="the-impact-tells-more-than-the-detection",
        ),
        pytest.param(
            f"## Summary\n\nDisks failed.\n\n## Resolution\n\nIt was resolved at 11:00.{REST}",
            None, None, id="a-time-of-the-resolution",
        ),
        pytest.param(
            "## Summary\n\nVolumes failed.\n\n## Analysis\n\nA job that ran from 09:00 to 11:00 "
            f"UTC on 1 May 2024 filled the disk.{REST}",
            None, None, id="a-time-of-the-cause",
        ),
    ],
)  # fmt: skip
def test_shapes_of_documents(document: str, start: str | None, end: str | None) -> None:
    assert told(f"# Disks failed\n\n{document}\n") == (start, end)


@pytest.mark.parametrize("heading", cases("## {}", "**{}**", "{}:"))
@pytest.mark.parametrize(
    "words", cases("Timeline", "The story", "Detection and response", "How it went", "Diary")
)
@pytest.mark.parametrize(
    "entries",
    [
        pytest.param("- 9:00 down\n- 9:30 look\n- 11:00 up", id="list"),
        pytest.param(
            "| Time | What |\n|---|---|\n| 9:00 | down |\n| 9:30 | look |\n| 11:00 | up |",
            id="table",
        ),
    ],
)  # fmt: skip
def test_rows_of_times_are_a_timeline(heading: str, words: str, entries: str) -> None:
    text = f"# Down\n\n## Summary\n\nAll was down.\n\n{heading.format(words)}\n\n{entries}{REST}"
    found = facts_of(text).timeline
    assert found is not None
    assert len(found.events) == 3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("from 9:00 to 9:40 and again from 10:30 to 11:00 UTC", (A, B), id="again"),
        pytest.param("from 9:00 to 9:40, then from 10:30 to 11:00 UTC", (A, B), id="then"),
        pytest.param("in two windows: 9:00 to 9:40 UTC and 10:30 to 11:00 UTC", (A, B), id="named"),
        pytest.param("9:00-9:40, 10:00-10:10, 10:30-11:00 UTC", (A, B), id="three"),
        pytest.param(
            "from 9:00 to 9:40 and again from 9:40:30 to 11:00 UTC",
            (A, B),
            id="seconds-beside-minutes",
        ),
        pytest.param("between 9:00 and 9:40, and between 10:30 and 11:00", (A, B), id="between"),
        pytest.param("from 9:00 to 11:00 UTC (11:00 to 13:00 CEST)", (A, B), id="same-in-a-zone"),
        pytest.param("from 9:00 to 11:00 UTC, not from 12:00 to 14:00", (A, B), id="contrast"),
        pytest.param(
            "from 9:00 to 11:00 UTC, the backup ran from 11:10 to 12:00", (A, B), id="other-work"
        ),
    ],
)
def test_windows_run_from_the_first_start_to_the_last_end(
    words: str, expected: tuple[str, str]
) -> None:
    assert told(summary(f"On 2 May 2024 the shop was down {words}.")) == expected


@pytest.mark.parametrize(
    ("second", "end"),
    [
        pytest.param("From 10:00 to 11:00 UTC payments failed too.", B, id="goes-on"),
        pytest.param("Checkout was down between 9:50 and 11:00 UTC.", B, id="elsewhere"),
        pytest.param("From 9:40 to 11:00 UTC a wrong fix broke logins.", B, id="at-once"),
        pytest.param(
            "A second incident took logins down from 10:00 to 11:00 UTC.",
            f"{DAY} 09:40",
            id="second",
        ),
        pytest.param(
            "Planned maintenance made it fail from 10:00 to 11:00.", f"{DAY} 09:40", id="planned"
        ),
        pytest.param("We will meet from 10:00 to 11:00 UTC.", f"{DAY} 09:40", id="no-failure"),
        pytest.param("It was down from 19:00 to 20:00 UTC as well.", f"{DAY} 09:40", id="far-off"),
    ],
)
def test_a_later_window_in_a_sentence_of_its_own(second: str, end: str) -> None:
    text = f"On 2 May 2024 the shop was down from 9:00 to 9:40 UTC. {second}"
    assert told(summary(text)) == (A, end)


@pytest.mark.parametrize(
    "second",
    cases(
        "It was restored at 11:00 UTC.", "Service was restored at 11:00 UTC.",
        "By 11:00 UTC it had recovered.", "Orders worked again from 11:00 UTC.",
        "The problem was fixed at 11:00 UTC.",
    ),
)  # fmt: skip
def test_both_ends_in_sentences_of_the_impact(second: str) -> None:
    text = (
        "# The shop was closed\n\n## Summary\n\nOrders failed because of a bad disk.\n\n"
        f"## Impact\n\nOn 2 May 2024 at 9:00 UTC the shop went down. {second}{TIMELINE}{REST}"
    )
    assert told(text) == (A, B)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("Expected to be back by 11:00 UTC.", None, id="expected"),
        pytest.param("The ETA for recovery is 11:00 UTC.", None, id="eta"),
        pytest.param("Recovery is estimated for 11:00 UTC.", None, id="estimated"),
        pytest.param("It was back at 11:00 UTC.", B, id="over"),
        pytest.param("Later than expected, it was back at 11:00 UTC.", B, id="later"),
        pytest.param("The expected load was back at 11:00 UTC.", B, id="expected-load"),
        pytest.param("Unexpectedly it was fixed by 11:00 UTC.", B, id="unexpectedly"),
    ],
)
def test_an_end_that_was_hoped_for_is_none(said: str, expected: str | None) -> None:
    assert told(summary(f"The outage started on 2 May 2024 at 9:00 UTC. {said}")) == (A, expected)


@pytest.mark.parametrize(
    ("day", "written", "expected"),
    [
        pytest.param("November 2, 2024", "11/02/2024", "2024-11-02", id="in-words-before"),
        pytest.param("2 November 2024", "11/02/2024", "2024-11-02", id="day-first-in-words"),
        pytest.param("11 February 2024", "11/02/2024", "2024-02-11", id="the-other"),
        pytest.param("3 June 2024", "11/02/2024", "2024-02-11", id="neither"),
        pytest.param("11/25/2024", "11/02/2024", "2024-11-02", id="by-another-number"),
    ],
)
def test_a_date_in_words_tells_the_order_of_numbers(day: str, written: str, expected: str) -> None:
    text = (
        f"# The shop was closed\n\nReport of {day}.\n\n## Duration\n\n"
        f"{written} 9:00 UTC to {written} 11:00 UTC{TIMELINE}{REST}"
    )
    assert told(text) == (f"{expected} 09:00", f"{expected} 11:00")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("Start: 2024-05-02 9:00 UTC", "End: 2024-05-02 11:00 UTC", id="bare"),
        pytest.param(
            "Start: 2024-05-02 9:00 UTC - orders failed",
            "End: 2024-05-02 11:00 UTC - fixed",
            id="told",
        ),
        pytest.param(
            "Impact start time: 2024-05-02 9:00 UTC",
            "Mitigation time: 2024-05-02 11:00 UTC",
            id="times",
        ),
        pytest.param(
            "Outage start time: 2024-05-02 9:00 UTC",
            "Recovery time: 2024-05-02 11:00 UTC",
            id="recovery",
        ),
    ],
)
def test_both_ends_labelled_in_the_timeline(first: str, last: str) -> None:
    text = (
        "# The shop was closed\n\n## Summary\n\nLogins opened at 8:00 that day and failed.\n\n"
        f"## Timeline\n\n{first}\n\n9:10 UTC pager\n\n9:40 UTC reboot\n\n{last}{REST}"
    )
    assert told(text) == (A, B)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("Start date", "End date", id="dates"),
        pytest.param("Started", "Ended", id="verbs"),
        pytest.param("Incident start", "Incident end", id="nouns"),
    ],
)
def test_two_days_in_fields(first: str, last: str) -> None:
    fields = f"**{first}:** 2024-05-02\n\n**{last}:** 2024-05-03"
    assert told(opening(fields)) == (DAY, "2024-05-03")


@pytest.mark.parametrize(
    ("words", "minutes", "verdict"),
    [
        pytest.param("The review took 45 minutes.", None, None, id="a-review"),
        pytest.param("Recovery took 45 minutes.", None, None, id="a-step"),
        pytest.param("For 45 minutes nobody could log in.", None, None, id="an-effect"),
        pytest.param("During the outage the queue was down for an hour.", None, None, id="a-part"),
        pytest.param("In the 20 minutes before, load was in the 90s.", None, None, id="before-it"),
        pytest.param("All in all it took two hours.", 120, None, id="it-agrees"),
        pytest.param("The outage lasted three hours.", 180, "mismatch", id="the-outage"),
        pytest.param("The site was down for three hours.", 180, "mismatch", id="the-site"),
        pytest.param(
            "In total that makes three hours of downtime.", 180, "mismatch", id="in-total"
        ),
    ],
)
def test_a_length_beside_the_window_is_compared_where_it_is_the_incident_s(
    words: str, minutes: int | None, verdict: str | None
) -> None:
    text = summary(f"The shop was closed from 9:00 to 11:00 UTC on 2 May 2024. {words}")
    found = facts_of(text).duration
    assert found is not None
    assert (found.stated.minutes if found.stated else None, found.verdict) == (minutes, verdict)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param("After running fine for nineteen days, it failed.", None, id="before-it"),
        pytest.param("We had planned an hour of downtime, and it failed.", None, id="planned"),
        pytest.param("Lag had a maximum of 4 hours.", None, id="a-maximum"),
        pytest.param("It failed, and was repaired within a 9 hour period.", 540, id="a-period"),
        pytest.param("It took five hours before the shop was open again.", 300, id="took-before"),
        pytest.param("We had 90 minutes of trouble.", 90, id="trouble"),
    ],
)
def test_which_lengths_are_of_the_incident(words: str, minutes: int | None) -> None:
    found = facts_of(summary(f"On 2 May 2024 the shop was closed. {words}")).duration
    assert found is not None
    assert (found.stated.minutes if found.stated else None) == minutes


@pytest.mark.parametrize(
    "words",
    cases(
        "The shop was down on Wednesday afternoon.",
        "The shop stopped working on Friday night, Eastern time.",
        "In the early hours of Sunday the shop went down.",
        "On Tuesday evening the storage failed, and it stayed so until breakfast.",
    ),
)  # fmt: skip
def test_a_part_of_a_day_says_when_without_a_clock(words: str) -> None:
    found = facts_of(f"# The shop was closed\n\n## Summary\n\n{words}{TIMELINE}{REST}").duration
    assert found is not None
    assert (found.start, found.end, found.verdict) == (None, None, "no-times")


@pytest.mark.parametrize(
    ("head", "words"),
    [
        pytest.param(
            "# Shop closed\n\n_Written by Ana on 2 May 2024_",
            "The shop was closed this morning, from 9:00 to 11:00.",
            id="this-morning",
        ),
        pytest.param(
            "# Shop closed\n\nPosted on 2 May 2024",
            "Earlier today the shop was closed, from 9:00 to 11:00.",
            id="today",
        ),
    ],
)
def test_the_day_of_the_posting(head: str, words: str) -> None:
    assert told(f"{head}\n\n{words}{TIMELINE}{REST}") == (A, B)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("The shop was closed from 9:00 to 11:00.", id="of-no-day"),
        pytest.param(
            "Yesterday we moved. Today the shop was closed from 9:00 to 11:00.", id="of-two-days"
        ),
    ],
)
def test_no_day_of_the_posting(words: str) -> None:
    head = "# Shop closed\n\n_Written by Ana on 2 May 2024_"
    assert told(f"{head}\n\n{words}{TIMELINE}{REST}") == ("09:00", "11:00")


@pytest.mark.parametrize(
    ("heading", "start", "end"),
    [
        pytest.param("## 2 May 2024, 9:00 UTC (lasting two hours)", A, None, id="and-length"),
        pytest.param("## Closed 2 May 2024, 9:00 - 11:00 UTC", A, B, id="range"),
        pytest.param("## Closed on 2 May 2024", None, None, id="a-day-alone"),
    ],
)
def test_a_heading_that_says_when(heading: str, start: str | None, end: str | None) -> None:
    text = f"# Shop report\n\n{heading}\n\nThe disk of db-1 failed and nobody could buy.{REST}"
    assert told(text) == (start, end)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            "At 9:00 UTC on 2 May 2024 the shop failed. It was back at 11:00 UTC. All orders "
            "placed between 8:30 and 9:00 UTC are lost.",
            (A, B),
            id="orders-between",
        ),
        pytest.param(
            "Mail was down from 9:00 until 11:00 UTC on 2 May 2024. Support is open from 12:00 to "
            "18:00 UTC.",
            (A, B),
            id="what-was-down-between",
        ),
        pytest.param(
            "At 9:00 UTC on 2 May 2024 the host that keeps every finished order froze. It was back "
            "at 11:00 UTC.",
            (A, B),
            id="finished-orders",
        ),
        pytest.param(
            "The shop failed on 1 May 2024. It was restored on 2 May 2024 at 11:00 UTC.",
            ("2024-05-01", B),
            id="a-day-and-an-end",
        ),
        pytest.param(
            "Starting at 9:00 UTC on 2 May 2024 orders were queued, and by 11:00 UTC all queues "
            "were clear.",
            (A, B),
            id="clear",
        ),
        pytest.param(
            "The shop failed between 9.00 and 11.00 UTC on 2 May 2024.", (A, B), id="points"
        ),
        pytest.param("The shop failed on May 2, 2024, 9:00a-11:00a ET.", (A, B), id="a-for-am"),
        pytest.param(
            "The outage was detected at 9:30 UTC on 2 May 2024, having begun at 9:00 UTC; it ended "
            "at 11:00 UTC.",
            (A, B),
            id="begun-before-it-was-seen",
        ),
        pytest.param(
            "At 9:00 UTC on 2 May 2024 the shop began to fail; at 11:00 UTC it was healthy again.",
            (A, B),
            id="behind-a-semicolon",
        ),
        pytest.param(
            "We noticed on 2 May 2024 at 10:00 UTC that exports had been failing since 1 May 2024, "
            "2:00 UTC. They work again as of 11:00 UTC.",
            ("2024-05-01 02:00", B),
            id="failing-since-the-day-before",
        ),
        pytest.param(
            "In the night of 2 May 2024 the shop failed. Mails that were accepted by the old host "
            "between 9:00 and 9:30 could not be recovered.",
            (DAY, None),
            id="what-was-lost-alone",
        ),
    ],
)
def test_which_of_several_windows(words: str, expected: tuple[str, str]) -> None:
    assert told(opening(words)) == expected


def test_the_zone_of_a_column() -> None:
    text = opening(
        "| Start (UTC) | End (UTC) | What |\n|---|---|---|\n"
        "| 2024-05-02 09:00 | 2024-05-02 11:00 | shop |"
    )
    found = facts_of(text).duration
    assert found is not None
    assert found.zone is not None
    assert found.zone.text == "UTC"


def test_a_day_in_the_label_of_two_windows() -> None:
    text = opening("Orders failed twice on 2 May 2024: 9:00 to 9:20 UTC and 10:30 to 11:00 UTC.")
    assert told(text) == (A, B)


def test_who_wrote_when_is_no_start() -> None:
    text = "# Shop closed\n\n_Lea Roth, 6 May 2024, 8:00 AM_\n\nIt was down for an hour."
    found = facts_of(f"{text}{TIMELINE}{REST}").duration
    assert found is not None
    assert (found.start, found.verdict) == (None, "no-times")


def test_no_day_of_the_title() -> None:
    text = f"# Shop closed, 2 May 2024\n\nIt was closed from 9:00 to 11:00.{TIMELINE}{REST}"
    assert told(text) == ("09:00", "11:00")


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        pytest.param("Total downtime came to 3 hours and 5 minutes.", 185, id="came-to"),
        pytest.param("It was a two-and-a-half-hour outage.", 150, id="hyphens"),
        pytest.param("After 26 minutes of 503s the old shop was back.", 26, id="of-errors"),
        pytest.param("The shop flapped for 2 hours before it was stable.", 120, id="before-stable"),
        pytest.param("It went dark and stayed so for the next two hours.", 120, id="the-next"),
    ],
)
def test_a_length_in_other_words(words: str, minutes: int) -> None:
    found = facts_of(summary(words)).duration
    assert found is not None
    assert found.stated is not None
    assert round(found.stated.minutes) == minutes


def test_a_part_of_the_window_is_not_its_length() -> None:
    words = f"Degraded from {A} to 11:00 UTC, of which 12 minutes were a full outage."
    found = facts_of(summary(words)).duration
    assert found is not None
    assert found.verdict is None


def test_the_zone_told_before_in_the_paragraph() -> None:
    words = "At 9:00 UTC on 2 May 2024 the disk failed. From 9:00 until 11:00 nobody could pay."
    found = facts_of(summary(words)).duration
    assert found is not None
    assert found.verdict is None
    assert told(summary(words)) == (A, B)


@pytest.mark.parametrize(
    ("field", "minutes"),
    [
        pytest.param("**Downtime (minutes):** 94", 94, id="unit in brackets"),
        pytest.param("- Minutes of downtime: 94", 94, id="unit first"),
        pytest.param("- Downtime in minutes: ~94", 94, id="unit last"),
        pytest.param("- Outage length (hours): 2", 120, id="hours"),
        pytest.param("| Metric | Value |\n|---|---|\n| Downtime (min) | 94 |", 94, id="row"),
        pytest.param("**Downtime:** 94", None, id="no unit"),
        pytest.param("- Outage (hours): none", None, id="no number"),
    ],
)
def test_a_label_may_name_the_unit_of_its_number(field: str, minutes: int | None) -> None:
    duration = facts_of(summary(f"The shop was closed.\n\n{field}")).duration
    stated = duration.stated if duration else None
    assert (stated.minutes if stated else None) == minutes
