"""The facts for programs: one JSON list, one object a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import floor
from typing import TYPE_CHECKING

from pmlint.findings import Source, Span
from pmlint.reports.sanitise import json_data

if TYPE_CHECKING:
    from pmlint.facts import (
        Duration,
        Event,
        Impact,
        Metrics,
        Passage,
        Point,
        Postmortem,
        Section,
        Statement,
        Task,
        Tasks,
        Timeline,
    )

Value = dict[str, object]


def render(postmortems: Sequence[Postmortem]) -> str:
    """The list; lines are 1-based, parts that a file lacks are null."""
    items = [json_data(_postmortem(postmortem)) for postmortem in postmortems]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"


def value(postmortem: Postmortem) -> Value:
    """The object of one file."""
    return _postmortem(postmortem)


def _postmortem(postmortem: Postmortem) -> Value:
    source = postmortem.source
    title, tasks = postmortem.title, postmortem.tasks
    value: Value = {
        "path": source.path,
        "postmortem": postmortem.incident,
        "template": postmortem.template,
        "title": {"line": _line(source, title.span), "text": title.text} if title else None,
        "sections": [_section(source, section) for section in postmortem.sections],
        "duration": _duration(source, postmortem.duration) if postmortem.duration else None,
        "impact": _impact(source, postmortem.impact) if postmortem.impact else None,
        "timeline": _timeline(source, postmortem.timeline) if postmortem.timeline else None,
        "root_cause": _passage(source, postmortem.root_cause),
        "resolution": _passage(source, postmortem.resolution),
        "tasks": _tasks(source, tasks) if tasks else None,
        "metrics": _metrics(postmortem.metrics),
    }
    if postmortem.absence:
        absence = postmortem.absence
        value["absence"] = {"kind": absence.kind, "line": _line(source, absence.span)}
    return value


def _line(source: Source, span: Span) -> int:
    """The 1-based line of the first character that is no white space."""
    text = source.text
    start = span.start
    while start < span.end and text[start].isspace():
        start += 1
    return source.place(start if start < span.end else span.start).line


def _last_line(source: Source, span: Span) -> int:
    text = source.text
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return source.place(max(end - 1, span.start)).line


def _section(source: Source, section: Section) -> Value:
    return {
        "line": _line(source, section.span),
        "end_line": _last_line(source, section.extent),
        "level": section.level,
        "style": section.style,
        "text": section.text,
        "roles": list(section.roles),
        "parent": section.parent,
    }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _point(point: Point | None) -> Value | None:
    if point is None:
        return None
    return {"date": _text(point.date), "clock": _text(point.clock), "at": _at(point.at)}


def _duration(source: Source, duration: Duration) -> Value:
    stated = duration.stated
    return {
        "line": _line(source, duration.span),
        "start": _point(duration.start),
        "end": _point(duration.end),
        "timezone": duration.zone.text if duration.zone else None,
        "minutes": duration.minutes,
        "stated_minutes": floor(stated.minutes + 0.5) if stated else None,
        "approximate": duration.approximate,
        "statements": [_statement(source, statement) for statement in duration.statements],
    }


def _statement(source: Source, statement: Statement) -> Value:
    start, end = source.place(statement.span.start), source.place(statement.span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "kind": statement.kind,
    }


def _impact(source: Source, impact: Impact) -> Value:
    return {
        "line": _line(source, impact.span),
        "figures": [
            {"line": _line(source, figure.span), "text": figure.text} for figure in impact.figures
        ],
        "universal": impact.universal,
    }


def _timeline(source: Source, timeline: Timeline) -> Value:
    return {
        "line": _line(source, timeline.span),
        "timezone": timeline.zone.text if timeline.zone else None,
        "events": [_event(source, event) for event in timeline.events],
        "untimed": [_line(source, span) for span in timeline.untimed],
    }


def _event(source: Source, event: Event) -> Value:
    return {
        "line": _line(source, event.extent),
        "date": _text(event.date),
        "clock": _text(event.clock),
        "at": _at(event.at),
        "zone": event.zone.text if event.zone else None,
        "end_clock": _text(event.end_clock),
        "approximate": event.approximate,
        "kind": event.kind,
        "text": event.text,
    }


def _passage(source: Source, passage: Passage | None) -> Value | None:
    return {"line": _line(source, passage.span), "text": passage.text} if passage else None


def _tasks(source: Source, tasks: Tasks) -> Value:
    return {
        "line": _line(source, tasks.span),
        "items": [_task(source, task) for task in tasks.items],
    }


def _task(source: Source, task: Task) -> Value:
    return {
        "line": _line(source, task.extent),
        "text": task.text,
        "owner": task.owner,
        "due": task.due,
        "ticket": task.ticket,
        "done": task.done,
    }


def _metrics(metrics: Metrics) -> Value:
    return {
        "started_at": _at(metrics.started_at),
        "detected_at": _at(metrics.detected_at),
        "mitigated_at": _at(metrics.mitigated_at),
        "resolved_at": _at(metrics.resolved_at),
        "minutes_to_detect": metrics.minutes_to_detect,
        "minutes_to_mitigate": metrics.minutes_to_mitigate,
        "minutes_to_resolve": metrics.minutes_to_resolve,
    }
