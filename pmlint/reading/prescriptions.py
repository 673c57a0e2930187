"""Whether a sentence says what is to be done, rather than what was done or is so."""

from __future__ import annotations

from pmlint.reading.tasks import split_label
from pmlint.reading.verbs import is_adverb, is_past, verb_of
from pmlint.reading.words import Words, sentences, tokens, word_lists


def is_prescription(text: str, words: Words | None = None) -> bool:
    """The text says what to do, rather than what was seen or learned.

    Imperatives, obligations, plans and gerunds prescribe; "Hardware failures
    are unpredictable" does not, nor what "should have" been. One such sentence
    is enough.
    """
    lists = words or word_lists("tasks")
    label, offset = split_label(text)
    body = text[offset:]
    if any(prescribes(body[start:end], lists) for start, end in sentences(body)):
        return True
    # "Review the backup policy: it was never tested."
    return label is not None and label.count(" ") > 1 and prescribes(label, lists)


def is_commitment(text: str, words: Words | None = None) -> bool:
    """A sentence says what will be or has been done about it.

    "We will add", "we have added", "there is now an alert".
    """
    lists = words or word_lists("tasks")
    return any(_commits(text[start:end], lists) for start, end in sentences(text))


def will_change(sentence: str, words: Words | None = None) -> bool:
    """Somebody else will do something: "the carrier will replace the card"."""
    lists = words or word_lists("tasks")
    found = ["", *(token.lower for token in tokens(sentence)), ""]
    return any(
        word == "will"
        and found[at - 1] not in _EXPLAINING
        and (found[at + 1] in lists["concrete_verbs"] or found[at + 1] in lists["retaining"])
        for at, word in enumerate(found)
    )


_EXPLAINING = frozenset(("it", "this", "that", "they", "which", "these", "those", "who"))
"""Before "will" these say what comes of it."""


def guards(sentence: str, words: Words | None = None) -> bool:
    """Something is, has been or will be done so that it does not happen again.

    "We have added sensors to avoid this in future", "Retries are being capped so that a
    slow disk can not do this again"; nor is it an apology, nor does it speak of the repair.
    """
    lists = words or word_lists("tasks")
    found = [token.lower for token in tokens(sentence)]
    if not averts(found, lists):
        return False
    return any(_acts(found, index, lists) for index in range(min(len(found), _REACH)))


_REACH = 40
"""Words of a sentence among which its act is looked for."""


def averts(found: list[str], lists: Words) -> bool:
    """The words speak of the next time."""
    said = set(found)
    if not said.isdisjoint(lists["recurring_again"]):
        return True
    ahead = f" {' '.join(found)} "
    if any(f" {phrase} " in ahead for phrase in lists["from_now"]):
        return True
    for index, word in enumerate(found):
        before = found[index - 1] if index else ""
        behind = found[index + 1] if index + 1 < len(found) else "so"
        if word == "future" and (
            before == "the"
            or before in lists["averting"]
            or (before == "in" and (behind in lists["skipped"] or behind in lists["speakers"]))
        ):
            # "To avoid future outages", but not "in future posts"
            return True
        if word in lists["averting"]:
            would = "would" in found[max(0, index - 3) : index]
            if would or not lists["of_the_kind"].isdisjoint(found[index + 1 : index + 5]):
                return True
    negated = not said.isdisjoint(lists["negates"])
    if "again" in said and (negated or not said.isdisjoint(lists["happening"])):
        return True
    return negated and "so" in said and not said.isdisjoint(lists["of_the_kind"])


def _acts(found: list[str], index: int, lists: Words) -> bool:
    """The auxiliary at ``index`` and its verb: "we will bond", "we're capping", "was capped"."""
    word = found[index]
    before = set(found[max(0, index - 4) : index])
    ours = not lists["speakers"].isdisjoint(before) or not lists["actors"].isdisjoint(before)
    at = index + 1
    while at < len(found) and (is_adverb(found[at]) or found[at] in _AMONG):
        at += 1
    if at >= len(found):
        return False
    verb = found[at]
    base = verb_of(verb, lists) or verb
    if base in lists["caring_verbs"] or base in lists["idle"]:
        return False
    behind = found[at + 1] if at + 1 < len(found) else ""
    if behind in ("you", "everyone"):
        # "We will keep you informed."
        return False
    if (base == "make" and behind == "sure") or (base == "work" and behind not in ("on", "with")):
        return False
    short = word.partition("'")[2] if word.startswith(("we'", "i'")) else ""
    if word == "will" or short == "ll":
        passive = "be" in found[index + 1 : at] and is_past(verb)
        return bool(short) or passive or (ours and verb not in ("not", "be"))
    if word in ("are", "is", "am") or short in ("re", "m"):
        progressive = verb.endswith("ing") and (ours or bool(short))
        passive = not {"being", "now"}.isdisjoint(found[index + 1 : at]) or "now" in before
        return progressive or (passive and is_past(verb))
    if word in ("have", "has") or short == "ve":
        passive = "been" in found[index + 1 : at]
        return is_past(verb) and (ours or passive or bool(short))
    return False


