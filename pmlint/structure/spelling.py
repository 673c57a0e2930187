"""Whether one word or name is another with a slip of the pen."""

from __future__ import annotations

SHORTEST = 5
"""Among shorter names, one letter more or less makes another word."""
LONG = 8
"""From so many letters on, two slips are allowed."""


def resembles(text: str, name: str) -> bool:
    """True when two different words differ by one slip, or two where they are long."""
    if len(name) < SHORTEST or text == name or abs(len(text) - len(name)) > 2:
        return False
    if len(set(text) ^ set(name)) > 4:
        return False
    return distance(text, name) <= (2 if len(name) >= LONG else 1)


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
