"""Nothing of a document or a file name breaks out of its place, in any format."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Run, posix
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import source_of
from workflow_commands import FORGED, commands

from pmlint.findings import Edit, Finding, Fix, Level, Related, Span
from pmlint.formats import FORMATS, About, render
from pmlint.reports import FileReport
from pmlint.reports.colour import Style
from pmlint.reports.paths import from_root
from pmlint.reports.sanitise import one_line

FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")

CHARACTERS = [
    *map(chr, (*range(0x01, 0x20), 0x7F, *range(0x80, 0xA0))),
    *map(chr, (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))),
    "\udc80",
    "\udcff",
]
COMMANDS = [
    *FORGED,
    ",title=PWN::x",
    "%0A::error title=PWN::x",
    "|`<img src=x onerror=PWN()>`|",
    "]](http://PWN.example)<script>PWN</script>",
    "]]><PWN/>&PWN;",
    "\x1b[31mPWN\x1b]0;PWN\x07",
    "<script>PWN</script> <img src=x onerror=PWN()>",
    "`a|b|c` and a|b",
    "@PWN #1 !1 https://PWN.example",
    "not \ufffe of \uffff XML",
]
HOSTILE = [*(f"a{char}b" for char in CHARACTERS), *COMMANDS]
PLACES = ("path", "message", "help", "related", "label", "line", "fix", "notes")


def reports(place: str, text: str) -> list[FileReport]:
    """A file whose finding bears the text in one place."""
    kept = {name: text if name == place else "plain words" for name in PLACES}
    path = kept["path"] if place == "path" else "a.md"
    text_line = re.sub(r"[\r\n]", " ", kept["line"])
    text_line = text_line.encode("utf-8", "replace").decode("utf-8")
    source = source_of({1: "# Title", 3: f"- {text_line} and more", 4: "- the next"}, path)
    span = Span(source.starts[2] + 2, source.starts[2] + 2 + len(text_line))
    second = Span(source.starts[3] + 2, source.starts[3] + 10)
    finding = Finding(
        path,
        "PM402",
        "timeline-order",
        Level.ERROR,
        span,
        kept["message"],
        kept["help"],
        kept["label"],
        (Related(path, second, kept["related"]),),
        Fix(kept["fix"], (Edit(span, kept["fix"]),), safe=True),
        (f"looked: {kept['notes']}",),
    )
    return [FileReport(source, (finding,))]


def about(**values: str) -> About:
    return About(Style(), here="/srv/checkout", root="/srv/checkout", **values)  # type: ignore[arg-type]


def raw(output: str) -> Iterator[str]:
    """Characters that must not reach an output."""
    yield from re.findall(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]",
        output,
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_control_character_and_no_forged_command_comes_out(name: str) -> None:
    tried = 0
    for place in PLACES:
        for text in HOSTILE:
            output = render(name, reports(place, text), about())
            tried += 1
            assert not list(raw(output)), (place, text)
            told = commands(output)
            expected = ["error"] if name == "github" else []
            assert [command.name for command in told] == expected, (place, text)
            for command in told:
                assert set(command.fields) <= {
                    "file",
                    "line",
                    "endLine",
                    "col",
                    "endColumn",
                    "title",
                }
                assert command.fields["title"] == "PM402 timeline-order"
                path = reports(place, text)[0].path
                assert command.fields["file"] == from_root(path, about())
                if place in ("message", "help"):
                    assert one_line(text).strip() in command.message
    assert tried == len(PLACES) * len(HOSTILE) > 500


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson", "jsonl", "junit"])
def test_output_stays_well_formed(name: str) -> None:
    for place in PLACES:
        for text in HOSTILE:
            output = render(name, reports(place, text), about())
            output.encode("utf-8")
            if name == "junit":
                assert not re.search("[\ufffe\uffff]", output)
                assert len(ET.fromstring(output).findall(".//testcase/failure")) == 1
            elif name == "jsonl":
                assert len([json.loads(line) for line in output.splitlines()]) == 1
            else:
                data = json.loads(output)
                if name in ("sarif", "gitlab", "rdjson"):
                    # Services print these; only the text of a fix is kept as it is.
                    for told in words(data):
                        assert not list(raw(told)), (place, text)


def words(value: object) -> Iterator[str]:
    """Every text of a JSON value but the text of fixes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("insertedContent", "suggestions"):
                yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)


@pytest.mark.parametrize("text", COMMANDS)
def test_the_markdown_page_shows_the_words_and_nothing_else(text: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    for place in ("path", "message", "help", "related"):
        page = reader.parse(render("markdown", reports(place, text), about()))
        kinds = [token.type for token in page]
        assert kinds.count("td_open") == 3, place
        assert kinds.count("heading_open") == 2, place
        inner = [child for token in page for child in token.children or ()]
        found = {child.type for child in inner} - {"text", "code_inline", "softbreak"}
        assert found <= {"html_inline", "strong_open", "strong_close"}, place
        assert {child.content for child in inner if child.type == "html_inline"} == {"<br>"}
        told = "".join(child.content for child in inner if child.type != "html_inline")
        plain = from_root(text, about()) if place == "path" else one_line(text)
        assert re.sub(r"[\s`']", "", plain) in re.sub(r"[\s`']", "", told), place


@pytest.mark.parametrize("name", FORMATS)
@posix
def test_hostile_file_names_through_the_command_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    names = [b"a\n::error title=PWN::x.md", b"a\r##[error]PWN.md", b"::add-mask::e.md", b"\xff.md"]
    for number, hostile in enumerate([*names, b"c.md"]):
        with open(os.fsencode(str(tmp_path)) + b"/" + hostile, "w", encoding="utf-8") as file:
            file.write(f"<!-- {number} -->\n" + FAULTY)
    result = run("check", "--format", name, "--select", "PM203", ".")
    assert result.code == 1
    assert not list(raw(result.out))
    annotated = name in ("github", "text", "full", "grouped")
    assert [command.name for command in commands(result.out)] == ["error"] * 5 * annotated
    assert "c.md" in result.out
    assert r"\xff.md" in result.out or "\\udcff.md" in result.out or "%FF.md" in result.out


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(PLACES),
    st.text(st.characters(exclude_categories=()), min_size=1).filter(lambda text: "\0" not in text),
)
def test_any_text_leaves_every_format_well_formed(place: str, text: str) -> None:
    for name in FORMATS:
        output = render(name, reports(place, text), about())
        assert not list(raw(output))
        assert len(commands(output)) == (name == "github")
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(output)
        elif name == "junit":
            ET.fromstring(output)


def test_no_secret_of_the_environment_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_TOKEN", "CI_JOB_TOKEN", "ACTIONS_RUNTIME_TOKEN"):
        monkeypatch.setenv(name, "S3CR3T")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    for format in FORMATS:
        told = run("-v", "--debug", "--format", format, str(tmp_path))
        assert "S3CR3T" not in told.out + told.err
