"""``pmlint watch``: checks again whenever a file is saved."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import (
    IGNORE_HELP,
    SELECT_HELP,
    ColorWhen,
    Command,
    Exit,
    format_option,
    option,
    reading_options,
    refuse,
    refuse_config,
    split_words,
)
from pmlint.commands.outcome import print_traceback


@click.command(
    cls=Command,
    name="watch",
    add_help_option=False,
    epilog="watch [OPTIONS] [PATHS]...",
    exit_status="0 when Ctrl-C ends it, 2 where it cannot start",
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@format_option(
    "text", "full", "grouped", "concise", told="text, full, grouped, concise: as of check."
)
@option("--select", multiple=True, callback=split_words, metavar="RULES", help=SELECT_HELP)
@option("--ignore", multiple=True, callback=split_words, metavar="RULES", help=IGNORE_HELP)
@reading_options
def command(
    paths: tuple[str, ...],
    output: str,
    select: list[str],
    ignore: list[str],
    config_file: str | None,
    template: str | None,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Check again whenever a file is saved; Ctrl-C ends it."""
    from pmlint.config import ConfigError
    from pmlint.running import watching
    from pmlint.running.following import Configuration, Options

    if "-" in paths:
        return refuse("watch: standard input cannot be watched; name a file or a folder")
    options = Options(template or "", tuple(select), tuple(ignore), config_file or "", isolated)
    trace = print_traceback if debug else None
    watch = watching.Watch(paths or (".",), Configuration(options, trace))
    try:
        watch.start()
    except ConfigError as error:
        return refuse_config(error)
    watching.terminal_is_given_back()
    watching.run(watch, watching.screen_for(sys.stdout, output, color))
    return Exit.CLEAN
