"""A table of numbers whose columns name what was hit: "Customers", "Failed queries"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.facts import Figure
from pmlint.reading.prose import EVERYTHING
from pmlint.reading.words import singulars, tokens, word_lists
from pmlint.standard.patterns import expression
from pmlint.structure.tree import Line


def table_figures(lines: Sequence[Line]) -> Iterator[Figure]:
    """The bare numbers below such a column, in text order."""
    codes = word_lists("amounts")["http_codes"]
    asked: tuple[bool, ...] = ()
    for line in lines:
        if line.kind != "row":
            asked = ()
        elif line.block.header:
            asked = tuple(_names_hit(cell.plain) for cell in line.block.lines)
        else:
            for asks, cell in zip(asked, line.block.lines, strict=False):
                value = cell.strip()
                if asks and _NUMBER.fullmatch(value.plain) and value.plain not in codes:
                    yield Figure(value.span(), value.plain)


def _names_hit(name: str) -> bool:
    """The head of a column names people, work or machines, and no number that one of them bears."""
    lists = word_lists("amounts")
    told = [token.lower for token in tokens(name)]
    if told and told[-1] in lists["identifiers"]:
        return False
    forms = {form for each in told for form in singulars(each)}
    return any(not lists[each].isdisjoint(forms) for each in (*EVERYTHING, "measures"))


_NUMBER = expression(r"[~<>≈]?\s?(?:\d{1,3}(?:[,. ]\d{3}){1,4}|\d{1,12}(?:[.,]\d{1,3})?)\s?[kKM%]?")
"""An amount, in groups of three digits or in one; no address, and no date."""
