"""Draw the pictures of docs/images: pmlint in a terminal, its summary on a page.

Needs Chromium (``chromium`` on the path, or ``CHROMIUM``). Give a folder to
write there instead, for looking at them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
GROUNDS = {"dark": ("#1e1e1e", "#d4d4d4"), "light": ("#ffffff", "#3b3b3b")}
COLOURS = {"196": "#ff0000", "136": "#af8700", "32": "#0087d7", "64": "#5f8700"}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px; background: {ground}; color: {ink}; }}
pre {{ font: 15px/20px "DejaVu Sans Mono", monospace; margin: 0; }}
.page {{ font: 16px/1.5 "DejaVu Sans", sans-serif; max-width: 920px; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid #d1d9e0; padding: 6px 13px; vertical-align: top; text-align: left; }}
code {{ font: 85% "DejaVu Sans Mono", monospace; background: #818b981f; padding: .2em .4em;
  border-radius: 6px; }}
h3, h4 {{ line-height: 1.25; margin: 8px 0 12px; }}
</style>{body}"""


def main(arguments: list[str]) -> int:
    """Write the pictures. The exit code is 2 where there is no Chromium."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser:
        print("error: no Chromium on the path; set CHROMIUM", file=sys.stderr)
        return 2
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for name, html, size in pictures():
        draw(browser, html, folder / f"{name}.png", size)
        print(folder / f"{name}.png")
    return 0


def pictures() -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Names, pages, and sizes in pixels."""
    call = ("--select", "PM203,PM402,PM602", "examples/faulty.md")
    drawn = pmlint("--color", "always", *call)
    body = f"<pre>$ pmlint {' '.join(call)}\n{coloured(drawn)}</pre>"
    for ground, (paper, ink) in GROUNDS.items():
        yield (
            f"terminal-{ground}",
            PAGE.format(ground=paper, ink=ink, body=body),
            (780, 20 * (drawn.count("\n") + 2) + 32),
        )
    summary = MarkdownIt("commonmark").enable("table").render(pmlint("--format", "markdown", *call))
    paper, ink = GROUNDS["light"]
    page = PAGE.format(ground=paper, ink=ink, body=f'<div class="page">{summary}</div>')
    yield "summary", page, (960, 640)


def pmlint(*arguments: str) -> str:
    """What pmlint prints."""
    environ = {**os.environ, "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    environ.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "pmlint", "check", "--isolated", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout


def coloured(text: str) -> str:
    """Terminal colours as HTML."""
    told, is_open = [], False
    for part in re.split(r"(\x1b\[[0-9;]*m)", text):
        match = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if not match:
            told.append(escape(part))
            continue
        if is_open:
            told.append("</span>")
        codes = match[1].split(";")
        styles = ["font-weight: bold"] if codes[0] == "1" else []
        styles += ["opacity: .6"] if codes[0] == "2" else []
        styles += [f"color: {COLOURS[codes[-1]]}"] if "38" in codes else []
        is_open = bool(styles)
        told.append(f'<span style="{"; ".join(styles)}">' if styles else "")
    return "".join(told)


def draw(browser: str, html: str, target: Path, size: tuple[int, int]) -> None:
    """A page as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, "utf-8")
        subprocess.run(
            [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
                *("--no-first-run", "--disable-background-networking", "--disable-sync"),
                *("--disable-component-update", "--hide-scrollbars", f"--user-data-dir={folder}"),
                *(f"--window-size={size[0]},{size[1]}", f"--screenshot={target}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
