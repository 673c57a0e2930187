"""Everybody, nobody, everything: sizes that need no number."""

from __future__ import annotations

from pmlint.reading.prose import Prose

EVERYTHING = ("people", "work", "machines")
"""The lists of nouns that can be hit."""

_ABLE = frozenset(("could", "can", "was", "were", "had", "is", "has"))
_NO_HARM = frozenset(("longer", "access", "data", "way", "monitoring"))
_NEAR = 8
"""How many words away the damage may stand from whom it hit."""


def all_or_none(read: Prose, index: int) -> int | None:
    """The last token of a universal statement that starts at ``index``, else None."""
    word = read.word(index)
    if word in ("all", "every", "each"):
        return _all_of(read, index)
    if word == "any":
        return _any_of(read, index)
    if word in ("no", "none", "zero", "neither"):
        return _none_of(read, index)
    if word == "nothing":
        return index if read.word(index + 1) in read.words["worked"] else None
    if word in ("everyone", "everybody", "everything"):
        return index if _hits(read, index, index) else None
    if word in ("anyone", "anybody"):
        barred = not read.words["negations"].isdisjoint(read.before(index, 8))
        aimed = read.listed(index - 1, "before_all") or read.word(index - 1) == "for"
        met = read.harmed_near(index + 1, index + _NEAR)
        reached = barred and read.word(index - 1) in ("by", "for", "to")
        hit = met or reached or ((barred or aimed) and read.damaged(index))
        return index if hit else None
    if word in ("nobody", "no-one"):
        noticed = read.listed(index + 1, "noticing")
        return index if noticed or read.word(index + 1) in _ABLE else None
    if word in ("entire", "whole") and read.damaged(index):
        last = read.noun_behind(index, "people", "work", "machines", "wholes")
        if last is not None and read.word(last) != "team":
            return last
    if word in read.words["total"]:
        return _total_outage(read, index)
    if word in read.words["totally"]:
        return _totally_gone(read, index)
    if word in read.words["ledgers"] or (word == "production" and read.word(index - 1) == "block"):
        return _ledger_halts(read, index)
    if word == "at" and read.word(index + 1) == "all":
        return _at_all(read, index)
    return None


def _handled(read: Prose, first: int, last: int) -> bool:
    """Somebody repaired, ran or told what stands there, or apologised to them."""
    if not read.words["regrets"].isdisjoint(read.sentence(first).words):
        return True
    if read.word(first) == "everything" and read.word(first + 1) in ("that", "we"):
        return True
    done = {*read.before(first, 3), *read.after(last, 4)}
    return not read.words["handling"].isdisjoint(done)


def _hits(read: Prose, first: int, last: int) -> bool:
    """What stands from ``first`` to ``last`` is what was hit, not what was handled."""
    if read.listed(first - 1, "almost") or _handled(read, first, last):
        return False
    low, high = read.sentence(first).tokens
    if read.harmed_near(last + 1, min(last + _NEAR, high - 1)):
        return True
    before = read.word(first - 1)
    harming = before.endswith("ing") and read.tells_damage(before)
    aimed = read.joined(first) and (harming or before in read.words["before_all"])
    return aimed and read.harmed_near(max(low, first - _NEAR), first)


def _all_of(read: Prose, index: int) -> int | None:
    last = read.noun_behind(index, *EVERYTHING)
    if last is None and not read.joined(index + 1) and read.word(index - 1) in ("for", "to"):
        # "unreachable for all"
        return index if read.damaged(index) else None
    if last is not None:
        return last if _hits(read, index, last) else None
    last = _any_noun(read, index)
    reach = 5 if last is not None and read.listed(last + 1, "stops") else 2
    failed = last is not None and read.harmed_near(last + 1, last + reach)
    return last if last is not None and failed and _hits(read, index, last) else None


def _any_noun(read: Prose, index: int) -> int | None:
    """The noun of "all functionality" or "every feature", whatever it is that was hit."""
    at = index + 1 + (read.word(index + 1) == "of")
    while read.listed(at, "determiners"):
        at += 1
    if not read.word(at)[:1].isalpha() or not read.joined(at) or "," in read.gap(at):
        return None
    if read.listed(at, "stops", "never_hit"):
        return None
    while read.joined(at + 1) and not read.listed(at + 1, "stops", "damage", "never_hit"):
        if at >= index + 4 or read.tells_damage(read.word(at + 1)) or "," in read.gap(at + 1):
            break
        at += 1
    return None if read.listed(at, "never_hit") or read.noun(at, "never_hit") else at


