"""Measure the page in headless Chromium: what is loaded, and how long a reader waits.

    python benchmarks/in_browser.py [FOLDER]     FOLDER: a built page; else one is built

Prints the time from opening the page to the first finding (a document in the link, nothing
kept from earlier visits; then again from what the browser keeps), and from a keystroke in a
document of 5 KB to the findings, with the part that pmlint itself takes. Needs Chromium and
the package ``playwright``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playground import build, serving  # noqa: E402

VISITS = 5
KEYS = 40
LISTEN = """
window.checked = 0;
document.addEventListener("pmlint:checked", () => { window.checked += 1; });
"""
TYPE = """
async (times) => {
  const area = document.getElementById("text");
  const waits = [];
  for (let i = 0; i < times; i += 1) {
    const told = new Promise((done) => {
      document.addEventListener("pmlint:checked", done, { once: true });
    });
    const start = performance.now();
    area.setRangeText("x", area.value.length - 2, area.value.length - 2, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    const typed = performance.now() - start;
    await told;
    waits.push([typed, performance.now() - start]);
  }
  return waits;
}
"""


def main(arguments: list[str]) -> int:
    """Measure and print. The exit code is 2 where something is missing."""
    browser = serving.chromium()
    if browser is None:
        print("error: no Chromium on the path; set CHROMIUM", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        folder = Path(arguments[0]) if arguments else Path(work) / "site"
        if not arguments:
            build.build(folder)
        driver = import_module("playwright.sync_api")
        with serving.serve(folder) as (url, seen), driver.sync_playwright() as play:
            chromium = play.chromium.launch(
                executable_path=browser, args=list(serving.CHROMIUM_OPTIONS)
            )
            _loading(chromium, folder, url, seen)
            _typing(chromium, url)
            chromium.close()
    return 0


def document(size: int) -> str:
    """A postmortem of about so many bytes, with faults."""
    text = (ROOT / "examples" / "faulty.md").read_text("utf-8")
    head, tail = text.split("## Root Cause", 1)
    entries = (
        f"- 10:{minute:02} AM - Node {minute} of the search cluster is drained and rebuilt.\n"
        for minute in range(41, 60)
    )
    middle = "".join(entries)
    words = "The index is built from the log of changes, shard by shard, by one worker.\n"
    rest = size - len(head) - len(middle) - len(tail)
    return f"{head.rstrip()}\n{middle}\n## Root Cause{tail}\n{words * max(rest // len(words), 1)}"


def _loading(chromium: Any, folder: Path, url: str, seen: list[str]) -> None:
    sizes = {name: (size, packed) for name, size, packed in build.sizes(folder)}
    first, again, asked = [], [], set[str]()
    for _ in range(VISITS):
        context = chromium.new_context()
        seen.clear()
        page = context.new_page()
        first.append(_until_finding(page, url))
        asked |= {path.split("?")[0].lstrip("/") or "index.html" for path in seen}
        page.locator("#offline:has-text('without a network')").wait_for(timeout=120_000)
        page.close()
        again.append(_until_finding(context.new_page(), url))
        context.close()
    loaded = [sizes[name] for name in asked if name in sizes]
    print(
        f"loaded: {len(loaded)} files, {sum(size for size, _ in loaded) / 1e6:.1f} MB,"
        f" {sum(packed for _, packed in loaded) / 1e6:.1f} MB gzipped"
    )
    print(f"first finding, first visit:  {_told(first)}")
    print(f"first finding, later visits: {_told(again)}")


def _until_finding(page: Any, url: str) -> float:
    """Seconds from the call for the page to a finding of the text in its link."""
    page.add_init_script(LISTEN)
    start = time.perf_counter()
    page.goto(f"{url}{FRAGMENT}")
    page.locator(".finding").first.wait_for(timeout=120_000)
    return time.perf_counter() - start


def _typing(chromium: Any, url: str) -> None:
    page = chromium.new_page()
    page.goto(url)
    page.locator("#template option").first.wait_for(state="attached", timeout=120_000)
    text = document(5_000)
    page.fill("#text", text)
    page.locator(".finding").first.wait_for(timeout=120_000)
    waits = page.evaluate(TYPE, KEYS)
    typed = [wait for wait, _ in waits]
    told = [wait for _, wait in waits]
    print(
        f"a keystroke in {len(text.encode()):,} bytes: the page is busy for {_ms(typed)},"
        f" the findings stand after {_ms(told)}, 120 ms of them waiting for more keys"
    )


def _fragment() -> str:
    """The faulty example as the page packs it."""
    import base64
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(document(1_000).encode()) + packer.flush()
    return "#text=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


FRAGMENT = _fragment()


def _told(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.1f} s (of {len(seconds)}: best {min(seconds):.1f} s)"


def _ms(milliseconds: list[float]) -> str:
    return f"{statistics.median(milliseconds):.0f} ms (at most {max(milliseconds):.0f} ms)"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
