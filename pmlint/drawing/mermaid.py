"""A timeline as a Mermaid Gantt chart, the diagram of Mermaid that is to scale.

GitHub, GitLab and many wikis draw it from a fenced block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from pmlint.reports.sanitise import one_line

if TYPE_CHECKING:
    from pmlint.drawing.scene import Scene

LONGEST = 60
"""Characters of an entry's text; the chart gives it one row."""
MOST_GAPS = 3
_TONES = {"until detected": "crit", "until mitigated": "active", "until resolved": "done"}
_PLAIN = re.compile(r"[^\w .,()/+=?!'’–—…~-]")


def render(scene: Scene) -> str:
    """The chart as Mermaid text, without a fence."""
    return "\n".join(_lines(scene)) + "\n"


def fenced(scene: Scene) -> str:
    """The chart as a fenced block, ready to paste into Markdown."""
    return f"```mermaid\n{render(scene)}```\n"


def _lines(scene: Scene) -> Iterator[str]:
    yield "gantt"
    yield f"    title {_words(scene.title, 80)}"
    yield f"    accTitle: {_words('Timeline of ' + scene.title, 100)}"
    yield f"    accDescr: {_words(scene.about, 200)}"
    yield "    dateFormat YYYY-MM-DD HH:mm:ss"
    yield f"    axisFormat {_axis(scene)}"
    yield "    todayMarker off"
    if scene.phases:
        yield "    section Phases"
    for number, phase in enumerate(scene.phases, start=1):
        name = _words(f"{phase.name}, {phase.took}", LONGEST)
        tone = _TONES[phase.name]
        yield f"    {name} :{tone}, p{number}, {_at(phase.start)}, {_at(phase.end)}"
    yield "    section Events"
    for number, mark in enumerate(scene.marks, start=1):
        name = _words(" ".join((scene.label(mark), mark.text)), LONGEST)
        yield f"    {name} :milestone, e{number}, {_at(mark.at)}, 0m"
    gaps = sorted(scene.gaps, key=lambda gap: gap.end - gap.start, reverse=True)[:MOST_GAPS]
    if gaps:
        yield "    section Gaps"
    for number, gap in enumerate(sorted(gaps, key=lambda gap: gap.start), start=1):
        name = _words(f"no entry for {gap.took}", LONGEST)
        yield f"    {name} :done, g{number}, {_at(gap.start)}, {_at(gap.end)}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _axis(scene: Scene) -> str:
    days = (scene.last - scene.first).days
    if not scene.days or not scene.dated:
        return "%H:%M"
    return "%d %b" if days > 4 else "%d %b %H:%M"


def _words(text: str, longest: int) -> str:
    """Document text as Mermaid takes it: signs that its grammar knows become entities."""
    text = one_line(text)
    if len(text) > longest:
        text = text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"
    # Entities are the one way to write a colon, and no directive survives them.
    return _PLAIN.sub(lambda match: f"#{ord(match[0])};", text) or "–"
