"""Short notices and letters are told from guides, announcements and lists of links."""

from __future__ import annotations

import pytest

from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.standard import templates


def absence(text: str) -> str | None:
    found = read(Source(text, "x.md"), templates.load("default")).absence
    return found.kind if found else None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "# Technical note: mail on 8 June\n\nOn Friday morning one of our hosts had a fatal "
            "fault. It took a part of our lists with it. Meanwhile all of them are back.\n\n"
            "A small number of letters sent to some lists may be gone. Please look at the archive "
            "whether yours came through, and send them again if they did not.\n\n"
            "We could not get a new board at short notice, so we moved the lists to a new host.\n",
            id="a day of the week",
        ),
        pytest.param(
            "Hello,\n\nYesterday our booking desk had a long and serious fault, and many of you "
            "could not book or cancel a boat.\n\nIt began early in the afternoon and reached the "
            "phones as well. We worked through the night, and by breakfast the desk was up.\n\n"
            "We will look into the causes of this with care.\n",
            id="a letter of the day after",
        ),
        pytest.param(
            "# Mea culpa\n\nThat was my fault alone. We were down for between 30 and 40 "
            "minutes.\n\nWhile I worked on the thumbnails I deleted the balancer in front of the "
            "item pages. I made a new one as fast as I could, and we are back.\n",
            id="a length and no day",
        ),
        pytest.param(
            "# Going back to Saturday\n\n*Posted February 2, 2019, 12:18*\n\nDear captains,\n\n"
            "Many ships sank this weekend because our network broke. We have decided to go back "
            "to the copy of Saturday morning.\n\nWhoever sailed after it gets two days for free. "
            "We will make copies more often and write down how to put one in place.\n",
            id="a title of its own",
        ),
        pytest.param(
            "# Report 17: signals on the coast line\n\n## Summary\n\nOn the morning of 20 October "
            "2017 four trains ran on the line while no limits were sent to them. Nobody was hurt. "
            "The limits were lost when a computer started again the evening before.\n\n"
            "## Recommendations\n\n1. The operator should check the limits after every start.\n"
            "2. The maker should record what is needed to find such faults.\n",
            id="a report without I or we",
        ),
        pytest.param(
            "# State of the club server\n\nThere have been three outages in the last two weeks. "
            "What happened?\n\n## 22 June\n\nWe ran out of disk.\n\n## 28 June\n\nWe ran out of "
            "disk again, since I looked at the wrong graph.\n\n## 4 July\n\nThe bill bounced, and "
            "it took me a day and a half to pay it.\n",
            id="days as headings",
        ),
        pytest.param(
            "# Wiki down\n\nThe wiki was down last night for two hours because a disk was full. "
            "We emptied it and set an alert at 80%. Nobody lost an edit.\n\n"
            "Status page: https://status.example/1\n",
            id="a link beside it",
        ),
        pytest.param(
            "# We are back!\n\nThe gallery is up again. The power supply of our only box gave up "
            "on Thursday evening, and the shop that has this type was shut until Saturday. All "
            "of the pictures are there.\n",
            id="one sentence in the past",
        ),
    ],
)
def test_a_notice_that_recounts_a_failure_tells_an_incident(text: str) -> None:
    assert absence(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "# RCA papers - guidelines\n\n**Author:** S. Oke\n\nSuch papers are asked for by "
            "customers after an outage. Once one has been asked for we must send it within 15 "
            "days of the outage.\n\n* They should be treated as urgent.\n* It is important to use "
            "one form for all.\n* It is important that you check the name of the customer!\n\n"
            "## What goes in\n\n1. Summary - what, when, who noticed\n2. Root cause - what we "
            "found\n3. Impact - how many were hit\n\n## Before it is sent\n\n- A senior should "
            "read it.\n- It should be sent as a PDF only.\n",
            "article",
            id="guidelines for such papers",
        ),
        pytest.param(
            "# How to manage a stuck ledger\n\nA stuck ledger is no fun for anyone. There has been "
            "a long history of them, and we looked at many. Well handled ones were soon over.\n\n"
            "## Before\n\n- Keep a list of the people to call.\n- Agree on one channel.\n\n"
            "## While it is stuck\n\n- Name somebody who leads.\n- Keep a timeline.\n",
            "article",
            id="a title that says how to",
        ),
        pytest.param(
            "# My first review\n\nLast week our server was down. I wrote about it on my blog: "
            "https://blog.example/1\n",
            "link",
            id="a link to the write-up",
        ),
        pytest.param(
            "# Work in the machine room on 25 August\n\nOn Tuesday, August 25th, 2009, there will "
            "be an outage of some file servers. The shutdown will begin at 6:00 am, and we expect "
            "to have most of them back by 5:00 pm.\n\nJobs that run will go on, but new ones will "
            "not be started.\n",
            "other",
            id="an announcement",
        ),
        pytest.param(
            "# Incident history\n\n## January 2017\n\n**Slow answers**\nThe problem has been "
            "solved.\nJan 13, 23:03 UTC\n\n**Site not up**\nAll is back to normal.\n"
            "Jan 5, 04:24-05:23 UTC\n\n## December 2016\n\n**No site**\nThe site is back.\n"
            "Dec 25, 13:42-14:13 UTC\n",
            "link",
            id="a history of several",
        ),
        pytest.param(
            "# How can I see whether there is an outage?\n\nLook at our page. A cross says that "
            "a service is down.\n\n## What do the states mean?\n\n- **Identified**: we know the "
            "cause.\n- **Resolved**: all is well.\n\n## Where are the reports?\n\nWe publish "
            "one within five days when more than 500 customers were affected.\n",
            "article",
            id="a page of help",
        ),
        pytest.param(
            "# Exercise 4: write a postmortem\n\nWrite one of this incident.\n\n> On Monday at "
            "9:00 the shop went down. At 10:30 somebody started the database again, and at 10:45 "
            "the shop was back.\n\nHand it in with a summary, a timeline and a root cause.\n",
            "article",
            id="an exercise",
        ),
        pytest.param(
            "# Shelf of failures\n\nLinks to write-ups of others, sorted. Send us yours.\n\n"
            "## Settings\n\n- [A cloud](https://a.example/1). A wrong line took down all edges at "
            "09:12.\n- [Photos](https://a.example/2). A typo cut off two halls for 4 hours.\n\n"
            "## Hardware\n\n- [A bank](https://a.example/3). A switch failed.\n",
            "link",
            id="a list of links",
        ),
    ],
)
def test_a_page_about_failures_tells_none(text: str, kind: str) -> None:
    assert absence(text) == kind


