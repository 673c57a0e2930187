"""What one statement tells about when the incident ran: a start, an end, a day, a length.

Which of several times is the start and which the end is told by the words beside
each, in its own clause.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pmlint.findings import Span
from pmlint.reading.amounts import sentences
from pmlint.reading.lengths import Length, find_lengths
from pmlint.reading.times import Clock, Date, Moment, Range, find_moments, find_ranges
from pmlint.reading.zones import Zone, find_zones
from pmlint.spans import Spans
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.statements.flow import flow
from pmlint.structure.sections import Line
from pmlint.structure.text import Text

Kind = Literal["field", "sentence"]
Part = Literal["start", "end", "date", "length", "both"]
"""Which part of the statement a label announces."""

CLAUSE = 80
"""How many characters around a time its clause is looked for in."""


class Told(NamedTuple):
    """One end of the incident as told, with its place in the source."""

    date: Date | None
    clock: Clock | None
    zone: Zone | None
    approximate: bool
    dated: bool
    """It states a date itself."""
    span: Span
    swappable: bool = False
    """Its day and month could be exchanged; the day was read first."""

    def on(self, date: Date | None) -> "Told":
        """The same clock on a date that stands elsewhere."""
        return self._replace(date=date)


class Reading(NamedTuple):
    """What one statement gives."""

    span: Span
    kind: Kind
    text: Text
    start: Told | None = None
    end: Told | None = None
    zone: Zone | None = None
    stated: Length | None = None
    date: Told | None = None
    """A date that stands alone."""
    part: Part = "both"
    label: str = ""
    ranged: bool = False
    """Both ends stand in one range (``from … to …``)."""
    bound: bool = False
    """It tells a length that is only a bound or vague (``several hours``)."""
    closing: bool = False
    """The day that stands alone is told as the end."""

    @property
    def clocks(self) -> int:
        """How many of the two ends have a time of day."""
        return sum(1 for end in (self.start, self.end) if end is not None and end.clock)

    @property
    def ends(self) -> int:
        """How many of the two ends it tells."""
        return (self.start is not None) + (self.end is not None)

    @property
    def weight(self) -> tuple[int, int, bool, bool]:
        """Order of merit: both ends, one end, a length, a day."""
        return (self.clocks, self.ends, self.stated is not None, self.date is not None)

    @property
    def tells(self) -> bool:
        """It says anything about when or how long."""
        return any(self.weight) or self.bound


def sentences_told(prose: Sequence[Line]) -> Iterator[Reading]:
    """Readings of the sentences that tell a time or a length."""
    text = flow(prose)
    if not text:
        return
    for low, high in sentences(text.prose):
        part = text.cut(low, high)
        if _telling().search(part.prose) and not _supposed().match(part.prose):
            reading = read(part, "sentence", part.strip().span())
            if reading.tells:
                yield reading


def read(text: Text, kind: Kind, span: Span, part: Part = "both", label: str = "") -> Reading:
    """What a text tells; ``part`` is what its label announces."""
    prose = text.prose
    if kind == "field" and not prose.strip("_ \n"):
        prose = text.plain
    ranges = find_ranges(prose)
    stated = _stated(prose, kind, part, ranges)
    zone = next(iter(find_zones(prose)), None)
    if zone is None and ranges and text.hidden:
        # 10:00 - 12:00 `UTC`
        zone = next(iter(find_zones(text.plain)), None)
    reading = Reading(
        span, kind, text, zone=zone, part=part, label=label, stated=stated,
        bound=stated is None and _bound(prose, kind),
    )  # fmt: skip
    # "Date: 3 to 5 May" may be of anything, "When: 3 May, 10:00 - 11:00" is the incident's.
    timed = part in ("date", "length") and any(
        _clocks(each.first, each.last) == 2 for each in ranges
    )
    if timed or part in ("start", "end", "both"):
        ranged = _by_range(reading, prose, ranges)
        if ranged is not None:
            return ranged
    return _by_cues(reading, prose)


@cache
def _supposed() -> re.Pattern[str]:
    """``For example, when a database goes down at 2:00``: nothing that happened."""
    return re.compile(
        r"\W*(?:(?:so|and|but|as)[\s,]+)?"
        r"(?:for instance|(?:for |an )?example|e\.g\.|imagine|suppose|let['’]s say|say that)\b",
        re.IGNORECASE,
    )


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(
        r"\d|\b(?:hour|minute|day|noon|midnight|morning|evening|afternoon|past|quarter|o['’]clock)",
        re.IGNORECASE,
    )


# -- ends --------------------------------------------------------------------


def _place(text: Text, moment: Moment | None) -> Told | None:
    if moment is None:
        return None
    return Told(
        moment.date,
        moment.clock,
        moment.zone,
        moment.approximate,
        moment.date_span is not None,
        text.span(moment.start, moment.end),
        moment.ambiguous_date,
    )


def _by_range(reading: Reading, prose: str, ranges: Sequence[Range]) -> Reading | None:
    """Both ends from the range that has most clocks, where it is the incident's."""
    if reading.kind == "sentence":
        ranges = [each for each in ranges if not _habitual().search(prose[: each.start][-CLAUSE:])]
    found = max(ranges, key=lambda each: _clocks(each.first, each.last), default=None)
    if found is None:
        return None
    whole = _clocks(found.first, found.last) == 2
    cues = _cues()
    at_random = reading.kind != "field" and not (
        _between().search(prose) or cues.start.search(prose) or cues.suffering.search(prose)
    )
    if at_random and not whole:
        return None
    timeless = reading.kind == "sentence" and not _clocks(found.first, found.last)
    if timeless and any(each.clock is not None for each in find_moments(prose)):
        # "First outage (4 to 6 May): on 4 May at 4:10 a pump failed"
        return None
    text = reading.text
    found = found._replace(last=_last_window(prose, ranges, found))
    lone = None if found.first.date else _place(text, _first_date(find_moments(prose)))
    return reading._replace(
        start=_place(text, _begun(prose, found) or found.first),
        end=_place(text, found.last),
        zone=found.zone or reading.zone,
        ranged=True,
        date=lone,
    )


