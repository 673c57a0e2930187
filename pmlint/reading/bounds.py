"""What bounds a wish: by which means, how far, until when, or an action with an end behind it."""

from __future__ import annotations

from pmlint.reading.care import NEAR
from pmlint.reading.clauses import Clause
from pmlint.reading.verbs import is_past


def bounded(clause: Clause, verb: str, head: int) -> bool:
    """A wish with a bound: "enhance X to include Y", "by adding Z", "raise the pool size"."""
    return (
        _particular(clause, head)
        or (verb in clause.lists["retaining"] and clause.things() > 0 and timed(clause, head + 1))
        or (verb in clause.lists["finding"] and _lists_all(clause, head))
        or (verb in clause.lists["looking_over"] and _sweeps(clause, head))
        or (verb in clause.lists["turning"] and _turns(clause, head))
        or _says_how(clause, verb, head)
        or tells_result(clause, head, least=3)
        or _catches(clause, head)
    )


def _catches(clause: Clause, head: int) -> bool:
    """What an alert has to catch is named by its code: "improve alerting to detect 502 errors"."""
    code = clause.find("codes", head + 2)
    status = code is not None and (clause.word(code).isdigit() or clause.word(code).endswith("xx"))
    return status and clause.find("catching", head + 2, code) is not None


def _lists_all(clause: Clause, head: int) -> bool:
    """A list of what has something in common: "identify all hosts without a backup"."""
    if clause.word(head + 1) not in ("all", "every", "each"):
        return False
    lacking = clause.find("lacking", head + 2)
    if lacking is not None and clause.specifics(lacking + 1) > 0:
        return True
    told = clause.find("relative", head + 2)
    return told is not None and clause.specifics(told + 1) >= 2


def _sweeps(clause: Clause, head: int) -> bool:
    """All of a kind are looked through for one thing: "review the other hosts for this flag"."""
    every = clause.find("sweeping", head + 1, head + NEAR)
    sought = next((i for i in range(head + 2, len(clause)) if clause.word(i) == "for"), None)
    return None not in (every, sought) and clause.specifics((sought or 0) + 1) > 0


def _turns(clause: Clause, head: int) -> bool:
    """A setting, or what it was before, is named: "increase the timeout of the client"."""
    low = 0 if clause.passive() else head + 1
    turned = clause.find("settings", low), clause.find("contrasting", low)
    return clause.things() >= 2 and turned != (None, None)


def _says_how(clause: Clause, verb: str, head: int) -> bool:
    """By which means, or where: "simplify it by dropping Y", "keep X on the signer"."""
    lists, things = clause.lists, clause.things()
    for index in range(head + 1, len(clause) - 1):
        word, following = clause.word(index), clause.word(index + 1)
        if word in lists["places"] and verb in lists["keeping"] and things >= 2:
            return clause.specifics(index + 1) > 0
        if things and _suits(clause, verb, index):
            return True
        acting = clause.verb_at(index + 1) or following.endswith("ing")
        by = word == "by" and (acting or is_past(clause.word(index - 1)))
        if (by or word in lists["bounding"]) and not clause.listed(index - 1, "troubles"):
            noun = index + 1 + clause.listed(index + 1, "determiners")
            return clause.named(noun) or clause.specifics(index + 1) >= 2
    return False


_PHRASE = 12
"""So many words are looked at behind a preposition or a verb that may bound a task."""

_PARTICULAR = 3
"""So many particular words name one thing: "the slow query on the invoices table"."""


def _particular(clause: Clause, head: int) -> bool:
    """What the verb acts upon is one thing, told apart from its like by where or whose it is.

    A measure, an activity or a mere string of nouns is none: "the speed of the import",
    "the handling of retries", "connection pool usage".
    """
    low = 0 if clause.passive() else clause.tail
    end = head if clause.passive() else clause.find("aims", low + 1)
    apart = clause.find("prepositions", low + 2, end)
    if apart is None or not _is_thing(clause, apart - 1):
        return False
    told = clause.specifics(low, apart), clause.specifics(apart + 1, end)
    return min(told) > 0 and sum(told) >= _PARTICULAR


