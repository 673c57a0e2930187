"""When output is coloured, how wide it is, which characters it uses."""

from __future__ import annotations

import io
import os
import re
import sys

import pytest
import report_samples as samples

from pmlint.reports import FileReport, concise, text
from pmlint.reports.colour import Style, style_for

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(encoding: str = "utf-8") -> Terminal:
    return Terminal(io.BytesIO(), encoding=encoding)


def pipe(encoding: str = "utf-8") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("stream", "color", "environ", "colours"),
    [
        pytest.param(terminal(), "auto", {"TERM": "xterm"}, 16, id="terminal"),
        pytest.param(terminal(), "auto", {"TERM": "xterm-256color"}, 256, id="256 by TERM"),
        pytest.param(
            terminal(), "auto", {"TERM": "x", "COLORTERM": "truecolor"}, 256, id="256 by COLORTERM"
        ),
        pytest.param(pipe(), "auto", {"TERM": "xterm"}, 0, id="pipe"),
        pytest.param(pipe(), "always", {"TERM": "xterm"}, 16, id="always into a pipe"),
        pytest.param(terminal(), "never", {"FORCE_COLOR": "1"}, 0, id="never beats FORCE_COLOR"),
        pytest.param(terminal(), "auto", {"NO_COLOR": "1"}, 0, id="NO_COLOR"),
        pytest.param(terminal(), "auto", {"NO_COLOR": ""}, 16, id="empty NO_COLOR"),
        pytest.param(terminal(), "always", {"NO_COLOR": "1"}, 16, id="always beats NO_COLOR"),
        pytest.param(terminal(), "auto", {"TERM": "dumb"}, 0, id="dumb terminal"),
        pytest.param(pipe(), "auto", {"FORCE_COLOR": "1"}, 16, id="FORCE_COLOR"),
        pytest.param(
            pipe(), "auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, 0, id="NO_COLOR beats FORCE"
        ),
        pytest.param(pipe(), "auto", {"FORCE_COLOR": "0"}, 0, id="FORCE_COLOR 0"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="consoles of Windows know 256 colours")
def test_colour_follows_option_environment_and_stream(
    stream: io.TextIOWrapper, color: str, environ: dict[str, str], colours: int
) -> None:
    assert style_for(stream, color, environ).colour == colours  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("encoding", "environ", "unicode"),
    [
        pytest.param("utf-8", {}, True, id="UTF-8"),
        pytest.param("ascii", {}, False, id="ASCII stream"),
        pytest.param("latin-1", {}, False, id="Latin 1 has no drawing signs"),
        pytest.param("cp437", {}, False, id="DOS has other corners"),
        pytest.param("utf-8", {"LC_ALL": "C"}, False, id="LC_ALL=C"),
        pytest.param("utf-8", {"LC_ALL": "POSIX"}, False, id="POSIX"),
        pytest.param("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, id="LANG=C, coerced"),
        pytest.param("utf-8", {"LC_ALL": "C", "PYTHONUTF8": "1"}, True, id="asked for UTF-8"),
        pytest.param("utf-8", {"LANG": "C.UTF-8"}, True, id="C.UTF-8"),
        pytest.param("utf-8", {"LC_CTYPE": "de_DE.UTF-8", "LANG": "C"}, True, id="LC_CTYPE"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="locales are named otherwise on Windows")
def test_drawing_signs_follow_what_can_be_shown(
    encoding: str, environ: dict[str, str], unicode: bool
) -> None:
    assert style_for(pipe(encoding), "auto", environ).unicode is unicode


@pytest.mark.parametrize(
    ("environ", "width"),
    [
        pytest.param({}, 80, id="unknown"),
        pytest.param({"COLUMNS": "100"}, 100, id="COLUMNS"),
        pytest.param({"COLUMNS": "10"}, 40, id="never below 40"),
        pytest.param({"COLUMNS": "wide"}, 80, id="no number"),
        pytest.param({"COLUMNS": "0"}, 80, id="zero"),
    ],
)
def test_the_width_of_a_pipe_is_stated_or_80(environ: dict[str, str], width: int) -> None:
    assert style_for(pipe(), "auto", environ).width == width


def test_a_terminal_s_own_width_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal()
    monkeypatch.setattr(stream, "fileno", lambda: 1)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((132, 40)))
    assert style_for(stream, "auto", {"COLUMNS": "100"}).width == 132


REPORTS = [
    pytest.param([samples.no_zone()], id="one place"),
    pytest.param([samples.out_of_order()], id="two places"),
    pytest.param([samples.mismatch()], id="cut line"),
    pytest.param([samples.vague_tasks()], id="joined"),
    pytest.param([samples.no_incident()], id="notes"),
    pytest.param(samples.many(40, 4), id="table"),
    pytest.param(samples.many(400, 4), id="counts"),
    pytest.param([FileReport(samples.source_of({1: "x"}))], id="clean"),
]


@pytest.mark.parametrize("files", REPORTS)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("colour", [16, 256])
def test_colour_adds_escapes_and_nothing_else(
    files: list[FileReport], width: int, unicode: bool, colour: int
) -> None:
    coloured = Style(width, unicode, colour)  # type: ignore[arg-type]
    plain = Style(width, unicode)
    drawn = text.render(files, coloured)
    assert "\x1b[" in drawn
    assert ESCAPE.sub("", drawn) == text.render(files, plain)
    assert ESCAPE.sub("", concise.render(files, coloured)) == concise.render(files, plain)


@pytest.mark.parametrize("files", REPORTS)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_row_fits_and_ascii_is_ascii(files: list[FileReport], width: int) -> None:
    for style in (Style(width), Style(width, unicode=False)):
        drawn = text.render(files, style)
        assert max(map(len, drawn.splitlines())) <= width
        assert style.unicode or drawn.isascii()


def test_only_tones_that_hold_on_light_and_dark_are_used() -> None:
    used = set()
    for report in (samples.out_of_order(), samples.vague_tasks(), samples.no_incident()):
        for colour in (16, 256):
            drawn = text.render([report], Style(colour=colour))
            used |= set(ESCAPE.findall(drawn))
    codes = {int(code) for sign in used for code in re.findall(r"\d+", sign[2:])}
    assert not codes & {7, 30, 37, *range(40, 48), *range(90, 108)}
    assert "\x1b[5m" not in used


def test_the_wording_of_rules_loses_its_typography_in_ascii() -> None:
    assert Style(unicode=False).wording("a … “b” – c’s") == 'a ... "b" - c\'s'
    assert Style().wording("a …") == "a …"
