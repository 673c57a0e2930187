"""The list of things to do, and which of its lines are tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pmlint.facts import Task, Tasks
from pmlint.findings import Span
from pmlint.reading import tasks as reading
from pmlint.reading.amounts import sentences
from pmlint.sections import Line, Node, Tree
from pmlint.statements.flow import continues, extent, flow, paragraphs
from pmlint.text import Text, join


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate: the words, its lines, and the line that introduces its group."""

    text: Text
    lines: tuple[Line, ...]
    intro: str
    box: bool | None = None
    cells: tuple[tuple[str, Text], ...] = ()


def read_tasks(tree: Tree) -> tuple[Tasks | None, tuple[int, ...]]:
    """The tasks, and the nodes whose list they are.

    The part labelled as tasks counts; a document that labels none has its list
    of measures, under whatever corrective heading it stands, as its task list.
    """
    for role in ("tasks", "corrective"):
        chosen = [index for index in tree.with_role(role) if _lists(tree, index)]  # type: ignore[arg-type]
        chosen = [index for index in chosen if not _inside(tree, index, chosen)]
        items = [item for index in chosen for item in _items(tree, index, role == "tasks")]
        if items:
            holders = _holders(tree, chosen, items)
            return _fact(tree, chosen, items), holders
        labelled = tree.with_role("tasks")
        if role == "tasks" and labelled and chosen:
            node = tree.nodes[chosen[0]]
            return _empty(tree, node), (chosen[0],)
    return None, ()


def _lists(tree: Tree, index: int) -> bool:
    """A part inside the timeline or the lessons that went well is no list of tasks."""
    node = tree.nodes[index]
    return not any(
        tree.nodes[other].line < node.line < tree.nodes[other].stop
        for other in tree.with_role("timeline")
    )


def _inside(tree: Tree, index: int, others: Sequence[int]) -> bool:
    node = tree.nodes[index]
    return any(
        other != index and tree.nodes[other].line < node.line < tree.nodes[other].stop
        for other in others
    )


def _holders(tree: Tree, chosen: Sequence[int], items: Sequence[Item]) -> tuple[int, ...]:
    starts = [item.text.span().start for item in items]
    held = []
    for index in chosen:
        node = tree.nodes[index]
        low = tree.lines[node.line].text.span().start
        last = tree.lines[max(node.stop - 1, node.line)].text
        if any(low <= start <= max(last.end, low) for start in starts):
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
    label, at = reading.split_label(plain)
    text = item.text.cut(at).strip() if label and at < len(plain) else item.text
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
    found = list(_rows(lines))
    if not found:
        found = list(_listed(lines))
        if not found:
            found = list(_written(lines))
    roles = tree.nodes[index].roles
    if labelled:
        return found
    found = [item for item in found if not _taken().search(item.intro)] or found
    found = [item for item in found if _names_tasks().search(item.intro)] or found
    if "resolution" in roles or _restoring(found):
        return _only_future(found)
    if "lessons" in roles and "tasks" not in roles:
        return [item for item in found if reading.is_prescription(item.text.plain)]
    return found


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
        line
        for at, line in enumerate(body)
        if at < extra or node.line + 1 + at - extra not in skip
    ]


@cache
def _taken() -> re.Pattern[str]:
    return re.compile(r"\b(?:actions? taken|already taken|what we did|steps taken)\b", re.I)


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
    ahead = [item for item in found if not _past(item.text.plain)]
    return ahead or found


def _past(plain: str) -> bool:
    label, at = reading.split_label(plain)
    part = plain[at:] if label else plain
    return not reading.is_prescription(part)


def _rows(lines: Sequence[Line]) -> Iterator[Item]:
    """Table rows, each with the names of its columns."""
    header: tuple[Text, ...] = ()
    table = -1
    for line in lines:
        if line.kind != "row":
            continue
        cells = line.block.lines
        if line.block.header:
            header, table = cells, line.block.table
            continue
        names = [cell.plain for cell in header] if line.block.table == table else []
        at = _task_column(names, cells)
        if at is None or not cells[at]:
            continue
        named = tuple((names[i] if i < len(names) else "", cell) for i, cell in enumerate(cells))
        yield Item(cells[at], (line,), "", cells=named)


@cache
def _task_header() -> re.Pattern[str]:
    return re.compile(r"\b(?:action|task|item|what|todo|to-do|measure|follow|description)", re.I)


def _task_column(names: Sequence[str], cells: Sequence[Text]) -> int | None:
    for at, name in enumerate(names):
        if at < len(cells) and _task_header().search(name) and len(cells[at].plain) > 3:
            return at
    if not cells:
        return None
    return max(range(len(cells)), key=lambda at: len(cells[at].plain))


_BULLET = re.compile(
    r"\s*(?:[-–—•‣▪◦➢➤→✅☑✔🔹🔸▶►*+○●·§■□◆❖⦁]|o(?=[\t ])|\(?(?:\d{1,2}|[a-hA-H])[.)](?=\s))\s*"
)


