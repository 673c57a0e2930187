"""Where the impact is stated, and whether it says how much was hit."""

from __future__ import annotations

import pytest

from pmlint.facts import Impact
from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.standard import templates

REST = """
## Timeline
- 10:00 UTC alert
- 11:00 UTC fixed

## Root cause and resolution
A bad configuration on 2 of 9 nodes, which was reverted.

## Tasks
- Patch nginx on web-01
"""


def impact(text: str) -> Impact | None:
    """The impact of a document that begins with ``text``."""
    source = Source(f"# Search down\n\n{text}\n{REST}", "README.md")
    return read(source, templates.load("default")).impact


def figures(text: str) -> list[str]:
    found = impact(text)
    return [figure.text for figure in found.figures] if found is not None else []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("## Impact\n40% of users saw errors.", ["40% of users"], id="section"),
        pytest.param(
            "## Summary\n- Impact:\n  - Search was slow.\n  - Some 75% of users waited.",
            ["75% of users"],
            id="nested-items",
        ),
        pytest.param(
            "| Field | Value |\n|---|---|\n| Users affected | 1,200 |",
            ["1,200"],
            id="row-whose-label-says-what-is-counted",
        ),
        pytest.param("**Users affected:** approx. 340", ["340"], id="field-with-a-bare-number"),
        pytest.param(
            "## Impact\nA number of customers could not pay. We counted 812.",
            ["812"],
            id="counted-in-the-next-sentence",
        ),
        pytest.param(
            "Several customers could not pay; 812 of them wrote to us.",
            ["812 of them"],
            id="who-told-us",
        ),
        pytest.param(
            "Customers were charged twice. We have refunded all 214 of them.",
            ["214 of them"],
            id="harmed-by-a-repetition",
        ),
        pytest.param(
            "## Impact\nCustomers were charged twice. We have refunded all 214 of them.",
            ["214 of them"],
            id="all-of-them",
        ),
        pytest.param(
            "## Impact\n4 sites, 212 desks",
            ["4 sites", "212 desks"],
            id="a-label-needs-no-word-of-damage",
        ),
        pytest.param(
            "## Impact\n18 lamps and 2 doors",
            ["18 lamps", "2 doors"],
            id="unlisted-things-under-a-label",
        ),
        pytest.param(
            "## Summary\nServices affected: search\n\nBetween 10:00 and 11:00 UTC on 2 May 2024 "
            "the search failed for 30% of users.",
            ["30% of users"],
            id="a-field-of-services-leaves-the-size-to-the-summary",
        ),
        pytest.param(
            "On 2 May 2024 the search was slow.\n\n## Background\nThe error hit 3,400 customers.",
            ["3,400 customers"],
            id="the-account-where-nothing-is-a-summary",
        ),
    ],
)
def test_figures_are_found_where_the_impact_is_stated(text: str, found: list[str]) -> None:
    stated = figures(text)
    assert len(stated) == len(found)
    assert all(part in whole for part, whole in zip(found, stated, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## Impact\nSearch was slow.", id="nothing"),
        pytest.param("## Impact\nVersion 2.4 ran on port 80 and gave error 503.", id="codes"),
        pytest.param("## Impact\nMemory was at 98% and pages loaded slowly.", id="a-load"),
        pytest.param("## Impact\nTraffic rose by 300% and users saw errors.", id="a-rise-of-load"),
        pytest.param("## Impact\nThe call took 3 engineers to end.", id="who-repaired-it"),
        pytest.param(
            "## Impact\nA 404 stems from a bad rule and users saw errors.",
            id="a-code-before-a-verb",
        ),
        pytest.param("## Impact\nA 3-hour outage.", id="a-length"),
        pytest.param(
            "## Impact\nOur engineers found worn disks. They replaced all 12 of them.",
            id="all-of-the-disks",
        ),
    ],
)
def test_numbers_that_size_no_impact(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        pytest.param("## Impact\nAll users.", True, id="a-bare-answer"),
        pytest.param("## Impact\n- Affected: all customers of the EU region", True, id="place"),
        pytest.param("## Impact\nUser impact: none", True, id="none"),
        pytest.param("## Impact\nAll functionality was unavailable.", True, id="unlisted-noun"),
        pytest.param("## Impact\nAll uploads to the registry failed.", True, id="with-a-phrase"),
        pytest.param("## Impact\nNo external traffic reached the cluster.", True, id="no-traffic"),
        pytest.param("## Impact\nNo orders could be placed.", True, id="no-orders"),
        pytest.param("## Impact\nNothing worked.", True, id="nothing-worked"),
        pytest.param("## Impact\nAnyone visiting got an error page.", True, id="anyone"),
        pytest.param("## Impact\nBlock production stopped.", True, id="a-ledger-that-halts"),
        pytest.param("The site was not reachable by any user at 10:00 UTC.", True, id="opening"),
        pytest.param("## Impact\nThere was an outage of the site.", False, id="an-outage"),
        pytest.param("## Impact\nNearly all users saw errors.", False, id="nearly-all"),
        pytest.param("## Impact\nSearch failed. No data was lost.", False, id="data-is-no-user"),
        pytest.param("## Impact\nErrors. All services are back to normal.", False, id="restored"),
        pytest.param("## Impact\nErrors. We restarted all pods.", False, id="repaired"),
        pytest.param(
            "## Impact\nIt failed. We apologise to all users who were affected.",
            False,
            id="an-apology",
        ),
        pytest.param("## Impact\nUsers saw an error all of a sudden.", False, id="an-idiom"),
        pytest.param("## Impact\nThe job that failed runs every 60 seconds.", False, id="a-rate"),
        pytest.param("## Impact\nNo alert fired although search failed.", False, id="no-alert"),
        pytest.param("## Impact\nAll flights were grounded.", True, id="befell-under-a-label"),
        pytest.param("## Impact\nEvery scholar got a zero.", True, id="whatever-befell-them"),
        pytest.param("## Impact\nNone for customers.", True, id="none-for-customers"),
        pytest.param("## Impact\nNone, since the failover worked.", True, id="none-and-why"),
        pytest.param("## Impact\nTotal downtime.", True, id="total-downtime"),
        pytest.param(
            "## Impact\nMail was late. All mails were delivered later.", False, id="ended-well"
        ),
        pytest.param(
            "## Impact\nSlow pages. All customers have been informed.", False, id="informed"
        ),
        pytest.param("## Impact\nIt was not a total outage.", False, id="not-total"),
    ],
)
def test_all_or_none_is_a_size(text: str, universal: bool) -> None:
    found = impact(text)
    assert found is not None
    assert not found.figures
    assert found.universal is universal


