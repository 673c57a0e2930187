"""Which lists of a document are its tasks, and which of their lines."""

from __future__ import annotations

from textwrap import dedent

import pytest
from harness import facts_of

from pmlint.checks.tasks import concrete
from pmlint.standard import policy
from pmlint.statements.intentions import tells_measures
from pmlint.structure.announcing import foretells

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


def items(text: str, above: str = ACCOUNT) -> list[str]:
    """The first line of each task of a document that ends with ``text``."""
    facts = facts_of(above + dedent(text))
    found = facts.tasks.items if facts.tasks is not None else ()
    lines = facts.source.text.split("\n")
    return [lines[facts.source.place(item.span.start).line - 1].strip(" \t|") for item in found]


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
            > "A crash a week keeps the pager warm"

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
        pytest.param(
            """\
            ## Action items
            ### Detect
            - Page on a full search disk
            ### Impact reduction
            - Serve old results while the index is built
            """,
            ["- Page on a full search disk", "- Serve old results while the index is built"],
            id="deeper-headings-over-tasks-name-no-other-part",
        ),
        pytest.param(
            """\
            ## Action items
            ### Detect
            | Item | Owner |
            |---|---|
            | Page on a full search disk | Ann |
            """,
            ["Page on a full search disk | Ann"],
            id="deeper-headings-over-tables-of-tasks",
        ),
        pytest.param(
            """\
            ## Post-mortem actions
            | What happened | Task | Owner |
            |---|---|---|
            | The disk filled up | Prune the index every night | Ann |
            """,
            ["The disk filled up | Prune the index every night | Ann"],
            id="a-column-of-tasks-beside-a-column-of-events",
        ),
        pytest.param(
            """\
            ## Action items
            1. Disk alert
               - Owner: Ann
               - Status: open
            2. Nightly pruning of the index
               - Owner: Bob
               - Status: done
            """,
            ["1. Disk alert", "2. Nightly pruning of the index"],
            id="fields-below-a-task-are-none",
        ),
        pytest.param(
            """\
            ## Action items
            - [ ] Prune the index every night
              Ticket: SEARCH-12. The disk is watched until then.
            """,
            ["- [ ] Prune the index every night"],
            id="a-field-in-the-line-below-is-none",
        ),
        pytest.param(
            """\
            ## Remediation
            ### Immediate
            - Rolled the index back
            - Restarted the nodes
            ### Later
            - Prune the index every night
            """,
            ["- Prune the index every night"],
            id="a-repair-at-once-beside-what-is-to-come",
        ),
        pytest.param(
            """\
            ## Remediation
            ### Immediate
            - Added a limit to the build job
            - Documented the rollback
            ### Later
            - Prune the index every night
            """,
            [
                "- Added a limit to the build job",
                "- Documented the rollback",
                "- Prune the index every night",
            ],
            id="measures-at-once-beside-what-is-to-come",
        ),
        pytest.param(
            """\
            ## Corrective actions
            - Prune the index every night

            **References**
            - The dashboard of the search nodes
            """,
            ["- Prune the index every night"],
            id="references-among-the-measures",
        ),
        pytest.param(
            """\
            ## Follow-up
            (1) Prune the index every night.
            (2) The build job gets a limit.
            """,
            ["(1) Prune the index every night.", "(2) The build job gets a limit."],
            id="numbers-in-brackets",
        ),
        pytest.param(
            """\
            ## Recommendations
            **1. Limit the size of an index**

            The build job would refuse a larger one.

            **2. Add a disk alert**

            At 90 percent.
            """,
            ["**1. Limit the size of an index**", "**2. Add a disk alert**"],
            id="bold-lines-that-are-tasks",
        ),
        pytest.param(
            """\
            ## Corrective actions
            The build job will be changed such that it refuses a larger index.

            Besides:
            - Prune the index every night
            """,
            [
                "The build job will be changed such that it refuses a larger index.",
                "- Prune the index every night",
            ],
            id="a-measure-told-before-a-list",
        ),
        pytest.param(
            """\
            ## Corrective actions
            The team will implement several improvements.

            - Prune the index every night
            """,
            ["- Prune the index every night"],
            id="a-sentence-that-introduces-the-list-is-none",
        ),
        pytest.param(
            """\
            ## Long-term actions
            - Shard the index
            ## Monitoring improvements
            - Page on a full search disk
            """,
            ["- Shard the index", "- Page on a full search disk"],
            id="measures-in-sections-of-their-own",
        ),
        pytest.param(
            """\
            ## Corrective actions
            1. Moved the search job to a machine of the new pool:
               - `runs-on: pool-2`
            2. Rebuilt the index
            """,
            ["1. Moved the search job to a machine of the new pool:", "2. Rebuilt the index"],
            id="code-below-a-task-belongs-to-it",
        ),
        pytest.param(
            """\
            ## Agreed actions
            1. Write down how the index is pruned

            It should be said that such failures are rare, and several came together
            before anyone was hit. Still, we want to learn from it.
            """,
            ["1. Write down how the index is pruned"],
            id="a-wish-behind-a-list-is-no-task",
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

            We are sorry for the trouble this made for you.
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
        pytest.param(
            """\
            ## Conclusion
            Halves must not pass. We will make the pipeline fail on an expired token.
            """,
            ["Halves must not pass. We will make the pipeline fail on an expired token."],
            id="a-conclusion-with-a-plan-that-can-be-ticked-off",
        ),
        pytest.param(
            """\
            ## Prevention
            The error could easily have been prevented by a look at the log.
            """,
            ["The error could easily have been prevented by a look at the log."],
            id="what-could-have-been-where-nothing-else-stands",
        ),
        pytest.param(
            """\
            ## What next
            A second attempt will be made with the web processes stopped.

            Please look at our status page for planned work.
            """,
            ["A second attempt will be made with the web processes stopped."],
            id="a-request-to-the-reader-is-none",
        ),
        pytest.param(
            """\
            ## Prevention
            We can't keep a carrier from cutting its cable.

            We will add an alert on its error rate.
            """,
            ["We will add an alert on its error rate."],
            id="what-nobody-can-do-is-none",
        ),
        pytest.param(
            """\
            ## Actions
            We have added a queue for the builds of the index.

            Tooling for index builds could be better.
            """,
            ["We have added a queue for the builds of the index."],
            id="what-could-be-better-beside-what-was-done",
        ),
        pytest.param(
            """\
            ## Next steps
            - Alert on the age of the index
            - Cap the size of the index

            We'll keep you updated here on how far we are.
            """,
            ["- Alert on the age of the index", "- Cap the size of the index"],
            id="news-for-the-readers",
        ),
        pytest.param(
            """\
            ## Tasks
            Alerts: Add an alert on the age of the index.

            By learning from this outage, we aim to build a search that everybody trusts.
            """,
            ["Alerts: Add an alert on the age of the index."],
            id="a-closing-hope",
        ),
        pytest.param(
            """\
            ## Prevention
            Every change of the mapping is to be tested on a copy.

            It is important to look at the log behind each build.

            It is clear that nobody looked.
            """,
            [
                "Every change of the mapping is to be tested on a copy.",
                "It is important to look at the log behind each build.",
            ],
            id="obligations-without-should",
        ),
        pytest.param(
            """\
            ## TODO

            (1) Cap the size of the index.

            (2) To have a second index on the other host.
            """,
            ["(1) Cap the size of the index.", "(2) To have a second index on the other host."],
            id="an-infinitive",
        ),
        pytest.param(
            """\
            ## Prevention
            The build job now refuses an index above 12 GB.
            It will tell the search team.
            """,
            ["The build job now refuses an index above 12 GB."],
            id="a-line-about-the-line-before-it",
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


@pytest.mark.parametrize(
    "sentence",
    [
        "We are making the following changes:",
        "Some of the changes we are making include:",
        "Here is what we're doing about it:",
        "In response to this incident we have:",
        "As a result, we are:",
        "The following measures have been put in place:",
        "The team agreed on these actions:",
        "The following tickets were created to track the work:",
        "There are several things we can do better:",
        "Our plan is to:",
        "The vendor has committed to:",
        "The following was done or will be done soon:",
        "What is being done about it:",
        "Still to be done:",
        "These changes are under way:",
        "Here's what we're changing:",
        "Several improvements are in progress:",
        "Both teams have agreed to:",
    ],
)
def test_a_sentence_that_announces_measures(sentence: str) -> None:
    assert foretells(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "To restore service, we took the following steps:",
        "The following services were affected:",
        "During the incident we did the following:",
        "These changes caused the outage:",
        "The impact of the changes was:",
        "We have three replicas:",
        "We will keep you informed via:",
        "If you are still affected, please:",
        "What was done during the night:",
        "It runs two jobs:",
        "What has been seen so far:",
    ],
)
def test_a_sentence_that_announces_something_else(sentence: str) -> None:
    assert not foretells(sentence)


def test_a_letter_without_headings_announces_its_list() -> None:
    text = dedent(
        """\
        We are sorry for the outage of 3 May 2024, when the net was down from 10:00 to 11:30.

        The address pool was changed by mistake, and 1,400 devices had no address.

        We are taking the following steps to prevent such a mistake:

        • Enable snooping on the switches of the annex
        • Page on an empty address pool

        Our help desk is there for you.
        """
    )
    facts = facts_of(text)
    assert facts.tasks is not None
    assert [item.text for item in facts.tasks.items] == [
        "Enable snooping on the switches of the annex",
        "Page on an empty address pool",
    ]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("  - Owner: Ann\n  - Due: 2024-06-01\n", id="items"),
        pytest.param("  Owner: Ann\n  Due: 2024-06-01\n", id="lines"),
        pytest.param("  **Owner:** Ann\n  **Due:** 2024-06-01\n", id="bold-labels"),
    ],
)
def test_fields_below_a_task_say_who_and_until_when(below: str) -> None:
    text = f"{ACCOUNT}## Action items\n- Prune the index every night\n{below}"
    facts = facts_of(text)
    assert facts.tasks is not None
    assert [(item.text, item.owner, item.due) for item in facts.tasks.items] == [
        ("Prune the index every night", "Ann", "2024-06-01")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Proposals", "Our plan", "Permanent fix", "Outstanding work", "Things to fix",
        "What has changed since", "Steps we've taken", "Protection against recurrence",
        "Quality measures", "Network enhancements", "Actions to be taken", "Precautions",
    ],
)  # fmt: skip
def test_parts_whose_name_only_suggests_measures(heading: str) -> None:
    listed = ["- The build job refuses an index above 12 GB", "- An alert on the heap"]
    assert items(f"## {heading}\n{listed[0]}\n{listed[1]}\n") == listed


