"""How long one file takes as a whole process, against the imports it cannot avoid.

    python benchmarks/startup.py [FILE] [--rounds 31]

Prints the medians of ``pmlint check FILE``, read and answered from the cache, and of
``import click, markdown_it`` and ``import click``, each as a process of its own, run in
turn so that a busy machine hits all alike, and their ratios. The aims are at most 1.35
times the first and 1.25 times the second.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
FLOOR = (sys.executable, "-c", "import click, markdown_it")
CLICK = (sys.executable, "-c", "import click")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="?", default=str(ROOT / "examples" / "good.md"))
    parser.add_argument("--rounds", type=int, default=31)
    arguments = parser.parse_args()
    checked = (*tool(), "check", "--isolated", arguments.file)
    with TemporaryDirectory() as folder:
        os.environ["PMLINT_CACHE_DIR"] = folder
        commands = {
            "import click, markdown_it": FLOOR,
            "import click": CLICK,
            "pmlint check": (*checked, "--no-cache"),
            "pmlint check, cached": checked,
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            seconds(command)
        for _ in range(arguments.rounds):
            for name, command in commands.items():
                times[name].append(seconds(command))
    middle = {name: median(found) for name, found in times.items()}
    for name, found in middle.items():
        print(f"{name:<28}{found * 1000:6.1f} ms")
    read = middle["pmlint check"] / middle["import click, markdown_it"]
    cached = middle["pmlint check, cached"] / middle["import click"]
    print(f"ratio, read                 {read:6.2f}")
    print(f"ratio, cached               {cached:6.2f}")


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
