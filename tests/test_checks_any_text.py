"""Whatever the text, every rule ends, stays inside the text and speaks in one line."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmlint.findings import Source
from pmlint.postmortem import read
from pmlint.standard import rulebook, templates

LINES = sorted(
    {
        line
        for rule in rulebook.rules()
        for example in (*rule.bad, *rule.good)
        for line in example.text.splitlines()
    }
)
ODD = ["[start] - [end]", "- 25:00 UTC - x", "- {0} {x} {", "Timeline:", "**Impact:**", "```", "\r"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(st.sampled_from(LINES + ODD), max_size=25), st.sampled_from(templates.names()))
def test_every_rule_on_shuffled_lines(lines: list[str], name: str) -> None:
    source = Source("\n".join(lines))
    template = templates.load(name)
    facts = read(source, template)
    for rule in rulebook.rules():
        for finding in rulebook.run(rule, facts, template):
            assert 0 <= finding.span.start <= finding.span.end <= len(source.text)
            assert finding.message
            assert finding.help
            assert "\n" not in finding.message + finding.label
