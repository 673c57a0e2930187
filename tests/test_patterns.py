"""Expressions kept from one run to the next are those that ``re`` compiles itself."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from pmlint import patterns


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a process that has not looked into it yet."""
    path = tmp_path / "__pycache__" / "patterns.bin"
    monkeypatch.setattr(patterns, "_path", lambda: str(path))
    patterns.restore.cache_clear()
    yield path
    patterns.restore.cache_clear()


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
    patterns._write([patterns._row(text, int(flags))])
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


def test_a_run_keeps_what_it_had_to_compile(kept: Path) -> None:
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    patterns.restore.cache_clear()
    assert {(unseen(number), 0) for number in range(patterns.LEAST)} <= patterns.restore()


def test_what_another_run_has_kept_stays(kept: Path) -> None:
    patterns.restore()
    patterns._write([patterns._row("another", 0)])
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    patterns.restore.cache_clear()
    assert ("another", 0) in patterns.restore()
    assert (unseen(0), 0) in patterns.restore()


def test_no_more_is_kept_than_re_holds(kept: Path) -> None:
    rows = [patterns._row(f"a{{{number}}}", 0) for number in range(patterns.MOST)]
    patterns._write(rows)
    written = kept.read_bytes()
    for number in range(patterns.LEAST):
        re.compile(unseen(number))
    patterns.keep()
    assert kept.read_bytes() == written
    assert len(patterns.restore()) == patterns.MOST


def sealed(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body) + body


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


def test_expressions_of_another_build_of_python_are_not_used(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns._write([patterns._row("a", 0)])
    monkeypatch.setattr(patterns, "_build", lambda: "another")
    assert patterns.restore() == frozenset()


def test_code_that_re_refuses_is_not_used(kept: Path) -> None:
    text, flags, every, code, *rest = patterns._row("a+", 0)
    patterns._write([(text, flags, every, code[:-4], *rest)])  # type: ignore[list-item]
    assert patterns.restore() == frozenset()


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
