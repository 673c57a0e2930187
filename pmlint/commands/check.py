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
    refuse,
    split_words,
)
from pmlint.formats import FOR_PEOPLE, FORMATS
from pmlint.terminal import Progress, fail, note, publish

if TYPE_CHECKING:
    from pmlint.commands.outputs import Output
    from pmlint.discovery import File, Found
    from pmlint.engine import Plan
    from pmlint.formats import About
    from pmlint.reports import FileReport


@click.command(
    cls=Command, name="check", add_help_option=False, epilog="[check] [OPTIONS] [PATHS]..."
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(list(FORMATS)),
    default="text",
    metavar="NAME",
    help="For people: text, full, grouped, concise, markdown; for programs: json, jsonl,"
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
    out: tuple[str, ...],
    statistics: bool,
    stdin_filename: str | None,
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
    from pmlint.commands import outputs
    from pmlint.discovery import find

    plan = make_plan(make_settings(template, select, ignore), debug)
    if plan is None:
        return Exit.FAILED
    try:
        wanted = outputs.wanted(out, output, statistics)
        typed = outputs.typed(paths, stdin_filename)
        found = find(typed, stdin_filename or "")
        outputs.spare(wanted, found)
    except outputs.OutputError as error:
        return refuse(str(error))
    with Progress(len(found.files), quiet) as progress:
        reports = list(_checked(found.files, plan, no_incident, progress))
    _complain(reports, output)
    if not quiet:
        _tell_what_was_left_out(found, reports, output, verbose)
    about = _about(plan, color, verbose, fail_on, paths)
    nothing_to_say = quiet and not any(report.findings for report in reports)
    if not (nothing_to_say and output in FOR_PEOPLE) and not any(each.main for each in wanted):
        publish(outputs.rendered(output, reports, about, statistics=statistics))
    return max(_verdict(reports, fail_on, exit_zero), _written(wanted, reports, about))


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


def _about(
    plan: Plan, color: ColorWhen, verbose: bool, fail_on: str, paths: Sequence[str]
) -> About:
    """What the reports may say beside the findings."""
    from pmlint.ci import surroundings
    from pmlint.findings import Level
    from pmlint.formats import About
    from pmlint.reports.colour import style_for

    machine = surroundings()
    return About(
        style=style_for(sys.stdout, color),
        rules=plan.rules,
        template=plan.template.name,
        template_origin="" if plan.template.name == "default" else "--template",
        verbose=verbose,
        fail_on=Level(fail_on),
        paths=paths,
        service=machine.service,
        here=machine.here,
        root=machine.root,
        link=machine.link,
        several={
            rule.code: rule.messages["several"] for rule in plan.rules if "several" in rule.messages
        },
    )


def _written(wanted: Sequence[Output], reports: Sequence[FileReport], about: About) -> int:
    """Write the reports that go to files; the exit code of a failure to write one."""
    from pmlint.commands import outputs

    code = Exit.CLEAN
    for each in wanted:
        try:
            outputs.write(each, reports, about)
        except outputs.OutputError as error:
            code = refuse(str(error))
    return code


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
