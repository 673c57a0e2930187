"""Lengths, quotations and offsets as messages write them; words as a reader counts them."""

from __future__ import annotations

import pytest

from pmlint.checks import phrases
from pmlint.checks.wording import count_words


@pytest.mark.parametrize(
    ("minutes", "spoken", "brief"),
    [
        pytest.param(0, "0 minutes", "0 min", id="none"),
        pytest.param(1, "1 minute", "1 min", id="one"),
        pytest.param(60, "1 hour", "1 h", id="hour"),
        pytest.param(125, "2 hours 5 minutes", "2 h 5 min", id="hours and minutes"),
        pytest.param(-90, "1 hour 30 minutes", "1 h 30 min", id="sign is left out"),
        pytest.param(59.6, "1 hour", "1 h", id="rounded"),
        pytest.param(2885, "2 days 5 minutes", "2 d 5 min", id="days"),
    ],
)
def test_length_is_spoken_and_in_brief(minutes: float, spoken: str, brief: str) -> None:
    assert phrases.spoken(minutes) == spoken
    assert phrases.brief(minutes) == brief


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        pytest.param(0, "UTC", id="zero"),
        pytest.param(330, "UTC+5:30", id="half hour"),
        pytest.param(-480, "UTC-8", id="west"),
        pytest.param(-210, "UTC-3:30", id="west, half hour"),
    ],
)
def test_offset_is_told_from_utc(minutes: int, expected: str) -> None:
    assert phrases.offset(minutes) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(["a"], "a", id="one"),
        pytest.param(["a", "b"], "a or b", id="two"),
        pytest.param(["a", "b", "c"], "a, b or c", id="three"),
    ],
)
def test_choice_ends_in_or(options: list[str], expected: str) -> None:
    assert phrases.choice(options) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("short", "short", id="as it is"),
        pytest.param("two\n  lines", "two lines", id="one line"),
        pytest.param("cut at a word", "cut at a…", id="cut"),
        pytest.param("unbreakable-word", "unbreakab…", id="no blank to cut at"),
    ],
)
def test_quote_is_one_line_of_whole_words(text: str, expected: str) -> None:
    assert phrases.quote(text, 10) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("The shop was down.", 4, id="prose"),
        pytest.param("## Root cause\n\n- A full disk", 5, id="marks are no words"),
        pytest.param("It's 3:00 PM, on-call's turn", 5, id="times and hyphens"),
        pytest.param("before\n\n```\na b c\n```\n\nafter", 2, id="code block"),
        pytest.param("before\n```\nnever closed", 3, id="open code block"),
        pytest.param("a <!-- b c --> d", 2, id="comment"),
        pytest.param("a <!-- b c", 3, id="open comment"),
        pytest.param("![a graph](x.png) [the log](https://x.example/a b)", 2, id="image, link"),
        pytest.param("see https://x.example/a/b now", 2, id="address"),
        pytest.param("| Time | Event |\n|---|---|\n| 15:00 | Alert fires |", 5, id="table"),
        pytest.param("<b>bold</b> text", 2, id="tags"),
    ],
)
def test_what_is_read_counts_as_words(text: str, count: int) -> None:
    assert count_words(text) == count
