"""Numbers with a unit of time, data or rate: how slow it was, how much was lost."""

from __future__ import annotations

from pmlint.reading.numerals import signed
from pmlint.reading.prose import Amount, Prose

MEASURES = ("short_times", "long_times", "data", "rates", "bandwidths")
"""The lists of units."""
_TAKING = frozenset(("took", "taking"))
_WITHIN = frozenset(("within", "after", "in", "every"))


def measured(read: Prose, index: int, last: int, unit: str) -> Amount | None:
    """What a number with a unit says; ``last`` is the unit's token."""
    words = read.words
    if read.among("bounds", read.after(last, 2)) or read.word(index - 1) in ("usual", "normal"):
        # "the 30 second timeout", "our 500 ms SLO"
        return None
    if unit in words["rates"]:
        return signed(read, index, last, "rate")
    if unit in words["bandwidths"]:
        told = read.among("throughputs", read.sentence(index).words)
        return signed(read, index, last, "rate") if told else None
    if unit in words["data"]:
        of = read.word(last + 1) == "of" and read.noun(last + 2, "work", "kept")
        lost = _is_lost(read, index) or (of and read.damaged(index))
        return signed(read, index, last, "data") if lost else None
    if unit in words["short_times"]:
        return _short_time(read, index, last)
    return _long_time(read, index, last) if unit in words["long_times"] else None


def _is_lost(read: Prose, index: int) -> bool:
    """The sentence says that something was lost."""
    starts = tuple(read.words["loss_starts"])
    return any(word.startswith(starts) for word in read.sentence(index).words)


def _short_time(read: Prose, index: int, last: int) -> Amount | None:
    """Seconds and less: a wait, or what was lost of what is kept."""
    of = read.word(last + 1) == "of" and read.noun(last + 2, "work", "kept")
    if of and _is_lost(read, index):
        # "90 seconds of writes were lost"
        return signed(read, index, last + 2, "data")
    return signed(read, index, last, "latency") if _waited(read, index) else None


def _waited(read: Prose, index: int) -> bool:
    """A few seconds are how long users waited, not how long a machine took to move."""
    if read.word(index - 1) == "after" and "out" in read.before(index, 4):
        # "they timed out after 30 s"
        return False
    near = read.sentence(index)
    if near.waits or read.among("latency", near.words - _TAKING):
        return True
    took = not _TAKING.isdisjoint(read.before(index, 5)) and read.word(index - 1) not in _WITHIN
    return took and any(read.noun(at, "work") for at in range(max(0, index - 6), index))


def _long_time(read: Prose, index: int, last: int) -> Amount | None:
    """Minutes and more: how late something was, or what was lost; else the outage's length."""
    slow = read.among("usually", read.sentence(index).words)
    if slow and read.among("latency", read.before(index, 4)):
        # "builds took 45 minutes in place of 6"
        return signed(read, index, last, "latency")
    if _is_lost(read, index):
        end = _loss_end(read, index, last)
        if end is not None:
            return signed(read, index, end, "data")
    after = read.after(last, 2)
    if after and after[0] in read.words["late"]:
        return signed(read, index, last + 1, "latency")
    if len(after) > 1 and after[0] == "of" and after[1] in ("data", "writes", "delay", "lag"):
        return signed(read, index, last + 2, "data")
    delayed = read.among("delays", read.before(index, 4))
    return signed(read, index, last, "latency") if delayed else None


def _loss_end(read: Prose, index: int, last: int) -> int | None:
    """The last token of "two hours worth of data", or of data of "the last 24 hours"."""
    if read.word(last + 1) in ("of", "worth"):
        at = last + 2 + (read.word(last + 2) == "of")
        if read.noun(at, "work", "kept"):
            return at
        if any(read.listed(low, "spent") for low in range(at, at + 3)):
            return at
    recent = read.word(index - 1) in ("last", "past", "latest")
    return last if recent and read.among("kept", read.before(index, 6)) else None
