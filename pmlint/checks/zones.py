"""The zones of duration and timeline: what their letters mean, and in which season."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.checks.dates import date_words
from pmlint.checks.phrases import choice, offset
from pmlint.checks.places import locate
from pmlint.facts import Postmortem
from pmlint.findings import Case, Fix, Mark, Span
from pmlint.reading.offsets import season as in_season
from pmlint.reading.times import Date
from pmlint.reading.zones import Zone, find_zones

Parameters = Mapping[str, Any]


def ambiguous(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Abbreviations that several countries use; each is reported where it first stands.

    Cases: ``likely`` (one reading is far commoner: ``parameters["likely"]``), ``ambiguous``.
    """
    settled = {name.upper() for name in parameters["zones"]}
    seen = set(settled)
    for zone, span in _zones(postmortem):
        name = (zone.abbreviation or zone.key).upper()
        if name in seen or len(zone.candidates) < 2 or zone.stated_offset is not None:
            continue
        seen.add(name)
        offsets = [offset(minutes) for minutes in sorted(zone.candidates)]
        likely = parameters["likely"].get(name)
        values = {
            "zone": name,
            "readings": choice(offsets),
            "options": choice([f"`{name} ({each})`" for each in offsets]),
            "likely": likely or "",
        }
        yield Case("likely" if likely else "ambiguous", span, values)


def _zones(postmortem: Postmortem) -> Iterator[tuple[Zone, Span]]:
    """The zones that the duration and the timeline state, with their words."""
    duration, timeline = postmortem.duration, postmortem.timeline
    if duration is not None and duration.zone is not None:
        yield duration.zone, locate(postmortem, duration.zone.text, duration.span)
    if timeline is None:
        return
    if timeline.zone is not None:
        within = timeline.zone_span or timeline.extent
        yield timeline.zone, locate(postmortem, timeline.zone.text, within)
    for event in timeline.events:
        if event.zone is not None:
            yield event.zone, locate(postmortem, event.zone.text, event.extent)


def season(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Abbreviation, date and written offset disagree: ``offset`` (PST (UTC-7)) or ``season``.

    ``parameters["all_year"]`` lists abbreviations that the team's place uses in every season.
    """
    seen = {name.upper() for name in parameters["all_year"]}
    dated = _incident_date(postmortem)
    for zone, span in _zones(postmortem):
        name = (zone.abbreviation or "").upper()
        if not name or name in seen or len(zone.candidates) > 1:
            continue
        seen.add(name)
        if zone.stated_offset is not None:
            means = _literal(name)
            if means is not None and means != zone.stated_offset:
                values = {"zone": name, "means": offset(means)}
                values["stated"] = offset(zone.stated_offset)
                word, beside = _halves(postmortem, span, name)
                yield Case("offset", word, values, (Mark(beside, "stated"),) if beside else ())
        elif dated is not None:
            date, place = dated
            right = in_season(zone, date)
            if right is not None:
                values = {"zone": name, "right": right.abbreviation, "date": _iso(date)}
                yield Case(
                    "season",
                    span,
                    values,
                    (Mark(place, "date"),),
                    _in_season(postmortem, name, right.abbreviation),
                )


def _in_season(postmortem: Postmortem, wrong: str, right: str) -> Fix | None:
    from pmlint.fixes import times as mending

    places = [
        span
        for zone, span in _zones(postmortem)
        if (zone.abbreviation or "").upper() == wrong and zone.stated_offset is None
    ]
    duration = postmortem.duration
    if duration is not None:
        places += [point.span for point in (duration.start, duration.end) if point is not None]
    return mending.season(places, wrong, right, postmortem)


def _iso(date: Date) -> str:
    return (f"{date.year}-" if date.year is not None else "") + f"{date.month:02}-{date.day:02}"


def _halves(postmortem: Postmortem, span: Span, name: str) -> tuple[Span, Span | None]:
    """The abbreviation of ``PST (UTC-7)`` and the offset beside it."""
    text = postmortem.source.slice(span)
    at = text.upper().find(name)
    behind = re.search(r"\w[^()\[\]]*", text[at + len(name) :]) if at >= 0 else None
    if behind is None:
        return span, None
    start = span.start + at + len(name)
    word = Span(span.start + at, start)
    return word, Span(start + behind.start(), start + len(behind[0].rstrip()) + behind.start())


def _literal(abbreviation: str) -> int | None:
    """The offset of an abbreviation that stands alone; None where it has several or none."""
    found = find_zones(abbreviation)
    return found[0].offset if found and len(found[0].candidates) < 2 else None


def _incident_date(postmortem: Postmortem) -> tuple[Date, Span] | None:
    """The first date of the duration, else of the timeline, and where it stands."""
    duration, timeline = postmortem.duration, postmortem.timeline
    points = (duration.start, duration.end) if duration is not None else ()
    dates = [(point.date, point.span) for point in points if point is not None]
    if timeline is not None:
        dates += [(event.date, event.span) for event in timeline.events]
    for found, span in dates:
        if found is not None:
            return found, date_words(postmortem, span)
    return None
