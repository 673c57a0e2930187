"""Tables of tasks: their rows, and the column that says what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.words import tokens, word_lists
from pmlint.statements.taskforms import Item
from pmlint.structure.text import Text
from pmlint.structure.tree import Line


def table_rows(lines: Sequence[Line]) -> Iterator[Item]:
    """Table rows, each with the names of its columns."""
    header: tuple[Text, ...] = ()
    table = -1
    for line in lines:
        if line.kind != "row":
            continue
        cells = line.block.lines
        if line.block.header:
            header, table = cells, line.block.table
            continue
        names = [cell.plain for cell in header] if line.block.table == table else []
        at = _task_column(names, cells)
        if at is None or not cells[at] or _heads_rows(cells):
            continue
        named = tuple((names[i] if i < len(names) else "", cell) for i, cell in enumerate(cells))
        yield Item(cells[at], (line,), "", cells=named)


def _heads_rows(cells: Sequence[Text]) -> bool:
    """A row with one cell filled in, in bold or brief, names the group of the rows below."""
    filled = [cell for cell in cells if cell.plain.strip(" -–—")]
    if len(filled) != 1 or len(cells) < 2:
        return False
    plain = filled[0].plain
    return not is_prescription(plain) and (filled[0].all_bold or plain.rstrip().endswith(":"))


@cache
def task_header() -> re.Pattern[str]:
    """The name of a column that may say what is to be done."""
    return re.compile(r"\b(?:action|task|item|what|todo|to-do|measure|follow|description)", re.I)


def tables_tasks(lines: Sequence[Line]) -> bool:
    """A table has a column of its own for what is to be done."""
    return any(
        line.kind == "row"
        and line.block.header
        and any(_heads_actions(cell.plain) for cell in line.block.lines)
        for line in lines
    )


def _heads_actions(name: str) -> bool:
    """Of "What went well" and "Action" the second is the column of the tasks."""
    said = {token.lower for token in tokens(name)}
    lists = word_lists("tasks")
    return not said.isdisjoint(lists["action_columns"]) and said.isdisjoint(
        lists["sorting_columns"]
    )


def _task_column(names: Sequence[str], cells: Sequence[Text]) -> int | None:
    for heads in (_heads_actions, task_header().search):
        for at, name in enumerate(names):
            if at < len(cells) and heads(name) and len(cells[at].plain) > 3:
                return at
    if not cells:
        return None
    return max(range(len(cells)), key=lambda at: len(cells[at].plain))


def task_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """The header and the rows of each table that says what is to be done, and by whom or when.

    ``Time | Action | Owner`` tells events.
    """
    lists = word_lists("tasks")
    inside = False
    for line in lines:
        if line.kind != "row":
            inside = False
        elif line.block.header:
            said = {token.lower for cell in line.block.lines for token in tokens(cell.plain)}
            named = not said.isdisjoint(lists["charge_columns"])
            logged = not said.isdisjoint(lists["clock_columns"])
            inside = named and not logged and tables_tasks((line,))
        if inside:
            yield line
