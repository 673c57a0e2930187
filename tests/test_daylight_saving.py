"""Offsets on both sides of a change of clocks, as the IANA database has them."""

from __future__ import annotations

import pytest

from pmlint.reading.dates import Date
from pmlint.reading.zones import find_zones, utc_offset


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
