"""Measuring, wrapping and cutting in terminal cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.reports.layout import Line, cells, cut, pad, wrap
from pmlint.reports.sanitise import visible


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("plain", 5, id="ASCII"),
        pytest.param("é", 1, id="one code point"),
        pytest.param("e\u0301", 1, id="combining accent"),
        pytest.param("日本", 4, id="wide"),
        pytest.param("Ａ", 2, id="full width"),
        pytest.param("…–●╭", 4, id="drawing signs are one cell"),
        pytest.param("a\u200bb", 2, id="zero width space"),
        pytest.param("🔥", 2, id="emoji"),
    ],
)
def test_text_is_measured_in_cells(text: str, width: int) -> None:
    assert cells(text) == width
    assert pad(text, 9) == text + " " * (9 - width)


@pytest.mark.parametrize(
    ("text", "width", "first", "rows"),
    [
        pytest.param("one two three", 7, None, ["one two", "three"], id="by words"),
        pytest.param("one two three", 9, 3, ["one", "two three"], id="shorter first row"),
        pytest.param("", 9, None, [""], id="nothing gives one row"),
        pytest.param("write `a b` now", 10, None, ["write", "`a b` now"], id="code stays whole"),
        pytest.param("do `a b c d e`", 10, None, ["do `a b c", "d e`"], id="unless it is long"),
        pytest.param("a ` b c", 5, None, ["a ` b", "c"], id="a single backtick is a word"),
        pytest.param("abcdefgh", 3, None, ["abc", "def", "gh"], id="long word broken"),
        pytest.param("日本日本", 5, None, ["日本", "日本"], id="wide word broken"),
        pytest.param(
            "a ::error::x", 11, None, ["a", r"\x3a:error:", ":x"], id="no command in front"
        ),
    ],
)
def test_rows_hold_whole_words(text: str, width: int, first: int | None, rows: list[str]) -> None:
    assert wrap(text, width, first) == rows


@given(st.text("ab 日é", max_size=60), st.integers(2, 20))
def test_no_wrapped_row_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all(cells(row) <= width for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        pytest.param("one two", 7, "one two", id="fits"),
        pytest.param("one two three", 10, "one two …", id="at a word"),
        pytest.param("onetwothree", 8, "onetwo …", id="no word to cut at"),
    ],
)
def test_text_is_cut_with_a_sign(text: str, width: int, shown: str) -> None:
    assert cut(text, width, "…") == shown


PROSE = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("marks", "room", "label", "shown"),
    [
        pytest.param([(0, 3)], 80, 0, PROSE, id="whole line"),
        pytest.param([(4, 7)], 20, 0, "one two three four …", id="from the start"),
        pytest.param([(24, 27)], 20, 0, "… five six seven …", id="around"),
        pytest.param([(45, 48)], 20, 0, "… eight nine ten", id="up to the end"),
        pytest.param([(14, 18)], 24, 12, "… three four five six …", id="room for the label"),
        pytest.param([(0, 48)], 12, 0, "one two …", id="mark wider than the room"),
        pytest.param([], 12, 0, "one two …", id="no mark"),
    ],
)
def test_long_lines_are_cut_at_words_around_the_marks(
    marks: list[tuple[int, int]], room: int, label: int, shown: str
) -> None:
    window = Line(PROSE).window(marks, room, "…", label)
    assert window.text == shown


def test_a_tab_reaches_to_the_next_stop() -> None:
    line = Line("a\tb")
    assert line.text(0, 3) == "a   b"
    assert line.width(0, 2) == 4


def test_a_control_character_is_as_wide_as_its_visible_form() -> None:
    line = Line("a\x1bb")
    assert line.text(0, 3) == r"a\x1bb"
    assert line.width(0, 2) == 5


words = st.text("abc \t日e\u0301\x1b\u202e#[", min_size=1, max_size=300)


@given(words, st.data(), st.integers(12, 60))
def test_a_window_fits_its_room_and_marks_lie_in_it(
    source: str, data: st.DataObject, room: int
) -> None:
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    line = Line(source)
    window = line.window([(start, end)], room, "…", 6)
    assert cells(window.text) <= room
    assert visible(window.text.replace("\t", "")) == window.text.replace("\t", "")
    left, right = window.column(start), window.column(end)
    assert 0 <= left <= right <= room
    if line.width(start, end) <= room - 4:
        assert right - left == line.width(start, end)
