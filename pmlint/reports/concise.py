"""One row a finding, for ``grep``, logs and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from pmlint.reports import FileReport
from pmlint.reports.colour import Style
from pmlint.reports.sanitise import one_line, path_text


def render(files: Sequence[FileReport], style: Style) -> str:
    """``README.md:15:5: error PM402: the timeline goes back 25 minutes``, never wrapped."""
    rows = []
    for file in files:
        path = path_text(file.path)
        for finding in file.findings:
            place = file.source.place(finding.span.start)
            name = style.paint(finding.level.value, f"{finding.level} {finding.code}")
            message = style.wording(one_line(finding.message))
            rows.append(f"{path}:{place.line}:{place.column}: {name}: {message}\n")
    return "".join(rows)
