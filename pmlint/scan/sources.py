"""SOURCE → partitions: files by pattern or folder, or tables of documents."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pmlint.namedtuples import NamedTuple
from pmlint.scan.parts import Files, Lines, Part, Rows
from pmlint.scan.storage import Options, is_local, local_path, open_binary, place

PARQUET = (".parquet", ".parq", ".pq")
LINES = (".jsonl", ".ndjson")
_SIGNS = frozenset("*?[")
_SAMPLE = 1 << 20
"""Bytes of a JSONL table that tell how long its lines are."""


class SourceError(Exception):
    """A source that cannot be read at all: one line that says why and what to write."""


class Columns(NamedTuple):
    """Where a table keeps name and text of a document."""

    path: str = "path"
    text: str = "text"


class Listed(NamedTuple):
    """What a source holds."""

    parts: Iterator[Part]
    folder: bool = False
    """The files were found in a folder and not named, not even by a pattern."""


def listed(source: str, root: str, options: Options, columns: Columns, size: int) -> Listed:
    """The partitions of a source, in the order of its names, each of about ``size`` documents.

    Raises SourceError where nothing is there or it has no such columns.
    """
    try:
        names, folder = _names(source, root, options)
        tables = [name for name in names if _is_table(name)]
        if not tables:
            return Listed((Files(chunk) for chunk in _chunks(names, size)), folder)
        if len(tables) < len(names):
            raise SourceError(
                f"`{source}` means tables and other files; "
                f"scan them one by one, for example `{tables[0]}`"
            )
        parts = list(_table_parts(tables, root, options, columns, size))
    except (ImportError, OSError, ValueError) as error:
        raise SourceError(f"cannot read `{source}`: {_reason(error)}") from error
    if not parts:
        raise SourceError(f"`{source}` holds no rows")
    return Listed(iter(parts))


def _reason(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) else None
    return " ".join(str(told or error).split()) or type(error).__name__


def _names(source: str, root: str, options: Options) -> tuple[list[str], bool]:
    """The files that a source means, and whether it is a folder."""
    if is_local(source):
        return _local_names(source, root)
    fs, path = place(source, root, options)
    if _SIGNS & set(path):
        # A pattern may match folders; those are no documents.
        found: dict[str, Any] = fs.glob(path, detail=True)
        names = [name for name, about in found.items() if about.get("type") == "file"]
    elif fs.isfile(path):
        return [source], False
    else:
        from pmlint.files.discovery import is_markdown

        names = [name for name in fs.find(path) if is_markdown(name.rsplit("/", 1)[-1])]
        return [fs.unstrip_protocol(name) for name in sorted(names)], True
    return [fs.unstrip_protocol(name) for name in sorted(names)], False


def _local_names(source: str, root: str) -> tuple[list[str], bool]:
    from pmlint.files import discovery

    full = local_path(source, root)
    given = full if "://" in source else source
    if os.path.isdir(full):
        return [file.path for file in discovery.find([given]).files], True
    if os.path.isfile(full):
        return [given], False
    if not _SIGNS & set(given):
        raise SourceError(f"no file or folder `{source}`")
    names = glob.iglob(given, root_dir=root, recursive=True)
    return sorted(name for name in names if os.path.isfile(os.path.join(root, name))), False


def _is_table(name: str) -> bool:
    return name.lower().endswith(PARQUET) or _is_lines(name)


def _is_lines(name: str) -> bool:
    stem, suffix = os.path.splitext(name.lower())
    return suffix in LINES or (_compression(name) and os.path.splitext(stem)[1] in LINES)


def _compression(name: str) -> bool:
    from fsspec.utils import infer_compression

    return infer_compression(name) is not None


def _chunks(names: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(names), size):
        yield tuple(names[start : start + size])


def _table_parts(
    tables: Iterable[str], root: str, options: Options, columns: Columns, size: int
) -> Iterator[Part]:
    parquet = []
    for table in tables:
        if _is_lines(table):
            yield from _line_parts(table, root, options, size)
        else:
            parquet.append(table)
    yield from _row_parts(parquet, root, options, columns, size)


def _line_parts(table: str, root: str, options: Options, size: int) -> Iterator[Lines]:
    """Ranges of bytes that hold about ``size`` lines each."""
    if _compression(table):
        yield Lines(table, 0, -1)
        return
    with open_binary(table, root, options) as handle:
        head = handle.read(_SAMPLE)
        total = handle.seek(0, os.SEEK_END)
    if not total:
        return
    width = len(head) / max(head.count(b"\n"), 1)
    step = max(int(width * size), 1)
    for start in range(0, total, step):
        yield Lines(table, start, min(start + step, total))


def _row_parts(
    tables: Iterable[str], root: str, options: Options, columns: Columns, size: int
) -> Iterator[Rows]:
    """Row groups packed together up to ``size`` rows; larger ones cut into equal pieces."""
    spans: list[tuple[str, int, int]] = []
    held = 0
    for table in tables:
        first = 0
        for rows in _row_groups(table, root, options, columns):
            pieces = -(-rows // size)
            if spans and held + rows > size:
                yield Rows(tuple(spans))
                spans, held = [], 0
            for piece in range(pieces):
                start = first + rows * piece // pieces
                spans.append((table, start, first + rows * (piece + 1) // pieces))
                if pieces > 1:
                    yield Rows(tuple(spans))
                    spans = []
            held = held + rows if pieces == 1 else 0
            first += rows
    if spans:
        yield Rows(tuple(spans))


def _row_groups(table: str, root: str, options: Options, columns: Columns) -> list[int]:
    """The number of rows of each row group. Raises SourceError without the two columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with open_binary(table, root, options) as handle:
        try:
            about = pq.ParquetFile(handle)
        except pa.ArrowException as error:
            raise SourceError(f"`{table}` is no Parquet table: {_reason(error)}") from error
        _demand(columns, about.schema_arrow, table)
        meta = about.metadata
        return [meta.row_group(index).num_rows for index in range(meta.num_row_groups)]


def _demand(columns: Columns, schema: Any, table: str) -> None:
    from pmlint.suggest import nearest, question

    for option, column in (("--path-column", columns.path), ("--text-column", columns.text)):
        if column not in schema.names:
            near = question(nearest(column, schema.names))
            known = ", ".join(schema.names)
            raise SourceError(f"{option}: `{table}` has no column `{column}` but {known}{near}")
    kind = str(schema.field(columns.text).type)
    if "string" not in kind and "binary" not in kind:
        raise SourceError(f"--text-column: `{columns.text}` of `{table}` holds {kind}, not text")
