"""One line on a terminal while a scan runs, gone when it is done."""

from __future__ import annotations

import sys
from time import monotonic

from pmlint.scan.run import Step
from pmlint.scan.tally import Tally

_EVERY = 0.1


class Progress:
    """Hears of the steps of a scan; draws where standard error is a terminal."""

    def __init__(self, partitions: int, before: Tally, quiet: bool) -> None:
        self._partitions = partitions
        self._before = before
        self._now = Tally()
        self._done = 0
        self.deaths = 0
        self._on = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._begun = monotonic()
        self._next = self._begun
        self._drawn = False

    def __enter__(self) -> Progress:
        self._draw(f"scanning: {self._partitions:,} partitions are handed out")
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, step: Step) -> None:
        if step.died is not None:
            self.deaths += 1
        if step.done is not None:
            self._now = self._now.plus(step.done)
            self._done += 1
        if monotonic() >= self._next:
            self._next = monotonic() + _EVERY
            self._draw(self.line(monotonic() - self._begun))

    def _draw(self, line: str) -> None:
        if self._on:
            self._drawn = True
            sys.stderr.write(f"\r{line}\x1b[K")
            sys.stderr.flush()

    def line(self, seconds: float) -> str:
        """What is done and how long the rest takes, as far as one can tell."""
        found = self._before.plus(self._now)
        parts = [
            f"scanning: {found.documents:,} documents",
            f"{found.findings:,} findings",
            f"{self._now.documents / max(seconds, 0.001):,.0f} documents/s",
        ]
        ahead = max(self._partitions - self._done, 0)
        if self._done and ahead:
            parts.append(f"about {length(seconds / self._done * ahead)} left")
        return ", ".join(parts)


def length(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{max(round(seconds), 1)} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
