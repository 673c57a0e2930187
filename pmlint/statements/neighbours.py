"""Entries of a timeline beside each other: what belongs to which, and whose day it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from pmlint.findings import Span
from pmlint.reading.dates import WEEKDAY_LETTERS
from pmlint.reading.times import Clock, Moment, find_moments
from pmlint.standard.patterns import expression
from pmlint.statements.entry import Entry, with_time
from pmlint.structure.tree import Line


def merge_labels(entries: Iterable[Entry]) -> Iterator[Entry]:
    """A label directly above a timed line lends it its words and vanishes."""
    pending: Entry | None = None
    for entry in entries:
        if pending is not None:
            above = entry.moment is not None and entry.form == "paragraphs" and not entry.label
            if not (above and pending.text.plain.rstrip().endswith(":")):
                yield pending
            pending = None
        if entry.moment is None and entry.label and entry.form == "paragraphs":
            pending = entry
        else:
            yield entry
    if pending is not None:
        yield pending


def bare_clocks(entries: Iterable[Entry]) -> Iterator[Entry]:
    """What is labelled below a clock on a line of its own is that entry's."""
    bare: Entry | None = None
    for entry in entries:
        if bare is not None and entry.untimed and entry.label:
            bare = bare._replace(lines=(*bare.lines, *entry.lines))
            continue
        if bare is not None:
            yield bare
        bare = None
        if entry.form == "paragraphs" and entry.bare:
            bare = entry
        else:
            yield entry
    if bare is not None:
        yield bare


def plain_numbers(entries: list[Entry]) -> list[Entry]:
    """``0900 Errors``, ``0930 Restart``: clocks where all entries begin so, in order."""
    if len(entries) < LEAST_NUMBERS or any(each.timed or each.relative for each in entries):
        return entries
    matches = [_NUMBER_FIRST.match(entry.text.plain) for entry in entries]
    clocks = [Clock(int(match["h"]), int(match["m"])) for match in matches if match is not None]
    if len(clocks) < len(entries) or all(each.hour * 100 + each.minute >= 1970 for each in clocks):
        return entries
    falls = sum(later < earlier for earlier, later in pairwise(clocks))
    return entries if falls > 1 else list(map(_with_number, entries, matches, clocks))


LEAST_NUMBERS = 3


def days_told(entries: list[Entry]) -> list[Entry]:
    """Items that tell their day in mid-sentence, where no entry tells a time any other way."""
    if any(entry.timed or entry.relative for entry in entries):
        return entries
    days = [
        next((each for each in find_moments(entry.text.prose) if each.date is not None), None)
        if entry.form == "list"
        else None
        for entry in entries
    ]
    if sum(day is not None for day in days) < LEAST_DAYS:
        return entries
    told = (with_time(entry, day, entry.text) for entry, day in zip(entries, days, strict=True))
    return [new or old for new, old in zip(told, entries, strict=True)]


LEAST_DAYS = 2


_NUMBER_FIRST = expression(
    r"\W{0,3}(?P<time>(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?:\s?(?:h|hrs)\b)?)"
    r"(?![\w.,%/]|-\d)[\s:*_)\]–—-]+(?=[^\W\d])"
)


def _with_number(entry: Entry, match: re.Match[str] | None, clock: Clock) -> Entry:
    assert match is not None
    start, end = match.span("time")
    moment = Moment(start, end, clock=clock, clock_span=Span(start, end))
    told = with_time(entry, moment, entry.text)
    return entry if told is None else told._replace(rest=entry.text.plain[match.end() :].strip())


