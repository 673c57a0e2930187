"""All times of a postmortem in one zone and one style, their moments unchanged.

The text is rewritten and read again: every event and both ends of the incident
must be the same moments as before, or nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from datetime import date as calendar_date
from typing import Any

from pmlint.facts import Event, Point, Postmortem
from pmlint.findings import Edit, Source, Span
from pmlint.fixes.clocks import Manner, clocks_of, manner_of
from pmlint.markdown import Block, parse
from pmlint.mend.rewrite import apply
from pmlint.reading.offsets import offset_text, utc_offset
from pmlint.reading.times import Clock, Date, Moment, Style, find_moments
from pmlint.reading.zones import Zone, find_zones, zone_after
from pmlint.structure.text import Text, join

Reader = Callable[[Source], Postmortem]


class RetimeError(Exception):
    """The times cannot be rewritten; the message names the line and what is in the way."""


class UnknownZoneError(Exception):
    """No timezone has the name that was given."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A clock in the text, with what holds for it."""

    span: Span
    clock: Clock
    zone: Zone | None
    zone_span: Span | None
    """Where its own zone stands."""
    date: Date | None
    """The day it falls on, own or inherited."""
    moment: Moment
    text: Text
    line: int
    """1-based."""


def zone_named(words: str) -> Zone:
    """The zone that words such as ``UTC``, ``Africa/Lagos`` or ``+02:00`` name.

    Raises UnknownZoneError.
    """
    words = words.strip()
    text = f"12:00:00{words}" if words[:1] in "+-" else f"12:00 {words}"
    zone = zone_after(text, text.index(words))
    if zone is None:
        zone = zone_after(text, 5) if words[:1] not in "+-" else None
    if zone is None or zone.end != len(text) or (zone.offset is None and zone.iana is None):
        raise UnknownZoneError(words)
    return zone


def retime(
    before: Postmortem, read: Reader, *, zone: Zone | None = None, clock: Style | None = None
) -> str:
    """The text of a postmortem with its times in ``zone`` and in 12 or 24 hours.

    None keeps what stands; ``read`` reads the result again. Raises RetimeError
    where a moment is not known or would not be the same.
    """
    source = before.source
    if before.absence is not None:
        raise RetimeError("it tells no incident")
    edits = list(_Writer(before, zone, clock).edits())
    text = apply(source.text, edits)
    for _ in range(_MOST_DATES):
        after = read(Source(text, source.path))
        strayed = _strayed(before, after, converted=zone is not None)
        if strayed is None:
            return text
        text = _with_date(text, after, before, strayed)
    raise RetimeError("its entries cannot be kept on their days")


_MOST_DATES = 50
"""Dates written into entries that fall on another day in the new zone."""


