"""One entry of a timeline, from a line, a list item or a table row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.amounts import sentences
from pmlint.reading.times import (
    Clock,
    Date,
    Leading,
    Moment,
    find_moments,
    find_ranges,
    leading_time,
)
from pmlint.standard.patterns import expression
from pmlint.structure.text import Text, join
from pmlint.structure.tree import Line

Form = Literal["list", "table", "paragraphs", "headings", "html", "mixed"]

RUN_ON = 2
"""So many further sentences of a line that begin with a clock are entries of their own."""


class Entry(NamedTuple):
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
        return self.clocked and not self.rest and not self.before

    @property
    def before(self) -> bool:
        """Words stand before its time, such as ``At``."""
        start = self.moment.start if self.moment is not None else 0
        return any(char.isalnum() for char in self.text.plain[:start])

    @property
    def leads(self) -> bool:
        """It begins with its time."""
        return self.relative or (self.moment is not None and self.moment.start < 12)


# -- an entry of a text -----------------------------------------------------


def make(
    lines: Sequence[Line], text: Text, form: Form, group: Date | None, *, anywhere: bool = False
) -> Entry:
    """An entry of a text, with the time it begins with (or, ``anywhere``, first tells)."""
    prose = text.prose
    found = leading_time(prose)
    moment = found.moment if found is not None else None
    relative = found is not None and found.relative
    if moment is None and not relative and anywhere:
        moment = next(clocks(prose), None)
    rest = text.plain[_rest_start(text, found) :].strip() if found is not None else text.plain
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


def _rest_start(text: Text, found: Leading) -> int:
    """Where the words behind the time begin; a code span is one, though ``prose`` hides it."""
    hidden = (start for start, _ in text.hidden if found.end <= start < found.rest_start)
    return min(hidden, default=found.rest_start)


def with_time(entry: Entry, moment: Moment | None, text: Text) -> Entry | None:
    """The entry with a time that stands somewhere in a text."""
    if moment is None:
        return None
    time = text.span(moment.start, moment.end)
    return entry._replace(moment=moment, time=time, own_date=moment.date)


def clocks(prose: str) -> Iterator[Moment]:
    """The moments with a time of day, be it one that cannot be read.

    Not those of a note on other times: ``Times before 16:50 are from the logs``.
    """
    for moment in find_moments(prose):
        if moment.clock is None and moment.fault != "unreadable":
            continue
        if not _OF_OTHERS.search(prose, max(moment.start - _NOTE, 0), moment.start):
            yield moment


_NOTE = 40
"""Characters before a clock that tell it is one of a note."""

_OF_OTHERS = expression(
    r"\b(?:times|timestamps|entries|rows|clocks)\s(?:(?:before|after|until|since|from)|(?:up|prior)\sto)\s\Z",
    re.IGNORECASE,
)


def begins(text: Text) -> bool:
    """It begins with a time that is no distance from another one."""
    found = leading_time(text.prose)
    return found is not None and found.at_start and not found.relative


def with_colons(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines with ``14:03`` for ``14.03``, where most that begin with a clock write it so.

    A number with a point is a clock only where several lines begin with one, in rising order,
    or where it stands between two clocks with colons and rises from one to the other.
    """
    found = {}
    for at, line in enumerate(lines):
        if "." in line.text.plain[:16] and (match := _POINTED.match(line.text.plain)):
            found[at] = match
    if not found:
        return lines
    clocks_told = [Clock(int(match["h"]), int(match["m"])) for match in found.values()]
    falls = sum(later < earlier for earlier, later in pairwise(clocks_told))
    few = len(found) < LEAST_POINTED or falls > 1 or _counts_versions(list(found.values()))
    if few or sum(begins(line.text) for line in lines if line.first) >= len(found) * 2:
        found = {at: match for at, match in found.items() if _rises(lines, at, match)}
    return _with_colon_at(lines, found)


