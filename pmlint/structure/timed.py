"""Lines that tell a time of day, and those that open with one as the entries of a timeline do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pmlint.reading.openings import leading_time
from pmlint.reading.times import find_moments
from pmlint.standard.patterns import expression
from pmlint.structure.stamps import only_time
from pmlint.structure.text import Text
from pmlint.structure.tree import Line
from pmlint.structure.vocabulary import listed

LEAST_ENTRIES = 3
"""So many lines that begin with a time are a timeline, whatever the heading above them."""


LEAST_STEPS = 3
"""So many numbered steps tell what was done, one after the other."""


_NUMBER = expression(r"\(?\d{1,2}[.)]\s")


def opens_step(line: Line) -> bool:
    """A numbered item, or a paragraph with a number that Markdown does not take for one."""
    if line.opens_item:
        return line.block.ordered
    return line.kind == "text" and line.first and _NUMBER.match(line.text.plain) is not None


def opens_with_clock(line: Line) -> bool:
    """``18:30 UTC: Resolution`` is an entry, whatever it names."""
    if not any(char.isdigit() for char in line.text.plain[:40]):
        return False
    found = leading_time(line.text.prose)
    if found is None or found.moment is None or not found.at_start:
        return False
    return found.moment.clock is not None


def opens_with_date(text: Text) -> bool:
    """``2024/05/18 07:35 – …``: a day and a time of day, and what happened then."""
    found = leading_time(text.prose)
    if found is None or found.moment is None or not found.at_start:
        return False
    told = text.prose[found.rest_start :].split()
    return found.moment.clock is not None and found.moment.date is not None and len(told) > 2


def opens_event(line: Line) -> bool:
    """It begins with a clock and says more than how long something lasted."""
    if not opens_with_clock(line):
        return False
    found = leading_time(line.text.prose)
    if found is None or found.end_clock is None or line.kind == "row":
        return True
    rest = line.text.prose[found.rest_start :].strip()
    return bool(rest) and not (rest[0] == "(" and rest[-1] == ")") and not only_time(rest)


def count_pointed(lines: Sequence[Line]) -> int:
    """How many lines begin with ``8.55 vendor called``, where these rise as times of day do."""
    matches = (_POINTED.match(line.text.plain) for line in lines if line.kind != "code")
    told = [(int(match[1]), int(match[2])) for match in matches if match is not None]
    rises = all(earlier <= later for earlier, later in pairwise(told))
    counts_up = all((h, m + 1) == later for (h, m), later in pairwise(told))
    return len(told) if rises and not counts_up else 0


_POINTED = expression(
    r"\W{0,3}([01]?\d|2[0-3])\.([0-5]\d)(?:\s?(?:h|Uhr|hrs|UTC|CET|CEST|BST|GMT)\b)?"
    r"[\s:–—-]{1,3}(?=[A-Za-z])"
)


def lists_course(lines: Sequence[Line]) -> bool:
    """At least half of the outermost items tell a clock, if in the middle of their words."""
    depth = min((line.block.depth for line in lines if line.opens_item), default=0)
    items = [line for line in lines if line.opens_item and line.block.depth == depth]
    timed = sum(1 for line in items if tells_clock(line))
    return timed >= LEAST_ENTRIES and timed * 2 >= len(items)


def speaks_of_events(words: str) -> bool:
    """It announces a list of events: ``How events unfolded is told below:``."""
    return _of_events().search(words) is not None


@cache
def _of_events() -> re.Pattern[str]:
    words = "|".join(sorted(listed("telling"))).replace("*", r"\w+")
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def tells_clock(line: Line) -> bool:
    """A time of day stands anywhere in the line."""
    return any(moment.clock is not None for moment in find_moments(line.text.prose))
