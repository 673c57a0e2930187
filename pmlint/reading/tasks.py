"""Tasks: whether a reader can tell when one is done, who does it, and until when.

Every function takes plain text (Markdown marks blanked out) and gives 0-based
code-point offsets into it. The word lists are ``[tasks]`` of ``rules/words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from pmlint.reading.words import Token, Words, sentences, singulars, tokens, word_lists


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
    ``slogan``       "Test!"
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


class Named(NamedTuple):
    """A value with its place; ``firm`` is False where it binds nobody or no day."""

    start: int
    end: int
    text: str
    firm: bool = True


_VERBS = (
    "concrete_verbs",
    "open_verbs",
    "probing_verbs",
    "caring_verbs",
    "event_verbs",
    "checking_verbs",
)


def _verb(word: str, lists: Words) -> str | None:
    """The base form of a word that is a known verb, else None."""
    for base in _bases(word):
        if any(base in lists[name] for name in _VERBS):
            return base
    return None


_IRREGULAR = {
    "wrote": "write",
    "written": "write",
    "built": "build",
    "made": "make",
    "making": "make",
    "ran": "run",
    "held": "hold",
    "kept": "keep",
    "sent": "send",
    "gave": "give",
    "given": "give",
    "got": "get",
    "took": "take",
    "found": "find",
    "thought": "think",
    "understood": "understand",
    "bought": "buy",
    "done": "do",
    "did": "do",
    "taught": "teach",
    "learnt": "learn",
    "rebuilt": "rebuild",
    "rewrote": "rewrite",
    "spun": "spin",
    "sought": "seek",
    "rewritten": "rewrite",
    "chosen": "choose",
    "drawn": "draw",
    "withdrawn": "withdraw",
    "frozen": "freeze",
    "overridden": "override",
    "taken": "take",
    "brought": "bring",
    "set": "set",
    "put": "put",
    "split": "split",
    "cut": "cut",
    "shut": "shut",
    "reset": "reset",
}


def _bases(word: str) -> Iterator[str]:
    """The base forms a verb's form may come from: adding, added, adds → add."""
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"


# -- the label before a colon


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"\s*([^\s:][^:\n]{0,70}):(?=\s)\s*")


def split_label(text: str) -> tuple[str | None, int]:
    """The label before a colon and the offset of what follows it.

    ``(None, 0)`` where there is none: no colon, nothing behind it, or words
    that read as a sentence or stand in a slot of a template (``[task: …]``).
    """
    match = _label().match(text)
    if not match or match.end() >= len(text.rstrip()):
        return None, 0
    label = match.group(1).strip(" *_")
    inside = [token.lower for token in tokens(label)]
    told = not word_lists("tasks")["sentence"].isdisjoint(inside)
    slot = (label.startswith("[") and "]" not in label) or label.count("(") > label.count(")")
    return (None, 0) if told or slot or not 0 < len(inside) <= 8 else (label, match.end())


def lead_word(text: str, words: Words | None = None) -> str:
    """What the word before a number or colon calls the text: ``finding``, ``measure`` or ""."""
    lists = words or word_lists("tasks")
    found = tokens(text[:40])
    if not found:
        return ""
    behind = text[found[0].end : found[0].end + 1]
    numbered = len(found) > 1 and found[1].lower.isdigit()
    if behind != ":" and not numbered:
        return ""
    named = (name for name in ("findings", "measures") if found[0].lower in lists[name])
    return next(named, "").removesuffix("s")


# -- vague or concrete


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
    if label is not None and label.lower().startswith("reminder"):
        return Judgement(True, "vigilance", 0, len(text), {"words": text.strip(), "verb": ""})
    faults: list[Judgement] = []
    prescribed = False
    offset += _lead_in(text[offset:], lists) if label is None else 0
    cuts = [(offset + low, offset + high) for low, high in sentences(text[offset:])]
    cuts = [piece for low, high in cuts for piece in _enumerated(text, low, high, lists)]
    prescribing = {(low, high) for low, high in cuts if _prescribes(text[low:high], lists)}
    for start, end in cuts:
        part = text[start:end]
        prescribes = (start, end) in prescribing
        # Beside sentences that prescribe, the others say why.
        if part.isspace() or ((faults or prescribing) and not prescribes):
            continue
        if label is not None and not (prescribes or prescribed) and _prescribes(label, lists):
            # The label says what to do, the rest says why.
            found = _Clause(f"{label}, for {part}", lists, None, anchored).judge()
            start, end = start, start + len(part.rstrip())
        else:
            found = _Clause(part, lists, label, anchored).judge()
            start, end = start + found.start, start + found.end
        prescribed = prescribed or prescribes
        if not found.vague:
            return Judgement(False, None, 0, len(text))
        faults.append(Judgement(True, found.kind, start, end, found.detail))
    if label is not None and faults and _bounds(label, lists):
        return Judgement(False, None, 0, len(text))
    empty = Judgement(True, "noun-only", 0, len(text), {"words": text.strip(), "verb": ""})
    return faults[0] if faults else empty


def _enumerated(text: str, low: int, high: int, lists: Words) -> list[tuple[int, int]]:
    """The pieces of "we will: Review the roles, Add a test for them, and Fix the docs"."""
    colon = text.find(": ", low, high)
    if colon < 0 or "," not in text[colon:high]:
        return [(low, high)]
    behind = tokens(text[colon:high])
    starts = [
        colon + token.start
        for before, token in pairwise(behind)
        if text[colon + token.start].isupper()
        and _verb(token.lower, lists) == token.lower
        and "," in text[colon + before.start - 2 : colon + token.start]
    ]
    return list(pairwise([low, *starts, high]))


def _bounds(label: str, lists: Words) -> bool:
    """The label says enough: "Reject malformed postcodes in the address form: be clear why"."""
    long = len(tokens(label)) > 2
    return (
        long and _prescribes(label, lists) and not _Clause(label, lists, None, False).judge().vague
    )


_MOST_LEADING = 4


def _lead_in(text: str, lists: Words) -> int:
    """Where the measure begins behind a few words that head it: "Safer rollouts. They will …"."""
    cuts = sentences(text)
    if len(cuts) < 2 or text[: cuts[0][1]].rstrip()[-1:] != ".":
        return 0
    (low, high), (behind, stop) = cuts[:2]
    head = text[low:high]
    if len(tokens(head)) > _MOST_LEADING or _prescribes(head, lists):
        return 0
    measure = text[behind:stop]
    found = {token.lower for token in tokens(measure)}
    measures = _prescribes(measure, lists) or found.isdisjoint(lists["tells"])
    return high if measures or not found.isdisjoint(lists["announces"]) else 0


