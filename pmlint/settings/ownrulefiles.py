"""Collects the team's own rules from the configuration and its folder of rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmlint.config import ConfigError, Problem
from pmlint.files.discovery import shown
from pmlint.namedtuples import NamedTuple
from pmlint.settings.layers import Layer, Root, parse
from pmlint.settings.merging import template_path
from pmlint.settings.shapes import Fault, Path
from pmlint.standard import ownrules, rulebook, templates
from pmlint.standard.ownrules import OwnRule

MOST_RULE_FILES = 500
"""Files of a folder of rules."""


class Placed(NamedTuple):
    """The table of one own rule, and where it stands."""

    table: Mapping[str, Any]
    layer: Layer
    path: Path


class Known(NamedTuple):
    """All rules by code, the team's own with pmlint's, and the tables of the own ones."""

    rules: dict[str, rulebook.Rule]
    own: list[tuple[Mapping[str, Any], str]]


def load_plugins(layers: Sequence[Layer], problems: list[Problem]) -> dict[str, Any]:
    """The plugins that the layers name, by name; what cannot be loaded becomes a problem."""
    loaded: dict[str, Any] = {}
    for layer in layers:
        listed = layer.table.get("plugins", [])
        for index, name in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(name, str) and name not in loaded:
                try:
                    loaded[name] = ownrules.load_plugin(name)
                except ConfigError as error:
                    problems.append(layer.problem(Fault(("plugins", index), str(error))))
    return loaded


def known_rules(
    layers: Sequence[Layer], root: Root, plugins: Mapping[str, Any], problems: list[Problem]
) -> Known:
    """The rules that hold with these layers; faulty ones become problems."""
    known = Known({rule.code: rule for rule in rulebook.rules()}, [])
    given = [
        each for layer in layers for each in _well_formed(layer, root, tuple(plugins), problems)
    ]
    for table, layer, path in given:
        try:
            rule = ownrules.build(table, shown(layer.file), plugins)
        except ConfigError as error:
            problems.append(layer.problem(Fault((*path, "check"), str(error))))
            continue
        if twice := _taken(rule, known.rules):
            key = "code" if rule.code in known.rules else "name"
            problems.append(layer.problem(Fault((*path, key), twice)))
            continue
        known.rules[rule.code] = rule
        known.own.append((table, shown(layer.file)))
    return known


def _well_formed(
    layer: Layer, root: Root, plugins: tuple[str, ...], problems: list[Problem]
) -> Iterator[Placed]:
    """The own rules of a layer that are well formed; the others become problems."""
    shape = OwnRule(plugins)
    for table, holder, path in _given(layer, root, problems):
        try:
            faults = list(shape.check(table, path))
        except ConfigError as error:
            faults = [Fault((*path, "parameters", "pattern"), str(error))]
        if not faults:
            yield Placed(_with_templates(table, holder, path, root, faults), holder, path)
        problems.extend(holder.problem(fault) for fault in faults)


def _given(layer: Layer, root: Root, problems: list[Problem]) -> list[Placed]:
    """The tables of own rules in a layer and in its folder of rules."""
    listed = layer.table.get("own-rules", [])
    if not isinstance(listed, list):
        problems.append(layer.problem(Fault(("own-rules",), "expected a list of tables")))
        listed = []
    given = [Placed(table, layer, ("own-rules", index)) for index, table in enumerate(listed)]
    folder = layer.table.get("rules-folder")
    if isinstance(folder, str):
        try:
            files = _rule_files(root.beside(layer.file, folder), root)
            given.extend(Placed(inner.table, inner, ()) for inner in files)
        except ConfigError as error:
            faults = getattr(error, "problems", None)
            problems.extend(faults or [layer.problem(Fault(("rules-folder",), str(error)))])
    return given


def _with_templates(
    table: Mapping[str, Any], layer: Layer, path: Path, root: Root, faults: list[Fault]
) -> Mapping[str, Any]:
    """An own rule, the files of templates in its examples as they are opened from here."""
    placed: dict[str, list[Any]] = {}
    for kind, examples in table.get("examples", {}).items():
        placed[kind] = []
        for index, example in enumerate(examples):
            name = example.get("template", "")
            try:
                if name.endswith(".toml"):
                    example = {**example, "template": template_path(layer, name, root)}
                    templates.from_file(example["template"])
            except ConfigError as error:
                at: Path = (*path, "examples", kind, index, "template")
                faults.append(Fault(at, str(error)))
            placed[kind].append(example)
    return {**table, "examples": placed} if placed else table


def _rule_files(folder: str, root: Root) -> list[Layer]:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except OSError as error:
        raise ConfigError(
            f"the folder {shown(folder)} cannot be read: {(error.strerror or '').lower()}"
        ) from None
    if len(names) > MOST_RULE_FILES:
        raise ConfigError(f"{shown(folder)} holds more than {MOST_RULE_FILES} rules")
    paths = [root.inside(os.path.join(folder, name)) for name in names]
    return [parse(path, path, whole=True) for path in paths]


def _taken(rule: rulebook.Rule, rules: Mapping[str, rulebook.Rule]) -> str:
    """What to say of an own rule that takes the code or the name of another."""
    if rule.code in rules:
        return f"the code {rule.code} is taken ({rules[rule.code].name})"
    taken = next((code for code, each in rules.items() if each.name == rule.name), "")
    return f"the name `{rule.name}` is taken ({taken})" if taken else ""
