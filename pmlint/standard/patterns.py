"""Compiled forms of regular expressions, kept from one run to the next.

Reading one postmortem takes some two hundred expressions; Python takes longer to compile
them than pmlint to read it. So they are kept beside the compiled rules, for one build of
Python and one set of rules only, and handed to ``re``, each when it is first asked for, as
if it had compiled them itself.

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

MOST = 2_000
"""Expressions that are kept; all that pmlint has are fewer."""
LEAST = 4
"""New expressions for which the file is written again."""

Kept = dict[tuple[str, int], bytes]
"""Compiled forms by the text and the flags of their expressions."""

TYPE_CHECKING = False


class _Expression:
    """A regular expression that is compiled when it is first asked, and then as fast as others.

    Most documents need a part of them only, and what is asked before is kept by then.
    """

    __slots__ = ("_given", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, text: str, flags: int = 0) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        if name in self.__slots__:
            setattr(self, name, found)
        return found


if TYPE_CHECKING:

    def expression(text: str, flags: int = 0) -> re.Pattern[str]: ...
else:
    expression = _Expression


@cache
def restore() -> frozenset[tuple[str, int]]:
    """Let ``re`` find the kept expressions, once; gives their texts and flags."""
    try:
        _sre()
        kept, held = _read(), re._cache  # type: ignore[attr-defined]
        re._cache = _Held(held, kept)  # type: ignore[attr-defined]
        return frozenset(kept)
    except Exception:
        return frozenset()


class _Held(dict[tuple[type, Any, int], Any]):
    """The expressions that ``re`` holds, and the kept ones, made when they are asked for."""

    def __init__(self, held: dict[tuple[type, Any, int], Any], kept: Kept) -> None:
        super().__init__(held)
        self._kept = kept

    def __missing__(self, key: tuple[type, Any, int]) -> Any:
        kind, text, flags = key
        form = self._kept.get((text, flags)) if kind is str else None
        if form is None:
            raise KeyError(key)
        try:
            pattern = _made(text, form)
        except Exception:
            del self._kept[text, flags]
            raise KeyError(key) from None
        self[key] = pattern
        return pattern

    def pop(self, key: tuple[type, Any, int], default: Any = None) -> Any:
        """Taken out, to be put in again, is what was asked for last, from Python 3.12 on."""
        try:
            self[key]
        except KeyError:
            return default
        return super().pop(key)


def keep() -> None:
    """Keep what this process had to compile; says nothing where that cannot be."""
    try:
        known = restore()
        new = _compiled() - known
        if len(new) < LEAST or len(known) >= MOST:
            return
        # Another run may have kept some by now.
        kept = _read()
        for text, flags in sorted(new - kept.keys())[: MOST - len(kept)]:
            kept[text, flags] = _form(text, flags)
        _write(kept)
    except Exception:
        return


def _compiled() -> set[tuple[str, int]]:
    found = list(re._cache)  # type: ignore[attr-defined]
    return {(text, flags) for kind, text, flags in found if kind is str}


def _form(text: str, flags: int) -> bytes:
    """What ``_sre.compile`` takes beside the text: all flags, code, groups, their names."""
    from array import array
    from importlib import import_module

    parsed: Any = import_module("re._parser").parse(text, flags)
    code = array("I", import_module("re._compiler")._code(parsed, flags))
    names: dict[str, int] = dict(parsed.state.groupdict)
    numbers: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        numbers[number] = name
    every = int(flags | parsed.state.flags)
    return marshal.dumps((every, code.tobytes(), parsed.state.groups - 1, names, tuple(numbers)))


def _made(text: str, form: bytes) -> Any:
    """The expression of a text and what ``_form`` gave for it."""
    every, code, groups, names, numbers = marshal.loads(form)
    return _sre().compile(text, every, memoryview(code).cast("I").tolist(), groups, names, numbers)


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


def _read() -> Kept:
    try:
        with open(_path(), "rb") as handle:
            head, body = handle.read(8), handle.read()
    except OSError:
        return {}
    if not body or head != _sum(body):
        return {}
    build, kept = marshal.loads(body)
    return dict(kept) if build == _build() else {}


def _write(kept: Kept) -> None:
    from pmlint.standard import policy

    body = marshal.dumps((_build(), kept))
    policy.keep(_path(), _sum(body) + body)


def _sum(body: bytes) -> bytes:
    """Eight bytes that tell damage, as Python tells changed modules; zlib would be one more."""
    from _imp import source_hash

    return source_hash(_sre().MAGIC, body)
