"""Our workflows, and those that the documentation shows, give nobody a way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

FILES = [
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    ROOT / "action.yml",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "README.md",
]
OWN = re.compile(r"uses:\s*(?:\./|\S*pmlint@)")


def uses(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        if re.match(r"\s*-?\s*uses:", line) and not OWN.search(line):
            yield line.strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit(path: Path) -> None:
    for line in uses(path):
        assert re.search(r"uses:\s*[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("path", FILES[:-1], ids=lambda path: path.name)
def test_no_workflow_runs_what_strangers_write(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".yml":
        assert "pull_request_target" not in text
    for script in re.findall(r"^\s*-?\s*run: (.*(?:\n(?:\s{10,}).*)*)", text, re.M):
        assert "${{" not in script, script


@pytest.mark.parametrize("path", FILES[:-1], ids=lambda path: path.name)
def test_workflows_have_no_more_rights_than_they_need(path: Path) -> None:
    if path.parent.name != "workflows":
        pytest.skip("no workflow of ours")
    text = path.read_text("utf-8")
    assert "\npermissions: {}\n" in text
    assert "secrets." not in text
    assert "cache" not in re.sub(r"cancel-in-progress", "", text)
    jobs = text.partition("\njobs:\n")[2]
    assert len(re.findall(r"^  \w+:$", jobs, re.M)) == jobs.count("    permissions:\n")
    assert jobs.count("actions/checkout@") == jobs.count("persist-credentials: false")


def test_lock_holds_a_hash_for_everything() -> None:
    text = (ROOT / "requirements-dev.lock").read_text("utf-8")
    pins = re.findall(
        r"^([\w.-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    named = re.findall(r"^[\w.-]+==", text, re.M)
    assert len(pins) == len(named) > 20
