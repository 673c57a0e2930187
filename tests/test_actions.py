"""``pmlint tasks``: the action items of an archive, and the gate for those overdue."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from conftest import Run, Tree
from test_metrics import STUB, incident, measured

from pmlint.measure.actions import Action, actions

TODAY = "2025-03-25"


def listed(*items: str, duration: str = "18 June 2024, 15:00 - 17:00 UTC") -> list[Action]:
    """The actions of a document with these tasks as of TODAY."""
    head = incident(duration).partition("- [ ]")[0]
    document = head + "".join(f"- {item}\n" for item in items)
    return list(actions(measured(document).postmortem, date.fromisoformat(TODAY)))


@pytest.mark.parametrize(
    ("item", "due_on", "overdue"),
    [
        pytest.param("Add a test (@a, due 2025-03-20)", "2025-03-20", 5, id="past"),
        pytest.param("Add a test (@a, due 2025-03-25)", "2025-03-25", 0, id="today is in time"),
        pytest.param("Add a test (@a, 20 March 2025, #4)", "2025-03-20", 5, id="among others"),
        pytest.param("[x] Add a test (due 2025-03-20)", "2025-03-20", 0, id="done"),
        pytest.param("Add a test (due 28 June)", "2024-06-28", 270, id="after the incident"),
        pytest.param("Add a test (due 4 March)", "2025-03-04", 21, id="in the year after it"),
        pytest.param("Add a test, soon", None, 0, id="no day"),
        pytest.param("Add a test", None, 0, id="nothing told"),
    ],
)
def test_due_day_takes_its_year_from_the_incident(
    item: str, due_on: str | None, overdue: int
) -> None:
    (found,) = listed(item)
    assert (found.due_on.isoformat() if found.due_on else None, found.overdue) == (due_on, overdue)


def test_what_the_template_left_to_be_written_is_no_action() -> None:
    left = (
        "[ ] [task: what will exist when it is done] ([owner], YYYY-MM-DD)",
        "TBD: what to do, each with an owner and a day",
    )
    found = listed(*left, "Ask [owner] for a test", "[owner]: Add a test")
    assert [action.text for action in found] == ["Ask [owner] for a test", "Add a test"]


@pytest.mark.parametrize(
    ("item", "state"),
    [
        pytest.param("[ ] Add a test", "open", id="empty box"),
        pytest.param("[x] Add a test", "done", id="ticked box"),
        pytest.param("Add a test (DONE)", "done", id="word"),
        pytest.param("Add a test", "not told", id="nothing"),
    ],
)
def test_state_is_told_by_box_or_word(item: str, state: str) -> None:
    assert [action.state for action in listed(item, "Pin the version")][:1] == [state]


FILES = {
    "posts/a.md": incident().partition("- [ ]")[0]
    + "- [ ] Add a test (@mina, due 2025-03-20, #4)\n"
    + "- [ ] Add an alert on free connections\n"
    + "- [x] Pin the driver (@sam)\n",
    "posts/b.md": incident().partition("- [ ]")[0] + "- Move the job off the shared disk (@ana)\n",
    "posts/stub.md": STUB,
}


def texts(run: Run, *arguments: str) -> list[str]:
    result = run("tasks", "--today", TODAY, "--format", "json", *arguments, "posts")
    return [item["text"].split()[0] for item in result.json]


@pytest.mark.parametrize(
    ("arguments", "first_words"),
    [
        pytest.param((), ["Add", "Add", "Pin", "Move"], id="all"),
        pytest.param(("--open",), ["Add", "Add", "Move"], id="open"),
        pytest.param(("--overdue",), ["Add"], id="overdue"),
        pytest.param(("--without", "owner"), ["Add"], id="without owner"),
        pytest.param(("--without", "due"), ["Add", "Pin", "Move"], id="without due"),
        pytest.param(("--without", "owner,due", "--open"), ["Add"], id="without both"),
    ],
)
def test_options_choose_the_items(
    run: Run, tree: Tree, arguments: tuple[str, ...], first_words: list[str]
) -> None:
    tree(FILES)
    assert texts(run, *arguments) == first_words


def test_table_names_lines_and_counts_all(run: Run, tree: Tree) -> None:
    tree(FILES)
    result = run("tasks", "--today", TODAY, "--overdue", "posts")
    assert result.out == (
        "posts/a.md\n"
        "   21  open  Add a test (@mina, due 2025-03-20, #4)\n"
        "             mina, due 2025-03-20, #4\n"
        "             overdue by 5 days\n"
        "\n"
        "4 action items in 2 postmortems: 3 open, 1 overdue, 1 open without an owner, 2\n"
        "  open without a due date; 1 shown\n"
    )
    assert result.err == "posts/stub.md: holds no incident: a link to a write-up elsewhere\n"


def test_csv_has_place_days_and_ticket(run: Run, tree: Tree) -> None:
    tree(FILES)
    out = run("tasks", "--today", TODAY, "--format", "csv", "posts").out
    first = next(csv.DictReader(io.StringIO(out)))
    assert (first["path"], first["line"], first["overdue_days"], first["ticket"]) == (
        "posts/a.md",
        "21",
        "5",
        "#4",
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("posts",), 0, id="overdue items alone fail nothing"),
        pytest.param(("--fail-overdue", "posts"), 1, id="the gate"),
        pytest.param(("--fail-overdue", "--without", "owner", "posts"), 1, id="whatever is shown"),
        pytest.param(("--fail-overdue", "posts/b.md"), 0, id="nothing overdue"),
        pytest.param(("--fail-overdue", "posts", "missing.md"), 2, id="2 wins over 1"),
        pytest.param(("empty",), 3, id="no Markdown"),
        pytest.param(("posts/stub.md",), 0, id="no incident"),
        pytest.param(("--isolated", "posts"), 0, id="isolated"),
    ],
)
def test_exit_code_fails_what_is_overdue_only_when_asked(
    run: Run, tree: Tree, arguments: tuple[str, ...], code: int
) -> None:
    tree({**FILES, "empty/x.txt": ""})
    assert run("tasks", "--today", TODAY, *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(("--without", "ower"), "did you mean `owner`?", id="by letters"),
        pytest.param(("--without", "deadline"), "did you mean `due`?", id="by meaning"),
        pytest.param(("--today", "soon"), "--today: no date `soon`", id="date"),
    ],
)
def test_wrong_call_names_what_was_meant(run: Run, arguments: tuple[str, ...], told: str) -> None:
    result = run("tasks", *arguments, ".")
    assert result.code == 2
    assert told in result.err
