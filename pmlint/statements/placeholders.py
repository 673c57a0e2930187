"""Template text that was left in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pmlint.facts import Placeholder, Role
from pmlint.findings import Span
from pmlint.standard import policy, rulebook
from pmlint.structure.tree import Line, Tree


def find_placeholders(tree: Tree) -> Iterator[Placeholder]:
    """Every placeholder outside code, with the part it stands in."""
    references = _references(tree.document.source.text)
    seen = -1
    for index, line in enumerate(tree.lines):
        if line.kind == "code" or not line.text:
            continue
        for span in _in_line(tree, index, line, references):
            if span.start <= seen:
                continue
            seen = span.start
            text = tree.document.source.slice(span)
            yield Placeholder(span, text, _role(tree, index))


def _in_line(tree: Tree, index: int, line: Line, references: frozenset[str]) -> Iterator[Span]:
    prose = line.text.prose
    span = _raw(tree, line)
    raw = tree.document.source.slice(span)
    for match in _patterns().finditer(prose) if _hinted(prose) else ():
        if match.group("word") and not _stands_alone(tree, index, line, match):
            continue
        if match.group("bracket") and match.group("bracket")[1:-1].lower() in references:
            continue
        yield line.text.span(*match.span())
    for match in _angle().finditer(raw) if "<" in raw else ():
        if raw.count("`", 0, match.start()) % 2 == 0:
            yield Span(span.start + match.start(), span.start + match.end())


def _raw(tree: Tree, line: Line) -> Span:
    """The source of a line; what stands in angle brackets is no word of its text."""
    span = line.text.span()
    if line.kind == "row":
        return span
    return Span(span.start, max(span.end, tree.document.source.line_span(line.number).end))


@lru_cache(maxsize=8)
def _references(text: str) -> frozenset[str]:
    return frozenset(
        match.group(1).lower() for match in re.finditer(r"^ {0,3}\[([^\[\]\n]+)\]:", text, re.M)
    )


_HINTS = (
    "[", "{{", "??", "?mins", "?hours", "?users", "YYYY", "yyyy", "HH:MM", "hh:mm", "XX:", "xx:",
)  # fmt: skip
"""One of these, the words or "lorem" stands in every placeholder."""


def _hinted(prose: str) -> bool:
    return (
        any(hint in prose for hint in _HINTS)
        or any(mark in prose for mark in marks())
        or "lorem" in prose.lower()
    )


@cache
def marks() -> frozenset[str]:
    """Words that stand for what is to be written, such as TBD."""
    return frozenset(rulebook.parameters("placeholder")["words"])


@cache
def _bracketed() -> str:
    """The words that mark an instruction in brackets, as alternatives of a pattern."""
    return "|".join(map(re.escape, policy.table("placeholders")["bracketed"]))


@cache
def _patterns() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(marks())))
    shapes = "|".join(policy.table("placeholders")["shapes"])
    inside = _bracketed()
    return re.compile(
        rf"(?P<word>(?<![\w-])(?:{words})(?![\w-]))|(?P<shape>{shapes})"
        rf"|(?P<bracket>\[(?:(?i:{inside}))(?![\w])[^\[\]\n]{{0,60}}\](?![(\[:]))"
    )


@cache
def _angle() -> re.Pattern[str]:
    inside = _bracketed()
    return re.compile(rf"<(?:(?i:{inside}))(?:[ _][^<>\n]{{0,60}})?>")


def _stands_alone(tree: Tree, index: int, line: Line, match: re.Match[str]) -> bool:
    """``TBD`` is the statement itself, not a word of it or the name of a list."""
    word = match.group()
    if line.kind == "heading":
        return word != "TODO"
    roles = {role for at in tree.enclosing(index) for role in tree.nodes[at].roles}
    if word == "TODO" and roles & {"tasks", "corrective"}:
        return False
    around = (tree.nodes[at] for at in tree.enclosing(index))
    return not any(node.line == index and "tasks" in node.roles for node in around)


_SPEAKING: tuple[Role, ...] = (
    "duration",
    "impact",
    "timeline",
    "root_cause",
    "resolution",
    "tasks",
)
"""The roles whose rules a placeholder silences."""


def _role(tree: Tree, index: int) -> Role | None:
    for at in reversed(tree.enclosing(index)):
        for role in _SPEAKING:
            if role in tree.nodes[at].roles:
                return role
        if tree.nodes[at].roles:
            return tree.nodes[at].roles[0]
    return None
