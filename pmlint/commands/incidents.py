"""What the commands over incidents share: files read, and what could not be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pmlint.commands.options import Command, Exit, in_one_line, make_plan, make_settings
from pmlint.terminal import fail, note

if TYPE_CHECKING:
    from pmlint.facts import Postmortem


class ReadingCommand(Command):
    """A command that reads and judges nothing, so it never exits with 1."""

    exit_status = "0 read, 2 could not read, 3 no Markdown file found"


class Read(NamedTuple):
    """The files that were read, and the exit code so far."""

    postmortems: tuple[Postmortem, ...]
    code: Exit


def read_all(paths: Sequence[str], template: str, debug: bool) -> Read:
    """Every file that the paths mean, in order, those without an incident included.

    What could not be read is told on standard error, one line each.
    """
    from pmlint import engine
    from pmlint.discovery import find
    from pmlint.reports import FileReport

    plan = make_plan(make_settings(template), debug)
    if plan is None:
        return Read((), Exit.FAILED)
    found = find(paths)
    if not found.files:
        note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
        return Read((), Exit.NO_FILES)
    read, code = [], Exit.CLEAN
    for file in found.files:
        source = engine.load(file, plan)
        facts = source if isinstance(source, FileReport) else engine.read(source, plan)
        if isinstance(facts, FileReport):
            code = Exit.FAILED
            for finding in facts.findings:
                fail(in_one_line(file.path, finding))
        else:
            read.append(facts)
    return Read(tuple(read), code)
