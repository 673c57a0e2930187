"""No regular expression of pmlint takes more than linear time, whatever it is fed."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from math import log

import pytest
from conftest import posix
from every_expression import Expression, attacks, expressions, sites

WIDE = os.environ.get("PMLINT_EXPRESSIONS") == "wide"
"""Ten times as many texts; a few minutes."""
SCREEN = 1_500
"""Characters of the texts that all are fed."""
SIZES = (2_000, 8_000)
"""Characters of those from which an exponent is taken."""
SUSPECT = 0.001
"""Seconds of processor time at ``SCREEN`` from which on it is."""
STEEPEST = 1.3
LONGEST = 0.02
"""Seconds at the last of ``SIZES`` below which nothing is steep."""
REFUSED = 0.25
"""Seconds after which a text is given up."""


CAPPED = {
    "structure/inline.py:_TIME_ONLY": "no longer text than 60 characters is tried",
    "measure/incident.py:_unsure": "it is looked for in 40 characters",
    "standard/alternatives.py:_GAPS": "what it reads are the wordings of the rules",
}
"""Expressions that may be slow, with what keeps long texts from them."""


class _OverError(BaseException):
    pass


def _give_up(*_: object) -> None:
    raise _OverError


def seconds(use: Callable[[str], object], text: str) -> float:
    """Processor time of one use; ``REFUSED`` at most."""
    before = signal.signal(signal.SIGVTALRM, _give_up)
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, REFUSED)
        try:
            use(text)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
    except _OverError:
        return REFUSED
    return time.process_time() - start


def uses(expression: Expression) -> Iterator[Callable[[str], object]]:
    """What pmlint may do with it."""
    compiled = re.compile(expression.pattern, expression.flags)
    return (getattr(compiled, way) for way in expression.ways)


def steepness(use: Callable[[str], object], make: Callable[[int], str]) -> float:
    """The exponent of time over size; 0 where it takes no time worth mentioning.

    The small text is used as often as it takes to make the large one: some clocks tick every
    ten milliseconds, and one use would be no time to them.
    """
    small, large = SIZES
    took = min(seconds(use, make(large)) for _ in range(3))
    if took < LONGEST:
        return 0.0
    often = large // small
    few = max(seconds(lambda text: [use(text) for _ in range(often)], make(small)), 1e-3)
    return 9.0 if few >= REFUSED else 1 + log(took / few) / log(often)


def faults(expression: Expression) -> Iterator[str]:
    every = {size: list(attacks(expression, size, wide=WIDE)) for size in (SCREEN, *SIZES)}
    for use in uses(expression):
        for at, text in enumerate(every[SCREEN]):
            took = seconds(use, text)
            if took < SUSPECT or (took < REFUSED and seconds(use, text) < SUSPECT):
                continue
            steep = min(steepness(use, lambda size: every[size][at]) for _ in range(2))  # noqa: B023
            if steep > STEEPEST:
                yield f"{use.__name__} of {text[:60]!r}: exponent {steep:.2f}"
                break


@posix
@pytest.mark.parametrize(
    "place", sorted({f"{name}:{site.name}" for name, each in sites().items() for site in each})
)
def test_time_is_linear(place: str) -> None:
    held = [each for each in expressions() if each.place == place]
    if place in CAPPED:
        pytest.skip(CAPPED[place])
    told = [fault for each in held for fault in faults(each)]
    assert not told, told


def test_every_expression_in_the_source_is_tried() -> None:
    known = {each.place for each in expressions()}
    written = {
        f"{name}:{site.name}"
        for name, each in sites().items()
        for site in each
        # What others write into a configuration is compiled by RE2.
        if site.literal is not None
    }
    assert written <= known
    assert len(expressions()) > 300
    assert known.issuperset(CAPPED)


@posix
@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        pytest.param(r"(?:\d{1,4}|[a-z]{2,4}t)+", "fullmatch", id="exponential"),
        pytest.param(r"(?:a|b|ab)+;", "match", id="exponential by alternatives"),
        pytest.param(r"\s+$", "findall", id="quadratic where it is looked for"),
        pytest.param(r"\s*a?\s*b?\s*", "fullmatch", id="cubic"),
        pytest.param(r"\w+\.\w+", "findall", id="a run before a sign"),
    ],
)
def test_a_careless_expression_is_noticed(pattern: str, way: str) -> None:
    assert list(faults(Expression("x", pattern, 0, (way,))))


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        pytest.param(r"\s+$", "match", id="at one place"),
        pytest.param(r"(?<!\s)\s++$", "findall", id="once for a run"),
        pytest.param(r"(?:ab?)++;", "match", id="possessive"),
        pytest.param(r"[^.!?]+[.!?]", "match", id="unambiguous"),
    ],
)
def test_a_careful_one_is_not(pattern: str, way: str) -> None:
    assert not list(faults(Expression("x", pattern, 0, (way,))))
