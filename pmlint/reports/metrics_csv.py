"""The times of incidents for a spreadsheet: one row a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.measure.incident import STEPS
from pmlint.reports.money import with_currency
from pmlint.reports.sheet import sheet

if TYPE_CHECKING:
    from pmlint.measure.incident import Measures
    from pmlint.statements.moments import Told

_MOMENTS = ("start", "detected", "mitigated", "end")
HEAD = (
    "path",
    "postmortem",
    "title",
    *(column for name in _MOMENTS for column in (name, f"{name}_line", f"{name}_told")),
    *(
        column
        for step in STEPS
        for column in (f"minutes_to_{step}", f"minutes_to_{step}_told", f"minutes_to_{step}_lines")
    ),
    "longest_gap_minutes",
    "longest_gap_lines",
    "impact",
    "impact_line",
    "open_tasks",
    "done_tasks",
    "tasks_line",
    "timezone",
    "severity",
    "service",
)


def render(measured: Sequence[Measures]) -> str:
    """The rows; an empty cell is what a file does not tell."""
    return sheet(HEAD, (tuple(_row(each)) for each in measured))


def _row(measures: Measures) -> Iterator[object]:
    postmortem = measures.postmortem
    told_incident = postmortem.incident
    yield postmortem.source.path
    yield told_incident
    yield postmortem.title.text if postmortem.title and told_incident else None
    for _, told in measures.four:
        yield from _moment(measures, told)
    for step in STEPS:
        took = measures.took.get(step)
        if took is None:
            yield from (None, None, None)
            continue
        yield took.minutes
        if took.text:
            yield took.text
        elif took.most != took.least:
            yield f"{took.least} to {took.most}"
        else:
            yield f"about {took.minutes}" if took.approximate else took.minutes
        yield _lines(took.lines)
    gap = measures.gap
    yield from (gap.minutes, _lines(gap.lines)) if gap else (None, None)
    impact = postmortem.impact if told_incident else None
    if impact is None:
        yield from (None, None)
    else:
        amounts = (with_currency(figure, postmortem.source) for figure in impact.figures)
        figures = list(dict.fromkeys(amounts))
        yield "; ".join(figures) or ("everyone or everything" if impact.universal else None)
        yield measures.line(impact.figures[0].span if impact.figures else impact.span)
    tasks = postmortem.tasks if told_incident else None
    if tasks is None:
        yield from (None, None, None)
    else:
        yield from (measures.open, measures.done, measures.line(tasks.span))
    for value in (measures.zone, measures.severity, measures.service):
        yield value.text if value else None


def _moment(measures: Measures, told: Told | None) -> Iterator[object]:
    if told is None:
        yield from (None, None, None)
        return
    if told.at is not None:
        when = told.at.isoformat()
    else:
        when = " ".join(str(part) for part in (told.day, told.clock) if part is not None)
    if told.until is not None:
        when += f" to {told.until}"
    yield f"about {when}" if told.approximate else when
    yield measures.line(told.span)
    yield told.by


def _lines(lines: Sequence[int]) -> str:
    return " ".join(map(str, lines))
