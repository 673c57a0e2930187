"""The timeline: which entries are events, which carry no time, which stand out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as calendar_date
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Literal

from pmlint.facts import Disorder, Event, EventKind, Timeline
from pmlint.findings import Span
from pmlint.reading.times import Clock, Date, Moment, find_moments, find_ranges, leading_time
from pmlint.reading.zones import Zone, find_zones, utc_offset
from pmlint.sections import Line, Node, Tree, only_time
from pmlint.statements.flow import continues, extent
from pmlint.text import Text, join

if TYPE_CHECKING:
    from pmlint.facts import Duration

Form = Literal["list", "table", "paragraphs", "headings", "html", "mixed"]

HALF_A_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is found, before dates and zones are inherited."""

    lines: tuple[Line, ...]
    text: Text
    moment: Moment | None
    time: Span | None
    """The words of the time."""
    end_clock: Clock | None
    rest: str
    relative: bool
    form: Form
    own_date: Date | None
    group_date: Date | None
    """The date of the sub-heading or parent entry above it."""
    label: bool = False
    """A labelled line or heading without a time."""
    readable: bool = True
    dated: bool = False
    """It has only the date of its sub-heading, as all entries beside it."""


def read_timeline(tree: Tree, words: EventWords) -> Timeline | None:
    """The timeline of a document, without the moments that need the duration."""
    places = tree.with_role("timeline")
    if not places:
        return None
    index = _best(tree, places)
    lines = _without_fields(tree, index, _scope(tree, index))
    entries = tuple(_dated_groups(list(_merge_untimed(_entries(lines, words)))))
    node = tree.nodes[index]
    timed = [
        entry for entry in entries if entry.moment is not None or entry.dated or not entry.readable
    ]
    zone, zone_span = _declared_zone(tree, node, lines, timed)
    events = tuple(_event(entry, words) for entry in timed)
    head = tree.lines[node.line]
    return Timeline(
        span=node.title.span(),
        extent=Span(head.block.span.start, extent([head, *lines]).end if lines else head.text.end),
        form=_form(timed),
        zone=zone,
        zone_span=zone_span,
        events=events,
        untimed=tuple(_words(entry) for entry in entries if _is_untimed(entry)),
        relative=tuple(_words(entry) for entry in entries if entry.relative),
        milestones=_milestones(node, timed, words),
        disorder=(),
    )


def complete(timeline: Timeline, duration: Duration | None, year: int | None) -> Timeline:
    """The timeline with each event's moment and the entries that are out of order."""
    events, disorder = _place(timeline, duration, year)
    return replace(
        timeline,
        events=tuple(events),
        disorder=() if timeline.milestones else tuple(disorder),
    )


def _best(tree: Tree, places: Sequence[int]) -> int:
    """The section with the most timed lines; of equal ones the first."""

    def clocks(index: int) -> int:
        return sum(1 for line in _scope(tree, index) if _clockish().search(line.text.prose))

    return max(places, key=lambda index: (clocks(index), -index))


@cache
def _clockish() -> re.Pattern[str]:
    return re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\d\s*[ap]\.?m\b|\d{4}-\d\d-\d\d|\d{4}\s*h", re.I)


def _scope(tree: Tree, index: int) -> tuple[Line, ...]:
    """The lines of a timeline; an empty one runs on over its milestone headings."""
    body = tree.body(index)
    if any(line.text for line in body):
        return body
    node = tree.nodes[index]
    stop = node.stop
    for other in tree.nodes[index + 1 :]:
        if other.line < stop:
            continue
        if other.line != stop or set(other.roles) - {"detection", "resolution"}:
            break
        stop = other.stop
    return tree.lines[node.line + 1 : stop]


def _without_fields(tree: Tree, index: int, lines: Sequence[Line]) -> tuple[Line, ...]:
    """A total or another length stated inside the timeline is no entry of it."""
    fields = {
        id(tree.lines[node.line].text)
        for node in tree.nodes
        if node.is_field and "duration" in node.roles and "timeline" not in node.roles
    }
    if "duration" in tree.nodes[index].roles:
        return tuple(lines)
    return tuple(line for line in lines if id(line.text) not in fields)


