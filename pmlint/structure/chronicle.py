"""Lines that tell the events one by one, below no heading that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pmlint.reading.openings import leading_time
from pmlint.reading.times import find_moments, find_ranges
from pmlint.structure.labels import dates_posting
from pmlint.structure.mails import tells_sending
from pmlint.structure.posts import names_state
from pmlint.structure.stamps import only_time
from pmlint.structure.timed import (
    LEAST_ENTRIES,
    opens_event,
    opens_with_clock,
    speaks_of_events,
    tells_clock,
)
from pmlint.structure.tree import Line, Node, Tree

_KINDS = frozenset(("text", "item", "row"))


def find_chronicle(nodes: Sequence[Node], lines: Sequence[Line]) -> tuple[int, int] | None:
    """The range of the lines from the first that begins with a clock to the end of the last.

    For documents in which nothing is named a timeline. Headings end it, unless they
    are its entries, and parts that play a role hold none.
    """
    if any("timeline" in node.roles for node in nodes):
        return None
    best: list[int] = []
    for found in _runs(nodes, lines):
        if len(found) > len(best):
            best = found
    from pmlint.structure.phased import told_in_phases

    phases = told_in_phases(nodes, lines, len(best))
    if phases is not None:
        return phases
    if len(best) < LEAST_ENTRIES:
        return _announced(nodes, lines)
    low = _begin(lines, best[0])
    while low and _opens_group(lines[low - 1]):
        low -= 1
    return low, _end(lines, best)


def _opens_group(above: Line) -> bool:
    """The head of a table, or a heading that names the day of the first entries."""
    if above.kind == "heading":
        return above.first and _names_day(above)
    return above.kind == "row" and above.block.header


def event_lines(tree: Tree) -> frozenset[int]:
    """The lines of a chronicle that are entries or belong to one."""
    if tree.chronicle is None:
        return frozenset()
    low, high = tree.chronicle
    inside = enumerate(tree.lines[low:high], low)
    return frozenset(
        at for at, line in inside if at == low or line.kind != "text" or opens_with_clock(line)
    )


def _runs(nodes: Sequence[Node], lines: Sequence[Line]) -> Iterator[list[int]]:
    """The lines that begin with a clock, those between two headings that name more than a day.

    So do headings that each begin with one and stand behind one another.
    """
    parts = [node for node in nodes if set(node.roles) - {"title"}]
    titles = {node.line for node in nodes if "title" in node.roles}
    taken = bytearray(len(lines))
    for node in parts:
        taken[node.line : node.stop] = b"\1" * (node.stop - node.line)
    found: list[int] = []
    headed: list[int] = []
    for at, line in enumerate(lines):
        told = line.kind in _KINDS and not line.block.quoted
        told = told and not tells_sending(line.text.plain)
        opens = told and (opens_event(line) or _updates(line))
        heads = line.kind == "heading" and line.first and not _names_day(line)
        if taken[at] or heads:
            yield found
            found = []
        elif opens:
            found.append(at)
        if heads and not taken[at] and at not in titles and opens_event(line):
            headed.append(at)
        elif taken[at] or heads:
            yield headed
            headed = []
    yield found
    yield headed


def _names_day(line: Line) -> bool:
    """``#### 24 November 2016``: the lines below go on with those above, on another day."""
    return only_time(line.text.plain) and not tells_clock(line)


def _announced(nodes: Sequence[Node], lines: Sequence[Line]) -> tuple[int, int] | None:
    """``How events unfolded is told below:`` over items of which most tell a clock somewhere."""
    if any(set(node.roles) & {"summary", "tasks"} for node in nodes):
        return None
    at = 0
    while at < len(lines):
        line = lines[at]
        plain = line.text.plain.rstrip()
        if line.kind != "text" or not plain.endswith(":") or not speaks_of_events(plain[-200:]):
            at += 1
            continue
        low = stop = at + 1
        while stop < len(lines) and (lines[stop].block.depth or not lines[stop].text):
            stop += 1
        items = [each for each in lines[low:stop] if each.opens_item]
        timed = [each for each in items if tells_clock(each)]
        if len(timed) >= LEAST_ENTRIES and len(timed) * 2 > len(items):
            return low, stop
        at = max(stop, at + 1)
    return None


def _updates(line: Line) -> bool:
    """``UPDATE: At 9:40 pm the line was back.``"""
    if not names_state(line):
        return False
    found = leading_time(line.text.prose)
    return found is not None and found.moment is not None and found.moment.clock is not None


def _begin(lines: Sequence[Line], first: int) -> int:
    """The paragraph above counts too where it tells a clock, and the entries are sentences."""
    found = leading_time(lines[first].text.prose)
    above = first - 1
    while above >= 0 and not lines[above].text:
        above -= 1
    if found is None or not found.start or above < 0 or lines[above].kind != lines[first].kind:
        return first
    if lines[above].kind == "heading" or _names_author(lines[above]):
        return first
    told = [each for each in find_moments(lines[above].text.prose[:NEAR]) if each.clock is not None]
    return (
        above if lines[above].first and told and not find_ranges(lines[above].text.prose) else first
    )


def _names_author(line: Line) -> bool:
    """``Published May 5, 9:00 AM by Ana``; what tells an event in a line of text is a sentence."""
    plain = line.text.plain.rstrip(' *_)"”’')
    return dates_posting(plain) or (line.kind == "text" and plain[-1:] not in _ENDS)


_ENDS = (".", "!", "?", ":", ";", "…")

NEAR = 80
"""A sentence that tells its clock within so many letters may be the first entry."""


def _end(lines: Sequence[Line], found: Sequence[int]) -> int:
    """Behind the paragraph, the list or the table of the last entry, and what is told below it."""
    last = found[-1]
    stop, depth = last + 1, lines[last].block.depth
    while stop < len(lines):
        line = lines[stop]
        same = line.block is lines[last].block or (depth and line.block.depth)
        tabled = line.kind == "row" == lines[last].kind and not line.block.header
        if not same and not tabled:
            break
        stop += 1
    if not _only_heads(lines[last]):
        return stop
    # A closing remark stands below the last entry as well: no other has as many paragraphs.
    most = max(len(_below(lines, low + 1, high)) for low, high in pairwise(found))
    return ([stop, *_below(lines, stop, len(lines))][: most + 1])[-1]


def _only_heads(line: Line) -> bool:
    """It is a heading, or a clock on a line of its own."""
    return line.kind == "heading" or (
        line.kind == "text" and line.first and only_time(line.text.plain.strip(" *_:-–—()"))
    )


def _below(lines: Sequence[Line], start: int, stop: int) -> list[int]:
    """Behind each paragraph and each list between two entries."""
    found: list[int] = []
    for at in range(start, stop):
        line, before = lines[at], lines[at - 1]
        if line.kind == "heading":
            break
        same = line.block is before.block or (line.block.depth and before.block.depth)
        if not same and line.text:
            found.append(at + 1)
        elif found:
            found[-1] = at + 1
    return found
