"""Roles that can only be told when all headings of a document are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.facts import Role
from pmlint.reading.openings import leading_time
from pmlint.reading.words import word_count
from pmlint.structure.labels import tells_time
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import Vocabulary, vocabulary
from pmlint.structure.wordings import tells_failure

if TYPE_CHECKING:
    from pmlint.standard.templates import Template


def settle(nodes: list[Node], lines: Sequence[Line], template: Template) -> None:
    """Names and wordings that play a role only where nothing better does."""
    words = vocabulary(template)
    _forget_misspelt(nodes)
    weak_roles: tuple[Role, ...] = ("timeline", "root_cause", "resolution", "corrective")
    for role in weak_roles:
        if role == "corrective" and any("tasks" in node.roles for node in nodes):
            continue
        played = [node for node in nodes if role in node.roles]
        if not all(_repairs(node, role) for node in played):
            continue
        begun = _begun(nodes, lines)
        for node in nodes:
            if role not in words.weakly(node.label) or (node.roles and node.is_field):
                continue
            if role == "corrective" and (node is nodes[0] or (played and "lessons" in node.roles)):
                continue
            if role == "corrective" and node.label in _WHOLE and node.line <= begun:
                continue
            if role == "timeline" and not (_tells_events(node, lines) or _lists_steps(node, lines)):
                continue
            kept = set(node.roles) - ({"summary"} if role == "timeline" else set())
            node.roles = tuple(sorted({*kept, role}))
            break
    _open_with_summary(nodes, lines, words)
    _tell_late(nodes)
    _forget_timeless(nodes, lines)
    _forget_postings(nodes, lines)
    _resolve_wrong(nodes)
    _resolve_likely(nodes, lines, words)
    _disown(nodes)


_WHOLE = frozenset({"postmortem", "post-mortem"})
"""Headings of measures that stand behind what happened; of the whole text, if they open it."""


def _begun(nodes: Sequence[Node], lines: Sequence[Line]) -> int:
    """The line of the first part that tells more than the name and the times."""
    told = (node.line for node in nodes if set(node.roles) - {"title", "duration"})
    return next(told, len(lines))


def _open_with_summary(nodes: Sequence[Node], lines: Sequence[Line], words: Vocabulary) -> None:
    """``Introduction`` is the summary where it opens the postmortem and tells what failed."""
    if any("summary" in node.roles for node in nodes):
        return
    for node in nodes:
        if node.roles == ("title",) or node.is_field or node is nodes[0]:
            continue
        if node.roles and node.level is not None:
            return
        if "summary" in words.weakly(node.label):
            body = lines[node.line : node.stop]
            told = [line.text.prose for line in body if line.kind in ("text", "item")]
            if any(tells_time(each, "") for each in told) and tells_failure(" ".join(told)):
                node.roles, node.by_content = ("summary",), True
            return


def _tell_late(nodes: Sequence[Node]) -> None:
    """``What happened`` below other parts is no summary, but tells more than the one above."""
    before = False
    for node in nodes:
        if before and node.roles == ("summary",) and not node.is_field:
            node.roles = () if _happened(node.label) else node.roles
        before = before or (not node.is_field and bool(set(node.roles) & _BEHIND_SUMMARY))


def _happened(label: str) -> bool:
    return label.startswith("what ") and " happened" in label and " and " not in label


_BEHIND_SUMMARY = frozenset({"impact", "timeline", "root_cause", "resolution"})


def _repairs(node: Node, role: Role) -> bool:
    """``Remediation`` plays the measures only where nothing else does."""
    return role == "corrective" and "resolution" in node.roles


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


def _forget_postings(nodes: list[Node], lines: Sequence[Line]) -> None:
    """``Resolved`` over the time of a status post, where no other part tells when it began."""
    timed = [node for node in nodes if "duration" in node.roles]
    if len(timed) != 1 or timed[0].is_field or timed[0].label not in _STATUSES:
        return
    head, below = lines[timed[0].line], lines[timed[0].line + 1 : timed[0].stop]
    beside = [line for line in below if line.block is head.block] or below
    if len(beside) == 1 and word_count(beside[0].text.plain) <= LONGEST_POSTING:
        timed[0].roles = ()


_STATUSES = frozenset({"resolved", "closed", "completed", "recovered", "fixed", "mitigated"})
LONGEST_POSTING = 12
"""``Posted 2 days ago. May 12, 2024 - 08:15 UTC`` has fewer words."""


def _resolve_wrong(nodes: list[Node]) -> None:
    """``What went wrong`` without ``What went well`` beside it tells the cause."""
    if any("root_cause" in node.roles for node in nodes):
        return
    lessons = [node for node in nodes if "lessons" in node.roles]
    wrong = [node for node in lessons if node.label.endswith("went wrong") and not node.is_field]
    beside = any("well" in node.label or "lucky" in node.label for node in lessons)
    if len(wrong) == 1 and not beside and not _inside(wrong[0], lessons):
        wrong[0].roles = ("root_cause",)


def _inside(node: Node, others: Sequence[Node]) -> bool:
    return any(other.line < node.line < other.stop for other in others)


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
            if node is nodes[0] and not _told_before(node, lines):
                found &= {"summary", "impact", "duration"}
            node.roles = tuple(sorted(found))
        before = before or (not node.is_field and bool(set(node.roles) - {"title"}))
    if "timeline" not in played:
        for node in nodes:
            if node.roles == ("duration",) and not node.rest and _lists_events(node, lines):
                node.roles = ("timeline",)
                return
        for node in nodes:
            if node.is_field or not set(node.roles) <= _OF_EVENTS:
                continue
            if node is nodes[0] and not node.roles and node.level is not None:
                # The title of a chronicle, which needs no heading of its own.
                continue
            inner = any(_clocks(_under_node(nodes[at], lines)) for at in node.children)
            if not inner and _clocks(_under_node(node, lines)) >= LEAST_ENTRIES:
                node.by_content = not node.roles
                # "Actions during the incident" are no tasks.
                kept = set(node.roles) - {"tasks", "corrective"}
                node.roles = tuple(sorted({*kept, "timeline"}))
                break


def _told_before(node: Node, lines: Sequence[Line]) -> bool:
    """A line above the first heading that may be the title in its place."""
    return any(line.kind in ("text", "item") and line.text for line in lines[: node.line])


_OF_EVENTS = frozenset({"resolution", "detection", "summary", "duration", "tasks", "corrective"})
"""The roles of headings under which events may be listed."""
LEAST_ENTRIES = 3
"""So many lines that begin with a time are a timeline, whatever the heading above them."""


def _lists_events(node: Node, lines: Sequence[Line]) -> bool:
    """``When:`` over lines that begin with a time each, rather than one statement."""
    return _clocks(_under_node(node, lines)) >= LEAST_ENTRIES


def _under_node(node: Node, lines: Sequence[Line]) -> Sequence[Line]:
    return lines[node.line + 1 : node.stop]


def _tells_events(node: Node, lines: Sequence[Line]) -> bool:
    """Something under a heading carries a time of day."""
    body = lines[node.line + 1 : node.stop]
    if "summary" in node.roles:
        return _entries(body) >= 2
    return any(re.search(r"\b\d{1,2}:\d{2}\b", line.text.prose) for line in body)


def _lists_steps(node: Node, lines: Sequence[Line]) -> bool:
    """``Debugging process`` over numbered steps is a timeline, if one without times."""
    if "summary" in node.roles or not node.label.startswith(_PROCESSES):
        return False
    items = [line for line in lines[node.line + 1 : node.stop] if line.opens_item]
    return sum(line.block.ordered for line in items) >= LEAST_STEPS


_PROCESSES = ("debug", "the debug", "troubleshoot", "the troubleshoot", "investigation process")
LEAST_STEPS = 3


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
    first = next((node.line for node in nodes if set(node.roles) & big), 0)
    measures = any("corrective" in node.roles and node.line > first for node in nodes)
    for index, node in enumerate(nodes):
        if measures and node.roles == ("tasks",) and node.level is not None and node.stop <= first:
            node.roles = ()
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
