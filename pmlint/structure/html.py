"""Blocks of HTML that stands in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.findings import Span
from pmlint.markdown import Block
from pmlint.standard.patterns import expression
from pmlint.structure.inline import inline
from pmlint.structure.text import Text

if TYPE_CHECKING:
    from pmlint.markdown import Kind, Reader


_BREAK = expression(
    r"<!--.*?(?:-->|\Z)|(?P<row><tr\b[^<>]*>(?:(?!</?tr\b|</table).)*</tr\s*>)|<(?P<close>/?)(?P<tag>h[1-6]|li|p|div|tr|td|th|ul|ol|dl|dt|dd|table|"
    r"section|article|details|summary|blockquote|pre|hr|br)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)


def blocks(reader: Reader, first: int, behind: int) -> Iterator[Block]:
    """HTML as headings, list items and paragraphs, cut at block tags."""
    source = reader.source
    last = min(max(behind - 1, first), len(source.starts) - 1)
    low, high = source.line_span(first).start, source.line_span(last).end
    kind: Kind = "text"
    level = depth = 0
    at = low
    for match in _BREAK.finditer(source.text, low, high):
        if match.start() < at:
            continue
        yield from _piece(reader, at, match.start(), kind, level, depth)
        at = match.end()
        if match.group("row"):
            yield _row(reader, match)
            continue
        if (match.group("tag") or "").lower() == "table" and not match.group("close"):
            reader.tables += 1
        tag = (match.group("tag") or "").lower()
        closing = bool(match.group("close"))
        if tag in ("ul", "ol"):
            depth = max(depth + (-1 if closing else 1), 0)
        if tag in ("br", "hr", ""):
            kind = "text" if kind == "item" or tag == "hr" else kind
        elif closing:
            kind, level = "text", 0
        elif tag[0] == "h":
            kind, level = "heading", int(tag[1])
        else:
            kind, level = ("item" if tag in ("li", "dd") else "text"), 0
    yield from _piece(reader, at, high, kind, level, depth)


_CELL = expression(r"<(t[dh])\b[^<>]*>((?:(?!</?t[dhr]\b).)*)", re.IGNORECASE | re.DOTALL)


def _row(reader: Reader, match: re.Match[str]) -> Block:
    """A table row; one of ``<th>`` cells only is the header."""
    source = reader.source
    found = list(_CELL.finditer(source.text, match.start("row"), match.end("row")))
    cells = tuple(inline(source.text, cell.start(2), cell.end(2)).strip() for cell in found)
    block = reader.block(
        "row",
        source.line_index(match.start("row")),
        source.line_index(match.end("row") - 1),
        cells,
    )
    header = all(cell.group(1).lower() == "th" for cell in found)
    return block._replace(header=header, table=reader.tables, html=True)


def _piece(
    reader: Reader, low: int, high: int, kind: Kind, level: int, depth: int
) -> Iterator[Block]:
    """One block of the words between two tags; its lines are the source's."""
    source = reader.source
    texts: list[Text] = []
    for index in range(source.line_index(low), source.line_index(max(high - 1, low)) + 1):
        span = source.line_span(index)
        start, end = max(low, span.start), min(high, span.end)
        if start < end:
            text = inline(source.text, start, end).strip()
            if text or text.image:
                texts.append(text)
    if not texts:
        return
    start = texts[0].segments[0][1] if texts[0].segments else low
    first = source.line_index(texts[0].span().start if texts[0] else start)
    last = source.line_index(texts[-1].span().start if texts[-1] else start)
    span = Span(texts[0].span().start, max(texts[-1].span().end, texts[0].span().start))
    yield Block(
        kind,
        span,
        first,
        last,
        tuple(texts),
        depth=depth + len(reader.lists) if kind == "item" or depth else len(reader.lists),
        quoted=reader.quotes,
        level=level,
        style="html" if kind == "heading" else None,
        html=True,
    )
