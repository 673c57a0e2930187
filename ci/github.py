"""What action.yml runs: installs pmlint, finds the base of a pull request, checks.

Only the standard library is needed. Settings come through ``PMLINT_…`` variables,
so that no shell ever reads them. Of the checkout nothing is run or imported: the
interpreter is isolated (``-I``), pmlint is installed from the action's own folder,
and configuration is data.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

CONFIG_NAMES = (".pmlint.toml", "pmlint.toml", "pyproject.toml")
_GIT = ("git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false")


def main() -> int:
    """Install and check; the exit code is pmlint's."""
    environ = os.environ
    temp = Path(environ.get("RUNNER_TEMP") or ".").resolve()
    python = installed(temp, environ)
    os.chdir(environ.get("PMLINT_FOLDER") or ".")
    base = base_commit(environ) if environ.get("PMLINT_CHANGED") != "false" else ""
    json_report, page = temp / "pmlint.json", temp / "pmlint.md"
    command = [
        str(python),
        "-I",
        "-m",
        "pmlint",
        "check",
        *("--no-incident", "skip"),
        *("-o", f"json={json_report}", "-o", f"markdown={page}"),
        *options(environ, base, temp),
        "--",
        *(paths(environ) or ["."]),
    ]
    sys.stdout.flush()
    code = subprocess.run(command, check=False).returncode
    publish(environ, json_report, page, code)
    return code


def installed(temp: Path, environ: Mapping[str, str]) -> Path:
    """The interpreter of a fresh environment that holds pmlint."""
    given = environ.get("PMLINT_PYTHON")
    if given:
        return Path(given)
    folder = temp / "pmlint-environment"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    action = str(Path(__file__).resolve().parent.parent)
    pip = [str(python), "-I", "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-I", "-m", "venv", str(folder)], check=True, cwd=temp)
    subprocess.run([*pip, "install", action], check=True, cwd=temp)
    return python


def paths(environ: Mapping[str, str]) -> list[str]:
    """The paths given, one a line."""
    return [line.strip() for line in environ.get("PMLINT_PATHS", "").splitlines() if line.strip()]


def options(environ: Mapping[str, str], base: str, temp: Path) -> list[str]:
    """The options of the check."""
    words = shlex.split(environ.get("PMLINT_ARGS", ""))
    for name in ("template", "fail-on"):
        value = environ.get(f"PMLINT_{name.replace('-', '_').upper()}")
        words += [f"--{name}", value] if value else []
    if environ.get("PMLINT_SARIF"):
        words += ["-o", f"sarif={environ['PMLINT_SARIF']}"]
    if base:
        words += ["--diff-base", base]
    trusted = environ.get("PMLINT_CONFIG") or "auto"
    if base and (trusted == "base" or (trusted == "auto" and is_fork(environ))):
        words += base_configuration(base, temp)
    return words


def base_configuration(base: str, temp: Path) -> list[str]:
    """The configuration as the base has it, so that a pull request cannot soften its own gate."""
    folder = temp / "pmlint-base"
    if not folder.exists():
        git("worktree", "add", "--detach", "--force", str(folder), base)
    for name in CONFIG_NAMES:
        file = folder / name
        if file.is_file() and (name != "pyproject.toml" or speaks_of_pmlint(file)):
            print(f"configuration: {name} of the base {base[:10]}")
            return ["--config", str(file)]
    print(f"configuration: none in the base {base[:10]}")
    return ["--isolated"]


def speaks_of_pmlint(file: Path) -> bool:
    """True for a ``pyproject.toml`` that configures pmlint."""
    try:
        return within(tomllib.loads(read_text(file)), "tool", "pmlint") is not None
    except tomllib.TOMLDecodeError:
        # pmlint says what is wrong with it.
        return True


def base_commit(environ: Mapping[str, str]) -> str:
    """The commit to compare with, present in the checkout; empty where there is none."""
    named = named_base(event(environ), environ.get("GITHUB_EVENT_NAME", ""))
    if not named:
        return ""
    # Of the merge commit that GitHub checks out, the first parent is the base as it is now.
    parents = re.findall(r"^parent (\w+)$", git("cat-file", "commit", "HEAD"), re.MULTILINE)
    merged = re.fullmatch(r"refs/pull/\d+/merge", environ.get("GITHUB_REF", ""))
    base = parents[0] if merged and len(parents) == 2 else named
    if not known(base):
        git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", base)
    if not known(base):
        print(
            "::warning title=pmlint::cannot tell what has changed, so everything is checked:"
            " the base commit is not in the checkout (fetch-depth: 2 of actions/checkout brings it)"
        )
        return ""
    return base


def event(environ: Mapping[str, str]) -> Mapping[str, object]:
    """What set off the run; empty where it is not told."""
    try:
        told = json.loads(read_text(Path(environ["GITHUB_EVENT_PATH"])))
    except (KeyError, OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def named_base(told: Mapping[str, object], name: str) -> str:
    """The commit that the event names as the one before; empty where there is none."""
    ways = {
        "pull_request": ("pull_request", "base", "sha"),
        "pull_request_target": ("pull_request", "base", "sha"),
        "merge_group": ("merge_group", "base_sha"),
        "push": ("before",),
    }
    commit = str(within(told, *ways.get(name, ("",))) or "")
    return commit if re.fullmatch(r"[0-9a-f]{40,64}", commit) and commit.strip("0") else ""


def is_fork(environ: Mapping[str, str]) -> bool:
    """True for a pull request from another repository."""
    told = event(environ)
    head = within(told, "pull_request", "head", "repo", "full_name")
    base = within(told, "pull_request", "base", "repo", "full_name")
    return within(told, "pull_request") is not None and (head is None or head != base)


def within(value: object, *keys: str) -> object:
    """A value inside of tables, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def known(commit: str) -> bool:
    """True for a commit that the checkout holds."""
    return bool(git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").strip())


def git(*words: str) -> str:
    """What git prints; nothing where it fails."""
    try:
        done = subprocess.run(
            [*_GIT, *words],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "GIT_LFS_SKIP_SMUDGE": "1"},
        )
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def read_text(path: Path) -> str:
    """The text of a file."""
    return path.read_text("utf-8", "replace")


def publish(environ: Mapping[str, str], report: Path, page: Path, code: int) -> None:
    """The summary on the page of the job, and the outputs of the step."""
    if (
        environ.get("GITHUB_STEP_SUMMARY")
        and page.is_file()
        and environ.get("PMLINT_SUMMARY") != "false"
    ):
        append(environ["GITHUB_STEP_SUMMARY"], read_text(page))
    if environ.get("GITHUB_OUTPUT"):
        levels = counts(report)
        rows = [f"{name}s={levels.count(name)}" for name in ("error", "warning")]
        rows += [f"findings={len(levels)}", f"exit-code={code}"]
        append(environ["GITHUB_OUTPUT"], "".join(row + "\n" for row in rows))


def counts(report: Path) -> Sequence[str]:
    """The levels of all findings."""
    try:
        return [str(within(item, "level")) for item in json.loads(read_text(report))]
    except (OSError, ValueError, TypeError):
        return []


def append(path: str, text: str) -> None:
    """Add to a file that the runner reads."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    raise SystemExit(main())
