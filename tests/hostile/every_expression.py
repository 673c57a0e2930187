"""Every regular expression of pmlint, and texts on which a careless one takes forever.

Run as a program, it prints the expressions as JSON: they are noted while they are
compiled, which a process does once.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, wraps
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pmlint"
AT_A_PLACE = ("match", "fullmatch")
ANYWHERE = ("search", "finditer", "findall", "sub", "subn", "split")


class Expression(NamedTuple):
    """An expression as it is compiled, and how it is used."""

    place: str
    """``file:name`` of the constant or function that holds it."""
    pattern: str
    flags: int
    ways: tuple[str, ...]
    """What is done with it: ``match``, ``fullmatch``, ``findall`` (which stands for all others)."""


# -- where they stand


class Site(NamedTuple):
    """A call of ``re`` with an expression."""

    first: int
    last: int
    """Its lines, 1-based."""
    name: str
    ways: tuple[str, ...]
    literal: str | None
    flags: int


class _Calls(ast.NodeVisitor):
    """Calls of ``re`` in one module, by the name of what holds them."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.names: list[str] = []
        self.found: list[Site] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside(node.name, node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node.name, node)

    def visit_Assign(self, node: ast.Assign) -> None:
        target = node.targets[0]
        self._inside(target.id if isinstance(target, ast.Name) else "", node)

    def visit_keyword(self, node: ast.keyword) -> None:
        self._inside(node.arg or "", node)

    def _inside(self, name: str, node: ast.AST) -> None:
        self.names.append(name)
        self.generic_visit(node)
        self.names.pop()

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        known = ("compile", *AT_A_PLACE, *ANYWHERE)
        if node.args and isinstance(node.args[0], ast.Starred):
            # What was given elsewhere, where it is looked at.
            self.generic_visit(node)
            return
        if isinstance(function, ast.Attribute) and _is_re(function.value, known, function.attr):
            self.found.append(self._site(node, function.attr))
        elif isinstance(function, ast.Name) and function.id == "expression":
            self.found.append(self._site(node, "compile"))
        self.generic_visit(node)

    def _site(self, node: ast.Call, method: str) -> Site:
        first = node.args[0]
        literal = first.value if isinstance(first, ast.Constant) else None
        given = [*node.args[1:], *(key.value for key in node.keywords)]
        flags = 0
        for each in (part for argument in given for part in ast.walk(argument)):
            if isinstance(each, ast.Attribute) and _is_re(each.value, (each.attr,), each.attr):
                flags |= int(getattr(re, each.attr))
        names = [name for name in self.names if name]
        return Site(
            node.lineno,
            node.end_lineno or node.lineno,
            ".".join(names),
            _told(self._uses(names[-1]) if method == "compile" and names else {method}),
            literal if isinstance(literal, str) else None,
            flags,
        )

    def _uses(self, name: str) -> set[str]:
        """What is done with what is called so; nothing told where it is only handed on."""
        code = self.code if name.startswith("_") else _all_code()
        return set(re.findall(rf"(?<![\w\"']){re.escape(name)}(?:\(\))?\.(\w+)", code))


def _told(uses: Iterable[str]) -> tuple[str, ...]:
    """Of several uses the names by which they are tried; unknown ones may be any."""
    return tuple(sorted({use if use in AT_A_PLACE else "findall" for use in uses} or {"findall"}))


def _is_re(value: ast.expr, known: Iterable[str], name: str) -> bool:
    return isinstance(value, ast.Name) and value.id == "re" and name in known


@cache
def _all_code() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


@cache
def sites() -> Mapping[str, Sequence[Site]]:
    """By file, relative to the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text("utf-8")
        calls = _Calls(code)
        calls.visit(ast.parse(code))
        found[path.relative_to(PACKAGE).as_posix()] = calls.found
    return found


# -- as they are compiled


@cache
def expressions() -> tuple[Expression, ...]:
    """All that are compiled at import, by a cached function, or while examples are mended.

    Those in functions that nothing of this calls are taken from the source.
    """
    done = subprocess.run(
        [sys.executable, __file__], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    told = json.loads(done.stdout)
    return tuple(
        Expression(place, pattern, flags, tuple(ways)) for place, pattern, flags, ways in told
    )


def _compiled() -> Iterator[Expression]:
    noted: dict[tuple[str, int], set[tuple[str, int]]] = {}

    def noting(function: Any) -> Any:
        @wraps(function)
        def call(pattern: Any, *given: Any, **named: Any) -> Any:
            frame = sys._getframe(1)
            flags = named.get("flags", given[0] if function is compile_ and given else 0)
            compiled = compile_(pattern, flags)
            if isinstance(compiled.pattern, str):
                key = (frame.f_code.co_filename, frame.f_lineno)
                noted.setdefault(key, set()).add((compiled.pattern, int(compiled.flags)))
            return function(pattern, *given, **named)

        return call

    compile_ = re.compile
    for name in ("compile", *AT_A_PLACE, *ANYWHERE):
        setattr(re, name, noting(getattr(re, name)))
    _exercise()
    for name, calls in sites().items():
        for site in calls:
            place = f"{name}:{site.name}"
            here = {
                each
                for line in range(site.first, site.last + 1)
                for each in noted.get((str(PACKAGE / name), line), ())
            }
            if not here and site.literal is not None:
                here = {(site.literal, site.flags)}
            for pattern, flags in sorted(here):
                yield Expression(place, pattern, flags, site.ways)


def _exercise() -> None:
    """Import everything, ask for what is compiled later, mend every example."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "pmlint."):
        if not module.name.endswith("__main__"):
            # Some modules need packages that are not there.
            with suppress(ImportError):
                _ask(importlib.import_module(module.name))

    from pmlint import engine
    from pmlint.config import Settings
    from pmlint.findings import Source
    from pmlint.mend import rewrite
    from pmlint.standard import rulebook

    plan = engine.prepare(Settings(select=("PM",)))
    for rule in rulebook.rules():
        for example in (*rule.bad, *rule.good):
            if not example.hex:
                rewrite.mend(Source(example.text), plan, unsafe=True)


