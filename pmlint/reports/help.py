"""Help pages: what to type in bold, what it does beside it, no row wider than the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmlint.namedtuples import NamedTuple
from pmlint.reports.colour import Style
from pmlint.reports.layout import cells, wrap

WIDEST = 80
NARROW = 26
"""Cells beside the names that are too few to read in."""
COLUMN = 26
"""Where explanations begin beside the names."""
INDENT = 6
"""Where explanations begin that stand below their names."""


class Entry(NamedTuple):
    """What to type, what stands in for a value, and what it does."""

    names: str
    value: str
    told: str


def page(about: str, usage: str, options: Iterable[Entry], status: str, style: Style) -> str:
    """The page of a command; ``usage`` may have several lines."""
    return "\n".join(
        (
            *_wrapped(about, style),
            "",
            style.paint("bold", "Usage"),
            *_usage(usage, style),
            "",
            style.paint("bold", "Options"),
            *_listed(options, COLUMN, style),
            "",
            *_wrapped(status, style),
        )
    )


def main_page(style: Style) -> str:
    """The page of ``pmlint --help``."""
    rows = [*_wrapped(_ABOUT, style), "", style.paint("bold", "Usage")]
    rows += [*_usage(_USAGE, style)]
    for heading, column, entries in _SECTIONS:
        rows += ["", style.paint("bold", heading), *_listed(entries, column, style)]
    rows += ["", style.paint("bold", "Exit status"), *_wrapped(_STATUS, style, "  ")]
    return "\n".join(rows) + "\n"


def _room(style: Style) -> int:
    return min(style.width, WIDEST)


def _wrapped(text: str, style: Style, indent: str = "") -> Iterator[str]:
    plain = style.wording(" ".join(text.split()))
    return (indent + row for row in wrap(plain, _room(style) - len(indent)))


def _usage(text: str, style: Style) -> Iterator[str]:
    """Calls, the program in bold; what breaks over goes on below the arguments."""
    for call in text.split("\n"):
        first, *rest = wrap(style.wording(call), _room(style) - 9)
        yield f"  {style.paint('bold', 'pmlint')} {first}"
        yield from (f"{' ' * 9}{row}" for row in rest)


def _listed(entries: Iterable[Entry], column: int, style: Style) -> Iterator[str]:
    """Names on the left and what they do on the right, or below where there is no room."""
    narrow = _room(style) - column < NARROW
    at = INDENT if narrow else column
    for names, value, told in entries:
        words = style.wording(f"{names} {value}" if value else names)
        left = style.paint("bold", words[: len(names)]) + words[len(names) :]
        explained = wrap(style.wording(told), _room(style) - at)
        if narrow or cells(words) > column - 4:
            yield from (f"  {row}" for row in _names(words, left, style))
        else:
            yield f"  {left}{' ' * (column - 2 - cells(words))}{explained.pop(0)}".rstrip()
        yield from (f"{' ' * at}{row}" for row in explained)


def _names(words: str, left: str, style: Style) -> list[str]:
    """Names in a row of their own; without bold where they need more than one."""
    return [left] if cells(words) <= _room(style) - 2 else wrap(words, _room(style) - 2)


_ABOUT = """
pmlint reads incident postmortems written in Markdown and says what a reviewer would send back.
"""
_USAGE = "[check] [OPTIONS] [PATHS]...\nCOMMAND --help"
_SECTIONS: tuple[tuple[str, int, tuple[Entry, ...]], ...] = (
    (
        "Try",
        33,
        (
            Entry("pmlint README.md", "", "check one file"),
            Entry("pmlint check postmortems", "", "check every postmortem in a folder"),
            Entry("pmlint show README.md", "", "see what pmlint understood"),
            Entry("pmlint explain PM402", "", "why a rule exists, wrong and right"),
        ),
    ),
    (
        "Commands",
        16,
        (
            Entry("check", "", "Check postmortems (when no command is named)"),
            Entry("show", "", "What pmlint read: sections, times, timeline, tasks"),
            Entry("scan", "", "Archives beyond one machine, on Dask; results as Parquet"),
            Entry("format-times", "", "All times of a postmortem in one zone and style"),
            Entry("metrics", "", "Times to detect, mitigate, resolve; medians of an archive"),
            Entry("timeline", "", "Draw the timeline: text, Mermaid, SVG"),
            Entry("tasks", "", "Action items: who, until when, what is overdue"),
            Entry("report", "", "A page about an archive, in one file"),
            Entry("similar", "", "What an earlier postmortem already has"),
            Entry("explain", "", "One rule: why, wrong, right; or FILE:LINE: how it was read"),
            Entry("rules", "", "All rules, with level and whether on"),
            Entry("templates", "", "What a team can require; one of them"),
            Entry("new", "", "Start a postmortem from a template"),
            Entry("config", "", "The settings in force, and where each comes from"),
            Entry("init", "", "Write configuration, pre-commit entry, CI job"),
            Entry("watch", "", "Check again whenever a file is saved"),
            Entry("lsp", "", "The language server: findings and fixes in your editor"),
            Entry("schema", "", "JSON Schemas: findings, show, metrics, tasks, rules, config"),
            Entry("completion", "", "Completion for bash, zsh, fish"),
        ),
    ),
    (
        "Options of check and show",
        COLUMN,
        (
            Entry(
                "--template",
                "NAME",
                "Required parts and rules: default, alx, atlassian, aws-coe, azure-pir, gitlab,"
                " google-sre, pagerduty, sre-workbook, wikimedia; or a TOML file",
            ),
            Entry("--config", "FILE", "Use this configuration file"),
            Entry("--format", "NAME", "text, json; for check also concise, sarif, github, …"),
            Entry("--color", "WHEN", "auto, always, never"),
            Entry("--isolated", "", "Ignore every configuration file"),
        ),
    ),
    (
        "Options of every command",
        COLUMN,
        (Entry("--version, -h", "", "Print the version, or the command's page"),),
    ),
)
_STATUS = """
0 nothing to send back, 1 findings, 2 could not check (usage, file or configuration),
3 no Markdown file found
"""
