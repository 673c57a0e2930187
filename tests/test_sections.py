"""Which headings and labels play which roles, whatever they look like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmlint.findings import Source
from pmlint.markdown import parse
from pmlint.postmortem import read
from pmlint.standard import templates
from pmlint.structure.sections import build
from pmlint.structure.stamps import only_time
from pmlint.structure.vocabulary import normalise, vocabulary


def roles(text: str) -> dict[int, tuple[str, ...]]:
    """The roles of each 1-based line that plays any, the title left out."""
    source = Source(text, "x.md")
    found: dict[int, tuple[str, ...]] = {}
    for section in read(source, templates.load("default")).sections:
        played = tuple(role for role in section.roles if role != "title")
        if played:
            found[source.place(section.span.start).line] = played
    return found


def title(text: str) -> str | None:
    found = read(Source(text, "x.md"), templates.load("default")).title
    return found.text if found else None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("1. Root Cause:", "root cause", id="number and colon"),
        pytest.param("🚨 Impact 🚨", "impact", id="emoji on both sides"),
        pytest.param("Timeline (all times UTC)", "timeline", id="parenthesis"),
        pytest.param("Section 2: Timeline", "timeline", id="section number"),
        pytest.param("3.1 Root cause", "root cause", id="number of two levels"),
        pytest.param("B) TIMELINE", "timeline", id="letter"),
        pytest.param("5 Whys", "5 whys", id="a number that belongs to the name"),
        pytest.param("% of product affected", "% of product affected", id="per cent"),
        pytest.param("3 – Impact", "impact", id="number and dash"),
        pytest.param("#3: Impact", "impact", id="number sign and colon"),
        pytest.param("[3] Impact", "impact", id="number in brackets"),
        pytest.param("3\ufe0f\u20e3 Impact", "impact", id="number as an emoji"),
        pytest.param("Impact {#who}", "impact", id="anchor"),
        pytest.param("12:30 - Impact", "12:30 - impact", id="a clock is no number"),
    ],
)
def test_headings_are_compared_by_their_words(heading: str, expected: str) -> None:
    found = normalise(heading)
    assert found == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        pytest.param("the impact of the outage", ("impact",), id="article and incident"),
        pytest.param("incident duration", ("duration",), id="incident before the name"),
        pytest.param("detection of the issue", ("detection",), id="incident behind the name"),
        pytest.param("root cause explanation", ("root_cause",), id="word behind the name"),
        pytest.param("next steps/prevention", ("corrective",), id="two names of one role"),
        pytest.param("cause and effect", ("impact", "root_cause"), id="two names of two roles"),
        pytest.param("tasks to address the issue", ("tasks",), id="purpose behind the name"),
        pytest.param("outage report", (), id="a document is no part"),
        pytest.param("immediate actions", (), id="a weak name is not shortened"),
        pytest.param("users were not affected by this", (), id="a sentence"),
        pytest.param("monitoring", (), id="no part"),
    ],
)
def test_a_name_may_be_varied(label: str, expected: tuple[str, ...]) -> None:
    assert vocabulary(templates.load("default")).roles(label) == expected


STYLES = [
    pytest.param("## {}", id="atx"),
    pytest.param("{}\n---", id="setext"),
    pytest.param("<h2>{}</h2>", id="html"),
    pytest.param("**{}**", id="bold"),
    pytest.param("**{}:**", id="bold with colon"),
    pytest.param("⏰ **{}**", id="bold behind an emoji"),
    pytest.param("{}:", id="plain with colon"),
    pytest.param("{}", id="plain"),
]


@pytest.mark.parametrize("style", STYLES)
def test_headings_of_any_style_play_their_roles(style: str) -> None:
    names = ["Issue Summary", "Timeline", "Root Cause and Resolution", "Tasks"]
    bodies = [
        "The shop was down for all customers on 3 May 2024.",
        "- 10:00 UTC alert\n- 10:30 UTC restored",
        "A full disk stopped the database; old logs were deleted.",
        "- Add an alert on disk use",
    ]
    text = "\n\n".join(
        f"{style.format(name)}\n\n{body}" for name, body in zip(names, bodies, strict=True)
    )
    played = [role for found in roles(text).values() for role in found]
    assert played[:4] == ["summary", "timeline", "resolution", "root_cause"]
    assert "tasks" in played[4:]


PLAIN = """Postmortem: Outage of the shop

Issue Summary:
Duration: May 6, 2023, 12:00 PM - 2:30 PM (WAT)
Impact: 80% of the users saw errors.

Timeline:

12:00 PM: Users reported errors.

