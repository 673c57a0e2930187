"""A timeline as SVG: a rail to scale, lines from it to the entries, phases beside it.

It can be read in light and dark (the picture follows the reader's colour scheme),
without colour (every phase has its name and its own hatching), and aloud (title
and description say all that is drawn).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pmlint.drawing.scene import Gap, Mark
from pmlint.reports.layout import char_width

if TYPE_CHECKING:
    from pmlint.drawing.scene import Scene

WIDTH = 920
_RAIL = 290
_PHASE = 158
_CLOCK = 342
_LINE = 19
"""Between two lines of text."""
_MOST_LINES = 3
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 20160, 43200)
"""Minutes between two ticks of the scale."""
_TONES = {"until detected": "detect", "until mitigated": "mitigate", "until resolved": "resolve"}

# Contrast on both grounds is at least 4.5 : 1 for text and 3 : 1 for shapes (WCAG 2.2).
_STYLE = """\
  .ground { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e }
  .rail { stroke: #59636e; stroke-width: 2 } .leader { stroke: #818b98; fill: none }
  .dot { fill: #0550ae; stroke: #ffffff; stroke-width: 2 } .void { stroke: #59636e; \
stroke-width: 2; stroke-dasharray: 3 5 }
  .detect { fill: #cf222e } .mitigate { fill: #9a6700 } .resolve { fill: #1a7f37 }
  .hatch { stroke: #ffffff; stroke-width: 2 } .blank { stroke: #ffffff; stroke-width: 4 }
  text { font: 14px system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, \
sans-serif }
  .title { font-size: 19px; font-weight: 600 } .small { font-size: 12px } .strong { \
font-weight: 600 }
  .clock { font-weight: 600; font-variant-numeric: tabular-nums }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .ink { fill: #e6edf3 } .soft { fill: #9198a1 }
    .rail, .void { stroke: #9198a1 } .leader { stroke: #656c76 }
    .dot { fill: #79c0ff; stroke: #0d1117 }
    .detect { fill: #ff7b72 } .mitigate { fill: #d29922 } .resolve { fill: #3fb950 }
    .hatch, .blank { stroke: #0d1117 }
  }
"""


def render(scene: Scene) -> str:
    """The picture as an SVG document."""
    return "\n".join(_Picture(scene).elements()) + "\n"


class _Picture:
    """Where everything stands, worked out once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.title = _fold(scene.title, WIDTH - 48, 19, 2)
        self.top = 40 + 26 * len(self.title) + 34
        self.labels = [_cut(scene.label(mark), 16) for mark in scene.marks]
        widest = max(_measure(label, 16.5) for label in self.labels)
        self.text_x = _CLOCK + int(widest) + 16
        self.room = WIDTH - 24 - self.text_x
        self.rows = list(self._rows())
        bottom = self.rows[-1][0] + 22 + _LINE * len(self.rows[-1][2])
        least = self.top + 60 * max(len(scene.phases), 1)
        self.bottom = max(bottom, least)
        self.rail_end = max(self.rows[-1][0], least - 30)
        self.height = int(self.bottom) + (44 if scene.left_out else 20)

    def _rows(self) -> Iterator[tuple[int, Mark | Gap, list[str]]]:
        """The entries one under the other, with a row for each long gap."""
        y = self.top + 10
        gaps = {gap.end: gap for gap in self.scene.gaps}
        for mark in self.scene.marks:
            gap = gaps.pop(mark.at, None)
            if gap is not None:
                yield y, gap, [f"no entry for {gap.took}"]
                y += _LINE + 12
            lines = _fold(mark.text, self.room, 14, _MOST_LINES)
            yield y, mark, lines
            y += _LINE * (len(lines) + 1) + 14

    def _y(self, at: datetime) -> float:
        """Where a moment stands on the rail."""
        first, last = self.scene.first, self.scene.last
        start = self.top + 10
        if last == first:
            return start
        return round(start + (at - first) / (last - first) * (self.rail_end - start), 1)

    def elements(self) -> Iterator[str]:
        scene = self.scene
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}"'
            f' viewBox="0 0 {WIDTH} {self.height}" role="img"'
            ' aria-labelledby="pmlint-title pmlint-desc">'
        )
        yield f'<title id="pmlint-title">{_escape("Timeline of " + scene.title)}</title>'
        yield f'<desc id="pmlint-desc">{_escape(_described(scene))}</desc>'
        yield f"<style>\n{_STYLE}</style>"
        yield from _hatchings()
        yield f'<rect class="ground" width="{WIDTH}" height="{self.height}"/>'
        for number, line in enumerate(self.title):
            yield _text(24, 40 + 26 * number, line, "ink title")
        yield _text(24, 40 + 26 * len(self.title) - 4, scene.about, "soft")
        yield from self._phases()
        yield from self._rail()
        yield from self._entries()
        if scene.left_out:
            entries = "entry" if scene.left_out == 1 else "entries"
            told = f"not drawn: {scene.left_out} {entries} without a time of day"
            yield _text(_CLOCK, self.height - 18, told, "soft small")
        yield "</svg>"

    def _phases(self) -> Iterator[str]:
        low = 0.0
        for phase in self.scene.phases:
            start, end = self._y(phase.start), self._y(phase.end)
            tall = max(end - start, 2)
            tone = _TONES[phase.name]
            place = f'x="{_PHASE}" y="{start}" width="14" height="{tall}"'
            yield f'<rect class="{tone}" {place}/>'
            yield f'<rect fill="url(#pmlint-{tone})" {place}/>'
            y = max((start + end) / 2, low + 38, self.top + 10)
            low = y
            yield _text(_PHASE - 10, round(y, 1), phase.name, "ink strong", "end")
            yield _text(_PHASE - 10, round(y + 17, 1), phase.took, "soft small", "end")

    def _rail(self) -> Iterator[str]:
        scene = self.scene
        first, last = self._y(scene.first), self._y(scene.last)
        yield f'<line class="rail" x1="{_RAIL}" y1="{first}" x2="{_RAIL}" y2="{last}"/>'
        for gap in scene.gaps:
            start, end = self._y(gap.start), self._y(gap.end)
            place = f'x1="{_RAIL}" y1="{start}" x2="{_RAIL}" y2="{end}"'
            yield f'<line class="blank" {place}/>'
            yield f'<line class="void" {place}/>'
        for at, words in self._ticks():
            y = self._y(at)
            yield f'<line class="rail" x1="{_RAIL - 6}" y1="{y}" x2="{_RAIL}" y2="{y}"/>'
            yield _text(_RAIL - 12, y + 4, words, "soft small", "end")

    def _ticks(self) -> Iterator[tuple[datetime, str]]:
        """Round times, far enough apart to be read."""
        scene = self.scene
        span = (scene.last - scene.first) / timedelta(minutes=1)
        tall = self.rail_end - self.top - 10
        if not span:
            return
        most = max(int(tall / 30), 1)
        step = next((step for step in _STEPS if span / step <= most), _STEPS[-1])
        midnight = scene.first.replace(hour=0, minute=0, second=0)
        at = midnight + timedelta(minutes=step) * _ceil(scene.first, midnight, step)
        day = ""
        while at <= scene.last:
            words = f"{at:%H:%M}" if step < 1440 else ""
            if scene.dated and scene.days and (scene.day(at) != day):
                day = scene.day(at)
                words = day if not words or words == "00:00" else f"{day} {words}"
            yield at, words
            at += timedelta(minutes=step)

    def _entries(self) -> Iterator[str]:
        labels = iter(self.labels)
        for y, shown, lines in self.rows:
            if isinstance(shown, Gap):
                yield _text(self.text_x, y, lines[0], "soft small")
                continue
            dot = self._y(shown.at)
            yield (
                f'<path class="leader" d="M{_RAIL} {dot} C{_RAIL + 24} {dot} '
                f'{_CLOCK - 30} {y} {_CLOCK - 8} {y}"/>'
            )
            yield f'<circle class="dot" cx="{_RAIL}" cy="{dot}" r="6"/>'
            yield _text(_CLOCK, y + 5, next(labels), "ink clock")
            for number, line in enumerate(lines):
                yield _text(self.text_x, y + 5 + _LINE * number, line, "ink")
            told = f"{shown.kind}, line {shown.line}" if shown.kind else f"line {shown.line}"
            yield _text(self.text_x, y + 4 + _LINE * len(lines), told, "soft small")


def _ceil(first: datetime, midnight: datetime, step: int) -> int:
    minutes = (first - midnight) / timedelta(minutes=1)
    return -int(-minutes // step)


def _hatchings() -> Iterator[str]:
    """A pattern for each phase, so that they differ without colour."""
    yield "<defs>"
    lines = {
        "detect": '<path class="hatch" d="M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6"/>',
        "mitigate": '<path class="hatch" d="M0 4 L8 4"/>',
        "resolve": "",
    }
    for tone, drawn in lines.items():
        yield (
            f'<pattern id="pmlint-{tone}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f"{drawn}</pattern>"
        )
    yield "</defs>"


def _described(scene: Scene) -> str:
    """Everything that the picture shows, in words."""
    parts = [scene.about]
    parts += [f"{phase.name} {phase.took}" for phase in scene.phases]
    parts += [f"{scene.label(mark)} {mark.text}".rstrip(" .") for mark in scene.marks]
    parts += [f"no entry for {gap.took} from {gap.start:%H:%M}" for gap in scene.gaps]
    return ". ".join(parts) + "."


def _text(x: float, y: float, words: str, kinds: str, anchor: str = "") -> str:
    placed = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{kinds}" x="{x}" y="{y}"{placed}>{_escape(words)}</text>'


_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def _escape(text: str) -> str:
    """Text as XML takes it; characters that XML or a reader's eye cannot bear are replaced."""
    text = _NO_XML.sub("\ufffd", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Runners of CI jobs obey ``##[…]`` in what is printed.
    return text.replace('"', "&quot;").replace("##", "#&#35;")


def _measure(text: str, size: float) -> float:
    """About how wide a text is drawn, rather too wide than too narrow."""
    ems = 0.0
    for char in text:
        if char in "iljtfrI.,:;'|!()[] ":
            ems += 0.34
        elif char in "mwMW@%—…":
            ems += 0.95
        elif char.isupper() or char_width(char) == 2:
            ems += 0.72 if char_width(char) == 1 else 1.05
        else:
            ems += 0.59 * char_width(char)
    return ems * size


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _fold(text: str, room: float, size: float, most: int) -> list[str]:
    """A text in lines that fit, at most so many, the last cut where there is more."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(), room, size):
        longer = f"{line} {word}" if line else word
        if line and _measure(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines = [*lines, line]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _measure(last + " …", size) > room:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], f"{last} …"]


def _pieces(words: Sequence[str], room: float, size: float) -> Iterator[str]:
    """Words, those that are wider than a line in pieces."""
    for word in words:
        rest = word
        while _measure(rest, size) > room and len(rest) > 1:
            taken = len(rest) - 1
            while taken > 1 and _measure(rest[:taken], size) > room:
                taken = taken * 2 // 3
            yield rest[:taken]
            rest = rest[taken:]
        yield rest
