"""Everybody and everything that was hit: "all users", "the entire platform", "everyone"."""

from __future__ import annotations

from pmlint.reading.befalling import (
    BEFELL,
    NEAR,
    PRONOUNS,
    WHO,
    failed_near,
    handled,
    hits,
    suffers,
)
from pmlint.reading.hedges import of_affected
from pmlint.reading.prose import EVERYTHING, Prose

_BEING = frozenset(("is", "are", "was", "were", "came", "went", "be", "been", "now"))
_SPREAD = frozenset(("for", "on", "across"))
_WERE_NOT = frozenset(("wasn't", "weren't", "isn't"))
_LONGEST_NOUN = 4
"""How many words of an unlisted noun are looked at."""


def everyone(read: Prose, index: int) -> int | None:
    """Such as "everyone was logged out"; "everyone on the team helped" tells of the repair."""
    if read.among("ourselves", [*read.after(index, 4), *read.before(index, 6)]):
        return None
    if _is_nobody_hit(read, index):
        return None
    told = read.word(index + 1) in WHO and read.listed(index + 3, "struck")
    if told or read.word(index + 1) == "else":
        # "everyone who was affected", "everybody else saw no change"
        return None
    return index if hits(read, index, index, read.labelled) else None


def _is_nobody_hit(read: Prose, index: int) -> bool:
    """ "Everybody" and "everything" of phrases that tell of no harm."""
    word, before = read.word(index), read.word(index - 1)
    following, further = read.word(index + 1), read.word(index + 2)
    if following in ("possible", "that's") or (following, further) == ("in", "this"):
        # "we will do everything possible", "everything in this report"
        return True
    if further in _WERE_NOT or (before == "by" and following in WHO):
        # "everyone who wasn't there", "approved by everybody who had to approve it"
        return True
    if (before, word) == ("with", "everything") and following in _IN_PLACE:
        # "with everything on the other site, we went on"
        return True
    # "the other feed took everything", but not "it took everything down"
    took = (before, word) == ("took", "everything")
    return took and not read.listed(index + 1, "gone")


_IN_PLACE = frozenset(("on", "in", "back", "up", "set", "working", "running", "restored"))


def without_exception(read: Prose, index: int) -> int | None:
    """Such as "users, without exception, were …"."""
    if read.word(index - 1) != "without" or not read.noun(index - 2, "people"):
        return None
    return index if suffers(read, index) or read.damaged(index) else None


def whoever(read: Prose, index: int) -> int | None:
    """Such as "whoever opened the page saw an error"."""
    near = failed_near(read, index - NEAR, index + NEAR)
    return index if near or read.damaged(index) else None


def both(read: Prose, index: int) -> int | None:
    """Such as "both of our servers"; "both users and staff" are no two things."""
    last = read.noun_behind(index, "machines")
    if last is None or not read.word(last).endswith("s") or read.word(last + 1) in ("and", "or"):
        return None
    return last if hits(read, index, last) else None


def entire(read: Prose, index: int) -> int | None:
    """Such as "the entire platform was down" or "lost as a whole"."""
    last = read.noun_behind(index, *EVERYTHING, "wholes")
    if last is not None and read.noun(last, "elements") and not read.noun(last, "wholes"):
        # "an entire rack lost its network"
        return None
    if read.word(index - 1) in ("a", "an", "its", "their") and read.among(
        "gone", [*read.before(index, NEAR), *read.after(index, 2)]
    ):
        return index
    if read.listed(index + 1, "never_hit") and not read.noun(index + 1, *EVERYTHING):
        return None
    if last is not None and _is_some(read, index):
        return None
    if last is None:
        last = _any_noun(read, index)
    elif read.word(last) == "team":
        return last if read.harmed_near(last + 1, last + 2) else None
    elif read.damaged(index):
        return last
    if last is None or handled(read, index, last):
        return None
    denied = read.labelled and "no" in read.after(last, 2)
    return last if denied or failed_near(read, last + 1, last + 4) else None


def _is_some(read: Prose, index: int) -> bool:
    """ "Whole pages were missing" tells of some."""
    several = read.word(index + 1).endswith("s") and not read.word(index + 1).endswith("ss")
    return several and not (read.listed(index - 1, "determiners") and read.joined(index))


