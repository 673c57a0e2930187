"""``pmlint format-times``: one zone, one style, the same moments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run, Tree
from hypothesis import given, settings
from hypothesis import strategies as st
from mends import GOOD, plan, swapped

from pmlint import engine
from pmlint.facts import Postmortem
from pmlint.findings import Source
from pmlint.mend.retime import RetimeError, UnknownZoneError, retime, zone_named
from pmlint.reading.times import Style


def read(source: Source) -> Postmortem:
    facts = engine.read(source, plan())
    assert isinstance(facts, Postmortem)
    return facts


def retimed(text: str, zone: str | None = None, clock: Style | None = None) -> str:
    wanted = zone_named(zone) if zone is not None else None
    return retime(read(Source(text, "a.md")), read, zone=wanted, clock=clock)


def lines(text: str, *beginnings: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(beginnings)]


@pytest.mark.parametrize(
    ("zone", "clock", "duration", "heading", "first"),
    [
        pytest.param(
            "Africa/Lagos", None, "18 June 2024, 16:00 - 18:00 Africa/Lagos (2 hours)",
            "## Timeline (Africa/Lagos)", "- 16:00 ", id="east",
        ),
        pytest.param(
            "EST", None, "18 June 2024, 10:00 - 12:00 EST (2 hours)",
            "## Timeline (EST)", "- 10:00 ", id="west",
        ),
        pytest.param(
            "America/New_York", None, "18 June 2024, 11:00 - 13:00 EDT (2 hours)",
            "## Timeline (EDT)", "- 11:00 ", id="by the season",
        ),
        pytest.param(
            "+05:30", None, "18 June 2024, 20:30 - 22:30 UTC+05:30 (2 hours)",
            "## Timeline (UTC+05:30)", "- 20:30 ", id="offset",
        ),
        pytest.param(
            "Asia/Tokyo", None, "19 June 2024, 00:00 - 02:00 Asia/Tokyo (2 hours)",
            "## Timeline (Asia/Tokyo)", "- 00:00 ", id="another day",
        ),
        pytest.param(
            None, "12", "18 June 2024, 3:00 PM - 5:00 PM UTC (2 hours)",
            "## Timeline (UTC)", "- 3:00 PM ", id="12 hours",
        ),
        pytest.param(
            "UTC", "24", "18 June 2024, 15:00 - 17:00 UTC (2 hours)",
            "## Timeline (UTC)", "- 15:00 ", id="as it is",
        ),
        pytest.param(
            "Africa/Lagos", "12", "18 June 2024, 4:00 PM - 6:00 PM Africa/Lagos (2 hours)",
            "## Timeline (Africa/Lagos)", "- 4:00 PM ", id="both",
        ),
    ],
)  # fmt: skip
def test_times_are_rewritten_everywhere(
    zone: str | None, clock: Style | None, duration: str, heading: str, first: str
) -> None:
    after = retimed(GOOD, zone, clock)
    assert lines(after, "- **Duration:**") == [f"- **Duration:** {duration}"]
    assert lines(after, "## Timeline") == [heading]
    assert lines(after, "- 1", "- 2", "- 0", "- 3", "- 4")[0].startswith(first)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        pytest.param("Africa/Nairobi", "2024-06-18T18:00:00+03:00", id="a zone by its name"),
        pytest.param("EST", "2024-06-18T10:00:00-05:00", id="an abbreviation"),
        pytest.param("+05:30", "2024-06-18T20:30:00+05:30", id="an offset"),
        pytest.param("UTC", "2024-06-18T15:00:00Z", id="as it is"),
    ],
)
def test_zone_glued_to_an_iso_moment_stays_an_offset(zone: str, start: str) -> None:
    told = "- **Duration:** 18 June 2024, 15:00 - 17:00 UTC (2 hours)"
    fields = "- **Start:** 2024-06-18T15:00:00Z\n- **End:** 2024-06-18T17:00:00Z"
    after = retimed(swapped(GOOD, (told, fields)), zone)
    assert lines(after, "- **Start:**") == [f"- **Start:** {start}"]


def test_times_in_prose_follow() -> None:
    text = swapped(GOOD, ("a week before.", "a week before; at 15:20 UTC nobody knew."))
    assert "at 16:20 Africa/Lagos nobody knew" in retimed(text, "Africa/Lagos")


def test_code_is_left_alone() -> None:
    text = swapped(GOOD, ("a week before.", "a week before.\n\n```\n15:21 log\n```\n"))
    after = retimed(text, "Africa/Lagos", "12")
    assert "15:21 log" in after


def test_entry_that_falls_on_another_day_gets_its_date() -> None:
    text = swapped(
        GOOD,
        (
            "18 June 2024, 15:00 - 17:00 UTC (2 hours)",
            "18 June 2024, 22:00 - 19 June 2024 11:30 UTC",
        ),
        ("- 15:00 ", "- 18 June 2024 22:00 "),
        ("- 15:10 ", "- 22:10 "),
        ("- 15:45 ", "- 23:45 "),
        ("- 17:00 ", "- 19 June 2024 11:30 "),
    )
    after = retimed(text, "Asia/Tokyo")
    assert "- 19 June 2024 07:00 " in after
    assert "- 19 June 2024 20:30 " in after


def test_back_and_forth_gives_the_same_text() -> None:
    assert retimed(retimed(GOOD, "Asia/Tokyo"), "UTC") == GOOD
    assert retimed(retimed(GOOD, clock="12"), clock="24") == GOOD


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            (("17:00 UTC", "17:00"), ("## Timeline (UTC)", "## Timeline")),
            "line 5 states no timezone", id="no zone",
        ),
        pytest.param(
            (("17:00 UTC", "17:00 IST"), ("(UTC)", "(IST)")), "several meanings", id="ambiguous"
        ),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused(change: tuple[tuple[str, str], ...], reason: str) -> None:
    with pytest.raises(RetimeError, match=reason):
        retimed(swapped(GOOD, *change), "Africa/Lagos")


@pytest.mark.parametrize("name", ["Mars", "", "25:00", "IST", "+99:00", "12"])
def test_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        zone_named(name)


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(0, 1439),
    steps=st.lists(st.integers(0, 300), min_size=2, max_size=6),
    zone=st.sampled_from(
        ["UTC", "Asia/Tokyo", "America/New_York", "+05:30", "Pacific/Auckland", None]
    ),
    clock=st.sampled_from(["12", "24"]),
)
def test_moments_are_the_same_for_all_texts(
    start: int, steps: list[int], zone: str | None, clock: Style
) -> None:
    times = [start]
    for step in steps:
        times.append(times[-1] + step)
    entries = "".join(f"- {t // 60 % 24:02}:{t % 60:02} Step {n} is taken\n"
                      for n, t in enumerate(times))  # fmt: skip
    day = 4 + times[-1] // 1440
    text = (
        "# Checkout was down\n\n## Summary\n\n"
        f"- **Duration:** 4 June 2025 {start // 60:02}:{start % 60:02} - "
        f"{day} June 2025 {times[-1] // 60 % 24:02}:{times[-1] % 60:02} UTC\n"
        f"- **Impact:** 40 % of users\n\n## Timeline (UTC)\n\n{entries}"
    )
    before = read(Source(text, "a.md"))
    try:
        after = read(Source(retimed(text, zone, clock), "a.md"))
    except RetimeError:
        return
    assert before.timeline is not None
    assert after.timeline is not None
    assert [event.at for event in after.timeline.events] == [
        event.at for event in before.timeline.events
    ]


# The command


def test_file_is_rewritten_and_what_was_done_is_said(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD})
    told = run("format-times", "--isolated", "--zone", "Africa/Lagos", "a.md")
    assert (told.code, told.out) == (0, "")
    assert "changed the times of a.md" in told.err
    assert re.search("16:00 - 18:00 Africa/Lagos", Path("a.md").read_text("utf-8"))


def test_diff_changes_nothing(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD})
    told = run("format-times", "--isolated", "--clock", "12", "--diff", "a.md")
    assert told.code == 1
    assert "+- 3:00 PM A release" in told.out
    assert Path("a.md").read_text("utf-8") == GOOD


@pytest.mark.parametrize(
    ("call", "told"),
    [
        pytest.param(["a.md"], "say what to write", id="nothing asked for"),
        pytest.param(["--clock", "12"], "name a file", id="no file"),
        pytest.param(["--zone", "Afrika/Lagos", "a.md"], "did you mean `Africa/Lagos`", id="typo"),
        pytest.param(["--zone", "new york", "a.md"], "`America/New_York`", id="a city alone"),
        pytest.param(["--zone", "IST", "a.md"], "several meanings", id="ambiguous"),
        pytest.param(["--clock", "13", "a.md"], "One of: 12, 24", id="clock"),
        pytest.param(["--clock", "12", "none.md"], "none.md", id="no such file"),
    ],
)
def test_wrong_call_is_answered(run: Run, tree: Tree, call: list[str], told: str) -> None:
    tree({"a.md": GOOD})
    result = run("format-times", "--isolated", *call)
    assert result.code == 2
    assert told in result.err
    assert Path("a.md").read_text("utf-8") == GOOD
