"""Templates: which parts a team requires, in which order, under which names.

Ours stand in ``rules/templates``; a team's own has the same form and may extend one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy

if TYPE_CHECKING:
    from pmlint.facts import Role

ROLES: tuple[Role, ...] = (
    "title",
    "summary",
    "duration",
    "impact",
    "detection",
    "timeline",
    "root_cause",
    "resolution",
    "corrective",
    "tasks",
    "lessons",
)
"""Every role, in the order in which a postmortem usually has them."""


class UnknownTemplateError(Exception):
    """No template has the name that was asked for."""


class Part(NamedTuple):
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


class Demand(NamedTuple):
    """A section that the template lists."""

    id: str
    heading: str
    names: tuple[str, ...]
    """Its headings, the usual one first."""
    roles: tuple[Role, ...]
    """The parts it plays; none where no rule of ours reads it."""
    required: bool


class FieldDemand(NamedTuple):
    """A labelled statement that the template asks for."""

    label: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    required: bool


class Template(NamedTuple):
    """What a team requires of a postmortem. Equal to itself only: what is made of it is kept."""

    name: str
    summary: str
    required: tuple[Role, ...]
    order: tuple[str, ...]
    """Roles, and ids of sections without a role."""
    parts: Mapping[Role, Part]
    contains: Mapping[str, frozenset[str]]
    """Which roles may stand inside a part whose heading has no level."""
    other: frozenset[str]
    """Headings that play no role and end the part before them."""
    levels: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, Any]]
    sections: tuple[Demand, ...] = ()
    """In the template's order."""
    fields: tuple[FieldDemand, ...] = ()
    skeleton: str = ""
    """The Markdown that ``pmlint new`` writes; ``{title}``, ``{date}``, ``{zone}`` are filled."""
    source: str = ""
    """Where the template is published."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def ids(self) -> Mapping[str, str]:
        """The ids of sections without a role, by their normalised headings."""
        from pmlint.structure.vocabulary import normalise

        return {
            normalise(name): each.id
            for each in self.sections
            if not each.roles
            for name in each.names
        }

    def heading(self, role: Role) -> str:
        """The heading to add for a role, such as ``Root Cause``."""
        part = self.parts.get(role)
        return part.heading if part else role.replace("_", " ").title()


def names() -> tuple[str, ...]:
    """The names of all templates, sorted."""
    prefix = "templates/"
    return tuple(sorted(key[len(prefix) :] for key in policy.tables() if key.startswith(prefix)))


def fault(name: str) -> str:
    """What is wrong with a name that is neither a template's nor a file's; else nothing."""
    if name.endswith(".toml") or name in names():
        return ""
    from pmlint.suggest import nearest, question

    near = question(nearest(name, names())) or "."
    return f"no template `{name}`{near} All templates: {', '.join(names())}"


def languages() -> tuple[str, ...]:
    """The packs of headings in other languages, sorted."""
    return tuple(sorted(policy.table("languages")))


def load(name: str, packs: tuple[str, ...] = ()) -> Template:
    """A template by name, or by the path of a file that ends in ``.toml``.

    What it does not say it takes from the one it extends. ``packs`` adds the headings
    of other languages. Raises UnknownTemplateError, and ConfigError for a faulty file.
    """
    if not name.endswith(".toml"):
        return _ours(name, packs)
    template = from_file(name)
    return _with_packs(template, packs) if packs else template


@cache
def _ours(name: str, packs: tuple[str, ...]) -> Template:
    if packs:
        return _with_packs(_ours(name, ()), packs)
    if name not in names():
        raise UnknownTemplateError(name)
    return make(policy.table(f"templates/{name}"), name)


def from_file(path: str) -> Template:
    """A team's own template. Raises ConfigError with every fault of the file."""
    import os

    from pmlint.settings import layers
    from pmlint.standard import templateshape

    table = layers.checked(path, templateshape.shape())
    return make(table, os.path.basename(path).removesuffix(".toml"))


