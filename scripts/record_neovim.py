"""Record Neovim with pmlint as docs/editors/neovim.svg: a terminal, drawn as it was.

    python scripts/record_neovim.py [--frames FOLDER]

Starts Neovim in a pseudo-terminal with the configuration of docs/editors/neovim.md, types
what a person would, and keeps the screen at each step. ``--frames`` also writes each
step as a picture of its own, to look at. Needs Neovim, the extra ``lsp`` and ``pyte``.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "editors" / "neovim.md"
TARGET = ROOT / "docs" / "editors" / "neovim.svg"
COLUMNS, ROWS = 118, 27
CELL, LINE, EDGE = 8.4, 18, 14
GROUND, INK = "#1c1f26", "#d5d9e0"
NAMED = {
    "black": "#1c1f26", "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b",
    "blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#d5d9e0",
}  # fmt: skip
LOOK = """
set termguicolors background=dark noshowcmd noruler laststatus=0 nu signcolumn=no shortmess+=F
hi Normal guifg=#d5d9e0 guibg=#1c1f26
hi Title guifg=#61afef gui=bold
hi markdownH1Delimiter guifg=#61afef
hi markdownHeadingDelimiter guifg=#61afef
hi LineNr guifg=#5c6370
hi EndOfBuffer guifg=#1c1f26
hi NormalFloat guibg=#2b303b guifg=#d5d9e0
hi DiagnosticError guifg=#e06c75
hi DiagnosticWarn guifg=#e5c07b
hi DiagnosticUnderlineError gui=underline guisp=#e06c75
hi DiagnosticUnderlineWarn gui=underline guisp=#e5c07b
"""


class Step(NamedTuple):
    """Keys to type, what is told of them, and how long the screen then stays."""

    keys: str
    told: str
    wait: float
    seconds: float = 3.5


STEPS = (
    Step("", "open a postmortem: what a reviewer would send back", 6.0, 4.0),
    Step("14G3l:lua vim.lsp.buf.hover()\r", "ask why: the rule behind a finding", 2.0, 4.5),
    Step("jk:lua vim.lsp.buf.code_action()\r", "ask for quick fixes", 2.0),
    Step("1\r", "the entries stand in order", 2.5),
    Step("5GA UTC\x1b", "type the zone: the next finding is gone", 2.5),
    Step("16G02li10:30 AM - \x1b0", "give the entry its time", 2.5, 5.0),
)


class Terminal:
    """Neovim in a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        import pyte

        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self._process, self._file = pty.fork()
        if self._process == 0:
            _become_neovim(folder)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, size)

    def type(self, keys: str, wait: float) -> None:
        """Type, and take in what is drawn."""
        os.write(self._file, keys.encode())
        end = monotonic() + wait
        while (left := end - monotonic()) > 0:
            ready, _, _ = select.select([self._file], [], [], left)
            if ready:
                self._stream.feed(os.read(self._file, 65536))

    def close(self) -> None:
        """Leave without saving."""
        os.write(self._file, b"\x1b:qall!\r")
        os.waitpid(self._process, 0)


def _become_neovim(folder: Path) -> None:
    os.chdir(folder)
    os.environ.update(
        PATH=f"{folder}{os.pathsep}{os.environ['PATH']}",
        TERM="xterm-256color",
        COLORTERM="truecolor",
        PYTHONPATH=str(ROOT),
        HOME=str(folder),
    )
    os.execvp("nvim", ["nvim", "-n", "-i", "NONE", "-u", "init.vim", "postmortem.md"])


def _prepare(folder: Path) -> None:
    match = re.search(r"<!-- run by [^>]*-->\n```lua\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert match is not None
    (folder / "init.vim").write_text(
        f"lua <<END\n{match[1]}\nEND\nfiletype on\n{LOOK}", encoding="utf-8"
    )
    shutil.copyfile(ROOT / "examples" / "faulty.md", folder / "postmortem.md")
    script = folder / "pmlint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pmlint "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return NAMED.get(name.removeprefix("bright"), f"#{name}" if len(name) == 6 else default)


def _rows(screen: Any) -> Iterator[str]:
    """The cells of a screen: grounds first, then words."""
    for y in range(ROWS):
        line = [screen.buffer[y][x] for x in range(COLUMNS)]
        runs = groupby(
            enumerate(line), key=lambda cell: (cell[1].fg, cell[1].bg, cell[1].reverse,
                                               cell[1].bold, cell[1].underscore)
        )  # fmt: skip
        for (fg, bg, reverse, bold, underlined), cells in runs:
            part = list(cells)
            x, text = part[0][0], "".join(cell.data for _, cell in part)
            ink, ground = _colour(fg, INK), _colour(bg, GROUND)
            ink, ground = (ground, ink) if reverse else (ink, ground)
            left, top = EDGE + x * CELL, EDGE + y * LINE
            if ground != GROUND:
                yield (
                    f'<rect x="{left:.1f}" y="{top}" width="{len(part) * CELL:.1f}"'
                    f' height="{LINE}" fill="{ground}"/>'
                )
            if text.strip():
                weight = ' font-weight="bold"' if bold else ""
                line_under = ' text-decoration="underline"' if underlined else ""
                yield (
                    f'<text x="{left:.1f}" y="{top + 13}" fill="{ink}"{weight}{line_under}'
                    f' textLength="{len(part) * CELL:.1f}" xml:space="preserve">'
                    f"{escape(text)}</text>"
                )


def _frame(screen: Any, told: str) -> str:
    top = EDGE + ROWS * LINE + 22
    words = f'<text x="{EDGE}" y="{top}" fill="#ffffff" font-weight="bold">{escape(told)}</text>'
    return "\n".join((*_rows(screen), words))


def _picture(frames: Sequence[str], seconds: Sequence[float]) -> str:
    width, height = 2 * EDGE + COLUMNS * CELL, 2 * EDGE + ROWS * LINE + 30
    whole, at, style, groups = sum(seconds), 0.0, [], []
    for number, (frame, shown) in enumerate(zip(frames, seconds, strict=True)):
        if len(frames) > 1:
            start, end = at / whole * 100, (at + shown) / whole * 100
            style.append(
                f"@keyframes f{number} {{ 0% {{ visibility: hidden }} {start:.2f}% "
                f"{{ visibility: visible }} {end:.2f}% {{ visibility: hidden }} }}"
                f" #f{number} {{ animation: f{number} {whole:.1f}s step-end infinite;"
                f" {'' if number == len(frames) - 1 else 'visibility: hidden'} }}"
            )
        groups.append(f'<g id="f{number}">\n{frame}\n</g>')
        at += shown
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13.5">\n'
        "<title>Neovim with pmlint: findings while typing, hover, a quick fix</title>\n"
        f"<style>{' '.join(style)}</style>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>\n'
        + "\n".join(groups)
        + "\n</svg>\n"
    )


def main() -> None:
    """Record, and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frames", type=Path)
    arguments = parser.parse_args()
    frames = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        terminal = Terminal(folder)
        for step in STEPS:
            terminal.type(step.keys, step.wait)
            frames.append(_frame(terminal.screen, step.told))
        terminal.close()
    TARGET.write_text(_picture(frames, [step.seconds for step in STEPS]), encoding="utf-8")
    for number, frame in enumerate(frames if arguments.frames else ()):
        arguments.frames.mkdir(parents=True, exist_ok=True)
        path = arguments.frames / f"{number}.svg"
        path.write_text(_picture([frame], [1.0]), encoding="utf-8")


if __name__ == "__main__":
    main()
