"""Labels: fields, or headings where nothing stands behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pmlint.reading.openings import leading_time
from pmlint.reading.times import find_ranges
from pmlint.reading.zones import find_zones
from pmlint.standard.patterns import expression
from pmlint.structure.endings import (
    ends_part,
    field_stop,
    heads_entries,
    is_label_line,
    leaves_timeline,
)
from pmlint.structure.labels import dash_label, declares_times, split_label, tells_time
from pmlint.structure.lone import lone_heading
from pmlint.structure.measures import beside_measures, sorts_label
from pmlint.structure.outline import CORE_FIELDS, LISTS, PHASES
from pmlint.structure.page import MOST_BARE_WORDS
from pmlint.structure.stamps import only_time
from pmlint.structure.timed import opens_with_date
from pmlint.structure.tree import Line, Node
from pmlint.structure.vocabulary import listed, normalise, variants
from pmlint.structure.wordings import tells_failure

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.structure.outline import Outline
    from pmlint.structure.page import Page
    from pmlint.structure.text import Text

_INSIDE: dict[Role, frozenset[Role]] = {
    "timeline": PHASES,
    "corrective": frozenset({"corrective", "tasks", "lessons"}),
    "tasks": frozenset({"corrective", "tasks"}),
    "lessons": frozenset({"corrective", "tasks", "lessons"}),
    "root_cause": frozenset({"root_cause", "resolution", "detection", "corrective", "tasks"}),
    "resolution": frozenset({"root_cause", "resolution", "corrective", "tasks"}),
    "impact": frozenset({"impact", "duration"}),
    "duration": frozenset({"duration"}),
}
"""Which labels are read as fields inside a part."""

SIGN = 5
"""So many characters, and no letter, may be a sign before a label: an emoji, a number."""
MOST_WORDS = 8
"""A label of more words is a sentence."""
MOST_WORDS_ALONE = 7
"""The same where a known phrase alone tells its role, and nothing stands behind it."""
MOST_WORDS_BOLD = 4
"""The same where something does."""
LONGEST_NAME = 8
"""A statement of more words behind "Incident:" tells it."""


class _Label:
    """A label with the statement behind it, which may be empty."""

    def __init__(self, title: Text, rest: Text, bold: bool) -> None:
        self.title = title
        self.rest = rest
        self.bold = bold
        self.name = normalise(title.plain)


def labelled(outline: Outline, index: int, line: Line) -> Node | None:
    """``Impact: …``, ``**Impact** …``, ``- **Impact:** …`` or ``Impact:`` alone."""
    page = outline.page
    split = split_label(line.text) or _run_in(page, line.text)
    if split is None:
        return None
    end, behind, bold = split
    label = _Label(line.text.cut(0, end).strip(), line.text.cut(behind).strip(), bold)
    if len(label.name.split()) > MOST_WORDS or sorts_label(outline, index, label.name):
        return None
    roles = _roles(outline, index, label) or _roles_unnamed(outline, index, label)
    if not roles:
        return _without_role(outline, index, label)
    if not label.rest:
        phase = set(roles) <= PHASES or label.name in listed("closed")
        if phase and heads_entries(outline, index):
            return None
        return lone_heading(outline, index, label.title, roles, bold)
    if not outline.in_timeline():
        roles = as_dated(roles, label.rest)
    if "timeline" in roles and _names_zone(label.rest.plain):
        return lone_heading(outline, index, line.text, roles, bold)
    if not page.holds_something(index) and _tells_nothing(label, roles):
        return None
    if not line.block.depth and _introduces(page, index, label.rest, roles):
        node = lone_heading(outline, index, label.title, roles, bold)
        node.rest = label.rest
        return node
    return _field(page, index, label, roles)


def as_dated(roles: tuple[Role, ...], statement: Text) -> tuple[Role, ...]:
    """``Affected: 11 March, 1:15 to 6:40``, ``Recovered: 12:30 UTC``: nothing but when it was."""
    told = roles in (("impact",), ("resolution",)) and tells_time(statement.prose, "")
    return ("duration",) if told and only_time(statement.prose.strip(" .;")) else roles


def _names_zone(statement: str) -> bool:
    """``Timeline: (CAT)``, ``Timeline: all times in UTC`` head the entries below."""
    words = statement.strip(" *_")
    if words[:1] == "(" and words.find(")") == len(words) - 1:
        return not any(char.isdigit() for char in words) or find_zones(f"time {words}") != []
    return declares_times(words) and len(words.split()) <= MOST_WORDS


def _field(page: Page, index: int, label: _Label, roles: tuple[Role, ...]) -> Node:
    stop = field_stop(page, index)
    return Node(
        index, label.title, label.rest, "label", None, roles, field_stop=stop, label=label.name
    )


def _run_in(page: Page, text: Text) -> tuple[int, int, bool] | None:
    """``**Impact.** Nobody could pay``, ``*impact* - 20 users``: a label without a colon.

    Gives what ``split_label`` gives.
    """
    if not text.bold:
        return _slanted(page, text)
    start, end = text.bold[0]
    before = text.plain[:start].strip()
    if len(before) > SIGN or any(map(str.isalpha, before)) or text.all_bold:
        return None
    words, rest = text.plain[start:end].strip(), text.plain[end:].lstrip()
    name = normalise(words)
    closed = words.endswith((".", "?"))
    if not rest:
        return None
    code = any(low == len(text.plain) - len(rest) for low, _ in text.hidden)
    if not (rest[0].isupper() or rest[0].isdigit() or code or name in listed("lead_ins")):
        return None
    known = page.words.roles(name) if closed else page.words.exactly(name)
    asked = closed and len(name.split()) <= MOST_BARE_WORDS and page.likely(name)
    return (end, end, True) if known or asked else None


def _slanted(page: Page, text: Text) -> tuple[int, int, bool] | None:
    start = text.span().start
    if not start or page.source.text[start - 1] not in "*_":
        return None
    match = dash_label().match(text.plain) or _closed_lead(page, text)
    if match is None:
        return None
    name = normalise(match[1])
    known = page.words.exactly(name) or page.likely(name)
    return (match.end(1), match.end(), True) if known else None


def _closed_lead(page: Page, text: Text) -> re.Match[str] | None:
    """``*Cause.* We updated a library``: the slanted words end with the first sentence."""
    match = _LEAD.match(text.plain)
    if match is None:
        return None
    ends = (text.cut(0, at).span().end for at in (match.end(1), match.end(1) + 1))
    return match if any(page.source.text[end : end + 1] in ("*", "_") for end in ends) else None


_LEAD = expression(r"([A-Z][^.:?!\n]{2,40})[.?]\s++(?=\S)")


def _roles(outline: Outline, index: int, label: _Label) -> tuple[Role, ...]:
    """The roles that a label's name plays in the part around it."""
    page = outline.page
    outer = outline.inner_roles()
    anew = page.starts_anew(index)
    free = anew and leaves_timeline(outline, index, label.rest.prose, label.name)
    roles = _roles_by_name(page, label, outer, anew)
    asked = label.rest and (label.bold or label.name == "why" or _asks(page, index, label))
    if (
        not roles
        and asked
        and (free or set(outer) <= {"title", "summary"} or _beside_bold(outline, index, label))
    ):
        roles = tuple(sorted(page.likely(label.name) & CORE_FIELDS))
    if not label.rest:
        if page.lines[index].opens_item and "timeline" in outer:
            return tuple(role for role in roles if role in _INSIDE["timeline"])
        return roles
    if not roles or not outer or outer == ("title",) or "summary" in outer:
        return roles
    if free or (outline.open_ended() and set(roles) <= CORE_FIELDS):
        return roles
    if label.name in listed("of_whole") and page.lines[index].first:
        return roles
    return _roles_inside(outer, label, roles, page.lines[index].opens_item)


