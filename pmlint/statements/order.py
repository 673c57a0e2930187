"""Which day each event fell on, and where a timeline goes back in time.

An entry's own date binds; a date inherited from a heading or an earlier entry is
a hint. Without a date of its own, a later clock is the same day, unless that
leads out of the stated duration and the day before does not; an earlier clock is
the next day where that is at most twelve hours on (six where it leads out of the
duration's dates) and no slip of AM for PM. Everything else is disorder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as calendar_date
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from pmlint.facts import Disorder, Event
from pmlint.namedtuples import NamedTuple
from pmlint.reading.offsets import utc_offset
from pmlint.reading.times import Clock, Date
from pmlint.reading.zones import Zone

if TYPE_CHECKING:
    from pmlint.facts import Duration, Point

HALF_A_DAY = 12 * 60
"""Minutes: an undated clock that falls by more is no passing of midnight."""
SHORT = 5 * 60
"""Minutes: a clock without am or pm that falls by more than the rest is no afternoon."""
SAME_NIGHT = 6 * 60
"""Minutes from the event before: what follows up the end may stand on past midnight."""
HALF_A_YEAR = 183
STAND_IN = 2000
"""The year for comparing days where the document names none; it is a leap year."""


class Window(NamedTuple):
    """The dated ends of the stated duration; an end without a clock is the whole day."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """True for a moment from start to end."""
        return self.start <= at <= self.end


class Placed(NamedTuple):
    """The event before, as its own clock told it."""

    event: int
    at: datetime
    zone: Zone | None
    timed: bool
    """It told a clock; else ``at`` is the beginning of its day."""


def full(date: Date, year: int | None) -> calendar_date | None:
    """The calendar date, with the document's year where it states none."""
    chosen = date.year if date.year is not None else year
    if chosen is None:
        return None
    try:
        return calendar_date(chosen, date.month, date.day)
    except ValueError:
        return None


def at_offset(day: calendar_date, clock: Clock, zone: Zone | None) -> datetime | None:
    """The moment in the zone stated, never converted; null without a known offset."""
    if zone is None:
        return None
    offset = utc_offset(zone, Date(day.year, day.month, day.day), clock)
    if offset is None:
        return None
    try:
        return _wall(day, clock).replace(tzinfo=timezone(timedelta(minutes=offset)))
    except (OverflowError, ValueError):
        return None


def place(
    events: Sequence[Event], zone: Zone | None, duration: Duration | None, year: int | None
) -> tuple[list[Event], list[Disorder]]:
    """The events with their moments, and the disorder among them.

    ``zone`` is the one in which entries are told that name none.
    """
    walk = _Walk(zone, _window(duration, year), year)
    if duration is not None and duration.start is not None:
        walk.begin(duration.start.date)
    walk.know(duration, events)
    walk.slips = frozenset(_wrong_halves(events))
    placed = [walk.place(index, event) for index, event in enumerate(events)]
    return placed, walk.disorder


def _wrong_halves(events: Sequence[Event]) -> Iterator[int]:
    """``2:20 PM``, ``2:25 AM``, ``3:05 PM``: the second fits with the other half of the day."""
    for index in range(1, len(events) - 1):
        before, event, behind = (each.clock for each in events[index - 1 : index + 2])
        dated = any(each.own_date for each in events[index : index + 2])
        if before is None or event is None or behind is None or dated:
            continue
        if events[index].half != "told" or event.seconds >= before.seconds:
            continue
        if before.seconds <= event.seconds + HALF_A_DAY * 60 <= behind.seconds:
            yield index