12:20 PM: The database was found to be down.

2:30 PM: The database was back.

"""


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        pytest.param(
            "Resolution: The file system was repaired and the database restarted.",
            {15: ("resolution",)},
            id="a resolution that has no other part",
        ),
        pytest.param(
            "Corrective measures: We will do the following:\n\n- Add a replica\n- Alert on lag",
            {15: ("corrective", "tasks")},
            id="measures introduced on the line of their label",
        ),
        pytest.param(
            "Root cause: A corrupt file system.\n\nTasks:\n\n- Add a replica",
            {15: ("root_cause",), 17: ("corrective", "tasks")},
            id="several labels",
        ),
        pytest.param(
            "Escalation: The database team was called in.",
            {},
            id="what a timeline tells stays in it",
        ),
        pytest.param(
            "Resolution: Repaired.\n\nRoot cause and resolution:\n\nA disk broke; it was replaced.",
            {15: ("resolution",), 17: ("resolution", "root_cause")},
            id="a resolution that has a part of its own below",
        ),
    ],
)
def test_a_label_at_the_margin_ends_a_plain_timeline(
    below: str, expected: dict[int, tuple[str, ...]]
) -> None:
    found = roles(PLAIN + below)
    assert {line: found[line] for line in found if line > 14} == expected


def test_a_label_between_timed_lines_is_an_entry() -> None:
    text = (
        "Timeline\n2:00 PM: Errors are reported.\nActions taken: Logs were read.\n"
        "2:30 PM: The team is called.\nActions taken: A trace was made.\n3:00 PM: Restored.\n"
    )
    timeline = read(Source(text, "x.md"), templates.load("default")).timeline
    assert timeline is not None
    assert len(timeline.events) == 3


def test_a_timeline_may_begin_on_the_line_of_its_label() -> None:
    text = "Timeline: It began at noon.\n\n- 12:10 PM alert\n- 12:40 PM restored\n"
    timeline = read(Source(text, "x.md"), templates.load("default")).timeline
    assert timeline is not None
    assert len(timeline.events) >= 2


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("How did we fix it?", "resolution", id="how fixed"),
        pytest.param("How we got things running again", "resolution", id="how running again"),
        pytest.param("Why did it happen?", "root_cause", id="why"),
        pytest.param("Who was affected", "impact", id="who"),
        pytest.param("How we noticed", "detection", id="how noticed"),
        pytest.param("How do we prevent it?", "corrective", id="how prevented"),
        pytest.param("What we will do", "corrective", id="what will be done"),
        pytest.param("What we are doing so it never happens again", "corrective", id="never again"),
        pytest.param("Long term solutions", "corrective", id="long term"),
        pytest.param("What went wrong", "root_cause", id="wrong without well"),
    ],
)
def test_a_wording_plays_a_role_that_nothing_else_plays(heading: str, role: str) -> None:
    body = "A disk was full because of old logs, and nobody was told about it."
    text = f"# Shop outage\n\n## Summary\n\nIt was down on 3 May.\n\n## {heading}\n\n{body}\n"
    assert role in roles(text).get(7, ())


@pytest.mark.parametrize(
    ("heading", "certain"),
    [
        pytest.param("Why did it break?", "Root cause", id="cause"),
        pytest.param("How did we fix it?", "Resolution", id="fix"),
    ],
)
def test_a_wording_yields_to_a_name(heading: str, certain: str) -> None:
    text = f"# Outage\n\n## {heading}\n\nSome words on it.\n\n## {certain}\n\nA full disk.\n"
    assert 3 not in roles(text)
    assert 7 in roles(text)


def test_headings_in_list_items_are_labels() -> None:
    text = (
        "# Outage\n\n## Issue Summary\n\n- ## Duration\n  - 3 May 2024, 10:00 to 11:00 UTC\n"
        "- ## Impact\n  - 40% of users\n\n## Timeline\n\n- ### 10:00 UTC\n  - alert\n"
        "- ### 11:00 UTC\n  - restored\n"
    )
    assert roles(text) == {3: ("summary",), 5: ("duration",), 7: ("impact",), 10: ("timeline",)}


def test_one_paragraph_may_hold_a_whole_postmortem() -> None:
    text = (
        "Issue Summary: The shop was down on 3 May 2024 from 10:00 to 11:00 UTC. Timeline: "
        "10:00 alert. 11:00 restored. Root cause: a full disk. Tasks: add an alert on disk use."
    )
    source = Source(text, "x.md")
    sections = read(source, templates.load("default")).sections
    assert [section.text for section in sections] == [
        "Issue Summary",
        "Timeline",
        "Root cause",
        "Tasks",
    ]


def test_one_label_inside_a_sentence_is_a_way_of_speaking() -> None:
    text = "# Outage\n\n## Root cause\n\nThe disk filled up. Solution: none was known then.\n"
    assert roles(text) == {3: ("root_cause",)}


def test_labels_may_be_glued_to_their_time() -> None:
    assert roles("# Outage\n\nStart:10:00 UTC\nEnd:11:00 UTC\n") == {
        3: ("duration",),
        4: ("duration",),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# Search outage\n\n## Summary\n\nDown.", "Search outage", id="heading above"),
        pytest.param(
            "# RCA: search outage\n\n## Summary\n\nDown.\n\n## Root cause\n\nDisk.",
            "RCA: search outage",
            id="a title that names a part",
        ),
        pytest.param(
            "# My repository\n\nAll my exercises are here.\n\n## Search outage\n\n### "
            "Summary\n\nDown.",
            "Search outage",
            id="the nearest heading above in a README",
        ),
        pytest.param(
            "---\ntitle: Search outage\n---\n\nOn 3 May the search was down for all our users, for "
            "an hour.\n\n## The search is down\n\nWe saw errors.\n\n## Resolution\n\nA restart.",
            "Search outage",
            id="front matter before a section of the story",
        ),
        pytest.param("Search outage\n\nSummary\n\nDown.", "Search outage", id="the first line"),
        pytest.param(
            "# Search outage\n\n## Metadata\n\n- Duration: 10:00 to 11:00 UTC\n- Impact: all\n\n"
            "## Timeline\n\n- 10:00 down\n",
            "Search outage",
            id="above a sheet of fields",
        ),
        pytest.param(
            "# 0x19\n\n## Search outage\n\n- Duration: 10:00 to 11:00 UTC\n\n## Timeline\n\n"
            "- 10:00 down\n",
            "Search outage",
            id="above its fields, in a README",
        ),
    ],
)
def test_the_title_names_the_incident(text: str, expected: str) -> None:
    assert title(text) == expected


def test_a_title_that_names_a_part_is_no_part() -> None:
    text = "# Root Cause Analysis: search outage\n\n## Summary\n\nDown.\n\n## Cause\n\nDisk.\n"
    assert roles(text) == {3: ("summary",), 7: ("root_cause",)}


def test_labels_in_timeline_items_are_entries() -> None:
    text = "Timeline:\n- Detection: 10:00 UTC alert\n- Actions:\n  - Logs were read.\n"
    assert "tasks" not in [role for found in roles(text).values() for role in found]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("Chronologie", "timeline", id="French"),
        pytest.param("Causa raíz", "root_cause", id="Spanish"),
        pytest.param("Resumo do Incidente", "summary", id="Portuguese"),
        pytest.param("影響", "impact", id="Japanese"),
    ],
)
def test_common_names_of_other_languages_are_known(heading: str, role: str) -> None:
    assert roles(f"# Titre\n\n## {heading}\n\n- 10:00 x\n") == {3: (role,)}


PIECES = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "**",
        ":",
        "\n",
        "\n\n",
        "Timeline",
        "Impact",
        "Root cause",
        "Tasks",
        " and ",
        "10:00 ",
        "2024-05-03 ",
        "| ",
        "it was down",
        "<h2>",
        "</h2>",
        "[x] ",
        "> ",
        "How did we fix it?",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_sections_of_any_text_lie_inside_it(text: str) -> None:
    for section in read(Source(text, "x.md"), templates.load("default")).sections:
        for span in (section.span, section.extent, section.body):
            assert 0 <= span.start <= span.end <= len(text)
        assert section.extent.start <= section.span.start <= section.extent.end


@pytest.mark.parametrize(
    ("text", "line", "roles"),
    [
        pytest.param(
            "## Summary\n\nThe site was down.\n\n## The End\n\nThanks for reading.\n",
            5,
            (),
            id="the end of the text is no end of the incident",
        ),
        pytest.param("#Title\n\n##Timeline\n\n- 10:00 Down\n", 3, ("timeline",), id="no space"),
        pytest.param(
            "0x19\n\nissue Summary\nIt broke.\nTimeline\n10:00 Down\n",
            3,
            ("summary",),
            id="a known name of two words in lower case",
        ),
    ],
)
def test_headings_as_people_type_them(text: str, line: int, roles: tuple[str, ...]) -> None:
    tree = build(parse(Source(text)), templates.load("default"))
    found = {tree.lines[node.line].number + 1: node.roles for node in tree.nodes}
    assert found.get(line) == roles


def test_resolution_that_a_timeline_tells_as_a_phase_stays_in_it() -> None:
    text = (
        "Timeline\nDetection:\nAn alert at 10:00 UTC.\nActions Taken:\nRead the logs.\n"
        "Resolution:\nRestarted it.\nRoot Cause and Resolution\nRoot Cause:\nA typo.\n"
    )
    tree = build(parse(Source(text)), templates.load("default"))
    timeline = next(node for node in tree.nodes if "timeline" in node.roles)
    assert tree.lines[timeline.stop].text.plain == "Root Cause and Resolution"


@pytest.mark.parametrize(
    ("heading", "role", "meant"),
    [
        pytest.param("# Issue Symmary:", "summary", "issue summary", id="one letter"),
        pytest.param("## Rezolution", "resolution", "resolution", id="another letter"),
        pytest.param("**Timline:**", "timeline", "timeline", id="a bold line"),
        pytest.param("## Cases", None, "", id="too short to be sure"),
        pytest.param("## Attendees", None, "", id="another word"),
    ],
)
def test_misspelt_heading_is_read_as_what_it_means(
    heading: str, role: str | None, meant: str
) -> None:
    facts = read(Source(f"# Shop down\n\n{heading}\n\nIt went down.\n"), templates.load("default"))
    found = [section for section in facts.sections if section.text in heading]
    assert [section.meant for section in found[-1:]] == [meant]
    assert (role in found[-1].roles) if role else not found[-1].roles


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("18 June 2024", True, id="date"),
        pytest.param("Tuesday, June 18th", True, id="day of the week"),
        pytest.param("10:00 AM (PDT)", True, id="clock and zone"),
        pytest.param("10:00am to 2 p.m.", True, id="range"),
        pytest.param("20240618", True, id="digits together"),
        pytest.param("All times in UTC", True, id="zone of the times"),
        pytest.param("Day 2", True, id="day by number"),
        pytest.param("04:15 Detect", False, id="a word that ends like a zone"),
        pytest.param("Context", False, id="two words that end like zones"),
        pytest.param("1" * 400 + "!", False, id="a long row of digits"),
        pytest.param("tt" * 200 + "!", False, id="a long row of letters"),
        pytest.param("gmt " * 200 + "!", False, id="many zones"),
    ],
)
def test_headings_of_times_are_told_from_others(heading: str, expected: bool) -> None:
    assert only_time(heading) is expected


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("## What happened and when", "timeline", id="what and when"),
        pytest.param("## What happened, hour by hour", "timeline", id="hour by hour"),
        pytest.param("**How my morning went**", "timeline", id="a bold line of own words"),
        pytest.param("**Sunday**", "timeline", id="a bold line over clocks"),
        pytest.param("## When did what happen?", "timeline", id="a question that asks when"),
    ],
)
def test_a_timeline_under_another_name(heading: str, role: str) -> None:
    entries = "- 9:00 down\n- 9:30 look\n- 10:00 up"
    text = f"# Till down\n\n## Summary\n\nNobody paid.\n\n{heading}\n\n{entries}\n"
    assert role in roles(text)[7]


STEPS = "1. Read the log\n2. Found a typo in it\n3. Restarted Nginx\n"


@pytest.mark.parametrize(
    ("heading", "body", "played"),
    [
        pytest.param("Debugging Process", STEPS, True, id="numbered steps"),
        pytest.param("Troubleshooting", STEPS, True, id="another word for it"),
        pytest.param("Debugging", STEPS.replace("\n", "\n\n"), True, id="lines between them"),
        pytest.param("Debugging", STEPS.replace(". ", "\\. ").replace("\n", "\n\n"), True,
                     id="numbers that are escaped"),
        pytest.param("Debugging Process", "We read the log for an hour.\n", False, id="prose"),
        pytest.param("Debugging", "- strace\n- gdb\n- curl\n", False, id="what it was done with"),
        pytest.param("What happened", STEPS, False, id="a summary"),
        pytest.param(
            "Debugging", f"{STEPS}\n## Timeline\n\n- 10:00 Down\n", False, id="a better one"
        ),
    ],
)  # fmt: skip
def test_numbered_steps_of_debugging_are_a_timeline(heading: str, body: str, played: bool) -> None:
    text = f"# The shop was down\n\nFor all.\n\n## {heading}\n\n{body}\n## Root cause\n\nA typo.\n"
    assert ("timeline" in roles(text).get(5, ())) == played


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("**Why?**", {"root_cause"}, id="a bold question"),
        pytest.param(
            "## Act II: Why? And how did we fix it?", {"root_cause", "resolution"}, id="two"
        ),
        pytest.param(
            "## Root cause and how we fixed it", {"root_cause", "resolution"}, id="and how"
        ),
        pytest.param("## The cure", {"resolution"}, id="no misspelt cause"),
        pytest.param("**Never again**", {"corrective"}, id="a vow"),
        pytest.param("## What the users experienced", {"impact"}, id="experience"),
    ],
)
def test_headings_in_the_words_of_a_story(heading: str, expected: set[str]) -> None:
    below = "- Add an alert on the disk\n" if "corrective" in expected else "A full disk.\n"
    text = (
        "# Till down\n\n**Summary**\n\nNobody paid.\n\n**Timeline**\n\n- 9:00 down\n- 9:30 up\n\n"
        f"{heading}\n\n{below}"
    )
    assert expected <= set(roles(text)[12])


def test_a_quoted_assignment_plays_no_role() -> None:
    text = "# Till down\n\n> Issue Summary must contain: 400 to 600 words in 2 parts\n\nDown.\n"
    assert 3 not in roles(text)


def test_tasks_of_a_readme_above_the_postmortem_are_not_its_tasks() -> None:
    text = (
        "# 0x19\n\n## Tasks\n\n- Write a postmortem\n- Add a picture\n\n# Till down\n\n"
        "## Summary\n\nNobody paid.\n\n## Timeline\n\n- 9:00 down\n\n"
        "## Corrective measures\n\n- Add an alert on the disk\n"
    )
    found = roles(text)
    assert 3 not in found
    assert "tasks" in found[18]


NUMBERED = """\
{0} Issue Summary{4}
Nobody could pay from 9:00 to 10:00 UTC.

