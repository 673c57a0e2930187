"""Which lines of a part are things to do: rows, headings, list items, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.reading.prescriptions import is_commitment, is_prescription
from pmlint.reading.taskfields import find_due, find_owner
from pmlint.reading.tasks import lead_word, split_label
from pmlint.reading.vagueness import judge
from pmlint.reading.words import sentences, word_count
from pmlint.statements.flow import block_end, continues
from pmlint.statements.taskforms import (
    BULLET,
    Item,
    bulleted,
    fenced,
    headed,
    led_by_bold,
    lettered,
    numberless,
    written,
)
from pmlint.statements.tasktables import table_rows, task_header
from pmlint.statements.taskwords import (
    asks_nothing,
    closes,
    is_field,
    is_intro,
    observes,
    refers_back,
)
from pmlint.structure.text import join
from pmlint.structure.timed import opens_event
from pmlint.structure.tree import Line


def read_items(lines: Sequence[Line]) -> list[Item]:
    """The candidates among some lines, in the form that their author chose."""
    found = (
        list(_tabled(lines))
        or lettered(lines)
        or list(_headed(lines))
        or led_by_bold(lines)
        or list(listed(lines))
    )
    found = found or list(table_rows(lines)) or list(written(lines)) or list(fenced(lines))
    asked = [item for item in found if not asks_nothing().fullmatch(item.text.plain)]
    return _without_findings([_aimed(_ticked(item)) for item in asked or found])


def _headed(lines: Sequence[Line]) -> Iterator[Item]:
    """Headings that are tasks, and what is listed below others among them."""
    for part in headed(lines):
        if part.is_task() or not part.lists():
            yield part.item()
        else:
            yield from listed(part.below)


def _aimed(item: Item) -> Item:
    """ "Two jobs share a lock → give each its own": what stands behind the arrow is to be done."""
    plain = item.text.plain
    at = plain.find(" → ")
    if at < 0 or is_prescription(plain[:at]) or not is_prescription(plain[at + 3 :]):
        return item
    return item._replace(text=item.text.cut(at + 3).strip())


def _ticked(item: Item) -> Item:
    """``[x] Lower the TTL`` on a line without a bullet."""
    text = item.text.strip()
    if item.box is not None or text.plain[:4] not in ("[ ] ", "[x] ", "[X] "):
        return item
    return item._replace(text=text.cut(4).strip(), box=text.plain[1] != " ")


def _without_findings(found: list[Item]) -> list[Item]:
    """Of ``Finding 1. …`` and ``Recommendation 1. …`` in turn, the recommendations."""
    leads = [lead_word(item.text.plain) for item in found]
    measures = leads.count("measure")
    if not measures:
        return found
    paired = measures > 1 and measures * 3 >= len(found)
    return [
        item
        for item, lead in zip(found, leads, strict=True)
        if lead == "measure"
        or (lead != "finding" and (not paired or is_prescription(item.text.plain)))
    ]


def _tabled(lines: Sequence[Line]) -> Iterator[Item]:
    """Tables of tasks, and the lists beside them."""
    rows = [
        item for item in table_rows(lines) if any(task_header().search(n) for n, _ in item.cells)
    ]
    if not rows:
        return
    beside = [
        item
        for item in listed(lines)
        if is_prescription(item.text.plain) and not opens_event(item.lines[0])
    ]
    yield from sorted([*rows, *beside], key=lambda item: item.text.span())


def listed(lines: Sequence[Line]) -> Iterator[Item]:
    """List items that are things to do; a parent that only groups is not one."""
    intro = ""
    at = 0
    mixed = any(line.opens_item for line in lines)
    while at < len(lines):
        line = lines[at]
        if line.opens_item:
            found, at, intro = _point(lines, at, intro)
            yield from found
        elif line.kind == "heading" or (line.kind == "text" and not line.block.depth):
            numbered = _written_item(lines, at)
            stop = numbered or (_paragraph_task(lines, at) if mixed else 0)
            if stop:
                text = join([row.text for row in lines[at:stop]], " ")
                yield Item(numberless(text) if numbered else text, tuple(lines[at:stop]), intro)
            elif line.text:
                intro = line.text.plain
            at = stop or at + 1
        else:
            at += 1


def _point(lines: Sequence[Line], at: int, intro: str) -> tuple[list[Item], int, str]:
    """What the list item at an index asks for, the index behind it, and the introduction then."""
    line = lines[at]
    stop = block_end(lines, at)
    own = lines[at:stop]
    below = _below(lines, stop, line.block.depth)
    if not below and any(BULLET.match(row.text.plain) for row in own[1:]):
        return list(bulleted(own[1:], line.text.plain)), stop, line.text.plain
    labels = [row for row in own[1:] if split_label(row.text.plain)[0] and not continues(line, row)]
    if labels:
        own = own[: own.index(labels[0])]
    if below and _goes_on_in_code(own, below):
        below, stop = [], _behind_nested(lines, stop, line.block.depth)
    text = join([row.text for row in own], " ")
    nested = below if all(map(is_field, below)) else []
    if nested:
        # "- Owner: Ana", "- Status: open"
        below, stop = [], _behind_nested(lines, stop, line.block.depth)
    if below and _groups(line, text.plain, below):
        return [], stop, text.plain
    found = []
    fields = [row for row in labels if is_field(row)]
    if text:
        said = tuple(row.text.plain for row in (*fields, *nested))
        found.append(Item(text, (*own, *fields), intro, box=line.block.box, fields=said))
    found += [Item(row.text, (row,), intro) for row in labels if row not in fields]
    if below and not all(is_prescription(row.text.plain) for row in below):
        stop = _behind_nested(lines, stop, line.block.depth)
    return found, stop, intro


def _behind_nested(lines: Sequence[Line], at: int, depth: int) -> int:
    """Behind the lines from an index on that stand deeper."""
    while at < len(lines) and lines[at].block.depth > depth:
        at += 1
    return at


def _written_item(lines: Sequence[Line], at: int) -> int:
    """Behind an item that Markdown takes for text, else 0.

    A list that goes on with "4." right below a line of text is part of its paragraph.
    """
    line = lines[at]
    if line.kind != "text" or not _numbered(line.text.plain):
        return 0
    following = lines[at + 1] if at + 1 < len(lines) else None
    if line.first and not (
        following is not None and following.block is line.block and _numbered(following.text.plain)
    ):
        return 0
    if line.text.plain.rstrip().endswith(":") or line.text.all_bold:
        return 0
    stop = at + 1
    while stop < len(lines) and continues(lines[stop - 1], lines[stop]):
        stop += 1
    return stop


def _paragraph_task(lines: Sequence[Line], at: int) -> int:
    """Behind a paragraph beside a list that says what will be done, else 0.

    One right above the list introduces it.
    """
    line = lines[at]
    if line.kind != "text" or not line.first or line.text.all_bold:
        return 0
    stop = at + 1
    while stop < len(lines) and lines[stop].block is line.block:
        stop += 1
    plain = join([row.text for row in lines[at:stop]], " ").plain.strip()
    if stop < len(lines) and lines[stop].opens_item:
        return 0
    if is_intro(plain) or closes(plain) or plain[-1:] != "." or _numbered(plain):
        return 0
    if opens_event(line):
        return 0
    said = (plain[start:end] for start, end in sentences(plain))
    committed = any(is_commitment(each) and not judge(each).vague for each in said)
    return stop if committed else 0


LONGEST_NUMBER = 5
"""``10.12`` numbers an item of a list; a longer number counts something."""


def _numbered(plain: str) -> bool:
    """The line begins with "4.", "(4)" or "6.2"."""
    number = plain.split(maxsplit=1)[0].lstrip("(") if plain.strip() else ""
    part, point, inner = number.rstrip(".)").partition(".")
    if point:
        return len(number) <= LONGEST_NUMBER and part.isdigit() and inner.isdigit()
    return number[-1:] in (".", ")") and len(number) <= 3 and number[:-1].isdigit()


def _below(lines: Sequence[Line], at: int, depth: int) -> list[Line]:
    """The items nested directly under an item, or plain bullet lines under it."""
    found = []
    while at < len(lines) and (
        lines[at].block.depth > depth
        or (lines[at].block.depth == depth and depth > 0 and not lines[at].opens_item)
    ):
        if lines[at].opens_item:
            found.append(lines[at])
        at += 1
    return found


MOST_LABEL_WORDS = 4
"""More words over further items are no mere label."""


def _groups(line: Line, plain: str, below: Sequence[Line]) -> bool:
    """A parent that ends with a colon, is only a label, or names what its items do."""
    words = plain.rstrip(" *_")
    if plain.startswith("@") and " " not in words:
        # "@kim" over what she will do
        return True
    if _assigned(line, plain) and not any(_assigned(row, row.text.plain) for row in below):
        return False
    if line.text.all_bold and words[-1:] != ":" and _explained(words, below):
        return False
    if words.endswith((":", "：")) or line.text.all_bold:
        return True
    if word_count(words) <= MOST_LABEL_WORDS and not is_prescription(words):
        return True
    if is_prescription(words):
        # "Improve alerting" over two alerts to add
        closable = sum(not judge(item.text.plain).vague for item in below)
        return 1 < closable == len(below) and judge(words).vague
    return any(is_prescription(item.text.plain) for item in below)


def _goes_on_in_code(own: Sequence[Line], below: Sequence[Line]) -> bool:
    """``Moved the workflow to another label:`` over the label as code."""
    if sum(word_count(row.text.plain) for row in own) <= MOST_LABEL_WORDS:
        return False
    return not any(char.isalpha() for row in below for char in row.text.prose)


def _explained(words: str, below: Sequence[Line]) -> bool:
    """``**Alert on the queue's age**`` over why that would have helped."""
    told = [row.text.plain for row in below]
    if is_prescription(words):
        return not any(map(is_prescription, told))
    return all(observes(each) or refers_back(each) for each in told)


def _assigned(line: Line, plain: str) -> bool:
    """Somebody has it to do, until a day or with a box to tick."""
    if line.block.box is not None:
        return True
    owner, due = find_owner(plain), find_due(plain)
    return bool((owner and owner.firm) or (due and due.firm))
