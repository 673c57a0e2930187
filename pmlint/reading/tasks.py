"""Tasks: whether a reader can tell when one is done, who does it, and until when.

Every function takes plain text (Markdown marks blanked out) and gives 0-based
code-point offsets into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import NamedTuple

from pmlint import policy
from pmlint.reading.amounts import Token, sentences, tokens


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a task is too vague to ever be closed, and which words make it so.

    ``kind`` names the fault (None where there is none); ``start`` and ``end``
    are the words at fault, or the whole task; ``detail`` holds values for
    messages: ``words`` (as written) and ``verb`` (in its base form, or empty).
    """

    vague: bool
    kind: str | None
    start: int
    end: int
    detail: Mapping[str, str] = field(default_factory=dict)


class Named(NamedTuple):
    """A value with its place; ``firm`` is False where it binds nobody or no day."""

    start: int
    end: int
    text: str
    firm: bool = True


@dataclass(frozen=True, slots=True)
class TaskWords:
    """The word lists of ``[tasks]`` in ``rules/words.toml``, one field a list."""

    concrete_verbs: frozenset[str]
    open_verbs: frozenset[str]
    probing_verbs: frozenset[str]
    caring_verbs: frozenset[str]
    event_verbs: frozenset[str]
    checking_verbs: frozenset[str]
    meetings: frozenset[str]
    trainings: frozenset[str]
    soft_things: frozenset[str]
    recurring: frozenset[str]
    comparatives: frozenset[str]
    manners: frozenset[str]
    vigilance: frozenset[str]
    hedges: frozenset[str]
    checkable_states: frozenset[str]
    generic: frozenset[str]
    leads: frozenset[str]
    nobody: frozenset[str]
    soft_dates: frozenset[str]
    settings: frozenset[str]
    praise: frozenset[str]
    lore: frozenset[str]
    everyday_acts: frozenset[str]
    others: frozenset[str]

    @staticmethod
    def read(table: policy.Table) -> TaskWords:
        """The lists of a ``[tasks]`` table."""
        return TaskWords(*(frozenset(table[one.name]) for one in fields(TaskWords)))

    def verb(self, word: str) -> str | None:
        """The base form of a word that is a known verb, else None."""
        for base in _bases(word):
            if (
                base in self.concrete_verbs
                or base in self.open_verbs
                or base in self.probing_verbs
                or base in self.caring_verbs
                or base in self.event_verbs
                or base in self.checking_verbs
            ):
                return base
        return None


@cache
def default_words() -> TaskWords:
    """The lists of ``rules/words.toml``."""
    return TaskWords.read(policy.table("words")["tasks"])


_IRREGULAR = {
    "wrote": "write", "written": "write", "built": "build", "made": "make", "ran": "run",
    "held": "hold", "kept": "keep", "sent": "send", "gave": "give", "given": "give",
    "got": "get", "took": "take", "found": "find", "thought": "think", "began": "begin",
    "understood": "understand", "bought": "buy", "done": "do", "did": "do", "taught": "teach",
    "making": "make", "learnt": "learn", "rebuilt": "rebuild", "rewrote": "rewrite",
    "bound": "bind", "chose": "choose", "spun": "spin", "sought": "seek",
}  # fmt: skip


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
    return re.compile(r"\s*([^\s:][^:\n]{0,70}?)\s*:(?=\s)\s*")


def split_label(text: str) -> tuple[str | None, int]:
    """The label before a colon and the offset of what follows it.

    ``(None, 0)`` where there is none: no colon, nothing behind it, or words
    that read as a sentence.
    """
    match = _label().match(text)
    if not match or match.end() >= len(text.rstrip()):
        return None, 0
    label = match.group(1).strip(" *_")
    inside = [token.lower for token in tokens(label)]
    if not inside or len(inside) > 8 or any(word in _SENTENCE for word in inside):
        return None, 0
    return label, match.end()


