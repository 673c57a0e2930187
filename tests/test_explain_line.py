"""``pmlint explain FILE:LINE``: how a line was read, and which rules looked at it."""

from __future__ import annotations

import pytest
from conftest import Run, Tree

PAGE = """\
# Search outage

**Issue Summary**

- **Duration:** 4 June 2025, 23:10 - 00:40 EAT
- **Impact:** 40% of users could not search.

**Timeline**

- 23:10 An index build fills the disk.
- 23:25 The error-rate alert pages on-call.
- 00:20 Old index files deleted.
- 00:10 Disk found full.
- Somebody made tea.
- 00:40 Search answers again.

Root cause: the disk was full.

**Next week**

**Tasks**

- Improve monitoring
- Page on-call below 15% free disk (owner: @mina, due 2025-07-01)
"""

LINES = [
    pytest.param(1, ['title        "Search outage"'], id="title"),
    pytest.param(
        3, ['heading      "Issue Summary" (bold line): summary, one of its names'], id="bold"
    ),
    pytest.param(
        5,
        [
            "start        2025-06-04, 23:10, that is 2025-06-04T23:10+03:00",
            "end          2025-06-05, 00:40, that is 2025-06-05T00:40+03:00",
            'zone         "EAT", stated with the times',
            "length       1 h 30 min from start to end",
        ],
        id="duration",
    ),
    pytest.param(6, ["impact       figures: 40% of users"], id="impact"),
    pytest.param(
        11,
        [
            "event        23:25 read as 23:25, detected",
            "date         2025-06-04, as in the duration, line 5",
            'zone         "EAT", from the duration, line 5, UTC+3 on that day',
            "order        15 min after line 10 (23:10)",
            "  no rule",
            "PM402 timeline-order  the entry is not earlier than the one before it (it speaks",
        ],
        id="event: zone and date inherited",
    ),
    pytest.param(
        12,
        [
            "date         2025-06-05, 1 day after the duration, line 5",
            "order        55 min after line 11 (23:25), over midnight",
        ],
        id="event over midnight",
    ),
    pytest.param(
        13,
        [
            "order        10 min before line 12 (00:20), which stands above",
            "error PM402: the timeline goes back 10 minutes",
            "line 12: this entry comes first, …",
            "<!-- pmlint: ignore PM402 (reason) -->",
        ],
        id="disorder: what spoke, and how to suppress it",
    ),
    pytest.param(
        14, ["entry        stands in the timeline, but has no time", "PM403"], id="untimed"
    ),
    pytest.param(
        19, ["heading      a bold line that might be one, but no part is called so"], id="candidate"
    ),
    pytest.param(
        23, ["task         no owner, no day, no ticket", "warning PM602"], id="vague task"
    ),
    pytest.param(
        24,
        [
            "task         owner mina, due 2025-07-01",
            "PM602 vague-task                  the task can be ticked off",
            "PM603, PM604",
            "nothing to suppress on this line",
        ],
        id="concrete task: why silent, what is off",
    ),
    pytest.param(2, ["line         empty"], id="empty line"),
]


@pytest.mark.parametrize(("line", "told"), LINES)
def test_line_is_explained_by_how_it_was_read(
    run: Run, tree: Tree, line: int, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    tree({"a.md": PAGE})
    result = run("explain", f"a.md:{line}")
    assert (result.code, result.err) == (0, "")
    page = " ".join(result.out.split())
    for words in told:
        assert " ".join(words.split()) in page


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("UTC", 'zone         "UTC", stated in the entry, UTC on every day'),
        ("PT", 'zone         "PT", stated in the entry, whose offset cannot be told'),
    ],
)
def test_zone_without_a_day(run: Run, tree: Tree, zone: str, told: str) -> None:
    entries = f"- 23:10 {zone} Search stopped.\n- 23:25 {zone} The alert paged on-call.\n"
    cause = "The disk was full and the build failed. Nobody had looked at it for a week."
    tree({"a.md": f"# Search outage\n\n## Timeline\n\n{entries}\n## Root cause\n\n{cause}\n"})
    page = run("explain", "a.md:5").out
    assert " ".join(told.split()) in " ".join(page.split())
    assert "date none: no day stands with its time" in " ".join(page.split())


