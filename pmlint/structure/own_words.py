"""Lines in the author's own words over a list of times or of measures."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pmlint.structure.announcing import heads_plans, promises
from pmlint.structure.endings import field_stop
from pmlint.structure.outline import LISTS
from pmlint.structure.timed import LEAST_ENTRIES, opens_event, opens_with_clock, speaks_of_events
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import listed, normalise

if TYPE_CHECKING:
    from pmlint.facts import Role, Style
    from pmlint.structure.outline import Outline

MOST_WORDS = 14
"""A line of more words is a sentence that goes on."""
LONGEST = 60
"""Characters of a line that may be a heading in the author's own words."""
LONGEST_ANNOUNCED = 110
"""The same where it speaks of events: ``The following sequence of events was logged:``."""
FARTHEST_ENTRY = 12
"""A line names no timeline when its entries stand farther below."""


def heads_log(outline: Outline, index: int, line: Line) -> bool:
    """It ends with a colon over a list of times, where no name tells of one."""
    words, page = line.text.plain.rstrip(), outline.page
    longest = LONGEST_ANNOUNCED if speaks_of_events(words) else LONGEST
    if not words.endswith(":") or len(words) > longest or not line.first:
        return False
    entries = page.lines[index + 1 : index + 2 + LEAST_ENTRIES]
    header = bool(entries) and entries[0].kind == "row" and entries[0].block.header
    entries = entries[header : LEAST_ENTRIES + header]
    if len(entries) < LEAST_ENTRIES or not all(map(opens_event, entries)):
        return False
    if "timeline" in outline.played:
        return False
    inside = not set(outline.inner_roles()) <= {"title", "summary"}
    if inside and not outline.open_ended():
        return False
    return not page.named_below(index, "timeline")


def heads_clocks(outline: Outline, index: int) -> bool:
    """A bold line over lines that begin with a clock, where nothing is named a timeline."""
    below = [
        line
        for line in outline.page.lines[index + 1 : index + FARTHEST_ENTRY]
        if line.text and not (line.kind == "row" and line.block.header)
    ][:LEAST_ENTRIES]
    if len(below) < LEAST_ENTRIES:
        return False
    if not all(line.kind != "code" and opens_with_clock(line) for line in below):
        return False
    return "timeline" not in outline.played and not outline.page.named_below(index, "timeline")


def cause(outline: Outline, index: int, line: Line) -> Node | None:
    """``It happened because of the following:`` over a list, where nothing names a cause."""
    page, below = outline.page, outline.page.below(index)
    if line.block.depth or below is None or not below.opens_item or opens_with_clock(below):
        return None
    if not announces_cause(line.text.plain) or not set(outline.inner_roles()) <= _OPENING:
        return None
    if "root_cause" in outline.played or page.named_below(index, "root_cause"):
        return None
    stop, label = field_stop(page, index), normalise(line.text.plain)
    return Node(
        index, line.text, None, "label", None, ("root_cause",), field_stop=stop, label=label
    )


_OPENING: frozenset[Role] = frozenset({"title", "summary"})


def announces_cause(plain: str) -> bool:
    """``This happened for two reasons:``, ``The outage was due to the following:``."""
    words = plain.strip(" *_").lower()
    said = words.rstrip(":").replace(",", " ").split()
    if not words.endswith(":") or not 2 <= len(said) <= MOST_WORDS:
        return False
    if not listed("deciding").isdisjoint(said):
        return False
    if not listed("reasons").isdisjoint(said):
        return True
    while said and said[-1] in listed("pointing"):
        said.pop()
    return " ".join(said[-2:]) in listed("owing") or (bool(said) and said[-1] in listed("owing"))


def plan(outline: Outline, index: int, line: Line) -> Node | None:
    """The section under a line over a list of measures."""
    below = outline.page.below(index)
    if line.block.depth or below is None or outline.in_timeline():
        return None
    closed = line.text.plain.rstrip().endswith(":") or line.text.all_bold
    if not below.opens_item and not (closed and line.first):
        return None
    if not LISTS.isdisjoint(outline.inner_roles()) or not _told_before(outline, index):
        return None
    if not _heads_plan(outline, index, line) and not promises(outline.page.lines, index):
        return None
    style: Style = "bold" if line.text.all_bold else "plain"
    return Node(index, line.text, None, style, None, (), label=normalise(line.text.plain))


def _heads_plan(outline: Outline, index: int, line: Line) -> bool:
    """A few words that no section with a level and a role holds."""
    top, page = outline.innermost, outline.page
    if top is not None and top.level is not None and top.roles:
        return False
    label = normalise(line.text.plain)
    asked = line.first and len(label) <= LONGEST and "corrective" in page.likely(label)
    return asked or heads_plans(page.lines, index)


def _told_before(outline: Outline, index: int) -> bool:
    """The part around a line says something before it."""
    top = outline.innermost
    if top is None:
        above = islice(outline.page.lines, index)
        return any(line.kind == "text" and line.text for line in above)
    return top.rest is not None or index - top.line > 1 or not top.roles