def test_a_measure_planned_in_passing_counts_where_there_is_no_list() -> None:
    text = """\
        ## Background
        The client keeps its connections. We will be upgrading it to close them upon failover.

        We posted a notice. We will update it when there is news, and continue to watch.
        """
    assert items(text) == [
        "The client keeps its connections. We will be upgrading it to close them upon failover."
    ]


def test_what_keeps_it_from_happening_again_counts_where_there_is_no_list() -> None:
    text = """\
        We replaced two modules. All hosts were back at 14:25.

        We have added sensors with a card of their own to avoid this kind of issue in future.

        We apologise, and will do all we can to avoid this in future.
        """
    above = "# Hall 2 too hot\n\nOn 17 April 2024 from 06:10 to 14:25 UTC 41 hosts were down.\n\n"
    assert items(text, above) == [
        "We have added sensors with a card of their own to avoid this kind of issue in future."
    ]


STATUS_PAGE = """\
# Late notifications

## Postmortem

From May 11 2024 08:20 UTC to 11:05 UTC 4,100 notifications came late.

The cause was a worker that spent minutes on a silent recording, and so the queue was full.

We are planning to separate the queues in our June release.

## Resolved

The incident has been resolved.
"""


def test_a_heading_over_the_whole_account_heads_no_measures() -> None:
    facts = facts_of(STATUS_PAGE)
    assert facts.tasks is not None
    assert [item.text for item in facts.tasks.items] == [
        "We are planning to separate the queues in our June release."
    ]
    assert not any({"tasks", "corrective"} & set(part.roles) for part in facts.sections)


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        pytest.param(
            "We are still investigating why; we're adding 4 relays to be safe.",
            True,
            id="semicolon",
        ),
        pytest.param(
            "We do not know the root cause yet, but we are adding 4 relays.", True, id="but"
        ),
        pytest.param(
            "We're investigating the root cause; we'll keep you informed.", False, id="informs"
        ),
        pytest.param(
            "We are taking three actions. First, the relay gets a disk of its own. Second, the log "
            "is rotated each night.",
            True,
            id="counts-up",
        ),
        pytest.param(
            "We thank you for your patience; we're working to restore all mail.", False, id="repair"
        ),
        pytest.param("We are sorry; we are doing our best.", False, id="best"),
        pytest.param(
            "Two disks were full. First, the log grew. Second, the queue grew.",
            False,
            id="counts-causes",
        ),
    ],
)
def test_measures_told_in_a_paragraph(told: str, counts: bool) -> None:
    assert tells_measures(told) is counts


