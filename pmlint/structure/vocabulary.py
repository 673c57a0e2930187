"""The template's words turned round: from a heading or label to the roles it plays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache, cached_property
from typing import TYPE_CHECKING

from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.structure.spelling import resembles
from pmlint.structure.wordings import composed, headed, heads, worded

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.standard.templates import Template

MOST_WORDS = 9
"""A longer heading is a sentence; a word in it names no part."""
SHORTEST_MISSPELT = 4
LONGEST_MISSPELT = 48
SURE_NAME = 7
"""A shorter name is too near to other words ("causes", "cases")."""
LONGEST = 120
"""Characters of a heading beyond which no pattern is tried."""


_NUMBERED = frozenset(
    ("section", "part", "step", "chapter", "annex", "question", "act", "scene", "episode")
)
"""Words that a heading's number may follow."""


_FRONT = expression(
    r"^(?:(?:section|part|step|chapter|annex|question)\s+"
    r"(?:\d{1,2}\b[\s:.)–—-]*|[a-h]\s*[:.)–—-]\s*)"
    r"|(?:act|chapter|part|scene|episode)\s+(?:\d{1,2}|[ivx]{1,4}|one|two|three|four|five)\b[\s:.)–—-]*"
    r"|(?:d[0-8]|q\d{0,2})\s*[:.)–—-]\s*)?"
    r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})+[.)]?|(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)])\s+"
    r"|#?\d{1,2}(?:\s?[:–—-]\s|\ufe0f?\u20e3)|\[\d{1,2}\]\s)?"
    r"[^\w(%]*(?:\d{1,2}\.\s*)?"
)
"""Marks and numbers in front of a heading."""


