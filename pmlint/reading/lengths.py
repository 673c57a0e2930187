"""Lengths of time in prose: ``2 hours and 45 minutes``, ``1h13m``, ``half an hour``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pmlint import policy

Kind = Literal["length", "bound", "range", "period"]

_UNITS = {"w": 10080.0, "d": 1440.0, "h": 60.0, "m": 1.0, "s": 1 / 60}

_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0,
    "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0,
    "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fourty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0,
    "eighty": 80.0, "ninety": 90.0, "hundred": 100.0,
}  # fmt: skip

_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class Length:
    """How long something took. Offsets are into the text that was read."""

    start: int
    end: int
    minutes: float
    """Of a range the middle; of a vague length (``several hours``) one unit."""
    approximate: bool = False
    kind: Kind = "length"
    """``bound``: under, over, up to, several. ``period``: every, ago, later, the last."""


def find_lengths(text: str) -> list[Length]:
    """Every length of time the text names, in order."""
    if not _worth_reading(text):
        return []
    return list(_lengths(text))


def _worth_reading(text: str) -> bool:
    lower = text.lower()
    if any(unit in lower for unit in ("hour", "min", "hr", "day", "sec", "week")):
        return True
    return _compact().search(text) is not None


@cache
def _compact() -> re.Pattern[str]:
    return re.compile(r"\d\s?[hdmswHDMSW](?![A-Za-z])|\dh\d")


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_NUMBERS, key=len, reverse=True))
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,7}(?:[.,]\d{1,3})?"
    unit = (
        r"(?P<NAME>weeks?|days?|hours?|hrs?|minutes?|mintues?|mins?|seconds?|secs?|[hdmswH])(?![A-Za-z/])"
    )
    number = rf"(?P<NAME>(?:{digits})\s?[½¼¾]?|[½¼¾]|(?:{words})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b)?)"
    joint = r"(?:\s?,?\s?(?:and|&)\s|\s?,\s|\s)?"
    return re.compile(
        r"(?<![\w:.,/$€£#+-])(?:"
        rf"(?P<colon>(?P<ch>\d{{1,3}}):(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d))?\s?(?:hours?|hrs?|h)\b)"
        r"|(?P<halfhour>(?:(?:an?|one)\s)?half[\s-](?:an?\s)?(?P<halfunit>hour|day|minute)\b)"
        r"|(?P<quarter>(?:(?P<three>three[\s-])|(?:an?|one)\s)?quarters?\s(?:of\s)?an\shour\b)"
        r"|(?P<vague>(?:several|(?:a\s)?few|some|many|multiple|(?:a\s)?couple(?:\sof)?|a number of)\s(?:more\s)?(?P<vunit>weeks?|days?|hours?|hrs|minutes?|mins?|seconds?|secs?)\b)"
        rf"|{number.replace('NAME', 'n1')}(?:\s?(?P<dash>-|–|—|to|or)\s?{number.replace('NAME', 'n2')})?(?P<plus>\+)?"
        rf"(?P<half>\sand\sa\shalf)?[\s-]?(?:\(\w{{1,12}}\)\s)?{unit.replace('NAME', 'u1')}"
        rf"(?:(?P<andhalf>\sand\sa\shalf\b)"
        rf"|(?P<tail>(?P<t2>[0-5]?\d)(?![\d\w:]))"
        rf"|{joint}(?P<n3>\d{{1,4}}(?:\.\d{{1,3}})?|(?:{words})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b)?)[\s-]?{unit.replace('NAME', 'u3')}"
        rf"(?:{joint}(?P<n4>\d{{1,4}}(?:\.\d{{1,3}})?|(?:{words}))[\s-]?{unit.replace('NAME', 'u4')})?)?"
        r")",
        re.IGNORECASE,
    )


def _lengths(text: str) -> Iterator[Length]:
    pattern = _pattern()
    pos = 0
    while (match := pattern.search(text, pos)) is not None:
        found = _length(text, match)
        pos = max(match.end() if found is None else found.end, match.start() + 1)
        if found is not None:
            yield found


def _length(text: str, match: re.Match[str]) -> Length | None:
    start, end = match.span()
    before = text[max(0, start - 40) : start]
    kind: Kind = "length"
    if match["colon"]:
        if re.search(r"\bat\s$", before):
            return None
        minutes = int(match["ch"]) * 60 + int(match["cm"]) + int(match["cs"] or 0) / 60
    elif match["halfhour"]:
        minutes = _unit(match["halfunit"]) / 2
    elif match["quarter"]:
        minutes = 45.0 if match["three"] else 15.0
    elif match["vague"]:
        minutes, kind = _unit(match["vunit"]), "bound"
    else:
        read = _compound(text, match)
        if read is None:
            return None
        minutes, end = read
        if match["n2"]:
            kind = "range"
        elif match["plus"]:
            kind = "bound"
    second = _to_second(text, end, match) if kind == "length" else None
    if second is not None:
        minutes, end, kind = (minutes + second[0]) / 2, second[1], "range"
    kind = _kind(before, text[end : end + 24], kind)
    unsure = _unsure().search(before) is not None or _or_so().match(text, end) is not None
    return Length(start, end, minutes, approximate=unsure, kind=kind)


def _compound(text: str, match: re.Match[str]) -> tuple[float, int] | None:
    """The minutes of ``1 day 4 hours`` and where they end; None where it is no length."""
    unit = match["u1"]
    if len(unit) == 1 and not _single_letter(text, match):
        return None
    first = _number(match["n1"])
    if match["n2"]:
        first = (first + _number(match["n2"])) / 2
    if match["half"]:
        first += 0.5
    per_unit = _unit(unit)
    minutes = first * per_unit
    if match["andhalf"]:
        return minutes + per_unit / 2, match.end()
    if match["tail"]:
        if unit.lower() not in ("h", "m") or match.start("tail") != match.end("u1"):
            return minutes, match.end("u1")
        return minutes + int(match["t2"]) * per_unit / 60, match.end()
    end = match.end("u1")
    for number, name in (("n3", "u3"), ("n4", "u4")):
        if not match[number]:
            break
        smaller = _unit(match[name])
        if smaller >= per_unit or match[number].lower() in ("a", "an") and smaller >= per_unit:
            break
        if len(match[name]) == 1 and not match[number].isdigit():
            break
        minutes += _number(match[number]) * smaller
        per_unit, end = smaller, match.end(name)
    return minutes, end


@cache
def _after_letter() -> re.Pattern[str]:
    return re.compile(
        r"\s+(?!(?:of|to|and|outage|downtime|later|after|before|total|long|in|for|until|till|from|at|on|ago|or|delay|gap|into|since|between|apart|each|per|vs|est)\b)[a-z]"
    )


def _single_letter(text: str, match: re.Match[str]) -> bool:
    """``2h 8m`` and ``(20m)`` are lengths; ``20m users``, ``5 d`` and ``16H`` of RAM are not."""
    unit = match["u1"]
    if not match["n1"][-1:].isdigit() or match["dash"] and unit == "m":
        return match["n1"][-1:].isdigit() and unit.islower()
    if match["n3"] or match["tail"]:
        return True
    if text[match.end("u1") - 2].isspace() and unit != "h":
        return False
    return _after_letter().match(text, match.end("u1")) is None


def _number(text: str) -> float:
    text = text.lower().strip()
    extra = 0.0
    if text[-1] in _HALVES:
        extra = _HALVES[text[-1]]
        text = text[:-1].strip()
        if not text:
            return extra
    if text[0].isdigit():
        whole, comma, rest = text.partition(",")
        if comma and len(rest) != 3 and "," not in rest and "." not in rest:
            return float(f"{whole}.{rest}") + extra
        return float(text.replace(",", "")) + extra
    return sum(_NUMBERS[word] for word in text.replace("-", " ").split()) + extra


def _unit(name: str) -> float:
    return _UNITS[name[0].lower()]


@cache
def _second() -> re.Pattern[str]:
    return re.compile(r"\s?(?:-|–|—|to|or)\s?", re.IGNORECASE)


def _to_second(text: str, end: int, match: re.Match[str]) -> tuple[float, int] | None:
    """The other half of ``10 minutes to 15 minutes``."""
    joint = _second().match(text, end)
    if joint is None:
        return None
    other = _pattern().match(text, joint.end())
    if other is None or not other["u1"] or other["n2"]:
        return None
    return _compound(text, other)


@cache
def _bound_before() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![A-Za-z])(?:under|below|less than|fewer than|over|above|more than|up to|upto|at least|at most|within|maximum(?: of)?"
        r"|max\.?|minimum(?: of)?|min|no more than|not more than|no less than|exceed(?:s|ed|ing)?|greater than|longer than"
        r"|shorter than|as (?:much|long|little) as|beyond)(?:\sthe)?\s(?:an?\stotal\sof\s)?|[<>≤≥]=?\s?)[~≈]?$",
        re.IGNORECASE,
    )


@cache
def _bound_after() -> re.Pattern[str]:
    return re.compile(r"\s?(?:\+|or (?:more|less|longer|greater|fewer)|at (?:least|most)|max\b|maximum|plus\b)", re.IGNORECASE)


@cache
def _period_before() -> re.Pattern[str]:
    return re.compile(
        r"(?<![A-Za-z])(?:every|each|per|once an?|(?:the |in |over |for |during )?(?:last|past|next|previous|following|coming|first|preceding)|another|additional)\s(?:other\s)?[~≈]?$",
        re.IGNORECASE,
    )


@cache
def _period_after() -> re.Pattern[str]:
    return re.compile(r"\s?(?:ago|later|earlier|before|prior|after|afterwards|old|apart|intervals?|each|in advance|from now)\b", re.IGNORECASE)


def _kind(before: str, after: str, kind: Kind) -> Kind:
    if _period_before().search(before) or _period_after().match(after):
        return "period"
    if kind == "length" and (_bound_before().search(before) or _bound_after().match(after)):
        return "bound"
    return kind


@cache
def _unsure() -> re.Pattern[str]:
    words = [*policy.table("times")["approximate"], "almost", "just", "an estimated"]
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        rf"(?:[~≈∼]\s?|(?<![A-Za-z])(?:{alternatives})\b\.?\s?[~≈]?(?:a\s)?(?:total\sof\s)?)$", re.IGNORECASE
    )


@cache
def _or_so() -> re.Pattern[str]:
    return re.compile(r"\s?(?:or so|approx|\(approx|ish\b|give or take)", re.IGNORECASE)
