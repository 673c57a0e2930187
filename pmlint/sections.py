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
from pmlint.vocabulary import Vocabulary, normalise, vocabulary

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


_DOCUMENTS = frozenset({"rca", "root cause analysis", "incident", "outage", "5 whys"})
"""Names of a part that also name the whole document."""

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
        if node.is_field and outer.level is None and "timeline" in outer.roles:
            statement = node.rest.prose if node.rest else ""
            if not set(node.roles) & {"detection", "duration"} and self._leaves_timeline(
                node.line, statement, node.label
            ):
                return False
        if outer.level is not None and node.level is None and set(node.roles) <= set(outer.roles):
            return True
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
        if self._in_timeline() and _opens_with_clock(line):
            return None
        return self._label(index, line) or self._bare(index, line)

    def _heading(self, index: int, line: Line) -> Node | None:
        if not line.first:
            return None
        block = line.block
        style = block.style or "atx"
        plain = line.text.plain.strip()
        if self._in_timeline() and only_time().fullmatch(plain.strip(" :-–—*")):
            return None
        label = normalise(plain)
        roles = self.words.loose(label)
        if block.depth and style != "html":
            return self._item_heading(index, line, label, roles)
        document = not self.found and self._names_document(index, label)
        if document:
            roles = ()
        split = label_pattern().match(plain)
        if split and plain[split.end() :].strip():
            named = self.words.roles(normalise(split.group(1)))
            if document:
                named = tuple(role for role in named if role == "duration")
            if named and not self.words.roles(label):
                rest = line.text.cut(split.end()).strip()
                title = line.text.cut(0, len(split.group(1)))
                return Node(
                    index, title, rest, style, block.level, named, label=normalise(title.plain)
                )
        return Node(index, line.text, None, style, block.level, roles, label=label)

    def _item_heading(
        self, index: int, line: Line, label: str, roles: tuple[Role, ...]
    ) -> Node | None:
        """``- ## Impact`` is a label of its list item."""
        if not roles or self._in_timeline():
            return None
        return Node(
            index, line.text, None, line.block.style or "atx", None, roles,
            field_stop=self._field_stop(index), label=label,
        )

    def _names_document(self, index: int, label: str) -> bool:
        """The first heading, above all others, is the title, though it names a part too."""
        level = self.lines[index].block.level
        others = [
            line.block.level for line in self.lines[index + 1 :]
            if line.kind == "heading" and line.first and not line.block.depth
        ]
        if not others or min(others) <= level:
            return False
        return not self.words.exactly(label) or label in _DOCUMENTS

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
            label, title.plain, rest.prose, bold, container,
            self._starts_anew(index, line), self._leaves_timeline(index, rest.prose, label),
            line.opens_item,
        )
        if not roles and self._ends_part(index, label, rest.prose):
            if not rest:
                return self._lone(index, line, title, (), bold)
            return Node(
                index, title, rest, "label", None, (),
                field_stop=self._field_stop(index), label=label,
            )
        if not roles:
            return None
        if not rest:
            return self._lone(index, line, title, roles, bold)
        if "duration" in roles and not tells_time(rest.prose, label) and not _under(
            self.lines, index
        ):
            return None
        if not line.block.depth and self._introduces(index, rest, roles):
            node = self._lone(index, line, title, roles, bold)
            node.rest = rest
            return node
        style: Style = "label"
        return Node(
            index, title, rest, style, None, roles,
            field_stop=self._field_stop(index), label=label,
        )

    def _ends_part(self, index: int, label: str, rest: str) -> bool:
        """A label that plays no role, such as ``Conclusion:``, ends the part before it.

        In a timeline it may head a group of entries, or be one.
        """
        if not self.words.other(label):
            return False
        if self._in_timeline():
            return not self.words.of_timeline(label) and self._leaves_timeline(index, rest)
        return not rest

    def _leaves_timeline(self, index: int, statement: str, label: str = "") -> bool:
        """A label at the margin that is no entry of the plain timeline above it."""
        if self.lines[index].block.depth or not self._open_timeline():
            return False
        if leading_time(statement) is not None or self._resumes(index):
            return False
        # "Resolution: …" is the last entry where the resolution has a part of its own.
        return self.words.roles(label) != ("resolution",) or not self._named_below(
            index, "resolution"
        )

    def _named_below(self, index: int, role: Role) -> bool:
        return any(
            role in self.words.roles(normalise(line.text.plain))
            for line in self.lines[index + 1 :]
            if line.first and not line.block.depth and len(line.text.plain) <= 60
        )

    def _resumes(self, index: int) -> bool:
        """The entries of a timeline go on below a label that stands between them."""
        for line in self.lines[index + 1 :]:
            if line.kind == "heading":
                return False
            if leading_time(line.text.prose) is not None:
                return True
            split = split_label(line.text)
            label = normalise(line.text.plain[: split[0]] if split else line.text.plain)
            if set(self.words.roles(label)) - {"detection"}:
                return False
        return False

    def _open_timeline(self) -> bool:
        """The innermost part is a timeline whose heading has no level."""
        for index in reversed(self.stack):
            node = self.found[index]
            if node.roles:
                return node.level is None and "timeline" in node.roles
        return False

    def _introduces(self, index: int, rest: Text, roles: tuple[Role, ...]) -> bool:
        """``Timeline: it began at noon.`` and a list below: a heading with its first words."""
        if rest.plain.endswith(":") and set(roles) & {
            "corrective", "tasks", "timeline", "resolution"
        }:
            return True
        if not set(roles) & {"corrective", "tasks", "timeline"} or index + 1 >= len(self.lines):
            return False
        behind = self.lines[index + 1]
        if self._is_label_line(behind):
            return False
        if "timeline" in roles and leading_time(behind.text.prose) is not None:
            return True
        return behind.kind in ("item", "row") and behind.first

    def _label_roles(
        self,
        label: str,
        title: str,
        statement: str,
        bold: bool,
        container: tuple[Role, ...],
        alone: bool,
        leaves: bool,
        item: bool,
    ) -> tuple[Role, ...]:
        rest = bool(statement)
        roles = self.words.roles(label)
        if not roles and not rest and len(label.split()) <= 7 and (title[:1].isupper() or alone):
            roles = self.words.loose(label)
        elif not roles and bold and len(label.split()) <= 4:
            roles = tuple(r for r in self.words.loose(label) if r in _CORE_FIELDS)
            if set(container) & {"timeline", "corrective", "tasks", "lessons", "impact"}:
                roles = ()
        if not rest and item and "timeline" in container:
            return tuple(role for role in roles if role in _INSIDE["timeline"])
        if not roles or not rest:
            return roles
        if not container or container == ("title",) or "summary" in container:
            return roles
        if self._open_ended() and set(roles) <= _CORE_FIELDS:
            return roles
        if alone and leaves:
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
        if not roles and not (bold and not line.opens_item and self.words.likely(label)):
            if not self._ends_part(index, label, ""):
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
                block.depth < depth or (block.depth == depth and block.kind in ("item", "heading"))
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
    """Names and wordings that play a role only where nothing better does."""
    words = vocabulary(template)
    weak_roles: tuple[Role, ...] = ("timeline", "root_cause", "resolution", "corrective")
    for role in weak_roles:
        if role == "corrective" and any("tasks" in node.roles for node in nodes):
            continue
        if any(role in node.roles for node in nodes):
            continue
        for node in nodes:
            if role not in words.weakly(node.label) or (node.roles and node.is_field):
                continue
            if role == "corrective" and node is nodes[0]:
                continue
            if role == "timeline" and not _tells_events(node, lines):
                continue
            kept = set(node.roles) - ({"summary"} if role == "timeline" else set())
            node.roles = tuple(sorted({*kept, role}))
            break
    _resolve_wrong(nodes)
    _resolve_likely(nodes, lines, words)


