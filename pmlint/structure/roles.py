"""Roles that can only be told when all headings of a document are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.facts import Role
from pmlint.reading.moments import find_moments
from pmlint.reading.openings import leading_time
from pmlint.reading.ranges import find_ranges
from pmlint.reading.words import word_count
from pmlint.standard.patterns import expression
from pmlint.structure.labels import tells_time
from pmlint.structure.stamps import only_time
from pmlint.structure.timed import (
    LEAST_ENTRIES,
    LEAST_STEPS,
    count_pointed,
    lists_course,
    opens_step,
    opens_with_clock,
    tells_clock,
)
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import Vocabulary, listed, variants, vocabulary
from pmlint.structure.wordings import tells_failure

if TYPE_CHECKING:
    from pmlint.standard.templates import Template


def settle(nodes: list[Node], lines: Sequence[Line], template: Template) -> None:
    """Names and wordings that play a role only where nothing better does."""
    words = vocabulary(template)
    _forget_misspelt(nodes)
    for role in _WEAK:
        resolve_weak(role, nodes, lines, words)
    _open_with_summary(nodes, lines, words)
    _tell_late(nodes)
    _time_by_course(nodes)
    _time_by_window(nodes, lines)
    _forget_timeless(nodes, lines)
    _forget_postings(nodes, lines)
    _resolve_wrong(nodes)
    timed = any("timeline" in node.roles for node in nodes)
    _resolve_likely(nodes, lines, words)
    _resolve_problem(nodes, lines)
    if not timed:
        _resolve_by_entries(nodes, lines)
    _disown(nodes)


_WEAK: tuple[Role, ...] = ("timeline", "root_cause", "resolution", "corrective")
"""The roles that have names which count only where nothing better plays them."""


def resolve_weak(
    role: Role, nodes: Sequence[Node], lines: Sequence[Line], words: Vocabulary
) -> None:
    """The first section with a weak name plays the role where nothing better does."""
    if role == "corrective" and any("tasks" in node.roles for node in nodes):
        return
    played = [node for node in nodes if role in node.roles]
    if not all(_repairs(node, role) for node in played):
        return
    begun = _begun(nodes, lines)
    for node in nodes:
        if role not in words.weakly(node.label) or (node.roles and node.is_field):
            continue
        if _titles(node, nodes, lines):
            continue
        if role == "corrective" and (
            node is nodes[0] or not _may_prevent(node, begun, bool(played))
        ):
            continue
        if role == "timeline" and not (_tells_events(node, lines) or _lists_steps(node, lines)):
            continue
        if role == "root_cause" and not _tells_cause(node, lines):
            continue
        sums_up = role != "timeline" or _entries(lines[node.line + 1 : node.stop]) < FEWEST_OPENED
        kept = set(node.roles) - (set() if sums_up else {"summary"})
        node.roles = tuple(sorted({*kept, role}))
        return


FEWEST_OPENED = 2
"""So many lines that open with a time tell the course, and sum up nothing."""


def _may_prevent(node: Node, begun: int, repaired: bool) -> bool:
    """A weak name of the measures is no lesson beside a repair, nor the name of the whole text."""
    if repaired and "lessons" in node.roles:
        return False
    return node.label not in listed("whole") or node.line > begun


def _tells_cause(node: Node, lines: Sequence[Line]) -> bool:
    """``Analysis`` may be of the cause or of anything else; other names need no such words."""
    if listed("accounts").isdisjoint(variants(node.label)):
        return True
    told = " ".join(line.text.prose.lower() for line in lines[node.line + 1 : node.stop])
    return any(phrase in told for phrase in listed("causal"))


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
            if any(tells_time(each, "") for each in told) and _tells_trouble(" ".join(told)):
                node.roles, node.by_content = ("summary",), True
            return


def _tells_trouble(words: str) -> bool:
    """An incident or damage, or that something could not be had."""
    return tells_failure(words) or _DENIED.search(words) is not None


_DENIED = expression(
    r"\b(?:5\d\d|nobody|no one|could not|couldn['’]t|unable|unavailable|unreachable|offline)\b",
    re.IGNORECASE,
)


def _tell_late(nodes: Sequence[Node]) -> None:
    """``What happened`` below other parts is no summary, but tells more than the one above."""
    before = False
    for node in nodes:
        if before and node.roles == ("summary",) and not node.is_field:
            node.roles = () if _happened(node.label) else node.roles
        before = before or (not node.is_field and bool(set(node.roles) & _BEHIND_SUMMARY))


def _time_by_course(nodes: Sequence[Node]) -> None:
    """``Timeline: it began at 7:15 and was over by 8:05.`` is all that tells the times."""
    if any("duration" in node.roles for node in nodes):
        return
    for node in nodes:
        if node.is_field and node.roles == ("timeline",) and node.rest and _bounds(node.rest.prose):
            node.roles = ("duration", "timeline")


def _time_by_window(nodes: Sequence[Node], lines: Sequence[Line]) -> None:
    """``Timeline`` over ``9 March 2025, 7:28 to 8:51 CET`` alone lists no event."""
    for node in nodes:
        if node.is_field or node.roles != ("timeline",) or node.children:
            continue
        body = lines[node.line + 1 : node.stop]
        timed = [line for line in body if _CLOCKISH.search(line.text.prose)]
        if len(timed) == 1 and timed[0].kind in ("text", "item") and _is_window(timed[0]):
            node.roles = ("duration",)


def _is_window(line: Line) -> bool:
    """It is nothing but the two ends, each with a clock."""
    found = find_ranges(line.text.prose)
    if len(found) != 1 or not found[0].first.clock or not found[0].last.clock:
        return False
    # "Down from 9:00 to 10:00" tells an event.
    prose = line.text.prose
    beside = f"{prose[: found[0].start]} {prose[found[0].end :]}".lower()
    return only_time(beside.replace("from ", " ").strip(".;*_"))


def _bounds(statement: str) -> bool:
    """One sentence says when it began and when it was over, and nothing between."""
    said = frozenset(re.findall("[a-z]+", statement.lower()))
    clocks = sum(moment.clock is not None for moment in find_moments(statement))
    return clocks == 2 and bool(said & listed("begun")) and bool(said & listed("over"))


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
    """``Resolved`` over a status post: its time is that of the posting, its words are prose.

    Over a time alone it is the end, where another part tells when it began.
    """
    timed = [node for node in nodes if "duration" in node.roles]
    for node in timed:
        if node.is_field or node.label not in listed("closed"):
            continue
        head, below = lines[node.line], lines[node.line + 1 : node.stop]
        beside = [line for line in below if line.block is head.block] or below
        brief = bool(beside) and word_count(beside[0].text.plain) <= LONGEST_POSTING
        if not brief or (len(timed) == 1 and len(beside) == 1):
            node.roles = tuple(role for role in node.roles if role != "duration")


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


def _resolve_problem(nodes: Sequence[Node], lines: Sequence[Line]) -> None:
    """``The problem`` below an account of what happened tells the cause that nothing else tells."""
    if any("root_cause" in node.roles for node in nodes):
        return
    fields = {node.line for node in nodes if node.is_field}
    told = next(
        (
            at
            for at, line in enumerate(lines)
            if line.kind == "text"
            and at not in fields
            and word_count(line.text.plain) >= FEWEST_TOLD
        ),
        len(lines),
    )
    for node in nodes:
        named = not listed("problems").isdisjoint(variants(node.label))
        headed = node.level is not None
        if named and headed and node.roles == ("summary",) and told < node.line:
            node.roles = ("root_cause",)


FEWEST_TOLD = 12
"""Words of a paragraph that sums up an incident."""


def _inside(node: Node, others: Sequence[Node]) -> bool:
    return any(other.line < node.line < other.stop for other in others)


def _titles(node: Node, nodes: Sequence[Node], lines: Sequence[Line]) -> bool:
    """``# Explanation of last night's outage`` over the whole document is its title."""
    if node is not nodes[0] or node.level is None or _told_before(node, lines):
        return False
    return all(other.level is None or other.level > node.level for other in nodes[1:])


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


