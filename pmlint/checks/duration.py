"""When the incident ran: stated, complete, in a zone, and in accord with itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date as day
from datetime import datetime
from typing import Any

from pmlint.checks.phrases import brief, choice, offset, spoken, written
from pmlint.checks.places import line, locate, missing, words
from pmlint.facts import Duration, Point, Postmortem
from pmlint.findings import Case, Fix, Mark, Span
from pmlint.reading.offsets import season as in_season
from pmlint.reading.times import Date, Moment, find_moments
from pmlint.reading.zones import Zone, find_zones
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
    span = _range(postmortem, duration)
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


def date(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Clock times only, and no date in the same statement, the title or the opening."""
    duration = postmortem.duration
    if duration is None or duration.verdict in ("placeholder", "missing", "no-times"):
        return
    points = [point for point in (duration.start, duration.end) if point is not None]
    if not points or any(point.date for point in points):
        return
    if any(_has_date(postmortem.source.slice(span)) for span in _surroundings(postmortem)):
        return
    span = _range(postmortem, duration)
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
    times_span = _range(postmortem, duration)
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


def ambiguous_zone(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Abbreviations that several countries use; each is reported where it first stands.

    Cases: ``likely`` (one reading is far commoner: ``parameters["likely"]``), ``ambiguous``.
    """
    settled = {name.upper() for name in parameters["zones"]}
    seen = set(settled)
    for zone, span in _zones(postmortem):
        name = (zone.abbreviation or zone.key).upper()
        if name in seen or len(zone.candidates) < 2 or zone.stated_offset is not None:
            continue
        seen.add(name)
        offsets = [offset(minutes) for minutes in sorted(zone.candidates)]
        likely = parameters["likely"].get(name)
        values = {
            "zone": name,
            "readings": choice(offsets),
            "options": choice([f"`{name} ({each})`" for each in offsets]),
            "likely": likely or "",
        }
        yield Case("likely" if likely else "ambiguous", span, values)


def _zones(postmortem: Postmortem) -> Iterator[tuple[Zone, Span]]:
    """The zones that the duration and the timeline state, with their words."""
    duration, timeline = postmortem.duration, postmortem.timeline
    if duration is not None and duration.zone is not None:
        yield duration.zone, locate(postmortem, duration.zone.text, duration.span)
    if timeline is None:
        return
    if timeline.zone is not None:
        within = timeline.zone_span or timeline.extent
        yield timeline.zone, locate(postmortem, timeline.zone.text, within)
    for event in timeline.events:
        if event.zone is not None:
            yield event.zone, locate(postmortem, event.zone.text, event.extent)


def season(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Abbreviation, date and written offset disagree: ``offset`` (PST (UTC-7)) or ``season``.

    ``parameters["all_year"]`` lists abbreviations that the team's place uses in every season.
    """
    seen = {name.upper() for name in parameters["all_year"]}
    dated = _incident_date(postmortem)
    for zone, span in _zones(postmortem):
        name = (zone.abbreviation or "").upper()
        if not name or name in seen or len(zone.candidates) > 1:
            continue
        seen.add(name)
        if zone.stated_offset is not None:
            means = _literal(name)
            if means is not None and means != zone.stated_offset:
                values = {"zone": name, "means": offset(means)}
                values["stated"] = offset(zone.stated_offset)
                word, beside = _halves(postmortem, span, name)
                yield Case("offset", word, values, (Mark(beside, "stated"),) if beside else ())
        elif dated is not None:
            date, place = dated
            right = in_season(zone, date)
            if right is not None:
                values = {"zone": name, "right": right.abbreviation, "date": _iso(date)}
                yield Case(
                    "season",
                    span,
                    values,
                    (Mark(place, "date"),),
                    _in_season(postmortem, name, right.abbreviation),
                )


def _in_season(postmortem: Postmortem, wrong: str, right: str) -> Fix | None:
    from pmlint.fixes import times as mending

    places = [
        span
        for zone, span in _zones(postmortem)
        if (zone.abbreviation or "").upper() == wrong and zone.stated_offset is None
    ]
    duration = postmortem.duration
    if duration is not None:
        places += [point.span for point in (duration.start, duration.end) if point is not None]
    return mending.season(places, wrong, right, postmortem)


def _iso(date: Date) -> str:
    return (f"{date.year}-" if date.year is not None else "") + f"{date.month:02}-{date.day:02}"


def _halves(postmortem: Postmortem, span: Span, name: str) -> tuple[Span, Span | None]:
    """The abbreviation of ``PST (UTC-7)`` and the offset beside it."""
    text = postmortem.source.slice(span)
    at = text.upper().find(name)
    behind = re.search(r"\w[^()\[\]]*", text[at + len(name) :]) if at >= 0 else None
    if behind is None:
        return span, None
    start = span.start + at + len(name)
    word = Span(span.start + at, start)
    return word, Span(start + behind.start(), start + len(behind[0].rstrip()) + behind.start())


def _literal(abbreviation: str) -> int | None:
    """The offset of an abbreviation that stands alone; None where it has several or none."""
    found = find_zones(abbreviation)
    return found[0].offset if found and len(found[0].candidates) < 2 else None


def _incident_date(postmortem: Postmortem) -> tuple[Date, Span] | None:
    """The first date of the duration, else of the timeline, and where it stands."""
    duration, timeline = postmortem.duration, postmortem.timeline
    points = (duration.start, duration.end) if duration is not None else ()
    dates = [(point.date, point.span) for point in points if point is not None]
    if timeline is not None:
        dates += [(event.date, event.span) for event in timeline.events]
    for found, span in dates:
        if found is not None:
            return found, _date_words(postmortem, span)
    return None


def _date_words(postmortem: Postmortem, span: Span) -> Span:
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


def ambiguous_date(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
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


def metric(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A stated time to detect, mitigate or resolve that the events contradict.

    ``parameters["names"]`` lists how each is called, ``parameters["tolerance"]`` is a share.
    """
    from pmlint.reading.lengths import find_lengths

    source = postmortem.source
    given = _measured(postmortem)
    told = postmortem.duration.stated_span if postmortem.duration is not None else None
    named = {
        kind: re.compile(rf"\b(?:{'|'.join(map(re.escape, spellings))})\b", re.IGNORECASE)
        for kind, spellings in parameters["names"].items()
        if kind in given
    }
    first = source.line_index(postmortem.extent.start) if named else len(source.starts)
    for index in range(first, len(source.starts)):
        span = source.line_span(index)
        text = source.slice(span)
        for kind, name in named.items():
            match = name.search(text)
            if match is None:
                continue
            lengths = [each for each in find_lengths(text) if each.start >= match.end()]
            if not lengths or lengths[0].kind != "length":
                continue
            length_span = Span(span.start + lengths[0].start, span.start + lengths[0].end)
            if told is not None and told.overlaps(length_span):
                continue
            minutes, moments = given[kind]
            off = abs(lengths[0].minutes - minutes)
            if off > 1 and off > minutes * parameters["tolerance"]:
                values = {"kind": kind, "stated": brief(lengths[0].minutes)}
                values["given"] = brief(minutes)
                marks = zip(moments, ("first", "second"), strict=True)
                yield Case(kind, length_span, values, tuple(Mark(*each) for each in marks))


def _measured(postmortem: Postmortem) -> dict[str, tuple[int, tuple[Span, Span]]]:
    """For each metric the minutes that the facts give, and where its two moments stand."""
    metrics = postmortem.metrics
    start = _place_of(postmortem, metrics.started_at)
    found = {}
    for kind, minutes, at in (
        ("detect", metrics.minutes_to_detect, metrics.detected_at),
        ("mitigate", metrics.minutes_to_mitigate, metrics.mitigated_at),
        ("resolve", metrics.minutes_to_resolve, metrics.resolved_at),
    ):
        place = _place_of(postmortem, at)
        if minutes is not None and start is not None and place is not None:
            found[kind] = (minutes, (start, place))
    return found


def _place_of(postmortem: Postmortem, at: datetime | None) -> Span | None:
    """Where a moment stands: in the timeline, else in the duration."""
    if at is None:
        return None
    timeline, duration = postmortem.timeline, postmortem.duration
    told = [(event.at, event.span) for event in timeline.events] if timeline is not None else []
    if duration is not None:
        points = (duration.start, duration.end)
        told += [(point.at, point.span) for point in points if point is not None]
    for moment, span in told:
        comparable = moment is not None and (moment.tzinfo is None) == (at.tzinfo is None)
        if comparable and moment == at:
            return words(postmortem, span)
    return None


def _with_verdict(postmortem: Postmortem, verdict: str) -> Duration | None:
    duration = postmortem.duration
    return duration if duration is not None and duration.verdict == verdict else None


def _range(postmortem: Postmortem, duration: Duration) -> Span:
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
