"""The four moments of an incident: start, detection, mitigation, end.

Duration, labelled fields and events all tell moments; this module chooses among
them and brings what it chose onto one line of time, so that lengths can be
worked out even where the document names no date or no zone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date as calendar_date
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Literal

from pmlint.facts import Duration, Event, EventKind, Metrics, Point, Timeline
from pmlint.findings import Source, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.clocks import Clock
from pmlint.reading.dates import Date
from pmlint.reading.offsets import utc_offset
from pmlint.reading.zones import Zone
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements.order import STAND_IN, at_offset, full
from pmlint.statements.timeline import affirmed

By = Literal["duration", "field", "event"]
HALF_A_DAY = timedelta(hours=12)
DAY = timedelta(days=1)
SLACK = timedelta(minutes=5)
"""What lies less before the start than this counts as at the start."""


class Told(NamedTuple):
    """A moment of the incident and where the document tells it."""

    date: Date | None
    """Only where the statement, or the sub-heading above it, states one."""
    day: Date | None
    """The day, completed from its surroundings where they tell it."""
    clock: Clock | None
    at: datetime | None
    """With the offset stated; null where day or zone cannot be known."""
    wall: datetime | None
    """On the line of time that all moments and events of the document share."""
    span: Span
    by: By
    approximate: bool = False
    until: Clock | None = None
    """The other end, where a range is told."""
    until_wall: datetime | None = None
    zone: Zone | None = None


class Field(NamedTuple):
    """A labelled value outside duration and timeline that tells a moment."""

    label: str
    """In lower case."""
    span: Span
    text: str


class Moments(NamedTuple):
    """The moments as far as they are told, and each event on the line of time."""

    started: Told | None = None
    detected: Told | None = None
    mitigated: Told | None = None
    resolved: Told | None = None
    walls: tuple[datetime | None, ...] = ()
    """Where each event of the timeline stands on the line of time."""
    dated: bool = False
    """The line of time carries the days of the calendar."""
    zone: Zone | None = None
    """The zone of the line of time: that of the events, else that of the duration."""


def choose(
    duration: Duration | None, timeline: Timeline | None, source: Source | None = None
) -> Moments:
    """The moments of an incident, from its duration, its events and labelled values."""
    return _Choice(duration, timeline, source).moments()


def fields_of(source: Source) -> Iterator[Field]:
    """Labelled values of the document: items, header tables, front matter; not in code blocks."""
    text = source.text
    fences = [match.start() for match in _FENCE.finditer(text)]
    for match in _FIELD_PATTERN.finditer(text):
        if bisect_right(fences, match.start()) % 2:
            continue
        value = match["value"].rstrip(" \t*_`|")
        start = match.start("value")
        label = " ".join(match["label"].lower().replace("_", " ").split())
        yield Field(label, Span(start, start + len(value)), value)


def metrics(moments: Moments) -> Metrics:
    """The moments as facts, with the whole minutes from the start to the others."""
    started, detected = moments.started, moments.detected
    mitigated, resolved = moments.mitigated, moments.resolved
    return Metrics(
        started_at=started.at if started else None,
        detected_at=detected.at if detected else None,
        mitigated_at=mitigated.at if mitigated else None,
        resolved_at=resolved.at if resolved else None,
        minutes_to_detect=minutes_between(started, detected),
        minutes_to_mitigate=minutes_between(started, mitigated),
        minutes_to_resolve=minutes_between(started, resolved),
        started=started.span if started else None,
        detected=detected.span if detected else None,
        mitigated=mitigated.span if mitigated else None,
        resolved=resolved.span if resolved else None,
    )


def minutes_between(start: Told | None, end: Told | None) -> int | None:
    """Whole minutes from one moment to another, null where it is unknown or negative.

    Null as well where one statement is taken for both: the row ``Detected`` that
    stands for a start says nothing of how long it took to detect.
    """
    if start is None or end is None or start.span.overlaps(end.span):
        return None
    apart = _apart(start, end)
    if apart is None:
        return None
    if -SLACK <= apart < timedelta():
        return 0
    return None if apart < timedelta() else int(apart.total_seconds() / 60 + 0.5)


_FENCE = expression(r"^[ \t]{0,3}(?:```|~~~)", re.MULTILINE)


_FIELD_PATTERN = expression(
    r"^[ \t]{0,40}(?:[-*+|][ \t]{0,8})?[*_]{0,3}(?P<label>[A-Za-z][\w ()/-]{1,30}?)[ \t]{0,8}"
    r"[*_]{0,3}[ \t]{0,8}(?:[:|][ \t*_:|`\"']{0,20}|[ \t](?=\d{4}-\d|\d{1,2}[:.]\d\d))"
    r"(?P<value>[^\s|*_:][^\n\r|]{0,160})",
    re.MULTILINE,
)
"""A short label at the start of a line or row, a colon, bar or time, a value."""


@cache
def _words(name: str) -> Alternatives:
    return Alternatives(policy.table("moments")[name], r"\b(?:")


@cache
def field_names(name: str) -> frozenset[str]:
    """The labels under which a value is told, in lower case."""
    return frozenset(policy.table("moments")["fields"][name])


class _Choice:
    """Duration, events and fields of one document on one line of time."""

    def __init__(
        self, duration: Duration | None, timeline: Timeline | None, source: Source | None
    ) -> None:
        self.duration = duration
        self.events: tuple[Event, ...] = timeline.events if timeline is not None else ()
        self.source = source
        stated = duration.zone if duration is not None else None
        declared = timeline.zone if timeline is not None else None
        own = next((event.zone for event in self.events if event.zone is not None), None)
        self.zone = stated or declared or own
        self.year = self._year()
        start = duration.start if duration is not None else None
        end = duration.end if duration is not None else None
        self.start = self._completed(start, stated or self.zone)
        self.end = self._completed(end, stated or self.zone)
        self.timeline_zone = declared or own or stated
        self.dated = any(
            date is not None
            for date in (
                start.date if start else None,
                end.date if end else None,
                *(event.date for event in self.events),
            )
        )
        self.walls = self._walls()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the source that tell moments."""
        if self.source is None:
            return ()
        named = {name for names in policy.table("moments")["fields"].values() for name in names}
        return tuple(field for field in fields_of(self.source) if field.label in named)

    def _year(self) -> int | None:
        points = (self.duration.start, self.duration.end) if self.duration else ()
        dates = [point.date for point in points if point is not None]
        dates += [event.date for event in self.events]
        years = [date.year for date in dates if date is not None and date.year is not None]
        if years:
            return years[0]
        return next((event.at.year for event in self.events if event.at is not None), None)

    def _completed(self, point: Point | None, zone: Zone | None) -> Point | None:
        if point is None or point.at is not None or not point.date or not point.clock:
            return point
        day = full(point.date, self.year)
        return point._replace(at=at_offset(day, point.clock, zone)) if day else point

    # -- the line of time ----------------------------------------------------

    def _walls(self) -> tuple[datetime | None, ...]:
        """Each event on the line of time, in the zone of the first of them that has one."""
        clocked = [event for event in self.events if event.clock is not None]
        known = [event.at for event in clocked if event.at is not None]
        ends = [point.at for point in (self.start, self.end) if point and point.at]
        self.offset = next((at.utcoffset() for at in (*known, *ends)), None)
        self.apart: timedelta | None = timedelta()
        if known and len(known) == len(clocked):
            return tuple(self._naive(event.at) if event.at else None for event in self.events)
        self.apart = self._zones_apart()
        return tuple(self._walked())

    def _zones_apart(self) -> timedelta | None:
        """What brings the duration's clocks into the timeline's zone; null where unknown."""
        mine = self.duration.zone if self.duration is not None else None
        theirs = self.timeline_zone
        if mine is None or theirs is None or mine.key == theirs.key:
            return timedelta()
        day = self.start.date if self.start is not None else None
        offsets = [utc_offset(zone, day, None) for zone in (theirs, mine)]
        if offsets[0] is None or offsets[1] is None:
            return None
        return timedelta(minutes=offsets[0] - offsets[1])

    def _naive(self, at: datetime) -> datetime:
        mine = at.utcoffset()
        wall = at.replace(tzinfo=None)
        if mine is None or self.offset is None or mine == self.offset:
            return wall
        return _moved(wall, self.offset - mine)

    def _walked(self) -> Iterator[datetime | None]:
        """Events day by day; an earlier clock is the next day where that is within 12 hours."""
        start = self.start
        begin = full(start.date, self.year or STAND_IN) if start and start.date else None
        first = next((event.date for event in self.events if event.date is not None), None)
        if begin is None and first is not None:
            begin = full(first, self.year or STAND_IN)
        day = begin or calendar_date(STAND_IN, 1, 1)
        before = _wall(day, start.clock) if start is not None and start.clock else None
        inherited: Date | None = None
        for event in self.events:
            told = full(event.date, self.year or STAND_IN) if event.date else None
            if told is not None and (event.own_date or event.date != inherited or before is None):
                day, before = told, None
            elif event.days_on:
                day, before = _moved(_wall(day, None), DAY * event.days_on).date(), None
            inherited = event.date
            if event.clock is None:
                yield None
                continue
            wall = _wall(day, event.clock)
            if event.half == "lent":
                wall = _moved(wall, HALF_A_DAY)
            if before is not None and wall < before and wall + DAY - before <= HALF_A_DAY:
                wall = _moved(wall, DAY)
            day, before = wall.date(), wall
            yield wall

    def _point_wall(self, point: Point | None, near: Sequence[datetime]) -> datetime | None:
        """An end of the duration; without a date on the day that is nearest to an event."""
        if point is None or point.clock is None or self.apart is None:
            return None
        wall = self._plain_wall(point, point.clock, near)
        return _moved(wall, self.apart) if wall is not None else None

    def _plain_wall(self, point: Point, clock: Clock, near: Sequence[datetime]) -> datetime | None:
        if point.at is not None:
            return self._naive(point.at)
        if point.date is not None:
            day = full(point.date, self.year or STAND_IN)
            return _wall(day, clock) if day is not None else None
        if not near:
            return _wall(calendar_date(STAND_IN, 1, 1), clock)
        same = _wall(near[0].date(), clock)
        days = [_moved(same, DAY * step) for step in (0, -1, 1)]
        return min(days, key=lambda wall: abs(wall - near[0]))

    # -- the choice ----------------------------------------------------------

    def moments(self) -> Moments:
        """The moments of the incident, each from the place that tells it best."""
        timed = [wall for wall in self.walls if wall is not None]
        start_wall = self._point_wall(self.start, timed)
        started = self._from_point(self.start, start_wall)
        end_wall = self._end_wall(start_wall, timed)
        resolved = self._from_point(self.end, end_wall)
        started = started or self._field("started") or self._start_event()
        resolved = resolved or self._field("resolved") or self._last("resolved", started)
        if started is None:
            started = self._day_only(self.start)
        if resolved is None:
            resolved = self._day_only(self.end)
        detected = self._field("detected") or self._detection(started, resolved)
        mitigated = self._field("mitigated") or self._mitigation(detected or started, resolved)
        return Moments(
            started, detected, mitigated, resolved, self.walls, self.dated, self.timeline_zone
        )

    def _end_wall(self, start: datetime | None, timed: Sequence[datetime]) -> datetime | None:
        minutes = self.duration.minutes if self.duration is not None else None
        if start is not None and minutes is not None:
            return _moved(start, timedelta(minutes=minutes))
        return self._point_wall(self.end, timed[-1:])

    def _from_point(self, point: Point | None, wall: datetime | None) -> Told | None:
        if point is None or point.clock is None:
            return None
        day = point.date
        if day is None and wall is not None and self.dated:
            day = self._day(wall)
        zone = self.duration.zone if self.duration is not None else None
        return Told(
            point.date, day, point.clock, point.at, wall, point.span, "duration",
            point.approximate, zone=zone or self.zone,
        )  # fmt: skip

    def _day_only(self, point: Point | None) -> Told | None:
        if point is None or point.date is None:
            return None
        about = point.approximate
        return Told(point.date, point.date, None, None, None, point.span, "duration", about)

    def _day(self, wall: datetime) -> Date:
        return Date(wall.year if self.year is not None else None, wall.month, wall.day)

    def _from_event(self, index: int) -> Told:
        event, wall = self.events[index], self.walls[index]
        day = event.date
        if event.at is not None:
            day = Date(event.at.year, event.at.month, event.at.day)
        elif wall is not None and self.dated:
            day = self._day(wall)
        until = _behind(wall, event.end_clock) if wall is not None else None
        at = event.at
        return Told(
            event.date, day, event.clock, at, wall, event.span, "event", event.approximate,
            event.end_clock, until, event.zone or self.timeline_zone,
        )  # fmt: skip

    def _field(self, name: str) -> Told | None:
        """A labelled value that holds a clock: ``Detected at: 10:05 UTC``."""
        names = field_names(name)
        for field in self.fields:
            if field.label not in names:
                continue
            told = self._read_field(field)
            if told is not None:
                return told
        return None

    def _read_field(self, field: Field) -> Told | None:
        from pmlint.reading.moments import find_moments

        found = [moment for moment in find_moments(field.text) if moment.clock is not None]
        if not found or found[0].start > 24:
            return None
        moment = found[0]
        assert moment.clock is not None
        span = Span(field.span.start + moment.start, field.span.start + moment.end)
        reference = next((wall for wall in self.walls if wall is not None), None)
        day = full(moment.date, self.year) if moment.date is not None else None
        at = at_offset(day, moment.clock, moment.zone or self.zone) if day else None
        if at is not None and self.offset is None and not self.events:
            self.offset = at.utcoffset()
        if at is not None:
            wall: datetime | None = self._naive(at)
        else:
            anchor = full(moment.date, self.year or STAND_IN) if moment.date is not None else None
            start = self._point_wall(self.start, [reference] if reference else [])
            near = start or reference
            if anchor is None and near is not None:
                same = _wall(near.date(), moment.clock)
                wall = same if same >= near - HALF_A_DAY else _moved(same, DAY)
            else:
                wall = _wall(anchor or calendar_date(STAND_IN, 1, 1), moment.clock)
            if wall is not None and self.zone is not None and self.dated and self.year:
                at = at_offset(wall.date(), moment.clock, moment.zone or self.zone)
        date = moment.date
        if date is None and wall is not None and self.dated:
            date = self._day(wall)
        return Told(
            moment.date, date, moment.clock, at, wall, span, "field", moment.approximate,
            zone=moment.zone or self.zone,
        )  # fmt: skip

    def _kinds(self, *kinds: EventKind | None) -> Iterator[int]:
        for index, event in enumerate(self.events):
            if event.kind in kinds and event.clock is not None:
                yield index

    def _start_event(self) -> Told | None:
        """An event that tells the beginning of the impact, no release that led up to it."""
        begins, lead_up = _words("begins"), _words("lead_up")
        for index, event in enumerate(self.events):
            if event.clock is not None and begins.search(event.text):
                return self._from_event(index)
            if event.kind == "resolved":
                break
        for index in self._kinds("started"):
            if not lead_up.search(self.events[index].text):
                return self._from_event(index)
        return None

    def _last(self, kind: EventKind, start: Told | None) -> Told | None:
        found = [self._from_event(index) for index in self._kinds(kind)]
        found = [told for told in found if not _before(told, start)]
        return found[-1] if found else None

    def _detection(self, start: Told | None, end: Told | None) -> Told | None:
        """The first event, not before the start, that tells that somebody noticed."""
        notices = _words("notices")
        for index, event in enumerate(self.events):
            if event.clock is None:
                continue
            noticed = event.kind == "detected" or (
                event.kind in (None, "started", "escalated", "investigated")
                and notices.search(affirmed(event.text, "detected")) is not None
            )
            if noticed:
                told = self._from_event(index)
                if not _before(told, start) and not _before(end, told):
                    return told
        return None

    def _mitigation(self, noticed: Told | None, end: Told | None) -> Told | None:
        """The last step between detection and end that was not in vain."""
        in_vain = _words("in_vain")
        chosen: Told | None = None
        for index in self._kinds("mitigated"):
            told = self._from_event(index)
            if in_vain.search(self.events[index].text):
                continue
            if not _follows(told, noticed) or not _follows(end, told):
                continue
            chosen = told
            if re.search(r"\bmitigated\b", self.events[index].text, re.IGNORECASE):
                break
        return chosen


