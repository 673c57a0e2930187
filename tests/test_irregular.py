"""Whole write-ups in irregular forms: status pages, mails, stories, chronicles, statements."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from harness import facts_of

from pmlint.facts import Point, Postmortem


def line(found: Postmortem, offset: int) -> int:
    return found.source.line_index(offset) + 1


def told(point: Point | None) -> str | None:
    """``05-02 10:05``, or the part of it that is told."""
    if point is None:
        return None
    day = f"{point.date.month:02}-{point.date.day:02}" if point.date else ""
    clock = f"{point.clock.hour:02}:{point.clock.minute:02}" if point.clock else ""
    return f"{day} {clock}".strip()


def window(found: Postmortem) -> tuple[str | None, str | None] | None:
    if found.duration is None:
        return None
    return told(found.duration.start), told(found.duration.end)


def events(found: Postmortem) -> list[tuple[int, str]]:
    timeline = found.timeline
    if timeline is None:
        return []
    return [
        (line(found, each.extent.start), f"{each.clock.hour:02}:{each.clock.minute:02}")
        for each in timeline.events
        if each.clock
    ]


def tasks(found: Postmortem) -> list[int]:
    return [line(found, each.extent.start) for each in found.tasks.items] if found.tasks else []


HEADED_POSTS = """\
# Errors in the invoice service

## Resolved

2024-03-08 11:42 UTC

Error rates are back to normal.

## Monitoring

2024-03-08 11:05 UTC

The faulty release is rolled back.

## Identified

2024-03-08 10:31 UTC

A release broke the token check for 12% of the calls.
"""
BOLD_POSTS = """\
# Delays in message delivery

**Resolved** - All queues are empty.
May 12, 16:40 UTC

**Monitoring** - A fix has been rolled out.
May 12, 15:55 UTC

**Investigating** - Nobody receives any mail.
May 12, 14:50 UTC
"""
DUMPED_POSTS = """\
# Login problems

Resolved
This incident has been resolved.
Posted 4 days ago. Jul 03, 2023 - 18:22 CEST

Update
Logins work again for everybody.
Posted 4 days ago. Jul 03, 2023 - 17:58 CEST

Investigating
Nobody can log in at the moment.
Posted 4 days ago. Jul 03, 2023 - 17:31 CEST
"""
NUMBERED_UPDATES = """\
# Wiki, forum and file server

**UPDATE 2 (21:25 CET)**: The technician is on site.

**UPDATE (20:40 CET)**: Still down.

**20:15 CET**: All of our services are unreachable.

UPDATE 8 Jan 22:10 CET - everything is up again.
"""
TIMED_UPDATES = """\
# Parcel labels lost

**Update 14:40 UTC**: Labels are printed again.

**Update 13:40 UTC**: The queue is being emptied.

**Update 13:25 UTC**: The depot told us that no label comes out.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HEADED_POSTS, [(5, "11:42"), (11, "11:05"), (17, "10:31")], id="headings"),
        pytest.param(BOLD_POSTS, [(3, "16:40"), (6, "15:55"), (9, "14:50")], id="bold"),
        pytest.param(DUMPED_POSTS, [(3, "18:22"), (7, "17:58"), (11, "17:31")], id="plain-lines"),
        pytest.param(
            NUMBERED_UPDATES,
            [(3, "21:25"), (5, "20:40"), (7, "20:15"), (9, "22:10")],
            id="numbered-updates",
        ),
        pytest.param(TIMED_UPDATES, [(3, "14:40"), (5, "13:40"), (7, "13:25")], id="timed-updates"),
    ],
)
def test_the_posts_of_a_status_page_are_its_events(
    text: str, expected: list[tuple[int, str]]
) -> None:
    found = facts_of(text)
    assert found.absence is None
    assert events(found) == expected


@pytest.mark.parametrize("text", [HEADED_POSTS, BOLD_POSTS, DUMPED_POSTS])
def test_a_page_that_grows_at_its_top_is_in_order(text: str) -> None:
    timeline = facts_of(text).timeline
    assert timeline is not None
    assert timeline.disorder == ()


def test_the_moments_of_a_page_that_grows_at_its_top_fall() -> None:
    timeline = facts_of(HEADED_POSTS).timeline
    assert timeline is not None
    moments = [event.at.isoformat() for event in timeline.events if event.at]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == 3


def test_two_entries_that_fall_are_out_of_order() -> None:
    timeline = facts_of(
        "# A\n\n## Timeline\n\n- 10:30 UTC b\n- 10:05 UTC a\n- 11:00 UTC c\n"
    ).timeline
    assert timeline is not None
    assert len(timeline.disorder) == 1


@pytest.mark.parametrize("text", [HEADED_POSTS, BOLD_POSTS, DUMPED_POSTS, NUMBERED_UPDATES])
def test_when_a_post_was_written_is_not_when_the_incident_ran(text: str) -> None:
    assert facts_of(text).duration is None


def test_a_post_that_tells_both_ends_states_them() -> None:
    more = "\nFrom 10:04 to 10:58 UTC 12% of the calls failed.\n"
    text = HEADED_POSTS.replace("\nError rates are back to normal.\n", more)
    assert window(facts_of(text)) == ("10:04", "10:58")


