"""Reading timezones: what is one, what it means, what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.reading.offsets import meanings, offset_text, season, usual_offset, utc_offset
from pmlint.reading.times import Clock, Date
from pmlint.reading.zones import find_zones, zone_after

JULY = Date(2024, 7, 1)
JANUARY = Date(2024, 1, 15)

# text, the words of the zone, its key, its fixed offset
NAMED = [
    pytest.param("All times in UTC.", "UTC", "UTC", 0, id="declaration"),
    pytest.param("| Time (UTC) |", "UTC", "UTC", 0, id="table header"),
    pytest.param("times are utc", "utc", "UTC", 0, id="lower-case utc"),
    pytest.param("(all times in GMT)", "GMT", "GMT", 0, id="parenthesised declaration"),
    pytest.param("All in Greenwich Mean Time", "Greenwich Mean Time", "GMT", 0, id="spelt out"),
    pytest.param("Timeline (UTC+0)", "UTC+0", "UTC", 0, id="zero offset is UTC"),
    pytest.param("3 PM UTC-5", "UTC-5", "UTC-05:00", -300, id="short offset"),
    pytest.param("3 PM UTC -5", "UTC -5", "UTC-05:00", -300, id="spaced offset"),
    pytest.param("3 PM (GMT +2)", "GMT +2", "UTC+02:00", 120, id="spaced GMT offset"),
    pytest.param("3 PM UTC+05:30", "UTC+05:30", "UTC+05:30", 330, id="half-hour offset"),
    pytest.param("3 PM UTC−5", "UTC−5", "UTC-05:00", -300, id="unicode minus"),
    pytest.param("3 PM UTC–5", "UTC–5", "UTC-05:00", -300, id="en dash as minus"),
    pytest.param("14:00 WAT", "WAT", "WAT", 60, id="West Africa"),
    pytest.param("14:00 CAT", "CAT", "CAT", 120, id="Central Africa"),
    pytest.param("14:00 SAST", "SAST", "SAST", 120, id="South Africa"),
    pytest.param("14:00 EAT", "EAT", "EAT", 180, id="East Africa"),
    pytest.param("14:00 EEST", "EEST", "EEST", 180, id="Eastern Europe in summer"),
    pytest.param("14:00 JST", "JST", "JST", 540, id="Japan"),
    pytest.param("West African Time", "West African Time", "WAT", 60, id="name, -an form"),
    pytest.param("East Africa Time (EAT)", "East Africa Time (EAT)", "EAT", 180, id="name, short"),
    pytest.param(
        "Pacific Standard Time (PST)", "Pacific Standard Time (PST)", "PST", -480, id="both"
    ),
    pytest.param("All times in CET (GMT+1)", "CET (GMT+1)", "CET", 60, id="offset attached"),
    pytest.param("PST (UTC-7)", "PST (UTC-7)", "PST", -420, id="the stated offset counts"),
    pytest.param("IST (UTC+5:30)", "IST (UTC+5:30)", "IST", 330, id="offset settles ambiguity"),
    pytest.param("CST (-6)", "CST (-6)", "CST", -360, id="a bare offset settles it, too"),
    pytest.param("PST (−08:00)", "PST (−08:00)", "PST", -480, id="bare, unicode minus"),
    pytest.param("UTC (GMT)", "UTC (GMT)", "UTC", 0, id="the first name counts"),
    pytest.param("UTC-8 (Pacific time)", "UTC-8 (Pacific time)", "PT", -480, id="name behind"),
    pytest.param("time in Lagos was", "time in Lagos", "Africa/Lagos", 60, id="a word behind it"),
    pytest.param("10:25 AM SAT", "SAT", "SAT", 120, id="South Africa for short"),
    pytest.param("10:25 am edt", "edt", "EDT", -240, id="lower case behind a clock"),
    pytest.param("times Greenwitch, UK", "Greenwitch", "GMT", 0, id="misspelt"),
    pytest.param("(Nairobi time)", "Nairobi time", "Africa/Nairobi", 180, id="town"),
    pytest.param("(Bogotá time)", "Bogotá time", "America/Bogota", -300, id="accent"),
    pytest.param("Ghanaian time", "Ghanaian time", "Africa/Accra", 0, id="people"),
    pytest.param(
        "local time in Kigali",
        "local time in Kigali",
        "Africa/Kigali",
        120,
        id="the time in a town",
    ),
    pytest.param("Africa/Lagos", "Africa/Lagos", "Africa/Lagos", 60, id="IANA name, no DST"),
]


@pytest.mark.parametrize(("text", "words", "key", "offset"), NAMED)
def test_finds_a_zone(text: str, words: str, key: str, offset: int) -> None:
    (zone,) = find_zones(text)
    assert (zone.text, zone.key, zone.offset) == (words, key, offset)
    assert text[zone.start : zone.end] == words


# text, key, the IANA name that decides
DATED = [
    pytest.param("all times Central Time", "CT", "America/Chicago", id="Central"),
    pytest.param("at 3:00 PM Eastern time", "ET", "America/New_York", id="Eastern"),
    pytest.param("at 9:21 PM PT", "PT", "America/Los_Angeles", id="two letters"),
    pytest.param("times in PST/PDT", "PT", "America/Los_Angeles", id="pair"),
    pytest.param("17:10 PST8PDT", "PST8PDT", "PST8PDT", id="POSIX name"),
    pytest.param("All times US/Pacific", "US/Pacific", "US/Pacific", id="IANA link"),
    pytest.param("All times in UC/Pacific", "US/Pacific", "US/Pacific", id="misspelt"),
    pytest.param("(Cairo time)", "Africa/Cairo", "Africa/Cairo", id="town with summer time"),
]


@pytest.mark.parametrize(("text", "key", "iana"), DATED)
def test_a_name_for_summer_and_winter_is_resolved_by_date(text: str, key: str, iana: str) -> None:
    (zone,) = find_zones(text)
    assert (zone.key, zone.iana, zone.offset) == (key, iana, None)
    winter, summer = utc_offset(zone, JANUARY, None), utc_offset(zone, JULY, Clock(12, 0))
    assert winter is not None
    assert summer == winter + 60
    assert utc_offset(zone, None, None) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the CAT command", id="a command"),
        pytest.param("down since 14:00 SAT 12 MAY", id="a weekday before its day"),
        pytest.param("at 09:30 Sat, May 12", id="a weekday before its month"),
        pytest.param("an ET phone home joke", id="two letters in prose"),
        pytest.param("est. 5 users", id="established"),
        pytest.param("Est", id="a fragment"),
        pytest.param("at local time", id="local time names no zone"),
        pytest.param("Recovery Time: 4", id="a field, not a place"),
        pytest.param("The EAT team", id="a team"),
        pytest.param("Europe/US traffic", id="a slash between places"),
        pytest.param("the response time was high", id="a measure"),
        pytest.param("a SAST scan and an AST", id="other acronyms"),
        pytest.param("the response time of Lagos servers", id="a measure of a town's servers"),
        pytest.param("time in production", id="time in no town"),
        pytest.param("", id="nothing"),
    ],
)
def test_finds_no_zone(text: str) -> None:
    assert find_zones(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("14:00 UTC - 5 pods", ["UTC"], id="dash before a number"),
        pytest.param("14:00 UTC -5 pods", ["UTC"], id="dash glued to a number"),
        pytest.param("00:35 UTC-02:43 UTC", ["UTC", "UTC"], id="range without spaces"),
        pytest.param("08:00 UTC-10:00 UTC", ["UTC", "UTC"], id="range that looks like an offset"),
        pytest.param("UTC+25", ["UTC"], id="no such offset"),
    ],
)
def test_a_dash_behind_utc_is_not_always_an_offset(text: str, keys: list[str]) -> None:
    assert [zone.key for zone in find_zones(text)] == keys


@pytest.mark.parametrize(
    ("abbreviation", "offsets"),
    [
        pytest.param("IST", {330, 60, 120}, id="India, Ireland, Israel"),
        pytest.param("CST", {-360, 480, -300}, id="US, China, Cuba"),
        pytest.param("BST", {60, 360, 660}, id="British, Bangladesh, Bougainville"),
        pytest.param("AST", {-240, 180}, id="Atlantic, Arabia"),
    ],
)
def test_an_ambiguous_abbreviation_keeps_every_reading(
    abbreviation: str, offsets: set[int]
) -> None:
    (zone,) = find_zones(f"10:00 {abbreviation}")
    assert set(zone.candidates) == offsets
    assert {offset for _, offset in meanings(abbreviation)} == offsets


def test_only_a_settled_abbreviation_has_a_usual_offset() -> None:
    assert usual_offset("EST") == -300
    assert usual_offset("IST") is None
    assert usual_offset("NOPE") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("10:00 (UTC)", "UTC", id="in parentheses"),
        pytest.param("10:00, UTC", "UTC", id="behind a comma"),
        pytest.param("10:00 +UTC", "UTC", id="with a plus"),
        pytest.param("10:00Z", "Z", id="zulu"),
        pytest.param("10:00+01:00", "+01:00", id="bare offset"),
        pytest.param("10:00 +0200", "+0200", id="bare compact offset"),
        pytest.param("10:00 (+3)", "+3", id="bare offset in parentheses"),
        pytest.param("10:00 Pacific", "Pacific", id="without the word time"),
        pytest.param("10:00 Pacific our site failed", "Pacific", id="and the sentence goes on"),
        pytest.param("10:00 Central database", None, id="an adjective"),
        pytest.param("10:00 (Nairobi)", "Nairobi", id="a town in parentheses"),
        pytest.param("10:00 (West Africa)", "West Africa", id="a region in parentheses"),
        pytest.param("10:00 (Lagos, Nigeria)", "Lagos, Nigeria", id="a town and its country"),
        pytest.param("10:00 wat", "wat", id="a word in lower case at the end"),
        pytest.param("10:00 Moroccan Standard Time", "Moroccan Standard Time", id="Standard added"),
        pytest.param("10:00 (Nairobi office)", None, id="something in a town"),
        pytest.param("10:00 Nairobi calls", None, id="a town that does something"),
        pytest.param("10:00 local time", None, id="local time"),
        pytest.param("10:00 Eat lunch", None, id="a sentence"),
        pytest.param("10:00 cat /etc/hosts", None, id="a command"),
        pytest.param("10:00 - 5 pods", None, id="a count"),
        pytest.param("10:00", None, id="the end"),
    ],
)
def test_reads_the_zone_behind_a_clock(text: str, words: str | None) -> None:
    zone = zone_after(text, 5)
    assert (zone.text if zone else None) == words


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        pytest.param("10:00 EST", JULY, ("EDT", -240), id="standard time in July"),
        pytest.param("10:00 PDT", JANUARY, ("PST", -480), id="summer time in January"),
        pytest.param("10:00 CET", JULY, ("CEST", 120), id="Europe"),
        pytest.param("10:00 EST", JANUARY, None, id="right in winter"),
        pytest.param("10:00 EET", Date(2021, 7, 1), None, id="Egypt had no summer time in 2021"),
        pytest.param("10:00 MST", JULY, None, id="Arizona has no summer time"),
        pytest.param("10:00 EAT", JULY, None, id="no summer time at all"),
        pytest.param("10:00 EST", Date(None, 7, 1), ("EDT", -240), id="July of any year"),
        pytest.param("10:00 EST", Date(None, 3, 11), None, id="the week of the change, no year"),
        pytest.param("10:00 UTC", JULY, None, id="UTC has no season"),
    ],
)
def test_tells_an_abbreviation_out_of_season(
    text: str, date: Date, expected: tuple[str, int] | None
) -> None:
    (zone,) = find_zones(text)
    assert season(zone, date) == expected


def test_an_offset_follows_the_clock_on_the_day_of_the_change() -> None:
    (zone,) = find_zones("10:00 PT")
    change = Date(2024, 3, 10)
    assert utc_offset(zone, change, Clock(1, 0)) == -480
    assert utc_offset(zone, change, Clock(4, 0)) == -420


@given(st.integers(-48, 56))
def test_an_offset_reads_back_as_written(quarters: int) -> None:
    minutes = quarters * 15
    text = offset_text(minutes)
    if minutes == 0:
        assert text == "UTC"
    (zone,) = find_zones(f"at 10:00 {text}")
    assert (zone.key, zone.offset) == (text, minutes)


@given(st.text(alphabet="UTCGMPSEDALW +-–−:/()0123456789time ", max_size=40) | st.text(max_size=60))
def test_any_text_gives_ordered_places_inside_it(text: str) -> None:
    end = 0
    for zone in find_zones(text):
        assert end <= zone.start < zone.end <= len(text)
        end = zone.end
