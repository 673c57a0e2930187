"""Times in prose: dates, clocks, moments, ranges, and the time that opens an entry.

Every function takes plain text and gives offsets into it. Nothing is guessed from
outside the text: a moment holds what its words say.
"""

from __future__ import annotations

from pmlint.reading.clocks import Clock, Fault, Style
from pmlint.reading.dates import WEEKDAYS, Date
from pmlint.reading.moments import Moment, find_moments
from pmlint.reading.openings import Leading, leading_time
from pmlint.reading.ranges import Range, find_ranges

__all__ = [
    "WEEKDAYS",
    "Clock",
    "Date",
    "Fault",
    "Leading",
    "Moment",
    "Range",
    "Style",
    "find_moments",
    "find_ranges",
    "leading_time",
]
