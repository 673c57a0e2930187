"""Several events told in one line or one list item, and steps told in mid-paragraph."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from pmlint.reading.times import Date, Moment
from pmlint.standard.patterns import expression
from pmlint.statements.entry import RUN_ON, Entry, Form, begins, clocks, make, with_time
from pmlint.structure.text import Text, join
from pmlint.structure.tree import Line

LONG_LINE = 10_000
"""Of a longer line each entry holds its own part only, not all that follows."""
ONE_ENTRY = 60
"""A line shorter than this holds one entry, however many clocks it tells."""


def item_entries(lines: Sequence[Line], group: Date | None) -> Iterator[Entry]:
    """The events of a list item: one, or several run on in its lines."""
    form: Form = "html" if lines[0].block.html else "list"
    first = make(lines, lines[0].text, form, group)
    if first.moment is None and not first.relative:
        first = make(lines, join([line.text for line in lines], " "), form, group, anywhere=True)
        if first.clocked:
            yield from run_on(first, lines[0], form, group)
        else:
            yield first
        return
    yield from run_on(first, lines[0], form, group)
    for line in lines[1:]:
        if begins(line.text):
            entry = make([line], line.text, form, group)
            if entry.clocked:
                yield from run_on(entry, line, form, group)


def run_on(entry: Entry, line: Line, form: Form, group: Date | None) -> Iterator[Entry]:
    """The entry and further events told in the same line (``2105hrs WAT: … 2108hrs WAT: …``)."""
    text = line.text
    further = _further(entry, text) if len(text.plain) >= ONE_ENTRY else []
    if not further:
        yield entry
        return
    yield entry._replace(rest=_part(entry.rest, text.plain, further[0]))
    for moment, following in zip_longest(further, further[1:]):
        stop = following.start if following and len(text.plain) > LONG_LINE else None
        part = make([line], text.cut(moment.start, stop), form, group)
        told = with_time(part, moment, text)
        if told is not None:
            rest = text.plain[moment.end : following.start if following else None]
            yield told._replace(rest=rest.strip(" :-–—"), end_clock=None)


def _part(rest: str, plain: str, following: Moment) -> str:
    """What an entry tells before the next one begins."""
    behind = len(plain) - following.start
    return rest[: len(rest) - behind].strip() if len(rest) > behind else rest


def _further(entry: Entry, text: Text) -> list[Moment]:
    """Where further entries of a line begin."""
    if entry.time is None:
        return []
    prose, first = text.prose, entry.time.start
    found = [each for each in clocks(prose) if text.source(each.start) > first]
    if entry.end_clock is not None and found and found[0].clock == entry.end_clock:
        del found[0]
    sentences = [each for each in found if _opens_sentence(prose, each)]
    run_on = sentences if len(sentences) >= RUN_ON else []
    dashed = [each for each in found if _leads_on(prose, each)]
    run_on += dashed if len(dashed) >= RUN_ON else []
    chained = [each for each in found if _chained(prose, each)]
    run_on += chained if len(chained) >= RUN_ON and len(chained) == len(found) else []
    starts = {each.start for each in run_on}
    return [each for each in found if each.start in starts or _opens(prose, each)]


def _opens(prose: str, moment: Moment) -> bool:
    """A clock that opens an entry in mid-line: a sentence ends before, a colon follows."""
    behind = prose[moment.end : moment.end + 12].lstrip(" )*")
    before = prose[max(0, moment.start - 40) : moment.start].rstrip(" (*")
    if behind[:1] == ":" and moment.zone is not None:
        return True
    if behind[:2] == "- " and behind[2:3].isalpha() and before[-1:] in (".", "!", "?"):
        return True
    return behind[:1] in (":", "–", "—") and (not before or before[-1] in ".!?;\n|_")


def _leads_on(prose: str, moment: Moment) -> bool:
    """``8:20 am GMT – users cannot log in 8:45 am GMT – …``, with no point between."""
    behind = prose[moment.end : moment.end + 6].lstrip(" )*")
    before = prose[max(0, moment.start - 3) : moment.start].rstrip(" (*")
    dash = behind[:1] in ("–", "—") or behind.startswith("- ")
    return dash and before[-1:] not in ("–", "—", "-") and behind[1:3].strip()[:1].isalpha()


def _chained(prose: str, moment: Moment) -> bool:
    """``09:00 errors -> 09:10 alert -> 11:00 all clear``, with commas or bars between."""
    before = prose[max(0, moment.start - 4) : moment.start].rstrip(" (*")
    behind = prose[moment.end : moment.end + 8].lstrip(" )*:-–—")
    leads = behind[:1].isalpha() and not behind.startswith(("and ", "or ", "to "))
    return leads and before.endswith(_LINKS)


_LINKS = ("->", "=>", "→", "➜", "⇒", "»", ">", "|", "•", "·", ",", "/")


def _opens_sentence(prose: str, moment: Moment) -> bool:
    """``… began. At 9:10 a page came in.``"""
    return _sentence_start().search(prose[max(0, moment.start - 40) : moment.start]) is not None


def tells_step(prose: str, moment: Moment) -> bool:
    """The time opens a sentence, or stands in the first one and not as the end of a span."""
    if _opens_sentence(prose, moment):
        return True
    before = prose[: moment.start]
    return re.search(r"[.!?]\s", before) is None and _UNTIL.search(before[-12:]) is None


_UNTIL = expression(r"\b(?:until|till?|to|since|from|before)\W*(?:the\s)?$", re.IGNORECASE)


@cache
def _sentence_start() -> re.Pattern[str]:
    words = "at|by|around|about|approximately|then|finally|later|next|and"
    return re.compile(rf"[.!?;]\s+(?:(?:{words})\b,?\s){{0,3}}[~(*]{{0,3}}$", re.IGNORECASE)