_BACK = expression(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\{#[\w-]*\})?[^\w%)\]]*$")
"""Marks and a parenthesis behind it."""


_CLOCK = expression(r"(?:[01]\d|2[0-3])\.[0-5]\d")
"""``14.38 Incident resolved`` begins with a clock, and with no number of a section."""


_LED = expression(r"(?:so|okay|ok|well)(?:,|\s[–—-])?\s(?=(?:what|how|why|who|when|where)\b)")
"""What leads to a question: ``So, what did we learn?``"""


def normalise(title: str) -> str:
    """A heading's words for comparison: lower case, without marks around them."""
    words = title.strip().lower().replace("’", "'")
    first = words.partition(" ")[0].rstrip(":")
    if _CLOCK.fullmatch(first):
        return words.rstrip(" :")
    if len(first) < 2 or not (first.isascii() and first.isalpha()) or first in _NUMBERED:
        words = _FRONT.sub("", words, count=1)
    for _ in range(2):
        words = _BACK.sub("", words, count=1) if words else words
    words = re.sub(r"\s+", " ", words)
    words = words.replace(" /", "/").replace("/ ", "/")
    led = _LED.match(words)
    words = words[led.end() :] if led else words
    return words.removesuffix(" must contain").rstrip(" :")


_BEGINNING = expression(r"\s\(|[.:;]\s|\s\d")
"""What ends the name in a long heading: ``Timeline (all times UTC) 3 March to 5 March``."""


@cache
def _variations() -> tuple[Alternatives, ...]:
    table = policy.table("labels")
    incident = sorted(table["incident"], key=len, reverse=True)
    return (
        Alternatives((r"(?:\d(?:\.\d{1,2})?|\d\d(?:\.\d)?)\s+",), "^(?:"),
        Alternatives(
            incident,
            r"\s(?:of|for|on|during|behind|in|from|to|about)\s(?:[\w'-]+\s){0,3}(?:",
            r")s?$",
        ),
        Alternatives(table["leading"], "^(?:", r")\s+"),
        Alternatives(incident, "^post[ -](?:", r")\s+"),
        Alternatives(incident, "^(?:", r")(?:'s)?\s+"),
        Alternatives(table["trailing"], r"\s(?:", ")$"),
    )


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list in ``rules/labels.toml``."""
    return frozenset(policy.table("labels")[name])


def variants(label: str) -> Iterator[str]:
    """A normalised label, then the same without the words that only vary it."""
    yield label
    if len(label) > LONGEST:
        return
    words = label
    for variation in _variations():
        shorter = variation.without(words)
        # "The outage" names the incident, not a part that "outage" would vary.
        if shorter != words and shorter and shorter not in listed("incident"):
            words = shorter
            yield words


_GLUE = expression(r"(?:(?<!\s)\s++)?(?:&|/|,|→|\+|\b(?:and|y|et|und)\b)\s*+")


def _parted(names: str) -> list[str]:
    """The words of normalised names, whatever joins them."""
    for sign in "/,&+":
        names = names.replace(sign, " ")
    return names.split()


def _add(roles: dict[str, tuple[Role, ...]], names: Set[str], role: Role) -> None:
    alone = (role,)
    for name in names:
        roles[name] = (*roles[name], role) if name in roles else alone


class Vocabulary:
    """The names, phrases and patterns of a template."""

    def __init__(self, template: Template) -> None:
        self.exact: dict[str, tuple[Role, ...]] = {}
        self.weak: dict[str, tuple[Role, ...]] = {}
        phrases: list[tuple[str, Role]] = []
        self.patterns: list[tuple[Role, Alternatives]] = []
        for role, part in template.parts.items():
            _add(self.exact, part.names, role)
            _add(self.weak, part.weak, role)
            phrases.extend((phrase, role) for phrase in part.phrases)
            if part.patterns:
                self.patterns.append((role, Alternatives(part.patterns)))
        self.phrases = tuple(phrases)
        self.names = template.other
        self.advice = tuple(f" {phrase} " for phrase in listed("advice"))
        every = " ".join((*self.exact, *self.weak, *self.names))
        self.words = (frozenset(_parted(every)) - listed("common")) | heads()

    def other(self, label: str) -> bool:
        """A normalised heading is one that plays no role and ends the part before it."""
        if self.words.isdisjoint(_parted(label)):
            return False
        return any(form in self.names for form in variants(label))

    def of_timeline(self, label: str) -> bool:
        """It names what a timeline tells, such as misleading paths or the escalation."""
        return any(stem in label for stem in listed("entries"))

    def exactly(self, label: str) -> tuple[Role, ...]:
        """The roles of a normalised heading that is a known name as it stands."""
        return tuple(sorted(self.exact.get(label, ())))

    def roles(self, label: str) -> tuple[Role, ...]:
        """The roles of a normalised heading that is a known name, or known names joined."""
        joined = label.replace("_", " ").replace("-", " ") if " " not in label else label
        if joined != label and label not in self.exact and not self._settled(label):
            # "root-cause", "Action_items"
            return self._named(joined)
        if label not in self.exact and self.words.isdisjoint(_parted(label)):
            return ()
        known = self._named(label)
        if known or self._settled(label):
            return known
        parts = [part for part in _GLUE.split(label) if part]
        if 2 <= len(parts) <= 4 and all(self._named(part) or self.other(part) for part in parts):
            return tuple(sorted({role for part in parts for role in self._named(part)}))
        return tuple(sorted(_settle(set(composed(label)))))

    def _named(self, label: str) -> tuple[Role, ...]:
        for form in variants(label):
            if form in self.exact:
                return tuple(sorted(self.exact[form]))
            if self._settled(form):
                return ()
        return ()

    def _settled(self, form: str) -> bool:
        return form in self.weak or form in self.names

    def loose(self, label: str) -> tuple[Role, ...]:
        """The roles of a heading that contains a known phrase."""
        if _for_others(label):
            return ()
        known = self.roles(label)
        if not known and len(label.split()) > MOST_WORDS:
            return self.roles(_BEGINNING.split(label, maxsplit=1)[0])
        if known or label in self.weak or self.other(label):
            return known
        padded = f" {re.sub(r'[^a-z0-9%&;-]+', ' ', label)} "
        if self.advises(padded):
            return ()
        found = {role for phrase, role in self.phrases if f" {phrase} " in padded} or headed(label)
        if "resolution" in found and (_of_systems(padded) or _hinders(label)):
            found = found - {"resolution"}
        if "summary" in found and _introduces(padded):
            found = found - {"summary"}
        if "summary" in found and _counts_harmed(padded):
            found = found - {"summary"} | {"impact"}
        if found == {"lessons"}:
            # "Learnings / further actions"
            parts = (self.likely(part) for part in _GLUE.split(label) if part)
            if any("corrective" in part for part in parts):
                found = found | {"corrective"}
        if found and " how " in padded:
            # "Root cause and how we fixed it"
            found |= self.likely(f"how {label.partition(' how ')[2]}")
        elif found == {"summary"} and (second := _second_clause(label)):
            return tuple(sorted(found | (self.likely(second) - {"lessons", "duration"})))
        return tuple(sorted(_settle(found)))

    def advises(self, padded: str) -> bool:
        """``What do I need to do?``: words to those who were hit, within spaces."""
        return any(phrase in padded for phrase in self.advice) or _for_others(padded)

    def nearly(self, label: str) -> tuple[str, tuple[Role, ...]]:
        """The name that a misspelt heading means, and its roles; nothing where none is near."""
        if not SHORTEST_MISSPELT <= len(label) <= LONGEST_MISSPELT or self.other(label):
            return "", ()
        for size in (0, -1, 1, -2, 2):
            for name in sorted(self._by_start.get((label[0], len(label) + size), ())):
                if resembles(label, name) and not self._known_word_instead(label, name):
                    return name, tuple(sorted(self.exact[name]))
        return "", ()

    def _known_word_instead(self, label: str, name: str) -> bool:
        """``Why did this fail`` for ``When did this fail``: another word, and no slip."""
        told, meant = label.split(), name.split()
        if len(told) != len(meant):
            return False
        pairs = zip(told, meant, strict=True)
        return any(mine[:3] != other[:3] and mine in self._name_words for mine, other in pairs)

    @cached_property
    def _name_words(self) -> frozenset[str]:
        return frozenset(word for name in self.exact for word in name.split())

    @cached_property
    def _by_start(self) -> dict[tuple[str, int], list[str]]:
        """Names long enough to be told when misspelt, by first letter and length."""
        found: dict[tuple[str, int], list[str]] = {}
        for name in self.exact:
            if (len(name) >= SURE_NAME or name in ("impact", "tasks")) and name.isascii():
                found.setdefault((name[0], len(name)), []).append(name)
        return found

    def weakly(self, label: str) -> frozenset[Role]:
        """The roles of a name that counts only where nothing better plays them."""
        if label not in self.weak and (label in self.names or label in self.exact):
            return frozenset()
        _, colon, rest = label.partition(":")
        if colon and self._named(rest.strip()):
            # "Postmortem: summary"
            return frozenset()
        return frozenset(
            role
            for form in variants(label.split(":")[0].strip())
            for role in self.weak.get(form, ())
        )

    def likely(self, label: str) -> frozenset[Role]:
        """The roles that a heading's wording suggests: ``how did we fix it``."""
        if len(label) > LONGEST or self.other(label) or self.advises(f" {label} "):
            return frozenset()
        number, _, words = label.partition(" ")
        if words and number.replace(".", "").isdigit():
            label = words
        found = {role for role, alternatives in self.patterns if alternatives.search(label)}
        if "? " in label:
            found |= self._asked(label)
        found |= worded(label)
        return frozenset(found - {"resolution"} if _only_averts(label) else found)

    def _asked(self, label: str) -> set[Role]:
        """``Why? And how did we fix it``: two questions in one heading."""
        parts = [part.removeprefix("and ").strip() for part in label.split("? ")]
        found = {role for part in parts for role in self.weak.get(part, ())}
        return found.union(*(self.likely(part) for part in parts))


def _only_averts(label: str) -> bool:
    """``What was done to prevent a leak``, ``… to mitigate these risks`` tell no repair."""
    said = label.split()
    if any(word.startswith("risk") for word in said):
        return True
    averts = any(word.startswith(("prevent", "avoid")) for word in said)
    repairs = tuple(listed("repairs"))
    return averts and not any(word.startswith(repairs) for word in said)


def _introduces(padded: str) -> bool:
    """``Architecture overview of the shop``: it introduces a system."""
    before, _, behind = padded.partition(" overview ")
    named = before.split()[-1:] if behind or padded.endswith(" overview ") else []
    return not listed("introduced").isdisjoint(named)


def _second_clause(label: str) -> str:
    """``What broke and what we do now``: the second thing it tells."""
    for joint in (" and what ", " and why ", " & what ", " & why "):
        if label.startswith("what happened") and joint in label:
            return f"{joint.split()[-1]} {label.partition(joint)[2]}"
    return ""


def _of_systems(padded: str) -> bool:
    """``How DNS resolution works``, ``Recovery point objective``: no repair of an incident."""
    said = padded.split()
    for at, word in enumerate(said):
        if word in _OF_SYSTEMS:
            named = said[at - 1] in listed("systems") if at else False
            return named or not listed("systemic").isdisjoint(said[at + 1 : at + 3])
    return False


_OF_SYSTEMS = frozenset({"resolution", "recovery", "mitigation", "remediation"})


def _hinders(label: str) -> bool:
    """``Why recovery was slow``, ``What delayed the fix``: what stood in the way of the repair."""
    return label.startswith(_HINDERED) and " how " not in label


_HINDERED = (
    "why ", "what made ", "what slowed ", "what delayed ", "what hindered ", "what complicated ",
)  # fmt: skip


def _counts_harmed(padded: str) -> bool:
    """``A summary of the faulty invoices``: what was hit, not what happened."""
    _, _, behind = padded.partition(" of ")
    return not listed("harmed").isdisjoint(behind.split()[:3])


def _for_others(label: str) -> bool:
    """``Recommendations for customers``: what is given, and to whom."""
    before, _, behind = label.partition(" for ")
    whom = behind.split()
    if not whom:
        # "Advice to our customers", but not "Actions to protect customers".
        before, _, behind = label.partition(" to ")
        whom = behind.split()[: 1 + behind.startswith(("our ", "the ", "all ", "affected "))]
    given = not listed("advising").isdisjoint(before.split())
    return given and not listed("advised").isdisjoint(whom)


def _settle(found: Set[Role]) -> Set[Role]:
    """Of the roles that phrases suggest, those that stand beside each other."""
    if len(found) > 1:
        found = found - {"summary", "detection"} or found
    if "timeline" in found:
        return {"timeline"}
    if "tasks" in found:
        found = found - {"root_cause", "resolution", "impact", "duration"}
    if "lessons" in found:
        found = found & {"lessons", "corrective", "tasks"}
    return found


@cache
def vocabulary(template: Template) -> Vocabulary:
    """The vocabulary of a template, made once."""
    return Vocabulary(template)