def _resolve_wrong(nodes: list[Node]) -> None:
    """``What went wrong`` without ``What went well`` beside it tells the cause."""
    lessons = [node for node in nodes if "lessons" in node.roles]
    if len(lessons) == 1 and not any("root_cause" in node.roles for node in nodes):
        node = lessons[0]
        if node.label.endswith("went wrong") and not node.is_field:
            node.roles = ("root_cause",)


def _resolve_likely(nodes: list[Node], lines: Sequence[Line], words: Vocabulary) -> None:
    """Headings such as ``How did we fix it?``, for roles that nothing plays."""
    played = {role for node in nodes for role in node.roles}
    free = [node for node in nodes if not node.roles and not node.is_field]
    for node in free:
        found = words.likely(node.label) - played
        if "timeline" in found and not _tells_events(node, lines):
            found -= {"timeline"}
        if any(other.roles for other in nodes[: nodes.index(node)]):
            found -= {"summary"}
        if node is nodes[0]:
            found &= {"summary", "impact", "duration"}
        node.roles = tuple(sorted(found))
    if "timeline" not in played:
        for node in nodes:
            if node.is_field or not set(node.roles) <= {"resolution"}:
                continue
            inner = any(_entries(_under_node(nodes[at], lines)) for at in node.children)
            if not inner and _entries(_under_node(node, lines)) >= LEAST_ENTRIES:
                node.roles = tuple(sorted({*node.roles, "timeline"}))
                break


LEAST_ENTRIES = 3
"""So many lines that begin with a time are a timeline, whatever the heading above them."""


def _under_node(node: Node, lines: Sequence[Line]) -> Sequence[Line]:
    return lines[node.line + 1 : node.stop]


def _tells_events(node: Node, lines: Sequence[Line]) -> bool:
    """Something under a heading carries a time of day."""
    body = lines[node.line + 1 : node.stop]
    if "summary" in node.roles:
        return _entries(body) >= 2
    return any(re.search(r"\b\d{1,2}:\d{2}\b", line.text.prose) for line in body)


def _opens_with_clock(line: Line) -> bool:
    """``18:30 UTC: Resolution`` is an entry, whatever it names."""
    found = leading_time(line.text.prose)
    if found is None or found.moment is None or not found.at_start:
        return False
    return found.moment.clock is not None


def _entries(lines: Sequence[Line]) -> int:
    """How many lines begin with a time."""
    return sum(
        1 for line in lines if line.kind != "code" and leading_time(line.text.prose) is not None
    )


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
