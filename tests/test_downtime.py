"""A service that was gone is a complete outage; a part of one, or for some, is none."""

from __future__ import annotations

import pytest

from pmlint.facts import Impact
from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.reading.amounts import find_universal
from pmlint.standard import templates


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The site was down.", id="was-down"),
        pytest.param("Our API went down at 10:00.", id="went-down"),
        pytest.param("A typo caused our web site to go down.", id="caused-to-go"),
        pytest.param("The platform was unavailable for 47 minutes.", id="for-a-time"),
        pytest.param("On Tuesday morning the intranet was not available.", id="not-available"),
        pytest.param("Network services were offline from 1:47 to 9:02.", id="no-article"),
        pytest.param("The wiki has been unreachable on 3 May.", id="on-a-day"),
        pytest.param("A DNS error took our storefront offline.", id="taken"),
        pytest.param("The game servers and the forum went offline.", id="two-services"),
        pytest.param("The service was unavailable for users.", id="for-users"),
        pytest.param("The shop was down in the morning.", id="in-the-morning"),
        pytest.param("The outage made our app unavailable worldwide.", id="worldwide"),
        pytest.param("A bad deploy took down our API for 12 minutes.", id="took-down-our"),
    ],
)
def test_a_service_that_was_gone(text: str) -> None:
    assert find_universal(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The search service was down.", id="a-part"),
        pytest.param("One of the sites was down.", id="one-of-them"),
        pytest.param("A site was down.", id="any"),
        pytest.param("The primary database was down.", id="a-component"),
        pytest.param("Search on the site was down.", id="on-the-site"),
        pytest.param("The site was down for some visitors.", id="for-some"),
        pytest.param("The service was unavailable for customers in Asia.", id="for-those-there"),
        pytest.param("The app was unavailable in Asia.", id="in-a-place"),
        pytest.param("In one region our services were down.", id="in-one-region"),
        pytest.param("For customers on shard 4 the service was down.", id="for-customers-on"),
        pytest.param("The site was never down.", id="never"),
        pytest.param("The site was not down, but slow.", id="not"),
        pytest.param("If the site were down, we would know.", id="if"),
        pytest.param("The site could go down again.", id="could"),
        pytest.param("The system was down for maintenance.", id="planned"),
        pytest.param("The system was available.", id="available"),
        pytest.param("The site was slow.", id="slow"),
        pytest.param("The service that scales images was down.", id="which-of-them"),
        pytest.param("Was the site down?", id="asked"),
        pytest.param("The site was unavailable for logged-in users.", id="for-some-kind-of-users"),
        pytest.param("The site was down for those with cookies blocked.", id="for-those"),
        pytest.param("The app was unavailable to about half of you.", id="to-half"),
        pytest.param("The wiki was unreachable over IPv6.", id="one-way"),
        pytest.param("Our network was down to one uplink.", id="down-to"),
        pytest.param("In Germany our API was down.", id="in-a-country"),
        pytest.param("We rolled it back before the site went down.", id="before"),
        pytest.param("Customers thought that the site was down.", id="thought"),
        pytest.param("When the network is down, the agent keeps its data.", id="whenever"),
    ],
)
def test_what_is_no_complete_outage(text: str) -> None:
    assert find_universal(text) is None


def test_a_label_is_answered_in_two_words() -> None:
    assert find_universal("Site down.", labelled=True) is not None
    assert find_universal("Site down.") is None


def _impact(text: str) -> Impact | None:
    return read(Source(text, "post.md"), templates.load("default")).impact


STATUS_PAGE = """\
# Scanner logins failing

## Postmortem

Between 10:46 and 11:00 UTC on 2 April 2024 scanners lost their sessions.

What we will do:

1. Printers get tokens of their own

## Resolved

From 10:46 to 11:00 about 60% of the calls were answered with an error.

This incident affected: Scanning, Login.
"""


def test_a_status_page_names_what_was_hit_below_its_last_post() -> None:
    head, _, tail = STATUS_PAGE.partition(
        "What we will do:\n\n1. Printers get tokens of their own\n"
    )
    post = read(Source(head + tail, "post.md"), templates.load("default"))
    assert post.title is not None
    assert post.title.text == "Scanner logins failing"
    assert [section.text for section in post.with_role("impact")] == ["This incident affected"]


def test_the_last_post_of_a_status_page_tells_how_badly() -> None:
    found = _impact(STATUS_PAGE.replace("This incident affected: Scanning, Login.\n", ""))
    assert found is not None
    assert [figure.text for figure in found.figures] == ["60% of the calls"]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What was the effect?", id="effect"),
        pytest.param("Who was affected?", id="who"),
        pytest.param("How many users were affected?", id="how-many"),
    ],
)
def test_a_question_inside_a_part_asks_for_the_impact(question: str) -> None:
    text = (
        "# Search outage\n\n## Timeline\n\n- 10:41 UTC alert\n- 11:02 UTC over\n\n"
        f"## Analysis of causes\n\nWhat happened?\nThe supplier lost a router.\n\n{question}\n"
        "About 2,300 visitors saw an error page.\n\n## Actions\n\n- Add a second supplier\n"
    )
    found = _impact(text)
    assert found is not None
    assert [figure.text for figure in found.figures] == ["2,300 visitors"]


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        pytest.param("What was down", True, id="down"),
        pytest.param("Which sites were unreachable?", True, id="unreachable"),
        pytest.param("Have we lost any data?", True, id="lost"),
        pytest.param("What brought it down", False, id="cause"),
        pytest.param("What goes up must come down", False, id="saying"),
        pytest.param("Have we learned anything?", False, id="learned"),
    ],
)
def test_headings_that_ask_what_was_hit(heading: str, asks: bool) -> None:
    text = (
        "# Links down\n\n## Summary\n\nThe links were cut on 3 May 2024.\n\n"
        f"## {heading}\n\nFive links.\n\n## Timeline\n\n- 10:41 UTC alert\n- 11:02 UTC over\n"
    )
    post = read(Source(text, "post.md"), templates.load("default"))
    assert [section.text for section in post.with_role("impact")] == ([heading] if asks else [])
