"""``pmlint scan``: archives beyond one machine, on Dask."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from pmlint import __version__
from pmlint.commands.options import (
    IGNORE_HELP,
    SELECT_HELP,
    Command,
    Exit,
    basics,
    config_option,
    option,
    refuse,
    refuse_config,
    split_words,
)
from pmlint.terminal import note, publish

if TYPE_CHECKING:
    from pmlint.config import Settings
    from pmlint.running.plans import Call
    from pmlint.scan.run import Failed
    from pmlint.scan.storage import Store
    from pmlint.scan.tally import Tally
    from pmlint.scan.work import Job

PARTITION = 2000


@click.command(
    cls=Command,
    name="scan",
    add_help_option=False,
    epilog="scan SOURCE --out DIR [OPTIONS]",
    exit_status="0 every document is in the result, 2 some are not (or a wrong call),"
    " 3 nothing found",
)
@click.argument("source", required=False, default="", type=click.UNPROCESSED)
@option(
    "-o",
    "--out",
    metavar="DIR",
    help="Folder for the results, here or in a storage (s3://…). What is done in it already"
    " is not done again.",
)
@option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that runs already: tcp://….")
@option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Without --scheduler: worker processes on this machine (one for each core).",
)
@option(
    "--partition",
    type=click.IntRange(1),
    default=PARTITION,
    metavar="N",
    help=f"Documents a task ({PARTITION:,}).",
)
@option("--path-column", default="path", metavar="NAME", help="Of a table: the name (path).")
@option("--text-column", default="text", metavar="NAME", help="Of a table: the text (text).")
@option(
    "--storage",
    multiple=True,
    metavar="KEY=VALUE",
    help="What the storage needs, such as endpoint_url=http://127.0.0.1:9000; may be repeated.",
)
@option(
    "--time-limit",
    type=click.FloatRange(0),
    default=300.0,
    metavar="SECONDS",
    help="A document that takes longer is unreadable (300; 0: no limit).",
)
@option("--template", metavar="NAME", help="Required parts and rules; or a TOML file.")
@option("--select", multiple=True, callback=split_words, metavar="RULES", help=SELECT_HELP)
@option("--ignore", multiple=True, callback=split_words, metavar="RULES", help=IGNORE_HELP)
@option(
    "--no-incident",
    type=click.Choice(["error", "skip"]),
    metavar="HOW",
    help="error, skip: what to do with a document that holds no incident write-up"
    " (skip for files found in a folder, else error).",
)
@option("--no-suppress", is_flag=True, help="Let no comment in a document switch off a finding.")
@config_option
@option("--isolated", is_flag=True, help="Ignore every configuration file.")
@option("-q", "--quiet", is_flag=True, help="No notes and no progress.")
@basics
def command(
    source: str,
    out: str | None,
    scheduler: str | None,
    workers: int | None,
    partition: int,
    path_column: str,
    text_column: str,
    storage: tuple[str, ...],
    time_limit: float,
    template: str | None,
    select: list[str],
    ignore: list[str],
    no_incident: str | None,
    no_suppress: bool,
    config_file: str | None,
    isolated: bool,
    quiet: bool,
    debug: bool,
) -> int:
    """Check an archive of any size on Dask: files by folder or pattern, rows of tables."""
    if not source:
        return refuse("scan: name a source, for example `pmlint scan 'archive/**/*.md' --out out`")
    if not out:
        return refuse(f"scan: name a folder for the results: `pmlint scan {source} --out out`")
    if scheduler and workers:
        return refuse("--workers: the scheduler has its own; leave one of the two out")
    try:
        import distributed
        import fsspec
        import psutil
        import pyarrow
    except ImportError as error:
        return refuse(f'scan needs {error.name}: pip install "pmlint[scan]"')
    del distributed, fsspec, psutil, pyarrow

    from pmlint.config import ConfigError, Finder
    from pmlint.running.plans import Call
    from pmlint.scan import work
    from pmlint.scan.sources import Columns, SourceError

    try:
        settings = Finder(config_file or "", isolated).settings("-")
        job = work.Job(
            version=__version__,
            settings=settings,
            call=Call(template or "", tuple(select), tuple(ignore), not no_suppress),
            out=out,
            root=os.getcwd(),
            options=dict(_storage_options(storage)),
            columns=Columns(path_column, text_column),
            skip_no_incident=no_incident == "skip",
            time_limit=time_limit,
        )
        work.planner(job).plan()
        return _scan(
            source, job, partition, no_incident, scheduler or "", workers or 0, quiet, debug
        )
    except ConfigError as error:
        return refuse_config(error)
    except SourceError as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        note("stopped; the same command goes on where it stopped")
        raise


def _storage_options(words: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Keys and values; ``true``, numbers and objects are read as JSON says them."""
    import json

    from pmlint.scan.sources import SourceError

    for word in words:
        key, sign, value = word.partition("=")
        if not key or not sign:
            raise SourceError(f"--storage: `{word}` is no KEY=VALUE")
        try:
            yield key, json.loads(value)
        except ValueError:
            yield key, value


