"""When the incident ran: from fields, or else from sentences of the summary.

A document may state it several times. What counts is the first field that gives
both ends; else the fields together; else the sentence of the summary or opening
that gives most. A piece that is missing there is taken from the next statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

from pmlint.facts import Duration, DurationVerdict, Point, Statement
from pmlint.findings import Span
from pmlint.reading.amounts import sentences
from pmlint.reading.lengths import Length, find_lengths
from pmlint.reading.times import Clock, Date, Moment, find_moments, find_ranges
from pmlint.reading.zones import Zone, find_zones
from pmlint.sections import Line, Tree
from pmlint.statements.flow import extent, flow
from pmlint.statements.timeline import HALF_A_DAY, at_offset, full
from pmlint.text import Text

Kind = Literal["field", "sentence"]
End = Literal["start", "end", "date", "length", "both"]


@dataclass(frozen=True, slots=True)
class Told:
    """One end of the incident as told, with its place in the source."""

    date: Date | None
    clock: Clock | None
    zone: Zone | None
    approximate: bool
    dated: bool
    """It states a date itself."""
    span: Span

    def on(self, date: Date | None) -> Told:
        """The same clock on a date that stands elsewhere."""
        return replace(self, date=date)


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
    )


@dataclass(frozen=True, slots=True)
class Reading:
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
    role: End = "both"
    label: str = ""
    ranged: bool = False
    """Both ends stand in one range (``from … to …``)."""
    bound: bool = False
    """It tells a length that is only a bound or vague (``several hours``)."""

    @property
    def clocks(self) -> int:
        """How many of the two ends have a time of day."""
        return sum(1 for end in (self.start, self.end) if end is not None and end.clock)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Order of merit: both ends, one end, a length."""
        ends = (self.start is not None) + (self.end is not None)
        return (self.clocks, ends, self.stated is not None)


def read_duration(tree: Tree, prose: Sequence[Line], year: int | None) -> Duration | None:
    """When the incident ran; ``prose`` are the lines of summary and opening."""
    fields = list(_fields(tree))
    told = list(_told(prose))
    chosen = _choose(fields, told)
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    hit = [reading for reading in _told(impact) if reading.stated]
    if chosen is None:
        chosen = next(iter(hit), None)
    if chosen is None:
        return None
    chosen = _completed(chosen, fields, told, hit)
    return _fact(chosen, [*fields, *told], year)


def _fields(tree: Tree) -> Iterator[Reading]:
    """Readings of the labelled parts, those inside the timeline left out."""
    timelines = [
        (tree.nodes[index].line, tree.nodes[index].stop)
        for index in tree.with_role("timeline")
        if "duration" not in tree.nodes[index].roles
    ]
    behind = min((high for _, high in timelines), default=None)
    for index in tree.with_role("duration"):
        node = tree.nodes[index]
        inside = any(low < node.line < high for low, high in timelines)
        if inside and not _names()[2].search(node.label):
            continue
        if node.label in ("date", "time") and behind is not None and node.line > behind:
            continue
        lines = tree.own(index) if node.children else tree.body(index)
        text = flow(lines[:12])
        if not text:
            continue
        head = tree.lines[node.line]
        span = Span(head.text.span().start, extent([head, *lines[:12]]).end)
        yield replace(_read(text, "field", span, _role(node.label)), label=node.label)


@cache
def _names() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(r"\b(?:start|started|began|begin|onset|detected|occurred|opened)\b"),
        re.compile(r"\b(?:end|ended|resolved|finished|closed|restored|fixed)\b"),
        re.compile(r"\b(?:time to|total|recovery time|length|downtime)\b"),
        re.compile(r"^(?:incident |outage )?dates?(?: of.*)?$|^when$|^day$"),
    )


def _role(label: str) -> End:
    start, end, length, date = _names()
    starts, ends = bool(start.search(label)), bool(end.search(label))
    if starts != ends:
        return "start" if starts else "end"
    if length.search(label) and not starts:
        return "length"
    return "date" if date.search(label) else "both"


