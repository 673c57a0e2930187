"""The lines of a document, and what can be told of one by those around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.reading.openings import leading_time
from pmlint.structure.items import find_item_heads
from pmlint.structure.labels import split_label
from pmlint.structure.posts import find_posts
from pmlint.structure.timed import opens_with_clock
from pmlint.structure.tree import Line
from pmlint.structure.vocabulary import normalise, vocabulary

if TYPE_CHECKING:
    from pmlint.facts import Role
    from pmlint.findings import Source
    from pmlint.standard.templates import Template

MOST_BARE_WORDS = 9
"""A plain line without a colon that has more is a sentence."""
SHORT = 60
"""Characters of a line that may name a part."""


class Page:
    """Nothing of it changes while sections are promoted; what was looked up is kept."""

    def __init__(self, source: Source, lines: Sequence[Line], template: Template) -> None:
        self.source = source
        self.lines = lines
        self.template = template
        self.words = vocabulary(template)
        sentences = (line.number for line in lines if line.kind == "text" and _is_told(line))
        self.told_from = next(sentences, len(lines))
        """Where the first sentence stands."""
        self.item_heads = find_item_heads(lines, self.words)
        """The list items that head parts: their titles and roles."""
        self.posts = find_posts(lines)
        self.post_heads = {post.head for post in self.posts}
        self._last_named: dict[Role, int] = {}
        self._resumed = (0, 0, False)
        """For which lines it was found whether entries go on below them."""
        self._suggested: dict[str, frozenset[Role]] = {}

    def below(self, index: int) -> Line | None:
        """The line right below one."""
        return self.lines[index + 1] if index + 1 < len(self.lines) else None

    def likely(self, label: str) -> frozenset[Role]:
        """The roles that a heading's wording suggests."""
        if label not in self._suggested:
            self._suggested[label] = self.words.likely(label)
        return self._suggested[label]

    def named_below(self, index: int, role: Role) -> bool:
        """A line further down names a part that plays the role."""
        if role not in self._last_named:
            upwards = range(len(self.lines) - 1, -1, -1)
            named = (at for at in upwards if self._names(self.lines[at], role))
            self._last_named[role] = next(named, -1)
        return self._last_named[role] > index

    def _names(self, line: Line, role: Role) -> bool:
        short = line.first and not line.block.depth and len(line.text.plain) <= SHORT
        return short and role in self.words.roles(normalise(line.text.plain))

    def resumes(self, index: int) -> bool:
        """The entries of a timeline go on below a label that stands between them."""
        first, last, goes_on = self._resumed
        if not first <= index < last:
            last, goes_on = self._decided_below(index)
            self._resumed = (index, last, goes_on)
        return goes_on

    def _decided_below(self, index: int) -> tuple[int, bool]:
        """The first line below that ends a timeline or goes on with it, and which it does."""
        for at in range(index + 1, len(self.lines)):
            line = self.lines[at]
            if line.kind == "heading":
                return at, False
            if leading_time(line.text.prose) is not None:
                return at, True
            split = split_label(line.text)
            label = normalise(line.text.plain[: split[0]] if split else line.text.plain)
            if set(self.words.roles(label)) - {"detection"}:
                return at, False
        return len(self.lines), False

    def starts_anew(self, index: int) -> bool:
        """The line before, if it is of the same paragraph, ends a sentence."""
        if self.lines[index].first:
            return True
        return self.lines[index - 1].text.plain.rstrip().endswith((".", "!", "?"))

    def sign(self, line: Line) -> str:
        """The character with which a line begins in the source."""
        start, end = self.source.line_span(line.number)
        return self.source.text[start:end].lstrip()[:1]

    def outdented(self, line: Line) -> bool:
        """A line at the margin right below a list, which Markdown takes for its last item."""
        if line.first or not line.text:
            return False
        source = self.source.text
        return not source[self.source.line_span(line.number).start].isspace()

    def holds_something(self, index: int) -> bool:
        """Something stands below a list item: a sub-list or a paragraph of its own."""
        block = self.lines[index].block
        below = self.below(index)
        if below is None:
            return False
        if below.block is block:
            return True
        kind, depth = below.block.kind, below.block.depth
        if kind == "item" and depth == block.depth and below.block.ordered != block.ordered:
            return True
        return depth > block.depth or (depth == block.depth and kind == "text" and depth > 0)

    def heads_list(self, index: int) -> bool:
        """``2. Timeline:`` or ``* **Timeline**`` over a list of another kind beside it."""
        line, below = self.lines[index], self.below(index)
        if below is None or not below.opens_item or below.block.depth != line.block.depth:
            return False
        if below.block.ordered != line.block.ordered:
            return True
        return not line.block.ordered and self.sign(line) != self.sign(below)

    def lists_below(self, index: int) -> bool:
        """Items or entries stand below a line, if behind a picture of them."""
        below = self.lines[index + 1 : index + 3]
        told = next((line for line in below if line.text), None)
        return told is not None and (told.opens_item or opens_with_clock(told))


def _is_told(line: Line) -> bool:
    plain = line.text.plain.rstrip()
    return plain.endswith(".") or plain.count(" ") > MOST_BARE_WORDS
