"""Words and sentences of a plain text, and the word lists readers look them up in.

Reading word by word with look-ups in sets takes time in proportion to the text,
whatever the text is. Offsets are 0-based code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from pmlint.namedtuples import NamedTuple
from pmlint.reading.memory import remembered
from pmlint.standard import policy, rulebook
from pmlint.standard.patterns import expression

Words = Mapping[str, frozenset[str]]
"""Word lists by name."""


_OF_A_RULE = {"amounts": "vague-impact", "tasks": "vague-task"}
"""The rule among whose parameters the lists stand that users may change."""


@cache
def word_lists(name: str) -> Words:
    """The lists by which ``amounts`` or ``tasks`` are read.

    They are one table of ``rules/words.toml`` and the lists among a rule's parameters.
    """
    return _Lists({**policy.table("words")[name], **rulebook.parameters(_OF_A_RULE[name])})


def every_word(name: str) -> frozenset[str]:
    """The words of all of these lists."""
    tables = policy.table("words")[name].values(), rulebook.parameters(_OF_A_RULE[name]).values()
    return frozenset(
        word for table in tables for value in table if isinstance(value, list) for word in value
    )


def changed_lists(name: str, parameters: Mapping[str, object]) -> Words | None:
    """The lists with those of a rule's parameters put in their place; None where none differs."""
    own = rulebook.parameters(_OF_A_RULE[name])
    lists = {**policy.table("words")[name], **own}
    changed = {
        key: list(value)
        for key, value in parameters.items()
        if isinstance(value, list | tuple)
        and own.get(key) != value
        and isinstance(lists.get(key), list)
    }
    return _Lists({**lists, **changed}) if changed else None


class _Lists(dict[str, frozenset[str]]):
    """The lists of a table, each made a set when it is first asked for: few texts need all."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self._table = table

    def __missing__(self, name: str) -> frozenset[str]:
        listed = self._table[name]
        if not isinstance(listed, list):
            raise KeyError(name)
        self[name] = frozenset(listed)
        return self[name]

    def __bool__(self) -> bool:
        # It holds lists before any is asked for.
        return True


class Token(NamedTuple):
    """A word or number with its place; ``lower`` is it in lower case, apostrophes straight."""

    start: int
    end: int
    lower: str


@cache
def _token() -> re.Pattern[str]:
    # Dots, commas and colons join digits only ("1.2", "10:30"), so that "down.The"
    # stays two words.
    return re.compile(r"\w+(?:(?:(?<=\d)[.,:](?=\d)|['’/@–-](?=\w))\w+)*")


def tokens(text: str, hidden: Sequence[tuple[int, int]] = ()) -> Sequence[Token]:
    """The words and numbers of a text; dates, clocks, versions and paths stay whole.

    Those within the ``hidden`` ranges, which come in order, are left out.
    """
    if len(text) > LONG:
        from pmlint.reading.windows import Tokens

        return Tokens(text, hidden)
    return tuple(shown(_tokens(text), hidden)) if hidden else _tokens(text)


@remembered
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokens_from(text))


def tokens_from(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens from an offset on at which one starts, or the text does."""
    return (
        Token(match.start(), match.end(), match.group().lower().replace("’", "'"))
        for match in _token().finditer(text, start)
    )


def shown(
    found: Iterable[Token], hidden: Sequence[tuple[int, int]], at: int = 0
) -> Iterator[Token]:
    """The tokens outside of the hidden ranges from the index ``at`` on; all come in order."""
    for token in found:
        while at < len(hidden) and hidden[at][1] <= token.start:
            at += 1
        if at == len(hidden) or hidden[at][0] >= token.end:
            yield token


def first_from(found: Sequence[Token], offset: int) -> int:
    """The index of the first token that starts at an offset of the text or behind it."""
    if isinstance(found, tuple):
        return bisect_left(found, (offset,))
    from pmlint.reading.windows import Tokens

    assert isinstance(found, Tokens)
    return found.first_from(offset)


def singulars(word: str) -> tuple[str, ...]:
    """The forms under which a noun may be listed: itself and what may be its singular."""
    base = word.split("/", 1)[0].removesuffix("'s")
    if not base.endswith("s"):
        return (base,)
    if base.endswith("ies"):
        return (base, base[:-3] + "y", base[:-1])
    if base.endswith("es"):
        return (base, base[:-1], base[:-2])
    return (base, base[:-1])


def word_count(text: str) -> int:
    """How many words stand between white space."""
    return len(text.split()) if len(text) <= LONG else sum(1 for _ in _WORD.finditer(text))


_WORD = expression(r"\S+")


@cache
def _boundary() -> re.Pattern[str]:
    # Possessive, and from the first of its signs on: a row of dots is looked at once.
    return re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s)|\n")


_BULLET = expression(r"[-*+•–—|] ?|\d+[.)] |#")


_BLACK = expression(r"\S")


LONG = 200_000
"""Characters of a text beyond which places are held rather than objects."""
_SHORT_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
)
_SHORT_LINE = 60
"""A line shorter than this was not wrapped: what follows is a statement of its own."""


def sentences(text: str) -> Sequence[tuple[int, int]]:
    """The ranges of the sentences; blank lines, list items and short lines end one too.

    Together they cover the text from 0 to its length; an empty text gives ``((0, 0),)``.
    """
    if len(text) > LONG:
        from pmlint.reading.windows import ranges

        return ranges(_ends(text))
    return _sentences(text)


@remembered
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    ends = tuple(_ends(text))
    return tuple(zip((0, *ends), ends, strict=False))


def _ends(text: str) -> Iterator[int]:
    """Where each sentence ends, which is where the next one starts."""
    abbreviations = word_lists("amounts")["abbreviations"]
    start, ink = 0, _ink(text, 0)
    for match in _boundary().finditer(text):
        if match.group() == "\n":
            ends = _line_ends(text, match.start(), match.end())
        else:
            ends = _stops(text, match, start, abbreviations)
        if ends and ink < match.end():
            yield match.end()
            start, ink = match.end(), _ink(text, match.end())
    if start < len(text) or not text:
        yield len(text)


def _ink(text: str, start: int) -> int:
    """Where the first character that is no white space stands, else the text's length."""
    match = _BLACK.search(text, start)
    return match.start() if match else len(text)


def _stops(text: str, match: re.Match[str], start: int, abbreviations: frozenset[str]) -> bool:
    if match.group()[0] != ".":
        return True
    low = at = match.start()
    while low > start and (text[low - 1].isalpha() or text[low - 1] == "."):
        low -= 1
    word = text[low:at]
    if word.lower() in abbreviations or (len(word) == 1 and word.isupper()):
        return False
    if word.lower() in _SHORT_MONTHS and text[match.end() : match.end() + 2].strip()[:1].isdigit():
        # "on Dec. 2 the wiki was down"
        return False
    # "1. Users …" at the start of an item is its number.
    return at - start > 8 or not text[start:at].strip().isdigit()


def _line_ends(text: str, at: int, following: int) -> bool:
    rest = text[following : following + 40].lstrip(" \t\r")
    if not rest or rest[0] == "\n" or _BULLET.match(rest):
        return True
    low = max(0, at - _SHORT_LINE)
    line = text[max(text.rfind("\n", low, at) + 1, low) : at].strip()
    if line.endswith((":", "|")):
        return True
    return len(line) < _SHORT_LINE and (rest[0].isupper() or rest[0].isdigit())
