"""Lengths that a text tells of something else than its incident."""

from __future__ import annotations

import re
from functools import cache

from pmlint.statements.told import Reading


def of_others(told: Reading) -> bool:
    """``The last such outage took 3 days``, ``43 minutes of downtime a month``: not of this one."""
    return _others().search(told.text.prose) is not None


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
