"""Blocks to sections with roles.

Whether ``Timeline:`` on a plain or bold line is a heading can only be told with
the template's vocabulary; it is decided here, in one walk over the lines. A
heading without a level of its own ends where something begins that its role
does not contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from pmlint.facts import Role, Section, Style
from pmlint.findings import Source, Span
from pmlint.labels import label_pattern, split_label, tells_time
from pmlint.markdown import Block, Document
from pmlint.reading.openings import leading_time
from pmlint.text import Text, join
from pmlint.text import lines as split_lines
from pmlint.vocabulary import normalise, vocabulary

if TYPE_CHECKING:
    from pmlint.templates import Template


@dataclass(frozen=True, slots=True)
class Line:
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


@dataclass(slots=True)
class Node:
    """A section while it is being built, with the lines it covers."""

    line: int
    """Index of its heading's line."""
    title: Text
    rest: Text | None
    """What stands behind a label on the same line."""
    style: Style
    level: int | None
    roles: tuple[Role, ...]
    stop: int = 0
    """Index behind its last line."""
    parent: int | None = None
    children: list[int] = field(default_factory=list)
    field_stop: int | None = None
    """A field ends here whatever follows."""
    label: str = ""
    """Its normalised words."""

    @property
    def is_field(self) -> bool:
        """A label with its statement, rather than a heading."""
        return self.field_stop is not None


@dataclass(frozen=True, slots=True)
class Tree:
    """The lines of a document and the sections over them."""

    document: Document
    lines: tuple[Line, ...]
    nodes: tuple[Node, ...]

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

    def enclosing(self, line: int) -> list[int]:
        """Indices of the nodes around a line, innermost last."""
        return [
            index for index, node in enumerate(self.nodes) if node.line <= line < node.stop
        ]

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
        )


def build(document: Document, template: Template) -> Tree:
    """The section tree of a document in a template's words."""
    lines = tuple(flatten(document))
    builder = _Builder(document.source, lines, template)
    nodes = builder.nodes()
    _resolve_weak(nodes, lines, template)
    _disown(nodes)
    return Tree(document, lines, tuple(nodes))


def flatten(document: Document) -> Iterator[Line]:
    """Every line of every block; a table row is one line, its cells joined.

    A heading as long as a paragraph is one that somebody wanted to stand out.
    """
    for block in document.blocks:
        if block.kind == "front-matter":
            yield Line(join(block.lines, ": "), block, block.first, True)
        elif block.kind == "row":
            yield Line(join(block.lines, " | "), block, block.first, True)
        else:
            first = True
            source = document.source
            if block.kind == "heading" and sum(len(text.plain) for text in block.lines) > 140:
                block = replace(block, kind="text")
            for text in block.lines:
                for part in split_lines(text):
                    piece = part.strip()
                    number = source.line_index(piece.span().start) if piece else block.first
                    yield Line(piece, block, number, first)
                    first = False


@cache
def only_time() -> re.Pattern[str]:
    """A heading that is nothing but a date, a clock or both."""
    return re.compile(
        r"(?:on|at|around|approx\w*|circa|day\s+\d+|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|"
        r"wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|may|june?|july?|aug|sept?|"
        r"oct|nov|dec|january|february|march|april|august|september|october|november|december|"
        r"am|pm|a\.m\.?|p\.m\.?|utc|gmt|[a-z]{2,4}t|of|the|and|to|hours|hrs|noon|midnight|"
        r"\d{1,4}(?:st|nd|rd|th)?|z|t|[~:.,/@()\[\]+–—\-\s])+",
        re.IGNORECASE,
    )


_CORE_FIELDS: frozenset[Role] = frozenset(
    {"duration", "impact", "root_cause", "resolution", "summary", "detection"}
)

_LISTS: frozenset[Role] = frozenset({"timeline", "corrective", "tasks", "lessons"})

_INSIDE: dict[Role, frozenset[Role]] = {
    "timeline": frozenset({"resolution", "detection"}),
    "corrective": frozenset({"corrective", "tasks", "lessons"}),
    "tasks": frozenset({"corrective", "tasks"}),
    "lessons": frozenset({"corrective", "tasks", "lessons"}),
    "root_cause": frozenset({"root_cause", "resolution", "detection", "corrective", "tasks"}),
    "resolution": frozenset({"root_cause", "resolution", "corrective", "tasks"}),
    "impact": frozenset({"impact", "duration"}),
    "duration": frozenset({"duration"}),
}
"""Which labels are read as fields inside a part."""

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


