"""Measures that a document plans in passing, which has no list of tasks and no part for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmlint.facts import Tasks
from pmlint.findings import Span
from pmlint.reading.amounts import sentences
from pmlint.reading.prescriptions import guards, is_prescription
from pmlint.reading.taskfields import find_ticket
from pmlint.reading.vagueness import plans_change
from pmlint.standard.patterns import expression
from pmlint.statements.flow import extent, paragraphs
from pmlint.statements.intentions import intentions
from pmlint.statements.taskforms import Item, bulleted, dashed
from pmlint.statements.taskitems import listed, read_items
from pmlint.statements.tasklist import make_task
from pmlint.statements.tasktables import task_rows
from pmlint.structure.posts import Post
from pmlint.structure.text import join
from pmlint.structure.tree import Line, Tree


def read_in_passing(tree: Tree) -> Tasks | None:
    """Measures that the prose of a document without any list or part for them plans."""
    events = {at for post in tree.posts for at in (post.head, post.time)}
    # While the incident ran, "We are deploying a fix" is one of the events.
    running = {at for post in tree.posts for at in range(post.head, post.stop)}
    for post in tree.posts[:1] + tree.posts[-1:]:
        running.difference_update(range(post.head, post.stop) if _settled(tree, post) else ())
    events.update(range(*tree.chronicle or (0, 0)))
    events |= running
    lines = [
        line
        for index, line in enumerate(tree.lines)
        if line.kind in ("text", "item")
        and line.text
        and index not in events
        and not any(
            other and _ELSEWHERE & {*tree.nodes[other].roles, tree.nodes[other].style}
            for other in tree.enclosing(index)
        )
    ]
    boxed = [item for item in listed(lines) if item.box is not None]
    rows = list(task_rows(tree.lines))
    items = boxed if len(boxed) > 1 else read_items(rows) if rows else _ticketed(lines)
    blocks = list(paragraphs(lines)) if not items else []
    for at, block in enumerate(blocks):
        text = join([line.text for line in block], " ")
        plain = text.plain
        told = [plain[low:high] for low, high in sentences(plain)]
        if any(guards(each) or plans_change(each) for each in told):
            items += _announced(plain, blocks, at + 1) or _points(block)
    if not items:
        for block in intentions(lines, tree.lines[-1].number):
            items += _points(block)
    items = _with_siblings(lines, items)
    if not items:
        return None
    span = Span(items[0].text.span().start, extent(items[-1].lines).end)
    source = tree.document.source
    return Tasks(span, span, tuple(make_task(item, None, source) for item in items))


def _announced(plain: str, blocks: Sequence[tuple[Line, ...]], at: int) -> list[Item]:
    """The points right behind "we will do the following:", "... in particular"."""
    if plain.rstrip()[-1:] in (".", "!", "?", ")") or at == len(blocks):
        return []
    if dashed(blocks[at][0].text.plain):
        return list(bulleted(blocks[at], plain))
    stop = at
    while stop < len(blocks) and blocks[stop][0].opens_item:
        stop += 1
    return [Item(join([row.text for row in block], " "), block, "") for block in blocks[at:stop]]


def _points(block: tuple[Line, ...]) -> list[Item]:
    """The lines with a bullet that Markdown does not know, else the whole paragraph."""
    if all(dashed(line.text.plain) for line in block) and len(block) > 1:
        return list(bulleted(block, ""))
    return [Item(join([line.text for line in block], " "), block, "")]


def _with_siblings(lines: Sequence[Line], items: list[Item]) -> list[Item]:
    """The whole list of which one item is a measure."""
    found = {id(item.lines[0].block) for item in items if item.lines[0].opens_item}
    if not found:
        return items
    groups: list[list[Item]] = [[]]
    for block in paragraphs(lines):
        if block[0].opens_item:
            groups[-1].append(Item(join([line.text for line in block], " "), block, ""))
        elif not block[0].block.depth:
            groups.append([])
    lists = [
        group
        for group in groups
        if len(group) >= FEWEST_ITEMS and any(id(each.lines[0].block) in found for each in group)
    ]
    beside = [each for group in lists for each in group]
    known = {id(each.lines[0].block) for each in beside}
    apart = [item for item in items if id(item.lines[0].block) not in known]
    return sorted([*apart, *beside], key=lambda item: item.text.span())


FEWEST_ITEMS = 3
"""Of two items one may be a measure and the other an observation."""


def _settled(tree: Tree, post: Post) -> bool:
    """A post that says that it was over."""
    told = (line.text.plain for line in tree.lines[post.head : post.stop])
    return any(_OVER.search(plain) for plain in told)


_OVER = expression(
    r"\b(?:resolved|restored|recovered|completed|closed|back to normal|operational"
    r"|all clear)\b",
    re.IGNORECASE,
)


def _ticketed(lines: Sequence[Line]) -> list[Item]:
    """Items that begin with a ticket, where most go on with what is to be done in it."""
    found = []
    for item in listed(lines):
        plain = item.text.plain.lstrip("[( ")
        ticket = find_ticket(plain[:_TICKET])
        if ticket is not None and not ticket.start and not ticket.text.startswith("http"):
            behind = plain[ticket.end :].lstrip("])>:–—- ")
            behind = behind.removeprefix("To ").removeprefix("to ")
            found.append((item, is_prescription(behind)))
    planned = sum(prescribes for _, prescribes in found)
    return [item for item, _ in found] if planned > 1 and planned * 2 > len(found) else []


_TICKET = 16
"""Letters in which the number of a ticket has room."""


_ELSEWHERE = frozenset(("timeline", "impact", "duration", "detection", "front-matter"))
