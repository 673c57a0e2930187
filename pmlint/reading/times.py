"""Times in prose: dates, clocks, moments, ranges, and the time that opens an entry.

Every function takes plain text and gives offsets into it. Nothing is guessed from
outside the text: a moment holds what its words say.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from pmlint import policy
from pmlint.findings import Span
from pmlint.reading.zones import Zone, zone_after

Style = Literal["12", "24"]
Fault = Literal["24-hour with PM", "unreadable"]

HOURS_TO_NEXT_DAY = 12
"""An end that is earlier than its start is on the next day if that makes it shorter than this."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Date(NamedTuple):
    """A day as stated; the year may be left open."""

    year: int | None
    month: int
    day: int

    def __str__(self) -> str:
        """``2024-06-18``, or ``06-18`` without a year."""
        day = f"{self.month:02}-{self.day:02}"
        return day if self.year is None else f"{self.year:04}-{day}"

    def next(self) -> Date:
        """The day after. Without a year February has 28 days, or 29 if it says so."""
        year = 2023 if self.year is None else self.year
        if self.day < monthrange(year, self.month)[1]:
            return self._replace(day=self.day + 1)
        if self.month < 12:
            return Date(self.year, self.month + 1, 1)
        return Date(None if self.year is None else self.year + 1, 1, 1)

    def previous(self) -> Date:
        """The day before, with the same reading of February."""
        if self.day > 1:
            return self._replace(day=self.day - 1)
        year = None if self.year is None else self.year - (self.month == 1)
        month = self.month - 1 or 12
        return Date(year, month, monthrange(2023 if year is None else year, month)[1])


