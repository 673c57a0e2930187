"""Fuzz one target: ``python fuzz/run.py TARGET [--atheris] [--seconds N] [--keep FOLDER]``.

Coverage guides the choice of inputs with ``--atheris`` (a package of its own, for Linux:
``pip install atheris``); without, inputs are varied from seeds. An input that breaks a
promise, or takes longer than 1 s for 100 KB (a second at least), is written to
``FOLDER/found``, three at most for each place that fails; the exit code is 1.

``--replay`` runs what an earlier run has kept, for example under ``coverage run``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from seeds import PIECES, starts, varied  # noqa: E402

if "--atheris" in sys.argv:
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

    with atheris.instrument_imports(include=["pmlint"]):
        from targets import TARGETS
else:
    from targets import TARGETS

LONGEST = {"markdown": 6_000, "configuration": 3_000, "rules": 1_500, "reports": 1_000}
"""The bytes of a guided input; the other targets put theirs into a document, several times."""


class Watch:
    """Tries inputs and keeps those that break something."""

    def __init__(self, name: str, keep: Path, seconds: float) -> None:
        self._name, self._target, self._keep = name, TARGETS[name], keep
        # What is built once is not the first input's.
        self._target(b"")
        self._begin = time.process_time()
        self._end = self._begin + seconds
        self._seen: Counter[str] = Counter()
        self._tried, self._slowest, self._size = 0, 0.0, 0

    def over(self) -> bool:
        """Whether the time is up."""
        return time.process_time() > self._end

    def stop(self, *_: object) -> None:
        """Let the input at hand be the last."""
        self._end = 0

    def attempt(self, data: bytes) -> None:
        """Run the target on an input."""
        start = time.process_time()
        self._tried += 1
        try:
            self._target(data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} at {last.filename}:{last.lineno}"
            self._found(where, f"{where}: {error}", data)
        took = time.process_time() - start
        if took > self._slowest:
            self._slowest, self._size = took, len(data)
        if took > allowed(self._name, data):
            self._found("slow", f"slow: {took:.2f} s for {len(data)} bytes", data)

    def close(self) -> int:
        """Tell, and log, what was tried; the exit code."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        seconds = time.process_time() - self._begin
        found = sum(self._seen.values())
        print(
            f"{self._name}: {self._tried:,} inputs in {seconds:.0f} s, {found} found, slowest "
            f"{self._slowest:.2f} s ({self._size} bytes), {memory} MB",
            flush=True,
        )
        told = {
            "target": self._name, "seconds": round(seconds, 1), "inputs": self._tried,
            "found": dict(self._seen), "slowest": round(self._slowest, 2),
            "guided": "--atheris" in sys.argv,
        }  # fmt: skip
        self._keep.mkdir(parents=True, exist_ok=True)
        with open(self._keep / "log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(told) + "\n")
        return 1 if found else 0

    def _found(self, where: str, told: str, data: bytes) -> None:
        self._seen[where] += 1
        if self._seen[where] > 3:
            return
        print(told, flush=True)
        folder = self._keep / "found"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self._name}-{digest(data)}").write_bytes(data)


def main() -> int:
    """Run until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=float, default=60, help="of the processor")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true", help="let coverage guide")
    parser.add_argument("--keep", type=Path, default=ROOT / "fuzz", help="for log and inputs")
    parser.add_argument("--replay", action="store_true", help="run the inputs that were kept")
    given = parser.parse_args()
    watch = Watch(given.target, given.keep, given.seconds)
    signal.signal(signal.SIGTERM, watch.stop)
    corpus = given.keep / "corpus" / given.target
    if given.replay:
        for path in sorted([*corpus.glob("*"), *(given.keep / "found").glob(f"{given.target}-*")]):
            watch.attempt(path.read_bytes())
        return watch.close()
    if given.atheris:
        guide(watch, given.target, corpus)
    for data in varied(given.seed, given.target):
        if watch.over():
            break
        watch.attempt(data)
    return watch.close()


def guide(watch: Watch, name: str, corpus: Path) -> None:
    """Let atheris choose the inputs; ends the process."""
    corpus.mkdir(parents=True, exist_ok=True)
    longest = LONGEST.get(name, 300)
    if not any(corpus.iterdir()):
        for data in starts(name):
            (corpus / digest(data[:longest])).write_bytes(data[:longest])
    words = corpus.parent / "words"
    words.write_text("".join(f'"{quoted(piece)}"\n' for piece in PIECES), encoding="ascii")

    def one(data: bytes) -> None:
        if watch.over():
            # libFuzzer has written what it keeps, and knows no end by processor time.
            os._exit(watch.close())
        watch.attempt(data)

    options = [
        f"-max_len={longest}",
        f"-dict={words}",
        "-timeout=3600",
        "-report_slow_units=3600",
        "-rss_limit_mb=2048",
    ]
    options += [f"-artifact_prefix={corpus.parent}/", "-verbosity=0", "-reload=0", "-handle_term=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


def allowed(name: str, data: bytes) -> float:
    """The seconds that an input may take; a target of fixes reads a text some ten times."""
    return max(2.0 if name == "fixes" else 1.0, len(data) / 100_000)


def quoted(piece: str) -> str:
    """A word as libFuzzer's dictionaries write it."""
    return "".join(f"\\x{byte:02x}" for byte in piece.encode())


def digest(data: bytes) -> str:
    """A name for an input."""
    return hashlib.sha256(data).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
