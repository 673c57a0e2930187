"""What bounds a wish: by which means, how far, until when, or an action with an end behind it."""

from __future__ import annotations

from pmlint.reading.clauses import Clause
from pmlint.reading.verbs import is_past


def bounded(clause: Clause, verb: str, head: int) -> bool:
    """A wish with a bound: "enhance X to include Y", "by adding Z", "raise the pool size"."""
    lists = clause.lists
    things = clause.things()
    if verb in lists["retaining"] and things and timed(clause, head + 1):
        return True
    if verb in lists["finding"] and clause.word(head + 1) in ("all", "every", "each"):
        lacking = clause.find("lacking", head + 2)
        if lacking is not None and clause.specifics(lacking + 1) > 0:
            return True
    if verb in lists["turning"] and things >= 2:
        low = 0 if clause.passive() else head + 1
        turned = clause.find("settings", low), clause.find("contrasting", low)
        if turned != (None, None):
            return True
    for index in range(head + 1, len(clause) - 1):
        word = clause.word(index)
        if word in lists["places"] and verb in lists["keeping"] and things >= 2:
            return clause.specifics(index + 1) > 0
        if things and _suits(clause, verb, index):
            return True
        by = word == "by" and (clause.verb_at(index + 1) or is_past(clause.word(index - 1)))
        means = word in lists["bounding"] or by
        if means and not clause.listed(index - 1, "troubles"):
            return clause.named(index + 1) or clause.specifics(index + 1) >= 2
    return tells_result(clause, head, least=3)


def tells_result(clause: Clause, head: int, *, least: int) -> bool:
    """What will be so, in at least so many particular words: "so that Z"."""
    return any(
        clause.word(index) == "that"
        and clause.word(index - 1) in ("so", "such")
        and clause.specifics(index + 1) >= least
        for index in range(head + 1, len(clause) - 1)
    )


def _suits(clause: Clause, verb: str, index: int) -> bool:
    """The preposition at a place says of this verb where it ends: "tune the pool to 50"."""
    lists, word = clause.lists, clause.word(index)
    more = clause.specifics(index + 1) > 0
    if word in ("until", "till"):
        return verb in lists["retaining"]
    if word == "from":
        return verb in lists["observing"] and more
    if word == "against":
        return verb in lists["defending"] and more and clause.things() >= 2
    value = clause.named(index + 1) or clause.listed(index + 1, "determiners")
    return word == "to" and verb in lists["turning"] and value and more


def goes_on(clause: Clause, low: int, *, least: int = 2) -> bool:
    """A verb with an end behind the open one: "review the roles and remove the unused ones".

    ``least`` is how many words behind it have to be particular.
    """
    ends = clause.lists["concrete_verbs"]
    joint = 0
    for index in range(low + 1, len(clause) - 1):
        apart = ";" in clause.between(index)
        joined = apart or "," in clause.between(index) or clause.word(index - 1) in ("and", "then")
        joint = index if joined else joint
        verb = clause.word(index)
        if joined and verb in _DOING:
            verb = clause.verb_at(index + 1) or verb
        acts = not clause.listed(index, "nounlike") or clause.listed(
            index + 1, "determiners", "pronouns"
        )
        if joined and verb in ends and (apart or acts):
            if clause.listed(index + 1, "pronouns"):
                # "find the jobs that use the old name and change them"
                return clause.specifics(low, index) >= least
            removed = verb in clause.lists["removing"]
            return clause.specifics(index + 1) >= (1 if removed else least)
        # "... and a second link will be ordered"
        if joint and index - joint < NEAR and clause.listed(index, "modals"):
            obliged = clause.obliged(index)
            verb_there = None if obliged is None else clause.verb_at(obliged)
            if obliged is not None and (verb_there is None or verb_there in ends):
                return clause.specifics(joint) >= least
    return False


NEAR = 6
_DOING = ("we're", "i'm", "we'll", "i'll", "we've", "i've")


def timed(clause: Clause, low: int) -> bool:
    """How long or how often: "for a month", "every quarter", "once a week"."""
    for index in range(low, len(clause) - 1):
        if clause.gives_reason(index):
            return False
        if (
            clause.listed(index + 1, "periods")
            and clause.word(index) in ("a", "an", "one", "every", "each", "per", "next")
            and clause.word(index - 1) in ("for", "once", "twice", "it", "them")
        ):
            return True
    return False


def found_out(clause: Clause, verb: str, tail: int) -> bool:
    """Thinking that ends all the same: with an answer, a measurement or an action behind it."""
    measured = any(
        clause.word(index) == "from" and _suits(clause, verb, index)
        for index in range(tail, len(clause) - 1)
    )
    return (
        measured or _seeks_one(clause, verb, tail) or _asks(clause, tail) or goes_on(clause, tail)
    )


def _asks(clause: Clause, tail: int) -> bool:
    """Somebody has to answer: "talk with the host to see if they can add a link"."""
    if clause.word(tail) not in ("with", "to"):
        return False
    asked = (index for index in range(tail + 2, len(clause)) if clause.word(index) in _WHETHER)
    return any(clause.specifics(index + 1) >= 2 for index in asked)


_WHETHER = ("if", "whether")


def _seeks_one(clause: Clause, verb: str, tail: int) -> bool:
    """Finding one particular thing ends: "find a second admin in another time zone"."""
    one = verb == "find" and clause.word(tail) in ("a", "an", "another")
    wished = clause.find("comparatives", tail, tail + 4) or clause.find("praise", tail, tail + 4)
    return one and wished is None and not clause.phrase("hedges") and clause.specifics(tail) >= 2


def can_be_seen(clause: Clause, head: int) -> bool:
    """A state that can be looked up: "ensure that X is enabled on all servers"."""
    for index in range(head + 3, len(clause)):
        state = clause.listed(index, "checkable_states")
        if state and clause.word(index - 1) in ("is", "are", "be", "gets"):
            return True
        if _does(clause, index) and clause.specifics(index + 1) > 1:
            return clause.specifics(head + 1, index) > 0
        owned = clause.word(index) in ("has", "have") and clause.word(index + 1) != "been"
        if owned and not is_past(clause.word(index + 1)):
            whose = clause.anchored or clause.specifics(head + 1, index) > 0
            return whose and clause.specifics(index) > 0
    return clause.counted


def _does(clause: Clause, index: int) -> bool:
    """A verb in the third person that is no noun: "writes", but not "changes"."""
    word, verb = clause.word(index), clause.verb_at(index)
    noun = verb == word or verb in clause.lists["nounlike"]
    return word.endswith("s") and not noun and verb in clause.lists["concrete_verbs"]