def test_the_names_of_states_are_no_parts() -> None:
    roles = {role for section in facts_of(HEADED_POSTS).sections for role in section.roles}
    assert roles == {"title"}


def test_two_posts_around_a_write_up_are_no_timeline() -> None:
    found = facts_of(
        "# Builds queued\n\n**Resolved**\nJun 26 at 09:40 CEST\n\n"
        "## Post-mortem\n\nOn 23 June at 17:21 CEST builds stopped for everybody.\n\n"
        "**Updated**\nJun 24 at 04:20 CEST\n\nThe platform is relaunched.\n"
    )
    assert found.timeline is None


class Account(NamedTuple):
    """What a text without a heading over its events should be read as."""

    text: str
    events: list[tuple[int, str]]
    window: tuple[str | None, str | None] | None


CHRONICLES = {
    "dated-mail": Account(
        "# [announce] mirror list down\n\n"
        "At 06:20 UTC 2019-04-13 an update took the mirror list down for all clients.\n\n"
        "By 08:32 UTC I undid it.\n\n"
        "By 08:41 UTC services were returning to normal.\n",
        [(3, "06:20"), (5, "08:32"), (7, "08:41")],
        ("04-13 06:20", None),
    ),
    "undated": Account(
        "**Outage information**\n\n"
        "Today around 6:55am our probes lost packets.\n\n"
        "At 8:10am all connectivity was lost.\n\n"
        "At 9:00am the spare line stepped in.\n\n"
        "At 9:45am a crew was sent.\n",
        [(3, "06:55"), (5, "08:10"), (7, "09:00"), (9, "09:45")],
        None,
    ),
    "bare-clocks-below-prose": Account(
        "# Power blackout\n\nService was restored at 04:02 UTC.\n\n"
        "01:26 - Power fails\n03:24 - Batteries low\n04:02 - Power restored\n\n"
        "It was a long night.\n",
        [(5, "01:26"), (6, "03:24"), (7, "04:02")],
        (None, "04:02"),
    ),
    "list-behind-prose": Account(
        "# Upload queue\n\nUploads were rejected on 2017-02-08 from 14:00 UTC to 18:20 UTC.\n\n"
        "* 14:02 Maintenance began\n* 15:25-17:40: Search for the cause\n* Gerd reverts it\n"
        "* 18:20 back to normal\n\nThings that went badly:\n\n* no central logging\n",
        [(5, "14:02"), (6, "15:25"), (8, "18:20")],
        ("02-08 14:00", "02-08 18:20"),
    ),
    "announced-list": Account(
        "# Storage failure on Wednesday\n\nMail failed. How events unfolded is given below:\n\n"
        "* Soon after the till failed at 2.52pm on Wednesday, a team was formed.\n"
        "* The till was recovered at around 1.15am on Thursday.\n"
        "* By 7.45am on Thursday mail was working.\n* Deadlines were extended.\n",
        [(5, "14:52"), (6, "01:15"), (7, "07:45")],
        None,
    ),
    "headings-that-are-times": Account(
        "# Parcel labels lost\n\nNo label was printed on 4 April 2023.\n\n"
        "### 13:10 UTC\n\nThe spooler stops.\n\n### 13:25 UTC\n\nThe depot calls us.\n\n"
        "### 14:40 UTC\n\nLabels are printed again.\n\n## Root cause\n\nA full queue.\n",
        [(5, "13:10"), (9, "13:25"), (13, "14:40")],
        ("04-04", None),
    ),
    "headings-of-times-and-words": Account(
        "# Parcel labels lost at 13:10\n\n## 13:10 UTC: the spooler stops\n\nIt was full.\n\n"
        "## At 13:25 UTC we are called\n\n- by the depot\n- by two drivers\n\n"
        "## 14:40 UTC – resolved\n\nLabels are printed again.\n\nThe queue was too short.\n",
        [(3, "13:10"), (7, "13:25"), (12, "14:40")],
        None,
    ),
    "windows-are-no-events": Account(
        "# Router outages\n\nCustomers of router 4 were down on these occasions:\n"
        "March 3, 2011: 7:20am - 10:52am (3 hours and 32 minutes)\n"
        "March 6, 2011: 2:58am - 9:40am (6 hours and 42 minutes)\n"
        "March 9, 2011: 1:00am - 2:00am (1 hour)\n",
        [],
        ("03-03 07:20", "03-03 10:52"),
    ),
}


@pytest.mark.parametrize("account", CHRONICLES.values(), ids=CHRONICLES.keys())
def test_events_may_stand_below_no_heading(account: Account) -> None:
    found = facts_of(account.text)
    assert events(found) == account.events
    assert window(found) == account.window
    assert not any("timeline" in section.roles for section in found.sections)


@pytest.mark.parametrize(
    "byline",
    [
        pytest.param("*Published April 6, 2023 at 8:00 AM by Lea*", id="published"),
        pytest.param("_Lea Roth, 6 April 2023, 8:00 AM_", id="name"),
        pytest.param("Lea Roth, 6 April 2023, 8:00 AM", id="name-without-marks"),
        pytest.param("Last updated: April 6, 2023 at 8:00 AM.", id="sentence"),
    ],
)
def test_when_the_account_was_written_is_no_event_of_it(byline: str) -> None:
    found = facts_of(
        f"# Parcel labels lost\n\n{byline}\n\nAt 1:10 PM UTC on April 4 no label came out.\n\n"
        "At 1:25 PM the depot called us.\n\nAt 2:40 PM labels were printed again.\n"
    )
    assert events(found) == [(5, "13:10"), (7, "13:25"), (9, "14:40")]


