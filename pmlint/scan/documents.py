"""A partition → its documents, one by one, so that memory does not grow with it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pmlint.namedtuples import NamedTuple
from pmlint.scan.parts import Files, Lines, Part, Rows
from pmlint.scan.sources import Columns
from pmlint.scan.storage import Options, is_local, local_path, open_binary, place

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOGETHER = 64
"""Files or rows that are fetched at once."""
_ESCAPED = 6
"""Bytes that JSON may need for one byte of text."""


class Document(NamedTuple):
    """One document of a source."""

    path: str
    """As reports name it."""
    data: bytes | None = None
    """None where it is to be read from a local file, or cannot be had."""
    table: str | None = None
    """The table that holds it."""
    position: int | None = None
    """In its table: the 0-based row in Parquet, the byte at which its line starts in JSONL."""
    failure: str = ""
    """Why it cannot be had."""


class Reading(NamedTuple):
    """How documents are fetched."""

    root: str
    options: Options
    columns: Columns
    limit: int
    """Bytes beyond which a document is refused."""


def documents(part: Part, reading: Reading, *, unread: bool = False) -> Iterator[Document]:
    """The documents of a partition in a fixed order; with ``unread`` only their names.

    One that cannot be had is told with the reason. Raises OSError and the like only where
    a whole table cannot be read.
    """
    if isinstance(part, Files):
        return _files(part, reading, unread)
    if isinstance(part, Rows):
        return _rows(part, reading, unread)
    return _lines(part, reading)


def _files(part: Files, reading: Reading, unread: bool) -> Iterator[Document]:
    if unread or all(is_local(path) for path in part.paths):
        yield from (Document(path) for path in part.paths)
        return
    for start in range(0, len(part.paths), _TOGETHER):
        yield from _fetched(part.paths[start : start + _TOGETHER], reading)


def _fetched(urls: tuple[str, ...], reading: Reading) -> Iterator[Document]:
    """Files of one storage, no more of each than tells that it is too large."""
    places = [place(url, reading.root, reading.options) for url in urls]
    fs, paths = places[0].fs, [each.path for each in places]
    for url, path, data in zip(
        urls, paths, fs.cat_ranges(paths, 0, reading.limit + 1, on_error="return"), strict=True
    ):
        if isinstance(data, bytes):
            yield Document(url, data)
        else:
            yield _whole(fs, url, path, data)


def _whole(fs: Any, url: str, path: str, error: Exception) -> Document:
    """An empty object has no first byte: a storage may refuse the range."""
    try:
        if not fs.info(path)["size"]:
            return Document(url, b"")
    except (OSError, KeyError) as second:
        error = second
    return Document(url, failure=_reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    told = error.strerror if isinstance(error, OSError) else None
    return " ".join(str(told or error).split()).lower() or type(error).__name__


def _rows(part: Rows, reading: Reading, unread: bool) -> Iterator[Document]:
    for table, first, end in part.spans:
        yield from _span(table, first, end, reading, unread)


def _span(table: str, first: int, end: int, reading: Reading, unread: bool) -> Iterator[Document]:
    """Rows ``first`` to ``end`` of a table."""
    import pyarrow.parquet as pq

    columns = reading.columns
    wanted = [columns.path] if unread else [columns.path, columns.text]
    with open_binary(table, reading.root, reading.options) as handle:
        # Pages are read when they are needed, so a large row group is never held whole.
        parquet = pq.ParquetFile(handle, buffer_size=1 << 20, pre_buffer=False)
        groups, row = _groups(parquet.metadata, first, end)
        for batch in parquet.iter_batches(_TOGETHER, row_groups=groups, columns=wanted):
            if row >= end:
                return
            low, high = max(first - row, 0), min(end - row, batch.num_rows)
            if low < high:
                yield from _batch(batch.slice(low, high - low), table, row + low, columns)
            row += batch.num_rows


def _groups(meta: Any, first: int, end: int) -> tuple[list[int], int]:
    """The row groups that hold some of these rows, and the row at which they begin."""
    groups: list[int] = []
    begin = row = 0
    for index in range(meta.num_row_groups):
        after = row + meta.row_group(index).num_rows
        if row < end and after > first:
            if not groups:
                begin = row
            groups.append(index)
        row = after
    return groups, begin


def _batch(batch: Any, table: str, row: int, columns: Columns) -> Iterator[Document]:
    names = _cells(batch, columns.path)
    texts = _cells(batch, columns.text) if columns.text in batch.schema.names else None
    for at, name in enumerate(names):
        path = f"{table}#{row + at}" if name is None else name.decode("utf-8", "replace")
        data = texts[at] if texts else None
        failure = "the row holds no text" if texts and data is None else ""
        yield Document(path, data, table, row + at, failure)


def _cells(batch: Any, column: str) -> list[bytes | None]:
    """A column as bytes: text that is not UTF-8 is a finding of its document."""
    import pyarrow as pa

    values = batch.column(batch.schema.get_field_index(column))
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kind = values.type
    if not (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
        text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
        values = values if text else values.cast(pa.string())
        values = values.cast(pa.large_binary())
    cells: list[bytes | None] = values.to_pylist()
    return cells


def _lines(part: Lines, reading: Reading) -> Iterator[Document]:
    """The lines that begin in the range; blank ones are none."""
    table = part.table
    with _unpacked(part, reading) as handle:
        at = part.start
        if at:
            # A line that begins before the range belongs to the one before.
            handle.seek(at - 1)
            at += _skip_line(handle) - 1
        while part.end < 0 or at < part.end:
            line = handle.readline(reading.limit * _ESCAPED + 1)
            if not line:
                return
            size = len(line)
            if not line.endswith(b"\n") and size > reading.limit * _ESCAPED:
                size += _skip_line(handle)
                failure = f"the line has {size:,} bytes"
                yield Document(f"{table}#{at}", None, table, at, failure)
            elif line.strip():
                yield _line(line, table, at, reading.columns)
            at += size


def _unpacked(part: Lines, reading: Reading) -> io.BufferedReader:
    if part.end >= 0:
        opened: Any = open_binary(part.table, reading.root, reading.options)
        return opened if isinstance(opened, io.BufferedReader) else io.BufferedReader(opened)
    import fsspec

    local = is_local(part.table)
    url = local_path(part.table, reading.root) if local else part.table
    options: Mapping[str, Any] = {} if local else reading.options
    return io.BufferedReader(fsspec.open(url, "rb", compression="infer", **options).open())


def _skip_line(handle: io.BufferedReader) -> int:
    """Go behind the end of the line; how many bytes that was."""
    passed = 0
    while piece := handle.readline(1 << 20):
        passed += len(piece)
        if piece.endswith(b"\n"):
            break
    return passed


def _line(line: bytes, table: str, at: int, columns: Columns) -> Document:
    import json

    path = f"{table}#{at}"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Document(path, None, table, at, "the line is not JSON")
    if not isinstance(row, dict):
        return Document(path, None, table, at, "the line is no JSON object")
    if isinstance(row.get(columns.path), str):
        path = row[columns.path]
    text = row.get(columns.text)
    if not isinstance(text, str):
        return Document(path, None, table, at, f"the line has no text `{columns.text}`")
    return Document(path, text.encode("utf-8", "surrogatepass"), table, at)


def absolute(path: str, root: str) -> str:
    """Where a local document is."""
    return os.path.abspath(local_path(path, root))
