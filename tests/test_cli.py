"""The command line: calls, exit codes, and which stream says what."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, Tree, posix
from processes import PMLINT, environment

from pmlint import cli, postmortem
from pmlint.commands.outcome import Exit
from pmlint.facts import Postmortem
from pmlint.findings import Finding
from pmlint.formats import FORMATS
from pmlint.markdown import Document
from pmlint.standard import rulebook, templates
from pmlint.standard.rulebook import Rule
from pmlint.standard.templates import Template

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
WARNING = GOOD + "- [ ] Improve monitoring\n"
STUB = "# Postmortem\n\nMoved to [the wiki](https://wiki.example.org/postmortem).\n"
FILES = {"good.md": GOOD, "faulty.md": FAULTY, "warning.md": WARNING, "stub.md": STUB}


def codes(output: str) -> set[str]:
    return {finding["code"] for finding in json.loads(output)}


# Calls


@pytest.mark.parametrize(
    "call",
    [
        ["check", "--format", "concise", "faulty.md"],
        ["check", "faulty.md", "--format", "concise"],
        ["--format", "concise", "check", "faulty.md"],
        ["--format=concise", "check", "faulty.md"],
        ["faulty.md", "--format", "concise"],
        ["--format", "concise", "faulty.md"],
        ["--format", "concise", "--", "faulty.md"],
        ["--isolated", "--no-cache", "faulty.md", "--format=concise"],
    ],
    ids=" ".join,
)
def test_options_stand_anywhere_with_and_without_the_verb(
    run: Run, tree: Tree, call: list[str]
) -> None:
    tree(FILES)
    assert run(*call) == run("check", "--format", "concise", "faulty.md")
    assert "faulty.md:" in run(*call).out


def test_word_behind_two_dashes_is_a_file_even_if_it_names_a_command(run: Run, tree: Tree) -> None:
    tree({"check": FAULTY, "-q.md": FAULTY})
    told = run("--format", "concise", "--", "check", "-q.md").out
    assert told.startswith("check:")
    assert "\n-q.md:" in told


@pytest.mark.parametrize("call", [[], ["-h"], ["--help"], ["--isolated", "--help"]], ids=" ".join)
def test_main_page_starts_with_calls_to_try_and_ends_with_the_exit_status(
    run: Run, call: list[str]
) -> None:
    result = run(*call)
    assert result.code == 0
    assert result.err == ""
    headings = re.findall(r"^\w.*", result.out, re.MULTILINE)
    assert headings[2:4] == ["Usage", "Try"]
    assert headings[-1] == "Exit status"
    assert max(map(len, result.out.splitlines())) <= 80
    for word in (*cli._COMMANDS, *templates.names()):
        assert re.search(rf"\b{word}\b", result.out)


@pytest.mark.parametrize("command", ["check", "show", "explain"])
def test_page_of_a_command_names_every_option(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.code == 0
    for option in cli._COMMANDS[command].params:
        for name in option.opts:
            assert name == option.name or re.search(rf"(?<!\S){name}\b", result.out)
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize("command", cli._COMMANDS)
def test_exit_codes_of_a_command_stand_on_its_page_and_in_the_documentation(
    run: Run, command: str
) -> None:
    page = " ".join(run(command, "--help").out.split())
    told = page.partition("Exit status: ")[2].rstrip(".")
    documented = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    assert f"| `{command}` | {told} |\n" in documented


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("command", ["", *cli._COMMANDS])
def test_pages_are_no_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    page = run(*filter(None, [command]), "--help").out
    assert max(map(len, page.splitlines())) <= min(width, 80)
    monkeypatch.setenv("COLUMNS", "80")
    whole = run(*filter(None, [command]), "--help").out
    assert "".join(page.split()) == "".join(whole.split())


@pytest.mark.parametrize(
    "call",
    [
        "rules PM1 PM2 PM3",
        "templates",
        "templates alx",
        "templates google-sre",
        "config",
        "config --keys",
        "timeline faulty.md",
    ],
)
def test_what_is_told_fits_forty_columns(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    tree({"faulty.md": FAULTY})
    page = run(*call.split()).out
    links = r"\S*://\S*"
    assert max(len(row) for row in re.sub(links, "", page).splitlines()) <= 40


def test_documentation_names_every_option() -> None:
    page = (ROOT / "docs" / "usage.md").read_text("utf-8")
    for option in cli._COMMANDS["check"].params:
        for name in option.opts:
            assert name in ("paths", "--help", "-h", "--version") or f"`{name}" in page


def test_version_is_one_line(run: Run) -> None:
    assert run("--version").out == run("check", "--version").out
    assert re.fullmatch(r"pmlint \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        pytest.param(
            ["check", "--formt", "json", "good.md"],
            "no option `--formt`; did you mean `--format`? All options: pmlint check --help",
            id="an option, by its letters",
        ),
        pytest.param(
            ["--json", "good.md"],
            "no option `--json`; did you mean `--format json`? All options: pmlint check --help",
            id="an option, by its meaning",
        ),
        pytest.param(
            ["show", "--select", "PM4", "good.md"],
            "show has no option `--select`; check has. All options: pmlint show --help",
            id="an option of the other command",
        ),
        pytest.param(
            ["--zzz", "good.md"],
            "no option `--zzz`. All options: pmlint check --help",
            id="an option like no other",
        ),
        pytest.param(
            ["good.md", "--format"],
            "--format needs a value. All options: pmlint check --help",
            id="an option without its value",
        ),
        pytest.param(
            ["--quiet=1", "good.md"],
            "--quiet takes no value. All options: pmlint check --help",
            id="a value that is not taken",
        ),
        pytest.param(
            ["--format", "jsno", "good.md"],
            f"--format: no `jsno`; did you mean `json`? One of: {', '.join(FORMATS)}",
            id="a value",
        ),
        pytest.param(
            ["--template", "axl", "good.md"],
            "--template: no template `axl`; did you mean `alx`? All templates: "
            + ", ".join(templates.names()),
            id="a template",
        ),
        pytest.param(
            ["--select", "PM4O2", "good.md"],
            "--select: no rule `PM4O2`; did you mean PM402 (timeline-order)?",
            id="a code with a letter for a digit",
        ),
        pytest.param(
            ["--ignore", "timeline-ordr", "good.md"],
            "--ignore: no rule `timeline-ordr`; did you mean `timeline-order` (PM402)?",
            id="a name, by its letters",
        ),
        pytest.param(
            ["--ignore", "order-of-timeline", "good.md"],
            "--ignore: no rule `order-of-timeline`; did you mean `timeline-order` (PM402)?",
            id="a name, by its meaning",
        ),
        pytest.param(
            ["chekc", "good.md"],
            "no command or file `chekc`; did you mean `pmlint check`?",
            id="a command, by its letters",
        ),
        pytest.param(
            ["lint", "good.md"],
            "no command or file `lint`; did you mean `pmlint check`?",
            id="a command, by its meaning",
        ),
        pytest.param(
            ["fix", "good.md"],
            "no command or file `fix`; did you mean `pmlint check --fix`?",
            id="an option, as a command",
        ),
        pytest.param(
            ["--template", "pager", "good.md"],
            "--template: no template `pager`; did you mean `pagerduty`? All templates: "
            + ", ".join(templates.names()),
            id="the beginning of a name",
        ),
        pytest.param(
            ["explain", "402"],
            "explain: no rule `402`; did you mean `timeline-order` (PM402)?",
            id="a number alone",
        ),
        pytest.param(
            ["show"],
            "show: name a file, for example `pmlint show README.md`",
            id="show without a file",
        ),
        pytest.param(
            ["explain", "PM4O2"],
            "explain: no rule `PM4O2`; did you mean PM402 (timeline-order)?",
            id="explain an unknown rule",
        ),
        pytest.param(
            ["explain"],
            "explain: name a rule or a line, for example `pmlint explain PM402` "
            "or `pmlint explain README.md:14`",
            id="explain without a rule",
        ),
    ],
)
def test_wrong_call_is_answered_in_one_line(
    run: Run, tree: Tree, call: list[str], told: str
) -> None:
    tree(FILES)
    assert run(*call) == (2, "", f"error: {told}\n")


# Exit codes


@pytest.mark.parametrize(
    ("call", "code"),
    [
        pytest.param(["good.md"], 0, id="clean"),
        pytest.param(["faulty.md"], 1, id="errors"),
        pytest.param(["good.md", "faulty.md"], 1, id="errors in one of two"),
        pytest.param(["warning.md"], 0, id="warnings only"),
        pytest.param(["--fail-on", "warning", "warning.md"], 1, id="warnings count"),
        pytest.param(["--fail-on", "info", "warning.md"], 1, id="info is below warnings"),
        pytest.param(["--exit-zero", "faulty.md"], 0, id="errors hidden"),
        pytest.param(["missing.md"], 2, id="missing"),
        pytest.param(["--exit-zero", "missing.md"], 2, id="missing is not hidden"),
        pytest.param(["--ignore", "PM003", "missing.md"], 2, id="missing cannot be ignored"),
        pytest.param(["--select", "PM402", "missing.md"], 2, id="missing needs no selection"),
        pytest.param(["faulty.md", "missing.md"], 2, id="missing wins over errors"),
        pytest.param(["empty"], 3, id="no Markdown file"),
        pytest.param(["--exit-zero", "empty"], 3, id="no Markdown file is not hidden"),
        pytest.param(["empty", "good.md"], 0, id="one of the two has a file"),
        pytest.param(["stub.md"], 1, id="named file without an incident"),
        pytest.param(["folder"], 0, id="found file without an incident"),
        pytest.param(["--no-incident", "skip", "stub.md"], 0, id="skipped though named"),
        pytest.param(["--no-incident", "error", "folder"], 1, id="an error though found"),
    ],
)
@pytest.mark.parametrize("output", ["text", "concise", "json"])
def test_exit_code(run: Run, tree: Tree, call: list[str], code: int, output: str) -> None:
    tree({**FILES, "empty/notes.txt": "x", "folder/README.md": STUB})
    result = run("--format", output, *call)
    assert result.code == code
    if output == "json":
        assert isinstance(result.json, list)


def test_exit_codes_are_those_of_the_documentation() -> None:
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) ", page, re.MULTILINE)] == list(Exit)


def test_without_a_path_the_current_folder_is_checked(run: Run, tree: Tree) -> None:
    tree({"docs/faulty.md": FAULTY})
    assert run("check", "--format", "json").out == run("check", "--format", "json", ".").out
    assert run("check", "--format", "json").json[0]["path"] == "docs/faulty.md"


# Streams


def test_clean_file_gives_an_empty_json_list(run: Run, tree: Tree) -> None:
    tree(FILES)
    assert run("--format", "json", "good.md") == (0, "[]\n", "")


@pytest.mark.parametrize("output", ["text", "concise"])
def test_findings_go_to_standard_output_and_nothing_else_does(
    run: Run, tree: Tree, output: str
) -> None:
    tree(FILES)
    result = run("--format", output, "faulty.md")
    assert "PM203" in result.out
    assert result.err == ""


def test_standard_input_is_read_for_a_dash(run: Run, tree: Tree) -> None:
    tree(FILES)
    result = run("--format", "json", "-", stdin=FAULTY.encode())
    named = run("--format", "json", "faulty.md")
    assert result.code == 1
    assert result.out.replace('"-"', '"faulty.md"') == named.out


def test_quiet_says_nothing_of_a_clean_run(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD, "b.md": STUB})
    assert run("-q", ".") == (0, "", "")
    assert "nothing to send back" in run(".").out


@pytest.mark.parametrize("output", ["text", "concise", "json"])
def test_skipped_files_are_counted_and_named_on_demand(run: Run, tree: Tree, output: str) -> None:
    tree({"a.md": GOOD, "b/c.md": STUB})
    plain, verbose = run("--format", output, "."), run("--format", output, "-v", ".")
    assert "tells no incident and was skipped" in " ".join((plain.out + plain.err).split())
    assert "b/c.md" not in plain.out + plain.err
    assert "b/c.md" in verbose.out + verbose.err


def test_folder_without_markdown_says_what_was_looked_for(run: Run, tree: Tree) -> None:
    tree({"notes.txt": "x"})
    result = run("--format", "json", ".")
    assert result.out == "[]\n"
    assert "no Markdown file found" in result.err


def test_missing_file_is_a_finding_and_one_line_with_the_name_that_was_meant(
    run: Run, tree: Tree
) -> None:
    tree(FILES)
    result = run("--format", "json", "godo.md")
    (finding,) = result.json
    assert (finding["path"], finding["line"], finding["code"]) == ("godo.md", 1, "PM003")
    assert result.err == "error: godo.md: there is no such file; did you mean `good.md`?\n"


def test_file_is_not_meant_by_its_ending_alone(run: Run, tree: Tree) -> None:
    tree(FILES)
    assert "did you mean" not in run("READNE.md").err


@pytest.mark.parametrize("count", ["0", "two"])
def test_number_of_workers_that_is_none_gets_one_line(run: Run, count: str) -> None:
    result = run("-j", count, ".")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: --jobs: no `{count}`; write a whole number from 1 on\n"


# Rules


def test_selected_rules_alone_are_applied(run: Run, tree: Tree) -> None:
    tree(FILES)
    all_codes = codes(run("--format", "json", "faulty.md").out)
    assert {"PM203", "PM402", "PM602"} <= all_codes
    for selection, expected in {
        "PM402": {"PM402"},
        "timeline-order": {"PM402"},
        "pm402,PM203": {"PM402", "PM203"},
    }.items():
        told = codes(run("--format", "json", "--select", selection, "faulty.md").out)
        assert told == expected
    # A rule of the family that otherwise yields to one of another speaks now.
    family = codes(run("--format", "json", "--select", "PM4", "faulty.md").out)
    assert {code for code in all_codes if code.startswith("PM4")} <= family
    assert {code[:3] for code in family} == {"PM4"}


def test_ignored_rules_bring_up_no_others(run: Run, tree: Tree) -> None:
    tree(FILES)
    before = codes(run("--format", "json", "faulty.md").out)
    for code in sorted(before):
        after = codes(run("--format", "json", "--ignore", code, "faulty.md").out)
        assert after == before - {code}


def test_ignore_is_stronger_than_select(run: Run, tree: Tree) -> None:
    tree(FILES)
    call = ("--format", "json", "--select", "PM4", "--ignore", "PM402", "faulty.md")
    assert "PM402" not in codes(run(*call).out)


@pytest.mark.parametrize("rule", rulebook.rules(), ids=lambda rule: rule.code)
def test_every_rule_can_be_explained(run: Run, rule: Rule) -> None:
    result = run("explain", rule.code)
    assert (result.code, result.err) == (0, "")
    assert result == run("explain", rule.name)
    headings = re.findall(r"^\w.*", result.out, re.MULTILINE)
    assert headings[0] == f"{rule.code} {rule.name}"
    assert {"Why", "Switch off", "Source"} <= set(headings)
    assert max(map(len, result.out.splitlines())) <= 88


# Files that cannot be read

UNREADABLE = {
    "utf16.md": "# Störung".encode("utf-16"),
    "latin.md": b"# Title\n\nSt\xf6rung\n",
    "marked.md": b"\xef\xbb\xbf# Title\n\nSt\xf6rung\n",
    "overlong.md": b"a \xc0\xaf b\n",
    "surrogate.md": b"a \xed\xa0\x80 b\n",
    "nul.md": b"# Title\n\na\0b\n",
}


@pytest.mark.parametrize(
    ("name", "place", "told"),
    [
        pytest.param("utf16.md", (1, 1), "UTF-16", id="UTF-16 is named"),
        pytest.param("latin.md", (3, 3), "byte f6 at offset 11", id="Latin-1"),
        pytest.param("marked.md", (3, 3), "byte f6 at offset 14", id="behind a byte order mark"),
        pytest.param("overlong.md", (1, 3), "byte c0 at offset 2", id="overlong form"),
        pytest.param("surrogate.md", (1, 3), "byte ed at offset 2", id="lone surrogate"),
        pytest.param("nul.md", (3, 2), "byte 00 at offset 10", id="NUL"),
    ],
)
def test_undecodable_file_is_one_finding_and_the_others_are_checked(
    run: Run, tree: Tree, name: str, place: tuple[int, int], told: str
) -> None:
    top = tree({"a.md": FAULTY, "z.md": FAULTY})
    (top / name).write_bytes(UNREADABLE[name])
    result = run("--format", "json", "a.md", name, "z.md")
    findings = result.json
    (bad,) = [finding for finding in findings if finding["path"] == name]
    assert (bad["code"], bad["level"]) == ("PM003", "error")
    assert (bad["line"], bad["column"]) == place
    assert told in bad["message"]
    assert result.code == 2
    assert {"a.md", "z.md"} <= {finding["path"] for finding in findings}


def test_byte_order_mark_moves_no_column(run: Run, tree: Tree) -> None:
    top = tree({"a.md": FAULTY})
    (top / "b.md").write_bytes(b"\xef\xbb\xbf" + FAULTY.encode())
    plain, marked = run("--format", "json", "a.md"), run("--format", "json", "b.md")
    assert marked.out.replace("b.md", "a.md") == plain.out


@posix
@pytest.mark.parametrize("kind", ["fifo", "device", "dangling", "folder link", "huge", "link out"])
def test_what_is_no_regular_file_is_one_finding_at_once(run: Run, tree: Tree, kind: str) -> None:
    top = tree({"in/.git/HEAD": "", "in/a.md": FAULTY, "secret.md": "S3CR3T " * 99})
    bad = top / "in" / "bad.md"
    if kind == "fifo":
        os.mkfifo(bad)
    elif kind == "huge":
        with bad.open("wb") as handle:
            handle.truncate(3_000_000_000)
    else:
        targets = {"device": "/dev/zero", "dangling": "gone.md", "folder link": ".."}
        bad.symlink_to(targets.get(kind, "../secret.md"))
    start = time.monotonic()
    result = run("--format", "json", "in")
    assert time.monotonic() - start < 2
    found = [finding for finding in result.json if finding["path"] == "in/bad.md"]
    assert [finding["code"] for finding in found] == ([] if kind == "folder link" else ["PM003"])
    assert "in/a.md" in result.out
    assert "S3CR3T" not in result.out + result.err
    if kind == "folder link":
        assert "1 linked folder leads elsewhere" in result.err


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_hostile_file_names_are_checked_and_escaped(run: Run, tree: Tree) -> None:
    top = tree({})
    for name in (b"a\n::error title=PWN::x.md", b"a\xff.md", b"\x1b[31mred.md"):
        (Path(os.fsdecode(os.path.join(os.fsencode(top), name)))).write_text(FAULTY, "utf-8")
    for output in ("text", "concise", "json"):
        result = run("--format", output, "--fail-on", "info", ".")
        assert result.code == 1
        assert "\n::error" not in result.out
        assert "\x1b" not in result.out
        assert len(codes(run("--format", "json", ".").out)) > 1


# Faults of pmlint itself


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError()], ids=repr)
def test_fault_while_reading_is_one_finding_and_the_others_are_checked(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    tree({"a.md": FAULTY, "b.md": GOOD})
    read = postmortem.read_document

    def fall(document: Document, template: Template) -> Postmortem:
        if document.source.path == "b.md":
            raise error
        return read(document, template)

    monkeypatch.setattr(postmortem, "read_document", fall)
    result = run("--format", "json", ".")
    assert result.code == 2
    findings = result.json
    (fault,) = [finding for finding in findings if finding["path"] == "b.md"]
    assert fault["code"] == "PM003"
    assert type(error).__name__ in fault["message"]
    assert any(finding["path"] == "a.md" for finding in findings)
    assert "Traceback" not in result.err
    assert "Traceback" in run("--debug", ".").err


def test_fault_of_a_rule_names_the_rule_and_the_other_rules_speak(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({"a.md": FAULTY})
    original = rulebook.run

    def fall(rule: Rule, facts: Postmortem, template: Template, **given: Any) -> Iterator[Finding]:
        if rule.code == "PM402":
            raise KeyError("x")
        yield from original(rule, facts, template, **given)

    before = codes(run("--format", "json", "a.md").out)
    monkeypatch.setattr(rulebook, "run", fall)
    result = run("--no-cache", "--format", "json", "a.md")
    assert result.code == 2
    (fault,) = [f for f in result.json if f["code"] == "PM003"]
    assert "PM402" in fault["message"]
    assert codes(result.out) == before - {"PM402"} | {"PM003"}


def test_interrupt_is_quiet(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(FILES)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(postmortem, "read_document", interrupted)
    assert run("good.md") == (130, "", "")


# As a process


def process(
    folder: Path, *arguments: str, environ: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PMLINT, *arguments],
        cwd=folder,
        env=environment(**(environ or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@posix
@pytest.mark.parametrize(
    ("call", "code"),
    [
        pytest.param("faulty.md", 2, id="check"),
        pytest.param("check faulty.md --diff", 2, id="a diff"),
        pytest.param("explain PM402", 2, id="a page"),
        pytest.param("check --help", 2, id="help of a command"),
        pytest.param("--version", 2, id="the version"),
        pytest.param("check faulty.md -o json=out.json --quiet", 2, id="a second report"),
        pytest.param("check faulty.md -o json=out.json -o out.txt", 1, id="the report elsewhere"),
    ],
)
def test_closed_output_fails_the_run_that_writes_to_it(tree: Tree, call: str, code: int) -> None:
    tree({"faulty.md": FAULTY})
    result = subprocess.run(
        f"exec {sys.executable} -m pmlint {call} >&-",
        shell=True,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    told = "error: cannot write the report: standard output is closed\n"
    assert (result.returncode, result.stderr) == (code, told if code == 2 else "")


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no such signal")
def test_exit_code_stands_when_nobody_reads_the_errors(tree: Tree) -> None:
    top = tree({"faulty.md": FAULTY, "pmlint.toml": "slct = 1\n"})
    reading, writing = os.pipe()
    os.close(reading)
    words = [*PMLINT, "faulty.md"]
    done = subprocess.run(words, cwd=top, env=environment(), stderr=writing, check=False)
    os.close(writing)
    assert done.returncode == 2


@posix
@pytest.mark.parametrize("stream", ["<", ">"])
def test_language_server_does_not_start_without_its_streams(tree: Tree, stream: str) -> None:
    pytest.importorskip("pygls")
    tree({})
    call = f"exec {sys.executable} -m pmlint lsp {stream}&-"
    result = subprocess.run(call, shell=True, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "standard input or output is closed" in result.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no such signal")
def test_closed_pipe_is_quiet(tree: Tree) -> None:
    top = tree({f"{number:03}.md": FAULTY for number in range(60)})
    running = process(top, "--format", "json", ".")
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait() == 1
    running.stderr.close()


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(["new", "Checkout refused cards", "-o", "a.md/b.md"], id="new"),
        pytest.param(["init", "--yes", "--ci", "github"], id="init"),
    ],
)
def test_file_that_cannot_be_written_is_named(run: Run, tree: Tree, call: list[str]) -> None:
    tree({"a.md": FAULTY, ".github": "a file where a folder should be"})
    result = run(*call)
    assert result.code == 2
    assert re.search(r"^error: [^ ]+\.(?:md|yml|yaml) cannot be written: \w", result.err, re.M)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_report_that_cannot_be_written_is_said(tree: Tree) -> None:
    top = tree(FILES)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PMLINT, "faulty.md"],
            cwd=top,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"error: cannot write the report: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_encoding_of_the_terminal_is_a_crash(tree: Tree, encoding: str) -> None:
    text = FAULTY.replace("Search answered", "Súche 検索 🔥 answered").replace(
        "Improve", "Verbessere 🔥"
    )
    top = tree({"fäulty-検.md": text})
    out, err = process(top, ".", environ={"PYTHONIOENCODING": encoding}).communicate()
    assert b"PM203" in out
    assert err == b""


# Other files of the repository


def test_last_command_of_ci_is_the_test_command_of_the_readme() -> None:
    last = (ROOT / ".ci" / "run").read_text("utf-8").rstrip().splitlines()[-1]
    assert last in (ROOT / "README.md").read_text("utf-8").splitlines()


def test_readme_shows_what_pmlint_really_prints(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"```console\n\$ pmlint (.*)\n((?:.*\n)*?)```", page)
    assert shown
    for call, output in shown:
        assert run(*call.split()).out == output


@pytest.mark.parametrize("name", ["good.md", "faulty.md"])
def test_examples_are_what_their_names_say(run: Run, name: str) -> None:
    result = run("--format", "json", "--fail-on", "info", ROOT / "examples" / name)
    assert result.code == (0 if name == "good.md" else 1)
    if name == "faulty.md":
        assert codes(result.out) == {"PM203", "PM302", "PM402", "PM403", "PM602"}
