"""Reading times: moments, ranges and the time that opens an entry."""

from __future__ import annotations

from datetime import date as calendar_date
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.reading.times import (
    Clock,
    Date,
    Moment,
    Range,
    find_moments,
    find_ranges,
    leading_time,
)


def told(moment: Moment | None) -> str:
    """A moment as ``date clock zone``, each only where it is told."""
    if moment is None:
        return ""
    parts = (moment.date, moment.clock, moment.zone.text if moment.zone else None)
    return " ".join(str(part) for part in parts if part is not None)


def told_range(found: Range) -> tuple[str, str]:
    return told(found.first), told(found.last)


# -- moments -----------------------------------------------------------------

MOMENTS = [
    pytest.param("3:00 PM", "15:00", id="12-hour"),
    pytest.param("10:15 AM (UTC)", "10:15 UTC", id="zone in parentheses"),
    pytest.param("12:00pm EAT", "12:00 EAT", id="noon without a space"),
    pytest.param("12:00 p.m. EAT", "12:00 EAT", id="dotted pm"),
    pytest.param("12:15 AM", "00:15", id="past midnight"),
    pytest.param("6AM", "06:00", id="hour only"),
    pytest.param("12 PM", "12:00", id="noon as an hour"),
    pytest.param("3:AM", "03:00", id="minutes forgotten"),
    pytest.param("5:00 AM GMT on May 12, 2024", "2024-05-12 05:00 GMT", id="date behind"),
    pytest.param("at 9:45am on February 3rd, 2022", "2022-02-03 09:45", id="ordinal day"),
    pytest.param("4 June 2024 6 AM EAT", "2024-06-04 06:00 EAT", id="day first, hour only"),
    pytest.param("06/May/2022 2:17 PM (GMT)", "2022-05-06 14:17 GMT", id="slashes and a name"),
    pytest.param("04-12-2022 7:23 AM GMT+1", "2022-12-04 07:23 GMT+1", id="day first if either"),
    pytest.param("13/10/2023 at 2100hrs WAT", "2023-10-13 21:00 WAT", id="military"),
    pytest.param("10/13/2023 9 PM", "2023-10-13 21:00", id="month first if it must be"),
    pytest.param("03, 14, 2024, 10:00 AM UTC", "2024-03-14 10:00 UTC", id="commas in a date"),
    pytest.param("2024-08-11, 01:00 PM", "2024-08-11 13:00", id="ISO date, 12-hour clock"),
    pytest.param("On May 10th, 2024 at 2:00 AM", "2024-05-10 02:00", id="at"),
    pytest.param("July 29, 09:00 AM (UTC)", "07-29 09:00 UTC", id="no year"),
    pytest.param("Apr-15-2021 11:05:04 AM +UTC", "2021-04-15 11:05:04 UTC", id="plus UTC"),
    pytest.param("At 4:30 PM Eastern time", "16:30 Eastern time", id="zone as a name"),
    pytest.param("10:25 am edt", "10:25 edt", id="lower-case zone"),
    pytest.param("13:15 PST 29 april 2022", "2022-04-29 13:15 PST", id="date behind the zone"),
    pytest.param("15.25 PST", "15:25 PST", id="dotted clock with a zone"),
    pytest.param("at 14:00 hours", "14:00", id="hours"),
    pytest.param("On the 1st of November 14:49", "11-01 14:49", id="day of month"),
    pytest.param("2018-07-07 18:32:27.000 CEST", "2018-07-07 18:32:27 CEST", id="fraction"),
    pytest.param("2026-03-07T00:40Z", "2026-03-07 00:40 Z", id="ISO without seconds"),
    pytest.param("2025-09-29T16:54:16.154136Z", "2025-09-29 16:54:16 Z", id="microseconds"),
    pytest.param("2022-07-27T12:36:07+00:00", "2022-07-27 12:36:07 +00:00", id="ISO offset"),
    pytest.param("2022-07-27 12:36:07-05:00", "2022-07-27 12:36:07 -05:00", id="minus offset"),
    pytest.param("21 January 2024 @ 09:28 UTC", "2024-01-21 09:28 UTC", id="at sign"),
    pytest.param("Sept 30 @ 22:16:01 UTC", "09-30 22:16:01 UTC", id="short month"),
    pytest.param("23:15 UTC (Aug 18)", "08-18 23:15 UTC", id="date in parentheses"),
    pytest.param("on September 11th, 2018 at midnight", "2018-09-11 00:00", id="midnight"),
    pytest.param("at midnight (PST)", "00:00 PST", id="midnight with a zone"),
    pytest.param("until noon", "12:00", id="noon"),
    pytest.param("at 7:30 in the evening", "19:30", id="part of the day"),
    pytest.param("at 3 o'clock", "03:00", id="o'clock"),
    pytest.param("10:00 M", "10:00", id="garbled am/pm"),
    pytest.param("27. November 2025", "2025-11-27", id="German day"),
    pytest.param("27.11.2025", "2025-11-27", id="dotted date"),
    pytest.param("2024/6/5", "2024-06-05", id="year first, short"),
    pytest.param("January23, 2021", "2021-01-23", id="space forgotten"),
    pytest.param("10th of April , 2024", "2024-04-10", id="space before the comma"),
    pytest.param("2024-01-31+1", "2024-02-01", id="next-day mark"),
    pytest.param("1. June 5, 2024", "2024-06-05", id="a list number is no day"),
    pytest.param("Feb 29, 2024", "2024-02-29", id="leap day"),
    pytest.param("half past nine", "09:30", id="half past"),
    pytest.param("at a quarter to six in the evening", "17:45", id="quarter to, part of the day"),
    pytest.param("twenty past eleven PM", "23:20", id="minutes past"),
    pytest.param("at five o'clock in the afternoon", "17:00", id="o'clock in words"),
    pytest.param("around ten in the morning", "10:00", id="an hour in words"),
    pytest.param("until ten to one at night", "00:50", id="before midnight is back at twelve"),
    pytest.param("12/03/2024 21h40", "2024-03-12 21:40", id="a French clock beside its day"),
    pytest.param("1005 AM", "10:05", id="colon forgotten"),
    pytest.param("905am", "09:05", id="colon forgotten, one digit"),
    pytest.param("10;05 AM", "10:05", id="semicolon for colon"),
    pytest.param("10 :05 AM", "10:05", id="space before the colon"),
    pytest.param("10: 45 AM", "10:45", id="space behind the colon"),
    pytest.param("10:05ish", "10:05", id="-ish"),
    pytest.param("at 8:45 (Bogotá time)", "08:45 Bogotá time", id="a town with an accent"),
    pytest.param("at 8:45 (Nairobi)", "08:45 Nairobi", id="a town alone in parentheses"),
    pytest.param("20240502 09:00 UTC", "2024-05-02 09:00 UTC", id="a date without signs"),
    pytest.param("24-05-02 09:00", "2024-05-02 09:00", id="two digits of the year, in front"),
    pytest.param("02-05-24 09:00", "2024-05-02 09:00", id="two digits of the year, behind"),
    pytest.param(
        "UTC-3 24-05-21 16:10", "2024-05-21 16:10", id="behind an offset the year is first"
    ),
    pytest.param("02 May 24 09:00", "2024-05-02 09:00", id="two digits behind the month"),
    pytest.param("02-May-24 09:00 UTC", "2024-05-02 09:00 UTC", id="the same with dashes"),
    pytest.param("3 PM East Coast time", "15:00 East Coast time", id="a coast"),
]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_reads_a_moment(text: str, expected: str) -> None:
    (moment,) = find_moments(text)
    assert told(moment) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("16:9 and 1:1 and 3:1", id="ratios"),
        pytest.param("10.128.0.6:10250", id="address and port"),
        pytest.param("v1.28.1:8443 to 1.14.3", id="versions"),
        pytest.param("localhost:10:30", id="host and line"),
        pytest.param("main.py:10:30", id="file, line and column"),
        pytest.param("00:1A:2B:3C", id="hardware address"),
        pytest.param("2000 requests at 200 rps", id="counts"),
        pytest.param("the 2000 hours of work", id="hours of work"),
        pytest.param("it took 2:30 hours", id="a length with a colon"),
        pytest.param("I am at 5", id="the verb am"),
        pytest.param("users may 5 times retry", id="the verb may"),
        pytest.param("march 5 steps on", id="the verb march"),
        pytest.param("Sat 5 users on the Sun 3", id="nouns like weekdays"),
        pytest.param("on Sunday 2/3 of the hosts", id="a share on a weekday"),
        pytest.param("Marathon 12, Decision 3", id="month names inside words"),
        pytest.param("In May 2024 we saw", id="a month is no day"),
        pytest.param("PM2020-005", id="ticket number"),
        pytest.param("2022-22-01", id="no such month"),
        pytest.param("30 February 2024", id="no such day"),
        pytest.param("grew by 12.30 percent", id="decimal number"),
        pytest.param("Ubuntu 14.04", id="release number"),
        pytest.param("an upgrade of the batch system from 22.05 to 23.11", id="release numbers"),
        pytest.param("we bumped the parser to 12.10, and", id="a release number behind to"),
        pytest.param("a 4:30 ratio", id="named ratio"),
        pytest.param("32:10", id="neither clock nor typing error"),
        pytest.param("the afternoon and noontide", id="noon inside words"),
        pytest.param("a midnight deploy", id="midnight as an adjective"),
        pytest.param("All times UTC-05:00", id="the offset of a zone"),
        pytest.param("T+10:00", id="relative time"),
        pytest.param("lasted about 2h15", id="a length in French letters"),
        pytest.param("after 1h45 of debugging", id="a length behind after"),
        pytest.param("from five to ten servers", id="counts like ten to"),
        pytest.param("from ten to twenty in the morning release", id="counts, then a morning"),
        pytest.param("twenty past orders were lost", id="past as an adjective"),
        pytest.param("half of the past five deployments", id="half and past apart"),
        pytest.param("a quarter of the users", id="a quarter of something"),
        pytest.param("one in the afternoon shift", id="one of a shift"),
        pytest.param("which one am I to choose", id="the verb am behind a number word"),
        pytest.param("between 1200 and 1500 Users", id="counts like military clocks"),
        pytest.param("from 2019 to 2021 contracts", id="years"),
        pytest.param("10 : 1 odds", id="odds"),
        pytest.param("port 1005 PM2", id="a port before a name"),
        pytest.param("build 20240502 of the app", id="a build"),
        pytest.param("20241502 hits", id="a number with no such month"),
        pytest.param("part 12-05-11 of the plan", id="a part number"),
    ],
)
def test_reads_no_moment(text: str) -> None:
    assert [told(moment) for moment in find_moments(text)] == []


