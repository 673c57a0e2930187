"""One postmortem → all that the page shows of it, small enough to hold thousands.

Words of the document are made harmless here once: control characters are written out, and
a text is on one line. The template escapes what HTML would obey.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date as calendar_date
from datetime import datetime
from typing import TYPE_CHECKING

from pmlint.archive.passages import Passage, day_of, passages
from pmlint.findings import Finding, Source, Span
from pmlint.measure.actions import Action, actions
from pmlint.measure.incident import STEPS, Measures, measure
from pmlint.reports.sanitise import one_line

if TYPE_CHECKING:
    from pmlint.drawing.scene import Scene
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem

LONGEST = 600
"""Characters of a text; the document itself is a click away."""
MOST_EVENTS = 200
"""Events of one incident that are drawn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on the line of time."""

    at: float
    """Percent of the line."""
    label: str
    """When it was: ``15:00``."""
    text: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Phase:
    """From one moment of the incident to the next, in percent of the line."""

    name: str
    took: str
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The timeline of one incident."""

    about: str
    marks: tuple[Mark, ...]
    phases: tuple[Phase, ...]
    left_out: int
    """Entries that cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding."""

    code: str
    name: str
    level: str
    message: str
    line: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long a step took, in words, and where that is told."""

    step: str
    took: str
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive."""

    path: str
    incident: bool
    title: str
    absent: str
    """Why it holds no incident."""
    day: calendar_date | None
    measures: Measures | None
    """Without the text that it was measured in."""
    lengths: tuple[Length, ...]
    severity: str
    service: str
    picture: Picture | None
    cause: Passage | None
    passages: tuple[Passage, ...]
    actions: tuple[Action, ...]
    faults: tuple[Fault, ...]


def entry(postmortem: Postmortem, plan: Plan) -> Entry:
    """All that the page shows of a file, findings included."""
    from pmlint import engine

    source = postmortem.source
    report = engine.check_facts(postmortem, plan)
    faults = tuple(_fault(finding, source) for finding in report.findings)
    if not postmortem.incident:
        return _without_incident(postmortem, faults)
    measures = measure(postmortem)
    held = tuple(
        each._replace(text=_words(each.text), title=_words(each.title))
        for each in passages(postmortem)
    )
    return Entry(
        path=source.path,
        incident=True,
        title=_words(postmortem.title.text) if postmortem.title else _words(source.path),
        absent="",
        day=day_of(postmortem),
        measures=_bare(measures),
        lengths=tuple(_lengths(measures)),
        severity=_words(measures.severity.text) if measures.severity else "",
        service=_words(measures.service.text) if measures.service else "",
        picture=_picture(measures),
        cause=next((each for each in held if each.kind == "cause"), None),
        passages=held,
        actions=tuple(_shown(each) for each in actions(postmortem, calendar_date.today())),
        faults=faults,
    )


def _fault(finding: Finding, source: Source) -> Fault:
    return Fault(
        finding.code,
        finding.name,
        finding.level.value,
        _words(finding.message),
        source.place(finding.span.start).line,
    )


def _without_incident(postmortem: Postmortem, faults: tuple[Fault, ...]) -> Entry:
    from pmlint.reports.show_text import ABSENT

    why = ABSENT[postmortem.absence.kind] if postmortem.absence else ""
    return _empty(postmortem.source.path, why, faults)


def _shown(action: Action) -> Action:
    """An action with the words of the document made fit for the page."""
    return replace(
        action,
        text=_words(action.text),
        owner=_words(action.owner) if action.owner else None,
        due=_words(action.due) if action.due else None,
        ticket=_words(action.ticket) if action.ticket else None,
    )


def unread(path: str, fault: Fault) -> Entry:
    """A file that could not be read."""
    return _empty(path, "cannot be read", (fault,))


def _empty(path: str, why: str, faults: tuple[Fault, ...]) -> Entry:
    return Entry(path, False, path, why, None, None, (), "", "", None, None, (), (), faults)


def _words(text: str) -> str:
    """A text of the document on one line, cut at a word where it is very long."""
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        plain = plain[:LONGEST].rsplit(" ", 1)[0] + " …"
    return one_line(plain)


def _bare(measures: Measures) -> Measures:
    """Measures that do not keep a document's text and facts alive."""
    postmortem = measures.postmortem
    empty = Source("", postmortem.source.path)
    kept = postmortem._replace(
        source=empty,
        extent=Span(0, 0),
        title=None,
        sections=(),
        duration=None,
        impact=None,
        timeline=None,
        root_cause=None,
        resolution=None,
        tasks=None,
        placeholders=(),
        bad_clocks=(),
        several=(),
        opening=None,
    )
    return replace(measures, postmortem=kept, moments=measures.moments._replace(walls=()))


def _lengths(measures: Measures) -> Iterator[Length]:
    from pmlint.reports.colour import Style
    from pmlint.reports.metrics_table import took_in_words

    for step in STEPS:
        took = measures.took.get(step)
        if took is not None:
            yield Length(step, _words(took_in_words(took, Style())), took.lines[0])


def _picture(measures: Measures) -> Picture | None:
    from pmlint.drawing.scene import scene

    seen = scene(measures)
    if seen is None:
        return None
    marks = seen.marks[:MOST_EVENTS]
    return Picture(
        about=_words(seen.about),
        marks=tuple(
            Mark(
                _share(seen, mark.at),
                _words(seen.label(mark)),
                _words(mark.text),
                mark.kind,
                mark.line,
            )
            for mark in marks
        ),
        phases=tuple(
            Phase(
                phase.name,
                phase.took,
                _share(seen, phase.start),
                round(_share(seen, phase.end) - _share(seen, phase.start), 2),
            )
            for phase in seen.phases
        ),
        left_out=seen.left_out + len(seen.marks) - len(marks),
    )


def _share(scene: Scene, at: datetime) -> float:
    """Where a moment lies between the first and the last, in percent."""
    whole = scene.last - scene.first
    return round((at - scene.first) / whole * 100, 2) if whole else 0.0


def link_path(path: str, folder: str) -> str:
    """A file as a relative address seen from a folder; never one with a scheme."""
    from urllib.parse import quote

    try:
        relative = os.path.relpath(path, folder or ".")
    except ValueError:
        relative = os.path.abspath(path)
    quoted = quote(os.fsencode(relative.replace(os.sep, "/")), safe="/")
    return quoted if quoted.startswith(("/", "../")) else f"./{quoted}"
