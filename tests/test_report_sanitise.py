"""Nothing of a document or a file name steers a terminal or a CI runner."""

from __future__ import annotations

import json

import pytest
import report_samples as samples
from workflow_commands import FORGED

from pmlint.findings import Level, Source
from pmlint.reports import FileReport, concise, findings_json, text
from pmlint.reports.colour import Style
from pmlint.reports.sanitise import escape, one_line, path_text, visible

CONTROLS = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
    0xD800,
    0xDCFF,
]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_a_control_character_is_written_out(code: int) -> None:
    shown = visible(f"a{chr(code)}b")
    if code == 0x09:
        assert shown == "a\tb"
    else:
        assert shown.startswith("a\\")
        assert shown.endswith("b")
        assert shown.isascii()
        assert shown.isprintable()


@pytest.mark.parametrize(
    ("text_in", "shown"),
    [
        pytest.param("a\x1b[31m", r"a\x1b[31m", id="escape"),
        pytest.param("\u202ecba", r"\u202ecba", id="right to left override"),
        pytest.param("caf\udce9.md", r"caf\xe9.md", id="byte of a file name"),
        pytest.param("\udc80\udcff", r"\x80\xff", id="first and last such byte"),
        pytest.param("\ud800\udd00", r"\ud800\udd00", id="surrogates that are no bytes"),
        pytest.param("##[error]x", r"\x23#[error]x", id="runner command"),
        pytest.param("## [a](#b) ###", "## [a](#b) ###", id="heading with a link"),
        pytest.param("日本 é …", "日本 é …", id="letters stay"),
    ],
)
def test_the_visible_form_names_the_character(text_in: str, shown: str) -> None:
    assert visible(text_in) == shown


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        pytest.param("\xff", r"\xff", id="last with two digits"),
        pytest.param("\u0100", r"\u0100", id="first with four"),
        pytest.param("\udc7f", r"\udc7f", id="surrogate before those of bytes"),
        pytest.param("\udd00", r"\udd00", id="surrogate behind them"),
    ],
)
def test_the_form_has_as_many_digits_as_it_needs(char: str, shown: str) -> None:
    assert escape(char) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param("a\tb.md", r"a\x09b.md", id="tab"),
        pytest.param("a\nb.md", r"a\x0ab.md", id="line end"),
        pytest.param(" ::error::x", r" \x3a:error::x", id="command behind a space"),
        pytest.param("a::b.md", "a::b.md", id="colons inside"),
    ],
)
def test_a_file_name_is_one_word_of_a_row(path: str, shown: str) -> None:
    assert path_text(path) == shown


def test_a_sentence_with_line_ends_becomes_one_line() -> None:
    assert one_line("a\n  b\r\nc") == "a b c"


def test_a_file_name_that_is_a_command_cannot_begin_a_row() -> None:
    assert path_text("::error::x.md") == r"\x3a:error::x.md"


def everywhere(words: str) -> FileReport:
    """A report that holds the words as path, source, message, help, labels and notes."""
    source = Source(f"# x {words}\n{words}\n", f"a{words}.md")
    line = len(source.starts) - 1
    found = samples.finding(
        source,
        words.strip() or words,
        1,
        "PM999",
        f"message {words}",
        level=Level.ERROR,
        name="rule",
        help_text=f"help {words} " + f"{words} " * 20,
        label=f"label {words}",
        related=(samples.other_place(source, "x", 1, words),),
        notes=(f"looked: {words}",),
    )
    assert line >= 1
    return FileReport(source, (found,) * 3)


def outputs(report: FileReport) -> list[str]:
    return [
        text.render([report], Style(60), paths=[report.path]),
        text.render([report], Style(40, unicode=False), step="grouped", paths=[report.path]),
        text.render([FileReport(report.source, absent=True, skipped=True)], Style(), verbose=True),
        text.render([FileReport(report.source)], Style(), template=report.path),
        concise.render([report], Style()),
        findings_json.render([report]),
    ]


@pytest.mark.parametrize("command", FORGED, ids=repr)
def test_no_format_lets_a_command_through(command: str) -> None:
    for output in outputs(everywhere(command)):
        for row in output.splitlines():
            assert not row.lstrip().startswith("::")
            assert "##[" not in row
            assert "##vso[" not in row


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_no_format_lets_a_control_character_through(code: int) -> None:
    for output in outputs(everywhere(f"a{chr(code)}b")):
        assert all(char == "\n" or char.isprintable() for char in output)
        output.encode("utf-8")


def test_json_keeps_the_data_as_they_are() -> None:
    report = everywhere("a\udce9 ##[error]x \u2028")
    items = json.loads(findings_json.render([report]))
    assert items[0]["path"] == report.path
    assert items[0]["message"] == "message a\udce9 ##[error]x \u2028"
