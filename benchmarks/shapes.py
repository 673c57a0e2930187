"""Texts of any size, ordinary and hostile, for the benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

ORDINARY = """\
# Search outage {n}

## Summary

- **Duration:** 4 June 2025, 9:10 AM - 10:40 AM EAT (90 minutes)
- **Impact:** 12 % of 40,000 users saw empty result pages for {n} minutes.
- **Root cause:** the cache served an index of the day before.

## Timeline

- 9:10 AM - A deploy empties the `search` cache on all {n} nodes.
- 9:25 AM - On-call is paged: error rate above 5 %.
- 9:40 AM - The database is suspected; its logs show nothing.
- 10:40 AM - The old index is switched on again; results are complete.

## Root cause and resolution

The deploy script dropped the index before the new one was complete. Rolling back to the
index of the day before ended the incident; the script now waits for number {n}.

## Tasks

- [ ] Page on-call when the index holds fewer than {n} documents (owner: Ada, due 2025-07-01)
- [ ] Reject a deploy in CI when its configuration does not validate

"""


def ordinary(size: int) -> str:
    """Postmortems one below the other, no two alike."""
    return _repeated(lambda n: ORDINARY.replace("{n}", str(n + 1)), size)


def one(size: int) -> str:
    """One postmortem with a long timeline and many tasks."""
    head, _, rest = ORDINARY.replace("{n}", "7").partition("## Timeline\n\n")
    _, _, tail = rest.partition("## Root cause")
    line = "- 9:{m:02d} AM - The queue holds {n} messages and grows.\n"
    events = _repeated(lambda n: line.format(m=n % 60, n=n), size // 2)
    tasks = _repeated(lambda n: f"- [ ] Alert when queue {n} holds 1,000 messages\n", size // 2)
    return f"{head}## Timeline\n\n{events}\n## Root cause{tail}{tasks}"


SHAPES: Mapping[str, Callable[[int], str]] = {
    "ordinary": ordinary,
    "one postmortem": one,
    "headings": lambda size: _repeated(lambda n: f"## Heading {n}\n\nSome words.\n\n", size),
    "empty headings": lambda size: "##\n\n" * (size // 4),
    "timelines": lambda size: "## Timeline\n\n" * (size // 13),
    "nested headings": lambda size: _repeated(lambda n: "#" * (n % 6 + 1) + " Impact\n", size),
    "list items": lambda size: "- x\n" * (size // 4),
    "labels": lambda size: "Impact: none\n" * (size // 13),
    "one line": lambda size: "word " * (size // 5),
    "one line of sentences": lambda size: "It was down. " * (size // 13),
    "digits": lambda size: "1" * size,
    "numbers": lambda size: "12 " * (size // 3),
    "clocks": lambda size: "10:30 " * (size // 6),
    "colons": lambda size: ":" * size,
    "dashes": lambda size: "-" * size + "a",
    "spaces": lambda size: "a" + " " * size + "b",
    "stars": lambda size: "a " + "*" * size,
    "brackets": lambda size: "[" * size,
    "nested brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "links": lambda size: "[a](b) " * (size // 7),
    "angles": lambda size: "<" * size,
    "backticks": lambda size: _repeated(lambda n: "`" * (n % 100 + 1) + " ", size),
    "quotes": lambda size: "> " * min(size // 4, 90) + "a\n" + "> b\n" * (size // 4),
    "table": lambda size: "| Time | Event |\n|---|---|\n" + "| 10:30 | down |\n" * (size // 17),
    "comments": lambda size: "<!-- x -->\n\n" * (size // 12),
    "tags": lambda size: "<b>" * (size // 3),
    "code": lambda size: "```\n" + "at 10:30 it fell\n" * (size // 17),
    "entities": lambda size: "&amp;" * (size // 5),
    "urls": lambda size: "https://a.example/b " * (size // 20),
    "placeholders": lambda size: "TBD {{x}} [name]\n" * (size // 17),
}
"""Every shape by name: called with a size in bytes."""


def _repeated(part: Callable[[int], str], size: int) -> str:
    parts = []
    length = number = 0
    while length < size:
        parts.append(part(number))
        length += len(parts[-1])
        number += 1
    return "".join(parts)
