"""The entries of a timeline in order: with their time, without one, or relative.

What an entry is depends on what stands around it: list items, table rows,
headings, and paragraphs or lines that begin with a time. Headings, parent items
and lines that are only a date hand their day down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from functools import cache, cached_property
from itertools import groupby, takewhile

from pmlint.reading.times import Clock, Date, Moment, leading_time
from pmlint.reading.zones import find_zones
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.statements.entry import (
    Entry,
    Form,
    begins,
    clocks,
    first_time,
    is_range,
    make,
    opening_entry,
    row_entry,
    short_label,
    time_columns,
    told_in_one,
    with_colons,
    with_time,
)
from pmlint.statements.flow import block_end, continues
from pmlint.statements.neighbours import (
    bare_clocks,
    counted,
    counted_from,
    counts_days,
    dated_groups,
    days_told,
    merge_labels,
    plain_numbers,
    without_continuations,
    without_details,
    without_phases,
)
from pmlint.statements.runon import item_entries, run_on, tells_step
from pmlint.statements.toldcues import of_whole
from pmlint.structure.stamps import only_time
from pmlint.structure.text import Text, join
from pmlint.structure.timed import LEAST_STEPS, opens_step
from pmlint.structure.tree import Line

NEAR = 60
"""A paragraph is an entry where it tells a clock within so many characters."""
MOST_WRAPPED = 40
"""A sentence goes on over no more lines than so many."""
MOST_DECLARING = 10
"""A longer item says more than which zone its times are in."""
FEWEST_TOLD = 2
"""So many paragraphs that begin with ``At 9:25`` tell a story."""
FENCED = 3
"""So many lines of a fenced block that begin with a time are a timeline."""


def find_entries(
    lines: Sequence[Line], phases: Alternatives, *, month_first: bool = False
) -> list[Entry]:
    """The entries in order.

    ``phases`` are labels of entries that carry no time; with ``month_first`` the
    document's other dates show how to read ``03/04/2024``.
    """
    if not all(line.block.quoted for line in lines):
        lines = [line for line in lines if not line.block.quoted]
    lines = with_colons(lines)
    walk = _Walk(lines, phases, month_first=month_first, fenced=_all_fenced(lines))
    each = (entry._replace(own_date=walk.day(entry)) for entry in walk.entries())
    found = list(counted(bare_clocks(without_details(list(merge_labels(each))))))
    found = days_told(plain_numbers(found))
    found = list(dated_groups(without_phases(list(without_continuations(found)))))
    return [*told_in_one(found[0])] if len(found) == 1 else found


def without_introduction(found: Sequence[Entry]) -> Sequence[Entry]:
    """The entries less ``On 21 May, all shops were closed.`` above rows that tell clocks."""
    if len(found) <= FENCED or not all(each.clocked for each in found[1:]):
        return found
    first = found[0]
    prose = first.form == "paragraphs" and first.own_date is not None and first.readable
    apart = prose and not first.clocked and found[1].form != "paragraphs"
    return found[1:] if apart else found


class _Walk:
    """One walk over the lines; each step yields the entries that begin there."""

    def __init__(
        self,
        lines: Sequence[Line],
        phases: Alternatives,
        group: Date | None = None,
        *,
        month_first: bool = False,
        fenced: bool = False,
    ) -> None:
        self.lines = lines
        self.phases = phases
        self.group = group
        self.month_first = month_first
        self.fenced = fenced
        """A fenced block holds the timeline, and no log."""
        self.parents: list[tuple[int, Date | None]] = []
        self.clocked: list[int] = []
        """The depths of the items around the next that tell a clock."""
        self.timed = False
        """An entry with a time stands before."""
        self.apart = False
        """The times before stand in a list or within one paragraph: the next is a note on them."""
        self.last: Clock | None = None
        """The clock of the paragraph before that told one."""
        self.prose = all(line.kind == "text" and not begins(line.text) for line in lines)
        """The timeline is told in paragraphs of which none begins with a time."""
        self.depth = min((line.block.depth for line in lines if line.opens_item), default=0)
        self.columns = {
            table: time_columns(list(rows))
            for table, rows in groupby(
                (line for line in lines if line.kind == "row"), key=lambda line: line.block.table
            )
        }

    def entries(self) -> Iterator[Entry]:
        """The entries in the order of the lines."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if line.kind == "heading":
                stop = _heading_stop(self.lines, at)
                if not _only_groups(self.lines[at : stop + 1]):
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
                stop = block_end(self.lines, at)
                yield from self._item(at, stop)
            else:
                stop = yield from self._text(at)
            at = stop

    def day(self, entry: Entry) -> Date | None:
        """The day an entry states, month and day in the document's order."""
        date, moment = entry.own_date, entry.moment
        if date is None or moment is None or not (self.month_first and moment.ambiguous_date):
            return date
        return Date(date.year, date.day, date.month)

    def _heading(self, line: Line, below: Sequence[Line]) -> Iterator[Entry]:
        """A heading with a clock is an entry; one with a date only dates what stands under it."""
        entry = make([line, *below], line.text, "headings", self.group)
        if entry.moment is None and not entry.relative:
            entry = entry._replace(label=True)
        if entry.own_date is not None:
            self.group = self.day(entry)
        if entry.clocked or (entry.moment is not None and not entry.readable):
            yield entry
            return
        inner = list(_Walk(below, self.phases, self.group, month_first=self.month_first).entries())
        leading = any(each.leads for each in inner)
        if entry.label and inner and not leading:
            yield first_time(entry, below)
        elif any(each.moment is not None for each in inner):
            yield from counted_from(entry, inner)
        elif entry.label:
            yield first_time(entry, below)
        elif entry.own_date is not None and inner:
            yield from inner
        elif below or entry.relative:
            yield entry

    def _row(self, line: Line) -> Iterator[Entry]:
        if line.block.header and not any(begins(cell) for cell in line.block.lines):
            return
        if self.timed and not self.columns.get(line.block.table):
            # What a timed paragraph tells in numbers.
            return
        entry = row_entry(line, self.columns.get(line.block.table, ()), self.group)
        if entry.own_date is not None and not entry.clocked:
            self.group = self.day(entry)
        yield entry

    def _code(self, line: Line) -> Iterator[Entry]:
        """Lines that were only indented are prose; a fenced block is a log."""
        if _is_fence(line) and not self.fenced:
            return
        text = line.text.strip()
        if begins(text):
            self.timed = True
            yield make([line], text, "paragraphs", self.group)

    def _item(self, at: int, stop: int) -> Iterator[Entry]:
        line = self.lines[at]
        depth = line.block.depth
        while self.parents and self.parents[-1][0] >= depth:
            self.parents.pop()
        while self.clocked and self.clocked[-1] >= depth:
            self.clocked.pop()
        inherited = next((date for _, date in reversed(self.parents) if date), self.group)
        below = _nested_stop(self.lines, stop, depth)
        parent = _has_time(self.lines[stop:below])
        nested = tuple(self.lines[stop:below])
        if not nested and at + 1 == stop < len(self.lines) and _date_line(line):
            # "- 5 May" beside the entries of that day
            only = make([line], line.text, "list", self.group)
            behind = make([self.lines[stop]], self.lines[stop].text, "list", None)
            if only.own_date is not None and not only.clocked and behind.clocked:
                self.group = self.day(only)
                return
        for entry in item_entries(self.lines[at:stop], inherited):
            self.timed = True
            self.apart = self.apart or entry.moment is not None
            if parent and not entry.clocked:
                if entry.own_date is not None:
                    self.parents.append((depth, self.day(entry)))
                elif counts_days(entry.text.plain):
                    yield entry._replace(relative=True, label=True)
                continue
            if entry.moment is None and (depth > self.depth or _only_code(line.text)):
                continue
            if entry.moment is None and (_declares_zone(line) or _heads_event(line, nested)):
                continue
            detail = self.clocked and self.clocked[0] < depth
            if detail and not entry.leads and not entry.relative and entry.before:
                # "- Nobody looked until 8:15" below the entry of 8:10
                continue
            if entry.clocked:
                self.clocked.append(depth)
            if entry.own_date is not None:
                self.parents.append((depth, self.day(entry)))
            yield entry if parent else entry._replace(lines=(*entry.lines, *nested))

    def _text(self, at: int) -> Generator[Entry, None, int]:
        """Entries of a line that stands in no list; gives the index behind it."""
        line = self.lines[at]
        if not self.timed and line.first:
            stop = _wrapped(self.lines, at)
            if not self.prose and _states_whole(self.lines[at:stop]):
                return stop
            opening = opening_entry(self.lines[at:stop], self.group)
            if opening is not None:
                self.timed = True
                yield opening
                return stop
        wrapped = self._further(at)
        aside = True
        for entry in self._line_entries(line):
            self.timed = self.timed or entry.moment is not None
            within = not (line.first and aside)
            self.apart = self.apart or (entry.moment is not None and within)
            aside = False
            self.last = entry.moment.clock if entry.moment is not None else self.last
            below = self._below(at) if entry.bare else wrapped
            entry = entry._replace(lines=(*entry.lines, *below))
            if entry.own_date is not None and not entry.clocked and _date_line(line):
                self.group = self.day(entry)
                if at + 1 < len(self.lines):
                    continue
            yield entry
        return self._behind_aside(at) if aside else at + 1

    def _behind_aside(self, at: int) -> int:
        """Behind ``What made it worse:`` and its list, if that tells no time."""
        line, stop = self.lines[at], at + 1
        words = line.text.plain.strip()
        if not self.timed or line.block.depth or not words.endswith(":") or line.text.all_bold:
            return stop
        if self.phases.match(words.removeprefix("The ").lower()):
            return stop
        while stop < len(self.lines) and self.lines[stop].block.depth:
            stop += 1
        return at + 1 if _has_time(self.lines[at + 1 : stop]) else stop

    def _further(self, at: int) -> tuple[Line, ...]:
        """The lines on which the sentence of a line goes on."""
        lines = self.lines[at + 1 : _wrapped(self.lines, at, MOST_WRAPPED)]
        return tuple(takewhile(lambda line: not begins(line.text), lines))

    def _below(self, at: int) -> tuple[Line, ...]:
        """The text under a clock on a line of its own, which tells no other entry."""
        told = takewhile(lambda line: line.kind == "text", self.lines[at + 1 :])
        return tuple(takewhile(lambda line: not any(self._line_entries(line)), told))

    def _line_entries(self, line: Line) -> Iterator[Entry]:
        form: Form = "html" if line.block.html else "paragraphs"
        entry = make([line], line.text, form, self.group)
        if entry.moment is not None or entry.relative:
            yield from run_on(entry, line, form, self.group)
            return
        if counts_days(line.text.plain) and _date_line(line):
            yield entry._replace(relative=True, label=True)
            return
        told = with_time(entry, next(clocks(line.text.prose), None), line.text)
        match = short_label().match(line.text.plain)
        if match and self.phases.match(match.group(1)):
            note = line.first and self.apart and not line.text.plain.rstrip().endswith(":")
            if told is not None or not note:
                yield (told or entry)._replace(label=True)
        elif told is None and (
            self._bulleted(line) or self._led(line) or self._stepped(line) or self._vague(line)
        ):
            yield entry._replace(form="list", label=True)
        elif (
            told is not None
            and told.moment is not None
            and (
                told.moment.start < NEAR
                or (self.prose and line.first)
                or (line.first and self._goes_on(told.moment, line))
            )
        ):
            yield told._replace(loose=True)

    def _goes_on(self, moment: Moment, line: Line) -> bool:
        """``From here we waited for them. At 21:15 they called.`` in a story told so."""
        if moment.clock is None or self.last is None or not self._story:
            return False
        if moment.date is None and moment.clock.seconds <= self.last.seconds:
            return False
        return tells_step(line.text.prose, moment)

    @cached_property
    def _story(self) -> bool:
        """Paragraphs begin with ``At 9:25``, ``By 18:30`` rather than with a clock and a dash."""
        starts = (leading_time(line.text.prose) for line in self.lines if line.first)
        told = [each for each in starts if each is not None and each.moment and each.at_start]
        return len(told) >= FEWEST_TOLD and all(each.start > 1 for each in told)

    def _led(self, line: Line) -> bool:
        """``**Later that day** - …`` where most paragraphs lead with a bold time and a dash."""
        return self.timed and _bold_lead(line) and self._bold_times

    @cached_property
    def _bold_times(self) -> bool:
        leads = [other for other in self.lines if _bold_lead(other)]
        return sum(begins(other.text) for other in leads) * 2 > len(leads) + 1

    def _vague(self, line: Line) -> bool:
        """``evening - 14 more alerts`` on a line below others with a time and a dash."""
        return self.timed and not line.first and _vague_lead().match(line.text.plain) is not None

    def _stepped(self, line: Line) -> bool:
        """A numbered paragraph among others of a debugging process, none with a time."""
        return not self.timed and self._steps >= LEAST_STEPS and opens_step(line)

    @cached_property
    def _steps(self) -> int:
        return sum(map(opens_step, self.lines))

    def _bulleted(self, line: Line) -> bool:
        """A line that begins with the sign (``•``) with which the timed lines around it begin."""
        return self.timed and line.text.plain.strip()[:1] in self._timed_signs

    @cached_property
    def _timed_signs(self) -> frozenset[str]:
        """The signs with which more lines lead to a time than do not."""
        balance: Counter[str] = Counter()
        for line in self.lines:
            sign = line.text.plain.strip()[:1]
            if sign in _SIGNS:
                balance[sign] += 1 if begins(line.text) else -1
        return frozenset(sign for sign, more in balance.items() if more > 0)


