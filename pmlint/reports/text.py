"""Findings for a person: as much detail as fits a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pmlint.findings import Level
from pmlint.reports import FileReport, summary
from pmlint.reports.colour import Style

Step = Literal["auto", "full", "grouped"]

MOST_GROUPED = 200
"""Findings up to which every one of them has its place in a table."""


def render(
    files: Sequence[FileReport],
    style: Style,
    *,
    step: Step = "auto",
    template: str = "default",
    template_origin: str = "",
    rules: int = 0,
    verbose: bool = False,
    fail_on: Level = Level.INFO,
    paths: Sequence[str] = (),
    several: Mapping[str, str] | None = None,
) -> str:
    """The findings and the last lines.

    ``step`` auto: up to 12 findings with excerpts, up to 200 in a table, above
    that counts. ``paths`` is what was typed. ``several`` maps a code to its
    sentence for more than one finding, with ``{count}``: "{count} tasks that
    can never be ticked off".
    """
    run = summary.Run(files, style, paths, template, template_origin, rules, verbose, fail_on)
    count = sum(len(file.findings) for file in files)
    if not count:
        return summary.clean(run)
    several = several or {}
    if step == "full" or (step == "auto" and count <= summary.WHOLE):
        return "\n".join([*_blocks(files, style, several), *summary.after_excerpts(run), ""])
    from pmlint.reports import tables

    short = step == "auto" and count > MOST_GROUPED
    rows = tables.counted(run, several) if short else tables.grouped(run, several)
    last = summary.after_table(run, shortened=short)
    return "\n".join([*rows, *tables.by_rule(run, several), *last, ""])


def _blocks(files: Sequence[FileReport], style: Style, several: Mapping[str, str]) -> Iterator[str]:
    from pmlint.reports.excerpt import block, joined

    sources = {file.path: file.source for file in files}
    for file in files:
        for findings in joined(file.findings, file.source, several):
            yield block(findings, sources, style, several.get(findings[0].code, ""))
            yield ""
