"""How soon the language server answers a change, through its protocol.

    python benchmarks/lsp.py [--edits 200] [--bytes 10000] [--memory 500]

Starts ``pmlint lsp`` as an editor does, opens a postmortem of that size, types one letter
at a time and waits each time for the diagnostics of that version. Prints the median and
the 95th percentile of the time from sending the change to having them, the same for
hover, outline and quick fixes, and what the memory grew by over many edits. The aim is
50 ms at the median. Needs the extra ``lsp``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
WARM_UP = 100


def document(size: int) -> str:
    """A postmortem with findings, of about so many bytes: more events and more prose."""
    text = (ROOT / "examples" / "faulty.md").read_text("utf-8")
    events: list[str] = []
    prose: list[str] = []
    number = 0
    while len(text) + sum(map(len, events)) + sum(map(len, prose)) < size:
        hour, minute = 10 + (40 + number) // 60, (40 + number) % 60
        events.append(f"- {hour}:{minute:02} - Shard {number} of 40 is filled and answers again.\n")
        prose.append(f"\nShard {number} was empty for 3 % of the users until it was filled.\n")
        number += 1
    head, mark, tail = text.partition("\n## Root Cause and Resolution\n")
    return f"{head.rstrip()}\n{''.join(events)}{mark}{''.join(prose)}{tail}"


class Session:
    """An editor with one open document."""

    def __init__(self, path: Path, text: str) -> None:
        self.client = LanguageClient("benchmark", "1")
        self.uri = path.as_uri()
        self.path = path
        self.text = text
        self.version = 0
        self.latest = -1
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self._published(params)
        )

    def _published(self, params: types.PublishDiagnosticsParams) -> None:
        self.latest = max(self.latest, params.version or 0)

    async def start(self) -> None:
        """Start the server and open the document."""
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        await self.client.start_io(
            sys.executable, "-m", "pmlint", "lsp", cwd=self.path.parent, env=environ
        )
        await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(), root_uri=self.path.parent.as_uri()
            )
        )
        self.client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(self.uri, "markdown", self.version, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await self.answered()

    async def answered(self) -> None:
        """Wait for the diagnostics of the present version."""
        async with asyncio.timeout(PATIENCE):
            while self.latest < self.version:
                await asyncio.sleep(0.0005)

    async def edit(self) -> None:
        """Type one letter in the middle of the document, and wait for what is found."""
        self.version += 1
        at = self.text.index(" was ", len(self.text) // 2)
        self.text = f"{self.text[:at]}{'x' if self.version % 20 else ' '}{self.text[at:]}"
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(self.text)],
            )
        )
        await self.answered()

    async def hover(self) -> None:
        """Ask for the rule behind the event that goes back."""
        await self.client.text_document_hover_async(
            types.HoverParams(self._document, types.Position(13, 4))
        )

    async def outline(self) -> None:
        """Ask for the sections."""
        await self.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(self._document)
        )

    async def fixes(self) -> None:
        """Type a letter, then ask for quick fixes: they are tried anew for each version."""
        await self.edit()
        place = types.Position(13, 4)
        context = types.CodeActionContext([])
        await self.client.text_document_code_action_async(
            types.CodeActionParams(self._document, types.Range(place, place), context)
        )

    @property
    def _document(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    def memory(self) -> int:
        """Kilobytes in use by the server; 0 where the system does not tell."""
        process = self.client._server
        try:
            status = Path(f"/proc/{process.pid}/status").read_text("ascii") if process else ""
        except OSError:
            return 0
        return next((int(line.split()[1]) for line in status.split("\n") if "VmRSS" in line), 0)

    async def stop(self) -> None:
        """Say goodbye."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]


async def measured(name: str, work: Callable[[], Awaitable[None]], times: int) -> None:
    """Do something many times and print how long it took."""
    took = []
    for _ in range(times):
        start = perf_counter()
        await work()
        took.append((perf_counter() - start) * 1000)
    last = quantiles(took, n=20)[-1]
    print(f"{name:<34}{median(took):8.1f} ms{last:10.1f} ms")


async def run(edits: int, size: int, memory: int) -> None:
    """One session, and what was measured in it."""
    with tempfile.TemporaryDirectory() as folder:
        text = document(size)
        session = Session(Path(folder).resolve() / "postmortem.md", text)
        await session.start()
        for _ in range(WARM_UP):
            await session.edit()
        print(f"{len(text.encode()):,} bytes, {edits} times each{'median':>18}{'95 of 100':>13}")
        await measured("a change, until its diagnostics", session.edit, edits)
        await measured("hover", session.hover, edits)
        await measured("outline", session.outline, edits)
        await measured("a change, then its quick fixes", session.fixes, max(edits // 5, 2))
        before = session.memory()
        for _ in range(memory):
            await session.edit()
        grown = session.memory() - before
        print(f"memory: {before:,} kB, after {memory} more edits {grown:+,} kB")
        await session.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--bytes", type=int, default=10_000)
    parser.add_argument("--memory", type=int, default=500)
    arguments = parser.parse_args()
    asyncio.run(run(arguments.edits, arguments.bytes, arguments.memory))


if __name__ == "__main__":
    main()
