"""What comes from a file is data: nothing of it may steer a terminal or a CI runner."""

from __future__ import annotations

import re
from functools import cache


@cache
def unsafe() -> re.Pattern[str]:
    """Matches each single character that must not reach an output as it is.

    C0 but tab, DEL, C1, the bidirectional controls, the two Unicode line ends,
    lone surrogates; and the first ``#`` of ``##vso[…]`` and ``##[error]``, which
    CI runners obey anywhere in a line.
    """
    return re.compile(
        "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
        r"|#(?=#vso\[|#\[)"
    )


def escape(char: str) -> str:
    r"""The visible form of one character: ``\x1b``, ``\u202e``.

    A byte of a file name that is not UTF-8 arrives as a surrogate and is shown
    as the byte it was.
    """
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def visible(text: str) -> str:
    r"""The text with control characters written out; tabs stay, line ends do not."""
    if text.isprintable() and "##" not in text:
        return text
    return unsafe().sub(lambda match: escape(match[0]), text)


def one_line(text: str) -> str:
    """A sentence with line ends and tabs folded to spaces, other controls written out."""
    return visible(" ".join(text.split()) if "\n" in text or "\t" in text else text)


def harmless(text: str) -> str:
    """Text that may stand first in a row.

    A GitHub runner obeys ``::command::`` behind leading spaces too.
    """
    rest = text.lstrip()
    if not rest.startswith("::"):
        return text
    return text[: len(text) - len(rest)] + r"\x3a" + rest[1:]


def path_text(path: str) -> str:
    """A file name as it may be printed, even as the first word of a row."""
    return harmless(visible(path).replace("\t", r"\x09"))


def json_data(value: object) -> str:
    """JSON in ASCII that no CI runner mistakes for a command; the data stay the same."""
    import json

    return json.dumps(value).replace("##", r"#\u0023")
