"""The times of incidents for people: one page for one, rows and medians for an archive.

Of one incident these are times (TTD, TTM, TTR); means and medians need several.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.measure.archive import FEW, months, spreads
from pmlint.measure.incident import STEPS, agree
from pmlint.namedtuples import NamedTuple
from pmlint.reports.layout import cells, cut, pad, said, wrap
from pmlint.reports.money import with_currency
from pmlint.reports.sanitise import path_text
from pmlint.reports.show_page import WIDEST, date_in_words, length
from pmlint.reports.show_text import ABSENT
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.measure.incident import Measures, Step, Took
    from pmlint.reports.colour import Style
    from pmlint.statements.moments import Told

SHORT = {"detect": "TTD", "mitigate": "TTM", "resolve": "TTR"}
_BY = {"duration": "stated", "field": "stated", "event": "event"}
NARROW = 76
"""Below this width a table of an archive stands as pages."""


class _Row(NamedTuple):
    name: str
    value: str
    place: str = ""


def render(measured: Sequence[Measures], style: Style) -> str:
    """Pages or a table, then what the archive says, then files that hold no incident."""
    incidents = [each for each in measured if each.postmortem.incident]
    parts: list[Iterator[str]] = []
    if len(incidents) == 1 or style.width < NARROW:
        parts += [_page(each, style) for each in incidents]
    elif incidents:
        parts.append(_table(incidents, style))
    if len(incidents) > 1:
        parts += [_archive(incidents, style), _by_month(incidents, style)]
    absent = [each for each in measured if not each.postmortem.incident]
    if absent:
        parts.append(_absent(absent, style))
    told = ["\n".join(row.rstrip() for row in part) for part in parts]
    return "\n\n".join(part for part in told if part) + "\n" if told else ""


# -- one incident --------------------------------------------------------------


def _page(measures: Measures, style: Style) -> Iterator[str]:
    postmortem = measures.postmortem
    width = min(style.width, WIDEST)
    if postmortem.title:
        yield from (
            style.paint("bold", row) for row in wrap(said(postmortem.title.text, style), width)
        )
    yield path_text(postmortem.source.path)
    yield ""
    rows = [*_moments(measures, style), *_lengths(measures, style), *_rest(measures, style)]
    longest = max(cells(row.value) for row in rows)
    beside = width - 15 - max((len(row.place) for row in rows), default=0)
    room = min(longest, max(beside, 24))
    for row in rows:
        values = wrap(row.value, room)
        places = wrap(row.place, max(width - room - 15, 24)) if row.place else []
        if places and room + 15 + len(places[0]) > width:
            values, places = [*values, *places], []
        for at in range(max(len(values), len(places))):
            value = values[at] if at < len(values) else ""
            place = places[at] if at < len(places) else ""
            yield f"  {row.name if not at else '':<11} {pad(value, room)} {place}"


def _moments(measures: Measures, style: Style) -> Iterator[_Row]:
    for name, told in measures.four:
        if told is None:
            yield _Row(name, "not told")
        else:
            yield _Row(name, when(told, style), f"line {measures.line(told.span)}, {_BY[told.by]}")


def when(told: Told, style: Style) -> str:
    """A moment in words: ``about 18 June 2024, 15:00 UTC``."""
    clock = str(told.clock) if told.clock else ""
    if clock and told.until:
        clock += f" to {told.until}"
    if clock and told.zone:
        clock += f" {said(told.zone.text.strip(), style)}"
    words = ", ".join(part for part in (date_in_words(told.day) if told.day else "", clock) if part)
    return f"about {words}" if told.approximate else words


def _lengths(measures: Measures, style: Style) -> Iterator[_Row]:
    for step in STEPS:
        took = measures.took.get(step)
        if took is None:
            yield _Row(SHORT[step], "not told")
            continue
        place = _lines(took.lines) + (", stated" if took.text else "")
        yield _Row(SHORT[step], took_in_words(took, style), place + _contradiction(measures, step))
    gap = measures.gap
    if gap is not None:
        yield _Row("longest gap", length(gap.minutes), _lines(gap.lines))


def _contradiction(measures: Measures, step: Step) -> str:
    took, stated = measures.took[step], measures.stated.get(step)
    if stated is None or took.text or took.minutes is None or stated.minutes is None:
        return ""
    if agree(stated, took.minutes):
        return ""
    return f"; line {stated.lines[0]} says {length(stated.minutes)}"


def took_in_words(took: Took, style: Style) -> str:
    """``5 min``, ``about 2 h``, ``5 min to 15 min``; a limit in the document's own words."""
    if took.most != took.least:
        words = f"{length(took.least)} to {length(took.most)}"
    elif took.minutes is None:
        return said(took.text or "", style)
    else:
        words = length(took.minutes)
    return f"about {words}" if took.approximate else words


