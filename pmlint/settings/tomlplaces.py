"""Where the keys and values of a TOML text stand: ``tomllib`` does not tell.

Only texts that ``tomllib`` has accepted are scanned, so nothing is checked here.
"""

from __future__ import annotations

from pmlint.findings import Span
from pmlint.namedtuples import NamedTuple

Path = tuple[str | int, ...]
"""A value's keys and list indexes from the top: ``("rules", "PM402", "level")``."""


class Place(NamedTuple):
    """Where a key and its value stand. A table's header is both."""

    key: Span
    value: Span


def places(text: str) -> dict[Path, Place]:
    """The place of every key and every list item of a valid TOML text."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.found


def nearest_place(found: dict[Path, Place], path: Path) -> Place:
    """The place of a path, else of the closest table around it, else the start."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, Place(Span(0, 0), Span(0, 0)))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, Place] = {}
        self._counts: dict[Path, int] = {}

    def scan(self) -> None:
        table: Path = ()
        while self._skip_blank():
            if self._next() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skip_blank(self) -> bool:
        """Go to the next sign that is neither white space nor comment; False at the end."""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "#":
                self.at = self._line_end()
            elif sign in " \t\r\n":
                self.at += 1
            else:
                return True
        return False

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _header(self) -> Path:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        path: Path = ()
        keys = self._keys()
        for number, (name, span) in enumerate(keys, start=1):
            path += (name,)
            if is_list and number == len(keys):
                self._counts[path] = self._counts.get(path, 0) + 1
            self.found.setdefault(path, Place(span, span))
            if path in self._counts:
                path += (self._counts[path] - 1,)
                self.found.setdefault(path, Place(span, span))
        self.at = self.text.find("]", self.at) + (2 if is_list else 1)
        return path

    def _pair(self, table: Path) -> None:
        path = table
        span = Span(self.at, self.at)
        for name, span in self._keys():
            path += (name,)
            self.found.setdefault(path, Place(span, span))
        self.at = self.text.index("=", self.at) + 1
        self._skip_spaces()
        start = self.at
        self._value(path)
        self.found[path] = Place(span, Span(start, self.at))

    def _skip_spaces(self) -> None:
        while self._next() in (" ", "\t"):
            self.at += 1

    def _keys(self) -> list[tuple[str, Span]]:
        """``a."b c".d`` up to the sign behind it."""
        keys = []
        while True:
            self._skip_spaces()
            start = self.at
            if self._next() in ('"', "'"):
                self._string()
                name = self.text[start + 1 : self.at - 1]
            else:
                while self._next().isalnum() or self._next() in ("-", "_"):
                    self.at += 1
                name = self.text[start : self.at]
            keys.append((name, Span(start, self.at)))
            self._skip_spaces()
            if self._next() != ".":
                return keys
            self.at += 1

    def _value(self, path: Path) -> None:
        sign = self._next()
        if sign in ('"', "'"):
            self._string()
        elif sign == "[":
            self._list(path)
        elif sign == "{":
            self._inline_table(path)
        else:
            while self.at < len(self.text) and self._next() not in ",]}#\r\n":
                self.at += 1
            while self.text[self.at - 1] in " \t":
                self.at -= 1

    def _string(self) -> None:
        quote = self._next()
        long = quote * 3
        ending = long if self.text.startswith(long, self.at) else quote
        self.at += len(ending)
        while not self.text.startswith(ending, self.at):
            self.at += 2 if quote == '"' and self._next() == "\\" else 1
        self.at += len(ending)
        # A long string may end in one or two quotes of its own.
        while len(ending) == 3 and self._next() == quote:
            self.at += 1

    def _list(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self._skip_blank() and self._next() != "]":
            if self._next() == ",":
                self.at += 1
                continue
            start = self.at
            self._value((*path, index))
            span = Span(start, self.at)
            self.found[(*path, index)] = Place(span, span)
            index += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip_blank() and self._next() != "}":
            if self._next() == ",":
                self.at += 1
            else:
                self._pair(path)
        self.at += 1
