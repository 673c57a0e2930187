"""File names as services want them: from the top of the checkout, with slashes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pmlint.reports.sanitise import visible

if TYPE_CHECKING:
    from pmlint.formats import About

STDIN = "-"


def from_root(path: str, about: About) -> str:
    """The way from the top of the checkout; absolute for a file outside of it.

    Control characters are written out.
    """
    return visible(raw_from_root(path, about))


def raw_from_root(path: str, about: About) -> str:
    """The same with the characters as they are."""
    if path == STDIN or "\0" in path:
        return path
    full = os.path.normpath(os.path.join(about.here, path))
    root = about.root or about.here
    if root and full.startswith(root.rstrip(os.sep) + os.sep):
        full = os.path.relpath(full, root)
    return full.replace(os.sep, "/")


def uri(path: str) -> str:
    """A file name as a URI reference: every byte that is not plain is percent-encoded."""
    from urllib.parse import quote

    quoted = quote(os.fsencode(path), safe="/")
    return f"file://{quoted}" if path.startswith("/") else quoted
