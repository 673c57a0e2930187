"""Very long texts are read as short ones are, and take little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint import config, engine
from pmlint.findings import Source
from pmlint.reading import windows, words
from pmlint.reading.prose import Prose

SIZE = 80_000


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text counts as long, and a window holds three words."""
    monkeypatch.setattr(words, "LONG", -1)
    monkeypatch.setattr(windows, "SIZE", 3)


TEXT = (
    "At 10:30 the 2 shards of eu-1 fell over. See https://a.example/b/c for it! "
    "12 % of users, i.e. those of v1.2, saw errors\n\n- Nobody's order was lost (500 were)."
)
HIDDEN = [
    pytest.param((), id="nothing hidden"),
    pytest.param(((46, 67),), id="a URL"),
    pytest.param(((0, 8), (3, 5), (30, 33), (100, 140)), id="ranges in each other"),
    pytest.param(((0, 160),), id="all"),
]


def plainly(hidden: Sequence[tuple[int, int]]) -> list[words.Token]:
    return list(words.shown(words.tokens_from(TEXT), hidden))


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("hidden", HIDDEN)
def test_windows_hold_the_same_words(hidden: Sequence[tuple[int, int]]) -> None:
    plain, held = plainly(hidden), words.tokens(TEXT, hidden)
    assert list(held) == plain
    assert len(held) == len(plain)
    assert [held[at] for at in reversed(range(len(plain)))] == plain[::-1]
    assert held[2:9:2] == plain[2:9:2]


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_first_word_from_an_offset_on(hidden: Sequence[tuple[int, int]]) -> None:
    plain, held = plainly(hidden), words.tokens(TEXT, hidden)
    for offset in range(len(TEXT) + 1):
        behind = [at for at, token in enumerate(plain) if token.start >= offset]
        assert words.first_from(held, offset) == (behind or [len(plain)])[0]


@pytest.mark.usefixtures("_small")
def test_no_word_stands_outside() -> None:
    held = words.tokens(TEXT)
    assert held[-1] == held[len(held) - 1]
    for index in (len(held), -len(held) - 1):
        with pytest.raises(IndexError):
            held[index]


@given(st.text(alphabet="aA1 .!\n:-|)é", max_size=60))
def test_ranges_held_as_ends_are_the_sentences(text: str) -> None:
    short = words.sentences(text)
    ends = windows.ranges(end for _, end in short)
    assert list(ends) == list(short)
    assert [ends[at] for at in range(-len(short), len(short))] == [*short, *short]
    assert ends[1:] == list(short[1:])
    assert short[0][0] == 0
    assert short[-1][1] == len(text)


@pytest.mark.usefixtures("_small")
def test_sentences_of_a_long_text_know_their_words() -> None:
    prose = Prose(TEXT, (), words.word_lists("amounts"))
    last = len(prose.tokens) - 1
    assert "lost" in prose.sentence(last).words
    assert "shards" in prose.sentence(0).words
    assert prose.sentence(last).tokens[1] == last + 1


@pytest.mark.parametrize("count", [0, 1, 7])
def test_words_of_a_long_text_are_counted(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\u00a0 word\u2028" * count
    assert words.word_count(text) == count
    monkeypatch.setattr(words, "LONG", -1)
    assert words.word_count(text) == count


@pytest.mark.parametrize(
    "part",
    [
        pytest.param("word ", id="words"),
        pytest.param("It was down. ", id="sentences"),
        pytest.param("1", id="digits"),
        pytest.param(":", id="colons"),
        pytest.param("[", id="brackets"),
    ],
)
def test_one_long_line_takes_little_memory(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LONG", SIZE // 4)
    plan = engine.prepare(config.Settings())
    source = Source(part * (SIZE // len(part)), "a.md")
    engine.check_text(Source(part * 20, "a.md"), plan)
    tracemalloc.start()
    try:
        report = engine.check_text(source, plan)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert {finding.code for finding in report.findings} <= {"PM001"}
    # The text, the parser's copy, the words without marks, a copy in small letters.
    assert peak < 6 * SIZE + 1_000_000
