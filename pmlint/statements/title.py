"""The title of a postmortem: what names the incident, and whether it says anything."""

from __future__ import annotations

import re
from collections.abc import Set

from pmlint.facts import Title
from pmlint.findings import Span
from pmlint.reading.words import word_count
from pmlint.standard.patterns import expression
from pmlint.statements.flow import continues
from pmlint.statements.parts import PARTS, first_part, titles_narrative
from pmlint.structure.tree import Node, Tree
from pmlint.structure.vocabulary import listed, normalise


def find_title(tree: Tree, other: Set[str]) -> tuple[int | None, Title | None]:
    """The nearest heading above the first part, else the first line, else front matter.

    Gives its line and what it says; no line for a title of the front matter that stands
    for none. ``other``: labels of headings that head no part.
    """
    part = first_part(tree)
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
        and (not set(node.roles) & {*PARTS, "detection"} or titles_narrative(tree, node))
        and node.style != "front-matter"
        and node.level is not None
    ]
    if part is None:
        return headings[0] if headings and not (named and headings[0].level != 1) else None
    around = [node for node in headings if node.stop > part.line]
    if around:
        # "Resolved" heads a post of a status page.
        unnamed = other | listed("closed")
        return next((node for node in reversed(around) if node.label not in unnamed), around[-1])
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
    words = _PASSING.sub("", normalise(text))
    words = re.sub(r"[^a-z0-9]+", " ", words).strip()
    return Title(span, text.strip(" #*_"), not words or words in listed("generic_titles"))


_PASSING = expression(r"^0x[0-9a-f]+[.: -]*|\b(?:my|first|a|the|an|report|task|project)\b")
"""A project's number, and words that add nothing to a title."""