_SENTENCE = frozenset("should must will is are was were be we you following".split())

# -- vague or concrete


def judge(
    text: str, label: str | None = None, words: TaskWords | None = None, *, anchored: bool = False
) -> Judgement:
    """Whether a person could tell when the task is done.

    ``text`` is the task without its label; ``anchored`` says that it holds
    inline code or a link. Of several sentences one concrete one is enough.
    """
    lists = words or default_words()
    own, offset = (None, 0) if label else split_label(text)
    label = label or own
    spans = [
        (offset + start, offset + end)
        for start, end in sentences(text[offset:])
        if text[offset + start : offset + end].strip()
    ]
    first: Judgement | None = None
    prescribed = False
    for start, end in spans:
        part = text[start:end]
        if first is not None and not is_prescription(part, lists):
            continue
        explains = label is not None and not prescribed and not is_prescription(part, lists)
        prescribed = prescribed or not explains
        if explains and label is not None and is_prescription(label, lists):
            found = _explained(label, part, lists, anchored)
            found = Judgement(found.vague, found.kind, 0, len(part.rstrip()), found.detail)
        else:
            found = _Clause(part, lists, label, anchored).judge()
        if not found.vague:
            return Judgement(False, None, 0, len(text))
        if first is None:
            first = Judgement(
                True, found.kind, start + found.start, start + found.end, found.detail
            )
    if first is None:
        return Judgement(True, "no-object", 0, len(text), {"words": text.strip(), "verb": ""})
    return first


def _explained(label: str, part: str, lists: TaskWords, anchored: bool) -> Judgement:
    """A label that prescribes, with a body that only says why."""
    return _Clause(f"{label}, for {part}", lists, None, anchored).judge()


_SKIPPED = frozenset(
    "a an the of and or to for in on at by with from into as that this these those it its our their "
    "your we you they he she i is are was were be been being will would should must can could may "
    "might shall do does did has have had not no any all each every some other more most such so if "
    "when where which who how what why than then there here up out off down over under about only "
    "very also both between during after before until while without within across per via etc".split()
)
_RELATIVE = frozenset(("that", "which", "who"))
_SUBORDINATE = frozenset("to until before after when if once while since for in as whenever".split())
_MODALS = frozenset(("should", "must", "will", "shall", "need", "needs", "can", "plan", "going"))
_PURPOSE = frozenset(("to", "so", "that", "which", "for", "because", "in"))
_DEPLOYS = (
    "before", "prior", "whenever", "every", "each", "when", "after",
)  # fmt: skip


