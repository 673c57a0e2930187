"""GitLab's Code Quality report: a JSON list that the merge request widget reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Level
from pmlint.reports import FileReport
from pmlint.reports.paths import from_root, raw_from_root
from pmlint.reports.sanitise import json_data, one_line
from pmlint.running.fingerprints import fingerprints

if TYPE_CHECKING:
    from pmlint.formats import About

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def render(files: Sequence[FileReport], about: About) -> str:
    """The list; paths count from the top of the project."""
    items = [json_data(issue) for file in files for issue in _issues(file, about)]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"


def _issues(file: FileReport, about: About) -> Iterator[dict[str, object]]:
    source = file.source
    names = fingerprints(file.findings, source, raw_from_root(file.path, about))
    for finding, name in zip(file.findings, names, strict=True):
        start, end = source.place(finding.span.start), source.place(finding.span.end)
        yield {
            "description": f"{finding.code}: {one_line(finding.message)}",
            "check_name": f"{finding.code} {finding.name}",
            "fingerprint": name,
            "severity": _SEVERITIES[finding.level],
            "location": {
                "path": from_root(finding.path, about),
                "lines": {"begin": start.line, "end": max(end.line, start.line)},
            },
        }
