"""Replacing a file so that it is whole at every moment: the old bytes, or the new.

The new bytes go to a temporary file in the same folder, are made durable, and
take the place of the old ones in one step. A link stays a link: the file it
leads to is replaced. The temporary file is hidden and no Markdown by its name,
so that one that a killed run left behind is never checked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL

from pmlint.files.regular import IrregularError

TEMPORARY = ".pmlint-{}.tmp"


class StaleError(Exception):
    """The file is no longer what was read."""


class ReadOnlyError(Exception):
    """Nobody may write to the file."""


def replace(path: str, old: bytes, new: bytes) -> None:
    """Put new bytes in place of the old ones; does nothing where they are equal.

    Raises StaleError where the file holds other bytes than ``old`` or its folder
    has changed places, ReadOnlyError where the file has no permission to write,
    OSError where the system refuses. The file is untouched in all these cases.
    """
    if old == new:
        return
    target = os.path.realpath(path)
    with _folder(os.path.dirname(target)) as folder:
        name = os.path.basename(target) if folder is not None else target
        status = _unchanged(name, folder, old)
        _put(name, folder, status, new, os.path.dirname(target))


def put(path: str, new: bytes) -> None:
    """Put bytes where a path says, whether a file stands there or none.

    A link that stands there is replaced, not followed; so no link makes pmlint write to a
    place that nobody named. Raises StaleError where the folder has changed places,
    IrregularError where a pipe or a device stands there, OSError where the system refuses;
    what stood there is untouched then.
    """
    where, name = os.path.split(path)
    where = os.path.realpath(where or os.curdir)
    with _folder(where) as folder:
        name = name if folder is not None else os.path.join(where, name)
        _put(name, folder, _regular(name, folder), new, where)


def _regular(name: str, folder: int | None) -> os.stat_result | None:
    """The status of a regular file; None where there is none, or a link."""
    try:
        status = os.lstat(name) if folder is None else os.lstat(name, dir_fd=folder)
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        raise IrregularError(EINVAL, "is no regular file", name)
    return status


@contextmanager
def _folder(path: str) -> Iterator[int | None]:
    """The folder held open, so that another one cannot be put in its place meanwhile."""
    if os.open not in os.supports_dir_fd or os.rename not in os.supports_dir_fd:
        yield None
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.path.realpath(path) != path:
            raise StaleError
        yield descriptor
    finally:
        # The file is in its place by now: no fault of a folder's descriptor undoes that.
        with suppress(OSError):
            os.close(descriptor)


def _unchanged(name: str, folder: int | None, old: bytes) -> os.stat_result:
    """The status of the file, after a look at its bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(name, flags, dir_fd=folder)
    with open(descriptor, "rb") as handle:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or handle.read(len(old) + 1) != old:
            raise StaleError
    if not status.st_mode & 0o222:
        raise ReadOnlyError
    return status


def _put(
    name: str, folder: int | None, status: os.stat_result | None, new: bytes, where: str
) -> None:
    temporary = TEMPORARY.format(os.urandom(8).hex())
    if folder is None:
        temporary = os.path.join(where, temporary)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        # Nobody reads the new bytes who might not read the old; a new file is as any other.
        descriptor = os.open(temporary, flags, 0o666 if status is None else 0o600, dir_fd=folder)
        with open(descriptor, "wb") as handle:
            handle.write(new)
            handle.flush()
            if status is not None:
                _inherit(descriptor, status)
            os.fsync(descriptor)
        os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
    if folder is not None:
        # The name is durable only when the folder is; some file systems cannot tell.
        with suppress(OSError):
            os.fsync(folder)


def _inherit(descriptor: int, status: os.stat_result) -> None:
    """Owner and mode of the file that is replaced."""
    if hasattr(os, "fchown"):
        now = os.fstat(descriptor)
        if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
            with suppress(OSError):
                os.fchown(descriptor, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