def test_file_without_an_incident_says_so(run: Run, tree: Tree) -> None:
    tree({"a.md": "# Postmortem\n\nhttps://example.com/report\n"})
    assert "tells no incident (link" in run("explain", "a.md:3").out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_row_is_wider_than_the_page(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    tree({"a.md": PAGE})
    for line in range(1, 25):
        rows = run("explain", f"a.md:{line}").out.split("\n")
        assert [row for row in rows if len(row) > width and "<!--" not in row] == []


@pytest.mark.parametrize(
    ("words", "code", "fault"),
    [
        pytest.param(["a.md:99"], 2, "a.md has lines 1 to 25, no line 99", id="no such line"),
        pytest.param(["a.md:0"], 2, "no line 0", id="lines count from 1"),
        pytest.param(["b.md:1"], 2, "b.md:", id="no such file"),
        pytest.param(["a.md"], 2, "`a.md`: which line? For example a.md:1", id="no line"),
        pytest.param(["PM402", "a.md:1"], 2, "`PM402` is no FILE:LINE", id="rules and lines"),
        pytest.param(["a.md:x"], 2, "`a.md:x`: LINE is a number, for example a.md:1", id="a word"),
        pytest.param(["a.md:"], 2, "LINE is a number, for example a.md:1", id="a colon only"),
        pytest.param(["a.md:3-9"], 2, "LINE is a number, for example a.md:1", id="a range"),
        pytest.param(["a.md:3", "a.md:x"], 2, "`a.md:x`: LINE is a number", id="the second"),
        pytest.param(["PM402", "d/a.md:x"], 2, "`d/a.md:x`: LINE is", id="beside a rule"),
        pytest.param([r"C:\x.md"], 2, r"example C:\x.md:1", id="a drive is no file"),
        pytest.param([r"C:\x.md:12"], 2, r"C:\x.md: there is no such file", id="behind a drive"),
        pytest.param(["none.md"], 2, "`none.md`: which line? For example none.md:1", id="no colon"),
        pytest.param(["PM4O2"], 2, "PM402", id="a letter for a digit"),
        pytest.param([], 2, "name a rule or a line", id="nothing"),
    ],
)
def test_wrong_call_gets_one_line(
    run: Run, tree: Tree, words: list[str], code: int, fault: str
) -> None:
    tree({"a.md": PAGE})
    result = run("explain", *words)
    assert result.code == code
    assert fault in result.err
    assert result.err.count("\n") == 1


def test_column_is_accepted_and_several_lines(run: Run, tree: Tree) -> None:
    tree({"a.md": PAGE})
    result = run("explain", "a.md:13:5", "a.md:14")
    assert result.code == 0
    assert "a.md:13\n" in result.out
    assert "a.md:14\n" in result.out


def test_template_decides_which_rules_look(run: Run, tree: Tree) -> None:
    tree({"a.md": PAGE})
    assert "template alx" in run("explain", "a.md:13", "--template", "alx").out


def test_suppressed_finding_is_told_and_kept_apart(run: Run, tree: Tree) -> None:
    comment = "- 00:10 Disk found full. <!-- pmlint: ignore PM402 (as logged) -->"
    tree({"a.md": PAGE.replace("- 00:10 Disk found full.", comment)})
    page = run("explain", "a.md:13").out
    spoke, _, rest = page.partition("Suppressed by a comment")
    assert "no rule" in spoke
    assert rest.split("Silent")[0].split() == [
        *("PM402", "timeline-order", "the", "timeline", "goes", "back", "10", "minutes")
    ]


def test_configuration_of_the_file_decides(run: Run, tree: Tree) -> None:
    tree({"a.md": PAGE, "pmlint.toml": 'ignore = ["PM402"]\nextend-select = ["PM603"]\n'})
    assert "error PM402" not in run("explain", "a.md:13").out
    assert "warning PM603" in run("explain", "a.md:23").out
    assert "error PM402" in run("explain", "a.md:13", "--isolated").out
