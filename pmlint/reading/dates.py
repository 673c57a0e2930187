"""Dates in prose: ``June 18, 2024``, ``27.11.2025``, ``the 1st of November``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard.patterns import expression

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAY_LETTERS = tuple(name[:3].lower() for name in WEEKDAYS)
MONTH_LETTERS = tuple(name[:3].lower() for name in MONTHS)
"""The letters by which an abbreviation is known: ``jan``, ``feb``."""

WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
"""A weekday in full, for expressions that ignore case."""
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""The name of a month in full, short or misspelt, for expressions that ignore case."""
_SHORT_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)"
"""What stands before the ``day`` of a weekday, or alone for it."""
_PART_OF_DAY = r"(?:morning|noon|afternoon|evening|night)"

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(year: int, month: int) -> int:
    """The number of days of a month. Spelt out: importing calendar costs 5 ms."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


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
        if self.day < days_in(year, self.month):
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
        return Date(year, month, days_in(2023 if year is None else year, month))


class Day(NamedTuple):
    """A date found in the text."""

    start: int
    end: int
    date: Date
    ambiguous: bool = False
    part: Literal["", "first", "last"] = ""
    """Which end of ``18-19 August`` it is."""
    weekday: str | None = None
    weekday_span: Span | None = None


_JOINED_NUMBERS = expression(r"\d(?:[-–.]|,\s?)\d\d?[-–.,]|\d/\d")
"""What every date in numbers holds; the patterns of dates take longer to compile."""


_YEAR_FIRST = expression(
    r"(?<![\w./-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"(?:(?=[T_ ]?\d\d:)|(?![\w/-]|\.\d))(?P<next>\+1\b)?"
)


_COMPACT = expression(
    r"(?<![\w./-])(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?=,?[T ]\d\d:?\d\d)"
)
"""``20240502 09:00``: only a clock behind it makes it a date."""


_TWO_DIGITS = expression(r"(?<![\w./-])(\d\d)-(\d\d)-(\d\d)(?=,?[T ]\d\d:\d\d)")


_OFFSET_BEFORE = expression(r"(?:UTC|GMT)\s?[+−-]\d{1,2}(?::\d\d)?,?\s$")


_YEAR_LAST = expression(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[-–/.]|,\s?)(?P<b>\d{1,2})(?P=sep)"
    r"(?P<y>(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
)


_WITHOUT_YEAR = expression(
    r"(?<![\w./-])(?!24/7)(?P<a>\d{1,2})/(?P<b>\d{1,2})(?=,?\s{1,2}\d{1,2}(?::\d\d|\s?[AaPp]\.?[Mm]\b))"
)
"""``10/30 9:00 pm``: only a clock behind it makes it a date."""


@cache
def _behind_weekday() -> re.Pattern[str]:
    """``Thursday, 10/30``: the weekday makes it a date, which Americans write so."""
    return re.compile(
        rf"\b{_SHORT_WEEKDAY}(?:day)?\.?,?\s"
        r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/.-]|\sof\b|,?\s{1,2}\d{1,2}(?::\d|\s?[AaPp]))",
        re.IGNORECASE,
    )


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])({MONTH})(?![A-Za-z])", re.IGNORECASE)


_ORDINAL = r"(?:\s?(?P<ord>st|nd|rd|th)\b)?"
_YEAR = r"(?:19|20)\d\d(?!\d|:\d|\s?(?:hrs?|hours|h)\b)"


@cache
def _day_after_month() -> re.Pattern[str]:
    return re.compile(
        rf"\.?[\s,/-]{{0,3}}(?:the\s)?(?P<d>\d{{1,2}}){_ORDINAL}(?![\w%]|[:.]\d|:[AaPp]|\s?[ap]\.?m\b)",
        re.IGNORECASE,
    )


@cache
def _day_before_month() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w:.$])(?P<d>\d{{1,2}}){_ORDINAL}(?P<dot>\.?)[\s,/-]{{0,3}}(?:of\s+)?$",
        re.IGNORECASE,
    )


@cache
def _year_after() -> re.Pattern[str]:
    years = rf"(?P<y>{_YEAR})|['’](?P<yy>\d\d)\b"
    return re.compile(rf"(?:\s?,\s?|[\s./-]{{1,3}})(?:of\s)?(?:{years})")


_YEAR_BEFORE_MONTH = expression(r"(?<![\w.,-])(?P<y>(?:19|20)\d\d)[\s,/-]{1,2}$")


@cache
def _further_day() -> re.Pattern[str]:
    return re.compile(
        rf"\s?(?:-|–|—|/|to|through|thru|until|and|&)\s?(?:the\s)?(?P<d>\d{{1,2}}){_ORDINAL}"
        r"(?=\s?[,)\];]?(?:\s|$)|\.(?:\s|$)|[)\]])(?!\s?[ap]\.?m\b|\s?(?:-|–|to)\s?\d|\s[a-z]+s\b)",
        re.IGNORECASE,
    )


_JOINTS = ("-", "–", "—", "to", "through", "thru", "until", "and", "&", "the")


def _day_before(text: str) -> re.Match[str] | None:
    """The first day of ``18 to 19 August``, where the text that leads to the last ends in it."""
    joined = text.rstrip().lower().endswith(_JOINTS)
    return _EARLIER_DAY.search(text) if joined else None


_EARLIER_DAY = expression(
    r"(?<![\w:.$-])(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:-|–|—|to|through|thru|until|and|&)\s?(?:the\s)?$",
    re.IGNORECASE,
)


def _names_weekday(text: str) -> bool:
    lowered = text.lower()
    return any(letters in lowered for letters in WEEKDAY_LETTERS)


@cache
def _weekday_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![A-Za-z])(?P<w>{_SHORT_WEEKDAY})(?:day)?\.?(?:,\s?|\s)(?:the\s)?$",
        re.IGNORECASE,
    )


@cache
def _weekday_after() -> re.Pattern[str]:
    return re.compile(
        rf"\s?(?:\((?P<p>{_SHORT_WEEKDAY})(?:day)?(?:\s(?:early |late )?{_PART_OF_DAY})?\)"
        rf"|,\s(?P<w>{WEEKDAY})\b)",
        re.IGNORECASE,
    )


def find_days(text: str) -> list[Day]:
    """The days of a text in its order, of overlapping ones the first and longest."""
    found = [*_numeric_days(text), *_worded_days(text)]
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(_with_weekday(text, day))
    return kept


def _numeric_days(text: str) -> Iterator[Day]:
    if any(sign in text for sign in ("20", "19")):
        for match in _COMPACT.finditer(text):
            date = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
            if date is not None:
                yield Day(match.start(), match.end(), date)
    if not _JOINED_NUMBERS.search(text):
        return
    for match in _TWO_DIGITS.finditer(text):
        date = _in_two_digits(text, match)
        if date is not None:
            yield Day(match.start(), match.end(), date)
    for match in _YEAR_FIRST.finditer(text):
        if match["sep"] == "." and len(match["m"]) + len(match["d"]) < 4:
            continue
        date = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
        if date is not None:
            yield Day(match.start(), match.end(), date.next() if match["next"] else date)
    matches = [*_YEAR_LAST.finditer(text), *_WITHOUT_YEAR.finditer(text)]
    order = _shown_order(text, matches)
    for match in matches:
        day = _day_or_month_first(match, order)
        if day is not None:
            yield day
    if "/" in text and _names_weekday(text):
        for match in _behind_weekday().finditer(text):
            day = _day_or_month_first(match, order or "month")
            if day is not None:
                both = max(int(match["a"]), int(match["b"])) <= 12
                yield day._replace(ambiguous=order is None and both)


def _in_two_digits(text: str, match: re.Match[str]) -> Date | None:
    """``24-05-02 09:00`` or ``02-05-24 09:00``: the number that may be a year of reports is.

    Where both may, the year is first behind an offset (``UTC-3 24-05-21 16:10``).
    """
    a, month, b = (int(number) for number in match.groups())
    offset = _OFFSET_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    if a in _YEARS and (b not in _YEARS or offset is not None):
        return day_of(2000 + a, month, b)
    return day_of(2000 + b, month, a) if b in _YEARS and a not in _YEARS else None


_YEARS = range(13, 40)
"""Years in two digits of which an incident report may be."""


def _shown_order(text: str, matches: list[re.Match[str]]) -> Literal["day", "month"] | None:
    """Which number comes first, where a number over 12 or the weekday of a date shows it."""
    by_weekday = [_order_by_weekday(text, match) for match in matches]
    day_first = "day" in by_weekday or any(int(match["a"]) > 12 for match in matches)
    month_first = "month" in by_weekday or any(int(match["b"]) > 12 for match in matches)
    if day_first == month_first:
        return None
    return "day" if day_first else "month"


def _order_by_weekday(text: str, match: re.Match[str]) -> Literal["day", "month"] | None:
    """``Wednesday 12/06/2023`` is 6 December: 12 June of that year is a Monday."""
    year = _year_of(match)
    a, b = int(match["a"]), int(match["b"])
    day_first, month_first = day_of(year, b, a), day_of(year, a, b)
    if year is None or day_first is None or month_first is None:
        return None
    told = _with_weekday(text, Day(match.start(), match.end(), day_first)).weekday
    fits = [_falls_on(date) == told for date in (day_first, month_first)]
    if told is None or fits[0] == fits[1]:
        return None
    return "day" if fits[0] else "month"


def _falls_on(date: Date) -> str:
    from datetime import date as calendar_date

    return WEEKDAYS[calendar_date(date.year or 2024, date.month, date.day).weekday()]


def _year_of(match: re.Match[str]) -> int | None:
    """The year that a date in numbers states, in four digits."""
    stated = match.groupdict().get("y")
    year = int(stated) if stated else None
    return year + 2000 if year is not None and year < 100 else year


def _day_or_month_first(match: re.Match[str], order: Literal["day", "month"] | None) -> Day | None:
    """The day is read first, unless the text's other dates show the month first.

    Where nothing shows the order and both are possible, the date is ambiguous.
    """
    a, b = int(match["a"]), int(match["b"])
    year = _year_of(match)
    if year is not None and len(match["y"]) == 2 and match["sep"] != "/":
        return None
    day_first, month_first = day_of(year, b, a), day_of(year, a, b)
    date = (month_first or day_first) if order == "month" else (day_first or month_first)
    if date is None:
        return None
    ambiguous = order is None and a != b and day_first is not None and month_first is not None
    return Day(match.start("a"), match.end(), date, ambiguous)


def day_of(year: int | None, month: int, day: int) -> Date | None:
    """The date, or None where the calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return Date(year, month, day) if day <= days_in(year or 2024, month) else None


