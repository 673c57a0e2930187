"""What befell those of whom a sentence speaks: they were hit, or only handled."""

from __future__ import annotations

from pmlint.reading.clausebounds import ANEW, TURNS, knocked_out
from pmlint.reading.prose import Prose

ABLE = frozenset(("could", "can", "was", "were", "had", "is", "has", "would", "did"))
BEFELL = frozenset(("was", "were", "had", "got", "went", "came", "became", "took", "ended", "lost"))
PRONOUNS = frozenset(("us", "them", "it", "these", "those"))
_AWAY = frozenset(("out", "off", "away"))
_STATES = frozenset(("is", "are", "was", "were", "came", "went"))
_MAY = frozenset(("to", "could", "can", "should", "must"))
_GOES_ON = frozenset(("will", "are", "can", "is", "should"))
_BUT = frozenset(("but", "though", "although", "however", "yet"))
_DENIED = frozenset(("not", "didn't", "wasn't", "weren't"))
WHO = frozenset(("that", "which", "who", "whose", "trying", "running", "hosted", "visiting"))
_OURSELVES = frozenset(("we", "we're", "i", "i'm", "team"))
_IS = frozenset(("are", "we're", "am", "i'm", "is", "were", "was"))
_ARE = frozenset(("is", "are", "isn't", "aren't", "wasn't", "weren't", "may", "might"))
_NAMING = frozenset(("the", "a", "an", "next", "last", "this", "that", "each", "every"))
_SMALL = frozenset(("of", "to", "in", "on", "for", "from", "at", "with"))
NEAR = 8
"""How many words away the damage may stand from whom it hit."""
FAR = 40
"""How far off another sentence is looked at."""


def handled(read: Prose, first: int, last: int) -> bool:
    """Somebody repaired, ran or told what stands there, or apologised to them."""
    if read.among("regrets", read.sentence(first).words):
        return True
    if read.word(first) == "everything" and read.word(first + 1) in ("that", "we"):
        # "everything we tried", but not "everything we host went dark"
        return not (failed_near(read, first + 3, first + 6) or _is_gone(read, first - 1))
    if _checks(read, first) or _worked_on(read, first):
        return True
    after = read.after(last, 7 if read.word(last + 1) == "of" else 4)
    if "by" in after and (after[0] in ABLE or after[0] == "are") and read.among("provided", after):
        return True
    if _is_told(read, first):
        return not read.among("negations", read.before(first, 6))
    done = read.before(first, 3)
    if "down" in done:
        # "it made the mirror go down for all users"
        done = [word for word in done if word not in ("go", "goes")]
    if read.among("handling", done):
        return True
    if read.word(last + 1) in WHO or not _DENIED.isdisjoint(after):
        return False
    return read.among("handling", after) and not _answered(read, last)


def _is_told(read: Prose, first: int) -> bool:
    """Somebody is to do it: "change all passwords", but not "until the next change all calls"."""
    lead = read.before(first, 6)
    return any(
        verb in read.words["commands"] and before not in _NAMING
        for verb, before in zip(lead[:5], [*lead[1:], ""], strict=False)
    )


def _answered(read: Prose, last: int) -> bool:
    """ "(All requests) were answered with a 500"."""
    return any(_failed_code(read.word(at)) for at in range(last + 1, last + NEAR + 4))


def _checks(read: Prose, first: int) -> bool:
    """What a machine does day by day stands before: "the job that copies all data"."""
    verb = read.word(first - 1)
    if len(verb) < 4 or not verb.endswith("s") or verb.endswith(("ss", "ous")):
        return False
    # "the firewall logs every packet"
    subject = read.word(first - 2)
    owned = read.word(first - 3) in ("the", "our", "a", "this") and not subject.endswith("s")
    if not read.joined(first) or not (owned or subject in read.words["doers"]):
        return False
    known = read.tells_damage(verb) or read.listed(first - 1, "before_all", "struck", "gone")
    return not known and verb not in read.words["renders"]


def _worked_on(read: Prose, first: int) -> bool:
    """What those who repair did stands before: "we drained all nodes"."""
    verb = read.word(first - 1)
    if not read.joined(first):
        return False
    if _is_at_work(read, first - 1):
        return True
    if read.listed(first - 1, "repairs") and read.word(first - 2) in _MAY and verb != "fail":
        # "before we could restart all workers"
        return True
    if not read.listed(first - 2, "workers"):
        return False
    return verb in read.words["acts"] and not read.tells_damage(verb)


