"""Headings of Markdown and HTML: which roles their words play, and which are none of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmlint.standard.patterns import expression
from pmlint.structure.endings import field_stop
from pmlint.structure.labels import label_pattern
from pmlint.structure.measures import sorts_heading
from pmlint.structure.stamps import only_time
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import listed, normalise

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.structure.outline import Outline
    from pmlint.structure.page import Page


def heading(outline: Outline, index: int, line: Line) -> Node | None:
    """The section under a heading; none in a timeline where the heading is only a time."""
    if not line.first:
        return None
    words, plain = outline.page.words, line.text.plain.strip()
    if outline.in_timeline() and only_time(plain.strip(" :-–—*")):
        return None
    label = normalise(plain)
    roles = words.loose(label)
    if line.block.depth and line.block.style != "html":
        return _item_heading(outline, index, line, roles)
    document = not outline.found and _names_document(outline.page, index, label)
    if document:
        roles = ()
    beside = () if document or words.roles(label) else _beside_name(outline.page, plain)
    if beside:
        return _section(index, line, beside)
    labelled = _labelled(outline.page, index, line, document)
    if labelled is not None:
        return labelled
    meant = ""
    if sorts_heading(outline, index, line.block.level, roles):
        roles = tuple(role for role in roles if role in ("corrective", "tasks"))
    elif not roles and not document:
        meant, roles = words.nearly(label)
    node = _section(index, line, roles)
    node.meant = meant
    return node


def post_heading(index: int, line: Line) -> Node | None:
    """``Resolved`` over a post of a status page is no part of the postmortem."""
    return _section(index, line, ()) if line.kind == "heading" and line.first else None


def _section(index: int, line: Line, roles: tuple[Role, ...]) -> Node:
    label, style = normalise(line.text.plain), line.block.style or "atx"
    return Node(index, line.text, None, style, line.block.level, roles, label=label)


def _labelled(page: Page, index: int, line: Line, document: bool) -> Node | None:
    """``## Impact: 40 users``: the heading's name is a label, and the rest a statement."""
    words, plain = page.words, line.text.plain.strip()
    split = label_pattern().match(plain)
    if split is None or not plain[split.end() :].strip():
        return None
    named = words.roles(normalise(split.group(1)))
    if document:
        named = tuple(role for role in named if role == "duration")
    if not named or words.roles(normalise(plain)):
        return None
    rest = line.text.cut(split.end()).strip()
    title = line.text.cut(0, len(split.group(1)))
    label, style = normalise(title.plain), line.block.style or "atx"
    return Node(index, title, rest, style, line.block.level, named, label=label)


def _beside_name(page: Page, plain: str) -> tuple[Role, ...]:
    """``Cause - the expired key``, ``Fix | shop``, ``Incident 7: Cause``: a name and more."""
    before, _, behind = plain.partition(": ")
    name = normalise(before)
    if behind and (name in listed("named") or not page.words.roles(name)):
        return page.words.exactly(normalise(behind))
    parted = _ASIDE.match(plain)
    label = normalise(parted[1]) if parted else ""
    if label in listed("named") or label in listed("documents"):
        return ()
    return page.words.exactly(label)


_ASIDE = expression(r"([^:|–—\n]{3,60}?)\s++[|–—-]\s++(?=\S)")
"""Words behind a dash or a bar at the end of a heading's name."""


def _item_heading(outline: Outline, index: int, line: Line, roles: tuple[Role, ...]) -> Node | None:
    """``- ## Impact`` is a label of its list item."""
    if not roles or outline.in_timeline():
        return None
    stop = field_stop(outline.page, index)
    label, style = normalise(line.text.plain), line.block.style or "atx"
    return Node(index, line.text, None, style, None, roles, field_stop=stop, label=label)


def _names_document(page: Page, index: int, label: str) -> bool:
    """The first heading, above all others, is the title, though it names a part too."""
    level = page.lines[index].block.level
    others = [
        line.block.level
        for line in page.lines[index + 1 :]
        if line.kind == "heading" and line.first and not line.block.depth
    ]
    if others and min(others) <= level:
        return False
    return not page.words.exactly(label) or label in listed("documents")