class Clock(NamedTuple):
    """A time of day, 00:00 to 23:59:59; 24:00 is the end of the day."""

    hour: int
    minute: int
    second: int | None = None

    def __str__(self) -> str:
        """``15:00``, or ``15:00:30`` where the seconds are told."""
        text = f"{self.hour:02}:{self.minute:02}"
        return text if self.second is None else f"{text}:{self.second:02}"

    @property
    def minutes(self) -> float:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute + (self.second or 0) / 60

    @property
    def seconds(self) -> int:
        """Seconds since midnight."""
        return self.hour * 3600 + self.minute * 60 + (self.second or 0)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a clock or both, standing together."""

    start: int
    end: int
    date: Date | None = None
    clock: Clock | None = None
    zone: Zone | None = None
    approximate: bool = False
    style: Style | None = None
    """None where the clock could be either, such as ``9:00``."""
    fault: Fault | None = None
    weekday: str | None = None
    """The English name of the day, in full."""
    weekday_span: Span | None = None
    ambiguous_date: bool = False
    """Day and month could be exchanged; the day is read first."""
    date_span: Span | None = None
    clock_span: Span | None = None
    open_end: bool = False
    """``18:00+``, ``02:50 onwards``."""
    alternate: tuple[tuple[Clock, Zone], ...] = ()
    """The same moment told in further zones."""


@dataclass(frozen=True, slots=True)
class Range:
    """From one moment to another. What is given once is shared by both."""

    start: int
    end: int
    first: Moment | None
    last: Moment | None
    zone: Zone | None
    own_end_date: bool = False
    """The end states its date itself, it is not taken over from the start."""
    next_day: bool = False
    """The words say that it ended on the day after it began."""


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


def find_moments(text: str) -> list[Moment]:
    """Every date and clock of the text, joined where they stand together, in order."""
    return _moments(text) if _may_hold_time(text) else []


def find_ranges(text: str) -> list[Range]:
    """Every range of times or days, in order, with what is told once given to both ends."""
    return list(_ranges(text, _moments(text))) if _may_hold_time(text) else []


def leading_time(text: str) -> Leading | None:
    """The time that opens the text, behind bullets, "At" and the like or a short label."""
    relative = _relative_start(text)
    if relative is not None:
        return relative
    if not _may_hold_time(text):
        return None
    return _leading_moment(text)


def _may_hold_time(text: str) -> bool:
    if any(digit in text for digit in "0123456789"):
        return True
    lower = text.lower()
    return "noon" in lower or "midnight" in lower or "midday" in lower


# -- dates -------------------------------------------------------------------


class _Day(NamedTuple):
    """A date found in the text."""

    start: int
    end: int
    date: Date
    ambiguous: bool = False
    part: Literal["", "first", "last"] = ""
    """Which end of ``18-19 August`` it is."""
    weekday: str | None = None
    weekday_span: Span | None = None


@cache
def _year_first() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w./-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
        r"(?:(?=[T_ ]?\d\d:)|(?![\w/-]|\.\d))(?P<next>\+1\b)?"
    )


@cache
def _year_last() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[-/.]|,\s?)(?P<b>\d{1,2})(?P=sep)"
        r"(?P<y>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
    )


@cache
def _month() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z])(jan(?:uary)?|feb(?:ruary|uary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
        r"|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![A-Za-z])",
        re.IGNORECASE,
    )


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINAL = r"(?:\s?(?P<ord>st|nd|rd|th)\b)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d|:\d|\s?(?:hrs?|hours|h)\b)"


@cache
def _day_after_month() -> re.Pattern[str]:
    return re.compile(
        rf"\.?[\s,/-]{{0,3}}(?:the\s)?(?P<d>\d{{1,2}}){_ORDINAL}(?![\w%]|[:.]\d|:[AaPp]|\s?[ap]\.?m\b)",
        re.IGNORECASE,
    )


@cache
def _day_before_month() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w:.$])(?P<d>\d{{1,2}}){_ORDINAL}(?P<dot>\.?)[\s,/-]{{0,3}}(?:of\s+)?$", re.IGNORECASE
    )


@cache
def _year_after() -> re.Pattern[str]:
    return re.compile(rf"(?:\s?,\s?|[\s./-]{{1,3}})(?:of\s)?(?:{_YEAR}|['’](?P<yy>\d\d)\b)|(?<=-){_YEAR.replace('y>', 'z>')}")


@cache
def _year_before_month() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,-])(?P<y>(?:19|20)\d\d)[\s,/-]{1,2}$")


@cache
def _further_day() -> re.Pattern[str]:
    return re.compile(
        rf"\s?(?:-|–|—|/|to|through|thru|until|and|&)\s?(?:the\s)?(?P<d>\d{{1,2}}){_ORDINAL}"
        r"(?=\s?[,)\];]?(?:\s|$)|\.(?:\s|$)|[)\]])(?!\s?[ap]\.?m\b|\s?(?:-|–|to)\s?\d|\s[a-z]+s\b)",
        re.IGNORECASE,
    )


@cache
def _earlier_day() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w:.$-])(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:-|–|—|to|through|thru|until|and|&)\s?(?:the\s)?$",
        re.IGNORECASE,
    )


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z])(?P<w>mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?"
        r"(?:,\s?|\s)(?:the\s)?$",
        re.IGNORECASE,
    )


@cache
def _weekday_after() -> re.Pattern[str]:
    return re.compile(
        r"\s?(?:\((?P<p>mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\)"
        r"|,\s(?P<w>mon|tues|wednes|thurs|fri|satur|sun)day\b)",
        re.IGNORECASE,
    )


def _days(text: str) -> list[_Day]:
    found = [*_numeric_days(text), *_worded_days(text)]
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[_Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(_with_weekday(text, day))
    return kept


def _numeric_days(text: str) -> Iterator[_Day]:
    for match in _year_first().finditer(text):
        if match["sep"] == "." and len(match["m"]) + len(match["d"]) < 4:
            continue
        date = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        if date is not None:
            yield _Day(match.start(), match.end(), date.next() if match["next"] else date)
    for match in _year_last().finditer(text):
        day = _day_or_month_first(match)
        if day is not None:
            yield day


def _day_or_month_first(match: re.Match[str]) -> _Day | None:
    """The day is read first wherever it can be; the reader is told where it is not certain."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == 2:
        if match["sep"] != "/":
            return None
        year += 2000
    date = _date(year, b, a) or _date(year, a, b)
    if date is None:
        return None
    ambiguous = a != b and a <= 12 and b <= 12
    return _Day(match.start(), match.end(), date, ambiguous)


def _date(year: int | None, month: int, day: int) -> Date | None:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return Date(year, month, day) if day <= monthrange(year or 2024, month)[1] else None


def _worded_days(text: str) -> Iterator[_Day]:
    for month in _month().finditer(text):
        yield from _days_around(text, month)


def _days_around(text: str, month: re.Match[str]) -> Iterator[_Day]:
    number = _MONTHS.index(month[1][:3].lower()) + 1
    window = max(0, month.start() - 16)
    before = _day_before_month().search(text[window : month.start()])
    after = _day_after_month().match(text, month.end())
    if before and after and (before["dot"] or _year_after().match(text, after.end())):
        before = None
    word = month[1] in ("may", "march", "mar")
    if before is not None:
        yield from _day_first(text, month, number, window, before, word=word)
    elif after is not None:
        yield from _month_first(text, month, number, after, word=word)


def _day_first(
    text: str,
    month: re.Match[str],
    number: int,
    window: int,
    before: re.Match[str],
    *,
    word: bool,
) -> Iterator[_Day]:
    year, end = _stated_year(text, month.end())
    if (word and year is None and before["ord"] is None) or (before["dot"] and year is None):
        return
    date = _date(year, number, int(before["d"]))
    if date is None:
        return
    start = window + before.start()
    earlier_window = max(0, start - 12)
    earlier = _earlier_day().search(text[earlier_window:start])
    first = _date(year, number, int(earlier["d"])) if earlier else None
    if earlier is not None and first is not None and first.day < date.day:
        at = earlier_window + earlier.start()
        yield _Day(at, at + len(earlier["d"]), first, part="first")
        yield _Day(start, end, date, part="last")
    else:
        yield _Day(start, end, date)


