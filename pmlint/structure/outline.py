"""The sections promoted so far: all that the walk over the lines carries along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.structure.tree import Node

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.structure.page import Page

CORE_FIELDS: frozenset[Role] = frozenset(
    {"duration", "impact", "root_cause", "resolution", "summary", "detection"}
)
"""The roles that a field can play by itself."""
LISTS: frozenset[Role] = frozenset({"timeline", "corrective", "tasks", "lessons"})
"""The roles of parts that list something."""
PHASES: frozenset[Role] = frozenset({"detection", "resolution"})
"""The roles of parts that a timeline may tell among its entries."""


class Outline:
    """The sections found, and the stack of those that are still open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[Node] = []
        self.stack: list[int] = []
        """The open sections, innermost last."""
        self.played: set[Role] = set()
        """The roles of the sections found."""
        self.plainly = False
        """A plain line heads a part."""
        self.phased: set[int] = set()
        """The sections with a detection directly inside."""

    @property
    def innermost(self) -> Node | None:
        """The open section that was found last."""
        return self.found[self.stack[-1]] if self.stack else None

    def around(self) -> Iterator[Node]:
        """The open sections, innermost first."""
        return (self.found[index] for index in reversed(self.stack))

    def end_fields(self, index: int) -> None:
        """Close the open fields that end before a line."""
        while self.stack:
            top = self.found[self.stack[-1]]
            if top.field_stop is None or index < top.field_stop:
                return
            self.close(top.field_stop)

    def close(self, stop: int) -> None:
        """End the innermost section before a line."""
        self.found[self.stack.pop()].stop = stop

    def close_all(self, stop: int) -> None:
        """End every open section."""
        while self.stack:
            self.close(stop)

    def open(self, node: Node) -> None:
        """Add a section inside the innermost one."""
        node.parent = self.stack[-1] if self.stack else None
        if node.parent is not None:
            self.found[node.parent].children.append(len(self.found))
            if "detection" in node.roles:
                self.phased.add(node.parent)
        self.stack.append(len(self.found))
        self.found.append(node)
        self.played.update(node.roles)
        self.plainly = self.plainly or (node.style == "plain" and bool(node.roles))

    def in_timeline(self) -> bool:
        """A timeline is open, whatever stands inside it."""
        return any("timeline" in self.found[index].roles for index in self.stack)

    def inner_roles(self) -> tuple[Role, ...]:
        """What the part around the next line plays."""
        for index in reversed(self.stack):
            node = self.found[index]
            if node.roles and not (node.rest is not None and node.level is not None):
                return node.roles
            named = node.level is not None or node.style in ("bold", "plain")
            if index and named and "corrective" in self.page.likely(node.label):
                return ("corrective",)
        return ()

    def innermost_part(self) -> Node | None:
        """The innermost open section that plays a role."""
        return next((node for node in self.around() if node.roles), None)

    def in_levelless_timeline(self) -> bool:
        """The innermost part is a timeline whose heading has no level."""
        node = self.innermost_part()
        return node is not None and node.level is None and "timeline" in node.roles

    def open_ended(self) -> bool:
        """The innermost part is a bold or plain line that any sibling may end."""
        node = self.innermost_part()
        if node is None or node.level is not None or node.is_field:
            return False
        return set(node.roles) <= CORE_FIELDS