@pytest.mark.parametrize(
    ("text", "clock", "fault"),
    [
        pytest.param("13:20PM", Clock(13, 20), "24-hour with PM", id="13 PM"),
        pytest.param("17:14pm", Clock(17, 14), "24-hour with PM", id="lower case"),
        pytest.param("23:59 PM", Clock(23, 59), "24-hour with PM", id="last minute"),
        pytest.param("13:12 AM", None, "unreadable", id="24-hour with AM"),
        pytest.param("at 25:00", None, "unreadable", id="hour 25"),
        pytest.param("at 12:75", None, "unreadable", id="minute 75"),
        pytest.param("1:75 PM", None, "unreadable", id="minute 75 PM"),
        pytest.param("00:15 PM", None, "unreadable", id="zero hour PM"),
        pytest.param("June 5, 24:30", None, "unreadable", id="beyond 24:00 beside a date"),
        pytest.param("00:15 AM", Clock(0, 15), None, id="zero hour AM is common"),
        pytest.param("12:30 AM", Clock(0, 30), None, id="never guessed to be noon"),
    ],
)
def test_tells_what_is_wrong_with_a_clock(
    text: str, clock: Clock | None, fault: str | None
) -> None:
    (moment,) = find_moments(text)
    assert (moment.clock, moment.fault) == (clock, fault)
    assert moment.clock_span is not None


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        pytest.param("04-12-2022", True, id="both could be the month"),
        pytest.param("13/10/2023", False, id="13 is no month"),
        pytest.param("05/05/2024", False, id="the same either way"),
        pytest.param("2024-04-12", False, id="year first"),
        pytest.param("04-Dec-2022", False, id="month by name"),
    ],
)
def test_marks_a_date_whose_day_and_month_could_be_exchanged(text: str, ambiguous: bool) -> None:
    (moment,) = find_moments(text)
    assert moment.ambiguous_date is ambiguous


