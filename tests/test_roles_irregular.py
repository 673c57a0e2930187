"""Parts of irregular reports: a question, a table, a quotation or a sentence that heads them."""

from __future__ import annotations

import pytest
from harness import facts_of

from pmlint.facts import Timeline

OPENING = "# Shop outage of 2 May 2024\n\nThe shop was broken from 9:00 to 10:00 UTC.\n\n"
TOLD = "The shop failed for 40 users because the disk was full, and we restarted it."
MEASURES = "- Add an alert on disk usage\n- Replace the disk in db-1"


def roles(document: str) -> dict[int, tuple[str, ...]]:
    """The roles of each section, by line."""
    found = facts_of(document)
    return {
        found.source.line_index(each.span.start) + 1: each.roles
        for each in found.sections
        if each.roles
    }


def role_of(heading: str, body: str) -> tuple[str, ...]:
    return roles(f"{OPENING}## {heading}\n\n{body}\n\n## Thanks\n\nAll.\n").get(5, ())


def timeline_of(document: str) -> Timeline:
    timeline = facts_of(document).timeline
    assert timeline is not None
    return timeline


@pytest.mark.parametrize(
    ("heading", "body", "role"),
    [
        pytest.param("What was the origin of this leak?", TOLD, "root_cause", id="origin"),
        pytest.param("Which measures have been taken?", MEASURES, "corrective", id="measures"),
        pytest.param("What safeguards are in place now?", MEASURES, "corrective", id="safeguards"),
        pytest.param("How do we mitigate these risks?", MEASURES, "corrective", id="risks"),
        pytest.param("What came back, and when", TOLD, "resolution", id="came-back"),
        pytest.param("How service was re-established", TOLD, "resolution", id="re-established"),
        pytest.param("Who could not work", TOLD, "impact", id="who-could-not"),
        pytest.param("Long description", TOLD, "summary", id="long-description"),
    ],
)
def test_a_heading_in_other_words_plays_its_part(heading: str, body: str, role: str) -> None:
    assert role in role_of(heading, body)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("What was out of order", "resolution", id="out-of-order"),
        pytest.param("How do we mitigate these risks?", "resolution", id="risks"),
        pytest.param("Which measures failed?", "corrective", id="failed"),
        pytest.param("Who could help us", "impact", id="who-could-help"),
    ],
)
def test_a_heading_of_something_else_does_not(heading: str, role: str) -> None:
    assert role not in role_of(heading, TOLD)


ENTRIES = "- 9:00 alert\n- 9:10 page\n- 9:40 fixed\n"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("The following sequence of events was recorded (all times CET):", id="events"),
        pytest.param("Below is the course of the night as we have it from the log:", id="course"),
        pytest.param("A disk broke that evening. Timeline (all times UTC):", id="last-sentence"),
    ],
)
def test_a_sentence_over_a_list_of_times_heads_the_timeline(line: str) -> None:
    assert roles(f"{OPENING}{line}\n\n{ENTRIES}").get(5) == ("timeline",)


def test_columns_for_both_ends_state_the_duration() -> None:
    table = (
        "| Kind | State | Start time | End time |\n|---|---|---|---|\n"
        "| Issue | Solved | 2024-05-02 09:00 | 2024-05-02 10:00 |\n"
    )
    opening = "# Shop outage\n\n"
    assert roles(f"{opening}{table}\nNobody could pay.\n").get(3) == ("duration",)
    inside = roles(f"{opening}## Impact\n\n{table}\n## Cause\n\nA bad disk.\n")
    assert "duration" not in {role for told in inside.values() for role in told}


def test_a_bold_name_in_a_quotation_is_a_label() -> None:
    box = "> ⚠️ **Summary** Between 9:00 UTC and 10:00 UTC nobody could pay in the shop.\n"
    assert roles(f"# Shop outage\n\n{box}\n## Cause\n\nA bad disk.\n").get(3) == ("summary",)


def test_headings_that_name_a_day_part_no_chronicle() -> None:
    found = timeline_of(
        "# Shop outage\n\nThe shop was broken.\n\n## 3 May 2024\n\n**9:10** All is well.\n\n"
        "## 2 May 2024\n\n**17:30** The disk is replaced.\n\n**9:00** The shop is down.\n\n"
        "## What was lost\n\n40 orders.\n"
    )
    assert [str(event.date) for event in found.events] == ["2024-05-03", *["2024-05-02"] * 2]
    assert not found.disorder


