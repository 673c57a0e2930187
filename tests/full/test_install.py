"""The action and the GitLab component as a service runs them: installed from here.

Run by ``.ci/full``. The script of the component is taken out of its file and run by a
shell; the action installs itself with pip from a copy of this checkout.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from processes import called, git, git_environment
from workflow_commands import commands

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")


def project(folder: Path) -> str:
    """A repository with an old faulty postmortem and a new one; the commit between."""
    folder.mkdir()
    git(folder, "init", "-q")
    commits = []
    for name, text in (("old.md", FAULTY), ("a new.md", FAULTY), ("good.md", GOOD)):
        (folder / name).write_text(text, "utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "-qm", name)
        commits.append(git(folder, "rev-parse", "HEAD"))
    return commits[0]


def test_the_action_installs_itself_and_checks(tmp_path: Path, checkout: Path) -> None:
    before = project(tmp_path / "project")
    temp = tmp_path / "temp"
    temp.mkdir()
    (temp / "event").write_text(json.dumps({"before": before}))
    environ = git_environment() | {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "push",
        "GITHUB_EVENT_PATH": str(temp / "event"),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        "GITHUB_WORKSPACE": str(tmp_path / "project"),
        "PMLINT_SARIF": "found.sarif",
        "RUNNER_TEMP": str(temp),
    }
    script = checkout / "ci" / "github.py"
    done = called(sys.executable, "-I", script, folder=tmp_path / "project", environ=environ)
    assert done.returncode == 1, done.stdout + done.stderr
    assert {command.fields["file"] for command in commands(done.stdout)} == {"a new.md"}
    assert "### pmlint: " in (temp / "summary").read_text("utf-8")
    assert "exit-code=1\n" in (temp / "output").read_text("utf-8")
    log = json.loads((tmp_path / "project" / "found.sarif").read_text("utf-8"))
    assert log["runs"][0]["results"]


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
@pytest.mark.parametrize("merge_request", [True, False], ids=["merge request", "branch"])
def test_the_gitlab_component_checks_and_reports(
    tmp_path: Path, checkout: Path, merge_request: bool
) -> None:
    before = project(tmp_path / "project")
    _, text = (checkout / "templates" / "pmlint.yml").read_text("utf-8").split("\n---\n")
    yaml = pytest.importorskip("yaml")
    lines = yaml.safe_load(text)["pmlint"]["script"]
    script = "set -e\n" + "\n".join(lines).replace("/tmp/pmlint", str(tmp_path / "environment"))
    environ = git_environment() | {
        "GITLAB_CI": "true",
        "CI_PROJECT_DIR": str(tmp_path / "project"),
        "PMLINT_ARGS": "--fail-on warning",
        "PMLINT_CHANGED": "true",
        "PMLINT_PACKAGE": str(checkout),
        "PMLINT_PATHS": ".",
    }
    if merge_request:
        environ["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = before
    done = called("sh", "-c", script, folder=tmp_path / "project", environ=environ)
    assert done.returncode == 1, done.stdout + done.stderr
    report = tmp_path / "project" / "gl-code-quality-report.json"
    found = {issue["location"]["path"] for issue in json.loads(report.read_text("utf-8"))}
    assert found == ({"a new.md"} if merge_request else {"a new.md", "old.md"})
    assert "<failure" in (tmp_path / "project" / "pmlint-junit.xml").read_text("utf-8")
