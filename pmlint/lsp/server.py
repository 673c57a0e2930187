"""The server: open documents, their settings, and an answer to each request.

What a document says is read once a version. A check waits a moment while changes pour
in, so that a fast typist is answered for the last letter and not for each. Whatever
fails becomes a line in the client's log; the server goes on.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic, perf_counter
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from pmlint import __version__
from pmlint.config import ConfigError, FaultyFile, Problem
from pmlint.files.discovery import File, is_markdown
from pmlint.findings import Edit
from pmlint.lsp import actions, completion, diagnostics, hints, symbols
from pmlint.lsp.document import Reading, read
from pmlint.lsp.hover import hover
from pmlint.lsp.settings import Wishes, merged
from pmlint.running.following import Configuration, Options

SHORTEST_WAIT = 0.005
"""Seconds without a change before a document is checked."""
LONGEST_WAIT = 0.25
"""Seconds after which it is checked although changes go on."""
MOST_OUTCOMES = 100
SELECT = "pmlint.select"
"""The command by which the client selects the reason that is to be written."""
FIX_ALL = "source.fixAll.pmlint"
CONFIG_FILES = "**/*.toml"

_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class _Open:
    """An open document."""

    reading: Reading | None = None
    """Of its latest version that was read; None where it is left out."""
    version: int | None = None
    seconds: float = 0.0
    """How long the last check took."""
    waiting: asyncio.TimerHandle | None = None
    since: float = 0.0
    """When the first change came that is not yet answered."""
    told: bool = field(default=False)
    """Diagnostics were published that are to be taken back."""


class Server(LanguageServer):
    """Speaks for pmlint to one client."""

    def __init__(self, options: Options, on_fault: Callable[[Exception], None] | None = None):
        # Whole texts: a postmortem is short, and nothing can drift apart.
        super().__init__(
            "pmlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self._base = self._wishes = Wishes(options)
        self.configuration = Configuration(options)
        self._on_fault = on_fault
        self._documents: dict[str, _Open] = {}
        self._complaint = ""
        self._faulty: set[str] = set()
        _register(self)

    # -- what the client can do ----------------------------------------------

    def can(self, *names: str) -> Any:
        """What the client says of one of its abilities; None where it says nothing."""
        found: Any = self.client_capabilities
        for name in names:
            found = getattr(found, name, None)
        return found

    # -- documents -----------------------------------------------------------

    def opened(self, uri: str) -> None:
        """A document was opened: check it at once."""
        self._documents[uri] = _Open()
        self.check(uri)

    def changed(self, uri: str) -> None:
        """A document was changed: check it as soon as no change follows."""
        self._forget_the_past()
        known = self._documents.setdefault(uri, _Open())
        now = monotonic()
        if known.waiting is None:
            known.since = now
        else:
            known.waiting.cancel()
        wait = max(SHORTEST_WAIT, min(known.seconds - 0.05, LONGEST_WAIT))
        wait = max(min(wait, known.since + LONGEST_WAIT - now), 0)
        known.waiting = asyncio.get_running_loop().call_later(wait, self.check, uri)

    def _forget_the_past(self) -> None:
        """Drop the outcome of notifications, which pygls (2.1) keeps for ever."""
        held = getattr(self.protocol, "_request_futures", {})
        if len(held) > MOST_OUTCOMES:
            for key in [key for key, outcome in held.items() if outcome.done()]:
                del held[key]

    def closed(self, uri: str) -> None:
        """A document was closed: nothing is said of it any more."""
        known = self._documents.pop(uri, None)
        if known is not None and known.waiting is not None:
            known.waiting.cancel()
        if known is not None and known.told:
            self._publish(uri, [], None)

    def check_all(self) -> None:
        """Check every open document anew."""
        for uri, known in list(self._documents.items()):
            known.reading, known.version = None, None
            self.check(uri)
        if self.can("workspace", "inlay_hint", "refresh_support"):
            self.workspace_inlay_hint_refresh(None)

    def check(self, uri: str) -> None:
        """Read a document and publish what is found in it."""
        known = self._documents.get(uri)
        if known is None:
            return
        if known.waiting is not None:
            known.waiting.cancel()
            known.waiting = None
        if not self.configuration.fresh(self._path(uri)):
            self.check_all()
            return
        reading = self.guarded(self.reading, uri)
        if reading is None:
            if known.told:
                self._publish(uri, [], known.version)
                known.told = False
            return
        related = bool(self.can("text_document", "publish_diagnostics", "related_information"))
        found = self.guarded(lambda: diagnostics.diagnostics(reading, uri, related=related))
        if found or known.told:
            self._publish(uri, found or [], reading.version)
            known.told = bool(found)

    def reading(self, uri: str) -> Reading | None:
        """What was read of the present version; None for a document that is left out."""
        document = self.workspace.get_text_document(uri)
        known = self._documents.setdefault(uri, _Open())
        held = known.reading if known.version == document.version else None
        if held is not None and held.source.text == document.source:
            return held
        path = self._path(uri)
        if document.language_id not in (None, "", "markdown") and not is_markdown(path):
            return None
        start = perf_counter()
        try:
            wanted = self.configuration.wanted(File(path, named=False))
            plan, baseline = self.configuration.plan(path)
        except ConfigError as error:
            self._complain(error)
            return None
        self._content()
        if not wanted:
            known.reading, known.version = None, document.version
            return None
        known.reading = read(
            document.source,
            path,
            plan,
            encoding=str(getattr(self.workspace.position_encoding, "value", None) or "utf-16"),
            version=document.version,
            baseline=baseline,
        )
        known.version = document.version
        known.seconds = perf_counter() - start
        return known.reading

    def _path(self, uri: str) -> str:
        """The path of a document; one that was never saved lies in the working folder."""
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if path:
            return path
        root = self.workspace.root_path or os.getcwd()
        return os.path.join(root, "untitled.md")

    def _publish(self, uri: str, found: Sequence[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=list(found), version=version)
        )

    # -- settings ------------------------------------------------------------

    def configure(self, given: object) -> None:
        """Take settings that the client sends, and say which cannot be obeyed."""
        wishes, faults = merged(self._base, given)
        for fault in faults:
            self._say(f"pmlint: {fault}", types.MessageType.Warning)
        if wishes != self._wishes:
            self._wishes = wishes
            self.configuration.change(wishes.options)
            self.check_all()

    def begin(self, given: object) -> None:
        """Take the settings that come with the client's first words."""
        self._base, faults = merged(self._base, given)
        self._wishes = self._base
        self.configuration.change(self._base.options)
        for fault in faults:
            self._say(f"pmlint: {fault}", types.MessageType.Warning)

    @property
    def shows_hints(self) -> bool:
        """The client wants inlay hints."""
        return self._wishes.hints

    def _complain(self, error: ConfigError) -> None:
        """Say once what is wrong with the configuration, and mark it in its file."""
        problems = error.problems if isinstance(error, FaultyFile) else ()
        by_file: dict[str, list[Problem]] = {}
        for problem in problems:
            by_file.setdefault(os.path.abspath(problem.file), []).append(problem)
        for file in self._faulty - by_file.keys():
            self._publish(_uri(file), [], None)
        for file, listed in by_file.items():
            self._publish(_uri(file), diagnostics.of_configuration(listed), None)
        self._faulty = set(by_file)
        told = str(error)
        if told != self._complaint:
            self._complaint = told
            first, *others = told.split("\n")
            more = f" (and {len(others)} more)" if others else ""
            self._say(f"pmlint checks nothing: {first}{more}", types.MessageType.Error)

    def _content(self) -> None:
        """The configuration can be obeyed: take back what was said of it."""
        for file in self._faulty:
            self._publish(_uri(file), [], None)
        self._faulty, self._complaint = set(), ""

    # -- faults --------------------------------------------------------------

    def guarded(self, work: Callable[..., _Answer], *arguments: Any) -> _Answer | None:
        """The result of some work; None, and a line in the client's log, where it fails."""
        try:
            return work(*arguments)
        except Exception as error:
            if self._on_fault is not None:
                self._on_fault(error)
            self.window_log_message(
                types.LogMessageParams(types.MessageType.Error, f"pmlint failed: {_told(error)}")
            )
            return None

    def _say(self, message: str, kind: types.MessageType) -> None:
        self.window_show_message(types.ShowMessageParams(kind, message))