def plans(found: list[str], index: int, lists: Words) -> bool:
    """The word at ``index`` announces a verb of change: will, going to, "we're" upgrading."""
    word = found[index]
    before = found[index - 1] if index else ""
    following = found[index + 1] if index + 1 < len(found) else ""
    acting = not lists["actors"].isdisjoint(found[max(0, index - 4) : index])
    at = index + 1
    progressive = word in ("we're", "i'm") or (word in ("are", "am") and before in lists["actors"])
    planned = word == "to" and (
        before == "going"
        or before in lists["intends"]
        or (before == "is" and "plan" in found[max(0, index - 2) : index])
    )
    ahead = word in ("we'll", "i'll") or (word == "will" and (acting or following == "be"))
    if not (progressive or planned or ahead):
        return False
    while at < len(found) and (
        is_adverb(found[at]) or found[at] in _BETWEEN or found[at].isdigit()
    ):
        at += 1
    if at >= len(found) or (progressive and not found[at].endswith("ing")):
        return False
    verb = verb_of(found[at], lists)
    changes = verb in lists["concrete_verbs"] or verb in lists["event_verbs"]
    return changes and verb not in lists["promising"] and verb not in _LIGHT - {"make"}


_BETWEEN = frozenset(("also", "now", "be", "then", "start", "begin", "soon", "already", "still"))
_AMONG = _BETWEEN | {"been", "being", "since"}
_LIGHT = frozenset(("get", "give", "make", "put", "take"))
"""Verbs that say nothing by themselves: "we have got a clearer picture"."""


_SUPPOSING = frozenset(("would", "could", "should", "might"))


def _commits(sentence: str, lists: Words) -> bool:
    found = [token.lower for token in tokens(sentence)]
    if found[:1] == ["there"] and "now" in found[1:4]:
        return True
    for index, word in enumerate(found[:24]):
        following = found[index + 1] if index + 1 < len(found) else ""
        acting = not lists["actors"].isdisjoint(found[max(0, index - 4) : index])
        if word in ("we'll", "i'll") or (word == "will" and (following == "be" or acting)):
            return True
        done = [each for each in found[index + 1 : index + 4] if is_past(each)]
        if not _SUPPOSING.isdisjoint(found[max(0, index - 2) : index]):
            # "We would have isolated the change."
            continue
        if done and (word in ("we've", "i've") or (word == "have" and acting)):
            verb = verb_of(done[0], lists)
            return verb in lists["concrete_verbs"] and verb not in _LIGHT
        planned = word == "going" or (word in lists["intends"] and acting)
        if following == "to" and planned and not _denied(found, index):
            return True
    return False


def _denied(found: list[str], index: int) -> bool:
    """ "We do not plan to", "we don't want to"."""
    return index > 0 and (found[index - 1] == "not" or found[index - 1].endswith("n't"))


def prescribes(sentence: str, lists: Words) -> bool:
    """The sentence says what is to be done, in one of the forms of a command, duty or plan."""
    found = [token.lower for token in tokens(sentence)]
    if found[:2] == ["if", "you"]:
        # "If you see errors still, please write to support."
        return False
    if _obliges(found, lists):
        return True
    if _is_infinitive(found, lists):
        return True
    comma = sentence.find(",")
    if found and found[0] in lists["subordinate"] and comma > 0:
        found = [token.lower for token in tokens(sentence[comma:])]
    at = 0
    while at + 1 < len(found) and (
        (found[at] in lists["leads"] and found[at] not in _SUBJECTS) or is_adverb(found[at])
    ):
        at += 1
    rest = found[at:]
    if len(rest) < 2:
        return False
    if rest[0] in ("always", "never", "don't") or rest[:2] == ["double", "check"]:
        return True
    if rest[0] == "better":
        # "Better updates on the blog" is wished for, "would have helped" regrets.
        return "would" not in rest and lists["tells"].isdisjoint(rest[1:7])
    verb = verb_of(rest[0], lists)
    if verb is None and opens_with_command(rest, lists):
        return lists["tells"].isdisjoint(rest[2:5])
    if verb == rest[0]:
        # "Test coverage was low" tells, "Ensure permissions are set" prescribes.
        return (
            verb not in lists["nounlike"]
            or rest[1] in ("when", "if", "once", "whenever")
            or lists["tells"].isdisjoint(rest[1:4])
        )
    if verb and rest[0].endswith("ing"):
        told = _supposes(rest, 1) or not lists["tells"].isdisjoint(rest[1:7])
        return not told and "would" not in rest
    return False


