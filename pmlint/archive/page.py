"""Entries → one HTML file that needs no network and no other file.

Every word of a document goes through Jinja's escaping; the only script and style are the
page's own, and its content security policy allows no other. Addresses are made here and
never taken from a document.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import date as calendar_date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pmlint import __version__
from pmlint.archive import charts
from pmlint.archive.entries import Entry, Fault, link_path
from pmlint.archive.libraries import MissingLibraryError
from pmlint.archive.passages import KINDS, Passage
from pmlint.checks.recurrence import age
from pmlint.measure.archive import months, spreads
from pmlint.namedtuples import NamedTuple
from pmlint.reports.sanitise import one_line, visible
from pmlint.reports.show_page import in_words, length
from pmlint.reports.summary import counted
from pmlint.terminal import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmlint.archive.similarity import Group, Measure
    from pmlint.measure.actions import Action
    from pmlint.measure.archive import Month, Spread

MOST_TASKS = 300
MOST_GROUPS = 40
MOST_SIDES = 4
MOST_OTHERS = 20
MOST_PLACES = 20
MOST_ON_PAPER = 200
"""Incidents that are printed whole; of more, the titles and what the reader opened."""
_BUCKETS = (
    (30, "up to 30 days"),
    (90, "31 to 90 days"),
    (180, "91 to 180 days"),
    (365, "181 to 365 days"),
    (None, "over a year"),
)
_RANK = {"error": 0, "warning": 1, "info": 2}

Row = dict[str, Any]
Address = Callable[[str, int], str]


class About(NamedTuple):
    """What the page is made of and for."""

    title: str
    today: calendar_date
    folder: str
    """Where the page will stand; links to documents are seen from there."""
    link: str = ""
    """``https://…/blob/main/``: what stands before a path from ``root``; empty for files."""
    root: str = ""


