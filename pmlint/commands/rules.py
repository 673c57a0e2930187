"""``pmlint rules``: every rule with its level."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import ColorWhen, Command, Exit, basics, color_option, option, refuse
from pmlint.terminal import publish


@click.command(
    cls=Command, name="rules", add_help_option=False, epilog="rules [OPTIONS] [RULES]..."
)
@click.argument("selectors", metavar="[RULES]...", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="NAME",
    help="text, json.",
)
@option("--template", metavar="NAME", default="default", help="Whose levels are shown.")
@color_option
@basics
def command(
    selectors: tuple[str, ...], output: str, template: str, color: ColorWhen, debug: bool
) -> int:
    """List the rules, all or those named, with their levels."""
    from pmlint import config, rulebook, templates
    from pmlint.reports import rule_table
    from pmlint.reports.colour import style_for

    rules = rulebook.rules()
    try:
        chosen = templates.load(config.template(template, templates.names()))
        names = {rule.code: rule.name for rule in rules}
        wanted = config.codes(selectors, names, "rules")
    except config.ConfigError as error:
        return refuse(str(error))
    shown = [
        (rule, rulebook.level_in(rule, chosen))
        for rule in rules
        if not selectors or rule.code in wanted
    ]
    if output == "json":
        publish(rule_table.json(shown, chosen.name))
    else:
        publish(rule_table.text(shown, style_for(sys.stdout, color), chosen.name))
    return Exit.CLEAN
