"""Documents and findings that the tests of the reports share."""

from __future__ import annotations

from pmlint.findings import Edit, Finding, Fix, Level, Related, Source, Span
from pmlint.reports import FileReport

PATH = "parcels.md"


def source_of(lines: dict[int, str], path: str = PATH) -> Source:
    """A source with the given 1-based lines, the others empty."""
    return Source("\n".join(lines.get(at, "") for at in range(1, max(lines) + 1)) + "\n", path)


def at(source: Source, words: str, line: int = 1) -> Span:
    """The span of words that stand on or behind a 1-based line."""
    start = source.text.index(words, source.starts[line - 1])
    return Span(start, start + len(words))


def finding(
    source: Source,
    words: str,
    line: int,
    code: str,
    message: str,
    *,
    level: Level = Level.ERROR,
    name: str = "some-rule",
    help_text: str = "",
    label: str = "",
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
    notes: tuple[str, ...] = (),
) -> Finding:
    """A finding at words on a line."""
    span = at(source, words, line)
    return Finding(
        source.path, code, name, level, span, message, help_text, label, related, fix, notes
    )


def other_place(source: Source, words: str, line: int, message: str) -> Related:
    """The second place of a finding."""
    return Related(source.path, at(source, words, line), message)


def report(source: Source, *findings: Finding) -> FileReport:
    """A file with its findings."""
    return FileReport(source, findings)


def many(count: int, files: int = 1, level: Level = Level.WARNING) -> list[FileReport]:
    """Findings of five rules spread over files."""
    reports = []
    for number in range(files):
        size = count // files
        source = Source("\n".join(f"sentence {line}" for line in range(size)), f"{number:04}.md")
        found = tuple(
            Finding(
                source.path,
                f"PM60{line % 5}",
                f"rule-{line % 5}",
                level,
                Span(source.starts[line], source.starts[line] + 8),
                f"this is wrong in way {line % 5}",
            )
            for line in range(size)
        )
        reports.append(FileReport(source, found))
    return reports


def no_zone() -> FileReport:
    """One place, one label, text to copy."""
    source = source_of({4: "- **Window:** 3 March 2025, 8:00 AM - 10:30 AM"})
    found = finding(
        source,
        "8:00 AM - 10:30 AM",
        4,
        "PM203",
        "the duration names no timezone",
        help_text="write the zone behind the end: `8:00 AM - 10:30 AM CET` (or UTC, +01:00)",
        label="no timezone",
    )
    return report(source, found)


def out_of_order() -> FileReport:
    """Two neighbouring places whose labels are one sentence in two halves."""
    source = source_of(
        {
            12: "- **9:40 AM:** Import of the night rolled back.",
            13: "- **9:20 AM:** Data team called in and asked to compare the columns of both "
            "imports by hand.",
        }
    )
    found = finding(
        source,
        "9:20 AM",
        13,
        "PM402",
        "the timeline goes back 20 minutes",
        help_text="move line 13 between line 10 (8:25 AM) and line 12 (9:40 AM), or correct its "
        "time; `--unsafe-fixes` moves it",
        label="… but this one is 20 minutes earlier",
        related=(other_place(source, "9:40 AM", 12, "this entry comes first, …"),),
        fix=Fix("move line 13 before line 12", (Edit(Span(0, 0), ""),)),
    )
    return report(source, found)


def mismatch() -> FileReport:
    """Two places apart, the first in the middle of a long paragraph."""
    source = source_of(
        {
            3: "On 3 March 2025 a nightly import with a shifted column left the northern depot "
            "without labels for 4 hours; about 1,850 parcels had to be sorted again by hand, and "
            "the late tour was called off.",
            8: "- **Window:** 3 March 2025, 08:00 - 10:30 CET",
        }
    )
    found = finding(
        source,
        "4 hours",
        3,
        "PM206",
        "the stated length and the times differ by 1 hour 30 minutes",
        help_text='write "2 hours 30 minutes" on line 3, or correct the start or the end on line 8',
        label="states 4 h",
        related=(other_place(source, "08:00 - 10:30 CET", 8, "these times give 2 h 30 min"),),
        fix=Fix("take the times as right", (Edit(Span(0, 0), ""),)),
    )
    return report(source, found)


def vague_tasks() -> FileReport:
    """Three findings of one rule in one list, with a sound task between them."""
    source = source_of(
        {
            30: "  - Better testing.",
            31: "  - Take more care with imports on Sundays.",
            32: "  - Reject an import whose street column is empty.",
            33: "  - Hold a workshop.",
        }
    )
    cases = (
        (
            "Better testing",
            30,
            "which test, of what, run when?",
            "Import the file of 3 March in CI and compare ten printed labels",
        ),
        (
            "Take more care",
            31,
            "what stops the import when nobody takes care?",
            "Ask for a second pair of eyes in the import tool before a column moves",
        ),
        (
            "Hold a workshop",
            33,
            "what will be decided there?",
            "Decide in the workshop of 20 March who may change the import",
        ),
    )
    advice = "name what will be there when it is done, and where. Line 32 does. For example: "
    return report(
        source,
        *(
            finding(
                source,
                words,
                line,
                "PM602",
                f'"{words}" can never be ticked off',
                level=Level.WARNING,
                name="vague-task",
                help_text=advice + example,
                label=label,
            )
            for words, line, label, example in cases
        ),
    )


def no_incident() -> FileReport:
    """A file that is no postmortem, with what was looked for."""
    source = source_of(
        {
            1: "# Exercise 12",
            7: "Write a postmortem about an outage that you remember well and explain what you "
            "would do differently today.",
        }
    )
    found = finding(
        source,
        "Write a postmortem about an outage",
        7,
        "PM001",
        "this file tells no incident",
        name="no-incident",
        help_text="put your postmortem into this file, or leave the file out: "
        'exclude = ["parcels.md"]',
        label="text of an exercise",
        related=(other_place(source, "# Exercise 12", 1, ""),),
        notes=("looked: for the time of an incident, an impact, events with times: none found",),
    )
    return FileReport(source, (found,), absent=True)
