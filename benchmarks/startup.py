"""How long one file takes as a whole process, against the imports it cannot avoid.

    python benchmarks/startup.py [FILE] [--rounds 31]

Prints the median of ``pmlint check FILE`` and of ``import click, markdown_it``,
each as a process of its own, run in turn so that a busy machine hits both alike,
and their ratio. The aim is at most 1.6.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
FLOOR = (sys.executable, "-c", "import click, markdown_it")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="?", default=str(ROOT / "examples" / "good.md"))
    parser.add_argument("--rounds", type=int, default=31)
    arguments = parser.parse_args()
    checked = (*tool(), "check", "--isolated", arguments.file)
    for command in (FLOOR, checked):
        seconds(command)
    floor, tool_time = [], []
    for _ in range(arguments.rounds):
        floor.append(seconds(FLOOR))
        tool_time.append(seconds(checked))
    print(f"import click, markdown_it   {median(floor) * 1000:6.1f} ms")
    print(f"pmlint check, one file      {median(tool_time) * 1000:6.1f} ms")
    print(f"ratio                       {median(tool_time) / median(floor):6.2f}")


def tool() -> tuple[str, ...]:
    """The console script beside this Python, else the module."""
    script = Path(sys.executable).with_name("pmlint")
    return (str(script),) if script.exists() else (sys.executable, "-m", "pmlint")


def seconds(command: tuple[str, ...]) -> float:
    """Wall-clock seconds of one run of a command."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Compiled modules are kept, as they are where pmlint is installed.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    start = perf_counter()
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environ)
    return perf_counter() - start


if __name__ == "__main__":
    main()
