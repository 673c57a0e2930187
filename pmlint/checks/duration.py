"""When the incident ran: stated, complete, in a zone, and in accord with itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmlint.checks.phrases import brief, spoken, written
from pmlint.checks.places import line, missing, words
from pmlint.facts import Duration, Point, Postmortem
from pmlint.findings import Case, Mark, Span
from pmlint.reading.times import find_moments
from pmlint.statements.durationfact import differs

Parameters = Mapping[str, Any]


def stated(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Nothing says when the incident ran.

    The value ``example`` holds the times of the first and the last event, else
    ``parameters["example"]``.
    """
    duration = postmortem.duration
    if duration is not None and duration.verdict != "missing":
        return
    example = _timeline_range(postmortem) or parameters["example"]
    for case in missing(postmortem, "duration", parameters["template"]):
        yield case._replace(values={**case.values, "example": example})


def _timeline_range(postmortem: Postmortem) -> str:
    timeline = postmortem.timeline
    timed = [event for event in timeline.events if event.clock] if timeline else []
    if timeline is None or len(timed) < 2:
        return ""
    # A status page has the newest first.
    known = [event.at.replace(tzinfo=None) for event in timed if event.at is not None]
    if len(known) == len(timed) and known[0] > known[-1]:
        timed.reverse()
    first, last = (written(postmortem, event.span, 30) for event in (timed[0], timed[-1]))
    if timed[-1].zone is not None and timed[-1].zone.text.strip() in last:
        return f"{first} - {last}"
    return f"{first} - {last} {timeline.zone.text.strip() if timeline.zone else 'UTC'}"


