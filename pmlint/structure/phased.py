"""Events told under several headings in turn: ``Discovery``, ``Chase``, ``Back to normal``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.reading.openings import leading_time
from pmlint.structure.timed import LEAST_ENTRIES, opens_event
from pmlint.structure.tree import Line, Node

FEWEST = 2
"""Under so many headings events are told in phases."""
_HALF_DAY = 12 * 3600
_PHASES = frozenset({"detection", "resolution"})


def told_in_phases(
    nodes: Sequence[Node], lines: Sequence[Line], elsewhere: int
) -> tuple[int, int] | None:
    """From the first to behind the last of the phases that tell most events.

    Those are sections beside each other in which every second line at least begins
    with a time, later than the one before it. ``elsewhere`` are the events that stand
    together in one place.
    """
    best: list[Node] = []
    count = max(elsewhere, LEAST_ENTRIES - 1)
    for run in _runs(nodes, lines):
        entries = [line for node in run for line in _entries(node, lines)]
        if len(run) >= FEWEST and len(entries) > count and _rise(entries):
            best, count = run, len(entries)
    if not best:
        return None
    for node in best:
        if node.meant:
            # "The chase" over such lines is no slip for "The cause".
            node.meant, node.roles = "", ()
    return best[0].line, best[-1].stop


def _runs(nodes: Sequence[Node], lines: Sequence[Line]) -> Iterator[list[Node]]:
    """The sections beside each other that are phases."""
    run: list[Node] = []
    for node in nodes:
        if node.level is None:
            continue
        beside = bool(run) and run[-1].level == node.level and run[-1].stop == node.line
        phase = _is_phase(node, lines)
        if run and not (beside and phase):
            yield run
            run = []
        if phase:
            run.append(node)
    if run:
        yield run


def _is_phase(node: Node, lines: Sequence[Line]) -> bool:
    if node.children or not (node.meant or set(node.roles) <= _PHASES):
        return False
    told = [line for line in lines[node.line + 1 : node.stop] if line.text and _opens(line)]
    entries = sum(1 for _ in _entries(node, lines))
    return entries > 0 and entries * 2 >= len(told)


def _opens(line: Line) -> bool:
    return line.first or line.opens_item


def _entries(node: Node, lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines[node.line + 1 : node.stop]:
        if line.kind in ("text", "item", "row") and not line.block.quoted and opens_event(line):
            yield line


def _rise(entries: Sequence[Line]) -> bool:
    """Each clock is later than the one before it, once past midnight."""
    falls, last = 0, 0
    for line in entries:
        found = leading_time(line.text.prose)
        clock = found.moment.clock if found is not None and found.moment is not None else None
        if clock is not None:
            if last - _HALF_DAY < clock.seconds < last:
                # A table of the whole evening behind a part of it starts over.
                return False
            falls += clock.seconds < last
            last = clock.seconds
    return falls <= 1