class _Clause:
    """One sentence of a task, split into words."""

    def __init__(self, text: str, lists: TaskWords, label: str | None, anchored: bool) -> None:
        self.text = text
        self.lists = lists
        self.label = label
        self.tokens = tokens(text)
        self.lower = " ".join(token.lower for token in self.tokens)
        self.counted = bool(_reference().search(text)) or self._has_number()
        self.anchored = anchored or self.counted or bool(_identifier().search(text))

    def _has_number(self) -> bool:
        return any(
            token.lower[0].isdigit() and token.lower != "24/7" and token.lower not in _CODES
            for token in self.tokens[1:]
        ) or any(token.lower in ("two", "three", "four", "five", "ten") for token in self.tokens)

    def judge(self) -> Judgement:
        if self.text.rstrip().endswith("?"):
            return self._vague("question")
        at = self._skip_leads()
        head = self._head(at)
        if head is None:
            return self._noun_phrase(at)
        return self._verb_phrase(head)

    # -- finding the verb

    def _word(self, index: int) -> str:
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def _skip_leads(self) -> int:
        at = 0
        if self._word(0) in _SUBORDINATE:
            comma = self.text.find(",")
            if 0 < comma:
                behind = next(
                    (i for i, token in enumerate(self.tokens) if token.start > comma), None
                )
                if behind is not None and behind <= 16:
                    at = behind
        while self._word(at) in self.lists.leads and at + 1 < len(self.tokens):
            if self.lists.verb(self._word(at)) and self._word(at + 1) not in self.lists.leads:
                following = self.lists.verb(self._word(at + 1))
                if not following:
                    break
            at += 1
        return at

    def _head(self, at: int) -> int | None:
        """The index of the verb that says what is to be done."""
        word = self._word(at)
        verb = self.lists.verb(word)
        told = verb != word and (verb in self.lists.probing_verbs or verb == "learn")
        if verb and not self._adjective(at) and not (told and not word.endswith("ing")):
            return at
        for index in range(at, min(at + 16, len(self.tokens))):
            if self._word(index) in _MODALS and self._word(index - 1) not in _RELATIVE:
                for step in range(index + 1, min(index + 6, len(self.tokens))):
                    verb = self.lists.verb(self._word(step))
                    if verb and verb not in ("be", "have"):
                        return step
                return None
            if self._word(index) in ("was", "were", "been"):
                for step in range(index + 1, min(index + 4, len(self.tokens))):
                    if self.lists.verb(self._word(step)) and self._word(step).endswith("ed"):
                        return step
        return None

    def _adjective(self, at: int) -> bool:
        """"Automated tests for …" and "Monitoring service must …" start with a noun phrase."""
        word = self._word(at)
        if word in _ADJECTIVES:
            return self._word(at + 1) not in _DETERMINED
        for index in range(at + 1, at + 4):
            following = self._word(index)
            if following in ("must", "should", "was", "were", "has", "is", "will"):
                return True
            if following in _SKIPPED:
                return False
        return False

    # -- judging it

    def _vague(self, kind: str, low: int | None = None, high: int | None = None) -> Judgement:
        if not self.tokens:
            return Judgement(True, kind, 0, len(self.text), {"words": self.text.strip(), "verb": ""})
        start = self.tokens[0 if low is None else low].start
        end = self.tokens[-1 if low is None else (low if high is None else high)].end
        verb = self.lists.verb(self._word(low)) if low is not None else None
        return Judgement(
            True, kind, start, end, {"words": self.text[start:end], "verb": verb or ""}
        )

    def _fine(self) -> Judgement:
        return Judgement(False, None, 0, len(self.text))

    def _phrase(self, phrases: frozenset[str], kind: str) -> Judgement | None:
        padded = f" {self.lower} "
        for phrase in phrases:
            if f" {phrase} " in padded:
                size = phrase.count(" ") + 1
                low = padded[: padded.index(f" {phrase} ")].count(" ")
                return self._vague(kind, low, low + size - 1)
        return None

    def _listed(self, among: frozenset[str], low: int, high: int) -> int | None:
        for index in range(low, min(high, len(self.tokens))):
            if self._word(index) in among:
                return index
        return None

    def _specifics(self, low: int, high: int | None = None) -> int:
        """How many words of the object name something particular."""
        lists = self.lists
        found = set()
        for index in range(low, len(self.tokens) if high is None else high):
            word = self._word(index)
            if word in _SKIPPED or word in lists.generic or word in lists.comparatives:
                continue
            if word in lists.recurring or word in lists.manners or word.endswith("ly"):
                continue
            if word in lists.soft_things or word in lists.meetings or word in lists.trainings:
                continue
            if index > low and self._word(index - 1) == "to" and lists.verb(word):
                continue
            found.add(word)
        return len(found)

    def _object_end(self, head: int) -> int:
        """Where the object ends and its purpose begins."""
        for index in range(head + 2, len(self.tokens)):
            if self._word(index) in _PURPOSE:
                return index
        return len(self.tokens)

    def _verb_phrase(self, head: int) -> Judgement:
        lists = self.lists
        verb, tail = self._verb(head)
        if verb in lists.probing_verbs:
            return self._vague("open-verb", head)
        fault = self._phrase(lists.vigilance, "vigilance")
        if fault:
            return fault
        if verb in lists.caring_verbs:
            return self._vague("vigilance", head)
        if verb in lists.checking_verbs or verb == "enforce":
            habit = self._habit(verb, head)
            if habit:
                return habit
        if verb == "ensure" or (verb == "make" and self._word(head + 1) in ("sure", "certain")):
            return self._state(head, head if verb == "ensure" else head + 1)
        if self.anchored or self._enforced(head):
            return self._fine()
        fault = self._phrase(lists.hedges, "hedge")
        if fault:
            return fault
        return self._bound(verb, head, tail)

    def _passive(self, head: int) -> bool:
        return any(self._word(i) in ("be", "was", "were", "been") for i in (head - 2, head - 1))

    def _enforced(self, head: int) -> bool:
        """"must be reviewed by someone else": a rule that can be enforced."""
        return self._passive(head) and any(
            self._word(index) == "by" and self._word(index + 1) in self.lists.others
            for index in range(head + 1, head + 4)
        )

    def _verb(self, head: int) -> tuple[str, int]:
        """The verb and where its object starts; of "review and update" the firmer one."""
        lists = self.lists
        verb = lists.verb(self._word(head)) or ""
        if self._word(head + 1) not in ("and", "or", "then"):
            return verb, head + 1
        other = lists.verb(self._word(head + 2))
        if not other:
            return verb, head + 1
        if verb not in lists.probing_verbs and other in lists.concrete_verbs:
            verb = other
        elif other in lists.probing_verbs:
            verb = other
        return verb, head + 3

    def _bound(self, verb: str, head: int, tail: int) -> Judgement:
        """Without a number, a ticket or a file: do the words bound the task?"""
        lists = self.lists
        passive = self._passive(head)
        specifics = self._specifics(0) - 1 if passive else self._specifics(tail)
        end = self._object_end(head)
        again = self._recurs(0, min(end, head + 8))
        if again is not None and not (
            specifics >= 2 and (verb in lists.concrete_verbs or verb == "schedule")
        ):
            return self._vague("recurring", again)
        manner = self._listed(lists.manners, 0, end)
        if manner is not None and (specifics < 4 or self._word(manner).endswith("ly")):
            return self._vague("manner", manner)
        if verb in lists.open_verbs:
            return self._fine() if self._bounded(head, end) else self._vague("open-verb", head)
        if verb in lists.event_verbs and not (verb in lists.concrete_verbs and specifics >= 3):
            return self._event(head, end)
        return self._object(verb, head, 0 if passive else tail, end, specifics)

    def _object(self, verb: str, head: int, tail: int, end: int, specifics: int) -> Judgement:
        """Whether what a concrete verb acts upon is a particular thing."""
        lists = self.lists
        more = self._listed(lists.comparatives, tail, min(end, tail + 4))
        if more is not None:
            return self._vague("comparative", more)
        lore = self._listed(lists.lore, tail, end)
        if lore is not None and specifics < 2:
            return self._vague("no-object", head, lore)
        if verb == "document" and tail < len(self.tokens):
            return self._fine()
        praised = self._listed(lists.praise, tail, min(end, tail + 3))
        if praised is not None and specifics < 2:
            return self._vague("no-object", head, max(head, praised))
        soft = self._listed(lists.soft_things, tail, end)
        empty = specifics == 0 or (soft is not None and specifics < 2 and verb != "automate")
        if empty and tail:
            return self._vague("no-object", head, len(self.tokens) - 1)
        return self._vague("no-object", 0, len(self.tokens) - 1) if empty else self._fine()

    def _recurs(self, low: int, high: int) -> int | None:
        index = self._listed(self.lists.recurring, low, high)
        if index is None or self._word(index) != "continuous":
            return index
        named = ("integration", "delivery", "deployment", "profiling", "archiving")
        return None if self._word(index + 1) in named else index

    def _bounded(self, head: int, end: int) -> bool:
        """An open verb with a bound: "enhance X to include Y", "raise the pool size"."""
        lists = self.lists
        verb = lists.verb(self._word(head))
        if verb in _TURNED and self._listed(lists.settings, head + 1, end) is not None:
            return self._specifics(head + 1) >= 2
        for index in range(head + 1, len(self.tokens) - 1):
            word, following = self._word(index), self._word(index + 1)
            if (word, following) == ("to", "include"):
                return self._specifics(index + 2) >= 2
            if word == "by" and lists.verb(following) in lists.concrete_verbs:
                return self._specifics(index + 2) >= 2
            if word in ("with", "using", "via"):
                named = self.text[self.tokens[index + 1].start].isupper()
                return named or self._specifics(index + 1) >= 2
        return False

    def _state(self, low: int, high: int) -> Judgement:
        """"Ensure that X is enabled on all servers" can be looked up; most cannot."""
        if self.counted:
            return self._fine()
        for index in range(high + 2, len(self.tokens)):
            stated = self._word(index) in self.lists.checkable_states
            if stated and self._word(index - 1) in ("is", "are", "be", "gets"):
                return self._fine()
        return self._vague("state", low, high)

    def _habit(self, verb: str, head: int) -> Judgement | None:
        """Checking before each change is a habit: it never ends."""
        lists = self.lists
        acts = tuple(lists.everyday_acts)
        for index in range(head + 1, len(self.tokens)):
            word = self._word(index)
            if word == "by" and self._word(index + 1) in lists.others:
                return None
            if word in ("before", "prior", "after", "during") and any(
                self._word(at).startswith(acts) for at in range(index + 1, index + 5)
            ):
                return self._vague("habit", head, index)
            if word in ("whenever", "every", "each", "everytime"):
                return self._vague("habit", head, index)
        if verb == "test" and self._specifics(head + 1) < 2 and not self.anchored:
            return self._vague("slogan", head)
        return None

    def _event(self, head: int, end: int) -> Judgement:
        lists = self.lists
        trained = self._listed(lists.trainings, head, end)
        if trained is not None:
            if self._specifics(trained + 1, self._topic_end(trained)) >= 1 or (
                self._specifics(head + 1, trained) >= 1
            ):
                return self._fine()
            return self._vague("training", trained)
        specifics = self._specifics(head + 1)
        met = self._listed(lists.meetings, head, end)
        if met is not None and specifics < 3:
            return self._vague("meeting", met)
        if specifics >= 2:
            return self._fine()
        return self._vague("no-object", head, len(self.tokens) - 1)

    def _topic_end(self, low: int) -> int:
        """Where the topic of a training ends: at the next verb or its purpose."""
        for index in range(low + 1, len(self.tokens)):
            word, following = self._word(index), self._word(index + 1)
            if word in ("to", "so") or (word == "and" and self.lists.verb(following) == following):
                return index
        return len(self.tokens)

    def _noun_phrase(self, at: int) -> Judgement:
        lists = self.lists
        for phrases, kind in ((lists.vigilance, "vigilance"), (lists.hedges, "hedge")):
            fault = self._phrase(phrases, kind)
            if fault:
                return fault
        if self.anchored:
            return self._fine()
        for among, kind in (
            (lists.recurring, "recurring"),
            (lists.comparatives, "comparative"),
            (lists.manners, "manner"),
            (lists.caring_verbs, "vigilance"),
        ):
            index = self._recurs(at, at + 6) if kind == "recurring" else None
            if kind != "recurring":
                index = self._listed(among, at, at + 6)
            if index is not None:
                return self._vague(kind, index)
        specifics = self._specifics(at)
        if specifics < 2 and not (self.label and specifics):
            return self._vague("noun-only")
        return self._fine()


