"""Memory that runs out, readers that go away, signals, workers killed, files that go: nothing
is lost in silence, and what is told is no trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import InvalidStateError
from pathlib import Path

import pytest
from conftest import ROOT, posix
from processes import environment

from pmlint.running import workers

pytestmark = posix

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")

PMLINT = "from pmlint.cli import main\nimport sys\nsys.exit(main())\n"
LIMITED = "import resource\nresource.setrlimit(resource.RLIMIT_AS, ({0} << 20, {0} << 20))\n"
WAITING = """\
import os, time
from pmlint import postmortem
real, here = postmortem.read_document, os.getpid()
def wait(document, template):
    if document.source.path.endswith("b.md") {condition}:
        open("waiting", "w").close()
        time.sleep(60)
    return real(document, template)
postmortem.read_document = wait
"""


def started(folder: Path, words: Sequence[str], before: str = "") -> subprocess.Popen[str]:
    """A call of pmlint in a process of its own, and in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-c", before + PMLINT, "--isolated", "--no-cache", *words],
        cwd=folder,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=240)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert "Traceback" not in err, err
    return process.returncode, out, err


def files(folder: Path, count: int = 3, text: str = FAULTY) -> list[str]:
    names = [f"{chr(97 + number)}.md" for number in range(count)]
    for name in names:
        (folder / name).write_text(text, "utf-8")
    return names


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux only")
@pytest.mark.parametrize("megabytes", [80, 84, 101, 119])
@pytest.mark.parametrize("way", [(), ("--fix",)], ids=["check", "fix"])
def test_memory_that_runs_out_is_told_of_its_document(
    tmp_path: Path, way: tuple[str, ...], megabytes: int
) -> None:
    names = files(tmp_path)
    (tmp_path / "b.md").write_text(FAULTY + "- 10:00 an alert [paged](x) *us*\n" * 60_000, "utf-8")
    calls = started(
        tmp_path, ["-j", "1", "--format", "json", *way, *names], LIMITED.format(megabytes)
    )
    code, out, _ = ended(calls)
    assert code == 2
    findings = json.loads(out)
    (unread,) = [each for each in findings if each["code"] == "PM003"]
    assert unread["path"] == "b.md"
    assert "MemoryError" in unread["message"]
    assert {each["path"] for each in findings} == set(names)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux only")
@pytest.mark.parametrize("megabytes", [16, 24, 32])
def test_too_little_memory_to_start_is_no_pass(tmp_path: Path, megabytes: int) -> None:
    files(tmp_path)
    process = started(tmp_path, ["-j", "1", "a.md"], LIMITED.format(megabytes))
    process.communicate(timeout=240)
    assert process.returncode not in (0, 3)


@pytest.mark.parametrize("name", ["text", "json", "concise", "sarif", "github", "markdown"])
def test_reader_that_goes_away_is_no_fault(tmp_path: Path, name: str) -> None:
    names = files(tmp_path, 20)
    process = started(tmp_path, ["--format", name, *names])
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    # The exit code is the one that counts in ``set -o pipefail``: that of the findings.
    assert process.wait(timeout=240) == 1, told
    assert "Traceback" not in told
    assert "Broken pipe" not in told


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("end", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)], ids=["INT", "TERM"]
)
def test_signal_ends_the_run_and_its_workers(
    tmp_path: Path, jobs: str, end: signal.Signals, code: int
) -> None:
    names = files(tmp_path, 12)
    process = started(tmp_path, ["-j", jobs, *names], WAITING.format(condition=""))
    wait_until((tmp_path / "waiting").exists)
    start = time.monotonic()
    # As a terminal does, to the whole group.
    os.killpg(process.pid, end)
    assert ended(process)[0] == code
    assert time.monotonic() - start < 40, "it waits for the document that takes a minute"
    wait_until(lambda: not alive(process.pid))
    assert sorted(os.listdir(tmp_path)) == sorted([*names, "waiting"])


def test_interrupted_fix_leaves_whole_files(tmp_path: Path) -> None:
    wrong = GOOD.replace("## Resolution", "## Resolution:")
    names = files(tmp_path, 3, wrong)
    process = started(tmp_path, ["--fix", "-j", "1", *names], WAITING.format(condition=""))
    wait_until((tmp_path / "waiting").exists)
    os.killpg(process.pid, signal.SIGINT)
    assert ended(process)[0] == 130
    assert sorted(os.listdir(tmp_path)) == sorted([*names, "waiting"])
    for name in names:
        assert (tmp_path / name).read_text("utf-8") in (wrong, GOOD)


def test_killed_worker_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    names = files(tmp_path, 12)
    deadly = WAITING.format(condition="and os.getpid() != here").replace(
        "time.sleep(60)", "os.kill(os.getpid(), 9)"
    )
    code, out, _ = ended(started(tmp_path, ["-j", "2", "--format", "json", *names], deadly))
    assert code == 2
    findings = json.loads(out)
    assert {each["path"] for each in findings} == set(names)
    (unread,) = [each for each in findings if each["code"] == "PM003"]
    assert unread["path"] == "b.md"
    assert "ended from outside" in unread["message"]


@pytest.mark.parametrize("way", [(), ("--fix",), ("--diff",)], ids=["check", "fix", "diff"])
def test_file_that_is_removed_during_the_run_is_told(tmp_path: Path, way: tuple[str, ...]) -> None:
    names = files(tmp_path, 4)
    # While b.md is read, those behind it go; they were named, so they must be spoken of.
    gone = WAITING.format(condition="").replace(
        "time.sleep(60)", "[os.path.exists(n) and os.remove(n) for n in ('c.md', 'd.md')]"
    )
    words = ["-j", "1", "--format", "json", *way, *names]
    if way == ("--diff",):
        words = ["-j", "1", *way, *names]
    code, out, err = ended(started(tmp_path, words, gone))
    assert code == 2
    if way == ("--diff",):
        assert "c.md" in err
        assert "d.md" in err
    else:
        unread = {each["path"] for each in json.loads(out) if each["code"] == "PM003"}
        assert unread == {"c.md", "d.md"}
        assert {each["path"] for each in json.loads(out)} == set(names)


def test_what_is_cancelled_as_workers_die_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda ended: told.append(ended.exc_type))
    workers._expect_cancelled()
    for error in (InvalidStateError("CANCELLED"), ValueError("a bug")):
        threading.excepthook(threading.ExceptHookArgs((type(error), error, None, None)))
    assert told == [ValueError]
