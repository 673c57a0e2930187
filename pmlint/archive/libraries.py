"""Libraries that only the archive needs, and what to say where one is missing."""

from __future__ import annotations


class MissingLibraryError(Exception):
    """A library is not installed: one line that says which, and how to get it."""

    def __init__(self, work: str, library: str) -> None:
        super().__init__(f'{work} {library}: pip install "pmlint[report]"')
