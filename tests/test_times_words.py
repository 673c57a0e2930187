"""Times word by word: moments, ranges, lengths, and what looks like one."""

from __future__ import annotations

import pytest
from test_times import told, told_range

from pmlint.reading.lengths import find_lengths
from pmlint.reading.times import find_moments, find_ranges


@pytest.mark.parametrize(
    ("text", "moments", "ranges"),
    [
        ("at midday", ["12:00"], []),
        ("at midday UTC", ["12:00 UTC"], []),
        ("noon UTC on 3 May 2024", ["2024-05-03 12:00 UTC"], []),
        ("14.25", [], []),
        ("14.25 UTC", ["14:25 UTC"], []),
        ("at 14.25", ["14:25"], []),
        ("2100", [], []),
        ("2100 UTC", ["21:00 UTC"], []),
        ("at 2100 hours", ["21:00"], []),
        ("2100 hours", [], []),
        ("2100h", ["21:00"], []),
        ("2400 UTC", ["24:00 UTC"], []),
        ("2430 UTC", [], []),
        ("930 UTC", [], []),
        ("0930 hours", ["09:30"], []),
        ("9:30 AM UTC", ["09:30 UTC"], []),
        ("15:00 wat", ["15:00 wat"], []),
        ("15:00 WAT", ["15:00 WAT"], []),
        ("15:00 (wat)", ["15:00 wat"], []),
        ("15:00 Wat", ["15:00"], []),
        ("15:00 Est.", ["15:00"], []),
        ("15:00 est.", ["15:00 est"], []),
        ("15:00 (est)", ["15:00 est"], []),
        ("15:00 est - gone", ["15:00 est"], []),
        ("WAT is a zone", [], []),
        ("5:15 PM EST - 2:15 PM PST", ["17:15 EST"], []),
        ("5:15 PM EST - 3:15 PM PST", ["17:15 EST", "15:15 PST"], [("17:15 EST", "15:15 PST")]),
        ("5:15 PM EST (2:15 PM PST)", ["17:15 EST"], []),
        ("03/05/24 15:00", ["2024-05-03 15:00"], []),
        ("3.5.2024 15:00", ["2024-05-03 15:00"], []),
        ("Monday, 03/05/2024", ["2024-05-03"], []),
        ("Mon 3 May 15:00", ["05-03 15:00"], []),
        ("Tuesday 3 May 2024", ["2024-05-03"], []),
        (
            "1 May 2024 to 3 May, 10:00",
            ["2024-05-01", "05-03 10:00"],
            [("2024-05-01", "2024-05-03 10:00")],
        ),
        ("31 Dec - 2 Jan 2025", ["12-31", "2025-01-02"], [("2024-12-31", "2025-01-02")]),
        ("31 December 2024 - 2 January", ["2024-12-31", "01-02"], [("2024-12-31", "2025-01-02")]),
        ("3 May - 2 May 2024", ["05-03", "2024-05-02"], [("2023-05-03", "2024-05-02")]),
        ("2 May - 3 May 2024", ["05-02", "2024-05-03"], [("2024-05-02", "2024-05-03")]),
        ("11:00 - 1:00 PM", ["11:00", "13:00"], [("11:00", "13:00")]),
        ("11:00 - 1:00 AM", ["11:00", "01:00"], [("23:00", "01:00")]),
        ("9 - 11 AM", ["09:00", "11:00"], [("09:00", "11:00")]),
        ("9:00 PM - 11:00", ["21:00", "11:00"], [("21:00", "23:00")]),
        ("15:00 - 4:00 PM", ["15:00", "16:00"], [("15:00", "16:00")]),
        ("from 15:00 until 16:00 UTC", ["15:00", "16:00 UTC"], [("15:00 UTC", "16:00 UTC")]),
        ("15:00 UTC to 16:30", ["15:00 UTC", "16:30"], [("15:00 UTC", "16:30 UTC")]),
        ("between 15:00 and 16:30 CET", ["15:00", "16:30 CET"], [("15:00 CET", "16:30 CET")]),
        ("since 15:00", ["15:00"], []),
        ("15:00 onwards", ["15:00"], []),
        ("15:00-", ["15:00"], []),
        ("~15:00", ["15:00"], []),
        ("about 15:00", ["15:00"], []),
        ("15:00ish", ["15:00"], []),
        ("15:00:30", ["15:00:30"], []),
        ("quarter past nine", ["09:15"], []),
        ("half past nine", ["09:30"], []),
        ("midnight", ["00:00"], []),
        ("12 midnight", ["00:00"], []),
        ("24:00", ["24:00"], []),
        ("00:00", ["00:00"], []),
        ("12 am", ["00:00"], []),
        ("12 pm", ["12:00"], []),
        ("3 in the morning", ["03:00"], []),
        ("3 in the afternoon", ["15:00"], []),
        ("8 in the evening", ["20:00"], []),
        ("11 at night", ["23:00"], []),
        ("29 February 2000 15:00", ["2000-02-29 15:00"], []),
        ("29 February 1900 15:00", ["15:00"], []),
        (
            "23:15 - 02:43 UTC, 16:15 PDT",
            ["23:15", "02:43 UTC", "16:15 PDT"],
            [("23:15 UTC", "02:43 UTC")],
        ),
        ("29 February 2023 15:00", ["15:00"], []),
        ("29 February 2024 15:00", ["2024-02-29 15:00"], []),
        ("15:00 (wat x)", ["15:00"], []),
        ("12:30 PM", ["12:30"], []),
        ("1 in the afternoon", ["13:00"], []),
        ("half past twelve in the afternoon", ["12:30"], []),
        ("quarter to one", ["00:45"], []),
        ("15:00; 16:00 UTC", ["15:00", "16:00 UTC"], []),
    ],
)
def test_moments_and_ranges_as_people_write_them(
    text: str, moments: list[str], ranges: list[tuple[str, str]]
) -> None:
    assert [told(moment) for moment in find_moments(text)] == moments
    assert [told_range(found) for found in find_ranges(text)] == ranges


NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
TENS = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *((word, number) for number, word in enumerate(NUMBERS, start=1)),
        *((word, 10 * number) for number, word in enumerate(TENS, start=1)),
        *((f"{word}-seven", 10 * number + 7) for number, word in enumerate(TENS[1:], start=2)),
        ("a hundred", 100),
        ("hundred", 100),
    ],
)
def test_number_in_words_is_a_length(word: str, number: int) -> None:
    text = f"It took {word} minutes"
    (length,) = find_lengths(text)
    assert (length.minutes, text[length.start : length.end]) == (number, f"{word} minutes")


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("twenty-five minutes", [(25.0, "length", "twenty-five minutes")]),
        ("twenty five minutes", [(25.0, "length", "twenty five minutes")]),
        ("an hour and a half", [(90.0, "length", "an hour and a half")]),
        ("half an hour", [(30.0, "length", "half an hour")]),
        ("1.5 hours", [(90.0, "length", "1.5 hours")]),
        ("1,5 hours", [(90.0, "length", "1,5 hours")]),
        ("1½ hours", [(90.0, "length", "1½ hours")]),
        ("½ hour", [(30.0, "length", "½ hour")]),
        ("1h30", [(90.0, "length", "1h30")]),
        ("1h30m", [(90.0, "length", "1h30m")]),
        ("1h 30m 20s", [(90.333, "length", "1h 30m 20s")]),
        ("1 hour 30 minutes", [(90.0, "length", "1 hour 30 minutes")]),
        (
            "1 hour, 30 minutes and 20 seconds",
            [(90.333, "length", "1 hour, 30 minutes and 20 seconds")],
        ),
        ("2 days 3 hours", [(3060.0, "length", "2 days 3 hours")]),
        ("3 weeks", [(30240.0, "length", "3 weeks")]),
        ("4 h", [(240.0, "length", "4 h")]),
        ("at 0900 hours", []),
        ("0900 hours", []),
        ("2100hrs", []),
        ("2100 hours", [(126000.0, "length", "2100 hours")]),
        ("1300 minutes", [(1300.0, "length", "1300 minutes")]),
        ("30 min", [(30.0, "length", "30 min")]),
        ("30 mins.", [(30.0, "length", "30 mins")]),
        ("90 seconds", [(1.5, "length", "90 seconds")]),
        ("90s", [(1.5, "length", "90s")]),
        ("90sec", [(1.5, "length", "90sec")]),
        ("5 m", []),
        ("5 m long", []),
        ("5m tall", []),
        ("the first 5 minutes", [(5.0, "period", "5 minutes")]),
        ("every 5 minutes", [(5.0, "period", "5 minutes")]),
        ("within 5 minutes", [(5.0, "bound", "5 minutes")]),
        ("at most 5 minutes", [(5.0, "bound", "5 minutes")]),
        ("under 5 minutes", [(5.0, "bound", "5 minutes")]),
        ("more than 5 minutes", [(5.0, "bound", "5 minutes")]),
        ("5-10 minutes", [(7.5, "range", "5-10 minutes")]),
        ("5 to 10 minutes", [(7.5, "range", "5 to 10 minutes")]),
        ("between 5 and 10 minutes", [(7.5, "range", "5 and 10 minutes")]),
        ("5 or 10 minutes", [(7.5, "range", "5 or 10 minutes")]),
        ("about 5 minutes", [(5.0, "length", "5 minutes")]),
        ("~5 minutes", [(5.0, "length", "5 minutes")]),
        ("a minute", [(1.0, "length", "a minute")]),
        ("one minute", [(1.0, "length", "one minute")]),
        ("00:30:00", []),
        ("1:30 h", [(90.0, "length", "1:30 h")]),
        ("01:30 hours", [(90.0, "length", "01:30 hours")]),
        ("2 hours 90 minutes", [(210.0, "length", "2 hours 90 minutes")]),
        ("30 minutes 2 hours", [(30.0, "length", "30 minutes"), (120.0, "length", "2 hours")]),
        ("3 hrs 5 mins", [(185.0, "length", "3 hrs 5 mins")]),
        ("3hrs5mins", [(185.0, "length", "3hrs5mins")]),
        ("fifty-nine minutes", [(59.0, "length", "fifty-nine minutes")]),
        ("sixty seconds", [(1.0, "length", "sixty seconds")]),
        ("ninety days", [(129600.0, "length", "ninety days")]),
    ],
)
def test_lengths_as_people_write_them(text: str, lengths: list[tuple[float, str, str]]) -> None:
    found = [
        (round(each.minutes, 3), each.kind, text[each.start : each.end])
        for each in find_lengths(text)
    ]
    assert found == lengths
