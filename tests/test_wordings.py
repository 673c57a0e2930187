"""What headings and labels mean that bear no known name."""

from __future__ import annotations

import pytest

from pmlint.facts import Postmortem
from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.standard import templates
from pmlint.structure.vocabulary import normalise, vocabulary
from pmlint.structure.wordings import worded


def facts(text: str) -> Postmortem:
    return read(Source(text, "x.md"), templates.load("default"))


def roles(text: str) -> dict[int, tuple[str, ...]]:
    """The roles of each 1-based line that plays any, the title left out."""
    found: dict[int, tuple[str, ...]] = {}
    source = Source(text, "x.md")
    for section in facts(text).sections:
        played = tuple(role for role in section.roles if role != "title")
        if played:
            found[source.place(section.span.start).line] = played
    return found


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        pytest.param("Restoration of service", ("resolution",), id="a service is restored"),
        pytest.param("Containment and eradication", ("resolution",), id="security incident"),
        pytest.param("Workaround / Permanent fix", ("resolution",), id="two repairs"),
        pytest.param("Immediate recovery steps taken", ("resolution",), id="qualified repair"),
        pytest.param("Stabilizing actions", ("resolution",), id="participle"),
        pytest.param("Remediation carried out", ("resolution",), id="a remedy that is over"),
        pytest.param("Remediation tracker", ("corrective",), id="a remedy still to come"),
        pytest.param("Future mitigations", ("corrective",), id="a repair still to come"),
        pytest.param("Measures taken to resolve the incident", ("resolution",), id="to resolve"),
        pytest.param("Measures to prevent recurrence", ("corrective",), id="to prevent"),
        pytest.param("Preventative action", ("corrective",), id="one preventative action"),
        pytest.param("Service improvement plan", ("corrective",), id="plan of improvement"),
        pytest.param("Number of clients affected", ("impact",), id="count of those hit"),
        pytest.param("Passengers concerned", ("impact",), id="those concerned"),
        pytest.param("Affected region(s)", ("impact",), id="plural in brackets"),
        pytest.param("User-facing effects", ("impact",), id="for users"),
        pytest.param("Direct and contributing causes", ("root_cause",), id="kinds of causes"),
        pytest.param("Reason for outage", ("root_cause",), id="the RFO of carriers"),
        pytest.param("Things to do", ("tasks",), id="things to do"),
        pytest.param("Date and time of restoration", ("duration",), id="dated restoration"),
        pytest.param("Incident opened", ("duration",), id="an end of the incident"),
        pytest.param("Outage begin – end", ("duration",), id="both ends"),
        pytest.param("Unavailable from", ("duration",), id="state with its beginning"),
        pytest.param("Available again", ("duration",), id="state with its end"),
        pytest.param("Lasting measures", ("corrective",), id="measures of a kind"),
        pytest.param("Partners hit", ("impact",), id="those hit"),
        pytest.param("started_at".replace("_", " "), ("duration",), id="key of front matter"),
        pytest.param("End of customer impact", ("duration",), id="the end, not the impact"),
        pytest.param("Part B – Root cause", ("root_cause",), id="lettered part"),
        pytest.param("D7: Prevention of recurrence", ("corrective",), id="discipline of an 8D"),
        pytest.param("Q3: What caused the outage?", ("root_cause",), id="numbered question"),
    ],
)
def test_a_heading_of_known_words_plays_their_parts(label: str, expected: tuple[str, ...]) -> None:
    assert vocabulary(templates.load("default")).loose(normalise(label)) == expected