_DETERMINED = frozenset("the our all a an its their each every".split())
_TURNED = frozenset(("increase", "decrease", "reduce", "adjust", "tune", "shorten"))
_ADJECTIVES = frozenset("automated enhanced distributed dedicated improved detailed".split())
_CODES = frozenset("400 401 403 404 405 429 500 501 502 503 504 2fa 4xx 5xx 3rd 1st 2nd".split())


@cache
def _reference() -> re.Pattern[str]:
    """A ticket, a link or a comparison with a number."""
    return re.compile(r"#\d|https?://|\b[A-Z][A-Z0-9]+-\d|[<>≥≤]\s?\d")


@cache
def _identifier() -> re.Pattern[str]:
    """Code, a file, a path, an identifier."""
    return re.compile(
        r"`|\w_\w|[a-z][A-Z]|(?<!\S)/\w"
        r"|\w\.(?:sh|py|ya?ml|toml|json|conf|cfg|md|js|ts|go|rb|rs|sql|tf|xml|ini|pp|env|txt|html)\b"
    )


# -- prescribing or telling

_OBLIGES = frozenset("should must shall ought needs".split())
_ACTORS = frozenset("we team teams i engineers developers company they us".split())
_COPULAS = frozenset("is are was were has had can helps helped ensures led leads would".split())
_NAMING_LEADS = frozenset("the i we us to help".split())