def _entries(lines: Sequence[Line], words: EventWords) -> Iterator[Entry]:
    """Entries in order; headings, parent items and date rows hand their date down."""
    group: Date | None = None
    parents: list[tuple[int, Date | None]] = []
    timed = False
    depth = min((line.block.depth for line in lines if line.opens_item), default=0)
    at = 0
    while at < len(lines):
        line = lines[at]
        stop = at + 1
        if line.kind == "heading":
            stop = _heading_stop(lines, at)
            entry = _heading_entry(line, lines[at + 1 : stop], group)
            if entry is not None and entry.own_date is not None:
                group = entry.own_date
            if entry is not None and (entry.moment is None or entry.moment.clock is None):
                inner = list(_entries_under(lines[at + 1 : stop], group, words))
                if entry.label and inner and not any(_leads(each) for each in inner):
                    yield _prose_time(entry, lines[at + 1 : stop])
                elif inner and any(each.moment is not None for each in inner):
                    yield from inner
                elif entry.label:
                    yield _prose_time(entry, lines[at + 1 : stop])
                elif entry.own_date is not None and inner:
                    yield from inner
                elif entry.own_date is not None and stop > at + 1:
                    yield entry
            elif entry is not None:
                yield entry
            at = stop
            continue
        if line.kind == "row":
            entry = None if line.block.header else _row_entry(line, lines, group)
            if entry is not None:
                if entry.own_date is not None and entry.moment and entry.moment.clock is None:
                    group = entry.own_date
                yield entry
            at = stop
            continue
        if line.kind == "code" or not line.text:
            at = stop
            continue
        if line.opens_item:
            while parents and parents[-1][0] >= line.block.depth:
                parents.pop()
            inherited = next((date for _, date in reversed(parents) if date), group)
            stop = _item_stop(lines, at)
            nested = stop < len(lines) and (
                lines[stop].block.depth > line.block.depth
                or (lines[stop].block.depth == line.block.depth and lines[stop].kind == "text")
            )
            for entry in _item_entries(lines[at:stop], inherited):
                timed = True
                clock = entry.moment is not None and entry.moment.clock is not None
                if nested and not clock and _timed_below(lines, stop, line.block.depth):
                    if entry.own_date is None:
                        continue
                    parents.append((line.block.depth, entry.own_date))
                    continue
                if line.block.depth > depth and entry.moment is None:
                    continue
                if entry.own_date is not None:
                    parents.append((line.block.depth, entry.own_date))
                yield entry
            at = stop
            continue
        if not timed and line.first:
            stop = _wrapped(lines, at)
            opening = _opening_entry(lines[at:stop], group) if stop > at else None
            if opening is not None:
                timed = True
                yield opening
                at = stop
                continue
            stop = at + 1
        for entry in _text_entries(line, group, words):
            timed = timed or entry.moment is not None
            if entry.own_date and entry.moment and entry.moment.clock is None and _date_line(line):
                group = entry.own_date
                if _more_below(lines, at):
                    continue
            yield entry
        at = stop


def _leads(entry: Entry) -> bool:
    """The entry begins with its time."""
    if entry.relative:
        return True
    return entry.moment is not None and entry.moment.start < 12


def _wrapped(lines: Sequence[Line], at: int) -> int:
    """Behind the last line of the wrapped sentence group that begins here."""
    stop = at + 1
    while stop < len(lines) and lines[stop].block is lines[at].block and continues(
        lines[stop - 1], lines[stop]
    ):
        stop += 1
    return stop


def _opening_entry(lines: Sequence[Line], group: Date | None) -> Entry | None:
    """A paragraph before the first entry that tells a time in its prose is an entry."""
    text = join([line.text for line in lines], " ")
    found = leading_time(text.prose)
    if found is not None and (found.at_start or found.relative):
        return None
    if _short_label().match(text.plain) or _all_times().search(text.plain):
        return None
    moment = next(iter(_clock_moments(text.prose)), None)
    if moment is None or _is_range(text.prose):
        return None
    entry = _make(lines, text, "paragraphs", group, anywhere=True)
    return replace(
        entry, moment=moment, time=text.span(moment.start, moment.end), own_date=moment.date
    )


def _is_range(prose: str) -> bool:
    return any(
        found.first and found.last and found.first.clock and found.last.clock
        for found in find_ranges(prose)
    )