def _told(prose: Sequence[Line]) -> Iterator[Reading]:
    """Readings of the sentences that tell a time or a length."""
    text = flow(prose)
    if not text:
        return
    plain = text.prose
    for low, high in sentences(plain):
        part = text.cut(low, high)
        if not _telling().search(part.prose):
            continue
        reading = _read(part, "sentence", part.strip().span(), "both")
        if reading.start or reading.end or reading.stated or reading.date or reading.bound:
            yield reading


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(
        r"\d|\b(?:hour|minute|day|noon|midnight|morning|evening|afternoon)", re.IGNORECASE
    )


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(
            r"\b(?:end(?:ed|ing|s)?|until|till?|resol\w+|restor\w+|recover\w*|fixed|"
            r"return(?:ed)?|back|finish\w*|stopp\w+|complet\w+|normal|mitigated|over|closed)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:start(?:ed|ing|s)?|beg[aiu]n\w*|from|first|since|detected|occurr\w+|"
            r"experienc\w+|between|onset|went down|crash\w*|outage)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:\b(?:last(?:ed|ing)|for|of|took|total\w*|duration|downtime|outage|down|limited to|"
            r"within|resolved in|fixed in|restored (?:in|after)|after)\b|[(:])\W*"
            r"(?:(?:a|an|the|about|around|approximately|approx|roughly|some|nearly|almost|over|under|"
            r"only|just|total|of|period|time|estimated|more|less|than|up|to)\W+){0,5}$",
            re.IGNORECASE,
        ),
    )


@cache
def _of_downtime() -> re.Pattern[str]:
    return re.compile(
        r"\W{0,2}(?:of |long )?(?:\w+ )?(?:downtime|outage|disruption|unavailability|degradation|"
        r"interruption|degraded)",
        re.IGNORECASE,
    )


def _read(text: Text, kind: Kind, span: Span, role: End) -> Reading:
    prose = text.prose
    stated = _stated(prose, kind, role)
    bound = stated is None and _bound(prose, kind)
    reading = Reading(span, kind, text, role=role, stated=stated, bound=bound)
    zones = find_zones(prose)
    zone = zones[0] if zones else None
    chosen = None
    if role not in ("date", "length"):
        for found in find_ranges(prose):
            if found.first is None or found.last is None:
                continue
            clocks = (found.first.clock is not None) + (found.last.clock is not None)
            if chosen is None or clocks > chosen[0]:
                chosen = (clocks, found)
    if chosen is not None and (chosen[0] == 2 or kind == "field" or _cues()[1].search(prose)):
        found = chosen[1]
        return replace(
            reading,
            start=_place(text, found.first),
            end=_place(text, found.last),
            zone=found.zone or zone,
            ranged=True,
            date=None if found.first and found.first.date else _place(text, _lone_date(prose)),
        )
    return replace(_by_cues(reading, prose), zone=zone)


def _lone_date(prose: str) -> Moment | None:
    return next((moment for moment in find_moments(prose) if moment.date is not None), None)


def _by_cues(reading: Reading, prose: str) -> Reading:
    """Single moments: which end each is, told by the words before and behind it."""
    start = end = date = None
    moments = [moment for moment in find_moments(prose) if moment.fault != "unreadable"]
    dates = [moment for moment in moments if moment.date is not None]
    clocks = [moment for moment in moments if moment.clock is not None]
    role = reading.role
    for moment in clocks:
        if role == "length":
            continue
        if role == "date":
            start = start or moment
        elif role == "end" or (role == "both" and _is_end(prose, moment, clocks)):
            end = moment if end is None or role == "end" else moment
        elif role == "start" and start is not None and _is_end(prose, moment, clocks):
            end = moment
        elif start is None:
            start = moment
    if dates:
        date = dates[0]
    text = reading.text
    return replace(
        reading, start=_place(text, start), end=_place(text, end), date=_place(text, date)
    )


def _is_end(prose: str, moment: Moment, clocks: Sequence[Moment]) -> bool:
    """The words around a time tell that something was over then."""
    before = prose[max(0, moment.start - 60) : moment.start]
    ends = [match.end() for match in _cues()[0].finditer(before)]
    starts = [match.end() for match in _cues()[1].finditer(before)]
    if ends:
        return not starts or ends[-1] > starts[-1]
    if any(other.start > moment.start for other in clocks):
        return False
    behind = prose[moment.end : moment.end + 60]
    sooner = _cues()[0].search(behind)
    return sooner is not None and not starts and "," not in behind[: sooner.start()]


