"""Whether the action that a sentence asks for ever ends.

In this order: what asks for care or is done each time never ends; a number, a ticket, a name
from code bounds anything else; hedges, repetition, manner and unnamed comparison undo any
verb; a wish needs a bound; a verb that ends needs a particular object, and so does a noun
that stands for it.
"""

from __future__ import annotations

from typing import NamedTuple

from pmlint.reading.clauses import Clause
from pmlint.reading.verbs import is_past


class Fault(NamedTuple):
    """Why a clause never ends, and the first and last word at fault; None: the whole clause."""

    kind: str
    low: int | None = None
    high: int | None = None


def find_fault(clause: Clause, *, labelled: bool = False) -> Fault | None:
    """Why a clause can never be closed, None where it can.

    ``labelled`` says that a label before it names its subject.
    """
    if clause.text.rstrip().endswith("?"):
        return Fault("question")
    fault = _care(clause)
    if fault is not None:
        return fault
    if clause.head is None:
        return _noun_phrase(clause, labelled=labelled)
    return _verb_phrase(clause, clause.head)


def _at(kind: str, index: int | None, high: int | None = None) -> Fault | None:
    """A fault at a word, None where there is no such word."""
    return None if index is None else Fault(kind, index, index if high is None else high)


# -- care


def _care(clause: Clause) -> Fault | None:
    """What people should be or never do: "be suspicious of nulls", "never assume"."""
    at = clause.start
    if clause.listed(at, "bans") and (clause.counted or not clause.anchored):
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


def _demeanour(clause: Clause, at: int) -> Fault | None:
    """The words that say how to be: "be suspicious of nulls", "we should be less hasty"."""
    for index in range(at, min(at + 8, len(clause))):
        if clause.word(index) not in ("be", "stay", "remain", "become"):
            continue
        personal = (
            clause.listed(index - 1, "modals", "leads")
            or clause.word(index - 1) in ("always", "never")
        ) and any(clause.listed(i, "people") for i in range(index - 4, index))
        if index != at and not personal:
            return None
        how = index + 1
        while clause.listed(how, "degrees") or (
            clause.word(how).endswith("ly") and len(clause.word(how)) > 4
        ):
            how += 1
        word = clause.word(how)
        named = word.isalpha() and not is_past(word) and not word.endswith("ing")
        if named and not clause.listed(how, "skipped") and word != "able":
            return Fault("vigilance", index, how)
        return None
    return None


def _attitude(clause: Clause) -> Fault | None:
    """What people should have in mind: "raise awareness", "a culture of testing"."""
    if clause.head is None:
        mind = clause.listed(clause.start, "attitudes") and not clause.counted
        return Fault("vigilance", clause.start, clause.start) if mind else None
    verb, tail = clause.verb, clause.tail
    while clause.listed(tail, "skipped", "comparatives", "recurring", "degrees", "praise"):
        tail += 1
    mind = clause.listed(tail, "attitudes") and verb not in _PINS
    return Fault("vigilance", clause.head, tail) if mind else None


_PINS = ("assign", "define", "document", "record", "agree", "list", "clarify", "decide")
"""Verbs that pin down what otherwise is an attitude: "assign ownership of the alerts"."""


# -- verbs


def _verb_phrase(clause: Clause, head: int) -> Fault | None:
    verb, tail = clause.verb, clause.tail
    lists = clause.lists
    if verb in lists["probing_verbs"]:
        return None if _goes_on(clause, tail) else Fault("open-verb", head, head)
    if verb in lists["caring_verbs"] and not _instructs(clause, verb, head):
        return Fault("vigilance", head, head)
    habit = _habit(clause, verb, head)
    if habit is not None:
        return habit
    sure = verb == "make" and clause.word(head + 1) in ("sure", "certain")
    if verb in lists["ensuring"] or sure:
        return None if _can_be_seen(clause, head) else Fault("state", head, head + sure)
    if clause.anchored or _by_another(clause, head):
        return None
    hedge = clause.phrase("hedges")
    if hedge:
        return Fault("hedge", *hedge)
    return _spoilt(clause, verb, head) or _unbounded(clause, verb, head, tail)


def _instructs(clause: Clause, verb: str, head: int) -> bool:
    """Teaching somebody something that can be named: "train support to use Zendesk"."""
    if verb not in clause.lists["teaching_verbs"]:
        return False
    topic = clause.find("topics", head + 1)
    if topic is None or clause.find("forbids", head + 1) is not None:
        return False
    return clause.specifics(topic + 1) > 0


def _by_another(clause: Clause, head: int) -> bool:
    """A rule that can be enforced: "must be reviewed by someone else"."""
    return clause.passive() and any(
        clause.word(index) == "by" and _others(clause, index) for index in range(head + 1, head + 4)
    )


def _others(clause: Clause, by: int) -> bool:
    return clause.find("others", by + 1, by + 3) is not None


_REACH = {"every": 2, "each": 2, "before": 4, "prior": 4, "after": 4, "during": 4, "whenever": 3}
"""How far behind such a word the everyday act stands: "before we deploy"."""


