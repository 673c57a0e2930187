"""What was read of one version of an open document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pmlint import engine
from pmlint.findings import Case, Finding, Source, Span
from pmlint.lsp.positions import Positions
from pmlint.reports import FileReport
from pmlint.standard import rulebook

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem
    from pmlint.running.baseline import Baseline

NEVER_IGNORED = frozenset({"PM001", "PM003", "PM901", "PM902"})
"""Findings that no comment switches off."""


@dataclass(frozen=True)
class Reading:
    """A text with what it states and what is said of it."""

    source: Source
    plan: Plan
    facts: Postmortem | None
    """None where the text could not be read, or not by this configuration."""
    findings: tuple[Finding, ...]
    encoding: str
    version: int | None = None

    @cached_property
    def positions(self) -> Positions:
        """Converts places of the text."""
        return Positions(self.source, self.encoding)

    @property
    def incident(self) -> Postmortem | None:
        """The facts, where the text tells an incident; files that tell none stay silent."""
        return self.facts if self.facts is not None and self.facts.incident else None

    @cached_property
    def verdicts(self) -> dict[object, object]:
        """Answers worked out for this version, so that moving the cursor repeats none."""
        return {}


def read(
    text: str,
    path: str,
    plan: Plan,
    *,
    encoding: str = "utf-16",
    version: int | None = None,
    baseline: Baseline | None = None,
) -> Reading:
    """Read and check a text. A fault of pmlint's own becomes its finding PM003."""
    source = Source(text, path)
    if len(text) > plan.size_limit or len(text.encode("utf-8", "replace")) > plan.size_limit:
        return Reading(source, plan, None, (_too_large(source, plan),), encoding, version)
    facts = engine.read(source, plan)
    if isinstance(facts, FileReport):
        return Reading(source, plan, None, facts.findings, encoding, version)
    report = engine.check_facts(facts, plan, skip_no_incident=True)
    if baseline is not None:
        from pmlint.running import baseline as known

        (report,) = known.apply([report], baseline)
    return Reading(source, plan, facts, report.findings, encoding, version)


def _too_large(source: Source, plan: Plan) -> Finding:
    (rule,) = rulebook.find(engine.UNREADABLE)
    case = Case("size", Span(0, 0), {"limit": f"{plan.size_limit:,}"})
    return rulebook.state(rule, case, source.path)