def all_named(read: Prose, index: int) -> int | None:
    """A bare "All users" or "Everyone", as the answer to a label."""
    if read.joined(index) or not read.words["restored"].isdisjoint(read.sentence(index).words):
        return None
    if read.word(index) in ("everyone", "everybody", "everything"):
        return index if not read.joined(index + 1) else None
    if read.word(index) not in ("all", "every", "entire"):
        return None
    last = read.noun_behind(index, "people", "work", "machines", "wholes")
    if last is None or read.listed(last, "never_hit"):
        return None
    ends = not read.joined(last + 1) or read.listed(last + 1, "places")
    return last if ends else None


def _any_of(read: Prose, index: int) -> int | None:
    last = read.noun_behind(index, "people", "machines", "reach")
    if last is None:
        return None
    if not read.words["negations"].isdisjoint(read.before(index, 8)):
        return last
    if read.noun(last, "reach", "people") and read.damaged_near(last + 1, last + _NEAR):
        return last
    aimed = read.word(index - 1) in ("for", "to", "affecting") and read.noun(last, "people")
    return last if aimed and read.damaged(index) else None


def _none_of(read: Prose, index: int) -> int | None:
    """Such as "no users", "none of our customers" or "no user impact"."""
    at = index + 1
    if read.word(index) == "no" and read.word(at) == "one":
        return at if read.word(at + 1) in _ABLE else None
    while read.word(at) in ("of", "any") or read.listed(at, "determiners"):
        at += 1
    for _ in range(4):
        if not read.word(at) or not read.joined(at):
            return None
        if read.word(at) in _NO_HARM or read.word(at).endswith("ed"):
            return None
        if read.noun(at, "reach") and _came_to_pass(read, at):
            return at
        if read.listed(at + 2, "unhurt") and read.word(at + 1) in ("facing", "visible"):
            return at + 2
        if read.listed(at, "stops") and read.word(at) != "nor":
            return None
        if read.word(index) == "none" and read.noun(at, "reach", "machines"):
            return at
        if read.listed(at, "unhurt"):
            return at if _on_users(read, at) else None
        if read.noun(at, "people"):
            behind = at + 1 if read.joined(at + 1) else -1
            if read.listed(behind, "unhurt"):
                return behind
            # "no validator bond" speaks of bonds.
            many = read.word(at).endswith("s") or read.listed(at, "uncountable")
            return at if many or behind < 0 or read.word(behind) in _ABLE else None
        at += 1
    return None


def _on_users(read: Prose, at: int) -> bool:
    """Unless it says on what else: "no impact on stored data" speaks of no user."""
    if read.word(at + 1) not in ("on", "to", "for"):
        return True
    return read.noun_behind(at + 1, "people", "wholes", "work") is not None


def _came_to_pass(read: Prose, noun: int) -> bool:
    """What did not happen to the noun: "(no) orders could be placed"."""
    for at in range(noun + 1, noun + 3):
        word = read.word(at)
        if not read.joined(at) or read.word(at - 1) in ("to", "for", "about"):
            return False
        if word in _ABLE or word in read.words["worked"] or word.endswith("ed"):
            return True
    return False


def _total_outage(read: Prose, index: int) -> int | None:
    """Such as "complete outage" or "total loss"; "total downtime: 2 h" is only a sum."""
    lead = read.before(index, 3)
    if "no" in lead or not read.words["partial"].isdisjoint(lead):
        return None
    for at in range(index + 1, index + 5):
        if not read.word(at) or not read.joined(at) or read.listed(at, "stops"):
            return None
        if read.listed(at, "outages"):
            summed = read.word(index) == "total" and (
                read.word(at) == "downtime"
                or read.listed(at + 1, "sums")
                or read.gap(at + 1).strip()[:1] in (":", "=")
            )
            return None if summed else at
    return None


def _totally_gone(read: Prose, index: int) -> int | None:
    """Such as "completely down" or "went down entirely"."""
    before = read.before(index, 2)
    if "not" in before or "never" in before:
        return None
    for at in (index + 1, index + 2):
        if read.joined(at) and read.listed(at, "gone"):
            return at
    return index if not read.words["gone"].isdisjoint(before) else None


def _ledger_halts(read: Prose, index: int) -> int | None:
    """Such as "the chain halted" or "the network came to a halt": nothing runs on it then."""
    at = index + 1
    while read.word(at) in ("to", "was", "is", "had", "has", "came", "a", "been", "completely"):
        at += 1
    return at if read.listed(at, "halts") and read.joined(at) else None


def _at_all(read: Prose, index: int) -> int | None:
    """Such as "could not be reached at all", unless said of a part only."""
    partial = read.words["partial"] - {"not"}
    if not partial.isdisjoint(read.sentence(index).words):
        return None
    barred = not read.words["negations"].isdisjoint(read.before(index, 12))
    return index + 1 if barred else None
