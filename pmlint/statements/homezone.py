"""What ambiguous abbreviations of timezones mean to a team that names its zones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmlint.facts import Duration, Event, Point, Postmortem, Timeline
    from pmlint.reading.zones import Zone


def meanings(zones: Mapping[str, str], home: str) -> Mapping[str, str]:
    """The IANA zone by abbreviation: those named, and the two of the home zone."""
    if not home:
        return zones
    from zoneinfo import ZoneInfo

    place = ZoneInfo(home)
    names = {datetime(2024, month, 1, tzinfo=place).tzname() or "" for month in (1, 7)}
    return {**{name: home for name in names if name.isalpha()}, **zones}


def settle(facts: Postmortem, zones: Mapping[str, str]) -> Postmortem:
    """The facts with every ambiguous zone that the team's settings decide."""
    duration = facts.duration and _duration(facts.duration, zones)
    timeline = facts.timeline and _timeline(facts.timeline, zones)
    if duration is facts.duration and timeline is facts.timeline:
        return facts
    from pmlint.statements.moments import choose, metrics
    from pmlint.statements.timeline import complete

    if timeline is not None:
        timeline = complete(timeline, duration, _year(duration))
    told = metrics(choose(duration, timeline, facts.source))
    return facts._replace(duration=duration, timeline=timeline, metrics=told)


def _year(duration: Duration | None) -> int | None:
    start = duration.start if duration is not None else None
    return start.date.year if start is not None and start.date is not None else None


def _zone(zone: Zone | None, zones: Mapping[str, str]) -> Zone | None:
    if zone is None or len(zone.candidates) < 2 or zone.stated_offset is not None:
        return zone
    meant = zones.get((zone.abbreviation or zone.key).upper())
    return zone._replace(iana=meant, candidates=()) if meant else zone


def _duration(duration: Duration, zones: Mapping[str, str]) -> Duration:
    zone = _zone(duration.zone, zones)
    if zone is duration.zone:
        return duration
    start, end = _point(duration.start, zone), _point(duration.end, zone)
    return duration._replace(zone=zone, start=start, end=end)


def _point(point: Point | None, zone: Zone | None) -> Point | None:
    from pmlint.reading.offsets import utc_offset

    if point is None or zone is None or point.date is None or point.clock is None:
        return point
    offset = utc_offset(zone, point.date, point.clock)
    if offset is None or point.date.year is None:
        return point
    return point._replace(at=_moment(point, offset))


def _moment(point: Point, offset: int) -> datetime | None:
    from datetime import timedelta, timezone

    if point.at is not None:
        return point.at
    date, clock = point.date, point.clock
    if date is None or date.year is None or clock is None:
        return None
    zone = timezone(timedelta(minutes=offset))
    return datetime(date.year, date.month, date.day, clock.hour, clock.minute, tzinfo=zone)


def _timeline(timeline: Timeline, zones: Mapping[str, str]) -> Timeline:
    zone = _zone(timeline.zone, zones)
    events = tuple(_event(event, zones) for event in timeline.events)
    same = all(new is old for new, old in zip(events, timeline.events, strict=True))
    if zone is timeline.zone and same:
        return timeline
    return timeline._replace(zone=zone, events=events)


def _event(event: Event, zones: Mapping[str, str]) -> Event:
    zone = _zone(event.zone, zones)
    return event if zone is event.zone else event._replace(zone=zone)