def regrets(sentence: str) -> bool:
    """It tells what could have been done, and nothing that will be."""
    found = [token.lower for token in tokens(sentence)]
    return any(_supposes(found, index) for index in range(len(found)))


def _supposes(found: list[str], index: int) -> bool:
    """ "Could have", "should not have" stands at a place."""
    return found[index] in _SUPPOSING and "have" in found[index + 1 : index + 3]


def _is_infinitive(found: list[str], lists: Words) -> bool:
    """ "To have more talks with growers", and no "To do so, we …" """
    if len(found) < 3 or found[0] != "to" or not lists["speakers"].isdisjoint(found):
        return False
    verb = found[1]
    if verb in lists["averting"] or (verb != "have" and verb_of(verb, lists) != verb):
        return False
    return lists["tells"].isdisjoint(found[2:])


def opens_with_command(found: list[str], lists: Words) -> bool:
    """An unknown word right before an article is an imperative: "Whitelist the office"."""
    word, following = found[0], found[1]
    return (
        following in lists["determiners"]
        and word.isalpha()
        and len(word) > 2
        and not word.endswith(_NO_COMMANDS)
        and word not in lists["skipped"]
        and word not in lists["leads"]
        and word not in lists["openers"]
    )


_NO_COMMANDS = ("ed", "ing", "ly", "ness", "ity", "ment", "ion", "s", "ance", "ence", "ally")
_SUBJECTS = frozenset(("the", "i", "we", "us", "to", "help"))


def _obliges(found: list[str], lists: Words) -> bool:
    """The first words of a sentence hold an obligation, a plan or a ban."""
    for index, word in enumerate(found[:24]):
        following, third = (*found[index + 1 : index + 3], "", "")[:2]
        acting = not lists["actors"].isdisjoint(found[max(0, index - 4) : index])
        told = index and found[index - 1] in lists["relative"]
        adverb = following in ("not", "never", "always", "also") or is_adverb(following)
        if word in lists["obliges"] and not told and "have" not in (following, third * adverb):
            return True
        planned = (word in lists["plans"] and (word, third) != ("have", "be")) or (
            word in lists["intends"] and acting
        )
        if following == "to" and planned and not _denied(found, index):
            return True
        if word in lists["advised"] and following in ("to", "that") and found[0] == "it":
            # "It is important to test the backups"
            return third not in lists["saying"] and "was" not in found[:index]
        if word == "allowed" and "not" in found[max(0, index - 2) : index]:
            return True
        passive = (word, following) == ("to", "be") and is_past(third)
        if passive and third not in lists["judged"] and _is_due(found[:index], lists):
            return True
        if word == "to" and _is_charged(found[:index], following, lists):
            return True
        if word in ("we'll", "i'll", "let's") or (word == "need" and following in ("a", "an")):
            return True
        if word == "can" and "we" in found[max(0, index - 2) : index]:
            return True
        if word == "will" and (following == "be" or acting or not index):
            return True
        doing = third if adverb or following in _BETWEEN else following
        if (
            doing.endswith("ing")
            and (word in ("we're", "i'm") or (word == "are" and acting))
            and verb_of(doing, lists) is not None
        ):
            return True
    return False


def _is_due(before: list[str], lists: Words) -> bool:
    """ "Every change is" to be tested, "spare cards" to be kept on site."""
    return before[-1:] in (["is"], ["are"]) or _headless(before, lists)


def _is_charged(who: list[str], verb: str, lists: Words) -> bool:
    """ "The night team" to test the pager, "Ops" to own the runbook."""
    if not 0 < len(who) <= _LONGEST_CREW or not lists["tells"].isdisjoint(who):
        return False
    named = who[-1] in lists["crews"] or (who[-1] in lists["people"] and verb != "do")
    return named and (verb in ("be", "have") or verb_of(verb, lists) == verb)


_LONGEST_CREW = 4


def _headless(before: list[str], lists: Words) -> bool:
    """The subject of "Spare cards to be kept on site" has no verb of its own.

    "Two cards turned out to be broken" and "the disks seem to be worn" have one.
    """
    if not before or before[0] in lists["subordinate"] or not lists["tells"].isdisjoint(before):
        return False
    return not any(is_past(word) or word.rstrip("s") in _SEEMS for word in before)


_SEEMS = frozenset(("have", "seem", "appear", "turn", "prove", "tend", "happen", "claim"))
