"""Action items for a spreadsheet: one row an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.reports.sheet import sheet

if TYPE_CHECKING:
    from pmlint.measure.actions import Action

HEAD = ("path", "line", "text", "state", "owner", "due", "due_on", "overdue_days", "ticket")


def render(actions: Sequence[Action]) -> str:
    """The rows; an empty cell is what a document does not tell."""
    return sheet(HEAD, (_row(action) for action in actions))


def _row(action: Action) -> tuple[object, ...]:
    return (
        action.path,
        action.line,
        action.text,
        action.state,
        action.owner,
        action.due,
        action.due_on.isoformat() if action.due_on else None,
        action.overdue,
        action.ticket,
    )
