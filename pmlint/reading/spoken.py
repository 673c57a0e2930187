"""Clocks in words: ``quarter past five``, ``ten o'clock``, ``two in the afternoon``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pmlint.namedtuples import NamedTuple

_HOURS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_MINUTES = {
    "quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20,
    "twenty five": 25, "twenty-five": 25,
}  # fmt: skip

_MARKS = (
    *(f"{minute} past" for minute in (*_MINUTES, "minutes", "0", "5")),
    *("quarter to", "’clock", "'clock"),
    *("in the morning", "in the afternoon", "in the evening", "at night"),
)
"""Without any of these, or an hour before am or pm, a text tells no clock in words."""
_HALVES = (" am", " pm", " a.m", " p.m")


class Spoken(NamedTuple):
    """A clock in words."""

    start: int
    end: int
    hour: int
    """1 to 12."""
    minute: int
    back: bool
    """``quarter to six``: the minutes are taken from the hour."""
    half: str | None
    """``a`` or ``p`` where the words tell it."""
    plain: bool
    """An hour alone (``two in the afternoon``), which needs a preposition before it."""


def find_spoken(text: str) -> Iterator[Spoken]:
    """Every clock told in words, in order; and the bare hours that share its half of the day."""
    lower = text.lower()
    if len(lower) != len(text) or not may_be_spoken(lower):
        return
    for match in _pattern().finditer(lower):
        yield _spoken(match)


def may_be_spoken(lower: str) -> bool:
    """A cheap look that spares most texts the pattern; of the text in lower case."""
    if any(mark in lower for mark in _MARKS):
        return any(hour in lower for hour in _HOURS)
    halves = [half for half in _HALVES if half in lower]
    return any(hour + half in lower for half in halves for hour in _HOURS)


def _spoken(match: re.Match[str]) -> Spoken:
    hour = match["hour"] or match["clock"] or match["plain"] or match["bare"]
    number = int(hour) if hour.isdigit() else _HOURS.index(hour) + 1
    told = match["minute"]
    minute = 0 if told is None else int(told) if told.isdigit() else _MINUTES[told]
    return Spoken(
        *match.span(),
        hour=number,
        minute=minute,
        back=match["side"] in ("to", "before"),
        half=_half(match, number),
        plain=match["plain"] is not None,
    )


def _half(match: re.Match[str], hour: int) -> str | None:
    if match["ap"]:
        return match["ap"]
    part = match["part"]
    if part is None:
        return None
    if part == "night":
        return "p" if 6 <= hour < 12 else "a"
    return "a" if part == "morning" else "p"


@cache
def _pattern() -> re.Pattern[str]:
    hours = "|".join(sorted(_HOURS, key=len, reverse=True))
    number = rf"(?:{hours}|1[0-2]|[1-9])(?![\w-]|[:.]\w)"
    part = r"(?:\sin\sthe\s|\sat\s)(?:morning|afternoon|evening|night)\b"
    half = rf"(?=\s[ap]\.?m\b|{part}|\so['’]clock)"
    return re.compile(
        r"(?<![\w.,:/-])(?:"
        # half past nine, a quarter to ten, twenty past two
        rf"(?:a\s)?(?P<minute>quarter|half|five|ten|twenty[\s-]five|twenty|[1-5]?\d)"
        r"(?:\smin(?:ute)?s)?\s"
        rf"(?:(?P<side>past|(?:(?<=quarter\s)to|(?:to|before)(?=\s{number}{half})))\s)"
        rf"(?P<hour>{number})(?:\so['’]clock\b)?"
        # five o'clock
        rf"|(?P<clock>{hours})\s?o['’]clock\b"
        # two in the afternoon, ten pm
        rf"|(?P<plain>{hours})(?={part}|\s(?:a\.m\b|p\.m\b|am\b|pm\b))"
        # from three to five in the afternoon
        rf"|(?<=from\s)(?P<bare>{hours})(?=\s(?:to|till|until)\s(?:{hours})(?:{part}|\s[ap]\.?m\b))"
        r")"
        r"(?:\s?(?P<ap>[ap])(?:\.m\b\.?|m\b))?"
        r"(?:\s(?:in\sthe|at)\s(?P<part>morning|afternoon|evening|night)\b)?"
    )
