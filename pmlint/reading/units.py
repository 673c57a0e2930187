"""Numbers with a unit of time, data or rate: how slow it was, how much was lost."""

from __future__ import annotations

from pmlint.reading.clausebounds import clause_of
from pmlint.reading.numerals import signed
from pmlint.reading.prose import Amount, Prose

MEASURES = ("short_times", "long_times", "data", "rates", "bandwidths")
"""The lists of units."""
_COMPARED = 16
"""So many words away the usual time may stand."""
_TAKING = frozenset(("took", "taking"))
_LASTS = frozenset(("the", "last", "past", "latest", "some"))
_WAITED = frozenset(("waited", "waiting"))
_WAITED_REACH = 6
"""How far before a length of time stands who waited so long: "waited in the queue for"."""
_ARTICLES = frozenset(("a", "an", "the"))
_WITHIN = frozenset(("within", "after", "in", "every"))


def measured(read: Prose, index: int, last: int, unit: str) -> Amount | None:
    """What a number with a unit says; ``last`` is the unit's token."""
    words = read.words
    if read.among("bounds", read.after(last, 2)) or read.word(index - 1) in ("usual", "normal"):
        # "the 30 second timeout", "our 500 ms SLO"
        return None
    if read.word(index - 1) == "of" and read.listed(index - 2, "bounds"):
        # "a TTL of 300 seconds"
        return None
    if unit in words["rates"]:
        return signed(read, index, last, "rate")
    if unit in words["bandwidths"]:
        told = read.among("throughputs", read.sentence(index).words)
        return signed(read, index, last, "rate") if told else None
    if unit in words["data"]:
        of = read.word(last + 1) == "of" and read.noun(last + 2, "work", "kept")
        lost = _is_lost_here(read, index, last) or (of and read.damaged(index))
        return signed(read, index, last, "data") if lost else None
    if unit in words["short_times"]:
        return _short_time(read, index, last)
    return _long_time(read, index, last) if unit in words["long_times"] else None


def _is_lost(read: Prose, index: int) -> bool:
    """The sentence says that something was lost."""
    if read.begun(index, "loss_starts") or _is_unrestored(read, index):
        return True
    # "it cost us 14 hours of data"
    return "cost" in read.before(index, 3)


def _is_lost_here(read: Prose, index: int, last: int) -> bool:
    """The clause does: a disk of 4 TB beside what was lost is none of it."""
    if read.labelled or not _is_lost(read, index):
        return _is_lost(read, index)
    if not read.begun(index, "loss_starts"):
        return True
    if read.word(index - 1) == "than":
        # "packets larger than 1,472 bytes were lost"
        return False
    starts = tuple(read.words["loss_starts"])
    first, end = clause_of(read, index, last)
    return any(read.word(at).startswith(starts) for at in range(first, end + 1))


def _is_unrestored(read: Prose, index: int) -> bool:
    """ "1.2 TB could not be recovered"."""
    after = read.after(index, 7)
    return "be" in after and read.among("barred", after) and read.among("restored", after)


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
    if near.waits or read.words["latency"].intersection(near.words) - _TAKING:
        return True
    took = not _TAKING.isdisjoint(read.before(index, 5)) and read.word(index - 1) not in _WITHIN
    if took and "to" in (read.word(index + 1), read.word(index + 2)):
        # "it took 40 seconds to load the page"
        verb = index + 2 + (read.word(index + 1) != "to")
        return read.listed(verb, "answering")
    if not took:
        return False
    return any(
        read.noun(at, "work") or (read.word(at).endswith("ing") and read.word(at + 1) == "took")
        for at in range(max(0, index - 6), index)
    )


