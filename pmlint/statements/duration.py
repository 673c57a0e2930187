"""When the incident ran: from fields, or else from sentences of the summary.

A document may state it several times. What counts is the first field that gives
both ends; else the fields together; else the sentence of the summary or opening
that gives most. A piece that is missing there is taken from the next statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise

from pmlint.alternatives import Alternatives
from pmlint.facts import Duration, DurationVerdict, Point, Statement
from pmlint.findings import Span
from pmlint.reading.lengths import Length, find_lengths
from pmlint.reading.times import Date
from pmlint.reading.zones import Zone, find_zones
from pmlint.sections import Line, Node, Tree
from pmlint.statements.flow import extent, flow
from pmlint.statements.order import HALF_A_DAY, at_offset, full
from pmlint.statements.told import (
    Part,
    Reading,
    Told,
    is_elsewhere,
    is_suffering,
    read,
    sentences_told,
)
from pmlint.text import Text

ONLY_RANGE = 12
"""A statement of so many words may be a range and nothing else."""
DECLARATION = 60
"""Characters within which the words "all times" name their zone."""
FIELD_LINES = 12
"""How many lines below its label a statement is looked for in."""


def read_duration(tree: Tree, prose: Sequence[Line], year: int | None) -> Duration | None:
    """When the incident ran; ``prose`` are the lines of summary and opening."""
    fields = [*_fields(tree), *_neighbours(tree), *_columns(tree)]
    apart = [line for line in prose if not _dates_report(line)]
    told = list(sentences_told(apart))
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    hit = [each for each in sentences_told(impact) if each.stated or each.clocks == 2]
    chosen = _choose(fields, told) or next(iter(hit), None)
    if chosen is None or chosen.clocks < 2:
        chosen = next(_elsewhere(tree), chosen)
    if chosen is None:
        return None
    if chosen.kind == "sentence" and not chosen.clocks:
        # "Down for two hours on 9 May." above, the clocks in the impact
        timed = next((each for each in hit if each.clocks == 2), chosen)
        day = timed.date or chosen.date
        chosen = timed._replace(stated=timed.stated or chosen.stated, date=day)
    chosen = _completed(chosen, fields, told, hit)
    if chosen.zone is None:
        chosen = chosen._replace(zone=_declared_zone(tree, prose))
    return _fact(chosen, [*fields, *told], year)


def _elsewhere(tree: Tree) -> Iterator[Reading]:
    """Ranges of clocks told before the timeline under headings of the author's own words.

    For documents that have no summary by name (``The facts of the case``).
    """
    if tree.with_role("summary"):
        return
    timeline = min((tree.nodes[at].line for at in tree.with_role("timeline")), default=0)
    for index, node in enumerate(tree.nodes):
        if node.line < timeline and set(node.roles) <= {"root_cause", "title"}:
            lines = [line for line in tree.own(index) if line.kind in ("text", "item")]
            yield from (each for each in sentences_told(lines) if each.clocks == 2)


# -- fields ------------------------------------------------------------------


def _fields(tree: Tree) -> Iterator[Reading]:
    """Readings of the labelled parts, those inside the timeline left out."""
    timelines = [
        (tree.nodes[index].line, tree.nodes[index].stop)
        for index in tree.with_role("timeline")
        if "duration" not in tree.nodes[index].roles and not _ran(tree, index)
    ]
    behind = min((high for _, high in timelines), default=None)
    lows = [low for low, _ in timelines]
    highs = list(accumulate((high for _, high in timelines), max))
    named = [tree.nodes[at] for at in tree.with_role("duration")]
    apart = {"start", "end"} <= {_part(node.label) for node in named if node.is_field}
    for index, node in enumerate(tree.nodes):
        if "duration" not in node.roles and not _ran(tree, index):
            continue
        above = bisect_left(lows, node.line)
        inside = above > 0 and node.line < highs[above - 1]
        if (inside and not _labels().length.search(node.label)) or is_elsewhere(node.label):
            continue
        if node.label in ("date", "time") and behind is not None and node.line > behind:
            continue
        if "timeline" in node.roles and not node.is_field and apart:
            # "Key events" lists what happened where a start and an end have fields of their own.
            continue
        lines = (tree.own(index) if node.children else tree.body(index))[:FIELD_LINES]
        text = flow(lines)
        if text:
            head = tree.lines[node.line]
            span = Span(head.text.span().start, extent([head, *lines]).end)
            found = read(text, "field", span, _part(node.label), node.label)
            if found.zone is None and found.clocks:
                # Duration (WAT): 10:00 to 12:00
                found = found._replace(zone=next(iter(find_zones(head.text.prose)), None))
            yield _counted_in(found, node)


def _ran(tree: Tree, index: int) -> bool:
    """``Timeline: 8:00 to 10:30`` in a summary tells when it ran and lists no event."""
    node = tree.nodes[index]
    if "timeline" not in node.roles or not node.is_field or not node.rest:
        return False
    lines = [line for line in tree.body(index) if line.text]
    short = len(lines) == 1 and len(node.rest.plain.split()) <= ONLY_RANGE
    return short and read(node.rest, "field", node.rest.span()).ends == 2


def _neighbours(tree: Tree) -> Iterator[Reading]:
    """``Incident resolved: 11:10``, ``From: 10:00`` on lines beside a field of the duration.

    Elsewhere such labels say other things, so templates do not know them.
    """
    fields = [tree.nodes[index] for index in tree.with_role("duration")]
    first = next((node for node in fields if node.is_field), None)
    if first is None or any(_part(node.label) == "end" for node in fields):
        return
    known = {node.line for node in tree.nodes}
    block = tree.lines[first.line].block
    for at, line in enumerate(tree.lines[first.line + 1 :], first.line + 1):
        if line.kind == "heading" or (line.block is not block and line.block.kind != block.kind):
            return
        label, colon, _ = line.text.plain.partition(":")
        label = label.strip(" *_-•").lower()
        part = _part(label)
        if not colon or len(label.split()) > 4 or not _labels().beside.search(label):
            continue
        if part == "length" or (part == "start" and at in known):
            continue
        text = line.text.cut(line.text.plain.index(":") + 1).strip()
        whole = read(line.text, "field", line.text.span(), "both", label)
        if whole.clocks == 2:
            yield whole
        elif text and _only_moment(text):
            yield read(text, "field", line.text.span(), part, label)


def _columns(tree: Tree) -> Iterator[Reading]:
    """A table with a column for the start and one for the end; its first row."""
    for header, row in pairwise(tree.lines):
        if not header.block.header or row.kind != "row" or row.block.header:
            continue
        labels = [cell.plain.strip(" *").lower() for cell in header.block.lines]
        parts = [_part(label) for label in labels]
        if "duration" in labels[: len(row.block.lines)] and len(labels) > 2:
            cell = row.block.lines[labels.index("duration")]
            yield read(cell, "field", cell.span())
        if "start" not in parts or "end" not in parts:
            continue
        for label, part, cell in zip(labels, parts, row.block.lines, strict=False):
            if cell and (part != "both" or "duration" in label):
                span = Span(cell.span().start, max(cell.span().end, cell.span().start))
                yield read(cell, "field", span, part, label)
        return


def _only_moment(text: Text) -> bool:
    found = read(text, "field", text.span(), "end").end
    return found is not None and len(text.plain.split()) < 9


def _counted_in(found: Reading, node: Node) -> Reading:
    """``Downtime (minutes): 45``: the label names the unit."""
    if found.stated is not None and not found.stated.minutes:
        # "Time in SEV-1: 0 mins" tells that it was never that bad.
        return found._replace(stated=None)
    if found.stated is not None or found.ends:
        return found
    unit = _labels().unit.search(node.title.plain)
    number = found.text.plain.strip()
    if unit is None or not _number().fullmatch(number):
        return found
    length = next(iter(find_lengths(f"{number} {unit.group().lower()}")), None)
    return found._replace(stated=length._replace(start=0, end=len(number)) if length else None)


class _Labels:
    """How labels tell which part of the statement stands behind them."""

    start = Alternatives(
        (
            "start", "started", "began", "begin", "beginning", "onset", "detected", "occurred",
            "occurrence", "opened", "from",
        ),
        r"\b(?:", r")\b",
    )  # fmt: skip
    end = Alternatives(
        (
            "end", "ended", "resolved", "finished", "closed", "restored", "fixed", "recovered",
            "stop", "stopped", "to", "until", "till", "restoration", "recovery", "closure", "again",
            "completion",
        ),
        r"\b(?:", r")\b",
    )  # fmt: skip
    beside = Alternatives(
        (
            r"^(?:from|to|until|till|start|begin|began|stop|stopped|end|ended|finish|finished)$",
            r"\b(?:incident|outage|issue|service) (?:\w+ )?(?:resolved|ended|closed|restored|fixed|"
            r"recovered|stopped)\b",
            r"^(?:resolved|restored|fixed|recovered)(?: at| on)?$",
            r"\b(?:start|end) time\b",
        )
    )
    length = Alternatives(
        ("time to", "total", "recovery time", "length", "downtime"), r"\b(?:", r")\b"
    )
    date = Alternatives(("^(?:incident |outage )?dates?(?: of.*)?$", "^when$", "^day$"))
    unit = Alternatives(("hours?", "hrs", "minutes?", "mins?"), r"\b(?:", r")\b")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"~?\d+(?:[.,]\d+)?")


@cache
def _labels() -> _Labels:
    return _Labels()


def _part(label: str) -> Part:
    labels = _labels()
    starts, ends = bool(labels.start.search(label)), bool(labels.end.search(label))
    if labels.length.search(label) and not starts:
        return "length"
    if starts != ends:
        return "start" if starts else "end"
    return "date" if labels.date.search(label) else "both"


def _dates_report(line: Line) -> bool:
    """``Last updated: 2022-05-25``, ``Posted on 12 March``: a line that dates the report."""
    plain = line.text.plain
    head = re.split(r"\d", plain, maxsplit=1)[0]
    return len(plain.split()) < 14 and len(head) < 40 and is_elsewhere(head.lower())


def _declared_zone(tree: Tree, prose: Sequence[Line]) -> Zone | None:
    """A field that names the zone, or words of summary and opening: ``All times are UTC``."""
    first = min((tree.nodes[at].line for at in tree.with_role("summary")), default=0)
    for line in (*tree.lines[:first], *prose):
        low = line.text.prose.lower()
        at = max(low.find("all times"), low.find("times are "), low.find("times in this "))
        if at >= 0:
            return next(iter(find_zones(line.text.prose[at : at + DECLARATION])), None)
    for line in tree.lines:
        label, colon, rest = line.text.plain.partition("|" if line.kind == "row" else ":")
        if colon and label.strip(" *_-").lower() in ("timezone", "time zone"):
            return next(iter(find_zones(f"time zone {rest}")), None)
    return None


# -- which statement counts --------------------------------------------------


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
    first = next((reading for reading in told if reading.ends), None)
    if first is None:
        return _two_days(told) or max(told, key=lambda reading: reading.weight, default=None)
    if first.ranged and first.ends == 2:
        return first
    ranged = next((reading for reading in told if reading.ranged and reading.clocks == 2), None)
    if ranged is not None:
        return ranged
    behind = told[told.index(first) + 1 :]
    if first.start is None:
        later = next((reading for reading in behind if reading.start), None)
        return first if later is None else first._replace(start=later.start)
    last = next((each for each in reversed(behind) if each.end and each.end.clock), None)
    if last is None:
        return first
    return first._replace(
        end=last.end, zone=first.zone or last.zone, stated=first.stated or last.stated
    )


def _two_days(told: Sequence[Reading]) -> Reading | None:
    """A sentence that dates the start and a later one that dates the end, without clocks."""
    days = [reading for reading in told if reading.date is not None]
    if len(days) < 2 or days[0].closing or not days[-1].closing:
        return None
    return days[0]._replace(start=days[0].date, end=days[-1].date)


def _joined(fields: Sequence[Reading]) -> Reading | None:
    """Several fields as one: a start field, an end field, a date, a length."""
    if not fields:
        return None
    result = fields[0]
    for reading in fields[1:]:
        result = result._replace(
            start=result.start or (reading.start if reading.part != "end" else None),
            end=reading.end if reading.part == "end" and reading.end else result.end or reading.end,
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
            chosen = chosen._replace(stated=lengths[0].stated)
    if chosen.stated is None and (chosen.kind == "sentence" or chosen.clocks < 2):
        pool = told if chosen.clocks == 2 else (*told, *hit)
        chosen = chosen._replace(stated=next((o.stated for o in pool if o.stated), None))
    if chosen.date is None:
        others = fields if chosen.kind == "field" or chosen.clocks else (*fields, *told)
        chosen = chosen._replace(date=next((o.date for o in others if o.date), None))
        if chosen.date is None and chosen.kind == "sentence":
            chosen = chosen._replace(date=_day_told_before(chosen, told))
    if chosen.kind == "field" and chosen.clocks == 0 and chosen.start is None:
        for other in told:
            if other.start is not None and other.start.clock:
                return chosen._replace(
                    start=other.start, end=other.end, zone=chosen.zone or other.zone
                )
    return chosen


def _day_told_before(chosen: Reading, told: Sequence[Reading]) -> Told | None:
    """The day of the sentence before: ``It happened on 28 July. It began around 4 PM``."""
    before = next((each for each in told if 0 <= chosen.span.start - each.span.end < 6), None)
    if before is None or before.date is None or before.clocks or before.closing:
        return None
    words = before.text.prose.lower().strip()
    back = chosen.text.prose.lower().strip().startswith(_REFERS_BACK)
    tells = back or is_suffering(words) or words.startswith(_TELLS_DAY)
    return before.date if tells else None


_REFERS_BACK = (
    "the time",
    "the duration",
    "the outage",
    "the incident",
    "the downtime",
    "downtime",
)
_TELLS_DAY = ("that was", "this was", "it was", "it happened", "this happened", "on ")


def _length_rank(label: str) -> int:
    """Which of several labelled lengths is the incident's: its duration, then to resolve."""
    for rank, word in enumerate(("duration", "resolve", "downtime", "recovery", "repair")):
        if word in label:
            return rank
    return 5


