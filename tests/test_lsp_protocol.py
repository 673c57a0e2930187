"""The language server through its protocol: what an editor sends, what it gets."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="pygls is not installed (extra: lsp)")
pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed (extra: dev)")

import pytest_asyncio
from conftest import ROOT
from lsp_client import Editor, editor
from lsprotocol import types

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
FOUND = {"PM203", "PM302", "PM402", "PM403", "PM602"}

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    (folder / ".git").mkdir()
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def code(root: Path) -> AsyncIterator[Editor]:
    """One editor for all tests that need no other; each opens a file of its own."""
    async with editor(root) as opened:
        yield opened


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n")


async def test_what_is_found_follows_what_is_typed(code: Editor, root: Path) -> None:
    uri = code.open(root / "typed.md", FAULTY)
    assert set(await code.codes(uri)) == FOUND
    code.change(uri, FAULTY.replace("10:40 AM\n", "10:40 AM UTC\n", 1))
    assert set(await code.codes(uri)) == FOUND - {"PM203"}
    code.client.text_document_did_close(
        types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
    )
    assert await code.codes(uri, set()) == []


async def test_places_are_counted_in_utf16(code: Editor, root: Path) -> None:
    siren = "\N{POLICE CARS REVOLVING LIGHT}"
    uri = code.open(root / "emoji.md", FAULTY.replace("- 9:40 AM", f"- {siren} 9:40 AM"))
    await code.codes(uri, FOUND)
    (found,) = [each for each in code.published[-1].diagnostics if each.code == "PM402"]
    assert (found.range.start.character, found.range.end.character) == (5, 12)
    assert found.related_information
    assert found.related_information[0].location.range.start.line == found.range.start.line - 1


async def test_many_changes_at_once_are_answered_for_the_last(code: Editor, root: Path) -> None:
    uri = code.open(root / "burst.md", FAULTY)
    await code.codes(uri)
    before = len(code.published)
    for number in range(60):
        code.change(uri, FAULTY.replace("Search", f"Search {number}"))
    code.change(uri, GOOD)
    assert await code.codes(uri, set()) == []
    assert len(code.published) - before < 60


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        pytest.param("stub.md", "# Postmortems\n\nSee the wiki.\n", "markdown", id="no incident"),
        pytest.param("blank.md", "", "markdown", id="blank"),
        pytest.param("program.py", FAULTY, "python", id="no Markdown"),
    ],
)
async def test_other_files_stay_silent(
    code: Editor, root: Path, name: str, text: str, language: str
) -> None:
    uri = code.open(root / name, text, language)
    document = types.TextDocumentIdentifier(uri)
    symbols = await code.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(document)
    )
    assert not symbols
    assert await code.quiet(uri)


async def test_a_quick_fix_carries_the_version_and_the_finding(code: Editor, root: Path) -> None:
    uri = code.open(root / "fix.md", FAULTY)
    await code.codes(uri)
    offered = await code.actions(uri, line_of(FAULTY, "- 9:40"), 3)
    fix = offered[0]
    assert isinstance(fix, types.CodeAction)
    assert fix.kind == types.CodeActionKind.QuickFix
    assert [each.code for each in fix.diagnostics or ()] == ["PM402"]
    assert fix.edit is not None
    (change,) = fix.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 1
    assert [each.title for each in offered[1:]] == [
        "Ignore PM402 here with a reason",
        "Ignore PM402 in this file with a reason",
    ]


async def test_the_reason_of_a_new_comment_is_selected(code: Editor, root: Path) -> None:
    uri = code.open(root / "reason.md", FAULTY)
    await code.codes(uri)
    await code.client.workspace_execute_command_async(
        types.ExecuteCommandParams("pmlint.select", [uri, 13, 95, 101])
    )
    (shown,) = code.shown
    assert shown.uri == uri
    assert shown.selection == types.Range(types.Position(13, 95), types.Position(13, 101))


async def test_the_command_names_the_words_to_type_over() -> None:
    from pmlint import engine
    from pmlint.config import Settings
    from pmlint.findings import Span
    from pmlint.lsp import actions, codeactions
    from pmlint.lsp.document import read

    siren = "\N{POLICE CARS REVOLVING LIGHT}"
    text = FAULTY.replace("suspects the cache", f"suspects {siren}")
    reading = read(text, "a.md", engine.prepare(Settings()))
    at = text.index("9:40 AM")
    action = next(actions.ignores(reading, Span(at, at)))
    uri, line, start, end = codeactions.selection(reading, "file:///a.md", action)
    written = action.edits[0]
    told = text[: written.span.start] + written.text
    row = told.split("\n")[line].encode("utf-16-le")
    assert row[2 * start : 2 * end].decode("utf-16-le") == "reason"
    assert uri == "file:///a.md"


async def test_kinds_that_are_asked_for(code: Editor, root: Path) -> None:
    text = GOOD.replace("## Resolution", "## Resolution:")
    uri = code.open(root / "only.md", text)
    await code.codes(uri, {"PM109"})
    line = line_of(text, "Resolution:")
    assert await code.actions(uri, line, 5, only=["refactor"]) == []
    (everything,) = await code.actions(uri, 0, 0, only=["source.fixAll"])
    assert isinstance(everything, types.CodeAction)
    assert everything.kind == "source.fixAll.pmlint"
    fixes = await code.actions(uri, line, 5, only=["quickfix"])
    assert isinstance(fixes[0], types.CodeAction)
    assert fixes[0].is_preferred


async def test_hover_outline_folds_words_and_hints(code: Editor, root: Path) -> None:
    text = GOOD.replace("## Resolution", "## ")
    uri = code.open(root / "all.md", text)
    document = types.TextDocumentIdentifier(uri)
    await code.codes(uri, {"PM502"})
    assert "Event" in await code.hover(uri, line_of(text, "- 02:11"), 3)
    outline = await code.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(document)
    )
    assert outline
    assert isinstance(outline[0], types.DocumentSymbol)
    folds = await code.client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert folds
    place = types.Position(line_of(text, "## \n"), 3)
    words = await code.client.text_document_completion_async(
        types.CompletionParams(document, place)
    )
    assert isinstance(words, types.CompletionList)
    assert words.items[0].label == "Resolution"
    hints = await code.client.text_document_inlay_hint_async(
        types.InlayHintParams(document, types.Range(types.Position(0, 0), types.Position(99, 0)))
    )
    assert "= 49 min" in [str(hint.label) for hint in hints or ()]


async def test_a_document_that_was_never_saved_is_checked(code: Editor) -> None:
    uri = "untitled:Untitled-1"
    code.versions[uri] = 1
    item = types.TextDocumentItem(uri, "markdown", 1, FAULTY)
    code.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    assert set(await code.codes(uri)) == FOUND


# -- settings and configuration ------------------------------------------------


async def test_configuration_is_read_again_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    config = tmp_path / "pmlint.toml"
    async with editor(tmp_path) as code:
        uri = code.open(tmp_path / "postmortem.md", FAULTY)
        assert set(await code.codes(uri)) == FOUND
        config.write_text('ignore = ["PM6"]\n')
        # Clients that watch no files are answered at the next change.
        code.change(uri, FAULTY + "\n")
        await code.codes(uri, FOUND - {"PM602"})
        config.write_text('ignore = ["PM4", "PM6"]\n')
        event = types.FileEvent(config.as_uri(), types.FileChangeType.Changed)
        code.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        await code.codes(uri, {"PM203", "PM302"})


async def test_a_faulty_configuration_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    config = tmp_path / "pmlint.toml"
    config.write_text('\nignroe = ["PM6"]\n')
    async with editor(tmp_path) as code:
        uri = code.open(tmp_path / "postmortem.md", FAULTY)
        await code.codes(config.as_uri(), {"None"})
        (problem,) = code.published[-1].diagnostics
        assert problem.range.start.line == 1
        assert "ignore" in problem.message
        code.change(uri, FAULTY + "\n")
        await asyncio.sleep(0.3)
        assert len(code.said) == 1, "it is said once"
        config.write_text('ignore = ["PM6"]\n')
        code.change(uri, FAULTY + "\n\n")
        assert set(await code.codes(uri)) == FOUND - {"PM602"}
        assert await code.codes(config.as_uri(), set()) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param({"ignore": ["PM6", "PM4"]}, {"PM203", "PM302"}, id="a list"),
        pytest.param({"select": "PM402"}, {"PM402"}, id="words"),
        pytest.param({"pmlint": {"select": ["timeline-order"]}}, {"PM402"}, id="in a section"),
    ],
)
async def test_settings_of_the_client(
    tmp_path: Path, options: dict[str, object], found: set[str]
) -> None:
    async with editor(tmp_path, options=options) as code:
        uri = code.open(tmp_path / "postmortem.md", FAULTY)
        assert set(await code.codes(uri)) == found


async def test_settings_may_change_and_misspelled_ones_are_named(tmp_path: Path) -> None:
    async with editor(tmp_path) as code:
        uri = code.open(tmp_path / "postmortem.md", FAULTY)
        await code.codes(uri)
        code.client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams({"pmlint": {"select": ["PM402"], "inlayhint": True}})
        )
        await code.codes(uri, {"PM402"})
        assert code.said == ["pmlint: no setting `inlayhint`; did you mean `inlayHints`?"]


async def test_a_client_that_can_do_little_gets_what_it_can_use(tmp_path: Path) -> None:
    async with editor(tmp_path, capabilities=types.ClientCapabilities()) as code:
        uri = code.open(tmp_path / "postmortem.md", FAULTY)
        await code.codes(uri)
        assert code.published[-1].diagnostics[0].related_information is None
        document = types.TextDocumentIdentifier(uri)
        outline = await code.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(document)
        )
        assert outline
        assert isinstance(outline[0], types.SymbolInformation)
        fix, *_, ignore = await code.actions(uri, line_of(FAULTY, "- 9:40"), 3)
        assert isinstance(fix, types.CodeAction)
        assert isinstance(ignore, types.CodeAction)
        assert fix.edit is not None
        assert set(fix.edit.changes or ()) == {uri}
        assert ignore.command is None


# -- endurance -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "found"),
    [
        pytest.param("raise", {"PM003", *FOUND} - {"PM402"}, id="a check fails"),
        pytest.param("read", {"PM003"}, id="reading fails"),
        pytest.param("recursion", {"PM003"}, id="the stack is used up"),
        pytest.param("answer", FOUND, id="an answer fails"),
    ],
)
async def test_a_fault_does_not_end_the_server(tmp_path: Path, how: str, found: set[str]) -> None:
    command = (sys.executable, str(Path(__file__).with_name("lsp_faulty_server.py")))
    async with editor(tmp_path, command=command, environ={"WORD": how}) as code:
        uri = code.open(tmp_path / "postmortem.md", FAULTY)
        assert set(await code.codes(uri)) == found
        assert isinstance(await code.hover(uri, 0, 0), str)
        code.change(uri, FAULTY + "\n")
        assert set(await code.codes(uri)) == found


def resident(process: int) -> int:
    """Kilobytes of memory in use by a process."""
    with open(f"/proc/{process}/status", encoding="ascii") as handle:
        (line,) = [line for line in handle if line.startswith("VmRSS:")]
    return int(line.split()[1])


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc to see the memory")
async def test_500_edits_leave_no_growth_in_memory(tmp_path: Path) -> None:
    async with editor(tmp_path) as code:
        uri = code.open(tmp_path / "postmortem.md", GOOD)

        async def edit(rounds: range) -> None:
            for number in rounds:
                code.change(uri, GOOD.replace("Checkout", f"Checkout {number}", 1))
                await code.hover(uri, 0, 3)

        # Until what is remembered of lines is full: 512 of them.
        await edit(range(600))
        process = code.client._server
        assert process is not None
        before = resident(process.pid)
        await edit(range(600, 1100))
        # 500 copies of the text alone would be more.
        assert resident(process.pid) - before < 500 * len(GOOD) // 1024
