"""``pmlint tasks``: the action items of an archive, and a gate for those overdue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmlint.commands.incidents import read_all, tell_absent
from pmlint.commands.options import (
    Command,
    Exit,
    Reading,
    format_option,
    option,
    refuse,
    split_words,
    takes_reading,
)
from pmlint.terminal import Progress, publish

if TYPE_CHECKING:
    from datetime import date as calendar_date

    from pmlint.facts import Postmortem

_LACKING = ("owner", "due")


@click.command(
    cls=Command,
    name="tasks",
    add_help_option=False,
    epilog="tasks [OPTIONS] [PATHS]...",
    exit_status="0 read, 1 overdue (--fail-overdue), 2 could not read, 3 no Markdown",
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
@format_option("table", "csv", "json", told="table, csv, json (one object an item).")
@takes_reading
def command(
    paths: tuple[str, ...],
    only_open: bool,
    overdue: bool,
    without: list[str],
    fail_overdue: bool,
    today: str | None,
    output: str,
    reading: Reading,
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
    with Progress(quiet=reading.quiet) as progress:
        read = read_all(paths or ["."], reading, progress)
    if read.code is Exit.NO_FILES and output != "json":
        return read.code
    if read.code is Exit.FAILED and not read.postmortems:
        return read.code
    late = _list(read.postmortems, day, output, reading, only_open, overdue, without)
    if read.code is Exit.CLEAN and fail_overdue and late:
        return Exit.FINDINGS
    return read.code


def _list(
    postmortems: Sequence[Postmortem],
    today: calendar_date,
    output: str,
    reading: Reading,
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

        publish(tasks_table.render(shown, every, reading.style()))
    tell_absent(postmortems, reading)
    return sum(action.overdue > 0 for action in every)


def _meant(word: str) -> str:
    from pmlint.suggest import nearest, question

    meanings = {"assignee": "owner", "date": "due", "deadline": "due", "due-date": "due"}
    return question(nearest(word, _LACKING, meanings)) or "."
