"""Blocks to sections with roles.

Whether ``Timeline:`` on a plain or bold line is a heading can only be told with
the template's vocabulary; it is decided here, in one walk over the lines. Each
kind of candidate has a module of its own; what they ask of the sections found so
far stands in ``outline``, what they ask of the lines in ``page``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmlint.markdown import Document
from pmlint.structure import headings
from pmlint.structure.chronicle import find_chronicle
from pmlint.structure.labelled import labelled
from pmlint.structure.lines import flatten, run_on
from pmlint.structure.lone import lone_heading, lone_name
from pmlint.structure.mails import head_mail, tells_sending
from pmlint.structure.nesting import holds
from pmlint.structure.outline import Outline
from pmlint.structure.own_words import cause, heads_log, plan
from pmlint.structure.page import Page
from pmlint.structure.questions import answered
from pmlint.structure.roles import settle
from pmlint.structure.timed import opens_with_clock
from pmlint.structure.tree import Line, Node, Tree
from pmlint.structure.vocabulary import normalise, vocabulary

if TYPE_CHECKING:
    from pmlint.facts import Style
    from pmlint.standard.templates import Template


def build(document: Document, template: Template) -> Tree:
    """The section tree of a document in a template's words."""
    lines = tuple(run_on(flatten(document), vocabulary(template)))
    page = Page(document.source, lines, template)
    nodes = _promote(page)
    settle(nodes, lines, template)
    told = None if page.posts else find_chronicle(nodes, lines)
    return Tree(document, lines, tuple(nodes), page.posts, told)


def _promote(page: Page) -> list[Node]:
    """Every candidate that is a section, in the order of the lines."""
    outline = Outline(page)
    for index, line in enumerate(page.lines):
        outline.end_fields(index)
        node = _section(outline, index, line)
        if node is None:
            continue
        while outline.innermost and not holds(outline, outline.innermost, node):
            outline.close(index)
        outline.open(node)
    outline.close_all(len(page.lines))
    return outline.found


def _in_header(outline: Outline, index: int, line: Line) -> Node | None:
    # Most documents have neither front matter nor tables nor quotations.
    from pmlint.structure import header

    return header.field(outline, index, line)


def _section(outline: Outline, index: int, line: Line) -> Node | None:
    """The section that a line opens."""
    if not line.text:
        return None
    if line.block.quoted:
        return _in_header(outline, index, line)
    if index in outline.page.post_heads and not outline.in_timeline():
        return headings.post_heading(index, line)
    match line.kind:
        case "heading":
            return headings.heading(outline, index, line)
        case "row" | "front-matter":
            return _in_header(outline, index, line)
        case "code":
            return None
    if index in outline.page.item_heads:
        return _item_head(outline.page, index, line)
    if outline.in_timeline() and opens_with_clock(line):
        return None
    if _heads_mail(outline.page, index, line):
        return None
    return (
        labelled(outline, index, line)
        or answered(outline, index, line)
        or lone_name(outline, index, line)
        or _log(outline, index, line)
        or cause(outline, index, line)
        or plan(outline, index, line)
    )


def _item_head(page: Page, index: int, line: Line) -> Node:
    """``2. Timeline``, over content that stands beside it."""
    title, roles = page.item_heads[index]
    style: Style = "bold" if line.text.all_bold else "plain"
    return Node(index, title, None, style, None, roles, label=normalise(title.plain))


def _log(outline: Outline, index: int, line: Line) -> Node | None:
    """``This is how it went:`` over a list of times."""
    if not heads_log(outline, index, line):
        return None
    return lone_heading(outline, index, line.text, ("timeline",), line.text.all_bold)


def _heads_mail(page: Page, index: int, line: Line) -> bool:
    """``Date: …`` beside ``From: …`` or ``Subject: …`` dates the mail."""
    if not tells_sending(line.text.plain):
        return False
    around = page.lines[max(0, index - 3) : index + 4]
    return head_mail(other.text.plain for other in around)
