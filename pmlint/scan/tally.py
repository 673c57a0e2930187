"""Counts of a partition and of a scan: all that workers send back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pmlint.namedtuples import NamedTuple
from pmlint.scan.tables import Result

_NONE: Mapping[str, int] = {}


class Tally(NamedTuple):
    """Counts that can be added."""

    documents: int = 0
    incidents: int = 0
    unreadable: int = 0
    findings: int = 0
    levels: Mapping[str, int] = _NONE
    codes: Mapping[str, int] = _NONE
    seconds: float = 0.0
    """Of work, all workers together."""
    cpu_seconds: float = 0.0
    """Of these, those that a core worked on it."""
    megabytes: float = 0.0
    """Memory of the worker when it was done; of several partitions the largest."""

    def plus(self, other: Tally) -> Tally:
        return Tally(
            self.documents + other.documents,
            self.incidents + other.incidents,
            self.unreadable + other.unreadable,
            self.findings + other.findings,
            Counter(self.levels) + Counter(other.levels),
            Counter(self.codes) + Counter(other.codes),
            self.seconds + other.seconds,
            self.cpu_seconds + other.cpu_seconds,
            max(self.megabytes, other.megabytes),
        )

    def written(self) -> dict[str, Any]:
        """As JSON can say it, with codes in their order."""
        value = self._asdict()
        for key in ("levels", "codes"):
            value[key] = dict(sorted(value[key].items()))
        for key in ("seconds", "cpu_seconds", "megabytes"):
            value[key] = round(value[key], 2)
        return value


def parsed(value: Mapping[str, Any]) -> Tally:
    """The inverse of ``written``; keys of later versions are passed over."""
    return Tally(**{key: value[key] for key in Tally._fields if key in value})


def of_result(result: Result) -> Tally:
    """The counts of one document."""
    found = result.findings
    return Tally(
        1,
        int(result.facts["postmortem"] is True),
        int(result.facts["status"] == "unreadable"),
        len(found),
        Counter(finding["level"] for finding in found),
        Counter(finding["code"] for finding in found),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    held = Tally()
    for tally in tallies:
        held = held.plus(tally)
    return held
