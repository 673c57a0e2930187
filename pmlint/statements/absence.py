"""Does the file hold the write-up of an incident at all?

An index, a link to a write-up elsewhere, a copy of an assignment, an unfilled
template or a general article tells none; no other rule speaks about those.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pmlint.facts import Absence, Duration, Impact, Passage, Placeholder, Tasks, Timeline, Title
from pmlint.findings import Span
from pmlint.reading.words import sentences, word_count
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.structure.sections import Line, Tree

FEWEST_WORDS = 5
"""A shorter sentence is a heading or a label rather than a statement."""
SHORTEST_ARTICLE = 60
"""A text of fewer words is a note, whatever it is about."""
LONGEST_WITHOUT_PARTS = 300
"""A longer text without a time and without one part is about incidents, and tells none."""
FEWEST_PARTS = 3
"""So many parts without an account in them make a form to fill in."""


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


@cache
def _lists() -> tuple[Alternatives, Alternatives, Alternatives]:
    table = policy.table("absence")
    return (
        Alternatives(table["assignment"]),
        Alternatives(table["article"]),
        Alternatives(table["incident"]),
    )


def find_absence(evidence: Evidence) -> Absence | None:
    """Why the file counts as holding no incident write-up; null when it holds one."""
    lines = [line for line in evidence.tree.lines if line.text and line.kind != "front-matter"]
    if not lines:
        return Absence("empty", Span(0, 0))
    if _begun(evidence, lines):
        return None
    denied = next((line for line in lines[:3] if _none_yet().search(line.text.plain)), None)
    if denied is not None:
        return Absence("other", denied.text.span())
    if _teaches(evidence) or _shows_documents(evidence, lines):
        return Absence("article", lines[0].text.span())
    if _indexes(evidence, lines):
        return Absence("link", lines[0].text.span())
    slots = _slots(lines)
    if slots is not None:
        return Absence("template", slots)
    assignment, article, incident = _lists()
    if not _timed(evidence) and not _named(evidence, lines):
        kind = "article" if _count(lines) >= SHORTEST_ARTICLE else "other"
        return Absence(kind, lines[0].text.span())  # type: ignore[arg-type]
    asked = [line for line in lines if assignment.search(line.text.plain)]
    requests = {id(line) for line in asked}
    own = [line for line in lines if id(line) not in requests and line.kind != "code"]
    told = _told(evidence, requests)
    accounts = _accounts(evidence, lines)
    if not accounts:
        asking = next((line for line in lines if _asks().match(line.text.plain)), lines[0])
        if asked:
            return Absence("assignment", asked[0].text.span())
        if told >= 2 or len(_parts(evidence.tree)) >= FEWEST_PARTS:
            return Absence("template", asking.text.span())
    elif (
        told >= 3
        and not (len(asked) >= 4 and not _timed(evidence))
        and not _generally(evidence, lines, article)
    ):
        return None
    words = _count(own)
    if asked and (told < 2 or (len(asked) >= 4 and not _timed(evidence))):
        return Absence("assignment", asked[0].text.span())
    blank = len(evidence.placeholders)
    if blank >= 2 and told < 2:
        return Absence("template", evidence.placeholders[0].span)
    narrative = [line for line in own if incident.search(line.text.prose)]
    if words < 60:
        links = (line for line in own if _link().search(line.text.plain) or _linked(evidence, line))
        linked = next(links, None)
        if linked is not None:
            return Absence("link", linked.text.span())
    about = next((line for line in own if article.search(line.text.plain)), None)
    if accounts and told == 2 and not about and words >= 25:
        return None
    brief = words < LONGEST_WITHOUT_PARTS
    lasted = evidence.duration is not None and evidence.duration.stated is not None
    held = brief or lasted or _timed(evidence) or bool(_parts(evidence.tree) - {"title"})
    if accounts and held and told >= 1 and narrative and words >= 25 and about is None:
        return None
    if about is not None:
        return Absence("article", about.text.span())
    if any("lessons" in node.roles for node in evidence.tree.nodes) and not narrative:
        return Absence("retrospective", lines[0].text.span())
    written = _count([line for line in lines if line.kind != "heading"])
    return Absence("other" if written else "empty", lines[0].text.span())


def _teaches(evidence: Evidence) -> bool:
    """The title says that it teaches how to, and what it tells bears no date: an example."""
    heads = [node.title.plain for node in evidence.tree.nodes[:1]]
    heads += [evidence.title.text] if evidence.title is not None else []
    if not any(_teaching().match(head.strip(" .:?!")) for head in heads):
        return False
    duration, timeline = evidence.duration, evidence.timeline
    ends = (duration.start, duration.end) if duration is not None else ()
    if any(end is not None and end.date is not None for end in ends):
        return False
    return not any(event.date for event in (timeline.events if timeline is not None else ()))


@cache
def _teaching() -> re.Pattern[str]:
    return re.compile("|".join(policy.table("absence")["teaching"]), re.IGNORECASE)


FEWEST_SHOWN = 2
"""So many documents inside a page are its examples."""


def _shows_documents(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A page about documents: it shows some as blocks of Markdown and tells no time itself."""
    if _timed(evidence):
        return False
    blocks = {id(line.block): line.block for line in lines if line.kind == "code"}
    return sum(_fence().match(each.lines[0].plain) is not None for each in blocks.values()) >= (
        FEWEST_SHOWN
    )