def _stated(prose: str, kind: Kind, role: End) -> Length | None:
    for length in find_lengths(prose):
        if length.kind != "length":
            continue
        if kind == "field" or role == "length":
            return length
        if length.minutes >= 1 and _of_incident(prose, length):
            return length
    return None


def _of_incident(prose: str, length: Length) -> bool:
    """A length in a sentence counts where it says how long the incident lasted."""
    before = prose[max(0, length.start - 60) : length.start]
    return bool(_cues()[2].search(before) or _of_downtime().match(prose, length.end))


def _bound(prose: str, kind: Kind) -> bool:
    return any(
        length.kind in ("bound", "range")
        and (kind == "field" or _of_incident(prose, length))
        for length in find_lengths(prose)
    )


def _choose(fields: Sequence[Reading], told: Sequence[Reading]) -> Reading | None:
    whole = next((reading for reading in fields if reading.clocks == 2), None)
    if whole is not None:
        return whole
    joined = _joined(fields)
    if joined is not None and joined.clocks == 2:
        return joined
    sentence = _sentence(told)
    if joined is None or (sentence is not None and sentence.clocks == 2):
        return sentence
    return joined


def _sentence(told: Sequence[Reading]) -> Reading | None:
    """The sentence that counts: a range, else the first start with the last end."""
    first = next((reading for reading in told if reading.start or reading.end), None)
    if first is None:
        return max(told, key=lambda reading: reading.weight, default=None)
    if first.ranged and first.start and first.end:
        return first
    ranged = next((reading for reading in told if reading.ranged and reading.clocks == 2), None)
    if ranged is not None:
        return ranged
    behind = told[told.index(first) :]
    last = next(
        (reading for reading in reversed(behind) if reading.end and reading.end.clock), None
    )
    if last is None or last is first:
        return first
    return replace(
        first, end=last.end, zone=first.zone or last.zone, stated=first.stated or last.stated
    )


def _joined(fields: Sequence[Reading]) -> Reading | None:
    """Several fields as one: a start field, an end field, a date, a length."""
    if not fields:
        return None
    result = fields[0]
    for reading in fields[1:]:
        result = replace(
            result,
            start=result.start or (reading.start if reading.role != "end" else None),
            end=reading.end if reading.role == "end" and reading.end else result.end or reading.end,
            zone=result.zone or reading.zone,
            stated=result.stated or reading.stated,
            date=result.date or reading.date,
        )
    return result


def _completed(
    chosen: Reading,
    fields: Sequence[Reading],
    told: Sequence[Reading],
    hit: Sequence[Reading],
) -> Reading:
    """What the chosen statement lacks, from the others."""
    if chosen.stated is None or chosen in fields or chosen.label:
        lengths = [reading for reading in fields if reading.stated is not None]
        lengths.sort(key=lambda reading: _length_rank(reading.label))
        if lengths and (chosen.stated is None or _length_rank(chosen.label) > 1):
            chosen = replace(chosen, stated=lengths[0].stated)
    if chosen.stated is None and (chosen.kind == "sentence" or chosen.clocks < 2):
        pool = told if chosen.clocks == 2 else (*told, *hit)
        chosen = replace(chosen, stated=next((o.stated for o in pool if o.stated), None))
    if chosen.date is None:
        chosen = replace(chosen, date=next((o.date for o in fields if o.date), None))
    if chosen.kind == "field" and chosen.clocks == 0 and chosen.start is None:
        for other in told:
            if other.start is not None and other.start.clock:
                return replace(
                    chosen, start=other.start, end=other.end, zone=chosen.zone or other.zone
                )
    return chosen


def _length_rank(label: str) -> int:
    """Which of several labelled lengths is the incident's: its duration, then to resolve."""
    for rank, word in enumerate(("duration", "resolve", "downtime", "recovery", "repair")):
        if word in label:
            return rank
    return 5


