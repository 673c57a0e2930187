"""``pmlint new``: a postmortem to be written."""

from __future__ import annotations

import os
from datetime import date

import click

from pmlint.commands.options import (
    Command,
    Exit,
    basics,
    config_option,
    make_planner,
    option,
    refuse,
    refuse_config,
)
from pmlint.terminal import note, publish


@click.command(
    cls=Command,
    name="new",
    add_help_option=False,
    epilog="new [OPTIONS] TITLE",
    exit_status="0 written, 2 could not write",
)
@click.argument("title", nargs=-1, type=click.UNPROCESSED)
@option("--template", metavar="NAME", help="Which form; or a TOML file.")
@option("-o", "--output", metavar="FILE", help="Where to write it; a folder: a file of that day.")
@option("--date", "day", metavar="YYYY-MM-DD", help="The day of the incident (default: today).")
@option("--force", is_flag=True, help="Write over a file that is there.")
@option("--isolated", is_flag=True, help="Ignore every configuration file.")
@config_option
@basics
def command(
    title: tuple[str, ...],
    template: str | None,
    output: str | None,
    day: str | None,
    force: bool,
    isolated: bool,
    config_file: str | None,
    debug: bool,
) -> int:
    """Start a postmortem from a template; its only findings are what is to be filled in."""
    from pmlint.config import ConfigError
    from pmlint.standard import drafting

    words = " ".join(title).strip()
    if not words:
        return refuse('new: name the incident, for example `pmlint new "Checkout refused cards"`')
    planner = make_planner(template, isolated=isolated, config_file=config_file, debug=debug)
    place = output or "-"
    inside = os.path.join(place, "new.md") if place != "-" and _is_folder(place) else place
    try:
        plan, settings = planner.plan(inside), planner.settings(inside)
    except ConfigError as error:
        return refuse_config(error)
    moment = drafting.now(settings.home_zone)
    try:
        when = date.fromisoformat(day) if day else moment.date()
    except ValueError:
        return refuse(f"--date: `{day}` is no day; write it as 2025-03-12")
    text = drafting.draft(plan.template, words, when, drafting.zone_name(moment))
    if place == "-":
        publish(text)
        return Exit.CLEAN
    if _is_folder(place):
        place = os.path.join(place, drafting.file_name(words, when))
    try:
        if not _written(place, text, force):
            return refuse(f"{place} is there already; --force writes over it")
    except OSError as error:
        return refuse(f"{place} cannot be written: {(error.strerror or str(error)).lower()}")
    note(f"{place} written; fill in what `pmlint {place}` names")
    return Exit.CLEAN


def _is_folder(place: str) -> bool:
    """``docs/postmortems`` is one, whether it is there yet or not."""
    name = os.path.basename(place)
    return os.path.isdir(place) or not (os.path.exists(place) or os.path.splitext(name)[1])


def _written(path: str, text: str, force: bool) -> bool:
    """False where a file is in the way. Raises OSError where none can be written."""
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(error.errno, "a file stands where its folder should") from error
    try:
        with open(path, "w" if force else "x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        return False
    return True
