"""The entries of a timeline, as they are found: with their time, without one, or relative.

What an entry is depends on what stands around it: list items, table rows,
headings, and paragraphs or lines that begin with a time. Headings, parent items
and lines that are only a date hand their day down.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Literal

from pmlint.findings import Span
from pmlint.reading.times import Clock, Date, Moment, find_moments, find_ranges, leading_time
from pmlint.sections import Line, only_time
from pmlint.statements.flow import continues
from pmlint.text import Text, join

Form = Literal["list", "table", "paragraphs", "headings", "html", "mixed"]

NEAR = 60
"""A paragraph is an entry where it tells a clock within so many characters."""
ONE_ENTRY = 60
"""A line shorter than this holds one entry, however many clocks it tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is found, before zones and days are inherited."""

    lines: tuple[Line, ...]
    """Its own lines and what belongs to them, such as nested items."""
    text: Text
    moment: Moment | None
    time: Span | None
    """The words of the time."""
    end_clock: Clock | None
    rest: str
    """Its words behind the time."""
    relative: bool
    form: Form
    own_date: Date | None
    group_date: Date | None
    """The date of the sub-heading or parent entry above it."""
    label: bool = False
    """A labelled line or heading without a time; if it is relative, a heading over a day."""
    dated: bool = False
    """It has only the date of its sub-heading, as all entries beside it."""
    loose: bool = False
    """A paragraph that tells its time in mid-sentence."""
    days_on: int = 0
    """Days after the entry before it, where words say so."""

    @property
    def readable(self) -> bool:
        """False for a time that cannot be read (25:00)."""
        return self.moment is None or self.moment.fault != "unreadable"

    @property
    def timed(self) -> bool:
        """It is an event: it tells a clock or a day, readable or not."""
        return self.moment is not None or self.dated

    @property
    def untimed(self) -> bool:
        """It is an entry of its own and carries no time."""
        if self.timed or self.relative:
            return False
        return self.form in ("list", "html", "table") or self.label

    @property
    def clocked(self) -> bool:
        """It tells a time of day."""
        return self.moment is not None and self.moment.clock is not None

    @property
    def bare(self) -> bool:
        """It is a clock on a line of its own."""
        if self.moment is None or self.moment.clock is None or self.rest:
            return False
        return not any(char.isalnum() for char in self.text.plain[: self.moment.start])

    @property
    def leads(self) -> bool:
        """It begins with its time."""
        return self.relative or (self.moment is not None and self.moment.start < 12)


def find_entries(lines: Sequence[Line], phases: re.Pattern[str]) -> list[Entry]:
    """The entries in order. ``phases`` are labels of entries that carry no time."""
    if not all(line.block.quoted for line in lines):
        lines = [line for line in lines if not line.block.quoted]
    found = list(_counted(_bare_clocks(_merge_labels(_Walk(lines, phases).entries()))))
    return list(_dated_groups(_without_continuations(found)))


class _Walk:
    """One walk over the lines; each step yields the entries that begin there."""

    def __init__(
        self, lines: Sequence[Line], phases: re.Pattern[str], group: Date | None = None
    ) -> None:
        self.lines = lines
        self.phases = phases
        self.group = group
        self.parents: list[tuple[int, Date | None]] = []
        self.timed = False
        """An entry with a time stands before."""
        self.depth = min((line.block.depth for line in lines if line.opens_item), default=0)
        self.columns = {
            table: _time_columns(list(rows))
            for table, rows in groupby(
                (line for line in lines if line.kind == "row"), key=lambda line: line.block.table
            )
        }

    def entries(self) -> Iterator[Entry]:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.kind == "heading":
                stop = _heading_stop(self.lines, at)
                yield from self._heading(line, self.lines[at + 1 : stop])
            elif line.kind == "row":
                stop = at + 1
                yield from self._row(line)
            elif line.kind == "code":
                stop = at + 1
                yield from self._code(line)
            elif not line.text:
                stop = at + 1
            elif line.opens_item:
                stop = _item_stop(self.lines, at)
                yield from self._item(at, stop)
            else:
                stop = yield from self._text(at)
            at = stop

    def _heading(self, line: Line, below: Sequence[Line]) -> Iterator[Entry]:
        """A heading with a clock is an entry; one with a date only dates what stands under it."""
        entry = _make([line, *below], line.text, "headings", self.group)
        if entry.moment is None and not entry.relative:
            entry = replace(entry, label=True)
        if entry.own_date is not None:
            self.group = entry.own_date
        if entry.clocked or (entry.moment is not None and not entry.readable):
            yield entry
            return
        inner = list(_Walk(below, self.phases, self.group).entries())
        leading = any(each.leads for each in inner)
        if entry.label and inner and not leading:
            yield _first_time(entry, below)
        elif any(each.moment is not None for each in inner):
            yield from _counted_from(entry, inner)
        elif entry.label:
            yield _first_time(entry, below)
        elif entry.own_date is not None and inner:
            yield from inner
        elif below or entry.relative:
            yield entry

    def _row(self, line: Line) -> Iterator[Entry]:
        if line.block.header:
            return
        entry = _row_entry(line, self.columns.get(line.block.table, ()), self.group)
        if entry.own_date is not None and not entry.clocked:
            self.group = entry.own_date
        yield entry

    def _code(self, line: Line) -> Iterator[Entry]:
        """Lines that were only indented are prose; a fenced block is a log."""
        if line.block.lines[0].plain.lstrip().startswith(("```", "~~~")):
            return
        text = line.text.strip()
        if _begins(text):
            self.timed = True
            yield _make([line], text, "paragraphs", self.group)

    def _item(self, at: int, stop: int) -> Iterator[Entry]:
        line = self.lines[at]
        depth = line.block.depth
        while self.parents and self.parents[-1][0] >= depth:
            self.parents.pop()
        inherited = next((date for _, date in reversed(self.parents) if date), self.group)
        below = _nested_stop(self.lines, stop, depth)
        parent = _has_time(self.lines[stop:below])
        nested = tuple(self.lines[stop:below])
        for entry in _item_entries(self.lines[at:stop], inherited):
            self.timed = True
            if parent and not entry.clocked:
                if entry.own_date is not None:
                    self.parents.append((depth, entry.own_date))
                elif _day_number(entry.text.plain) is not None:
                    yield replace(entry, relative=True, label=True)
                continue
            if depth > self.depth and entry.moment is None:
                continue
            if entry.own_date is not None:
                self.parents.append((depth, entry.own_date))
            yield entry if parent else replace(entry, lines=(*entry.lines, *nested))

    def _text(self, at: int) -> Generator[Entry, None, int]:
        """Entries of a line that stands in no list; gives the index behind it."""
        line = self.lines[at]
        if not self.timed and line.first:
            stop = _wrapped(self.lines, at)
            opening = _opening_entry(self.lines[at:stop], self.group)
            if opening is not None:
                self.timed = True
                yield opening
                return stop
        for entry in self._line_entries(line):
            self.timed = self.timed or entry.moment is not None
            if entry.own_date is not None and not entry.clocked and _date_line(line):
                self.group = entry.own_date
                if at + 1 < len(self.lines):
                    continue
            yield entry
        return at + 1

    def _line_entries(self, line: Line) -> Iterator[Entry]:
        form: Form = "html" if line.block.html else "paragraphs"
        entry = _make([line], line.text, form, self.group)
        if entry.moment is not None or entry.relative:
            yield from _run_on(entry, line, form, self.group)
            return
        told = _with(entry, next(_clocks(line.text.prose), None), line.text)
        match = _short_label().match(line.text.plain)
        if match and self.phases.match(match.group(1)):
            yield replace(told or entry, label=True)
        elif told is not None and told.moment is not None and told.moment.start < NEAR:
            yield replace(told, loose=True)


# -- what stands where -------------------------------------------------------


def _heading_stop(lines: Sequence[Line], at: int) -> int:
    stop = at + 1
    while stop < len(lines) and not (lines[stop].kind == "heading" and lines[stop].first):
        stop += 1
    return stop


def _item_stop(lines: Sequence[Line], at: int) -> int:
    stop = at + 1
    while stop < len(lines) and lines[stop].block is lines[at].block and not lines[stop].first:
        stop += 1
    return stop


def _nested_stop(lines: Sequence[Line], at: int, depth: int) -> int:
    """Behind the nested items, paragraphs and code of an item whose own lines end at ``at``."""
    while at < len(lines) and (
        lines[at].block.depth > depth
        or (depth > 0 and lines[at].block.depth == depth and lines[at].block.kind == "text")
    ):
        at += 1
    return at


def _has_time(lines: Sequence[Line]) -> bool:
    """Some nested item or paragraph begins with a time."""
    for line in lines:
        if line.kind != "code" and (line.opens_item or line.first):
            found = leading_time(line.text.prose)
            if found is not None and (found.moment is not None or found.relative):
                return True
    return False


def _wrapped(lines: Sequence[Line], at: int) -> int:
    """Behind the last line of the hard-wrapped sentences that begin here."""
    stop = at + 1
    while (
        stop < len(lines)
        and lines[stop].block is lines[at].block
        and continues(lines[stop - 1], lines[stop])
    ):
        stop += 1
    return stop


def _date_line(line: Line) -> bool:
    return bool(only_time().fullmatch(line.text.plain.strip(" :;-–—*")))


@cache
def _short_label() -> re.Pattern[str]:
    return re.compile(r"[^\w]{0,4}([A-Z][\w/'’ -]{2,40}):(?!//|\d)")


@cache
def all_times() -> re.Pattern[str]:
    """``All times in UTC``, ``times are given in CET``."""
    return re.compile(r"\b(?:all|times)\b.*\b(?:times?|in)\b", re.IGNORECASE)


# -- one entry ---------------------------------------------------------------


def _make(
    lines: Sequence[Line], text: Text, form: Form, group: Date | None, *, anywhere: bool = False
) -> Entry:
    """An entry of a text, with the time it begins with (or, ``anywhere``, first tells)."""
    prose = text.prose
    found = leading_time(prose)
    moment = found.moment if found is not None else None
    relative = found is not None and found.relative
    if moment is None and not relative and anywhere:
        moment = next(_clocks(prose), None)
    rest = text.plain[found.rest_start :].strip() if found is not None else text.plain
    return Entry(
        lines=tuple(lines),
        text=text,
        moment=moment,
        time=text.span(moment.start, moment.end) if moment is not None else None,
        end_clock=found.end_clock if found is not None else None,
        rest=rest,
        relative=relative and moment is None,
        form=form,
        own_date=moment.date if moment is not None else None,
        group_date=group,
    )


def _with(entry: Entry, moment: Moment | None, text: Text) -> Entry | None:
    """The entry with a time that stands somewhere in a text."""
    if moment is None:
        return None
    time = text.span(moment.start, moment.end)
    return replace(entry, moment=moment, time=time, own_date=moment.date)


def _clocks(prose: str) -> Iterator[Moment]:
    for moment in find_moments(prose):
        if moment.clock is not None or moment.fault == "unreadable":
            yield moment


def _begins(text: Text) -> bool:
    found = leading_time(text.prose)
    return found is not None and found.at_start and not found.relative


def _opening_entry(lines: Sequence[Line], group: Date | None) -> Entry | None:
    """A paragraph before the first entry that tells a time in its prose is an entry."""
    text = join([line.text for line in lines], " ")
    found = leading_time(text.prose)
    if found is not None and (found.at_start or found.relative):
        return None
    if _short_label().match(text.plain) or all_times().search(text.plain):
        return None
    moment = next(_clocks(text.prose), None)
    if moment is None or _is_range(text.prose):
        return None
    entry = _make(lines, text, "paragraphs", group, anywhere=True)
    told = _with(entry, moment, text)
    return replace(told, loose=True) if told is not None else None


def _is_range(prose: str) -> bool:
    return any(found.first.clock and found.last.clock for found in find_ranges(prose))


def _first_time(entry: Entry, below: Sequence[Line]) -> Entry:
    """A labelled heading takes the first time told under it."""
    for line in below:
        if line.kind == "code":
            continue
        told = _with(entry, next(_clocks(line.text.prose), None), line.text)
        if told is not None:
            return replace(told, label=False, rest=line.text.plain)
    return entry


def _item_entries(lines: Sequence[Line], group: Date | None) -> Iterator[Entry]:
    """The events of a list item: one, or several run on in its lines."""
    form: Form = "html" if lines[0].block.html else "list"
    first = _make(lines, lines[0].text, form, group)
    if first.moment is None and not first.relative:
        first = _make(lines, join([line.text for line in lines], " "), form, group, anywhere=True)
        if first.clocked:
            yield from _run_on(first, lines[0], form, group)
        else:
            yield first
        return
    yield from _run_on(first, lines[0], form, group)
    for line in lines[1:]:
        if _begins(line.text):
            entry = _make([line], line.text, form, group)
            if entry.clocked:
                yield from _run_on(entry, line, form, group)


def _run_on(entry: Entry, line: Line, form: Form, group: Date | None) -> Iterator[Entry]:
    """Further events told in the same line (``2105hrs WAT: … 2108hrs WAT: …``)."""
    yield entry
    text = line.text
    if entry.time is None or len(text.plain) < ONE_ENTRY:
        return
    prose = text.prose
    for moment in _clocks(prose):
        if text.source(moment.start) <= entry.time.start or not _opens(prose, moment):
            continue
        part = _make([line], text.cut(moment.start), form, group)
        told = _with(part, moment, text)
        if told is not None:
            yield replace(told, rest=text.plain[moment.end :].strip(" :-–—"), end_clock=None)


def _opens(prose: str, moment: Moment) -> bool:
    """A clock that opens an entry in mid-line: a sentence ends before, a colon follows."""
    behind = prose[moment.end : moment.end + 12].lstrip(" )*")
    before = prose[: moment.start].rstrip(" (*")
    if behind[:1] == ":" and moment.zone is not None:
        return True
    return behind[:1] in (":", "–", "—") and (not before or before[-1] in ".!?;\n|_")


# -- table rows --------------------------------------------------------------


def _time_columns(rows: Sequence[Line]) -> tuple[int, ...]:
    """Columns named like a time; else the first in which most cells begin with one."""
    header = next((row.block.lines for row in rows if row.block.header), ())
    named = tuple(at for at, cell in enumerate(header) if _time_column().search(cell.plain))
    body = [row.block.lines for row in rows if not row.block.header]
    if named or not body:
        return named
    for column in range(max(map(len, body))):
        cells = [row[column] for row in body if column < len(row) and row[column]]
        if cells and sum(map(_begins, cells)) * 2 > len(cells):
            return (column,)
    return ()


def _row_entry(line: Line, columns: Sequence[int], group: Date | None) -> Entry:
    """A row's time may be split over date and time columns."""
    cells = line.block.lines
    if not columns or len(cells) <= max(columns):
        return _make([line], line.text, "table", group)
    time = join([cells[at] for at in columns], " ")
    rest = " | ".join(cell.plain for at, cell in enumerate(cells) if at not in columns)
    entry = _make([line], time, "table", group, anywhere=True)
    if entry.moment is None and not entry.relative:
        entry = _with(entry, next(iter(find_moments(time.prose)), None), time) or entry
    return replace(entry, text=line.text, rest=rest)


