"""Numbers of what is, was done or came by itself: they were not hit.

A document tells how many hosts it runs on, how many changes were merged and how
many engineers came, beside how many customers could not log in.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmlint.reading.clausebounds import clause_of
from pmlint.reading.lookalikes import is_threshold
from pmlint.reading.numerals import is_small
from pmlint.reading.prose import Amount, Prose
from pmlint.reading.verbs import is_past

OWNED = frozenset(
    ("our", "the", "its", "their", "by", "with", "behind", "between", "have", "has", "had")
)
"""Behind these stands what there is: "served by two hosts"."""
_CAUSES = frozenset(("since", "because", "after", "once"))
_CAUSE_PAIRS = frozenset((("due", "to"), ("caused", "by"), ("because", "of"), ("owing", "to")))
_WHERE = frozenset(("in", "on", "of", "at", "behind", "under", "from"))
_WERE = frozenset(("was", "were", "are", "is", "had"))
_RELATIVES = frozenset(("that", "which", "who"))
_AGAIN = frozenset(("again", "back"))
_RESTORED = frozenset(("restored", "recovered"))
_NOT = frozenset(("not", "didn't", "weren't", "wasn't", "never"))
_MUST = frozenset(("must", "need", "needs", "have"))
_CAUSAL = _CAUSES | {"due", "caused", "owing"}


def is_incidental(read: Prose, index: int, found: Amount) -> bool:
    """How things are, how they came about, or what comes next."""
    if found.kind not in ("count", "share", "percent"):
        return False
    last = index
    while last + 1 < len(read.tokens) and read.tokens[last + 1].end <= found.end:
        last += 1
    if read.harmed_near(index, last):
        return False
    if _is_spared(read, index, last) or _is_quorum(read, last):
        return True
    if not read.labelled and (_is_planned(read, index) or _came_back(read, index, last, found)):
        return True
    near = read.sentence(index)
    if read.among("present", near.words) and not (near.past or _points_back(read, index)):
        # "It is used by 3,000 people" says whom it hit where a label asks for that.
        asked = read.labelled and any(
            read.noun(at, "people") or (found.kind == "percent" and read.noun(at, "work"))
            for at in range(index, last + 1)
        )
        return not (asked or near.damaged or read.among("gone", near.words))
    lead = read.before(index, 3)
    while lead and lead[0] in read.words["approximations"]:
        lead = lead[1:]
    if lead[:2] in (["are", "there"], ["is", "there"]) and not is_struck(read, last):
        # "there are 3 nodes, and one was lost"
        return True
    if lead[:1] == ["with"] and not is_struck(read, last):
        # "a project with 200 tasks", "a queue with 3 consumers"
        return True
    return _is_cause(read, index, last)


def _is_spared(read: Prose, index: int, last: int) -> bool:
    """ "300 users were not affected", "(about 14) did not notice it", "no risk to 300 users"."""
    lead = read.before(index, 6)
    if "no" in lead and read.among("dangers", lead):
        return True
    for at in range(last + 1, last + 5):
        if read.listed(at, "untouched"):
            return True
        if read.word(at) in _NOT:
            return read.word(at - 1) != "could" and _came_off(read, at)
        if not read.joined(at) and read.gap(at) != ") ":
            return False
    return False


def _came_off(read: Prose, denied: int) -> bool:
    """ "Did not (really) notice", "did not see any impact", but not "did not see their orders"."""
    for at in (denied + 1, denied + 2):
        if read.listed(at, "struck", "spared"):
            return True
        if read.listed(at, "undergoes"):
            undergone = range(at + 1, at + 4)
            return any(
                read.noun(near, "unhurt", "troubles") or read.tells_damage(read.word(near))
                for near in undergone
            )
        if "," in read.gap(at + 1):
            return False
    return False


def _is_quorum(read: Prose, last: int) -> bool:
    """ "40 members must be online": how many it takes; but not "must be asked again"."""
    after = read.after(last, 5)
    at = next((at for at, word in enumerate(after) if word in _MUST), None)
    if at is None or after[at + 1 : at + 2] not in (["be"], ["to"]) or "be" not in after[at:]:
        return False
    state = after[after.index("be", at) + 1 :]
    return bool(state) and not is_past(state[0])


def _points_back(read: Prose, index: int) -> bool:
    """ "(They lost it.) That's a few hundred games, which is too many"."""
    low = read.sentence(index).tokens[0]
    return read.word(low) == "that's" or (read.word(low), read.word(low + 1)) == ("that", "is")


def _is_planned(read: Prose, index: int) -> bool:
    """ "A test will sign in two users", but not "this will affect 300 customers"."""
    lead = read.before(index, 7)
    if "will" not in lead:
        return False
    between = lead[: lead.index("will")]
    return not any(map(read.tells_damage, between)) and "be" not in between


def _came_back(read: Prose, index: int, last: int, found: Amount) -> bool:
    """ "60% of the mailboxes were working once again", but not "only 60% were back"."""
    after = read.after(last, 9)
    verb = next((at for at, word in enumerate(after) if word in _WERE), len(after))
    # "1,200 orders were recovered" tells how many had been lost
    again = _AGAIN if found.kind == "count" else _AGAIN | _RESTORED
    if after[verb + 1 : verb + 2] in (["to"], ["held"], ["kept"]):
        # "380 exports had to be started again", "380 mails were held back"
        return False
    told = after[verb + 1 : verb + 5]
    if told[1:2] == ["back"]:
        # "one in five was thrown back to the start"
        return False
    if again.isdisjoint(told):
        return False
    met = read.among("only", read.before(index, 2)) or read.among("negations", after)
    return not (met or any(map(read.tells_damage, after)))


def _is_cause(read: Prose, index: int, last: int) -> bool:
    """ "Since two clients were upgraded", but not "after we had lost 37 orders"."""
    cause = _why(read, index)
    if cause is None:
        return False
    after = read.after(last, 4)
    met = read.damaged_near(cause + 1, index - 1) or any(map(read.tells_damage, after))
    return not (met and "never" not in after and read.noun(last, "people", "work"))


def _why(read: Prose, index: int) -> int | None:
    """Where the clause before a number begins to say why or after what."""
    near = read.sentence(index)
    if _CAUSAL.isdisjoint(near.words):
        return None
    for at in range(index - 1, max(near.tokens[0], index - 10) - 1, -1):
        if "," in read.gap(at + 1) or not read.joined(at + 1):
            return None
        word = read.word(at)
        if word in _CAUSES or (word, read.word(at + 1)) in _CAUSE_PAIRS:
            return at
    return None


def is_load(read: Prose, around: Sequence[str]) -> bool:
    """A rise of traffic or demand is a cause, not a harm."""
    if read.among("load_times", around):
        return False
    return read.among("growth", around) and read.among("loads", around)


def responds(read: Prose, index: int, noun: int) -> bool:
    """A few engineers or teams repair; they are hit only where it says so."""
    if read.word(index - 1) == "of" and read.listed(index - 2, "groups"):
        return True
    if read.noun(noun, "people") and read.among("came", read.after(noun, 3)):
        # "all three dispatchers on duty helped"
        return True
    if not read.noun(noun, "responders"):
        return False
    if read.listed(noun + 1, "came"):
        return True
    if not is_small(read, index):
        return False
    works = read.word(noun + 1) == "to" or read.listed(noun + 1, "acts", "probed")
    met = read.harmed_near(noun + 1, noun + 4, noun) and not works
    low = max(clause_of(read, index, noun)[0], index - 3)
    aimed = any(read.word(at) == "for" for at in range(low, index))
    aimed = aimed or read.damaged_near(low, index - 1)
    return not (met or aimed)


def is_worked_on(read: Prose, index: int, noun: int) -> bool:
    """The load that came, what was edited, or how often somebody tried."""
    verb = noun + 1
    while read.joined(verb) and verb < noun + 4 and read.word(verb) not in ("was", "were"):
        verb += 1
    passive = read.word(verb) in ("was", "were") and read.listed(verb + 1, "acts")
    if passive and not read.noun(noun, "people", "work") and not read.harmed_near(index, noun):
        # "three services were restarted"
        return True
    if read.listed(index - 1, "edited"):
        return True
    if read.labelled:
        return False
    if read.listed(noun, "mishaps") and is_small(read, index):
        return True
    if _attacks(read, index):
        return True
    around = [*read.before(index, 3), read.word(noun)]
    return is_load(read, around) and not read.harmed_near(index, noun)


def _attacks(read: Prose, index: int) -> bool:
    """How large an attack was: "it peaked at 3 million packets per second"."""
    lead = read.before(index, 9)
    at = next((at for at, word in enumerate(lead) if word in read.words["attacks"]), None)
    return at is not None and not any(map(read.tells_damage, lead[:at]))


def describes(read: Prose, index: int, noun: int) -> bool:
    """How many there are, not how many were hit: "served by two hosts"."""
    at = _governor(read, index) if read.listed(index - 1, "approximations") else index - 1
    before = read.before(at + 1, 3)
    if read.noun(noun, "people", "work"):
        if before[:1] == ["with"] and read.noun(index - 2, "people"):
            return True
        described = read.among("provides", before[:1])
        # "we had 5 members", but not "we had 5 complaints" or "we had 0 players"
        had = before[:2] == ["had", "we"] and read.noun(noun, "people")
        described = described or (had and read.word(index) != "0")
        described = described or (before[:1] == ["on"] and read.among("runs_on", before[1:2]))
    else:
        described = not OWNED.isdisjoint(before[:1]) or read.among("runs_on", before)
        # "a bad file was pushed to 12 hosts"
        given = before[:1] in (["to"], ["on"]) and read.among("rollout", before[1:2])
        if given:
            return not is_struck(read, noun)
    if not described:
        return False
    if read.among("provides", before[:1]) and before[0] not in OWNED:
        return not is_struck(read, noun)
    return not (is_struck(read, noun) or read.harmed_near(index - 4, index - 1, index))


def is_struck(read: Prose, noun: int) -> bool:
    """What follows in the clause says that they were harmed."""
    further = 4 * (read.word(noun + 1) in _WHERE)
    for at in range(noun + 1, noun + 5 + further):
        turns = read.word(at) in ("and", "but", "which") or "," in read.gap(at)
        if turns or not read.joined(at):
            return False
        if read.harmed_near(at, at) or (read.word(at), read.word(at + 1)) == ("had", "no"):
            return True
    return False


def is_routine(read: Prose, index: int, last: int, after: Sequence[str] = ()) -> bool:
    """What is told to run, or was done by those who repair.

    Such as "it runs two pipelines", "we merged 3 changes", "rolled out to 10% of
    users". The number stands from ``index`` to ``last``, and ``after`` behind it. A
    label asks for what was hit: below it only what was done is routine.
    """
    at = index - 1 if read.labelled else _governor(read, index)
    lead = read.before(at + 1, 4 if read.labelled else 5)
    if done_by_us(read, index, last):
        return True
    if is_threshold(read, index) or _is_habitual(read, index, last):
        return True
    return not read.labelled and _is_everyday(read, range(index, last + 1), at, lead, after)


def _governor(read: Prose, index: int) -> int:
    """The word before a number and what leads to it: that of "runs" in "runs about 5 hosts"."""
    at = index - 1
    while at >= 0 and read.joined(at + 1) and read.listed(at, "approximations", "determiners"):
        if read.word(at) in ("to", "at"):
            break
        at -= 1
    return at


def _is_everyday(
    read: Prose, number: range, at: int, lead: Sequence[str], after: Sequence[str]
) -> bool:
    """The sentence tells what goes on day by day, what was foreseen, or what went well."""
    index, last = number[0], number[-1]
    while lead and lead[0] in ("only", "just"):
        lead = lead[1:]
    verb = lead[0] if lead else ""
    if read.word(last + 1) in ("got", "went", "came") and read.word(last + 2) == "through":
        return True
    if read.word(last + 1) in _WERE and read.listed(last + 2, "dealt_with"):
        # "300 mails were processed", but not "processed twice"
        return not read.joined(last + 3) or read.listed(last + 3, "stops")
    meant = lead[1] if verb == "for" and lead[1:] else verb
    if meant in read.words["foreseen"] and not read.harmed_near(index, last + 3, last):
        return True
    operates = _operates(read, verb)
    if operates and "per" in read.after(last, 2):
        return True
    barred = read.words["barred"].intersection(read.sentence(index).words) - {verb}
    if barred or read.damaged_besides(index, verb):
        return False
    if _habitual(read, index):
        return True
    if operates:
        # "customers sent 40 tickets" tells of the customers
        before = range(max(0, at - 3), at)
        return not any(read.noun(low, "people") and read.word(low).endswith("s") for low in before)
    if verb in ("to", "for", "on") and read.among("rollout", lead):
        return True
    return _is_share(read, index, last) and read.among("turned_good", after[:5])


def _is_habitual(read: Prose, index: int, last: int) -> bool:
    """ "The job that reads 80,000 prices", "the page lists up to 4 terms", "we use 2 servers"."""
    lead = read.before(index, 7)
    while lead and (read.among("approximations", lead[:1]) or lead[0] in ("only", "just")):
        lead = lead[1:]
    if lead[1:2] == ["we"]:
        return _operates(read, lead[0]) and not is_struck(read, last)
    if not lead or not (_is_habit(read, lead[0]) and _is_one(read, lead[1:6])):
        return False
    if lead[-1] in _WHERE and len(lead) < _PLACED:
        # "in our two shops 300 customers queued"
        return False
    if read.noun(last, "people") and not _operates(read, lead[0]):
        # "the bug locks 300 users out"
        return False
    # Behind "that reads 80,000 prices" the verb is that of the job, not of the prices.
    return lead[1] in _RELATIVES or not is_struck(read, last)


_PLACED = 6
"""A clause of fewer words before its number that begins with a preposition says where."""


def _is_habit(read: Prose, verb: str) -> bool:
    """A verb in the present that tells what something does, not what befell it."""
    if not verb.endswith("s") or verb.endswith("ss") or verb in ("is", "was", "means"):
        return False
    return not (
        read.tells_damage(verb) or read.among("renders", (verb,)) or read.among("struck", (verb,))
    )


def _is_one(read: Prose, subject: Sequence[str]) -> bool:
    """Before a verb in the present: "that", or one thing such as "the contract"."""
    if not subject or (subject[0].endswith("s") and "each" not in subject):
        return False
    if subject[0] in _RELATIVES or subject[0] == "it" or "each" in subject:
        return True
    return subject[1:2] == ["each"] or read.among("determiners", subject[1:2])


def _operates(read: Prose, verb: str) -> bool:
    """The verb, in one form or the other, tells what runs day by day."""
    listed = read.words["operates"]
    known = verb in listed or f"{verb}s" in listed or verb.removesuffix("s") in listed
    return known and verb != "read"


def _habitual(read: Prose, index: int) -> bool:
    """A sentence in the present: "the cluster has 12 nodes and 3 routers"."""
    if read.sentence(index).past:
        return False
    return any(_operates(read, word) for word in read.before(index, 12))


def _is_share(read: Prose, index: int, last: int) -> bool:
    """The number is a percentage or a fraction."""
    following = read.tokens[min(last + 1, len(read.tokens) - 1)]
    stretch = read.text[read.tokens[index].start : following.start]
    return any(mark in stretch for mark in ("%", "/", "percent", "per cent"))


def done_by_us(read: Prose, index: int, last: int) -> bool:
    """ "We restarted 4 pods": the number stands from ``index`` to ``last``."""
    at = index - 1 if read.labelled else _governor(read, index)
    lead = read.before(at + 1, 4 if read.labelled else 5)
    for verb, word in enumerate(lead[:4]):
        if word in read.words["acts"]:
            # "each worker opened 20 connections"
            before = lead[verb + 1 : verb + 4]
            by_us = read.among("actors", before) or "each" in before
            by_us = by_us or ("and" in before[:1] and _we_began(read, index))
            return by_us and not read.harmed_near(index, last + 1, last)
    return False


def _we_began(read: Prose, index: int) -> bool:
    """The sentence opens with what we did: "We merged 3 fixes and wrote 4 pages"."""
    low = read.sentence(index).tokens[0]
    return read.listed(low, "actors") and read.listed(low + 1, "acts")
