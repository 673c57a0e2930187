"""Sections and fields by their names, whether or not they play a role."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pmlint.checks.places import HEADINGS, head, heading
from pmlint.facts import Postmortem, Section
from pmlint.findings import Case, Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard.templates import Demand, Template
from pmlint.structure.spelling import resembles
from pmlint.structure.vocabulary import normalise

STATUS_RULES = frozenset({"status", "document status", "report status", "severity"})
"""Fields with a rule of their own (PM611, PM612)."""


class Field(NamedTuple):
    """A labelled statement."""

    span: Span
    """The words of its value, or of its label where it has none."""
    label: str
    value: str


def sections_named(postmortem: Postmortem, names: Collection[str]) -> list[Section]:
    """The sections that play a role, or have a heading, of one of the names.

    Labelled statements only where there is no heading.
    """
    wanted = {normalise(name) for name in names}
    roles = {name.replace("-", "_") for name in names}
    found = [
        section
        for section in postmortem.sections
        if normalise(section.text) in wanted or roles.intersection(section.roles)
    ]
    return [each for each in found if each.style in HEADINGS] or found


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


def undelivered(postmortem: Postmortem, template: Template) -> Iterator[Case]:
    """Sections without a role, and fields, that the template requires and that are nowhere."""
    before: Section | None = None
    for demand in template.sections:
        found = sections_named(postmortem, [*demand.names, *demand.roles])
        if found:
            before = found[0]
        elif demand.required and not demand.roles:
            yield _missing(postmortem, demand, before)
    for field in template.fields:
        ruled = field.label.lower() in STATUS_RULES and "PM611" in template.levels
        if field.required and not ruled and not fields_named(postmortem, field.names):
            yield Case("field", head(postmortem), {"name": field.label})


def _missing(postmortem: Postmortem, demand: Demand, before: Section | None) -> Case:
    line = heading(postmortem, demand.heading, before)
    said = {"name": demand.heading, "heading": line, "label": "", "section": "", "line": 0}
    names = [normalise(name) for name in demand.names]
    for section in postmortem.sections:
        if not section.roles and any(resembles(normalise(section.text), name) for name in names):
            return Case("misspelt", section.span, {**said, "section": section.text})
    if before is None:
        return Case("top", head(postmortem), said)
    number = postmortem.source.place(before.span.start).line
    return Case("after", before.span, {**said, "section": before.text, "line": number})
