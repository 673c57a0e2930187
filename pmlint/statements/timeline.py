"""The timeline: which entries are events, which carry no time, which stand out of order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pmlint.facts import Event, EventKind, Timeline
from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.times import Moment, leading_time
from pmlint.reading.zones import Zone, find_zones
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression
from pmlint.statements.duration import frames
from pmlint.statements.entries import find_entries, without_introduction
from pmlint.statements.entry import Entry, Form, all_times, begins, make, month_first
from pmlint.statements.flow import extent
from pmlint.statements.neighbours import without_other_lists
from pmlint.statements.order import place
from pmlint.structure.text import Text
from pmlint.structure.timed import opens_with_date
from pmlint.structure.tree import Line, Node, Tree

if TYPE_CHECKING:
    from pmlint.facts import Duration

MILESTONES = 8
"""A longer list is a sequence, whatever its labels."""
MOST_CHARACTERS = 1000
"""So many characters of an entry tell what happened then."""


class EventWords(NamedTuple):
    """Words by which an entry's kind is known, from the rules."""

    kinds: tuple[tuple[EventKind, Alternatives], ...]
    milestones: Alternatives
    phases: Alternatives
    """Labels under which an entry without a time stands (``Actions taken:``)."""


def read_timeline(tree: Tree, words: EventWords) -> Timeline | None:
    """The timeline of a document, without the moments that need the duration."""
    places = tree.with_role("timeline")
    if tree.posts and all(tree.nodes[at].by_content for at in places):
        return _posted(tree, words)
    if not places:
        return _chronicled(tree, words) if tree.chronicle is not None else None
    index = _best(tree, places)
    lines = _without_fields(tree, index, _scope(tree, index))
    entries = find_entries(lines, words.phases, month_first=month_first(tree.lines))
    node = tree.nodes[index]
    if "summary" in node.roles or node.by_content:
        entries = list(without_introduction(entries))
    entries = list(without_other_lists(entries, lines))
    timed = [entry for entry in entries if entry.timed]
    zone, zone_span = _declared_zone(node, lines, timed)
    head = tree.lines[node.line]
    return Timeline(
        span=node.title.span(),
        extent=Span(
            head.block.span.start if head.first else head.text.span().start,
            extent([head, *lines]).end if lines else head.text.end,
        ),
        form=_form(timed),
        zone=zone,
        zone_span=zone_span,
        events=tuple(_event(entry, words) for entry in timed),
        untimed=tuple(_words(entry) for entry in entries if entry.untimed),
        relative=tuple(_words(entry) for entry in entries if entry.relative),
        milestones=_milestones(timed, words),
        disorder=(),
    )


def _posted(tree: Tree, words: EventWords) -> Timeline:
    """The posts of a status page as the events that it tells."""
    head = tree.lines[tree.posts[0].head]
    form: Form = "headings" if head.kind == "heading" else "paragraphs"
    events = []
    for post in tree.posts:
        lines = [line for line in tree.lines[post.head : post.stop] if line.text]
        stamp = tree.lines[post.time]
        entry = make([stamp], stamp.text, form, None, anywhere=True)
        told = [line.text.plain.strip() for line in lines if line is not stamp]
        behind = [entry.rest] if stamp is lines[0] else []
        entry = entry._replace(rest=" ".join(behind + told)[:MOST_CHARACTERS])
        # The time on the line below a heading is where the entry is looked for.
        lines = lines[1:] if stamp in lines[1:2] and head.kind == "heading" else lines
        events.append(_event(entry, words)._replace(extent=extent(lines)))
    zones = (event.zone for event in events)
    last = tree.lines[tree.posts[-1].head : tree.posts[-1].stop]
    return Timeline(
        span=head.text.strip().span(),
        extent=Span(head.block.span.start, extent([line for line in last if line.text]).end),
        form=form,
        zone=next(filter(None, zones), None),
        zone_span=next((event.span for event in events if event.zone is not None), None),
        events=tuple(events),
        untimed=(),
        relative=(),
        milestones=False,
        disorder=(),
        posted=True,
    )