def test_a_sentence_above_the_entries_that_tells_a_clock_is_one() -> None:
    found = facts_of(
        "# Parcel labels lost\n\nThe spooler stopped at 1:10 PM UTC on April 4.\n\n"
        "At 1:25 PM the depot called us.\n\nAt 1:50 PM we saw the queue.\n\n"
        "At 2:40 PM labels were printed again.\n"
    )
    assert events(found) == [(3, "13:10"), (5, "13:25"), (7, "13:50"), (9, "14:40")]


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["paragraph", "line"])
@pytest.mark.parametrize(
    "heading", [pytest.param("", id="chronicle"), pytest.param("## Timeline\n\n", id="timeline")]
)
def test_what_stands_below_a_clock_on_its_own_is_its_event(heading: str, between: str) -> None:
    told = [
        ("**13:10 UTC**", "The spooler stops."),
        ("**13:25 UTC**", "The depot calls us. Nobody prints."),
        ("**14:40 UTC**", "It is resolved: labels come out."),
    ]
    entries = "\n\n".join(f"{time}{between}{words}" for time, words in told)
    found = facts_of(f"# Parcel labels lost\n\nNo label was printed.\n\n{heading}{entries}\n")
    assert found.timeline is not None
    assert [event.text for event in found.timeline.events] == [words for _, words in told]
    assert found.timeline.events[-1].kind == "resolved"


def test_the_text_below_a_heading_tells_what_its_few_words_leave_open() -> None:
    found = facts_of(
        "# Parcel labels lost\n\n## 13:10 UTC: spooler\n\nThe queue is full.\n\n"
        "## 13:25 UTC: call\n\nAn alert paged Lea.\n\n## 14:40 UTC: over\n\nIt is resolved.\n"
    )
    assert found.timeline is not None
    assert [event.kind for event in found.timeline.events] == [None, "detected", "resolved"]
    assert found.timeline.events[-1].text == "over"


def test_a_closing_paragraph_belongs_to_no_clock_above_it() -> None:
    found = facts_of(
        "# Parcel labels lost\n\nNo label was printed.\n\n**13:10 UTC**\n\nThe spooler stops.\n\n"
        "**13:25 UTC**\n\nThe depot calls us.\n\n**14:40 UTC**\n\nIt prints again.\n\n"
        "The queue was too short for the season.\n"
    )
    assert found.timeline is not None
    assert found.timeline.events[-1].text == "It prints again."


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        pytest.param(
            "On 14 May at 06:52 UTC a node failed and customer servers were down.\n\n"
            "The rebuild took long, but at about 08:31 the node was back.\n\n"
            "Alas, at 11:20 on the following day, 15 May, the same drives failed.\n\n"
            "Engineers left them out, and at 12:41 service was restored.\n\n"
            "In total these two outages took roughly three hours.\n",
            ("05-14 06:52", "05-14 08:31"),
            id="the-next-day-again",
        ),
        pytest.param(
            "The first outage began at 21:15 UTC on 2 June and ended at 22:40 UTC. The second one"
            " began at 03:05 UTC on 3 June and ended at 03:50 UTC.\n",
            ("06-02 21:15", "06-02 22:40"),
            id="the-second-one",
        ),
        pytest.param(
            "**First outage (April 24 – April 26):** On April 24 at 4:10 EDT a pump failed. All"
            " nodes were back at 11:30 on April 26.\n\n"
            "**Second outage (May 17 – May 20):** On May 17 the hall lost power at 21:02.\n",
            ("04-24 04:10", "04-26 11:30"),
            id="days-in-brackets",
        ),
    ],
)
def test_of_several_outages_the_first_is_read(
    story: str, expected: tuple[str | None, str | None]
) -> None:
    found = facts_of(f"# Two outages of the node\n\n{story}")
    assert window(found) == expected
    assert found.duration is not None
    assert found.duration.verdict != "mismatch"


@pytest.mark.parametrize(
    "line",
    [
        "_Filed under: Announcements — Ana Lind @ 3:00 pm, May 28, 2019_",
        "*Ana Lind · Thu Oct 8 16:52:11 UTC 2015*",
        "**Post by Ana (Head Developer) » Nov 9th 2018 08:12**",
    ],
)
def test_a_line_that_names_who_wrote_and_when_dates_no_incident(line: str) -> None:
    text = f"# Server outage\n\n{line}\n\nThe portal was down from 21:52 CET to 22:45 CET.\n"
    assert window(facts_of(text)) == ("21:52", "22:45")


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param("From 15:00 to 17:00 UTC on 18 June 2024 mail was down.", id="day-behind"),
        pytest.param("Between 15:00 and 17:00 UTC on 18 June 2024 mail was down.", id="between"),
        pytest.param("15:00-17:00 UTC, 18 June 2024: mail was down.", id="range-first"),
        pytest.param(
            "At 15:00 UTC on 18 June 2024 mail went down. It was restored at 17:00 UTC.",
            id="two-sentences",
        ),
        pytest.param(
            "On 18 June 2024 at 15:00 UTC mail went down.\nIt was restored at 17:00 UTC.",
            id="wrapped",
        ),
    ],
)
def test_the_opening_of_an_account_states_when_it_was(opening: str) -> None:
    text = f"""\
# Mail relay down

{opening}

15:05 The pager went off and Kim looked.

15:20 The disk was found full of logs.

17:00 UTC The relay was back.
"""
    assert window(facts_of(text)) == ("06-18 15:00", "06-18 17:00")