def _last_window(prose: str, ranges: Sequence[Range], found: Range) -> Moment:
    """The end of ``9:00 to 10:00 and again from 10:30 to 11:00``: that of the last window."""
    end, last = found.end, found.last
    for each in ranges:
        if each.start < end:
            continue
        gap = prose[end : each.start]
        if _clocks(each.first, each.last) < 2 or _again().fullmatch(gap) is None:
            break
        if not _follows(last, each.first) or not _follows(each.first, each.last):
            break
        end, last = each.end, each.last._replace(date=each.last.date or last.date)
    return last


def _follows(before: Moment, after: Moment) -> bool:
    """The second is no earlier, on the same day where it names none; in the same zone."""
    if before.clock is None or after.clock is None:
        return False
    if before.zone and after.zone and before.zone.key != after.zone.key:
        return False
    if before.date and after.date and before.date != after.date:
        return before.date[1:] < after.date[1:]
    return before.clock.seconds <= after.clock.seconds


@cache
def _again() -> re.Pattern[str]:
    """Between two windows of one incident."""
    return re.compile(
        r"[\s,;.&*•()–—-]*(?:(?:and|then|again|once|more|also|as|well|later|from|between|on|plus"
        r"|a|second|time|window|period|the|followed|by)\b[\s,;:*•()–—-]*){0,8}",
        re.IGNORECASE,
    )


@cache
def _habitual() -> re.Pattern[str]:
    """``runs daily from 2:00 to 4:00``, ``our hours are 9:00 to 17:00``: every day, not then."""
    return re.compile(
        r"\b(?:daily|nightly|weekly|weekdays|usually|normally|always|typically|every \w+|each \w+"
        r"|(?:office|business|opening|working|support|trading) hours|working day)\b"
        r"(?:\W+(?:are|is|runs?|run|open|of|from|between|at|and|the|until)){0,3}\W*$",
        re.IGNORECASE,
    )


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\b(?:from|between|since)\b", re.IGNORECASE)


def _begun(prose: str, found: Range) -> Moment | None:
    """``Started 10:00, detected 10:10, resolved 11:00``: the range began before."""
    for moment in find_moments(prose[: found.first.start]):
        before = prose[max(0, moment.start - CLAUSE) : moment.start]
        if moment.clock is not None and _beginning().search(before):
            return moment._replace(date=moment.date or found.first.date)
    return None


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:start(?:ed|s|ing)?|began|begun|begins?|onset)\b\W{0,3}(?:at\s)?$", re.IGNORECASE
    )


def _clocks(*moments: Moment) -> int:
    return sum(moment.clock is not None for moment in moments)


def _first_date(moments: Sequence[Moment]) -> Moment | None:
    return next((moment for moment in moments if moment.date is not None), None)