_SIGNS = frozenset("•●◦▪■‣➢➤⁃∙→➔✓✔○")
"""What some write instead of the bullet that Markdown knows."""


@cache
def _vague_lead() -> re.Pattern[str]:
    words = "|".join(policy.table("times")["openings"]["vague"])
    return re.compile(rf"\W{{0,3}}(?:{words})\s?(?:[–—-]\s|:\s)", re.IGNORECASE)


def _states_whole(lines: Sequence[Line]) -> bool:
    """``The outage lasted from 9:00 to 11:00.`` above the entries is none of them."""
    text = lines[0].text
    if begins(text) or short_label().match(text.plain) or not of_whole(text.prose[:NEAR]):
        return False
    return is_range(join([line.text for line in lines], " ").prose)


def _heading_stop(lines: Sequence[Line], at: int) -> int:
    stop = at + 1
    while stop < len(lines) and not (lines[stop].kind == "heading" and lines[stop].first):
        stop += 1
    return stop


def _only_groups(lines: Sequence[Line]) -> bool:
    """A heading right above a deeper one, which begins with no time."""
    head, *below = lines
    if len(below) != 1 or below[0].block.level <= head.block.level:
        return False
    return leading_time(head.text.prose) is None and not any(clocks(head.text.prose))


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


def _wrapped(lines: Sequence[Line], at: int, most: int | None = None) -> int:
    """Behind the last line of the hard-wrapped sentences that begin here."""
    stop = at + 1
    end = len(lines) if most is None else min(len(lines), stop + most)
    while (
        stop < end
        and lines[stop].block is lines[at].block
        and continues(lines[stop - 1], lines[stop])
    ):
        stop += 1
    return stop