def is_prescription(text: str, words: TaskWords | None = None) -> bool:
    """The text says what to do, rather than what was seen or learned.

    Imperatives, obligations, plans and gerunds prescribe; "Hardware failures
    are unpredictable" does not, nor what "should have" been. One such sentence
    is enough.
    """
    lists = words or default_words()
    label, offset = split_label(text)
    if any(
        _prescribes(text[offset + start : offset + end], lists)
        for start, end in sentences(text[offset:])
    ):
        return True
    # "Review the backup policy: it was never tested."
    return label is not None and label.count(" ") > 1 and _prescribes(label, lists)


def _prescribes(sentence: str, lists: TaskWords) -> bool:
    found = [token.lower for token in tokens(sentence)]
    if _obliges(found):
        return True
    if found and found[0] in _SUBORDINATE and "," in sentence:
        found = [token.lower for token in tokens(sentence[sentence.index(",") :])]
    at = 0
    while at + 1 < len(found) and (
        (found[at] in lists.leads and found[at] not in _NAMING_LEADS) or found[at].endswith("ly")
    ):
        at += 1
    rest = found[at:]
    if len(rest) < 2:
        return False
    if rest[0] in ("always", "never", "don't", "don’t") or rest[:2] == ["double", "check"]:
        return True
    verb = lists.verb(rest[0])
    if verb == rest[0]:
        # "Test coverage was low" tells, "Ensure permissions are set" prescribes.
        return not _COPULAS.intersection(rest[1:3])
    if verb and rest[0].endswith("ing"):
        return not _COPULAS.intersection(rest[1:7]) and "would" not in rest
    return False


