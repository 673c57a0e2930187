"""Many files → what is wanted of each, in their order, by several processes where that pays.

Only what is wanted is held, so that an archive's texts and facts need no memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from pmlint.archive.passages import Passage, passages
from pmlint.files.discovery import status
from pmlint.namedtuples import NamedTuple
from pmlint.running import cache

if TYPE_CHECKING:
    from pmlint.archive.store import Store
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem
    from pmlint.files.discovery import File
    from pmlint.findings import Finding
    from pmlint.running.plans import Planner
    from pmlint.terminal import Progress

T = TypeVar("T")

WORTH = 60
"""Files that take as long to read as a worker process to start."""
_CHUNK = 8


class Unread(NamedTuple):
    """A file that could not be read, and why."""

    path: str
    finding: Finding


Make = Callable[["Postmortem", "Plan"], T]
"""What is wanted of one file. A function of a module, so that it can be sent to workers."""


def digested(
    files: Sequence[File], planner: Planner, make: Make[T], jobs: int | None = None
) -> Iterator[T | Unread]:
    """What is wanted of each file. Raises ConfigError where settings are at fault."""
    from pmlint.running.runs import processors

    plans = [planner.plan(file.name or file.path) for file in files]
    processes = jobs or max(1, min(processors(), len(files) // WORTH))
    if processes == 1 or any(file.path == "-" for file in files):
        yield from (_digest(file, plan, make) for file, plan in zip(files, plans, strict=True))
    else:
        yield from _by_workers(files, plans, make, processes)


def passages_of(
    files: Sequence[File], planner: Planner, kept: Store, progress: Progress
) -> Iterator[Passage]:
    """The passages of an archive; files that cannot be read hold none."""
    listed = list(files)
    prints = [_settings(planner, file) for file in listed]
    found = {
        at: held
        for at, (file, settings) in enumerate(zip(listed, prints, strict=True))
        if (held := kept.find(file, settings)) is not None
    }
    left = [at for at in range(len(listed)) if at not in found]
    states = [status(listed[at]) for at in left]
    progress.stage("reading the archive", len(left), "files")
    results = digested([listed[at] for at in left], planner, _passages)
    for at, noted, result in progress.over(zip(left, states, results, strict=True)):
        if not isinstance(result, Unread):
            found[at] = result
            kept.keep(listed[at], prints[at], noted, result)
    kept.save(listed)
    for at in sorted(found):
        yield from found[at]


def _settings(planner: Planner, file: File) -> str:
    """All that decides how a file is read; which rules are on does not."""
    settings = planner.settings(file.path)
    template = settings.template
    stamp = cache.file_stamp(template) if template.endswith(".toml") else ""
    return repr((template, stamp, settings.languages, settings.zones, settings.size_limit))


def _passages(postmortem: Postmortem, _: Plan) -> list[Passage]:
    return list(passages(postmortem))


def _digest(file: File, plan: Plan, make: Make[T]) -> T | Unread:
    from pmlint import engine
    from pmlint.reports import FileReport

    loaded = engine.load(file, plan)
    read = loaded if isinstance(loaded, FileReport) else engine.read(loaded, plan)
    if isinstance(read, FileReport):
        return Unread(file.path, read.findings[0])
    return make(read, plan)


# -- in other processes -----------------------------------------------------------

_work: list[tuple[Sequence[Plan], Make[object]]] = []
"""In a worker: the plans and what is wanted, sent once."""


def _by_workers(
    files: Sequence[File], plans: Sequence[Plan], make: Make[T], processes: int
) -> Iterator[T | Unread]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # What the first file makes this process import and compile, forked workers have.
    yield _digest(files[0], plans[0], make)
    distinct = list({id(plan): plan for plan in plans}.values())
    numbers = {id(plan): number for number, plan in enumerate(distinct)}
    tasks = [(file, numbers[id(plan)]) for file, plan in zip(files, plans, strict=True)][1:]
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(processes, context, _begin, (distinct, make))
    done = 1
    try:
        for result in pool.map(_worked, tasks, chunksize=_CHUNK):
            done += 1
            yield result  # type: ignore[misc]
    except BrokenProcessPool:
        yield from (
            _digest(file, plan, make) for file, plan in zip(files[done:], plans[done:], strict=True)
        )
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(plans: Sequence[Plan], make: Make[object]) -> None:
    import signal

    # Ctrl-C is for the process that was started; it ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work.append((plans, make))


def _worked(task: tuple[File, int]) -> object:
    file, number = task
    plans, make = _work[0]
    return _digest(file, plans[number], make)
