"""What commands share: their help pages, their options, settings made ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from pmlint import __version__
from pmlint.commands.outcome import ColorWhen as ColorWhen
from pmlint.commands.outcome import Exit as Exit
from pmlint.commands.outcome import in_one_line as in_one_line
from pmlint.commands.outcome import make_planner as make_planner
from pmlint.commands.outcome import refuse as refuse
from pmlint.commands.outcome import refuse_config as refuse_config
from pmlint.namedtuples import NamedTuple
from pmlint.terminal import note

if TYPE_CHECKING:
    from pmlint.reports.colour import Style
    from pmlint.running.plans import Planner


class Command(click.Command):
    """A command whose help is a page in the manner of the main one.

    ``exit_status`` says what its exit codes mean; docs/exit-codes.md has them all.
    """

    def __init__(self, *arguments: Any, exit_status: str, **rest: Any) -> None:
        super().__init__(*arguments, **rest)
        self.exit_status = exit_status

    def get_help(self, ctx: click.Context) -> str:
        from pmlint.reports.colour import style_for
        from pmlint.reports.help import Entry, page

        options = [each for each in self.params if isinstance(each, click.Option)]
        entries = [Entry(_names(each), each.metavar or "", each.help or "") for each in options]
        status = f"Exit status: {self.exit_status}."
        return page(self.help or "", self.epilog or "", entries, status, style_for(sys.stdout))


def _names(option: click.Option) -> str:
    """All names of an option, the short one first."""
    return ", ".join(sorted(option.opts, key=len))


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """An option of a command."""
    return click.option(*names, **settings)


def format_option(*names: str, told: str) -> Callable[[Any], Any]:
    """``--format``: one of some names, the first where none is given; ``told`` is its help."""
    return option(
        "--format",
        "output",
        type=click.Choice(names),
        default=names[0],
        metavar="NAME",
        help=told,
    )


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


config_option = option(
    "--config",
    "config_file",
    metavar="FILE",
    help="Use this configuration file, for every document.",
)


def reading_options(function: Any) -> Any:
    """The options of every command that reads postmortems."""
    for decorate in (
        basics,
        option("--no-cache", is_flag=True, help="Use no results of earlier runs."),
        option("--isolated", is_flag=True, help="Ignore every configuration file."),
        color_option,
        option("--template", metavar="NAME", help="Required parts and rules; or a TOML file."),
        config_option,
    ):
        function = decorate(function)
    return function


class Reading(NamedTuple):
    """What was typed of the options that all commands over incidents have."""

    template: str | None
    config_file: str | None
    color: ColorWhen
    isolated: bool
    no_cache: bool
    quiet: bool
    debug: bool

    def planner(self) -> Planner:
        """What makes the plan of each document."""
        return make_planner(
            self.template,
            isolated=self.isolated,
            config_file=self.config_file,
            debug=self.debug,
        )

    def style(self) -> Style:
        """How standard output is written to."""
        from pmlint.reports.colour import style_for

        return style_for(sys.stdout, self.color)

    def note(self, message: str) -> None:
        """One line on standard error beside the report, unless that is to be quiet."""
        if not self.quiet:
            note(message)


def takes_reading(function: Callable[..., int]) -> Any:
    """Give a command over incidents their options, which it gets together, as ``reading``."""

    @wraps(function)
    def called(**given: Any) -> int:
        reading = Reading(**{name: given.pop(name) for name in Reading._fields})
        return function(reading=reading, **given)

    quiet = option("-q", "--quiet", is_flag=True, help="No notes and no progress.")
    return quiet(reading_options(called))


def cache_options(function: Any) -> Any:
    """Where results of earlier runs are kept."""
    return option(
        "--cache-dir",
        metavar="FOLDER",
        help="Where results of earlier runs are kept (.pmlint_cache, or as PMLINT_CACHE_DIR says).",
    )(function)


SELECT_HELP = "Only these: codes (PM402), names (timeline-order), families (PM4); commas between."
IGNORE_HELP = "All but these; stronger than --select."


def split_words(
    _context: click.Context, _parameter: click.Parameter, values: Sequence[str]
) -> list[str]:
    """An option that may be repeated and may hold several words with commas."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]
