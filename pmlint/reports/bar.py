"""One row that tells how far the work is: a bar, its share, the count, the rate."""

from __future__ import annotations

from pmlint.namedtuples import NamedTuple
from pmlint.reports.colour import Style

LONGEST = 30
"""Cells of the bar where there is much room."""
SHORTEST = 8
"""Cells below which a bar tells nothing that the share does not."""


class Work(NamedTuple):
    """How far some work is."""

    doing: str
    """What is done, as a word: ``checking``."""
    done: int
    total: int
    noun: str
    """What is counted: ``files``."""
    seconds: float
    findings: int | None = None
    """What was found so far, where that is counted."""


def row(work: Work, style: Style) -> str:
    """The row, over the whole width but the last cell, so that it never breaks.

    Where there is little room the rate goes first, then the findings, then the bar. It ends
    with spaces over what stood there before: no escape is needed where none is wanted.
    """
    room = style.width - 1
    share = f"{100 * work.done // work.total if work.total else 0:3} %"
    count = f"{work.done:,} of {work.total:,}"
    named = f"{count} {work.noun}"
    found = "" if work.findings is None else f", {work.findings:,} findings"
    for told in (f"{named}{_rate(work)}{found}", f"{named}{found}", named, count):
        left = room - len(f"{work.doing}  {share}  {told}")
        if left >= SHORTEST:
            length = min(left, LONGEST)
            spaces = " " * (left - length)
            return f"{work.doing} {_bar(work, length, style)} {share}  {told}{spaces}"
    return f"{work.doing} {share.strip()}  {count}"[:room].ljust(room)


def blank(style: Style) -> str:
    """What a row is overwritten with."""
    return " " * (style.width - 1)


def _bar(work: Work, length: int, style: Style) -> str:
    full = min(length * work.done // work.total, length) if work.total else 0
    done, ahead = ("━", "─") if style.unicode else ("#", "-")
    return style.paint("related", done * full) + style.paint("faint", ahead * (length - full))


def _rate(work: Work) -> str:
    if not work.done or work.seconds <= 0:
        return ""
    rate = work.done / work.seconds
    return f", {rate:,.0f}/s" if rate >= 10 else f", {rate:.1f}/s"
