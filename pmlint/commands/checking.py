"""What ``pmlint check`` does, once its options are known.

No parser of options is imported: a plain call gets along without one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmlint.commands.outcome import (
    ColorWhen,
    Exit,
    in_one_line,
    make_planner,
    refuse,
    refuse_config,
)
from pmlint.formats import FOR_PEOPLE
from pmlint.namedtuples import NamedTuple
from pmlint.terminal import Progress, fail, note, publish

if TYPE_CHECKING:
    from pmlint.commands.outputs import Output
    from pmlint.commands.scope import Scope
    from pmlint.config import Settings
    from pmlint.files.discovery import Found
    from pmlint.formats import About
    from pmlint.mend.mending import Outcome
    from pmlint.reports import FileReport, Wording
    from pmlint.running.baseline import Baseline
    from pmlint.running.plans import Planner
    from pmlint.running.runs import Run
    from pmlint.standard.rulebook import Rule


class Options(NamedTuple):
    """What was typed; the options are told in ``pmlint.commands.check``."""

    paths: tuple[str, ...] = ()
    output: str = "text"
    out: tuple[str, ...] = ()
    statistics: bool = False
    stdin_filename: str | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fail_on: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    exit_zero: bool = False
    no_incident: str | None = None
    no_suppress: bool = False
    baseline: str | None = None
    update_baseline: bool = False
    diff_base: str | None = None
    changed_lines: bool = False
    quiet: bool = False
    verbose: bool = False
    jobs: int | None = None
    cache_dir: str | None = None
    config_file: str | None = None
    template: str | None = None
    color: ColorWhen = "auto"
    isolated: bool = False
    no_cache: bool = False
    debug: bool = False


_LEAN = FOR_PEOPLE | {"concise", "json", "jsonl"}
"""Formats that say of the rules no more than the cache knows."""
_IN_ROWS = frozenset({"grouped", "concise", "checklist"})
"""Formats for people that have no room for help."""


class _Work(NamedTuple):
    """What a call asks for: which files, how they are read, where the reports go."""

    planner: Planner
    settings: Settings
    """Those of the first file; they hold for the run."""
    scope: Scope
    known: Baseline | None
    """The findings of the baseline."""
    found: Found
    results: Run
    wanted: Sequence[Output]
    wording: Wording
    rules: Sequence[Rule]
    """Empty where the reports say no more of them than the cache knows."""


def run(given: Options) -> int:
    """Check the documents, tell what was found, and give the exit code."""
    from pmlint.commands.outputs import OutputError
    from pmlint.config import ConfigError
    from pmlint.running.runs import mended

    if given.diff and (given.output != "text" or given.out or given.statistics):
        return refuse("--diff prints a diff and no report; leave out --format, --out, --statistics")
    try:
        work = _work(given)
    except OutputError as error:
        return refuse(str(error))
    except ConfigError as error:
        return refuse_config(error)
    files = work.found.files
    outcomes: list[Outcome] = []
    with Progress(len(files), given.quiet) as progress:
        if _mends(given):
            unsafe = given.unsafe_fixes or (given.diff and not given.fix)
            outcomes.extend(mended(work.results, progress, unsafe, not given.diff))
            reports = [outcome.report for outcome in outcomes]
        else:
            reports = work.results.reports(progress)
    if given.diff or (outcomes and any(file.path == "-" for file in files)):
        return _show_mended(outcomes, given.color, given.quiet, given.diff)
    failed = _tell_fixes(outcomes, given.quiet)
    try:
        reports = work.scope.applied(reports, work.known)
    except ConfigError as error:
        return refuse_config(error)
    return _told(work, given, reports, failed)


def _mends(given: Options) -> bool:
    return given.fix or given.unsafe_fixes or given.diff


def _work(given: Options) -> _Work:
    """Find the files and settings. Raises OutputError and ConfigError."""
    from pmlint.commands import outputs
    from pmlint.commands.scope import Scope
    from pmlint.files.discovery import find
    from pmlint.running.runs import Run

    planner = make_planner(
        given.template,
        isolated=given.isolated,
        config_file=given.config_file,
        select=given.select,
        ignore=given.ignore,
        suppress=not given.no_suppress,
        cache_dir=None if given.no_cache else given.cache_dir or "",
        debug=given.debug,
        quiet=given.quiet,
    )
    mends = _mends(given)
    whole = bool(given.out or given.statistics or mends) or given.output not in _LEAN
    scope = Scope.made(given.baseline, given.update_baseline, given.diff_base, given.changed_lines)
    wanted = outputs.wanted(given.out, given.output, given.statistics)
    typed = outputs.typed(given.paths, given.stdin_filename)
    found = scope.narrowed(find(typed, given.stdin_filename or ""), planner)
    outputs.spare(wanted, found)
    settings = planner.settings(_first(found))
    known = scope.baseline(settings)
    results = Run(
        found.files,
        planner,
        no_incident=given.no_incident,
        cache_dir=None if given.no_cache or mends else given.cache_dir or "",
        jobs=1 if given.debug else given.jobs,
    )
    wording, rules = results.wording(), results.plan().rules if whole else ()
    if mends:
        results.plan_all()
    return _Work(planner, settings, scope, known, found, results, wanted, wording, rules)


def _told(work: _Work, given: Options, reports: Sequence[FileReport], failed: int) -> int:
    """Write the reports; the exit code, with what ``failed`` before."""
    from pmlint.commands import outputs
    from pmlint.limits import shortened

    told, untold = shortened(reports)
    reports = list(told)
    if untold:
        fail(f"{untold:,} more findings are not told; check fewer files at a time")
        failed = Exit.FAILED
    elsewhere = any(each.main for each in work.wanted)
    _complain(reports, "" if elsewhere or given.statistics else given.output)
    if not given.quiet:
        _tell_what_was_left_out(work.found, reports, given.output, given.verbose, work.scope)
    fail_on = given.fail_on or work.settings.fail_on or "error"
    about = _about(work, given, fail_on)
    narrows = work.scope.narrows
    told_already = given.quiet or not (work.found.files or narrows)
    nothing_to_say = told_already and not any(report.findings for report in reports)
    if not (nothing_to_say and given.output in FOR_PEOPLE) and not elsewhere:
        shown = _advised(reports, given.output)
        publish(outputs.rendered(given.output, shown, about, statistics=given.statistics))
    failed = max(failed, _written(work.wanted, reports, about))
    return max(_verdict(reports, fail_on, given.exit_zero, narrowed=narrows), failed)


def _first(found: Found) -> str:
    """The name of the first document, whose settings hold for the run."""
    return found.files[0].name or found.files[0].path if found.files else "-"


def _origin(template: str | None, settings: Settings) -> str:
    """Where the template was chosen, for the summary."""
    if template:
        return "--template"
    return os.path.basename(settings.file) if settings.template != "default" else ""


def _tell_fixes(outcomes: Sequence[Outcome], quiet: bool) -> int:
    """Say what was fixed; the exit code of a failure to write."""
    if not outcomes:
        return Exit.CLEAN
    from pmlint.mend.mending import told

    if not quiet:
        for line in told(outcomes):
            note(line)
    failures = [outcome for outcome in outcomes if outcome.failure]
    for outcome in failures:
        fail(f"{outcome.report.path}: cannot be fixed: {outcome.failure}")
    return Exit.FAILED if failures else Exit.CLEAN


def _show_mended(outcomes: Sequence[Outcome], color: ColorWhen, quiet: bool, diff: bool) -> int:
    """Print the change, or the mended text of standard input."""
    from pmlint.mend.mending import told
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

    Standard output has it as a finding. Where that is a terminal, once is enough.
    """
    if _seen(output):
        return
    for report in reports:
        for finding in report.findings:
            if finding.code == "PM003":
                fail(in_one_line(report.path, finding))


