"""Timeline entries moved to their places, each whole: with sub-items, images, paragraphs.

An entry is the lines from its first to its last; blank lines and line breaks
between entries stay where they are, so that only entries change places.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pmlint.facts import Event, Postmortem
from pmlint.findings import Edit, Fix, Source, Span
from pmlint.fixes.places import number, without_break
from pmlint.markdown import Block, parse
from pmlint.standard.patterns import expression


@dataclass(frozen=True, slots=True)
class _Region:
    """Neighbouring events that change places among themselves."""

    first: int
    last: int
    order: tuple[int, ...]
    """Indices of the events in the order they should stand in."""


def moves(postmortem: Postmortem, heights: Sequence[float]) -> Mapping[int, Fix]:
    """A fix for each event, by index, that stands in a part that is out of order.

    ``heights`` are the minutes of the events on one line of time. All events of
    one part have the same fix. Parts whose entries cannot be told apart line by
    line have none.
    """
    timeline = postmortem.timeline
    if timeline is None:
        return {}
    layout = _Layout(postmortem)
    found: dict[int, Fix] = {}
    for region in _regions(heights):
        fix = layout.fix(region)
        if fix is not None:
            found.update(dict.fromkeys(range(region.first, region.last + 1), fix))
    return found


def _regions(heights: Sequence[float]) -> Iterator[_Region]:
    """The smallest runs of events that a stable sort permutes."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    start = highest = 0
    for at, index in enumerate(order):
        highest = max(highest, index)
        if highest == at:
            if at > start:
                yield _Region(start, at, tuple(order[start : at + 1]))
            start = at + 1


