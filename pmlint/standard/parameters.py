"""The parameters of rules: which kinds there are, and how a change is put over a default.

A change replaces the value; ``extend-NAME`` adds to a list or a table instead. Whoever
sets parameters need not know what the rule file holds, only which words to add.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def notes(text: str) -> dict[str, str]:
    """What the comment above each parameter of a rule file says, by the parameter's name."""
    found: dict[str, str] = {}
    said: list[str] = []
    inside = False
    for line in text.split("\n"):
        if line.startswith("["):
            inside = line.startswith(("[parameters]", "[parameters."))
            if line.startswith("[parameters.") and said:
                found[line[len("[parameters.") :].rstrip("]")] = " ".join(said)
            said = []
        elif line.startswith("#"):
            said.append(line.lstrip("# "))
        else:
            if inside and said and "=" in line and not line.startswith(" "):
                found[line.partition("=")[0].strip()] = " ".join(said)
            said = []
    return found


def default_in_words(value: object, most: int = 8) -> str:
    """A default for a table of parameters: long lists by their first words."""
    match value:
        case list():
            shown = ", ".join(map(str, value[:most]))
            return f"{shown}, … ({len(value)} in all)" if len(value) > most else shown or "none"
        case Mapping():
            return "; ".join(f"{key}: {default_in_words(each, 4)}" for key, each in value.items())
        case bool():
            return str(value).lower()
        case "":
            return "empty"
        case _:
            return str(value)
