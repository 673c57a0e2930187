"""Numbers that say by how much: money, how many times worse, how far something sank."""

from __future__ import annotations

from pmlint.reading.numerals import has_currency, signed
from pmlint.reading.prose import Amount, Prose
from pmlint.reading.routine import is_load

_RENTED = frozenset(("month", "year", "week", "day", "quarter"))
EQUALS = frozenset(("is", "are", "was", "were", "be", "as"))
"""Forms of "to be" between what is counted and its number."""


def coin_end(read: Prose, index: int, last: int, unit: str) -> int | None:
    """The last token of a sum of money, None where the number is none."""
    if read.joined(last + 1) and read.listed(last + 1, "currencies"):
        return last + 1
    marked = has_currency(read, index) or (last > index and has_currency(read, last))
    return last if marked or unit in read.words["currencies"] else None


def money(read: Prose, index: int, last: int) -> Amount | None:
    """A sum; "orders above $100" are a kind of order."""
    if read.listed(index - 1, "limits") and read.noun(index - 2, "work"):
        return None
    rent = read.word(last + 1) in ("a", "per") and read.word(last + 2) in _RENTED
    if rent and read.among("priced", read.before(index, 4)):
        # "a second host costs $200 a month"
        return None
    if read.word(index - 1) == "at" and read.among("capped", read.before(index, 6)):
        # "they asked us to cap the fee at €20"
        return None
    return signed(read, index, last, "money")


def factor(read: Prose, index: int, last: int) -> Amount | None:
    """How many times worse; ``last`` is the word of comparison, if any."""
    # The "times" of "three times higher" is no time that something took.
    behind = index + 1 if read.word(index + 1) == "times" else index
    around = [*read.before(index, 5), *read.after(behind, 5)]
    if is_load(read, around) and not any(map(read.tells_damage, around)):
        return None
    slower = last > index or read.among("latency", read.after(index, 2))
    return signed(read, index, last, "factor") if slower or read.damaged(index) else None


def times(read: Prose, index: int, last: int) -> Amount | None:
    """Such as "three times slower"."""
    if read.word(last + 1) != "times":
        return None
    if read.listed(last + 2, "times"):
        return factor(read, index, last + 2)
    if read.joined(last + 2) and read.word(last + 2) in ("as", "the", "our", "its"):
        return factor(read, index, index)
    at = index - 1
    while read.listed(at, "approximations"):
        at -= 1
    # "the broken build was downloaded 4,300 times"
    harmful = read.listed(at, "fetched") and read.hit(index)
    return signed(read, index, last + 1, "count") if harmful else None


def twice(read: Prose, index: int) -> Amount | None:
    """Such as "twice as long", but not "twice the configured maximum"."""
    if not read.joined(index + 1) or read.word(index + 1) not in ("as", "the"):
        return None
    set_so = read.among("capacities", read.after(index, 4))
    return None if set_so else factor(read, index, index)


def multiplied(read: Prose, index: int) -> Amount | None:
    """As in "response times doubled", but not "traffic doubled"."""
    around = [*read.before(index, 5), *read.after(index, 5)]
    worse = any(read.among(name, around) for name in ("latency", "measures", "load_times"))
    if read.word(index).endswith("fold"):
        if read.word(index - 1) in EQUALS and not read.listed(index + 1, "times"):
            # "the cause was twofold"
            return None
        worse = worse or (read.damaged(index) and not is_load(read, around))
    return read.amount(index, index, "factor") if worse else None


def turned(read: Prose, index: int) -> bool:
    """The word before a number by, to or from which something sank or rose."""
    if read.word(index) not in ("by", "to", "from", "at"):
        return False
    if read.word(index) == "at" and not read.listed(index - 1, "turned"):
        return False
    # The "up" of "up to 4" tells of no rise.
    before = index - (read.word(index) == "to" and read.word(index - 1) == "up")
    return read.among("turned", read.before(before, 5)) and _measures(read, index)


def _measures(read: Prose, index: int) -> bool:
    """What sank or rose is a measure of the harm: orders, sales, the success rate."""
    low = max(read.sentence(index).tokens[0], index - 9)
    if not any(read.noun(at, "people", "work", "measures") for at in range(low, index)):
        return False
    return not is_load(read, read.before(index, 6))


def changed(read: Prose, index: int, last: int) -> Amount | None:
    """As in "orders fell by 1,400" or "the score fell from 0.96 to 0.41"."""
    if read.word(last + 1) == "times":
        # "they were retried up to 5 times"
        return None
    if turned(read, index - 1) or _is_level(read, index):
        return signed(read, index, last, "count")
    amassed = read.word(index - 1) == "of" and read.listed(index - 2, "amassed")
    if amassed and read.hit(index) and not read.joined(last + 1):
        # "a consumer lag of 1.6 million"
        return signed(read, index, last, "count")
    return None


def _is_level(read: Prose, index: int) -> bool:
    """The level that a measure came to, behind its name or behind "to"."""
    lead = read.word(index - 1)
    if not (lead == "to" or read.listed(index - 1, "levels")) or not _measures(read, index):
        return False
    before = index - 2 * ((read.word(index - 2), lead) == ("up", "to"))
    return (read.labelled and lead != "to") or read.among("turned", read.before(before, 6))
