"""Blocks to sections with roles.

Whether ``Timeline:`` on a plain or bold line is a heading can only be told with
the template's vocabulary; it is decided here, in one walk over the lines. A
heading without a level of its own ends where something begins that its role
does not contain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pmlint.facts import Role, Style
from pmlint.findings import Source
from pmlint.markdown import Document
from pmlint.reading.openings import leading_time
from pmlint.reading.times import find_ranges
from pmlint.structure.announcing import courtesies, heads_plans, lists_plans, prescribes, promises
from pmlint.structure.chronicle import find_chronicle, opens_event
from pmlint.structure.labels import (
    dash_label,
    declares_times,
    label_pattern,
    split_label,
    tells_time,
)
from pmlint.structure.lines import flatten, run_on
from pmlint.structure.posts import find_posts
from pmlint.structure.roles import LEAST_ENTRIES, opens_with_clock, settle
from pmlint.structure.stamps import only_time
from pmlint.structure.text import Text
from pmlint.structure.tree import Line, Node, Tree
from pmlint.structure.vocabulary import normalise, vocabulary
from pmlint.structure.wordings import tells_failure

if TYPE_CHECKING:
    from pmlint.standard.templates import Template

__all__ = ["Line", "Node", "Tree", "build", "only_time"]


def build(document: Document, template: Template) -> Tree:
    """The section tree of a document in a template's words."""
    lines = tuple(run_on(flatten(document), vocabulary(template)))
    builder = _Builder(document.source, lines, template)
    nodes = builder.nodes()
    settle(nodes, lines, template)
    told = None if builder.posts else find_chronicle(nodes, lines)
    return Tree(document, lines, tuple(nodes), builder.posts, told)


_TASK_KINDS = frozenset(
    {
        "prevent",
        "prevention",
        "detect",
        "detection",
        "mitigate",
        "mitigation",
        "process",
        "fix",
        "fixes",
        "documentation",
        "monitoring",
        "investigate",
        "respond",
        "response",
        "recover",
        "communication",
        "review",
        "analysis",
        "data",
        "escalation",
        "metrics",
        "investigation",
        "technical details",
        "trigger",
    }
)
"""The kinds and subjects into which measures are sorted."""

_DOCUMENTS = frozenset(
    {"rca", "root cause analysis", "incident", "the incident", "outage", "the outage", "5 whys"}
)
"""Names of a part that also name the whole document."""

_CORE_FIELDS: frozenset[Role] = frozenset(
    {"duration", "impact", "root_cause", "resolution", "summary", "detection"}
)

_BESIDE_MEASURES: frozenset[Role] = frozenset(
    {"duration", "impact", "root_cause", "summary", "timeline"}
)
"""What a bold label behind the measures may name that is no measure."""

_NO_KIND_OF_TASK: frozenset[Role] = frozenset({"duration", "root_cause", "summary", "timeline"})
"""Parts by whose names measures are not sorted, as they are by ``Detection``."""

_LEAD_INS = frozenset({"tl;dr", "tldr", "tl dr"})
"""Labels behind which a sentence may begin with anything."""

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


LONGEST_OWN = 60
"""Characters of a line that may be a heading in the author's own words."""
FEWEST_PARTS = 3
"""So many items named like parts head them; so many headings leave nothing for items to head."""
LONGEST_QUESTION = 120
"""Characters of a bold question that may head a part."""
MOST_BARE_WORDS = 9
"""A plain line without a colon that has more is a sentence."""


