"""What each shape of a configuration value refuses, in which words, and what editors are told."""

from __future__ import annotations

import pytest

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
    Schema,
    Shape,
    Shared,
    Table,
    Text,
    Words,
    like,
    told,
)


def refused(word: str) -> str:
    return f"no `{word}`" if word.startswith("bad") else ""


LEVEL = Choice("level", ("error", "info"), {"fatal": "error"})
TABLE = Table(
    "the rule",
    {"level": Key(LEVEL, "how bad"), "name": Key(Text(), "what it is called", required=True)},
    {"severity": "level"},
    "; a family has no parameters",
)
NAMED = MapOf(Flag(), refused, lambda name: Number() if name == "limit" else None, ("limit", "x"))


@pytest.mark.parametrize(
    ("shape", "value", "faults"),
    [
        pytest.param(Text(), "x", [], id="text"),
        pytest.param(Text(), "", [], id="no text is a text"),
        pytest.param(Text(), 1, ["expected text, found 1"], id="number for a text"),
        pytest.param(Text(refused), "good", [], id="text that passes its test"),
        pytest.param(Text(refused), "bad", ["no `bad`"], id="text that does not"),
        pytest.param(Text(refused), True, ["expected text, found true"], id="kind before test"),
        pytest.param(Flag(), False, [], id="flag"),
        pytest.param(Flag(), 0, ["expected true or false, found 0"], id="number for a flag"),
        pytest.param(Number(), 0, [], id="zero"),
        pytest.param(
            Number(), -1, ["expected a number of 0 or more, found -1"], id="less than zero"
        ),
        pytest.param(Number(), 1.5, ["expected a number, found 1.5"], id="fraction"),
        pytest.param(Number(), True, ["expected a number, found true"], id="flag for a number"),
        pytest.param(Number(), "1", ['expected a number, found "1"'], id="text for a number"),
        pytest.param(Number(fractions=True), 1.5, [], id="fraction where it may be"),
        pytest.param(Number(fractions=True), 2, [], id="whole number where a fraction may be"),
        pytest.param(
            Number(fractions=True),
            float("nan"),
            ["expected a number of 0 or more, found nan"],
            id="what is no number at all",
        ),
        pytest.param(Number(signed=True), -1, [], id="negative where it may be"),
        pytest.param(LEVEL, "info", [], id="one of the words"),
        pytest.param(LEVEL, 3, ["expected a level, found 3"], id="number for a word"),
        pytest.param(
            LEVEL,
            "eror",
            ["unknown level `eror`; did you mean `error`? (one of error, info)"],
            id="slip in a word",
        ),
        pytest.param(
            LEVEL,
            "fatal",
            ["unknown level `fatal`; did you mean `error`? (one of error, info)"],
            id="word of another tool",
        ),
        pytest.param(
            Choice("zone", ("UTC", "CET"), listed=False),
            "xyz",
            ["unknown zone `xyz`"],
            id="too many words to list, and none like it",
        ),
        pytest.param(
            Choice("level", ("error", "info"), {"none": "off"}),
            "none",
            ["unknown level `none` (one of error, info)"],
            id="what another tool's word means is no choice here",
        ),
        pytest.param(Words(refused), "good", [], id="word that is found"),
        pytest.param(Words(refused), "bad", ["no `bad`"], id="word that is not"),
        pytest.param(Words(refused), [], ["expected text, found a list"], id="list for a word"),
        pytest.param(ListOf(Flag()), [True, False], [], id="list"),
        pytest.param(
            ListOf(Flag()),
            [True, 1, 2],
            ["1: expected true or false, found 1", "2: expected true or false, found 2"],
            id="each item by its number",
        ),
        pytest.param(
            ListOf(Text()),
            "x",
            ['expected a list, found "x"; write ["x"]'],
            id="text for a list of texts",
        ),
        pytest.param(ListOf(Text()), 4, ["expected a list, found 4"], id="number for a list"),
        pytest.param(TABLE, {"name": "x", "level": "info"}, [], id="table"),
        pytest.param(TABLE, [], ["expected a table, found a list"], id="list for a table"),
        pytest.param(
            TABLE,
            {},
            ["key: the rule needs the key `name`: what it is called"],
            id="only the key that is needed is missed",
        ),
        pytest.param(
            TABLE,
            {"name": "x", "severity": "info"},
            ["severity: key: unknown key `severity` in the rule; did you mean `level`?"],
            id="key of another tool",
        ),
        pytest.param(
            TABLE,
            {"name": "x", "zzz": 1, "level": 2},
            [
                "zzz: key: unknown key `zzz` in the rule; a family has no parameters"
                " (one of level, name)",
                "level: expected a level, found 2",
            ],
            id="key like no other, and what follows is looked at",
        ),
        pytest.param(NAMED, {"any": True, "limit": 3}, [], id="names"),
        pytest.param(NAMED, 1, ["expected a table, found 1"], id="number for names"),
        pytest.param(
            NAMED,
            {"bad": 1, "any": 2, "limit": True},
            [
                "bad: key: no `bad`",
                "any: expected true or false, found 2",
                "limit: expected a number, found true",
            ],
            id="a name that is none hides no other",
        ),
        pytest.param(MapOf(Flag()), {"any": True}, [], id="any name"),
        pytest.param(Shared("flags", Flag()), True, [], id="shared"),
        pytest.param(
            Shared("flags", Flag()), 1, ["expected true or false, found 1"], id="shared, at fault"
        ),
        pytest.param(Either(LEVEL, TABLE), "info", [], id="the text of two shapes"),
        pytest.param(
            Either(LEVEL, TABLE),
            "eror",
            ["unknown level `eror`; did you mean `error`? (one of error, info)"],
            id="the text of two shapes, at fault",
        ),
        pytest.param(
            Either(LEVEL, TABLE),
            {"level": "info"},
            ["key: the rule needs the key `name`: what it is called"],
            id="the table of two shapes",
        ),
        pytest.param(
            Either(LEVEL, TABLE), 1, ["expected a level or a table, found 1"], id="neither of two"
        ),
        pytest.param(
            Either(Text(), ListOf(Text())),
            [3],
            ["0: expected text, found 3"],
            id="item of the list of two shapes",
        ),
        pytest.param(
            Either(Text(), ListOf(Text())),
            True,
            ["expected text or a list, found true"],
            id="neither text nor list",
        ),
        pytest.param(Anything(), object(), [], id="whatever it is"),
    ],
)
def test_faults_name_the_place_and_the_right_word(
    shape: Shape, value: object, faults: list[str]
) -> None:
    assert [_whole(fault) for fault in shape.check(value, ())] == faults


