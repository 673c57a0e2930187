"""From the statement that counts to the fact: both ends, the minutes between, the fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from pmlint.facts import Duration, DurationVerdict, Point, Statement
from pmlint.reading.lengths import Length
from pmlint.reading.times import Date
from pmlint.reading.zones import Zone
from pmlint.standard.patterns import expression
from pmlint.statements.durationspan import days_after
from pmlint.statements.order import HALF_A_DAY, at_offset, full
from pmlint.statements.told import Reading, Told
from pmlint.statements.toldcues import of_whole


def stated_fact(chosen: Reading, all_read: Sequence[Reading], year: int | None) -> Duration:
    """The duration that a statement gives; dates without a year are of ``year``."""
    start, end = _dated(chosen, year)
    zone = chosen.zone
    first = _point(start, zone, year)
    last = _point(end, zone, year)
    days = days_after(start, end) if start is not None and end is not None else None
    minutes, last = _length(first, last, end, year, zone, days)
    stated = chosen.stated
    owner = next((r for r in all_read if stated is not None and r.stated is stated), chosen)
    approximate = any(moment is not None and moment.approximate for moment in (start, end))
    of_several = stated is not None and _SEVERAL.search(owner.text.prose) is not None
    apart = of_several or (_joined(chosen, all_read) and not of_whole(owner.text.prose))
    compared = None if apart else stated
    verdict = _verdict(first, last, zone, minutes, compared, chosen.bound or apart)
    return Duration(
        span=chosen.span,
        start=first,
        end=last,
        zone=zone,
        minutes=minutes,
        stated=stated,
        stated_span=owner.text.span(stated.start, stated.end) if stated else None,
        approximate=approximate or bool(stated and stated.approximate),
        statements=tuple(Statement(r.span, r.kind if r.weight[1] else "length") for r in all_read),
        verdict=verdict,
        apart=apart and stated is not None,
    )


def _joined(chosen: Reading, all_read: Sequence[Reading]) -> bool:
    """Its ends stand in different sentences of a story, of which either may be something else."""
    if chosen.kind != "sentence" or chosen.ranged or chosen.clocks < 2:
        return False
    return not any(each.clocks == 2 and each.span == chosen.span for each in all_read)


_SEVERAL = expression(
    r"\b(?:both|two|three|all|these|the)\s(?:\w+\s)?(?:outages|incidents|interruptions|windows)\b",
    re.IGNORECASE,
)
"""``In total these two outages took three hours``: the length of neither."""


def _dated(chosen: Reading, year: int | None) -> tuple[Told | None, Told | None]:
    """Both ends with the date that is given once, and the year."""
    start, end = chosen.start, chosen.end
    lone = chosen.date.date if chosen.date is not None else None
    if start is None and end is None and chosen.date is not None:
        start = chosen.date
    if start is not None and start.date is None and (lone or (end and end.date)):
        start = start.on(lone or (end.date if end else None))
    if end is not None and end.date is None and (start is not None or lone):
        end = end.on(start.date if start is not None else lone)
    return _with_year(start, end, year), _with_year(end, start, year)


def _with_year(moment: Told | None, other: Told | None, year: int | None) -> Told | None:
    if moment is None or moment.date is None or moment.date.year is not None:
        return moment
    found = other.date.year if other is not None and other.date is not None else None
    return moment.on(Date(found or year, moment.date.month, moment.date.day))


def _point(told: Told | None, zone: Zone | None, year: int | None) -> Point | None:
    if told is None:
        return None
    at: datetime | None = None
    if told.date is not None and told.clock is not None:
        day = full(told.date, year)
        if day is not None:
            at = at_offset(day, told.clock, told.zone or zone)
    return Point(told.date, told.clock, at, told.span, told.approximate)


def _length(
    start: Point | None,
    end: Point | None,
    told_end: Told | None,
    year: int | None,
    zone: Zone | None,
    days: int | None,
) -> tuple[int | None, Point | None]:
    """Minutes from start to end; an undated end before the start is the next day within 12 h.

    ``days`` is how many days after the start the words put an undated end.
    """
    if start is None or end is None or start.clock is None or end.clock is None:
        return None, end
    seconds = end.clock.seconds - start.clock.seconds + _offsets_apart(start, end)
    if start.date is not None and end.date is not None:
        first, last = full(start.date, year or 2001), full(end.date, year or 2001)
        if first is None or last is None:
            return None, end
        own = told_end is not None and told_end.dated
        if days is not None and not own:
            last = first
        seconds += (last - first).days * 86400
        ahead = 0 if own or first != last else _days_ahead(seconds, days)
        if ahead:
            seconds += ahead * 86400
            day = last + timedelta(days=ahead)
            date = Date(day.year if end.date.year is not None else None, day.month, day.day)
            zone = told_end.zone if told_end is not None and told_end.zone is not None else zone
            at = at_offset(day, end.clock, zone) if date.year is not None else None
            end = Point(date, end.clock, at, end.span, end.approximate)
    else:
        seconds += _days_ahead(seconds, days) * 86400
    return round(seconds / 60), end


def _days_ahead(seconds: int, days: int | None) -> int:
    """The days between the clocks of both ends, by the words or by the shortest way."""
    if days is not None:
        return days
    return int(seconds < 0 and seconds + 86400 < HALF_A_DAY * 60)


def _offsets_apart(start: Point, end: Point) -> int:
    """Seconds to add to the difference of two clocks: ``1:30 AM EST - 3:45 AM EDT``."""
    offsets = [point.at.utcoffset() if point.at is not None else None for point in (start, end)]
    if offsets[0] is None or offsets[1] is None:
        return 0
    return int((offsets[0] - offsets[1]).total_seconds())


def _verdict(
    start: Point | None,
    end: Point | None,
    zone: Zone | None,
    minutes: int | None,
    stated: Length | None,
    bound: bool,
) -> DurationVerdict | None:
    if start is None and end is None:
        return "no-times" if stated is not None or bound else "missing"
    if start is None or end is None or start.clock is None or end.clock is None:
        return "no-times"
    if zone is None:
        return "no-timezone"
    if minutes is not None and minutes < 0:
        return "reversed"
    if minutes is not None and stated is not None and differs(stated.minutes, minutes):
        return "mismatch"
    return None


def differs(stated: float, minutes: float) -> bool:
    """More than ten per cent and more than a minute apart."""
    apart = abs(stated - minutes)
    return apart > 1 and apart > 0.1 * max(minutes, 1)
