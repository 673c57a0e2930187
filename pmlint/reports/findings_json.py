"""Findings for programs: one JSON list, ``[]`` when there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmlint.findings import Edit, Finding, Fix, Related, Source, Span
from pmlint.reports import FileReport
from pmlint.reports.sanitise import json_data

Value = dict[str, object]


def render(files: Sequence[FileReport]) -> str:
    """The list; lines and columns are 1-based code points, ends exclusive.

    Bytes of a file name that are not UTF-8 come out as ``\\udcNN`` escapes.
    """
    told = list(items(files))
    return "[\n" + ",\n".join(told) + "\n]\n" if told else "[]\n"


def items(files: Sequence[FileReport]) -> Iterator[str]:
    """One JSON object a finding, each on one line."""
    sources = {file.path: file.source for file in files}
    for file in files:
        for finding in file.findings:
            yield json_data(_finding(finding, sources))


def values(file: FileReport) -> list[Value]:
    """The objects of one file."""
    return [_finding(finding, {file.path: file.source}) for finding in file.findings]


def _finding(finding: Finding, sources: Mapping[str, Source]) -> Value:
    source = sources[finding.path]
    return {
        "path": finding.path,
        **_range(source, finding.span),
        "code": finding.code,
        "name": finding.name,
        "level": finding.level.value,
        "message": finding.message,
        "help": finding.help,
        "related": [_related(related, sources) for related in finding.related],
        "fix": _fix(source, finding.fix) if finding.fix else None,
    }


def _range(source: Source, span: Span) -> Value:
    start, end = source.place(span.start), source.place(max(span.start, span.end))
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _related(related: Related, sources: Mapping[str, Source]) -> Value:
    source = sources.get(related.path)
    place = source.place(related.span.start) if source else None
    return {
        "path": related.path,
        "line": place.line if place else 1,
        "column": place.column if place else 1,
        "message": related.message,
    }


def _fix(source: Source, fix: Fix) -> Value:
    return {
        "safe": fix.safe,
        "message": fix.message,
        "edits": [_edit(source, edit) for edit in fix.edits],
    }


def _edit(source: Source, edit: Edit) -> Value:
    return {**_range(source, edit.span), "text": edit.text}