def times(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A start and an end are not both given as clock times.

    Cases: ``start`` and ``end`` (the only clock there is; an end where a word of
    ``parameters["ends"]`` stands before it), ``start-and-length``, ``length``, ``date``,
    ``neither``.
    Values: ``clock``, ``length`` and for a start with a length its ``end``.
    """
    duration = _with_verdict(postmortem, "no-times")
    if duration is None:
        return
    first, last, length = duration.start, duration.end, duration.stated
    known = next((each for each in (first, last) if each is not None and each.clock), None)
    values: dict[str, object] = {"length": spoken(length.minutes) if length else ""}
    if known is not None and known.clock is not None:
        span = _clock_span(postmortem, known)
        values["clock"] = written(postmortem, span)
        if known is last or _preceded(postmortem, span, parameters["ends"]):
            yield Case("end", span, values)
        elif length is None:
            yield Case("start", span, values)
        else:
            values["end"] = _after(known.clock.minutes, length.minutes)
            yield Case("start-and-length", span, values)
    elif length is not None:
        span = duration.stated_span or duration.span
        yield Case("length", words(postmortem, span), values)
    else:
        dated = next((each.span for each in (first, last) if each is not None), None)
        span = words(postmortem, dated or duration.span)
        yield Case("date" if dated else "neither", span, values)


def _preceded(postmortem: Postmortem, span: Span, listed: Sequence[str]) -> bool:
    """True when one of some words stands on the same line, shortly before a span."""
    source = postmortem.source
    start = source.starts[source.line_index(span.start)]
    before = source.text[max(start, span.start - 30) : span.start].lower()
    return not set(re.findall(r"\w+", before)).isdisjoint(listed)


def _after(minutes: float, length: float) -> str:
    hour, minute = divmod(round(minutes + length) % 1440, 60)
    return f"{hour:02}:{minute:02}"


def timezone(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Start and end, but no zone: ``bare``, or ``elsewhere`` where the timeline declares one."""
    duration = _with_verdict(postmortem, "no-timezone")
    if duration is None:
        return
    span = clock_range(postmortem, duration)
    timeline = postmortem.timeline
    values: dict[str, object] = {"times": written(postmortem, span)}
    if timeline is None or timeline.zone is None:
        yield Case("bare", span, {**values, "zone": parameters["example"]})
        return
    declared = timeline.zone_span or timeline.span
    values |= {"zone": timeline.zone.text.strip(), "line": line(postmortem, declared)}
    from pmlint.fixes import times as mending

    fix = mending.zone(postmortem, timeline.zone.text.strip())
    yield Case("elsewhere", span, values, (Mark(words(postmortem, declared), "declared"),), fix)


def order(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """The end lies before the start."""
    duration = _with_verdict(postmortem, "reversed")
    if duration is None or duration.start is None or duration.end is None:
        return
    end = words(postmortem, duration.end.span)
    start = words(postmortem, duration.start.span)
    dated = duration.end.date is not None
    yield Case(
        "dated" if dated else "undated",
        end,
        {
            "back": spoken(abs(duration.minutes or 0)),
            "start": written(postmortem, start),
            "end": written(postmortem, end),
        },
        (Mark(start, "start"),),
    )


def length(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """The stated length is not what start and end give: ``one-line`` or ``two-lines``.

    Without a timezone both clocks are of the same unknown one, so they give a length, too.
    """
    duration = postmortem.duration
    if duration is None or duration.verdict not in ("mismatch", "no-timezone"):
        return
    if duration.stated is None or duration.minutes is None or duration.apart:
        return
    if duration.minutes < 0 or not differs(duration.stated.minutes, duration.minutes):
        return
    span = words(postmortem, duration.stated_span or duration.span)
    times_span = clock_range(postmortem, duration)
    told, given = duration.stated.minutes, duration.minutes
    lines = line(postmortem, span), line(postmortem, times_span)
    from pmlint.fixes import times as mending

    yield Case(
        "one-line" if lines[0] == lines[1] else "two-lines",
        span,
        {
            "difference": spoken(told - given),
            "stated": brief(told),
            "given": brief(given),
            "length": spoken(given),
            "line": lines[0],
            "times": lines[1],
        },
        (Mark(times_span, "times"),),
        mending.length(duration.stated_span, postmortem, given) if duration.stated_span else None,
    )


def clock(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Clocks that no clock shows: ``meridiem`` (13:20 PM) or ``unreadable`` (25:00)."""
    for bad in postmortem.bad_clocks:
        text = written(postmortem, bad.span, 24)
        if bad.kind == "24-hour with PM":
            yield Case("meridiem", bad.span, {"clock": text, **_both_clocks(text)})
        else:
            yield Case("unreadable", bad.span, {"clock": text})


def _both_clocks(text: str) -> dict[str, object]:
    """``13:20 PM`` as the two ways to write it: ``13:20`` and ``1:20 PM``."""
    digits = "".join(char if char.isdigit() else " " for char in text).split()
    hour = int(digits[0]) if digits else 0
    if hour > 99:
        hour, digits = hour // 100, [digits[0][:-2], digits[0][-2:]]
    minute = digits[1] if len(digits) > 1 else "00"
    return {
        "hours24": f"{hour}:{minute}",
        "hours12": f"{(hour - 1) % 12 + 1}:{minute} {'PM' if hour >= 12 else 'AM'}",
    }


def _with_verdict(postmortem: Postmortem, verdict: str) -> Duration | None:
    duration = postmortem.duration
    return duration if duration is not None and duration.verdict == verdict else None


def clock_range(postmortem: Postmortem, duration: Duration) -> Span:
    """From the start's words to the end's, where they stand on one line."""
    points: list[Point] = [each for each in (duration.start, duration.end) if each is not None]
    if not points:
        return words(postmortem, duration.span)
    spans = [_clock_span(postmortem, each) for each in points]
    span = Span(min(each.start for each in spans), max(each.end for each in spans))
    return spans[-1] if "\n" in postmortem.source.slice(span) else span


def _clock_span(postmortem: Postmortem, point: Point) -> Span:
    """The words of a point's clock and what follows them, else all of its words."""
    for moment in find_moments(postmortem.source.slice(point.span)):
        if moment.clock_span is not None:
            return Span(point.span.start + moment.clock_span[0], point.span.end)
    return words(postmortem, point.span)