def _month_first(
    text: str, month: re.Match[str], number: int, after: re.Match[str], *, word: bool
) -> Iterator[_Day]:
    further = _further_day().match(text, after.end())
    if further is not None and int(further["d"]) <= int(after["d"]):
        further = None
    year, end = _stated_year(text, (further or after).end())
    start = month.start()
    if year is None:
        leading = _year_before_month().search(text[max(0, start - 8) : start])
        if leading is not None:
            year = int(leading["y"])
            start = max(0, start - 8) + leading.start()
    if word and year is None and after["ord"] is None:
        return
    first = _date(year, number, int(after["d"]))
    if first is None:
        return
    last = _date(year, number, int(further["d"])) if further else None
    if further is None or last is None:
        yield _Day(start, end if further is None else after.end(), first)
        return
    yield _Day(start, after.end(), first, part="first")
    yield _Day(further.start("d"), end, last, part="last")


def _stated_year(text: str, pos: int) -> tuple[int | None, int]:
    match = _year_after().match(text, pos)
    if match is None:
        return None, pos
    if match["yy"]:
        return 2000 + int(match["yy"]), match.end()
    return int(match["y"] or match["z"]), match.end()


def _with_weekday(text: str, day: _Day) -> _Day:
    window = max(0, day.start - 16)
    before = _weekday_before().search(text[window : day.start])
    if before is not None:
        span = Span(window + before.start(), window + before.end())
        name = _weekday(before["w"])
        word = text[span.start : span.end].rstrip(", .")
        if word.endswith(" the"):
            word = word[:-4].rstrip(", ")
        return day._replace(
            start=span.start, weekday=name, weekday_span=Span(span.start, span.start + len(word))
        )
    after = _weekday_after().match(text, day.end)
    if after is not None:
        group = "p" if after["p"] else "w"
        at = after.start(group)
        end = after.end() - (group == "p")
        return day._replace(end=after.end(), weekday=_weekday(after[group]), weekday_span=Span(at, end))
    return day


def _weekday(word: str) -> str:
    return next(name for name in WEEKDAYS if name.lower().startswith(word.lower()[:3]))


# -- clocks ------------------------------------------------------------------


class _Hour(NamedTuple):
    """A clock found in the text."""

    start: int
    end: int
    clock: Clock | None
    clock_end: int
    """Where the clock ends and what belongs to it begins."""
    zone: Zone | None = None
    style: Style | None = None
    fault: Fault | None = None
    open_end: bool = False
    sure: bool = True
    """False where only a date beside it makes it a time of day."""
    bare: bool = False
    """The hour of ``3 to 5 PM`` that borrows the other's half of the day."""


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![\w:.$€£#+/])(?<!\d,)|(?<=\d[Tt])|(?<=\d_))"
        r"(?:(?P<h>\d{1,2})(?:"
        r"(?P<sep>[:.])(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?"
        r"|:?(?=\s?[apAP]\.?\s?[mM]\b)"
        r"|(?P<oclock>\s?o['’]clock\b)"
        r"|(?=\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)\b)"
        r"|[hH](?P<fm>[0-5]\d)\b"
        r"|(?P<bare>)(?=\s?(?:-|–|—|to|and|till|until)\s?(?:1[0-2]|0?[1-9])(?::[0-5]\d)?\s?[apAP]\.?[mM]\b)"
        r")|(?P<mil>[0-2]\d[0-5]\d)(?=\s?(?:hrs?|hours?|h)\b|\s?\(?[A-Z]))"
        r"(?!\d|:\d|\.\d)"
        r"(?:\s?(?P<ap>[apAP])(?:\.\s?[mM]\b\.?|[mM]\b))?"
        r"(?P<garbled>\s[mM]\b(?!\w|['’]))?"
        r"(?P<hrs>\s?(?:[hH][rR][sS]?|[hH]ours?|[hH])\b)?"
        r"(?:\s?(?P<word>noon|midnight|midday)\b)?"
        r"(?:\s(?:in\sthe|at)\s(?P<part>morning|afternoon|evening|night)\b)?"
    )


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?P<twelve>12\s)?(?P<word>noon|midday|midnight)(?![\w-])", re.IGNORECASE)


@cache
def _preposition() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![A-Za-z])(?:at|around|about|approximately|approx\.?|roughly|by|until|till|til|from|since"
        r"|between|before|after|to|and|circa|ca\.?|past)\s+(?:the hours of )?|[@~≈]\s?)$",
        re.IGNORECASE,
    )


