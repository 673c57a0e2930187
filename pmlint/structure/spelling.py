"""Whether one word or name is another with a slip of the pen."""

from __future__ import annotations

from collections.abc import Sequence

SHORTEST = 5
"""Among shorter names, one letter more or less makes another word."""
LONG = 8
"""From so many letters on, two slips are allowed."""


def resembles(text: str, name: str) -> bool:
    """True when two different words differ by one slip, or two where they are long."""
    if len(name) < SHORTEST or text == name or abs(len(text) - len(name)) > 2:
        return False
    # A slip adds, takes or replaces one letter at most, which is told before any are compared.
    apart = sum(abs(text.count(letter) - name.count(letter)) for letter in {*text, *name})
    if apart > 2 * _most_slips(name):
        return False
    return distance(text, name) <= _most_slips(name) and _by_words(text.split(), name.split())


def _most_slips(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _by_words(told: Sequence[str], meant: Sequence[str]) -> bool:
    """``The clues`` is ``The cause`` with two slips in one short word: another word."""
    if len(told) != len(meant):
        return True
    pairs = zip(told, meant, strict=True)
    return all(
        mine == other or distance(mine, other) <= _most_slips(other) for mine, other in pairs
    )


def distance(first: str, second: str) -> int:
    """Letters inserted, left out, replaced or swapped with a neighbour."""
    older: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        line = [row]
        for column, other in enumerate(second, start=1):
            cost = min(
                above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != other)
            )
            swapped = (
                row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            )
            line.append(min(cost, older[column - 2] + 1) if swapped else cost)
        older, above = above, line
    return above[-1]