def _ask(module: Any) -> None:
    """Call every cached function that needs nothing."""
    inside = [each for each in vars(module).values() if isinstance(each, type)]
    for holder in (module, *(each for each in inside if each.__module__ == module.__name__)):
        for function in list(vars(holder).values()):
            if not hasattr(function, "cache_info"):
                continue
            needed = inspect.signature(function).parameters.values()
            if all(each.default is not each.empty for each in needed):
                with suppress(Exception):
                    function()


# -- what they are fed

RUNS = (
    "1", "a", "Z", " ", "\t", "\n", ":", "-", "—", ",", ".", "(", ")", "[", "]", '"', "'", "*",
    "_", "<", ">", "/", "|", "#", "&", "\\", "`", "~", "%", "$", "@", "+", "=", "?", "é", "1 ",
    "a ", "1:", "1-", "1.", "a.", "a, ", "a-", "10:00 ", "10 am ", "\n\n", " \n",
)  # fmt: skip
"""Runs of these are fed to every expression, beside those that its own parts suggest."""

_LETTERS = "a1 :-,.;()[]\"'<>/\\|*_~#&%$@+=\n\tZéo"


def attacks(expression: Expression, size: int, *, wide: bool = False) -> Iterator[str]:
    """Texts of about so many characters: one beginning, one part again and again, one end."""
    tree = parser.parse(expression.pattern, expression.flags)
    parts = {part for part in _parts(tree) if part and len(part) < 40}
    begun = sorted({part for part in _beginnings(tree) if len(part) < 60}, key=len)
    beginnings = ["", *begun[1:]] if wide else ["", *begun[1:3], *begun[-1:]]
    pieces = {*RUNS, *parts, *begun[1:6], *begun[-1:]} - {""}
    for piece in sorted(pieces):
        for beginning in dict.fromkeys(beginnings):
            for end in ("", "\0") if wide else ("\0",):
                yield beginning + piece * (size // len(piece)) + end


def _parts(items: Any) -> Iterator[str]:
    """The shortest text of every part of a parsed expression that may come again."""
    for op, value in items:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            yield _shortest(value[2])
            yield from _parts(value[2])
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield _shortest(branch)
                yield from _parts(branch)
        elif op is ops.SUBPATTERN:
            yield _shortest(value[3])
            yield from _parts(value[3])
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield _shortest(value[1])


def _beginnings(items: Any) -> Iterator[str]:
    begun = ""
    yield begun
    for item in items:
        begun += _shortest([item])
        yield begun


def _shortest(items: Any) -> str:
    """A text that a parsed expression takes, of optional parts one."""
    return "".join(map(_one, items))


def _one(item: Any) -> str:
    op, value = item
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if op is ops.ANY:
        return "a"
    if op is ops.IN:
        return next((char for char in _LETTERS if _takes(value, char)), chr(_first(value)))
    if op is ops.BRANCH:
        return _shortest(value[1][0])
    if op is ops.SUBPATTERN:
        return _shortest(value[3])
    if op is ops.ATOMIC_GROUP:
        return _shortest(value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _shortest(value[2]) * max(int(value[0]), 1)
    return ""


def _takes(group: Any, char: str) -> bool:
    negated = any(op is ops.NEGATE for op, _ in group)
    word = char.isalnum() or char == "_"
    kinds = {
        ops.CATEGORY_DIGIT: char.isdigit(),
        ops.CATEGORY_NOT_DIGIT: not char.isdigit(),
        ops.CATEGORY_SPACE: char.isspace(),
        ops.CATEGORY_NOT_SPACE: not char.isspace(),
        ops.CATEGORY_WORD: word,
        ops.CATEGORY_NOT_WORD: not word,
    }
    found = any(
        (op is ops.LITERAL and ord(char) == value)
        or (op is ops.RANGE and value[0] <= ord(char) <= value[1])
        or (op is ops.CATEGORY and kinds[value])
        for op, value in group
    )
    return found != negated


def _first(group: Any) -> int:
    for op, value in group:
        if op is ops.LITERAL:
            return int(value)
        if op is ops.RANGE:
            return int(value[0])
    return ord("?")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    json.dump(list(_compiled()), sys.stdout)
