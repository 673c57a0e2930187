"""The chronological list of events: there, in order, in a zone, and telling enough."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any

from pmlint.checks.phrases import entry, offset, quote, spoken, written
from pmlint.checks.places import has_placeholder, line, locate, missing, words
from pmlint.facts import Event, EventKind, Postmortem, Timeline
from pmlint.findings import Case, Mark
from pmlint.namedtuples import NamedTuple
from pmlint.spans import Spans

Parameters = Mapping[str, Any]
DAY = 24 * 60


def stated(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """No timeline, or one without events: ``relative``, ``untimed``, ``empty`` or a gap's case."""
    timeline = postmortem.timeline
    if timeline is None:
        yield from missing(postmortem, "timeline", parameters["template"])
    elif timeline.events or has_placeholder(postmortem, timeline.extent):
        return
    elif timeline.relative:
        first = words(postmortem, timeline.relative[0])
        text = postmortem.source.slice(first)
        relative = re.search(r"\bT ?\+ ?~?\w[\w:.]*\b|\bT0\b", text)
        yield Case("relative", first, {"text": relative[0] if relative else quote(text, 16)})
    else:
        case = "untimed" if timeline.untimed else "empty"
        yield Case(case, words(postmortem, timeline.span), {"count": len(timeline.untimed)})