@cache
def _fence() -> re.Pattern[str]:
    return re.compile(r"\s{0,3}(?:```|~~~)[`~]{0,20}\s{0,3}(?:markdown|md)\b", re.IGNORECASE)


@cache
def _none_yet() -> Alternatives:
    return Alternatives(policy.table("absence")["none_yet"], r"\b(?:")


FEWEST_LINKS = 3
"""So many dated links make an index of write-ups."""


@cache
def _link_with_target() -> re.Pattern[str]:
    return re.compile(r"\[[^\[\]\n]{0,200}\]\([^()\n]{0,300}\)")


@cache
def _of_many() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:incidents|post-?mortems|outages"
        r"|(?:incident|outage|post-incident) (?:reviews|reports|log|history))\b",
        re.IGNORECASE,
    )


def _indexes(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A page about several incidents by its head, that links to the write-up of each."""
    if _timed(evidence) or not any(_of_many().search(line.text.plain) for line in lines[:2]):
        return False
    source = evidence.tree.document.source
    listed = (line for line in lines if line.kind in ("item", "row", "heading"))
    written = (source.slice(source.line_span(line.number)) for line in listed)
    links = [
        match.group()
        for each in written
        if "](" in each
        for match in _link_with_target().finditer(each)
    ]
    return sum(_year().search(link) is not None for link in links) >= FEWEST_LINKS


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d")


FEWEST_SLOTS = 6
"""So many slots, in half of the lines below headings, make a template."""


@cache
def _slot() -> re.Pattern[str]:
    # "[OPS-12]" and "[Detection]" are tags.
    return re.compile(
        r"\{[A-Za-z][^{}\n]{2,120}\}"
        r"|\[(?=[a-z]|[A-Z][\w'/,-]{0,30}\s)[A-Za-z][^\[\]\n]{2,120}\](?![(\[:])"
    )


def _slots(lines: Sequence[Line]) -> Span | None:
    """The first of the slots to be filled in, where most of the text is made of them."""
    written = [line for line in lines if line.kind not in ("code", "heading")]
    open_ = ("{", "[")
    held = [
        line
        for line in written
        if any(mark in line.text.plain for mark in open_) and _slot().search(line.text.plain)
    ]
    if len(held) < FEWEST_SLOTS or 2 * len(held) < len(written):
        return None
    return held[0].text.span()


def _generally(evidence: Evidence, lines: Sequence[Line], article: Alternatives) -> bool:
    """The head says that it is about postmortems, and no time, no date, no figure is told."""
    if _timed(evidence) or evidence.duration is not None:
        return False
    if evidence.impact is not None and evidence.impact.figures:
        return False
    return any(article.search(line.text.plain) for line in lines[:6])


def _count(lines: Sequence[Line]) -> int:
    return sum(word_count(line.text.plain) for line in lines)


@cache
def _names() -> Alternatives:
    return Alternatives(policy.table("absence")["named"], r"\b(?:")


def _named(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """Title, headings or first lines speak of an incident, or its usual parts are there.

    An article about a technique may hold a summary and a solution, too, and even
    a date; what it is about it says at its head.
    """
    if {"root_cause", "timeline", "impact", "duration"} & _parts(evidence.tree):
        return True
    heads = [node.title.plain for node in evidence.tree.nodes]
    if evidence.title is not None:
        heads.append(evidence.title.text)
    heads.extend(line.text.plain for line in lines[:3])
    return any(_names().search(head) for head in heads) or not _is_english(
        " ".join(line.text.plain for line in lines[:40])
    )


def _parts(tree: Tree) -> set[str]:
    return {role for node in tree.nodes for role in node.roles}


@cache
def _asks() -> re.Pattern[str]:
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


def _accounts(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """The text tells what happened: dates and times, or sentences in the past.

    A template or an assignment asks for these instead. Only English is judged by
    its sentences.
    """
    if _dated(evidence) or evidence.tree.posts:
        return True
    tell = ask = 0
    for line in lines:
        if line.kind in ("code", "heading"):
            continue
        plain = line.text.plain
        for low, high in sentences(plain):
            sentence = _behind_label(plain[low:high].strip())
            if sentence.endswith("?") or _asks().match(sentence):
                ask += 1
            elif word_count(sentence) >= FEWEST_WORDS and _tells().search(sentence):
                tell += 1
    if tell >= 2 and (tell > ask or ask < 3):
        return True
    return not _is_english("\n".join(line.text.plain for line in lines))


def _behind_label(sentence: str) -> str:
    """``What happened: The store came up read-only.`` asks nothing."""
    label, colon, rest = sentence.partition(": ")
    asks = colon and rest.strip() and label.count(" ") < LONGEST_LABEL and _asks().match(label)
    return rest.strip() if asks else sentence


LONGEST_LABEL = 6
"""So many spaces before a colon, and it is no label."""


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
    return len(events) >= 2 and (bool(figures) or any(event.at is not None for event in events))


def _begun(evidence: Evidence, lines: Sequence[Line]) -> bool:
    """A template whose title names an incident, with a day whose times are still open: a draft."""
    title, blanks = evidence.title, evidence.placeholders
    if title is None or title.generic or len(blanks) < 2:
        return False
    if _blank().search(title.text) or any(each.span.overlaps(title.span) for each in blanks):
        return False
    if len(_parts(evidence.tree)) < FEWEST_PARTS:
        return False
    from pmlint.reading.times import find_moments

    dated = (
        line for line in lines if line.kind != "code" and _open_times().search(line.text.prose)
    )
    return any(
        moment.date is not None and moment.date.year is not None
        for line in dated
        for moment in find_moments(line.text.prose)
    )


@cache
def _open_times() -> re.Pattern[str]:
    """Times of day that are still to be filled in."""
    return re.compile(r"\b(?:HH:MM|hh:mm|XX:XX|xx:xx)\b")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(r"\b(?:template|example|sample)\b|[\[{<]", re.IGNORECASE)


@cache
def _link() -> re.Pattern[str]:
    return re.compile(r"https?://|www\.|\blink\b", re.IGNORECASE)


def _linked(evidence: Evidence, line: Line) -> bool:
    return "](" in evidence.tree.document.source.slice(line.block.span)


def _timed(evidence: Evidence) -> bool:
    """A time of day stands in the duration or in the timeline."""
    if evidence.timeline is not None and evidence.timeline.events:
        return True
    duration = evidence.duration
    return duration is not None and any(
        end is not None and end.clock is not None for end in (duration.start, duration.end)
    )


def _told(evidence: Evidence, asked: set[int]) -> int:
    """How many parts of an incident the file really tells."""
    told = 0
    if evidence.timeline is not None and len(evidence.timeline.events) >= 2:
        told += 2
    elif evidence.timeline is not None and (evidence.timeline.events or evidence.timeline.relative):
        told += 1
    duration = evidence.duration
    if duration is not None and (duration.start or duration.end):
        clock = any(end is not None and end.clock for end in (duration.start, duration.end))
        told += 2 if clock else 1
    if evidence.impact is not None and (evidence.impact.figures or evidence.impact.universal):
        told += 1
    for role in ("root_cause", "resolution", "impact", "summary", "timeline", "corrective"):
        told += _has_body(evidence.tree, role, asked)
    return told


def _has_body(tree: Tree, role: str, asked: set[int]) -> int:
    """1 when a part has ten words of its own that are not the assignment's."""
    for index in tree.with_role(role):  # type: ignore[arg-type]
        words = 0
        for line in tree.body(index):
            if id(line) not in asked and line.kind != "code":
                words += word_count(line.text.plain)
        if words >= 8:
            return 1
    return 0
