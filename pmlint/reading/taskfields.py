"""Who does a task, until when, under which ticket, and whether it is done.

Offsets are 0-based code points into plain text (Markdown marks blanked out).
"""

from __future__ import annotations

import re
from functools import cache

from pmlint.namedtuples import NamedTuple
from pmlint.reading.dates import MONTH, MONTH_LETTERS, WEEKDAY, WEEKDAY_LETTERS
from pmlint.reading.prescriptions import is_prescription
from pmlint.reading.verbs import past_form, shouted, verb_of
from pmlint.reading.words import Words, sentences, tokens, word_lists
from pmlint.standard.patterns import expression


class Named(NamedTuple):
    """A value with its place; ``firm`` is False where it binds nobody or no day."""

    start: int
    end: int
    text: str
    firm: bool = True


_OWNER_FIELD = expression(
    r"\b(?:owners?|assignees?|assigned to|responsible|dri|driver|who|lead)\s*[:=–]\s*"
    r"@?([^,;|()\[\]\n:]{1,40})",
    re.IGNORECASE,
)


@cache
def _behind_owner() -> re.Pattern[str]:
    """What ends a name: a dash, a full stop that is not that of an initial, the next field."""
    return re.compile(
        r"\s[-–—]\s|(?<=[^\W\d_]{3})(?<!\bmrs)(?<!\bprof)\.\s"
        rf"|\.\s+(?:{_FIELDS})\b",
        re.IGNORECASE,
    )


_ASSIGNING = (
    r"owners?|assignees?|assigned to|responsible|dri|due(?: date| by)?|deadline|eta|target date"
)
_FIELDS = rf"{_ASSIGNING}|ticket|issue|priority|status"


@cache
def _assigning() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_ASSIGNING})\s{{0,3}}:", re.IGNORECASE)


def is_assigned(text: str) -> bool:
    """A field says who does it or until when; a ticket or a name may be a mere reference."""
    return ":" in text and _assigning().search(text) is not None


@cache
def _fields() -> re.Pattern[str]:
    return re.compile(rf"(?:[.;,|]|\s[-–—])\s{{1,3}}(?:{_FIELDS})\s{{0,3}}:", re.IGNORECASE)


_OWNER_FIRST = expression(
    r"\s*(?:owner|assignee|assigned to|responsible|dri)\s{0,3}:[^\n:]{1,40}?\s[-–—]\s+(?=\S)",
    re.IGNORECASE,
)


def without_fields(text: str) -> tuple[int, int]:
    """Where the words of a task start and end, without ``Owner: Kim - `` and ``. Due: 1 May``."""
    first = _OWNER_FIRST.match(text)
    start = first.end() if first else 0
    behind = _fields().search(text, start) if ":" in text[start:] else None
    if behind is None or not text[start : behind.start()].strip():
        return start, len(text)
    return start, behind.start() + (text[behind.start()] == ".")


_CLOSING_BRACKET = expression(r"\s[(\[][^()\[\]\n]{1,80}(?:[)\]][.!]?)?\s*$")


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_ASSIGNING}|priority|status)\s{{0,3}}:", re.IGNORECASE)


def closing_note(text: str, words: Words | None = None) -> int:
    """Where a note in brackets at the end starts that is no part of the task, else the end.

    It says who does it, until when, how urgent or in which state it is: "(done)", "(P1)".
    """
    lists = words or word_lists("tasks")
    found = _CLOSING_BRACKET.search(text, max(0, len(text) - _AT_END))
    if found is None:
        return len(text)
    inside = [token.lower for token in tokens(found.group())]
    known = lists["states"] | lists["urgencies"]
    noted = known.issuperset(inside) or _note().search(found.group()) is not None
    return found.start() if noted else len(text)


