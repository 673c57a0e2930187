"""A postmortem with its facts, as a careful reader states them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from report_samples import PATH, at, finding

from pmlint.facts import (
    Duration,
    Event,
    EventKind,
    Figure,
    Impact,
    Metrics,
    Passage,
    Point,
    Postmortem,
    Role,
    Section,
    Statement,
    Style,
    Task,
    Tasks,
    Timeline,
    Title,
)
from pmlint.findings import Finding, Level, Source, Span
from pmlint.reading.lengths import find_lengths
from pmlint.reading.times import Clock, Date
from pmlint.reading.zones import Zone

CET = timezone(timedelta(hours=1))

TEXT = """\
# Parcel labels printed without a street

## Summary
A faulty import left the depot without labels for 4 hours.

- **Duration:** 3 March 2025, 08:00 - 10:30 CET
- **Impact:** 1,850 parcels left the belt unlabelled

## Timeline
- **08:00:** First label printed without a street.
- **08:10:** Shift lead reports blank labels to the service desk.
- **08:25:** Printer firmware suspected; two printers were swapped for nothing.
- **09:40:** Import of the night rolled back.
- **09:20:** Data team called in.
- **10:30:** All belts run again.

## Cause
The nightly import wrote the street into the wrong column.

## Follow-up
- Reject an import whose street column is empty (@lena, 14 March 2025, DEP-77)
- Be more careful with imports
"""


def parcels() -> Postmortem:
    """The facts of TEXT as a careful reader states them."""
    source = Source(TEXT, PATH)
    day = Date(2025, 3, 3)

    def event(clock: str, words: str, kind: EventKind | None) -> Event:
        hour, minute = int(clock[:2]), int(clock[3:])
        span = at(source, clock, 10)
        while not source.text[span.end :].startswith(f":** {words[:9]}"):
            span = Span(source.text.index(clock, span.end), 0)
            span = Span(span.start, span.start + len(clock))
        line = source.line_index(span.start)
        return Event(
            span=span,
            extent=source.line_span(line),
            date=None,
            own_date=False,
            clock=Clock(hour, minute),
            at=datetime(2025, 3, 3, hour, minute, tzinfo=CET),
            zone=None,
            end_clock=None,
            approximate=False,
            kind=kind,
            text=words,
        )

    def section(
        words: str,
        line: int,
        end: int,
        roles: tuple[Role, ...],
        parent: int | None,
        style: Style = "atx",
        level: int | None = 2,
    ) -> Section:
        span = at(source, words, line)
        extent = Span(source.starts[line - 1], source.line_span(end - 1).end)
        return Section(span, extent, extent, level, style, words, roles, parent)

    start = Point(day, Clock(8, 0), datetime(2025, 3, 3, 8, 0, tzinfo=CET), at(source, "08:00"))
    stop = Point(day, Clock(10, 30), datetime(2025, 3, 3, 10, 30, tzinfo=CET), at(source, "10:30"))
    field = at(source, "3 March 2025, 08:00 - 10:30 CET")
    impact = at(source, "1,850 parcels left the belt unlabelled")
    tasks = (
        Task(
            at(source, "Reject an import whose street column is empty"),
            source.line_span(20),
            None,
            "Reject an import whose street column is empty",
            "@lena",
            "14 March 2025",
            "DEP-77",
            None,
        ),
        Task(
            at(source, "Be more careful with imports"),
            source.line_span(21),
            None,
            "Be more careful with imports",
            None,
            None,
            None,
            None,
        ),
    )
    return Postmortem(
        source=source,
        template="default",
        absence=None,
        extent=Span(0, len(TEXT)),
        title=Title(at(source, "Parcel labels printed without a street"), TEXT[2:40], False),
        sections=(
            section("Parcel labels printed without a street", 1, 22, ("title",), None, level=1),
            section("Summary", 3, 7, ("summary",), 0),
            section("Duration", 6, 6, ("duration",), 1, "label", None),
            section("Impact", 7, 7, ("impact",), 1, "label", None),
            section("Timeline", 9, 15, ("timeline",), 0),
            section("Cause", 17, 18, ("root_cause",), 0),
            section("Follow-up", 20, 22, ("corrective", "tasks"), 0),
        ),
        duration=Duration(
            field,
            start,
            stop,
            Zone(0, 3, "CET", "CET"),
            150,
            find_lengths("4 hours")[0],
            at(source, "4 hours"),
            False,
            (Statement(field, "field"), Statement(at(source, "4 hours"), "length")),
            "mismatch",
        ),
        impact=Impact(
            impact, impact, (Figure(at(source, "1,850 parcels"), "1,850 parcels"),), False, (), True
        ),
        timeline=Timeline(
            span=at(source, "Timeline"),
            extent=Span(source.starts[8], source.line_span(14).end),
            form="list",
            zone=None,
            zone_span=None,
            events=(
                event("08:00", "First label printed without a street.", "started"),
                event("08:10", "Shift lead reports blank labels to the service desk.", "detected"),
                event(
                    "08:25",
                    "Printer firmware suspected; two printers were swapped for nothing.",
                    "dead-end",
                ),
                event("09:40", "Import of the night rolled back.", "mitigated"),
                event("09:20", "Data team called in.", "escalated"),
                event("10:30", "All belts run again.", "resolved"),
            ),
            untimed=(),
            relative=(),
            milestones=False,
            disorder=(),
        ),
        root_cause=Passage(
            at(source, "The nightly import wrote"),
            "The nightly import wrote the street into the wrong column.",
            True,
        ),
        resolution=None,
        tasks=Tasks(at(source, "Follow-up"), Span(source.starts[19], len(TEXT)), tasks),
        metrics=Metrics(
            datetime(2025, 3, 3, 8, 0, tzinfo=CET),
            datetime(2025, 3, 3, 8, 10, tzinfo=CET),
            datetime(2025, 3, 3, 9, 40, tzinfo=CET),
            datetime(2025, 3, 3, 10, 30, tzinfo=CET),
            10,
            100,
            150,
        ),
        placeholders=(),
        bad_clocks=(),
        several=(),
        opening=None,
    )


def without_facts(postmortem: Postmortem) -> Postmortem:
    """The same file without any fact."""
    return postmortem._replace(
        title=None,
        sections=(),
        duration=None,
        impact=None,
        timeline=None,
        root_cause=None,
        resolution=None,
        tasks=None,
    )


def parcels_findings() -> tuple[Finding, ...]:
    """What contradicts itself in TEXT."""
    source = Source(TEXT, PATH)
    return (
        finding(source, "4 hours", 4, "PM206", "the stated length and the times differ by 1.5 h"),
        finding(source, "09:20", 14, "PM402", "the timeline goes back 20 minutes"),
        finding(source, "Follow-up", 20, "PM502", "nothing says how it was resolved"),
        finding(
            source,
            "Be more careful with imports",
            22,
            "PM602",
            "this task can never be ticked off",
            level=Level.WARNING,
        ),
    )
