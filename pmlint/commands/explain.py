"""``pmlint explain``: why rules exist, and how a line was read."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from pmlint import __version__
from pmlint.commands.options import (
    ColorWhen,
    Command,
    Exit,
    basics,
    color_option,
    config_option,
    in_one_line,
    make_planner,
    option,
    refuse,
    refuse_config,
)
from pmlint.namedtuples import NamedTuple
from pmlint.terminal import fail, publish

if TYPE_CHECKING:
    from pmlint.running.plans import Planner


class Place(NamedTuple):
    """A line of a file."""

    path: str
    line: int


@click.command(
    cls=Command,
    name="explain",
    add_help_option=False,
    epilog="explain RULES...\nexplain FILE:LINE",
    exit_status="0 explained, 2 no such rule, or a file that cannot be read",
)
@click.argument("words", metavar="RULES...", nargs=-1, type=click.UNPROCESSED)
@option("--template", metavar="NAME", help="For FILE:LINE: parts and rules.")
@config_option
@option("--isolated", is_flag=True, help="For FILE:LINE: ignore every configuration file.")
@color_option
@basics
def command(
    words: tuple[str, ...],
    template: str | None,
    config_file: str | None,
    isolated: bool,
    color: ColorWhen,
    debug: bool,
) -> int:
    """Print why rules exist, with wrong and right examples; or how a line was read."""
    if not words:
        return refuse(
            "explain: name a rule or a line, for example `pmlint explain PM402` "
            "or `pmlint explain README.md:14`"
        )
    places = [_place(word) for word in words]
    planner = make_planner(template, isolated=isolated, config_file=config_file, debug=debug)
    if all(place is None for place in places):
        return _explain_rules(words, planner, color)
    for word, place in zip(words, places, strict=True):
        if place is None:
            return refuse(
                _lineless((word,))
                or f"explain: `{word}` is no FILE:LINE; rules and lines go in calls of their own"
            )
        code = _explain_line(place, planner, color)
        if code != Exit.CLEAN:
            return code
    return Exit.CLEAN


def _place(word: str) -> Place | None:
    """``README.md:14``, with or without a column."""
    match = re.fullmatch(r"(.+?):(\d{1,9})(?::\d{1,9})?", word)
    return Place(match[1], int(match[2])) if match else None


def _explain_rules(words: tuple[str, ...], planner: Planner, color: ColorWhen) -> int:
    """The pages of rules, the team's own among them."""
    from pmlint import config, engine
    from pmlint.reports import explain
    from pmlint.reports.colour import style_for

    try:
        rules = engine.all_rules(planner.settings())
    except config.ConfigError as error:
        return refuse_config(error)
    names = {rule.code: rule.name for rule in rules}
    try:
        wanted = config.codes(words, names, "explain")
    except config.ConfigError as error:
        return refuse(_lineless(words) or str(error))
    style = style_for(sys.stdout, color)
    pages = [
        explain.render(rule, tuple(engine.demonstrate(rule)), style, names)
        for rule in rules
        if rule.code in wanted
    ]
    publish("\n\n".join(pages))
    return Exit.CLEAN


def _lineless(words: tuple[str, ...]) -> str:
    """What is wrong with the first word that names a file and no line; else nothing."""
    from os.path import isfile

    for word in words:
        # A colon that follows a single letter stands behind the name of a drive.
        match = re.match(r"(..+):", word)
        if match and not isfile(word):
            return f"explain: `{word}`: LINE is a number, for example {match[1]}:1"
        if isfile(word) or re.search(r"[./\\]", word):
            return f"explain: `{word}`: which line? For example {word}:1"
    return ""


def _explain_line(place: Place, planner: Planner, color: ColorWhen) -> int:
    from pmlint import engine, tracing
    from pmlint.config import ConfigError
    from pmlint.files.discovery import File
    from pmlint.reports import FileReport, trace
    from pmlint.reports.colour import style_for

    try:
        plan = planner.plan(place.path)
    except ConfigError as error:
        return refuse_config(error)
    source = engine.load(File(place.path, named=True), plan)
    facts = source if isinstance(source, FileReport) else engine.read(source, plan)
    if isinstance(facts, FileReport):
        for finding in facts.findings:
            fail(in_one_line(place.path, finding))
        return Exit.FAILED
    lines = len(facts.source.starts)
    if not 1 <= place.line <= lines:
        return refuse(f"explain: {place.path} has lines 1 to {lines}, no line {place.line}")
    told = engine.check_facts(facts, plan).findings
    every = engine.check_facts(facts, plan._replace(suppress=False)).findings
    read = tracing.trace(facts, place.line, told, every, plan.rules, plan.template)
    style = style_for(sys.stdout, color)
    publish(
        trace.render(read, facts.source, style, version=__version__, template=plan.template.name)
    )
    return Exit.CLEAN
