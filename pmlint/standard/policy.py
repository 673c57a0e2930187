"""Where the standard itself lives: the TOML files of ``rules/``.

They are read once, then kept in a compiled form that is used only while names, sizes and
modification times of all files, and of the module that made it, are the same. What takes
long to make of them is kept there, too.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Table = dict[str, Any]


class PolicyError(Exception):
    """The rules cannot be found or a file of them is not valid TOML."""


@cache
def folder() -> Path:
    """The folder that holds the rules: ``pmlint/rules``, else ``rules`` of a checkout.

    Raises PolicyError where neither holds a rule.
    """
    from pathlib import Path

    return Path(folder_name())


@cache
def folder_name() -> str:
    """The same as a text."""
    # pathlib would take longer to import than all rules to load.
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    above = os.path.dirname(package)
    candidates = [os.path.join(package, "rules")]
    if os.path.isfile(os.path.join(above, "pyproject.toml")):
        candidates.append(os.path.join(above, "rules"))
    for candidate in candidates:
        if os.path.isdir(os.path.join(candidate, "templates")) and _holds_files(candidate):
            return candidate
    raise PolicyError(f"no rules found in {' or '.join(candidates)}")


@cache
def stamps() -> tuple[tuple[str, int, int], ...]:
    """Name, modification time and size of every file of the rules, sorted."""
    return tuple(sorted(_stamps(folder_name())))


def table(name: str) -> Table:
    """One file of the rules, by its name without ``.toml`` (``templates/alx``)."""
    try:
        return tables()[name]
    except KeyError:
        raise PolicyError(f"rules/{name}.toml is missing") from None


@cache
def tables() -> Mapping[str, Table]:
    """Every TOML file below the rules folder, keyed by its path without ``.toml``."""
    return _Tables(made("policy", _common))


class _Tables(Mapping[str, Table]):
    """The tables, each read when it is asked for: from what is kept, or from its file."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self._kept = kept
        self._held: dict[str, Table] = {}
        self._names = tuple(name for name, _, _ in stamps())

    def __getitem__(self, name: str) -> Table:
        if name not in self._held:
            if name not in self._names:
                raise KeyError(name)
            kept = self._kept.get(name)
            self._held[name] = _parse(name) if kept is None else marshal.loads(kept)
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def rule_names() -> tuple[str, ...]:
    """The files that hold a rule each (``pm402-timeline-order``)."""
    return tuple(name for name, _, _ in stamps() if _holds_rule(name))


def _holds_rule(name: str) -> bool:
    return name.startswith("pm") and "/" not in name


@cache
def made(name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` makes of the files, kept in a file of that name until one of them changes.

    It is made anew, too, where the module of ``make`` changed. It consists of lists, tuples,
    dictionaries, texts, bytes, numbers and truth values.
    """
    try:
        with open(_path(name), "rb") as handle:
            held, found = marshal.loads(handle.read())
        if held == _stamp(make):
            return found
    except (OSError, ValueError, EOFError, TypeError):
        pass
    found = make()
    renew(name, make, found)
    return found


def renew(name: str, make: Callable[[], Any], found: Any) -> None:
    """Keep something else as what ``make`` made, for the runs to come."""
    keep(_path(name), marshal.dumps((_stamp(make), found)))


def _path(name: str) -> str:
    return os.path.join(folder_name(), "__pycache__", f"{name}.{sys.implementation.cache_tag}.bin")


def _stamp(make: Callable[[], Any]) -> Any:
    return stamps(), _edition(make.__code__.co_filename)


def _edition(path: str) -> tuple[int, int]:
    """Modification time and size of a module; zeros where it is in no file of its own."""
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _common() -> dict[str, bytes]:
    """The tables but those of rules, of which no run needs all, each in a form of its own."""
    names = (name for name, _, _ in stamps() if not _holds_rule(name))
    return {name: marshal.dumps(_parse(name)) for name in names}


def _holds_files(root: str) -> bool:
    return any(name.endswith(".toml") for name in os.listdir(root))


def _stamps(root: str) -> list[tuple[str, int, int]]:
    found = []
    for prefix in ("", "templates/"):
        try:
            entries = list(os.scandir(os.path.join(root, prefix)))
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.name.endswith(".toml"):
                status = entry.stat()
                found.append((prefix + entry.name[:-5], status.st_mtime_ns, status.st_size))
    return found


def _parse(name: str) -> Table:
    import tomllib

    path = os.path.join(folder_name(), f"{name}.toml")
    try:
        with open(path, "rb") as handle:
            return tomllib.load(handle)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path}: {error}") from error


def keep(path: str, content: bytes) -> None:
    """Write a compiled form. An installation that cannot be written to goes without."""
    partial = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(partial, "wb") as handle:
            handle.write(content)
        os.replace(partial, path)
    except OSError:
        if os.path.exists(partial):
            os.unlink(partial)
