"""Timezones in prose: where they stand and what they mean.

Names, abbreviations and their readings are policy: ``rules/zones.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pmlint.namedtuples import NamedTuple
from pmlint.reading.dates import MONTH_LETTERS, WEEKDAY_LETTERS
from pmlint.reading.offsets import (
    constant_offset,
    minutes_east,
    offset_text,
    zone_info,
    zone_table,
)
from pmlint.standard.patterns import expression


class Zone(NamedTuple):
    """A timezone as written, with what it means. Offsets are minutes east of UTC."""

    start: int
    end: int
    """The zone's words including an offset or abbreviation attached to them."""
    text: str
    """The words as written, such as ``PST (UTC-7)``."""
    key: str
    """The same for every spelling: ``UTC``, ``UTC-05:00``, ``PST``, ``PT``, ``US/Pacific``."""
    offset: int | None = None
    """Set where it holds on every date."""
    iana: str | None = None
    """The name that decides by date, where the words cover summer and winter."""
    candidates: tuple[int, ...] = ()
    """Every offset the abbreviation is used for, where they are several."""
    abbreviation: str | None = None
    stated_offset: int | None = None
    """The offset written in numbers, alone or beside an abbreviation."""
    misspelt: str | None = None
    """What was meant, where the zone is misspelt."""


def find_zones(text: str) -> list[Zone]:
    """Every timezone named in the text, in order.

    Words that are also ordinary words (CAT, ET, MT) count only after a clock or where
    the text speaks of time.
    """
    found: list[Zone] = []
    for start in _candidates(text):
        if found and start < found[-1].end:
            continue
        zone = _zone_at(text, start, beside_clock=text[start].islower())
        if zone is not None:
            found.append(zone)
    return found


def zone_after(text: str, pos: int) -> Zone | None:
    """The timezone that stands right behind the clock that ends at ``pos``."""
    gap = _GAP.match(text, pos)
    assert gap is not None
    bare = _bare_offset_at(text, pos, gap)
    if bare is not None:
        return bare
    if text[gap.end() : gap.end() + 1].isalpha():
        return _zone_at(text, gap.end(), beside_clock=True)
    return None


@cache
def _time_words() -> tuple[frozenset[str], frozenset[str]]:
    words = zone_table()["declarations"]
    return frozenset(words["time"]), frozenset(words["filler"])


@cache
def _misspellings() -> dict[str, str]:
    return {wrong.lower(): right for wrong, right in zone_table()["misspellings"].items()}


_BEGINNINGS = expression(
    r"(?<![\w/.@])(?:[A-Z]{2,5}\b|[A-Z]{3}\d[A-Z]{3}\b|(?i:utc|gmt)\b|[A-Z][A-Za-z]+/(?=[A-Z])|Greenw)"
)


_TIME_WORD = expression(r"(?<![^\W\d_])(?:[^\W\d_]++[ \t]++){1,4}(?=[Tt]ime)")


def _candidates(text: str) -> list[int]:
    """Offsets at which a zone may begin, ascending."""
    starts = [match.start() for match in _BEGINNINGS.finditer(text)]
    if "time" in text or "Time" in text:
        for match in _TIME_WORD.finditer(text):
            starts.extend(match.start() + word.start() for word in _WORD.finditer(match[0]))
    starts.extend(match.end() for match in _CLOCK_AND_WORD.finditer(text))
    if "time in " in text:
        starts.extend(match.start() for match in _TIME_IN.finditer(text))
    return sorted(set(starts))


_TIME_IN = expression(r"\b(?:[Ll]ocal )?time in (?P<place>[^\W\d_]+(?: [^\W\d_]+)?)")


_CLOCK_AND_WORD = expression(r"\d(?::\d\d\s?(?:[ap]m)?|\s?[ap]m)\s\(?(?=[a-z]{3,4}\b)")


_WORD = expression(r"[^\W\d_]+")


_GAP = expression(r"[\s*_`]{0,3},?[\s*_`]{0,3}[(\[]?\s?(?:(?:in|time) )?[+]?(?=[A-Za-z+\-−–]|$)|")


def _zone_at(text: str, pos: int, *, beside_clock: bool) -> Zone | None:
    base = _plain_at(text, pos, beside_clock=beside_clock)
    if base is None:
        return None
    return _with_attached(text, base)


def _plain_at(text: str, pos: int, *, beside_clock: bool) -> Zone | None:
    return (
        _misspelt_at(text, pos)
        or _numeric_at(text, pos)
        or _abbreviation_at(text, pos, beside_clock=beside_clock)
        or _iana_at(text, pos)
        or _name_at(text, pos, beside_clock=beside_clock)
    )