@cache
def _reference() -> re.Pattern[str]:
    """A ticket, a link or a comparison with a number."""
    return re.compile(r"#\d|https?://|\b[A-Z][A-Z0-9]+-\d|[<>≥≤]\s?\d")


@cache
def _identifier() -> re.Pattern[str]:
    """Code, a file, a path, an identifier."""
    return re.compile(
        r"`|\w[_=]\w|(?<!\S)/\w"
        r"|\w\.(?:sh|py|ya?ml|toml|json|conf|cfg|md|js|ts|go|rb|rs|sql|tf|xml|ini|pp|env|txt|html)\b"
    )


@cache
def _by_first_word(phrases: frozenset[str]) -> Mapping[str, tuple[list[str], ...]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.split()
        found.setdefault(words[0], []).append(words)
    return {word: tuple(each) for word, each in found.items()}


class _Clause:
    """One sentence of a task as words."""

    def __init__(self, text: str, lists: Words, label: str | None, anchored: bool) -> None:
        self.text = text
        self.lists = lists
        self.label = label
        self.tokens = tokens(text)
        self.counted = bool(_reference().search(text)) or self._has_number()
        self.anchored = (
            anchored or self.counted or bool(_identifier().search(text)) or self._has_camel()
        )

    def judge(self) -> Judgement:
        if self.text.rstrip().endswith("?"):
            return self._vague("question")
        at = self._skip_leads()
        if self._is(at, "bans") and (self.counted or not self.anchored):
            return self._vague("vigilance", at)
        each = (self._word(0), self._word(1)) in _EACH_TIME or self._word(0) == "whenever"
        if each and not self.anchored and self._find("machinery", 0, len(self.tokens)) is None:
            return self._vague("habit", 0, 0 if self._word(0) == "whenever" else 1)
        demeanour = self._demeanour(at)
        if demeanour is not None:
            return self._vague("vigilance", *demeanour)
        head = self._head(at)
        if head is None and _commands(
            [token.lower for token in self.tokens[at : at + 2]] + ["", ""], self.lists
        ):
            head = at
        return self._noun_phrase(at) if head is None else self._verb_phrase(head)

    # -- words

    def _has_number(self) -> bool:
        codes = self.lists["codes"]
        if any(token.lower[0].isdigit() and token.lower not in codes for token in self.tokens[1:]):
            return True
        return any(token.lower in ("two", "three", "four", "five", "ten") for token in self.tokens)

    def _has_camel(self) -> bool:
        """A name from code, such as maxIdle; DevOps and MySQL are written so too."""
        named = self.lists["written_camel"]
        return any(
            any(a.islower() and b.isupper() for a, b in pairwise(self.text[each.start : each.end]))
            and each.lower not in named
            for each in self.tokens
        )

    def _word(self, index: int) -> str:
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def _is(self, index: int, *names: str) -> bool:
        word = self._word(index)
        return any(word in self.lists[name] for name in names)

    def _verb_at(self, index: int) -> str | None:
        return _verb(self._word(index), self.lists)

    def _find(self, name: str, low: int, high: int) -> int | None:
        """The first word of a list within a range of words."""
        listed = self.lists[name]
        span = range(max(low, 0), min(high, len(self.tokens)))
        return next((index for index in span if self._word(index) in listed), None)

    def _find_word(self, word: str, low: int, high: int) -> bool:
        return any(self._word(index) == word for index in range(low, high))

    # -- finding the verb

    def _skip_leads(self) -> int:
        """The index of the first word that says something."""
        at = 0
        comma = self.text.find(",")
        if self._is(0, "subordinate") and comma > 0:
            behind = (i for i, token in enumerate(self.tokens[:17]) if token.start > comma)
            at = next(behind, 0)
        while self._is(at, "leads") and at + 1 < len(self.tokens):
            plain = self._verb_at(at) is not None and not self._is(at + 1, "leads")
            if plain and self._verb_at(at + 1) is None:
                break
            at += 1
        return at

    def _head(self, at: int) -> int | None:
        """The index of the verb that says what is to be done."""
        word, verb = self._word(at), self._verb_at(at)
        learned = verb != word and (verb == "learn" or verb in self.lists["probing_verbs"])
        planned = self._is(at, "intends") and self._word(at + 1) == "to"
        told = learned and not word.endswith("ing")
        if verb and not (planned or told or self._adjective(at)):
            return at
        for index in range(at, min(at + 16, len(self.tokens))):
            if self._is(index, "modals") and not self._is(index - 1, "relative"):
                return self._obliged(index)
            if self._word(index) in ("was", "were", "been") or (
                self._word(index) == "be" and self._word(index - 1) == "to"
            ):
                for done in range(index + 1, index + 4):
                    if self._verb_at(done) and _is_past(self._word(done)):
                        return done
        return None

    def _obliged(self, modal: int) -> int | None:
        """The verb behind "must", "will" and the like; one that is not known hides no other."""
        plain = self._word(modal) in ("will", "should", "must", "shall", "can")
        for index in range(modal + 1, modal + 6):
            word, verb = self._word(index), self._verb_at(index)
            if verb and verb not in ("be", "have"):
                return index
            if plain and word.isalpha() and not word.endswith("ly") and not self._passes(index):
                return None
        return None

    def _passes(self, index: int) -> bool:
        """A word that may stand between a modal and its verb: "should also not be ..."."""
        return self._is(
            index, "skipped", "leads", "degrees", "comparatives", "manners", "recurring"
        )

    def _demeanour(self, at: int) -> tuple[int, int] | None:
        """The words that say how to be: "be suspicious of nulls", "we should be less hasty"."""
        for index in range(at, min(at + 8, len(self.tokens))):
            if self._word(index) not in ("be", "stay", "remain"):
                continue
            personal = (
                self._is(index - 1, "modals", "leads")
                or self._word(index - 1) in ("always", "never")
            ) and any(self._is(i, "people") for i in range(index - 4, index))
            if index != at and not personal:
                return None
            how = index + 1
            while self._is(how, "degrees") or (
                self._word(how).endswith("ly") and len(self._word(how)) > 4
            ):
                how += 1
            word = self._word(how)
            named = word.isalpha() and not _is_past(word) and not word.endswith("ing")
            if named and word not in self.lists["skipped"] and word != "able":
                return index, how
            return None
        return None

    def _adjective(self, at: int) -> bool:
        """A noun phrase starts here: "Automated tests for …", "Monitoring service must …"."""
        compound = self._is(at, "nounlike") and self._word(at) not in ("start", "stop")
        if compound and self._word(at + 1).endswith("ing"):
            return True
        if self._is(at, "adjectives"):
            return not self._is(at + 1, "determiners")
        for index in range(at + 1, at + 5):
            if self._word(index) in ("must", "should", "was", "were", "has", "is", "will"):
                return True
            if self._is(index, "skipped"):
                return False
        return False

    def _chief_verb(self, head: int) -> tuple[str, int]:
        """The verb and where its object starts; of "review and update" the firmer one."""
        verb = self._verb_at(head) or ""
        other = self._verb_at(head + 2)
        if not other or self._word(head + 1) not in ("and", "or", "then"):
            return verb, head + 1
        if other in self.lists["probing_verbs"] or other in self.lists["concrete_verbs"]:
            verb = other
        return verb, head + 3

    def _passive(self, head: int) -> bool:
        return any(self._word(i) in ("be", "was", "were", "been") for i in (head - 2, head - 1))

    # -- what the words at fault are

    def _vague(self, kind: str, low: int | None = None, high: int | None = None) -> Judgement:
        """A fault at the words from ``low`` to ``high``, or of the whole sentence."""
        if not self.tokens:
            told = self.text.strip()
            return Judgement(True, kind, 0, len(self.text), {"words": told, "verb": ""})
        last = -1 if low is None else low if high is None else high
        start, end = self.tokens[low or 0].start, self.tokens[last].end
        verb = None if low is None else self._verb_at(low)
        return Judgement(
            True, kind, start, end, {"words": self.text[start:end], "verb": verb or ""}
        )

    def _fine(self) -> Judgement:
        return Judgement(False, None, 0, len(self.text))

    def _phrase(self, name: str, kind: str) -> Judgement | None:
        """A fault where one of the phrases of a list stands."""
        phrases = _by_first_word(self.lists[name])
        told = [token.lower for token in self.tokens]
        found = [
            (phrase, low)
            for low, word in enumerate(told)
            for phrase in phrases.get(word, ())
            if told[low : low + len(phrase)] == phrase
        ]
        if not found:
            return None
        phrase, low = min(found)
        return self._vague(kind, low, low + len(phrase) - 1)

    def _specifics(self, low: int, high: int | None = None, *, skip: int | None = None) -> int:
        """How many words name something particular, the one at ``skip`` left out."""
        found = set()
        for index in range(low, len(self.tokens) if high is None else high):
            word = self._word(index)
            if index > low + 1 and self._gives_reason(index):
                break
            if index == skip or self._general(index):
                continue
            if index > low and self._word(index - 1) == "to" and self._verb_at(index):
                continue
            found.add(word)
        return len(found)

    def _general(self, index: int) -> bool:
        """The word names nothing particular: listed as general in any form, or so by its ending.

        A word that is not listed names something, unless its form is that of a
        quality ("readiness", "usability"), of an adverb, or of an adjective or a
        participle before its noun ("operational risk", "affected hosts").
        """
        word = self._word(index)
        if any(word in self.lists[name] for name in _UNSPECIFIC):
            return True
        if any(form in self.lists["generic"] for form in (*singulars(word), word + "s")):
            return True
        if len(word) < 6 or not word.isalpha() or word in self.lists["particular"]:
            return False
        if word.endswith(_QUALITIES):
            return True
        following = self.tokens[index + 1].start if index + 1 < len(self.tokens) else None
        qualifies = (
            following is not None and self._joined(index) and not self._is(index + 1, "skipped")
        )
        return qualifies and word.endswith(_QUALIFIERS)

    def _joined(self, index: int) -> bool:
        """Only a space stands between a word and the next one."""
        return self.text[self.tokens[index].end : self.tokens[index + 1].start] == " "

    def _gives_reason(self, index: int) -> bool:
        """What follows says why: "so that it does not happen again"."""
        word, following = self._word(index), self._word(index + 1)
        if word == "so":
            return following in ("that", "this", "it", "we", "these", "such")
        return word in ("because", "since") or (word == "as" and following in ("this", "it", "we"))

    def _object_end(self, head: int) -> int:
        """Where the object ends and its purpose begins."""
        purpose = self._find("purpose", head + 2, len(self.tokens))
        return len(self.tokens) if purpose is None else purpose

    # -- judging

    def _verb_phrase(self, head: int) -> Judgement:
        verb, tail = self._chief_verb(head)
        object_ = self._object_at(tail)
        if self._is(object_, "mindsets") and verb not in _PINS:
            return self._vague("vigilance", head, object_)
        if verb in self.lists["probing_verbs"]:
            return self._second(tail) or self._vague("open-verb", head)
        fault = self._phrase("vigilance", "vigilance")
        if fault:
            return fault
        if verb in self.lists["caring_verbs"] and not self._instructs(verb, head):
            return self._vague("vigilance", head)
        if verb in self.lists["checking_verbs"] or verb == "enforce":
            habit = self._habit(verb, head)
            if habit:
                return habit
        sure = verb == "make" and self._word(head + 1) in ("sure", "certain")
        if verb == "ensure" or sure:
            return self._state(head, head + sure)
        if self.anchored or self._enforced(head):
            return self._fine()
        return self._phrase("hedges", "hedge") or self._unanchored(verb, head, tail)

    def _object_at(self, tail: int) -> int:
        """The index of the first word behind a verb that is no article or quantity."""
        while self._is(tail, "skipped", "comparatives", "recurring"):
            tail += 1
        return tail

    def _instructs(self, verb: str, head: int) -> bool:
        """Teaching somebody something that can be named: "train support to use Zendesk"."""
        if verb not in self.lists["teaching_verbs"]:
            return False
        topic = self._find("topics", head + 1, len(self.tokens))
        if topic is None or self._find("forbids", head + 1, len(self.tokens)) is not None:
            return False
        return self._specifics(topic + 1) > 0

    def _enforced(self, head: int) -> bool:
        """A rule that can be enforced: "must be reviewed by someone else"."""
        return self._passive(head) and any(
            self._word(index) == "by" and self._others(index) for index in range(head + 1, head + 4)
        )

    def _others(self, by: int) -> bool:
        return self._find("others", by + 1, by + 3) is not None

    def _habit(self, verb: str, head: int) -> Judgement | None:
        """Checking before each change is a habit: it never ends."""
        acts = tuple(self.lists["everyday_acts"])
        if self.anchored or self._find("machinery", head + 1, len(self.tokens)) is not None:
            return None
        for index in range(head + 1, len(self.tokens)):
            word = self._word(index)
            if word == "by" and self._others(index):
                return None
            if word in ("every", "each") and self._is(index + 1, "periods"):
                return None
            if word in ("whenever", "everytime"):
                return self._vague("habit", head, index)
            reach = {"every": 3, "each": 3, "before": 5, "prior": 5, "after": 5, "during": 5}
            if word in reach and any(
                self._word(at).startswith(acts) for at in range(index + 1, index + reach[word])
            ):
                # "Run the migrations against a copy of the database before a release"
                named = verb in self.lists["event_verbs"] and self._specifics(head + 1) > 2
                named = named and self._find("manners", head + 1, len(self.tokens)) is None
                return None if named else self._vague("habit", head, index)
        if verb == "test" and not self.anchored and self._specifics(head + 1) < 2:
            return self._vague("slogan", head)
        return None

    def _state(self, low: int, high: int) -> Judgement:
        """Most states cannot be looked up; "ensure that X is enabled on all servers" can."""
        if self.counted or any(
            self._is(index, "checkable_states")
            and self._word(index - 1) in ("is", "are", "be", "gets")
            for index in range(high + 2, len(self.tokens))
        ):
            return self._fine()
        return self._vague("state", low, high)

    def _unanchored(self, verb: str, head: int, tail: int) -> Judgement:
        """Without a number, a ticket or a file: do the words bound the task?"""
        passive = self._passive(head)
        specifics = self._specifics(0, skip=head) if passive else self._specifics(tail)
        end = self._object_end(head)
        again = self._recurs(0, min(end, head + 8))
        finite = verb in self.lists["concrete_verbs"] or verb == "schedule"
        if again is not None and not (finite and specifics >= 2):
            return self._vague("recurring", again)
        manner = self._find("manners", 0, end)
        if manner is not None and (specifics < 4 or self._word(manner).endswith("ly")):
            return self._vague("manner", manner)
        if self._is(len(self.tokens) - 1, "ends_loosely"):
            return self._vague("comparative", len(self.tokens) - 1)
        if verb in self.lists["open_verbs"]:
            bounded = self._bounded(verb, head, end)
            if bounded:
                return self._fine()
            return self._second(tail) or self._vague("open-verb", head)
        if verb in self.lists["event_verbs"] and not (finite and specifics >= 3):
            return self._event(head, end)
        return self._object(verb, head, 0 if passive else tail, end, specifics)

    def _recurs(self, low: int, high: int) -> int | None:
        index = self._find("recurring", low, high)
        if index is None or self._word(index) != "continuous":
            return index
        named = ("integration", "delivery", "deployment", "profiling", "archiving")
        return None if self._word(index + 1) in named else index

    def _bounded(self, verb: str, head: int, end: int) -> bool:
        """An open verb with a bound: "enhance X to include Y", "raise the pool size"."""
        setting = verb in self.lists["turning"] and self._find("settings", head + 1, end)
        if setting is not False and setting is not None:
            return self._specifics(head + 1) >= 2
        for index in range(head + 1, len(self.tokens) - 1):
            word, following = self._word(index), self._word(index + 1)
            passive = self._passive(head)
            kept = verb in self.lists["keeping"] and index > head + (not passive)
            if kept and word in self.lists["places"] and self._specifics(index + 1) > 0:
                return self._specifics(0 if passive else head + 1, skip=head) >= 2
            if (word, following) == ("to", "include"):
                return self._specifics(index + 2) >= 2
            if (word, following) in (("so", "that"), ("such", "that")):
                return self._specifics(index + 2) >= 3
            if word == "by" and self._verb_at(index + 1) in self.lists["concrete_verbs"]:
                return self._specifics(index + 2) >= 2
            if word == "with" and self._is(index - 1, "troubles"):
                continue
            if word in ("in", "through", "with", "using", "via"):
                named = self.text[self.tokens[index + 1].start].isupper()
                if named or word in ("with", "using", "via"):
                    return named or self._specifics(index + 1) >= 2
            if word in ("that", "which") and following in self.lists["failed"]:
                return True
            replaces = word == "instead" or (word, following) == ("rather", "than")
            replaces = replaces or (word == "from" and self._find_word("to", index, index + 6))
            if replaces and verb in self.lists["turning"]:
                return self._specifics(head + 1) >= 2
        return False

    def _event(self, head: int, end: int) -> Judgement:
        """Something held: what is it about?"""
        trained = self._find("trainings", head, end)
        if trained is not None:
            about = self._specifics(trained + 1, self._topic_end(trained))
            if about or self._specifics(head + 1, trained):
                return self._fine()
            return self._vague("training", trained)
        specifics = self._specifics(head + 1)
        met = self._find("meetings", head, end)
        if met is not None and specifics < 3:
            return self._vague("meeting", met)
        return self._fine() if specifics >= 2 else self._nothing(head)

    def _topic_end(self, low: int) -> int:
        """Where the topic of a training ends: at the next verb or its purpose."""
        for index in range(low + 1, len(self.tokens)):
            word, following = self._word(index), self._word(index + 1)
            purpose = word == "so" or (
                word == "to" and not self._is(index + 1, "skipped", "people")
            )
            if purpose or (word == "and" and self._verb_at(index + 1) == following):
                return index
        return len(self.tokens)

    def _second(self, low: int) -> Judgement | None:
        """A verb with an end behind the open one: "review the roles and remove the unused ones"."""
        for index in range(low + 1, len(self.tokens) - 1):
            verb = self._word(index)
            apart = ";" in self.text[self.tokens[index - 1].end : self.tokens[index].start]
            joined = verb not in self.lists["nounlike"] and (
                self._word(index - 1) in ("and", "then")
                or "," in self.text[self.tokens[index - 1].end : self.tokens[index].start]
            )
            if not (apart or joined):
                continue
            if verb in self.lists["concrete_verbs"]:
                behind = self._specifics(index + 1, self._bracket(index))
                found = self._object(verb, index, index + 1, self._object_end(index), behind)
                return None if found.vague or behind < 2 else found
        return None

    def _bracket(self, low: int) -> int:
        """The index of the first word of what stands in brackets."""
        at = self.text.find("(", self.tokens[low].end)
        inside = (i for i in range(low, len(self.tokens)) if self.tokens[i].start > at >= 0)
        return next(inside, len(self.tokens))

    def _object(self, verb: str, head: int, tail: int, end: int, specifics: int) -> Judgement:
        """Whether what a concrete verb acts upon is a particular thing."""
        more = self._compares(tail, min(end, tail + 4))
        if more is not None and not self._find_word("than", more, len(self.tokens)):
            return self._vague("comparative", more)
        lore = self._find("lore", tail, end)
        if lore is not None and specifics < 2:
            return self._nothing(head)
        if verb == "document" and tail < len(self.tokens):
            anything = self._word(tail) in ("everything", "all") and not specifics
            return self._nothing(head) if anything else self._fine()
        if self._word(tail) in ("everything", "anything", "things"):
            return self._nothing(head)
        if self._word(tail + 1) == "best" or self._word(tail) == "best":
            return self._nothing(head)
        praised = self._find("praise", tail, min(end, tail + 3)) is not None
        soft = self._find("soft_things", tail, end) is not None and verb != "automate"
        if self._timed(tail):
            return self._fine()
        if specifics == 0 or (specifics < 2 and (praised or soft)):
            return self._nothing(head if tail else 0)
        return self._fine()

    def _timed(self, low: int) -> bool:
        """How long or how often: "for a month", "every quarter", "once a week"."""
        return any(
            self._is(index + 1, "periods")
            and self._word(index) in ("a", "an", "one", "every", "each", "per", "next")
            and self._word(index - 1) in ("for", "once", "twice", "it", "them")
            for index in range(low, len(self.tokens) - 1)
        )

    def _compares(self, low: int, high: int) -> int | None:
        """A word that compares; "no more copies" and "any longer" put an end to something."""
        more = self._find("comparatives", low, high)
        return None if more is not None and self._word(more - 1) in ("no", "not", "any") else more

    def _nothing(self, head: int) -> Judgement:
        return self._vague("no-object", head, len(self.tokens) - 1)

    def _noun_phrase(self, at: int) -> Judgement:
        """No verb says what to do; a thing that is particular enough may still be built."""
        fault = self._phrase("vigilance", "vigilance") or self._phrase("hedges", "hedge")
        if fault:
            return fault
        if self._is(at, "attitudes") and not self.counted:
            return self._vague("vigilance", at)
        if self.anchored:
            return self._fine()
        if self._is(at, "nominals") and (
            self._word(at + 1) in ("of", "in", "to", "into", "and") or at + 1 == len(self.tokens)
        ):
            return self._vague("open-verb", at)
        again = self._recurs(at, at + 6)
        if again is not None:
            return self._vague("recurring", again)
        for name, kind in _NOUN_FAULTS:
            find = self._compares if name == "comparatives" else partial(self._find, name)
            index = find(at, at + 6)
            if index is not None:
                return self._vague(kind, index)
        specifics = self._specifics(at)
        if specifics >= 2 or (specifics and (self.label or self._states(at))):
            return self._fine()
        return self._vague("noun-only")

    def _states(self, at: int) -> bool:
        """A verb in the third person says how it will be: "The job runs against a replica"."""
        return any(
            self._word(index).endswith("s")
            and any(self._verb_at(index) in self.lists[name] for name in _FINITE)
            for index in range(at + 1, at + 5)
        )


_UNSPECIFIC = (
    "skipped",
    "generic",
    "comparatives",
    "recurring",
    "manners",
    "soft_things",
    "meetings",
    "trainings",
)
_EACH_TIME = {("every", "time"), ("each", "time"), ("any", "time")}
_FINITE = ("concrete_verbs", "event_verbs", "checking_verbs")
_PINS = ("assign", "define", "document", "record", "agree", "list", "clarify", "decide")
"""Verbs that pin down what otherwise is an attitude: "assign ownership of the alerts"."""
_QUALITIES = ("ly", "ness", "ity", "ities", "ship", "ful")
_QUALIFIERS = ("al", "ive", "ous", "able", "ible")
_NOUN_FAULTS = (
    ("comparatives", "comparative"),
    ("manners", "manner"),
    ("caring_verbs", "vigilance"),
)


# -- prescribing or telling


def is_prescription(text: str, words: Words | None = None) -> bool:
    """The text says what to do, rather than what was seen or learned.

    Imperatives, obligations, plans and gerunds prescribe; "Hardware failures
    are unpredictable" does not, nor what "should have" been. One such sentence
    is enough.
    """
    lists = words or word_lists("tasks")
    label, offset = split_label(text)
    body = text[offset:]
    if any(_prescribes(body[start:end], lists) for start, end in sentences(body)):
        return True
    # "Review the backup policy: it was never tested."
    return label is not None and label.count(" ") > 1 and _prescribes(label, lists)


def is_commitment(text: str, words: Words | None = None) -> bool:
    """A sentence says what will be or has been done about it: "we will", "we have added"."""
    lists = words or word_lists("tasks")
    return any(_commits(text[start:end], lists) for start, end in sentences(text))


def plans_change(sentence: str, words: Words | None = None) -> bool:
    """Somebody will change something that can be named: "We will be upgrading the client".

    What is promised to those who were hit, or only continued, changes nothing.
    """
    lists = words or word_lists("tasks")
    found = [token.lower for token in tokens(sentence)]
    if not any(_planned(found, index, lists) for index in range(min(len(found), 24))):
        return False
    return not judge(sentence, words=lists).vague


def guards(sentence: str, words: Words | None = None) -> bool:
    """Something is, has been or will be done so that it does not happen again.

    "We have added sensors to avoid this in future", "Retries are being capped so that a
    slow disk can not do this again"; nor is it an apology, nor does it speak of the repair.
    """
    lists = words or word_lists("tasks")
    found = [token.lower for token in tokens(sentence)]
    if not _averts(found, lists):
        return False
    return any(_acts(found, index, lists) for index in range(min(len(found), _REACH)))


_REACH = 40
"""Words of a sentence among which its act is looked for."""


def _averts(found: list[str], lists: Words) -> bool:
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
    while at < len(found) and (found[at].endswith("ly") or found[at] in _AMONG):
        at += 1
    if at >= len(found):
        return False
    verb = found[at]
    base = _verb(verb, lists) or verb
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
        passive = "be" in found[index + 1 : at] and _is_past(verb)
        return bool(short) or passive or (ours and verb not in ("not", "be"))
    if word in ("are", "is", "am") or short in ("re", "m"):
        progressive = verb.endswith("ing") and (ours or bool(short))
        passive = not {"being", "now"}.isdisjoint(found[index + 1 : at]) or "now" in before
        return progressive or (passive and _is_past(verb))
    if word in ("have", "has") or short == "ve":
        passive = "been" in found[index + 1 : at]
        return _is_past(verb) and (ours or passive or bool(short))
    return False


def _planned(found: list[str], index: int, lists: Words) -> bool:
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
        found[at].endswith("ly") or found[at] in _BETWEEN or found[at].isdigit()
    ):
        at += 1
    if at >= len(found) or (progressive and not found[at].endswith("ing")):
        return False
    verb = _verb(found[at], lists)
    changes = verb in lists["concrete_verbs"] or verb in lists["event_verbs"]
    return changes and verb not in lists["promising"] and verb not in _LIGHT - {"make"}


