"""Headings: marked as such, freed of marks they need not, called by the right name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pmlint.facts import Postmortem, Section
from pmlint.findings import Edit, Fix, Source, Span
from pmlint.fixes.places import blank, line_end, whole_line, without_break
from pmlint.standard.patterns import expression

_MARKED = ("atx", "setext", "html")
_UNMARKED = ("bold", "plain")
_DEEPEST = 6


_EMPHASIS = expression(r"\*\*+|(?<!\w)__+|__+(?!\w)|</?(?:b|strong|u)>", re.IGNORECASE)


_BEHIND = expression(r"(?:\*|_++(?!\w)|[ \t:：]|[-–—](?!\w)|</?(?:b|strong|u)>)*", re.IGNORECASE)
"""What may stand between the words of a heading and the statement behind them."""


def mark(postmortem: Postmortem, section: Section, level: int | None) -> Fix | None:
    """A bold or plain line as an ATX heading; None where it cannot be one.

    ``level`` is what ``Levels`` gives for it.
    """
    timeline = postmortem.timeline
    if timeline is not None and timeline.span.end < section.span.start < timeline.extent.end:
        # A label among the entries of a timeline stands for an event.
        return None
    source = postmortem.source
    line = whole_line(source, section.span.start)
    if level is None or section.span.end > line.end or _behind_words(source, line, section):
        return None
    if _in_html(source.slice(line)):
        return None
    start = line.end - len(source.slice(line).lstrip(" \t"))
    name = source.text[start : section.span.end]
    behind = without_break(source.text[section.span.end : line.end])
    gap = _BEHIND.match(behind)
    rest = behind[gap.end() :] if gap else behind
    if rest.startswith("(") and rest.rstrip("*_: ").endswith(")"):
        name, rest = f"{name} {rest}", ""
    title = _EMPHASIS.sub("", name).lstrip("#").strip(" \t:：*_")
    if not title or len(_EMPHASIS.findall(rest)) % 2:
        return None
    end = line_end(source, line.start)
    heading = f"{'#' * level} {title}"
    index = source.line_index(line.start)
    before = "" if blank(source, index - 1) else end
    after = "" if blank(source, index + 1) else end
    text = f"{before}{heading}{end + end + rest if rest else ''}{'' if rest else after}"
    return Fix(f"Write `{heading}`", (Edit(line, text),), safe=True)


_MOST_BEFORE = 40
"""Marks, numbers and an emoji before a heading take no more characters."""


def _behind_words(source: Source, line: Span, section: Section) -> bool:
    """It stands in the middle of a line, behind another statement."""
    if section.span.start - line.start > _MOST_BEFORE:
        return True
    before = _EMPHASIS.sub("", source.text[line.start : section.span.start])
    return re.search(r"(?<!:)\b[a-z]{2,}\b(?!:)", before) is not None


def _in_html(text: str) -> bool:
    return re.match(r"\s*</?(?!b>|strong>|u>)\w", text, re.IGNORECASE) is not None


class Levels:
    """The levels of headings that have none of their own."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self.beside: dict[int | None, set[int]] = {}
        """Levels of the parts' headings, by the section they stand in."""
        self.inside = [_DEEPEST + 1] * len(sections)
        """The highest heading within each section."""
        self.known: dict[int, int | None] = {}
        for index in range(len(sections) - 1, -1, -1):
            section = sections[index]
            inside, parent = self.inside[index], section.parent
            if section.level is not None and section.style in _MARKED:
                inside = min(inside, section.level)
                if section.roles and "title" not in section.roles:
                    self.beside.setdefault(parent, set()).add(section.level)
            if parent is not None:
                self.inside[parent] = min(self.inside[parent], inside)

    def of(self, index: int) -> int | None:
        """The level such a heading gets: its siblings', else one below its parent's.

        None where the headings inside it leave no room.
        """
        if index not in self.known:
            self.known[index] = self._level(index)
        return self.known[index]

    def _level(self, index: int) -> int | None:
        section = self.sections[index]
        if section.parent is not None:
            outer = self.sections[section.parent]
            if _are_siblings(outer, section):
                if outer.style in _MARKED and outer.level is not None:
                    return outer.level
                if outer.style in _UNMARKED:
                    return self.of(section.parent)
        above = self._above(section)
        beside = self.beside.get(section.parent, ())
        usual = min((each for each in beside if each > above), default=None)
        if usual is not None:
            return usual
        level = min(max(above + 1, 2), self.inside[index] - 1, _DEEPEST)
        return level if level > above else None

    def _above(self, section: Section) -> int:
        parent = section.parent
        while parent is not None:
            outer = self.sections[parent]
            if outer.level is not None and outer.style in _MARKED:
                return outer.level
            if outer.style in _UNMARKED and outer.roles and "title" not in outer.roles:
                return self.of(parent) or _DEEPEST
            parent = outer.parent
        return 0


def _are_siblings(outer: Section, section: Section) -> bool:
    """A resolution behind a root cause is its sibling to every reader, though it may be part."""
    return "root_cause" in outer.roles and section.roles == ("resolution",)


_NUMBER = expression(r"\d{1,2}[.)][ \t]+")


def unmark(postmortem: Postmortem, section: Section, span: Span) -> Fix | None:
    """A heading's words, which stand at ``span``, without colon, bold and number."""
    old = postmortem.source.slice(span)
    new = bare(old)
    if not new or new == old:
        return None
    edits = (Edit(span, new), *_links(postmortem, section, old, new))
    return Fix(f"Write `{'#' * (section.level or 2)} {new}`", edits, safe=True)


def bare(words: str) -> str:
    """A heading's words without trailing colon, surrounding bold marks and number."""
    while True:
        found = words.strip()
        for mark in ("**", "__"):
            inner = found[2:-2]
            if len(found) > 4 and found.startswith(mark) and found.endswith(mark):
                found = found if mark in inner else inner
            if found.endswith(":" + mark):
                found = found[:-3].rstrip() + mark
        found = found.rstrip(" \t:")
        number = _NUMBER.match(found.lstrip("*_"))
        if number:
            marks = found[: len(found) - len(found.lstrip("*_"))]
            found = marks + found.lstrip("*_")[number.end() :]
        if found == words:
            return found
        words = found


def rename(postmortem: Postmortem, section: Section, name: str) -> Fix:
    """The right name in place of a misspelt one."""
    old = postmortem.source.slice(section.span)
    edits = (Edit(section.span, name), *_links(postmortem, section, old, name))
    return Fix(f'Write "{name}"', edits, safe=True, promise="name")


def _links(postmortem: Postmortem, section: Section, old: str, new: str) -> Iterator[Edit]:
    """Links of the same document that lead to the heading by its old words."""
    before, after = slug(old), slug(new)
    if before == after or section.style not in _MARKED:
        return
    for span in _anchors(postmortem.source.text).get(before, ()):
        yield Edit(span, after)


@lru_cache(1)
def _anchors(text: str) -> Mapping[str, Sequence[Span]]:
    """Where links within the document lead to, by the heading's name in small letters."""
    found: dict[str, list[Span]] = {}
    for match in re.finditer(r"(?:\]\(#|href=[\"']#)([^\s)\"'#]+)(?=[)\"'])", text):
        found.setdefault(match[1].lower(), []).append(Span(*match.span(1)))
    return found


def slug(words: str) -> str:
    """The anchor that code hosts give a heading."""
    kept = re.sub(r"[^\w\- ]", "", words.strip().lower())
    return kept.replace(" ", "-")
