"""Which nodes are parts of the postmortem, and how far it reaches in its file."""

from __future__ import annotations

from pmlint.findings import Span
from pmlint.structure.tree import Node, Tree

PARTS = frozenset(
    {"summary", "duration", "impact", "timeline", "root_cause", "resolution", "corrective", "tasks"}
)


def first_part(tree: Tree) -> Node | None:
    """The first heading or label of a part; the title over a narrated timeline is none."""
    return next(
        (
            node
            for node in tree.nodes
            if set(node.roles) & PARTS
            and node.style != "front-matter"
            and not titles_narrative(tree, node)
        ),
        None,
    )


def titles_narrative(tree: Tree, node: Node) -> bool:
    """The first heading names the incident, and the prose under it tells the events."""
    return node is tree.nodes[0] and node.by_content and node.level is not None


def find_extent(tree: Tree, title_line: int | None) -> Span:
    """The part of the file that is the postmortem."""
    size = len(tree.document.source.text)
    parts = [node for node in tree.nodes if set(node.roles) & PARTS]
    if not parts or not tree.lines:
        return Span(0, size)
    body = [node for node in parts if node.style != "front-matter"] or parts
    first = min(node.line for node in body)
    if title_line is not None and title_line < first:
        first = title_line
    start = tree.lines[first].block.span.start
    inside = [node for node in body if node.parent is not None]
    stop = max(node.stop for node in body)
    around = [
        index
        for index in tree.enclosing(first)
        if tree.nodes[index].line < first and not set(tree.nodes[index].roles) & PARTS
    ]
    if around and inside:
        stop = min(max(stop, 1), tree.nodes[around[-1]].stop)
    last = tree.lines[max(stop - 1, first)]
    return Span(start, max(last.block.span.end, start))


def find_several(tree: Tree) -> tuple[Span, ...]:
    """Further incidents: a second set of summary or duration and timeline."""
    tops: list[Node] = []
    for index in tree.with_role("timeline"):
        around = [
            tree.nodes[at]
            for at in tree.enclosing(tree.nodes[index].line)
            if tree.nodes[at].line < tree.nodes[index].line
            and not set(tree.nodes[at].roles) & PARTS
            and tree.nodes[at].level is not None
        ]
        if around:
            tops.append(around[-1])
    spans = []
    seen: list[Node] = []
    heads: set[int] = set()
    for top in tops:
        if id(top) in heads:
            continue
        heads.add(id(top))
        seen.append(top)
        if len(seen) > 1 and top.line != seen[0].line:
            spans.append(top.title.span())
    nested = any(
        id(tree.nodes[at]) in heads and tree.nodes[at].line < top.line
        for top in seen
        for at in tree.enclosing(top.line)
    )
    return () if nested else tuple(spans)