def test_a_list_behind_the_end_of_a_paragraph_has_no_heading() -> None:
    text = """\
        From 09:05 to 13:20 UTC on 12 March 2024 the core switch failed, and 40 customers were down.

        The last fault was mended on Tuesday. The following was done or will be done soon:

        - Line card in slot 4 replaced
        - Spare card to be kept on site
        - Escalation procedures to be improved
        """
    facts = facts_of(dedent(text))
    assert facts.tasks is not None
    assert [item.text for item in facts.tasks.items] == [
        "Line card in slot 4 replaced",
        "Spare card to be kept on site",
        "Escalation procedures to be improved",
    ]
    assert not any({"tasks", "corrective"} & set(part.roles) for part in facts.sections)


def test_parts_below_a_title_that_heads_the_events() -> None:
    text = """\
        # Sunday's login troubles

        At 17:10 UTC on 2 June 2024 some players could not log in, and no alarm came.

        At 17:45 UTC we restarted the account system, which made it worse.

        At 19:05 UTC everyone could log in.

        ## What's next?

        - Keep serving the cached rights when the shop is down
        - Add an alarm on logins per minute
        """
    assert items(text, "") == [
        "- Keep serving the cached rights when the shop is down",
        "- Add an alarm on logins per minute",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Actions
            **KM** Post the diff before a deploy

            **DT** Reduce the build alerts so that they fire:

            * at the start of a day
            * when the state changes

            **LB / KM** Write an RFC about the mapping
            """,
            ["**KM** Post", "**DT** Reduce", "**LB / KM** Write"],
            id="paragraphs-that-begin-with-who-does-it",
        ),
        pytest.param(
            """\
            ## Actions
            **Detect:** alerts

            - Add an alert on swap
            - Add a probe in Oslo
            """,
            ["- Add an", "- Add a"],
            id="a-bold-label-with-a-colon-groups",
        ),
        pytest.param(
            """\
            ## What we changed
            ### Testing
            - Run migrations on staging first
            ### Rollback
            - Every change has a rollback script
            - Old disks are kept for 14 days
            """,
            ["- Run migrations", "- Every change", "- Old disks"],
            id="how-it-is-from-now-on",
        ),
        pytest.param(
            """\
            ## Follow-up
            We are moving the chunks to object storage.

            We add a check that the folder is on the right disk.

            Regards,
            the platform team
            """,
            ["We are moving", "We add"],
            id="who-signed-the-letter",
        ),
        pytest.param(
            """\
            ## Fixing the issues
            - Issue 1: the dump takes no lock. *Done 2024-03-16.*
            - Issue 2: lock files gave way to flock. *Done 2024-03-16.*
            - Issue 3: a guard refuses a zone that shrinks. *To do.*
            """,
            ["- Issue 1:", "- Issue 2:", "- Issue 3:"],
            id="repairs-of-the-cause-with-their-state",
        ),
        pytest.param(
            """\
            **Corrective measures:**

            Immediate: Lower the interval of the snapshots to one hour.

            Later: Add an alert on file system errors.

            **Conclusion:** We apologise. We will continue to improve our processes.
            """,
            ["Immediate: Lower", "Later: Add"],
            id="a-conclusion-in-the-same-line",
        ),
        pytest.param(
            """\
            ## Mitigation measures
            1. Fail the start of the container when TZ is not set
            2. Add the timezone to the exit criteria of the test
            """,
            ["1. Fail", "2. Add"],
            id="mitigation-measures-that-prescribe",
        ),
        pytest.param(
            """\
            **What are any recommendations to prevent this incident from happening once more?**

            Purge expired sessions every night.
            """,
            ["Purge expired"],
            id="a-long-question-in-bold",
        ),
    ],
)
def test_measures_in_the_forms_of_mails_and_retrospectives(text: str, found: list[str]) -> None:
    told = items(text)
    assert len(told) == len(found)
    assert all(line.startswith(start) for line, start in zip(told, found, strict=True))


def test_the_initials_before_a_task_own_it() -> None:
    text = ACCOUNT + "## Actions\n\n**KM** Post the diff\n\n**P1** Add an alert on swap\n"
    facts = facts_of(text)
    assert facts.tasks is not None
    assert [(item.owner, item.text) for item in facts.tasks.items] == [
        ("KM", "Post the diff"),
        (None, "Add an alert on swap"),
    ]


LETTER = """\
# Mail down

On 3 May 2024 the mail was down from 10:00 to 11:30 UTC, and 400 users had none.

The disk of the spool was full. We removed a log at 11:20 UTC.

"""


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("## Where does that leave us\n\n- {}\n- {}\n", id="heading"),
        pytest.param("**On our list now**\n\n- {}\n- {}\n", id="bold-line"),
        pytest.param("For the future we decided:\n- {}\n- {}\n", id="lead-in"),
        pytest.param("What we are going to do:\n\n1. {}\n2. {}\n", id="numbered"),
        pytest.param("We will change two things.\n\n1) {}\n\n2) {}\n", id="full-stop"),
        pytest.param("Still to be done\n\n* {}\n* {}\n", id="no-colon"),
        pytest.param("- [x] {}\n- [ ] {}\n", id="boxes"),
    ],
)
def test_a_list_in_a_letter(below: str) -> None:
    measures = ["Rotate the log every hour", "Add an alert at 80 % of the disk"]
    found = items(below.format(*measures), LETTER)
    assert [line.lstrip("-*12.) [x]") for line in found] == measures


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            "To check your mailbox:\n\n1. Open the portal\n2. Pick a folder\n", id="check"
        ),
        pytest.param("## How to get help\n\n- Open a ticket\n- Call the desk\n", id="how-to"),
        pytest.param("## What you can do\n\n- Open a ticket\n- Send it again\n", id="you"),
        pytest.param("We had\n\n- three disks\n- one log\n", id="things"),
    ],
)
def test_a_list_in_a_letter_for_its_readers(below: str) -> None:
    assert items(below, LETTER) == []


def test_tickets_with_something_to_do_are_tasks_where_there_is_no_list() -> None:
    text = """\
        **Signing**

        * [OPS-81] -> To renew the key of the signer
        * The script reads a file that is written too early

        **Staging**

        * [OPS-70] -> Write the proposal for a second repository
        """
    assert items(text) == [
        "* [OPS-81] -> To renew the key of the signer",
        "* [OPS-70] -> Write the proposal for a second repository",
    ]


def test_tickets_as_references_are_no_tasks() -> None:
    text = "## References\n- #12 The report of the client\n- #15 The rollback\n"
    assert items(text) == []


BARE = ACCOUNT.replace(
    "## Root cause and resolution\nA bad configuration, which was reverted.\n", ""
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Remediation
            - Rolled the index back
            - Restarted the nodes

            ## Lessons learned
            - We need a limit in the build job
            - Old indexes should be kept for a day
            """,
            ["- We need a limit in the build job", "- Old indexes should be kept for a day"],
            id="a-repair-beside-lessons-that-prescribe",
        ),
        pytest.param(
            """\
            ## Remediation
            - Added a limit to the build job
            - Moved the index to its own volume

            ## Lessons learned
            - An index can outgrow its disk
            """,
            ["- Added a limit to the build job", "- Moved the index to its own volume"],
            id="measures-that-were-taken-beside-lessons-that-tell",
        ),
        pytest.param(
            """\
            ## Remediation
            - Rolled the index back
            - Will add a limit to the build job
            """,
            ["- Will add a limit to the build job"],
            id="will-at-the-beginning",
        ),
        pytest.param(
            """\
            ## Solutions
            1. Add a limit to the build job
            2. Move the index to its own volume
            """,
            ["1. Add a limit to the build job", "2. Move the index to its own volume"],
            id="solutions-that-nobody-has-made-yet",
        ),
        pytest.param(
            """\
            ## Solution
            1. Stop the index job
            2. Restart the nodes
            """,
            [],
            id="steps-of-the-repair",
        ),
        pytest.param(
            """\
            ## Recommendations for customers
            - Update the client to 2.3

            ## Next steps
            - Add a limit to the build job
            """,
            ["- Add a limit to the build job"],
            id="recommendations-to-others",
        ),
        pytest.param(
            """\
            ## Steps taken
            - Restarted the nodes

            ## Steps planned
            - Add a limit to the build job
            """,
            ["- Add a limit to the build job"],
            id="taken-beside-planned",
        ),
    ],
)
def test_the_repair_is_no_task(text: str, found: list[str]) -> None:
    assert items(text, BARE) == found


