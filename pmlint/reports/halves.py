"""The places of a finding, each with its half of the sentence."""

from __future__ import annotations

from collections.abc import Iterator

from pmlint.findings import Finding, Source
from pmlint.reports.sanitise import one_line


def halves(finding: Finding, source: Source) -> Iterator[tuple[int, str]]:
    """Lines of the same file and what is said of them, in the order of the document.

    Nothing where the finding speaks of one place only: its message says it all.
    """
    marks = [(mark.span, mark.message) for mark in finding.related if mark.path == finding.path]
    if not any(message for _, message in marks):
        return
    for span, message in sorted([*marks, (finding.span, finding.label)]):
        if message:
            yield source.place(span.start).line, one_line(message)
