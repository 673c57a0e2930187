"""Whether a text that was mended still tells what it told.

Both texts are read; what they state is compared part by part, but for what a
fix promises to change. The rendered pages are compared too: every word and every
list item, table cell, link, image and code block that an edit does not touch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pmlint.facts import Duration, Event, Passage, Postmortem, Task
from pmlint.findings import Edit, Promise, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MAY_CHANGE: Mapping[Promise, frozenset[str]] = {
    "nothing": frozenset(),
    "name": frozenset({"title"}),
    "order": frozenset({"order of the events"}),
    "zone": frozenset({"duration's zone"}),
    "season": frozenset({"duration's zone", "zones of the events", "words of the events"}),
    "length": frozenset({"stated length"}),
    "part": frozenset({"placeholders"}),
    "slot": frozenset({"owners and dates", "placeholders", "words of the tasks"}),
}
_MAY_APPEAR: frozenset[Promise] = frozenset({"name", "part"})
"""Promises under which what was nowhere may be found."""


def broken(before: Postmortem, after: Postmortem, promises: Collection[Promise]) -> str:
    """What reads differently than promised, or an empty string."""
    allowed = frozenset[str]().union(*(_MAY_CHANGE[promise] for promise in promises))
    appear = not _MAY_APPEAR.isdisjoint(promises)
    old, new = statements(before), statements(after)
    for name, told in old.items():
        if told == new[name] or name in allowed:
            continue
        if appear and (not told or _extends(told, new[name])):
            continue
        return name
    if "order of the events" in allowed:
        return _reordered(before, after)
    return ""


def _extends(told: object, now: object) -> bool:
    """Everything that was told is told still, in its order, among more."""
    if not isinstance(told, tuple) or not isinstance(now, tuple):
        return False
    rest = iter(now)
    return all(any(item == other for other in rest) for item in told)


def _reordered(before: Postmortem, after: Postmortem) -> str:
    """The same events at the same moments, and fewer of them out of place."""
    if before.timeline is None or after.timeline is None:
        return "timeline"
    old, new = before.timeline, after.timeline
    if Counter(map(_event, old.events)) != Counter(map(_event, new.events)):
        return "times of the events"
    return "" if len(new.disorder) < len(old.disorder) else "order of the events"


def statements(postmortem: Postmortem) -> Mapping[str, object]:
    """What a postmortem tells, by the name of the part; without places in the text."""
    timeline, duration = postmortem.timeline, postmortem.duration
    impact, tasks = postmortem.impact, postmortem.tasks
    events = timeline.events if timeline is not None else ()
    items = tasks.items if tasks is not None else ()
    return {
        "incident": postmortem.absence.kind if postmortem.absence is not None else "",
        "title": _words(postmortem.title.text) if postmortem.title is not None else (),
        "parts": tuple(role for part in postmortem.sections for role in part.roles),
        "duration": _duration(duration),
        "duration's zone": _duration_zone(duration),
        "stated length": _stated(duration),
        "impact": tuple(_words(each.text) for each in impact.figures) if impact else (),
        "extent of the impact": impact.universal if impact is not None else False,
        "order of the events": tuple(event.clock for event in events),
        "times of the events": tuple(sorted(map(repr, map(_time, events)))),
        "words of the events": tuple(sorted(_words(event.text) for event in events)),
        "zones of the events": tuple(sorted(_zone(event) for event in events)),
        "untimed entries": len(timeline.untimed) if timeline is not None else 0,
        "root cause": _beginning(postmortem.root_cause),
        "resolution": _beginning(postmortem.resolution),
        "tasks": len(items),
        "words of the tasks": tuple(_words(item.text) for item in items),
        "owners and dates": tuple(_slots(item) for item in items),
        "placeholders": tuple(each.text for each in postmortem.placeholders),
    }


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text))


def _beginning(passage: Passage | None) -> tuple[str, ...]:
    """The first words under a heading: where it ends is a matter of headings, not of words."""
    return _words(passage.text)[:12] if passage is not None and passage.labelled else ()


def _duration(duration: Duration | None) -> tuple[object, ...]:
    if duration is None:
        return ()
    points = (duration.start, duration.end)
    told = [(str(p.date or ""), str(p.clock or "")) if p is not None else None for p in points]
    return (*told, duration.minutes, duration.approximate) if any(told) else ()


def _duration_zone(duration: Duration | None) -> tuple[object, ...]:
    if duration is None or duration.zone is None:
        return ()
    points = (duration.start, duration.end)
    return (duration.zone.key, *(p.at for p in points if p is not None))


def _stated(duration: Duration | None) -> float | None:
    return duration.stated.minutes if duration is not None and duration.stated else None


def _time(event: Event) -> tuple[object, ...]:
    at = event.at.replace(tzinfo=None).isoformat() if event.at is not None else ""
    return str(event.clock or ""), str(event.end_clock or ""), at, event.approximate


def _zone(event: Event) -> tuple[str, str]:
    offset = event.at.utcoffset() if event.at is not None else None
    return event.zone.key if event.zone is not None else "", str(offset)


def _event(event: Event) -> tuple[object, ...]:
    return _time(event), _zone(event), _words(event.text), event.kind


def _slots(task: Task) -> tuple[object, ...]:
    return task.owner, task.due, task.ticket, task.done


def torn(
    before: Source, after: Source, edits: Iterable[Edit], promises: Collection[Promise]
) -> str:
    """What the rendered page lost or gained beside the edits, or an empty string."""
    old_words, old_tags = page(before.text)
    new_words, new_tags = page(after.text)
    wanted = Counter(old_words)
    edited = list(edits)
    for edit in edited:
        wanted.subtract(_written(before.slice(edit.span)))
        wanted.update(_written(edit.text))
    wanted.subtract(new_words)
    if any(wanted.values()):
        return "words of the page"
    if "part" in promises:
        new_tags["li"] = max(min(new_tags["li"], old_tags["li"]), new_tags["li"] - len(edited))
    if not _HEADS.isdisjoint(promises):
        old_tags = Counter({tag: old_tags[tag] for tag in _STEADY})
        new_tags = Counter({tag: new_tags[tag] for tag in _STEADY})
    old_tags.subtract(new_tags)
    return "layout of the page" if any(old_tags.values()) else ""


_HEADS: frozenset[Promise] = frozenset({"nothing", "name", "part"})
"""Promises under which lines may become headings."""
_STEADY = ("li", "pre", "code", "table", "td", "th", "tr", "a", "img", "blockquote")
"""Elements that a heading's edit never makes or ends."""


def page(text: str) -> tuple[Counter[str], Counter[str]]:
    """The words and the elements of a text as it is rendered."""
    html = _renderer().render(text)
    tags = Counter(match[1].lower() for match in re.finditer(r"<([A-Za-z]\w*)", html))
    return Counter(_written(html)), tags


def _written(html: str) -> Iterator[str]:
    from html import unescape

    plain = unescape(re.sub(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", " ", html, flags=re.DOTALL))
    return (match[0] for match in re.finditer(r"[^\W\d_]+", plain))


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
