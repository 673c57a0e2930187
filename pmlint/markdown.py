"""Markdown to blocks with places, by markdown-it-py's block tokens.

Inline parsing is left out: it is half of the parser's time and gives no
positions. ``pmlint.structure.inline`` takes the marks off instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pmlint.findings import Source, Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard.patterns import expression
from pmlint.structure.inline import inline
from pmlint.structure.text import Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 100
"""Quotes and lists deeper than this are not read, and that is reported."""

Kind = Literal["heading", "item", "text", "row", "code", "front-matter"]
HeadingStyle = Literal["atx", "setext", "html"]


class Block(NamedTuple):
    """One heading, list item, paragraph, table row, code block or front-matter key."""

    kind: Kind
    span: Span
    """Its source lines, from the first character that is not white space."""
    first: int
    """0-based first line."""
    last: int
    """0-based last line."""
    lines: tuple[Text, ...]
    """One text a source line; for a row one a cell; for front matter key and value."""
    depth: int = 0
    """How many lists it stands in."""
    quoted: int = 0
    """How many block quotes it stands in."""
    level: int = 0
    """Heading level."""
    style: HeadingStyle | None = None
    ordered: bool = False
    box: bool | None = None
    """State of a task box: ticked or not; null without one."""
    header: bool = False
    """The header row of a table."""
    table: int = -1
    """Which table of the document a row belongs to."""
    html: bool = False


class Document(NamedTuple):
    """A source text and its blocks in order."""

    source: Source
    blocks: tuple[Block, ...]
    too_deep: int | None = None
    """0-based line at which quotes or lists are nested deeper than is read."""


def parse(source: Source) -> Document:
    """Blocks of a Markdown text, front matter first. Never raises on any text."""
    text = source.text
    front, body_from = _front_matter(source)
    blocks = list(front)
    markdown = _blank_lines(text, source, body_from)
    if text.startswith("\ufeff"):
        markdown = " " + markdown[1:]
    markdown = markdown.replace("\u00a0", " ")
    tokens = _parser().parse(markdown)
    if any(token.type == "code_block" for token in tokens):
        prose, items = _indented_prose(tokens), _spaced_items(tokens)
        if prose or items:
            lines = re.split(r"\r\n?|\n", markdown)
            _narrow(lines, items)
            _dedent(lines, prose)
            tokens = _parser().parse("\n".join(lines))
    reader = Reader(source)
    blocks.extend(reader.blocks(tokens))
    return Document(source, tuple(blocks), reader.too_deep)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parser.disable(["inline", "text_join"])
    return parser


def _blank_lines(text: str, source: Source, until: int) -> str:
    """The text with its first lines emptied, so that line numbers stay."""
    if not until:
        return text
    start = source.starts[until] if until < len(source.starts) else len(text)
    return "\n" * until + text[start:]


def _indented_prose(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Ranges of lines that Markdown takes for code, but whose author only indented them."""
    return [
        (token.map[0], token.map[1])
        for token in tokens
        if token.type == "code_block" and token.level == 0 and token.map and _reads(token.content)
    ]


def _spaced_items(tokens: Sequence[Token]) -> list[int]:
    """Lines of items that Markdown takes for code: their words stand far behind the marker."""
    found = [
        token
        for before, token in pairwise(tokens)
        if token.type == "code_block"
        and before.type == "list_item_open"
        and token.map
        and before.map
        and before.map[0] == token.map[0]
    ]
    told = "\n".join(token.content.partition("\n")[0] for token in found)
    return [token.map[0] for token in found if token.map] if _reads(told) else []


def _narrow(lines: list[str], items: Sequence[int]) -> None:
    """Leave one space behind the markers of some lines."""
    for at in items:
        lines[at] = _WIDE_MARKER.sub(r"\1 ", lines[at], count=1)


_WIDE_MARKER = expression(r"^([ \t>]*(?:[-*+]|\d{1,9}[.)]))[ \t]{5,}")


_SENTENCE = expression(
    r"\s*(?:[-*+•–—]\s++|\(?\d{1,2}[.)]\s++|\d{1,2}[:.]\d{2}\b[^\]\d]|[A-Z(\"“*])(?=.{0,400}[A-Za-z]{3})"
)


