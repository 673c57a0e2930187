"""The dates of an incident: that there is one, that it is clear, that its weekday is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date as day
from typing import Any

from pmlint.checks.duration import clock_range
from pmlint.checks.phrases import written
from pmlint.checks.places import words
from pmlint.facts import Postmortem
from pmlint.findings import Case, Mark, Span
from pmlint.reading.times import Date, Moment, find_moments

Parameters = Mapping[str, Any]


def undated(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Clock times only, and no date in the same statement, the title or the opening."""
    duration = postmortem.duration
    if duration is None or duration.verdict in ("placeholder", "missing", "no-times"):
        return
    points = [point for point in (duration.start, duration.end) if point is not None]
    if not points or any(point.date for point in points):
        return
    if any(_has_date(postmortem.source.slice(span)) for span in _surroundings(postmortem)):
        return
    span = clock_range(postmortem, duration)
    yield Case("undated", span, {"times": written(postmortem, span)})


def _surroundings(postmortem: Postmortem) -> Iterator[Span]:
    """Where a date would hold for the whole incident: everything before its first event."""
    timeline = postmortem.timeline
    end = timeline.extent.start if timeline is not None else postmortem.extent.end
    first = postmortem.title.span.start if postmortem.title else postmortem.extent.start
    if end > first:
        yield Span(first, end)
    if timeline is not None:
        yield timeline.span
        yield from (event.extent for event in timeline.events[:1])


def _has_date(text: str) -> bool:
    return any(moment.date for moment in find_moments(text))


def ambiguous(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Dates whose day and month could be exchanged, each spelling once.

    Silent where the document also writes one of the two readings beyond doubt.
    """
    seen: set[str] = set()
    dated = list(_dated(postmortem))
    certain = {
        (moment.date.month, moment.date.day)
        for moment, _ in dated
        if moment.date is not None and not moment.ambiguous_date
    }
    for moment, start in dated:
        if not moment.ambiguous_date or moment.date is None:
            continue
        span = _date_span(moment, start)
        text = postmortem.source.slice(span)
        readings = {(moment.date.month, moment.date.day), (moment.date.day, moment.date.month)}
        if text in seen or readings & certain:
            continue
        seen.add(text)
        year, month, number = moment.date
        if year is not None and month != number:
            first, second = f"{year:04}-{month:02}-{number:02}", f"{year:04}-{number:02}-{month:02}"
            yield Case("ambiguous", span, {"date": text, "first": first, "second": second})


def weekday(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """A weekday that its date does not fall on."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for moment, start in _dated(postmortem):
        if moment.weekday is None or moment.date is None or moment.date.year is None:
            continue
        if moment.ambiguous_date or (when := _day(moment.date)) is None:
            continue
        right = names[when.weekday()]
        if moment.weekday[:3].lower() == right[:3].lower():
            continue
        at = moment.weekday_span or (moment.start, moment.end)
        span = Span(start + at[0], start + at[1])
        values = {"weekday": moment.weekday, "right": right, "date": when.isoformat()}
        date_span = _date_without(postmortem, _date_span(moment, start), span)
        yield Case("wrong", span, values, (Mark(date_span, "date"),))


def _date_without(postmortem: Postmortem, date_span: Span, weekday: Span) -> Span:
    """The words of a date without the weekday in front of or behind it."""
    if not date_span.overlaps(weekday):
        return date_span
    source = postmortem.source
    behind = Span(weekday.end, date_span.end)
    rest = behind if source.slice(behind).strip(" ,.)") else Span(date_span.start, weekday.start)
    text = source.slice(rest)
    head = len(text) - len(text.lstrip(" ,.("))
    return Span(rest.start + head, rest.start + len(text.rstrip(" ,.(")))


def _dated(postmortem: Postmortem) -> Iterator[tuple[Moment, int]]:
    """The moments with a date in title, duration and timeline, with the offset they count from."""
    spans = [postmortem.title.span] if postmortem.title else []
    if postmortem.duration is not None:
        spans += [each.span for each in postmortem.duration.statements]
        spans += [p.span for p in (postmortem.duration.start, postmortem.duration.end) if p]
    if postmortem.timeline is not None:
        spans += [event.span for event in postmortem.timeline.events if event.own_date]
    seen: set[int] = set()
    for span in spans:
        for moment in find_moments(postmortem.source.slice(span)):
            at = span.start + moment.start
            if moment.date is not None and at not in seen:
                seen.add(at)
                yield moment, span.start


def _date_span(moment: Moment, start: int) -> Span:
    first, last = moment.date_span or (moment.start, moment.end)
    return Span(start + first, start + last)


def date_words(postmortem: Postmortem, span: Span) -> Span:
    """The words of the date within those of a moment, where it stands among them."""
    for moment in find_moments(postmortem.source.slice(span)):
        if moment.date is not None and moment.date_span is not None:
            return _date_span(moment, span.start)
    return words(postmortem, span)


def _day(date: Date) -> day | None:
    try:
        return day(date.year or 0, date.month, date.day)
    except ValueError:
        return None