def _is_thing(clause: Clause, index: int) -> bool:
    """The noun at a place is no measure and no activity."""
    return not clause.listed(index, "measured") and not clause.word(index).endswith(_ACTIVITIES)


_ACTIVITIES = ("tion", "sion", "ment", "ing", "ance", "ence")


def tells_result(clause: Clause, head: int, *, least: int) -> bool:
    """What will be so, in at least so many particular words: "so that Z", "so it does Z"."""
    for index in range(head + 1, len(clause) - 1):
        word, before = clause.word(index), clause.word(index - 1)
        that = word == "that" and before in ("so", "such")
        itself = before == "so" and word in ("it", "they")
        if that or itself:
            return clause.specifics(index + 1) >= least - itself
    return False


def _suits(clause: Clause, verb: str, index: int) -> bool:
    """The preposition at a place says of this verb where it ends: "tune the pool to 50"."""
    lists, word = clause.lists, clause.word(index)
    if word in ("until", "till"):
        return verb in lists["retaining"]
    if word == "to":
        value = clause.named(index + 1) or clause.listed(index + 1, "determiners")
        suits = value and verb in lists["turning"]
    elif word in ("against", "with"):
        suits = verb in lists["defending"] and clause.things() >= 2
    else:
        suits = word == "from" and verb in lists["observing"]
    return suits and clause.specifics(index + 1, index + _PHRASE) > 0


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
    asked = clause.find("whether", tail + 2)
    return asked is not None and clause.specifics(asked + 1) >= 2


def _seeks_one(clause: Clause, verb: str, tail: int) -> bool:
    """Finding one particular thing ends: "find a second admin", "look for someone who ..."."""
    sought = verb == "find" or (verb == "look" and clause.word(tail) == "for")
    what = tail + (clause.word(tail) == "for")
    one = sought and clause.word(what) in ("a", "an", "another", "somebody", "someone")
    wished = clause.find("comparatives", tail, tail + 4) or clause.find("praise", tail, tail + 4)
    return one and wished is None and not clause.phrase("hedges") and clause.specifics(tail) >= 2


def can_be_seen(clause: Clause, head: int) -> bool:
    """A state that can be looked up: "ensure that X is enabled on all servers"."""
    that = "that" in (clause.word(head + 1), clause.word(head + 2))
    for index in range(head + 3, len(clause)):
        state = clause.listed(index, "checkable_states")
        if state and clause.word(index - 1) in ("is", "are", "be", "gets"):
            return True
        placed = clause.word(index) in ("is", "are") and clause.listed(index + 1, "places")
        if placed and clause.specifics(index + 2, index + _PHRASE) > 0:
            return clause.specifics(head + 1, index) > 0
        located = that and clause.listed(index + 1, "places")
        if _does(clause, index, located=located):
            around = clause.specifics(index + 1, index + _PHRASE)
            if around > (0 if located else 1):
                return clause.specifics(head + 1, index) > 0
        owned = clause.word(index) in ("has", "have") and clause.word(index + 1) != "been"
        if owned and not is_past(clause.word(index + 1)):
            thing = clause.specifics(index, index + _PHRASE)
            if clause.word(index + 1) in ("a", "an") and thing >= 2:
                return True
            whose = clause.anchored or clause.specifics(head + 1, index) > 0
            return whose and clause.specifics(index) > 0
    return clause.counted


def _does(clause: Clause, index: int, *, located: bool) -> bool:
    """A verb in the third person that is no noun: "writes", but not "changes".

    ``located`` says that it can be no noun: "that the agent starts on boot".
    """
    word, verb = clause.word(index), clause.verb_at(index)
    noun = verb == word or (verb in clause.lists["nounlike"] and not located)
    acts = verb in clause.lists["concrete_verbs"] or (located and verb == "run")
    return word.endswith("s") and not noun and acts
