"""What commands share: their help pages, their options, settings made ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from pmlint import __version__
from pmlint.commands.outcome import ColorWhen as ColorWhen
from pmlint.commands.outcome import Exit as Exit
from pmlint.commands.outcome import in_one_line as in_one_line
from pmlint.commands.outcome import make_planner as make_planner
from pmlint.commands.outcome import refuse as refuse
from pmlint.commands.outcome import refuse_config as refuse_config
from pmlint.terminal import bold_marks

if TYPE_CHECKING:
    pass


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


def cache_options(function: Any) -> Any:
    """Where results of earlier runs are kept."""
    return option(
        "--cache-dir",
        metavar="FOLDER",
        help="Where results of earlier runs are kept (.pmlint_cache, or as PMLINT_CACHE_DIR says).",
    )(function)


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
