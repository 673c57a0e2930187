"""Commands and options, and nothing else.

Only click is imported at start, so that ``--version``, ``--help`` and wrong
calls answer at once. Findings go to standard output, all else to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal

import click

from pmlint import __version__
from pmlint.terminal import Progress, bold_marks, fail, never_fail_to_encode, note, publish

if TYPE_CHECKING:
    from pmlint.config import Settings
    from pmlint.discovery import File, Found
    from pmlint.engine import Plan
    from pmlint.findings import Finding
    from pmlint.reports import FileReport

Color = Literal["auto", "always", "never"]


class Exit(IntEnum):
    """Exit codes; docs/exit-codes.md is the table for people."""

    CLEAN = 0
    FINDINGS = 1
    FAILED = 2
    NO_FILES = 3
    INTERRUPTED = 130


HELP = """\
pmlint reads incident postmortems written in Markdown and says what a reviewer
would send back.

*Usage*
  *pmlint* [check] [OPTIONS] [PATHS]...
  *pmlint* COMMAND --help

*Try*
  *pmlint README.md*             check one file
  *pmlint check postmortems*     check every postmortem in a folder
  *pmlint show README.md*        see what pmlint understood
  *pmlint explain PM402*         why a rule exists, wrong and right

*Commands*
  *check*      Check postmortems (when no command is named)
  *show*       What pmlint read: sections, times, timeline, tasks
  *explain*    One rule: why, wrong, right, how to switch it off

*Options of check and show*
  *--template* NAME    Required parts and rules: default, alx
  *--format* NAME      text, json; for check also concise
  *--color* WHEN       auto, always, never
  *--isolated*         Ignore every configuration file

*Options of every command*
  *--version*, *-h*      Print the version, or the command's page

*Exit status*
  0 nothing to send back, 1 findings, 2 could not check (usage, file or
  configuration), 3 no Markdown file found
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run pmlint and return its exit code. Raises nothing, except faults with ``--debug``."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        never_fail_to_encode(stream)
    try:
        return _dispatch(words)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except OSError as error:
        return _refuse(f"cannot write the report: {error.strerror or error}")
    except Exception as error:
        if "--debug" in words:
            raise
        return _refuse(f"pmlint failed: {type(error).__name__}: {error} (--debug shows where)")


def _dispatch(words: list[str]) -> int:
    from click.exceptions import Exit as ClickExit

    if sys.platform == "win32":
        words = list(_expanded(words))
    name, rest = _route(words)
    if not words or (not name and _asks(words, "-h", "--help")):
        return _print_help()
    command = _COMMANDS[name or "check"]
    meant = "" if name else _misspelled(words)
    if meant:
        return _refuse(meant)
    try:
        with command.make_context(f"pmlint {command.name}", rest) as context:
            code: int = command.invoke(context)
            return code
    except ClickExit as stop:
        return stop.exit_code
    except click.UsageError as error:
        from pmlint import calls

        return _refuse(calls.explained(error, command, _COMMANDS))


def _route(words: Sequence[str]) -> tuple[str, list[str]]:
    """The command named in a call, or an empty string, and the other words.

    The command is the first word that is neither an option nor an option's
    value, so options may stand before it.
    """
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            break
        if word.startswith("-") and word != "-":
            takes_value = word in _VALUE_OPTIONS
            at += 2 if takes_value else 1
            continue
        if word in _COMMANDS:
            return word, [*words[:at], *words[at + 1 :]]
        break
    return "", list(words)


def _misspelled(words: Sequence[str]) -> str:
    """What to say of a first word that looks like a command and is no file."""
    word = words[0]
    if not word.replace("-", "").isalpha() or word.startswith("-") or os.path.exists(word):
        return ""
    from pmlint import calls

    near = calls.misspelled_command(word, _COMMANDS)
    return f"no command or file `{word}`; did you mean `pmlint {near}`?" if near else ""


def _refuse(message: str) -> Exit:
    fail(message)
    return Exit.FAILED


