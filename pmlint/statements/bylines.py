"""Who wrote the report and when: times that are not the incident's."""

from __future__ import annotations

from collections.abc import Iterator

from pmlint.reading.times import Moment, find_moments
from pmlint.reading.words import word_count
from pmlint.statements.durationfields import only_moment
from pmlint.statements.toldcues import is_suffering
from pmlint.structure.labels import dates_posting
from pmlint.structure.mails import LONGEST_HEAD, is_head, tells_sending
from pmlint.structure.stamps import only_time
from pmlint.structure.timed import tells_clock
from pmlint.structure.tree import Line, Tree

TOP = 5
"""Among so many lines a lone day is that of the report."""
BYLINE = 14
"""More words are a sentence."""
LONGEST_NAME = 3
HEAD = 12
"""Within so many lines from the top stands when a report was posted."""


def is_byline(tree: Tree, line: Line) -> bool:
    """``_Filed by Ana @ 3:00 pm, May 28_``: who wrote it and when, on a line of its own."""
    if tells_sending(line.text.plain) and _of_mail(line):
        return True
    if line.number < TOP and only_time(line.text.plain) and not tells_clock(line):
        # "26 Nov 2012" below the title
        return True
    if len(line.block.lines) > 1 or line.block.depth or word_count(line.text.plain) > BYLINE:
        return False
    if not find_moments(line.text.prose) or is_suffering(line.text.prose):
        return False
    written = tree.document.source.slice(tree.document.source.line_span(line.number)).strip()
    slanted = written[:1] in "_*" and written[-1:] in "_*" and not line.text.all_bold
    signed = slanted and (not only_moment(line.text) or _names_author(line.text.plain))
    return signed or dates_posting(line.text.plain)


def _names_author(words: str) -> bool:
    """``Lea Roth, 6 April 2023, 8:00 AM``: a name stands before the time."""
    name, comma, _ = words.strip(" *_").partition(",")
    if not comma or only_time(name) or ":" in name:
        return False
    return 1 <= len(name.split()) <= LONGEST_NAME and name.istitle()


def _of_mail(line: Line) -> bool:
    return any(is_head(text.plain) for text in line.block.lines[:LONGEST_HEAD])


def posted(tree: Tree) -> Iterator[Moment]:
    """The days of the lines near the top that tell when the report was written."""
    for line in tree.lines[:HEAD]:
        if is_byline(tree, line) or dates_posting(line.text.plain):
            yield from (each for each in find_moments(line.text.prose) if each.date is not None)
