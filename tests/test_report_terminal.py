"""The reports as a terminal and a pipe get them from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, posix
from processes import PMLINT
from pseudo_terminal import call, drained

DOCUMENT = """\
# Parcel labels printed without a street

**Duration:** 3 March 2025, 08:00 - 10:30
"""

pytestmark = posix


def in_a_terminal(folder: Path, *options: str, **variables: str) -> bytes:
    """What `pmlint check` writes to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    environ |= {"LANG": "en_US.UTF-8", **variables}
    done = subprocess.Popen(
        [*PMLINT, "check", *options, "parcels.md"],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    drawn = drained(ours)
    done.communicate()
    return drawn


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parcels.md").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def test_a_terminal_gets_colour_and_drawing_signs(folder: Path) -> None:
    drawn = in_a_terminal(folder)
    assert b"\x1b[1;38;5;196m" in drawn
    assert "╭─".encode() in drawn


@pytest.mark.parametrize(
    ("options", "variables"),
    [
        pytest.param((), {"NO_COLOR": "1"}, id="NO_COLOR"),
        pytest.param((), {"TERM": "dumb"}, id="dumb terminal"),
        pytest.param(("--color", "never"), {}, id="never"),
    ],
)
def test_no_escape_reaches_a_terminal_that_wants_none(
    folder: Path, options: tuple[str, ...], variables: dict[str, str]
) -> None:
    drawn = in_a_terminal(folder, *options, **variables)
    assert b"error" in drawn
    assert b"\x1b" not in drawn


def test_the_c_locale_gets_ascii_only(folder: Path) -> None:
    drawn = in_a_terminal(folder, LC_ALL="C")
    assert b"-->" in drawn
    assert drawn.isascii()


@pytest.mark.parametrize(
    "name", ["text", "full", "grouped", "concise", "checklist", "json", "markdown"]
)
def test_a_missing_file_is_told_once_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "parcels.md").write_text(DOCUMENT, encoding="utf-8")
    seen = call(("--format", name, "parcel.md", "parcel.md"), tmp_path, pace=0, columns=120)
    told = "\n".join(seen.left)
    assert seen.code == 2
    assert told.count("there is no such file") == 1
    assert "did you mean `parcels.md`?" in told
    piped = call(("--format", name, "parcel.md"), tmp_path, pace=0, columns=120, piped=True)
    assert "\n".join(piped.left).count("there is no such file") == 1


@pytest.mark.parametrize("option", ["--statistics", "--diff"])
def test_a_missing_file_is_told_where_no_finding_is(tmp_path: Path, option: str) -> None:
    seen = call((option, "parcel.md"), tmp_path, pace=0, columns=120)
    assert "parcel.md: there is no such file" in "\n".join(seen.left)


def test_an_error_breaks_at_words_on_a_terminal(tmp_path: Path) -> None:
    seen = call(("show", "a-file-with-a-rather-long-name.md"), tmp_path, pace=0, columns=60)
    assert len(seen.left) > 1
    assert seen.left[0].startswith("error: a-file")
    assert all(row.startswith(" " * 7) for row in seen.left[1:])
    assert max(map(len, seen.left)) <= 60


def test_the_text_form_loads_no_module_it_does_not_need() -> None:
    program = (
        "import sys, report_samples as samples\n"
        "from pmlint.reports import concise, text\n"
        "from pmlint.reports.colour import style_for\n"
        "before = set(sys.modules)\n"
        "style = style_for(sys.stdout)\n"
        "for report in (samples.no_zone(), samples.out_of_order(), samples.vague_tasks()):\n"
        "    text.render([report], style), concise.render([report], style)\n"
        "heavy = {'json', 'unicodedata', 'shutil', 'tempfile', 'subprocess', 'typing_extensions'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        env={"PYTHONPATH": paths, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
