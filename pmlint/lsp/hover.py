"""What a word under the cursor means to pmlint: the rules that speak, what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from pmlint.findings import Finding, Span
from pmlint.reports.markdown import escaped
from pmlint.reports.show_page import length
from pmlint.standard import rulebook
from pmlint.standard.patterns import expression

if TYPE_CHECKING:
    from pmlint.lsp.document import Reading
    from pmlint.standard.rulebook import Rule

MOST = 3
"""Findings told at one place; further ones are counted."""


def hover(reading: Reading, offset: int, *, markdown: bool = True) -> types.Hover | None:
    """The findings at an offset with their rules; else a rule that is named there; else
    what was read there."""
    found = sorted(
        (each for each in reading.findings if _touches(each.span, offset)),
        key=lambda each: (each.span.end - each.span.start, -each.level.rank),
    )
    if found:
        pages = ["\n\n".join(_finding(each, reading)) for each in found[:MOST]]
        if len(found) > MOST:
            pages.append(f"{len(found) - MOST} more here.")
        span = found[0].span
    else:
        told = _named(reading, offset) or _read(reading, offset)
        if told is None:
            return None
        span, page = told
        pages = [page]
    text = "\n\n---\n\n".join(pages)
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(
        types.MarkupContent(kind, text if markdown else plain(text)),
        reading.positions.range(span),
    )


def plain(text: str) -> str:
    """Our Markdown for clients that show none."""
    text = re.sub(r"^---$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\*\*|(?<![\w\\])_|_(?!\w)|`", "", text)
    text = re.sub(r"\\([\\*_\[\]|~#$])", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_OPTION = expression(r"[;,] `--(?:unsafe-)?fix(?:es)?`[^;]{0,120}$")
"""What the help says of an option of the command line: here a quick fix is named."""


def _touches(span: Span, offset: int) -> bool:
    return span.start <= offset <= max(span.end, span.start + 1)


def _finding(finding: Finding, reading: Reading) -> Iterator[str]:
    yield f"**{finding.code}** {finding.name} ({finding.level})"
    yield f"{escaped(finding.message)}."
    for note in finding.notes:
        yield escaped(note)
    if finding.help:
        yield f"**Help:** {escaped(_OPTION.sub('', finding.help))}"
    if finding.fix is not None:
        changes = "" if finding.fix.safe else " (changes what is told)"
        yield f"**Quick fix:** {escaped(finding.fix.message)}{changes}"
    rule = _rule(finding.code, reading)
    if rule is not None:
        yield from _why(rule)


def _named(reading: Reading, offset: int) -> tuple[Span, str] | None:
    """The rule whose code or name stands in a comment for pmlint."""
    source = reading.source
    line = source.line_span(source.line_index(offset))
    text = source.slice(line)
    if "pmlint:" not in text:
        return None
    for match in re.finditer(r"[A-Za-z][\w-]+", text):
        span = Span(line.start + match.start(), line.start + match.end())
        rules = rulebook.find(match[0]) if _touches(span, offset) else ()
        if len(rules) == 1:
            rule = rules[0]
            head = (f"**{rule.code}** {rule.name} ({rule.level})", f"{escaped(rule.summary)}.")
            return span, "\n\n".join((*head, *_why(rule)))
    return None


def _why(rule: Rule) -> Iterator[str]:
    yield escaped(" ".join(rule.why.split()))
    if rule.exceptions.strip():
        yield f"**What does not count:** {escaped(' '.join(rule.exceptions.split()))}"
    if rule.source.strip():
        yield f"_Source:_ {escaped(' '.join(rule.source.split()))}"


def _rule(code: str, reading: Reading) -> Rule | None:
    for rules in (reading.plan.rules, rulebook.rules()):
        for rule in rules:
            if rule.code == code:
                return rule
    return None


def _read(reading: Reading, offset: int) -> tuple[Span, str] | None:
    """What an event, the duration, a task or a section was read as."""
    facts = reading.incident
    if facts is None:
        return None
    if facts.timeline is not None:
        for event in facts.timeline.events:
            if _touches(event.span, offset):
                return event.span, _lines(_event(event.at, event.kind, event.zone))
    duration = facts.duration
    if duration is not None:
        for name, point in (("start", duration.start), ("end", duration.end)):
            if point is not None and _touches(point.span, offset):
                told = [f"**{name.capitalize()} of the incident**"]
                told.append(point.at.isoformat(" ", "minutes") if point.at else "no moment")
                if duration.minutes is not None:
                    told.append(f"end − start: {length(duration.minutes)}")
                return point.span, _lines(told)
    for task in facts.tasks.items if facts.tasks is not None else ():
        if _touches(task.span, offset):
            return task.span, _lines(_task(task.owner, task.due, task.ticket, task.done))
    for section in facts.sections:
        if section.roles and _touches(section.span, offset):
            roles = ", ".join(role.replace("_", " ") for role in section.roles)
            return section.span, f"read as: **{roles}**"
    return None


def _event(at: object, kind: str | None, zone: object) -> Iterator[str]:
    from datetime import UTC, datetime

    yield f"**Event:** {kind.replace('-', ' ')}" if kind else "**Event**"
    if not isinstance(at, datetime):
        yield "its moment cannot be known: the day or the zone is missing"
        return
    yield at.isoformat(" ", "minutes")
    if at.tzinfo is not None and at.utcoffset():
        yield f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _task(
    owner: str | None, due: str | None, ticket: str | None, done: bool | None
) -> Iterator[str]:
    yield "**Task**" + ({True: ": done", False: ": open"}.get(done, "") if done is not None else "")
    for name, value in (("owner", owner), ("due", due), ("ticket", ticket)):
        yield f"{name}: {escaped(value) if value else 'none'}"


def _lines(told: Iterable[str]) -> str:
    return "  \n".join(told)