def all_of(read: Prose, index: int) -> int | None:
    """Such as "all users", "every one of our customers", "each of them"."""
    if _is_aside(read, index):
        return None
    word, following = read.word(index), read.word(index + 1)
    if read.listed(index + 1, "gone", "struck") and read.word(index - 1) != "not":
        # "Customers: all affected", "they were all down"
        ends = not read.joined(index + 2) or read.listed(index + 2, "stops")
        return index + 1 if ends and word == "all" else None
    if following == "who" and not read.joined(index):
        return whoever(read, index)
    if following == "over" and read.word(index + 3) in ("world", "country", "globe"):
        return index + 3 if failed_near(read, index + 4, index + NEAR) else None
    if following == "one":
        return _every_one_of(read, index) if read.word(index + 2) == "of" else None
    if following == "without" and read.word(index + 2).startswith("exception"):
        return index + 2 if read.damaged(index) else None
    if following == "of" and read.word(index + 2) in PRONOUNS:
        return _all_of_them(read, index)
    if read.word(index - 1) in ("of", "to") and read.harmed_near(index - 4, index - 2):
        # "loss of all functionality"
        last = _any_noun(read, index)
        if last is not None:
            return None if handled(read, index, last) else last
    if word == "all" and following in ("were", "was", "are"):
        # "students and teachers, all were locked out"
        return index + 1 if read.harmed_near(index + 2, index + 4) else None
    return _all_nouns(read, index)


def _is_aside(read: Prose, index: int) -> bool:
    """The "all" or "every" of a phrase that tells of no one hit: "first of all", "each other"."""
    following, before = read.word(index + 1), read.word(index - 1)
    if before == "of" and read.listed(index - 2, "parts"):
        # "a fifth of all parcels"
        return True
    above = index + 1 + (following == "of")
    if (read.word(above), read.word(above + 1)) == ("the", "above"):
        return True
    if _tries(read, index + 1) or _never(read, index):
        return True
    if read.word(index) == "each" and following.endswith("ed") and _is_object(read.word(index + 2)):
        # "each opened 25 connections"
        return True
    if "," in read.gap(index + 1) and before in ("of", "after", "above"):
        # "first of all, …"
        return True
    if following == "and" and read.word(index) == "each":
        return read.word(index + 2) != "every"
    if following == "in" and read.word(index + 2) == "all":
        return True
    if before == "in" and read.word(index - 2) == "all":
        return True
    if following == "others" or (following == "of" and read.word(index + 2) == "whose"):
        return True
    return read.listed(index + 1, "nth")


def _is_object(word: str) -> bool:
    return word[:1].isdigit() or word in ("a", "an", "the", "its", "their", "one")


def _tries(read: Prose, at: int) -> bool:
    """ "(Every) attempt to restart it failed" tells of the repair."""
    tried = read.word(at) in ("attempt", "attempts") and read.word(at + 1) == "to"
    return tried and read.listed(at + 2, "repairs")


def _never(read: Prose, index: int) -> bool:
    """ "At no point were all of them down"."""
    before = read.before(index, 5)
    return "no" in before and read.among("occasions", before)


def _every_one_of(read: Prose, index: int) -> int | None:
    """ "Every one of our customers", "every one of you"."""
    if read.word(index + 3) in ("you", "them", "us"):
        return index + 3 if failed_near(read, index + 4, index + NEAR) else None
    last = read.noun_behind(index + 1, *EVERYTHING)
    return last if last is not None and hits(read, index, last, read.labelled) else None


def _all_of_them(read: Prose, index: int) -> int | None:
    """ "Teachers and pupils, all of them, were locked out."."""
    if read.word(index + 3) in ("have", "has", "caused", "made", "led", "meant"):
        return None
    last = index + 2
    if read.listed(index - 1, "almost") or handled(read, index, last):
        return None
    if read.joined(index) and not read.listed(index - 1, "before_all", "struck", "damage"):
        # "it taught all of us to test the backups"
        return last if failed_near(read, last + 1, last + 4) else None
    near = read.damaged(index) or suffers(read, index) or failed_near(read, index - NEAR, index)
    return last if near or read.listed(index - 1, "struck") else None


