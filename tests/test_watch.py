"""``pmlint watch``: what is checked again, and how the screen is kept."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from conftest import ROOT, Run, posix
from processes import PMLINT, environment

from pmlint.reports.colour import Style
from pmlint.running import watching
from pmlint.running.following import Configuration, Options
from pmlint.running.watching import Pages, Size, Watch, fitted

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
STYLE = Style(80)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SETTLED", 0.001)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.md").write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def started(*paths: str) -> Watch:
    watch = Watch(paths or (".",), Configuration(Options()))
    watch.start()
    return watch


def look(watch: Watch) -> bool:
    """A look that is not spared because the last search took long."""
    watch._next_search = 0.0
    return watch.look()


def codes(watch: Watch, name: str) -> set[str]:
    (report,) = [each for each in watch.reports if each.path == name]
    return {finding.code for finding in report.findings}


def _mend(folder: Path) -> None:
    (folder / "b.md").write_text(FAULTY.replace("10:40 AM\n", "10:40 AM UTC\n", 1), "utf-8")


def _replace(folder: Path) -> None:
    (folder / "new").write_text(GOOD, "utf-8")
    os.replace(folder / "new", folder / "b.md")


def _remove(folder: Path) -> None:
    (folder / "b.md").unlink()


def _add(folder: Path) -> None:
    (folder / "c.md").write_text(FAULTY, "utf-8")


def _configure(folder: Path) -> None:
    (folder / "pmlint.toml").write_text('ignore = ["PM4"]\n', "utf-8")


@pytest.mark.parametrize(
    ("change", "changed", "left"),
    [
        pytest.param(_mend, ("b.md",), {"a.md", "b.md"}, id="saved"),
        pytest.param(_replace, ("b.md",), {"a.md", "b.md"}, id="saved by renaming"),
        pytest.param(_remove, (), {"a.md"}, id="removed"),
        pytest.param(_add, ("c.md",), {"a.md", "b.md", "c.md"}, id="new"),
        pytest.param(_configure, ("a.md", "b.md"), {"a.md", "b.md"}, id="configuration"),
    ],
)
def test_what_changed_is_checked_again(
    folder: Path, change: Callable[[Path], None], changed: tuple[str, ...], left: set[str]
) -> None:
    watch = started()
    assert not look(watch), "nothing has changed yet"
    change(folder)
    assert look(watch)
    assert watch.changed == changed
    assert {report.path for report in watch.reports} == left
    assert not look(watch)


def test_findings_are_those_of_the_saved_text(folder: Path) -> None:
    watch = started()
    assert "PM203" in codes(watch, "b.md")
    _mend(folder)
    look(watch)
    assert "PM203" not in codes(watch, "b.md")


def test_a_faulty_configuration_is_shown_until_it_is_corrected(folder: Path) -> None:
    watch = started()
    (folder / "pmlint.toml").write_text('ignroe = ["PM4"]\n')
    assert look(watch)
    rows = "\n".join(fitted(watch, "text", STYLE, Size(80, 24)))
    assert "ignroe" in rows
    assert "nothing was checked" in rows
    assert not look(watch), "it is shown once"
    (folder / "pmlint.toml").write_text('ignore = ["PM4"]\n')
    assert look(watch)
    assert "PM402" not in codes(watch, "b.md")


def test_a_named_file_that_is_away_for_a_moment_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = started("b.md")
    os.rename(folder / "b.md", folder / "b.md~")

    def back(_: float) -> None:
        if (folder / "b.md~").exists():
            os.rename(folder / "b.md~", folder / "b.md")

    monkeypatch.setattr(watching, "sleep", back)
    look(watch)
    assert "PM003" not in codes(watch, "b.md")


@pytest.mark.parametrize("rows", [8, 12, 24, 60])
def test_a_report_fits_the_screen(folder: Path, rows: int) -> None:
    drawn = list(fitted(started(), "text", STYLE, Size(80, rows)))
    assert len(drawn) == rows
    assert drawn[-1].startswith("watching 2 files  checked ")


def test_with_room_there_are_excerpts_without_a_table(folder: Path) -> None:
    watch = started()
    assert any("╭─" in row for row in fitted(watch, "text", STYLE, Size(80, 90)))
    assert not any("╭─" in row for row in fitted(watch, "text", STYLE, Size(80, 24)))
    cut = list(fitted(watch, "text", STYLE, Size(80, 8)))
    assert "more lines" in cut[-3]


def test_a_pipe_gets_a_page_for_each_change_and_no_escapes(folder: Path) -> None:
    watch, stream = started(), StringIO()
    pages = Pages(stream, "concise", "auto")
    pages.show(watch)
    pages.show(watch)
    first = stream.getvalue()
    assert first.count("PM203") == 1
    _mend(folder)
    look(watch)
    pages.show(watch)
    assert "checked again at" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_standard_input_cannot_be_watched(run: Run) -> None:
    done = run("watch", "-")
    assert done.code == 2
    assert "standard input" in done.err


def test_a_wrong_rule_is_told_before_anything_is_watched(run: Run, folder: Path) -> None:
    done = run("watch", "--ignore", "PM999", ".")
    assert done.code == 2
    assert "PM999" in done.err


@posix
def test_on_a_terminal_it_redraws_calmly_and_gives_the_screen_back(folder: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios
    import threading
    import time

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 90, 0, 0))
    written: list[bytes] = []

    def read() -> None:
        try:
            while data := os.read(leader, 65536):
                written.append(data)
        except OSError:
            return

    def until(what: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not what():
            assert time.monotonic() < end, b"".join(written)
            time.sleep(0.02)

    process = subprocess.Popen(
        [*PMLINT, "watch", "b.md"],
        cwd=folder,
        env=environment(TERM="xterm-256color"),
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    until(lambda: b"Ctrl-C ends" in b"".join(written))
    time.sleep(0.5)
    size = sum(map(len, written))
    time.sleep(0.6)
    assert sum(map(len, written)) == size, "nothing is drawn while nothing changes"
    _mend(folder)
    until(lambda: b"".join(written).count(b"Ctrl-C ends") == 2)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    until(lambda: b"\x1b[?1049l" in b"".join(written))
    drawn = b"".join(written)
    assert drawn.startswith(b"\x1b[?1049h")
    assert drawn.count(b"\x1b[2J") == 1, "the screen is never blanked again"
    assert b"\x1b[?25h" in drawn
    assert b"PM203" not in drawn[drawn.index(b"\x1b[?1049l") :]
    os.close(leader)
