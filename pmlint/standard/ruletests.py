"""The examples of a team's own rules, run: does each give what it says?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pmlint.findings import Source
from pmlint.namedtuples import NamedTuple
from pmlint.standard import rulebook

if TYPE_CHECKING:
    from pmlint.findings import Finding
    from pmlint.standard.rulebook import Rule
    from pmlint.standard.rulefiles import Example, Expected
    from pmlint.standard.templates import Template

Kind = Literal["bad", "good"]


class Said(NamedTuple):
    """A finding in an example, as examples expect it."""

    line: int
    message: str
    level: str


class Outcome(NamedTuple):
    """One example, and what its rule finds in it."""

    rule: Rule
    kind: Kind
    number: int
    """From 1 on, among those of its kind."""
    example: Example
    said: tuple[Said, ...]

    @property
    def holds(self) -> bool:
        """A good one gives nothing; a bad one what it lists, or anything where it lists nothing."""
        wanted = self.example.findings
        if self.kind == "bad" and not wanted:
            return bool(self.said)
        return len(wanted) == len(self.said) and all(
            _fits(each, said) for each, said in zip(wanted, self.said, strict=True)
        )


def outcomes(rule: Rule, template: Template) -> Iterator[Outcome]:
    """Every example of a rule, read by the template that it names, else by this one."""
    kinds: tuple[tuple[Kind, tuple[Example, ...]], ...] = (("bad", rule.bad), ("good", rule.good))
    for kind, examples in kinds:
        for number, example in enumerate(examples, start=1):
            yield Outcome(rule, kind, number, example, tuple(_said(rule, example, template)))


def found(rule: Rule, example: Example, template: Template) -> list[Finding]:
    """What a rule finds in an example, which may be too short to tell an incident."""
    from pmlint import postmortem
    from pmlint.standard import templates

    if example.template != "default":
        template = templates.load(example.template)
    facts = postmortem.read(Source(example.text, "example.md"), template)
    told = rulebook.run(rule, facts._replace(absence=None), template, parameters=example.parameters)
    return sorted(told, key=lambda finding: finding.span)


def _said(rule: Rule, example: Example, template: Template) -> Iterator[Said]:
    source = Source(example.text, "example.md")
    for finding in found(rule, example, template):
        line = source.place(finding.span.start).line
        yield Said(line, finding.message, finding.level.value)


def _fits(wanted: Expected, said: Said) -> bool:
    return (
        wanted.line == said.line
        and wanted.message in ("", said.message)
        and (wanted.level is None or wanted.level.value == said.level)
    )