@pytest.mark.parametrize("heading", ["Sequence of actions", "User actions", "Actions taken"])
def test_other_actions_are_no_measures(heading: str) -> None:
    text = f"## {heading}\n- The index was rolled back\n\n## Tasks\n- Prune the index nightly\n"
    assert items(text) == ["- Prune the index nightly"]


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
    facts = facts_of(BOLD + text)
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
    facts = facts_of(f"{ACCOUNT}## Tasks\n{line}\n")
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
        pytest.param("- Cleanup - [QUAY-12](https://x.test/QUAY-12)", True, id="only-a-ticket"),
        pytest.param("- Fix the tide table QUAY-12", False, id="a-task-and-its-ticket"),
        pytest.param("- Merge quay/tides#12", False, id="the-ticket-is-the-task"),
    ],
)
def test_a_task_with_a_tick_behind_it_is_not_called_vague(line: str, vague: bool) -> None:
    facts = facts_of(f"{ACCOUNT}## Tasks\n{line}\n")
    rule = policy.table("pm602-vague-task")
    assert bool(list(concrete(facts, rule["parameters"]))) is vague


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("- Write a plan (Ines)", id="owner-in-brackets"),
        pytest.param("- Write a plan @ines", id="handle"),
        pytest.param("- Ines: write a plan", id="owner-first"),
        pytest.param("- Improve monitoring by 3 May", id="day"),
        pytest.param("- Improve monitoring (Ines, due 2024-05-03)", id="owner-and-day"),
        pytest.param("- Improve monitoring - ETA 2 weeks", id="length"),
    ],
)
def test_an_owner_or_a_due_date_bounds_no_wish(line: str) -> None:
    facts = facts_of(f"{ACCOUNT}## Tasks\n{line}\n")
    assert list(concrete(facts, policy.table("pm602-vague-task")["parameters"]))


