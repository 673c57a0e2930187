"""Whether a reader can tell when a task is done, and which words keep him from it.

A task can be closed when it names an action that ends, on a particular thing. A wish
("improve", "ensure") ends only where a bound says how far, by which means or until when;
thinking, taking care and doing something each time never do.

Offsets are 0-based code points into plain text (Markdown marks blanked out). The word lists
are ``[tasks]`` of ``rules/words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pmlint.namedtuples import NamedTuple
from pmlint.reading.clauses import Clause
from pmlint.reading.closing import find_fault
from pmlint.reading.prescriptions import (
    is_commitment,
    plans,
    prescribes,
    regrets,
    will_change,
)
from pmlint.reading.tasks import enumerated, split_label
from pmlint.reading.verbs import verb_of
from pmlint.reading.words import Words, sentences, tokens, word_lists


class Judgement(NamedTuple):
    """Whether a task is too vague to ever be closed, and which words make it so.

    ``kind`` names the fault, None where there is none:

    ===============  ==========================================================
    ``open-verb``    a verb without an end: improve, optimise, investigate
    ``hedge``        may be done or not: maybe, if possible, look into
    ``vigilance``    asks people to take care: be careful, remember, remind
    ``habit``        to be done before each change, so never done
    ``recurring``    comes back without an end: regularly, periodic
    ``manner``       how carefully, instead of what: thoroughly, properly
    ``comparative``  compares with an unnamed measure: better, faster
    ``state``        ensures a state nobody can look up
    ``meeting``      holds a meeting that decides nothing in particular
    ``training``     trains in nothing in particular
    ``no-object``    a good verb on no particular thing: implement monitoring
    ``noun-only``    names a thing and not what to do
    ``question``     asks
    ===============  ==========================================================

    ``start`` and ``end`` are the words at fault, else the whole task. ``detail``
    holds values for messages: ``words`` (as written), ``verb`` (its base form, or "").
    """

    vague: bool
    kind: str | None
    start: int
    end: int
    detail: Mapping[str, str] = {}


def judge(
    text: str, label: str | None = None, words: Words | None = None, *, anchored: bool = False
) -> Judgement:
    """Whether a person could tell when the task is done.

    ``text`` is the task without its label; ``anchored`` says that it holds
    inline code or a link. Of several sentences one concrete one is enough.
    """
    lists = words or word_lists("tasks")
    offset = 0
    if label is None:
        label, offset = split_label(text)
    if label is None:
        offset = _lead_in(text, lists) or _charged(text, lists)
    elif _reminds(label, lists):
        return _whole("vigilance", text)
    pieces = [
        piece
        for low, high in sentences(text[offset:])
        for piece in enumerated(text, offset + low, offset + high, lists)
        if not text[piece[0] : piece[1]].isspace()
    ]
    prescribing = [piece for piece in pieces if _asks(text[slice(*piece)], lists)]
    if pieces and not prescribing and regrets(text[slice(*pieces[0])]):
        return _whole("noun-only", text)
    acting = [] if prescribing else [piece for piece in pieces if _acts(text[slice(*piece)], lists)]
    first: Judgement | None = None
    # Beside sentences that prescribe, or say what is done, the others say why.
    for start, end in prescribing or acting or pieces[:1]:
        part = text[start:end]
        if label is not None and not prescribing and prescribes(label, lists):
            # The label says what to do, the rest says why.
            found = _judge(f"{label}, for {part}", lists, anchored=anchored)
            found = found._replace(start=0, end=len(part.rstrip()))
        else:
            found = _judge(part, lists, labelled=label is not None, anchored=anchored)
        if not found.vague:
            return Judgement(False, None, 0, len(text))
        first = first or found._replace(start=start + found.start, end=start + found.end)
    if label is not None and first is not None and _bounds(label, lists):
        return Judgement(False, None, 0, len(text))
    return first or _whole("noun-only", text)


def _whole(kind: str, text: str) -> Judgement:
    return Judgement(True, kind, 0, len(text), {"words": text.strip(), "verb": ""})


def _asks(sentence: str, lists: Words) -> bool:
    """It says what is to be done, or what has been done about it."""
    told = prescribes(sentence, lists) or is_commitment(sentence, lists)
    return told or will_change(sentence, lists)


def _acts(sentence: str, lists: Words) -> bool:
    clause = Clause(sentence, lists)
    return clause.head is not None and len(clause) > 2


def _bounds(label: str, lists: Words) -> bool:
    """The label says enough: "Reject malformed postcodes in the address form: be clear why"."""
    long = len(tokens(label)) > 2
    return long and prescribes(label, lists) and not _judge(label, lists).vague


def _judge(
    sentence: str, lists: Words, *, labelled: bool = False, anchored: bool = False
) -> Judgement:
    """Judges one sentence."""
    clause = Clause(sentence, lists, anchored=anchored)
    fault = find_fault(clause, labelled=labelled)
    if fault is None:
        return Judgement(False, None, 0, len(sentence))
    if not clause.tokens:
        told = sentence.strip()
        return Judgement(True, fault.kind, 0, len(sentence), {"words": told, "verb": ""})
    start = clause.tokens[fault.low or 0].start
    end = clause.tokens[-1 if fault.high is None else fault.high].end
    verb = None if fault.low is None else clause.verb_at(fault.low)
    return Judgement(
        True, fault.kind, start, end, {"words": sentence[start:end], "verb": verb or ""}
    )


def _reminds(label: str, lists: Words) -> bool:
    found = tokens(label)
    return bool(found) and found[0].lower in lists["reminders"]


_MOST_LEADING = 4


def _charged(text: str, lists: Words) -> int:
    """Where the task begins behind who does it, or when: "Support leads - be quicker"."""
    match = _charge().match(text)
    if match is None:
        return 0
    who = match.group(1)
    named = {token.lower for token in tokens(who)}
    some = any(not named.isdisjoint(lists[name]) for name in ("people", "nobody"))
    some = some or who.isupper() or named <= lists["urgencies"]
    behind = tokens(text[match.end() :])
    opens = bool(behind) and verb_of(behind[0].lower, lists) == behind[0].lower
    return match.end() if some and opens and len(named) <= _MOST_LEADING else 0


@cache
def _charge() -> re.Pattern[str]:
    return re.compile(r"([^\W\d][^\d:–—\n-]{0,40}) [–—-] ")


def _lead_in(text: str, lists: Words) -> int:
    """Where the measure begins behind a few words that head it: "Safer rollouts. They will …"."""
    cuts = sentences(text)
    if len(cuts) < 2 or text[: cuts[0][1]].rstrip()[-1:] != ".":
        return 0
    high = cuts[0][1]
    if len(tokens(text[:high])) > _MOST_LEADING or prescribes(text[:high], lists):
        return 0
    measure = text[high : cuts[1][1]]
    said = {token.lower for token in tokens(measure)}
    told = not said.isdisjoint(lists["tells"]) and said.isdisjoint(lists["announces"])
    return 0 if told and not prescribes(measure, lists) else high


def plans_change(sentence: str, words: Words | None = None) -> bool:
    """Somebody will change something that can be named: "We will be upgrading the client".

    What is promised to those who were hit, or only continued, changes nothing.
    """
    lists = words or word_lists("tasks")
    found = [token.lower for token in tokens(sentence)]
    if not any(plans(found, index, lists) for index in range(min(len(found), 24))):
        return False
    return not judge(sentence, words=lists).vague
