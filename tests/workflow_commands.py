"""A parser of GitHub's workflow commands, as its documentation describes them.

``::name key=value,key=value::message``; in messages ``%25``, ``%0D`` and ``%0A``
stand for characters, in values ``%3A`` and ``%2C`` as well. The runner looks at
every line, takes CR for a line end, and ignores spaces before the colons; the
older ``##[name]`` form counts anywhere in a line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_COMMAND = re.compile(r"\s*::([A-Za-z-]+)(?: +((?:[A-Za-z]+=[^,:]*)(?:,[A-Za-z]+=[^,:]*)*))?::(.*)")


class Command(NamedTuple):
    """One command as the runner understands it."""

    name: str
    fields: dict[str, str]
    message: str


FORGED = [
    "\n::error title=PWN::x",
    "\r::error title=PWN::x",
    "\x85::error title=PWN::x",
    "\u2028::error title=PWN::x",
    "::error title=PWN::x",
    "   ::error title=PWN::x",
    "  ::add-mask::e",
    "::add-mask::e",
    "::stop-commands::t",
    "\n::stop-commands::t\n",
    "a ::stop-commands::t",
    "##[error]PWN",
    "a ##[ADD-MASK]e",
    "##vso[task.complete]PWN",
    "##vso[task.setvariable variable=PWN]y",
]
"""Words of a document or a file name that a runner would take for a command of pmlint."""


def commands(log: str) -> list[Command]:
    """The commands in a log. Raises AssertionError for a line that is half of one."""
    found = []
    for line in re.split(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", log):
        assert "##[" not in line, line
        assert "##vso[" not in line, line
        if not line.lstrip().startswith("::"):
            continue
        match = _COMMAND.fullmatch(line)
        assert match, f"not of the documented form: {line!r}"
        pairs = (pair.partition("=") for pair in (match[2] or "").split(",") if pair)
        fields = {key: _value(value) for key, _, value in pairs}
        found.append(Command(match[1], fields, _data(match[3])))
    return found


def _data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _value(text: str) -> str:
    text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",")
    return text.replace("%25", "%")
