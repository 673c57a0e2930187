"""Regular files only: opening a pipe would wait for its other end, a device has no end."""

from __future__ import annotations

import os
import stat
from errno import EINVAL, EISDIR


class IrregularError(OSError):
    """The path leads to a pipe, a socket or a device."""


def read_regular(path: str, most: int) -> bytes:
    """The first ``most`` bytes of a file.

    Raises IrregularError where it is none, OSError where it cannot be read or is a folder.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)
        if not stat.S_ISREG(mode):
            raise IrregularError(EINVAL, "is no regular file", path)
        with open(descriptor, "rb", closefd=False) as handle:
            return handle.read(most)
    finally:
        os.close(descriptor)