@pytest.mark.parametrize(
    "label",
    [
        pytest.param("Service owner", id="a word that names no part"),
        pytest.param("End users", id="an end that is no time"),
        pytest.param("Response time", id="a time that dates nothing"),
        pytest.param("Time zone", id="the zone is no time"),
        pytest.param("Report date", id="the date of the report"),
        pytest.param("Customer actions", id="actions of others"),
        pytest.param("Scope of this report", id="about the text"),
        pytest.param("Effects of ABI stability", id="no incident behind the effects"),
        pytest.param("Reasons for Rust", id="no incident behind the reasons"),
        pytest.param("Fix for the flaky test", id="a fix of something else"),
        pytest.param("Rollback", id="too little alone"),
        pytest.param("resolve", id="a verb alone"),
        pytest.param("Product team", id="only those who are hit"),
        pytest.param("Incident response", id="a weak name stays weak"),
        pytest.param("Part of the cluster", id="no lettered part"),
        pytest.param("Quick start", id="of a manual"),
    ],
)
def test_other_words_in_a_heading_name_no_part(label: str) -> None:
    words = vocabulary(templates.load("default"))
    assert words.loose(normalise(label)) == ()


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("So how bad was it?", "impact", id="how bad"),
        pytest.param("Was I affected?", "impact", id="was I"),
        pytest.param("What this means for you", "impact", id="what it means"),
        pytest.param("What you may have seen", "impact", id="what you saw"),
        pytest.param("How many builds?", "impact", id="how many"),
        pytest.param("How was this possible?", "root_cause", id="how possible"),
        pytest.param("What was behind it", "root_cause", id="what was behind"),
        pytest.param("Why nothing would build", "root_cause", id="why in other words"),
        pytest.param("Where the bug was", "root_cause", id="where the bug was"),
        pytest.param("Why the key expired unseen", "root_cause", id="why, in the past"),
        pytest.param("Analysis: why did this happen?", "root_cause", id="behind a colon"),
        pytest.param("Who missed out", "impact", id="who missed"),
        pytest.param("Putting it right", "resolution", id="putting right"),
        pytest.param("Stopping the avalanche", "resolution", id="a picture of one's own"),
        pytest.param("Return to normal", "resolution", id="return"),
        pytest.param("What got us out", "resolution", id="what got us out"),
        pytest.param("How was the incident handled?", "resolution", id="how handled"),
        pytest.param("Where we go from here", "corrective", id="where from here"),
        pytest.param("Making sure it never happens again", "corrective", id="never again"),
        pytest.param("What will you do about it?", "corrective", id="asked by others"),
        pytest.param("What the board has decided", "corrective", id="decided"),
        pytest.param("Steps we are taking", "corrective", id="steps being taken"),
        pytest.param("The long and short of it", "summary", id="the short of it"),
        pytest.param("Magnitude", "impact", id="a word that is weak alone"),
    ],
)
def test_a_sentence_as_heading_suggests_its_part(heading: str, role: str) -> None:
    assert worded(normalise(heading)) == {role}


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("Where we got lucky", id="luck"),
        pytest.param("What did we learn?", id="lessons"),
        pytest.param("Why nobody noticed", id="detection is no cause"),
        pytest.param("Why did it take so long?", id="length is no cause"),
        pytest.param("Why this matters", id="an essay"),
        pytest.param("Why is everything any-typed?", id="a question of a manual"),
        pytest.param("Where we are now", id="status"),
        pytest.param("What changed?", id="before or after"),
        pytest.param("What must not happen", id="a rule"),
        pytest.param("How could time to mitigation be improved?", id="a question of a template"),
        pytest.param("How did we reach the point where we could mitigate it?", id="on diagnosis"),
        pytest.param("How many people were involved?", id="those who helped"),
        pytest.param("How does it affect the roadmap?", id="effect on something else"),
        pytest.param("The next step is to run the installer", id="a sentence of a manual"),
        pytest.param("What happened to my invoice?", id="past questions of readers"),
        pytest.param("How to reproduce", id="a bug report"),
    ],
)
def test_a_sentence_about_something_else_suggests_nothing(heading: str) -> None:
    assert worded(normalise(heading)) == frozenset()


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("**Impact.** Nobody could pay for an hour.", "impact", id="full stop"),
        pytest.param("**tl;dr** it was down for an hour.", "summary", id="nothing at all"),
        pytest.param("**Why did it break?** The disk was full.", "root_cause", id="question"),
        pytest.param("*cause* — the disk was full", "root_cause", id="italic with a dash"),
        pytest.param("**Q: What caused it?**", "root_cause", id="bold question"),
        pytest.param("| How was it solved? | Old logs were deleted |", "resolution", id="row"),
    ],
)
def test_labels_need_no_colon(line: str, role: str) -> None:
    table = "| Item | Text |\n|---|---|\n" if line.startswith("|") else "\n\n"
    text = f"# Shop down on 3 May\n\nThe shop was slow.\n\n{table}{line}\n\nMore words on it.\n"
    assert role in roles(text).get(7, ())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("**Impact** of the outage was small, they said.", id="a sentence goes on"),
        pytest.param("**Nobody noticed.** The graph went up.", id="a stressed sentence"),
        pytest.param("cause - effect", id="plain words with a dash"),
        pytest.param("**Incident:** INC-77 scanners offline", id="only the incident's name"),
    ],
)
def test_stressed_words_are_no_labels(line: str) -> None:
    assert 5 not in roles(f"# Shop down on 3 May\n\nThe shop was slow.\n\n{line}\n")


