"""A text as words, and the questions about their surroundings that readers of amounts ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from pmlint.namedtuples import NamedTuple
from pmlint.reading.words import Words, first_from, sentences, singulars, tokens
from pmlint.standard.patterns import expression

EVERYTHING = ("people", "work", "machines")
"""The lists of nouns that can be hit."""
_LEADING = 8
"""How many words may stand between a number or an "all" and the phrase it belongs to."""
_PRESENT = frozenset(("is", "are", "be", "being"))
_HELD = 256
"""Sentences of which what was gathered is held: readers go through a text in order."""


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
    past: bool
    """It holds a past tense, so that it tells what happened and not how things are."""


class Prose:
    """A text as words, and the questions that readers ask about their surroundings.

    Under a label that asks who was hit (``labelled``) what is counted needs no word of
    damage beside it.
    """

    def __init__(
        self, text: str, masked: Sequence[tuple[int, int]], words: Words, labelled: bool = False
    ) -> None:
        self.text = text
        self.words = words
        self.labelled = labelled
        urls = (match.span() for match in _URL.finditer(text)) if _may_hold_url(text) else ()
        self.tokens = tokens(text, sorted([*masked, *urls]))
        self._count = len(self.tokens)
        self._damage_starts = tuple(words["damage_starts"])
        self._bounds = sentences(text)
        self._sentences: dict[int, _Sentence] = {}
        self._answers: dict[tuple[int, str], bool] = {}

    def word(self, index: int) -> str:
        """The word at an index, empty outside of the text."""
        return self.tokens[index].lower if 0 <= index < self._count else ""

    def listed(self, index: int, *names: str) -> bool:
        """The word stands in one of the lists."""
        # Asked for every word of every statement: a loop is the fastest there is.
        word = self.word(index)
        for name in names:  # noqa: SIM110
            if word in self.words[name]:
                return True
        return False

    def among(self, name: str, found: Iterable[str]) -> bool:
        """One of the words stands in the list."""
        return not self.words[name].isdisjoint(found)

    def noun(self, index: int, *names: str) -> bool:
        """The word, or its singular, stands in one of the lists."""
        forms = singulars(self.word(index))
        return any(form in self.words[name] for form in forms for name in names)

    def gap(self, index: int) -> str:
        """What stands between a token and the one before it."""
        if not 0 < index < self._count:
            return "\n\n"
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def joined(self, index: int) -> bool:
        """No clause ends between a token and the one before it."""
        gap = self.gap(index)
        return gap == " " or _joins(gap)

    def after(self, index: int, count: int) -> list[str]:
        """Up to ``count`` words behind a token, within its clause."""
        found = []
        for at in range(index + 1, min(index + 1 + count, self._count)):
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
            if len(self._sentences) >= _HELD:
                self._sentences.clear()
                self._answers.clear()
            low, high = first_from(self.tokens, start), first_from(self.tokens, end)
            words = frozenset(self.tokens[at].lower for at in range(low, high))
            self._sentences[start] = _Sentence(
                tokens=(low, high),
                words=words,
                damaged=any(map(self.tells_damage, words)),
                past=not words.isdisjoint(self.words["past"]) or self._did(low, high),
                waits=not words.isdisjoint(self.words["waits"])
                and self._waits(self.tokens[at].lower for at in range(low, high)),
            )
        return self._sentences[start]

    def _did(self, low: int, high: int) -> bool:
        """A past tense on "-ed" stands there; the one of "is drained by 8 workers" is none."""
        return any(
            word.endswith("ed")
            and word not in self.words["not_past"]
            and (at == low or self.tokens[at - 1].lower not in _PRESENT)
            for at, word in ((at, self.tokens[at].lower) for at in range(low, high))
        )

    def _waits(self, inside: Iterable[str]) -> bool:
        """The words speak of response times or page loads."""
        waits, times = self.words["waits"], self.words["wait_times"]
        return any(
            (word in waits and following in times) or (following in waits and word in times)
            for word, following in pairwise(inside)
        )

    def tells_damage(self, word: str) -> bool:
        """The word tells that something went wrong, such as "failed" or "undeliverable"."""
        if word in self.words["damage"]:
            return True
        if word.startswith(self._damage_starts):
            return word not in self.words["harmless_starts"]
        barred = word.endswith(("able", "ible")) and word.startswith(("un", "in", "im", "ir"))
        return barred and word not in self.words["harmless_ables"]

    def damaged(self, index: int) -> bool:
        """The sentence of a token tells damage."""
        return self.sentence(index).damaged

    def damaged_besides(self, index: int, word: str) -> bool:
        """The sentence of a token tells damage by another word than this one."""
        if not self.damaged(index) or not self.tells_damage(word):
            return self.damaged(index)
        return self._any(index, word, lambda each: each != word and self.tells_damage(each))

    def begun(self, index: int, name: str) -> bool:
        """A word in the sentence of a token begins as one of the list does."""
        starts = tuple(self.words[name])
        return self._any(index, f"{name}…", lambda each: each.startswith(starts))

    def _any(self, index: int, asked: str, so: Callable[[str], bool]) -> bool:
        """Some word of a sentence is so; a long one is looked through once for all its numbers."""
        near = self.sentence(index)
        key = near.tokens[0], asked
        if key not in self._answers:
            self._answers[key] = any(map(so, near.words))
        return self._answers[key]

    def hit(self, index: int) -> bool:
        """What a token counts was hit: a label asks for that, or its sentence tells damage."""
        return self.labelled or self.sentence(index).damaged

    def damaged_near(self, first: int, last: int) -> bool:
        """A word from ``first`` to ``last`` tells damage."""
        return any(
            self.tells_damage(self.tokens[at].lower) and not self._is_spared(at)
            for at in range(max(first, 0), min(last + 1, self._count))
        )

    def _is_spared(self, at: int) -> bool:
        """What "failed over" to another machine did not fail, and "without delay" none was late."""
        word, before, after = self.word(at), self.word(at - 1), self.word(at + 1)
        if before in ("no", "without") or (word == "without" and self.tells_damage(after)):
            return True
        return after == "over" and word.startswith("fail")

    def harmed_near(self, first: int, last: int, of: int | None = None) -> bool:
        """Damage near, or that something could not be done; in the sentence of ``of``, if given."""
        if of is not None:
            low, high = self.sentence(of).tokens
            first, last = max(first, low), min(last, high - 1)
        if self.damaged_near(first, last):
            return True
        barred = self.words["barred"]
        return any(self.word(at) in barred for at in range(max(first, 0), last + 1))

    def amount(self, first: int, last: int, kind: str) -> Amount:
        """The amount that stands from one token to another."""
        return Amount(self.tokens[first].start, self.tokens[last].end, kind)

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


def _may_hold_url(text: str) -> bool:
    return "://" in text or "www." in text


@lru_cache(maxsize=256)
def _joins(gap: str) -> bool:
    return not (any(mark in gap for mark in ".;:!?()|—") or "\n\n" in gap)


_URL = expression(r"(?:https?://|www\.)[^\s)>\]]+")
