"""What the statement of the duration that counts lacks, from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.findings import Span
from pmlint.reading.clocks import Clock
from pmlint.reading.lengths import Length
from pmlint.spans import Spans
from pmlint.statements.durationday import day_told_before, posting_day
from pmlint.statements.durationfact import differs
from pmlint.statements.otherlengths import (
    agreeing_length,
    of_other_day,
    of_others,
    tells_length,
)
from pmlint.statements.told import Reading, Told
from pmlint.statements.toldcues import of_whole
from pmlint.structure.tree import Tree


def complete(
    chosen: Reading,
    fields: Sequence[Reading],
    told: Sequence[Reading],
    hit: Sequence[Reading],
    tree: Tree,
) -> Reading:
    """The chosen statement with the length and the day that it lacks."""
    chosen = _labelled_length(chosen, fields)
    if chosen.stated is None and chosen.clocks < 2:
        both = chosen.kind == "field" and chosen.ends == 2
        timed = (each for each in (*told, *hit) if each.stated)
        counting = (each.stated for each in timed if not both or tells_length(each))
        chosen = chosen._replace(stated=next(counting, None))
    if chosen.stated is None and chosen.kind == "sentence":
        within = agreeing_length(_ran(chosen), [chosen.text])
        chosen = chosen._replace(stated=within or _length_beside(chosen, told))
    if chosen.stated is None and (chosen.kind == "field" or chosen.clocks == 2):
        hurt = Spans(_impact(tree))
        apart = [each for each in told if not hurt.meet(each.span)]
        chosen = chosen._replace(stated=_length_elsewhere(chosen, apart, tree))
    chosen = _with_paragraph(chosen, told, tree)
    return chosen if chosen.date is not None else _on_day(chosen, fields, told, tree)


def _with_paragraph(chosen: Reading, told: Sequence[Reading], tree: Tree) -> Reading:
    """``At 9:07 UTC on 3 May it failed. From 9:07 until 9:49 nothing was written.``

    The zone, and the day of the same clock, hold for the next sentences of the paragraph.
    """
    if chosen.kind != "sentence" or chosen.clocks < 2 or (chosen.zone and chosen.date):
        return chosen
    text = tree.document.source.text
    for each in told:
        before = each.clocks and each.zone and each.span.end <= chosen.span.start
        if not before or "\n\n" in text[each.span.end : chosen.span.start]:
            continue
        chosen = chosen._replace(zone=chosen.zone or each.zone)
        same = _clock(each.start) or _clock(each.end)
        if chosen.date is None and same is not None and same == _clock(chosen.start):
            chosen = chosen._replace(date=each.date)
    return chosen


def _clock(end: Told | None) -> Clock | None:
    return end.clock if end is not None else None


def _labelled_length(chosen: Reading, fields: Sequence[Reading]) -> Reading:
    """The length of the field that is nearest to the duration by its name."""
    if chosen.stated is not None and chosen not in fields and not chosen.label:
        return chosen
    lengths = [reading for reading in fields if reading.stated is not None]
    lengths.sort(key=lambda reading: _length_rank(reading.label))
    if lengths and (chosen.stated is None or _length_rank(chosen.label) > 1):
        return chosen._replace(stated=lengths[0].stated)
    return chosen


def _length_elsewhere(chosen: Reading, told: Sequence[Reading], tree: Tree) -> Length | None:
    """That of a sentence on the whole incident, or one that agrees with both ends."""
    if chosen.kind == "field":
        whole = (each for each in told if each.stated and of_whole(each.text.prose))
        for each in whole:
            if chosen.clocks == 2 or tells_length(each):
                return each.stated
    titles = [node.title for node in tree.nodes if node.level is not None and node.title]
    return agreeing_length(_ran(chosen), [*(each.text for each in told), *titles])


def _on_day(
    chosen: Reading, fields: Sequence[Reading], told: Sequence[Reading], tree: Tree
) -> Reading:
    """The statement with the day that is told elsewhere."""
    others = fields if chosen.kind == "field" or chosen.clocks else (*fields, *told)
    day = next((each.date for each in others if each.date), None)
    if day is None and chosen.kind == "sentence":
        day = day_told_before(chosen, told, tree)
    if day is None and chosen.clocks:
        day = posting_day(chosen, tree)
    return chosen._replace(date=day)


def _length_beside(chosen: Reading, told: Sequence[Reading]) -> Length | None:
    """The length told in another sentence than both ends, where it is the incident's.

    ``The review took 45 minutes``, ``For 45 minutes nobody could log in`` tell that of
    something else or of an effect.
    """
    ran = _ran(chosen)
    for each in told:
        if each.stated is None or of_other_day(each, chosen) or of_others(each):
            continue
        agrees = ran is not None and not differs(each.stated.minutes, ran)
        if agrees or ran is None or tells_length(each):
            return each.stated
    return None


def _ran(chosen: Reading) -> float | None:
    """The minutes between two clocks, a day at most; None across several days."""
    start, end = chosen.start, chosen.end
    if start is None or end is None or start.clock is None or end.clock is None:
        return None
    if start.date is not None and end.date is not None and start.date != end.date:
        return None
    return (end.clock.seconds - start.clock.seconds) / 60 % 1440


def _impact(tree: Tree) -> Iterator[Span]:
    """Where the impact stands: a length told there is that of an effect."""
    for index in tree.with_role("impact"):
        yield from (line.text.span() for line in tree.body(index) if line.text)


def _length_rank(label: str) -> int:
    """Which of several labelled lengths is the incident's: its duration, then to resolve."""
    label = label.replace("ttr", "time to resolve")
    for rank, word in enumerate(("duration", "resolve", "downtime", "recovery", "repair")):
        if word in label:
            return rank
    return 5
