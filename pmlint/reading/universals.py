"""Everybody, nobody, everything: sizes that need no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmlint.reading import everybody, nobody, outages
from pmlint.reading.prose import Prose


def all_or_none(read: Prose, index: int) -> int | None:
    """The last token of a universal statement that starts at ``index``, else None."""
    word = read.word(index)
    if word in _NOBODY and read.listed(index - 1, "scarcely") and read.joined(index):
        return None
    if word in _READERS:
        last = _READERS[word](read, index)
        if last is not None:
            return last
    if word in read.words["total"] or word.endswith("-wide"):
        last = outages.total_outage(read, index)
        if last is not None:
            return last
    if word in read.words["totally"]:
        return outages.totally_gone(read, index)
    if word in read.words["ledgers"] or (word == "production" and read.word(index - 1) == "block"):
        return outages.ledger_halts(read, index)
    if word in nobody.NOT:
        return nobody.not_hit(read, index)
    return None


_NOBODY = frozenset(
    ("no", "none", "nobody", "anyone", "anybody", "any", "nothing", "anything", "zero", "no-one")
)

_READERS: Mapping[str, Callable[[Prose, int], int | None]] = {
    **dict.fromkeys(("all", "every", "each"), everybody.all_of),
    **dict.fromkeys(("no", "none", "zero", "neither"), nobody.none_of),
    **dict.fromkeys(
        ("everyone", "everybody", "everything", "everyone's", "everybody's"), everybody.everyone
    ),
    **dict.fromkeys(("anyone", "anybody"), nobody.anyone),
    **dict.fromkeys(("nobody", "no-one", "noone", "nobody's"), nobody.nobody),
    **dict.fromkeys(("entire", "whole", "entirety"), everybody.entire),
    **dict.fromkeys(("complete", "full", "total"), outages.complete),
    "any": nobody.any_of,
    "anything": nobody.anything,
    "anywhere": nobody.anywhere,
    "at": outages.at_all,
    "board": outages.across,
    "thing": nobody.anything,
    "both": everybody.both,
    "exception": everybody.without_exception,
    "nothing": nobody.nothing,
    "single": nobody.single,
    "whatsoever": outages.whatsoever,
    "whoever": everybody.whoever,
}