_SYMBOL = expression(
    r"[{};=<>$\\^`~#]|\w\(|\w/\w+/|\s--?\w|\]:|\b(?:ERROR|WARN|INFO|DEBUG|FATAL|GET|POST)\b"
)


def _reads(content: str) -> bool:
    """Nearly every line starts like a statement, and few hold what only code does."""
    lines = [line for line in content.split("\n") if line.strip()]
    told = sum(bool(_SENTENCE.match(line)) for line in lines)
    coded = sum(bool(_SYMBOL.search(line)) for line in lines)
    return bool(lines) and told * 5 >= len(lines) * 4 and coded * 4 <= len(lines)


def _dedent(lines: list[str], ranges: Sequence[tuple[int, int]]) -> None:
    """Move some ranges of lines to the margin; inner indents stay relative."""
    for first, behind in ranges:
        inside = [line for line in lines[first:behind] if line.strip()]
        margin = min(len(line) - len(line.lstrip(" \t")) for line in inside)
        for at in range(first, behind):
            lines[at] = lines[at][margin:] if lines[at].strip() else lines[at]


_KEY = expression(r"([A-Za-z_][\w -]{0,60}?)\s*[:=]\s*(.*)$")


def _front_matter(source: Source) -> tuple[list[Block], int]:
    """Top-level keys of YAML (``---``) or TOML (``+++``), and the first line behind."""
    first = source.line_text(0).lstrip("\ufeff").rstrip()
    if first not in ("---", "+++"):
        return [], 0
    ends = (first, "...") if first == "---" else (first,)
    keys: list[Block] = []
    for index in range(1, len(source.starts)):
        line = source.line_text(index)
        if line.rstrip() in ends:
            return (keys, index + 1) if keys or index > 1 else ([], 0)
        match = _KEY.match(line)
        if match:
            keys.append(_key_block(source, index, match))
        elif first == "---" and line.strip() and line[0] not in " \t-#":
            return [], 0
    return [], 0


def _key_block(source: Source, index: int, match: re.Match[str]) -> Block:
    line = source.line_span(index)
    low, high = match.span(2)
    raw = match.group(2).rstrip()
    high = low + len(raw)
    if len(raw) >= 2 and raw[0] == raw[-1] and raw[0] in "'\"":
        low, high = low + 1, high - 1
    key = inline(source.text, line.start + match.start(1), line.start + match.end(1))
    value = inline(source.text, line.start + low, line.start + high)
    return Block("front-matter", line, index, index, (key, value))


_BOX = re.compile(r"\[([ xX])\]\s+")
_ROW_CELL = re.compile(r"(?:[^|\\]|\\.)*")
_INDENT = re.compile(r"[ \t>]*")


def _unspaced(text: Text) -> re.Match[str] | None:
    """The marks of a heading without the space behind them."""
    if not text.plain.startswith("#"):
        return None
    return re.match(r"(#{2,6}|#(?=[A-Z][\w ]*$))(?![#\s\d])", text.plain)


