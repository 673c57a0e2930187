"""What commands share: their help pages, their options, settings made ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal

import click

from pmlint import __version__
from pmlint.terminal import bold_marks, fail, note

if TYPE_CHECKING:
    from pmlint.config import ConfigError, Settings
    from pmlint.engine import Plan
    from pmlint.findings import Finding
    from pmlint.plans import Planner

ColorWhen = Literal["auto", "always", "never"]


class Exit(IntEnum):
    """Exit codes; docs/exit-codes.md is the table for people."""

    CLEAN = 0
    FINDINGS = 1
    FAILED = 2
    NO_FILES = 3
    INTERRUPTED = 130


class Command(click.Command):
    """A command whose help is a page in the manner of the main one."""

    exit_status = "0 clean, 1 findings, 2 could not check, 3 no Markdown file found"

    def get_help(self, ctx: click.Context) -> str:
        from pmlint.reports.colour import style_for

        lines = [self.help or "", "", "*Usage*", f"  *pmlint* {self.epilog}", "", "*Options*"]
        for parameter in self.params:
            if isinstance(parameter, click.Option):
                lines.extend(_entry(parameter))
        lines += [
            "",
            f"Exit status: {self.exit_status}.",
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


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """An option of a command."""
    return click.option(*names, **settings)


color_option = option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    metavar="WHEN",
    help="auto (on a terminal), always, never.",
)


def basics(function: Any) -> Any:
    """The options of every command."""
    for decorate in (
        click.help_option("-h", "--help", help="Print this page."),
        click.version_option(
            __version__,
            prog_name="pmlint",
            message="%(prog)s %(version)s",
            help="Print the version.",
        ),
        option("--debug", is_flag=True, help="Print the traceback of a fault of pmlint."),
    ):
        function = decorate(function)
    return function


def reading_options(function: Any) -> Any:
    """The options of every command that reads postmortems."""
    for decorate in (
        option("--no-cache", is_flag=True, help="Use no results of earlier runs."),
        option("--isolated", is_flag=True, help="Ignore every configuration file."),
        color_option,
        option("--template", metavar="NAME", help="Required parts and rules; or a TOML file."),
    ):
        function = decorate(function)
    return function


config_option = option(
    "--config",
    "config_file",
    metavar="FILE",
    help="Use this configuration file, for every document.",
)


SELECT_HELP = "Only these: codes (PM402), names (timeline-order), families (PM4); commas between."
IGNORE_HELP = "All but these; stronger than --select."


def split_words(
    _context: click.Context, _parameter: click.Parameter, values: Sequence[str]
) -> list[str]:
    """An option that may be repeated and may hold several words with commas."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def make_settings(
    template: str | None, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Settings:
    """Settings from the options of a command."""
    from pmlint.config import Settings

    return Settings(
        template=template or "default",
        select=tuple(select),
        ignore=tuple(ignore),
    )


def make_plan(settings: Settings, debug: bool) -> Plan | None:
    """Settings made ready; None after the error line where they cannot be obeyed."""
    from pmlint import engine
    from pmlint.config import ConfigError

    try:
        return engine.prepare(settings, _print_traceback if debug else None)
    except ConfigError as error:
        refuse_config(error)
        return None


def make_planner(
    template: str | None,
    *,
    isolated: bool = False,
    config_file: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    suppress: bool = True,
    debug: bool = False,
) -> Planner:
    """What makes the plan of each document, from its configuration and the options."""
    from pmlint.config import Finder
    from pmlint.plans import Call, Planner

    call = Call(template or "", tuple(select), tuple(ignore), suppress)
    finder = Finder(config_file or "", isolated)
    return Planner(finder, call, _print_traceback if debug else None)


def refuse_config(error: ConfigError) -> Exit:
    """The exit code for settings that cannot be obeyed, after all that is wrong with them."""
    from pmlint.config import FaultyFile

    if not isinstance(error, FaultyFile):
        return refuse(str(error))
    for problem in error.problems:
        fail(str(problem))
        if problem.excerpt:
            number = str(problem.line)
            under = " " * (problem.column - 1) + "^" * problem.width
            note(f"{number} | {problem.excerpt.expandtabs(1)}")
            note(f"{' ' * len(number)} | {under}")
    note("nothing was checked (all keys: pmlint config --keys; all rules: pmlint rules)")
    return Exit.FAILED


def _print_traceback(error: Exception) -> None:
    import traceback

    traceback.print_exception(error, file=sys.stderr)


def in_one_line(path: str, finding: Finding) -> str:
    """A finding on a file that could not be read, for standard error."""
    return f"{path}: {finding.message}" + (f"; {finding.help}" if finding.help else "")


def refuse(message: str) -> Exit:
    """The exit code of a call that cannot be obeyed, after its one line."""
    fail(message)
    return Exit.FAILED
