"""Findings as diagnostics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from pmlint.findings import Finding, Level

if TYPE_CHECKING:
    from pmlint.config import Problem
    from pmlint.lsp.document import Reading

SOURCE = "pmlint"
SEVERITIES = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(reading: Reading, uri: str, *, related: bool) -> list[types.Diagnostic]:
    """The findings of a document; with their related places where the client shows such."""
    return [_diagnostic(finding, reading, uri, related) for finding in reading.findings]


def _diagnostic(finding: Finding, reading: Reading, uri: str, related: bool) -> types.Diagnostic:
    return types.Diagnostic(
        range=reading.positions.range(finding.span),
        message=finding.message,
        severity=SEVERITIES[finding.level],
        code=finding.code,
        source=SOURCE,
        related_information=list(_related(finding, reading, uri)) if related else None,
    )


def _related(
    finding: Finding, reading: Reading, uri: str
) -> Sequence[types.DiagnosticRelatedInformation]:
    # Places in other documents would need their text to be converted.
    return [
        types.DiagnosticRelatedInformation(
            types.Location(uri, reading.positions.range(each.span)), each.message
        )
        for each in finding.related
        if each.path == finding.path and each.message
    ]


def of_configuration(problems: Sequence[Problem]) -> list[types.Diagnostic]:
    """What is wrong with a configuration file, at its places."""
    return [
        types.Diagnostic(
            range=_place(problem),
            message=problem.message,
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )
        for problem in problems
    ]


def _place(problem: Problem) -> types.Range:
    line, column = max(problem.line - 1, 0), max(problem.column - 1, 0)
    end = types.Position(line, column + problem.width)
    return types.Range(types.Position(line, column), end)
