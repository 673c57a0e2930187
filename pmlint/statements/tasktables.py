"""Tables of tasks below no heading that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.reading.words import tokens
from pmlint.statements.taskitems import tables_tasks
from pmlint.structure.tree import Line

_WHOSE = frozenset(
    ("owner", "owners", "assignee", "assigned", "responsible", "due", "deadline", "eta")
)
_WHEN = frozenset(("time", "timestamp", "clock", "hour", "when"))


def task_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """The header and the rows of each table that says what is to be done, and by whom or when.

    ``Time | Action | Owner`` tells events.
    """
    inside = False
    for line in lines:
        if line.kind != "row":
            inside = False
        elif line.block.header:
            said = {token.lower for cell in line.block.lines for token in tokens(cell.plain)}
            named = not said.isdisjoint(_WHOSE) and said.isdisjoint(_WHEN)
            inside = named and tables_tasks((line,))
        if inside:
            yield line
