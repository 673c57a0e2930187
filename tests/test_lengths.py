"""Reading lengths of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmlint.reading.lengths import find_lengths

# text, minutes
LENGTHS = [
    pytest.param("2 hours", 120, id="hours"),
    pytest.param("2 hours and 45 minutes", 165, id="and"),
    pytest.param("1 hour 30 minutes", 90, id="no joint"),
    pytest.param("1 hour, 10 minutes", 70, id="comma"),
    pytest.param("1 day, 2 hours and 3 minutes", 1563, id="three units"),
    pytest.param("1h13m", 73, id="letters"),
    pytest.param("2h 8m", 128, id="letters apart"),
    pytest.param("673h 34m", 40414, id="long"),
    pytest.param("0h 30m", 30, id="no hours"),
    pytest.param("3h30", 210, id="unit of the minutes left out"),
    pytest.param("3h30 in all", 210, id="words behind it"),
    pytest.param("3h30 min", 210, id="unit of the minutes apart"),
    pytest.param("7.5 hours", 450, id="decimal"),
    pytest.param("1,5 hours", 90, id="decimal comma"),
    pytest.param("1,200 minutes", 1200, id="thousands"),
    pytest.param("2½ hours", 150, id="fraction sign"),
    pytest.param("2:30 hours", 150, id="colon"),
    pytest.param("two and a half hours", 150, id="half before the unit"),
    pytest.param("an hour and a half", 90, id="half behind the unit"),
    pytest.param("half an hour", 30, id="half an hour"),
    pytest.param("a quarter of an hour", 15, id="quarter"),
    pytest.param("three quarters of an hour", 45, id="three quarters"),
    pytest.param("forty-five minutes", 45, id="number in words"),
    pytest.param("15 (fifteen) minutes", 15, id="number told twice"),
    pytest.param("103 minutes", 103, id="minutes"),
    pytest.param("30 mins", 30, id="mins"),
    pytest.param("3hrs", 180, id="hrs"),
    pytest.param("(20m)", 20, id="a letter alone"),
    pytest.param("4H during the night", 240, id="a letter before a preposition"),
    pytest.param("24-hour", 1440, id="hyphen"),
    pytest.param("45 sec", 0.75, id="seconds"),
    pytest.param("4 minutes 58s", 4 + 58 / 60, id="word and letter"),
    pytest.param("3 days", 4320, id="days"),
    pytest.param("2 weeks", 20160, id="weeks"),
    pytest.param("an hour and a quarter", 75, id="a quarter behind the unit"),
    pytest.param("1 hour and half", 90, id="article left out"),
    pytest.param("one and half hours", 90, id="article left out before the unit"),
    pytest.param("1 1/2 hours", 90, id="fraction with a slash"),
    pytest.param("1 and 1/2 hours", 90, id="and before the fraction"),
    pytest.param("1 hr. 35 min", 95, id="dots of abbreviations"),
    pytest.param("2hr:5min", 125, id="colon between the units"),
    pytest.param("2 hours plus 5 minutes", 125, id="plus"),
    pytest.param("two (2) hours and five (5) minutes", 125, id="both numbers told twice"),
    pytest.param("one hundred and five minutes", 105, id="hundred"),
    pytest.param("a hundred minutes", 100, id="a hundred"),
    pytest.param("a whole day", 1440, id="whole"),
    pytest.param("two full hours", 120, id="full"),
    pytest.param("90-min", 90, id="hyphen before an abbreviation"),
]


@pytest.mark.parametrize(("text", "minutes"), LENGTHS)
def test_reads_a_length(text: str, minutes: float) -> None:
    (length,) = find_lengths(f"It lasted {text}.")
    assert length.minutes == pytest.approx(minutes)
    assert length.kind == "length"
    assert not length.approximate


@pytest.mark.parametrize(
    ("text", "minutes", "kind"),
    [
        pytest.param("under 3hrs", 180, "bound", id="under"),
        pytest.param("over 1 hour", 60, "bound", id="over"),
        pytest.param("less than 5 minutes", 5, "bound", id="less than"),
        pytest.param("up to 2 hours", 120, "bound", id="up to"),
        pytest.param("within 5 minutes", 5, "bound", id="within"),
        pytest.param("< 5 minutes", 5, "bound", id="sign"),
        pytest.param("13+ hours", 780, "bound", id="plus"),
        pytest.param("2 hours or more", 120, "bound", id="or more"),
        pytest.param("several hours", 60, "bound", id="several"),
        pytest.param("a few minutes", 1, "bound", id="a few"),
        pytest.param("10-15 minutes", 12.5, "range", id="hyphen"),
        pytest.param("two to three hours", 150, "range", id="to"),
        pytest.param("between 3 and 4 hours", 210, "range", id="between"),
        pytest.param("5 minutes to 10 minutes", 7.5, "range", id="unit twice"),
        pytest.param("every 5 minutes", 5, "period", id="every"),
        pytest.param("once an hour", 60, "period", id="once"),
        pytest.param("30 days ago", 43200, "period", id="ago"),
        pytest.param("5 minutes later", 5, "period", id="later"),
        pytest.param("the last 24 hours", 1440, "period", id="the last"),
        pytest.param("a 10-minute interval", 10, "period", id="interval"),
    ],
)
def test_tells_a_length_from_a_limit_and_a_period(text: str, minutes: float, kind: str) -> None:
    (length,) = find_lengths(text)
    assert length.minutes == pytest.approx(minutes)
    assert length.kind == kind


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        pytest.param("~5h45m", True, id="tilde"),
        pytest.param("nearly two hours", True, id="nearly"),
        pytest.param("approximately 17 hours", True, id="approximately"),
        pytest.param("about an hour", True, id="about"),
        pytest.param("an hour or so", True, id="or so"),
        pytest.param("a total of 3 hours", False, id="total"),
    ],
)
def test_tells_an_approximate_length(text: str, approximate: bool) -> None:
    (length,) = find_lengths(text)
    assert length.approximate is approximate


def test_an_article_is_no_part_of_the_number() -> None:
    (length,) = find_lengths("A three-hour disruption hit us.")
    assert length.minutes == 180


def test_a_year_begins_no_range_of_hours() -> None:
    (length,) = find_lengths("It was on May 12, 2022 - two hours and five minutes of silence.")
    assert (length.minutes, length.kind) == (125, "length")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("20m users", id="million"),
        pytest.param("the 404s and 500s", id="status codes"),
        pytest.param("in 300ms", id="milliseconds"),
        pytest.param("load sat in the 90s", id="the nineties"),
        pytest.param("from the low 80s to the mid-90s", id="tens"),
        pytest.param("T+25m", id="relative time"),
        pytest.param("at 2100hrs", id="military clock"),
        pytest.param("at 0900 hours", id="military clock in words"),
        pytest.param("at 2:30 h", id="clock"),
        pytest.param("Day 1, hour 3", id="a numbered day"),
        pytest.param("for a second cause", id="the second of two"),
        pytest.param("16GB and 5 d", id="other units"),
        pytest.param("daily minutes of the hourly meeting", id="units without a number"),
        pytest.param("", id="nothing"),
    ],
)
def test_reads_no_length(text: str) -> None:
    assert find_lengths(text) == []


def test_a_bare_number_behind_a_length_is_no_part_of_it() -> None:
    (length,) = find_lengths("lasted 5 hours, 20 requests failed")
    assert length.minutes == 300


def test_the_number_before_and_is_left_out() -> None:
    text = "cluster 3 and 4 hours of work"
    (length,) = find_lengths(text)
    assert text[length.start : length.end] == "4 hours"


STYLES = ["{h} hours and {m} minutes", "{h}h{m}m", "{h}h {m}m", "{h} hrs {m} mins", "{h}:{m:02} h"]


@given(st.integers(0, 99), st.integers(0, 59), st.sampled_from(STYLES))
def test_a_length_reads_back_in_every_style(hours: int, minutes: int, style: str) -> None:
    text = style.format(h=hours, m=minutes)
    (length,) = find_lengths(text)
    assert length.minutes == pytest.approx(hours * 60 + minutes)
    assert (length.start, length.end) == (0, len(text))


@given(st.text(alphabet="0123456789.,:-hms andhour minutesafewto½+~", max_size=50) | st.text())
def test_any_text_gives_ordered_places_inside_it(text: str) -> None:
    end = 0
    for length in find_lengths(text):
        assert end <= length.start < length.end <= len(text)
        assert length.minutes >= 0
        end = length.end
