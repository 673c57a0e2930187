"""Lines that announce measures, though their words are the name of no part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.tasks import split_label
from pmlint.reading.words import sentences, tokens, word_lists
from pmlint.structure.tree import Line

MOST_WORDS = 9
"""A heading that has more is a sentence."""
FEWEST = 2
"""So many items below make a list."""


def courtesies() -> frozenset[str]:
    """Words of a line that thanks or asks for pardon: ``Thanks for hanging in there``."""
    return word_lists("tasks")["courtesy"]


def heads_plans(lines: Sequence[Line], index: int) -> bool:
    """``Homework:``: a few words over a list most of whose items prescribe, or over plans."""
    line = lines[index]
    plain = line.text.plain.strip()
    marked = line.text.all_bold or (plain.endswith(":") and line.first)
    if not marked or not plain[:1].isupper() or plain.count(" ") >= MOST_WORDS:
        return False
    said = {token.lower for token in tokens(plain)}
    if not said.isdisjoint(word_lists("tasks")["no_plans"] | courtesies()):
        return False
    items = items_below(lines, index)
    if not items and line.text.all_bold:
        return any(map(foretells, _told(lines, index)))
    prescribed = sum(map(prescribes, items))
    return len(items) >= FEWEST and prescribed * 2 > len(items)


def lists_plans(lines: Sequence[Line], index: int) -> bool:
    """Most items of the list right below a heading prescribe."""
    items = items_below(lines, index)
    return bool(items) and sum(map(prescribes, items)) * 2 >= len(items)


def promises(lines: Sequence[Line], index: int) -> bool:
    """``To prevent this, we will:``: a sentence that announces the list under it."""
    line = lines[index]
    plain = line.text.plain.rstrip()
    items = items_below(lines, index)
    brief = plain[-1:].isalpha() and plain.count(" ") < MOST_WORDS
    open_end = plain.endswith((":", ":-", ",", "…")) or brief
    if not items or not (open_end or all(map(prescribes, items))):
        return False
    low = index
    while low and lines[low - 1].block is line.block:
        low -= 1
    told = " ".join(row.text.plain.strip() for row in lines[low : index + 1])
    start, end = sentences(told)[-1]
    return foretells(told[start:end]) or _concludes(told[start:end], items)


def _concludes(sentence: str, items: Sequence[str]) -> bool:
    """``We could have known. So:`` over what holds from now on, and not over what was done."""
    said = " ".join(token.lower for token in tokens(sentence))
    if said not in word_lists("tasks")["concludes"] or len(items) < FEWEST:
        return False
    past = word_lists("tasks")["past_helpers"]
    return all(past.isdisjoint(token.lower for token in tokens(item)) for item in items)


def foretells(sentence: str) -> bool:
    """The words speak of what will be, or of what has been changed since."""
    lists = word_lists("tasks")
    said = [token.lower for token in tokens(sentence)]
    found = set(said)
    acts = not found.isdisjoint(lists["speakers"])
    ahead = f" {' '.join(said)} "
    if not found.isdisjoint(lists["repairs"]) and found.isdisjoint(lists["averts"]):
        return False
    if {"keep", "you"} <= found:
        return False
    if any(f" {phrase} " in ahead for phrase in lists["foretells"]):
        return True
    if not found.isdisjoint(lists["changed_things"]) and "took" not in found:
        agreed = not found.isdisjoint(lists["agreed"])
        return agreed or (acts and not found.isdisjoint(lists["since"]))
    if any(ahead.endswith(f" {phrase} ") for phrase in lists["leads_on"]):
        return True
    answers = any(ahead.startswith(f" {phrase} ") for phrase in lists["answers"])
    return answers and any(ahead.endswith(f" {phrase} ") for phrase in lists["acting"])


def _told(lines: Sequence[Line], index: int) -> list[str]:
    """The sentences of the paragraphs right below a line."""
    rows: list[str] = []
    for line in _behind(lines, index):
        if line.kind != "text" or line.block.depth or line.text.all_bold:
            break
        rows.append(line.text.plain.strip())
    told = " ".join(rows)
    return [told[start:end] for start, end in sentences(told)] if told else []


def items_below(lines: Sequence[Line], index: int) -> list[str]:
    """The list items right below a line, or lines with a bullet of their own."""
    found: list[str] = []
    if index + 1 >= len(lines):
        return found
    if not lines[index + 1].opens_item:
        # One of such bullets stands above others and announces none.
        alone = not lines[index].text.plain.lstrip().startswith(_BULLETS)
        return list(_bulleted(lines, index)) if alone else found
    for line in _behind(lines, index):
        if line.kind == "heading" or (line.first and not line.block.depth):
            break
        if line.opens_item:
            found.append(line.text.plain)
    return found


def _bulleted(lines: Sequence[Line], index: int) -> Iterator[str]:
    for line in _behind(lines, index):
        plain = line.text.plain.lstrip()
        if line.kind != "text" or not plain.startswith(_BULLETS):
            return
        yield plain[1:].lstrip()


def _behind(lines: Sequence[Line], index: int) -> Iterator[Line]:
    """The lines below one, without a copy of all the rest."""
    return (lines[each] for each in range(index + 1, len(lines)))


_BULLETS = ("•", "‣", "▪", "◦", "➢", "➤", "→", "●", "○", "·", "- ", "– ", "— ")


def prescribes(plain: str) -> bool:
    """The words of a heading or item, behind ``1.`` or ``#77`` and a label, say what to do."""
    plain = plain.lstrip("#0123456789.)( ")
    label, at = split_label(plain)
    return is_prescription(plain[at:] if label else plain)
