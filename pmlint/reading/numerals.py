"""How a number is written: its digits, groups, sign, currency and percent mark."""

from __future__ import annotations

import re
from functools import cache

from pmlint.reading.prose import Amount, Prose

_NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3}){1,7},\d{1,2}"
    r"|(?:\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:'\d{3})+|\d+)(?:[.,]\d+)?)"
)
_THIN_SPACES = (" ", "\u00a0", "\u202f", "\u2009")
_COINS = ("$", "€", "£", "₦", "₹", "¥")
_SIGNS = "~≈<>≤≥$€£₦₹¥+-−"
_ROUNDED = frozenset(("so", "more", "fewer", "less"))
_LOOSE = frozenset(("odd", "plus", "some", "ish"))


@cache
def number() -> re.Pattern[str]:
    """A whole token: ``low``, the ``high`` of a range, and the ``unit`` written to it."""
    return re.compile(rf"(?P<low>{_NUMBER})(?:[-–](?P<high>{_NUMBER}))?(?P<unit>[a-zµ]*)")


@cache
def fraction() -> re.Pattern[str]:
    """A whole token of two numbers: "3/5"."""
    return re.compile(r"\d+/\d+")


def is_number(read: Prose, index: int) -> bool:
    """In digits or as a word; "one" is none."""
    word = read.word(index)
    return word.replace(",", "").isdigit() or word in read.words["numbers"]


def is_compound(read: Prose, word: str) -> bool:
    """Such as "forty-two" or "forty-odd"."""
    numbers, (tens, _, ones) = read.words["numbers"], word.partition("-")
    return tens in numbers and (ones in numbers or ones == "one" or ones in _LOOSE)


def exactly(word: str) -> str:
    """The number of "40-odd" or "20-plus"; any other word as it is."""
    stem, _, rest = word.partition("-")
    return stem if rest in _LOOSE else word


def behind_rough(read: Prose, at: int) -> int:
    """The token behind the "or so" of "800 or so people", which stands at ``at`` if at all."""
    if read.word(at) == "or" and read.word(at + 1) in _ROUNDED:
        return at + 2
    return at + (read.word(at) in _LOOSE and read.joined(at))


def is_small(read: Prose, index: int) -> bool:
    """One digit, or spelled out."""
    word = read.tokens[index].lower
    return len(word) < 2 or word in read.words["numbers"]


def last_group(read: Prose, index: int) -> int:
    """The last group of three digits of "3 500 parcels" or "2 000 000 visits"."""
    last = index
    while read.gap(last + 1) in _THIN_SPACES:
        following = read.word(last + 1)
        if len(following) != 3 or not following.isdigit():
            break
        last += 1
    return last


def percent_end(read: Prose, index: int, match: re.Match[str]) -> int:
    """Where the percent mark behind a number ends; 0 if there is none."""
    if match["unit"]:
        return 0
    end = read.tokens[index].end
    at = end + 1 if read.text[end : end + 2] == " %" else end
    if read.text[at : at + 1] == "%":
        return at + 1
    if read.joined(index + 1) and read.listed(index + 1, "percent"):
        return read.tokens[index + 1].end
    if read.word(index + 1) == "per" and read.word(index + 2) == "cent":
        return read.tokens[index + 2].end
    return 0


def start_of(read: Prose, index: int) -> int:
    """Where a number starts, with its sign, currency and comparison marks."""
    text, start = read.text, read.tokens[index].start
    if text[start - 1 : start] in _THIN_SPACES and text[max(0, start - 2)] in _COINS:
        # "R$ 2.000,00"
        start -= 1
    while start and text[start - 1] in _SIGNS:
        start -= 1
    return start - _country(text, start) if text[start] == "$" else start


def _country(text: str, start: int) -> int:
    """How many letters before a dollar sign say whose it is: "HK$400"."""
    low = start
    while low and start - low < 4 and "A" <= text[low - 1] <= "Z":
        low -= 1
    return start - low if start - low < 4 and not text[max(0, low - 1) : low].isalnum() else 0


def has_currency(read: Prose, index: int) -> bool:
    """A coin's sign stands beside the number, or its letters before: "$4k", "12 €", "KES 400"."""
    start, end = read.tokens[index].start, read.tokens[index].end
    if read.text[max(0, start - 2) : start].strip()[-1:] in _COINS:
        return True
    if read.text[end : end + 2].strip()[:1] in _COINS:
        return True
    return read.gap(index) in (" ", ". ") and read.listed(index - 1, "coin_leads")


def signed(read: Prose, first: int, last: int, kind: str) -> Amount:
    """The amount from one token to another, with the signs before the first."""
    return Amount(start_of(read, first), read.tokens[last].end, kind)