def _worded_days(text: str) -> Iterator[Day]:
    for month in _month().finditer(text):
        yield from _days_around(text, month)


def _days_around(text: str, month: re.Match[str]) -> Iterator[Day]:
    number = MONTH_LETTERS.index(month[1][:3].lower()) + 1
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
) -> Iterator[Day]:
    year, end = _stated_year(text, month.end())
    short = _SHORT_YEAR.match(text, month.end()) if year is None else None
    if short is not None and int(short[1]) in _YEARS:
        year, end = 2000 + int(short[1]), short.end()
    if (word and year is None and before["ord"] is None) or (before["dot"] and year is None):
        return
    date = day_of(year, number, int(before["d"]))
    if date is None:
        return
    start = window + before.start()
    earlier_window = max(0, start - 12)
    earlier = _day_before(text[earlier_window:start])
    first = day_of(year, number, int(earlier["d"])) if earlier else None
    if earlier is not None and first is not None and first.day < date.day:
        at = earlier_window + earlier.start()
        yield Day(at, at + len(earlier["d"]), first, part="first")
        yield Day(start, end, date, part="last")
    else:
        yield Day(start, end, date)


_SHORT_YEAR = expression(r"\.?[\s/-](\d\d)(?=,?\s\d{1,2}:\d\d)")
"""``02 May 24 09:00``: only a clock behind it makes it a year."""


