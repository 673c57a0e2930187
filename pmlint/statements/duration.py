"""When the incident ran: from fields, or else from sentences of the summary.

A document may state it several times. What counts is the first field that gives
both ends; else the fields together; else the sentence of the summary or opening
that gives most. A piece that is missing there is taken from the next statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise

from pmlint.alternatives import Alternatives
from pmlint.facts import Duration, DurationVerdict, Point, Statement
from pmlint.findings import Span
from pmlint.reading.lengths import Length, find_lengths
from pmlint.reading.times import Date, find_moments
from pmlint.reading.zones import Zone, find_zones
from pmlint.sections import Line, Node, Tree
from pmlint.statements.entry import month_first
from pmlint.statements.flow import extent, flow
from pmlint.statements.order import HALF_A_DAY, at_offset, full
from pmlint.statements.told import (
    Part,
    Reading,
    Told,
    is_elsewhere,
    is_suffering,
    looks_ahead,
    may_begin,
    of_whole,
    read,
    sentences_told,
)
from pmlint.text import Text

ONLY_RANGE = 12
"""A statement of so many words may be a range and nothing else."""
DECLARATION = 60
"""Characters within which the words "all times" name their zone."""
SENTENCE = 30
"""A field of the timeline with so many words may be a sentence that tells both ends."""
FIELD_LINES = 12
"""How many lines below its label a statement is looked for in."""


_WHAT = ("", "incident ", "outage ", "impact ", "issue ")


def read_duration(tree: Tree, prose: Sequence[Line], year: int | None) -> Duration | None:
    """When the incident ran; ``prose`` are the lines of summary and opening."""
    fields = [*_fields(tree), *_neighbours(tree), *_columns(tree)]
    apart = [line for line in _unposted(prose) if not _dates_report(line)]
    told = [each for each in sentences_told(apart) if not _looks_ahead(each)]
    hit = _hit(tree)
    chosen = _choose(fields, told) or _told_apart(tree) or next(iter(hit), None)
    if chosen is None or chosen.clocks < 2:
        chosen = next(_elsewhere(tree), chosen)
    alone = chosen is not None and chosen.kind == "sentence" and chosen.clocks == 1
    if alone and not tree.with_role("summary"):
        # "Our alert fired at 9:10." under another heading, both ends in the impact
        chosen = next((each for each in hit if each.clocks == 2), chosen)
    if chosen is None or chosen.kind == "sentence":
        framed = _in_timeline(tree)
        if framed is not None and chosen is not None:
            if chosen.clocks == 2 and not framed.label.endswith(" time"):
                framed = chosen
            framed = framed._replace(date=framed.date or chosen.date, stated=chosen.stated)
        chosen = framed or chosen
    if chosen is None:
        return None
    if chosen.kind == "sentence" and not chosen.clocks:
        # "Down for two hours on 9 May." above, the clocks in the impact
        timed = next((each for each in hit if each.clocks == 2), chosen)
        day = timed.date or chosen.date
        chosen = timed._replace(stated=timed.stated or chosen.stated, date=day)
    chosen = _completed(chosen, fields, told, hit, tree)
    if chosen.zone is None:
        chosen = chosen._replace(zone=_declared_zone(tree, prose))
    return _fact(_in_order(chosen, tree), [*fields, *told], year)


def _in_order(chosen: Reading, tree: Tree) -> Reading:
    """``11/02/2017`` is the 2nd of November where the document tells that day in words."""
    doubtful = [chosen.start, chosen.end, chosen.date]
    days = {told.date for told in doubtful if told is not None and told.swappable and told.date}
    swapped = {day: Date(day.year, day.day, day.month) for day in days}
    if not days or not (month_first(tree.lines) or _tells_days(tree, swapped.values(), days)):
        return chosen
    start, end, lone = (
        told.on(swapped.get(told.date, told.date)) if told is not None and told.date else told
        for told in doubtful
    )
    return chosen._replace(start=start, end=end, date=lone)


def _tells_days(tree: Tree, days: Iterable[Date], not_these: Iterable[Date]) -> bool:
    """One of the days, and none of the others, is told in words."""
    told = {
        moment.date[1:]
        for line in tree.lines
        if line.kind != "code"
        for moment in find_moments(line.text.prose)
        if moment.date is not None and not moment.ambiguous_date
    }
    return any(day[1:] in told for day in days) and not any(day[1:] in told for day in not_these)


def _hit(tree: Tree) -> list[Reading]:
    """The sentences of the impact that tell when or how long.

    ``The ticket system (10:05 - 10:30)`` among other items tells it of a part only.
    """
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    found = list(sentences_told(impact))
    told = [line.text.span() for line in impact if line.text]
    return [
        each
        for each in found
        if (each.clocks == 2 and (len(told) == 1 or is_suffering(each.text.prose)))
        or (
            each.stated
            and (each.span.start < told[0].end or each.clocks or of_whole(each.text.prose))
        )
        or (each.start and each.clocks == 1 and _began().search(each.text.prose))
    ]


def _told_apart(tree: Tree) -> Reading | None:
    """``The shop went down at 9:00. It was restored at 11:00.`` as the words of the impact."""
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    if sum(line.first for line in impact if line.text) != 1:
        return None
    found = _sentence([each for each in sentences_told(impact) if not _looks_ahead(each)])
    return found if found is not None and found.clocks == 2 else None


@cache
def _began() -> re.Pattern[str]:
    """``The issue started``: the incident itself, and not one of its effects."""
    return re.compile(
        r"\b(?:outage|incident|issue|problem|disruption|downtime|degradation|impact|event)s?\s"
        r"(?:\w+\s)?(?:start(?:ed|s)|began|begins|occurred|arose|commenced)\b",
        re.IGNORECASE,
    )


def _looks_ahead(told: Reading) -> bool:
    """A sentence of what is planned, not of what failed: ``at the next meeting (16:00)``."""
    prose = told.text.prose
    if told.clocks == 1 and told.start is None and _expected().search(prose):
        return True
    if told.clocks == 2 or is_suffering(prose):
        return False
    return looks_ahead(prose) or prose.lower().lstrip().startswith("update ")


@cache
def _expected() -> re.Pattern[str]:
    """An end that was hoped for: ``expected to be back by 15:00``."""
    return re.compile(
        r"\bETA\b|\b(?:is|are|be) (?:now )?(?:expected|estimated|anticipated)\b"
        r"|^\W*(?:expected|estimated)\b|\bexpected (?:to|by|eta)\b"
        r"|\bwe (?:now )?(?:expect|hope|anticipate|estimate)\b",
        re.IGNORECASE,
    )


def _elsewhere(tree: Tree) -> Iterator[Reading]:
    """Ranges of clocks told before the timeline under headings of the author's own words.

    For documents that have no summary by name (``The facts of the case``).
    """
    if any(not tree.nodes[at].by_content for at in tree.with_role("summary")):
        return
    timelines = (tree.nodes[at].line for at in tree.with_role("timeline"))
    timeline = min(timelines, default=len(tree.lines))
    for index, node in enumerate(tree.nodes):
        if node.line < timeline and set(node.roles) <= {"root_cause", "title"}:
            lines = [line for line in tree.own(index) if line.kind in ("text", "item")]
            yield from (each for each in sentences_told(lines) if each.clocks == 2)


def _in_timeline(tree: Tree) -> Reading | None:
    """``Start: 2 May 9:00 - errors seen`` and ``End: …``, or ``Duration: …``, among the events.

    Or a sentence above them: ``The outage lasted from 9:00 to 11:00``. For documents that
    state it nowhere else.
    """
    found: dict[Part, Reading] = {}
    for index in tree.with_role("timeline"):
        body = tree.body(index)
        if body and body[0].kind == "text":
            for each in sentences_told(body[:1]):
                if each.ranged and each.clocks == 2 and of_whole(each.text.prose):
                    return each
        for line in body:
            label, text = _labelled(line)
            if label not in _FRAME or not text:
                continue
            part = _FRAME[label]
            reading = read(text, "field", line.text.span(), part, label)
            if part == "both" and reading.clocks == 2:
                return reading
            if part != "both" and reading.clocks == 1:
                found.setdefault(part, reading)
    return _joined(list(found.values())) if len(found) == 2 else None


_FRAME: dict[str, Part] = {
    **{f"{what}{word}": "start" for what in _WHAT for word in ("start", "started", "start time")},
    **{f"{what}{word}": "end" for what in _WHAT for word in ("end", "ended", "end time")},
    **{f"{word} time": "end" for word in ("mitigation", "resolution", "recovery", "restoration")},
    **{f"{what}duration": "both" for what in _WHAT},
}


def frames(line: Line) -> bool:
    """``Impact start time: 9:00``: a line of the timeline that states an end of the incident."""
    label, text = _labelled(line)
    return label in _FRAME and label.endswith(" time") and bool(text) and _only_moment(text)


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
    if len(lines) != 1:
        return False
    found = read(node.rest, "field", node.rest.span())
    if len(node.rest.plain.split()) <= ONLY_RANGE:
        return found.ends == 2
    # "It began at 9:20 and was resolved at 10:35 on 4 March." tells both and nothing between.
    told = [each for each in find_moments(node.rest.prose) if each.clock is not None]
    return found.clocks == 2 == len(told) and len(node.rest.plain.split()) <= SENTENCE


def _neighbours(tree: Tree) -> Iterator[Reading]:
    """``Incident resolved: 11:10``, ``From: 10:00`` on lines beside a field of the duration.

    Elsewhere such labels say other things, so templates do not know them.
    """
    fields = [tree.nodes[index] for index in tree.with_role("duration")]
    first = next((node for node in fields if node.is_field), None)
    if first is None:
        return
    ended = any(_part(node.label) == "end" for node in fields)
    if ended and not any(_part(node.label) in ("start", "both") for node in fields):
        end = next(node for node in fields if _part(node.label) == "end")
        yield from _noticed(tree, end)
    if ended:
        return
    known = {node.line for node in tree.nodes}
    for at, line in _beside(tree, first):
        label, text = _labelled(line)
        part = _part(label)
        if not label or len(label.split()) > 4 or not _labels().beside.search(label):
            continue
        if part == "length" or (part == "start" and at in known):
            continue
        whole = read(line.text, "field", line.text.span(), "both", label)
        if whole.clocks == 2:
            yield whole
        elif text and _only_moment(text):
            yield read(text, "field", line.text.span(), part, label)


def _noticed(tree: Tree, end: Node) -> Iterator[Reading]:
    """``Detected at: 9:00`` above the only field, ``Resolved at: 11:00``, stands for the start."""
    top = end.line
    block = tree.lines[top].block
    while top and tree.lines[top - 1].block.kind == block.kind and end.line - top < FIELD_LINES:
        top -= 1
    for line in tree.lines[top : end.line]:
        label, text = _labelled(line)
        if label and text and _labels().noticed.search(label) and _only_moment(text):
            yield read(text, "field", line.text.span(), "start", label)
            return


def _beside(tree: Tree, first: Node) -> Iterator[tuple[int, Line]]:
    """The lines behind a field that are of the same kind as its own."""
    block = tree.lines[first.line].block
    for at, line in enumerate(tree.lines[first.line + 1 :], first.line + 1):
        if line.kind == "heading" or (line.block is not block and line.block.kind != block.kind):
            return
        yield at, line


def _labelled(line: Line) -> tuple[str, Text]:
    """The label of a line or of a row of two cells, and what stands behind it."""
    if line.kind == "row":
        cells = line.block.lines
        return (
            (cells[0].plain.strip(" *_").lower(), cells[1]) if len(cells) == 2 else ("", cells[0])
        )
    label, colon, _ = line.text.plain.partition(":")
    if not colon:
        return "", line.text
    return label.strip(" *_-•").lower(), line.text.cut(len(label) + 1).strip()


def _columns(tree: Tree) -> Iterator[Reading]:
    """A table with a column for the start and one for the end; its first row."""
    for header, row in pairwise(tree.lines):
        if not header.block.header or row.kind != "row" or row.block.header:
            continue
        yield from _pairs(header)
        yield from _pairs(row)
        labels = [cell.plain.strip(" *").lower() for cell in header.block.lines]
        parts = [_part(label) for label in labels]
        if "duration" in labels[: len(row.block.lines)] and len(labels) > 2:
            for label, cell in zip(labels, row.block.lines, strict=False):
                if cell and label in ("duration", "date", "time", "when"):
                    yield read(cell, "field", cell.span(), _part(label), label)
        if "start" not in parts or "end" not in parts:
            continue
        for label, part, cell in zip(labels, parts, row.block.lines, strict=False):
            if cell and (part != "both" or "duration" in label):
                span = Span(cell.span().start, max(cell.span().end, cell.span().start))
                yield read(cell, "field", span, part, label)
        return


def _pairs(row: Line) -> Iterator[Reading]:
    """``| Incident | disks | Start | 2024-05-02 09:00 |``: two labels in one row."""
    cells = row.block.lines
    if len(cells) < 4:
        return
    for label, cell in pairwise(cells):
        part = _FRAME.get(label.plain.strip(" *:").lower())
        if part in ("start", "end") and cell and _only_moment(cell):
            yield read(cell, "field", cell.span(), part, label.plain)


def _only_moment(text: Text) -> bool:
    found = read(text, "field", text.span(), "end").end
    return found is not None and len(text.plain.split()) < 9


def _counted_in(found: Reading, node: Node) -> Reading:
    """``Downtime (minutes): 45``: the label names the unit."""
    if found.stated is not None and not found.stated.minutes:
        # "Time in SEV-1: 0 mins" tells that it was never that bad.
        return found._replace(stated=None)
    clock = _hours_minutes_seconds().fullmatch(found.text.plain.strip())
    if clock is not None and found.part in ("both", "length"):
        # "Duration: 01:35:00"
        hours, minutes, seconds = map(int, clock.groups())
        told = Length(0, len(found.text.plain), hours * 60 + minutes + seconds / 60)
        return found._replace(start=None, end=None, stated=told)
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
            "completion", "resolution", "last", "back", "mitigated", "repaired",
        ),
        r"\b(?:", r")\b",
    )  # fmt: skip
    beside = Alternatives(
        (
            r"^(?:from|to|until|till|start|begin|began|stop|stopped|end|ended|finish|finished)$",
            r"\b(?:incident|outage|issue|service|downtime|impact|degradation|disruption|problem|event"
            r"|failure) (?:\w+ )?(?:resolved|ended|closed|restored|fixed|recovered|stopped)\b",
            r"^(?:resolved|restored|fixed|recovered|closed|mitigated|repaired)(?: at| on)?$",
            r"\b(?:start|end) time\b",
            r"^(?:time|date|moment) of (?:resolution|recovery|restoration|repair|closure)$",
            r"^(?:recovery|restoration|resolution|mitigation|repair|closure|end|fix)(?: time)?$",
            r"^last (?:impact|error|seen|failure)$",
            r"^(?:came|come|up) (?:back|again)(?: at| up| online)?$",
        )
    )
    noticed = Alternatives(
        (
            r"^(?:time |date |first |incident |issue |outage |when )?(?:detected|discovered|noticed"
            r"|reported|identified|seen|observed|alerted|opened|triggered)(?: at| on| time)?$",
            r"^(?:time|date|moment) of (?:first )?(?:detection|discovery|failure|the alert|alert"
            r"|report|onset|occurrence)$",
            r"^(?:detection|discovery|trigger|alert|failure|first alert|first report|first impact"
            r"|beginning|onset|service lost|went down|down since|from)(?: time)?$",
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
def _hours_minutes_seconds() -> re.Pattern[str]:
    return re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)")


@cache
def _labels() -> _Labels:
    return _Labels()


def _part(label: str) -> Part:
    labels = _labels()
    starts, ends = bool(labels.start.search(label)), bool(labels.end.search(label))
    if labels.length.search(label) and not starts and not label.endswith((" ended", " end")):
        return "length"
    if starts != ends:
        return "start" if starts else "end"
    return "date" if labels.date.search(label) else "both"


def _unposted(prose: Sequence[Line]) -> Iterator[Line]:
    """The lines without the times of status posts: ``Resolved``, below it ``May 12, 08:15``."""
    above = ""
    for line in prose:
        words = line.text.plain.strip(" *_:").lower()
        if above not in _POSTS or not _only_moment(line.text):
            yield line
        above = words


_POSTS = frozenset(
    {
        "resolved", "monitoring", "identified", "investigating", "update", "updated", "postmortem",
        "post-mortem", "completed", "in progress", "scheduled", "verifying", "closed",
    }
)  # fmt: skip


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
    if joined is None or sentence is None:
        return sentence or joined
    # Clocks of several sentences weigh less than a field with one and a length.
    complete = joined.clocks == 1 and joined.stated is not None and not sentence.ranged
    return sentence if sentence.clocks == 2 and not complete else joined


def _sentence(told: Sequence[Reading]) -> Reading | None:
    """The sentence that counts: a range, else the first start with the last end."""
    first = next((reading for reading in told if reading.ends), None)
    if first is not None and _at_worst().search(first.text.prose) and first.ends == 1:
        first = next((each for each in told if each.ends and each is not first), first)
    if first is None:
        return _two_days(told) or max(told, key=lambda reading: reading.weight, default=None)
    if first.ranged and first.ends == 2:
        return _with_later_windows(first, told)
    first = _past_lead_up(first, told)
    ranged = next((reading for reading in told if reading.ranged and reading.clocks == 2), None)
    if ranged is not None:
        return ranged
    behind = [each for each in told if each.span.start > first.span.start]
    if first.start is None:
        last = next((each for each in reversed(behind) if each.end and each.end.clock), None)
        if last is not None and first.end is not None and may_begin(first.text.prose):
            # "Delivery stopped at 9:00. It resumed at 11:00."
            return first._replace(start=first.end, end=last.end, zone=first.zone or last.zone)
        later = next((reading for reading in behind if reading.start), None)
        return first if later is None else first._replace(start=later.start)
    last = next((each for each in reversed(behind) if each.end and each.end.clock), None)
    if last is None:
        return first
    return first._replace(
        end=last.end, zone=first.zone or last.zone, stated=first.stated or last.stated
    )


def _with_later_windows(first: Reading, told: Sequence[Reading]) -> Reading:
    """``It locked up from 9:00 to 9:20. From 9:50 to 10:30 hosts crashed``: the last end counts."""
    end, stated = first.end, first.stated
    if end is None or end.clock is None or stated is not None:
        return first
    for each in told:
        start = each.start
        if each.span.start <= first.span.start or not each.ranged or each.clocks < 2:
            continue
        if start is None or start.clock is None or end.clock is None or each.end is None:
            break
        apart = start.clock.seconds - end.clock.seconds
        same = start.date is None or start.date == end.date
        if not same or not 0 <= apart <= BETWEEN_WINDOWS or _another_one().search(each.text.prose):
            break
        if _at_worst().search(each.text.prose) or not is_suffering(each.text.prose):
            break
        end = each.end.on(each.end.date or end.date)
    return first._replace(end=end)


BETWEEN_WINDOWS = 2 * 3600
"""So many seconds may lie between two windows of one incident."""


@cache
def _another_one() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:second|third|another|separate|unrelated|new|next)\s(?:\w+\s)?(?:incident|outage|event)"
        r"|\b(?:plan(?:ned)?|scheduled|maintenance)\b",
        re.IGNORECASE,
    )


@cache
def _at_worst() -> re.Pattern[str]:
    """``Errors peaked at 9:30``: neither the start nor the end."""
    return re.compile(r"\b(?:peaked|at (?:its|the|their) (?:peak|height|worst))\b", re.IGNORECASE)


def _past_lead_up(first: Reading, told: Sequence[Reading]) -> Reading:
    """``Maintenance began at 9:00. At 9:20 the site went down``: the later one began it."""
    if first.start is None or first.end or not _lead_up().search(first.text.prose):
        return first
    if is_suffering(first.text.prose):
        return first
    for each in told[told.index(first) + 1 :]:
        if each.start is not None and each.start.clock and is_suffering(each.text.prose):
            start = each.start.on(each.start.date or first.start.date)
            return each._replace(start=start, zone=each.zone or first.zone)
    return first


@cache
def _lead_up() -> re.Pattern[str]:
    # A release is the start where nothing else began the trouble; planned work is not.
    return re.compile(r"\b(?:maintenance|backup|scheduled?|planned|routine)\b", re.IGNORECASE)


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
    if result.start is None and result.end is None:
        # "From: 2 May", "Until: 3 May"
        days = {each.part: each.date for each in reversed(fields) if each.date is not None}
        if "start" in days and "end" in days:
            result = result._replace(start=days["start"], end=days["end"])
    return result


def _completed(
    chosen: Reading,
    fields: Sequence[Reading],
    told: Sequence[Reading],
    hit: Sequence[Reading],
    tree: Tree,
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
    if chosen.stated is None and chosen.kind == "field":
        whole = [each for each in told if each.stated and of_whole(each.text.prose)]
        summed = (each.stated for each in whole if not _tells_impact(tree, each))
        chosen = chosen._replace(stated=next(summed, None))
    if chosen.date is None:
        others = fields if chosen.kind == "field" or chosen.clocks else (*fields, *told)
        chosen = chosen._replace(date=next((o.date for o in others if o.date), None))
        if chosen.date is None and chosen.kind == "sentence":
            chosen = chosen._replace(date=_day_told_before(chosen, told, tree))
    if chosen.kind == "field" and chosen.clocks == 0 and chosen.start is None:
        for other in told:
            apart = other.span.start >= chosen.span.end or other.span.end <= chosen.span.start
            if other.start is not None and other.start.clock and apart:
                return chosen._replace(
                    start=other.start, end=other.end, zone=chosen.zone or other.zone
                )
    return chosen


def _tells_impact(tree: Tree, told: Reading) -> bool:
    """The sentence stands in the impact: the length is that of an effect."""
    lines = (line for at in tree.with_role("impact") for line in tree.body(at) if line.text)
    return any(line.text.span().overlaps(told.span) for line in lines)


def _day_told_before(chosen: Reading, told: Sequence[Reading], tree: Tree) -> Told | None:
    """The day told before: ``It happened on 28 July. It began around 4 PM``.

    A sentence of the same paragraph counts, and one farther up in the same part where it
    tells that something went wrong then.
    """
    above = [each for each in told if each.span.end <= chosen.span.start]
    for each in reversed(above):
        if each.date is None or each.clocks or _heads_between(tree, each, chosen):
            continue
        beside = _same_paragraph(tree, each, chosen)
        if each.closing and not beside:
            continue
        words = each.text.prose.lower().strip()
        near = chosen.span.start - each.span.end < 6
        back = near and chosen.text.prose.lower().strip().startswith(_REFERS_BACK)
        if back or words.startswith(_TELLS_DAY):
            return each.date
        if _fails_then(each, beside=beside):
            return each.date
    return None


def _heads_between(tree: Tree, above: Reading, below: Reading) -> bool:
    """A heading stands between two statements, so that they are of different parts."""
    heads = (tree.lines[node.line].text.span().start for node in tree.nodes if not node.is_field)
    return any(above.span.end <= start < below.span.start for start in heads)


def _same_paragraph(tree: Tree, above: Reading, below: Reading) -> bool:
    spans = (line.block.span for line in tree.lines)
    return any(span.start <= above.span.start and below.span.start < span.end for span in spans)


def _fails_then(told: Reading, *, beside: bool) -> bool:
    """A sentence that tells what went wrong on its day, not what was done or failed before it.

    ``beside`` the clocks, in one paragraph, it need not say what went wrong.
    """
    prose = told.text.prose
    if _another().search(prose):
        return False
    if not (beside or is_suffering(prose) or _spoken_of().search(prose)):
        return False
    day = next((each.start for each in find_moments(prose) if each.date is not None), len(prose))
    return _done_then().search(prose[max(0, day - CLAUSE) : day]) is None


CLAUSE = 60
"""How many characters before a day tell what was done on it."""


@cache
def _spoken_of() -> re.Pattern[str]:
    """``Report on the event of 2 May``, ``two nodes fell over on 2 May``."""
    return re.compile(
        r"\b(?:events? (?:of|on|from)|report|post-?mortem|spike|surge|errors?|fell|breach|leak"
        r"|attack|degrad\w+|overload\w*|filled up|ran (?:out|full)|trouble|maintenance)\b",
        re.IGNORECASE,
    )


@cache
def _another() -> re.Pattern[str]:
    """``The last outage was on 2 April``: of something else than what is told here."""
    return re.compile(
        r"\b(?:last|previous|prior|earlier|similar|another|first|former|since then)\s"
        r"(?:\w+\s)?(?:incident|outage|time|issue|problem|failure|occurrence|report|post-?mortem)",
        re.IGNORECASE,
    )


@cache
def _done_then() -> re.Pattern[str]:
    """``the release of 30 April broke it``: the day of what led to it, or of a report."""
    return re.compile(
        r"\b(?:introduced|deployed|deployment|released?|merged|shipped|pushed|installed|upgraded?"
        r"|migrat\w+|created|added|changed?|configured|issued|bought|written|published|posted|opened"
        r"|updated|scheduled|planned|made|rolled out|before|after|until|since|by|due)\b"
        r"[^,.;:]{0,30}$",
        re.IGNORECASE,
    )


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
