"""No command lets a character of a document, a name or a setting steer a terminal or a log."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree, posix
from workflow_commands import commands

FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")

CHARACTERS = [
    *map(chr, (*range(0x01, 0x09), *range(0x0B, 0x20), 0x7F, *range(0x80, 0xA0))),
    *map(chr, (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))),
]
FORGED = ["::error title=PWN::x", "##[error]PWN", "##vso[task.complete]PWN", "::add-mask::e"]
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

DOCUMENT = """# Outage {x} of 18 June 2024

## Issue Summary {x}

- **Duration:** 18 June 2024, 3:00 PM - 5:00 PM UTC {x}
- **Impact:** 40% of customers {x} could not pay
- **Root cause:** {x} the release

## Timeline {x}

- 3:00 PM - paged {x}
- 2:00 PM - `{x}` found [{x}]({x})

```{x}
{x}
```

## Corrective and preventative measures

- [ ] Fix {x} (owner: @{x}, due 2024-07-01)

## {x}

{x}

<!-- pmlint: ignore {x} -->
"""

CALLS = [
    ("check", "a.md"),
    ("check", "--color", "never", "-v", "a.md"),
    ("check", "--format", "full", "a.md"),
    ("check", "--format", "github", "a.md"),
    ("check", "--statistics", "a.md"),
    ("check", "--diff", "a.md"),
    ("show", "a.md"),
    ("show", "--format", "json", "a.md"),
    ("timeline", "a.md"),
    ("timeline", "--format", "mermaid", "a.md"),
    ("timeline", "--format", "svg", "a.md"),
    ("metrics", "a.md"),
    ("metrics", "--format", "csv", "a.md"),
    ("metrics", "--format", "json", "a.md"),
    ("tasks", "a.md"),
    ("tasks", "--format", "csv", "a.md"),
    ("tasks", "--format", "json", "a.md"),
    ("explain", "a.md:12"),
    ("explain", "a.md:24"),
    ("format-times", "--diff", "a.md"),
]


def forged(out: str, call: tuple[str, ...]) -> list[str]:
    """Commands that a runner would obey and that pmlint did not give."""
    own = {"error", "warning", "notice"} if "github" in call else set()
    named = [each for each in commands(out) if each.name not in own]
    return [str(each) for each in named] + re.findall(r"^.*(?:##\[|##vso\[).*$", out, re.M)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_no_character_of_a_document_comes_out_raw(
    run: Run, tree: Tree, call: tuple[str, ...]
) -> None:
    top = tree({})
    tried = 0
    for start in range(0, len(CHARACTERS), 8):
        for words in ("".join(CHARACTERS[start : start + 8]), *CHARACTERS[start : start + 2]):
            (top / "a.md").write_text(DOCUMENT.replace("{x}", f"a{words}b"), "utf-8", newline="")
            told = run(*call)
            tried += 1
            allowed = "\r" * ("csv" in call)
            assert not RAW.findall(told.out.replace(allowed or "\0", "")), (call, words)
            assert not RAW.findall(told.err), (call, words)
            assert "pmlint failed" not in told.out + told.err
    assert tried > 20


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
@pytest.mark.parametrize("before", ["", "\n", "\r", "\u2028", "\x85", "a "])
def test_no_text_of_a_document_is_a_command(
    run: Run, tree: Tree, call: tuple[str, ...], before: str
) -> None:
    top = tree({})
    for words in FORGED:
        (top / "a.md").write_text(DOCUMENT.replace("{x}", before + words), "utf-8", newline="")
        told = run(*call)
        assert not forged(told.out, call), (call, words)
        assert not forged(told.err, call), (call, words)


NAMES = [
    b"a\n::error title=PWN::x.md",
    b"a\r##[error]PWN.md",
    b"::add-mask::e.md",
    b"a\x1b[31m.md",
    b"a\xc2\x9b31m.md",
    b"a\xe2\x80\xaeb.md",
    b"a\xff.md",
    b"  ::error::x.md",
    b"\xe2\x80\xa8::error::x.md",
    b"##vso[task.complete]x.md",
    b"a\tb.md",
    b"a\\b.md",
    b"'\";|&$(touch PWN).md",
    b"-rf.md",
    b"<img src=x>.md",
]


@posix
@pytest.mark.parametrize("kind", ["good", "faulty", "no text", "missing"])
@pytest.mark.parametrize(
    "call",
    [
        pytest.param(("check",), id="check"),
        pytest.param(("check", "--format", "concise"), id="concise"),
        pytest.param(("check", "--fix", "-v"), id="fix"),
        pytest.param(("check", "--diff"), id="diff"),
        pytest.param(("show",), id="show"),
        pytest.param(("metrics",), id="metrics"),
        pytest.param(("tasks",), id="tasks"),
        pytest.param(("timeline",), id="timeline"),
        pytest.param(("format-times", "--diff"), id="format-times"),
        pytest.param(("config",), id="config"),
    ],
)
def test_no_file_name_steers_a_terminal_or_a_log(
    run: Run, tree: Tree, kind: str, call: tuple[str, ...]
) -> None:
    top = tree({})
    data = {"good": FAULTY.replace("3:25", "3:20"), "faulty": FAULTY, "no text": "\0"}.get(kind)
    for name in NAMES:
        path = os.fsencode(top) + b"/" + name
        if data is not None:
            Path(os.fsdecode(path)).write_text(data, "utf-8")
        told = run(*call, "--", os.fsdecode(name))
        for stream in (told.out, told.err):
            assert not RAW.findall(stream), (call, name)
            assert not forged(stream, call), (call, name)
        assert not (top / "PWN").exists()
        if data is not None:
            os.unlink(path)


@pytest.mark.parametrize("words", ["\x1b[31m", "\x9b", "\u202e", "a\n::error::x", "\r##[error]x"])
def test_no_argument_or_setting_comes_back_raw(run: Run, tree: Tree, words: str) -> None:
    quoted = words.encode("unicode_escape").decode().replace("\\x", "\\u00")
    tree(
        {"a.md": FAULTY, "b/pmlint.toml": f'select = ["{quoted}"]\n"{quoted}" = 1\n', "b/a.md": ""}
    )
    for call in (
        ("check", "--select", words, "a.md"),
        ("check", "--template", words, "a.md"),
        ("check", "--format", words, "a.md"),
        ("check", "-o", words, "a.md"),
        ("check", f"--{words}", "a.md"),
        ("check", "--config", words, "a.md"),
        ("check", "--baseline", words, "a.md"),
        ("check", words),
        ("show", words),
        ("explain", words),
        ("explain", f"a.md:{words}"),
        ("templates", words),
        ("rules", words),
        (words,),
        ("check", "b/a.md"),
        ("config", "b/a.md"),
        ("check", "--stdin-filename", words, "-"),
    ):
        told = run(*call)
        for stream in (told.out, told.err):
            assert not RAW.findall(stream), call
            assert not forged(stream, call), call