def test_heads_of_columns_are_no_labels() -> None:
    text = "# Shop down\n\n## Facts\n\n| What | Why |\n|---|---|\n| the disk | it was full |\n"
    assert 5 not in roles(text)


def test_what_went_wrong_beside_lessons_tells_the_cause() -> None:
    text = "# Shop down\n\n## What went wrong\n\nA full disk.\n\n## Lessons\n\nDisks fill up.\n"
    assert roles(text)[3] == ("root_cause",)


def test_what_went_wrong_inside_lessons_tells_a_lesson() -> None:
    text = "# Shop down\n\n## Lessons\n\n### What went wrong\n\nNobody was awake.\n"
    assert roles(text)[5] == ("lessons",)


def test_when_over_timed_lines_is_the_timeline() -> None:
    text = "# Shop down\n\nWhen:\n\n10:00 slow\n\n10:20 down\n\n10:40 disk cleared\n"
    assert roles(text)[3] == ("timeline",)


def test_key_events_yield_to_a_start_and_an_end() -> None:
    found = facts(
        "# Shop down\n\n- Impact start: 2 May 2024 13:00 UTC\n- Impact end: 2 May 2024 14:00 UTC\n"
        "\n## Key events\n\n- 12:50 deploy\n- 13:00 errors\n- 14:10 all quiet\n"
    ).duration
    assert found is not None
    assert (found.minutes, found.verdict) == (60, None)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        pytest.param("> All times are in EAT.\n\n## Summary\n\n", "EAT", id="quote"),
        pytest.param("## Summary\n\n(All times UTC.) ", "UTC", id="in the summary"),
    ],
)
def test_all_times_may_be_declared_once(text: str, zone: str) -> None:
    told = "The shop was down on 3 May 2024 from 10:00 to 11:00."
    found = facts(f"# Shop down\n\n{text}{told}\n").duration
    assert found is not None
    assert found.zone is not None
    assert found.zone.text == zone


def test_a_range_behind_when_has_both_ends() -> None:
    found = facts("# Shop down\n\n- **When:** 24.06.2021, 08:30 – 11:15 (EEST)\n").duration
    assert found is not None
    assert found.minutes == 165


def test_no_minutes_in_a_severity_are_no_length() -> None:
    rows = "| Time in SEV-1 | 0 mins |\n| Time in SEV-2 | 45 mins |\n"
    found = facts(f"# Shop down\n\n## Impact\n\n| | |\n|---|---|\n{rows}").duration
    assert found is not None
    assert found.stated is not None
    assert found.stated.minutes == 45


def test_answers_to_a_template_with_dated_events_are_a_write_up() -> None:
    asked = "".join(f"1. **How was it for group {at}?**\n   Slow.\n" for at in "abcdef")
    events = "".join(f"- 2024-05-03 1{at}:00 step {at}\n" for at in range(4))
    text = f"# 2024-05-03: Registry slow\n\n## Impact\n\n{asked}\n## Timeline\n\n{events}"
    assert facts(text).absence is None


def test_own_words_over_times_head_the_timeline() -> None:
    entries = "".join(f"   - 10:{at}0 step {at}\n" for at in range(4))
    text = (
        f"# Trailers silent\n\n1. **Reach:** 340 trailers\n2. **The night in detail:**\n{entries}"
    )
    assert roles(text) == {3: ("impact",), 4: ("timeline",)}


