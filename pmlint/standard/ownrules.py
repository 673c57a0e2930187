"""A team's own rules: the same form as ours, over a few kinds of check, without code.

Patterns run in RE2, which is linear in the text whatever the pattern; Python's own
engine never sees a pattern that a repository brings along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pmlint.config import ConfigError
from pmlint.findings import Level
from pmlint.settings.shapes import (
    Anything,
    Choice,
    Either,
    Fault,
    Flag,
    Key,
    ListOf,
    MapOf,
    Number,
    Path,
    Shape,
    Table,
    Text,
    Words,
)
from pmlint.standard import policy, templates
from pmlint.standard.rulebook import Rule, check_named
from pmlint.suggest import nearest, question

if TYPE_CHECKING:
    from pmlint.standard.rulebook import Check

LEVELS = ("error", "warning", "info")
LEVEL_MEANINGS: Mapping[str, str] = {
    "warn": "warning",
    "information": "info",
    "note": "info",
    "hint": "info",
    "fatal": "error",
    "critical": "error",
    "none": "off",
    "disabled": "off",
    "disable": "off",
    "ignore": "off",
    "false": "off",
}
COUNTED = ("events", "tasks", "figures", "words")
WHERE = ("document", "section", "event", "task")

_CODE = re.compile(r"(?!PM\d)[A-Z]{2,8}\d{3}\Z")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DOTTED = re.compile(r"[\w-]+\.[\w-]+\Z")

_WHERE_KEYS: Mapping[str, Key] = {
    "where": Key(Choice("place", WHERE), "where to look: document, section, event, task"),
    "section": Key(Text(), "the section to look in: a role such as timeline, or a heading"),
}
_NAMES = Key(
    ListOf(Text(), needed=True), "the headings or labels it may have; the first is shown", True
)


def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The kinds of check with their default words."""
    return policy.table("kinds")


def parameters_of(kind: str) -> Shape:
    """The parameters of a kind; of a plugin's check nothing is known."""
    values = Key(ListOf(Text(), needed=True), "the values it may have")
    tables: Mapping[str, Mapping[str, Key]] = {
        "section": {"names": _NAMES},
        "field": {"names": _NAMES, "values": values},
        "values": {"names": _NAMES, "values": values._replace(required=True)},
        "pattern": {
            "pattern": Key(Words(pattern_fault), "an RE2 pattern", True),
            "forbidden": Key(Flag(), "true: it must not match; false: it must"),
            **_WHERE_KEYS,
        },
        "count": {
            "what": Key(Choice("thing to count", COUNTED), "events, tasks, figures, words", True),
            "minimum": Key(Number(), "the fewest"),
            "maximum": Key(Number(), "the most"),
            "section": _WHERE_KEYS["section"],
        },
        "words": {
            "words": Key(
                Either(Text(), _ListOrMap()), "words not to use, or a table: word = instead", True
            ),
            **_WHERE_KEYS,
        },
    }
    return Table(f"[parameters] of check `{kind}`", tables[kind]) if kind in tables else Anything()


def _parameters(kind: str) -> Key:
    """Needed where the check needs any of them."""
    shape = parameters_of(kind)
    needed = isinstance(shape, Table) and any(key.required for key in shape.keys.values())
    return Key(shape, "what the check looks for", needed)


def _place(parameters: object, path: Path) -> Iterator[Fault]:
    """A rule that is to look in a section, and is told of none, would find nothing."""
    if not isinstance(parameters, dict) or parameters.get("section"):
        return
    if parameters.get("where") == "section":
        at = (*path, "parameters", "where")
        yield Fault(at, 'which section? write for example section = "timeline"')


