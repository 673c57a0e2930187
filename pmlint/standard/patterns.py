"""Compiled forms of regular expressions, kept from one run to the next.

Reading one postmortem takes some two hundred expressions; Python takes longer to compile
them than pmlint to read it. So they are kept beside the compiled rules, for one build of
Python and one set of rules only, and handed to ``re`` as if it had compiled them itself.

``re`` promises no way to do that. Its inner parts are used in this module and nowhere else,
and where one of them, or the file, is not as expected, expressions are compiled as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from functools import cache
from typing import Any

MOST = 400
"""Expressions that are kept; ``re`` itself holds 512."""
LEAST = 4
"""New expressions for which the file is written again."""

Row = tuple[str, int, int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Text and flags; then what ``_sre.compile`` takes: all flags, code, groups, their names."""


@cache
def restore() -> frozenset[tuple[str, int]]:
    """Hand the kept expressions to ``re``, once; gives their texts and flags."""
    try:
        compiled, held = _sre().compile, re._cache  # type: ignore[attr-defined]
        rows = _read()[:MOST]
        for text, flags, every, code, groups, names, numbers in rows:
            words = memoryview(code).cast("I").tolist()
            pattern = compiled(text, every, words, groups, names, numbers)
            held.setdefault((str, text, flags), pattern)
        return frozenset((row[0], row[1]) for row in rows)
    except Exception:
        return frozenset()


def keep() -> None:
    """Keep what this process had to compile; says nothing where that cannot be."""
    try:
        known = restore()
        new = _compiled() - known
        if len(new) < LEAST or len(known) >= MOST:
            return
        # Another run may have kept some by now.
        held = {(row[0], row[1]): row for row in _read()}
        for text, flags in sorted(new - held.keys())[: MOST - len(held)]:
            held[text, flags] = _row(text, flags)
        _write(list(held.values()))
    except Exception:
        return


def _compiled() -> set[tuple[str, int]]:
    found = list(re._cache)  # type: ignore[attr-defined]
    return {(text, flags) for kind, text, flags in found if kind is str}


def _row(text: str, flags: int) -> Row:
    """An expression in the form in which ``re`` compiles it."""
    from array import array
    from importlib import import_module

    parsed: Any = import_module("re._parser").parse(text, flags)
    code = array("I", import_module("re._compiler")._code(parsed, flags))
    names: dict[str, int] = dict(parsed.state.groupdict)
    numbers: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        numbers[number] = name
    every = int(flags | parsed.state.flags)
    return text, flags, every, code.tobytes(), parsed.state.groups - 1, names, tuple(numbers)


def _sre() -> Any:
    import _sre  # type: ignore[import-not-found]

    return _sre


def _path() -> str:
    from pmlint.standard import policy

    name = f"patterns.{sys.implementation.cache_tag}.bin"
    return os.path.join(policy.folder_name(), "__pycache__", name)


def _build() -> str:
    """What a file is good for: one build of Python and, lest old ones fill it, one set of rules."""
    from pmlint.standard import policy

    rules = _sum(repr(policy.stamps()).encode()).hex()
    return f"{sys.version} {_sre().MAGIC} {_sre().CODESIZE} {rules}"


def _read() -> list[Row]:
    try:
        with open(_path(), "rb") as handle:
            head, body = handle.read(8), handle.read()
    except OSError:
        return []
    if not body or head != _sum(body):
        return []
    build, rows = marshal.loads(body)
    return rows if build == _build() else []


def _write(rows: list[Row]) -> None:
    from pmlint.standard import policy

    body = marshal.dumps((_build(), rows))
    policy.keep(_path(), _sum(body) + body)


def _sum(body: bytes) -> bytes:
    """Eight bytes that tell damage, as Python tells changed modules; zlib would be one more."""
    from _imp import source_hash

    return source_hash(_sre().MAGIC, body)