def _listed(lines: Sequence[Line]) -> Iterator[Item]:
    """List items that are things to do; a parent that only groups is not one."""
    intro = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.kind == "heading" or (line.kind == "text" and not line.block.depth):
            if line.text:
                intro = line.text.plain
            at += 1
            continue
        if not line.opens_item:
            at += 1
            continue
        stop = at + 1
        while stop < len(lines) and lines[stop].block is line.block and not lines[stop].first:
            stop += 1
        own = lines[at:stop]
        bullets = [row for row in own[1:] if _BULLET.match(row.text.plain)]
        if bullets and not _below(lines, stop, line.block.depth):
            intro = line.text.plain
            yield from _bulleted(own[1:], intro)
            at = stop
            continue
        labels = [
            row for row in own[1:]
            if reading.split_label(row.text.plain)[0] and not continues(line, row)
        ]
        if labels:
            own = own[: own.index(labels[0])]
        text = join([row.text for row in own], " ")
        below = _below(lines, stop, line.block.depth)
        if below and _groups(line, text.plain, below):
            intro = text.plain
        else:
            if text:
                yield Item(text, tuple(own), intro, box=line.block.box)
            for row in labels:
                yield Item(row.text, (row,), intro)
            if below and not all(reading.is_prescription(row.text.plain) for row in below):
                while stop < len(lines) and lines[stop].block.depth > line.block.depth:
                    stop += 1
        at = stop


def _below(lines: Sequence[Line], at: int, depth: int) -> list[Line]:
    """The items nested directly under an item, or plain bullet lines under it."""
    found = []
    while at < len(lines) and (lines[at].block.depth > depth or (
        lines[at].block.depth == depth and depth > 0 and not lines[at].opens_item
    )):
        if lines[at].opens_item:
            found.append(lines[at])
        at += 1
    return found


def _groups(line: Line, plain: str, below: Sequence[Line]) -> bool:
    """A parent that ends with a colon, is only a label, or names what its items do."""
    words = plain.rstrip(" *_")
    if words.endswith((":", "：")) or line.text.all_bold:
        return True
    if len(words.split()) <= 4 and not reading.is_prescription(words):
        return True
    return not reading.is_prescription(words) and any(
        reading.is_prescription(item.text.plain) for item in below
    )


def _bulleted(lines: Sequence[Line], intro: str) -> Iterator[Item]:
    """Plain lines that begin with a dash or another bullet of their own."""
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and continues(lines[stop - 1], lines[stop]):
            stop += 1
        text = join([line.text for line in lines[at:stop]], " ")
        match = _BULLET.match(text.plain)
        if match:
            yield Item(text.cut(match.end()).strip(), tuple(lines[at:stop]), intro)
        at = stop


def _written(lines: Sequence[Line]) -> Iterator[Item]:
    """Tasks on plain lines, or told in the sentences of a paragraph."""
    texts = [line for line in lines if line.kind in ("text", "item") and line.text]
    bulleted = sum(1 for line in texts if _dashed(line.text.plain))
    if bulleted >= 2:
        yield from _bulleted(texts, "")
        return
    intro = ""
    found: list[Item] = []
    blocks = list(paragraphs(texts))
    for number, block in enumerate(blocks):
        statements = list(_statements(block))
        for group in statements:
            text = join([line.text for line in group], " ")
            plain = text.plain.strip()
            last = number == len(blocks) - 1 and group is statements[-1]
            if _is_intro(plain):
                intro = plain
                continue
            if _closes(plain) and (last or len(statements) > 1 or number):
                continue
            if len(plain) < 8 or _link_only().fullmatch(plain):
                continue
            if _plain_label(plain) and not reading.is_prescription(plain):
                intro = plain
                continue
            found.append(Item(_numberless(text), tuple(group), intro))
    told = [item for item in found if not _remark(item)]
    yield from told or found


def _remark(item: Item) -> bool:
    """A whole sentence that neither prescribes nor tells a measure that was taken."""
    plain = item.text.plain.rstrip()
    return (
        plain.endswith((".", "!"))
        and len(plain.split()) > 5
        and not reading.is_prescription(plain)
        and reading.is_done(plain) is None
    )


def _dashed(plain: str) -> bool:
    return bool(re.match(r"\s*(?:[-–—•‣▪◦➢➤→○●·§■□◆❖⦁]|o(?=\t))\s+", plain))


def _numberless(text: Text) -> Text:
    match = _BULLET.match(text.plain)
    return text.cut(match.end()).strip() if match and match.end() < len(text.plain) else text


def _statements(block: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of a paragraph, wrapped ones put together."""
    at = 0
    while at < len(block):
        stop = at + 1
        while stop < len(block) and continues(block[stop - 1], block[stop]):
            stop += 1
        yield tuple(block[at:stop])
        at = stop


def _is_intro(plain: str) -> bool:
    words = plain.rstrip()
    return words.endswith((":", ":-", ";")) or bool(_intro().match(words) and len(words) < 120)


@cache
def _intro() -> re.Pattern[str]:
    return re.compile(
        r"(?:to (?:prevent|avoid|address|mitigate|ensure)\b.*\b(?:following|below|these)|"
        r"in order to .*(?:had to|following)|the following|here are|below (?:are|is)|"
        r"this (?:was|wasn't|outage)|we (?:have|will) .* following)",
        re.IGNORECASE,
    )


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(
        r"(?:by (?:implementing|addressing|taking|following|doing|adopting|making)\b|"
        r"(?:these|those|this) (?:measures|steps|actions|changes|improvements|postmortem|"
        r"tasks|incident)\b|through (?:these|this)|with these\b|in conclusion|overall\b|"
        r"remember\b|note that|thank|we apologi[sz]e|i hope\b|but of course|hopefully)",
        re.IGNORECASE,
    )


def _closes(plain: str) -> bool:
    return bool(_closing().match(plain))


@cache
def _link_only() -> re.Pattern[str]:
    return re.compile(r"<?https?://\S+>?")


def _plain_label(plain: str) -> bool:
    return plain.rstrip().endswith(":") or (len(plain.split()) <= 3 and plain[:1].isupper())


def prescriptions(lines: Sequence[Line]) -> int:
    """How many sentences of some lines prescribe something."""
    text = flow(lines)
    return sum(
        1
        for low, high in sentences(text.prose)
        if reading.is_prescription(text.plain[low:high])
    )