_BETWEEN = frozenset(("also", "now", "be", "then", "start", "begin", "soon", "already", "still"))
_AMONG = _BETWEEN | {"been", "being", "since"}
_LIGHT = frozenset(("get", "give", "make", "put", "take"))
"""Verbs that say nothing by themselves: "we have got a clearer picture"."""


def _commits(sentence: str, lists: Words) -> bool:
    found = [token.lower for token in tokens(sentence)]
    for index, word in enumerate(found[:24]):
        following = found[index + 1] if index + 1 < len(found) else ""
        acting = not lists["actors"].isdisjoint(found[max(0, index - 4) : index])
        if word in ("we'll", "i'll") or (word == "will" and (following == "be" or acting)):
            return True
        done = [each for each in found[index + 1 : index + 4] if _is_past(each)]
        if done and (word in ("we've", "i've") or (word == "have" and acting)):
            verb = _verb(done[0], lists)
            return verb in lists["concrete_verbs"] and verb not in _LIGHT
        if following == "to" and (word == "going" or (word in lists["intends"] and acting)):
            return True
    return False


def _prescribes(sentence: str, lists: Words) -> bool:
    found = [token.lower for token in tokens(sentence)]
    if found[:2] == ["if", "you"]:
        # "If you have any questions, please contact support."
        return False
    if _obliges(found, lists):
        return True
    comma = sentence.find(",")
    if found and found[0] in lists["subordinate"] and comma > 0:
        found = [token.lower for token in tokens(sentence[comma:])]
    at = 0
    while at + 1 < len(found) and (
        (found[at] in lists["leads"] and found[at] not in _SUBJECTS) or found[at].endswith("ly")
    ):
        at += 1
    rest = found[at:]
    if len(rest) < 2:
        return False
    if rest[0] in ("always", "never", "don't") or rest[:2] == ["double", "check"]:
        return True
    verb = _verb(rest[0], lists)
    if verb is None and _commands(rest, lists):
        return lists["tells"].isdisjoint(rest[2:5])
    if verb == rest[0]:
        # "Test coverage was low" tells, "Ensure permissions are set" prescribes.
        return (
            verb not in lists["nounlike"]
            or rest[1] in ("when", "if", "once", "whenever")
            or lists["tells"].isdisjoint(rest[1:4])
        )
    if verb and rest[0].endswith("ing"):
        return lists["tells"].isdisjoint(rest[1:7]) and "would" not in rest
    return False


