"""The facts: what a postmortem states, each as a value with its place.

Offsets are 0-based code points into ``Postmortem.source``; lengths are minutes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pmlint.findings import Source, Span
from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pmlint.reading.lengths import Length
    from pmlint.reading.times import Clock, Date
    from pmlint.reading.zones import Zone

Role = Literal[
    "title",
    "summary",
    "duration",
    "impact",
    "detection",
    "timeline",
    "root_cause",
    "resolution",
    "corrective",
    "tasks",
    "lessons",
]

Style = Literal["atx", "setext", "html", "bold", "plain", "label", "table", "front-matter"]

EventKind = Literal[
    "started", "detected", "investigated", "dead-end", "escalated", "mitigated", "resolved"
]

DurationVerdict = Literal[
    "placeholder", "missing", "no-times", "no-timezone", "reversed", "mismatch"
]


class Section(NamedTuple):
    """A heading or label and what stands under it."""

    span: Span
    """The words of the heading or label."""
    extent: Span
    """From the heading's first character to the end of what it contains."""
    body: Span
    """What stands under (or behind) the heading; empty when there is nothing."""
    level: int | None
    """Heading level 1 to 6; null for plain, bold and label styles."""
    style: Style
    text: str
    """The heading's words without Markdown, numbering and trailing colon."""
    roles: tuple[Role, ...]
    parent: int | None
    """Index into ``Postmortem.sections``."""
    empty: bool = False
    """Nothing stands under it, not even an image, a table or a sub-section."""
    meant: str = ""
    """The name of a part that a misspelt heading means; it is read as that part."""


class Point(NamedTuple):
    """A moment as the statement gives it, completed to ``at`` where possible."""

    date: Date | None
    clock: Clock | None
    at: datetime | None
    span: Span
    approximate: bool = False


class Statement(NamedTuple):
    """One place that states when the incident ran or how long it took."""

    span: Span
    kind: Literal["field", "sentence", "timeline-heading", "length"]


class Duration(NamedTuple):
    """When the incident ran."""

    span: Span
    start: Point | None
    end: Point | None
    zone: Zone | None
    minutes: int | None
    """end minus start."""
    stated: Length | None
    """The length told in words."""
    stated_span: Span | None
    approximate: bool
    statements: tuple[Statement, ...]
    verdict: DurationVerdict | None
    """The first fault in the order of precedence, decided here once."""
    apart: bool = False
    """The length is not that of the time between start and end, but of more or of an effect."""


class Figure(NamedTuple):
    """A number that says who or what was hit, or how badly."""

    span: Span
    text: str


class Impact(NamedTuple):
    """Who and what was hit."""

    span: Span
    """The statement: a section's or field's words, or the summary sentence."""
    extent: Span
    figures: tuple[Figure, ...]
    universal: bool
    """It hit all, every or no user, or the service was entirely down."""
    vague: tuple[Span, ...]
    """"some users" and the like in a sentence without a number."""
    labelled: bool

    @property
    def quantified(self) -> bool:
        """It says how many, or that it hit all."""
        return bool(self.figures) or self.universal


class Event(NamedTuple):
    """One timed entry of the timeline."""

    span: Span
    """The words of the time, such as ``3:00 PM``."""
    extent: Span
    """The whole entry with everything that belongs to it."""
    date: Date | None
    """Only where the entry or the sub-heading above it states one."""
    own_date: bool
    """The entry itself states the date."""
    clock: Clock | None
    at: datetime | None
    zone: Zone | None
    end_clock: Clock | None
    approximate: bool
    kind: EventKind | None
    text: str
    readable: bool = True
    """False for a clock that cannot be read (25:00, 13:12 AM)."""
    days_on: int = 0
    """Days after the entry before it, where words say so: ``Day 2``, ``next day``."""
    half: Literal["told", "open", "full", "lent"] = "told"
    """``full`` for ``14:45``, ``open`` for ``2:45`` without am or pm; ``lent`` where that is
    twelve hours on by what stands around it."""


class Disorder(NamedTuple):
    """An event that stands after one that happened later."""

    event: int
    """Index of the entry that is earlier than the one before it."""
    previous: int
    minutes: int
    """How far the timeline goes back."""


class Timeline(NamedTuple):
    """The chronological list of events."""

    span: Span
    extent: Span
    form: Literal["list", "table", "paragraphs", "headings", "html", "mixed"]
    zone: Zone | None
    """Declared in the heading, an introduction, a table header or an entry."""
    zone_span: Span | None
    events: tuple[Event, ...]
    untimed: tuple[Span, ...]
    relative: tuple[Span, ...]
    """Entries that give only relative times (``T+25m``)."""
    milestones: bool
    """Its labels name milestones: a set of fields, not a sequence."""
    disorder: tuple[Disorder, ...]
    posted: bool = False
    """Its times are those of status posts, which are written after what they tell."""


class Passage(NamedTuple):
    """A cause or a fix as told."""

    span: Span
    text: str
    labelled: bool
    """False when no heading or label marks it, only a sentence tells it."""


class Task(NamedTuple):
    """One thing to do."""

    span: Span
    """The words of the task, without bullet, box and bold label."""
    extent: Span
    label: str | None
    """The bold label before the colon, where there is one."""
    text: str
    owner: str | None
    due: str | None
    ticket: str | None
    done: bool | None


class Tasks(NamedTuple):
    """The list of things to do."""

    span: Span
    extent: Span
    items: tuple[Task, ...]


class BadClock(NamedTuple):
    """A clock that is impossible as written."""

    span: Span
    kind: Literal["24-hour with PM", "unreadable"]


class Placeholder(NamedTuple):
    """Template text left in."""

    span: Span
    text: str
    role: Role | None
    """The part it stands in."""


class Absence(NamedTuple):
    """Why a file counts as holding no incident write-up."""

    kind: Literal["assignment", "link", "template", "retrospective", "article", "empty", "other"]
    span: Span
    """The words that gave it away, or the first line."""


class Title(NamedTuple):
    """The line that names the document."""

    span: Span
    text: str
    generic: bool
    """It names no incident ("Postmortem")."""


class Metrics(NamedTuple):
    """The incident's four moments, as far as they are told."""

    started_at: datetime | None
    detected_at: datetime | None
    mitigated_at: datetime | None
    resolved_at: datetime | None
    minutes_to_detect: int | None
    minutes_to_mitigate: int | None
    minutes_to_resolve: int | None
    started: Span | None = None
    """The words that tell the moment; so the others."""
    detected: Span | None = None
    mitigated: Span | None = None
    resolved: Span | None = None


class Postmortem(NamedTuple):
    """Everything pmlint read in one file."""

    source: Source
    template: str
    absence: Absence | None
    """Set when the file holds no incident write-up."""
    extent: Span
    """The part of the file that is the postmortem."""
    title: Title | None
    sections: tuple[Section, ...]
    duration: Duration | None
    impact: Impact | None
    timeline: Timeline | None
    root_cause: Passage | None
    resolution: Passage | None
    tasks: Tasks | None
    metrics: Metrics
    placeholders: tuple[Placeholder, ...]
    bad_clocks: tuple[BadClock, ...]
    several: tuple[Span, ...]
    """Titles of further incidents told in the same file."""
    opening: Span | None
    """An opening prose paragraph before the first section: it counts as summary."""

    @property
    def incident(self) -> bool:
        """True when the file holds the write-up of an incident."""
        return self.absence is None

    def with_role(self, role: Role) -> tuple[Section, ...]:
        """The sections that play a role, in the order of the document."""
        return tuple(section for section in self.sections if role in section.roles)
