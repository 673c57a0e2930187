"""A short run of every fuzz target, the same inputs each time; ``fuzz/run.py`` runs longer."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from pmlint.config import Finder

sys.path.append(str(ROOT / "fuzz"))
import seeds
import targets

# The inputs that ``PMLINT_FUZZ`` asks for, shared out by what one costs; CI asks for 10,000.
TOTAL = int(os.environ.get("PMLINT_FUZZ", "1000"))
SHARES = {
    "markdown": 0.15, "times": 0.05, "fixes": 0.005, "suppression": 0.04,
    "configuration": 0.3, "rules": 0.255, "reports": 0.2,
}  # fmt: skip


@pytest.mark.parametrize("name", targets.TARGETS)
def test_no_input_breaks_a_promise(name: str) -> None:
    target = targets.TARGETS[name]
    for data in itertools.islice(seeds.varied(2024, name), max(int(TOTAL * SHARES[name]), 5)):
        target(data)


def test_rules_that_fuzzing_starts_from_are_rules(tmp_path: Path) -> None:
    for rule in seeds.own_rules():
        (tmp_path / "pmlint.toml").write_bytes(targets.RULE + rule)
        assert Finder(str(tmp_path / "pmlint.toml")).settings(str(tmp_path / "a.md")).own_rules


def test_a_broken_promise_is_noticed() -> None:
    with pytest.raises(targets.BrokenPromiseError):
        targets.hold(False, "x")


def test_shares_are_of_one_whole() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)
    assert set(SHARES) == set(targets.TARGETS)
