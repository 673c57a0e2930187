"""``pmlint timeline``: the picture to scale as text, Mermaid and SVG, and in the document."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT, Run, Tree
from test_metrics import STUB, incident, measured

from pmlint.drawing import mermaid, svg, text
from pmlint.drawing.scene import Scene, scene
from pmlint.reports.colour import Style

HOSTILE = '%%{init: {"theme": "x"}}%% ```<script>alert(1)</script> & "a;b#c:d" \x1b[31m \u202e'


def drawn(document: str) -> Scene:
    found = scene(measured(document))
    assert found is not None
    return found


def events(*entries: str, heading: str = "## Timeline (UTC)", duration: str = "") -> str:
    head = "# Mail down on 3 May 2024\n\n"
    field = f"- **Duration:** {duration}\n\n" if duration else ""
    rest = "\n## Impact\n\n30 users\n\n## Root cause\n\nThe disk of the mail server was full.\n"
    return head + field + heading + "\n\n" + "".join(f"- {entry}\n" for entry in entries) + rest


# -- what is drawn -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "phases"),
    [
        pytest.param(
            incident(),
            [
                ("until detected", "5 min"),
                ("until mitigated", "1 h 25 min"),
                ("until resolved", "30 min"),
            ],
            id="all",
        ),
        pytest.param(
            incident(detected="15:00").replace("Rolled back", "Removed"),
            [("until resolved", "2 h")],
            id="noticed at once, never mitigated",
        ),
        pytest.param(
            incident(detected="~15:05"),
            [
                ("until detected", "about 5 min"),
                ("until mitigated", "about 1 h 25 min"),
                ("until resolved", "30 min"),
            ],
            id="about",
        ),
        pytest.param(events("10:00 Mail stops", "11:00 Disk cleared"), [], id="no start told"),
    ],
)
def test_phases_last_until_the_next_moment(document: str, phases: list[tuple[str, str]]) -> None:
    assert [(phase.name, phase.took) for phase in drawn(document).phases] == phases


@pytest.mark.parametrize(
    ("document", "gaps"),
    [
        pytest.param(incident(), ["1 h 25 min", "30 min"], id="half an hour and more"),
        pytest.param(events("10:00 Mail stops", "10:25 Disk cleared"), [], id="shorter"),
        pytest.param(
            events("00:00 A", "00:40 B", "11:00 C"), ["10 h 20 min"], id="a small part of the whole"
        ),
    ],
)
def test_gaps_of_half_an_hour_are_drawn(document: str, gaps: list[str]) -> None:
    assert [gap.took for gap in drawn(document).gaps] == gaps


def test_marks_stand_in_the_order_of_time() -> None:
    found = drawn(events("10:00 A", "10:30 C", "10:10 B"))
    assert [mark.text for mark in found.marks] == ["A", "B", "C"]


def test_entry_without_a_time_is_counted_and_not_drawn() -> None:
    found = drawn(events("10:00 A", "somebody looks", "10:10 B"))
    assert (len(found.marks), found.left_out) == (2, 1)


# -- Mermaid -------------------------------------------------------------------------

DOCUMENTS = [
    pytest.param(incident(), id="phases and gaps"),
    pytest.param(incident(detected="15:05-15:20"), id="a range"),
    pytest.param(
        events("10:00 Only one", duration="3 May 2024, 10:00 - 10:30 UTC"), id="one event"
    ),
    pytest.param(events("10:00 A", "10:00 B"), id="all at once"),
    pytest.param(events(f"10:00 {HOSTILE}", "10:05 B"), id="hostile text"),
    pytest.param(events("10:00 click e1 call f()", "10:05 section B", "10:07 end"), id="keywords"),
    pytest.param(events("10:00 Ärger, 無線, 🔥 x → y", "10:05 B"), id="other scripts"),
    pytest.param(
        events("23:50 A", "00:10 B", heading="## Timeline", duration="23:50 - 00:20 EAT"),
        id="no date, over midnight",
    ),
    pytest.param(events("2 May 2024: A", "4 May 2024: B", "7 May 2024 10:00 C"), id="days"),
    pytest.param(events(*(f"{day} May 2024: step {day}" for day in range(2, 7))), id="only days"),
    pytest.param((ROOT / "examples" / "good.md").read_text("utf-8"), id="example"),
]


def parsed(texts: list[str]) -> list[dict[str, Any]]:
    """What the real Mermaid makes of texts."""
    folder = ROOT / "tests" / "mermaid"
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    if not (folder / "node_modules" / "mermaid").is_dir():
        pytest.skip("Mermaid is not installed: npm install --prefix tests/mermaid")
    done = subprocess.run(
        [node, "parse.mjs"],
        cwd=folder,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_mermaid_is_what_the_real_mermaid_reads() -> None:
    scenes = [drawn(str(parameter.values[0])) for parameter in DOCUMENTS]
    found = parsed([mermaid.render(each) for each in scenes])
    for seen, each in zip(scenes, found, strict=True):
        assert each.get("kind") == "gantt", each
        marks = [task for task in each["tasks"] if task["section"] == "Events"]
        assert [task["start"][:16] for task in marks] == [
            f"{mark.at:%Y-%m-%dT%H:%M}" for mark in seen.marks
        ]
        assert len(each["tasks"]) == len(marks) + len(seen.phases) + min(
            len(seen.gaps), mermaid.MOST_GAPS
        )


def test_the_real_mermaid_refuses_what_is_wrong() -> None:
    (found,) = parsed(["gantt\n  dateFormat X\n  : : :\n  nonsense"])
    assert "error" in found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_mermaid_holds_no_text_that_its_grammar_knows(document: str) -> None:
    for line in mermaid.render(drawn(document)).splitlines()[7:]:
        name, colon, data = line.strip().partition(" :")
        if line.strip().startswith("section"):
            continue
        assert colon
        assert not re.search(r"[:%{}<>`\"&]|;(?<!\d;)|#(?!\d+;)", name), name
        assert re.fullmatch(r"\w+, [peg]\d+, [\d: -]{19}, (?:0m|[\d: -]{19})", data)


# -- SVG -----------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_svg_is_well_formed_and_says_aloud_what_it_shows(document: str) -> None:
    seen = drawn(document)
    root = ElementTree.fromstring(svg.render(seen))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    named = [root.find(f"s:{name}", space) for name in ("title", "desc")]
    ids = [element.get("id") for element in named if element is not None]
    assert (root.get("aria-labelledby") or "").split() == ids
    assert named[0] is not None
    assert named[0].text == f"Timeline of {seen.title}"
    told = named[1].text if named[1] is not None else ""
    for mark in seen.marks:
        assert svg._NO_XML.sub("\ufffd", mark.text).rstrip(" .") in (told or "")
    assert len(root.findall("s:circle", space)) == len(seen.marks)
    assert not root.findall(".//s:script", space)


def test_svg_is_to_scale() -> None:
    root = ElementTree.fromstring(svg.render(drawn(events("10:00 A", "10:10 B", "11:00 C"))))
    first, second, third = (
        float(dot.get("cy") or 0) for dot in root.iter("{http://www.w3.org/2000/svg}circle")
    )
    assert (second - first) / (third - first) == pytest.approx(1 / 6, abs=0.01)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_svg_text_stays_inside_the_picture_and_apart(document: str) -> None:
    root = ElementTree.fromstring(svg.render(drawn(document)))
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    places: set[tuple[str | None, str | None]] = set()
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y = float(element.get("x") or 0), float(element.get("y") or 0)
        size = 12 if "small" in (element.get("class") or "") else 14
        wide = svg._measure(element.text or "", size * 0.85)
        left = x - wide if element.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + wide <= width
        assert 0 < y < height
        assert (element.get("x"), element.get("y")) not in places
        places.add((element.get("x"), element.get("y")))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("ink", 7.0),
        ("soft", 4.5),
        ("detect", 3.0),
        ("mitigate", 3.0),
        ("resolve", 3.0),
        ("dot", 3.0),
    ],
)
def test_contrast_on_light_and_dark(scheme: str, name: str, least: float) -> None:
    light, _, dark = svg._STYLE.partition("@media (prefers-color-scheme: dark)")
    rules = light if scheme == "light" else dark

    def fill(of: str) -> float:
        match = re.search(rf"\.{of} {{ fill: (#[0-9a-f]{{6}})", rules)
        assert match is not None
        return luminance(match[1])

    high, low = sorted((fill(name), fill("ground")), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= least


# -- text ----------------------------------------------------------------------------


def test_text_shows_scale_phases_gaps_and_entries() -> None:
    page = text.render(drawn(incident()), Style(80))
    assert (
        page.splitlines()[:9]
        == [
            "Checkout offline",
            "a.md",
            "4 events over 2 h, from 18 June 2024, UTC",
            "",
            "  15:00 ●──●────────────────────────────────────────────●───────────────● 17:00",
            "        ━━━ until detected, 5 min",
            "           ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ until mitigated, 1 h 25 min",
            "                              until resolved, 30 min ━━━━━━━━━━━━━━━━",
            "",
        ]
        or page
    )


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize(("width", "unicode"), [(40, True), (60, False), (80, True), (120, False)])
def test_text_fits_its_width(document: str, width: int, unicode: bool) -> None:
    from pmlint.reports.layout import cells

    page = text.render(drawn(document), Style(width, unicode))
    assert max(map(cells, page.splitlines())) <= width
    assert "\x1b" not in page


# -- the command -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(("a.md",), 0, "", id="text"),
        pytest.param(("--format", "svg", "a.md"), 0, "", id="svg"),
        pytest.param(("stub.md",), 0, "stub.md: holds no incident: a link", id="no incident"),
        pytest.param(("untimed.md",), 0, "no event tells when it was", id="nothing to draw"),
        pytest.param(("missing.md",), 2, "no such file", id="missing"),
        pytest.param(("empty",), 3, "no Markdown file found", id="no Markdown"),
        pytest.param((), 2, "timeline: name a file", id="no file named"),
        pytest.param(("--format", "svg", "a.md", "b.md"), 2, "one file at a time", id="two svg"),
        pytest.param(("--format", "svg", "--write", "a.md"), 2, "keeps a Mermaid", id="svg kept"),
        pytest.param(("--write", "-"), 2, "standard input", id="nowhere to write"),
    ],
)
def test_call_says_what_cannot_be_drawn(
    run: Run, tree: Tree, arguments: tuple[str, ...], code: int, told: str
) -> None:
    tree(
        {
            "a.md": incident(),
            "b.md": incident(),
            "stub.md": STUB,
            "untimed.md": re.sub(r"- 1\d:\d\d ", "- ", incident()),
            "empty/x.txt": "",
        }
    )
    result = run("timeline", "--isolated", *arguments)
    assert result.code == code, result.err
    assert told in result.err


# -- kept in the document -----------------------------------------------------------------


def test_write_adds_the_picture_below_the_timeline_and_nothing_else(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": incident()})
    assert run("timeline", "--write", "a.md").code == 0
    new = (folder / "a.md").read_text("utf-8")
    begin, end = new.index("<!-- pmlint timeline -->"), new.index("## Root cause")
    assert new[:begin] + new[end:] == incident()
    assert new[:begin].endswith("orders succeed again\n\n")
    assert new[begin:end].endswith("```\n<!-- /pmlint timeline -->\n\n")


def test_second_write_changes_nothing(run: Run, tree: Tree) -> None:
    folder = tree({"a.md": incident()})
    run("timeline", "--write", "a.md")
    before = (folder / "a.md").read_bytes()
    assert run("timeline", "--write", "a.md").err == "a.md: the picture is up to date\n"
    assert (folder / "a.md").read_bytes() == before


def test_write_brings_the_picture_up_to_date_where_the_author_put_it(run: Run, tree: Tree) -> None:
    markers = "<!-- pmlint timeline -->\n<!-- /pmlint timeline -->\n"
    folder = tree({"a.md": incident().replace("## Timeline", f"{markers}\n## Timeline")})
    run("timeline", "--write", "a.md")
    path = folder / "a.md"
    path.write_text(path.read_text("utf-8").replace("15:05", "15:10"), "utf-8")
    run("timeline", "--write", "a.md")
    new = path.read_text("utf-8")
    assert new.count("```mermaid") == 1
    assert new.index("```mermaid") < new.index("## Timeline")
    assert "until detected, 10 min" in new


@pytest.mark.parametrize(
    ("before", "line_end"),
    [
        pytest.param(b"", b"\r\n", id="CRLF"),
        pytest.param(b"\xef\xbb\xbf", b"\n", id="byte order mark"),
    ],
)
def test_write_keeps_line_ends_and_byte_order_mark(
    run: Run, tmp_path: Path, before: bytes, line_end: bytes
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(before + incident().encode().replace(b"\n", line_end))
    path.chmod(0o640)
    assert run("timeline", "--write", path).code == 0
    new = path.read_bytes()
    assert new.startswith(before)
    assert new.count(b"\n") == new.count(line_end)
    assert b"```mermaid" in new
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.md"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param("\n<!-- pmlint timeline -->\n", "line 24: ", id="half a pair"),
        pytest.param(
            "\n<!-- /pmlint timeline -->\n\n<!-- pmlint timeline -->\n", "line 26: ", id="turned"
        ),
    ],
)
def test_broken_markers_are_named_and_nothing_is_written(
    run: Run, tree: Tree, more: str, told: str
) -> None:
    folder = tree({"a.md": incident(more=more)})
    result = run("timeline", "--write", "a.md")
    assert result.code == 2
    assert told in result.err
    assert (folder / "a.md").read_text("utf-8") == incident(more=more)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_document_reads_the_same_with_its_picture(run: Run, tree: Tree, document: str) -> None:
    folder = tree({"a.md": document})
    before = run("show", "--format", "json", "a.md").json[0]
    result = run("timeline", "--write", "a.md")
    assert result.code == 0, result.err
    after = run("show", "--format", "json", "a.md").json[0]
    assert [event["text"] for event in after["timeline"]["events"]] == [
        event["text"] for event in before["timeline"]["events"]
    ]
    assert after["metrics"] == before["metrics"]
    assert (folder / "a.md").read_text("utf-8").count("```mermaid") == 1
