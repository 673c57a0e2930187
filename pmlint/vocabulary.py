"""The template's words turned round: from a heading or label to the roles it plays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING

from pmlint import policy
from pmlint.spelling import resembles

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.templates import Template

MOST_WORDS = 9
"""A longer heading is a sentence; a word in it names no part."""
SHORTEST_MISSPELT = 4
LONGEST_MISSPELT = 48
SURE_NAME = 7
"""A shorter name is too near to other words ("causes", "cases")."""
LONGEST = 120
"""Characters of a heading beyond which no pattern is tried."""


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(
            r"^(?:(?:section|part|step)\s+\d{1,2}\b[\s:.)–—-]*)?"
            r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})+[.)]?|(?:\d{1,2}|[ivx]{1,4}|[a-h])[.)])\s+)?"
            r"[^\w(%]*(?:\d{1,2}\.\s*)?"
        ),
        re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])?[^\w%)\]]*$"),
        re.compile(r"\s+"),
    )


def normalise(title: str) -> str:
    """A heading's words for comparison: lower case, without marks around them."""
    front, back, spaces = _edges()
    words = title.strip().lower().replace("’", "'")
    words = front.sub("", words, count=1)
    for _ in range(2):
        words = back.sub("", words, count=1) if words else words
    words = spaces.sub(" ", words)
    words = words.replace(" /", "/").replace("/ ", "/")
    return words.removesuffix(" must contain").rstrip(" :")


@cache
def _beginning() -> re.Pattern[str]:
    """What ends the name in a long heading: ``Timeline (all times UTC) 3 March to 5 March``."""
    return re.compile(r"\s\(|[.:;]\s|\s\d")


@cache
def _variations() -> tuple[re.Pattern[str], ...]:
    table = policy.table("labels")
    leading = "|".join(table["leading"])
    incident = "|".join(sorted(table["incident"], key=len, reverse=True))
    trailing = "|".join(table["trailing"])
    return (
        re.compile(r"^\d{1,2}(?:\.\d{1,2})?\s+"),
        re.compile(
            r"\s(?:of|for|on|during|behind|in|from|to|about)\s(?:[\w'-]+\s){0,3}"
            rf"(?:{incident})s?$"
        ),
        re.compile(rf"^(?:{leading})\s+"),
        re.compile(rf"^(?:{incident})(?:'s)?\s+"),
        re.compile(rf"\s(?:{trailing})$"),
    )


@cache
def _incident_words() -> frozenset[str]:
    return frozenset(policy.table("labels")["incident"])


def variants(label: str) -> Iterator[str]:
    """A normalised label, then the same without the words that only vary it."""
    yield label
    if len(label) > LONGEST:
        return
    words = label
    for pattern in _variations():
        shorter = pattern.sub("", words, count=1)
        # "The outage" names the incident, not a part that "outage" would vary.
        if shorter != words and shorter and shorter not in _incident_words():
            words = shorter
            yield words


@cache
def _glue() -> re.Pattern[str]:
    return re.compile(r"\s*(?:&|/|,|\+|\band\b)\s*")


@cache
def _split() -> re.Pattern[str]:
    return re.compile(r"[ /,&+]+")


class Vocabulary:
    """The names, phrases and patterns of a template."""

    def __init__(self, template: Template) -> None:
        self.exact: dict[str, list[Role]] = {}
        self.weak: dict[str, list[Role]] = {}
        phrases: list[tuple[str, Role]] = []
        patterns: list[tuple[Role, str]] = []
        for role, part in template.parts.items():
            for name in part.names:
                self.exact.setdefault(name, []).append(role)
            for name in part.weak:
                self.weak.setdefault(name, []).append(role)
            phrases.extend((phrase, role) for phrase in part.phrases)
            if part.patterns:
                patterns.append((role, "|".join(part.patterns)))
        self.phrases = tuple(phrases)
        self.patterns = tuple(patterns)
        self.compiled: dict[Role, re.Pattern[str]] = {}
        self.names = template.other
        common = frozenset(policy.table("labels")["common"])
        self.words = (
            frozenset(
                word
                for name in (*self.exact, *self.weak, *self.names)
                for word in _split().split(name)
            )
            - common
        )

    def other(self, label: str) -> bool:
        """A normalised heading is one that plays no role and ends the part before it."""
        if self.words.isdisjoint(_split().split(label)):
            return False
        return any(form in self.names for form in variants(label))

    def of_timeline(self, label: str) -> bool:
        """It names what a timeline tells, such as misleading paths or the escalation."""
        return any(stem in label for stem in policy.table("labels")["entries"])

    def exactly(self, label: str) -> tuple[Role, ...]:
        """The roles of a normalised heading that is a known name as it stands."""
        return tuple(sorted(self.exact.get(label, ())))

    def roles(self, label: str) -> tuple[Role, ...]:
        """The roles of a normalised heading that is a known name, or known names joined."""
        if label not in self.exact and self.words.isdisjoint(_split().split(label)):
            return ()
        known = self._named(label)
        if known or self._settled(label):
            return known
        parts = [part for part in _glue().split(label) if part]
        if 2 <= len(parts) <= 4 and all(self._named(part) or self.other(part) for part in parts):
            return tuple(sorted({role for part in parts for role in self._named(part)}))
        return ()

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
        known = self.roles(label)
        if not known and len(label.split()) > MOST_WORDS:
            return self.roles(_beginning().split(label, maxsplit=1)[0])
        if known or label in self.weak or self.other(label):
            return known
        padded = f" {re.sub(r'[^a-z0-9%&;-]+', ' ', label)} "
        found = {role for phrase, role in self.phrases if f" {phrase} " in padded}
        return tuple(sorted(_settle(found)))

    def nearly(self, label: str) -> tuple[str, tuple[Role, ...]]:
        """The name that a misspelt heading means, and its roles; nothing where none is near."""
        if not SHORTEST_MISSPELT <= len(label) <= LONGEST_MISSPELT or self.other(label):
            return "", ()
        for size in (0, -1, 1, -2, 2):
            for name in self._by_start.get((label[0], len(label) + size), ()):
                if resembles(label, name):
                    return name, tuple(sorted(self.exact[name]))
        return "", ()

    @cached_property
    def _by_start(self) -> dict[tuple[str, int], list[str]]:
        """Names long enough to be told when misspelt, by first letter and length."""
        found: dict[tuple[str, int], list[str]] = {}
        for name in sorted(self.exact):
            if name.isascii() and (len(name) >= SURE_NAME or name in ("impact", "tasks")):
                found.setdefault((name[0], len(name)), []).append(name)
        return found

    def weakly(self, label: str) -> frozenset[Role]:
        """The roles of a name that counts only where nothing better plays them."""
        return frozenset(
            role
            for form in variants(label.split(":")[0].strip())
            for role in self.weak.get(form, ())
        )

    def likely(self, label: str) -> frozenset[Role]:
        """The roles that a heading's wording suggests: ``how did we fix it``."""
        if len(label) > LONGEST or self.other(label):
            return frozenset()
        return frozenset(role for role, _ in self.patterns if self._pattern(role).search(label))

    def _pattern(self, role: Role) -> re.Pattern[str]:
        if role not in self.compiled:
            self.compiled[role] = re.compile(dict(self.patterns)[role])
        return self.compiled[role]


def _settle(found: set[Role]) -> set[Role]:
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
