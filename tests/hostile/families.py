"""Texts that grow, each by a shape that has stopped some reader of text.

Most shapes of Markdown are those for which CommonMark implementations keep tests; the
others aim at what pmlint reads itself: times, lengths, zones, tasks, figures, comments.
"""

from __future__ import annotations

from collections.abc import Callable

from pmlint import engine
from pmlint.findings import Source
from pmlint.standard import rulebook, templates

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
    "promises in prose": _repeat("it will ", "# Outage\n\nThe shop was down.\n\n"),
    "doings in prose": _repeat("I am ", "# Outage\n\nThe shop was down.\n\n"),
    "headings that are times": _repeat("### 15:00\n\ntext\n\n", "# Outage\n\n"),
    "bold times over their text": _repeat("**15:00 UTC**\n\ntext\n\n", "# Outage\n\n"),
    "updates": _repeat("**Update 17:00 UTC**: x\n\n", "# Outage\n\n"),
    "names of emoji": _repeat(":fire: ", "# Outage\n\n"),
}

_SUMMARY = _HEAD + "## Summary\n\n"
_CAUSE = _HEAD + "## Root cause\n\n"
_PLAIN = _HEAD + "**Timeline**\n10:00 a\n11:00 b\n\n"


def _backwards(entry: str, before: str, behind: str = "") -> Family:
    """Entries of a timeline, each a minute before the one above it."""

    def text(n: int) -> str:
        clocks = (f"{23 - at // 60 % 24:02}:{59 - at % 60:02}" for at in range(n))
        return before + "".join(entry.replace("TIME", clock) for clock in clocks) + behind

    return text


