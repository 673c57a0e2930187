"""Fixes in rounds: verified, dropped where they break a promise, never without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest
from mends import GOOD, findings, mended, plan, swapped

from pmlint.engine import Plan
from pmlint.facts import Postmortem
from pmlint.findings import Case, Edit, Fix, Level, Promise, Source, Span
from pmlint.limits import FINDINGS
from pmlint.mend.rewrite import MOST_ROUNDS, apply, mend
from pmlint.standard import rulebook
from pmlint.standard.rulebook import Check, Rule

NEUTRAL = GOOD + "\n## Appendix\n\nIt was the week in which the shop had been full.\n"
"""With words that tell nothing."""


def rule(code: str, check: Check) -> Rule:
    """A rule of our own."""
    (base,) = rulebook.find("PM109")
    return base._replace(
        code=code, name=f"test-{code.lower()}", function=check, level=Level.WARNING,
        messages={"any": "found"}, help={"any": "write it"}, labels={}, fixes={},
    )  # fmt: skip


def replacing(old: str, new: str, *, promise: Promise = "nothing", safe: bool = True) -> Check:
    """A check that finds a word and offers another for it."""

    def check(postmortem: Postmortem, _: Mapping[str, Any]) -> Iterator[Case]:
        at = postmortem.source.text.find(old)
        if at >= 0:
            span = Span(at, at + len(old))
            fix = Fix(f"Write {new}", (Edit(span, new),), safe=safe, promise=promise)
            yield Case("any", span, fix=fix)

    return check


def with_rules(*rules: Rule) -> Plan:
    return plan()._replace(rules=rules)


# Edits


@pytest.mark.parametrize(
    ("edits", "result"),
    [
        pytest.param([Edit(Span(0, 1), "X")], "Xbcdef", id="one"),
        pytest.param([Edit(Span(4, 6), ""), Edit(Span(0, 0), ">")], ">abcd", id="in any order"),
        pytest.param([Edit(Span(1, 2), "X"), Edit(Span(2, 3), "Y")], "aXYdef", id="side by side"),
        pytest.param([Edit(Span(1, 2), "X")] * 2, "aXcdef", id="the same twice"),
        pytest.param([], "abcdef", id="none"),
    ],
)
def test_edits_are_applied(edits: list[Edit], result: str) -> None:
    assert apply("abcdef", edits) == result


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(Span(0, 3), "X"), Edit(Span(2, 4), "Y")], id="overlap"),
        pytest.param([Edit(Span(5, 9), "X")], id="outside"),
        pytest.param([Edit(Span(3, 2), "X")], id="backwards"),
    ],
)
def test_edits_that_cannot_be_applied_are_an_error(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit at"):
        apply("abcdef", edits)


# Promises


@pytest.mark.parametrize(
    ("old", "new", "promise", "reason"),
    [
        pytest.param("17:00 UTC", "18:00 UTC", "nothing", "duration", id="an end moved"),
        pytest.param("UTC (2", "EST (2", "length", "duration's zone", id="another zone"),
        pytest.param("- 15:45 ", "- 15:50 ", "nothing", "order of the events", id="a clock"),
        pytest.param(
            "- 15:45 Refused", "- 15:45 Found", "order", "words of the events", id="words"
        ),
        pytest.param("40 % of", "50 % of", "nothing", "impact", id="a figure"),
        pytest.param("## Root cause", "## Rambling", "nothing", "parts", id="a part lost"),
        pytest.param(
            "(@ines, 2024-06-28)", "(@tom, 2024-06-28)", "part", "words of the tasks", id="an owner"
        ),
        pytest.param("## Resolution", "<!-- \n## Resolution", "nothing", "parts", id="comment"),
        pytest.param("## Root cause", "```\n## Root cause", "nothing", "parts", id="code begins"),
    ],
)
def test_fix_that_breaks_its_promise_is_dropped_and_named(
    old: str, new: str, promise: Promise, reason: str
) -> None:
    assert old in GOOD
    broken = with_rules(rule("PM991", replacing(old, new, promise=promise)))
    result = mend(Source(GOOD, "a.md"), broken)
    assert result.report.source.text == GOOD
    (refused,) = result.refused
    assert refused.code == "PM991"
    assert refused.line == GOOD[: GOOD.index(old)].count("\n") + 1
    assert reason in refused.reason
    (finding,) = result.report.findings
    assert finding.fix is None


def test_word_that_gets_lost_on_the_page_is_noticed() -> None:
    broken = with_rules(rule("PM991", replacing("The release was", "<!-- The release was")))
    result = mend(Source(GOOD, "a.md"), broken)
    assert result.report.source.text == GOOD
    assert result.refused


def test_fix_that_does_not_mend_is_dropped() -> None:
    idle = with_rules(rule("PM991", replacing("week", "week ")))
    result = mend(Source(GOOD, "a.md"), idle)
    assert result.report.source.text == GOOD
    assert result.refused[0].reason == "it would not mend the fault"


def test_fix_that_brings_up_another_fault_is_dropped() -> None:
    other = rule("PM992", lambda facts, _: iter(
        [Case("any", Span(0, 1))] if "fortnight" in facts.source.text else []
    ))  # fmt: skip
    result = mend(
        Source(NEUTRAL, "a.md"),
        with_rules(rule("PM991", replacing("the week", "the fortnight")), other),
    )
    assert result.report.source.text == NEUTRAL
    assert result.refused[0].reason == "it would bring up PM992"


def test_bad_fix_does_not_keep_the_good_ones_from_being_made() -> None:
    text = swapped(GOOD, ("## Resolution", "## Resolution:"), ("## Root cause", "## Root cause:"))
    (heading,) = rulebook.find("PM109")
    rules = (heading, rule("PM991", replacing("17:00 UTC", "18:00 UTC")))
    result = mend(Source(text, "a.md"), with_rules(*rules))
    assert result.report.source.text == GOOD
    assert [each.code for each in result.applied] == ["PM109", "PM109"]
    assert [each.code for each in result.refused] == ["PM991"]


def test_unsafe_fixes_are_left_alone_without_the_option() -> None:
    text = swapped(GOOD, ("(2 hours)", "(3 hours)"), ("## Resolution", "## Resolution:"))
    result = mended(text, unsafe=False)
    assert result.report.source.text == swapped(GOOD, ("(2 hours)", "(3 hours)"))
    assert not result.refused
    assert [each.code for each in result.report.findings if each.fix] == ["PM206"]
    assert mended(text).report.source.text == GOOD


# Rounds


def test_fixes_that_undo_each_other_are_refused_and_named() -> None:
    pair = (
        rule("PM991", replacing("the week", "the fortnight")),
        rule("PM992", replacing("the fortnight", "the week")),
    )
    result = mend(Source(NEUTRAL, "a.md"), with_rules(*pair))
    assert result.report.source.text == NEUTRAL
    assert result.applied == ()
    assert [each.reason for each in result.refused] == [
        "the fixes of PM991 and PM992 undo each other"
    ]


def test_fix_without_end_is_refused() -> None:
    def check(postmortem: Postmortem, _: Mapping[str, Any]) -> Iterator[Case]:
        at = postmortem.source.text.index("## Root cause") - 1
        fix = Fix("Grow", (Edit(Span(at, at), "\n"),), safe=True, promise="slot")
        yield Case("any", Span(at + 1, at + 8), fix=fix)

    result = mend(Source(GOOD, "a.md"), with_rules(rule("PM991", check)))
    assert result.report.source.text == GOOD
    assert [each.reason for each in result.refused] == ["the fix never comes to an end"]


def test_chain_of_fixes_comes_to_rest_within_the_rounds() -> None:
    words = ["the shop", *("the word" + "abcdefghij"[n] for n in range(MOST_ROUNDS - 2))]
    chain = [
        rule(f"PM9{number:02}", replacing(old, new))
        for number, (old, new) in enumerate(pairwise(words))
    ]
    result = mend(Source(NEUTRAL, "a.md"), with_rules(*chain))
    assert result.report.source.text == NEUTRAL.replace("the shop", words[-1])


def test_overlapping_fixes_take_turns() -> None:
    pair = (
        rule("PM991", replacing("shop had been full", "shop was full")),
        rule("PM992", replacing("been full", "been crowded")),
    )
    result = mend(Source(NEUTRAL, "a.md"), with_rules(*pair))
    assert "shop had been full" not in result.report.source.text
    assert len(result.applied) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [True, False], ids=["final end", "no final end"])
def test_line_ends_stay_and_new_lines_take_them_over(end: str, last: bool) -> None:
    right = GOOD if last else GOOD.rstrip("\n")
    wrong = swapped(
        right, ("\n## Resolution\n\n", "\nResolution:\n"), ("## Tasks", "## Tasks:"),
        ("- 15:10 Alert on failed payments, on-call is paged\n", ""),
        ("- 15:45 Refused connections are found in the log\n",
         "- 15:45 Refused connections are found in the log\n"
         "- 15:10 Alert on failed payments, on-call is paged\n"),
    )  # fmt: skip
    assert mended(wrong).report.source.text == right
    assert mended(wrong.replace("\n", end)).report.source.text == right.replace("\n", end)


def test_mixed_line_ends_outside_the_edits_stay() -> None:
    text = swapped(GOOD, ("## Resolution\n", "## Resolution:\r\n"), ("## Tasks\n", "## Tasks\r"))
    assert mended(text).report.source.text == text.replace("Resolution:", "Resolution")


def test_second_run_changes_nothing() -> None:
    text = swapped(GOOD, ("## Resolution", "**Resolution:**"), ("(2 hours)", "(3 hours)"))
    once = mended(text).report.source.text
    assert once == GOOD
    assert mended(once).applied == ()
    assert findings(once) == ()


def test_of_more_findings_than_are_told_all_are_mended() -> None:
    many = FINDINGS // 2 + 1
    result = mended(GOOD + "\n## Lessons learned:\n\nAlerts fired late.\n" * many)
    assert len(result.applied) == many
    assert not result.refused
    assert {finding.code for finding in result.report.findings} == {"PM104"}
