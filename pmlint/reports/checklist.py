"""The template's demands as a list, met or not: for students, graders and reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pmlint.checks.demands import fields_named, sections_named
from pmlint.facts import Postmortem, Role
from pmlint.findings import Finding, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport
from pmlint.reports.layout import cells, pad, wrap
from pmlint.reports.sanitise import one_line, path_text

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.formats import About
    from pmlint.reports.colour import Style

UNREADABLE = "PM003"
WIDEST = 96
LONGEST = 52
"""Cells of a demand beside which there is room to tell where it is met."""
NARROW = 26
"""Cells beside a demand that are too few to tell anything in."""


class Demand(NamedTuple):
    """A demand, and the rules that speak where it is not met."""

    told: str
    codes: tuple[str, ...]
    role: Role | None = None
    """The part that it is about."""


class Item(NamedTuple):
    """A demand as one document meets it."""

    told: str
    met: bool
    lines: tuple[int, ...]
    """Where it is met, or where it is not."""
    said: str = ""
    """What is wrong."""


DEMANDS = (
    Demand("The title names the incident", ("PM107",), "title"),
    Demand("The parts are filled, and each is there once", ("PM102", "PM104")),
    Demand("The parts stand in the template's order", ("PM103",)),
    Demand("The duration has a start and an end", ("PM201", "PM202", "PM209"), "duration"),
    Demand("The duration has a timezone", ("PM203", "PM207", "PM208"), "duration"),
    Demand("Start, end and length agree", ("PM205", "PM206"), "duration"),
    Demand("The impact is stated in numbers", ("PM301", "PM302", "PM303", "PM304"), "impact"),
    Demand("The timeline has timed entries", ("PM401", "PM403"), "timeline"),
    Demand("The timeline has a timezone", ("PM404", "PM413"), "timeline"),
    Demand("The timeline is in order", ("PM402", "PM405"), "timeline"),
    Demand("The timeline tells how it was noticed", ("PM407",), "timeline"),
    Demand("The timeline tells a path that misled", ("PM410",), "timeline"),
    Demand("The timeline tells who was called in", ("PM409",), "timeline"),
    Demand("The timeline tells how it ended", ("PM408",), "timeline"),
    Demand("Entries have one or two sentences", ("PM412",), "timeline"),
    Demand("The root cause is told", ("PM501",), "root_cause"),
    Demand("No person is the cause", ("PM503", "PM504"), "root_cause"),
    Demand("The resolution is told", ("PM502",), "resolution"),
    Demand("There is a list of tasks", ("PM601",), "tasks"),
    Demand("Every task can be ticked off", ("PM602", "PM606"), "tasks"),
    Demand("Every task has an owner", ("PM603",), "tasks"),
    Demand("Every task has a due date", ("PM604",), "tasks"),
    Demand("Every task has a ticket", ("PM605",), "tasks"),
    Demand("The status is given", ("PM611",)),
    Demand("The severity is given", ("PM612",)),
    Demand("The length is within the limits", ("PM108",)),
    Demand("Nothing of the template is left in", ("PM106",)),
)


def render(files: Sequence[FileReport], about: About) -> str:
    """One list a document."""
    return "\n".join("\n".join(_page(file, about)) + "\n" for file in files if not file.skipped)


def _page(file: FileReport, about: About) -> Iterator[str]:
    from pmlint import engine

    plan = about.plan_of(file.path) if about.plan_of is not None else None
    name, style = path_text(file.path), about.style
    unread = any(finding.code == UNREADABLE for finding in file.findings)
    facts = engine.read(file.source, plan) if plan is not None and not unread else file
    if plan is None or isinstance(facts, FileReport) or file.absent:
        yield style.paint("bold", name)
        for finding in file.findings:
            yield from _told("  [ ] ", one_line(finding.message), _width(style))
        return
    items = list(items_of(facts, file.findings, plan))
    met = f"{sum(item.met for item in items)} of {len(items)} met"
    template = f"template {one_line(plan.template.name)}: "
    if cells(f"{name}, {template}{met}") > _width(style):
        yield style.paint("bold", name)
        yield f"  {template}{style.paint('bold', met)}"
    else:
        yield f"{style.paint('bold', name)}, {template}{style.paint('bold', met)}"
    yield ""
    width = max((cells(item.told) for item in items if cells(item.told) <= LONGEST), default=0)
    for item in items:
        yield from _row(item, width, style)


def _width(style: Style) -> int:
    return min(style.width, WIDEST)


def _told(head: str, text: str, width: int, indent: int = 6) -> Iterator[str]:
    for row in wrap(text, width - indent):
        yield head + row
        head = " " * indent


def _row(item: Item, width: int, style: Style) -> Iterator[str]:
    """A box and a demand; where it is met or not stands beside it, or below in little room."""
    box = style.paint("clean", "[x]") if item.met else style.paint("error", "[ ]")
    listed = ", ".join(map(str, item.lines[:8])) + (", …" if len(item.lines) > 8 else "")
    noun = "line" if len(item.lines) == 1 else "lines"
    told = style.wording(f"{noun} {listed}" if item.lines else "")
    if item.said:
        told = f"{told}: {item.said}" if told else item.said
    beside = width + 8
    if cells(item.told) > width or _width(style) - beside < NARROW:
        lines = f" ({told})" if told and item.met else ""
        yield from _told(f"  {box} ", item.told + lines, _width(style))
        if told and not lines:
            yield from _told(" " * 8, told, _width(style), indent=8)
    elif told:
        yield from _told(f"  {box} {pad(item.told, width)}  ", told, _width(style), indent=beside)
    else:
        yield f"  {box} {item.told}"


def items_of(facts: Postmortem, findings: Sequence[Finding], plan: Plan) -> Iterator[Item]:
    """Every demand of the template and of the rules that are on."""
    yield from _sections(facts, findings, plan)
    active = {rule.code for rule in plan.rules}
    told: set[str] = {"PM101"}
    for demand in DEMANDS:
        codes = active.intersection(demand.codes)
        told.update(demand.codes)
        if codes:
            yield _item(facts, findings, demand)
    own = [rule for rule in plan.rules if not rule.code.startswith("PM")]
    for rule in own:
        told.add(rule.code)
        yield _item(facts, findings, Demand(rule.summary.rstrip("."), (rule.code,)))
    rest = [finding for finding in findings if finding.code not in told]
    yield _stated(facts, "Nothing else is sent back", rest, ())


def _sections(facts: Postmortem, findings: Sequence[Finding], plan: Plan) -> Iterator[Item]:
    """The headings and fields that the template asks for."""
    template = plan.template
    line = facts.source.place
    missing = [finding.message for finding in findings if finding.code == "PM101"]
    for each in template.sections:
        found = sections_named(facts, [*each.names, *each.roles])
        lines = (line(found[0].span.start).line,) if found else ()
        opening = "summary" in each.roles and facts.opening is not None
        if found or each.required:
            said = "" if found or opening else "no such part"
            yield Item(f"Part: {each.heading}", bool(found) or opening, lines, said)
    if not template.sections:
        for role in template.required:
            present = facts.with_role(role)
            heading = template.heading(role)
            absent = any(heading in message for message in missing)
            lines = (line(present[0].span.start).line,) if present else ()
            if role in ("summary", "detection", "lessons"):
                yield Item(f"Part: {heading}", not absent, lines, "no such part" if absent else "")
    for field in template.fields:
        stated = fields_named(facts, field.names)
        if stated or field.required:
            lines = (line(stated[0].span.start).line,) if stated else ()
            said = "" if stated else "no such field"
            yield Item(f"Field: {field.label}", bool(stated), lines, said)


def _item(facts: Postmortem, findings: Sequence[Finding], demand: Demand) -> Item:
    against = [finding for finding in findings if finding.code in demand.codes]
    if "PM404" in demand.codes and not against and _names_no_zone(facts):
        # One fault, one finding: where the duration lacks the zone, that alone is told.
        against = [finding for finding in findings if finding.code == "PM203"]
    left = [each.span for each in facts.placeholders if demand.role and each.role == demand.role]
    if left and not against:
        lines = _lines(facts, left)
        return Item(demand.told, False, lines, "still to be filled in")
    evidence = _evidence(facts, demand.role)
    return _stated(facts, demand.told, against, _lines(facts, evidence))


def _names_no_zone(facts: Postmortem) -> bool:
    timeline = facts.timeline
    return (
        timeline is not None
        and timeline.zone is None
        and not any(event.zone for event in timeline.events)
    )


def _stated(
    facts: Postmortem, told: str, against: Sequence[Finding], lines: tuple[int, ...]
) -> Item:
    if not against:
        return Item(told, True, lines)
    said = one_line(against[0].message)
    more = f", and {len(against) - 1} more" if len({each.message for each in against}) > 1 else ""
    return Item(told, False, _lines(facts, [each.span for each in against]), said + more)


def _lines(facts: Postmortem, spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(facts.source.place(span.start).line for span in spans))


def _evidence(facts: Postmortem, role: Role | None) -> list[Span]:
    stated = {
        "title": facts.title,
        "duration": facts.duration,
        "impact": facts.impact,
        "timeline": facts.timeline,
        "root_cause": facts.root_cause,
        "resolution": facts.resolution,
        "tasks": facts.tasks,
    }
    found = stated.get(role or "")
    return [found.span] if found is not None else []
