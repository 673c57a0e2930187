"""``pmlint tasks``: the action items of an archive, and a gate for those overdue."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.incidents import ReadingCommand, read_all
from pmlint.commands.options import (
    ColorWhen,
    Exit,
    basics,
    config_option,
    option,
    reading_options,
    refuse,
    split_words,
)
from pmlint.terminal import note, publish

if TYPE_CHECKING:
    from datetime import date as calendar_date

    from pmlint.facts import Postmortem

_LACKING = ("owner", "due")


class _TasksCommand(ReadingCommand):
    exit_status = "0 read, 1 overdue (--fail-overdue), 2 could not read, 3 no Markdown"


@click.command(
    cls=_TasksCommand, name="tasks", add_help_option=False, epilog="tasks [OPTIONS] [PATHS]..."
)
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@option("--open", "only_open", is_flag=True, help="Only what is not told to be done.")
@option("--overdue", is_flag=True, help="Only what is not done and was due before today.")
@option(
    "--without",
    multiple=True,
    callback=split_words,
    metavar="WHAT",
    help="owner, due: only what names none; several with commas.",
)
@option("--fail-overdue", is_flag=True, help="Exit with 1 where something is overdue.")
@option("--today", metavar="DATE", help="Judge as of another day, such as 2025-06-30.")
@option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    metavar="NAME",
    help="table, csv, json (one object an item).",
)
@config_option
@reading_options
@basics
def command(
    paths: tuple[str, ...],
    only_open: bool,
    overdue: bool,
    without: list[str],
    fail_overdue: bool,
    today: str | None,
    output: str,
    config_file: str | None,
    template: str | None,
    color: ColorWhen,
    isolated: bool,
    no_cache: bool,
    debug: bool,
) -> int:
    """List the action items of postmortems: owner, due date, ticket, state."""
    from datetime import date as calendar_date

    unknown = next((word for word in without if word not in _LACKING), None)
    if unknown is not None:
        return refuse(f"--without: no `{unknown}`{_meant(unknown)} One of: owner, due")
    try:
        day = calendar_date.fromisoformat(today) if today else calendar_date.today()
    except ValueError:
        return refuse(f"--today: no date `{today}`; write it as 2025-06-30")
    read = read_all(
        paths or ["."], template, isolated=isolated, config_file=config_file, debug=debug
    )
    if read.code is Exit.NO_FILES and output != "json":
        return read.code
    if read.code is Exit.FAILED and not read.postmortems:
        return read.code
    late = _list(read.postmortems, day, output, color, only_open, overdue, without)
    if read.code is Exit.CLEAN and fail_overdue and late:
        return Exit.FINDINGS
    return read.code


def _list(
    postmortems: Sequence[Postmortem],
    today: calendar_date,
    output: str,
    color: ColorWhen,
    only_open: bool,
    overdue: bool,
    without: Sequence[str],
) -> int:
    """Print what was asked for; the number of items of all files that are overdue."""
    from pmlint.measure.actions import actions, chosen

    every = [action for each in postmortems for action in actions(each, today)]
    shown = chosen(every, only_open=only_open, overdue=overdue, without=without)
    if output == "json":
        from pmlint.reports import tasks_json

        publish(tasks_json.render(shown))
    elif output == "csv":
        from pmlint.reports import tasks_csv

        publish(tasks_csv.render(shown))
    else:
        from pmlint.reports import tasks_table
        from pmlint.reports.colour import style_for

        publish(tasks_table.render(shown, every, style_for(sys.stdout, color)))
    _tell_absent(postmortems)
    return sum(action.overdue > 0 for action in every)


def _tell_absent(postmortems: Sequence[Postmortem]) -> None:
    for each in postmortems:
        if each.absence is not None:
            from pmlint.reports.show_text import ABSENT

            note(f"{each.source.path}: holds no incident: {ABSENT[each.absence.kind]}")


def _meant(word: str) -> str:
    from pmlint.suggest import nearest, question

    meanings = {"assignee": "owner", "date": "due", "deadline": "due", "due-date": "due"}
    return question(nearest(word, _LACKING, meanings)) or "."
