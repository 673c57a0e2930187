"""What the language server offers for a text: fixes, comments, words, hints, outline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

import pytest

pytest.importorskip("lsprotocol", reason="lsprotocol is not installed (extra: lsp)")

from conftest import ROOT, Run
from lsprotocol import types

from pmlint import engine
from pmlint.config import Override, Settings
from pmlint.findings import Span
from pmlint.lsp import actions, completion, hints, symbols
from pmlint.lsp.document import Reading, read
from pmlint.lsp.hover import hover, plain
from pmlint.mend import rewrite

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
MARK = "¦"


def reading(text: str, path: str = "/x/postmortem.md", settings: Settings | None = None) -> Reading:
    return read(text, path, engine.prepare(settings or Settings()))


def at(text: str, words: str) -> Span:
    """Where the cursor stands on some words."""
    return Span(text.index(words), text.index(words))


def applied(found: Reading, action: actions.Action) -> Reading:
    return reading(rewrite.apply(found.source.text, action.edits), found.source.path)


def codes(found: Reading) -> list[str]:
    return [finding.code for finding in found.findings]


# -- fixes and comments --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "code", "safe"),
    [
        pytest.param(FAULTY, "9:40 AM", "PM402", False, id="an order changes what is told"),
        pytest.param(
            GOOD.replace("## Resolution", "## Resolution:"), "Resolution:", "PM109", True, id="safe"
        ),
    ],
)
def test_quick_fix_mends_its_finding(text: str, words: str, code: str, safe: bool) -> None:
    found = reading(text)
    assert code in codes(found)
    action = next(iter(actions.quick_fixes(found, at(text, words))))
    assert action.preferred == safe
    assert ("(changes what is told)" in action.title) == (not safe)
    assert code not in codes(applied(found, action))


def test_no_fix_is_offered_beside_the_finding() -> None:
    found = reading(FAULTY)
    assert list(actions.quick_fixes(found, at(FAULTY, "## Root Cause"))) == []


def test_several_findings_of_a_rule_are_fixed_at_once() -> None:
    text = GOOD.replace("## Resolution", "## Resolution:").replace("## Summary", "## Summary:")
    found = reading(text)
    titles = {each.title: each for each in actions.quick_fixes(found, at(text, "Summary:"))}
    assert "Fix all 2 of PM109 in this file" in titles
    assert "PM109" not in codes(applied(found, titles["Fix all 2 of PM109 in this file"]))


TABLE = FAULTY.replace(
    FAULTY[FAULTY.index("- 9:10") : FAULTY.index("## Root Cause and")],
    "| time | event |\n|---|---|\n| 9:10 AM | The new index is on. |\n| 9:50 AM | Flushed. |\n"
    "| 9:40 AM | On-call starts. |\n| 10:40 AM | Search works again. |\n\n",
)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        pytest.param(FAULTY, "9:40 AM", "PM402", id="a list item"),
        pytest.param(FAULTY.replace("\n", "\r\n"), "9:40 AM", "PM402", id="CRLF"),
        pytest.param(TABLE, "9:40 AM", "PM402", id="a row of a table"),
        pytest.param(GOOD.replace("## Resolution", "## Resolution:"), "Resolution:", "PM109",
                     id="a heading"),
        pytest.param(FAULTY, "Improve monitoring", "PM602", id="the last lines"),
    ],
)  # fmt: skip
def test_comment_with_a_reason_hides_the_finding(text: str, words: str, code: str) -> None:
    found = reading(text)
    before = codes(found)
    offered = {each.title: each for each in actions.ignores(found, at(text, words))}
    for title in (f"Ignore {code} here with a reason", f"Ignore {code} in this file with a reason"):
        action = offered[title]
        assert action.mark in action.edits[0].text
        left = codes(applied(found, action))
        everywhere = "in this file" in title
        wanted = [each for each in before if each != code] if everywhere else before
        assert left.count(code) == (0 if everywhere else before.count(code) - 1)
        assert [each for each in left if each != code] == [each for each in wanted if each != code]


def test_a_comment_stands_below_front_matter() -> None:
    text = "---\ntitle: Search was down\n---\n" + FAULTY
    (action,) = [
        each
        for each in actions.ignores(reading(text), at(text, "9:40 AM"))
        if "in this file" in each.title
    ]
    assert rewrite.apply(text, action.edits).startswith(
        "---\ntitle: Search was down\n---\n<!-- pmlint: ignore-file PM402 (reason) -->\n\n#"
    )


def test_no_comment_is_offered_where_comments_are_switched_off() -> None:
    found = reading(FAULTY, settings=Settings(suppress=False))
    assert list(actions.ignores(found, at(FAULTY, "9:40 AM"))) == []


def test_all_safe_fixes_leave_what_changes_the_story() -> None:
    text = FAULTY.replace("## Timeline", "## Timeline:")
    action = actions.all_safe_fixes(reading(text))
    assert action is not None
    assert rewrite.apply(text, action.edits) == FAULTY
    assert actions.all_safe_fixes(reading(GOOD)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("a\nb\nc", "a\nc", id="a line goes"),
        pytest.param("a\nc\n", "a\nb\nc\n", id="a line comes"),
        pytest.param("a", "a\nb", id="at the end, without a line end"),
        pytest.param("", "a\n", id="from nothing"),
        pytest.param("a\r\nb\r\n", "b\r\na\r\n", id="moved, with CRLF"),
    ],
)
def test_changed_lines_make_the_new_text(old: str, new: str) -> None:
    assert rewrite.apply(old, actions.changed_lines(reading(old).source, new)) == new


# -- completion ----------------------------------------------------------------


def offered(
    marked: str, *, typed: bool = True, snippets: bool = False, path: str = "/x/postmortem.md"
) -> Sequence[types.CompletionItem]:
    """What is offered where the mark stands."""
    text = marked.replace(MARK, "")
    found = completion.completion(
        reading(text, path),
        marked.index(MARK),
        typed=typed,
        snippets=snippets,
        today=date(2025, 6, 7),
    )
    return found.items


def labels(marked: str, *, typed: bool = True) -> list[str]:
    return [item.label for item in offered(marked, typed=typed)]


WITHOUT_RESOLUTION = GOOD.replace("## Resolution", f"## {MARK}")


def test_missing_sections_come_first() -> None:
    items = offered(WITHOUT_RESOLUTION)
    assert items[0].label == "Resolution"
    assert items[0].detail == "required by template default"
    assert "Timeline" not in [item.label for item in items]
    assert items[0].sort_text == "0000"


def test_a_heading_brings_its_outline_with_tab_stops() -> None:
    (item,) = [
        each
        for each in offered(f"# Search is down\n\n## {MARK}\n", snippets=True)
        if each.label == "Timeline"
    ]
    assert item.insert_text_format == types.InsertTextFormat.Snippet
    assert isinstance(item.text_edit, types.TextEdit)
    assert item.text_edit.new_text.startswith(" Timeline\n\n- ${1:HH:MM} ")
    assert "{date}" not in item.text_edit.new_text


@pytest.mark.parametrize(
    ("marked", "wanted", "unwanted"),
    [
        pytest.param(f"03:12 to 04:05 U{MARK}", ["UTC"], ["CET", "Africa/Nairobi"], id="begun"),
        pytest.param(f"03:12 to 04:05 {MARK}", ["UTC", "CET"], ["IST", "CST"], id="clear ones"),
        pytest.param(f"03:12 to 04:05 Africa/N{MARK}", ["Africa/Nairobi"], ["UTC"], id="a place"),
        pytest.param(f"## Timeline (times in {MARK})", ["UTC"], [], id="where times are spoken of"),
        pytest.param(f"The cache {MARK}", [], ["UTC"], id="not in other words"),
    ],
)
def test_zones_behind_a_clock(marked: str, wanted: list[str], unwanted: list[str]) -> None:
    found = labels(GOOD.replace("nightly job", f"nightly job\n\n{marked}\n\n", 1))
    assert set(wanted) <= set(found)
    assert not set(unwanted) & set(found)


def test_the_zone_of_the_document_is_first() -> None:
    text = GOOD.replace("02:56 UTC", "02:56 EAT").replace("(UTC)", "(EAT)")
    assert labels(text.replace("02:07 The", f"02:07 to 02:09 {MARK}The"))[0] == "EAT"


def test_a_blank_behind_the_clock_of_an_entry_offers_nothing_by_itself() -> None:
    marked = GOOD.replace("- 02:07 The", f"- 02:07 {MARK}The")
    assert labels(marked, typed=False) == []
    assert labels(GOOD.replace("02:56 UTC", f"02:56 {MARK}"), typed=False)[0] == "UTC"


@pytest.mark.parametrize(
    ("placeholder", "wanted"),
    [
        pytest.param("YYYY-MM-DD", ["2025-03-12", "2025-06-07"], id="a date"),
        pytest.param("[date of the review]", ["2025-03-12", "2025-06-07"], id="a date in words"),
        pytest.param("HH:MM", ["02:07", "02:11"], id="a clock"),
        pytest.param("[owner]", ["@ines", "@tomasz"], id="an owner"),
        pytest.param("[the dashboard]", [], id="what nobody can know"),
    ],
)
def test_placeholders_are_filled_from_the_document(placeholder: str, wanted: list[str]) -> None:
    marked = GOOD.replace("why it was", "").replace(
        "## Resolution", f"Review on {placeholder}{MARK} by all.\n\n## Resolution"
    )
    found = [label.lstrip("@") for label in labels(marked)]
    assert found[: len(wanted)] == [each.lstrip("@") for each in wanted]


def test_a_task_box_is_no_placeholder() -> None:
    assert labels(GOOD.replace("- [ ] Make", f"- [ ]{MARK} Make")) == []


@pytest.mark.parametrize(
    ("marked", "path"),
    [
        pytest.param(f"# How to bake\n\n## {MARK}\n", "/x/bread.md", id="other Markdown"),
        pytest.param(f"{GOOD}\n```sh\n## {MARK}\n```\n", "/x/postmortem.md", id="code"),
    ],
)
def test_nothing_is_offered_elsewhere(marked: str, path: str) -> None:
    assert list(offered(marked, path=path)) == []


# -- hints, outline, hover -----------------------------------------------------


def told(text: str, settings: Settings | None = None) -> dict[str, str]:
    """The hints by the line they stand in."""
    found = reading(text, settings=settings)
    lines = text.split("\n")
    return {
        lines[hint.position.line][: hint.position.character]: str(hint.label)
        for hint in hints.hints(found, Span(0, len(text)))
    }


def test_hints_tell_length_gap_and_utc() -> None:
    here = told(GOOD)
    assert here["- **Duration:** 12 March 2025, 02:07 to 02:56 UTC"] == "= 49 min"
    assert here["- 02:11"] == "+4 min"
    east = told(GOOD.replace("02:56 UTC", "02:56 EAT").replace("(UTC)", "(EAT)"))
    assert east["- 02:07"] == "11 Mar 23:07 UTC"
    assert east["- 02:11"] == "23:11 UTC, +4 min"


def test_hints_keep_to_the_range_that_is_asked_for() -> None:
    start = GOOD.index("- 02:31")
    found = hints.hints(reading(GOOD), Span(start, start + 20))
    assert [hint.label for hint in found] == ["+7 min"]


def test_an_event_that_goes_back_is_told_with_a_minus() -> None:
    assert told(FAULTY)["- 9:40 AM"] == "-10 min"


def test_symbols_are_the_section_tree() -> None:
    (top,) = symbols.symbols(reading(GOOD))
    below = [(each.name, each.detail) for each in top.children or ()]
    assert below[:2] == [("Summary", "summary"), ("Timeline (UTC)", "timeline")]
    fields = [each.name for each in (top.children or ())[0].children or ()]
    assert fields == ["Duration", "Impact", "Root cause"]


@pytest.mark.parametrize("text", [GOOD, FAULTY, TABLE], ids=["good", "faulty", "table"])
def test_symbols_lie_within_each_other(text: str) -> None:
    def within(symbol: types.DocumentSymbol) -> None:
        assert symbol.range.start <= symbol.selection_range.start
        assert symbol.selection_range.end <= symbol.range.end
        for child in symbol.children or ():
            within(child)

    for symbol in symbols.symbols(reading(text)):
        within(symbol)


def test_sections_fold_to_their_headings() -> None:
    found = {fold.start_line: fold.end_line for fold in symbols.folds(reading(GOOD))}
    lines = GOOD.split("\n")
    timeline = lines.index("## Timeline (UTC)")
    assert lines[found[timeline]].startswith("- 02:56")


def test_hover_tells_the_rule() -> None:
    page = hover(reading(FAULTY), FAULTY.index("9:40 AM") + 2)
    assert page is not None
    assert isinstance(page.contents, types.MarkupContent)
    assert page.contents.value.startswith("**PM402** timeline-order (error)")
    assert "Readers follow a timeline" in page.contents.value
    assert "--unsafe-fixes" not in page.contents.value


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        pytest.param(GOOD, "02:11", "2025-03-12 02:11+00:00", id="an event"),
        pytest.param(GOOD, "02:56 UTC", "End of the incident", id="the duration"),
        pytest.param(GOOD, "Make the cleanup", "PLAT-412", id="a task"),
        pytest.param(GOOD, "Resolution", "resolution", id="a section"),
        pytest.param(
            FAULTY + "\n<!-- pmlint: ignore-file PM602 (none) -->\n", "PM602", "vague-task",
            id="a rule that a comment names",
        ),
    ],
)  # fmt: skip
def test_hover_tells_what_was_read(text: str, words: str, said: str) -> None:
    page = hover(reading(text), text.index(words) + 1)
    assert page is not None
    assert isinstance(page.contents, types.MarkupContent)
    assert said in page.contents.value


def test_hover_elsewhere_is_silent() -> None:
    assert hover(reading(GOOD), GOOD.index("nightly job deleted")) is None


def test_plain_hover_has_no_marks() -> None:
    assert plain("**PM402** a `b`\n\n---\n\n_Source:_ x\\_y &lt;z&gt;") == (
        "PM402 a b\n\n\n\nSource: x_y <z>"
    )


# -- which documents -----------------------------------------------------------


STUB = "# 0x19. Postmortem\n\nSee https://example.org/report\n"


def test_a_file_without_incident_stays_silent() -> None:
    found = reading(STUB)
    assert found.findings == ()
    assert symbols.symbols(found) == []
    assert symbols.folds(found) == []
    assert hints.hints(found, Span(0, len(STUB))) == []
    assert hover(found, 3) is None


def test_a_draft_gets_the_levels_of_drafts() -> None:
    settings = Settings(overrides=(Override(status=("draft",), max_level="info"),))
    from pmlint.config import Finder
    from pmlint.running.plans import Call, Planner

    class Given(Finder):
        def settings(self, path: str) -> Settings:
            return settings

    plan = Planner(Given(), Call()).plan("a.md")
    draft = FAULTY.replace("## Issue Summary\n", "## Issue Summary\n\n- **Status:** Draft")
    for text, levels in ((draft, {"info"}), (FAULTY, {"error", "warning"})):
        assert {str(each.level) for each in read(text, "a.md", plan).findings} == levels


def test_a_text_over_the_limit_is_not_read() -> None:
    found = reading(GOOD, settings=Settings(size_limit=100))
    assert codes(found) == ["PM003"]


def test_without_pygls_the_server_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pmlint.lsp.features", None)
    monkeypatch.delitem(sys.modules, "pmlint.lsp.features")
    monkeypatch.delitem(sys.modules, "pmlint.lsp.server", raising=False)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    done = run("lsp")
    assert done.code == 2
    assert "pip install 'pmlint[lsp]'" in done.err