{1} Timeline{4}
- 9:00 UTC down
- 10:00 UTC up

{2} Root cause and resolution{4}
The disk was full. We removed old logs.

{3} Corrective and preventative measures{4}
- Add an alert on the disk
"""


@pytest.mark.parametrize(
    ("marks", "end"),
    [
        pytest.param(("1.", "2.", "3.", "4."), "", id="numbers"),
        pytest.param(("1.", "2.", "3.", "4."), ":", id="numbers and colons"),
        pytest.param(("1)", "2)", "3)", "4)"), ":", id="parentheses"),
        pytest.param(("1. **", "2. **", "3. **", "4. **"), ":**", id="numbers and bold words"),
        pytest.param(("*", "*", "*", "*"), ":", id="bullets"),
        pytest.param(("- **", "- **", "- **", "- **"), "**", id="bullets and bold words"),
    ],
)
def test_items_over_what_stands_beside_them_head_their_parts(
    marks: tuple[str, ...], end: str
) -> None:
    text = NUMBERED.format(*marks, end).replace("** ", "**")
    found = read(Source(text, "x.md"), templates.load("default"))
    assert found.timeline is not None
    assert (len(found.timeline.events), found.timeline.untimed) == (2, ())
    assert found.tasks is not None
    assert [item.text for item in found.tasks.items] == ["Add an alert on the disk"]
    assert {"summary", "timeline", "root_cause", "resolution", "corrective"} <= {
        role for played in roles(text).values() for role in played
    }


def test_a_table_of_contents_heads_nothing() -> None:
    contents = "1. Summary\n2. Timeline\n3. Root cause\n4. Prevention\n\n"
    assert not roles(f"# Till down\n\n{contents}Nobody could pay.\n")


def test_a_question_run_in_behind_a_plain_timeline_ends_it() -> None:
    text = (
        "# Till down\n\n**Chronology.**\n\n9:00 UTC down\n10:00 UTC up\n\n"
        "**How we repaired.** The pool was made smaller.\n"
    )
    assert roles(text)[8] == ("resolution",)


def test_lines_with_the_same_sign_before_them_are_entries() -> None:
    text = "# Mail late\n\n## Lessons\n\n✅ **Backups** were fresh  \n✅ Full recovery (of all)  \n"
    assert set(roles(text)) == {3}


@pytest.mark.parametrize("picture", ["![graph](a.png)", '<img src="a.png" alt="graph">'])
def test_a_line_over_a_picture_is_its_caption(picture: str) -> None:
    text = f"# Mail late\n\n## Cause\n\nA disk was full.\n\nFull outage timeline\n\n{picture}\n"
    assert set(roles(text)) == {3}


def test_a_sentence_that_leads_into_a_list_of_its_part_is_no_heading() -> None:
    from pmlint.checks.headings import unmarked

    text = (
        "# Mail late\n\n## Resolution\n\nA disk was full.\n\n"
        "To resolve the issue, the team:\n\n- freed it\n"
    )
    facts = read(Source(text, "x.md"), templates.load("default"))
    assert list(unmarked(facts, {})) == []


OPENING = "On 3 May 2024 from 10:00 to 11:00 UTC the shop was down for 30% of buyers."


@pytest.mark.parametrize(
    ("text", "line", "played"),
    [
        pytest.param(f"# Shop\n\n## Introduction\n\n{OPENING}", 3, ("summary",), id="introduction"),
        pytest.param(f"# Shop\n\n## Background\n\n{OPENING}", 3, ("summary",), id="background"),
        pytest.param("# Shop\n\n## Background\n\nOur shop sells books since 2019.", 3, None,
                     id="background of the shop"),
        pytest.param(f"# Shop\n\n## Background\n\nBooks.\n\n## Summary\n\n{OPENING}", 3, None,
                     id="another summary"),
        pytest.param("# Shop\n\n## Impact\n\n30%.\n\n## What happened\n\nIt failed.", 7, None,
                     id="what happened, below another part"),
        pytest.param("# Shop\n\n## What happened\n\nIt failed.\n\n## Impact\n\n30%.", 3,
                     ("summary",), id="what happened, first"),
        pytest.param("# Shop\n\n## Impact\n\n30%.\n\n## Analysis\n\nNobody took the books.", 7,
                     None, id="an analysis may be of anything"),
        pytest.param("# Shop\n\n## Timeline\n\n- 10:00 down\n- 11:00 up\n\n**Root cause:** A disk.",
                     8, ("root_cause",), id="bold label behind the entries"),
        pytest.param("# Shop\n\n## Timeline\n\n- 10:00 down\n- 11:00 up\n\nRoot cause: A disk.",
                     8, ("root_cause",), id="plain label behind the entries"),
        pytest.param("# Shop\n\n## Timeline\n\n- 10:00 down\n\n**Root cause:** A disk.\n\n"
                     "- 11:00 up", 7, None, id="a label between the entries"),
        pytest.param("# Shop\n\n> **Date:** 3 May 2024\n>\n> **Impact:** 30% of buyers", 5,
                     ("impact",), id="a box of fields"),
        pytest.param("# Shop\n\n> impact: they said it was great", 3, None, id="a quotation"),
        pytest.param("# Shop\n\n## Actions during the incident\n\n10:00 - seen\n\n10:10 - told\n\n"
                     "10:20 - fixed", 3, ("timeline",), id="actions of the incident"),
        pytest.param("# Shop\n\n## How did it affect buyers?\n\n30% could not pay.", 3, ("impact",),
                     id="how did it affect"),
        pytest.param("# Shop\n\n## How does this affect the release?\n\nNot at all.", 3, None,
                     id="how does it affect"),
        pytest.param("# Shop\n\n## What information was involved?\n\n40 names.", 3, ("impact",),
                     id="what was involved"),
        pytest.param("# Shop\n\n## What steps were involved?\n\nFour.", 3, None,
                     id="steps are involved in work"),
        pytest.param("# Shop\n\n## Costs of the fix\n\n$40.", 3, ("resolution",),
                     id="costs of the fix"),
        pytest.param("# Shop\n\n- Orders lost: 40\n- Affected crates: 9", 3, ("impact",),
                     id="what was lost"),
        pytest.param("# Shop\n\n- Availability impact: 97%\n- Cost of the outage: $40", 4,
                     ("impact",), id="cost"),
    ],
)  # fmt: skip
def test_parts_in_other_words(text: str, line: int, played: tuple[str, ...] | None) -> None:
    assert roles(text).get(line) == played


def test_bold_labels_on_one_line_are_fields_of_their_own() -> None:
    found = read(
        Source("# Shop\n\n**Severity:** 2 **Impact:** 40 buyers saw errors.\n", "x.md"),
        templates.load("default"),
    )
    assert found.impact is not None
    assert [figure.text for figure in found.impact.figures] == ["40 buyers"]


def test_a_remedial_action_that_tells_gives_way_to_the_plan_inside_it() -> None:
    text = (
        "# Refunds refused\n\n**Remedial Action**\n\nThe rollback was tried, and failed.\n\n"
        "**Mitigation plan:**\n\n* Add a check to the release tool\n* Sign both packages\n"
    )
    assert roles(text) == {3: ("resolution",), 7: ("corrective", "tasks")}


STORY = """\
# Refunds refused on 3 May

