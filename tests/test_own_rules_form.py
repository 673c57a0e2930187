"""The form of an own rule: what is refused and in which words, and what becomes of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from types import SimpleNamespace
from typing import Any

import pytest

from pmlint.config import ConfigError
from pmlint.facts import Postmortem
from pmlint.findings import Case, Level
from pmlint.settings import configshape
from pmlint.standard import ownrules, templates
from pmlint.standard.ownrules import OwnRule
from pmlint.standard.rulebook import Rule, check_named

RULE: dict[str, Any] = {
    "code": "ACME001",
    "name": "our-rule",
    "check": "field",
    "summary": "Ours",
    "parameters": {"names": ["Severity"]},
}
KINDS = "section, field, values, pattern, count, words"
KEYS = (
    "code, name, check, summary, why, source, level, default, parameters, message, help,"
    " messages, exceptions, examples"
)


def faults(given: Mapping[str, object], plugins: tuple[str, ...] = ()) -> list[str]:
    """The faults of a rule with some keys changed (None: left out), each with its path."""
    rule = {key: value for key, value in {**RULE, **given}.items() if value is not None}
    found = list(OwnRule(plugins).check(rule, ("own-rules", 3)))
    assert {fault.path[:2] for fault in found} <= {("own-rules", 3)}
    return [": ".join((*map(str, fault.path[2:]), fault.message)) for fault in found]


def names(text: str) -> list[dict[str, str]]:
    return [{"text": text}]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({}, id="what must be there"),
        pytest.param(
            {
                "why": "They ask.",
                "source": "our wiki",
                "level": "info",
                "default": False,
                "message": "no {name}",
                "messages": {"absent": "no {names}", "unknown": "{value} of {values}"},
                "help": {"absent": "write {name}"},
                "exceptions": "None.",
                "examples": {
                    "bad": [
                        {
                            "text": "x",
                            "title": "y",
                            "template": "alx",
                            "findings": [{"line": 1, "message": "z", "level": "error"}],
                        }
                    ],
                    "good": names("x"),
                },
            },
            id="all there is",
        ),
        pytest.param({"help": "write {name}"}, id="one help for every case"),
        pytest.param({"code": "AB000"}, id="code of two letters"),
        pytest.param({"code": "ABCDEFGH999"}, id="code of eight letters"),
        pytest.param({"code": "PMX001"}, id="code that begins like ours"),
        pytest.param({"name": "a"}, id="name of one letter"),
        pytest.param({"name": "3-a-b2"}, id="name with digits"),
        pytest.param(
            {"check": "words", "parameters": {"words": "gateway"}}, id="words: a single one"
        ),
        pytest.param(
            {"check": "words", "parameters": {"words": {"basket": "cart"}}}, id="words: a table"
        ),
        pytest.param(
            {"check": "count", "parameters": {"what": "words", "minimum": 0, "section": "impact"}},
            id="count of words in a section",
        ),
        pytest.param(
            {"check": "values", "parameters": {"names": ["Severity"], "values": ["SEV1"]}},
            id="values",
        ),
        pytest.param({"message": "{} { name } {{name}} {na-me}"}, id="braces that are no slot"),
    ],
)
def test_well_formed_rule_has_no_fault(given: dict[str, object]) -> None:
    assert faults(given) == []


NO_CODE = " is no code of a rule; write letters and three digits, for example `ACME001`"
LEVELS = "(one of error, warning, info)"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param(
            {"code": None},
            "an own rule needs the key `code`: letters and three digits, such as ACME001",
            id="no code",
        ),
        pytest.param(
            {"name": None}, "an own rule needs the key `name`: words with hyphens", id="no name"
        ),
        pytest.param(
            {"check": None}, "an own rule needs the key `check`: the kind of check", id="no check"
        ),
        pytest.param(
            {"summary": None},
            "an own rule needs the key `summary`: what it finds, in a sentence",
            id="no summary",
        ),
        pytest.param(
            {"code": "PM402"},
            "code: `PM402`: codes that begin with PM are pmlint's; write for example `ACME001`",
            id="code of ours",
        ),
        pytest.param({"code": "A001"}, f"code: `A001`{NO_CODE}", id="one letter"),
        pytest.param({"code": "ABCDEFGHI001"}, f"code: `ABCDEFGHI001`{NO_CODE}", id="nine letters"),
        pytest.param({"code": "ACME01"}, f"code: `ACME01`{NO_CODE}", id="two digits"),
        pytest.param({"code": "ACME0001"}, f"code: `ACME0001`{NO_CODE}", id="four digits"),
        pytest.param({"code": "acme001"}, f"code: `acme001`{NO_CODE}", id="small letters"),
        pytest.param({"code": "ACME001\n"}, f"code: `ACME001\n`{NO_CODE}", id="line end"),
        pytest.param({"code": 3}, "code: expected text, found 3", id="number for a code"),
        pytest.param(
            {"name": "Our Rule!"},
            "name: `Our Rule!` is no name of a rule; did you mean `our-rule`?",
            id="name in words",
        ),
        pytest.param(
            {"name": "a--b"},
            "name: `a--b` is no name of a rule; did you mean `a-b`?",
            id="two hyphens",
        ),
        pytest.param({"name": "--"}, "name: `--` is no name of a rule", id="hyphens only"),
        pytest.param(
            {"name": "a\n"}, "name: `a\n` is no name of a rule; did you mean `a`?", id="end"
        ),
        pytest.param(
            {"check": "feild"},
            f"check: unknown check `feild`; did you mean `field`? (one of {KINDS})",
            id="slip in a check",
        ),
        pytest.param(
            {"check": "regex"},
            f"check: unknown check `regex`; did you mean `pattern`? (one of {KINDS})",
            id="check of another tool",
        ),
        pytest.param(
            {"check": "heading"},
            f"check: unknown check `heading`; did you mean `section`? (one of {KINDS})",
            id="heading for a section",
        ),
        pytest.param(
            {"check": "zzz"},
            f"check: unknown check `zzz` (one of {KINDS})",
            id="check like no other",
        ),
        pytest.param(
            {"check": "a.b.c"}, f"check: unknown check `a.b.c` (one of {KINDS})", id="two dots"
        ),
        pytest.param(
            {"check": ["field"]}, "check: expected text, found a list", id="list of checks"
        ),
        pytest.param(
            {"level": "off"}, f"level: unknown level `off` {LEVELS}", id="a rule of one's own off"
        ),
        pytest.param(
            {"level": "fatal"},
            f"level: unknown level `fatal`; did you mean `error`? {LEVELS}",
            id="level of another tool",
        ),
        pytest.param(
            {"id": 1}, "id: unknown key `id` in an own rule; did you mean `code`?", id="id"
        ),
        pytest.param(
            {"severity": 1},
            "severity: unknown key `severity` in an own rule; did you mean `level`?",
            id="severity",
        ),
        pytest.param(
            {"description": 1},
            "description: unknown key `description` in an own rule; did you mean `summary`?",
            id="description",
        ),
        pytest.param(
            {"type": 1}, "type: unknown key `type` in an own rule; did you mean `check`?", id="type"
        ),
        pytest.param(
            {"zz": 1},
            f"zz: unknown key `zz` in an own rule (one of {KEYS})",
            id="key like no other",
        ),
        pytest.param(
            {"message": "{valu}"},
            "message: no value `{valu}`; did you mean `value`?"
            " (one of {name}, {names}, {value}, {values})",
            id="slot: a slip",
        ),
        pytest.param(
            {"help": "{zz}"},
            "help: no value `{zz}` (one of {name}, {names}, {value}, {values})",
            id="slot: in the help",
        ),
        pytest.param(
            {"help": {"absent": "{zz}"}},
            "help: absent: no value `{zz}` (one of {name}, {names}, {value}, {values})",
            id="slot: in the help of a case",
        ),
        pytest.param(
            {"messages": {"absent": "{name}", "empty": "{zz}"}},
            "messages: empty: no value `{zz}` (one of {name}, {names}, {value}, {values})",
            id="slot: in the message of a case",
        ),
        pytest.param(
            {"messages": {"absent": 3, "empty": "{name}"}},
            "messages: absent: expected text, found 3",
            id="number for a message",
        ),
        pytest.param(
            {"help": 3}, "help: expected text or a table, found 3", id="number for a help"
        ),
        pytest.param(
            {"default": "no"}, 'default: expected true or false, found "no"', id="default"
        ),
        pytest.param({"why": 1}, "why: expected text, found 1", id="why"),
        pytest.param({"source": 1}, "source: expected text, found 1", id="source"),
        pytest.param({"exceptions": 1}, "exceptions: expected text, found 1", id="exceptions"),
        pytest.param(
            {"examples": {"god": []}},
            "examples: god: unknown key `god` in `examples`; did you mean `good`?",
            id="examples: key",
        ),
        pytest.param(
            {"examples": {"bad": [{}]}},
            "examples: bad: 0: an example needs the key `text`: a postmortem, or what of one the"
            " rule needs",
            id="examples: no text",
        ),
        pytest.param(
            {"examples": {"good": names("")}},
            "examples: good: 0: text: expected some text, found none",
            id="examples: empty text",
        ),
        pytest.param(
            {"examples": {"good": [{"text": "x", "findings": []}]}},
            "examples: good: 0: findings: unknown key `findings` in an example"
            " (one of text, title, template)",
            id="examples: a good one with findings",
        ),
        pytest.param(
            {"examples": {"bad": [{"text": "x", "findings": [{}]}]}},
            "examples: bad: 0: findings: 0: an expected finding needs the key `line`:"
            " the line of the text, from 1 on",
            id="examples: finding without a line",
        ),
        pytest.param(
            {"examples": {"bad": [{"text": "x", "findings": [{"line": 1, "level": "warn"}]}]}},
            "examples: bad: 0: findings: 0: level: unknown level `warn`;"
            f" did you mean `warning`? {LEVELS}",
            id="examples: level",
        ),
    ],
)
def test_fault_of_a_rule_names_its_key_and_the_right_word(
    given: dict[str, object], told: str
) -> None:
    assert faults(given) == [told]


def test_slots_are_looked_at_one_by_one() -> None:
    told = faults({"message": "{zz} {name} {yy}", "messages": {"a": 3, "b": "{xx}"}})
    assert [each.split(" (one of")[0] for each in told] == [
        "messages: a: expected text, found 3",
        "message: no value `{zz}`",
        "message: no value `{yy}`",
        "messages: b: no value `{xx}`",
    ]


@pytest.mark.parametrize("value", [3, ["field"], None], ids=["number", "list", "nothing"])
def test_what_is_no_table_is_one_fault(value: object) -> None:
    (fault,) = OwnRule().check(value, ("own-rules", 0))
    assert (fault.path, fault.at_key) == (("own-rules", 0), False)
    assert fault.message.startswith("expected a table, found ")


@pytest.mark.parametrize(
    ("check", "plugins", "told"),
    [
        pytest.param("acme.loud", ("acme",), [], id="listed"),
        pytest.param("acme.loud", ("other", "acme"), [], id="listed second"),
        pytest.param(
            "acme.loud", (), ["check: `acme.loud`: `plugins` does not list `acme`"], id="not listed"
        ),
        pytest.param(
            "acm.loud",
            ("acme",),
            ["check: `acm.loud`: `plugins` does not list `acm`; did you mean `acme`?"],
            id="slip in the plugin's name",
        ),
    ],
)
def test_check_of_a_package_must_be_of_one_that_is_listed(
    check: str, plugins: tuple[str, ...], told: list[str]
) -> None:
    # Of what such a check takes nothing is known.
    given = {"check": check, "parameters": {"any": [3]}, "message": "{whatever}"}
    assert faults(given, plugins) == told


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("warn", "warning"),
        ("information", "info"),
        ("note", "info"),
        ("hint", "info"),
        ("fatal", "error"),
        ("critical", "error"),
        ("none", "off"),
        ("disabled", "off"),
        ("disable", "off"),
        ("ignore", "off"),
        ("false", "off"),
        ("Warn", "warning"),
    ],
)
def test_level_of_another_tool_is_answered_with_ours(slip: str, meant: str) -> None:
    (fault,) = configshape.level_shape().check(slip, ())
    assert f"`{slip}`; did you mean `{meant}`? (one of error, warning, info, off)" in fault.message


# Parameters

NAMES = "the headings or labels it may have; the first is shown"
WHERE = "where to look: document, section, event, task"
SECTION = "the section to look in: a role such as timeline, or a heading"
VALUES = "the values it may have"


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        pytest.param("section", {"names!": NAMES}, id="section"),
        pytest.param("field", {"names!": NAMES, "values": VALUES}, id="field"),
        pytest.param("values", {"names!": NAMES, "values!": VALUES}, id="values"),
        pytest.param(
            "pattern",
            {
                "pattern!": "an RE2 pattern",
                "forbidden": "true: it must not match; false: it must",
                "where": WHERE,
                "section": SECTION,
            },
            id="pattern",
        ),
        pytest.param(
            "count",
            {
                "what!": "events, tasks, figures, words",
                "minimum": "the fewest",
                "maximum": "the most",
                "section": SECTION,
            },
            id="count",
        ),
        pytest.param(
            "words",
            {
                "words!": "words not to use, or a table: word = instead",
                "where": WHERE,
                "section": SECTION,
            },
            id="words",
        ),
    ],
)
def test_each_kind_takes_these_parameters(kind: str, parameters: dict[str, str]) -> None:
    schema: Any = ownrules.parameters_of(kind).schema()
    needed = set(schema["required"])
    described = schema["properties"].items()
    assert parameters == {
        f"{name}!" if name in needed else name: told["description"] for name, told in described
    }
    missing = [name.strip("!") for name in parameters if name.endswith("!")]
    assert faults({"check": kind, "parameters": {}}) == [
        f"parameters: [parameters] of check `{kind}` needs the key `{name}`: "
        f"{parameters[f'{name}!']}"
        for name in missing
    ]


def test_every_kind_is_known_by_its_parameters() -> None:
    assert ", ".join(ownrules.kinds()) == KINDS
    for kind in ownrules.kinds():
        (told,) = [each for each in ownrules.parameters_of(kind).check({"zzz": 1}, ()) if each.path]
        assert told.message.startswith(f"unknown key `zzz` in [parameters] of check `{kind}`")


@pytest.mark.parametrize(
    ("kind", "parameters", "told"),
    [
        pytest.param("section", {"names": "x"}, 'names: expected a list, found "x"; write ["x"]'),
        pytest.param("section", {"names": [3]}, "names: 0: expected text, found 3"),
        pytest.param("field", {"names": ["x"], "values": [3]}, "values: 0: expected text, found 3"),
        pytest.param("pattern", {"pattern": 3}, "pattern: expected text, found 3"),
        pytest.param(
            "pattern",
            {"pattern": "a", "where": "sections"},
            "where: unknown place `sections`; did you mean `section`?"
            " (one of document, section, event, task)",
        ),
        pytest.param(
            "pattern", {"pattern": "a", "section": ["x"]}, "section: expected text, found a list"
        ),
        pytest.param(
            "pattern",
            {"pattern": "a", "forbidden": 1},
            "forbidden: expected true or false, found 1",
        ),
        pytest.param(
            "count",
            {"what": "event"},
            "what: unknown thing to count `event`; did you mean `events`?"
            " (one of events, tasks, figures, words)",
        ),
        pytest.param(
            "count",
            {"what": "tasks", "minimum": -1},
            "minimum: expected a number of 0 or more, found -1",
        ),
        pytest.param(
            "count", {"what": "tasks", "maximum": "1"}, 'maximum: expected a number, found "1"'
        ),
        pytest.param("words", {"words": 3}, "words: expected text or a list, found 3"),
        pytest.param(
            "section",
            {"names": []},
            "names: expected a list of one item at least, found an empty one",
        ),
        pytest.param(
            "values",
            {"names": ["x"], "values": []},
            "values: expected a list of one item at least, found an empty one",
        ),
        pytest.param(
            "words",
            {"words": []},
            "words: expected text or a list of one item at least, found an empty one",
        ),
        pytest.param(
            "words",
            {"words": {}},
            "words: expected text or a table of one word at least, found an empty one",
        ),
        pytest.param(
            "words",
            {"words": ["x"], "where": "section"},
            'where: which section? write for example section = "timeline"',
        ),
        pytest.param("words", {"words": [3]}, "words: 0: expected text, found 3"),
        pytest.param("words", {"words": {"a": 3}}, "words: a: expected text, found 3"),
    ],
)
def test_value_of_a_parameter_is_looked_at(
    kind: str, parameters: dict[str, object], told: str
) -> None:
    if kind == "pattern":
        pytest.importorskip("re2")
    assert faults({"check": kind, "parameters": parameters}) == [f"parameters: {told}"]


@pytest.mark.parametrize("kind", ["section", "field", "values", "pattern", "count", "words"])
def test_check_that_needs_parameters_says_so(kind: str) -> None:
    told = ["an own rule needs the key `parameters`: what the check looks for"]
    assert faults({"check": kind, "parameters": None}) == told


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        *(("count", {"what": what}) for what in ("events", "tasks", "figures", "words")),
        *(
            ("words", {"words": ["x"], "where": where, "section": "impact"})
            for where in ("document", "section", "event", "task")
        ),
    ],
)
def test_all_that_can_be_counted_and_every_place_is_known(
    kind: str, parameters: dict[str, object]
) -> None:
    assert faults({"check": kind, "parameters": parameters}) == []


def test_words_are_told_to_editors_as_a_text_a_list_or_a_table() -> None:
    schema: Any = ownrules.parameters_of("words").schema()
    text = {"type": "string"}
    assert schema["properties"]["words"]["anyOf"] == [
        text,
        {
            "anyOf": [
                {"type": "array", "items": text, "minItems": 1},
                {"type": "object", "additionalProperties": text, "minProperties": 1},
            ]
        },
    ]


# What editors are told

TEXT = {"type": "string"}
LEVEL = {"type": "string", "enum": ["error", "warning", "info"]}


def test_editors_are_told_the_form_of_a_rule() -> None:
    schema: Any = OwnRule().schema()
    assert schema["required"] == ["code", "name", "check", "summary"]
    assert {name: told["description"] for name, told in schema["properties"].items()} == {
        "code": "letters and three digits, such as ACME001",
        "name": "words with hyphens",
        "check": "the kind of check",
        "summary": "what it finds, in a sentence",
        "why": "why reviewers ask for it",
        "source": "where the team wrote it down",
        "level": "error, warning or info",
        "default": "false: off until it is selected",
        "parameters": "what the check looks for",
        "message": "what a finding says",
        "help": "what to write instead",
        "messages": "what a finding says, by case",
        "exceptions": "what looks like the fault and is none",
        "examples": "texts with and without the fault",
    }
    assert schema["properties"]["check"]["anyOf"] == [{"enum": KINDS.split(", ")}, TEXT]
    assert schema["properties"]["level"] == {"description": "error, warning or info", **LEVEL}


def test_editors_are_told_the_form_of_an_example() -> None:
    schema: Any = OwnRule().schema()
    shared = {
        "text": {"description": "a postmortem, or what of one the rule needs", **TEXT},
        "title": {"description": "what the example shows", **TEXT},
        "template": {
            "description": "the template it is read by; else the one in force",
            "anyOf": [{"enum": list(templates.names())}, TEXT],
        },
    }
    closed: dict[str, object] = {"type": "object", "additionalProperties": False}
    finding = {
        **closed,
        "properties": {
            "line": {
                "description": "the line of the text, from 1 on",
                "type": "integer",
                "minimum": 1,
            },
            "message": {"description": "what the finding says, where that matters", **TEXT},
            "level": {"description": "where it matters", **LEVEL},
        },
        "required": ["line"],
    }
    findings = {
        "description": "all that the rule finds; without them, anything will do",
        "type": "array",
        "items": finding,
    }
    bad = {**closed, "properties": {**shared, "findings": findings}, "required": ["text"]}
    good = {**closed, "properties": shared, "required": ["text"]}
    assert schema["properties"]["examples"] == {
        "description": "texts with and without the fault",
        **closed,
        "properties": {
            "bad": {"description": "with it", "type": "array", "items": bad},
            "good": {"description": "without it", "type": "array", "items": good},
        },
    }


# Patterns


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        pytest.param("a+", "", id="fit"),
        pytest.param("a(", "the pattern is not one of RE2: missing ): a(", id="open"),
        pytest.param(
            "(?=a)", "the pattern is not one of RE2: invalid perl operator: (?=", id="looking ahead"
        ),
        pytest.param(
            "\\1",
            "the pattern is not one of RE2: invalid escape sequence: \\1",
            id="back reference",
        ),
        pytest.param("é(", "the pattern is not one of RE2: missing ): é(", id="beyond ASCII"),
    ],
)
def test_pattern_is_one_of_re2(pattern: str, told: str, capfd: pytest.CaptureFixture[str]) -> None:
    engine = pytest.importorskip("re2")
    assert ownrules.pattern_fault(pattern) == told
    if told:
        with pytest.raises(engine.error):
            ownrules.compiled(pattern)
    else:
        assert ownrules.compiled(pattern).search("caat").span() == (1, 3)
    # The engine writes nothing to the terminal itself: what it told would be told twice.
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        pytest.param((b"missing \xff)",), "missing \ufffd)", id="bytes"),
        pytest.param(("missing )",), "missing )", id="text"),
        pytest.param(("missing )", "more"), "missing )", id="more than one"),
        pytest.param((3,), "3", id="number"),
        pytest.param((), "not understood", id="nothing"),
    ],
)
def test_what_the_engine_tells_is_told_whatever_its_form(
    monkeypatch: pytest.MonkeyPatch, told: tuple[object, ...], shown: str
) -> None:
    def refuse(*_: object) -> object:
        raise ValueError(*told)

    engine = SimpleNamespace(Options=SimpleNamespace, compile=refuse, error=ValueError)
    monkeypatch.setitem(sys.modules, "re2", engine)
    assert ownrules.pattern_fault("x") == f"the pattern is not one of RE2: {shown}"


def test_engine_that_is_missing_is_told_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(ConfigError) as caught:
        ownrules.pattern_fault("x")
    assert str(caught.value) == (
        "patterns of own rules need RE2, which runs in linear time: "
        "pip install 'pmlint[patterns]' (or pip install google-re2)"
    )


# What becomes of a rule


def check_loud(_: Postmortem, __: Any) -> Iterator[Case]:
    yield from ()


BUILT = Rule(
    code="ACME001",
    name="our-rule",
    level=Level.WARNING,
    default=True,
    fixable=False,
    summary="Ours",
    why="",
    source="pmlint.toml",
    check="own.field",
    parameters={"names": ["Severity"]},
    messages=ownrules.kinds()["field"]["messages"],
    help=ownrules.kinds()["field"]["help"],
    labels={},
    notes={},
    levels={},
    examples={},
    where="pmlint.toml",
    exceptions="",
    function=check_named("own.field"),
)
LOUD: dict[str, object] = {"check": "acme.loud", "parameters": {}}
LOUD_RULE = BUILT._replace(
    check="acme.loud",
    parameters={},
    messages={"any": "Ours"},
    help={},
    function=check_loud,
)


@pytest.mark.parametrize(
    ("given", "built"),
    [
        pytest.param({}, BUILT, id="what must be there"),
        pytest.param(
            {
                "level": "error",
                "default": False,
                "why": "They ask.",
                "source": "our wiki",
                "exceptions": "None.",
                "examples": {"good": names("x")},
            },
            BUILT._replace(
                level=Level.ERROR,
                default=False,
                why="They ask.",
                source="our wiki",
                exceptions="None.",
                examples={"good": names("x")},
            ),
            id="what else is said",
        ),
        pytest.param(
            {"message": "no {name}"},
            BUILT._replace(messages={"any": "no {name}"}),
            id="one message for every case",
        ),
        pytest.param(
            {"message": "no {name}", "messages": {"empty": "none"}},
            BUILT._replace(messages={"any": "no {name}"}),
            id="one message is stronger than those by case",
        ),
        pytest.param(
            {"messages": {"empty": "none"}},
            BUILT._replace(messages={**BUILT.messages, "empty": "none"}),
            id="message of a case",
        ),
        pytest.param({"help": "do"}, BUILT._replace(help={"any": "do"}), id="one help"),
        pytest.param(
            {"help": {"empty": "do"}},
            BUILT._replace(help={**BUILT.help, "empty": "do"}),
            id="help of a case",
        ),
        pytest.param(LOUD, LOUD_RULE, id="check of a package says its summary"),
        pytest.param(
            {**LOUD, "messages": {"loud": "Hush"}, "help": {"loud": "whisper"}},
            LOUD_RULE._replace(messages={"loud": "Hush"}, help={"loud": "whisper"}),
            id="check of a package with words",
        ),
    ],
)
def test_rule_is_built_from_its_table(given: dict[str, object], built: Rule) -> None:
    table = {key: value for key, value in {**RULE, **given}.items() if value is not None}
    assert ownrules.build(table, "pmlint.toml", {"acme": {"loud": check_loud}}) == built


def test_check_that_a_package_has_not_is_told_with_the_nearest() -> None:
    plugins = {"acme": {"loud": check_loud}}
    for name, near in (("lod", "; did you mean `loud`?"), ("zzz", "")):
        with pytest.raises(ConfigError) as caught:
            ownrules.build({**RULE, "check": f"acme.{name}"}, "pmlint.toml", plugins)
        assert str(caught.value) == f"plugin `acme` has no check `{name}`{near}"


# Packages


class _Point:
    """An entry point whose loading gives a value, or fails with it."""

    def __init__(self, name: str, held: object) -> None:
        self.name = name
        self._held = held

    def load(self) -> object:
        if isinstance(self._held, Exception):
            raise self._held
        return self._held


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        _Point("acme", {"loud": check_loud}),
        _Point("broken", ImportError("no module")),
        _Point("plain", ["loud"]),
    ]

    def entry_points(*, group: str) -> list[_Point]:
        return points if group == "pmlint.checks" else []

    monkeypatch.setattr(metadata, "entry_points", entry_points)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param(
            "acm",
            "no installed package brings checks called `acm`; did you mean `acme`?",
            id="slip",
        ),
        pytest.param("zzz", "no installed package brings checks called `zzz`", id="none"),
        pytest.param(
            "broken", "plugin `broken` cannot be loaded: ImportError: no module", id="broken"
        ),
        pytest.param("plain", "plugin `plain` gives no table of checks but list", id="no table"),
    ],
)
def test_package_that_brings_no_checks_is_told(name: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        ownrules.load_plugin(name)
    assert str(caught.value) == told


@pytest.mark.usefixtures("installed")
def test_checks_of_a_package_are_those_of_its_table() -> None:
    assert ownrules.load_plugin("acme") == {"loud": check_loud}