@pytest.mark.parametrize(
    ("text", "date", "ambiguous"),
    [
        pytest.param("Wednesday 12/06/2023", "2023-12-06", False, id="month first by the weekday"),
        pytest.param("Monday 12/06/2023", "2023-06-12", False, id="day first by the weekday"),
        pytest.param("12/06/2023 (Wednesday)", "2023-12-06", False, id="weekday behind"),
        pytest.param("Friday 12/06/2023", "2023-06-12", True, id="a weekday of neither"),
        pytest.param("Thursday, 6/11", "06-11", True, id="no year: the month is read first"),
        pytest.param("Thursday 13/6", "06-13", False, id="no year, a day over 12"),
        pytest.param("Tuesday 01/10/2024", "2024-10-01", False, id="one of January and October"),
        pytest.param("Wednesday 05/05/2024", "2024-05-05", False, id="the same either way"),
    ],
)
def test_the_weekday_decides_between_day_and_month(text: str, date: str, ambiguous: bool) -> None:
    (moment,) = find_moments(text)
    assert (str(moment.date), moment.ambiguous_date) == (date, ambiguous)


def test_a_weekday_shows_the_order_of_the_other_dates() -> None:
    first, last = find_moments("Wed, 12/06/2023 and 12/07/2023")
    assert (str(first.date), str(last.date)) == ("2023-12-06", "2023-12-07")
    assert not last.ambiguous_date


