"""List items that head the parts of a postmortem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pmlint.structure.labels import split_label
from pmlint.structure.text import Text
from pmlint.structure.tree import Line
from pmlint.structure.vocabulary import Vocabulary, normalise

if TYPE_CHECKING:
    from pmlint.facts import Role

FEWEST_PARTS = 3
"""So many items named like parts head them; so many headings leave nothing for items to head."""
LONGEST = 60
"""Characters of an item that may be a heading."""

ItemHeads = Mapping[int, tuple[Text, tuple["Role", ...]]]
"""The titles and roles of items, by the indices of their lines."""


def find_item_heads(lines: Sequence[Line], words: Vocabulary) -> ItemHeads:
    """The items of ``2. Timeline`` and its kin, over content that stands beside them.

    Markdown takes them for lists of one item each; they head their parts like plain lines.
    """
    headed = sum(
        line.kind == "heading" and bool(words.loose(normalise(line.text.plain)))
        for line in lines
        if line.first
    )
    if headed > FEWEST_PARTS:
        return {}
    found = {index: (title, roles) for index, title, roles in _named_items(lines, words)}
    # An item right above another heads nothing: a table of contents.
    found = {index: each for index, each in found.items() if index + 1 not in found}
    played: set[Role] = set()
    for title, roles in found.values():
        played |= set(roles) or words.likely(normalise(title.plain))
    beside = [index for index in found if not _nested_below(lines, index)]
    told = not played.isdisjoint(("timeline", "root_cause"))
    if len(played) < FEWEST_PARTS or not told or len(beside) * 2 < len(found):
        return {}
    return found


def _named_items(
    lines: Sequence[Line], words: Vocabulary
) -> Iterator[tuple[int, Text, tuple[Role, ...]]]:
    """The outermost items that are nothing but the name of a part."""
    depth = min((line.block.depth for line in lines if line.opens_item), default=0)
    for index, line in enumerate(lines):
        if not line.opens_item or line.block.depth != depth or len(line.text.plain) > LONGEST:
            continue
        split = split_label(line.text)
        if line.block.quoted or (split is not None and line.text.plain[split[1] :].strip()):
            continue
        title = line.text if split is None else line.text.cut(0, split[0]).strip()
        label = normalise(title.plain)
        roles = words.loose(label) if title.all_bold else words.roles(label)
        heads = title.all_bold or title.plain.rstrip().endswith("?")
        suggested = heads and (words.likely(label) or words.weakly(label))
        suggested = suggested or (line.block.ordered and words.weakly(label))
        if roles or suggested or words.other(label):
            yield index, title, roles


def _nested_below(lines: Sequence[Line], index: int) -> bool:
    """What stands below an item belongs to it."""
    return index + 1 < len(lines) and lines[index + 1].block.depth > lines[index].block.depth
