"""How time and memory grow with the size of a text, beside the bare Markdown parser.

    python benchmarks/growth.py [--shapes ordinary,headings] [--most 5000000] [--docs]

Each measurement is a process of its own that reads one text and prints its CPU time and
its peak memory over an empty run. The exponent is the slope between the first and the
last size that took at least 50 ms. ``--docs`` writes table and picture to ``docs``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

from shapes import SHAPES

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 50_000, 250_000, 1_000_000, 5_000_000)
PARSER = """
from markdown_it import MarkdownIt
parser = MarkdownIt("commonmark").enable("table")
work = parser.parse
"""
PMLINT = """
from pmlint import config, engine
from pmlint.findings import Source
plan = engine.prepare(config.Settings(time_limit=0))
work = lambda text: engine.check_text(Source(text, "a.md"), plan)
"""
CHILD = """
import json, resource, sys, time
sys.path[:0] = {path!r}
from shapes import SHAPES
{setup}
work(SHAPES["one postmortem"](2_000))
text = SHAPES[{shape!r}]({size})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
work(text)
spent = time.process_time() - start
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, before]))
"""


class Measure(NamedTuple):
    """One text read by one reader."""

    size: int
    seconds: float
    peak: float
    """MiB of the whole process."""


def main() -> None:
    """Measure, print, and write the documentation's table and picture."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--limit", type=float, default=120, help="seconds for one text")
    parser.add_argument("--docs", action="store_true")
    given = parser.parse_args()
    sizes = [size for size in SIZES if size <= given.most]
    rows, curves = [], {}
    head = "| shape | pmlint | parser | exponents | peak | parser's | ratio |"
    print(head)
    for shape in given.shapes.split(","):
        ours = list(measured(PMLINT, shape, sizes, given.limit))
        bare = list(measured(PARSER, shape, sizes, given.limit))
        rows.append(row(shape, ours, bare))
        curves[shape] = (ours, bare)
        print(rows[-1], flush=True)
    if given.docs:
        table = "\n".join([head, "|---|--:|--:|--:|--:|--:|--:|", *rows])
        (ROOT / "docs" / "growth.md").write_text(PAGE.format(table=table), encoding="utf-8")
        picture = drawn(*curves["ordinary"]) if "ordinary" in curves else ""
        (ROOT / "docs" / "growth.svg").write_text(picture, encoding="utf-8")


def measured(setup: str, shape: str, sizes: Sequence[int], limit: float) -> Iterator[Measure]:
    """A measure for each size, up to the first that takes too long."""
    for size in sizes:
        path = [str(ROOT), str(ROOT / "benchmarks")]
        script = CHILD.format(path=path, setup=setup, shape=shape, size=size)
        try:
            done = subprocess.run(
                [sys.executable, "-c", script],
                capture_output=True,
                text=True,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return
        if done.returncode:
            print(f"{shape}, {size}: {done.stderr.strip()[-200:]}", file=sys.stderr)
            return
        seconds, peak, _ = json.loads(done.stdout)
        yield Measure(size, seconds, peak / 1024)


def exponent(measures: Sequence[Measure]) -> float | None:
    """The slope of time over size in logarithms; None where nothing took long enough."""
    slow = [each for each in measures if each.seconds >= 0.05]
    if len(slow) < 2:
        return None
    first, last = slow[0], slow[-1]
    return log(last.seconds / first.seconds) / log(last.size / first.size)


def row(shape: str, ours: Sequence[Measure], bare: Sequence[Measure]) -> str:
    """A row of the table, for the largest size that both read."""
    count = min(len(ours), len(bare))
    if not count:
        return f"| {shape} | too long | | | | | |"
    one, other = ours[count - 1], bare[count - 1]
    slopes = [f"{each:.2f}" if each is not None else "–" for each in map(exponent, (ours, bare))]
    told = f"{shape}, {one.size / 1e6:g} MB"
    return (
        f"| {told} | {one.seconds:.2f} s | {other.seconds:.2f} s | {slopes[0]} / {slopes[1]}"
        f" | {one.peak:.0f} MiB | {other.peak:.0f} MiB | {one.peak / other.peak:.2f} |"
    )


PAGE = """\
# Growth

Written by `python benchmarks/growth.py --docs`. CPU time and peak memory of one process
that reads one text, pmlint beside the bare Markdown parser with inline parsing; the
exponents are the slopes of time over size, 1.00 is linear. A parser that reads 5 MB as one
paragraph keeps next to nothing, pmlint every figure of it and every time of its first
100,000 characters; of words and sentences it keeps where they stand.

![Time over size, pmlint and parser, ordinary text](growth.svg)

{table}
"""


def drawn(ours: Sequence[Measure], bare: Sequence[Measure]) -> str:
    """Time over size of two readers, both in logarithms, as SVG."""
    every = [*ours, *bare]
    left, right = log(min(m.size for m in every)), log(max(m.size for m in every))
    low, high = log(min(m.seconds for m in every)), log(max(m.seconds for m in every))

    def place(each: Measure) -> tuple[float, float]:
        across = 60 + 420 * (log(each.size) - left) / (right - left)
        return across, 250 - 220 * (log(each.seconds) - low) / (high - low)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 290" font-family="sans-serif"'
        ' font-size="12" role="img"><title>Time over size</title>',
        '<rect width="600" height="290" fill="white"/>',
    ]
    for name, measures, colour in (("pmlint", ours, "#0b6e4f"), ("parser", bare, "#555555")):
        points = [place(each) for each in measures]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), each in zip(points, measures, strict=True):
            told = f"{each.seconds:.3g} s"
            parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x:.0f}" y="{y - 7:.0f}" text-anchor="end">{told}</text>')
        x, y = points[-1]
        parts.append(f'<text x="{x + 10:.0f}" y="{y + 4:.0f}" fill="{colour}">{name}</text>')
    for each in bare:
        x, _ = place(each)
        parts.append(
            f'<text x="{x:.0f}" y="275" text-anchor="middle">{each.size // 1000:,} kB</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    main()