def _told(error: Exception) -> str:
    import traceback

    return "".join(traceback.format_exception(error)).rstrip()


def _uri(path: str) -> str:
    return from_fs_path(path) or path


def _register(server: Server) -> None:
    """Bind the requests and notifications of the protocol."""
    _follow_documents(server)
    _follow_settings(server)
    _answer_at_places(server)
    _answer_on_structure(server)

    @server.command(SELECT)
    async def on_select(uri: str, line: int, start: int, end: int) -> None:
        """Select the reason of a comment that was just written."""
        place = types.Range(types.Position(line, start), types.Position(line, end))
        if server.can("window", "show_document", "support"):
            await server.window_show_document_async(
                types.ShowDocumentParams(uri=uri, take_focus=True, selection=place)
            )


def _follow_settings(server: Server) -> None:
    """Start with the client's settings and take each change of them."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(_plain(params.initialization_options))

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await _tried(server, _watch_configuration)
        await _tried(server, _pull_settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settings_changed(params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            server.configure(_plain(params.settings))
        else:
            await _tried(server, _pull_settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        server.configuration.forget()
        server.check_all()


def _follow_documents(server: Server) -> None:
    """Check what is opened, changed and saved."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)


def _answer_at_places(server: Server) -> None:
    """What is asked about a place in a document: what it means, how to mend it, what may follow."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(params: types.HoverParams) -> types.Hover | None:
        reading = _reading(server, params.text_document)
        if reading is None:
            return None
        formats = server.can("text_document", "hover", "content_format") or ()
        markdown = not formats or types.MarkupKind.Markdown in formats
        offset = reading.positions.offset(params.position)
        return server.guarded(lambda: hover(reading, offset, markdown=markdown))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def on_code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        reading = _reading(server, params.text_document)
        if reading is None:
            return []
        return server.guarded(_actions, server, reading, params) or []

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=list(completion.TRIGGERS)),
    )
    def on_completion(params: types.CompletionParams) -> types.CompletionList | None:
        reading = _reading(server, params.text_document)
        if reading is None:
            return None
        by_sign = types.CompletionTriggerKind.TriggerCharacter
        typed = params.context is None or params.context.trigger_kind != by_sign
        snippets = server.can("text_document", "completion", "completion_item", "snippet_support")
        offset = reading.positions.offset(params.position)
        return server.guarded(
            lambda: completion.completion(reading, offset, typed=typed, snippets=bool(snippets))
        )

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def on_hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        reading = _reading(server, params.text_document)
        if reading is None or not server.shows_hints:
            return []
        within = reading.positions.span(params.range)
        return server.guarded(hints.hints, reading, within) or []


def _answer_on_structure(server: Server) -> None:
    """The sections of a document: to list, to fold."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def on_symbols(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        reading = _reading(server, params.text_document)
        if reading is None:
            return []
        nested = server.can(
            "text_document", "document_symbol", "hierarchical_document_symbol_support"
        )
        if nested:
            return server.guarded(symbols.symbols, reading) or []
        return server.guarded(symbols.flat, reading, params.text_document.uri) or []

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def on_folds(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        reading = _reading(server, params.text_document)
        return (server.guarded(symbols.folds, reading) or []) if reading is not None else []


def _reading(server: Server, document: types.TextDocumentIdentifier) -> Reading | None:
    return server.guarded(server.reading, document.uri)


def _plain(settings: Any) -> Any:
    """Settings as pygls hands them over, as plain tables."""
    if hasattr(settings, "_asdict"):
        return {key: _plain(value) for key, value in settings._asdict().items()}
    if isinstance(settings, list):
        return [_plain(value) for value in settings]
    return settings


async def _tried(server: Server, ask: Callable[[Server], Awaitable[None]]) -> None:
    """Ask the client for something that it may refuse."""
    try:
        await ask(server)
    except Exception as error:
        told = f"pmlint: the client refuses: {error}"
        server.window_log_message(types.LogMessageParams(types.MessageType.Info, told))


async def _pull_settings(server: Server) -> None:
    """Ask for our section of the client's settings, where it answers such questions."""
    if server.can("workspace", "configuration"):
        (given,) = await server.workspace_configuration_async(
            types.ConfigurationParams([types.ConfigurationItem(section="pmlint")])
        )
        server.configure(_plain(given))


async def _watch_configuration(server: Server) -> None:
    """Ask to be told of changed configuration files."""
    if not server.can("workspace", "did_change_watched_files", "dynamic_registration"):
        # Each check looks at the files' times all the same.
        return
    watched = types.DidChangeWatchedFilesRegistrationOptions(
        [types.FileSystemWatcher(CONFIG_FILES)]
    )
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    await server.client_register_capability_async(
        types.RegistrationParams([types.Registration("pmlint-files", method, watched)])
    )


# -- code actions --------------------------------------------------------------


def _actions(
    server: Server, reading: Reading, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """What is offered for a range, of the kinds that the client asks for."""
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    uri = params.text_document.uri
    span = reading.positions.span(params.range)
    offered: list[types.CodeAction] = []
    if _asked(only, "quickfix"):
        offered += [
            _action(server, reading, uri, action, types.CodeActionKind.QuickFix)
            for action in (*actions.quick_fixes(reading, span), *actions.ignores(reading, span))
        ]
    if only and _asked(only, FIX_ALL):
        everything = actions.all_safe_fixes(reading)
        if everything is not None:
            offered.append(_action(server, reading, uri, everything, FIX_ALL))
    return offered


def _asked(only: Sequence[str], kind: str) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _action(
    server: Server,
    reading: Reading,
    uri: str,
    action: actions.Action,
    kind: types.CodeActionKind | str,
) -> types.CodeAction:
    found = [each for each in reading.findings if each in action.findings]
    related = bool(server.can("text_document", "publish_diagnostics", "related_information"))
    every = diagnostics.diagnostics(reading, uri, related=related)
    listed = [
        diagnostic
        for finding, diagnostic in zip(reading.findings, every, strict=True)
        if finding in found
    ]
    return types.CodeAction(
        title=action.title,
        kind=kind,
        diagnostics=listed or None,
        is_preferred=action.preferred or None,
        edit=_workspace_edit(server, reading, uri, action.edits),
        command=_selection(server, reading, uri, action),
    )


def _workspace_edit(
    server: Server, reading: Reading, uri: str, edits: Sequence[Edit]
) -> types.WorkspaceEdit:
    made: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = [
        types.TextEdit(reading.positions.range(edit.span), edit.text) for edit in edits
    ]
    if server.can("workspace", "workspace_edit", "document_changes"):
        document = types.OptionalVersionedTextDocumentIdentifier(uri, reading.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, made)])
    plain = [edit for edit in made if isinstance(edit, types.TextEdit)]
    return types.WorkspaceEdit(changes={uri: plain})


def _selection(
    server: Server, reading: Reading, uri: str, action: actions.Action
) -> types.Command | None:
    """What lets the reason be typed over; None where the client cannot select."""
    if not action.mark or not server.can("window", "show_document", "support"):
        return None
    return types.Command(
        "Write the reason", SELECT, arguments=list(selection(reading, uri, action))
    )


def selection(reading: Reading, uri: str, action: actions.Action) -> tuple[str, int, int, int]:
    """Document, line, and the first and last unit of the words to type over."""
    (edit,) = action.edits
    place = reading.positions.position(edit.span.start)
    # A comment is one line of plain letters, and it stands in the first one that is written.
    start = place.character + edit.text.index(f"({action.mark})") + 1
    return uri, place.line, start, start + len(action.mark)


def serve(options: Options, on_fault: Callable[[Exception], None] | None = None) -> None:
    """Answer the client at standard input and output until it says goodbye."""
    Server(options, on_fault).start_io()
