"""The hooks under the real pre-commit and the real prek, with several hundred files.

Run by ``.ci/full``. Parallel invocations are forced: the hooks ask for one process,
a user may not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from processes import called, git_environment

TOOLS = Path(os.environ.get("PMLINT_TOOLS") or ROOT / ".full")
GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
MENDABLE = GOOD.replace("## Resolution\n", "## Resolution:\n")
COUNT = 400

Environ = dict[str, str]


@pytest.fixture(scope="module", params=["pre-commit", "prek"])
def command(request: pytest.FixtureRequest) -> Path:
    path = TOOLS / "venv" / "bin" / str(request.param)
    if not path.exists():
        pytest.skip(f"{request.param} is not installed (.ci/full installs it)")
    return path


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> Environ:
    home = str(tmp_path_factory.mktemp("home"))
    # UV_PYTHON: a wheel of Python 3.11 or later for the hook's environment.
    return git_environment(PRE_COMMIT_HOME=home, PREK_HOME=home, UV_PYTHON=sys.executable)


class Repository:
    """A scratch repository that uses the hooks of this checkout."""

    def __init__(self, folder: Path, checkout: Path, command: Path, environ: Environ) -> None:
        self.folder = folder
        self.command = command
        self.environ = environ
        revision = self.git("rev-parse", "HEAD", folder=checkout).stdout.strip()
        hook = "  - {id: HOOK, require_serial: false, stages: [STAGE]}\n"
        hooks = [
            hook.replace("HOOK", name).replace("STAGE", stage)
            for name, stage in (("pmlint", "pre-commit"), ("pmlint-fix", "manual"))
        ]
        config = f"repos:\n- repo: {checkout}\n  rev: {revision}\n  hooks:\n{''.join(hooks)}"
        (folder / ".pre-commit-config.yaml").write_text(config)
        self.git("init", "-q")

    def git(self, *words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return called("git", *words, folder=folder or self.folder, environ=self.environ)

    def write(self, text: str, *, odd: str = "") -> None:
        for number in range(COUNT):
            folder = self.folder / "postmortems" / f"{number % 7}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"an outage {number}.md").write_text(text if number % 50 or not odd else odd)
        self.git("add", "--all")

    def run(self, stage: str) -> subprocess.CompletedProcess[str]:
        words = ("run", "--all-files", "--verbose", "--hook-stage", stage)
        return called(self.command, *words, folder=self.folder, environ=self.environ)


@pytest.fixture(scope="module")
def repository(
    tmp_path_factory: pytest.TempPathFactory, checkout: Path, command: Path, environ: Environ
) -> Repository:
    return Repository(tmp_path_factory.mktemp("scratch"), checkout, command, environ)


def test_good_postmortems_pass(repository: Repository) -> None:
    repository.write(GOOD)
    done = repository.run("pre-commit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_faulty_ones_fail_and_every_one_is_told(repository: Repository) -> None:
    repository.write(GOOD, odd=FAULTY)
    done = repository.run("pre-commit")
    assert done.returncode == 1, done.stdout + done.stderr
    for number in range(0, COUNT, 50):
        assert f"an outage {number}.md" in done.stdout


def test_the_fixing_hook_mends_all_and_then_passes(repository: Repository) -> None:
    repository.write(MENDABLE)
    first = repository.run("manual")
    assert first.returncode == 1, first.stdout + first.stderr
    files = sorted((repository.folder / "postmortems").rglob("*.md"))
    assert len(files) == COUNT
    assert {file.read_text("utf-8") for file in files} == {GOOD}
    repository.git("add", "--all")
    second = repository.run("manual")
    assert second.returncode == 0, second.stdout + second.stderr