class _Writer:
    """Edits for every clock and every declared zone."""

    def __init__(self, postmortem: Postmortem, zone: Zone | None, style: Style | None) -> None:
        self.postmortem = postmortem
        self.source = postmortem.source
        self.zone = zone
        self.style = style
        timeline, duration = postmortem.timeline, postmortem.duration
        self.usual = (duration.zone if duration is not None else None) or (
            timeline.zone if timeline is not None else None
        )
        self.facts = dict(_facts(postmortem))
        self.day = next((date for _, date in self.facts.values() if date is not None), None)

    def edits(self) -> Iterator[Edit]:
        told = list(self._clocks())
        manner = self._manner(told)
        taken = [each.zone_span for each in told if each.zone_span is not None]
        for each in told:
            yield from self._edits(each, manner)
        if self.zone is not None:
            for span in self._declared():
                if not any(span.overlaps(other) for other in taken):
                    yield Edit(span, self._label(self.day, None))

    def _clocks(self) -> Iterator[_Told]:
        extent = self.postmortem.extent
        for block in parse(self.source).blocks:
            if block.kind == "code" or not block.span.overlaps(extent):
                continue
            for text in _texts(block):
                for moment in find_moments(text.prose):
                    if moment.clock is not None and moment.clock_span is not None:
                        yield self._told(text, moment, moment.clock)

    def _told(self, text: Text, moment: Moment, clock: Clock) -> _Told:
        assert moment.clock_span is not None
        span = text.span(*moment.clock_span)
        line = self.source.place(span.start).line
        if moment.alternate and self.zone is not None:
            raise RetimeError(f"line {line} tells one moment in two zones; keep one of them first")
        read_as, day = self.facts.get(span.start, (clock, None))
        if moment.date is not None and moment.date.year is not None:
            day = moment.date
        zone = moment.zone or self._zone_of(span)
        place = None
        if moment.zone is not None:
            place = _place_of(moment.zone, text, moment)
        return _Told(span, read_as, zone, place, day or self.day, moment, text, line)

    def _zone_of(self, span: Span) -> Zone | None:
        timeline = self.postmortem.timeline
        inside = timeline is not None and timeline.extent.overlaps(span)
        return (timeline.zone if timeline is not None and inside else None) or self.usual

    def _manner(self, told: list[_Told]) -> Manner | None:
        if self.style is None:
            return None
        alike = (self.source.slice(each.span) for each in told)
        if self.style == "12":
            sample = next((text for text in alike if _has_half(text)), "1:00 AM")
            return manner_of(sample, "12")
        return Manner("24")

    def _edits(self, told: _Told, manner: Manner | None) -> Iterator[Edit]:
        old = self.source.slice(told.span)
        if "\n" in old or "\r" in old:
            raise RetimeError(f"line {told.line}: its time is broken over two lines")
        shift = self._shift(told)
        own = manner or manner_of(old, "12" if _has_half(old) else "24")
        seconds = told.clock.seconds + shift * 60
        days, seconds = divmod(seconds, 86400)
        if told.clock.hour == 24 and not shift:
            days, seconds = 0, 86400
        new = Clock(
            seconds // 3600, seconds // 60 % 60, None if told.clock.second is None else seconds % 60
        )
        if manner is not None or shift:
            written = own.write(new)
            if written != old and (shift or not _same(old, new, own.style)):
                yield Edit(told.span, written)
        if self.zone is not None and told.zone_span is not None:
            yield Edit(told.zone_span, self._zone_words(told, shift))
        if days and told.moment.date is not None:
            yield from self._dates(told, days)

    def _shift(self, told: _Told) -> int:
        """Minutes from the zone of a clock to the new one."""
        if self.zone is None:
            return 0
        if told.zone is None:
            raise RetimeError(f"line {told.line} states no timezone; write it first")
        now = utc_offset(told.zone, told.date, told.clock)
        if now is None:
            raise RetimeError(
                f"line {told.line}: {told.zone.text.strip()} has several meanings, "
                "or needs a date to tell its offset"
            )
        moment = _moment(told.date, told.clock, now)
        target = self.zone.offset
        if target is None and moment is not None and self.zone.iana is not None:
            from zoneinfo import ZoneInfo

            distance = moment.astimezone(ZoneInfo(self.zone.iana)).utcoffset()
            target = round(distance.total_seconds() / 60) if distance is not None else None
        if target is None:
            raise RetimeError(f"line {told.line}: the new zone needs a date with a year")
        return target - now

    def _zone_words(self, told: _Told, shift: int) -> str:
        """The new zone behind a clock; an offset where ISO 8601 glues it on: ``22:50:00Z``."""
        assert told.zone is not None
        assert told.zone_span is not None
        old = self.source.slice(told.zone_span)
        now = utc_offset(told.zone, told.date, told.clock)
        glued = told.zone_span.start == told.span.end and (old == "Z" or old[:1] in "+-")
        if not glued or now is None:
            return self._label(told.date, told.clock)
        return offset_text(now + shift).removeprefix("UTC") or "Z"

    def _label(self, day: Date | None, clock: Clock | None) -> str:
        """How the new zone is written on a day: its abbreviation where that is certain."""
        zone = self.zone
        assert zone is not None
        if zone.offset is not None:
            return zone.text if zone.text[:1] not in "+-" else offset_text(zone.offset)
        offset = utc_offset(zone, day, clock)
        if zone.iana is None or "/" not in zone.text or offset is None:
            return zone.text
        from zoneinfo import ZoneInfo

        moment = _moment(day, clock or Clock(12, 0), offset)
        name = moment.astimezone(ZoneInfo(zone.iana)).tzname() if moment is not None else None
        meant = find_zones(f"12:00 {name}") if name else []
        certain = len(meant) == 1 and meant[0].offset == offset and len(meant[0].candidates) < 2
        return name if name and certain else offset_text(offset)

    def _dates(self, told: _Told, days: int) -> Iterator[Edit]:
        """The date beside a clock that falls on another day in the new zone."""
        moment = told.moment
        assert moment.date is not None
        assert moment.date_span is not None
        year = moment.date.year or (self.day.year if self.day is not None else None)
        if year is None:
            raise RetimeError(f"line {told.line} needs a year: its day changes in the new zone")
        old = calendar_date(year, moment.date.month, moment.date.day)
        new = old + timedelta(days=days)
        span = told.text.span(*moment.date_span)
        text = self.source.slice(span)
        yield Edit(span, _redated(text, old, new))
        if moment.weekday_span is not None:
            place = told.text.span(*moment.weekday_span)
            if not place.overlaps(span):
                yield Edit(place, _weekday(self.source.slice(place), new))

    def _declared(self) -> Iterator[Span]:
        """Zones that hold for the timeline or the duration as a whole."""
        timeline, duration = self.postmortem.timeline, self.postmortem.duration
        places = []
        if timeline is not None and timeline.zone is not None and timeline.zone_span is not None:
            places.append((timeline.zone.text, timeline.zone_span))
        if duration is not None and duration.zone is not None:
            places += [(duration.zone.text, each.span) for each in duration.statements]
            places.append((duration.zone.text, duration.span))
        seen: set[int] = set()
        for words, within in places:
            at = self.source.text.find(words.strip(), within.start, within.end)
            if at >= 0 and at not in seen:
                seen.add(at)
                yield Span(at, at + len(words.strip()))