def _scan(
    source: str,
    job: Job,
    size: int,
    no_incident: str | None,
    scheduler: str,
    workers: int,
    quiet: bool,
    debug: bool,
) -> int:
    from time import perf_counter

    from pmlint.scan import ledger
    from pmlint.scan.tally import total

    try:
        store = job.store()
        job, count, held = _planned(source, job, store, size, no_incident)
    except (ImportError, OSError, ValueError) as error:
        return refuse(f"--out: cannot use `{job.out}`: {_reason(error)}")
    if held:
        return refuse(held)
    if not count:
        note(f"nothing found: `{source}` means no file")
        return Exit.NO_FILES
    done = [unit.name for unit, finished in ledger.units(store) if finished]
    before = total(ledger.tallies(store, done))
    if done and not quiet:
        note(f"{before.documents:,} documents are done already")
    begun = perf_counter()
    failed = _worked(job, store, count, before, scheduler, workers, quiet, debug)
    if isinstance(failed, int):
        return failed
    seconds = perf_counter() - begun
    if failed:
        return _tell_failures(failed)
    done = [unit.name for unit, finished in ledger.units(store) if finished]
    after = total(ledger.tallies(store, done))
    ledger.close(store, done, {"pmlint": __version__, "source": source} | after.written())
    publish(_summary(after, after.documents - before.documents, seconds, job.out))
    return Exit.CLEAN


def _planned(
    source: str, job: Job, store: Store, size: int, no_incident: str | None
) -> tuple[Job, int, str]:
    """The job as the plan has it, its number of partitions, and why it must not go on."""
    from pmlint.scan import ledger
    from pmlint.scan.sources import listed

    about: dict[str, Any] = {
        "schema": 1,
        "pmlint": __version__,
        "source": source,
        "folder": "" if "://" in source else job.root,
        "columns": list(job.columns),
        "partition": size,
        "no_incident": no_incident,
        "settings": _fingerprint(job.settings, job.call),
    }
    held = ledger.begun(store)
    if held is None:
        found = listed(source, job.root, job.options, job.columns, size)
        skip = no_incident == "skip" or (no_incident is None and found.folder)
        count = ledger.begin(store, about | {"skip": skip}, found.parts)
        held = about | {"skip": skip, "partitions": count}
    other = [key for key, value in about.items() if held.get(key) != value]
    if other:
        first = other[0]
        return (
            job,
            0,
            (
                f"--out: `{job.out}` holds a scan with another {first} "
                f"({held.get(first)}, not {about[first]}); name another folder"
            ),
        )
    from dataclasses import replace

    return replace(job, skip_no_incident=held["skip"]), held["partitions"], ""


def _fingerprint(settings: Settings, call: Call) -> str:
    """The same for the same settings, wherever they stand."""
    import hashlib
    import json

    told = settings._replace(origins={}, file="", root="")._asdict(), call._asdict()
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _worked(
    job: Job,
    store: Store,
    count: int,
    before: Tally,
    scheduler: str,
    workers: int,
    quiet: bool,
    debug: bool,
) -> list[Failed] | int:
    """Do what is left; an exit code where there are no workers to do it."""
    from concurrent.futures import CancelledError

    from pmlint.scan import ledger
    from pmlint.scan.cluster import ClusterError, connected
    from pmlint.scan.progress import Progress
    from pmlint.scan.run import run
    from pmlint.scan.work import VersionError

    left = sum(not finished for _, finished in ledger.units(store))
    if not left:
        return []
    try:
        with connected(scheduler, workers, debug) as client:
            if not quiet:
                note(
                    f"{_number(left, 'partition')} of {count:,}; dashboard: {client.dashboard_link}"
                )
            units = (unit for unit, finished in ledger.units(store) if not finished)
            with Progress(left, before, quiet) as progress:
                failed = run(client, job, units, progress.step)
    except ClusterError as error:
        return refuse(str(error))
    except VersionError as error:
        return refuse(f"{error}; install the same on both")
    except (CancelledError, OSError) as error:
        return refuse(f"lost the scheduler ({_reason(error)}); the same command goes on")
    if progress.deaths and not quiet:
        note(f"workers died on {_number(progress.deaths, 'task')}; all else was read all the same")
    return failed


def _tell_failures(failed: Sequence[Failed]) -> int:
    first = failed[0]
    for each in failed[1:10]:
        note(f"{each.unit.name}: {each.reason}")
    return refuse(
        f"{_number(len(failed), 'partition')} could not be done; the same command tries again. "
        f"{first.unit.name}: {first.reason}"
    )


def _summary(found: Tally, now: int, seconds: float, out: str) -> str:
    levels = [_number(found.levels.get(level, 0), level) for level in ("error", "warning", "info")]
    took = ""
    if now:
        speed = f"in {seconds:,.0f} s ({now / max(seconds, 0.001):,.0f} a second)"
        took = f" {speed}" if now == found.documents else f", {now:,} of them now {speed}"
    lines = [
        f"{_number(found.documents, 'document')}{took}",
        f"{_number(found.incidents, 'incident')}, {_number(found.findings, 'finding')}: "
        + ", ".join(levels),
    ]
    if found.unreadable:
        lines.append(f"{_number(found.unreadable, 'document')} unreadable (PM003 says why)")
    folder = out.rstrip("/")
    lines += [f"  findings  {folder}/findings/*.parquet", f"  facts     {folder}/facts/*.parquet"]
    return "\n".join(lines) + "\n"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
