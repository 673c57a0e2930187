"""Worker processes for many documents. Imported where they pay, and nowhere else."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING, Any

from pmlint.reports import UNREADABLE
from pmlint.running import cache
from pmlint.running.runs import Job, Result, result

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from pmlint.engine import Plan
    from pmlint.files.discovery import File

CHUNK = 8
"""Documents that a worker is handed at a time."""

Task = tuple["File", int, bool]
"""A document, the number of its plan, and whether one without an incident is skipped."""

_plans: list[Plan] = []
"""In a worker: the plans of the run, sent once."""


def results(jobs: Sequence[Job], processes: int) -> Iterator[Result]:
    """The results in the order of the jobs; workers that die leave theirs to this process."""
    # What the first document makes this process import and compile, forked workers have.
    yield result(jobs[0])
    left = jobs[1:]
    plans = list({id(job.plan): job.plan for job in left}.values())
    numbers = {id(plan): number for number, plan in enumerate(plans)}
    tasks = [(job.file, numbers[id(job.plan)], job.skip) for job in left]
    done = 0
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(processes, context, _begin, (plans,))
    try:
        for held in pool.map(_checked, tasks, chunksize=_chunk(len(tasks), processes)):
            job = left[done]
            done += 1
            # The text of a file that cannot be read is not what is on the disk.
            yield result(job) if held is None else Result(None, *held)
    except BrokenProcessPool:
        for job, task in zip(left[done:], tasks[done:], strict=True):
            yield _alone(context, plans, job, task)
    except (KeyboardInterrupt, GeneratorExit):
        # Nobody waits for the documents that are being read.
        _expect_cancelled()
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _expect_cancelled() -> None:
    """The pool's thread may find workers dead whose work has just been cancelled.

    It then ends by an InvalidStateError, which Python would print (3.11, 3.12).
    """
    told = threading.excepthook

    def hook(ended: threading.ExceptHookArgs) -> None:
        if ended.exc_type is not InvalidStateError:
            told(ended)

    threading.excepthook = hook


def _alone(context: BaseContext, plans: list[Plan], job: Job, task: Task) -> Result:
    """One of the documents of which one may have ended a worker, in a worker of its own.

    What ends that one as well would end this process.
    """
    with ProcessPoolExecutor(1, context, initializer=_begin, initargs=(plans,)) as pool:
        try:
            held = pool.submit(_checked, task).result()
        except BrokenProcessPool:
            from pmlint.engine import killed

            return Result(killed(job.file.name or job.file.path))
    return result(job) if held is None else Result(None, *held)


def _chunk(count: int, processes: int) -> int:
    return max(1, min(CHUNK, count // (processes * 4)))


def _begin(plans: list[Plan]) -> None:
    # Ctrl-C is for the process that was started; it ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _plans.extend(plans)


def _checked(task: Task) -> tuple[list[Any], str] | None:
    """In a worker: what the cache keeps of a result; None for a file that cannot be read."""
    file, number, skip = task
    report = result(Job(file, _plans[number], skip)).report
    if report is None or any(each.code == UNREADABLE for each in report.findings):
        return None
    return cache.encoded(report), cache.digest(report.source.text)
