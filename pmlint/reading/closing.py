"""Whether the action that a sentence asks for ever ends.

In this order: what asks for care or is done each time never ends; a number, a ticket, a name
from code bounds anything else; hedges, repetition, manner and unnamed comparison undo any
verb; a wish needs a bound; a verb that ends needs a particular object, and so does a noun
that stands for it.
"""

from __future__ import annotations

from pmlint.reading.bounds import bounded, can_be_seen, found_out, goes_on, tells_result, timed
from pmlint.reading.care import Fault, asks_for_care, by_another, fault_at, habitual, instructs
from pmlint.reading.clauses import Clause
from pmlint.reading.verbs import is_past

__all__ = ["Fault", "find_fault"]


def find_fault(clause: Clause, *, labelled: bool = False) -> Fault | None:
    """Why a clause can never be closed, None where it can.

    ``labelled`` says that a label before it names its subject.
    """
    if clause.text.rstrip().endswith("?"):
        return Fault("question")
    fault = asks_for_care(clause)
    if fault is not None:
        return fault
    if clause.head is None:
        return _noun_phrase(clause, labelled=labelled)
    return _verb_phrase(clause, clause.head)


def _verb_phrase(clause: Clause, head: int) -> Fault | None:
    verb, tail = clause.verb, clause.tail
    lists = clause.lists
    if verb in lists["probing_verbs"]:
        return None if found_out(clause, verb, tail) else Fault("open-verb", head, head)
    if clause.listed(head, "trainings") and clause.listed(head + 1, "prepositions"):
        # "Training on firewalls" names a subject, "training the crew to use X" does something.
        return Fault("training", head, head)
    if verb in lists["caring_verbs"] and not instructs(clause, verb, head):
        return Fault("vigilance", head, head)
    habit = habitual(clause, verb, head)
    if habit is not None:
        return habit
    sure = verb == "make" and clause.word(head + 1) in ("sure", "certain")
    if verb in lists["ensuring"] or sure:
        return None if can_be_seen(clause, head) else Fault("state", head, head + sure)
    if clause.anchored or by_another(clause, head):
        return None
    hedge = clause.phrase("hedges")
    if hedge and not clause.quoted(hedge[0]):
        return Fault("hedge", *hedge)
    return _spoilt(clause, verb, head) or _unbounded(clause, verb, head, tail)


def _spoilt(clause: Clause, verb: str, head: int) -> Fault | None:
    """Repetition, manner or an unnamed comparison leaves any verb without an end."""
    specifics = clause.things()
    end = clause.object_end()
    ends = _ends(clause, verb)
    again = _recurs(clause, 0, min(end, head + 8))
    if again is not None and not (ends and specifics >= 2):
        return Fault("recurring", again, again)
    manner = clause.find("manners", 0, end)
    if manner is not None and specifics < 4 and not _picks_out(clause, manner):
        return Fault("manner", manner, manner)
    last = next((i - 1 for i in range(head + 2, len(clause)) if "," in clause.between(i)), None)
    last = len(clause) - 1 if last is None else last
    loose = end > last and clause.listed(last, "ends_loosely")
    return Fault("comparative", last, last) if loose else None


def _ends(clause: Clause, verb: str) -> bool:
    """Who does what the verb says is done with it, as far as the verb tells."""
    return verb in clause.lists["concrete_verbs"] or verb == "schedule"


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
        bound = bounded(clause, verb, head) or goes_on(clause, tail)
        return None if bound else Fault("open-verb", head, head)
    ends = _ends(clause, verb)
    if verb in lists["event_verbs"] and not (ends and specifics >= 3):
        return _event(clause, head)
    return _object(clause, verb, head, 0 if clause.passive() else tail, specifics)


def _event(clause: Clause, head: int) -> Fault | None:
    """Something held: what is it about?"""
    low = 0 if clause.passive() else head + 1
    trained = clause.find("trainings", low, max(head, clause.object_end()))
    if trained is not None and clause.listed(trained - 1, "extras"):
        return Fault("training", trained - 1, trained)
    if trained is not None:
        about = clause.specifics(trained + 1, _topic_end(clause, trained), skip=head)
        named = about or clause.specifics(low, trained)
        return None if named else Fault("training", trained, trained)
    thought = clause.find("nominals", low, max(head, clause.object_end()))
    if thought is not None:
        on = goes_on(clause, clause.tail, least=1)
        return None if on else Fault("open-verb", head, thought)
    if clause.things() >= 2 or _held_on(clause, low):
        return None
    met = clause.find("meetings", low, max(head, clause.object_end()))
    return fault_at("meeting", met) or Fault("no-object", head, len(clause) - 1)


def _held_on(clause: Clause, low: int) -> bool:
    """An event with one particular subject, or at set times: "a review of the billing code"."""
    end = max(low, clause.object_end())
    if clause.find("rhythms", low, end) is not None:
        return clause.things() > 0
    held = clause.find("checks", low, end)
    subject = held is not None and clause.word(held + 1) in ("of", "on")
    return subject and clause.specifics((held or 0) + 2) > 0


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


