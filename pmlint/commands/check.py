"""``pmlint check``: what a reviewer would send back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.options import (
    IGNORE_HELP,
    SELECT_HELP,
    ColorWhen,
    Command,
    Exit,
    basics,
    in_one_line,
    make_plan,
    make_settings,
    option,
    reading_options,
    split_words,
)
from pmlint.terminal import Progress, fail, note, publish

if TYPE_CHECKING:
    from pmlint.discovery import File, Found
    from pmlint.engine import Plan
    from pmlint.reports import FileReport


@click.command(
    cls=Command, name="check", add_help_option=False, epilog="[check] [OPTIONS] [PATHS]..."
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    metavar="NAME",
    help="text, concise (one line a finding), json.",
)
@option("--select", multiple=True, callback=split_words, metavar="RULES", help=SELECT_HELP)
@option("--ignore", multiple=True, callback=split_words, metavar="RULES", help=IGNORE_HELP)
@option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    metavar="LEVEL",
    help="error, warning, info: the lowest level that gives exit status 1.",
)
@option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@option(
    "--no-incident",
    type=click.Choice(["error", "skip"]),
    metavar="HOW",
    help="error, skip: what to do with a file that holds no incident write-up"
    " (error for files named, skip for files found in folders).",
)
@option("-q", "--quiet", is_flag=True, help="No notes, no progress, nothing for a clean run.")
@option("-v", "--verbose", is_flag=True, help="Name the files that were skipped.")
@reading_options
@basics
def command(
    paths: tuple[str, ...],
    output: str,
    select: list[str],
    ignore: list[str],
    fail_on: str,
    exit_zero: bool,
    no_incident: str | None,
    quiet: bool,
    verbose: bool,
    template: str,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Check postmortems and say what a reviewer would send back."""
    from pmlint.discovery import find

    plan = make_plan(make_settings(template, select, ignore), debug)
    if plan is None:
        return Exit.FAILED
    found = find(paths or ["."])
    with Progress(len(found.files), quiet) as progress:
        reports = list(_checked(found.files, plan, no_incident, progress))
    _complain(reports, output)
    if not quiet:
        _tell_what_was_left_out(found, reports, output, verbose)
    if output != "text" or not quiet or any(report.findings for report in reports):
        publish(_render(output, reports, plan, color, verbose, fail_on, paths))
    return _verdict(reports, fail_on, exit_zero)


def _checked(
    files: Iterable[File], plan: Plan, no_incident: str | None, progress: Progress
) -> Iterator[FileReport]:
    from pmlint.engine import check_file

    for file in files:
        skip = no_incident == "skip" or (no_incident is None and not file.named)
        report = check_file(file, plan, skip_no_incident=skip)
        progress.step(len(report.findings))
        yield report


def _complain(reports: Iterable[FileReport], output: str) -> None:
    """Say on standard error which files could not be read.

    Standard output has it as a finding. On a terminal that shows both streams
    once is enough.
    """
    if output == "text" and sys.stdout is not None and sys.stdout.isatty():
        return
    for report in reports:
        for finding in report.findings:
            if finding.code == "PM003":
                fail(in_one_line(report.path, finding))


def _tell_what_was_left_out(
    found: Found, reports: Sequence[FileReport], output: str, verbose: bool
) -> None:
    if not found.files:
        note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
    if found.links:
        count = len(found.links)
        named = f": {', '.join(found.links)}" if verbose else " (names: -v)"
        note(
            f"{count} linked {'folder leads' if count == 1 else 'folders lead'} elsewhere "
            f"and {'was' if count == 1 else 'were'} not searched{named}"
        )
    skipped = [report.source.path for report in reports if report.skipped]
    if skipped and output != "text":
        count = len(skipped)
        named = f": {', '.join(skipped)}" if verbose else " (names: -v)"
        note(
            f"{count} Markdown {'file tells' if count == 1 else 'files tell'} no incident "
            f"and {'was' if count == 1 else 'were'} skipped{named}"
        )


def _render(
    output: str,
    reports: Sequence[FileReport],
    plan: Plan,
    color: ColorWhen,
    verbose: bool,
    fail_on: str,
    paths: Sequence[str],
) -> str:
    if output == "json":
        from pmlint.reports import findings_json

        return findings_json.render(reports)
    from pmlint.reports.colour import style_for

    style = style_for(sys.stdout, color)
    if output == "concise":
        from pmlint.reports import concise

        return concise.render(reports, style)
    from pmlint.findings import Level
    from pmlint.reports import text

    return text.render(
        reports,
        style,
        template=plan.template.name,
        rules=len(plan.rules),
        verbose=verbose,
        fail_on=Level(fail_on),
        paths=paths,
        several={
            rule.code: rule.messages["several"] for rule in plan.rules if "several" in rule.messages
        },
    )


def _verdict(reports: Sequence[FileReport], fail_on: str, exit_zero: bool) -> int:
    from pmlint.findings import Level

    findings = [finding for report in reports for finding in report.findings]
    if any(finding.code == "PM003" for finding in findings):
        return Exit.FAILED
    if not reports:
        return Exit.NO_FILES
    lowest = Level(fail_on).rank
    if not exit_zero and any(finding.level.rank >= lowest for finding in findings):
        return Exit.FINDINGS
    return Exit.CLEAN
