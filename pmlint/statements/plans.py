"""Parts that plan measures under a heading of the author's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache

from pmlint.reading.amounts import sentences
from pmlint.reading.tasks import is_prescription
from pmlint.sections import Line, Node, Tree
from pmlint.statements.flow import flow

_TOLD = frozenset({"summary", "timeline", "root_cause", "resolution", "impact"})


def find_plans(tree: Tree, closing: Set[str]) -> list[int]:
    """Nodes without a role that say what will be done, below the account of the incident.

    For documents in which no heading names measures. ``closing`` are the names of
    headings (conclusion, notes) under which such sentences are only words.
    """
    told = [node.line for node in tree.nodes if _TOLD & set(node.roles)]
    if not told:
        return []
    return [
        index
        for index, node in enumerate(tree.nodes)
        if node.line > told[0]
        and _may_plan(node, closing)
        and not _inside_told(tree, node)
        and _plans(tree.own(index))
    ]


def _may_plan(node: Node, closing: Set[str]) -> bool:
    own_level = node.level is not None or node.style in ("bold", "plain")
    return own_level and not node.roles and node.label not in closing


def _inside_told(tree: Tree, node: Node) -> bool:
    return any(
        set(tree.nodes[at].roles) & {"timeline", "root_cause", "impact", "resolution"}
        for at in tree.enclosing(node.line)
    )


def _plans(lines: Sequence[Line]) -> bool:
    """Most list items prescribe, or a sentence says what "we" will do."""
    told = [line for line in lines if line.text and line.kind in ("text", "item")]
    items = [line for line in told if line.opens_item]
    prescribed = sum(is_prescription(line.text.plain) for line in items)
    if len(items) > 1:
        return prescribed * 2 > len(items)
    return any(_intends().search(sentence) for sentence in _sentences(told))


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    text = flow(lines)
    return (text.plain[low:high] for low, high in sentences(text.prose))


@cache
def _intends() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:we|team|i)(?:['’]ll| will| plan to| are (?:going|planning) to| intend to| need to"
        r"| should| must|['’]re (?:going|planning) to) "
        r"(?!have |continue |keep |be (?:able|happy))\w",
        re.IGNORECASE,
    )
