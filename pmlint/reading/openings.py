"""The time with which an entry of a timeline begins."""

from __future__ import annotations

import re
from functools import cache

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.clocks import Clock
from pmlint.reading.dates import WEEKDAYS
from pmlint.reading.memory import remembered
from pmlint.reading.moments import Moment, find_moments
from pmlint.reading.ranges import Range, ranges_of
from pmlint.standard import policy
from pmlint.standard.patterns import expression

WINDOW = 240
"""How many characters of an entry its time is looked for in."""
LABEL_WORDS = 5
"""The longest label that may stand before the time."""
RANGE_GAP = 32
"""The most characters between the two times of an entry's range."""


class Leading(NamedTuple):
    """The time with which an entry of a timeline begins."""

    start: int
    end: int
    moment: Moment | None
    """None for a relative time."""
    end_clock: Clock | None
    rest_start: int
    """Where the entry's own words begin."""
    relative: bool = False
    """``T+25m``, ``Day 2``, ``5 minutes later``."""
    at_start: bool = True
    """False where a label stands before the time."""


@remembered
def leading_time(text: str) -> Leading | None:
    """The time that opens the text, behind bullets, "At" and the like or a short label."""
    relative = _relative_start(text)
    if relative is not None:
        return relative
    return _leading_moment(text)


def _relative_start(text: str) -> Leading | None:
    start = _skip_marks(text, 0, plus=True)
    match = _relative().match(text, start) if _may_be_relative(text, start) else None
    if match is None:
        return None
    rest = _after_separators(text, match.end())
    if _clock_follows(text, rest):
        return None
    return Leading(start, match.end(), None, None, rest, relative=True)


def _may_be_relative(text: str, start: int) -> bool:
    """A cheap look that spares most texts the pattern."""
    head = text[start : start + 24].lower()
    return (
        head.startswith(
            ("+", "after ", "day", "hour", "minute", "step", "week", "t0", "t+", "t-", "t ")
        )
        or head[:2] in ("t−", "t–", "t±")
        or " later" in head
        or " after" in head
        or " prior" in head
        or " before" in head
        or " earlier" in head
    )


def _clock_follows(text: str, pos: int) -> bool:
    window = text[pos : pos + 60]
    moments = find_moments(window)
    return bool(moments) and not window[: moments[0].start].strip(" *_(~at")


def _leading_moment(text: str) -> Leading | None:
    window = _without_glued_number(text[:WINDOW])
    moments = find_moments(window)
    dotted = _dotted_start(window)
    if dotted is not None and (not moments or moments[0].start > dotted.start):
        moments = [dotted, *(moment for moment in moments if moment.start >= dotted.end)]
    if not moments:
        return None
    time = moments[0].start
    start = _skip_words(window, 0, time)
    if start == time:
        return _leading(text, window, moments, at_start=True)
    label = _LABEL.match(window, start)
    behind = _skip_words(window, label.end(), time) if label is not None else -1
    if label is not None and behind == time and len(label["words"].split()) <= LABEL_WORDS:
        return _leading(text, window, moments, at_start=False)
    if len(window[start:time].split()) <= LABEL_WORDS:
        found = _leading(text, window, moments, at_start=False)
        if not text[found.rest_start :].strip(" .)*_`"):
            return found
    return None


def _without_glued_number(text: str) -> str:
    """``10.12:30 PM``: the number of the entry is no part of the clock."""
    match = _GLUED.match(text)
    return text if match is None else " " * match.end() + text[match.end() :]


def _dotted_start(text: str) -> Moment | None:
    """``10.30 - text``, ``10h30: text``, ``1030 hrs - text``: elsewhere these are no clocks."""
    at = _skip_marks(text, 0)
    head = text[at : at + 3].lower()
    told = head[:1].isdigit() and (head.isdigit() or any(mark in head for mark in ".h:"))
    match = _DOTTED.match(text, at) if told else None
    if match is None:
        return None
    if match["mil"] and 1970 <= int(match["h"] + match["mil"]) <= 2059 and "h" not in match[0]:
        return None
    clock = Clock(
        int(match["h"]), int(match["m"] or match["mil"] or match["fm"] or match["cm"] or 0)
    )
    span = Span(match.start(), match.start() + len(match[0].rstrip(" :–—-")))
    return Moment(*span, clock=clock, style="24", clock_span=span)


def _leading(text: str, window: str, moments: list[Moment], *, at_start: bool) -> Leading:
    moment = moments[0]
    end, end_clock = moment.end, None
    found = next(ranges_of(window, moments[:8]), None)
    if found is not None and _is_time_of_entry(found, moment):
        end, end_clock = found.end, found.last.clock
        moment = found.first._replace(start=moment.start, end=moment.end)
    return Leading(
        moment.start, end, moment, end_clock, _after_separators(text, end), at_start=at_start
    )