class _Builder:
    """One walk over the lines with a stack of open sections."""

    def __init__(self, source: Source, lines: Sequence[Line], template: Template) -> None:
        self.source = source
        self.lines = lines
        self.template = template
        self.words = vocabulary(template)
        self.found: list[Node] = []
        self.played: set[Role] = set()
        """The roles of the nodes found."""
        self.stack: list[int] = []
        self.plainly = False
        """A plain line heads a part."""
        self.phased: set[int] = set()
        """The nodes with a detection directly inside."""
        self.last_named: dict[Role, int] = {}
        self.resumed = (0, 0, False)
        """For which lines it was found whether entries go on below them."""
        self.suggested: dict[str, frozenset[Role]] = {}
        self.part_items = self._part_items()
        sentences = (line.number for line in lines if line.kind == "text" and _is_told(line))
        self.told_from = next(sentences, len(lines))
        """Where the first sentence stands."""
        self.posts = find_posts(lines)
        self.post_heads = {post.head for post in self.posts}

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
            if "detection" in node.roles:
                self.phased.add(node.parent)
        self.stack.append(len(self.found))
        self.found.append(node)
        self.played.update(node.roles)
        self.plainly = self.plainly or (node.style == "plain" and bool(node.roles))

    def _holds(self, outer: Node, node: Node) -> bool:
        if outer.is_field:
            return node.is_field or node.level is None
        if outer.level is None and "timeline" in outer.roles and self._tells_phase(node):
            return True
        if node.is_field and outer.level is None and "timeline" in outer.roles:
            statement = node.rest.prose if node.rest else ""
            if not set(node.roles) & {"detection", "duration"} and self._leaves_timeline(
                node.line, statement, node.label
            ):
                return False
        if outer.level is not None and node.level is None and set(node.roles) <= set(outer.roles):
            return True
        if self._groups_measures(outer, node):
            return True
        if node.level is not None and outer.level is not None and outer.level >= node.level:
            return False
        if outer.level is None and node.level is not None:
            if not node.roles and not set(outer.roles).isdisjoint(("tasks", "corrective")):
                # "#### 1. Move the tokens" below "**Tasks**"
                return prescribes(node.title.plain)
            if "timeline" in outer.roles and self._heads_entries(node.line):
                return set(node.roles) <= {"detection", "resolution"}
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

    def _groups_measures(self, outer: Node, node: Node) -> bool:
        """``### Short term`` over measures, right below ``### Action items`` with none itself."""
        if node.level is None or node.roles or node.level < (outer.level or 0):
            return False
        if set(outer.roles).isdisjoint(("tasks", "corrective")) or self.words.other(node.label):
            return False
        if outer.rest is not None or not self._only_leads_in(outer.line + 1):
            return False
        return lists_plans(self.lines, node.line)

    def _only_leads_in(self, index: int) -> bool:
        """A heading stands here, or behind a sentence or two that end with a colon."""
        for line in self.lines[index : index + 3]:
            if line.kind == "heading":
                return True
            if line.kind != "text" or line.block.depth:
                return False
            if line.text.plain.rstrip().endswith(":"):
                continue
            if line.block.lines[-1].plain.rstrip()[-1:] != ":":
                return False
        return False

    def _tells_phase(self, node: Node) -> bool:
        """``Resolution:`` in a timeline told by phases, as the ALX task asks for it.

        The resolution proper stands behind it, together with the root cause.
        """
        if node.level is not None or node.roles != ("resolution",):
            return False
        timeline = next(at for at in reversed(self.stack) if "timeline" in self.found[at].roles)
        return timeline in self.phased and any(
            {"root_cause", "resolution"} <= set(self.words.roles(normalise(line.text.plain)))
            for line in self.lines[node.line + 1 : node.line + 40]
            if len(line.text.plain) < 60
        )

    def _part_items(self) -> dict[int, tuple[Text, tuple[Role, ...]]]:
        """The items of ``2. Timeline`` and its kin, over content that stands beside them.

        Markdown takes them for lists of one item each; they head their parts like plain lines.
        """
        headed = sum(
            line.kind == "heading" and bool(self.words.loose(normalise(line.text.plain)))
            for line in self.lines
            if line.first
        )
        if headed > FEWEST_PARTS:
            return {}
        depth = min((line.block.depth for line in self.lines if line.opens_item), default=0)
        found: dict[int, tuple[Text, tuple[Role, ...]]] = {}
        for index, line in enumerate(self.lines):
            if not line.opens_item or line.block.depth != depth or len(line.text.plain) > 60:
                continue
            split = split_label(line.text)
            if split is not None and line.text.plain[split[1] :].strip():
                continue
            title = line.text if split is None else line.text.cut(0, split[0]).strip()
            label = normalise(title.plain)
            roles = self.words.loose(label) if title.all_bold else self.words.roles(label)
            suggested = title.all_bold and (self._likely(label) or self.words.weakly(label))
            if (roles or suggested or self.words.other(label)) and not line.block.quoted:
                found[index] = title, roles
        # An item right above another heads nothing: a table of contents.
        found = {index: each for index, each in found.items() if index + 1 not in found}
        played = {role for _, roles in found.values() for role in roles}
        for title, roles in found.values():
            played |= set() if roles else self._likely(normalise(title.plain))
        beside = [index for index in found if not self._nested(index)]
        told = not played.isdisjoint(("timeline", "root_cause"))
        if len(played) < FEWEST_PARTS or not told or len(beside) * 2 < len(found):
            return {}
        return found

    def _nested(self, index: int) -> bool:
        """What stands below an item belongs to it."""
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return below is not None and below.block.depth > self.lines[index].block.depth

    def _candidate(self, index: int, line: Line) -> Node | None:
        if not line.text:
            return None
        if line.block.quoted:
            return self._quoted(index, line)
        if index in self.post_heads and not self._in_timeline():
            return self._post(index, line)
        if line.kind == "heading":
            return self._heading(index, line)
        if line.kind == "row":
            return self._row(index, line)
        if line.kind == "front-matter":
            return self._front_matter(index, line)
        if line.kind == "code":
            return None
        if index in self.part_items:
            title, roles = self.part_items[index]
            style: Style = "bold" if line.text.all_bold else "plain"
            return Node(index, title, None, style, None, roles, label=normalise(title.plain))
        if (self._in_timeline() and opens_with_clock(line)) or self._heads_mail(index, line):
            return None
        return (
            self._label(index, line)
            or self._bare(index, line)
            or self._log(index, line)
            or self._plan(index, line)
        )

    def _heads_mail(self, index: int, line: Line) -> bool:
        """``Date: …`` beside ``From: …`` or ``Subject: …`` dates the mail."""
        if not line.text.plain.startswith(("Date:", "Sent:")):
            return False
        around = self.lines[max(0, index - 3) : index + 4]
        heads = (other.text.plain for other in around)
        return any(
            head.startswith("Subject:") or (head.startswith("From: ") and head[6:7].isalpha())
            for head in heads
        )

    def _post(self, index: int, line: Line) -> Node | None:
        """``Resolved`` over a post of a status page is no part of the postmortem."""
        if line.kind != "heading" or not line.first:
            return None
        label = normalise(line.text.plain)
        return Node(
            index, line.text, None, line.block.style or "atx", line.block.level, (), label=label
        )

    def _log(self, index: int, line: Line) -> Node | None:
        """A line of the author's own words over a list of times, where no name tells of one."""
        words = line.text.plain.rstrip()
        if not words.endswith(":") or len(words) > LONGEST_OWN or not line.first:
            return None
        entries = self.lines[index + 1 : index + 2 + LEAST_ENTRIES]
        header = bool(entries) and entries[0].kind == "row" and entries[0].block.header
        entries = entries[header : LEAST_ENTRIES + header]
        if len(entries) < LEAST_ENTRIES or not all(map(opens_event, entries)):
            return None
        if "timeline" in self.played:
            return None
        inside = not set(self._inner_roles()) <= {"title", "summary"}
        if inside and not self._open_ended():
            return None
        if self._named_below(index, "timeline"):
            return None
        return self._lone(index, line, line.text, ("timeline",), line.text.all_bold)

    def _plan(self, index: int, line: Line) -> Node | None:
        """A line of the author's own words over a list of measures."""
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if line.block.depth or below is None or self._in_timeline():
            return None
        closed = line.text.plain.rstrip().endswith(":") or line.text.all_bold
        if not below.opens_item and not (closed and line.first):
            return None
        held = set(self._inner_roles())
        if held & _LISTS or not self._told_before(index):
            return None
        label = normalise(line.text.plain)
        style: Style = "bold" if line.text.all_bold else "plain"
        top = self.found[self.stack[-1]] if self.stack else None
        free = top is None or top.level is None or not top.roles
        asked = line.first and "corrective" in self._likely(label) and len(label) <= LONGEST_OWN
        headed = free and (asked or heads_plans(self.lines, index))
        if not headed and not promises(self.lines, index):
            return None
        return Node(index, line.text, None, style, None, (), label=label)

    def _told_before(self, index: int) -> bool:
        """The part around a line says something before it."""
        if not self.stack:
            return any(line.kind == "text" and line.text for line in self.lines[:index])
        top = self.found[self.stack[-1]]
        return top.rest is not None or index - top.line > 1 or not top.roles

    def _heading(self, index: int, line: Line) -> Node | None:
        if not line.first:
            return None
        block = line.block
        style = block.style or "atx"
        plain = line.text.plain.strip()
        if self._in_timeline() and only_time(plain.strip(" :-–—*")):
            return None
        label = normalise(plain)
        roles = self.words.loose(label)
        if block.depth and style != "html":
            return self._item_heading(index, line, label, roles)
        document = not self.found and self._names_document(index, label)
        if document:
            roles = ()
        beside = () if document or self.words.roles(label) else self._beside_name(plain)
        if beside:
            return Node(index, line.text, None, style, block.level, beside, label=label)
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
        meant = ""
        if _NO_KIND_OF_TASK.isdisjoint(roles) and self._sorts_tasks(index, block.level):
            roles = tuple(role for role in roles if role in ("corrective", "tasks"))
        elif not roles and not document:
            meant, roles = self.words.nearly(label)
        return Node(index, line.text, None, style, block.level, roles, label=label, meant=meant)

    def _beside_name(self, plain: str) -> tuple[Role, ...]:
        """``Cause - the expired key``, ``Fix | shop``, ``Incident 7: Cause``: a name and more."""
        before, _, behind = plain.partition(": ")
        name = normalise(before)
        if behind and (name in _NAMED or not self.words.roles(name)):
            return self.words.exactly(normalise(behind))
        parted = _aside().match(plain)
        label = normalise(parted[1]) if parted else ""
        return () if label in _NAMED or label in _DOCUMENTS else self.words.exactly(label)

    def _sorts_tasks(self, index: int, level: int) -> bool:
        """A deeper heading over measures sorts them: ``Detect``, ``Impact reduction``."""
        holders = (self.found[at] for at in self.stack)
        inside = any(
            node.level is not None
            and node.level < level
            and not {"tasks", "corrective"}.isdisjoint(node.roles)
            for node in holders
        )
        if not inside:
            return False
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        rows = below is not None and below.kind == "row" and leading_time(below.text.prose) is None
        return rows or lists_plans(self.lines, index)

    def _item_heading(
        self, index: int, line: Line, label: str, roles: tuple[Role, ...]
    ) -> Node | None:
        """``- ## Impact`` is a label of its list item."""
        if not roles or self._in_timeline():
            return None
        return Node(
            index,
            line.text,
            None,
            line.block.style or "atx",
            None,
            roles,
            field_stop=self._field_stop(index),
            label=label,
        )

    def _names_document(self, index: int, label: str) -> bool:
        """The first heading, above all others, is the title, though it names a part too."""
        level = self.lines[index].block.level
        others = [
            line.block.level
            for line in self.lines[index + 1 :]
            if line.kind == "heading" and line.first and not line.block.depth
        ]
        if others and min(others) <= level:
            return False
        return not self.words.exactly(label) or label in _DOCUMENTS

    def _in_timeline(self) -> bool:
        return any("timeline" in self.found[index].roles for index in self.stack)

    def _row(self, index: int, line: Line) -> Node | None:
        cells = list(line.block.lines)
        while len(cells) > 2 and not cells[-1]:
            # | Impact | 40 % of logins failed | | |
            cells.pop()
        if len(cells) != 2 or not (cells[0] or line.block.header):
            return None
        if any(role in self._inner_roles() for role in ("timeline", "tasks", "corrective")):
            return None
        label = normalise(cells[0].plain)
        roles = self.words.roles(label) or tuple(sorted(self._likely(label) & _CORE_FIELDS))
        if not roles or not set(roles) <= {*_CORE_FIELDS, *_LISTS} or not cells[1]:
            return None
        if _only_names(label, cells[1].plain) or (
            line.block.header and label in _COLUMNS and not tells_time(cells[1].prose, label)
        ):
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
        fields = _CORE_FIELDS - {"detection"}
        roles = tuple(role for role in self.words.roles(label) if role in fields)
        if label == "title":
            roles = ("title",)
        elif (
            not value
            or label in ("date", "description", "time", "summary", "abstract")
            or ("duration" in roles and not tells_time(value.prose, label))
        ):
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
            named = node.level is not None or node.style in ("bold", "plain")
            if index and named and "corrective" in self._likely(node.label):
                return ("corrective",)
        return ()

    def _likely(self, label: str) -> frozenset[Role]:
        if label not in self.suggested:
            self.suggested[label] = self.words.likely(label)
        return self.suggested[label]

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
        split = split_label(text) or self._run_in(text)
        if split is None:
            return None
        end, behind, bold = split
        title = text.cut(0, end).strip()
        rest = text.cut(behind).strip()
        label = normalise(title.plain)
        if len(label.split()) > 8 or self._groups_tasks(label, index):
            return None
        container = self._inner_roles()
        roles = self._label_roles(
            label,
            title.plain,
            rest.prose,
            bold,
            container,
            self._starts_anew(index, line),
            self._leaves_timeline(index, rest.prose, label),
            line.opens_item,
        )
        if not (roles or self._in_timeline()) and rest and _times_outage(label, rest.prose):
            roles = ("duration",)
        if not roles and rest and self._announces(index, line, label, container):
            roles = ("corrective",)
        if not roles and bold and rest and self._beside_bold(index, line):
            named = set(self.words.exactly(label)) & _BESIDE_MEASURES
            roles = tuple(sorted(named - self.played))
        if not roles and self._ends_part(index, label, rest.prose):
            if not rest:
                return self._lone(index, line, title, (), bold)
            return Node(
                index,
                title,
                rest,
                "label",
                None,
                (),
                field_stop=self._field_stop(index),
                label=label,
            )
        if not roles and not rest and title.plain[:1].isupper() and not self._in_timeline():
            meant, roles = self.words.nearly(label)
            if roles:
                node = self._lone(index, line, title, roles, bold)
                node.meant = meant
                return node
        if not roles:
            return None
        if not rest and set(roles) <= {"detection", "resolution"} and self._heads_entries(index):
            return None
        if not rest:
            return self._lone(index, line, title, roles, bold)
        if _only_names(label, rest.plain) and not _under(self.lines, index):
            return None
        if (
            "duration" in roles
            and not tells_time(rest.prose, label)
            and not _under(self.lines, index)
        ):
            return None
        if not line.block.depth and self._introduces(index, rest, roles):
            node = self._lone(index, line, title, roles, bold)
            node.rest = rest
            return node
        style: Style = "label"
        return Node(
            index,
            title,
            rest,
            style,
            None,
            roles,
            field_stop=self._field_stop(index),
            label=label,
        )

    def _announces(self, index: int, line: Line, label: str, container: tuple[Role, ...]) -> bool:
        """``What happens now: the old host gets retired.`` in prose without headings."""
        free = line.first and not line.block.depth and not set(container) & _LISTS
        if not free or "corrective" in self.played or self._named_below(index, "corrective"):
            return False
        return self._likely(label) == {"corrective"}

    def _run_in(self, text: Text) -> tuple[int, int, bool] | None:
        """``**Impact.** Nobody could pay``, ``*impact* - 20 users``: a label without a colon."""
        if not text.bold:
            start = text.span().start
            italic = start > 0 and self.source.text[start - 1] in "*_"
            dashed = dash_label().match(text.plain) if italic else None
            if dashed is None:
                return None
            label = normalise(dashed[1])
            known = self.words.exactly(label) or self._likely(label)
            return (dashed.end(1), dashed.end(), True) if known else None
        if text.bold[0][0] or text.all_bold:
            return None
        end = text.bold[0][1]
        words, rest = text.plain[:end].strip(), text.plain[end:].lstrip()
        label = normalise(words)
        closed = words.endswith((".", "?"))
        if not rest or not (rest[0].isupper() or rest[0].isdigit() or label in _LEAD_INS):
            return None
        known = self.words.roles(label) if closed else self.words.exactly(label)
        asked = closed and len(label.split()) <= MOST_BARE_WORDS and self._likely(label)
        return (end, end, True) if known or asked else None

    def _groups_tasks(self, label: str, index: int) -> bool:
        """Inside a list of measures, ``Detect`` and ``Monitoring`` say which kind follows."""
        if not set(self._inner_roles()) & {"tasks", "corrective"}:
            return False
        return label in _TASK_KINDS or self._retold(label, index)

    def _retold(self, label: str, index: int) -> bool:
        """``Response`` or ``Resolved`` over a list, where the part of that name stands above."""
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if below is None or not below.opens_item or leading_time(below.text.prose) is not None:
            return False
        roles: set[Role] = set(self.words.loose(label) or self.words.weakly(label))
        if "tasks" in self._inner_roles():
            # "Preventive actions" among the action items
            roles -= {"corrective"} if len(roles) > 1 else set()
            if roles == {"corrective"}:
                return True
        if not roles or roles & _LISTS:
            return False
        return roles <= self.played | {"duration"}

    def _beside_bold(self, index: int, line: Line) -> bool:
        """A paragraph whose bold label may stand beside the bold line over the measures above."""
        if line.block.depth or not line.first or not self.stack:
            return False
        top = self.found[self.stack[-1]]
        measures = not set(top.roles).isdisjoint({"corrective", "tasks", "lessons"})
        return measures and top.style == "bold" and not top.is_field and index > top.line + 1

    def _ends_part(self, index: int, label: str, rest: str) -> bool:
        """A label that plays no role, such as ``Conclusion:``, ends the part before it.

        In a timeline it may head a group of entries, or be one.
        """
        if not self.words.other(label) and (rest or courtesies().isdisjoint(label.split())):
            return False
        if self._in_timeline():
            return not self.words.of_timeline(label) and self._leaves_timeline(index, rest)
        return not rest

    def _leaves_timeline(self, index: int, statement: str, label: str = "") -> bool:
        """A label at the margin that is no entry of the plain timeline above it."""
        if self.lines[index].block.depth or not (
            self._open_timeline() or self._set_apart(index, label)
        ):
            return False
        if leading_time(statement) is not None or self._resumes(index):
            return False
        # "Resolution: …" is the last entry where the resolution has a part of its own.
        return self.words.roles(label) != ("resolution",) or not self._named_below(
            index, "resolution"
        )

    def _set_apart(self, index: int, label: str) -> bool:
        """The label of a part opens a paragraph behind a list or a table of entries."""
        line = self.lines[index]
        roles = self.words.roles(label)
        if not roles or any(self._named_below(index, role) for role in roles):
            return False
        if not index or not line.first or line.kind != "text":
            return False
        above = self.lines[index - 1]
        return (above.kind == "row" or above.block.depth > 0) and not self._resumes(index)

    def _named_below(self, index: int, role: Role) -> bool:
        if role not in self.last_named:
            upwards = range(len(self.lines) - 1, -1, -1)
            named = (at for at in upwards if self._names(self.lines[at], role))
            self.last_named[role] = next(named, -1)
        return self.last_named[role] > index

    def _names(self, line: Line, role: Role) -> bool:
        short = line.first and not line.block.depth and len(line.text.plain) <= 60
        return short and role in self.words.roles(normalise(line.text.plain))

    def _resumes(self, index: int) -> bool:
        """The entries of a timeline go on below a label that stands between them."""
        first, last, goes_on = self.resumed
        if not first <= index < last:
            last, goes_on = self._decided_below(index)
            self.resumed = (index, last, goes_on)
        return goes_on

    def _decided_below(self, index: int) -> tuple[int, bool]:
        """The first line below that ends a timeline or goes on with it, and which it does."""
        for at in range(index + 1, len(self.lines)):
            line = self.lines[at]
            if line.kind == "heading":
                return at, False
            if leading_time(line.text.prose) is not None:
                return at, True
            split = split_label(line.text)
            label = normalise(line.text.plain[: split[0]] if split else line.text.plain)
            if set(self.words.roles(label)) - {"detection"}:
                return at, False
        return len(self.lines), False

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
            "corrective",
            "tasks",
            "timeline",
            "resolution",
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
        asked = rest and (bold or label == "why")
        apart = not set(container) - {"title", "summary"} or (alone and leaves)
        if not roles and asked and apart:
            roles = tuple(sorted(self._likely(label) & _CORE_FIELDS))
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
        if item and not statement.rstrip().endswith(":") and "tasks" in roles:
            # "- TODO: pin the image" is one of the measures.
            return ()
        listed = set(container) & {"corrective", "tasks", "lessons"} and "corrective" in roles
        return () if listed and label not in _PLAIN_IMPROVEMENTS else roles

    def _starts_anew(self, index: int, line: Line) -> bool:
        """The line before, if it is of the same paragraph, ends a sentence."""
        return line.first or self.lines[index - 1].text.plain.rstrip().endswith((".", "!", "?"))

    def _lone(
        self, index: int, line: Line, title: Text, roles: tuple[Role, ...], bold: bool
    ) -> Node:
        """A label with nothing behind it does a heading's work."""
        label = normalise(title.plain)
        if line.opens_item or (line.block.depth and not self._outdented(line)):
            stop = self._field_stop(index)
            heads = set(roles) & {"tasks", "corrective"} or self._heads_list(index)
            if stop == index + 1 and line.opens_item and roles and heads:
                stop = self._siblings_stop(index)
            return Node(index, title, None, "label", None, roles, field_stop=stop, label=label)
        return Node(index, title, None, "bold" if bold else "plain", None, roles, label=label)

    def _heads_list(self, index: int) -> bool:
        """``2. Timeline:`` or ``* **Timeline**`` over a list of another kind beside it."""
        line = self.lines[index]
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if below is None or not below.opens_item or below.block.depth != line.block.depth:
            return False
        if below.block.ordered != line.block.ordered:
            return True
        return not line.block.ordered and self._mark(line) != self._mark(below)

    def _mark(self, line: Line) -> str:
        """The sign with which an item's line begins in the source."""
        start, end = self.source.line_span(line.number)
        return self.source.text[start:end].lstrip()[:1]

    def _siblings_stop(self, index: int) -> int:
        """Behind the items that an empty item heads though they stand beside it, not below."""
        depth = self.lines[index].block.depth
        stop = index + 1
        while stop < len(self.lines):
            line = self.lines[stop]
            split = split_label(line.text)
            name = line.text.plain[: split[0]] if split else line.text.plain
            if line.kind == "heading" or self.words.roles(normalise(name)):
                break
            if line.block.depth < depth and not line.opens_item and self._bare(stop, line):
                break
            if line.opens_item and line.text.all_bold and self.words.loose(normalise(name)):
                break
            stop += 1
        return stop

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
        asks = text.all_bold and plain.endswith("?")
        if len(plain) > (LONGEST_QUESTION if asks else 70):
            return None
        if plain.endswith((".", ",", "!")) and not text.all_bold:
            return None
        if declares_times(plain):
            return None
        bold = text.all_bold
        if not bold and plain.count(" ") > MOST_BARE_WORDS:
            return None
        label = normalise(plain)
        if self._groups_tasks(label, index):
            return None
        if line.opens_item and not (bold or line.block.ordered or self._heads_items(index, label)):
            return None
        if line.opens_item and not (_under(self.lines, index) or self._heads_list(index)):
            return None
        roles = self.words.loose(label) if bold else self.words.roles(label)
        likely = (
            bold
            and not line.opens_item
            and (self.words.likely(label) or self._weakly(index, label))
        ) or (not bold and self._set_off(index, line) and self._likely(label))
        if not roles and not likely and not self._ends_part(index, label, ""):
            if not bold or line.opens_item or not self._heads_clocks(index):
                return None
            return self._lone(index, line, text, (), bold)
        alone = len(line.block.lines) == 1 or " " in label
        if not bold and not _starts_like_heading(plain, label, bool(roles or likely), alone):
            return None
        if not bold and not line.first and _flows_on(self.lines[index - 1].text.plain):
            return None
        listed = bool(self.words.exactly(label)) and self._lists_below(index)
        if not bold and (self._in_row(index) or (self._captions(line) and not listed)):
            return None
        if set(roles) <= {"detection", "resolution"} and self._heads_entries(index):
            return None
        return self._lone(index, line, text, roles, bold)

    def _in_row(self, index: int) -> bool:
        """One of several lines with the same sign before them (``✅ Quick detection``)."""
        line = self.lines[index]
        sign = self._mark(line)
        if sign.isalnum() or sign.isascii():
            return False
        return any(
            each.block is line.block and self._mark(each) == sign
            for each in (*self.lines[max(index - 1, 0) : index], *self.lines[index + 1 : index + 2])
        )

    def _lists_below(self, index: int) -> bool:
        """Items or entries stand below a line, if behind a picture of them."""
        below = self.lines[index + 1 : index + 3]
        told = next((line for line in below if line.text), None)
        return told is not None and (told.opens_item or opens_with_clock(told))

    def _captions(self, line: Line) -> bool:
        """A line without a colon over a picture says what the picture shows."""
        if line.text.plain.rstrip().endswith(":"):
            return False
        behind = self.source.line_span(line.number).end
        below = self.source.text[behind : behind + 200].lstrip()
        return below.startswith(("<img ", "![", "<p><img", '<p align="center"><img'))

    def _set_off(self, index: int, line: Line) -> bool:
        """``How we fixed it:``, ``_How we fixed it_`` on a line of its own, in no named section."""
        asked = line.first and line.text.plain.rstrip().endswith(":")
        if line.block.depth or (len(line.block.lines) > 1 and not asked):
            return False
        if self._in_timeline() and (not self._open_timeline() or self._resumes(index)):
            return False
        nodes = (self.found[at] for at in self.stack)
        if any(node.level is not None and set(node.roles) - {"title"} for node in nodes):
            return False
        if self.plainly and line.text.plain.rstrip()[-1:].isalnum():
            return True
        written = self.source.slice(self.source.line_span(line.number)).strip()
        if written.endswith(":"):
            return True
        # A slanted line at the very top goes on with the title.
        return line.number > self.told_from and written[:1] in "_*<" and written[-1:] in "_*>"

    def _heads_items(self, index: int, label: str) -> bool:
        """``- Action items`` over a list of its own; in no other part ``- Impact`` too."""
        if self._in_timeline():
            return False
        roles = set(self.words.roles(label))
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        nested = below is not None and below.block.depth > self.lines[index].block.depth
        if not nested or not roles:
            return False
        if roles <= {"tasks", "corrective"}:
            return bool(self.words.exactly(label))
        return not set(self._inner_roles()) - {"title", "summary"}

    def _quoted(self, index: int, line: Line) -> Node | None:
        """``> TL;DR: from 10:00 to 11:00 …``; other quotations are somebody else's words."""
        if line.kind == "heading" or split_label(line.text) is None or self._in_timeline():
            return None
        node = self._label(index, line)
        if node is None or node.rest is None:
            return None
        if line.text.bold and set(node.roles) <= {"impact", "root_cause", "duration"}:
            # A box of fields at the top of the page.
            return node if self.words.exactly(node.label) else None
        if not set(node.roles) <= {"summary", "duration"}:
            return None
        told = node.rest.plain
        return node if tells_time(told, "") and len(told.split()) > 5 else None

    def _heads_clocks(self, index: int) -> bool:
        """A bold line over lines that begin with a clock, where nothing is named a timeline."""
        below = [
            line
            for line in self.lines[index + 1 : index + 12]
            if line.text and not (line.kind == "row" and line.block.header)
        ][:3]
        if len(below) < 3 or not all(
            line.kind != "code" and opens_with_clock(line) for line in below
        ):
            return False
        named = "timeline" in self.played
        return not named and not self._named_below(index, "timeline")

    def _weakly(self, index: int, label: str) -> bool:
        """A bold line such as ``Why?``; in a timeline it may head further entries."""
        if self._in_timeline() and (self.words.of_timeline(label) or self._resumes(index)):
            return False
        return bool(self.words.weakly(label))

    def _heads_entries(self, index: int) -> bool:
        """``Repair phase`` over further entries of a timeline ends nothing."""
        below = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return self._in_timeline() and below is not None and opens_with_clock(below)

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
    {
        "improvements",
        "improvements/fixes",
        "improvements and fixes",
        "improvements & fixes",
        "recommendations",
        "corrective measures",
        "preventive measures",
        "preventative measures",
        "prevention",
        "improvement",
        "corrective actions",
        "things to improve",
        "broad improvements",
    }
)


