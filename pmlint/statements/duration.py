"""When the incident ran: from fields, or else from sentences of the summary.

A document may state it several times. What counts is the first field that gives
both ends; else the fields together; else the sentence of the summary or opening
that gives most. A piece that is missing there is taken from the next statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pmlint.facts import Duration, Role
from pmlint.findings import Source
from pmlint.reading.times import Date, find_moments, leading_time
from pmlint.reading.zones import Zone, find_zones
from pmlint.spans import Spans
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.statements.bylines import is_byline
from pmlint.statements.durationchoice import (
    choose,
    choose_sentence,
    ends_apart,
    join_fields,
    tells_loss,
    without_effects,
)
from pmlint.statements.durationcompletion import complete
from pmlint.statements.durationfact import stated_fact
from pmlint.statements.durationfields import (
    FRAME,
    behind_label,
    dates_report,
    only_moment,
    read_columns,
    read_fields,
    read_neighbours,
    read_span,
)
from pmlint.statements.durationhints import (
    begun_below,
    below_opening,
    failed_on_day,
    in_headings,
    parts_of_day,
    told_at_once,
    until_end,
    with_headed_length,
    with_headed_start,
)
from pmlint.statements.entry import month_first
from pmlint.statements.flow import extent
from pmlint.statements.impact import account
from pmlint.statements.told import Part, Reading, read, sentences_told
from pmlint.statements.toldcues import is_suffering, looks_ahead, of_whole
from pmlint.structure.mails import names_subject, tells_sending
from pmlint.structure.tree import Line, Tree

DECLARATION = 60
"""Characters within which the words "all times" name their zone."""


def read_duration(tree: Tree, prose: Sequence[Line], year: int | None) -> Duration | None:
    """When the incident ran; ``prose`` are the lines of summary and opening."""
    fields = [*read_fields(tree), *read_neighbours(tree), *read_columns(tree)]
    fields += read_span(tree) if not fields else ()
    told = _tell(tree, _unposted(prose))
    told = list(_without_posts(tree, told))
    hit = _hit(tree)
    chosen = choose(fields, told) or _told_apart(tree) or next(iter(hit), None)
    if chosen is None or chosen.clocks < 2:
        first = chosen
        others = (each for each in _elsewhere(tree) if not (first and ends_apart(first, each)))
        chosen = next(others, chosen)
    alone = chosen is not None and chosen.kind == "sentence" and chosen.clocks == 1
    if alone and not tree.with_role("summary"):
        # "Our alert fired at 9:10." under another heading, both ends in the impact
        chosen = next((each for each in hit if each.clocks == 2), chosen)
    if chosen is None or chosen.kind == "sentence":
        chosen = _framed(chosen, tree)
    if chosen is None:
        # A letter to the customers that tells it may stand there as a quotation.
        letter = [line for line in account(tree, quoted=True) if line.block.quoted]
        quoted = list(sentences_told(letter))
        chosen = choose_sentence([each for each in quoted if each.clocks])
        told = [*told, *quoted]
    if chosen is None or (chosen.kind == "sentence" and not chosen.ends and not chosen.date):
        chosen = next(in_headings(tree), chosen)
    if chosen is None:
        below = _tell(tree, below_opening(tree, prose))
        lengths, begun = (_lengths(tree), until_end(prose)), begun_below(below)
        hints = (*lengths, begun, parts_of_day(prose), failed_on_day(below))
        chosen = next(chain.from_iterable(hints), None)
    if chosen is None:
        return None
    if chosen.kind == "sentence" and not chosen.clocks:
        chosen = _timed(chosen, hit)
    chosen = complete(told_at_once(chosen, hit), fields, told, hit, tree)
    chosen = with_headed_length(with_headed_start(chosen, tree), tree)
    if chosen.zone is None:
        chosen = chosen._replace(zone=_declared_zone(tree, prose))
    return stated_fact(_in_order(chosen, tree), [*fields, *told], year)


def _timed(chosen: Reading, hit: Sequence[Reading]) -> Reading:
    """``Down for two hours on 9 May.`` above, the clocks in the impact."""
    timed = next((each for each in hit if each.clocks == 2), chosen)
    day = timed.date or chosen.date
    return timed._replace(stated=timed.stated or chosen.stated, date=day)


def _framed(chosen: Reading | None, tree: Tree) -> Reading | None:
    """The ends that a timeline gives above or below its entries, else what was chosen."""
    framed = _in_timeline(tree)
    if framed is None or chosen is None:
        return framed or chosen
    if chosen.clocks == 2 and not framed.label.endswith(" time"):
        return chosen
    return framed._replace(date=framed.date or chosen.date, stated=chosen.stated)


def _in_order(chosen: Reading, tree: Tree) -> Reading:
    """``11/02/2017`` is the 2nd of November where the document tells that day in words."""
    doubtful = [chosen.start, chosen.end, chosen.date]
    days = {told.date for told in doubtful if told is not None and told.swappable and told.date}
    swapped = {day: Date(day.year, day.day, day.month) for day in days}
    if not days or not (month_first(tree.lines) or _tells_days(tree, swapped.values(), days)):
        return chosen
    start, end, lone = (
        told.on(swapped.get(told.date, told.date)) if told is not None and told.date else told
        for told in doubtful
    )
    return chosen._replace(start=start, end=end, date=lone)


def _tells_days(tree: Tree, days: Iterable[Date], not_these: Iterable[Date]) -> bool:
    """One of the days, and none of the others, is told in words."""
    told = {
        moment.date[1:]
        for line in tree.lines
        if line.kind != "code"
        for moment in find_moments(line.text.prose)
        if moment.date is not None and not moment.ambiguous_date
    }
    return any(day[1:] in told for day in days) and not any(day[1:] in told for day in not_these)


def _hit(tree: Tree) -> list[Reading]:
    """The sentences of the impact that tell when or how long.

    ``The ticket system (10:05 - 10:30)`` among other items tells it of a part only.
    """
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    found = [each for each in sentences_told(impact) if not tells_loss(each)]
    told = [line.text.span() for line in impact if line.text]
    return [
        each
        for each in found
        if (each.clocks == 2 and (len(told) == 1 or is_suffering(each.text.prose)))
        or (
            each.stated
            and (each.span.start < told[0].end or each.clocks or of_whole(each.text.prose))
        )
        or (each.start and each.clocks == 1 and _BEGAN.search(each.text.prose))
        or (each.ranged and each.ends == 2 and each.clocks and is_suffering(each.text.prose))
    ]


def _told_apart(tree: Tree) -> Reading | None:
    """``The shop went down at 9:00. It was restored at 11:00.`` as the words of the impact."""
    impact = [line for index in tree.with_role("impact") for line in tree.body(index)]
    if sum(line.first for line in impact if line.text) != 1:
        return None
    found = choose_sentence([each for each in sentences_told(impact) if not _looks_ahead(each)])
    return found if found is not None and found.clocks == 2 else None


_BEGAN = expression(
    r"\b(?:outage|incident|issue|problem|disruption|downtime|degradation|impact|event)s?\s"
    r"(?:\w+\s)?(?:start(?:ed|s)|began|begins|occurred|arose|commenced)\b",
    re.IGNORECASE,
)
"""``The issue started``: the incident itself, and not one of its effects."""


def _looks_ahead(told: Reading) -> bool:
    """A sentence of what is planned, not of what failed: ``at the next meeting (16:00)``."""
    prose = told.text.prose
    if told.clocks == 1 and told.start is None and _EXPECTED.search(prose):
        return True
    if told.clocks == 2 or is_suffering(prose):
        return False
    return looks_ahead(prose) or prose.lower().lstrip().startswith("update ")


_EXPECTED = expression(
    r"\bETA\b|\b(?:is|are|be) (?:now )?(?:expected|estimated|anticipated)\b"
    r"|^\W*(?:expected|estimated)\b|\bexpected (?:to|by|eta)\b"
    r"|\bwe (?:now )?(?:expect|hope|anticipate|estimate)\b",
    re.IGNORECASE,
)
"""An end that was hoped for: ``expected to be back by 15:00``."""


def _lengths(tree: Tree) -> Iterator[Reading]:
    """``All in all nobody got in for about five hours``, wherever it is told."""
    told = {
        at for role in _NO_ACCOUNT for index in tree.with_role(role) for at in _span(tree, index)
    }
    lines = [line for at, line in enumerate(tree.lines) if at not in told]
    prose = [line for line in lines if line.kind in ("text", "item") and not line.block.quoted]
    for each in sentences_told(prose):
        if each.stated is not None and not each.ends and _ALTOGETHER.search(each.text.prose):
            yield each


_ALTOGETHER = expression(r"\b(?:all in all|in total|altogether|overall|in all)\b", re.IGNORECASE)


_NO_ACCOUNT: tuple[Role, ...] = ("timeline", "corrective", "tasks", "lessons")


def _span(tree: Tree, index: int) -> range:
    return range(tree.nodes[index].line, tree.nodes[index].stop)


def _elsewhere(tree: Tree) -> Iterator[Reading]:
    """Ranges of clocks told before the timeline under headings of the author's own words.

    For documents that have no summary by name (``The facts of the case``).
    """
    if any(not tree.nodes[at].by_content for at in tree.with_role("summary")):
        return
    timelines = (tree.nodes[at].line for at in tree.with_role("timeline"))
    timeline = min(timelines, default=len(tree.lines))
    chronicle = tree.chronicle[0] if tree.chronicle is not None else -1
    posts = {post.head for post in tree.posts}
    for index, node in enumerate(tree.nodes):
        if node.line <= chronicle < node.stop or node.line in posts:
            continue
        if node.line < timeline and set(node.roles) <= {"root_cause", "title"}:
            lines = [line for line in tree.own(index) if line.kind in ("text", "item")]
            told = _tell(tree, lines)
            whole = choose_sentence(told) if any(each.clocks == 2 for each in told) else None
            if whole is not None and whole.clocks == 2:
                yield whole
            yield from (each for each in without_effects(told) if each.clocks == 2)


def _in_timeline(tree: Tree) -> Reading | None:
    """``Start: 2 May 9:00 - errors seen`` and ``End: …``, or ``Duration: …``, among the events.

    Or a sentence above them: ``The outage lasted from 9:00 to 11:00``. For documents that
    state it nowhere else.
    """
    found: dict[Part, Reading] = {}
    for index in tree.with_role("timeline"):
        body = tree.body(index)
        if body and body[0].kind == "text":
            for each in sentences_told(body[:1]):
                if each.ranged and each.clocks == 2 and of_whole(each.text.prose):
                    return each
        for line in body:
            label, text = behind_label(line)
            if label not in FRAME or not text:
                continue
            part = FRAME[label]
            reading = read(text, "field", line.text.span(), part, label)
            if part == "both" and reading.clocks == 2:
                return reading
            if part != "both" and reading.clocks == 1:
                found.setdefault(part, reading)
    return join_fields(list(found.values())) if len(found) == 2 else None


def frames(line: Line) -> bool:
    """``Impact start time: 9:00``: a line of the timeline that states an end of the incident."""
    label, text = behind_label(line)
    return label in FRAME and label.endswith(" time") and bool(text) and only_moment(text)


def _tell(tree: Tree, lines: Iterable[Line]) -> list[Reading]:
    """What sentences of some lines tell, those left out that date the report."""
    apart = [line for line in lines if not (dates_report(line) or is_byline(tree, line))]
    return [each for each in sentences_told(apart) if not _looks_ahead(each)]


def _without_posts(tree: Tree, told: Sequence[Reading]) -> Iterator[Reading]:
    """The readings less those of posts and of events, which tell when each of them was."""
    spans = [extent(tree.lines[post.head : post.stop]) for post in tree.posts]
    if tree.chronicle is not None:
        spans.append(extent(tree.lines[slice(*tree.chronicle)]))
    events = Spans(spans)
    account: Reading | None = None
    for each in told:
        apart = each.stated is not None or not events.meet(each.span)
        opens = each.ranged and leading_time(each.text.prose) is None
        inside = each.clocks == 2 and (opens or bool(tree.posts))
        if tree.chronicle is not None and (
            _dated(each) or (account is not None and _goes_on(tree.document.source, account, each))
        ):
            account = each
        if apart or inside or account is each:
            yield each


def _dated(told: Reading) -> bool:
    """``On 3 May at noon the shop went down`` opens an account."""
    return told.start is not None and (
        told.date is not None
        or told.start.dated
        or (told.ranged and told.end is not None and told.end.dated)
    )


def _goes_on(source: Source, before: Reading, after: Reading) -> bool:
    """The next sentence of the same paragraph: ``At 17:00 it was back.``"""
    between = source.text[before.span.end : after.span.start]
    breaks = between.count("\n")
    if breaks != 1:
        return not breaks
    leading = leading_time(after.text.prose)
    return leading is None or not leading.at_start


def _unposted(prose: Sequence[Line]) -> Iterator[Line]:
    """The lines without the times of status posts: ``Resolved``, below it ``May 12, 08:15``."""
    above, states = "", policy.table("events")["duration"]["posts"]
    mail = any(names_subject(line.text.plain) for line in prose)
    for line in prose:
        words = line.text.plain.strip(" *_:").lower()
        sent = mail and tells_sending(words.capitalize())
        if not sent and (above not in states or not only_moment(line.text)):
            yield line
        above = words


def _declared_zone(tree: Tree, prose: Sequence[Line]) -> Zone | None:
    """A field that names the zone, or words of summary and opening: ``All times are UTC``."""
    first = min((tree.nodes[at].line for at in tree.with_role("summary")), default=0)
    declaring = policy.table("events")["duration"]["declaring"]
    for line in (*tree.lines[:first], *prose):
        low = line.text.prose.lower()
        at = max(map(low.find, declaring))
        if at >= 0:
            return next(iter(find_zones(line.text.prose[at : at + DECLARATION])), None)
    for line in tree.lines:
        label, colon, rest = line.text.plain.partition("|" if line.kind == "row" else ":")
        if colon and label.strip(" *_-").lower() in ("timezone", "time zone"):
            return next(iter(find_zones(f"time zone {rest}")), None)
    return None
