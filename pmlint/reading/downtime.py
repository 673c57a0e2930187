"""A whole service that was gone: "the site was down", "took our API offline".

Who names the service and no part of its users tells of a complete outage.
"""

from __future__ import annotations

from pmlint.reading.prose import Prose

_BEING = frozenset(("was", "were", "is", "are", "went", "go", "goes", "going", "been", "became"))
_NOT_BEING = frozenset(("wasn't", "weren't", "isn't", "aren't"))
_AUXILIARIES = frozenset(("has", "had", "have", "to"))
_ABLE = frozenset(("available", "reachable", "accessible", "responding"))
_THE = frozenset(("the", "our", "this", "my", "its", "your", "whole", "entire"))
_LEADS = frozenset(("of", "in", "on", "at", "with", "from", "behind", "for", "by", "via", "to"))
_PLACES = frozenset(("in", "on", "from", "at", "across", "within"))
_WHERE = _PLACES | {"over", "via", "through"}
_ALL_OF_THEM = frozenset(
    (
        "the",
        "our",
        "all",
        "any",
        "every",
        "of",
        "end",
        "your",
        "both",
        "internal",
        "external",
        "and",
    )
)
_THEM = frozenset(("him", "her", "me", "them", "those", "half", "one"))
_WHOSE = _WHERE | {"with", "who", "using", "of", "behind", "trying", "that", "whose", "via"}
_SUPPOSED = frozenset(
    ("if", "would", "could", "might", "whether", "unless", "may", "will", "never", "no", "before")
)
_THOUGHT = frozenset(("avoid", "prevent", "thought", "believed", "assumed", "suspected"))
_NOW = frozenset(("is", "are", "goes"))
_LONGEST_NAME = 4
"""Words that may stand between the article and the name of a service."""
_REACH = 6
"""Words behind the predicate that may say for whom or where it was so."""


def service_gone(read: Prose, index: int) -> int | None:
    """``index``, if the predicate there is said of a whole service."""
    noun = _subject(read, index)
    if noun is None or not read.listed(noun, "services"):
        return _taken_down(read, index)
    first = _first_of_name(read, noun)
    if first is None or not (_is_said(read, first, noun, index) or _is_answer(read, first, index)):
        return None
    if _is_supposed(read, index) or _is_of_some(read, index) or _is_in_some(read, first):
        return None
    return index


def _taken_down(read: Prose, index: int) -> int | None:
    """The service of "it took down our site"."""
    if not read.listed(index - 1, "takes_down") or read.word(index + 1) not in _THE:
        return None
    noun = index + 2
    while read.listed(noun, "of_services") and read.joined(noun + 1):
        noun += 1
    ends = not read.joined(noun + 1) or read.listed(noun + 1, "stops")
    if not (ends and read.joined(noun) and read.listed(noun, "services")):
        return None
    return None if _is_supposed(read, index) or _is_of_some(read, noun) else noun


def _subject(read: Prose, index: int) -> int | None:
    """The noun that stands before the predicate and its verb."""
    at = index - 1
    if read.word(index) in _ABLE:
        if read.word(at) != "not" and read.word(at) not in _NOT_BEING:
            return None
        at -= read.word(at) == "not"
    while read.listed(at, "briefly"):
        at -= 1
    if read.word(at) in _BEING or read.word(at) in _NOT_BEING:
        at -= 1
        while read.word(at) in _AUXILIARIES:
            at -= 1
    return at if at >= 0 and all(map(read.joined, range(at + 1, index + 1))) else None


def _first_of_name(read: Prose, noun: int) -> int | None:
    """Where "our public web site" begins; "the search service" is a part, "a site" is any."""
    at = noun
    while at > noun - _LONGEST_NAME and read.joined(at) and read.listed(at - 1, "of_services"):
        at -= 1
    if not read.joined(at) or "," in read.gap(at):
        return at
    return at - 1 if read.word(at - 1) in _THE else None


def _is_said(read: Prose, first: int, noun: int, index: int) -> bool:
    """It is the subject of a clause, or what something took down."""
    if noun == index - 1:
        return read.listed(first - 1, "takes_down")
    return not read.joined(first) or read.word(first - 1) not in _LEADS


def _is_answer(read: Prose, first: int, index: int) -> bool:
    """ "Impact: Site down."."""
    return read.labelled and not read.joined(first) and not read.joined(index + 1)


def _is_supposed(read: Prose, index: int) -> bool:
    """ "The site could go down", "was not down"."""
    denied = read.word(index) not in _ABLE and read.word(index - 1) in ("not", *_NOT_BEING)
    before = read.before(index, 8)
    at_times = "when" in before and not _NOW.isdisjoint(before)
    return denied or at_times or not (_SUPPOSED | _THOUGHT).isdisjoint(before)


def _is_of_some(read: Prose, index: int) -> bool:
    """ "Was down for some", "for users on the old plan", "in Oslo"; but not "in the morning".

    Nor was it gone for anyone who did not expect it where it was down "for maintenance".
    """
    if read.among("some", read.sentence(index).words):
        return True
    for at in range(index + 1, index + 1 + len(read.after(index, _REACH))):
        if read.word(at) in _WHERE:
            return not any(_is_time(read, near) for near in range(at + 1, at + 4))
        if at == index + 1 and (read.word(index), read.word(at)) == ("down", "to"):
            # "down to one uplink"
            return True
        if read.word(at) == "for" and read.among("planned", read.after(at, 3)):
            return True
        if read.word(at) in ("for", "to"):
            return _are_some(read, at)
    return False


def _are_some(read: Prose, at: int) -> bool:
    """For whom it was so: "for him", "for logged-in users", "for users on the old plan"."""
    whom = read.noun_behind(at, "people")
    if whom is None:
        if read.word(at + 1) in ("anyone", "everyone", "anybody", "everybody"):
            return read.word(at + 2) in _WHOSE
        for near in range(at + 1, at + 4):
            of = read.behind(near + 2) if read.word(near + 1) == "of" else near + 1
            if read.word(near) in _THEM and not _is_time(read, of):
                return True
        return False
    qualified = any(read.word(near) not in _ALL_OF_THEM for near in range(at + 1, whom))
    if qualified:
        return not any(_is_time(read, near) for near in range(at + 1, whom))
    return read.joined(whom + 1) and read.word(whom + 1) in _WHOSE


def _is_in_some(read: Prose, first: int) -> bool:
    """ "For customers on the old plan the site was down", "in one region our API was down"."""
    low = read.sentence(first).tokens[0]
    if read.word(low) not in _LEADS or first - low > _REACH + 2:
        return False
    if read.word(low) in _PLACES and _is_place(read, low + 1):
        return True
    return any(read.noun(at, "people", "machines") for at in range(low, first))


def _is_place(read: Prose, at: int) -> bool:
    """ "(In) Germany", "(in) eu-west-1", but not "(on) Monday"."""
    if any(_is_time(read, near) for near in (at, at + 1)):
        return False
    name = read.text[read.tokens[at].start : read.tokens[at].end]
    return name[:1].isupper() or ("-" in name and any(map(str.isdigit, name)))


def _is_time(read: Prose, at: int) -> bool:
    word = read.word(at)
    return (
        word[:1].isdigit()
        or word in ("total", "full", "entirety")
        or read.listed(at, "year_leads")
        or read.noun(at, "not_counted", "never_hit")
    )
