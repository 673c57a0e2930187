"""How far a timezone is from UTC: by the table of abbreviations and by the IANA database.

Abbreviations and their readings are policy: ``rules/zones.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pmlint.reading.times import Clock, Date
    from pmlint.reading.zones import Zone


class Season(NamedTuple):
    """What the clocks of a place really show on a date."""

    abbreviation: str
    offset: int


def utc_offset(zone: Zone, date: Date | None, clock: Clock | None) -> int | None:
    """Minutes east of UTC at that moment; None where the words do not tell it."""
    if zone.offset is not None:
        return zone.offset
    if zone.iana is None:
        return None
    return _iana_offset(zone.iana, date, clock)


def usual_offset(abbreviation: str) -> int | None:
    """What an abbreviation means in minutes east of UTC, None where that is not settled."""
    row = zone_table()["abbreviations"].get(abbreviation)
    return None if row is None or "offset" not in row else minutes_east(row["offset"])


def meanings(abbreviation: str) -> tuple[tuple[str, int], ...]:
    """The places that use an ambiguous abbreviation, with their offset in minutes."""
    row = zone_table()["abbreviations"].get(abbreviation, {})
    return tuple((place, minutes_east(offset)) for place, offset in row.get("readings", {}).items())


def season(zone: Zone, date: Date, clock: Clock | None = None) -> Season | None:
    """What should stand instead of an abbreviation that is out of season (EST in July).

    None where it is right, where nothing tells, or where the date has no year and the
    day is near a change of clocks. On the day of a change both are right.
    """
    from pmlint.reading.times import Clock

    row = zone_table()["abbreviations"].get(zone.abbreviation or "", {})
    if "region" not in row or "offset" not in row:
        return None
    written = minutes_east(row["offset"])
    regions = [row["region"], *row.get("also", ())]
    real = [_iana_offset(region, date, clock) for region in regions]
    if real[0] is None or written in real:
        return None
    if any(
        written == _iana_offset(region, date, end)
        for region in regions
        for end in (Clock(0, 0), Clock(23, 59))
    ):
        return None
    for year in (date.year,) if date.year is not None else (2024,):
        moment = _local(date, clock, year)
        name = moment.replace(tzinfo=zone_info(regions[0])).tzname() if moment else None
        if name and name.isalpha() and name != zone.abbreviation:
            return Season(name, real[0])
    return None


def offset_text(minutes: int) -> str:
    """``-300`` as ``UTC-05:00``; ``0`` as ``UTC``."""
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


@cache
def zone_table() -> dict[str, Any]:
    """``rules/zones.toml``."""
    return policy.table("zones")


def minutes_east(offset: str) -> int:
    """``+05:30`` in minutes east of UTC."""
    hours, minutes = offset[1:].split(":")
    return (int(hours) * 60 + int(minutes)) * (-1 if offset[0] == "-" else 1)


@cache
def zone_info(name: str) -> ZoneInfo | None:
    """From the tzdata package first, so that every machine gives the same answer.

    Raises ModuleNotFoundError where there is neither the package nor the system's zone:
    an answer without zones would be a pass in silence.
    """
    import zoneinfo
    from pathlib import Path

    absent = None
    try:
        import tzdata  # type: ignore[import-untyped, unused-ignore]

        path = Path(tzdata.__file__).parent / "zoneinfo" / name
        with path.open("rb") as file:
            return zoneinfo.ZoneInfo.from_file(file, key=name)
    except ImportError as error:
        absent = error
    except (OSError, ValueError):
        pass
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, OSError, ValueError):
        if absent is not None:
            raise absent from None
        return None


def _local(date: Date, clock: Clock | None, year: int) -> datetime | None:
    from datetime import datetime

    hour, minute = (12, 0) if clock is None else (min(clock.hour, 23), clock.minute)
    try:
        return datetime(year, date.month, date.day, hour, minute)
    except ValueError:
        return None


def _iana_offset(name: str, date: Date | None, clock: Clock | None) -> int | None:
    info = zone_info(name)
    if info is None:
        return None
    if date is None:
        return constant_offset(name)
    offsets = set(_offsets(info, date, clock))
    return offsets.pop() if len(offsets) == 1 else None


def _offsets(info: ZoneInfo, date: Date, clock: Clock | None) -> Iterator[int]:
    """One for the date's year; without a year those of several years, to see if they agree."""
    for year in (date.year,) if date.year is not None else (2019, 2021, 2024):
        moment = _local(date, clock, year)
        if moment is not None:
            delta = moment.replace(tzinfo=info).utcoffset()
            if delta is not None:
                yield int(delta.total_seconds() // 60)


def constant_offset(name: str) -> int | None:
    """The offset of a zone that has had no daylight saving in recent years."""
    from pmlint.reading.times import Date

    info = zone_info(name)
    if info is None:
        return None
    # April and May: Morocco sets its clocks back during Ramadan.
    days = [Date(None, month, 1) for month in (1, 4, 5, 7)]
    offsets = {offset for day in days for offset in _offsets(info, day, None)}
    return offsets.pop() if len(offsets) == 1 else None
