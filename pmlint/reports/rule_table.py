"""All rules at a glance: as a table for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.reports.colour import Style
from pmlint.reports.layout import cells, pad, wrap
from pmlint.reports.sanitise import json_data

if TYPE_CHECKING:
    from pmlint.findings import Level
    from pmlint.standard.rulebook import Rule

OFF = "off"

Standing = tuple["Rule", "Level | None"]
"""A rule and its level under the template; None where it is off."""


def text(rules: Sequence[Standing], style: Style, template: str) -> str:
    """One row a rule: code, name, level, what it finds; the switched-off ones say ``off``."""
    width = max((cells(rule.name) for rule, _ in rules), default=0)
    left = 7 + width + 2 + 9
    rows = [row for each in rules for row in _row(each, style, width, left)]
    off = sum(level is None for _, level in rules)
    named = "1 rule" if len(rules) == 1 else f"{len(rules)} rules"
    told = f"{named}, {off} off under the template {template}"
    rows += ["", *wrap(style.wording(told), style.width)]
    rows += ["  why a rule: pmlint explain CODE", "  switch one on: --select CODE"]
    return "\n".join(rows) + "\n"


def _row(standing: Standing, style: Style, width: int, left: int) -> Iterator[str]:
    rule, level = standing
    word = str(level or OFF)
    shown = style.paint(level.value, word) if level is not None else word
    summary = rule.summary.rstrip(".") + (" [fixable]" if rule.fixable else "")
    room = style.width - left
    first = f"{rule.code}  {pad(rule.name, width)}  {shown}{' ' * (9 - len(word))}"
    if room < 24:
        yield f"{rule.code}  {rule.name}  {shown}"
        yield from (" " * 7 + row for row in wrap(style.wording(summary), style.width - 7))
        return
    rows = wrap(style.wording(summary), room)
    yield first + rows[0]
    yield from (" " * left + row for row in rows[1:])


def json(rules: Sequence[Standing], template: str) -> str:
    """A JSON list, one object a rule; ``level`` is null where the rule is off."""
    items = [json_data(_object(rule, level, template)) for rule, level in rules]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"


def _object(rule: Rule, level: Level | None, template: str) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "level": str(level) if level is not None else None,
        "template": template,
        "default": rule.default,
        "default_level": str(rule.level),
        "fixable": rule.fixable,
        "summary": rule.summary,
        "why": " ".join(rule.why.split()),
        "exceptions": rule.exceptions or None,
        "source": rule.source,
        "parameters": dict(rule.parameters),
        "see": list(rule.see),
    }