def _rises(lines: Sequence[Line], at: int, match: re.Match[str]) -> bool:
    """The lines above and below begin with clocks, and this one lies between them."""
    told = [leading_time(line.text.prose) for line in lines[max(0, at - 1) : at + 2 : 2]]
    beside = [each.moment.clock for each in told if each and each.at_start and each.moment]
    clock = Clock(int(match["h"]), int(match["m"]))
    if len(beside) < 2 or beside[0] is None or beside[1] is None:
        return False
    return beside[0].minutes < clock.minutes < beside[1].minutes


def _with_colon_at(lines: Sequence[Line], found: Mapping[int, re.Match[str]]) -> Sequence[Line]:
    changed = list(lines)
    for at, match in found.items():
        line, point = lines[at], match.end("h")
        plain = f"{line.text.plain[:point]}:{line.text.plain[point + 1 :]}"
        old = line.text
        text = Text(plain, old.segments, old.end, old.hidden, old.bold, old.image)
        changed[at] = line._replace(text=text)
    return changed


LEAST_POINTED = 3


def _counts_versions(found: Sequence[re.Match[str]]) -> bool:
    """``1.10 shipped``, ``1.11 shipped``: all of one small number, with no dash behind them."""
    if len({match["h"] for match in found}) > 1 or len(found[0]["h"]) > 1:
        return False
    return all(match.string[match.end() :].lstrip()[:1].isalpha() for match in found)


_POINTED = expression(
    r"\W{0,4}(?:(?:at|by|around|about)\s(?:about\s|around\s)?(?P<said>))?"
    r"(?P<h>(?:[01]\d|2[0-3])"
    r"|(?(said)\d|\d(?=\.\d\d\s?[:–—-]\s|\.\d\d\s[A-Za-z])))\.(?P<m>[0-5]\d)"
    r"(?![\w%]|[.,]\d|\s?(?:%|[kMGT]i?B\b|seconds?\b|minutes?\b|hours?\b|percent\b))",
    re.IGNORECASE,
)


def opening_entry(lines: Sequence[Line], group: Date | None) -> Entry | None:
    """A paragraph before the first entry that tells a time in its prose is an entry."""
    text = join([line.text for line in lines], " ")
    found = leading_time(text.prose)
    if found is not None and (found.at_start or found.relative):
        return None
    if short_label().match(text.plain) or all_times().search(text.plain):
        return None
    moment = next(clocks(text.prose), None)
    if moment is None or is_range(text.prose):
        return None
    entry = make(lines, text, "paragraphs", group, anywhere=True)
    told = with_time(entry, moment, text)
    return told._replace(loose=True) if told is not None else None


def is_range(prose: str) -> bool:
    """It tells a range of clocks."""
    return any(found.first.clock and found.last.clock for found in find_ranges(prose))


def told_in_one(entry: Entry) -> Iterator[Entry]:
    """The only entry of a timeline, or the sentences of its paragraph that tell a clock each."""
    text = join([line.text for line in entry.lines], " ")
    parts = [text.cut(low, high).strip() for low, high in _sentences(text.prose)]
    timed = [part for part in parts if next(clocks(part.prose), None) is not None]
    if entry.form != "paragraphs" or len(timed) < RUN_ON or any(map(is_range, _proses(timed))):
        yield entry
        return
    for part in timed:
        start = part.span().start
        line = next((each for each in entry.lines if start < each.text.end), entry.lines[-1])
        yield make([line], part, entry.form, entry.group_date, anywhere=True)


def _proses(texts: Sequence[Text]) -> Iterator[str]:
    return (text.prose for text in texts)


