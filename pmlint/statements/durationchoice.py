"""Which of several statements of the duration counts, and what the others add to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pmlint.reading.times import Date, find_moments
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.statements.otherlengths import tells_length
from pmlint.statements.told import Reading, Told
from pmlint.statements.toldcues import is_suffering, may_begin, of_whole, stopped_service


def choose(fields: Sequence[Reading], told: Sequence[Reading]) -> Reading | None:
    """The statement that counts: a field with both ends, else those of several, or a sentence."""
    whole = next((reading for reading in fields if reading.clocks == 2), None)
    if whole is not None:
        return whole
    joined = join_fields(fields)
    if joined is not None and joined.clocks == 2:
        return joined
    sentence = choose_sentence(told)
    if joined is None or sentence is None:
        return sentence or joined
    # Clocks of several sentences weigh less than a field with one and a length.
    complete = joined.clocks == 1 and joined.stated is not None and not sentence.ranged
    return sentence if sentence.clocks == 2 and not complete else joined


def choose_sentence(told: Sequence[Reading]) -> Reading | None:
    """The sentence that counts: a range, else the first start with the last end."""
    told = without_effects(_of_first_outage(told))
    first = next((reading for reading in told if reading.ends), None)
    if first is not None and _AT_WORST.search(first.text.prose) and first.ends == 1:
        first = next((each for each in told if each.ends and each is not first), first)
    if first is None:
        return _two_days(told) or max(told, key=_merit, default=None)
    if first.ranged and first.ends == 2:
        return _with_later_windows(first, told)
    first = _past_lead_up(first, told)
    ranged = next((reading for reading in told if reading.ranged and reading.clocks == 2), None)
    if ranged is not None and not ends_apart(first, ranged):
        return ranged
    behind = [each for each in told if each.span.start > first.span.start and each is not ranged]
    if first.start is None:
        last = next((each for each in reversed(behind) if each.end and each.end.clock), None)
        if last is not None and first.end is not None and may_begin(first.text.prose):
            # "Delivery stopped at 9:00. It resumed at 11:00."
            return first._replace(start=first.end, end=last.end, zone=first.zone or last.zone)
        later = next((reading for reading in behind if reading.start), None)
        if later is None and last is None and stopped_service(first.text.prose):
            # "At midnight the numbering of invoices stopped."
            return first._replace(start=first.end, end=None)
        if later is None:
            return first._replace(start=_day_of_failure(first, told))
        return first._replace(start=later.start)
    last = next((each for each in reversed(behind) if each.end and each.end.clock), None)
    if last is None:
        return first
    between = (each.zone for each in behind if each.span.end <= last.span.start)
    zone = first.zone or last.zone or next(filter(None, between), None)
    end = _on_later_day(first, last.end)
    return first._replace(end=end, zone=zone, stated=first.stated or last.stated)


def _merit(told: Reading) -> tuple[tuple[int, int, bool, bool], bool]:
    """Of equal sentences the one that says how long the incident as such lasted."""
    return told.weight, told.stated is not None and tells_length(told)


def _on_later_day(first: Reading, end: Told | None) -> Told | None:
    """An end without a day falls on the last day that was told with the start.

    ``We saw on 9 May that it had failed since 3 May, 2:00. It was mended at 17:05.``
    """
    if end is None or end.date is not None:
        return end
    days = [each.date for each in find_moments(first.text.prose) if each.date is not None]
    told = {day for day in days if day.year is not None}
    return end.on(max(told)) if len(told) > 1 else end


def _of_first_outage(told: Sequence[Reading]) -> Sequence[Reading]:
    """The readings before ``On the following day at 11:20 it failed again``: a further outage."""
    days: set[Date] = set()
    over = False
    for at, each in enumerate(told):
        start, prose = each.start, each.text.prose
        if days and (start or each.date) and _FURTHER.search(prose[:OPENING]):
            return told[:at]
        told_on = (start.date if start is not None else None) or (each.date and each.date.date)
        failed = over and start is not None and start.clock and is_suffering(prose)
        if failed and told_on and days and told_on not in days:
            return told[:at]
        days.update(
            end.date for end in (each.date, start, each.end) if end is not None and end.date
        )
        over = over or (each.end is not None and each.end.clock is not None)
    return told


def _day_of_failure(ended: Reading, told: Sequence[Reading]) -> Told | None:
    """The day on which it failed: another one than that of the end, told before it."""
    last = ended.end.date if ended.end is not None else None
    for each in told:
        if each.span.start >= ended.span.start:
            return None
        if each.date is not None and each.date.date != last and is_suffering(each.text.prose):
            return each.date
    return None


def without_effects(told: Sequence[Reading]) -> Sequence[Reading]:
    """The readings less ``Orders placed between 9:00 and 9:20 are lost``.

    Where nothing else tells both ends, such a window stands for the incident's.
    """
    kept = [each for each in told if not (each.ranged and _of_else(each.text.prose))]
    whole = any(each.start and each.start.clock for each in kept) and any(
        each.end and each.end.clock for each in kept
    )
    known = {id(each) for each in kept}
    return kept if whole else [each for each in told if id(each) in known or not tells_loss(each)]


def tells_loss(told: Reading) -> bool:
    """The window is that of lost data: ``Files saved between 2:10 and 5:20 are gone``."""
    prose = told.text.prose
    handled = _of_effect().search(prose)
    if handled and _CLOCK.search(prose, 0, handled.start()):
        # "From 23:30 to 10:15 none loaded, and those posted since 1 August are gone"
        return False
    return told.ranged and _of_else(prose) and _lost().search(prose) is not None


_CLOCK = expression(r"\b\d{1,2}[:.]\d\d\b")


@cache
def _lost() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_one_of('lost')})\b", re.IGNORECASE)


def _one_of(name: str) -> str:
    """The alternatives of a list of ``rules/events.toml``."""
    return "|".join(policy.table("events")["duration"][name])


def _of_else(prose: str) -> bool:
    """The window is that of an effect, of planned work, or of what was rolled back."""
    return any(each.search(prose) for each in (_of_effect(), _OF_PLAN))


_OF_PLAN = expression(
    r"\b(?:there would be|was to (?:be|last|run)|(?:maintenance|change|service) window"
    r"|(?:had|have|was|were) (?:been )?(?:planned|scheduled|announced)|roll(?:ed|ing)? back"
    r")\b",
    re.IGNORECASE,
)
"""``We were told that there would be a loss between 0:00 and 6:00``, ``we rolled back …``."""


@cache
def _of_effect() -> re.Pattern[str]:
    """What was done within a window, before the window: ``turns sent from 8:20 to 8:27``."""
    return re.compile(
        rf"\b(?:{_one_of('handled')})\s"
        # not "it made the shop unavailable from 9:00"
        r"(?!(?:the|our|your|its|their|this|that|these|it|us|all|every\w*|users|customers)\b)"
        r"(?:(?!was|were|is|are|went|stop|fail|could|had|did|got)\w+\s){0,4}"
        r"(?:between|from|during)\b",
        re.IGNORECASE,
    )


OPENING = 60
"""Letters of a sentence that tell of what it speaks: ``Second outage (May 17 to 20): …``."""


def ends_apart(first: Reading, ranged: Reading) -> bool:
    """``It was restored at 9:00. Turns sent from 8:20 to 8:27 were lost``: an effect's range."""
    if first.end is None or ranged.end is None or first.end.clock is None:
        return False
    if ranged.span.start < first.span.start or of_whole(ranged.text.prose):
        return False
    return ranged.end.clock is not None and first.end.clock.seconds != ranged.end.clock.seconds