def _entries_under(
    lines: Sequence[Line], group: Date | None, words: EventWords
) -> Iterator[Entry]:
    for entry in _entries(lines, words):
        yield entry if entry.group_date or entry.own_date else replace(entry, group_date=group)


def _heading_stop(lines: Sequence[Line], at: int) -> int:
    stop = at + 1
    while stop < len(lines) and not (lines[stop].kind == "heading" and lines[stop].first):
        stop += 1
    return stop


def _item_stop(lines: Sequence[Line], at: int) -> int:
    stop = at + 1
    while stop < len(lines) and lines[stop].block is lines[at].block and not lines[stop].first:
        stop += 1
    return stop


def _timed_below(lines: Sequence[Line], at: int, depth: int) -> bool:
    while at < len(lines) and (
        lines[at].block.depth > depth
        or (depth > 0 and lines[at].block.depth == depth and lines[at].block.kind == "text")
    ):
        if lines[at].opens_item or lines[at].first:
            found = leading_time(lines[at].text.prose)
            if found is not None and (found.moment is not None or found.relative):
                return True
        at += 1
    return False


def _more_below(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines)


def _date_line(line: Line) -> bool:
    return bool(only_time().fullmatch(line.text.plain.strip(" :;-–—*")))


def _make(
    lines: Sequence[Line],
    text: Text,
    form: Form,
    group: Date | None,
    *,
    anywhere: bool = False,
    label: bool = False,
) -> Entry:
    """An entry of a text, with the time it begins with (or, ``anywhere``, first tells)."""
    prose = text.prose
    found = leading_time(prose)
    moment: Moment | None = None
    rest = text.plain
    end_clock: Clock | None = None
    relative = False
    if found is not None:
        moment, end_clock, relative = found.moment, found.end_clock, found.relative
        rest = text.plain[found.rest_start :].strip()
    if moment is None and not relative and anywhere:
        moment = next(iter(_clock_moments(prose)), None)
    readable = moment is None or moment.fault != "unreadable"
    own = moment.date if moment is not None else None
    span = text.span(moment.start, moment.end) if moment is not None else None
    return Entry(
        lines=tuple(lines),
        text=text,
        moment=moment,
        time=span,
        end_clock=end_clock,
        rest=rest or text.plain,
        relative=relative and moment is None,
        form=form,
        own_date=own,
        group_date=group,
        label=label,
        readable=readable,
    )


def _clock_moments(prose: str) -> Iterator[Moment]:
    for moment in find_moments(prose):
        if moment.clock is not None or moment.fault == "unreadable":
            yield moment


def _heading_entry(line: Line, below: Sequence[Line], group: Date | None) -> Entry | None:
    entry = _make([line, *below], line.text, "headings", group)
    if entry.moment is not None or entry.relative:
        return entry
    return replace(entry, label=True)


def _prose_time(entry: Entry, below: Sequence[Line]) -> Entry:
    """A labelled heading takes the first time told under it."""
    for line in below:
        if line.kind == "code":
            continue
        for moment in _clock_moments(line.text.prose):
            return replace(
                entry,
                moment=moment,
                time=line.text.span(moment.start, moment.end),
                own_date=moment.date,
                label=False,
                rest=line.text.plain,
            )
    return entry


def _row_entry(line: Line, lines: Sequence[Line], group: Date | None) -> Entry | None:
    """A row's time may be split over date and time columns."""
    cells = line.block.lines
    header = next(
        (other.block.lines for other in lines if other.block.header and
         other.block.table == line.block.table), ()
    )
    timed = [at for at, cell in enumerate(header) if _time_column().search(cell.plain)]
    if header and timed and len(cells) > max(timed):
        time = join([cells[at] for at in timed], " ")
        rest = " | ".join(cell.plain for at, cell in enumerate(cells) if at not in timed)
        entry = _make([line], time, "table", group, anywhere=True)
        if entry.moment is None and not entry.relative:
            moments = find_moments(time.prose)
            if moments:
                entry = replace(
                    entry, moment=moments[0], own_date=moments[0].date,
                    time=time.span(moments[0].start, moments[0].end),
                )
        return replace(entry, text=line.text, rest=rest)
    return _make([line], line.text, "table", group)


@cache
def _time_column() -> re.Pattern[str]:
    return re.compile(r"\b(?:time|date|day|when|timestamp|clock|utc|gmt|datetime|hour)\b", re.I)


