"""A complete outage: "total loss", "went down entirely", "the chain halted", "at all"."""

from __future__ import annotations

from pmlint.reading.befalling import BEFELL, failed_near
from pmlint.reading.prose import Prose


def complete(read: Prose, index: int) -> int | None:
    """Such as "the complete platform was down"."""
    if "," in read.gap(index + 1):
        # "in total, the site was down twice"
        return None
    last = read.noun_behind(index, "wholes")
    if last is None or (read.word(index) == "total" and read.word(last).endswith("s")):
        # "total servers down: 41"
        return None
    went = read.word(last + 1) in BEFELL
    if read.joined(last + 1) and not went and not read.listed(last + 1, "stops", "gone"):
        # "the full API surface was", but not "the full page cache was"
        if read.word(last + 1) != "surface":
            return None
        last += 1
    down = failed_near(read, last + 1, last + 3) or "down" in read.before(index, 2)
    return last if down else None


def total_outage(read: Prose, index: int) -> int | None:
    """Such as "complete outage" or "total loss"; "total downtime: 2 h" is only a sum."""
    lead = read.before(index, 3)
    met = read.among("outages", lead) or "impact" in lead
    if lead[:1] in (["was"], ["were"]) and met and not read.listed(index + 1, "sums"):
        # "the outage was company-wide", but not "was total luck"
        further = read.joined(index + 1) and not read.listed(index + 1, "stops")
        return None if further else index
    if "no" in lead or read.among("partial", lead):
        return None
    if lead[:1] == ["the"] and lead[1:2] and lead[1] in ("throughout", "during", "for", "of"):
        # "throughout the entire outage"
        return None
    if read.word(index).endswith("-wide"):
        # "company-wide e-mail was down"
        last = read.noun_behind(index, "utilities", "wholes")
        if last is not None and failed_near(read, last + 1, last + 3):
            return last
    for at in range(index + 1, index + 5):
        if not read.word(at) or not read.joined(at) or read.listed(at, "stops"):
            return None
        if read.listed(at, "outages"):
            averted = read.among("averting", read.after(at, 6))
            return None if averted or _is_sum(read, index, at) or _hits_some(read, at) else at
    return None


def _hits_some(read: Prose, outage: int) -> bool:
    """ "(A complete loss of) service hit a number of clients", "(a full) outage of some shops"."""
    return any(
        read.listed(at, "some") or (read.word(at), read.word(at + 1)) == ("number", "of")
        for at in range(outage + 1, outage + 1 + len(read.after(outage, 7)))
    )


def _is_sum(read: Prose, index: int, at: int) -> bool:
    """ "Total downtime", "total outage minutes", "total outage: 40 min"."""
    if read.word(index) != "total":
        return False
    if read.word(at) == "downtime" or read.listed(at + 1, "sums"):
        return True
    return read.gap(at + 1).strip()[:1] in (":", "=")


def totally_gone(read: Prose, index: int) -> int | None:
    """Such as "completely down" or "went down entirely"."""
    before = read.before(index, 4)
    if "not" in before[:2] or "never" in before:
        return None
    for at in (index + 1, index + 2):
        if read.joined(at) and read.listed(at, "gone"):
            return at
    if read.listed(index, "worldwide") and read.noun(index - 1, "people"):
        # "users worldwide could not connect"
        return index if failed_near(read, index + 1, index + 6) else None
    return index if read.among("gone", before[:3]) else None


def ledger_halts(read: Prose, index: int) -> int | None:
    """Such as "the chain halted" or "the network came to a halt": nothing runs on it then."""
    at = index + 1
    while read.word(at) in ("to", "was", "is", "had", "has", "came", "a", "been", "completely"):
        at += 1
    return at if read.listed(at, "halts") and read.joined(at) else None


def across(read: Prose, index: int) -> int | None:
    """Such as "services were interrupted across the board"."""
    across = (read.word(index - 2), read.word(index - 1)) == ("across", "the")
    return index if across and read.damaged(index) else None


def at_all(read: Prose, index: int) -> int | None:
    """Such as "could not be reached at all", unless said of a part only."""
    if read.word(index + 1) != "all" or read.word(index + 2) in ("times", "hours", "costs"):
        return None
    if _is_partial(read, index) or read.listed(index - 1, "struck"):
        # "telephones were not affected at all"
        return None
    before = read.before(index, 12)
    reached = read.noun(index - 1, "reach") and "with" not in before[2:4]
    if "no" in before[1:3] and (reached or read.listed(index - 1, "utilities")):
        # "had no network at all", "served no traffic at all"
        return index + 1
    if before[1:3] == ["no", "with"]:
        return None
    return index + 1 if read.among("negations", before) else None


def whatsoever(read: Prose, index: int) -> int | None:
    """Such as "no access whatsoever"."""
    before = read.before(index, 12)
    if read.among("unhurt", before) or _is_partial(read, index):
        return None
    return index if "no" in before or read.among("negations", before) else None


def _is_partial(read: Prose, index: int) -> bool:
    """The sentence speaks of a part only."""
    return bool(read.words["partial"].intersection(read.sentence(index).words) - {"not"})
