"""Lines put together to running text, hard-wrapped sentences made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pmlint.findings import Span
from pmlint.structure.text import Text, join
from pmlint.structure.tree import Line


def flow(lines: Iterable[Line]) -> Text:
    """The words of lines as one text; a wrapped sentence is joined by a space."""
    parts: list[Text] = []
    pending: list[Text] = []
    last: Line | None = None
    for line in lines:
        if line.kind == "code" or not line.text:
            continue
        if last is not None and line.block is last.block and continues(last, line):
            pending.append(line.text)
        else:
            if pending:
                parts.append(join(pending, " "))
            pending = [line.text]
        last = line
    if pending:
        parts.append(join(pending, " "))
    return join(parts, "\n\n")


ENOUGH = 200
"""Lines of a paragraph by which its width is told."""


def continues(before: Line, line: Line) -> bool:
    """True when a line goes on with the sentence of the line before it.

    A hard-wrapped line ends where the next word no longer fitted; a statement on
    a line of its own ends earlier.
    """
    words = before.text.plain.rstrip()
    begin = line.text.plain.lstrip()
    if not words or not begin or line.block.kind == "row" or line.block is not before.block:
        return False
    if _bullet().match(begin):
        return False
    if begin[0].islower() or words[-1] in ",(&/" or words.endswith((" the", " a", " of", " and")):
        return True
    if words[-1] in ":;" or line.text.bold:
        return False
    if len(words) <= 50 or _statements(before.block.lines):
        return False
    width = max(len(text.plain) for text in line.block.lines[:ENOUGH])
    fitted = len(words) + 1 + len(begin.split(maxsplit=1)[0]) <= width
    if fitted or width > 130:
        return False
    return words[-1] not in ".!?" or _wrapped(line)


def _statements(lines: Sequence[Text]) -> bool:
    """Each of some lines begins a statement: wrapped prose goes on in small letters."""
    begins = [text.plain.lstrip()[:1] for text in lines[:ENOUGH]]
    return len(begins) > 2 and all(letter.isupper() for letter in begins)


def _wrapped(line: Line) -> bool:
    """Most lines of its paragraph end in mid-sentence."""
    lines = line.block.lines[:-1][:ENOUGH]
    open_ends = sum(1 for text in lines if text.plain.rstrip()[-1:] not in ".!?:;")
    return open_ends * 2 >= len(lines)


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(
        r"[-–—•‣▪◦➢➤→○●·§■□◆❖⦁✅❌]\s|o(?:\t| {2})|\(?(?:\d{1,2}|[a-h])[.)]\s|\[[ xX]\]\s"
        # "1- Watch the disks", "ii) Watch the disks"
        r"|\d{1,2}\s?[-–]\s|[ivx]{1,4}\)\s"
        # "PA3. Watch the disks", "REM-4 (P2): …"
        r"|[A-Z]{1,4}-?\d{1,3}(?:[.:)]\s|\s[(–—-])"
        # "6.2 Alarm threshold lowered"
        r"|\d{1,2}\.\d{1,2}[.)]?\s(?=[A-Z][a-z]{2})"
    )


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of each block in turn."""
    at = 0
    while at < len(lines):
        stop = block_end(lines, at)
        yield tuple(lines[at:stop])
        at = stop


def block_end(lines: Sequence[Line], at: int) -> int:
    """The index behind the last line of the block in which a line stands."""
    stop = at + 1
    while stop < len(lines) and lines[stop].block is lines[at].block and not lines[stop].first:
        stop += 1
    return stop


def extent(lines: Sequence[Line]) -> Span:
    """The source span from the first to the last line."""
    first, last = lines[0], lines[-1]
    start = first.block.span.start if first.first else first.text.span().start
    end = max(last.text.span().end, start)
    if last.block.kind in ("row", "code") or last.text.end > end:
        end = max(end, last.block.span.end if last.block.kind in ("row", "code") else last.text.end)
    return Span(start, end)
