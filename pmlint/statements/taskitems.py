"""Which lines of a part are things to do: rows, headings, list items, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.namedtuples import NamedTuple
from pmlint.reading.prescriptions import is_commitment, is_prescription
from pmlint.reading.taskfields import find_due, find_owner, is_done
from pmlint.reading.tasks import lead_word, split_label
from pmlint.reading.vagueness import judge
from pmlint.reading.words import tokens, word_count, word_lists
from pmlint.statements.flow import block_end, continues, paragraphs
from pmlint.structure.text import Text, join
from pmlint.structure.tree import Line


class Item(NamedTuple):
    """A candidate: the words, its lines, and the line that introduces its group."""

    text: Text
    lines: tuple[Line, ...]
    intro: str
    box: bool | None = None
    cells: tuple[tuple[str, Text], ...] = ()
    fields: tuple[str, ...] = ()
    """Statements about it on lines of their own: "Owner: Ana"."""


def read_items(lines: Sequence[Line]) -> list[Item]:
    """The candidates among some lines, in the form that their author chose."""
    found = (
        list(_tabled(lines))
        or _lettered(lines)
        or _headed(lines)
        or _led(lines)
        or list(listed(lines))
    )
    found = found or list(_rows(lines)) or list(_written(lines)) or list(_fenced(lines))
    return _without_findings([_ticked(item) for item in found])


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
        if at is None or not cells[at] or _heads_rows(cells):
            continue
        named = tuple((names[i] if i < len(names) else "", cell) for i, cell in enumerate(cells))
        yield Item(cells[at], (line,), "", cells=named)


def _heads_rows(cells: Sequence[Text]) -> bool:
    """A row with one cell filled in, in bold or brief, names the group of the rows below."""
    filled = [cell for cell in cells if cell.plain.strip(" -–—")]
    if len(filled) != 1 or len(cells) < 2:
        return False
    plain = filled[0].plain
    return not is_prescription(plain) and (filled[0].all_bold or plain.rstrip().endswith(":"))


def _tabled(lines: Sequence[Line]) -> Iterator[Item]:
    """Tables of tasks, and the lists beside them."""
    rows = [item for item in _rows(lines) if any(_task_header().search(n) for n, _ in item.cells)]
    if not rows:
        return
    beside = [item for item in listed(lines) if is_prescription(item.text.plain)]
    yield from sorted([*rows, *beside], key=lambda item: item.text.span())


def _headed(lines: Sequence[Line]) -> list[Item]:
    """Headings that are tasks themselves, each with a paragraph or fields below."""
    heads = [at for at, line in enumerate(lines) if line.kind == "heading" and line.first]
    heads = heads or [at for at, line in enumerate(lines) if line.first and line.text.all_bold]
    found = []
    for at, stop in zip(heads, [*heads[1:], len(lines)], strict=False):
        below = lines[at + 1 : stop]
        told = [line for line in below if line.text]
        listed = any(line.opens_item and not _assigns().match(line.text.plain) for line in below)
        fields = bool(told) and all(map(_is_field, told))
        if fields or (told and not listed and is_prescription(_numberless(lines[at].text).plain)):
            found.append(Item(_numberless(lines[at].text), (lines[at], *told), ""))
    enough = found and (lines[heads[0]].kind == "heading" or len(found) > 1)
    return found if enough and len(found) == len(heads) else []


def _lettered(lines: Sequence[Line]) -> list[Item]:
    """Paragraphs marked ``(a)``, ``(b)``: points of a sentence, no list to Markdown."""
    found: list[Item] = []
    for block in paragraphs([line for line in lines if line.kind in ("text", "item")]):
        if block[0].opens_item and not block[0].block.ordered:
            continue
        text = join([line.text for line in block], " ")
        letter = text.plain.lstrip()[:3].lower()
        if letter == f"({_LETTERS[len(found) : len(found) + 1]})":
            found.append(Item(text.cut(text.plain.index(")") + 1).strip(), tuple(block), ""))
    return found if len(found) > 1 else []


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _led(lines: Sequence[Line]) -> list[Item]:
    """Paragraphs that each begin with a bold word: "**KM** Post the diff before a deploy".

    A list below one of them belongs to it.
    """
    heads = [at for at, line in enumerate(lines) if _margin(line) and line.first]
    led = [at for at in heads if _lead(lines[at].text)]
    if len(led) < _FEWEST_LED or heads[-len(led) :] != led:
        return []
    found = []
    for at, stop in zip(led, [*led[1:], len(lines)], strict=True):
        own = [line for line in lines[at:stop] if line.block is lines[at].block]
        text = join([line.text for line in own], " ")
        lead = text.plain[: text.bold[0][1]].strip(" []()")
        said = (f"owner: {lead}",) if _initials(lead) else ()
        found.append(Item(text.cut(text.bold[0][1]).strip(), tuple(own), "", fields=said))
    prescribed = sum(is_prescription(item.text.plain) for item in found)
    return found if prescribed * 2 > len(found) else []


_FEWEST_LED = 2


def _margin(line: Line) -> bool:
    return line.kind == "text" and not line.block.depth and bool(line.text)


def _lead(text: Text) -> bool:
    """Bold words open the text and go over into it without a colon or a full stop."""
    if not text.bold or text.bold[0][0] or text.all_bold:
        return False
    lead, behind = text.plain[: text.bold[0][1]].rstrip(), text.plain[text.bold[0][1] :].lstrip()
    return lead[-1:] not in ":.!?–—-" and behind[:1].isalpha() and word_count(lead) <= 4


def _initials(lead: str) -> bool:
    """ "KM", "LB / KM", "@ines" name who does it."""
    parts = [part.strip() for part in lead.split("/")]
    return all(part[:1] == "@" or (part.isalpha() and part.isupper()) for part in parts) and all(
        1 < len(part) < 4 or part[:1] == "@" for part in parts
    )


@cache
def _assigns() -> re.Pattern[str]:
    return re.compile(
        r"(?:owner|assignee|assigned|responsible|due|deadline|target|priority|status|state|ticket|issue"
        r"|jira|tracking|tracker|link|pr|eta|effort|type|severity|why|reason|rationale|notes?|details?"
        r"|example|benefit|expected)\b",
        re.I,
    )


def _fenced(lines: Sequence[Line]) -> Iterator[Item]:
    """A list that its author put into a code block."""
    for line in lines:
        match = _BULLET.match(line.text.plain) if line.kind == "code" else None
        if match and is_prescription(line.text.plain[match.end() :]):
            yield Item(line.text.cut(match.end()).strip(), (line,), "")


@cache
def _task_header() -> re.Pattern[str]:
    return re.compile(r"\b(?:action|task|item|what|todo|to-do|measure|follow|description)", re.I)


def tables_tasks(lines: Sequence[Line]) -> bool:
    """A table has a column of its own for what is to be done."""
    return any(
        line.kind == "row"
        and line.block.header
        and any(_heads_actions(cell.plain) for cell in line.block.lines)
        for line in lines
    )


def _heads_actions(name: str) -> bool:
    """Of "What went well" and "Action" the second is the column of the tasks."""
    said = {token.lower for token in tokens(name)}
    return not said.isdisjoint(_ACTIONS) and said.isdisjoint(("type", "id", "no", "nr", "date"))


_ACTIONS = frozenset(("action", "actions", "task", "tasks", "todo", "to-do"))


def _task_column(names: Sequence[str], cells: Sequence[Text]) -> int | None:
    for heads in (_heads_actions, _task_header().search):
        for at, name in enumerate(names):
            if at < len(cells) and heads(name) and len(cells[at].plain) > 3:
                return at
    if not cells:
        return None
    return max(range(len(cells)), key=lambda at: len(cells[at].plain))


_BULLET = re.compile(
    r"\s*(?:[-–—•‣▪◦➢➤→✅☑✔🔹🔸▶►*+○●·§■□◆❖⦁]|o(?=[\t ])"
    r"|\(?(?:\d{1,2}|[a-hA-H]|[A-Z]{1,3}\d{1,2})[.)](?=\s)"
    r"|[A-Z]{1,3}\d{1,2}\s?[–—:-](?=\s))\s*"
)


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
            written = _written_item(lines, at)
            stop = written or (_paragraph_task(lines, at) if mixed else 0)
            if stop:
                text = join([row.text for row in lines[at:stop]], " ")
                yield Item(_numberless(text) if written else text, tuple(lines[at:stop]), intro)
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
    if not below and any(_BULLET.match(row.text.plain) for row in own[1:]):
        return list(_bulleted(own[1:], line.text.plain)), stop, line.text.plain
    labels = [row for row in own[1:] if split_label(row.text.plain)[0] and not continues(line, row)]
    if labels:
        own = own[: own.index(labels[0])]
    text = join([row.text for row in own], " ")
    nested = below if all(map(_is_field, below)) else []
    if nested:
        # "- Owner: Ana", "- Status: open"
        below, stop = [], _behind_nested(lines, stop, line.block.depth)
    if below and _groups(line, text.plain, below):
        return [], stop, text.plain
    found = []
    fields = [row for row in labels if _is_field(row)]
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
    if _is_intro(plain) or _closes(plain) or plain[-1:] != "." or _numbered(plain):
        return 0
    committed = is_commitment(plain) and not judge(plain).vague
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


def _is_field(line: Line) -> bool:
    match = _assigns().match(line.text.plain)
    return match is not None and ":" in line.text.plain[match.end() : match.end() + 16]


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
    if word_count(words) <= 4 and not is_prescription(words):
        return True
    if is_prescription(words):
        # "Improve alerting" over two alerts to add
        closable = sum(not judge(item.text.plain).vague for item in below)
        return 1 < closable == len(below) and judge(words).vague
    return any(is_prescription(item.text.plain) for item in below)


def _explained(words: str, below: Sequence[Line]) -> bool:
    """``**Alert on the queue's age**`` over why that would have helped."""
    told = [row.text.plain for row in below]
    if is_prescription(words):
        return not any(map(is_prescription, told))
    return all(observes(each) or _refers_back(each) for each in told)