def _commands(found: list[str], lists: Words) -> bool:
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
        adverb = following in ("not", "never", "always", "also") or following.endswith("ly")
        if word in lists["obliges"] and not told and "have" not in (following, third * adverb):
            return True
        if following == "to" and (
            (word in lists["plans"] and (word, third) != ("have", "be"))
            or (word in lists["intends"] and acting)
        ):
            return True
        if word == "allowed" and "not" in found[max(0, index - 2) : index]:
            return True
        if (
            (word, following) == ("to", "be")
            and _is_past(third)
            and _headless(found[:index], lists)
        ):
            return True
        if word in ("we'll", "i'll", "let's") or (word == "need" and following in ("a", "an")):
            return True
        if word == "can" and "we" in found[max(0, index - 2) : index]:
            return True
        if word == "will" and (following == "be" or acting or not index):
            return True
        if (
            index < 6
            and following.endswith("ing")
            and (word in ("we're", "i'm") or (word == "are" and acting))
            and _verb(following, lists) is not None
        ):
            return True
    return False


def _headless(before: list[str], lists: Words) -> bool:
    """The subject of "Spare cards to be kept on site" has no verb of its own.

    "Two cards turned out to be broken" and "the disks seem to be worn" have one.
    """
    if not before or before[0] in lists["subordinate"] or not lists["tells"].isdisjoint(before):
        return False
    return not any(_is_past(word) or word.rstrip("s") in _SEEMS for word in before)


