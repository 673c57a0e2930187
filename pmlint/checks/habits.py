"""What guides ask for beyond the parts themselves: most of it off by default."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pmlint.checks.phrases import quote, written
from pmlint.checks.places import line, words
from pmlint.facts import Event, Postmortem, Section
from pmlint.findings import Case, Mark, Span

Parameters = Mapping[str, Any]


def instructions(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Sentences of an assignment beside the report: ``parameters["phrases"]``, one a line."""
    source = postmortem.source
    lowered = source.text.lower()
    if not any(phrase.lower() in lowered for phrase in parameters["phrases"]):
        return
    lines = set()
    for match in _any_of(tuple(parameters["phrases"])).finditer(source.text):
        index = source.line_index(match.start())
        if index not in lines:
            lines.add(index)
            yield Case("left", Span(*match.span()), {"text": quote(match[0])})


def human_detection(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """People noticed it, and no task adds an alert.

    ``parameters["people"]`` and ``parameters["reports"]`` tell that, ``parameters["alerts"]``
    clears an event or a task.
    """
    event = _noticed(postmortem)
    if event is None or postmortem.tasks is None or not postmortem.tasks.items:
        return
    told = _words(event.text)
    people, reports, alerts = (set(parameters[name]) for name in ("people", "reports", "alerts"))
    if not (told & people and told & reports) or told & alerts:
        return
    if any(_words(f"{task.label or ''} {task.text}") & alerts for task in postmortem.tasks.items):
        return
    values = {"clock": written(postmortem, event.span, 24)}
    mark = Mark(words(postmortem, postmortem.tasks.span), "tasks")
    yield Case("people", words(postmortem, event.span), values, (mark,))


def _noticed(postmortem: Postmortem) -> Event | None:
    timeline = postmortem.timeline
    events: Sequence[Event] = timeline.events if timeline is not None else ()
    return next((event for event in events if event.kind == "detected"), None)


def whys(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A chain of whys with fewer than ``parameters["minimum"]`` steps.

    ``parameters["headings"]`` are the beginnings of its headings.
    """
    headings = tuple(parameters["headings"])
    for section in postmortem.sections:
        if section.text.lower().strip(" :").startswith(headings) and not section.empty:
            count = _steps(postmortem, section)
            if count < parameters["minimum"]:
                values = {"count": count, "minimum": parameters["minimum"]}
                yield Case("one" if count == 1 else "few", section.span, values)


def _steps(postmortem: Postmortem, section: Section) -> int:
    """Questions, or list items where there are more of them."""
    body = postmortem.source.slice(section.body)
    items = len(re.findall(r"^\s{0,8}(?:[-*+]|\d{1,2}[.)])\s+\S", body, re.MULTILINE))
    return max(items, len(re.findall(r"\bwhy\b", body, re.IGNORECASE)))


def finished(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Tasks that tell what was done: their first word is one of ``parameters["past"]``.

    A ticked box, or one of ``parameters["marks"]``, says that they are finished.
    """
    past, marks = set(parameters["past"]), tuple(parameters["marks"])
    for task in postmortem.tasks.items if postmortem.tasks is not None else ():
        first = re.match(r"\W{0,4}(?:we )?(\w+)", task.text, re.IGNORECASE)
        if first is None or first[1].lower() not in past:
            continue
        start = postmortem.source.starts[postmortem.source.line_index(task.span.start)]
        whole = postmortem.source.text[start : max(task.extent.end, task.span.end)].lower()
        if not any(mark in whole for mark in marks):
            values = {"task": quote(task.text, 48), "verb": first[1]}
            yield Case("told", words(postmortem, task.span), values)


def count(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """More open tasks than ``parameters["maximum"]``."""
    tasks = postmortem.tasks
    opened = [task for task in tasks.items if not task.done] if tasks is not None else []
    if tasks is not None and len(opened) > parameters["maximum"]:
        values = {"count": len(opened), "maximum": parameters["maximum"]}
        values["line"] = line(postmortem, opened[parameters["maximum"]].span)
        yield Case("many", words(postmortem, tasks.span), values)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z][a-z'-]*", text.lower()))


@lru_cache(maxsize=4)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, phrases)), re.IGNORECASE)
