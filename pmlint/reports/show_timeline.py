"""The timeline to scale, with the time between its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reports.layout import cells, pad, wrap
from pmlint.reports.show_page import Page, day_in_brief, in_words, length, naive, short
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.facts import Event, Timeline

EVENT = ("PM2", "PM4")
LONG_GAP = 30
"""Minutes without an entry from which the longest gap is pointed out."""
UNNAMED_DAY = datetime(2000, 1, 1)
"""Where clocks stand that no document gives a day."""


class _Entry(NamedTuple):
    """An entry of the timeline as it is drawn."""

    start: int
    """Where it stands in the document."""
    text: str
    kind: str
    timed: bool = True
    clock: str = ""
    day: str = ""
    gap: str = ""
    """The time since the event before, in words."""
    waited: int = 0
    """The same in minutes, where it is the longest of all and long."""


class _Columns(NamedTuple):
    """Cells for the gap before an entry and for its text."""

    gap: int
    text: int


def timeline(page: Page, timeline: Timeline) -> Iterator[str]:
    """The events with the time since the one before, and the entries without a time."""
    moments = event_moments(timeline.events)
    known = [moment for moment in moments if moment is not None]
    dated = any(event.at for event in timeline.events)
    yield from page.heading("Timeline", _about(page, timeline, known))
    if not page.stacked:
        yield from _scale(page, known, dated)
    entries = [_without_time(page, span) for span in timeline.untimed]
    for event, moment, gap in zip(timeline.events, moments, _gaps(moments), strict=True):
        day = in_words(moment) if moment and dated else ""
        entries.append(_entry(page, event, day, gap))
    pointed = _longest_gap(moments)
    if pointed:
        at = len(timeline.untimed) + pointed
        entries[at] = entries[at]._replace(waited=_minutes(moments, pointed))
    entries.sort(key=lambda entry: entry.start)
    yield from _rows(page, entries)


def _rows(page: Page, entries: Sequence[_Entry]) -> Iterator[str]:
    columns = _columns(page, entries)
    days = {entry.day for entry in entries if entry.day}
    day = ""
    for entry in entries:
        if len(days) > 1 and entry.day and entry.day != day:
            day = entry.day
            yield f"  {day}"
        if entry.waited:
            yield from _longest(page, entry, columns.gap)
            entry = entry._replace(gap="")
        yield from _row(page, entry, columns)


def _columns(page: Page, entries: Sequence[_Entry]) -> _Columns:
    gap = max([10, *(len(entry.gap) + 1 for entry in entries)])
    kind = max([12, *(cells(entry.kind) for entry in entries)])
    longest = max([43, *(cells(entry.text) for entry in entries)])
    room = page.width - gap - 12 - (0 if page.stacked else kind + 2)
    return _Columns(gap, min(room, longest))


def _about(page: Page, timeline: Timeline, known: Sequence[datetime]) -> str:
    told = counted(len(timeline.events), "event")
    if len(known) > 1:
        told += f" over {length((max(known) - min(known)) / timedelta(minutes=1))}"
    duration = page.postmortem.duration
    zone, span = timeline.zone, timeline.zone_span
    if zone is None and duration and duration.zone:
        zone, span = duration.zone, duration.span
    if zone:
        told += f", {page.told(zone.text)}"
        told += f" (from line {page.line(span)})" if span else ""
    elif timeline.events:
        told += ", no timezone"
    if timeline.untimed:
        told += f"; {counted(len(timeline.untimed), 'entry', 'entries')} without a time"
    if timeline.relative:
        told += f"; {counted(len(timeline.relative), 'relative time')}"
    return told


def _scale(page: Page, known: Sequence[datetime], dated: bool) -> Iterator[str]:
    """A rule on which the events stand to scale."""
    if len(known) < 2 or min(known) == max(known):
        return
    first, last = min(known), max(known)
    days = dated and first.date() != last.date()
    left, right = (
        f"{day_in_brief(moment)} {moment:%H:%M}" if days else f"{moment:%H:%M}"
        for moment in (first, last)
    )
    steps = page.width - 10 - len(left) - len(right)
    signs = page.style.signs
    rule = [signs.line] * (steps + 1)
    for moment in known:
        rule[round((moment - first) / (last - first) * steps)] = signs.event
    yield f"  {left} {''.join(rule)} {right}"


def _entry(page: Page, event: Event, day: str, gap: str) -> _Entry:
    clock = f"{event.clock.hour:02}:{event.clock.minute:02}" if event.clock else ""
    if not clock and event.date:
        clock = day_in_brief(event.date)
    clock = ("~" if event.approximate else " ") + (clock or "?")
    kind = (event.kind or "").replace("-", " ")
    kind = ": ".join(part for part in (kind, page.codes(EVENT, event.span)) if part)
    text = page.told(event.text)
    return _Entry(event.extent.start, text, kind, clock=clock, day=day, gap=gap)


def _without_time(page: Page, span: Span) -> _Entry:
    text = page.told(page.postmortem.source.slice(span))
    kind = ": ".join(part for part in ("no time", page.codes(EVENT, span)) if part)
    return _Entry(span.start, text, kind, timed=False)


def _row(page: Page, entry: _Entry, columns: _Columns) -> Iterator[str]:
    """An entry with its text beside the clock and its kind at the right or behind it."""
    sign = page.style.signs.event if entry.timed else page.style.signs.dash
    head = f" {entry.clock:<7}{entry.gap:>{columns.gap - 1}}  {sign}  "
    indent = len(head)
    rows = short(wrap(entry.text, columns.text), columns.text, page.style)
    if entry.kind and page.stacked:
        rows = wrap(" ".join([*rows, f"({entry.kind})"]), columns.text)
    elif entry.kind:
        rows[0] = f"{pad(rows[0], columns.text + 2)}{entry.kind}"
    for row in rows:
        yield head + row
        head = " " * indent


def _longest(page: Page, entry: _Entry, width: int) -> Iterator[str]:
    sign = page.style.paint("faint", page.style.signs.left_out)
    head = f"{entry.gap:>{width + 7}}  {sign}  "
    minutes = entry.waited
    told = counted(minutes, "minute") if minutes < 120 else length(minutes)
    for row in wrap(f"longest gap: no entry for {told}", page.width - width - 12):
        yield head + row
        head = " " * (width + 12)


def event_moments(events: Sequence[Event]) -> list[datetime | None]:
    """The events' moments; without zones where only some have one.

    Where no day is known at all, clocks follow each other from an unnamed day on.
    """
    moments = [event.at for event in events]
    if not any(moments):
        return _from_clocks(events)
    if len({moment.tzinfo is None for moment in moments if moment}) > 1:
        return [naive(moment) if moment else None for moment in moments]
    return moments


def _from_clocks(events: Sequence[Event]) -> list[datetime | None]:
    """Moments from clocks alone; a clock that falls by 12 hours or more is past midnight."""
    moments: list[datetime | None] = []
    before: datetime | None = None
    for event in events:
        clock = event.clock
        if clock is None or event.date is not None:
            moments.append(None)
            continue
        day = before.replace(hour=0, minute=0, second=0) if before else UNNAMED_DAY
        moment = day + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second or 0)
        if before and before - moment >= timedelta(hours=12):
            moment += timedelta(days=1)
        moments.append(moment)
        before = moment
    return moments


def _minutes(moments: Sequence[datetime | None], at: int) -> int:
    """Minutes between an event and the one before it."""
    before, moment = moments[at - 1], moments[at]
    if at == 0 or before is None or moment is None:
        return 0
    return round((moment - before) / timedelta(minutes=1))


def _gaps(moments: Sequence[datetime | None]) -> list[str]:
    """The time since the event before, ``+15 min``, where both are known."""
    gaps = [""] * len(moments)
    for at in range(1, len(moments)):
        if moments[at - 1] is not None and moments[at] is not None:
            minutes = _minutes(moments, at)
            gaps[at] = length(minutes) if minutes < 0 else f"+{length(minutes)}"
    return gaps


def _longest_gap(moments: Sequence[datetime | None]) -> int:
    """The event behind the longest gap of at least LONG_GAP minutes, or 0."""
    longest, found = LONG_GAP - 1, 0
    for at in range(1, len(moments)):
        minutes = _minutes(moments, at)
        if minutes > longest:
            longest, found = minutes, at
    return found
