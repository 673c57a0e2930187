"""Workflow commands: annotations on the files of a pull request in GitHub Actions.

GitHub shows ten errors, ten warnings and ten notices of a step; what is beyond
is counted in the last notice. The grammar and its escapes are those of
"Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Finding, Level, Source
from pmlint.reports import FileReport, summary
from pmlint.reports.halves import halves
from pmlint.reports.paths import STDIN, from_root
from pmlint.reports.sanitise import one_line, visible

if TYPE_CHECKING:
    from pmlint.formats import About

MOST = 10
"""Annotations of one level that GitHub shows of a step."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def render(files: Sequence[FileReport], about: About) -> str:
    """One command a line, in reading order; nothing where there is nothing to say."""
    found = [(finding, file) for file in files for finding in file.findings]
    counts = Counter(finding.level for finding, _ in found)
    # The last notice is needed to say what is left out.
    room = dict.fromkeys(Level, MOST)
    if any(count > MOST for count in counts.values()):
        room[Level.INFO] -= 1
    rows, left = [], []
    for finding, file in found:
        if room[finding.level]:
            room[finding.level] -= 1
            rows.append(_command(finding, file.source, about))
        else:
            left.append(finding)
    if left:
        told = f"{summary.counted(len(left), 'further finding')}: {summary.levels(left)}"
        rows.append(f"::notice title=pmlint::{_data(told + ' (the log has them all)')}\n")
    return "".join(rows)


def _command(finding: Finding, source: Source, about: About) -> str:
    named = _fields(finding, source, about)
    fields = ",".join(f"{name}={_property(value)}" for name, value in named)
    told = "\n".join(_told(finding, source))
    return f"::{_COMMANDS[finding.level]} {fields}::{_data(told)}\n"


def _fields(finding: Finding, source: Source, about: About) -> Iterator[tuple[str, str]]:
    if finding.path != STDIN:
        start, end = source.place(finding.span.start), source.place(finding.span.end)
        yield "file", from_root(finding.path, about)
        yield "line", str(start.line)
        yield "endLine", str(end.line)
        if start.line == end.line:
            # Columns of different lines are refused.
            yield "col", str(start.column)
            yield "endColumn", str(max(end.column, start.column))
    yield "title", f"{finding.code} {finding.name}"


def _told(finding: Finding, source: Source) -> Iterator[str]:
    yield one_line(finding.message)
    for line, told in halves(finding, source):
        yield f"line {line}: {told}"
    if finding.help:
        yield f"help: {one_line(finding.help)}"


def _data(text: str) -> str:
    """The message of a command: per cent signs and line ends written as codes."""
    rows = [visible(row) for row in text.split("\n")]
    return "%0A".join(row.replace("%", "%25") for row in rows)


def _property(text: str) -> str:
    """A property of a command: colons and commas, too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
