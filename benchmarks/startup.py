"""How long one file takes as a whole process, against the imports it cannot avoid.

    python benchmarks/startup.py [FILE] [--rounds 31]

Prints the medians of ``pmlint check FILE``, read and answered from the cache, and of
``import click, markdown_it`` and ``import click``, each as a process of its own, run in
turn so that a busy machine hits all alike, and their ratios. The aims are at most 1.35
times the first and 1.25 times the second.

The time on the clock is what a user waits; the time of the processor, user and system, is
what other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FLOOR = (sys.executable, "-c", "import click, markdown_it")
CLICK = (sys.executable, "-c", "import click")


class Took(NamedTuple):
    """Seconds of one run."""

    clock: float
    processor: float


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
        runs: dict[str, list[Took]] = {name: [] for name in commands}
        for command in commands.values():
            took(command)
        for _ in range(arguments.rounds):
            for name, command in commands.items():
                runs[name].append(took(command))
    middle = {name: medians(found) for name, found in runs.items()}
    print(f"{'':<28}{'clock':>8}   processor")
    for name, (clock, processor) in middle.items():
        print(f"{name:<28}{clock * 1000:8.1f}{processor * 1000:9.1f} ms")
    for name, run, floor in (
        ("ratio, read", "pmlint check", "import click, markdown_it"),
        ("ratio, cached", "pmlint check, cached", "import click"),
    ):
        mine, its = middle[run], middle[floor]
        print(f"{name:<28}{mine.clock / its.clock:8.2f}{mine.processor / its.processor:9.2f}")


def medians(found: Sequence[Took]) -> Took:
    """The median of each time."""
    return Took(median(each.clock for each in found), median(each.processor for each in found))


def tool() -> tuple[str, ...]:
    """The console script beside this Python, else the module."""
    script = Path(sys.executable).with_name("pmlint")
    return (str(script),) if script.exists() else (sys.executable, "-m", "pmlint")


def took(command: tuple[str, ...]) -> Took:
    """What one run of a command takes."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Compiled modules are kept, as they are where pmlint is installed.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = spent(), perf_counter()
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environ)
    return Took(perf_counter() - start, spent() - before)


def spent() -> float:
    """Seconds of the processor that all processes started here took until now."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
