"""A timeline for the terminal: events and phases on one scale, then every entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from pmlint.reports.layout import cells, said, wrap
from pmlint.reports.sanitise import path_text
from pmlint.reports.show_page import WIDEST, length

if TYPE_CHECKING:
    from datetime import datetime

    from pmlint.drawing.scene import Mark, Scene
    from pmlint.reports.colour import Style

NARROW = 60
"""Below this width there is no room for a scale."""


def render(scene: Scene, style: Style) -> str:
    """The picture as rows, ending in a line end."""
    return "\n".join(row.rstrip() for row in _rows(scene, style)) + "\n"


def _rows(scene: Scene, style: Style) -> Iterator[str]:
    width = min(style.width, WIDEST)
    for row in wrap(said(scene.title, style), width):
        yield style.paint("bold", row)
    yield path_text(scene.path)
    yield from wrap(said(scene.about, style), width)
    yield ""
    if scene.last > scene.first and width >= NARROW:
        yield from _scale(scene, style, width)
        yield ""
    else:
        yield from (f"  {phase.name}  {phase.took}" for phase in scene.phases)
    yield from _entries(scene, style, width)
    if scene.left_out:
        entries = "entry" if scene.left_out == 1 else "entries"
        told = f"not drawn: {scene.left_out} {entries} without a time of day"
        yield from (f"  {row}" for row in wrap(told, width - 2))


def _scale(scene: Scene, style: Style, width: int) -> Iterator[str]:
    """A rule with the events, and under it a bar for each phase."""
    many = scene.days and scene.dated
    left, right = (
        f"{scene.day(at)} {at:%H:%M}" if many else f"{at:%H:%M}" for at in (scene.first, scene.last)
    )
    steps = width - 8 - len(left) - len(right)
    span = scene.last - scene.first

    def step(at: datetime) -> int:
        return round((at - scene.first) / span * steps)

    rule = [style.signs.line] * (steps + 1)
    for mark in scene.marks:
        rule[step(mark.at)] = style.signs.event
    yield f"  {left} {''.join(rule)} {right}"
    margin = 3 + len(left)
    for phase in scene.phases:
        begin, end = step(phase.start), step(phase.end)
        bar = style.signs.fault * max(end - begin, 1)
        words = f"{phase.name}, {phase.took}"
        if margin + begin + len(bar) + 1 + len(words) <= width:
            yield " " * (margin + begin) + f"{bar} {words}"
        elif len(words) + 1 <= margin + begin:
            yield " " * (margin + begin - len(words) - 1) + f"{words} {bar}"
        else:
            yield " " * (margin + begin) + bar
            yield " " * margin + words


def _entries(scene: Scene, style: Style, width: int) -> Iterator[str]:
    labels = [style.wording(mark.clock) or "day" for mark in scene.marks]
    gaps = ["", *(_gap(before, mark) for before, mark in _pairs(scene))]
    first, second = max(map(cells, labels)), max(map(len, gaps))
    room = width - first - second - 10
    long = {gap.end for gap in scene.gaps}
    day = ""
    for mark, label, gap in zip(scene.marks, labels, gaps, strict=True):
        if scene.days and scene.dated and scene.day(mark.at) != day:
            day = scene.day(mark.at)
            yield f"  {day}"
        if mark.at in long and gap:
            sign = style.paint("faint", style.signs.left_out)
            before = f"  {'':<{first}}  {gap:>{second}}  {sign}  "
            for row in wrap(f"no entry for {gap[1:]}", room):
                yield before + row
                before = " " * (first + second + 9)
            gap = ""
        kind = f" ({mark.kind})" if mark.kind else ""
        rows = wrap(said(mark.text, style) + kind, room)
        head = f"  {label:>{first}}  {gap:>{second}}  {style.signs.event}  "
        for row in rows:
            yield head + row
            head = " " * (first + second + 9)


def _pairs(scene: Scene) -> Iterator[tuple[Mark, Mark]]:
    yield from zip(scene.marks, scene.marks[1:], strict=False)


def _gap(before: Mark, mark: Mark) -> str:
    """``+15 min`` since the entry before, where both tell a clock."""
    if not before.clock or not mark.clock:
        return ""
    return f"+{length((mark.at - before.at) / timedelta(minutes=1))}"
