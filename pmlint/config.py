"""Where settings come from, and errors that name the nearest right word.

No configuration file is read yet: settings are the defaults and what the
command line says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pmlint.suggest import nearest, nearest_rule, question

_FAMILY = re.compile(r"PM\d{0,2}\Z")


class ConfigError(Exception):
    """A setting that cannot be obeyed: one line that says which, and what was meant."""


class Settings(NamedTuple):
    """What to check with."""

    template: str = "default"
    select: tuple[str, ...] = ()
    """Codes, names and families to apply; empty means those that are on."""
    ignore: tuple[str, ...] = ()
    """Codes, names and families to leave out; stronger than ``select``."""
    size_limit: int = 5_000_000
    """Bytes beyond which a file is not read."""


def template(name: str, known: Iterable[str], option: str = "--template") -> str:
    """The name of a template as it is known. Raises ConfigError for any other."""
    names = sorted(known)
    if name in names:
        return name
    wanted = question(nearest(name, names)) or "."
    raise ConfigError(f"{option}: no template `{name}`{wanted} All templates: {', '.join(names)}")


def codes(selectors: Iterable[str], names: Mapping[str, str], option: str) -> frozenset[str]:
    """The codes that selectors mean: a code, a rule's name, or a family such as ``PM4``.

    ``names`` maps every code to its name. Raises ConfigError, which names the
    option and the nearest rule, for a selector that means none.
    """
    by_name = {name: code for code, name in names.items()}
    found: set[str] = set()
    for selector in selectors:
        upper = selector.upper()
        if upper in names:
            found.add(upper)
        elif selector.casefold() in by_name:
            found.add(by_name[selector.casefold()])
        elif _FAMILY.match(upper) and any(code.startswith(upper) for code in names):
            found.update(code for code in names if code.startswith(upper))
        else:
            raise ConfigError(f"{option}: no rule `{selector}`{_offer(selector, names)}")
    return frozenset(found)


def _offer(selector: str, names: Mapping[str, str]) -> str:
    code = nearest_rule(selector, names)
    if not code:
        return "; rules are named by code (PM402), name (timeline-order) or family (PM4)"
    upper = selector.upper()
    if upper.startswith("PM"):
        return f"; did you mean {code} ({names[code]})?"
    return f"; did you mean `{names[code]}` ({code})?"
