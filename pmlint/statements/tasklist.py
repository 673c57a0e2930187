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
from pmlint.reading.prescriptions import guards, is_commitment, is_prescription
from pmlint.reading.taskfields import (
    find_due,
    find_owner,
    find_ticket,
    has_state,
    is_done,
    is_struck,
    without_fields,
)
from pmlint.reading.tasks import split_label
from pmlint.reading.vagueness import plans_change
from pmlint.reading.verbs import past_verb
from pmlint.reading.words import tokens, word_lists
from pmlint.statements.assignees import assignees
from pmlint.statements.flow import extent, flow, paragraphs
from pmlint.statements.intentions import intentions
from pmlint.statements.taskitems import Item, listed, observes, read_items, settles
from pmlint.statements.tasktables import task_rows
from pmlint.structure.announcing import foretells
from pmlint.structure.posts import Post
from pmlint.structure.text import Text, join
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
    for block in paragraphs(lines) if not items else ():
        text = join([line.text for line in block], " ")
        plain = text.plain
        told = [plain[low:high] for low, high in sentences(plain)]
        if any(guards(each) or plans_change(each) for each in told):
            items.append(Item(text, block, ""))
    if not items:
        for block in intentions(lines, tree.lines[-1].number):
            items.append(Item(join([line.text for line in block], " "), block, ""))
    items = _with_siblings(lines, items)
    if not items:
        return None
    span = Span(items[0].text.span().start, extent(items[-1].lines).end)
    source = tree.document.source
    return Tasks(span, span, tuple(_task(item, None, source) for item in items))


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
        if len(group) >= _LIST and any(id(each.lines[0].block) in found for each in group)
    ]
    beside = [each for group in lists for each in group]
    known = {id(each.lines[0].block) for each in beside}
    apart = [item for item in items if id(item.lines[0].block) not in known]
    return sorted([*apart, *beside], key=lambda item: item.text.span())


_LIST = 3
"""Of two items one may be a measure and the other an observation."""


def _settled(tree: Tree, post: Post) -> bool:
    """A post that says that it was over."""
    told = (line.text.plain for line in tree.lines[post.head : post.stop])
    return any(_over().search(plain) for plain in told)


@cache
def _over() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:resolved|restored|completed|closed|back to normal|operational|all clear)\b", re.I
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


def _pending(tree: Tree, *, alone: bool) -> list[int]:
    """Parts named after the repair that list what is still to be done.

    ``alone`` where no part is named after measures: then ``Solutions`` may hold them.
    """
    found = []
    named = tree.with_role("resolution")
    for index in named:
        items = list(listed(tree.body(index)))
        marked = sum(has_state(item.text.plain) for item in items)
        if len(items) > 1 and marked * 2 > len(items):
            found.append(index)
            continue
        plans = sum(is_prescription(item.text.plain) for item in items)
        ahead = any(_ahead().search(item.text.plain) for item in items)
        again = index != named[0] and plans == len(items)
        again = again or (alone and plans == len(items) and not _instructs(items))
        if len(items) > 1 and plans * 2 >= len(items) and (ahead or again):
            found.append(index)
    return found


def _instructs(items: Sequence[Item]) -> bool:
    """ "Restart the nodes" says how the repair is made."""
    verbs = word_lists("tasks")["repairing"]
    return any(token.lower in verbs for item in items for token in tokens(item.text.plain[:40])[:1])


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(r"\b(?:will|going to|plan(?:s|ned)? to)\b", re.I)


def _only_told(items: Sequence[Item]) -> bool:
    """No item prescribes: "Actions" that were taken while the incident ran."""
    return not any(item.box is not None or is_prescription(item.text.plain) for item in items)


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
    if _taken().search(tree.nodes[index].label):
        points = [item for item in told if item.lines[0].opens_item]
        return not points or any(_repairs(item.text.plain) for item in points)
    if told and all(_repairs(item.text.plain) for item in told):
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
        items=tuple(
            _task(item, owner, tree.document.source)
            for item, owner in zip(items, assignees(tree, items), strict=True)
        ),
    )