class Reader:
    """Walks block tokens once, keeping count of lists, quotes and tables."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.too_deep: int | None = None
        self.lists: list[bool] = []
        self.quotes = 0
        self.tables = 0
        self.item_lines: list[int | None] = []
        self.header = False

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        heading: Token | None = None
        row: int | None = None
        for token in tokens:
            kind = token.type
            if token.level >= MAX_NESTING - 2 and self.too_deep is None and token.map:
                self.too_deep = token.map[0]
            if kind == "inline":
                if heading is not None:
                    yield self._heading(heading, token)
                elif row is None and token.map:
                    yield from self._paragraph(token.map[0], token.map[1], token.content)
            elif kind == "heading_open":
                heading = token
            elif kind == "heading_close":
                heading = None
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(kind == "ordered_list_open")
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "list_item_open":
                self.item_lines.append(token.map[0] if token.map else None)
            elif kind == "list_item_close":
                self.item_lines.pop()
            elif kind == "blockquote_open":
                self.quotes += 1
            elif kind == "blockquote_close":
                self.quotes -= 1
            elif kind == "table_open":
                self.tables += 1
            elif kind == "thead_open":
                self.header = True
            elif kind == "thead_close":
                self.header = False
            elif kind == "tr_open":
                row = token.map[0] if token.map else None
                if row is not None:
                    yield self._row(row)
            elif kind == "tr_close":
                row = None
            elif kind in ("fence", "code_block") and token.map:
                yield self._code(token.map[0], token.map[1])
            elif kind == "html_block" and token.map:
                from pmlint.structure.html import blocks

                yield from blocks(self, token.map[0], token.map[1])

    def block(self, kind: Kind, first: int, last: int, lines: tuple[Text, ...]) -> Block:
        start = self.source.line_span(first).start
        indent = _INDENT.match(self.source.text, start)
        low = indent.end() if indent else start
        high = self.source.line_span(last).end
        return Block(
            kind,
            Span(min(low, high), high),
            first,
            last,
            lines,
            depth=len(self.lists),
            quoted=self.quotes,
            ordered=bool(self.lists and self.lists[-1]),
        )

    def _heading(self, opening: Token, token: Token) -> Block:
        first, behind = opening.map or [0, 1]
        last = max(behind - 1, first)
        level = int(opening.tag[1:])
        atx = opening.markup.startswith("#")
        texts = [self._line(first + at, part) for at, part in enumerate(token.content.split("\n"))]
        block = self.block("heading", first, last, tuple(texts))
        return _with(block, level=level, style="atx" if atx else "setext")

    def _line(self, index: int, content: str) -> Text:
        """The text of a source line from which the parser took ``content``."""
        span = self.source.line_span(index)
        line = self.source.text[span.start : span.end]
        words = content.strip()
        if not words:
            return inline(self.source.text, span.end, span.end)
        tail = line.rstrip()
        if tail.endswith(words):
            low = len(tail) - len(words)
        else:
            low = line.replace("\u00a0", " ").find(words)
        if low < 0:
            stripped = line.lstrip(" \t>")
            return inline(self.source.text, span.end - len(stripped), span.end)
        return inline(self.source.text, span.start + low, span.start + low + len(words))

    def _paragraph(self, first: int, behind: int, content: str) -> Iterator[Block]:
        parts = content.split("\n")
        texts = [self._line(first + at, part) for at, part in enumerate(parts)]
        last = max(first + len(parts) - 1, first)
        is_item = bool(self.item_lines) and self.item_lines[-1] == first
        box = None
        if is_item:
            self.item_lines[-1] = None
            match = _BOX.match(texts[0].plain)
            if match:
                box = match.group(1) != " "
                texts[0] = texts[0].cut(match.end())
        if not self.lists and any(text.plain.startswith("#") for text in texts):
            yield from self._unspaced(first, texts)
            return
        block = self.block("item" if is_item else "text", first, last, tuple(texts))
        yield _with(block, box=box) if box is not None else block

    def _unspaced(self, first: int, texts: list[Text]) -> Iterator[Block]:
        """``##Timeline`` without a space is no heading to Markdown, but one to its reader."""
        at = 0
        while at < len(texts):
            match = _unspaced(texts[at])
            if match:
                line = first + at
                block = self.block("heading", line, line, (texts[at].cut(match.end()).strip(),))
                yield _with(block, level=len(match.group(1)), style="atx")
                at += 1
                continue
            stop = at + 1
            while stop < len(texts) and not _unspaced(texts[stop]):
                stop += 1
            yield self.block("text", first + at, first + stop - 1, tuple(texts[at:stop]))
            at = stop

    def _row(self, index: int) -> Block:
        block = self.block("row", index, index, tuple(self._cells(index)))
        return _with(block, header=self.header, table=self.tables)

    def _cells(self, index: int) -> Iterator[Text]:
        text = self.source.text
        at, end = self.source.line_span(index)
        while at < end and text[at] in " \t>":
            at += 1
        if at < end and text[at] == "|":
            at += 1
        while at < end:
            match = _ROW_CELL.match(text, at, end)
            stop = match.end() if match else end
            if stop >= end and not text[at:end].strip():
                return
            yield inline(text, at, stop).strip()
            if stop >= end:
                return
            at = stop + 1

    def _code(self, first: int, behind: int) -> Block:
        last = min(max(behind - 1, first), len(self.source.starts) - 1)
        texts = tuple(
            Text(line, span.start, span.end)
            for index in range(first, last + 1)
            for span in (self.source.line_span(index),)
            for line in (self.source.text[span.start : span.end],)
        )
        return self.block("code", first, last, texts)


def _with(block: Block, **changes: object) -> Block:
    return block._replace(**changes)  # type: ignore[arg-type]