def _is_time_of_entry(found: Range, moment: Moment) -> bool:
    """Not a start here and an end later in the sentence."""
    if found.first.start != moment.start or found.last.start - moment.end > RANGE_GAP:
        return False
    return found.last.clock is not None or moment.clock is None


def _skip_marks(text: str, pos: int, *, plus: bool = False) -> int:
    """Over bullets, brackets, emoji and spaces, up to a letter or digit."""
    while pos < len(text) and not text[pos].isalnum():
        if plus and text[pos] == "+" and text[pos + 1 : pos + 2].isdigit():
            break
        pos += 1
    return pos


def _skip_words(text: str, pos: int, limit: int) -> int:
    """Over marks, numbering, "At" and the like, at most to the time at ``limit``."""
    while True:
        pos = min(_skip_marks(text, pos), max(pos, limit))
        step = _before_time().match(text, pos) if pos < limit else None
        if step is None or step.end() > limit:
            return pos
        pos = step.end()


def _after_separators(text: str, pos: int) -> int:
    match = _SEPARATORS.match(text, pos)
    return pos if match is None else match.end()


_UNIT = r"(?:d|h|m|s|hrs?|mins?|secs?|days?|hours?|minutes?|seconds?)(?![a-z])"

_COUNT = (
    r"(?:\d+|an?|half\san|a\s(?:few|couple\sof)|few|some|several|another|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|fifteen|twenty|thirty|forty|forty[\s-]five)"
)
_LONG = r"(?:months?|weeks?|days?|hours?|hrs?|minutes?|mins?|moments?|seconds?)"


@cache
def _relative() -> re.Pattern[str]:
    counted = "|".join(policy.table("times")["openings"]["counted"])
    offset = r"[+\-−–±]\s?[~≈]?\s?"
    amount = rf"(?:\d+(?:[.:]\d+){{0,2}}|N|X)?\s?(?:{_UNIT}(?:\s?\d{{1,4}}m?)?)?"
    return re.compile(
        # T+25m, Day 1 - T+5:30, T0, T+0 to T+30m
        rf"(?:day\s\d{{1,3}}\s?[-–—,:]?\s*)?T\s?(?:{offset}{amount}|0(?!:?\d))(?!\w)"
        rf"(?:\s?(?:-|–|to|→)\s?T\s?{offset}{amount})?"
        # Day 2:
        rf"|(?P<counted>(?:{counted})\s\d{{1,4}}(?=\s*(?:[:)\]–—|-]|$)))"
        # +5 min
        rf"|\+\s?\d+(?::\d\d)*\s?(?:{_UNIT})?(?![\w/])"
        # 5 minutes later, ~10 days prior
        rf"|(?:about\s|around\s|roughly\s|exactly\s)?{_COUNT}\s{_LONG}"
        r"\s(?:later|after|afterwards|(?:prior|before|earlier)(?=\W{0,4}$|\s?[|:–—-]))\b"
        # After 10 minutes:
        rf"|after\s(?:about\s|around\s|another\s|roughly\s|nearly\s)?{_COUNT}\s{_LONG}\b(?!\s(?:of|from|at)\b)",
        re.IGNORECASE,
    )


_SEPARATORS = expression(r"[\s)\]*_`\"']*(?:(?:[:;,|=→>~–—-]|\.(?=\s|$))[\s)\]*_`\"']*){0,6}")


@cache
def _before_time() -> re.Pattern[str]:
    table = policy.table("times")["openings"]
    words = "|".join(table["words"])
    counted = "|".join(table["counted"])
    days = "|".join(f"{day}|{day[:3]}" for day in WEEKDAYS)
    return re.compile(
        rf"(?:(?:{words}|(?:{counted})\s\d{{1,3}}|{days})\b[\s.:,*_`~≈(\[–—-]*)"
        r"|(?:\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])\s+(?=\S)",
        re.IGNORECASE,
    )


_GLUED = expression(r"\W{0,4}\d{1,3}[.)](?=\d{1,2}:\d\d)")


_LABEL = expression(
    r"(?P<words>[^\W\d][^:(\[\n–—|]{0,60}?)(?:\s?[:(\[]|\s[–—|-](?=\s))[\s:(\[*_`~≈–—|-]*"
)


_DOTTED = expression(
    r"(?P<h>[01]?\d|2[0-3])(?:(?<=\d\d)\.(?P<m>[0-5]\d)(?=\s*[:–—-]\s|\s*hrs\b)"
    r"|:(?P<cm>[0-5]\d)\s?[Hh](?:(?:ou)?rs?|RS?|OURS?)\b(?!\s(?:of|later|after|before)\b)"
    r"|[hH](?P<fm>[0-5]\d)(?!\w)(?!\s?(?:later|after|of|min\w*|earlier|before)\b)"
    r"|[hH](?=\s*[:,–—|~-]\s)"
    r"|(?<=\d\d)(?P<mil>[0-5]\d)(?:\s?(?:hrs?|hours)\b(?=\s*[:–—-]\s|\s[a-zA-Z])|\s?[:–—-]\s))"
)
