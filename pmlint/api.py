"""pmlint for programs: ``pmlint.lint(text)`` and ``pmlint.read(text)``.

Both are pure: no file, no configuration and no environment is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pmlint import engine, findings
from pmlint.config import ConfigError, Settings
from pmlint.findings import Level, Source, Span
from pmlint.reports import FileReport

if TYPE_CHECKING:
    from pmlint.facts import Postmortem

__all__ = ["ConfigError", "Edit", "Finding", "Fix", "Level", "Related", "lint", "read"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands between two places by ``text``; 1-based, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that together mend a finding; ``safe`` where no statement changes."""

    safe: bool
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with the names and values of ``--format json``.

    Lines and columns are 1-based and count code points; the end is exclusive.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    level: Level
    message: str
    help: str
    related: tuple[Related, ...]
    fix: Fix | None

    def __str__(self) -> str:
        """``README.md:15:5: error PM402: the timeline goes back 25 minutes``."""
        return f"{self.path}:{self.line}:{self.column}: {self.level} {self.code}: {self.message}"


def lint(
    text: str,
    *,
    path: str = "<text>",
    template: str = "default",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """What a reviewer would send back, in the order of the document.

    ``text`` is Markdown; ``path`` is only the name that findings bear.
    ``select`` and ``ignore`` take codes (``PM402``), names (``timeline-order``)
    and families (``PM4``). A text that tells no incident gives PM001.

    Raises ConfigError for a template or a rule that does not exist.
    """
    settings = Settings(template=template, select=_words(select), ignore=_words(ignore))
    report = engine.check_text(Source(text, path), engine.prepare(settings))
    return tuple(_finding(finding, report.source) for finding in report.findings)


def read(text: str, *, path: str = "<text>", template: str = "default") -> Postmortem:
    """What a postmortem states: sections, duration, impact, timeline, tasks.

    Places are spans of 0-based offsets; ``postmortem.source.place(span.start)``
    gives line and column. Lengths are minutes; parts that the text lacks are None.

    Raises ConfigError for a template that does not exist, and RuntimeError for
    a fault of pmlint itself.
    """
    plan = engine.prepare(Settings(template=template))
    facts = engine.read(Source(text, path), plan)
    if isinstance(facts, FileReport):
        raise RuntimeError(facts.findings[0].message)
    return facts


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _finding(finding: findings.Finding, source: Source) -> Finding:
    return Finding(
        finding.path,
        *_range(source, finding.span),
        code=finding.code,
        name=finding.name,
        level=finding.level,
        message=finding.message,
        help=finding.help,
        related=tuple(_related(related, source) for related in finding.related),
        fix=_fix(finding.fix, source) if finding.fix else None,
    )


def _related(related: findings.Related, source: Source) -> Related:
    place = source.place(related.span.start)
    return Related(related.path, place.line, place.column, related.message)


def _fix(fix: findings.Fix, source: Source) -> Fix:
    edits = tuple(Edit(*_range(source, edit.span), text=edit.text) for edit in fix.edits)
    return Fix(fix.safe, fix.message, edits)


def _range(source: Source, span: Span) -> tuple[int, int, int, int]:
    start, end = source.place(span.start), source.place(max(span.start, span.end))
    return start.line, start.column, end.line, end.column