_SEEMS = frozenset(("have", "seem", "appear", "turn", "prove", "tend", "happen", "claim"))


# -- who, until when, which ticket, done


@cache
def _owner_field() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:owners?|assignees?|assigned to|responsible|dri|driver|who|lead)\s*[:=–]\s*"
        r"@?([^,;|()\[\]\n:]{1,40})",
        re.IGNORECASE,
    )


@cache
def _behind_owner() -> re.Pattern[str]:
    """What ends a name: a dash, a full stop that is not that of an initial, the next field."""
    return re.compile(
        r"\s[-–—]\s|(?<=[^\W\d_]{3})(?<!\bmrs)(?<!\bprof)\.\s"
        rf"|\.\s+(?:{_FIELDS})\b",
        re.IGNORECASE,
    )


_FIELDS = (
    r"owners?|assignees?|assigned to|responsible|dri|due(?: date| by)?|deadline|eta|target date"
    r"|ticket|issue|priority|status"
)


@cache
def _fields() -> re.Pattern[str]:
    return re.compile(rf"[.;,]\s{{1,3}}(?:{_FIELDS})\s{{0,3}}:", re.IGNORECASE)


@cache
def _owner_first() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:owner|assignee|assigned to|responsible|dri)\s{0,3}:[^\n:]{1,40}?\s[-–—]\s+(?=\S)",
        re.IGNORECASE,
    )


