"""On which day the clocks of a statement fell that names none itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pmlint.reading.times import find_moments
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.statements.bylines import posted
from pmlint.statements.told import Reading, Told
from pmlint.statements.toldcues import is_suffering
from pmlint.structure.tree import Tree


def posting_day(chosen: Reading, tree: Tree) -> Told | None:
    """``Posted on 9 June`` where it tells of ``this morning``, or of ``yesterday``.

    The title gives no day: what it dates may be the report.
    """
    title = next((node.title.prose for node in tree.nodes[:1]), "")
    opening = (line.text.prose for line in tree.lines[:OPENING] if line.kind == "text")
    told = " ".join((chosen.text.prose, title, *opening))
    today, yesterday = _SAME_DAY.search(told), _DAY_BEFORE.search(told)
    if bool(today) == bool(yesterday):
        return None
    days = {moment.date: moment for moment in posted(tree)}
    if len(days) != 1:
        return None
    ((date, moment),) = days.items()
    if yesterday and date is not None:
        date = date.previous()
    return Told(date, None, None, False, True, chosen.span, moment.ambiguous_date)


OPENING = 4
"""Among so many lines the first says of which day it tells."""


_DAY_BEFORE = expression(r"\byesterday\b", re.IGNORECASE)


_SAME_DAY = expression(
    r"\b(?:this (?:morning|afternoon|evening|noon)|today|tonight)\b", re.IGNORECASE
)


def day_told_before(chosen: Reading, told: Sequence[Reading], tree: Tree) -> Told | None:
    """The day told before: ``It happened on 28 July. It began around 4 PM``.

    A sentence of the same paragraph counts, and one farther up in the same part where it
    tells that something went wrong then.
    """
    at = chosen.span.start
    heads = (tree.lines[node.line].text.span().start for node in tree.nodes if not node.is_field)
    head = max((start for start in heads if start < at), default=-1)
    around = (line.block.span for line in tree.lines)
    paragraph = min((span.start for span in around if span.start <= at < span.end), default=at)
    back = chosen.text.prose.lower().strip().startswith(_REFERS_BACK)
    for each in reversed([each for each in told if each.span.end <= at]):
        if each.span.end <= head:
            # It stands above a heading, in another part.
            continue
        beside = each.span.start >= paragraph
        if each.date is None or each.clocks or (each.closing and not beside):
            continue
        if back and at - each.span.end < NEAR:
            return each.date
        if each.text.prose.lower().strip().startswith(_TELLS_DAY):
            return each.date
        if fails_then(each, beside=beside):
            return each.date
    return None


NEAR = 6
"""So many characters lie between two sentences with nothing else between them."""


def fails_then(told: Reading, *, beside: bool) -> bool:
    """A sentence that tells what went wrong on its day, not what was done or failed before it.

    ``beside`` the clocks, in one paragraph, it need not say what went wrong.
    """
    prose = told.text.prose
    if _ANOTHER.search(prose):
        return False
    if not (beside or is_suffering(prose) or _spoken_of().search(prose)):
        return False
    day = next((each.start for each in find_moments(prose) if each.date is not None), len(prose))
    return _done_then().search(prose[max(0, day - CLAUSE) : day]) is None


CLAUSE = 60
"""How many characters before a day tell what was done on it."""


@cache
def _spoken_of() -> re.Pattern[str]:
    """``Report on the event of 2 May``, ``two nodes fell over on 2 May``."""
    dating = policy.table("events")["duration"]["dating"]
    return re.compile(rf"\b(?:{'|'.join(dating)})\b", re.IGNORECASE)


_ANOTHER = expression(
    r"\b(?:last|previous|prior|earlier|similar|another|first|former|since then)\s"
    r"(?:\w+\s)?(?:incident|outage|time|issue|problem|failure|occurrence|report|post-?mortem)",
    re.IGNORECASE,
)
"""``The last outage was on 2 April``: of something else than what is told here."""


@cache
def _done_then() -> re.Pattern[str]:
    """``the release of 30 April broke it``: the day of what led to it, or of a report."""
    acts = "|".join(policy.table("events")["duration"]["led_up"])
    return re.compile(
        rf"\b(?:{acts}|before|after|until|since|by|due)\b[^,.;:]{{0,30}}$", re.IGNORECASE
    )


_REFERS_BACK = (
    "the time",
    "the duration",
    "the outage",
    "the incident",
    "the downtime",
    "downtime",
)
_TELLS_DAY = ("that was", "this was", "it was", "it happened", "this happened", "on ")
