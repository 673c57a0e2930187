"""Posts of a status page: ``Resolved`` over its words and the time of the posting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from pmlint.namedtuples import NamedTuple
from pmlint.reading.times import find_moments
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.structure.labels import dates_posting
from pmlint.structure.stamps import only_time
from pmlint.structure.tree import Line

FEWEST = 3
"""So many posts with a time make a status page."""
LONGEST_STATE = 6
"""More bold words are a sentence: ``Final update for the night.``"""
_CLOSES = "-–—:(|,."
"""What may stand behind the name of a state."""


class Post(NamedTuple):
    """Where a post stands; all are indices of lines."""

    head: int
    """The line that names the state."""
    time: int
    """The line that tells when it was posted, which may be the same."""
    stop: int
    """Behind its last line."""


def find_posts(lines: Sequence[Line]) -> tuple[Post, ...]:
    """The posts in the order of the page; none where fewer than half of them tell a time."""
    heads = [at for at, line in enumerate(lines) if names_state(line)]
    if len(heads) < FEWEST:
        return ()
    further = (at for at, line in enumerate(lines) if _led_by_time(line) or _led_by_state(line))
    heads = sorted({*heads, *further})
    stops = [_stop(lines, low, high) for low, high in pairwise([*heads, len(lines)])]
    times = [_time(lines, low, high) for low, high in zip(heads, stops, strict=True)]
    found = [
        Post(head, time, stop)
        for head, time, stop in zip(heads, times, stops, strict=True)
        if time is not None
    ]
    return tuple(found) if len(found) >= FEWEST and len(found) * 2 > len(heads) else ()


@cache
def _states() -> re.Pattern[str]:
    states = "|".join(policy.table("events")["states"])
    return re.compile(
        rf"\W{{0,4}}(?:{states})(?:\s#?\d{{1,2}}(?![:.h]\d))?(?![\w'’])", re.IGNORECASE
    )


def names_state(line: Line) -> bool:
    """A heading, a line or the bold beginning of one that is the name of a state."""
    if line.kind not in ("heading", "text", "item") or line.block.quoted or not line.text:
        return False
    plain = line.text.plain
    match = _states().match(plain)
    if match is None:
        return False
    behind = plain[match.end() :].strip(" *_")
    if not behind or line.kind == "heading":
        return not behind or behind[0] in _CLOSES or only_time(behind)
    bold = bool(line.text.bold) and line.text.bold[0][0] <= match.start() + 4
    stamped = _stamps(_lead(behind))
    if bold and len(plain[: line.text.bold[0][1]].split()) <= LONGEST_STATE:
        return behind[0] in _CLOSES or stamped or line.text.bold[0][1] > match.end()
    return stamped


def _lead(behind: str) -> str:
    """What stands before the words of a post: `` 20 Sep 17:05 UTC`` before `` - Drives …``."""
    inside = behind.partition(")")[0] if behind[0] == "(" else behind
    return _SEPARATOR.split(inside.strip(_CLOSES + " "), maxsplit=1)[0]


_SEPARATOR = expression(r"\s[-–—]\s|:\s|:$")


def _led_by_time(line: Line) -> bool:
    """``**20:15 CET:** The wiki is down.`` or ``13:40 - …`` beside posts that name their state."""
    text = line.text
    if line.kind != "text":
        return False
    if text.bold and text.bold[0][0] <= 1:
        return _stamps(text.plain[: text.bold[0][1]])
    lead, *told = _SEPARATOR.split(text.plain, maxsplit=1)
    return bool(told) and line.first and _stamps(lead)


def _led_by_state(line: Line) -> bool:
    """``**Final update** for the evening.`` beside posts that name their state."""
    text = line.text
    if line.kind != "text" or not line.first or not text.bold or text.bold[0][0] > 1:
        return False
    match = _states().match(text.plain)
    return match is not None and match.end() == text.bold[0][1]


def _stop(lines: Sequence[Line], head: int, following: int) -> int:
    """A post ends at the next one, or at a heading that is none of its own."""
    level = lines[head].block.level if lines[head].kind == "heading" else 7
    for at in range(head + 1, following):
        line = lines[at]
        heading = line.kind == "heading" and line.first and (line.block.level or 7) <= level
        bold = lines[head].kind != "heading" and line.text.all_bold and line.first
        if heading or (bold and not _stamps(line.text.plain)):
            return at
    return following


def _time(lines: Sequence[Line], head: int, stop: int) -> int | None:
    """The line of its time: the head itself, else one that is nothing but a time."""
    plain = lines[head].text.plain
    match = _states().match(plain)
    behind = plain[match.end() :] if match else plain
    if match is None or (behind.strip(" *_") and _stamps(_lead(behind.strip(" *_")))):
        return head
    stamps = (at for at in range(head + 1, stop) if _stamps(lines[at].text.plain))
    return next(stamps, None)


def _stamps(words: str) -> bool:
    """It is a time of day and a date around it at most: ``Posted May 12, 08:15 UTC``."""
    if not any(char.isdigit() for char in words) or len(words) > 80:
        return False
    if not dates_posting(words) and not only_time(words.strip(" *_:-–—()")):
        return False
    return any(moment.clock is not None for moment in find_moments(words))
