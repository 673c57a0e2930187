"""Amounts: the numbers that say who or what was hit, and how badly.

Every function takes plain text (Markdown marks blanked out) and gives 0-based
code-point offsets into it. The word lists are ``[amounts]`` of ``rules/words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.reading.figures import figures
from pmlint.reading.memory import remembered_at_length
from pmlint.reading.prose import EVERYTHING, Amount, Prose
from pmlint.reading.universals import all_or_none
from pmlint.reading.words import Words, sentences, word_lists

__all__ = ["Amount", "find_figures", "find_universal", "find_vague", "sentences"]

_AROUND = " .\n\t*-|"
_NOBODY = frozenset(("none", "nil", "nobody", "no one"))
_ALL = frozenset(
    (
        *("everyone", "everybody", "everything", "anyone", "anybody"),
        *("all", "every", "entire", "entirety", "whole"),
    )
)
"""With these a bare answer to a label begins that tells of all: "All users"."""


def find_figures(
    text: str,
    masked: Sequence[tuple[int, int]] = (),
    words: Words | None = None,
    *,
    labelled: bool = False,
) -> list[Amount]:
    """The numbers that quantify who or what was affected or how badly, in text order.

    Not counted are times, dates, the outage's length, HTTP codes, ports,
    versions, loads of machines, targets and restorations, nor anything within
    the ``masked`` ranges. Under a label that asks who was hit (``labelled``) a
    count needs no word of damage beside it.
    """
    if masked or words or labelled:
        return list(figures(Prose(text, masked, words or word_lists("amounts"), labelled)))
    return list(_told_plainly(text))


@remembered_at_length
def _told_plainly(text: str) -> tuple[Amount, ...]:
    """The figures of a sentence, asked for by those who choose it and those who call it vague."""
    return tuple(figures(Prose(text, (), word_lists("amounts"))))


def find_universal(
    text: str, words: Words | None = None, *, labelled: bool = False
) -> Amount | None:
    """The words that say it hit all, every or no user, or that all was down.

    "An outage" or "was down" alone says nothing about how much was hit. Under a
    label that asks who was hit (``labelled``), "All users" is enough.
    """
    if words or labelled:
        return _universal(Prose(text, (), words or word_lists("amounts"), labelled))
    return _universal_told_plainly(text)


@remembered_at_length
def _universal_told_plainly(text: str) -> Amount | None:
    return _universal(Prose(text, (), word_lists("amounts")))


def _universal(read: Prose) -> Amount | None:
    text = read.text
    if not read.tokens:
        return None
    for start, end in sentences(text):
        at = text.rfind(":", start, end) + 1 or start
        answer = text[at:end].strip(_AROUND)
        first = _answer().split(answer, maxsplit=1)[0]
        answer = first if first.lower() in _NOBODY else answer
        wide = read.labelled and answer.endswith("wide") and " " not in answer
        before = text[:start].rstrip()
        asked = read.labelled or at > start or not before or before.endswith("?")
        if wide or (asked and answer.lower() in read.words["unhurt_answers"]):
            at = text.index(answer, at)
            return Amount(at, at + len(answer), "universal")
    for index in range(len(read.tokens)):
        last = all_or_none(read, index)
        if last is None and read.labelled and read.word(index) in _ALL:
            from pmlint.reading.everybody import all_named

            last = all_named(read, index)
        if last is not None and _holds(read, index, last):
            return Amount(read.tokens[index].start, read.tokens[last].end, "universal")
    return None


def _holds(read: Prose, index: int, last: int) -> bool:
    """It is said of all, it did happen, and nothing beside it says that it was less."""
    from pmlint.reading.hedges import limited, of_some, only_thought_of, spares

    if only_thought_of(read, index) or of_some(read, index):
        return False
    return spares(read, index, last) or not limited(read)


@cache
def _answer() -> re.Pattern[str]:
    """Where "None - caught in staging" and "none to end users" stop to be the answer."""
    known = (
        "known|observed|reported|noticed|identified|visible|to|directly|detected|seen|apparent|so"
        "|yet|expected|at all|that|whatsoever|beyond|outside"
    )
    return re.compile(rf",| [-–—(]|;|(?<=[Nn]one) (?:{known})\b")


def find_vague(text: str, words: Words | None = None) -> list[Amount]:
    """Sizes without a number, such as "some users" or "a significant portion".

    A sentence that holds a figure is not vague.
    """
    lists = words or word_lists("amounts")
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        spans = list(unmeasured(Prose(sentence, (), lists)))
        if spans and not find_figures(sentence, (), words):
            found += [Amount(start + low, start + high, "vague") for low, high in spans]
    return found


def unmeasured(read: Prose) -> Iterator[tuple[int, int]]:
    """Where sizes without a number stand, such as "many users", in text order."""
    end = 0
    for index, token in enumerate(read.tokens):
        if token.start < end:
            continue
        last = _vague_quantity(read, index)
        if last is None:
            continue
        article = read.joined(index) and read.word(index - 1) in ("a", "an", "the")
        end = read.tokens[last].end
        yield read.tokens[index - article].start, end
    lower = read.text.lower()
    for phrase in sorted(read.words["vague_phrases"]):
        at = lower.find(phrase)
        if at >= end and not _dates(read, lower[at + len(phrase) :]):
            end = at + len(phrase)
            yield at, end


def _dates(read: Prose, behind: str) -> bool:
    """Words such as "a few minutes after midnight" say when it was, not how long it took."""
    word = behind.split(maxsplit=1)[:1]
    return behind[:1].isspace() and word != [] and word[0].strip(",.;") in read.words["moments"]


def _vague_quantity(read: Prose, index: int) -> int | None:
    """The last token of "several (of our) customers", "significant portion of users"."""
    last = _vague_end(read, index)
    if last is None:
        return None
    if read.word(index - 1) == "as" and any(
        word in read.words["knowing"] for word in read.after(last, 8)
    ):
        # "As most members will be aware"
        return None
    # "many page rules" speaks of rules, which are not listed.
    many = read.word(last).endswith("s") or read.listed(last, "uncountable", "vague_portions")
    return last if many else None


def _vague_end(read: Prose, index: int) -> int | None:
    if read.listed(index, "vague_quantifiers"):
        last = read.noun_behind(index, *EVERYTHING)
        return last if last is not None and read.damaged(index) else None
    if read.listed(index, "almost") and read.word(index + 1) == "all":
        return read.noun_behind(index + 1, *EVERYTHING) if read.word(index) != "not" else None
    if read.listed(index, "vague_portions") and read.word(index + 1) == "of":
        # "the number of requests" is a quantity, "a number of requests" is none.
        if read.listed(index, "quantities") and read.word(index - 1) not in ("a", "an"):
            return None
        return read.noun_behind(index, *EVERYTHING)
    if read.listed(index, "vague_sizes") and read.listed(index + 1, "vague_portions"):
        last = read.noun_behind(index + 1, *EVERYTHING)
        return last if last is not None else index + 1
    return None
