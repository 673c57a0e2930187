"""``pmlint similar``: what of a postmortem an earlier one of the archive already has."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.incidents import READS, read_all, tell_absent
from pmlint.commands.options import (
    Command,
    Reading,
    cache_options,
    format_option,
    option,
    refuse,
    refuse_config,
    takes_reading,
)
from pmlint.terminal import Progress, publish

if TYPE_CHECKING:
    from pmlint.archive.collection import Folder
    from pmlint.archive.similarity import Match
    from pmlint.facts import Postmortem


@click.command(
    cls=Command,
    name="similar",
    add_help_option=False,
    epilog="similar [OPTIONS] FILES... --archive DIR",
    exit_status=READS,
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--archive",
    "folder",
    metavar="DIR",
    help="The folder with the earlier postmortems (default: where each file stands).",
)
@option("--all", "every", is_flag=True, help="All that is like it, not the most alike only.")
@format_option("text", "json", told="text, json (one object a match).")
@cache_options
@takes_reading
def command(
    paths: tuple[str, ...],
    folder: str | None,
    every: bool,
    output: str,
    cache_dir: str | None,
    reading: Reading,
) -> int:
    """Show causes and tasks that an earlier postmortem of the archive already has."""
    if not paths:
        return refuse(
            "similar: name a file, for example `pmlint similar new.md --archive postmortems`"
        )
    if folder is not None and not os.path.isdir(folder):
        return refuse(f"--archive: there is no folder {folder}{_near(folder)}")
    from pmlint.archive.collection import Folder
    from pmlint.archive.libraries import MissingLibraryError
    from pmlint.config import ConfigError

    place = None if reading.no_cache else cache_dir or ""
    try:
        with Progress(quiet=reading.quiet) as progress:
            read = read_all(paths, reading, progress)
            archive = Folder(folder or "", reading.planner(), place, progress)
            found = _found(read.postmortems, archive, every, progress)
    except ConfigError as error:
        return refuse_config(error)
    except MissingLibraryError as error:
        return refuse(str(error))
    for each in read.postmortems:
        if each.incident and not archive.known(each.source.path):
            reading.note(f"{each.source.path}: the archive holds no other postmortem")
    if read.documents or output == "json":
        _publish(read.postmortems, found, output, reading)
    return read.code


def _found(
    postmortems: Sequence[Postmortem], archive: Folder, every: bool, progress: Progress
) -> list[Match]:
    from pmlint.archive.collection import parameters_of

    incidents = [
        (each, parameters_of(archive.planner, each.source.path))
        for each in postmortems
        if each.incident
    ]
    for each, parameters in incidents:
        archive.prepare(each.source.path, parameters)
    found: list[Match] = []
    progress.stage("comparing", len(incidents), "files")
    for each, parameters in progress.over(incidents):
        for _, matches in archive.all_before(each, parameters):
            found.extend(matches if every else list(matches)[:1])
    return found


def _publish(
    postmortems: Sequence[Postmortem], found: Sequence[Match], output: str, reading: Reading
) -> None:
    from pmlint.archive import told

    if output == "json":
        publish(told.as_json(found))
        return
    publish(told.as_text(found, reading.style()))
    tell_absent(postmortems, reading)


def _near(folder: str) -> str:
    from pmlint.suggest import nearest, question

    above, name = os.path.split(folder.rstrip(os.sep))
    try:
        beside = sorted(each.name for each in os.scandir(above or ".") if each.is_dir())
    except OSError:
        return ""
    meant = nearest(name, beside)
    return question(os.path.join(above, meant)) if meant else ""