def _item_entries(lines: Sequence[Line], group: Date | None) -> Iterator[Entry]:
    """The events of a list item: one, or several run on in its lines."""
    form: Form = "html" if lines[0].block.html else "list"
    first = _make(lines, lines[0].text, form, group)
    whole = join([line.text for line in lines], " ")
    if first.moment is None and not first.relative:
        first = _make(lines, whole, form, group, anywhere=True)
        if first.moment is not None and first.moment.clock is not None and first.time:
            yield from _run_on(first, lines[0], form, group)
            return
        yield replace(first, moment=first.moment if first.own_date or first.moment else None)
        return
    yield from _run_on(first, lines[0], form, group)
    for line in lines[1:]:
        entry = _make([line], line.text, form, group)
        if entry.moment is not None and entry.moment.clock is not None and _at_start(line.text):
            yield from _run_on(entry, line, form, group)


def _at_start(text: Text) -> bool:
    found = leading_time(text.prose)
    return found is not None and found.at_start


def _run_on(entry: Entry, line: Line, form: Form, group: Date | None) -> Iterator[Entry]:
    """Further events told in the same line (``2105hrs WAT: … 2108hrs WAT: …``)."""
    yield entry
    text = line.text
    if entry.moment is None or len(text.plain) < 60:
        return
    prose = text.prose
    first = entry.time.start if entry.time is not None else 0
    for moment in _clock_moments(prose):
        if text.source(moment.start) <= first or not _opens(prose, moment):
            continue
        part = text.cut(moment.start)
        yield Entry(
            (line,), part, moment, text.span(moment.start, moment.end), None,
            text.plain[moment.end :].strip(" :-–—"), False, form, moment.date, group,
            readable=moment.fault != "unreadable",
        )


def _opens(prose: str, moment: Moment) -> bool:
    """A clock that opens an entry in mid-line: a sentence ends before, a colon follows."""
    behind = prose[moment.end : moment.end + 12].lstrip(" )*")
    before = prose[: moment.start].rstrip(" (*")
    if behind[:1] == ":" and moment.zone is not None:
        return True
    return behind[:1] in (":", "–", "—") and (not before or before[-1] in ".!?;\n|_")


def _text_entries(line: Line, group: Date | None, words: EventWords) -> Iterator[Entry]:
    """The events of a line that stands in no list."""
    form: Form = "html" if line.block.html else "paragraphs"
    entry = _make([line], line.text, form, group)
    if entry.moment is not None or entry.relative:
        yield from _run_on(entry, line, form, group)
        return
    yield from _label_entry(line, entry, words)


def _label_entry(line: Line, entry: Entry, words: EventWords) -> Iterator[Entry]:
    plain = line.text.plain
    match = _short_label().match(plain)
    if match and words.phases.match(match.group(1)):
        moment = next(iter(_clock_moments(line.text.prose)), None)
        if moment is not None:
            entry = replace(
                entry, moment=moment, time=line.text.span(moment.start, moment.end),
                own_date=moment.date,
            )
        yield replace(entry, label=True)
        return
    moment = next(iter(_clock_moments(line.text.prose)), None)
    if moment is not None and moment.start < 60:
        yield replace(
            entry, moment=moment, time=line.text.span(moment.start, moment.end),
            own_date=moment.date,
        )


@cache
def _short_label() -> re.Pattern[str]:
    return re.compile(r"[^\w]{0,4}([A-Z][\w/'’ -]{2,40}):(?!//|\d)")


