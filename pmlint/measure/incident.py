"""What one incident's times say: its moments, the minutes between them, its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy
from pmlint.statements.moments import (
    Moments,
    Told,
    choose,
    field_names,
    fields_of,
    minutes_between,
)

if TYPE_CHECKING:
    from pmlint.facts import Postmortem, Task
    from pmlint.reading.lengths import Length

Step = Literal["detect", "mitigate", "resolve"]
STEPS: tuple[Step, ...] = ("detect", "mitigate", "resolve")


class Value(NamedTuple):
    """Words of the document and the line they stand on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Took:
    """How long it took from the start to a moment."""

    minutes: int | None
    """Null for a range, a limit ("over 2 hours"), and where only words tell it vaguely."""
    least: int
    most: int
    """The same as ``minutes``, but for a range."""
    approximate: bool
    lines: tuple[int, ...]
    text: str | None = None
    """The document's words, where the length is stated and not worked out."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest time without an entry."""

    minutes: int
    lines: tuple[int, int]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Measures:
    """One file; of one that holds no incident only ``postmortem``."""

    postmortem: Postmortem
    moments: Moments
    took: dict[Step, Took]
    """What is worked out from the moments; where that fails, what is stated."""
    stated: dict[Step, Took]
    """Lengths that the document states by name or as its duration."""
    gap: Gap | None
    zone: Value | None
    severity: Value | None
    service: Value | None
    open: int = 0
    """Tasks not told to be done."""
    done: int = 0

    @property
    def four(self) -> tuple[tuple[str, Told | None], ...]:
        """The moments by the names of the table and of JSON."""
        moments = self.moments
        return (
            ("start", moments.started),
            ("detected", moments.detected),
            ("mitigated", moments.mitigated),
            ("end", moments.resolved),
        )

    def line(self, span: Span) -> int:
        """The 1-based line of the first character of a span that is no white space."""
        return line_of(self.postmortem, span)


def measure(postmortem: Postmortem) -> Measures:
    """All that can be measured in one file."""
    if not postmortem.incident:
        return Measures(postmortem, Moments(), {}, {}, None, None, None, None)
    moments = choose(postmortem.duration, postmortem.timeline, postmortem.source)
    stated = dict(_stated(postmortem))
    took = dict(_took(postmortem, moments))
    tasks = tuple(tasks_told(postmortem))
    done = sum(task.done is True for task in tasks)
    return Measures(
        postmortem=postmortem,
        moments=moments,
        took={step: took.get(step) or stated[step] for step in STEPS if step in {**stated, **took}},
        stated=stated,
        gap=_gap(postmortem, moments),
        zone=_zone(postmortem),
        severity=_field(postmortem, "severity"),
        service=_field(postmortem, "service"),
        open=len(tasks) - done,
        done=done,
    )


def tasks_told(postmortem: Postmortem) -> Iterator[Task]:
    """The tasks of a postmortem, without those that the template left to be written.

    ``[task: what will exist]`` and ``TBD: what to do`` are none; ``Ask [owner]`` is one.
    """
    starts = {each.span.start: each for each in postmortem.placeholders}
    for task in postmortem.tasks.items if postmortem.tasks is not None else ():
        between = range(task.extent.start, task.span.start + 1)
        opening = next((starts[at] for at in between if at in starts), None)
        whose = opening is not None and opening.text.startswith(("[", "{", "<"))
        if opening is None or (whose and opening.span.end <= task.span.start):
            yield task


def line_of(postmortem: Postmortem, span: Span) -> int:
    """The 1-based line of the first character of a span that is no white space."""
    text = postmortem.source.text
    start = span.start
    while start < span.end and text[start].isspace():
        start += 1
    return postmortem.source.place(start if start < span.end else span.start).line


def _took(postmortem: Postmortem, moments: Moments) -> Iterator[tuple[Step, Took]]:
    start = moments.started
    ends = (moments.detected, moments.mitigated, moments.resolved)
    for step, end in zip(STEPS, ends, strict=True):
        minutes = minutes_between(start, end)
        if minutes is None or start is None or end is None:
            continue
        lines = tuple(dict.fromkeys(line_of(postmortem, told.span) for told in (start, end)))
        about = start.approximate or end.approximate
        most = minutes + _width(end)
        exact = minutes if most == minutes and not _width(start) else None
        yield step, Took(exact, max(minutes - _width(start), 0), most, about, lines)


def _width(told: Told) -> int:
    """Minutes between the ends of a moment told as a range."""
    if told.until_wall is None or told.wall is None:
        return 0
    return round((told.until_wall - told.wall) / timedelta(minutes=1))