def test_figures_of_other_parts_do_not_count() -> None:
    found = impact("## Impact\nSearch was slow.")
    assert found is not None
    assert (found.figures, found.universal, found.labelled) == ((), False, True)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(
            "Readers did not see the pictures of new articles.", id="what-users-did-not-get"
        ),
        pytest.param("A leaked key led to the compromise of a build host.", id="compromised"),
        pytest.param("Price lists were outdated in two shops.", id="outdated"),
    ],
)
def test_a_summary_tells_the_impact_in_weaker_words_too(told: str) -> None:
    found = impact(f"## Summary\nOn 2 May 2024 we shipped a release. {told}")
    assert found is not None
    assert not found.universal


def test_weaker_words_do_not_hide_stronger_ones() -> None:
    text = "## Summary\nThe alert did not fire. 30% of users could not log in."
    assert figures(text) == ["30% of users"]


@pytest.mark.parametrize(
    ("field", "universal"),
    [
        pytest.param("- **Customers affected:** No", True, id="no"),
        pytest.param("| Customers affected | No |\n|---|---|\n| Severity | 3 |", True, id="row"),
        pytest.param("- Customer impact: No.", True, id="impact"),
        pytest.param("- Users affected: not affected", True, id="not affected"),
        pytest.param("- Users affected: yes", False, id="yes"),
        pytest.param("- Data loss: no", False, id="another question"),
    ],
)
def test_nobody_as_the_answer_to_a_label(field: str, universal: bool) -> None:
    text = f"# Queue\n\n## Summary\n\nThe queue broke.\n\n{field}\n"
    found = read(Source(text, "a.md"), templates.load("default")).impact
    assert found is not None
    assert found.universal is universal


