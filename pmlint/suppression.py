"""Comments in a document that switch off findings.

``<!-- pmlint: ignore PM402 (reason) -->`` at the end of a line holds for that line, on a
line of its own for the next block: a heading, a paragraph, a list item with what is
nested in it, a table. ``ignore-start`` and ``ignore-end`` hold for what is between them,
``ignore-file`` for the whole file. Comments in code are examples and do nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pmlint.config import no_rule, selected
from pmlint.findings import Case, Edit, Finding, Fix, Source, Span
from pmlint.namedtuples import NamedTuple
from pmlint.spans import Spans
from pmlint.standard.patterns import expression
from pmlint.suggest import nearest

if TYPE_CHECKING:
    from pmlint.markdown import Block

UNUSED = "PM901"
UNKNOWN = "PM902"
NEVER = frozenset({"PM003", UNUSED, UNKNOWN})
"""What no comment switches off."""
VERBS = ("ignore", "ignore-file", "ignore-start", "ignore-end")
VERB_MEANINGS: Mapping[str, str] = {
    "disable": "ignore",
    "disable-line": "ignore",
    "disable-next-line": "ignore",
    "ignore-next-line": "ignore",
    "ignore-line": "ignore",
    "disable-file": "ignore-file",
    "off": "ignore-start",
    "on": "ignore-end",
    "noqa": "ignore",
    "enable": "ignore-end",
}


class Selector(NamedTuple):
    """One code, name or family of a comment."""

    span: Span
    codes: frozenset[str]


class Suppression(NamedTuple):
    """What one comment switches off, and where."""

    span: Span
    """The whole comment."""
    verb: str
    selectors: tuple[Selector, ...]
    first: int
    """0-based first line it holds for."""
    last: int


class Found(NamedTuple):
    """The comments of a document."""

    suppressions: tuple[Suppression, ...]
    faults: tuple[Case, ...]
    """Cases of PM902."""


class Outcome(NamedTuple):
    """Findings after the comments."""

    kept: tuple[Finding, ...]
    hidden: int
    unused: tuple[Case, ...]
    """Cases of PM901."""


def find(source: Source, names: Mapping[str, str], *, need_reason: bool = False) -> Found:
    """Every comment of a document. ``names`` maps the codes of all rules to their names."""
    from pmlint.markdown import parse

    blocks = _Blocks(source, parse(source).blocks)
    faults: list[Case] = []
    found: list[Suppression] = []
    opened: list[Suppression] = []
    stray: set[frozenset[str]] = set()
    for match in _COMMENT.finditer(source.text):
        span = Span(*match.span())
        if blocks.is_code(span):
            continue
        verb = match["verb"]
        if verb not in VERBS:
            near = nearest(verb, VERBS, VERB_MEANINGS) or "ignore"
            faults.append(Case("verb", span, {"verb": verb, "near": near}))
            continue
        selectors = tuple(_selectors(source, match, names, faults))
        if need_reason and not match["reason"] and verb != "ignore-end":
            faults.append(Case("reason", span, {"verb": verb}))
        line = source.line_index(span.start)
        if verb == "ignore-end":
            _close(opened, found, selectors, line, span, faults, stray)
        elif not selectors:
            if not _named(match):
                faults.append(Case("empty", span, {"verb": verb}))
        elif verb == "ignore-start":
            opened.append(Suppression(span, verb, selectors, line, line))
            stray.clear()
        elif verb == "ignore-file":
            found.append(Suppression(span, verb, selectors, 0, len(source.starts)))
        else:
            first, last = blocks.reach(span)
            found.append(Suppression(span, verb, selectors, first, last))
    for each in opened:
        faults.append(Case("open", each.span))
        found.append(each._replace(last=len(source.starts)))
    return Found(tuple(found), tuple(faults))


def apply(
    findings: Sequence[Finding], found: Found, source: Source, active: frozenset[str]
) -> Outcome:
    """What is left of the findings, and which parts of comments hid none.

    Of rules that did not run (``active`` names those that did) nothing is said.
    """
    lines: dict[str, list[int]] = {}
    for finding in findings:
        if finding.code not in NEVER:
            lines.setdefault(finding.code, []).append(source.line_index(finding.span.start))
    for each in lines.values():
        each.sort()
    hidden: dict[str, list[Span]] = {code: [] for code in lines}
    unused = []
    for suppression in found.suppressions:
        first, last = suppression.first, suppression.last
        for selector in suppression.selectors:
            used = False
            for code in selector.codes & lines.keys():
                hidden[code].append(Span(first, last + 1))
                at = bisect_left(lines[code], first)
                used = used or (at < len(lines[code]) and lines[code][at] <= last)
            if not used and selector.codes & active:
                unused.append(_unused(source, suppression, selector))
    hides = {code: Spans(ranges) for code, ranges in hidden.items() if ranges}
    kept = tuple(
        finding
        for finding in findings
        if finding.code not in hides or not hides[finding.code].meet(_line(source, finding))
    )
    return Outcome(kept, len(findings) - len(kept), tuple(unused))


def _line(source: Source, finding: Finding) -> Span:
    line = source.line_index(finding.span.start)
    return Span(line, line + 1)


def _unused(source: Source, comment: Suppression, selector: Selector) -> Case:
    said = {"selector": source.slice(selector.span)}
    if len(comment.selectors) > 1:
        gone = _with_comma(source, comment, selector)
        left = source.text[comment.span.start : gone.start]
        edit = Edit(comment.span, left + source.text[gone.end : comment.span.end])
        fix = Fix(f"take {said['selector']} out of the comment", (edit,), safe=True)
        return Case("one", selector.span, said, fix=fix)
    if comment.verb == "ignore-start":
        # Its end would have to go as well.
        return Case("alone", selector.span, said)
    edit = Edit(_with_line(source, comment.span), "")
    return Case("alone", selector.span, said, fix=Fix("remove the comment", (edit,), safe=True))


def _with_comma(source: Source, comment: Suppression, selector: Selector) -> Span:
    """A selector with what separates it from its neighbours."""
    at = comment.selectors.index(selector)
    if at + 1 < len(comment.selectors):
        return Span(selector.span.start, comment.selectors[at + 1].span.start)
    return Span(comment.selectors[at - 1].span.end, selector.span.end)


def _with_line(source: Source, span: Span) -> Span:
    """A comment with the white space before it, or with its whole line where it fills one."""
    index = source.line_index(span.start)
    line = source.line_span(index)
    before = source.text[line.start : span.start]
    if not before.strip() and not source.text[span.end : line.end].strip():
        end = source.starts[index + 1] if index + 1 < len(source.starts) else line.end
        return Span(line.start, end)
    return Span(span.start - len(before) + len(before.rstrip(" \t")), span.end)


_COMMENT = expression(
    r"<!--[ \t]{0,20}pmlint:[ \t]{0,20}(?P<verb>[\w-]{1,40})"
    r"(?P<names>[^()<>\n]{0,400})"
    r"(?:\((?P<reason>[^<>\n]{1,400})\))?[ \t]{0,20}-->"
)


_WORD = expression(r"[^\s,]+")


def _named(match: re.Match[str]) -> bool:
    return bool(match["names"].strip(" \t,"))


def _selectors(
    source: Source, match: re.Match[str], names: Mapping[str, str], faults: list[Case]
) -> Iterator[Selector]:
    for word in _WORD.finditer(match["names"]):
        start = match.start("names")
        span = Span(start + word.start(), start + word.end())
        codes = frozenset(selected(word.group(), names))
        if codes:
            yield Selector(span, codes)
        else:
            told = no_rule(word.group(), names)
            near = told.partition("; ")[2]
            values = {"selector": word.group(), "near": near or "rules are named by code or name"}
            faults.append(Case("unknown", span, values))


def _close(
    opened: list[Suppression],
    found: list[Suppression],
    selectors: Sequence[Selector],
    line: int,
    span: Span,
    faults: list[Case],
    stray: set[frozenset[str]],
) -> None:
    """End what was begun: the rules that are named, or all of them.

    ``stray`` are the rules that were named before and found nothing to end.
    """
    ended = frozenset(code for each in selectors for code in each.codes)
    if not opened or ended in stray:
        faults.append(Case("stray", span))
        return
    closing = [
        each
        for each in opened
        if not ended or any(selector.codes <= ended for selector in each.selectors)
    ]
    if not closing:
        faults.append(Case("stray", span))
        stray.add(ended)
        return
    closed = {each.span for each in closing}
    opened[:] = [each for each in opened if each.span not in closed]
    found += (each._replace(last=line) for each in closing)


class _Blocks:
    """The blocks of a document, asked for comment after comment in the order of the text."""

    def __init__(self, source: Source, blocks: Sequence[Block]) -> None:
        self.source = source
        self.blocks = blocks
        self.firsts = [block.first for block in blocks]
        self.code = Spans(block.span for block in blocks if block.kind == "code")
        self.rows = (0, 0, 0)
        """Rows from one block up to another, and the last line of their table."""
        self.alone: dict[int, bool] = {}
        """Whether nothing but comments stands on a line."""
        self.ticks = (0, 0)
        """An offset, and how many backticks stand before it on its line."""

    def is_code(self, span: Span) -> bool:
        """The comment stands in a block of code or between backticks."""
        if self.code.meet(span):
            return True
        source = self.source
        start = source.starts[source.line_index(span.start)]
        at, count = self.ticks
        if at < start:
            at, count = start, 0
        count += source.text.count("`", at, span.start)
        self.ticks = (span.start, count)
        return count % 2 == 1

    def reach(self, span: Span) -> tuple[int, int]:
        """The first and last line for which a comment holds."""
        line = self.source.line_index(span.start)
        if line not in self.alone:
            rest = _COMMENT.sub("", self.source.line_text(line)).strip(" \t>-*+")
            self.alone[line] = not rest
        at = bisect_right(self.firsts, line)
        if not self.alone[line] or at == len(self.blocks):
            return line, line
        return line, self._end(at)

    def _end(self, at: int) -> int:
        """The last line of a block with what is nested in it, or of the table it is a row of."""
        first, behind, last = self.rows
        if first <= at < behind:
            return last
        block = self.blocks[at]
        last, following = block.last, at + 1
        while following < len(self.blocks):
            other = self.blocks[following]
            same_table = block.table >= 0 and other.table == block.table and other.kind == "row"
            nested = block.kind == "item" and other.depth > block.depth
            if not (same_table or nested):
                break
            last = max(last, other.last)
            following += 1
        if block.table >= 0:
            self.rows = (at, following, last)
        return last