def _with_later_windows(first: Reading, told: Sequence[Reading]) -> Reading:
    """``It locked up from 9:00 to 9:20. From 9:50 to 10:30 hosts crashed``: the last end counts."""
    end, stated = first.end, first.stated
    if end is None or end.clock is None or stated is not None:
        return first
    for each in told:
        start = each.start
        if each.span.start <= first.span.start or not each.ranged or each.clocks < 2:
            continue
        if start is None or start.clock is None or end.clock is None or each.end is None:
            break
        apart = start.clock.seconds - end.clock.seconds
        same = start.date is None or start.date == end.date
        if not same or not 0 <= apart <= BETWEEN_WINDOWS or _another_one().search(each.text.prose):
            break
        if _AT_WORST.search(each.text.prose) or not is_suffering(each.text.prose):
            break
        end = each.end.on(each.end.date or end.date)
    return first._replace(end=end)


BETWEEN_WINDOWS = 2 * 3600
"""So many seconds may lie between two windows of one incident."""


@cache
def _another_one() -> re.Pattern[str]:
    return re.compile(
        rf"{_FURTHER.pattern}|\b(?:plan(?:ned)?|scheduled|maintenance)\b", re.IGNORECASE
    )


_FURTHER = expression(
    r"\b(?:second|third|another|separate|unrelated|new|next)\s(?:\w+\s)?"
    r"(?:incident|outage|event|one)\b",
    re.IGNORECASE,
)


_AT_WORST = expression(r"\b(?:peaked|at (?:its|the|their) (?:peak|height|worst))\b", re.IGNORECASE)
"""``Errors peaked at 9:30``: neither the start nor the end."""


def _past_lead_up(first: Reading, told: Sequence[Reading]) -> Reading:
    """``Maintenance began at 9:00. At 9:20 the site went down``: the later one began it."""
    if first.start is None or first.end:
        return first
    behind = told[told.index(first) + 1 :]
    if not _lead_up().search(first.text.prose) or is_suffering(first.text.prose):
        from pmlint.statements.durationonset import taking_down

        return taking_down(first, behind)
    for each in behind:
        if each.start is not None and each.start.clock and is_suffering(each.text.prose):
            start = each.start.on(each.start.date or first.start.date)
            return each._replace(start=start, zone=each.zone or first.zone)
    return first


@cache
def _lead_up() -> re.Pattern[str]:
    # A release is the start where nothing else began the trouble; planned work is not.
    return re.compile(r"\b(?:maintenance|backup|scheduled?|planned|routine)\b", re.IGNORECASE)


def _two_days(told: Sequence[Reading]) -> Reading | None:
    """A sentence that dates the start and a later one that dates the end, without clocks."""
    days = [reading for reading in told if reading.date is not None]
    if len(days) < 2 or days[0].closing or not days[-1].closing:
        return None
    return days[0]._replace(start=days[0].date, end=days[-1].date)


def join_fields(fields: Sequence[Reading]) -> Reading | None:
    """Several fields as one: a start field, an end field, a date, a length."""
    if not fields:
        return None
    result = fields[0]
    for reading in fields[1:]:
        result = result._replace(
            start=result.start or (reading.start if reading.part != "end" else None),
            end=reading.end if reading.part == "end" and reading.end else result.end or reading.end,
            zone=result.zone or reading.zone,
            stated=result.stated or reading.stated,
            date=result.date or reading.date,
        )
    # "From: 2 May", "Until: 3 May"; "Began: afternoon of 2 May", "Ended: 3 May, 9:00"
    days = {each.part: each.date for each in reversed(fields) if each.date is not None}
    start, end = result.start or days.get("start"), result.end or days.get("end")
    return result._replace(start=start, end=end) if start and end else result
