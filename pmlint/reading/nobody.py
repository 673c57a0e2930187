"""Nobody and nothing: "no orders came in", "nobody could log in", "could not sell anything".

Most of these tell that all were hit, and some ("no user impact") that none was.
"""

from __future__ import annotations

from itertools import pairwise

from pmlint.reading.befalling import (
    ABLE,
    NEAR,
    PRONOUNS,
    came_to_pass,
    clause_end,
    damaged_elsewhere,
    damaged_further,
    failed_near,
    handled,
    suffers,
)
from pmlint.reading.prose import EVERYTHING, Prose

_BARRED = frozenset(("not", "couldn't", "unable", "cannot"))
_COULD = frozenset(("could", "couldn't", "unable", "able"))
_JOINING = frozenset(("and", "or"))
_NONE = frozenset(("none", "nobody"))
_LEFT = frozenset(("left", "leaving", "leaves"))
_AT_LAST = frozenset(
    ("until", "till", "first", "initially", "immediately", "sooner", "because", "since")
)
"""Nobody noticed it then, but later."""
_BILLED = (("charged", "for"), ("billed", "for"))
_KIND = 14
"""How many words before a verb "who" may say of which people it tells."""
_LONGEST_NOUN = 4
"""How many words behind "no" may belong to what there was none of."""


def nobody(read: Prose, index: int) -> int | None:
    """ "Nobody could …" was hit; "nobody was paged" tells of those who repair."""
    after = read.after(index, 6)
    if _is_cause(read, after) or _is_of_ourselves(read, after) or _is_of_a_thing(read, index):
        return None
    if read.listed(index - 1, "admits"):
        # "it let nobody in"
        return index
    notices = read.listed(index + 1, "noticing")
    if notices and (not _AT_LAST.isdisjoint(after) or "that" in after):
        return None
    if after[:1] == ["outside"]:
        return index if read.among("noticing", after) else None
    acts = any(word in ABLE or word in read.words["worked"] for word in after)
    acts = acts or (read.labelled and any(word.endswith("ed") for word in after[:2]))
    return index if acts or notices else None


def _is_cause(read: Prose, after: list[str]) -> bool:
    """ "No one had added the host to monitoring" is a cause; "had received mail" is none."""
    done = after[1] if after[:1] == ["had"] and after[1:] else ""
    gained = done in read.words["worked"] and done not in read.words["acts"]
    return done.endswith("ed") and not gained


def _is_of_ourselves(read: Prose, after: list[str]) -> bool:
    """It tells of those who repair, or that no one came to harm."""
    if {"to", "blame"}.issubset(after) or after[:1] == ["else"]:
        return True
    if after[:2] == ["of", "us"] or after[1:2] in (["hurt"], ["harmed"], ["injured"]):
        return True
    if after[:1] in (["was"], ["is"]) and read.among("attends", after[1:2]):
        # "nobody was at the site"
        return True
    return read.among("unaware", after) or read.among("ourselves", after[:4])


def _is_of_a_thing(read: Prose, index: int) -> bool:
    """ "It went to a mailbox nobody could open" tells which; "on that day nobody could" when."""
    named = read.listed(index - 2, "determiners") or read.word(index - 2) in ("a", "an")
    of_it = named and read.gap(index) == " "
    return of_it and not read.noun(index - 1, "not_counted", "never_hit", "spans")


def anyone(read: Prose, index: int) -> int | None:
    """Such as "could not be opened by anyone" or "there was no service for anybody"."""
    before, lead = read.before(index, 8), read.word(index - 1)
    if lead == "without" and read.listed(index + 1, "witnessing"):
        # "we mended the other half without anybody noticing"
        return None
    barred = read.among("negations", before)
    if failed_near(read, index + 1, index + NEAR + 4) or suffers(read, index):
        return index
    if barred and lead in ("by", "for", "to"):
        return index
    if lead == "for" and "no" in before[: 5 if read.labelled else 3]:
        return index
    if barred and read.listed(index - 1, "admits"):
        return index
    aimed = lead == "for" or read.listed(index - 1, "before_all")
    return index if (barred or aimed) and read.damaged(index) else None


