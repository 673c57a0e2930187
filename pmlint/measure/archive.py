"""What the incidents of an archive say together: medians, quartiles, months.

Medians and quartiles, never means: lengths of incidents are skewed, and one long
night would speak for a year. (The VOID report, 2021, on mean times.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmlint.measure.incident import STEPS, Measures, Step
from pmlint.namedtuples import NamedTuple

FEW = 4
"""Below this number of values quartiles say nothing."""


class Spread(NamedTuple):
    """How long one step took over the incidents that tell it; minutes."""

    step: Step
    told: int
    """Incidents with a number."""
    approximate: int
    """Of these, told with "about" or the like."""
    ranged: int
    """Incidents left out because they give a range or a limit."""
    least: float | None = None
    lower: float | None = None
    """The lower quartile; null for fewer than four values, as the upper one."""
    median: float | None = None
    upper: float | None = None
    most: float | None = None


class Month(NamedTuple):
    """The incidents that started in one month."""

    name: str
    """``2024-06``, or empty for those whose month is not told."""
    incidents: int
    detect: float | None
    """The median time to detect in minutes."""
    resolve: float | None


def spreads(incidents: Sequence[Measures]) -> tuple[Spread, ...]:
    """The times to detect, mitigate and resolve over an archive."""
    return tuple(_spread(step, incidents) for step in STEPS)


def months(incidents: Sequence[Measures]) -> tuple[Month, ...]:
    """The incidents by month of their start, in order; those without a month last."""
    held: dict[str, list[Measures]] = {}
    for each in incidents:
        held.setdefault(_month(each), []).append(each)
    return tuple(
        Month(name, len(held[name]), _median(held[name], "detect"), _median(held[name], "resolve"))
        for name in sorted(held, key=lambda name: (not name, name))
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the others lie, by linear interpolation.

    The method of R's type 7, of NumPy and of spreadsheets (QUARTILE.INC).
    Raises IndexError for no values.
    """
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def _spread(step: Step, incidents: Sequence[Measures]) -> Spread:
    took = [each.took[step] for each in incidents if step in each.took]
    values = [each.minutes for each in took if each.minutes is not None]
    about = sum(each.approximate for each in took if each.minutes is not None)
    ranged = len(took) - len(values)
    if not values:
        return Spread(step, 0, 0, ranged)
    quartiles = len(values) >= FEW
    return Spread(
        step,
        len(values),
        about,
        ranged,
        min(values),
        quantile(values, 0.25) if quartiles else None,
        quantile(values, 0.5),
        quantile(values, 0.75) if quartiles else None,
        max(values),
    )


def _median(incidents: Sequence[Measures], step: Step) -> float | None:
    values = list(_minutes(incidents, step))
    return quantile(values, 0.5) if values else None


def _minutes(incidents: Sequence[Measures], step: Step) -> Iterator[float]:
    for each in incidents:
        took = each.took.get(step)
        if took is not None and took.minutes is not None:
            yield took.minutes


def _month(measures: Measures) -> str:
    for _, told in measures.four:
        if told is not None and told.day is not None and told.day.year is not None:
            return f"{told.day.year:04}-{told.day.month:02}"
    return ""
