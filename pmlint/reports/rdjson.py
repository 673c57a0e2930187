"""Reviewdog Diagnostic Format: comments with suggestions on a pull request.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: lines and columns
are 1-based, columns count bytes of UTF-8, ends are exclusive.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Finding, Fix, Level, Source, Span
from pmlint.reports import FileReport
from pmlint.reports.paths import STDIN
from pmlint.reports.sanitise import json_data, one_line, visible

if TYPE_CHECKING:
    from pmlint.formats import About

_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


def render(files: Sequence[FileReport], about: About) -> str:
    """One ``DiagnosticResult``."""
    told = [
        json_data(_diagnostic(finding, file.source)) for file in files for finding in file.findings
    ]
    inner = "[\n" + ",\n".join(told) + "\n]" if told else "[]"
    return f'{{"source": {{"name": "pmlint"}}, "diagnostics": {inner}}}\n'


def _diagnostic(finding: Finding, source: Source) -> dict[str, object]:
    message = one_line(finding.message)
    if finding.help:
        message += f"\nhelp: {one_line(finding.help)}"
    told: dict[str, object] = {
        "message": message,
        "location": {
            "path": _path(finding.path),
            "range": _range(source, finding.span),
        },
        "severity": _SEVERITIES[finding.level],
        "code": {"value": finding.code},
    }
    if finding.fix and finding.fix.edits:
        told["suggestions"] = [_suggestion(source, finding.fix)]
    return told


def _path(path: str) -> str:
    """The file as reviewdog looks for it: from the working folder, or absolute."""
    return visible(path if path == STDIN else os.path.normpath(path).replace(os.sep, "/"))


def _suggestion(source: Source, fix: Fix) -> dict[str, object]:
    """All edits of a fix as one: several suggestions would be alternatives."""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    hull = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    parts, at = [], hull.start
    for edit in edits:
        parts += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    return {"range": _range(source, hull), "text": "".join(parts)}


def _range(source: Source, span: Span) -> dict[str, object]:
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    index = source.line_index(offset)
    before = source.text[source.starts[index] : offset]
    return {"line": index + 1, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