def without_fields(text: str) -> tuple[int, int]:
    """Where the words of a task start and end, without ``Owner: Kim - `` and ``. Due: 1 May``."""
    first = _owner_first().match(text)
    start = first.end() if first else 0
    behind = _fields().search(text, start) if ":" in text[start:] else None
    if behind is None or not text[start : behind.start()].strip():
        return start, len(text)
    return start, behind.start() + (text[behind.start()] == ".")


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.@/])@([A-Za-z][\w-]{0,38})")


@cache
def _bracketed() -> re.Pattern[str]:
    name = r"[A-Z][a-z'’]+"
    return re.compile(rf"[\[(]({name}(?: {name})?)[\])]\s*$|^\s*\[({name})\]")


def find_owner(text: str, words: Words | None = None) -> Named | None:
    """Who does it: a field, a handle or a name in brackets; not firm for a group."""
    lists = words or word_lists("tasks")
    match = _owner_field().search(text) if any(sign in text for sign in ":=–") else None
    if match:
        value = _behind_owner().split(match.group(1), maxsplit=1)[0].strip(" *_.-?")
        if not value or value.lower() in lists["empty"]:
            return None
        start = text.index(value, match.start(1))
        return Named(start, start + len(value), value, not _is_group(value, lists))
    match = _handle().search(text) if "@" in text else None
    if match:
        return Named(match.start(), match.end(), match.group(1), not _is_group(match[1], lists))
    match = _bracketed().search(text) if "(" in text or "[" in text else None
    if match:
        at = 1 if match.group(1) else 2
        value = match.group(at)
        first = value.lower().split()[0]
        if first not in lists["states"] and not _verb(first, lists) and not _is_group(value, lists):
            return Named(match.start(at), match.end(at), value)
    return None


