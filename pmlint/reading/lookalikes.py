"""Numbers that look like figures and are none: names, years, settings, thresholds."""

from __future__ import annotations

import re

from pmlint.reading.numerals import is_small, percent_end
from pmlint.reading.prose import Prose

_FAR = 20
"""How many words away "would have" makes a number one that was only feared."""
_SUPPOSING = frozenset(("should", "unless", "if"))
_CONDITIONS = frozenset(("with", "had", "have", "has", "having", "of"))
_COMPARATIVES = ("more", "fewer", "less", "longer", "larger")
_TURNS = frozenset(("and", "but", "while", "so"))
_RELATIVES = frozenset(("that", "which", "who"))
_OWN = frozenset(("its", "the", "our", "their", "all"))
_ANY = frozenset(("a", "an", "any", "every"))
_POINTING = frozenset(("that", "this", "one", "each", "every", "per"))
_SIZES = frozenset(("vcpu", "vcpus", "cpu", "cpus", "core", "cores", "gig"))
_WHENEVER = frozenset(("when", "if", "once", "whenever"))


def is_name(read: Prose, index: int, match: re.Match[str]) -> bool:
    """The number names something: a ticket, a status, a port, a version, a year."""
    start = read.tokens[index].start
    if read.text[start - 1 : start] == "+" and read.text[max(0, start - 2)].isalnum():
        # "an N+1 query"
        return True
    if read.text[max(0, start - 2) : start].endswith(("#", "=", '="', "='", "/", ".", "@")):
        return True
    if _is_status(read, index, match):
        return True
    apart = not read.joined(index) or "," in read.gap(index)
    if not apart and (read.listed(index - 1, "naming") or _numbers_one(read, index, match)):
        return not percent_end(read, index, match)
    return _is_year(read, index, match["low"])


def _numbers_one(read: Prose, index: int, match: re.Match[str]) -> bool:
    """ "Broker 3", "ring 2"; but not "on that host 12 users"."""
    word = read.word(index - 1)
    short = len(match["low"]) < 3 and not match["unit"] and not match["high"]
    return short and word in read.words["elements"] and read.word(index - 2) not in _POINTING


def _is_status(read: Prose, index: int, match: re.Match[str]) -> bool:
    """An HTTP status: "503s", "a 404 page", "returned 500"."""
    if match["low"] not in read.words["http_codes"] or match["high"]:
        return False
    behind = read.word(index + 1).split("-", 1)[0]
    if match["unit"] == "s" or behind in read.words["http_nouns"]:
        return True
    if read.word(index - 1) in ("and", "or") and read.listed(index - 2, "http_codes"):
        return True
    if "http" in read.before(index, 2):
        return True
    ends = read.listed(index + 1, "stops") or not read.joined(index + 1)
    return ends and read.listed(index - 1, "answers")


def _is_year(read: Prose, index: int, value: str) -> bool:
    """ "In 2024", "on May 4, 2024"."""
    if not (len(value) == 4 and value.isdigit() and 1990 <= int(value) <= 2040):
        return False
    day = read.word(index - 1)[:1].isdigit() and read.listed(index - 2, "year_leads")
    return day or read.listed(index - 1, "year_leads")


def is_supposed(read: Prose, index: int) -> bool:
    """It did not happen: "it should give forty", "unless two nodes agree"."""
    if not _SUPPOSING.isdisjoint(read.before(index, 3)):
        return True
    if "would" not in read.sentence(index).words:
        return False
    low, high = read.sentence(index).tokens
    return any(
        read.word(at) == "would" and "have" in (read.word(at + 1), read.word(at + 2))
        for at in range(max(low, index - _FAR), min(high, index + _FAR))
    )


def is_of_any(read: Prose, index: int) -> bool:
    """ "A letter that comes two days late is of no use" tells of no certain letter."""
    low = read.sentence(index).tokens[0]
    for at in range(index - 1, max(low, index - 6) - 1, -1):
        if "," in read.gap(at + 1) or not read.joined(at + 1):
            return False
        if read.word(at) in _RELATIVES:
            verb = read.word(at + 1)
            present = verb.endswith("s") and verb not in ("was", "has")
            return present and any(word in _ANY for word in read.before(at, 3))
    return False