def _assigned(line: Line, plain: str) -> bool:
    """Somebody has it to do, until a day or with a box to tick."""
    if line.block.box is not None:
        return True
    owner, due = find_owner(plain), find_due(plain)
    return bool((owner and owner.firm) or (due and due.firm))


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
    ends = [block[-1].text.plain.rstrip()[-1:] in (".", "!") for block in blocks]
    closed = sum(ends) * 2 >= len(blocks)
    for number, block in enumerate(blocks):
        statements = list(_statements(block))
        if _narrates(statements):
            found.append(Item(join([line.text for line in block], " "), tuple(block), intro))
            continue
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
            # A sub-heading, or "Regards," over a name.
            bare = closed and len(statements) == 1 and _unclosed(plain)
            if (_plain_label(plain) or bare) and not is_prescription(plain):
                intro = plain
                continue
            found.append(Item(_numberless(text), tuple(group), intro))
    # Beside sentences that prescribe, those that tell are remarks.
    prescribed = sum(is_prescription(item.text.plain) for item in found)
    settled = sum(settles(item.text.plain) for item in found)
    if settled * 2 >= len(found):
        found = [item for item in found if not _remark(item)]
    if not prescribed and all(_regrets(item.text.plain) for item in found):
        return
    yield from found


def settles(plain: str) -> bool:
    """It says what is to be done or has been done against it, or how it is from now on."""
    if is_prescription(plain) or is_commitment(plain):
        return True
    return not _NOW.isdisjoint(token.lower for token in tokens(plain))