def test_own_words_over_times_yield_to_a_timeline() -> None:
    entries = "".join(f"- 10:{at}0 step {at}\n" for at in range(4))
    text = f"# Shop down\n\nCalls that came in:\n\n{entries}\n## Timeline\n\n{entries}"
    assert 3 not in roles(text)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("PAY-3", (), id="a name"),
        pytest.param("Nobody could pay for an hour.", ("summary",), id="a sentence"),
    ],
)
def test_incident_field_may_name_or_tell(cell: str, expected: tuple[str, ...]) -> None:
    text = f"# Shop down\n\n| Incident | {cell} |\n|---|---|\n| Severity | 2 |\n"
    assert roles(text).get(3, ()) == expected


@pytest.mark.parametrize(
    "style",
    [
        pytest.param("## {}", id="heading"),
        pytest.param("## 4 {}", id="number without a dot"),
        pytest.param("**{}**", id="bold"),
        pytest.param("{}:", id="plain with a colon"),
        pytest.param("_{}_", id="italic"),
        pytest.param("<u>{}</u>", id="underlined"),
        pytest.param("**__{}__**", id="bold twice"),
    ],
)
def test_wordings_count_in_any_style(style: str) -> None:
    told = "\n\nA disk was full, and nobody was told about it.\n\n"
    heads = [
        "What players saw",
        "Why the queue stopped",
        "Putting it right",
        "Where we go from here",
    ]
    parts = "".join(style.format(head) + told for head in heads)
    found = roles(f"# Queue stuck\n\nThe queue was stuck on 3 May.\n\n{parts}")
    assert [found.get(at, ()) for at in (5, 9, 13, 17)] == [
        ("impact",),
        ("root_cause",),
        ("resolution",),
        ("corrective", "tasks"),
    ]


def test_a_plain_wording_inside_a_named_section_is_only_words() -> None:
    text = (
        "# Shop down\n\n## Resolution\n\nHow we fixed it:\n\n- old logs deleted\n\n## Impact\n\nx\n"
    )
    assert 5 not in roles(text)


def test_plain_items_over_items_of_their_own_are_parts() -> None:
    text = (
        "# Shop down 3 May 2024\n\n- Summary\n  - Down from 10:00 to 11:00 UTC.\n- Impact\n"
        "  - 200 users could not pay\n- Root cause\n  - a full disk\n"
    )
    assert roles(text) == {3: ("summary",), 5: ("impact",), 7: ("root_cause",)}


def test_a_remedy_that_is_told_leaves_the_measures_to_their_part() -> None:
    text = (
        "# Lockers shut\n\n## Remedial action\n\nThe time source was switched on 3 May.\n\n"
        "## Lasting measures\n\n- Reject dates before 2020 in the firmware\n"
    )
    found = roles(text)
    assert found[3] == ("resolution",)
    assert set(found[7]) == {"corrective", "tasks"}


def test_going_forward_holds_the_measures_beside_a_remediation_that_is_told() -> None:
    text = (
        "# Index broken\n\n## Remediation\n\nThe bot was stopped on 3 May.\n\n"
        "## Going forward\n\n- Remove the force push from the bot\n"
    )
    assert {"corrective", "tasks"} <= set(roles(text)[7])


ACCOUNTS = "# Tills frozen\n\n## Summary\n\nFor an hour.\n\n{}\n"


@pytest.mark.parametrize(
    ("below", "played"),
    [
        pytest.param("## Analysis\n\nIt was caused by a loose cable.", True, id="analysis"),
        pytest.param("## Analyze\n\nA cable led to the freeze.", True, id="misused verb"),
        pytest.param("## Analysis of the incident\n\nDue to a cable.", True, id="of the incident"),
        pytest.param("**Incident breakdown:**\n\nTriggered by a cable.", True, id="bold line"),
        pytest.param("## Technical deep dive\n\nThe reason was a cable.", True, id="deep dive"),
        pytest.param("## Analysis\n\nNobody lost any money.", False, id="of something else"),
        pytest.param(
            "## Post-incident analysis\n\nSlow because of lunch.", False, id="of the work"
        ),
        pytest.param("## Thanks\n\nIt was caused by a cable.", False, id="another heading"),
    ],
)
def test_an_account_that_tells_the_cause_is_the_root_cause(below: str, played: bool) -> None:
    assert (roles(ACCOUNTS.format(below)).get(7) == ("root_cause",)) == played


