"""Rows for spreadsheets: comma-separated values that no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pmlint.reports.sanitise import one_line


def sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (RFC 4180, but lines end in LF). None is an empty cell."""
    lines = [",".join(head)]
    lines.extend(",".join(_cell(value) for value in row) for row in rows)
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = one_line(str(value))
    # A stranger's document must not run in a spreadsheet. (OWASP, CSV injection)
    if text[:1] in ("=", "+", "-", "@"):
        text = "'" + text
    if any(sign in text for sign in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text
