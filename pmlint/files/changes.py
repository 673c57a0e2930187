"""What has changed since a Git revision.

Git is asked with every hook, pager, external diff and text conversion switched off, so
that no configuration of a repository runs anything.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pmlint.config import ConfigError
from pmlint.files.discovery import repository
from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pmlint.reports import FileReport

_SAFE = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "diff.external=",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.pager=cat",
)
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules")

Lines = tuple[tuple[int, int], ...]
"""Ranges of 1-based lines, both ends included."""


class Changes(NamedTuple):
    """Changed documents by their real path, each with its changed lines."""

    lines: Mapping[str, Lines]

    def has(self, path: str) -> bool:
        """True for a document that has changed or is new."""
        return os.path.realpath(path) in self.lines


def since(revision: str, folder: str = ".") -> Changes:
    """What differs between the working tree and the point where a branch left a revision.

    Files that Git does not know yet are new. Raises ConfigError where Git cannot tell.
    """
    top = repository(os.path.realpath(folder))
    if top is None:
        raise ConfigError("--diff-base: this is no Git repository")
    base = _base(revision, top)
    lines = _ranges(_git(top, *_DIFF, "-U0", "--src-prefix=a/", "--dst-prefix=b/", base, "--"), top)
    # A rename or a change of mode has no lines, but the document counts as changed.
    names = _git(top, *_DIFF, "--name-only", "-z", "--diff-filter=d", base, "--")
    for name in filter(None, names.split("\0")):
        lines.setdefault(os.path.realpath(os.path.join(top, name)), ())
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    for name in filter(None, new.split("\0")):
        lines[os.path.realpath(os.path.join(top, name))] = ((1, 10**9),)
    return Changes(lines)


def only_changed_lines(report: FileReport, changes: Changes) -> FileReport:
    """The report with the findings that touch a changed line."""
    ranges = changes.lines.get(os.path.realpath(report.path), ())
    place = report.source.place
    kept = tuple(
        finding
        for finding in report.findings
        if finding.code == "PM003"
        or any(
            first <= place(max(finding.span.start, finding.span.end - 1)).line
            and place(finding.span.start).line <= last
            for first, last in ranges
        )
    )
    return report._replace(findings=kept)


def _base(revision: str, top: str) -> str:
    try:
        commit = _git(
            top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        ).strip()
    except ConfigError as error:
        if "cannot run" in str(error):
            raise
        near = _near(revision, top)
        raise ConfigError(
            f"--diff-base: Git knows no revision `{revision}`{near}"
            " (in a shallow clone fetch it first)"
        ) from None
    try:
        return _git(top, "merge-base", commit, "HEAD").strip() or commit
    except ConfigError:
        return commit


def _near(revision: str, top: str) -> str:
    from pmlint.suggest import nearest, question

    try:
        refs = _git(top, "for-each-ref", "--format=%(refname:short)").split()
    except ConfigError:
        return ""
    return question(nearest(revision, refs))


def _ranges(diff: str, top: str) -> dict[str, Lines]:
    """The changed lines of each file, from a diff without context."""
    found: dict[str, list[tuple[int, int]]] = {}
    here: list[tuple[int, int]] = []
    header = False
    for line in diff.split("\n"):
        if line.startswith("diff --git "):
            header, here = True, []
        elif header and line.startswith("+++ b/"):
            name = _unquoted(line[6:])
            here = found.setdefault(os.path.realpath(os.path.join(top, name)), [])
        elif line.startswith("@@ "):
            header = False
            match = re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line)
            if match:
                first, count = int(match[1]), int(match[2] or 1)
                # Where lines only went, the one before and the one behind count.
                here.append((first, first + count - 1) if count else (first, first + 1))
    return {path: tuple(ranges) for path, ranges in found.items()}


def _unquoted(name: str) -> str:
    name = name.rstrip("\t")
    if name.startswith('"') and name.endswith('"'):
        raw = name[1:-1].encode("latin-1", "backslashreplace")
        return raw.decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace")
    return name


def _git(top: str, *arguments: str) -> str:
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in ("GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES")
    }
    command: Sequence[str] = ("git", *_SAFE, *arguments)
    try:
        done = subprocess.run(
            command,
            cwd=top,
            env={**environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise ConfigError(f"--diff-base: cannot run git: {error.strerror or error}") from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConfigError(f"--diff-base: git: {told[-1] if told else 'failed'}")
    return done.stdout.decode("utf-8", "surrogateescape")