def _sentences(prose: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand; some writers leave out the point behind a parenthesis."""
    for low, high in sentences(prose):
        for match in _UNMARKED_END.finditer(prose, low, high):
            yield low, match.end()
            low = match.end()
        yield low, high


_UNMARKED_END = expression(r"\)\s(?=[A-Z][a-z]*\s)")
"""``at 9:00 (WAT) The team …``."""


def first_time(entry: Entry, below: Sequence[Line]) -> Entry:
    """A labelled heading takes the first time told under it."""
    for line in below:
        if line.kind == "code":
            continue
        told = with_time(entry, next(clocks(line.text.prose), None), line.text)
        if told is not None:
            return told._replace(label=False, rest=line.text.plain)
    return entry


@cache
def short_label() -> re.Pattern[str]:
    """A few words in front of a colon that belongs to no address and no clock."""
    return re.compile(r"[^\w]{0,4}([A-Z][\w/'’ -]{2,40}):(?!//|\d)")


@cache
def all_times() -> re.Pattern[str]:
    """``All times in UTC``, ``times are given in CET``."""
    return re.compile(r"\b(?:all|times)\b.*\b(?:times?|in)\b", re.IGNORECASE)


def month_first(lines: Sequence[Line]) -> bool:
    """The document's numeric dates show the month before the day, and none the day first."""
    shown = {
        int(match["a"]) > 12
        for line in lines
        if line.kind != "code"
        for match in _NUMERIC.finditer(line.text.prose)
        if (int(match["a"]) > 12) != (int(match["b"]) > 12)
    }
    return shown == {False} or (not shown and _means_month_first(lines))


def _means_month_first(lines: Sequence[Line]) -> bool:
    """``06/03`` is the 3rd of June where the document tells that day in words.

    So it is beside ``06/05``: an incident seldom runs from 6 March to 6 May.
    """
    doubtful: set[tuple[int, int]] = set()
    told: set[tuple[int, int]] = set()
    for line in lines:
        for moment in find_moments(line.text.prose) if line.kind != "code" else ():
            if moment.date is not None:
                days = doubtful if moment.ambiguous_date else told
                days.add((moment.date.month, moment.date.day))
    swapped = {(day, month) for month, day in doubtful}
    return not doubtful & told and (bool(swapped & told) or _within_days(swapped))


NEAR_DAYS = 7
"""An incident and the report on it seldom span more days."""


def _within_days(days: Collection[tuple[int, int]]) -> bool:
    """Months and days: several days of one month, near to each other."""
    numbers = [day for _, day in days]
    if len(days) < 2 or len({month for month, _ in days}) > 1:
        return False
    return max(numbers) - min(numbers) <= NEAR_DAYS


_NUMERIC = expression(r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[-/.–])(?P<b>\d{1,2})(?P=sep)\d{4}\b")


# -- table rows --------------------------------------------------------------


def time_columns(rows: Sequence[Line]) -> tuple[int, ...]:
    """Columns named like a time; else the first in which most cells begin with one."""
    header = next((row.block.lines for row in rows if row.block.header), ())
    named = tuple(at for at, cell in enumerate(header) if _TIME_COLUMN.search(cell.plain))
    body = [row.block.lines for row in rows if not row.block.header]
    if named or not body:
        return named
    for column in range(max(map(len, body))):
        cells = [row[column] for row in body if column < len(row) and row[column]]
        if cells and sum(map(begins, cells)) * 2 > len(cells):
            return (column,)
    return ()


def row_entry(line: Line, columns: Sequence[int], group: Date | None) -> Entry:
    """A row's time may be split over date and time columns."""
    cells = line.block.lines
    if not columns or len(cells) <= max(columns):
        return make([line], line.text, "table", group)
    time = join([cells[at] for at in columns], " ")
    told = (cell.plain for at, cell in enumerate(cells) if at not in columns)
    rest = " | ".join(filter(None, told))
    entry = make([line], time, "table", group, anywhere=True)
    if entry.moment is None and not entry.relative:
        entry = with_time(entry, next(iter(find_moments(time.prose)), None), time) or entry
    return entry._replace(text=line.text, rest=rest)


_TIME_COLUMN = expression(
    r"\b(?:time|date|day|when|timestamp|clock|utc|gmt|datetime|hour)\b", re.IGNORECASE
)