def _is_at_work(read: Prose, verb: int) -> bool:
    """ "We are now contacting (every customer)"."""
    word = read.word(verb)
    if not word.endswith("ing") or read.tells_damage(word) or read.listed(verb, "gone"):
        return False
    lead = read.before(verb, 3)
    return not _OURSELVES.isdisjoint(lead) and not _IS.isdisjoint(lead) and "down" not in lead


def hits(read: Prose, first: int, last: int, labelled: bool = False) -> bool:
    """What stands from ``first`` to ``last`` is what was hit, not what was handled.

    Under a label that asks who was hit (``labelled``) what befell them need not be a
    known damage.
    """
    if read.listed(first - 1, "almost") or handled(read, first, last):
        return False
    if read.word(last + 1) in ("and", "or") and read.word(last + 2).endswith("s"):
        # "all parents and pupils of the district were locked out"
        last += 2
    if _well_again(read, last) or read.listed(last + 1, "came") or _is_kind(read, last):
        return False
    before, following = read.word(first - 1), read.word(last + 1)
    if before == "from" and read.word(first - 2).endswith("ed"):
        # "evicted from all nodes"
        return read.listed(first - 2, "gone")
    if following == "had" and before in ("because", "as", "since"):
        return False
    if last > first and read.noun(last, "responders") and not read.noun(last, "wholes"):
        # All engineers come running; they were hit only where it says so at once.
        near = 6 if following in _SMALL else 2
        if read.harmed_near(last + 1, last + near):
            return True
        return before == "for" and _aimed(read, first, last, labelled)
    if read.word(last) == "attempts" and "our" in read.before(last, 2):
        return False
    if before in ("for", "per", "with", "of") and "," in read.gap(last + 1):
        return _aimed(read, first, last, labelled)
    if suffers(read, last) or failed_near(read, last + 1, clause_end(read, last, first)):
        return True
    return _befell(read, last, labelled) or _aimed(read, first, last, labelled)


def _is_kind(read: Prose, last: int) -> bool:
    """Some of them, or what they are to get: "all parts that are not spare", "all will receive"."""
    if read.word(last + 1) in WHO and read.word(last + 2) in _ARE:
        return True
    return "will" in read.after(last, 10)


def _well_again(read: Prose, last: int) -> bool:
    """ "(All systems) are operational again", "(everything) was back to normal"."""
    if read.word(last + 1) not in _STATES:
        return False
    after = read.after(last, 4)
    told = read.words["restored"].intersection(after[1:])
    if told == {"back"} and after[2:]:
        # "users came back to a broken page"
        return False
    return bool(told) and not read.among("negations", after)


def clause_end(read: Prose, last: int, first: int = 0) -> int:
    """The last token that may tell what befell ``last``: not beyond ", but" or ", which".

    The verb of a subject that opens its clause (at ``first``) may stand far behind it.
    """
    _, high = read.sentence(last).tokens
    further = 4 * (read.word(last + 1) in WHO) + 3 * (read.word(last + 1) in _SMALL)
    opens = not read.joined(first) or "," in read.gap(first)
    if further and (opens or read.word(first - 1) in ("that", "and", "as")):
        further = 12
    end = min(last + NEAR + further, high - 1)
    listing = "," in read.gap(last + 1)
    for at in range(last + 2, end + 1):
        if ";" in read.gap(at) or (at > last + NEAR and "," in read.gap(at)):
            return at - 1
        turns = read.word(at) in TURNS and "," in read.gap(at)
        if turns or (read.word(at) == "and" and read.word(at + 1) in ANEW and not listing):
            return at - 1
    return end


def _befell(read: Prose, last: int, labelled: bool) -> bool:
    """The past tense of what they did or had done to them, if nothing good."""
    pronoun = read.word(last).startswith("every")
    if not labelled and not pronoun and not read.noun(last, "people"):
        return False
    after = read.after(last, 6)
    if read.among("restored", after) or read.among("well", after):
        return False
    if pronoun and not labelled and read.among("neutral", after[:1]) and after[1:2] != ["to"]:
        # "everybody got their mail at once"
        return False
    told = after[: min(6 if after and after[0] in _SMALL else 2, clause_end(read, last) - last)]
    if "had" in told and "been" in after:
        return False
    if not labelled and read.among("acts", after[:1]):
        # "each worker opened a connection"
        return False
    return any(word in BEFELL or word.endswith("ed") for word in told)


