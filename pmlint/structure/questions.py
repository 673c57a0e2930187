"""List items that ask for a part and give it: ``- How long was it down?`` over ``52 minutes``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pmlint.structure.endings import field_stop
from pmlint.structure.outline import CORE_FIELDS
from pmlint.structure.page import MOST_BARE_WORDS
from pmlint.structure.tree import Node
from pmlint.structure.vocabulary import normalise

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.structure.outline import Outline
    from pmlint.structure.tree import Line

LONGEST = 90
"""Characters of a question that stands for the name of a part."""
FEWEST_ANSWERED = 2
"""Words of a statement that answers one."""


def answered(outline: Outline, index: int, line: Line) -> Node | None:
    """The field of an item that is a question, with its answer behind it or nested below."""
    if not line.opens_item or not set(outline.inner_roles()) <= {"title", "summary"}:
        return None
    match = _question().match(line.text.plain)
    if match is None:
        return None
    rest = line.text.cut(match.end()).strip()
    below = outline.page.below(index)
    nested = below is not None and below.block.depth > line.block.depth
    if not (nested if not rest else rest.plain.count(" ") >= FEWEST_ANSWERED):
        return None
    title = line.text.cut(*match.span(1)).strip()
    roles = _roles(outline, normalise(title.plain))
    if not roles:
        return None
    stop = field_stop(outline.page, index)
    return Node(
        index, title, rest or None, "label", None, roles, field_stop=stop,
        label=normalise(title.plain),
    )  # fmt: skip


def _roles(outline: Outline, label: str) -> tuple[Role, ...]:
    words = outline.page.words
    known = words.roles(label) if len(label.split()) <= MOST_BARE_WORDS else ()
    return tuple(sorted((set(known) or outline.page.likely(label)) & CORE_FIELDS))


@cache
def _question() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}([A-Za-z][^?.!:\n]{{6,{LONGEST}}}\?)[*_]{{0,3}}(?=\s|$)")