def _task(item: Item, assignee: str | None, source: Source) -> Task:
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
    found = _without_remarks(found)
    roles = tree.nodes[index].roles
    if labelled:
        return found
    found = [item for item in found if not _taken().search(item.intro)] or found
    found = [item for item in found if _names_tasks().search(item.intro)] or found
    found = _without_repairs(found)
    if "resolution" in roles or _restoring(found):
        return _only_future(found)
    if "lessons" in roles and "tasks" not in roles:
        if any(word.startswith(_JOINED) for word in tree.nodes[index].label.split()):
            return [item for item in found if not observes(item.text.plain)] or found
        return _measures_of(found)
    return found


def _measures_of(lessons: list[Item]) -> list[Item]:
    """Of lessons, those that prescribe; with them the rest of a list that is one of measures."""
    measures = []
    for _, group in groupby(lessons, key=lambda item: item.intro):
        items = list(group)
        prescribing = [item for item in items if _prescribes(item)]
        intro = items[0].intro.rstrip()
        announced = intro.endswith(":") and (foretells(intro) or _names_tasks().search(intro))
        if announced or (len(items) > _LIST and len(prescribing) * 3 >= len(items) * 2):
            known = {id(item) for item in prescribing}
            prescribing = [each for each in items if id(each) in known or _may_belong(each)]
        measures += prescribing
    return measures


def _prescribes(item: Item) -> bool:
    return is_prescription(item.text.plain) or is_commitment(item.text.plain)


def _may_belong(item: Item) -> bool:
    """ "Builds are now checked" tells a measure, "The disk was full" none."""
    plain = item.text.plain
    return not observes(plain) or settles(plain)


def _without_remarks(found: list[Item]) -> list[Item]:
    """Leaves out lists below a line of their own that tell, beside lists that prescribe."""
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.intro, []).append(item)
    telling = {
        intro
        for intro, items in groups.items()
        if (
            len(items) > 1
            and not foretells(intro)
            and all(_looks_back(item.text.plain) for item in items)
        )
        or intro.strip(" :*_").lower() in word_lists("tasks")["asides"]
    }
    return [item for item in found if item.intro not in telling] or found


def _looks_back(plain: str) -> bool:
    """It tells what was; "Old disks are kept for two weeks" may tell how it is from now on."""
    return observes(plain) and not _PAST.isdisjoint(token.lower for token in tokens(plain))


_PAST = frozenset(("was", "were", "had", "did", "didn't", "wasn't", "weren't", "hadn't", "been"))


def _without_repairs(found: list[Item]) -> list[Item]:
    """Leaves out what was done at once, in a group beside groups of what is to be done.

    ``Immediate:`` over "Rolled the release back" tells the repair; over "Added an
    alert" it holds measures.
    """
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.intro, []).append(item)
    lists = word_lists("tasks")
    repaired = {
        intro
        for intro, items in groups.items()
        if not lists["at_once"].isdisjoint(token.lower for token in tokens(intro))
        and sum(_repairs(item.text.plain) for item in items) * 2 > len(items)
    }
    left = [item for item in found if item.intro not in repaired] or found
    if _only_told(left):
        return left
    # "The release was rolled back" beside what will be done
    return [item for item in left if not _restores_service(item.text.plain)]


def _restores_service(plain: str) -> bool:
    return _past_verb(plain) in word_lists("tasks")["restoring"]


def lists_repairs(lines: Sequence[Line]) -> bool:
    """Most items of some lines tell a repair that was made."""
    items = list(listed(lines))
    return bool(items) and sum(_repairs(item.text.plain) for item in items) * 2 > len(items)


def _repairs(plain: str) -> bool:
    """ "Rolled back …", "The nodes were restarted": over, and no measure against the next time."""
    return _past_verb(plain) in word_lists("tasks")["repairing"]


def _past_verb(plain: str) -> str | None:
    _, at = split_label(plain)
    return None if is_prescription(plain[at:]) else past_verb(plain[at:])


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
    label, at = split_label(plain)
    part = plain[at:] if label else plain
    if is_prescription(part):
        return False
    return any(is_done(told) for told in (plain, part)) or observes(part)


def prescriptions(lines: Sequence[Line]) -> int:
    """How many sentences of some lines prescribe something."""
    text = flow(lines)
    return sum(1 for low, high in sentences(text.prose) if is_prescription(text.plain[low:high]))