def test_a_letter_quoted_behind_the_timeline_states_duration_and_impact() -> None:
    found = facts_of(
        "# A day to forget\n\nWe moved our service to new servers and learned a lot.\n\n"
        "## Timeline\n\n- 8:20 GMT we see it\n- 8:45 GMT we tell it\n\nThis is what we sent:\n\n"
        "> Dear customer,\n>\n"
        "> from 1:00 GMT until 8:40 GMT today people of 23 customer accounts could not sign in.\n"
    )
    assert window(found) == ("01:00", "08:40")
    assert found.impact is not None
    assert [figure.text for figure in found.impact.figures] == ["23 customer accounts"]


def test_what_others_are_quoted_with_states_nothing() -> None:
    found = facts_of(
        "# Uplink lost\n\nAll servers were unreachable on 22 January 2014.\n\n## Timeline\n\n"
        "- 8:20 GMT we see it\n\n> 41. From 9:00 to 17:00 we credit 10% of the monthly fee.\n"
    )
    assert window(found) == ("01-22", None)
    assert found.impact is not None
    assert found.impact.figures == ()


def test_a_lone_day_below_the_title_is_that_of_the_report() -> None:
    found = facts_of("# Storage failure\n\n26 Nov 2012\n\nThe storage failed, and mail with it.\n")
    assert found.duration is None


def test_a_length_that_sums_up_counts_wherever_it_is_told() -> None:
    found = facts_of(
        "# Our name was locked\n\nAll our services went down.\n\n"
        "## Verification\n\nAll in all our readers were without a wiki for about 5 hours.\n"
    )
    assert found.duration is not None
    assert found.duration.stated is not None
    assert found.duration.stated.minutes == 300


@pytest.mark.parametrize(
    "closing",
    [
        "We will add a check that warns 14 days before any certificate runs out.",
        "The limiter will fetch the size of the pool once a minute.",
        "A radio link up the hill is being ordered.",
        "We have deleted the script. Failover will be done by hand until the new tool is there.",
        "There is now a limit per job. Next up: put the schedulers on hosts of their own.",
        "We are considering changes to the arrays that would make them sturdier.",
        "The generator now refuses to publish. The file systems are now checked from two places.",
        "We should look at search times more often.",
    ],
)
def test_measures_may_stand_in_the_last_paragraphs(closing: str) -> None:
    found = facts_of(
        "# Mail outage\n\nMail failed for all users on 3 May from 10:00 to 11:00 UTC.\n\n"
        f"A certificate had run out and nobody was told.\n\n{closing}\n\nSorry for the trouble.\n"
    )
    assert tasks(found) == [7]


@pytest.mark.parametrize(
    "closing",
    [
        "We will credit all customers with one month of hosting.",
        "We'll keep you informed here.",
        "You will see a short gap in your graphs.",
        "A full report will follow as soon as possible.",
        "There will be no further transfer this week.",
        "We have restored the service.",
        "If you have any questions, please reply to the ticket.",
        "The building is on generator and it will stay so.",
        "We would have noticed it sooner with a better graph.",
    ],
)
def test_what_is_promised_or_wished_is_no_measure(closing: str) -> None:
    found = facts_of(
        "# Mail outage\n\nMail failed for all users on 3 May from 10:00 to 11:00 UTC.\n\n"
        f"A certificate had run out and nobody was told.\n\n{closing}\n\nBest regards, Ana\n"
    )
    assert tasks(found) == []


def test_a_list_of_which_one_item_is_a_measure_is_taken_whole() -> None:
    found = facts_of(
        "# Game servers\n\nAll servers were down on 3 May from 21:52 to 23:10 CET.\n\n"
        "The host swapped a power unit. From our side:\n\n"
        "- hourly snapshots of the databases\n- ask the host for a contact\n"
        "- wars will be paused automatically after a restart\n- better planning\n"
    )
    assert tasks(found) == [7, 8, 9, 10]


def test_letters_in_brackets_mark_measures() -> None:
    found = facts_of(
        "# Disruption of trains\n\nNo trains ran on 9 July 2019 from 17:18 to 18:42 CEST.\n\n"
        "**Measures**\n\n5. The company will:\n\n(a) replace all 46 joints;\n\n"
        "(b) check the fuses of all breakers; and\n\n(c) ask staff for vigilance.\n\n"
        "6. Riders can claim their fare for 14 days.\n"
    )
    assert tasks(found) == [9, 11, 13]


@pytest.mark.parametrize(
    "label",
    ["What happens now", "**What we are doing**", "Post event actions", "What will change"],
)
def test_a_label_before_prose_announces_measures(label: str) -> None:
    found = facts_of(
        "# List server outage\n\nNo list worked on 3 May from 10:00 to 11:00 UTC.\n\n"
        f"{label}: the old host gets retired and both lists move to a pair of machines.\n"
    )
    named = [section for section in found.sections if "corrective" in section.roles]
    assert [line(found, section.extent.start) for section in named] == [5]


