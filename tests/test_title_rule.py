"""PM107: what names an incident, and what does not."""

from __future__ import annotations

import pytest
from harness import judged

BODY = """
## Summary

Search failed for 40% of users on 5 March 2024 from 09:10 to 10:40 UTC.

## Timeline

- 09:10 An alert pages on-call
- 10:40 Resolved
"""


@pytest.mark.parametrize(
    ("head", "cases"),
    [
        pytest.param("# Search outage of 5 March 2024\n", [], id="a heading"),
        pytest.param("# Incident date: 2024-03-05, search unavailable\n", [], id="dated and named"),
        pytest.param("Search outage after the index build\n", [], id="a short line above"),
        pytest.param("---\ntitle: Search outage\n---\n", [], id="front matter"),
        pytest.param("# Postmortem\n", ["names no incident"], id="a word that names none"),
        pytest.param("", ["has no title"], id="nothing"),
    ],
)
def test_title_names_the_incident(head: str, cases: list[str]) -> None:
    found = judged("PM107", head + BODY)
    assert len(found) == len(cases)
    assert all(case in finding.message for case, finding in zip(cases, found, strict=True))
