"""A part that is nowhere: its heading or label at its place, with a placeholder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmlint.facts import Postmortem, Role, Section
from pmlint.findings import Edit, Fix
from pmlint.fixes.places import blank, line_end
from pmlint.standard import policy

if TYPE_CHECKING:
    from pmlint.checks.places import Gap

_HEADINGS = ("atx", "setext", "html", "bold", "plain")
_FIELDS: tuple[Role, ...] = ("duration", "impact")
"""Roles that are usually told as labelled statements of the summary."""


def add(postmortem: Postmortem, role: Role, gap: Gap, name: str, heading: str) -> Fix | None:
    """The missing part, for ``gap``; None where its place in the source is not certain."""
    slot = policy.table("slots")["parts"].get(role)
    if slot is None:
        return None
    if gap.kind in ("within", "after"):
        section = gap.section
        if section is None or section.style not in _HEADINGS:
            return None
        if gap.kind == "within" and role in _FIELDS:
            return _labelled(postmortem, role, section, name, slot)
        if gap.kind == "within" and role == "tasks":
            return _behind(postmortem, _last_line(postmortem, section), "", f"- {slot}")
        return _behind(postmortem, _last_line(postmortem, section), heading, slot)
    if gap.kind == "top":
        return _on_top(postmortem, heading, slot)
    if gap.kind == "end" and postmortem.source.text.strip():
        return _behind(postmortem, len(postmortem.source.starts) - 1, heading, slot)
    return None


def _fix(edit: Edit, heading: str) -> Fix:
    return Fix(f"Add `{heading}` with a placeholder", (edit,), promise="part")


def _last_line(postmortem: Postmortem, section: Section) -> int:
    """The last line of a section with everything in it."""
    return postmortem.source.line_index(max(section.extent.end - 1, section.span.start))


def _behind(postmortem: Postmortem, index: int, heading: str, slot: str) -> Fix:
    """Below a line; blank lines that follow it stay below."""
    source = postmortem.source
    while index > 0 and blank(source, index):
        index -= 1
    line = source.line_span(index)
    end = line_end(source, line.start)
    after = "" if blank(source, index + 1) else end
    head = f"{heading}{end}{end}" if heading else ""
    text = f"{end}{end}{head}{slot}{after}"
    return _fix(Edit(line._replace(start=line.end), text), heading or slot)


def _on_top(postmortem: Postmortem, heading: str, slot: str) -> Fix | None:
    """Above the first part."""
    source = postmortem.source
    first = next(
        (
            each
            for each in postmortem.sections
            if each.style != "front-matter" and each.roles and "title" not in each.roles
        ),
        None,
    )
    if first is None or first.style not in _HEADINGS:
        return None
    line = source.line_span(source.line_index(first.span.start))
    if source.text[line.start : line.start + 1].isspace():
        return None
    end = line_end(source, line.start)
    text = f"{heading}{end}{end}{slot}{end}{end}"
    return _fix(Edit(line._replace(end=line.start), text), heading)


def _labelled(
    postmortem: Postmortem, role: Role, holder: Section, name: str, slot: str
) -> Fix | None:
    """``- **Duration:** …`` as the first item under a heading; impact behind the duration."""
    source = postmortem.source
    index = source.line_index(holder.span.end - 1) + (holder.style == "setext")
    if holder.body.start < source.line_span(index).end and not holder.empty:
        return None
    following = index + 1
    while following < len(source.starts) and blank(source, following):
        following += 1
    bullet = "-"
    if following < len(source.starts):
        match = re.match(r"([-*+]) ", source.line_text(following))
        bullet = match[1] if match else bullet
        listed = match is not None
    else:
        listed = False
    label = f"{bullet} **{name}:** {slot}"
    end = line_end(source, holder.span.start)
    if role == "impact" and listed:
        told = _item_of_duration(postmortem, holder, index, bullet)
        if told is not None:
            line = source.line_span(told)
            edit = Edit(line._replace(start=line.end), f"{end}{label}")
            return _fix(edit, f"**{name}:**")
    if listed:
        line = source.line_span(following)
        edit = Edit(line._replace(end=line.start), f"{label}{end}")
    else:
        line = source.line_span(index)
        after = "" if blank(source, index + 1) else end
        edit = Edit(line._replace(start=line.end), f"{end}{end}{label}{after}")
    return _fix(edit, f"**{name}:**")


def _item_of_duration(
    postmortem: Postmortem, holder: Section, index: int, bullet: str
) -> int | None:
    """The line of a one-line item that states the duration under a heading."""
    source = postmortem.source
    for section in postmortem.with_role("duration"):
        at = source.line_index(section.span.start)
        inside = index < at and section.span.start < holder.extent.end
        if inside and source.line_text(at).startswith(f"{bullet} "):
            below = source.line_text(at + 1) if at + 1 < len(source.starts) else ""
            return at if not below.strip() or below.startswith(f"{bullet} ") else None
    return None