# -- stated lengths ------------------------------------------------------------


@cache
def _names() -> re.Pattern[str]:
    lengths = policy.table("moments")["lengths"]
    return re.compile(
        "|".join(
            rf"(?P<{step}>\b(?:{'|'.join(map(re.escape, lengths[step]))})\b)" for step in STEPS
        ),
        re.IGNORECASE,
    )


def _stated(postmortem: Postmortem) -> Iterator[tuple[Step, Took]]:
    """Lengths told by name; the stated duration counts as the time to resolve."""
    duration = postmortem.duration
    if duration is not None and duration.stated is not None:
        span = duration.stated_span or duration.span
        if postmortem.source.slice(span):
            yield "resolve", _as_told(postmortem, duration.stated, span)
    yield from _named(postmortem)


def _named(postmortem: Postmortem) -> Iterator[tuple[Step, Took]]:
    """``Time to detect: 5 minutes``; of several of a kind the last is what counts."""
    from pmlint.reading.lengths import find_lengths

    source = postmortem.source
    for match in _names().finditer(source.text, postmortem.extent.start):
        line = source.line_span(source.line_index(match.start()))
        text = source.text[match.end() : line.end]
        lengths = [length for length in find_lengths(text) if length.kind != "period"]
        if not lengths or lengths[0].start > 30:
            continue
        span = Span(match.end() + lengths[0].start, match.end() + lengths[0].end)
        step = next(step for step in STEPS if match[step])
        yield step, _as_told(postmortem, lengths[0], span)


def _as_told(postmortem: Postmortem, length: Length, span: Span) -> Took:
    minutes = int(length.minutes + 0.5)
    exact = minutes if length.kind == "length" else None
    before = postmortem.source.text[max(0, span.start - 40) : span.start]
    unsure = _unsure().search(before)
    words = " ".join(((unsure[0] if unsure else "") + postmortem.source.slice(span)).split())
    line = line_of(postmortem, span)
    return Took(exact, minutes, minutes, length.approximate, (line,), words)


@cache
def _unsure() -> re.Pattern[str]:
    """The words before a length that make it vague: ``over``, ``about``, ``~``."""
    times = policy.table("times")
    words = "|".join(map(re.escape, [*times["lengths"]["bound_before"], *times["approximate"]]))
    return re.compile(rf"(?:\b(?:{words})\.?|[~≈<>≤≥]=?)[ ~≈]*(?:a |the )?$", re.IGNORECASE)


def agree(stated: Took, worked_out: int) -> bool:
    """A stated length and one worked out differ by no more than PM206 allows."""
    apart = abs((stated.minutes or 0) - worked_out)
    return stated.minutes is not None and (apart <= 1 or apart <= 0.1 * max(worked_out, 1))


# -- the rest --------------------------------------------------------------------


def _gap(postmortem: Postmortem, moments: Moments) -> Gap | None:
    """The longest time without an entry, in the order of time."""
    timeline = postmortem.timeline
    if timeline is None or timeline.milestones:
        return None
    placed = sorted(
        (wall, line_of(postmortem, event.extent))
        for wall, event in zip(moments.walls, timeline.events, strict=True)
        if wall is not None
    )
    gaps = [
        Gap(round((end - start) / timedelta(minutes=1)), (line, other), start, end)
        for (start, line), (end, other) in pairwise(placed)
    ]
    longest = max(gaps, key=lambda gap: gap.minutes, default=None)
    return longest if longest is not None and longest.minutes > 0 else None


def _zone(postmortem: Postmortem) -> Value | None:
    duration, timeline = postmortem.duration, postmortem.timeline
    if duration is not None and duration.zone is not None:
        return Value(duration.zone.text, line_of(postmortem, duration.span))
    if timeline is not None and timeline.zone is not None:
        return Value(timeline.zone.text, line_of(postmortem, timeline.zone_span or timeline.span))
    for event in timeline.events if timeline is not None else ():
        if event.zone is not None:
            return Value(event.zone.text, line_of(postmortem, event.span))
    return None


def _field(postmortem: Postmortem, name: str) -> Value | None:
    """A labelled value, such as ``Severity: SEV2``, that is no left-over of a template."""
    names = field_names(name)
    for field in fields_of(postmortem.source):
        if field.label not in names or field.span.start >= postmortem.extent.end:
            continue
        left_over = any(each.span.overlaps(field.span) for each in postmortem.placeholders)
        text = field.text.strip(" \t\"'`*_")
        if text and not left_over and len(text) <= 80:
            return Value(text, line_of(postmortem, field.span))
    return None
