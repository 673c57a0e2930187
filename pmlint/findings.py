"""What pmlint says: places, findings and fixes.

A place is a pair of 0-based code-point offsets into the text as it was read;
reports turn it into lines and columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pmlint.namedtuples import NamedTuple


class Level(StrEnum):
    """How sure and how serious a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Span(NamedTuple):
    """Half-open range of 0-based code-point offsets into a source text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Place(NamedTuple):
    """A position for people: 1-based line, 1-based column in code points."""

    line: int
    column: int


class Source:
    """A text with its line table. Lines end at CRLF, LF or CR and nowhere else.

    ``str.splitlines`` would break at six more characters (U+0085, U+2028 and
    others) that Markdown and editors do not count as line ends.
    """

    # No dataclass: that module takes longer to import than a cached answer to give.

    def __init__(self, text: str, path: str = "<text>") -> None:
        self.text = text
        self.path = path

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Source):
            return NotImplemented
        return (self.text, self.path) == (other.text, other.path)

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return f"Source({self.text!r}, {self.path!r})"

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        text = self.text
        if "\r" not in text:
            starts = [0]
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
            return starts
        starts = [0]
        at = 0
        size = len(text)
        while at < size:
            char = text[at]
            if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
                starts.append(at + 1)
            at += 1
        return starts

    def line_index(self, offset: int) -> int:
        """The 0-based line that holds the offset."""
        return bisect_right(self.starts, offset) - 1

    def place(self, offset: int) -> Place:
        """The 1-based line and column of an offset."""
        index = self.line_index(offset)
        return Place(index + 1, offset - self.starts[index] + 1)

    def line_span(self, index: int) -> Span:
        """The span of a 0-based line without its line end."""
        start = self.starts[index]
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line_text(self, index: int) -> str:
        """The text of a 0-based line without its line end."""
        return self.text[slice(*self.line_span(index))]

    def slice(self, span: Span) -> str:
        """The source characters of a span."""
        return self.text[span.start : span.end]


class Edit(NamedTuple):
    """Replace the characters of ``span`` by ``text``."""

    span: Span
    text: str


Promise = Literal["nothing", "name", "order", "zone", "season", "length", "part", "slot"]
"""What may read differently once a fix is applied; everything else must read the same.

``name``: a part gets its name, ``order``: the sequence of the events, ``zone``: the zone
of the duration, ``season``: the abbreviations of zones, ``length``: the stated length,
``part``: a part that was missing, ``slot``: owners and due dates.
"""


class Fix(NamedTuple):
    """Edits that together mend one finding.

    ``safe`` means that no statement of the document changes: not a time, not
    an order, not a name.
    """

    message: str
    """What it does, as an order: ``Move line 14 below line 12``."""
    edits: tuple[Edit, ...]
    safe: bool = False
    promise: Promise = "nothing"


class Mark(NamedTuple):
    """Another place of a finding; ``label`` is a key of the rule's ``[labels]``."""

    span: Span
    label: str


class Case(NamedTuple):
    """What a check yields: which case, where, with which values.

    The words are policy: the rule's ``[messages]``, ``[help]`` and ``[labels]``
    are keyed by ``case`` and formatted with ``values``; ``[levels]`` may soften
    a case.
    """

    case: str
    span: Span
    values: Mapping[str, object] = {}
    related: tuple[Mark, ...] = ()
    fix: Fix | None = None


class Related(NamedTuple):
    """Another place a finding speaks of, with its half of the sentence."""

    path: str
    span: Span
    message: str


class Finding(NamedTuple):
    """One fault: rule, place, what was found, what to write instead."""

    path: str
    code: str
    name: str
    level: Level
    span: Span
    message: str
    help: str = ""
    label: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    notes: tuple[str, ...] = ()
    """What was looked for, as ``word: sentence``; told before the help."""
