"""Which statement is taken for start, detection, mitigation and end of an incident."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from harness import facts_of

from pmlint.findings import Source
from pmlint.statements.moments import Moments, Told, choose, fields_of, metrics

HEAD = "# Checkout offline on 18 June 2024\n\n"
DURATION = "- **Duration:** 18 June 2024, 15:00 - 17:00 UTC\n\n"


class Line(NamedTuple):
    """A moment by its clock and its line."""

    clock: str
    line: int


def moments(text: str) -> Moments:
    postmortem = facts_of(text)
    return choose(postmortem.duration, postmortem.timeline, postmortem.source)


def line(text: str, told: Told | None) -> Line | None:
    if told is None:
        return None
    return Line(str(told.clock), Source(text, "").place(told.span.start).line)


def told(*events: str, head: str = HEAD + DURATION, zone: str = " (UTC)") -> str:
    return f"{head}## Timeline{zone}\n\n" + "".join(f"- {event}\n" for event in events)


@pytest.mark.parametrize(
    ("events", "clock"),
    [
        pytest.param(("15:00 Payments fail", "15:04 Alert pages on-call"), "15:04", id="an alert"),
        pytest.param(
            ("15:00 Payments fail", "15:06 Support notified the DBA team of complaints"),
            "15:06",
            id="told to a team, which reads as an escalation",
        ),
        pytest.param(
            ("14:20 A user reports a typo", "15:05 Users report failing payments"),
            "15:05",
            id="a report from before the start is another matter",
        ),
        pytest.param(
            ("14:57 Alert: error rate rises", "15:20 Customers complain"),
            "14:57",
            id="a few minutes before the stated start",
        ),
        pytest.param(
            ("15:10 Cause found", "17:00 Rolled back, all works again"), None, id="nobody noticed"
        ),
        pytest.param(
            ("15:10 Cause found", "18:30 Incident reported to the regulator"),
            None,
            id="a report behind the end",
        ),
        pytest.param(
            ("15:05 No alarm went off", "15:20 Customers complain"),
            "15:20",
            id="an alarm that stayed silent",
        ),
    ],
)
def test_detection_is_when_somebody_noticed(events: tuple[str, ...], clock: str | None) -> None:
    found = moments(told(*events)).detected
    assert (str(found.clock) if found else None) == clock


@pytest.mark.parametrize(
    ("events", "clock"),
    [
        pytest.param(
            ("15:05 Alert fires", "15:30 Restarted the pods", "16:30 Rolled back release 2.14"),
            "16:30",
            id="the last step counts",
        ),
        pytest.param(
            ("15:05 Alert fires", "16:00 Rolled back", "16:20 Restart had no effect"),
            "16:00",
            id="a step in vain does not",
        ),
        pytest.param(
            ("15:05 Alert fires", "16:00 Rolled back", "17:30 Patched the other servers"),
            "16:00",
            id="nor does one behind the end",
        ),
        pytest.param(
            ("15:01 Server restarted for maintenance", "15:05 Alert fires"),
            None,
            id="nor one before anybody noticed",
        ),
        pytest.param(
            ("15:05 Alert fires", "15:40 Impact mitigated", "16:10 Deployed the fix everywhere"),
            "15:40",
            id="what calls itself mitigated",
        ),
    ],
)
def test_mitigation_is_the_last_step_that_helped(
    events: tuple[str, ...], clock: str | None
) -> None:
    found = moments(told(*events)).mitigated
    assert (str(found.clock) if found else None) == clock


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param(HEAD + DURATION, Line("15:00", 3), Line("17:00", 3), id="the stated duration"),
        pytest.param(
            told("15:00 Outage begins", "15:30 Resolved: payments work", head=HEAD),
            Line("15:00", 5),
            Line("15:30", 6),
            id="events, where no duration is stated",
        ),
        pytest.param(
            told("14:00 Deployed release 7", "14:30 Alert fires", head=HEAD),
            None,
            None,
            id="a release leads up to the start",
        ),
    ],
)
def test_start_and_end_are_stated_or_those_of_events(
    text: str, start: Line | None, end: Line | None
) -> None:
    found = moments(text)
    assert (line(text, found.started), line(text, found.resolved)) == (start, end)


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("- **Time of detection:** 15:07 UTC\n\n", id="item"),
        pytest.param("| Detected | 15:07 UTC |\n|---|---|\n| Lead | Ana |\n\n", id="header table"),
        pytest.param("Detected at: 18 June 2024 15:07 UTC\n\n", id="line with its date"),
    ],
)
def test_labelled_value_beats_the_events(field: str) -> None:
    found = moments(told("15:00 Alert fires", "15:20 Escalated", head=HEAD + DURATION + field))
    assert found.detected is not None
    assert (str(found.detected.clock), found.detected.by) == ("15:07", "field")


def test_front_matter_and_code_are_told_apart() -> None:
    text = "---\ndetecttime: 10:05\n---\n# A\n\n```\nDetected: 11:00\n```\nSeverity: SEV2\n"
    found = {field.label: field.text for field in fields_of(Source(text, ""))}
    assert found == {"detecttime": "10:05", "severity": "SEV2"}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        pytest.param(told("15:05 Alert fires", "16:00 Rolled back"), (5, 60, 120), id="all told"),
        pytest.param(
            told(
                "23:58 Alert fires",
                "00:30 Rolled back",
                head=HEAD + "- **Duration:** 23:50 - 00:40\n\n",
                zone="",
            ),
            (8, 40, 50),
            id="over midnight, without date and zone",
        ),
        pytest.param(
            told("17:05 Alert fires", "18:00 Rolled back", zone=" (CEST)"),
            (5, 60, 120),
            id="two zones",
        ),
        pytest.param(
            told("17:05 Alert fires", "18:00 Rolled back", zone=" (IST)"),
            (None, None, 120),
            id="a zone that may mean several: nothing is worked out",
        ),
        pytest.param(
            HEAD + "| Detected | 18 June 2024 15:00 |\n|---|---|\n"
            "| Resolved | 18 June 2024 16:00 |\n\n## Timeline\n\n- 15:20 Cause found\n",
            (None, None, 60),
            id="one statement for start and detection",
        ),
        pytest.param(told("14:58 Alert fires"), (0, None, 120), id="a little before the start"),
        pytest.param("# A\n\nNothing.\n", (None, None, None), id="nothing told"),
    ],
)
def test_minutes_are_counted_from_the_start(text: str, minutes: tuple[int | None, ...]) -> None:
    found = facts_of(text).metrics
    assert (
        found.minutes_to_detect,
        found.minutes_to_mitigate,
        found.minutes_to_resolve,
    ) == minutes


def test_facts_name_the_words_that_tell_a_moment() -> None:
    text = told("15:05 Alert fires", "16:00 Rolled back")
    found = metrics(moments(text))
    spans = (found.started, found.detected, found.mitigated)
    assert [text[slice(*span)] if span else None for span in spans] == [
        "18 June 2024, 15:00",
        "15:05",
        "16:00",
    ]