{0}

The refunds of 40 % of the shops were refused.

{1}

- 10:00 UTC the key expires
- 10:20 UTC an alert
- 11:00 UTC all is well

{2}

Nobody had renewed the key of the bank.

{3}

- Renew the keys of all banks each month
- Alert on keys with less than 14 days left
"""


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(
            ("1. **Impact**", "2. **Timeline**", "3. **Root cause**", "4. **Action items**"),
            id="bold numbered items",
        ),
        pytest.param(
            ("- **Impact**", "- **Timeline**", "- **Root cause**", "- **Action items**"),
            id="bold items",
        ),
        pytest.param(
            ("1) Impact", "2) Timeline", "3) Root cause", "4) Action items"),
            id="plain numbered items",
        ),
        pytest.param(
            ("1. **Impact**", "2. **Timeline**", "3. **Why it broke**", "4. **What we will do**"),
            id="items in the author's words",
        ),
        pytest.param(
            (":boom: **Impact**", ":clock1: **Timeline**", ":mag: **Cause**", ":memo: **Tasks**"),
            id="emoji by their names",
        ),
        pytest.param(
            ("## Impact - shop", "## Timeline | 3 May", "## Cause — bank", "## Tasks - all"),
            id="words behind a dash",
        ),
        pytest.param(
            ("## Outage: Impact", "## Outage: Timeline", "## Outage: Cause", "## Outage: Tasks"),
            id="the incident before a colon",
        ),
        pytest.param(
            ("## impact", "## time_line", "## root-cause", "## Action-items"),
            id="words joined by hyphens",
        ),
        pytest.param(
            ("Impact", "Timeline", "Why this happened", "What we will do"),
            id="plain lines in the author's words",
        ),
    ],
)
def test_parts_however_their_names_are_written(names: tuple[str, ...]) -> None:
    played = [set(found) for _, found in sorted(roles(STORY.format(*names)).items())]
    expected = ["impact", "timeline", "root_cause", "tasks"]
    assert len(played) == len(expected)
    assert all(role in found for role, found in zip(expected, played, strict=True))


def test_items_over_their_own_lists_beside_headings_head_no_parts() -> None:
    text = STORY.format("## Impact", "## Timeline", "## Root cause", "## Action items")
    text += "\n1. **Impact**\n\nKim counts.\n\n2. **Timeline**\n\nAna writes.\n"
    assert len(roles(text)) == 4


@pytest.mark.parametrize(
    ("heading", "played"),
    [
        pytest.param("Outage - the bank", None, id="the incident's name"),
        pytest.param("Architecture overview of the shop", None, id="overview of a system"),
        pytest.param("Platform overview", None, id="overview of a platform"),
        pytest.param("Overview of the outage", ("summary",), id="overview of the outage"),
        pytest.param("Post-event actions", ("corrective", "tasks"), id="post-event"),
        pytest.param("Systemic causes", ("root_cause",), id="systemic"),
        pytest.param("Affected period", ("duration",), id="affected period"),
    ],
)
def test_headings_with_more_than_the_name(heading: str, played: tuple[str, ...] | None) -> None:
    text = f"# Refunds refused\n\n## {heading}\n\nFrom 10:00 to 11:00 UTC refunds failed.\n"
    assert roles(text).get(3) == played


def test_labels_behind_a_parenthesis_begin_fields() -> None:
    text = (
        "# Refunds refused\n\n## Summary\n\nDuration: 3 May, 10:00 - 11:00 (UTC) "
        "Impact: 40 % of the shops. Root Cause: an expired key.\n"
    )
    sections = read(Source(text, "x.md"), templates.load("default")).sections
    assert [section.text for section in sections[2:]] == ["Duration", "Impact", "Root Cause"]


def test_names_in_code_cut_no_field() -> None:
    text = (
        "# Refunds refused\n\nSummary: The line `x Duration: 30 seconds` was logged as "
        "refunds failed.\n"
    )
    assert roles(text) == {3: ("summary",)}


def test_a_name_over_a_picture_and_its_entries_is_a_heading() -> None:
    text = "# Refunds refused\n\nTimeline\n![times](t.png)\n\n- 10:00 down\n- 11:00 up\n"
    assert roles(text) == {3: ("timeline",)}


@pytest.mark.parametrize("phase", ["**Recovery:**", "Recovery:", "#### Recovery", "**Resolved**"])
def test_a_phase_over_entries_of_a_plain_timeline_is_none_of_its_siblings(phase: str) -> None:
    text = (
        "# Refunds refused\n\n**Timeline**\n\n**Detection**\n\n- 10:00 an alert\n"
        f"- 10:05 a page\n\n{phase}\n\n- 10:30 key renewed\n- 11:00 all is well\n"
    )
    timeline = read(Source(text, "x.md"), templates.load("default")).timeline
    assert timeline is not None
    assert [str(event.clock) for event in timeline.events] == ["10:00", "10:05", "10:30", "11:00"]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        pytest.param(
            "Duration: 3 May, 10:00 - 11:00 UTC Impact: 40 % of the shops Root Cause: a key",
            ["Duration", "Impact", "Root Cause"],
            id="no mark between",
        ),
        pytest.param("Impact: 40 % of the shops. Fix: a new key.", ["Impact", "Fix"], id="two"),
        pytest.param(
            "Impact: 40 % of the shops saw Bank Error: 503 at the till.", ["Impact"], id="no name"
        ),
    ],
)
def test_fields_that_lost_their_line_ends(line: str, labels: list[str]) -> None:
    text = f"# Refunds refused\n\n## Summary\n\n{line}\n"
    sections = read(Source(text, "x.md"), templates.load("default")).sections
    assert [section.text for section in sections[2:]] == labels


def test_a_line_in_capitals_right_above_what_it_heads() -> None:
    text = "# Refunds refused\n\nNobody was paid.\n\nWHAT WAS DONE:\nThe key was renewed.\n"
    assert roles(text) == {5: ("resolution",)}


BELOW = "- 9:00 UTC the till froze\n- 9:40 UTC it was replaced\n"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("**Timeline:**\n\n{}\n**People on the call:**\n\n- Ina\n", True, id="bold"),
        pytest.param("**Timeline**\n\n{}\n**Happy end**\n\n- Tea\n", True, id="without a colon"),
        pytest.param("Timeline:\n\n{}\nNumbers:\n\n- 30 baskets\n", True, id="plain"),
        pytest.param("**Timeline:**\n\n{}\n**Second try:**\n\n- 9:50 UTC again\n", False,
                     id="entries go on below it"),
        pytest.param("**Timeline:**\n\n{}\n**Escalation:**\n\n- The vendor was called\n", False,
                     id="what a timeline tells"),
        pytest.param("## Timeline\n\n{}\n**People on the call:**\n\n- Ina\n", False,
                     id="a heading with a level"),
    ],
)  # fmt: skip
def test_a_line_in_the_form_of_the_timelines_ends_it(text: str, ends: bool) -> None:
    source = Source("# Tills\n\nDown.\n\n" + text.format(BELOW), "x.md")
    timeline = read(source, templates.load("default")).timeline
    assert timeline is not None
    assert (timeline.extent.end < len(source.text.rstrip())) == ends


@pytest.mark.parametrize(
    ("line", "played"),
    [
        pytest.param("Start: 2023/05/02 09:00 - the till froze", ("duration",), id="first"),
        pytest.param("End: 2023/05/02 09:40 - it was replaced", ("duration",), id="last"),
        pytest.param("Start: the till froze", None, id="no time"),
        pytest.param("Vendor: 2023/05/02 09:10 - called", None, id="another label"),
    ],
)
def test_the_ends_of_a_timeline_tell_the_duration(
    line: str, played: tuple[str, ...] | None
) -> None:
    around = "2023/05/02 09:05 - seen\n\n{}\n\n2023/05/02 09:30 - better\n"
    text = f"# Tills\n\n## Timeline\n\n{around.format(line)}"
    assert roles(text).get(7) == played


@pytest.mark.parametrize(
    ("statement", "played"),
    [
        pytest.param("It began at 7:15 and was resolved at 8:05.", True, id="both ends"),
        pytest.param("It started at 9:20 and was over at 10:35 on 4 March.", True, id="dated"),
        pytest.param("At 9:20 a page, at 10:35 a call.", False, id="events"),
        pytest.param(
            "It began at 9:20, was seen at 9:40 and resolved at 10:35.", False, id="three"
        ),
    ],
)
def test_a_timeline_in_one_sentence_may_tell_the_duration(statement: str, played: bool) -> None:
    text = f"# Tills\n\nThe tills froze.\n\n**Timeline:** {statement}\n\n**Cause:** a cable.\n"
    assert ("duration" in roles(text)[5]) == played


def test_a_heading_ends_the_section_around_a_bold_line_and_the_line_with_it() -> None:
    text = (
        "# P\n\n## Timeline\n\n### First wave (9:00 PM)\n\n**What happened:**\n\n- It fell\n\n"
        "## Root Causes\n\nA disk.\n"
    )
    found = read(Source(text, "x.md"), templates.load("default")).sections
    sections = {section.text: section for section in found}
    assert sections["Root Causes"].parent == 0
