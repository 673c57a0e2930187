"""What each command imports, and what that costs.

    python benchmarks/imports.py [--rounds 7]

Every command runs as a process of its own, with compiled modules; printed are the
medians of its time and of the number of modules, and the dearest imports.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
FAULTY = str(ROOT / "examples" / "faulty.md")
COMMANDS = {
    "import click": ("-c", "import click"),
    "import click, markdown_it": ("-c", "import click, markdown_it"),
    "--version": ("-m", "pmlint", "--version"),
    "check, cached": ("-m", "pmlint", FAULTY),
    "check": ("-m", "pmlint", "--no-cache", FAULTY),
    "check --format json": ("-m", "pmlint", "--no-cache", "--format", "json", FAULTY),
    "show": ("-m", "pmlint", "show", FAULTY),
    "explain PM402": ("-m", "pmlint", "explain", "PM402"),
    "rules": ("-m", "pmlint", "rules"),
}
_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| ( *)(\S+)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder:
        surroundings = environment(folder)
        for words in COMMANDS.values():
            run(words, surroundings)
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(rounds):
            for name, words in COMMANDS.items():
                start = perf_counter()
                run(words, surroundings)
                times[name].append((perf_counter() - start) * 1000)
        base = median(times["import click, markdown_it"])
        print(f"{'command':<28}{'ms':>7}{'ratio':>7}{'modules':>9}  dearest imports (own ms)")
        for name, words in COMMANDS.items():
            modules = imported(words, surroundings)
            dear = sorted(modules, key=lambda row: row[1], reverse=True)[:4]
            told = ", ".join(f"{module} {own / 1000:.1f}" for module, own in dear)
            spent = median(times[name])
            print(f"{name:<28}{spent:>7.1f}{spent / base:>7.2f}{len(modules):>9}  {told}")


def environment(folder: str) -> dict[str, str]:
    """The machine's, with compiled modules and results in a folder of their own."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": os.path.join(folder, "modules"),
        "PMLINT_CACHE_DIR": os.path.join(folder, "results"),
        "PYTHONPATH": str(ROOT),
    }


def run(words: tuple[str, ...], surroundings: dict[str, str]) -> str:
    """What a command writes to standard error."""
    done = subprocess.run(
        (sys.executable, *words), env=surroundings, capture_output=True, text=True, check=False
    )
    return done.stderr


def imported(words: tuple[str, ...], surroundings: dict[str, str]) -> list[tuple[str, int]]:
    """Modules with the microseconds of their own import."""
    told = run(("-X", "importtime", *words), surroundings)
    return [(match[4], int(match[1])) for match in _LINE.finditer(told)]


if __name__ == "__main__":
    main()