def anywhere(read: Prose, index: int) -> int | None:
    """Such as "unreachable from anywhere", but not "took anywhere from 20 to 50 minutes"."""
    return index if read.word(index - 1) in ("from", "in") and read.damaged(index) else None


def anything(read: Prose, index: int) -> int | None:
    """Such as "could not sell anything" or "do a thing", but not "could not find anything"."""
    if read.word(index) == "thing" and read.word(index - 1) != "a":
        return None
    before = read.before(index, 5)
    if read.among("probed", before) or _BARRED.isdisjoint(before):
        return None
    return None if _COULD.isdisjoint(before) else index


def nothing(read: Prose, index: int) -> int | None:
    """Such as "nothing worked" or "we sold nothing"."""
    after = read.after(index, 3)
    only = after[:1] == ["but"] and not read.among("mishaps", after)
    if only or after[:1] in (["more"], ["else"]) or "wrong" in after or read.among("probed", after):
        return None
    if read.listed(index - 1, "noticing") and (
        damaged_elsewhere(read, index) or "who" in read.before(index, _KIND)
    ):
        # "Guests got an error. Customers noticed nothing.", "those who … noticed nothing"
        return None
    if read.listed(index + 1, "worked"):
        spared = read.tells_damage(read.word(index + 2))
        harmed = damaged_elsewhere(read, index) or damaged_further(read, index)
        return None if spared and harmed else index
    return index if read.listed(index - 1, "serving", "gained") else None


def single(read: Prose, index: int) -> int | None:
    """Such as "not a single order" or "could not open even a single page"."""
    before = read.before(index, 8)
    if _NONE.isdisjoint(before) and not read.among("negations", before):
        return None
    at = index + ((read.word(index + 1), read.word(index + 2)) == ("one", "of"))
    last = read.noun_behind(at, *EVERYTHING, "reach")
    return None if last is None or read.noun(last, "never_hit") else last


def not_hit(read: Prose, index: int) -> int | None:
    """Such as "not one order came in", or "customers were not affected"."""
    following = read.word(index + 1)
    if following == "a" and read.word(index + 2) in ("soul", "person", "thing"):
        return index + 2
    if read.listed(index + 1, "noticeable"):
        # "not visible to users"
        return read.noun_behind(index + 2, "people")
    if following == "one":
        return single(read, index + 1)
    if read.listed(index + 1, "undergoes"):
        hit = read.among("unhurt", read.after(index + 1, 3))
    else:
        hit = read.listed(index + 1, "struck") or following == "notice"
    at = index - 1 - (read.word(index) == "not")
    if not hit or not read.noun(at, "people"):
        return None
    while read.word(at - 1) in ("our", "the", "end", "external") and read.joined(at):
        at -= 1
    return index + 1 if not read.joined(at) or read.gap(at).strip() == "," else None


def any_of(read: Prose, index: int) -> int | None:
    """Such as "could not serve any request" or "any user who … was logged out"."""
    last = read.noun_behind(index, "people", "machines", "reach", "wholes")
    if last is None:
        return None
    before = read.before(index, 8)
    if read.word(last + 1) in ("that", "who", "which") and read.word(last + 2) in ("may", "might"):
        # "any customers that may be affected"
        return None
    if read.among("negations", before) or ("no" in before and "access" in before):
        return last
    if _turned_away(read, index):
        return last
    if read.noun(last, "reach", "people"):
        end = min(clause_end(read, last), last + NEAR + 2)
        met = failed_near(read, last + 1, end)
        if met or read.among("suffered", read.after(last, NEAR)):
            return last
    if _lacking_in(read, before):
        return last
    aimed = read.word(index - 1) in ("for", "to", "affecting") and read.noun(last, "people")
    return last if aimed and read.damaged(index) else None


def _lacking_in(read: Prose, before: list[str]) -> bool:
    """ "(There was) no heating in (any building)"; the words before "any", nearest first."""
    if before[:1] not in (["in"], ["at"], ["on"]) or "no" not in before[2:4]:
        return False
    return not any(read.among(name, before[1:4]) for name in ("sought", "unaware", "never_hit"))


