"""The template's demands as a list, met or not."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, Run, Tree

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")


def unmet(page: str) -> dict[str, str]:
    rows = re.findall(r"^  \[ \] (.+?)(?:  +(.*))?$", page, re.MULTILINE)
    return dict(rows)


def test_document_that_is_clean_meets_all(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD})
    page = run("--format", "checklist", "a.md").out
    assert unmet(page) == {}
    match = re.match(r"a\.md, template default: (\d+) of (\d+) met\n", page)
    assert match is not None
    assert match[1] == match[2]


def test_demands_that_are_not_met_name_lines_and_what_is_wrong(run: Run, tree: Tree) -> None:
    tree({"a.md": FAULTY})
    result = run("--format", "checklist", "a.md")
    assert result.code == 1
    told = unmet(result.out)
    assert told["The duration has a timezone"].startswith("line 5: the duration names")
    assert told["The timeline has a timezone"].startswith("line 5: the duration names")
    assert told["The timeline is in order"].startswith("line 14: the timeline goes")
    assert told["Every task can be ticked off"].startswith("lines 27, 28: ")


@pytest.mark.parametrize("name", ["alx", "google-sre", "gitlab"])
def test_sections_and_fields_of_the_template_are_demands(run: Run, tree: Tree, name: str) -> None:
    text = (ROOT / "examples" / "templates" / f"{name}.md").read_text("utf-8")
    tree({"a.md": text})
    page = run("--format", "checklist", "--template", name, "a.md").out
    assert unmet(page) == {}
    assert "Part: Timeline" in page
    stripped = re.sub(r"^#+ (?!Checkout).*$", "", text, flags=re.MULTILINE)
    tree({"a.md": stripped})
    assert unmet(run("--format", "checklist", "--template", name, "a.md").out)


def test_what_is_still_to_be_filled_in_is_not_met(run: Run, tree: Tree) -> None:
    tree({})
    run("new", "Checkout refused card payments", "-o", "a.md")
    told = unmet(run("--format", "checklist", "a.md").out)
    for demand in ("The impact is stated in numbers", "The duration has a start and an end"):
        assert demand in told


def test_own_rules_are_demands_too(run: Run, tree: Tree) -> None:
    rule = (
        '[[own-rules]]\ncode="ACME001"\nname="x"\nsummary="The severity is given."\n'
        'check="field"\nparameters={names=["Severity"]}\n'
    )
    tree({"a.md": GOOD, "pmlint.toml": rule})
    assert "The severity is given" in unmet(run("--format", "checklist", "a.md").out)


def test_file_without_an_incident_says_so(run: Run, tree: Tree) -> None:
    tree({"a.md": "# Postmortem\n\nSee [our blog](https://blog.example.com/x).\n"})
    assert "no incident" in run("--format", "checklist", "a.md").out


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_list_is_no_wider_than_the_terminal(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    long = HEAD_OF_A_RULE.replace("Ours", "Ours " + "and a long summary " * 6)
    tree({"a.md": FAULTY, "deep/in/some/folder/with/names.md": FAULTY, "pmlint.toml": long})
    monkeypatch.setenv("COLUMNS", str(width))
    page = run("--format", "checklist", "a.md", "deep/in/some/folder/with/names.md").out
    assert max(map(len, page.splitlines())) <= width
    assert page.count("The duration has a timezone") == 2
    assert page.count("[ ]") > 6


HEAD_OF_A_RULE = """[[own-rules]]
code = "ACME001"
name = "our-rule"
summary = "Ours"
check = "field"
parameters = { names = ["Severity"] }
"""


def test_file_that_cannot_be_read_meets_nothing(run: Run, tree: Tree) -> None:
    tree({})
    page = run("--format", "checklist", "missing.md").out
    assert page == "missing.md\n  [ ] there is no such file\n"
