"""Partitions → workers → tallies, from the process that called for the scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from distributed import KilledWorker, as_completed

from pmlint.namedtuples import NamedTuple
from pmlint.scan import ledger, tally
from pmlint.scan.documents import Reading, documents
from pmlint.scan.parts import Files, Rows, Unit
from pmlint.scan.tally import Tally
from pmlint.scan.work import Examine, Job, VersionError, examine, work

_AHEAD = 3
"""Units a thread that wait at the scheduler, so that none runs dry and none piles up."""
_PIECES = 8
"""Into how many a unit is taken apart on which workers die."""
_RETRIES = 2
"""How often a unit is tried again after an error, such as a storage that did not answer."""


class Failed(NamedTuple):
    """A unit that could not be done, and may be when the scan is called again."""

    unit: Unit
    reason: str


class Step(NamedTuple):
    """Something happened: a unit is done, or workers died on one."""

    done: Tally | None = None
    died: Unit | None = None


def run(
    client: Any,
    job: Job,
    units: Iterator[Unit],
    tell: Callable[[Step], None],
    examine: Examine = examine,
) -> list[Failed]:
    """Do all units; ``tell`` hears of every step. Returns those that could not be done.

    Raises VersionError where workers have another pmlint, and what Dask raises when the
    scheduler is gone.
    """
    return _Run(client, job, units, tell, examine).all()


class _Run:
    def __init__(
        self,
        client: Any,
        job: Job,
        units: Iterator[Unit],
        tell: Callable[[Step], None],
        examine: Examine,
    ) -> None:
        self._client = client
        self._job = job
        self._units = units
        self._tell = tell
        self._examine = examine
        self._waiting: list[Unit] = []
        """Pieces of units that were taken apart; they go first."""
        self._suspects: list[Unit] = []
        """Single documents beside which workers died, perhaps because of another: each is
        tried alone when all else is done."""
        self._alone = False
        self._active: dict[str, Unit] = {}
        self._failed: list[Failed] = []

    def all(self) -> list[Failed]:
        completed = as_completed(loop=self._client.loop)
        try:
            self._fill(completed)
            for future in completed:
                self._take(future)
                future.release()
                self._fill(completed)
        finally:
            self._client.cancel(list(completed.futures), force=True)
        return self._failed

    def _next(self) -> Unit | None:
        if self._waiting:
            return self._waiting.pop()
        unit = next(self._units, None)
        if unit is None and self._suspects and not self._active:
            self._alone = True
            return self._suspects.pop()
        return unit

    def _fill(self, completed: Any) -> None:
        """Hand out units until every thread has some to come."""
        room = max(sum(self._client.nthreads().values()), 1) * _AHEAD
        while len(self._active) < (1 if self._alone else room):
            unit = self._next()
            if unit is None:
                return
            future = self._client.submit(
                work, unit, self._job, self._examine, pure=False, retries=_RETRIES
            )
            self._active[future.key] = unit
            completed.add(future)

    def _take(self, future: Any) -> None:
        unit = self._active.pop(future.key)
        error = future.exception()
        if error is None:
            self._tell(Step(done=tally.parsed(future.result())))
        elif isinstance(error, KilledWorker):
            self._take_apart(unit)
        elif isinstance(error, VersionError):
            raise error
        else:
            self._failed.append(Failed(unit, f"{type(error).__name__}: {error}"))

    def _take_apart(self, unit: Unit) -> None:
        """Find the document on which workers die: the others are to be read all the same.

        Dask blames every task that a dead worker had, so an innocent one may come here too.
        """
        self._tell(Step(died=unit))
        if unit.unread:
            self._failed.append(Failed(unit, "workers die on it"))
            return
        try:
            pieces = taken_apart(unit, self._job)
        except Exception as error:
            self._failed.append(Failed(unit, f"{type(error).__name__}: {error}"))
            return
        if not pieces:
            if self._alone:
                self._waiting.append(unit._replace(unread=True))
            else:
                self._suspects.append(unit)
            return
        ledger.mark_split(self._job.store(), unit, pieces)
        self._waiting += pieces


def taken_apart(unit: Unit, job: Job) -> Sequence[Unit]:
    """The unit in several of about the same size; none where it is a single document."""
    stop = _count(unit, job) if unit.stop is None else unit.stop
    size = stop - unit.start
    if size <= 1 and unit.stop is not None:
        return ()
    count = max(min(_PIECES, size), 1)
    edges = [unit.start + size * index // count for index in range(count + 1)]
    return [unit._replace(start=low, stop=high) for low, high in pairwise(edges)]


def _count(unit: Unit, job: Job) -> int:
    part = unit.part
    if isinstance(part, Files):
        return len(part.paths)
    if isinstance(part, Rows):
        return sum(end - first for _, first, end in part.spans)
    reading = Reading(job.root, job.options, job.columns, job.settings.size_limit)
    return sum(1 for _ in documents(part, reading, unread=True))
