"""The page of ``pmlint report``: what stands on it, and that documents cannot steer it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run, Tree
from test_archive import FILES, POOL, postmortem

from pmlint.archive import reading
from pmlint.archive.entries import link_path
from pmlint.reports.show_text import ABSENT

for library in ("jinja2", "sklearn", "snowballstemmer", "vl_convert"):
    pytest.importorskip(library, reason="pip install -e '.[report]'")

HOSTILE = "</script><script>window.pwned=1</script>"
EVIL = postmortem(
    "2024-05-05",
    f"{HOSTILE} The <img src=x onerror=window.pwned=2> pool \"of' the ledger {{{{ 7*7 }}}}",
    "[Warn](javascript:window.pwned=3) the gateway channel &lt;b&gt;",
    f"- [ ] Click <a href='javascript:window.pwned=4'>here</a> {HOSTILE} @amina",
    title=f"Outage {HOSTILE} \x1b[31m\u202egpj.\u2066",
).replace("First payments fail", f"First {HOSTILE} payments ' onmouseover='window.pwned=5")
ARCHIVE = {
    **{name: text for name, text in FILES.items() if name.endswith(".md")},
    "2024-05-05-evil.md": EVIL,
    "javascript:window.pwned=6.md": EVIL.replace("05-05", "06-06"),
    "a\"b'c<d>&#%20 é.md": EVIL.replace("05-05", "07-07"),
    "README.md": "# Archive\n\nOur postmortems.\n",
    "faulty.md": (ROOT / "examples" / "faulty.md").read_text(encoding="utf-8"),
}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for name, text in ARCHIVE.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def html(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(archive)
    result = run("report", ".", "--out", "-", "--today", "2024-12-31", "--isolated")
    assert (result.code, result.err) == (0, "")
    return result.out


def hrefs(html: str) -> Iterator[str]:
    return (each["href"] or "" for each in Page(html).all("a"))


# -- what stands on it -------------------------------------------------------------------


def test_page_shows_every_incident_with_its_findings_tasks_and_cause(html: str) -> None:
    seen = Page(html)
    incidents = [each for each in seen.all("article") if each.get("class") == "incident"]
    assert len(incidents) == len(ARCHIVE) - 1
    assert POOL in seen.text
    assert "Give the export a ledger pool of its own" in seen.text
    assert "PM602" in seen.text
    assert any(f"README.md: {why}" in seen.text for why in ABSENT.values())


def test_page_tells_what_came_back_with_both_passages(html: str) -> None:
    part = html[html.index('id="recurring"') : html.index('id="tasks"')]
    assert POOL in part
    assert "An export drained the connection pool of the ledger." in part
    assert "in 2 postmortems over 8 months" in part


def test_open_tasks_are_sorted_by_age(html: str) -> None:
    part = html[html.index('id="tasks"') : html.index('id="findings"')]
    ages = re.findall(r'<td class="num">([^<]+)</td>', part)
    assert ages[:6] == ["3 years", "15 months", "8 months", "7 months", "6 months", "6 months"]


def test_links_lead_to_lines_of_files_that_are_there(html: str, archive: Path) -> None:
    from urllib.parse import unquote

    lines = 0
    for href in hrefs(html):
        if href.startswith("#"):
            continue
        path, _, line = href.partition("#L")
        file = archive / unquote(path)
        assert file.is_file(), href
        lines += 1 <= int(line) <= file.read_text(encoding="utf-8").count("\n") + 1
    assert lines > 50


@pytest.mark.parametrize(
    ("path", "folder", "address"),
    [
        pytest.param("a.md", "", "./a.md", id="beside"),
        pytest.param("a.md", "out/deep", "../../a.md", id="page below"),
        pytest.param("javascript:x.md", "", "./javascript%3Ax.md", id="looks like a scheme"),
        pytest.param("a b#c?.md", "", "./a%20b%23c%3F.md", id="signs of addresses"),
        pytest.param("//evil.example/a.md", "/", "./evil.example/a.md", id="looks like a host"),
    ],
)
def test_addresses_of_files_have_no_scheme(path: str, folder: str, address: str) -> None:
    assert link_path(path, folder) == address


def test_links_to_the_web_carry_the_path_from_the_top(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    link = "https://example.org/o/r/blob/main"
    out = run("report", "old", "--out", "-", "--link", link).out
    found = [href for href in hrefs(out) if not href.startswith("#")]
    assert found
    assert all(href.startswith(f"{link}/old/202") for href in found)
    assert all(re.search(r"\.md\?plain=1#L\d+$", href) for href in found)


def test_same_archive_gives_the_same_page(
    run: Run, html: str, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    call = ("report", ".", "--out", "-", "--today", "2024-12-31", "--isolated")
    assert run(*call).out == html
    monkeypatch.setattr(reading, "WORTH", 2)
    assert run(*call).out == html


# -- hostile documents ---------------------------------------------------------------------


def test_nothing_of_a_document_becomes_an_element(html: str) -> None:
    seen = Page(html)
    assert len(seen.all("script")) == 1
    assert not seen.all("img")
    allowed = {"href", "id", "class", "style", "title"}
    for _, attributes in seen.elements:
        assert not any(name.startswith("on") for name in attributes)
    assert all(set(each) <= allowed for each in seen.all("a"))
    assert "{{ 7*7 }}" in seen.text
    assert "window.pwned=1" in seen.text


def test_every_address_is_of_the_page_or_of_a_file(html: str) -> None:
    assert all(re.match(r"#|\./|\.\./", href) for href in hrefs(html))
    assert not re.search(r'(?:src|srcset|action|formaction|xlink:href)="', html)
    assert not re.search(r"@import|url\(", html)


def test_policy_allows_the_one_script_and_no_network(html: str) -> None:
    (policy,) = (
        each["content"] or ""
        for each in Page(html).all("meta")
        if each.get("http-equiv") == "Content-Security-Policy"
    )
    script = html[html.index("<script>") + 8 : html.index("</script>")]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_control_characters_are_written_out(html: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", html)


# -- the command ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        pytest.param(["."], 2, "--out report.html", id="no place for the page"),
        pytest.param([".", "--out", "new.md"], 2, "would be overwritten", id="over a document"),
        pytest.param([".", "--out", "old"], 2, "cannot write old", id="a folder"),
        pytest.param([".", "--out", "x.html", "--today", "x"], 2, "no date `x`", id="no date"),
        pytest.param(
            [".", "--out", "x.html", "--link", "javascript:1"], 2, "no address", id="no address"
        ),
        pytest.param(["empty", "--out", "x.html"], 3, "no Markdown file", id="nothing to read"),
    ],
)
def test_wrong_calls_get_one_line(
    run: Run, tree: Tree, words: list[str], code: int, told: str
) -> None:
    root = tree(FILES)
    (root / "empty").mkdir()
    result = run("report", *words)
    assert result.code == code
    assert told in result.err
    assert result.err.count("\n") == 1
    assert not (root / "x.html").exists()


def test_page_is_written_with_a_note(run: Run, tree: Tree) -> None:
    root = tree(FILES)
    result = run("report", "old", "new.md", "--out", "deep/report.html")
    assert (result.code, result.out) == (0, "")
    assert re.fullmatch(r"deep/report\.html: 3 incidents, \d\d KB\n", result.err)
    html = (root / "deep" / "report.html").read_text(encoding="utf-8")
    assert 'href="../new.md#L' in html


def test_an_unreadable_file_stands_on_the_page_and_fails_the_run(run: Run, tree: Tree) -> None:
    root = tree(FILES)
    (root / "old" / "bad.md").write_bytes(b"\xff\xfe\x00")
    result = run("report", "old", "--out", "x.html")
    assert result.code == 2
    assert "bad.md" in result.err
    text = Page((root / "x.html").read_text(encoding="utf-8")).text
    assert "old/bad.md: cannot be read" in text


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a.md": postmortem("a weekday", "The pool.", "Warn on-call")}, id="no date"),
        pytest.param({"a.md": postmortem("2024-01-01", "The pool.")}, id="no task"),
    ],
)
def test_small_archives_give_a_page(run: Run, tree: Tree, files: dict[str, str]) -> None:
    tree(files)
    result = run("report", ".", "--out", "-")
    assert result.code == 0, result.err
    assert result.out.rstrip().endswith("</html>")


@pytest.mark.parametrize("out", ["deep/new/report.html", "there.html", "-"])
def test_nothing_is_written_where_no_file_tells_an_incident(run: Run, tree: Tree, out: str) -> None:
    root = tree({"docs/a.md": "# How to build\n\nmake\n", "there.html": "kept"})
    result = run("report", "docs", "--out", out)
    told = "no postmortem: 1 Markdown file tells no incident; no page was written\n"
    assert result == (3, "", told)
    assert sorted(each.name for each in root.iterdir()) == ["docs", "there.html"]
    assert (root / "there.html").read_text() == "kept"


def test_nothing_is_written_where_no_file_can_be_read(run: Run, tree: Tree) -> None:
    root = tree({"there.html": "kept"})
    result = run("report", "missing.md", "--out", "there.html")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert (root / "there.html").read_text() == "kept"


@pytest.mark.parametrize("library", ["jinja2", "vl_convert", "sklearn.feature_extraction"])
def test_a_missing_library_is_named(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    import sys

    tree(FILES)
    monkeypatch.setitem(sys.modules, library, None)
    result = run("report", "old", "--out", "x.html")
    assert result.code == 2
    assert 'pip install "pmlint[report]"' in result.err
    assert result.err.count("\n") == 1


# -- in a browser -------------------------------------------------------------------------------


def browser() -> tuple[str, str]:
    """Node.js and Chromium; skips where one of them, or a package of npm, is missing."""
    node = shutil.which("node")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not node or not chromium:
        pytest.skip("Node.js or Chromium is not installed")
    if not (ROOT / "tests" / "browser" / "node_modules" / "axe-core").is_dir():
        pytest.skip("axe is not installed: npm install --prefix tests/browser")
    return node, chromium


@pytest.fixture(scope="module")
def looked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    node, chromium = browser()
    from pmlint.cli import main

    out = tmp_path_factory.mktemp("page") / "report.html"
    before = Path.cwd()
    os.chdir(archive)
    try:
        assert main(["report", ".", "--out", str(out), "--isolated"]) == 0
    finally:
        os.chdir(before)
    script = ROOT / "tests" / "browser" / "page.mjs"
    done = subprocess.run(
        [node, str(script), chromium, str(out)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_browser_has_nothing_to_complain_of(looked: dict[str, Any]) -> None:
    assert looked["heard"] == {"console": [], "requests": [], "dialogs": []}


def test_browser_runs_nothing_of_a_document(looked: dict[str, Any]) -> None:
    assert looked["pwned"] is None
    assert looked["scripts"] == 1
    assert looked["schemes"] == ["file:"]


def test_filter_narrows_and_clears(looked: dict[str, Any]) -> None:
    everything = len(ARCHIVE) - 1
    assert looked["all"] == looked["cleared"] == everything
    assert looked["count"] == f"{everything} of {everything} incidents"
    assert 0 < looked["searched"]["incidents"] < everything
    assert looked["searched"]["count"].startswith(f"{looked['searched']['incidents']} of")
    assert looked["nothing"] == {"incidents": 0, "said": 1}
    assert 0 < looked["ruled"]["incidents"] == looked["ruled"]["meant"]


def test_hover_shows_the_words_and_arrows_go_along_the_events(looked: dict[str, Any]) -> None:
    assert re.match(r"(?:\d+ \w+ )?\d\d:\d\d ", looked["tip"])
    assert looked["focus"] == 1
    assert looked["open"] == len(ARCHIVE) - 1


def test_page_never_scrolls_sideways(looked: dict[str, Any]) -> None:
    assert looked["sideways"] == {"1200": 0, "768": 0, "390": 0}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(looked: dict[str, Any], scheme: str) -> None:
    assert looked["axe"][scheme] == []


# What a screen reader says of it


@pytest.fixture
def spoken(looked: dict[str, Any]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = looked["heard_by_a_reader"]
    return nodes


def names(spoken: list[dict[str, Any]], role: str) -> list[str]:
    return [node["name"] for node in spoken if node["role"] == role]


def test_every_chart_has_a_name_and_a_table(spoken: list[dict[str, Any]]) -> None:
    charts = names(spoken, "figure")
    assert charts == ["Incidents by month", "How long it took", "Median time to resolve by month"]
    assert set(charts) <= set(names(spoken, "table"))
    assert len(names(spoken, "Figcaption")) == len(charts)


def test_every_control_and_landmark_has_a_name(spoken: list[dict[str, Any]]) -> None:
    controls = ("searchbox", "combobox", "button", "link", "DisclosureTriangle", "textbox")
    landmarks = ("region", "navigation", "search")
    for node in spoken:
        if node["role"] in (*controls, *landmarks, "table", "heading", "option"):
            assert node["name"].strip(), node
    assert names(spoken, "searchbox") == ["Search"]
    assert names(spoken, "combobox") == ["Findings", "Rule", "Year"]
    lines = [name for name in names(spoken, "DisclosureTriangle") if name.startswith("Lines")]
    assert len(lines) == len(set(lines)) > 3


def test_result_of_the_filter_is_announced(spoken: list[dict[str, Any]]) -> None:
    (status,) = (node for node in spoken if node["role"] == "status")
    assert status["live"] == "polite"
    assert status["within"] == "search"


def test_headings_are_in_order_and_lead_to_every_incident(spoken: list[dict[str, Any]]) -> None:
    headings = [node for node in spoken if node["role"] == "heading"]
    levels = [node["level"] for node in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    titles = [node["name"] for node in headings if node["level"] == 3]
    assert sum("Outage" in title or "Search answered" in title for title in titles) >= 7


def test_cells_of_tables_have_headers(spoken: list[dict[str, Any]]) -> None:
    columns, rows = names(spoken, "columnheader"), names(spoken, "rowheader")
    assert {"month", "incidents", "Age", "Task", "Owner", "Rule", "Where"} <= set(columns)
    assert all(columns)
    assert all(rows)
    assert len(rows) > 20


# On paper


@pytest.fixture(params=["light", "dark"])
def paper(looked: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    told: dict[str, Any] = looked["printed"][request.param]
    return told


def test_paper_shows_every_document_whole(paper: dict[str, Any]) -> None:
    assert paper["incidents"] == len(ARCHIVE) - 1
    assert paper["absent"] == 1
    assert paper["charts"] == 3
    assert paper["lines"] == 0
    assert paper["pages"] > 3


def test_paper_cuts_nothing_off_and_has_no_controls(paper: dict[str, Any]) -> None:
    assert paper["beyond"] == []
    assert paper["controls"] == 0


def test_paper_is_legible_whatever_the_screen(paper: dict[str, Any]) -> None:
    assert paper["illegible"] == []
    assert paper["ground"] == "rgb(255, 255, 255)"


def test_paper_says_that_it_is_filtered(paper: dict[str, Any]) -> None:
    assert paper["filtered"] is False
    (said,) = paper["said"]
    assert re.fullmatch(rf"Filtered: \d of {len(ARCHIVE) - 1} incidents\.", said)
    assert 0 < paper["fewer"] < paper["pages"]


def test_paper_shows_only_titles_of_very_many_incidents(paper: dict[str, Any]) -> None:
    count = len(ARCHIVE) - 1
    assert paper["whole"] == {
        "incidents": 1,
        "titles": count,
        "said": f"{count} incidents: the titles, and what was open.",
    }
