"""Rules as a set, rule files that are badly written, and how a case becomes a finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from harness import facts_of, judged_by_all

from pmlint.findings import Case, Level, Mark, Span
from pmlint.standard import policy, rulebook, rulefiles, templates
from pmlint.standard.rulebook import Rule, RuleError

ALL = [pytest.param(rule, id=rule.name) for rule in rulebook.rules()]


# The rules as a set.


def test_rules_are_sorted_and_unique() -> None:
    codes = [rule.code for rule in rulebook.rules()]
    names = [rule.name for rule in rulebook.rules()]
    assert codes == sorted(set(codes))
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_what_is_kept_is_made_anew_once_its_maker_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = tmp_path / "maker.py"
    calls: list[int] = []

    def kept(text: str) -> Any:
        if not maker.exists() or maker.read_text() != text:
            maker.write_text(text)
        names: dict[str, Any] = {"calls": calls}
        exec(compile(text, str(maker), "exec"), names)
        return policy.made.__wrapped__("probe", names["make"])

    monkeypatch.setattr(policy, "folder_name", lambda: str(tmp_path))
    monkeypatch.setattr(policy, "stamps", lambda: ())
    first = "def make():\n    calls.append(1)\n    return ['a']\n"
    assert [kept(first), kept(first)] == [["a"], ["a"]]
    assert len(calls) == 1
    assert kept(first.replace("['a']", "['a', 'b']")) == ["a", "b"]


def test_each_rule_file_is_called_after_its_rule() -> None:
    files = sorted(name for name in policy.tables() if name.startswith("pm"))
    assert files == [f"{rule.code.lower()}-{rule.name}" for rule in rulebook.rules()]


@pytest.mark.parametrize("rule", ALL)
def test_why_is_a_paragraph(rule: Rule) -> None:
    assert "\n" not in rule.why.strip()
    assert len(re.findall(r"[.!?](?:\s|$)", rule.why)) >= 2
    assert 150 <= len(rule.why) <= 700


@pytest.mark.parametrize("rule", ALL)
def test_rule_has_summary_and_source(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 100
    assert rule.source


@pytest.mark.parametrize("rule", ALL)
def test_rule_has_bad_and_good_examples(rule: Rule) -> None:
    assert len(rule.bad) >= 2
    assert len(rule.good) >= 2


@pytest.mark.parametrize("rule", ALL)
def test_message_is_one_line_without_full_stop_or_rule_name(rule: Rule) -> None:
    for text in (*rule.messages.values(), *rule.labels.values()):
        assert "\n" not in text
        assert not text.endswith(".")
        assert "-" not in rule.name or rule.name not in text
        assert rule.code not in text
        assert "should" not in text.replace("should have", "")


@pytest.mark.parametrize("rule", ALL)
def test_help_begins_with_a_verb_and_repeats_no_message(rule: Rule) -> None:
    nouns = {"the", "a", "an", "there", "no", "it", "this", "nothing", "you"}
    for text in rule.help.values():
        assert text.split()[0] not in nouns
        assert text not in rule.messages.values()


@pytest.mark.parametrize("rule", ALL)
def test_labels_are_two_to_eight_words(rule: Rule) -> None:
    for text in rule.labels.values():
        assert 2 <= len(text.split()) <= 8


@pytest.mark.parametrize("rule", ALL)
def test_neighbouring_rules_exist(rule: Rule) -> None:
    assert set(rule.see) <= {each.code for each in rulebook.rules()} - {rule.code}


@pytest.mark.parametrize("rule", ALL)
def test_check_exists(rule: Rule) -> None:
    if rule.check != rulebook.ENGINE:
        assert callable(rulebook.check(rule))


@pytest.mark.parametrize("name", templates.names())
def test_templates_name_only_known_rules(name: str) -> None:
    template = templates.load(name)
    known = {rule.code for rule in rulebook.rules()}
    assert set(template.levels) | set(template.parameters) <= known
    for level in template.levels.values():
        assert level == "off" or Level(level)


# Finding rules.


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        pytest.param("PM402", ["PM402"], id="code"),
        pytest.param("pm402", ["PM402"], id="code in small letters"),
        pytest.param("timeline-order", ["PM402"], id="name"),
        pytest.param("PM40", [f"PM40{n}" for n in range(1, 10)], id="family"),
        pytest.param("PM999", [], id="unknown code"),
        pytest.param("timeline", [], id="half a name"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_rules_are_found_by_code_name_and_family(selector: str, codes: list[str]) -> None:
    assert [rule.code for rule in rulebook.find(selector)] == codes


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        pytest.param({}, None, id="off unless switched on"),
        pytest.param({"PM108": "warning"}, Level.WARNING, id="switched on"),
        pytest.param({"PM108": "off"}, None, id="switched off"),
    ],
)
def test_level_in_a_template(levels: Mapping[str, str], expected: Level | None) -> None:
    (rule,) = rulebook.find("PM108")
    template = templates.load("default")._replace(levels=levels)
    assert rulebook.level_in(rule, template) == expected


# Badly written rule files.


def good_table() -> dict[str, Any]:
    return {
        "code": "PM999",
        "name": "no-tea",
        "level": "error",
        "summary": "No tea.",
        "why": "Because.",
        "source": "us",
        "check": "document.incident",
        "messages": {"any": "no tea"},
        "examples": {
            "bad": [{"text": "x", "findings": [{"line": 1, "code": "PM999", "message": "no tea"}]}],
            "good": [{"text": "y"}],
        },
    }


def test_good_table_is_a_rule() -> None:
    rule = rulefiles.parse(good_table(), "rules/pm999-no-tea.toml")
    assert (rule.code, rule.level, rule.default) == ("PM999", Level.ERROR, True)
    assert rule.bad[0].findings[0].line == 1


def _without(*path: str | int) -> dict[str, Any]:
    table = good_table()
    at: Any = table
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return table


def _with(value: object, *path: str | int) -> dict[str, Any]:
    table = good_table()
    at: Any = table
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return table


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        pytest.param(_without("why"), "why: missing", id="a key is missing"),
        pytest.param(_with("PM9", "code"), "code: 'PM9' is not of the form", id="code"),
        pytest.param(_with("No Tea", "name"), "name: 'No Tea' is not of the form", id="name"),
        pytest.param(_with("fatal", "level"), "level: 'fatal' is no level", id="level"),
        pytest.param(_with("os.system()", "check"), "check: 'os.system()' is not", id="check"),
        pytest.param(_with(3, "messages", "any"), "messages.any: expected text", id="message"),
        pytest.param(_with("no", "default"), "default: expected true or false", id="switch"),
        pytest.param(_with("x", "levels"), "levels: expected a table", id="levels"),
        pytest.param(_with({"any": "loud"}, "levels"), "levels.any: 'loud'", id="case level"),
        pytest.param(_with("x", "mesages"), "mesages: unknown key", id="misspelt key"),
        pytest.param(
            _with("1", "examples", "bad", 0, "findings", 0, "line"),
            "examples.bad[1].findings[1].line: expected a number",
            id="line of an example",
        ),
        pytest.param(
            _without("examples", "good", 0, "text"), "examples.good[1].text: missing", id="text"
        ),
        pytest.param(
            _with("x", "examples", "good", 0, "txt"), "examples.good[1].txt: unknown", id="example"
        ),
        pytest.param(_with("x", "examples"), "examples: expected a table", id="examples"),
        pytest.param(_with(["x"], "examples", "good"), "examples.good[1]: expected", id="entry"),
    ],
)
def test_badly_written_rule_names_file_and_key(table: dict[str, Any], fault: str) -> None:
    with pytest.raises(RuleError, match=re.escape(f"rules/x.toml: {fault}")):
        _read_completely(table)


def _read_completely(table: dict[str, Any]) -> None:
    rule = rulefiles.parse(table, "rules/x.toml")
    list(rule.bad + rule.good)


def test_unknown_check_is_named() -> None:
    rule = rulefiles.parse(_with("timeline.tea", "check"), "rules/x.toml")
    facts = facts_of(rulebook.find("PM402")[0].good[0].text)
    with pytest.raises(RuleError, match=r"PM999: check: there is no check 'timeline\.tea'"):
        list(rulebook.run(rule, facts, templates.load("default")))


# From a case to a finding.


@pytest.fixture
def rule() -> Rule:
    table = good_table()
    table |= {
        "messages": {"any": "{count} cups", "cold": "cold tea"},
        "help": {"any": "brew {count}", "cold": "warm it"},
        "labels": {"any": "tea", "first": "cup {count}"},
        "levels": {"cold": "warning"},
    }
    return rulefiles.parse(table, "rules/x.toml")


def test_case_without_words_of_its_own_takes_those_for_any(rule: Rule) -> None:
    finding = rulebook.state(rule, Case("hot", Span(0, 1), {"count": 2}), "a.md")
    assert (finding.message, finding.help, finding.label) == ("2 cups", "brew 2", "tea")


def test_braces_of_the_document_are_not_formatted_again(rule: Rule) -> None:
    finding = rulebook.state(rule, Case("hot", Span(0, 1), {"count": "{count} {0} {x.y}"}), "a.md")
    assert finding.message == "{count} {0} {x.y} cups"


def test_related_places_have_the_words_of_their_label(rule: Rule) -> None:
    case = Case("hot", Span(0, 1), {"count": 2}, (Mark(Span(4, 5), "first"),))
    (related,) = rulebook.state(rule, case, "a.md").related
    assert (related.message, related.span, related.path) == ("cup 2", Span(4, 5), "a.md")


@pytest.mark.parametrize(
    ("case", "base", "expected"),
    [
        pytest.param("hot", None, Level.ERROR, id="the rule's own"),
        pytest.param("cold", None, Level.WARNING, id="softened"),
        pytest.param("cold", Level.INFO, Level.INFO, id="never raised by softening"),
        pytest.param("hot", Level.INFO, Level.INFO, id="as the user sets it"),
    ],
)
def test_level_of_a_case(rule: Rule, case: str, base: Level | None, expected: Level) -> None:
    finding = rulebook.state(rule, Case(case, Span(0, 1), {"count": 1}), "a.md", base)
    assert finding.level == expected


def test_missing_value_is_a_fault_of_the_rule(rule: Rule) -> None:
    with pytest.raises(RuleError, match="PM999: hot: there is no value 'count'"):
        rulebook.state(rule, Case("hot", Span(0, 1)), "a.md")


def test_missing_message_is_a_fault_of_the_rule(rule: Rule) -> None:
    silent = rule._replace(messages={"cold": "cold tea"})
    with pytest.raises(RuleError, match=r"PM999: messages\.hot: missing"):
        rulebook.state(silent, Case("hot", Span(0, 1)), "a.md")


# Precedence: one fault gives one finding, whatever else is selected.


def _codes(text: str) -> list[str]:
    return [finding.code for finding in judged_by_all(text)]


COMPLETE = """# Checkout outage of 18 June 2024

