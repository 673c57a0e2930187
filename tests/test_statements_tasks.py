"""Which lists of a document are its tasks, and which of their lines."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pmlint import policy, templates
from pmlint.checks.tasks import concrete
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
        pytest.param(
            """\
            ## Recommendations
            *Site*
            1. Replace the relay of generator 2

            *Network*
            2. Wire the room sensor to the alarm panel
            3. Template for mass texts
            """,
            [
                "1. Replace the relay of generator 2",
                "2. Wire the room sensor to the alarm panel",
                "3. Template for mass texts",
            ],
            id="numbers-that-go-on-below-a-line-of-text",
        ),
        pytest.param(
            """\
            ## Preventive actions
            PA1. Raise the limit of open files to 65536 on all of the brokers
            PA2. Page at 75 percent of it
            """,
            [
                "PA1. Raise the limit of open files to 65536 on all of the brokers",
                "PA2. Page at 75 percent of it",
            ],
            id="numbers-with-letters",
        ),
        pytest.param(
            """\
            ## Findings and recommendations
            Finding 1. The pilot was too small.
            Recommendation 1. Pilot with three large groups.
            """,
            ["Recommendation 1. Pilot with three large groups."],
            id="findings-beside-recommendations",
        ),
        pytest.param(
            """\
            ## Action items
            [x] raise the disk alert to 70 percent on all of the search hosts
            [ ] monthly restore into a scratch index
            """,
            [
                "[x] raise the disk alert to 70 percent on all of the search hosts",
                "[ ] monthly restore into a scratch index",
            ],
            id="boxes-without-bullets",
        ),
        pytest.param(
            """\
            ## Action items
            > "An outage a day keeps the boss awake"

            - Add a memory alert
            """,
            ["- Add a memory alert"],
            id="a-quotation-is-none",
        ),
        pytest.param(
            """\
            ## Action items
            ### Response
            - Runbook for a full search disk
            ### Recovery
            - Second copy of the index
            """,
            ["- Runbook for a full search disk", "- Second copy of the index"],
            id="groups-called-like-parts",
        ),
        pytest.param(
            """\
            ## Follow-up
            **Done**
            - Disk alert at 70 percent
            - Index pruned nightly

            **To do**
            - Second copy of the index
            """,
            [
                "- Disk alert at 70 percent",
                "- Index pruned nightly",
                "- Second copy of the index",
            ],
            id="done-beside-to-do",
        ),
        pytest.param(
            """\
            ## Lessons learned
            - What went well
              - We were called at once
            - Action items
              - Add the second resolver to the office network
              - Debug settings get an end date
            """,
            [
                "- Add the second resolver to the office network",
                "- Debug settings get an end date",
            ],
            id="action-items-among-the-lessons",
        ),
        pytest.param(
            """\
            ## Lessons learned
            ### What went well
            - The alert came within a minute
            ### Corrective actions
            - CI prints the size of each index
            - Prune the index every night
            """,
            ["- CI prints the size of each index", "- Prune the index every night"],
            id="a-heading-of-measures-among-the-lessons",
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Remediation
            We reverted the configuration on each node.

            To prevent this from happening again, we will:
            - Validate configurations in CI
            - Pin the image digest
            """,
            ["- Validate configurations in CI", "- Pin the image digest"],
            id="a-sentence-that-looks-ahead",
        ),
        pytest.param(
            """\
            ## Corrective measures
            **Improvements:**
            - The configurations are not checked by anybody

            **Next steps:**
            - Validate configurations in CI
            """,
            ["- Validate configurations in CI"],
            id="next-steps-behind-the-improvements",
        ),
        pytest.param(
            """\
            ## Corrective measures
            Things to improve:
            - The configurations are not checked by anybody

            What I will do:
            - Validate configurations in CI
            """,
            ["- Validate configurations in CI"],
            id="what-somebody-will-do",
        ),
    ],
)
def test_a_list_that_is_announced(text: str, found: list[str]) -> None:
    assert items(text) == found


