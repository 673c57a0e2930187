"""From a document's path to the plan it is checked with.

What the command line says wins over the overrides of a configuration file, these over
its other settings, and these over the defaults.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pmlint.config import Finder, Override, Settings, codes
from pmlint.files.discovery import File, climbs, gitignore, matchable
from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from pmlint.engine import Plan, Trace


class Call(NamedTuple):
    """What the command line says; empty where it says nothing."""

    template: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    suppress: bool = True
    cache_dir: str | None = None
    """Where results of earlier runs are kept: empty for the usual place, None for nowhere."""


class Planner:
    """Makes the plan of each document, each different one once."""

    def __init__(
        self, finder: Finder, call: Call, trace: Trace | None = None, *, quiet: bool = True
    ) -> None:
        """``quiet`` is False where a terminal may be told how far the reading of an archive is."""
        self._finder = finder
        self._call = call
        self._trace = trace
        self.quiet = quiet
        self._plans: dict[tuple[str, tuple[int, ...]], Plan] = {}
        self._prints: dict[tuple[str, tuple[int, ...]], str] = {}

    def plan(self, path: str = "-") -> Plan:
        """The plan for a document. Raises ConfigError where settings cannot be obeyed."""
        base = self._finder.settings(path)
        fitting = _fitting(base, path)
        key = (base.file, fitting)
        if key not in self._plans:
            self._plans[key] = self._make(base, [base.overrides[index] for index in fitting])
        return self._plans[key]

    def fingerprint(self, path: str) -> str:
        """What stands for all settings of a document; empty where results must not be kept.

        Plugins may do anything, and a fault that is to be traced must happen.
        """
        base = self._finder.settings(path)
        key = (base.file, _fitting(base, path))
        if key not in self._prints:
            self._prints[key] = self._print(base, key)
        return self._prints[key]

    def _print(self, base: Settings, key: tuple[str, tuple[int, ...]]) -> str:
        if base.plugins or self._trace is not None:
            return ""
        parts = [repr(base), repr(key), repr(self._call)]
        for name in {base.template, self._call.template, *(o.template for o in base.overrides)}:
            if name.endswith(".toml"):
                from pmlint.running.cache import file_stamp

                parts.append(file_stamp(name))
        return " ".join(parts)

    def settings(self, path: str = "-") -> Settings:
        """What holds for a document, whatever its status."""
        base = self._finder.settings(path)
        fitting = [
            override
            for override in base.overrides
            if not override.status
            and (not override.files or matches(override.files, path, base.root))
        ]
        return _called(_overridden(base, fitting), self._call)

    def wanted(self, file: File) -> bool:
        """False for a file that the configuration leaves out."""
        name = file.name or file.path
        settings = self._finder.settings(name)
        if file.path == "-" or (file.named and not settings.force_exclude):
            return True
        if settings.exclude and matches(settings.exclude, name, settings.root):
            return False
        everything = file.named or not settings.include
        return everything or matches(settings.include, name, settings.root)

    def _make(self, base: Settings, overrides: Iterable[Override]) -> Plan:
        listed = list(overrides)
        plain = [override for override in listed if not override.status]
        plan = self._prepared(base, plain)
        by_status = [override.status for override in listed if override.status]
        if not by_status:
            return plan
        stages = []
        for words in dict.fromkeys(word for status in by_status for word in status):
            held = [each for each in listed if not each.status or word_fits(words, each.status)]
            stages.append(((words,), self._prepared(base, held)))
        return plan._replace(stages=tuple(stages))

    def _prepared(self, base: Settings, overrides: Iterable[Override]) -> Plan:
        settings = _called(_overridden(base, overrides), self._call)
        from pmlint.standard import patterns

        patterns.restore()
        from pmlint import engine

        plan = engine.prepare(settings, self._trace)
        if any(rule.check == "recurrence.recurring" for rule in plan.rules):
            from pmlint.archive import collection

            return collection.provided(plan, settings, self, self._call.cache_dir)
        return plan


def _fitting(base: Settings, path: str) -> tuple[int, ...]:
    """The overrides that a document's path calls for."""
    if not base.overrides:
        return ()
    return tuple(
        index
        for index, override in enumerate(base.overrides)
        if not override.files or matches(override.files, path, base.root)
    )


def word_fits(word: str, status: Iterable[str]) -> bool:
    """True when a status word begins with one of those of an override."""
    return word.casefold().startswith(tuple(each.casefold() for each in status))


def matches(patterns: tuple[str, ...], path: str, root: str) -> bool:
    """True when patterns as in ``.gitignore``, from the root, cover a path."""
    if path == "-":
        return False
    real = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))
    relative = os.path.relpath(real, root)
    return not climbs(relative) and _spec(patterns).match_file(
        matchable(relative.replace(os.sep, "/"))
    )


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    return gitignore(patterns)


def _overridden(settings: Settings, overrides: Iterable[Override]) -> Settings:
    for override in overrides:
        settings = settings._replace(
            template=override.template or settings.template,
            select=settings.select if override.select is None else override.select,
            extend_select=(*settings.extend_select, *override.extend_select),
            ignore=(*settings.ignore, *override.ignore),
            levels={**settings.levels, **override.levels},
            parameters=_both(settings.parameters, override.parameters),
            max_level=override.max_level or settings.max_level,
        )
    return settings


def _called(settings: Settings, call: Call) -> Settings:
    """Settings under what the command line says."""
    levels: Mapping[str, str] = settings.levels
    ignored = settings.ignore
    if call.select:
        from pmlint.standard import rulebook

        # Who asks for a rule by name gets it, whatever the configuration switches off.
        own = {table["code"]: table["name"] for table, _ in settings.own_rules}
        names = {rule.code: rule.name for rule in rulebook.rules()} | own
        wanted = codes(call.select, names, "--select")
        levels = {
            code: level for code, level in levels.items() if not (level == "off" and code in wanted)
        }
        ignored = ()
    parameters: Mapping[str, Mapping[str, Any]] = settings.parameters
    if settings.zones or settings.home_zone:
        from pmlint.statements import homezone

        zones = homezone.meanings(settings.zones, settings.home_zone)
        settings = settings._replace(zones=zones)
        parameters = _both({"PM207": {"extend-zones": sorted(zones)}}, parameters)
    return settings._replace(
        template=call.template or settings.template,
        select=call.select or settings.select,
        extend_select=() if call.select else settings.extend_select,
        ignore=(*ignored, *call.ignore),
        levels=levels,
        parameters=parameters,
        suppress=settings.suppress and call.suppress,
    )


def _both(
    base: Mapping[str, Mapping[str, Any]], over: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Mapping[str, Any]]:
    if not over:
        return base
    return {code: {**base.get(code, {}), **over.get(code, {})} for code in {*base, *over}}
