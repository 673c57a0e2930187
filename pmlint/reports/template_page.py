"""Templates for a person: all in a table, or one with its demands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.reports.colour import Style
from pmlint.reports.layout import wrap
from pmlint.standard import rulebook
from pmlint.standard.templates import Demand, Template

WIDEST = 88


def table(templates: Sequence[Template], style: Style) -> str:
    """One row a template."""
    width = max(len(template.name) for template in templates) + 2
    rows = []
    for template in templates:
        head = style.paint("bold", template.name) + " " * (width - len(template.name))
        for row in wrap(template.summary, min(style.width, WIDEST) - width):
            rows.append(head + row)
            head = " " * width
    told = "one of them: `pmlint templates NAME`; a new postmortem: `pmlint new TITLE`"
    rows += ["", *wrap(told, _width(style))]
    return "\n".join(rows) + "\n"


def page(template: Template, style: Style) -> str:
    """What a template demands."""
    rows = [style.paint("bold", template.name), *wrap(template.summary, _width(style)), ""]
    for heading, lines in _blocks(template):
        if lines:
            rows.append(style.paint("bold", heading))
            for line in lines:
                first, *rest = wrap(line, _width(style) - 4, _width(style) - 2)
                rows += [f"  {first}", *(f"    {row}" for row in rest)]
            rows.append("")
    rows += wrap(f"a new one: `pmlint new TITLE --template {template.name}`", _width(style))
    return "\n".join(rows) + "\n"


def _width(style: Style) -> int:
    return min(style.width, WIDEST)


def _blocks(template: Template) -> Iterator[tuple[str, list[str]]]:
    order = ", in this order" if template.order else ", in any order"
    yield f"Sections{order}", [_section(each) for each in template.sections]
    heard = {role for each in template.sections for role in each.roles}
    yield (
        "Wherever they stand" if template.sections else "Parts, in any order",
        [template.heading(role) for role in template.required if role not in heard],
    )
    yield (
        "Fields",
        [
            each.label
            + (f": {', '.join(each.values)}" if each.values else "")
            + ("" if each.required else "  (optional)")
            for each in template.fields
        ],
    )
    names = {rule.code: rule.name for rule in rulebook.rules()}
    yield (
        "Rules that differ",
        [
            f"{code} {names.get(code, '')}: {level}{_parameters(template, code)}"
            for code, level in sorted(template.levels.items())
        ],
    )
    yield "Source", [template.source] if template.source else []


def _section(section: Demand) -> str:
    played = f"  ({', '.join(role.replace('_', ' ') for role in section.roles)})"
    told = section.heading + (played if section.roles else "")
    return told if section.required else f"{told}  (optional)"


def _parameters(template: Template, code: str) -> str:
    given = template.parameters.get(code, {})
    told = ", ".join(f"{name} {value}" for name, value in given.items())
    return f" ({told})" if told else ""
