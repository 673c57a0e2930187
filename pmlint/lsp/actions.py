"""Quick fixes, and comments that switch a finding off with a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pmlint import engine
from pmlint.findings import Edit, Finding, Source, Span
from pmlint.lsp.document import NEVER_IGNORED
from pmlint.mend import rewrite
from pmlint.mend.promises import broken
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport

if TYPE_CHECKING:
    from pmlint.facts import Postmortem
    from pmlint.lsp.document import Reading

REASON = "reason"
"""What stands in a new comment until somebody writes why."""


class Action(NamedTuple):
    """One change that is offered."""

    title: str
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...] = ()
    preferred: bool = False
    """Safe: no statement of the document changes."""
    mark: str = ""
    """Words of the new text to select, so that they can be typed over."""


def quick_fixes(reading: Reading, span: Span) -> Iterator[Action]:
    """Fixes of the findings that a span touches, each tried before it is offered."""
    found = [each for each in reading.findings if touches(each.span, span)]
    for finding in found:
        fix = finding.fix
        if fix is not None and holds(reading, (finding,)):
            changes = "" if fix.safe else " (changes what is told)"
            title = f"{fix.message} ({finding.code})" if fix.safe else f"{fix.message}{changes}"
            yield Action(title, fix.edits, (finding,), preferred=fix.safe)
    for code in dict.fromkeys(each.code for each in found if each.fix is not None):
        alike = tuple(
            each for each in reading.findings if each.code == code and each.fix is not None
        )
        if len(alike) > 1 and holds(reading, alike):
            edits = tuple(
                dict.fromkeys(edit for each in alike if each.fix for edit in each.fix.edits)
            )
            safe = all(each.fix.safe for each in alike if each.fix)
            changes = "" if safe else " (changes what is told)"
            yield Action(f"Fix all {len(alike)} of {code} in this file{changes}", edits, alike)


def ignores(reading: Reading, span: Span) -> Iterator[Action]:
    """Comments that switch off what is found in a span: here, and in the whole file."""
    found = {
        each.code: each
        for each in reversed(reading.findings)
        if touches(each.span, span) and each.code not in NEVER_IGNORED
    }
    if not reading.plan.suppress:
        return
    for finding in sorted(found.values(), key=lambda each: (each.span, each.code)):
        edit = _comment_here(reading, finding)
        if edit is not None:
            title = f"Ignore {finding.code} here with a reason"
            yield Action(title, (edit,), (finding,), mark=REASON)
    for finding in sorted(found.values(), key=lambda each: (each.span, each.code)):
        edit = _comment_in_file(reading, finding)
        if edit is not None:
            title = f"Ignore {finding.code} in this file with a reason"
            yield Action(title, (edit,), (finding,), mark=REASON)


def all_safe_fixes(reading: Reading) -> Action | None:
    """Everything that can be mended without a change to what is told, in one go."""
    if reading.incident is None:
        return None
    if not any(each.fix is not None and each.fix.safe for each in reading.findings):
        return None
    mended = rewrite.mend(reading.source, reading.plan, skip_no_incident=True)
    edits = tuple(changed_lines(reading.source, mended.report.source.text))
    return Action("Fix all that is safe (pmlint)", edits) if edits else None


def changed_lines(source: Source, text: str) -> Iterator[Edit]:
    """The edits, by whole lines, that turn one text into another."""
    other = Source(text)
    old = [source.text[a:b] for a, b in _bounds(source)]
    new = [text[a:b] for a, b in _bounds(other)]
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            start = source.starts[a] if a < len(old) else len(source.text)
            end = source.starts[b] if b < len(old) else len(source.text)
            yield Edit(Span(start, end), "".join(new[c:d]))


def _bounds(source: Source) -> Iterator[tuple[int, int]]:
    yield from zip(source.starts, [*source.starts[1:], len(source.text)], strict=True)


def touches(span: Span, other: Span) -> bool:
    """The spans share a character or meet; an empty one is a place of the cursor."""
    return span.start <= max(other) and other.start <= max(span)


def holds(reading: Reading, findings: Sequence[Finding]) -> bool:
    """The fixes do what they promise and bring up nothing else; tried once a version."""
    facts = reading.facts
    if facts is None:
        return False
    key = ("holds", *(id(each) for each in findings))
    if key not in reading.verdicts:
        reading.verdicts[key] = rewrite.fault_of(facts, reading.findings, findings, reading.plan)
    return reading.verdicts[key] == ""


def _comment_here(reading: Reading, finding: Finding) -> Edit | None:
    """A comment at the end of the finding's line, else above the line; None where neither
    would switch it off."""
    source = reading.source
    if finding.span.start < _behind_front_matter(source):
        # A comment of Markdown is none in YAML and TOML.
        return None
    line = source.line_span(source.line_index(finding.span.start))
    comment = f"<!-- pmlint: ignore {finding.code} ({REASON}) -->"
    text = source.slice(line)
    gap = "" if text.endswith((" ", "\t")) or not text else " "
    behind = Edit(Span(line.end, line.end), f"{gap}{comment}")
    indent = re.match(r"[ \t]*", text)
    above = Edit(
        Span(line.start, line.start),
        f"{indent[0] if indent else ''}{comment}{_line_end(source)}",
    )
    for edit in (behind, above):
        if _hides(reading, finding, edit):
            return edit
    return None


def _comment_in_file(reading: Reading, finding: Finding) -> Edit | None:
    """A comment for the whole file: on top, below the front matter."""
    source = reading.source
    end = _line_end(source)
    at = _behind_front_matter(source)
    comment = f"<!-- pmlint: ignore-file {finding.code} ({REASON}) -->"
    edit = Edit(Span(at, at), f"{comment}{end}{end}")
    return edit if _hides(reading, finding, edit) else None


def _hides(reading: Reading, finding: Finding, edit: Edit) -> bool:
    """With the comment the finding is gone, and nothing reads differently."""
    key = ("hides", finding.code, finding.span, edit)
    if key not in reading.verdicts:
        reading.verdicts[key] = _tried(reading, finding, edit)
    return bool(reading.verdicts[key])


def _tried(reading: Reading, finding: Finding, edit: Edit) -> bool:
    if reading.facts is None:
        return False
    plan = reading.plan
    source = Source(rewrite.apply(reading.source.text, (edit,)), reading.source.path)
    facts = engine.read(source, plan)
    if isinstance(facts, FileReport) or broken(reading.facts, facts, ()):
        return False
    before = _before(reading, reading.facts)
    after = _counted(engine.check_facts(facts, plan, skip_no_incident=True))
    code = finding.code
    # A comment that itself takes the fault away would be told as unused.
    return after[code] < before[code] and not (after - before)


def _before(reading: Reading, facts: Postmortem) -> Counter[str]:
    """What is found as the text stands, known findings included."""
    if "before" not in reading.verdicts:
        report = engine.check_facts(facts, reading.plan, skip_no_incident=True)
        reading.verdicts["before"] = _counted(report)
    found = reading.verdicts["before"]
    assert isinstance(found, Counter)
    return found


def _counted(report: FileReport) -> Counter[str]:
    return Counter(finding.code for finding in report.findings)


def _line_end(source: Source) -> str:
    from pmlint.fixes.places import line_end

    return line_end(source, 0)


def _behind_front_matter(source: Source) -> int:
    first = source.line_text(0).strip()
    if first not in ("---", "+++"):
        return 0
    for index in range(1, len(source.starts)):
        if source.line_text(index).strip() == first:
            return source.starts[index + 1] if index + 1 < len(source.starts) else 0
    return 0
