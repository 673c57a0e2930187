"""Lists of alternatives: what is found, although hardly any of it is compiled."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pmlint.standard import alternatives, policy
from pmlint.standard.alternatives import Alternatives, needed

TEXT = (
    "02:11 Alert: the on-call engineer NOTICED errors; they rolled back and looked at the log. "
    "Service was fully restored at 02:50, the issue started at 02:07 and lasted for 43 minutes. "
    "What went wrong? The restart made it worse, the monitoring system shows no effect. "
    "We were not aware of it; the outage ends when the vendor had been contacted by our team."
)


def lists() -> list[Any]:
    """Every list of regular expressions in the rules that is read as alternatives."""
    events, moments, absence = (policy.table(name) for name in ("events", "moments", "absence"))
    tables = {**events["kinds"], **events["duration"], **moments, **absence}
    found = {name: words for name, words in tables.items() if isinstance(words, list)}
    return [pytest.param(words, id=name) for name, words in found.items()]


@pytest.mark.parametrize("words", lists())
def test_finds_what_the_whole_list_finds(words: list[str]) -> None:
    whole = re.compile(r"\b(?:" + "|".join(words) + ")", re.IGNORECASE)
    listed = Alternatives(words, r"\b(?:")
    for text in (TEXT, *words, *(f"x {word} y" for word in words)):
        found = [match.span() for match in listed.finditer(text)]
        assert found == [match.span() for match in whole.finditer(text)]


def test_frame_bounds_and_start_are_those_of_a_pattern() -> None:
    listed = Alternatives(["down", "up"], r"\b(?:", r")\b")
    text = "down, downtime, UP"
    assert [match[0] for match in listed.finditer(text)] == ["down", "UP"]
    found = listed.search(text, 1)
    assert found is not None
    assert found.start() == 16
    assert listed.search(text, 1, 16) is None
    assert listed.match(text, 1) is None
    assert listed.match(text, 16) is not None
    assert listed.search("") is None


def test_many_selections_end_in_the_whole_list() -> None:
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    listed = Alternatives(words)
    for size in range(1, len(words) + 1):
        text = " ".join(words[:size])
        assert [match[0] for match in listed.finditer(text)] == words[:size]


@pytest.mark.parametrize(
    ("wording", "letters"),
    [
        pytest.param("Went down", ["went down"], id="plain words"),
        pytest.param("resol\\w+", ["resol"], id="a stem"),
        pytest.param("errors?\\b", ["error"], id="the letter that may be absent is left out"),
        pytest.param("fail(?:ed|s)? to (?:help|fix)", ["fail"], id="the longest sure letters"),
        pytest.param("(?:incident |issue )?detected", ["detected"], id="a group that may miss"),
        pytest.param("(?:makes|made) (?:it )?so", ["makes", "made"], id="one of a group"),
        pytest.param("x{0,3}ab[^]c]{2}d{2}", ["ab"], id="counted"),
        pytest.param("up|down", [""], id="a choice without a group says nothing"),
        pytest.param("(?:a(?:b(?:c(?:d))))", [""], id="nested too deeply to look into"),
        pytest.param("\\d+", [""], id="no letters"),
    ],
)
def test_letters_without_which_nothing_matches(wording: str, letters: list[str]) -> None:
    assert needed(wording) == letters


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a process that has not looked into it yet."""
    monkeypatch.setattr(policy, "_path", lambda name: str(tmp_path / name))
    forget()
    yield tmp_path / "needs"
    forget()


def forget() -> None:
    """As if a new process began."""
    for held in (policy.made, alternatives._known, alternatives._found_out):
        held.cache_clear()


def ask(count: int) -> None:
    for number in range(count):
        Alternatives([f"wor{number}d", "(?:went|fell) down"]).search("The site fell down.")


def test_what_lists_need_is_found_out_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(4)
    alternatives.keep()
    forget()
    with monkeypatch.context() as patch:
        patch.setattr(alternatives, "needed", lambda wording: pytest.fail(wording))
        ask(4)
    assert Alternatives(["(?:went|fell) down"]).search("It fell down.") is not None


@pytest.mark.parametrize(("count", "written"), [(3, False), (4, True)])
def test_what_some_new_lists_need_is_kept_not_for_each(
    kept: Path, count: int, written: bool
) -> None:
    before = policy.made("needs", alternatives._nothing)
    ask(count)
    alternatives.keep()
    forget()
    assert (policy.made("needs", alternatives._nothing) != before) == written


def test_a_process_writes_what_it_found_out_once(kept: Path) -> None:
    ask(4)
    alternatives.keep()
    kept.unlink()
    ask(4)
    alternatives.keep()
    assert not kept.exists()
