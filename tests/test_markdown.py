"""Markdown is read as blocks whose words know where they stand in the raw file."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmlint.findings import Source
from pmlint.markdown import Block, Document, parse


def blocks(text: str) -> list[tuple[str, int, list[str]]]:
    """Kind, 1-based first line and words of each block."""
    found = parse(Source(text, "x.md")).blocks
    return [(block.kind, block.first + 1, [line.plain for line in block.lines]) for block in found]


def source_words(document: Document, block: Block) -> list[str]:
    """What stands in the raw file at the places of a block's lines."""
    return [document.source.slice(line.span()) for line in block.lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "# Outage\n\nText.",
            [("heading", 1, ["Outage"]), ("text", 3, ["Text."])],
            id="atx",
        ),
        pytest.param("## Outage ##\n", [("heading", 1, ["Outage"])], id="closed atx"),
        pytest.param(
            "Outage\n======\n\nX",
            [("heading", 1, ["Outage"]), ("text", 4, ["X"])],
            id="setext",
        ),
        pytest.param(
            "<h2>Impact</h2>\n<p>All users</p>",
            [("heading", 1, ["Impact"]), ("text", 2, ["All users"])],
            id="HTML headings are headings",
        ),
        pytest.param(
            "<ul>\n<li>10:00 alert</li>\n<li>10:05 fixed</li>\n</ul>",
            [("item", 2, ["10:00 alert"]), ("item", 3, ["10:05 fixed"])],
            id="HTML lists are lists",
        ),
        pytest.param(
            "- one\n  - two\n    - three\n",
            [("item", 1, ["one"]), ("item", 2, ["two"]), ("item", 3, ["three"])],
            id="lists of any nesting",
        ),
        pytest.param(
            "- [x] done\n- [ ] open\n",
            [("item", 1, ["done"]), ("item", 2, ["open"])],
            id="the box is no word of the task",
        ),
        pytest.param(
            "| Time | Event |\n|---|---|\n| 10:00 | a \\| b |\n",
            [("row", 1, ["Time", "Event"]), ("row", 3, ["10:00", "a | b"])],
            id="an escaped pipe stays in its cell",
        ),
        pytest.param(
            '---\ntitle: "Search outage"\ndate: 2024-01-02\n---\n# A',
            [
                ("front-matter", 2, ["title", "Search outage"]),
                ("front-matter", 3, ["date", "2024-01-02"]),
                ("heading", 5, ["A"]),
            ],
            id="YAML front matter",
        ),
        pytest.param(
            "+++\ntitle = 'Search outage'\n+++\n# A",
            [("front-matter", 2, ["title", "Search outage"]), ("heading", 4, ["A"])],
            id="TOML front matter",
        ),
        pytest.param(
            "---\n\nText\n\n---\n",
            [("text", 3, ["Text"])],
            id="rules around a text are no front matter",
        ),
        pytest.param(
            "```\n10:00 log\n```\nText",
            [("code", 1, ["```", "10:00 log", "```"]), ("text", 4, ["Text"])],
            id="fenced code",
        ),
        pytest.param(
            "Text <!-- 10:00 --> more",
            [("text", 1, ["Text  more"])],
            id="comments are no words",
        ),
        pytest.param(
            "<!-- only\na comment -->\n\nA",
            [("text", 4, ["A"])],
            id="a comment is no block",
        ),
        pytest.param("a\nb\n", [("text", 1, ["a", "b"])], id="a paragraph keeps its lines apart"),
        pytest.param(
            "1.        Plan the rewrite\n2.        Write it down",
            [("item", 1, ["Plan the rewrite"]), ("item", 2, ["Write it down"])],
            id="items whose words stand far from the number",
        ),
        pytest.param(
            "1.        rm -rf /tmp/x\n",
            [("code", 1, ["1.        rm -rf /tmp/x"])],
            id="code in an item",
        ),
    ],
)
def test_a_text_is_read_as_blocks(text: str, expected: list[tuple[str, int, list[str]]]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("\ufeff# Outage", "heading", id="byte order mark"),
        pytest.param("##\u00a0Outage", "heading", id="no-break space behind the hashes"),
        pytest.param("#\tOutage", "heading", id="tab behind the hashes"),
        pytest.param("x\r\n\r\n# Outage\r\n", "heading", id="CRLF"),
        pytest.param("x\r\r# Outage\r", "heading", id="CR alone"),
        pytest.param("😀\n\n# Outage", "heading", id="emoji before it"),
        pytest.param("x\n\nOutage\n---", "heading", id="setext"),
        pytest.param("<h1>Outage</h1>", "heading", id="HTML"),
        pytest.param("-\tOutage", "item", id="tab behind the bullet"),
        pytest.param("1. a\n   * Outage", "item", id="nested list"),
        pytest.param("> > Outage", "text", id="quote in a quote"),
        pytest.param("**Outage**", "text", id="bold"),
        pytest.param("| a | Outage |\n|-|-|\n", "row", id="table"),
        pytest.param("---\ntitle: 'Outage'\n---\n", "front-matter", id="front matter"),
    ],
)
def test_words_know_where_they_stand(text: str, kind: str) -> None:
    document = parse(Source(text, "x.md"))
    words = [
        document.source.slice(line.span())
        for block in document.blocks
        if block.kind == kind
        for line in block.lines
    ]
    assert "Outage" in words


