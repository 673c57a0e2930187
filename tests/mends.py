"""Texts before and after their fixes, for tests."""

from __future__ import annotations

from pmlint import engine
from pmlint.config import Settings
from pmlint.findings import Finding, Source
from pmlint.mend.rewrite import Mended, mend

OFF_BY_DEFAULT = ("PM603", "PM604")

GOOD = """\
# Checkout refused card payments on 18 June 2024

## Summary

- **Duration:** 18 June 2024, 15:00 - 17:00 UTC (2 hours)
- **Impact:** 40 % of customers could not pay

## Timeline (UTC)

- 15:00 A release names a database that is gone; payments fail
- 15:10 Alert on failed payments, on-call is paged
- 15:45 Refused connections are found in the log
- 17:00 The release is rolled back; payments work again

## Root cause

The release named a database that had been deleted a week before.

## Resolution

The release was rolled back.

## Tasks

- [ ] Reject a release in CI when it names a database that is gone (@ines, 2024-06-28)
"""


def plan(*select: str) -> engine.Plan:
    """The plan for some rules, or for all that are on."""
    return engine.prepare(Settings(select=select))


def mended(text: str, *select: str, unsafe: bool = True) -> Mended:
    """A text after the fixes of some rules, or of all that are on."""
    return mend(Source(text, "a.md"), plan(*select), unsafe=unsafe)


def fixed(text: str, *select: str, unsafe: bool = True) -> str:
    """The text alone; fails where a fix was dropped."""
    result = mended(text, *select, unsafe=unsafe)
    assert not result.refused, result.refused
    return result.report.source.text


def findings(text: str, *select: str) -> tuple[Finding, ...]:
    """What is found in a text."""
    return engine.check_text(Source(text, "a.md"), plan(*select)).findings


def swapped(text: str, *pairs: tuple[str, str]) -> str:
    """The text with some words exchanged, each of which must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text
