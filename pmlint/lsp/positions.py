"""Offsets in a text against the positions of the protocol.

A position is a 0-based line and a number of code units: UTF-16 unless client and server
agree on another encoding. Lines end where ``Source`` ends them, as the protocol has it.
"""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from pmlint.findings import Source, Span

_UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


class Positions:
    """Converts for one text and one encoding."""

    def __init__(self, source: Source, encoding: str = "utf-16") -> None:
        self.source = source
        self._units = _UNITS[encoding]

    def position(self, offset: int) -> types.Position:
        """The position of an offset; inside a line end it is the end of the line."""
        source = self.source
        offset = min(max(offset, 0), len(source.text))
        index = source.line_index(offset)
        line = source.line_span(index)
        before = source.text[line.start : min(offset, line.end)]
        return types.Position(index, len(before) if before.isascii() else self._units(before))

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(max(span)))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one behind the end of a line or text is that end.

        A position inside a character is the start of that character.
        """
        source = self.source
        if position.line >= len(source.starts):
            return len(source.text)
        line = source.line_span(position.line)
        text = source.text[line.start : line.end]
        if text.isascii():
            return line.start + min(position.character, len(text))
        left = position.character
        for at, char in enumerate(text):
            left -= self._units(char)
            if left < 0:
                return line.start + at
        return line.end

    def span(self, place: types.Range) -> Span:
        """The span of a range."""
        return Span(self.offset(place.start), self.offset(place.end))
