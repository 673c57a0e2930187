"""Findings and facts as Arrow tables, written batch by batch."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pmlint.namedtuples import NamedTuple

Row = dict[str, Any]

_BATCH = 1024
"""Rows held as Python objects before they become columns."""

_WORD = pa.dictionary(pa.int32(), pa.string())
_RANGE = [
    ("line", pa.int32()),
    ("column", pa.int32()),
    ("end_line", pa.int32()),
    ("end_column", pa.int32()),
]
_RELATED = pa.struct(
    [
        ("path", pa.string()),
        ("line", pa.int32()),
        ("column", pa.int32()),
        ("message", pa.string()),
    ]
)
_FIX = pa.struct(
    [
        ("safe", pa.bool_()),
        ("message", pa.string()),
        ("edits", pa.list_(pa.struct([*_RANGE, ("text", pa.string())]))),
    ]
)
_WHERE = [("table", _WORD), ("position", pa.int64())]

FINDINGS = pa.schema(
    [
        ("path", pa.string()),
        *_RANGE,
        ("code", _WORD),
        ("name", _WORD),
        ("level", _WORD),
        ("message", pa.string()),
        ("help", pa.string()),
        ("related", pa.list_(_RELATED)),
        ("fix", _FIX),
        *_WHERE,
    ]
)
"""The keys of ``pmlint check --format json``, and where a table holds the document."""

FACTS = pa.schema(
    [
        ("path", pa.string()),
        ("status", _WORD),
        ("postmortem", pa.bool_()),
        ("template", _WORD),
        ("title", pa.string()),
        ("started_at", pa.string()),
        ("detected_at", pa.string()),
        ("mitigated_at", pa.string()),
        ("resolved_at", pa.string()),
        ("minutes_to_detect", pa.int64()),
        ("minutes_to_mitigate", pa.int64()),
        ("minutes_to_resolve", pa.int64()),
        ("duration_minutes", pa.int64()),
        ("timezone", pa.string()),
        ("figures", pa.int32()),
        ("events", pa.int32()),
        ("untimed", pa.int32()),
        ("tasks", pa.int32()),
        ("errors", pa.int32()),
        ("warnings", pa.int32()),
        ("infos", pa.int32()),
        ("facts", pa.string()),
        *_WHERE,
    ]
)
"""One row a document; ``facts`` is its object of ``pmlint show --format json``."""


class Result(NamedTuple):
    """What is written of one document."""

    facts: Row
    findings: list[Row]


class Table:
    """Rows on their way into one Parquet file in memory."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._out = io.BytesIO()
        self._writer = pq.ParquetWriter(self._out, schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, rows: list[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _BATCH:
            self._flush()

    def file(self) -> bytes:
        """The bytes of the file, which ends the table."""
        self._flush()
        self._writer.close()
        return self._out.getvalue()

    def _flush(self) -> None:
        if not self._rows:
            return
        try:
            table = pa.Table.from_pylist(self._rows, self._schema)
        except UnicodeEncodeError:
            # A file name that is not UTF-8; JSON output escapes it in the same way.
            table = pa.Table.from_pylist([_escaped(row) for row in self._rows], self._schema)
        self._writer.write_table(table)
        self._rows = []


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, list):
        return [_escaped(each) for each in value]
    if isinstance(value, dict):
        return {key: _escaped(each) for key, each in value.items()}
    return value
