"""Amounts: the numbers that say who or what was hit, and how badly.

Every function takes plain text (Markdown marks blanked out) and gives 0-based
code-point offsets into it. The word lists are ``[amounts]`` of ``rules/words.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pmlint.reading.words import Token, Words, sentences, singulars, tokens, word_lists

__all__ = ["Amount", "find_figures", "find_universal", "find_vague", "sentences"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A stretch of text that states an amount.

    ``kind`` is what is measured: ``percent``, ``count``, ``share`` ("half of"),
    ``money``, ``latency``, ``rate``, ``factor`` ("3x slower"), ``data``; or
    ``universal`` or ``vague`` for amounts without a number.
    """

    start: int
    end: int
    kind: str


def find_figures(
    text: str, masked: Sequence[tuple[int, int]] = (), words: Words | None = None
) -> list[Amount]:
    """The numbers that quantify who or what was affected or how badly, in text order.

    Not counted are times, dates, the outage's length, HTTP codes, ports,
    versions, loads of machines, targets and restorations, nor anything within
    the ``masked`` ranges.
    """
    figures = _Figures(_Text(text, masked, words or word_lists("amounts")))
    return list(figures.all())


def find_universal(
    text: str, words: Words | None = None, *, labelled: bool = False
) -> Amount | None:
    """The words that say it hit all, every or no user, or that all was down.

    "An outage" or "was down" alone says nothing about how much was hit. Under a
    label that asks who was hit (``labelled``), "All users" is enough.
    """
    read = _Text(text, (), words or word_lists("amounts"))
    if not read.tokens:
        return None
    for start, end in sentences(text):
        at = text.rfind(":", start, end) + 1 or start
        answer = text[at:end].strip(_AROUND)
        if answer.lower() in read.words["unhurt_answers"]:
            at = text.index(answer, at)
            return Amount(at, at + len(answer), "universal")
    for index in range(len(read.tokens)):
        last = _universal(read, index)
        if last is None and labelled:
            last = _all_named(read, index)
        if last is not None:
            return Amount(read.tokens[index].start, read.tokens[last].end, "universal")
    return None


_AROUND = " .\n\t*-|"


def find_vague(text: str, words: Words | None = None) -> list[Amount]:
    """Sizes without a number, such as "some users" or "a significant portion".

    A sentence that holds a figure is not vague.
    """
    lists = words or word_lists("amounts")
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        spans = list(_vague(_Text(sentence, (), lists)))
        if spans and not find_figures(sentence, (), lists):
            found += [Amount(start + low, start + high, "vague") for low, high in spans]
    return found


# -- a text as words


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


