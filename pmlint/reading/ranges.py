"""Ranges in prose: from one moment to another, what is told once given to both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.clocks import Clock
from pmlint.reading.dates import Date, day_of
from pmlint.reading.moments import (
    Moment,
    clock_to_date,
    date_to_clock,
    find_moments,
    over_parenthesis,
    same_moment,
)
from pmlint.reading.zones import Zone, zone_after
from pmlint.standard import policy
from pmlint.standard.patterns import expression

HOURS_TO_NEXT_DAY = 12
"""An end that is earlier than its start is on the next day if that makes it shorter than this."""

SENTENCE = 240
"""How many characters before a range its day is looked for in the same sentence."""


class Range(NamedTuple):
    """From one moment to another. What is given once is shared by both."""

    start: int
    end: int
    first: Moment
    last: Moment
    zone: Zone | None
    next_day: bool = False
    """The words say that it ended on the day after it began."""


def find_ranges(text: str) -> list[Range]:
    """Every range of times or days, in order, with what is told once given to both ends."""
    return list(ranges_of(text, find_moments(text)))


_CONNECTORS = frozenset(
    (
        *("-", "–", "—", "~", "〜", "∼", ">"),
        *("→", "⟶", "➡", "➜", "➔", "⇒"),
        *("to", "till", "until", "til", "through", "thru", "upto", "…"),
    )
)


_LOOSE = ".,():\ufe0f"
"""Signs that may stand beside a connector; the last one makes an arrow an emoji."""


@cache
def _range_words() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    table = policy.table("times")
    starts = "|".join(map(re.escape, sorted(table["starts"], key=len, reverse=True)))
    ends = "|".join(map(re.escape, sorted(table["ends"], key=len, reverse=True)))
    return (
        frozenset(table["filler"]),
        re.compile(rf"\b(?:{starts})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{ends})\b(?P<rest>[^.;]{{0,40}})$", re.IGNORECASE),
    )


_TOKENS = expression(r"[a-z]+|[^\sa-z*_`]")


_BETWEEN = expression(r"\bbetween\b[^.;]{0,40}$", re.IGNORECASE)


_SENTENCE_BREAK = expression(r"[.;!?]\s+(?=[A-Z])|\n\s*\n")


_OTHER_DAY = expression(
    r"(?:(?<![\s,(])[\s,(]++)?(?:on\s)?(?:the\s)?(?P<which>same|following|next)\s"
    r"(?:calendar\s)?(?:day|morning|afternoon|evening|night)\b\s?\)?",
    re.IGNORECASE,
)


def ranges_of(text: str, moments: list[Moment]) -> Iterator[Range]:
    """The moments, in text order, of which two are joined as start and end."""
    at = 0
    while at + 1 < len(moments):
        first, last = moments[at], moments[at + 1]
        if not _connected(text, first, last):
            at += 1
            continue
        at += 2
        span_start, span_end = first.start, last.end
        dates: tuple[Moment, Moment] | None = None
        if _has_clock(first) and first.date is None and last.date is None:
            dates = _days_before(text, moments, at - 2)
            if dates is not None:
                span_start = dates[0].start
        span_end, at = _skip_second_rendering(text, moments, at, span_end, last)
        if dates is None and first.date is None and last.date is None:
            dates, span_end, at = _days_behind(text, moments, at, span_end)
            if dates is None and _has_clock(first):
                dates = _day_of_sentence(text, moments, at - 2)
        if _begins_clock_range(text, moments, at, last):
            continue
        span_end = over_parenthesis(text, span_start, span_end)
        yield _shared(text, first, last, dates, Span(span_start, span_end))


def _begins_clock_range(text: str, moments: list[Moment], at: int, last: Moment) -> bool:
    """``August 18-19, 23:15-02:43``: the days belong to the range of clocks behind them."""
    return (
        last.clock is None
        and at + 1 < len(moments)
        and _has_clock(moments[at])
        and moments[at].date is None
        and date_to_clock().fullmatch(text[last.end : moments[at].start]) is not None
        and _connected(text, moments[at], moments[at + 1])
    )


def _days_before(text: str, moments: list[Moment], at: int) -> tuple[Moment, Moment] | None:
    if at < 2:
        return None
    first, last = moments[at - 2], moments[at - 1]
    if first.clock or last.clock or not _connected(text, first, last):
        return None
    if date_to_clock().fullmatch(text[last.end : moments[at].start]) is None:
        return None
    return first, last


def _day_of_sentence(text: str, moments: list[Moment], at: int) -> tuple[Moment, Moment] | None:
    """``On April 10, the site was down from 2 PM to 5 PM``: the day told before, apart."""
    if at < 1 or moments[at - 1].date is None or _has_clock(moments[at - 1]):
        return None
    day = moments[at - 1]
    if at > 1 and _connected(text, moments[at - 2], day):
        return None
    gap = text[day.end : moments[at].start]
    return None if len(gap) > SENTENCE or _SENTENCE_BREAK.search(gap) else (day, day)


def _days_behind(
    text: str, moments: list[Moment], at: int, end: int
) -> tuple[tuple[Moment, Moment] | None, int, int]:
    if at >= len(moments) or moments[at].clock is not None:
        return None, end, at
    gap = text[end : moments[at].start]
    if clock_to_date().fullmatch(gap) is None:
        return None, end, at
    first = last = moments[at]
    at += 1
    if at < len(moments) and moments[at].clock is None and _connected(text, first, moments[at]):
        last = moments[at]
        at += 1
    return (first, last), over_parenthesis(text, end, last.end), at


def _skip_second_rendering(
    text: str, moments: list[Moment], at: int, end: int, last: Moment
) -> tuple[int, int]:
    """``23:15-02:43 UTC / 16:15-19:43 PDT``: the second tells the first again."""
    if last.zone is None or at + 1 >= len(moments):
        return end, at
    again, until = moments[at], moments[at + 1]
    if until.zone is None or until.zone.key == last.zone.key:
        return end, at
    if same_moment().fullmatch(text[end : again.start]) and _connected(text, again, until):
        return over_parenthesis(text, end, until.end), at + 2
    return end, at


def _has_clock(moment: Moment) -> bool:
    """A clock is told, be it one that cannot be read."""
    return moment.clock_span is not None


def _connected(text: str, first: Moment, last: Moment) -> bool:
    gap = text[first.end : last.start]
    if len(gap) > 160 or (_has_clock(first) != _has_clock(last) and last.date is None):
        return False
    if first.open_end or (_SENTENCE_BREAK.search(gap) and not _LABEL_GAP.search(gap)):
        return False
    filler, starts, ends = _range_words()
    tokens = _TOKENS.findall(gap.lower())
    clock = first.clock_span
    before = text[max(0, first.start - 70) : first.end if clock is None else clock.start]
    breaks = list(_SENTENCE_BREAK.finditer(before))
    if breaks:
        before = before[breaks[-1].end() :]
    connectors = [token for token in tokens if token in _CONNECTORS]
    others = [token for token in tokens if token not in _CONNECTORS]
    if connectors and all(token in filler or token in _LOOSE or token == "and" for token in others):
        return connectors != ["~"] or first.clock is not None
    if tokens and tokens[0] == "and" and _BETWEEN.search(before):
        return all(token in filler or token in "~," for token in tokens[1:])
    if _LABEL_GAP.search(gap) or _PLAIN_END.fullmatch(gap):
        return True
    found = ends.search(gap)
    return (
        found is not None
        and "|" not in gap
        and starts.search(before) is not None
        and (first.clock is not None or last.clock is None)
    )


_PLAIN_END = expression(
    r"[\s,*_`]*(?:and\s)?(?:ended|ending|ends|lasting until|lasted until)"
    r"(?:\s{1,3}(?:at|on|around|about|approximately)){0,2}\s{0,3}~?",
    re.IGNORECASE,
)


_LABEL_GAP = expression(
    r"^[\s,;.|*_–—-]*(?:end(?:ed|s)?|finish|resolved|until)(?:[\s-]?(?:time|at|date))?\s?:[\s*_|]*$",
    re.IGNORECASE,
)


def _shared(
    text: str, first: Moment, last: Moment, dates: tuple[Moment, Moment] | None, span: Span
) -> Range:
    start, end = span
    if text[first.end : last.start].strip() == "~":
        last = last._replace(approximate=False)
    first, last = _shared_half(first, last)
    first, last = _lent_half(first, last)
    first, last = _shared_year(first, last)
    day = _OTHER_DAY.match(text, last.end) or _OTHER_DAY.search(text, first.end, last.start)
    which = day["which"].lower() if day else None
    if day is not None and day.start() >= last.end:
        end = max(end, day.end())
    next_day = which in ("following", "next")
    if dates is not None:
        first = first._replace(
            date=dates[0].date,
            date_span=dates[0].date_span,
            ambiguous_date=dates[0].ambiguous_date,
        )
        last = last._replace(date=dates[1].date, date_span=dates[1].date_span)
        if dates[0] is dates[1]:
            last = last._replace(date=_end_date(first, last.clock, next_day=next_day))
    elif first.date is not None and last.date is None:
        last = last._replace(date=_end_date(first, last.clock, next_day=next_day))
    elif first.date is None and last.date is not None and first.clock is not None:
        first, last = _shared_backwards(first, last)
    first_zone, last_zone = first.zone, last.zone
    first = first._replace(zone=first_zone or last_zone)
    last = last._replace(zone=last_zone or first_zone)
    if first.zone is None and day is not None and day.start() >= span[1]:
        # 8 PM to 1 AM the following day (WAT)
        zone = zone_after(text, end)
        if zone is not None:
            first, last = first._replace(zone=zone), last._replace(zone=zone)
            end = over_parenthesis(text, start, zone.end)
    if _ends_the_day(text, first, last):
        last = last._replace(clock=Clock(24, 0))
    return Range(start, end, first, last, first.zone, next_day=next_day)


def _ends_the_day(text: str, first: Moment, last: Moment) -> bool:
    """``from 9 AM to midnight`` runs to 24:00 of that day."""
    return (
        last.clock == Clock(0, 0)
        and first.clock is not None
        and first.clock.seconds > 0
        and last.date == first.date
        and "midnight" in text[last.start : last.end].lower()
    )


def _end_date(first: Moment, clock: Clock | None, *, next_day: bool) -> Date | None:
    """The day of an end that states none."""
    if first.date is None:
        return None
    return first.date.next() if next_day or _passes_midnight(first.clock, clock) else first.date


def _passes_midnight(first: Clock | None, last: Clock | None) -> bool:
    if first is None or last is None or last >= first:
        return False
    return (last.seconds - first.seconds) % 86400 < HOURS_TO_NEXT_DAY * 3600


def _shared_backwards(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """A date behind both clocks is the start's day; one between them is the end's."""
    assert last.date is not None
    crosses = _passes_midnight(first.clock, last.clock)
    stands_behind = (
        last.date_span is not None
        and last.clock_span is not None
        and last.date_span.start > last.clock_span.start
    )
    if not stands_behind:
        day = last.date.previous() if crosses else last.date
        return first._replace(date=day), last
    first = first._replace(date=last.date, ambiguous_date=last.ambiguous_date)
    if crosses:
        last = last._replace(date=last.date.next())
    return first, last


def _shared_year(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    start, end = first.date, last.date
    if start is None or end is None:
        return first, last
    falls = end[1:] < start[1:]
    if start.year is None and end.year is not None:
        first = first._replace(date=day_of(end.year - falls, start.month, start.day) or start)
    elif end.year is None and start.year is not None:
        last = last._replace(date=day_of(start.year + falls, end.month, end.day) or end)
    return first, last


def _shared_half(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """``9:00 and 11:00 AM`` are both AM; of ``11:00 - 1:00 PM`` the first is AM."""
    if first.clock is None or last.clock is None or last.style != "12" or first.style == "12":
        return first, last
    if last.fault is not None or not 1 <= first.clock.hour <= 12:
        return first, last
    if first.date is not None and last.date is not None and first.date != last.date:
        return first, last
    morning = first.clock._replace(hour=first.clock.hour % 12)
    evening = morning._replace(hour=morning.hour + 12)
    same, other = (morning, evening) if last.clock.hour < 12 else (evening, morning)
    chosen = same if same <= last.clock else other
    return first._replace(clock=chosen, style="12"), last


def _lent_half(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """``2:00 PM - 4:30`` and ``2 in the afternoon to half past five`` stay in the afternoon."""
    if first.clock is None or last.clock is None or first.style != "12" or last.style is not None:
        return first, last
    if first.fault is not None or last.fault is not None or not 1 <= last.clock.hour <= 12:
        return first, last
    if first.date is not None and last.date is not None and first.date != last.date:
        return first, last
    morning = last.clock._replace(hour=last.clock.hour % 12)
    evening = morning._replace(hour=morning.hour + 12)
    same, other = (morning, evening) if first.clock.hour < 12 else (evening, morning)
    return first, last._replace(clock=same if same >= first.clock else other, style="12")