def _heads_event(line: Line, nested: Sequence[Line]) -> bool:
    """``- Detection:`` over an item that tells in mid-sentence when it was."""
    if not line.text.plain.rstrip().endswith(":"):
        return False
    items = (below for below in nested if below.opens_item)
    return any(next(clocks(below.text.prose), None) for below in items)


def _only_code(text: Text) -> bool:
    """A log line in a list, and no entry."""
    return bool(text.hidden) and not text.prose.strip("_ .,:;")


def _date_line(line: Line) -> bool:
    return only_time(line.text.plain.strip(" :;-–—*"))


def _declares_zone(line: Line) -> bool:
    """``- All times in UTC`` is no entry."""
    words = line.text.plain.lower().replace("time zone", "timezone").split()
    named = any(word.strip("(*_:") in ("times", "timestamps", "timezone") for word in words[:4])
    return named and len(words) <= MOST_DECLARING and bool(find_zones(line.text.prose))


def _bold_lead(line: Line) -> bool:
    """A paragraph that opens with bold words and, behind them, a dash or a colon."""
    text = line.text
    if not line.first or line.block.depth or not text.bold or text.bold[0][0]:
        return False
    behind = text.plain[text.bold[0][1] :].lstrip()
    return behind[:1] in ("-", "–", "—", ":") or text.plain[: text.bold[0][1]].rstrip()[-1:] == ":"


def _is_fence(line: Line) -> bool:
    return line.block.lines[0].plain.lstrip().startswith(("```", "~~~"))


def _all_fenced(lines: Sequence[Line]) -> bool:
    """Only a fenced block tells times: the timeline was put into it."""
    if any(line.kind != "code" and next(clocks(line.text.prose), None) for line in lines):
        return False
    fenced = [line for line in lines if line.kind == "code" and not _drawing(line)]
    return sum(begins(line.text.strip()) for line in fenced) >= FENCED


def _drawing(line: Line) -> bool:
    """A picture of the timeline tells every event a second time."""
    return line.block.lines[0].plain.strip(" `~").lower().startswith("mermaid")
