"""How a task is written: its label, the word that names what it is, its pieces."""

from __future__ import annotations

from itertools import pairwise

from pmlint.reading.verbs import verb_of
from pmlint.reading.words import Words, tokens, word_lists
from pmlint.standard.patterns import expression

_LABEL = expression(r"\s*([^\s:][^:\n]{0,70}):(?=\s)\s*")


def split_label(text: str) -> tuple[str | None, int]:
    """The label before a colon and the offset of what follows it.

    ``(None, 0)`` where there is none: no colon, nothing behind it, or words
    that read as a sentence or stand in a slot of a template (``[task: …]``).
    """
    match = _LABEL.match(text)
    if not match or match.end() >= len(text.rstrip()):
        return None, 0
    label = match.group(1).strip(" *_")
    inside = [token.lower for token in tokens(label)]
    told = not word_lists("tasks")["sentence"].isdisjoint(inside)
    slot = (label.startswith("[") and "]" not in label) or label.count("(") > label.count(")")
    return (None, 0) if told or slot or not 0 < len(inside) <= 8 else (label, match.end())


def lead_word(text: str, words: Words | None = None) -> str:
    """What the word before a number or colon calls the text: ``finding``, ``measure`` or ""."""
    lists = words or word_lists("tasks")
    found = tokens(text[:40])
    if not found:
        return ""
    behind = text[found[0].end : found[0].end + 1]
    numbered = len(found) > 1 and found[1].lower.isdigit()
    if behind != ":" and not numbered:
        return ""
    named = (name for name in ("findings", "measures") if found[0].lower in lists[name])
    return next(named, "").removesuffix("s")


def enumerated(text: str, low: int, high: int, lists: Words) -> list[tuple[int, int]]:
    """The pieces of "we will: Review the roles, Add a test for them, and Fix the docs"."""
    colon = text.find(": ", low, high)
    if colon < 0 or "," not in text[colon:high]:
        return [(low, high)]
    behind = tokens(text[colon:high])
    starts = [
        colon + token.start
        for before, token in pairwise(behind)
        if text[colon + token.start].isupper()
        and verb_of(token.lower, lists) == token.lower
        and "," in text[colon + before.start - 2 : colon + token.start]
    ]
    return list(pairwise([low, *starts, high]))
