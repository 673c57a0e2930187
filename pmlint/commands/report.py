"""``pmlint report``: an archive as one page to look at, in one file."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.options import (
    Command,
    Exit,
    Reading,
    in_one_line,
    option,
    refuse,
    refuse_config,
    takes_reading,
)
from pmlint.terminal import Progress, fail, publish

if TYPE_CHECKING:
    from datetime import date as calendar_date

    from pmlint.archive.entries import Entry
    from pmlint.archive.page import About
    from pmlint.archive.similarity import Measure
    from pmlint.files.discovery import File
    from pmlint.running.plans import Planner

STDOUT = "-"


@click.command(
    cls=Command,
    name="report",
    add_help_option=False,
    epilog="report [OPTIONS] [PATHS]... --out FILE",
    exit_status="0 written, 2 could not, 3 no postmortem found",
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option("--out", metavar="FILE", help="Where the page goes, such as report.html; - prints it.")
@option("--title", metavar="TEXT", help="What stands above it (default: Postmortems).")
@option(
    "--link",
    metavar="URL",
    help="Where the documents are on the web, up to the path from the top of the repository:"
    " https://host/owner/name/blob/main/. In GitHub Actions and GitLab CI it is known.",
)
@option("--today", metavar="DATE", help="Count ages up to another day, such as 2025-06-30.")
@takes_reading
def command(
    paths: tuple[str, ...],
    out: str | None,
    title: str | None,
    link: str | None,
    today: str | None,
    reading: Reading,
) -> int:
    """Write one page about an archive: timelines, metrics, findings, tasks, what came back."""
    from datetime import date as calendar_date

    if not out:
        return refuse("report: say where the page goes, for example --out report.html")
    try:
        day = calendar_date.fromisoformat(today) if today else calendar_date.today()
    except ValueError:
        return refuse(f"--today: no date `{today}`; write it as 2025-06-30")
    if link and not re.fullmatch(r"https?://[\w.:/~%@+-]+", link, re.ASCII):
        return refuse(f"--link: `{link}` is no address that begins with https:// or http://")
    about = _about(out, title, link, day)
    from pmlint.commands.outputs import same_file
    from pmlint.config import ConfigError
    from pmlint.files.discovery import find

    planner = reading.planner()
    try:
        files = [file for file in find(paths or ["."]).files if planner.wanted(file)]
        if any(file.path != "-" and same_file(file.path, out) for file in files):
            return refuse(f"--out: {out} is read and would be overwritten")
        if not files:
            reading.note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
            return Exit.NO_FILES
        with Progress(quiet=reading.quiet) as progress:
            entries = _read(files, planner, progress)
            if not any(each.incident for each in entries):
                return _refuse_empty(entries, reading)
            refused = _write(entries, about, out, planner, progress)
        return refused or _tell(entries, out, reading)
    except ConfigError as error:
        return refuse_config(error)


def _about(out: str, title: str | None, link: str | None, today: calendar_date) -> About:
    from pmlint.archive.page import About
    from pmlint.files.ci import surroundings

    machine = surroundings()
    address = f"{link.rstrip('/')}/" if link else machine.link
    folder = "" if out == STDOUT else os.path.dirname(out)
    return About(title or "Postmortems", today, folder, address, machine.root)


def _read(files: Sequence[File], planner: Planner, progress: Progress) -> list[Entry]:
    from pmlint.archive import reading
    from pmlint.archive.entries import entry

    found: list[Entry] = []
    progress.stage("reading", len(files), "files")
    for result in progress.over(reading.digested(files, planner, entry)):
        if isinstance(result, reading.Unread):
            progress.clear()
            found.append(_unread(result))
        else:
            found.append(result)
    return found


def _unread(result: object) -> Entry:
    """A file that could not be read stands on the page with the reason."""
    from pmlint.archive.entries import Fault, unread
    from pmlint.archive.reading import Unread
    from pmlint.reports.sanitise import one_line

    assert isinstance(result, Unread)
    finding = result.finding
    fail(in_one_line(result.path, finding))
    fault = Fault(finding.code, finding.name, finding.level.value, one_line(finding.message), 1)
    return unread(result.path, fault)


def _refuse_empty(entries: Sequence[Entry], reading: Reading) -> Exit:
    """Say why there is no page; the exit code of the run. What cannot be read is told already."""
    if _any_unread(entries):
        return Exit.FAILED
    from pmlint.reports.summary import counted

    verb = "tells" if len(entries) == 1 else "tell"
    told = f"{counted(len(entries), 'Markdown file')} {verb} no incident"
    reading.note(f"no postmortem: {told}; no page was written")
    return Exit.NO_FILES


def _any_unread(entries: Sequence[Entry]) -> bool:
    return any(fault.code == "PM003" for each in entries for fault in each.faults)


def _write(
    entries: Sequence[Entry], about: About, out: str, planner: Planner, progress: Progress
) -> Exit:
    """Write the page; the exit code of a refusal, which is told."""
    from pmlint.archive import page
    from pmlint.archive.libraries import MissingLibraryError

    try:
        pieces = page.render(entries, about, _measure(planner), progress)
        if out == STDOUT:
            text = "".join(pieces)
            progress.clear()
            publish(text)
        else:
            if about.folder:
                os.makedirs(about.folder, exist_ok=True)
            with open(out, "w", encoding="utf-8", errors="replace", newline="\n") as sink:
                sink.writelines(pieces)
    except MissingLibraryError as error:
        progress.clear()
        return refuse(str(error))
    except OSError as error:
        progress.clear()
        return refuse(f"cannot write {out}: {(error.strerror or str(error)).lower()}")
    return Exit.CLEAN


def _tell(entries: Sequence[Entry], out: str, reading: Reading) -> Exit:
    """Say what was written; the exit code of the run."""
    if out != STDOUT:
        from pmlint.reports.summary import counted

        count = sum(each.incident for each in entries)
        size = os.path.getsize(out)
        told = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size // 1000} KB"
        reading.note(f"{out}: {counted(count, 'incident')}, {told}")
    return Exit.FAILED if _any_unread(entries) else Exit.CLEAN


def _measure(planner: Planner) -> Measure:
    from pmlint.archive.collection import parameters_of
    from pmlint.archive.similarity import Measure

    return Measure.of(parameters_of(planner))
