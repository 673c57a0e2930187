"""Expressions kept from one run to the next are those that ``re`` compiles itself."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT

from pmlint.standard import patterns, policy


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a process that has not looked into it yet."""
    path = tmp_path / "__pycache__" / "patterns.bin"
    monkeypatch.setattr(patterns, "_path", lambda: str(path))
    patterns.restore.cache_clear()
    yield path
    patterns.restore.cache_clear()


def forms(*expressions: tuple[str, int]) -> patterns.Kept:
    return {each: patterns._form(*each) for each in expressions}


def unseen(number: int) -> str:
    return rf"(?P<hour>\d{{1,2}}):(\d\d){{{number + 1000}}}(?i:am|pm)?[–—]"


@pytest.mark.parametrize(
    ("text", "flags", "sample"),
    [
        pytest.param(r"(?P<hour>\d{1,2}):(\d\d)(?i:am|pm)?", re.ASCII, "at 10:30PM", id="groups"),
        pytest.param(r"[–—•‣✅]\s*(\w+)", 0, "— Ünter", id="letters beyond Latin"),
        pytest.param("straße|ſ", re.IGNORECASE, "STRASSE S", id="case"),
        pytest.param("(?x) a  b # c", 0, "ab", id="flags inside"),
        pytest.param(r"^(a)?(?(1)b|c)$", re.MULTILINE, "x\nab", id="condition"),
        pytest.param("", 0, "", id="nothing"),
    ],
)
def test_what_was_kept_matches_as_what_is_compiled(
    text: str, flags: int, sample: str, kept: Path
) -> None:
    patterns._write(forms((text, int(flags))))
    re.purge()
    assert patterns.restore() == {(text, int(flags))}
    restored = re.compile(text, flags)
    re.purge()
    expected = re.compile(text, flags)
    assert restored is not expected
    assert restored == expected
    assert restored.groupindex == expected.groupindex
    assert restored.flags == expected.flags
    assert [found.groups() for found in restored.finditer(sample)] == [
        found.groups() for found in expected.finditer(sample)
    ]


def test_what_was_kept_is_not_compiled_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns._write(forms((unseen(0), 0)))
    re.purge()
    patterns.restore()
    compiled: list[tuple[object, ...]] = []
    compiler = import_module("re._compiler")
    real = compiler.compile

    def noted(*given: object) -> object:
        compiled.append(given)
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(compiler, "compile", noted)
        re.compile(unseen(0))
        re.compile(unseen(1))
    assert compiled == [(unseen(1), 0)]


def test_they_are_kept_where_compiled_rules_are_in_a_file_for_one_python() -> None:
    path = Path(patterns._path())
    assert path.parent == policy.folder() / "__pycache__"
    assert str(sys.implementation.cache_tag) in path.name.split(".")


@pytest.mark.parametrize(("count", "written"), [(3, False), (4, True)])
def test_file_is_written_for_some_new_expressions_not_for_each(
    kept: Path, count: int, written: bool
) -> None:
    re.purge()
    for number in range(count):
        re.compile(unseen(number))
    patterns.keep()
    assert kept.exists() == written


def test_expressions_over_bytes_are_left_alone(kept: Path) -> None:
    re.purge()
    re.compile(rb"(\d{1234})-")
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    patterns.restore.cache_clear()
    assert patterns.restore() == {(unseen(number), 0) for number in range(patterns.LEAST)}


def test_what_two_runs_had_to_compile_is_kept_once(kept: Path) -> None:
    patterns.restore()
    others = [(unseen(0), 0), ("another", 0), ("another", int(re.IGNORECASE))]
    patterns._write(forms(*others))
    re.purge()
    own = [(unseen(number), 0) for number in range(patterns.LEAST)]
    for text, _ in own:
        re.compile(text)
    patterns.keep()
    assert patterns._read().keys() == {*others, *own}


def test_two_runs_together_keep_no_more_than_one(kept: Path) -> None:
    patterns.restore()
    patterns._write(forms(*((f"a{{{number}}}", 0) for number in range(patterns.MOST - 1))))
    re.purge()
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    assert len(patterns._read()) == patterns.MOST


def test_a_run_keeps_what_it_had_to_compile(kept: Path) -> None:
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    patterns.restore.cache_clear()
    assert {(unseen(number), 0) for number in range(patterns.LEAST)} <= patterns.restore()


def test_what_another_run_has_kept_stays(kept: Path) -> None:
    patterns.restore()
    patterns._write(forms(("another", 0)))
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    patterns.restore.cache_clear()
    assert ("another", 0) in patterns.restore()
    assert (unseen(0), 0) in patterns.restore()


def test_no_more_is_kept_than_the_most(kept: Path) -> None:
    patterns._write(forms(*((f"a{{{number}}}", 0) for number in range(patterns.MOST))))
    written = kept.read_bytes()
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    assert kept.read_bytes() == written
    assert len(patterns.restore()) == patterns.MOST


