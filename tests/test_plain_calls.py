"""Calls that are read without click mean what click takes them to mean."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from conftest import ROOT
from processes import called

from pmlint.commands import checking, plain
from pmlint.commands.check import command

GOOD = str(ROOT / "examples" / "good.md")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([GOOD], id="a file"),
        pytest.param(["check", GOOD, "missing.md"], id="with the verb"),
        pytest.param(["check"], id="the verb alone"),
        pytest.param(["check", "-"], id="standard input"),
        pytest.param(["-q", "--format", "json", "--isolated", GOOD], id="options before"),
        pytest.param([GOOD, "--color=never", "--no-cache", "--exit-zero"], id="options behind"),
        pytest.param(["check", "--fail-on", "info", "--no-incident=skip", "-v"], id="values"),
        pytest.param(["check", "--template", "alx", "--cache-dir", "x"], id="any value"),
        pytest.param(["check", "--format", "json", "--format", "text"], id="the last one counts"),
    ],
)
def test_plain_call_is_what_click_reads(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(checking, "run", seen.append)
    rest = words[1:] if words[0] == "check" else words
    with command.make_context("pmlint check", list(rest)) as context:
        command.invoke(context)
    (by_click,) = seen
    read = plain.options(words)
    assert read is not None
    assert read._replace(select=[], ignore=[]) == by_click


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="nothing"),
        pytest.param(["show", GOOD], id="another command"),
        pytest.param([GOOD, "show"], id="another command later"),
        pytest.param(["chekc"], id="a misspelled command"),
        pytest.param(["check", "--colour", "always"], id="a misspelled option"),
        pytest.param(["check", "--format", "jsn"], id="a misspelled value"),
        pytest.param(["check", "--format"], id="a value missing"),
        pytest.param(["check", "--isolated=yes"], id="a value too many"),
        pytest.param(["check", "-qv"], id="letters joined"),
        pytest.param(["check", "--", "-a.md"], id="the end of options"),
        pytest.param(["check", "--help"], id="the page"),
        pytest.param(["check", "--iso"], id="shortened"),
    ],
)
def test_any_other_call_is_left_to_click(words: list[str]) -> None:
    assert plain.options(words) is None


def test_options_of_click_and_of_the_run_are_the_same() -> None:
    named = {parameter.name for parameter in command.params}
    assert named - {"help", "version"} == set(checking.Options._fields)
    with command.make_context("pmlint check", []) as context:
        given = {name: context.params[name] for name in checking.Options._fields}
    assert checking.Options(**given)._replace(select=(), ignore=()) == checking.Options()


def imported(*arguments: str) -> set[str]:
    """The modules that a call imports."""
    script = (
        "import sys\nfrom pmlint.cli import main\n"
        f"main({list(arguments)!r})\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    return set(called(sys.executable, "-c", script, folder=ROOT).stderr.split())


def test_cached_answer_needs_neither_parser_nor_click_nor_rules() -> None:
    imported("--isolated", "examples/good.md")
    modules = imported("--isolated", "examples/good.md")
    assert "pmlint.running.cache" in modules
    for name in (
        "click",
        "markdown_it",
        "dataclasses",
        "pmlint.postmortem",
        "pmlint.standard.rulebook",
    ):
        assert name not in modules


def test_reading_one_file_needs_no_processes_and_no_other_format() -> None:
    modules = imported("--isolated", "--no-cache", "examples/faulty.md")
    assert "markdown_it" in modules
    for name in (
        "click",
        "multiprocessing",
        "concurrent.futures",
        "importlib.metadata",
        "importlib.resources",
        "pmlint.reports.sarif",
        "pmlint.settings.schemas",
        "tomllib",
    ):
        assert name not in modules
