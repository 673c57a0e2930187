"""Blocks to lines, each of which may be a heading, a label or an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.markdown import Block, Document
from pmlint.structure.labels import capitals_label, inner_label, label_pattern
from pmlint.structure.text import join
from pmlint.structure.text import lines as split_lines
from pmlint.structure.tree import Line
from pmlint.structure.vocabulary import Vocabulary, normalise


def flatten(document: Document) -> Iterator[Line]:
    """Every line of every block; a table row is one line, its cells joined.

    A heading as long as a paragraph is one that somebody wanted to stand out.
    """
    for block in _numbered_headings(document.blocks):
        if block.kind == "front-matter":
            yield Line(join(block.lines, ": "), block, block.first, True)
        elif block.kind == "row":
            yield Line(join(block.lines, " | "), block, block.first, True)
        else:
            first = True
            source = document.source
            if block.kind == "heading" and sum(len(text.plain) for text in block.lines) > 140:
                block = block._replace(kind="text")
            for text in block.lines:
                for part in split_lines(text):
                    piece = part.strip()
                    number = source.line_index(piece.span().start) if piece else block.first
                    yield Line(piece, block, number, first)
                    first = False


def _numbered_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; ``1. ## Timeline`` over text beside it heads a part, not a list item."""
    for at, block in enumerate(blocks):
        if block.kind == "heading" and block.depth == 1 and at + 1 < len(blocks):
            below = blocks[at + 1]
            if not below.depth or below.ordered != block.ordered:
                block = block._replace(depth=0)
        yield block


def run_on(lines: Iterator[Line], words: Vocabulary) -> Iterator[Line]:
    """The lines, those that hold a whole postmortem in one paragraph cut at its labels."""
    for line in lines:
        cuts = _inner_labels(line, words) if line.kind == "text" else []
        if not cuts:
            yield line
            continue
        for low, high in zip([0, *cuts], [*cuts, len(line.text.plain)], strict=True):
            piece = line.text.cut(low, high).strip()
            if piece:
                yield line._replace(text=piece, first=line.first and low == 0)


def _inner_labels(line: Line, words: Vocabulary) -> list[int]:
    """Where labels of parts stand behind the end of a sentence.

    One alone may be a way of speaking, unless it ends the line as a heading would.
    """
    plain = line.text.plain
    if ":" not in plain:
        return []
    cuts = [
        match.start("label")
        for match in inner_label().finditer(plain)
        if words.roles(normalise(match["label"]))
    ]
    begun = label_pattern().match(plain)
    if begun and words.exactly(normalise(begun[1])):
        # "Duration: two hours Impact: 40 shops Root Cause: a key": the ends of lines are lost
        cuts = sorted({*cuts, *_glued_labels(line.text.prose, words, begun.end())})
    elif len(cuts) == 1 and not plain[cuts[0] :].rstrip().endswith(":"):
        cuts = []
    return cuts or _bold_labels(line, words)


def _glued_labels(prose: str, words: Vocabulary, start: int) -> Iterator[int]:
    """Where names of parts stand in capitals, a colon behind them."""
    for match in capitals_label().finditer(prose, start):
        before, name = match.start("label"), match["label"]
        while name and not words.exactly(normalise(name)):
            behind = name.partition(" ")[2]
            before, name = before + len(name) - len(behind), behind
        if name:
            yield before


def _bold_labels(line: Line, words: Vocabulary) -> list[int]:
    """``**Duration:** two hours **Impact:** 40 users``: the second label and those behind it."""
    plain, bold = line.text.plain, line.text.bold
    if len(bold) < 2 or bold[0][0]:
        return []
    return [
        low
        for low, high in bold[1:]
        if ":" in plain[high - 1 : high + 1]
        and words.roles(normalise(plain[low:high].rstrip(": ")))
    ]
