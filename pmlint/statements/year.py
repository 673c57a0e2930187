"""The year of the incident, for dates that leave it out."""

from __future__ import annotations

import re
from functools import cache

from pmlint.reading.dates import MONTH
from pmlint.reading.times import find_moments
from pmlint.standard.patterns import expression
from pmlint.structure.tree import Tree

_YEAR_PATTERN = expression(r"(?<![\w./:-])(20\d\d|19\d\d)(?!\w|[:.]\d)")


@cache
def _month_pattern() -> re.Pattern[str]:
    """A month with its year, such as ``March 2022``."""
    return re.compile(rf"\b{MONTH}\.?,?\s((?:19|20)\d\d)\b", re.IGNORECASE)


def incident_year(tree: Tree) -> int | None:
    """The year in which the incident fell, from the first place that dates it."""
    for line in tree.lines:
        if line.kind == "code":
            continue
        for moment in find_moments(line.text.prose):
            if moment.date is not None and moment.date.year is not None:
                return moment.date.year
    told = [line.text.prose for line in tree.lines if line.kind != "code"]
    dating = [line.text.prose for line in tree.lines[:3] if line.kind != "code"]
    for pattern, texts in ((_month_pattern(), told), (_YEAR_PATTERN, dating)):
        for text in texts:
            match = pattern.search(text)
            if match:
                return int(match.group(1))
    return None
