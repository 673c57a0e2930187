"""What one document, and one run, may take. What is beyond a limit is told, never left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmlint.reports import FileReport

SECONDS = 60.0
"""One document may take so long by default; five million bytes take a third of it."""
FINDINGS = 1_000
"""So many findings of one document are told."""
ALL_FINDINGS = 100_000
"""So many findings of one run are told."""


class OverTimeError(BaseException):
    """The time of a document is up. No ``except Exception`` on the way may take it."""


class time_limit:  # noqa: N801 - used like the context managers of the standard library
    """Raises OverTimeError where the body takes longer than some seconds; 0 means no limit.

    What counts is the time of the processor, so that a busy machine fails nothing. There is
    a limit only where the system has such timers and nobody uses this one: on POSIX,
    in the main thread. A limit inside of a limit adds nothing.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._set = False

    def __enter__(self) -> None:
        import _signal as signals  # type: ignore[import-not-found]

        try:
            # In a browser the system has no timer that can be set, and says so only here.
            set_timer, used = signals.setitimer, signals.getitimer(signals.ITIMER_VIRTUAL)[0]
            if not self._seconds or used or signals.getsignal(signals.SIGVTALRM) != signals.SIG_DFL:
                return
            signals.signal(signals.SIGVTALRM, _stop)
        except (AttributeError, ValueError):
            return
        self._set = True
        set_timer(signals.ITIMER_VIRTUAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        if self._set:
            import _signal as signals

            signals.setitimer(signals.ITIMER_VIRTUAL, 0)
            signals.signal(signals.SIGVTALRM, signals.SIG_DFL)


def _stop(*_: object) -> None:
    raise OverTimeError


def shortened(
    reports: Sequence[FileReport], most: int = ALL_FINDINGS
) -> tuple[Sequence[FileReport], int]:
    """The reports with no more findings than are told, and how many are left out."""
    count = sum(len(report.findings) for report in reports)
    if count <= most:
        return reports, 0
    kept, left = [], most
    for report in reports:
        kept.append(report._replace(findings=report.findings[:left]))
        left -= len(kept[-1].findings)
    return kept, count - most
