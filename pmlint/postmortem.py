"""The facts of a postmortem, from its section tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from pmlint.facts import (
    BadClock,
    Duration,
    EventKind,
    Impact,
    Placeholder,
    Postmortem,
    Role,
    Section,
    Title,
)
from pmlint.findings import Source, Span
from pmlint.markdown import Document, parse
from pmlint.reading.dates import MONTH
from pmlint.reading.times import find_moments, find_ranges
from pmlint.reading.words import sentences, word_count
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.statements.absence import find_absence
from pmlint.statements.causes import read_passage
from pmlint.statements.duration import read_duration
from pmlint.statements.evidence import Evidence
from pmlint.statements.flow import continues, extent
from pmlint.statements.impact import read_impact
from pmlint.statements.moments import choose, metrics
from pmlint.statements.placeholders import find_placeholders
from pmlint.statements.plans import done_measures, find_plans, further_plans
from pmlint.statements.tasklist import prescriptions, read_tasks
from pmlint.statements.taskpassing import read_in_passing
from pmlint.statements.taskrepairs import lists_repairs
from pmlint.statements.tasktables import tables_tasks
from pmlint.statements.timeline import EventWords, complete, read_timeline
from pmlint.structure.chronicle import event_lines
from pmlint.structure.roles import resolve_weak
from pmlint.structure.sections import build
from pmlint.structure.timed import opens_with_clock
from pmlint.structure.tree import Line, Node, Tree
from pmlint.structure.vocabulary import normalise, vocabulary

if TYPE_CHECKING:
    from pmlint.standard.templates import Template


def read(source: Source, template: Template) -> Postmortem:
    """Everything a text states. Never raises on any text."""
    document = parse(source)
    return read_document(document, template)


def read_document(document: Document, template: Template) -> Postmortem:
    """Everything a parsed text states."""
    tree = build(document, template)
    _roles_by_content(tree, template)
    source = document.source
    title_line, title = _title(tree, template.other)
    prose = _summary_lines(tree, title_line)
    year = _year(tree)
    timeline = read_timeline(tree, event_words())
    duration = read_duration(tree, prose, year)
    placeholders = tuple(find_placeholders(tree))
    duration = _placed(duration, placeholders)
    if timeline is not None:
        timeline = complete(timeline, duration, year)
    impact = _impact(tree, prose)
    tasks, holders = read_tasks(tree)
    _give_tasks_role(tree, holders)
    everywhere = [line for line in tree.lines if line.kind != "heading"]
    cause = read_passage(tree, "root_cause", everywhere)
    fix = read_passage(tree, "resolution", everywhere)
    sections = tuple(_sections(tree, title_line))
    evidence = Evidence(tree, title, duration, impact, timeline, cause, fix, tasks, placeholders)
    absence = find_absence(evidence)
    if tasks is None and absence is None:
        tasks = read_in_passing(tree)
    return Postmortem(
        source=source,
        template=template.name,
        absence=absence,
        extent=_extent(tree, title_line),
        title=title,
        sections=sections,
        duration=duration,
        impact=impact,
        timeline=timeline,
        root_cause=cause,
        resolution=fix,
        tasks=tasks,
        metrics=metrics(choose(duration, timeline, source)),
        placeholders=placeholders,
        bad_clocks=tuple(_bad_clocks(tree)),
        several=_several(tree),
        opening=_opening(tree, title_line),
    )


def _impact(tree: Tree, prose: Sequence[Line]) -> Impact | None:
    """The impact; what is told around a chronicle counts before what its events tell."""
    if tree.chronicle is not None:
        events = {id(tree.lines[at].text) for at in event_lines(tree)}
        around = [line for line in prose if id(line.text) not in events]
        impact = read_impact(tree, around)
        if impact is not None:
            return impact
    return read_impact(tree, prose)


@cache
def event_words() -> EventWords:
    """The words by which an entry's kind is known, from ``rules/words.toml``."""
    table = policy.table("events")
    kinds = tuple(
        (cast(EventKind, kind), Alternatives(words, r"\b(?:"))
        for kind, words in table["kinds"].items()
    )
    milestones = Alternatives(table["milestones"], behind=r")\b")
    return EventWords(kinds, milestones, Alternatives(table["phases"], behind=r")\b"))


