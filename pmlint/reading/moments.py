"""Moments in prose: dates and clocks, joined where they stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.clocks import Clock, Fault, Hour, Style, find_hours
from pmlint.reading.dates import Date, Day, find_days
from pmlint.reading.memory import remembered
from pmlint.reading.offsets import utc_offset
from pmlint.reading.spoken import may_be_spoken
from pmlint.reading.zones import Zone, zone_after
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives


class Moment(NamedTuple):
    """A date, a clock or both, standing together."""

    start: int
    end: int
    date: Date | None = None
    clock: Clock | None = None
    zone: Zone | None = None
    approximate: bool = False
    style: Style | None = None
    """None where the clock could be either, such as ``9:00``."""
    fault: Fault | None = None
    weekday: str | None = None
    """The English name of the day, in full."""
    weekday_span: Span | None = None
    ambiguous_date: bool = False
    """Day and month could be exchanged; the day is read first."""
    date_span: Span | None = None
    clock_span: Span | None = None
    open_end: bool = False
    """``18:00+``, ``02:50 onwards``."""
    alternate: tuple[tuple[Clock, Zone], ...] = ()
    """The same moment told in further zones."""


FARTHEST = 100_000
"""Characters of a text beyond which no time is read: no statement is as long."""


def find_moments(text: str) -> list[Moment]:
    """Every date and clock of the text, joined where they stand together, in order.

    Those of a text without end would take two hundred times as much memory as the text.
    """
    text = text[:FARTHEST]
    return list(_moments(text)) if _may_hold_time(text) else []


@remembered
def _moments(text: str) -> tuple[Moment, ...]:
    days = find_days(text)
    pieces: list[Day | Hour] = sorted(
        [*days, *find_hours(text, days)], key=lambda piece: piece.start
    )
    return tuple(_with_alternates(text, list(_joined(text, pieces))))


def _may_hold_time(text: str) -> bool:
    if any(digit in text for digit in "0123456789"):
        return True
    lower = text.lower()
    return "noon" in lower or "midnight" in lower or "midday" in lower or may_be_spoken(lower)


_MARKS = " \t\n\r,:;*_`|@()[]–—~≈-"
"""A date and its clock with no more than these between them need no pattern."""


@cache
def date_to_clock() -> re.Pattern[str]:
    """What may stand between a date and the clock behind it: "2 May, at about"."""
    return re.compile(
        r"[\s,:;*_`|@()\[\]T–—~≈-]*"
        r"(?:(?:at|from|around|about|approximately|approx\.?|roughly|between|starting|on|the|time"
        r"|by|in|hours of|circa|ca\.?|shortly|after|before|just|since|started|beginning|until|till)"
        r"\b[\s,:*@~≈(-]*){0,4}",
        re.IGNORECASE,
    )


@cache
def clock_to_date() -> re.Pattern[str]:
    """What may stand between a clock and the date behind it; ``strong`` where words join them."""
    return re.compile(
        r"[\s,*_`]*+(?P<strong>\(\s?|(?:(?:on|of|in|the|time)\s++){1,3})?[\s*_`]*", re.IGNORECASE
    )


@cache
def _unsure_before() -> Alternatives:
    words = sorted(policy.table("times")["approximate"], key=len, reverse=True)
    told = (rf"(?<![A-Za-z]){re.escape(word)}\b\.?[\s:~*_`]*+(?:at|on|the|from)?" for word in words)
    return Alternatives(("~", "≈", "∼", *told), behind=r")[\s*_`]*$")


def _joined(text: str, pieces: list[Day | Hour]) -> Iterator[Moment]:
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if isinstance(piece, Day):
            if isinstance(following, Hour) and _clock_belongs(text, piece, following):
                yield _moment(text, piece, following)
                at += 2
                continue
            yield _moment(text, piece, None)
        elif isinstance(following, Day) and _date_belongs(text, pieces, at):
            yield _moment(text, following, piece)
            at += 2
            continue
        elif piece.sure or _opens(text, piece.start):
            yield _moment(text, None, piece)
        at += 1


def _opens(text: str, start: int) -> bool:
    return not any(char.isalnum() for char in text[max(0, start - 12) : start]) and start < 12


def _clock_belongs(text: str, day: Day, hour: Hour) -> bool:
    """The clock behind a date tells the time of that day."""
    if day.part or hour.start - day.end > 40:
        return False
    gap = text[day.end : hour.start]
    if "\n\n" in gap:
        return False
    return not gap.strip(_MARKS) or date_to_clock().fullmatch(gap) is not None


def _date_belongs(text: str, pieces: list[Day | Hour], at: int) -> bool:
    """The date behind a clock is that clock's, not the next clock's."""
    hour, day = pieces[at], pieces[at + 1]
    if not isinstance(hour, Hour) or not isinstance(day, Day) or day.part == "first":
        return False
    if day.start - hour.end > 20:
        return False
    gap = clock_to_date().fullmatch(text[hour.end : day.start])
    if gap is None:
        return False
    if gap["strong"] or at + 2 >= len(pieces):
        return True
    after = pieces[at + 2]
    if not (isinstance(after, Hour) and _clock_belongs(text, day, after)):
        return True
    # "10:00 UTC 5/5/2023 - 12:00 UTC 5/5/2023": a day behind each of two clocks
    last = pieces[at + 3] if at + 4 == len(pieces) else None
    return at == 0 and isinstance(last, Day) and _date_belongs(text, pieces, at + 2)


def _moment(text: str, day: Day | None, hour: Hour | None) -> Moment:
    pieces = [piece for piece in (day, hour) if piece is not None]
    start = min(piece.start for piece in pieces)
    end = max(piece.end for piece in pieces)
    zone = hour.zone if hour is not None else None
    end = over_parenthesis(text, start, end)
    if day is not None and hour is not None and day.start > hour.start and zone is None:
        zone = zone_after(text, end)
        if zone is not None:
            end = over_parenthesis(text, start, zone.end)
    unsure = any(
        _unsure_before().search(text[max(0, piece.start - 28) : piece.start]) for piece in pieces
    )
    return Moment(
        start,
        end,
        date=day.date if day else None,
        clock=hour.clock if hour else None,
        zone=zone,
        approximate=unsure
        or (hour is not None and text[hour.clock_end : hour.clock_end + 3] == "ish"),
        style=hour.style if hour else None,
        fault=hour.fault if hour else None,
        weekday=day.weekday if day else None,
        weekday_span=day.weekday_span if day else None,
        ambiguous_date=day.ambiguous if day else False,
        date_span=Span(day.start, day.end) if day else None,
        clock_span=Span(hour.start, hour.clock_end) if hour else None,
        open_end=hour.open_end if hour else False,
    )


def over_parenthesis(text: str, start: int, end: int) -> int:
    """``end`` moved over the parenthesis that is opened behind ``start`` and closes there."""
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        return end + 1
    return end


@cache
def same_moment() -> re.Pattern[str]:
    """What stands between two tellings of one moment."""
    return re.compile(r"\s?(?:[/|=]|,? or)\s?|\s?\(\s?=?\s?", re.IGNORECASE)


def _with_alternates(text: str, moments: list[Moment]) -> list[Moment]:
    """``00:33 UTC / 17:33 PDT`` is one moment told twice."""
    kept: list[Moment] = []
    for moment in moments:
        previous = kept[-1] if kept else None
        if previous is not None and _tells_again(text, previous, moment):
            assert moment.clock is not None
            assert moment.zone is not None
            end = over_parenthesis(text, previous.start, moment.end)
            alternate = (*previous.alternate, (moment.clock, moment.zone))
            kept[-1] = previous._replace(end=end, alternate=alternate)
        else:
            kept.append(moment)
    return kept


def _tells_again(text: str, previous: Moment, moment: Moment) -> bool:
    if not (previous.clock and previous.zone and moment.clock and moment.zone):
        return False
    if previous.zone.key == moment.zone.key:
        return False
    gap = text[previous.end : moment.start]
    if gap.strip() in ("-", "–", "—") and _same_instant(previous, moment):
        return True
    if same_moment().fullmatch(gap) is None:
        return False
    return "(" not in gap or text[moment.end : moment.end + 1] == ")"


def _same_instant(first: Moment, second: Moment) -> bool:
    """``5:15 PM EST - 2:15 PM PST`` is no range."""
    instants = []
    for moment in (first, second):
        if moment.clock is None or moment.zone is None:
            return False
        offset = utc_offset(moment.zone, moment.date or first.date, moment.clock)
        if offset is None:
            return False
        instants.append((moment.clock.seconds // 60 - offset) % 1440)
    return instants[0] == instants[1]
