"""What one statement tells about when the incident ran: a start, an end, a day, a length.

Which of several times is the start and which the end is told by the words beside
each, in its own clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.amounts import sentences
from pmlint.reading.lengths import Length
from pmlint.reading.times import Clock, Date, Moment, Range, find_moments, find_ranges
from pmlint.reading.zones import Zone, find_zones
from pmlint.standard.patterns import expression
from pmlint.statements.durationspan import next_day_beside, weekday_beside
from pmlint.statements.flow import flow
from pmlint.statements.toldcues import CLAUSE, cues
from pmlint.statements.toldends import days_on_end, find_ends, is_end, two_days
from pmlint.statements.toldlengths import is_bounded, stated_length
from pmlint.statements.toldwindows import (
    begun,
    clocks,
    habitual,
    last_window,
    of_something_else,
    rescheduled,
)
from pmlint.structure.text import Text
from pmlint.structure.tree import Line

Kind = Literal["field", "sentence"]
Part = Literal["start", "end", "date", "length", "both"]
"""Which part of the statement a label announces."""


class Told(NamedTuple):
    """One end of the incident as told, with its place in the source."""

    date: Date | None
    clock: Clock | None
    zone: Zone | None
    approximate: bool
    dated: bool
    """It states a date itself."""
    span: Span
    swappable: bool = False
    """Its day and month could be exchanged; the day was read first."""
    weekday: int | None = None
    """The weekday told beside the clock, Monday being 0."""
    next_day: bool = False
    """``the next day`` stands beside the clock."""

    def on(self, date: Date | None) -> Told:
        """The same clock on a date that stands elsewhere."""
        return self._replace(date=date)


class Reading(NamedTuple):
    """What one statement gives."""

    span: Span
    kind: Kind
    text: Text
    start: Told | None = None
    end: Told | None = None
    zone: Zone | None = None
    stated: Length | None = None
    date: Told | None = None
    """A date that stands alone."""
    part: Part = "both"
    label: str = ""
    ranged: bool = False
    """Both ends stand in one range (``from … to …``)."""
    bound: bool = False
    """It tells a length that is only a bound or vague (``several hours``)."""
    closing: bool = False
    """The day that stands alone is told as the end."""

    @property
    def clocks(self) -> int:
        """How many of the two ends have a time of day."""
        return sum(1 for end in (self.start, self.end) if end is not None and end.clock)

    @property
    def ends(self) -> int:
        """How many of the two ends it tells."""
        return (self.start is not None) + (self.end is not None)

    @property
    def weight(self) -> tuple[int, int, bool, bool]:
        """Order of merit: both ends, one end, a length, a day."""
        return (self.clocks, self.ends, self.stated is not None, self.date is not None)

    @property
    def tells(self) -> bool:
        """It says anything about when or how long."""
        return any(self.weight) or self.bound


def sentences_told(prose: Sequence[Line]) -> Iterator[Reading]:
    """Readings of the sentences that tell a time or a length."""
    text = flow(prose)
    if not text:
        return
    for low, high in sentences(text.prose):
        part = text.cut(low, high)
        if _TELLING.search(part.prose) and not _SUPPOSED.match(part.prose):
            reading = read(part, "sentence", part.strip().span())
            if reading.tells:
                yield reading


def read(text: Text, kind: Kind, span: Span, part: Part = "both", label: str = "") -> Reading:
    """What a text tells; ``part`` is what its label announces."""
    prose = text.prose
    if kind == "field" and not prose.strip("_ \n"):
        prose = text.plain
    ranges = find_ranges(prose)
    stated = stated_length(prose, ranges, field=kind == "field" or part == "length")
    zone = next(iter(find_zones(prose)), None)
    if zone is None and ranges and text.hidden:
        # 10:00 - 12:00 `UTC`
        zone = next(iter(find_zones(text.plain)), None)
    reading = Reading(
        span, kind, text, zone=zone, part=part, label=label, stated=stated,
        bound=stated is None and is_bounded(prose, field=kind == "field"),
    )  # fmt: skip
    # "Date: 3 to 5 May" may be of anything, "When: 3 May, 10:00 - 11:00" is the incident's.
    timed = part in ("date", "length") and any(
        clocks(each.first, each.last) == 2 for each in ranges
    )
    if timed or part in ("start", "end", "both"):
        ranged = _by_range(reading, prose, ranges)
        if ranged is not None:
            return ranged
    return _by_cues(reading, prose)


_NAMES_BOTH = expression(
    r"\b(?:start|beg[aiu]n|from|open|onset)\w*\W.{0,40}?\b(?:end|finish|stop|until|resol|clos)"
)
"""``Start / end: 3 May 22:41 / 4 May 2:17``: a label that asks for both ends."""


_SUPPOSED = expression(
    r"\W*(?:(?:so|and|but|as)[\s,]+)?"
    r"(?:for instance|(?:for |an )?example|e\.g\.|imagine|suppose|let['’]s say|say that)\b",
    re.IGNORECASE,
)
"""``For example, when a database goes down at 2:00``: nothing that happened."""


_TELLING = expression(
    r"\d|\b(?:hour|minute|day|noon|midnight|morning|evening|afternoon|past|quarter|o['’]clock)",
    re.IGNORECASE,
)


def _place(text: Text, moment: Moment | None) -> Told | None:
    if moment is None:
        return None
    return Told(
        moment.date,
        moment.clock,
        moment.zone,
        moment.approximate,
        moment.date_span is not None,
        text.span(moment.start, moment.end),
        moment.ambiguous_date,
        weekday_beside(text.prose, moment),
        next_day_beside(text.prose, moment),
    )


def lone_day(text: Text) -> Told | None:
    """The day that a text names, where it names no other."""
    days = [moment for moment in find_moments(text.prose) if moment.date is not None]
    told = _place(text, days[0]) if len(days) == 1 else None
    return told._replace(clock=None, zone=None) if told is not None else None


def _by_range(reading: Reading, prose: str, ranges: Sequence[Range]) -> Reading | None:
    """Both ends from the range that has most clocks, where it is the incident's."""
    if reading.kind == "sentence":
        ranges = [each for each in ranges if not _is_apart(prose[: each.start][-CLAUSE:])]
    found = max(ranges, key=lambda each: clocks(each.first, each.last), default=None)
    if found is None:
        return None
    whole = clocks(found.first, found.last) == 2
    words = cues()
    at_random = reading.kind != "field" and not (
        _BETWEEN.search(prose) or words.start.search(prose) or words.suffering.search(prose)
    )
    if at_random and not whole:
        return None
    timeless = reading.kind == "sentence" and not clocks(found.first, found.last)
    if timeless and any(each.clock is not None for each in find_moments(prose)):
        # "First outage (4 to 6 May): on 4 May at 4:10 a pump failed"
        return None
    text = reading.text
    found = found._replace(last=last_window(prose, ranges, found))
    lone = None if found.first.date else _place(text, _first_date(find_moments(prose)))
    return reading._replace(
        start=_place(text, begun(prose, found) or found.first),
        end=_place(text, found.last),
        zone=found.zone or reading.zone,
        ranged=True,
        date=lone,
    )


