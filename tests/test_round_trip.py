"""Any rendering of an incident is read back to the same facts.

An incident is drawn first (a zone, a start, events); then one of the ways to
write it down. What is read must be the incident again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import groupby

from harness import facts_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmlint.facts import Duration, Timeline

HALF_A_DAY = 12 * 60
"""Minutes: the day of a clock without a date can be told only within so long."""

ZONES = {
    "UTC": 0, "GMT": 0, "WAT": 60, "CAT": 120, "EAT": 180, "GMT+1": 60, "UTC-5": -300,
    "UTC+05:30": 330, "(UTC+2)": 120,
}  # fmt: skip

CLOCKS: dict[str, Callable[[datetime], str]] = {
    "24": lambda at: f"{at:%H:%M}",
    "12": lambda at: f"{at.hour % 12 or 12}:{at:%M} {at:%p}",
    "12-small": lambda at: f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}",
    "12-dots": lambda at: f"{at.hour % 12 or 12}:{at:%M} {'a.m.' if at.hour < 12 else 'p.m.'}",
}

DATES: dict[str, Callable[[datetime], str]] = {
    "iso": lambda at: f"{at:%Y-%m-%d}",
    "month-first": lambda at: f"{at:%B} {at.day}, {at.year}",
    "day-first": lambda at: f"{at.day} {at:%B} {at.year}",
    "short": lambda at: f"{at:%b} {at.day}, {at.year}",
}

DID = ("an alert fired", "we looked at the disk", "the vendor was called", "the fix was applied")


@dataclass(frozen=True)
class Incident:
    """What happened: the start, the minutes from event to event, the zone."""

    start: datetime
    steps: tuple[int, ...]
    zone: str

    @property
    def events(self) -> list[datetime]:
        moments = [self.start]
        for step in self.steps:
            moments.append(moments[-1] + timedelta(minutes=step))
        return moments

    @property
    def end(self) -> datetime:
        return self.events[-1]

    @property
    def minutes(self) -> int:
        return sum(self.steps)


@dataclass(frozen=True)
class Style:
    """How it is written down."""

    clock: str
    date: str
    duration: str
    form: str
    placement: str
    """Where the timeline states its days: nowhere, in each entry, with the first of a day …"""
    zoned: str
    """Where the timeline states its zone."""


incidents = st.builds(
    Incident,
    st.datetimes(datetime(2015, 1, 2), datetime(2030, 12, 28)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    st.lists(st.integers(1, HALF_A_DAY - 60), min_size=1, max_size=5).map(tuple),
    st.sampled_from(sorted(ZONES)),
)

DURATIONS = ("both-dates", "one-date", "two-fields", "rows", "sentence", "items")
FORMS = ("items", "bold-items", "numbered", "lines", "bold-lines", "table", "columns", "headings")
PLACEMENTS = ("none", "each", "first-of-day", "day-headings")

styles = st.builds(
    Style,
    st.sampled_from(sorted(CLOCKS)),
    st.sampled_from(sorted(DATES)),
    st.sampled_from(DURATIONS),
    st.sampled_from(FORMS),
    st.sampled_from(PLACEMENTS),
    st.sampled_from(("duration", "heading", "entries", "sentence")),
)


# -- writing -----------------------------------------------------------------


def render(incident: Incident, style: Style) -> str:
    clock, date = CLOCKS[style.clock], DATES[style.date]
    heading = "## Timeline"
    if style.zoned == "heading":
        heading += f" (all times {incident.zone.strip('()')})"
    if style.zoned == "sentence":
        heading += f"\n\nAll times in {incident.zone.strip('()')}."
    return (
        "# The shop was closed\n\n## Issue Summary\n\n"
        f"{duration_of(incident, style, clock, date)}\n\n"
        "**Impact:** all customers\n\n"
        f"{heading}\n\n{timeline_of(incident, style, clock, date)}\n\n"
        "## Root cause\n\nA bad disk.\n"
    )


def duration_of(
    incident: Incident,
    style: Style,
    clock: Callable[[datetime], str],
    date: Callable[[datetime], str],
) -> str:
    start, end, zone = incident.start, incident.end, incident.zone
    first, last = f"{date(start)} {clock(start)}", f"{date(end)} {clock(end)}"
    near = start.date() == end.date() or incident.minutes < HALF_A_DAY
    if style.duration == "one-date" and near:
        return f"**Duration:** {date(start)}, {clock(start)} - {clock(end)} {zone}"
    if style.duration == "two-fields":
        return f"**Start time:** {first} {zone}\n\n**End time:** {last} {zone}"
    if style.duration == "rows":
        return f"| Field | Value |\n|---|---|\n| Start | {first} {zone} |\n| End | {last} {zone} |"
    if style.duration == "items":
        return f"- Duration:\n  - Start: {first} {zone}\n  - End: {last} {zone}"
    if style.duration == "sentence":
        return f"The shop was closed from {first} to {last} {zone}."
    return f"**Duration:** {first} - {last} {zone}"


def timeline_of(
    incident: Incident,
    style: Style,
    clock: Callable[[datetime], str],
    date: Callable[[datetime], str],
) -> str:
    behind = f" {incident.zone}" if style.zoned == "entries" else ""
    told = [
        (at, f"{clock(at)}{behind}", DID[number % len(DID)])
        for number, at in enumerate(incident.events)
    ]
    if style.form == "columns":
        rows = [f"| {date(at)} | {time} | {did} |" for at, time, did in told]
        return "\n".join(("| Date | Time | Event |", "|---|---|---|", *rows))
    if style.placement == "day-headings" and style.form not in ("table", "headings"):
        days = groupby(told, key=lambda entry: entry[0].date())
        parts = [(list(entries)) for _, entries in days]
        return "\n\n".join(
            f"### {date(part[0][0])}\n\n{entries_of(part, style, None)}" for part in parts
        )
    return entries_of(told, style, date if style.placement in ("each", "first-of-day") else None)


def entries_of(
    told: Sequence[tuple[datetime, str, str]], style: Style, date: Callable[[datetime], str] | None
) -> str:
    lines = []
    before = None
    for number, (at, time, did) in enumerate(told, start=1):
        if date is not None and (style.placement == "each" or at.date() != before):
            time = f"{date(at)} {time}"
        before = at.date()
        lines.append(entry(number, time, did, style.form))
    head = "| Time | Event |\n|---|---|\n" if style.form == "table" else ""
    return head + "\n".join(lines)


def entry(number: int, time: str, did: str, form: str) -> str:
    return {
        "items": f"- {time} - {did}",
        "bold-items": f"- **{time}:** {did}",
        "numbered": f"{number}. {time}: {did}",
        "lines": f"{time} - {did}\n",
        "bold-lines": f"**{time}** {did}\n",
        "table": f"| {time} | {did} |",
        "columns": "",
        "headings": f"### {time}\n\n{did}\n",
    }[form]


# -- reading -----------------------------------------------------------------


@settings(max_examples=300, deadline=None, derandomize=True)
@given(incidents, styles)
@example(
    Incident(datetime(2023, 12, 31, 23, 30), (60, 600), "EAT"),
    Style("12", "iso", "one-date", "items", "none", "duration"),
)
def test_any_rendering_is_read_back(incident: Incident, style: Style) -> None:
    text = render(incident, style)
    facts = facts_of(text)
    assert facts.duration is not None, text
    assert facts.timeline is not None, text
    check_duration(incident, facts.duration, text)
    check_timeline(incident, facts.timeline, text)


def check_duration(incident: Incident, found: Duration, text: str) -> None:
    assert found.start is not None, text
    assert found.end is not None, text
    assert found.zone is not None, text
    assert (found.start.at, found.end.at) == (
        moment(incident, incident.start),
        moment(incident, incident.end),
    ), text
    assert found.zone.offset == ZONES[incident.zone], text
    assert (found.minutes, found.verdict) == (incident.minutes, None), text


def check_timeline(incident: Incident, found: Timeline, text: str) -> None:
    clocks = [str(event.clock) for event in found.events]
    assert clocks == [f"{at:%H:%M}" for at in incident.events], text
    assert [event.at for event in found.events] == [
        moment(incident, at) for at in incident.events
    ], text
    assert (found.disorder, found.untimed) == ((), ()), text


def moment(incident: Incident, at: datetime) -> datetime:
    return at.replace(tzinfo=timezone(timedelta(minutes=ZONES[incident.zone])))
