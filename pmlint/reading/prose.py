"""A text as words, and the questions about their surroundings that readers of amounts ask."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pmlint.reading.words import Token, Words, sentences, singulars, tokens

_LEADING = 8
"""How many words may stand between a number or an "all" and the phrase it belongs to."""


class Amount(NamedTuple):
    """A stretch of text that states an amount.

    ``kind`` is what is measured: ``percent``, ``count``, ``share`` ("half of"),
    ``money``, ``latency``, ``rate``, ``factor`` ("3x slower"), ``data``; or
    ``universal`` or ``vague`` for amounts without a number.
    """

    start: int
    end: int
    kind: str


class _Sentence(NamedTuple):
    """What is asked of a whole sentence, gathered once."""

    tokens: tuple[int, int]
    """The indices of its first token and of the one behind its last."""
    words: frozenset[str]
    damaged: bool
    """One of them tells damage."""
    waits: bool
    """It speaks of the time that something took to answer."""


def _shown(found: Iterable[Token], hidden: Sequence[tuple[int, int]]) -> Iterator[Token]:
    """The tokens outside of the hidden ranges, which come in order."""
    at = 0
    for token in found:
        while at < len(hidden) and hidden[at][1] <= token.start:
            at += 1
        if at == len(hidden) or hidden[at][0] >= token.end:
            yield token


class Prose:
    """A text as words, and the questions that readers ask about their surroundings."""

    def __init__(self, text: str, masked: Sequence[tuple[int, int]], words: Words) -> None:
        self.text = text
        self.words = words
        hidden = sorted([*masked, *(match.span() for match in _url().finditer(text))])
        self.tokens = list(_shown(tokens(text), hidden)) if hidden else tokens(text)
        self._damage_starts = tuple(words["damage_starts"])
        self._bounds = sentences(text)
        self._sentences: dict[int, _Sentence] = {}

    def word(self, index: int) -> str:
        """The word at an index, empty outside of the text."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def listed(self, index: int, *names: str) -> bool:
        """The word stands in one of the lists."""
        # Asked for every word of every statement: a loop is the fastest there is.
        word = self.word(index)
        for name in names:  # noqa: SIM110
            if word in self.words[name]:
                return True
        return False

    def noun(self, index: int, *names: str) -> bool:
        """The word, or its singular, stands in one of the lists."""
        forms = singulars(self.word(index))
        return any(form in self.words[name] for form in forms for name in names)

    def gap(self, index: int) -> str:
        """What stands between a token and the one before it."""
        if not 0 < index < len(self.tokens):
            return "\n\n"
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def joined(self, index: int) -> bool:
        """No clause ends between a token and the one before it."""
        gap = self.gap(index)
        return gap == " " or not (any(mark in gap for mark in ".;:!?()|—") or "\n\n" in gap)

    def after(self, index: int, count: int) -> list[str]:
        """Up to ``count`` words behind a token, within its clause."""
        found = []
        for at in range(index + 1, min(index + 1 + count, len(self.tokens))):
            if not self.joined(at):
                break
            found.append(self.tokens[at].lower)
        return found

    def before(self, index: int, count: int) -> list[str]:
        """Up to ``count`` words before a token, within its clause, nearest first."""
        found: list[str] = []
        while index > 0 and len(found) < count and self.joined(index):
            index -= 1
            found.append(self.tokens[index].lower)
        return found

    def sentence(self, index: int) -> _Sentence:
        """The sentence a token stands in."""
        start, end = self._bounds[bisect_right(self._bounds, (self.tokens[index].end, 0)) - 1]
        if start not in self._sentences:
            low = bisect_left(self.tokens, (start,))
            high = bisect_left(self.tokens, (end,))
            inside = [token.lower for token in self.tokens[low:high]]
            self._sentences[start] = _Sentence(
                tokens=(low, high),
                words=frozenset(inside),
                damaged=any(map(self.tells_damage, inside)),
                waits=self._waits(inside),
            )
        return self._sentences[start]

    def _waits(self, inside: Sequence[str]) -> bool:
        """The words speak of response times or page loads."""
        waits, times = self.words["waits"], self.words["wait_times"]
        return any(
            (word in waits and following in times) or (following in waits and word in times)
            for word, following in pairwise(inside)
        )

    def tells_damage(self, word: str) -> bool:
        """The word tells that something went wrong."""
        return word in self.words["damage"] or word.startswith(self._damage_starts)

    def damaged(self, index: int) -> bool:
        """The sentence of a token tells damage."""
        return self.sentence(index).damaged

    def damaged_near(self, first: int, last: int) -> bool:
        """A word of the same sentence tells damage, of those from ``first`` to ``last``."""
        return any(
            self.tells_damage(self.tokens[at].lower)
            for at in range(max(first, 0), min(last + 1, len(self.tokens)))
        )

    def harmed_near(self, first: int, last: int) -> bool:
        """Damage near, or that something could not be done."""
        if self.damaged_near(first, last):
            return True
        barred = self.words["barred"]
        return any(self.word(at) in barred for at in range(max(first, 0), last + 1))

    def behind(self, index: int, *others: str) -> int:
        """The first token from ``index`` on that is no determiner nor one of the others."""
        for at in range(index, index + _LEADING):
            if not (self.listed(at, "determiners") or self.word(at) in others):
                return at
        return index + _LEADING

    def noun_behind(self, index: int, *names: str) -> int | None:
        """The noun of "all (of) (the) hosted …": the index of its last word."""
        at = index + 1
        if self.word(at) == "of":
            at += 1
        at = self.behind(at, "other", "single")
        for _ in range(4):
            if not self.word(at) or not self.joined(at) or "," in self.gap(at):
                return None
            if self.listed(at, "stops"):
                return None
            if self.noun(at, *names):
                while self.joined(at + 1) and self.noun(at + 1, *names):
                    if self.word(at + 1) == "hit":
                        break
                    at += 1
                return at
            at += 1
        return None


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.)[^\s)>\]]+")
