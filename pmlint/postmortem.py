"""The facts of a postmortem, from its section tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from pmlint.facts import (
    BadClock,
    Duration,
    EventKind,
    Impact,
    Placeholder,
    Postmortem,
    Role,
    Section,
)
from pmlint.findings import Source
from pmlint.markdown import Document, parse
from pmlint.reading.times import find_moments
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.statements.absence import find_absence
from pmlint.statements.causes import read_passage
from pmlint.statements.contentroles import give_roles, give_tasks_role
from pmlint.statements.duration import read_duration
from pmlint.statements.evidence import Evidence
from pmlint.statements.impact import read_impact
from pmlint.statements.moments import choose, metrics
from pmlint.statements.opening import find_opening, summary_lines
from pmlint.statements.parts import find_extent, find_several
from pmlint.statements.placeholders import find_placeholders
from pmlint.statements.tasklist import read_tasks
from pmlint.statements.timeline import EventWords, complete, read_timeline
from pmlint.statements.title import find_title
from pmlint.statements.year import incident_year
from pmlint.structure.chronicle import event_lines
from pmlint.structure.sections import build
from pmlint.structure.tree import Line, Tree

if TYPE_CHECKING:
    from pmlint.standard.templates import Template


def read(source: Source, template: Template) -> Postmortem:
    """Everything a text states. Never raises on any text."""
    document = parse(source)
    return read_document(document, template)


def read_document(document: Document, template: Template) -> Postmortem:
    """Everything a parsed text states."""
    tree = build(document, template)
    give_roles(tree, template)
    source = document.source
    title_line, title = find_title(tree, template.other)
    prose = summary_lines(tree, title_line)
    year = incident_year(tree)
    timeline = read_timeline(tree, event_words())
    duration = read_duration(tree, prose, year)
    placeholders = tuple(find_placeholders(tree))
    duration = _placed(duration, placeholders)
    if timeline is not None:
        timeline = complete(timeline, duration, year)
    impact = _impact(tree, prose)
    tasks, holders = read_tasks(tree)
    give_tasks_role(tree, holders)
    everywhere = [line for line in tree.lines if line.kind != "heading"]
    cause = read_passage(tree, "root_cause", everywhere)
    fix = read_passage(tree, "resolution", everywhere)
    sections = tuple(_sections(tree, title_line))
    evidence = Evidence(tree, title, duration, impact, timeline, cause, fix, tasks, placeholders)
    absence = find_absence(evidence)
    if tasks is None and absence is None:
        from pmlint.statements.taskpassing import read_in_passing

        tasks = read_in_passing(tree)
    return Postmortem(
        source=source,
        template=template.name,
        absence=absence,
        extent=find_extent(tree, title_line),
        title=title,
        sections=sections,
        duration=duration,
        impact=impact,
        timeline=timeline,
        root_cause=cause,
        resolution=fix,
        tasks=tasks,
        metrics=metrics(choose(duration, timeline, source)),
        placeholders=placeholders,
        bad_clocks=tuple(_bad_clocks(tree)),
        several=find_several(tree),
        opening=find_opening(tree, title_line),
    )


def _impact(tree: Tree, prose: Sequence[Line]) -> Impact | None:
    """The impact; what is told around a chronicle counts before what its events tell."""
    if tree.chronicle is not None:
        events = {id(tree.lines[at].text) for at in event_lines(tree)}
        around = [line for line in prose if id(line.text) not in events]
        impact = read_impact(tree, around)
        if impact is not None:
            return impact
    return read_impact(tree, prose)


@cache
def event_words() -> EventWords:
    """The words by which an entry's kind is known, from ``rules/words.toml``."""
    table = policy.table("events")
    kinds = tuple(
        (cast(EventKind, kind), Alternatives(words, r"\b(?:"))
        for kind, words in table["kinds"].items()
    )
    milestones = Alternatives(table["milestones"], behind=r")\b")
    return EventWords(kinds, milestones, Alternatives(table["phases"], behind=r")\b"))


def _placed(duration: Duration | None, placeholders: Sequence[Placeholder]) -> Duration | None:
    """A duration that is left to fill in has that fault and no other."""
    inside = [found for found in placeholders if found.role == "duration"]
    if not inside:
        return duration
    ends = (duration.start, duration.end) if duration is not None else ()
    if not any(ends) or None in ends or all(end and end.clock is None for end in ends):
        base = duration or Duration(
            inside[0].span, None, None, None, None, None, None, False, (), None
        )
        return base._replace(verdict="placeholder")
    return duration


def _bad_clocks(tree: Tree) -> Iterator[BadClock]:
    timed = {"duration", "timeline", "summary", "detection", "resolution"}
    for index, line in enumerate(tree.lines):
        if line.kind == "code" or not re.search(r"\d", line.text.plain):
            continue
        roles = {role for at in tree.enclosing(index) for role in tree.nodes[at].roles}
        if not roles & timed:
            continue
        for moment in find_moments(line.text.prose):
            if moment.fault is not None:
                span = moment.clock_span or (moment.start, moment.end)
                yield BadClock(line.text.span(*span), moment.fault)


def _sections(tree: Tree, title_line: int | None) -> Iterator[Section]:
    for index, node in enumerate(tree.nodes):
        section = tree.section(index)
        if node.line == title_line and "title" not in section.roles and node.style != "table":
            roles: tuple[Role, ...] = ("title", *section.roles)
            section = section._replace(roles=roles)
        yield section
