"""Templates: which parts a team requires, in which order, under which names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pmlint import policy

if TYPE_CHECKING:
    from pmlint.facts import Role


class UnknownTemplateError(Exception):
    """No template has the name that was asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """The words by which one role is known."""

    role: Role
    heading: str
    """The heading to add where the part is missing."""
    names: frozenset[str]
    """Whole headings, normalised; trusted on plain lines too."""
    phrases: tuple[str, ...]
    """Words that give a real heading its role."""
    weak: frozenset[str]
    """Names that count only where nothing better plays the role."""
    patterns: tuple[str, ...]
    """Regular expressions of headings that count only where nothing better does."""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """What a team requires of a postmortem."""

    name: str
    summary: str
    required: tuple[Role, ...]
    order: tuple[Role, ...]
    parts: Mapping[Role, Part]
    contains: Mapping[str, frozenset[str]]
    """Which roles may stand inside a part whose heading has no level."""
    other: frozenset[str]
    """Headings that play no role and end the part before them."""
    levels: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Any]]

    def heading(self, role: Role) -> str:
        """The heading to add for a role, such as ``Root Cause``."""
        part = self.parts.get(role)
        return part.heading if part else role.replace("_", " ").title()


def names() -> tuple[str, ...]:
    """The names of all templates, sorted."""
    prefix = "templates/"
    return tuple(
        sorted(key[len(prefix) :] for key in policy.tables() if key.startswith(prefix))
    )


@cache
def load(name: str) -> Template:
    """A template by name; what it does not say it takes from the one it extends.

    Raises UnknownTemplateError.
    """
    if name not in names():
        raise UnknownTemplateError(name)
    table = policy.table(f"templates/{name}")
    base = load(table["extends"]) if "extends" in table else None
    parts: dict[Role, Part] = dict(base.parts) if base else {}
    for role, words in table.get("parts", {}).items():
        parts[role] = _part(role, words, parts.get(role))
    order = table.get("order", base.order if base else ())
    contains = dict(base.contains) if base else {}
    contains.update({role: frozenset(inner) for role, inner in table.get("contains", {}).items()})
    return Template(
        name=name,
        summary=table["summary"],
        required=tuple(table.get("required", base.required if base else ())),
        order=cast("tuple[Role, ...]", tuple(order)),
        parts=parts,
        contains=contains,
        other=frozenset(table.get("other", {}).get("names", ())) | (base.other if base else frozenset()),
        levels=table.get("levels", {}),
        parameters=table.get("parameters", {}),
    )


def _part(role: Role, words: Mapping[str, Any], base: Part | None) -> Part:
    return Part(
        role=role,
        heading=words.get("heading", base.heading if base else role),
        names=frozenset(words.get("names", ())) | (base.names if base else frozenset()),
        phrases=(*words.get("phrases", ()), *(base.phrases if base else ())),
        weak=frozenset(words.get("weak", ())) | (base.weak if base else frozenset()),
        patterns=(*words.get("patterns", ()), *(base.patterns if base else ())),
    )
