"""Which files a run looks at: paths as given, and Markdown found in folders.

Links that lead out of the repository (or of the folder searched, outside of one)
are not followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SUFFIXES = (".md", ".markdown")


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
            from pmlint.files.searching import Search

            for file, real in Search(path, links).files():
                files.setdefault(os.path.normcase(real) if real else _identity(file.path), file)
        else:
            stdin = path == "-"
            name = stdin_name if stdin else ""
            files[_identity(path)] = File(path, True, "" if stdin else _bar(path), name)
    return Found(tuple(files.values()), tuple(links))


def is_markdown(name: str) -> bool:
    """True for a file name that a folder search takes for Markdown."""
    folded = name.lower()
    return folded.endswith(SUFFIXES) or folded == "readme"


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
    return "" if any(inside(target, root) for root in roots) else "link"


def leads_out(file: File) -> bool:
    """A link among the folders of a path, or the file itself, leads out of the root by now."""
    return _through_link(file.path) or (file.named and bool(_bar(file.path)))


def _through_link(path: str) -> bool:
    """A path stands in the repository that is worked in, and what it leads to does not."""
    if not os.path.exists(path):
        return False
    root = os.path.realpath(".")
    root = repository(root) or root
    return inside(os.path.abspath(path), root) and not inside(os.path.realpath(path), root)


def inside(path: str, root: str) -> bool:
    """A real path is a folder's own or below it."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


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