def _seen(output: str) -> bool:
    """Someone reads the findings as they are printed."""
    return bool(output) and sys.stdout is not None and sys.stdout.isatty()


def _advised(reports: list[FileReport], output: str) -> list[FileReport]:
    """Reports of which rows tell what to do about a file that cannot be read."""
    if output not in _IN_ROWS or not _seen(output):
        return reports
    return [
        report._replace(
            findings=tuple(
                each._replace(message=f"{each.message}; {each.help}")
                if each.code == "PM003" and each.help
                else each
                for each in report.findings
            )
        )
        for report in reports
    ]


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


def _about(work: _Work, given: Options, fail_on: str) -> About:
    """What the reports may say beside the findings."""
    from pmlint.files.ci import surroundings
    from pmlint.findings import Level
    from pmlint.formats import About
    from pmlint.reports.colour import style_for

    machine = surroundings()
    return About(
        style=style_for(sys.stdout, given.color),
        rules=work.rules,
        rule_count=work.wording.rules,
        template=work.wording.template,
        template_origin=_origin(given.template, work.settings),
        verbose=given.verbose,
        fail_on=Level(fail_on),
        paths=given.paths,
        plan_of=work.planner.plan,
        service=machine.service,
        here=machine.here,
        root=machine.root,
        link=machine.link,
        several=work.wording.several,
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
