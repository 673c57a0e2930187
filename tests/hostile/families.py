"""Texts that grow, each by a shape that has stopped some reader of text.

Most shapes of Markdown are those for which CommonMark implementations keep tests; the
others aim at what pmlint reads itself: times, lengths, zones, tasks, figures, comments.
"""

from __future__ import annotations

from collections.abc import Callable

Family = Callable[[int], str]
"""A text from a number; its length grows with the number."""


def _repeat(piece: str, before: str = "", behind: str = "") -> Family:
    return lambda n: before + piece * n + behind


def _ladder(piece: Callable[[int], str]) -> Family:
    """Pieces that grow; as many as make the text grow with the number."""
    return lambda n: "".join(piece(at) for at in range(1, max(int((2 * n) ** 0.5), 2)))


_HEAD = "# Postmortem: checkout outage of 18 June 2024\n\n"
_TIMELINE = _HEAD + "## Timeline (UTC)\n\n"
_TASKS = _HEAD + "## Action items\n\n"
_IMPACT = _HEAD + "## Impact\n\n"
_DURATION = _HEAD + "## Issue Summary\n\n"

MARKDOWN: dict[str, Family] = {
    "nested strong emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "emphasis closers without openers": _repeat("a_ "),
    "emphasis openers without closers": _repeat("_a "),
    "link closers without openers": _repeat("a]"),
    "link openers without closers": _repeat("[a"),
    "mismatched openers and closers": _repeat("*a_ "),
    "openers and closers, multiples of three": lambda n: "a**b" + "c* " * n,
    "link openers and emphasis closers": _repeat("[ a_"),
    "brackets with open links": _repeat("[ (]("),
    "images with open links": _repeat("![[]()"),
    "hard line breaks by spaces": _repeat("a  \n"),
    "many open brackets": _repeat("["),
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "nested block quotes": lambda n: "> " * n + "a",
    "nested lists": _ladder(lambda at: "  " * at + "* a\n"),
    "lists on one line": _repeat("- "),
    "ordered lists on one line": _repeat("1. "),
    "quotes and lists in turn": _repeat("> - "),
    "backticks of every length": _ladder(lambda at: "e" + "`" * at),
    "backticks open": _repeat("`a"),
    "unclosed links": _repeat("[a](<b"),
    "unclosed links with titles": _repeat('[a](b "'),
    "link title of escapes": _repeat("\\", "[a](x '"),
    "unclosed comments": _repeat("<!--"),
    "unclosed comment openers": _repeat("</", "", "<!--"),
    "unclosed declarations": _repeat("<!A "),
    "unclosed processing instructions": _repeat("<?"),
    "unclosed CDATA": _repeat("<![CDATA["),
    "unclosed tags": _repeat("<a "),
    "attributes": _repeat(" a='b'", "<x"),
    "entities": _repeat("&amp;"),
    "broken entities": _repeat("&#"),
    "references": lambda n: "[ref]: /x\n\n" + "[ref]" * n,
    "reference definitions": _ladder(lambda at: f"[{'a' * at}]: u\n"),
    "reference without end": _repeat("[a]: b\n"),
    "setext underlines": _repeat("a\n-\n"),
    "hashes": _repeat("#"),
    "closing hashes": _repeat("#", "# a ", " b"),
    "headings": _repeat("# a\n"),
    "thematic breaks": _repeat("* * *\n"),
    "stars on one line": _repeat("* *"),
    "table of one wide row": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n",
    "table of many rows": _repeat("|x\n", "|a|b|\n|-|-|\n"),
    "delimiter row alone": _repeat("|-"),
    "table rows of pipes": _repeat("||", "|a|\n|-|\n"),
    "code fences open and close": _repeat("```\n"),
    "fences that grow": _ladder(lambda at: "~" * (at + 2) + "\n"),
    "indented code": _repeat("    a\n\n"),
    "tabs": _repeat("\t"),
    "leading tabs": _repeat("\t", "", "a"),
    "spaces": _repeat(" ", "a\n", "\na"),
    "one long line": _repeat("word "),
    "one long word": _repeat("a"),
    "blank lines": _repeat("\n"),
    "carriage returns": _repeat("a\r"),
    "line separators that are none": _repeat("a\u2028\x0b\x0c\x85\x1c"),
    "combining marks": _repeat("\u0301", "a"),
    "right to left": _repeat("\u05d0\u202e "),
    "zero width": _repeat("\u200b\u200d\ufeff", "# a"),
    "astral": _repeat("\U0001f600"),
    "no-break spaces": _repeat("\xa0", "# a"),
    "escapes": _repeat("\\*"),
    "front matter without end": _repeat("a: b\n", "---\n"),
    "front matter of one key": _repeat("a ", "---\n", "\n---\n"),
    "front matter fences": _repeat("---\n"),
    "TOML front matter": _repeat("a = 1\n", "+++\n"),
    "HTML headings": _repeat("<h2>a</h2>\n"),
    "HTML headings open": _repeat("<h2>"),
    "HTML rows open": _repeat("<tr>", "<table>"),
    "HTML rows": _repeat("<tr><td>a</td></tr>", "<table>"),
    "HTML cells open": _repeat("<td>", "<table><tr>", "</tr>"),
    "HTML cells without rows": _repeat("<th ", "<table>"),
    "HTML lists nested": _repeat("<ul><li>"),
    "HTML breaks": _repeat("<br>", "<p>"),
    "HTML tag without end": _repeat(" ", "<li"),
    "HTML code": _repeat("<code>a</code> "),
    "HTML code open": _repeat("<code>"),
    "HTML bold": _repeat("<b>a</b> "),
    "code that is nearly a time": _repeat(" ", "`2024-01-01", "x`"),
    "code spans in a link": _repeat("`[`", "["),
    "links": _repeat("[a](b) "),
    "images": _repeat("![a](b)\n"),
}

