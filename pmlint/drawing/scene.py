"""What a picture of a timeline shows: marks on a line of time, phases, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as calendar_date
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from pmlint.reports.show_page import date_in_words, day_in_brief, length
from pmlint.statements.order import STAND_IN, full

if TYPE_CHECKING:
    from pmlint.facts import Event, Postmortem
    from pmlint.measure.incident import Measures
    from pmlint.reading.dates import Date

LONG_GAP = timedelta(minutes=30)
"""The shortest time without an entry that a picture points out, …"""
LONG_SHARE = 8
"""… and which part of the whole, one in so many, it must take up."""
_UNTIL = {"detected": "until detected", "mitigated": "until mitigated", "end": "until resolved"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One event."""

    at: datetime
    """On the line of time of the document, without a zone."""
    clock: str
    """``15:00``, ``~15:00``, ``15:00–15:10``; empty where only a day is told."""
    text: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Phase:
    """From one moment of the incident to the next."""

    name: str
    start: datetime
    end: datetime
    took: str
    """In words: ``about 5 min``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A long time without an entry."""

    start: datetime
    end: datetime

    @property
    def took(self) -> str:
        return length((self.end - self.start) / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn. ``marks`` are in the order of time and never empty."""

    title: str
    path: str
    marks: tuple[Mark, ...]
    phases: tuple[Phase, ...]
    gaps: tuple[Gap, ...]
    zone: str
    dated: bool
    """The days are those of the calendar; else only the clocks mean something."""
    left_out: int
    """Entries that tell no time and cannot be drawn."""

    @property
    def first(self) -> datetime:
        return min(self.marks[0].at, *(phase.start for phase in self.phases), self.marks[0].at)

    @property
    def last(self) -> datetime:
        return max(self.marks[-1].at, *(phase.end for phase in self.phases), self.marks[-1].at)

    @property
    def days(self) -> bool:
        """It reaches over more than one day."""
        return self.first.date() != self.last.date()

    def label(self, mark: Mark) -> str:
        """When a mark was, as short as the picture allows: with its day where that changes."""
        if not self.dated or not self.days:
            return mark.clock or self.day(mark.at)
        return " ".join(part for part in (self.day(mark.at), mark.clock) if part)

    def day(self, at: datetime) -> str:
        return day_in_brief(at)

    @property
    def about(self) -> str:
        """``8 events over 2 h on 18 June 2024, UTC``."""
        count = len(self.marks)
        words = f"{count} event{'' if count == 1 else 's'}"
        if self.last > self.first:
            words += f" over {length((self.last - self.first) / timedelta(minutes=1))}"
        if self.dated:
            words += f", from {self._date(self.first)}"
            if self.days:
                words += f" to {self._date(self.last)}"
        return f"{words}, {self.zone}" if self.zone else f"{words}, no timezone told"

    def _date(self, at: datetime) -> str:
        from pmlint.reading.dates import Date

        return date_in_words(Date(None if at.year == STAND_IN else at.year, at.month, at.day))


def scene(measures: Measures) -> Scene | None:
    """What to draw; None where no event tells when it was."""
    postmortem = measures.postmortem
    timeline = postmortem.timeline
    if timeline is None or not postmortem.incident:
        return None
    moments = measures.moments
    marks = sorted(
        (
            mark
            for event, wall in zip(timeline.events, moments.walls, strict=True)
            if (mark := _mark(measures, event, wall)) is not None
        ),
        key=lambda mark: mark.at,
    )
    if not marks:
        return None
    return Scene(
        title=_title(postmortem),
        path=postmortem.source.path,
        marks=tuple(marks),
        phases=tuple(_phases(measures)),
        gaps=tuple(_gaps(marks)) if not timeline.milestones else (),
        zone=moments.zone.text.strip() if moments.zone else "",
        dated=moments.dated,
        left_out=len(timeline.untimed) + len(timeline.relative) + len(timeline.events) - len(marks),
    )


def _title(postmortem: Postmortem) -> str:
    title = postmortem.title
    return " ".join(title.text.split()) if title is not None else postmortem.source.path


def _mark(measures: Measures, event: Event, wall: datetime | None) -> Mark | None:
    if wall is None:
        day = _full(event.date, measures)
        if day is None or event.clock is not None:
            return None
        wall = datetime(day.year, day.month, day.day)
    clock = ""
    if event.clock is not None:
        clock = f"{event.clock.hour:02}:{event.clock.minute:02}"
        if event.end_clock is not None:
            clock += f"–{event.end_clock.hour:02}:{event.end_clock.minute:02}"
    clock = f"~{clock}" if event.approximate and clock else clock
    zone = measures.moments.zone
    if clock and event.zone is not None and zone is not None and event.zone.key != zone.key:
        clock += f" {event.zone.text.strip()}"
    kind = (event.kind or "").replace("-", " ")
    text = " ".join(event.text.split())
    return Mark(wall, clock, text, kind, measures.line(event.extent))


def _full(date: Date | None, measures: Measures) -> calendar_date | None:
    """The day of an entry that tells only that, in the year of the other entries."""
    if date is None:
        return None
    years = [wall.year for wall in measures.moments.walls if wall is not None]
    return full(date, years[0] if years else STAND_IN)


def _phases(measures: Measures) -> Iterator[Phase]:
    """From the start over detection and mitigation to the end, as far as these are told."""
    known = [
        (name, told, told.wall)
        for name, told in measures.four
        if told is not None and told.wall is not None
    ]
    if not known or known[0][0] != "start":
        return
    for (_, before, start), (name, told, end) in pairwise(known):
        if end < start or told.span.overlaps(before.span):
            continue
        took = length((end - start) / timedelta(minutes=1))
        about = "about " if before.approximate or told.approximate else ""
        if end > start:
            yield Phase(_UNTIL[name], start, end, about + took)


def _gaps(marks: list[Mark]) -> Iterator[Gap]:
    least = max(LONG_GAP, (marks[-1].at - marks[0].at) / LONG_SHARE)
    for before, mark in pairwise(marks):
        if mark.at - before.at >= least and before.clock and mark.clock:
            yield Gap(before.at, mark.at)
