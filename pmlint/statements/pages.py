"""Pages whose form shows that they tell no incident: a guide, an index, a form to fill in."""

import re
from collections.abc import Sequence
from functools import cache

from pmlint.findings import Span
from pmlint.reading.times import find_moments
from pmlint.reading.words import word_count
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements.evidence import FEWEST_PARTS, Evidence, parts, timed
from pmlint.structure.labels import dates_posting
from pmlint.structure.tree import Line

FEWEST_SHOWN = 2
"""So many documents inside a page are its examples."""
FEWEST_LINKS = 3
"""So many dated links make an index of write-ups."""
FEWEST_DAYS = 3
"""So many days on a page of incidents are those of several."""
LONGEST_DAY = 4
"""Fewer words than these and a day tell when the page was written."""
LONGEST_STAMP = 12
"""Words of an entry, or of the line that tells when it was."""
FEWEST_SLOTS = 6
"""So many slots, in half of the lines below headings, make a template."""


def begun(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A template whose title names an incident, with a day whose times are still open: a draft."""
    title, blanks = evidence.title, evidence.placeholders
    if title is None or title.generic or len(blanks) < 2:
        return False
    if _BLANK.search(title.text) or any(each.span.overlaps(title.span) for each in blanks):
        return False
    if len(parts(evidence.tree)) < FEWEST_PARTS:
        return False
    dated = (line for line in lines if line.kind != "code" and _OPEN_TIMES.search(line.text.prose))
    return any(
        moment.date is not None and moment.date.year is not None
        for line in dated
        for moment in find_moments(line.text.prose)
    )


_OPEN_TIMES = expression(r"\b(?:HH:MM|hh:mm|XX:XX|xx:xx)\b")
"""Times of day that are still to be filled in."""


_BLANK = expression(r"\b(?:template|example|sample)\b|[\[{<]", re.IGNORECASE)


def teaches(evidence: Evidence) -> bool:
    """The title says that it teaches how to, and what it dates, if anything, are examples."""
    heads = [node.title.plain for node in evidence.tree.nodes[:1]]
    heads += [evidence.title.text] if evidence.title is not None else []
    if not any(_teaching().match(head.strip(" .:?!")) for head in heads):
        return False
    if not _dated(evidence):
        return True
    return not any(_dates_incident(line) for line in evidence.tree.lines[1:])


def _dated(evidence: Evidence) -> bool:
    """The duration or an event bears a date."""
    duration, timeline = evidence.duration, evidence.timeline
    ends = (duration.start, duration.end) if duration is not None else ()
    if any(end is not None and end.date is not None for end in ends):
        return True
    return any(event.date for event in (timeline.events if timeline is not None else ()))


def _dates_incident(line: Line) -> bool:
    """It tells a day and is neither quoted nor called an example."""
    if line.kind == "code" or line.block.quoted or _EXAMPLE.search(line.text.plain):
        return False
    if not any(each.date is not None for each in find_moments(line.text.prose)):
        return False
    return not dates_posting(line.text.plain) and word_count(line.text.plain) > LONGEST_DAY


_EXAMPLE = expression(
    r"\b(?:examples?|samples?|e\.g\.|such as|made-up|fictional|imaginary|hypothetical)",
    re.IGNORECASE,
)


@cache
def _teaching() -> re.Pattern[str]:
    return re.compile("|".join(policy.table("absence")["teaching"]), re.IGNORECASE)


def shows_documents(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A page about documents: it shows some as blocks of Markdown and tells no time itself."""
    if timed(evidence):
        return False
    blocks = {id(line.block): line.block for line in lines if line.kind == "code"}
    shown = sum(1 for each in blocks.values() if _FENCE.match(each.lines[0].plain))
    return shown >= FEWEST_SHOWN


_FENCE = expression(r"\s{0,3}(?:```|~~~)[`~]{0,20}\s{0,3}(?:markdown|md)\b", re.IGNORECASE)


@cache
def none_yet() -> Alternatives:
    """The head of a page that is still to hold a write-up."""
    return Alternatives(policy.table("absence")["none_yet"], r"\b(?:")


_LINK_WITH_TARGET = expression(r"\[[^\[\]\n]{0,200}\]\([^()\n]{0,300}\)")


@cache
def _of_many() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(policy.table('absence')['of_many'])})\b", re.IGNORECASE)


def indexes(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A page about several incidents by its head, that links to the write-up of each."""
    if timed(evidence) or not any(_of_many().search(line.text.plain) for line in lines[:2]):
        return False
    source = evidence.tree.document.source
    listed = (line for line in lines if line.kind in ("item", "row", "heading"))
    written = (source.slice(source.line_span(line.number)) for line in listed)
    links = [
        match.group()
        for each in written
        if "](" in each
        for match in _LINK_WITH_TARGET.finditer(each)
    ]
    return sum(_YEAR.search(link) is not None for link in links) >= FEWEST_LINKS


def lists_incidents(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A history: a head of many incidents over entries of several days, and no part of one."""
    if parts(evidence.tree) - {"title"} or not _of_many().search(lines[0].text.plain):
        return False
    days = {
        each.date
        for line in lines[1:]
        if line.kind in ("heading", "row") or word_count(line.text.plain) <= LONGEST_STAMP
        for each in find_moments(line.text.prose)
        if each.date is not None
    }
    return len(days) >= FEWEST_DAYS


_YEAR = expression(r"(?:19|20)\d\d")


@cache
def _slot() -> re.Pattern[str]:
    # "[OPS-12]" and "[Detection]" are tags.
    return re.compile(
        r"\{[A-Za-z][^{}\n]{2,120}\}"
        r"|\[(?=[a-z]|[A-Z][\w'/,-]{0,30}\s)[A-Za-z][^\[\]\n]{2,120}\](?![(\[:])"
    )


def slots(lines: Sequence[Line]) -> Span | None:
    """The first of the slots to be filled in, where most of the text is made of them."""
    written = [line for line in lines if line.kind not in ("code", "heading")]
    texts = ((line, line.text.plain) for line in written)
    held = [line for line, text in texts if ("{" in text or "[" in text) and _slot().search(text)]
    if len(held) < FEWEST_SLOTS or 2 * len(held) < len(written):
        return None
    return held[0].text.span()
