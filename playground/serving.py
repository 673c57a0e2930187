"""A host for the built page on this machine, and how its browser is started."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name is looked up: whatever the page wants from elsewhere fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def chromium() -> str | None:
    """The Chromium of this machine, or the one that ``CHROMIUM`` names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


class _Silent(http.server.SimpleHTTPRequestHandler):
    seen: list[str]

    def log_message(self, format: str, *words: object) -> None:
        self.seen.append(self.path)


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a folder served on loopback, and the paths asked for so far."""
    seen: list[str] = []
    handler = type("Handler", (_Silent,), {"seen": seen})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