def _aimed(read: Prose, first: int, last: int, labelled: bool) -> bool:
    """The words before name them as those who were hit: "errors for all users"."""
    if not read.joined(first):
        return False
    before, lead = read.word(first - 1), read.before(first, 3)
    if read.among("well", lead) or lead[1:2] in (["not"], ["didn't"]):
        return False
    if before in read.words["struck"] and not read.noun(last, "never_hit"):
        return True
    if before == "by" and read.listed(first - 2, "noticing", "felt"):
        return True
    if before in ("took", "brought", "taking", "made"):
        return read.among("gone", read.after(last, 3))
    if before == "out" and (lead[1:2] == ["took"] or read.listed(first - 2, "knocked")):
        # "the fault knocked out every till"
        return True
    harming = _harms(read, before, last)
    if read.word(last + 1) in ABLE and not before.endswith(("ed", "ing")):
        # "after a full restart everything was fine"
        harming = False
    within = before == "in" and read.noun(last, "machines")
    if not (harming or within or before in read.words["before_all"]):
        return False
    if before == "and" and not _GOES_ON.isdisjoint(read.after(last, 5)):
        # "unusable for many, and all refunds that were asked for will be paid"
        return False
    low, _ = read.sentence(first).tokens
    if harming or failed_near(read, max(low, first - NEAR), first):
        return True
    if before == "for" and read.among("outages", read.before(first, 2 * NEAR)):
        # "an outage of nearly twenty minutes for all services"
        return True
    return labelled and before in ("to", "for", "by") and read.noun(last, "people")


def _harms(read: Prose, verb: str, last: int) -> bool:
    """The verb tells damage done to what it governs: "losing all orders", "killed all pods"."""
    if not read.tells_damage(verb) or verb in read.words["serving"]:
        return False
    if verb.endswith("ing") or verb in read.words["ruins"]:
        return True
    return not read.noun(last, "machines")


def suffers(read: Prose, last: int) -> bool:
    """Whom ``last`` names met with something: "were greeted by …", "were logged out"."""
    after = read.after(last, 6)
    if read.among("suffered", after):
        return True
    return not _AWAY.isdisjoint(after) and read.among("signed", after)


def failed_near(read: Prose, first: int, last: int) -> bool:
    """Harm, or the status code of a failure, from ``first`` to ``last``."""
    if read.harmed_near(first, last):
        return True
    return any(_is_gone(read, at) for at in range(max(first, 0), last + 1))


def _is_gone(read: Prose, at: int) -> bool:
    word = read.word(at)
    if word == "out":
        # "ran out of memory"
        return read.word(at + 1) == "of" and read.listed(at + 2, "supplies")
    if word == "failed" and read.word(at + 1) == "over":
        return False
    if word in read.words["knocked"] or word == "went":
        return knocked_out(read, at)
    return word in read.words["gone"] or _failed_code(word)


def _failed_code(word: str) -> bool:
    """Such as "503", "502s", "404ing" or "5xx"."""
    code = word[:3]
    if code in ("4xx", "5xx", "50x"):
        return True
    return code.isdigit() and code[0] in "45" and word[3:] in ("", "s", "ed", "ing", "'ing", "'d")


def came_to_pass(read: Prose, noun: int) -> bool:
    """What did not happen to the noun: "(no) orders could be placed"."""
    reach = 6 if read.word(noun + 1) == "of" else 3
    for at in range(noun + 1, noun + reach):
        word = read.word(at)
        if not read.joined(at) or read.word(at - 1) in ("to", "for", "about"):
            return False
        if read.listed(at + 1, "struck"):
            # "No traffic was affected."
            return True
        if read.tells_damage(read.word(at + 1)) and _harmed_besides(read, noun):
            # "Users waited. No order was lost." counts nobody who waited.
            return False
        if word in ABLE or word in read.words["worked"] or word.endswith("ed") or word == "left":
            return True
    return False


def _harmed_besides(read: Prose, noun: int) -> bool:
    if "but" in read.before(noun, 3):
        return True
    return damaged_elsewhere(read, noun) or damaged_further(read, noun)


def damaged_further(read: Prose, index: int) -> bool:
    """The sentence goes on to tell other damage: "no mail was lost, but many were late"."""
    _, high = read.sentence(index).tokens
    turn = next((at for at in range(index, high) if read.word(at) in _BUT), high)
    # "nothing was lost, but readers had to wait"
    people = any(read.noun(at, "people") for at in range(turn + 1, high))
    return people or read.harmed_near(turn + 1, high - 1)


def damaged_elsewhere(read: Prose, index: int) -> bool:
    """Another sentence tells damage."""
    low, high = read.sentence(index).tokens
    return read.harmed_near(low - FAR, low - 1) or read.harmed_near(high, high + FAR)
