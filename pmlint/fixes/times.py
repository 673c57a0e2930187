"""The duration's zone, its stated length, and abbreviations that are out of season."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pmlint.facts import Point, Postmortem
from pmlint.findings import Edit, Fix, Span
from pmlint.reading.times import find_moments


def zone(postmortem: Postmortem, name: str) -> Fix | None:
    """The zone behind the clocks of the duration; once where both stand on one line."""
    duration = postmortem.duration
    if duration is None or duration.start is None or duration.end is None:
        return None
    source = postmortem.source
    ends = [_clock_end(postmortem, point) for point in (duration.start, duration.end)]
    known = sorted({at for at in ends if at is not None})
    if len(known) == 2 and source.line_index(known[0]) == source.line_index(known[1]):
        known = known[1:]
    if not known or None in ends:
        return None
    edits = tuple(Edit(Span(at, at), f" {name}") for at in known)
    return Fix(f"Write {name} behind the times", edits, promise="zone")


def _clock_end(postmortem: Postmortem, point: Point) -> int | None:
    for moment in find_moments(postmortem.source.slice(point.span)):
        if moment.clock_span is not None:
            return point.span.start + moment.clock_span.end
    return None


def season(places: Iterable[Span], wrong: str, right: str, postmortem: Postmortem) -> Fix | None:
    """Another abbreviation wherever the duration or the timeline writes the wrong one."""
    found = sorted(set(_abbreviations(postmortem, places, wrong)))
    if not found:
        return None
    return Fix(
        f"Write {right} for {wrong}",
        tuple(Edit(span, right) for span in found),
        promise="season",
    )


def _abbreviations(postmortem: Postmortem, places: Iterable[Span], wrong: str) -> Iterator[Span]:
    for place in places:
        pattern = rf"(?<![\w/]){re.escape(wrong)}(?![\w/])"
        text = postmortem.source.slice(place)
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Span(place.start + match.start(), place.start + match.end())


def length(span: Span, postmortem: Postmortem, minutes: int) -> Fix:
    """The length that start and end give, in the manner of the one that is stated."""
    new = _in_manner_of(postmortem.source.slice(span), minutes)
    return Fix(f'Write "{new}"', (Edit(span, new),), promise="length")


def _in_manner_of(old: str, minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    lowered = old.lower()
    if re.search(r"\d\s?min", lowered) and not re.search(r"\bh|\d\s?h|day", lowered):
        return f"{minutes} {'minutes' if 'minute' in lowered else 'min'}"
    if re.search(r"\d\s?h(?:rs?)?\b", lowered):
        gap = " " if re.search(r"\d\sh", lowered) else ""
        short = "min" if "min" in lowered else "m"
        parts = [(hours, "hrs" if "hrs" in lowered else "hr" if "hr" in lowered else "h")]
        parts.append((rest, short))
        return " ".join(f"{count}{gap}{unit}" for count, unit in parts if count) or "0 min"
    from pmlint.checks.phrases import spoken

    return spoken(minutes)