def _by_cues(reading: Reading, prose: str) -> Reading:
    """Single moments: which end each is, told by the words beside it."""
    moments = [moment for moment in find_moments(prose) if moment.fault != "unreadable"]
    clocks = [moment for moment in moments if moment.clock is not None]
    start = end = None
    if reading.part != "length":
        start, end = _ends(reading.part, prose, clocks or _two_days(prose, moments))
    text = reading.text
    day = _first_date(moments)
    zones = (moment.zone for moment in (start, end) if moment is not None)
    return reading._replace(
        start=_place(text, start),
        end=_place(text, end),
        zone=reading.zone or next(filter(None, zones), None),
        date=_place(text, day),
        closing=day is not None and not clocks and _is_end(prose, day, 0),
    )


def _two_days(prose: str, moments: Sequence[Moment]) -> list[Moment]:
    """A day of the start and a day of the end, where no clock is told."""
    days = [moment for moment in moments if moment.date is not None]
    if len(days) < 2 or not _is_end(prose, days[-1], days[-2].end):
        return []
    return [days[0], days[-1]]


def _ends(part: Part, prose: str, moments: Sequence[Moment]) -> tuple[Moment | None, Moment | None]:
    start = end = first = None
    before, over = 0, False
    for moment in moments:
        goes_on = over and _and_another().fullmatch(prose, before, moment.start) is not None
        over = part == "end" or (part != "date" and (goes_on or _is_end(prose, moment, before)))
        before = moment.end
        if over and not (part == "start" and start is None):
            first = first or moment
            end = moment
        elif start is None:
            start = moment
    if start is None and part == "both" and first is not end and first is not None:
        # "The network halted at 9:00 and was live again at 11:00."
        around = prose[max(0, first.start - CLAUSE) : first.end + CLAUSE // 2]
        start = first if may_begin(around) else None
    return start, end


def may_begin(prose: str) -> bool:
    """It tells that something stopped, be it the trouble or the service."""
    return _stops().search(prose) is not None


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:stop(?:s|ped)?|halt(?:s|ed)?|ceas(?:es|ed)|closed|until|removed|paused|ended)\b",
        re.IGNORECASE,
    )


@cache
def _and_another() -> re.Pattern[str]:
    """``Reads were restored at 10:30, writes at 11:00``: the verb holds for both."""
    return re.compile(
        r"[\s,;()*]*(?:(?:and|then|while|the|all|for|with)\s){0,3}(?:(?!start|beg[aiu]n|fail|again)"
        r"[\w/-]{1,20}\s){1,3}(?:only\s|finally\s)?(?:at|by|around|about)\s[~*]{0,2}",
        re.IGNORECASE,
    )


class Cues(NamedTuple):
    """Words that tell whether something began or was over."""

    start: Alternatives
    end: Alternatives
    suffering: Alternatives
    """The clause tells what was wrong, so that ``for two hours`` is how long."""
    downtime: Alternatives
    """Directly behind a length: ``2 hours of downtime``."""
    other: Alternatives
    """Lengths beside these are settings or work (``cached for two hours``)."""
    ahead: Alternatives
    """A sentence with one of these tells what is planned."""
    whole: Alternatives
    """A length in such a sentence is that of the incident, not of one of its effects."""
    elsewhere: Alternatives
    """Labels of days on which the incident did not happen (``Last updated``)."""


_LEADS = (
    "after|before|in|into|until|to|and|for|from|since|when|because|between|during|with|later|ago"
    "|the"
)
"""Behind a length these open another phrase: ``2 hours after the first outage``."""


@cache
def _cues() -> Cues:
    table = policy.table("events")["duration"]

    return Cues(
        start=Alternatives(table["starts"], r"\b(?:", r")\b"),
        end=Alternatives(table["ends"], r"\b(?:", r")\b"),
        suffering=Alternatives(table["suffering"], r"\b(?:"),
        downtime=Alternatives(
            table["downtime"],
            rf"[^\w;.!?]{{0,2}}(?:of |long )?(?:(?!(?:{_LEADS})\b)[\w-]+ ){{0,3}}(?:",
        ),
        other=Alternatives(table["other"], r"\b(?:"),
        ahead=Alternatives(table["ahead"], r"\b(?:", r")\b"),
        whole=Alternatives(table["whole"], r"\b(?:"),
        elsewhere=Alternatives(table["elsewhere"], r"\b(?:", r")\b"),
    )


@cache
def _lasting() -> re.Pattern[str]:
    """Directly before a length: it is how long the incident took."""
    table = policy.table("events")["duration"]
    lasting, filler = "|".join(table["lasting"]), "|".join(table["filler"])
    return re.compile(rf"(?:\b(?:{lasting})\b|[(:])\W*(?:(?:{filler})\W+){{0,5}}$", re.IGNORECASE)


