"""Fuzz one target: ``python fuzz/run.py TARGET [--seconds N] [--seed N] [--atheris]``.

Without ``--atheris`` (a package of its own, for Linux) inputs are varied from seeds. An
input that breaks a promise, or takes longer than 1 s for 100 KB (a fifth of a second at
least), is written to ``fuzz/found``; the exit code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "fuzz")]


def main() -> int:
    """Run until the time is up or something is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=float, default=60, help="of the processor")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true", help="let coverage guide")
    given = parser.parse_args()
    if given.atheris:
        return guided(given.target, given.seconds)
    from seeds import varied
    from targets import TARGETS

    target, tried, found, slowest = TARGETS[given.target], 0, 0, 0.0
    end = time.process_time() + given.seconds
    for data in varied(given.seed):
        start = time.process_time()
        if start > end:
            break
        tried += 1
        try:
            target(data)
        except Exception as error:
            found += 1
            keep(given.target, data)
            last = traceback.extract_tb(error.__traceback__)[-1]
            print(f"{type(error).__name__}: {error} at {last.filename}:{last.lineno}", flush=True)
        took = time.process_time() - start
        slowest = max(slowest, took)
        # A target of fixes reads a text some ten times.
        if took > max(2.0 if given.target == "fixes" else 1.0, len(data) / 100_000):
            found += 1
            keep(given.target, data)
            print(f"slow: {took:.2f} s for {len(data)} bytes", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{given.target}: {tried:,} inputs, {found} found, slowest {slowest:.2f} s, {memory} MB")
    return 1 if found else 0


def guided(name: str, seconds: float) -> int:
    """Let atheris choose the inputs."""
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

    with atheris.instrument_imports(include=["pmlint"]):
        from seeds import documents
        from targets import TARGETS

        TARGETS[name](b"# a\n")
    corpus = ROOT / "build" / "fuzz" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for data in documents():
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    options = [
        f"-max_total_time={seconds:g}",
        "-timeout=10",
        "-max_len=20000",
        "-rss_limit_mb=2048",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()
    return 0


def keep(target: str, data: bytes) -> None:
    """Write down an input that broke something."""
    folder = ROOT / "fuzz" / "found"
    folder.mkdir(exist_ok=True)
    (folder / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