def _merge_untimed(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Labels directly above a timed prose line lend it their words and vanish."""
    pending: Entry | None = None
    for entry in entries:
        if pending is not None:
            if not (entry.moment is not None and entry.form == "paragraphs" and
                    _bare_label(pending) and not entry.label):
                yield pending
            pending = None
        if entry.moment is None and entry.label and entry.form == "paragraphs":
            pending = entry
        else:
            yield entry
    if pending is not None:
        yield pending


def _dated_groups(entries: list[Entry]) -> Iterator[Entry]:
    """Entries under a date of which none has a clock are events of that day."""
    at = 0
    while at < len(entries):
        group = entries[at].group_date
        stop = at + 1
        while stop < len(entries) and entries[stop].group_date == group:
            stop += 1
        part = entries[at:stop]
        plain = group is not None and all(
            entry.moment is None and not entry.relative for entry in part
        )
        for entry in part:
            yield replace(entry, dated=True) if plain and entry.form == "list" else entry
        at = stop


def _bare_label(entry: Entry) -> bool:
    return entry.text.plain.rstrip().endswith(":")


def _is_untimed(entry: Entry) -> bool:
    if entry.moment is not None or entry.relative or not entry.readable or entry.dated:
        return False
    return entry.form in ("list", "html", "table") or entry.label


def _words(entry: Entry) -> Span:
    return entry.text.strip().span()


def _form(entries: Sequence[Entry]) -> Form:
    forms = {entry.form for entry in entries}
    if len(forms) == 1:
        return forms.pop()
    return "mixed" if forms else "list"


def _declared_zone(
    tree: Tree, node: Node, lines: Sequence[Line], timed: Sequence[Entry]
) -> tuple[Zone | None, Span | None]:
    """The zone of the heading, an introduction, a table header, or the first entry."""
    for text in (node.title, *(line.text for line in lines if line.block.header)):
        for zone in find_zones(text.prose):
            return zone, text.span(zone.start, zone.end)
    first = timed[0].lines[0] if timed else None
    for line in lines:
        if line is first:
            break
        if line.kind in ("text", "item") and not line.block.header:
            for zone in find_zones(line.text.prose):
                return zone, line.text.span(zone.start, zone.end)
    for entry in timed:
        if entry.moment is not None and entry.moment.zone is not None:
            zone = entry.moment.zone
            return zone, entry.time
        for zone in find_zones(entry.text.prose):
            if entry.moment is not None and 0 <= zone.start - entry.moment.end < 4:
                return zone, entry.text.span(zone.start, zone.end)
    for line in lines:
        if line.kind == "text" and _all_times().search(line.text.plain):
            for zone in find_zones(line.text.prose):
                return zone, line.text.span(zone.start, zone.end)
    return None, None


@cache
def _all_times() -> re.Pattern[str]:
    return re.compile(r"\b(?:all|times)\b.*\b(?:times?|in)\b", re.I)


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words by which an entry's kind is known, from the rules."""

    kinds: tuple[tuple[EventKind, re.Pattern[str]], ...]
    milestones: re.Pattern[str]
    phases: re.Pattern[str]
    """Labels under which an entry without a time stands (``Actions taken:``)."""


def _event(entry: Entry, words: EventWords) -> Event:
    moment = entry.moment
    label = entry.text.plain[: moment.start] if moment is not None and not entry.label else ""
    told = f"{label} {entry.rest}".strip()
    time = entry.time or _words(entry)
    return Event(
        span=time,
        extent=extent(entry.lines) if len(entry.lines) > 1 or entry.form != "paragraphs"
        else Span(min(entry.text.span().start, time.start), max(entry.text.span().end, time.end)),
        date=entry.own_date or entry.group_date,
        own_date=entry.own_date is not None,
        clock=moment.clock if moment is not None else None,
        at=None,
        zone=moment.zone if moment is not None else None,
        end_clock=entry.end_clock,
        approximate=bool(moment and moment.approximate),
        kind=classify(told, words),
        text=entry.rest,
        readable=entry.readable,
    )


def classify(text: str, words: EventWords) -> EventKind | None:
    """What an entry tells: detection, investigation, escalation, resolution …"""
    for kind, pattern in words.kinds:
        if pattern.search(text):
            return kind
    return None


def _milestones(node: Node, timed: Sequence[Entry], words: EventWords) -> bool:
    """A short list whose every label names a milestone is a set of fields."""
    if not 2 <= len(timed) <= 8:
        return False
    labelled = 0
    for entry in timed:
        plain = entry.text.plain.lstrip(" *-")
        before = plain[: entry.moment.start] if entry.moment is not None else ""
        if words.milestones.match(before.strip(" *:-")):
            labelled += 1
    return labelled >= len(timed) - (1 if len(timed) > 4 else 0)


def full(date: Date, year: int | None) -> calendar_date | None:
    """The calendar date, with the document's year where it states none."""
    chosen = date.year if date.year is not None else year
    if chosen is None:
        return None
    try:
        return calendar_date(chosen, date.month, date.day)
    except ValueError:
        return None


def at_offset(
    day: calendar_date, clock: Clock, zone: Zone | None
) -> datetime | None:
    """The moment in the zone stated, never converted; null without a known offset."""
    if zone is None:
        return None
    date = Date(day.year, day.month, day.day)
    offset = utc_offset(zone, date, clock)
    if offset is None:
        return None
    naive = datetime(day.year, day.month, day.day)
    try:
        naive += timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second or 0)
        return naive.replace(tzinfo=timezone(timedelta(minutes=offset)))
    except (OverflowError, ValueError):
        return None


