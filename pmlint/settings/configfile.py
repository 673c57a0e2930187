"""Reads a configuration file: every fault in it is found, none is forgiven.

Reads files inside the root only (the repository that holds the configuration, or its
folder outside of one), runs nothing, and gives settings with the place each comes from.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmlint.config import ConfigError, FaultyFile, Problem, Settings
from pmlint.files.discovery import repository, shown
from pmlint.settings.configshape import shape
from pmlint.settings.layers import Layer, Root, parse
from pmlint.settings.merging import merged
from pmlint.settings.ownrulefiles import known_rules, load_plugins
from pmlint.settings.shapes import Fault, Path
from pmlint.standard import templates

MOST_EXTENDED = 20
"""Files of which each extends the next."""


def has_table(file: str) -> bool:
    """True for a ``pyproject.toml`` with a table ``[tool.pmlint]``, or one not to be read."""
    try:
        tool = parse(file, file, whole=True).table.get("tool")
    except ConfigError:
        return True
    return isinstance(tool, dict) and "pmlint" in tool


def load(file: str, *, trusted: bool = False) -> Settings:
    """The settings of a configuration file and of those it extends.

    ``trusted``: the file was named on the command line and may stand anywhere.
    Raises FaultyFile with everything that is wrong.
    """
    folder = os.path.dirname(os.path.realpath(file)) if trusted else os.path.dirname(file)
    real = os.path.realpath(folder)
    root = Root(repository(real) or real)
    settings, problems = _settings(list(_layers(root, file, trusted)), root)
    if problems:
        raise FaultyFile(problems)
    return settings._replace(file=file, root=root.folder)


def _layers(root: Root, file: str, trusted: bool, seen: tuple[str, ...] = ()) -> Iterator[Layer]:
    """The files that a file extends, then the file itself."""
    real = os.path.realpath(file)
    if real in seen:
        chain = " → ".join(shown(each) for each in (*seen[seen.index(real) :], real))
        raise ConfigError(f"{shown(file)}: extends itself: {chain}")
    if len(seen) >= MOST_EXTENDED:
        raise ConfigError(f"{shown(file)}: more than {MOST_EXTENDED} files extend each other")
    layer = parse(file, file if trusted else root.inside(file))
    extended = layer.table.get("extend", [])
    listed = [extended] if isinstance(extended, str) else extended
    # What is neither a text nor a list is told with the faults of the other keys.
    for index, name in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(name, str):
            path: Path = ("extend",) if isinstance(extended, str) else ("extend", index)
            try:
                yield from _layers(root, root.beside(file, name), False, (*seen, real))
            except FaultyFile:
                raise
            except ConfigError as error:
                raise FaultyFile([layer.problem(Fault(path, str(error)))]) from None
    yield layer


def _settings(layers: Sequence[Layer], root: Root) -> tuple[Settings, list[Problem]]:
    """Settings of all layers, later ones over earlier ones, and what is wrong."""
    problems: list[Problem] = []
    plugins = load_plugins(layers, problems)
    known = known_rules(layers, root, plugins, problems)
    names = {code: rule.name for code, rule in known.rules.items()}
    expected = shape(names, known.rules, tuple(plugins))
    settings = Settings(own_rules=tuple(known.own), plugins=tuple(plugins))
    for layer in layers:
        faults = list(_headed(layer)) or list(expected.check(_without_own(layer.table), ()))
        faults.extend((*_paths(layer, root), *_by_status(layer)))
        problems.extend(layer.problem(fault) for fault in faults)
        if not faults:
            settings = merged(settings, layer, names, root)
    return settings, sorted(set(problems), key=lambda each: (each.file, each.line, each.column))


def _paths(layer: Layer, root: Root) -> Iterator[Fault]:
    """Templates and baselines that are files: inside the root, and well formed."""
    table = layer.table
    named: list[tuple[Path, Any]] = [(("template",), table.get("template"))]
    named += [(("overrides", at, "template"), each.get("template")) for at, each in _tables(layer)]
    for path, name in named:
        if isinstance(name, str) and name.endswith(".toml"):
            try:
                templates.from_file(root.beside(layer.file, name))
            except ConfigError as error:
                yield Fault(path, str(error))
    if isinstance(baseline := table.get("baseline"), str):
        try:
            root.beside(layer.file, baseline)
        except ConfigError as error:
            yield Fault(("baseline",), str(error))


def _by_status(layer: Layer) -> Iterator[Fault]:
    """Overrides that choose a template by a status."""
    for index, override in _tables(layer):
        if override.get("status") and override.get("template"):
            yield Fault(
                ("overrides", index, "template"),
                "a template is chosen by `files`, not by `status`: it decides how the status"
                " is read",
            )


def _tables(layer: Layer) -> Iterator[tuple[int, dict[str, Any]]]:
    """The overrides of a layer that are tables, each with its index."""
    listed = layer.table.get("overrides", [])
    for index, override in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(override, dict):
            yield index, override


def _headed(layer: Layer) -> Iterator[Fault]:
    """``[tool.pmlint]`` in a file of its own: nobody else's keys stand there."""
    for name in ("tool", "pmlint"):
        if isinstance(layer.table.get(name), dict):
            head = "tool.pmlint" if name == "tool" else name
            told = f"leave out `[{head}]`: in {os.path.basename(layer.file)} keys need no heading"
            yield Fault((name,), told, True)


def _without_own(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what has been checked already."""
    return {key: value for key, value in table.items() if key != "own-rules"}