_NOW = frozenset(("now", "henceforth", "onwards"))


def _regrets(plain: str) -> bool:
    """It tells what could have been done, and nothing that will be."""
    words = plain.lower().split()
    return any(
        word in ("could", "should", "would", "might") and "have" in words[at + 1 : at + 3]
        for at, word in enumerate(words)
    )


def _narrates(statements: Sequence[tuple[Line, ...]]) -> bool:
    """A paragraph of sentences, some of which prescribe: one statement, at its first line."""
    texts = [join([line.text for line in group], " ").plain.strip() for group in statements]
    whole = [text for text in texts if text.endswith((".", "!")) and word_count(text) > 5]
    return (
        len(texts) > 1
        and len(whole) >= len(texts) - 1
        and any(observes(text) and not _closes(text) for text in whole)
        and any(is_prescription(text) for text in texts)
    )


def _remark(item: Item) -> bool:
    """A whole sentence that neither prescribes nor tells a measure that was taken."""
    plain = item.text.plain.rstrip()
    told = plain.endswith((".", "!")) and word_count(plain) > 5
    return told and observes(plain) and not settles(plain)


def observes(plain: str) -> bool:
    """The words tell what is or was, and neither prescribe nor report a measure."""
    return (
        bool(_tells().search(_main_clause(plain), 0, 80))
        and not is_prescription(plain)
        and is_done(plain) is None
    )