def _turned_away(read: Prose, index: int) -> bool:
    """ "(It was) rejecting any write operation", "refused any connection"."""
    verb = read.word(index - 1)
    told = verb.endswith(("ing", "ed")) and read.tells_damage(verb) and read.joined(index)
    lead = read.before(index - 1, 3)
    return told and _JOINING.isdisjoint(lead) and not read.among("averting", lead)


def none_of(read: Prose, index: int) -> int | None:
    """Such as "no users", "none of our customers" or "no user impact"."""
    word, at = read.word(index), index + 1
    if "," in read.gap(at):
        return None
    if (read.word(at), read.word(at + 1)) == ("way", "for"):
        return _no_way_for(read, at + 1)
    if read.word(index - 1) == "at" and read.listed(at, "occasions"):
        return None
    if word == "no" and read.word(at) == "one":
        return nobody(read, at)
    if word == "none" and read.word(at + 1) in PRONOUNS:
        works = read.listed(at + 2, "worked") or read.word(at + 2) in ABLE
        works = works and not read.among("unaware", read.after(at + 1, 3))
        if read.word(at + 2) in ("was", "were") and read.word(at + 3) in ("the", "a", "an", "our"):
            # "none of them was the cause"
            return None
        if works and read.tells_damage(read.word(at + 3)):
            # "some came twice, none of them got lost"
            return None
        return at + 1 if works and not handled(read, index, at + 1) else None
    if _is_of_a_kind(read, index) or read.among("hurt", read.after(index, 9)):
        # "no patient came to harm" does not say that none was hit
        return None
    after = read.after(index, 8)
    if any(pair in _BILLED for pair in pairwise(after)):
        # "no accounts are charged for that day"
        return None
    if word == "none" and read.word(at) == "for" and not read.joined(index):
        return read.noun_behind(at, "people")
    if word == "zero" and read.listed(at, "measures"):
        return at
    if word == "zero" and read.word(index - 1) == "to":
        return _sank_to_zero(read, index)
    if read.listed(at, "struck") and read.noun(at + 1, "people"):
        # "there were no affected customers"
        return at + 1
    more = read.word(at) == "more" and read.noun(at + 1, "reach")
    if (read.listed(at, "graded") and not more) or _is_unaware(read, index):
        # "no major impact" leaves room for some
        return None
    return _none_came(read, index, read.behind(at, "of", "any"))


def _no_way_for(read: Prose, at: int) -> int | None:
    """ "There was no way for customers to pay", but not "to know in advance"."""
    last = read.noun_behind(at, "people")
    if last is None or read.word(last + 1) != "to":
        return None
    learns = read.listed(last + 2, "unaware", "learns") or _searches(read, last + 2)
    return None if learns else last


def _is_of_a_kind(read: Prose, index: int) -> bool:
    """ "Users with no session" are a kind of users."""
    if read.word(index - 1) != "with" or not read.noun(index - 2, *EVERYTHING):
        return False
    return _LEFT.isdisjoint(read.before(index, 6))


def _sank_to_zero(read: Prose, index: int) -> int | None:
    """Such as "sales dropped to zero"."""
    if not read.listed(index - 2, "turned"):
        return None
    before = range(max(0, index - 6), index - 1)
    return index if any(read.noun(low, *EVERYTHING, "measures") for low in before) else None


def _is_unaware(read: Prose, index: int) -> bool:
    """There was none of what those who repair would have learned from: "no alert fired"."""
    unaware = read.words["unaware"]
    return any(word in unaware and word != "picked" for word in read.after(index, 6))