def _rest(measures: Measures, style: Style) -> Iterator[_Row]:
    postmortem = measures.postmortem
    impact = postmortem.impact
    if impact is not None and impact.figures:
        seen: dict[str, int] = {}
        for figure in impact.figures:
            told = said(with_currency(figure, postmortem.source), style)
            seen.setdefault(told, measures.line(figure.span))
        lines = tuple(dict.fromkeys(seen.values()))
        yield _Row("impact", "; ".join(seen), _lines(lines))
    elif impact is not None:
        words = "everyone or everything" if impact.universal else "told without a figure"
        yield _Row("impact", words, _lines((measures.line(impact.span),)))
    else:
        yield _Row("impact", "not told")
    if postmortem.tasks is not None:
        words = f"{measures.open} open, {measures.done} done"
        yield _Row("tasks", words, _lines((measures.line(postmortem.tasks.span),)))
    else:
        yield _Row("tasks", "not told")
    named = (
        ("timezone", measures.zone),
        ("severity", measures.severity),
        ("service", measures.service),
    )
    for name, value in named:
        if value is not None:
            yield _Row(name, said(value.text.strip(), style), _lines((value.line,)))


def _lines(lines: Sequence[int]) -> str:
    """``line 4``, ``lines 4 and 14``."""
    word = "line" if len(lines) == 1 else "lines"
    *others, last = map(str, lines)
    return f"{word} {', '.join(others)} and {last}" if others else f"{word} {last}"


# -- an archive ----------------------------------------------------------------


def _table(incidents: Sequence[Measures], style: Style) -> Iterator[str]:
    """A row of values and a row of the lines that tell them for each incident."""
    head = ("start", "TTD", "TTM", "TTR", "open tasks", "longest gap")
    rows = [(_cells(each, style), _places(each, style)) for each in incidents]
    widths = [
        max(cells(head[at]), *(cells(row[at]) for pair in rows for row in pair)) + 2
        for at in range(len(head))
    ]
    left_out = 0
    while sum(widths) > style.width and len(widths) - left_out > 4:
        left_out += 1
        widths[-left_out] = 0
    columns = range(len(head) - left_out)

    def row(values: Sequence[str]) -> str:
        return "  " + "".join(pad(values[at], widths[at]) for at in columns).rstrip()

    yield style.paint("bold", row(head))
    for each, (values, places) in zip(incidents, rows, strict=True):
        yield style.paint("bold", path_text(each.postmortem.source.path))
        yield row(values)
        if any(places):
            yield row(places)
    if left_out:
        names = " and ".join(head[-left_out:])
        yield f"  left out for want of room: {names} (all: --format csv)"


def _cells(measures: Measures, style: Style) -> list[str]:
    started = measures.moments.started
    dash = style.signs.dash
    took = [measures.took.get(step) for step in STEPS]
    tasks = measures.postmortem.tasks
    return [
        _brief(started) if started else dash,
        *(_short(took_in_words(each, style), style) if each else dash for each in took),
        f"{measures.open} of {len(tasks.items)}" if tasks and tasks.items else dash,
        length(measures.gap.minutes) if measures.gap else dash,
    ]


def _short(words: str, style: Style) -> str:
    return cut(words.replace("about ", "~"), 18, style.signs.cut)


def _brief(told: Told) -> str:
    clock = f"{told.clock.hour:02}:{told.clock.minute:02}" if told.clock else ""
    day = str(told.day) if told.day is not None else ""
    return ("~" if told.approximate else "") + f"{day} {clock}".strip()


