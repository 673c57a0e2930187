"""Who wrote the report and when: times that are not the incident's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pmlint.reading.times import Moment, find_moments
from pmlint.reading.words import word_count
from pmlint.standard.patterns import expression
from pmlint.statements.durationfields import only_moment
from pmlint.statements.toldcues import is_suffering
from pmlint.structure.labels import dates_posting
from pmlint.structure.mails import LONGEST_HEAD, is_head, tells_sending
from pmlint.structure.stamps import only_time
from pmlint.structure.timed import tells_clock
from pmlint.structure.tree import Line, Tree
from pmlint.structure.vocabulary import listed

TOP = 5
"""Among so many lines a lone day is that of the report."""
BYLINE = 14
"""More words are a sentence."""
LONGEST_NAME = 3
HEAD = 12
"""Within so many lines from the top stands when a report was posted."""
FOOT = 3
"""Or so many from the end."""


def is_byline(tree: Tree, line: Line) -> bool:
    """``_Filed by Ana @ 3:00 pm, May 28_``: who wrote it and when, on a line of its own."""
    if tells_sending(line.text.plain) and _of_mail(line):
        return True
    if line.number < TOP and _is_stamp(line):
        # "26 Nov 2012", "2024-05-02 22:40" below the title
        return True
    if len(line.block.lines) > 1 or line.block.depth or word_count(line.text.plain) > BYLINE:
        return False
    if not find_moments(line.text.prose) or is_suffering(line.text.prose):
        return False
    written = tree.document.source.slice(tree.document.source.line_span(line.number)).strip()
    slanted = written[:1] in "_*" and written[-1:] in "_*" and not line.text.all_bold
    signed = slanted and (not only_moment(line.text) or _names_author(line.text.plain))
    return signed or dates_posting(line.text.plain) or _signs(line.text.plain)


def _is_stamp(line: Line) -> bool:
    """Nothing but one day, with a clock or without; ``Post-mortem 3 May 2024`` as well.

    A clock with its zone is that of an incident.
    """
    words = _report().sub("", line.text.plain)
    if not only_time(words):
        return False
    told = find_moments(words)
    lone = len(told) == 1 and told[0].date is not None and told[0].zone is None
    return lone or not tells_clock(line)


def names_report(words: str) -> bool:
    """``Report of 3 May 2024, 9:00``: its day and its clock are those of the report."""
    return _report().match(words) is not None


@cache
def _report() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(listed("reports"))))
    return re.compile(rf"^\W{{0,3}}(?:{names})\b", re.IGNORECASE)


def _signs(words: str) -> bool:
    """``Lea Roth, 6 April 2023``, ``6 April 2023 by Lea Roth``: a name and a day, and no more."""
    name, _, day = words.partition(",")
    if len(name.split()) > 1 and _names_author(words) and only_time(day):
        return True
    by = _BY.search(words)
    if by is None:
        return False
    # "Rolled back on 3 May by Ana" tells of the incident.
    rest = _report().sub("", words[: by.start()]) + words[by.end() :]
    return by["label"] is not None or only_time(rest)


_BY = expression(
    r"(?:[|·•]\s?|\b(?i:written|posted|published)\s)?\b(?:[Bb]y|(?P<label>[Aa]uthors?:))"
    r"(?:,?\s(?:and\s|&\s)?@?[A-Z][\w.'’-]*+){1,6}(?:\s?[|·•])?"
)
"""By whom it was written, in a few words that begin with a capital."""


def _names_author(words: str) -> bool:
    """``Lea Roth, 6 April 2023, 8:00 AM``: a name stands before the time."""
    name, comma, _ = words.strip(" *_").partition(",")
    if not comma or only_time(name) or ":" in name or any(map(str.isdigit, name)):
        return False
    return 1 <= len(name.split()) <= LONGEST_NAME and name.istitle()


def _of_mail(line: Line) -> bool:
    return any(is_head(text.plain) for text in line.block.lines[:LONGEST_HEAD])


def posted(tree: Tree) -> Iterator[Moment]:
    """The days of the lines near the top, and at the end, that tell when it was written."""
    top, end = tree.lines[:HEAD], tree.lines[HEAD:][-FOOT:]
    for line in (*top, *end):
        if is_byline(tree, line) or dates_posting(line.text.plain):
            yield from (each for each in find_moments(line.text.prose) if each.date is not None)
