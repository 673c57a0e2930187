"""Markdown found in a folder.

Folders are searched in the order of their names; ``.gitignore`` files and
``.git/info/exclude`` are respected from the top of the repository down.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.files.discovery import (
    SUFFIXES,
    File,
    gitignore,
    inside,
    is_markdown,
    matchable,
    pattern_fault,
    repository,
)

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})


class Search:
    """One folder given on the command line."""

    def __init__(self, start: str, links: list[str]) -> None:
        self.start = start
        self.links = links
        real = os.path.realpath(start)
        top = repository(real)
        self.root = top or real
        self.ignored = _Ignored(real, top)

    def files(self) -> Iterator[tuple[File, str]]:
        """The Markdown files below the folder, sorted by the parts of their paths.

        With the real path of each, or an empty text where it must be asked for.
        """
        pending = [(self.start, os.path.realpath(self.start), False)]
        while pending:
            path, real, plain = pending.pop()
            if plain:
                # No link: below a real path its own is real, too.
                yield File(path, False), real
                continue
            if not os.path.isdir(real):
                yield File(path, False, self._bar_found(path, real)), ""
                continue
            if path.lower().endswith(SUFFIXES):
                # Whoever takes it for a document must not believe that it was checked.
                yield File(path, False), ""
            try:
                entries = sorted(os.scandir(real), key=lambda entry: entry.name, reverse=True)
            except OSError:
                # Reading it gives the finding that says why.
                yield File(path, False), ""
                continue
            self.ignored.enter(real)
            for entry in entries:
                if self._wanted(entry, path):
                    plain = entry.is_file(follow_symlinks=False)
                    pending.append((_join(path, entry.name), entry.path, plain))

    def _wanted(self, entry: os.DirEntry[str], folder: str) -> bool:
        if entry.name.startswith("."):
            return False
        is_link = entry.is_symlink()
        if _is_folder(entry):
            if is_link:
                # A folder inside the root is found at its own place.
                if not inside(os.path.realpath(entry.path), self.root):
                    self.links.append(_join(folder, entry.name))
                return False
            if entry.name in _SKIPPED_FOLDERS or os.path.exists(
                os.path.join(entry.path, "pyvenv.cfg")
            ):
                return False
            return not self.ignored.matches(entry.path, folder=True)
        if not is_markdown(entry.name) or self.ignored.matches(entry.path, folder=False):
            return False
        # A link to a file that the search finds by itself would be a second report.
        return not (is_link and self._found_elsewhere(entry.path))

    def _found_elsewhere(self, link: str) -> bool:
        target = os.path.realpath(link)
        start = os.path.realpath(self.start)
        return (
            inside(target, start)
            and os.path.isfile(target)
            and is_markdown(os.path.basename(target))
            and not self._hidden(target, start)
            and not self.ignored.matches(target, folder=False)
        )

    def _hidden(self, target: str, start: str) -> bool:
        parts = os.path.relpath(target, start).split(os.sep)
        return any(part.startswith(".") or part in _SKIPPED_FOLDERS for part in parts)

    def _bar_found(self, path: str, real: str) -> str:
        if not os.path.islink(real):
            return ""
        return "" if inside(os.path.realpath(real), self.root) else "link"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _join(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)


class _Ignored:
    """The ``.gitignore`` files between the top of a repository and a folder."""

    def __init__(self, start: str, top: str | None) -> None:
        self._specs: dict[str, GitIgnoreSpec] = {}
        if top is None:
            return
        exclude = _exclude_file(top)
        if exclude is not None:
            self._read(exclude, top)
        above = [start]
        while above[-1] != top:
            above.append(os.path.dirname(above[-1]))
        for folder in reversed(above[1:]):
            self.enter(folder)
        # A folder that is named is searched, though a rule above leaves it out.
        if start != top and self.matches(start, folder=True):
            self._specs.clear()

    def enter(self, folder: str) -> None:
        """Take up the rules that a folder holds."""
        self._read(os.path.join(folder, ".gitignore"), folder)

    def matches(self, path: str, *, folder: bool) -> bool:
        """True when the deepest rule that speaks of the path leaves it out."""
        if not self._specs:
            return False
        here = os.path.dirname(path)
        while True:
            spec = self._specs.get(here)
            if spec is not None:
                relative = matchable(os.path.relpath(path, here).replace(os.sep, "/"))
                verdict = spec.check_file(relative + "/" if folder else relative).include
                if verdict is not None:
                    return verdict
            above = os.path.dirname(here)
            if above == here:
                return False
            here = above

    def _read(self, path: str, folder: str) -> None:
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):
                return
            with open(path, encoding="utf-8", errors="surrogateescape") as handle:
                lines = matchable(handle.read(1_000_000)).splitlines()
        except OSError:
            return
        held = self._specs.get(folder)
        spec = _lenient(lines)
        # Rules of the folder itself stand behind those of info/exclude and win.
        self._specs[folder] = spec if held is None else held + spec


def _lenient(lines: list[str]) -> GitIgnoreSpec:
    """Rules as Git takes them: a line that is no valid pattern matches nothing."""
    try:
        return gitignore(lines)
    except ValueError:
        return gitignore([line for line in lines if not pattern_fault(line)])


def _exclude_file(top: str) -> str | None:
    """``info/exclude`` of a repository, or of the one a worktree belongs to."""
    git = os.path.join(top, ".git")
    if os.path.isdir(git):
        return os.path.join(git, "info", "exclude")
    from pmlint.files.regular import read_regular

    try:
        pointer = read_regular(git, 4096).decode().strip()
        if not pointer.startswith("gitdir: "):
            return None
        own = os.path.join(top, pointer.removeprefix("gitdir: "))
        common = read_regular(os.path.join(own, "commondir"), 4096).decode().strip()
    except (OSError, ValueError):
        return None
    return None if "\0" in common else os.path.join(own, common, "info", "exclude")
