"""Writing to a terminal: the report, error lines, notes, progress.

The report of a run goes to standard output; all else goes to standard error.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmlint.reports.colour import Style


def bold_marks(page: str, style: Style) -> str:
    """A page with what stands between asterisks in bold."""
    parts = page.split("*")
    return "".join(
        style.paint("bold", part) if number % 2 else part for number, part in enumerate(parts)
    )


def fail(message: str) -> None:
    """One line on standard error that says what cannot be done."""
    from pmlint.reports.colour import style_for
    from pmlint.reports.sanitise import visible

    if sys.stderr is not None:
        style = style_for(sys.stderr)
        write(sys.stderr, f"{style.paint('error', 'error')}: {visible(message)}\n")


def note(message: str) -> None:
    """One line on standard error beside the report."""
    from pmlint.reports.sanitise import visible

    if sys.stderr is not None:
        write(sys.stderr, visible(message) + "\n")


def publish(text: str) -> None:
    """Write a report to standard output.

    Raises OSError where it cannot be written; a reader that has gone away
    (``| head``) has seen enough.
    """
    try:
        write(sys.stdout, text)
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer must not be tried again at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def write(stream: IO[str] | None, text: str) -> None:
    """Write to a stream that the caller may have closed (``>&-``)."""
    if stream is not None:
        stream.write(text)


def never_fail_to_encode(stream: Any) -> None:
    """Let a stream escape what its encoding cannot say."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


class Progress:
    """One line on a terminal's standard error, after half a second, gone when done."""

    def __init__(self, total: int, quiet: bool, doing: str = "") -> None:
        """``doing`` stands before the count in place of ``checking``, without findings."""
        self._total = total
        self._done = 0
        self._findings = 0
        self._doing = doing
        self._on = not quiet and total > 1 and sys.stderr is not None and sys.stderr.isatty()
        self._next = 0.0
        self._drawn = False

    def __enter__(self) -> Progress:
        if self._on:
            from time import monotonic

            self._clock = monotonic
            self._next = monotonic() + 0.5
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, findings: int) -> None:
        """One more file is checked and has so many findings."""
        self._done += 1
        self._findings += findings
        if not self._on or self._clock() < self._next:
            return
        self._next = self._clock() + 0.1
        self._drawn = True
        told = f"{self._doing or 'checking'} {self._done:,} of {self._total:,} files"
        found = "" if self._doing else f", {self._findings:,} findings so far"
        sys.stderr.write(f"\r{told}{found}\x1b[K")
        sys.stderr.flush()