def _obliges(found: list[str]) -> bool:
    for index, word in enumerate(found[:24]):
        following, third = (*found[index + 1 : index + 3], "", "")[:2]
        subject = found[max(0, index - 4) : index]
        if word in _OBLIGES and "have" not in (following, third if following == "not" else ""):
            return True
        if word in _PLANS and following == "to" and not (word == "have" and third == "be"):
            return True
        if word == "allowed" and "not" in subject:
            return True
        if word in ("we'll", "i'll", "let's") or (word == "need" and following in ("a", "an")):
            return True
        if word == "can" and "we" in subject:
            return True
        if word == "will" and (following == "be" or _ACTORS.intersection(subject)):
            return True
    return False


_PLANS = frozenset("need have going plan plans want planning intend".split())


# -- who, when, which ticket, done


@cache
def _owner_field() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:owners?|assignees?|assigned to|responsible|dri|driver|who|lead)\s*[:=–]\s*"
        r"@?([^,;|()\[\]\n:]{1,40})",
        re.IGNORECASE,
    )


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.@/])@([A-Za-z][\w-]{0,38})")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"[\[(]([A-Z][a-z'’]+(?: [A-Z][a-z'’]+)?)[\])]\s*$|^\s*\[([A-Z][a-z'’]+)\]")


def find_owner(text: str, words: TaskWords | None = None) -> Named | None:
    """Who does it; not firm where only a group or a team is named."""
    lists = words or default_words()
    match = _owner_field().search(text)
    if match:
        value = match.group(1).strip(" *_.-")
        if not value or value.lower() in _EMPTY:
            return None
        start = text.index(value, match.start(1))
        return Named(start, start + len(value), value, not _is_group(value, lists))
    match = _handle().search(text)
    if match:
        return Named(match.start(), match.end(), match.group(1), True)
    match = _bracketed().search(text)
    if match:
        at = 1 if match.group(1) else 2
        value = match.group(at)
        known = value.lower().split()[0]
        if known not in _STATES and not lists.verb(known) and not _is_group(value, lists):
            return Named(match.start(at), match.end(at), value, True)
    return None


_EMPTY = frozenset(("", "tbd", "none", "n/a", "na", "?", "unassigned", "-", "todo", "nobody"))
_STATES = frozenset(
    "done completed complete accomplished finished fixed resolved implemented shipped merged deployed "
    "closed open todo high medium low optional urgent planned ongoing blocked new started critical "
    "issue pull task note backlog pending".split()
)


def _is_group(value: str, lists: TaskWords) -> bool:
    return all(token.lower in lists.nobody for token in tokens(value))


_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)


@cache
def _date() -> re.Pattern[str]:
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    return re.compile(
        rf"\d{{4}}-\d\d-\d\d|{_MONTHS} {day}(?:,? \d{{4}})?\b|{day}(?: of)? {_MONTHS}(?:,? \d{{4}})?"
        r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
        r"|(?:(?:the )?end of )?(?:q[1-4](?: \d{4})?|(?:the |this )?(?:week|month|quarter|year))\b"
        r"|eo[dwmqy]\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|today\b|tomorrow\b"
        rf"|(?:within |in )?(?:\d+|one|two|three|four|six) (?:business |working )?(?:day|week|month)s?\b"
        rf"|{_MONTHS} \d{{4}}",
        re.IGNORECASE,
    )


@cache
def _due_lead() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:due(?: date| by| on)?|deadline|eta|target(?: date)?|by|until|before|when|within)\b"
        r"\s*[:=–-]?\s*(?:the )?",
        re.IGNORECASE,
    )