def test_what_was_done_to_prevent_it_is_no_repair() -> None:
    found = facts_of(
        "# How I lost invoices\n\nOn 6 September from 10:00 to 12:00 CET 86 invoices were gone.\n\n"
        "What I did to prevent such losses in the future:\n\n"
        "1. Changed the server config, so that the user can't delete files.\n"
        "2. Backups are taken every hour.\n"
    )
    assert tasks(found) == [7, 8]
    assert not any("resolution" in section.roles for section in found.sections)


@pytest.mark.parametrize(
    "words",
    ["**Thanks for hanging in there**", "**We apologize for the downtime**"],
)
def test_thanks_and_pardon_head_no_measures(words: str) -> None:
    found = facts_of(
        "## Downtime on Monday\n\nAll products were offline from 18:25 CST on 12 February.\n\n"
        f"{words}\n\nWe will work hard to move the mail servers to a second provider.\n"
    )
    assert not any("corrective" in section.roles for section in found.sections)


def test_a_label_of_trouble_before_a_window_states_the_duration() -> None:
    found = facts_of(
        "# Report on the storage outage\n\n"
        "Service disruption: Saturday, Oct. 15, 2:10 a.m. to Tuesday, Oct. 18, 9:45 p.m.\n\n"
        "## Overview\n\nOn Saturday around 3:00 p.m. the array was stable.\n"
    )
    assert window(found) == ("10-15 02:10", "10-18 21:45")
    assert any("duration" in section.roles for section in found.sections)


def test_opened_and_closed_beside_a_length_are_the_ends() -> None:
    found = facts_of(
        "# Post-incident summary\n\nIncident: INC-2231\nOpened: 14 Jun 2024 22:05 CEST\n"
        "Closed: 15 Jun 2024 01:40 CEST\nDuration: 3h 35m\nCustomers impacted: 18,240\n\n"
        "What happened: After patching the store came up read-only.\n\n"
        "Why it happened: The mount option was changed by hand.\n"
    )
    assert found.absence is None
    assert window(found) == ("06-14 22:05", "06-15 01:40")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "# How we do incident reviews\n\nWhen something breaks, the lead writes a review.\n\n"
            'It tells what happened. For example: "From 10:00 to 11:30 UTC 5% of logins failed."\n',
            id="how-we-do",
        ),
        pytest.param(
            "# Reading incident reports\n\nUnderstand how we communicate.\n\n"
            "## Example timeline\n\n**08:20 UTC – Investigating**\n\nWe see slow sites.\n\n"
            "**08:41 UTC – Identified**\n\nA switch has failed.\n\n"
            "**09:50 UTC – Resolved**\n\nAll services have been restored.\n",
            id="reading",
        ),
        pytest.param(
            "# Guide to our status page\n\nEach incident has a state:\n\n"
            "- Investigating - we know that something is wrong\n- Resolved - it works again\n\n"
            'Example: "Mar 4, 10:20 UTC - Resolved. The API answers normally."\n',
            id="guide",
        ),
    ],
)
def test_a_page_that_teaches_tells_no_incident(text: str) -> None:
    absence = facts_of(text).absence
    assert absence is not None
    assert absence.kind == "article"


