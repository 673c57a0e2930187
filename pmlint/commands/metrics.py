"""``pmlint metrics``: times to detect, mitigate and resolve, with the lines that tell them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.incidents import READS, read_all
from pmlint.commands.options import Command, Exit, Reading, format_option, takes_reading
from pmlint.terminal import Progress, publish

if TYPE_CHECKING:
    from pmlint.measure.incident import Measures


@click.command(
    cls=Command,
    name="metrics",
    add_help_option=False,
    epilog="metrics [OPTIONS] [PATHS]...",
    exit_status=READS,
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@format_option(
    "table", "csv", "json", told="table, csv (one row a file), json (one object a file)."
)
@takes_reading
def command(
    paths: tuple[str, ...],
    output: str,
    reading: Reading,
) -> int:
    """Print the times to detect, mitigate and resolve that postmortems tell."""
    from pmlint.measure.incident import measure

    with Progress(quiet=reading.quiet) as progress:
        read = read_all(paths or ["."], reading, progress)
        progress.stage("measuring", len(read.postmortems), "incidents")
        measured = [measure(postmortem) for postmortem in progress.over(read.postmortems)]
        told = _told(measured, output, reading)
    if read.postmortems:
        publish(told)
    elif read.code is Exit.NO_FILES and output == "json":
        publish("[]\n")
    return read.code


def _told(measured: Sequence[Measures], output: str, reading: Reading) -> str:
    if output == "json":
        from pmlint.reports import metrics_json

        return metrics_json.render(measured)
    if output == "csv":
        from pmlint.reports import metrics_csv

        return metrics_csv.render(measured)
    from pmlint.reports import metrics_table

    return metrics_table.render(measured, reading.style())