@cache
def _length_before() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:last(?:ed|ing|s)?|for|total|took|duration|of|within|every|in)\b[\s:]*(?:a|about|approximately|roughly|of|was|is|~|around|\s){0,6}$",
        re.IGNORECASE,
    )


@cache
def _unit_after() -> re.Pattern[str]:
    return re.compile(r"\s?(?:min(?:ute)?s?|sec(?:ond)?s?|m?s|ratio|aspect)\b|%|°", re.IGNORECASE)


def _hours(text: str, days: list[_Day]) -> list[_Hour]:
    spans = [(day.start, day.end) for day in days]
    found: list[_Hour] = []
    limit = 0
    for match in _digits().finditer(text):
        if match.start() < limit or any(
            start < match.end() and match.start() < end for start, end in spans
        ):
            continue
        hour = _hour(text, match, limit)
        if hour is not None:
            found.append(hour)
            limit = hour.end
    lower = text.lower()
    if "noon" in lower or "midnight" in lower or "midday" in lower:
        found.extend(_worded_hours(text, found))
        found.sort()
    return found


def _worded_hours(text: str, found: list[_Hour]) -> list[_Hour]:
    hours = []
    for match in _words().finditer(text):
        if any(hour.start < match.end() and match.start() < hour.end for hour in found):
            continue
        clock = Clock(0 if match["word"].lower() == "midnight" else 12, 0)
        before = text[max(0, match.start() - 24) : match.start()]
        hour = _finished(text, match.start(), match.end(), clock)
        sure = bool(match["twelve"] or hour.zone or _preposition().search(before))
        if sure or not before.strip(" *-"):
            hours.append(hour)
        else:
            hours.append(hour._replace(sure=False))
    return hours


def _hour(text: str, match: re.Match[str], limit: int) -> _Hour | None:
    start, end = match.start(), match.end()
    if _follows_word_dash(text, start, limit):
        return None
    before = text[max(0, start - 24) : start]
    announced = _preposition().search(before) is not None
    if match["mil"] is not None:
        return _military(text, match, announced=announced)
    if match["hrs"] and not match["ap"] and _is_length(match, before, announced=announced):
        return None
    if _unit_after().match(text, end):
        return None
    hour, minute = int(match["h"]), int(match["m"] or match["fm"] or 0)
    second = None if match["s"] is None else int(match["s"])
    half = _half(match, hour)
    clock, style, fault = _read(hour, minute, second, half, led=match["h"][0] == "0")
    if match["word"]:
        clock = Clock(0, 0) if match["word"] == "midnight" else Clock(12, 0)
        style, fault = "12", None
    found = _finished(text, start, end, clock)._replace(
        style=style, fault=fault, bare=match["bare"] is not None
    )
    if found.end == end and text[end : end + 1].isalpha():
        return None
    if not _evident(text, match, found, announced=announced):
        return None
    marked = bool(half or match["hrs"] or found.zone or announced)
    if fault == "unreadable" and (hour > 29 or not marked) and not (half or found.zone):
        return found._replace(sure=False) if hour <= 29 else None
    return found


def _follows_word_dash(text: str, start: int, limit: int) -> bool:
    """``UTC-05:00`` and ``node-10:30`` are no clocks; ``2PM-3PM`` and ``10:00 UTC-11:00`` are."""
    return (
        start > 1
        and text[start - 1] in "-–−"
        and text[start - 2].isalpha()
        and (limit == 0 or limit != start - 1)
    )


def _is_length(match: re.Match[str], before: str, *, announced: bool) -> bool:
    """``2:30 hours`` and ``3h30`` tell how long; ``14:00 hours`` tells when."""
    if match["sep"] == "." or match["fm"] is not None:
        return not announced
    if match["sep"] is None:
        return True
    return len(match["h"]) == 1 and not announced or _length_before().search(before) is not None


def _evident(text: str, match: re.Match[str], found: _Hour, *, announced: bool) -> bool:
    """A dotted or French clock needs something beside it that makes it a time."""
    if match["oclock"] or match["bare"] is not None or match["part"]:
        return True
    if match["sep"] == ".":
        if match["ap"] or match["hrs"] or found.zone:
            return found.clock is not None or match["ap"] is not None
        ends = _dotted_end().match(text, found.end) is not None
        return announced and ends and len(match["h"]) == 2 and found.clock is not None
    if match["fm"] is not None:
        return found.clock is not None and (announced or found.zone is not None)
    return True


@cache
def _dotted_end() -> re.Pattern[str]:
    return re.compile(r"\s*(?:$|[,;:)–—-]|\.(?:\s|$)|(?:on|and|to|until|till)\b)")