def _whole(fault: Fault) -> str:
    return ": ".join((*map(str, fault.path), *(["key"] * fault.at_key), fault.message))


def test_places_begin_where_the_value_stands() -> None:
    shape = Table("x", {"a": Key(ListOf(MapOf(Flag(), refused)), "")})
    faults = shape.check({"a": [{"bad": 1, "b": 1}], "c": 1}, ("top", 3))
    assert [fault.path for fault in faults] == [
        ("top", 3, "a", 0, "bad"),
        ("top", 3, "a", 0, "b"),
        ("top", 3, "c"),
    ]


TEXT: Schema = {"type": "string"}
LEVELS: Schema = {"type": "string", "enum": ["error", "info"]}


@pytest.mark.parametrize(
    ("shape", "schema"),
    [
        pytest.param(Text(), TEXT, id="text"),
        pytest.param(Flag(), {"type": "boolean"}, id="flag"),
        pytest.param(Number(), {"type": "integer", "minimum": 0}, id="number"),
        pytest.param(
            Number(fractions=True), {"type": "number", "minimum": 0}, id="number with fractions"
        ),
        pytest.param(Number(signed=True), {"type": "integer"}, id="number with a sign"),
        pytest.param(LEVEL, LEVELS, id="one of several words"),
        pytest.param(Words(refused), TEXT, id="words without examples"),
        pytest.param(
            Words(refused, ("a", "b")), {"anyOf": [{"enum": ["a", "b"]}, TEXT]}, id="with examples"
        ),
        pytest.param(ListOf(Text()), {"type": "array", "items": TEXT}, id="list"),
        pytest.param(
            TABLE,
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "level": {"description": "how bad", **LEVELS},
                    "name": {"description": "what it is called", **TEXT},
                },
                "required": ["name"],
            },
            id="table",
        ),
        pytest.param(
            Table("x", {}),
            {"type": "object", "additionalProperties": False, "properties": {}},
            id="table that needs no key",
        ),
        pytest.param(
            MapOf(Text()), {"type": "object", "additionalProperties": TEXT}, id="any names"
        ),
        pytest.param(
            NAMED,
            {
                "type": "object",
                "properties": {
                    "limit": {"type": "integer", "minimum": 0},
                    "x": {"type": "boolean"},
                },
                "additionalProperties": {"type": "boolean"},
            },
            id="names of which some are known",
        ),
        pytest.param(Shared("flags", Flag()), {"$ref": "#/$defs/flags"}, id="shared"),
        pytest.param(Either(LEVEL, Text()), {"anyOf": [LEVELS, TEXT]}, id="two shapes"),
        pytest.param(Anything(), {}, id="anything"),
    ],
)
def test_schema_says_the_same(shape: Shape, schema: Schema) -> None:
    assert shape.schema() == schema


def test_shared_shape_is_defined_by_its_name() -> None:
    assert Shared("flags", Flag()).defined() == {"flags": {"type": "boolean"}}


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        pytest.param(True, Flag(), id="a flag is no number"),
        pytest.param(3, Number(), id="whole number"),
        pytest.param(0.5, Number(fractions=True), id="fraction"),
        pytest.param("x", Text(), id="text"),
        pytest.param([1], ListOf(Number()), id="list by its first item"),
        pytest.param([], ListOf(Text()), id="empty list"),
        pytest.param({"a": [True]}, MapOf(ListOf(Flag())), id="table by its first value"),
        pytest.param({}, MapOf(Text()), id="empty table"),
        pytest.param(None, Anything(), id="what shows no shape"),
    ],
)
def test_parameter_has_the_shape_of_its_default(value: object, shape: Shape) -> None:
    assert like(value) == shape
    assert type(like(value)) is type(shape)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param('a "b" \\ c\nd', r'"a \"b\" \\ c\nd"', id="signs that TOML escapes"),
        pytest.param("x" * 40, '"' + "x" * 40 + '"', id="as long as may be"),
        pytest.param("x" * 41, '"' + "x" * 39 + '…"', id="longer is cut"),
        pytest.param([1], "a list", id="list"),
        pytest.param({}, "a table", id="table"),
        pytest.param(1.5, "1.5", id="number"),
    ],
)
def test_value_is_told_as_toml_writes_it(value: object, shown: str) -> None:
    assert told(value) == shown
