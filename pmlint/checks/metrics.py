"""The times to detect, mitigate and resolve, against the events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pmlint.checks.phrases import brief
from pmlint.checks.places import words
from pmlint.facts import Postmortem
from pmlint.findings import Case, Mark, Span

Parameters = Mapping[str, Any]


def differs(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A stated time to detect, mitigate or resolve that the events contradict.

    ``parameters["names"]`` lists how each is called, ``parameters["tolerance"]`` is a share.
    """
    from pmlint.reading.lengths import find_lengths

    source = postmortem.source
    given = _measured(postmortem)
    told = postmortem.duration.stated_span if postmortem.duration is not None else None
    named = {
        kind: re.compile(rf"\b(?:{'|'.join(map(re.escape, spellings))})\b", re.IGNORECASE)
        for kind, spellings in parameters["names"].items()
        if kind in given
    }
    first = source.line_index(postmortem.extent.start) if named else len(source.starts)
    for index in range(first, len(source.starts)):
        span = source.line_span(index)
        text = source.slice(span)
        for kind, name in named.items():
            match = name.search(text)
            if match is None:
                continue
            lengths = [each for each in find_lengths(text) if each.start >= match.end()]
            if not lengths or lengths[0].kind != "length":
                continue
            length_span = Span(span.start + lengths[0].start, span.start + lengths[0].end)
            if told is not None and told.overlaps(length_span):
                continue
            minutes, moments = given[kind]
            off = abs(lengths[0].minutes - minutes)
            if off > 1 and off > minutes * parameters["tolerance"]:
                values = {"kind": kind, "stated": brief(lengths[0].minutes)}
                values["given"] = brief(minutes)
                marks = zip(moments, ("first", "second"), strict=True)
                yield Case(kind, length_span, values, tuple(Mark(*each) for each in marks))


def _measured(postmortem: Postmortem) -> dict[str, tuple[int, tuple[Span, Span]]]:
    """For each metric the minutes that the facts give, and where its two moments stand."""
    metrics = postmortem.metrics
    start = _place_of(postmortem, metrics.started_at)
    found = {}
    for kind, minutes, at in (
        ("detect", metrics.minutes_to_detect, metrics.detected_at),
        ("mitigate", metrics.minutes_to_mitigate, metrics.mitigated_at),
        ("resolve", metrics.minutes_to_resolve, metrics.resolved_at),
    ):
        place = _place_of(postmortem, at)
        if minutes is not None and start is not None and place is not None:
            found[kind] = (minutes, (start, place))
    return found


def _place_of(postmortem: Postmortem, at: datetime | None) -> Span | None:
    """Where a moment stands: in the timeline, else in the duration."""
    if at is None:
        return None
    timeline, duration = postmortem.timeline, postmortem.duration
    told = [(event.at, event.span) for event in timeline.events] if timeline is not None else []
    if duration is not None:
        points = (duration.start, duration.end)
        told += [(point.at, point.span) for point in points if point is not None]
    for moment, span in told:
        comparable = moment is not None and (moment.tzinfo is None) == (at.tzinfo is None)
        if comparable and moment == at:
            return words(postmortem, span)
    return None
