"""Time grows with the length of a document, whatever its shape, and places stay inside it."""

from __future__ import annotations

import time
from functools import cache
from math import log

import pytest
from families import FAMILIES, Family

from pmlint import engine
from pmlint.config import Settings
from pmlint.engine import Plan
from pmlint.findings import Source
from pmlint.markdown import _parser

SMALL, LARGE = 8_000, 32_000
"""Bytes; the exponent is taken between them."""


@cache
def plan() -> Plan:
    families = ("PM1", "PM2", "PM3", "PM4", "PM5", "PM6", "PM9")
    return engine.prepare(Settings(select=families))._replace(time_limit=0)


def sized(family: Family, size: int) -> str:
    return family(max(int(size / max(len(family(1000)) / 1000, 0.5)), 4))


def seconds(text: str) -> float:
    """Processor time of one check."""
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


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_time_grows_no_faster_than_the_text(family: Family) -> None:
    small, large = sized(family, SMALL), sized(family, LARGE)
    ratio = log(len(large) / len(small))
    # A busy machine disturbs a measurement, never all of three.
    grown = []
    for _ in range(3):
        one, four = max(seconds(small), 0.004), max(seconds(large), 0.004)
        parser = log(max(bare(large), 0.004) / max(bare(small), 0.004)) / ratio
        grown.append(log(four / one) / ratio - max(parser, 1.0))
        # What is quadratic has 1.0; a short text that is read again is partly remembered.
        if grown[-1] <= 0.45 and four < 3:
            return
    pytest.fail(f"exponents above the parser's (at least 1): {grown}")


def test_there_are_enough_families() -> None:
    assert len(FAMILIES) >= 150


def test_the_measure_can_tell_what_is_quadratic(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.check_text

    def slow(source: Source, plan: Plan) -> object:
        for _ in range(len(source.text) // 100):
            source.text.count("zz")
        return real(source, plan)

    def slower(text: str) -> float:
        start = time.process_time()
        slow(Source(text), plan())
        return time.process_time() - start

    small, large = "a " * 40_000, "a " * 160_000
    assert log(slower(large) / slower(small)) / log(4) > 1.3
