"""Words without Markdown marks, every character of which knows where it stands in the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from pmlint.findings import Span

Range = tuple[int, int]

FILL = "_"
"""Stands in ``prose`` for each character of code and of URLs."""


class Text:
    """Words without Markdown marks, and where they stand in the source.

    ``plain`` keeps the words of code spans and bare URLs; ``prose`` is as long
    and has them filled, so that a time in a log line is not read as an event.
    Nothing of a text is ever changed. ``segments`` are rising pairs (offset in
    ``plain``, offset in the source), ``end`` the source offset behind the last
    character; ``hidden`` and ``bold`` are the ranges of ``plain`` that are code
    or URLs and those set in bold; ``image``: one stood here.

    Most texts are one piece without marks: to make one, its offset in the source
    does for the segments, and no more is kept of them.
    """

    # No frozen dataclass: thousands are made, and one takes three times as long.
    __slots__ = ("_pieces", "bold", "end", "hidden", "image", "plain", "prose")

    def __init__(
        self,
        plain: str,
        segments: tuple[Range, ...] | int,
        end: int,
        hidden: tuple[Range, ...] = (),
        bold: tuple[Range, ...] = (),
        image: bool = False,
    ) -> None:
        self.plain = plain
        if isinstance(segments, int) or len(segments) != 1 or segments[0][0]:
            self._pieces = segments
        else:
            self._pieces = segments[0][1]
        self.end = end
        self.hidden = hidden
        self.bold = bold
        self.image = image
        self.prose = _filled(plain, hidden) if hidden else plain

    @property
    def segments(self) -> tuple[Range, ...]:
        """Rising pairs: offset in ``plain``, offset in the source."""
        pieces = self._pieces
        return ((0, pieces),) if isinstance(pieces, int) else pieces

    def _parts(self) -> tuple[object, ...]:
        return (self.plain, self.segments, self.end, self.hidden, self.bold, self.image)

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Text) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        return f"Text{self._parts()!r}"

    def __bool__(self) -> bool:
        return bool(self.plain)

    def source(self, offset: int) -> int:
        """Where the character at an offset of ``plain`` stands in the source."""
        pieces = self._pieces
        if isinstance(pieces, int):
            return min(pieces + offset, self.end) if offset >= 0 else self.end
        index = bisect_right(pieces, (offset, 1 << 62)) - 1
        if index < 0:
            return self.end
        plain, source = pieces[index]
        return min(source + offset - plain, self.end)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of ``plain[start:end]``."""
        stop = len(self.plain) if end is None else end
        if start >= stop:
            at = self.source(start)
            return Span(at, at)
        low = self._pieces
        if start >= 0 and isinstance(low, int):
            return Span(min(low + start, self.end), min(low + stop - 1, self.end) + 1)
        return Span(self.source(start), self.source(stop - 1) + 1)

    def cut(self, start: int = 0, end: int | None = None) -> Text:
        """The part ``plain[start:end]`` as a text of its own."""
        stop = len(self.plain) if end is None else min(end, len(self.plain))
        start = min(max(start, 0), stop)
        if start == 0 and stop == len(self.plain):
            return self
        pieces = self._pieces
        if isinstance(pieces, int) and stop > start:
            low = pieces + start
            end = min(low + stop - start, self.end)
            hidden, bold = self.hidden, self.bold
            return Text(
                self.plain[start:stop],
                low,
                end,
                _shift(hidden, start, stop) if hidden else (),
                _shift(bold, start, stop) if bold else (),
            )
        every = self.segments
        first = max(bisect_right(every, (start, 1 << 62)) - 1, 0)
        behind = bisect_left(every, (max(stop, start + 1),), first)
        segments = tuple(
            (max(plain - start, 0), source + max(start - plain, 0))
            for plain, source in every[first:behind]
        )
        return Text(
            self.plain[start:stop],
            segments,
            self.source(stop - 1) + 1 if stop > start else self.source(start),
            _shift(self.hidden, start, stop),
            _shift(self.bold, start, stop),
        )

    def strip(self) -> Text:
        """Without white space at both ends."""
        plain = self.plain
        start = len(plain) - len(plain.lstrip())
        return self.cut(start, max(len(plain.rstrip()), start))

    @property
    def all_bold(self) -> bool:
        """Every word is bold; marks, emoji and a number before it may stand outside."""
        if not self.bold:
            return False
        rest = list(self.plain)
        for start, end in self.bold:
            rest[start:end] = " " * (end - start)
        first = self.bold[0][0]
        return not any(
            char.isalpha() or (char.isdigit() and at >= first) for at, char in enumerate(rest)
        )


def _filled(plain: str, hidden: tuple[Range, ...]) -> str:
    parts = []
    at = 0
    for start, end in hidden:
        parts.append(plain[at:start])
        parts.append(FILL * (end - start))
        at = end
    parts.append(plain[at:])
    return "".join(parts)


def _shift(ranges: tuple[Range, ...], start: int, stop: int) -> tuple[Range, ...]:
    # They stand in order and apart: none but the last of those before may reach in.
    first = max(bisect_right(ranges, (start, 0)) - 1, 0)
    behind = bisect_left(ranges, (stop, 0), first)
    return tuple(
        (max(low, start) - start, min(high, stop) - start)
        for low, high in ranges[first:behind]
        if high > start
    )


def join(texts: Iterable[Text], glue: str = "\n") -> Text:
    """Several texts as one, with ``glue`` between them."""
    listed = tuple(texts)
    if len(listed) == 1:
        return listed[0]
    plain: list[str] = []
    segments: list[Range] = []
    hidden: list[Range] = []
    bold: list[Range] = []
    length = end = 0
    image = False
    for text in listed:
        if plain:
            plain.append(glue)
            segments.append((length, end))
            length += len(glue)
        plain.append(text.plain)
        segments.extend((at + length, source) for at, source in text.segments)
        hidden.extend((low + length, high + length) for low, high in text.hidden)
        bold.extend((low + length, high + length) for low, high in text.bold)
        length += len(text.plain)
        end = text.end
        image = image or text.image
    return Text("".join(plain), tuple(segments), end, tuple(hidden), tuple(bold), image)


def lines(text: Text) -> Iterator[Text]:
    """The text cut at its line breaks (``<br>`` and glue)."""
    at = 0
    while True:
        stop = text.plain.find("\n", at)
        if stop < 0:
            yield text.cut(at)
            return
        yield text.cut(at, stop)
        at = stop + 1
