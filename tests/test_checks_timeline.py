"""Order: which entry is reported, and which entries the help moves."""

from __future__ import annotations

import pytest
from harness import judged

HEAD = """# Checkout outage of 18 June 2024

- **Duration:** 18 June 2024, 15:00 - 17:00 UTC
- **Impact:** 40% of customers could not pay

## Timeline

"""


def timeline(*times: str) -> str:
    return HEAD + "".join(f"- {time} - Step {number}.\n" for number, time in enumerate(times))


@pytest.mark.parametrize(
    ("times", "message", "help"),
    [
        pytest.param(
            ["15:00", "15:30", "15:10", "15:40"],
            "the timeline goes back 20 minutes",
            "move line 10 between line 8 (15:00) and line 9 (15:30), or correct its time",
            id="one entry goes back",
        ),
        pytest.param(
            ["15:30", "15:10", "15:40"],
            "the timeline goes back 20 minutes",
            "move line 9 above line 8 (15:30), or correct its time",
            id="to the front",
        ),
        pytest.param(
            ["15:00", "16:00", "15:10", "15:20", "15:50", "16:30"],
            "the timeline goes back 50 minutes",
            "move line 9 between line 12 (15:50) and line 13 (16:30), or correct its time",
            id="one entry lies ahead of many",
        ),
        pytest.param(
            ["15:00", "16:00", "15:10", "15:20"],
            "the timeline goes back 50 minutes",
            "move line 9 below line 11 (15:20), or correct its time",
            id="to the end",
        ),
        pytest.param(
            ["15:00", "15:40", "15:50", "15:10", "15:20", "16:30"],
            "the timeline goes back 40 minutes",
            "move lines 11 to 12 between line 8 (15:00) and line 9 (15:40), or correct its time",
            id="of equal runs the one that goes back",
        ),
    ],
)
def test_help_moves_the_fewer_entries(times: list[str], message: str, help: str) -> None:
    (finding,) = judged("PM402", timeline(*times))
    told, _, fix = finding.help.partition("; ")
    assert (finding.message, told) == (message, help)
    assert fix == "`--unsafe-fixes` puts the entries in order"


def test_disorder_is_reported_at_the_earlier_entry_with_the_one_before_it() -> None:
    text = timeline("15:00", "15:30", "15:10", "15:40")
    (finding,) = judged("PM402", text)
    assert text[finding.span.start : finding.span.end] == "15:10"
    assert [text[slice(*related.span)] for related in finding.related] == ["15:30"]


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(["15:00", "15:00", "15:30"], id="equal times"),
        pytest.param(["15:00", "15:30", "16:59"], id="rising"),
        pytest.param(["15:00"], id="one entry"),
    ],
)
def test_order_is_fine(times: list[str]) -> None:
    assert judged("PM402", timeline(*times)) == []


@pytest.mark.parametrize(
    ("last", "messages"),
    [
        pytest.param("17:12 - Service resolved", [], id="within a tenth of the duration"),
        pytest.param(
            "17:13 - Service resolved",
            ["it is over 13 minutes after the stated end"],
            id="a minute beyond",
        ),
        pytest.param("18:30 - Review held", [], id="what follows is no end"),
    ],
)
def test_window_has_a_tolerance(last: str, messages: list[str]) -> None:
    text = HEAD + f"- 15:00 - Alert fires\n- 16:00 - Log read\n- {last}\n"
    assert [finding.message for finding in judged("PM405", text)] == messages


@pytest.mark.parametrize(
    "last",
    [
        pytest.param("- 18:30 - Report sent to customers", id="a report"),
        pytest.param("- 18:30 - Published the post-mortem", id="a post-mortem"),
    ],
)
def test_the_report_afterwards_detects_nothing(last: str) -> None:
    assert judged("PM405", HEAD + f"- 15:10 - Disk swapped\n{last}\n") == []


def test_status_posts_may_be_written_later() -> None:
    posts = "".join(
        f"**{state}:** Step.\nPosted Jun 18, 2024 - {clock} UTC\n\n"
        for state, clock in [("Resolved", "19:30"), ("Update", "17:20"), ("Investigating", "15:25")]
    )
    told = "Checkout was down from 15:00 UTC to 17:00 UTC on 18 June 2024 for all customers."
    assert judged("PM405", f"# Checkout outage\n\n{told}\n\n{posts}") == []


@pytest.mark.parametrize(
    ("minutes", "count"), [pytest.param(60, 0, id="as long"), pytest.param(59, 1, id="longer")]
)
def test_gap_is_longer_than_the_parameter(minutes: int, count: int) -> None:
    found = judged("PM411", timeline("15:00", "16:00"), parameters={"minutes": minutes})
    assert len(found) == count


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        pytest.param("- **Detected:** 15:05", [], id="a label tells when it was detected"),
        pytest.param("- **Reviewed:** 15:05", ["PM407"], id="another label does not"),
    ],
)
def test_detection_may_be_told_by_a_label(label: str, codes: list[str]) -> None:
    text = HEAD.replace("\n\n## Timeline", f"\n{label}\n\n## Timeline") + "- 15:10 Disk swapped\n"
    assert [finding.code for finding in judged("PM407", text)] == codes
