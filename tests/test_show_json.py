"""The facts for programs: the same keys for every file."""

from __future__ import annotations

import json
from typing import Any

from show_samples import TEXT, parcels, without_facts

from pmlint.facts import Absence, Postmortem
from pmlint.findings import Source, Span
from pmlint.reading.lengths import Length
from pmlint.reports import show_json

KEYS = [
    "path",
    "postmortem",
    "template",
    "title",
    "sections",
    "duration",
    "impact",
    "timeline",
    "root_cause",
    "resolution",
    "tasks",
    "metrics",
]


def told(postmortem: Postmortem) -> dict[str, Any]:
    (value,) = json.loads(show_json.render([postmortem]))
    return dict(value)


def test_no_file_is_an_empty_list() -> None:
    assert show_json.render([]) == "[]\n"


def test_two_files_are_two_objects() -> None:
    assert len(json.loads(show_json.render([parcels(), parcels()]))) == 2


def test_the_keys_stand_in_their_order() -> None:
    assert list(told(parcels())) == KEYS


def test_what_a_file_lacks_is_null() -> None:
    value = told(without_facts(parcels()))
    assert list(value) == KEYS
    assert value["sections"] == []
    assert [key for key in KEYS if value[key] is None] == [
        "title",
        "duration",
        "impact",
        "timeline",
        "root_cause",
        "resolution",
        "tasks",
    ]


def test_title_and_sections_have_lines_and_parents() -> None:
    value = told(parcels())
    assert value["title"] == {"line": 1, "text": "Parcel labels printed without a street"}
    assert value["sections"][2] == {
        "line": 6,
        "end_line": 6,
        "level": None,
        "style": "label",
        "text": "Duration",
        "roles": ["duration"],
        "parent": 1,
    }


def test_blank_lines_at_the_end_do_not_belong_to_a_section() -> None:
    postmortem = parcels()
    summary = postmortem.sections[1]
    longer = summary._replace(extent=Span(summary.extent.start, summary.extent.end + 2))
    assert told(postmortem._replace(sections=(longer,)))["sections"][0]["end_line"] == 7


def test_the_duration_is_told_with_its_statements() -> None:
    assert told(parcels())["duration"] == {
        "line": 6,
        "start": {"date": "2025-03-03", "clock": "08:00", "at": "2025-03-03T08:00:00+01:00"},
        "end": {"date": "2025-03-03", "clock": "10:30", "at": "2025-03-03T10:30:00+01:00"},
        "timezone": "CET",
        "minutes": 150,
        "stated_minutes": 240,
        "approximate": False,
        "statements": [
            {"line": 6, "column": 17, "end_line": 6, "end_column": 48, "kind": "field"},
            {"line": 4, "column": 51, "end_line": 4, "end_column": 58, "kind": "length"},
        ],
    }


def test_stated_minutes_are_rounded_to_the_nearest() -> None:
    postmortem = parcels()
    assert postmortem.duration
    for minutes, expected in ((0.5, 1), (2.5, 3), (2.4, 2)):
        stated = Length(0, 1, minutes, False)
        duration = postmortem.duration._replace(stated=stated)
        value = told(postmortem._replace(duration=duration))
        assert value["duration"]["stated_minutes"] == expected


def test_events_are_told_as_they_stand() -> None:
    timeline = told(parcels())["timeline"]
    assert (timeline["line"], timeline["timezone"], timeline["untimed"]) == (9, None, [])
    assert timeline["events"][1] == {
        "line": 11,
        "date": None,
        "clock": "08:10",
        "at": "2025-03-03T08:10:00+01:00",
        "zone": None,
        "end_clock": None,
        "approximate": False,
        "kind": "detected",
        "text": "Shift lead reports blank labels to the service desk.",
    }


def test_untimed_entries_are_lines() -> None:
    postmortem = parcels()
    assert postmortem.timeline
    timeline = postmortem.timeline._replace(untimed=(postmortem.timeline.events[2].extent,))
    assert told(postmortem._replace(timeline=timeline))["timeline"]["untimed"] == [12]


def test_the_other_parts_have_line_and_text() -> None:
    value = told(parcels())
    assert value["impact"] == {
        "line": 7,
        "figures": [{"line": 7, "text": "1,850 parcels"}],
        "universal": False,
    }
    assert value["root_cause"]["line"] == 18
    assert value["resolution"] is None
    assert value["tasks"]["line"] == 20
    assert value["tasks"]["items"][0] == {
        "line": 21,
        "text": "Reject an import whose street column is empty",
        "owner": "@lena",
        "due": "14 March 2025",
        "ticket": "DEP-77",
        "done": None,
    }


def test_the_metrics_are_moments_and_minutes() -> None:
    assert told(parcels())["metrics"] == {
        "started_at": "2025-03-03T08:00:00+01:00",
        "detected_at": "2025-03-03T08:10:00+01:00",
        "mitigated_at": "2025-03-03T09:40:00+01:00",
        "resolved_at": "2025-03-03T10:30:00+01:00",
        "minutes_to_detect": 10,
        "minutes_to_mitigate": 100,
        "minutes_to_resolve": 150,
    }


def test_a_file_without_an_incident_says_why() -> None:
    absent = (parcels())._replace(absence=Absence("assignment", Span(0, 8)))
    value = told(absent)
    assert value["postmortem"] is False
    assert value["absence"] == {"kind": "assignment", "line": 1}
    assert "absence" not in told(parcels())


def test_a_file_name_that_is_no_utf_8_survives() -> None:
    odd = (without_facts(parcels()))._replace(source=Source(TEXT, "caf\udce9.md"))
    drawn = show_json.render([odd])
    assert drawn.isascii()
    assert json.loads(drawn)[0]["path"] == "caf\udce9.md"
