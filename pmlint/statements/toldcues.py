"""The words that tell whether something began, was over, went wrong or is only planned."""

from __future__ import annotations

import re
from functools import cache

from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy
from pmlint.standard.alternatives import Alternatives
from pmlint.standard.patterns import expression

CLAUSE = 80
"""How many characters around a time its clause is looked for in."""
_LEADS = (
    "after|before|in|into|until|to|and|for|from|since|when|because|between|during|with|later|ago"
    "|the"
)
"""Behind a length these open another phrase: ``2 hours after the first outage``."""


def may_begin(prose: str) -> bool:
    """It tells that something stopped, be it the trouble or the service."""
    return _STOPS.search(prose) is not None


_STOPS = expression(
    r"\b(?:stop(?:s|ped)?|halt(?:s|ed)?|ceas(?:es|ed)|closed|until|removed|paused|ended)\b",
    re.IGNORECASE,
)


def stopped_service(prose: str) -> bool:
    """What stopped was the service, not the trouble."""
    return _STOPPED.search(prose) is not None and _TROUBLE_STOPPED.search(prose) is None


_STOPPED = expression(r"\b(?:stopped|halted|ceased)\b", re.IGNORECASE)


_TROUBLE_STOPPED = expression(
    r"\b(?:errors?|alerts?|alarms?|failures?|attacks?|problems?|issues?|crashes|outage|symptoms?"
    r"|it|this|they)\s(?:\w+\s){0,4}(?:stopped|halted|ceased)\b",
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


@cache
def cues() -> Cues:
    """The words of ``rules/events.toml``."""
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


def is_elsewhere(label: str) -> bool:
    """The label dates something else than the incident, such as the report."""
    return cues().elsewhere.search(label) is not None


def looks_ahead(prose: str) -> bool:
    """The words tell of something that is planned or wished."""
    return cues().ahead.search(prose) is not None


def of_whole(prose: str) -> bool:
    """The words speak of the incident as a whole."""
    return cues().whole.search(prose) is not None


def is_suffering(prose: str) -> bool:
    """The words tell of something that went wrong, or that an incident happened."""
    return cues().suffering.search(prose) is not None


def tells_end(prose: str) -> bool:
    """The words tell that something was over."""
    return cues().end.search(prose) is not None
