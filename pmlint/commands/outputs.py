"""Where reports go: ``--format``, ``-o/--out``, ``--statistics``, ``--stdin-filename``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.formats import FOR_PEOPLE, FORMATS, render
from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pmlint.files.discovery import Found
    from pmlint.formats import About
    from pmlint.reports import FileReport

STDOUT = "-"
_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".sarif": "sarif", ".xml": "junit"}
"""The format that a file's name speaks of."""


class OutputError(Exception):
    """A report cannot be written as asked: one line that says which, and why."""


class Output(NamedTuple):
    """A report that goes to a file, or to standard output behind the main one (``-``)."""

    format: str
    path: str
    main: bool
    """It takes the place of the main report."""
    statistics: bool = False


def wanted(out: Sequence[str], main: str, statistics: bool) -> list[Output]:
    """The reports that ``--out`` asks for. Raises OutputError."""
    if statistics and main not in FOR_PEOPLE | {"concise", "json"}:
        raise OutputError(f"--statistics: {main} has no counts; use text or json")
    outputs = [_output(word, main, statistics) for word in out]
    if sum(output.main for output in outputs) > 1:
        raise OutputError("--out: two files for one report; write FORMAT=FILE for the others")
    for number, output in enumerate(outputs):
        if output.path == STDOUT:
            continue
        if os.path.isdir(output.path):
            raise OutputError(f"--out: {output.path}: this is a folder, not a file")
        if any(same_file(output.path, other.path) for other in outputs[:number]):
            raise OutputError(f"--out: {output.path} is named twice")
    return outputs


def _output(word: str, main: str, statistics: bool) -> Output:
    name, sign, path = word.partition("=")
    if sign and name in FORMATS:
        if not path:
            raise OutputError(f"--out: {word} names no file, for example {name}=report")
        return Output(name, path, main=False)
    if sign and re.fullmatch(r"[A-Za-z]\w*", name):
        from pmlint.suggest import nearest, question

        near = nearest(name, FORMATS)
        told = question(f"{near}={path}") if near else f"; one of {', '.join(FORMATS)}."
        raise OutputError(f"--out: no format `{name}`{told} A file of that name: ./{word}")
    if word in FORMATS:
        raise OutputError(f"--out: {word} is a format; write {word}=FILE, or --format {word}")
    if not word:
        raise OutputError("--out: names no file")
    meant = _ENDINGS.get(os.path.splitext(word)[1].lower(), "")
    if meant and (main in FOR_PEOPLE or main == "concise"):
        raise OutputError(
            f"--out: {word} would hold the report for people; did you mean `{meant}={word}`?"
        )
    return Output(main, word, main=True, statistics=statistics)


def typed(paths: Sequence[str], stdin_name: str | None) -> Sequence[str]:
    """The paths to check. Raises OutputError for an empty one, or a name for nothing."""
    if "" in paths:
        raise OutputError("a path is empty; is it a variable that is not set?")
    if stdin_name is None:
        return paths or ["."]
    if not stdin_name:
        raise OutputError("--stdin-filename: names no file")
    if paths and "-" not in paths:
        raise OutputError("--stdin-filename: standard input is not read; add - to the paths")
    return paths or ["-"]


def spare(outputs: Sequence[Output], found: Found) -> None:
    """Refuse to write a report over a file that is checked. Raises OutputError."""
    for output in outputs:
        for file in found.files:
            if STDOUT not in (file.path, output.path) and same_file(file.path, output.path):
                raise OutputError(f"--out: {output.path} is checked and would be overwritten")


def same_file(one: str, other: str) -> bool:
    """Two paths lead to one file."""
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def rendered(
    name: str, reports: Sequence[FileReport], about: About, *, statistics: bool = False
) -> str:
    """The main report; in GitHub Actions annotations follow one for people."""
    if statistics:
        return _statistics(name, reports, about)
    told = render(name, reports, about)
    if name in FOR_PEOPLE and about.service == "github":
        told += render("github", reports, about)
    return told


def _statistics(name: str, reports: Sequence[FileReport], about: About) -> str:
    from pmlint.reports import statistics

    if name == "json":
        return statistics.as_json(reports)
    return statistics.render(reports, about)


def write(output: Output, reports: Sequence[FileReport], about: About) -> None:
    """Write one report as UTF-8, without colours. Raises OutputError.

    Folders that are missing are made. What is no regular file (a pipe, a
    device) is written to; a regular file is replaced.
    """
    if output.path == STDOUT:
        from pmlint.terminal import publish

        publish(render(output.format, reports, about))
        return
    from pmlint.reports.colour import Style

    about = about._replace(style=Style())
    if output.statistics:
        told = _statistics(output.format, reports, about)
    else:
        told = render(output.format, reports, about)
    folder = os.path.dirname(output.path)
    try:
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(
            output.path, "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as sink:
            sink.writelines(_pieces(told))
    except (FileExistsError, NotADirectoryError):
        raise OutputError(f"cannot write {output.path}: {folder} is no folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        told = (reason or str(error)).lower()
        raise OutputError(f"cannot write {output.path}: {told}") from None


def _pieces(text: str, size: int = 1 << 20) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))
