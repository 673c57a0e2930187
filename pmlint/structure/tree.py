"""The section tree: the lines of a document and the sections over them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pmlint.facts import Role, Section, Style
from pmlint.findings import Span
from pmlint.markdown import Block, Document
from pmlint.namedtuples import NamedTuple
from pmlint.structure.text import Text

if TYPE_CHECKING:
    from pmlint.structure.posts import Post


class Line(NamedTuple):
    """One line of text, table row or heading, and the block it stands in."""

    text: Text
    block: Block
    number: int
    """0-based source line."""
    first: bool
    """The first line of its block."""

    @property
    def kind(self) -> str:
        """The block's kind; a continuation line of a list item is text."""
        kind = self.block.kind
        return "text" if kind == "item" and not self.first else kind

    @property
    def opens_item(self) -> bool:
        """It is the first line of a list item."""
        return self.block.kind == "item" and self.first


class Node:
    """A section while it is being built, with the lines it covers."""

    # No dataclass: to make one takes longer than to build a tree.
    __slots__ = (
        "by_content",
        "children",
        "field_stop",
        "label",
        "level",
        "line",
        "meant",
        "parent",
        "rest",
        "roles",
        "stop",
        "style",
        "title",
    )

    def __init__(
        self,
        line: int,
        title: Text,
        rest: Text | None,
        style: Style,
        level: int | None,
        roles: tuple[Role, ...],
        *,
        field_stop: int | None = None,
        label: str = "",
        meant: str = "",
        by_content: bool = False,
    ) -> None:
        self.line = line
        """Index of its heading's line."""
        self.title = title
        self.rest = rest
        """What stands behind a label on the same line."""
        self.style = style
        self.level = level
        self.roles = roles
        self.stop = 0
        """Index behind its last line."""
        self.parent: int | None = None
        self.children: list[int] = []
        self.field_stop = field_stop
        """A field ends here whatever follows."""
        self.label = label
        """Its normalised words."""
        self.meant = meant
        """The name that a misspelt heading means."""
        self.by_content = by_content
        """What stands under it alone makes it a part; its words name none."""

    @property
    def is_field(self) -> bool:
        """A label with its statement, rather than a heading."""
        return self.field_stop is not None


class Tree:
    """The lines of a document and the sections over them, which cover the same lines ever after."""

    def __init__(
        self,
        document: Document,
        lines: tuple[Line, ...],
        nodes: tuple[Node, ...],
        posts: tuple[Post, ...] = (),
        chronicle: tuple[int, int] | None = None,
    ) -> None:
        self.document = document
        self.lines = lines
        self.nodes = nodes
        self.posts = posts
        """The posts of a status page."""
        self.chronicle = chronicle
        """The lines that tell events where nothing is named a timeline."""

    def with_role(self, role: Role) -> list[int]:
        """Indices of the nodes that play a role."""
        return [index for index, node in enumerate(self.nodes) if role in node.roles]

    def body(self, index: int) -> tuple[Line, ...]:
        """The lines under a node's heading; a label's own rest comes first."""
        node = self.nodes[index]
        under = self.lines[node.line + 1 : node.stop]
        if node.rest:
            head = self.lines[node.line]
            return (Line(node.rest, head.block, head.number, False), *under)
        return under

    def own(self, index: int) -> tuple[Line, ...]:
        """The lines of a node that belong to none of its children."""
        node = self.nodes[index]
        skip = {
            at
            for child in node.children
            for at in range(self.nodes[child].line, self.nodes[child].stop)
        }
        rest = self.body(index)
        extra = len(rest) - (node.stop - node.line - 1)
        return tuple(
            line
            for at, line in enumerate(rest)
            if at < extra or node.line + 1 + at - extra not in skip
        )

    def enclosing(self, line: int) -> tuple[int, ...]:
        """Indices of the nodes around a line, innermost last."""
        return self._around[line] if line < len(self._around) else ()

    @cached_property
    def _around(self) -> list[tuple[int, ...]]:
        """For every line the nodes around it; found in one walk, as nodes stand in order."""
        around: list[tuple[int, ...]] = []
        inside: tuple[int, ...] = ()
        following = 0
        for line in range(len(self.lines)):
            if any(self.nodes[index].stop <= line for index in inside):
                inside = tuple(index for index in inside if self.nodes[index].stop > line)
            while following < len(self.nodes) and self.nodes[following].line <= line:
                if self.nodes[following].stop > line:
                    inside = (*inside, following)
                following += 1
            around.append(inside)
        return around

    def section(self, index: int) -> Section:
        """A node as the fact that reports print."""
        node = self.nodes[index]
        head = self.lines[node.line]
        last = self.lines[max(node.stop - 1, node.line)]
        end = max(last.block.span.end if last.kind != "text" else last.text.end, node.title.end)
        if node.rest:
            end = max(end, node.rest.end)
        body = self.body(index)
        start = body[0].text.span().start if body and body[0].text else head.block.span.end
        return Section(
            span=node.title.span(),
            extent=Span(head.block.span.start if head.first else head.text.span().start, end),
            body=Span(min(start, end), end),
            level=node.level,
            style=node.style,
            text=node.title.plain.strip(" \t:;*_"),
            roles=node.roles,
            parent=node.parent,
            empty=not any(line.text or line.text.image or line.kind == "code" for line in body),
            meant=node.meant,
        )
