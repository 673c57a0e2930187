"""Plain calls of ``check``, read without a parser of options.

Nearly every call is one: some paths, a few options, nothing misspelled. Importing click
takes longer than answering it from the cache. Whatever is not understood here at once
is left to click, which knows every option and what to say of a wrong one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pmlint.commands import NAMES
from pmlint.commands.checking import Options
from pmlint.formats import FORMATS

_FLAGS: Mapping[str, str] = {
    "--isolated": "isolated",
    "--no-cache": "no_cache",
    "--exit-zero": "exit_zero",
    "--quiet": "quiet",
    "-q": "quiet",
    "--verbose": "verbose",
    "-v": "verbose",
    "--statistics": "statistics",
}
_VALUES: Mapping[str, tuple[str, Collection[str] | None]] = {
    "--format": ("output", FORMATS),
    "--color": ("color", ("auto", "always", "never")),
    "--fail-on": ("fail_on", ("error", "warning", "info")),
    "--no-incident": ("no_incident", ("error", "skip")),
    "--template": ("template", None),
    "--cache-dir": ("cache_dir", None),
}
"""Options with a value: their name in ``Options`` and what they may be."""


def options(words: Sequence[str]) -> Options | None:
    """What a plain call asks for; None for any other."""
    if not words or sys.platform == "win32":
        return None
    rest = list(words[1:] if words[0] == "check" else words)
    if any(word in NAMES for word in rest):
        return None
    paths: list[str] = []
    given: dict[str, Any] = {}
    while rest:
        word = rest.pop(0)
        if word == "-" or not word.startswith("-"):
            paths.append(word)
        elif word in _FLAGS:
            given[_FLAGS[word]] = True
        else:
            name, sign, value = word.partition("=")
            if name not in _VALUES or not (sign or rest):
                return None
            key, known = _VALUES[name]
            value = value if sign else rest.pop(0)
            if known is not None and value not in known:
                return None
            given[key] = value
    # A first word that is no file may be a misspelled command.
    if words[0] != "check" and paths and paths[0] != "-" and not os.path.exists(paths[0]):
        return None
    return Options(paths=tuple(paths), **given)