def _long_time(read: Prose, index: int, last: int) -> Amount | None:
    """Minutes and more: how late something was, or what was lost; else the outage's length."""
    slow = _is_compared(read, index) and not read.among("works_of", read.before(index, 6))
    seen = read.word(last + 2) == "be" or read.listed(last + 2, "answering")
    if read.word(last + 1) == "to" and not seen:
        # "it took us 40 minutes to see that it was not the usual peak"
        slow = False
    lead = read.before(index, 4)
    if slow and read.among("latency", lead) and not read.among("repairs", lead):
        # "builds took 45 minutes in place of 6"
        return signed(read, index, last, "latency")
    if _is_lost(read, index):
        end = _loss_end(read, index, last)
        if end is not None:
            return signed(read, index, end, "data")
    after = read.after(last, 2)
    if after and after[0] in read.words["late"]:
        return signed(read, index, last + 1, "latency")
    if len(after) > 1 and after[0] == "of" and after[1] in read.words["lengthy"]:
        return signed(read, index, last + 2, "data")
    rose = read.word(index - 1) == "to" and read.listed(index - 2, "turned")
    if rose and not read.sentence(index).words.isdisjoint(read.words["latency"] - _TAKING):
        # "wait times rose to 25 minutes"
        return signed(read, index, last, "latency")
    if _answers_wait(read, index):
        return signed(read, index, last, "latency")
    # "delays in the delivery of mail of up to 2 hours"
    return signed(read, index, last, "latency") if _delayed(read, index) else None


def _delayed(read: Prose, index: int) -> bool:
    """A word of lateness stands before: "mails were held for 3 hours", not "held the lock"."""
    reach = 9 if "of" in read.before(index, 3) else 4
    lead = read.before(index, max(reach, _WAITED_REACH))
    for at, word in enumerate(lead):
        if word == "held" and at and lead[at - 1] in _ARTICLES:
            continue
        if word in _WAITED or (at < reach and word in read.words["delays"]):
            return True
    return False


def _answers_wait(read: Prose, index: int) -> bool:
    """ "Queue time: up to 50 min"; a time to respond or to detect is that of the repair."""
    while read.gap(index) == " " and read.listed(index - 1, "approximations"):
        index -= 1
    if read.gap(index).strip() not in (":", "|", "=") or read.listed(index - 1, "repairs"):
        return False
    name = (read.word(index - 1), read.word(index - 2))
    return read.among("wait_names", name) and not read.among("response_names", name)


def _is_compared(read: Prose, index: int) -> bool:
    """The time it takes as a rule stands beside: "45 minutes instead of 6"."""
    low, high = read.sentence(index).tokens
    if not read.among("usually", read.sentence(index).words):
        return False
    around = range(max(low, index - _COMPARED), min(high, index + _COMPARED))
    return any(
        read.noun(near, "long_times", "short_times")
        or (near > at and (read.word(near)[:1].isdigit() or read.listed(near, "numbers")))
        for at in around
        if read.listed(at, "usually")
        for near in range(max(low, at - 4), min(high, at + 6))
        if near not in (index, index + 1)
    )


def _lost_of(read: Prose, index: int) -> bool:
    """ "Lost" stands right before a number, or only "the last" between them."""
    lead = [word for word in read.before(index, 5) if word not in _LASTS]
    lead = [word for word in lead if word not in read.words["approximations"]]
    return lead[:1] != [] and lead[0].startswith(tuple(read.words["loss_starts"]))


def _loss_end(read: Prose, index: int, last: int) -> int | None:
    """The last token of "two hours worth of data", or of data of "the last 24 hours"."""
    if read.word(last + 1) in ("of", "worth"):
        at = last + 2 + (read.word(last + 2) == "of")
        for noun in (at, at + 1):
            if read.noun(noun, "work", "kept"):
                return noun
        if any(read.listed(low, "spent") for low in range(at, at + 3)):
            return at
        if _lost_of(read, index) and not read.listed(at, "ran"):
            # "we lost the last 40 minutes of scores"
            return at
    if read.word(last + 1) == "of" and read.word(last + 3) in ("was", "were", "is", "are"):
        # "18 hours of progress were lost"
        gone = read.word(last + 4).startswith(tuple(read.words["loss_starts"]))
        return last + 2 if gone else None
    recent = read.word(index - 1) in ("last", "past", "latest")
    return last if recent and read.among("kept", read.before(index, 6)) else None
