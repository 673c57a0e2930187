"""Build the wheel twice, in two folders, and compare the bytes.

``python scripts/reproduce.py [--out FOLDER]``; exit code 1 where they differ. It needs
setuptools and no network: nothing is fetched while it builds.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build, compare, and keep the wheel where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="keep the wheel in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        wheels = [build(Path(place) / name, time) for name, time in (("a", 0), ("b", 10**9))]
        sums = [hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels]
        for wheel, told in zip(wheels, sums, strict=True):
            print(f"{told}  {wheel.name}")
        if len(set(sums)) != 1:
            print("the two builds differ", file=sys.stderr)
            return 1
        if given.out:
            given.out.mkdir(parents=True, exist_ok=True)
            shutil.copy(wheels[0], given.out)
    return 0


def build(folder: Path, changed: int) -> Path:
    """A wheel of the committed files, of which the copies were changed at some time."""
    folder.mkdir(parents=True)
    archive = subprocess.run(
        ["git", "archive", "--format=tar", "HEAD"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    subprocess.run(["tar", "-x"], cwd=folder, input=archive, check=True)
    for path in folder.rglob("*"):
        if path.is_file() and not path.stat().st_mode & 0o100:
            # What the mask of the user leaves of it would go into the wheel.
            path.chmod(0o644)
        os.utime(path, (changed, changed))
    time = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    out = folder / "out"
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--wheel-dir", str(out), str(folder)],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": time, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )  # fmt: skip
    (wheel,) = out.glob("*.whl")
    return wheel


if __name__ == "__main__":
    sys.exit(main())