def make(table: Mapping[str, Any], name: str) -> Template:
    """A template from its table."""
    from pmlint.structure.vocabulary import normalise

    base = load(table["extends"]) if "extends" in table else None
    sections = tuple(map(_demand, table.get("sections", ())))
    parts: dict[Role, Part] = dict(base.parts) if base else {}
    other = frozenset(table.get("other", {}).get("names", ())) | (
        base.other if base else frozenset()
    )
    for role, words in table.get("parts", {}).items():
        parts[role] = _part(role, words, parts.get(role))
    for demand in sections:
        given = frozenset(map(normalise, demand.names))
        other = other - given if demand.roles else other | given
        if not demand.roles:
            # Where the template knows a heading as a section of its own, it plays no part.
            parts = {role: _without(part, given) for role, part in parts.items()}
    for demand in sections:
        for role in demand.roles:
            parts[role] = _called(parts.get(role), role, demand)
    needed = [role for each in sections if each.required for role in each.roles]
    listed = table.get("required", base.required if base else ())
    order = table.get("order", _order(sections) if sections else base.order if base else ())
    contains = dict(base.contains) if base else {}
    contains.update({role: frozenset(inner) for role, inner in table.get("contains", {}).items()})
    return Template(
        name=name,
        summary=table["summary"],
        required=tuple(dict.fromkeys((*listed, *needed))),
        order=tuple(order),
        parts=parts,
        contains=contains,
        other=other,
        levels={**(base.levels if base else {}), **_upper(table.get("levels", {}))},
        parameters={**(base.parameters if base else {}), **_upper(table.get("parameters", {}))},
        sections=sections or (base.sections if base else ()),
        fields=tuple(map(_field, table["fields"]))
        if "fields" in table
        else (base.fields if base else ()),
        skeleton=table.get("skeleton", base.skeleton if base else ""),
        source=table.get("source", ""),
    )


def _upper(table: Mapping[str, Any]) -> dict[str, Any]:
    return {code.upper(): value for code, value in table.items()}


def _order(sections: Iterable[Demand]) -> list[str]:
    """The roles and ids of sections in the order in which they stand."""
    keys = [key for each in sections for key in each.roles or (each.id,)]
    return list(dict.fromkeys(keys))


def _demand(table: Mapping[str, Any]) -> Demand:
    heading = table["heading"]
    return Demand(
        id=table.get("id", heading.lower().replace(" ", "-")),
        heading=heading,
        names=(heading, *table.get("names", ())),
        roles=cast("tuple[Role, ...]", tuple(table.get("roles", ()))),
        required=table.get("required", True),
    )


def _field(table: Mapping[str, Any]) -> FieldDemand:
    return FieldDemand(
        label=table["label"],
        names=(table["label"], *table.get("names", ())),
        values=tuple(table.get("values", ())),
        required=table.get("required", True),
    )


def _called(part: Part | None, role: Role, demand: Demand) -> Part:
    """A part under the names that the template gives it."""
    from pmlint.structure.vocabulary import normalise

    given = frozenset(map(normalise, demand.names))
    if part is None:
        return Part(role, demand.heading, given, (), frozenset(), ())
    return part._replace(heading=demand.heading, names=part.names | given, weak=part.weak - given)


def _without(part: Part, names: frozenset[str]) -> Part:
    if part.names.isdisjoint(names) and part.weak.isdisjoint(names):
        return part
    return part._replace(names=part.names - names, weak=part.weak - names)


def _with_packs(template: Template, packs: tuple[str, ...]) -> Template:
    """A template that knows the headings of other languages as well."""
    parts = dict(template.parts)
    for pack in packs:
        for role, words in policy.table("languages")[pack].items():
            parts[role] = _part(role, {"names": words}, parts.get(role))
    return template._replace(parts=parts)


def _part(role: Role, words: Mapping[str, Any], base: Part | None) -> Part:
    known = frozenset(words.get("names", ())) | (base.names if base else frozenset())
    return Part(
        role=role,
        heading=words.get("heading", base.heading if base else role),
        names=known - frozenset(words.get("without", ())),
        phrases=(*words.get("phrases", ()), *(base.phrases if base else ())),
        weak=frozenset(words.get("weak", ())) | (base.weak if base else frozenset()),
        patterns=(*words.get("patterns", ()), *(base.patterns if base else ())),
    )