def _roles_by_content(tree: Tree, template: Template) -> None:
    """Roles that only the content can tell.

    ``Mitigation and prevention`` that tells no repair is no resolution; lessons
    that prescribe something are corrective; where nothing else is, the list of
    tasks is.
    """
    prescribed = any("corrective" in node.roles for node in tree.nodes)
    for index, node in enumerate(tree.nodes):
        roles = set(node.roles)
        if {"resolution", "corrective"} <= roles and not _tells_repair(tree, index):
            node.roles = tuple(sorted(roles - {"resolution"}))
            resolve_weak("resolution", tree.nodes, tree.lines, vocabulary(template))
        elif {"resolution", "corrective"} <= roles and _remedied(tree, index):
            node.roles = tuple(sorted(roles - {"corrective"}))
            prescribed = any("corrective" in node.roles for node in tree.nodes)
        elif "lessons" in roles and not prescribed and _prescribes(tree, index):
            node.roles = tuple(sorted(roles | {"corrective"}))
            prescribed = True
    corrective = tree.with_role("corrective")
    tasks = tree.with_role("tasks") or _steps(tree, corrective)
    if not (tasks or any("lessons" not in tree.nodes[index].roles for index in corrective)):
        for index in find_plans(tree, template.other):
            tree.nodes[index].roles = ("corrective",)
    if corrective and not tasks:
        for index in further_plans(tree, template):
            tree.nodes[index].roles = ("corrective",)
    for index in done_measures(tree, template):
        tree.nodes[index].roles = ("corrective",)
    for index in tasks:
        inside = all(
            tree.nodes[index].line <= tree.nodes[other].line < tree.nodes[index].stop
            or "lessons" in tree.nodes[other].roles
            for other in corrective
        )
        if inside:
            node = tree.nodes[index]
            node.roles = tuple(sorted({*node.roles, "corrective"}))


def _steps(tree: Tree, corrective: Sequence[int]) -> list[int]:
    """``Next steps`` behind the improvements of the same part: its list of tasks."""
    found = []
    held = set(corrective)
    for before, index in pairwise(corrective):
        node, other = tree.nodes[index], tree.nodes[before]
        beside = node.parent == other.parent and node.parent in held
        if beside and node.label.endswith("steps"):
            node.roles = tuple(sorted({*node.roles, "tasks"}))
            found.append(index)
    return found


def _tells_repair(tree: Tree, index: int) -> bool:
    from pmlint.reading.prescriptions import is_prescription

    lines = [line for line in tree.body(index) if line.text and line.kind != "code"]
    told = [line for line in lines if len(line.text.plain) > 20]
    return any(not is_prescription(_behind_label(line.text.plain)) for line in told)


def _remedied(tree: Tree, index: int) -> bool:
    """``Remedial action`` that tells the repair, beside a part with measures of its own."""
    others = [at for at in range(len(tree.nodes)) if at != index]
    beside = any({"corrective", "tasks"} & set(tree.nodes[at].roles) for at in others)
    if not beside and lists_repairs(tree.body(index)):
        lessons = (at for at in others if "lessons" in tree.nodes[at].roles)
        beside = any(_prescribes(tree, at) for at in lessons)
    named = any(word in tree.nodes[index].label for word in ("remed", "measure"))
    own = tree.own(index)
    return beside and named and any(line.text for line in own) and not prescriptions(own)


def _behind_label(plain: str) -> str:
    from pmlint.reading.tasks import split_label

    label, at = split_label(plain)
    return plain[at:] if label else plain


def _prescribes(tree: Tree, index: int) -> bool:
    return prescriptions(tree.body(index)) > 0 or tables_tasks(tree.body(index))


