"""``pmlint templates``: what a team can require."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import (
    ColorWhen,
    Command,
    Exit,
    basics,
    color_option,
    format_option,
    refuse_config,
)
from pmlint.terminal import publish


@click.command(
    cls=Command,
    name="templates",
    add_help_option=False,
    epilog="templates [OPTIONS] [NAME]",
    exit_status="0 printed, 2 no such template",
)
@click.argument("name", required=False, type=click.UNPROCESSED)
@format_option(
    "text",
    "toml",
    "markdown",
    told="text, toml (to build on), markdown (what `pmlint new` writes).",
)
@color_option
@basics
def command(name: str | None, output: str, color: ColorWhen, debug: bool) -> int:
    """List the templates, or print one: its sections, fields and rules."""
    from pmlint import config
    from pmlint.reports import template_page
    from pmlint.reports.colour import style_for
    from pmlint.standard import policy, templates

    style = style_for(sys.stdout, color)
    if name is None:
        publish(template_page.table([templates.load(each) for each in templates.names()], style))
        return Exit.CLEAN
    try:
        if not name.endswith(".toml"):
            name = config.template(name, templates.names(), "templates")
        template = templates.load(name)
    except config.ConfigError as error:
        return refuse_config(error)
    if output == "markdown":
        publish(template.skeleton.lstrip("\n"))
    elif output == "toml":
        from pathlib import Path

        path = Path(name) if name.endswith(".toml") else policy.folder() / f"templates/{name}.toml"
        publish(path.read_text("utf-8"))
    else:
        publish(template_page.page(template, style))
    return Exit.CLEAN
