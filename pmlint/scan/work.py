"""One partition → its findings, its facts and its tally: what a worker does."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

from pmlint import __version__, engine
from pmlint.config import Finder, Settings
from pmlint.reports import FileReport, findings_json, show_json
from pmlint.reports.sanitise import json_data
from pmlint.running.plans import Call, Planner
from pmlint.scan import ledger
from pmlint.scan.documents import Document, Reading, absolute, documents
from pmlint.scan.parts import Unit
from pmlint.scan.sources import Columns
from pmlint.scan.storage import Options, Store, is_local
from pmlint.scan.tables import FACTS, FINDINGS, Result, Row, Table
from pmlint.scan.tally import Tally, of_result

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem


@dataclass(frozen=True)
class Job:
    """What holds for every partition of a scan. It travels to workers, which may run on
    other machines: no configuration file is read there.
    """

    version: str
    settings: Settings
    call: Call
    out: str
    root: str
    """The folder from which relative paths start, and the configuration's patterns."""
    options: Options
    columns: Columns
    skip_no_incident: bool
    time_limit: float
    """Seconds for one document."""

    def store(self) -> Store:
        return Store(self.out, self.root, self.options)


Examine = Callable[[Document, "Job", Planner], Result]


class VersionError(Exception):
    """A worker has another pmlint than the caller."""


class _Given(Finder):
    """Settings that were found on the machine of the caller."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(isolated=True)
        self._given_settings = settings

    def settings(self, path: str) -> Settings:
        return self._given_settings


def planner(job: Job) -> Planner:
    """What makes the plan of each document. Raises ConfigError as ``check`` does."""
    return Planner(_Given(job.settings), job.call)


def examine(document: Document, job: Job, planner: Planner) -> Result:
    """What pmlint says of one document; exactly what ``check`` and ``show`` print of it."""
    where = document.path
    plan = planner.plan(where if is_local(where) else where.split("://", 1)[-1])
    loaded = _load(document, job, plan)
    if isinstance(loaded, FileReport):
        return _result(document, loaded, None)
    facts = engine.read(loaded, plan)
    if isinstance(facts, FileReport):
        return _result(document, facts, None)
    report = engine.check_facts(facts, plan, skip_no_incident=job.skip_no_incident)
    return _result(document, report, facts)


def _load(document: Document, job: Job, plan: Plan) -> Any:
    if document.failure:
        return engine.refused(document.path, document.failure)
    if document.data is not None:
        return engine.from_bytes(document.data, document.path, plan)
    from pmlint.files.discovery import find

    (file,) = find((absolute(document.path, job.root),)).files or (None,)
    if file is None:
        return engine.refused(document.path, "it is a folder")
    return engine.load(file._replace(name=document.path), plan)


def _result(document: Document, report: FileReport, facts: Postmortem | None) -> Result:
    where = {"table": document.table, "position": document.position}
    findings = [value | where for value in findings_json.values(report)]
    levels = [value["level"] for value in findings]
    row: Row = {
        "path": document.path,
        "status": _status(report),
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "infos": levels.count("info"),
        "postmortem": None,
        **where,
    }
    return Result(row | _facts(facts) if facts else row, findings)


def _status(report: FileReport) -> str:
    if any(finding.code == engine.UNREADABLE for finding in report.findings):
        return "unreadable"
    return "skipped" if report.skipped else "read"


def _facts(facts: Postmortem) -> Row:
    metrics = facts.metrics
    moments = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    told = {name: getattr(metrics, name) for name in moments}
    duration, timeline = facts.duration, facts.timeline
    return {
        "postmortem": facts.incident,
        "template": facts.template,
        "title": facts.title.text if facts.title else None,
        **{name: moment.isoformat() if moment else None for name, moment in told.items()},
        "minutes_to_detect": metrics.minutes_to_detect,
        "minutes_to_mitigate": metrics.minutes_to_mitigate,
        "minutes_to_resolve": metrics.minutes_to_resolve,
        "duration_minutes": duration.minutes if duration else None,
        "timezone": duration.zone.text if duration and duration.zone else None,
        "figures": len(facts.impact.figures) if facts.impact else 0,
        "events": len(timeline.events) if timeline else 0,
        "untimed": len(timeline.untimed) if timeline else 0,
        "tasks": len(facts.tasks.items) if facts.tasks else 0,
        "facts": json_data(show_json.value(facts)),
    }


def work(unit: Unit, job: Job, examine: Examine = examine) -> dict[str, Any]:
    """Scan one unit, write its results, and return its tally as it is written down.

    Whoever does a unit that is done already does nothing, and whoever does it twice
    writes the same files under the same names. Raises VersionError on a worker with
    another pmlint, and what the storage raises.
    """
    if job.version != __version__:
        raise VersionError(f"a worker has pmlint {__version__}, the caller {job.version}")
    store = job.store()
    done = ledger.tally(store, unit)
    if done is not None:
        return done.written()
    begun, cpu = perf_counter(), thread_time()
    findings, facts, tally = Table(FINDINGS), Table(FACTS), Tally()
    with _deadline(job.time_limit) as extend:
        for result in _results(unit, job, examine, extend):
            findings.add(result.findings)
            facts.add([result.facts])
            tally = tally.plus(of_result(result))
    store.write(f"findings/{unit.name}.parquet", findings.file())
    store.write(f"facts/{unit.name}.parquet", facts.file())
    tally = tally._replace(
        seconds=perf_counter() - begun, cpu_seconds=thread_time() - cpu, megabytes=_megabytes()
    )
    # Last: what is marked as done is there.
    ledger.mark(store, unit, tally)
    return tally.written()


def _results(
    unit: Unit, job: Job, examine: Examine, extend: Callable[[], None]
) -> Iterator[Result]:
    prepared = planner(job)
    reading = Reading(job.root, job.options, job.columns, job.settings.size_limit)
    found = documents(unit.part, reading, unread=unit.unread)
    for document in islice(found, unit.start, unit.stop):
        extend()
        if unit.unread:
            lost = document._replace(data=None, failure="the worker that read it died each time")
            yield _result(lost, engine.refused(lost.path, lost.failure), None)
        else:
            yield examine(document, job, prepared)


@contextmanager
def _deadline(seconds: float) -> Iterator[Callable[[], None]]:
    """A call that gives the process so many more seconds.

    A document that takes longer ends the process, which no exception could: its worker is
    started anew by its nanny, and the caller finds the document. Where there is no nanny
    to start it anew, nothing ends.
    """
    if not seconds or not _watched():
        yield lambda: None
        return
    with open(os.devnull, "wb") as nowhere:
        try:
            yield lambda: faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _watched() -> bool:
    from distributed import get_worker

    try:
        return get_worker().nanny is not None
    except ValueError:
        return False


def _megabytes() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6
