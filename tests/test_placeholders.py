"""Template text that was left in."""

from __future__ import annotations

import pytest
from harness import facts_of


def placeholders(line: str) -> list[str]:
    text = f"# Search outage\n\n## Summary\n\nThe search was down on 3 May 2024.\n\n{line}\n"
    found = facts_of(text).placeholders
    return [each.text for each in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Duration: TBD", ["TBD"], id="word"),
        pytest.param("Impact: ??% of users", ["??%"], id="question marks for a figure"),
        pytest.param("Took ?mins", ["?mins"], id="and for a length"),
        pytest.param("Date: YYYY-MM-DD", ["YYYY-MM-DD"], id="date form"),
        pytest.param("At HH:MM UTC", ["HH:MM"], id="clock form"),
        pytest.param("All times in {{ timezone }}", ["{{ timezone }}"], id="braces"),
        pytest.param("From [start time] on", ["[start time]"], id="brackets"),
        pytest.param("Owner: <your name>", ["<your name>"], id="angle brackets"),
        pytest.param("Lorem ipsum dolor", ["Lorem ipsum"], id="filler"),
        pytest.param("See [start](https://x.org)", [], id="a link is none"),
        pytest.param("See [start]\n\n[start]: https://x.org", [], id="nor a reference"),
        pytest.param("`YYYY-MM-DD` was parsed", [], id="nor code"),
        pytest.param("What happened?? We know.", [], id="nor a question"),
        pytest.param("The TODO-list was empty", [], id="nor a part of a word"),
        pytest.param("We use <br> and <b>bold</b>", [], id="nor HTML"),
        pytest.param("## TODO\n\n- Add an alert", [], id="nor the heading of the tasks"),
        pytest.param("- [ ] Add an alert", [], id="nor an open box"),
    ],
)
def test_what_is_left_of_a_template_is_found(line: str, expected: list[str]) -> None:
    assert placeholders(line) == expected


def test_a_placeholder_knows_its_part() -> None:
    text = "# Search outage\n\n## Impact\n\nTBD\n"
    found = facts_of(text).placeholders
    assert [each.role for each in found] == ["impact"]
