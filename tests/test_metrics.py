"""``pmlint metrics``: what it says of one incident and of an archive."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from conftest import ROOT, Run, Tree
from harness import facts_of

from pmlint.measure.archive import months, quantile, spreads
from pmlint.measure.incident import Measures, Took, agree, measure
from pmlint.reports.colour import Style
from pmlint.reports.metrics_table import render
from pmlint.reports.sheet import sheet

STUB = "# Postmortem\n\nThe write-up is here: https://example.org/postmortem\n"


def incident(
    duration: str = "18 June 2024, 15:00 - 17:00 UTC",
    detected: str = "15:05",
    more: str = "",
) -> str:
    return f"""\
# Checkout offline

## Summary

- **Duration:** {duration}
- **Impact:** 40% of 12,000 customers could not pay

## Timeline (UTC)

- 15:00 Outage begins
- {detected} Alert pages on-call
- 16:30 Rolled back release 2.14
- 17:00 Resolved: orders succeed again

## Root cause

The release named a database that is gone.

## Tasks

- [ ] Reject a release whose database does not answer (@mina, due 28 June 2024, #482)
- [x] Page on-call below 5 free connections
{more}"""


def measured(text: str) -> Measures:
    return measure(facts_of(text))


def rows(text: str) -> dict[str, str]:
    """The page of one incident: name to what stands behind it."""
    page = render([measured(text)], Style(120))
    return {
        row[:13].strip(): " ".join(row[13:].split())
        for row in page.splitlines()
        if row.startswith("  ") and row[2] != " "
    }


def test_every_number_names_its_line() -> None:
    found = rows(incident(more="\nSeverity: SEV2\n\nAffected service: checkout\n"))
    assert found == {
        "start": "18 June 2024, 15:00 UTC line 5, stated",
        "detected": "18 June 2024, 15:05 UTC line 11, event",
        "mitigated": "18 June 2024, 16:30 UTC line 12, event",
        "end": "18 June 2024, 17:00 UTC line 5, stated",
        "TTD": "5 min lines 5 and 11",
        "TTM": "1 h 30 min lines 5 and 12",
        "TTR": "2 h line 5",
        "longest gap": "1 h 25 min lines 11 and 12",
        "impact": "40%; 12,000 customers line 6",
        "tasks": "1 open, 1 done line 19",
        "timezone": "UTC line 5",
        "severity": "SEV2 line 24",
        "service": "checkout line 26",
    }


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        pytest.param(incident(detected="~15:05"), "TTD", "about 5 min", id="about"),
        pytest.param(incident(detected="15:05-15:15"), "TTD", "5 min to 15 min", id="a range"),
        pytest.param(incident("2 hours"), "TTR", "2 h", id="worked out from the events"),
        pytest.param(
            incident(
                detected="15:20 Cause found;", more="\nTime to detect: over 2 hours\n"
            ).replace("Alert", "Somebody"),
            "TTD",
            "over 2 hours line 24, stated",
            id="a limit stays in its words",
        ),
        pytest.param(
            incident(detected="15:20 Cause found; 15:25", more="\nTime to detect: 7 minutes\n"),
            "TTM",
            "1 h 30 min",
            id="the rest stays",
        ),
        pytest.param(
            incident("18 June 2024, 15:00 - 17:00 UTC (3 hours)"),
            "TTR",
            "2 h line 5; line 5 says 3 h",
            id="a stated length that differs is named",
        ),
    ],
)
def test_what_is_not_exact_stays_so(text: str, name: str, words: str) -> None:
    assert rows(text)[name].startswith(words)


def test_stated_length_stands_in_where_the_moments_are_not_told() -> None:
    text = incident(more="\n- Time to detect: about 5 minutes\n- TTM: 10-20 minutes\n")
    found = measured(text.replace("Alert pages", "Somebody wakes").replace("Rolled back", "Gone:"))
    assert found.took["detect"] == Took(5, 5, 5, True, (24,), "about 5 minutes")
    assert found.took["mitigate"].minutes is None
    assert found.took["mitigate"].text == "10-20 minutes"


@pytest.mark.parametrize(
    ("stated", "worked_out", "same"),
    [
        pytest.param(120, 120, True, id="equal"),
        pytest.param(120, 110, True, id="within a tenth"),
        pytest.param(2, 1, True, id="a minute apart"),
        pytest.param(180, 120, False, id="an hour apart"),
    ],
)
def test_agreement_has_the_tolerance_of_the_rule(stated: int, worked_out: int, same: bool) -> None:
    assert agree(Took(stated, stated, stated, False, (1,), "x"), worked_out) is same


# -- JSON, CSV -------------------------------------------------------------------


def as_json(run: Run, *arguments: str) -> list[dict[str, Any]]:
    result = run("metrics", "--isolated", "--format", "json", *arguments)
    assert result.err == ""
    found: list[dict[str, Any]] = result.json
    return found


def test_json_has_the_keys_that_programs_rely_on(run: Run, tree: Tree) -> None:
    tree({"a.md": incident(), "b.md": STUB})
    first, second = as_json(run, "a.md", "b.md")
    assert first["start"] == {
        "date": "2024-06-18",
        "clock": "15:00",
        "at": "2024-06-18T15:00:00+00:00",
        "line": 5,
        "day": "2024-06-18",
        "told": "duration",
        "approximate": False,
        "until": None,
    }
    assert [first[f"minutes_to_{step}"] for step in ("detect", "mitigate", "resolve")] == [
        5,
        90,
        120,
    ]
    assert (first["detected"]["date"], first["detected"]["day"]) == (None, "2024-06-18")
    assert first["last_event"]["line"] == 13
    assert first["tasks"] == {"line": 19, "open": 1, "done": 1}
    assert set(second) == {*first, "absence"}
    assert (second["path"], second["postmortem"], second["start"]) == ("b.md", False, None)


def test_range_gives_no_single_number(run: Run, tree: Tree) -> None:
    tree({"a.md": incident(detected="15:05-15:15")})
    (found,) = as_json(run, "a.md")
    assert found["minutes_to_detect"] is None
    assert (found["lengths"]["detect"]["least"], found["lengths"]["detect"]["most"]) == (5, 15)
    assert found["detected"]["until"] == "15:15"


def test_csv_has_one_row_a_file(run: Run, tree: Tree) -> None:
    tree({"a.md": incident(detected="~15:05"), "b.md": STUB})
    result = run("metrics", "--format", "csv", "a.md", "b.md")
    first, second = csv.DictReader(io.StringIO(result.out))
    assert first["minutes_to_detect"] == "5"
    assert first["minutes_to_detect_told"] == "about 5"
    assert first["minutes_to_detect_lines"] == "5 11"
    assert (second["path"], second["postmortem"], second["start"]) == ("b.md", "false", "")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param('=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"', id="a formula stays text"),
        pytest.param("@mina", "'@mina", id="so does what begins like one"),
        pytest.param("a, b", '"a, b"', id="a comma"),
        pytest.param("a\nb\x1b", "a b\\x1b", id="line ends and controls"),
        pytest.param(-5, "-5", id="a number is a number"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_cell_runs_as_no_formula_and_stays_on_its_line(value: object, cell: str) -> None:
    assert sheet(("head",), [(value,)]) == f"head\n{cell}\n"


# -- exit codes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("a.md",), 0, id="read"),
        pytest.param(("b.md",), 0, id="no incident"),
        pytest.param(("a.md", "missing.md"), 2, id="one of two is missing"),
        pytest.param(("empty",), 3, id="no Markdown"),
        pytest.param(("--format", "yaml", "a.md"), 2, id="wrong call"),
        pytest.param(("--isolated", "a.md"), 0, id="isolated"),
    ],
)
def test_exit_code_tells_what_was_read(
    run: Run, tree: Tree, arguments: tuple[str, ...], code: int
) -> None:
    tree({"a.md": incident(), "b.md": STUB, "empty/x.txt": ""})
    assert run("metrics", *arguments).code == code


def test_file_without_an_incident_is_listed_as_such(run: Run, tree: Tree) -> None:
    tree({"posts/a.md": incident(), "posts/b.md": STUB})
    result = run("metrics", "posts")
    assert "No incident  1 file\n  posts/b.md, line 3: a link to a write-up elsewhere" in result.out


def test_one_incident_has_no_mean(run: Run) -> None:
    text = run("metrics", ROOT / "examples" / "good.md").out
    assert "TTD" in text
    assert "TTR" in text
    assert not {"mean", "MTTD", "MTTR", "median"} & set(text.split())


# -- an archive -------------------------------------------------------------------


def archive() -> list[Measures]:
    texts = [
        incident(),
        incident(detected="~15:15"),
        incident(detected="15:20"),
        incident(detected="15:50-16:00"),
        incident("2 July 2024, 15:00 - 16:00 UTC", "15:40").replace("17:00", "16:00"),
        "# Mail down\n\n## Timeline\n\n- 10:00 Alert: no mail accepted\n\n## Impact\n\n30 users\n",
    ]
    return [measured(text) for text in texts]


def test_spread_over_an_archive() -> None:
    detect, _, resolve = spreads(archive())
    assert (detect.told, detect.approximate, detect.ranged) == (4, 1, 1)
    assert (detect.least, detect.lower, detect.median, detect.upper, detect.most) == (
        5,
        12.5,
        17.5,
        25,
        40,
    )
    assert (resolve.told, resolve.median) == (5, 120)


def test_months_follow_the_calendar_and_end_with_what_is_not_told() -> None:
    assert [(month.name, month.incidents, month.resolve) for month in months(archive())] == [
        ("2024-06", 4, 120),
        ("2024-07", 1, 60),
        ("", 1, None),
    ]


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        pytest.param([3], 0.25, 3, id="one value"),
        pytest.param([1, 2, 3, 4], 0.5, 2.5, id="between two"),
        pytest.param([4, 1, 3, 2], 0.25, 1.75, id="any order"),
        pytest.param([1, 2, 3, 4, 5], 0.75, 4, id="on a value"),
    ],
)
def test_quantile_lies_between_the_values_beside_it(
    values: list[float], share: float, found: float
) -> None:
    assert quantile(values, share) == found


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
def test_table_fits_its_width(width: int, unicode: bool) -> None:
    page = render(archive(), Style(width, unicode))
    assert max(map(len, page.splitlines())) <= width
    assert unicode or page.isascii()


def test_colour_adds_nothing_but_colour() -> None:
    import re

    plain = render(archive(), Style(80))
    assert re.sub("\x1b\\[[0-9;]*m", "", render(archive(), Style(80, colour=256))) == plain


def test_amounts_are_told_with_their_currency(run: Run, tree: Tree) -> None:
    told = "EUR 310,000 of orders, USD 2.5 million of credits, $4,500 of refunds and 2,000 € lost"
    text = (ROOT / "examples" / "good.md").read_text("utf-8")
    tree(
        {"a.md": re.sub(r"(\*\*Impact:\*\*).*?(?=\n- \*\*)", rf"\1 {told}", text, flags=re.DOTALL)}
    )
    for call in (("metrics", "a.md"), ("metrics", "--format", "csv", "a.md"), ("show", "a.md")):
        page = " ".join(run(*call).out.split())
        page = re.sub(r" line \d+", "", page)
        for amount in ("EUR 310,000", "USD 2.5 million", "$4,500", "2,000 €"):
            assert amount in page