def _resolve_by_entries(nodes: Sequence[Node], lines: Sequence[Line]) -> None:
    """The first section over lines that begin with a time each is the timeline."""
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
        inner = any(_counts_clocks(nodes[at], lines) for at in node.children)
        counted = _counts_clocks(node, lines)
        if not inner and counted >= LEAST_ENTRIES:
            from pmlint.structure.phased import told_in_phases

            phases = told_in_phases(nodes, lines, counted)
            if phases is not None and phases[0] <= node.line < phases[1]:
                # One act of several, which tell the events together.
                return
            node.by_content = not node.roles
            # "Actions during the incident" are no tasks.
            kept = set(node.roles) - {"tasks", "corrective"}
            node.roles = tuple(sorted({*kept, "timeline"}))
            return


def _told_before(node: Node, lines: Sequence[Line]) -> bool:
    """A line above the first heading that may be the title in its place."""
    return any(line.kind in ("text", "item") and line.text for line in lines[: node.line])


_OF_EVENTS = frozenset({"resolution", "detection", "summary", "duration", "tasks", "corrective"})
"""The roles of headings under which events may be listed."""


def _lists_events(node: Node, lines: Sequence[Line]) -> bool:
    """``When:`` over lines that begin with a time each, rather than one statement."""
    return _counts_clocks(node, lines) >= LEAST_ENTRIES


def _counts_clocks(node: Node, lines: Sequence[Line]) -> int:
    """How many lines begin with a time of day; a list of dates may be a history of the file."""
    body = lines[node.line + 1 : node.stop]
    counted = sum(1 for line in body if line.kind != "code" and opens_with_clock(line))
    return counted or count_pointed(body)


def _tells_events(node: Node, lines: Sequence[Line]) -> bool:
    """Something under a heading carries a time of day."""
    body = lines[node.line + 1 : node.stop]
    if "summary" in node.roles:
        return _entries(body) >= FEWEST_OPENED or lists_course(body)
    return any(_CLOCKISH.search(line.text.prose) and tells_clock(line) for line in body)


_CLOCKISH = expression(r"\b\d{1,2}[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)


def _lists_steps(node: Node, lines: Sequence[Line]) -> bool:
    """``Debugging process`` over numbered steps is a timeline, if one without times."""
    if "summary" in node.roles or not node.label.startswith(tuple(listed("processes"))):
        return False
    return sum(map(opens_step, lines[node.line + 1 : node.stop])) >= LEAST_STEPS


def _entries(lines: Sequence[Line]) -> int:
    """How many lines begin with a time."""
    return sum(1 for line in lines if line.kind != "code" and _is_entry(line))


def _is_entry(line: Line) -> bool:
    """``Between 9:41 and 9:52 the site was down``: a sentence that sums up is none."""
    found = leading_time(line.text.prose)
    if found is None:
        return False
    sums_up = line.kind == "text" and found.end_clock is not None
    return not (sums_up and line.text.plain.lstrip()[:1].isalpha())


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
