"""Words that are nothing but a time."""

from __future__ import annotations

import re
from functools import cache

from pmlint.reading.dates import MONTH_LETTERS, MONTHS, WEEKDAY_LETTERS, WEEKDAYS

_WORDS = (
    *WEEKDAY_LETTERS, *MONTH_LETTERS, "sept", *(name.lower() for name in (*WEEKDAYS, *MONTHS)),
    "on", "at", "around", "circa", "am", "pm", "utc", "gmt", "of", "the", "and", "to", "hours",
    "hrs", "noon", "midnight", "all", "time", "times", "date", "dates", "in", "z", "t",
    "from", "until", "till", "between", "through",
)  # fmt: skip
_TIME_WORDS = frozenset((*_WORDS, "day", "a", "p", "m", "st", "nd", "rd", "th"))


def only_time(words: str) -> bool:
    """It is nothing but a date, a clock or both, or says in which zone times are."""
    known = all(
        word in _TIME_WORDS or (word[-1] == "t" and len(word) <= 5) or word.startswith("approx")
        for word in (match[0].lower() for match in re.finditer("[a-zA-Z]+", words))
    )
    return known and _times_only().fullmatch(words) is not None


@cache
def _times_only() -> re.Pattern[str]:
    return re.compile(
        # A word is taken whole, and nothing is taken back: else a long row of digits or
        # of short words could be divided in too many ways.
        rf"(?:(?:approx\w*|day\s+\d+|a\.m|p\.m|[a-z]{{2,4}}t|{'|'.join(_WORDS)})(?![a-z])|"
        r"\d+(?:st|nd|rd|th)?|[~:.,/@()\[\]+–—\-\s])++",
        re.IGNORECASE,
    )