def _habit(clause: Clause, verb: str, head: int) -> Fault | None:
    """Checking before each change never ends, unless a machine or somebody else does it."""
    lists = clause.lists
    if verb not in lists["checking_verbs"] and verb != "enforce":
        return None
    if clause.anchored or clause.find("machinery", head + 1) is not None:
        return None
    acts = tuple(lists["everyday_acts"])
    for index in range(head + 1, len(clause)):
        word = clause.word(index)
        if word == "by" and _others(clause, index):
            return None
        reach = range(index + 1, index + 1 + _REACH.get(word, 0))
        if any(clause.word(at).startswith(acts) for at in reach):
            # "Run the migrations against a copy of the database before a release"
            named = verb in lists["event_verbs"] and clause.specifics(head + 1) > 2
            named = named and clause.find("manners", head + 1) is None
            return None if named else Fault("habit", head, index)
    return None


def _can_be_seen(clause: Clause, head: int) -> bool:
    """A state that can be looked up: "ensure that X is enabled on all servers"."""
    for index in range(head + 3, len(clause)):
        state = clause.listed(index, "checkable_states")
        if state and clause.word(index - 1) in ("is", "are", "be", "gets"):
            return True
        owned = clause.word(index) in ("has", "have") and clause.word(index + 1) != "been"
        if owned and not is_past(clause.word(index + 1)):
            whose = clause.anchored or clause.specifics(head + 1, index) > 0
            return whose and clause.specifics(index) > 0
    return clause.counted


def _spoilt(clause: Clause, verb: str, head: int) -> Fault | None:
    """Repetition, manner or an unnamed comparison leaves any verb without an end."""
    specifics = clause.things()
    end = clause.object_end()
    ends = verb in clause.lists["concrete_verbs"] or verb == "schedule"
    again = _recurs(clause, 0, min(end, head + 8))
    if again is not None and not (ends and specifics >= 2):
        return Fault("recurring", again, again)
    manner = clause.find("manners", 0, end)
    if manner is not None and specifics < 4 and not _picks_out(clause, manner):
        return Fault("manner", manner, manner)
    last = len(clause) - 1
    loose = end > last and clause.listed(last, "ends_loosely")
    return Fault("comparative", last, last) if loose else None


def _recurs(clause: Clause, low: int, high: int) -> int | None:
    """A word that comes back without an end; "continuous integration" is a name."""
    index = clause.find("recurring", low, high)
    named = index is not None and clause.word(index) == "continuous"
    return None if named and clause.listed((index or 0) + 1, "continuous_things") else index


def _unbounded(clause: Clause, verb: str, head: int, tail: int) -> Fault | None:
    """Without a number, a ticket or a file: do the words bound the task?"""
    lists = clause.lists
    specifics = clause.things()
    if verb in lists["open_verbs"]:
        bound = _bounded(clause, verb, head) or _goes_on(clause, tail)
        return None if bound else Fault("open-verb", head, head)
    ends = verb in lists["concrete_verbs"] or verb == "schedule"
    if verb in lists["event_verbs"] and not (ends and specifics >= 3):
        return _event(clause, head)
    return _object(clause, verb, head, 0 if clause.passive() else tail, specifics)


# -- wishes


def _bounded(clause: Clause, verb: str, head: int) -> bool:
    """A wish with a bound: "enhance X to include Y", "by adding Z", "raise the pool size"."""
    lists = clause.lists
    things = clause.things()
    if verb in lists["retaining"] and things and _timed(clause, head + 1):
        return True
    if verb in lists["finding"] and clause.word(head + 1) in ("all", "every", "each"):
        lacking = clause.find("lacking", head + 2)
        if lacking is not None and clause.specifics(lacking + 1) > 0:
            return True
    if verb in lists["turning"] and things >= 2:
        turned = clause.find("settings", head + 1), clause.find("contrasting", head + 1)
        if turned != (None, None):
            return True
    for index in range(head + 1, len(clause) - 1):
        word = clause.word(index)
        if word in lists["places"] and verb in lists["keeping"] and things >= 2:
            return clause.specifics(index + 1) > 0
        means = word in lists["bounding"] or (word == "by" and clause.verb_at(index + 1))
        if means and not clause.listed(index - 1, "troubles"):
            return clause.named(index + 1) or clause.specifics(index + 1) >= 2
        if word == "that" and clause.word(index - 1) in ("so", "such"):
            return clause.specifics(index + 1) >= 3
    return False


def _goes_on(clause: Clause, low: int, *, least: int = 2) -> bool:
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
        if joined and verb in ends and (apart or not clause.listed(index, "nounlike")):
            removed = verb in clause.lists["removing"]
            return clause.specifics(index + 1) >= (1 if removed else least)
        # "... and a second link will be ordered"
        if joint and index - joint < _NEAR and clause.listed(index, "modals"):
            obliged = clause.obliged(index)
            verb_there = None if obliged is None else clause.verb_at(obliged)
            if obliged is not None and (verb_there is None or verb_there in ends):
                return clause.specifics(joint) >= least
    return False


