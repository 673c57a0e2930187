"""Whether a reader can tell when a task is done, and which words keep him from it.

Offsets are 0-based code points into plain text (Markdown marks blanked out). The word lists
are ``[tasks]`` of ``rules/words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from pmlint.reading.prescriptions import opens_with_command, plans, prescribes
from pmlint.reading.tasks import enumerated, split_label
from pmlint.reading.verbs import is_past, verb_of
from pmlint.reading.words import Words, sentences, singulars, tokens, word_lists


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
    cuts = [piece for low, high in cuts for piece in enumerated(text, low, high, lists)]
    prescribing = {(low, high) for low, high in cuts if prescribes(text[low:high], lists)}
    for start, end in cuts:
        part = text[start:end]
        told = (start, end) in prescribing
        # Beside sentences that prescribe, the others say why.
        if part.isspace() or ((faults or prescribing) and not told):
            continue
        if label is not None and not (told or prescribed) and prescribes(label, lists):
            # The label says what to do, the rest says why.
            found = _Clause(f"{label}, for {part}", lists, None, anchored).judge()
            start, end = start, start + len(part.rstrip())
        else:
            found = _Clause(part, lists, label, anchored).judge()
            start, end = start + found.start, start + found.end
        prescribed = prescribed or told
        if not found.vague:
            return Judgement(False, None, 0, len(text))
        faults.append(Judgement(True, found.kind, start, end, found.detail))
    if label is not None and faults and _bounds(label, lists):
        return Judgement(False, None, 0, len(text))
    empty = Judgement(True, "noun-only", 0, len(text), {"words": text.strip(), "verb": ""})
    return faults[0] if faults else empty


def _bounds(label: str, lists: Words) -> bool:
    """The label says enough: "Reject malformed postcodes in the address form: be clear why"."""
    long = len(tokens(label)) > 2
    return (
        long and prescribes(label, lists) and not _Clause(label, lists, None, False).judge().vague
    )


_MOST_LEADING = 4


def _lead_in(text: str, lists: Words) -> int:
    """Where the measure begins behind a few words that head it: "Safer rollouts. They will …"."""
    cuts = sentences(text)
    if len(cuts) < 2 or text[: cuts[0][1]].rstrip()[-1:] != ".":
        return 0
    (low, high), (behind, stop) = cuts[:2]
    head = text[low:high]
    if len(tokens(head)) > _MOST_LEADING or prescribes(head, lists):
        return 0
    measure = text[behind:stop]
    found = {token.lower for token in tokens(measure)}
    measures = prescribes(measure, lists) or found.isdisjoint(lists["tells"])
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
        if head is None and opens_with_command(
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
        return verb_of(self._word(index), self.lists)

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
                    if self._verb_at(done) and is_past(self._word(done)):
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
            named = word.isalpha() and not is_past(word) and not word.endswith("ing")
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


def plans_change(sentence: str, words: Words | None = None) -> bool:
    """Somebody will change something that can be named: "We will be upgrading the client".

    What is promised to those who were hit, or only continued, changes nothing.
    """
    lists = words or word_lists("tasks")
    found = [token.lower for token in tokens(sentence)]
    if not any(plans(found, index, lists) for index in range(min(len(found), 24))):
        return False
    return not judge(sentence, words=lists).vague
