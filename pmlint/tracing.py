"""How one line was read, and why the rules spoke or stayed silent there.

Everything is worked out from the facts and the findings; nothing is read anew but
the words of dates and headings on the lines in question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pmlint.checks import places
from pmlint.checks.phrases import brief, entry, offset, plural, written
from pmlint.findings import Finding, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.times import find_moments
from pmlint.standard import rulebook

if TYPE_CHECKING:
    from pmlint.facts import Duration, Event, Postmortem, Section
    from pmlint.reading.zones import Zone
    from pmlint.standard.rulebook import Rule
    from pmlint.standard.templates import Template

STYLES: Mapping[str, str] = {
    "atx": "heading",
    "setext": "heading",
    "html": "HTML heading",
    "bold": "bold line",
    "plain": "plain line",
    "label": "field",
    "table": "row of a header table",
    "front-matter": "front matter",
}


class Silence(NamedTuple):
    """A rule that looked at the line and said nothing."""

    rule: Rule
    reason: str


class Trace(NamedTuple):
    """How one line was read."""

    line: int
    readings: tuple[tuple[str, str], ...]
    """What the line was read as: a heading word and a sentence each."""
    spoke: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    """What a comment in the file keeps from being said of the line."""
    silent: tuple[Silence, ...]
    off: tuple[Rule, ...]
    """Rules that would look at the line, but are off."""


def trace(
    postmortem: Postmortem,
    line: int,
    findings: Sequence[Finding],
    every: Sequence[Finding],
    rules: Sequence[Rule],
    template: Template,
) -> Trace:
    """How a line (1-based, within the file) was read.

    ``findings`` are those of the whole file, ``every`` those that comments suppress as
    well, ``rules`` the ones that ran.
    """
    span = postmortem.source.line_span(line - 1)
    subjects = _subjects(postmortem, span)
    spoke = tuple(finding for finding in findings if _meets(finding.span, span))
    kept = {(finding.code, finding.span) for finding in findings}
    suppressed = tuple(
        finding
        for finding in every
        if _meets(finding.span, span) and (finding.code, finding.span) not in kept
    )
    told = {finding.code for finding in (*spoke, *suppressed)}
    active = {rule.code: rule for rule in rules}
    known = {rule.code: rule for rule in rulebook.rules()} | active
    looking = [
        rule
        for code, rule in sorted(known.items())
        if code not in told and not subjects.isdisjoint(rule.subjects)
    ]
    return Trace(
        line,
        tuple(_readings(postmortem, span, template)),
        spoke,
        suppressed,
        tuple(
            Silence(rule, _reason(rule, postmortem, every, told))
            for rule in looking
            if rule.code in active
        ),
        tuple(rule for rule in looking if rule.code not in active),
    )


def _meets(span: Span, line: Span) -> bool:
    """True where a span, which may be empty, touches a line."""
    return span.start <= line.end and max(span.end, span.start + 1) > line.start


def _covers(extent: Span, line: Span) -> bool:
    """True where something reaches over the words of a line."""
    return extent.start < line.end and extent.end > line.start


# -- why rules stay silent


_PARTS = frozenset({"duration", "impact", "timeline", "root_cause", "resolution", "tasks"})


def _reason(
    rule: Rule, postmortem: Postmortem, findings: Sequence[Finding], here: Collection[str]
) -> str:
    """Another rule speaks of it, or what holds here, and where the rule spoke instead."""
    said = {finding.code: finding for finding in reversed(findings)}
    # A rule about one part yields wherever that part is spoken of, others on this line only.
    known = said if _PARTS.issuperset(rule.subjects) else here
    first = next((code for code in rule.yields_to if code in known), None)
    if first is not None:
        place = "here" if first in here else f"in line {places.line(postmortem, said[first].span)}"
        return f"{first} speaks {place}, and one fault gives one finding"
    reason = rule.silent or "nothing found"
    if rule.code in said:
        reason += f" (it speaks in line {places.line(postmortem, said[rule.code].span)})"
    return reason


def _subjects(postmortem: Postmortem, line: Span) -> set[str]:
    """What of the subjects that rules look at stands on a line."""
    found = set()
    if postmortem.source.slice(line).strip():
        found.add("words")
    for section in postmortem.sections:
        if _covers(section.span, line):
            found.add("heading")
            found.update(section.roles)
        elif _covers(section.extent, line):
            found.update(set(section.roles) & {"root_cause", "resolution", "impact"})
    title, timeline, tasks = postmortem.title, postmortem.timeline, postmortem.tasks
    if title is not None and _covers(title.span, line):
        found.add("title")
    if postmortem.duration is not None and any(
        _covers(statement.span, line) for statement in postmortem.duration.statements
    ):
        found.add("duration")
    if postmortem.impact is not None and _covers(postmortem.impact.extent, line):
        found.add("impact")
    if timeline is not None:
        if any(_covers(event.extent, line) for event in timeline.events):
            found.add("event")
        if any(_covers(span, line) for span in timeline.untimed):
            found.add("untimed")
        if _covers(timeline.span, line):
            found.add("timeline")
    if tasks is not None:
        if any(_covers(task.extent, line) for task in tasks.items):
            found.add("task")
        if _covers(tasks.span, line):
            found.add("tasks")
    return found


# -- how the line was read


def _readings(postmortem: Postmortem, line: Span, template: Template) -> Iterator[tuple[str, str]]:
    text = postmortem.source.slice(line)
    if not text.strip():
        yield "line", "empty"
    if postmortem.absence is not None:
        first = places.line(postmortem, postmortem.absence.span)
        yield "file", f"tells no incident ({postmortem.absence.kind}, line {first})"
        return
    yield from _placed(postmortem, line)
    yield from _heading(postmortem, line, template)
    yield from _told(postmortem, line)
    yield from _duration(postmortem, line)
    for event in postmortem.timeline.events if postmortem.timeline is not None else ():
        if _covers(event.extent, line):
            yield from _event(postmortem, event)
    yield from _entries(postmortem, line)
    for bad in postmortem.bad_clocks:
        if _covers(bad.span, line):
            yield "clock", f"{written(postmortem, bad.span)} is no time of day ({bad.kind})"
    for slot in postmortem.placeholders:
        if _covers(slot.span, line):
            yield "template text", slot.text


def _placed(postmortem: Postmortem, line: Span) -> Iterator[tuple[str, str]]:
    if not _covers(postmortem.extent, line):
        yield "part", "none: the line stands outside the postmortem"
    around = [section for section in postmortem.sections if _covers(section.extent, line)]
    inner = [section for section in around if not _covers(section.span, line)]
    if not around:
        yield "section", "none: no heading stands above"
    for number, section in enumerate(reversed(inner)):
        yield ("section" if number == 0 else "within"), _named(postmortem, section)


def _named(postmortem: Postmortem, section: Section) -> str:
    place = places.line(postmortem, section.span)
    return f'"{section.text}", line {place}, {_playing(section)} ({STYLES[section.style]})'


def _playing(section: Section) -> str:
    if not section.roles:
        return "no part of a postmortem"
    return ", ".join(role.replace("_", " ") for role in section.roles)


_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__):?\s*$")
_PLAIN = re.compile(r"\s*[A-Z0-9][^.!?\n|]{0,60}:?\s*$")


def _heading(postmortem: Postmortem, line: Span, template: Template) -> Iterator[tuple[str, str]]:
    """Whether the line is a heading, might be one, and by which name it plays its part."""
    here = [section for section in postmortem.sections if _covers(section.span, line)]
    for section in here:
        style = STYLES[section.style]
        yield "heading", f'"{section.text}" ({style}): {_why(section, template)}'
    text = postmortem.source.slice(line)
    if here or _is_title(postmortem, line):
        return
    kind = "a bold line" if _BOLD.match(text) else "a plain line" if _PLAIN.match(text) else ""
    if kind and len(text.split()) <= 8 and not any(char.isdigit() for char in text):
        yield "heading", f"{kind} that might be one, but no part is called so"


def _is_title(postmortem: Postmortem, line: Span) -> bool:
    return postmortem.title is not None and _covers(postmortem.title.span, line)


def _why(section: Section, template: Template) -> str:
    """By which words a section plays its parts."""
    if not section.roles:
        return "no part is called so"
    said = section.text.lower()
    reasons = []
    for role in section.roles:
        part = template.parts.get(role)
        name = role.replace("_", " ")
        phrase = next((each for each in part.phrases if each in said), "") if part else ""
        if part is not None and said in part.names:
            reasons.append(f"{name}, one of its names")
        elif phrase:
            reasons.append(f'{name}, by "{phrase}"')
        else:
            reasons.append(f"{name}, by its words or its content")
    return "; ".join(reasons)


def _told(postmortem: Postmortem, line: Span) -> Iterator[tuple[str, str]]:
    """What of title, impact, cause, fix and tasks stands on the line."""
    if _is_title(postmortem, line) and postmortem.title is not None:
        generic = ", which names no incident" if postmortem.title.generic else ""
        yield "title", f'"{postmortem.title.text}"{generic}'
    impact = postmortem.impact
    if impact is not None and _covers(impact.extent, line):
        figures = [figure.text for figure in impact.figures if _covers(figure.span, line)]
        vague = [written(postmortem, span) for span in impact.vague if _covers(span, line)]
        yield "impact", f"figures: {', '.join(figures)}" if figures else "no figure on this line"
        if vague:
            yield "vague", ", ".join(vague)
    for name, passage in (
        ("root cause", postmortem.root_cause),
        ("resolution", postmortem.resolution),
    ):
        if passage is not None and not passage.labelled and _covers(passage.span, line):
            yield name, "told in this sentence, without a heading"
    for task in postmortem.tasks.items if postmortem.tasks is not None else ():
        if _covers(task.extent, line):
            fields = [
                f"{name} {value}"
                for name, value in (
                    ("owner", task.owner),
                    ("due", task.due),
                    ("ticket", task.ticket),
                )
                if value
            ]
            fields += ["done"] if task.done else []
            yield "task", ", ".join(fields) or "no owner, no day, no ticket"


def _duration(postmortem: Postmortem, line: Span) -> Iterator[tuple[str, str]]:
    duration = postmortem.duration
    if duration is None:
        return
    told = next((each for each in duration.statements if _covers(each.span, line)), None)
    if told is None:
        return
    points = (
        (name, point) for name, point in (("start", duration.start), ("end", duration.end)) if point
    )
    for name, point in points:
        date = str(point.date) if point.date else "no date"
        yield name, f"{date}, {point.clock or 'no time'}" + _completed(point.at)
    yield "zone", _duration_zone(postmortem, duration)
    if duration.minutes is not None:
        yield "length", f"{brief(duration.minutes)} from start to end"
    if duration.stated is not None:
        yield "stated", brief(duration.stated.minutes)


def _duration_zone(postmortem: Postmortem, duration: Duration) -> str:
    if duration.zone is None:
        timeline = postmortem.timeline
        elsewhere = timeline is not None and timeline.zone is not None
        return "none" + ("; the timeline declares one, but not this statement" if elsewhere else "")
    return f'"{duration.zone.text.strip()}", stated with the times'


def _completed(at: datetime | None) -> str:
    return f", that is {at.isoformat(timespec='minutes')}" if at is not None else ""


def _event(postmortem: Postmortem, event: Event) -> Iterator[tuple[str, str]]:
    timeline = postmortem.timeline
    assert timeline is not None
    index = timeline.events.index(event)
    kind = f", {event.kind}" if event.kind else ", no milestone"
    clock = str(event.clock) if event.clock is not None else "no time that can be read"
    yield "event", f"{written(postmortem, event.span)} read as {clock}{kind}"
    yield "date", _date_of(postmortem, index)
    yield "zone", _zone_of(postmortem, event)
    if event.at is not None:
        yield "moment", event.at.isoformat(timespec="minutes")
    if timeline.milestones:
        yield "order", "not looked at: the list names milestones, which are fields, no sequence"
    elif index:
        yield "order", _order(postmortem, index)


def _order(postmortem: Postmortem, index: int) -> str:
    """How far an entry lies from the one before it."""
    timeline = postmortem.timeline
    assert timeline is not None
    before, event = timeline.events[index - 1], timeline.events[index]
    fault = next((each for each in timeline.disorder if each.event == index), None)
    if fault is not None:
        above = entry(postmortem, timeline.events[fault.previous])
        return f"{brief(fault.minutes)} before {above}, which stands above"
    if _comparable(before.at, event.at):
        assert before.at is not None
        assert event.at is not None
        minutes = (event.at - before.at).total_seconds() / 60
    elif before.clock is not None and event.clock is not None:
        minutes = (event.clock.minutes - before.clock.minutes) % (24 * 60)
    else:
        return f"cannot be told from {entry(postmortem, before)}"
    midnight = before.clock and event.clock and event.clock.minutes < before.clock.minutes
    over = ", over midnight" if midnight and minutes >= 0 else ""
    side = "before" if minutes < 0 else "after"
    return f"{brief(minutes)} {side} {entry(postmortem, before)}{over}"


def _comparable(first: datetime | None, second: datetime | None) -> bool:
    if first is None or second is None:
        return False
    return (first.tzinfo is None) == (second.tzinfo is None)


def _date_of(postmortem: Postmortem, index: int) -> str:
    """The day of an entry and where it comes from."""
    timeline = postmortem.timeline
    assert timeline is not None
    event = timeline.events[index]
    if event.own_date:
        return f"{event.date}, stated in the entry"
    if event.date is not None:
        return f"{event.date}, from {_dated_above(postmortem, event)}"
    duration = postmortem.duration
    start = duration.start if duration is not None else None
    if event.at is None:
        if start is None or start.date is None:
            return "none: no day stands with its time, nor above it for the whole timeline"
        place = places.line(postmortem, start.span)
        return f"counted from {start.date}, the duration's (line {place})"
    day = event.at.date()
    for before in reversed(timeline.events[:index]):
        if before.date is not None and before.at is not None:
            days = _days_from(day.toordinal() - before.at.toordinal())
            return f"{day}, {days} {entry(postmortem, before)}"
    if start is not None and start.date is not None and start.at is not None:
        place = places.line(postmortem, start.span)
        days = _days_from(day.toordinal() - start.at.toordinal())
        return f"{day}, {days} the duration, line {place}"
    return f"{day}, as the duration and the other entries tell"


def _days_from(days: int) -> str:
    if not days:
        return "as in"
    return f"{plural(abs(days), 'day')} {'after' if days > 0 else 'before'}"


def _dated_above(postmortem: Postmortem, event: Event) -> str:
    """The nearest line above an entry that names a day."""
    source = postmortem.source
    for index in range(source.line_index(event.span.start) - 1, -1, -1):
        text = source.line_text(index)
        if any(moment.date == event.date for moment in find_moments(text)):
            return f"line {index + 1}"
    return "what stands above"


def _zone_of(postmortem: Postmortem, event: Event) -> str:
    timeline, duration = postmortem.timeline, postmortem.duration
    assert timeline is not None
    if event.zone is not None:
        zone, whence = event.zone, "stated in the entry"
    elif timeline.zone is not None:
        place = timeline.zone_span or timeline.span
        zone, whence = timeline.zone, f"from line {places.line(postmortem, place)}"
    elif duration is not None and duration.zone is not None:
        whence = f"from the duration, line {places.line(postmortem, duration.span)}"
        zone = duration.zone
    else:
        return "none: neither the entry, nor the timeline, nor the duration names one"
    return f'"{zone.text.strip()}", {whence}{_offset_of(event, zone)}'


def _offset_of(event: Event, zone: Zone) -> str:
    shift = event.at.utcoffset() if event.at is not None else None
    if shift is not None:
        return f", {offset(round(shift.total_seconds() / 60))} on that day"
    if zone.offset is not None:
        return f", {offset(zone.offset)} on every day"
    return ", whose offset cannot be told"


def _entries(postmortem: Postmortem, line: Span) -> Iterator[tuple[str, str]]:
    timeline = postmortem.timeline
    if timeline is None:
        return
    if any(_covers(span, line) for span in timeline.untimed):
        yield "entry", "stands in the timeline, but has no time"
    if any(_covers(span, line) for span in timeline.relative):
        yield "entry", "has only a relative time, which is no event"