def _asks(words: Sequence[str], *options: str) -> bool:
    end = words.index("--") if "--" in words else len(words)
    return any(word in options for word in words[:end])


def _print_help() -> int:
    from pmlint.reports.colour import style_for

    style = style_for(sys.stdout)
    publish(bold_marks(HELP, style))
    return Exit.CLEAN


def _expanded(words: Iterable[str]) -> Iterator[str]:
    """File patterns spelled out, as no Windows shell does it."""
    from glob import glob

    for word in words:
        matches = sorted(glob(word)) if any(sign in word for sign in "*?[") else []
        yield from matches or [word]


_EXIT_STATUS = "Exit status: 0 clean, 1 findings, 2 could not check, 3 no Markdown file found."


class _Command(click.Command):
    """A command whose help is a page in the manner of the main one."""

    def get_help(self, ctx: click.Context) -> str:
        from pmlint.reports.colour import style_for

        lines = [self.help or "", "", "*Usage*", f"  *pmlint* {self.epilog}", "", "*Options*"]
        for option in self.params:
            if isinstance(option, click.Option):
                lines.extend(_entry(option))
        lines += [
            "",
            "Exit status: 0 clean, 1 findings, 2 could not check, 3 no Markdown file found.",
        ]
        return bold_marks("\n".join(lines), style_for(sys.stdout))


def _entry(option: click.Option) -> Iterator[str]:
    """An option on the left, what it does on the right."""
    from textwrap import wrap

    names = ", ".join(reversed(option.opts)) if len(option.opts[0]) > 2 else ", ".join(option.opts)
    value = f" {option.metavar}" if option.metavar else ""
    left = " " * max(20 - len(names) - len(value), 0)
    explained = wrap(option.help or "", 56) or [""]
    yield f"  *{names}*{value}{left}  {explained[0]}"
    for line in explained[1:]:
        yield " " * 24 + line


def _option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    return click.option(*names, **settings)


_color = _option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    metavar="WHEN",
    help="auto (on a terminal), always, never.",
)


def _basics(function: Any) -> Any:
    """The options of every command."""
    for option in (
        click.help_option("-h", "--help", help="Print this page."),
        click.version_option(
            __version__,
            prog_name="pmlint",
            message="%(prog)s %(version)s",
            help="Print the version.",
        ),
        _option("--debug", is_flag=True, help="Print the traceback of a fault of pmlint."),
    ):
        function = option(function)
    return function


def _reading(function: Any) -> Any:
    """The options of every command that reads postmortems."""
    for option in (
        _option("--no-cache", is_flag=True, help="Use no results of earlier runs."),
        _option("--isolated", is_flag=True, help="Ignore every configuration file."),
        _color,
        _option("--template", metavar="NAME", default="default", help="Required parts and rules."),
    ):
        function = option(function)
    return function


_SELECT = "Only these: codes (PM402), names (timeline-order), families (PM4); commas between."
_IGNORE = "All but these; stronger than --select."