def _half(match: re.Match[str], hour: int) -> str | None:
    """``a`` or ``p``, from am/pm or from the part of the day."""
    if match["ap"]:
        return match["ap"].lower()
    part = match["part"]
    if part is None or hour > 12:
        return None
    if part == "night":
        return "p" if 6 <= hour < 12 else "a"
    return "a" if part == "morning" else "p"


def _read(
    hour: int, minute: int, second: int | None, half: str | None, *, led: bool
) -> tuple[Clock | None, Style | None, Fault | None]:
    style: Style | None = "12" if half else "24" if led or hour > 12 or hour == 0 else None
    if minute > 59 or (second or 0) > 59:
        return None, style, "unreadable"
    if half is None:
        if hour < 24 or (hour == 24 and not minute and not second):
            return Clock(hour, minute, second), style, None
        return None, style, "unreadable"
    if hour > 12:
        if half == "p" and hour < 24:
            return Clock(hour, minute, second), style, "24-hour with PM"
        return None, style, "unreadable"
    if hour == 0 and half == "p":
        return None, style, "unreadable"
    return Clock(hour % 12 + (12 if half == "p" else 0), minute, second), style, None


@cache
def _at_hours() -> re.Pattern[str]:
    return re.compile(r"\s?[hH]ours?$|\s[hH]")


def _military(text: str, match: re.Match[str], *, announced: bool) -> _Hour | None:
    """``2100hrs``, ``0930 UTC``; but not ``2000 hours`` nor a year."""
    digits = match["mil"]
    hour, minute = int(digits[:2]), int(digits[2:])
    if hour > 24 or (hour == 24 and minute):
        return None
    found = _finished(text, match.start(), match.end(), Clock(hour, minute))._replace(style="24")
    if match["hrs"]:
        spelt = _at_hours().search(match["hrs"]) is not None
        if spelt and not (announced or found.zone or digits[0] == "0"):
            return None
        return found
    if found.zone is None or (text[match.end() : match.end() + 1] == "Z") is False and _year_like(digits, announced):
        return None
    return found


def _year_like(digits: str, announced: bool) -> bool:
    return 1970 <= int(digits) <= 2059 and not announced


@cache
def _onwards() -> re.Pattern[str]:
    return re.compile(r"\s?(?:onwards?|and later|\+(?=[\s,;)]|$))")


def _finished(text: str, start: int, end: int, clock: Clock | None) -> _Hour:
    """With zone, closing parenthesis and open end, where they follow."""
    clock_end = end
    open_end = text[end : end + 1] == "+" and text[end + 1 : end + 2] in ("", " ", ",", ";", ")")
    if open_end:
        end += 1
    zone = zone_after(text, end)
    if zone is not None:
        enclosed = "(" in text[end : zone.start] or "[" in text[end : zone.start]
        end = zone.end
        if enclosed and text[end : end + 1] in (")", "]"):
            end += 1
    onwards = _onwards().match(text, end)
    if onwards is not None:
        open_end, end = True, onwards.end()
    return _Hour(start, end, clock, clock_end, zone, open_end=open_end)


# -- moments -----------------------------------------------------------------

_APART = r"[\s,*_`|]*"


@cache
def _date_to_clock() -> re.Pattern[str]:
    return re.compile(
        r"[\s,:;*_`|@()\[\]T–—~≈-]*"
        r"(?:(?:at|from|around|about|approximately|approx\.?|roughly|between|starting|on|the|time|by|in|hours of"
        r"|circa|ca\.?|shortly|after|before|just|since|started|beginning|until|till)\b[\s,:*@~≈(-]*){0,4}",
        re.IGNORECASE,
    )


@cache
def _clock_to_date() -> re.Pattern[str]:
    return re.compile(
        r"[\s,*_`]*(?P<strong>\(\s?|(?:(?:on|of|in|the|time)\s+){1,3})?[\s*_`]*", re.IGNORECASE
    )


