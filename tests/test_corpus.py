"""Real documents: read without a crash, judged as their readers did."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from processes import PMLINT, called, environment
from real_documents import CORPUS, LABELLED, REFERENCE, needs_corpus, text_of, texts

from pmlint.config import Settings
from pmlint.engine import check_text, prepare
from pmlint.findings import Level, Source
from pmlint.reports import FileReport

pytestmark = needs_corpus

FLOOR = ROOT / ".ci" / "accuracy-floor.json"


@cache
def check(text: str) -> FileReport:
    return check_text(Source(text, "a.md"), prepare(Settings()))


def found(report: FileReport, level: Level | None = None) -> Iterator[tuple[str, int]]:
    for finding in report.findings:
        if level is None or finding.level is level:
            yield finding.code, report.source.place(finding.span.start).line


def test_the_documents_are_there() -> None:
    assert len(texts()) >= 100


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in texts()])
def test_document_is_read_without_a_fault(path: Path) -> None:
    codes = {code for code, _ in found(check(text_of(path)))}
    assert "PM003" not in codes


def test_stubs_give_no_incident_and_nothing_else() -> None:
    labels = json.loads((LABELLED / "labels.json").read_text("utf-8"))
    stubs = {label["file"] for label in labels if not label["postmortem"]}
    codes = {
        path.name: [code for code, _ in found(check(text_of(path)))]
        for path in texts()
        if path.name in stubs
    }
    assert stubs
    assert codes == {name: ["PM001"] for name in stubs}


def reference() -> list[str]:
    return REFERENCE.read_text("utf-8").splitlines()


def line_with(lines: list[str], words: str) -> int:
    """The 0-based line that holds the words."""
    return next(number for number, line in enumerate(lines) if words in line)


def errors(lines: list[str]) -> list[tuple[str, int]]:
    return list(found(check("\n".join(lines) + "\n"), Level.ERROR))


def test_reference_is_clean_but_for_title_and_vague_tasks() -> None:
    report = check("\n".join(reference()) + "\n")
    assert list(found(report, Level.ERROR)) == []
    assert {code for code, _ in found(report, Level.WARNING)} <= {"PM602", "PM107"}


@pytest.mark.parametrize(
    ("pattern", "replacement", "field", "code"),
    [
        pytest.param(r" \([A-Z]+\)$", "", "Duration", "PM203", id="zone removed"),
        pytest.param(r"\d:\d\d PM - ", "", "Duration", "PM202", id="start removed"),
        pytest.param(
            r"(\d:\d\d PM) - (\d:\d\d PM)", r"\2 - \1", "Duration", "PM205", id="end before start"
        ),
        pytest.param(
            r"(Impact:\*\*).*", r"\1 Some users could not log in.", "Impact", "PM302",
            id="figures removed",
        ),
    ],
)  # fmt: skip
def test_one_change_in_a_field_gives_its_error_at_its_line(
    pattern: str, replacement: str, field: str, code: str
) -> None:
    lines = reference()
    at = line_with(lines, f"**{field}:**")
    changed = re.sub(pattern, replacement, lines[at])
    assert changed != lines[at]
    lines[at] = changed
    assert errors(lines) == [(code, at + 1)]


def test_event_out_of_order_is_reported_at_the_earlier_entry() -> None:
    lines = reference()
    at = line_with(lines, "**3:30 PM:**")
    lines.insert(at + 2, lines.pop(at))
    assert errors(lines) == [("PM402", at + 3)]


def test_timeline_without_events_is_reported_at_its_heading() -> None:
    lines = reference()
    at = line_with(lines, "Timeline")
    kept = [line for line in lines if not re.match(r"- \*\*\d", line)]
    assert len(kept) < len(lines)
    assert errors(kept) == [("PM401", at + 1)]


def test_removed_timeline_is_reported_at_a_heading() -> None:
    lines = reference()
    at = line_with(lines, "Timeline")
    end = line_with(lines, "Root Cause and Resolution")
    del lines[at:end]
    (error,) = errors(lines)
    assert error[0] == "PM401"
    assert lines[error[1] - 1].startswith("#")


def test_removed_measures_are_reported_at_their_heading() -> None:
    lines = reference()
    at = line_with(lines, "Corrective")
    end = next(n for n in range(at + 1, len(lines)) if lines[n].startswith("#"))
    del lines[at + 1 : end - 1]
    assert errors(lines) == [("PM601", at + 1)]


def test_scores_do_not_fall_below_the_floor() -> None:
    score = CORPUS / "accuracy" / "score.py"
    call = (sys.executable, score, LABELLED, "--pmlint", shlex.join(PMLINT))
    done = called(*call, folder=ROOT, environ=environment())
    assert done.returncode == 0, done.stderr
    scores = dict(re.findall(r"^MEAN (\w+)\s+([\d.]+)", done.stdout, re.MULTILINE))
    floor = json.loads(FLOOR.read_text("utf-8"))
    low = {name: scores.get(name) for name in floor if float(scores.get(name, 0)) < floor[name]}
    assert low == {}
