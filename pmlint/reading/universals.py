"""Everybody, nobody, everything: sizes that need no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import cast

from pmlint.reading.prose import Prose


def all_or_none(read: Prose, index: int) -> int | None:
    """The last token of a universal statement that starts at ``index``, else None."""
    word = read.word(index)
    if word in _NOBODY and read.listed(index - 1, "scarcely") and read.joined(index):
        return None
    if word in _READERS:
        last = _reader(_READERS[word])(read, index)
        if last is not None:
            return last
    if word in read.words["total"] or word.endswith("-wide"):
        last = _reader("outages.total_outage")(read, index)
        if last is not None:
            return last
    if word in read.words["services_gone"]:
        return _reader("downtime.service_gone")(read, index)
    if word in read.words["totally"]:
        return _reader("outages.totally_gone")(read, index)
    if word in read.words["ledgers"] or (word == "production" and read.word(index - 1) == "block"):
        return _reader("outages.ledger_halts")(read, index)
    if word in _NOT:
        return _reader("nobody.not_hit")(read, index)
    return None


@cache
def _reader(name: str) -> Callable[[Prose, int], int | None]:
    module, _, function = name.partition(".")
    found = getattr(import_module(f"pmlint.reading.{module}"), function)
    return cast("Callable[[Prose, int], int | None]", found)


_NOT = frozenset(("not", "weren't", "wasn't", "aren't", "didn't"))
_NOBODY = frozenset(
    ("no", "none", "nobody", "anyone", "anybody", "any", "nothing", "anything", "zero", "no-one")
)

_READERS: Mapping[str, str] = {
    **dict.fromkeys(("all", "every", "each"), "everybody.all_of"),
    **dict.fromkeys(("no", "none", "zero", "neither"), "nobody.none_of"),
    **dict.fromkeys(
        ("everyone", "everybody", "everything", "everyone's", "everybody's"), "everybody.everyone"
    ),
    **dict.fromkeys(("anyone", "anybody"), "nobody.anyone"),
    **dict.fromkeys(("nobody", "no-one", "noone", "nobody's"), "nobody.nobody"),
    **dict.fromkeys(("entire", "whole", "entirety"), "everybody.entire"),
    **dict.fromkeys(("complete", "full", "total"), "outages.complete"),
    "any": "nobody.any_of",
    "anything": "nobody.anything",
    "anywhere": "nobody.anywhere",
    "at": "outages.at_all",
    "board": "outages.across",
    "thing": "nobody.anything",
    "both": "everybody.both",
    "exception": "everybody.without_exception",
    "nothing": "nobody.nothing",
    "single": "nobody.single",
    "whatsoever": "outages.whatsoever",
    "whoever": "everybody.whoever",
}
"""Module and function by the word that may begin it. A module is imported with its first word."""
