"""``pmlint format-times``: all times of a postmortem in one zone and one style."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from pmlint.commands.options import (
    Command,
    Exit,
    Reading,
    in_one_line,
    option,
    refuse,
    refuse_config,
    takes_reading,
)
from pmlint.terminal import fail, publish

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem
    from pmlint.files.discovery import File
    from pmlint.findings import Source
    from pmlint.reading.times import Style
    from pmlint.reading.zones import Zone


@click.command(
    cls=Command,
    name="format-times",
    add_help_option=False,
    epilog="format-times FILES... [--zone ZONE] [--clock 12|24]",
    exit_status="0 written, 1 would change (--diff), 2 could not, 3 no Markdown file found",
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option(
    "--zone",
    "zone_name",
    metavar="ZONE",
    help="Convert all times to this zone: UTC, Africa/Lagos, EST, +02:00.",
)
@option(
    "--clock",
    type=click.Choice(["12", "24"]),
    metavar="HOURS",
    help="12 (3:00 PM) or 24 (15:00).",
)
@option("--diff", is_flag=True, help="Show what would change and change nothing.")
@takes_reading
def command(
    paths: tuple[str, ...],
    zone_name: str | None,
    clock: Style | None,
    diff: bool,
    reading: Reading,
) -> int:
    """Write all times of a postmortem in one timezone and one style, the moments unchanged."""
    from pmlint.config import ConfigError
    from pmlint.files.discovery import find
    from pmlint.mend.retime import UnknownZoneError, zone_named

    if not paths:
        return refuse("format-times: name a file, for example `pmlint format-times README.md`")
    if zone_name is None and clock is None:
        return refuse("format-times: say what to write: --zone ZONE, --clock 12 or --clock 24")
    try:
        zone = zone_named(zone_name) if zone_name is not None else None
    except UnknownZoneError:
        return refuse(_no_zone(zone_name or ""))
    planner = reading.planner()
    found = find(paths)
    try:
        plans = [planner.plan(file.path) for file in found.files]
    except ConfigError as error:
        return refuse_config(error)
    if not found.files:
        reading.note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
        return Exit.NO_FILES
    if not diff:
        from pmlint.mend.mending import stops_cleanly

        stops_cleanly()
    done = [
        (file.path, _rewrite(file, plan, zone, clock, diff, reading))
        for file, plan in zip(found.files, plans, strict=True)
    ]
    failed = any(differs is None for _, differs in done)
    changed = [path for path, differs in done if differs]
    if changed or not failed:
        verb = "would change" if diff else "changed"
        reading.note(
            f"{verb} the times of {', '.join(changed)}" if changed else "no time to change"
        )
    if failed:
        return Exit.FAILED
    return Exit.FINDINGS if diff and changed else Exit.CLEAN


def _rewrite(
    file: File, plan: Plan, zone: Zone | None, clock: Style | None, diff: bool, reading: Reading
) -> bool | None:
    """Write or show one file anew; whether its times change, None where that failed."""
    from pmlint import engine
    from pmlint.mend.mending import write_text
    from pmlint.mend.retime import RetimeError, retime
    from pmlint.reports import FileReport

    loaded = engine.load(file, plan)
    facts = loaded if isinstance(loaded, FileReport) else engine.read(loaded, plan)
    if isinstance(facts, FileReport):
        for finding in facts.findings:
            fail(in_one_line(file.path, finding))
        return None
    if not file.named and not facts.incident:
        return False
    try:
        text = retime(facts, partial(_read, plan), zone=zone, clock=clock)
    except RetimeError as error:
        fail(f"{file.path}: {error}; nothing was changed")
        return None
    if diff or file.path == "-":
        _show(facts.source, text, diff, reading)
    elif failure := write_text(file, facts.source.text, text):
        fail(f"{file.path}: cannot be written: {failure}")
        return None
    return text != facts.source.text


def _read(plan: Plan, source: Source) -> Postmortem:
    from pmlint import engine
    from pmlint.mend.retime import RetimeError
    from pmlint.reports import FileReport

    facts = engine.read(source, plan)
    if isinstance(facts, FileReport):
        raise RetimeError("the result cannot be read")
    return facts


def _show(before: Source, text: str, diff: bool, reading: Reading) -> None:
    from pmlint.findings import Source
    from pmlint.reports.diff import render

    if not diff:
        publish(text)
        return
    publish(render(before, Source(text, before.path), reading.style()))


def _no_zone(name: str) -> str:
    """What to say of a name that is no timezone, or has several meanings."""
    from pmlint.reading.zones import find_zones

    found = find_zones(f"12:00 {name}")
    if found and found[0].candidates:
        return (
            f"--zone: {name} has several meanings; "
            "name a place or an offset, such as Asia/Kolkata or +05:30"
        )
    from importlib.resources import files

    from pmlint.suggest import nearest_zone, question

    try:
        names = files("tzdata").joinpath("zones").read_text("utf-8").split()
    except (OSError, ModuleNotFoundError):
        names = []
    near = nearest_zone(name, names)
    wanted = question(near) or "; zones are named as in UTC, Africa/Lagos, EST, +02:00"
    return f"--zone: no timezone `{name}`{wanted}"