def find_due(text: str, words: TaskWords | None = None) -> Named | None:
    """Until when; not firm for "soon", "next sprint" and the like."""
    lists = words or default_words()
    for match in _due_lead().finditer(text):
        within = match.group().lower().startswith("within")
        found = _date().match(text, match.end())
        if found and not (found.group().lower().startswith(("week", "month")) and not within):
            return Named(found.start(), found.end(), found.group())
        soft = _soft_date(text, match.end(), lists)
        if soft and not match.group().lower().startswith(("before", "within", "when")):
            return soft
    for match in re.finditer(r"[(\[]", text):
        found = _date().match(text, match.end())
        if found and text[found.end() : found.end() + 1] in (")", "]"):
            return Named(found.start(), found.end(), found.group())
        soft = _soft_date(text, match.end(), lists)
        if soft and text[soft.end : soft.end + 1] in (")", "]"):
            return soft
    lower = text.lower().rstrip(" .")
    for phrase in lists.soft_dates:
        if lower.endswith(" " + phrase):
            return Named(len(lower) - len(phrase), len(lower), text[len(lower) - len(phrase) : len(lower)], False)
    return None


def _soft_date(text: str, at: int, lists: TaskWords) -> Named | None:
    rest = text[at : at + 40].lower()
    for phrase in lists.soft_dates:
        if rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalnum():
            return Named(at, at + len(phrase), text[at : at + len(phrase)], False)
    return None


