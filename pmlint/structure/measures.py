"""Names inside a list of measures, which sort them and open no part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmlint.reading.openings import leading_time
from pmlint.structure.announcing import lists_plans
from pmlint.structure.outline import LISTS
from pmlint.structure.vocabulary import listed

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.structure.outline import Outline
    from pmlint.structure.page import Page
    from pmlint.structure.tree import Node

MEASURES: frozenset[Role] = frozenset({"tasks", "corrective"})

_BESIDE_MEASURES: frozenset[Role] = frozenset(
    {"duration", "impact", "root_cause", "summary", "timeline"}
)
"""What a bold label behind the measures may name that is no measure."""


def sorts_label(outline: Outline, index: int, label: str) -> bool:
    """Inside a list of measures, ``Detect`` and ``Monitoring`` say which kind follows."""
    if MEASURES.isdisjoint(outline.inner_roles()):
        return False
    return label in listed("task_kinds") or _told_again(outline, index, label)


def _told_again(outline: Outline, index: int, label: str) -> bool:
    """``Response`` or ``Resolved`` over a list, where the part of that name stands above."""
    words, below = outline.page.words, outline.page.below(index)
    if below is None or not below.opens_item or leading_time(below.text.prose) is not None:
        return False
    roles: set[Role] = set(words.loose(label) or words.weakly(label))
    if "tasks" in outline.inner_roles():
        # "Preventive actions" among the action items
        roles -= {"corrective"} if len(roles) > 1 else set()
        if roles == {"corrective"}:
            return True
    if not roles or roles & LISTS:
        return False
    return roles <= outline.played | {"duration"}


_NO_KIND_OF_TASK: frozenset[Role] = frozenset({"duration", "root_cause", "summary", "timeline"})
"""Parts by whose names measures are not sorted, as they are by ``Detection``."""


def sorts_heading(outline: Outline, index: int, level: int, roles: tuple[Role, ...]) -> bool:
    """A deeper heading over measures sorts them: ``Detect``, ``Closed`` over ticked boxes."""
    inside = any(
        node.level is not None and node.level < level and not MEASURES.isdisjoint(node.roles)
        for node in outline.around()
    )
    if not inside:
        return False
    below = outline.page.below(index)
    if below is not None and below.block.box is not None:
        return True
    if not _NO_KIND_OF_TASK.isdisjoint(roles):
        return False
    rows = below is not None and below.kind == "row" and leading_time(below.text.prose) is None
    return rows or lists_plans(outline.page.lines, index)


def groups_measures(page: Page, outer: Node, node: Node) -> bool:
    """``### Short term`` over measures, right below ``### Action items`` with none itself."""
    if node.level is None or node.roles or node.level < (outer.level or 0):
        return False
    if MEASURES.isdisjoint(outer.roles) or page.words.other(node.label):
        return False
    if outer.rest is not None or not _only_leads_in(page, outer.line + 1, outer.level):
        return False
    return lists_plans(page.lines, node.line)


def _only_leads_in(page: Page, index: int, level: int | None) -> bool:
    """A heading stands here, no deeper than the level, or behind a sentence that announces it.

    Of a part with deeper headings, one of the same level is no group.
    """
    for line in page.lines[index : index + 3]:
        if line.kind == "heading":
            return level is None or line.block.level <= level
        if line.kind != "text" or line.block.depth:
            return False
        if line.text.plain.rstrip().endswith(":"):
            continue
        if line.block.lines[-1].plain.rstrip()[-1:] != ":":
            return False
    return False


def beside_measures(outline: Outline, index: int, label: str) -> tuple[Role, ...]:
    """The new roles of a paragraph's bold label that may stand beside a bold line over measures."""
    line, top = outline.page.lines[index], outline.innermost
    if line.block.depth or not line.first or top is None:
        return ()
    measures = not {"corrective", "tasks", "lessons"}.isdisjoint(top.roles)
    if not measures or top.style != "bold" or top.is_field or index <= top.line + 1:
        return ()
    named = set(outline.page.words.exactly(label)) & _BESIDE_MEASURES
    return tuple(sorted(named - outline.played))