READING: dict[str, Family] = {
    "bold lines": _repeat("**Impact**\n\n"),
    "bold openers": _repeat("**Impact"),
    "labels": _repeat("Impact: "),
    "labelled items": _repeat("- **Impact:** 40% of users\n"),
    "empty labelled items": _repeat("- **Duration:**\n"),
    "colons": _repeat(":", _HEAD),
    "digits": _repeat("1", _IMPACT),
    "digits in a duration": _repeat("9", _DURATION + "- Duration: ", " minutes"),
    "digits and commas": _repeat("1,", _IMPACT),
    "digits and dots": _repeat("1.", _IMPACT),
    "digits and spaces": _repeat("1 ", _IMPACT),
    "digits and slashes": _repeat("1/", _DURATION),
    "digits and dashes": _repeat("1-", _DURATION),
    "digits and colons": _repeat("1:", _TIMELINE + "- "),
    "percents": _repeat("4% ", _IMPACT),
    "percents of users": _repeat("40% of users and ", _IMPACT),
    "percents on lines": _repeat("- 40% of users\n", _IMPACT),
    "figures without subject": _repeat("about 5 to ", _IMPACT),
    "money": _repeat("$1,000 ", _IMPACT),
    "clocks on one line": _repeat("10:00 ", _TIMELINE + "- "),
    "clock ranges on one line": _repeat("10:00-", _TIMELINE + "- "),
    "clock ranges on lines": _repeat("- 10:00 - 11:00 UTC: a\n", _TIMELINE),
    "dates on one line": _repeat("18 June 2024 ", _DURATION),
    "dates and clocks": _repeat("2024-06-18 10:00 UTC - ", _DURATION),
    "am and pm": _repeat("10 am pm ", _TIMELINE + "- "),
    "months": _repeat("June ", _DURATION),
    "days of the week": _repeat("Tue, ", _DURATION),
    "zones": _repeat("UTC ", _DURATION + "- Duration: 10:00"),
    "zone brackets": _repeat("(", _DURATION + "- 10:00 "),
    "offsets": _repeat("+01:00", _DURATION + "- 10:00"),
    "IANA names": _repeat("America/", _DURATION + "- 10:00 "),
    "English zones": _repeat("Pacific Standard ", _DURATION + "- 10:00 "),
    "lengths": _repeat("2 hours ", _DURATION + "- Duration: "),
    "lengths with and": _repeat("2 hours and ", _DURATION + "- Duration: "),
    "words of number": _repeat("twenty-", _DURATION + "- Duration: "),
    "events": _repeat("- 10:00 - a\n", _TIMELINE),
    "events backwards": lambda n: (
        _TIMELINE + "".join(f"- {23 - at // 60 % 24:02}:{59 - at % 60:02} - a\n" for at in range(n))
    ),
    "events of many days": _repeat("- 23:59 - a\n- 00:01 - b\n", _TIMELINE),
    "events with dates": _repeat("- 2024-06-18 10:00 UTC - paged the on-call\n", _TIMELINE),
    "events in a table": _repeat("| 10:00 | a |\n", _TIMELINE + "| Time | Event |\n|---|---|\n"),
    "events under dates": _repeat("### 18 June 2024\n\n- 10:00 a\n", _TIMELINE),
    "timelines": _repeat("## Timeline\n\n10:00 a\n\n"),
    "relative times": _repeat("- T+5 min a\n", _TIMELINE),
    "tasks": _repeat("- [ ] Add an alert on failed payments\n", _TASKS),
    "tasks the same word": _repeat("- fix ", _TASKS),
    "tasks of one sentence": _repeat("Add an alert and ", _TASKS + "- "),
    "tasks in a table": _repeat(
        "| Add a test | @ann | 2024-07-01 |\n", _TASKS + "| Task | Owner | Due |\n|-|-|-|\n"
    ),
    "tasks with owners": _repeat("(owner: @ann) ", _TASKS + "- Add a test "),
    "tasks with tickets": _repeat("ABC-123 ", _TASKS + "- Add a test "),
    "task boxes": _repeat("[ ] ", _TASKS + "- "),
    "whys": _repeat("1. Why did it fail? Because it did.\n", _HEAD + "## Root cause\n\n"),
    "blame": _repeat("Bob should have known better. ", _HEAD + "## Root cause\n\n"),
    "sentences": _repeat("It was down. ", _HEAD + "## Root cause\n\n"),
    "commas": _repeat("a, ", _HEAD + "## Root cause\n\n"),
    "dashes": _repeat("- ", _TIMELINE + "- 10:00 "),
    "long dashes": _repeat("—", _TIMELINE + "- 10:00 "),
    "placeholders": _repeat("<your text> ", _HEAD),
    "placeholders open": _repeat("<your ", _HEAD),
    "square placeholders": _repeat("[TBD] ", _HEAD),
    "TODO": _repeat("TODO ", _HEAD),
    "underscores": _repeat("_", _HEAD + "Impact: "),
    "dots": _repeat(".", _HEAD + "Impact: "),
    "ellipses": _repeat("... ", _HEAD),
    "addresses": _repeat("https://example.org/", _HEAD),
    "mail addresses": _repeat("a@b.", _HEAD),
    "mentions": _repeat("@a ", _TASKS + "- Fix it "),
    "phone numbers": _repeat("+49 30 1234567 ", _HEAD),
    "the title": _repeat("Postmortem ", "# "),
    "titles": _repeat("# Postmortem: outage\n\n## Timeline\n\n- 10:00 a\n\n"),
    "sections": _repeat("## Impact\n\n40% of users\n\n"),
    "section names": _ladder(lambda at: f"## Impact{' a' * at}\n\nx\n\n"),
    "suppression comments": _repeat("<!-- pmlint: ignore PM402 -->\n", _HEAD),
    "suppression starts": _repeat("<!-- pmlint: ignore-start PM402 -->\n", _HEAD),
    "suppression codes": _repeat("PM402, ", _HEAD + "<!-- pmlint: ignore ", "-->"),
    "suppression without end": _repeat("<!-- pmlint: ignore ", _HEAD),
    "suppression reasons": _repeat("because ", _HEAD + "<!-- pmlint: ignore PM402 -- ", "-->"),
    "expected findings": _repeat("<!-- pmlint: ", _HEAD, "-->"),
}

FAMILIES: dict[str, Family] = {**MARKDOWN, **READING}