class _Text:
    """A text as words, and the questions that readers ask about their surroundings."""

    def __init__(self, text: str, masked: Sequence[tuple[int, int]], words: Words) -> None:
        self.text = text
        self.words = words
        hidden = sorted([*masked, *(match.span() for match in _url().finditer(text))])
        self.tokens = list(_shown(tokens(text), hidden))
        self._damage_starts = tuple(words["damage_starts"])
        self._bounds = sentences(text)
        self._sentences: dict[int, _Sentence] = {}

    def word(self, index: int) -> str:
        """The word at an index, empty outside of the text."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def listed(self, index: int, *names: str) -> bool:
        """The word stands in one of the lists."""
        word = self.word(index)
        return any(word in self.words[name] for name in names)

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

    def noun_behind(self, index: int, *names: str) -> int | None:
        """The noun of "all (of) (the) hosted …": the index of its last word."""
        at = index + 1
        if self.word(at) == "of":
            at += 1
        while self.listed(at, "determiners") or self.word(at) in ("other", "single"):
            at += 1
        for _ in range(4):
            if not self.word(at) or not self.joined(at) or "," in self.gap(at):
                return None
            if self.listed(at, "stops"):
                return None
            if self.noun(at, *names):
                while self.joined(at + 1) and self.noun(at + 1, *names):
                    at += 1
                return at
            at += 1
        return None


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.)[^\s)>\]]+")


# -- numbers

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(rf"(?P<low>{_NUMBER})(?:[-–](?P<high>{_NUMBER}))?(?P<unit>[a-zµ]*)")


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(r"\d+/\d+")


class _Figures:
    """The numbers of a text that are impact."""

    def __init__(self, read: _Text) -> None:
        self.read = read
        self.tokens = read.tokens

    def all(self) -> Iterator[Amount]:
        end = 0
        for index, token in enumerate(self.tokens):
            if token.start < end:
                continue
            found = self._figure(index)
            if found:
                end = found.end
                yield found

    def _figure(self, index: int) -> Amount | None:
        word = self.tokens[index].lower
        if word[0].isdigit():
            if _fraction().fullmatch(word):
                return None if word == "24/7" else self._count(index, index)
            match = _number().fullmatch(word)
            if not match or self._is_name(index, match):
                return None
            return self._digits(index, match)
        if word in self.read.words["numbers"]:
            return self._spelled(index)
        if word in self.read.words["parts"]:
            return self._part(index)
        if word == "one":
            return self._one(index)
        return self._count(index, index) if word == "zero" else None

    def _is_name(self, index: int, match: re.Match[str]) -> bool:
        """The number names something: a ticket, a status, a port, a version, a year."""
        read, start = self.read, self.tokens[index].start
        if read.text[max(0, start - 2) : start].endswith(("#", "=", '="', "='", "/", ".", "@")):
            return True
        value = match["low"]
        if value in read.words["http_codes"] and not match["high"]:
            behind = read.word(index + 1).split("-", 1)[0]
            named = match["unit"] == "s" or behind in read.words["http_nouns"]
            if named or "http" in read.before(index, 2):
                return True
        if read.joined(index) and read.listed(index - 1, "naming"):
            return not self._percent_end(index, match)
        year = len(value) == 4 and value.isdigit() and 1990 <= int(value) <= 2040
        return year and read.listed(index - 1, "year_leads")

    def _percent_end(self, index: int, match: re.Match[str]) -> int:
        """Where the percent mark behind a number ends; 0 if there is none."""
        read, end = self.read, self.tokens[index].end
        if match["unit"]:
            return 0
        at = end + 1 if read.text[end : end + 2] == " %" else end
        if read.text[at : at + 1] == "%":
            return at + 1
        if read.joined(index + 1) and read.listed(index + 1, "percent"):
            return self.tokens[index + 1].end
        if read.word(index + 1) == "per" and read.word(index + 2) == "cent":
            return self.tokens[index + 2].end
        return 0

    def _digits(self, index: int, match: re.Match[str]) -> Amount | None:
        read = self.read
        percent = self._percent_end(index, match)
        if percent:
            return self._percent(index, percent, match["low"])
        unit, last = match["unit"], index
        if not unit and read.joined(index + 1) and read.listed(index + 1, "scales"):
            last = index + 1
        start = self._start(index)
        coin = read.joined(last + 1) and read.listed(last + 1, "currencies")
        if coin or unit in read.words["currencies"] or self._has_currency(index):
            return Amount(start, self.tokens[last + coin].end, "money")
        if unit in ("x", "fold"):
            slower = read.listed(index + 1, "times")
            load = self._is_load(read.before(index, 5), read.after(index, 4))
            worse = slower or (read.damaged(index) and not load)
            return Amount(start, self.tokens[index + slower].end, "factor") if worse else None
        if unit and unit not in read.words["scales"]:
            return self._measured(index, index, unit)
        following = read.word(last + 1) if read.joined(last + 1) else ""
        if any(following in read.words[name] for name in _UNITS):
            return self._measured(index, last + 1, following)
        return self._times(index, last) or self._count(index, last)

    def _start(self, index: int) -> int:
        """The number's start with its sign, currency and comparison marks."""
        start = self.tokens[index].start
        while start and self.read.text[start - 1] in "~≈<>≤≥$€£₦₹¥+-−":
            start -= 1
        return start

    def _has_currency(self, index: int) -> bool:
        start = self.tokens[index].start
        lead = self.read.text[max(0, start - 2) : start].strip()
        if lead[-1:] and lead[-1] in "$€£₦₹¥":
            return True
        return self.read.gap(index) == " " and self.read.word(index - 1) in _COIN_LEADS

    def _times(self, index: int, last: int) -> Amount | None:
        """Such as "three times slower"."""
        if self.read.word(last + 1) == "times" and self.read.listed(last + 2, "times"):
            return Amount(self._start(index), self.tokens[last + 2].end, "factor")
        return None

    def _percent(self, index: int, end: int, value: str) -> Amount | None:
        read = self.read
        inside = sum(1 for token in self.tokens[index + 1 : index + 3] if token.end <= end)
        after, before = read.after(index + inside, 5), read.before(index, 5)
        found = Amount(self._start(index), self._phrase_end(index + inside, end), "percent")
        restored = after and after[0] in read.words["restored"]
        if not restored and self._share_of(after):
            return found
        if self._is_load(before, after):
            return None
        if self._among("resources", after[:3] + before):
            return None
        if self._among("targets", after[:3] + before[:4]):
            return None
        if value == "100" and (
            self._among("restored", after[:2]) or self._among("restoring", before[:3])
        ):
            return None
        if self._among("limits", before[:2]) and any(
            word.startswith(("alert", "threshold", "alarm", "trigger"))
            for word in read.sentence(index).words
        ):
            return None
        return found

    def _share_of(self, after: Sequence[str]) -> bool:
        """People or their work are what the percentage is taken of."""
        for word in after:
            if word in ("and", "but", "while", "which"):
                return False
            forms = singulars(word)
            if any(form in self.read.words[name] for form in forms for name in ("people", "work")):
                return not self._is_load((), after)
        return False

    def _is_load(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """A rise of traffic or demand is a cause, not a harm."""
        around = [*before, *after]
        return self._among("growth", around) and self._among("loads", around)

    def _among(self, name: str, found: Iterable[str]) -> bool:
        return not self.read.words[name].isdisjoint(found)

    def _phrase_end(self, index: int, end: int) -> int:
        """The end of "of the user base" or "drop in sales" behind a share, else ``end``."""
        read, at = self.read, index + 1
        if not read.joined(at) or read.gap(at).strip(" %"):
            return end
        for _ in range(6):
            word = read.word(at)
            if not word or word[0].isdigit() or (at > index + 1 and read.gap(at).strip()):
                break
            if word in ("of", "in") or read.listed(at, "determiners"):
                at += 1
                continue
            if read.listed(at, "stops"):
                break
            end = self.tokens[at].end
            if read.noun(at, "people", "work", "machines") and not (
                read.joined(at + 1) and (read.noun(at + 1, "people", "work", "machines", "wholes"))
            ):
                break
            at += 1
        return end

    def _measured(self, index: int, last: int, unit: str) -> Amount | None:
        """A number with a unit of time, data or rate; ``last`` is the unit's token."""
        read, words = self.read, self.read.words
        start, end = self._start(index), self.tokens[last].end
        if unit in words["rates"]:
            return Amount(start, end, "rate")
        if unit in words["data"]:
            starts = tuple(words["loss_starts"])
            lost = any(word.startswith(starts) for word in read.sentence(index).words)
            return Amount(start, end, "data") if lost else None
        if unit in words["short_times"]:
            near = read.sentence(index)
            timed = near.waits or self._among("latency", near.words)
            return Amount(start, end, "latency") if timed else None
        if unit not in words["long_times"]:
            return None
        after = read.after(last, 2)
        if after and after[0] in words["late"]:
            return Amount(start, self.tokens[last + 1].end, "latency")
        if len(after) > 1 and after[0] == "of" and after[1] in ("data", "writes", "delay", "lag"):
            return Amount(start, self.tokens[last + 2].end, "data")
        delayed = self._among("delays", read.before(index, 4))
        return Amount(start, end, "latency") if delayed else None

    def _spelled(self, index: int) -> Amount | None:
        read, last = self.read, index
        if read.joined(index + 1) and read.listed(index + 1, "parts"):
            return self._part(index + 1)
        while read.joined(last + 1) and read.listed(last + 1, "scales"):
            last += 1
        if read.joined(last + 1) and read.listed(last + 1, "percent"):
            end = self._phrase_end(last + 1, self.tokens[last + 1].end)
            return Amount(self.tokens[index].start, end, "percent")
        following = read.word(last + 1) if read.joined(last + 1) else ""
        if following in read.words["long_times"]:
            return self._measured(index, last + 1, following)
        return self._times(index, last) or self._count(index, last)

    def _part(self, index: int) -> Amount | None:
        """A share such as "half of our users" or "two thirds of requests"."""
        read = self.read
        if read.word(index + 1) != "of" and read.word(index) != "half":
            return None
        at = index + 1
        while read.word(at) == "of" or read.listed(at, "determiners"):
            at += 1
        if not any(
            read.joined(noun) and read.noun(noun, "people", "work", "machines")
            for noun in range(at, at + 3)
        ):
            return None
        end = self._phrase_end(index, self.tokens[index].end)
        lead = read.joined(index) and (
            read.word(index - 1) in ("a", "one") or read.listed(index - 1, "numbers")
        )
        return Amount(self.tokens[index - lead].start, end, "share")

    def _one(self, index: int) -> Amount | None:
        """As in "one in five users"; "one of our servers" names no size."""
        read, start = self.read, self.tokens[index].start
        following = read.word(index + 2)
        if read.word(index + 1) == "in" and (
            following.isdigit() or following in read.words["numbers"]
        ):
            return Amount(start, self.tokens[index + 2].end, "share")
        if read.word(index - 1) in ("only", "just", "exactly") and read.noun(index + 1, "people"):
            return Amount(start, self.tokens[index + 1].end, "count")
        if read.word(index - 1) == "only" and read.tells_damage(read.word(index + 1)):
            return Amount(start, self.tokens[index + 1].end, "count")
        if read.listed(index + 1, "scales"):
            return self._spelled(index)
        return None

    def _count(self, index: int, last: int) -> Amount | None:
        """A number before (or, in a field, behind) the thing it counts."""
        read, at = self.read, last + 1
        of_many = read.joined(at) and read.word(at) in ("of", "out")
        if of_many:
            while read.word(at) in ("of", "out") or read.listed(at, "determiners"):
                at += 1
        for step in range(6):
            if not read.word(at) or not read.joined(at) or "," in read.gap(at):
                break
            if step and read.listed(at, "stops"):
                break
            if read.word(at) == "data" and read.word(at + 1) == "loss":
                return Amount(self._start(index), self.tokens[at + 1].end, "data")
            counted = read.noun(at, "people", "work")
            if read.noun(at, "not_counted") and not counted:
                return None
            if counted or read.noun(at, "machines"):
                if read.joined(at + 1) and read.noun(at + 1, "people", "work", "machines"):
                    at += 1
                    continue
                if not self._agrees(index, at) or self._responds(index, at):
                    return None
                if counted or of_many or read.damaged(index):
                    return Amount(self._start(index), self.tokens[at].end, "count")
                return None
            at += 1
        return self._open_count(index, last) or self._field_value(index, last)

    def _agrees(self, index: int, noun: int) -> bool:
        """More than one needs a plural: "MySQL 5 database" counts nothing."""
        word = self.read.word(noun)
        one = self.tokens[index].lower in ("1", "0", "zero")
        return one or word.endswith("s") or self.read.listed(noun, "uncountable")

    def _responds(self, index: int, noun: int) -> bool:
        """A few engineers or teams repair; they are hit only where it says so."""
        read = self.read
        word = self.tokens[index].lower
        few = len(word) < 2 or word in read.words["numbers"]
        if not few or not read.noun(noun, "responders"):
            return False
        met = read.harmed_near(noun + 1, noun + 4) and read.word(noun + 1) != "to"
        aimed = any(read.tells_damage(word) or word == "for" for word in read.before(index, 3))
        return not (met or aimed)

    def _open_count(self, index: int, last: int) -> Amount | None:
        """An unlisted plural right behind the number, in a sentence that tells damage."""
        read = self.read
        if read.listed(index, "http_codes"):
            return None
        for at in (last + 1, last + 2):
            word = read.word(at)
            if not word or not read.joined(at) or "," in read.gap(at) or word[0].isdigit():
                return None
            if read.listed(at, "stops", "http_nouns", "times") or read.noun(at, "not_counted"):
                return None
            plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
            if plural:
                found = Amount(self._start(index), self.tokens[at].end, "count")
                return found if read.damaged(index) else None
        return None

    def _field_value(self, index: int, last: int) -> Amount | None:
        """The number is all that its field says, as in "Users affected: 1,200"."""
        read = self.read
        name = index
        while read.gap(name) == " " and read.listed(name - 1, "approximations"):
            name -= 1
        gap = read.gap(name).strip("~$€£₦₹¥+<>≈≤≥")
        if not any(mark in gap for mark in (":", "|", "=", " - ", " – ", " — ")):
            return None
        if read.listed(index, "http_codes") or (read.word(last + 1) and read.joined(last + 1)):
            return None
        for low in range(name - 1, max(name - 6, -1), -1):
            if "\n" in read.gap(low + 1):
                break
            if read.noun(low, "people", "work", "machines"):
                return Amount(self._start(index), self.tokens[last].end, "count")
        return None


_UNITS = ("short_times", "long_times", "data", "rates")
_COIN_LEADS = frozenset(("usd", "us$", "eur", "gbp"))


# -- everybody, nobody, everything


def _universal(read: _Text, index: int) -> int | None:
    """The last token of a universal statement that starts at ``index``, else None."""
    word = read.word(index)
    if word in ("all", "every", "each"):
        return _all_of(read, index)
    if word == "any":
        return _any_of(read, index)
    if word in ("no", "none", "zero", "neither"):
        return _none_of(read, index)
    if word == "nothing":
        return index if read.word(index + 1) in read.words["worked"] else None
    if word in ("everyone", "everybody", "everything"):
        return index if _hits(read, index, index) else None
    if word in ("anyone", "anybody"):
        barred = not read.words["negations"].isdisjoint(read.before(index, 8))
        aimed = read.listed(index - 1, "before_all") or read.word(index - 1) == "for"
        met = read.harmed_near(index + 1, index + _NEAR)
        reached = barred and read.word(index - 1) in ("by", "for", "to")
        hit = met or reached or ((barred or aimed) and read.damaged(index))
        return index if hit else None
    if word in ("nobody", "no-one"):
        noticed = read.listed(index + 1, "noticing")
        return index if noticed or read.word(index + 1) in _ABLE else None
    if word in ("entire", "whole") and read.damaged(index):
        last = read.noun_behind(index, "people", "work", "machines", "wholes")
        if last is not None and read.word(last) != "team":
            return last
    if word in read.words["total"]:
        return _total_outage(read, index)
    if word in read.words["totally"]:
        return _totally_gone(read, index)
    if word in read.words["ledgers"] or (word == "production" and read.word(index - 1) == "block"):
        return _ledger_halts(read, index)
    if word == "at" and read.word(index + 1) == "all":
        return _at_all(read, index)
    return None


_ABLE = frozenset(("could", "can", "was", "were", "had", "is", "has"))
_EVERYTHING = ("people", "work", "machines")


def _handled(read: _Text, first: int, last: int) -> bool:
    """Somebody repaired, ran or told what stands there, or apologised to them."""
    if not read.words["regrets"].isdisjoint(read.sentence(first).words):
        return True
    if read.word(first) == "everything" and read.word(first + 1) in ("that", "we"):
        return True
    done = {*read.before(first, 3), *read.after(last, 4)}
    return not read.words["handling"].isdisjoint(done)


_NEAR = 8
"""How many words away the damage may stand from whom it hit."""


def _hits(read: _Text, first: int, last: int) -> bool:
    """What stands from ``first`` to ``last`` is what was hit, not what was handled."""
    if read.listed(first - 1, "almost") or _handled(read, first, last):
        return False
    low, high = read.sentence(first).tokens
    if read.harmed_near(last + 1, min(last + _NEAR, high - 1)):
        return True
    before = read.word(first - 1)
    harming = before.endswith("ing") and read.tells_damage(before)
    aimed = read.joined(first) and (harming or before in read.words["before_all"])
    return aimed and read.harmed_near(max(low, first - _NEAR), first)


def _all_of(read: _Text, index: int) -> int | None:
    last = read.noun_behind(index, *_EVERYTHING)
    if last is None and not read.joined(index + 1) and read.word(index - 1) in ("for", "to"):
        # "unreachable for all"
        return index if read.damaged(index) else None
    if last is not None:
        return last if _hits(read, index, last) else None
    last = _any_noun(read, index)
    reach = 5 if last is not None and read.listed(last + 1, "stops") else 2
    failed = last is not None and read.harmed_near(last + 1, last + reach)
    return last if last is not None and failed and _hits(read, index, last) else None


def _any_noun(read: _Text, index: int) -> int | None:
    """The noun of "all functionality" or "every feature", whatever it is that was hit."""
    at = index + 1 + (read.word(index + 1) == "of")
    while read.listed(at, "determiners"):
        at += 1
    if not read.word(at)[:1].isalpha() or not read.joined(at) or "," in read.gap(at):
        return None
    if read.listed(at, "stops", "never_hit"):
        return None
    while read.joined(at + 1) and not read.listed(at + 1, "stops", "damage", "never_hit"):
        if at >= index + 4 or read.tells_damage(read.word(at + 1)) or "," in read.gap(at + 1):
            break
        at += 1
    return None if read.listed(at, "never_hit") or read.noun(at, "never_hit") else at


def _all_named(read: _Text, index: int) -> int | None:
    """A bare "All users" or "Everyone", as the answer to a label."""
    if read.joined(index) or not read.words["restored"].isdisjoint(read.sentence(index).words):
        return None
    if read.word(index) in ("everyone", "everybody", "everything"):
        return index if not read.joined(index + 1) else None
    if read.word(index) not in ("all", "every", "entire"):
        return None
    last = read.noun_behind(index, "people", "work", "machines", "wholes")
    if last is None or read.listed(last, "never_hit"):
        return None
    ends = not read.joined(last + 1) or read.listed(last + 1, "places")
    return last if ends else None


def _any_of(read: _Text, index: int) -> int | None:
    last = read.noun_behind(index, "people", "machines", "reach")
    if last is None:
        return None
    if not read.words["negations"].isdisjoint(read.before(index, 8)):
        return last
    if read.noun(last, "reach", "people") and read.damaged_near(last + 1, last + _NEAR):
        return last
    aimed = read.word(index - 1) in ("for", "to", "affecting") and read.noun(last, "people")
    return last if aimed and read.damaged(index) else None


def _none_of(read: _Text, index: int) -> int | None:
    """Such as "no users", "none of our customers" or "no user impact"."""
    at = index + 1
    if read.word(index) == "no" and read.word(at) == "one":
        return at if read.word(at + 1) in _ABLE else None
    while read.word(at) in ("of", "any") or read.listed(at, "determiners"):
        at += 1
    for _ in range(4):
        if not read.word(at) or not read.joined(at):
            return None
        if read.word(at) in _NO_HARM:
            return None
        if read.noun(at, "reach") and _came_to_pass(read, at):
            return at
        if read.listed(at + 2, "unhurt") and read.word(at + 1) in ("facing", "visible"):
            return at + 2
        if read.listed(at, "stops") and read.word(at) != "nor":
            return None
        if read.word(index) == "none" and read.noun(at, "reach", "machines"):
            return at
        if read.listed(at, "unhurt"):
            return at if _on_users(read, at) else None
        if read.noun(at, "people"):
            behind = at + 1 if read.joined(at + 1) else -1
            if read.listed(behind, "unhurt"):
                return behind
            # "no validator bond" speaks of bonds.
            many = read.word(at).endswith("s") or read.listed(at, "uncountable")
            return at if many or behind < 0 or read.word(behind) in _ABLE else None
        at += 1
    return None


def _on_users(read: _Text, at: int) -> bool:
    """Unless it says on what else: "no impact on stored data" speaks of no user."""
    if read.word(at + 1) not in ("on", "to", "for"):
        return True
    return read.noun_behind(at + 1, "people", "wholes", "work") is not None


def _came_to_pass(read: _Text, noun: int) -> bool:
    """What did not happen to the noun: "(no) orders could be placed"."""
    for at in range(noun + 1, noun + 3):
        word = read.word(at)
        if not read.joined(at) or read.word(at - 1) in ("to", "for", "about"):
            return False
        if word in _ABLE or word in read.words["worked"] or word.endswith("ed"):
            return True
    return False


_NO_HARM = frozenset(("longer", "access", "data", "way", "monitoring"))


def _total_outage(read: _Text, index: int) -> int | None:
    """Such as "complete outage" or "total loss"; "total downtime: 2 h" is only a sum."""
    lead = read.before(index, 3)
    if "no" in lead or not read.words["partial"].isdisjoint(lead):
        return None
    for at in range(index + 1, index + 5):
        if not read.word(at) or not read.joined(at) or read.listed(at, "stops"):
            return None
        if read.listed(at, "outages"):
            summed = read.word(index) == "total" and (
                read.word(at) == "downtime"
                or read.listed(at + 1, "sums")
                or read.gap(at + 1).strip()[:1] in (":", "=")
            )
            return None if summed else at
    return None


def _totally_gone(read: _Text, index: int) -> int | None:
    """Such as "completely down" or "went down entirely"."""
    before = read.before(index, 2)
    if "not" in before or "never" in before:
        return None
    for at in (index + 1, index + 2):
        if read.joined(at) and read.listed(at, "gone"):
            return at
    return index if not read.words["gone"].isdisjoint(before) else None


def _ledger_halts(read: _Text, index: int) -> int | None:
    """Such as "the chain halted" or "the network came to a halt": nothing runs on it then."""
    at = index + 1
    while read.word(at) in ("to", "was", "is", "had", "has", "came", "a", "been", "completely"):
        at += 1
    return at if read.listed(at, "halts") and read.joined(at) else None


def _at_all(read: _Text, index: int) -> int | None:
    """Such as "could not be reached at all", unless said of a part only."""
    partial = read.words["partial"] - {"not"}
    if not partial.isdisjoint(read.sentence(index).words):
        return None
    barred = not read.words["negations"].isdisjoint(read.before(index, 12))
    return index + 1 if barred else None


# -- sizes without a number


def _vague(read: _Text) -> Iterator[tuple[int, int]]:
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
        if at >= end:
            end = at + len(phrase)
            yield at, end


def _vague_quantity(read: _Text, index: int) -> int | None:
    """The last token of "several (of our) customers", "significant portion of users"."""
    last = _vague_end(read, index)
    if last is None:
        return None
    # "many page rules" speaks of rules, which are not listed.
    many = read.word(last).endswith("s") or read.listed(last, "uncountable", "vague_portions")
    return last if many else None


def _vague_end(read: _Text, index: int) -> int | None:
    if read.listed(index, "vague_quantifiers"):
        last = read.noun_behind(index, *_EVERYTHING)
        return last if last is not None and read.damaged(index) else None
    if read.listed(index, "almost") and read.word(index + 1) == "all":
        return read.noun_behind(index + 1, *_EVERYTHING) if read.word(index) != "not" else None
    if read.listed(index, "vague_portions") and read.word(index + 1) == "of":
        # "the number of requests" is a quantity, "a number of requests" is none.
        if read.listed(index, "quantities") and read.word(index - 1) not in ("a", "an"):
            return None
        return read.noun_behind(index, *_EVERYTHING)
    if read.listed(index, "vague_sizes") and read.listed(index + 1, "vague_portions"):
        last = read.noun_behind(index + 1, *_EVERYTHING)
        return last if last is not None else index + 1
    return None
