"""Tasks that ask people to take care: never an end, whatever follows.

What people should be, have in mind, never do, or do each time is not done on any day.
"""

from __future__ import annotations

from pmlint.namedtuples import NamedTuple
from pmlint.reading.clauses import Clause
from pmlint.reading.verbs import is_adverb, is_past

NEAR = 6
"""Words between two that belong together."""


class Fault(NamedTuple):
    """Why a clause never ends, and the first and last word at fault; None: the whole clause."""

    kind: str
    low: int | None = None
    high: int | None = None


def fault_at(kind: str, index: int | None, high: int | None = None) -> Fault | None:
    """A fault at a word, None where there is no such word."""
    return None if index is None else Fault(kind, index, index if high is None else high)


def asks_for_care(clause: Clause) -> Fault | None:
    """What people should be or never do: "be suspicious of nulls", "never assume"."""
    at = clause.start
    if len(clause) > 1 and clause.word(at) == clause.word(at + 1) and clause.word(at).isalpha():
        # "Test, test, test!"
        return Fault("vigilance", at, at + 1)
    ban = _ban(clause, at)
    if ban is not None:
        return ban
    heeds = clause.listed(at, "head_work") and clause.listed(at + 1, "determiners", "joining")
    heeds = heeds or (clause.listed(at, "modals") and clause.listed(at + 1, "head_work"))
    if heeds and "from" not in (clause.word(index) for index in range(at, len(clause))):
        # "Read the manual", but not "read replica", nor "read the password from the vault"
        return Fault("vigilance", at, at)
    habit = clause.phrase("habits")
    if habit and habit[0] == 0 and not clause.anchored and clause.find("machinery") is None:
        return Fault("habit", *habit)
    demeanour = _demeanour(clause, at)
    if demeanour is not None:
        return demeanour
    if clause.head is not None and clause.verb in clause.lists["probing_verbs"]:
        return None
    care = clause.phrase("vigilance")
    return Fault("vigilance", *care) if care else _attitude(clause)


def _ban(clause: Clause, at: int) -> Fault | None:
    """What nobody should do: "never assume", "do not trust the defaults"."""
    last = at + (clause.word(at) == "do" and clause.word(at + 1) == "not")
    resolved = clause.word(at) == "not" and clause.word(at + 1).endswith("ing")
    spot = at if clause.head is None else clause.head
    if clause.verb_at(spot) == "stop" and clause.listed(spot + 1, "carelessness"):
        return Fault("vigilance", spot, spot + 1)
    if last == at and not resolved and not clause.listed(at, "bans"):
        return None
    verb = clause.verb_at(last + 1)
    built = verb in clause.lists["concrete_verbs"] and verb not in clause.lists["using"]
    if built and clause.specifics(last + 2) >= 2:
        # What a program should not do: "do not store replies without a body"
        return None
    return Fault("vigilance", at, last) if clause.counted or not clause.anchored else None


def _demeanour(clause: Clause, at: int) -> Fault | None:
    """The words that say how to be: "be suspicious of nulls", "we should be less hasty"."""
    for index in range(at, min(at + 8, len(clause))):
        if clause.word(index) not in ("be", "stay", "remain", "become"):
            continue
        personal = (
            clause.listed(index - 1, "modals", "leads")
            or clause.word(index - 1) in ("always", "never")
        ) and any(_person(clause, i) for i in range(index - 4, index))
        if index != at and not personal:
            return None
        how = index + 1
        while clause.listed(how, "degrees") or (
            is_adverb(clause.word(how)) and len(clause.word(how)) > 4
        ):
            how += 1
        word = clause.word(how)
        done = is_past(word) and index > 0
        named = word.isalpha() and not done and not word.endswith("ing")
        if named and not clause.listed(how, "skipped") and word != "able":
            return Fault("vigilance", index, how)
        return None
    return None


def _person(clause: Clause, index: int) -> bool:
    """Somebody is meant; "all" and "each" alone mean whatever stands behind them."""
    alone = not clause.listed(index + 1, "modals", "leads")
    return clause.listed(index, "people") and not (alone and clause.word(index) in ("all", "each"))


