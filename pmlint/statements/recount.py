"""Does running text recount a failure of its own, whatever parts it has?

A short notice, a mail or a post may name neither a cause nor a clock. It tells in the
past tense what broke, and when that was: last night, on Friday, in the week of 3 May.
A guide, an advertisement or an essay speaks of failures as they may happen to anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from pmlint.namedtuples import NamedTuple
from pmlint.reading.lengths import find_lengths
from pmlint.reading.times import find_moments
from pmlint.reading.words import sentences, word_count
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.structure.tree import Line

FEWEST_WORDS = 5
"""A shorter sentence is a label."""
STRUCK_OF = 4
"""One sentence of so many tells of a failure where nobody says I or we."""
OPENING = 2
"""Among so many sentences in the past, the day of which they tell is that of the failure."""
FEWEST_TOLD = 3
"""So many sentences in the past tell it without an ``I`` or a ``we``."""


class Voice(NamedTuple):
    """How many sentences of a text do what."""

    told: int
    """Speak in the past tense."""
    own: int
    """Do so as I or we."""
    struck: int
    """Tell in the past tense that something failed."""
    suffered: int
    """Tell so as I or we."""
    bidding: int
    """Say what is to be done, or what may be."""
    ahead: int
    """Say what will be."""
    placed: bool
    """A day is told on which something failed or was done, or for how long we suffered."""


def recounts(lines: Sequence[Line], title: str) -> bool:
    """The text tells what failed, and when, and more of it than what should be done."""
    voice = listen(lines)
    struck = voice.struck or (voice.told and _failing().search(title))
    placed = voice.placed or _when(title)
    if not struck or not placed or voice.bidding > voice.told:
        return False
    if voice.own:
        return True
    throughout = voice.struck * STRUCK_OF >= voice.told or _failing().search(title) is not None
    return voice.told >= FEWEST_TOLD and throughout


def instructs(lines: Sequence[Line], title: str) -> bool:
    """The text says what is to be done whenever something fails, and tells of no failure."""
    voice = listen(lines)
    if voice.placed or _when(title):
        return False
    return voice.bidding > voice.told and not voice.suffered


def announces(lines: Sequence[Line]) -> bool:
    """The text says what will be shut down, and tells of nothing that failed."""
    voice = listen(lines)
    return voice.ahead > voice.told and not voice.struck


def tells_failure(sentence: str) -> bool:
    """Its words are of a failure: the host was down, a disk died."""
    return _failing().search(sentence) is not None


def listen(lines: Sequence[Line]) -> Voice:
    """How the sentences of some lines speak."""
    told = own = struck = suffered = bidding = ahead = 0
    placed = False
    for sentence in _sentences(lines):
        if _bids().search(sentence):
            bidding += 1
            continue
        if _PLANNED.search(sentence):
            ahead += 1
            continue
        if not _past().search(sentence):
            continue
        ours = _FIRST_PERSON.search(sentence) is not None
        failed = _failing().search(sentence) is not None
        told += 1
        own += ours
        struck += failed
        suffered += ours and failed
        lasted = ours and failed and bool(find_lengths(sentence))
        first = told <= OPENING
        placed = placed or lasted or ((ours or failed or first) and _when(sentence))
    return Voice(told, own, struck, suffered, bidding, ahead, placed)


def _sentences(lines: Iterable[Line]) -> Iterator[str]:
    """The sentences of paragraphs and list items, each line of a mail joined to the next."""
    prose = (line for line in lines if line.kind in ("text", "item", "row") and line.text)
    for _, rows in groupby(prose, key=lambda line: id(line.block)):
        text = " ".join(row.text.plain.strip() for row in rows)
        for low, high in sentences(text):
            if word_count(text[low:high]) >= FEWEST_WORDS:
                yield text[low:high]


def _when(text: str) -> bool:
    if _lately().search(text):
        return True
    return any(moment.date is not None for moment in find_moments(text))


@cache
def _lately() -> Alternatives:
    return Alternatives(policy.table("absence")["lately"], r"\b(?:", r")\b")


@cache
def _failing() -> Alternatives:
    return Alternatives(policy.table("absence")["failing"], r"\b(?:")


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:been|{'|'.join(policy.table('absence')['tells'])})\b", re.IGNORECASE)


@cache
def _bids() -> Alternatives:
    return Alternatives(policy.table("absence")["bids"], r"(?:", r")\b")


_PLANNED = expression(
    r"\b(?:will|won't|shall|going to|expect|is scheduled|are scheduled)\b", re.IGNORECASE
)


_FIRST_PERSON = expression(r"\b(?:we|our|ours|us|i|my|me|i've|we've|we're)\b", re.IGNORECASE)