@cache
def _unsure_before() -> re.Pattern[str]:
    words = sorted(policy.table("times")["approximate"], key=len, reverse=True)
    alternatives = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?:[~≈∼][\s*_`]*|(?<![A-Za-z])(?:{alternatives})\b\.?[\s:~*_`]*(?:at|on|the|from)?[\s*_`]*)$", re.IGNORECASE
    )


def _moments(text: str) -> list[Moment]:
    days = _days(text)
    hours = _hours(text, days)
    pieces: list[_Day | _Hour] = sorted([*days, *hours], key=lambda piece: piece.start)
    return _with_alternates(text, list(_joined(text, pieces)))


def _joined(text: str, pieces: list[_Day | _Hour]) -> Iterator[Moment]:
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if isinstance(piece, _Day):
            if isinstance(following, _Hour) and _clock_belongs(text, piece, following):
                yield _moment(text, piece, following)
                at += 2
                continue
            yield _moment(text, piece, None)
        elif isinstance(following, _Day) and _date_belongs(text, pieces, at):
            yield _moment(text, following, piece)
            at += 2
            continue
        elif piece.sure or _opens(text, piece.start):
            yield _moment(text, None, piece)
        at += 1


def _opens(text: str, start: int) -> bool:
    return not any(char.isalnum() for char in text[max(0, start - 12) : start]) and start < 12


def _clock_belongs(text: str, day: _Day, hour: _Hour) -> bool:
    """The clock behind a date tells the time of that day."""
    if day.part or hour.start - day.end > 40:
        return False
    gap = text[day.end : hour.start]
    return _date_to_clock().fullmatch(gap) is not None and "\n\n" not in gap


def _date_belongs(text: str, pieces: list[_Day | _Hour], at: int) -> bool:
    """The date behind a clock is that clock's, not the next clock's."""
    hour, day = pieces[at], pieces[at + 1]
    if not isinstance(hour, _Hour) or not isinstance(day, _Day) or day.part == "first":
        return False
    if day.start - hour.end > 20:
        return False
    gap = _clock_to_date().fullmatch(text[hour.end : day.start])
    if gap is None:
        return False
    if gap["strong"] or at + 2 >= len(pieces):
        return True
    after = pieces[at + 2]
    return not (isinstance(after, _Hour) and _clock_belongs(text, day, after))


def _moment(text: str, day: _Day | None, hour: _Hour | None) -> Moment:
    pieces = [piece for piece in (day, hour) if piece is not None]
    start = min(piece.start for piece in pieces)
    end = max(piece.end for piece in pieces)
    zone = hour.zone if hour is not None else None
    if day is not None and hour is not None and day.start > hour.start:
        end = _close(text, hour.end, day.start, end)
        if zone is None:
            zone = zone_after(text, end)
            if zone is not None:
                end = _close(text, end, zone.start, zone.end)
    unsure = any(
        _unsure_before().search(text[max(0, piece.start - 28) : piece.start]) for piece in pieces
    )
    return Moment(
        start,
        end,
        date=day.date if day else None,
        clock=hour.clock if hour else None,
        zone=zone,
        approximate=unsure or (hour is not None and text[hour.clock_end : hour.clock_end + 3] == "ish"),
        style=hour.style if hour else None,
        fault=hour.fault if hour else None,
        weekday=day.weekday if day else None,
        weekday_span=day.weekday_span if day else None,
        ambiguous_date=day.ambiguous if day else False,
        date_span=Span(day.start, day.end) if day else None,
        clock_span=Span(hour.start, hour.clock_end) if hour else None,
        open_end=hour.open_end if hour else False,
    )


def _close(text: str, opened_from: int, opened_to: int, end: int) -> int:
    """``end`` moved over the parenthesis that was opened before."""
    if "(" in text[opened_from:opened_to] and text[end : end + 1] == ")":
        return end + 1
    return end


@cache
def _same_moment() -> re.Pattern[str]:
    return re.compile(r"\s?(?:[/|=]|,? or)\s?|\s?\(\s?=?\s?", re.IGNORECASE)


def _with_alternates(text: str, moments: list[Moment]) -> list[Moment]:
    """``00:33 UTC / 17:33 PDT`` is one moment told twice."""
    kept: list[Moment] = []
    for moment in moments:
        previous = kept[-1] if kept else None
        if previous is not None and _tells_again(text, previous, moment):
            assert moment.clock is not None
            assert moment.zone is not None
            end = _close(text, previous.end, moment.start, moment.end)
            alternate = (*previous.alternate, (moment.clock, moment.zone))
            kept[-1] = replace(previous, end=end, alternate=alternate)
        else:
            kept.append(moment)
    return kept


def _tells_again(text: str, previous: Moment, moment: Moment) -> bool:
    if not (previous.clock and previous.zone and moment.clock and moment.zone):
        return False
    if previous.zone.key == moment.zone.key:
        return False
    gap = text[previous.end : moment.start]
    if _same_moment().fullmatch(gap) is None:
        return False
    return "(" not in gap or text[moment.end : moment.end + 1] == ")"


# -- ranges ------------------------------------------------------------------

_CONNECTORS = frozenset(("-", "–", "—", "~", "→", "⟶", "〜", "∼", "to", "till", "until", "til", "through", "thru", ">"))


@cache
def _range_words() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    table = policy.table("times")
    starts = "|".join(map(re.escape, sorted(table["starts"], key=len, reverse=True)))
    ends = "|".join(map(re.escape, sorted(table["ends"], key=len, reverse=True)))
    return (
        frozenset(table["filler"]),
        re.compile(rf"\b(?:{starts})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{ends})\b(?P<rest>[^.;]{{0,40}})$", re.IGNORECASE),
    )


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(r"[a-z]+|[^\sa-z*_`]")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\bbetween\b[^.;]{0,40}$", re.IGNORECASE)


