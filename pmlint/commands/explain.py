"""``pmlint explain``: why rules exist, with wrong and right examples."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import (
    ColorWhen,
    Command,
    Exit,
    basics,
    color_option,
    refuse,
)
from pmlint.terminal import publish


@click.command(cls=Command, name="explain", add_help_option=False, epilog="explain RULES...")
@click.argument("rules", nargs=-1, type=click.UNPROCESSED)
@color_option
@basics
def command(rules: tuple[str, ...], color: ColorWhen, debug: bool) -> int:
    """Print why rules exist, with wrong and right examples."""
    from pmlint import config, engine, rulebook
    from pmlint.reports import explain
    from pmlint.reports.colour import style_for

    names = {rule.code: rule.name for rule in rulebook.rules()}
    if not rules:
        return refuse("explain: name a rule, for example `pmlint explain PM402`")
    try:
        wanted = config.codes(rules, names, "explain")
    except config.ConfigError as error:
        return refuse(str(error))
    style = style_for(sys.stdout, color)
    pages = [
        explain.render(rule, tuple(engine.demonstrate(rule)), style, names)
        for rule in rulebook.rules()
        if rule.code in wanted
    ]
    publish("\n\n".join(pages))
    return Exit.CLEAN
