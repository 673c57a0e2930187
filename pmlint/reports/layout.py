"""Text in terminal cells: measuring, wrapping, and cutting long lines at words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from pmlint.namedtuples import NamedTuple
from pmlint.reports.colour import Style
from pmlint.reports.sanitise import escape, harmless, one_line, unsafe

WIDEST = 120
TAB = 4
LONGEST_SENTENCE = 1200
"""Cells of wording beyond which even prose is cut."""


def char_width(char: str) -> int:
    """Cells that one character takes: 0 for combining, 2 for wide ones."""
    if char < "\u0300":
        return 1
    import unicodedata

    if unicodedata.east_asian_width(char) in "WF":
        return 2
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 1


def cells(text: str) -> int:
    """Cells that a text without control characters takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def pad(text: str, width: int) -> str:
    """The text with spaces behind it, up to a width in cells."""
    return text + " " * (width - cells(text))


def said(text: str, style: Style) -> str:
    """Wording, with what it quotes of a document, ready to be wrapped."""
    shown = one_line(text[: 2 * LONGEST_SENTENCE])
    return cut(style.wording(shown), LONGEST_SENTENCE, style.signs.cut)


def wrap(text: str, width: int, first: int | None = None) -> list[str]:
    """The words of a text in rows of at most ``width`` cells (the first: ``first``).

    A word that is wider than a row is broken; what stands between backticks is
    there to be copied and stays whole where it is not much wider than half a row.
    There is always one row, and none begins with what a CI runner obeys.
    """
    room = width if first is None else first
    rows: list[str] = []
    row = ""
    for word in _words(text, width * 2 // 3):
        if row and cells(row) + 1 + cells(word) <= room:
            row += " " + word
        elif row:
            rows.append(row.rstrip())
            room = width
            row = ""
        if word and not row:
            *whole, row = _broken(word, room, width)
            rows += whole
            room = width if whole else room
    return [*rows, row.rstrip()] if row or not rows else rows


def _words(text: str, most: int) -> Iterator[str]:
    """The words of a text; those between two backticks as one, up to ``most`` cells."""
    words = text.split(" ")
    if "`" not in text:
        yield from words
        return
    held: list[str] = []
    for word in words:
        held.append(word)
        if (word.count("`") % 2 == 1) == (len(held) > 1):
            phrase = " ".join(held)
            yield from [phrase] if cells(phrase) <= most else held
            held = []
    yield from held


def _broken(word: str, first: int, width: int) -> Iterator[str]:
    """A word as it begins a row, in pieces where it is wider than that."""
    word = harmless(word)
    room = max(first, 1)
    while cells(word) > room:
        taken = _fitting(word, room)
        if taken >= len(word):
            break
        yield word[:taken]
        word = harmless(word[taken:])
        room = max(width, 1)
    yield word


def _fitting(text: str, room: int) -> int:
    """How many characters fit, but at least one."""
    size = 0
    for taken, char in enumerate(text):
        size += char_width(char)
        if size > room and taken:
            return taken
    return len(text)


def cut(text: str, width: int, sign: str) -> str:
    """The beginning of a text, cut at a word so that it fits a width in cells."""
    if cells(text) <= width:
        return text
    at = _fitting(text, width - len(sign) - 1)
    kept = text[:at]
    space = kept.rfind(" ")
    if not text[at].isspace() and space > at // 2:
        kept = kept[:space]
    return f"{kept.rstrip()} {sign}"


class Line:
    """A source line as a terminal shows it: tabs expanded, controls written out.

    Positions given and taken are code points of the line, 0-based. The text may be
    a part of a line that begins earlier (``goes_before``) or ends later (``goes_on``).
    """

    def __init__(self, source: str, goes_before: bool = False, goes_on: bool = False) -> None:
        self.source = source
        self.goes_before = goes_before
        self.goes_on = goes_on

    @cached_property
    def _plain(self) -> bool:
        return self.source.isascii() and self.source.isprintable() and "##" not in self.source

    @cached_property
    def _shown(self) -> list[str]:
        """What each character is shown as."""
        shown = list(self.source)
        for match in unsafe().finditer(self.source):
            shown[match.start()] = escape(match[0])
        if "\t" in self.source:
            at = 0
            for index, text in enumerate(shown):
                if text == "\t":
                    shown[index] = text = " " * (TAB - at % TAB)
                at += cells(text)
        return shown

    @cached_property
    def _edges(self) -> list[int]:
        """The cell at which each character begins, and the end of the last."""
        return [0, *accumulate(map(cells, self._shown))]

    def text(self, start: int, end: int) -> str:
        """The characters from start to end as shown."""
        return self.source[start:end] if self._plain else "".join(self._shown[start:end])

    def width(self, start: int, end: int) -> int:
        """Cells from start to end."""
        if self._plain:
            return min(end, len(self.source)) - min(start, len(self.source))
        last = len(self.source)
        return self._edges[min(end, last)] - self._edges[min(start, last)]

    def window(self, marks: list[tuple[int, int]], room: int, sign: str, label: int = 0) -> Window:
        """The part of the line that fits ``room`` cells and shows the marks.

        From the line's beginning where the marks fit there, else around them;
        cut at words, with ``sign`` on either side. ``label`` cells are kept free
        behind the last mark where that is possible.
        """
        size = len(self.source)
        part = self.goes_before or self.goes_on
        if not part and self.width(0, size) <= room:
            return Window(self, 0, size, "", "")
        first = min(start for start, _ in marks) if marks else 0
        last = max(end for _, end in marks) if marks else 0
        head, tail = f"{sign} ", f" {sign}"
        label = label if self.width(first, last) + len(head) + label <= room else 0
        if not self.goes_before and self.width(0, last) <= room - max(len(tail), label):
            return Window(self, 0, self._until(0, room - len(tail), last), "", tail)
        last = self._part_of(first, last, max(room - len(head) - len(tail), 1))
        spare = room - self.width(first, last)
        before, after = self.width(0, first), self.width(last, size)
        right = max(min(after, max(spare - spare // 2, spare - before)), label)
        left = spare - right
        start = 0 if before <= left else self._since(first, left - len(head))
        end = size if after <= right else self._until(last, right - len(tail), last)
        cut_before, cut_behind = start > 0 or self.goes_before, end < size or self.goes_on
        return Window(self, start, end, head if cut_before else "", tail if cut_behind else "")

    def _part_of(self, first: int, last: int, room: int) -> int:
        """Where what is shown of a mark ends: at a word, unless little would be left of it."""
        end = self._until(first, room, first, words=False, at=last)
        if end == last:
            return end
        word = _word_end(self.source, end, first)
        return word if self.width(first, word) * 2 >= room else end

    def _until(
        self, start: int, room: int, least: int, *, words: bool = True, at: int | None = None
    ) -> int:
        """The last position, not before ``least``, that leaves start..position in the room."""
        end = start
        limit = len(self.source) if at is None else at
        while end < limit and self.width(start, end + 1) <= room:
            end += 1
        end = max(end, least)
        if words and end < len(self.source):
            end = _word_end(self.source, end, least)
        return end

    def _since(self, end: int, room: int) -> int:
        start = end
        while start > 0 and self.width(start - 1, end) <= room:
            start -= 1
        if start and not self.source[start - 1].isspace():
            space = self.source.find(" ", start, end)
            start = space + 1 if 0 <= space < end else start
        while start < end and self.source[start].isspace():
            start += 1
        return start


def _word_end(text: str, end: int, least: int) -> int:
    """The end of the last whole word before ``end``, but not before ``least``."""
    if not text[end].isspace():
        space = text.rfind(" ", least, end)
        end = space if space >= 0 else end
    while end > least and text[end - 1].isspace():
        end -= 1
    return end


class Window(NamedTuple):
    """A line as cut for an excerpt."""

    line: Line
    start: int
    end: int
    head: str
    tail: str

    @property
    def text(self) -> str:
        """What is printed."""
        return self.head + self.line.text(self.start, self.end) + self.tail

    def column(self, position: int) -> int:
        """The cell of a position of the line, kept inside the window."""
        position = min(max(position, self.start), self.end)
        return len(self.head) + self.line.width(self.start, position)