class _Builder:
    """One walk over the lines with a stack of open sections."""

    def __init__(self, source: Source, lines: Sequence[Line], template: Template) -> None:
        self.source = source
        self.lines = lines
        self.template = template
        self.words = vocabulary(template)
        self.found: list[Node] = []
        self.stack: list[int] = []

    def nodes(self) -> list[Node]:
        for index, line in enumerate(self.lines):
            self._close_fields(index)
            node = self._candidate(index, line)
            if node is not None:
                self._open(index, node)
        for open_index in self.stack:
            self.found[open_index].stop = len(self.lines)
        return self.found

    def _close_fields(self, index: int) -> None:
        while self.stack:
            top = self.found[self.stack[-1]]
            if top.field_stop is None or index < top.field_stop:
                return
            top.stop = top.field_stop
            self.stack.pop()

    def _open(self, index: int, node: Node) -> None:
        while self.stack and not self._holds(self.found[self.stack[-1]], node):
            self.found[self.stack.pop()].stop = index
        node.parent = self.stack[-1] if self.stack else None
        if node.parent is not None:
            self.found[node.parent].children.append(len(self.found))
        self.stack.append(len(self.found))
        self.found.append(node)

    def _holds(self, outer: Node, node: Node) -> bool:
        if outer.is_field:
            return node.is_field or node.level is None
        if node.level is not None and outer.level is not None and outer.level >= node.level:
            return False
        if outer.level is None and node.level is not None:
            return bool(node.roles) and _within(outer.roles, node.roles, self.template)
        if outer.rest is not None and outer.level is not None:
            return False
        if node.is_field and outer.level is None and not set(outer.roles) & _LISTS:
            return _within(outer.roles, node.roles, self.template)
        if node.is_field or not outer.roles or outer.roles == ("title",):
            return outer.level is not None or bool(outer.roles) or node.is_field
        if not node.roles:
            return node.level is not None
        if "summary" in outer.roles and node.level is not None:
            return True
        if outer.level is not None and node.level is not None:
            return any(
                set(node.roles) <= _UNDER_HEADING.get(role, frozenset()) for role in outer.roles
            )
        return _within(outer.roles, node.roles, self.template)

    def _candidate(self, index: int, line: Line) -> Node | None:
        if line.block.quoted or not line.text:
            return None
        if line.kind == "heading":
            return self._heading(index, line)
        if line.kind == "row":
            return self._row(index, line)
        if line.kind == "front-matter":
            return self._front_matter(index, line)
        if line.kind == "code":
            return None
        return self._label(index, line) or self._bare(index, line)

    def _heading(self, index: int, line: Line) -> Node | None:
        if not line.first:
            return None
        block = line.block
        style = block.style or "atx"
        if block.depth and style != "html":
            return None
        plain = line.text.plain.strip()
        if self._in_timeline() and only_time().fullmatch(plain.strip(" :-–—*")):
            return None
        label = normalise(plain)
        roles = self.words.loose(label)
        split = label_pattern().match(plain)
        if split and plain[split.end() :].strip():
            named = self.words.roles(normalise(split.group(1)))
            if named and not self.words.roles(label):
                rest = line.text.cut(split.end()).strip()
                title = line.text.cut(0, len(split.group(1)))
                return Node(
                    index, title, rest, style, block.level, named, label=normalise(title.plain)
                )
        return Node(index, line.text, None, style, block.level, roles, label=label)

    def _in_timeline(self) -> bool:
        return any("timeline" in self.found[index].roles for index in self.stack)

    def _row(self, index: int, line: Line) -> Node | None:
        cells = line.block.lines
        if len(cells) != 2 or line.block.header or not cells[0] or not cells[1]:
            if not (line.block.header and len(cells) == 2):
                return None
        if any(role in self._inner_roles() for role in ("timeline", "tasks", "corrective")):
            return None
        label = normalise(cells[0].plain)
        roles = self.words.roles(label)
        if not roles or not set(roles) <= {*_CORE_FIELDS, "timeline"} or not cells[1]:
            return None
        if "duration" in roles and not tells_time(cells[1].prose, label):
            return None
        roles = tuple(role for role in roles if role != "timeline") or roles
        return Node(
            index, cells[0], cells[1], "table", None, roles, field_stop=index + 1, label=label
        )

    def _front_matter(self, index: int, line: Line) -> Node | None:
        key, value = line.block.lines
        label = normalise(key.plain.replace("_", " "))
        roles = tuple(
            role
            for role in self.words.roles(label)
            if role in ("duration", "impact", "root_cause", "summary", "resolution")
        )
        if label == "title":
            roles = ("title",)
        elif not value or label in ("date", "description", "time", "summary", "abstract"):
            return None
        elif "duration" in roles and not tells_time(value.prose, label):
            return None
        if not roles:
            return None
        return Node(
            index, key, value, "front-matter", None, roles, field_stop=index + 1, label=label
        )

    def _inner_roles(self) -> tuple[Role, ...]:
        for index in reversed(self.stack):
            node = self.found[index]
            if node.roles and not (node.rest is not None and node.level is not None):
                return node.roles
        return ()

    def _open_ended(self) -> bool:
        """The innermost part is a bold or plain line that any sibling may end."""
        for index in reversed(self.stack):
            node = self.found[index]
            if node.roles:
                return node.level is None and not node.is_field and set(node.roles) <= _CORE_FIELDS
        return False

    def _label(self, index: int, line: Line) -> Node | None:
        """``Impact: …``, ``**Impact** …``, ``- **Impact:** …`` or ``Impact:`` alone."""
        text = line.text
        split = split_label(text)
        if split is None:
            return None
        end, behind, bold = split
        title = text.cut(0, end).strip()
        rest = text.cut(behind).strip()
        label = normalise(title.plain)
        if len(label.split()) > 8:
            return None
        container = self._inner_roles()
        roles = self._label_roles(
            label, title.plain, bool(rest), bold, container, self._starts_anew(index, line)
        )
        if not rest and not roles and label in self.words.other and not self._in_timeline():
            return self._lone(index, line, title, (), bold)
        if not roles:
            return None
        if not rest:
            return self._lone(index, line, title, roles, bold)
        if "duration" in roles and not tells_time(rest.prose, label) and not _under(
            self.lines, index
        ):
            return None
        if rest.plain.endswith(":") and not line.opens_item and set(roles) & {
            "corrective", "tasks", "timeline", "resolution"
        }:
            node = self._lone(index, line, title, roles, bold)
            node.rest = rest
            return node
        style: Style = "label"
        return Node(
            index, title, rest, style, None, roles,
            field_stop=self._field_stop(index), label=label,
        )

    def _label_roles(
        self,
        label: str,
        title: str,
        rest: bool,
        bold: bool,
        container: tuple[Role, ...],
        alone: bool,
    ) -> tuple[Role, ...]:
        roles = self.words.roles(label)
        if not roles and not rest and len(label.split()) <= 7 and (title[:1].isupper() or alone):
            roles = self.words.loose(label)
        elif not roles and bold and len(label.split()) <= 4:
            roles = tuple(r for r in self.words.loose(label) if r in _CORE_FIELDS)
            if set(container) & {"timeline", "corrective", "tasks", "lessons", "impact"}:
                roles = ()
        if not roles or not rest:
            return roles
        if not container or container == ("title",) or "summary" in container:
            return roles
        if self._open_ended() and set(roles) <= _CORE_FIELDS:
            return roles
        allowed = frozenset().union(*(_INSIDE.get(role, frozenset(roles)) for role in container))
        if "timeline" in container and "duration" in roles and _total().search(label):
            return ("duration",)
        roles = tuple(role for role in roles if role in allowed)
        if set(container) & {"corrective", "tasks", "lessons"} and "corrective" in roles:
            if label not in _PLAIN_IMPROVEMENTS:
                return ()
        return roles

    def _starts_anew(self, index: int, line: Line) -> bool:
        """The line before, if it is of the same paragraph, ends a sentence."""
        return line.first or self.lines[index - 1].text.plain.rstrip().endswith((".", "!", "?"))

    def _lone(
        self, index: int, line: Line, title: Text, roles: tuple[Role, ...], bold: bool
    ) -> Node:
        """A label with nothing behind it does a heading's work."""
        label = normalise(title.plain)
        if line.opens_item or (line.block.depth and not self._outdented(line)):
            return Node(
                index, title, None, "label", None, roles,
                field_stop=self._field_stop(index), label=label,
            )
        return Node(index, title, None, "bold" if bold else "plain", None, roles, label=label)

    def _outdented(self, line: Line) -> bool:
        """A line at the margin right below a list, which Markdown takes for its last item."""
        if line.first or not line.text:
            return False
        source = self.source.text
        return not source[self.source.line_span(line.number).start].isspace()

    def _bare(self, index: int, line: Line) -> Node | None:
        """A bold or plain line that is a known name, without a colon."""
        text = line.text
        plain = text.plain.strip()
        if len(plain) > 70 or plain.endswith((".", ",", "!")) and not text.all_bold:
            return None
        label = normalise(plain)
        bold = text.all_bold
        if line.opens_item and not (bold or line.block.ordered):
            return None
        if line.opens_item and not _under(self.lines, index):
            return None
        roles = self.words.loose(label) if bold else self.words.roles(label)
        if not roles and (label not in self.words.other or self._in_timeline()):
            return None
        if not bold and not _starts_like_heading(plain, label, bool(roles)):
            return None
        if not bold and not line.first and _flows_on(self.lines[index - 1].text.plain):
            return None
        return self._lone(index, line, text, roles, bold)

    def _field_stop(self, index: int) -> int:
        """Behind the item with its sub-lists, or the paragraph, of a label."""
        lines = self.lines
        line = lines[index]
        stop = index + 1
        depth = line.block.depth
        if not depth:
            while stop < len(lines) and lines[stop].block is line.block:
                if self._is_label_line(lines[stop]):
                    return stop
                stop += 1
            if lines[stop - 1].text.plain.rstrip().endswith((":", ";-", ":-")):
                while stop < len(lines) and lines[stop].block.depth:
                    stop += 1
            return stop
        while stop < len(lines):
            block = lines[stop].block
            if lines[stop].first and (
                block.depth < depth or (block.depth == depth and block.kind == "item")
            ):
                break
            if not lines[stop].first and block is line.block and self._is_label_line(lines[stop]):
                break
            stop += 1
        return stop

    def _is_label_line(self, line: Line) -> bool:
        split = split_label(line.text)
        if split is not None:
            label = normalise(line.text.plain[: split[0]])
            if self.words.roles(label) or (split[2] and self.words.loose(label)):
                return True
            title = line.text.plain[: split[0]].strip()
            if split[2] or (title[:1].isupper() and len(title.split()) <= 3):
                return True
        label = normalise(line.text.plain)
        return bool(self.words.roles(label)) and line.text.plain[:1].isupper()


