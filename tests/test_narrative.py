"""A postmortem told as a story, with nothing but its title for a heading."""

from __future__ import annotations

import pytest
from conftest import Run, Tree

from pmlint.facts import Postmortem
from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.standard import templates

STORY = """\
# How a forgotten chain took the mail down

On Saturday the 3rd of February 2024, a few minutes after midnight UTC, mail stopped arriving.

At 00:04 UTC the intermediate certificate expired. About 41,000 messages were deferred.

At 06:30 Ines wondered why her inbox was empty. We first believed that the spam filter had gone
wild, because it had been upgraded on Friday.

At 07:35 Jan saw the expired certificate, and we installed the new chain.
"""


def facts(text: str) -> Postmortem:
    return read(Source(text, "a.md"), templates.load("default"))


def test_its_only_heading_is_the_title_and_its_prose_the_timeline() -> None:
    found = facts(STORY)
    assert found.title is not None
    assert found.title.text == "How a forgotten chain took the mail down"
    assert found.timeline is not None
    assert len(found.timeline.events) == 4


def test_its_opening_tells_start_and_impact() -> None:
    found = facts(STORY)
    assert found.duration is not None
    assert found.duration.start is not None
    assert str(found.duration.start.date) == "2024-02-03"
    assert found.impact is not None
    assert [figure.text for figure in found.impact.figures] == ["41,000 messages"]
    assert not found.impact.vague


@pytest.mark.parametrize("word", ["believed", "suspected", "assumed", "thought"])
def test_what_was_believed_is_not_the_cause(word: str) -> None:
    assert facts(STORY.replace("believed", word)).root_cause is None


def test_the_cause_told_behind_a_belief_is_found() -> None:
    told = "It failed because a chain was copied by hand, though all believed in the tool."
    found = facts(STORY + "\n" + told + "\n").root_cause
    assert found is not None
    assert found.text == told


def test_no_finding_denies_what_the_story_tells(run: Run, tree: Tree) -> None:
    tree({"a.md": STORY})
    told = run("a.md").out
    assert "PM107" not in told
    assert "nothing tells" not in told
    assert "## Issue Summary" not in run("--diff", "a.md").out
