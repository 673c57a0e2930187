"""Clocks in one style: 12 hours with AM and PM, or 24 hours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmlint.facts import Event, Postmortem
from pmlint.findings import Edit, Fix, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.times import Clock, Style, find_moments


class Manner(NamedTuple):
    """How a document writes its clocks."""

    style: Style
    half: str = " AM"
    """What stands behind a morning hour, with its space."""
    padded: bool = True
    """``09:30`` rather than ``9:30``."""

    def write(self, clock: Clock) -> str:
        """A clock in this manner."""
        tail = f":{clock.minute:02}" + ("" if clock.second is None else f":{clock.second:02}")
        if self.style == "24":
            return (f"{clock.hour:02}" if self.padded else str(clock.hour)) + tail
        half = self.half
        if clock.hour % 24 >= 12:
            half = half.replace("a", "p").replace("A", "P")
        return f"{(clock.hour - 1) % 12 + 1}{tail}{half}"


def one_style(postmortem: Postmortem, style: Style, like: Event) -> Fix | None:
    """All clocks of the timeline in one style, written as in the event ``like``.

    None where a clock cannot be found again in the words of its entry.
    """
    timeline = postmortem.timeline
    if timeline is None:
        return None
    manner = manner_of(postmortem.source.slice(like.span), style)
    edits: list[Edit] = []
    for event in timeline.events:
        if event.clock is None:
            continue
        found = list(clocks_of(postmortem, event))
        if len(found) < (1 if event.end_clock is None else 2):
            return None
        for span, clock in found:
            text = postmortem.source.slice(span)
            if not _is_written(text, clock, style):
                edits.append(Edit(span, manner.write(clock)))
    if not edits:
        return None
    unique = {edit.span: edit for edit in edits}
    return Fix(f"Write all clocks in {style} hours", tuple(unique[key] for key in sorted(unique)))


def manner_of(text: str, style: Style) -> Manner:
    """The manner of a clock's words."""
    half = re.search(r"(?<=\d)(\s?)([ap]\.?\s?m\b\.?)", text, re.IGNORECASE)
    if half is not None:
        morning = half[2].replace("p", "a").replace("P", "A")
        return Manner(style, half[1] + morning)
    return Manner(style, padded=re.search(r"(?<!\d)[1-9][:.]\d\d", text) is None)


def clocks_of(postmortem: Postmortem, event: Event) -> Iterator[tuple[Span, Clock]]:
    """Where an event's clock and its end stand, with what they were read as."""
    source = postmortem.source
    line = source.line_span(source.line_index(event.span.start))
    region = Span(event.span.start, min(line.end, event.span.end + 40))
    wanted = [clock for clock in (event.clock, event.end_clock) if clock is not None]
    for moment in find_moments(source.slice(region)):
        if not wanted:
            return
        if moment.clock_span is None or moment.clock is None:
            continue
        clock = wanted.pop(0)
        if moment.clock.hour % 12 != clock.hour % 12 or moment.clock.minute != clock.minute:
            return
        start = region.start
        yield Span(start + moment.clock_span.start, start + moment.clock_span.end), clock


def _is_written(text: str, clock: Clock, style: Style) -> bool:
    """True where words already tell the clock in a style."""
    marked = re.search(r"[ap]\.?\s?m\b|noon|midnight|midday", text, re.IGNORECASE) is not None
    if style == "12":
        return marked
    digits = re.match(r"\D*(\d{1,2})", text)
    return not marked and digits is not None and int(digits[1]) == clock.hour
