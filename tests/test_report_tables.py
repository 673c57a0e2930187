"""More findings than a screen holds, and none at all."""

from __future__ import annotations

import pytest
import report_samples as samples

from pmlint.findings import Finding, Fix, Level, Source, Span
from pmlint.reports import FileReport, text
from pmlint.reports.colour import Style

SEVERAL = {
    "PM403": "{count} entries without a time",
    "PM602": "{count} tasks that can never be ticked off",
}
UNSAFE = Fix("move it", ())
SAFE = Fix("rename it", (), safe=True)

Row = tuple[int, str, Level, str, Fix | None]


def file(path: str, *rows: Row) -> FileReport:
    source = Source("\n".join(f"sentence {line}" for line in range(1, 61)), path)
    found = tuple(
        Finding(
            path,
            code,
            f"rule-{code[2:]}",
            level,
            Span(source.starts[line - 1], source.starts[line - 1] + 8),
            message,
            fix=fix,
        )
        for line, code, level, message, fix in rows
    )
    return FileReport(source, found)


def archive() -> list[FileReport]:
    error, warning, info = Level.ERROR, Level.WARNING, Level.INFO
    return [
        file(
            "2025/03-labels.md",
            (5, "PM203", error, "the duration names no timezone", None),
            (14, "PM403", warning, "this entry has no time", None),
            (18, "PM403", warning, "this entry has no time", None),
            (21, "PM403", warning, "this entry has no time", None),
            (33, "PM602", warning, '"Better testing" can never be ticked off', None),
        ),
        file("2025/04-quiet.md"),
        file(
            "2025/05-belts.md",
            (4, "PM302", error, "the impact gives no figure", None),
            (9, "PM406", info, "12-hour and 24-hour times mixed", SAFE),
            (
                15,
                "PM402",
                error,
                "the timeline goes back 20 minutes, as nobody had looked at the clock of the belt",
                UNSAFE,
            ),
            (40, "PM602", warning, '"Hold a workshop" can never be ticked off', None),
            (41, "PM602", warning, '"Be careful" can never be ticked off', None),
        ),
        file(
            "2025/06-doors.md",
            (2, "PM402", error, "the timeline goes back 5 minutes", UNSAFE),
            (7, "PM503", warning, "the cause is a person", None),
            (9, "PM503", warning, 'the cause is "carelessness"', None),
        ),
    ]


AT_80 = """\
2025/03-labels.md
   5  error    PM203  the duration names no timezone
  14  warning  PM403  3 entries without a time: 14, 18, 21
  33  warning  PM602  "Better testing" can never be ticked off

2025/05-belts.md
   4  error    PM302  the impact gives no figure
   9  info     PM406  12-hour and 24-hour times mixed [fixable]
  15  error    PM402  the timeline goes back 20 minutes, as nobody had looked at
                      the clock of the belt [fixable]
  40  warning  PM602  2 tasks that can never be ticked off: 40, 41

2025/06-doors.md
   2  error    PM402  the timeline goes back 5 minutes [fixable]
   7  warning  PM503  the cause is a person, and 1 more: 7, 9

By rule
   3  PM403  entries without a time              1 file
   3  PM602  tasks that can never be ticked off  2 files
   2  PM402  rule 402 [fixable]                  2 files
   2  PM503  rule 503                            1 file
   3  of 3 other rules, one each (all: --statistics)

13 findings in 3 of 4 files: 4 errors, 8 warnings, 1 info
  at most 3 fixable   pmlint check --diff 2025, then --fix or --unsafe-fixes
  one file whole      pmlint check 2025/03-labels.md
  why a rule          pmlint explain PM403
"""

AT_60_BEGINS = """\
2025/03-labels.md
   5  error    PM203  the duration names no timezone
  14  warning  PM403  3 entries without a time: 14, 18, 21
  33  warning  PM602  "Better testing" can never be ticked
                      off

2025/05-belts.md
   4  error    PM302  the impact gives no figure
   9  info     PM406  12-hour and 24-hour times mixed
                      [fixable]
  15  error    PM402  the timeline goes back 20 minutes, as
                      nobody had looked at the clock of the
                      belt [fixable]
"""


