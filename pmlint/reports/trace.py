"""How one line was read, as a page that can be pasted into a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.reports.colour import Style
from pmlint.reports.layout import cut, said, wrap
from pmlint.reports.sanitise import visible

if TYPE_CHECKING:
    from pmlint.findings import Source
    from pmlint.tracing import Trace

WIDEST = 100
_LABEL = 13
_RULE = 34
"""Cells of a rule's code and name in the list of silent rules."""


def render(trace: Trace, source: Source, style: Style, *, version: str, template: str) -> str:
    """The page: the line, how it was read, which rules spoke, which did not, and why."""
    width = min(style.width, WIDEST)
    digits = len(str(trace.line))
    line = cut(visible(source.line_text(trace.line - 1)), width - digits - 3, style.signs.cut)
    gutter = style.paint("faint", f"{trace.line} {style.signs.gutter}")
    rows = [
        style.paint("bold", f"{visible(source.path)}:{trace.line}"),
        f"{gutter} {line}".rstrip(),
        "",
        style.paint("bold", "Read as"),
    ]
    for label, text in trace.readings:
        rows += _labelled(label, text, style, width)
    rows += ["", style.paint("bold", "Spoke"), *_spoke(trace, source, style, width)]
    if trace.suppressed:
        rows += ["", style.paint("bold", "Suppressed by a comment")]
        for finding in trace.suppressed:
            rows += _ruled(f"{finding.code} {finding.name}", finding.message, style, width)
    if trace.silent:
        rows += ["", style.paint("bold", "Silent")]
        for silence in trace.silent:
            rows += _ruled(f"{silence.rule.code} {silence.rule.name}", silence.reason, style, width)
    if trace.off:
        codes = ", ".join(rule.code for rule in trace.off)
        rows += ["", style.paint("bold", "Off")]
        rows += [f"  {row}" for row in wrap(f"{codes} (--select switches a rule on)", width - 2)]
    rows += ["", style.paint("bold", "To suppress"), *_suppressions(trace)]
    told = f"pmlint {version}, template {template}. Wrong? Paste this page into an issue."
    rows += ["", *wrap(style.wording(told), width)]
    return "\n".join(rows) + "\n"


def _labelled(label: str, text: str, style: Style, width: int) -> list[str]:
    first, *more = wrap(said(text, style), width - 2 - _LABEL)
    return [f"  {label:<{_LABEL}}{first}", *(" " * (2 + _LABEL) + row for row in more)]


def _spoke(trace: Trace, source: Source, style: Style, width: int) -> Iterator[str]:
    if not trace.spoke:
        yield "  no rule"
    for finding in trace.spoke:
        label = f" ({finding.label})" if finding.related and finding.label else ""
        head = style.paint(finding.level.value, f"{finding.level} {finding.code}")
        taken = len(finding.level) + len(finding.code) + 3
        first, *more = wrap(said(finding.message + label, style), width - 4, width - 3 - taken)
        yield f"  {head}: {first}"
        yield from (f"    {row}" for row in more)
        for related in finding.related:
            place = source.place(related.span.start).line
            told = said(f"line {place}: {related.message}", style)
            yield from (f"    {row}" for row in wrap(told, width - 4))
        if finding.help:
            yield from (
                f"    {row}" for row in wrap(said(f"help: {finding.help}", style), width - 4)
            )


def _ruled(rule: str, reason: str, style: Style, width: int) -> list[str]:
    if width < 2 * _RULE:
        return [f"  {rule}", *(f"    {row}" for row in wrap(said(reason, style), width - 4))]
    first, *more = wrap(said(reason, style), width - 2 - _RULE)
    return [f"  {rule:<{_RULE}}{first}", *(" " * (2 + _RULE) + row for row in more)]


def _suppressions(trace: Trace) -> Sequence[str]:
    codes = " ".join(dict.fromkeys(finding.code for finding in trace.spoke))
    if not codes:
        return ["  nothing to suppress on this line"]
    return [
        f"  at the end of the line   <!-- pmlint: ignore {codes} (reason) -->",
        f"  anywhere, for the file   <!-- pmlint: ignore-file {codes} (reason) -->",
    ]
