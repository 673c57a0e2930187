"""Does the file hold the write-up of an incident at all?

An index, a link to a write-up elsewhere, a copy of an assignment, an unfilled
template or a general article tells none; no other rule speaks about those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pmlint.facts import Absence
from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements import pages
from pmlint.statements.evidence import (
    FEWEST_PARTS,
    Evidence,
    accounts,
    asks,
    count_words,
    named,
    parts,
    timed,
    told_parts,
)
from pmlint.structure.tree import Line

SHORTEST_ARTICLE = 60
"""A text of fewer words is a note, whatever it is about; a link in it may be all it is for."""
LONGEST_WITHOUT_PARTS = 300
"""A longer text without a time and without one part is about incidents, and tells none."""
SHORTEST_ACCOUNT = 25
"""Fewer words tell no incident, unless most of its parts are there."""
FEWEST_TOLD = 3
"""So many parts that are told make a write-up."""
MOST_COPIED = 3
"""A file with more sentences of an assignment is a copy of it, unless it tells a time."""


class _Contents(NamedTuple):
    """What stands in a file that its form does not judge."""

    lines: Sequence[Line]
    asked: Sequence[Line]
    """Those that are of an assignment."""
    own: Sequence[Line]
    """The others, without code."""
    told: int
    """How many parts of an incident they tell."""
    accounts: bool
    """They tell what happened."""
    copied: bool
    """Most of an assignment stands there, and no time."""


def find_absence(evidence: Evidence) -> Absence | None:
    """Why the file counts as holding no incident write-up; null when it holds one."""
    lines = [line for line in evidence.tree.lines if line.text and line.kind != "front-matter"]
    if not lines:
        return Absence("empty", Span(0, 0))
    if pages.begun(evidence, lines):
        return None
    found = _by_form(evidence, lines)
    if found is not None:
        return found
    contents = _contents(evidence, lines)
    told = contents.accounts and contents.told >= FEWEST_TOLD and not contents.copied
    if told and not _generally(evidence, lines):
        return None
    return _unfilled(evidence, contents) or _general(evidence, lines) or _untold(evidence, contents)


def _by_form(evidence: Evidence, lines: Sequence[Line]) -> Absence | None:
    """What the head or the form of a page says that it is, other than a write-up."""
    denied = next((line for line in lines[:3] if pages.none_yet().search(line.text.plain)), None)
    if denied is not None:
        return Absence("other", denied.text.span())
    head = lines[0].text.span()
    if pages.teaches(evidence) or pages.shows_documents(evidence, lines):
        return Absence("article", head)
    told = {"timeline", "root_cause", "resolution", "impact"} & parts(evidence.tree)
    many = pages.indexes(evidence, lines) or pages.lists_incidents(evidence, lines)
    if not many and not told:
        from pmlint.statements.linklists import lists_links

        many = lists_links(evidence.tree)
    if many:
        return Absence("link", head)
    slots = pages.slots(lines)
    if slots is not None:
        return Absence("template", slots)
    if timed(evidence) or named(evidence, lines) or _recounts(evidence, lines):
        return None
    return Absence("article" if count_words(lines) >= SHORTEST_ARTICLE else "other", head)


def _recounts(evidence: Evidence, lines: Sequence[Line]) -> bool:
    # Nearly every postmortem has a clock, or parts that tell what it is.
    from pmlint.statements.recount import recounts

    return recounts(lines, _title(evidence))


def _title(evidence: Evidence) -> str:
    return evidence.title.text if evidence.title is not None else ""


def _general(evidence: Evidence, lines: Sequence[Line]) -> Absence | None:
    """A guide to what to do when something fails, or a notice of what will be shut down."""
    if evidence.timeline is not None and evidence.timeline.events:
        return None
    if evidence.duration is not None and evidence.duration.stated is not None:
        return None
    if evidence.impact is not None and evidence.impact.figures:
        return None
    from pmlint.statements.recount import announces, instructs

    if instructs(lines, _title(evidence)):
        return Absence("article", lines[0].text.span())
    return Absence("other", lines[0].text.span()) if announces(lines) else None


def _contents(evidence: Evidence, lines: Sequence[Line]) -> _Contents:
    assignment = _wordings("assignment")
    asked = [line for line in lines if assignment.search(line.text.plain)]
    requests = {id(line) for line in asked}
    return _Contents(
        lines=lines,
        asked=asked,
        own=[line for line in lines if id(line) not in requests and line.kind != "code"],
        told=told_parts(evidence, asked),
        accounts=accounts(evidence, lines),
        copied=len(asked) > MOST_COPIED and not timed(evidence),
    )


@cache
def _wordings(name: str) -> Alternatives:
    """Those of one list of ``rules/absence.toml``."""
    return Alternatives(policy.table("absence")[name])


def _generally(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """The head says that it is about postmortems, and no time, no date, no figure is told."""
    if timed(evidence) or evidence.duration is not None:
        return False
    if evidence.impact is not None and evidence.impact.figures:
        return False
    return any(_wordings("article").search(line.text.plain) for line in lines[:6])


def _unfilled(evidence: Evidence, contents: _Contents) -> Absence | None:
    """An assignment, or a template, in which next to nothing is told."""
    asked, told, blanks = contents.asked, contents.told, evidence.placeholders
    if asked and (contents.copied or told < 2 or not contents.accounts):
        return Absence("assignment", asked[0].text.span())
    if not contents.accounts and (told >= 2 or len(parts(evidence.tree)) >= FEWEST_PARTS):
        lines = contents.lines
        asking = next((line for line in lines if asks().match(line.text.plain)), lines[0])
        return Absence("template", asking.text.span())
    if len(blanks) >= 2 and told < 2:
        return Absence("template", blanks[0].span)
    return None


def _untold(evidence: Evidence, contents: _Contents) -> Absence | None:
    """A text that tells too little of an incident, and what it is instead."""
    words = count_words(contents.own)
    if words < SHORTEST_ARTICLE:
        linked = [line for line in contents.own if _links(evidence, line)]
        rest = [line for line in contents.own if line not in linked]
        beside = count_words(rest) >= SHORTEST_ACCOUNT and _recounts(evidence, rest)
        if linked and not beside:
            return Absence("link", linked[0].text.span())
    article, incident = _wordings("article"), _wordings("incident")
    about = next((line for line in contents.own if article.search(line.text.plain)), None)
    if about is not None:
        return Absence("article", about.text.span())
    narrative = any(incident.search(line.text.prose) for line in contents.own)
    if contents.accounts and words >= SHORTEST_ACCOUNT:
        told = contents.told
        if told == 2 or (told >= 1 and narrative and _is_held(evidence, words)):
            return None
    if words >= SHORTEST_ACCOUNT and _recounts(evidence, contents.own):
        return None
    head = contents.lines[0].text.span()
    if not narrative and "lessons" in parts(evidence.tree):
        return Absence("retrospective", head)
    written = count_words(line for line in contents.lines if line.kind != "heading")
    return Absence("other" if written else "empty", head)


def _is_held(evidence: Evidence, words: int) -> bool:
    """The text is short, or it has a time, a length or a part of an incident."""
    if words < LONGEST_WITHOUT_PARTS or timed(evidence):
        return True
    lasted = evidence.duration is not None and evidence.duration.stated is not None
    return lasted or bool(parts(evidence.tree) - {"title"})


def _links(evidence: Evidence, line: Line) -> bool:
    """The line holds an address, the word "link", or a link of Markdown."""
    if _ADDRESS.search(line.text.plain):
        return True
    return "](" in evidence.tree.document.source.slice(line.block.span)


_ADDRESS = expression(r"https?://|www\.|\blink\b", re.IGNORECASE)