def _is_group(value: str, lists: Words) -> bool:
    return all(token.lower in lists["nobody"] for token in tokens(value.replace("-", " ")))


_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)


_FIRST_LETTERS = frozenset(
    (
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "tod", "tom", "the", "end", "wit", "in ",
        "one", "two", "thr", "fou", "six",
    )
)  # fmt: skip
"""With these, a digit, "q" or "eo" begins what ``_date`` matches."""


def _date_at(text: str, at: int) -> re.Match[str] | None:
    """The date that begins at an offset."""
    head = text[at : at + 3].lower()
    if head in _FIRST_LETTERS or head[:1].isdigit() or head.startswith(("q", "eo")):
        return _iso_date().match(text, at) or _date().match(text, at)
    return None


@cache
def _iso_date() -> re.Pattern[str]:
    return re.compile(r"\d{4}-\d\d-\d\d")


@cache
def _date() -> re.Pattern[str]:
    """Every other date: compiled only where the first letters are those of one."""
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    count = r"(?:\d{1,3}|one|two|three|four|six)"
    return re.compile(
        rf"{_MONTHS} {day}(?:,? \d{{4}})?\b"
        rf"|{day}(?: of)? {_MONTHS}(?:,? \d{{4}})?"
        rf"|{_MONTHS} \d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
        r"|(?:(?:the )?end of )?q[1-4](?: \d{4})?\b"
        r"|(?:the )?end of (?:the |this )?(?:week|month|quarter|year)\b"
        r"|eo[dwmqy]\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|today\b|tomorrow\b"
        rf"|(?:within |in )?{count} (?:business |working )?(?:day|week|month)s?\b",
        re.IGNORECASE,
    )


@cache
def _due_lead() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:due(?: date| by| on)?|deadline|eta|target(?: date)?|by|until|before|within)\b"
        r"\s{0,3}[:=–-]?\s{0,3}(?:the )?|[(\[])",
        re.IGNORECASE,
    )


def find_due(text: str, words: Words | None = None) -> Named | None:
    """Until when; not firm for "soon", "next sprint" and the like."""
    lists = words or word_lists("tasks")
    for match in _due_lead().finditer(text):
        closed = match.group() in "[("
        day = _date_at(text, match.end())
        if day and (not closed or text[day.end() : day.end() + 1] in (")", "]")):
            return Named(day.start(), day.end(), day.group())
        soft = _soft_date(text, match.end(), lists)
        if soft and (not closed or text[soft.end : soft.end + 1] in (")", "]")):
            return soft
    listed = _listed_date(text) or _closing_date(text, lists)
    if listed is not None:
        return listed
    trimmed = text.rstrip(" .")
    for phrase in sorted(lists["soft_dates"]):
        start = len(trimmed) - len(phrase)
        if start > 0 and trimmed[start:].lower() == phrase and trimmed[start - 1] == " ":
            return Named(start, len(trimmed), trimmed[start:], False)
    return None


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r"[(\[][^()\[\]\n]{1,120}[)\]]")


def _listed_date(text: str) -> Named | None:
    """The date among what a bracket lists: ``(@ines, 2025-03-21, PLAT-412)``."""
    for bracket in _bracket().finditer(text):
        comma = text.find(",", bracket.start(), bracket.end())
        while comma >= 0:
            start = comma + 2 if text[comma + 1 : comma + 2] == " " else comma + 1
            day = _date_at(text, start)
            if day and text[day.end() : day.end() + 1] in (",", ")", "]"):
                return Named(day.start(), day.end(), day.group())
            comma = text.find(",", comma + 1, bracket.end())
    return None


@cache
def _dash_or_handle() -> re.Pattern[str]:
    name = r"\s[^\W\d_][\w'’-]{0,30}(?: [^\W\d_][\w'’-]{0,30})?,"
    return re.compile(rf"(?:@[A-Za-z][\w-]{{0,38}}[,:]?|\s[-–—](?:{name})?)\s+(?=\w)")


@cache
def _before_handle() -> re.Pattern[str]:
    return re.compile(r"(?<=\s)\d{4}-\d\d-\d\d(?=,?\s+@[A-Za-z][\w-]{0,38}[\s.]*$)")


@cache
def _behind_day() -> re.Pattern[str]:
    """A handle or a name may follow the day with which a task ends."""
    return re.compile(r"(?:[,:]?\s+@[A-Za-z][\w-]{0,38}|\s[-–—]\s+\w+(?: \w+)?)?[\s.]*$")


_AT_END = 100
"""Characters at the end of a task among which its last day is looked for."""


def _closing_date(text: str, lists: Words) -> Named | None:
    """The day with which a task ends, beside a handle or a dash: ``@ines 2025-03-21``."""
    low = max(0, len(text) - _AT_END)
    if not any(char.isdigit() for char in text[low:]):
        return None
    leads = (_date_at(text, lead.end()) for lead in _dash_or_handle().finditer(text, low))
    for day in (*leads, _before_handle().search(text, low)):
        if day and _is_day(day.group()) and _behind_day().match(text, day.end()):
            past = _past(tokens(text), lists)
            return None if past else Named(day.start(), day.end(), day.group())
    return None