def test_another_date_of_the_text_shows_the_order() -> None:
    first, last = find_moments("04/05/2024 and 04/15/2024")
    assert (str(first.date), first.ambiguous_date) == ("2024-04-05", False)
    assert str(last.date) == "2024-04-15"


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        pytest.param("~10:25", True, id="tilde"),
        pytest.param("at approximately 7:30 pm", True, id="word"),
        pytest.param("2026-06-19 ~17:00", True, id="between date and clock"),
        pytest.param("around May 9, 10:00", True, id="before the date"),
        pytest.param("at 7:30 pm", False, id="exact"),
    ],
)
def test_tells_an_approximate_time(text: str, approximate: bool) -> None:
    (moment,) = find_moments(text)
    assert moment.approximate is approximate


@pytest.mark.parametrize(
    ("text", "weekday", "words"),
    [
        pytest.param("Thursday, May 9, 2024", "Thursday", "Thursday", id="in full"),
        pytest.param("Tue, 12 Aug 2025 04:22:55 GMT", "Tuesday", "Tue", id="short"),
        pytest.param("Wednesday 20th September 2023", "Wednesday", "Wednesday", id="no comma"),
        pytest.param("May 9, 2024 (Thursday)", "Thursday", "Thursday", id="behind"),
    ],
)
def test_reads_the_weekday_of_a_date(text: str, weekday: str, words: str) -> None:
    (moment,) = find_moments(text)
    assert moment.weekday == weekday
    assert moment.weekday_span is not None
    assert text[slice(*moment.weekday_span)] == words


def test_a_moment_told_in_two_zones_is_one() -> None:
    (moment,) = find_moments("00:33:02 UTC / 17:33:02 PDT")
    assert told(moment) == "00:33:02 UTC"
    assert [(str(clock), zone.text) for clock, zone in moment.alternate] == [("17:33:02", "PDT")]


def test_several_times_stay_several() -> None:
    moments = find_moments("around 16:00, 16:30, and 17:45 UTC")
    assert [told(moment) for moment in moments] == ["16:00", "16:30", "17:45 UTC"]


@pytest.mark.parametrize("text", ["18:00+ UTC", "02:50 UTC onwards", "18:00+"])
def test_an_open_end_is_told(text: str) -> None:
    (moment,) = find_moments(text)
    assert moment.open_end


@pytest.mark.parametrize(
    ("text", "style"),
    [
        pytest.param("3:00 PM", "12", id="PM"),
        pytest.param("15:00", "24", id="past noon"),
        pytest.param("09:00", "24", id="leading zero"),
        pytest.param("9:00", None, id="could be either"),
    ],
)
def test_tells_the_style_of_a_clock(text: str, style: str | None) -> None:
    (moment,) = find_moments(text)
    assert moment.style == style


# -- ranges ------------------------------------------------------------------

