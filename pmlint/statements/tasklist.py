"""The list of things to do, and which of its lines are tasks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache
from itertools import groupby

from pmlint.facts import Task, Tasks
from pmlint.findings import Source, Span
from pmlint.reading.amounts import sentences
from pmlint.reading.prescriptions import is_commitment, is_prescription
from pmlint.reading.taskfields import (
    find_due,
    find_owner,
    find_ticket,
    has_state,
    is_done,
    is_struck,
    without_fields,
)
from pmlint.reading.tasks import lead_word, split_label
from pmlint.reading.words import tokens, word_lists
from pmlint.statements.assignees import assignees
from pmlint.statements.flow import extent, flow
from pmlint.statements.taskforms import Item
from pmlint.statements.taskitems import listed, read_items
from pmlint.statements.taskrepairs import (
    only_future,
    only_told,
    repairs,
    restoring,
    taken,
    tells_past,
    without_remarks,
    without_repairs,
    without_restoring,
)
from pmlint.statements.taskwords import observes, settles
from pmlint.structure.announcing import foretells
from pmlint.structure.text import Text
from pmlint.structure.tree import Line, Node, Tree


def read_tasks(tree: Tree) -> tuple[Tasks | None, tuple[int, ...]]:
    """The tasks, and the nodes whose list they are.

    The part labelled as tasks counts; a document that labels none has its list
    of measures, under whatever corrective heading it stands, as its task list.
    """
    for role in ("tasks", "corrective"):
        chosen = [index for index in tree.with_role(role) if _lists(tree, index)]
        chosen = _with_done(tree, chosen)
        if role == "corrective":
            chosen = sorted({*chosen, *_pending(tree, alone=not chosen)})
            chosen = [index for index in chosen if not _repaired(tree, index, chosen)]
        chosen = [index for index in chosen if not _mixes(tree, index, chosen)]
        chosen = _without_desk_work(tree, chosen)
        known = set(chosen)
        chosen = [index for index in chosen if not _inside(tree, index, known)]
        items = [item for index in chosen for item in _items(tree, index, role == "tasks")]
        if role == "tasks" and items and only_told(items) and _plans_elsewhere(tree, chosen):
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


def _without_desk_work(tree: Tree, chosen: Sequence[int]) -> list[int]:
    """Leaves out boxes about the write-up itself, beside a list of what is to be done.

    "[x] Incident has been dealt with", "[ ] Fill in the report below".
    """
    left = [index for index in chosen if not _desk_work(tree, index)] if len(chosen) > 1 else []
    return left or list(chosen)


def _desk_work(tree: Tree, index: int) -> bool:
    items = list(listed(tree.body(index)))
    named = [item for item in items if _write_ups().search(item.text.plain)]
    boxed = all(item.box is not None for item in items)
    return boxed and len(items) > 1 and len(named) * 4 >= len(items) * 3


@cache
def _write_ups() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:incident|report|post-?mortem|retrospective|timeline|status page)\b", re.IGNORECASE
    )


@cache
def _done_groups() -> frozenset[str]:
    return word_lists("tasks")["done_groups"]


def _pending(tree: Tree, *, alone: bool) -> list[int]:
    """Parts named after the repair that list what is still to be done.

    ``alone`` where no part is named after measures: then ``Solutions`` may hold them.
    """
    found = []
    named = tree.with_role("resolution")
    for index in named:
        items = without_remarks(list(listed(tree.body(index))))
        marked = sum(has_state(item.text.plain) for item in items)
        if len(items) > 1 and marked * 2 > len(items):
            found.append(index)
            continue
        plans = sum(is_prescription(item.text.plain) for item in items)
        ahead = any(_ahead().search(item.text.plain) for item in items)
        repaired = sum(repairs(item.text.plain) for item in items)
        again = index != named[0] and (plans - 2 * repaired) * 2 > len(items)
        again = again or (alone and _measures_alone(items))
        if len(items) > 1 and (again or (ahead and plans * 2 >= len(items))):
            found.append(index)
    return found


def _measures_alone(items: Sequence[Item]) -> bool:
    """Nearly all say what shall be or is so from now on, or who does it; none tells a repair."""
    owned = [item for item in items if _is_owned(item)]
    planned = [item for item in items if settles(item.text.plain) or item in owned]
    if len(planned) * 3 < len(items) * 2 or any(repairs(item.text.plain) for item in items):
        return False
    return len(owned) * 2 > len(items) or not _instructs(items)


def _is_owned(item: Item) -> bool:
    owner = find_owner(item.text.plain)
    return owner is not None and owner.firm


def _instructs(items: Sequence[Item]) -> bool:
    """ "Restart the nodes" says how the repair is made."""
    return any(map(_is_step, items))


def lists_steps(lines: Sequence[Line]) -> bool:
    """Each item of some lines says how the repair is made."""
    items = list(listed(lines))
    return bool(items) and all(map(_is_step, items))


def _is_step(item: Item) -> bool:
    verbs = word_lists("tasks")["repairing"]
    return any(token.lower in verbs for token in tokens(item.text.plain[:40])[:1])


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(r"\b(?:will|going to|plan(?:s|ned)? to)\b", re.I)


def _plans_elsewhere(tree: Tree, chosen: Sequence[int]) -> bool:
    known = set(chosen)
    apart = [index for index in tree.with_role("corrective") if not _inside(tree, index, known)]
    items = [item for index in apart if index not in known for item in _items(tree, index, False)]
    return sum(is_prescription(item.text.plain) for item in items) > 1


def _lists(tree: Tree, index: int) -> bool:
    """A part inside the timeline is no list of tasks, unless the title heads the events."""
    node = tree.nodes[index]
    return not any(
        "timeline" in tree.nodes[other].roles and other > 0 and tree.nodes[other].line < node.line
        for other in tree.enclosing(node.line)
    )


def _repaired(tree: Tree, index: int, others: Sequence[int]) -> bool:
    """Remedial measures that were taken, beside a part with measures to come."""
    if len(others) < 2:
        return False
    told = _items(tree, index, False)
    if taken().search(tree.nodes[index].label):
        points = [item for item in told if item.lines[0].opens_item]
        return not points or any(repairs(item.text.plain) for item in points)
    if told and all(repairs(item.text.plain) for item in told):
        return True
    if "resolution" not in tree.nodes[index].roles:
        return False
    items = _items(tree, index, False)
    return bool(items) and only_told(items) and all(tells_past(item.text.plain) for item in items)


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
        items=tuple(
            make_task(item, owner, tree.document.source)
            for item, owner in zip(items, assignees(tree, items), strict=True)
        ),
    )


def make_task(item: Item, assignee: str | None, source: Source) -> Task:
    """The task of a candidate; ``assignee`` is who else was found to have it."""
    plain = item.text.plain
    told = item.text.cut(*without_fields(plain))
    label, at = split_label(told.plain)
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
    says = (plain, *item.fields)
    found_owner = next(filter(None, map(find_owner, says)), None)
    found_due = next(filter(None, map(find_due, says)), None)
    found_ticket = next(filter(None, map(find_ticket, says)), None)
    done = item.box
    marks = (status,) if status else says
    mark = next(filter(None, map(is_done, marks)), None)
    if done is None and (mark is not None or status is not None):
        done = mark is not None
    if is_struck(source.text, item.text.span()):
        done = True
    return Task(
        span=text.span(),
        extent=extent(item.lines),
        label=label,
        text=text.plain,
        owner=owner or (found_owner.text if found_owner and found_owner.firm else assignee),
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
    found = without_remarks(found)
    roles = tree.nodes[index].roles
    if labelled:
        found = without_restoring(found)
        told = [item for item in found if not observes(item.text.plain)]
        return told or found if "lessons" in roles else found
    found = [item for item in found if not taken().search(item.intro)] or found
    found = [item for item in found if _names_tasks().search(item.intro)] or found
    found = without_repairs(found)
    if "resolution" in roles or restoring(found):
        return only_future(found)
    if "lessons" in roles and "tasks" not in roles:
        joined = tuple(word_lists("tasks")["beside_lessons"])
        if any(word.startswith(joined) for word in tree.nodes[index].label.split()):
            return [item for item in found if not observes(item.text.plain)] or found
        return _measures_of(found)
    return found


FEW = 3
"""So few lessons that prescribe make no list of measures."""


def _measures_of(lessons: list[Item]) -> list[Item]:
    """Of lessons, those that prescribe; with them the rest of a list that is one of measures."""
    measures = []
    for _, group in groupby(lessons, key=lambda item: item.intro):
        items = list(group)
        prescribing = [item for item in items if _prescribes(item)]
        intro = items[0].intro.rstrip()
        announced = intro.endswith(":") and (foretells(intro) or _names_tasks().search(intro))
        if announced or (len(items) > FEW and len(prescribing) * 3 >= len(items) * 2):
            known = {id(item) for item in prescribing}
            prescribing = [each for each in items if id(each) in known or _may_belong(each)]
        measures += prescribing
    return measures


def _prescribes(item: Item) -> bool:
    plain = item.text.plain
    named = lead_word(plain) == "measure"
    return named or is_prescription(plain) or is_commitment(plain)


def _may_belong(item: Item) -> bool:
    """ "Builds are now checked" tells a measure, "The disk was full" none."""
    plain = item.text.plain
    return not observes(plain) or settles(plain)


def _without_lessons(tree: Tree, index: int) -> list[Line]:
    """Body lines, except those of parts that are lessons, conclusions and the like."""
    skip: set[int] = set()
    for child in tree.nodes[index].children:
        node = tree.nodes[child]
        if set(node.roles) & {"lessons", "timeline", "impact", "root_cause", "duration"} and not (
            set(node.roles) & {"tasks", "corrective"} or _leads_in(tree.nodes[index], node)
        ):
            skip.update(range(node.line, node.stop))
    node = tree.nodes[index]
    body = list(tree.body(index))
    extra = len(body) - (node.stop - node.line - 1)
    return [
        line for at, line in enumerate(body) if at < extra or node.line + 1 + at - extra not in skip
    ]


def _leads_in(outer: Node, node: Node) -> bool:
    """ "Some lessons were identified:" right below ``Lessons``, over all that stands there."""
    beside = outer.line == node.line - 1 and outer.stop == node.stop
    return beside and node.style == "plain" and set(node.roles) <= set(outer.roles)


@cache
def _names_tasks() -> re.Pattern[str]:
    return re.compile(r"\b(?:tasks?|to-?do|action items?)\b", re.I)


def names_measures(lines: Sequence[Line]) -> bool:
    """Lines that begin with "Action:", beside others with "Lesson:"."""
    leads = {lead_word(line.text.plain) for line in lines if line.kind in ("text", "item")}
    return leads >= {"measure", "finding"}


def prescriptions(lines: Sequence[Line]) -> int:
    """How many sentences of some lines prescribe something."""
    text = flow(lines)
    return sum(1 for low, high in sentences(text.prose) if is_prescription(text.plain[low:high]))