def _texts(block: Block) -> Iterator[Text]:
    """The lines of a block; a table row is one line, so that its date and clock meet."""
    if block.kind == "row":
        yield join(block.lines, " | ")
    elif block.kind == "front-matter":
        yield block.lines[1]
    else:
        yield from block.lines


def _facts(postmortem: Postmortem) -> Iterator[tuple[int, tuple[Clock, Date | None]]]:
    """By the place of a clock: as what it was read, and the day it falls on."""
    timeline, duration = postmortem.timeline, postmortem.duration
    for point in (duration.start, duration.end) if duration is not None else ():
        if point is None or point.clock is None:
            continue
        for moment in find_moments(postmortem.source.slice(point.span)):
            if moment.clock_span is not None:
                yield point.span.start + moment.clock_span.start, (point.clock, point.date)
                break
    for event in timeline.events if timeline is not None else ():
        at = event.at
        day = Date(at.year, at.month, at.day) if at is not None else event.date
        for span, clock in clocks_of(postmortem, event):
            yield span.start, (clock, day)


def _place_of(zone: Zone, text: Text, moment: Moment) -> Span | None:
    """Where a moment's zone stands; its offsets count from the text's beginning."""
    if text.plain[zone.start : zone.end].strip() == zone.text.strip():
        return text.span(zone.start, zone.end)
    at = text.plain.find(zone.text, moment.start, moment.end)
    return text.span(at, at + len(zone.text)) if at >= 0 else None


def _has_half(text: str) -> bool:
    return re.search(r"[ap]\.?\s?m\b", text, re.IGNORECASE) is not None


def _same(old: str, new: Clock, style: Style) -> bool:
    """Words that tell the clock in the style already, such as ``9:30`` for ``09:30``."""
    digits = re.match(r"\D*(\d{1,2})(?:[:.](\d\d))?", old)
    if digits is None or _has_half(old) != (style == "12"):
        return False
    hour = new.hour if style == "24" else (new.hour - 1) % 12 + 1
    return int(digits[1]) == hour and int(digits[2] or 0) == new.minute


