"""Everybody, nobody, everything: sizes that need no number."""

from __future__ import annotations

from pmlint.reading.befalling import (
    ABLE,
    BEFELL,
    NEAR,
    WHO,
    came_to_pass,
    clause_end,
    damaged_elsewhere,
    failed_near,
    handled,
    hits,
    suffers,
)
from pmlint.reading.hedges import of_affected
from pmlint.reading.prose import Prose

EVERYTHING = ("people", "work", "machines")
"""The lists of nouns that can be hit."""
_NO_HARM = frozenset(("longer", "access", "data", "way", "monitoring"))
_OURSELVES = frozenset(
    ("team", "engineer", "engineers", "worked", "helped", "joined", "involved", "contributed")
)
_NOT = frozenset(("not", "weren't", "wasn't", "aren't", "didn't"))
_PRONOUNS = frozenset(("us", "them", "it", "these", "those"))


def all_or_none(read: Prose, index: int, labelled: bool = False) -> int | None:
    """The last token of a universal statement that starts at ``index``, else None.

    Under a label that asks who was hit (``labelled``) what befell them need not be a known damage.
    """
    word = read.word(index)
    if word in _READERS:
        last = _READERS[word](read, index, labelled)
        if last is not None:
            return last
    if word in read.words["total"] or word.endswith("-wide"):
        last = _total_outage(read, index)
        if last is not None:
            return last
    if word in read.words["totally"]:
        return _totally_gone(read, index)
    if word in read.words["ledgers"] or (word == "production" and read.word(index - 1) == "block"):
        return _ledger_halts(read, index)
    if word in _NOT:
        return _not_hit(read, index)
    return None


def _everyone(read: Prose, index: int, labelled: bool) -> int | None:
    if not _OURSELVES.isdisjoint([*read.after(index, 4), *read.before(index, 6)]):
        return None
    return index if hits(read, index, index, labelled) else None


def _anyone(read: Prose, index: int, labelled: bool) -> int | None:
    barred = not read.words["negations"].isdisjoint(read.before(index, 8))
    aimed = read.listed(index - 1, "before_all") or read.word(index - 1) == "for"
    met = failed_near(read, index + 1, index + NEAR + 4) or suffers(read, index)
    if met or (barred and read.word(index - 1) in ("by", "for", "to")):
        return index
    if "no" in read.before(index, 3) and read.word(index - 1) == "for":
        # "there was no service for anybody"
        return index
    return index if (barred or aimed) and read.damaged(index) else None