def test_more_than_twelve_findings_become_a_table() -> None:
    assert text.render(archive(), Style(80), several=SEVERAL, paths=["2025"]) == AT_80


def test_a_narrow_table_wraps_behind_the_code() -> None:
    drawn = text.render(archive(), Style(60), several=SEVERAL, paths=["2025"])
    assert drawn.startswith(AT_60_BEGINS)
    assert max(map(len, drawn.splitlines())) <= 60


def test_twelve_findings_are_still_told_in_full() -> None:
    assert "╭─ 0000.md:12:1" in text.render(samples.many(12), Style())


@pytest.mark.parametrize(
    ("count", "step", "whole"),
    [
        pytest.param(1, "grouped", False, id="one finding, grouped by hand"),
        pytest.param(300, "full", True, id="300 findings, full by hand"),
    ],
)
def test_the_step_can_be_set_by_hand(count: int, step: text.Step, whole: bool) -> None:
    assert ("╭─" in text.render(samples.many(count), Style(), step=step)) is whole


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("files", [1, 10, 500, 10_000])
@pytest.mark.parametrize("width", [40, 80])
def test_ten_thousand_findings_fit_sixty_lines(width: int, files: int, level: Level) -> None:
    drawn = text.render(samples.many(10_000, files, level), Style(width))
    assert drawn.count("\n") <= 60
    assert "10,000 findings" in drawn.replace("\n", " ")


def test_above_200_findings_only_errors_have_rows() -> None:
    errors = samples.many(5, 1, Level.ERROR)[0].findings
    warnings = samples.many(400)[0]
    report = FileReport(warnings.source, (*errors, *warnings.findings[5:]))
    drawn = text.render([report], Style())
    assert drawn.startswith(
        "0000.md  5 errors, 395 warnings\n   1  error    PM600  this is wrong in way 0\n"
    )
    assert "  warning  " not in drawn
    assert "every finding   pmlint check --format grouped ." in drawn


def test_files_without_room_are_counted() -> None:
    drawn = text.render(samples.many(500, 50), Style())
    assert "10 further files  100 warnings\n" in drawn


def test_many_lines_of_one_rule_are_cut_and_counted() -> None:
    row = (1, "PM403", Level.WARNING, "this entry has no time", None)
    rows = [(line, *row[1:]) for line in range(1, 31)]
    drawn = text.render([file("a.md", *rows)], Style(120), several=SEVERAL)
    assert "30 entries without a time: 1, 2, 3," in drawn
    assert "20 and 10 further lines" in drawn.replace("\n", " ").replace("  ", "")


@pytest.mark.parametrize(
    ("fixes", "sentence"),
    [
        pytest.param([SAFE], "at most 1 fixable: `--diff` shows how, `--fix` does it", id="safe"),
        pytest.param(
            [UNSAFE, UNSAFE],
            "at most 2 fixable: `--diff` shows how, `--unsafe-fixes` does it",
            id="unsafe",
        ),
        pytest.param(
            [SAFE, UNSAFE, None],
            "at most 2 fixable: `--diff` shows how, `--fix` does 1, `--unsafe-fixes` all",
            id="some of each",
        ),
    ],
)
def test_the_last_lines_name_the_option_that_mends(fixes: list[Fix | None], sentence: str) -> None:
    rows = [
        (at, f"PM10{at}", Level.ERROR, f"fault {at}", fix) for at, fix in enumerate(fixes, start=1)
    ]
    assert f"  {sentence}\n" in text.render([file("a.md", *rows)], Style())


def test_several_rules_in_full_name_one_to_explain() -> None:
    drawn = text.render([archive()[3]], Style())
    assert drawn.endswith("  why: pmlint explain PM503 (or any code above)\n")


def test_files_that_tell_no_incident_are_counted_apart() -> None:
    drawn = text.render([samples.no_incident(), samples.out_of_order()], Style())
    assert (
        "2 findings in 2 files: 2 errors; no other rule was applied to 1 file without an\n"
        "  incident\n"
    ) in drawn
    assert "explain PM402\n" in drawn