MANY: dict[str, Family] = {
    # One thing for each of many others: what is looked for among all of them each time.
    "prose lines in a timeline": _repeat(
        "the queue grew and nobody saw it\n", _TIMELINE + "- 10:00 a\n- 11:00 b\n\n"
    ),
    "prose lines as a timeline": _repeat("the queue grew and nobody saw it\n", _TIMELINE),
    "prose lines with times": _repeat("and the queue was 10:00 and\n", _TIMELINE),
    "labels in a plain timeline": _repeat("Foo bar: it went on\n", _PLAIN),
    "label paragraphs in a plain timeline": _repeat("Foo bar: it went on\n\n", _PLAIN),
    "conclusions in a plain timeline": _repeat("Conclusion: it went on\n\n", _PLAIN),
    "resolutions in a plain timeline": _repeat("Resolution: it was restarted\n\n", _PLAIN),
    "phases in a plain timeline": _repeat("Detection: an alert\n\nResolution: done\n\n", _PLAIN),
    "causes in a plain timeline": _repeat("Root cause: a bug\n\n", _PLAIN),
    "headings with colons": _repeat("## Impact:\n\n40% of users\n\n", _HEAD),
    "headings with numbers": _repeat("## 1. Impact\n\n40% of users\n\n", _HEAD),
    "misspelt headings": _repeat("## Imapct\n\n40% of users\n\n", _HEAD),
    "misspelt labels": _repeat("Imapct:\n\n40% of users\n\n", _HEAD),
    "links to a heading": _repeat("[a](#impact) ", _HEAD + "## Impact:\n\n"),
    "lessons behind other parts": lambda n: (
        _HEAD
        + "## Other\n\nSome words.\n\n" * n
        + "## Lessons learned\n\n- Add an alert\n- Add a test\n\n" * n
    ),
    "timelines before durations": lambda n: (
        _HEAD + "## Timeline\n\n- 10:00 a\n\n" * n + "## Duration\n\n10:00 - 11:00 UTC\n\n" * n
    ),
    "ranges and lengths": _repeat("10:00 to 12:00 UTC for 2 hours ", _SUMMARY),
    "ranges of hours": _repeat("10:00 to 12:00 hours ", _SUMMARY + "- Duration: "),
    "impossible clocks": _repeat("- 13:20 PM a\n- 25:00 b\n- 10:00 c\n", _TIMELINE),
    "events outside the window": _repeat(
        "- 2024-06-18 10:00 UTC service restored\n",
        _SUMMARY + "- Duration: 18 June 2024, 15:00 - 15:20 UTC\n\n## Timeline\n\n",
    ),
    "mail addresses": _repeat("- ask bob@corp.example\n", _TIMELINE + "- 10:00 a\n"),
    "mail beside code": _repeat("- 10:00 ask bob@corp.example and `x y`\n", _TIMELINE),
    "owners by mail": _repeat("- Add a test (owner: bob@corp.example)\n", _TASKS),
    "comments below entries": _repeat("- 10:00 TBD\n  <!-- pmlint: ignore PM106 -->\n", _TIMELINE),
    "comments behind entries": _repeat("- 10:00 TBD <!-- pmlint: ignore PM106 -->\n", _TIMELINE),
    "comments before entries": _repeat(
        "<!-- pmlint: ignore PM106 -->\n\n- 10:00 TBD\n\n", _TIMELINE
    ),
    "comments on one line": _repeat("a <!-- pmlint: ignore PM106 --> ", _TIMELINE + "- 10:00 "),
    "comments in a table": _repeat(
        "<!-- pmlint: ignore PM106 -->\n| 10:00 | a |\n",
        _TIMELINE + "| Time | Event |\n|---|---|\n",
    ),
    "comments that begin": _repeat(
        "<!-- pmlint: ignore-start PM106 -->\n\n- 10:00 TBD\n\n", _TIMELINE
    ),
    "comments that begin, then end": lambda n: (
        _TIMELINE
        + "<!-- pmlint: ignore-start PM106 -->\n\n" * n
        + "- 10:00 TBD\n\n"
        + "<!-- pmlint: ignore-end PM301 -->\n\n" * n
    ),
    "comments in code": _repeat("```\n<!-- pmlint: ignore PM106 -->\n```\n\n", _TIMELINE),
    "entries with and without a time": _repeat("- 10:02 a\n- b\n- 10:01 c\n", _TIMELINE),
    "entries backwards with text": _backwards("- TIME - a\n\n  more\n", _TIMELINE),
    "paragraphs backwards": _backwards("TIME - a\n\n", _TIMELINE),
    "elements backwards": _backwards("<li>TIME - a</li>\n", _TIMELINE + "<ul>\n", "</ul>\n"),
    "open elements backwards": _backwards("<li>TIME - a\n", _TIMELINE + "<ul>\n"),
    "headings backwards": _backwards("### TIME\n\nIt fell\n\n", _TIMELINE),
    "rows backwards": _backwards("| TIME | a |\n", _TIMELINE + "| Time | Event |\n|---|---|\n"),
    "lines of one entry": _repeat("  and more words of it\n", _TIMELINE + "- 10:00 a\n"),
    "items of one entry": _repeat("  - more of it\n", _TIMELINE + "- 10:00 a\n"),
    "tasks in tasks": _repeat("- Add a test\n  - for it\n    - again\n", _TASKS),
    "lines of one task": _repeat("  and more words of it\n", _TASKS + "- Add a test\n"),
    "parts of tasks": _repeat("## Action items\n\n- Add a test\n\n", _HEAD),
    "parts of tasks in one": _repeat("## Action items\n\n- Add a test\n\n", "# Action items\n\n"),
    "measures in other parts": _repeat(
        "### Follow-up\n\n- Add a test\n- Add an alert\n\n", _HEAD + "## Other\n\n"
    ),
    "tables of durations": _repeat("| Start | End |\n|---|---|\n| 10:00 | 11:00 |\n\n", _HEAD),
    "rows of durations": _repeat(
        "| Duration | 10:00 - 11:00 UTC |\n", _HEAD + "| a | b |\n|---|---|\n"
    ),
    "moments in sentences": _repeat("On 18 June 2024 at 10:00 UTC it fell. ", _SUMMARY),
    "zones that differ": _repeat("- 10:00 PST a\n- 11:00 EDT b\n", _TIMELINE),
    "figures in a sentence": _repeat("40% of users and 12,000 orders, ", _IMPACT),
    "figures among words that all differ": lambda n: (
        _IMPACT + "It lost " + "".join(f"a{at}x 5 GB under 5% " for at in range(n))
    ),
    "everybody of a part": _repeat("with all their users were down and ", _IMPACT + "some users "),
    "figures in a table": _repeat(
        "| 40% of users | 12,000 orders |\n", _IMPACT + "| a | b |\n|---|---|\n"
    ),
    "whys in whys": _repeat("1. Why? Because.\n   1. Why? Because.\n", _CAUSE),
    "bold lines in a list": _repeat("- **Impact**\n  - 40% of users\n", _HEAD),
    "labels in labels": lambda n: (
        _HEAD + "".join("  " * (at % 20) + "- Impact: 4% of users\n" for at in range(n))
    ),
    "quoted headings": _repeat("> ## Impact\n> 40%\n\n", _HEAD),
    "elements with labels": _repeat("<p><b>Impact:</b> 40% of users</p>\n", _HEAD),
    "dates on lines": _repeat("18 June 2024\n", _TIMELINE),
    "digits in a heading": _repeat("1", _TIMELINE + "### ", "?"),
    "words of time in a heading": _repeat("sept", _TIMELINE + "### ", "?"),
}


