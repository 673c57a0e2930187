"""``pmlint metrics``: times to detect, mitigate and resolve, with the lines that tell them."""

from __future__ import annotations

import sys

import click

from pmlint.commands.incidents import ReadingCommand, read_all
from pmlint.commands.options import ColorWhen, Exit, basics, config_option, option, reading_options
from pmlint.terminal import publish


@click.command(
    cls=ReadingCommand, name="metrics", add_help_option=False, epilog="metrics [OPTIONS] [PATHS]..."
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    metavar="NAME",
    help="table, csv (one row a file), json (one object a file).",
)
@config_option
@reading_options
@basics
def command(
    paths: tuple[str, ...],
    output: str,
    config_file: str | None,
    template: str | None,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Print the times to detect, mitigate and resolve that postmortems tell."""
    read = read_all(
        paths or ["."], template, isolated=isolated, config_file=config_file, debug=debug
    )
    if not read.postmortems:
        if read.code is Exit.NO_FILES and output == "json":
            publish("[]\n")
        return read.code
    from pmlint.measure.incident import measure

    measured = [measure(postmortem) for postmortem in read.postmortems]
    if output == "json":
        from pmlint.reports import metrics_json

        publish(metrics_json.render(measured))
    elif output == "csv":
        from pmlint.reports import metrics_csv

        publish(metrics_csv.render(measured))
    else:
        from pmlint.reports import metrics_table
        from pmlint.reports.colour import style_for

        publish(metrics_table.render(measured, style_for(sys.stdout, color)))
    return read.code
