"""Both ends of the incident in one range, and the windows that go on with it."""

import re
from collections.abc import Sequence
from functools import cache

from pmlint.reading.times import Moment, Range, find_moments
from pmlint.standard.patterns import expression
from pmlint.statements.toldcues import CLAUSE


def clocks(*moments: Moment) -> int:
    """How many of the moments have a time of day."""
    return sum(moment.clock is not None for moment in moments)


def last_window(prose: str, ranges: Sequence[Range], found: Range) -> Moment:
    """The end of ``9:00 to 10:00 and again from 10:30 to 11:00``: that of the last window."""
    end, last = found.end, found.last
    for each in ranges:
        if each.start < end:
            continue
        gap = prose[end : each.start]
        if clocks(each.first, each.last) < 2 or _AGAIN.fullmatch(gap) is None:
            break
        if not _follows(last, each.first) or not _follows(each.first, each.last):
            break
        end, last = each.end, each.last._replace(date=each.last.date or last.date)
    return last


def _follows(before: Moment, after: Moment) -> bool:
    """The second is no earlier, on the same day where it names none; in the same zone."""
    if before.clock is None or after.clock is None:
        return False
    if before.zone and after.zone and before.zone.key != after.zone.key:
        return False
    if before.date and after.date and before.date != after.date:
        return before.date[1:] < after.date[1:]
    return before.clock.seconds <= after.clock.seconds


_AGAIN = expression(
    r"[\s,;.&*•()–—-]*(?:(?:and|then|again|once|more|also|as|well|later|from|between|on|plus"
    r"|a|second|time|window|period|the|followed|by)\b[\s,;:*•()–—-]*){0,8}",
    re.IGNORECASE,
)
"""Between two windows of one incident."""


def begun(prose: str, found: Range) -> Moment | None:
    """``Started 10:00, detected 10:10, resolved 11:00``: the range began before."""
    for moment in find_moments(prose[: found.first.start]):
        before = prose[max(0, moment.start - CLAUSE) : moment.start]
        if moment.clock is not None and _BEGINNING.search(before):
            return moment._replace(date=moment.date or found.first.date)
    return None


_BEGINNING = expression(
    r"\b(?:start(?:ed|s|ing)?|began|begun|begins?|onset)\b\W{0,3}(?:at\s)?$", re.IGNORECASE
)


@cache
def habitual() -> re.Pattern[str]:
    """``runs daily from 2:00 to 4:00``, ``our hours are 9:00 to 17:00``: every day, not then."""
    return re.compile(
        r"\b(?:daily|nightly|weekly|weekdays|usually|normally|always|typically|every \w+|each \w+"
        r"|(?:office|business|opening|working|support|trading|service|store|shop|school|operating"
        r"|provider) hours|working day|(?:is|are) (?:open|staffed|manned))\b"
        r"(?:\W+(?:are|is|runs?|run|open|of|from|between|at|and|the|until)){0,3}\W*$",
        re.IGNORECASE,
    )


def of_something_else(prose: str, moment: Moment) -> bool:
    """``the snapshot of 4:00``, ``the deadline at 15:00``: when a copy was made, what was due."""
    before = prose[max(0, moment.start - CLAUSE) : moment.start]
    return _BACKUP.search(before) is not None or (
        moment.clock is not None
        and (
            _DEADLINE_BEFORE.search(before) is not None
            or _DEADLINE_BEHIND.match(prose, moment.end) is not None
        )
    )


_BACKUP = expression(
    r"\b(?:back-?ups?|snapshots?|dumps?)\s(?:(?:made|taken|created|dated)\s)?"
    r"(?:of|from|dated|taken at|made at|as of)\W{1,3}$",
    re.IGNORECASE,
)


_DEADLINE_BEFORE = expression(
    r"\b(?:deadline|cut-?off(?: time)?|due(?: time| date)?)\s"
    r"(?:(?:at|of|by|on|is|was)\s)?\W{0,2}$",
    re.IGNORECASE,
)


_DEADLINE_BEHIND = expression(r"\s(?:\w+\s)?(?:deadline|cut-?off)\b", re.IGNORECASE)


@cache
def rescheduled() -> re.Pattern[str]:
    """``we changed the start of the sale from 12:00 to 14:00``: what was set anew."""
    return re.compile(
        r"\b(?:changed|moved|shifted|postponed|rescheduled|delayed|brought forward|pushed back"
        r"|altered)\b"
        r"[^.;,]{0,50}\bfrom\W*$",
        re.IGNORECASE,
    )