def test_an_analysis_beside_the_root_cause_plays_nothing() -> None:
    text = ACCOUNTS.format("## Analysis\n\nDue to a cable.\n\n## Root cause\n\nA cable.")
    assert list(roles(text)) == [3, 11]


@pytest.mark.parametrize(
    ("line", "played"),
    [
        pytest.param("The freeze was because of the following:", True, id="because of"),
        pytest.param("These events occurred because:", True, id="because"),
        pytest.param("This happened for two reasons:", True, id="reasons"),
        pytest.param("Three things contributed to it:", True, id="contributed"),
        pytest.param("The outage was due to a combination of:", True, id="due to"),
        pytest.param("The causes of the freeze were:", True, id="causes"),
        pytest.param("We chose this cable for two reasons:", False, id="a choice"),
        pytest.param("Because of the freeze:", False, id="what followed"),
        pytest.param("Due to this, the following were closed:", False, id="what was hit"),
        pytest.param("The outage was due to the following", False, id="no colon"),
    ],
)
def test_a_line_that_announces_the_cause_heads_its_list(line: str, played: bool) -> None:
    text = f"# Tills frozen\n\nFor an hour.\n\n{line}\n\n- a loose cable\n- no spare\n"
    assert (roles(text).get(5) == ("root_cause",)) == played


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("How are we going to fix it?", "corrective", id="going to"),
        pytest.param("How we'll stop it from happening again", "corrective", id="we'll"),
        pytest.param("Chronological overview", "timeline", id="chronological"),
        pytest.param("System wide followup", "corrective", id="followup"),
        pytest.param("Causa raíz y resolución", "resolution", id="joined in another language"),
    ],
)
def test_further_wordings(heading: str, role: str) -> None:
    text = f"# Tills frozen\n\nFor an hour.\n\n## {heading}\n\n- 9:00 UTC change the cable\n"
    assert role in roles(text)[5]


def test_a_question_on_a_line_of_its_own_heads_what_answers_it() -> None:
    text = "# Tills\n\nThey froze for all.\n\nHow was it fixed?\n\nWe changed the cable.\n"
    assert roles(text) == {5: ("resolution",)}


def test_what_was_done_yields_the_repair_to_measures_that_tell_none() -> None:
    text = (
        "# Tills\n\n## Cause\n\nA cable.\n\n## Actions taken\n\n- Pulled the cable out\n\n"
        "## Mitigation measures\n\n- Add a second cable to each till\n"
    )
    found = roles(text)
    assert found[7] == ("resolution",)
    assert set(found[11]) == {"corrective", "tasks"}


def test_actions_taken_beside_a_repair_are_measures() -> None:
    text = (
        "# Tills\n\n## Resolution\n\nThe cable was changed.\n\n## Actions taken\n\n"
        "- Implemented a weekly look at all cables\n\n## Next steps\n\n- Add a spare till\n"
    )
    assert set(roles(text)[7]) == {"corrective", "tasks"}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("Action taken: the cable was changed by hand.", "resolution", id="action"),
        pytest.param("**Response:** we changed the cable of each till.", "resolution", id="bold"),
        pytest.param("Findings: the cable had been bent for years.", "root_cause", id="findings"),
        pytest.param("Bug: TILL-77", None, id="a reference"),
        pytest.param("Analysis: nobody lost any money by it.", None, id="of something else"),
        pytest.param("Response: we called them.\n\nResolution: a cable.", None, id="a better name"),
    ],
)
def test_a_weak_name_before_a_statement(line: str, role: str | None) -> None:
    text = f"# Tills\n\nThey froze for all.\n\n{line}\n"
    assert roles(text).get(5) == ((role,) if role else None)


def test_questions_of_a_letter_head_their_answers() -> None:
    text = (
        "# Tills\n\nThe tills were frozen from 9 to 10 UTC on 3 May 2024.\n\n"
        "> How did you fix it?\n\nWe changed the cable.\n\n"
        "> What will you do to\n> prevent this?\n\nWe will buy a spare till.\n\n"
        "> Why did nobody call?\n> We waited.\n\nSorry.\n"
    )
    assert roles(text) == {5: ("resolution",), 9: ("corrective", "tasks")}
