"""Build the page into a folder that any static host can serve.

    python playground/build.py [FOLDER]        (default: dist/playground)

Needs Python with pip, and npm. pmlint's wheel is made from this checkout; everything else
is pinned with its hash in ``package-lock.json`` and ``requirements.txt``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
SOURCES = ("pmlint", "rules", "pyproject.toml", "README.md", "LICENSE")
PYODIDE = {
    # Some hosts do not know .mjs as JavaScript.
    "pyodide.mjs": "pyodide.js",
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
    "python_stdlib.zip": "python_stdlib.zip",
}
MARK = "sw.js"
"""The file by which a folder is known as one that was built here."""


class BuildError(Exception):
    """The page cannot be built: one line that says why."""


def main(arguments: list[str]) -> int:
    """Build, and print what is loaded. The exit code is 2 where that fails."""
    target = Path(arguments[0]) if arguments else ROOT / "dist" / "playground"
    try:
        build(target)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for name, size, packed in sizes(target):
        print(f"{size / 1e6:8.2f} MB  {packed / 1e6:8.2f} MB gzipped  {name}")
    print(f"built: serve {target}, for example `python -m http.server -d {target}`")
    return 0


def build(target: Path) -> None:
    """Build into a folder, which is empty, missing, or an earlier result.

    Raises BuildError where a tool is missing or fails.
    """
    if target.exists() and any(target.iterdir()) and not (target / MARK).is_file():
        raise BuildError(f"{target} holds other files; name an empty folder")
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "page"
        shutil.copytree(HERE / "page", folder)
        shutil.copyfile(HERE / "bridge.py", folder / "bridge.py")
        version = _pyodide(folder / "pyodide", Path(work) / "npm")
        _wheels(folder, Path(work))
        _examples(folder)
        licences = folder / "licences.txt"
        licences.write_text(licences.read_text("utf-8").replace("@pyodide@", version), "utf-8")
        _keep_offline(folder)
        if target.exists():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(folder, target)


def sizes(folder: Path) -> list[tuple[str, int, int]]:
    """Name, bytes, and bytes gzipped as hosts do, of every file; largest first, then the sum."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            packed = len(gzip.compress(data, 6))
            found.append((path.relative_to(folder).as_posix(), len(data), packed))
    found.sort(key=lambda each: -each[1])
    return [*found, ("in all", sum(each[1] for each in found), sum(each[2] for each in found))]


def _run(*command: str | Path, folder: Path) -> None:
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        raise BuildError(f"{words[0]} cannot be run: {error.strerror}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise BuildError(f"`{' '.join(words[:4])}` failed: {said[-1] if said else 'no message'}")


def _pyodide(folder: Path, work: Path) -> str:
    """Python for the browser, of the version in the lock file; returns that version."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is missing; Python for the browser comes from there")
    work.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, work / name)
    _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=work)
    package = work / "node_modules" / "pyodide"
    folder.mkdir()
    for name, ours in PYODIDE.items():
        shutil.copyfile(package / name, folder / ours)
    # The page loads none of the packages that the lock file lists.
    lock = json.loads((package / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = {}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    version: str = json.loads((package / "package.json").read_text("utf-8"))["version"]
    return version


def _wheels(folder: Path, work: Path) -> None:
    """pmlint's wheel, made from a copy that holds no remains of other builds, and the others."""
    source, wheels = work / "source", folder / "wheels"
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, source / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, source / name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    _run(*pip, "wheel", "--quiet", "--no-deps", "-w", wheels, source, folder=work)
    _run(
        *(*pip, "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
        *("--python-version", "3.14", "--platform", "any", "-d", wheels),
        *("-r", HERE / "requirements.txt"),
        folder=work,
    )
    names = sorted(path.name for path in wheels.iterdir())
    impure = [name for name in names if not name.endswith("-none-any.whl")]
    if impure:
        raise BuildError(f"{impure[0]} is not pure Python")
    (folder / "wheels.json").write_text(json.dumps([f"wheels/{name}" for name in names]), "utf-8")


def _examples(folder: Path) -> None:
    from playground.texts import examples

    listed = [{"name": name, "text": text} for name, text in examples()]
    (folder / "examples.json").write_text(json.dumps(listed), "utf-8")


def _keep_offline(folder: Path) -> None:
    """Tell the service worker which files to keep, and of which content."""
    script = folder / MARK
    hashes = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != script
    }
    text = script.read_text("utf-8")
    listed = json.dumps(hashes, indent=1)
    version = hashlib.sha256((listed + text).encode()).hexdigest()[:12]
    for slot, value in (
        ("const FILES = {};", f"const FILES = {listed};"),
        ("@version@", version),
    ):
        if slot not in text:
            raise BuildError(f"{MARK} has no place for {slot!r}")
        text = text.replace(slot, value)
    script.write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
