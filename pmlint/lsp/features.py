"""The features of the protocol: which request the server answers with what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from lsprotocol import types

from pmlint.lsp import completion, hints, symbols
from pmlint.lsp.codeactions import FIX_ALL, SELECT, code_actions
from pmlint.lsp.document import Reading
from pmlint.lsp.hover import hover
from pmlint.lsp.server import Server
from pmlint.running.following import Options

CONFIG_FILES = "**/*.toml"
"""Files of which the client is asked to tell changes: own rules and templates are among them."""


def serve(options: Options, on_fault: Callable[[Exception], None] | None = None) -> None:
    """Answer the client at standard input and output until it says goodbye."""
    server = Server(options, on_fault)
    register(server)
    server.start_io()


def register(server: Server) -> None:
    """Bind the requests and notifications of the protocol."""
    _follow_documents(server)
    _follow_settings(server)
    _answer_at_places(server)
    _offer_edits(server)
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
    """What is asked about a place in a document: what it means, what stands behind it."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(params: types.HoverParams) -> types.Hover | None:
        reading = _reading(server, params.text_document)
        if reading is None:
            return None
        formats = server.can("text_document", "hover", "content_format") or ()
        markdown = not formats or types.MarkupKind.Markdown in formats
        offset = reading.positions.offset(params.position)
        return server.guarded(lambda: hover(reading, offset, markdown=markdown))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def on_hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        reading = _reading(server, params.text_document)
        if reading is None or not server.shows_hints:
            return []
        within = reading.positions.span(params.range)
        return server.guarded(hints.hints, reading, within) or []


def _offer_edits(server: Server) -> None:
    """What may be written in a document: how a finding is mended, what may follow."""

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def on_code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        reading = _reading(server, params.text_document)
        if reading is None:
            return []
        return server.guarded(code_actions, server, reading, params) or []

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