def _none_came(read: Prose, index: int, at: int) -> int | None:
    """What there was none of, from ``at`` on, was missed by those who were hit."""
    if _none_flows(read, at) or _none_could(read, at):
        return at
    if read.noun(at, "responders") and read.word(at + 1) == "could" and _searches(read, at + 2):
        return None
    if read.listed(at, "utilities") and read.word(index - 1) in ("was", "had", "were"):
        # "there was no service"
        return None if read.joined(at + 1) or read.listed(at, "lacks") else at
    if read.listed(at, "in_order"):
        # "no successful logins"
        return read.noun_behind(at, *EVERYTHING, "reach")
    for noun in range(at, at + _LONGEST_NOUN):
        if not read.word(noun) or not read.joined(noun) or "," in read.gap(noun):
            return None
        if read.word(noun + 1) == "data" and read.noun(noun, *EVERYTHING, "wholes"):
            # "no website data suffered"
            return None
        if read.listed(noun, "lacks") or read.word(noun).endswith("ed"):
            return None
        last = _none_reached(read, index, noun)
        if last is not None:
            return last
        if read.listed(noun, "stops") and read.word(noun) != "nor":
            return None
        if read.word(index) == "none" and read.noun(noun, "reach", "machines"):
            return noun
        if read.listed(noun, "unhurt"):
            return noun if _on_users(read, noun) else None
        if read.noun(noun, "people"):
            last = _no_people(read, noun)
            if last is not None or not read.noun(noun + 1, "reach"):
                return last
    return None


def _none_reached(read: Prose, index: int, at: int) -> int | None:
    """ "No traffic was served", "no trains ran", "no customer-facing impact"."""
    if read.labelled and _stood_still(read, at):
        return at
    served = read.listed(index - 1, "serving") and read.noun(at, "reach", "work")
    if served or (read.noun(at, "reach") and came_to_pass(read, at)):
        return at
    faces = read.word(at + 1) in ("facing", "visible") and read.listed(at + 2, "unhurt")
    return at + 2 if faces else None


def _no_people(read: Prose, at: int) -> int | None:
    """ "No users", "no customer impact"; but "no validator bond" speaks of bonds."""
    if not read.joined(at + 1):
        return at
    if read.listed(at + 1, "unhurt"):
        return at + 1
    if read.tells_damage(read.word(at + 1)) and damaged_further(read, at):
        # "none of our users lost data, but videos did not play"
        return None
    if read.word(at).endswith("s") or read.listed(at, "uncountable"):
        return at
    following = read.word(at + 1)
    return at if following in ABLE or following.endswith("ed") else None


def _stood_still(read: Prose, at: int) -> bool:
    """ "(No) trains ran", "(no) parcels left the depot"."""
    if not read.word(at).endswith("s") or read.noun(at, "sought", "never_hit", "responders"):
        return False
    moved = read.word(at + 1) == "left" or read.listed(at + 1, "worked")
    return moved and read.word(at + 1) not in ABLE and read.joined(at + 1)


def _none_flows(read: Prose, at: int) -> bool:
    """ "(No) package could be installed", "(no) logs were collected": nothing of it came about."""
    at = at if read.joined(at + 1) and read.word(at + 1) in ABLE else at + 1
    if not read.joined(at) or not read.joined(at + 1):
        return False
    if read.listed(at, "lacks") and read.word(at) != "data":
        return False
    if read.listed(at, "stops", "unaware", "graded") or read.noun(at, "sought"):
        return False
    if read.noun(at, "never_hit") and not read.noun(at, "kept", "work"):
        return False
    done = read.after(at, 4)
    if done[:2] == ["could", "be"]:
        return bool(done[2:]) and not _searches_for(read, done[2])
    return done[:1] in (["was"], ["were"]) and read.among("flowed", done[1:4])


def _searches_for(read: Prose, word: str) -> bool:
    """A passive that tells of a search or of harm: "(no cause could be) found"."""
    return word in read.words["probed"] or read.tells_damage(word)


def _none_could(read: Prose, at: int) -> bool:
    """ "(No) class could use the network", but not "(no) tool could explain it"."""
    if read.word(at + 1) != "could" or not read.joined(at + 1) or read.word(at + 2) == "be":
        return False
    if read.listed(at, "stops") or _searches(read, at + 2):
        return False
    return not read.noun(at, "sought", "responders", "never_hit", "not_counted")


def _searches(read: Prose, at: int) -> bool:
    """The verb is that of somebody who looks for a cause: "(no engineer could) explain it"."""
    return read.listed(at, "explains") or _searches_for(read, read.word(at))


def _on_users(read: Prose, at: int) -> bool:
    """Unless it says on what else: "no impact on stored data" speaks of no user."""
    if read.word(at + 1) not in ("on", "to", "for", "in", "of"):
        return True
    return read.noun_behind(at + 1, "people", "wholes", "work") is not None