def _month_first(
    text: str, month: re.Match[str], number: int, after: re.Match[str], *, word: bool
) -> Iterator[Day]:
    further = _further_day().match(text, after.end())
    if further is not None and int(further["d"]) <= int(after["d"]):
        further = None
    year, end = _stated_year(text, (further or after).end())
    start = month.start()
    if year is None:
        leading = _YEAR_BEFORE_MONTH.search(text[max(0, start - 8) : start])
        if leading is not None:
            year = int(leading["y"])
            start = max(0, start - 8) + leading.start()
    if word and year is None and after["ord"] is None:
        return
    first = day_of(year, number, int(after["d"]))
    if first is None:
        return
    last = day_of(year, number, int(further["d"])) if further else None
    if further is None or last is None:
        yield Day(start, end if further is None else after.end(), first)
        return
    yield Day(start, after.end(), first, part="first")
    yield Day(further.start("d"), end, last, part="last")


def _stated_year(text: str, pos: int) -> tuple[int | None, int]:
    match = _year_after().match(text, pos)
    if match is None:
        return None, pos
    if match["yy"]:
        return 2000 + int(match["yy"]), match.end()
    return int(match["y"]), match.end()


def _with_weekday(text: str, day: Day) -> Day:
    window = max(0, day.start - 16)
    ahead, behind = text[window : day.start], text[day.end : day.end + 8]
    before = _weekday_before().search(ahead) if _names_weekday(ahead) else None
    if before is not None:
        span = Span(window + before.start(), window + before.end())
        name = _weekday(before["w"])
        word = text[span.start : span.end].rstrip(", .")
        if word.endswith(" the"):
            word = word[:-4].rstrip(", ")
        return day._replace(
            start=span.start, weekday=name, weekday_span=Span(span.start, span.start + len(word))
        )
    after = _weekday_after().match(text, day.end) if _names_weekday(behind) else None
    if after is not None:
        group = "p" if after["p"] else "w"
        at = after.start(group)
        end = after.end() - (group == "p")
        return day._replace(
            end=after.end(), weekday=_weekday(after[group]), weekday_span=Span(at, end)
        )
    return day


def _weekday(word: str) -> str:
    return WEEKDAYS[WEEKDAY_LETTERS.index(word[:3].lower())]