_SIGNS = ("+", "-", "−", "–", "±")


_NUMERIC = expression(
    r"(?:UTC|GMT|Utc|Gmt|utc|gmt)(?P<gap>\s?)"
    r"(?P<sign>[+\-−–±])(?P<space>\s?)(?P<h>\d{1,2})(?::?(?P<m>[0-5]\d))?(?!\d|:\d|\.\d)"
    r"(?:h(?:rs?|ours?)?\b)?"
)


def _numeric_at(text: str, pos: int) -> Zone | None:
    signed = text[pos + 3 : pos + 5].lstrip()[:1] in _SIGNS
    match = _NUMERIC.match(text, pos) if signed else None
    if match is None or not _plausible(match, text):
        return None
    offset = _signed(match["sign"], match["h"], match["m"])
    if offset is None:
        return None
    return Zone(
        pos, match.end(), match[0], offset_text(offset), offset=offset, stated_offset=offset
    )


def _plausible(match: re.Match[str], text: str) -> bool:
    """False for ``14:00 UTC - 5 pods``, ``08:00 UTC-10:00 UTC`` and the like."""
    if match["sign"] in "+±":
        return True
    if match["space"]:
        return False
    rest = text[match.end() : match.end() + 24]
    if match["m"] is not None and _FOLLOWED_BY_ZONE.match(rest):
        return False
    return not (match["gap"] and _FOLLOWED_BY_WORD.match(rest))


_FOLLOWED_BY_ZONE = expression(r"\s?\(?(?:[A-Z]{2,4}\b|[ap]\.?m\b)", re.IGNORECASE)


_FOLLOWED_BY_WORD = expression(
    r"\s*(?:%|[ap]m\b|\s(?!(?:on|to|til|till|until|through|and|in)\b)[a-z])"
)


def _signed(sign: str, hours: str, minutes: str | None) -> int | None:
    value = int(hours) * 60 + int(minutes or 0)
    if sign in "-−–":
        value = -value
    if not -12 * 60 <= value <= 14 * 60 or value % 15:
        return None
    return value


_BARE = expression(
    r"(?P<sign>[+\-−])(?P<h>\d{1,2})(?::?(?P<m>[0-5]\d))?(?![\d\w%]|[:.]\d)(?P<close>\s?[)\]])?"
)


def _bare_offset_at(text: str, pos: int, gap: re.Match[str]) -> Zone | None:
    """``+0200``, ``+02``, ``(+3)``; a minus could also lead to the end of a range."""
    at = gap.end()
    if text[at - 1 : at] == "+" and at > pos:
        at -= 1
    match = _BARE.match(text, at) if text[at : at + 1] in _SIGNS else None
    if match is None:
        return None
    enclosed = match["close"] is not None and "(" in gap[0]
    compact = match["m"] is not None and ":" not in match[0]
    plus = match["sign"] == "+"
    attached = at == pos and len(match["h"]) == 2 and (plus or _exact_clock(text, pos))
    wide = plus and match["m"] is not None
    if not (enclosed or compact or attached or wide):
        return None
    offset = _signed(match["sign"], match["h"], match["m"])
    if offset is None:
        return None
    end = match.start("close") if match["close"] else match.end()
    return Zone(at, end, text[at:end], offset_text(offset), offset=offset, stated_offset=offset)


def _exact_clock(text: str, pos: int) -> bool:
    """A clock as machines write it, behind which ``-05:00`` is an offset and no end."""
    return _MACHINE_CLOCK.search(text[max(0, pos - 20) : pos]) is not None


_MACHINE_CLOCK = expression(r"(?:T\d\d:\d\d|:\d\d:\d\d(?:\.\d{1,9})?)$")


_LETTERS = expression(
    r"(?:PST8PDT|EST5EDT|CST6CDT|MST7MDT)\b|[A-Za-z]{1,5}(?!\w)(?:/[A-Z]{3}(?!\w))?"
)


def _abbreviation_at(text: str, pos: int, *, beside_clock: bool) -> Zone | None:
    match = _LETTERS.match(text, pos)
    if match is None:
        return None
    written = match[0]
    table = zone_table()
    if written in table["pairs"]:
        return (_from_row(table["pairs"][written], pos, written))._replace(abbreviation=None)
    if "/" in written:
        written = written.partition("/")[0]
    if written[-1].isdigit() or written[3:4].isdigit():
        return Zone(pos, match.end(), match[0], match[0], iana=match[0])
    if written == "Z" and beside_clock:
        return Zone(pos, pos + 1, "Z", "UTC", offset=0)
    key = written.upper()
    row = table["abbreviations"].get(key)
    if row is None or not _counts(text, pos, written, row, beside_clock=beside_clock):
        return None
    return _from_row(key, pos, written)