def order(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Entries that are earlier than the one before them.

    Cases say which entries to move, the fewer: those that go back (``back-between``,
    ``back-first``) or those before them that lie ahead (``ahead-between``, ``ahead-last``).
    """
    timeline = postmortem.timeline
    if timeline is None or not timeline.disorder:
        return
    events = timeline.events
    heights = _heights(timeline)
    tops = list(accumulate(heights, max))
    from pmlint.fixes import order as mending

    fixes = mending.moves(postmortem, heights)
    for fault in timeline.disorder:
        move = _move(heights, tops, fault.event, fault.previous)
        neighbours = {
            "before": entry(postmortem, events[move.below]) if move.below is not None else "",
            "after": entry(postmortem, events[move.above]) if move.above is not None else "",
        }
        lines = [line(postmortem, events[index].span) for index in (move.first, move.last)]
        yield Case(
            move.case,
            words(postmortem, events[fault.event].span),
            {
                "back": spoken(fault.minutes),
                "entries": _run(*lines),
                **neighbours,
            },
            (Mark(words(postmortem, events[fault.previous].span), "previous"),),
            fixes.get(fault.event),
        )


def _run(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


class _Move(NamedTuple):
    """Which run of events to move, and between which two."""

    case: str
    first: int
    last: int
    below: int | None
    """The event under which the run belongs."""
    above: int | None


def _heights(timeline: Timeline) -> list[float]:
    """Minutes of each event on one line of time, which falls only at disorder."""
    back = {fault.event: fault for fault in timeline.disorder}
    heights: list[float] = []
    for index, event in enumerate(timeline.events):
        if not heights:
            heights.append(0.0)
        elif index in back:
            heights.append(heights[back[index].previous] - back[index].minutes)
        else:
            heights.append(heights[-1] + _step(timeline.events[index - 1], event))
    return heights


def _step(before: Event, event: Event) -> float:
    """Minutes forward from one event to the next that is in order."""
    if before.at is not None and event.at is not None and event.at >= before.at:
        return (event.at - before.at).total_seconds() / 60
    if before.clock is None or event.clock is None:
        return 0.0
    return float((event.clock.minutes - before.clock.minutes) % DAY)


_FAR = 100
"""A run of more entries is not looked through: nobody moves that many."""


def _move(heights: Sequence[float], tops: Sequence[float], event: int, previous: int) -> _Move:
    """``tops`` holds for each event the height of the highest one up to it."""
    last, end = event, min(len(heights) - 1, event + _FAR)
    while last < end and heights[event] <= heights[last + 1] < heights[previous]:
        last += 1
    first, start = previous, max(0, previous - _FAR)
    while first > start and heights[first - 1] > heights[last]:
        first -= 1
    if last - event <= previous - first:
        above = bisect_right(tops, heights[event])
        if above == 0:
            return _Move("back-first", event, last, None, 0)
        return _Move("back-between", event, last, above - 1, above)
    after = (index for index in range(event, end + 1) if heights[index] > heights[previous])
    above_run = next(after, None)
    if above_run is None:
        return _Move("ahead-last", first, previous, len(heights) - 1, None)
    return _Move("ahead-between", first, previous, above_run - 1, above_run)


def untimed(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Entries without a time."""
    for span in postmortem.timeline.untimed if postmortem.timeline else ():
        found = words(postmortem, span)
        yield Case("untimed", found, {"text": quote(postmortem.source.slice(found), 30)})


def timezone(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """No zone in the timeline, nor in the duration."""
    timeline, duration = postmortem.timeline, postmortem.duration
    if timeline is None or not any(event.clock for event in timeline.events):
        return
    if timeline.zone is not None or any(event.zone for event in timeline.events):
        return
    if duration is not None and (duration.zone is not None or duration.verdict == "no-timezone"):
        return
    if not postmortem.with_role("timeline"):
        first = next(event for event in timeline.events if event.clock)
        time = quote(postmortem.source.slice(words(postmortem, first.span)), 30)
        yield Case("unheaded", words(postmortem, first.span), {"time": time})
        return
    heading = quote(postmortem.source.slice(words(postmortem, timeline.span)), 30).rstrip(":")
    yield Case("bare", words(postmortem, timeline.span), {"heading": heading})


def window(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Start, detection or end of the impact outside the stated window, or no event inside it.

    A kind of event is at fault only where no event of that kind lies inside. Tolerance:
    ``parameters["share"]`` of the window, at least ``parameters["minutes"]``. Events with
    a word of ``parameters["lead_up"]`` are no start.
    """
    timeline, duration = postmortem.timeline, postmortem.duration
    if timeline is None or duration is None or duration.verdict is not None:
        return
    start = duration.start.at if duration.start else None
    end = duration.end.at if duration.end else None
    if start is None or end is None or not _comparable(start, end) or end < start:
        return
    slack = max((end - start) * parameters["share"], timedelta(minutes=parameters["minutes"]))
    dated = [each for each in timeline.events if each.at and _comparable(start, each.at)]
    if timeline.posted:
        dated = [each for each in dated if each.at and each.at <= end + slack]
    if not dated:
        return
    marks = (Mark(words(postmortem, duration.span), "window"),)
    inside = [event for event in dated if not _outside(event, start, end, slack)]
    if not inside:
        yield Case("none", words(postmortem, dated[0].span), {}, marks)
        return
    for case, kinds in _ENDS:
        told = [event for event in dated if event.kind in kinds]
        told = [event for event in told if not _leads_up(event, parameters)]
        if not told or not all(_outside(event, start, end, slack) for event in told):
            continue
        event = min(told, key=lambda each: abs(_outside(each, start, end, slack)))
        off = _outside(event, start, end, slack)
        values = {
            "off": spoken(off),
            "side": "after the stated end" if off > 0 else "before the stated start",
            "line": line(postmortem, duration.span),
        }
        yield Case(case, words(postmortem, event.span), values, marks)


def _leads_up(event: Event, parameters: Parameters) -> bool:
    """A release read as the start is what led up to the impact."""
    text = event.text.lower()
    return event.kind == "started" and any(word in text for word in parameters["lead_up"])


_ENDS: tuple[tuple[str, tuple[EventKind, ...]], ...] = (
    ("started", ("started",)),
    ("detected", ("detected",)),
    ("resolved", ("resolved", "mitigated")),
)


def _outside(event: Event, start: datetime, end: datetime, slack: timedelta) -> float:
    """Minutes by which an event misses the window: negative before it, 0 inside or near it."""
    assert event.at is not None
    if event.at < start - slack:
        return (event.at - start).total_seconds() / 60
    if event.at > end + slack:
        return (event.at - end).total_seconds() / 60
    return 0.0


def _comparable(first: datetime, second: datetime) -> bool:
    return (first.tzinfo is None) == (second.tzinfo is None)


def mixed_clock(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """Some events with AM or PM, others beyond doubt in 24 hours; the rarer kind is marked."""
    timeline = postmortem.timeline
    if timeline is None:
        return
    impossible = Spans(bad.span for bad in postmortem.bad_clocks)
    halves: dict[str, list[Event]] = {"12": [], "24": []}
    for event in timeline.events:
        if event.clock is None or impossible.meet(event.span):
            continue
        text = postmortem.source.slice(event.span)
        if re.search(r"[ap]\.?m\b", text, re.IGNORECASE):
            halves["12"].append(event)
        elif event.clock.hour > 12 or re.search(r"(?<!\d)0\d:", text):
            halves["24"].append(event)
    few, many = sorted(halves, key=lambda style: len(halves[style]))
    if halves[few]:
        event, other = halves[few][0], halves[many][0]
        values = {"clock": written(postmortem, event.span, 24)}
        mark = Mark(words(postmortem, other.span), "other")
        from pmlint.fixes import clocks as mending

        fix = mending.one_style(postmortem, "12" if many == "12" else "24", other)
        yield Case(f"mostly-{many}", words(postmortem, event.span), values, (mark,), fix)


def told(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """No event of the kinds that ``parameters["kinds"]`` lists.

    Words of ``parameters["words"]`` in an entry count as well, those of ``closing`` in the
    last two, and so do parts of the document with one of the roles of ``parameters["roles"]``.
    A labelled time of detection (``Detected: 15:04``) counts as an event of it.
    """
    timeline = postmortem.timeline
    if timeline is None or not timeline.events:
        return
    if any(event.kind in parameters["kinds"] for event in timeline.events):
        return
    if any(postmortem.with_role(role) for role in parameters["roles"]):
        return
    if "detected" in parameters["kinds"] and postmortem.metrics.detected is not None:
        return
    ends = [span.end for span in (timeline.extent, *timeline.untimed)]
    text = postmortem.source.text[timeline.extent.start : max(ends)].lower()
    if any(word in text for word in parameters["words"]):
        return
    closing = parameters.get("closing", ())
    ending = " ".join(event.text.lower() for event in timeline.events[-2:])
    ending = f" {ending.replace('.', ' ').replace(',', ' ').replace('!', ' ')} "
    if any(word in ending for word in closing):
        return
    last = timeline.events[-1]
    values = {"line": line(postmortem, last.span), "clock": written(postmortem, last.span, 24)}
    yield Case("untold", words(postmortem, timeline.span), values)


def gap(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Neighbouring events further apart than ``parameters["minutes"]``."""
    timeline = postmortem.timeline
    events = timeline.events if timeline is not None and not timeline.milestones else ()
    for before, event in pairwise(events):
        if before.at is None or event.at is None or not _comparable(before.at, event.at):
            continue
        minutes = (event.at - before.at).total_seconds() / 60
        if minutes > parameters["minutes"]:
            values = {"gap": spoken(minutes), "before": entry(postmortem, before)}
            mark = Mark(words(postmortem, before.span), "before")
            yield Case("gap", words(postmortem, event.span), values, (mark,))


def wordy(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Entries of more sentences than ``parameters["sentences"]``."""
    from pmlint.reading.amounts import sentences

    for event in postmortem.timeline.events if postmortem.timeline else ():
        count = len(sentences(event.text))
        if count > parameters["sentences"]:
            yield Case("wordy", words(postmortem, event.span), {"count": count})


def zones(postmortem: Postmortem, _: Parameters) -> Iterator[Case]:
    """The first entry whose zone has another offset than the entries before it."""
    timeline = postmortem.timeline
    if timeline is None:
        return
    first: tuple[Event, timedelta] | None = None
    for event in timeline.events:
        apart = event.at.utcoffset() if event.at is not None else None
        zone = event.zone or timeline.zone
        if apart is None or zone is None:
            continue
        if first is None:
            first = event, apart
            continue
        known = first[0].zone or timeline.zone
        if apart == first[1] or known is None or (zone.iana and zone.iana == known.iana):
            continue
        values = {"zone": zone.text.strip(), "other": known.text.strip()}
        values["offset"] = offset(round(apart.total_seconds() / 60))
        span = locate(postmortem, zone.text, event.extent)
        mark = Mark(words(postmortem, first[0].span), "other")
        yield Case("mixed", span, values, (mark,))
        return