def is_elsewhere(label: str) -> bool:
    """The label dates something else than the incident, such as the report."""
    return _cues().elsewhere.search(label) is not None


def looks_ahead(prose: str) -> bool:
    """The words tell of something that is planned or wished."""
    return _cues().ahead.search(prose) is not None


def of_whole(prose: str) -> bool:
    """The words speak of the incident as a whole."""
    return _cues().whole.search(prose) is not None


def is_suffering(prose: str) -> bool:
    """The words tell of something that went wrong, or that an incident happened."""
    return _cues().suffering.search(prose) is not None


def _is_end(prose: str, moment: Moment, behind: int) -> bool:
    """The words of its clause tell that something was over then.

    The words before the time count first, the nearest of them; then the nearest
    behind it. ``behind`` is where the time before ends.
    """
    cues = _cues()
    before = _clause_before(prose[max(behind, moment.start - CLAUSE) : moment.start])
    over = [
        match.end()
        for match in cues.end.finditer(before)
        if not _only_began().search(before, 0, match.start())
    ]
    began = [match.end() for match in cues.start.finditer(before)]
    if over or began:
        if max(over, default=-1) > max(began, default=-1):
            return True
        if not _since_or_by().search(before):
            return False
    opens = not before.split()[2:] or _lapse().search(before) is not None
    after = _clause_behind(prose[moment.end : moment.end + CLAUSE], opens=opens)
    first_over, first_began = cues.end.search(after), cues.start.search(after)
    if first_over is None:
        return False
    if (over or began) and not _is_well().search(after):
        return False
    return first_began is None or first_over.start() < first_began.start()


@cache
def _only_began() -> re.Pattern[str]:
    """``Hosts began coming back at 9:30``, ``traffic started to recover``: it was not over yet."""
    return re.compile(
        r"\b(?:began|begun|begins?|beginning|start(?:ed|s|ing)?)\s(?:to\s)?(?:(?:come|coming)\s)?$",
        re.IGNORECASE,
    )


@cache
def _since_or_by() -> re.Pattern[str]:
    """Before a time of which the words behind it tell more: ``Since 11:00 all is back``."""
    return re.compile(r"(?:\bsince|\bfrom|[,;.]\s(?:and\s)?by)\W+(?:about\s|around\s)?$", re.I)


@cache
def _is_well() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:is|are|was|were|has|have|had|works?|worked|been|everything|all)\b"
        r"(?:(?!\bnot\b|n['’]t\b)[^,;.]){0,30}"
        r"\b(?:back|normal|fine|stable|restored|resolved|fixed|operational|online|working|healthy"
        r"|again|repaired|recovered)\b",
        re.IGNORECASE,
    )


@cache
def _lapse() -> re.Pattern[str]:
    """``After 95 minutes, at 11:00, …``, ``Two hours later, at 11:00, …``."""
    return re.compile(
        r"\b(?:minutes?|mins?|hours?|hrs?|days?)(?:\slater)?\s?,?\s(?:at|by|around|about)\s?[~(*]*$",
        re.IGNORECASE,
    )


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(r"[,;:.!?]\s|\s[–—-]\s|\b(?:and|but|while|although|before|after|when)\b")


def _clause_before(text: str) -> str:
    """The clause that leads to a time; ``The end: `` and ``and, at`` are not cut there."""
    whole = len(_bare_preposition().sub("", text).rstrip(" :,–—-(*"))
    if text[:whole].endswith(")"):
        return text[whole:]
    ends = [match.end() for match in _clause_end().finditer(text, 0, whole)]
    return text[ends[-1] :] if ends else text


@cache
def _bare_preposition() -> re.Pattern[str]:
    """``fixed two hours later, at 12:00``: the preposition opens no clause."""
    return re.compile(
        r"\b(?:at|on|by|around|about|approximately|exactly|roughly)\s*$", re.IGNORECASE
    )


def _clause_behind(text: str, *, opens: bool) -> str:
    """``At 10:00, the site was back``: the comma behind a time that opens its clause is no end."""
    start = len(text) - len(text.lstrip(" ,)*_")) if opens else 0
    match = _clause_end().search(text, start)
    return text[: match.start()] if match else text


# -- lengths -----------------------------------------------------------------


