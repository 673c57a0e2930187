"""A figure of the impact with its currency, which may stand outside of what was read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pmlint.standard import policy
from pmlint.standard.patterns import expression

if TYPE_CHECKING:
    from pmlint.facts import Figure
    from pmlint.findings import Source

_SIGNS = "€$£¥₦₹"


def with_currency(figure: Figure, source: Source) -> str:
    """``EUR 310,000`` and ``2,000 €``: the figure on one line, with the currency beside it."""
    start, end = figure.span
    before = _LEAD.search(source.text[max(0, start - 6) : start])
    after = _trail().match(source.text[end : end + 12])
    told = " ".join(figure.text.split())
    if before and before[1].lower() in _words("coin_leads") and before[1][0].isupper():
        told = f"{before[1]} {told}"
    elif after and (after[1] in _SIGNS or after[1].lower() in _words("currencies")):
        told = f"{told} {after[1]}"
    return told


_LEAD = expression(r"(?<![\w$])([A-Za-z]{2,4}\$?)\.?[ \u00a0]?\Z")


@cache
def _trail() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0]?([{_SIGNS}]|[A-Za-z]+\b)")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(policy.table("words")["amounts"][name])
