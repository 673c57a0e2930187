"""The server: the open documents, their settings, and what is published of them.

What a document says is read once a version. A check waits a moment while changes pour
in, so that a fast typist is answered for the last letter and not for each. Whatever
fails becomes a line in the client's log; the server goes on.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic, perf_counter
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from pmlint import __version__
from pmlint.config import ConfigError, FaultyFile, Problem
from pmlint.files.discovery import File, is_markdown
from pmlint.lsp import diagnostics
from pmlint.lsp.document import Reading, read
from pmlint.lsp.settings import Wishes, merged
from pmlint.running.following import Configuration, Options

SHORTEST_WAIT = 0.005
"""Seconds without a change before a document is checked."""
LONGEST_WAIT = 0.25
"""Seconds after which it is checked although changes go on."""
MOST_OUTCOMES = 100
"""Outcomes of notifications that are held before those that are done are dropped."""

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
    told: bool = False
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

    def can(self, *names: str) -> Any:
        """What the client says of one of its abilities; None where it says nothing."""
        found: Any = self.client_capabilities
        for name in names:
            found = getattr(found, name, None)
        return found

    def opened(self, uri: str) -> None:
        """A document was opened: check it at once."""
        self._documents[uri] = _Open()
        self.check(uri)

    def changed(self, uri: str) -> None:
        """A document was changed: check it as soon as no change follows."""
        self._drop_outcomes()
        known = self._documents.setdefault(uri, _Open())
        now = monotonic()
        if known.waiting is None:
            known.since = now
        else:
            known.waiting.cancel()
        wait = max(SHORTEST_WAIT, min(known.seconds - 0.05, LONGEST_WAIT))
        wait = max(min(wait, known.since + LONGEST_WAIT - now), 0)
        known.waiting = asyncio.get_running_loop().call_later(wait, self.check, uri)

    def _drop_outcomes(self) -> None:
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
        self._withdraw_complaint()
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

    def _withdraw_complaint(self) -> None:
        """The configuration can be obeyed: take back what was said of it."""
        for file in self._faulty:
            self._publish(_uri(file), [], None)
        self._faulty, self._complaint = set(), ""

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
