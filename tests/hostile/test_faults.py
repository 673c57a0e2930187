"""Every fault of the system, at every call, and an end at every step: the old file or the new."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import posix
from mends import GOOD, plan, swapped

from pmlint.files import writing
from pmlint.files.discovery import File
from pmlint.mend import mending

pytestmark = posix

OLD, NEW = b"old\n" * 5000, b"new!\n" * 5000
WRONG = swapped(GOOD, ("## Resolution", "## Resolution:"))
FAULTS = ("ENOSPC", "EIO", "EDQUOT", "EACCES", "EROFS", "EFBIG", "EMFILE", "EINTR", "ENOMEM")
CALLS = ("open", "fstat", "fsync", "fchmod", "fchown", "replace", "close", "unlink")
TIMES = range(1, 5)


@contextmanager
def failing(patch: pytest.MonkeyPatch, call: str, at: int, act: Any) -> Iterator[list[int]]:
    """Let the nth call of a function of ``os`` do something else; gives how often it did."""
    real, count, done = getattr(os, call), 0, [0]

    def wrapped(*arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        if count == at:
            done[0] += 1
            return act(real, *arguments, **options)
        return real(*arguments, **options)

    with patch.context() as inner:
        inner.setattr(os, call, wrapped)
        inner.setattr(os, "supports_dir_fd", {*os.supports_dir_fd, wrapped})
        yield done


def fault(code: int) -> Any:
    def raise_it(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return raise_it


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", FAULTS)
def test_fault_of_a_call_leaves_the_old_or_the_new_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, name: str
) -> None:
    path = tmp_path / "a.md"
    for at in TIMES:
        path.write_bytes(OLD)
        told = None
        with failing(monkeypatch, call, at, fault(getattr(errno, name))):
            try:
                writing.replace(str(path), OLD, NEW)
            except OSError as error:
                told = error.errno
        assert path.read_bytes() in ((OLD,) if told else (NEW,))
        if call != "unlink":
            assert os.listdir(tmp_path) == ["a.md"], at


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", FAULTS)
def test_fault_of_a_call_is_told_of_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, name: str
) -> None:
    path = tmp_path / "a.md"
    for at in TIMES:
        path.write_text(WRONG, "utf-8")
        with failing(monkeypatch, call, at, fault(getattr(errno, name))) as done:
            outcome = mending.mend_file(File(str(path), True), plan(), unsafe=False, write=True)
        now = path.read_text("utf-8")
        if outcome.mended is None:
            assert done == [1]
            assert now == WRONG
            unread = outcome.report.findings and outcome.report.findings[0].code == "PM003"
            assert outcome.failure or unread
        else:
            assert now == GOOD
        assert [name for name in os.listdir(tmp_path) if name != "a.md"] == []


@pytest.mark.parametrize("call", [*CALLS[:-1], "write"])
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["TERM", "KILL"])
@pytest.mark.parametrize("before", [True, False], ids=["before", "behind"])
def test_end_at_a_call_leaves_the_old_or_the_new_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, end: int, before: bool
) -> None:
    path = tmp_path / "a.md"
    for at in TIMES:
        path.write_bytes(OLD)
        child = os.fork()
        if not child:
            _ended(path, monkeypatch, call, at, end, before)
        os.waitpid(child, 0)
        assert path.read_bytes() in (OLD, NEW)
        left = [name for name in os.listdir(tmp_path) if name != "a.md"]
        if end == signal.SIGTERM:
            assert left == []
        for name in left:
            # Hidden, and no Markdown by its name: the next run does not see it.
            assert name.startswith(".pmlint-")
            assert name.endswith(".tmp")
            (tmp_path / name).unlink()


def _ended(
    path: Path, patch: pytest.MonkeyPatch, call: str, at: int, end: int, before: bool
) -> None:
    """In a child: replace the file and be ended on the way."""

    def die(real: Any, *arguments: Any, **options: Any) -> Any:
        if before:
            os.kill(os.getpid(), end)
            return real(*arguments, **options)
        result = real(*arguments, **options)
        os.kill(os.getpid(), end)
        return result

    try:
        mending.stops_cleanly()
        with failing(patch, call, at, die):
            writing.replace(str(path), OLD, NEW)
    finally:
        os._exit(0)


def test_there_are_enough_faults() -> None:
    faults = 2 * len(CALLS) * len(FAULTS) * len(TIMES)
    ends = len(CALLS) * 2 * 2 * len(TIMES)
    assert faults + ends >= 500
