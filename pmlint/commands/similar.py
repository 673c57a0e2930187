"""``pmlint similar``: what of a postmortem an earlier one of the archive already has."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.incidents import ReadingCommand, read_all
from pmlint.commands.options import (
    ColorWhen,
    basics,
    cache_options,
    config_option,
    make_planner,
    option,
    reading_options,
    refuse,
    refuse_config,
)
from pmlint.terminal import note, publish

if TYPE_CHECKING:
    from pmlint.archive.similarity import Match
    from pmlint.facts import Postmortem
    from pmlint.plans import Planner


@click.command(
    cls=ReadingCommand,
    name="similar",
    add_help_option=False,
    epilog="similar [OPTIONS] FILES... --archive DIR",
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--archive",
    "folder",
    metavar="DIR",
    help="The folder with the earlier postmortems (default: where each file stands).",
)
@option("--all", "every", is_flag=True, help="All that is like it, not the most alike only.")
@option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="NAME",
    help="text, json (one object a match).",
)
@cache_options
@config_option
@reading_options
@basics
def command(
    paths: tuple[str, ...],
    folder: str | None,
    every: bool,
    output: str,
    cache_dir: str | None,
    config_file: str | None,
    template: str | None,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Show causes and tasks that an earlier postmortem of the archive already has."""
    if not paths:
        return refuse(
            "similar: name a file, for example `pmlint similar new.md --archive postmortems`"
        )
    if folder is not None and not os.path.isdir(folder):
        return refuse(f"--archive: there is no folder {folder}{_near(folder)}")
    from pmlint.archive.libraries import MissingLibraryError
    from pmlint.config import ConfigError

    read = read_all(paths, template, isolated=isolated, config_file=config_file, debug=debug)
    planner = make_planner(template, isolated=isolated, config_file=config_file, debug=debug)
    try:
        found = _found(
            read.postmortems, planner, folder or "", None if no_cache else cache_dir or "", every
        )
    except ConfigError as error:
        return refuse_config(error)
    except MissingLibraryError as error:
        return refuse(str(error))
    if read.documents or output == "json":
        _publish(read.postmortems, found, output, color)
    return read.code


def _found(
    postmortems: Sequence[Postmortem],
    planner: Planner,
    folder: str,
    cache_dir: str | None,
    every: bool,
) -> list[Match]:
    from pmlint.archive.collection import Folder, parameters_of

    archive = Folder(folder, planner, cache_dir, quiet=False)
    found: list[Match] = []
    for each in postmortems:
        parameters = parameters_of(planner, each.source.path)
        if each.incident:
            for _, matches in archive.all_before(each, parameters):
                found.extend(matches if every else list(matches)[:1])
            if not archive.known(each.source.path):
                note(f"{each.source.path}: the archive holds no other postmortem")
    return found


def _publish(
    postmortems: Sequence[Postmortem], found: Sequence[Match], output: str, color: ColorWhen
) -> None:
    from pmlint.archive import told

    if output == "json":
        publish(told.as_json(found))
        return
    from pmlint.reports.colour import style_for

    publish(told.as_text(found, style_for(sys.stdout, color)))
    for each in postmortems:
        if each.absence is not None:
            from pmlint.reports.show_text import ABSENT

            note(f"{each.source.path}: holds no incident: {ABSENT[each.absence.kind]}")


def _near(folder: str) -> str:
    from pmlint.suggest import nearest, question

    above, name = os.path.split(folder.rstrip(os.sep))
    try:
        beside = sorted(each.name for each in os.scandir(above or ".") if each.is_dir())
    except OSError:
        return ""
    meant = nearest(name, beside)
    return question(os.path.join(above, meant)) if meant else ""