class _Walk:
    """Goes from event to event and keeps the day."""

    def __init__(self, zone: Zone | None, window: Window | None, year: int | None) -> None:
        self.zone = zone
        self.window = window
        self.year = year
        self.day = calendar_date(STAND_IN, 1, 1)
        self.dated = False
        """Some date was told, if only without its year."""
        self.known = False
        """The day is one of the calendar."""
        self.before: Placed | None = None
        self.inherited: Date | None = None
        self.disorder: list[Disorder] = []
        self.slips: frozenset[int] = frozenset()
        """Events that fit between those beside them with the other half of the day."""
        self.halved = False
        """No clock is one of a day of 24 hours."""
        self.bare = False
        """No clock tells its half of the day."""
        self.ran: Window | None = window
        """The stated duration; without dates on the day on which the walk begins."""

    def know(self, duration: Duration | None, events: Sequence[Event]) -> None:
        """Whether clocks such as ``2:45`` may mean the afternoon, and when it was."""
        halves = {event.half for event in events if event.clock is not None}
        self.halved = "full" not in halves
        self.bare = halves == {"open"}
        self.ran = self.window
        if self.window is None and not self.dated and duration is not None:
            start, minutes = duration.start, duration.minutes
            if start is not None and start.clock is not None and (minutes or -1) >= 0:
                begin = _wall(self.day, start.clock)
                self.ran = Window(begin, _shifted(begin, minutes=minutes or 0))

    def begin(self, date: Date | None) -> None:
        """Start on the day on which the duration starts."""
        day = full(date, self.year or STAND_IN) if date is not None else None
        if day is not None:
            self._turn_to(day, date)

    def _turn_to(self, day: calendar_date, date: Date | None) -> None:
        self.day, self.dated = day, True
        self.known = date is not None and full(date, self.year) is not None

    def place(self, index: int, event: Event) -> Event:
        """The event with its moment; the walk goes on from there."""
        told = self._told_day(event)
        fresh = event.own_date or event.date != self.inherited
        self.inherited = event.date
        if event.clock is None:
            self._place_day(index, event, told)
            return event
        clock = self._no_sooner(event.clock)
        if told is not None and (event.own_date or fresh or self.before is None):
            self._turn_to(told, event.date)
            lent = self._lent(event, _wall(self.day, clock))
            if event.own_date and lent is None:
                self._bind(index, event, clock)
        elif event.days_on:
            self.day = _shifted(_wall(self.day, clock), days=event.days_on).date()
            lent = None
        elif self.before is not None:
            lent = self._lent(event, _wall(self.before.at.date(), clock))
            if lent is None:
                self.day = self._likely_day(index, event, clock, self.before)
        else:
            lent = self._lent(event, _wall(self.day, clock))
        stated = event.clock
        if lent is not None:
            self.day = lent.date()
            clock = stated = Clock(lent.hour, lent.minute, stated.second)
            event = event._replace(half="lent")
        zone = event.zone or self.zone
        self.before = Placed(index, _wall(self.day, clock), zone, timed=True)
        return event._replace(at=at_offset(self.day, stated, zone) if self.known else None)

    def _no_sooner(self, clock: Clock) -> Clock:
        """A clock without seconds, at the second of an event before it in the same minute."""
        if clock.second is not None or self.before is None:
            return clock
        before = self.before.at
        same = (before.hour, before.minute) == (clock.hour, clock.minute)
        return clock._replace(second=before.second) if same else clock

    def _lent(self, event: Event, at: datetime) -> datetime | None:
        """Twelve hours on, where a clock without am or pm means that: 12:15 and then 1:00."""
        if event.half != "open" or not self.halved:
            return None
        later, before = _shifted(at, minutes=HALF_A_DAY), self.before
        if before is None or at >= before.at:
            return later if self.bare and self._held(later) and not self._held(at) else None
        if later < before.at or self._in_its_zone(at, event, before) >= before.at:
            return None
        if (later - before.at).total_seconds() > SHORT * 60:
            return None
        following = _shifted(at, days=1)
        if self._held(later) != self._held(following):
            return later if self._held(later) else None
        return later

    def _held(self, at: datetime) -> bool:
        return self.ran is not None and self.ran.holds(at)

    def _told_day(self, event: Event) -> calendar_date | None:
        """The day an entry or its heading states; a missing year goes on from the event before."""
        if event.date is None:
            return None
        day = full(event.date, self.year or (self.day.year if self.dated else STAND_IN))
        if day is None or event.date.year is not None or self.before is None:
            return day
        if (self.before.at.date() - day).days > HALF_A_YEAR:
            return full(event.date, day.year + 1) or day
        return day

    def _place_day(self, index: int, event: Event, told: calendar_date | None) -> None:
        """An entry that tells only its day."""
        if told is None:
            return
        before = self.before
        if event.own_date and before is not None and told < before.at.date():
            self._report(index, before, (before.at.date() - told).days * 1440)
        if before is None or (event.own_date and told > before.at.date()):
            self.before = Placed(index, _wall(told, Clock(0, 0)), None, timed=False)
        self._turn_to(told, event.date)

    def _bind(self, index: int, event: Event, clock: Clock) -> None:
        before = self.before
        if before is None:
            return
        at = _wall(self.day, clock)
        if at >= before.at or self._in_its_zone(at, event, before) >= before.at:
            return
        self._report(index, before, int((before.at - at).total_seconds() // 60))

    def _likely_day(self, index: int, event: Event, clock: Clock, before: Placed) -> calendar_date:
        """The day of a clock that states none, from the event before and the duration."""
        same = before.at.date()
        at = _wall(same, clock)
        if at >= before.at:
            if self._was_yesterday(before, at):
                earlier = _shifted(at, days=-1)
                self._report(index, before, int((before.at - earlier).total_seconds() // 60))
                return earlier.date()
            return same
        if self._in_its_zone(at, event, before) >= before.at:
            return same
        following = _shifted(at, days=1)
        ahead = (following - before.at).total_seconds() / 60
        if before.event == 0 and self._led_up(before.at, at):
            return same
        slipped = index in self.slips and not self._lasts_until(following)
        if ahead <= HALF_A_DAY and not slipped and not self._leads_out(before, following):
            return following.date()
        self._report(index, before, int((before.at - at).total_seconds() // 60))
        return same

    def _in_its_zone(self, at: datetime, event: Event, before: Placed) -> datetime:
        """The moment by the clock of the event before: zones may explain a clock that falls."""
        zone = event.zone or self.zone
        if zone is None or before.zone is None or zone.key == before.zone.key:
            return at
        day = Date(at.year, at.month, at.day)
        clock = Clock(at.hour, at.minute)
        mine, its = utc_offset(zone, day, clock), utc_offset(before.zone, day, clock)
        if mine is None or its is None:
            return at
        return _shifted(at, minutes=its - mine)

    def _was_yesterday(self, before: Placed, at: datetime) -> bool:
        """It lies in the stated duration only on the day before; what follows it goes on behind."""
        if self.window is None or not self.dated or at <= self.window.end:
            return False
        if before.at > self.window.end:
            return False
        return self.window.holds(_shifted(at, days=-1))

    def _led_up(self, before: datetime, at: datetime) -> bool:
        """The first entry tells of the evening before: the second lies in the duration."""
        if self.window is None or not self.dated or before <= self.window.end:
            return False
        return self.window.holds(at)

    def _lasts_until(self, at: datetime) -> bool:
        """The duration states an end, and it is not before that moment."""
        return self.window is not None and at <= self.window.end < datetime.max

    def _leads_out(self, before: Placed, at: datetime) -> bool:
        """From the stated duration to a day behind it, and not to the night that follows.

        A follow-up may stand on its last day.
        """
        if self.window is None or not self.dated or before.at > self.window.end:
            return False
        further = at > _shifted(before.at, minutes=SAME_NIGHT)
        return further and at.date() > self.window.end.date()

    def _report(self, index: int, before: Placed, minutes: int) -> None:
        self.disorder.append(Disorder(index, before.event, max(minutes, 0)))


def _window(duration: Duration | None, year: int | None) -> Window | None:
    if duration is None:
        return None
    start = _moment(duration.start, year, Clock(0, 0))
    end = _moment(duration.end, year, Clock(24, 0))
    if start is None and end is None:
        return None
    return Window(start or datetime.min, end or datetime.max)


def _moment(point: Point | None, year: int | None, otherwise: Clock) -> datetime | None:
    if point is None or point.date is None:
        return None
    day = full(point.date, year or STAND_IN)
    return _wall(day, point.clock or otherwise) if day is not None else None


def _wall(day: calendar_date, clock: Clock) -> datetime:
    """What calendar and clock show; 24:00 is the midnight behind the day."""
    seconds = clock.hour * 3600 + clock.minute * 60 + (clock.second or 0)
    return _shifted(datetime(day.year, day.month, day.day), seconds=seconds)


def _shifted(at: datetime, *, days: int = 0, minutes: int = 0, seconds: int = 0) -> datetime:
    """Another moment, or the same at the ends of the calendar."""
    try:
        return at + timedelta(days=days, minutes=minutes, seconds=seconds)
    except OverflowError:
        return at
