"""Bold and plain lines that are nothing but the name of a part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmlint.structure.endings import ends_part, field_stop, heads_entries
from pmlint.structure.labels import declares_times, split_label
from pmlint.structure.measures import MEASURES, sorts_label
from pmlint.structure.outline import PHASES
from pmlint.structure.own_words import heads_clocks
from pmlint.structure.page import MOST_BARE_WORDS
from pmlint.structure.text import Text
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import listed, normalise

if TYPE_CHECKING:
    from pmlint.facts import Role, Style
    from pmlint.structure.outline import Outline
    from pmlint.structure.page import Page

LONGEST_QUESTION = 120
"""Characters of a bold question that may head a part."""
LONGEST_NAME = 70
"""Characters of any other line that may."""
SHORTEST_WRAPPED = 55
"""A line of no more characters is not followed by the rest of its sentence."""
MOST_UNKNOWN_WORDS = 3
"""A line of more words that names no part is a sentence."""


def lone_name(outline: Outline, index: int, line: Line) -> Node | None:
    """The section under a bold or plain line without a colon that is a known name."""
    text, bold, page = line.text, line.text.all_bold, outline.page
    if not _may_be_name(text.plain.strip(), bold or _slanted(page, line)):
        return None
    label = normalise(text.plain)
    if sorts_label(outline, index, label) or label in listed("need_statement"):
        return None
    if line.opens_item and not _item_may_head(outline, index, label):
        return None
    roles = page.words.loose(label) if bold else page.words.roles(label)
    likely = _suggests(outline, index, label)
    if not roles and not likely and not ends_part(outline, index, label, ""):
        if not bold or line.opens_item or not heads_clocks(outline, index):
            return None
        return lone_heading(outline, index, text, (), bold)
    if not bold and _reads_on(page, index, label, bool(roles or likely)):
        return None
    phase = set(roles) <= PHASES or label in listed("closed")
    if phase and heads_entries(outline, index):
        return None
    return lone_heading(outline, index, text, roles, bold)


def lone_heading(
    outline: Outline, index: int, title: Text, roles: tuple[Role, ...], bold: bool
) -> Node:
    """The section under a label with nothing behind it, which does a heading's work."""
    page = outline.page
    line, label = page.lines[index], normalise(title.plain)
    if line.opens_item or (line.block.depth and not page.outdented(line)):
        stop = field_stop(page, index)
        heads = not MEASURES.isdisjoint(roles) or page.heads_list(index)
        if stop == index + 1 and line.opens_item and roles and heads:
            stop = _siblings_stop(outline, index)
        return Node(index, title, None, "label", None, roles, field_stop=stop, label=label)
    style: Style = "bold" if bold else "plain"
    return Node(index, title, None, style, None, roles, label=label)


def _siblings_stop(outline: Outline, index: int) -> int:
    """Behind the items that an empty item heads though they stand beside it, not below."""
    lines, words = outline.page.lines, outline.page.words
    depth = lines[index].block.depth
    stop = index + 1
    while stop < len(lines):
        line = lines[stop]
        split = split_label(line.text)
        name = line.text.plain[: split[0]] if split else line.text.plain
        if line.kind == "heading" or words.roles(normalise(name)):
            break
        if line.block.depth < depth and not line.opens_item and lone_name(outline, stop, line):
            break
        if line.opens_item and line.text.all_bold and words.loose(normalise(name)):
            break
        stop += 1
    return stop


def _may_be_name(plain: str, bold: bool) -> bool:
    """It is as short as a name and ends like none of the sentences."""
    if len(plain) > (LONGEST_QUESTION if bold and plain.endswith("?") else LONGEST_NAME):
        return False
    if not bold and (plain.endswith((".", ",", "!")) or plain.count(" ") > MOST_BARE_WORDS):
        return False
    return not declares_times(plain)


def _slanted(page: Page, line: Line) -> bool:
    """``*Next steps.*``: the whole line is slanted."""
    written = page.source.slice(page.source.line_span(line.number)).strip()
    return len(written) > 2 and written[0] in "*_" and written[-1] == written[0]


def _item_may_head(outline: Outline, index: int, label: str) -> bool:
    """A bold or numbered item, or one over a list of its own, with something below it."""
    page, line = outline.page, outline.page.lines[index]
    marked = line.text.all_bold or line.block.ordered
    if not (marked or _heads_items(outline, index, label)):
        return False
    return page.holds_something(index) or page.heads_list(index)


