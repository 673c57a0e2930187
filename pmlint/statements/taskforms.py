"""Tasks in other forms than lists and tables: headings, paragraphs, sentences, plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmlint.namedtuples import NamedTuple
from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.tasks import lead_word, split_label
from pmlint.reading.vagueness import judge, plans_change
from pmlint.reading.words import word_count
from pmlint.statements.flow import continues, paragraphs
from pmlint.statements.taskwords import (
    assigns,
    closes,
    is_field,
    is_intro,
    link_only,
    observes,
    plain_label,
    refers_back,
    settles,
    unclosed,
)
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


class Part(NamedTuple):
    """A heading among the tasks, and the lines below it."""

    head: Line
    below: Sequence[Line]

    def is_task(self) -> bool:
        """The heading says what to do, and what stands below tells why or how."""
        told = [line for line in self.below if line.text]
        fields = bool(told) and is_field(told[0])
        fields = fields and (all(map(is_field, told)) or not self.lists())
        return fields or (bool(told) and not self.lists() and is_prescription(self.name().plain))

    def lists(self) -> bool:
        """Items below it are tasks, rather than fields or details of one."""
        points = [
            line.text.plain
            for line in self.below
            if line.opens_item and not assigns().match(line.text.plain)
        ]
        name = self.name().plain
        if not points or not is_prescription(name) or judge(name).vague:
            return bool(points)
        return any(map(is_prescription, points))

    def name(self) -> Text:
        """The heading without its number."""
        return numberless(self.head.text)

    def item(self) -> Item:
        """The heading as a task."""
        told = [line for line in self.below if line.text]
        return Item(self.name(), (self.head, *told), "")


def headed(lines: Sequence[Line]) -> list[Part]:
    """The headings among some lines, where most of them are tasks themselves."""
    heads = [at for at, line in enumerate(lines) if line.kind == "heading" and line.first]
    heads = heads or [at for at, line in enumerate(lines) if line.first and line.text.all_bold]
    parts = [
        Part(lines[at], lines[at + 1 : stop])
        for at, stop in zip(heads, [*heads[1:], len(lines)], strict=False)
    ]
    tasks = sum(part.is_task() for part in parts)
    if not tasks or (lines[heads[0]].kind != "heading" and len(parts) == 1):
        return []
    if tasks == len(parts):
        return parts
    # Among headings with a number, the others are of the same kind.
    return parts if tasks * 2 > len(parts) and all(map(_is_numbered, parts)) else []


def _is_numbered(part: Part) -> bool:
    return part.head.kind == "heading" and part.name().plain != part.head.text.plain


def lettered(lines: Sequence[Line]) -> list[Item]:
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


def led_by_bold(lines: Sequence[Line]) -> list[Item]:
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
    if not _opens_bold(text) or text.all_bold:
        return False
    lead, behind = text.plain[: text.bold[0][1]].rstrip(), text.plain[text.bold[0][1] :].lstrip()
    return lead[-1:] not in ":.!?–—-" and behind[:1].isalpha() and word_count(lead) <= 4


def _initials(lead: str) -> bool:
    """ "KM", "LB / KM", "@ines" name who does it."""
    parts = [part.strip() for part in lead.split("/")]
    return all(part[:1] == "@" or (part.isalpha() and part.isupper()) for part in parts) and all(
        1 < len(part) < 4 or part[:1] == "@" for part in parts
    )


def fenced(lines: Sequence[Line]) -> Iterator[Item]:
    """A list that its author put into a code block."""
    for line in lines:
        match = BULLET.match(line.text.plain) if line.kind == "code" else None
        if match and is_prescription(line.text.plain[match.end() :]):
            yield Item(line.text.cut(match.end()).strip(), (line,), "")


BULLET = re.compile(
    r"\s*(?:[-–—•‣▪◦➢➤→✅☑✔🔹🔸▶►*+○●·§■□◆❖⦁]|o(?=[\t ])"
    r"|\(?(?:\d{1,2}|[a-hA-H]|[A-Z]{1,3}\d{1,2})[.)](?=\s)|\d{1,2}\s?[-–](?=\s)|[ivx]{1,4}\)(?=\s)"
    r"|[A-Z]{1,3}\d{1,2}\s?[–—:-](?=\s))\s*"
)


def numberless(text: Text) -> Text:
    """A text without the bullet, the number or the letter in front."""
    match = BULLET.match(text.plain)
    return text.cut(match.end()).strip() if match and match.end() < len(text.plain) else text


def dashed(plain: str) -> bool:
    """A bullet that Markdown may not know, and a space."""
    return bool(re.match(r"\s*(?:[-–—•‣▪◦➢➤→○●·§■□◆❖⦁]|o(?=\t| {2}))\s+", plain))


def bulleted(lines: Sequence[Line], intro: str) -> Iterator[Item]:
    """Plain lines that begin with a dash or another bullet of their own."""
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and continues(lines[stop - 1], lines[stop]):
            if dashed(lines[stop].text.plain):
                break
            stop += 1
        text = join([line.text for line in lines[at:stop]], " ")
        match = BULLET.match(text.plain)
        if match:
            yield Item(text.cut(match.end()).strip(), tuple(lines[at:stop]), intro)
        at = stop


def written(lines: Sequence[Line]) -> Iterator[Item]:
    """Tasks on plain lines, or told in the sentences of a paragraph."""
    texts = [line for line in lines if line.kind in ("text", "item") and line.text]
    bulleted_lines = sum(1 for line in texts if dashed(line.text.plain))
    if bulleted_lines >= _FEWEST_DASHED:
        yield from bulleted(texts, "")
        return
    found = _led(list(_told(texts)))
    # Beside sentences that prescribe, those that tell are remarks.
    settled = sum(settles(item.text.plain) for item in found)
    if settled * 2 >= len(found):
        found = [item for item in found if not _remark(item)]
    yield from found


def _led(found: list[Item]) -> list[Item]:
    """Leaves out what stands around paragraphs with bold words or a label, and plans nothing."""
    led = [_opens_bold(item.text) or bool(split_label(item.text.plain)[0]) for item in found]
    if sum(led) < _FEWEST_LED or sum(led) * 2 <= len(found):
        return found
    return [
        item
        for item, leads in zip(found, led, strict=True)
        if leads or not _plans_nothing(item.text.plain.rstrip())
    ]


def _plans_nothing(plain: str) -> bool:
    """A whole sentence that asks for nothing, or promises something to those who were hit."""
    if not plain.endswith((".", "!")) or plans_change(plain):
        return False
    return " will " in plain or not is_prescription(plain)


def _opens_bold(text: Text) -> bool:
    return bool(text.bold) and not text.bold[0][0]


_FEWEST_DASHED = 2
_SHORTEST = 8
"""Fewer characters tell no task."""


def _told(texts: Sequence[Line]) -> Iterator[Item]:
    """What the paragraphs of some lines tell one by one, less what leads in and what closes."""
    intro = ""
    blocks = list(paragraphs(texts))
    ends = [block[-1].text.plain.rstrip()[-1:] in (".", "!") for block in blocks]
    closed = sum(ends) * 2 >= len(blocks)
    for number, block in enumerate(blocks):
        statements = list(_statements(block))
        if _narrates(statements):
            yield Item(join([line.text for line in block], " "), tuple(block), intro)
            continue
        for group in statements:
            text = join([line.text for line in group], " ")
            plain = text.plain.strip()
            last = number == len(blocks) - 1 and group is statements[-1]
            # A sub-heading, or "Regards," over a name.
            bare = closed and len(statements) == 1 and unclosed(plain)
            labels = (plain_label(plain) or bare) and not is_prescription(plain)
            told = len(plain) >= _SHORTEST and not link_only().fullmatch(plain)
            if closes(plain) and (last or len(statements) > 1 or number):
                told = False
            if last and number and len(statements) == 1 and _signs_off(plain, blocks[:-1]):
                told = False
            if (is_intro(plain) and not _pointed(plain)) or (told and labels):
                intro = plain
            elif told:
                yield Item(numberless(text), tuple(group), intro)


def _pointed(plain: str) -> bool:
    """ "(a) the pump be replaced;": a point of a sentence, which announces nothing."""
    return plain.endswith(";") and BULLET.match(plain) is not None


def _signs_off(plain: str, before: Sequence[Sequence[Line]]) -> bool:
    """ "Stay safe." behind paragraphs of whole sentences."""
    brief = word_count(plain) <= _MOST_PARTING
    return brief and all(
        sum(word_count(line.text.plain) for line in block) > 2 * _MOST_PARTING for block in before
    )


_MOST_PARTING = 2
"""So few words part from the readers; paragraphs of tasks have more than twice as many."""


def _narrates(statements: Sequence[tuple[Line, ...]]) -> bool:
    """A paragraph of sentences, some of which prescribe: one statement, at its first line."""
    texts = [join([line.text for line in group], " ").plain.strip() for group in statements]
    if any(map(lead_word, texts[1:])):
        # "Finding 1: …" and "Recommendation 1: …" below one another
        return False
    whole = [text for text in texts if text.endswith((".", "!")) and word_count(text) > 5]
    return (
        len(texts) > 1
        and len(whole) >= len(texts) - 1
        and any(observes(text) and not closes(text) for text in whole)
        and any(is_prescription(text) for text in texts)
    )


def _remark(item: Item) -> bool:
    """A whole sentence that neither prescribes nor tells a measure that was taken."""
    plain = item.text.plain.rstrip()
    told = plain.endswith((".", "!")) and word_count(plain) > 5
    return told and observes(plain) and not settles(plain)


def _statements(block: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of a paragraph, wrapped ones put together."""
    at = 0
    while at < len(block):
        stop = at + 1
        while stop < len(block) and (
            continues(block[stop - 1], block[stop]) or refers_back(block[stop].text.plain)
        ):
            stop += 1
        yield tuple(block[at:stop])
        at = stop
