"""Long lists of wordings from the rules, asked only of texts that may hold one.

Most texts hold none of them, and letters are found faster than expressions. What an
alternative cannot do without is looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from pmlint.standard import policy
from pmlint.standard.patterns import expression

_SURE = 3
"""Fewer letters stand in nearly every text."""
_LEAST = 4
"""New lists for which what they need is kept again."""


class Alternatives:
    """Alternatives in a frame, read without regard to case.

    Finds what the pattern ``before + "|".join(alternatives) + behind`` would find. Each
    alternative is a regular expression of its own.
    """

    def __init__(self, alternatives: Iterable[str], before: str = "(?:", behind: str = ")") -> None:
        self._alternatives = tuple(alternatives)
        self._frame = before, behind
        self._last: tuple[str | None, re.Pattern[str] | None] = (None, None)
        """A text is often asked for place after place: the last one, and its pattern."""

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place between two offsets that holds one of them."""
        pattern = self._pattern(text)
        return pattern.search(text, start, len(text) if end is None else end) if pattern else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """One of them at an offset."""
        pattern = self._pattern(text)
        return pattern.match(text, start) if pattern else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place that holds one of them, in order."""
        pattern = self._pattern(text)
        return pattern.finditer(text) if pattern else iter(())

    def without(self, text: str) -> str:
        """The text less the first place that holds one of them."""
        pattern = self._pattern(text)
        return pattern.sub("", text, count=1) if pattern else text

    @cached_property
    def _needs(self) -> tuple[str, ...]:
        known, found, words = _known(), _found_out(), "\n".join(self._alternatives)
        if words in known:
            return known[words]
        if words not in found:
            needs = dict.fromkeys(need for each in self._alternatives for need in needed(each))
            found[words] = tuple(needs)
        return found[words]

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile("|".join(self._alternatives).join(self._frame), re.IGNORECASE)

    def _pattern(self, text: str) -> re.Pattern[str] | None:
        """The pattern; None where the text can hold none of them."""
        if text is not self._last[0]:
            self._last = (text, self._whole if self._may_match(text.lower()) else None)
        return self._last[1]

    def _may_match(self, lowered: str) -> bool:
        # Asked a hundred times for every line: a loop is the fastest there is.
        for need in self._needs:  # noqa: SIM110
            if need in lowered:
                return True
        return False


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """What lists need, by their words, as far as it is kept."""
    return dict(policy.made("needs", _nothing))


@cache
def _found_out() -> dict[str, tuple[str, ...]]:
    """What lists need that is not kept yet."""
    return {}


def _nothing() -> dict[str, tuple[str, ...]]:
    return {}


def keep() -> None:
    """Keep what this process had to find out for the runs to come."""
    known, found = _known(), _found_out()
    if len(found) >= _LEAST:
        known.update(found)
        found.clear()
        policy.renew("needs", _nothing, known)


_GAPS = expression(
    r"(?:\((?:[^()]++|\((?:[^()]++|\([^()]*+\))*+\))*+\)|\[\^?\]?(?:\\.|[^\]\\])*+\]|\\.)"
    r"(?:[?*+]|\{[^}]*\})?|.(?:[?*]|\{[^}]*\})|[.^$+]"
)
"""What in a regular expression stands for no letters, or for some that may be absent."""


def needed(wording: str) -> list[str]:
    """Letters, in lower case, one of which a text must hold for a regular expression to match.

    A list with an empty text where nothing can be said.
    """
    if wording.replace(" ", "").isalpha():
        return [wording.lower()]
    sure = _GAPS.sub("\0", wording)
    if "|" in sure or "(" in sure or ")" in sure:
        return [""]
    longest = max(sure.lower().split("\0"), key=len)
    if len(longest) >= _SURE:
        return [longest]
    # As many letters may stand in a group, a few of them in each of its choices.
    groups = [each[3:-1] for each in _GAPS.findall(wording) if each[:3] + each[-1] == "(?:)"]
    plain = [group.split("|") for group in groups if "(" not in group]
    found = [[need for each in choices for need in needed(each)] for choices in plain]
    return max([[longest], *found], key=lambda needs: len(min(needs, key=len)))
