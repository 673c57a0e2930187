"""Durations told in fields: ``Start:`` and ``End:``, columns, a value below its label."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

from pmlint.findings import Span
from pmlint.reading.lengths import Length, find_lengths
from pmlint.reading.times import find_moments
from pmlint.reading.words import word_count
from pmlint.reading.zones import Zone, find_zones
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements.flow import extent, flow
from pmlint.statements.told import Part, Reading, lone_day, read
from pmlint.statements.toldcues import is_elsewhere
from pmlint.structure.text import Text
from pmlint.structure.tree import Line, Node, Tree

ONLY_RANGE = 12
"""A statement of so many words may be a range and nothing else."""
SENTENCE = 30
"""A field of the timeline with so many words may be a sentence that tells both ends."""
FIELD_LINES = 12
"""How many lines below its label a statement is looked for in."""
_WHAT = ("", "incident ", "outage ", "impact ", "issue ")
FRAME: dict[str, Part] = {
    **{f"{what}{word}": "start" for what in _WHAT for word in ("start", "started", "start time")},
    **{f"{what}{word}": "end" for what in _WHAT for word in ("end", "ended", "end time")},
    **{f"{word} time": "end" for word in ("mitigation", "resolution", "recovery", "restoration")},
    **{f"{what}duration": "both" for what in _WHAT},
}


def read_fields(tree: Tree) -> Iterator[Reading]:
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
            yield _counted_in(_dated_by_label(found, node), node)


def _dated_by_label(found: Reading, node: Node) -> Reading:
    """``Failed twice on 9 January: 16:20 to 16:40 and 16:55 to 17:05``."""
    if found.date is not None or not found.clocks or (found.start and found.start.dated):
        return found
    return found._replace(date=lone_day(node.title))


def _ran(tree: Tree, index: int) -> bool:
    """``Timeline: 8:00 to 10:30`` in a summary tells when it ran and lists no event."""
    node = tree.nodes[index]
    if "timeline" not in node.roles or not node.is_field or not node.rest:
        return False
    lines = [line for line in tree.body(index) if line.text]
    if len(lines) != 1:
        return False
    found = read(node.rest, "field", node.rest.span())
    if word_count(node.rest.plain) <= ONLY_RANGE:
        return found.ends == 2
    # "It began at 9:20 and was resolved at 10:35 on 4 March." tells both and nothing between.
    told = [each for each in find_moments(node.rest.prose) if each.clock is not None]
    return found.clocks == 2 == len(told) and word_count(node.rest.plain) <= SENTENCE


def read_neighbours(tree: Tree) -> Iterator[Reading]:
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
        label, text = behind_label(line)
        part = _part(label)
        if not label or len(label.split()) > 4 or not _labels().beside.search(label):
            continue
        if part == "length" or (part == "start" and at in known):
            continue
        whole = read(line.text, "field", line.text.span(), "both", label)
        if whole.clocks == 2:
            yield whole
        elif text and only_moment(text):
            yield read(text, "field", line.text.span(), part, label)


def _noticed(tree: Tree, end: Node) -> Iterator[Reading]:
    """``Detected at: 9:00`` above the only field, ``Resolved at: 11:00``, stands for the start."""
    top = end.line
    block = tree.lines[top].block
    while top and tree.lines[top - 1].block.kind == block.kind and end.line - top < FIELD_LINES:
        top -= 1
    for line in tree.lines[top : end.line]:
        label, text = behind_label(line)
        if label and text and _labels().noticed.search(label) and only_moment(text):
            yield read(text, "field", line.text.span(), "start", label)
            return


def read_span(tree: Tree) -> Iterator[Reading]:
    """``From: 3 May, 10:00`` and ``To: 3 May, 12:30`` right below it, of which no label asks."""
    for line, below in pairwise(tree.lines):
        if not line.text.plain[:9].lstrip(" *_-").lower().startswith("from"):
            continue
        label, begun = behind_label(line)
        other, ended = behind_label(below)
        if label != "from" or other not in ("to", "until", "till", "through"):
            continue
        if begun and ended and only_moment(begun) and only_moment(ended):
            yield read(begun, "field", line.text.span(), "start", label)
            yield read(ended, "field", below.text.span(), "end", other)
            return


def _beside(tree: Tree, first: Node) -> Iterator[tuple[int, Line]]:
    """The lines of its block above a field, and those behind it that are of the same kind."""
    block = tree.lines[first.line].block
    top = first.line
    while top and tree.lines[top - 1].block is block:
        top -= 1
    yield from ((at, tree.lines[at]) for at in range(top, first.line))
    for at, line in enumerate(tree.lines[first.line + 1 :], first.line + 1):
        if line.kind == "heading" or (line.block is not block and line.block.kind != block.kind):
            return
        yield at, line


def behind_label(line: Line) -> tuple[str, Text]:
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


def read_columns(tree: Tree) -> Iterator[Reading]:
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
                found = read(cell, "field", span, part, label)
                yield found if found.zone else found._replace(zone=_zone_of(header, label))
        return


def _zone_of(header: Line, label: str) -> Zone | None:
    """``Start (UTC)``: the zone of a column."""
    cells = (cell for cell in header.block.lines if cell.plain.strip(" *").lower() == label)
    return next((zone for cell in cells for zone in find_zones(cell.prose)), None)


def _pairs(row: Line) -> Iterator[Reading]:
    """``| Incident | disks | Start | 2024-05-02 09:00 |``: two labels in one row."""
    cells = row.block.lines
    if len(cells) < 4:
        return
    for label, cell in pairwise(cells):
        part = FRAME.get(label.plain.strip(" *:").lower())
        if part in ("start", "end") and cell and only_moment(cell):
            yield read(cell, "field", cell.span(), part, label.plain)


def only_moment(text: Text) -> bool:
    """It is a time with a few words around it, and nothing else."""
    found = read(text, "field", text.span(), "end").end
    return found is not None and word_count(text.plain) < 9


def _counted_in(found: Reading, node: Node) -> Reading:
    """``Downtime (minutes): 45``, ``approx. 45 (9:00 - 9:45)``: the label names the unit."""
    if found.stated is not None and not found.stated.minutes:
        # "Time in SEV-1: 0 mins" tells that it was never that bad.
        return found._replace(stated=None)
    clock = _HOURS_MINUTES_SECONDS.fullmatch(found.text.plain.strip())
    if clock is not None and found.part in ("both", "length"):
        # "Duration: 01:35:00"
        hours, minutes, seconds = map(int, clock.groups())
        told = Length(0, len(found.text.plain), hours * 60 + minutes + seconds / 60)
        return found._replace(start=None, end=None, stated=told)
    unit = _labels().unit.search(node.title.plain)
    number = _NUMBER.match(found.text.plain)
    if found.stated is not None or unit is None or number is None:
        return found
    length = next(iter(find_lengths(f"{number[1]} {unit.group().lower()}")), None)
    start, end = number.span(1)
    return found._replace(stated=length._replace(start=start, end=end) if length else None)


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
            r"^opened(?: at| on)?$",
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
            r"^(?:detection|discovery|trigger|alert|failure"
            r"|first (?:alert|report|impact|failure|error|symptoms?|sign)|beginning|onset"
            r"|service lost|went down|down since|from)(?: time)?$",
        )
    )
    length = Alternatives(
        ("time to", "total", "recovery time", "length", "downtime"), r"\b(?:", r")\b"
    )
    date = Alternatives(("^(?:incident |outage )?dates?(?: of.*)?$", "^when$", "^day$"))
    unit = Alternatives(("hours?", "hrs", "minutes?", "mins?"), r"\b(?:", r")\b")


_NUMBER = expression(
    r"\W*(?:(?:approx(?:imately)?|about|around|roughly|circa|ca|nearly|almost)\b\.?\s)?"
    r"(~?\d+(?:[.,]\d+)?)\s*(?:$|\()",
    re.IGNORECASE,
)


_HOURS_MINUTES_SECONDS = expression(r"(\d{1,2}):([0-5]\d):([0-5]\d)")


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


def dates_report(line: Line) -> bool:
    """``Last updated: 2022-05-25``, ``Posted on 12 March``: a line that dates the report."""
    plain = line.text.plain
    head = re.split(r"\d", plain, maxsplit=1)[0]
    return word_count(plain) < 14 and len(head) < 40 and is_elsewhere(head.lower())
