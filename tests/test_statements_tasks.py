"""Which lists of a document are its tasks, and which of their lines."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pmlint import templates
from pmlint.findings import Source
from pmlint.postmortem import read

ACCOUNT = """\
# Search down

## Summary
From 10:00 to 11:00 UTC on 2024-05-01 the search was slow.

## Timeline
- 10:00 UTC alert
- 11:00 UTC fixed

## Root cause and resolution
A bad configuration, which was reverted.

"""


def items(text: str) -> list[str]:
    """The first line of each task of a document that ends with ``text``."""
    source = Source(ACCOUNT + dedent(text), "README.md")
    facts = read(source, templates.load("default"))
    found = facts.tasks.items if facts.tasks is not None else ()
    lines = source.text.split("\n")
    return [lines[source.place(item.span.start).line - 1].strip(" \t|") for item in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Corrective measures
            Improvements:
            - Better monitoring.
            Tasks:
            - Patch nginx on web-01.
            - Add a memory alert.
            """,
            ["- Patch nginx on web-01.", "- Add a memory alert."],
            id="a-label-at-the-margin-below-a-list-heads-the-next-list",
        ),
        pytest.param(
            """\
            ## Corrective measures
            - **Improvements:**
            - Better monitoring.
            - **Tasks:**
            - Patch nginx on web-01.
            """,
            ["- Patch nginx on web-01."],
            id="a-label-in-an-item-heads-the-items-beside-it",
        ),
        pytest.param(
            """\
            ## Corrective measures
            1. Improvements
            - Better monitoring.
            2. Tasks
            - Patch nginx on web-01.
            """,
            ["- Patch nginx on web-01."],
            id="numbered-labels-head-bulleted-lists",
        ),
        pytest.param(
            """\
            ## Corrective measures
            The following can be improved:
            1. Review changes more often.

            The following tasks will be done:
            - [ ] Patch nginx on web-01.
            """,
            ["- [ ] Patch nginx on web-01."],
            id="a-sentence-that-announces-tasks-marks-the-list",
        ),
        pytest.param(
            """\
            TASKS

                1. Patch nginx on web-01.
                2. Add a memory alert.
            """,
            ["1. Patch nginx on web-01.", "2. Add a memory alert."],
            id="an-indented-list-is-no-code",
        ),
        pytest.param(
            """\
            ## Tasks
            ```
            - Patch nginx on web-01
            - Add a memory alert
            ```
            """,
            ["- Patch nginx on web-01", "- Add a memory alert"],
            id="a-list-in-a-code-block",
        ),
        pytest.param(
            "Tasks\n•\tPatch nginx on web-01\no\tAdd a memory alert\n",
            ["•\tPatch nginx on web-01", "o\tAdd a memory alert"],
            id="bullets-of-a-word-processor",
        ),
    ],
)
def test_the_list_that_is_called_tasks_is_taken(text: str, found: list[str]) -> None:
    assert items(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Action items

            | Metric | Before | After |
            |---|---|---|
            | Error rate | 1% | 5% |

            - Patch nginx on web-01
            - Add a memory alert
            """,
            ["- Patch nginx on web-01", "- Add a memory alert"],
            id="a-table-of-measurements-is-none",
        ),
        pytest.param(
            """\
            ## Action items

            | Action | Owner |
            |---|---|
            | Patch nginx | Ann |

            ### Later
            - Add a memory alert
            """,
            ["Patch nginx | Ann", "- Add a memory alert"],
            id="a-table-and-a-list",
        ),
        pytest.param(
            """\
            ## Action items
            ### 1. Patch nginx
            **Owner:** Ann

            The version on web-01 is old.
            ### 2. Add a memory alert
            **Owner:** Bob

            At 90 percent.
            """,
            ["### 1. Patch nginx", "### 2. Add a memory alert"],
            id="headings-that-are-tasks",
        ),
        pytest.param(
            """\
            ## Action items
            ### Prevention
            - Pin the image digest
            ### Detection
            - Add a build age metric
            ### Mitigation
            None
            """,
            ["- Pin the image digest", "- Add a build age metric"],
            id="kinds-of-tasks-as-headings",
        ),
        pytest.param(
            """\
            ## Action items
            **Prevent**:
              1. Validate configs in CI

            **Detect**:
              1. Alert on reload failures
            """,
            ["1. Validate configs in CI", "1. Alert on reload failures"],
            id="kinds-of-tasks-as-labels",
        ),
        pytest.param(
            """\
            ## Action items
            - [ ] Validate configs in CI
              - it runs on each pull request
              - it was asked for before
            """,
            ["- [ ] Validate configs in CI"],
            id="details-below-a-task",
        ),
        pytest.param(
            """\
            ## Prevention
            - What we did: protected the main branch.
            - What remains: delete the old key.
            """,
            ["- What we did: protected the main branch.", "- What remains: delete the old key."],
            id="measures-told-as-done",
        ),
    ],
)
def test_lines_of_a_list_that_are_tasks(text: str, found: list[str]) -> None:
    assert items(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Going forward
            First, failover was manual. We will enable automatic failover in Patroni.

            Second, our dashboards had no lag panel. We're adding one with an alert.

            We are sorry for the trouble that this has caused you.
            """,
            [
                "First, failover was manual. We will enable automatic failover in Patroni.",
                "Second, our dashboards had no lag panel. We're adding one with an alert.",
            ],
            id="paragraphs-of-plans-without-the-apology",
        ),
        pytest.param(
            """\
            ## Prevention
            Our failover was manual at the time of the incident.
            We will enable automatic failover in Patroni.
            """,
            ["Our failover was manual at the time of the incident."],
            id="sentences-on-lines-of-their-own-are-one-paragraph",
        ),
        pytest.param(
            """\
            ## Tasks
            Patch nginx on web-01.
            Weave the checks into the deployment script of the shop.
            """,
            ["Patch nginx on web-01.", "Weave the checks into the deployment script of the shop."],
            id="tasks-on-plain-lines",
        ),
        pytest.param(
            """\
            ## How does this affect the roadmap?
            We will move the release of the new index to June.
            """,
            ["We will move the release of the new index to June."],
            id="plans-under-a-heading-of-its-own-words",
        ),
        pytest.param(
            """\
            ## Conclusion
            We will do our best to deserve your trust again.
            """,
            [],
            id="a-conclusion-plans-nothing",
        ),
    ],
)
def test_measures_told_in_prose(text: str, found: list[str]) -> None:
    assert items(text) == found


def test_repair_that_is_still_to_come_is_a_task() -> None:
    text = """\
        ## Resolving actions
        - A release will be proposed that reverts the wrong entries
        - Upload the contracts that verify keys

        ## Proactive measures
        - Fuzz the key parser in CI
        """
    assert items(text)[:2] == [
        "- A release will be proposed that reverts the wrong entries",
        "- Upload the contracts that verify keys",
    ]


def test_actions_of_the_response_give_way_to_what_is_planned() -> None:
    text = """\
        ## Actions
        - Restarted the search nodes
        - Called the vendor

        ## Prevention
        - Add a disk alert at 80 percent
        - Move the index to its own volume
        """
    assert items(text) == [
        "- Add a disk alert at 80 percent",
        "- Move the index to its own volume",
    ]
