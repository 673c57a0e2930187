"""Headings whose level is not told: nesting, order and marks."""

from __future__ import annotations

import pytest
from harness import judged


def messages(code: str, text: str, template: str = "default") -> list[str]:
    return [finding.message for finding in judged(code, text, template)]


TOP = """# Outage of the shop

## Summary

- **Duration:** 18 June 2024, 15:00 - 17:00 UTC
- **Impact:** 40% of customers could not pay

## Timeline

- 15:00 - An alert fires
- 17:00 - Rolled back, payments restored

"""


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        pytest.param(
            "Corrective measures:\n\nImprovements:\n\n- Add a disk alert at 80%\n",
            [],
            id="plain lines, the second inside the first",
        ),
        pytest.param(
            "## Root cause\n\n### What happened\n\nThe disk was full.\n", [], id="deeper heading"
        ),
        pytest.param("## Lessons\n\n| a | b |\n|---|---|\n", [], id="table"),
        pytest.param("## Detection\n\n![graph](x.png)\n", [], id="image"),
        pytest.param(
            "## Detection\n\n## Root cause\n\nThe disk was full.\n",
            ['nothing stands under "Detection"'],
            id="next heading of the same level",
        ),
        pytest.param("## Root cause\n\n## Detection\n\nAn alert.\n", [], id="left to its own rule"),
    ],
)
def test_empty_section(rest: str, expected: list[str]) -> None:
    assert messages("PM102", TOP + rest) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        pytest.param(["Summary", "Timeline", "Root cause", "Resolution"], [], id="in order"),
        pytest.param(["Summary", "Root cause and resolution"], [], id="parts left out"),
        pytest.param(
            ["Timeline", "Summary", "Root cause"],
            ['"Timeline" stands above "Summary"'],
            id="one goes up",
        ),
        pytest.param(
            ["Summary", "Root cause", "Corrective measures", "Timeline"],
            ['"Timeline" stands below "Root cause"'],
            id="one goes down",
        ),
        pytest.param(["Summary", "Deployment", "Timeline"], [], id="parts without a role"),
    ],
)
def test_order_names_as_few_parts_as_explain_it(headings: list[str], expected: list[str]) -> None:
    times = "- 18 June 2024, 15:00 - 17:00 UTC, 40% of orders failed because a disk was full\n"
    text = "# Outage of the shop\n\n" + "".join(f"## {each}\n\n{times}\n" for each in headings)
    assert messages("PM103", text, "alx") == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("## Impact:", ['the heading "Impact" ends in a colon'], id="colon"),
        pytest.param("## **Impact:**", ['the heading "Impact" ends in a colon'], id="bold colon"),
        pytest.param("## **Impact**", ['the heading "Impact" is bold inside'], id="bold"),
        pytest.param("## 3. Impact", ['the heading "Impact" carries a number'], id="number"),
        pytest.param("## Impact ##", [], id="closing marks"),
        pytest.param("## Impact", [], id="plain"),
        pytest.param("## Diagram:", [], id="no part"),
    ],
)
def test_marks_in_a_heading(heading: str, expected: list[str]) -> None:
    assert messages("PM109", f"{TOP}{heading}\n\n40% of customers could not pay.\n") == expected