@pytest.mark.parametrize(
    ("between", "untimed"),
    [
        pytest.param("All times UTC.", 0, id="another-list"),
        pytest.param("", 2, id="one-list"),
    ],
)
def test_a_list_apart_from_the_events_holds_no_entries(between: str, untimed: int) -> None:
    above = "- Deployments\n- Changes\n"
    found = timeline_of(f"{OPENING}## Timeline\n\n{above}\n{between}\n\n{ENTRIES}")
    assert (len(found.events), len(found.untimed)) == (3, untimed)


@pytest.mark.parametrize(
    ("zone", "key"), [("Mountain", "MT"), ("Central", "CT"), ("Eastern", "ET"), ("Pacific", "PT")]
)
def test_a_prevailing_time_is_a_zone(zone: str, key: str) -> None:
    words = f"Nobody could pay on 2 May 2024 from 9:00 until 10:00 {zone} Prevailing Time."
    found = facts_of(f"# Shop outage\n\n## Summary\n\n{words}\n\n## Cause\n\nA bad disk.\n")
    assert found.duration is not None
    assert found.duration.zone is not None
    assert found.duration.zone.key == key


@pytest.mark.parametrize(
    ("heading", "body", "role"),
    [
        pytest.param("Underlying issues", TOLD, "root_cause", id="several-issues"),
        pytest.param("Investigation results", TOLD, "root_cause", id="investigation"),
        pytest.param("What our investigation showed", TOLD, "root_cause", id="showed"),
        pytest.param("How the attackers got in", TOLD, "root_cause", id="got-in"),
        pytest.param("The faulty change", TOLD, "root_cause", id="faulty-change"),
        pytest.param("How a full disk took the shop down", TOLD, "root_cause", id="took-down"),
        pytest.param("The problem", TOLD, "root_cause", id="the-problem-below-an-account"),
        pytest.param("Actions carried out", TOLD, "resolution", id="carried-out"),
        pytest.param("Mitigations", MEASURES, "corrective", id="mitigations-to-come"),
        pytest.param("What we have changed", MEASURES, "corrective", id="have-changed"),
        pytest.param("Services that went down", TOLD, "impact", id="that-went-down"),
        pytest.param("How far it spread", TOLD, "impact", id="how-far"),
        pytest.param("Funds lost", TOLD, "impact", id="funds"),
    ],
)
def test_a_heading_as_authors_write_it_plays_its_part(heading: str, body: str, role: str) -> None:
    assert role in roles(f"{LONG_OPENING}## {heading}\n\n{body}\n").get(5, ())


LONG_OPENING = OPENING.replace("UTC.", "UTC, and nobody could buy or return anything.")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("How DNS resolution works", "resolution", id="name-resolution"),
        pytest.param("Recovery point objective", "resolution", id="recovery-point"),
        pytest.param("Why recovery took so long", "resolution", id="slow-recovery"),
        pytest.param("How we respond to incidents", "resolution", id="in-general"),
        pytest.param("Mitigating factors", "resolution", id="mitigating-factors"),
        pytest.param("Making it right", "resolution", id="amends"),
        pytest.param("What the alerts missed", "impact", id="missed-by-alerts"),
        pytest.param("What was not affected", "impact", id="not-affected"),
        pytest.param("How to check whether you are affected", "impact", id="how-to-check"),
        pytest.param("Recommendations to customers", "corrective", id="advice"),
        pytest.param("What should we have done?", "corrective", id="should-have"),
    ],
)
def test_a_heading_with_the_words_of_a_part_plays_none(heading: str, role: str) -> None:
    assert role not in role_of(heading, TOLD)


@pytest.mark.parametrize(
    ("field", "role"),
    [
        pytest.param(
            "- Duration - 1 hour (start: 9:00 UTC, end: 10:00 UTC)", "duration", id="aside"
        ),
        pytest.param("- Affected: 2 May, 9:00 till 10:00 UTC", "duration", id="only-when"),
        pytest.param("- Recovery: 2 May 2024 10:00 UTC", "duration", id="only-when-over"),
        pytest.param("**Root cause of the cascade:** a bad address", "root_cause", id="of-what"),
    ],
)
def test_a_field_plays_what_its_statement_tells(field: str, role: str) -> None:
    assert roles(f"# Shop outage\n\n{field}\n\n## Thanks\n\nAll.\n")[3] == (role,)


def test_numbered_headings_head_what_stands_beside_them() -> None:
    document = f"{OPENING}1. ## Timeline\n\n- 9:00 down\n- 10:00 up\n\n1. ## Cause\n\nA disk.\n"
    assert len(timeline_of(document).events) == 2
    assert roles(document)[10] == ("root_cause",)


def test_fixes_over_a_list_of_measures_tell_no_repair() -> None:
    assert role_of("Fixes", MEASURES) == ("corrective", "tasks")
    assert "resolution" in role_of("Fixes", "The disk was replaced and the shop restarted.")