def _apart(start: Told, end: Told) -> timedelta | None:
    """From one moment to another, where both are known in full or stand on one line."""
    if start.at is not None and end.at is not None:
        return end.at - start.at
    if start.wall is None or end.wall is None:
        return None
    return end.wall - start.wall


def _before(told: Told | None, other: Told | None) -> bool:
    """The one lies clearly before the other; by their days, where no zone joins the clocks."""
    if told is None or other is None:
        return False
    apart = _apart(told, other)
    if apart is not None:
        return apart > SLACK
    if told.day is None or other.day is None or told.day.year is None or other.day.year is None:
        return False
    return told.day < other.day


def _follows(told: Told | None, other: Told | None) -> bool:
    """The one does not lie before the other, as far as both are known."""
    apart = _apart(other, told) if told is not None and other is not None else None
    return apart is None or apart >= timedelta()


def _behind(wall: datetime, clock: Clock | None) -> datetime | None:
    """The moment at which a range that begins at ``wall`` ends."""
    if clock is None:
        return None
    end = _wall(wall.date(), clock)
    return end if end >= wall else _moved(end, DAY)


def _wall(day: calendar_date, clock: Clock | None) -> datetime:
    start = datetime(day.year, day.month, day.day)
    return _moved(start, timedelta(seconds=clock.seconds)) if clock is not None else start


def _moved(at: datetime, by: timedelta) -> datetime:
    """Another moment, or the same at the ends of the calendar."""
    try:
        return at + by
    except OverflowError:
        return at