_NEAR = 6
_DOING = ("we're", "i'm", "we'll", "i'll", "we've", "i've")


# -- what is held


def _event(clause: Clause, head: int) -> Fault | None:
    """Something held: what is it about?"""
    low = 0 if clause.passive() else head + 1
    trained = clause.find("trainings", low, max(head, clause.object_end()))
    if trained is not None:
        about = clause.specifics(trained + 1, _topic_end(clause, trained), skip=head)
        named = about or clause.specifics(low, trained)
        return None if named else Fault("training", trained, trained)
    thought = clause.find("nominals", low, max(head, clause.object_end()))
    if thought is not None:
        on = _goes_on(clause, clause.tail, least=1)
        return None if on else Fault("open-verb", head, thought)
    if clause.things() >= 2:
        return None
    met = clause.find("meetings", low, max(head, clause.object_end()))
    return _at("meeting", met) or Fault("no-object", head, len(clause) - 1)


def _topic_end(clause: Clause, low: int) -> int:
    """Where the topic of a training ends: at the next verb or its purpose."""
    for index in range(low + 1, len(clause)):
        word, following = clause.word(index), clause.word(index + 1)
        purpose = word == "so" or (
            word == "to" and not clause.listed(index + 1, "skipped", "people")
        )
        if purpose or (word == "and" and clause.verb_at(index + 1) == following):
            return index
    return len(clause)


# -- objects


def _object(clause: Clause, verb: str, head: int, tail: int, specifics: int) -> Fault | None:
    """Whether what a verb that ends acts upon is a particular thing."""
    end = clause.object_end()
    more = _compares(clause, tail, min(end, tail + 4))
    if more is not None and all(clause.word(index) != "than" for index in range(more, end + 2)):
        return Fault("comparative", more, more)
    nothing = Fault("no-object", head if tail else 0, len(clause) - 1)
    lore = clause.find("lore", tail, min(end, tail + 5)) is not None
    first = tail + clause.listed(tail, "determiners")
    if clause.listed(first, "anything") or (lore and specifics < 2):
        return nothing
    if verb in clause.lists["writing"] and tail < len(clause):
        return None
    if _timed(clause, tail):
        return None
    if verb in clause.lists["using"] and not clause.specifics(tail, end if tail else head):
        return nothing
    praised = clause.find("praise", tail, min(end, tail + 3)) is not None
    soft = clause.find("soft_things", tail, end) is not None and verb != "automate"
    return nothing if specifics < 1 + (praised or soft) else None


def _timed(clause: Clause, low: int) -> bool:
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


def _compares(clause: Clause, low: int, high: int) -> int | None:
    """A word that compares; "no more copies" and "any longer" put an end to something."""
    more = clause.find("comparatives", low, high)
    if more is None or clause.word(more - 1) in ("no", "not", "any"):
        return None
    return None if _picks_out(clause, more) else more


def _picks_out(clause: Clause, index: int) -> bool:
    """The quality of one thing among others: "a broader selector", "the in-depth guide"."""
    if clause.word(index - 1) not in ("a", "an", "the") or clause.things() < 2:
        return False
    noun = index + 1 + (clause.word(index) in ("more", "less"))
    last = len(clause) - 1
    while (
        noun < last and clause.between(noun + 1) == " " and not clause.listed(noun + 1, "skipped")
    ):
        noun += 1
    return clause.specifics(noun, noun + 1) > 0


# -- nouns


def _noun_phrase(clause: Clause, *, labelled: bool) -> Fault | None:
    """No verb says what to do; a thing that is particular enough may still be built."""
    at = clause.start
    hedge = clause.phrase("hedges")
    if hedge:
        return Fault("hedge", *hedge)
    if clause.anchored:
        return None
    chief = (clause.find("skipped", at + 1) or len(clause)) - 1
    if clause.listed(chief, "nominals"):
        # "Improvements", "alerting improvements for the broker"
        return Fault("open-verb", chief, chief)
    fault = (
        _at("recurring", _recurs(clause, at, at + 6))
        or _at("comparative", _compares(clause, at, at + 6))
        or _at("manner", clause.find("manners", at, at + 6))
        or _at("vigilance", clause.find("caring_verbs", at, at + 6))
    )
    if fault is not None:
        return fault
    if clause.word(at + 1) == "of" and clause.word(at).endswith(_ACTIONS):
        return _object(clause, "", at, at + 2, clause.specifics(at + 2))
    specifics = clause.specifics(at)
    enough = specifics >= 2 or (specifics == 1 and (labelled or _states(clause, at)))
    return None if enough else Fault("noun-only")


_ACTIONS = ("tion", "sion", "ment", "ing", "al")
"""Endings of a verb made a noun: "creation of a second index"."""


def _states(clause: Clause, at: int) -> bool:
    """A verb in the third person says how it will be: "The job runs against a replica"."""
    return any(
        clause.word(index).endswith("s")
        and any(clause.verb_at(index) in clause.lists[name] for name in _FINITE)
        for index in range(at + 1, at + 5)
    )


_FINITE = ("concrete_verbs", "event_verbs", "checking_verbs")
