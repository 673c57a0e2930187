"""The parameters of rules: which kinds there are, and how a change is put over a default.

A change replaces the value; ``extend-NAME`` adds to a list or a table instead. Whoever
sets parameters need not know what the rule file holds, only which words to add.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Parameters = Mapping[str, Any]

EXTEND = "extend-"


def kind(value: object) -> str:
    """What a value is, in words: ``list of words``, ``whole number``, ``table of texts``, …"""
    match value:
        case bool():
            return "true or false"
        case int():
            return "whole number"
        case float():
            return "number"
        case str():
            return "text"
        case Mapping():
            lists = all(isinstance(each, list) for each in value.values())
            return "table of lists" if value and lists else "table of texts"
        case _:
            return "list of words"


def merged(defaults: Parameters, *changes: Parameters) -> dict[str, Any]:
    """The parameters with changes put over them, the last one on top.

    Changes are taken as they are: ``faults`` says beforehand what is wrong with them.
    """
    result = dict(defaults)
    for change in changes:
        for key, value in change.items():
            name = key.removeprefix(EXTEND)
            if name == key:
                result[key] = value
            elif isinstance(result.get(name), Mapping):
                result[name] = {**result[name], **value}
            else:
                held = result.get(name, [])
                result[name] = [*held, *(each for each in value if each not in held)]
    return result


def faults(defaults: Parameters, change: Parameters) -> Iterator[tuple[str, str]]:
    """Each key of a change that cannot be obeyed, with the reason and the nearest right word."""
    from pmlint.suggest import nearest, question

    for key, value in change.items():
        name = key.removeprefix(EXTEND)
        if name not in defaults:
            near = nearest(name, defaults)
            known = "" if near else f"; there is {_listed(defaults)}"
            yield key, f"no such parameter{question(near)}{known}"
            continue
        wanted = defaults[name]
        if name != key and not isinstance(wanted, list | Mapping):
            yield key, f"`{name}` is no list that can be extended; set `{name}`"
        elif not _fits(wanted, value):
            yield key, f"expected {_article(kind(wanted))}, found {value!r}"


def _listed(defaults: Parameters) -> str:
    return ", ".join(f"`{name}`" for name in defaults) or "none"


def _article(words: str) -> str:
    return words if words == "true or false" else f"a {words}"


def _fits(wanted: object, value: object) -> bool:
    match wanted:
        case bool():
            return isinstance(value, bool)
        case int():
            return isinstance(value, int) and not isinstance(value, bool)
        case float():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case str():
            return isinstance(value, str)
        case Mapping():
            inner = list if kind(wanted) == "table of lists" else str
            return isinstance(value, Mapping) and all(isinstance(v, inner) for v in value.values())
        case _:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