def _give_tasks_role(tree: Tree, holders: Sequence[int]) -> None:
    alone = not tree.with_role("corrective")
    for index in holders:
        node = tree.nodes[index]
        if node.style == "plain" and len(sentences(node.title.plain)) > 1:
            # The end of a paragraph leads to the list, and heads no part.
            node.roles = ()
            continue
        given: set[Role] = {"tasks", "corrective"} if alone else {"tasks"}
        node.roles = tuple(sorted({*node.roles, *given}))


_PARTS = frozenset(
    {"summary", "duration", "impact", "timeline", "root_cause", "resolution", "corrective", "tasks"}
)


def _first_part(tree: Tree) -> Node | None:
    """The first heading or label of a part; the title over a narrated timeline is none."""
    return next(
        (
            node
            for node in tree.nodes
            if set(node.roles) & _PARTS
            and node.style != "front-matter"
            and not _titles_narrative(tree, node)
        ),
        None,
    )


def _titles_narrative(tree: Tree, node: Node) -> bool:
    """The first heading names the incident, and the prose under it tells the events."""
    return node is tree.nodes[0] and node.by_content and node.level is not None


def _title(tree: Tree, other: Set[str]) -> tuple[int | None, Title | None]:
    """The nearest heading above the first part, else the first line, else front matter."""
    part = _first_part(tree)
    before = part.line if part is not None else len(tree.lines)
    named = next((node for node in tree.nodes if "title" in node.roles), None)
    chosen = _title_heading(tree, part, before, named is not None, other)
    if chosen is not None:
        line: int | None = chosen.line
    else:
        line = None if named is not None else _title_line(tree, before)
    if line is None:
        if named is None or named.rest is None:
            return None, None
        return named.line, _make_title(named.rest.span(), named.rest.plain)
    text = tree.lines[line].text
    return line, _make_title(text.span(), text.plain)


def _title_heading(
    tree: Tree, part: Node | None, before: int, named: bool, other: Set[str]
) -> Node | None:
    """The heading that names the incident, rather than one of its parts.

    ``Metadata`` over the fields, out of ``other``, is none. A heading beside the first
    part is its equal; it is the title only where it stands at the top, or introduces
    nothing of its own.
    """
    headings = [
        node
        for node in tree.nodes
        if node.line < before
        and (not set(node.roles) & {*_PARTS, "detection"} or _titles_narrative(tree, node))
        and node.style != "front-matter"
        and node.level is not None
    ]
    if part is None:
        return headings[0] if headings and not (named and headings[0].level != 1) else None
    around = [node for node in headings if node.stop > part.line]
    if around:
        return next((node for node in reversed(around) if node.label not in other), around[-1])
    beside = [node for node in headings if node.stop == node.line + 1] or [
        node for node in headings[:1] if not named or node.level == 1
    ]
    if not beside or (named and beside[-1].level != 1):
        return None
    top = beside[-1]
    prose = [
        line
        for line in tree.lines[: top.line]
        if line.kind in ("text", "item") and word_count(line.text.plain) > 12
    ]
    # "The tiles were down from …", below it "## Background" beside "## Summary"
    sibling = top.level == part.level and top.stop > top.line + 1
    return None if prose and (sibling or top is not headings[-1]) else top


def _title_line(tree: Tree, before: int) -> int | None:
    for index, line in enumerate(tree.lines[:before]):
        if line.kind in ("text", "item", "heading") and line.text and not line.block.quoted:
            plain = line.text.plain.strip()
            behind = tree.lines[index + 1] if index + 1 < len(tree.lines) else None
            if behind is not None and continues(line, behind):
                return None
            if (
                3 <= len(plain) <= 120
                and not plain.startswith("http")
                and line.text.prose.strip("_ ")
            ):
                return index if not _sentence(plain) else None
            if len(plain) > 120 and word_count(line.text.prose) > 15:
                return None
    return None


def _sentence(plain: str) -> bool:
    return plain.endswith(".") and word_count(plain) > 12