_PLAIN_IMPROVEMENTS = frozenset(
    {"improvements", "improvements/fixes", "improvements and fixes", "improvements & fixes",
     "recommendations", "corrective measures", "preventive measures", "preventative measures",
     "prevention", "improvement", "corrective actions", "things to improve", "broad improvements"}
)


def _within(outer: Sequence[Role], inner: Sequence[Role], template: Template) -> bool:
    """True when a part without a level may hold all of the inner roles."""
    if set(outer) == set(inner):
        return False
    allowed: set[str] = set()
    for role in outer:
        allowed |= template.contains.get(role, frozenset())
    return set(inner) <= allowed and not set(outer) <= set(inner)


@cache
def _total() -> re.Pattern[str]:
    return re.compile(r"\btotal\b|\bdowntime\b|\bduration\b")


def _under(lines: Sequence[Line], index: int) -> bool:
    """Something stands below a list item: a sub-list or a paragraph of its own."""
    depth = lines[index].block.depth
    if index + 1 >= len(lines):
        return False
    below = lines[index + 1].block
    if below is lines[index].block:
        return True
    return below.depth > depth or (below.depth == depth and below.kind == "text" and depth > 0)


def _starts_like_heading(plain: str, label: str, role: bool) -> bool:
    bare = re.sub(r"^[^\w]+|^\(?\d{1,2}[.)]\s*", "", plain)
    if not bare[:1].isupper():
        return False
    return role or len(label.split()) <= 3


