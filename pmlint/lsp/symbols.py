"""The section tree as an outline and as folds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from pmlint.findings import Span
from pmlint.reports.sanitise import one_line

if TYPE_CHECKING:
    from pmlint.facts import Section
    from pmlint.lsp.document import Reading

_FIELDS = ("label", "table", "front-matter")


def symbols(reading: Reading) -> list[types.DocumentSymbol]:
    """The sections and fields, nested, each with the parts it plays."""
    facts = reading.incident
    if facts is None:
        return []
    made = [_symbol(section, reading) for section in facts.sections]
    top = []
    for symbol, section in zip(made, facts.sections, strict=True):
        if section.parent is None:
            top.append(symbol)
        else:
            above = made[section.parent]
            above.children = [*(above.children or ()), symbol]
    return top


def flat(reading: Reading, uri: str) -> list[types.SymbolInformation]:
    """The same as a list, for clients that show no tree."""
    facts = reading.incident
    if facts is None:
        return []
    return [
        types.SymbolInformation(
            location=types.Location(uri, reading.positions.range(_extent(section, reading))),
            name=_name(section),
            kind=_kind(section),
            container_name=(
                _name(facts.sections[section.parent]) if section.parent is not None else None
            ),
        )
        for section in facts.sections
    ]


def folds(reading: Reading) -> list[types.FoldingRange]:
    """One fold for each section that has lines below its heading."""
    facts = reading.incident
    if facts is None:
        return []
    found: dict[int, int] = {}
    for section in facts.sections:
        extent = _extent(section, reading)
        first = reading.source.line_index(extent.start)
        last = reading.source.line_index(max(extent.end - 1, extent.start))
        if last > first:
            found[first] = max(last, found.get(first, 0))
    return [
        types.FoldingRange(first, last, kind=types.FoldingRangeKind.Region)
        for first, last in sorted(found.items())
    ]


def _symbol(section: Section, reading: Reading) -> types.DocumentSymbol:
    extent = _extent(section, reading)
    return types.DocumentSymbol(
        name=_name(section),
        detail=", ".join(role.replace("_", " ") for role in section.roles) or None,
        kind=_kind(section),
        range=reading.positions.range(extent),
        selection_range=reading.positions.range(section.span),
    )


def _kind(section: Section) -> types.SymbolKind:
    if section.style in _FIELDS:
        return types.SymbolKind.Field
    return types.SymbolKind.String


def _name(section: Section) -> str:
    return one_line(section.text).strip() or "(no name)"


def _extent(section: Section, reading: Reading) -> Span:
    """What a section holds, its heading included, without white space at the end."""
    text = reading.source.text
    start = min(section.extent.start, section.span.start)
    end = max(section.extent.end, section.span.end)
    while end > section.span.end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
