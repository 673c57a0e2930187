"""How often each rule speaks: ``--statistics``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Finding, Level
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport, summary
from pmlint.reports.layout import cells, pad
from pmlint.reports.sanitise import json_data

if TYPE_CHECKING:
    from pmlint.formats import About


class Row(NamedTuple):
    """A rule and what it found; ``level`` is the highest of its findings."""

    code: str
    name: str
    level: Level
    findings: int
    files: int
    fixable: int


def rows(files: Sequence[FileReport]) -> list[Row]:
    """The rules that speak, the most frequent first."""
    found: dict[str, list[Finding]] = {}
    hit: dict[str, set[int]] = {}
    for number, file in enumerate(files):
        for finding in file.findings:
            found.setdefault(finding.code, []).append(finding)
            hit.setdefault(finding.code, set()).add(number)
    told = [
        Row(
            code,
            findings[0].name,
            max((finding.level for finding in findings), key=lambda level: level.rank),
            len(findings),
            len(hit[code]),
            sum(finding.fix is not None for finding in findings),
        )
        for code, findings in found.items()
    ]
    return sorted(told, key=lambda row: (-row.findings, row.code))


def render(files: Sequence[FileReport], about: About) -> str:
    """A table with one row a rule, and the count of all; for a clean run what was read."""
    run = summary.Run(
        files,
        about.style,
        about.paths,
        about.template,
        about.template_origin,
        len(about.rules),
        about.verbose,
        about.fail_on or Level.INFO,
    )
    if not run.findings:
        return summary.clean(run)
    return "\n".join([*_table(rows(files), about), "", *summary.after_table(run), ""])


def as_json(files: Sequence[FileReport]) -> str:
    """One JSON list of objects with the keys of ``Row``."""
    told = [json_data({**row._asdict(), "level": row.level.value}) for row in rows(files)]
    return "[\n" + ",\n".join(told) + "\n]\n" if told else "[]\n"


def _table(told: Sequence[Row], about: About) -> Iterator[str]:
    left = max(len(f"{row.findings:,}") for row in told)
    names = max(cells(row.name) for row in told)
    behind = [_behind(row) for row in told]
    narrow = about.style.width < left + 20 + names + max(map(cells, behind))
    for row, more in zip(told, behind, strict=True):
        level = about.style.paint(row.level.value, row.level.value)
        level += " " * (7 - len(row.level.value))
        head = f"{row.findings:>{left},}  {level}  {row.code}  "
        if narrow:
            yield head + row.name
            yield f"{' ' * left}  {more}"
        else:
            yield f"{head}{pad(row.name, names)}  {more}"


def _behind(row: Row) -> str:
    fixable = f"  [{row.fixable:,} fixable]" if row.fixable else ""
    return summary.counted(row.files, "file") + fixable
