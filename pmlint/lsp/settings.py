"""What a client may set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pmlint.namedtuples import NamedTuple
from pmlint.running.following import Options
from pmlint.suggest import nearest, question

KEYS = {
    "template": "template",
    "select": "select",
    "ignore": "ignore",
    "config": "config",
    "isolated": "isolated",
    "inlayHints": "hints",
}
"""Settings as clients name them, and as they are named here."""


class Wishes(NamedTuple):
    """What a client asks for."""

    options: Options = Options()
    hints: bool = True
    """Inlay hints are shown."""


def merged(base: Wishes, given: object) -> tuple[Wishes, list[str]]:
    """Wishes under what a client sends, and what of it cannot be obeyed."""
    if not isinstance(given, Mapping):
        return base, []
    table = given.get("pmlint", given)
    if not isinstance(table, Mapping):
        return base, []
    now: dict[str, Any] = {**base.options._asdict(), "hints": base.hints}
    faults: list[str] = []
    for key, value in table.items():
        name = KEYS.get(key)
        if name is None:
            faults.append(f"no setting `{key}`{question(nearest(str(key), KEYS))}")
        elif value is not None:
            taken = _taken(value, now[name])
            if taken is None:
                faults.append(f"the setting `{key}` is {_kind(now[name])}, not {value!r}")
            else:
                now[name] = taken
    hints = now.pop("hints")
    return Wishes(Options(**now), hints), faults


def _taken(value: object, wanted: object) -> object:
    if isinstance(wanted, bool):
        return value if isinstance(value, bool) else None
    if isinstance(wanted, str):
        return value if isinstance(value, str) else None
    words = value.split(",") if isinstance(value, str) else value
    if isinstance(words, Sequence) and all(isinstance(word, str) for word in words):
        return tuple(word.strip() for word in words if word.strip())
    return None


def _kind(wanted: object) -> str:
    if isinstance(wanted, bool):
        return "true or false"
    return "a word" if isinstance(wanted, str) else "a list of rules"