def _attitude(clause: Clause) -> Fault | None:
    """What people should have in mind: "raise awareness", "a culture of testing"."""
    if clause.head is None:
        minds = (at for at in (clause.start, clause.chief()) if clause.listed(at, "attitudes"))
        at = None if clause.counted else next(minds, None)
        return fault_at("vigilance", at)
    verb, tail = clause.verb, clause.tail
    if verb == "prepare" and clause.word(tail) == "for":
        return Fault("vigilance", clause.head, tail)
    while clause.listed(tail, "skipped", "comparatives", "recurring", "degrees", "praise"):
        tail += 1
    if verb in clause.lists["asking"]:
        tail = clause.find("attitudes", tail, tail + NEAR) or tail
    mind = clause.listed(tail, "attitudes") and verb not in clause.lists["pinning"]
    return Fault("vigilance", clause.head, tail) if mind else None


def instructs(clause: Clause, verb: str, head: int) -> bool:
    """Teaching somebody something that can be named: "train support to use Zendesk"."""
    if verb not in clause.lists["teaching_verbs"]:
        return False
    topic = clause.find("topics", head + 1)
    if topic is None or clause.find("forbids", head + 1) is not None:
        return False
    # "To use the pager" says what they can do afterwards, "on caches" does not.
    skill = clause.listed(topic, "skills") or clause.listed(topic + 1, "skills")
    return clause.specifics(topic + 1) > (0 if skill else 1)


def by_another(clause: Clause, head: int) -> bool:
    """A rule that can be enforced: "must be reviewed by someone else"."""
    checked = clause.verb in clause.lists["looking_over"]
    reach = head + (16 if checked else 4 if clause.passive() else 0)
    return any(
        clause.word(index) == "by" and _others(clause, index) for index in range(head + 1, reach)
    )


def _others(clause: Clause, by: int) -> bool:
    return clause.find("others", by + 1, by + 3) is not None


_REACH = {"every": 2, "each": 2, "before": 4, "prior": 4, "after": 4, "during": 4, "whenever": 3}
"""How far behind such a word the everyday act stands: "before we deploy"."""


def habitual(clause: Clause, verb: str, head: int) -> Fault | None:
    """Checking before each change never ends, unless a machine or somebody else does it."""
    lists = clause.lists
    tests = verb == "make" and clause.find("checks", head + 1, head + 5) is not None
    told = verb in lists["asking"] and head == clause.start
    if not (verb in lists["checking_verbs"] or verb == "enforce" or tests or told):
        return None
    if clause.anchored or clause.find("machinery", head + 1) is not None:
        return None
    if verb == "have" and _others(clause, head):
        return None
    for index in range(head + 1, len(clause)):
        if clause.word(index) == "by" and _others(clause, index):
            return None
        if _each_time(clause, head, index, told=told):
            # "Run the migrations against a copy of the database before a release"
            named = (tests or verb in lists["event_verbs"]) and clause.specifics(head + 1) > 2
            named = named and clause.find("manners", head + 1) is None
            return None if named else Fault("habit", head, index)
    what = clause.tail + clause.listed(clause.tail, "determiners")
    anew = verb in lists["looking_over"] and clause.listed(what, "everyday_things")
    return Fault("habit", head, what) if anew else None


def _each_time(clause: Clause, head: int, index: int, *, told: bool) -> bool:
    """The occasion at a place comes again and again: "before each fair", "before we deploy".

    ``told`` says that others are only asked.
    """
    word = clause.word(index)
    if word in ("each", "every", "any") and clause.word(index - 1) in _REACH:
        return True
    if told:
        return False
    acting = clause.word(index + 1).endswith("ing")
    if word == "before" and acting and clause.specifics(head + 1, min(index, head + NEAR)) < 2:
        return True
    acts = tuple(clause.lists["everyday_acts"])
    reach = range(index + 1, index + 1 + _REACH.get(word, 0))
    return any(clause.word(at).startswith(acts) for at in reach)