def test_a_story_whose_title_begins_like_a_guide_is_one() -> None:
    found = facts_of(
        "# How we handle incidents: the outage of 3 May 2024\n\n"
        "On 3 May 2024 from 10:00 to 11:30 UTC 5% of logins failed. A disk was full.\n"
    )
    assert found.absence is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "At 8:28am CET one of the back end hosts froze. It held on to all it had, which took "
            "the site down at 8:34am. The site came back at 8:52am.",
            ("08:34", "08:52"),
            id="the site went down later",
        ),
        pytest.param(
            "Around 4 a.m. on Dec. 2 the wireless went down. Sam worked until around 5:30 p.m. to "
            "restore it in all halls.",
            ("12-02 04:00", "12-02 17:30"),
            id="a month cut short",
        ),
        pytest.param(
            "Our carrier moved a cable last night. We were told that there would be a loss of up "
            "to one hour between 1:00am and 6:00am, 13 October. It turns out that our line went "
            "down at about 1:15am and did not come back until 6:44am.",
            ("01:15", "06:44"),
            id="the planned window is another",
        ),
        pytest.param(
            "At midnight on 1 January 2022 the numbering of invoices stopped.",
            ("01-01 00:00", None),
            id="what stopped was the service",
        ),
        pytest.param(
            "The errors of the shop stopped at 10:40.", (None, "10:40"), id="the trouble stopped"
        ),
    ],
)
def test_a_story_tells_when_it_began_and_ended(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    assert window(facts_of(f"# What happened\n\n{text}\n")) == expected


def test_a_heading_tells_how_long_it_took() -> None:
    found = facts_of(
        "# Availability in July 2024\n\n## July 13 00:01 UTC (lasting 19 hours and 26 minutes)\n\n"
        "On July 13, between 00:01 and 19:27 UTC, 3% of the completions failed.\n"
    )
    assert window(found) == ("07-13 00:01", "07-13 19:27")
    assert found.duration is not None
    assert found.duration.stated is not None
    assert found.duration.stated.minutes == 1166


def test_a_remark_names_the_zone_of_all_times() -> None:
    found = facts_of(
        "# Club server\n\n(Everything in Pacific time.)\n\nFrom 5:51pm on May 18, 2019 to 11:28am "
        "on May 22 nobody could log in.\n"
    )
    assert found.duration is not None
    assert found.duration.zone is not None


def test_the_range_of_the_impact_counts_where_two_sentences_tell_the_same() -> None:
    found = facts_of(
        "# Names failed\n\n## Service impact\n\nBetween 2023-06-02 00:53 and 04:12 (UTC) 40 "
        "customers were without names.\n\n## Incident summary\n\nAt 00:53 we moved to another "
        "host. At 04:12 all names were restored.\n"
    )
    assert window(found) == ("06-02 00:53", "06-02 04:12")
    assert found.duration is not None
    assert found.duration.zone is not None


@pytest.mark.parametrize(
    ("opening", "verdict"),
    [
        pytest.param("Yesterday the shop was offline for many of you.", "no-times", id="day"),
        pytest.param("The host died over the weekend.", "no-times", id="weekend"),
        pytest.param("Yesterday was a long day for us.", None, id="no failure"),
        pytest.param("The shop was offline for many of you.", None, id="no day"),
    ],
)
def test_a_day_that_only_the_author_knows_says_when(opening: str, verdict: str | None) -> None:
    found = facts_of(f"# Trouble in the shop\n\n{opening}\n\n## Root cause\n\nA full disk.\n")
    assert (found.duration.verdict if found.duration else None) == verdict


def test_resolved_over_the_words_of_a_post_is_no_end() -> None:
    found = facts_of(
        "# Packages\nIncident Report for Depot\n\n**Resolved**\n\nThe depot was down for 60 "
        "minutes starting at 5:03 UTC, as the layer in front failed and all calls hit us.\n\n"
        "Posted Jun 04, 2014 - 14:25 UTC\n"
    )
    assert window(found) == ("05:03", None)


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        ("Postmortem summary", {"summary"}),
        ("Postmortem: summary (added 3 May)", {"summary"}),
        ("So what did we learn?", {"lessons"}),
        ("Ok, what went wrong", {"root_cause"}),
        ("What it meant for readers", {"impact"}),
        ("What's a big index?", set()),
    ],
)
def test_the_words_of_a_heading_tell_its_part(heading: str, roles: set[str]) -> None:
    found = facts_of(
        f"# Search was down\n\nOn 3 May 2024 search failed for 40 readers.\n\n## {heading}\n\n"
        "The index was full, and we had no alert on it.\n"
    )
    section = next(each for each in found.sections if each.text == heading.strip(":"))
    assert set(section.roles) == roles


def test_the_title_over_all_is_no_part_by_a_weak_name() -> None:
    found = facts_of("# Explanation of last night's outage\n\nThe line went down at 1:15am UTC.\n")
    assert found.sections[0].roles == ("title",)


def test_pardon_may_lead_to_the_measures() -> None:
    found = facts_of(
        "# Server crash\n\nAt 21:10 UTC on 2 March 2021 the map server crashed; 40 players were "
        "on it.\n\nWhat is lost: all that was done since 20:00.\n\n"
        "We apologize for this and are taking the following actions:\n"
        "- the script keeps three events\n- the database moves to a host of its own\n"
    )
    assert tasks(found) == [8, 9]
    assert found.impact is not None
    assert line(found, found.impact.span.start) == 5
    assert window(found) == ("03-02 21:10", None)


TABLES = """\
# INC-9

7% of the calls failed on 2024-08-01 from 09:00 to 09:40 UTC.

| Time (UTC) | Who | What |
|---|---|---|
| 09:00 | - | An upgrade starts |
| 09:12 | pager | The alert on errors rings |
| 09:40 | R. Diaz | The upgrade is paused, no errors |

| # | Action | Owner | Due |
|---|---|---|---|
| 1 | Set a disruption budget | Platform | 2024-08-15 |
| 2 | Run upgrades at night | Platform | 2024-08-08 |
"""


def test_tables_below_no_heading_tell_events_and_tasks() -> None:
    found = facts_of(TABLES)
    assert events(found) == [(7, "09:00"), (8, "09:12"), (9, "09:40")]
    assert tasks(found) == [13, 14]


def test_a_table_of_times_and_actions_lists_no_tasks() -> None:
    found = facts_of(TABLES.replace("| Who | What |", "| Owner | Action |").partition("| # |")[0])
    assert events(found) == [(7, "09:00"), (8, "09:12"), (9, "09:40")]
    assert tasks(found) == []


def test_a_clause_that_ends_in_a_comma_leads_to_the_measures() -> None:
    found = facts_of(
        "# News of July\n\nSorry for the outage of the cloud on 2 July: nobody could reach a file "
        "from 18:30 to 23:10 UTC.\n\nTo prevent this in future,\n\n"
        "- updates are made on Tuesdays only\n- we keep two spare disks\n\nSee you in August!\n"
    )
    assert tasks(found) == [7, 8]