def _stated(prose: str, kind: Kind, part: Part, ranges: Sequence[Range]) -> Length | None:
    ends = Spans(Span(each.last.start, each.last.end) for each in ranges)
    firsts, lasts = [each.start for each in ranges], [each.end for each in ranges]
    clocks = Spans(
        Span(*each.clock_span) for each in find_moments(prose) if each.clock_span is not None
    )
    ran, first, summed = _minutes(ranges), None, None
    field = kind == "field" or part == "length"
    for length in find_lengths(prose):
        # "10:00 to 12:00 hours", "from 10h30": a clock is no length
        if length.kind != "length" or ends.meet(Span(length.start, length.start + 1)):
            continue
        if clocks.meet(Span(length.start, length.end)):
            continue
        if field and ran is None:
            if _summed().search(prose, max(0, length.start - CLAUSE // 4), length.start):
                # "detection 5 minutes, in total 95 minutes"
                return length
            summed = summed or length
            continue
        if field and ran is not None:
            if abs(length.minutes - ran) <= max(1, ran / 10):
                return length
            first = first or length
        near = ranges[
            bisect_left(lasts, length.start - FAR) : bisect_right(firsts, length.end + FAR)
        ]
        if field:
            # "noticed after 40 min; 2 hours, 9:20 to 11:48": that beside the range counts
            summed = summed or (length if _beside_range(prose, length, near) else None)
            continue
        if length.minutes >= 1 and (
            _beside_range(prose, length, near) or _of_incident(prose, length)
        ):
            if _summed().search(prose, max(0, length.start - CLAUSE // 2), length.start):
                # "fixed in 3 hours, a total of 17 hours"
                return length
            summed = summed or length
    return summed or first


@cache
def _summed() -> re.Pattern[str]:
    return re.compile(r"\b(?:total|overall|altogether|combined|in all)\b[^.;]*$", re.IGNORECASE)


def _minutes(ranges: Sequence[Range]) -> float | None:
    """How long the one range of clocks lasts, a day at most."""
    whole = [each for each in ranges if each.first.clock and each.last.clock]
    if len(whole) != 1 or whole[0].first.clock is None or whole[0].last.clock is None:
        return None
    return (whole[0].last.clock.seconds - whole[0].first.clock.seconds) / 60 % 1440


def _beside_range(prose: str, length: Length, ranges: Sequence[Range]) -> bool:
    """``10:00 to 12:00 UTC, that is two hours``, ``2 hours (10:00-12:00)``."""
    for each in ranges:
        if each.first.clock is None or each.last.clock is None:
            continue
        behind = each.end <= length.start
        gap = prose[each.end : length.start] if behind else prose[length.end : each.start]
        if each.start < length.end and not behind:
            continue
        for dotted in ("approx.", "i.e.", "ca."):
            gap = gap.replace(dotted, dotted.replace(".", ""))
        words = "".join(char if char.isalnum() else " " for char in gap.lower()).split()
        if len(gap) <= BESIDE and set(words) <= _joining() and "." not in gap.strip():
            return True
    return False


BESIDE = 32
"""Within so many characters of a range a length tells how long it was."""
FAR = 4 * BESIDE
"""Beyond so many no range is looked at."""


@cache
def _joining() -> frozenset[str]:
    return frozenset(policy.table("events")["duration"]["joining"])


def _bound(prose: str, kind: Kind) -> bool:
    return any(
        length.kind in ("bound", "range") and (kind == "field" or _of_incident(prose, length))
        for length in find_lengths(prose)
    )


def _of_incident(prose: str, length: Length) -> bool:
    """A length in a sentence counts where it says how long the incident lasted."""
    cues = _cues()
    if cues.downtime.match(prose, length.end):
        return True
    before = prose[max(0, length.start - 2 * CLAUSE) : length.start]
    match = _lasting().search(before[-CLAUSE:])
    if match is None or cues.other.search(before[-CLAUSE // 2 :]):
        return False
    if _work().match(prose, length.end):
        return False
    phrase = match.group().lower()
    if phrase.startswith("after"):
        # "it was over after 2 hours", not "the vendor answered after 2 hours"
        clause = re.split(r"[;,.]\s", before[-CLAUSE:])[-1]
        return is_suffering(clause) or cues.end.search(clause) is not None
    if not phrase.startswith(("for", "over", "during")) or "total" in phrase:
        return True
    return bool(cues.suffering.search(before + prose[length.end : length.end + 2 * CLAUSE]))


@cache
def _work() -> re.Pattern[str]:
    """``took 20 minutes to find``: the length of some work."""
    return re.compile(
        r"\s(?:to|until we|before we)\s"
        r"(?!resolv|restor|recover|return|come|came|roll|revert|fix|repair|got|get|br[oi]|undo|reinst|re-?est"
        r"|mitigat|rectif|solve|sort|clear|be back|have (?:it|everything|the \w+) back|put)\w",
        re.I,
    )