def owners(text: str, above: str = "") -> list[str | None]:
    """The owner of each task of a list."""
    facts = facts_of(f"{above}{ACCOUNT}## Action items\n\n{dedent(text)}")
    return [item.owner for item in facts.tasks.items] if facts.tasks is not None else []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "- Maya — rotate the key\n- Noor — add an alert", ["Maya", "Noor"], id="in-front"
        ),
        pytest.param(
            "- Rotate the key — Maya\n- Add an alert — Noor Ali", ["Maya", "Noor Ali"], id="behind"
        ),
        pytest.param(
            "- Rotate the key - Maya - 2024-07-01\n- Add an alert - Noor, 2024-07-02",
            ["Maya", "Noor"],
            id="before-the-day",
        ),
        pytest.param(
            "1. Maya: rotate the key\n2. Noor: add an alert", ["Maya", "Noor"], id="as-a-label"
        ),
        pytest.param(
            "- Rotate the key — Maya\n- Add an alert (Ana)\n- Add a test — Noor",
            ["Maya", "Ana", "Noor"],
            id="beside-another-form",
        ),
        pytest.param("- Maya — rotate the key\n- Add an alert", [None, None], id="one-only"),
        pytest.param(
            "- Monitoring — add an alert\n- Backups — test the restore", [None, None], id="topics"
        ),
        pytest.param(
            "- Rotate the key — High\n- Add an alert — Low", [None, None], id="priorities"
        ),
        pytest.param(
            "- Rotate the key — Nightly\n- Add an alert — Grafana", [None, None], id="tools"
        ),
        pytest.param(
            "- Rotate the key — the team\n- Add an alert — SRE", [None, None], id="groups"
        ),
    ],
)
def test_who_does_it_where_a_list_names_people_in_one_form(
    text: str, found: list[str | None]
) -> None:
    assert owners(text) == found