@cache
def _sentence_break() -> re.Pattern[str]:
    return re.compile(r"[.;!?]\s+(?=[A-Z])|\n\s*\n")


@cache
def _other_day() -> re.Pattern[str]:
    return re.compile(
        r"[\s,(]*(?:on\s)?(?:the\s)?(?P<which>same|following|next)\s(?:calendar\s)?(?:day|morning|afternoon|evening|night)\b\s?\)?",
        re.IGNORECASE,
    )


def _ranges(text: str, moments: list[Moment]) -> Iterator[Range]:
    at = 0
    while at + 1 < len(moments):
        first, last = moments[at], moments[at + 1]
        if not _connected(text, first, last):
            at += 1
            continue
        at += 2
        span_start, span_end = first.start, last.end
        dates: tuple[Moment, Moment] | None = None
        if first.clock is not None and first.date is None and last.date is None:
            dates = _days_before(text, moments, at - 2)
            if dates is not None:
                span_start = dates[0].start
        span_end, at = _skip_second_rendering(text, moments, at, span_end, last)
        if dates is None and first.date is None and last.date is None:
            dates, span_end, at = _days_behind(text, moments, at, span_end)
        if _begins_clock_range(text, moments, at, last):
            continue
        yield _shared(text, first, last, dates, Span(span_start, span_end))


def _begins_clock_range(text: str, moments: list[Moment], at: int, last: Moment) -> bool:
    """``August 18-19, 23:15-02:43``: the days belong to the range of clocks behind them."""
    return (
        last.clock is None
        and at + 1 < len(moments)
        and moments[at].clock is not None
        and moments[at].date is None
        and _date_to_clock().fullmatch(text[last.end : moments[at].start]) is not None
        and _connected(text, moments[at], moments[at + 1])
    )


def _days_before(text: str, moments: list[Moment], at: int) -> tuple[Moment, Moment] | None:
    if at < 2:
        return None
    first, last = moments[at - 2], moments[at - 1]
    if first.clock or last.clock or not _connected(text, first, last):
        return None
    if _date_to_clock().fullmatch(text[last.end : moments[at].start]) is None:
        return None
    return first, last


def _days_behind(
    text: str, moments: list[Moment], at: int, end: int
) -> tuple[tuple[Moment, Moment] | None, int, int]:
    if at >= len(moments) or moments[at].clock is not None:
        return None, end, at
    gap = text[end : moments[at].start]
    if _clock_to_date().fullmatch(gap) is None:
        return None, end, at
    first = last = moments[at]
    at += 1
    if at < len(moments) and moments[at].clock is None and _connected(text, first, moments[at]):
        last = moments[at]
        at += 1
    return (first, last), _close(text, end, first.start, last.end), at


def _skip_second_rendering(
    text: str, moments: list[Moment], at: int, end: int, last: Moment
) -> tuple[int, int]:
    """``23:15-02:43 UTC / 16:15-19:43 PDT``: the second tells the first again."""
    if last.zone is None or at + 1 >= len(moments):
        return end, at
    again, until = moments[at], moments[at + 1]
    if until.zone is None or until.zone.key == last.zone.key:
        return end, at
    if _same_moment().fullmatch(text[end : again.start]) and _connected(text, again, until):
        return _close(text, end, again.start, until.end), at + 2
    return end, at


def _connected(text: str, first: Moment, last: Moment) -> bool:
    gap = text[first.end : last.start]
    if len(gap) > 160 or (first.clock is None) != (last.clock is None) and last.date is None:
        return False
    if first.open_end or _sentence_break().search(gap) and not _label_gap().search(gap):
        return False
    filler, starts, ends = _range_words()
    tokens = _tokens().findall(gap.lower())
    before = text[max(0, first.start - 70) : first.start]
    breaks = list(_sentence_break().finditer(before))
    if breaks:
        before = before[breaks[-1].end() :]
    connectors = [token for token in tokens if token in _CONNECTORS]
    others = [token for token in tokens if token not in _CONNECTORS]
    if connectors and all(token in filler or token in ".,()" or token == "and" for token in others):
        return connectors != ["~"] or first.clock is not None
    if tokens and tokens[0] == "and" and _between().search(before):
        return all(token in filler or token in "~," for token in tokens[1:])
    if _label_gap().search(gap):
        return True
    found = ends.search(gap)
    return (
        found is not None
        and (starts.search(before) is not None or starts.search(gap) is not None)
        and (first.clock is not None or last.clock is None)
    )


@cache
def _label_gap() -> re.Pattern[str]:
    return re.compile(
        r"^[\s,;.|*_–—-]*(?:end(?:ed|s)?|finish|resolved|until)(?:[\s-]?(?:time|at|date))?\s?:[\s*_|]*$", re.IGNORECASE
    )


