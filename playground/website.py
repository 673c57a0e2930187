"""Build the project's site: the front page, the documentation, and the page to try it.

    python playground/website.py [FOLDER]        (default: dist/site)

Every Markdown file becomes a page of the same name; links between them keep working, and
files that they link to come along. Needs what ``playground/build.py`` needs.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from playground import build  # noqa: E402

LINK = re.compile(r'(?P<before>\s(?:href|src|srcset)=")(?P<target>[^"]+)(?P<after>")')
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; \
img-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="{top}playground/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{top}site.css">
</head>
<body>
<nav aria-label="Site"><a href="{top}index.html">pmlint</a>
<a href="{top}playground/index.html">Try it here</a>
<a href="{top}docs/usage.html">Usage</a>
<a href="{top}docs/rules/README.html">Rules</a></nav>
<main>
{body}</main>
</body>
</html>
"""
STYLE = """\
:root { color-scheme: light dark; --ground: #fff; --ink: #1f2328; --soft: #59636e;
  --line: #818b98; --panel: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3;
  --soft: #9da7b3; --line: #6e7681; --panel: #161b22; --link: #79c0ff; } }
body { margin: 0; font: 16px/1.6 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  color: var(--ink); background: var(--ground); overflow-wrap: break-word; }
nav, main { max-width: 58rem; margin: 0 auto; padding: .75rem 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); }
img { max-width: 100%; height: auto; }
pre { overflow-x: auto; padding: .75rem; background: var(--panel); border-radius: 6px; }
pre, code { font: .9em/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .3rem .7rem; text-align: left;
  vertical-align: top; }
"""


class LinkError(Exception):
    """A page links to what is not there."""


def main(arguments: list[str]) -> int:
    """Build the site. The exit code is 2 where that fails."""
    target = Path(arguments[0]) if arguments else ROOT / "dist" / "site"
    try:
        build.build(target / "playground")
        pages(target)
    except (build.BuildError, LinkError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"built: serve {target}, for example `python -m http.server -d {target}`")
    return 0


def pages(target: Path) -> None:
    """Front page and documentation, with the files that they link to.

    Raises LinkError for a link that leads nowhere.
    """
    target.mkdir(parents=True, exist_ok=True)
    (target / "site.css").write_text(STYLE, "utf-8")
    for source in sources():
        path = target / address(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(source, target), "utf-8")


def sources() -> Iterator[Path]:
    """The Markdown files that become pages."""
    yield ROOT / "README.md"
    for name in ("CHANGELOG.md", "SECURITY.md"):
        if (ROOT / name).is_file():
            yield ROOT / name
    yield from sorted((ROOT / "docs").rglob("*.md"))


def address(source: Path) -> str:
    """The page of a Markdown file, from the top of the site."""
    if source == ROOT / "README.md":
        return "index.html"
    return source.relative_to(ROOT).with_suffix(".html").as_posix()


def page(source: Path, target: Path) -> str:
    """One page. What it links to outside of the pages is copied."""
    text = source.read_text("utf-8")
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = markdown.parse(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _anchor(tokens[at + 1].content))
    body = markdown.renderer.render(tokens, markdown.options, {})
    depth = address(source).count("/")
    title = next((line[2:].strip() for line in text.split("\n") if line.startswith("# ")), "pmlint")

    def led(match: re.Match[str]) -> str:
        return match["before"] + _led(match["target"], source, target) + match["after"]

    return PAGE.format(
        title=escape(title if title == "pmlint" else f"{title} · pmlint"),
        top="../" * depth,
        body=LINK.sub(led, body),
    )


def _led(link: str, source: Path, target: Path) -> str:
    """A link as the site has it."""
    path, _, anchor = link.partition("#")
    if not path or re.match(r"[a-z]+:", path):
        return link
    meant = (source.parent / unquote(path)).resolve()
    if meant.is_dir():
        meant = next((meant / name for name in ("README.md",) if (meant / name).is_file()), meant)
    if not meant.exists() or not meant.is_relative_to(ROOT):
        raise LinkError(f"{source.relative_to(ROOT)} links to {path}, which is not there")
    pages_known = meant.suffix == ".md" and (
        meant.is_relative_to(ROOT / "docs") or meant.parent == ROOT
    )
    there = address(meant) if pages_known else meant.relative_to(ROOT).as_posix()
    if meant.is_dir():
        _listing(meant, target / there)
        there += "/index.html"
    elif not pages_known:
        (target / there).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(meant, target / there)
    led = os.path.relpath(there, os.path.dirname(address(source)) or ".")
    return led.replace(os.sep, "/") + (f"#{anchor}" if anchor else "")


def _listing(folder: Path, target: Path) -> None:
    """A folder of files that are no pages, as a list of links to them."""
    target.mkdir(parents=True, exist_ok=True)
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    for name in names:
        shutil.copyfile(folder / name, target / name)
    items = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>\n' for name in names)
    name = folder.relative_to(ROOT).as_posix()
    html = PAGE.format(
        title=escape(f"{name} · pmlint"),
        top="../" * (name.count("/") + 1),
        body=f"<h1>{escape(name)}</h1>\n<ul>\n{items}</ul>\n",
    )
    (target / "index.html").write_text(html, "utf-8")


def _anchor(heading: str) -> str:
    """The anchor that code hosts give a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