@cache
def _before_due() -> re.Pattern[str]:
    """A name and the word "due" before the day with which a task ends."""
    name = r"[A-Z][\w'’.-]{1,30}"
    return re.compile(
        rf"\s[-–—(\[]\s?(?:[Oo]wner )?(?!ETA\b|Due\b|Deadline\b)(?:{name}(?: {name})?)?"
        r"[\s,–—-]{0,45}(?:[Dd]ue(?: by)?|ETA|eta|by|[Dd]eadline)?$"
    )


def named_before(text: str, day: int) -> int:
    """Where the words begin that lead to the day at an offset: " – Anna Kowalska – 12 June"."""
    low = max(0, day - _AT_END)
    behind = text[low:day].rstrip(" :")
    found = _before_due().search(behind)
    return day if found is None else low + found.start()


_HANDLE = r"@[A-Za-z][\w-]{0,38}"


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.@/]){_HANDLE}")


@cache
def _bracketed() -> re.Pattern[str]:
    name = r"[A-Z][a-z'’]+"
    return re.compile(rf"[\[(]({name}(?: {name})?)[\])]\s*$|^\s*\[({name})\]")


def find_owner(text: str, words: Words | None = None) -> Named | None:
    """Who does it: a field, a handle or a name in brackets; not firm for a group."""
    lists = words or word_lists("tasks")
    match = _OWNER_FIELD.search(text) if any(sign in text for sign in ":=–") else None
    if match:
        value = _behind_owner().split(match.group(1), maxsplit=1)[0].strip(" *_.-?")
        if not value or value.lower() in lists["empty"]:
            return None
        start = text.index(value, match.start(1))
        return Named(start, start + len(value), value, not _is_group(value, lists))
    match = _handle().search(text) if "@" in text else None
    if match:
        name = match.group()[1:]
        return Named(match.start(), match.end(), name, not _is_group(name, lists))
    match = _bracketed().search(text) if "(" in text or "[" in text else None
    if match:
        at = 1 if match.group(1) else 2
        value = match.group(at)
        first = value.lower().split()[0]
        if (
            first not in lists["states"]
            and not verb_of(first, lists)
            and not _is_group(value, lists)
        ):
            return Named(match.start(at), match.end(at), value)
    return None


def _is_group(value: str, lists: Words) -> bool:
    return all(token.lower in lists["nobody"] for token in tokens(value.replace("-", " ")))


_FIRST_LETTERS = frozenset(
    (
        *MONTH_LETTERS, *WEEKDAY_LETTERS, "tod", "tom", "the", "end", "wit", "in ",
        "one", "two", "thr", "fou", "six",
    )
)  # fmt: skip
"""With these, a digit, "q" or "eo" begins what ``_date`` matches."""


def _date_at(text: str, at: int) -> re.Match[str] | None:
    """The date that begins at an offset."""
    head = text[at : at + 3].lower()
    if head in _FIRST_LETTERS or head[:1].isdigit() or head.startswith(("q", "eo")):
        return _iso_date().match(text, at) or _date().match(text, at)
    return None


_ISO = r"\d{4}-\d\d-\d\d"


@cache
def _iso_date() -> re.Pattern[str]:
    return re.compile(_ISO)


@cache
def _date() -> re.Pattern[str]:
    """Every other date: compiled only where the first letters are those of one."""
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    month = rf"{MONTH}\.?"
    count = r"(?:\d{1,3}|one|two|three|four|six)"
    return re.compile(
        rf"{month} {day}(?:,? \d{{4}})?\b"
        rf"|{day}(?: of)? {month}(?:,? \d{{4}})?"
        rf"|{month} \d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}"
        r"|(?:(?:the )?end of )?q[1-4](?: \d{4})?\b"
        r"|(?:the )?end of (?:the |this )?(?:week|month|quarter|year)\b"
        rf"|eo[dwmqy]\b|{WEEKDAY}\b|today\b|tomorrow\b"
        rf"|(?:within |in )?{count} (?:business |working )?(?:day|week|month)s?\b",
        re.IGNORECASE,
    )


