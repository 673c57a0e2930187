"""The Python API: what the page promises, and what it costs to import."""

from __future__ import annotations

import dataclasses
import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree

import pmlint

FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")


def test_the_examples_of_the_page_are_true() -> None:
    result = doctest.testfile(
        str(ROOT / "docs" / "api.md"), module_relative=False, encoding="utf-8"
    )
    assert result.attempted > 10
    assert result.failed == 0


def test_findings_are_those_of_the_json_format(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY})
    told = [dataclasses.asdict(finding) for finding in pmlint.lint(FAULTY, path="a.md")]
    assert json.loads(json.dumps(told)) == run("--format", "json", "a.md").json
    assert told


def test_a_good_text_gives_nothing() -> None:
    assert pmlint.lint(GOOD) == ()


def test_a_text_without_an_incident_gives_one_finding() -> None:
    assert [finding.code for finding in pmlint.lint("# Notes\n\nBuy milk.\n")] == ["PM001"]
    assert not pmlint.read("# Notes\n").incident


def test_select_and_ignore_may_be_one_word() -> None:
    codes = {finding.code for finding in pmlint.lint(FAULTY, select="PM4")}
    assert codes >= {"PM402", "PM403"}
    assert {code[:3] for code in codes} == {"PM4"}
    others = {finding.code for finding in pmlint.lint(FAULTY, ignore="PM4")}
    assert others
    assert not others & codes


@pytest.mark.parametrize("wrong", [{"template": "defalt"}, {"select": ["PM999"]}], ids=str)
def test_a_name_that_does_not_exist_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(pmlint.ConfigError, match="did you mean"):
        pmlint.lint(GOOD, **wrong)


def test_every_public_name_is_there_and_on_the_page() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    for name in pmlint.__all__:
        assert getattr(pmlint, name)
        assert name in dir(pmlint)
    for name in ("lint", "read", "ConfigError", "Level"):
        assert f"pmlint.{name}" in page
    with pytest.raises(AttributeError, match="lnit"):
        pmlint.lnit  # noqa: B018


def test_importing_pmlint_imports_nothing_else(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); before = set(sys.modules)\n"
        "import pmlint; pmlint.__version__\n"
        "sys.exit(', '.join(sorted(m for m in set(sys.modules) - before"
        " if m not in ('pmlint', '__future__'))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False)
    assert done.returncode == 0
