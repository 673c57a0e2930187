"""Where a field ends, and which lines end the part they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmlint.reading.openings import leading_time
from pmlint.structure.announcing import courtesies
from pmlint.structure.labels import split_label
from pmlint.structure.measures import MEASURES
from pmlint.structure.timed import opens_with_clock
from pmlint.structure.vocabulary import normalise

if TYPE_CHECKING:
    from pmlint.structure.outline import Outline
    from pmlint.structure.page import Page
    from pmlint.structure.tree import Line


def ends_part(outline: Outline, index: int, label: str, statement: str) -> bool:
    """A label that plays no role, such as ``Conclusion:``, ends the part before it.

    In a timeline it may head a group of entries, or be one.
    """
    words = outline.page.words
    if not statement and (_stands_beside(outline, index, label) or _asks_next(outline, index)):
        return True
    if not words.other(label) and (statement or courtesies().isdisjoint(label.split())):
        return False
    if outline.in_timeline():
        return not words.of_timeline(label) and leaves_timeline(outline, index, statement)
    return not statement


def _stands_beside(outline: Outline, index: int, label: str) -> bool:
    """``**People involved:**`` below the entries under ``**Timeline:**``, in the same form."""
    page, timeline = outline.page, outline.innermost_part()
    if timeline is None or timeline.is_field or not outline.in_levelless_timeline():
        return False
    line = page.lines[index]
    if line.block.depth or len(line.block.lines) > 1 or page.words.of_timeline(label):
        return False
    bold = line.text.all_bold
    if bold != (timeline.style == "bold") or not (bold or line.text.plain.rstrip().endswith(":")):
        return False
    entries = page.lines[timeline.line + 1 : min(index, timeline.line + NEAREST_ENTRY)]
    return any(map(opens_with_clock, entries)) and not page.resumes(index)


def _asks_next(outline: Outline, index: int) -> bool:
    """``**Whom do I ask?**`` below ``**What are you changing?**``: the next question."""
    part, line = outline.innermost, outline.page.lines[index]
    if part is None or part.style != "bold" or MEASURES.isdisjoint(outline.inner_roles()):
        return False
    asked = part.title.plain.rstrip(_MARKS).endswith("?")
    alone = not line.block.depth and line.text.all_bold
    return asked and alone and line.text.plain.rstrip(_MARKS).endswith("?")


_MARKS = " *_:"
NEAREST_ENTRY = 6
"""A timeline tells a time within so many lines."""


def leaves_timeline(outline: Outline, index: int, statement: str, label: str = "") -> bool:
    """A label at the margin that is no entry of the plain timeline above it."""
    page = outline.page
    if page.lines[index].block.depth or not (
        outline.in_levelless_timeline() or _set_apart(page, index, label)
    ):
        return False
    if leading_time(statement) is not None or page.resumes(index):
        return False
    # "Resolution: …" is the last entry where the resolution has a part of its own.
    return page.words.roles(label) != ("resolution",) or not page.named_below(index, "resolution")


def _set_apart(page: Page, index: int, label: str) -> bool:
    """The label of a part opens a paragraph behind a list or a table of entries."""
    line = page.lines[index]
    roles = page.words.roles(label)
    if not roles or any(page.named_below(index, role) for role in roles):
        return False
    if not index or not line.first or line.kind != "text":
        return False
    above = page.lines[index - 1]
    return (above.kind == "row" or above.block.depth > 0) and not page.resumes(index)


def heads_entries(outline: Outline, index: int) -> bool:
    """``Repair phase`` over further entries of a timeline ends nothing."""
    below = outline.page.below(index)
    return outline.in_timeline() and below is not None and opens_with_clock(below)


def field_stop(page: Page, index: int) -> int:
    """Behind the item with its sub-lists, or the paragraph, of a label."""
    return (_item_stop if page.lines[index].block.depth else _paragraph_stop)(page, index)


def _paragraph_stop(page: Page, index: int) -> int:
    """The next label in the paragraph ends the field; a list that it announces belongs to it."""
    lines = page.lines
    stop = index + 1
    while stop < len(lines) and lines[stop].block is lines[index].block:
        if is_label_line(page, lines[stop]):
            return stop
        stop += 1
    if lines[stop - 1].text.plain.rstrip().endswith((":", ";-", ":-")):
        while stop < len(lines) and lines[stop].block.depth:
            stop += 1
    return stop


def _item_stop(page: Page, index: int) -> int:
    lines, depth = page.lines, page.lines[index].block.depth
    stop = index + 1
    while stop < len(lines):
        block = lines[stop].block
        if lines[stop].first and (
            block.depth < depth or (block.depth == depth and block.kind in ("item", "heading"))
        ):
            break
        same = not lines[stop].first and block is lines[index].block
        if same and is_label_line(page, lines[stop]):
            break
        stop += 1
    return stop


def is_label_line(page: Page, line: Line) -> bool:
    """It begins with a label, or is the name of a part."""
    split = split_label(line.text)
    if split is not None:
        label = normalise(line.text.plain[: split[0]])
        if page.words.roles(label) or (split[2] and page.words.loose(label)):
            return True
        title = line.text.plain[: split[0]].strip()
        if split[2] or (title[:1].isupper() and len(title.split()) <= 3):
            return True
    label = normalise(line.text.plain)
    if page.words.roles(label) and line.text.plain[:1].isupper():
        return True
    return bool(page.words.exactly(_bold_lead(line)))


def _bold_lead(line: Line) -> str:
    """The bold words with which a line begins: ``**Impact** Nobody could pay``."""
    bold = line.text.bold
    return normalise(line.text.plain[: bold[0][1]]) if bold and not bold[0][0] else ""