def _object(clause: Clause, verb: str, head: int, tail: int, specifics: int) -> Fault | None:
    """Whether what a verb that ends acts upon is a particular thing."""
    end = clause.object_end()
    more = _compares(clause, tail, end if verb == "make" else min(end, tail + 4))
    if more is not None and all(clause.word(index) != "than" for index in range(more, end + 2)):
        return Fault("comparative", more, more)
    nothing = Fault("no-object", head if tail else 0, len(clause) - 1)
    lore = clause.find("lore", tail, min(end, tail + 5)) is not None
    first = tail + clause.listed(tail, "determiners")
    if clause.listed(tail, "pronouns") and tail and clause.specifics(0, clause.start):
        # "Once the patch is tested, we will apply it"
        return None
    vast = clause.listed(first, "anything") and not (
        clause.listed(first + 1, "relative") and clause.word(first + 2) not in _PERHAPS
    )
    if vast or (lore and specifics < 2):
        return nothing
    if (verb in clause.lists["writing"] and tail < len(clause)) or _filed(clause, verb, tail):
        return None
    if timed(clause, tail):
        return None
    if verb in clause.lists["using"] and not (
        clause.specifics(tail, end if tail else head) and specifics >= _USED
    ):
        return nothing
    praised = clause.find("praise", tail, min(end, tail + 3)) is not None
    noun = min(end, clause.find("prepositions", first + 1) or end)
    soft = clause.find("soft_things", tail, noun) is not None and verb != "automate"
    # "Write a plan for the failover" ends, unlike "have a plan for it".
    soft = soft and (praised or verb not in clause.lists["authoring"])
    enough = specifics >= 1 + (praised or soft) or tells_result(clause, head, least=2)
    return None if enough else nothing


_USED = 2
"""What is used, and for what or where: "use systemd for the worker", but not "use caching"."""
_PERHAPS = ("may", "might", "could", "can", "would")


def _compares(clause: Clause, low: int, high: int) -> int | None:
    """A word that compares; "no more copies" and "any longer" put an end to something."""
    more = clause.find("comparatives", low, high)
    if more is not None and clause.verb == "make" and _by_means(clause, more):
        return None
    if more is None or clause.word(more - 1) in ("no", "not", "any", "of"):
        # "The list of bigger boats"
        return None
    return None if _picks_out(clause, more) else more


def _filed(clause: Clause, verb: str, tail: int) -> bool:
    """Something is put where it is read: "add the vendor's number to the runbook"."""
    if verb not in clause.lists["filing"]:
        return False
    page = clause.find("reference_pages", tail + 2)
    if page is None:
        return False
    before = page - 1 - clause.listed(page - 1, "determiners")
    return before > tail and clause.word(before) in ("in", "into", "to", "on")


def _by_means(clause: Clause, index: int) -> bool:
    """ "Make the check stricter by asking for a write"."""
    by = clause.find("means", index + 1)
    return by is not None and clause.word(by + 1).endswith("ing")


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


def _noun_phrase(clause: Clause, *, labelled: bool) -> Fault | None:
    """No verb says what to do; a thing that is particular enough may still be built."""
    at = clause.start
    hedge = clause.phrase("hedges")
    if hedge:
        return Fault("hedge", *hedge)
    if clause.anchored:
        return None
    chief = clause.chief()
    if clause.listed(chief, "nominals"):
        # "Improvements", "alerting improvements for the broker"
        return Fault("open-verb", chief, chief)
    if clause.listed(chief, "trainings"):
        return Fault("training", chief, chief)
    fault = (
        fault_at("recurring", _recurs(clause, at, at + 6))
        or fault_at("comparative", _compares(clause, at, at + 6))
        or fault_at("manner", clause.find("manners", at, at + 6))
        or fault_at("vigilance", clause.find("caring_verbs", at, at + 6))
    )
    if fault is not None:
        return fault
    used = clause.word(at) in ("use", "usage")
    if clause.word(at + 1) == "of" and (used or clause.word(at).endswith(_ACTIONS)):
        return _object(clause, "use" * used, at, at + 2, clause.specifics(at + 2))
    specifics = clause.specifics(at)
    if timed(clause, at):
        return None
    if specifics < 3 and clause.listed(len(clause) - 1, "ends_loosely"):
        return Fault("comparative", len(clause) - 1, len(clause) - 1)
    least = 3 if clause.listed(at, "praise") else 2
    enough = specifics >= least or (specifics == 1 and (labelled or _states(clause, at)))
    return None if enough else Fault("noun-only")


_ACTIONS = ("tion", "sion", "ment", "ing", "al")
"""Endings of a verb made a noun: "creation of a second index"."""


def _states(clause: Clause, at: int) -> bool:
    """A verb says how it is or will be: "The job runs on a replica", "Nightly job disabled"."""
    return any(
        (clause.word(index).endswith("s") or is_past(clause.word(index)))
        and any(clause.verb_at(index) in clause.lists[name] for name in _FINITE)
        for index in range(at + 1, at + 5)
    )


_FINITE = ("concrete_verbs", "event_verbs", "checking_verbs")
