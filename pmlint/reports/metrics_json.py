"""The times of incidents for programs: one JSON list, one object a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.measure.incident import STEPS
from pmlint.reports.sanitise import json_data

if TYPE_CHECKING:
    from pmlint.facts import Event
    from pmlint.measure.incident import Gap, Measures, Took, Value
    from pmlint.statements.moments import Told

Item = dict[str, object]


def render(measured: Sequence[Measures]) -> str:
    """The list; lines are 1-based, what a file does not tell is null."""
    items = [json_data(item(each)) for each in measured]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"


def item(measures: Measures) -> Item:
    """One file as JSON has it; of a file without an incident everything but its path is null."""
    postmortem = measures.postmortem
    absence, title = postmortem.absence, postmortem.title
    events = postmortem.timeline.events if postmortem.timeline and postmortem.incident else ()
    value: Item = {
        "path": postmortem.source.path,
        "postmortem": postmortem.incident,
        "title": (
            {"line": measures.line(title.span), "text": title.text}
            if title and postmortem.incident
            else None
        ),
    }
    for name, told in measures.four:
        value[name] = _moment(measures, told)
    for step in STEPS:
        took = measures.took.get(step)
        value[f"minutes_to_{step}"] = took.minutes if took else None
    value["lengths"] = {step: _took(measures.took.get(step)) for step in STEPS}
    value["stated"] = {step: _took(measures.stated.get(step)) for step in STEPS}
    value["longest_gap"] = _gap(measures.gap)
    value["first_event"] = _event(measures, events[0]) if events else None
    value["last_event"] = _event(measures, events[-1]) if events else None
    value["impact"] = _impact(measures)
    value["tasks"] = _tasks(measures)
    value["timezone"] = _value(measures.zone)
    value["severity"] = _value(measures.severity)
    value["service"] = _value(measures.service)
    if absence:
        value["absence"] = {"kind": absence.kind, "line": measures.line(absence.span)}
    return value


def _moment(measures: Measures, told: Told | None) -> Item | None:
    if told is None:
        return None
    return {
        "date": _text(told.date),
        "clock": _text(told.clock),
        "at": told.at.isoformat() if told.at else None,
        "line": measures.line(told.span),
        "day": _text(told.day),
        "told": told.by,
        "approximate": told.approximate,
        "until": _text(told.until),
    }


def _event(measures: Measures, event: Event) -> Item:
    return {
        "date": _text(event.date),
        "clock": _text(event.clock),
        "at": event.at.isoformat() if event.at else None,
        "line": measures.line(event.extent),
    }


def _took(took: Took | None) -> Item | None:
    if took is None:
        return None
    return {
        "minutes": took.minutes,
        "least": took.least,
        "most": took.most,
        "approximate": took.approximate,
        "lines": list(took.lines),
        "text": took.text,
    }


def _gap(gap: Gap | None) -> Item | None:
    return {"minutes": gap.minutes, "lines": list(gap.lines)} if gap else None


def _impact(measures: Measures) -> Item | None:
    impact = measures.postmortem.impact
    if impact is None or not measures.postmortem.incident:
        return None
    figures = [
        {"line": measures.line(figure.span), "text": figure.text} for figure in impact.figures
    ]
    return {
        "line": measures.line(impact.span), "figures": figures, "universal": impact.universal
    }  # fmt: skip


def _tasks(measures: Measures) -> Item | None:
    tasks = measures.postmortem.tasks
    if tasks is None or not measures.postmortem.incident:
        return None
    return {"line": measures.line(tasks.span), "open": measures.open, "done": measures.done}


def _value(value: Value | None) -> Item | None:
    return {"text": value.text, "line": value.line} if value else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