def _chronicled(tree: Tree, words: EventWords) -> Timeline:
    """Events told below no heading of their own."""
    low, high = tree.chronicle or (0, 0)
    lines = tree.lines[low:high]
    entries = find_entries(lines, words.phases, month_first=month_first(tree.lines))
    timed = [entry for entry in entries if entry.timed]
    zones = ((entry.moment.zone, entry.time) for entry in timed if entry.moment is not None)
    zone, zone_span = next((each for each in zones if each[0] is not None), (None, None))
    for text in (line.text for line in lines if line.block.header):
        for named in _agreed(text):
            zone, zone_span = named, text.span(named.start, named.end)
    return Timeline(
        span=(timed[0].time if timed else None) or lines[0].text.span(),
        extent=extent(lines),
        form=_form(timed),
        zone=zone,
        zone_span=zone_span,
        events=tuple(_event(entry, words) for entry in timed),
        untimed=tuple(_words(entry) for entry in entries if entry.untimed),
        relative=tuple(_words(entry) for entry in entries if entry.relative),
        milestones=False,
        disorder=(),
    )


def complete(timeline: Timeline, duration: Duration | None, year: int | None) -> Timeline:
    """The timeline with each event's moment and the entries that are out of order."""
    zone = timeline.zone or (duration.zone if duration else None)
    if newest_first(timeline.events):
        events, _ = place(timeline.events[::-1], zone, duration, year)
        return timeline._replace(events=tuple(reversed(events)))
    events, disorder = place(timeline.events, zone, duration, year)
    return timeline._replace(
        events=tuple(events),
        disorder=() if timeline.milestones else tuple(disorder),
    )


def newest_first(events: Sequence[Event]) -> bool:
    """Each event is earlier than the one above it, as on a page that grows at its top."""
    if len(events) < FEWEST_FALLING or any(event.clock is None for event in events):
        return False
    if any(event.days_on for event in events):
        return False
    return all(_falls(above, below) for above, below in pairwise(events))


def _falls(above: Event, below: Event) -> bool:
    if above.date and below.date and above.date != below.date:
        first = 0 if above.date.year and below.date.year else 1
        return tuple(below.date)[first:] < tuple(above.date)[first:]
    if above.clock is None or below.clock is None:
        return False
    return below.clock.seconds < above.clock.seconds


FEWEST_FALLING = 3
"""Two events that fall may be a mistake; of more than that, none stands where it should."""


def _best(tree: Tree, places: Sequence[int]) -> int:
    """The section with the most timed lines; of equal ones the first."""

    def clocks(index: int) -> int:
        return sum(1 for line in _scope(tree, index) if _CLOCKISH.search(line.text.prose))

    return max(places, key=lambda index: (clocks(index), -index))


_CLOCKISH = expression(r"\b\d{1,2}[:.h]\d{2}\b|\d\s*[ap]\.?m\b|\d{4}-\d\d-\d\d|\d{4}\s*h", re.I)


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
    """A total, or another field of the summary, stated inside the timeline is no entry of it."""
    fields = {
        id(tree.lines[node.line].text)
        for node in tree.nodes
        if node.is_field
        and not _STATED.isdisjoint(node.roles)
        and "timeline" not in node.roles
        and not (node.rest and opens_with_date(node.rest))
    }
    if "duration" in tree.nodes[index].roles:
        return tuple(lines)
    kept = tuple(line for line in lines if id(line.text) not in fields)
    if not any(begins(line.text) for line in kept if line.text):
        return kept
    return tuple(line for line in kept if line.kind == "row" or not frames(line))


_STATED = frozenset({"duration", "impact", "root_cause"})
"""Fields of a summary that lists the events as well."""


def _words(entry: Entry) -> Span:
    return entry.text.strip().span()


def _form(entries: Sequence[Entry]) -> Form:
    forms = {entry.form for entry in entries}
    if len(forms) == 1:
        return forms.pop()
    return "mixed" if forms else "list"


def _declared_zone(
    node: Node, lines: Sequence[Line], timed: Sequence[Entry]
) -> tuple[Zone | None, Span | None]:
    """The zone of the heading, an introduction, a table header, or the first entry."""
    for text in (node.title, *(line.text for line in lines if line.block.header)):
        for zone in _agreed(text):
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
        if entry.moment is None:
            continue
        # A zone stands right behind its time, and no name of one is longer.
        behind = entry.moment.end
        for zone in find_zones(entry.text.prose[: behind + 100]):
            if 0 <= zone.start - behind < 4:
                return zone, entry.text.span(zone.start, zone.end)
    for line in lines:
        if line.kind == "text" and all_times().search(line.text.plain):
            for zone in find_zones(line.text.prose):
                return zone, line.text.span(zone.start, zone.end)
    return None, None


