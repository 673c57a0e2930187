"""``pmlint show``: what was read."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pmlint.commands.incidents import READS, Document, read_all
from pmlint.commands.options import Command, Reading, format_option, refuse, takes_reading
from pmlint.terminal import Progress, publish


@click.command(
    cls=Command,
    name="show",
    add_help_option=False,
    epilog="show [OPTIONS] FILES...",
    exit_status=READS,
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@format_option("text", "json", told="text, json.")
@takes_reading
def command(
    paths: tuple[str, ...],
    output: str,
    reading: Reading,
) -> int:
    """Print what pmlint read: sections, times, timeline, tasks."""
    if not paths:
        return refuse("show: name a file, for example `pmlint show README.md`")
    with Progress(quiet=reading.quiet) as progress:
        read = read_all(paths, reading, progress)
        shown = [each for each in read.documents if each.named or each.postmortem.incident]
        progress.stage("writing", len(shown), "files")
        told = _told(progress.over(shown), output, reading)
    if read.tried:
        publish(told)
    return read.code


def _told(documents: Iterable[Document], output: str, reading: Reading) -> str:
    if output == "json":
        from pmlint.reports import show_json

        return show_json.render([each.postmortem for each in documents])
    from pmlint import engine
    from pmlint.reports import show_text

    return "\n".join(
        show_text.render(
            postmortem,
            engine.check_facts(postmortem, plan).findings,
            reading.style(),
            required=plan.template.required,
        )
        for postmortem, plan, _ in documents
    )
