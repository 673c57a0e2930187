"""Fields in a postmortem's header: front matter, rows of a table, a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.structure.labelled import as_dated, labelled, only_names
from pmlint.structure.labels import split_label, tells_time
from pmlint.structure.outline import CORE_FIELDS, LISTS
from pmlint.structure.timed import tells_clock
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import listed, normalise

if TYPE_CHECKING:
    from pmlint.structure.outline import Outline
    from pmlint.structure.page import Page
    from pmlint.structure.text import Text

FEWEST_TOLD = 6
"""A quotation of fewer words sums up nothing."""


def field(outline: Outline, index: int, line: Line) -> Node | None:
    """The field of a key of front matter, of a row, or of a line of a quotation."""
    if line.block.quoted:
        return _quoted(outline, index, line)
    return _row(outline, index, line) if line.kind == "row" else _key(outline.page, index, line)


def _key(page: Page, index: int, line: Line) -> Node | None:
    """The field of a key that names a part."""
    key, value = line.block.lines
    label = normalise(key.plain.replace("_", " "))
    fields = CORE_FIELDS - {"detection"}
    roles = tuple(role for role in page.words.roles(label) if role in fields)
    if label == "title":
        roles = ("title",)
    elif (
        not value
        or label in listed("page_keys")
        or only_names(label, value.plain)
        or ("duration" in roles and not tells_time(value.prose, label))
    ):
        return None
    if not roles:
        return None
    roles = as_dated(roles, value)
    return Node(index, key, value, "front-matter", None, roles, field_stop=index + 1, label=label)


def _row(outline: Outline, index: int, line: Line) -> Node | None:
    """The field of a row with two cells, the first of which names a part."""
    cells = list(line.block.lines)
    while len(cells) > 2 and not cells[-1]:
        # | Impact | 40 % of logins failed | | |
        cells.pop()
    filled = [cell for cell in cells if cell]
    if len(filled) == 2 and cells[0] and not line.block.header:
        # | Impact | | | 40 % of logins failed |
        cells = filled
    if line.block.header and _heads_times(outline, index, cells):
        return Node(index, cells[0], None, "table", None, ("duration",), field_stop=index + 1)
    if len(cells) not in (2, 4) or not (cells[0] or line.block.header):
        return None
    if not {"timeline", "tasks", "corrective"}.isdisjoint(outline.inner_roles()):
        return None
    if len(cells) == 4:
        return _edge(outline.page, index, cells)
    page, (name, value) = outline.page, cells
    label = normalise(name.plain)
    roles = page.words.roles(label) or tuple(sorted(page.likely(label) & CORE_FIELDS))
    if not roles or not set(roles) <= CORE_FIELDS | LISTS:
        return None
    if not value or _heads_columns(line, label, value) or only_names(label, value.plain):
        return None
    if "duration" in roles and not tells_time(value.prose, name.plain):
        return None
    roles = tuple(role for role in roles if role != "timeline") or roles
    return Node(index, name, value, "table", None, roles, field_stop=index + 1, label=label)


def _heads_times(outline: Outline, index: int, cells: Sequence[Text]) -> bool:
    """``| State | Start Time | End Time |`` at the top: the row below tells when it ran."""
    firsts = {cell.plain.strip(" *_").lower().partition(" ")[0] for cell in cells}
    if firsts.isdisjoint(listed("start_columns")) or firsts.isdisjoint(listed("end_columns")):
        return False
    below = outline.page.below(index)
    opening = set(outline.inner_roles()) <= {"title", "summary"}
    return opening and below is not None and below.kind == "row" and tells_clock(below)


def _edge(page: Page, index: int, cells: Sequence[Text]) -> Node | None:
    """``| Incident | disks | Start | 2024-05-02 09:00 |``: of two labels that which dates it."""
    for name, value in ((cells[0], cells[1]), (cells[2], cells[3])):
        label = normalise(name.plain)
        if _EDGES.isdisjoint(label.split()) or page.words.roles(label) != ("duration",):
            continue
        if value and tells_time(value.prose, label):
            roles = page.words.roles(label)
            return Node(index, name, value, "table", None, roles, field_stop=index + 1, label=label)
    return None


_EDGES = frozenset({"start", "started", "end", "ended", "began"})


def _heads_columns(line: Line, label: str, value: Text) -> bool:
    return line.block.header and label in listed("columns") and not tells_time(value.prose, label)


def _quoted(outline: Outline, index: int, line: Line) -> Node | None:
    """``> TL;DR: from 10:00 to 11:00 …``; other quotations are somebody else's words."""
    if line.kind == "heading" or outline.in_timeline():
        return None
    if split_label(line.text) is None and not line.text.bold:
        return _question(outline.page, index, line)
    node = labelled(outline, index, line)
    if node is None or node.rest is None:
        return None
    if line.text.bold and set(node.roles) <= {"impact", "root_cause", "duration"}:
        # A box of fields at the top of the page.
        return node if outline.page.words.exactly(node.label) else None
    if not set(node.roles) <= {"summary", "duration"}:
        return None
    told = node.rest.plain
    return node if tells_time(told, "") and len(told.split()) >= FEWEST_TOLD else None


def _question(page: Page, index: int, line: Line) -> Node | None:
    """``> How will you make up for it?`` over the answer, in a letter that goes point by point."""
    count = len(line.block.lines)
    behind = index + count
    if not line.first or count > LONGEST_QUESTION or behind >= len(page.lines):
        return None
    if page.lines[behind].block.quoted or page.lines[behind].kind != "text":
        return None
    asked = " ".join(each.plain.strip() for each in line.block.lines)
    label = normalise(asked)
    if not asked.endswith("?") or not page.likely(label):
        return None
    return Node(index, line.text, None, "plain", None, (), label=label)


LONGEST_QUESTION = 3
"""Lines of a quotation that asks one thing."""
