"""A client of the language server, for tests."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from conftest import ROOT
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

PATIENCE = 20.0
"""Seconds to wait for an answer."""

SERVER = (sys.executable, "-m", "pmlint", "lsp")


class Editor:
    """One editor with one server."""

    def __init__(self) -> None:
        self.client = LanguageClient(converter_factory=default_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        """Everything that was published, the latest last."""
        self.said: list[str] = []
        """What the user was told in a message."""
        self.shown: list[types.ShowDocumentParams] = []
        """Places that the server asked to be selected."""
        self.versions: dict[str, int] = {}
        features = {
            **DEFAULT_CLIENT_FEATURES,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda params: self.published.append(params),
            types.WINDOW_SHOW_MESSAGE: lambda params: self.said.append(params.message),
        }
        register_lsp_features(self.client, {**features, types.WINDOW_SHOW_DOCUMENT: self._show()})

    def _show(self) -> Callable[[types.ShowDocumentParams], types.ShowDocumentResult]:
        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params)
            return types.ShowDocumentResult(success=True)

        return show

    def open(self, path: Path, text: str, language: str = "markdown") -> str:
        """Open a document; its URI."""
        uri = path.as_uri()
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Replace the text of a document."""
        self.versions[uri] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[uri], uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def codes(self, uri: str, wanted: set[str] | None = None) -> list[str]:
        """The codes that are shown for the present version; of ``wanted`` once it is those."""
        codes: list[str] = []
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    latest = next((p for p in reversed(self.published) if p.uri == uri), None)
                    if latest and latest.version in (None, self.versions.get(uri)):
                        codes = [str(found.code) for found in latest.diagnostics]
                        if wanted is None or set(codes) == wanted:
                            return codes
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"{wanted} is not shown for {uri}, but {codes}") from None

    async def quiet(self, uri: str, seconds: float = 0.4) -> bool:
        """True when nothing is published for a document for a while."""
        await asyncio.sleep(seconds)
        return not any(each.uri == uri for each in self.published)

    async def hover(self, uri: str, line: int, character: int) -> str:
        """What is told at a place; empty where it is nothing."""
        place = types.Position(line, character)
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), place)
        )
        if found is None or not isinstance(found.contents, types.MarkupContent):
            return ""
        return found.contents.value

    async def actions(
        self, uri: str, line: int, character: int, only: Sequence[str] | None = None
    ) -> list[types.CodeAction | types.Command]:
        """What is offered at a place.

        The client takes an action that also brings a command for a command alone.
        """
        place = types.Position(line, character)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri),
                types.Range(place, place),
                types.CodeActionContext([], only=list(only) if only else None),
            )
        )
        return list(found or ())


@asynccontextmanager
async def editor(
    root: Path,
    *,
    command: Sequence[str] = SERVER,
    capabilities: types.ClientCapabilities | None = None,
    options: dict[str, object] | None = None,
    environ: dict[str, str] | None = None,
) -> AsyncIterator[Editor]:
    """An editor whose folder is ``root``, its server started and said goodbye to at the end."""
    here = Editor()
    client = here.client
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})}
    await client.start_io(*command, cwd=root, env=environ)
    await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities or client_capabilities("visual-studio-code"),
            root_uri=root.as_uri(),
            initialization_options=options,
        )
    )
    try:
        yield here
    finally:
        await client.shutdown_session()
