"""Regular files only: opening a pipe would wait for its other end, a device has no end."""

from __future__ import annotations

import os
import stat


class IrregularError(OSError):
    """The path leads to a folder, a pipe or a device."""


def read_regular(path: str, most: int) -> bytes:
    """The first ``most`` bytes of a file.

    Raises IrregularError where it is no regular one, OSError where it cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as handle:
        if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
            raise IrregularError
        return handle.read(most)
