"""Which colours, which width, which characters a stream can show."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import IO, Literal

from pmlint.namedtuples import NamedTuple

Colours = Literal[0, 16, 256]
Tone = Literal["error", "warning", "info", "related", "clean", "added", "removed", "bold", "faint"]

NARROWEST = 40
DEFAULT_WIDTH = 80

# Middle tones that can be read on light and dark ground: (16 colours, 256 colours).
_SGR: Mapping[Tone, tuple[str, str]] = {
    "error": ("1;31", "1;38;5;196"),
    "warning": ("1;33", "1;38;5;136"),
    "info": ("1;36", "1;38;5;32"),
    "related": ("36", "38;5;32"),
    "clean": ("1;32", "1;38;5;64"),
    "added": ("32", "38;5;64"),
    "removed": ("31", "38;5;196"),
    "bold": ("1", "1"),
    "faint": ("2", "2"),
}


class Signs(NamedTuple):
    """The drawing characters; each stands for one meaning."""

    place: str
    place_indent: int
    """Cells between the line numbers and ``place``."""
    gutter: str
    left_out: str
    note: str
    last_note: str
    label: str
    fault: str
    related: str
    cut: str
    clean: str
    event: str
    line: str
    branch: str
    last_branch: str
    dash: str


UNICODE = Signs(
    place="╭─",
    place_indent=1,
    gutter="│",
    left_out="┊",
    note="├─",
    last_note="╰─",
    label="╰",
    fault="━",
    related="─",
    cut="…",
    clean="✓",
    event="●",
    line="─",
    branch="├─ ",
    last_branch="╰─ ",
    dash="–",
)

ASCII = Signs(
    place="-->",
    place_indent=0,
    gutter="|",
    left_out=":",
    note="=",
    last_note="=",
    label="`",
    fault="^",
    related="-",
    cut="...",
    clean="OK",
    event="*",
    line="-",
    branch="|- ",
    last_branch="`- ",
    dash="-",
)

# Typography of the rules' wording, which is written once, for Unicode.
_PLAIN_WORDING = str.maketrans(
    {
        "…": "...",
        "–": "-",
        "—": "-",
        "−": "-",
        "→": "->",
        "×": "x",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "\u202f": " ",
    }
)


class Style(NamedTuple):
    """How a stream is written to: width in cells, drawing characters, colours."""

    width: int = DEFAULT_WIDTH
    unicode: bool = True
    colour: Colours = 0

    @property
    def signs(self) -> Signs:
        """The drawing characters the stream can encode."""
        return UNICODE if self.unicode else ASCII

    def paint(self, tone: Tone, text: str) -> str:
        """The text in a tone; unchanged without colour."""
        if not self.colour or not text:
            return text
        return f"\x1b[{_SGR[tone][self.colour == 256]}m{text}\x1b[0m"

    def wording(self, text: str) -> str:
        """The rules' wording in characters the stream can encode."""
        return text if self.unicode or text.isascii() else text.translate(_PLAIN_WORDING)


def style_for(
    stream: IO[str],
    color: Literal["auto", "always", "never"] = "auto",
    environ: Mapping[str, str] | None = None,
) -> Style:
    """The style for a stream: ``--color`` first, then the environment, then the terminal."""
    environ = os.environ if environ is None else environ
    return Style(
        width=_width(stream, environ),
        unicode=_speaks_unicode(stream, environ),
        colour=_colours(stream, color, environ),
    )


def _colours(stream: IO[str], color: str, environ: Mapping[str, str]) -> Colours:
    if color == "never":
        return 0
    if color != "always":
        if environ.get("NO_COLOR"):
            return 0
        forced = environ.get("FORCE_COLOR", "") not in ("", "0", "false")
        if not forced and (environ.get("TERM") == "dumb" or not _is_terminal(stream)):
            return 0
    many = "256color" in environ.get("TERM", "") or environ.get("COLORTERM")
    return 256 if many or sys.platform == "win32" else 16


def _is_terminal(stream: IO[str]) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def _width(stream: IO[str], environ: Mapping[str, str]) -> int:
    width = 0
    if _is_terminal(stream):
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (AttributeError, OSError, ValueError):
            width = 0
    if width <= 0:
        stated = environ.get("COLUMNS", "")
        width = int(stated) if stated.isdecimal() and len(stated) < 6 else 0
    return max(width or DEFAULT_WIDTH, NARROWEST)


def _speaks_unicode(stream: IO[str], environ: Mapping[str, str]) -> bool:
    encoding = getattr(stream, "encoding", None) or "ascii"
    try:
        "╭─│┊├╰━…✓●–".encode(encoding)
    except (LookupError, UnicodeError):
        return False
    # In the C locale Python writes UTF-8 nonetheless; the terminal need not read it.
    asked = environ.get("PYTHONUTF8") == "1" or bool(environ.get("PYTHONIOENCODING"))
    return asked or sys.platform == "win32" or _locale(environ) not in ("C", "POSIX")


def _locale(environ: Mapping[str, str]) -> str:
    if environ.get("LC_ALL"):
        return environ["LC_ALL"]
    characters = environ.get("LC_CTYPE", "")
    # Python itself sets LC_CTYPE=C.UTF-8 where it finds LANG=C.
    if characters and characters != "C.UTF-8":
        return characters
    return environ.get("LANG") or characters
