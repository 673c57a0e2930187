"""What the parts of the page of ``show`` share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pmlint.findings import Finding, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reading.dates import MONTHS
from pmlint.reports.colour import Style
from pmlint.reports.layout import cut, said, wrap
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.facts import Postmortem
    from pmlint.reading.times import Date

WIDEST = 120
STACKED = 72
"""Below this width what stands in a right column moves below."""
MOST_ROWS = 3
"""Rows of a text that the document tells at length."""

PLACEHOLDER = "PM106"
_MISSING = {
    "duration": "PM201",
    "impact": "PM301",
    "timeline": "PM401",
    "detection": "PM407",
    "root_cause": "PM501",
    "resolution": "PM502",
    "tasks": "PM601",
}


class Page(NamedTuple):
    """The facts and findings of one file, and where they are drawn."""

    postmortem: Postmortem
    findings: Sequence[Finding]
    style: Style
    required: Collection[str] = ()
    """The roles that the template asks for."""

    @property
    def width(self) -> int:
        return min(self.style.width, WIDEST)

    @property
    def stacked(self) -> bool:
        return self.style.width < STACKED

    def told(self, text: str) -> str:
        return said(" ".join(text.split()), self.style)

    def line(self, span: Span) -> int:
        return self.postmortem.source.place(span.start).line

    def codes(self, about: tuple[str, ...], *spans: Span) -> str:
        """The codes that begin so of the findings at these places, ``PM203, PM205``."""
        found = [
            finding.code
            for finding in self.findings
            if finding.code.startswith((*about, PLACEHOLDER))
            and any(finding.span.overlaps(span) or finding.span == span for span in spans)
        ]
        return ", ".join(dict.fromkeys(found))

    def place(self, about: tuple[str, ...], *spans: Span, after: str = "") -> str:
        codes = self.codes(about, *spans)
        return f"line {self.line(spans[0])}{after}" + (f": {codes}" if codes else "")

    def missing(self, role: str) -> str:
        """The code of the finding that says a part is missing."""
        own = _MISSING.get(role)
        words = role.replace("_", " ")
        for finding in self.findings:
            if finding.code == own or (
                finding.code == "PM101" and words in finding.message.lower()
            ):
                return finding.code
        return ""

    def heading(self, text: str, more: str = "") -> Iterator[str]:
        rows = wrap(more, self.width - len(text) - 2) if more else [""]
        yield self.style.paint("bold", text) + (f"  {rows[0]}" if more else "")
        yield from (" " * (len(text) + 2) + row for row in rows[1:])


def length(minutes: int | float) -> str:
    """A number of minutes for people: ``0 min``, ``1 h 30 min``, ``2 days 3 h``."""
    whole = round(minutes)
    days, rest = divmod(abs(whole), 24 * 60)
    hours, left = divmod(rest, 60)
    told = []
    if days:
        told.append(counted(days, "day"))
    if hours:
        told.append(f"{hours} h")
    if left or not told:
        told.append(f"{left} min")
    return ("-" if whole < 0 else "") + " ".join(told)


def naive(moment: datetime) -> datetime:
    """What a clock on the wall showed."""
    return moment.replace(tzinfo=None)


def in_words(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def day_in_brief(day: datetime | Date) -> str:
    """``18 Jun``."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def date_in_words(date: Date) -> str:
    return " ".join([str(date.day), MONTHS[date.month - 1], str(date.year or "")]).rstrip()


def short(rows: list[str], room: int, style: Style) -> list[str]:
    """At most MOST_ROWS rows, the last cut where there are more."""
    if len(rows) <= MOST_ROWS:
        return rows
    last = " ".join(rows[MOST_ROWS - 1 : MOST_ROWS + 1])
    return [*rows[: MOST_ROWS - 1], cut(f"{last} …", room, style.signs.cut)]
