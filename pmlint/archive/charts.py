"""Numbers → SVG, drawn by Vega-Lite inside this process: no browser, no network.

Colours are the page's own (``var(--…)``), so that a chart follows light and dark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmlint.archive.libraries import MissingLibraryError

if TYPE_CHECKING:
    from pmlint.measure.archive import Month, Spread

WIDTH = 560
_AXIS = {
    "labelColor": "var(--soft)",
    "titleColor": "var(--soft)",
    "domainColor": "var(--line)",
    "tickColor": "var(--line)",
    "gridColor": "var(--line)",
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
}
_CONFIG = {
    "font": "system-ui, sans-serif",
    "background": None,
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": {"labelColor": "var(--soft)", "titleColor": "var(--soft)"},
}
NAMES = {"detect": "detect", "mitigate": "mitigate", "resolve": "resolve"}


def per_month(months: Sequence[Month]) -> str:
    """Incidents by the month of their start, months without one included."""
    counts = _gapless(months)
    values = [{"month": f"{name}-01", "incidents": count} for name, count in counts]
    most = max((count for _, count in counts), default=0)
    return _svg(
        {
            "height": 170,
            "data": {"values": values},
            "mark": {"type": "bar", "color": "var(--bar)"},
            "encoding": {
                "x": _time("month", len(values)),
                "y": {
                    "field": "incidents",
                    "type": "quantitative",
                    "axis": {"title": "incidents", "format": "d", **_whole(most)},
                },
            },
        }
    )


def _whole(most: int) -> dict[str, object]:
    """Ticks at whole numbers, which Vega does not keep to where the numbers are small."""
    return {"values": list(range(most + 1))} if most < 6 else {"tickCount": 5}


def resolve_by_month(months: Sequence[Month]) -> str:
    """The median time to resolve by month, on a scale by powers."""
    values = [
        {"month": f"{each.name}-01", "minutes": max(each.resolve, 1)}
        for each in months
        if each.name and each.resolve is not None
    ]
    return _svg(
        {
            "height": 170,
            "data": {"values": values},
            "mark": {
                "type": "line",
                "color": "var(--bar)",
                "point": {"color": "var(--bar)", "filled": True, "size": 40},
            },
            "encoding": {"x": _time("month", len(values)), "y": _minutes("minutes")},
        }
    )


def spread(spreads: Sequence[Spread]) -> str:
    """Median and quartiles of the times to detect, mitigate and resolve."""
    values = [
        {
            "step": f"to {each.step}",
            "least": max(each.least or 0, 1),
            "lower": max(each.lower if each.lower is not None else each.median or 0, 1),
            "median": max(each.median or 0, 1),
            "upper": max(each.upper if each.upper is not None else each.median or 0, 1),
            "most": max(each.most or 0, 1),
        }
        for each in spreads
        if each.told
    ]
    rows = {
        "field": "step",
        "type": "nominal",
        "sort": [f"to {step}" for step in NAMES],
        "axis": {"title": None, "labelColor": "var(--ink)"},
    }

    def layer(mark: dict[str, object], low: str, high: str = "") -> dict[str, object]:
        encoding: dict[str, object] = {"y": rows, "x": _minutes(low)}
        if high:
            encoding["x2"] = {"field": high}
        return {"mark": mark, "encoding": encoding}

    return _svg(
        {
            "height": {"step": 44},
            "data": {"values": values},
            "layer": [
                layer({"type": "rule", "color": "var(--soft)"}, "least", "most"),
                layer({"type": "bar", "color": "var(--bar)", "height": 18}, "lower", "upper"),
                layer(
                    {"type": "tick", "color": "var(--ink)", "thickness": 3, "height": 26}, "median"
                ),
            ],
        }
    )


def _time(field: str, count: int) -> dict[str, object]:
    return {
        "field": field,
        "type": "temporal",
        "timeUnit": "utcyearmonth",
        "axis": {
            "title": None,
            "format": "%b %Y",
            "labelOverlap": "greedy",
            "labelSeparation": 12,
            "grid": False,
            "tickCount": min(max(count, 1), 8),
        },
    }


def _minutes(field: str) -> dict[str, object]:
    ticks = [1, 5, 15, 60, 240, 1440, 10080, 43200]
    words = (
        "datum.value < 60 ? datum.value + ' min' : datum.value < 1440 ? datum.value / 60 + ' h'"
        " : datum.value / 1440 + ' d'"
    )
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"type": "log", "domainMin": 1},
        "axis": {"title": None, "values": ticks, "labelExpr": words},
    }


def _gapless(months: Sequence[Month]) -> list[tuple[str, int]]:
    named = {each.name: each.incidents for each in months if each.name}
    if not named:
        return []
    first, last = min(named), max(named)
    year, month = map(int, first.split("-"))
    found = []
    while (name := f"{year:04}-{month:02}") <= last:
        found.append((name, named.get(name, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _svg(spec: dict[str, Any]) -> str:
    try:
        import vl_convert
    except ImportError:
        raise MissingLibraryError("charts are drawn by", "vl-convert-python") from None
    whole = {
        "width": WIDTH,
        "padding": {"left": 16, "top": 4, "right": 12, "bottom": 4},
        "config": _CONFIG,
        **spec,
    }
    svg: str = vl_convert.vegalite_to_svg(whole, allowed_base_urls=[])
    # The page gives each chart its own description; what Vega says of parts would be read twice.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return re.sub(r"^<svg ", '<svg aria-hidden="true" focusable="false" ', svg, count=1)
