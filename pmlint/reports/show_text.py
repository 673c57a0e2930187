"""What pmlint read in one file, as a page for its author."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Finding
from pmlint.reports.colour import Style
from pmlint.reports.layout import cells, pad, wrap
from pmlint.reports.sanitise import path_text
from pmlint.reports.show_incident import incident
from pmlint.reports.show_page import Page, short
from pmlint.reports.show_sections import sections
from pmlint.reports.show_timeline import timeline
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.facts import Postmortem, Task

ABSENT = {
    "assignment": "text of an assignment",
    "link": "a link to a write-up elsewhere",
    "template": "a template that is not filled in",
    "retrospective": "a retrospective of work, not of an incident",
    "article": "an article",
    "empty": "nothing is written here",
    "other": "too little to tell an incident",
}


def render(
    postmortem: Postmortem,
    findings: Sequence[Finding],
    style: Style,
    *,
    required: Collection[str] = (),
) -> str:
    """The page: the incident, its sections, its timeline with gaps, its tasks.

    A value that a finding contradicts names the code of the finding. ``required``
    are the roles that the template asks for.
    """
    page = Page(postmortem, findings, style, required)
    parts = [_head(page)]
    if postmortem.incident:
        parts.append(incident(page))
    parts.append(sections(page))
    if postmortem.timeline and postmortem.incident:
        parts.append(timeline(page, postmortem.timeline))
    if postmortem.tasks and postmortem.incident:
        parts.append(_tasks(page, postmortem.tasks.items))
    told = ["\n".join(row.rstrip() for row in part) for part in parts]
    return "\n\n".join(part for part in told if part) + "\n"


def _head(page: Page) -> Iterator[str]:
    postmortem = page.postmortem
    path = path_text(postmortem.source.path)
    about = f"template {page.told(postmortem.template)}"
    if postmortem.title:
        for row in wrap(page.told(postmortem.title.text), page.width):
            yield page.style.paint("bold", row)
        yield f"{path}, {about}"
    else:
        yield f"{page.style.paint('bold', path)}, {about}"
    absence = postmortem.absence
    if absence:
        yield ""
        what = ABSENT[absence.kind]
        told = f"line {page.line(absence.span)}: {what}"
        yield from page.heading("No incident", told)
    if postmortem.several:
        lines = ", ".join(str(page.line(span)) for span in postmortem.several)
        count = counted(len(postmortem.several), "further incident")
        word = "line" if len(postmortem.several) == 1 else "lines"
        yield from wrap(f"{count} in this file, not shown: {word} {lines}", page.width)


def _tasks(page: Page, tasks: Sequence[Task]) -> Iterator[str]:
    named = (
        ("owner named", sum(task.owner is not None for task in tasks)),
        ("due date", sum(task.due is not None for task in tasks)),
        ("ticket", sum(task.ticket is not None for task in tasks)),
    )
    told = ", ".join(f"{what} in {count or 'none'}" for what, count in named)
    yield from page.heading("Tasks", f"{len(tasks)}; {told}" if tasks else "none")
    codes = [page.codes(("PM6",), task.span, task.extent) for task in tasks]
    beside = any(codes) and not page.stacked
    room = page.width - 7
    if beside:
        longest = max(cells(page.told(task.text)) for task in tasks)
        room = min(room - 2 - max(16, *map(len, codes)), max(53, longest))
    for task, code in zip(tasks, codes, strict=True):
        rows = short(wrap(page.told(task.text), room), room, page.style)
        if code and beside:
            rows[0] = pad(rows[0], room + 2) + code
        yield f"{page.line(task.span):>5}  {rows[0]}"
        below = [*rows[1:], *_who(page, task)]
        if code and not beside:
            below.append(code)
        yield from (" " * 7 + row for row in below)


def _who(page: Page, task: Task) -> Sequence[str]:
    """Who does a task, until when, under which ticket."""
    told = [
        "done" if task.done else "",
        task.owner or "",
        f"due {task.due}" if task.due else "",
        task.ticket or "",
    ]
    known = ", ".join(page.told(part) for part in told if part)
    return wrap(known, page.width - 7) if known else []
