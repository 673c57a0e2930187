"""Rules about wording: which words they find, what clears them, and how lists are changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from harness import judged

from pmlint.standard import policy
from pmlint.standard.parameters import default_in_words, kind, merged, notes

PAGE = """# Search outage of 5 March 2024

**Duration:** 5 March 2024, 09:10 - 10:40 UTC

## Impact

{impact}

## Root cause

{cause}

## Tasks

- {task}
"""


def words(
    code: str,
    *,
    cause: str = "A disk was full.",
    impact: str = "1,200 searches failed.",
    task: str = "Add an alert on free disk space below 15%",
    parameters: Mapping[str, Any] | None = None,
) -> list[str]:
    """The words that a rule underlines."""
    text = PAGE.format(impact=impact, cause=cause, task=task)
    return [text[slice(*finding.span)] for finding in judged(code, text, parameters=parameters)]


@pytest.mark.parametrize(
    ("cause", "found"),
    [
        pytest.param("Human error during the release.", ["Human error"], id="human error"),
        pytest.param("An engineer forgot the index.", ["engineer forgot"], id="forgot"),
        pytest.param(
            "The engineer on call ignored the page.", ["engineer on call ignored"], id="on call"
        ),
        pytest.param("The DBA was to blame.", ["was to blame"], id="to blame"),
        pytest.param("A developer's mistake in the query.", ["developer's mistake"], id="mistake"),
        pytest.param("The proxy lost its fault tolerance.", [], id="fault tolerance"),
        pytest.param("A page fault in the kernel.", [], id="page fault"),
        pytest.param("The default of the pool was 10.", [], id="default"),
        pytest.param("The worker failed to connect to the database.", [], id="a machine failed"),
        pytest.param("The developer API failed to respond.", [], id="a machine named after people"),
        pytest.param("The admin panel ignored the setting.", [], id="a panel"),
        pytest.param("This was not human error: no check ran.", [], id="denied before"),
        pytest.param('"Human error" is not a cause: no check ran.', [], id="rejected behind"),
        pytest.param("Human error cannot be the cause here.", [], id="cannot be"),
        pytest.param("We look at systems rather than human error.", [], id="rather than"),
        pytest.param("The check that prevents human error was off.", [], id="prevented"),
    ],
)
def test_words_that_blame_a_person(cause: str, found: list[str]) -> None:
    assert words("PM503", cause=cause) == found


@pytest.mark.parametrize(
    ("cause", "found"),
    [
        pytest.param("We should have tested it.", ["should have"], id="a wish"),
        pytest.param(
            "It could have been prevented.", ["could have"], id="a wish without a subject"
        ),
        pytest.param("Bad samples should have failed the check.", [], id="what a check does"),
        pytest.param("It seemed something could have gone wrong there.", [], id="a suspicion"),
    ],
)
def test_words_that_tell_what_did_not_happen(cause: str, found: list[str]) -> None:
    assert words("PM504", cause=cause) == found


@pytest.mark.parametrize(
    ("code", "where", "text", "parameters", "found"),
    [
        pytest.param(
            "PM503",
            "cause",
            "Fat fingers.",
            {"extend-phrases": ["fat fingers"]},
            ["Fat fingers"],
            id="blame: a phrase is added",
        ),
        pytest.param(
            "PM503", "cause", "Human error.", {"phrases": ["fat fingers"]}, [], id="blame: replaced"
        ),
        pytest.param(
            "PM303",
            "impact",
            "1,200 searches failed. A smattering of users left.",
            {"extend-vague_portions": ["smattering"]},
            ["A smattering of users"],
            id="vague size: a word is added",
        ),
        pytest.param(
            "PM303",
            "impact",
            "1,200 searches failed. Some users left.",
            {"vague_quantifiers": ["many"]},
            [],
            id="vague size: replaced",
        ),
        pytest.param(
            "PM602",
            "task",
            "Be on your toes",
            {"extend-vigilance": ["be on your toes"]},
            ["Be on your toes"],
            id="vigilance: a phrase is added",
        ),
        pytest.param(
            "PM602",
            "task",
            "Leverage the monitoring",
            {"extend-open_verbs": ["leverage"]},
            ["Leverage"],
            id="open verb: a word is added",
        ),
        pytest.param(
            "PM106",
            "cause",
            "FILLME",
            {"extend-words": ["FILLME"]},
            ["FILLME"],
            id="placeholder: a mark is added",
        ),
        pytest.param(
            "PM106", "cause", "Code `FILLME`.", {"extend-words": ["FILLME"]}, [], id="not in code"
        ),
        pytest.param("PM106", "cause", "TBD", {"words": ["TODO"]}, [], id="placeholder: replaced"),
        pytest.param(
            "PM504",
            "cause",
            "It was wrong not to ask.",
            {"extend-phrases": ["was wrong not to"]},
            ["was wrong not to"],
            id="counterfactual: a phrase is added",
        ),
    ],
)
def test_lists_are_extended_and_replaced(
    code: str, where: str, text: str, parameters: dict[str, Any], found: list[str]
) -> None:
    given: dict[str, Any] = {where: text}
    assert words(code, **given, parameters=parameters) == found


def test_no_list_of_a_rule_stands_in_the_readers_table_as_well() -> None:
    tables = policy.table("words")
    for name, rule in (("amounts", "pm303-vague-impact"), ("tasks", "pm602-vague-task")):
        assert not set(tables[name]) & set(policy.table(rule)["parameters"])


# How parameters are put over defaults, and told.


@pytest.mark.parametrize(
    ("defaults", "change", "result"),
    [
        pytest.param({"a": [1]}, {"a": [2]}, {"a": [2]}, id="replaced"),
        pytest.param({"a": [1]}, {"extend-a": [2, 1]}, {"a": [1, 2]}, id="added, none twice"),
        pytest.param({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, id="others stay"),
        pytest.param(
            {"a": {"x": "1"}}, {"extend-a": {"y": "2"}}, {"a": {"x": "1", "y": "2"}}, id="a table"
        ),
    ],
)
def test_parameters_are_put_over_defaults(
    defaults: dict[str, Any], change: dict[str, Any], result: dict[str, Any]
) -> None:
    before = repr(defaults)
    assert merged(defaults, change) == result
    assert repr(defaults) == before


@pytest.mark.parametrize(
    ("value", "name", "told"),
    [
        pytest.param(True, "true or false", "true", id="flag"),
        pytest.param(60, "whole number", "60", id="whole number"),
        pytest.param(0.1, "number", "0.1", id="number"),
        pytest.param("UTC", "text", "UTC", id="text"),
        pytest.param([], "list of words", "none", id="an empty list"),
        pytest.param(
            list("abcdefghij"), "list of words", "a, b, c, d, e, f, g, h, … (10 in all)", id="long"
        ),
        pytest.param({"a": "b"}, "table of texts", "a: b", id="table"),
        pytest.param({"a": ["b"]}, "table of lists", "a: b", id="table of lists"),
    ],
)
def test_kind_and_default_are_told_in_words(value: object, name: str, told: str) -> None:
    assert (kind(value), default_in_words(value)) == (name, told)


def test_comments_above_parameters_are_their_notes() -> None:
    text = "# not this\n[messages]\n# nor this\na = 1\n[parameters]\n# How\n# many.\nb = 2\nc = 3\n"
    assert notes(text) == {"b": "How many."}
