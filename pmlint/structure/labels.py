"""Where a label such as ``Impact:`` ends and its statement begins."""

from __future__ import annotations

import re
from functools import cache

from pmlint.reading.dates import MONTH_LETTERS
from pmlint.standard.patterns import expression
from pmlint.structure.text import Text


@cache
def label_pattern() -> re.Pattern[str]:
    """Words in front of a colon."""
    # "Start:10:00" has a label, "at 10:30" has none.
    return re.compile(r"([^:：\n]{2,60}?)\s*+(?:[*_]++\s*+)?(?:(?<!\d)[:：]|[:：](?!\d))-?(?!//)")


_BEFORE_LABEL = expression(r"\W*(?:\d{1,2}[.)]\W*)?")


@cache
def dash_label() -> re.Pattern[str]:
    """Words in front of a dash, an arrow or an equals sign."""
    return re.compile(r"([^:\n]{2,40}?)\s++(?:[-–—=→➔➜]|[=-]>)\s++(?=\S)")


_ARROWS = (" -> ", " => ", " → ", " ➜ ", " = ")


def split_label(text: Text) -> tuple[int, int, bool] | None:
    """Where a label ends, where the statement begins, whether the label is bold."""
    plain = text.plain
    before = _BEFORE_LABEL.match(plain)
    if text.bold and before and text.bold[0][0] <= before.end():
        low, high = text.bold[0]
        words = plain[low:high]
        rest = plain[high:]
        if words.rstrip().endswith((":", "：")):
            return len(plain[:high].rstrip().rstrip(":：")), high, True
        match = re.match(r"\s*+(?:\([^()]{0,60}\)\s*+)?(?:[:：]|[-–—=→➔➜](?=\s))", rest)
        if match:
            return high, high + match.end(), True
        inner = label_pattern().match(words)
        if inner and len(inner.group(1).split()) <= 6:
            return len(plain[:low]) + len(inner.group(1)), low + inner.end(), True
        return None
    match = label_pattern().match(plain)
    if match and any(sign in match[1] for sign in _ARROWS):
        # "Duration -> 2h 25m: 11:20 AM to …"
        match = None
    if match and match[1].count("(") > match[1].count(")"):
        # "Duration - 2 hours (start: 10:00, end: 12:00)"
        match = None
    if match and match[1].startswith("[") and "]" not in match[1]:
        # "[task: what will exist]" is a slot to be filled in.
        return None
    if match:
        return match.end(1), match.end(), False
    match = dash_label().match(plain)
    if match and plain[:1].isupper() and len(match.group(1).split()) <= 4:
        return match.end(1), match.end(), False
    return None


@cache
def _timeish() -> re.Pattern[str]:
    return re.compile(
        r"\d{1,2}[:.]\d{2}|\d\s*[ap]\.?m\b|\d{4}-\d\d|\d\s*(?:h|hr|hour|min|day|sec|s\b)|"
        rf"\b(?:hour|minute|day|noon|midnight|{'|'.join(MONTH_LETTERS)})|"
        r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\[|\bTBD\b|\?\?|hh:mm|yyyy|\d{3,4}\s*h(?:ou)?rs",
        re.IGNORECASE,
    )


def tells_time(statement: str, label: str) -> bool:
    """A field named like a time is one only when it states a time or a length."""
    if "duration" in label.lower() or _counts_time(statement, label):
        return True
    return bool(_timeish().search(statement)) and not dates_posting(statement)


def _counts_time(statement: str, label: str) -> bool:
    """``Minutes of downtime: 94``: the label names the unit of a bare number."""
    words = label.lower().replace("(", " ").replace(")", " ").split()
    return not _UNITS.isdisjoint(words) and statement.strip(" ~*_").isdigit()


_UNITS = frozenset(("minutes", "mins", "min", "hours", "hrs"))


def dates_posting(statement: str) -> bool:
    """``Posted Nov 12, 08:15 PST`` behind a status tells when it was written."""
    return _POSTING.match(statement) is not None


_POSTING = expression(
    r"\W*(?:post by|posted|published|updated|edited|written"
    r"|last (?:updated?|edited|modified))\b",
    re.IGNORECASE,
)


def declares_times(words: str) -> bool:
    """``All times in UTC``, ``Times are local``: no name of a part."""
    return _DECLARATION.match(words) is not None


_DECLARATION = expression(
    r"\W*(?:note\W{1,2})?(?:all (?:of )?(?:the )?(?:\w+ )?(?:times?|timestamps?|clocks|hours)\b"
    r"|(?:times|timestamps) (?:\w+ ){0,3}?(?:in|are|as)\b|times [A-Z]{2,4}\b)",
    re.IGNORECASE,
)


@cache
def capitals_label() -> re.Pattern[str]:
    """Up to three words in capitals and a colon."""
    return re.compile(r"(?<=\s)(?P<label>[A-Z][a-z]++(?: [A-Z][a-z]++){0,2}):(?=\s)")


@cache
def inner_label() -> re.Pattern[str]:
    """A label behind the end of a sentence, within a paragraph."""
    return re.compile(
        r"(?:(?<=[.!?])|(?<=[.!?)][\s)]))(?P<label>[A-Z][A-Za-z/& ]{3,50})"
        r"(?:\s\([^()\n]{0,60}\))?:(?=\s|$)"
    )