def _rules() -> dict[str, Family]:
    """For every rule its example again and again, and the line at which it finds a fault."""
    found: dict[str, Family] = {}
    for rule in rulebook.rules():
        example = next((each for each in rule.bad if not each.hex), None)
        if example is None:
            continue
        text = example.text.rstrip("\n") + "\n\n"
        found[f"{rule.code}, its example"] = _repeat(text)
        findings = next(iter(engine.demonstrate(rule))).findings
        if findings:
            lines = text.split("\n")
            at = Source(text).line_index(min(findings[0].span.start, len(text) - 1))
            before, behind = "\n".join(lines[: at + 1]), "\n".join(lines[at + 1 :])
            found[f"{rule.code}, its line"] = _repeat(lines[at] + "\n", before + "\n", behind)
            words = lines[at].lstrip("-*#|> ") + " "
            found[f"{rule.code}, its words"] = _repeat(words, before + " ", "\n" + behind)
    return found


def _parts() -> dict[str, Family]:
    """Every part of a postmortem as headings, labels and lines, and much of what it holds."""
    found: dict[str, Family] = {}
    for role, part in templates.load("default", ()).parts.items():
        name = min(part.names, key=lambda name: (not name.isascii(), len(name), name)).capitalize()
        holds = {
            "duration": "10:00 - 11:00 UTC",
            "timeline": "- 10:00 a",
            "tasks": "- Add a test for it",
            "corrective": "- Add a test for it",
        }.get(role, "40% of users saw errors.")
        label = f"- **{name}:** {holds.lstrip('- ')}\n"
        found[f"{role}: headings"] = _repeat(f"## {name}\n\n{holds}\n\n", _HEAD)
        found[f"{role}: empty headings"] = _repeat(f"## {name}\n", _HEAD)
        found[f"{role}: labels"] = _repeat(label, _HEAD)
        found[f"{role}: plain lines"] = _repeat(f"{name}:\n{holds}\n\n", _HEAD)
        found[f"{role}: beside others"] = _repeat(
            f"## {name}\n\n{holds}\n\n## Other\n\n- 10:00 it fell\n- we should fix it\n\n", _HEAD
        )
        found[f"{role}: lines"] = _repeat(f"{holds}\n", f"{_HEAD}## {name}\n\n")
        found[f"{role}: paragraphs"] = _repeat(
            "It was down for 2 hours from 10:00 to 12:00 UTC on 18 June 2024.\n\n",
            f"{_HEAD}## {name}\n\n",
        )
    return found


FAMILIES: dict[str, Family] = {**MARKDOWN, **READING, **MANY, **_rules(), **_parts()}
