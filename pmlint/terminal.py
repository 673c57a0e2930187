"""Writing to a terminal: the report, error lines, notes, progress.

The report of a run goes to standard output; all else goes to standard error.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


def fail(message: str) -> None:
    """One line on standard error that says what cannot be done; a terminal breaks it at words."""
    from pmlint.reports.colour import style_for
    from pmlint.reports.sanitise import visible

    if sys.stderr is not None:
        style = style_for(sys.stderr)
        told = visible(message)
        if sys.stderr.isatty():
            from pmlint.reports.layout import wrap

            told = ("\n" + " " * 7).join(wrap(told, style.width - 7))
        _say(f"{style.paint('error', 'error')}: {told}\n")


def note(message: str) -> None:
    """One line on standard error beside the report."""
    from pmlint.reports.sanitise import visible

    _say(visible(message) + "\n")


def _say(text: str) -> None:
    """Write to standard error; that nobody reads it changes nothing of the outcome."""
    try:
        write(sys.stderr, text)
    except OSError:
        _drop(sys.stderr)


def publish(text: str) -> None:
    """Write a report to standard output.

    Raises OSError where it cannot be written, for one because the caller has closed
    standard output (``>&-``); a reader that has gone away (``| head``) has seen enough.
    """
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        drop_output()
        if not isinstance(error, BrokenPipeError):
            raise


def drop_output() -> None:
    """Let what is left in the buffer go nowhere, so that it is not tried again at shutdown."""
    _drop(sys.stdout)


def _drop(stream: IO[str]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write(stream: IO[str] | None, text: str) -> None:
    """Write to a stream that the caller may have closed (``>&-``)."""
    if stream is not None:
        stream.write(text)


def never_fail_to_encode(stream: Any) -> None:
    """Let a stream escape what its encoding cannot say."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


class Progress:
    """How far the work is: a bar on a terminal's standard error, gone when the work is done.

    It is drawn when half a second has passed, at most ten times a second, and never where
    standard error is no terminal. What draws it is imported then.
    """

    def __init__(
        self, total: int = 0, quiet: bool = False, doing: str = "checking", noun: str = "files"
    ) -> None:
        self._on = (
            not quiet
            and sys.stderr is not None
            and sys.stderr.isatty()
            and os.environ.get("TERM") != "dumb"
        )
        self._process = os.getpid()
        self._total = total
        self._doing, self._noun = doing, noun
        self._done = 0
        self._findings: int | None = None
        self._drawn = False
        self._clock: Callable[[], float] = float
        self._begun = self._next = 0.0

    def __enter__(self) -> Progress:
        if self._on and not self._next:
            from time import monotonic

            self._clock = monotonic
            self._begun = monotonic()
            self._next = self._begun + 0.5
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def stage(self, doing: str, total: int, noun: str) -> None:
        """What is done next; it is counted from nothing."""
        self._doing, self._total, self._noun = doing, total, noun
        self._done, self._findings = 0, None
        if self._on:
            self._begun = now = self._clock()
            if self._next and now >= self._next:
                self._draw(now)

    def step(self, findings: int | None = None) -> None:
        """One more is done, and has so many findings where these are counted."""
        self._done += 1
        if findings is not None:
            self._findings = (self._findings or 0) + findings
        if self._on and self._total > 1:
            now = self._clock()
            if self._next and now >= self._next:
                self._draw(now)

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """The items; each is a step once the next one is asked for."""
        for item in items:
            yield item
            self.step()

    def clear(self) -> None:
        """Take the row away, so that something else can be told."""
        if self._drawn:
            from pmlint.reports.bar import blank
            from pmlint.reports.colour import style_for

            write(sys.stderr, f"\r{blank(style_for(sys.stderr))}\r")
            sys.stderr.flush()
            self._drawn = False

    def _draw(self, now: float) -> None:
        if os.getpid() != self._process:
            # A worker process that was forked; the one that was started tells enough.
            return
        from pmlint.reports import bar
        from pmlint.reports.colour import style_for

        self._next = now + 0.1
        work = bar.Work(
            self._doing, self._done, self._total, self._noun, now - self._begun, self._findings
        )
        write(sys.stderr, f"\r{bar.row(work, style_for(sys.stderr))}")
        sys.stderr.flush()
        self._drawn = True
