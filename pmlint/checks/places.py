"""Where a finding stands: above all, where something that is missing belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pmlint.facts import Postmortem, Role, Section
from pmlint.findings import Case, Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard.templates import ROLES, Template

HEADINGS = ("atx", "setext", "html", "bold", "plain")
"""Styles that head a section; the others label a field."""

_WITHIN: Mapping[Role, tuple[Role, ...]] = {
    "duration": ("summary",),
    "impact": ("summary",),
    "tasks": ("corrective",),
}


class Gap(NamedTuple):
    """Where a missing part belongs."""

    span: Span
    section: Section | None
    """The section that should hold it, or after which it should follow."""
    kind: str
    """How the part lies to the section: ``empty``, ``within``, ``after``, ``top`` or ``end``."""


def gap(postmortem: Postmortem, role: Role, template: Template) -> Gap:
    """Where a part that the postmortem lacks belongs.

    Its own heading where that is there, else the heading of the section it belongs in,
    else the heading after which to add it, else the last line.
    """
    own = own_section(postmortem, role)
    if own is not None:
        return Gap(own.span, own, "empty")
    for outer in _WITHIN.get(role, ()):
        holder = own_section(postmortem, outer)
        if holder is not None:
            return Gap(holder.span, holder, "within")
    order = template.order or ROLES
    rank = order.index(role) if role in order else len(order)
    before = [
        section
        for section in postmortem.sections
        if section.parent is None or section.style in HEADINGS
        if any(each in order and order.index(each) < rank for each in section.roles)
        if "title" not in section.roles
    ]
    if before:
        last = max(before, key=lambda section: _rank(section, order))
        return Gap(last.span, last, "after")
    if postmortem.title is not None:
        return Gap(words(postmortem, postmortem.title.span), None, "top")
    return Gap(last_line(postmortem), None, "top" if postmortem.sections else "end")


def _rank(section: Section, order: Sequence[str]) -> int:
    return max(order.index(role) for role in section.roles if role in order)


def blank(postmortem: Postmortem, role: Role) -> bool:
    """True when the part is nowhere, or only headings and labels with nothing under them."""
    return all(
        empty(postmortem, index)
        for index, section in enumerate(postmortem.sections)
        if role in section.roles
    )


def empty(postmortem: Postmortem, index: int, within: Collection[str] = ()) -> bool:
    """True when nothing stands under a heading.

    A section that follows at once belongs to it where it is deeper, plays a role of the
    heading's own, or one of those that may stand ``within`` it: lines that are headings
    only by their words give no levels to tell it by.
    """
    section = postmortem.sections[index]
    if not section.empty:
        return False
    if index + 1 == len(postmortem.sections):
        return True
    following = postmortem.sections[index + 1]
    deeper = (following.level or 7) > (section.level or 7)
    inner = {*section.roles, *within}
    return not (deeper or following.parent == index or inner.intersection(following.roles))


def own_section(postmortem: Postmortem, role: Role) -> Section | None:
    """The first section of a role, a heading rather than a field."""
    found = postmortem.with_role(role)
    return next((each for each in found if each.style in HEADINGS), found[0] if found else None)


def missing(postmortem: Postmortem, role: Role, template: Template) -> Iterator[Case]:
    """One finding for a part that is nowhere: the kind of its ``Gap``.

    Silent where a placeholder stands for the part. Values: ``heading`` (the line to add),
    ``section`` and ``line`` (of the section found there), ``name`` (the part's usual name).
    """
    place = gap(postmortem, role, template)
    empty = place.section if place.kind == "empty" else None
    if empty is not None and has_placeholder(postmortem, empty.extent):
        return
    line = postmortem.source.place(place.span.start).line
    from pmlint.fixes import parts

    name = template.heading(role)
    new = heading(postmortem, name, place.section)
    yield Case(
        place.kind,
        place.span,
        {
            "name": name,
            "heading": new,
            "label": f"**{name}:**",
            "section": place.section.text if place.section else "",
            "line": line,
        },
        fix=parts.add(postmortem, role, place, name, new),
    )


def heading(postmortem: Postmortem, text: str, beside: Section | None) -> str:
    """A heading line in the document's own style, of the level of the section beside it."""
    level = beside.level if beside is not None else None
    return f"{'#' * (level or usual_level(postmortem))} {text}"


def usual_level(postmortem: Postmortem) -> int:
    """The highest level below the title's that parts have in the document."""
    used = (each.level for each in postmortem.sections if each.level and each.roles)
    return min((each for each in used if each > 1), default=2)


def head(postmortem: Postmortem) -> Span:
    """The title, else the first heading or label of the postmortem, else its last line."""
    if postmortem.title is not None:
        return words(postmortem, postmortem.title.span)
    spans = (each.span for each in postmortem.sections if each.span.overlaps(postmortem.extent))
    return next(spans, None) or last_line(postmortem)


def last_line(postmortem: Postmortem) -> Span:
    """The last line of the postmortem that is not blank, else the first line."""
    source = postmortem.source
    end = max(postmortem.extent.start, postmortem.extent.end - 1)
    index = source.line_index(min(end, max(len(source.text) - 1, 0)))
    while index > 0 and not source.line_text(index).strip():
        index -= 1
    return words(postmortem, source.line_span(index))


def words(postmortem: Postmortem, span: Span, limit: int = 72) -> Span:
    """The first words of a span: never more than a line, and whole words up to a limit."""
    text = postmortem.source.slice(span)
    start = span.start + len(text) - len(text.lstrip())
    line = postmortem.source.line_span(postmortem.source.line_index(start))
    end = min(span.end, line.end)
    kept = postmortem.source.text[start:end].rstrip(" \t*_:;")
    if len(kept) > limit:
        kept = (kept[: limit + 1].rpartition(" ")[0] or kept[:limit]).rstrip(" ,;:")
    return Span(start, start + len(kept)) if kept else Span(span.start, span.start)


def locate(postmortem: Postmortem, text: str, within: Span) -> Span:
    """Where words stand inside a span; the span's first line where they do not."""
    at = postmortem.source.text.find(text, within.start, within.end) if text else -1
    return Span(at, at + len(text)) if at >= 0 else words(postmortem, within)


def line(postmortem: Postmortem, span: Span) -> int:
    """The 1-based line on which a span starts."""
    return postmortem.source.place(span.start).line


def has_placeholder(postmortem: Postmortem, span: Span) -> bool:
    """True when template text was left inside a span."""
    return any(each.span.overlaps(span) for each in postmortem.placeholders)
