"""What fixes would change, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pmlint.findings import Source
from pmlint.reports.colour import Style, Tone
from pmlint.reports.sanitise import harmless, path_text, unsafe, visible


def render(before: Source, after: Source, style: Style) -> str:
    """The diff from one text to the other; empty where they are equal.

    Control characters are written out, but for CR before a line end, so that a
    diff neither steers a terminal nor forges a line of a CI log.
    """
    if before.text == after.text:
        return ""
    from difflib import unified_diff

    name = path_text(before.path)
    rows = unified_diff(list(_lines(before)), list(_lines(after)), f"a/{name}", f"b/{name}", n=2)
    return "".join(_painted(row, style) for row in rows)


def _lines(source: Source) -> Iterator[str]:
    """The lines with their ends; a lone CR ends a line, too."""
    starts = [*source.starts, len(source.text)]
    for start, stop in pairwise(starts):
        if start < stop:
            yield source.text[start:stop]


def _painted(row: str, style: Style) -> str:
    words = row.rstrip("\r\n")
    end = row[len(words) :]
    shown = visible(words) if unsafe().search(words) else words
    if row.startswith(" "):
        shown = harmless(shown)
    if not end:
        shown, end = f"{shown}\n\\ No newline at end of file", "\n"
    elif end == "\r":
        shown, end = shown + "\\x0d", "\n"
    if row.startswith(("---", "+++")) and words.partition(" ")[0] in ("---", "+++"):
        return style.paint("bold", shown) + end
    if row[:1] in _TONES:
        shown = style.paint(_TONES[row[0]], shown)
    return shown + end


_TONES: Mapping[str, Tone] = {"+": "added", "-": "removed", "@": "faint"}
