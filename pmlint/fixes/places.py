"""Lines and line ends, so that a fix writes as its document does."""

from __future__ import annotations

import re

from pmlint.findings import Source, Span


def line_end(source: Source, offset: int) -> str:
    """The line end of the line at an offset, else of the line before it, else LF."""
    index = source.line_index(offset)
    for at in (index, index - 1):
        if 0 <= at < len(source.starts) - 1:
            return source.text[source.line_span(at).end : source.starts[at + 1]][:2]
    return "\n"


def whole_line(source: Source, offset: int) -> Span:
    """The line at an offset, without its end."""
    return source.line_span(source.line_index(offset))


def blank(source: Source, index: int) -> bool:
    """True for a line without words, and for one that is not there."""
    return not 0 <= index < len(source.starts) or not source.line_text(index).strip(" \t")


def without_break(text: str) -> str:
    """Text without the white space and the line break in Markdown at its end."""
    while True:
        kept = text.rstrip(" \t")
        tail = _BREAK.search(kept, max(len(kept) - 16, 0))
        if tail is not None:
            kept = kept[: tail.start()]
        if kept == text:
            return kept
        text = kept


_BREAK = re.compile(r"(?:<br ?/?>|\\)\Z", re.IGNORECASE)


def number(source: Source, offset: int) -> int:
    """The 1-based line of an offset."""
    return source.line_index(offset) + 1
