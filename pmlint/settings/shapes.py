"""Shapes of configuration values: what each checks, and what it tells an editor.

One description serves both: ``check`` reports every fault with the nearest right
word, ``schema`` gives the same as JSON Schema. Nothing is coerced.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pmlint.namedtuples import NamedTuple
from pmlint.suggest import nearest, question

Path = tuple[str | int, ...]
Schema = dict[str, object]

_NONE: Mapping[str, str] = {}


class Fault(NamedTuple):
    """What is wrong, and with which key or value."""

    path: Path
    message: str
    at_key: bool = False
    """The key is wrong, not its value."""


class Shape(Protocol):
    """What a value must look like."""

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        """The faults of a value that stands at a path."""

    def schema(self) -> Schema:
        """The same as JSON Schema."""


class Text(NamedTuple):
    """Any text; one that ``test`` finds fault with is refused in its words."""

    test: Callable[[str], str] | None = None

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, f"expected text, found {told(value)}")
        elif self.test is not None and (fault := self.test(value)):
            yield Fault(path, fault)

    def schema(self) -> Schema:
        return {"type": "string"}


class Flag(NamedTuple):
    """``true`` or ``false``."""

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, bool):
            yield Fault(path, f"expected true or false, found {told(value)}")

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Number(NamedTuple):
    """A number of ``least`` or more; a whole one unless ``fractions``."""

    fractions: bool = False
    signed: bool = False
    """Any number will do, below nothing as well."""
    least: int = 0

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        kinds = (int, float) if self.fractions else (int,)
        if not isinstance(value, kinds) or isinstance(value, bool):
            yield Fault(path, f"expected a number, found {told(value)}")
        elif not self.signed and not value >= self.least:
            yield Fault(path, f"expected a number of {self.least} or more, found {value}")

    def schema(self) -> Schema:
        kind: Schema = {"type": "number" if self.fractions else "integer"}
        return kind if self.signed else {**kind, "minimum": self.least}


class Choice(NamedTuple):
    """One word of several. ``noun`` names them in faults: ``unknown level `warnin```."""

    noun: str
    words: Sequence[str]
    meanings: Mapping[str, str] = _NONE
    """Words that other tools use."""
    listed: bool = True
    """A fault lists all of them."""

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, f"expected a {self.noun}, found {told(value)}")
        elif value not in self.words:
            near = _near(value, self.words, self.meanings)
            known = f" (one of {', '.join(self.words)})" if self.listed else ""
            yield Fault(path, f"unknown {self.noun} `{value}`{near}{known}")

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.words)}


class Words(NamedTuple):
    """A text that ``find`` accepts: it gives an empty string, or the fault."""

    find: Callable[[str], str]
    examples: Sequence[str] = ()

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(path, f"expected text, found {told(value)}")
        elif fault := self.find(value):
            yield Fault(path, fault)

    def schema(self) -> Schema:
        if not self.examples:
            return {"type": "string"}
        # Editors offer the known words; others (a path, a family) stay possible.
        return {"anyOf": [{"enum": list(self.examples)}, {"type": "string"}]}


class ListOf(NamedTuple):
    """A list with items of one shape, of which it may need one at least."""

    item: Shape
    needed: bool = False

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, list):
            example = f"; write [{told(value)}]" if isinstance(value, str) else ""
            yield Fault(path, f"expected a list, found {told(value)}{example}")
            return
        if self.needed and not value:
            yield Fault(path, "expected a list of one item at least, found an empty one")
        for index, item in enumerate(value):
            yield from self.item.check(item, (*path, index))

    def schema(self) -> Schema:
        least = {"minItems": 1} if self.needed else {}
        return {"type": "array", "items": self.item.schema(), **least}


class Key(NamedTuple):
    """One key of a table."""

    shape: Shape
    doc: str
    required: bool = False


class Table(NamedTuple):
    """A table of known keys; ``name`` is how faults call it."""

    name: str
    keys: Mapping[str, Key]
    meanings: Mapping[str, str] = _NONE
    hint: str = ""

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, f"expected a table, found {told(value)}")
            return
        for name, inner in value.items():
            if name in self.keys:
                yield from self.keys[name].shape.check(inner, (*path, name))
            else:
                near = _near(name, self.keys, self.meanings)
                listed = near or f"{self.hint} (one of {', '.join(self.keys)})"
                yield Fault((*path, name), f"unknown key `{name}` in {self.name}{listed}", True)
        for name, key in self.keys.items():
            if key.required and name not in value:
                yield Fault(path, f"{self.name} needs the key `{name}`: {key.doc}", True)

    def schema(self) -> Schema:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                name: {"description": key.doc, **key.shape.schema()}
                for name, key in self.keys.items()
            },
            **({"required": needed} if (needed := self._needed()) else {}),
        }

    def _needed(self) -> list[str]:
        return [name for name, key in self.keys.items() if key.required]


class MapOf(NamedTuple):
    """A table whose keys are names: of rules, of zones, of words.

    ``name_fault`` says what is wrong with a key. ``known`` gives the shape of single
    keys, ``others`` that of all the rest.
    """

    others: Shape
    name_fault: Callable[[str], str] | None = None
    known: Callable[[str], Shape | None] | None = None
    examples: Iterable[str] = ()

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, f"expected a table, found {told(value)}")
            return
        for name, inner in value.items():
            fault = self.name_fault(name) if self.name_fault else ""
            if fault:
                yield Fault((*path, name), fault, True)
                continue
            yield from self._shape(name).check(inner, (*path, name))

    def _shape(self, name: str) -> Shape:
        return (self.known(name) if self.known else None) or self.others

    def schema(self) -> Schema:
        properties = {name: self._shape(name).schema() for name in self.examples}
        named: Schema = {"properties": properties} if properties else {}
        return {"type": "object", **named, "additionalProperties": self.others.schema()}


class Shared(NamedTuple):
    """A shape that stands in several places; JSON Schema has it once, under ``$defs``."""

    name: str
    shape: Shape

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        yield from self.shape.check(value, path)

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.name}"}

    def defined(self) -> Schema:
        """What the reference stands for."""
        return {self.name: self.shape.schema()}


class Either(NamedTuple):
    """The first shape whose kind of value it is: text and a table, for example."""

    text: Shape
    other: Shape

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        if isinstance(value, str):
            yield from self.text.check(value, path)
            return
        word = f"a {self.text.noun}" if isinstance(self.text, Choice) else "text"
        for fault in self.other.check(value, path):
            # A value that is neither: both would do.
            neither = fault.path == path and not fault.at_key
            wanted = f"expected {word} or {fault.message.removeprefix('expected ')}"
            yield fault._replace(message=wanted) if neither else fault

    def schema(self) -> Schema:
        return {"anyOf": [self.text.schema(), self.other.schema()]}


class Anything(NamedTuple):
    """Whatever TOML can hold."""

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        yield from ()

    def schema(self) -> Schema:
        return {}


def like(value: object) -> Shape:
    """The shape that a parameter's default value shows."""
    if isinstance(value, bool):
        return Flag()
    if isinstance(value, int):
        return Number(fractions=False)
    if isinstance(value, float):
        return Number(fractions=True)
    if isinstance(value, str):
        return Text()
    if isinstance(value, list):
        return ListOf(like(value[0]) if value else Text())
    if isinstance(value, dict):
        inner = next(iter(value.values()), "")
        return MapOf(like(inner))
    return Anything()


def _near(word: str, known: Collection[str], meanings: Mapping[str, str]) -> str:
    """Asks for the known word that was probably meant, of another tool's only what fits here."""
    fitting = {theirs: ours for theirs, ours in meanings.items() if ours in known}
    return question(nearest(word, known, fitting))


def told(value: object) -> str:
    """A value as TOML writes it, cut where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if len(value) <= 40 else value[:39] + "…"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else str(value)