def _place(
    timeline: Timeline, duration: Duration | None, year: int | None
) -> tuple[list[Event], list[Disorder]]:
    """Each event on its day, and where the order breaks.

    An entry's own date binds; an inherited one is a hint. Without a date a later
    clock is the same day, an earlier one the next day where that is at most
    twelve hours on and does not lead out of the stated duration.
    """
    zone = timeline.zone or (duration.zone if duration else None)
    start, end = _window(duration, year)
    day = start[0] if start else calendar_date(2000, 1, 1)
    known = start is not None
    events: list[Event] = []
    disorder: list[Disorder] = []
    previous: tuple[calendar_date, int, int] | None = None
    group: Date | None = None
    for index, event in enumerate(timeline.events):
        dated = full(event.date, year) if event.date is not None else None
        fresh = event.own_date or event.date != group
        group = event.date
        if dated is not None and (fresh or previous is None):
            day, known = dated, True
        if event.clock is None:
            if dated is not None and event.own_date and previous is not None and known:
                if dated < previous[0]:
                    gap = (previous[0] - dated).days * 1440
                    disorder.append(Disorder(index, previous[2], gap))
                previous = (dated, 0 if dated > previous[0] else previous[1], index)
            elif dated is not None and previous is None:
                previous = (dated, 0, index)
            events.append(event)
            continue
        minute = event.clock.hour * 60 + event.clock.minute
        seconds = minute * 60 + (event.clock.second or 0)
        if previous is not None:
            bound = event.own_date and dated is not None
            if bound:
                now = (day.toordinal(), seconds)
                then = (previous[0].toordinal(), previous[1])
                if now < then:
                    gap = ((then[0] - now[0]) * 86400 + then[1] - now[1]) // 60
                    disorder.append(Disorder(index, previous[2], max(gap, 0)))
            elif not (dated is not None and fresh):
                day = previous[0]
                if seconds >= previous[1] and _was_yesterday(day, minute, start, end):
                    gap = (previous[1] - seconds) // 60 + 1440
                    disorder.append(Disorder(index, previous[2], gap))
                    day -= timedelta(days=1)
                elif seconds < previous[1]:
                    ahead = (seconds - previous[1]) // 60 + 1440
                    if ahead <= HALF_A_DAY and not _beyond(day + timedelta(days=1), minute, end):
                        day += timedelta(days=1)
                    else:
                        disorder.append(Disorder(index, previous[2], 1440 - ahead))
        previous = (day, seconds, index)
        at = at_offset(day, event.clock, event.zone or zone) if known else None
        events.append(replace(event, at=at))
    return events, disorder


def _window(
    duration: Duration | None, year: int | None
) -> tuple[tuple[calendar_date, int] | None, tuple[calendar_date, int] | None]:
    if duration is None:
        return None, None
    ends: list[tuple[calendar_date, int] | None] = []
    for point in (duration.start, duration.end):
        day = full(point.date, year) if point is not None and point.date is not None else None
        minute = point.clock.hour * 60 + point.clock.minute if point and point.clock else None
        ends.append((day, minute if minute is not None else 1440) if day is not None else None)
    return ends[0], ends[1]


def _was_yesterday(
    day: calendar_date,
    minute: int,
    start: tuple[calendar_date, int] | None,
    end: tuple[calendar_date, int] | None,
) -> bool:
    """A later clock that lies in the stated duration only on the day before."""
    if start is None or end is None or (day, minute) <= end or day == start[0]:
        return False
    before = (day - timedelta(days=1), minute)
    return start <= before <= end


def _beyond(day: calendar_date, minute: int, end: tuple[calendar_date, int] | None) -> bool:
    """A whole day behind the end of a dated duration (a follow-up may stand on its day)."""
    return end is not None and day > end[0]
