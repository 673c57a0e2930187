"""The texts that the page offers to load: ours, and the good one with one fault each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FAULTS = (
    # Name, pattern, replacement; each must fit the good example.
    ("No timezone", r" UTC \(49 minutes\)|(?<=## Timeline) \(UTC\)", ""),
    ("No start", r"02:07 to (?=02:56 UTC)", ""),
    ("End before start", r"02:07 to 02:56 UTC", "02:56 to 02:07 UTC"),
    (
        "Impact without figures",
        r"1,840 of 2,310 payment attempts failed \(80 %\), 612 customers gave\s+up their basket",
        "many payments failed and some customers left",
    ),
    ("An event out of order", r"(- 02:31 [^\n]+\n)((?:- 02:39) [^\n]+\n)", r"\2\1"),
    ("No timeline", r"## Timeline.*?(?=## Root cause)", ""),
    ("No tasks", r"## What we change.*\Z", ""),
)


def examples() -> Iterator[tuple[str, str]]:
    """Names and texts. Raises ValueError where a fault does not fit the good example."""
    good = (ROOT / "examples" / "good.md").read_text(encoding="utf-8")
    yield "A good postmortem", good
    yield "One with many faults", (ROOT / "examples" / "faulty.md").read_text(encoding="utf-8")
    for name, pattern, put in FAULTS:
        text, count = re.subn(pattern, put, good, flags=re.DOTALL)
        if not count or text == good:
            raise ValueError(f"the fault {name!r} does not fit examples/good.md")
        yield f"The good one: {name[0].lower()}{name[1:]}", text