def _make_title(span: Span, text: str) -> Title:
    words = normalise(text)
    words = re.sub(r"^0x[0-9a-f]+[.: -]*|\b(?:my|first|a|the|an|report|task|project)\b", "", words)
    words = re.sub(r"[^a-z0-9]+", " ", words).strip()
    generic = words in {
        "",
        "postmortem",
        "post mortem",
        "postmortems",
        "incident",
        "incident postmortem",
        "postmortem incident",
        "outage",
        "outage postmortem",
        "incident outage",
        "readme",
        "postmorterm",
        "of incident",
        "of outage",
        "web stack debugging postmortem",
        "post mortem incident",
        "postmortem analysis",
        "incident review",
        "rca",
        "root cause analysis",
        "title",
    }
    return Title(span, text.strip(" #*_"), generic)


def _opening_lines(tree: Tree, title_line: int | None) -> list[Line]:
    """Prose between the title and the first heading or part."""
    part = _first_part(tree)
    stop = part.line if part is not None else len(tree.lines)
    begin = title_line + 1 if title_line is not None and title_line < stop else 0
    if begin and _tells_window(tree.lines[begin - 1]):
        begin -= 1
    lines: list[Line] = []
    for line in tree.lines[begin:stop]:
        if line.kind == "heading" and line.block.level:
            if lines:
                break
            continue
        if line.kind in ("text", "item") and not line.block.quoted:
            lines.append(line)
    return lines


def _tells_window(line: Line) -> bool:
    """``- 2023-02-22, 07:55-08:40 CET: no phones`` is the first statement as well as the title."""
    if line.kind == "heading":
        return False
    return any(each.first.clock and each.last.clock for each in find_ranges(line.text.prose))


def _opening(tree: Tree, title_line: int | None) -> Span | None:
    """An opening prose paragraph counts as summary; a list of fields does not."""
    lines = [line for line in _opening_lines(tree, title_line) if not line.block.depth]
    if sum(word_count(line.text.plain) for line in lines) < 12:
        return None
    return extent(lines)


def _summary_lines(tree: Tree, title_line: int | None) -> list[Line]:
    """The lines of summary and opening, and of the parts labelled as impact."""
    lines = _opening_lines(tree, title_line)
    if tree.chronicle is None:
        lines = _without_chronicle(lines)
    opened = sum(word_count(line.text.plain) for line in lines) >= _ACCOUNT
    taken = {id(line.text) for line in lines}
    for index in tree.with_role("summary"):
        node = tree.nodes[index]
        skip = {
            at
            for child in node.children
            for at in range(tree.nodes[child].line, tree.nodes[child].stop)
            if set(tree.nodes[child].roles)
            & {"timeline", "root_cause", "resolution", "corrective", "tasks", "lessons"}
        }
        body = tree.body(index)
        extra = len(body) - (node.stop - node.line - 1)
        for at, line in enumerate(body):
            if (
                (at < extra or node.line + 1 + at - extra not in skip)
                and line.kind in ("text", "item", "row")
                and id(line.text) not in taken
                and not ("timeline" in node.roles and _chronicles(line, listed=opened))
            ):
                taken.add(id(line.text))
                lines.append(line)
    return lines


_ACCOUNT = 20
"""So many words before the first part tell the incident in short."""


def _without_chronicle(lines: list[Line]) -> list[Line]:
    """The lines without those of a timeline that has no heading of its own."""
    timed = {
        id(line)
        for line in lines
        if word_count(line.text.plain) < _ACCOUNT
        and opens_with_clock(line)
        and not find_ranges(line.text.prose)
    }
    return [line for line in lines if id(line) not in timed] if len(timed) > _FEW else lines


_FEW = 2
"""More short lines that open with a clock than these are a timeline."""


def _chronicles(line: Line, *, listed: bool) -> bool:
    """It is an event; ``listed``: every item is, where an opening tells the incident in short."""
    if line.kind == "item" and listed:
        return True
    return line.kind == "row" and opens_with_clock(line)


