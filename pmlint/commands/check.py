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
    config_option,
    in_one_line,
    make_planner,
    option,
    reading_options,
    refuse,
    refuse_config,
    split_words,
)
from pmlint.formats import FOR_PEOPLE, FORMATS
from pmlint.terminal import Progress, fail, note, publish

if TYPE_CHECKING:
    from pmlint.commands.outputs import Output
    from pmlint.commands.scope import Scope
    from pmlint.config import Settings
    from pmlint.discovery import File, Found
    from pmlint.engine import Plan
    from pmlint.formats import About
    from pmlint.mending import Outcome
    from pmlint.plans import Planner
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
@config_option
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
    fail_on: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    exit_zero: bool,
    no_incident: str | None,
    no_suppress: bool,
    baseline: str | None,
    update_baseline: bool,
    diff_base: str | None,
    changed_lines: bool,
    quiet: bool,
    verbose: bool,
    config_file: str | None,
    template: str | None,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Check postmortems and say what a reviewer would send back."""
    from pmlint.commands import outputs
    from pmlint.commands.scope import Scope
    from pmlint.config import ConfigError
    from pmlint.discovery import find

    planner = make_planner(
        template,
        isolated=isolated,
        config_file=config_file,
        select=select,
        ignore=ignore,
        suppress=not no_suppress,
        debug=debug,
    )
    try:
        scope = Scope.made(baseline, update_baseline, diff_base, changed_lines)
        wanted = outputs.wanted(out, output, statistics)
        typed = outputs.typed(paths, stdin_filename)
        found = scope.narrowed(find(typed, stdin_filename or ""), planner)
        outputs.spare(wanted, found)
        plans = [planner.plan(file.name or file.path) for file in found.files]
        first = found.files[0].name or found.files[0].path if found.files else "-"
        plan, settings = plans[0] if plans else planner.plan(), planner.settings(first)
        known = scope.baseline(settings)
    except outputs.OutputError as error:
        return refuse(str(error))
    except ConfigError as error:
        return refuse_config(error)
    fail_on = fail_on or settings.fail_on or "error"
    outcomes: list[Outcome] = []
    with Progress(len(found.files), quiet) as progress:
        if fix or unsafe_fixes or diff:
            unsafe = unsafe_fixes or (diff and not fix)
            outcomes.extend(_mended(found.files, plans, no_incident, progress, unsafe, not diff))
            reports = [outcome.report for outcome in outcomes]
        else:
            reports = list(_checked(found.files, plans, no_incident, progress))
    if diff or (outcomes and any(file.path == "-" for file in found.files)):
        return _show_mended(outcomes, color, quiet, diff)
    failed = _tell_fixes(outcomes, quiet)
    try:
        reports = scope.applied(reports, known)
    except ConfigError as error:
        return refuse_config(error)
    _complain(reports, output)
    if not quiet:
        _tell_what_was_left_out(found, reports, output, verbose, scope)
    about = _about(plan, color, verbose, fail_on, paths, _origin(template, settings), planner)
    nothing_to_say = quiet and not any(report.findings for report in reports)
    if not (nothing_to_say and output in FOR_PEOPLE) and not any(each.main for each in wanted):
        publish(outputs.rendered(output, reports, about, statistics=statistics))
    failed = max(failed, _written(wanted, reports, about))
    return max(_verdict(reports, fail_on, exit_zero, narrowed=scope.narrows), failed)


def _origin(template: str | None, settings: Settings) -> str:
    """Where the template was chosen, for the summary."""
    if template:
        return "--template"
    import os

    return os.path.basename(settings.file) if settings.template != "default" else ""


def _checked(
    files: Iterable[File], plans: Iterable[Plan], no_incident: str | None, progress: Progress
) -> Iterator[FileReport]:
    from pmlint.engine import check_file

    for file, plan in zip(files, plans, strict=True):
        skip = no_incident == "skip" or (no_incident is None and not file.named)
        report = check_file(file, plan, skip_no_incident=skip)
        progress.step(len(report.findings))
        yield report


def _mended(
    files: Iterable[File],
    plans: Iterable[Plan],
    no_incident: str | None,
    progress: Progress,
    unsafe: bool,
    write: bool,
) -> Iterator[Outcome]:
    """The files after their fixes; written where they are files."""
    from pmlint.mending import mend_file, stops_cleanly

    if write:
        stops_cleanly()
    for file, plan in zip(files, plans, strict=True):
        skip = no_incident == "skip" or (no_incident is None and not file.named)
        outcome = mend_file(
            file, plan, unsafe=unsafe, write=write and file.path != "-", skip_no_incident=skip
        )
        progress.step(len(outcome.report.findings))
        yield outcome


def _tell_fixes(outcomes: Sequence[Outcome], quiet: bool) -> int:
    """Say what was fixed; the exit code of a failure to write."""
    if not outcomes:
        return Exit.CLEAN
    from pmlint.mending import told

    if not quiet:
        for line in told(outcomes):
            note(line)
    failures = [outcome for outcome in outcomes if outcome.failure]
    for outcome in failures:
        fail(f"{outcome.report.path}: cannot be fixed: {outcome.failure}")
    return Exit.FAILED if failures else Exit.CLEAN


def _show_mended(outcomes: Sequence[Outcome], color: ColorWhen, quiet: bool, diff: bool) -> int:
    """Print the change, or the mended text of standard input."""
    from pmlint.mending import told
    from pmlint.reports.colour import style_for
    from pmlint.reports.diff import render

    style = style_for(sys.stdout, color)
    for outcome in outcomes:
        after = outcome.report.source
        publish(render(outcome.before, after, style) if diff else after.text)
    if not quiet:
        for line in told(outcomes, would=diff):
            note(line)
    _complain([outcome.report for outcome in outcomes], "")
    unread = any(each.code == "PM003" for outcome in outcomes for each in outcome.report.findings)
    if unread:
        return Exit.FAILED
    return Exit.FINDINGS if diff and any(each.changed for each in outcomes) else Exit.CLEAN


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
    found: Found, reports: Sequence[FileReport], output: str, verbose: bool, scope: Scope
) -> None:
    for line in scope.notes():
        note(line)
    if not found.files and not scope.narrows:
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
    plan: Plan,
    color: ColorWhen,
    verbose: bool,
    fail_on: str,
    paths: Sequence[str],
    origin: str,
    planner: Planner,
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
        template_origin=origin,
        verbose=verbose,
        fail_on=Level(fail_on),
        paths=paths,
        plan_of=planner.plan,
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


def _verdict(
    reports: Sequence[FileReport], fail_on: str, exit_zero: bool, *, narrowed: bool
) -> int:
    from pmlint.findings import Level

    findings = [finding for report in reports for finding in report.findings]
    if any(finding.code == "PM003" for finding in findings):
        return Exit.FAILED
    if not reports and not narrowed:
        return Exit.NO_FILES
    lowest = Level(fail_on).rank
    if not exit_zero and any(finding.level.rank >= lowest for finding in findings):
        return Exit.FINDINGS
    return Exit.CLEAN