def _agreed(text: Text) -> list[Zone]:
    """The zones of a heading, none where it leaves a choice (``UTC or PT``)."""
    zones = find_zones(text.prose)
    return [] if any(_CHOICE.match(text.prose, zone.end) for zone in zones) else zones


_CHOICE = expression(r"\s?,?\sor\s[A-Z]{2,4}\b")


def _event(entry: Entry, words: EventWords) -> Event:
    moment = entry.moment
    before = entry.text.plain[: moment.start] if moment is not None and not entry.label else ""
    told = _told(entry)
    time = entry.time or _words(entry)
    return Event(
        span=time,
        extent=_extent(entry, time),
        date=entry.own_date or entry.group_date,
        own_date=entry.own_date is not None,
        clock=moment.clock if moment is not None else None,
        at=None,
        zone=moment.zone if moment is not None else None,
        end_clock=entry.end_clock,
        approximate=bool(moment and moment.approximate),
        kind=classify(f"{before} {told}".strip(), words) or _kind_below(entry, words),
        text=told or entry.text.plain,
        readable=entry.readable,
        days_on=entry.days_on,
        half=_half(moment),
    )


def _kind_below(entry: Entry, words: EventWords) -> EventKind | None:
    """What the text under ``### 17:00 UTC: over`` tells, where the heading leaves it open."""
    if entry.form != "headings" or not entry.rest:
        return None
    told = " ".join(line.text.plain for line in entry.lines[1:] if line.kind != "code")
    kind = classify(told[:MOST_CHARACTERS], words)
    return kind if kind in ("detected", "resolved") else None


def _half(moment: Moment | None) -> Literal["told", "open", "full"]:
    """Whether a clock tells its half of the day: ``3 PM`` does, ``15:00`` needs none."""
    if moment is None or moment.clock is None or moment.style == "12":
        return "told"
    return "open" if 1 <= moment.clock.hour <= 12 else "full"


def _told(entry: Entry) -> str:
    """Its words; below a time on a line of its own, those of the lines that belong to it."""
    parts = [entry.rest] if entry.rest else []
    for line in entry.lines[1:]:
        if entry.rest and line.block is not entry.lines[0].block:
            break
        found = leading_time(line.text.prose)
        if found is not None and found.at_start:
            break
        if line.kind != "code" and line.text:
            parts.append(line.text.plain.strip())
    return " ".join(parts)[:MOST_CHARACTERS]


def _extent(entry: Entry, time: Span) -> Span:
    if len(entry.lines) > 1 or entry.form != "paragraphs":
        return extent(entry.lines)
    words = entry.text.span()
    return Span(min(words.start, time.start), max(words.end, time.end))


def classify(text: str, words: EventWords) -> EventKind | None:
    """What an entry tells: detection, investigation, escalation, resolution …"""
    for kind, alternatives in words.kinds:
        if alternatives.search(text) and alternatives.search(affirmed(text, kind)):
            return kind
    return None


def affirmed(text: str, kind: str) -> str:
    """An entry less what says that such an event did not happen (``no alert fired``)."""
    denied = _denied().get(kind)
    if denied is None:
        return text
    parts, at = [], 0
    for match in denied.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
    return "".join([*parts, text[at:]])


@cache
def _denied() -> dict[str, Alternatives]:
    table = policy.table("events")["denied"]
    return {kind: Alternatives(words, r"\b(?:") for kind, words in table.items()}


def _milestones(timed: Sequence[Entry], words: EventWords) -> bool:
    """A short list whose every label names a milestone is a set of fields."""
    if not 2 <= len(timed) <= MILESTONES:
        return False
    labelled = 0
    for entry in timed:
        plain = entry.text.plain.lstrip(" *-")
        before = plain[: entry.moment.start] if entry.moment is not None else ""
        if words.milestones.match(before.strip(" *:-")):
            labelled += 1
    return labelled >= len(timed) - (1 if len(timed) > 4 else 0)
