"""What commands share that needs no parser of options: exit codes, refusals, the planner."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from pmlint.terminal import fail, note

if TYPE_CHECKING:
    from pmlint.config import ConfigError
    from pmlint.findings import Finding
    from pmlint.running.plans import Planner

ColorWhen = Literal["auto", "always", "never"]


class Exit(IntEnum):
    """Exit codes; docs/exit-codes.md is the table for people."""

    CLEAN = 0
    FINDINGS = 1
    FAILED = 2
    NO_FILES = 3
    INTERRUPTED = 130


def make_planner(
    template: str | None,
    *,
    isolated: bool = False,
    config_file: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    suppress: bool = True,
    cache_dir: str | None = None,
    debug: bool = False,
    quiet: bool = True,
) -> Planner:
    """What makes the plan of each document, from its configuration and the options."""
    from pmlint.config import Finder
    from pmlint.running.plans import Call, Planner

    call = Call(template or "", tuple(select), tuple(ignore), suppress, cache_dir)
    finder = Finder(config_file or "", isolated)
    return Planner(finder, call, print_traceback if debug else None, quiet=quiet)


MOST_PROBLEMS = 20
"""Faults of one configuration that are told in one run."""


def refuse_config(error: ConfigError) -> Exit:
    """The exit code for settings that cannot be obeyed, after all that is wrong with them."""
    from pmlint.config import FaultyFile

    if not isinstance(error, FaultyFile):
        return refuse(str(error))
    for problem in error.problems[:MOST_PROBLEMS]:
        fail(str(problem))
        if problem.excerpt:
            number = str(problem.line)
            under = " " * (problem.column - 1) + "^" * problem.width
            note(f"{number} | {problem.excerpt.expandtabs(1)}")
            note(f"{' ' * len(number)} | {under}")
    if len(error.problems) > MOST_PROBLEMS:
        note(f"and {len(error.problems) - MOST_PROBLEMS:,} more")
    note("nothing was checked (all keys: pmlint config --keys; all rules: pmlint rules)")
    return Exit.FAILED


def print_traceback(error: Exception) -> None:
    import traceback

    traceback.print_exception(error, file=sys.stderr)


def in_one_line(path: str, finding: Finding) -> str:
    """A finding on a file that could not be read, for standard error."""
    return f"{path}: {finding.message}" + (f"; {finding.help}" if finding.help else "")


def refuse(message: str) -> Exit:
    """The exit code of a call that cannot be obeyed, after its one line."""
    fail(message)
    return Exit.FAILED
