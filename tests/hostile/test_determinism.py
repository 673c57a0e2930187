"""The same documents give the same bytes: whatever order, workers, hash seed or cache."""

from __future__ import annotations

import subprocess
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT
from processes import PMLINT, environment

EXAMPLES = sorted((ROOT / "examples").rglob("*.md"))


def told(folder: Path, seed: int, *words: str, results: str = "") -> bytes:
    results = results or str(folder / f"results-{seed}")
    environ = environment(PYTHONHASHSEED=str(seed), PMLINT_CACHE_DIR=results)
    done = subprocess.run(
        [*PMLINT, "check", "--isolated", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    names = [f"{number:02}.md" for number in range(24)]
    Random(1).shuffle(names)
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(EXAMPLES[number % len(EXAMPLES)].read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["json", "sarif", "text", "junit", "gitlab"])
def test_seed_workers_and_cache_change_nothing(archive: Path, name: str) -> None:
    first = told(archive, 0, "--format", name, "--no-cache", "-j", "1", ".")
    assert first
    for seed in (1, 2, 31337):
        for jobs in ("1", "2"):
            again = told(archive, seed, "--format", name, "--no-cache", "-j", jobs, ".")
            assert again == first, (seed, jobs)
    kept = str(archive / ".results")
    for _ in range(2):
        assert told(archive, 5, "--format", name, ".", results=kept) == first


def test_order_of_creation_changes_nothing(
    archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = told(archive, 0, "--format", "json", "--no-cache", ".")
    for seed in range(3):
        other = tmp_path_factory.mktemp("other")
        names = sorted(path.name for path in archive.glob("*.md"))
        Random(seed).shuffle(names)
        for name in names:
            (other / name).write_bytes((archive / name).read_bytes())
        assert told(other, seed, "--format", "json", "--no-cache", ".") == first


def test_order_of_names_changes_only_the_order(archive: Path) -> None:
    names = sorted(path.name for path in archive.glob("*.md"))
    first = told(archive, 0, "--format", "jsonl", "--no-cache", *names).splitlines()
    Random(3).shuffle(names)
    again = told(archive, 1, "--format", "jsonl", "--no-cache", *names).splitlines()
    assert sorted(first) == sorted(again)
