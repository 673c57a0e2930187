"""A summary in Markdown, for a comment on a pull request or the page of a job.

What comes from a document is data: it is escaped, and what a service would turn
into a mention, a reference or a link is shown as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.findings import Finding, Source
from pmlint.reports import FileReport, summary
from pmlint.reports.halves import halves
from pmlint.reports.paths import from_root, raw_from_root, uri
from pmlint.reports.sanitise import one_line
from pmlint.standard.patterns import expression

if TYPE_CHECKING:
    from pmlint.formats import About

MOST = 60_000
"""Characters of a page: a comment on GitHub holds 65,536."""


def render(files: Sequence[FileReport], about: About) -> str:
    """A heading, one table a file, and what to type next; never over ``MOST`` by much."""
    findings = [finding for file in files for finding in file.findings]
    hit = [file for file in files if file.findings]
    if not findings:
        return "\n".join([*_clean(files, about), ""])
    number = summary.counted(len(findings), "finding")
    where = summary.counted(len(hit), "file")
    page = [f"### pmlint: {number} in {where}", "", f"{summary.levels(findings)}.", ""]
    size, left, files_left = sum(map(len, page)), 0, 0
    for file in hit:
        rows = list(_table(file, about))
        shown = 0
        while shown < len(file.findings) and size + len(rows[4 + shown]) < MOST:
            size += len(rows[4 + shown]) + 1
            shown += 1
        if shown:
            size += sum(map(len, rows[:4])) + 5
            page += [*rows[: 4 + shown], ""]
        left += len(file.findings) - shown
        files_left += shown < len(file.findings)
    if left:
        told = (
            f"{summary.counted(left, 'further finding')} in {summary.counted(files_left, 'file')}"
        )
        page += [f"**Not shown here: {told}.** The log has them all.", ""]
    code = findings[0].code
    page += [*_notes(files), f"Why a rule: `pmlint explain {code}`", ""]
    return "\n".join(page)


def _clean(files: Sequence[FileReport], about: About) -> Iterator[str]:
    read = sum(not file.skipped for file in files)
    if not read:
        yield "### pmlint: no postmortem to check"
    else:
        yield "### pmlint: nothing to send back"
        yield ""
        yield f"{summary.counted(read, 'postmortem')} read, template {escaped(about.template)}."
    notes = list(_notes(files))
    if notes:
        yield ""
        yield from notes


def _notes(files: Sequence[FileReport]) -> Iterator[str]:
    skipped = sum(file.skipped for file in files)
    hidden = sum(file.suppressed for file in files)
    known = sum(file.baselined for file in files)
    told = []
    if skipped:
        verb = "tells no incident and was" if skipped == 1 else "tell no incident and were"
        told.append(f"{summary.counted(skipped, 'other Markdown file')} {verb} skipped")
    if hidden:
        told.append(f"{summary.counted(hidden, 'finding')} suppressed")
    if known:
        told.append(f"{summary.counted(known, 'finding')} in the baseline")
    if told:
        yield "; ".join(told) + "."
        yield ""


def _table(file: FileReport, about: About) -> Iterator[str]:
    """A heading of two rows, the head of the table of two, then one row a finding."""
    path = from_root(file.path, about)
    yield f"#### {_span(path)}"
    yield ""
    yield "| line | rule | finding |"
    yield "|---:|---|---|"
    link = about.link + uri(raw_from_root(file.path, about)) if about.link else ""
    if link.startswith(f"{about.link}file:"):
        link = ""
    for finding in file.findings:
        yield _row(finding, file.source, link)


def _row(finding: Finding, source: Source, link: str) -> str:
    line = source.place(finding.span.start).line
    place = f"[{line}]({link}?plain=1#L{line})" if link else str(line)
    told = f"**{escaped(finding.message)}**"
    for number, words in halves(finding, source):
        told += f"<br>line {number}: {escaped(words)}"
    if finding.help:
        told += f"<br>{escaped(finding.help)}"
    return f"| {place} | {finding.level}<br>`{finding.code}` | {told} |"


_MARKS = expression(
    r"(?:https?://|www\.|mailto:)[^\s`|]+"
    r"|(?:(?<![\w.+-])[\w.+-]++)?@[\w./-]+"
    r"|(?:(?<![\w./-])[\w./-]++)?[#!&$]\w[\w-]*"
    r"|[~%:][A-Za-z][\w:-]*"
    r"|\bGH-\d+|\b[0-9a-f]{7,40}\b"
)
"""What services turn into links: addresses, mentions, references, labels, commits."""


def escaped(text: str) -> str:
    """A sentence as Markdown that renders to the same words and to nothing else.

    What stands between backticks stays code.
    """
    parts = one_line(text).split("`")
    if len(parts) % 2 == 0:
        # The last backtick opens nothing.
        parts[-2:] = ["'".join(parts[-2:])]
    return "".join(
        (_code(part) if number % 2 else _prose(part)) for number, part in enumerate(parts) if part
    )


def _prose(text: str) -> str:
    told, at = [], 0
    for match in _MARKS.finditer(text):
        told += [_literal(text[at : match.start()]), _code(match[0])]
        at = match.end()
    return "".join([*told, _literal(text[at:])])


def _literal(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\*_\[\]|~#$])", r"\\\1", text)


def _code(text: str) -> str:
    """A code span in a table, where a bar would end the cell even inside of it."""
    return _span(text).replace("|", r"\|")


def _span(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