def _is_day(words: str) -> bool:
    """No length: ``2 weeks`` behind a dash may be how long something is kept."""
    return any(char.isdigit() for char in words) and not words.rstrip("s").endswith(
        (" day", " week", " month")
    )


def _soft_date(text: str, at: int, lists: Words) -> Named | None:
    rest = text[at : at + 40].lower()
    for phrase in sorted(lists["soft_dates"]):
        if rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalnum():
            return Named(at, at + len(phrase), text[at : at + len(phrase)], False)
    return None


@cache
def _ticket() -> re.Pattern[str]:
    return re.compile(
        r"https?://[^\s)>\]]+|#\d+\b|(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,6}\b(?![\w-]|\.\w)"
        r"|\b(?:issue|ticket|task|bug|pr|story) #?\d+\b|\bPR-?\d+\b"
    )


@cache
def _ticket_url() -> re.Pattern[str]:
    return re.compile(
        r"/(?:issues?|pulls?|merge_requests|browse|tickets?|work_items|commit|c|t)/[\w#-]+"
    )


def find_ticket(text: str, words: Words | None = None) -> Named | None:
    """The ticket, issue, pull request or commit that carries the task."""
    lists = words or word_lists("tasks")
    for match in _ticket().finditer(text):
        value = match.group()
        if value.startswith("http"):
            if _ticket_url().search(value):
                return Named(match.start(), match.end(), value)
        elif value.split("-", 1)[0] not in lists["no_tickets"]:
            return Named(match.start(), match.end(), value)
    return None


_DONE = (
    "done", "completed", "complete", "accomplished", "finished", "fixed", "resolved",
    "implemented", "shipped", "merged", "deployed", "closed",
)  # fmt: skip
_TICKED = ("[x]", "✅", "✔", "☑")


@cache
def _done_mark() -> re.Pattern[str]:
    done = f"(?:{'|'.join(_DONE)})"
    return re.compile(
        rf"^\s*\[x\]|[✅✔☑]|[(\[|]\s{{0,3}}(?:already )?{done}\b[^)\]|]{{0,30}}[)\]|]?"
        rf"|\bstatus\s{{0,3}}[:=]\s{{0,3}}{done}\b|[-–—:]\s{{0,3}}{done}\s{{0,3}}[.!]?\s*$"
        rf"|^\s*{done}\s{{0,3}}[.!]?\s*$",
        re.IGNORECASE,
    )


def is_done(text: str, words: Words | None = None) -> Named | None:
    """The words that say it is done, else None.

    A box, a tick, "(Done)", a status, or the past tense at the start.
    """
    lowered = text.lower()
    marked = any(sign in lowered for sign in (*_TICKED, *_DONE))
    match = (_done_mark().search(text) or _shouted().search(text)) if marked else None
    if match:
        return Named(match.start(), match.end(), match.group().strip())
    past = _past(tokens(text), words or word_lists("tasks"))
    return Named(past.start, past.end, text[past.start : past.end]) if past else None


def has_state(text: str, words: Words | None = None) -> bool:
    """The last words say how far it is: "… *Done 2024-03-16.*", "… (in progress)", "… - To do"."""
    lists = words or word_lists("tasks")
    low, high = sentences(text)[-1] if text.strip() else (0, 0)
    last = text[low:high]
    cut = max(last.rfind(sign) for sign in ("(", "[", " - ", "– ", "— ", ": "))
    found = [token.lower for token in tokens(last[cut + 1 :])]
    if not found or len(found) > _LONGEST_STATE or (cut < 0 and not low):
        return False
    pair = f"{found[0]} {found[1]}" if len(found) > 1 else ""
    if pair in ("to do", "in progress", "not started", "on hold", "under way", "in review"):
        return True
    stated = found[0] in lists["states"] and found[0] in _PROGRESS
    return stated and all(word[0].isdigit() or len(word) < 10 for word in found[1:])


_LONGEST_STATE = 5
_PROGRESS = frozenset(
    (
        "done", "completed", "complete", "finished", "fixed", "implemented", "shipped", "merged",
        "deployed", "closed", "open", "todo", "planned", "ongoing", "started", "pending",
    )
)  # fmt: skip


def is_ticked(text: str) -> bool:
    """A tick behind the text marks it as done; in front of it, it may be a bullet."""
    return text.rstrip("\ufe0f *_.\n").endswith(_TICKED[1:])


_STRUCK = (("~~", "~~"), ("<s>", "</s>"), ("<del>", "</del>"), ("<strike>", "</strike>"))


def is_struck(source: str, span: tuple[int, int]) -> bool:
    """The words of a span of a document are struck out, so done or dropped.

    What stands behind them may say why; where it says what to do, it takes their place.
    """
    start, end = span
    before = source[max(0, start - 12) : start].rstrip(" *_`").lower()
    for opening, closing in _STRUCK:
        if before.endswith(opening):
            words = source[start : end + len(closing) + 2]
            _, found, left = words.lower().partition(closing)
            return bool(found) and not is_prescription(words[len(words) - len(left) :])
    return False


@cache
def _shouted() -> re.Pattern[str]:
    return re.compile(r"(?<=\s)DONE\b")


def _past(found: list[Token], lists: Words) -> Token | None:
    """The verb in the past tense that opens the text."""
    at = 1 if found and found[0].lower in ("we", "i", "we've", "i've") else 0
    while at and at < len(found) and found[at].lower in ("have", "also", "already", "then"):
        at += 1
    if at >= len(found):
        return None
    first = found[at].lower
    if _verb(first, lists) not in (None, first) and _is_past(first):
        behind = found[at + 1].lower if at + 1 < len(found) else ""
        if first not in lists["adjectives"] or behind in lists["determiners"]:
            return found[at]
    for index in range(at, min(at + 10, len(found) - 1)):
        word = found[index].lower
        if word in ("should", "must", "will", "would", "that", "which", "if", "when"):
            return None
        if word in ("was", "were", "been") and _is_past(found[index + 1].lower):
            return found[index + 1]
    return None


def past_verb(text: str, words: Words | None = None) -> str | None:
    """The base form of the verb in the past tense that opens the text, else None."""
    lists = words or word_lists("tasks")
    past = _past(tokens(text), lists)
    return _verb(past.lower, lists) if past is not None else None


def _is_past(word: str) -> bool:
    return word.endswith("ed") or (word in _IRREGULAR and not word.endswith("ing"))
