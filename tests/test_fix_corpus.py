"""Fixes over real documents: one run is enough, and nothing that was told gets lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from mends import mended, plan
from real_documents import needs_corpus, text_of, texts

from pmlint import engine
from pmlint.findings import Source
from pmlint.mend.promises import statements
from pmlint.mend.rewrite import Mended
from pmlint.reports import FileReport

pytestmark = needs_corpus


def documents() -> list[object]:
    return [pytest.param(path, id=path.stem) for path in texts()]


@cache
def after(path: Path, unsafe: bool) -> Mended:
    return mended(text_of(path), unsafe=unsafe)


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", documents())
def test_second_run_changes_nothing(path: Path, unsafe: bool) -> None:
    once = after(path, unsafe).report
    assert mended(once.source.text, unsafe=unsafe).report.source.text == once.source.text


@pytest.mark.parametrize("path", documents())
def test_no_fixable_finding_is_left(path: Path) -> None:
    left = [finding.code for finding in after(path, True).report.findings if finding.fix]
    assert left == []


def words(text: str) -> Counter[str]:
    plain = re.sub(r"</?(?:b|strong|u|br)\b[^<>]*>", " ", text, flags=re.IGNORECASE)
    return Counter(re.findall(r"[^\W\d_]+", plain))


@pytest.mark.parametrize("path", documents())
def test_safe_fixes_lose_no_word_but_a_misspelt_one(path: Path) -> None:
    result = after(path, False)
    renamed = sum(each.message.startswith('Write "') for each in result.applied)
    lost = words(text_of(path)) - words(result.report.source.text)
    assert sum(lost.values()) <= 2 * renamed


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("path", documents())
def test_line_ends_make_no_difference(path: Path, end: str) -> None:
    text = text_of(path)
    if "\r" in text:
        pytest.skip("has other line ends of its own")
    ended = mended(text.replace("\n", end), unsafe=False).report.source.text
    plain = after(path, False).report.source.text
    assert Source(ended).starts == Source(plain.replace("\n", end)).starts
    assert ended.replace(end, "\n") == plain


@pytest.mark.parametrize("path", documents())
def test_safe_fixes_change_no_statement(path: Path) -> None:
    result = after(path, False)
    if any(each.message.startswith('Write "') for each in result.applied):
        pytest.skip("a part got its name")
    assert told(result.report.source.text) == told(text_of(path))


@pytest.mark.parametrize("path", documents())
def test_unsafe_fixes_keep_every_event_and_task(path: Path) -> None:
    before, now = told(text_of(path)), told(after(path, True).report.source.text)
    for name in ("times of the events", "words of the events", "words of the tasks"):
        if before[name]:
            assert before[name] == now[name]


def told(text: str) -> Mapping[str, object]:
    facts = engine.read(Source(text, "a.md"), plan())
    assert not isinstance(facts, FileReport)
    return statements(facts)
