"""pmlint on a pseudo-terminal, and what is left on the screen."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

SLOW = """
import itertools, sys, time
seconds = itertools.count(0, {pace})
time.monotonic = lambda: next(seconds)
from pmlint.cli import main
sys.exit(main())
"""
"""Every look at the clock is so many seconds after the last one."""


class Seen(NamedTuple):
    """What a terminal got."""

    code: int
    raw: bytes
    piped: bytes = b""
    """Standard output, where that went elsewhere."""

    @property
    def states(self) -> list[str]:
        """Every state of every row, without colours."""
        plain = re.sub(r"\x1b\[[\d;]*m", "", self.raw.decode())
        return [state for state in re.split(r"[\r\n]+", plain) if state.strip()]

    @property
    def left(self) -> list[str]:
        """The rows as they stand at the end, without colours and blanks behind them."""
        plain = re.sub(r"\x1b\[[\d;]*m", "", self.raw.decode()).replace("\r\n", "\n")
        rows = []
        for line in plain.split("\n"):
            row = ""
            for state in line.split("\r"):
                row = state + row[len(state) :]
            rows.append(row.rstrip())
        return [row for row in rows if row]


def call(
    words: Sequence[str | Path],
    folder: Path,
    *,
    columns: int = 80,
    pace: float = 0.3,
    piped: bool = False,
    variables: Mapping[str, str] | None = None,
) -> Seen:
    """Call pmlint with both streams on a terminal; standard output in a pipe if ``piped``."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    environ |= {"LANG": "en_US.UTF-8", "PMLINT_CACHE_DIR": os.environ["PMLINT_CACHE_DIR"]}
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW.format(pace=pace), *map(str, words)],
        cwd=folder,
        env={**environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if piped else theirs,
        stderr=theirs,
    )
    os.close(theirs)
    raw = drained(ours)
    out, _ = process.communicate()
    return Seen(process.returncode, raw, out or b"")


def drained(terminal: int) -> bytes:
    """All that is written to a terminal until nobody holds its other end; closes it."""
    chunks = []
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(terminal)
    return b"".join(chunks)
