"""Which section may stand inside which.

A heading without a level of its own ends where something begins that its role
does not contain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.structure.announcing import prescribes
from pmlint.structure.endings import heads_entries, leaves_timeline
from pmlint.structure.measures import MEASURES, groups_measures
from pmlint.structure.outline import LISTS, PHASES
from pmlint.structure.vocabulary import normalise

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.standard.templates import Template
    from pmlint.structure.outline import Outline
    from pmlint.structure.tree import Node

_UNDER_HEADING: dict[Role, frozenset[Role]] = {
    "timeline": frozenset({"detection", "resolution"}),
    "root_cause": frozenset({"root_cause", "resolution", "detection"}),
    "resolution": frozenset({"resolution", "corrective", "tasks", "root_cause"}),
    "corrective": frozenset({"corrective", "tasks", "lessons", "resolution", "detection"}),
    "tasks": frozenset({"tasks", "corrective", "resolution", "detection"}),
    "lessons": frozenset({"lessons", "corrective", "tasks"}),
    "impact": frozenset({"impact", "duration"}),
    "duration": frozenset({"duration", "detection"}),
    "detection": frozenset({"detection"}),
}
"""Which roles a deeper heading may play inside a part; a summary may hold all."""

FARTHEST_PART = 40
"""So many lines below a phase, the part of its name is looked for."""
SHORT = 60
"""A line of fewer characters may name a part."""


def holds(outline: Outline, outer: Node, node: Node) -> bool:
    """A new section stands inside one that is open; else it ends that one."""
    if outer.is_field:
        return node.is_field or node.level is None
    if node.level is not None:
        return _holds_heading(outline, outer, node, node.level)
    return _holds_levelless(outline, outer, node)


def _holds_heading(outline: Outline, outer: Node, node: Node, level: int) -> bool:
    """The new section is a heading with a level."""
    if groups_measures(outline.page, outer, node):
        return True
    if outer.level is None:
        return _levelless_holds_heading(outline, outer, node, level)
    if outer.level >= level or outer.rest is not None:
        return False
    if not (outer.roles and node.roles) or outer.roles == ("title",) or "summary" in outer.roles:
        return True
    return any(set(node.roles) <= _UNDER_HEADING.get(role, frozenset()) for role in outer.roles)


def _levelless_holds_heading(outline: Outline, outer: Node, node: Node, level: int) -> bool:
    """The open section is a bold or plain line, the new one a heading with a level.

    A heading that ends the section around the line ends the line as well.
    """
    around = next((each for each in outline.around() if each.level is not None), None)
    if around is not None and around.level is not None and around.level >= level:
        return False
    if not node.roles and not MEASURES.isdisjoint(outer.roles):
        # "#### 1. Move the tokens" below "**Tasks**"
        return prescribes(node.title.plain)
    if "timeline" in outer.roles and heads_entries(outline, node.line):
        return set(node.roles) <= PHASES
    return bool(node.roles) and _contains(outer.roles, node.roles, outline.page.template)


def _holds_levelless(outline: Outline, outer: Node, node: Node) -> bool:
    """The new section is a field, or a bold or plain line."""
    if outer.level is None and "timeline" in outer.roles:
        if _tells_phase(outline, node):
            return True
        if node.is_field and _ends_timeline(outline, node):
            return False
    if outer.level is not None:
        if set(node.roles) <= set(outer.roles):
            return True
        if outer.rest is not None:
            return False
    if node.is_field and outer.level is None and LISTS.isdisjoint(outer.roles):
        return _contains(outer.roles, node.roles, outline.page.template)
    if node.is_field or not outer.roles or outer.roles == ("title",):
        return outer.level is not None or bool(outer.roles) or node.is_field
    return bool(node.roles) and _contains(outer.roles, node.roles, outline.page.template)


def _ends_timeline(outline: Outline, field: Node) -> bool:
    if not {"detection", "duration"}.isdisjoint(field.roles):
        return False
    statement = field.rest.prose if field.rest else ""
    return leaves_timeline(outline, field.line, statement, field.label)


def _tells_phase(outline: Outline, node: Node) -> bool:
    """``Resolution:`` in a timeline told by phases, as the ALX task asks for it.

    The resolution proper stands behind it, together with the root cause.
    """
    if node.roles != ("resolution",):
        return False
    page = outline.page
    timeline = next(at for at in reversed(outline.stack) if "timeline" in outline.found[at].roles)
    return timeline in outline.phased and any(
        {"root_cause", "resolution"} <= set(page.words.roles(normalise(line.text.plain)))
        for line in page.lines[node.line + 1 : node.line + FARTHEST_PART]
        if len(line.text.plain) < SHORT
    )


def _contains(outer: Sequence[Role], inner: Sequence[Role], template: Template) -> bool:
    """A part without a level may hold all of the inner roles."""
    if set(outer) == set(inner):
        return False
    allowed: set[str] = set()
    for role in outer:
        allowed |= template.contains.get(role, frozenset())
    return set(inner) <= allowed and not set(outer) <= set(inner)
