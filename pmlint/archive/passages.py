"""What a postmortem holds that another may say again: its cause and its tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as calendar_date
from typing import TYPE_CHECKING, Literal

from pmlint.measure.incident import line_of
from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pmlint.facts import Postmortem
    from pmlint.findings import Span

Kind = Literal["cause", "task"]
KINDS: tuple[Kind, ...] = ("cause", "task")

LONGEST = 2_000
"""Characters of a passage that are compared; what follows is rarely the cause."""


class Passage(NamedTuple):
    """One cause or one task, and where it stands."""

    kind: Kind
    path: str
    line: int
    text: str
    title: str
    day: str | None
    """When the incident was, as ``2024-06-18``; null where that is not told."""
    open: bool = True
    """Nothing says that the task is done."""

    @property
    def date(self) -> calendar_date | None:
        """The day as a date."""
        return calendar_date.fromisoformat(self.day) if self.day else None


class Held(NamedTuple):
    """A passage of a document that is at hand, with its place in the text."""

    passage: Passage
    span: Span


def passages(postmortem: Postmortem) -> Iterator[Passage]:
    """The cause, then the tasks."""
    return (each.passage for each in held(postmortem))


def held(postmortem: Postmortem) -> Iterator[Held]:
    """The cause, then the tasks, each with the words that a finding may point at."""
    if not postmortem.incident:
        return
    path = postmortem.source.path
    title = " ".join(postmortem.title.text.split()) if postmortem.title else path
    day = day_of(postmortem)
    told = day.isoformat() if day else None
    cause = postmortem.root_cause
    if cause is not None and cause.text.strip():
        line = line_of(postmortem, cause.span)
        text = _plain(cause.text)
        yield Held(Passage("cause", path, line, text, title, told), cause.span)
    for task in postmortem.tasks.items if postmortem.tasks is not None else ():
        text = _plain(f"{task.label}: {task.text}" if task.label else task.text)
        if text:
            line = line_of(postmortem, task.extent)
            open_ = task.done is not True
            yield Held(Passage("task", path, line, text, title, told, open_), task.span)


def day_of(postmortem: Postmortem) -> calendar_date | None:
    """The day of the incident: as told, else as the file's name has it (``2024-06-18-…``)."""
    from pmlint.statements.moments import choose
    from pmlint.statements.order import full

    moments = choose(postmortem.duration, postmortem.timeline, postmortem.source)
    for told in (moments.started, moments.detected, moments.resolved):
        if told is not None and told.day is not None and told.day.year is not None:
            return full(told.day, None)
    named = re.search(r"(?<!\d)(\d{4})[-_]?(\d\d)[-_]?(\d\d)(?!\d)", postmortem.source.path)
    try:
        return calendar_date(*map(int, named.groups())) if named else None
    except ValueError:
        return None


def earlier(one: Passage, other: Passage) -> bool:
    """True when ``one`` is of an incident before that of ``other``.

    Where a day is not told, archives are taken to be sorted by the names of their files.
    """
    if one.day and other.day and one.day != other.day:
        return one.day < other.day
    return one.path < other.path


def _plain(text: str) -> str:
    return " ".join(text[:LONGEST].split())
