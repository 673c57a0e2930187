"""``pmlint config``: the settings in force, and where each comes from."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import (
    ColorWhen,
    Command,
    Exit,
    basics,
    color_option,
    config_option,
    format_option,
    make_planner,
    option,
    refuse_config,
)
from pmlint.terminal import publish


@click.command(
    cls=Command,
    name="config",
    add_help_option=False,
    epilog="config [OPTIONS] [FILE]",
    exit_status="0 printed, 2 a configuration that cannot be obeyed",
)
@click.argument("path", required=False, type=click.UNPROCESSED)
@option("--keys", is_flag=True, help="List every key that configuration knows.")
@format_option("text", "json", told="text, json.")
@option("--isolated", is_flag=True, help="Ignore every configuration file.")
@config_option
@color_option
@basics
def command(
    path: str | None,
    keys: bool,
    output: str,
    isolated: bool,
    config_file: str | None,
    color: ColorWhen,
    debug: bool,
) -> int:
    """Print the settings for a document (or the working folder), and where each comes from."""
    from pmlint.config import ConfigError
    from pmlint.reports import config_page
    from pmlint.reports.colour import style_for

    style = style_for(sys.stdout, color)
    if keys:
        publish(config_page.keys(style))
        return Exit.CLEAN
    planner = make_planner(None, isolated=isolated, config_file=config_file, debug=debug)
    place = path or "-"
    try:
        settings, plan = planner.settings(place), planner.plan(place)
    except ConfigError as error:
        return refuse_config(error)
    if output == "json":
        publish(config_page.json(settings, plan))
    else:
        publish(config_page.text(settings, plan, style))
    return Exit.CLEAN