def without_details(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Items below a line that tells the time are its details, where no item tells one."""
    if any(entry.form == "list" and entry.timed for entry in entries):
        yield from entries
        return
    above: Entry | None = None
    for entry in entries:
        if above is not None and entry.form == "list" and entry.untimed and not entry.label:
            above = above._replace(lines=(*above.lines, *entry.lines))
            continue
        if above is not None:
            yield above
        above = None
        if entry.form == "paragraphs" and entry.clocked and entry.leads:
            above = entry
        else:
            yield entry
    if above is not None:
        yield above


def without_continuations(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Behind an entry marked by its time (``10:00: …``), a time in a sentence continues it."""
    leading = False
    for entry in entries:
        leading = leading or (entry.clocked and not entry.before)
        if not (entry.loose and leading):
            yield entry


def without_phases(entries: Sequence[Entry]) -> Iterator[Entry]:
    """A heading without a time over entries that are no headings names a phase."""
    headed = any(entry.timed and entry.form == "headings" for entry in entries)
    listed = any(entry.timed for entry in entries)
    for entry in entries:
        if headed or not listed or entry.form != "headings" or not entry.untimed:
            yield entry


def dated_groups(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Items under a date of which none has a time are events of that day."""
    for date, group in groupby(entries, key=lambda entry: entry.group_date):
        part = list(group)
        plain = date is not None and not any(entry.moment or entry.relative for entry in part)
        for entry in part:
            yield entry._replace(dated=True) if plain and entry.form == "list" else entry


# -- days that are counted ---------------------------------------------------


_COUNTING = frozenset(
    {
        *("day", "the", "next", "following", "previous", "prior", "last", "yesterday"),
        *("evening", "night", "afternoon"),
    }
)


@cache
def _day() -> re.Pattern[str]:
    weekdays = "|".join(WEEKDAY_LETTERS)
    return re.compile(
        r"\W*(?:on\s)?(?:day\s(?P<number>\d{1,3})\b(?!\s?[-–+]?\s?T)"
        r"|(?:the\s)?(?P<next>next|following)\s(?:calendar\s)?"
        r"(?:day|morning|afternoon|evening)\b"
        r"|(?:on\s)?(?:the\s)?(?P<last>(?:previous|prior)\s(?:day|evening|night|afternoon)"
        r"|(?:day|evening|night|afternoon)\sbefore\b|yesterday|last\snight)"
        rf"|(?P<weekday>{weekdays})(?:day|s|r|rs|nes|ur|sday|nesday|rsday|urday)?\b)"
        r"|[^()]{0,40}\((?:on\s)?(?:the\s)?(?:(?P<behind>(?:next|following)\s(?:day|morning)|day\safter)"
        r"|(?P<ago>(?:previous|prior)\s(?:day|evening|night)|(?:day|evening|night)\sbefore))\)",
        re.IGNORECASE,
    )


def counts_days(plain: str) -> bool:
    """It begins with ``Day 3``, ``the next day`` or a weekday."""
    return _counted_day(plain) is not None


def _counted_day(plain: str) -> re.Match[str] | None:
    first = _FIRST_WORD.match(plain)
    word = first[1].lower() if first else ""
    if word not in _COUNTING and word[:3] not in WEEKDAY_LETTERS and "(" not in plain:
        return None
    return _day().match(plain)


_FIRST_WORD = expression(r"\W*(?:on\s)?(\w*)", re.IGNORECASE)


class _Days:
    """Which day it is, as far as the entries count it."""

    def __init__(self) -> None:
        self.number = 1
        self.weekday: int | None = None
        self.back = False
        """The entries tell of the day before, until a clock falls."""

    def ahead(self, plain: str) -> int:
        """How many days an entry is ahead of the entries before it."""
        match = _counted_day(plain)
        if match is None:
            return 0
        if match["last"] or match["ago"]:
            ahead, self.back = 0 if self.back else -1, True
            return ahead
        if match["weekday"]:
            before, self.weekday = self.weekday, WEEKDAY_LETTERS.index(match["weekday"].lower())
            days = 0 if before is None else (self.weekday - before) % 7
            self.number += days
            return days
        number = int(match["number"]) if match["number"] else 2
        days, self.number = number - self.number, number
        return days

    def behind_clock(self, rest: str) -> int:
        """``At 5 p.m. on Saturday, …``: the weekday stands behind the time."""
        return self.ahead(rest) if rest.lstrip(" ,").lower().startswith("on ") else 0


def without_other_lists(found: Sequence[Entry], lines: Sequence[Line]) -> Sequence[Entry]:
    """The entries less a list without times, from which text parts the list of the events."""
    first = next((at for at, each in enumerate(found) if each.timed), 0)
    above = found[:first]
    if not above or not all(each.untimed and each.form == "list" for each in above):
        return found
    low, high = above[-1].lines[-1].number, found[first].lines[0].number
    between = (line for line in lines if low < line.number < high)
    parted = any(line.kind == "text" and line.text and not line.block.depth for line in between)
    return found[first:] if parted else found


def counted_from(head: Entry, inner: Sequence[Entry]) -> Iterator[Entry]:
    """The entries under a heading; one that counts a day stands before them."""
    if head.own_date is None and counts_days(head.text.plain):
        yield head._replace(relative=True, label=True)
    yield from inner


def counted(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry with the days that ``Day 2``, ``next day`` or ``Tuesday`` puts before it."""
    days = _Days()
    ahead = 0
    last: Clock | None = None
    for entry in entries:
        back, weekday = days.back, days.weekday
        if entry.own_date is None:
            ahead += days.ahead(entry.text.plain) or days.behind_clock(entry.rest)
        if entry.relative and entry.label:
            continue
        clock = entry.moment.clock if entry.moment is not None else None
        if clock is not None and last is not None and clock.seconds < last.seconds and not ahead:
            # the night before is over, or Monday is the first day that is named
            ahead = int(back or (weekday is None and days.weekday is not None))
            days.back = days.back and not back
        last = clock or last
        if entry.clocked and ahead:
            yield entry._replace(days_on=ahead)
            ahead = 0
        else:
            yield entry