def _examples() -> Table:
    """What ``pmlint explain`` shows and ``pmlint rules --test`` runs."""
    shared = {
        "text": Key(Text(_empty_fault), "a postmortem, or what of one the rule needs", True),
        "title": Key(Text(), "what the example shows"),
        "template": Key(
            Words(templates.fault, templates.names()),
            "the template it is read by; else the one in force",
        ),
    }
    expected = Table(
        "an expected finding",
        {
            "line": Key(Number(least=1), "the line of the text, from 1 on", True),
            "message": Key(Text(), "what the finding says, where that matters"),
            "level": Key(Choice("level", LEVELS, LEVEL_MEANINGS), "where it matters"),
        },
    )
    findings = Key(ListOf(expected), "all that the rule finds; without them, anything will do")
    return Table(
        "`examples`",
        {
            "bad": Key(ListOf(Table("an example", {**shared, "findings": findings})), "with it"),
            "good": Key(ListOf(Table("an example", shared)), "without it"),
        },
    )


class _ListOrMap:
    """``["utilise"]`` or ``{ utilise = "use" }``."""

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        shape: Shape = MapOf(Text()) if isinstance(value, dict) else _WORDS
        if value == {}:
            yield Fault(path, "expected a table of one word at least, found an empty one")
        yield from shape.check(value, path)

    def schema(self) -> dict[str, object]:
        return {"anyOf": [_WORDS.schema(), {**MapOf(Text()).schema(), "minProperties": 1}]}


_WORDS = ListOf(Text(), needed=True)


class OwnRule:
    """The shape of one own rule; its parameters depend on its check."""

    def __init__(self, plugins: tuple[str, ...] = ()) -> None:
        self._plugins = plugins

    def check(self, value: object, path: Path) -> Iterator[Fault]:
        kind = value.get("check") if isinstance(value, dict) else None
        yield from self._table(kind if isinstance(kind, str) else "").check(value, path)
        if isinstance(value, dict):
            yield from self._slots(value, path)
            yield from _place(value.get("parameters"), path)

    def _table(self, kind: str) -> Table:
        words = Either(Text(), MapOf(Text()))
        return Table(
            "an own rule",
            {
                "code": Key(Words(_code_fault), "letters and three digits, such as ACME001", True),
                "name": Key(Words(_name_fault), "words with hyphens", True),
                "check": Key(Words(self._check_fault, tuple(kinds())), "the kind of check", True),
                "summary": Key(Text(), "what it finds, in a sentence", True),
                "why": Key(Text(), "why reviewers ask for it"),
                "source": Key(Text(), "where the team wrote it down"),
                "level": Key(Choice("level", LEVELS, LEVEL_MEANINGS), "error, warning or info"),
                "default": Key(Flag(), "false: off until it is selected"),
                "parameters": _parameters(kind),
                "message": Key(Text(), "what a finding says"),
                "help": Key(words, "what to write instead"),
                "messages": Key(MapOf(Text()), "what a finding says, by case"),
                "exceptions": Key(Text(), "what looks like the fault and is none"),
                "examples": Key(_examples(), "texts with and without the fault"),
            },
            {"id": "code", "severity": "level", "description": "summary", "type": "check"},
        )

    def _check_fault(self, kind: str) -> str:
        if kind in kinds():
            return ""
        if _DOTTED.match(kind):
            plugin = kind.partition(".")[0]
            if plugin in self._plugins:
                return ""
            near = question(nearest(plugin, self._plugins))
            return f"`{kind}`: `plugins` does not list `{plugin}`{near}"
        near = question(nearest(kind, kinds(), {"regex": "pattern", "heading": "section"}))
        return f"unknown check `{kind}`{near} (one of {', '.join(kinds())})"

    def _slots(self, table: Mapping[str, Any], path: Path) -> Iterator[Fault]:
        """Words in braces that the check gives no value for."""
        kind = kinds().get(str(table.get("check")))
        if kind is None:
            return
        for key in ("message", "help", "messages"):
            words = table.get(key)
            texts = words.items() if isinstance(words, dict) else [("", words)]
            for case, text in texts:
                if not isinstance(text, str):
                    continue
                for slot in re.findall(r"\{(\w+)\}", text):
                    if slot not in kind["values"]:
                        near = question(nearest(slot, kind["values"]))
                        known = ", ".join(f"{{{each}}}" for each in kind["values"])
                        at = (*path, key, case) if case else (*path, key)
                        yield Fault(at, f"no value `{{{slot}}}`{near} (one of {known})")

    def schema(self) -> dict[str, object]:
        return self._table("").schema()


