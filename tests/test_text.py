"""Marks are taken off inline text, and what is left knows its place in the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmlint.findings import Source
from pmlint.structure.inline import inline
from pmlint.structure.text import Text, join, lines


def read(source: str) -> Text:
    return inline(source, 0, len(source))


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        pytest.param("**Impact:** all", "Impact: all", id="bold"),
        pytest.param("__Impact__ *a* _b_", "Impact a b", id="other emphasis"),
        pytest.param("a_b_c and 2 * 3 * 4", "a_b_c and 2 * 3 * 4", id="marks that are none"),
        pytest.param("`10:00` UTC", "10:00 UTC", id="a time in code keeps its words"),
        pytest.param("[text](http://x.org/a_(b)) end", "text end", id="a link is its label"),
        pytest.param("![alt](a.png) end", " end", id="an image is no word"),
        pytest.param("~~old~~ new", "old new", id="struck"),
        pytest.param("a\\*b", "a*b", id="escape"),
        pytest.param("R&amp;D", "R&D", id="entity"),
        pytest.param("<b>Impact</b>: x", "Impact: x", id="HTML"),
        pytest.param("a<br>b", "a\nb", id="a break is a line end"),
        pytest.param("a <!-- b --> c", "a  c", id="comment"),
        pytest.param(":fire: **Impact** :tada:", " Impact ", id="emoji at the ends of a line"),
        pytest.param("Status: :red_circle: down", "Status:  down", id="an emoji opens an answer"),
        pytest.param("10:05 UTC :fire: down", "10:05 UTC  down", id="an emoji behind a time"),
        pytest.param("up\n:fire: Impact", "up\n Impact", id="an emoji on a later line"),
        pytest.param("set :value: in it", "set :value: in it", id="a name in colons among words"),
        pytest.param("up<5 and 3>2", "up<5 and 3>2", id="comparisons are no tags"),
    ],
)
def test_marks_are_taken_off(source: str, plain: str) -> None:
    assert read(source).plain == plain


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("**Impact:** all users", "all users", id="behind bold"),
        pytest.param("**Impact:** all", "Impact", id="in bold"),
        pytest.param("😀 `x` **all**", "all", id="behind an emoji"),
        pytest.param("[a](http://x.org) tail", "tail", id="behind a link"),
        pytest.param("R&amp;D tail", "tail", id="behind an entity"),
    ],
)
def test_words_are_found_in_the_source(source: str, words: str) -> None:
    text = read(source)
    at = text.plain.index(words)
    span = text.span(at, at + len(words))
    assert source[span.start : span.end] == words


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        pytest.param("`a 10:00 b` c", "_________ c", id="code"),
        pytest.param(
            "see https://x.org/10:00 c",
            "see " + "_" * 19 + " c",
            id="URL",
        ),
        pytest.param("`10:00` c", "10:00 c", id="a time alone in code is a time"),
    ],
)
def test_code_and_urls_are_filled_in_prose(source: str, prose: str) -> None:
    assert read(source).prose == prose


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("**Timeline**", True, id="all of it"),
        pytest.param("**Timeline**:", True, id="the colon may stand outside"),
        pytest.param("⏰ **Timeline**", True, id="and an emoji before it"),
        pytest.param("2. **Timeline**", True, id="and a number"),
        pytest.param("**Timeline** 50%", False, id="but no number behind it"),
        pytest.param("**Timeline** of it", False, id="nor words"),
        pytest.param("Timeline", False, id="plain"),
    ],
)
def test_a_line_is_bold_when_all_its_words_are(source: str, expected: bool) -> None:
    assert read(source).all_bold is expected


def test_a_cut_keeps_its_places_and_ranges() -> None:
    text = read("**Impact:** `x` all users")
    part = text.cut(text.plain.index("x"))
    assert (part.plain, part.prose) == ("x all users", "_ all users")
    assert part.span(2, 5) == text.span(text.plain.index("all"), text.plain.index("all") + 3)


def test_joined_texts_keep_their_places() -> None:
    source = "ab\n\ncd"
    text = join([inline(source, 0, 2), inline(source, 4, 6)], " ")
    assert text.plain == "ab cd"
    assert text.span(3, 5) == inline(source, 4, 6).span()


def test_a_text_is_cut_at_breaks() -> None:
    assert [part.plain for part in lines(read("a<br/>b<br>"))] == ["a", "b", ""]


@given(st.text(alphabet=st.sampled_from(list("ab1 *_`[]()<>!&;#\\~:/=\n😀")), max_size=80))
@settings(max_examples=400, deadline=None)
def test_every_character_left_stands_inside_the_source(source: str) -> None:
    text = read(source)
    places = [text.source(at) for at in range(len(text.plain))]
    assert all(0 <= place <= len(source) for place in places)
    assert places == sorted(places)
    assert len(text.prose) == len(text.plain)
    assert text.strip().plain == text.plain.strip()


@given(st.text(alphabet=st.sampled_from(list("a\n\r\x0b\x0c\x1c\x85\u2028\u2029")), max_size=40))
@settings(max_examples=300, deadline=None)
def test_lines_end_at_crlf_lf_and_cr_only(text: str) -> None:
    source = Source(text, "x.md")
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [source.line_text(index) for index in range(len(source.starts))]
    assert found[: len(expected)] == expected
