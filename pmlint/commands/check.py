"""``pmlint check``: its options. ``pmlint.commands.checking`` does what they say."""

from __future__ import annotations

from typing import Any

import click

from pmlint.commands.options import (
    IGNORE_HELP,
    SELECT_HELP,
    Command,
    cache_options,
    option,
    reading_options,
    split_words,
)
from pmlint.formats import FORMATS


@click.command(
    cls=Command,
    name="check",
    add_help_option=False,
    epilog="[check] [OPTIONS] [PATHS]...",
    exit_status="0 clean, 1 findings, 2 could not check, 3 no Markdown file found",
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(list(FORMATS)),
    default="text",
    metavar="NAME",
    help="For people: text, full, grouped, concise, checklist, markdown; for programs: json, jsonl,"
    " sarif, github, gitlab, junit, rdjson.",
)
@option(
    "-o",
    "--out",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report to a file, too, for example sarif=pmlint.sarif; may be repeated."
    " FILE alone: there instead of to standard output.",
)
@option("--statistics", is_flag=True, help="Count by rule instead (text, json).")
@option(
    "--stdin-filename",
    metavar="NAME",
    help="The name of the file that comes through standard input (-).",
)
@option("--select", multiple=True, callback=split_words, metavar="RULES", help=SELECT_HELP)
@option("--ignore", multiple=True, callback=split_words, metavar="RULES", help=IGNORE_HELP)
@option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    metavar="LEVEL",
    help="error (default), warning, info: the lowest level that gives exit status 1.",
)
@option("--fix", is_flag=True, help="Mend what can be mended without a change to what is told.")
@option(
    "--unsafe-fixes",
    is_flag=True,
    help="Mend, too, what changes a time, an order or a name, and add missing parts.",
)
@option(
    "--diff",
    is_flag=True,
    help="Show what would be mended and change nothing; with --fix only the safe part.",
)
@option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@option(
    "--no-incident",
    type=click.Choice(["error", "skip"]),
    metavar="HOW",
    help="error, skip: what to do with a file that holds no incident write-up"
    " (error for files named, skip for files found in folders).",
)
@option("--no-suppress", is_flag=True, help="Let no comment in a document switch off a finding.")
@option(
    "--baseline",
    metavar="FILE",
    help="Known findings, which are counted and not reported.",
)
@option(
    "--update-baseline",
    is_flag=True,
    help="Write what is found now to the baseline, as known.",
)
@option(
    "--diff-base",
    metavar="REV",
    help="Check only documents that have changed since a Git revision.",
)
@option(
    "--changed-lines",
    is_flag=True,
    help="With --diff-base: only findings on lines that have changed.",
)
@option("-q", "--quiet", is_flag=True, help="No notes, no progress, nothing for a clean run.")
@option("-v", "--verbose", is_flag=True, help="Name the files that were skipped.")
@option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes; by default as many as the work and the processors are worth.",
)
@cache_options
@reading_options
def command(**given: Any) -> int:
    """Check postmortems and say what a reviewer would send back."""
    from pmlint.commands.checking import Options, run

    return run(Options(**given))
