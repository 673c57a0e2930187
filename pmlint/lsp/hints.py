"""What was read, beside the words it was read from.

Behind an event: its moment in UTC where the document tells it otherwise, and the time
since the event above. Behind the duration: its length, end − start.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from lsprotocol import types

from pmlint.findings import Span
from pmlint.reports.show_page import day_in_brief, length
from pmlint.reports.show_timeline import event_moments

if TYPE_CHECKING:
    from pmlint.facts import Duration, Event, Postmortem
    from pmlint.lsp.document import Reading


def hints(reading: Reading, within: Span) -> list[types.InlayHint]:
    """The hints of a part of a document, in its order."""
    facts = reading.incident
    if facts is None:
        return []
    told = sorted(_told(facts), key=lambda each: each[0])
    return [
        types.InlayHint(
            position=reading.positions.position(offset),
            label=label,
            tooltip=tooltip,
            padding_left=True,
        )
        for offset, label, tooltip in told
        if within.start <= offset <= within.end
    ]


def _told(facts: Postmortem) -> Iterator[tuple[int, str, str]]:
    """Offset, label and what a mouse over it shows."""
    if facts.duration is not None:
        yield from _length(facts.duration)
    if facts.timeline is None:
        return
    events = facts.timeline.events
    moments = event_moments(events)
    day = ""
    for at, (event, moment) in enumerate(zip(events, moments, strict=True)):
        parts = []
        utc = _in_utc(event.at)
        if utc is not None and event.at is not None and event.at.utcoffset() != timedelta(0):
            today = day_in_brief(utc)
            shown = f"{utc:%H:%M} UTC"
            parts.append(shown if today == day else f"{today} {shown}")
            day = today
        minutes = _gap(moments[at - 1] if at else None, moment)
        if minutes is not None:
            parts.append(f"+{length(minutes)}" if minutes >= 0 else length(minutes))
        if parts:
            yield event.span.end, ", ".join(parts), "; ".join(_tooltip(event, utc, minutes))


def _length(duration: Duration) -> Iterator[tuple[int, str, str]]:
    if duration.minutes is None or duration.minutes < 0:
        return
    ends = [point.span.end for point in (duration.start, duration.end) if point is not None]
    sign = "≈" if duration.approximate else "="
    told = f"{sign} {length(duration.minutes)}"
    tooltip = f"end − start: {length(duration.minutes)} ({duration.minutes:,} min)"
    yield max(ends, default=duration.span.end), told, tooltip


def _gap(before: datetime | None, moment: datetime | None) -> int | None:
    """Minutes between two moments, where both are known."""
    if before is None or moment is None:
        return None
    return round((moment - before) / timedelta(minutes=1))


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None


def _tooltip(event: Event, utc: datetime | None, minutes: int | None) -> Iterator[str]:
    if event.at is not None:
        yield f"read as {event.at.isoformat(sep=' ', timespec='minutes')}"
    if utc is not None:
        yield f"{utc:%Y-%m-%d %H:%M} UTC"
    else:
        yield "no timezone is told"
    if event.kind is not None:
        yield event.kind.replace("-", " ")
    if minutes is not None:
        side = "after" if minutes >= 0 else "before"
        yield f"{length(abs(minutes))} {side} the event above"
