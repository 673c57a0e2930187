"""What pmlint read in one file, as a page for its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pmlint.findings import Finding, Span
from pmlint.reports.colour import Style
from pmlint.reports.layout import cells, cut, pad, wrap
from pmlint.reports.sanitise import one_line, path_text
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.facts import Event, Postmortem, Section, Task, Timeline

WIDEST = 120
STACKED = 72
"""Below this width what stands in a right column moves below."""
PLACEHOLDER = "PM106"
TIMES = ("PM2", "PM4")
LONG_GAP = 30
"""Minutes without an entry from which the longest gap is pointed out."""
MOST_ROWS = 3
"""Rows of a text that the document tells at length."""

# What rules speak of a part that is missing; every other part is PM101's.
_MISSING = {
    "duration": "PM201",
    "impact": "PM301",
    "timeline": "PM401",
    "detection": "PM407",
    "root_cause": "PM501",
    "resolution": "PM502",
    "tasks": "PM601",
}
_ROLES = (
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
)
_STYLES = {
    "html": "HTML",
    "bold": "bold line",
    "plain": "plain line",
    "label": "field",
    "table": "table row",
    "front-matter": "front matter",
}
_ABSENT = {
    "assignment": "text of an assignment",
    "link": "a link to a write-up elsewhere",
    "template": "a template that is not filled in",
    "retrospective": "a retrospective of work, not of an incident",
    "article": "an article",
    "empty": "nothing is written here",
    "other": "none of the parts of a postmortem",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def render(postmortem: Postmortem, findings: Sequence[Finding], style: Style) -> str:
    """The page: the incident, its sections, its timeline with gaps, its tasks.

    A value that a finding contradicts names the code of the finding.
    """
    page = _Page(postmortem, findings, style)
    parts = [page.head()]
    if postmortem.incident:
        parts.append(page.incident())
    parts.append(page.sections())
    if postmortem.timeline and postmortem.incident:
        parts.append(page.timeline(postmortem.timeline))
    if postmortem.tasks and postmortem.incident:
        parts.append(page.tasks(postmortem.tasks.items))
    told = ["\n".join(row.rstrip() for row in part) for part in parts]
    return "\n\n".join(part for part in told if part) + "\n"


def length(minutes: int | float) -> str:
    """A number of minutes for people: ``0 min``, ``1 h 30 min``, ``2 days 3 h``."""
    whole = round(minutes)
    days, rest = divmod(abs(whole), 24 * 60)
    hours, left = divmod(rest, 60)
    told = []
    if days:
        told.append(counted(days, "day"))
    if hours:
        told.append(f"{hours} h")
    if left or not told:
        told.append(f"{left} min")
    return ("-" if whole < 0 else "") + " ".join(told)


def _day(moment: datetime) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


class _Fact(NamedTuple):
    """A value of the incident and where it stands."""

    name: str
    value: str
    place: str = ""
    indent: int = 0
    """Cells before the value: an empty column of dates."""
    under: int = 0
    """The cell below which the place stands where there is no room beside."""


class _Entry(NamedTuple):
    """An entry of the timeline as it is drawn."""

    start: int
    timed: bool
    clock: str
    gap: str
    text: str
    kind: str


class _Columns(NamedTuple):
    """Cells for the gap before an entry and for its text."""

    gap: int
    text: int


@dataclass(frozen=True, slots=True)
class _Page:
    postmortem: Postmortem
    findings: Sequence[Finding]
    style: Style

    @property
    def width(self) -> int:
        return min(self.style.width, WIDEST)

    @property
    def stacked(self) -> bool:
        return self.style.width < STACKED

    def told(self, text: str) -> str:
        return self.style.wording(one_line(text))

    def line(self, span: Span) -> int:
        return self.postmortem.source.place(span.start).line

    def codes(self, about: tuple[str, ...], *spans: Span) -> str:
        """The codes that begin so of the findings at these places, ``PM203, PM205``."""
        found = [
            finding.code
            for finding in self.findings
            if finding.code.startswith((*about, PLACEHOLDER))
            and any(finding.span.overlaps(span) or finding.span == span for span in spans)
        ]
        return ", ".join(dict.fromkeys(found))

    def missing(self, role: str) -> str:
        """The code of the finding that says a part is missing."""
        own = _MISSING.get(role)
        words = role.replace("_", " ")
        for finding in self.findings:
            if finding.code == own or (finding.code == "PM101" and words in finding.message):
                return finding.code
        return ""

    def heading(self, text: str, more: str = "") -> Iterator[str]:
        rows = wrap(more, self.width - len(text) - 2) if more else [""]
        yield self.style.paint("bold", text) + (f"  {rows[0]}" if more else "")
        yield from (" " * (len(text) + 2) + row for row in rows[1:])

    # The head of the page

    def head(self) -> Iterator[str]:
        postmortem = self.postmortem
        path = path_text(postmortem.source.path)
        about = f"template {self.told(postmortem.template)}"
        if postmortem.title:
            for row in wrap(self.told(postmortem.title.text), self.width):
                yield self.style.paint("bold", row)
            yield f"{path}, {about}"
        else:
            yield f"{self.style.paint('bold', path)}, {about}"
        absence = postmortem.absence
        if absence:
            yield ""
            what = _ABSENT[absence.kind]
            told = f"line {self.line(absence.span)}: {what}"
            yield from self.heading("No incident", told)
        if postmortem.several:
            lines = ", ".join(str(self.line(span)) for span in postmortem.several)
            count = counted(len(postmortem.several), "further incident")
            word = "line" if len(postmortem.several) == 1 else "lines"
            yield from wrap(f"{count} in this file, not shown: {word} {lines}", self.width)

    # The incident

    def incident(self) -> Iterator[str]:
        yield self.style.paint("bold", "Incident")
        facts = [*self.moments(), *self.length_told(), self.impact()]
        facts += [self.passage("cause", "root_cause"), self.passage("fix", "resolution")]
        longest = max(fact.indent + cells(fact.value) for fact in facts)
        room = self.width - (13 if self.stacked else 40)
        room = min(room, max(40, longest))
        for fact in facts:
            yield from self.fact(fact, room)

    def fact(self, fact: _Fact, room: int) -> Iterator[str]:
        """A value and, in a column of its own or below, where it stands."""
        rows = _short(wrap(fact.value, room - fact.indent), room, self.style)
        rows = [" " * fact.indent + row for row in rows]
        places: list[str] = []
        if fact.place and self.stacked:
            under = wrap(fact.place, self.width - 13 - fact.under)
            rows += [" " * fact.under + row for row in under]
        elif fact.place:
            places = wrap(fact.place, self.width - room - 14)
        for at in range(max(len(rows), len(places))):
            left = rows[at] if at < len(rows) else ""
            right = places[at] if at < len(places) else ""
            yield f"  {fact.name if not at else '':<11}{pad(left, room + 1)}{right}"

    def place(self, about: tuple[str, ...], *spans: Span, after: str = "") -> str:
        codes = self.codes(about, *spans)
        return f"line {self.line(spans[0])}{after}" + (f": {codes}" if codes else "")

    def moments(self) -> Iterator[_Fact]:
        """Start, detection, mitigation and end, each from where it is told."""
        metrics = self.postmortem.metrics
        duration = self.postmortem.duration
        known = (
            ("started", metrics.started_at, None),
            ("detected", metrics.detected_at, metrics.minutes_to_detect),
            ("mitigated", metrics.mitigated_at, metrics.minutes_to_mitigate),
            ("resolved", metrics.resolved_at, metrics.minutes_to_resolve),
        )
        days = [_day(at) for _, at, _ in known if at]
        dated = max(map(len, days), default=-2) + 2
        zone = f" {self.told(duration.zone.text)}" if duration and duration.zone else ""
        day = ""
        for name, at, minutes in known:
            after = "" if minutes is None else f", after {length(minutes)}"
            span = self.told_at(name, at)
            place = self.place(TIMES, span, after=after) if span else after[2:]
            stated = f"{at:%H:%M}" if at else self.stated(name)
            if not stated and name in ("started", "resolved"):
                code = self.codes(TIMES, duration.span) if duration else self.missing("duration")
                yield _Fact(name, "not found", code)
            elif at is None and stated:
                yield _Fact(name, stated + zone, place)
                zone = ""
            elif at and _day(at) == day:
                yield _Fact(name, stated + zone, place, dated, dated)
            elif at:
                day = _day(at)
                yield _Fact(name, f"{day:<{dated}}{stated}{zone}", place, 0, dated)
                zone = ""

    def stated(self, name: str) -> str:
        """A date or clock that is no complete moment."""
        duration = self.postmortem.duration
        if not duration or name not in ("started", "resolved"):
            return ""
        point = duration.start if name == "started" else duration.end
        parts = (point.date, point.clock) if point else ()
        return " ".join(str(part) for part in parts if part is not None)

    def told_at(self, name: str, at: datetime | None) -> Span | None:
        """The event or statement that gives a moment."""
        duration, timeline = self.postmortem.duration, self.postmortem.timeline
        if name == "started" and duration and duration.start:
            return duration.span
        events = [event for event in timeline.events if event.kind == name] if timeline else []
        for event in events:
            if at is None or event.at is None or _naive(event.at) == _naive(at):
                return event.span
        if name == "resolved" and duration and duration.end:
            return duration.span
        return events[0].span if events else None

    def length_told(self) -> Iterator[_Fact]:
        duration = self.postmortem.duration
        if duration is None:
            yield _Fact("length", "not found", self.missing("duration"))
            return
        stated = duration.stated.minutes if duration.stated else None
        minutes = duration.minutes if duration.minutes is not None else stated
        if minutes is None:
            return
        place = ""
        if stated is not None:
            span = duration.stated_span or duration.span
            differs = duration.minutes is not None and round(stated) != duration.minutes
            says = f" says {length(stated)}" if differs else ""
            place = self.place(TIMES, span, after=says)
        about = "about " if duration.approximate else ""
        yield _Fact("length", about + length(minutes), place)

    def impact(self) -> _Fact:
        impact = self.postmortem.impact
        if impact is None:
            return _Fact("impact", "not found", self.missing("impact"))
        figures = list(dict.fromkeys(self.told(figure.text) for figure in impact.figures))
        if figures:
            value = "; ".join(figures)
        else:
            value = "everyone or everything" if impact.universal else "told without a figure"
        spans = (impact.span, impact.extent, *(figure.span for figure in impact.figures))
        return _Fact("impact", value, self.place(("PM3",), *spans))

    def passage(self, name: str, role: str) -> _Fact:
        found = self.postmortem.root_cause if name == "cause" else self.postmortem.resolution
        if found is None:
            return _Fact(name, "not found", self.missing(role))
        return _Fact(name, self.told(found.text), self.place(("PM5",), found.span))

    # The sections

    def sections(self) -> Iterator[str]:
        sections = self.postmortem.sections
        yield self.style.paint("bold", "Sections") + ("" if sections else "  none")
        names = [(tree, self.name(section)) for section, tree in self.tree()]
        roles = [self.roles(section) for section in sections]
        right = min(max(map(cells, roles), default=0), 24 if self.stacked else 30)
        left = max((len(tree) + cells(name) for tree, name in names), default=0)
        left = max(min(left, self.width - 9 - right), 10)
        for (tree, name), role, section in zip(names, roles, sections, strict=True):
            shown = cut(name, max(left - len(tree), 6), self.style.signs.cut)
            head = f"{self.line(section.span):>5}  {self.style.paint('faint', tree)}"
            rows = wrap(role, max(self.width - 9 - left, 10))
            yield f"{head}{pad(shown, left - len(tree))}  {rows[0]}"
            yield from (" " * (left + 9) + row for row in rows[1:])
        missing = self.not_found()
        if missing and self.postmortem.incident:
            yield from (" " * 7 + row for row in wrap(f"not found: {missing}", self.width - 7))

    def name(self, section: Section) -> str:
        style = _STYLES.get(section.style, "")
        return self.told(section.text) + (f" ({style})" if style else "")

    def roles(self, section: Section) -> str:
        told = ", ".join(role.replace("_", " ") for role in section.roles)
        codes = self.codes(("PM1",), section.span)
        return (told or self.style.signs.dash) + (f": {codes}" if codes else "")

    def tree(self) -> Iterator[tuple[Section, str]]:
        """Each section with the tree lines before its name."""
        sections = self.postmortem.sections
        signs = self.style.signs
        last_child: dict[int | None, int] = {}
        for at, section in enumerate(sections):
            last_child[section.parent] = at
        below: dict[int, str] = {}
        for at, section in enumerate(sections):
            parent = section.parent
            if parent is None or parent not in below:
                below[at] = ""
                yield section, ""
                continue
            last = last_child[parent] == at
            yield section, below[parent] + (signs.last_branch if last else signs.branch)
            below[at] = below[parent] + ("   " if last else f"{signs.gutter}  ")

    def not_found(self) -> str:
        """The parts that are nowhere, with the rule that asks for them."""
        postmortem = self.postmortem
        there = {role for section in postmortem.sections for role in section.roles}
        told = {
            "summary": postmortem.opening,
            "duration": postmortem.duration,
            "impact": postmortem.impact,
            "detection": postmortem.metrics.detected_at,
            "timeline": postmortem.timeline,
            "root_cause": postmortem.root_cause,
            "resolution": postmortem.resolution,
            "tasks": postmortem.tasks,
        }
        asked: list[str] = []
        other: list[str] = []
        for role in _ROLES:
            if role in there or told.get(role):
                continue
            code = self.missing(role)
            words = role.replace("_", " ")
            (asked if code else other).append(f"{words} ({code})" if code else words)
        if other:
            pronoun = "it" if len(other) == 1 else "them"
            why = f"(the template {self.told(postmortem.template)} does not ask for {pronoun})"
            return ", ".join([*asked, f"{', '.join(other)} {why}"])
        return ", ".join(asked)

    # The timeline

    def timeline(self, timeline: Timeline) -> Iterator[str]:
        moments = _moments(timeline.events)
        known = [moment for moment in moments if moment is not None]
        yield from self.heading("Timeline", self.about(timeline, known))
        if not self.stacked:
            yield from self.scale(known)
        entries = [self.without_time(span) for span in timeline.untimed]
        gaps = _gaps(moments)
        entries += map(self.entry, timeline.events, gaps)
        entries.sort(key=lambda entry: entry.start)
        width = max(10, *(len(gap) + 1 for gap in gaps)) if gaps else 10
        right = max(12, *(cells(entry.kind) for entry in entries)) if entries else 12
        longest = max((cells(entry.text) for entry in entries), default=0)
        room = self.width - width - 12 - (0 if self.stacked else right + 2)
        columns = _Columns(width, min(room, max(43, longest)))
        pointed = _longest_gap(moments)
        several_days = len({moment.date() for moment in known}) > 1
        days = [_day(moment) if moment and several_days else "" for moment in moments]
        at = -1
        day = ""
        for entry in entries:
            if entry.timed:
                at += 1
                if days[at] and days[at] != day:
                    day = days[at]
                    yield f"  {day}"
                if at == pointed:
                    yield from self.longest(entry.gap, _minutes(moments, at), width)
                    entry = entry._replace(gap="")
            yield from self.row(entry, columns)

    def about(self, timeline: Timeline, known: Sequence[datetime]) -> str:
        told = counted(len(timeline.events), "event")
        if len(known) > 1:
            told += f" over {length((max(known) - min(known)) / timedelta(minutes=1))}"
        duration = self.postmortem.duration
        zone, span = timeline.zone, timeline.zone_span
        if zone is None and duration and duration.zone:
            zone, span = duration.zone, duration.span
        if zone:
            told += f", {self.told(zone.text)}"
            told += f" (from line {self.line(span)})" if span else ""
        elif timeline.events:
            told += ", no timezone"
        if timeline.untimed:
            told += f"; {counted(len(timeline.untimed), 'entry', 'entries')} without a time"
        if timeline.relative:
            told += f"; {counted(len(timeline.relative), 'relative time')}"
        return told

    def scale(self, known: Sequence[datetime]) -> Iterator[str]:
        """A rule on which the events stand to scale."""
        if len(known) < 2 or min(known) == max(known):
            return
        first, last = min(known), max(known)
        days = first.date() != last.date()
        left, right = (
            f"{moment.day} {_MONTHS[moment.month - 1][:3]} {moment:%H:%M}"
            if days
            else f"{moment:%H:%M}"
            for moment in (first, last)
        )
        steps = self.width - 10 - len(left) - len(right)
        signs = self.style.signs
        rule = [signs.line] * (steps + 1)
        for moment in known:
            rule[round((moment - first) / (last - first) * steps)] = signs.event
        yield f"  {left} {''.join(rule)} {right}"

    def entry(self, event: Event, gap: str) -> _Entry:
        clock = f"{event.clock.hour:02}:{event.clock.minute:02}" if event.clock else ""
        if not clock and event.date:
            clock = f"{event.date.day} {_MONTHS[event.date.month - 1][:3]}"
        kind = (event.kind or "").replace("-", " ")
        kind = ": ".join(part for part in (kind, self.codes(TIMES, event.span)) if part)
        clock = ("~" if event.approximate else " ") + (clock or "?")
        return _Entry(event.extent.start, True, clock, gap, self.told(event.text), kind)

    def without_time(self, span: Span) -> _Entry:
        text = self.told(" ".join(self.postmortem.source.slice(span).split()))
        kind = ": ".join(part for part in ("no time", self.codes(TIMES, span)) if part)
        return _Entry(span.start, False, "", "", text, kind)

    def row(self, entry: _Entry, columns: _Columns) -> Iterator[str]:
        """An entry with its text beside the clock and its kind at the right or behind it."""
        sign = self.style.signs.event if entry.timed else self.style.signs.dash
        head = f" {entry.clock:<7}{entry.gap:>{columns.gap - 1}}  {sign}  "
        indent = len(head)
        rows = _short(wrap(entry.text, columns.text), columns.text, self.style)
        if entry.kind and self.stacked:
            rows = wrap(" ".join([*rows, f"({entry.kind})"]), columns.text)
        elif entry.kind:
            rows[0] = f"{pad(rows[0], columns.text + 2)}{entry.kind}"
        for row in rows:
            yield head + row
            head = " " * indent

    def longest(self, gap: str, minutes: int, width: int) -> Iterator[str]:
        head = f"{gap:>{width + 7}}  {self.style.paint('faint', self.style.signs.left_out)}  "
        told = counted(minutes, "minute") if minutes < 120 else length(minutes)
        for row in wrap(f"longest gap: no entry for {told}", self.width - width - 12):
            yield head + row
            head = " " * (width + 12)

    # The tasks

    def tasks(self, tasks: Sequence[Task]) -> Iterator[str]:
        named = (
            ("owner named", sum(task.owner is not None for task in tasks)),
            ("due date", sum(task.due is not None for task in tasks)),
            ("ticket", sum(task.ticket is not None for task in tasks)),
        )
        told = ", ".join(f"{what} in {count or 'none'}" for what, count in named)
        yield from self.heading("Tasks", f"{len(tasks)}; {told}" if tasks else "none")
        codes = [self.codes(("PM6",), task.span, task.extent) for task in tasks]
        beside = any(codes) and not self.stacked
        room = self.width - 7
        if beside:
            longest = max(cells(self.told(task.text)) for task in tasks)
            room = min(room - 2 - max(16, *map(len, codes)), max(53, longest))
        for task, code in zip(tasks, codes, strict=True):
            rows = _short(wrap(self.told(task.text), room), room, self.style)
            if code and beside:
                rows[0] = pad(rows[0], room + 2) + code
            yield f"{self.line(task.span):>5}  {rows[0]}"
            below = [*rows[1:], *self.who(task)]
            if code and not beside:
                below.append(code)
            yield from (" " * 7 + row for row in below)

    def who(self, task: Task) -> Sequence[str]:
        """Who does a task, until when, under which ticket."""
        told = [
            "done" if task.done else "",
            task.owner or "",
            f"due {task.due}" if task.due else "",
            task.ticket or "",
        ]
        known = ", ".join(self.told(part) for part in told if part)
        return wrap(known, self.width - 7) if known else []


def _short(rows: list[str], room: int, style: Style) -> list[str]:
    """At most MOST_ROWS rows, the last cut where there are more."""
    if len(rows) <= MOST_ROWS:
        return rows
    last = " ".join(rows[MOST_ROWS - 1 : MOST_ROWS + 1])
    return [*rows[: MOST_ROWS - 1], cut(f"{last} …", room, style.signs.cut)]


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _moments(events: Sequence[Event]) -> list[datetime | None]:
    """The events' moments; without zones where only some have one."""
    moments = [event.at for event in events]
    if len({moment.tzinfo is None for moment in moments if moment}) > 1:
        return [_naive(moment) if moment else None for moment in moments]
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
    """The event behind the longest gap of at least LONG_GAP minutes, or -1."""
    longest, found = LONG_GAP - 1, -1
    for at in range(1, len(moments)):
        minutes = _minutes(moments, at)
        if minutes > longest:
            longest, found = minutes, at
    return found