def test_a_name_in_front_that_the_account_speaks_of_is_a_topic() -> None:
    text = "- Zeppelin — rotate the key\n- Parcels — add an alert\n"
    assert owners(text) == ["Zeppelin", "Parcels"]
    assert owners(text, above="Zeppelin, our store, was slow.\n\n") == [None, None]
    assert owners(text, above="Author: Zeppelin\n\n") == ["Zeppelin", "Parcels"]


@pytest.mark.parametrize(
    ("line", "done"),
    [
        pytest.param("- ~~Improve monitoring~~", True, id="struck"),
        pytest.param("- [ ] ~~Improve monitoring~~", True, id="an-open-box"),
        pytest.param("- ~~**Improve** monitoring~~ won't do", True, id="with-the-reason"),
        pytest.param("- <del>Improve monitoring</del>", True, id="html"),
        pytest.param("- ~~Improve monitoring~~ Add an alert", None, id="replaced"),
        pytest.param("- Improve ~~the~~ monitoring", None, id="a-word-of-it"),
    ],
)
def test_a_task_that_is_struck_out_is_closed(line: str, done: bool | None) -> None:
    facts = facts_of(f"{ACCOUNT}## Tasks\n- Add an alert on the lag\n{line}\n")
    assert facts.tasks is not None
    assert [item.done for item in facts.tasks.items] == [None, done]
    if done:
        assert list(concrete(facts, policy.table("pm602-vague-task")["parameters"])) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Lessons
            We are taking steps to improve our builds. In particular:

            1. A test host will get each index a week before the rest.
            2. Builds are now checked against the size of the disk.
            3. Better names of indexes.
            """,
            [
                "1. A test host will get each index a week before the rest.",
                "2. Builds are now checked against the size of the disk.",
                "3. Better names of indexes.",
            ],
            id="lessons announced as measures",
        ),
        pytest.param(
            """\
            ## Lessons learned
            - Test each index on a copy
            - Don't build at noon
            - Mail of the build job goes to nobody, send it to the team
            - Add an alert on the age of the index
            """,
            [
                "- Test each index on a copy",
                "- Don't build at noon",
                "- Mail of the build job goes to nobody, send it to the team",
                "- Add an alert on the age of the index",
            ],
            id="lessons most of which prescribe",
        ),
        pytest.param(
            """\
            ## Corrective measures
            1. **Alert on the age of the index**
               - It would have told us an hour earlier.
            2. **Slow query log on both replicas**
               - It was switched off in March.
            """,
            ["1. **Alert on the age of the index**", "2. **Slow query log on both replicas**"],
            id="bold items over remarks",
        ),
        pytest.param(
            """\
            ## Corrective measures
            - **Alerting**
              - Alert on the age of the index
              - Alert on slow queries
            """,
            ["- Alert on the age of the index", "- Alert on slow queries"],
            id="bold items over measures",
        ),
        pytest.param(
            """\
            ## Action items
            - @kim
              - Alert on the age of the index
            - @ana
              - Log slow queries
            """,
            ["- Alert on the age of the index", "- Log slow queries"],
            id="people over their measures",
        ),
        pytest.param(
            """\
            ## Action items
            | Action | Owner |
            |---|---|
            | **Short term** | |
            | Alert on the age of the index | Kim |
            | **Long term** | |
            | Move the index to its own host | Ana |
            """,
            ["Alert on the age of the index | Kim", "Move the index to its own host | Ana"],
            id="rows that name a group",
        ),
        pytest.param(
            """\
            ## Corrective measures
            - TODO: Alert on the age of the index
            - TODO: Log slow queries
            """,
            ["- TODO: Alert on the age of the index", "- TODO: Log slow queries"],
            id="to do before each",
        ),
        pytest.param(
            """\
            ## Action items

            ## Short term
            - Alert on the age of the index
            ## Long term
            - Move the index to a host of its own
            """,
            ["- Alert on the age of the index", "- Move the index to a host of its own"],
            id="groups under headings of the same level",
        ),
        pytest.param(
            """\
            ## Action items
            ### 1. Index age alert
            - **Owner:** Kim
            - **Due:** 2024-06-01
            ### 2. Slow query log
            - **Owner:** Ana
            - **Due:** 2024-06-01
            """,
            ["### 1. Index age alert", "### 2. Slow query log"],
            id="headings over fields",
        ),
        pytest.param(
            """\
            **Action items**

            #### 1. Add an alert on the age of the index
            - **Owner:** Kim
            #### 2. Log slow queries
            - **Owner:** Ana
            """,
            ["#### 1. Add an alert on the age of the index", "#### 2. Log slow queries"],
            id="headings below a bold line",
        ),
    ],
)
def test_what_stands_over_and_below_measures(text: str, found: list[str]) -> None:
    assert items(text) == found


def test_each_to_do_is_a_measure_and_heads_no_part() -> None:
    text = "## Corrective measures\n- TODO: Alert on the index\n- TODO: Log slow queries\n"
    facts = facts_of(ACCOUNT + text)
    assert [section.text for section in facts.with_role("tasks")] == ["Corrective measures"]


def test_a_part_of_its_own_behind_an_empty_list_of_measures_is_not_in_it() -> None:
    text = "## Action items\n\n## Conclusion\n- Log slow queries\n- Alert on the index\n"
    assert items(text) == []