FORMS = [
    pytest.param("- {a}\n- {b}\n", id="list"),
    pytest.param("a) {a}\nb) {b}\n", id="letters"),
    pytest.param("A1: {a}\nA2: {b}\n", id="codes"),
    pytest.param("{a}\n{b}\n", id="lines"),
    pytest.param("{a}.\n\n{b}.\n", id="paragraphs"),
    pytest.param("**Disk.** {a}.\n\n**Index.** {b}.\n", id="bold-words-before-each"),
    pytest.param(
        "| Nr | Measure | By |\n|---|---|---|\n| 1 | {a} | Ann |\n| 2 | {b} | Bob |\n", id="table"
    ),
    pytest.param("- Detection\n  - {a}\n- Prevention\n  - {b}\n", id="nested"),
    pytest.param("- Improve things\n  - {a}\n  - {b}\n", id="below-a-wish"),
    pytest.param("*Now*\n\n- {a}\n\n*Later*\n\n- {b}\n", id="groups"),
    pytest.param("<ul>\n<li>{a}</li>\n<li>{b}</li>\n</ul>\n", id="html"),
    pytest.param("- {a}\n  - Owner: Ann\n  - Due: 1 June\n- {b}\n", id="details-below"),
    pytest.param(
        "We agreed on this:\n\n- {a}\n- {b}\n\nThese measures will help.\n", id="between-words"
    ),
]
MEASURES = [
    pytest.param(
        "Add an alert on a full search disk", "Replay the traffic of May", id="imperative"
    ),
    pytest.param("Alert on a full search disk", "Second copy of the index", id="nouns"),
    pytest.param("We will add a disk alert", "The team is going to prune the index", id="plans"),
    pytest.param("The disk is watched now", "The index goes to its own volume", id="told-as-done"),
]


@pytest.mark.parametrize("heading", ["## Action items", "**Measures**", "Next steps:"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("first", "second"), MEASURES)
def test_forms_of_a_list_of_measures(heading: str, form: str, first: str, second: str) -> None:
    found = items(f"{heading}\n\n{form.format(a=first, b=second)}")
    assert [first in found[0], second in found[-1], len(found)] == [True, True, 2]


def test_advice_to_those_who_were_hit_is_no_task() -> None:
    text = """\
        ## What do I need to do?
        - Rotate your tokens
        - Log out of all devices

        ## Action items
        - Add a filter for tokens to the log shipper
        """
    assert items(text) == ["- Add a filter for tokens to the log shipper"]


BOLD = """\
**Summary**

From 10:00 to 11:00 UTC on 2024-05-01 the search was slow.

**Root cause**

A bad configuration.

**Resolution**

It was reverted.

"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "**Homework**\n\n- Validate configurations in CI\n- Pin the image digest\n",
            2,
            id="a-bold-line-over-measures",
        ),
        pytest.param(
            "**Homework**\n\nNothing of this may repeat. We will pin the image digest.\n",
            1,
            id="a-bold-line-over-plans",
        ),
        pytest.param(
            "**Steps to reproduce**\n\n- Open the search\n- Add a quote to the words\n",
            0,
            id="instructions-are-no-measures",
        ),
        pytest.param(
            "**Thanks**\n\n- Ann, who found the line\n- Bob, who called the vendor\n",
            0,
            id="a-list-that-tells",
        ),
    ],
)
def test_a_heading_in_the_authors_own_words(text: str, found: int) -> None:
    facts = read(Source(BOLD + text, "README.md"), templates.load("default"))
    assert len(facts.tasks.items if facts.tasks is not None else ()) == found


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


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        pytest.param(
            "- Check every zone file. Owner: Ravi. Due: 3 May 2024.",
            None,
            "Check every zone file.",
            id="fields-behind-the-task",
        ),
        pytest.param(
            "- DNS: check every zone file; owner: Ravi",
            "DNS",
            "check every zone file",
            id="label-and-field",
        ),
        pytest.param("- Owner: Kim - page on lag", None, "page on lag", id="owner-before-the-task"),
        pytest.param(
            "- Put `retries: 3` in proxy.conf",
            None,
            "Put retries: 3 in proxy.conf",
            id="colon-in-code",
        ),
        pytest.param("- `proxy`: retry thrice", "proxy", "retry thrice", id="code-as-label"),
    ],
)
def test_what_a_task_says(line: str, label: str | None, text: str) -> None:
    facts = read(Source(f"{ACCOUNT}## Tasks\n{line}\n", "README.md"), templates.load("default"))
    assert facts.tasks is not None
    assert [(task.label, task.text) for task in facts.tasks.items] == [(label, text)]


@pytest.mark.parametrize(
    ("line", "vague"),
    [
        pytest.param("- Improve monitoring", True, id="open"),
        pytest.param("- **Improve monitoring** of the queue ✅", False, id="tick-behind-it"),
        pytest.param("- **Improve monitoring ✔️**", False, id="tick-inside-bold"),
        pytest.param("- ✅ Improve monitoring", True, id="tick-for-a-bullet"),
        pytest.param("- Improved monitoring", True, id="told-as-done-says-no-more"),
    ],
)
def test_a_task_with_a_tick_behind_it_is_not_called_vague(line: str, vague: bool) -> None:
    facts = read(Source(f"{ACCOUNT}## Tasks\n{line}\n", "README.md"), templates.load("default"))
    rule = policy.table("pm602-vague-task")
    assert bool(list(concrete(facts, rule["parameters"]))) is vague
