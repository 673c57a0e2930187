"""What was read of a line once is not read again: several readers ask for the same words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

LONGEST = 1_000
"""Characters of a text beyond which nothing is remembered."""
MOST = 512
"""Texts that are remembered at a time: about those of one document."""


def remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """The same reading, remembered for short texts. What it gives must never be changed."""
    held = lru_cache(MOST)(read)

    def recall(text: str) -> T:
        return held(text) if len(text) <= LONGEST else read(text)

    recall.__doc__, recall.__name__ = read.__doc__, read.__name__
    return recall


def remembered_at_length(read: Callable[[str], T]) -> Callable[[str], T]:
    """The same, and the last of the longer texts as well: for readings that give little."""
    held, last = lru_cache(MOST)(read), lru_cache(1)(read)

    def recall(text: str) -> T:
        return held(text) if len(text) <= LONGEST else last(text)

    recall.__doc__, recall.__name__ = read.__doc__, read.__name__
    return recall
