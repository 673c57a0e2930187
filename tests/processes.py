"""Calls of pmlint and of Git in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conftest import ROOT

PMLINT = (sys.executable, "-m", "pmlint")


def environment(**more: str) -> dict[str, str]:
    """The variables of this process, with which Python finds this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def git_environment(**more: str) -> dict[str, str]:
    """The variables of this process with an author and without settings of the machine.

    Inside a Git hook its variables would lead into the repository that is committed to.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    author = {f"GIT_{role}_NAME": "A" for role in ("AUTHOR", "COMMITTER")}
    author |= {f"GIT_{role}_EMAIL": "a@example.org" for role in ("AUTHOR", "COMMITTER")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**kept, **author, **settings, **more}


def called(
    *words: str | Path,
    folder: Path,
    environ: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """A call that has ended, whatever its exit code; None for the variables of this process."""
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=timeout,
    )


def git(folder: Path, *words: str) -> str:
    """What a call of Git prints; fails where it does."""
    done = called("git", *words, folder=folder, environ=git_environment())
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
