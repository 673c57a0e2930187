"""What an earlier postmortem of the archive already has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.checks.phrases import plural, quote
from pmlint.checks.places import words
from pmlint.facts import Postmortem
from pmlint.findings import Case

Parameters = Mapping[str, Any]

HELD = "collection"
"""The parameter that brings the archive; whoever runs the rule sets it."""


def recurring(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``cause`` and ``task``: passages that a postmortem before this one has as well.

    ``parameters["collection"]`` is the archive (``pmlint.archive.collection``); without one
    there is nothing to compare with.
    """
    collection = parameters.get(HELD)
    if collection is None:
        return
    for held, match in collection.before(postmortem, parameters):
        before = match.before
        state = ", done there" if not before.open else ", not told to be done"
        yield Case(
            held.passage.kind,
            words(postmortem, held.span),
            {
                "before": before.path,
                "there": before.line,
                "ago": ago(match.days),
                "state": state,
                "text": quote(before.text, 160),
                "words": ", ".join(match.words[:6]),
            },
        )


def ago(days: int | None) -> str:
    """``, 8 months earlier``; empty where it is not known."""
    if days is None:
        return ""
    if days == 0:
        return ", the same day"
    return f", {age(days)} earlier"


def age(days: int) -> str:
    """A number of days in the largest unit that says enough: ``8 months``."""
    if days < 14:
        return plural(days, "day")
    if days < 61:
        return plural(days // 7, "week")
    if days < 730:
        return plural(round(days / 30.44), "month")
    return plural(days // 365, "year")
