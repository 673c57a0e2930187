"""Where fuzzing starts: our examples, the rules' examples, and shapes that have hurt readers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PIECES = [
    *(
        "10:00",
        "25:61",
        "0:00",
        "23:59 UTC",
        "10:00-11:00",
        "3 PM",
        "12 am",
        "T+5",
        "noon",
        "24:00",
    ),
    *("2024-06-18", "18/06/2024", "31 Feb 2024", "9999-12-31", "0000-00-00", "June 18th", "Mon"),
    *("UTC", "PST", "+05:30", "GMT+14", "-99:99", "Europe/Berlin", "(CET)", "Pacific Time"),
    *("2 hours", "90 min", "1h30m", "1.5 hrs", "99999999999999999999 years", "twenty minutes"),
    *("40%", "1,000", "$5k", "100.5 %", "1e400", "٣٠", "½", "²", "０１:００", "1_000"),
    *("# ", "## Timeline\n", "- ", "1. ", "> ", "| ", "|---|", "\n", "\n\n", "\r\n", "\r", "\t"),
    *("**", "*", "__", "`", "```\n", "~~~", "<!--", "-->", "<h2>", "</h2>", "<li>", "<br>", "<tr>"),
    *("[ ] ", "[x] ", "[", "](", ")", "![", "\\", "&amp;", "&#0;", "---\n", "+++\n", ": ", " - "),
    *("<!-- pmlint: ignore PM402 -->", "PM402", "timeline-order", "-- because", "ignore-end"),
    *(
        "\u2028",
        "\x85",
        "\x0b",
        "\x0c",
        "\x1c",
        "\ufeff",
        "\u202e",
        "\u200b",
        "\u0301",
        "\U0001f600",
    ),
    *("Owner: @ann", "due 2024-07-01", "ABC-123", "TODO", "<your text>", "TBD", "etc.", "e.g. "),
    *("Duration:", "Impact:", "Root cause", "Resolution", "Action items", "What went wrong"),
    *(
        "select = [",
        "ignore = ",
        '"PM402"',
        "[rules]\n",
        "[[overrides]]\n",
        "= 1\n",
        "'x'",
        "{",
        "}",
    ),
    *(
        'check = "pattern"\n',
        'pattern = "(a+)+$"\n',
        'check = "field"\n',
        "level = ",
        "inf",
        "1979-05-27",
    ),
]


def documents() -> Iterator[bytes]:
    """Texts to start from."""
    for path in sorted((ROOT / "examples").rglob("*.md")):
        yield path.read_bytes()
    for path in sorted((ROOT / "rules").glob("*.toml")):
        yield path.read_bytes()
    for path in sorted((ROOT / "fuzz" / "found").glob("*")):
        yield path.read_bytes()


def settings() -> Iterator[bytes]:
    """The TOML of the documentation."""
    for page in sorted((ROOT / "docs").glob("*.md")):
        for block in page.read_text(encoding="utf-8").split("```toml\n")[1:]:
            yield block.partition("```")[0].encode()


_GIVEN = (b"code ", b"name ", b"summary ")
"""Keys that the target writes before its input."""


def own_rules() -> Iterator[bytes]:
    """Own rules of the documentation, each without what the target writes before it."""
    for block in settings():
        for rule in block.split(b"[[own-rules]]\n")[1:]:
            kept = (
                line
                for line in rule.splitlines(keepends=True)
                if not line.lstrip().startswith(_GIVEN)
            )
            yield b"".join(kept)


def starts(target: str) -> Iterator[bytes]:
    """What fuzzing of a target starts from: whole documents, lines of them, settings, rules."""
    if target in ("configuration", "rules"):
        yield from settings() if target == "configuration" else own_rules()
    elif target == "markdown":
        yield from documents()
    else:
        for document in documents():
            yield from filter(None, document.splitlines())


def varied(seed: int, target: str) -> Iterator[bytes]:
    """Endless inputs: pieces put together, and texts with pieces put in and lines moved."""
    choice = random.Random(seed)
    held = [*starts(target)] if target in ("configuration", "rules") else [*documents()]
    while True:
        kind = choice.random()
        if kind < 0.4:
            yield "".join(choices(choice, choice.randint(1, 12))).encode()
        elif kind < 0.5:
            yield choice.randbytes(choice.randint(0, 60))
        else:
            lines = choice.choice(held).splitlines(keepends=True) or [b""]
            for _ in range(choice.randint(1, 6)):
                at = choice.randrange(len(lines))
                act = choice.randrange(5)
                if act == 0:
                    lines.insert(at, lines[choice.randrange(len(lines))])
                elif act == 1 and len(lines) > 1:
                    del lines[at]
                elif act == 2:
                    cut = choice.randint(0, len(lines[at]))
                    piece = "".join(choices(choice, choice.randint(1, 3))).encode()
                    lines[at] = lines[at][:cut] + piece + lines[at][cut:]
                elif act == 3:
                    cut = choice.randint(0, len(lines[at]))
                    lines[at] = lines[at][:cut] + choice.randbytes(1) + lines[at][cut + 1 :]
                else:
                    lines[at] = "".join(choices(choice, 2)).encode() + lines[at]
            yield b"".join(lines)


def choices(choice: random.Random, count: int) -> list[str]:
    """So many pieces, often with a space between them."""
    return [choice.choice(PIECES) + choice.choice(["", " "]) for _ in range(count)]