RANGES = [
    pytest.param(
        "4 June 2025, 09.00-10.00 UTC",
        ("2025-06-04 09:00 UTC", "2025-06-04 10:00 UTC"),
        id="dotted clocks with a zone behind the second",
    ),
    pytest.param(
        "4 June 2025, 0900-1000Z",
        ("2025-06-04 09:00 Z", "2025-06-04 10:00 Z"),
        id="military with Z behind the second",
    ),
    pytest.param("2000-2030Z", ("20:00 Z", "20:30 Z"), id="Z makes clocks of what could be years"),
    pytest.param(
        "June 18, 2024, 3:00 PM - 5:00 PM (GMT)",
        ("2024-06-18 15:00 GMT", "2024-06-18 17:00 GMT"),
        id="date and zone once",
    ),
    pytest.param(
        "April 10, 2024, 10:30 AM - April 10, 2024, 12:00 PM (UTC-5)",
        ("2024-04-10 10:30 UTC-5", "2024-04-10 12:00 UTC-5"),
        id="both dates",
    ),
    pytest.param(
        "January 24, 2024, 15:00 to 18:30 UTC",
        ("2024-01-24 15:00 UTC", "2024-01-24 18:30 UTC"),
        id="to",
    ),
    pytest.param(
        "from May 12, 2024, at 10:00 AM to May 12, 2024, at 12:00 PM (UTC+0)",
        ("2024-05-12 10:00 UTC+0", "2024-05-12 12:00 UTC+0"),
        id="from, at, to, at",
    ),
    pytest.param(
        "March 2, 2025, 12:00 CAT — March 2, 2025, 14:15 CAT",
        ("2025-03-02 12:00 CAT", "2025-03-02 14:15 CAT"),
        id="em dash",
    ),
    pytest.param(
        "Thursday, May 9, 2024, 17:30 PST - Friday, May 10, 2024, 01:00 PST (7.5 hours)",
        ("2024-05-09 17:30 PST", "2024-05-10 01:00 PST"),
        id="weekdays",
    ),
    pytest.param(
        "On May 15th, 2022, between 9:00 and 11:00 AM Pacific Time, it",
        ("2022-05-15 09:00 Pacific Time", "2022-05-15 11:00 Pacific Time"),
        id="between, half of the day shared",
    ),
    pytest.param("11:00 - 1:00 PM", ("11:00", "13:00"), id="first half of the day"),
    pytest.param("3 to 5 PM", ("15:00", "17:00"), id="bare first hour"),
    pytest.param("10:00 to 2:00 AM", ("22:00", "02:00"), id="evening to morning"),
    pytest.param("From 6PM to 7PM GMT", ("18:00 GMT", "19:00 GMT"), id="hours only"),
    pytest.param("(13:20pm ~ 13:30pm EAT)", ("13:20 EAT", "13:30 EAT"), id="tilde"),
    pytest.param(
        "11:07 am (WAT) till ... 12:03 pm (WAT)", ("11:07 WAT", "12:03 WAT"), id="till ..."
    ),
    pytest.param(
        "22:30 UTC on October 29 to 05:39 UTC on October 30",
        ("10-29 22:30 UTC", "10-30 05:39 UTC"),
        id="dates behind",
    ),
    pytest.param("00:35-02:43 UTC", ("00:35 UTC", "02:43 UTC"), id="no spaces"),
    pytest.param("2PM-3PM", ("14:00", "15:00"), id="dash behind PM"),
    pytest.param(
        "23:15-02:43 UTC / 16:15-19:43 PDT (August 18-19)",
        ("08-18 23:15 UTC", "08-19 02:43 UTC"),
        id="told again in another zone",
    ),
    pytest.param(
        "August 18-19, 23:15-02:43 UTC",
        ("08-18 23:15 UTC", "08-19 02:43 UTC"),
        id="two days before",
    ),
    pytest.param(
        "2026-06-20 07:46 UTC → 13:18 UTC",
        ("2026-06-20 07:46 UTC", "2026-06-20 13:18 UTC"),
        id="arrow",
    ),
    pytest.param(
        "starting at 10:15 AM and ending at 12:52 PM EAT on August 12th, 2024",
        ("2024-08-12 10:15 EAT", "2024-08-12 12:52 EAT"),
        id="starting, ending, date last",
    ),
    pytest.param(
        "01/03/2025 10:00 AM and ending at 12:00 PM GMT",
        ("2025-03-01 10:00 GMT", "2025-03-01 12:00 GMT"),
        id="ending only",
    ),
    pytest.param(
        "It started at 5:00 AM GMT on May 12, 2024, and ended at 8:00 AM GMT on the same day.",
        ("2024-05-12 05:00 GMT", "2024-05-12 08:00 GMT"),
        id="the same day",
    ),
    pytest.param(
        "started at 10 PM on June 5 and was resolved at 2 AM the following day",
        ("06-05 22:00", "06-06 02:00"),
        id="the following day",
    ),
    pytest.param(
        "from 9 AM on June 5 until 11 AM the next day",
        ("06-05 09:00", "06-06 11:00"),
        id="the next day, over a day long",
    ),
    pytest.param(
        "On April 10, 2024, the shop was down from 2:00 PM to 5:00 PM.",
        ("2024-04-10 14:00", "2024-04-10 17:00"),
        id="the day of the sentence",
    ),
    pytest.param(
        "06/May/2022 2:17 PM (GMT) End-time: 06/May/2022 3:07 PM (GMT)",
        ("2022-05-06 14:17 GMT", "2022-05-06 15:07 GMT"),
        id="two fields on a line",
    ),
    pytest.param(
        "June 3, 2024 11:00 PM - 2:00 AM EST",
        ("2024-06-03 23:00 EST", "2024-06-04 02:00 EST"),
        id="past midnight",
    ),
    pytest.param(
        "31/12/2023 23:00 - 01:00 UTC",
        ("2023-12-31 23:00 UTC", "2024-01-01 01:00 UTC"),
        id="past the new year",
    ),
    pytest.param(
        "September 4th -- 16:30 to 15:00 UTC",
        ("09-04 16:30 UTC", "09-04 15:00 UTC"),
        id="reversed stays reversed",
    ),
    pytest.param(
        "22:00 to 02:00 on August 12", ("08-12 22:00", "08-13 02:00"), id="the start's day"
    ),
    pytest.param("22:00 to August 12, 02:00", ("08-11 22:00", "08-12 02:00"), id="the end's day"),
    pytest.param("May 5, 9 AM to midnight", ("05-05 09:00", "05-05 24:00"), id="end of day"),
    pytest.param("18:00-24:00 UTC", ("18:00 UTC", "24:00 UTC"), id="24:00"),
    pytest.param(
        "December 30 to January 2, 2024", ("2023-12-30", "2024-01-02"), id="year of the end"
    ),
    pytest.param("April 5, 2022, to May 10, 2022", ("2022-04-05", "2022-05-10"), id="days only"),
    pytest.param("18-19 August 2024", ("2024-08-18", "2024-08-19"), id="days of a month"),
    pytest.param(
        "March 15th and going through to March 17th", ("03-15", "03-17"), id="going through"
    ),
    pytest.param(
        "Around August 3rd to August 5th 05:00 GMT",
        ("08-03 GMT", "08-05 05:00 GMT"),
        id="a day to a moment",
    ),
    pytest.param(
        "from 2 in the afternoon to quarter past five", ("14:00", "17:15"), id="half of day lent"
    ),
    pytest.param("2:00 PM - 4:30 WAT", ("14:00 WAT", "16:30 WAT"), id="PM told once, in front"),
    pytest.param("9:00 AM to 5:00 WAT", ("09:00 WAT", "17:00 WAT"), id="from morning on"),
    pytest.param("11:45 PM to 12:30 WAT", ("23:45 WAT", "00:30 WAT"), id="noon is no midnight"),
    pytest.param(
        "from three to five in the afternoon", ("15:00", "17:00"), id="a bare hour in words"
    ),
    pytest.param("21h40 - 23h10 GMT", ("21:40 GMT", "23:10 GMT"), id="French clocks"),
    pytest.param("0915 to 1130 EAT", ("09:15 EAT", "11:30 EAT"), id="military, hrs left out"),
    pytest.param("0915 - 1130 hrs", ("09:15", "11:30"), id="military, hrs told once"),
    pytest.param(
        "10:00 UTC 5/5/2023 - 12:00 UTC 6/5/2023",
        ("2023-05-05 10:00 UTC", "2023-05-06 12:00 UTC"),
        id="a numeric day behind each clock",
    ),
    pytest.param("UTC 10:00 to UTC 12:00", ("10:00", "12:00"), id="zones in front"),
    pytest.param("10 AM UTC upto 12 PM UTC", ("10:00 UTC", "12:00 UTC"), id="upto"),
    pytest.param(
        "10 PM WAT on Friday to 2 AM WAT", ("22:00 WAT", "02:00 WAT"), id="weekday between"
    ),
    pytest.param(
        "8pm to 1am the following day, WAT", ("20:00 WAT", "01:00 WAT"), id="zone behind the day"
    ),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_reads_a_range(text: str, expected: tuple[str, str]) -> None:
    (found,) = find_ranges(text)
    assert told_range(found) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("14:00 - 5 pods restarted", id="a count behind a dash"),
        pytest.param("14:00 GMT, 15:00 GMT", id="a list"),
        pytest.param("It broke at 14:00. The fix ended at 15:00", id="two sentences"),
        pytest.param("14:00 and 15:00", id="and without between"),
        pytest.param("On June 3 we shipped 2.0 and on June 5 3.0", id="two dates"),
        pytest.param("18:00+ - 19:00", id="open end"),
    ],
)
def test_reads_no_range(text: str) -> None:
    assert find_ranges(text) == []