def _shared(
    text: str, first: Moment, last: Moment, dates: tuple[Moment, Moment] | None, span: Span
) -> Range:
    start, end = span
    first, last = _shared_half(first, last)
    first, last = _shared_year(first, last)
    own = last.date is not None
    day = _other_day().match(text, last.end) or _other_day().search(text[: last.start], first.end)
    which = day["which"].lower() if day else None
    if day is not None and day.start() >= last.end:
        end = max(end, day.end())
    next_day = which in ("following", "next")
    if dates is not None:
        own = dates[0] is not dates[1]
        first = replace(first, date=dates[0].date, date_span=dates[0].date_span)
        last = replace(last, date=dates[1].date, date_span=dates[1].date_span)
        if not own:
            last = replace(last, date=_end_date(first, last.clock, next_day=next_day))
    elif first.date is not None and last.date is None:
        last = replace(last, date=_end_date(first, last.clock, next_day=next_day))
    elif first.date is None and last.date is not None and first.clock is not None:
        first, last, own = _shared_backwards(first, last)
    first_zone, last_zone = first.zone, last.zone
    first = replace(first, zone=first_zone or last_zone)
    last = replace(last, zone=last_zone or first_zone)
    if last.clock == Clock(0, 0) and first.clock is not None and last.date == first.date:
        if first.clock > Clock(0, 0) and _says_midnight(text, last):
            last = replace(last, clock=Clock(24, 0))
    return Range(start, end, first, last, first.zone, own_end_date=own, next_day=next_day)


def _says_midnight(text: str, moment: Moment) -> bool:
    return "midnight" in text[moment.start : moment.end].lower()


def _end_date(first: Moment, clock: Clock | None, *, next_day: bool) -> Date | None:
    """The day of an end that states none."""
    if first.date is None:
        return None
    return first.date.next() if next_day or _passes_midnight(first.clock, clock) else first.date


def _passes_midnight(first: Clock | None, last: Clock | None) -> bool:
    if first is None or last is None or last >= first:
        return False
    return (last.seconds - first.seconds) % 86400 < HOURS_TO_NEXT_DAY * 3600


def _shared_backwards(first: Moment, last: Moment) -> tuple[Moment, Moment, bool]:
    """A date behind both clocks is the start's day; one between them is the end's."""
    assert last.date is not None
    crosses = _passes_midnight(first.clock, last.clock)
    stands_behind = (
        last.date_span is not None
        and last.clock_span is not None
        and last.date_span.start > last.clock_span.start
    )
    if not stands_behind:
        day = last.date.previous() if crosses else last.date
        return replace(first, date=day), last, True
    first = replace(first, date=last.date, ambiguous_date=last.ambiguous_date)
    if crosses:
        last = replace(last, date=last.date.next())
    return first, last, False


def _shared_year(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    if first.date is None or last.date is None:
        return first, last
    if first.date.year is None and last.date.year is not None:
        year = last.date.year - (first.date[1:] > last.date[1:])
        first = replace(first, date=_date(year, *first.date[1:]) or first.date)
    elif last.date.year is None and first.date.year is not None:
        year = first.date.year + (last.date[1:] < first.date[1:])
        last = replace(last, date=_date(year, *last.date[1:]) or last.date)
    return first, last


def _shared_half(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """``9:00 and 11:00 AM`` are both AM; of ``11:00 - 1:00 PM`` the first is AM."""
    if first.clock is None or last.clock is None or last.style != "12" or first.style == "12":
        return first, last
    if last.fault is not None or not 1 <= first.clock.hour <= 12:
        return first, last
    if first.date is not None and last.date is not None and first.date != last.date:
        return first, last
    morning = first.clock._replace(hour=first.clock.hour % 12)
    evening = morning._replace(hour=morning.hour + 12)
    same, other = (morning, evening) if last.clock.hour < 12 else (evening, morning)
    chosen = same if same <= last.clock else other
    return replace(first, clock=chosen, style="12"), last


# -- the time that opens an entry --------------------------------------------


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
    return re.compile(r"[^\W\d][^:(\[\n–—|]{0,60}?(?P<mark>\s?[:(\[]|\s[–—|-](?=\s))[\s:(\[*_`~≈–—|-]*")


@cache
def _dotted_start() -> re.Pattern[str]:
    return re.compile(r"(?P<h>[01]\d|2[0-3])\.(?P<m>[0-5]\d)(?=\s*[:–—-]\s|\s*hrs\b)")


def _relative_start(text: str) -> Leading | None:
    start = _skip_marks(text, 0, plus=True)
    if text[start : start + 1] not in ("T", "t", "D", "d", "H", "h", "M", "m", "W", "w", "+") and not text[
        start : start + 1
    ].isalnum():
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
    moments = _moments(window)
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
    found = next(iter(_ranges(window, moments[:8])), None)
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
    return len(gap) <= 16 and found.last.clock is not None
