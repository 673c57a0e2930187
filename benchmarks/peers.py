"""pmlint beside its peers in one run: one file, 100 and 1,000 files, cold and warm.

    python benchmarks/peers.py [--envs DIR] [--rounds 5] [--only pmlint,rumdl]

Every tool is installed once, in a pinned version, into an environment of its own below
``--envs``; one that is not to be had is skipped with a word. The tools run in turn, so
that a busy machine hits all alike; printed are medians of whole processes, by the clock and
by the time of the processor, which a busy machine disturbs less, and their ratio to
pmlint's. No two files are alike. Cold means: without results of an earlier run.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from shapes import ORDINARY

ROOT = Path(__file__).resolve().parent.parent
SLOWEST = 120
"""Seconds after which a run is given up."""


class Tool(NamedTuple):
    """A tool as it is installed and called."""

    name: str
    packages: tuple[str, ...]
    command: str
    """Its program, then its options; ``{cache}`` is a folder that cold runs find empty,
    ``{modules}`` the one that its packages stand in."""
    warm: bool = False
    """It keeps results from one run to the next."""
    node: bool = False


TOOLS = (
    Tool("pmlint", (str(ROOT),), "pmlint --cache-dir {cache}", warm=True),
    Tool("rumdl", ("rumdl==0.3.0",), "rumdl check --cache-dir {cache}", warm=True),
    Tool("mdlint", ("mdlint==0.3.0",), "mdlint check"),
    Tool("pymarkdownlnt", ("pymarkdownlnt==0.9.41",), "pymarkdown scan"),
    Tool("proselint", ("proselint==0.16.0",), "proselint check"),
    Tool("mdformat", ("mdformat==1.0.0", "mdformat-gfm==1.0.0"), "mdformat --check"),
    Tool("markdownlint-cli2", ("markdownlint-cli2@0.24.1",), "markdownlint-cli2", node=True),
    Tool(
        "remark-lint",
        ("remark-cli@12.0.1", "remark-preset-lint-recommended@7.0.1"),
        "remark --no-config --quiet --use {modules}/remark-preset-lint-recommended/index.js",
        node=True,
    ),
    Tool(
        "textlint",
        ("textlint@15.8.0", "textlint-rule-no-todo@2.0.1"),
        "textlint --no-textlintrc --rule no-todo",
        node=True,
    ),
)


def main() -> None:
    """Install, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    parser.add_argument("--envs", type=Path, default=home / "pmlint-benchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--counts", default="1,100,1000")
    given = parser.parse_args()
    wanted = given.only.split(",") if given.only else [tool.name for tool in TOOLS]
    programs = {
        tool: path
        for tool in TOOLS
        if tool.name in wanted and (path := installed(tool, given.envs)) is not None
    }
    with TemporaryDirectory() as folder:
        for count in map(int, given.counts.split(",")):
            files = Path(folder) / str(count)
            written(files, count)
            told(count, measured(programs, files, given.rounds))


def installed(tool: Tool, envs: Path) -> Path | None:
    """The tool's program; None, and a word, where it cannot be installed."""
    place = envs / tool.name
    program = tool.command.split()[0]
    folder = place / ("node_modules/.bin" if tool.node else "bin")
    if tool.node and shutil.which("npm") is None:
        print(f"{tool.name}: skipped, npm is not here", file=sys.stderr)
        return None
    if not (folder / program).exists() or tool.packages == (str(ROOT),):
        for step in steps(tool, place):
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                why = (done.stderr.strip().splitlines() or ["?"])[-1]
                print(f"{tool.name}: skipped, {step[0]} says: {why[:150]}", file=sys.stderr)
                return None
    return folder / program


def steps(tool: Tool, place: Path) -> Iterator[list[str]]:
    """The commands that install a tool."""
    if tool.node:
        place.mkdir(parents=True, exist_ok=True)
        yield ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place),
               *tool.packages]  # fmt: skip
        return
    if not place.exists():
        yield [sys.executable, "-m", "venv", str(place)]
    again = ["--force-reinstall", "--no-deps"] if (place / "bin" / "pmlint").exists() else []
    yield [str(place / "bin" / "pip"), "install", "-q", *again, *tool.packages]


def written(folder: Path, count: int) -> None:
    """So many postmortems, no two alike."""
    folder.mkdir()
    for number in range(count):
        text = ORDINARY.replace("{n}", str(number + 2))
        (folder / f"{number:04}-outage.md").write_text(text, encoding="utf-8")


class Took(NamedTuple):
    """What one run took, in seconds."""

    clock: float
    processor: float


Times = dict[tuple[str, str], list[Took]]


def measured(programs: dict[Tool, Path], files: Path, rounds: int) -> Times:
    """Seconds by tool and kind of run (cold, warm)."""
    times: Times = {}
    for _ in range(rounds):
        for tool, program in programs.items():
            with TemporaryDirectory() as cache:
                for kind in ("cold", "warm") if tool.warm else ("cold",):
                    took = run(tool, program, files, cache)
                    if took is not None:
                        times.setdefault((tool.name, kind), []).append(took)
    return times


def run(tool: Tool, program: Path, files: Path, cache: str) -> Took | None:
    """One run over all files; None where it takes too long."""
    places = {"cache": cache, "modules": program.parent.parent}
    options = [word.format(**places) for word in tool.command.split()[1:]]
    names = sorted(each.name for each in files.iterdir())
    surroundings = {key: value for key, value in os.environ.items() if key != "PMLINT_CACHE_DIR"}
    start, before = perf_counter(), spent()
    try:
        subprocess.run(
            [str(program), *options, *names],
            cwd=files,
            env=surroundings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SLOWEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return Took(perf_counter() - start, spent() - before)


def spent() -> float:
    """Seconds of the processor that all ended children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def told(count: int, times: Times) -> None:
    """Print the medians of one number of files, the fastest first."""
    print(f"\n{count:,} {'file' if count == 1 else 'files'}")
    middles = {
        which: Took(median(each.clock for each in found), median(each.processor for each in found))
        for which, found in times.items()
    }
    for (name, kind), took in sorted(middles.items(), key=lambda row: row[1].processor):
        own = middles.get(("pmlint", kind))
        ratio = f"{took.processor / own.processor:7.2f} x pmlint" if own else ""
        print(f"  {name:<18} {kind:<5} {took.clock:8.3f} s {took.processor:8.3f} s CPU {ratio}")


if __name__ == "__main__":
    main()