def is_customary(read: Prose, index: int) -> bool:
    """What is normal, before any other number: "the usual latency is 200 ms"."""
    customary = read.words["customary"]
    if read.gap(index) == ": " and read.word(index - 1) in customary:
        # "(normal: 60)"
        return True
    for word in read.before(index, 5):
        if word[0].isdigit():
            return False
        if word in customary:
            return True
    return False


def is_condition(read: Prose, index: int) -> bool:
    """ "Requests with more than 1,000 items" are a kind of request."""
    if read.word(index - 1) not in ("than", "over"):
        return False
    lead = index - 2 - (read.word(index - 2) in _COMPARATIVES)
    if read.word(lead) == "of" and not read.noun(lead - 1, "people", "work"):
        # "the data of over 2,000 patients"
        return not any(read.noun(at, "people") for at in range(index + 1, index + 4))
    if read.word(lead - 1) in _RELATIVES and read.noun(lead - 2, "people"):
        # "clients that send more than 10 calls per second"
        return not (read.tells_damage(read.word(lead)) or read.listed(lead, "struck", "gone"))
    return read.word(lead) in _CONDITIONS


def is_threshold(read: Prose, index: int) -> bool:
    """The number is what an alert waits for: "it fires when more than 5% of requests fail"."""
    lead, alarms = read.before(index, 7), read.words["alarms"]
    if alarms.isdisjoint(lead):
        return False
    if not _WHENEVER.isdisjoint(lead):
        return True
    if lead[0] == "after" and lead[1:2] and lead[1] in alarms:
        # "it alarms after 4 misses"
        return True
    if not (lead[0] in ("at", "beyond") or lead[0] in read.words["limits"]):
        return False
    if lead[1:2] in (["for"], ["on"], ["by"]):
        # "alerts fired for over 200 hosts" tells of the hosts
        return False
    # "alerts fired late, and over 200 hosts were lost" goes on to tell of the hosts
    turns = (at for at in range(len(lead)) if lead[at] in _TURNS or "," in read.gap(index - at))
    return not alarms.isdisjoint(lead[: next(turns, None)])


def is_capacity(read: Prose, index: int) -> bool:
    """A limit, a size, a version, or what it took to repair, is no count of what was hit."""
    _, dot, decimals = read.tokens[index].lower.partition(".")
    if dot and decimals.isdigit() and len(decimals) != 3:
        return not read.listed(index + 1, "scales")
    if read.word(index - 1) in ("of", "is", "was", "at"):
        composed = read.listed(index - 2, "composed") and not read.damaged_near(index - 6, index)
        if composed or read.listed(index - 2, "capacities"):
            return True
    if read.word(index - 1) in ("in", "into") and read.listed(index - 2, "arranged"):
        return True
    if read.word(index - 1) == "of" and read.listed(index - 2, "works_of"):
        # "during the update of 5,200 gateways"
        return True
    before = read.before(index, 3)
    if before and before[0] in read.words["ranked"]:
        return True
    if before[:1] == ["every"]:
        # "it asks every 10 blocks"
        return True
    if before[:1] in (["from"], ["to"]) and read.among("settings", read.before(index, 8)):
        # "we raised the limit of the queue from 10,000 to 50,000 messages"
        return True
    if "between" in before[:2] and is_small(read, index):
        # "the link between the two units"
        return True
    if before[:1] == ["for"] and read.among("licensed", read.before(index, 6)):
        # "our licence is for 250 sessions"
        return True
    used_up = before[1:] == ["of", "out"] or read.among("exhausting", before[1:2])
    if used_up and before[0] in _OWN:
        # "it ran out of its 100 connections"
        return True
    if read.word(index + 1) in _SIZES:
        # "the 2 vCPU instances"
        return True
    if before[:1] in (["to"], ["at"]) and read.among("bounded", before):
        # "capped at 10 instances", but not "the impact was limited to 3 customers"
        lead = read.before(index, 7)
        return not (read.among("troubles", lead) or any(map(read.tells_damage, lead)))
    # "the repair took three attempts", but not "it took down two sites"
    took = is_small(read, index) and read.among("required", before)
    # "it took 3 of 5 nodes down", but "a quorum needs 3 of 5 nodes"
    whole = read.word(index + 1) != "of" or (before[:1] != [] and before[0] in read.words["needs"])
    return took and whole and not read.among("gone", before)
