"""One TOML file of settings: its table, where each key stands, and what it may name."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pmlint.config import ConfigError, FaultyFile, Problem
from pmlint.files.discovery import shown
from pmlint.files.regular import IrregularError, read_regular
from pmlint.findings import Source
from pmlint.namedtuples import NamedTuple
from pmlint.settings.shapes import Fault, Path, Shape
from pmlint.settings.tomlplaces import Place, nearest_place, places
from pmlint.suggest import nearest, question

LARGEST = 1_000_000
"""Bytes of a configuration file."""


class Root(NamedTuple):
    """The folder outside of which nothing is read that a file names."""

    folder: str

    def beside(self, file: str, name: str) -> str:
        """The path of a file that another names. Raises ConfigError for one outside."""
        if "\0" in name:
            raise ConfigError("no path can hold the character U+0000")
        return self.inside(os.path.join(os.path.dirname(file), os.path.expanduser(name)))

    def inside(self, path: str) -> str:
        """The same path. Raises ConfigError for one outside."""
        real = os.path.realpath(path)
        if real != self.folder and not real.startswith(self.folder.rstrip(os.sep) + os.sep):
            raise ConfigError(
                f"{shown(path)} leads out of the repository; --config FILE reads it all the same"
            )
        return path


class Layer(NamedTuple):
    """One file's table, and where things stand in it."""

    file: str
    text: str
    table: Mapping[str, Any]
    prefix: Path
    """What stands before the table's own keys: ``("tool", "pmlint")``."""

    def problem(self, fault: Fault) -> Problem:
        """A fault with its line, column and excerpt."""
        source, found = _scanned(self.text)
        place = nearest_place(found, (*self.prefix, *fault.path))
        span = place.key if fault.at_key else place.value
        line, column = source.place(span.start)
        excerpt = source.line_text(line - 1)
        width = max(1, min(span.end - span.start, len(excerpt) - column + 1))
        return Problem(shown(self.file), line, column, fault.message, excerpt, width)

    def origin(self, *path: str | int) -> str:
        """``pyproject.toml:12`` for a key."""
        source, found = _scanned(self.text)
        place = nearest_place(found, (*self.prefix, *path))
        return f"{shown(self.file)}:{source.place(place.key.start).line}"


@lru_cache(maxsize=16)
def _scanned(text: str) -> tuple[Source, dict[Path, Place]]:
    """A text with its lines and the places of its keys, made once for all its faults."""
    return Source(text), places(text)


def parse(file: str, path: str, *, whole: bool = False) -> Layer:
    """The table of a file. Raises ConfigError where it cannot be read."""
    text = read(path)
    name = shown(file)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFile([toml_problem(name, text, error)]) from None
    except RecursionError:
        raise ConfigError(f"{name}: nested too deeply") from None
    if whole or os.path.basename(file) != "pyproject.toml":
        return Layer(file, text, table, ())
    tool = table.get("tool", {})
    ours = tool.get("pmlint", {}) if isinstance(tool, dict) else {}
    if not isinstance(ours, dict):
        raise ConfigError(f"{name}: tool.pmlint is no table")
    return Layer(file, text, ours, ("tool", "pmlint"))


def toml_problem(name: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    """A syntax error with its place, which TOML tells only in words."""
    import re

    told = str(error)
    match = re.search(r" \(at line (\d+), column (\d+)\)$", told)
    source = Source(text)
    line = int(match[1]) if match else len(source.starts)
    column = int(match[2]) if match else 1
    message = told[: match.start()] if match else told.removesuffix(" (at end of document)")
    excerpt = source.line_text(min(line, len(source.starts)) - 1)
    if message == "Invalid value" and excerpt[column - 1 : column].isalpha():
        message += "; a text stands in quotes"
    return Problem(
        name, line, column, f"not valid TOML: {message[:1].lower()}{message[1:]}", excerpt, 1
    )


def read(path: str) -> str:
    """The text of a configuration file. Raises ConfigError where it cannot be read."""
    name = shown(path)
    try:
        data = read_regular(path, LARGEST + 1)
    except IrregularError:
        raise ConfigError(f"{name}: is no regular file") from None
    except FileNotFoundError:
        near = _neighbour(path)
        raise ConfigError(f"{name}: there is no such file{near}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError(f"{name}: cannot be read: {(reason or '').lower()}") from None
    if len(data) > LARGEST:
        raise ConfigError(f"{name}: is larger than {LARGEST:,} bytes")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: is not UTF-8") from None


def _neighbour(path: str) -> str:
    folder, name = os.path.split(path)
    try:
        return question(nearest(name, sorted(os.listdir(folder or "."))))
    except OSError:
        return ""


def checked(path: str, shape: Shape) -> Mapping[str, Any]:
    """The table of a file other than the configuration.

    Raises ConfigError where it cannot be read, FaultyFile where it is not of the shape.
    """
    layer = parse(path, path, whole=True)
    faults = list(shape.check(layer.table, ()))
    if faults:
        raise FaultyFile([layer.problem(fault) for fault in faults])
    return layer.table