def _words(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> list[str]:
    """An option that may be repeated and may hold several words with commas."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


@click.command(
    cls=_Command, name="check", add_help_option=False, epilog="[check] [OPTIONS] [PATHS]..."
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@_option(
    "--format",
    "output",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    metavar="NAME",
    help="text, concise (one line a finding), json.",
)
@_option("--select", multiple=True, callback=_words, metavar="RULES", help=_SELECT)
@_option("--ignore", multiple=True, callback=_words, metavar="RULES", help=_IGNORE)
@_option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    metavar="LEVEL",
    help="error, warning, info: the lowest level that gives exit status 1.",
)
@_option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@_option(
    "--no-incident",
    type=click.Choice(["error", "skip"]),
    metavar="HOW",
    help="error, skip: what to do with a file that holds no incident write-up"
    " (error for files named, skip for files found in folders).",
)
@_option("-q", "--quiet", is_flag=True, help="No notes, no progress, nothing for a clean run.")
@_option("-v", "--verbose", is_flag=True, help="Name the files that were skipped.")
@_reading
@_basics
def _check(
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
    color: Color,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Check postmortems and say what a reviewer would send back."""
    from pmlint.discovery import find

    plan = _plan(_settings(template, select, ignore), debug)
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


def _settings(template: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Settings:
    from pmlint.config import Settings

    return Settings(
        template=template,
        select=tuple(select),
        ignore=tuple(ignore),
    )


def _plan(settings: Settings, debug: bool) -> Plan | None:
    """Settings made ready; None after the error line where they cannot be obeyed."""
    from pmlint import engine
    from pmlint.config import ConfigError

    try:
        return engine.prepare(settings, _print_traceback if debug else None)
    except ConfigError as error:
        fail(str(error))
        return None


def _print_traceback(error: Exception) -> None:
    import traceback

    traceback.print_exception(error, file=sys.stderr)


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
                fail(_in_one_line(report.path, finding))


def _in_one_line(path: str, finding: Finding) -> str:
    return f"{path}: {finding.message}" + (f"; {finding.help}" if finding.help else "")


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
    color: Color,
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


@click.command(cls=_Command, name="show", add_help_option=False, epilog="show [OPTIONS] FILES...")
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@_option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="NAME",
    help="text, json.",
)
@_reading
@_basics
def _show(
    paths: tuple[str, ...],
    output: str,
    template: str,
    color: Color,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Print what pmlint read: sections, times, timeline, tasks."""
    from pmlint import engine
    from pmlint.discovery import find
    from pmlint.reports import FileReport

    if not paths:
        return _refuse("show: name a file, for example `pmlint show README.md`")
    plan = _plan(_settings(template), debug)
    if plan is None:
        return Exit.FAILED
    found = find(paths)
    if not found.files:
        note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
        return Exit.NO_FILES
    read, failed = [], False
    for file in found.files:
        source = engine.load(file, plan)
        facts = source if isinstance(source, FileReport) else engine.read(source, plan)
        if isinstance(facts, FileReport):
            failed = True
            for finding in facts.findings:
                fail(_in_one_line(file.path, finding))
        elif file.named or facts.incident:
            read.append(facts)
    if output == "json":
        from pmlint.reports import show_json

        publish(show_json.render(read))
    else:
        from pmlint.reports import show_text
        from pmlint.reports.colour import style_for

        style = style_for(sys.stdout, color)
        pages = [
            show_text.render(facts, engine.check_facts(facts, plan).findings, style)
            for facts in read
        ]
        publish("\n".join(pages))
    return Exit.FAILED if failed else Exit.CLEAN


@click.command(cls=_Command, name="explain", add_help_option=False, epilog="explain RULES...")
@click.argument("rules", nargs=-1, type=click.UNPROCESSED)
@_color
@_basics
def _explain(rules: tuple[str, ...], color: Color, debug: bool) -> int:
    """Print why rules exist, with wrong and right examples."""
    from pmlint import config, engine, rulebook
    from pmlint.reports import explain
    from pmlint.reports.colour import style_for

    names = {rule.code: rule.name for rule in rulebook.rules()}
    if not rules:
        return _refuse("explain: name a rule, for example `pmlint explain PM402`")
    try:
        wanted = config.codes(rules, names, "explain")
    except config.ConfigError as error:
        return _refuse(str(error))
    style = style_for(sys.stdout, color)
    pages = [
        explain.render(rule, tuple(engine.demonstrate(rule)), style, names)
        for rule in rulebook.rules()
        if rule.code in wanted
    ]
    publish("\n\n".join(pages))
    return Exit.CLEAN


_COMMANDS: dict[str, click.Command] = {
    "check": _check,
    "show": _show,
    "explain": _explain,
}
_VALUE_OPTIONS = frozenset(
    name
    for command in _COMMANDS.values()
    for option in command.params
    if isinstance(option, click.Option) and not option.is_flag
    for name in option.opts
)
