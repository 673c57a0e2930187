"""The page of one rule: what it finds, why, wrong and right, how to switch it off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmlint.reports import FileReport
from pmlint.reports.colour import Style
from pmlint.reports.excerpt import block
from pmlint.reports.layout import cut, wrap
from pmlint.reports.sanitise import visible
from pmlint.standard.parameters import default_in_words, kind
from pmlint.standard.rulebook import ENGINE, Rule
from pmlint.standard.rulefiles import Example

WIDEST = 88
MOST_LINES = 24
"""Lines of a right example that are shown."""


def render(rule: Rule, wrong: Sequence[FileReport], style: Style, names: Mapping[str, str]) -> str:
    """The page; ``wrong`` is what the rule says of its bad examples.

    ``names`` maps codes to names, for the neighbouring rules.
    """
    rows = [
        style.paint("bold", f"{rule.code} {rule.name}"),
        _standing(rule),
        "",
        *wrap(style.wording(rule.summary), min(style.width, WIDEST)),
        *_part("Why", rule.why, style),
        *_part("What does not count", rule.exceptions, style),
    ]
    for report, example in zip(wrong, rule.bad, strict=False):
        rows += _archive(example, style)
        rows += ["", _heading("Wrong", example, style)]
        rows += _indented(_found(report, style))
    for example in rule.good:
        rows += _archive(example, style)
        rows += ["", _heading("Right", example, style), *_indented(_listing(example, style))]
    rows += _part("Fix", fixes(wrong), style)
    rows += _parameters(rule, style)
    if not rule.default:
        rows += ["", style.paint("bold", "Switch on"), f"  one run         --select {rule.code}"]
        rows.append(f'  everywhere      [tool.pmlint] extend-select = ["{rule.code}"]')
    rows += ["", style.paint("bold", "Switch off"), *_switches(rule)]
    rows += _part("Source", rule.source, style)
    see = ", ".join(f"{code} {names[code]}" for code in rule.see if code in names)
    if see:
        rows += ["", *wrap(f"See also: {see}", min(style.width, WIDEST))]
    return "\n".join(rows) + "\n"


def _standing(rule: Rule) -> str:
    standing = f"{rule.level} by default" if rule.default else f"off by default, else {rule.level}"
    return standing + (", fixable" if rule.fixable else "")


def _part(heading: str, text: str, style: Style) -> list[str]:
    if not text.strip():
        return []
    words = style.wording(" ".join(text.split()))
    rows = wrap(words, min(style.width, WIDEST) - 2)
    return ["", style.paint("bold", heading), *_indented(rows)]


def fixes(wrong: Sequence[FileReport]) -> str:
    """What a fix of one of the findings does, and which option applies it."""
    found = (each.fix for report in wrong for each in report.findings if each.fix is not None)
    fix = next(found, None)
    if fix is None:
        return ""
    option = "--fix" if fix.safe else "--unsafe-fixes"
    return f"`{option}`, here: {fix.message[:1].lower()}{fix.message[1:]}"


def _parameters(rule: Rule, style: Style) -> Iterator[str]:
    """Name, kind and default of each parameter, and what its file says of it."""
    if not rule.parameters:
        return
    yield from ("", style.paint("bold", "Parameters"))
    said = rule.notes_of_parameters()
    for name, value in rule.parameters.items():
        yield f"  {name} ({kind(value)})"
        told = [said[name]] if name in said else []
        for text in (*told, f"default: {default_in_words(value)}"):
            words = style.wording(visible(" ".join(text.split())))
            yield from (f"    {row}" for row in wrap(words, min(style.width, WIDEST) - 4))
    if any(isinstance(value, list | Mapping) for value in rule.parameters.values()):
        yield "  extend-NAME adds words, NAME replaces them"


def _switches(rule: Rule) -> Iterator[str]:
    if rule.check == ENGINE:
        yield "  cannot be switched off"
        return
    yield f"  one line        <!-- pmlint: ignore {rule.code} (reason) -->"
    yield f"  one file        <!-- pmlint: ignore-file {rule.code} (reason) -->"
    yield f"  one run         --ignore {rule.code}"
    yield f'  everywhere      [tool.pmlint] ignore = ["{rule.code}"]'


def _heading(word: str, example: Example, style: Style) -> str:
    return style.paint("bold", f"{word}: {example.title}" if example.title else word)


def _found(report: FileReport, style: Style) -> Iterator[str]:
    narrower = Style(style.width - 2, style.unicode, style.colour)
    for finding in report.findings:
        yield from block([finding], {report.path: report.source}, narrower).split("\n")


def _archive(example: Example, style: Style) -> Iterator[str]:
    """The earlier postmortems that an example is held against."""
    for name, text in (example.archive or {}).items():
        yield from ("", style.paint("bold", f"Earlier: {name}"))
        yield from _indented(_listing(example._replace(text=text), style))


def _listing(example: Example, style: Style) -> Iterator[str]:
    lines = example.text.strip("\n").split("\n")
    digits = len(str(len(lines)))
    signs = style.signs
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        room = min(style.width, WIDEST) - digits - 5
        gutter = style.paint("faint", f"{number:>{digits}} {signs.gutter}")
        yield f"{gutter} {cut(visible(line), room, signs.cut)}".rstrip()
    if len(lines) > MOST_LINES:
        yield style.paint("faint", " " * digits + f" {signs.left_out}")


def _indented(rows: Sequence[str] | Iterator[str]) -> list[str]:
    return [f"  {row}".rstrip() for row in rows]