def test_depth_counts_lists_and_quotes() -> None:
    found = parse(Source("- a\n  - b\n\n> c\n", "x.md")).blocks
    assert [(block.depth, block.quoted) for block in found] == [(1, 0), (2, 0), (0, 1)]


def test_a_box_has_a_state() -> None:
    found = parse(Source("- [x] a\n- [ ] b\n- c\n", "x.md")).blocks
    assert [block.box for block in found] == [True, False, None]


def test_rows_know_their_table_and_header() -> None:
    text = "|a|\n|-|\n|b|\n\n|c|\n|-|\n"
    found = parse(Source(text, "x.md")).blocks
    assert [(block.table, block.header) for block in found] == [(1, True), (1, False), (2, True)]


def test_nesting_that_is_too_deep_is_told() -> None:
    assert parse(Source("> " * 200 + "x", "x.md")).too_deep == 0
    assert parse(Source("> > x", "x.md")).too_deep is None


MARKDOWN = st.text(
    alphabet=st.sampled_from(list("ab1:#-*_`|>[]()<>/!&\\~=+. \t\n\r\u00a0😀é\x0c\u2028")),
    max_size=120,
)


@given(MARKDOWN)
@example("\r\n\x0b-")
@example("<li>")
@example("|\n|-")
@example("---\n---")
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_place_lies_inside_it(text: str) -> None:
    document = parse(Source(text, "x.md"))
    for block in document.blocks:
        assert 0 <= block.first <= block.last < len(document.source.starts)
        assert 0 <= block.span.start <= block.span.end <= len(text)
        for line in block.lines:
            span = line.span()
            assert 0 <= span.start <= span.end <= len(text)


@given(MARKDOWN)
@settings(max_examples=200, deadline=None)
def test_blocks_follow_each_other(text: str) -> None:
    firsts = [block.first for block in parse(Source(text, "x.md")).blocks]
    assert firsts == sorted(firsts)


def test_html_table_gives_rows_with_cells() -> None:
    text = (
        "<table>\n<tr><th>Time</th><th>Event</th></tr>\n"
        "<tr>\n<td>10:00</td>\n<td>Alert <code>at 12:30</code></td>\n</tr>\n</table>\n"
    )
    rows = [block for block in parse(Source(text)).blocks if block.kind == "row"]
    assert [[cell.plain for cell in row.lines] for row in rows] == [
        ["Time", "Event"],
        ["10:00", "Alert at 12:30"],
    ]
    assert [row.header for row in rows] == [True, False]
    assert rows[1].first == 2
    assert "12:30" not in rows[1].lines[1].prose