def _extent(tree: Tree, title_line: int | None) -> Span:
    """The part of the file that is the postmortem."""
    size = len(tree.document.source.text)
    parts = [node for node in tree.nodes if set(node.roles) & _PARTS]
    if not parts or not tree.lines:
        return Span(0, size)
    body = [node for node in parts if node.style != "front-matter"] or parts
    first = min(node.line for node in body)
    if title_line is not None and title_line < first:
        first = title_line
    start = tree.lines[first].block.span.start
    inside = [node for node in body if node.parent is not None]
    stop = max(node.stop for node in body)
    around = [
        index
        for index in tree.enclosing(first)
        if tree.nodes[index].line < first and not set(tree.nodes[index].roles) & _PARTS
    ]
    if around and inside:
        stop = min(max(stop, 1), tree.nodes[around[-1]].stop)
    last = tree.lines[max(stop - 1, first)]
    return Span(start, max(last.block.span.end, start))


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![\w./:-])(20\d\d|19\d\d)(?!\w|[:.]\d)")


@cache
def _month_pattern() -> re.Pattern[str]:
    """A month with its year, such as ``March 2022``."""
    return re.compile(rf"\b{MONTH}\.?,?\s((?:19|20)\d\d)\b", re.IGNORECASE)


def _year(tree: Tree) -> int | None:
    """The year in which the incident fell, from the first place that dates it."""
    for line in tree.lines:
        if line.kind == "code":
            continue
        for moment in find_moments(line.text.prose):
            if moment.date is not None and moment.date.year is not None:
                return moment.date.year
    told = [line.text.prose for line in tree.lines if line.kind != "code"]
    dating = [line.text.prose for line in tree.lines[:3] if line.kind != "code"]
    for pattern, texts in ((_month_pattern(), told), (_year_pattern(), dating)):
        for text in texts:
            match = pattern.search(text)
            if match:
                return int(match.group(1))
    return None


def _placed(duration: Duration | None, placeholders: Sequence[Placeholder]) -> Duration | None:
    """A duration that is left to fill in has that fault and no other."""
    inside = [found for found in placeholders if found.role == "duration"]
    if not inside:
        return duration
    ends = (duration.start, duration.end) if duration is not None else ()
    if not any(ends) or None in ends or all(end and end.clock is None for end in ends):
        base = duration or Duration(
            inside[0].span, None, None, None, None, None, None, False, (), None
        )
        return base._replace(verdict="placeholder")
    return duration


def _bad_clocks(tree: Tree) -> Iterator[BadClock]:
    timed = {"duration", "timeline", "summary", "detection", "resolution"}
    for index, line in enumerate(tree.lines):
        if line.kind == "code" or not re.search(r"\d", line.text.plain):
            continue
        roles = {role for at in tree.enclosing(index) for role in tree.nodes[at].roles}
        if not roles & timed:
            continue
        for moment in find_moments(line.text.prose):
            if moment.fault is not None:
                span = moment.clock_span or (moment.start, moment.end)
                yield BadClock(line.text.span(*span), moment.fault)


def _several(tree: Tree) -> tuple[Span, ...]:
    """Further incidents: a second set of summary or duration and timeline."""
    tops: list[Node] = []
    for index in tree.with_role("timeline"):
        around = [
            tree.nodes[at]
            for at in tree.enclosing(tree.nodes[index].line)
            if tree.nodes[at].line < tree.nodes[index].line
            and not set(tree.nodes[at].roles) & _PARTS
            and tree.nodes[at].level is not None
        ]
        if around:
            tops.append(around[-1])
    spans = []
    seen: list[Node] = []
    heads: set[int] = set()
    for top in tops:
        if id(top) in heads:
            continue
        heads.add(id(top))
        seen.append(top)
        if len(seen) > 1 and top.line != seen[0].line:
            spans.append(top.title.span())
    nested = any(
        id(tree.nodes[at]) in heads and tree.nodes[at].line < top.line
        for top in seen
        for at in tree.enclosing(top.line)
    )
    return () if nested else tuple(spans)


def _sections(tree: Tree, title_line: int | None) -> Iterator[Section]:
    for index, node in enumerate(tree.nodes):
        section = tree.section(index)
        if node.line == title_line and "title" not in section.roles and node.style != "table":
            roles: tuple[Role, ...] = ("title", *section.roles)
            section = section._replace(roles=roles)
        yield section
