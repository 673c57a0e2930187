"""What no call of pmlint may do, noted while one runs in this process.

Python tells an audit hook of every process, socket, import and piece of code that is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_FORBIDDEN = (
    *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile"),
    *("socket.", "urllib.", "http.", "ftplib.", "smtplib."),
)
# Worker processes are this program again (``os.fork``), so they are allowed.
# These commands are asked to start processes: Git, workers, an editor's watch.
_MAY_START = frozenset({"--diff-base", "--changed-lines", "-j", "--jobs", "scan", "watch", "init"})

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class _Watch:
    """The state of the one hook: Python cannot take hooks away again."""

    def __init__(self) -> None:
        self.on = False
        self.set = False
        self.seen: list[str] = []
        self.calls = 0

    def note(self, event: str, arguments: Sequence[object]) -> None:
        if not self.on:
            return
        if event.startswith(_FORBIDDEN):
            self.seen.append(f"{event} {arguments[:2]}")
        elif event == "exec":
            name = getattr(arguments[0], "co_filename", "")
            if name.startswith(os.getcwd() + os.sep) and not name.startswith(_ROOT):
                self.seen.append(f"exec of {name}")


_WATCH = _Watch()


@contextmanager
def watched(words: Sequence[str]) -> Iterator[None]:
    """Fail where the body starts a process, opens a socket or runs code of the folder."""
    if not _WATCH.set:
        sys.addaudithook(_WATCH.note)
        _WATCH.set = True
    if _MAY_START & {word.partition("=")[0] for word in words} or words[-1:] == ["lsp"]:
        yield
        return
    _WATCH.seen.clear()
    _WATCH.calls += 1
    _WATCH.on = True
    try:
        yield
    finally:
        _WATCH.on = False
    assert not _WATCH.seen, _WATCH.seen


def calls() -> int:
    """How many calls were watched so far."""
    return _WATCH.calls