def _beside_bold(outline: Outline, index: int, label: _Label) -> bool:
    """``**What stopped it**: the job was killed`` behind a part that a bold line heads, too."""
    top, line = outline.innermost, outline.page.lines[index]
    if top is None or top.style != "bold" or not set(top.roles) <= CORE_FIELDS:
        return False
    return label.bold and line.first and not line.block.depth


def _asks(page: Page, index: int, label: _Label) -> bool:
    """``*Who noticed:* eleven readers``, ``What users saw: a blank page`` open a paragraph."""
    start = label.title.span().start
    if start and page.source.text[start - 1] in "*_":
        return True
    line = page.lines[index]
    opens = line.first and not line.block.depth
    return opens and label.name.partition(" ")[0] in _QUESTION_WORDS


_QUESTION_WORDS = frozenset({"what", "who", "whom", "why", "how", "when", "which"})


def _roles_by_name(
    page: Page, label: _Label, outer: tuple[Role, ...], anew: bool
) -> tuple[Role, ...]:
    """What the name plays anywhere, or a known phrase in it."""
    roles = page.words.roles(label.name)
    if roles:
        return roles
    length = len(label.name.split())
    if not label.rest and length <= MOST_WORDS_ALONE and (label.title.plain[:1].isupper() or anew):
        return page.words.loose(label.name)
    if not label.bold or not (LISTS | {"impact"}).isdisjoint(outer):
        return ()
    of_it = set(page.words.exactly(label.name.partition(" of ")[0])) & CORE_FIELDS
    if of_it and " of " in label.name:
        # "**Root cause of the cascade:** the records depend on an address"
        return tuple(sorted(of_it))
    if length > MOST_WORDS_BOLD:
        return ()
    return tuple(role for role in page.words.loose(label.name) if role in CORE_FIELDS)