_DUE_LEAD = expression(
    r"(?:\b(?:due(?: date| by| on)?|deadline|eta|target(?: date)?|by|until|before|within)\b"
    r"\s{0,3}[:=–-]?\s{0,3}(?:the )?|[(\[])",
    re.IGNORECASE,
)


def find_due(text: str, words: Words | None = None) -> Named | None:
    """Until when; not firm for "soon", "next sprint" and the like."""
    lists = words or word_lists("tasks")
    for match in _DUE_LEAD.finditer(text):
        closed = match.group() in "[("
        day = _date_at(text, match.end())
        if day and (not closed or text[day.end() : day.end() + 1] in (")", "]")):
            return Named(day.start(), day.end(), day.group())
        soft = _soft_date(text, match.end(), lists)
        if soft and (not closed or text[soft.end : soft.end + 1] in (")", "]")):
            return soft
    listed = _listed_date(text) or _closing_date(text, lists)
    if listed is not None:
        return listed
    trimmed = text.rstrip(" .")
    for phrase in sorted(lists["soft_dates"]):
        start = len(trimmed) - len(phrase)
        if start > 0 and trimmed[start:].lower() == phrase and trimmed[start - 1] == " ":
            return Named(start, len(trimmed), trimmed[start:], False)
    return None


_BRACKET = expression(r"[(\[][^()\[\]\n]{1,120}[)\]]")


def _listed_date(text: str) -> Named | None:
    """The date among what a bracket lists: ``(@ines, 2025-03-21, PLAT-412)``."""
    for bracket in _BRACKET.finditer(text):
        comma = text.find(",", bracket.start(), bracket.end())
        while comma >= 0:
            start = comma + 2 if text[comma + 1 : comma + 2] == " " else comma + 1
            day = _date_at(text, start)
            if day and text[day.end() : day.end() + 1] in (",", ")", "]"):
                return Named(day.start(), day.end(), day.group())
            comma = text.find(",", comma + 1, bracket.end())
    return None


@cache
def _dash_or_handle() -> re.Pattern[str]:
    name = r"\s[^\W\d_][\w'’-]{0,30}(?: [^\W\d_][\w'’-]{0,30})?,"
    return re.compile(rf"(?:{_HANDLE}[,:]?|\s[-–—](?:{name})?)\s+(?=\w)")


@cache
def _before_handle() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s){_ISO}(?=,?\s+{_HANDLE}[\s.]*$)")


@cache
def _behind_day() -> re.Pattern[str]:
    """A handle or a name may follow the day with which a task ends."""
    return re.compile(rf"(?:[,:]?\s+{_HANDLE}|\s[-–—]\s+\w+(?: \w+)?)?[\s.]*$")


_AT_END = 100
"""Characters at the end of a task among which its last day is looked for."""


def _closing_date(text: str, lists: Words) -> Named | None:
    """The day with which a task ends, beside a handle or a dash: ``@ines 2025-03-21``."""
    low = max(0, len(text) - _AT_END)
    if not any(char.isdigit() for char in text[low:]):
        return None
    leads = (_date_at(text, lead.end()) for lead in _dash_or_handle().finditer(text, low))
    for day in (*leads, _before_handle().search(text, low)):
        if day and _is_day(day.group()) and _behind_day().match(text, day.end()):
            past = past_form(tokens(text), lists)
            return None if past else Named(day.start(), day.end(), day.group())
    return None


def _is_day(words: str) -> bool:
    """No length: ``2 weeks`` behind a dash may be how long something is kept."""
    return any(char.isdigit() for char in words) and not words.rstrip("s").endswith(
        (" day", " week", " month")
    )


def _soft_date(text: str, at: int, lists: Words) -> Named | None:
    rest = text[at : at + 40].lower()
    for phrase in sorted(lists["soft_dates"]):
        if rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalnum():
            return Named(at, at + len(phrase), text[at : at + len(phrase)], False)
    return None


