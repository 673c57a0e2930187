"""Which numbers of a text say who or what was hit, and how badly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmlint.reading import counts, shares, sizes
from pmlint.reading.lookalikes import (
    is_condition,
    is_customary,
    is_name,
    is_of_any,
    is_supposed,
    is_threshold,
)
from pmlint.reading.numerals import (
    exactly,
    fraction,
    has_currency,
    is_compound,
    last_group,
    number,
    percent_end,
)
from pmlint.reading.prose import Amount, Prose
from pmlint.reading.routine import is_incidental
from pmlint.reading.units import MEASURES, measured

_QUOTES = (('"', '"'), ("\u201c", "\u201d"))
_MESSAGE = 40
"""How many characters of a quoted message may stand before a number, and behind it."""
_PAGES = frozenset(("page", "pages"))


def figures(read: Prose) -> Iterator[Amount]:
    """The numbers of a text that are impact, in text order."""
    end = 0
    for index, token in enumerate(read.tokens):
        if token.start < end:
            continue
        found = _figure(read, index)
        if found and not _is_no_fact(read, index, found):
            end = found.end
            yield found


def _is_no_fact(read: Prose, index: int, found: Amount) -> bool:
    if is_supposed(read, index) or is_incidental(read, index, found):
        return True
    if found.kind == "count":
        return _is_quoted(read, found)
    if found.kind != "latency":
        return False
    # "page loads above 20 s" alerts nobody
    alerted = is_threshold(read, index) and _PAGES.isdisjoint(read.before(index, 7))
    return alerted or is_of_any(read, index)


def _is_quoted(read: Prose, found: Amount) -> bool:
    """A short message in quotes holds it: 'the page said "0 results"'."""
    for opening, closing in _QUOTES:
        low = read.text.rfind(opening, max(0, found.start - _MESSAGE), found.start)
        high = read.text.find(closing, found.end, found.end + _MESSAGE)
        if low < 0 or high < 0 or read.text[low - 1 : low].isalnum():
            continue
        if not read.text[low + 1].isspace() and closing not in read.text[low + 1 : found.start]:
            return True
    return False


def _figure(read: Prose, index: int) -> Amount | None:
    word, words = read.tokens[index].lower, read.words
    if word[0].isdigit():
        return _digits(read, index, word)
    if word in words["numbers"] or ("-" in word and is_compound(read, word)):
        return _spelled(read, index)
    if word in words["parts"]:
        return shares.part(read, index)
    return _worded(read, index, word) if word in words["worded"] else None


def _worded(read: Prose, index: int, word: str) -> Amount | None:
    """A size told by "one", "single", "every", "twice", "doubled", "a thousand" or "zero"."""
    if word == "one":
        found = shares.one(read, index)
        return found or (_spelled(read, index) if read.listed(index + 1, "scales") else None)
    if word == "single":
        return counts.single(read, index)
    if word == "every":
        return shares.every_nth(read, index)
    if word == "twice":
        return sizes.twice(read, index)
    article = read.word(index - 1) == "a"
    if word == "hundred" and article and read.listed(index + 1, "percent"):
        end = shares.phrase_end(read, index + 1, read.tokens[index + 1].end)
        return Amount(read.tokens[index - 1].start, end, "percent")
    if word == "zero" or (article and word in read.words["scales"]):
        return counts.count(read, index, index)
    if word in read.words["scales"]:
        return counts.few_hundred(read, index)
    return sizes.multiplied(read, index) if word in read.words["multiplied"] else None


def _digits(read: Prose, index: int, word: str) -> Amount | None:
    """What the number says that a token of digits holds."""
    word = exactly(word)
    if word.endswith("-fold"):
        return sizes.factor(read, index, index)
    if fraction().fullmatch(word):
        return None if word == "24/7" else counts.count(read, index, index)
    if "/" in word and has_currency(read, index):
        # "$4k/minute"
        word = word.split("/", 1)[0]
    match = number().fullmatch(word)
    if not match or is_name(read, index, match) or is_customary(read, index):
        return None
    percent = percent_end(read, index, match)
    if percent:
        return shares.percentage(read, index, percent, match["low"])
    unit, last = match["unit"], _number_end(read, index, match)
    coin = sizes.coin_end(read, index, last, unit)
    if coin is not None:
        return sizes.money(read, index, coin)
    if unit in ("x", "fold"):
        return sizes.factor(read, index, index + read.listed(index + 1, "times"))
    if read.word(index - 1) == "of" and read.word(index - 2) == "factor":
        return sizes.factor(read, index, index)
    if unit and unit not in read.words["scales"]:
        return measured(read, index, index, unit)
    return None if is_condition(read, index) else _bare(read, index, last)


def _number_end(read: Prose, index: int, match: re.Match[str]) -> int:
    """The last token of the number itself: "3 500", "1.6 million"."""
    if match["unit"]:
        return index
    last = last_group(read, index) if len(match["low"]) < 4 else index
    scaled = last == index and read.joined(index + 1) and read.listed(index + 1, "scales")
    return last + scaled


def _bare(read: Prose, index: int, last: int) -> Amount | None:
    """A number without a sign or a unit of its own: the words around say what it counts."""
    following = read.word(last + 1) if read.joined(last + 1) else ""
    if any(following in read.words[name] for name in MEASURES):
        return measured(read, index, last + 1, following)
    return (
        sizes.times(read, index, last)
        or counts.count(read, index, last)
        or sizes.changed(read, index, last)
        or counts.apposed(read, index, last)
        or counts.summed(read, index, last)
        or counts.of_those(read, index, last)
    )


def _spelled(read: Prose, index: int) -> Amount | None:
    """A number in words: "two thirds", "nine million users", "ten per cent"."""
    if read.joined(index + 1) and read.listed(index + 1, "parts"):
        return shares.part(read, index + 1)
    last = index
    while read.joined(last + 1) and read.listed(last + 1, "scales"):
        last += 1
    cent = last + 1 + ((read.word(last + 1), read.word(last + 2)) == ("per", "cent"))
    if read.joined(cent) and (cent > last + 1 or read.listed(cent, "percent")):
        end = shares.phrase_end(read, cent, read.tokens[cent].end)
        return Amount(read.tokens[index].start, end, "percent")
    following = read.word(last + 1) if read.joined(last + 1) else ""
    if following in read.words["long_times"]:
        return measured(read, index, last + 1, following)
    return (
        sizes.times(read, index, last)
        or counts.count(read, index, last)
        or sizes.changed(read, index, last)
    )
