"""When the incident ran: from fields, or else from sentences of the summary.

A document may state it several times. What counts is the first field that gives
both ends; else the fields together; else the sentence of the summary or opening
that gives most. A piece that is missing there is taken from the next statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pmlint.facts import Duration
from pmlint.reading.times import Date, find_moments
from pmlint.reading.zones import Zone, find_zones
from pmlint.sections import Line, Tree
from pmlint.statements.durationchoice import choose, choose_sentence, complete, join_fields
from pmlint.statements.durationfact import stated_fact
from pmlint.statements.durationfields import (
    FRAME,
    behind_label,
    dates_report,
    only_moment,
    read_columns,
    read_fields,
    read_neighbours,
)
from pmlint.statements.entry import month_first
from pmlint.statements.told import (
    Part,
    Reading,
    is_suffering,
    looks_ahead,
    of_whole,
    read,
    sentences_told,
)

DECLARATION = 60
"""Characters within which the words "all times" name their zone."""


def read_duration(tree: Tree, prose: Sequence[Line], year: int | None) -> Duration | None:
    """When the incident ran; ``prose`` are the lines of summary and opening."""
    fields = [*read_fields(tree), *read_neighbours(tree), *read_columns(tree)]
    apart = [line for line in _unposted(prose) if not dates_report(line)]
    told = [each for each in sentences_told(apart) if not _looks_ahead(each)]
    hit = _hit(tree)
    chosen = choose(fields, told) or _told_apart(tree) or next(iter(hit), None)
    if chosen is None or chosen.clocks < 2:
        chosen = next(_elsewhere(tree), chosen)
    alone = chosen is not None and chosen.kind == "sentence" and chosen.clocks == 1
    if alone and not tree.with_role("summary"):
        # "Our alert fired at 9:10." under another heading, both ends in the impact
        chosen = next((each for each in hit if each.clocks == 2), chosen)
    if chosen is None or chosen.kind == "sentence":
        framed = _in_timeline(tree)
        if framed is not None and chosen is not None:
            if chosen.clocks == 2 and not framed.label.endswith(" time"):
                framed = chosen
            framed = framed._replace(date=framed.date or chosen.date, stated=chosen.stated)
        chosen = framed or chosen
    if chosen is None:
        return None
    if chosen.kind == "sentence" and not chosen.clocks:
        # "Down for two hours on 9 May." above, the clocks in the impact
        timed = next((each for each in hit if each.clocks == 2), chosen)
        day = timed.date or chosen.date
        chosen = timed._replace(stated=timed.stated or chosen.stated, date=day)
    chosen = complete(chosen, fields, told, hit, tree)
    if chosen.zone is None:
        chosen = chosen._replace(zone=_declared_zone(tree, prose))
    return stated_fact(_in_order(chosen, tree), [*fields, *told], year)


def _in_order(chosen: Reading, tree: Tree) -> Reading:
    """``11/02/2017`` is the 2nd of November where the document tells that day in words."""
    doubtful = [chosen.start, chosen.end, chosen.date]
    days = {told.date for told in doubtful if told is not None and told.swappable and told.date}
    swapped = {day: Date(day.year, day.day, day.month) for day in days}
    if not days or not (month_first(tree.lines) or _tells_days(tree, swapped.values(), days)):
        return chosen
    start, end, lone = (
        told.on(swapped.get(told.date, told.date)) if told is not None and told.date else told
        for told in doubtful
    )
    return chosen._replace(start=start, end=end, date=lone)


def _tells_days(tree: Tree, days: Iterable[Date], not_these: Iterable[Date]) -> bool:
    """One of the days, and none of the others, is told in words."""
    told = {
        moment.date[1:]
        for line in tree.lines
        if line.kind != "code"
        for moment in find_moments(line.text.prose)
        if moment.date is not None and not moment.ambiguous_date
    }
    return any(day[1:] in told for day in days) and not any(day[1:] in told for day in not_these)


def _hit(tree: Tree) -> list[Reading]:
    """The sentences of the impact that tell when or how long.

    ``The ticket system (10:05 - 10:30)`` among other items tells it of a part only.
    """
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    found = list(sentences_told(impact))
    told = [line.text.span() for line in impact if line.text]
    return [
        each
        for each in found
        if (each.clocks == 2 and (len(told) == 1 or is_suffering(each.text.prose)))
        or (
            each.stated
            and (each.span.start < told[0].end or each.clocks or of_whole(each.text.prose))
        )
        or (each.start and each.clocks == 1 and _began().search(each.text.prose))
    ]


def _told_apart(tree: Tree) -> Reading | None:
    """``The shop went down at 9:00. It was restored at 11:00.`` as the words of the impact."""
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    if sum(line.first for line in impact if line.text) != 1:
        return None
    found = choose_sentence([each for each in sentences_told(impact) if not _looks_ahead(each)])
    return found if found is not None and found.clocks == 2 else None


@cache
def _began() -> re.Pattern[str]:
    """``The issue started``: the incident itself, and not one of its effects."""
    return re.compile(
        r"\b(?:outage|incident|issue|problem|disruption|downtime|degradation|impact|event)s?\s"
        r"(?:\w+\s)?(?:start(?:ed|s)|began|begins|occurred|arose|commenced)\b",
        re.IGNORECASE,
    )


def _looks_ahead(told: Reading) -> bool:
    """A sentence of what is planned, not of what failed: ``at the next meeting (16:00)``."""
    prose = told.text.prose
    if told.clocks == 1 and told.start is None and _expected().search(prose):
        return True
    if told.clocks == 2 or is_suffering(prose):
        return False
    return looks_ahead(prose) or prose.lower().lstrip().startswith("update ")


@cache
def _expected() -> re.Pattern[str]:
    """An end that was hoped for: ``expected to be back by 15:00``."""
    return re.compile(
        r"\bETA\b|\b(?:is|are|be) (?:now )?(?:expected|estimated|anticipated)\b"
        r"|^\W*(?:expected|estimated)\b|\bexpected (?:to|by|eta)\b"
        r"|\bwe (?:now )?(?:expect|hope|anticipate|estimate)\b",
        re.IGNORECASE,
    )


def _elsewhere(tree: Tree) -> Iterator[Reading]:
    """Ranges of clocks told before the timeline under headings of the author's own words.

    For documents that have no summary by name (``The facts of the case``).
    """
    if any(not tree.nodes[at].by_content for at in tree.with_role("summary")):
        return
    timelines = (tree.nodes[at].line for at in tree.with_role("timeline"))
    timeline = min(timelines, default=len(tree.lines))
    for index, node in enumerate(tree.nodes):
        if node.line < timeline and set(node.roles) <= {"root_cause", "title"}:
            lines = [line for line in tree.own(index) if line.kind in ("text", "item")]
            yield from (each for each in sentences_told(lines) if each.clocks == 2)


def _in_timeline(tree: Tree) -> Reading | None:
    """``Start: 2 May 9:00 - errors seen`` and ``End: …``, or ``Duration: …``, among the events.

    Or a sentence above them: ``The outage lasted from 9:00 to 11:00``. For documents that
    state it nowhere else.
    """
    found: dict[Part, Reading] = {}
    for index in tree.with_role("timeline"):
        body = tree.body(index)
        if body and body[0].kind == "text":
            for each in sentences_told(body[:1]):
                if each.ranged and each.clocks == 2 and of_whole(each.text.prose):
                    return each
        for line in body:
            label, text = behind_label(line)
            if label not in FRAME or not text:
                continue
            part = FRAME[label]
            reading = read(text, "field", line.text.span(), part, label)
            if part == "both" and reading.clocks == 2:
                return reading
            if part != "both" and reading.clocks == 1:
                found.setdefault(part, reading)
    return join_fields(list(found.values())) if len(found) == 2 else None


def frames(line: Line) -> bool:
    """``Impact start time: 9:00``: a line of the timeline that states an end of the incident."""
    label, text = behind_label(line)
    return label in FRAME and label.endswith(" time") and bool(text) and only_moment(text)


def _unposted(prose: Sequence[Line]) -> Iterator[Line]:
    """The lines without the times of status posts: ``Resolved``, below it ``May 12, 08:15``."""
    above = ""
    for line in prose:
        words = line.text.plain.strip(" *_:").lower()
        if above not in _POSTS or not only_moment(line.text):
            yield line
        above = words


_POSTS = frozenset(
    {
        "resolved", "monitoring", "identified", "investigating", "update", "updated", "postmortem",
        "post-mortem", "completed", "in progress", "scheduled", "verifying", "closed",
    }
)  # fmt: skip


def _declared_zone(tree: Tree, prose: Sequence[Line]) -> Zone | None:
    """A field that names the zone, or words of summary and opening: ``All times are UTC``."""
    first = min((tree.nodes[at].line for at in tree.with_role("summary")), default=0)
    for line in (*tree.lines[:first], *prose):
        low = line.text.prose.lower()
        at = max(low.find("all times"), low.find("times are "), low.find("times in this "))
        if at >= 0:
            return next(iter(find_zones(line.text.prose[at : at + DECLARATION])), None)
    for line in tree.lines:
        label, colon, rest = line.text.plain.partition("|" if line.kind == "row" else ":")
        if colon and label.strip(" *_-").lower() in ("timezone", "time zone"):
            return next(iter(find_zones(f"time zone {rest}")), None)
    return None