def _is_apart(before: str) -> bool:
    """The words that lead to a range say that it is none of an incident."""
    return habitual().search(before) is not None or rescheduled().search(before) is not None


_BETWEEN = expression(r"\b(?:from|between|since)\b", re.IGNORECASE)


def _first_date(moments: Sequence[Moment]) -> Moment | None:
    return next((moment for moment in moments if moment.date is not None), None)


def _by_cues(reading: Reading, prose: str) -> Reading:
    """Single moments: which end each is, told by the words beside it."""
    moments = [
        moment
        for moment in find_moments(prose)
        if moment.fault != "unreadable" and not of_something_else(prose, moment)
    ]
    timed = [moment for moment in moments if moment.clock is not None]
    start = end = None
    if reading.part != "length":
        both = days_on_end(prose, moments)
        start, end = both or find_ends(reading.part, prose, timed or two_days(prose, moments))
        if len(timed) == 2 and end is None and _NAMES_BOTH.search(reading.label):
            start, end = timed
    text = reading.text
    day = _first_date(moments)
    zones = (moment.zone for moment in (start, end) if moment is not None)
    return reading._replace(
        start=_place(text, start),
        end=_place(text, end),
        zone=reading.zone or next(filter(None, zones), None),
        date=_place(text, day),
        closing=day is not None and not timed and is_end(prose, day, 0),
    )