def _places(measures: Measures, style: Style) -> list[str]:
    started, tasks = measures.moments.started, measures.postmortem.tasks
    took = [measures.took.get(step) for step in STEPS]
    place = f"line {measures.line(started.span)}" if started else ""
    if started and started.clock and started.zone:
        zone = said(started.zone.text.strip(), style)
        place = cut(f"{zone}, {place}" if len(zone) <= 7 else place, 18, style.signs.cut)
    return [
        place,
        *(", ".join(map(str, each.lines)) if each else "" for each in took),
        str(measures.line(tasks.span)) if tasks and tasks.items else "",
        ", ".join(map(str, dict.fromkeys(measures.gap.lines))) if measures.gap else "",
    ]


def _archive(incidents: Sequence[Measures], style: Style) -> Iterator[str]:
    yield style.paint("bold", "Archive") + f"  {counted(len(incidents), 'incident')}"
    head: tuple[str, ...] = (
        "",
        "told in",
        "shortest",
        "lower quartile",
        "median",
        "upper quartile",
        "longest",
    )
    rows = []
    for spread in spreads(incidents):
        told = f"{spread.told} of {len(incidents)}"
        values = (spread.least, spread.lower, spread.median, spread.upper, spread.most)
        rows.append([f"to {spread.step}", told, *(_minutes(value, style) for value in values)])
    widths = [max(cells(row[at]) for row in (head, *rows)) + 2 for at in range(len(head))]
    for keep in ((0, 1, 2, 3, 4, 5, 6), (0, 1, 3, 4, 5), (0, 1, 4)):
        if sum(widths[at] for at in keep) + 2 <= style.width:
            break
    head, rows = tuple(head[at] for at in keep), [[row[at] for at in keep] for row in rows]
    widths = [widths[at] for at in keep]
    for row in (head, *rows):
        yield "  " + "".join(map(pad, row, widths))
    yield from _reservations(incidents, style, quartiles=len(keep) > 3)


def _reservations(incidents: Sequence[Measures], style: Style, *, quartiles: bool) -> Iterator[str]:
    """What the numbers above do not say by themselves."""
    found = spreads(incidents)
    told = []
    about = sum(spread.approximate for spread in found)
    ranged = sum(spread.ranged for spread in found)
    if about:
        told.append(f"{about} of these times {'is' if about == 1 else 'are'} told as approximate")
    if ranged:
        verb = "is a range or a limit and is" if ranged == 1 else "are ranges or limits and are"
        told.append(f"{ranged} {verb} left out")
    if quartiles and any(0 < spread.told < FEW for spread in found):
        told.append(f"no quartiles below {FEW} values")
    if told:
        yield from ("  " + row for row in wrap("; ".join(told), min(style.width, 88) - 2))


def _by_month(incidents: Sequence[Measures], style: Style) -> Iterator[str]:
    found = months(incidents)
    if len([month for month in found if month.name]) < 2:
        return
    yield style.paint("bold", "By month") + "  of the start; medians"
    count, column = ("incidents", 14) if style.width >= NARROW else ("number", 11)
    yield f"  {'':<9}{count}  {pad('to detect', column)}to resolve"
    for month in found:
        name = month.name or "not told"
        values = (_minutes(month.detect, style), _minutes(month.resolve, style))
        yield f"  {name:<9}{month.incidents:>{len(count)}}  {pad(values[0], column)}{values[1]}"


def _minutes(value: float | None, style: Style) -> str:
    return style.signs.dash if value is None else length(int(value + 0.5))


def _absent(absent: Sequence[Measures], style: Style) -> Iterator[str]:
    yield style.paint("bold", "No incident") + f"  {counted(len(absent), 'file')}"
    for each in absent:
        absence = each.postmortem.absence
        if absence is not None:
            path = path_text(each.postmortem.source.path)
            told = f"{path}, line {each.line(absence.span)}: {ABSENT[absence.kind]}"
            yield from ("  " + row for row in wrap(told, min(style.width, WIDEST) - 2))
