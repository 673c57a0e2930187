"""``pmlint show``: what was read."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import (
    ColorWhen,
    Command,
    Exit,
    basics,
    config_option,
    in_one_line,
    make_planner,
    option,
    reading_options,
    refuse,
    refuse_config,
)
from pmlint.terminal import fail, note, publish


@click.command(cls=Command, name="show", add_help_option=False, epilog="show [OPTIONS] FILES...")
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="NAME",
    help="text, json.",
)
@config_option
@reading_options
@basics
def command(
    paths: tuple[str, ...],
    output: str,
    config_file: str | None,
    template: str | None,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """Print what pmlint read: sections, times, timeline, tasks."""
    from pmlint import engine
    from pmlint.config import ConfigError
    from pmlint.discovery import find
    from pmlint.reports import FileReport

    if not paths:
        return refuse("show: name a file, for example `pmlint show README.md`")
    planner = make_planner(template, isolated=isolated, config_file=config_file, debug=debug)
    found = find(paths)
    try:
        plans = [planner.plan(file.path) for file in found.files]
    except ConfigError as error:
        return refuse_config(error)
    if not found.files:
        note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
        return Exit.NO_FILES
    read, failed = [], False
    for file, plan in zip(found.files, plans, strict=True):
        source = engine.load(file, plan)
        facts = source if isinstance(source, FileReport) else engine.read(source, plan)
        if isinstance(facts, FileReport):
            failed = True
            for finding in facts.findings:
                fail(in_one_line(file.path, finding))
        elif file.named or facts.incident:
            read.append((facts, plan))
    if output == "json":
        from pmlint.reports import show_json

        publish(show_json.render([facts for facts, _ in read]))
    else:
        from pmlint.reports import show_text
        from pmlint.reports.colour import style_for

        style = style_for(sys.stdout, color)
        pages = [
            show_text.render(
                facts,
                engine.check_facts(facts, plan).findings,
                style,
                required=plan.template.required,
            )
            for facts, plan in read
        ]
        publish("\n".join(pages))
    return Exit.FAILED if failed else Exit.CLEAN
