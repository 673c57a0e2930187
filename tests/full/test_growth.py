"""Time grows with the length of a document, whatever its shape, and places stay inside it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper, cache
from math import log
from statistics import median

import pytest
from families import FAMILIES, Family

from pmlint import cli, engine
from pmlint.config import Settings
from pmlint.engine import Plan
from pmlint.findings import Source
from pmlint.markdown import _parser
from pmlint.mend import rewrite

SMALL, LARGE = 16_000, 128_000
"""Bytes; the exponent is taken between them."""
MARGIN = 0.1
"""How much the exponent of pmlint may lie above the parser's."""
ROUNDS = 7
MENDED = 4_000, 16_000
"""Bytes of texts that are mended, which reads each several times."""
LONGEST = 4.0
"""Seconds that no check of the larger text takes."""


@cache
def plan() -> Plan:
    families = ("PM1", "PM2", "PM3", "PM4", "PM5", "PM6", "PM9")
    return engine.prepare(Settings(select=families))._replace(time_limit=0)


@pytest.fixture(autouse=True)
def collected_as_in_a_run() -> Iterator[None]:
    """Looking for garbage costs large texts alone; a run of pmlint does it seldom."""
    usual = gc.get_threshold()
    gc.set_threshold(*cli._SELDOM)
    yield
    gc.set_threshold(*usual)


def forget() -> None:
    """Let every reading of a text be its first: short texts would be remembered, long ones not."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and each.cache_parameters()["maxsize"]:
            each.cache_clear()


def sized(family: Family, size: int) -> str:
    return family(max(int(size / max(len(family(1000)) / 1000, 0.5)), 4))


def seconds(text: str) -> float:
    """Processor time of one check."""
    forget()
    start = time.process_time()
    report = engine.check_text(Source(text), plan())
    took = time.process_time() - start
    for finding in report.findings:
        assert "pmlint failed" not in finding.message, finding
        for span in (finding.span, *(related.span for related in finding.related)):
            assert 0 <= span.start <= span.end <= len(text)
    return took


def bare(text: str) -> float:
    start = time.process_time()
    _parser().parse(text)
    return time.process_time() - start


def exponent(small: Sequence[float], large: Sequence[float], ratio: float) -> float:
    """The slope between the medians of some times; times too short to be told are one."""
    return log(max(median(large), 0.004) / max(median(small), 0.004)) / log(ratio)


def above(work: Callable[[str], float], sizes: tuple[int, int], family: Family) -> float:
    """How far the exponent of some work lies above the parser's, of which 1 is the least.

    Measured until it is near enough: a busy machine disturbs some rounds, a text that is
    read in more than linear time shows it in all of them.
    """
    texts = [sized(family, size) for size in sizes]
    ratio = len(texts[1]) / len(texts[0])
    times: list[tuple[float, ...]] = []
    found = 0.0
    for _ in range(ROUNDS):
        gc.collect()
        times.append((*map(work, texts), *map(bare, texts)))
        small, large, bare_small, bare_large = zip(*times, strict=True)
        found = exponent(small, large, ratio) - max(exponent(bare_small, bare_large, ratio), 1.0)
        if found <= MARGIN:
            break
        assert min(large) < LONGEST
    return found


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_time_grows_no_faster_than_the_parser_s(family: Family) -> None:
    found = above(seconds, (SMALL, LARGE), family)
    assert found <= MARGIN, f"its exponent lies {found:.2f} above the parser's"


@pytest.mark.parametrize("name", ["PM106", "PM109", "PM203", "PM206", "PM402", "PM105", "PM101"])
def test_mending_grows_about_as_checking_does(name: str) -> None:
    def mended(text: str) -> float:
        forget()
        start = time.process_time()
        rewrite.mend(Source(text), plan(), unsafe=True)
        return time.process_time() - start

    # Rounds and tries come in whole numbers: their count may rise by one or two.
    assert above(mended, MENDED, FAMILIES[f"{name}, its line"]) <= 0.4


def test_there_are_enough_families() -> None:
    assert len(FAMILIES) >= 400


def test_the_measure_can_tell_what_is_quadratic(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.check_text

    def slow(source: Source, plan: Plan) -> object:
        for _ in range(len(source.text) // 20):
            source.text.count("zz")
        return real(source, plan)

    def slower(text: str) -> float:
        start = time.process_time()
        slow(Source(text), plan())
        return time.process_time() - start

    small, large = "a " * 40_000, "a " * 160_000
    assert log(slower(large) / slower(small)) / log(4) > 1.2