## Issue Summary

- **Duration:** 18 June 2024, 15:00 - 17:00 UTC
- **Impact:** 40% of customers could not pay.

## Timeline

- 15:00 - An alert on failed payments pages the on-call engineer.
- 15:20 - Database refuses connections.
- 17:00 - Rolled back, payments restored.

## Root cause

The release named a database host that is gone.

## Resolution

We rolled the release back.

## Tasks

- Add an alert on refused database connections to the checkout dashboard.
"""


def test_complete_postmortem_is_clean() -> None:
    assert _codes(COMPLETE) == []


def _changes() -> Iterator[Any]:
    def change(old: str, new: str, *codes: str, id: str) -> Any:
        assert old in COMPLETE
        return pytest.param(COMPLETE.replace(old, new), list(codes), id=id)

    span = "18 June 2024, 15:00 - 17:00 UTC"
    impact = "40% of customers could not pay."
    yield change(" UTC", "", "PM203", id="no zone: the timeline is not reported as well")
    yield change(span, "2 hours", "PM202", "PM404", id="no times in the duration")
    yield change(f"- **Duration:** {span}\n", "", "PM201", "PM404", id="no duration")
    yield change("15:00 - 17:00", "17:00 - 15:00", "PM205", id="reversed, so no mismatch")
    yield change(span, f"{span} (5 hours)", "PM206", id="mismatch")
    yield change(span, "[start] - [end]", "PM106", "PM106", "PM404", id="slots in the duration")
    yield change(f"- **Impact:** {impact}\n", "", "PM301", id="no impact")
    yield change(impact, "customers were annoyed.", "PM302", id="no figure")
    yield change(impact, "some customers saw errors.", "PM302", id="vague, but not twice")
    yield change(impact, "??% of customers could not pay.", "PM106", id="a slot for the figure")
    yield change(
        "The release named a database host that is gone.\n", "", "PM501", id="empty root cause"
    )
    yield change("We rolled the release back.\n", "", "PM502", id="empty resolution")
    yield change(
        "- Add an alert on refused database connections to the checkout dashboard.\n",
        "",
        "PM601",
        id="empty tasks",
    )
    yield change("We rolled the release back.", "TBD", "PM106", id="a slot for the resolution")
    yield change("- 15:20", "- 14:20", "PM402", id="out of order")
    yield change("- 15:20 - D", "- D", "PM403", id="untimed")
    yield change("# Checkout outage of 18 June 2024", "# Postmortem", "PM107", id="title")


@pytest.mark.parametrize(("text", "codes"), list(_changes()))
def test_one_fault_gives_one_finding(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_absent_incident_silences_every_other_rule() -> None:
    assert _codes("# Postmortem\n\nSee [our blog](https://blog.example.com/outage).\n") == ["PM001"]
