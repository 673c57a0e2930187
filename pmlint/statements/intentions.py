"""What a document without a list of measures says that will be done, or is done now.

Looked for only where nothing announces its measures: in the last half of its
paragraphs, behind the events. What is promised to those who were hit is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.verbs import is_adverb, is_past, verb_of
from pmlint.reading.words import sentences, tokens, word_count, word_lists
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements.flow import paragraphs
from pmlint.structure.announcing import foretells
from pmlint.structure.tree import Line

LEAST_DONE = 2
"""So many sentences about what is done now make measures, without one about what will be."""


def intentions(lines: Sequence[Line], last: int) -> Iterator[tuple[Line, ...]]:
    """The paragraphs that tell measures, in order; ``last`` is the number of the last line."""
    blocks = [block for block in paragraphs(lines) if block]
    for block in blocks[1:]:
        told = " ".join(line.text.plain.strip() for line in block)
        if block[0].number * 2 >= last and tells_measures(told):
            yield block


def tells_measures(plain: str) -> bool:
    """One sentence says what will be done about it, or some say what is done now."""
    told = [plain[low:high].strip() for low, high in sentences(plain)]
    if any(_will(part) for each in told for part in _PARTS.split(each)) or _counts_up(told):
        return True
    return sum(_done(each) or _prescribed(each) for each in told) >= LEAST_DONE


_PARTS = expression(r"; |, but ")
"""Where a sentence that excuses or informs goes on to what will be done."""


def _counts_up(told: Sequence[str]) -> bool:
    """ "We are taking three actions. First, ... Second, ..." """
    first = next((at for at, each in enumerate(told) if _FIRST.match(each)), 0)
    if not first or _aside(told[first - 1]):
        return False
    said = {token.lower for token in tokens(told[first - 1])}
    return not said.isdisjoint(word_lists("tasks")["changed_things"]) and foretells(told[first - 1])


_FIRST = expression(r"(?:first|firstly|one)\b|\(?1[.)]", re.IGNORECASE)


def _prescribed(sentence: str) -> bool:
    return not _aside(sentence) and is_prescription(sentence)


def _will(sentence: str) -> bool:
    if _aside(sentence):
        return False
    return any(_acts(sentence, match) for match in _AHEAD.finditer(sentence))


def _acts(sentence: str, match: re.Match[str]) -> bool:
    """Somebody does something: not "we will be able", "it should be fine", "you will see"."""
    lists = word_lists("tasks")
    near = sentence[max(match.start() - 80, 0) : match.start()]
    before = [token.lower for token in tokens(near)][-4:]
    noun = before[-1:] and before[-1] in lists["determiners"]
    if noun or not _NO_ACTORS.isdisjoint(before[-2:]):
        # "Nobody lacked the will to help"
        return False
    free = match["will"] or match["going"] or match["being"]
    if not free and lists["actors"].isdisjoint(before):
        return False
    found = [token.lower for token in tokens(sentence[match.end() : match.end() + 80])]
    passive = False
    while found and (is_adverb(found[0]) or found[0] in _AMONG):
        passive = passive or found[0] in ("be", "get")
        found = found[1:]
    if not found or found[0] in _NEGATING or (passive and not _formed(found[0])):
        return False
    if match["being"]:
        return is_past(found[0]) and verb_of(found[0], lists) not in lists["idle"]
    if found[0] in ("work", "working") and found[1:2] in (["to"], ["on"], ["with"]):
        return verb_of(found[2] if len(found) > 2 else "", lists) not in lists["restoring"]
    if match["going"] and not found[0].endswith("ing"):
        return False
    verb = verb_of(found[0], lists) or found[0]
    if verb in ("do", "doing"):
        return passive
    return verb in lists["doing"] or not (verb in lists["idle"] or verb in lists["promising"])


def _formed(verb: str) -> bool:
    """What stands behind "be": "will be replaced", "will be following up"."""
    return is_past(verb) or verb.endswith("ing")


_NO_ACTORS = frozenset(("you", "it", "this", "that", "there", "which", "what", "who", "these"))
_NEGATING = frozenset(("not", "no", "never", "only", "still", "need"))
_AMONG = frozenset(("be", "also", "now", "then", "get", "start", "begin"))


def _done(sentence: str) -> bool:
    """ "We have deleted the script", "The script now refuses to run"."""
    if _aside(sentence):
        return False
    match = _SINCE.search(sentence)
    if match is None:
        return False
    lists = word_lists("tasks")
    found = [token.lower for token in tokens(sentence[match.start() :][:120])]
    past = next((word for word in found if is_past(word)), None)
    verb = verb_of(past, lists) if past is not None else None
    return verb not in lists["restoring"]


_AHEAD = expression(
    r"(?:(?P<will>\bwill|['’]ll)|\bgoing to|\bplan(?:s|ning)? to|\bshould|\bmust"
    r"|\b(?P<going>(?:we|i|team|engineers)(?:['’](?:re|m)| are| am))"
    r"|\b(?:is|are) (?P<being>being)) (?=[a-z])",
    re.IGNORECASE,
)


_SINCE = expression(
    r"\b(?:we|i|team|engineers)(?:['’]ve| have) |\bnow\b|\bfrom now on\b|\banymore\b"
    r"|\b(?:has|have) (?:since |now |also )?been \w+(?:ed|en|lt|ut|et)\b",
    re.IGNORECASE,
)


@cache
def _courtesies() -> Alternatives:
    lists = word_lists("tasks")
    return Alternatives(sorted(lists["courtesy"] | lists["civilities"]), r"\b(?:", r")\b")


def _aside(sentence: str) -> bool:
    """It thanks, excuses, informs or compensates; or it is too short to tell anything."""
    return word_count(sentence) < 4 or _courtesies().search(sentence) is not None
