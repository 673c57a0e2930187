"""Words that are nothing but a time."""

from __future__ import annotations

import re
from functools import cache

_TIME_WORDS = frozenset(
    (
        "on", "at", "around", "circa", "day", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "jan", "feb", "mar", "apr", "may", "jun", "june", "jul", "july", "aug", "sep", "sept",
        "oct", "nov", "dec", "january", "february", "march", "april", "august", "september",
        "october", "november", "december", "am", "pm", "a", "p", "m", "utc", "gmt", "of", "the",
        "and", "to", "hours", "hrs", "noon", "midnight", "all", "time", "times", "in", "z", "t",
        "st", "nd", "rd", "th",
    )
)  # fmt: skip


def only_time(words: str) -> bool:
    """It is nothing but a date, a clock or both, or says in which zone times are."""
    letters = re.findall("[a-z]+", words.lower())
    known = all(
        word in _TIME_WORDS or (word[-1] == "t" and len(word) <= 5) or word.startswith("approx")
        for word in letters
    )
    return known and _times_only().fullmatch(words) is not None


@cache
def _times_only() -> re.Pattern[str]:
    return re.compile(
        # A word is taken whole, and nothing is taken back: else a long row of digits or
        # of short words could be divided in too many ways.
        r"(?:(?:on|at|around|approx\w*|circa|day\s+\d+|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|"
        r"wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|may|june?|july?|aug|sept?|"
        r"oct|nov|dec|january|february|march|april|august|september|october|november|december|"
        r"am|pm|a\.m|p\.m|utc|gmt|[a-z]{2,4}t|of|the|and|to|hours|hrs|noon|midnight|"
        r"all|times?|in|z|t)(?![a-z])|"
        r"\d+(?:st|nd|rd|th)?|[~:.,/@()\[\]+–—\-\s])++",
        re.IGNORECASE,
    )