def _main_clause(plain: str) -> str:
    """The words before the first "when", "which" and the like."""
    for token in tokens(plain):
        if token.lower in _SUBORDINATE:
            return plain[: token.start]
    return plain


_SUBORDINATE = frozenset(
    (
        "when", "if", "that", "which", "who", "where", "while", "until", "unless", "because",
        "once", "so",
    )
)  # fmt: skip


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:is|are|was|were|has|had|have|did|didn['’]t|hopes?|apologi[sz]e|can['’]t|cannot"
        r"|could (?:be|have)|would have)\b",
        re.IGNORECASE,
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
        while stop < len(block) and (
            continues(block[stop - 1], block[stop]) or _refers_back(block[stop].text.plain)
        ):
            stop += 1
        yield tuple(block[at:stop])
        at = stop


def _refers_back(plain: str) -> bool:
    """``It will page on-call.`` goes on about the line before it."""
    return plain.lstrip().startswith(("It ", "This will ", "They ", "That "))


def _is_intro(plain: str) -> bool:
    words = plain.rstrip()
    return words.endswith((":", ":-", ";", "?")) or bool(_intro().match(words) and len(words) < 120)


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
        r"by \w+ing (?:this|these|such|from (?:this|these))\b[^.]*\b(?:aim|hope|strive|ensure"
        r"|become)\b|"
        r"(?:these|those|this) (?:measures|steps|actions|changes|improvements|postmortem|"
        r"tasks|incident)\b|through (?:these|this)|with these\b|in conclusion|overall\b|"
        r"remember\b|note that|please\b|thank|we apologi[sz]e|i hope\b|but of course|hopefully)",
        re.IGNORECASE,
    )


@cache
def _promises_news() -> re.Pattern[str]:
    """ "We'll keep you posted" is said to the readers, and nothing to be done."""
    return re.compile(
        r"(?:\bwill|['’]ll|continue to) (?:\w+ )?keep (?:you|everyone|everybody|all of you"
        r"|this (?:page|post|thread|issue))\b|(?:\bwill|['’]ll) (?:let you know"
        r"|(?:post|share|publish|provide) (?:more |further |an? |any |the )?"
        r"(?:updates?|details|information))\b",
        re.IGNORECASE,
    )


def _closes(plain: str) -> bool:
    label = split_label(plain)[0]
    if plain.lstrip()[:2] in ("--", "— ", "– ") and word_count(plain) <= LONGEST_SIGNATURE:
        # "-- Corvid, posted on Thursday"
        return True
    if _closing().match(plain) or _promises_news().search(plain):
        return True
    if label and label.lower() in _CONCLUDING:
        return True
    said = {token.lower for token in tokens(plain)}
    polite = not said.isdisjoint(word_lists("tasks")["courtesy"])
    return polite and not is_prescription(plain)


LONGEST_SIGNATURE = 8
"""More words behind two dashes are no name."""
_CONCLUDING = frozenset(
    (
        "conclusion", "conclusions", "closing", "closing remarks", "closing words", "final words",
        "final thoughts", "final note", "final remarks", "outlook", "wrap-up", "epilogue",
    )
)  # fmt: skip


@cache
def _link_only() -> re.Pattern[str]:
    return re.compile(r"<?https?://\S+>?")


def _unclosed(plain: str) -> bool:
    """A few words without a full stop, which head whole sentences."""
    return word_count(plain) <= 6 and not plain.rstrip().endswith((".", "!", "?"))


def _plain_label(plain: str) -> bool:
    return plain.rstrip().endswith(":") or (word_count(plain) <= 3 and plain[:1].isupper())
