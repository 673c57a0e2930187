"""How far the work is: a bar on a terminal, nothing anywhere else, gone at the end."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree, posix
from processes import called

from pmlint.reports.bar import Work, blank, row
from pmlint.reports.colour import Style
from pmlint.terminal import Progress

FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FILES = {f"archive/{number}.md": FAULTY if number % 2 else GOOD for number in range(6)}

# The row


WORK = Work("checking", 8412, 21000, "files", 7.0, 37)


def test_row_tells_share_count_rate_and_findings() -> None:
    told = row(WORK, Style(width=100))
    assert told.rstrip() == (
        "checking ━━━━━━━━━━━━──────────────────  40 %  8,412 of 21,000 files, 1,202/s, 37 findings"
    )


@pytest.mark.parametrize(
    ("width", "told"),
    [
        pytest.param(80, "━ 40 % 8,412 of 21,000 files, 1,202/s, 37 findings", id="all"),
        pytest.param(64, "━ 40 % 8,412 of 21,000 files, 37 findings", id="no rate"),
        pytest.param(52, "━ 40 % 8,412 of 21,000 files", id="no findings"),
        pytest.param(40, "40 % 8,412 of 21,000", id="no bar"),
    ],
)
def test_row_leaves_out_what_there_is_no_room_for(width: int, told: str) -> None:
    shown = row(WORK, Style(width=width))
    assert len(shown) == len(blank(Style(width=width))) == width - 1
    assert re.sub(r"[━─]+", "━", " ".join(shown.split())) == f"checking {told}"


def test_row_needs_no_more_than_ascii() -> None:
    assert "####" in row(WORK, Style(unicode=False))
    assert row(WORK, Style(unicode=False)).isascii()


def test_bar_alone_is_coloured() -> None:
    told = row(WORK, Style(colour=256, width=100))
    assert re.sub(r"\x1b\[[\d;]*m", "", told) == row(WORK, Style(width=100))
    assert told.index("\x1b") == len("checking ")
    assert told.rindex("\x1b") < told.index("40 %")


@pytest.mark.parametrize(
    ("done", "full"),
    [
        pytest.param(0, 0, id="nothing"),
        pytest.param(299, 29, id="not full before the end"),
        pytest.param(300, 30, id="all"),
        pytest.param(400, 30, id="more than was known"),
    ],
)
def test_bar_is_to_scale(done: int, full: int) -> None:
    assert row(Work("reading", done, 300, "files", 1.0), Style(width=120)).count("━") == full


# When it is drawn


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock)
    return clock


def on_screen(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in place of standard error. No fixture: pytest resets that after those."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    return screen


def test_bar_waits_for_half_a_second_and_is_drawn_ten_times_a_second(
    monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    screen = on_screen(monkeypatch)
    with Progress(4) as progress:
        clock.now += 0.4
        progress.step(2)
        assert screen.getvalue() == ""
        clock.now += 0.2
        progress.step(1)
        assert "2 of 4 files" in screen.getvalue()
        assert "3 findings" in screen.getvalue()
        clock.now += 0.05
        progress.step(0)
        clock.now += 0.05
        progress.step(0)
        assert screen.getvalue().count("checking") == 2
    assert screen.getvalue().endswith(f"\r{blank(Style())}\r")


def test_a_later_stage_is_told_at_once(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    screen = on_screen(monkeypatch)
    with Progress() as progress:
        progress.stage("reading", 3, "files")
        assert screen.getvalue() == ""
        clock.now += 1
        progress.stage("writing", 3, "incidents")
        assert "writing" in screen.getvalue()
        assert "0 of 3 incidents" in screen.getvalue()


def test_short_work_draws_nothing(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    screen = on_screen(monkeypatch)
    with Progress(1000) as progress:
        for _ in progress.over(range(1000)):
            clock.now += 0.0004
    assert screen.getvalue() == ""


# On a terminal

CALLS = [
    pytest.param(("check", "--no-cache", "archive"), ["checking"], id="check"),
    pytest.param(("metrics", "archive"), ["reading", "measuring"], id="metrics"),
    pytest.param(("tasks", "archive"), ["reading"], id="tasks"),
    pytest.param(("show", "archive"), ["reading", "writing"], id="show"),
    pytest.param(("timeline", "archive"), ["reading", "drawing"], id="timeline"),
    pytest.param(
        ("report", "archive", "--out", "page.html"),
        ["reading", "indexing", "grouping causes", "grouping tasks", "writing"],
        id="report",
    ),
    pytest.param(
        ("similar", "archive/1.md", "archive/3.md", "--archive", "archive", "--no-cache"),
        ["reading", "reading the archive", "indexing", "comparing"],
        id="similar",
    ),
    pytest.param(
        ("check", "--no-cache", "--select", "PM701", "archive/1.md", "archive/2.md"),
        ["reading the archive", "indexing", "checking"],
        id="PM701",
    ),
]


def needs(words: tuple[str, ...]) -> None:
    if {"report", "similar", "PM701"} & set(words):
        for library in ("jinja2", "sklearn", "snowballstemmer", "vl_convert"):
            pytest.importorskip(library)


def told(states: list[str]) -> list[str]:
    """What the bars say is done, each once."""
    found = [re.match(r"([a-z ]+?) [━─]+ +\d+ %  \d", state) for state in states]
    return list(dict.fromkeys(each[1] for each in found if each))


@posix
@pytest.mark.parametrize(("words", "stages"), CALLS)
def test_long_work_shows_a_bar_that_is_gone_at_the_end(
    tree: Tree, words: tuple[str, ...], stages: list[str]
) -> None:
    from pseudo_terminal import call

    needs(words)
    folder = tree(FILES)
    seen = call(words, folder)
    assert [stage for stage in told(seen.states) if stage in stages] == stages
    quick = call(words, folder, pace=0.0)
    assert told(quick.states) == []
    assert seen.left == quick.left
    assert seen.code == quick.code


@posix
@pytest.mark.parametrize(("words", "_stages"), CALLS)
def test_quiet_work_shows_no_bar(tree: Tree, words: tuple[str, ...], _stages: list[str]) -> None:
    from pseudo_terminal import call

    needs(words)
    folder = tree(FILES)
    seen = call((*words, "--quiet"), folder, piped=True)
    assert seen.raw == b""
    assert seen.code in (0, 1)


@posix
@pytest.mark.parametrize(
    ("variables", "escapes", "signs"),
    [
        pytest.param({}, True, "━", id="colour"),
        pytest.param({"NO_COLOR": "1"}, False, "━", id="NO_COLOR"),
        pytest.param({"LC_ALL": "C", "NO_COLOR": "1"}, False, "#", id="no UTF-8"),
    ],
)
def test_bar_is_drawn_as_the_terminal_wants_it(
    tree: Tree, variables: dict[str, str], escapes: bool, signs: str
) -> None:
    from pseudo_terminal import call

    seen = call(("metrics", "archive"), tree(FILES), piped=True, variables=variables)
    assert (b"\x1b" in seen.raw) == escapes
    assert any(signs in state for state in seen.states)
    assert signs == "━" or seen.raw.isascii()
    assert seen.left == []
    assert seen.piped


@posix
def test_terminal_that_cannot_go_back_gets_no_bar(tree: Tree) -> None:
    from pseudo_terminal import call

    assert (
        call(("metrics", "archive"), tree(FILES), piped=True, variables={"TERM": "dumb"}).raw == b""
    )


@posix
@pytest.mark.parametrize("command", [("metrics",), ("report", "--out", "page.html")], ids=" ".join)
def test_what_cannot_be_read_is_told_on_rows_of_its_own(
    tree: Tree, command: tuple[str, ...]
) -> None:
    from pseudo_terminal import call

    needs(command)
    folder = tree(FILES)
    (folder / "archive" / "3.md").write_bytes(b"\xff\xfe\x00")
    seen = call((*command, "archive"), folder, piped=True)
    assert seen.code == 2
    assert seen.left[0].startswith("error: archive/3.md: ")


def test_without_a_terminal_nothing_is_drawn(run: Run, tree: Tree) -> None:
    folder = tree(FILES)
    assert run("metrics", "archive").err == ""
    assert run("--no-cache", "archive").err == ""
    assert (folder / "archive").is_dir()


def test_bar_is_imported_only_to_be_drawn(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    program = (
        "import sys\nfrom pmlint.cli import main\n"
        "main(['--no-cache', '--isolated', 'archive'])\n"
        "sys.exit('pmlint.reports.bar' in sys.modules)"
    )
    environ = {"PYTHONPATH": str(ROOT)}
    done = called(sys.executable, "-c", program, folder=tmp_path, environ=environ)
    assert done.returncode == 0, done.stderr
