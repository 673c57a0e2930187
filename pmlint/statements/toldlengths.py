"""How long the incident lasted, as a statement tells it in so many words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pmlint.findings import Span
from pmlint.reading.lengths import Length, find_lengths
from pmlint.reading.times import Range, find_moments
from pmlint.spans import Spans
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.statements.toldcues import CLAUSE, cues, is_suffering

BESIDE = 32
"""Within so many characters of a range a length tells how long it was."""
FAR = 4 * BESIDE
"""Beyond so many no range is looked at."""


def stated_length(prose: str, ranges: Sequence[Range], *, field: bool) -> Length | None:
    """The length that a statement gives; that of a ``field`` need not say of what it is."""
    beside = _Beside(prose, ranges)
    if field:
        ran = _minutes(ranges)
        lengths = _lengths(prose, ranges)
        return _in_total(prose, lengths, CLAUSE // 4) if ran is None else beside.best(lengths, ran)
    told = (
        length
        for length in _lengths(prose, ranges)
        if length.minutes >= 1 and (beside.tells(length) or _of_incident(prose, length))
    )
    return _in_total(prose, told, CLAUSE // 2)


def told_lengths(prose: str) -> Iterator[Length]:
    """The lengths and the lapses (``two hours later``) of a text that are no clock."""
    return _lengths(prose, (), kinds=("length", "period"))


def _lengths(
    prose: str, ranges: Sequence[Range], kinds: Sequence[str] = ("length",)
) -> Iterator[Length]:
    """The lengths that are no clock: not those of ``10:00 to 12:00 hours``, ``from 10h30``."""
    ends = Spans(Span(each.last.start, each.last.end) for each in ranges)
    clocks = Spans(
        Span(*each.clock_span) for each in find_moments(prose) if each.clock_span is not None
    )
    for length in find_lengths(prose):
        before = max(0, length.start - CLAUSE)
        if length.kind not in kinds or _PARTIAL.search(prose, before, length.start):
            continue
        if ends.meet(Span(length.start, length.start + 1)):
            continue
        if not clocks.meet(Span(length.start, length.end)):
            yield length


_PARTIAL = expression(
    r"\b(?:(?:of|among) (?:which|those|these|them)|including|incl\.)\s(?:the\s)?"
    r"(?:about\s|around\s|roughly\s|approximately\s|some\s|nearly\s|almost\s)?[~≈]?$",
    re.IGNORECASE,
)
"""``of which 12 minutes were a full outage``: only a part of how long it was."""


def _in_total(prose: str, lengths: Iterable[Length], near: int) -> Length | None:
    """The sum in ``detection 5 minutes, in total 95 minutes``, else the first length."""
    first = None
    for length in lengths:
        if _SUMMED.search(prose, max(0, length.start - near), length.start):
            return length
        first = first or length
    return first


_SUMMED = expression(r"\b(?:total|overall|altogether|combined|in all)\b[^.;]*$", re.IGNORECASE)


def _minutes(ranges: Sequence[Range]) -> float | None:
    """How long the one range of clocks lasts, a day at most."""
    whole = [each for each in ranges if each.first.clock and each.last.clock]
    if len(whole) != 1 or whole[0].first.clock is None or whole[0].last.clock is None:
        return None
    return (whole[0].last.clock.seconds - whole[0].first.clock.seconds) / 60 % 1440


class _Beside:
    """Lengths beside the ranges of a text: ``10:00 to 12:00 UTC, that is two hours``."""

    def __init__(self, prose: str, ranges: Sequence[Range]) -> None:
        self._prose, self._ranges = prose, ranges
        self._firsts = [each.start for each in ranges]
        self._lasts = [each.end for each in ranges]

    def best(self, lengths: Iterable[Length], ran: float) -> Length | None:
        """That which is as long as the range, else the first one beside it, else the first.

        ``noticed after 40 min; 2 hours, 9:20 to 11:48``: that beside the range counts.
        """
        first = beside = None
        for length in lengths:
            if abs(length.minutes - ran) <= max(1, ran / 10):
                return length
            first = first or length
            if beside is None and self.tells(length):
                beside = length
        return beside or first

    def tells(self, length: Length) -> bool:
        """It stands right beside a range of clocks, with nothing between that says of what."""
        low = bisect_left(self._lasts, length.start - FAR)
        high = bisect_right(self._firsts, length.end + FAR)
        return any(_joined(self._prose, length, each) for each in self._ranges[low:high])


def _joined(prose: str, length: Length, each: Range) -> bool:
    """``10:00 to 12:00 UTC, that is two hours``, ``2 hours (10:00-12:00)``."""
    if each.first.clock is None or each.last.clock is None:
        return False
    if each.end <= length.start:
        gap = prose[each.end : length.start]
    elif each.start >= length.end:
        gap = prose[length.end : each.start]
    else:
        return False
    for dotted in ("approx.", "i.e.", "ca."):
        gap = gap.replace(dotted, dotted.replace(".", ""))
    words = "".join(char if char.isalnum() else " " for char in gap.lower()).split()
    return len(gap) <= BESIDE and set(words) <= _joining() and "." not in gap.strip()


@cache
def _joining() -> frozenset[str]:
    return frozenset(policy.table("events")["duration"]["joining"])


def is_bounded(prose: str, *, field: bool) -> bool:
    """It tells only a bound or a range of how long: ``several hours``, ``for the past days``."""
    return any(
        (length.kind in ("bound", "range") and (field or _of_incident(prose, length)))
        or (length.kind == "period" and length.minutes < WEEK and _of_incident(prose, length))
        for length in find_lengths(prose)
    )


WEEK = 7 * 1440
"""``Over the last month`` is no time in which an incident ran."""


@cache
def _lasting() -> re.Pattern[str]:
    """Directly before a length: it is how long the incident took."""
    table = policy.table("events")["duration"]
    lasting, filler = "|".join(table["lasting"]), "|".join(table["filler"])
    return re.compile(rf"(?:\b(?:{lasting})\b|[(:])\W*(?:(?:{filler})\W+){{0,5}}$", re.IGNORECASE)


def _of_incident(prose: str, length: Length) -> bool:
    """A length in a sentence counts where it says how long the incident lasted."""
    words = cues()
    before = prose[max(0, length.start - 2 * CLAUSE) : length.start]
    if _PLANNED.search(before):
        return False
    if words.downtime.match(prose, length.end) or _of_failure().match(prose, length.end):
        return True
    match = _lasting().search(before[-CLAUSE:])
    if match is None or words.other.search(before[-CLAUSE // 2 :]):
        return False
    if _WORK.match(prose, length.end):
        return False
    phrase = match.group().lower()
    if phrase.startswith("after"):
        # "it was over after 2 hours", not "the vendor answered after 2 hours"
        clause = re.split(r"[;,.]\s", before[-CLAUSE:])[-1]
        return is_suffering(clause) or words.end.search(clause) is not None
    if not phrase.startswith(("for", "over", "during")) or "total" in phrase:
        return True
    return bool(words.suffering.search(before + prose[length.end : length.end + 2 * CLAUSE]))


@cache
def _of_failure() -> re.Pattern[str]:
    """``After 26 minutes of 503s``."""
    told = "|".join(policy.table("events")["duration"]["of_failure"])
    return re.compile(rf"\sof\s(?:{told})", re.IGNORECASE)


_PLANNED = expression(
    r"\b(?:planned|scheduled|announced|budgeted|foreseen|foresaw|expected)\b"
    r"(?:\s(?!was|were|but|and)[\w-]+){0,4}\s?$",
    re.IGNORECASE,
)
"""``We planned half a day of downtime``: how long it should have been."""


_WORK = expression(
    r"\s(?:to|(?:until|before) (?:we|I|they|someone|somebody|anyone|one of us))\s"
    r"(?!resolv|restor|recover|return|come|came|roll|revert|fix|repair|got|get|br[oi]|undo|reinst|re-?est"
    r"|mitigat|rectif|solve|sort|clear|be back|have (?:it|everything|the \w+) back|put)\w",
    re.I,
)
"""``took 20 minutes to find``: the length of some work."""
