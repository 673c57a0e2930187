"""Which files a run looks at: paths as given, and Markdown found in folders.

Folders are searched in the order of their names; ``.gitignore`` files and
``.git/info/exclude`` are respected from the top of the repository down. Links
that lead out of the repository (or of the folder searched, outside of one)
are not followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SUFFIXES = (".md", ".markdown")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})


class File(NamedTuple):
    """A file to check."""

    path: str
    """As given, or the folder as given with the rest of the way."""
    named: bool
    """Named on the command line, not found in a folder."""
    barred: str = ""
    """``link`` for one that leads out of the root and must not be opened."""
    name: str = ""
    """What reports call it, where that is not its path: standard input has no name."""


def status(file: File) -> list[int] | None:
    """Times and size of a regular file that may be opened; None for any other."""
    if file.path == "-" or file.barred or file.name not in ("", file.path):
        return None
    try:
        found = os.stat(file.path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return [found.st_mtime_ns, found.st_size, found.st_ctime_ns]


class Found(NamedTuple):
    """What a search brought up."""

    files: tuple[File, ...]
    links: tuple[str, ...]
    """Folders that are links out of the root and were not entered."""


def find(paths: Iterable[str], stdin_name: str = "") -> Found:
    """The files that the paths mean, in the order given, none twice.

    ``-`` stands for standard input and is passed on, with the name it is to have.
    A path that does not exist
    is passed on as a named file, so that reading it gives its finding.
    """
    files: dict[object, File] = {}
    links: list[str] = []
    places: dict[str, tuple[str, str]] = {}
    for path in paths:
        if path != "-" and _is_plain(path):
            # Thousands may be named, and of a plain file only the folder can lead elsewhere.
            folder, own = os.path.split(path)
            if folder not in places:
                places[folder] = _place(folder or os.curdir)
            begun, barred = places[folder]
            files[os.path.normcase(begun + own)] = File(path, True, barred)
        elif path != "-" and os.path.isdir(path):
            if _through_link(path):
                files.setdefault(_identity(path), File(path, True, "link"))
                continue
            for file, real in _Search(path, links).files():
                files.setdefault(os.path.normcase(real) if real else _identity(file.path), file)
        else:
            stdin = path == "-"
            name = stdin_name if stdin else ""
            files[_identity(path)] = File(path, True, "" if stdin else _bar(path), name)
    return Found(tuple(files.values()), tuple(links))


def is_markdown(name: str) -> bool:
    """True for a file name that a folder search takes for Markdown."""
    folded = name.lower()
    return folded.endswith(_SUFFIXES) or folded == "readme"


def repository(folder: str) -> str | None:
    """The top of the Git repository that holds a folder (a real path), or None."""
    here = folder
    while True:
        if os.path.exists(os.path.join(here, ".git")):
            return here
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above


def _is_plain(path: str) -> bool:
    """A regular file under its own name: no link, no folder, nothing that is not there."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def _place(folder: str) -> tuple[str, str]:
    """How the real paths of a folder's files begin, and why they must not be opened."""
    return os.path.join(os.path.realpath(folder), ""), "link" if _through_link(folder) else ""


def _identity(path: str) -> object:
    if path == "-" or "\0" in path:
        return path
    return os.path.normcase(os.path.realpath(path))


def _bar(path: str) -> str:
    """Why a named path must not be opened: it is a link that leads elsewhere."""
    if not os.path.islink(path):
        return "link" if _through_link(path) else ""
    folder = os.path.realpath(os.path.dirname(path) or ".")
    roots = (repository(folder) or folder, os.path.realpath("."))
    target = os.path.realpath(path)
    return "" if any(_inside(target, root) for root in roots) else "link"


def leads_out(file: File) -> bool:
    """A link among the folders of a path, or the file itself, leads out of the root by now."""
    return _through_link(file.path) or (file.named and bool(_bar(file.path)))


def _through_link(path: str) -> bool:
    """A path stands in the repository that is worked in, and what it leads to does not."""
    if not os.path.exists(path):
        return False
    root = os.path.realpath(".")
    root = repository(root) or root
    return _inside(os.path.abspath(path), root) and not _inside(os.path.realpath(path), root)


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


class _Search:
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
            if path.lower().endswith(_SUFFIXES):
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
                if not _inside(os.path.realpath(entry.path), self.root):
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
            _inside(target, start)
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
        return "" if _inside(os.path.realpath(real), self.root) else "link"


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


def climbs(relative: str) -> bool:
    """A relative path leaves the folder it starts from; one below ``..drafts`` does not."""
    return relative.split(os.sep, 1)[0] == os.pardir


def shown(path: str) -> str:
    """A path as people write it: from the working folder where it is below."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        # On another drive.
        return path
    return path if climbs(relative) else relative


def matchable(text: str) -> str:
    """A path, or patterns, as patterns are matched: what is no UTF-8 as private characters.

    Where google-re2 is installed, pathspec matches with it, and that takes no surrogates.
    """
    if text.isascii():
        return text
    return text.translate({0xDC00 + byte: 0x10FF00 + byte for byte in range(0x80, 0x100)})


def _lenient(lines: list[str]) -> GitIgnoreSpec:
    """Rules as Git takes them: a line that is no valid pattern matches nothing."""
    try:
        return gitignore(lines)
    except ValueError:
        return gitignore([line for line in lines if not pattern_fault(line)])


def pattern_fault(line: str) -> str:
    """What is wrong with a pattern as in .gitignore; empty where nothing is."""
    try:
        gitignore([line])
    except ValueError as error:
        return str(error)
    return ""


def gitignore(lines: Iterable[str]) -> GitIgnoreSpec:
    """Patterns as in .gitignore. Raises ValueError where one is none."""
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        # Python warns of "[[", which means nothing more to Git than what it says.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return GitIgnoreSpec.from_lines(lines)
        except ValueError:
            raise
        except Exception as error:
            # The expression made of it is refused by the engine, each with an error of its own.
            raise ValueError(str(error) or type(error).__name__) from error


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
