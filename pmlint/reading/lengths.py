"""Lengths of time in prose: ``2 hours and 45 minutes``, ``1h13m``, ``half an hour``.

The words that make a number a limit or a period are policy: ``rules/times.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from pmlint.namedtuples import NamedTuple
from pmlint.reading.memory import remembered_at_length
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression

Kind = Literal["length", "bound", "range", "period"]

_MINUTES = {"w": 10080.0, "d": 1440.0, "h": 60.0, "m": 1.0, "s": 1 / 60}

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class Length(NamedTuple):
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
    return list(_lengths(text)) if _HAS_UNIT.search(text) else []


_HAS_UNIT = expression(
    r"\d[\s-]?[hdmsw]|(?:hour|minute|second|day|week|mins|hrs|secs)", re.IGNORECASE
)


# -- the pattern -------------------------------------------------------------

_UNIT = r"(?:weeks?|days?|hours?|hrs?|minutes?|mintues?|mins?|seconds?|secs?|[hdmsw])(?![A-Za-z/])"
_LONG_UNIT = r"(?:weeks?|days?|hours?|hrs|minutes?|mins?|seconds?|secs?)\b"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,7}(?:[.,]\d{1,3})?"
_DIGIT = "(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = "(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
_BELOW_HUNDRED = (
    rf"(?:{_TENS}(?:[\s-]{_DIGIT}\b)?"
    rf"|(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}))(?![a-z])"
)
_SPELT = rf"(?:(?:(?:an?|one|two)\s)?hundred(?:\s(?:and\s)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
_FRACTION = r"(?:\d{1,2}\s(?:and\s)?)?[13]/[24]"
_FIGURES = rf"(?:{_FRACTION}|(?:{_DIGITS})(?:\s?[½¼¾])?|[½¼¾])"
_NUMBER = rf"(?:{_FIGURES}|{_SPELT})"


_UNITS = ("week", "day", "hour", "hr", "min", "sec")
_BEHIND_A = frozenset(
    (
        "to", "or", "and", "hundred", "full", "whole", "entire", "solid", "straight", "long",
        "good", "h", "d", "m", "s", "w", "-", "–", "—", "+", "(",
    )
)  # fmt: skip


_WORD_OR_SIGN = expression(r"[a-z]+|\S")


@remembered_at_length
def _spells(text: str) -> bool:
    """A number may be spelt out; the pattern without such words is compiled in half the time."""
    words = _WORD_OR_SIGN.findall(text.lower())
    for at, word in enumerate(words):
        if word in _NUMBERS:
            behind = words[at + 1] if at + 1 < len(words) else ""
            if len(word) > 2 or behind in _BEHIND_A or behind.startswith(_UNITS):
                return True
    return False


@cache
def _pattern(spelt: bool) -> re.Pattern[str]:
    """A length; with ``spelt`` its numbers may be words."""
    vague = _any_of(_words("vague"))
    number = _NUMBER if spelt else _FIGURES
    return re.compile(
        r"(?<![\w:.,/$€£#+-])(?:"
        # 2:30 hours
        r"(?P<colon>(?P<ch>\d{1,3}):(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d))?\s?(?:hours?|hrs?|h)\b)"
        # half an hour, three quarters of an hour
        r"|(?:(?:an?|one)\s)?half[\s-](?:an?\s)?(?P<half_of>hour|day|minute)\b"
        r"|(?:(?P<three>three[\s-])|(?:an?|one)\s)?(?P<quarter>quarters?)\s(?:of\s)?an\shour\b"
        # several hours
        rf"|{vague}\s(?:more\s)?(?P<vague>{_LONG_UNIT})"
        # 2 hours, 10-15 minutes, two and a half hours, 15 (fifteen) minutes
        rf"|(?P<n1>{number})(?:\s?(?P<dash>-|–|—|to|or|and)\s?(?P<n2>{number}))?(?P<plus>\+)?"
        rf"(?P<and_half>[\s-]and[\s-](?:a[\s-])?(?:half|quarter))?[\s-]?(?:\([\w ]{{1,24}}\)\s)?"
        rf"(?:(?:full|whole|entire|solid|straight|long|good)\s)?(?P<u1>{_UNIT})"
        # an hour and a half, 3h30
        r"(?:\.?(?P<half_more>\s(?:and|&)\s(?:(?:an?|one)\s)?(?:half|quarter)\b(?!\s(?:of|an)\b))"
        r"|(?P<tail>[0-5]?\d)(?![\w:]|\s?min))?"
        r")",
        re.IGNORECASE,
    )


@cache
def _smaller_part(spelt: bool) -> re.Pattern[str]:
    """``and 45 minutes`` behind ``2 hours``."""
    spelt_out = f"|{_SPELT}" if spelt else ""
    return re.compile(
        rf"(?:(?<=hrs)\.|(?<=hr)\.)?(?:\s?,?\s?(?:and|&|plus|\+)\s|\s?[,:]\s?|\s)?"
        rf"(?P<n>\d{{1,4}}(?:\.\d{{1,3}})?{spelt_out})[\s-]?(?:\([\w ]{{1,24}}\)\s)?(?P<u>{_UNIT})",
        re.IGNORECASE,
    )


def _words(name: str) -> list[str]:
    words: list[str] = policy.table("times")["lengths"][name]
    return words


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(_longest_first(words))})"


def _longest_first(words: Iterable[str]) -> list[str]:
    return [re.escape(word) for word in sorted(words, key=len, reverse=True)]


def _escaped(name: str) -> list[str]:
    return _longest_first(_words(name))


# -- reading -----------------------------------------------------------------


def _lengths(text: str) -> Iterator[Length]:
    pattern = _pattern(_spells(text))
    pos = 0
    while (match := pattern.search(text, pos)) is not None:
        found = _length(text, match)
        if found is not None:
            yield found
            pos = found.end
        else:
            pos = match.start("n2") if match["n2"] else match.end()


def _length(text: str, match: re.Match[str]) -> Length | None:
    start = match.start()
    read = _value(text, match)
    if read is None:
        return None
    minutes, end, kind = read
    if kind == "length" and match["u1"]:
        other = _other_end(text, end)
        if other is not None:
            minutes, end, kind = (minutes + other[0]) / 2, other[1], "range"
    before = text[max(0, start - 40) : start]
    unsure = _unsure().search(before) is not None or _OR_SO.match(text, end) is not None
    return Length(start, end, minutes, unsure, _kind(before, text[end : end + 48], kind))


def _value(text: str, match: re.Match[str]) -> tuple[float, int, Kind] | None:
    end = match.end()
    if match["colon"]:
        if text[max(0, match.start() - 3) : match.start()].lower() == "at ":
            return None
        return int(match["ch"]) * 60 + int(match["cm"]) + int(match["cs"] or 0) / 60, end, "length"
    if match["half_of"]:
        return _unit(match["half_of"]) / 2, end, "length"
    if match["quarter"]:
        return 45.0 if match["three"] else 15.0, end, "length"
    if match["vague"]:
        return _unit(match["vague"]), end, "bound"
    counted = _counted(text, match)
    if counted is None:
        return None
    kind: Kind = "range" if match["n2"] else "bound" if match["plus"] else "length"
    return *counted, kind


def _counted(text: str, match: re.Match[str]) -> tuple[float, int] | None:
    """The minutes of ``1 day 4 hours`` and where they end; None where it is no length."""
    if match["dash"] == "and" and not _BETWEEN.search(
        text, max(0, match.start() - 24), match.start()
    ):
        return None
    if match["dash"] in ("-", "–", "—") and _YEAR.fullmatch(match["n1"]):
        return None
    if len(match["u1"]) == 1 and not _is_unit_letter(text, match):
        return None
    if _is_clock(text, match) or (match["n1"].lower(), match["u1"].lower()) == ("a", "second"):
        return None
    unit = _unit(match["u1"])
    count = _number(match["n1"])
    if match["n2"]:
        count = (count + _number(match["n2"])) / 2
    more = match["and_half"] or match["half_more"]
    if more:
        count += 0.25 if more.lower().endswith("quarter") else 0.5
    minutes, end = count * unit, match.end("half_more" if match["half_more"] else "u1")
    if match["half_more"] or match["n2"]:
        return minutes, end
    if match["tail"]:
        return minutes + int(match["tail"]) * unit / 60, match.end()
    for _ in range(3):
        part = _smaller_part(_spells(text)).match(text, end)
        if part is None or not _is_smaller(part, unit):
            break
        unit = _unit(part["u"])
        minutes += _number(part["n"]) * unit
        end = part.end()
    return minutes, end


def _is_smaller(part: re.Match[str], unit: float) -> bool:
    return _unit(part["u"]) < unit and (len(part["u"]) > 1 or part["n"][-1].isdigit())


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """``2100hrs`` and ``at 0900 hours`` tell when, not how long."""
    number = match["n1"]
    if len(number) != 4 or not number.isdigit() or number[:2] > "24" or number[2] > "5":
        return False
    if match["u1"].lower() in ("h", "hr", "hrs"):
        return True
    return number[0] == "0" or text[max(0, match.start() - 3) : match.start()].lower() == "at "


def _is_unit_letter(text: str, match: re.Match[str]) -> bool:
    """``2h 8m`` and ``(20m)`` are lengths; ``20m users``, ``404s`` and ``5 d`` are not."""
    number = match["n1"].strip()
    if not number[-1].isdigit() or match["u1"] in ("M", "S", "D", "W"):
        return False
    if match["u1"] in ("s", "d") and len(number) > 2 and number.isdigit():
        return False
    if (
        match["u1"] == "s"
        and number[-1] == "0"
        and _OF_TENS.search(text[max(0, match.start() - 8) : match.start()])
    ):
        return False
    if match["tail"] or _smaller_part(_spells(text)).match(text, match.end("u1")):
        return True
    if text[match.start("u1") - 1].isspace() and match["u1"] != "h":
        return False
    return _after_letter().match(text, match.end("u1")) is None


_OF_TENS = expression(r"(?:\bthe\s|\b(?:mid|low|lower|high|upper|late|early)[\s-])$", re.IGNORECASE)
"""Before ``CPU sat in the 90s``, ``the low 80s``: values of ten, and no seconds."""


def _other_end(text: str, end: int) -> tuple[float, int] | None:
    """The other end of ``10 minutes to 15 minutes``."""
    joint = _RANGE_MARK.match(text, end)
    if joint is None:
        return None
    other = _pattern(_spells(text)).match(text, joint.end())
    if other is None or not other["u1"] or other["n2"]:
        return None
    return _counted(text, other)


def _number(text: str) -> float:
    text = text.lower().strip()
    if "/" in text:
        whole, _, part = text.replace(" and ", " ").rpartition(" ")
        return float(whole or 0) + int(part[0]) / int(part[-1])
    extra = _FRACTIONS.get(text[-1], 0.0)
    if extra:
        text = text[:-1].strip()
    if not text:
        return extra
    if not text[0].isdigit():
        return _spelt(text.replace("-", " ").split()) + extra
    whole, comma, rest = text.partition(",")
    if comma and len(rest) < 3:
        return float(f"{whole}.{rest}") + extra
    return float(text.replace(",", "")) + extra


def _spelt(words: list[str]) -> float:
    """``one hundred and twenty``, ``forty five``, ``a hundred``."""
    total = 0
    for word in words:
        if word == "hundred":
            total = 100 * max(total, 1)
        elif word != "and":
            total += _NUMBERS[word]
    return total


def _unit(name: str) -> float:
    return _MINUTES[name[0].lower()]


def _kind(before: str, after: str, kind: Kind) -> Kind:
    if _period_before().search(before) and not _FROM_THEN_ON.search(before):
        return "period"
    if _period_after().match(after) and not _went_on(before, after):
        return "period"
    bound = _bound_before().search(before) and not (_SLIGHTLY.search(before) or _SPAN.match(after))
    if kind == "length" and (bound or _bound_after().match(after)):
        return "bound"
    return kind


_FROM_THEN_ON = expression(
    r"\b(?:for|during|over|throughout) the (?:next|following)\s"
    r"(?:(?:about|around|approximately|roughly|almost|nearly)\s)?[~≈]?$",
    re.IGNORECASE,
)
"""``and stayed that way for the next three hours``."""


def _went_on(before: str, after: str) -> bool:
    """``down for 93 minutes after a release``: a length, and behind it what it came after.

    ``for 40 minutes before anyone noticed`` is only a part of it, ``for 20 minutes after the
    fix`` its tail.
    """
    return _FOR.search(before) is not None and _REPAIRED_THEN.match(after) is not None


_REPAIRED_THEN = expression(
    r"\s?(?:after\b(?![^.;]{0,40}\b(?:fix|resol|recover|restor|roll|revert|repair|mitigat"
    r"|restart|end|back))|before\s(?:\w+\s){1,3}(?:roll|revert|restor|repair|fix|resol|recover|mend"
    r"|replac|return|restart|open again|back\b|up again|online|stable|normal|healthy|steady"
    r"|settl|calm|work))",
    re.IGNORECASE,
)


_FOR = expression(
    r"\b(?:for|lasted|lasting|took)\s(?:(?:a|about|around|some|nearly|almost|roughly|approximately"
    r"|total|of|over)\s){0,3}~?$",
    re.IGNORECASE,
)


# -- what stands around it ---------------------------------------------------


_BETWEEN = expression(r"\bbetween\s(?:about\s|approximately\s|~)?$", re.IGNORECASE)


_YEAR = expression(r"(?:19|20)\d\d")
"""``… on May 12, 2022 — one hour``: a year begins no range of hours."""


_RANGE_MARK = expression(r"\s?(?:-|–|—|\bto\b|\bor\b)\s?", re.IGNORECASE)


@cache
def _after_letter() -> re.Pattern[str]:
    return re.compile(rf"\s+(?!{_any_of(_words('unit_letter_before'))}\b)[a-z]")


@cache
def _bound_before() -> Alternatives:
    words = (rf"\b{word}\.?\s(?:the\s)?(?:a\stotal\sof\s)?" for word in _escaped("bound_before"))
    signs = (rf"{sign}=?\s?" for sign in "<>≤≥")
    return Alternatives((*words, *signs), behind=r")[~≈]?$")


_SLIGHTLY = expression(
    r"\b(?:bit|little|slightly) (?:over|under|more than|less than|above|below) $"
)
"""``A bit over two hours`` is about two hours."""


_SPAN = expression(r"[\s-](?:long\s)?(?:period|span|time\s?span|stretch)\b", re.IGNORECASE)
"""``within a 9 hour period``: in the course of it."""


@cache
def _bound_after() -> Alternatives:
    return Alternatives((r"\+", *(rf"\s?{word}\b" for word in _escaped("bound_after"))))


@cache
def _period_before() -> Alternatives:
    return Alternatives(_escaped("period_before"), r"\b(?:", r")\s(?:other\s)?[~≈]?$")


@cache
def _period_after() -> Alternatives:
    return Alternatives(_escaped("period_after"), r"\s?(?:", r")\b")


@cache
def _unsure() -> Alternatives:
    told = _longest_first([*policy.table("times")["approximate"], "almost", "just", "an estimated"])
    words = (rf"\b{word}\.?\s?[~≈]?(?:a\s)?(?:total\sof\s)?" for word in told)
    signs = (rf"{sign}\s?" for sign in "~≈∼")
    return Alternatives((*signs, *words), behind=")$")


_OR_SO = expression(r"\s?(?:or so\b|\(?approx|give or take)", re.IGNORECASE)
