"""Which part of a document holds its measures, and which of its lines are none."""

from __future__ import annotations

from textwrap import dedent

import pytest
from harness import facts_of

from pmlint.statements.taskwords import closes, observes

ACCOUNT = """\
# Tide table down

## Summary
From 10:00 to 11:00 UTC on 2024-05-01 the tide table was slow for 40 boats.

## Timeline
- 10:00 UTC alert
- 11:00 UTC fixed

## Root cause and resolution
The disk was full, and old logs were deleted.

"""


def items(text: str) -> list[str]:
    """The first line of each task of a document that ends with ``text``."""
    facts = facts_of(ACCOUNT + dedent(text))
    found = facts.tasks.items if facts.tasks is not None else ()
    lines = facts.source.text.split("\n")
    return [lines[facts.source.place(item.span.start).line - 1] for item in found]


def parts(text: str) -> dict[str, tuple[str, ...]]:
    """The roles of the sections behind the account."""
    facts = facts_of(ACCOUNT + dedent(text))
    behind = [part for part in facts.sections if part.span.start >= len(ACCOUNT)]
    return {part.text: part.roles for part in behind if part.roles}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            ## Our word to the boats
            To avoid a repeat, we are doing three things:
            - Log rotation on all hosts.
            - A disk alert at 80 %.
            - A second node for the tide table.
            """,
            {"Our word to the boats": ("corrective", "tasks")},
            id="a-heading-over-a-sentence-that-announces",
        ),
        pytest.param(
            """\
            ## Remediation
            To keep this from happening again, we have done or will do the following:
            - Log rotation is now enabled on all hosts.
            - Better communication.
            """,
            {"Remediation": ("corrective", "tasks")},
            id="a-repair-in-name-only",
        ),
        pytest.param(
            """\
            ## Learnings/Further actions
            - Show the age of the tide table
            - Log rotation on all hosts
            """,
            {"Learnings/Further actions": ("corrective", "lessons", "tasks")},
            id="lessons-and-more",
        ),
        pytest.param(
            """\
            ## What's changed since
            Logs live on their own volume, and the job that rotates them is watched.
            """,
            {"What's changed since": ("corrective", "tasks")},
            id="changed-since",
        ),
        pytest.param(
            """\
            ## Future
            Logs get a volume of their own, and the job that rotates them will be watched.
            """,
            {"Future": ("corrective", "tasks")},
            id="future",
        ),
        pytest.param(
            """\
            ## What we took away from it
            - Rotate logs on all hosts
            - Page on-call at 80 % disk use
            """,
            {"What we took away from it": ("corrective", "lessons", "tasks")},
            id="taken-away",
        ),
        pytest.param(
            """\
            **Fix**

            1. Import uses a pool of its own - @inga, done
            2. Refuse tide files with twice the rows - @inga
            3. Import job gets an owner in the catalogue - @rune
            """,
            {"Fix": ("corrective", "tasks")},
            id="a-fix-that-people-have-to-do",
        ),
        pytest.param(
            """\
            ## Follow-ups

            ### Closed

            - [x] `tidectl` in the base image
            - [x] Pin the base image

            ### Open

            - [ ] Page when the table is older than 30 min
            """,
            {"Follow-ups": ("corrective", "tasks")},
            id="closed-and-open-boxes",
        ),
    ],
)
def test_the_part_that_holds_the_measures(text: str, found: dict[str, tuple[str, ...]]) -> None:
    assert parts(text) == found


def test_a_list_of_what_kept_the_service_going_is_no_measure() -> None:
    text = """\
        ## Action taken
        The harbour used its plan so that boats could be served by:
        - moving staff to the north quay
        - lending radios
        """
    assert items(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            """\
            **What are you doing about it?**

            Logs will be rotated on all hosts.

            **Whom can I call?**

            The harbour desk.
            """,
            ["Logs will be rotated on all hosts."],
            id="the-next-question-ends-the-answer",
        ),
        pytest.param(
            """\
            ## Next steps
            Logs will be rotated on all hosts.

            If your boat was late, write to the desk and we will look at it.
            """,
            ["Logs will be rotated on all hosts."],
            id="asked-of-the-readers",
        ),
        pytest.param(
            """\
            ## Follow up
            The sessions were put back to normal at 11:30.

            The carrier will replace the line card in two weeks.
            """,
            ["The carrier will replace the line card in two weeks."],
            id="it-was-over",
        ),
        pytest.param(
            """\
            ## Next steps
            We will rotate the logs on all hosts from Monday.

            Sail well.
            """,
            ["We will rotate the logs on all hosts from Monday."],
            id="a-parting-word",
        ),
        pytest.param(
            """\
            ## Lessons
            Some lessons were identified:
            - Ops to add a disk alert at 80 %.
            - Night staff to be shown the runbook.
            - DBAs to move the archive to another volume.
            """,
            [
                "- Ops to add a disk alert at 80 %.",
                "- Night staff to be shown the runbook.",
                "- DBAs to move the archive to another volume.",
            ],
            id="who-is-to-do-it",
        ),
        pytest.param(
            """\
            ## Learnings and follow-up actions
            - We learned that the graph had been flat.
            - Rotate logs on all hosts
            """,
            ["- Rotate logs on all hosts"],
            id="a-lesson-beside-a-measure",
        ),
        pytest.param(
            """\
            ## Lessons learned
            There is now a warning for a large archive.

            Always look at the tide table first.
            """,
            [
                "There is now a warning for a large archive.",
                "Always look at the tide table first.",
            ],
            id="what-is-there-now",
        ),
        pytest.param(
            """\
            to improve:
            - naming of the boats

            must do's:
            - [ ] rotate logs on all hosts
            - [ ] clean up!
            """,
            ["- [ ] rotate logs on all hosts", "- [ ] clean up!"],
            id="what-must-be-done",
        ),
        pytest.param(
            """\
            ## What we are doing

            **Rights**: the harbour's role no longer has DELETE on the tide table.

            **Export**: we'll be building an hourly export for each harbour.

            All harbours will be credited for May.
            """,
            [
                "**Rights**: the harbour's role no longer has DELETE on the tide table.",
                "**Export**: we'll be building an hourly export for each harbour.",
            ],
            id="a-last-paragraph-without-a-label",
        ),
        pytest.param(
            """\
            Preventive measures:

            Improve monitoring of the tide table.

            Regular database backups.

            Rotate logs on all hosts.

            This document was written for practice, no boat was harmed.
            """,
            [
                "Improve monitoring of the tide table.",
                "Regular database backups.",
                "Rotate logs on all hosts.",
            ],
            id="three-words-with-a-full-stop",
        ),
        pytest.param(
            """\
            ## Tasks and updates

            - [x] Discuss the incident in the thread
            - [x] Incident is over
            - [ ] Fill in the report below

            ## Follow-up actions

            - [ ] Rotate logs on all hosts
            """,
            ["- [ ] Rotate logs on all hosts"],
            id="boxes-about-the-write-up",
        ),
        pytest.param(
            """\
            ## Actions

            We took these actions to restore the service:

            1. Deleted the old logs

            To prevent it we will take these:

            1. Rotate logs on all hosts
            """,
            ["1. Rotate logs on all hosts"],
            id="to-restore-and-to-prevent",
        ),
        pytest.param(
            """\
            ## Preventive measures

            To prevent this we have to:
            1- Check the size of the logs in the pilot's deployment script
            2- Rotate logs on all hosts
            """,
            [
                "1- Check the size of the logs in the pilot's deployment script",
                "2- Rotate logs on all hosts",
            ],
            id="numbers-with-a-dash",
        ),
        pytest.param(
            """\
            ## Recommendations

            i) Provide the boats with a printed tide table
            ii) Add a second link to the harbour office
            """,
            [
                "i) Provide the boats with a printed tide table",
                "ii) Add a second link to the harbour office",
            ],
            id="roman-numbers",
        ),
    ],
)
def test_lines_beside_the_measures(text: str, found: list[str]) -> None:
    assert items(text) == found


def test_points_of_a_letter_are_tasks_of_their_own() -> None:
    text = """\
        Tide table down on 2024-05-01

        From 10:00 to 11:00 UTC on 2024-05-01 the tide table was slow for 40 boats.

        The disk was full, and old logs were deleted.

        • The logs will be rotated on all hosts
        • A second disk is stored in the boat shed
        """
    facts = facts_of(dedent(text))
    assert facts.tasks is not None
    assert len(facts.tasks.items) == 2


def test_points_of_a_mail_stand_behind_the_sentence_that_announces_them() -> None:
    text = """\
        Tide table down on 2024-05-01

        From 10:00 to 11:00 UTC on 2024-05-01 the tide table was slow for 40 boats.

        The disk was full. Old logs were deleted, and we are implementing the following:

         o  validation of the table with an independent
            library before it is published
         o  paging of the pilot on any error of the import
        """
    facts = facts_of(dedent(text))
    assert facts.tasks is not None
    assert [task.text.split()[0] for task in facts.tasks.items] == ["validation", "paging"]


@pytest.mark.parametrize(
    "told",
    [
        "If you were hit, write to us.",
        "Should anyone need help, the desk is open.",
        "For further information see the blog.",
        "Was this page useful? You can subscribe to it.",
        "You can follow the work on our blog.",
        "Do not hesitate to call.",
    ],
)
def test_words_to_those_who_read_close(told: str) -> None:
    assert closes(told)


@pytest.mark.parametrize(
    "told",
    [
        "Boats can no longer be struck off without a second approval.",
        "If anyone moors at night, the quay lights go on.",
    ],
)
def test_a_measure_that_names_those_who_read_does_not_close(told: str) -> None:
    assert not closes(told)


@pytest.mark.parametrize(
    ("told", "observed"),
    [
        pytest.param("We learned that nobody owned the key", True, id="learned"),
        pytest.param("We've noticed a flat graph", True, id="noticed"),
        pytest.param("We learned to test the backups", False, id="learned-to"),
        pytest.param(
            "We noticed that nobody owns the job; Ana will take it over by 9 June",
            False,
            id="noticed-and-promised",
        ),
        pytest.param("The links were back in service at 11:30", True, id="back"),
        pytest.param("We will bring the old link back online in May", False, id="will-be-back"),
        pytest.param("We added an alert on the disk", False, id="a-measure-that-was-taken"),
    ],
)
def test_what_is_told_only(told: str, observed: bool) -> None:
    assert observes(told) is observed
