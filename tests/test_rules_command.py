"""``pmlint rules``, ``pmlint schema`` and the pages made from the rule files."""

from __future__ import annotations

import importlib.util
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, Run, Tree

from pmlint.settings import schemas
from pmlint.standard import policy, rulebook

PAGE = """# Search outage

- **Duration:** Monday, 4 June 2025, 9:10 AM - 10:40 AM (3 hours)
- **Impact:** some users

## Timeline

- 9:10 AM The disk is full.
- 9:05 AM An alert pages on-call.
- 10:40 AM Resolved.

## Tasks

- Improve monitoring (owner: @mina)
"""


# pmlint rules


def test_table_has_every_rule_once_with_its_level(run: Run) -> None:
    result = run("rules")
    assert (result.code, result.err) == (0, "")
    for rule in rulebook.rules():
        word = str(rule.level) if rule.default else "off"
        (row,) = [line for line in result.out.split("\n") if line.startswith(f"{rule.code} ")]
        assert row.split()[1:3] == [rule.name, word]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        pytest.param(["PM402"], ["PM402"], id="a code"),
        pytest.param(["timeline-order", "pm203"], ["PM203", "PM402"], id="a name and a code"),
        pytest.param(["PM3"], ["PM301", "PM302", "PM303", "PM304"], id="a family"),
    ],
)
def test_named_rules_only(run: Run, words: list[str], codes: list[str]) -> None:
    items = run("rules", *words, "--format", "json").json
    assert [item["code"] for item in items] == codes


def test_template_decides_levels(run: Run) -> None:
    def level(template: str) -> str | None:
        (item,) = run("rules", "PM108", "--format", "json", "--template", template).json
        found: str | None = item["level"]
        return found

    assert (level("default"), level("alx")) == (None, "warning")


def test_configuration_decides_levels(run: Run, tree: Tree) -> None:
    tree({"pmlint.toml": 'ignore = ["PM402"]\n[rules]\nPM302 = "warning"\nPM603 = "error"\n'})

    def levels(*options: str) -> dict[str, str | None]:
        named = ("PM302", "PM402", "PM603")
        items = run("rules", *named, "--format", "json", *options).json
        return {item["code"]: item["level"] for item in items}

    assert levels() == {"PM302": "warning", "PM402": None, "PM603": "error"}
    assert levels("--isolated") == {"PM302": "error", "PM402": "error", "PM603": None}


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_table_fits_the_page(run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    rows = run("rules").out.split("\n")
    limit = max(width, 48)
    assert [row for row in rows if len(row) > limit] == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param(["rules", "PM4O2"], "PM402", id="a letter for a digit"),
        pytest.param(["rules", "--template", "axl"], "alx", id="a template misspelt"),
        pytest.param(["schema", "finding"], "did you mean `findings`?", id="a schema misspelt"),
        pytest.param(
            ["schema"], "one of findings, show, metrics, tasks, similar, rule", id="no schema"
        ),
    ],
)
def test_wrong_call_names_the_right_word(run: Run, words: list[str], fault: str) -> None:
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert fault in result.err
    assert result.err.count("\n") == 1


# pmlint schema


def _validate(name: str, value: object) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(value, schemas.schema(name))


@pytest.mark.parametrize("name", schemas.NAMES)
def test_schema_is_one_and_carries_a_version(run: Run, name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    body = run("schema", name).json
    jsonschema.Draft202012Validator.check_schema(body)
    assert body["$id"] == f"urn:pmlint:schema:{name}:{schemas.VERSION}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("findings", ["check", "a.md", "--format", "json"], id="findings"),
        pytest.param("show", ["show", "a.md", "--format", "json"], id="show"),
        pytest.param("show", ["show", "b.md", "--format", "json"], id="show: no incident"),
        pytest.param("rules", ["rules", "--format", "json"], id="rules"),
        pytest.param("metrics", ["metrics", "a.md", "--format", "json"], id="metrics"),
        pytest.param("metrics", ["metrics", "b.md", "--format", "json"], id="metrics: no incident"),
        pytest.param("tasks", ["tasks", ".", "--format", "json"], id="tasks"),
    ],
)
def test_output_obeys_its_schema(run: Run, tree: Tree, name: str, words: list[str]) -> None:
    tree({"a.md": PAGE, "b.md": "# Postmortem\n\nhttps://example.com/report\n"})
    value = run(*words).json
    assert value
    _validate(name, value)


@pytest.mark.parametrize("name", [name for name in policy.tables() if name.startswith("pm")])
def test_rule_file_obeys_the_schema(name: str) -> None:
    _validate("rule", policy.table(name))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("findings", [{"path": "a.md"}], id="a finding without a place"),
        pytest.param("rule", {"code": "PM999", "sumary": "x"}, id="a key misspelt"),
        pytest.param("show", [{"path": 3}], id="a path that is no text"),
    ],
)
def test_schema_refuses(name: str, value: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    with pytest.raises(jsonschema.ValidationError):
        _validate(name, value)


# Pages made from the rule files.


@cache
def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "scripts" / "rule_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date() -> None:
    assert pages().stale() == []


def test_stale_pages_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "README.md").write_text("# Nothing\n", encoding="utf-8")
    (tmp_path / "docs" / "rules").mkdir(parents=True)
    (tmp_path / "docs" / "rules" / "pm999-no-tea.md").write_text("x", encoding="utf-8")
    monkeypatch.setattr(pages(), "ROOT", tmp_path)
    faults = pages().stale()
    assert "docs/rules/pm402-timeline-order.md is missing" in faults
    assert "docs/rules/pm999-no-tea.md belongs to no rule" in faults
    assert any("README.md lacks the line" in fault for fault in faults)


def test_every_rule_has_a_page_with_its_reason_and_examples() -> None:
    written = pages().files()
    for rule in rulebook.rules():
        (page,) = [
            text for path, text in written.items() if path.name.startswith(rule.code.lower())
        ]
        assert " ".join(rule.why.split()) in page
        assert page.count("## Wrong") == len(rule.bad)
        assert page.count("## Right") == len(rule.good)


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.name) for r in rulebook.rules()])
def test_rule_says_what_it_looks_at_and_what_holds_in_silence(rule: rulebook.Rule) -> None:
    assert rule.subjects
    assert set(rule.subjects) <= set(schemas.SUBJECTS)
    assert rule.silent
    assert not rule.silent.endswith(".")
    assert set(rule.yields_to) <= {each.code for each in rulebook.rules()} - {rule.code}