def _empty_fault(text: str) -> str:
    return "" if text else "expected some text, found none"


def _code_fault(code: str) -> str:
    if _CODE.match(code):
        return ""
    if re.match(r"PM\d", code):
        return f"`{code}`: codes that begin with PM are pmlint's; write for example `ACME001`"
    return f"`{code}` is no code of a rule; write letters and three digits, for example `ACME001`"


def _name_fault(name: str) -> str:
    if _NAME.match(name):
        return ""
    near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f"`{name}` is no name of a rule{question(near)}"


def pattern_fault(pattern: str) -> str:
    """What is wrong with a pattern; raises ConfigError where RE2 is not installed."""
    engine = re2()
    try:
        engine.compile(pattern, _options(engine))
    except engine.error as error:
        told = error.args[0] if error.args else "not understood"
        told = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        return f"the pattern is not one of RE2: {told}"
    return ""


def compiled(pattern: str) -> Any:
    """A pattern of the configuration, ready to search with in linear time."""
    engine = re2()
    return engine.compile(pattern, _options(engine))


def _options(engine: Any) -> Any:
    options = engine.Options()
    options.log_errors = False
    return options


def re2() -> Any:
    """The RE2 engine. Raises ConfigError, which says how to install it."""
    from importlib import import_module

    try:
        return import_module("re2")
    except ImportError:
        raise ConfigError(
            "patterns of own rules need RE2, which runs in linear time: "
            "pip install 'pmlint[patterns]' (or pip install google-re2)"
        ) from None


def build(table: Mapping[str, Any], where: str, plugins: Mapping[str, Any]) -> Rule:
    """An own rule from a table that has been checked."""
    kind = table["check"]
    words = kinds().get(kind, {"messages": {}, "help": {}})
    messages = {**words["messages"], **table.get("messages", {})}
    if "message" in table:
        messages = {"any": table["message"]}
    advice = table.get("help", {})
    return Rule(
        code=table["code"],
        name=table["name"],
        level=Level(table.get("level", "warning")),
        default=table.get("default", True),
        fixable=False,
        summary=table["summary"],
        why=table.get("why", ""),
        source=table.get("source", where),
        check=kind if kind not in kinds() else f"own.{kind}",
        parameters=table.get("parameters", {}),
        messages=messages or {"any": table["summary"]},
        help={"any": advice} if isinstance(advice, str) else {**words["help"], **advice},
        labels={},
        notes={},
        levels={},
        examples=table.get("examples", {}),
        where=where,
        exceptions=table.get("exceptions", ""),
        function=_function(kind, plugins),
    )


def _function(kind: str, plugins: Mapping[str, Any]) -> Check:
    if kind in kinds():
        return check_named(f"own.{kind}")
    plugin, _, name = kind.partition(".")
    checks = plugins[plugin]
    if name not in checks:
        near = question(nearest(name, checks))
        raise ConfigError(f"plugin `{plugin}` has no check `{name}`{near}")
    function: Callable[..., Any] = checks[name]
    return function


def load_plugin(name: str) -> Mapping[str, Any]:
    """The checks that an installed package registers under a name.

    The entry point of the group ``pmlint.checks`` gives a table from names to functions
    such as ``pmlint.checks`` holds. Called only for names that the configuration lists.
    Raises ConfigError where no installed package has it.
    """
    from importlib.metadata import entry_points

    known = {point.name: point for point in entry_points(group="pmlint.checks")}
    if name not in known:
        near = question(nearest(name, known))
        raise ConfigError(f"no installed package brings checks called `{name}`{near}")
    try:
        checks = known[name].load()
    except Exception as error:
        raise ConfigError(
            f"plugin `{name}` cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    if not isinstance(checks, Mapping):
        raise ConfigError(f"plugin `{name}` gives no table of checks but {type(checks).__name__}")
    return checks
