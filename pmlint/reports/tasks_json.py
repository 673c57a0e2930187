"""Action items for programs: one JSON list, one object an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.reports.sanitise import json_data

if TYPE_CHECKING:
    from pmlint.measure.actions import Action


def render(actions: Sequence[Action]) -> str:
    """The list; what a document does not tell is null."""
    items = [json_data(_item(action)) for action in actions]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"


def _item(action: Action) -> dict[str, object]:
    return {
        "path": action.path,
        "line": action.line,
        "text": action.text,
        "state": action.state,
        "owner": action.owner,
        "due": action.due,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "overdue_days": action.overdue,
        "ticket": action.ticket,
    }
