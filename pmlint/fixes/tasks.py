"""Slots for who does a task, and by when."""

from __future__ import annotations

import re
from typing import Literal

from pmlint.facts import Postmortem, Task
from pmlint.findings import Edit, Fix, Span
from pmlint.fixes.places import whole_line
from pmlint.standard import policy

_COLUMNS = {
    "owner": re.compile(r"owner|assignee|assigned|responsible|who\b|dri\b", re.IGNORECASE),
    "due": re.compile(r"due|deadline|by when|target|eta\b|date", re.IGNORECASE),
}


def has_slot(postmortem: Postmortem, task: Task, kind: Literal["owner", "due"]) -> bool:
    """A slot of the kind stands behind the task and is not filled in."""
    return _text(kind) in postmortem.source.slice(task.extent)


def _text(kind: Literal["owner", "due"]) -> str:
    text: str = policy.table("slots")["tasks"][kind]
    return text


def slot(postmortem: Postmortem, task: Task, kind: Literal["owner", "due"]) -> Fix | None:
    """A place for an owner or a day: in its column, else behind the task's words."""
    text = _text(kind)
    line = whole_line(postmortem.source, task.span.start)
    if postmortem.source.slice(line).lstrip(" \t>").startswith("|"):
        return _cell(postmortem, line, kind, text)
    words = postmortem.source.slice(task.span).rstrip()
    kept = words.rstrip(" .;")
    if not kept or "\n" in words or has_slot(postmortem, task, kind):
        return None
    at = task.span.start + len(kept)
    while at < line.end and postmortem.source.text[at] in "*_`)":
        at += 1
    return Fix(f"Add `{text}`", (Edit(Span(at, at), f" {text}"),), promise="slot")


def _cell(postmortem: Postmortem, line: Span, kind: str, text: str) -> Fix | None:
    """The empty cell of the column that is made for it."""
    source = postmortem.source
    top = source.line_index(line.start)
    while top > 0 and source.line_text(top - 1).lstrip(" \t>").startswith("|"):
        top -= 1
    header = _cells(source.line_text(top))
    cells = _cells(source.slice(line))
    for (name, _, _), (value, start, end) in zip(header, cells, strict=False):
        if _COLUMNS[kind].search(name) and not value.strip(" -–—"):
            word = text.strip("()").partition(": ")[2] or text
            span = Span(line.start + start, line.start + end)
            return Fix(f"Write {word}", (Edit(span, f" {word} "),), promise="slot")
    return None


def _cells(row: str) -> list[tuple[str, int, int]]:
    """The cells of a table row with their offsets."""
    found = []
    start = row.index("|") + 1
    for match in re.finditer(r"(?<!\\)\|", row):
        if match.start() >= start:
            found.append((row[start : match.start()], start, match.start()))
            start = match.end()
    return found
