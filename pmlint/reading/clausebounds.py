"""The clause that a number stands in, and whether that clause tells harm.

A summary tells cause, harm and repair in one breath: "two indexes were removed, which
made searches fail" counts no index that was hit.
"""

from __future__ import annotations

from pmlint.reading.numerals import is_number
from pmlint.reading.prose import Prose

TURNS = frozenset(("and", "but", "while", "which", "so", "yet", "as", "because", "since", "until"))
ANEW = frozenset(("all", "every", "the", "we", "users", "some", "no", "our", "it", "each"))
_PLACED = frozenset(("on", "in", "at", "across", "for"))
_LONGEST = 40
"""A clause goes on for no more words than these to either side."""


def clause_of(read: Prose, first: int, last: int) -> tuple[int, int]:
    """The first and the last token of the clause around the tokens from ``first`` to ``last``."""
    low, high = read.sentence(first).tokens
    # A list of numbers without end would be walked through for each of them.
    low, high = max(low, first - _LONGEST), min(high, last + _LONGEST)
    while first > low and not _turns(read, first):
        first -= 1
    while last + 1 < high and not _turns(read, last + 1):
        last += 1
    return first, last


def is_hit_in_clause(read: Prose, index: int, noun: int) -> bool:
    """The clause of a number and its noun tells damage; a label asks for what was hit anyway."""
    if read.labelled:
        return True
    first, last = clause_of(read, index, noun)
    ours = read.listed(first, "actors")
    if ours and read.listed(first + 1, "handling", "acts", "restored"):
        # "we recovered the lost files from three laptops"
        return False
    if read.damaged_near(first, last) or any(
        knocked_out(read, at) for at in range(first, last + 1)
    ):
        return True
    # "could not be charted on 4 wards"; what we could not do is no harm
    placed = not ours and read.word(index - 1) in _PLACED
    return placed and any(read.listed(at, "barred") for at in range(first, index))


def knocked_out(read: Prose, at: int) -> bool:
    """Two words say that it was out of service: "went off", "cut off", "taken down"."""
    told = read.word(at) == "went" or read.listed(at, "knocked")
    return told and read.word(at + 1) in ("off", "out", "down", "offline")


def _turns(read: Prose, at: int) -> bool:
    """A clause ends before a token; an aside and a list of numbers go on."""
    gap, word = read.gap(at), read.word(at)
    if gap == " (":
        return False
    parts = "," in gap or not read.joined(at)
    lists = is_number(read, at) if parts else is_number(read, at + (word == "and"))
    if lists and not gap.strip(" ,~≈<>$€£"):
        return False
    if word == "as" and "well" in (read.word(at + 1), read.word(at - 1)):
        # "phones as well as 1,400 printers"
        return False
    return parts or (word in TURNS and (word != "and" or read.word(at + 1) in ANEW))
