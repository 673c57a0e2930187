"""Offsets on both sides of a change of clocks, as the IANA database has them."""

from __future__ import annotations

import pytest
from mends import GOOD, findings, plan, swapped

from pmlint import engine
from pmlint.facts import Postmortem
from pmlint.findings import Source
from pmlint.reading.dates import Date
from pmlint.reading.offsets import season, utc_offset
from pmlint.reading.zones import find_zones


@pytest.mark.parametrize(
    ("zone", "date", "hours"),
    [
        pytest.param("PT", Date(2024, 1, 9), -8, id="US winter"),
        pytest.param("PT", Date(2024, 7, 9), -7, id="US summer"),
        pytest.param("ET", Date(2024, 3, 9), -5, id="US, the day before the clocks change"),
        pytest.param("ET", Date(2024, 3, 11), -4, id="US, the day after"),
        pytest.param("Europe/Berlin", Date(2024, 3, 30), 1, id="Europe, the day before"),
        pytest.param("Europe/Berlin", Date(2024, 4, 1), 2, id="Europe, the day after"),
        pytest.param("Europe/London", Date(2024, 7, 9), 1, id="London summer"),
        pytest.param("Africa/Cairo", Date(2022, 7, 9), 2, id="Egypt without daylight saving"),
        pytest.param("Africa/Cairo", Date(2024, 7, 9), 3, id="Egypt has it again since 2023"),
        pytest.param("Cairo time", Date(2024, 1, 9), 2, id="Egypt winter, by its English name"),
        pytest.param("Africa/Casablanca", Date(2024, 7, 9), 1, id="Morocco outside Ramadan"),
        pytest.param("Africa/Casablanca", Date(2024, 3, 20), 0, id="Morocco during Ramadan"),
        pytest.param("Morocco time", Date(2024, 7, 9), 1, id="Morocco, by its English name"),
        pytest.param("UTC−5", Date(2024, 7, 9), -5, id="an offset with a true minus"),
    ],
)
def test_offset_on_a_day(zone: str, date: Date, hours: int) -> None:
    (found,) = find_zones(f"13:20 {zone}")
    assert utc_offset(found, date, None) == hours * 60


@pytest.mark.parametrize(
    ("zone", "date", "right"),
    [
        pytest.param("EST", Date(2024, 3, 10), None, id="US spring, before the change"),
        pytest.param("EDT", Date(2024, 3, 10), None, id="US spring, after the change"),
        pytest.param("EDT", Date(2024, 11, 3), None, id="US autumn, before the change"),
        pytest.param("CET", Date(2024, 3, 31), None, id="Europe, before the change"),
        pytest.param("CET", Date(2024, 3, 30), None, id="Europe, the day before"),
        pytest.param("CET", Date(2024, 4, 1), "CEST", id="Europe, the day after"),
        pytest.param("CEST", Date(2024, 3, 30), "CET", id="Europe, too early by a day"),
        pytest.param("PST", Date(2024, 3, 11), "PDT", id="US, the day after"),
    ],
)
def test_season_near_a_change(zone: str, date: Date, right: str | None) -> None:
    (found,) = find_zones(f"13:20 {zone}")
    instead = season(found, date)
    assert (instead.abbreviation if instead is not None else None) == right


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        pytest.param("10 March 2024, 1:30 AM EST - 3:45 AM EDT (1 h 15 min)", 75, id="US spring"),
        pytest.param("3 Nov 2024, 1:30 AM EDT - 1:15 AM EST (45 min)", 45, id="an hour again"),
        pytest.param("31 March 2024, 01:30 CET - 03:15 CEST (45 min)", 45, id="Europe spring"),
        pytest.param("27 Oct 2024, 01:30 CEST - 02:15 CET (1 h 45 min)", 105, id="Europe autumn"),
        pytest.param("2 Nov 2024, 11 PM EDT - 3 Nov 2024, 2 AM EST (4 h)", 240, id="over midnight"),
    ],
)
def test_length_across_a_change(duration: str, minutes: int) -> None:
    text = swapped(GOOD, ("18 June 2024, 15:00 - 17:00 UTC (2 hours)", duration))
    source = Source(text, "a.md")
    facts = engine.read(source, plan())
    assert isinstance(facts, Postmortem)
    assert facts.duration is not None
    assert facts.duration.minutes == minutes
    assert findings(text, "PM205", "PM206", "PM208") == ()
