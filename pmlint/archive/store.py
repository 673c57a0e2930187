"""What the archive held when it was read last, file by file.

Kept beside the results of ``pmlint check``. A file is read again where its size or times
differ, and all of them where pmlint or its settings do. Whatever is wrong with the store,
the worst that comes of it is a file read again.
"""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pmlint.archive.passages import Passage
from pmlint.files import discovery
from pmlint.running import cache

if TYPE_CHECKING:
    from pmlint.files.discovery import File

_FORM = 1
"""Raised with every change of what is written, or of what a passage is."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has other times."""


class Store:
    """Passages by file; ``folder`` is where the store lies, empty where nothing is kept."""

    def __init__(self, folder: str, about: str) -> None:
        name = f"archive-{zlib.crc32(about.encode('utf-8', 'surrogatepass')):08x}.json"
        self._folder = folder
        self._path = os.path.join(folder, name) if folder else ""
        self._key = f"{_FORM} {cache.edition()}" if folder else ""
        self._changed = False
        self._entries: dict[str, list[Any]] = {}
        if folder:
            with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
                with open(self._path, encoding="ascii") as handle:
                    head, body = handle.readline(16), handle.read()
                found = json.loads(body) if int(head, 16) == zlib.crc32(body.encode()) else {}
                if found.get("key") == self._key:
                    self._entries = dict(found["entries"])

    def find(self, file: File, settings: str) -> list[Passage] | None:
        """What was held of a file that has not changed."""
        if not self._path or not settings:
            return None
        entry = self._entries.get(file.path)
        with suppress(TypeError, ValueError, IndexError):
            if entry is None:
                return None
            noted, known, rows = entry
            if noted == discovery.status(file) and known == _short(settings):
                return [Passage(*row) for row in rows]
        return None

    def keep(
        self, file: File, settings: str, status: list[int] | None, held: list[Passage]
    ) -> None:
        """Keep what a file holds; ``status`` is from before it was read."""
        from time import time_ns

        if not self._path or not settings or status is None:
            return
        if max(status[0], status[2]) + _SETTLED < time_ns():
            self._entries[file.path] = [status, _short(settings), [list(each) for each in held]]
            self._changed = True

    def save(self, files: list[File]) -> None:
        """Write what is new and drop what is gone; silent where that cannot be."""
        if not self._changed:
            return
        there = {file.path for file in files}
        entries = {path: entry for path, entry in self._entries.items() if path in there}
        body = json.dumps({"key": self._key, "entries": entries}, separators=(",", ":"))
        partial = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            os.makedirs(self._folder, exist_ok=True)
            ignored = os.path.join(self._folder, ".gitignore")
            if not os.path.lexists(ignored):
                with open(ignored, "x", encoding="ascii") as handle:
                    handle.write("*\n")
            try:
                with open(partial, "x", encoding="ascii") as handle:
                    handle.write(f"{zlib.crc32(body.encode()):08x}\n{body}")
                os.replace(partial, self._path)
            except OSError:
                os.unlink(partial)


def open_store(cache_dir: str | None, folder: str) -> Store:
    """The store for an archive; ``cache_dir`` is None where nothing is kept."""
    place = cache.folder(cache_dir) if cache_dir is not None else ""
    return Store(place, f"{folder}\n{os.path.realpath(folder or '.')}")


def _short(settings: str) -> str:
    return cache.digest(settings)
