"""Lengths of something else than the incident, and those that agree with its two ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pmlint.reading.lengths import Length
from pmlint.standard.patterns import expression
from pmlint.statements.durationfact import differs
from pmlint.statements.told import Reading
from pmlint.statements.toldlengths import told_lengths
from pmlint.structure.text import Text


def of_others(told: Reading) -> bool:
    """``The last such outage took 3 days``, ``43 minutes of downtime a month``: not of this one."""
    return _tells_others(told.text.prose)


def _tells_others(prose: str) -> bool:
    return _others().search(prose) is not None


def agreeing_length(ran: float | None, texts: Iterable[Text]) -> Length | None:
    """``Restored at 17:05, 45 minutes after it went down at 16:20``: what agrees with both ends.

    ``ran`` is how many minutes lie between them.
    """
    if ran is None or ran < SHORTEST:
        return None
    told = (text.prose for text in texts if not _tells_others(text.prose))
    lengths = (length for prose in told for length in told_lengths(prose))
    agreed = [length for length in lengths if not differs(length.minutes, ran)]
    return min(agreed, key=lambda length: abs(length.minutes - ran), default=None)


SHORTEST = 5
"""Any number may agree with fewer minutes."""


@cache
def _others() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:SLAs?|SLOs?|error budget|allow(?:s|ed|ance)?"
        r"|(?:per|a|this|each) (?:month|year|quarter)"
        r"|(?:last|previous|earlier|prior|similar) (?:such )?(?:outages?|incidents?|one|time)"
        # "Amazon's outage", but not "Tuesday's"
        r"|(?:their|upstream|(?!\w{1,9}day|morning|evening|night)\w{3,20}['’]s)"
        r" (?:own )?(?:outage|incident)"
        r"|(?:hours?|minutes?|days?) (?:more|longer))\b",
        re.IGNORECASE,
    )


def of_other_day(told: Reading, chosen: Reading) -> bool:
    """``On 28 February our provider was down for five hours``: not the length of 1 March."""
    days = {each.date[1:] for each in (chosen.start, chosen.end, chosen.date) if each and each.date}
    return (
        bool(days)
        and told.date is not None
        and told.date.date is not None
        and (told.date.date[1:] not in days)
    )


def tells_length(told: Reading) -> bool:
    """It says how long the incident as such lasted: ``In total the outage took two hours``."""
    prose = told.text.prose
    return _ITSELF.search(prose) is not None and _STEP.search(prose) is None


_ITSELF = expression(
    r"\b(?:outage|incident|downtime|disruption|interruption|unavailability|total|altogether"
    r"|all in all|overall)\b"
    r"|\b(?:issue|problem|failure|blackout|trouble)s?\s(?:\w+\s){0,2}"
    r"(?:lasted|persisted|took|went on|continued)\b"
    r"|\b(?:site|website|service|platform|system|application|app)s? (?:was|were) (?:\w+ )?"
    r"(?:down|unavailable|offline|inaccessible|unreachable)\b",
    re.IGNORECASE,
)


_STEP = expression(
    r"\b(?:detect|find|found|notic|discover|diagnos|identif|review|respon|investigat|page"
    r"|acknowledg|understand|escalat|meeting|call\b|each\b|partial|during (?:the|this|that)\b)",
    re.IGNORECASE,
)
"""A length in such a sentence is that of a step on the way to the end."""
