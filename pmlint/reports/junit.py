"""JUnit XML, which nearly every CI service draws as a list of tests.

A file is a suite. A finding that fails the run is a failed test, a lower one a
passed test with its words as output; a file without findings is one passed
test, a file that tells no incident one that was skipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Finding
from pmlint.reports import FileReport
from pmlint.reports.paths import from_root
from pmlint.reports.sanitise import one_line

if TYPE_CHECKING:
    from pmlint.formats import About

UNREADABLE = "PM003"


def render(files: Sequence[FileReport], about: About) -> str:
    """The document; file names count from the top of the checkout."""
    suites = [_suite(file, about) for file in files]
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {_head('pmlint', suites)}>"]
    for suite in suites:
        rows.append(f"  <testsuite {_head(suite.name, [suite])}>")
        rows += suite.rows
        rows.append("  </testsuite>")
    return "\n".join([*rows, "</testsuites>", ""])


class _Suite:
    """The rows of one file and how many of them are what."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[str] = []
        self.counts: Counter[str] = Counter()

    def add(self, kind: str, name: str, line: int = 0, inner: str = "") -> None:
        """A test of a kind: ``passed``, ``failures``, ``errors``, ``skipped``."""
        self.counts[kind] += 1
        place = {"file": self.name, "line": str(line)} if line else {"file": self.name}
        head = _attributes({"classname": self.name, "name": name, **place, "time": "0"})
        self.rows.append(
            f"    <testcase {head}>{inner}</testcase>" if inner else f"    <testcase {head}/>"
        )


def _suite(file: FileReport, about: About) -> _Suite:
    suite = _Suite(from_root(file.path, about))
    if file.skipped:
        suite.add(
            "skipped", "no incident", inner='<skipped message="this file tells no incident"/>'
        )
    elif not file.findings:
        suite.add("passed", "nothing to send back")
    for finding, name in _named(file.findings):
        place = file.source.place(finding.span.start)
        kind, inner = _outcome(finding, f"{suite.name}:{place.line}:{place.column}", about)
        suite.add(kind, name, place.line, inner)
    return suite


def _named(findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Findings with names of which none is twice in a suite: services drop a second one."""
    met: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.code} {one_line(finding.message)}"
        met[name] += 1
        yield finding, f"{name} ({met[name]})" if met[name] > 1 else name


def _outcome(finding: Finding, place: str, about: About) -> tuple[str, str]:
    told = f"{place}: {finding.level} {finding.code} {finding.name}: {one_line(finding.message)}"
    if finding.help:
        told += f"\nhelp: {one_line(finding.help)}"
    head = _attributes({"type": finding.code, "message": one_line(finding.message)})
    if finding.code == UNREADABLE:
        return "errors", f"<error {head}>{_escaped(told)}</error>"
    if about.fail_on is None or finding.level.rank >= about.fail_on.rank:
        return "failures", f"<failure {head}>{_escaped(told)}</failure>"
    return "passed", f"<system-out>{_escaped(told)}</system-out>"


def _head(name: str, suites: Sequence[_Suite]) -> str:
    counts: Counter[str] = Counter()
    for suite in suites:
        counts.update(suite.counts)
    kinds = {kind: str(counts[kind]) for kind in ("failures", "errors", "skipped")}
    if name == "pmlint":
        del kinds["skipped"]
    return _attributes({"name": name, "tests": str(counts.total()), **kinds, "time": "0"})


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f'{name}="{_escaped(value)}"' for name, value in values.items())


def _escaped(text: str) -> str:
    """Text without the characters that XML forbids; the others were written out before."""
    for char, code in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, code)
    return text.replace("\ufffe", r"\ufffe").replace("\uffff", r"\uffff")