def _counts(text: str, pos: int, written: str, row: dict[str, Any], *, beside_clock: bool) -> bool:
    end = pos + len(written)
    if _begins_date(written, text, end):
        return False
    if written.isupper():
        plain = beside_clock or not row.get("word") or text.startswith(_AS_ZONE, end)
        return plain or _spoken_of(text, pos)
    if written.upper() in ("UTC", "GMT"):
        return True
    if not beside_clock:
        return False
    enclosed = (
        text[pos - 1 : pos] == "(" and text[pos + len(written) : pos + len(written) + 1] == ")"
    )
    if row.get("word"):
        return enclosed or (written.islower() and not text[end : end + 2].strip(" .,;:)–-"))
    return enclosed or written.islower() or text[pos + len(written) : pos + len(written) + 1] != "."


def _begins_date(written: str, text: str, end: int) -> bool:
    """``SAT 12 MAY``: the weekday of the date behind it."""
    if written.lower() not in WEEKDAY_LETTERS:
        return False
    behind = text[end : end + 8].lstrip(" ,.").lower()
    return behind[:3] in MONTH_LETTERS or (behind[:1].isdigit() and ":" not in behind[:3])


_AS_ZONE = (" time zone", " timezone", " Timezone", " Time Zone")
"""What makes a zone of a word: ``in the WAT time zone``."""


def _spoken_of(text: str, pos: int) -> bool:
    """The words before ``pos`` are a clock or speak of time: ``all times are in CAT``."""
    before = text[max(0, pos - 48) : pos]
    if _CLOCK_BEFORE.search(before):
        return True
    time_words, filler = _time_words()
    cut = pos > 48
    words = _WORD.findall(before)
    if cut and words:
        words = words[1:]
    for word in reversed(words[-7:]):
        lower = word.lower()
        if lower in time_words:
            return True
        if lower not in filler:
            return False
    return False


_CLOCK_BEFORE = expression(
    r"(?:\d[:.]\d\d|\d\s?[ap]\.?m\.?|\d\s?hrs|\d\s?hours)[\s*_`]{0,3},?\s?[(\[]?$",
    re.IGNORECASE,
)


def _from_row(key: str, pos: int, written: str) -> Zone:
    row = zone_table()["abbreviations"][key]
    dated = row.get("dated", False)
    readings = tuple(minutes_east(offset) for offset in row.get("readings", {}).values())
    return Zone(
        pos,
        pos + len(written),
        written,
        key,
        offset=minutes_east(row["offset"]) if "offset" in row else None,
        iana=row["region"] if dated else None,
        candidates=readings,
        abbreviation=key,
    )


_IANA = expression(
    r"(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Canada|Etc|Europe|Indian|Pacific|US)"
    r"/[A-Z][A-Za-z_+\-0-9]{1,30}(?:/[A-Z][A-Za-z_]{2,20})?"
)


def _iana_at(text: str, pos: int) -> Zone | None:
    match = _IANA.match(text, pos) if "/" in text[pos : pos + 11] else None
    if match is None:
        return None
    name = match[0].rstrip("_+-")
    if zone_info(name) is None:
        return None
    return Zone(pos, pos + len(name), name, name, offset=constant_offset(name), iana=name)


_NAME = expression(r"(?:[^\W\d_]+[ \t]+){1,4}?[Tt][Ii][Mm][Ee](?:[ \t]?[Zz]one)?(?!\w)")


def _name_at(text: str, pos: int, *, beside_clock: bool) -> Zone | None:
    """``Pacific Standard Time``, ``Zurich time``; without "time" only beside a clock."""
    inside = _TIME_IN.match(text, pos)
    if inside is not None:
        place = inside["place"].lower().translate(_PLAIN)
        for name in (place, place.partition(" ")[0]):
            end = inside.start("place") + len(name)
            zone = _named(name, text, pos, end)
            if zone is not None:
                return zone
    match = _NAME.match(text, pos)
    if match is not None:
        name = " ".join(match[0].lower().translate(_PLAIN).split()[:-1])
        if name.endswith(" time"):
            name = name[:-5]
        zone = _named(name, text, pos, match.end())
        zone = zone or _named(name.removesuffix(" standard"), text, pos, match.end())
        if zone is not None:
            return zone
    if beside_clock and text[pos - 1 : pos] == "(":
        # 8:45 - 12:15 (Nairobi), (Lagos, Nigeria)
        close = text.find(")", pos, pos + 32)
        place = text[pos : max(close, pos)].lower().translate(_PLAIN)
        for name in (place, place.partition(",")[0]):
            zone = _named(name, text, pos, close) if name else None
            if zone is not None:
                return zone
    if beside_clock:
        named = text.startswith(_BARE_NAMES, pos)
        bare = _BARE_NAME.match(text, pos) if named else None
        if bare is not None:
            return _named(bare[0].lower(), text, pos, bare.end())
    return None


