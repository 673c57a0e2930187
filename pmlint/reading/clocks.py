"""Clocks in prose: ``3:00 PM``, ``14:05 UTC``, ``2100hrs``, ``noon``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pmlint.namedtuples import NamedTuple
from pmlint.reading.dates import WEEKDAYS, Day
from pmlint.reading.spoken import Spoken, find_spoken
from pmlint.reading.zones import Zone, zone_after
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression

Style = Literal["12", "24"]
Fault = Literal["24-hour with PM", "unreadable"]


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


class Hour(NamedTuple):
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
        r"(?:(?<![\w:.$€£#+/])(?<!\d,)|(?<=\d[Tt])|(?<=\d_)"
        # the next sentence without a space: "it stopped.9:10 AM: it was back"
        r"|(?<=[a-z)]\.)(?=\d{1,2}:\d\d\s?[apAP]\.?\s?[mM]\b))"
        r"(?:(?P<h>\d{1,2})(?:"
        r"(?P<sep>[:.])(?P<m>\d\d)(?:(?P=sep)(?P<s>\d\d)(?:[.,]\d{1,9})?)?"
        r"|:?(?=\s?[apAP]\.?\s?[mM]\b)"
        r"|(?P<oclock>\s?o['’]clock\b)"
        r"|(?=\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)\b)"
        r"|[hH](?P<fm>[0-5]\d)\b"
        # slips of the keyboard: 10;05 AM, 10 :05 AM, 10: 05 AM
        r"|(?:\s:|;|:\s(?=0\d|1[3-9]|[2-5]\d)|(?<=1[0-2]):\s)(?P<slip>[0-5]\d)"
        r"(?=\s?[apAP]\.?\s?[mM]\b)"
        r"|(?P<bare>)(?=\s?(?:-|–|—|to|and|till|until)\s?(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?[apAP]\.?[mM]\b)"
        # between 10 and 11:30
        r"|(?P<full>(?<=[a-z]\s\d\d)|(?<=[a-z]\s\d))(?=\s?(?:to|and|till|until)\s(?:[01]?\d|2[0-3]):[0-5]\d(?!\d|:\d))"
        r")|(?P<mil>[0-2]\d[0-5]\d|\d[0-5]\d(?=\s?[apAP]\.?[mM]\b))"
        r"(?=\s?(?:hrs?|hours?|h)\b|\s?\(?[A-Z]|\s?[ap]\.?m\b"
        r"|\s?(?:-|–|—|to|till|until|and)\s?[0-2]\d[0-5]\d(?:\s?(?:hrs?|hours)\b|Z\b|\s\(?[A-Z]{3})))"
        r"(?!\d|:\d|\.\d)"
        r"(?:\s?(?P<ap>[apAP])(?:\.\s?[mM]\b\.?|[mM]\b|(?<=\d[apAP])(?![\w.'’]|-(?!\d))))?"
        r"(?P<garbled>\s[mM]\b(?!\w|['’]))?"
        r"(?P<hrs>\s?(?:[hH][rR][sS]?|[hH]ours?|[hH])\b)?"
        r"(?:\s?(?P<word>noon|midnight|midday)\b)?"
        r"(?:\s(?:in\sthe|at)\s(?P<part>morning|afternoon|evening|night)\b)?"
    )


_WORDS = expression(
    r"(?<![\w-])(?P<twelve>12\s)?(?P<word>noon|midday|midnight)(?![\w-])", re.IGNORECASE
)


@cache
def _preposition() -> Alternatives:
    words = (
        r"at|around|about|approximately|approx\.?|roughly|by|until|till|til|from|since|between"
        r"|before|after|to|and|circa|ca\.?|past"
    )
    told = (rf"(?<![A-Za-z]){word}\s+(?:the hours of )?" for word in words.split("|"))
    return Alternatives((*told, *(rf"{sign}\s?" for sign in "@~≈")), behind=")$")


_LENGTH_BEFORE = expression(
    r"\b(?:last(?:ed|ing|s)?|for|total|took|duration|of|within|every|in)\b[\s:]*(?:a|about|approximately|roughly|of|was|is|~|around|\s){0,6}$",
    re.IGNORECASE,
)


_UNIT_AFTER = expression(
    r"\s?(?:min(?:ute)?s?|sec(?:ond)?s?|m?s|ratio|aspect)\b|%|°", re.IGNORECASE
)


def find_hours(text: str, days: list[Day]) -> list[Hour]:
    """Every clock of the text that is no part of a date, in order."""
    found: list[Hour] = []
    limit = 0
    taken = [(day.start, day.end) for day in days]
    for match in _digits().finditer(text):
        if match.start() < limit or _overlaps(match.span(), taken):
            continue
        beside = (match["mil"] is not None and _ends_range(text, match, limit)) or (
            match["fm"] is not None
            and (
                _ends_range(text, match, limit)
                or _FRENCH_RANGE.match(text, match.end()) is not None
                or _beside_day(text, match, taken)
            )
        )
        hour = _hour(text, match, limit, beside=beside)
        if hour is not None:
            found.append(hour)
            limit = hour.end
    lower = text.lower()
    if "noon" in lower or "midnight" in lower or "midday" in lower:
        found.extend(list(_worded_hours(text, [(hour.start, hour.end) for hour in found])))
        found.sort(key=lambda hour: hour.start)
    spoken = list(find_spoken(text))
    if spoken:
        found = _with_spoken(text, found, spoken)
    return found


def _with_spoken(text: str, found: list[Hour], spoken: list[Spoken]) -> list[Hour]:
    """Clocks in words take the place of what was found inside them."""
    read = [hour for each in spoken if (hour := _spoken_hour(text, each)) is not None]
    taken = [(hour.start, hour.end) for hour in read]
    kept = [hour for hour in found if not _overlaps((hour.start, hour.clock_end), taken)]
    return sorted([*kept, *read], key=lambda hour: hour.start)


def _spoken_hour(text: str, spoken: Spoken) -> Hour | None:
    if (
        spoken.plain
        and _preposition().search(text[max(0, spoken.start - 24) : spoken.start]) is None
    ):
        return None
    total = spoken.hour % 12 * 60 + (-spoken.minute if spoken.back else spoken.minute)
    if spoken.half == "p" or (spoken.half is None and spoken.hour == 12 and not spoken.back):
        total += 720
    clock = Clock(total // 60 % 24, total % 60)
    style: Style | None = "12" if spoken.half else None
    return _finished(text, spoken.start, spoken.end, clock)._replace(style=style)


def _ends_range(text: str, match: re.Match[str], limit: int) -> bool:
    """``21h40 - 23h10``: behind a clock and a dash it is one too."""
    return limit > 0 and text[limit : match.start()].strip(" (") in ("-", "–", "—", "~", "→")


_FRENCH_RANGE = expression(r"\s?(?:-|–|—|~|→|to|till|until|à)\s?\d{1,2}[hH:]\d\d\b")
"""``21h40 - 23h10``: a French clock before another clock is no length."""


def _beside_day(text: str, match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    """``12/03/2024 21h40``; a small number of hours could still be a length."""
    if int(match["h"]) < 7 and match["h"][0] != "0":
        return False
    return any(
        0 <= match.start() - end < 5 and not text[end : match.start()].strip(" ,-–|")
        for _, end in taken
    )


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """``taken`` is in order and free of overlaps itself."""
    at = bisect_left(taken, (span[1], 0))
    return at > 0 and taken[at - 1][1] > span[0]


def _worded_hours(text: str, taken: list[tuple[int, int]]) -> Iterator[Hour]:
    for match in _WORDS.finditer(text):
        if _overlaps(match.span(), taken):
            continue
        clock = Clock(0 if match["word"].lower() == "midnight" else 12, 0)
        before = text[max(0, match.start() - 24) : match.start()]
        hour = _finished(text, match.start(), match.end(), clock)
        announced = match["twelve"] or hour.zone or _preposition().search(before)
        yield hour._replace(sure=bool(announced) or not before.strip(" *-"))


def _hour(text: str, match: re.Match[str], limit: int, *, beside: bool) -> Hour | None:
    start, end = match.start(), match.end()
    if _follows_word_dash(text, start, limit):
        return None
    before = text[max(0, start - 24) : start]
    announced = beside or (
        _preposition().search(before) is not None and not _about_length(match, before)
    )
    if match["full"] is not None and not _OPENS_RANGE.search(before):
        return None
    if match["bare"] is not None and not announced and _counts_word(before):
        return None
    if match["mil"] is not None:
        return _military(text, match, announced=announced)
    if match["hrs"] and not match["ap"] and _is_length(match, before, announced=announced):
        return None
    if _UNIT_AFTER.match(text, end):
        return None
    hour, minute = int(match["h"]), int(match["m"] or match["fm"] or match["slip"] or 0)
    second = None if match["s"] is None else int(match["s"])
    half = _half(match, hour)
    if half is None and (led := _half_before(before, limit - start)):
        half, start = led, start - len("AM ")
    clock, style, fault = _read(hour, minute, second, half, led=match["h"][0] == "0")
    if match["word"]:
        clock = Clock(0 if match["word"] == "midnight" else 12, min(minute, 59))
        style, fault = "12", None
    found = _finished(text, start, end, clock)._replace(
        style=style, fault=fault, bare=match["bare"] is not None
    )
    if found.end == end and text[end : end + 1].isalpha() and text[end : end + 3] != "ish":
        return None
    if not _evident(text, match, found, announced=announced):
        return None
    marked = bool(half or match["hrs"] or found.zone or announced)
    if fault == "unreadable" and (hour > 29 or not marked) and not (half or found.zone):
        return found._replace(sure=False) if hour <= 29 else None
    return found


_OPENS_RANGE = expression(
    r"\b(?:between|from)\s(?:(?:about|around|approximately|roughly)\s)?$", re.IGNORECASE
)


def _counts_word(before: str) -> bool:
    """``Step 1 - 10:05 AM``: the number counts the word before it; that of a day may."""
    words = before.split()
    if not words or not before[-1:].isspace() or not words[-1].isalpha():
        return False
    return words[-1][:3].title() not in _BEFORE_HOURS


_BEFORE_HOURS = frozenset((*(day[:3] for day in WEEKDAYS), "Tod", "Yes", "Was", "Las"))
"""How words begin behind which the hour of a range may stand: a weekday, ``today``, ``was``."""


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
    return (len(match["h"]) == 1 and not announced) or _LENGTH_BEFORE.search(before) is not None


def _evident(text: str, match: re.Match[str], found: Hour, *, announced: bool) -> bool:
    """A dotted or French clock needs something beside it that makes it a time."""
    if match["oclock"] or match["part"] or match["bare"] is not None or match["full"] is not None:
        return True
    if match["sep"] == ".":
        if match["ap"] or match["hrs"] or found.zone:
            return found.clock is not None or match["ap"] is not None
        if _leads_to_zone(text, found):
            return found.clock is not None
        if _OF_VERSION.search(text[max(0, match.start() - CLAUSE) : match.start()]):
            return False
        ends = _DOTTED_END.match(text, found.end) is not None
        return announced and ends and len(match["h"]) == 2 and found.clock is not None
    if match["fm"] is not None:
        return found.clock is not None and (announced or found.zone is not None)
    return True


CLAUSE = 60
"""How many characters before a number tell what it is of."""


_OF_VERSION = expression(
    r"\b(?:versions?|upgrad|downgrad|bump)[^.;\n]{0,50}\s(?:from|to)\s(?:\d\d\.\d\d\sto\s)?$",
    re.IGNORECASE,
)
"""Before ``from 22.05 to 23.11`` in a sentence about an upgrade: versions, and no clocks."""


def _leads_to_zone(text: str, found: Hour) -> bool:
    """``09.00-10.00 UTC``, ``9.15 to 10.40 am``: what stands behind the second is of both."""
    last = _DOTTED_RANGE.match(text, found.end)
    if last is None:
        return False
    return _HALF_BEHIND.match(text, last.end()) is not None or (
        zone_after(text, last.end()) is not None
    )


_HALF_BEHIND = expression(r"\s?[ap]\.?m\b", re.IGNORECASE)


_DOTTED_RANGE = expression(
    r"\s?(?:-|–|—|to|till|until|and)\s?(?:[01]?\d|2[0-4])\.[0-5]\d(?!\d|[:.]\d)"
)


def _about_length(match: re.Match[str], before: str) -> bool:
    """``about 2h15``, ``lasted 2h15``: so few hours are rather a length."""
    if match["fm"] is None or int(match["h"]) > 6 or match["h"][0] == "0":
        return False
    return _LENGTH_BEFORE.search(before) is not None or _VAGUELY.search(before) is not None


_VAGUELY = expression(
    r"(?:\b(?:about|around|approx\.?|approximately|roughly|circa|ca\.?|after|nearly|almost|over)\s|[~≈]\s?)$",
    re.IGNORECASE,
)


_DOTTED_END = expression(r"\s*(?:$|[,;:)–—-]|\.(?:\s|$)|(?:on|and|to|until|till)\b)")


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


def _half_before(before: str, limit: int) -> str | None:
    """``PM 1:00``: the half of the day in front, where it is not that of the clock before."""
    match = _LED_HALF.search(before)
    return match[1].lower() if match and match.start() - len(before) >= limit else None


_LED_HALF = expression(r"(?<!\w)([AP])M\s$")


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


_AT_HOURS = expression(r"\s?[hH]ours?$|\s[hH]")


def _military(text: str, match: re.Match[str], *, announced: bool) -> Hour | None:
    """``2100hrs``, ``0930 UTC``; but not ``2000 hours`` nor a year."""
    digits = match["mil"].zfill(4)
    hour, minute = int(digits[:2]), int(digits[2:])
    if match["ap"]:
        clock, style, fault = _read(hour, minute, None, match["ap"].lower(), led=digits[0] == "0")
        found = _finished(text, match.start(), match.end(), clock)
        return None if clock is None else found._replace(style=style, fault=fault)
    if hour > 24 or (hour == 24 and minute):
        return None
    found = _finished(text, match.start(), match.end(), Clock(hour, minute))._replace(style="24")
    if match["hrs"]:
        spelt = _AT_HOURS.search(match["hrs"]) is not None
        if spelt and not (announced or found.zone or digits[0] == "0"):
            return None
        return found
    until = _MILITARY_RANGE.match(text, match.end())
    if until is not None and until["zulu"]:
        return found
    if until is not None and not (
        _year_like(digits, announced) and _year_like(text[match.end() :].strip(" -–—to")[:4], False)
    ):
        return found
    if found.zone is None or (
        (text[match.end() : match.end() + 1] == "Z") is False and _year_like(digits, announced)
    ):
        return None
    return found


def _year_like(digits: str, announced: bool) -> bool:
    return digits.isdigit() and 1970 <= int(digits) <= 2059 and not announced


_MILITARY_RANGE = expression(r"\s?(?:-|–|—|to|till|until|and)\s?[0-2]\d[0-5]\d(?P<zulu>Z)?\b")


_ONWARDS = expression(r"\s?(?:onwards?|and later|\+(?=[\s,;)]|$))")


def _finished(text: str, start: int, end: int, clock: Clock | None) -> Hour:
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
    onwards = _ONWARDS.match(text, end)
    if onwards is not None:
        open_end, end = True, onwards.end()
    return Hour(start, end, clock, clock_end, zone, open_end=open_end)