@cache
def _ticket() -> re.Pattern[str]:
    return re.compile(
        r"https?://[^\s)>\]]*/(?:issues?|pull|pulls|merge_requests|browse|tickets?|work_items|commit|c|t)"
        r"/[\w#-]+|\b[\w./-]*#\d+\b|(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,6}\b(?![\w.-])"
        r"|\b(?:issue|ticket|task|bug|pr|story) #?\d+\b|\bPR-?\d+\b",
    )


_NO_TICKETS = frozenset(
    "UTF SHA ISO CVE COVID HTTP TLS SSL RFC SEV UTC GMT MD AES RSA P IPV PST EST CST MST X AZ EC".split()
)


def find_ticket(text: str) -> Named | None:
    """The ticket, issue, pull request or commit that carries the task."""
    for match in _ticket().finditer(text):
        value = match.group()
        if value.split("-", 1)[0] in _NO_TICKETS:
            continue
        return Named(match.start(), match.end(), value)
    return None


@cache
def _done_mark() -> re.Pattern[str]:
    done = (
        "done|complete|completed|accomplished|finished|fixed|resolved|implemented|shipped|merged"
        "|deployed|closed"
    )
    return re.compile(
        rf"^\s*\[x\]|[✅✔☑]|[(\[|]\s*(?:already )?(?:{done})\b[^)\]|]{{0,30}}[)\]|]?"
        rf"|\bstatus\s*[:=]\s*(?:{done})\b|(?<=\s)DONE\b|[-–—:]\s*(?:{done})\s*[.!]?\s*$",
        re.IGNORECASE,
    )


@cache
def _open_mark() -> re.Pattern[str]:
    return re.compile(
        r"^\s*\[ ?\]|[(\[|]\s*(?:todo|in progress|open|not started|pending|planned|wip)\b[^)\]|]{0,30}"
        r"|\bstatus\s*[:=]\s*(?:todo|in progress|open|not started|pending|planned|wip)\b|🔜",
        re.IGNORECASE,
    )


def is_done(text: str, words: TaskWords | None = None) -> Named | None:
    """The words that say it is done; not firm where they say that it is still open.

    A box, a tick, "(Done)", a status, or the past tense at the start.
    """
    match = _done_mark().search(text)
    if match:
        return Named(match.start(), match.end(), match.group().strip())
    match = _open_mark().search(text)
    if match:
        return Named(match.start(), match.end(), match.group().strip(), False)
    found = tokens(text)
    lists = words or default_words()
    past = _past(found, lists)
    return Named(past.start, past.end, text[past.start : past.end]) if past else None


def _past(found: list[Token], lists: TaskWords) -> Token | None:
    """The verb in the past tense that opens the text."""
    at = 1 if found and found[0].lower in ("we", "i") else 0
    if at and len(found) > 1 and found[1].lower in ("have", "also", "already"):
        at = 2
    if at >= len(found):
        return None
    first = found[at].lower
    if lists.verb(first) and first != lists.verb(first) and (
        first.endswith("ed") or (first in _IRREGULAR and not first.endswith("ing"))
    ):
        following = found[at + 1].lower if at + 1 < len(found) else ""
        adjective = first in ("automated", "enhanced", "distributed", "dedicated", "improved")
        if not adjective or following in _DETERMINED:
            return found[at]
    for index in range(at, min(at + 10, len(found) - 1)):
        word = found[index].lower
        if word in ("should", "must", "will", "would", "that", "which", "if", "when"):
            return None
        if word in ("was", "were", "been"):
            verb = found[index + 1]
            if verb.lower.endswith("ed") or verb.lower in _IRREGULAR:
                return verb
    return None
