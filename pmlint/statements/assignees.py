"""Who is to do the tasks of a list that names them without a label, in one form throughout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.taskfields import find_due
from pmlint.reading.words import every_word
from pmlint.standard.patterns import expression
from pmlint.statements.taskforms import Item
from pmlint.structure.tree import Tree

FEWEST = 2
"""So many tasks in one form show that the form names people."""
_NAME = r"[^\W\d_][\w'’.-]{1,30}(?: [^\W\d_][\w'’.-]{0,30}){0,2}"


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"({_NAME})(?:\s[-–—]|:)\s+(?=\S)")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"\s[-–—]\s+({_NAME})[\s.]*$")


def assignees(tree: Tree, items: Sequence[Item]) -> list[str | None]:
    """The owner of each item as ``Maya — rotate the key`` or ``Rotate the key — Maya`` names it.

    Only where two tasks or more, and half of the list, have the same form. A name in front
    may be a topic as well: it is none that the account of the incident speaks of.
    """
    texts = [item.text.plain.strip() for item in items]
    closing = [_closing_name(text) for text in texts]
    if _enough(closing):
        return closing
    leading = [_leading_name(text) for text in texts]
    if _enough(leading) and _strange(tree, items, [name for name in leading if name]):
        return leading
    return [None] * len(texts)


def _enough(names: Sequence[str | None]) -> bool:
    count = sum(name is not None for name in names)
    return count >= FEWEST and count * 2 >= len(names)


def _closing_name(text: str) -> str | None:
    due = find_due(text) if any(char.isdigit() for char in text[-24:]) else None
    if due is not None and not text[due.end :].strip(" .)]"):
        # "— Maya, 2025-07-01"
        text = text[: due.start].rstrip(" ,;–—-([")
    match = _closing().search(text)
    return match[1].rstrip(".") if match and _is_name(match[1]) else None


def _leading_name(text: str) -> str | None:
    match = _leading().match(text)
    if match is None or not _is_name(match[1]):
        return None
    return match[1] if is_prescription(text[match.end() :]) else None


def _is_name(name: str) -> bool:
    """Each word is capitalised, and none is a word of the field: ``Maya``, not ``Monitoring``."""
    words = name.rstrip(".").split()
    if not all(word[0].isupper() and not word.isupper() for word in words):
        return False
    return all(word.lower() not in _field_words() and not _ends_noun(word) for word in words)


def _ends_noun(word: str) -> bool:
    return len(word) > 5 and word.lower().endswith(_NOUNS)


_NOUNS = ("ing", "tion", "sion", "ment", "ness", "ity", "ups", "ts", "rs", "ks", "es")


@cache
def _field_words() -> frozenset[str]:
    return every_word("tasks") | every_word("amounts")


def _strange(tree: Tree, items: Sequence[Item], names: Sequence[str]) -> bool:
    """None of the names stands in the account of the incident, but for its timeline."""
    own = {line.number for item in items for line in item.lines}
    for at, line in enumerate(tree.lines):
        around = tree.enclosing(at)
        if line.number in own or any("timeline" in tree.nodes[node].roles for node in around):
            continue
        if any(name in line.text.plain for name in names) and not _PEOPLE.search(line.text.plain):
            return False
    return True


_PEOPLE = expression(
    r"\b(?:authors?|owners?|lead|commander|responders?|on-?call|written|reported|scribe"
    r"|participants|attendees|reviewers?|by)\b",
    re.IGNORECASE,
)
"""A line of the sheet that names people."""