def _moment(day: Date | None, clock: Clock, offset: int) -> datetime | None:
    if day is None or day.year is None:
        return None
    try:
        start = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(minutes=offset)))
        return start + timedelta(seconds=clock.seconds)
    except (ValueError, OverflowError):
        return None


def _redated(text: str, old: calendar_date, new: calendar_date) -> str:
    """Another day in the manner of a written date; ISO where its month changes."""
    if (old.year, old.month) != (new.year, new.month):
        return new.isoformat()
    pattern = rf"(?<!\d)(0?){old.day}(st|nd|rd|th)?(?!\d)"
    found = list(re.finditer(pattern, text, re.IGNORECASE))
    if not found or (len(found) > 1 and old.day == old.month):
        return new.isoformat()
    match = found[-1] if re.match(r"\d{4}", text) else found[0]
    if len(found) > 1 and not re.match(r"\d{4}", text):
        return new.isoformat()
    padded = bool(match[1]) or (len(match[0]) == 2 and "-" in text)
    number = f"{new.day:02}" if padded else str(new.day)
    changed = text[: match.start()] + number + (_ordinal(new.day) if match[2] else "")
    return _renamed(changed + text[match.end() :], old, new)


def _ordinal(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _renamed(text: str, old: calendar_date, new: calendar_date) -> str:
    """The weekday inside a written date."""
    name = _WEEK[old.weekday()]
    pattern = rf"\b{name[:3]}(?:{name[3:]})?\b"
    return re.sub(pattern, lambda match: _weekday(match[0], new), text, flags=re.IGNORECASE)


def _weekday(text: str, day: calendar_date) -> str:
    name = _WEEK[day.weekday()]
    return name if len(text) > 4 else name[:3]


_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Strayed:
    """An event that fell on another day."""

    index: int


def _strayed(before: Postmortem, after: Postmortem, *, converted: bool) -> _Strayed | None:
    """The first event on another day than before; None where all moments are the same.

    Raises RetimeError where anything else differs.
    """
    old, new = _events(before), _events(after)
    if len(old) != len(new):
        raise RetimeError("its events would be read differently")
    for one, other in zip(_points(before), _points(after), strict=True):
        if _instant(one) != _instant(other):
            line = before.source.place(one.span.start).line if one is not None else 1
            raise RetimeError(f"line {line}: the duration would be read differently")
    for index, (event, now) in enumerate(zip(old, new, strict=True)):
        line = before.source.place(event.span.start).line
        told, reads = _instant(event), _instant(now)
        if event.end_clock is not None and now.end_clock is None:
            raise RetimeError(f"line {line}: the end of its time would be lost")
        if told == reads:
            continue
        known = isinstance(told, datetime) and isinstance(reads, datetime)
        if known and converted and not now.own_date and _days_apart(told, reads):
            return _Strayed(index)
        raise RetimeError(f"line {line}: its moment would not be the same")
    return None


def _days_apart(one: datetime, other: datetime) -> bool:
    return (one - other) % timedelta(days=1) == timedelta(0)


def _events(postmortem: Postmortem) -> tuple[Event, ...]:
    return postmortem.timeline.events if postmortem.timeline is not None else ()


def _points(postmortem: Postmortem) -> tuple[Point | None, Point | None]:
    duration = postmortem.duration
    return (duration.start, duration.end) if duration is not None else (None, None)


def _instant(told: Event | Point | None) -> Any:
    """The moment in UTC; its clock where it has none that is known."""
    if told is None:
        return None
    if told.at is None:
        return told.clock is not None
    if told.at.tzinfo is None:
        return told.at.isoformat()
    return told.at.astimezone(UTC)


def _with_date(text: str, after: Postmortem, before: Postmortem, strayed: _Strayed) -> str:
    """The date written before the clock of an entry that would be taken for another day's."""
    event = _events(after)[strayed.index]
    right = _events(before)[strayed.index].at
    assert right is not None
    assert event.at is not None
    day = right.astimezone(event.at.tzinfo).date()
    return apply(text, [Edit(Span(event.span.start, event.span.start), f"{day.isoformat()} ")])