def render(
    entries: Sequence[Entry], about: About, measure: Measure, progress: Progress | None = None
) -> Iterator[str]:
    """The page in pieces. Raises MissingLibraryError."""
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        raise MissingLibraryError("the page is filled by", "Jinja2") from None
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(here),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (_own(os.path.join(here, name)) for name in ("report.css", "report.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode()
    content = _content(entries, about, measure, progress or Progress(quiet=True))
    for chart in content["charts"]:
        chart["svg"] = Markup(chart["svg"])
    pieces: Iterator[str] = environment.get_template("report.html").generate(
        **content,
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
    )
    return pieces


def _own(path: str) -> str:
    with open(path, encoding="utf-8") as handle:
        return handle.read()


def _content(entries: Sequence[Entry], about: About, measure: Measure, progress: Progress) -> Row:
    """All that the template asks for."""
    incidents = sorted(
        (each for each in entries if each.incident),
        key=lambda each: (each.day or calendar_date.min, each.path),
        reverse=True,
    )
    numbers = {each.path: number for number, each in enumerate(incidents)}
    absent = [each for each in entries if not each.incident]
    groups = list(_groups(incidents, measure, progress))
    tasks = list(_tasks(incidents, numbers, about.today))
    rules = list(_rules(entries))
    progress.stage("writing", len(incidents), "incidents")
    listed = progress.over(incidents)
    return {
        "title": visible(about.title),
        "about": _about(incidents, about),
        "address": _address(about),
        "tiles": list(_tiles(incidents, tasks, groups)),
        "charts": list(_charts(incidents)),
        "groups": [_group(each, numbers) for each in groups[:MOST_GROUPS]],
        "groups_left": max(len(groups) - MOST_GROUPS, 0),
        "tasks": tasks[:MOST_TASKS],
        "tasks_left": max(len(tasks) - MOST_TASKS, 0),
        "buckets": list(_buckets(tasks)),
        "rules": rules,
        "years": sorted({each.day.year for each in incidents if each.day}, reverse=True),
        "entries": (_incident(each, number) for number, each in enumerate(listed)),
        "entry_count": len(incidents),
        "most_on_paper": MOST_ON_PAPER,
        "absent": absent,
        "absent_count": counted(len(absent), "file"),
    }


def _address(about: About) -> Address:
    """What leads to a line of a document."""

    @cache
    def document(path: str) -> str:
        if not about.link:
            return link_path(path, about.folder)
        inner = link_path(path, about.root).removeprefix("./")
        return f"{about.link}{inner}?plain=1"

    return lambda path, line: f"{document(path)}#L{line}"


def _about(incidents: Sequence[Entry], about: About) -> str:
    days = [each.day for each in incidents if each.day]
    told = counted(len(incidents), "incident")
    if days:
        first, last = _day(min(days)), _day(max(days))
        told += f", {first}" if first == last else f", {first} to {last}"
    return f"{told}. As of {_day(about.today)}."


def _day(day: calendar_date) -> str:
    from datetime import datetime

    return in_words(datetime(day.year, day.month, day.day))


def _tiles(
    incidents: Sequence[Entry], tasks: Sequence[Row], groups: Sequence[Group]
) -> Iterator[Row]:
    yield {"name": "Incidents", "value": f"{len(incidents):,}", "more": ""}
    for each in spreads([one.measures for one in incidents if one.measures]):
        value = length(each.median) if each.median is not None else "not told"
        told = f"told by {each.told} of {len(incidents)}"
        yield {"name": f"Median time to {each.step}", "value": value, "more": told}
    late = sum(bool(task["overdue"]) for task in tasks)
    yield {"name": "Open tasks", "value": f"{len(tasks):,}", "more": f"{late:,} overdue"}
    causes = sum(group.passages[0].kind == "cause" for group in groups)
    more = f"and {counted(len(groups) - causes, 'task')}"
    yield {"name": "Causes that came back", "value": f"{causes:,}", "more": more}
    faults = [fault.level for each in incidents for fault in each.faults]
    yield {
        "name": "Errors",
        "value": f"{faults.count('error'):,}",
        "more": f"and {counted(faults.count('warning'), 'warning')}",
    }


def _charts(incidents: Sequence[Entry]) -> Iterator[Row]:
    """Charts of what there is enough of."""
    measured = [each.measures for each in incidents if each.measures is not None]
    by_month = months(measured)
    named = [each for each in by_month if each.name]
    if named:
        yield _incidents_by_month(named, sum(each.incidents for each in by_month if not each.name))
    over = [each for each in spreads(measured) if each.told]
    if over:
        yield _how_long(over)
    resolved = [each for each in named if each.resolve is not None]
    if len(resolved) > 1:
        yield _resolved_by_month(named, resolved)


def _incidents_by_month(named: Sequence[Month], undated: int) -> Row:
    most = max(named, key=lambda each: each.incidents)
    told = f"{counted(len(named), 'month')}, most in {most.name} ({most.incidents})"
    told += f"; {undated} without a date" if undated else ""
    return {
        "title": "Incidents by month",
        "about": f"{told}.",
        "svg": charts.per_month(named),
        "head": ("month", "incidents"),
        "rows": [(each.name, each.incidents) for each in named],
    }


def _how_long(over: Sequence[Spread]) -> Row:
    told = ", ".join(f"{each.step} {length(each.median or 0)}" for each in over)
    return {
        "title": "How long it took",
        "about": f"Medians: {told}. Bar: the middle half; line: shortest to longest.",
        "svg": charts.spread(over),
        "head": (
            *("time to", "told by", "shortest", "lower quartile", "median", "upper quartile"),
            "longest",
        ),
        "rows": [
            (
                each.step,
                each.told,
                *(
                    length(value) if value is not None else "–"
                    for value in (each.least, each.lower, each.median, each.upper, each.most)
                ),
            )
            for each in over
        ],
    }


def _resolved_by_month(named: Sequence[Month], resolved: Sequence[Month]) -> Row:
    """The chart has all months, the table those in which something was resolved."""
    first, last = (length(each.resolve or 0) for each in (resolved[0], resolved[-1]))
    return {
        "title": "Median time to resolve by month",
        "about": f"{resolved[0].name}: {first}; {resolved[-1].name}: {last}.",
        "svg": charts.resolve_by_month(named),
        "head": ("month", "median time to resolve"),
        "rows": [(each.name, length(each.resolve or 0)) for each in resolved],
    }


def _groups(incidents: Sequence[Entry], measure: Measure, progress: Progress) -> Iterator[Group]:
    """What recurs, causes first."""
    from pmlint.archive.similarity import Index

    index = Index([passage for each in incidents for passage in each.passages], measure, progress)
    for kind in KINDS:
        yield from index.groups(kind)


def _group(group: Group, numbers: Mapping[str, int]) -> Row:
    members = group.passages
    paths = dict.fromkeys(each.path for each in members)
    days = sorted(each.day for each in members if each.day)
    over = ""
    if len(days) > 1 and days[0] != days[-1]:
        between = calendar_date.fromisoformat(days[-1]) - calendar_date.fromisoformat(days[0])
        over = f" over {age(between.days)}"
    # The first and the last ones, side by side: what was known, and what came of it.
    shown = members if len(members) <= MOST_SIDES else (members[0], *members[1 - MOST_SIDES :])
    others = [each for each in members if each not in shown]
    return {
        "kind": members[0].kind,
        "words": one_line(", ".join(group.words[:6])),
        "times": f"in {counted(len(paths), 'postmortem')}{over}",
        "shown": [_side(each) for each in shown],
        "others": [_side(each) for each in others[:MOST_OTHERS]],
        "left": max(len(others) - MOST_OTHERS, 0),
        "entries": " ".join(str(numbers[path]) for path in paths),
    }


def _side(passage: Passage) -> Row:
    day = passage.date
    state = "" if passage.kind == "cause" else "open" if passage.open else "done"
    return {
        **passage._asdict(),
        "when": _day(day) if day else "",
        "state": state,
    }


def _tasks(
    incidents: Sequence[Entry], numbers: Mapping[str, int], today: calendar_date
) -> Iterator[Row]:
    """Open tasks, the oldest first, those whose age is not known last."""
    found = [
        (_days(each, today), each, action)
        for each in incidents
        for action in each.actions
        if action.open
    ]
    found.sort(key=lambda one: (one[0] is None, -(one[0] or 0), one[1].path, one[2].line))
    for days, each, action in found:
        yield {
            "days": days,
            "age": age(days) if days is not None else "not known",
            "text": action.text,
            "owner": action.owner,
            "due": action.due,
            "ticket": action.ticket,
            "overdue": _overdue(action, today),
            "path": each.path,
            "line": action.line,
            "title": each.title,
            "entry": numbers[each.path],
        }


def _days(entry: Entry, today: calendar_date) -> int | None:
    return max((today - entry.day).days, 0) if entry.day else None


def _overdue(action: Action, today: calendar_date) -> str:
    if action.due_on is None or action.due_on >= today:
        return ""
    return age((today - action.due_on).days)


def _buckets(tasks: Sequence[Row]) -> Iterator[Row]:
    ages = [task["days"] for task in tasks]
    low = -1
    for most, name in _BUCKETS:
        count = sum(
            days is not None and low < days and (most is None or days <= most) for days in ages
        )
        yield {"name": name, "count": f"{count:,}"}
        low = most or 0
    unknown = ages.count(None)
    if unknown:
        yield {"name": "age not known", "count": f"{unknown:,}"}


def _rules(entries: Sequence[Entry]) -> Iterator[Row]:
    """Findings by rule, errors first, then by number."""
    held: dict[str, list[tuple[Entry, Fault]]] = {}
    for each in entries:
        for fault in each.faults:
            held.setdefault(fault.code, []).append((each, fault))

    def rank(code: str) -> tuple[int, int, str]:
        return min(_RANK[fault.level] for _, fault in held[code]), -len(held[code]), code

    for code in sorted(held, key=rank):
        found = held[code]
        worst = min((fault.level for _, fault in found), key=lambda level: _RANK[level])
        places = found[:MOST_PLACES]
        yield {
            "code": code,
            "name": found[0][1].name,
            "level": worst,
            "count": f"{len(found):,}",
            "documents": f"{len({each.path for each, _ in found}):,}",
            "places": [
                {"path": each.path, "line": fault.line, "message": fault.message}
                for each, fault in places
            ],
            "left": len(found) - len(places),
        }


def _incident(entry: Entry, number: int) -> Row:
    levels = [fault.level for fault in entry.faults]
    resolve = next((each.took for each in entry.lengths if each.step == "resolve"), "")
    meta = [
        _day(entry.day) if entry.day else "no date",
        f"resolved in {resolve}" if resolve else "",
        entry.severity,
        entry.service,
    ]
    return {
        "id": number,
        "title": entry.title,
        "path": entry.path,
        "meta": ", ".join(part for part in meta if part),
        "codes": " ".join(dict.fromkeys(fault.code for fault in entry.faults)),
        "level": min(levels, key=lambda level: _RANK[level], default=""),
        "year": entry.day.year if entry.day else "",
        "counts": [
            (level, counted(levels.count(level), level if level != "info" else "note"))
            for level in ("error", "warning", "info")
            if level in levels
        ],
        "lengths": entry.lengths,
        "picture": entry.picture,
        "cause": entry.cause,
        "actions": entry.actions,
        "faults": entry.faults,
    }
