"""What the commands over incidents share: files read, and what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pmlint.commands.options import (
    Exit,
    Reading,
    in_one_line,
    refuse_config,
)
from pmlint.namedtuples import NamedTuple
from pmlint.terminal import Progress, fail

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem


READS = "0 read, 2 could not read, 3 no Markdown file found"
"""The exit codes of a command that reads and judges nothing, so never 1."""


class Document(NamedTuple):
    """A file that was read, and the plan by which it was."""

    postmortem: Postmortem
    plan: Plan
    named: bool
    """The call names it; it was not found in a folder."""


class Read(NamedTuple):
    """The files that were read, and the exit code so far."""

    documents: tuple[Document, ...]
    code: Exit
    tried: bool = False
    """There were files, and settings to read them by."""

    @property
    def postmortems(self) -> tuple[Postmortem, ...]:
        return tuple(document.postmortem for document in self.documents)


def read_all(paths: Sequence[str], reading: Reading, progress: Progress) -> Read:
    """Every file that the paths mean, in order, those without an incident included.

    What could not be read is told on standard error, one line each.
    """
    from pmlint import engine
    from pmlint.config import ConfigError
    from pmlint.files.discovery import find
    from pmlint.reports import FileReport

    planner = reading.planner()
    try:
        files = [file for file in find(paths).files if planner.wanted(file)]
        plans = [planner.plan(file.path) for file in files]
    except ConfigError as error:
        return Read((), refuse_config(error))
    if not files:
        reading.note("no Markdown file found; pmlint looks for *.md, *.markdown and README")
        return Read((), Exit.NO_FILES)
    read, code = [], Exit.CLEAN
    progress.stage("reading", len(files), "files")
    for file, plan in progress.over(zip(files, plans, strict=True)):
        source = engine.load(file, plan)
        facts = source if isinstance(source, FileReport) else engine.read(source, plan)
        if isinstance(facts, FileReport):
            code = Exit.FAILED
            progress.clear()
            for finding in facts.findings:
                fail(in_one_line(file.path, finding))
        else:
            read.append(Document(facts, plan, file.named))
    return Read(tuple(read), code, tried=True)


def tell_absent(postmortems: Iterable[Postmortem], reading: Reading) -> None:
    """A note for each file that holds no incident, and why."""
    for each in postmortems:
        if not each.incident:
            from pmlint.reports.show_text import ABSENT

            why = f": {ABSENT[each.absence.kind]}" if each.absence else ""
            reading.note(f"{each.source.path}: holds no incident{why}")
