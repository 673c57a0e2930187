"""Action items for people: by file, with who, until when, under which ticket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pmlint.reports.layout import said, wrap
from pmlint.reports.sanitise import path_text
from pmlint.reports.show_page import WIDEST, short
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.measure.actions import Action
    from pmlint.reports.colour import Style


def render(shown: Sequence[Action], every: Sequence[Action], style: Style) -> str:
    """The items that were asked for, and what all of them amount to."""
    rows: list[str] = []
    for path, items in groupby(shown, key=lambda action: action.path):
        rows.append(style.paint("bold", path_text(path)))
        for action in items:
            rows.extend(_item(action, style))
        rows.append("")
    rows.extend(_summary(shown, every, style))
    return "\n".join(row.rstrip() for row in rows) + "\n"


def _item(action: Action, style: Style) -> Iterator[str]:
    room = min(style.width, WIDEST) - 13
    head = f"{action.line:>5}  {'done' if action.state == 'done' else 'open':<6}"
    for row in short(wrap(said(action.text, style), room), room, style):
        yield head + row
        head = " " * 13
    late = ""
    if action.overdue and action.due_on is not None:
        word = style.paint("error", "overdue")
        late = f"{word} by {counted(action.overdue, 'day')}"
    told = [
        action.owner or "no owner",
        f"due {action.due}" if action.due else "no due date",
        action.ticket or "",
    ]
    words = ", ".join(said(part, style) for part in told if part)
    rows = wrap(words, room)
    if late:
        rows.append(late)
    yield from (" " * 13 + row for row in rows)


def _summary(shown: Sequence[Action], every: Sequence[Action], style: Style) -> Iterator[str]:
    if not every:
        yield "no action items"
        return
    files = len({action.path for action in every})
    number = counted(len(every), "action item")
    rest = [action for action in every if action.open]
    parts = [
        f"{len(rest)} open",
        f"{sum(action.overdue > 0 for action in rest)} overdue",
        f"{sum(not action.owner for action in rest)} open without an owner",
        f"{sum(action.due is None for action in rest)} open without a due date",
    ]
    told = f"{number} in {counted(files, 'postmortem')}: {', '.join(parts)}"
    if len(shown) < len(every):
        told += f"; {len(shown)} shown"
    rows = wrap(told, min(style.width, 88))
    yield style.paint("bold", number) + rows[0].removeprefix(number)
    yield from ("  " + row for row in rows[1:])