def test_an_unreadable_end_is_still_an_end() -> None:
    (found,) = find_ranges("10:00 AM - 25:00 PM UTC")
    assert found.first.clock == Clock(10, 0)
    assert (found.last.clock, found.last.fault) == (None, "unreadable")


# -- the time that opens an entry --------------------------------------------

OPENINGS = [
    pytest.param("3:00 PM: text", "15:00", None, "text", id="colon"),
    pytest.param("* 13:22PM :- text", "13:22", None, "text", id="colon and dash"),
    pytest.param("10:00 — text", "10:00", None, "text", id="em dash"),
    pytest.param("| 10:00 | text", "10:00", None, "text", id="table cell"),
    pytest.param("🚨 15:00 - text", "15:00", None, "text", id="emoji"),
    pytest.param("[10:15 UTC] text", "10:15 UTC", None, "text", id="brackets"),
    pytest.param("~22:00 text", "22:00", None, "text", id="tilde"),
    pytest.param("At approximately 10:15, text", "10:15", None, "text", id="at approximately"),
    pytest.param("1. 10:00 AM UTC: text", "10:00 UTC", None, "text", id="numbered"),
    pytest.param("10.12:30 PM: text", "12:30", None, "text", id="number glued to the clock"),
    pytest.param("Day 1, 10:00 AM: text", "10:00", None, "text", id="day number"),
    pytest.param("10.30 - text", "10:30", None, "text", id="dotted"),
    pytest.param("2100hrs WAT: text", "21:00 WAT", None, "text", id="military"),
    pytest.param("August 8th, 15:30: text", "08-08 15:30", None, "text", id="date and clock"),
    pytest.param("June 3: text", "06-03", None, "text", id="date only"),
    pytest.param("15:02–15:15 text", "15:02", "15:15", "text", id="range"),
    pytest.param("8 - 10 AM: text", "08:00", "10:00", "text", id="range of hours"),
    pytest.param("10:15 - 5 pods died", "10:15", None, "5 pods died", id="count behind"),
    pytest.param("25:00 - text", "", None, "text", id="unreadable"),
    pytest.param("9h05 : text", "09:05", None, "text", id="French"),
    pytest.param("16h20 ~ text", "16:20", None, "text", id="French and tilde"),
    pytest.param("10h: text", "10:00", None, "text", id="French hour"),
    pytest.param("1005 hrs text", "10:05", None, "text", id="military without a sign behind"),
    pytest.param("0905: text", "09:05", None, "text", id="military without hrs"),
    pytest.param("Step 1 - 10:05 AM - text", "10:05", None, "text", id="a step is no hour"),
]


