"""Every example of every rule: bad ones give what they say, good ones nothing."""

from __future__ import annotations

from typing import Any

import pytest
from harness import examples, verify

from pmlint.findings import Level
from pmlint.standard import rulebook
from pmlint.standard.rulebook import Rule
from pmlint.standard.rulefiles import Example, Expected


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad_example_gives_exactly_its_findings(rule: Rule, example: Example) -> None:
    assert example.findings
    verify(rule, example)


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good_example_gives_nothing(rule: Rule, example: Example) -> None:
    assert not example.findings
    verify(rule, example)


@pytest.fixture
def zone_rule() -> Rule:
    (rule,) = rulebook.find("PM203")
    return rule


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"line": 99}, id="line"),
        pytest.param({"code": "PM999"}, id="code"),
        pytest.param({"message": "something else"}, id="message"),
        pytest.param({"level": Level.INFO}, id="level"),
    ],
)
def test_wrong_expectation_fails(zone_rule: Rule, wrong: dict[str, Any]) -> None:
    example = zone_rule.bad[0]
    expected = example.findings[0]._replace(**wrong)
    with pytest.raises(AssertionError):
        verify(zone_rule, example._replace(findings=(expected,)))


def test_missing_expectation_fails(zone_rule: Rule) -> None:
    with pytest.raises(AssertionError):
        verify(zone_rule, zone_rule.bad[0]._replace(findings=()))


def test_expectation_in_a_good_text_fails(zone_rule: Rule) -> None:
    expected = Expected(5, "PM203", "the duration names no timezone")
    with pytest.raises(AssertionError):
        verify(zone_rule, zone_rule.good[0]._replace(findings=(expected,)))
