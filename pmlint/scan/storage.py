"""Files here and elsewhere, through fsspec."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any
from uuid import uuid4

from fsspec.core import split_protocol, url_to_fs

from pmlint.namedtuples import NamedTuple

Options = Mapping[str, Any]
"""What a storage needs to know: ``endpoint_url``, ``key``, ``anon`` and the like."""


class Place(NamedTuple):
    """A filesystem and a path in its own form."""

    fs: Any
    path: str


def is_local(url: str) -> bool:
    """True for a path, and for ``file://`` and ``local://``."""
    return split_protocol(url)[0] in (None, "file", "local")


def local_path(url: str, root: str) -> str:
    """The absolute path of a local file; ``root`` is the folder that relative ones start from."""
    return os.path.join(root, split_protocol(url)[1])


def place(url: str, root: str, options: Options) -> Place:
    """Where a URL leads. Raises ValueError or ImportError for a storage that is not known."""
    if is_local(url):
        fs, path = url_to_fs(local_path(url, root))
    else:
        fs, path = url_to_fs(url, **options)
    return Place(fs, path)


def open_binary(url: str, root: str, options: Options) -> IO[bytes]:
    fs, path = place(url, root, options)
    handle: IO[bytes] = fs.open(path, "rb")
    return handle


class Store:
    """A folder for results. A file in it is there whole or not at all."""

    def __init__(self, url: str, root: str, options: Options) -> None:
        self._fs, self._path = place(url, root, options)
        self._local = is_local(url)

    def write(self, name: str, data: bytes) -> None:
        """Put a file. Of two that write the same name at once, one wins whole."""
        path = self._full(name)
        if not self._local:
            # An object appears when its upload is complete.
            self._fs.pipe_file(path, data)
            return
        folder, base = os.path.split(path)
        os.makedirs(folder, exist_ok=True)
        passing = os.path.join(folder, f".{base}.{uuid4().hex}")
        try:
            with open(passing, "wb") as handle:
                handle.write(data)
            os.replace(passing, path)
        except BaseException:
            if os.path.exists(passing):
                os.unlink(passing)
            raise

    def read(self, name: str) -> bytes | None:
        """A file, or None where there is none."""
        try:
            data: bytes = self._fs.cat_file(self._full(name))
        except FileNotFoundError:
            return None
        return data

    def read_all(self, names: Sequence[str]) -> list[bytes]:
        """Several files at once, in the order of their names as given."""
        paths = [self._full(name) for name in names]
        if not paths:
            return []
        found: Mapping[str, bytes] = self._fs.cat(paths)
        return [found[path] for path in paths]

    def remove(self, name: str) -> None:
        self._fs.rm_file(self._full(name))

    def names(self, folder: str) -> list[str]:
        """The names in a folder below this one, sorted; none where it is not there."""
        self._fs.invalidate_cache()
        try:
            entries: Iterable[str] = self._fs.ls(self._full(folder), detail=False)
        except FileNotFoundError:
            return []
        names = (entry.rstrip("/").rsplit("/", 1)[-1] for entry in entries)
        return sorted(name for name in names if name and not name.startswith("."))

    def _full(self, name: str) -> str:
        return f"{self._path.rstrip('/')}/{name}"
