"""Rule files: one TOML file a rule, with its examples.

Files are read and checked once; ``rulebook.rules`` keeps what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pmlint.findings import Level
from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy
from pmlint.standard.parameters import Parameters
from pmlint.standard.rulebook import ENGINE, Rule, RuleError, Words

_CODE = r"PM\d{3}"
_NAME = r"[a-z0-9-]+"
_CHECK = rf"[a-z_]+\.[a-z_]+|{ENGINE}"


class Expected(NamedTuple):
    """A finding that an example must give."""

    line: int
    code: str
    message: str
    """Empty where an own rule's example leaves it open."""
    level: Level | None = None
    """None where the rule's own level is meant."""


class Example(NamedTuple):
    """A text and all that its rule finds in it: nothing in a good one."""

    text: str
    findings: tuple[Expected, ...] = ()
    title: str = ""
    """What the example shows, for headings such as "Right: over midnight"."""
    template: str = "default"
    parameters: Parameters | None = None
    hex: str | None = None
    """The bytes of the file, where they are no text."""
    archive: Mapping[str, str] | None = None
    """Earlier postmortems by file name."""


def read_all() -> list[Rule]:
    """All rules that come with pmlint, by code.

    Raises RuleError for a badly written one and policy.PolicyError where there are none.
    """
    found = (parse(policy.table(name), _where(name)) for name in policy.rule_names())
    return sorted(found, key=lambda rule: rule.code)


def _all_examples() -> dict[str, Any]:
    """The examples of the rules that come with pmlint, by their files."""
    return {_where(name): policy.table(name).get("examples", {}) for name in policy.rule_names()}


def _where(name: str) -> str:
    """A file as errors tell it."""
    return f"rules/{name}.toml"


def parse(table: Mapping[str, Any], where: str) -> Rule:
    """A rule from its table; ``where`` names the file in errors. Raises RuleError.

    Examples are read when they are asked for.
    """
    reader = _Reader(table, where)
    rule = Rule(
        code=reader.matching("code", _CODE),
        name=reader.matching("name", _NAME),
        level=reader.level("level"),
        default=reader.take("default", bool, True),
        fixable=reader.take("fixable", bool, False),
        summary=reader.take("summary", str),
        why=reader.take("why", str),
        source=reader.take("source", str),
        check=reader.matching("check", _CHECK),
        parameters=reader.take("parameters", dict, {}),
        messages=reader.words("messages"),
        help=reader.words("help", {}),
        labels=reader.words("labels", {}),
        notes=reader.words("notes", {}),
        levels={key: reader.level(f"levels.{key}") for key in reader.take("levels", dict, {})},
        examples=reader.take("examples", dict, {}),
        where=where,
        exceptions=reader.take("exceptions", str, ""),
        see=tuple(reader.texts("see")),
        subjects=tuple(reader.texts("subjects")),
        silent=reader.take("silent", str, ""),
        fixes=reader.words("fixes", {}),
        yields_to=tuple(reader.texts("yields_to")),
    )
    reader.refuse_others()
    return rule


def examples(rule: Rule, kind: str) -> tuple[Example, ...]:
    """The ``bad`` or ``good`` texts of a rule. Raises RuleError for a badly written one."""
    table = rule.examples
    if table is None:
        table = policy.made("examples", _all_examples)[rule.where]
    entries = _Reader(table, rule.where, "examples.").take(kind, list, [])
    return tuple(
        _example(_Reader(entry, rule.where, f"examples.{kind}[{number}]."), rule)
        for number, entry in enumerate(entries, start=1)
    )


def _example(reader: _Reader, rule: Rule) -> Example:
    example = Example(
        text=reader.take("text", str, ""),
        findings=tuple(
            _expected(_Reader(entry, reader.where, f"{reader.prefix}findings[{number}]."), rule)
            for number, entry in enumerate(reader.take("findings", list, []), start=1)
        ),
        title=reader.take("title", str, ""),
        template=reader.take("template", str, "default"),
        parameters=reader.take("parameters", dict, None),
        hex=reader.take("hex", str, None),
        archive=reader.take("archive", dict, None),
    )
    reader.refuse_others()
    if not example.text and example.hex is None:
        raise reader.error("text", "missing")
    return example


def _expected(reader: _Reader, rule: Rule) -> Expected:
    """What an own rule finds needs no code, and words only where they matter."""
    own = rule.function is not None
    expected = Expected(
        line=reader.take("line", int),
        code=rule.code if own else reader.matching("code", _CODE),
        message=reader.take("message", str, "" if own else _MISSING),
        level=reader.level("level") if "level" in reader.table else None,
    )
    reader.refuse_others()
    return expected


_MISSING = object()
_KINDS = {str: "text", bool: "true or false", int: "a number", dict: "a table", list: "a list"}


class _Reader:
    """Takes typed values out of a table and names the key in errors."""

    def __init__(self, table: object, where: str, prefix: str = "") -> None:
        self.where = where
        self.prefix = prefix
        if not isinstance(table, Mapping):
            raise self.error("", "expected a table")
        self.table = table
        self._taken: set[str] = set()

    def error(self, key: str, fault: str) -> RuleError:
        place = f"{self.prefix}{key}".rstrip(".")
        return RuleError(f"{self.where}: {place}: {fault}")

    def take(self, key: str, kind: type, default: Any = _MISSING) -> Any:
        name, _, rest = key.partition(".")
        self._taken.add(name)
        value: Any = self.table.get(name, _MISSING)
        for part in rest.split(".") if rest and value is not _MISSING else ():
            value = value.get(part, _MISSING)
            if value is _MISSING:
                break
        if value is _MISSING:
            if default is _MISSING:
                raise self.error(key, "missing")
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"expected {_KINDS[kind]}, found {value!r}")
        return value

    def matching(self, key: str, pattern: str) -> str:
        value: str = self.take(key, str)
        if not re.fullmatch(pattern, value):
            raise self.error(key, f"{value!r} is not of the form {pattern}")
        return value

    def level(self, key: str) -> Level:
        value: str = self.take(key, str)
        try:
            return Level(value)
        except ValueError:
            known = ", ".join(Level)
            raise self.error(key, f"{value!r} is no level (one of {known})") from None

    def words(self, key: str, default: Any = _MISSING) -> Words:
        table: Mapping[str, Any] = self.take(key, dict, default)
        for case, text in table.items():
            if not isinstance(text, str):
                raise self.error(f"{key}.{case}", f"expected text, found {text!r}")
        return table

    def texts(self, key: str) -> list[str]:
        entries: list[Any] = self.take(key, list, [])
        for number, text in enumerate(entries, start=1):
            if not isinstance(text, str):
                raise self.error(f"{key}[{number}]", f"expected text, found {text!r}")
        return entries

    def refuse_others(self) -> None:
        for key in self.table:
            if key not in self._taken:
                raise self.error(str(key), "unknown key")
