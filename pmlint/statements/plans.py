"""Parts that plan measures under a heading of the author's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from pmlint.reading.amounts import sentences
from pmlint.reading.prescriptions import averts, is_prescription
from pmlint.reading.taskfields import has_state, is_assigned
from pmlint.reading.vagueness import plans_change
from pmlint.reading.words import tokens, word_lists
from pmlint.standard.patterns import expression
from pmlint.statements.flow import flow
from pmlint.statements.taskrepairs import lists_repairs
from pmlint.structure.announcing import courtesies, items_below, promises
from pmlint.structure.tree import Line, Node, Tree
from pmlint.structure.vocabulary import listed, vocabulary

if TYPE_CHECKING:
    from pmlint.standard.templates import Template

_TOLD = frozenset({"summary", "timeline", "root_cause", "resolution", "impact"})


def find_plans(tree: Tree, closing: Set[str]) -> list[int]:
    """Nodes without a role that say what will be done, below the account of the incident.

    For documents in which no heading names measures. ``closing`` are the names of
    headings (conclusion, notes) under which such sentences are mostly words: they count
    where nothing else does, and only if somebody could tell when they are done.
    """
    told = [node.line for node in tree.nodes if _TOLD & set(node.roles)]
    if not told:
        # A letter without headings
        return [
            _heading_over(tree, at)
            for at, node in enumerate(tree.nodes)
            if _may_plan(node) and (_announced(tree, node) or _only_plans(tree, at))
        ]
    parts = [
        index
        for index, node in enumerate(tree.nodes)
        if node.line > told[0] and _may_plan(node) and not _inside_told(tree, node)
    ]
    named = [index for index in parts if tree.nodes[index].label not in closing]
    found = [
        _heading_over(tree, index)
        for index in named
        if _plans(tree.own(index)) or _announced(tree, tree.nodes[index])
    ]
    return found or [
        index
        for index in parts
        if not listed("endings").isdisjoint(tree.nodes[index].label.split())
        and _commits(tree.own(index))
    ]


def _heading_over(tree: Tree, index: int) -> int:
    """The heading of a part that is nothing but a sentence and the measures it announces."""
    node = tree.nodes[index]
    if node.parent is None or node.style != "plain":
        return index
    outer = tree.nodes[node.parent]
    alone = outer.line == node.line - 1 and outer.stop == node.stop
    return node.parent if alone and node.parent and _may_plan(outer) else index


def prevents(tree: Tree, index: int) -> bool:
    """``Mitigation actions`` over a list "to prevent this from happening again" repairs nothing."""
    node = tree.nodes[index]
    if node.level is None or node.rest is not None or node.stop == node.line + 1:
        return False
    line = tree.lines[node.line + 1]
    if not promises(tree.lines, node.line + 1):
        return False
    said = [token.lower for token in tokens(line.text.plain)]
    return line.kind == "text" and averts(said, word_lists("tasks"))


def further_plans(tree: Tree, template: Template) -> list[int]:
    """``Long-term actions`` beside ``Monitoring improvements``: the wording suggests measures."""
    words = vocabulary(template)
    return [
        index
        for index, node in enumerate(tree.nodes)
        if index
        and _may_plan(node)
        and "corrective" in words.likely(node.label)
        and not _inside_told(tree, node)
        and _lists_plans(tree.own(index))
    ]


def done_measures(tree: Tree, template: Template) -> list[int]:
    """``Actions taken`` right before ``Next steps``, where the repair has a part of its own."""
    repaired = [tree.nodes[index].line for index in tree.with_role("resolution")]
    ahead = {tree.nodes[index].line for index in tree.with_role("corrective")}
    words = vocabulary(template)
    return [
        index
        for index, node in enumerate(tree.nodes)
        if node.stop in ahead
        and repaired
        and repaired[0] < node.line
        and _may_plan(node)
        and "resolution" in words.weakly(node.label)
        and any(line.opens_item for line in tree.own(index))
        and not lists_repairs(tree.own(index))
    ]


def _lists_plans(lines: Sequence[Line]) -> bool:
    items = [line for line in lines if line.text and line.opens_item]
    return bool(items) and sum(map(_plans_item, items)) * 2 > len(items)


def _may_plan(node: Node) -> bool:
    own_level = node.level is not None or node.style in ("bold", "plain")
    said = node.label.split()
    if not courtesies().isdisjoint(said) and node.level is None and not _names_changes(said):
        return False
    return own_level and not node.roles and not _ACCOUNT.issuperset(said)


def _names_changes(said: Sequence[str]) -> bool:
    """``We apologize for this and are taking the following actions:``"""
    return not word_lists("tasks")["changed_things"].isdisjoint(said)


_ACCOUNT = frozenset(
    (
        "postmortem", "post-mortem", "post", "mortem", "incident", "outage", "report", "review",
        "rca", "retrospective", "statement", "update", "updates", "analysis", "details", "summary",
        "story", "account", "full", "final", "preliminary", "official", "public", "our", "the",
        "a", "of", "what", "happened",
    )
)  # fmt: skip
"""Words of a heading over the whole account, whichever of its sentences plan something."""


def _only_plans(tree: Tree, index: int) -> bool:
    """Some words over a list that prescribes, behind the account: ``Where that leaves us``."""
    node = tree.nodes[index]
    told = node.title.plain.lower()
    said = {token.lower for token in tokens(told)}
    if not index and node.level is not None:
        return False
    # "How to check your mailbox"
    if not said.isdisjoint(word_lists("tasks")["no_plans"] | _TO_READERS) or "how to" in told:
        return False
    items = [line for line in tree.own(index) if line.text and line.opens_item]
    return len(items) > 1 and all(map(_plans_item, items))


_TO_READERS = frozenset(("you", "your", "yours", "yourself", "you're"))


def _inside_told(tree: Tree, node: Node) -> bool:
    return any(
        set(tree.nodes[at].roles) & {"timeline", "root_cause", "impact", "resolution"}
        for at in tree.enclosing(node.line)
    )


def _plans(lines: Sequence[Line]) -> bool:
    """Most list items prescribe, or a sentence says what "we" will do."""
    told = [line for line in lines if line.text and line.kind in ("text", "item")]
    items = [line for line in told if line.opens_item]
    prescribed = sum(map(_plans_item, items))
    if len(items) > 1:
        return prescribed * 2 > len(items)
    return any(_INTENDS.search(sentence) or plans_change(sentence) for sentence in _sentences(told))


def _plans_item(line: Line) -> bool:
    """It prescribes, has a box to tick or a state, or somebody has it to do."""
    plain = line.text.plain
    if line.block.box is not None or is_prescription(plain):
        return True
    return is_assigned(plain) or has_state(plain)


def _announced(tree: Tree, node: Node) -> bool:
    """``We've since made a number of changes:``: what the sentence says holds for its list."""
    if node.style != "plain" or not promises(tree.lines, node.line):
        return False
    # A list of bare links refers to something.
    return any(len(item.split()) > 2 for item in items_below(tree.lines, node.line))


def _commits(lines: Sequence[Line]) -> bool:
    """Below a closing word counts only what can be ticked off: not "we will do better"."""
    told = [line for line in lines if line.text and line.kind in ("text", "item")]
    return _lists_plans(told) or any(map(plans_change, _sentences(told)))


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    text = flow(lines)
    return (text.plain[low:high] for low, high in sentences(text.prose))


_INTENDS = expression(
    r"\b(?:we|team|i)(?:['’]ll| will| plan to| are (?:going|planning) to| intend to| need to"
    r"| should| must|['’]re (?:going|planning) to) "
    r"(?!have |continue |keep |be (?:able|happy))\w",
    re.IGNORECASE,
)
