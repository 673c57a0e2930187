"""Where the standard itself lives: the TOML files of ``rules/``.

They are read once, then kept in a compiled form that is used only while names,
sizes and modification times of all files are the same.
"""

from __future__ import annotations

import marshal
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

Table = dict[str, Any]


class PolicyError(Exception):
    """The rules cannot be found or a file of them is not valid TOML."""


@cache
def folder() -> Path:
    """The folder that holds the rules: ``pmlint/rules``, else ``rules`` of a checkout.

    Raises PolicyError where neither holds a rule.
    """
    package = Path(__file__).resolve().parent
    candidates = [package / "rules"]
    if (package.parent / "pyproject.toml").is_file():
        candidates.append(package.parent / "rules")
    for candidate in candidates:
        if (candidate / "templates").is_dir() and any(candidate.rglob("*.toml")):
            return candidate
    raise PolicyError(f"no rules found in {' or '.join(map(str, candidates))}")


def table(name: str) -> Table:
    """One file of the rules, by its name without ``.toml`` (``templates/alx``)."""
    try:
        return tables()[name]
    except KeyError:
        raise PolicyError(f"rules/{name}.toml is missing") from None


@cache
def tables() -> dict[str, Table]:
    """Every TOML file below the rules folder, keyed by its path without ``.toml``."""
    root = folder()
    stamps = tuple(sorted(_stamps(root)))
    compiled = root / "__pycache__" / f"policy.{sys.implementation.cache_tag}.bin"
    try:
        held, found = marshal.loads(compiled.read_bytes())
        if held == stamps:
            return dict(found)
    except (OSError, ValueError, EOFError, TypeError):
        pass
    parsed = {name: _parse(root / f"{name}.toml") for name, _, _ in stamps}
    _keep(compiled, (stamps, parsed))
    return parsed


def _stamps(root: Path) -> list[tuple[str, int, int]]:
    found = []
    for prefix in ("", "templates/"):
        try:
            entries = list(os.scandir(root / prefix if prefix else root))
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.name.endswith(".toml"):
                status = entry.stat()
                found.append((prefix + entry.name[:-5], status.st_mtime_ns, status.st_size))
    return found


def _parse(path: Path) -> Table:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path}: {error}") from error


def _keep(path: Path, content: object) -> None:
    """Best effort: an installation that cannot be written to is read anew each time."""
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        partial.write_bytes(marshal.dumps(content))
        os.replace(partial, path)
    except (OSError, ValueError):
        try:
            partial.unlink()
        except OSError:
            pass