def sealed(body: bytes) -> bytes:
    return patterns._sum(body) + body


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"00000000nonsense", id="noise"),
        pytest.param(b"zzzzzzzz", id="no number"),
        pytest.param(sealed(b"nonsense"), id="no rows"),
        pytest.param(sealed(b""), id="rows cut off"),
    ],
)
def test_a_damaged_file_is_as_none(damage: bytes, kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_bytes(damage)
    assert patterns.restore() == frozenset()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"zzzzzzzz", id="no number"),
        pytest.param(b"00000000", id="the sum of nothing"),
    ],
)
def test_a_file_without_rows_is_written_anew(damage: bytes, kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_bytes(damage)
    re.purge()
    for number in range(patterns.LEAST):
        re.compile(f"anew {number}")
    patterns.keep()
    assert len(patterns._read()) == patterns.LEAST


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(0, id="the sum"),
        pytest.param(-1, id="the last of the rows"),
        pytest.param(None, id="a sign of an expression"),
    ],
)
def test_rows_that_do_not_fit_their_sum_are_not_used_but_written_anew(
    at: int | None, kept: Path
) -> None:
    patterns._write(forms(("abc", 0)))
    written = bytearray(kept.read_bytes())
    # What is damaged can be read all the same: only the sum tells.
    written[written.index(b"abc") if at is None else at] ^= 1
    kept.write_bytes(written)
    assert patterns.restore() == frozenset()
    re.purge()
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    patterns.restore.cache_clear()
    assert patterns.restore() == {(unseen(number), 0) for number in range(patterns.LEAST)}


@pytest.mark.parametrize("part", ["version", "rules", "MAGIC", "CODESIZE"])
def test_each_part_of_a_build_tells_it_from_others(
    part: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns._write(forms(("a", 0)))
    if part == "version":
        monkeypatch.setattr(sys, "version", sys.version + " (ours)")
    elif part == "rules":
        monkeypatch.setattr(policy, "stamps", lambda: (("words", 1, 1),))
    else:
        sre = patterns._sre()
        parts = {"compile": sre.compile, "MAGIC": sre.MAGIC, "CODESIZE": sre.CODESIZE}
        other = SimpleNamespace(**{**parts, part: parts[part] + 1})
        monkeypatch.setattr(patterns, "_sre", lambda: other)
    assert patterns.restore() == frozenset()


def test_expressions_of_another_build_of_python_are_not_used(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns._write(forms(("a", 0)))
    monkeypatch.setattr(patterns, "_build", lambda: "another")
    assert patterns.restore() == frozenset()


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda every, code, *rest: (every, code[:-4], *rest), id="code cut off"),
        pytest.param(lambda every, code, *rest: (every, code[:-1], *rest), id="half a word"),
        pytest.param(lambda every, code, *rest: (every, code), id="parts missing"),
    ],
)
def test_code_that_re_refuses_is_compiled_anew(kept: Path, damaged: Callable[..., Any]) -> None:
    form = marshal.dumps(damaged(*marshal.loads(patterns._form("a+", 0))))
    patterns._write({("a+", 0): form})
    re.purge()
    patterns.restore()
    assert re.compile("a+").findall("baa") == ["aa"]


def test_what_is_kept_is_made_when_it_is_asked_for(kept: Path) -> None:
    patterns._write(forms(("asked", 0), ("unasked", 0)))
    re.purge()
    patterns.restore()
    re.compile("asked")
    held = {text for _, text, _ in re._cache}  # type: ignore[attr-defined]
    assert "asked" in held
    assert "unasked" not in held


def test_an_expression_is_compiled_when_it_is_first_asked() -> None:
    re.purge()
    lazy = patterns.expression(unseen(7))
    assert not any(text == unseen(7) for _, text, _ in re._cache)  # type: ignore[attr-defined]
    assert lazy.search("nothing") is None
    assert any(text == unseen(7) for _, text, _ in re._cache)  # type: ignore[attr-defined]


def test_an_expression_answers_as_what_re_compiles() -> None:
    lazy, own = (
        make(r"(?P<word>\w)b", re.IGNORECASE) for make in (patterns.expression, re.compile)
    )
    text = "AB cb, d"
    assert lazy.findall(text) == own.findall(text)
    assert lazy.split(text) == own.split(text)
    assert lazy.sub("-", text) == own.sub("-", text)
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (own.pattern, own.flags, own.groupindex)
    assert all(
        str(getattr(lazy, way)(text)) == str(getattr(own, way)(text))
        for way in ("match", "search", "fullmatch")
    )


def test_where_re_has_other_parts_it_compiles_as_ever(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(re, "_cache")
    assert patterns.restore() == frozenset()
    patterns.keep()
    assert not kept.exists()


def test_a_place_that_cannot_be_written_to_is_no_fault(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.parent.write_text("")
    re.compile(unseen(1))
    monkeypatch.setattr(patterns, "LEAST", 1)
    patterns.keep()
    assert not kept.exists()


def test_a_process_that_is_watched_ends_as_python_does(tmp_path: Path) -> None:
    told = tmp_path / "told"
    watched = f"""
import atexit, runpy, sys
atexit.register(lambda: open({str(told)!r}, "w").close())
sys.setprofile(lambda *_: None) if sys.argv[1] == "watched" else None
sys.argv = ["pmlint", {str(ROOT / "examples" / "good.md")!r}]
runpy.run_module("pmlint", run_name="__main__")
"""
    for name in ("alone", "watched"):
        command = [sys.executable, "-c", watched, name]
        ended = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
        assert (ended.returncode, told.exists()) == (0, name == "watched"), ended.stderr
        assert ended.stdout
