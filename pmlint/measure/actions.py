"""The action items of an archive: who, until when, under which ticket, in which state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as calendar_date
from typing import TYPE_CHECKING, Literal

from pmlint.measure.incident import line_of, tasks_told
from pmlint.statements.order import full

if TYPE_CHECKING:
    from pmlint.facts import Postmortem, Task

State = Literal["open", "done", "not told"]


@dataclass(frozen=True, slots=True)
class Action:
    """One task of one postmortem."""

    path: str
    line: int
    text: str
    state: State
    owner: str | None
    due: str | None
    """As written."""
    due_on: calendar_date | None
    """The day meant, where the words name one."""
    ticket: str | None
    overdue: int = 0
    """Days since it was due, where it is not done."""

    @property
    def open(self) -> bool:
        """Nothing says that it is done."""
        return self.state != "done"


def actions(postmortem: Postmortem, today: calendar_date) -> Iterator[Action]:
    """The tasks of one postmortem as of a day."""
    if not postmortem.incident:
        return
    about = _incident_day(postmortem)
    for task in tasks_told(postmortem):
        state = _state(task)
        due_on = _due_day(task.due, about)
        late = (today - due_on).days if due_on is not None and state != "done" else 0
        yield Action(
            path=postmortem.source.path,
            line=line_of(postmortem, task.extent),
            text=" ".join(task.text.split()),
            state=state,
            owner=task.owner,
            due=task.due,
            due_on=due_on,
            ticket=task.ticket,
            overdue=max(late, 0),
        )


def chosen(
    items: Iterable[Action], *, only_open: bool, overdue: bool, without: Iterable[str]
) -> list[Action]:
    """The actions that are asked for; ``without`` names ``owner`` or ``due``: all must lack."""
    lacking = tuple(without)
    return [
        each
        for each in items
        if (each.open or not only_open)
        and (each.overdue or not overdue)
        and ("owner" not in lacking or not each.owner)
        and ("due" not in lacking or each.due is None)
    ]


def _state(task: Task) -> State:
    if task.done is None:
        return "not told"
    return "done" if task.done else "open"


def _incident_day(postmortem: Postmortem) -> calendar_date | None:
    """The day of the incident, from which a due date without a year is counted."""
    from pmlint.statements.moments import choose

    moments = choose(postmortem.duration, postmortem.timeline, postmortem.source)
    for told in (moments.resolved, moments.started, moments.detected):
        if told is not None and told.day is not None:
            return full(told.day, None)
    return None


def _due_day(due: str | None, about: calendar_date | None) -> calendar_date | None:
    """The day that words name; without a year the first such day after the incident.

    "June", "Q3", "soon" and "next sprint" name no day.
    """
    if due is None:
        return None
    from pmlint.reading.dates import find_days

    days = find_days(due)
    if not days:
        return None
    date = days[-1].date
    if date.year is not None:
        return full(date, None)
    if about is None:
        return None
    same = full(date, about.year)
    return same if same is None or same >= about else full(date, about.year + 1)
