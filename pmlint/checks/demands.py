"""Sections and fields by their names, whether or not they play a role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pmlint.facts import Postmortem, Section
from pmlint.findings import Span
from pmlint.vocabulary import normalise


class Field(NamedTuple):
    """A labelled statement."""

    span: Span
    """The words of its value, or of its label where it has none."""
    label: str
    value: str


def sections_named(postmortem: Postmortem, names: Collection[str]) -> list[Section]:
    """The sections that play a role, or have a heading, of one of the names."""
    wanted = {normalise(name) for name in names}
    roles = {name.replace("-", "_") for name in names}
    return [
        section
        for section in postmortem.sections
        if normalise(section.text) in wanted or roles.intersection(section.roles)
    ]


def fields_named(postmortem: Postmortem, names: Sequence[str]) -> list[Field]:
    """The statements with one of the labels: list items, lines, table rows, front matter."""
    wanted = {name.casefold() for name in names}
    source = postmortem.source
    found = []
    for index in range(source.line_index(postmortem.extent.end) + 1):
        line = source.line_text(index)
        start = len(line) - len(line.lstrip(_MARKS))
        at = min((at for sign in ":|=" if (at := line.find(sign, start)) >= 0), default=-1)
        label = line[start:at].strip(_AROUND) if at >= 0 else ""
        if label.casefold() not in wanted:
            continue
        rest = line[at + 1 :]
        value = (rest.partition("|")[0] if line[at] == "|" else rest).strip(_AROUND)
        column = line.find(value, at + 1) if value else start
        offset = source.starts[index] + column
        found.append(Field(Span(offset, offset + len(value or label)), label, value))
    return found


_MARKS = " \t-*+|_#>"
_AROUND = " \t*_:|`\"'"