def _heads_items(outline: Outline, index: int, label: str) -> bool:
    """``- Action items`` over a list of its own; in no other part ``- Impact`` too."""
    if outline.in_timeline():
        return False
    page = outline.page
    roles, below = set(page.words.roles(label)), page.below(index)
    if not roles or below is None or below.block.depth <= page.lines[index].block.depth:
        return False
    if roles <= MEASURES:
        return bool(page.words.exactly(label))
    return set(outline.inner_roles()) <= {"title", "summary"}


def _suggests(outline: Outline, index: int, label: str) -> bool:
    """Its wording suggests a role, to be settled when all headings are known."""
    page, line = outline.page, outline.page.lines[index]
    if line.text.all_bold:
        if line.opens_item:
            return False
        return bool(page.likely(label)) or _suggests_weakly(outline, index, label)
    if not _set_off(outline, index):
        return False
    return bool(page.likely(label)) or _suggests_weakly(outline, index, label)


def _suggests_weakly(outline: Outline, index: int, label: str) -> bool:
    """A bold line such as ``Why?``; in a timeline it may head further entries."""
    page = outline.page
    if outline.in_timeline() and (page.words.of_timeline(label) or page.resumes(index)):
        return False
    return bool(page.words.weakly(label))


def _set_off(outline: Outline, index: int) -> bool:
    """``How we fixed it:``, ``_How did we fix it?_`` on a line of its own, in no named section."""
    page, line = outline.page, outline.page.lines[index]
    plain = line.text.plain.rstrip()
    asks_whom = plain.endswith("?") and page.likely(normalise(plain)) == {"impact"}
    asked = line.first and plain.endswith(("?", ":") if asks_whom or _slanted(page, line) else ":")
    if line.block.depth or (len(line.block.lines) > 1 and not asked):
        return False
    if outline.in_timeline() and (not outline.in_levelless_timeline() or page.resumes(index)):
        return False
    named = (node.level is not None and set(node.roles) - {"title"} for node in outline.around())
    if any(named) and not asks_whom:
        return False
    if outline.plainly and plain[-1:].isalnum():
        return True
    written = page.source.slice(page.source.line_span(line.number)).strip()
    if written.endswith(":") or (written.endswith("?") and line.number > page.told_from):
        return True
    # A slanted line at the very top goes on with the title.
    return line.number > page.told_from and written[:1] in "_*<" and written[-1:] in "_*>"


def _reads_on(page: Page, index: int, label: str, role: bool) -> bool:
    """A plain line that belongs to the words around it, whatever it names."""
    line = page.lines[index]
    alone = len(line.block.lines) == 1 or " " in label
    if not _starts_like_heading(line.text.plain.strip(), label, role, alone):
        return True
    if not line.first and _flows_on(page.lines[index - 1].text.plain):
        return True
    if _in_row(page, index):
        return True
    return _captions(page, line) and not (page.words.exactly(label) and page.lists_below(index))


def _starts_like_heading(plain: str, label: str, role: bool, alone: bool) -> bool:
    bare = re.sub(r"^[^\w]+|^\(?\d{1,2}[.)]\s*", "", plain)
    if not bare[:1].isupper():
        return role and alone and not plain.endswith((",", ";"))
    return role or len(label.split()) <= MOST_UNKNOWN_WORDS


def _flows_on(before: str) -> bool:
    """The line before is a sentence that goes on (a hard-wrapped paragraph)."""
    words = before.rstrip()
    return bool(words) and words[-1].islower() and len(words) > SHORTEST_WRAPPED and " " in words


def _in_row(page: Page, index: int) -> bool:
    """One of several lines with the same sign before them (``✅ Quick detection``)."""
    line = page.lines[index]
    sign = page.sign(line)
    if sign.isalnum() or sign.isascii():
        return False
    around = (*page.lines[max(index - 1, 0) : index], *page.lines[index + 1 : index + 2])
    return any(each.block is line.block and page.sign(each) == sign for each in around)


def _captions(page: Page, line: Line) -> bool:
    """A line without a colon over a picture says what the picture shows."""
    if line.text.plain.rstrip().endswith(":"):
        return False
    behind = page.source.line_span(line.number).end
    below = page.source.text[behind : behind + 200].lstrip()
    return below.startswith(("<img ", "![", "<p><img", '<p align="center"><img'))
