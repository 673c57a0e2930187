"""Where a sentence speaks of a part, of nobody, or of what only might have been."""

from __future__ import annotations

from itertools import pairwise

from pmlint.reading.befalling import ABLE, FAR
from pmlint.reading.clausebounds import ANEW, TURNS
from pmlint.reading.prose import Prose

_MIGHT = frozenset(("could", "would", "might"))
_IF = frozenset(("if", "should", "unless", "had"))
_ALL = frozenset(("all", "every", "everyone", "everybody"))
_WITHIN = frozenset(("via", "across", "on", "in", "from", "through", "over", "at"))
_SPREAD = _WITHIN | {"of"}
_OF_THEIRS = frozenset(("any", "no", "all", "anything", "every", "each"))
_THEIRS = frozenset(("their", "his", "her"))
_TURNS = TURNS | ANEW - {"some"}
_BACK = 60
"""So many words before it may say of which part it is told."""
_BESIDE = frozenset(("on", "the", "of", "using", "our", "with", "in", "behind", "an", "those"))


def of_some(read: Prose, index: int) -> bool:
    """The clause speaks of a part: "some users could not open any page", "one of them was down"."""
    if read.word(index) not in _OF_THEIRS and not read.listed(index, "totally"):
        return False
    if read.word(index - 1) == "including":
        # "some routes, including all of those abroad"
        return True
    named = read.word(index - 1) in _SPREAD or not _THEIRS.isdisjoint(read.after(index, 3))
    if read.word(index) == "all" and not named:
        return False
    near = read.sentence(index)
    if "cases" in near.words or _not_all(read, near.tokens[0], index):
        return True
    one_by_one = read.word(index) in ("every", "each")
    for at in range(index - 1, max(near.tokens[0], index - _BACK) - 1, -1):
        # "For most of the night every call failed" speaks of a time.
        whose = not one_by_one or read.noun_behind(at, "people") in range(at, index)
        number = read.word(at) == "number" and read.word(at + 1) == "of"
        if (number or read.listed(at, "some")) and whose and not read.listed(at + 1, "spans"):
            return True
        if read.word(at) == "one" and read.word(at + 1) == "of":
            return True
        if any(mark in read.gap(at) for mark in ";:"):
            break
        if "," in read.gap(at) and read.word(at) in _TURNS:
            break
    return _of_some_behind(read, index)


def _of_some_behind(read: Prose, index: int) -> bool:
    """ "It accepted no orders for some shops"."""
    after = read.after(index, 7)
    return any(
        one in ("for", "in", "of", "on", "to", "from") and read.among("some", (two,))
        for one, two in pairwise(after)
    )


def _not_all(read: Prose, first: int, index: int) -> bool:
    """ "Not all users were hit, but those who were could not open any page"."""
    return any(read.word(at) == "not" and read.word(at + 1) in _ALL for at in range(first, index))


def spares(read: Prose, index: int, last: int) -> bool:
    """It says that nobody was hit, rather than everybody."""
    if read.word(index) not in ("no", "none", "not", "zero", "nobody"):
        return False
    return any(read.listed(at, "struck", "unhurt") for at in range(index, last + 4))


def limited(read: Prose) -> bool:
    """Some sentence says that no more than a part was hit: "only users in Oslo were affected"."""
    at = 0
    while at < len(read.tokens):
        if _limits(read, at):
            return True
        at = max(read.sentence(at).tokens[1], at + 1)
    return False


def _limits(read: Prose, index: int) -> bool:
    near = read.sentence(index)
    if not (read.among("only", near.words) or read.among("limited", near.words)):
        return False
    if "impact" not in near.words and not read.among("struck", near.words):
        return False
    low, high = near.tokens
    return any(
        (read.listed(at, "only") and _is_only(read, at))
        or (read.listed(at, "limited") and read.word(at + 1) == "to")
        for at in range(low, high)
    )


def _is_only(read: Prose, at: int) -> bool:
    """ "Only users in Oslo", "affected only those on the old plan"; not "not only"."""
    if read.word(at - 1) == "not":
        return False
    if read.word(at + 1) in ("those", "in", "on", "the") or not read.joined(at + 1):
        return True
    whom = read.noun_behind(at, "people", "machines", "wholes") is not None
    return whom or read.listed(at - 1, "struck")


def only_thought_of(read: Prose, index: int) -> bool:
    """It did not happen, or nobody knows: "all users could have lost it", "whether all users"."""
    low, high = read.sentence(index).tokens
    if read.among("unsure", read.sentence(index).words) or "if" in read.before(index, 4):
        return True
    if read.text[read.tokens[high - 1].end : read.tokens[high - 1].end + 1] == "?":
        return True
    if read.among("maybe", read.before(index, 3)):
        return True
    return read.word(low) in _IF or any(
        read.word(at) == "have" and not _MIGHT.isdisjoint(read.before(at, 2))
        for at in range(max(low, index - FAR), min(high, index + FAR))
    )


def of_affected(read: Prose, first: int, last: int) -> bool:
    """ "All affected users", "all systems relying on affected relays": all of those, no more."""
    if any(read.listed(at, "struck") for at in range(first + 1, last)):
        return True
    if read.word(last + 1) in ABLE:
        return False
    return any(
        read.listed(at, "struck") and read.word(at - 1) in _BESIDE and read.joined(at + 1)
        for at in range(last + 2, last + 6)
    )