def _flows_on(before: str) -> bool:
    """The line before is a sentence that goes on (a hard-wrapped paragraph)."""
    words = before.rstrip()
    return bool(words) and words[-1].islower() and len(words) > 55 and " " in words


def _resolve_weak(nodes: list[Node], lines: Sequence[Line], template: Template) -> None:
    """Names that play a role only where nothing better does."""
    words = vocabulary(template)
    weak_roles: tuple[Role, ...] = ("timeline", "root_cause", "resolution", "corrective")
    for role in weak_roles:
        if role == "corrective" and any("tasks" in node.roles for node in nodes):
            continue
        if any(role in node.roles for node in nodes):
            continue
        for node in nodes:
            label = node.label.split(":")[0].strip()
            if role not in words.weak.get(label, ()) or (node.roles and node.is_field):
                continue
            if role == "corrective" and node is nodes[0]:
                continue
            if role == "timeline" and not _holds_clock(lines[node.line + 1 : node.stop]):
                continue
            node.roles = tuple(sorted({*node.roles, role} - {"summary"} if role == "timeline" else {*node.roles, role}))
            break


def _holds_clock(lines: Sequence[Line]) -> bool:
    """Several blocks, one of them with a clock; a lone paragraph is a summary."""
    several = len({id(line.block) for line in lines}) > 1
    return several and any(re.search(r"\b\d{1,2}:\d{2}\b", line.text.prose) for line in lines)


def _disown(nodes: list[Node]) -> None:
    """``Tasks`` over a whole postmortem is a heading of the README around it."""
    big = {"summary", "timeline", "root_cause"}
    for index, node in enumerate(nodes):
        if node.roles and node.level is not None and not set(node.roles) & big:
            inner = {role for child in _descendants(nodes, index) for role in nodes[child].roles}
            if len(inner & big) >= 2:
                node.roles = ()


def _descendants(nodes: Sequence[Node], index: int) -> Iterator[int]:
    pending = list(nodes[index].children)
    while pending:
        child = pending.pop()
        yield child
        pending.extend(nodes[child].children)
