"""The forms of verbs: which base a word has, and whether it tells the past."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.reading.words import Token, Words, tokens, word_lists

_VERBS = (
    "concrete_verbs",
    "open_verbs",
    "probing_verbs",
    "caring_verbs",
    "event_verbs",
    "checking_verbs",
)


def verb_of(word: str, lists: Words) -> str | None:
    """The base form of a word that is a known verb, else None."""
    for base in bases(word):
        if any(base in lists[name] for name in _VERBS):
            return base
    return None


_IRREGULAR = {
    "wrote": "write",
    "written": "write",
    "built": "build",
    "made": "make",
    "making": "make",
    "ran": "run",
    "held": "hold",
    "kept": "keep",
    "sent": "send",
    "gave": "give",
    "given": "give",
    "got": "get",
    "took": "take",
    "found": "find",
    "thought": "think",
    "understood": "understand",
    "bought": "buy",
    "done": "do",
    "did": "do",
    "taught": "teach",
    "learnt": "learn",
    "rebuilt": "rebuild",
    "rewrote": "rewrite",
    "spun": "spin",
    "sought": "seek",
    "rewritten": "rewrite",
    "chosen": "choose",
    "drawn": "draw",
    "withdrawn": "withdraw",
    "frozen": "freeze",
    "used": "use",
    "using": "use",
    "doing": "do",
    "told": "tell",
    "shown": "show",
    "caught": "catch",
    "paid": "pay",
    "overridden": "override",
    "taken": "take",
    "brought": "bring",
    "set": "set",
    "put": "put",
    "split": "split",
    "cut": "cut",
    "shut": "shut",
    "reset": "reset",
}


def bases(word: str) -> Iterator[str]:
    """The base forms a verb's form may come from: adding, added, adds → add."""
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"


@cache
def shouted() -> re.Pattern[str]:
    """A state in capitals behind the task."""
    return re.compile(r"(?<=\s)DONE\b")


def past_form(found: Sequence[Token], lists: Words) -> Token | None:
    """The verb in the past tense that opens the text."""
    at = 1 if found and found[0].lower in ("we", "i", "we've", "i've") else 0
    while at and at < len(found) and found[at].lower in ("have", "also", "already", "then"):
        at += 1
    if at >= len(found):
        return None
    first = found[at].lower
    if verb_of(first, lists) not in (None, first) and is_past(first):
        behind = found[at + 1].lower if at + 1 < len(found) else ""
        if first not in lists["adjectives"] or behind in lists["determiners"]:
            return found[at]
    for index in range(at, min(at + 10, len(found) - 1)):
        word = found[index].lower
        if word in ("should", "must", "will", "would", "that", "which", "if", "when"):
            return None
        if word in ("was", "were", "been") and is_past(found[index + 1].lower):
            return found[index + 1]
    return None


def past_verb(text: str, words: Words | None = None) -> str | None:
    """The base form of the verb in the past tense that opens the text, else None."""
    lists = words or word_lists("tasks")
    past = past_form(tokens(text), lists)
    return verb_of(past.lower, lists) if past is not None else None


def is_adverb(word: str) -> bool:
    """A word like "quickly"; "apply" is none."""
    return word.endswith("ly") and word not in _VERBS_IN_LY


_VERBS_IN_LY = frozenset(("apply", "reapply", "reply", "supply", "rely", "comply", "multiply"))


def is_past(word: str) -> bool:
    """A past tense or participle, as far as its form tells."""
    return word.endswith("ed") or (word in _IRREGULAR and not word.endswith("ing"))
