"""What the page asks of pmlint, answered as JSON. Runs under Pyodide, reads no file.

A document comes as the bytes of its text, so that it takes the same way as a file does
on the command line.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from pmlint import __version__, engine
from pmlint.config import Settings
from pmlint.mend import rewrite
from pmlint.reports import FileReport, findings_json, show_json
from pmlint.reports.sanitise import json_data
from pmlint.standard import rulebook, templates

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.facts import Postmortem
    from pmlint.findings import Finding
    from pmlint.standard.rulefiles import Example

PATH = "postmortem.md"
"""The name that the document bears in findings."""
SIZE_LIMIT = 1_000_000
"""Bytes beyond which the page does not read a document."""

Value = dict[str, Any]


def catalogue() -> str:
    """Versions, and the templates to choose from, the default first."""
    known = map(templates.load, templates.names())
    listed = sorted(known, key=lambda template: (template.name != "default", template.name))
    return json_data(
        {
            "version": __version__,
            "python": sys.version.split()[0],
            "templates": [
                {"name": template.name, "summary": template.summary} for template in listed
            ],
        }
    )


def check(data: bytes, template: str) -> str:
    """Everything that the page shows of a document.

    ``findings`` is what ``pmlint check --format json`` prints, ``facts`` what
    ``pmlint show --format json`` does; the rest is null where there is nothing to show.
    """
    plan = _plan(template)
    facts = _read(data, plan)
    if isinstance(facts, FileReport):
        return json_data(
            {
                "findings": findings_json.values(facts),
                "facts": None,
                "checklist": None,
                "timeline": None,
            }
        )
    report = engine.check_facts(facts, plan)
    return json_data(
        {
            "findings": findings_json.values(report),
            "facts": show_json.value(facts),
            "checklist": None if report.absent else _checklist(facts, report, plan),
            "timeline": _timeline(facts),
        }
    )


def mend(data: bytes, template: str, number: int) -> str:
    """The text with the fix of one finding, by its place in the list; below 0: all safe ones.

    ``told`` says what was done; ``fault`` why nothing was, and then ``text`` is null.
    """
    plan = _plan(template)
    facts = _read(data, plan)
    if isinstance(facts, FileReport):
        return _unmended("the text cannot be read")
    if number < 0:
        mended = rewrite.mend(facts.source, plan)
        if mended.report.source.text == facts.source.text:
            refused = mended.refused[0].reason if mended.refused else "there is no safe fix"
            return _unmended(refused)
        return _mended(mended.report.source.text, [each.message for each in mended.applied])
    findings = engine.check_facts(facts, plan).findings
    if number >= len(findings) or findings[number].fix is None:
        return _unmended("there is no fix")
    chosen = findings[number]
    fault = ""
    # Some fixes hold only together with those of their neighbours.
    alike = tuple(each for each in findings if each.code == chosen.code and each.fix)
    for group in ((chosen,), alike):
        reason = rewrite.fault_of(facts, findings, group, plan)
        if not reason:
            return _mended(_applied(facts, group), _messages(group))
        fault = fault or reason
    return _unmended(fault)


def explain(code: str, template: str) -> str:
    """One rule: why it is there, wrong and right."""
    (rule,) = rulebook.find(code)
    level = rulebook.level_in(rule, templates.load(template))
    return json_data(
        {
            "code": rule.code,
            "name": rule.name,
            "level": level,
            "summary": rule.summary,
            "why": _paragraph(rule.why),
            "exceptions": _paragraph(rule.exceptions),
            "source": _paragraph(rule.source),
            "wrong": [_example(example) for example in rule.bad if not example.hex],
            "right": [_example(example) for example in rule.good if not example.hex],
            "ignorable": rule.check != rulebook.ENGINE,
        }
    )


@cache
def _plan(template: str) -> Plan:
    return engine.prepare(Settings(template=template, size_limit=SIZE_LIMIT))


def _read(data: bytes, plan: Plan) -> Postmortem | FileReport:
    source = engine.from_bytes(bytes(data), PATH, plan)
    return source if isinstance(source, FileReport) else engine.read(source, plan)


def _checklist(facts: Postmortem, report: FileReport, plan: Plan) -> list[Value]:
    from pmlint.reports import checklist

    return [item._asdict() for item in checklist.items_of(facts, report.findings, plan)]


def _timeline(facts: Postmortem) -> Value | None:
    from pmlint.drawing import svg
    from pmlint.drawing.scene import scene
    from pmlint.measure.incident import measure

    if not facts.incident:
        return None
    seen = scene(measure(facts))
    if seen is None:
        return None
    return {
        "title": seen.title,
        "about": seen.about,
        "svg": svg.render(seen),
        "phases": [{"name": phase.name, "took": phase.took} for phase in seen.phases],
        "events": [
            {"line": mark.line, "label": seen.label(mark), "text": mark.text, "kind": mark.kind}
            for mark in seen.marks
        ],
        "left_out": seen.left_out,
    }


def _applied(facts: Postmortem, group: tuple[Finding, ...]) -> str:
    edits = (edit for each in group if each.fix for edit in each.fix.edits)
    return rewrite.apply(facts.source.text, edits)


def _messages(group: tuple[Finding, ...]) -> list[str]:
    return [each.fix.message for each in group if each.fix]


def _mended(text: str, told: list[str]) -> str:
    return json_data({"text": text, "told": list(dict.fromkeys(told)), "fault": ""})


def _unmended(fault: str) -> str:
    return json_data({"text": None, "told": [], "fault": fault})


def _example(example: Example) -> Value:
    return {
        "title": example.title,
        "text": example.text.strip("\n"),
        "findings": [{"line": each.line, "message": each.message} for each in example.findings],
    }


def _paragraph(text: str) -> str:
    return " ".join(text.split())
