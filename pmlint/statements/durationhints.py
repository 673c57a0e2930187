"""When the incident ran, for documents that state it nowhere as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pmlint.reading.amounts import sentences
from pmlint.reading.lengths import Length, find_lengths
from pmlint.standard.patterns import expression
from pmlint.statements.bylines import names_report
from pmlint.statements.durationday import fails_then
from pmlint.statements.flow import flow
from pmlint.statements.told import Reading, read
from pmlint.statements.toldcues import is_suffering, tells_end
from pmlint.statements.toldends import tells_noticing
from pmlint.structure.text import Text
from pmlint.structure.tree import Line, Node, Tree


def in_headings(tree: Tree) -> Iterator[Reading]:
    """``3 June 7:40 UTC (for three hours)`` as the heading of an incident."""
    if tree.chronicle is not None:
        return
    for node in tree.nodes:
        if node.level is None or set(node.roles) - {"title", "summary"}:
            continue
        found = read(node.title, "field", node.title.span())
        lone = found.clocks == 1 and found.stated is not None
        if ((found.clocks == 2 and found.ranged) or lone) and not _within_timeline(tree, node):
            yield found._replace(kind="sentence")


def with_headed_start(chosen: Reading, tree: Tree) -> Reading:
    """``Incident on 02-05-2024 09:00 UTC`` as the heading over ``Resolved at 15:50``."""
    if chosen.start is not None or chosen.end is None or not chosen.end.clock or tree.chronicle:
        return chosen
    for node in tree.nodes:
        if node.level is None or set(node.roles) - {"title", "summary"}:
            continue
        if names_report(node.title.plain):
            continue
        start = read(node.title, "field", node.title.span()).start
        if start is not None and start.clock and start.dated and not _within_timeline(tree, node):
            return chosen._replace(start=start, zone=chosen.zone or start.zone)
    return chosen


def with_headed_length(chosen: Reading, tree: Tree) -> Reading:
    """With the length that a heading tells beside the same start."""
    if chosen.stated is not None or chosen.start is None or not chosen.start.clock:
        return chosen
    for headed in in_headings(tree):
        same = headed.start is not None and headed.start.clock == chosen.start.clock
        if headed.stated is not None and same:
            return chosen._replace(stated=headed.stated)
    return chosen


def told_at_once(chosen: Reading, hit: Sequence[Reading]) -> Reading:
    """The range of the impact that tells both ends at once, where two sentences told the same."""
    if chosen.kind != "sentence" or chosen.ranged or chosen.clocks < 2:
        return chosen
    ends = _clocks(chosen)
    return next((each for each in hit if each.ranged and _clocks(each) == ends), chosen)


def _clocks(told: Reading) -> list[int | None]:
    return [end.clock.seconds if end and end.clock else None for end in (told.start, told.end)]


def below_opening(tree: Tree, prose: Sequence[Line]) -> Iterator[Line]:
    """The running text under headings of the author's own words, and under the cause."""
    taken = {id(line.text) for line in prose}
    for index, node in enumerate(tree.nodes):
        if set(node.roles) <= {"root_cause", "title"} and not node.is_field:
            for line in tree.own(index):
                if line.kind == "text" and id(line.text) not in taken and not line.block.quoted:
                    yield line


def _tells_failure(sentence: str) -> bool:
    # Only where the duration stands nowhere it is looked for.
    from pmlint.statements.recount import tells_failure

    return tells_failure(sentence)


def begun_below(told: Sequence[Reading]) -> Iterator[Reading]:
    """``We were alerted at 19:21 UTC on 1 December that names failed``, told nowhere above."""
    for each in told:
        dated = each.date is not None or (each.start is not None and each.start.dated)
        failed = is_suffering(each.text.prose) or _tells_failure(each.text.prose)
        if each.start is not None and each.start.clock and dated and failed:
            yield each


def failed_on_day(told: Sequence[Reading]) -> Iterator[Reading]:
    """``On the evening of 20 April, nothing was posted any more`` opens the account of a cause."""
    first = next(iter(told), None)
    if first is None or first.date is None or first.ends or tells_noticing(first.text.prose):
        return
    if fails_then(first, beside=False):
        yield first


def _within_timeline(tree: Tree, node: Node) -> bool:
    return any("timeline" in tree.nodes[at].roles for at in tree.enclosing(node.line))


def until_end(prose: Sequence[Line]) -> Iterator[Reading]:
    """``Some 5 hours after the flood the shops were open again``: how long it took."""
    for part in _sentences(prose):
        for length in find_lengths(part.prose):
            later = _LATER.match(part.prose, length.end)
            if length.kind == "period" and later and tells_end(part.prose[later.end() :]):
                told = Length(*length[:3], approximate=length.approximate)
                yield read(part, "sentence", part.strip().span())._replace(stated=told)


_LATER = expression(r"\s(?:later|after)\b", re.IGNORECASE)


def parts_of_day(prose: Sequence[Line]) -> Iterator[Reading]:
    """``The storage failed on Wednesday afternoon``: it says when, without a clock or a date."""
    for part in _sentences(prose):
        timed = _part_of_day().search(part.prose) and is_suffering(part.prose)
        if timed or (_LATELY.search(part.prose) and _tells_failure(part.prose)):
            yield read(part, "sentence", part.strip().span())._replace(bound=True)


@cache
def _part_of_day() -> re.Pattern[str]:
    day = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)?"
    part = r"(?:morning|lunchtime|noon|afternoon|evening|night|midnight)"
    return re.compile(
        rf"\b{day},?\s(?:in the |early |late |at ){{0,2}}{part}\b"
        rf"|\b{part}\s(?:of|on)\s(?:last |this )?{day}\b|\bearly hours of\s(?:\w+\s)?{day}\b"
        rf"|\b{day},?\s(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)\b",
        re.IGNORECASE,
    )


_LATELY = expression(
    r"\b(?:yesterday|last night|this (?:morning|afternoon|evening)|earlier today"
    r"|(?:this|last|past|over the|during the) (?:weekend|week-end|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day))\b",
    re.IGNORECASE,
)
"""A day that only who wrote it knows."""


def _sentences(prose: Sequence[Line]) -> Iterator[Text]:
    text = flow(prose)
    for low, high in sentences(text.prose) if text else ():
        yield text.cut(low, high)