def _all_nouns(read: Prose, index: int) -> int | None:
    """ "All" with its noun, which is hit; or "unreachable for all"."""
    if read.listed(index + 1, "never_hit") and not read.noun(index + 1, *EVERYTHING):
        return None
    last = read.noun_behind(index, *EVERYTHING)
    if last is not None:
        spared = of_affected(read, index, last) or not hits(read, index, last, read.labelled)
        return None if spared else last
    before = read.word(index - 1)
    if before in ("for", "to") and not read.joined(index + 1):
        return index if read.damaged(index) or failed_near(read, index - 4, index) else None
    last = _any_noun(read, index)
    if last is None:
        return None
    came = (read.word(last + 1), read.word(last + 2)) == ("came", "to")
    reach = 9 if read.word(last + 1) in WHO else 5 if came or read.listed(last + 1, "stops") else 2
    taken = before in ("down", "out") and read.listed(index - 2, "takes_down")
    struck = read.listed(index - 1, "struck") or before in ("lost", "losing", "effects", "effected")
    failed = read.labelled or taken or struck
    failed = failed or failed_near(read, last + 1, last + reach)
    failed = failed or (before in _SPREAD and failed_near(read, index - 3, index - 2))
    return last if failed and hits(read, index, last, read.labelled) else None


def _any_noun(read: Prose, index: int) -> int | None:
    """The noun of "all functionality" or "every feature", whatever it is that was hit."""
    at = index + 1 + (read.word(index + 1) == "of")
    at = read.behind(at)
    if not read.word(at)[:1].isalpha() or not read.joined(at) or "," in read.gap(at):
        return None
    if read.word(at) in BEFELL or read.listed(at, "stops", "never_hit"):
        return None
    while at < index + _LONGEST_NOUN and _is_noun_further(read, at + 1):
        at += 1
    return None if read.listed(at, "never_hit") or read.noun(at, "never_hit") else at


def _is_noun_further(read: Prose, at: int) -> bool:
    """The noun phrase goes on with this word."""
    if not read.joined(at) or "," in read.gap(at):
        return False
    word = read.word(at)
    if word in BEFELL or read.listed(at, "stops", "damage", "never_hit"):
        return False
    return not read.tells_damage(word)


def all_named(read: Prose, index: int) -> int | None:
    """A bare "All users" or "Everyone", as the answer to a label."""
    if not _opens(read, index) or _is_well(read, index):
        return None
    if read.among("ourselves", read.after(index, 4)):
        return None
    word = read.word(index)
    if word in ("everyone", "everybody", "everything", "anyone", "anybody"):
        further = read.word(index + 1) == "behind" or _describes(read.word(index + 1))
        return index if further or _ends(read, index) else None
    if word not in ("all", "every", "entire", "entirety", "whole"):
        return None
    if word in ("entire", "whole") and _is_some(read, index):
        return None
    last = _many(read, index)
    if last is None or (read.joined(last + 1) and not _describes(read.word(last + 1))):
        named = read.noun_behind(index, *EVERYTHING, "wholes")
        last = last if named is None else named
    if last is None or of_affected(read, index, last) or handled(read, index, last):
        return None
    if read.listed(last, "never_hit") and not read.noun(last, "people"):
        return None
    return last if _ends(read, last) or _describes(read.word(last + 1)) else None


def _opens(read: Prose, index: int) -> bool:
    """Its clause starts there, "the" or "our" aside."""
    first = index - (read.word(index - 1) in ("the", "our"))
    return not read.joined(first) or read.gap(first).strip() in (",", "-", "–", "/")


def _ends(read: Prose, last: int) -> bool:
    """No more is said of them than where they are."""
    return not read.joined(last + 1) or read.listed(last + 1, "places")


def _is_well(read: Prose, index: int) -> bool:
    """The sentence tells that they are well again; "users of the online shop" are not so."""
    told = read.sentence(index).words
    well = read.words["restored"].intersection(told)
    if not well:
        return False
    return not well <= read.words["well_or_named"] or not _BEING.isdisjoint(told)


def _describes(word: str) -> bool:
    """The word goes on to say which they are: "carriers booking …", "users who …"."""
    return word in WHO or word.endswith("ing")


def _many(read: Prose, index: int) -> int | None:
    """The plural right behind "all", whatever it names: "All carriers using the portal"."""
    at = read.behind(index + 1, "of")
    plural = read.word(at).endswith("s") and not read.word(at).endswith("ss")
    return at if plural and read.joined(at) and not read.listed(at, "stops", "never_hit") else None