def _fact(chosen: Reading, all_read: Sequence[Reading], year: int | None) -> Duration:
    start, end = _dated(chosen, year)
    zone = chosen.zone
    first = _point(start, zone, year)
    last = _point(end, zone, year)
    minutes, last = _length(first, last, end, year, zone)
    stated = chosen.stated
    owner = next((r for r in all_read if stated is not None and r.stated is stated), chosen)
    approximate = any(moment is not None and moment.approximate for moment in (start, end))
    verdict = _verdict(first, last, zone, minutes, stated, chosen.bound)
    return Duration(
        span=chosen.span,
        start=first,
        end=last,
        zone=zone,
        minutes=minutes,
        stated=stated,
        stated_span=owner.text.span(stated.start, stated.end) if stated else None,
        approximate=approximate or bool(stated and stated.approximate),
        statements=tuple(Statement(r.span, r.kind if r.weight[1] else "length") for r in all_read),
        verdict=verdict,
    )


def _dated(chosen: Reading, year: int | None) -> tuple[Told | None, Told | None]:
    """Both ends with the date that is given once, and the year."""
    start, end = chosen.start, chosen.end
    lone = chosen.date.date if chosen.date is not None else None
    if start is None and end is None and chosen.date is not None:
        start = chosen.date
    if start is not None and start.date is None and (lone or (end and end.date)):
        start = start.on(lone or (end.date if end else None))
    if end is not None and end.date is None and start is not None:
        end = end.on(start.date)
    return _with_year(start, end, year), _with_year(end, start, year)


def _with_year(moment: Told | None, other: Told | None, year: int | None) -> Told | None:
    if moment is None or moment.date is None or moment.date.year is not None:
        return moment
    found = other.date.year if other is not None and other.date is not None else None
    return moment.on(Date(found or year, moment.date.month, moment.date.day))


def _point(told: Told | None, zone: Zone | None, year: int | None) -> Point | None:
    if told is None:
        return None
    at: datetime | None = None
    if told.date is not None and told.clock is not None:
        day = full(told.date, year)
        if day is not None:
            at = at_offset(day, told.clock, told.zone or zone)
    return Point(told.date, told.clock, at, told.span)


def _length(
    start: Point | None, end: Point | None, told_end: Told | None, year: int | None,
    zone: Zone | None,
) -> tuple[int | None, Point | None]:
    """Minutes from start to end; an undated end before the start is the next day within 12 h."""
    if start is None or end is None or start.clock is None or end.clock is None:
        return None, end
    seconds = _seconds(end.clock) - _seconds(start.clock)
    if start.date is not None and end.date is not None:
        first, last = full(start.date, year or 2001), full(end.date, year or 2001)
        if first is None or last is None:
            return None, end
        seconds += (last - first).days * 86400
        own = told_end is not None and told_end.dated
        if not own and seconds < 0 and seconds + 86400 < HALF_A_DAY * 60:
            seconds += 86400
            day = last + timedelta(days=1)
            date = Date(day.year if end.date.year is not None else None, day.month, day.day)
            at = at_offset(day, end.clock, zone) if date.year is not None else None
            end = Point(date, end.clock, at, end.span)
    elif seconds < 0 and seconds + 86400 < HALF_A_DAY * 60:
        seconds += 86400
    return round(seconds / 60), end


def _seconds(clock: Clock) -> int:
    return clock.hour * 3600 + clock.minute * 60 + (clock.second or 0)


def _verdict(
    start: Point | None,
    end: Point | None,
    zone: Zone | None,
    minutes: int | None,
    stated: Length | None,
    bound: bool,
) -> DurationVerdict | None:
    if start is None and end is None:
        return "no-times" if stated is not None or bound else "missing"
    if start is None or end is None or start.clock is None or end.clock is None:
        return "no-times"
    if zone is None:
        return "no-timezone"
    if minutes is not None and minutes < 0:
        return "reversed"
    if minutes is not None and stated is not None and differs(stated.minutes, minutes):
        return "mismatch"
    return None


def differs(stated: float, minutes: float) -> bool:
    """More than ten per cent and more than a minute apart."""
    apart = abs(stated - minutes)
    return apart > 1 and apart > 0.1 * max(minutes, 1)
