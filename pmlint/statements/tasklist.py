"""The list of things to do, and which of its lines are tasks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache

from pmlint.facts import Task, Tasks
from pmlint.findings import Span
from pmlint.reading import tasks as reading
from pmlint.reading.amounts import sentences
from pmlint.reading.words import word_lists
from pmlint.sections import Line, Node, Tree
from pmlint.statements.flow import extent, flow
from pmlint.statements.taskitems import Item, listed, observes, read_items
from pmlint.text import Text


def read_tasks(tree: Tree) -> tuple[Tasks | None, tuple[int, ...]]:
    """The tasks, and the nodes whose list they are.

    The part labelled as tasks counts; a document that labels none has its list
    of measures, under whatever corrective heading it stands, as its task list.
    """
    for role in ("tasks", "corrective"):
        chosen = [index for index in tree.with_role(role) if _lists(tree, index)]
        chosen = _with_done(tree, chosen)
        if role == "corrective":
            chosen = sorted({*chosen, *_pending(tree)})
            chosen = [index for index in chosen if not _repaired(tree, index, chosen)]
        chosen = [index for index in chosen if not _mixes(tree, index, chosen)]
        known = set(chosen)
        chosen = [index for index in chosen if not _inside(tree, index, known)]
        items = [item for index in chosen for item in _items(tree, index, role == "tasks")]
        if role == "tasks" and items and _only_told(items) and _plans_elsewhere(tree, chosen):
            continue
        if items:
            holders = _holders(tree, chosen, items)
            return _fact(tree, chosen, items), holders
        labelled = tree.with_role("tasks")
        if role == "tasks" and labelled and chosen:
            node = tree.nodes[chosen[0]]
            return _empty(tree, node), (chosen[0],)
    return None, ()


def _with_done(tree: Tree, chosen: Sequence[int]) -> list[int]:
    """The part around ``To do`` where it stands beside ``Done``, else the part itself."""
    done: dict[int, bool] = {}
    found = set()
    for index in chosen:
        parent = tree.nodes[index].parent
        if parent is not None and parent not in done:
            inside = set(tree.nodes[parent].roles) & {"corrective", "tasks"}
            beside = listed(tree.body(parent)) if inside else ()
            done[parent] = any(
                item.intro.strip(" :*_").lower() in _done_groups() for item in beside
            )
        found.add(parent if parent is not None and done[parent] else index)
    return sorted(found)


@cache
def _done_groups() -> frozenset[str]:
    return word_lists("tasks")["done_groups"]


def _pending(tree: Tree) -> list[int]:
    """Parts named after the repair that list what is still to be done."""
    found = []
    named = tree.with_role("resolution")
    for index in named:
        items = list(listed(tree.body(index)))
        plans = sum(reading.is_prescription(item.text.plain) for item in items)
        ahead = any(_ahead().search(item.text.plain) for item in items)
        again = index != named[0] and plans == len(items)
        if len(items) > 1 and plans * 2 >= len(items) and (ahead or again):
            found.append(index)
    return found


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(r"\b(?:will|going to|plan(?:s|ned)? to)\b", re.I)


def _only_told(items: Sequence[Item]) -> bool:
    """No item prescribes: "Actions" that were taken while the incident ran."""
    return not any(
        item.box is not None or reading.is_prescription(item.text.plain) for item in items
    )


def _plans_elsewhere(tree: Tree, chosen: Sequence[int]) -> bool:
    known = set(chosen)
    apart = [index for index in tree.with_role("corrective") if not _inside(tree, index, known)]
    items = [item for index in apart if index not in known for item in _items(tree, index, False)]
    return sum(reading.is_prescription(item.text.plain) for item in items) > 1


def _lists(tree: Tree, index: int) -> bool:
    """A part inside the timeline or the lessons that went well is no list of tasks."""
    node = tree.nodes[index]
    return not any(
        "timeline" in tree.nodes[other].roles and tree.nodes[other].line < node.line
        for other in tree.enclosing(node.line)
    )


def _repaired(tree: Tree, index: int, others: Sequence[int]) -> bool:
    """Remedial measures that were taken, beside a part with measures to come."""
    if len(others) < 2:
        return False
    if _taken().search(tree.nodes[index].label):
        return True
    if "resolution" not in tree.nodes[index].roles:
        return False
    items = _items(tree, index, False)
    return bool(items) and _only_told(items) and all(_past(item.text.plain) for item in items)


def _mixes(tree: Tree, index: int, others: Sequence[int]) -> bool:
    """Lessons that hold a list of measures with a heading of its own."""
    if "lessons" not in tree.nodes[index].roles:
        return False
    low, high = tree.nodes[index].line, tree.nodes[index].stop
    return any(
        low < tree.nodes[other].line < high
        and tree.nodes[other].level is not None
        and "lessons" not in tree.nodes[other].roles
        and _items(tree, other, False)
        for other in others
    )


def _inside(tree: Tree, index: int, others: Collection[int]) -> bool:
    line = tree.nodes[index].line
    around = [other for other in tree.enclosing(line) if tree.nodes[other].line < line]
    return any(other in others for other in around)


def _holders(tree: Tree, chosen: Sequence[int], items: Sequence[Item]) -> tuple[int, ...]:
    starts = sorted(item.text.span().start for item in items)
    held = []
    for index in chosen:
        node = tree.nodes[index]
        low = tree.lines[node.line].text.span().start
        last = tree.lines[max(node.stop - 1, node.line)].text
        at = bisect_left(starts, low)
        if at < len(starts) and starts[at] <= max(last.end, low):
            held.append(index)
    return tuple(held or chosen[:1])


def _empty(tree: Tree, node: Node) -> Tasks:
    head = tree.lines[node.line]
    return Tasks(node.title.span(), extent([head]), ())


def _fact(tree: Tree, chosen: Sequence[int], items: Sequence[Item]) -> Tasks:
    node = tree.nodes[chosen[0]]
    head = tree.lines[node.line]
    last = items[-1].lines[-1]
    return Tasks(
        span=node.title.span(),
        extent=Span(head.text.span().start, max(extent([last]).end, node.title.span().end)),
        items=tuple(_task(item) for item in items),
    )


def _task(item: Item) -> Task:
    plain = item.text.plain
    told = item.text.cut(*reading.without_fields(plain))
    label, at = reading.split_label(told.plain)
    colon = told.plain.find(":")
    if any(low <= colon < high for low, high in told.hidden):
        # "Set `retries: 3` in nginx.conf"
        label, at = None, 0
    text = told.cut(at).strip() if label and at < len(told.plain) else told
    named = {name.lower(): cell for name, cell in item.cells}
    owner = _cell(named, ("owner", "assignee", "who", "responsible", "assigned to"))
    due = _cell(named, ("due", "due date", "deadline", "eta", "target date", "when"))
    ticket = _cell(named, ("ticket", "issue", "bug", "tracking bug", "jira", "link", "tracking"))
    status = _cell(named, ("status", "state", "done"))
    found_owner = reading.find_owner(plain)
    found_due = reading.find_due(plain)
    found_ticket = reading.find_ticket(plain)
    done = item.box
    mark = reading.is_done(status if status else plain)
    if done is None and (mark is not None or status is not None):
        done = mark is not None
    return Task(
        span=text.span(),
        extent=extent(item.lines),
        label=label,
        text=text.plain,
        owner=owner or (found_owner.text if found_owner and found_owner.firm else None),
        due=due or (found_due.text if found_due and found_due.firm else None),
        ticket=ticket or (found_ticket.text if found_ticket else None),
        done=done,
    )


def _cell(named: dict[str, Text], keys: Sequence[str]) -> str | None:
    for key in keys:
        if key in named and named[key].plain.strip(" -–—"):
            return named[key].plain
    return None


def _items(tree: Tree, index: int, labelled: bool) -> list[Item]:
    """The tasks under one heading; what was done while the incident ran is left out."""
    lines = _without_lessons(tree, index)
    found = read_items([line for line in lines if not line.block.quoted] or lines)
    found = _without_remarks(found)
    roles = tree.nodes[index].roles
    if labelled:
        return found
    found = [item for item in found if not _taken().search(item.intro)] or found
    found = [item for item in found if _names_tasks().search(item.intro)] or found
    if "resolution" in roles or _restoring(found):
        return _only_future(found)
    if "lessons" in roles and "tasks" not in roles:
        if any(word.startswith(_JOINED) for word in tree.nodes[index].label.split()):
            return [item for item in found if not observes(item.text.plain)] or found
        return [item for item in found if reading.is_prescription(item.text.plain)]
    return found


def _without_remarks(found: list[Item]) -> list[Item]:
    """Leaves out lists below a line of their own that tell, beside lists that prescribe."""
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.intro, []).append(item)
    telling = {
        intro
        for intro, items in groups.items()
        if len(items) > 1 and all(observes(item.text.plain) for item in items)
    }
    return [item for item in found if item.intro not in telling] or found


def _without_lessons(tree: Tree, index: int) -> list[Line]:
    """Body lines, except those of parts that are lessons, conclusions and the like."""
    skip: set[int] = set()
    for child in tree.nodes[index].children:
        node = tree.nodes[child]
        if set(node.roles) & {"lessons", "timeline", "impact", "root_cause", "duration"} and not (
            set(node.roles) & {"tasks", "corrective"}
        ):
            skip.update(range(node.line, node.stop))
    node = tree.nodes[index]
    body = list(tree.body(index))
    extra = len(body) - (node.stop - node.line - 1)
    return [
        line for at, line in enumerate(body) if at < extra or node.line + 1 + at - extra not in skip
    ]


_JOINED = (
    "next",
    "follow",
    "action",
    "to-do",
    "todo",
    "task",
    "measure",
    "prevent",
    "improvements",
)
"""Words beside lessons: of ``Lessons learned and next steps`` not all items tell."""


@cache
def _taken() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:actions? taken|already taken|what we did|steps taken|carried out)\b", re.I
    )


@cache
def _names_tasks() -> re.Pattern[str]:
    return re.compile(r"\b(?:tasks?|to-?do|action items?)\b", re.I)


@cache
def _restores() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:to (?:restore|resolve|fix|mitigate|recover)|resolv\w+ the|restor\w+ the)\b", re.I
    )


@cache
def _prevents() -> re.Pattern[str]:
    return re.compile(r"\b(?:prevent|avoid|future|recurr|again|improve|going forward)\w*", re.I)


def _restoring(found: Sequence[Item]) -> bool:
    return any(_restores().search(item.intro) for item in found)


def _only_future(found: list[Item]) -> list[Item]:
    """Under a heading that also tells the fix: the measures, not the repair."""
    introduced = [
        item
        for item in found
        if _prevents().search(item.intro) and not _restores().search(item.intro)
    ]
    if introduced and _restoring(found):
        return introduced
    if len({item.intro for item in found}) > 1:
        return found
    if _only_told(found):
        return found
    return [item for item in found if not _past(item.text.plain)] or found


def _past(plain: str) -> bool:
    label, at = reading.split_label(plain)
    part = plain[at:] if label else plain
    if reading.is_prescription(part):
        return False
    return any(reading.is_done(told) for told in (plain, part)) or observes(part)


def prescriptions(lines: Sequence[Line]) -> int:
    """How many sentences of some lines prescribe something."""
    text = flow(lines)
    return sum(
        1 for low, high in sentences(text.prose) if reading.is_prescription(text.plain[low:high])
    )
