"""``pmlint rules``: every rule with its level."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
    refuse,
    refuse_config,
)
from pmlint.terminal import publish

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.findings import Level
    from pmlint.reports.colour import Style
    from pmlint.standard.rulebook import Rule
    from pmlint.standard.templates import Template


@click.command(
    cls=Command,
    name="rules",
    add_help_option=False,
    epilog="rules [OPTIONS] [RULES]...",
    exit_status="0 listed, 1 an example does not hold (--test), 2 could not",
)
@click.argument("selectors", metavar="[RULES]...", nargs=-1, type=click.UNPROCESSED)
@format_option("text", "json", told="text, json.")
@option("--test", is_flag=True, help="Run the examples of the team's own rules.")
@option("--template", metavar="NAME", help="Whose levels are shown.")
@config_option
@option("--isolated", is_flag=True, help="Ignore every configuration file.")
@color_option
@basics
def command(
    selectors: tuple[str, ...],
    output: str,
    test: bool,
    template: str | None,
    config_file: str | None,
    isolated: bool,
    color: ColorWhen,
    debug: bool,
) -> int:
    """List the rules, all or those named, with the levels they have here."""
    from pmlint import config, engine
    from pmlint.reports import rule_table
    from pmlint.reports.colour import style_for
    from pmlint.standard import rulebook

    planner = make_planner(template, isolated=isolated, config_file=config_file, debug=debug)
    try:
        plan = planner.plan(os.path.join(os.curdir, "README.md"))
        wanted = config.codes(selectors, plan.names, "rules")
    except config.ConfigError as error:
        return refuse_config(error)
    if test:
        own = [rule for rule in engine.all_rules(planner.settings()) if rule.function is not None]
        named = [rule for rule in own if not selectors or rule.code in wanted]
        return _test(named, plan.template, output, style_for(sys.stdout, color))
    active = {rule.code: rule for rule in plan.rules}
    known = {rule.code: rule for rule in rulebook.rules()} | active
    shown = [
        (rule, _level(rule, plan) if code in active else None)
        for code, rule in sorted(known.items())
        if not selectors or code in wanted
    ]
    if output == "json":
        publish(rule_table.json(shown, plan.template.name))
    else:
        publish(rule_table.text(shown, style_for(sys.stdout, color), plan.template.name))
    return Exit.CLEAN


def _test(rules: Sequence[Rule], template: Template, output: str, style: Style) -> int:
    from pmlint.reports import rule_tests
    from pmlint.standard import ruletests

    if not rules:
        return refuse(
            "rules --test: no own rule is named here; own rules stand under [[own-rules]] or in"
            " the rules-folder of the configuration"
        )
    tested = [each for rule in rules for each in ruletests.outcomes(rule, template)]
    if output == "json":
        publish(rule_tests.json(tested))
    else:
        publish(rule_tests.text(rules, tested, style))
    return Exit.CLEAN if all(each.holds for each in tested) else Exit.FINDINGS


def _level(rule: Rule, plan: Plan) -> Level:
    """The level of a rule that is on: a user's, else the template's, else its own."""
    from pmlint.standard import rulebook

    return plan.levels.get(rule.code) or rulebook.level_in(rule, plan.template) or rule.level