@pytest.mark.parametrize(("text", "moment", "end_clock", "rest"), OPENINGS)
def test_reads_the_time_that_opens_an_entry(
    text: str, moment: str, end_clock: str | None, rest: str
) -> None:
    leading = leading_time(text)
    assert leading is not None
    assert leading.at_start
    assert not leading.relative
    assert told(leading.moment) == moment
    assert (str(leading.end_clock) if leading.end_clock else None) == end_clock
    assert text[leading.rest_start :] == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        pytest.param("Issue Detection (June 10, 2023, 8:00 PM): text", "text", id="parentheses"),
        pytest.param("Detected: 8:00 PM - text", "text", id="colon"),
        pytest.param("First detected 2022-01-22 11:57", "", id="nothing between"),
        pytest.param("T0 (10:00): text", "text", id="a relative time with its clock"),
    ],
)
def test_a_label_may_stand_before_the_time(text: str, rest: str) -> None:
    leading = leading_time(text)
    assert leading is not None
    assert not leading.at_start
    assert text[leading.rest_start :] == rest


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("T+25m: text", id="minutes"),
        pytest.param("T0", id="zero"),
        pytest.param("T+N minutes: text", id="number left open"),
        pytest.param("T+~1.5 hours: text", id="about"),
        pytest.param("Day 1 - T+5:30 text", id="day and offset"),
        pytest.param("T+0 to T+30m: text", id="range"),
        pytest.param("Day 2: text", id="day"),
        pytest.param("+5 min: text", id="plus"),
        pytest.param("15 minutes later: text", id="later"),
        pytest.param("~10 days prior", id="before"),
        pytest.param("Two weeks before: text", id="weeks before"),
        pytest.param("Half an hour later, text", id="half an hour later"),
        pytest.param("A few moments later text", id="moments later"),
        pytest.param("After 10 minutes: text", id="after"),
        pytest.param("10 minutes after: text", id="after it"),
        pytest.param("Ten minutes after - text", id="after it, in words"),
    ],
)
def test_a_relative_time_gives_no_moment(text: str) -> None:
    leading = leading_time(text)
    assert leading is not None
    assert leading.relative
    assert leading.moment is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The alert fired at 10:15 and we", id="a time within the sentence"),
        pytest.param("500 errors at 10:15 were seen", id="a number first"),
        pytest.param("The team found the cause", id="no time"),
        pytest.param("This is a long explanation of it all: 10:15 was bad", id="a long label"),
        pytest.param("Tokens expired", id="a word that begins like T0"),
        pytest.param("2h15 later it was fine", id="a length in French letters"),
        pytest.param("2023 - the year it all began", id="a year is no military clock"),
        pytest.param("After 10 minutes of panic we looked", id="a length of something"),
        pytest.param("", id="nothing"),
    ],
)
def test_reads_no_leading_time(text: str) -> None:
    assert leading_time(text) is None


