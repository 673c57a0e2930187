"""Findings in tables, where there are too many for excerpts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pmlint.findings import Finding, Level
from pmlint.reports import FileReport, summary
from pmlint.reports.colour import Style
from pmlint.reports.layout import WIDEST, cells, pad, said, wrap
from pmlint.reports.sanitise import path_text

MOST_ROWS = 40
"""Rows of files and their errors where not every finding has one."""
MOST_LINES = 20
"""Line numbers told in one row."""
MOST_RULES = 5


def grouped(run: summary.Run, several: Mapping[str, str]) -> Iterator[str]:
    """Every finding in its place, file by file; those of one rule in one row."""
    style = run.style
    for file in run.files:
        if not file.findings:
            continue
        yield style.paint("bold", path_text(file.path))
        for findings in _by_code(file.findings):
            yield from _row(findings, file, style, several)
        yield ""


def _by_code(findings: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    """The findings of a file by rule and level, in the order of their first lines."""
    kept: dict[tuple[str, Level], list[Finding]] = {}
    for finding in findings:
        kept.setdefault((finding.code, finding.level), []).append(finding)
    yield from kept.values()


def _row(
    findings: Sequence[Finding], file: FileReport, style: Style, several: Mapping[str, str]
) -> Iterator[str]:
    first = findings[0]
    numbers = dict.fromkeys(file.source.place(finding.span.start).line for finding in findings)
    told = said(_joint_sentence(findings, several.get(first.code, "")), style)
    if len(findings) > 1:
        told += ": " + _listed(list(numbers))
    if any(finding.fix for finding in findings):
        told += " [fixable]"
    level = style.paint(first.level.value, first.level.value) + " " * (7 - len(first.level.value))
    number = f"{next(iter(numbers)):>4}"
    head = f"{number}  {level}  {first.code}  "
    indent = len(number) + len(first.code) + 13
    for row in wrap(told, min(style.width, WIDEST) - indent):
        yield head + row
        head = " " * indent


def _joint_sentence(findings: Sequence[Finding], several: str) -> str:
    from pmlint.reports.excerpt import sentence

    if several or len({finding.message for finding in findings}) == 1:
        return sentence(findings, several)
    return f"{findings[0].message}, and {len(findings) - 1:,} more"


def _listed(numbers: Sequence[int]) -> str:
    told = ", ".join(map(str, numbers[:MOST_LINES]))
    left = len(numbers) - MOST_LINES
    return f"{told} and {summary.counted(left, 'further line')}" if left > 0 else told


def counted(run: summary.Run, several: Mapping[str, str]) -> Iterator[str]:
    """The files with most errors, in reading order: counts, and the errors themselves."""
    style = run.style
    hit = [file for file in run.files if file.findings]
    shown: dict[int, list[str]] = {}
    room = MOST_ROWS
    for file in sorted(hit, key=_weight, reverse=True):
        errors = [finding for finding in file.findings if finding.level is Level.ERROR]
        rows = [row for alike in _by_code(errors) for row in _row(alike, file, style, several)]
        if shown and len(rows) >= room:
            break
        shown[id(file)] = rows[: MOST_ROWS - 1]
        room -= 1 + len(rows)
    for file in hit:
        if id(file) in shown:
            yield f"{style.paint('bold', path_text(file.path))}  {summary.levels(file.findings)}"
            yield from shown[id(file)]
    left = [file for file in hit if id(file) not in shown]
    if left:
        told = summary.levels([finding for file in left for finding in file.findings])
        yield f"{summary.counted(len(left), 'further file')}  {told}"
    yield ""


def _weight(file: FileReport) -> tuple[int, int]:
    return [finding.level for finding in file.findings].count(Level.ERROR), len(file.findings)


def by_rule(run: summary.Run, several: Mapping[str, str]) -> Iterator[str]:
    """The rules that most findings are of, where several files have some."""
    style = run.style
    findings = run.findings
    counts = Counter(finding.code for finding in findings)
    frequent = [(code, count) for code, count in counts.most_common() if count > 1][:MOST_RULES]
    hit = sum(bool(file.findings) for file in run.files)
    if len(counts) < 2 or hit < 2 or not frequent:
        return
    names = {finding.code: finding.name for finding in findings}
    fixable = {finding.code for finding in findings if finding.fix}
    held = Counter(code for file in run.files for code in {item.code for item in file.findings})
    rows = []
    for code, count in frequent:
        told = several.get(code, "").replace("{count} ", "") or names[code].replace("-", " ")
        told = style.wording(told) + (" [fixable]" if code in fixable else "")
        rows.append((count, code, told, summary.counted(held[code], "file")))
    left = max(6, len(f"{frequent[0][1]:,}") + 4)
    room = min(style.width, WIDEST) - left - 9 - 2 - max(len(files) for *_, files in rows)
    texts = [wrap(told, room) for _, _, told, _ in rows]
    width = max(cells(row) for text in texts for row in text)
    yield style.paint("bold", "By rule")
    for (count, code, _, in_files), text in zip(rows, texts, strict=True):
        yield f"{count:>{left - 2},}  {code}  {pad(text[0], width)}  {in_files}"
        yield from (" " * (left + len(code) + 2) + row for row in text[1:])
    others = len(counts) - len(frequent)
    if others:
        count = len(findings) - sum(count for _, count in frequent)
        each = ", one each" if count == others > 1 else ""
        told = f"of {summary.counted(others, 'other rule')}{each} (all: --statistics)"
        yield f"{count:>{left - 2},}  {told}"
    yield ""