# -- the fact ----------------------------------------------------------------


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
    return Point(told.date, told.clock, at, told.span, told.approximate)


def _length(
    start: Point | None,
    end: Point | None,
    told_end: Told | None,
    year: int | None,
    zone: Zone | None,
) -> tuple[int | None, Point | None]:
    """Minutes from start to end; an undated end before the start is the next day within 12 h."""
    if start is None or end is None or start.clock is None or end.clock is None:
        return None, end
    seconds = end.clock.seconds - start.clock.seconds + _offsets_apart(start, end)
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
            zone = told_end.zone if told_end is not None and told_end.zone is not None else zone
            at = at_offset(day, end.clock, zone) if date.year is not None else None
            end = Point(date, end.clock, at, end.span, end.approximate)
    elif seconds < 0 and seconds + 86400 < HALF_A_DAY * 60:
        seconds += 86400
    return round(seconds / 60), end


def _offsets_apart(start: Point, end: Point) -> int:
    """Seconds to add to the difference of two clocks: ``1:30 AM EST - 3:45 AM EDT``."""
    offsets = [point.at.utcoffset() if point.at is not None else None for point in (start, end)]
    if offsets[0] is None or offsets[1] is None:
        return 0
    return int((offsets[0] - offsets[1]).total_seconds())


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
