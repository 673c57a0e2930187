"""The time with which an entry of a timeline begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pmlint.findings import Span
from pmlint.reading.clocks import Clock
from pmlint.reading.moments import Moment, find_moments
from pmlint.reading.ranges import Range, ranges_of


@dataclass(frozen=True, slots=True)
class Leading:
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


def leading_time(text: str) -> Leading | None:
    """The time that opens the text, behind bullets, "At" and the like or a short label."""
    relative = _relative_start(text)
    if relative is not None:
        return relative
    return _leading_moment(text)


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(
        r"(?:day\s\d{1,3}\s?[-–—,:]*\s*)?T\s?(?:[+\-−–±]\s?[~≈]?\s?(?:\d+(?:[.:]\d+){0,2}|N|X)?\s?"
        r"(?:(?:d|h|m|s|hrs?|mins?|secs?|days?|hours?|minutes?|seconds?)(?![a-z])\s?\d{0,4}m?)?|0(?![\d:]))"
        r"(?:\s?(?:-|–|to|→)\s?T\s?[+\-−]\s?[~≈]?\s?\d+(?:[.:]\d+)?\s?[a-z]*)?"
        r"|(?:day|hour|minute|week)\s\d{1,4}(?=\s*(?:[:)\]–—|-]|$))"
        r"|\+\s?\d+(?::\d\d)*\s?(?:h|m|s|hrs?|mins?|secs?|days?|hours?|minutes?|seconds?)?(?![\w/])"
        r"|[~≈]?(?:\d+|a few|few|several|one|two|three|five|ten)\s(?:days?|hours?|minutes?|mins?|seconds?)\s(?:later|after|afterwards)\b",
        re.IGNORECASE,
    )


@cache
def _separators() -> re.Pattern[str]:
    return re.compile(r"[\s)\]*_`\"']*(?:(?:[:;,|=→>~–—-]|\.(?=\s|$))[\s)\]*_`\"']*){0,6}")


@cache
def _before_time() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:at|around|on|by|approximately|approx\.?|about|roughly|circa|ca\.?|from|between|starting|as|of|after|before"
        r"|since|until|the|time|date|just|shortly|nearly|exactly|day\s\d{1,3}|step\s\d{1,3}|then|later|also"
        r"|mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
        r"\b[\s:,*_`~≈(\[–—-]*)",
        re.IGNORECASE,
    )


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(r"(?:\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])\s+(?=\S)", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        r"[^\W\d][^:(\[\n–—|]{0,60}?(?P<mark>\s?[:(\[]|\s[–—|-](?=\s))[\s:(\[*_`~≈–—|-]*"
    )


@cache
def _dotted_start() -> re.Pattern[str]:
    return re.compile(r"(?P<h>[01]\d|2[0-3])\.(?P<m>[0-5]\d)(?=\s*[:–—-]\s|\s*hrs\b)")


def _relative_start(text: str) -> Leading | None:
    start = _skip_marks(text, 0, plus=True)
    if (
        text[start : start + 1] not in ("T", "t", "D", "d", "H", "h", "M", "m", "W", "w", "+")
        and not text[start : start + 1].isalnum()
    ):
        return None
    match = _relative().match(text, start)
    if match is None:
        return None
    rest = _separators().match(text, match.end())
    assert rest is not None
    if match[0][:3].lower() in ("day", "hou", "min", "wee") and _clock_follows(text, rest.end()):
        return None
    return Leading(start, match.end(), None, None, rest.end(), relative=True)


def _clock_follows(text: str, pos: int) -> bool:
    moments = find_moments(text[pos : pos + 60])
    return bool(moments) and not text[pos : pos + moments[0].start].strip(" *_(~at")


def _skip_marks(text: str, pos: int, *, plus: bool = False) -> int:
    """Over bullets, brackets, emoji and spaces, up to a letter or digit."""
    while pos < len(text) and not text[pos].isalnum():
        if plus and text[pos] == "+" and text[pos + 1 : pos + 2].isdigit():
            break
        pos += 1
    return pos


def _leading_moment(text: str) -> Leading | None:
    window = text[:240]
    moments = find_moments(window)
    dotted = _dotted(window)
    if dotted is not None and (not moments or moments[0].start > dotted.start):
        moments = [dotted, *(moment for moment in moments if moment.start >= dotted.end)]
    if not moments:
        return None
    first = moments[0]
    start = _start_of_words(window, first.start)
    if start == first.start:
        return _leading(text, window, moments, at_start=True)
    label = _label().match(window, start)
    if label is not None and len(text[start : label.start("mark")].split()) <= 5:
        behind = _start_of_words(window, label.end(), within=first.start)
        if behind == first.start:
            return _leading(text, window, moments, at_start=False)
    if len(text[start : first.start].split()) <= 5:
        found = _leading(text, window, moments, at_start=False)
        if not text[found.rest_start :].strip(" .)*_`"):
            return found
    return None


def _dotted(text: str) -> Moment | None:
    start = _skip_marks(text, 0)
    match = _dotted_start().match(text, start)
    if match is None:
        return None
    clock = Clock(int(match["h"]), int(match["m"]))
    span = Span(match.start(), match.end())
    return Moment(span.start, span.end, clock=clock, style="24", clock_span=span)


def _start_of_words(text: str, target: int, within: int | None = None) -> int:
    """Over marks, numbering, "At" and the like, never beyond the time at ``target``."""
    pos = target if within is not None else 0
    limit = target if within is None else within
    while True:
        pos = _skip_marks(text, pos)
        if pos >= limit:
            return limit if pos == limit else pos
        step = _before_time().match(text, pos) or _numbering().match(text, pos)
        if step is None or step.end() > limit:
            return pos
        pos = step.end()


def _leading(text: str, window: str, moments: list[Moment], *, at_start: bool) -> Leading:
    moment = moments[0]
    end, end_clock = moment.end, None
    found = next(iter(ranges_of(window, moments[:8])), None)
    if found is not None and found.first is not None and _opens_range(found, moment, window):
        end = found.end
        end_clock = found.last.clock if found.last is not None else None
        moment = replace(found.first, start=moment.start, end=moment.end)
    rest = _separators().match(text, end)
    assert rest is not None
    return Leading(moment.start, end, moment, end_clock, rest.end(), at_start=at_start)


def _opens_range(found: Range, moment: Moment, text: str) -> bool:
    """The range is the entry's time, not a start here and an end later in the sentence."""
    if found.first is None or found.last is None or found.first.start != moment.start:
        return False
    gap = text[moment.end : found.last.start]
    return len(gap) <= 32 and (found.last.clock is not None or moment.clock is None)