def _roles_inside(
    outer: tuple[Role, ...], label: _Label, roles: tuple[Role, ...], item: bool
) -> tuple[Role, ...]:
    """Those of the roles that a field may play inside a part."""
    bounds = label.name in _BOUNDS and opens_with_date(label.rest)
    if "timeline" in outer and "duration" in roles and (bounds or _TOTAL.search(label.name)):
        return ("duration",)
    allowed = frozenset().union(*(_INSIDE.get(role, frozenset(roles)) for role in outer))
    roles = tuple(role for role in roles if role in allowed)
    if item and "tasks" in roles and not label.rest.prose.rstrip().endswith(":"):
        # "- TODO: pin the image" is one of the measures.
        return ()
    if "corrective" in roles and not {"corrective", "tasks", "lessons"}.isdisjoint(outer):
        return roles if label.name in listed("improvements") else ()
    return roles


_BOUNDS = frozenset({"start", "end"})
"""``Start: 2024/05/18 07:35 – …`` is the first entry, and tells when the incident began."""


_TOTAL = expression(r"\btotal\b|\bdowntime\b|\bduration\b")


def _roles_unnamed(outline: Outline, index: int, label: _Label) -> tuple[Role, ...]:
    """The roles of a statement behind a label whose name plays none where it stands."""
    if not label.rest:
        return ()
    if not outline.in_timeline() and _times_outage(label.name, label.rest.prose):
        return ("duration",)
    if _announces(outline, index, label):
        return ("corrective",)
    return _weak_field(outline, index, label) or (
        beside_measures(outline, index, label.name) if label.bold else ()
    )


def _weak_field(outline: Outline, index: int, label: _Label) -> tuple[Role, ...]:
    """``Action taken: the switch was operated by hand.`` where no other name tells the repair."""
    page, line = outline.page, outline.page.lines[index]
    if len(label.rest.plain.split()) < FEWEST_TOLD or not page.starts_anew(index):
        return ()
    if line.block.depth or not set(outline.inner_roles()) <= CORE_FIELDS | {"title"}:
        return ()
    if not listed("accounts").isdisjoint(variants(label.name)):
        return ()
    return tuple(
        role
        for role in sorted(_WEAK_FIELDS & page.words.weakly(label.name))
        if role not in outline.played and not page.named_below(index, role)
    )[:1]


_WEAK_FIELDS: frozenset[Role] = frozenset({"root_cause", "resolution"})
FEWEST_TOLD = 4
"""A statement of fewer words behind a name such as ``Bug`` only refers to something."""


def _times_outage(name: str, statement: str) -> bool:
    """``Service disruption: 2 May 10:00 to 3 May 2:00``: nothing but when it ran."""
    if not tells_failure(name) or not only_time(statement.strip(" .;()*")):
        return False
    return any(each.first.clock and each.last.clock for each in find_ranges(statement))


def _announces(outline: Outline, index: int, label: _Label) -> bool:
    """``What comes now: the tape robot is replaced.`` in prose without headings."""
    page, line = outline.page, outline.page.lines[index]
    begins = line.first or (label.bold and page.starts_anew(index))
    if not begins or line.block.depth or not LISTS.isdisjoint(outline.inner_roles()):
        return False
    if "corrective" in outline.played or page.named_below(index, "corrective"):
        return False
    return page.likely(label.name) == {"corrective"}


def _without_role(outline: Outline, index: int, label: _Label) -> Node | None:
    """A label that plays no role: one that ends the part before it, or a misspelt name."""
    if ends_part(outline, index, label.name, label.rest.prose):
        if label.rest:
            return _field(outline.page, index, label, ())
        return lone_heading(outline, index, label.title, (), label.bold)
    if label.rest or not label.title.plain[:1].isupper() or outline.in_timeline():
        return None
    meant, roles = outline.page.words.nearly(label.name)
    if not roles:
        return None
    node = lone_heading(outline, index, label.title, roles, label.bold)
    node.meant = meant
    return node


def _tells_nothing(label: _Label, roles: tuple[Role, ...]) -> bool:
    """The statement gives a name only, or no time where the label asks for one."""
    if only_names(label.name, label.rest.plain):
        return True
    return "duration" in roles and not tells_time(label.rest.prose, label.title.plain)


def only_names(name: str, statement: str) -> bool:
    """``Incident: INC-77 scanners offline`` gives it a name and tells nothing yet."""
    if name not in listed("named") or statement.rstrip().endswith((".", "!")):
        return False
    return len(statement.split()) <= LONGEST_NAME


def _introduces(page: Page, index: int, rest: Text, roles: tuple[Role, ...]) -> bool:
    """``Timeline: it began at noon.`` and a list below: a heading with its first words."""
    lists = not {"corrective", "tasks", "timeline"}.isdisjoint(roles)
    if rest.plain.endswith(":") and (lists or "resolution" in roles):
        return True
    below = page.below(index)
    if not lists or below is None or is_label_line(page, below):
        return False
    if "timeline" in roles and leading_time(below.text.prose) is not None:
        return True
    return below.kind in ("item", "row") and below.first
