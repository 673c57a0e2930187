"""The words and the sentences of a very long text, held as places.

A line of five megabytes has a million words. As objects they would take thirty times as
much memory as the line; here only where every so many of them begin is held, and the words
in between are read again where somebody asks for them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from pmlint.reading.words import Token, shown, tokens_from

SIZE = 1_024
"""Tokens of a window."""
_HELD = 4
"""Windows held at a time: readers look a few words back and ahead."""


class Tokens(Sequence[Token]):
    """The tokens of a text outside of hidden ranges, which come in order."""

    def __init__(self, text: str, hidden: Sequence[tuple[int, int]] = ()) -> None:
        self._text = text
        self._hidden = hidden
        self._starts = array("i")
        """Where the first token of each window starts."""
        self._windows: dict[int, list[Token]] = {}
        self._low, self._now = 0, list[Token]()
        """The window that was asked last, and the index of its first token."""
        self._count = 0
        for token in self._read(0):
            if self._count % SIZE == 0:
                self._starts.append(token.start)
            self._count += 1

    def _read(self, start: int) -> Iterator[Token]:
        """The tokens from an offset on at which one starts, or the text does."""
        found = tokens_from(self._text, start)
        at = max(bisect_right(self._hidden, (start, 0)) - 1, 0)
        return shown(found, self._hidden, at) if self._hidden else found

    def _window(self, number: int) -> list[Token]:
        found = self._windows.get(number)
        if found is None:
            if len(self._windows) >= _HELD:
                del self._windows[next(iter(self._windows))]
            found = list(islice(self._read(self._starts[number]), SIZE))
            self._windows[number] = found
        return found

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | Sequence[Token]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._count))]
        at = index - self._low
        if not 0 <= at < len(self._now):
            if index < 0:
                index += self._count
            if not 0 <= index < self._count:
                raise IndexError(index)
            number, at = divmod(index, SIZE)
            self._low, self._now = index - at, self._window(number)
        return self._now[at]

    def __iter__(self) -> Iterator[Token]:
        return self._read(0)

    def first_from(self, offset: int) -> int:
        """The index of the first token that starts at an offset of the text or behind it."""
        number = bisect_left(self._starts, offset) - 1
        if number < 0:
            return 0
        return number * SIZE + bisect_left(self._window(number), (offset,))


def ranges(ends: Iterable[int]) -> Sequence[tuple[int, int]]:
    """Ranges that follow each other from 0 on without a gap, by where each one ends."""
    return _Ranges(array("i", ends))


class _Ranges(Sequence[tuple[int, int]]):
    def __init__(self, ends: array[int]) -> None:
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self._ends)))]
        if index < 0:
            index += len(self._ends)
        if not 0 <= index < len(self._ends):
            raise IndexError(index)
        return (self._ends[index - 1] if index else 0), self._ends[index]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        start = 0
        for end in self._ends:
            yield start, end
            start = end
