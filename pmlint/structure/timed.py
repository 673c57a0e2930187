"""Lines that tell a time of day, and those that open with one as the entries of a timeline do."""

from __future__ import annotations

from pmlint.reading.openings import leading_time
from pmlint.reading.times import find_moments
from pmlint.structure.stamps import only_time
from pmlint.structure.tree import Line

LEAST_ENTRIES = 3
"""So many lines that begin with a time are a timeline, whatever the heading above them."""


def opens_with_clock(line: Line) -> bool:
    """``18:30 UTC: Resolution`` is an entry, whatever it names."""
    if not any(char.isdigit() for char in line.text.plain[:40]):
        return False
    found = leading_time(line.text.prose)
    if found is None or found.moment is None or not found.at_start:
        return False
    return found.moment.clock is not None


def opens_event(line: Line) -> bool:
    """It begins with a clock and says more than how long something lasted."""
    if not opens_with_clock(line):
        return False
    found = leading_time(line.text.prose)
    if found is None or found.end_clock is None or line.kind == "row":
        return True
    rest = line.text.prose[found.rest_start :].strip()
    return bool(rest) and not (rest[0] == "(" and rest[-1] == ")") and not only_time(rest)


def tells_clock(line: Line) -> bool:
    """A time of day stands anywhere in the line."""
    return any(moment.clock is not None for moment in find_moments(line.text.prose))
