"""Texts as they are read and judged, and the examples of rules.

Of an example: what a bad one must give, and that a good one gives nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pmlint import engine
from pmlint.archive import collection
from pmlint.config import Settings
from pmlint.facts import Duration, Postmortem
from pmlint.files.discovery import File
from pmlint.findings import Finding, Source
from pmlint.postmortem import read
from pmlint.standard import rulebook, templates
from pmlint.standard.rulebook import ENGINE, Rule
from pmlint.standard.rulefiles import Example, Expected

PATH = "README.md"


def facts_of(text: str, path: str = PATH, template: str = "default") -> Postmortem:
    """What is read in a text."""
    return read(Source(text, path), templates.load(template))


def ends(duration: Duration | None) -> tuple[str | None, str | None]:
    """Start and end of an incident as ``date clock``, each only where it is told."""
    points = (duration.start, duration.end) if duration is not None else (None, None)
    start, end = (
        " ".join(str(part) for part in (point.date, point.clock) if part) if point else None
        for point in points
    )
    return start, end


def judged(
    code: str,
    text: str,
    template: str = "default",
    parameters: Mapping[str, object] | None = None,
) -> list[Finding]:
    """What one rule says of a text, whether it is on or off."""
    (rule,) = rulebook.find(code)
    facts = facts_of(text, template=template)
    return list(rulebook.run(rule, facts, templates.load(template), parameters=parameters))


def judged_by_all(text: str, template: str = "default") -> list[Finding]:
    """What each rule that is on says of a text, as if it were the only one."""
    chosen = templates.load(template)
    facts = facts_of(text, template=template)
    return [
        finding
        for rule in rulebook.rules()
        if rulebook.level_in(rule, chosen)
        for finding in rulebook.run(rule, facts, chosen)
    ]


def found(rule: Rule, example: Example) -> list[Finding]:
    """What a rule, judged alone, finds in an example."""
    template = templates.load(example.template)
    if rule.check == ENGINE and example.hex is None and "pmlint:" in example.text:
        return list(_commented(rule, example))
    if rule.check == ENGINE:
        return list(_loaded(example))
    facts = facts_of(example.text, template=example.template)
    parameters = example.parameters
    if example.archive is not None:
        pytest.importorskip("sklearn", reason="pip install -e '.[report]'")
        parameters = collection.of_example(example, template)
    findings = rulebook.run(rule, facts, template, parameters=parameters)
    return sorted(findings, key=lambda finding: finding.span)


def _commented(rule: Rule, example: Example) -> Iterator[Finding]:
    """What a rule about comments says, beside all the others."""
    settings = Settings(template=example.template, parameters={rule.code: example.parameters or {}})
    report = engine.check_text(Source(example.text, PATH), engine.prepare(settings))
    return (finding for finding in report.findings if finding.code == rule.code)


def _loaded(example: Example) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, PATH)
        path.write_bytes(bytes.fromhex(example.hex) if example.hex else example.text.encode())
        loaded = engine.load(File(str(path), named=True), engine.prepare(Settings()))
    if not isinstance(loaded, Source):
        yield from loaded.findings


def told(example: Example, finding: Finding) -> Expected:
    """A finding in the form in which examples expect it."""
    line = Source(example.text, PATH).place(finding.span.start).line
    return Expected(line, finding.code, finding.message, finding.level)


def verify(rule: Rule, example: Example) -> None:
    """Fails where a rule does not find in an example exactly what the example says."""
    template = templates.load(example.template)
    base = rulebook.level_in(rule, template) or rule.level
    wanted = [
        Expected(each.line, each.code, each.message, each.level or base)
        for each in example.findings
    ]
    given = found(rule, example)
    said = [told(example, finding) for finding in given]
    assert said == wanted, f"{rule.code} says\n{_lines(said)}instead of\n{_lines(wanted)}"
    assert all(finding.help for finding in given)


def _lines(findings: list[Expected]) -> str:
    return "".join(f"  {each.line}: {each.level} {each.message}\n" for each in findings)


def examples(kind: str) -> list[object]:
    """Parameters for a test over all bad or all good examples."""
    return [
        pytest.param(rule, example, id=f"{rule.name}-{number} {example.title}".rstrip())
        for rule in rulebook.rules()
        for number, example in enumerate(getattr(rule, kind), start=1)
    ]