def test_two_outages_told_in_prose_are_no_history() -> None:
    text = (
        "# Service outages, 9-14 July 2016\n\nOn Saturday 9 July builds waited for three hours, "
        "beginning at 14:30 UTC. By 23:04 UTC all of them had run.\n\nA second outage was on "
        "14 July, between 16:00 and 18:30 UTC, after we had released an update on 11 July.\n\n"
        "The roll-out was stopped.\n"
    )
    assert absence(text) is None


def test_linked_tickets_and_clocks_make_no_list_of_links() -> None:
    text = (
        "# Labels lost on 3 May 2024\n\nFrom 10:00 to 11:00 UTC 40 labels were lost, as a disk was "
        "full.\n\n- [10:00 alarm](https://chat.example/1) rings\n- [OPS-1](https://t.example/1) "
        "add an alert\n- [#12](https://t.example/2) add a disk\n- [11:00](https://chat.example/2) "
        "all is back\n"
    )
    assert absence(text) is None


def test_a_month_in_a_date_is_no_permission() -> None:
    text = (
        "# Problems with our lists\n\nThe list host failed on 20 May and was put back from old "
        "copies. What was sent in between is lost. Owners will have to add their readers again, "
        "and lists made since will have to be made again.\n"
    )
    assert absence(text) is None


SAMPLE = (
    "# Reading our incident reports\n\nEach report on our page has the same parts.\n\n"
    "## Duration\n\nStart and end, {0} 2023-04-01 10:00 - 11:20 UTC.\n\n"
    "## Timeline\n\n- 10:00 UTC errors rise\n- 10:12 UTC Ana is paged\n- 11:20 UTC errors gone\n"
)


def test_what_a_guide_calls_an_example_dates_no_incident() -> None:
    assert absence(SAMPLE.format("for example")) == "article"
    assert absence(SAMPLE.format("as it was on")) is None
