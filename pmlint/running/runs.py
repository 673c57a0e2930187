"""The documents of one run: what earlier runs found, the others checked here or by workers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmlint.files.discovery import File, status
from pmlint.namedtuples import NamedTuple
from pmlint.reports import UNREADABLE, FileReport, Wording

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.mend.mending import Outcome
    from pmlint.running.cache import Cache
    from pmlint.running.plans import Planner
    from pmlint.terminal import Progress


class Job(NamedTuple):
    """One document that must be read."""

    file: File
    plan: Plan
    skip: bool
    """A file without an incident is skipped."""


class Run:
    """The documents of a run and their results.

    ``cache_dir`` is None where no results are kept, empty for the usual place.
    ``jobs`` is the number of processes; None where the work decides.
    """

    def __init__(
        self,
        files: Sequence[File],
        planner: Planner,
        *,
        no_incident: str | None = None,
        cache_dir: str | None = None,
        jobs: int | None = None,
    ) -> None:
        self.files = files
        self._planner = planner
        self._no_incident = no_incident
        self._jobs = jobs
        self._cache: Cache | None = None
        self._held: dict[int, FileReport] = {}
        self._keys: list[str] = []
        if cache_dir is not None:
            self._look_up(cache_dir)

    def _look_up(self, cache_dir: str) -> None:
        from pmlint.running import cache

        place = cache.folder(cache_dir)
        if not place:
            return
        held, edition = cache.Cache(place), cache.edition()
        keys: dict[tuple[str, bool], str] = {}
        for index, file in enumerate(self.files):
            told, skips = self._planner.fingerprint(_name(file)), self.skips(file)
            key = keys.get((told, skips))
            if key is None:
                key = f"{edition}\n{told}\n{skips}" if told else ""
                keys[told, skips] = key
            self._keys.append(key)
            report = held.find(file, key) if key else None
            if report is not None:
                self._held[index] = report
        self._cache = held

    def skips(self, file: File) -> bool:
        """A file without an incident is no fault: it was found, or the call says so."""
        return self._no_incident == "skip" or (self._no_incident is None and not file.named)

    def plan(self) -> Plan:
        """The plan of the first document. Raises ConfigError."""
        return self._planner.plan(_name(self.files[0])) if self.files else self._planner.plan()

    def plan_all(self) -> list[Plan]:
        """The plan of every document. Raises ConfigError."""
        return [self._planner.plan(_name(file)) for file in self.files]

    def wording(self) -> Wording:
        """What the reports say of the rules. Raises ConfigError where settings are at fault.

        The settings of every document that must be read are looked at.
        """
        for index, file in enumerate(self.files):
            if index not in self._held:
                self._planner.plan(_name(file))
        if self._cache is not None and 0 in self._held:
            told = self._cache.wording(self.files[0], self._keys[0])
            if told is not None:
                return told
        return _wording(self.plan())

    def reports(self, progress: Progress) -> list[FileReport]:
        """A report for every document, in their order."""
        left = [index for index in range(len(self.files)) if index not in self._held]
        for report in self._held.values():
            progress.step(len(report.findings))
        checked = self._checked(left)
        found: dict[int, FileReport] = dict(self._held)
        for index, report in zip(left, checked, strict=True):
            found[index] = report
            progress.step(len(report.findings))
        if self._cache is not None:
            self._cache.save()
        return [found[index] for index in range(len(self.files))]

    def _checked(self, indices: Sequence[int]) -> Iterator[FileReport]:
        """The reports of documents that must be read, in the order of the indices."""
        if not indices:
            return
        found = [status(self.files[index]) for index in indices]
        jobs = [
            Job(file, self._planner.plan(_name(file)), self.skips(file))
            for file in (self.files[index] for index in indices)
        ]
        processes = _processes(self._jobs, [each[1] if each else 0 for each in found])
        if processes > 1:
            from pmlint.running import workers

            results = workers.results(jobs, processes)
        else:
            results = map(result, jobs)
        for index, job, noted, made in zip(indices, jobs, found, results, strict=True):
            report = made.report
            if report is None:
                report = _from_worker(made, job.file)
            if noted is None or _unread(report):
                yield report
                continue
            self._keep(index, job, noted, made)
            # The texts of an archive stay on the disk.
            yield report if len(self.files) == 1 else _on_disk(report)
        from pmlint.standard import alternatives, patterns

        patterns.keep()
        alternatives.keep()

    def _keep(self, index: int, job: Job, noted: list[int], made: Result) -> None:
        if self._cache is None or not self._keys[index]:
            return
        if any(rule.check == "recurrence.recurring" for rule in job.plan.rules):
            # What it says depends on other documents too.
            return
        from pmlint.running import cache

        held, digest = made.held, made.digest
        if made.report is not None:
            held, digest = cache.encoded(made.report), cache.digest(made.report.source.text)
        self._cache.keep(job.file, self._keys[index], noted, digest, held)
        self._cache.say(job.file, self._keys[index], _wording(job.plan))


class Result(NamedTuple):
    """What came of one document: a report, or what the cache keeps of it."""

    report: FileReport | None
    held: Sequence[Any] = ()
    digest: str = ""


def result(job: Job) -> Result:
    """The result of a document read in this process."""
    from pmlint.engine import check_file

    return Result(check_file(job.file, job.plan, skip_no_incident=job.skip))


def mended(run: Run, progress: Progress, unsafe: bool, write: bool) -> Iterator[Outcome]:
    """The files after their fixes; written where they are files."""
    from pmlint.mend.mending import mend_file, stops_cleanly

    if write:
        stops_cleanly()
    for file, plan in zip(run.files, run.plan_all(), strict=True):
        outcome = mend_file(
            file,
            plan,
            unsafe=unsafe,
            write=write and file.path != "-",
            skip_no_incident=run.skips(file),
        )
        progress.step(len(outcome.report.findings))
        yield outcome


WORTH = 120_000
"""Bytes of Markdown that take as long to check as a worker process to start."""


def _processes(asked: int | None, sizes: Sequence[int]) -> int:
    """How many processes to check with: as asked, else what the work is worth."""
    most = min(asked or processors(), len(sizes))
    return most if asked else max(1, min(most, sum(sizes) // WORTH))


def processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _from_worker(made: Result, file: File) -> FileReport:
    from pmlint.running.cache import OnDisk, decoded

    return decoded(made.held, OnDisk(file.path))


def _on_disk(report: FileReport) -> FileReport:
    from pmlint.running.cache import OnDisk

    return report._replace(source=OnDisk(report.path))


def _unread(report: FileReport) -> bool:
    return any(finding.code == UNREADABLE for finding in report.findings)


def _wording(plan: Plan) -> Wording:
    several = {
        rule.code: rule.messages["several"] for rule in plan.rules if "several" in rule.messages
    }
    return Wording(plan.template.name, len(plan.rules), several)


def _name(file: File) -> str:
    return file.name or file.path
