"""Partitions: what one task reads, and how the plan of a scan writes them down."""

from __future__ import annotations

from typing import Any

from pmlint.namedtuples import NamedTuple


class Files(NamedTuple):
    """A number of files, each one document."""

    paths: tuple[str, ...]
    """As reports name them."""


class Rows(NamedTuple):
    """Rows of Parquet tables: each a table and a half-open range of 0-based row numbers."""

    spans: tuple[tuple[str, int, int], ...]


class Lines(NamedTuple):
    """The lines of a JSONL table that begin in a half-open range of byte offsets."""

    table: str
    start: int
    end: int
    """-1 for all the rest: a compressed table cannot be entered in the middle."""


Part = Files | Rows | Lines


def written(part: Part) -> dict[str, Any]:
    """A partition as JSON can say it."""
    if isinstance(part, Files):
        return {"files": list(part.paths)}
    if isinstance(part, Rows):
        return {"rows": [list(span) for span in part.spans]}
    return {"lines": list(part)}


def parsed(value: dict[str, Any]) -> Part:
    """The inverse of ``written``."""
    if "files" in value:
        return Files(tuple(value["files"]))
    if "rows" in value:
        return Rows(tuple((table, first, end) for table, first, end in value["rows"]))
    return Lines(*value["lines"])


class Unit(NamedTuple):
    """What one task does: a partition, or some of its documents.

    A partition on which workers die is taken apart until the document is found.
    """

    number: int
    """The partition's 0-based number in the plan."""
    part: Part
    start: int = 0
    """Documents of the partition, counted from 0; half-open."""
    stop: int | None = None
    unread: bool = False
    """Report the documents as unreadable and do not touch their text."""

    @property
    def name(self) -> str:
        """The name of its files, the same in every run."""
        whole = f"part-{self.number:06d}"
        return whole if self.stop is None else f"{whole}-{self.start}-{self.stop}"
