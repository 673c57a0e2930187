"""Headings: the parts that the template requires, in order, filled, once, and marked as such."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmlint.checks.causes import untold
from pmlint.checks.impact import unstated
from pmlint.checks.phrases import choice, quote
from pmlint.checks.places import (
    HEADINGS,
    gap,
    has_placeholder,
    head,
    heading,
    line,
    missing,
    words,
)
from pmlint.checks.places import empty as is_empty
from pmlint.facts import Postmortem, Role, Section
from pmlint.findings import Case, Mark, Span
from pmlint.standard.templates import Template

Parameters = Mapping[str, Any]

_OWN_RULE: tuple[Role, ...] = (
    "title",
    "duration",
    "impact",
    "timeline",
    "root_cause",
    "resolution",
    "tasks",
)
"""Roles whose absence another rule reports."""


def required(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Parts of the template that are nowhere and of which no other rule speaks."""
    template: Template = parameters["template"]
    for role in template.required:
        if role in _OWN_RULE or postmortem.with_role(role):
            continue
        if role == "summary" and postmortem.opening is not None:
            continue
        if role == "corrective" and _no_tasks(postmortem):
            continue
        yield from missing(postmortem, role, template)
    yield from _misspelt(postmortem)
    if template.sections or template.fields:
        from pmlint.checks.demands import undelivered

        yield from undelivered(postmortem, template)


def _misspelt(postmortem: Postmortem) -> Iterator[Case]:
    """Headings that were read as the part whose name they nearly bear."""
    for section in postmortem.sections:
        if not section.meant:
            continue
        from pmlint.fixes.headings import rename

        name = _capitalised(section.meant, section.text)
        values = {
            "name": name,
            "section": quote(section.text),
            "heading": heading(postmortem, name, section),
        }
        yield Case("misspelt", section.span, values, fix=rename(postmortem, section, name))


def _capitalised(name: str, text: str) -> str:
    """A name in the letter case of the words that misspell it."""
    if text.isupper():
        return name.upper()
    return name.title() if text.istitle() else name.capitalize()


def _no_tasks(postmortem: Postmortem) -> bool:
    return postmortem.tasks is None or not postmortem.tasks.items


