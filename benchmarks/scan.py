"""How fast ``pmlint scan`` is, and whether the memory of its workers stays flat.

    python benchmarks/scan.py [--count 20000] [--workers 2] [--minutes 0] [--s3] [--kill]
                              [--kind folder|parquet|jsonl] [--short] [--keep DIR]

Generates documents (``benchmarks/generate.py``), scans them with a local cluster, and prints
documents a second, the memory of workers over time, and whether every document is in the
result once. ``--minutes`` stops a long scan after that time and counts what is done;
``--s3`` serves the source from S3-like storage (moto) on the loopback address; ``--kill``
kills one worker in the middle; ``--check`` compares with ``pmlint check --format json``.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

import generate

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--partition", type=int, default=500)
    parser.add_argument("--kind", choices=["folder", "parquet", "jsonl"], default="folder")
    parser.add_argument("--short", action="store_true", help="parquet of 0.5 KB a document")
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--s3", action="store_true")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = given.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        source = made(folder, given.kind, given.count, short=given.short)
        if given.s3:
            with served(folder, source) as (url, storage):
                measure(folder, url, storage, given)
        else:
            measure(folder, source, [], given)


def made(folder: Path, kind: str, count: int, *, short: bool) -> str:
    """The source, generated unless it is there."""
    name = f"{kind}-{count}{'-short' if short else ''}"
    target = folder / name
    if not target.exists():
        if kind == "folder":
            generate.write_folder(target, count)
        elif kind == "jsonl":
            target = target.with_suffix(".jsonl")
            generate.write_jsonl(target, count)
        else:
            target = target.with_suffix(".parquet")
            if not target.exists():
                generate.write_parquet(target, count, 5000, short=short)
    return {"folder": f"{name}/**/*.md"}.get(kind, target.name)


@contextmanager
def served(folder: Path, source: str) -> Iterator[tuple[str, list[str]]]:
    """The source in a bucket of a server of its own process."""
    import logging

    import fsspec
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    options = {"endpoint_url": f"http://127.0.0.1:{server.get_host_and_port()[1]}"}
    options |= {"key": "a", "secret": "b"}
    fs = fsspec.filesystem("s3", **options)
    fs.mkdir("archive")
    start = source.split("/", 1)[0]
    fs.put(str(folder / start), f"archive/{start}", recursive=True)
    storage = [word for key, value in options.items() for word in ("--storage", f"{key}={value}")]
    try:
        yield f"s3://archive/{source}", storage
    finally:
        server.stop()


def measure(folder: Path, source: str, storage: list[str], given: argparse.Namespace) -> None:
    out = folder / f"out-{os.getpid()}"
    command = [sys.executable, "-m", "pmlint", "scan", source, "--out", str(out), "--isolated"]
    command += ["--workers", str(given.workers), "--partition", str(given.partition), *storage]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    begun = perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environ)
    killed = False
    while process.poll() is None:
        sleep(0.2)
        done = len(list((out / "done").glob("*.json"))) if (out / "done").exists() else 0
        if given.kill and not killed and done >= given.count / given.partition / 2:
            killed = kill_one(process.pid)
            print(f"killed a worker when {done} partitions were done")
        if given.minutes and perf_counter() - begun > given.minutes * 60:
            process.send_signal(signal.SIGINT)
            process.wait()
    seconds = perf_counter() - begun
    tell(folder, out, seconds, given)


def kill_one(parent: int) -> bool:
    """Kill a worker: the busiest process below the one that scans."""
    import psutil

    below = psutil.Process(parent).children(recursive=True)
    busiest = max(below, key=lambda process: sum(process.cpu_times()[:2]))
    busiest.kill()
    return True


def tell(folder: Path, out: Path, seconds: float, given: argparse.Namespace) -> None:
    import pyarrow.parquet as pq

    tallies = sorted((out / "done").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    told = [json.loads(path.read_text()) for path in tallies]
    documents = sum(each["documents"] for each in told)
    work = sum(each["seconds"] for each in told)
    cpu = sum(each["cpu_seconds"] for each in told)
    memory = [each["megabytes"] for each in told]
    fifth = max(len(memory) // 5, 1)
    names: Counter[str] = Counter()
    for path in (out / "facts").glob("*.parquet"):
        names.update(pq.read_table(path, columns=["path"])["path"].to_pylist())
    size = sum(path.stat().st_size for path in out.rglob("*.parquet"))
    print(f"documents            {documents:,} of {given.count:,}")
    print(f"in the result once   {sum(count == 1 for count in names.values()):,}")
    print(f"more than once       {sum(count > 1 for count in names.values()):,}")
    print(f"wall clock           {seconds:,.0f} s, {documents / seconds:,.0f} documents/s")
    print(f"work of the workers  {work:,.0f} s, {1000 * work / max(documents, 1):.2f} ms/document")
    print(f"of a core            {cpu:,.0f} s, {1000 * cpu / max(documents, 1):.2f} ms/document")
    print(f"memory of a worker   {median(memory[:fifth]):.0f} MB first fifth, "
          f"{median(memory[-fifth:]):.0f} MB last fifth, {max(memory):.0f} MB at most")  # fmt: skip
    print(f"results              {size / 1e6:,.1f} MB, {size / max(documents, 1):,.0f} bytes each")
    if given.check:
        print(f"equal to check       {equal(folder, out, given)}")


def equal(folder: Path, out: Path, given: argparse.Namespace) -> bool:
    """Findings in the result are those of ``pmlint check --format json``."""
    import pyarrow.parquet as pq

    found: Counter[str] = Counter()
    for path in (out / "findings").glob("*.parquet"):
        for row in pq.read_table(path).to_pylist():
            del row["table"], row["position"]
            found[json.dumps(row, sort_keys=True)] += 1
    command = [sys.executable, "-m", "pmlint", "check", "--format", "json", "--isolated"]
    command += ["--no-cache", "--no-incident", "error", f"folder-{given.count}"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)
    checked: list[dict[str, Any]] = json.loads(done.stdout)
    return found == Counter(json.dumps(each, sort_keys=True) for each in checked)


if __name__ == "__main__":
    main()
