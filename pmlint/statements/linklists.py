"""Pages that are lists of links: bookmarks, a library of other people's write-ups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pmlint.structure.tree import Line, Tree

FEWEST_LINKS = 3
"""So many entries that begin with a link make a list of links."""


def lists_links(tree: Tree) -> bool:
    """Most paragraphs and items begin with a link to another page, told of in a few words.

    Entries of a timeline may link to the chat, and tasks to their tickets: a link whose
    words are a clock or a number counts for none.
    """
    entries = list(_entries(tree))
    linked = sum(map(_opens_with_link, entries))
    return linked >= FEWEST_LINKS and linked * 2 > len(entries)


def _entries(tree: Tree) -> Iterator[str]:
    """As written, the first line of each paragraph, item and row that says anything."""
    source = tree.document.source
    for line in tree.lines:
        if line.first and line.kind in ("text", "item", "row") and _entry(line):
            yield source.slice(source.line_span(line.number))


def _entry(line: Line) -> bool:
    return bool(line.text) and not line.block.header and any(map(str.isalnum, line.text.plain))


def _opens_with_link(written: str) -> bool:
    return _link().match(written) is not None


@cache
def _link() -> re.Pattern[str]:
    # "[#12](…)", "[OPS-12](…)" and "[10:05](…)" are tickets and clocks, "(#…)" is this page.
    return re.compile(
        r"[\s>*+|_\d.)-]{0,20}\[(?!\W{0,3}\d|[A-Z]{1,10}-\d)[^\[\]\n]{4,300}\]\((?!#)[^()\n]{1,300}\)"
    )
