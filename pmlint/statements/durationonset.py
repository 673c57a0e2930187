"""Which of the first sentences of a story tells when the service went down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pmlint.standard.patterns import expression
from pmlint.statements.told import Reading


def taking_down(first: Reading, behind: Sequence[Reading]) -> Reading:
    """``At 8:28 a disk froze. This took the site down at 8:34``: then it began."""
    if _OF_SERVICE.search(first.text.prose):
        return first
    for each in behind:
        told = each.start or each.end
        if told is None or not told.clock:
            return first
        if _took_down().search(each.text.prose):
            start = told.on(told.date or (first.start and first.start.date))
            return each._replace(start=start, end=None, zone=each.zone or first.zone)
        if each.end is not None:
            return first
    return first


_OF_SERVICE = expression(
    r"\b(?:sites?|website|services?|platform|outage|incident|users?|customers?|we)\b",
    re.IGNORECASE,
)


@cache
def _took_down() -> re.Pattern[str]:
    what = r"(?:site|website|service|services|platform|app|application|system|game|everything|us)"
    return re.compile(
        rf"\b(?:took|taking|brought|bringing|knocked)\s(?:the\s|our\s)?(?:whole\s)?{what}\s"
        r"(?:down|offline)\b",
        re.IGNORECASE,
    )
