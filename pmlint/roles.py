"""Roles that can only be told when all headings of a document are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.facts import Role
from pmlint.labels import tells_time
from pmlint.reading.openings import leading_time
from pmlint.tree import Line, Node
from pmlint.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from pmlint.templates import Template


def settle(nodes: list[Node], lines: Sequence[Line], template: Template) -> None:
    """Names and wordings that play a role only where nothing better does."""
    words = vocabulary(template)
    _forget_misspelt(nodes)
    weak_roles: tuple[Role, ...] = ("timeline", "root_cause", "resolution", "corrective")
    for role in weak_roles:
        if role == "corrective" and any("tasks" in node.roles for node in nodes):
            continue
        if any(role in node.roles for node in nodes):
            continue
        for node in nodes:
            if role not in words.weakly(node.label) or (node.roles and node.is_field):
                continue
            if role == "corrective" and node is nodes[0]:
                continue
            if role == "timeline" and not _tells_events(node, lines):
                continue
            kept = set(node.roles) - ({"summary"} if role == "timeline" else set())
            node.roles = tuple(sorted({*kept, role}))
            break
    _forget_timeless(nodes, lines)
    _resolve_wrong(nodes)
    _resolve_likely(nodes, lines, words)
    _disown(nodes)


def _forget_misspelt(nodes: list[Node]) -> None:
    """A heading near to a name counts as misspelt only where nothing bears the name."""
    played = {role for node in nodes if not node.meant for role in node.roles}
    for node in nodes:
        if node.meant and set(node.roles) & played:
            node.meant, node.roles = "", ()


def _forget_timeless(nodes: list[Node], lines: Sequence[Line]) -> None:
    """``The End`` over a closing remark is no duration."""
    for node in nodes:
        if "duration" not in node.roles or node.is_field or "duration" in node.label or node.rest:
            continue
        body = lines[node.line + 1 : node.stop]
        if body and not any(tells_time(line.text.prose, "") for line in body):
            node.roles = tuple(role for role in node.roles if role != "duration")


def _resolve_wrong(nodes: list[Node]) -> None:
    """``What went wrong`` without ``What went well`` beside it tells the cause."""
    lessons = [node for node in nodes if "lessons" in node.roles]
    if len(lessons) == 1 and not any("root_cause" in node.roles for node in nodes):
        node = lessons[0]
        if node.label.endswith("went wrong") and not node.is_field:
            node.roles = ("root_cause",)


def _resolve_likely(nodes: list[Node], lines: Sequence[Line], words: Vocabulary) -> None:
    """Headings such as ``How did we fix it?``, for roles that nothing plays."""
    played = {role for node in nodes for role in node.roles}
    before = False
    for node in nodes:
        if not node.roles and not node.is_field:
            found = words.likely(node.label) - played
            if "timeline" in found and not _tells_events(node, lines):
                found -= {"timeline"}
            if before:
                found -= {"summary"}
            if node is nodes[0]:
                found &= {"summary", "impact", "duration"}
            node.roles = tuple(sorted(found))
        before = before or bool(node.roles)
    if "timeline" not in played:
        for node in nodes:
            if node.is_field or not set(node.roles) <= {"resolution"}:
                continue
            inner = any(_clocks(_under_node(nodes[at], lines)) for at in node.children)
            if not inner and _clocks(_under_node(node, lines)) >= LEAST_ENTRIES:
                node.by_content = not node.roles
                node.roles = tuple(sorted({*node.roles, "timeline"}))
                break


LEAST_ENTRIES = 3
"""So many lines that begin with a time are a timeline, whatever the heading above them."""


def _under_node(node: Node, lines: Sequence[Line]) -> Sequence[Line]:
    return lines[node.line + 1 : node.stop]


def _tells_events(node: Node, lines: Sequence[Line]) -> bool:
    """Something under a heading carries a time of day."""
    body = lines[node.line + 1 : node.stop]
    if "summary" in node.roles:
        return _entries(body) >= 2
    return any(re.search(r"\b\d{1,2}:\d{2}\b", line.text.prose) for line in body)


def opens_with_clock(line: Line) -> bool:
    """``18:30 UTC: Resolution`` is an entry, whatever it names."""
    if not any(char.isdigit() for char in line.text.plain[:40]):
        return False
    found = leading_time(line.text.prose)
    if found is None or found.moment is None or not found.at_start:
        return False
    return found.moment.clock is not None


def _clocks(lines: Sequence[Line]) -> int:
    """How many lines begin with a time of day; a list of dates may be a history of the file."""
    return sum(1 for line in lines if line.kind != "code" and opens_with_clock(line))


def _entries(lines: Sequence[Line]) -> int:
    """How many lines begin with a time."""
    return sum(
        1 for line in lines if line.kind != "code" and leading_time(line.text.prose) is not None
    )


def _disown(nodes: list[Node]) -> None:
    """``Tasks`` over a whole postmortem is a heading of the README around it."""
    big = {"summary", "timeline", "root_cause"}
    for index, node in enumerate(nodes):
        if node.roles and node.level is not None and not set(node.roles) & big:
            inner = {role for child in _descendants(nodes, index) for role in nodes[child].roles}
            if len(inner & big) >= 2:
                node.roles = ()


def _descendants(nodes: Sequence[Node], index: int) -> Iterator[int]:
    pending = list(nodes[index].children)
    while pending:
        child = pending.pop()
        yield child
        pending.extend(nodes[child].children)
