"""Where keys and values of a TOML text stand."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.settings.tomlplaces import nearest_place, places


@pytest.mark.parametrize(
    ("text", "path", "key", "value"),
    [
        pytest.param("a = 1 # x", ("a",), "a", "1", id="number before a comment"),
        pytest.param("a.b . c = 'x'", ("a", "b", "c"), "c", "'x'", id="dotted key"),
        pytest.param('"a b" = [1, "#", 3]', ("a b", 1), '"#"', '"#"', id="sign in a string"),
        pytest.param("[t]\n[t.u]\nk = true", ("t", "u", "k"), "k", "true", id="nested table"),
        pytest.param("[[t]]\n[[t]]\nk = 1", ("t", 1, "k"), "k", "1", id="list of tables"),
        pytest.param("[[t]]\n[t.u]\nk = 1", ("t", 0, "u", "k"), "k", "1", id="table inside"),
        pytest.param("a = { b = [ { c = 2 } ] }", ("a", "b", 0, "c"), "c", "2", id="inline"),
        pytest.param('a = """x\n"y" """""\nb = 1', ("b",), "b", "1", id="long string"),
        pytest.param("a = [\n 1, # [\n 2,\n]\nb = 3", ("b",), "b", "3", id="long list"),
        pytest.param("a = 'x\\'\nb = 1", ("b",), "b", "1", id="literal string"),
        pytest.param('a = "x\\""\nb = 1', ("b",), "b", "1", id="escaped quote"),
        pytest.param("a = {b = 1, c = 2}", ("a", "c"), "c", "2", id="inline, second key"),
        pytest.param("a = {b=1,cd=2}", ("a", "cd"), "cd", "2", id="inline, no space"),
        pytest.param("'a b' = 1", ("a b",), "'a b'", "1", id="literal key"),
        pytest.param("a_b-1 = 1", ("a_b-1",), "a_b-1", "1", id="signs of a bare key"),
        pytest.param("[[t]]# [u]\nk = 1", ("t", 0, "k"), "k", "1", id="comment close behind"),
        pytest.param("[t]# [u]\nk = 1", ("t", "k"), "k", "1", id="comment behind a table"),
        pytest.param('a = """x""""\n', ("a",), "a", '"""x""""', id="one quote more"),
        pytest.param("a = {b={c=1}}\n", ("a",), "a", "{b={c=1}}", id="tables that end together"),
        pytest.param("a = {b={c=1}}\n", ("a", "b"), "b", "{c=1}", id="the inner of them"),
        pytest.param("a = [[1],[2]]\n", ("a", 1), "[2]", "[2]", id="lists that end together"),
        pytest.param("a = 1\nXY = 2", ("XY",), "XY", "2", id="key in capitals"),
        pytest.param("\ta\t.\tb\t=\t1\t# x", ("a", "b"), "b", "1", id="tabs"),
        pytest.param("a.b.c = 1", ("a", "b"), "b", "b", id="table that a dotted key makes"),
        pytest.param("a = 'x, y # z]'", ("a",), "a", "'x, y # z]'", id="signs in a literal string"),
        pytest.param("a = [ 'x, y' , 2 ]", ("a", 1), "2", "2", id="comma in a literal string"),
        pytest.param("a = 1\r\nb = 2\r\n", ("a",), "a", "1", id="lines of Windows"),
    ],
)
def test_key_and_value_stand_where_they_are_said_to(
    text: str, path: tuple[str | int, ...], key: str, value: str
) -> None:
    place = places(text)[path]
    assert text[slice(*place.key)] == key
    assert text[slice(*place.value)] == value


@pytest.mark.parametrize("header", ["[[t]]", "[[ t ]]", "[[u.t]]"])
def test_each_table_of_a_list_stands_where_its_own_header_does(header: str) -> None:
    text = f"{header}\nk = 1\n{header}\n{header}\n"
    found = places(text)
    path = ("u", "t") if "u" in header else ("t",)
    at = header.index("t")
    starts = [found[(*path, number)].key.start for number in range(3)]
    behind = text.index(header, 1)
    assert starts == [at, at + behind, at + behind + len(header) + 1]


def test_place_of_what_is_missing_is_that_of_the_table_around_it() -> None:
    text = "[t]\nk = 1"
    assert text[slice(*nearest_place(places(text), ("t", "x", 3)).key)] == "t"
    assert nearest_place(places(text), ("u", "x")) == ((0, 0), (0, 0))


def test_place_of_what_is_missing_deeper_down_is_that_of_the_nearest_table() -> None:
    text = "[t.u]\nk = 1"
    assert text[slice(*nearest_place(places(text), ("t", "u", "x")).key)] == "u"


VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text("ab\"'#[]{},=.\\ ", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab. ", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{written(key)} = {written(each)}" for key, each in value.items())
        return "{ " + ", ".join(pairs) + " }"
    return str(value)


@given(st.dictionaries(st.text("ab. ", min_size=1, max_size=3), VALUES, max_size=4))
def test_every_value_stands_where_it_is_said_to(table: dict[str, object]) -> None:
    text = "\n".join(f"{written(key)} = {written(value)}" for key, value in table.items())
    found = places(text)
    for key, value in table.items():
        place = found[(key,)]
        assert tomllib.loads("x = " + text[slice(*place.value)])["x"] == value
