"""The list of things to do: there, and such that each can be ticked off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pmlint.checks.phrases import quote
from pmlint.checks.places import line, missing, words
from pmlint.facts import Postmortem, Task
from pmlint.findings import Case, Mark, Span

Parameters = Mapping[str, Any]


def stated(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """No list of tasks."""
    if not _items(postmortem):
        yield from missing(postmortem, "tasks", parameters["template"])


def _items(postmortem: Postmortem) -> tuple[Task, ...]:
    return postmortem.tasks.items if postmortem.tasks is not None else ()


def concrete(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Tasks that can never be ticked off; the case is the kind of vagueness.

    One with a tick behind it, or struck out, is closed.

    The lists among the parameters say which words are vague.

    The value ``model`` is ``parameters["model"]`` with the line of a task of the same list
    that is concrete, empty where there is none.
    """
    from pmlint.reading.vagueness import judge
    from pmlint.reading.words import changed_lists

    lists = changed_lists("tasks", parameters)
    judged = [
        (task, judge(_said(task), task.label, lists, anchored=_anchored(postmortem, task)))
        for task in _items(postmortem)
        if not ((task.done and _closed(postmortem, task)) or _described(postmortem, task))
    ]
    vague = {id(task) for task, judgement in judged if judgement.vague}
    models = [line(postmortem, task.span) for task, _ in judged if id(task) not in vague]
    model = parameters["model"].replace("{line}", str(models[0])) if models else ""
    for task, judgement in judged:
        if not judgement.vague:
            continue
        fault = task.text[judgement.start : judgement.end]
        at = postmortem.source.text.find(fault, task.span.start, task.span.end) if fault else -1
        span = Span(at, at + len(fault)) if at >= 0 else task.span
        values = {"task": quote(task.text, 48), "words": quote(fault), "model": model}
        yield Case(judgement.kind or "other", words(postmortem, span), values)


def _closed(postmortem: Postmortem, task: Task) -> bool:
    from pmlint.reading.taskfields import is_struck, is_ticked

    source = postmortem.source
    struck = is_struck(source.text, task.span) or is_struck(source.text, task.extent)
    return struck or is_ticked(source.slice(task.extent))


def _described(postmortem: Postmortem, task: Task) -> bool:
    """The paragraph below a heading that is a task says what exactly is to be done."""
    from pmlint.reading.prescriptions import is_prescription
    from pmlint.reading.vagueness import judge

    source = postmortem.source
    head = source.text[source.text.rfind("\n", 0, task.span.start) + 1 : task.span.start]
    if not head.startswith(("#", "**")):
        return False
    told = source.text[task.span.end : task.extent.end].lstrip("*_# \n")
    return is_prescription(told) and not judge(told).vague


def _said(task: Task) -> str:
    """The words of a task with its owner and due date blanked out: they bound nothing."""
    from pmlint.reading.taskfields import closing_note, named_before

    text = task.text
    at = _last_words(text, task.owner) if task.owner else -1
    if task.owner and at >= 0:
        text = text[:at] + " " * len(task.owner) + text[at + len(task.owner) :]
    at = _last_words(text, task.due) if task.due else -1
    if task.due and at >= 0:
        behind = text[at + len(task.due) :]
        ends = not behind.strip(" .)]")
        text = text[: named_before(text, at)] if ends else text[:at] + " " * len(task.due) + behind
    text = text[: closing_note(text)]
    return text[: _tracked_from(text, task.ticket)] if task.ticket else text


def _tracked_from(text: str, ticket: str) -> int:
    """Where the words end before the ticket that closes the task: "... - ops/tasks#42".

    Without a mark between them the ticket is what is to be done: "Merge ops/tasks#42".
    """
    at = _last_words(text, ticket)
    if at < 0 or text[at + len(ticket) :].strip(" .)]>"):
        return len(text)
    named = text[:at].rstrip()
    before = named.rstrip(" -–—:([<")
    marked = len(before) < len(named)
    return len(before) if marked and 0 < len(before.split()) <= _MOST_NAMED else len(text)


_MOST_NAMED = 3
"""So few words beside a ticket only name it: "Cleanup - OPS-12"."""


def _last_words(text: str, words: str) -> int:
    """Where whole words stand last; -1 where they do not: "Bo" is not in "Bootstrap"."""
    at = text.rfind(words)
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            break
        at = text.rfind(words, 0, end - 1)
    return at


def _anchored(postmortem: Postmortem, task: Task) -> bool:
    """True when the task points at something in code or by a link."""
    text = postmortem.source.slice(task.span)
    return "`" in text or "](" in text


def repeated(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A task that says the same as one before it; ``parameters["filler"]`` words do not count."""
    filler = frozenset(parameters["filler"])
    first: dict[frozenset[str], Task] = {}
    for task in _items(postmortem):
        said = f"{task.label or ''} {task.text}".lower()
        key = frozenset(re.findall(r"\w+", said)) - filler
        if key and key in first:
            span, earlier = words(postmortem, task.span), words(postmortem, first[key].span)
            values = {"line": line(postmortem, earlier), "task": quote(task.text)}
            yield Case("repeated", span, values, (Mark(earlier, "first"),))
        elif key:
            first[key] = task


def owner(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``absent``, or ``hollow``: only words of ``parameters["groups"]``, so nobody feels meant."""
    from pmlint.reading.taskfields import find_owner

    groups = frozenset(parameters["groups"])
    for task in _open(postmortem):
        found = find_owner(postmortem.source.slice(task.extent))
        value = task.owner or (found.text if found is not None else "")
        yield from _lacking(postmortem, task, value, groups.issuperset(_words(value)), "owner")


def due(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``absent``, or ``hollow``: a phrase of ``parameters["loose"]``, which names no day."""
    from pmlint.reading.taskfields import find_due

    for task in _open(postmortem):
        found = find_due(postmortem.source.slice(task.extent))
        value = task.due or (found.text if found is not None else "")
        loose = " ".join(_words(value)) in parameters["loose"]
        yield from _lacking(postmortem, task, value, loose, "due")


def ticket(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """``absent``: no ticket or link to one."""
    from pmlint.reading.taskfields import find_ticket

    for task in _open(postmortem):
        found = None if task.ticket else find_ticket(postmortem.source.slice(task.extent))
        yield from _lacking(postmortem, task, task.ticket or (found.text if found else ""), False)


def _open(postmortem: Postmortem) -> Iterator[Task]:
    return (task for task in _items(postmortem) if not task.done)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.lower())


def _lacking(
    postmortem: Postmortem,
    task: Task,
    value: str,
    hollow: bool,
    kind: Literal["owner", "due"] | None = None,
) -> Iterator[Case]:
    span = words(postmortem, task.span)
    values = {"task": quote(task.text, 48), "value": quote(value)}
    if not value and kind is None:
        yield Case("absent", span, values)
    elif not value and kind is not None:
        from pmlint.fixes import tasks as mending

        # A slot that waits to be filled in is a placeholder, and PM106 says so.
        if not mending.has_slot(postmortem, task, kind):
            yield Case("absent", span, values, fix=mending.slot(postmortem, task, kind))
    elif hollow:
        at = postmortem.source.text.find(value, task.extent.start, task.extent.end)
        yield Case("hollow", Span(at, at + len(value)) if at >= 0 else span, values)