@cache
def _time_column() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:time|date|day|when|timestamp|clock|utc|gmt|datetime|hour)\b", re.IGNORECASE
    )


# -- entries beside each other -----------------------------------------------


def _merge_labels(entries: Iterable[Entry]) -> Iterator[Entry]:
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


def _bare_clocks(entries: Iterable[Entry]) -> Iterator[Entry]:
    """What is labelled below a clock on a line of its own is that entry's."""
    bare: Entry | None = None
    for entry in entries:
        if bare is not None and entry.untimed and entry.label:
            bare = replace(bare, lines=(*bare.lines, *entry.lines))
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


def _without_continuations(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Behind an entry that begins with its time, a time in mid-sentence continues it."""
    leading = False
    for entry in entries:
        leading = leading or (entry.clocked and not entry.loose and entry.leads)
        if not (entry.loose and leading):
            yield entry


def _dated_groups(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Items under a date of which none has a time are events of that day."""
    for date, group in groupby(entries, key=lambda entry: entry.group_date):
        part = list(group)
        plain = date is not None and not any(entry.moment or entry.relative for entry in part)
        for entry in part:
            yield replace(entry, dated=True) if plain and entry.form == "list" else entry


# -- days that are counted ---------------------------------------------------


@cache
def _day() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:day\s(?P<number>\d{1,3})\b(?!\s?[-–+]?\s?T)"
        r"|(?:(?:on\s)?the\s)?(?P<next>next|following)\s(?:calendar\s)?"
        r"(?:day|morning|afternoon|evening)\b)"
        r"|[^()]{0,40}\((?:the\s)?(?P<behind>next|following)\s(?:day|morning)\)",
        re.IGNORECASE,
    )


def _day_number(plain: str) -> int | None:
    """``Day 3`` is 3, ``the next day`` the second day."""
    match = _day().match(plain)
    if match is None:
        return None
    return int(match["number"]) if match["number"] else 2


def _counted_from(head: Entry, inner: Sequence[Entry]) -> Iterator[Entry]:
    """The entries under a heading; one that counts a day stands before them."""
    if _day_number(head.text.plain) is not None:
        yield replace(head, relative=True, label=True)
    yield from inner


def _counted(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Each entry with the days that ``Day 2`` or ``next day`` puts before it."""
    current = 1
    ahead = 0
    for entry in entries:
        number = _day_number(entry.text.plain)
        if number is not None and entry.own_date is None:
            ahead += number - current
            current = number
        if entry.relative and entry.label:
            continue
        if entry.clocked and ahead > 0:
            yield replace(entry, days_on=ahead)
            ahead = 0
        else:
            yield entry
