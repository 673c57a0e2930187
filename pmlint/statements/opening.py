"""The prose that tells the incident in short: above the first part, and the summary."""

from __future__ import annotations

from pmlint.findings import Span
from pmlint.reading.times import find_ranges
from pmlint.reading.words import word_count
from pmlint.statements.flow import extent
from pmlint.statements.parts import first_part
from pmlint.structure.timed import opens_with_clock
from pmlint.structure.tree import Line, Tree


def _opening_lines(tree: Tree, title_line: int | None) -> list[Line]:
    """Prose between the title and the first heading or part."""
    part = first_part(tree)
    stop = part.line if part is not None else len(tree.lines)
    begin = title_line + 1 if title_line is not None and title_line < stop else 0
    if begin and _tells_window(tree.lines[begin - 1]):
        begin -= 1
    lines: list[Line] = []
    for line in tree.lines[begin:stop]:
        if line.kind == "heading" and line.block.level:
            if lines:
                break
            continue
        if line.kind in ("text", "item") and not line.block.quoted:
            lines.append(line)
    return lines


def _tells_window(line: Line) -> bool:
    """``- 2023-02-22, 07:55-08:40 CET: no phones`` is the first statement as well as the title."""
    if line.kind == "heading":
        return False
    return any(each.first.clock and each.last.clock for each in find_ranges(line.text.prose))


def find_opening(tree: Tree, title_line: int | None) -> Span | None:
    """An opening prose paragraph counts as summary; a list of fields does not."""
    lines = [line for line in _opening_lines(tree, title_line) if not line.block.depth]
    if sum(word_count(line.text.plain) for line in lines) < 12:
        return None
    return extent(lines)


def summary_lines(tree: Tree, title_line: int | None) -> list[Line]:
    """The lines of summary and opening, and of the parts labelled as impact."""
    lines = _opening_lines(tree, title_line)
    if tree.chronicle is None:
        lines = _without_chronicle(lines)
    opened = sum(word_count(line.text.plain) for line in lines) >= _ACCOUNT
    taken = {id(line.text) for line in lines}
    for index in tree.with_role("summary"):
        node = tree.nodes[index]
        skip = {
            at
            for child in node.children
            for at in range(tree.nodes[child].line, tree.nodes[child].stop)
            if set(tree.nodes[child].roles)
            & {"timeline", "root_cause", "resolution", "corrective", "tasks", "lessons"}
        }
        body = tree.body(index)
        extra = len(body) - (node.stop - node.line - 1)
        for at, line in enumerate(body):
            if (
                (at < extra or node.line + 1 + at - extra not in skip)
                and line.kind in ("text", "item", "row")
                and id(line.text) not in taken
                and not ("timeline" in node.roles and _chronicles(line, listed=opened))
            ):
                taken.add(id(line.text))
                lines.append(line)
    return lines


_ACCOUNT = 20
"""So many words before the first part tell the incident in short."""


def _without_chronicle(lines: list[Line]) -> list[Line]:
    """The lines without those of a timeline that has no heading of its own."""
    timed = {
        id(line)
        for line in lines
        if word_count(line.text.plain) < _ACCOUNT
        and opens_with_clock(line)
        and not find_ranges(line.text.prose)
    }
    return [line for line in lines if id(line) not in timed] if len(timed) > _FEW else lines


_FEW = 2
"""More short lines that open with a clock than these are a timeline."""


def _chronicles(line: Line, *, listed: bool) -> bool:
    """It is an event; ``listed``: every item is, where an opening tells the incident in short."""
    if line.kind == "item" and listed:
        return True
    return line.kind == "row" and opens_with_clock(line)
