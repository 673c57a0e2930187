"""Draws the pictures of docs/report.md: the page of an archive in a real browser.

    python scripts/report_pictures.py [FOLDER]     default: docs/images

Needs Node.js, Chromium and ``npm install --prefix tests/browser``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = 40


def main() -> int:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "images").resolve()
    node, chromium = shutil.which("node"), os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not node or not chromium:
        print("Node.js and Chromium are needed", file=sys.stderr)
        return 2
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        calls = (
            [sys.executable, str(ROOT / "benchmarks" / "generate.py"), "folder", "postmortems"],
            [sys.executable, "-m", "pmlint", "report", "postmortems", "--out", "report.html"],
            [node, str(ROOT / "tests" / "browser" / "page.mjs"), chromium, "report.html"],
        )
        more = (["--count", str(COUNT)], ["--today", "2026-12-31", "--isolated"], [str(target)])
        for call, rest in zip(calls, more, strict=True):
            subprocess.run([*call, *rest], cwd=folder, env=environ, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
