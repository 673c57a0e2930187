"""One sentence of a task as words: its verb, what it acts upon, how much of it is particular.

Offsets are 0-based code points into plain text (Markdown marks blanked out); places in a
clause are the indices of its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pmlint.reading.prescriptions import opens_with_command
from pmlint.reading.verbs import bases, is_adverb, is_past, verb_of
from pmlint.reading.words import Words, singulars, tokens, word_lists


@cache
def _reference() -> re.Pattern[str]:
    """A ticket, a link or a comparison with a number."""
    return re.compile(r"#\d|https?://|\b[A-Z][A-Z0-9]+-\d|[<>≥≤]\s?\d")


@cache
def _key() -> re.Pattern[str]:
    return re.compile(r"[A-Z][A-Z0-9]+-\d+")


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


class Clause:
    """One sentence of a task.

    ``counted`` says that a number, a ticket or a link bounds it, ``anchored`` that this or a
    name from code does. ``start`` is the first word that says something, ``head`` the verb
    that says what is to be done, None where none does; ``verb`` is its base form, and its
    object starts at ``tail``.
    """

    def __init__(self, text: str, lists: Words, *, anchored: bool = False) -> None:
        self.text = text
        self.lists = lists
        self.tokens = tokens(text)
        self.counted = bool(_reference().search(text)) or self._has_number()
        self.anchored = anchored or self.counted or bool(_identifier().search(text))
        self.start = self._skip_leads()
        self.head = self._find_head(self.start)
        self.verb, self.tail = self._action(self.head or 0)

    def __len__(self) -> int:
        return len(self.tokens)

    # -- words

    def _has_number(self) -> bool:
        codes, numerals = self.lists["codes"], word_lists("amounts")["numbers"]
        words = [token.lower for token in self.tokens]
        why = next((i for i in range(2, len(words)) if self._excuses(i)), len(words))
        words = words[:why]
        if any(word[0].isdigit() and word not in codes for word in words[1:]):
            return True
        return not numerals.isdisjoint(words)

    def word(self, index: int) -> str:
        """The word at a place in lower case, "" beyond the ends."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def listed(self, index: int, *names: str) -> bool:
        """Whether the word at a place stands in one of the lists."""
        word = self.word(index)
        return any(word in self.lists[name] for name in names)

    def verb_at(self, index: int) -> str | None:
        """The base form of the verb at a place, None where the word is no known verb."""
        return verb_of(self.word(index), self.lists)

    def find(self, name: str, low: int = 0, high: int | None = None) -> int | None:
        """The first word of a list within a range of places."""
        words = self.lists[name]
        span = range(max(low, 0), min(len(self) if high is None else high, len(self)))
        return next((index for index in span if self.word(index) in words), None)

    def phrase(self, name: str) -> tuple[int, int] | None:
        """The first and the last word of the first phrase of a list."""
        phrases = _by_first_word(self.lists[name])
        told = [token.lower for token in self.tokens]
        found = [
            (phrase, low)
            for low, word in enumerate(told)
            for form in (bases(word) if word.endswith("ing") else (word,))
            for phrase in phrases.get(form, ())
            if told[low + 1 : low + len(phrase)] == phrase[1:]
        ]
        if not found:
            return None
        phrase, low = min(found)
        return low, low + len(phrase) - 1

    def quoted(self, index: int) -> bool:
        """The word at a place is cited: a message that says "we are looking into it"."""
        before = self.text[: self.tokens[index].start]
        return before.count('"') % 2 == 1 or before.rfind("“") > before.rfind("”")

    def named(self, index: int) -> bool:
        """The word at a place begins with a capital."""
        return index < len(self) and self.text[self.tokens[index].start].isupper()

    def between(self, index: int) -> str:
        """What stands between the word before a place and the one at it."""
        low = self.tokens[index - 1].end if index > 0 else 0
        return self.text[low : self.tokens[index].start]

    # -- finding the verb

    def _skip_leads(self) -> int:
        at = 0
        comma = self.text.find(",")
        if comma > 0 and (self.listed(0, "subordinate") or self.word(1) == "time"):
            behind = (i for i, token in enumerate(self.tokens[:17]) if token.start > comma)
            at = next(behind, 0)
        elif self.word(0).isdigit() or self._numbers(0):
            at = 1
        while at + 1 < len(self) and (
            self.listed(at, "leads") or self._supposes(at) or self._ticket(at)
        ):
            plain = self.verb_at(at) is not None and not self.listed(at + 1, "leads")
            if plain and self.verb_at(at + 1) is None:
                break
            at += 1
        return at

    def _numbers(self, at: int) -> bool:
        """A letter that only numbers the task: "(a) ..."."""
        if at >= len(self):
            return False
        end = self.tokens[at].end
        return end - self.tokens[at].start == 1 and self.text[end : end + 1] in (")", ".")

    def _ticket(self, at: int) -> bool:
        """The key of a ticket stands before the task: "SCHED-415 explore ..."."""
        token = self.tokens[at]
        return self.verb_at(at) is None and bool(
            _key().fullmatch(self.text[token.start : token.end])
        )

    def _supposes(self, at: int) -> bool:
        """ "I think we should add": what is thought is to be done."""
        return self.word(at) == "think" and self.word(at + 1) in _SPEAKERS

    def _find_head(self, at: int) -> int | None:
        word, verb = self.word(at), self.verb_at(at)
        found_out = verb != word and verb in self.lists["probing_verbs"]
        told = found_out and not word.endswith("ing")
        told = told or (word in ("have", "has", "be") and self._finite(at) is not None)
        noun = at > 0 and self.listed(at - 1, "determiners") and not self._numbers(at - 1)
        if verb and not (told or noun or self._adjective(at)):
            return self._inner(at)
        for index in range(at, min(at + 16, len(self))):
            if self.gives_reason(index):
                break
            if self.listed(index, "modals") and not self.listed(index - 1, "relative"):
                found = self.obliged(index)
                return None if found is None else self._inner(found)
            found = self._infinitive(index) or self._finite(index)
            if found is not None:
                return self._inner(found)
        following = [token.lower for token in self.tokens[at : at + 2]] + ["", ""]
        return at if opens_with_command(following, self.lists) else None

    def _inner(self, verb: int) -> int:
        """The verb that another one only announces: "agreed to add", "keep working on adding"."""
        while True:
            announced = self._infinitive(verb + 1) or self._gerund(verb) or self._joint(verb)
            if announced is None:
                return verb
            verb = announced

    def _joint(self, verb: int) -> int | None:
        """What somebody else is to help with: "work with the vendor to raise our limit"."""
        if self.verb_at(verb) != "work" or self.word(verb + 1) != "with":
            return None
        to = next((i for i in range(verb + 2, verb + 8) if self.word(i) == "to"), -1)
        known = to >= 0 and self.verb_at(to + 1) == self.word(to + 1)
        asked = self.listed(to + 2, "whether")
        return to + 1 if known and not asked else None

    def _gerund(self, verb: int) -> int | None:
        behind = verb + 1
        if self.verb_at(verb) == "work" and self.word(behind) == "on":
            behind += 1
        elif self.verb_at(verb) not in self.lists["continuing"]:
            return None
        return behind if self.word(behind).endswith("ing") and self.verb_at(behind) else None

    def _infinitive(self, index: int) -> int | None:
        """The verb behind "to" where the word before it only announces: "we have to add"."""
        if self.word(index) != "to" or not (
            self.listed(index - 1, "announcing") or self._charges(index)
        ):
            return None
        index += 1
        while is_adverb(self.word(index)) or self.listed(index, "amid"):
            index += 1
        verb = self.verb_at(index)
        return index if verb == self.word(index) and verb not in ("be", "have") else None

    def _charges(self, index: int) -> bool:
        """Who is to do it stands before "to": "Ops team to raise the limit", "DBA to check"."""
        if not 0 < index <= self.start + _WHO:
            return False
        who = self.tokens[index - 1]
        short = who.end - who.start > 1 and self.text[who.start : who.end].isupper()
        return short or self.listed(index - 1, "people", "crews")

    def _finite(self, index: int) -> int | None:
        """The verb of what is being, has been or was done: "we are adding", "was added"."""
        word, before = self.word(index), self.word(index - 1) if index else ""
        acting = before in self.lists["actors"] or before in ("we'll", "i'll", "will")
        passive = word in ("was", "were", "been", "being") or (word == "be" and before == "to")
        doing = word in ("we're", "i'm") or (word in ("are", "am", "is", "be") and acting)
        done = passive or word in ("we've", "i've") or (word in ("have", "has") and acting)
        if not (doing or done):
            present = acting and word.endswith("s") and self.verb_at(index)
            return index if present else None
        index += 1
        while self.listed(index, "degrees", "amid") or is_adverb(self.word(index)):
            index += 1
        verb = self.verb_at(index)
        formed = self.word(index).endswith("ing") if doing else is_past(self.word(index))
        told = done and not passive and verb in self.lists["probing_verbs"]
        return index if verb and formed and not told else None

    def obliged(self, modal: int) -> int | None:
        """The verb behind "must", "will" and the like; one that is not known hides no other."""
        plain = self.listed(modal, "modals")
        for index in range(modal + 1, modal + 6):
            word, verb = self.word(index), self.verb_at(index)
            if verb and verb not in ("be", "have"):
                return index
            if self.word(index - 1) == "be" and is_past(word):
                return index
            if plain and word.isalpha() and not is_adverb(word) and not self._passes(index):
                return None
        return None

    def _passes(self, index: int) -> bool:
        """A word that may stand between a modal and its verb: "should also not be ..."."""
        return self.listed(
            index, "skipped", "leads", "degrees", "comparatives", "manners", "recurring"
        )

    def _adjective(self, at: int) -> bool:
        """A noun phrase starts here: "Automated tests for …", "Monitoring service must …"."""
        compound = self.listed(at, "nounlike") and self.word(at) not in ("start", "stop")
        if compound and self.word(at + 1).endswith("ing"):
            return True
        if self.listed(at, "adjectives"):
            # "Improved logging by including ..." tells what was done.
            means = any(self.word(i) == "by" for i in range(at + 1, at + 6))
            return not (means or self.listed(at + 1, "determiners"))
        if self.word(at).endswith("ing") and self._undergoes(at):
            return True
        for index in range(at + 1, at + 5):
            if self.listed(index, "auxiliaries"):
                return True
            if (self.word(index), self.word(index + 1)) in _NOUN_BEFORE:
                return True
            if self.listed(index, "skipped"):
                return False
        return False

    def _undergoes(self, at: int) -> bool:
        """Something is done to what starts here: "monitoring for expiry has been added"."""
        for index in range(at + 1, min(at + 12, len(self) - 1)):
            if self.listed(index, "joining"):
                return False
            if self.listed(index, "passive") and self.listed(index - 1, "before_passive"):
                return is_past(self.word(index + 1))
        return False

    def _action(self, head: int) -> tuple[str, int]:
        """The verb and where its object starts; of "review and update" the firmer one."""
        verb = self.verb_at(head) or ""
        other = self.verb_at(head + 2)
        if not other or self.word(head + 1) not in ("and", "or", "then"):
            return verb, head + 1
        if other in self.lists["probing_verbs"] or other in self.lists["concrete_verbs"]:
            verb = other
        return verb, head + 3

    def passive(self) -> bool:
        """The verb is one in "must be added", "was added"."""
        head = self.head or 0
        return any(self.listed(i, "passive") for i in (head - 2, head - 1))

    def chief(self) -> int:
        """The noun that those before it only describe: "alerting improvements for ..."."""
        return (self.find("skipped", self.start + 1) or len(self)) - 1

    def things(self) -> int:
        """How many words of what the verb acts upon are particular."""
        if self.passive():
            return self.specifics(0, skip=self.head)
        return self.specifics(self.tail)

    def object_end(self) -> int:
        """Where the object ends and its purpose begins."""
        purpose = self.find("purpose", (self.head or 0) + 2)
        return len(self) if purpose is None else purpose

    # -- what is particular

    def specifics(self, low: int, high: int | None = None, *, skip: int | None = None) -> int:
        """How many words name something particular, the one at ``skip`` left out."""
        found = set()
        for index in range(low, len(self) if high is None else high):
            if index > low + 1 and self.gives_reason(index):
                break
            if index == skip or self._general(index):
                continue
            if index > low and self.word(index - 1) == "to" and self.verb_at(index):
                continue
            if (self.word(index), self.word(index + 1)) == ("order", "to"):
                continue
            found.add(self.word(index))
        return len(found)

    def gives_reason(self, index: int) -> bool:
        """What follows says why: "because nobody knew", "so we can react"."""
        why = self.word(index) in ("as", "so") and self.listed(index + 1, "reasoning")
        return why or self.listed(index, "reasons")

    def _excuses(self, index: int) -> bool:
        """What follows says why, and not with what end: "because four hours are too long"."""
        dated = self.word(index + 1)[:1].isdigit()
        return (self.listed(index, "reasons") and not dated) or (
            self.word(index) == "as" and self.listed(index + 1, "reasoning")
        )

    def _general(self, index: int) -> bool:
        """The word names nothing particular: listed as general in any form, or so by its ending.

        A word that is not listed names something, unless its form is that of a
        quality ("readiness", "usability"), of an adverb, or of an adjective or a
        participle before its noun ("operational risk", "affected hosts").
        """
        word = self.word(index)
        if any(word in self.lists[name] for name in _UNSPECIFIC):
            return True
        if any(form in self.lists["generic"] for form in (*singulars(word), word + "s")):
            return True
        if len(word) < 6 or not word.isalpha() or word in self.lists["particular"]:
            return False
        if word.endswith("ing") and self.verb_at(index) in self.lists["open_verbs"]:
            return True
        if word.endswith(_QUALITIES):
            return True
        qualifies = (
            index + 1 < len(self)
            and self.between(index + 1) == " "
            and not self.listed(index + 1, "skipped")
        )
        return qualifies and word.endswith(_QUALIFIERS)


_WHO = 4
"""So many words may name who is charged with a task."""
_SPEAKERS = ("i'll", "we'll", "i", "we")
_NOUN_BEFORE = {("to", "be"), ("have", "been"), ("are", "being"), ("are", "going")}
"""Words before which a word that may be a verb is a noun: "alerts to be configured"."""
_UNSPECIFIC = (
    "skipped",
    "generic",
    "comparatives",
    "recurring",
    "manners",
    "soft_things",
    "praise",
    "attitudes",
    "meetings",
    "trainings",
)
_QUALITIES = ("ly", "ness", "ity", "ities", "ship", "ful")
_QUALIFIERS = ("al", "ive", "ous", "able", "ible")