def _within(outer: Sequence[Role], inner: Sequence[Role], template: Template) -> bool:
    """True when a part without a level may hold all of the inner roles."""
    if set(outer) == set(inner):
        return False
    allowed: set[str] = set()
    for role in outer:
        allowed |= template.contains.get(role, frozenset())
    return set(inner) <= allowed and not set(outer) <= set(inner)


def _only_names(label: str, statement: str) -> bool:
    """``Incident: INC-77 scanners offline`` gives it a name and tells nothing yet."""
    if label not in _NAMED or statement.rstrip().endswith((".", "!")):
        return False
    return len(statement.split()) <= LONGEST_NAME


_COLUMNS = frozenset({"what", "why", "when", "time", "date", "cause", "reason", "issue", "problem"})
"""Heads of columns as well as of rows."""

_NAMED = frozenset({"incident", "the incident", "issue", "outage", "the outage", "problem"})
LONGEST_NAME = 8
"""A statement of more words behind "Incident:" tells it."""


@cache
def _aside() -> re.Pattern[str]:
    """Words behind a dash or a bar at the end of a heading's name."""
    return re.compile(r"([^:|–—\n]{3,60}?)\s++[|–—-]\s++(?=\S)")


def _is_told(line: Line) -> bool:
    plain = line.text.plain.rstrip()
    return plain.endswith(".") or plain.count(" ") > MOST_BARE_WORDS


def _times_outage(label: str, statement: str) -> bool:
    """``Service disruption: 2 May 10:00 to 3 May 2:00``: nothing but when it ran."""
    if not tells_failure(label) or not only_time(statement.strip(" .;()*")):
        return False
    return any(each.first.clock and each.last.clock for each in find_ranges(statement))


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
    other_list = below.ordered != lines[index].block.ordered
    if below.kind == "item" and below.depth == depth and other_list:
        return True
    return below.depth > depth or (below.depth == depth and below.kind == "text" and depth > 0)


def _starts_like_heading(plain: str, label: str, role: bool, alone: bool) -> bool:
    bare = re.sub(r"^[^\w]+|^\(?\d{1,2}[.)]\s*", "", plain)
    if not bare[:1].isupper():
        return role and alone and not plain.endswith((",", ";"))
    return role or len(label.split()) <= 3


def _flows_on(before: str) -> bool:
    """The line before is a sentence that goes on (a hard-wrapped paragraph)."""
    words = before.rstrip()
    return bool(words) and words[-1].islower() and len(words) > 55 and " " in words