def test_findings_below_the_failing_level_are_said_to_be_no_failure() -> None:
    drawn = text.render([samples.vague_tasks()], Style(), fail_on=Level.ERROR)
    assert "none fails the run (--fail-on error)" in drawn
    assert "--fail-on" not in text.render([samples.no_zone()], Style(), fail_on=Level.ERROR)


def clean(count: int, skipped: int = 0) -> list[FileReport]:
    read = [FileReport(Source("x\n", f"{number}.md")) for number in range(count)]
    left = [
        FileReport(Source("y\n", f"notes-{number}.md"), absent=True, skipped=True)
        for number in range(skipped)
    ]
    return [*read, *left]


@pytest.mark.parametrize(
    ("files", "style", "expected"),
    [
        pytest.param(
            clean(12, 3),
            Style(80),
            "✓ 12 postmortems, nothing to send back\n"
            "  template alx (pyproject.toml), 46 rules; 3 other Markdown files tell no\n"
            "  incident and were skipped (names: -v)\n",
            id="folder",
        ),
        pytest.param(
            clean(12, 1),
            Style(60, unicode=False),
            "OK 12 postmortems, nothing to send back\n"
            "  template alx (pyproject.toml), 46 rules; 1 other Markdown\n"
            "  file tells no incident and was skipped (names: -v)\n",
            id="folder in ASCII",
        ),
        pytest.param(
            clean(1),
            Style(80),
            "✓ 0.md: nothing to send back\n  template alx (pyproject.toml), 46 rules\n",
            id="one file",
        ),
        pytest.param(
            [FileReport(Source("x", "a.md"), suppressed=2, baselined=5)],
            Style(80),
            "✓ a.md: nothing to send back\n"
            "  template alx (pyproject.toml), 46 rules\n"
            "  2 findings suppressed, 5 in the baseline\n",
            id="suppressed and in the baseline",
        ),
        pytest.param(
            clean(0, 2),
            Style(80),
            "no postmortem: 2 Markdown files tell no incident and were skipped (names: -v)\n",
            id="nothing but other files",
        ),
        pytest.param([], Style(80), "no Markdown file was checked\n", id="no file"),
    ],
)
def test_a_clean_run_says_what_it_read(
    files: list[FileReport], style: Style, expected: str
) -> None:
    drawn = text.render(files, style, template="alx", template_origin="pyproject.toml", rules=46)
    assert drawn == expected


def test_only_the_check_mark_of_a_clean_run_is_green() -> None:
    drawn = text.render(clean(1), Style(colour=16), template="default")
    assert drawn == (
        "\x1b[1;32m✓\x1b[0m \x1b[1m0.md: nothing to send back\x1b[0m\n  template default\n"
    )


def test_skipped_files_are_named_when_asked() -> None:
    drawn = text.render(clean(2, 2), Style(), verbose=True)
    assert drawn.endswith("  skipped: notes-0.md\n  skipped: notes-1.md\n")
    assert "(names: -v)" not in drawn


def test_commands_to_copy_quote_odd_names() -> None:
    rows = [(line, "PM403", Level.ERROR, "no time", SAFE) for line in range(1, 14)]
    drawn = text.render([file("it's a file.md", *rows)], Style(), paths=["it's a file.md"])
    assert r"pmlint check --diff 'it'\''s a file.md', then --fix" in drawn


def test_a_command_too_long_for_its_row_is_not_broken() -> None:
    rows = [(line, "PM403", Level.ERROR, "no time", None) for line in range(1, 14)]
    path = "postmortems/" + "long-" * 20 + "name.md"
    drawn = text.render([file(path, *rows)], Style(60))
    assert f"\n  with excerpts\n    pmlint check --format full {path}\n" in drawn


def test_a_sentence_with_an_enormous_quotation_is_cut() -> None:
    row = (1, "PM106", Level.ERROR, "placeholder " + "x" * 1_000_000, None)
    drawn = text.render([file("a.md", row)], Style())
    assert len(drawn) < 2_000
    assert "…" in drawn
