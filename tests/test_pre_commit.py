"""The real pre-commit in a scratch repository, against this checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, posix
from processes import called, git, git_environment

pytestmark = [
    pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
INDEX = """\
# Postmortems

- [Checkout refused card payments](2025-03-12-checkout.md)
- [How we write postmortems](template.md)
"""
TEMPLATE = """\
# Postmortem: [incident title]

## Summary

- **Duration:** YYYY-MM-DD, HH:MM to HH:MM (zone)
- **Impact:** [who was hit, with numbers]

## Timeline

- HH:MM [what happened]

## Root cause

[why it happened]

## Resolution

[what ended it]

## Tasks

- [ ] [what, who, until when]
"""
OTHER = "# Contributing\n\nRun the tests, then open a pull request.\n"


class Repository(NamedTuple):
    """A scratch repository with pre-commit's hook installed."""

    folder: Path
    environ: dict[str, str]

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return called("git", *arguments, folder=self.folder, environ=self.environ)

    def commit(self, **files: str) -> subprocess.CompletedProcess[str]:
        """Commit files given as ``folder__name="text"`` and nothing else."""
        self.git("reset", "-q", "--hard")
        for name, text in files.items():
            path = self.folder / (name.replace("__", "/").replace("_", "-") + ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        return self.git("commit", "-m", "Add files")


@pytest.fixture(scope="module")
def repository(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("scratch")
    environ = git_environment(PRE_COMMIT_HOME=str(tmp_path_factory.mktemp("home")))
    scratch = Repository(folder, environ)
    revision = git(checkout, "rev-parse", "HEAD")
    scratch.git("init", "-q")
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {checkout.as_posix()}\n  rev: {revision}\n  hooks:\n  - id: pmlint\n"
    )
    scratch.git("add", "--all")
    assert scratch.git("commit", "-qm", "Start").returncode == 0
    install = (sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    done = called(*install, folder=folder, environ=environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return scratch


def test_faulty_postmortem_fails_the_commit(repository: Repository) -> None:
    done = repository.commit(postmortems__search=FAULTY)
    assert done.returncode == 1
    assert "PM203" in done.stdout + done.stderr
    assert "postmortems/search.md" in done.stdout + done.stderr


def test_good_postmortem_passes(repository: Repository) -> None:
    done = repository.commit(postmortems__checkout=GOOD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"pmlint\.+Passed", done.stdout + done.stderr)


def test_index_and_template_beside_it_are_left_alone(repository: Repository) -> None:
    done = repository.commit(
        postmortems__README=INDEX, postmortems__template=TEMPLATE, postmortems__other=GOOD
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"pmlint\.+Passed", done.stdout + done.stderr)


def test_other_markdown_is_not_looked_at(repository: Repository) -> None:
    done = repository.commit(CONTRIBUTING=OTHER, docs__search=FAULTY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"pmlint\.+\(no files to check\)Skipped", done.stdout + done.stderr)


def test_file_name_that_looks_like_an_option_is_a_file(repository: Repository) -> None:
    done = repository.commit(**{"--exit-zero-postmortem": FAULTY})
    assert done.returncode == 1
    assert "PM203" in done.stdout + done.stderr


@posix
def test_hostile_file_names_are_files_and_every_one_is_told(repository: Repository) -> None:
    shown = {
        b"$(touch PWN) postmortem.md": "$(touch PWN) postmortem.md",
        b"`touch PWN`-postmortem.md": "`touch PWN`-postmortem.md",
        b"a;touch PWN;postmortem.md": "a;touch PWN;postmortem.md",
        b"-rf-postmortem.md": "-rf-postmortem.md",
        b"--config=postmortem.md": "--config=postmortem.md",
        b'it\'s "a" postmortem.md': 'it\'s "a" postmortem.md',
        b"a\n::error title=PWN::postmortem.md": r"a\x0a::error title=PWN::postmortem.md",
        b"\xe2\x80\xae-postmortem.md": r"\u202e-postmortem.md",
        b"\x1b[2J-postmortem.md": r"\x1b[2J-postmortem.md",
    }
    repository.git("reset", "-q", "--hard")
    for name in shown:
        with open(os.path.join(os.fsencode(repository.folder), name), "wb") as file:
            file.write(FAULTY.encode())
    repository.git("add", "--all")
    done = repository.git("commit", "-m", "Add files")
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    for written in shown.values():
        assert written in told, written
    assert not list(repository.folder.rglob("PWN"))
    assert not any(line.startswith("::error") for line in told.splitlines())
    assert "\x1b[2J" not in told
    assert "\u202e" not in told


@posix
def test_file_name_that_pre_commit_cannot_read_does_not_pass(repository: Repository) -> None:
    repository.git("reset", "-q", "--hard")
    path = os.path.join(os.fsencode(repository.folder), b"\xff\xfe-postmortem.md")
    with open(path, "wb") as file:
        file.write(FAULTY.encode())
    repository.git("add", "--all")
    done = repository.git("commit", "-m", "Add files")
    assert done.returncode != 0, done.stdout + done.stderr
    repository.git("reset", "-q", "--hard")


def pattern() -> re.Pattern[str]:
    """The ``files`` pattern of the hook, folded as YAML folds it."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    folded = text.partition("files: &postmortems >-\n")[2].partition("\n  require_serial")[0]
    return re.compile(" ".join(folded.split()))


@pytest.mark.parametrize(
    "path",
    [
        "postmortem.md",
        "POSTMORTEM.md",
        "docs/postmortems/2025-03-12-checkout.md",
        "post-mortems/2025/checkout.markdown",
        "post_mortem/a.md",
        "incidents/INC-204.md",
        "docs/incident-reports/2025/03/dns.md",
        "_posts/2025-03-12-post-mortem-of-the-dns-outage.md",
        "2025-03-12-outage.md",
        "rca/2025-03.md",
        "docs/RCA-2025-03-12.md",
        "coe/checkout.md",
        "0x19-postmortem/README.md",
        "0x19-postmortem/README",
        "0x14-postmortem/README.md",
        "0x19/README.md",
        "root-cause-analysis/db.md",
    ],
)
def test_usual_paths_of_postmortems_are_matched(path: str) -> None:
    assert pattern().search(path)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/index.md",
        "CONTRIBUTING.md",
        "postmortems/graph.png",
        "src/incident.py",
        "0x18-webstack_monitoring/README.md",
        "docs/coefficients.md",
        "docs/rcache.md",
        "march.md",
    ],
)
def test_other_paths_are_not(path: str) -> None:
    assert not pattern().search(path)