def test_the_first_post_may_be_led_by_its_time_alone() -> None:
    found = facts_of(
        "# Wireless in the halls\n\nUPDATE 17:10 - Wireless is back.\n\n"
        "UPDATE 16:40 - The vendor has sent a licence.\n\nUPDATE 14:15 - It has expired.\n\n"
        "13:40 - 900 guests have no wireless since 13:25.\n"
    )
    assert events(found) == [(3, "17:10"), (5, "16:40"), (7, "14:15"), (9, "13:40")]
    assert found.timeline is not None
    assert not found.timeline.disorder


def test_numbered_questions_head_the_parts() -> None:
    found = facts_of(
        "1. What happened?\n\nA host was built anew, and its pages were broken.\n\n"
        "2. What was affected?\n\nThe pages of 40 readers.\n\n"
        "3. How long was the outage?\n\nThe rebuild took 4 hours.\n\n"
        "4. What was the root cause?\n\nThe wrong file was named in the settings.\n\n"
        "5. What will be done to prevent it?\n\nA script checks the rights after each build.\n"
    )
    parts = [(line(found, each.span.start), each.roles) for each in found.sections if each.roles]
    assert [number for number, _ in parts] == [1, 5, 9, 13, 17]
    assert [roles[-1] for _, roles in parts[:4]] == ["summary", "impact", "duration", "root_cause"]
    assert "corrective" in parts[4][1]


def test_how_long_a_provider_was_down_on_another_day_is_not_how_long_we_were() -> None:
    found = facts_of(
        "# Logs were late\n\nFrom 05:00 UTC on 1 March to 04:00 UTC on 2 March 2017 logs were "
        "late.\n\n## What happened\n\nOn Tuesday, 28 February 2017, our provider had an outage "
        "for five hours.\n"
    )
    assert window(found) == ("03-01 05:00", "03-02 04:00")
    assert found.duration is not None
    assert found.duration.verdict is None


def test_the_first_item_may_be_title_and_window() -> None:
    found = facts_of(
        "- 2023-02-22, 07:55-08:40 CET: phones in all branches dead\n"
        "- reason: licence server out of reach after a change of the firewall\n"
        "- repair: rule added back\n- to do:\n  - rules get a comment and an owner\n"
        "  - test call after each change of the firewall\n"
    )
    assert found.absence is None
    assert window(found) == ("02-22 07:55", "02-22 08:40")
    assert tasks(found) == [5, 6]


FORM_OF_QUESTIONS = """\
# Tech:Incidents/2020-02-03-maths1

## Summary
*Provide a summary of the incident:*
* What services were affected?
  * maths1, so wikis showed errors where formulas should be
* For how long could people see it?
  * 52 minutes
* Did anybody make it worse by hand?
  * Yes, restarting a wrong unit added ten minutes.

## Timeline
All times are in UTC.
* 19:02 Icinga reports timeouts for maths1.
* 19:20 Farid sees that two of the four workers are dead.
* 19:54 Rein purges cached pages, which restores the service.

## Conclusions
* State what was weak, and how it can be made strong.
  * Names of units are too similar.
* State what was strong, and whom it helped.
  * None.
"""


def test_a_form_of_questions_with_its_answers_is_a_write_up() -> None:
    found = facts_of(FORM_OF_QUESTIONS)
    stated = found.duration.stated if found.duration else None
    assert found.absence is None
    assert stated is not None
    assert stated.minutes == 52


OPENED_ABOVE_THE_BACKGROUND = """\
The tile service was degraded from 2023-05-27T05:50Z to 2023-05-27T09:35Z. It was a kernel bug.

## Background

Calls are most frequent between 07:00 and 11:00 local time, when people plan
their day.

## Outage summary

The update let the tile store hang on all render servers.
"""


def test_the_sentence_above_the_first_heading_counts() -> None:
    found = facts_of(OPENED_ABOVE_THE_BACKGROUND)
    assert window(found) == ("05-27 05:50", "05-27 09:35")


POINTED_MEASURES = """\
# Hosted mail - final report

On 17.11.2022 our mail platform could not be reached between 8.40 and 13.15 (CET).

**Measures taken**
- 8.55 Storage vendor informed
- 9.30 Repair of the databases started
- 12.50 First databases mounted
- 13.15 All mailboxes available

**Further measures**
The firmware of all controllers will be updated on 20.11.2022.
"""


def test_measures_told_with_pointed_clocks_are_events() -> None:
    found = facts_of(POINTED_MEASURES)
    told_at = [clock for _, clock in events(found)]
    assert told_at == ["08:55", "09:30", "12:50", "13:15"]
    assert tasks(found) == [12]


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        pytest.param("4. A summary of the problematic keys", {"impact"}, id="problematic"),
        pytest.param("Overview of affected shops", {"impact"}, id="affected"),
        pytest.param("Summary of the lost bookings", {"impact"}, id="lost"),
        pytest.param("Summary of the night", {"summary"}, id="of the event"),
        pytest.param("Explanation of how the keys were swapped", {"root_cause"}, id="how"),
        pytest.param("How and why the keys were swapped", {"root_cause"}, id="how and why"),
        pytest.param("How we swap keys", set(), id="custom"),
    ],
)
def test_a_long_heading_of_a_form_names_its_part(heading: str, roles: set[str]) -> None:
    found = facts_of(
        f"# Swapped keys\n\nOn 3 May 2024 keys failed.\n\n## {heading}\n\nAll 3 did.\n"
    )
    assert set(found.sections[1].roles) == roles


