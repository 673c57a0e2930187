"""What several tests share: running the command line and building folders."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from audit import watched

from pmlint.cli import main

ROOT = Path(__file__).resolve().parent.parent
posix = pytest.mark.skipif(
    os.name != "posix", reason="Windows has no such files, signals and terminals"
)


class Result(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Result]
Tree = Callable[[Mapping[str, str]], Path]


@pytest.fixture(autouse=True)
def _plain_environment(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> None:
    """No variable of the machine decides how output looks, no result is another test's."""
    results = tmp_path_factory.getbasetemp() / f"results-{os.getpid()}-{id(request.node):x}"
    monkeypatch.setenv("PMLINT_CACHE_DIR", str(results))
    names = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LC_ALL")
    for name in (*names, "GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call pmlint in this process: ``run("check", path, stdin=b"...")``."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        words = [str(argument) for argument in arguments]
        with watched(words):
            code = main(words)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Write files below a fresh folder, which becomes the working folder."""

    def build(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return build


@pytest.fixture
def impatient() -> Iterator[None]:
    """Waiting for the other end of a pipe is a failure after some seconds."""

    def tired(*_: object) -> None:
        pytest.fail("waited for somebody who may never come")

    before = signal.signal(signal.SIGALRM, tired)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Git repository that holds this checkout as it is now, committed or not."""
    # Inside a Git hook these would lead into the repository that is committed to.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip(f"not in a Git checkout: {listed.stderr.strip()}")
    copy = tmp_path_factory.mktemp("checkout")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (
        ["init", "--quiet"],
        ["add", "--all", "--force"],
        [*identity, "commit", "--quiet", "--message", "Copy"],
    ):
        subprocess.run(["git", *command], cwd=copy, env=environ, check=True, capture_output=True)
    return copy
