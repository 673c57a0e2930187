"""What comes back: passages, which of them say the same, PM701 and ``pmlint similar``."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from archive_cases import FRESH, RECURRING, Pair
from conftest import Run, Tree
from harness import facts_of

from pmlint.archive import collection, reading, similarity, store
from pmlint.archive.passages import Kind, Passage, earlier, passages
from pmlint.checks.recurrence import age, ago
from pmlint.standard import rulebook, templates

pytest.importorskip("sklearn", reason="pip install -e '.[report]'")
pytest.importorskip("snowballstemmer", reason="pip install -e '.[report]'")


MISSING = 'similar passages are found with scikit-learn: pip install "pmlint[report]"'


def measure() -> similarity.Measure:
    (rule,) = rulebook.find("PM701")
    return similarity.Measure.of(rule.parameters)


def passage(kind: str, text: str, path: str, day: str | None = None, line: int = 1) -> Passage:
    known: dict[str, Kind] = {"cause": "cause", "task": "task"}
    return Passage(known[kind], path, line, text, path, day)


def postmortem(day: str, cause: str, *tasks: str, title: str = "Outage of the shop") -> str:
    listed = "".join(f"- {task}\n" for task in tasks)
    return (
        f"# {title} on {day}\n\n## Summary\n\nFrom 15:00 to 15:50 UTC on {day} 3,100 payments"
        f" failed.\n\n## Timeline (UTC)\n\n- 15:00 First payments fail\n- 15:04 Alert pages"
        f" on-call\n- 15:50 Payments work again\n\n## Root cause\n\n{cause}\n\n## Resolution\n\n"
        f"We restarted it.\n\n## Action items\n\n{listed}"
    )


# -- planted cases ------------------------------------------------------------------


ARCHIVE = [
    *(passage(p.kind, p.before, f"2023-{n:02}.md") for n, p in enumerate(RECURRING)),
    *(passage(kind, text, f"2022-{n:02}.md") for n, (kind, text) in enumerate(FRESH)),
]
EARLIER = [each for each in ARCHIVE if each.path.startswith("2023")]


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair.name) for pair in RECURRING])
def test_planted_pair_shares_two_in_five_of_its_content_words(pair: Pair) -> None:
    before, after = (
        set(similarity.stems(text, measure().filler)) for text in (pair.before, pair.after)
    )
    assert 0.4 <= len(before & after) / max(len(before), len(after)) <= 0.9


def test_planted_recurrences_are_found() -> None:
    index = similarity.Index(ARCHIVE, measure())
    missed = []
    for number, pair in enumerate(RECURRING):
        new = passage(pair.kind, pair.after, "2024.md")
        match = next(index.matches(new), None)
        if match is None or match.before.path != f"2023-{number:02}.md":
            missed.append(pair.name)
    assert len(missed) <= 2, missed


def test_fresh_incidents_are_left_alone() -> None:
    index = similarity.Index(EARLIER, measure())
    false = [
        text for kind, text in FRESH if next(index.matches(passage(kind, text, "2024.md")), None)
    ]
    assert len(false) <= 1, false


def test_fresh_incidents_are_left_alone_among_each_other() -> None:
    """Groups of the page: all that recurs is what was planted."""
    index = similarity.Index(ARCHIVE, measure())
    assert [*index.groups("cause"), *index.groups("task")] == []


# -- comparing ------------------------------------------------------------------------


def test_same_texts_give_the_same_numbers_in_any_order() -> None:
    new = passage("cause", RECURRING[0].after, "z.md")
    one = [m.likeness for m in similarity.Index(ARCHIVE, measure()).matches(new)]
    other = [m.likeness for m in similarity.Index(ARCHIVE[::-1], measure()).matches(new)]
    assert one
    assert one == other


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([], id="no passages"),
        pytest.param(["the service failed"], id="only filler"),
        pytest.param(["12 34 / -- !"], id="no words"),
        pytest.param(["сертификат шлюза истёк ночью"], id="another script"),
    ],
)
def test_any_archive_can_be_compared_with(texts: list[str]) -> None:
    index = similarity.Index([passage("cause", text, "a.md") for text in texts], measure())
    assert list(index.matches(passage("cause", "the pool drained the export", "b.md"))) == []
    assert list(index.groups("cause")) == []


def test_identical_passages_are_wholly_alike() -> None:
    text = "сертификат шлюза истёк ночью"
    index = similarity.Index([passage("cause", text, "a.md")], measure())
    (match,) = index.matches(passage("cause", text, "b.md"))
    assert match.likeness == 100


def test_stems_keep_the_word_as_written() -> None:
    found = similarity.stems("Drained connections, and connection", frozenset({"and"}))
    assert list(found.values()) == ["Drained", "connections"]


def test_filler_covers_every_form_of_a_word() -> None:
    assert similarity.stems("alerts alerted alerting", frozenset({"alert"})) == {}


def test_group_is_led_by_the_earliest_and_grows_no_chain() -> None:
    texts = {
        "2021.md": "export drained the connection pool of the ledger",
        "2022.md": "connection pool of the ledger drained by the export",
        "2023.md": "export drained the connection pool of the ledger overnight",
        "2020.md": "clock drift rejected tokens of the warehouse scanners",
    }
    known = [passage("cause", text, path, f"{path[:4]}-01-01") for path, text in texts.items()]
    (group,) = similarity.Index(known, measure()).groups("cause")
    assert [each.path for each in group.passages] == ["2021.md", "2022.md", "2023.md"]
    assert "ledger" in group.words


def test_two_tasks_of_one_postmortem_are_no_group() -> None:
    text = "warn the gateway channel before certificates expire"
    known = [passage("task", text, "a.md", line=line) for line in (1, 2)]
    assert list(similarity.Index(known, measure()).groups("task")) == []


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        pytest.param(("b.md", "2023-01-01"), ("a.md", "2024-01-01"), True, id="by day"),
        pytest.param(("a.md", "2024-01-01"), ("b.md", "2023-01-01"), False, id="later day"),
        pytest.param(("a.md", "2024-01-01"), ("b.md", "2024-01-01"), True, id="same day, by name"),
        pytest.param(("a.md", None), ("b.md", "2023-01-01"), True, id="no day, by name"),
        pytest.param(("b.md", None), ("a.md", None), False, id="no days, later name"),
    ],
)
def test_which_is_earlier(
    one: tuple[str, str | None], other: tuple[str, str | None], before: bool
) -> None:
    first, second = (passage("cause", "x", path, day) for path, day in (one, other))
    assert earlier(first, second) is before


@pytest.mark.parametrize(
    ("days", "words"),
    [
        pytest.param(None, "", id="not known"),
        pytest.param(0, ", the same day", id="same day"),
        pytest.param(1, ", 1 day earlier", id="a day"),
        pytest.param(20, ", 2 weeks earlier", id="weeks"),
        pytest.param(251, ", 8 months earlier", id="months"),
        pytest.param(729, ", 24 months earlier", id="just under two years"),
        pytest.param(1200, ", 3 years earlier", id="years"),
    ],
)
def test_age_in_words(days: int | None, words: str) -> None:
    assert ago(days) == words


def test_age_is_never_zero_of_a_unit() -> None:
    assert all(not age(days).startswith("0") for days in range(1, 3000))


# -- passages ---------------------------------------------------------------------------


def facts(text: str, path: str = "a.md") -> list[Passage]:
    return list(passages(facts_of(text, path)))


def test_passages_are_the_cause_and_the_tasks_with_their_lines() -> None:
    text = postmortem("2024-06-18", "The pool was drained.", "[x] Raise the pool", "Warn on-call")
    cause, done, open_ = facts(text)
    lines = text.split("\n")
    assert (cause.kind, cause.text, cause.day) == ("cause", "The pool was drained.", "2024-06-18")
    assert lines[cause.line - 1] == "## Root cause"
    assert (done.open, open_.open) == (False, True)
    assert lines[open_.line - 1] == "- Warn on-call"


def test_day_is_taken_from_the_name_where_the_text_tells_none() -> None:
    text = postmortem("a weekday", "The pool was drained.", "Warn on-call")
    assert {each.day for each in facts(text, "x/2023-04-05-shop.md")} == {"2023-04-05"}
    assert {each.day for each in facts(text, "x/2023-14-05-shop.md")} == {None}


def test_a_file_without_an_incident_has_no_passages() -> None:
    assert facts("# How to build\n\nmake\n") == []


# -- PM701 on the command line -------------------------------------------------------------


POOL = "The nightly export opened a connection a row and drained the pool of the ledger."
AGAIN = "An export drained the connection pool of the ledger."
FILES = {
    "pyproject.toml": "[tool.pmlint]\n",
    "old/2023-10-11.md": postmortem("2023-10-11", POOL, "Give the export a ledger pool of its own"),
    "old/2022-01-01.md": postmortem("2022-01-01", "The wildcard certificate ran out.", "Renew it"),
    "new.md": postmortem("2024-06-18", AGAIN, "Give the ledger export its own pool"),
}
CONFIG = '[tool.pmlint]\nextend-select = ["PM701"]\n[tool.pmlint.rules.PM701]\narchive = "old"\n'


def found(run: Run, *arguments: str) -> list[dict[str, object]]:
    result = run("check", "--format", "json", *arguments)
    assert result.code in (0, 1), result.err
    listed: list[dict[str, object]] = result.json
    return [each for each in listed if each["code"] == "PM701"]


def test_rule_is_off_until_it_is_asked_for(run: Run, tree: Tree) -> None:
    tree(FILES)
    assert found(run, "new.md") == []


def test_rule_names_file_line_and_age(run: Run, tree: Tree) -> None:
    tree({**FILES, "pyproject.toml": CONFIG})
    cause, task = found(run, "new.md")
    assert cause["message"] == (
        "this cause has happened before: old/2023-10-11.md, line 13, 8 months earlier"
    )
    assert task["message"] == (
        "this task was planned before: old/2023-10-11.md, line 23, 8 months earlier,"
        " not told to be done"
    )
    assert cause["level"] == "warning"


def test_archive_is_found_from_the_folder_of_the_configuration(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree({**FILES, "pyproject.toml": CONFIG, "deep/new.md": FILES["new.md"]})
    monkeypatch.chdir(root / "deep")
    assert len(found(run, "new.md")) == 2


def test_without_a_folder_the_files_beside_the_document_count(run: Run, tree: Tree) -> None:
    tree({**FILES, "old/new.md": FILES["new.md"], "old/deeper/other.md": FILES["new.md"]})
    assert len(found(run, "--select", "PM701", "old/new.md")) == 2
    assert found(run, "--select", "PM701", "new.md") == []


def test_only_the_later_of_two_is_reported(run: Run, tree: Tree) -> None:
    tree({**FILES, "pyproject.toml": CONFIG, "old/2024-06-18.md": FILES["new.md"]})
    paths = {str(each["path"]) for each in found(run, "--no-incident", "skip", "old")}
    assert {Path(path).name for path in paths} == {"2024-06-18.md"}


def test_a_document_is_not_its_own_precedent(run: Run, tree: Tree) -> None:
    tree({**FILES, "pyproject.toml": CONFIG})
    assert found(run, "old/2023-10-11.md") == []


def test_result_follows_the_archive_although_it_is_kept(run: Run, tree: Tree) -> None:
    root = tree({**FILES, "pyproject.toml": CONFIG})
    old = root / "old" / "2023-10-11.md"
    long_ago = time.time() - 1000
    for path in root.rglob("*.md"):
        os.utime(path, (long_ago, long_ago))
    assert len(found(run, "new.md")) == 2
    assert len(found(run, "new.md")) == 2
    old.write_text(postmortem("2023-10-11", "A clock drifted by four minutes.", "Set the clock"))
    assert found(run, "new.md") == []
    old.unlink()
    assert found(run, "new.md") == []


@pytest.mark.parametrize(
    ("archive", "told"),
    [
        pytest.param("nowhere", "there is no folder nowhere", id="missing"),
        pytest.param("../..", "leads out of the repository", id="outside"),
    ],
)
def test_a_wrong_archive_is_refused(run: Run, tree: Tree, archive: str, told: str) -> None:
    tree({**FILES, "pyproject.toml": CONFIG.replace('"old"', f'"{archive}"')})
    result = run("check", "new.md")
    assert (result.code, result.out) == (2, "")
    assert told in result.err


def test_a_missing_library_is_told_before_anything_is_checked(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "missing", lambda: MISSING)
    tree({**FILES, "pyproject.toml": CONFIG})
    result = run("check", "new.md")
    assert (result.code, result.out) == (2, "")
    assert 'pip install "pmlint[report]"' in result.err


def test_the_page_of_the_rule_needs_no_library(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("explain", "PM701")
    monkeypatch.setattr(similarity, "missing", lambda: MISSING)
    told = run("explain", "PM701")
    assert (told.code, whole.code) == (0, 0)
    assert "this cause has happened before: 2023-10-11-search.md" in told.out
    assert "Earlier: 2023-10-11-search.md" in whole.out


def test_suppression_works_as_for_any_rule(run: Run, tree: Tree) -> None:
    text = FILES["new.md"].replace(
        "## Root cause", "<!-- pmlint: ignore PM701 (linked) -->\n## Root cause"
    )
    tree({**FILES, "pyproject.toml": CONFIG, "new.md": text})
    assert len(found(run, "new.md")) == 1


# -- what is kept of an archive ---------------------------------------------------------------


def test_a_damaged_store_is_read_anew(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What was written a moment ago is not trusted to show its next change.
    monkeypatch.setattr(store, "_SETTLED", -(10**18))
    root = tree({**FILES, "pyproject.toml": CONFIG})
    place = root / "kept"
    call = ("similar", "new.md", "--archive", "old", "--format", "json", "--cache-dir", str(place))
    whole = run(*call).out
    (kept,) = place.glob("archive-*.json")
    good = kept.read_text()
    for damage in ("", "{", "[]", '{"key": 1}', good[:-40], good.replace('"cause"', "[]")):
        kept.write_text(damage)
        assert run(*call).out == whole


def test_what_is_kept_is_used_until_the_file_changes(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_SETTLED", -(10**18))
    root = tree(FILES)
    call = ("similar", "new.md", "--archive", "old", "--cache-dir", "kept")
    first = run(*call).out
    with monkeypatch.context() as patch:
        patch.setattr(reading, "passages", lambda _: pytest.fail("read again"))
        assert run(*call).out == first
    (root / "old" / "2023-10-11.md").write_text("# Nothing\n")
    assert run(*call).out == "nothing that an earlier postmortem already has\n"


def test_nothing_is_kept_where_that_is_not_wanted(run: Run, tree: Tree) -> None:
    root = tree(FILES)
    run("similar", "new.md", "--archive", "old", "--no-cache", "--cache-dir", "kept")
    assert not (root / "kept").exists()


# -- pmlint similar ------------------------------------------------------------------------------


def test_similar_shows_the_passages_side_by_side(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(FILES)
    monkeypatch.setenv("COLUMNS", "100")
    result = run("similar", "new.md", "--archive", "old")
    assert result.code == 0
    assert "1 cause and 1 task that an earlier postmortem already has" in result.out
    head = next(row for row in result.out.split("\n") if "cause, line 13" in row)
    assert "old/2023-10-11.md, line 13" in head
    assert "8 months earlier" in result.out
    assert max(map(len, result.out.split("\n"))) <= 100


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_similar_fits_the_terminal(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    tree(FILES)
    monkeypatch.setenv("COLUMNS", str(width))
    out = run("similar", "new.md", "--archive", "old").out
    assert max(map(len, out.split("\n"))) <= max(width, 40)


def test_json_has_both_places_days_and_words(run: Run, tree: Tree) -> None:
    tree(FILES)
    cause, task = run("similar", "new.md", "--archive", "old", "--format", "json").json
    assert (cause["path"], cause["line"], cause["kind"]) == ("new.md", 13, "cause")
    assert (cause["before"]["path"], cause["before"]["line"]) == ("old/2023-10-11.md", 13)
    assert cause["days"] == 251
    assert {"export", "drained", "connection", "pool", "ledger"} <= set(cause["words"])
    assert (task["open"], task["before"]["open"]) == (True, True)
    assert cause["open"] is None


def test_similar_json_fits_its_schema(run: Run, tree: Tree) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    tree(FILES)
    schema = run("schema", "similar").json
    listed = run("similar", "new.md", "--archive", "old", "--format", "json").json
    jsonschema.validate(listed, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"path": "x"}], schema)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        pytest.param([], 2, "name a file", id="no file"),
        pytest.param(["new.md", "--archive", "odl"], 2, "did you mean `old`?", id="misspelt"),
        pytest.param(["new.md", "--archive", "new.md"], 2, "there is no folder", id="a file"),
        pytest.param(["none.md", "--archive", "old"], 2, "none.md", id="missing file"),
    ],
)
def test_wrong_calls_get_one_line(
    run: Run, tree: Tree, words: list[str], code: int, told: str
) -> None:
    tree(FILES)
    result = run("similar", *words)
    assert result.code == code
    assert told in result.err
    assert result.err.count("\n") == 1


def test_nothing_alike_is_told(run: Run, tree: Tree) -> None:
    tree({**FILES, "other.md": postmortem("2024-01-01", "Two leaders were elected.", "Elect one")})
    result = run("similar", "other.md", "--archive", "old")
    assert (result.code, result.out) == (0, "nothing that an earlier postmortem already has\n")


def test_hostile_words_do_not_reach_the_terminal(run: Run, tree: Tree) -> None:
    cause = f"\x1b[31m::error::{POOL}\u202e"
    tree({**FILES, "old/2023-10-11.md": postmortem("2023-10-11", cause)})
    out = run("similar", "new.md", "--archive", "old").out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_examples_may_bring_an_archive() -> None:
    (rule,) = rulebook.find("PM701")
    given = collection.of_example(rule.bad[0], templates.load("default"))
    assert given[collection.HELD].known("x.md")
