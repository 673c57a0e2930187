"""The incident: its moments, its length, its impact, cause and fix."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reports.layout import cells, pad, wrap
from pmlint.reports.money import with_currency
from pmlint.reports.show_page import Page, date_in_words, in_words, length, naive, short

MOMENT = ("PM201", "PM202", "PM203", "PM204", "PM205", "PM207", "PM208", "PM209", "PM21", "PM4")
LENGTH = ("PM206", "PM414")


class _Fact(NamedTuple):
    """A value of the incident and where it stands."""

    name: str
    value: str
    place: str = ""
    indent: int = 0
    """Cells before the value: an empty column of dates."""
    under: int = 0
    """The cell below which the place stands where there is no room beside."""


def incident(page: Page) -> Iterator[str]:
    """Each value with where it stands and the codes of what contradicts it."""
    yield page.style.paint("bold", "Incident")
    facts = [*_moments(page), *_length_told(page), _impact(page)]
    facts += [_passage(page, "cause", "root_cause"), _passage(page, "fix", "resolution")]
    longest = max(fact.indent + cells(fact.value) for fact in facts)
    room = page.width - (13 if page.stacked else 40)
    room = min(room, max(40, longest))
    for fact in facts:
        yield from _fact(page, fact, room)


def _fact(page: Page, fact: _Fact, room: int) -> Iterator[str]:
    """A value and, in a column of its own or below, where it stands."""
    rows = short(wrap(fact.value, room - fact.indent), room, page.style)
    rows = [" " * fact.indent + row for row in rows]
    places: list[str] = []
    if fact.place and page.stacked:
        under = wrap(fact.place, page.width - 13 - fact.under)
        rows += [" " * fact.under + row for row in under]
    elif fact.place:
        places = wrap(fact.place, page.width - room - 14)
    for at in range(max(len(rows), len(places))):
        left = rows[at] if at < len(rows) else ""
        right = places[at] if at < len(places) else ""
        yield f"  {fact.name if not at else '':<11}{pad(left, room + 1)}{right}"


def _moments(page: Page) -> Iterator[_Fact]:
    """Start, detection, mitigation and end, each from where it is told."""
    metrics = page.postmortem.metrics
    duration = page.postmortem.duration
    known = (
        ("started", metrics.started_at, None),
        ("detected", metrics.detected_at, metrics.minutes_to_detect),
        ("mitigated", metrics.mitigated_at, metrics.minutes_to_mitigate),
        ("resolved", metrics.resolved_at, metrics.minutes_to_resolve),
    )
    days = [in_words(at) for _, at, _ in known if at]
    dated = max(map(len, days), default=-2) + 2
    zone = f" {page.told(duration.zone.text)}" if duration and duration.zone else ""
    day = ""
    for name, at, minutes in known:
        after = "" if minutes is None else f", after {length(minutes)}"
        span = _told_at(page, name, at)
        place = page.place(MOMENT, span, after=after) if span else after[2:]
        stated = f"{at:%H:%M}" if at else _stated(page, name)
        if not stated and name in ("started", "resolved"):
            code = page.codes(MOMENT, duration.span) if duration else page.missing("duration")
            yield _Fact(name, "not found", code)
        elif at is None and stated:
            yield _Fact(name, stated + zone, place)
            zone = ""
        elif at and in_words(at) == day:
            yield _Fact(name, stated + zone, place, dated, dated)
        elif at:
            day = in_words(at)
            yield _Fact(name, f"{day:<{dated}}{stated}{zone}", place, 0, dated)
            zone = ""


def _stated(page: Page, name: str) -> str:
    """A date or clock that is no complete moment."""
    duration = page.postmortem.duration
    if not duration or name not in ("started", "resolved"):
        return ""
    point = duration.start if name == "started" else duration.end
    if point is None:
        return ""
    day = date_in_words(point.date) if point.date else ""
    return "  ".join(part for part in (day, str(point.clock or "")) if part)


def _told_at(page: Page, name: str, at: datetime | None) -> Span | None:
    """The event or statement that gives a moment."""
    duration, timeline = page.postmortem.duration, page.postmortem.timeline
    chosen: Span | None = getattr(page.postmortem.metrics, name)
    if chosen is not None:
        return chosen
    if name == "started" and duration and duration.start:
        return duration.span
    events = [event for event in timeline.events if event.kind == name] if timeline else []
    for event in events:
        if at is None or event.at is None or naive(event.at) == naive(at):
            return event.span
    if name == "resolved" and duration and duration.end:
        return duration.span
    return events[0].span if events else None


def _length_told(page: Page) -> Iterator[_Fact]:
    duration = page.postmortem.duration
    if duration is None:
        yield _Fact("length", "not found", page.missing("duration"))
        return
    stated = duration.stated.minutes if duration.stated else None
    minutes = duration.minutes if duration.minutes is not None else stated
    if minutes is None:
        return
    place = ""
    if stated is not None:
        span = duration.stated_span or duration.span
        differs = duration.minutes is not None and round(stated) != duration.minutes
        says = f" says {length(stated)}" if differs else ""
        place = page.place(LENGTH, span, after=says)
    about = "about " if duration.approximate else ""
    yield _Fact("length", about + length(minutes), place)


def _impact(page: Page) -> _Fact:
    impact = page.postmortem.impact
    if impact is None:
        return _Fact("impact", "not found", page.missing("impact"))
    source = page.postmortem.source
    told = (with_currency(figure, source) for figure in impact.figures)
    figures = list(dict.fromkeys(page.told(each) for each in told))
    if figures:
        value = "; ".join(figures)
    else:
        value = "everyone or everything" if impact.universal else "told without a figure"
    spans = (impact.span, impact.extent, *(figure.span for figure in impact.figures))
    return _Fact("impact", value, page.place(("PM3",), *spans))


def _passage(page: Page, name: str, role: str) -> _Fact:
    found = page.postmortem.root_cause if name == "cause" else page.postmortem.resolution
    if found is None:
        return _Fact(name, "not found", page.missing(role))
    return _Fact(name, page.told(found.text), page.place(("PM5",), found.span))
