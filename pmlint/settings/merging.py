"""Puts the settings of one file over those before it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmlint.config import Override, Settings, selected
from pmlint.files.discovery import climbs
from pmlint.settings.layers import Layer, Root


def merged(base: Settings, layer: Layer, names: Mapping[str, str], root: Root) -> Settings:
    """``base`` with what a well-formed layer gives; ``names``: of rules, by code."""
    table = layer.table
    levels, parameters = _rules(table.get("rules", {}), names)

    def words(key: str, before: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(table[key]) if key in table else before

    return base._replace(
        template=template_path(layer, table.get("template"), root) or base.template,
        select=words("select", base.select),
        ignore=words("ignore", base.ignore),
        extend_select=(*base.extend_select, *table.get("extend-select", ())),
        size_limit=table.get("size-limit", base.size_limit),
        time_limit=table.get("time-limit", base.time_limit),
        levels={**base.levels, **levels},
        parameters=_deep(base.parameters, parameters),
        max_level=table.get("max-level", base.max_level),
        overrides=(*base.overrides, *_overrides(layer, names, root)),
        include=_anchored(layer, root, table.get("include"), base.include),
        exclude=_anchored(layer, root, table.get("exclude"), base.exclude),
        force_exclude=table.get("force-exclude", base.force_exclude),
        languages=words("languages", base.languages),
        home_zone=table.get("home-zone", base.home_zone),
        zones={**base.zones, **{key.upper(): to for key, to in table.get("zones", {}).items()}},
        fail_on=table.get("fail-on", base.fail_on),
        baseline=root.beside(layer.file, table["baseline"])
        if "baseline" in table
        else base.baseline,
        suppress=table.get("suppress", base.suppress),
        origins={**base.origins, **_origins(layer, names)},
    )


def template_path(layer: Layer, name: str | None, root: Root) -> str:
    """A template's name, or the path of its file as it is opened from here."""
    return root.beside(layer.file, name) if name and name.endswith(".toml") else name or ""


def _origins(layer: Layer, names: Mapping[str, str]) -> dict[str, str]:
    """Where each key of a layer stands: ``pyproject.toml:12``."""
    table = layer.table
    apart = ("extend", "rules", "zones", "own-rules")
    here = {key: layer.origin(key) for key in table if key not in apart}
    for selector in table.get("rules", {}):
        for code in selected(selector, names):
            here[f"rules.{code}"] = layer.origin("rules", selector)
    for zone in table.get("zones", {}):
        here[f"zones.{zone}"] = layer.origin("zones", zone)
    return here


def _overrides(layer: Layer, names: Mapping[str, str], root: Root) -> Iterator[Override]:
    for table in layer.table.get("overrides", ()):
        levels, parameters = _rules(table.get("rules", {}), names)
        yield Override(
            files=_anchored(layer, root, table.get("files"), ()),
            status=tuple(table.get("status", ())),
            template=template_path(layer, table.get("template"), root),
            select=tuple(table["select"]) if "select" in table else None,
            extend_select=tuple(table.get("extend-select", ())),
            ignore=tuple(table.get("ignore", ())),
            levels=levels,
            parameters=parameters,
            max_level=table.get("max-level", ""),
        )


def _anchored(
    layer: Layer, root: Root, patterns: Sequence[str] | None, before: tuple[str, ...]
) -> tuple[str, ...]:
    """Patterns of a file's folder as patterns of the root."""
    if patterns is None:
        return before
    folder = os.path.relpath(os.path.dirname(os.path.realpath(layer.file)), root.folder)
    prefix = "" if folder == "." or climbs(folder) else folder.replace(os.sep, "/")
    if not prefix:
        return tuple(patterns)
    return tuple(_below(prefix, pattern) for pattern in patterns)


def _below(prefix: str, pattern: str) -> str:
    sign, bare = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    deep = "/" not in bare.rstrip("/")
    return f"{sign}/{prefix}/{'**/' if deep else ''}{bare.lstrip('/')}"


def _rules(
    table: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Levels and parameters by code; single rules win over families."""
    levels: dict[str, str] = {}
    parameters: dict[str, dict[str, Any]] = {}
    for selector in sorted(table, key=lambda each: -len(selected(each, names))):
        given = table[selector]
        given = {"level": given} if isinstance(given, str) else given
        for code in selected(selector, names):
            if "level" in given:
                levels[code] = given["level"]
            rest = {key: value for key, value in given.items() if key != "level"}
            if rest:
                parameters.setdefault(code, {}).update(rest)
    return levels, parameters


def _deep(
    base: Mapping[str, Mapping[str, Any]], over: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    return {code: {**base.get(code, {}), **over.get(code, {})} for code in {*base, *over}}