def _anything(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "could not sell anything" or "do a thing", but not "could not find anything"."""
    if read.word(index) == "thing" and read.word(index - 1) != "a":
        return None
    before = read.before(index, 5)
    if not read.words["probed"].isdisjoint(before):
        return None
    barred = {"not", "couldn't", "unable", "cannot"}.intersection(before)
    return (
        index if barred and not {"could", "couldn't", "unable", "able"}.isdisjoint(before) else None
    )


def _nothing(read: Prose, index: int, labelled: bool) -> int | None:
    after = read.after(index, 3)
    if "wrong" in after or not read.words["probed"].isdisjoint(after):
        return None
    if read.listed(index + 1, "worked"):
        harmless = read.tells_damage(read.word(index + 2)) and damaged_elsewhere(read, index)
        return None if harmless else index
    return index if read.listed(index - 1, "serving", "gained") else None


def _exception(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "users, without exception, were …"."""
    if read.word(index - 1) != "without" or not read.noun(index - 2, "people"):
        return None
    return index if suffers(read, index) or read.damaged(index) else None


def _whoever(read: Prose, index: int, labelled: bool) -> int | None:
    near = failed_near(read, index - NEAR, index + NEAR)
    return index if near or read.damaged(index) else None


def _single(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "not a single order" or "could not open even a single page"."""
    if read.words["negations"].isdisjoint(read.before(index, 8)):
        return None
    last = read.noun_behind(index, "people", "reach", "work", "machines")
    return None if last is None or read.noun(last, "never_hit") else last


def _not_hit(read: Prose, index: int) -> int | None:
    """Such as "not one order came in", or "customers were not affected"."""
    if read.word(index + 1) == "a" and read.word(index + 2) in ("soul", "person", "thing"):
        return index + 2
    if read.word(index + 1) in ("visible", "noticeable", "noticed", "felt"):
        # "not visible to users"
        return read.noun_behind(index + 2, "people")
    if read.word(index + 1) == "one":
        return _single(read, index + 1, labelled=False)
    hit = read.listed(index + 1, "struck") or read.word(index + 1) == "notice"
    if read.word(index + 1) in ("experience", "see", "suffer"):
        hit = not read.words["unhurt"].isdisjoint(read.after(index + 1, 3))
    at = index - 1 - (read.word(index) == "not")
    if not hit or not read.noun(at, "people"):
        return None
    while read.word(at - 1) in ("our", "the", "end", "external") and read.joined(at):
        at -= 1
    return index + 1 if not read.joined(at) or read.gap(at).strip() == "," else None


def _entire(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "the entire platform was down" or "lost as a whole"."""
    if read.word(index - 1) in ("a", "its", "their") and not read.words["gone"].isdisjoint(
        [*read.before(index, NEAR), *read.after(index, 2)]
    ):
        return index
    if read.listed(index + 1, "never_hit") and not read.noun(index + 1, *EVERYTHING):
        return None
    last = read.noun_behind(index, "people", "work", "machines", "wholes")
    if last is not None:
        if read.word(last) == "team":
            return last if read.harmed_near(last + 1, last + 2) else None
        if read.damaged(index):
            return last
    else:
        last = _any_noun(read, index)
    if last is None or handled(read, index, last):
        return None
    struck = failed_near(read, last + 1, last + 4) or (labelled and "no" in read.after(last, 2))
    return last if struck else None


def _complete(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "the complete platform was down"."""
    if "," in read.gap(index + 1):
        # "in total, the site was down twice"
        return None
    last = read.noun_behind(index, "wholes")
    if last is not None and read.word(index) == "total" and read.word(last).endswith("s"):
        # "total servers down: 41"
        return None
    if last is not None and not read.listed(last + 1, "stops", "gone") and read.joined(last + 1):
        # "the full API surface was", but not "the full page cache was"
        last = None if read.word(last + 1) != "surface" else last + 1
    if last is None:
        return None
    return (
        last if failed_near(read, last + 1, last + 3) or "down" in read.before(index, 2) else None
    )


def _both(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "both of our servers"; "both users and staff" are no two things."""
    last = read.noun_behind(index, "machines")
    if last is None or not read.word(last).endswith("s") or read.word(last + 1) in ("and", "or"):
        return None
    return last if hits(read, index, last) else None


def _nobody(read: Prose, index: int, labelled: bool) -> int | None:
    """ "Nobody could …" was hit; "nobody was paged" tells of those who repair."""
    after = read.after(index, 6)
    done = after[1] if after[:1] == ["had"] and after[1:] else ""
    gained = done in read.words["worked"] and done not in read.words["acts"]
    if done.endswith("ed") and not gained:
        # "no one had added the host to monitoring" is a cause
        return None
    if not _AT_LAST.isdisjoint(after) and read.listed(index + 1, "noticing"):
        return None
    if {"to", "blame"}.issubset(after):
        return None
    if after[:2] == ["of", "us"] or after[1:2] in (["hurt"], ["harmed"], ["injured"]):
        return None
    if not read.words["unaware"].isdisjoint(after) or not _OURSELVES.isdisjoint(after[:4]):
        return None
    if after[:1] == ["else"] or (read.listed(index + 1, "noticing") and "that" in after):
        return None
    if after[:1] == ["outside"]:
        return index if not read.words["noticing"].isdisjoint(after) else None
    acts = any(word in ABLE or word in read.words["worked"] for word in after)
    acts = acts or (labelled and any(word.endswith("ed") for word in after[:2]))
    return index if acts or read.listed(index + 1, "noticing") else None


_AT_LAST = frozenset(
    ("until", "till", "first", "initially", "immediately", "sooner", "because", "since")
)
"""Nobody noticed it then, but later."""


def _all_of(read: Prose, index: int, labelled: bool) -> int | None:
    word, following = read.word(index), read.word(index + 1)
    if read.word(index - 1) == "of" and read.listed(index - 2, "parts"):
        # "a fifth of all parcels"
        return None
    above = (following == "of") + 1
    if [read.word(index + above), read.word(index + above + 1)] == ["the", "above"]:
        return None
    if _tries(read, index + 1) or _never(read, index):
        return None
    if "," in read.gap(index + 1) and read.word(index - 1) in ("of", "after", "above"):
        # "first of all, …"
        return None
    if read.listed(index + 1, "gone", "struck") and read.word(index - 1) != "not":
        # "Customers: all affected", "they were all down"
        ends = not read.joined(index + 2) or read.listed(index + 2, "stops")
        return index + 1 if ends and word == "all" else None
    if word == "each" and following == "and":
        return None
    if read.listed(index + 1, "nth"):
        return None
    if following == "over" and read.word(index + 3) in ("world", "country", "globe"):
        return index + 3 if failed_near(read, index + 4, index + NEAR) else None
    if following == "one" and read.word(index + 2) == "of":
        # "every one of our customers", "every one of you"
        if read.word(index + 3) in ("you", "them", "us"):
            return index + 3 if failed_near(read, index + 4, index + NEAR) else None
        last = read.noun_behind(index + 1, *EVERYTHING)
        return last if last is not None and hits(read, index, last, labelled) else None
    if following == "others" or (following == "of" and read.word(index + 2) == "whose"):
        return None
    if following == "without" and read.word(index + 2).startswith("exception"):
        return index + 2 if read.damaged(index) else None
    if following == "of" and read.word(index + 2) in _PRONOUNS:
        # "Teachers and pupils, all of them, were locked out."
        if read.word(index + 3) in ("have", "has", "caused", "made", "led", "meant"):
            return None
        near = read.damaged(index) or suffers(read, index) or read.listed(index - 1, "struck")
        return index + 2 if near and not read.listed(index - 1, "almost") else None
    if read.word(index - 1) in ("of", "to") and read.harmed_near(index - 4, index - 2):
        # "loss of all functionality"
        last = _any_noun(read, index)
        if last is not None:
            return None if handled(read, index, last) else last
    if word == "all" and following in ("were", "was", "are"):
        # "students and teachers, all were locked out"
        return index + 1 if read.harmed_near(index + 2, index + 4) else None
    if read.listed(index + 1, "never_hit") and not read.noun(index + 1, *EVERYTHING):
        return None
    last = read.noun_behind(index, *EVERYTHING)
    if last is not None and of_affected(read, index, last):
        return None
    if last is None and not read.joined(index + 1) and read.word(index - 1) in ("for", "to"):
        # "unreachable for all"
        return index if read.damaged(index) or failed_near(read, index - 4, index) else None
    if last is not None:
        return last if hits(read, index, last, labelled) else None
    last = _any_noun(read, index)
    if last is None:
        return None
    reach = 9 if read.word(last + 1) in WHO else 5 if read.listed(last + 1, "stops") else 2
    failed = labelled or failed_near(read, last + 1, last + reach)
    failed = failed or read.word(index - 1) in ("lost", "losing")
    failed = failed or (read.word(index - 1) == "for" and failed_near(read, index - 3, index - 2))
    return last if failed and hits(read, index, last, labelled) else None


def _tries(read: Prose, at: int) -> bool:
    """ "(Every) attempt to restart it failed" tells of the repair."""
    tried = read.word(at) in ("attempt", "attempts") and read.word(at + 1) == "to"
    return tried and read.listed(at + 2, "repairs")


def _never(read: Prose, index: int) -> bool:
    """ "At no point were all of them down"."""
    before = read.before(index, 5)
    return "no" in before and not _MOMENTS.isdisjoint(before)


_MOMENTS = frozenset(("point", "time", "moment", "stage"))


def _any_noun(read: Prose, index: int) -> int | None:
    """The noun of "all functionality" or "every feature", whatever it is that was hit."""
    at = index + 1 + (read.word(index + 1) == "of")
    at = read.behind(at)
    if (
        read.word(at) in BEFELL
        or not read.word(at)[:1].isalpha()
        or not read.joined(at)
        or "," in read.gap(at)
    ):
        return None
    if read.listed(at, "stops", "never_hit"):
        return None
    while read.joined(at + 1) and not read.listed(at + 1, "stops", "damage", "never_hit"):
        if (
            at >= index + 4
            or read.word(at + 1) in BEFELL
            or read.tells_damage(read.word(at + 1))
            or "," in read.gap(at + 1)
        ):
            break
        at += 1
    return None if read.listed(at, "never_hit") or read.noun(at, "never_hit") else at


def all_named(read: Prose, index: int) -> int | None:
    """A bare "All users" or "Everyone", as the answer to a label."""
    begins = not read.joined(index) or "," in read.gap(index)
    if read.word(index - 1) in ("the", "our"):
        begins = not read.joined(index - 1) or "," in read.gap(index - 1)
    told = read.sentence(index).words
    well = read.words["restored"].intersection(told)
    if not begins or (well and (well - _WELL_OR_NAMED or not _BEING.isdisjoint(told))):
        return None
    if not _OURSELVES.isdisjoint(read.after(index, 4)):
        return None
    if read.word(index) in ("everyone", "everybody", "everything"):
        ends = not read.joined(index + 1) or read.listed(index + 1, "places")
        following = read.word(index + 1)
        ends = ends or following in WHO or following == "behind" or following.endswith("ing")
        return index if ends else None
    if read.word(index) not in ("all", "every", "entire", "entirety", "whole"):
        return None
    last = _many(read, index)
    if last is None or read.joined(last + 1):
        named = read.noun_behind(index, "people", "work", "machines", "wholes")
        grouped = last is not None and _describes(read.word(last + 1))
        last = last if grouped or named is None else named
    if last is None or of_affected(read, index, last) or handled(read, index, last):
        return None
    if read.listed(last, "never_hit") and not read.noun(last, "people"):
        return None
    following = read.word(last + 1)
    ends = not read.joined(last + 1) or read.listed(last + 1, "places")
    return last if ends or _describes(following) else None


_WELL_OR_NAMED = frozenset(
    ("online", "up", "available", "complete", "working", "normal", "true", "done", "back")
)
"""These tell that all is well only behind a verb: "users of the online shop" were hit."""
_BEING = frozenset(("is", "are", "was", "were", "came", "went", "be", "been", "now"))


def _describes(word: str) -> bool:
    """The word goes on to say which they are: "carriers booking …", "users who …"."""
    return word in WHO or word.endswith("ing")


def _many(read: Prose, index: int) -> int | None:
    """The plural right behind "all", whatever it names: "All carriers using the portal"."""
    at = read.behind(index + 1, "of")
    plural = read.word(at).endswith("s") and not read.word(at).endswith("ss")
    listed = read.listed(at, "stops", "never_hit")
    return at if plural and read.joined(at) and not listed else None


def _any_of(read: Prose, index: int, labelled: bool) -> int | None:
    last = read.noun_behind(index, "people", "machines", "reach")
    if last is None:
        return None
    before = read.before(index, 8)
    if not read.words["negations"].isdisjoint(before) or ("no" in before and "access" in before):
        return last
    end = min(clause_end(read, last), last + NEAR + 2)
    if read.noun(last, "reach", "people") and (
        failed_near(read, last + 1, end)
        or not read.words["suffered"].isdisjoint(read.after(last, NEAR))
    ):
        return last
    aimed = read.word(index - 1) in ("for", "to", "affecting") and read.noun(last, "people")
    return last if aimed and read.damaged(index) else None


def _none_of(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "no users", "none of our customers" or "no user impact"."""
    at = index + 1
    if "," in read.gap(at):
        return None
    if read.word(at) == "way" and read.word(at + 1) == "for":
        # "there was no way for customers to pay", but not "to know in advance"
        last = read.noun_behind(at + 1, "people")
        if last is None or read.word(last + 1) != "to" or _learns(read, last + 2):
            return None
        return last
    if read.word(index - 1) == "at" and read.word(at) in _MOMENTS:
        return None
    if read.word(index) == "no" and read.word(at) == "one":
        return _nobody(read, at, labelled)
    if read.word(index) == "none" and read.word(at + 1) in _PRONOUNS:
        if handled(read, index, at + 1):
            return None
        return at + 1 if read.listed(at + 2, "worked") or read.word(at + 2) in ABLE else None
    left = {"left", "leaving", "leaves"}.intersection(read.before(index, 6))
    if read.word(index - 1) == "with" and not left and read.noun(index - 2, *EVERYTHING):
        # "users with no session" are a kind of users
        return None
    if read.word(index) == "none" and read.word(at) == "for" and not read.joined(index):
        return read.noun_behind(at, "people")
    if read.word(index) == "zero" and read.listed(at, "measures"):
        return at
    if read.word(index) == "zero" and read.word(index - 1) == "to":
        # "sales dropped to zero"
        counted = any(
            read.noun(low, *EVERYTHING, "measures") for low in range(max(0, index - 6), index - 1)
        )
        return index if counted and read.listed(index - 2, "turned") else None
    if read.listed(at, "struck") and read.noun(at + 1, "people"):
        # "there were no affected customers"
        return at + 1
    if read.listed(at, "graded"):
        # "no major impact" leaves room for some
        return None
    if not (read.words["unaware"] - {"picked"}).isdisjoint(read.after(index, 6)):
        return None
    at = read.behind(at, "of", "any")
    if _none_flows(read, at) or _none_could(read, at):
        return at
    if read.noun(at, "responders") and read.word(at + 1) == "could" and _searches(read, at + 2):
        return None
    if read.listed(at, "utilities") and read.word(index - 1) in ("was", "had", "were"):
        # "there was no service"
        return None if read.joined(at + 1) or read.word(at) in _NO_HARM else at
    if read.listed(at, "in_order"):
        # "no successful logins"
        return read.noun_behind(at, *EVERYTHING, "reach")
    for _ in range(4):
        if not read.word(at) or not read.joined(at) or "," in read.gap(at):
            return None
        if read.word(at) in _NO_HARM or read.word(at).endswith("ed"):
            return None
        if labelled and _stood_still(read, at):
            return at
        if read.noun(at, "reach") and (came_to_pass(read, at) or read.listed(index - 1, "serving")):
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
            acts = read.word(behind) in ABLE or read.word(behind).endswith("ed")
            if many or behind < 0 or acts:
                return at
            if not read.noun(behind, "reach"):
                return None
        at += 1
    return None


def _learns(read: Prose, at: int) -> bool:
    """ "(No way for users to) know" bars nobody from what they came for."""
    return read.listed(at, "unaware", "learns") or _searches(read, at)


def _stood_still(read: Prose, at: int) -> bool:
    """ "(No) trains ran", "(no) parcels left the depot"."""
    if not read.word(at).endswith("s") or read.noun(at, "sought", "never_hit", "responders"):
        return False
    moved = read.word(at + 1) == "left" or read.listed(at + 1, "worked")
    return moved and read.word(at + 1) not in ABLE and read.joined(at + 1)


def _none_flows(read: Prose, at: int) -> bool:
    """ "(No) package could be installed", "(no) logs were collected": nothing of it came about."""
    at = at if read.joined(at + 1) and read.word(at + 1) in ABLE else at + 1
    if not read.joined(at) or not read.joined(at + 1) or read.word(at) in _NO_HARM - {"data"}:
        return False
    if read.listed(at, "stops", "unaware", "graded") or read.noun(at, "sought"):
        return False
    if read.noun(at, "never_hit") and not read.noun(at, "kept", "work"):
        return False
    done = read.after(at, 4)
    if done[:2] == ["could", "be"]:
        return (
            bool(done[2:])
            and not read.tells_damage(done[2])
            and (read.words["probed"].isdisjoint(done[2:3]))
        )
    return done[:1] in (["was"], ["were"]) and not read.words["flowed"].isdisjoint(done[1:4])


def _none_could(read: Prose, at: int) -> bool:
    """ "(No) class could use the network", but not "(no) tool could explain it"."""
    if read.word(at + 1) != "could" or not read.joined(at + 1) or read.word(at + 2) == "be":
        return False
    idle = read.noun(at, "sought", "responders", "never_hit", "not_counted") or _searches(
        read, at + 2
    )
    return not idle and not read.listed(at, "stops")


def _searches(read: Prose, at: int) -> bool:
    """The verb is that of somebody who looks for a cause: "(no engineer could) explain it"."""
    return read.listed(at, "explains", "probed") or read.tells_damage(read.word(at))


def _across(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "services were interrupted across the board"."""
    across = (read.word(index - 2), read.word(index - 1)) == ("across", "the")
    return index if across and read.damaged(index) else None


def _on_users(read: Prose, at: int) -> bool:
    """Unless it says on what else: "no impact on stored data" speaks of no user."""
    if read.word(at + 1) not in ("on", "to", "for"):
        return True
    return read.noun_behind(at + 1, "people", "wholes", "work") is not None


def _total_outage(read: Prose, index: int) -> int | None:
    """Such as "complete outage" or "total loss"; "total downtime: 2 h" is only a sum."""
    lead = read.before(index, 3)
    if lead[:1] and lead[0] in ("was", "were") and not read.words["outages"].isdisjoint(lead):
        # "the outage was company-wide"
        return index
    if "no" in lead or not read.words["partial"].isdisjoint(lead):
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
            summed = read.word(index) == "total" and (
                read.word(at) == "downtime"
                or read.listed(at + 1, "sums")
                or read.gap(at + 1).strip()[:1] in (":", "=")
            )
            return None if summed else at
    return None


def _totally_gone(read: Prose, index: int) -> int | None:
    """Such as "completely down" or "went down entirely"."""
    before = read.before(index, 4)
    if "not" in before[:2] or "never" in before:
        return None
    for at in (index + 1, index + 2):
        if read.joined(at) and read.listed(at, "gone"):
            return at
    if read.word(index) in _PLACES and read.noun(index - 1, "people"):
        # "users worldwide could not connect"
        return index if failed_near(read, index + 1, index + 6) else None
    return index if not read.words["gone"].isdisjoint(before[:3]) else None


_PLACES = frozenset(("everywhere", "worldwide", "globally", "nationwide"))


def _ledger_halts(read: Prose, index: int) -> int | None:
    """Such as "the chain halted" or "the network came to a halt": nothing runs on it then."""
    at = index + 1
    while read.word(at) in ("to", "was", "is", "had", "has", "came", "a", "been", "completely"):
        at += 1
    return at if read.listed(at, "halts") and read.joined(at) else None


def _at_all(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "could not be reached at all", unless said of a part only."""
    if read.word(index + 1) != "all" or read.word(index + 2) in ("times", "hours", "costs"):
        return None
    partial = read.words["partial"] - {"not"}
    if not partial.isdisjoint(read.sentence(index).words):
        return None
    before = read.before(index, 12)
    reached = read.noun(index - 1, "reach") and "with" not in before[2:4]
    if "no" in before[1:3] and (reached or read.listed(index - 1, "utilities")):
        # "had no network at all", "served no traffic at all"
        return index + 1
    if before[1:3] == ["no", "with"]:
        return None
    barred = not read.words["negations"].isdisjoint(before)
    return index + 1 if barred else None


def _whatsoever(read: Prose, index: int, labelled: bool) -> int | None:
    """Such as "no access whatsoever"."""
    before = read.before(index, 12)
    barred = "no" in before or not read.words["negations"].isdisjoint(before)
    partial = (read.words["partial"] - {"not"}).isdisjoint(read.sentence(index).words)
    return index if barred and partial and read.words["unhurt"].isdisjoint(before) else None


_READERS = {
    **dict.fromkeys(("all", "every", "each"), _all_of),
    **dict.fromkeys(("no", "none", "zero", "neither"), _none_of),
    **dict.fromkeys(
        ("everyone", "everybody", "everything", "everyone's", "everybody's"), _everyone
    ),
    **dict.fromkeys(("anyone", "anybody"), _anyone),
    **dict.fromkeys(("nobody", "no-one", "noone", "nobody's"), _nobody),
    **dict.fromkeys(("entire", "whole", "entirety"), _entire),
    **dict.fromkeys(("complete", "full", "total"), _complete),
    "any": _any_of,
    "anything": _anything,
    "at": _at_all,
    "board": _across,
    "thing": _anything,
    "both": _both,
    "exception": _exception,
    "nothing": _nothing,
    "single": _single,
    "whatsoever": _whatsoever,
    "whoever": _whoever,
}
