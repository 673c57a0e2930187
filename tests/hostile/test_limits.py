"""What is beyond a limit is that document's PM003 and fails the run; the others are checked."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, Tree, posix

from pmlint import engine, limits, markdown, postmortem
from pmlint.config import Settings
from pmlint.files.discovery import File
from pmlint.findings import Level, Source, Span
from pmlint.mend import mending, rewrite
from pmlint.reports import FileReport
from pmlint.running import workers
from pmlint.running.runs import Job

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")


def unread(run: Run, *options: str) -> tuple[int, dict[str, str], set[str]]:
    """Exit code, the messages of PM003 by file, and the files with other findings."""
    result = run("--isolated", "--format", "json", *options, ".")
    findings = result.json
    told = {each["path"]: each["message"] for each in findings if each["code"] == "PM003"}
    return result.code, told, {each["path"] for each in findings if each["code"] != "PM003"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 100 + "# Root cause\n", id="quotes"),
        pytest.param("> " * 5000 + "# Root cause\n", id="many quotes"),
        pytest.param("- " * 50 + "# Root cause\n", id="lists"),
        pytest.param("1. " * 50 + "# Root cause\n", id="ordered lists"),
        pytest.param("> - " * 34 + "# Root cause\n", id="both in turn"),
        pytest.param(
            "".join("  " * depth + "- a\n" for depth in range(60)) + "  " * 60 + "# Root cause\n",
            id="indented lists",
        ),
    ],
)
@pytest.mark.parametrize("options", [(), ("--no-incident", "skip"), ("--exit-zero",)])
def test_nesting_too_deep_to_be_read_is_told(
    run: Run, tree: Tree, text: str, options: tuple[str, ...]
) -> None:
    tree({"a.md": GOOD + "\n" + text, "b.md": FAULTY})
    code, told, others = unread(run, *options)
    assert code == 2
    assert set(told) == {"a.md"}
    line = len(GOOD.splitlines()) + 2
    # Of an indented list the line is one further down.
    assert "nested too deeply" in told["a.md"]
    assert int(told["a.md"].split("line ")[1].split()[0]) >= line
    assert others == {"b.md"}


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - "])
def test_no_depth_loses_a_heading_in_silence(mark: str) -> None:
    for depth in range(1, 130):
        document = markdown.parse(Source(mark * depth + "# Root cause\n"))
        read = any(block.kind == "heading" for block in document.blocks)
        assert read or document.too_deep is not None, depth


def test_a_comment_does_not_hide_it(run: Run, tree: Tree) -> None:
    tree({"a.md": "<!-- pmlint: ignore-file PM003 -->\n" + GOOD + "\n" + "> " * 100 + "# a\n"})
    assert unread(run)[0] == 2


def test_findings_beyond_the_limit_are_counted(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FINDINGS", 3)
    tree({"a.md": FAULTY, "b.md": GOOD})
    result = run("--isolated", "--format", "json", ".")
    findings = result.json
    assert result.code == 2
    assert len(findings) == 4
    assert findings[0]["code"] == "PM003"
    assert "only the first 3 are told" in findings[0]["message"]


def test_many_faults_make_a_short_report(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY + "\n## TODO\n\nTBD\n" * 6_000})
    result = run("--isolated", "--format", "concise", "a.md")
    assert result.code == 2
    assert len(result.out) < 1_000_000
    assert "only the first 1,000 are told" in result.out


def test_findings_of_a_run_beyond_the_limit_are_counted() -> None:
    found = rewrite_finding()
    reports = [FileReport(Source("", name), (found,) * 4) for name in "abc"]
    kept, left = limits.shortened(reports, 6)
    assert [len(report.findings) for report in kept] == [4, 2, 0]
    assert left == 6
    assert limits.shortened(reports, 12) == (reports, 0)


def rewrite_finding() -> Any:
    from pmlint.findings import Finding

    return Finding("a", "PM101", "missing-section", Level.ERROR, Span(0, 0), "x")


def test_run_with_too_many_findings_fails(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({"a.md": FAULTY, "b.md": FAULTY})
    shortened = limits.shortened
    monkeypatch.setattr(limits, "shortened", lambda reports: shortened(reports, 5))
    result = run("--isolated", "--format", "json", "--exit-zero", ".")
    assert result.code == 2
    assert len(result.json) == 5
    assert "more findings are not told" in result.err


def forever(*_: object, **__: object) -> Any:
    while True:
        # What swallows every error must not swallow the limit.
        with suppress(Exception):
            len(str(10**100))


@posix
@pytest.mark.parametrize("option", ["check", "--fix", "--diff"])
def test_document_that_takes_too_long_is_stopped(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    tree({"a.md": GOOD, "b.md": FAULTY, "pmlint.toml": "time-limit = 1\n"})
    real = postmortem.read_document

    def slow(document: Any, template: Any) -> Any:
        return forever() if document.source.path == "a.md" else real(document, template)

    monkeypatch.setattr(postmortem, "read_document", slow)
    start = time.process_time()
    result = run("--no-cache", "-j", "1", *([option][option == "check" :]), ".")
    assert 0.8 < time.process_time() - start < 20
    assert result.code == 2
    assert "a.md: checking this file took more than 1 seconds and was stopped" in result.err
    assert "b.md" in result.out or option == "--diff"
    assert signal.getsignal(signal.SIGVTALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


@posix
def test_a_limit_ends_an_expression_that_never_would() -> None:
    import re

    with pytest.raises(limits.OverTimeError), limits.time_limit(0.2):
        re.match(r"(a|aa)+$", "a" * 60 + "b")


@posix
def test_somebody_elses_timer_is_left_alone() -> None:
    signal.setitimer(signal.ITIMER_VIRTUAL, 1000)
    try:
        with limits.time_limit(0.01):
            sum(range(3_000_000))
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 900
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def test_fault_while_fixing_is_one_finding_and_the_others_are_fixed(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"a.md": GOOD, "b.md": GOOD.replace("## Resolution", "## Resolution:")})
    real = rewrite.mend

    def broken(source: Source, *arguments: Any, **options: Any) -> Any:
        if source.path == "a.md":
            raise KeyError("x")
        return real(source, *arguments, **options)

    monkeypatch.setattr(rewrite, "mend", broken)
    result = run("--isolated", "--format", "concise", "--fix", ".")
    assert result.code == 2
    assert "pmlint failed at fixing this file: KeyError" in result.out
    assert (top / "a.md").read_text("utf-8") == GOOD


@posix
def test_document_that_kills_its_worker_is_told_and_the_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.md").write_text(FAULTY, "utf-8")
    here, real = os.getpid(), postmortem.read_document

    def deadly(document: Any, template: Any) -> Any:
        if document.source.path.endswith("07.md") and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(document, template)

    monkeypatch.setattr(postmortem, "read_document", deadly)
    plan = engine.prepare(Settings())
    jobs = [Job(File(str(tmp_path / f"{n:02}.md"), True), plan, False) for n in range(20)]
    results = list(workers.results(jobs, 2))
    assert len(results) == 20
    ended = [
        n
        for n, each in enumerate(results)
        if each.report and each.report.findings[0].code == "PM003"
    ]
    assert ended == [7]
    report = results[7].report
    assert report is not None
    assert "ended from outside" in report.findings[0].message


def test_memory_that_runs_out_is_one_finding(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({"a.md": GOOD, "b.md": FAULTY})
    real = engine._decode

    def starved(data: bytes, path: str) -> Any:
        if path == "a.md":
            raise MemoryError
        return real(data, path)

    monkeypatch.setattr(engine, "_decode", starved)
    code, told, others = unread(run, "--no-cache")
    assert code == 2
    assert "MemoryError" in told["a.md"]
    assert others == {"b.md"}


def test_mending_keeps_to_the_limits_too(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(GOOD + "\n" + "> " * 100 + "# a\n", "utf-8")
    plan = engine.prepare(Settings())
    outcome = mending.mend_file(File(str(path), True), plan, unsafe=True, write=True)
    assert not outcome.changed
    assert outcome.report.findings[0].code == "PM003"
