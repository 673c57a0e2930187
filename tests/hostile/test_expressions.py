"""No regular expression of pmlint can be kept busy by a short text."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import ROOT
from expressions import falls

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs timers")


def test_no_expression_tries_a_text_in_all_its_divisions() -> None:
    # In a process of its own, where every expression is still to be compiled.
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "hostile" / "expressions.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-4]) > 200, done.stdout


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(a+)+$", id="repeat in a repeat"),
        pytest.param(r"(?:a|aa)+b", id="one alternative is two of the other"),
        pytest.param(r"(?:\d{1,4}|[:.])+", id="digits by the piece"),
        pytest.param(r"x (?:\w+\s?)*!", id="words with or without a space"),
        pytest.param(r"(?:utc|[a-z]{3}|,)+", id="a name that is also a word"),
    ],
)
def test_an_expression_that_falls_is_noticed(pattern: str) -> None:
    assert falls(pattern) is not None


@pytest.mark.parametrize("pattern", [r"a+b", r"(?:\w++\s?)*!", r"\s+$", r"(?>a|aa)+b"])
def test_others_are_not_blamed(pattern: str) -> None:
    assert falls(pattern) is None
