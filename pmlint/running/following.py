"""Plans of documents for programs that run on: made anew when what they come from changes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.config import FILE_NAMES, ConfigError, Finder, Settings
from pmlint.namedtuples import NamedTuple
from pmlint.running.plans import Call, Planner

if TYPE_CHECKING:
    from pmlint.engine import Plan, Trace
    from pmlint.files.discovery import File
    from pmlint.running.baseline import Baseline


class Options(NamedTuple):
    """What a call says of settings; empty where it says nothing."""

    template: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: str = ""
    isolated: bool = False


Stamps = tuple[tuple[str, int, int], ...]


class Configuration:
    """The plans of documents; made anew when a file that they come from has changed."""

    def __init__(self, options: Options, trace: Trace | None = None) -> None:
        self.options = options
        self._trace = trace
        self._stamps: dict[str, Stamps] = {}
        self._start()

    def _start(self) -> None:
        options = self.options
        self._finder = Finder(options.config, options.isolated)
        call = Call(options.template, options.select, options.ignore)
        self._planner = Planner(self._finder, call, self._trace)
        self._stamps.clear()

    def change(self, options: Options) -> None:
        """Take other settings of the client."""
        self.options = options
        self.forget()

    def forget(self) -> None:
        """Read everything anew when it is needed next."""
        self._start()

    def fresh(self, path: str) -> bool:
        """False, after forgetting everything, where a file behind a document's plan changed."""
        folder = os.path.dirname(os.path.abspath(path))
        now = _stamps(self._files(folder, path))
        if self._stamps.setdefault(folder, now) == now:
            return True
        self.forget()
        return False

    def wanted(self, file: File) -> bool:
        """False for a file that the configuration leaves out."""
        return self._planner.wanted(file)

    def settings(self, path: str) -> Settings:
        """What holds for a document, whatever its status."""
        return self._planner.settings(path)

    def plan(self, path: str) -> tuple[Plan, Baseline | None]:
        """Plan and known findings of a document.

        Raises ConfigError where the settings cannot be obeyed.
        """
        plan = self._planner.plan(path)
        settings = self.settings(path)
        known = None
        if settings.baseline:
            from pmlint.running import baseline

            known = baseline.read(settings.baseline)
        folder = os.path.dirname(os.path.abspath(path))
        # Now it is known which files the settings come from.
        self._stamps[folder] = _stamps(self._files(folder, path))
        return plan, known

    def _files(self, folder: str, path: str) -> list[str]:
        """Files that decide about a document, present or not."""
        if self.options.isolated:
            return []
        found = [self.options.config] if self.options.config else []
        here = folder
        while not self.options.config:
            found += [os.path.join(here, name) for name in FILE_NAMES]
            above = os.path.dirname(here)
            if above == here or os.path.exists(os.path.join(here, ".git")):
                break
            here = above
        try:
            settings = self._finder.settings(path)
        except ConfigError as error:
            return [*found, *(problem.file for problem in getattr(error, "problems", ()))]
        found += [settings.baseline] if settings.baseline else []
        found += [settings.template] if settings.template.endswith(".toml") else []
        origins = [_file_of(origin) for origin in settings.origins.values()]
        owned = [_file_of(where) for _, where in settings.own_rules]
        # A rule that is added changes nothing but its folder.
        folders = [os.path.dirname(file) or "." for file in owned]
        return list(dict.fromkeys((*found, *origins, *owned, *folders)))


def _file_of(origin: str) -> str:
    """``pyproject.toml`` for ``pyproject.toml:12``."""
    file, _, line = origin.rpartition(":")
    return file if file and line.isdigit() else origin


def _stamps(files: Sequence[str]) -> Stamps:
    found = []
    for file in files:
        try:
            status = os.stat(file)
        except (OSError, ValueError):
            continue
        found.append((file, status.st_mtime_ns, status.st_size))
    return tuple(found)
