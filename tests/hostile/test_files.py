"""Whatever a path leads to: it is read, or it is a finding; never a pass, a hang or a leak."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree, posix

from pmlint import engine
from pmlint.config import Settings
from pmlint.files.discovery import File
from pmlint.findings import Source
from pmlint.reports import FileReport
from pmlint.running import cache

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
SECRET = FAULTY.replace("# ", "# S3CR3T ", 1)

pytestmark = posix


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)


def _socket(path: Path) -> None:
    # The path of a socket may have only some hundred bytes.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


KINDS: dict[str, Callable[[Path], object]] = {
    "pipe": lambda path: os.mkfifo(path),
    "folder": lambda path: path.mkdir(),
    "socket": _socket,
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "dangling link": lambda path: path.symlink_to("nowhere.md"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link out": lambda path: path.symlink_to("../secret.md"),
    "sparse file": _sparse,
    "UTF-16": lambda path: path.write_bytes(GOOD.encode("utf-16")),
    "UTF-16 without mark": lambda path: path.write_bytes(GOOD.encode("utf-16-le")),
    "UTF-32": lambda path: path.write_bytes(GOOD.encode("utf-32")),
    "Latin-1": lambda path: path.write_bytes((GOOD + "\xfc").encode("latin-1", "replace")),
    "overlong": lambda path: path.write_bytes(GOOD.encode() + b"\xc0\xaf"),
    "surrogate": lambda path: path.write_bytes(GOOD.encode() + b"\xed\xa0\x80"),
    "cut short": lambda path: path.write_bytes(GOOD.encode() + b"\xe2\x82"),
    "NUL": lambda path: path.write_bytes(GOOD.encode() + b"\0"),
    "bytes": lambda path: path.write_bytes(bytes(range(256))),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("named", [False, True], ids=["found", "named"])
def test_what_cannot_be_read_is_one_finding_and_the_others_are_checked(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, kind: str, named: bool
) -> None:
    top = tree(
        {"repo/.git/HEAD": "", "repo/a.md": FAULTY, "repo/c.md": FAULTY, "secret.md": SECRET}
    )
    monkeypatch.chdir(top / "repo")
    KINDS[kind](top / "repo" / "b.md")
    if named and kind == "folder":
        pytest.skip("a folder that is named is searched")
    start = time.monotonic()
    paths = ["a.md", "b.md", "c.md"] if named else ["."]
    result = run("--isolated", "--no-incident", "skip", "--exit-zero", "--format", "json", *paths)
    assert time.monotonic() - start < 10
    assert result.code == 2
    findings = result.json
    assert [each["code"] for each in findings if each["path"] == "b.md"] == ["PM003"]
    assert {each["path"] for each in findings} == {"a.md", "b.md", "c.md"}
    assert "S3CR3T" not in result.out + result.err


@pytest.mark.parametrize("command", ["show", "metrics", "tasks", "timeline", "format-times"])
@pytest.mark.parametrize("kind", ["pipe", "link to a device", "link out", "bytes", "NUL", "UTF-16"])
def test_no_other_command_reads_it_either(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, command: str, kind: str
) -> None:
    top = tree({"repo/.git/HEAD": "", "repo/a.md": FAULTY, "secret.md": SECRET})
    monkeypatch.chdir(top / "repo")
    KINDS[kind](top / "repo" / "b.md")
    result = run(command, "b.md", *(["--diff"] * (command == "format-times")))
    assert result.code == 2
    assert "S3CR3T" not in result.out + result.err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("sub/secret.md",), id="file below a linked folder"),
        pytest.param(("sub",), id="linked folder"),
        pytest.param(("sub/",), id="linked folder with slash"),
        pytest.param(("b.md",), id="link"),
        pytest.param(("--fix", "sub/secret.md"), id="fix below a linked folder"),
        pytest.param(("--fix", "--unsafe-fixes", "b.md"), id="fix a link"),
        pytest.param(("--fix", "."), id="fix a folder"),
    ],
)
def test_links_do_not_lead_out_of_the_repository(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    top = tree({"repo/.git/HEAD": "", "out/secret.md": SECRET})
    (top / "repo/sub").symlink_to("../out")
    (top / "repo/b.md").symlink_to("../out/secret.md")
    monkeypatch.chdir(top / "repo")
    result = run("--isolated", *arguments)
    assert result.code == 2
    assert "S3CR3T" not in result.out + result.err
    assert (top / "out/secret.md").read_text("utf-8") == SECRET
    assert sorted(os.listdir(top / "out")) == ["secret.md"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"ab\nc\xff\n", "byte ff at offset 4", id="behind a line"),
        pytest.param(b"\xef\xbb\xbfab\xff", "byte ff at offset 5", id="behind a mark"),
        pytest.param(b"a\r\nb\r\x80", "byte 80 at offset 5", id="three kinds of lines"),
        pytest.param(b"a\0", "byte 00 at offset 1", id="NUL"),
        pytest.param(b"\xff\xfea\0", "UTF-16", id="UTF-16, little end first"),
        pytest.param(b"\xfe\xff\0a", "UTF-16", id="UTF-16, big end first"),
        pytest.param("# Über".encode("utf-16-le"), "UTF-16", id="UTF-16 without mark"),
        pytest.param("# Über".encode("utf-16-be"), "UTF-16", id="UTF-16 without mark, big"),
        pytest.param(b"\xff\xfe\0\0a\0\0\0", "UTF-32", id="UTF-32"),
    ],
)
def test_encoding_is_named_and_located(data: bytes, told: str) -> None:
    report = engine.from_bytes(data, "a.md", engine.prepare(Settings()))
    assert isinstance(report, FileReport)
    assert told in report.findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + "\u0301" * 100_000, id="combining marks"),
        pytest.param("\u202e\u2066" * 1000, id="overrides"),
        pytest.param("\u05e9\u05dc\u05d5\u05dd " * 1000, id="right to left"),
        pytest.param("\u200b\u200d\ufeff\u2060" * 1000, id="zero width"),
        pytest.param("".join(map(chr, range(1, 32))), id="control characters"),
        pytest.param("\U0001f468\u200d\U0001f469 \U000e0001", id="emoji and tags"),
        pytest.param("\ufffe\uffff\U0010ffff", id="no characters"),
    ],
)
def test_odd_text_is_read_and_counted_as_it_stands(run: Run, tree: Tree, text: str) -> None:
    tree({"a.md": text + "\n\n" + FAULTY})
    for name in ("json", "text", "concise", "github"):
        result = run("--isolated", "--format", name, "a.md")
        assert result.code == 1
        assert not set(result.out) & set("\x1b\x07\u202e\u2066\r")
    plain = engine.check_text(Source(FAULTY), engine.prepare(Settings()))
    odd = engine.check_text(Source(text + "\n\n" + FAULTY), engine.prepare(Settings()))
    shift = len(text) + 2
    at = {(each.code, each.span.start + shift) for each in plain.findings if each.span.start}
    assert at <= {(each.code, each.span.start) for each in odd.findings}


def test_lines_are_counted_as_markdown_counts_them() -> None:
    report = engine.check_text(
        Source("x\x0bx\x0cx\x1cx\x1dx\x1ex\x85x\u2028x\u2029x\rx\r\nx\n" + FAULTY),
        engine.prepare(Settings(select=("PM203",))),
    )
    (found,) = report.findings
    plain = engine.check_text(Source(FAULTY), engine.prepare(Settings(select=("PM203",))))
    expected = plain.source.place(plain.findings[0].span.start).line + 3
    assert report.source.place(found.span.start).line == expected


def test_file_that_vanishes_while_it_is_reported(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"a.md": FAULTY, "b.md": FAULTY})
    real = engine.check_text

    def vanish(source: Source, *arguments: object, **options: object) -> FileReport:
        report = real(source, *arguments, **options)  # type: ignore[arg-type]
        (top / "a.md").unlink(missing_ok=True)
        return report

    monkeypatch.setattr(engine, "check_text", vanish)
    for name in ("text", "json", "concise", "sarif", "github", "gitlab", "markdown", "junit"):
        (top / "a.md").write_text(FAULTY, "utf-8")
        result = run("--isolated", "--format", name, "a.md", "b.md")
        assert result.code in (1, 2), name
        assert "b.md" in result.out, name
        assert "Traceback" not in result.err
        assert "pmlint failed" not in result.err, result.err


@pytest.mark.parametrize("now", ["", "short", FAULTY.upper() * 2])
def test_file_that_changes_while_it_is_reported(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, now: str
) -> None:
    top = tree({"a.md": FAULTY, "b.md": FAULTY})
    real = engine.check_text

    def change(source: Source, *arguments: object, **options: object) -> FileReport:
        report = real(source, *arguments, **options)  # type: ignore[arg-type]
        (top / "a.md").write_text(now, "utf-8")
        return report

    monkeypatch.setattr(engine, "check_text", change)
    for name in ("text", "json", "concise", "sarif", "github", "gitlab", "markdown", "junit"):
        (top / "a.md").write_text(FAULTY, "utf-8")
        result = run("--isolated", "--format", name, "a.md", "b.md")
        assert result.code in (1, 2), name
        assert "b.md" in result.out, name
        assert "pmlint failed" not in result.err, result.err


def test_folder_that_is_named_for_results_keeps_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("theirs", "utf-8")
    (tmp_path / "0123abcd-10.json").write_text("old", "utf-8")
    for name in ("a.json", "0123abcd-10.json"):
        os.utime(tmp_path / name, (0, 0))
    cache._prepare(str(tmp_path))
    assert os.listdir(tmp_path) == ["a.json"]


def test_results_that_a_checkout_brings_along_are_not_believed_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.delenv("CI", raising=False)
    assert cache.folder("")
    monkeypatch.setenv("CI", "true")
    assert not cache.folder("")
    assert cache.folder("mine") == "mine"


@pytest.mark.parametrize("name", ["-rf.md", "--config=x.md", "$(touch PWN).md", "a;b.md", "`x`.md"])
def test_names_that_look_like_commands_are_names(run: Run, tree: Tree, name: str) -> None:
    top = tree({name: FAULTY, "sub/x": ""})
    result = run("check", "--isolated", "--format", "json", "--", name)
    assert result.code == 1
    assert {each["path"] for each in result.json} == {name}
    assert run("--isolated", "--format", "json", ".").json
    assert not (top / "PWN").exists()


def test_report_to_a_full_disk_fails_the_run(run: Run, tree: Tree) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    tree({"a.md": GOOD})
    result = run("--isolated", "-o", "json=/dev/full", "a.md")
    assert result.code == 2
    assert "no space left" in result.err


def test_bad_file_is_never_opened_twice_by_its_name() -> None:
    report = engine.load(File("\0.md", True), engine.prepare(Settings()))
    assert isinstance(report, FileReport)
    assert report.findings[0].code == "PM003"
