"""Attacks on every regular expression of pmlint; run as a program, prints those that fall.

An attack repeats what a repeat of the expression matches and then lets the match fail, so
that an expression that can divide a text in many ways tries all of them. Expressions are
noted while they are compiled: of all modules, and while examples are read and mended.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent

SIZE = 120
"""Characters of an attack: too few for what is quadratic to take long."""
SECONDS = 0.3
OFTEN = 8
"""A repeat that may match so often is worth an attack."""

_compile = re.compile

Attack = tuple[str, str, str]
"""What stands before, what is repeated, what stands behind."""


def noted() -> dict[tuple[str, int], str]:
    """Pattern and flags of every expression that pmlint compiles, with the place that does."""
    found: dict[tuple[str, int], str] = {}

    def note(pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        made = _compile(pattern, flags)
        frame = sys._getframe(1)
        name = frame.f_globals.get("__name__", "")
        if name.startswith("pmlint.") and isinstance(made.pattern, str):
            found.setdefault((made.pattern, made.flags), f"{name}:{frame.f_lineno}")
        return made

    re.compile = note
    try:
        _use_everything()
    finally:
        re.compile = _compile
    return found


def _use_everything() -> None:
    import pmlint

    for each in pkgutil.walk_packages(pmlint.__path__, "pmlint."):
        if each.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(each.name)
        except ImportError:
            # Packages that need not be there.
            continue
        for made in list(vars(module).values()):
            hints = getattr(made, "__annotations__", None)
            if callable(made) and hints and set(hints) == {"return"} and "Pattern" in str(hints):
                made()
    from pmlint import engine, rewrite
    from pmlint.config import Settings
    from pmlint.findings import Source

    families = ("PM1", "PM2", "PM3", "PM4", "PM5", "PM6", "PM9")
    plan = engine.prepare(Settings(template="alx", select=families))
    for path in sorted((ROOT / "examples").glob("*.md")):
        source = Source(path.read_text("utf-8"), "a.md")
        engine.check_text(source, plan)
        rewrite.mend(source, plan, unsafe=True)


def falls(pattern: str, flags: int = 0) -> tuple[str, Attack] | None:
    """The call and the first attack that keep an expression busy; None where none does."""
    expression = _compile(pattern, flags)
    for before, again in dict.fromkeys(_repeats(parser.parse(pattern, flags & ~re.UNICODE))):
        for behind in ("\0", "", "\n!"):
            text = before + again * max(2, SIZE // len(again)) + behind
            for name in ("fullmatch", "search"):
                if _stopped(getattr(expression, name), text):
                    return name, (before, again, behind)
    return None


def _stopped(call: Callable[[str], object], text: str) -> bool:
    from pmlint.limits import OverTimeError, time_limit

    start = time.process_time()
    try:
        with time_limit(SECONDS):
            call(text)
    except OverTimeError:
        return True
    # Without timers an expression that never ends hangs the test, and is found as well.
    return time.process_time() - start > SECONDS


def _repeats(tree: Iterable[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What may be repeated, and what leads there."""
    steps = list(tree)
    for at, (kind, value) in enumerate(steps):
        here = before + _texts(steps[:at])[0]
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if value[1] >= OFTEN:
                for text in filter(None, _texts(value[2])[:40]):
                    yield here, text
                    yield "", text
            yield from _repeats(value[2], here)
        else:
            for part in _parts(kind, value):
                yield from _repeats(part, here)


def _parts(kind: Any, value: Any) -> list[Any]:
    if kind is sre.BRANCH:
        return list(value[1])
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind is sre.ATOMIC_GROUP:
        return [value]
    return [value[1]] if kind in (sre.ASSERT, sre.ASSERT_NOT) else []


def _texts(tree: Iterable[Any], most: int = 60) -> list[str]:
    """Texts that an expression matches; at least one, at most so many."""
    found = [""]
    for kind, value in tree:
        made = list(dict.fromkeys(_step(kind, value))) or [""]
        if len(found) * len(made) > most:
            # Each choice is taken once, not each with each.
            count = max(len(found), len(made))
            found = [found[at % len(found)] + made[at % len(made)] for at in range(count)]
        else:
            found = [text + step for text in found for step in made]
        found = list(dict.fromkeys(found))[:most]
    return found


def _step(kind: Any, value: Any) -> list[str]:
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.NOT_LITERAL:
        return [char for char in "a1 ." if ord(char) != value][:2]
    if kind is sre.ANY:
        return ["a", "1", " "]
    if kind is sre.IN:
        return _characters(value)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        some = [text * max(value[0], 1) for text in _texts(value[2])[:4]]
        return some if value[0] else [*some[:3], ""]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [""]
    return [text for part in _parts(kind, value) for text in _texts(part)] or [""]


_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a1",
    sre.CATEGORY_NOT_DIGIT: "a ",
    sre.CATEGORY_NOT_SPACE: "a1.",
    sre.CATEGORY_NOT_WORD: " .",
}


def _characters(members: list[Any]) -> list[str]:
    """Some members of a class of characters."""
    found: list[str] = []
    for kind, value in members:
        if kind is sre.LITERAL:
            found.append(chr(value))
        elif kind is sre.RANGE:
            found += [chr(value[0]), chr(value[1])]
        elif kind is sre.CATEGORY:
            found += _CATEGORIES[value]
    if members[0][0] is sre.NEGATE:
        return [char for char in 'a1 .-("' if char not in found][:3]
    return found[:4] + [char for char in found[4:] if char in " .-1a"][:2]


def main() -> int:
    """Attack all; the exit code is 1 where one falls."""
    sys.path.insert(0, str(ROOT))
    every = noted()
    fallen = 0
    for (pattern, flags), place in every.items():
        attack = falls(pattern, flags)
        if attack:
            fallen += 1
            print(f"{place}: {attack} stops {pattern}")
    print(f"{len(every)} expressions, {fallen} fall")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