@pytest.mark.parametrize(
    ("body", "timeline", "ends"),
    [
        pytest.param(
            "Readers were locked out then:\n\n3 May 2024 from 07:28 AM until 08:51 AM CET",
            False,
            ("05-03 07:28", "05-03 08:51"),
            id="window",
        ),
        pytest.param(
            "- 2024-05-03 10:00 - 11:30 UTC", False, ("05-03 10:00", "05-03 11:30"), id="item"
        ),
        pytest.param("- 10:00 the shelf fell\n- 11:30 it stood again", True, None, id="two events"),
        pytest.param("- 10:00 the shelf fell", True, None, id="one clock"),
    ],
)
def test_a_window_alone_is_no_timeline(
    body: str, timeline: bool, ends: tuple[str, str] | None
) -> None:
    found = facts_of(f"# Locked out\n\n## Event timeline\n\n{body}\n\n## Root cause\n\nA lock.\n")
    assert any("timeline" in each.roles for each in found.sections) == timeline
    assert ends is None or window(found) == ends


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        pytest.param(
            "300 posts written between 04:00 and 17:30 are gone.", None, id="written and gone"
        ),
        pytest.param("Photos uploaded from 04:00 to 17:30 were lost.", None, id="uploaded"),
        pytest.param("All is back from the backup of 04:00.", None, id="backup"),
        pytest.param("Restored from the snapshot taken at 04:00.", None, id="snapshot"),
        pytest.param(
            "A bad disk made the shop unavailable from 04:00 to 05:30.",
            ("04:00", "05:30"),
            id="made unavailable",
        ),
        pytest.param(
            "Orders placed between 04:00 and 05:30 failed.", ("04:00", "05:30"), id="failed"
        ),
    ],
)
def test_a_window_of_lost_data_is_not_that_of_the_outage(
    sentence: str, ends: tuple[str, str] | None
) -> None:
    found = facts_of(f"# Shop outage\n\n## Impact\n\n{sentence}\n\n## Root cause\n\nA disk died.\n")
    assert (window(found) if found.duration and found.duration.start else None) == ends


@pytest.mark.parametrize(
    ("field", "minutes"),
    [
        pytest.param("Minutes of downtime: approx. 95 (10:00 - 11:35 UTC)", 95, id="window behind"),
        pytest.param("Duration (minutes): about 40", 40, id="about"),
        pytest.param("Duration (hours): 2", 120, id="hours"),
        pytest.param("Duration (minutes): 10:00 to 11:35 UTC", None, id="clocks only"),
    ],
)
def test_the_label_names_the_unit_of_the_length(field: str, minutes: int | None) -> None:
    found = facts_of(
        f"# Outage of 3 May 2024\n\n- **{field}\n\n## Impact\n\n4 users.\n".replace(": ", ":** ", 1)
    )
    stated = found.duration.stated if found.duration else None
    assert (stated.minutes if stated else None) == minutes


def test_two_labels_in_a_row_tell_start_and_end() -> None:
    found = facts_of(
        "# Cold cache\n\n## Summary\n\n| **Id** | cold | **Start** | 2024-05-03 08:41 |\n"
        "|---|---|---|---|\n| **Task** | 77 | **End** | 2024-05-03 10:17 |\n\n"
        "20% of readers got errors.\n"
    )
    assert len([each for each in found.sections if "duration" in each.roles]) == 2
    assert window(found) == ("05-03 08:41", "05-03 10:17")


def test_a_weekday_behind_the_clock_begins_a_new_day() -> None:
    found = facts_of(
        "# Wet server room\n\n## Timeline (UTC)\n\nAt 9:30 p.m. on Friday, July 19, 2024, it died."
        "\n\nAt 5 p.m. on Saturday, the leak was found.\n\nAt 3 p.m. on Sunday all was back.\n"
    )
    assert found.timeline is not None
    assert [each.at.day for each in found.timeline.events if each.at] == [19, 20, 21]


LETTER = """\
# Saturday's letter to our keepers

Our hosting server went offline about 11 am on Friday, February 13, and we are still offline.

*When will our sites be back?*
My best guess is this evening.

*Is my mail lost?*  No.  It waits on another machine.

*Have we lost any data?*
I'm afraid yes, 40 sites were lost.

*How could this happen?*
A failed controller wrote garbage to both disks, and the backup had stopped in December.

*What will be different?*
We will restore a site from each backup once a week.
"""


def test_a_letter_of_questions_and_answers_is_a_write_up() -> None:
    found = facts_of(LETTER)
    assert found.absence is None
    roles = {role for each in found.sections for role in each.roles}
    assert {"root_cause", "corrective"} <= roles


def test_fixes_among_the_action_items_are_no_resolution() -> None:
    found = facts_of(
        "# Empty list\n\nOn 3 May 2024 40 builds failed.\n\n## Action items\n\n### Detection\n\n"
        "- [ ] #12 alert on an empty list\n\n### Fixes\n\n- [x] #11 restore the snapshot of May 2\n"
    )
    assert not any("resolution" in each.roles for each in found.sections)