def empty(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A part's heading with nothing under it, where no rule of its own speaks there."""
    template: Template = parameters["template"]
    spoken_for = {gap(postmortem, role, template).span for role in _absent(postmortem)}
    for index, section in enumerate(postmortem.sections):
        if not section.empty or not section.roles or "title" in section.roles:
            continue
        if section.style in ("bold", "plain") and _goes_on(postmortem, section):
            continue
        within = {each for role in section.roles for each in template.contains.get(role, ())}
        if section.span not in spoken_for and is_empty(postmortem, index, within):
            yield Case("empty", section.span, {"section": quote(section.text)})


_LONGEST_LINE = 1_000
"""A longer one is more than a heading."""


def _goes_on(postmortem: Postmortem, section: Section) -> bool:
    """True for a line of which only some words are bold: what follows them is its statement."""
    source = postmortem.source
    line = source.line_index(section.span.start)
    span = source.line_span(line)
    if span.end - span.start > _LONGEST_LINE:
        return True
    text = source.line_text(line).strip().rstrip(":")
    return any(mark in text and not text.endswith((mark, ">")) for mark in ("**", "__"))


def _absent(postmortem: Postmortem) -> Iterator[Role]:
    """The parts of whose absence a rule of their own speaks."""
    duration, timeline = postmortem.duration, postmortem.timeline
    if duration is None or duration.verdict == "missing":
        yield "duration"
    if unstated(postmortem):
        yield "impact"
    if timeline is None or not timeline.events:
        yield "timeline"
    if untold(postmortem, "root_cause", postmortem.root_cause):
        yield "root_cause"
    if untold(postmortem, "resolution", postmortem.resolution):
        yield "resolution"
    if _no_tasks(postmortem):
        yield "tasks"


def order(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Parts that stand outside the template's order: as few of them as explain it."""
    template: Template = parameters["template"]
    ranked = list(_ranked(postmortem, template))
    kept = _ascending([rank for rank, _ in ranked])
    for index, (rank, section) in enumerate(ranked):
        if index in kept:
            continue
        later = [ranked[each][1] for each in kept if ranked[each][0] > rank]
        earlier = [ranked[each][1] for each in kept if ranked[each][0] < rank]
        # The part has moved past one neighbour at least: down past a later part, else up.
        down = bool(later) and later[0].span < section.span
        neighbour = later[0] if down else earlier[-1]
        values = {
            "section": quote(section.text, 30),
            "neighbour": quote(neighbour.text, 30),
            "line": line(postmortem, neighbour.span),
        }
        case = "below" if down else "above"
        yield Case(case, section.span, values, (Mark(neighbour.span, "neighbour"),))


def _ranked(postmortem: Postmortem, template: Template) -> Iterator[tuple[int, Section]]:
    """The first heading of each place in the order that stands inside no other part."""
    seen: set[int] = set()
    ids = template.ids
    order = template.order
    for section in postmortem.sections:
        rank = _rank_of(section, order)
        if rank < 0 and ids:
            rank = _place_of(section, order, ids)
        if rank < 0 or rank in seen or section.style not in HEADINGS:
            continue
        if _inside_a_part(postmortem, section, order):
            continue
        seen.add(rank)
        yield rank, section


def _rank_of(section: Section, order: Sequence[str]) -> int:
    return min((order.index(role) for role in section.roles if role in order), default=-1)


def _place_of(section: Section, order: Sequence[str], ids: Mapping[str, str]) -> int:
    """The rank of a section that the template knows by its heading only."""
    from pmlint.structure.vocabulary import normalise

    key = ids.get(normalise(section.text), "")
    return order.index(key) if key in order else -1


def _inside_a_part(postmortem: Postmortem, section: Section, order: Sequence[str]) -> bool:
    parent = section.parent
    while parent is not None:
        outer = postmortem.sections[parent]
        if _rank_of(outer, order) >= 0 and "title" not in outer.roles:
            return True
        parent = outer.parent
    return False


def _ascending(ranks: Sequence[int]) -> list[int]:
    """Indexes of a longest ascending run, not necessarily of neighbours."""
    tops: list[int] = []
    ends: list[int] = []
    links: list[int] = []
    for index, rank in enumerate(ranks):
        at = bisect_right(tops, rank)
        links.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [rank]
        ends[at : at + 1] = [index]
    found: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(at)
        at = links[at]
    return found[::-1]


def repeated(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """The same heading twice in the same place of the tree."""
    first: dict[tuple[int | None, str], Section] = {}
    for section in postmortem.sections:
        if section.style not in HEADINGS or not section.roles or "title" in section.roles:
            continue
        key = (section.parent, " ".join(re.findall(r"\w+", section.text.lower())))
        if key not in first:
            first[key] = section
            continue
        values = {"section": quote(section.text), "line": line(postmortem, first[key].span)}
        yield Case("repeated", section.span, values, (Mark(first[key].span, "first"),))


def unmarked(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """``bold`` or ``plain`` lines that head a part of the postmortem."""
    levels = None
    for index, section in enumerate(postmortem.sections):
        if section.style not in ("bold", "plain") or not section.roles:
            continue
        if not section.span.overlaps(postmortem.extent) or "title" in section.roles:
            continue
        if section.style == "plain" and _leads_in(postmortem, section):
            continue
        from pmlint.fixes import headings as mending

        levels = levels or mending.Levels(postmortem.sections)
        level = levels.of(index)
        heading = f"{'#' * (level or 2)} {section.text}"
        values = {"section": quote(section.text), "heading": heading}
        fix = mending.mark(postmortem, section, level)
        yield Case(section.style, section.span, values, fix=fix)


def _leads_in(postmortem: Postmortem, section: Section) -> bool:
    """``To resolve the issue, the team:`` within the part that it belongs to."""
    parent = postmortem.sections[section.parent] if section.parent is not None else None
    within = parent is not None and set(section.roles) <= set(parent.roles)
    return within and "," in section.text


def title(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``missing``, or ``generic``: a title that names no incident.

    A field of ``parameters["names"]``, a first heading that dates and names the incident, or
    a short line above the first part does a title's work.
    """
    found = postmortem.title
    date = _incident_day(postmortem)
    if found is None:
        if not _named_otherwise(postmortem, parameters["names"]):
            yield Case("missing", head(postmortem), {"date": date})
    elif found.generic and not has_placeholder(postmortem, found.span):
        values = {"title": quote(found.text), "date": date}
        yield Case("generic", words(postmortem, found.span), values)


def _named_otherwise(postmortem: Postmortem, names: Sequence[str]) -> bool:
    """True where something but a title names the incident."""
    source, sections = postmortem.source, postmortem.sections
    for section in sections:
        if section.style in ("table", "front-matter") and section.text.lower() in names:
            return not section.empty
        named = len(_letters(section.text.rpartition(":")[2])) > 1
        if section.level == 1 and "duration" in section.roles and named:
            return True
    first = sections[0].extent.start if sections else 0
    above = [line.strip() for line in source.text[:first].split("\n") if line.strip()]
    return any(
        len(_letters(line)) > 2 and len(line) < 100 and line[0] not in "<|[!-" for line in above[:2]
    )


def _letters(text: str) -> list[str]:
    """The words of a text that are no numbers."""
    return re.findall(r"[^\W\d_]{2,}", text)


def _incident_day(postmortem: Postmortem) -> str:
    start = postmortem.duration.start if postmortem.duration else None
    return f", {start.date}" if start is not None and start.date is not None else ""


def punctuation(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Marks that a heading needs not: ``colon``, ``bold`` or ``number``."""
    for section in postmortem.sections:
        if section.style not in ("atx", "setext") or not section.roles or "title" in section.roles:
            continue
        source = postmortem.source
        text = source.line_text(source.line_index(section.span.start))
        inner = text.strip().lstrip("#").rstrip("#").strip()
        case = _mark(inner)
        if case:
            plain = re.sub(r"^\d{1,2}[.)]\s+", "", section.text)
            line_text = f"{'#' * (section.level or 2)} {plain}"
            values = {"section": quote(plain), "heading": line_text}
            span = _within_line(postmortem, section.span, inner)
            from pmlint.fixes import headings as mending

            yield Case(case, span, values, fix=mending.unmark(postmortem, section, span))


def _mark(inner: str) -> str | None:
    if inner.rstrip("*_").endswith(":") or inner.endswith((":**", ":__")):
        return "colon"
    if inner.startswith(("**", "__")) and inner.endswith(("**", "__")):
        return "bold"
    return "number" if re.match(r"\d{1,2}[.)]\s", inner.lstrip("*_")) else None


def _within_line(postmortem: Postmortem, span: Span, inner: str) -> Span:
    whole = postmortem.source.line_span(postmortem.source.line_index(span.start))
    at = postmortem.source.text.find(inner, whole.start, whole.end)
    return Span(at, at + len(inner)) if at >= 0 else span


def field(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A label or heading out of ``parameters["names"]``: ``absent``, or ``unknown`` where the
    statement behind it begins with none of ``parameters["values"]``.
    """
    names = "|".join(re.escape(name) for name in parameters["names"])
    flags = re.IGNORECASE | re.MULTILINE
    label = re.compile(
        rf"^[ \t]*(?:[-*+|][ \t]*)?[*_]{{0,2}}(?:{names})[ \t]*[*_:|][*_:| \t]*(?P<value>[^\n|]*)",
        flags,
    )
    heading = re.compile(
        rf"^#{{1,6}}[ \t]+(?:{names})[ \t]*:?[ \t]*(?:\r?\n[ \t]*){{1,3}}(?P<value>[^\n]*)", flags
    )
    known = choice(list(parameters["values"]))
    text = postmortem.source.text
    match = label.search(text, 0, postmortem.extent.end) or heading.search(text)
    if match is None:
        values = {"name": parameters["names"][0], "example": parameters["values"][0]}
        yield Case("absent", head(postmortem), {**values, "values": known})
        return
    value = match["value"].strip(" *_`\t")
    if not value.lower().startswith(tuple(each.lower() for each in parameters["values"])):
        span = Span(*match.span("value"))
        span = words(postmortem, span if value else Span(*match.span()))
        values = {"name": parameters["names"][0], "value": quote(value)}
        yield Case("unknown", span, {**values, "values": known})
