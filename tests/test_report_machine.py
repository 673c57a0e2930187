"""Findings for programs: JSON and one row each."""

from __future__ import annotations

import json

import report_samples as samples

from pmlint.findings import Edit, Finding, Fix, Level, Related, Source, Span
from pmlint.reports import FileReport, concise, findings_json
from pmlint.reports.colour import Style


def test_nothing_to_say_is_an_empty_list() -> None:
    assert findings_json.render([FileReport(Source("x", "a.md"))]) == "[]\n"


def test_a_finding_is_told_with_all_its_parts() -> None:
    source = Source("# Día 1\r\n- 9:40 one\r\n- 9:20 two\r\n", "./día.md")
    first, second = samples.at(source, "9:40"), samples.at(source, "9:20")
    found = Finding(
        source.path,
        "PM402",
        "timeline-order",
        Level.ERROR,
        second,
        "the timeline goes back 20 minutes",
        "move line 3",
        "earlier",
        (Related(source.path, first, "this comes first"),),
        Fix("move line 3", (Edit(Span(first.start - 2, first.start - 2), "- 9:20 two\r\n"),)),
    )
    assert json.loads(findings_json.render([FileReport(source, (found,))])) == [
        {
            "path": "./día.md",
            "line": 3,
            "column": 3,
            "end_line": 3,
            "end_column": 7,
            "code": "PM402",
            "name": "timeline-order",
            "level": "error",
            "message": "the timeline goes back 20 minutes",
            "help": "move line 3",
            "related": [
                {"path": "./día.md", "line": 2, "column": 3, "message": "this comes first"}
            ],
            "fix": {
                "safe": False,
                "message": "move line 3",
                "edits": [
                    {
                        "line": 2,
                        "column": 1,
                        "end_line": 2,
                        "end_column": 1,
                        "text": "- 9:20 two\r\n",
                    }
                ],
            },
        }
    ]


def test_columns_are_code_points_and_a_missing_fix_is_null() -> None:
    source = Source("🔥🔥 some users\n", "a.md")
    found = samples.finding(source, "some users", 1, "PM303", "how many?")
    item = json.loads(findings_json.render([samples.report(source, found)]))[0]
    assert (item["column"], item["end_column"], item["fix"]) == (4, 14, None)


def test_joined_findings_stay_single_in_json() -> None:
    assert len(json.loads(findings_json.render([samples.vague_tasks()]))) == 3


def test_a_related_place_in_an_unread_file_has_its_first_line() -> None:
    source = Source("words\n", "a.md")
    found = samples.finding(
        source, "words", 1, "PM701", "again", related=(Related("b.md", Span(40, 44), "first"),)
    )
    item = json.loads(findings_json.render([samples.report(source, found)]))[0]
    assert item["related"] == [{"path": "b.md", "line": 1, "column": 1, "message": "first"}]


def test_the_concise_form_is_one_row_a_finding_and_never_wrapped() -> None:
    drawn = concise.render([samples.out_of_order(), samples.mismatch()], Style(40))
    assert drawn == (
        "parcels.md:13:5: error PM402: the timeline goes back 20 minutes\n"
        "parcels.md:3:99: error PM206: the stated length and the times differ by "
        "1 hour 30 minutes\n"
    )


def test_the_concise_form_of_a_clean_run_is_empty() -> None:
    assert concise.render([FileReport(Source("x", "a.md"))], Style()) == ""
