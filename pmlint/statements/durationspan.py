"""How many days after its start an incident ended, where the end names no date of its own."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pmlint.reading.dates import WEEKDAY_LETTERS, WEEKDAYS
from pmlint.statements.order import full

if TYPE_CHECKING:
    from pmlint.reading.times import Moment
    from pmlint.statements.told import Told

BESIDE = 28
"""Within so many letters of a clock its weekday stands."""


def weekday_beside(prose: str, moment: Moment) -> int | None:
    """``Saturday 11:25 PM``, ``8:00 on Monday``: the weekday of a clock, Monday being 0."""
    if moment.clock is None:
        return None
    before = _weekday_before().search(prose, max(0, moment.start - BESIDE), moment.start)
    found = before or _weekday_behind().match(prose, moment.end, moment.end + BESIDE)
    return None if found is None else WEEKDAY_LETTERS.index(found["day"][:3].lower())


def next_day_beside(prose: str, moment: Moment) -> bool:
    """``until 14:00 the next day``, ``the following morning at 9:00``."""
    if moment.clock is None:
        return False
    before = _next_day_before().search(prose, max(0, moment.start - BESIDE), moment.start)
    return bool(before or _next_day_behind().match(prose, moment.end))


def days_after(start: Told, end: Told) -> int | None:
    """How many days the words put between both ends; None where they say nothing of it."""
    if end.weekday is not None:
        begun = start.weekday
        if begun is None and start.date is not None:
            day = full(start.date, None)
            begun = day.weekday() if day is not None else None
        return None if begun is None else (end.weekday - begun) % 7
    return 1 if end.next_day else None


_SHORT = "|".join(name[:3] for name in WEEKDAYS)
_NAME = rf"(?P<day>{'|'.join(WEEKDAYS)}|(?-i:{_SHORT})(?:s|rs?)?)"
"""In three letters it begins with a capital: a job that "sat" until 9:00 names no day."""
_PART = r"(?:\s(?:early|late|morning|noon|afternoon|evening|night))?"
_NEXT = (
    r"(?:(?:the\s)?(?:next|following)\s(?:day|morning|afternoon|evening|night)|the day after"
    r"|a day later)"
)


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_NAME}{_PART}[\s,]{{1,2}}(?:(?:at|around|about|from)\s)?[~(]?$", re.IGNORECASE
    )


@cache
def _weekday_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s,(]{{1,2}}(?:on\s)?{_NAME}\b", re.IGNORECASE)


@cache
def _next_day_before() -> re.Pattern[str]:
    return re.compile(rf"\b{_NEXT}[\s,]{{1,2}}(?:(?:at|around|about)\s)?[~(]?$", re.IGNORECASE)


@cache
def _next_day_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s,(]{{1,3}}(?:on\s|of\s)?{_NEXT}\b", re.IGNORECASE)
