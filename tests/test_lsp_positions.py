"""Offsets against the protocol's positions, whatever stands in the line."""

from __future__ import annotations

import pytest

pytest.importorskip("lsprotocol", reason="lsprotocol is not installed (extra: lsp)")

from lsprotocol.types import Position

from pmlint.findings import Source, Span
from pmlint.lsp.positions import Positions

SIREN = "\N{POLICE CARS REVOLVING LIGHT}"
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}"


@pytest.mark.parametrize(
    ("text", "at", "utf16", "utf8"),
    [
        pytest.param("15:00 down", "down", (0, 6), (0, 6), id="plain text"),
        pytest.param(f"{SIREN} 15:00", "15:00", (0, 3), (0, 5), id="an emoji is two units"),
        pytest.param(f"{FAMILY} 15:00", "15:00", (0, 6), (0, 12), id="joined emoji"),
        pytest.param("é 15:00", "15:00", (0, 2), (0, 3), id="an accent is one unit"),
        pytest.param("e\u0301 15:00", "15:00", (0, 3), (0, 4), id="a combining accent is one more"),
        pytest.param("日本 15:00", "15:00", (0, 3), (0, 7), id="wide characters"),
        pytest.param("a\r\nb 15:00", "15:00", (1, 2), (1, 2), id="CRLF"),
        pytest.param("a\rb 15:00", "15:00", (1, 2), (1, 2), id="CR"),
        pytest.param("a\u2028b 15:00", "15:00", (0, 4), (0, 6), id="U+2028 ends no line"),
        pytest.param("a\x0bb\x0c 15:00", "15:00", (0, 5), (0, 5), id="VT and FF end no line"),
        pytest.param("\ud83d 15:00", "15:00", (0, 2), (0, 4), id="half a surrogate pair"),
    ],
)
def test_offset_and_position_lead_to_each_other(
    text: str, at: str, utf16: tuple[int, int], utf8: tuple[int, int]
) -> None:
    offset = text.index(at)
    for encoding, place in (("utf-16", utf16), ("utf-8", utf8)):
        positions = Positions(Source(text), encoding)
        assert positions.position(offset) == Position(*place)
        assert positions.offset(Position(*place)) == offset
    assert Positions(Source(text), "utf-32").offset(
        Positions(Source(text), "utf-32").position(offset)
    ) == (offset)


@pytest.mark.parametrize(
    ("place", "offset"),
    [
        pytest.param((0, 99), 2, id="behind the end of a line"),
        pytest.param((9, 0), 7, id="behind the last line"),
        pytest.param((1, 1), 4, id="inside a surrogate pair"),
    ],
)
def test_a_position_that_is_none_becomes_the_nearest(place: tuple[int, int], offset: int) -> None:
    assert Positions(Source(f"ab\r\n{SIREN}cd")).offset(Position(*place)) == offset


def test_a_line_end_belongs_to_its_line() -> None:
    found = Positions(Source("ab\r\ncd")).range(Span(1, 4))
    assert (found.start, found.end) == (Position(0, 1), Position(1, 0))
    assert Positions(Source("ab\r\ncd")).position(3) == Position(0, 2)