_TICKET = expression(
    r"https?://[^\s)>\]]+|#\d+\b|(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,6}\b(?![\w-]|\.\w)"
    r"|\b(?:issue|ticket|task|bug|pr|story) #?\d+\b|\bPR-?\d+\b"
)


_TICKET_URL = expression(
    r"/(?:issues?|pulls?|merge_requests|browse|tickets?|work_items|commit|c|t)/[\w#-]+"
)


def find_ticket(text: str, words: Words | None = None) -> Named | None:
    """The ticket, issue, pull request or commit that carries the task."""
    lists = words or word_lists("tasks")
    for match in _TICKET.finditer(text):
        value = match.group()
        if value.startswith("http"):
            if _TICKET_URL.search(value):
                return Named(match.start(), match.end(), value)
        elif value.split("-", 1)[0] not in lists["no_tickets"]:
            return Named(match.start(), match.end(), value)
    return None


_TICKED = ("[x]", "✅", "✔", "☑")


@cache
def _done_mark() -> re.Pattern[str]:
    # In a fixed order: compiled expressions are kept under their text.
    done = f"(?:{'|'.join(sorted(word_lists('tasks')['done_states'], reverse=True))})"
    return re.compile(
        rf"^\s*\[x\]|[✅✔☑]|[(\[|]\s{{0,3}}(?:already )?{done}\b[^)\]|]{{0,30}}[)\]|]?"
        rf"|\bstatus\s{{0,3}}[:=]\s{{0,3}}{done}\b|[-–—:]\s{{0,3}}{done}\s{{0,3}}[.!]?\s*$"
        rf"|^\s*{done}\s{{0,3}}[.!]?\s*$",
        re.IGNORECASE,
    )


def is_done(text: str, words: Words | None = None) -> Named | None:
    """The words that say it is done, else None.

    A box, a tick, "(Done)", a status, or the past tense at the start.
    """
    lists, lowered = words or word_lists("tasks"), text.lower()
    marked = any(sign in lowered for sign in (*_TICKED, *lists["done_states"]))
    match = (_done_mark().search(text) or shouted().search(text)) if marked else None
    if match:
        return Named(match.start(), match.end(), match.group().strip())
    past = past_form(tokens(text), lists)
    return Named(past.start, past.end, text[past.start : past.end]) if past else None


def has_state(text: str, words: Words | None = None) -> bool:
    """The last words say how far it is: "… *Done 2024-03-16.*", "… (in progress)", "… - To do"."""
    lists = words or word_lists("tasks")
    low, high = sentences(text)[-1] if text.strip() else (0, 0)
    last = text[low:high]
    cut = max(last.rfind(sign) for sign in ("(", "[", " - ", "– ", "— ", ": "))
    found = [token.lower for token in tokens(last[cut + 1 :])]
    if not found or len(found) > _LONGEST_STATE or (cut < 0 and not low):
        return False
    if " ".join(found[:2]) in lists["progress_states"]:
        return True
    stated = found[0] in lists["progress_states"]
    return stated and all(word[0].isdigit() or len(word) < 10 for word in found[1:])


_LONGEST_STATE = 5


def is_ticked(text: str) -> bool:
    """A tick behind the text marks it as done; in front of it, it may be a bullet."""
    return text.rstrip("\ufe0f *_.\n").endswith(_TICKED[1:])


_STRUCK = (("~~", "~~"), ("<s>", "</s>"), ("<del>", "</del>"), ("<strike>", "</strike>"))


def is_struck(source: str, span: tuple[int, int]) -> bool:
    """The words of a span of a document are struck out, so done or dropped.

    What stands behind them may say why; where it says what to do, it takes their place.
    """
    start, end = span
    before = source[max(0, start - 12) : start].rstrip(" *_`").lower()
    for opening, closing in _STRUCK:
        if before.endswith(opening):
            words = source[start : end + len(closing) + 2]
            _, found, left = words.lower().partition(closing)
            return bool(found) and not is_prescription(words[len(words) - len(left) :])
    return False