def test_a_background_leaves_the_figures_to_what_stands_below_it() -> None:
    text = (
        "# Mail\n\n## Background\n\nOn 3 May 2024 the mail server failed after an upgrade.\n\n"
        "## The night\n\nFrom 10:00 to 11:30 UTC 45 members could not send mail.\n\n"
        "## Timeline\n\n- 10:00 down\n- 11:30 up\n"
    )
    found = read(Source(text, "a.md"), templates.load("default")).impact
    assert found is not None
    assert [figure.text for figure in found.figures] == ["45 members"]


FIGURE, ALL, VAGUE = (
    "3,200 customers could not log in.",
    "The login was unavailable for all customers.",
    "Some customers could not log in.",
)
SLOW = "## Summary\n\nOn 2 May 2024 from 10:00 to 11:00 UTC the login was slow after a release.\n\n"
PLACES = {
    "heading": SLOW + "## Impact\n\n{}",
    "underlined heading": SLOW + "Impact\n------\n\n{}",
    "HTML heading": SLOW + "<h2>Impact</h2>\n<p>{}</p>",
    "numbered heading": SLOW + "## 2. Impact\n\n{}",
    "bold line": SLOW + "**Impact**\n\n{}",
    "bold label": SLOW + "**Impact:** {}",
    "italic label": SLOW + "*Impact:* {}",
    "label with a dash": SLOW + "**Impact** – {}",
    "plain label": SLOW + "Impact: {}",
    "label over its line": SLOW + "Impact:\n{}",
    "quoted label": SLOW + "> **Impact:** {}",
    "item": "## Issue Summary\n- Duration: 10:00 - 11:00 UTC\n- Impact: {}\n- Cause: a bug",
    "nested item": "## Issue Summary\n- **Impact:**\n  - Search was slow.\n  - {}",
    "item without a colon": SLOW + "- Impact\n  - Customers\n    - {}",
    "middle of a line": "## Issue Summary\nSlow on 2 May 2024, 10:00-11:00 UTC. Impact: {}",
    "row": SLOW + "| Field | Value |\n|---|---|\n| Severity | 2 |\n| Impact | {} |",
    "row with empty cells": SLOW + "| No | 17 | By | Ana |\n|---|---|---|---|\n| Impact | {} | | |",
    "second pair of a row": SLOW
    + "| Severity | 2 | Impact | {} |\n|---|---|---|---|\n| a | b | c | d |",
    "column": SLOW + "| Product | Impact |\n|---|---|\n| Login | {} |\n| Search | Slow. |",
    "fields in one line": "**Severity:** P2 | **Status:** Done | **Impact:** {}\n\n" + SLOW,
    "field in another part": SLOW + "## Metadata\n- Severity: 2\n- Customer impact: {}",
    "sub-labels": SLOW + "## Impact\n- **Services:** login\n- **Customers:** {}",
    "sub-headings": SLOW + "## Impact\n### Users\n{}\n### Systems\nLogin.",
    "rows below the heading": SLOW + "## Impact\n| Who | What |\n|---|---|\n| Customers | {} |",
    "code before it": SLOW + "## Impact\n```\n55 users\n```\n\n{}",
    "question": SLOW + "## Who was affected?\n{}",
    "scope": SLOW + "- **Scope:** {}",
    "second field": SLOW + "- Impact: High\n\n## Customer impact\n{}",
    "last part": SLOW + "## Other\nNothing.\n\n## Impact\n{}",
    "summary": "## Summary\nOn 2 May 2024 from 10:00 to 11:00 UTC the login was slow. {}",
    "items of the summary": "## Summary\n- On 2 May 2024 the login was slow.\n- {}",
    "opening": "On 2 May 2024 from 10:00 to 11:00 UTC the login was slow. {}",
    "quoted opening": "> On 2 May 2024 the login failed. {}",
    "account": "## Background\nOn 2 May 2024 a release failed. {}",
}