_PLAIN = str.maketrans("áàâãéèêíóôõúüç", "aaaaeeeiooouuc")
"""``Bogotá time``, ``São Paulo time``: the table writes names without accents."""


_BARE_NAMES = ("US ", "Pacific", "Eastern", "Central", "Mountain", "Greenwich")


_BARE_NAME = expression(
    r"(?:US )?(?:Pacific|Eastern|Central|Mountain|Greenwich)\b"
    r"(?![/\w]|\s(?!(?:on|to|til|till|until|and|or|our|the|an?|we|it|i|you|they|he|she|all|some"
    r"|most|this|that|when|after|before|as|for|with|while|in|there|nobody|everyone)\b)\w)"
)


def _named(name: str, text: str, start: int, end: int) -> Zone | None:
    table = zone_table()
    key = table["names"].get(name)
    if key is not None:
        row_zone = _from_row(key, start, text[start:end])
        dated = row_zone.iana is not None
        return row_zone._replace(candidates=(), abbreviation=None if dated else key)
    place = table["places"].get(name)
    if place is not None:
        return Zone(start, end, text[start:end], place, offset=constant_offset(place), iana=place)
    return None


def _misspelt_at(text: str, pos: int) -> Zone | None:
    if text[pos : pos + 1] not in _misspelt_letters():
        return None
    for wrong, right in _longest_first():
        end = pos + len(wrong)
        if text[pos:end].lower() == wrong and not text[end : end + 1].isalnum():
            if right in zone_table()["abbreviations"]:
                zone = _from_row(right, pos, text[pos:end])
            else:
                zone = Zone(
                    pos, end, text[pos:end], right, offset=constant_offset(right), iana=right
                )
            return zone._replace(misspelt=right)
    return None


@cache
def _longest_first() -> list[tuple[str, str]]:
    return sorted(_misspellings().items(), key=lambda pair: -len(pair[0]))


@cache
def _misspelt_letters() -> frozenset[str]:
    return frozenset(wrong[0].upper() for wrong in _misspellings())


_OPENING = expression(r"\s?[(\[]\s?|\s?/\s?(?=UTC|GMT)|,?\s(?=(?:UTC|GMT)[+\-−–])")


_BARE_ATTACHED = expression(r"(?P<sign>[+\-−–])(?P<h>\d{1,2})(?::?(?P<m>[0-5]\d))?(?=\s?[)\]])")


def _with_attached(text: str, base: Zone) -> Zone:
    """``PST`` becomes ``PST (UTC-7)``, ``Pacific Standard Time`` takes in ``(PST)``."""
    behind = text[base.end : base.end + 5]
    opens = any(sign in behind for sign in ("(", "[", "/", "UTC", "GMT"))
    opening = _OPENING.match(text, base.end) if opens else None
    if opening is None:
        return base
    at = opening.end()
    enclosed = "(" in opening[0] or "[" in opening[0]
    inner: Zone | None = None
    signed = enclosed and text[at : at + 1] in _SIGNS
    bare = _BARE_ATTACHED.match(text, at) if signed else None
    if bare is not None:
        offset = _signed(bare["sign"], bare["h"], bare["m"])
        if offset is not None:
            inner = Zone(
                at, bare.end(), bare[0], offset_text(offset), offset=offset, stated_offset=offset
            )
    elif text[at : at + 1].isalpha():
        inner = _plain_at(text, at, beside_clock=True)
    if inner is None:
        return base
    end = inner.end
    if enclosed:
        close = _CLOSING.match(text, end)
        if close is None:
            return base
        end = close.end()
    return _merged(base, inner, text[base.start : end], end)


_CLOSING = expression(r"\s?[)\]]")


def _merged(base: Zone, inner: Zone, text: str, end: int) -> Zone:
    named, other = (base, inner) if base.abbreviation or base.iana else (inner, base)
    if not named.abbreviation and other.abbreviation:
        named, other = other, named
    stated = base.stated_offset if base.stated_offset is not None else inner.stated_offset
    known = stated if stated is not None else named.offset
    if known is None and not named.iana:
        known = other.offset
    return Zone(
        base.start,
        end,
        text,
        named.key,
        offset=known,
        iana=(named.iana or other.iana) if known is None else None,
        candidates=() if stated is not None or other.iana else named.candidates,
        abbreviation=named.abbreviation,
        stated_offset=stated,
        misspelt=base.misspelt,
    )
