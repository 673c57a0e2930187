"""Two statements of one document that contradict each other: found, and both places shown."""

from __future__ import annotations

import pytest
from harness import judged_by_all

PAGE = """# Search outage

## Issue Summary

- **Duration:** {duration}
- **Impact:** {impact}
{more}
## Timeline

{timeline}

## Root cause

An index build filled the disk.

## Resolution

We deleted old files.

## Tasks

- Add an alert on free disk space below 15% to the search dashboard.
"""
QUIET = "- 13:20 An alert pages on-call\n- 13:30 Search answers again"


def page(
    duration: str,
    timeline: str = QUIET,
    *,
    impact: str = "40% of users could not search.",
    more: str = "",
) -> str:
    return PAGE.format(duration=duration, timeline=timeline, impact=impact, more=more)


FOUND = [
    pytest.param(
        page("30 mins (13:20 - 13:30 EAT), 5 May 2023"),
        ("PM206", "30 mins", ["13:20 - 13:30 EAT"]),
        id="a length three times what the times give",
    ),
    pytest.param(
        page(
            "~5h (May 9 ~22:00 -> May 10 ~04:50 UTC)",
            "- 22:00 An alert pages on-call\n- 04:50 Search answers again",
        ),
        ("PM206", "5h", ["22:00 -> May 10 ~04:50 UTC"]),
        id="approximate, over midnight, and still too far off",
    ),
    pytest.param(
        page(
            "Start: 2023-03-01 10:15 UTC, End: 2023-03-02 08:00 UTC",
            "- 2023-03-01 10:15 An alert pages on-call\n- 2023-03-02 08:00 Search answers again",
            more="- **Time to resolve:** 4h 45m",
        ),
        ("PM206", "4h 45m", ["10:15 UTC, End: 2023-03-02 08:00 UTC"]),
        id="time to resolve beside start and end",
    ),
    pytest.param(
        page("3 hours, 5 May 2023, from 13:20 to 13:30"),
        ("PM206", "3 hours", ["13:20 to 13:30"]),
        id="a length that fits no zone",
    ),
    pytest.param(
        page("9 May 2024, 13:20 PST - 13:30 PST"),
        ("PM208", "PST", ["9 May 2024"]),
        id="standard time in May",
    ),
    pytest.param(
        page("9 January 2024, 13:20 - 13:30 PDT"),
        ("PM208", "PDT", ["9 January 2024"]),
        id="daylight saving time in January",
    ),
    pytest.param(
        page("27 September 2017, 13:20 - 13:30 PST (UTC-7)"),
        ("PM208", "PST", ["UTC-7"]),
        id="an offset of the other half of the year",
    ),
    pytest.param(
        page("27 September 2017, 13:20 - 13:30 PST (UTC−7)"),
        ("PM208", "PST", ["UTC−7"]),
        id="the same with a true minus",
    ),
    pytest.param(
        page("9 July 2024, 13:20 - 13:30 CET"),
        ("PM208", "CET", ["9 July 2024"]),
        id="European winter time in July",
    ),
    pytest.param(
        page("9 January 2024, 13:20 - 13:30 EEST"),
        ("PM208", "EEST", ["9 January 2024"]),
        id="eastern European summer time in January",
    ),
    pytest.param(
        page("September 4th -- 16:30 to 15:00 UTC"),
        ("PM205", "15:00 UTC", ["September 4th -- 16:30"]),
        id="end before start",
    ),
    pytest.param(
        page(
            "12 June 2023, 20:25 - 21:30 UTC",
            "- 12 June 2023 20:25 UTC An alert pages on-call\n"
            "- 12 June 2023 12:30 UTC Cause found\n"
            "- 12 June 2023 21:30 UTC Search answers again",
        ),
        ("PM402", "12 June 2023 12:30 UTC", ["12 June 2023 20:25 UTC"]),
        id="back by hours under one date",
    ),
    pytest.param(
        page("Monday, 9 July 2024, 13:20 - 13:30 UTC"),
        ("PM211", "Monday", ["9 July 2024"]),
        id="another weekday",
    ),
    pytest.param(
        page(
            "9 July 2024, 13:20 - 13:30 UTC", impact="943 of 2000 users, 60% of users, saw errors."
        ),
        ("PM304", "60% of users", ["943 of 2000"]),
        id="share and count",
    ),
    pytest.param(
        page("9 July 2024, 13:20 - 13:30 UTC", impact="1,200 of 1,000 users saw errors."),
        ("PM304", "1,200 of 1,000 users", ["1,000"]),
        id="a part larger than its whole",
    ),
    pytest.param(
        page(
            "9 July 2024, 13:20 - 13:50 UTC",
            "- 13:20 UTC An alert pages on-call\n- 13:30 PDT Cause found\n- 13:50 UTC All fine",
        ),
        ("PM413", "PDT", ["13:20 UTC"]),
        id="two zones in one timeline",
    ),
    pytest.param(
        page(
            "9 July 2024, 13:00 - 14:00 UTC",
            "- 13:00 Outage begins\n- 13:10 Detected by an alert\n- 14:00 Search answers",
            more="- **Time to detect:** 40 minutes",
        ),
        ("PM414", "40 minutes", ["13:00", "13:10"]),
        id="time to detect",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_contradiction_is_found_once_with_both_places(
    text: str, expected: tuple[str, str, list[str]]
) -> None:
    said = [
        (
            finding.code,
            text[slice(*finding.span)],
            [text[slice(*related.span)] for related in finding.related],
        )
        for finding in judged_by_all(text)
    ]
    code, _, _ = expected
    assert [each for each in said if each[0] == code] == [expected]
    assert all(related.message for finding in judged_by_all(text) for related in finding.related)


CLEAN = [
    pytest.param("10 mins (13:20 - 13:30 EAT), 5 May 2023", id="the length fits"),
    pytest.param("9 May 2024, 13:20 - 13:30 PDT", id="daylight saving time in May"),
    pytest.param("9 May 2024, 13:20 - 13:30 PT", id="PT is right all year"),
    pytest.param("27 September 2017, 13:20 - 13:30 PDT (UTC-7)", id="offset and abbreviation"),
    pytest.param("9 July 2022, 13:20 - 13:30 EET", id="Egypt kept winter time in July 2022"),
    pytest.param("9 July 2024, 13:20 - 13:30 MST", id="Arizona keeps standard time"),
    pytest.param("Tuesday, 9 July 2024, 13:20 - 13:30 UTC", id="the weekday fits"),
    pytest.param("9 July 2024, 13:20 - 13:30 UTC−5", id="a true minus in an offset"),
]


@pytest.mark.parametrize("duration", CLEAN)
def test_statements_in_accord_are_silent(duration: str) -> None:
    assert [finding.code for finding in judged_by_all(page(duration))] == []