class _Layout:
    """Which lines each event takes up."""

    def __init__(self, postmortem: Postmortem) -> None:
        assert postmortem.timeline is not None
        self.postmortem = postmortem
        self.source = postmortem.source
        self.timeline = postmortem.timeline
        self.blocks = parse(postmortem.source).blocks
        self.firsts = [block.first for block in self.blocks]
        self.heads = [block.span.start for block in self.blocks if block.kind == "heading"]
        self.places = sorted(event.span.start for event in self.timeline.events)
        self.fixed = sorted((*self.timeline.untimed, *self.timeline.relative))

    def fix(self, region: _Region) -> Fix | None:
        events = self.timeline.events[region.first : region.last + 1]
        if any(event.clock is None for event in events):
            return None
        if len({self._group(event) for event in events}) > 1:
            return None
        units = self._units(events)
        if units is None or self._disturbed(units):
            return None
        span = Span(units[0].start, units[-1].end)
        new = "".join(self._rearranged(units, [index - region.first for index in region.order]))
        if new == self.source.slice(span):
            return None
        first, last = number(self.source, span.start), number(self.source, span.end)
        message = f"Put the entries of lines {first} to {last} in the order of their times"
        return Fix(message, (Edit(span, new),), promise="order")

    def _rearranged(self, units: Sequence[Span], order: Sequence[int]) -> Iterator[str]:
        """The entries in their order; what stands between them, and their numbers, stay."""
        text = self.source.text
        numbers = [_NUMBER.match(text, unit.start, unit.end) for unit in units]
        widths = {len(match[0]) if match is not None else 0 for match in numbers}
        width = widths.pop() if len(widths) == 1 else 0
        for slot, index in enumerate(order):
            unit = units[index]
            yield text[units[slot].start : units[slot].start + width]
            yield text[unit.start + width : unit.end]
            if slot + 1 < len(units):
                yield text[units[slot].end : units[slot + 1].start]

    def _group(self, event: Event) -> object:
        """The date an entry has from a heading or an entry above it."""
        return None if event.own_date else event.date

    def _units(self, events: Sequence[Event]) -> list[Span] | None:
        """The lines of each event; None where two share a line or have different shapes."""
        blocks = [self._block(event) for event in events]
        if None in blocks:
            return None
        kinds = {(block.kind, block.depth, block.html) for block in blocks if block is not None}
        if len(kinds) != 1:
            return None
        kind, depth, html = kinds.pop()
        lines = [self.source.line_index(event.span.start) for event in events]
        if any(first >= second for first, second in pairwise(lines)):
            return None
        if html:
            units = self._html_units(lines)
        elif kind == "row":
            units = [self.source.line_span(line) for line in lines]
            if len({block.table for block in blocks if block is not None}) > 1:
                return None
        elif kind == "item":
            units = self._item_units(events, depth)
        elif kind == "text" and not depth:
            units = self._paragraph_units(lines)
        else:
            return None
        return units

    def _block(self, event: Event) -> Block | None:
        at = self._index(event)
        return self.blocks[at] if at is not None else None

    def _index(self, event: Event) -> int | None:
        """The first block that holds the line of an event."""
        line = self.source.line_index(event.span.start)
        at = bisect_right(self.firsts, line) - 1
        while at > 0 and self.firsts[at - 1] == self.firsts[at]:
            at -= 1
        held = at >= 0 and self.blocks[at].first <= line <= self.blocks[at].last
        return at if held else None

    def _item_units(self, events: Sequence[Event], depth: int) -> list[Span] | None:
        """Items with all that is deeper; the event's words stand in the item's first line."""
        units = []
        for event in events:
            at = self._index(event)
            if at is None or self.blocks[at].quoted or self._shared(self.blocks[at]):
                return None
            block = self.blocks[at]
            last = block.last
            for following in range(at + 1, len(self.blocks)):
                other = self.blocks[following]
                if other.depth < depth or (other.depth == depth and other.kind == "item"):
                    break
                last = max(last, other.last)
            start = self.source.starts[block.first]
            units.append(Span(start, self.source.line_span(last).end))
        return units

    def _shared(self, block: Block) -> bool:
        """Several events are told in the same item."""
        first = bisect_left(self.places, block.span.start)
        return bisect_left(self.places, block.span.end) - first > 1

    def _paragraph_units(self, lines: Sequence[int]) -> list[Span] | None:
        """From an event's line to the next event's; the last one's to where its part ends."""
        behind = bisect_left(self.places, self.source.line_span(lines[-1]).end)
        if behind < len(self.places):
            following = self.source.line_index(self.places[behind])
        else:
            end = max(self.timeline.extent.end - 1, self.source.starts[lines[-1]])
            following = self.source.line_index(end) + 1
        if any(self._stands_in_prose(line) for line in lines):
            return None
        return [self._trimmed(first, behind) for first, behind in pairwise([*lines, following])]

    def _stands_in_prose(self, line: int) -> bool:
        """The words before the time are those of a sentence that began a line above."""
        start = self.source.starts[line]
        before = self.source.text[start : self.places[bisect_left(self.places, start)]]
        return re.search(r"\w\w", before) is not None

    def _html_units(self, lines: Sequence[int]) -> list[Span] | None:
        """Elements that begin and end on lines of their own."""
        units = []
        for line in lines:
            last = line
            while last < len(self.source.starts) and last < line + 40:
                text = self.source.text[self.source.starts[line] : self.source.line_span(last).end]
                if _ELEMENT.fullmatch(text):
                    break
                last += 1
            else:
                return None
            if last >= len(self.source.starts):
                return None
            units.append(Span(self.source.starts[line], self.source.line_span(last).end))
        return units

    def _trimmed(self, first: int, behind: int) -> Span:
        """Lines without the blank ones at their end and without a line break in Markdown."""
        last = behind - 1
        while last > first and not self.source.line_text(last).strip():
            last -= 1
        start = self.source.starts[first]
        text = self.source.text[start : self.source.line_span(last).end]
        return Span(start, start + len(without_break(text)))

    def _disturbed(self, units: Sequence[Span]) -> bool:
        """Something between or among the entries must stay where it is."""
        if any(first.end >= second.start for first, second in pairwise(units)):
            return True
        whole = Span(units[0].start, units[-1].end)
        for span in self.fixed[bisect_left(self.fixed, Span(whole.start, 0)) :]:
            if span.start >= whole.end:
                break
            if not _inside_first_line(span, units, self.source):
                return True
        if bisect_left(self.heads, whole.start) < bisect_left(self.heads, whole.end):
            return True
        gaps = [self.source.text[first.end : second.start] for first, second in pairwise(units)]
        return any(without_break(gap.strip()) for gap in gaps)


def _inside_first_line(span: Span, units: Sequence[Span], source: Source) -> bool:
    """An entry below another one moves along with it."""
    at = bisect_right(units, (span.start, len(source.text))) - 1
    if at < 0 or span.start >= units[at].end:
        return False
    line = source.line_index(span.start)
    return line > source.line_index(units[at].start) and source.text[source.starts[line]].isspace()


_NUMBER = expression(r"[ \t]*\d{1,4}[.)](?=[ \t])")


_ELEMENT = expression(r"[ \t]*<(li|p|tr|div)\b[^<>]*>(?:(?!<\1\b).)*</\1>[ \t]*", re.I | re.DOTALL)
