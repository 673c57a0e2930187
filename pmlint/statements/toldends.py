"""Which of the times of a statement is the start and which the end, by the words beside each."""

import re
from collections.abc import Sequence

from pmlint.reading.times import Moment
from pmlint.standard.patterns import expression
from pmlint.statements.toldcues import CLAUSE, cues, may_begin, stopped_service

_DETERMINERS = frozenset(
    ("a", "an", "the", "every", "each", "any", "our", "their", "its", "this", "that", "these")
)


def find_ends(
    part: str, prose: str, moments: Sequence[Moment]
) -> tuple[Moment | None, Moment | None]:
    """The start and the end among the moments of a text; ``part`` is what its label announces."""
    start = end = first = None
    before, over = 0, False
    for moment in moments:
        goes_on = over and _AND_ANOTHER.fullmatch(prose, before, moment.start) is not None
        over = part == "end" or (part != "date" and (goes_on or is_end(prose, moment, before)))
        before = moment.end
        if over and _BUT_STILL.match(prose, moment.end) is not None:
            continue
        if over and not (part == "start" and start is None):
            first = first or moment
            end = moment
        elif start is None or (part == "both" and _began_then(prose, start, moment)):
            start = moment
    if part == "both" and first is not end and first is not None:
        # "The network halted at 9:00 and was live again at 11:00. Votes came in from 10:30."
        around = prose[max(0, first.start - CLAUSE) : first.end + CLAUSE // 2]
        if start is None:
            start = first if may_begin(around) else None
        elif start.start > first.end and stopped_service(around):
            start = first
    return start, end


_BUT_STILL = expression(
    r"[^.;!?\n]{0,90}[\s,](?:but|although|though|while|however),?\s[^.;!?\n]{0,60}?"
    r"\bstill\s(?:\w+\s)?(?:not\b|fail|down\b|un\w+able|unreach|offline|broken|without|missing"
    r"|slow|refus|timed out|timing out|had no\b|saw errors)",
    re.IGNORECASE,
)
"""``At 10:00 the site was back, but logins still failed``: it was not over then."""


def _began_then(prose: str, noticed: Moment, moment: Moment) -> bool:
    """``Detected at 12:05, having begun at 11:45``, ``seen at 9:00 that it failed since 8:00``."""
    if _BEGINNING.search(prose[max(0, moment.start - CLAUSE) : moment.start]) is None:
        return False
    return tells_noticing(prose[max(0, noticed.start - CLAUSE) : moment.start])


_BEGINNING = expression(
    r"\b(?:begun|began|started|starting|beginning|onset|since|dates? back to)\W+"
    r"(?:(?:at|on|around|about|approximately|the)\W+){0,2}$",
    re.IGNORECASE,
)


def tells_noticing(prose: str) -> bool:
    """Somebody or something learned of it."""
    return _NOTICING.search(prose) is not None


_NOTICING = expression(
    r"\b(?:detected|noticed|discovered|realized|realised|alerted|reported|found|learned|learnt"
    r"|seen|saw|told|identified|spotted)\b",
    re.IGNORECASE,
)


_AND_ANOTHER = expression(
    r"[\s,;()*]*(?:(?:and|then|while|the|all|for|with)\s){0,3}(?:(?!start|beg[aiu]n|fail|again)"
    r"[\w/-]{1,20}\s){1,3}(?:only\s|finally\s)?(?:at|by|around|about)\s[~*]{0,2}",
    re.IGNORECASE,
)
"""``Reads were restored at 10:30, writes at 11:00``: the verb holds for both."""


def two_days(prose: str, moments: Sequence[Moment]) -> list[Moment]:
    """A day of the start and a day of the end, where no clock is told."""
    days = [moment for moment in moments if moment.date is not None]
    if len(days) < 2 or not is_end(prose, days[-1], days[-2].end):
        return []
    return [days[0], days[-1]]


def days_on_end(prose: str, moments: Sequence[Moment]) -> tuple[Moment, Moment] | None:
    """``That weekend (4 and 5 May)``, ``on 3/4 May``: two days that follow each other."""
    if len(moments) != 2:
        return None
    first, last = moments
    if first.date is None or last.date is None or first.clock or last.clock:
        return None
    gap = prose[first.end : last.start]
    following = first.date.next()[1:] == last.date[1:]
    return (first, last) if following and _AND_DAY.fullmatch(gap) else None


_AND_DAY = expression(r"\s?(?:and|&|/|\+)\s?(?:\w{3,6}day,?\s)?(?:the\s)?", re.IGNORECASE)


def is_end(prose: str, moment: Moment, behind: int) -> bool:
    """The words of its clause tell that something was over then.

    The words before the time count first, the nearest of them; then the nearest
    behind it. ``behind`` is where the time before ends.
    """
    words = cues()
    before = _clause_before(prose[max(behind, moment.start - CLAUSE) : moment.start])
    over = [
        match.end()
        for match in words.end.finditer(before)
        if not _ONLY_BEGAN.search(before, 0, match.start())
        and not _attributive(before, match.start(), match.end())
    ]
    began = [match.end() for match in words.start.finditer(before)]
    if over or began:
        if max(over, default=-1) > max(began, default=-1):
            return True
        if not _SINCE_OR_BY.search(before):
            return False
    opens = not before.split()[2:] or _LAPSE.search(before) is not None
    after = _clause_behind(prose[moment.end : moment.end + CLAUSE], opens=opens)
    ends = words.end.finditer(after)
    first_over = next((each for each in ends if not _attributive(after, *each.span())), None)
    first_began = words.start.search(after)
    if first_over is None:
        return False
    if (over or began) and not _IS_WELL.search(after):
        return False
    return first_began is None or first_over.start() < first_began.start()


_ONLY_BEGAN = expression(
    r"\b(?:began|begun|begins?|beginning|start(?:ed|s|ing)?)\s(?:to\s)?(?:(?:come|coming)\s)?$",
    re.IGNORECASE,
)
"""``Hosts began coming back at 9:30``, ``traffic started to recover``: it was not over yet."""


def _attributive(text: str, start: int, end: int) -> bool:
    """``every finished game``, ``the restored backup``: of which kind, not that it was over."""
    word = text[start:end]
    if not word.endswith("ed") or " " in word or not text[end : end + 2].strip().isalpha():
        return False
    return text[:start].rstrip().rpartition(" ")[2].lower() in _DETERMINERS


_SINCE_OR_BY = expression(r"(?:\bsince|\bfrom|[,;.]\s(?:and\s)?by)\W+(?:about\s|around\s)?$", re.I)
"""Before a time of which the words behind it tell more: ``Since 11:00 all is back``."""


_IS_WELL = expression(
    r"\b(?:is|are|was|were|has|have|had|works?|worked|been|everything|all)\b"
    r"(?:(?!\bnot\b|n['’]t\b)[^,;.]){0,30}"
    r"\b(?:back|normal|fine|stable|restored|resolved|fixed|operational|online|working|healthy"
    r"|again|repaired|recovered)\b",
    re.IGNORECASE,
)


_LAPSE = expression(
    r"\b(?:minutes?|mins?|hours?|hrs?|days?)(?:\slater)?\s?,?\s(?:at|by|around|about)\s?[~(*]*$",
    re.IGNORECASE,
)
"""``After 95 minutes, at 11:00, …``, ``Two hours later, at 11:00, …``."""


_CLAUSE_END = expression(r"[,;:.!?]\s|\s[–—-]\s|\b(?:and|but|while|although|before|after|when)\b")


def _clause_before(text: str) -> str:
    """The clause that leads to a time; ``The end: `` and ``and, at`` are not cut there."""
    whole = len(_BARE_PREPOSITION.sub("", text).rstrip(" :,–—-(*"))
    if text[:whole].endswith((")", ";")):
        return text[whole:]
    ends = [match.end() for match in _CLAUSE_END.finditer(text, 0, whole)]
    return text[ends[-1] :] if ends else text


_BARE_PREPOSITION = expression(
    r"\b(?:at|on|by|around|about|approximately|exactly|roughly"
    r"|(?:shortly|soon|just|right|immediately) (?:after|before|past))\s*$",
    re.IGNORECASE,
)
"""``fixed two hours later, at 12:00``: the preposition opens no clause."""


def _clause_behind(text: str, *, opens: bool) -> str:
    """``At 10:00, the site was back``: the sign behind a time that opens its clause is no end."""
    start = len(text) - len(text.lstrip(" ,:)*_")) if opens else 0
    match = _CLAUSE_END.search(text, start)
    return text[: match.start()] if match else text
