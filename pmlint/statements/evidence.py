"""What was read of a file, as far as it bears on whether an incident is told at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest

from pmlint.facts import Duration, Impact, Passage, Placeholder, Role, Tasks, Timeline, Title
from pmlint.namedtuples import NamedTuple
from pmlint.reading.times import find_moments
from pmlint.reading.words import sentences, word_count
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.structure.tree import Line, Tree

FEWEST_PARTS = 3
"""So many parts without an account in them make a form to fill in."""
FEWEST_WORDS = 5
"""A shorter sentence is a heading or a label rather than a statement."""
LONGEST_LABEL = 6
"""So many spaces before a colon, and it is no label."""
FEWEST_OWN_WORDS = 8
"""A part of fewer words of its own tells nothing."""


class Evidence(NamedTuple):
    """What was read, as far as it bears on the question."""

    tree: Tree
    title: Title | None
    duration: Duration | None
    impact: Impact | None
    timeline: Timeline | None
    root_cause: Passage | None
    resolution: Passage | None
    tasks: Tasks | None
    placeholders: Sequence[Placeholder]


def count_words(lines: Iterable[Line]) -> int:
    """How many words stand in the lines."""
    return sum(word_count(line.text.plain) for line in lines)


def parts(tree: Tree) -> set[str]:
    """The roles of the parts that the document names."""
    return {role for node in tree.nodes for role in node.roles}


def timed(evidence: Evidence) -> bool:
    """A time of day stands in the duration or in the timeline."""
    if evidence.timeline is not None and evidence.timeline.events:
        return True
    duration = evidence.duration
    return duration is not None and any(
        end is not None and end.clock is not None for end in (duration.start, duration.end)
    )


@cache
def _names() -> Alternatives:
    return Alternatives(policy.table("absence")["named"], r"\b(?:")


def named(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """Title, headings or first lines speak of an incident, or its usual parts are there.

    An article about a technique may hold a summary and a solution, too, and even
    a date; what it is about it says at its head.
    """
    if {"root_cause", "timeline", "impact", "duration"} & parts(evidence.tree):
        return True
    heads = [node.title.plain for node in evidence.tree.nodes]
    if evidence.title is not None:
        heads.append(evidence.title.text)
    heads.extend(line.text.plain for line in lines[:3])
    return any(_names().search(head) for head in heads) or not _is_english(
        " ".join(line.text.plain for line in lines[:40])
    )


@cache
def asks() -> re.Pattern[str]:
    """How a sentence starts that asks for something, as those of a template do."""
    return re.compile(rf"\W*(?:{'|'.join(policy.table('absence')['asks'])})\b", re.IGNORECASE)


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(policy.table('absence')['tells'])})\b", re.IGNORECASE)


def _is_english(text: str) -> bool:
    """Enough so that the English words for telling can be looked for."""
    letters = sum(char.isalpha() for char in text)
    if sum(char.isalpha() and not char.isascii() for char in text) * 8 > letters:
        return False
    table = policy.table("absence")

    def count(key: str) -> int:
        words = re.compile(rf"\b(?:{'|'.join(table[key])})\b", re.IGNORECASE)
        return sum(1 for _ in words.finditer(text))

    return count("foreign") <= count("english")


def accounts(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """The text tells what happened: dates and times, or sentences in the past.

    A template or an assignment asks for these instead. Only English is judged by
    its sentences.
    """
    if _dated(evidence) or evidence.tree.posts:
        return True
    tell = ask = 0
    said = list(_sentences(lines))
    for sentence, reply in zip_longest(said, said[1:], fillvalue=""):
        if sentence.endswith("?") and _replies(reply):
            continue
        if sentence.endswith("?") or asks().match(sentence):
            ask += 1
        elif word_count(sentence) >= FEWEST_WORDS and _tells().search(sentence):
            tell += 1
    if tell >= 2 and (tell > ask or ask < 3):
        return True
    return not _is_english("\n".join(line.text.plain for line in lines))


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    """The sentences of what is neither code nor a heading, without their labels."""
    for line, below in zip_longest(lines, lines[1:]):
        if line.kind not in ("code", "heading") and not _answered(line, below):
            plain = line.text.plain
            for low, high in sentences(plain):
                yield _behind_label(plain[low:high].strip())


def _replies(sentence: str) -> bool:
    """``Is my mail lost? No.``: the sentence behind a question speaks as who was there."""
    if sentence.endswith("?") or asks().match(sentence):
        return False
    first = sentence.partition(" ")[0].strip(" ,.:;!—–-").lower()
    replying = policy.table("absence")["replying"]
    return first in replying or _tells().search(sentence) is not None


def _answered(line: Line, below: Line | None) -> bool:
    """A question with its answer nested below it, as in a form that was filled in."""
    if below is None or below.block.depth <= line.block.depth:
        return False
    asked = line.text.plain.rstrip().endswith("?") or asks().match(line.text.plain)
    reply = below.text.plain.rstrip()
    return bool(asked and reply) and not reply.endswith("?") and not asks().match(reply)


def _behind_label(sentence: str) -> str:
    """``What happened: The store came up read-only.`` asks nothing."""
    label, colon, rest = sentence.partition(": ")
    labelled = colon and rest.strip() and label.count(" ") < LONGEST_LABEL
    return rest.strip() if labelled and asks().match(label) else sentence


def _dated(evidence: Evidence) -> bool:
    """A moment or two of its own: times with a date, or a start and an end, or figures.

    The sample rows of a template give times only.
    """
    duration = evidence.duration
    ends = [duration.start, duration.end] if duration is not None else []
    clocks = [end for end in ends if end is not None and end.clock is not None]
    if len(clocks) == 2 or any(end.date is not None for end in clocks):
        return True
    events = evidence.timeline.events if evidence.timeline is not None else ()
    figures = evidence.impact.figures if evidence.impact is not None else ()
    if len({(event.date, event.clock) for event in events if event.date and event.clock}) > 2:
        return True
    if len(events) < 2:
        return False
    return bool(figures) or any(event.at is not None for event in events) or _titled(evidence)


def _titled(evidence: Evidence) -> bool:
    """The title tells the day of the incident."""
    title = evidence.title.text if evidence.title is not None else ""
    return any(each.date is not None and each.date.year for each in find_moments(title))


def told_parts(evidence: Evidence, asked: Sequence[Line]) -> int:
    """How many parts of an incident the file really tells; ``asked`` are the assignment's lines.

    A timeline and a time of day are worth two.
    """
    told, timeline, duration = 0, evidence.timeline, evidence.duration
    if timeline is not None and len(timeline.events) >= 2:
        told += 2
    elif timeline is not None and (timeline.events or timeline.relative):
        told += 1
    if duration is not None and (duration.start or duration.end):
        clock = any(end is not None and end.clock for end in (duration.start, duration.end))
        told += 2 if clock else 1
    if evidence.impact is not None and evidence.impact.quantified:
        told += 1
    copied = {id(line) for line in asked}
    return told + sum(_has_body(evidence.tree, role, copied) for role in _TELLING)


_TELLING: tuple[Role, ...] = (
    "root_cause",
    "resolution",
    "impact",
    "summary",
    "timeline",
    "corrective",
)
"""The parts that tell something by what stands in them."""


def _has_body(tree: Tree, role: Role, copied: set[int]) -> bool:
    """A part has words of its own that are not the assignment's."""
    for index in tree.with_role(role):
        body = (line for line in tree.body(index) if line.kind != "code")
        if count_words(line for line in body if id(line) not in copied) >= FEWEST_OWN_WORDS:
            return True
    return False