@pytest.mark.parametrize("told", [FIGURE, ALL, VAGUE], ids=["figure", "all", "vague"])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_place_decides_not_how_it_is_marked(place: str, told: str) -> None:
    found = impact(place.format(told))
    assert found is not None
    assert [figure.text for figure in found.figures] == (
        ["3,200 customers"] if told is FIGURE else []
    )
    assert found.universal is (told is ALL)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SLOW, id="cause-and-timeline"),
        pytest.param(SLOW + f"## Detection\n{FIGURE}\n\n## Impact\n{VAGUE}", id="detection"),
        pytest.param(SLOW + f"## Impact\n{VAGUE}\n\n## Lessons\n- {FIGURE}", id="lessons"),
        pytest.param(f"## Summary\n{FIGURE}\n\n## Impact\n{VAGUE}", id="summary-beside-an-impact"),
        pytest.param(f"{ALL}\n\n## Impact\n{VAGUE}", id="opening-beside-an-impact"),
        pytest.param(SLOW + "- **Severity:** 1\n- **Impact:** 2", id="a-grade"),
        pytest.param(SLOW + "**Impact:** 45 minutes of slow logins.", id="a-length"),
        pytest.param(SLOW + "- **Services affected:** login, search", id="names"),
    ],
)
def test_figures_that_stand_elsewhere_size_nothing(text: str) -> None:
    found = impact(text)
    assert found is not None
    assert (found.figures, found.universal) == ((), False)


def test_the_summary_adds_figures_to_a_list_of_what_was_hit_and_no_words() -> None:
    field = "- **Services affected:** login, search\n"
    assert figures(f"## Summary\n{FIGURE}\n{field}") == ["3,200 customers"]
    found = impact(f"## Summary\n{ALL}\n{field}")
    assert found is not None
    assert not found.universal


def test_a_letter_of_timed_paragraphs_tells_it_there() -> None:
    letter = (
        "Hi,\n\nAt 06:20 UTC 2019-04-13 an update made the list server go down for all users.\n\n"
        "By 08:32 UTC 2019-04-13 I undid it.\n\nBy 08:41 UTC 2019-04-13 it was well.\n"
    )
    found = read(Source(f"# Lists down\n\n{letter}", "mail.md"), templates.load("default")).impact
    assert found is not None
    assert found.universal


def test_a_field_of_the_cause_does_not_end_the_account() -> None:
    text = (
        "# Bus upgrade\n\nOn 15 May 2024 from 10:30 to 12:10 CET the platform was unstable.\n\n"
        "These events occurred because:\n\n- an upgrade locked the bus\n\n"
        "9 crashed hosts took 40 applications with them.\n\n## Timeline\n- 10:30 upgrade\n"
    )
    found = read(Source(text, "post.md"), templates.load("default")).impact
    assert found is not None
    assert [figure.text for figure in found.figures] == ["9 crashed hosts", "40 applications"]


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        pytest.param("The shop was unavailable globally.", True, id="all"),
        pytest.param(
            "Some of our customers lost their session. The API was unavailable globally.",
            False,
            id="some customers",
        ),
        pytest.param(
            "All logins failed. The majority of users saw an error page.", False, id="majority"
        ),
        pytest.param(
            "All logins failed, and some pages were slow for hours.", True, id="some of another"
        ),
        pytest.param(
            "Several lines were down, including all of those to the harbour.", False, id="including"
        ),
        pytest.param(
            "Mail was slow. We hope that it did not inconvenience anyone.", False, id="hope"
        ),
    ],
)
def test_a_summary_that_tells_of_some_people_does_not_tell_of_all(
    text: str, universal: bool
) -> None:
    found = impact(text)
    assert found is not None
    assert found.universal is universal
