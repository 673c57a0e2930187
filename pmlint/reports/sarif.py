"""SARIF 2.1.0, the OASIS format that code scanning services read.

Columns count code points, as the run says in ``columnKind``. Paths are
relative to the top of the checkout (``%SRCROOT%``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint import __version__
from pmlint.findings import Finding, Fix, Level, Source, Span
from pmlint.reports import FileReport
from pmlint.reports.paths import raw_from_root, uri
from pmlint.reports.sanitise import one_line, visible
from pmlint.running.fingerprints import fingerprints

if TYPE_CHECKING:
    from pmlint.formats import About
    from pmlint.standard.rulebook import Rule

Value = dict[str, object]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "pmlintFinding/v1"
UNREADABLE = "PM003"

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "recommendation"}
_FAMILIES = {
    "0": "file",
    "1": "structure",
    "2": "duration",
    "3": "impact",
    "4": "timeline",
    "5": "cause",
    "6": "tasks",
    "7": "archive",
    "9": "suppression",
}


def render(files: Sequence[FileReport], about: About) -> str:
    """One run with the rules that were applied and a result for each finding."""
    rules = _rules(files, about)
    index = {rule.code: at for at, rule in enumerate(rules)}
    findings = [finding for file in files for finding in file.findings]
    sources = {file.path: file.source for file in files}
    run: Value = {
        "tool": {
            "driver": {
                "name": "pmlint",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "invocations": [
            {"executionSuccessful": all(finding.code != UNREADABLE for finding in findings)}
        ],
        "results": [result for file in files for result in _results(file, index, sources, about)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1).replace("##", r"#\u0023") + "\n"


def _rules(files: Sequence[FileReport], about: About) -> list[Rule]:
    """The rules applied, and those of findings that the engine itself makes."""
    rules = {rule.code: rule for rule in about.rules}
    missing = {finding.code for file in files for finding in file.findings} - rules.keys()
    if missing:
        from pmlint.standard import rulebook

        rules.update((rule.code, rule) for rule in rulebook.rules() if rule.code in missing)
    return [rules[code] for code in sorted(rules)]


def _rule(rule: Rule) -> Value:
    why = _plain(rule.why)
    text = [_plain(rule.summary), why]
    markdown = [why]
    if rule.exceptions:
        text.append(f"What does not count: {_plain(rule.exceptions)}")
        markdown.append(f"**What does not count:** {_plain(rule.exceptions)}")
    for title, example in (("Wrong", rule.bad[:1]), ("Right", rule.good[:1])):
        if example and example[0].text:
            markdown.append(f"**{title}**\n\n{_fenced(example[0].text)}")
    markdown.append(f"`pmlint explain {rule.code}` prints this page with more examples.")
    family = _FAMILIES.get(rule.code[2:3], "other")
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _plain(rule.summary)},
        "fullDescription": {"text": why},
        "help": {"text": "\n\n".join(text), "markdown": "\n\n".join(markdown)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {
            "tags": ["postmortem", family],
            "precision": "high",
            "problem.severity": _SEVERITIES[rule.level],
        },
    }


def _plain(text: str) -> str:
    """A paragraph of a rule file with its line ends."""
    return "\n".join(visible(row) for row in text.strip().split("\n"))


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}markdown\n{_plain(text)}\n{fence}"


def _results(
    file: FileReport, index: dict[str, int], sources: dict[str, Source], about: About
) -> Iterator[Value]:
    source = file.source
    names = fingerprints(file.findings, source, raw_from_root(file.path, about))
    for finding, name in zip(file.findings, names, strict=True):
        result: Value = {
            "ruleId": finding.code,
            "level": _LEVELS[finding.level],
            "message": {"text": _message(finding)},
            "locations": [_primary(finding, source, about)],
            "partialFingerprints": {FINGERPRINT: name},
        }
        if finding.code in index:
            result["ruleIndex"] = index[finding.code]
        if finding.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    **_location(related.path, sources.get(related.path), related.span, about),
                    "message": {"text": one_line(related.message) or "see also"},
                }
                for number, related in enumerate(finding.related, 1)
            ]
        if finding.fix and finding.fix.edits:
            result["fixes"] = [_fix(finding.fix, finding.path, source, about)]
        yield result


def _message(finding: Finding) -> str:
    """Two sentences: what was found and what to write; square brackets would be links."""
    told = _sentence(finding.message)
    if finding.help:
        told += f" {_sentence(finding.help)}"
    return told.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")


def _sentence(text: str) -> str:
    text = one_line(text).strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _primary(finding: Finding, source: Source, about: About) -> Value:
    location = _location(finding.path, source, finding.span, about, excerpt=True)
    if finding.label:
        location["message"] = {"text": one_line(finding.label)}
    return location


def _location(
    path: str, source: Source | None, span: Span, about: About, *, excerpt: bool = False
) -> Value:
    region: Value = _region(source, span) if source else {"startLine": 1}
    if excerpt and source and span.end > span.start:
        words = source.slice(span).replace("\r\n", "\n").replace("\r", "\n")
        region["snippet"] = {"text": _plain(words)}
    return {"physicalLocation": {"artifactLocation": _artifact(path, about), "region": region}}


def _artifact(path: str, about: About) -> Value:
    reference = uri(raw_from_root(path, about))
    if reference.startswith("file:"):
        return {"uri": reference}
    return {"uri": reference, "uriBaseId": "%SRCROOT%"}


def _region(source: Source, span: Span) -> Value:
    start, end = source.place(span.start), source.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _fix(fix: Fix, path: str, source: Source, about: About) -> Value:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    return {
        "description": {"text": _sentence(fix.message)},
        "artifactChanges": [
            {"artifactLocation": _artifact(path, about), "replacements": replacements}
        ],
    }