# -- values ------------------------------------------------------------------


def test_a_date_without_a_year_prints_month_and_day() -> None:
    assert str(Date(None, 5, 9)) == "05-09"
    assert str(Date(2024, 5, 9)) == "2024-05-09"


def test_a_clock_counts_from_midnight() -> None:
    assert Clock(1, 30).minutes == 90
    assert Clock(1, 30, 30).minutes == 90.5
    assert Clock(1, 30, 30).seconds == 5430
    assert (str(Clock(1, 30)), str(Clock(1, 30, 5))) == ("01:30", "01:30:05")


@given(st.dates())
def test_the_day_after_the_day_before_is_the_day(day: calendar_date) -> None:
    date = Date(day.year, day.month, day.day)
    if day > calendar_date.min:
        before = day - timedelta(days=1)
        assert date.previous() == Date(before.year, before.month, before.day)
        assert date.previous().next() == date


# -- properties --------------------------------------------------------------

DAYS = st.dates(calendar_date(1990, 1, 1), calendar_date(2059, 12, 31))
TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))
DATE_STYLES = ["%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%d/%b/%Y", "%b-%d-%Y", "%A, %B %d, %Y"]
CLOCK_STYLES = ["%H:%M", "%I:%M %p", "%I:%M%p", "%H:%M hrs", "%H%Mhrs", "%I.%M %p"]
ZONES = ["", " UTC", " (GMT+1)", " EAT", " (West Africa Time)"]


def rendered(day: calendar_date, clock: time, styles: tuple[str, str, str]) -> str:
    return f"{day.strftime(styles[0])}, {clock.strftime(styles[1])}{styles[2]}"


STYLES = st.tuples(
    st.sampled_from(DATE_STYLES), st.sampled_from(CLOCK_STYLES), st.sampled_from(ZONES)
)


def of(day: calendar_date, clock: time) -> tuple[Date, Clock]:
    return Date(day.year, day.month, day.day), Clock(clock.hour, clock.minute)


@given(DAYS, TIMES, STYLES)
def test_a_moment_reads_back_in_every_style(
    day: calendar_date, clock: time, styles: tuple[str, str, str]
) -> None:
    text = rendered(day, clock, styles)
    (moment,) = find_moments(text)
    assert (moment.date, moment.clock) == of(day, clock)
    assert (moment.zone.text if moment.zone else "") == styles[2].strip(" ()")
    assert (moment.start, moment.end) == (0, len(text))


@given(DAYS, TIMES, DAYS, TIMES, STYLES, st.sampled_from([" - ", " to ", " – ", " → ", " until "]))
def test_a_range_reads_back_in_every_style(
    first_day: calendar_date,
    first_clock: time,
    last_day: calendar_date,
    last_clock: time,
    styles: tuple[str, str, str],
    joint: str,
) -> None:
    first = rendered(first_day, first_clock, styles)
    (found,) = find_ranges(first + joint + rendered(last_day, last_clock, styles))
    assert (found.first.date, found.first.clock) == of(first_day, first_clock)
    assert (found.last.date, found.last.clock) == of(last_day, last_clock)


TIMELIKE = st.text(alphabet="0123456789:.-–/ TZUCAPMampm(),~+tofMay June hrs|", max_size=50)


@given(TIMELIKE | st.text(max_size=60))
def test_any_text_gives_ordered_places_inside_it(text: str) -> None:
    end = 0
    for moment in find_moments(text):
        assert end <= moment.start < moment.end <= len(text)
        end = moment.end
    for found in find_ranges(text):
        assert 0 <= found.start < found.end <= len(text)
    leading = leading_time(text)
    if leading is not None:
        assert 0 <= leading.start < leading.end <= leading.rest_start <= len(text)
