"""Words to write: section headings with their outline, zones, and what goes into
placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from lsprotocol import types

from pmlint.findings import Source, Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.structure.vocabulary import normalise

if TYPE_CHECKING:
    from pmlint.facts import Postmortem, Role
    from pmlint.lsp.document import Reading
    from pmlint.standard.templates import Template

TRIGGERS = ("#", " ", "[", "/")
MOST = 60

_Kind = types.CompletionItemKind


class _Word(NamedTuple):
    """One thing that may be written over ``span``."""

    span: Span
    text: str
    detail: str
    kind: types.CompletionItemKind
    body: str = ""
    """What follows below, with tab stops, where the client takes snippets."""
    filter: str = ""


def completion(
    reading: Reading,
    offset: int,
    *,
    typed: bool = True,
    snippets: bool = False,
    today: date | None = None,
) -> types.CompletionList:
    """What may be written at an offset.

    ``typed``: asked for, or letters were typed; False where only a trigger character was.
    """
    words = list(_words(reading, offset, typed, today or date.today()))
    items = [_item(word, number, reading, snippets) for number, word in enumerate(words[:MOST])]
    return types.CompletionList(is_incomplete=len(words) > MOST, items=items)


def _words(reading: Reading, offset: int, typed: bool, today: date) -> Iterator[_Word]:
    facts = reading.facts
    source = reading.source
    if facts is None or _in_code(source, offset):
        return
    left = source.text[source.line_span(source.line_index(offset)).start : offset]
    if heading := _HEADING_START.fullmatch(left):
        if _writes_postmortem(reading):
            yield from _headings(reading, facts, offset, heading, today)
        return
    if not _writes_postmortem(reading):
        return
    placeholder = _placeholder_at(source, offset)
    if placeholder is not None:
        yield from _for_placeholder(facts, placeholder, source, today)
        return
    zone = _ZONE_START.search(left)
    if zone is not None and (typed or _has_range(left) or zone["spoken"] is not None):
        start = offset - len(zone["word"])
        yield from _zones(reading, facts, Span(start, offset), zone["word"])


def _item(word: _Word, number: int, reading: Reading, snippets: bool) -> types.CompletionItem:
    text, form = word.text, types.InsertTextFormat.PlainText
    if snippets and word.body:
        text, form = _escaped(word.text) + word.body, types.InsertTextFormat.Snippet
    return types.CompletionItem(
        label=word.text.strip(),
        kind=word.kind,
        detail=word.detail,
        sort_text=f"{number:04}",
        filter_text=word.filter or None,
        insert_text_format=form,
        text_edit=types.TextEdit(reading.positions.range(word.span), text),
    )


# -- headings ----------------------------------------------------------------


_HEADING_START = expression(r" {0,3}(?P<marks>#{1,6})(?P<gap>[ \t]*)(?P<word>[^#(\n]{0,60})")


def _writes_postmortem(reading: Reading) -> bool:
    """The document tells an incident, or is about to: an outline, a blank file, a name."""
    facts = reading.facts
    if facts is None:
        return False
    if facts.absence is None or facts.absence.kind in ("template", "empty"):
        return True
    path = reading.source.path.replace("\\", "/")
    return _NAMED_SO.search(path) is not None


_NAMED_SO = expression(
    r"post[-_. ]?mortem|incident|outage|root[-_. ]?cause|after[-_. ]?action"
    r"|correction[-_. ]?of[-_. ]?error|(?:^|[/._ -])(?:rca|coe|pir)s?(?:[/._ -]|$)"
    r"|(?:^|/)0x1[49][^/]*/readme",
    re.IGNORECASE,
)
"""Paths of postmortems, as the hook for pre-commit knows them."""


def _headings(
    reading: Reading, facts: Postmortem, offset: int, start: re.Match[str], today: date
) -> Iterator[_Word]:
    """The template's sections that are not there yet, required ones first."""
    template = reading.plan.template
    there = {role for section in facts.sections for role in section.roles}
    names = {normalise(section.text) for section in facts.sections}
    here = reading.source.line_index(offset)
    line = reading.source.line_span(here)
    # The heading that is being written is no heading that is there.
    written = normalise(reading.source.slice(line).strip("# \t"))
    own = {
        role
        for section in facts.sections
        if reading.source.line_index(section.span.start) == here
        for role in section.roles
    }
    span = Span(line.start + start.end("marks"), line.end)
    bodies = _outline(template.skeleton, today, _zone_of(reading, facts))
    for heading, roles, required in sorted(_parts(template), key=lambda part: not part[2]):
        if set(roles) & (there - own) or (normalise(heading) in names - {written}):
            continue
        detail = f"required by template {template.name}" if required else "optional"
        body = bodies.get(normalise(heading)) or _slot(roles)
        yield _Word(
            span,
            f" {heading}",
            detail,
            _Kind.Module,
            f"\n\n{body}" if body else "",
            f" {heading}" if start["gap"] else heading,
        )


def _parts(template: Template) -> Iterator[tuple[str, Sequence[Role], bool]]:
    """Heading, roles and whether it is required, in the template's order."""
    if template.sections:
        for demand in template.sections:
            yield demand.heading, demand.roles, demand.required
        return
    for role, part in template.parts.items():
        if role != "title":
            yield part.heading, (role,), role in template.required


def _outline(skeleton: str, today: date, zone: str) -> dict[str, str]:
    """What the template's outline has below each heading, with tab stops."""
    bodies: dict[str, list[str]] = {}
    current: list[str] = []
    for line in skeleton.split("\n"):
        if line.startswith("## "):
            current = bodies.setdefault(normalise(line[3:].partition("(")[0]), [])
        elif not line.startswith("# "):
            current.append(line)
    return {
        name: _with_stops("\n".join(lines).strip("\n"), today, zone)
        for name, lines in bodies.items()
    }


_STOP = expression(r"\[(?![ xX]?\])[^\]\n]{1,80}\](?!\()|\bHH:MM\b|\bYYYY-MM-DD\b")


def _with_stops(text: str, today: date, zone: str) -> str:
    """Text as a snippet: each placeholder is a tab stop that is typed over."""
    text = text.replace("{date}", today.isoformat()).replace("{zone}", zone)
    parts, at = [], 0
    for number, match in enumerate(_STOP.finditer(text), start=1):
        parts += [_escaped(text[at : match.start()]), f"${{{number}:{_escaped(match[0])}}}"]
        at = match.end()
    return "".join([*parts, _escaped(text[at:])])


def _slot(roles: Iterable[Role]) -> str:
    slots = policy.table("slots")["parts"]
    for role in roles:
        if role in slots:
            return f"${{1:{_escaped(slots[role])}}}"
    return ""


def _escaped(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)


# -- zones -------------------------------------------------------------------


_ZONE_START = expression(
    r"(?:\d{1,2}[:h.]\d{2}(?::\d{2})?(?:[ \t]?[AaPp]\.?[Mm]\.?)?|\d[ \t]?[AaPp]\.?[Mm]\.?"
    r"|(?P<spoken>(?i:times? in|times?:|time ?zone:?|zone:|times (?:are|is)(?: in)?)))"
    r"[ \t]*[ \t(](?P<word>[A-Za-z][\w/+-]{0,40}|)\Z"
)
"""A word that begins behind a clock, or where the text speaks of times or of a zone."""


def _has_range(text: str) -> bool:
    """Two clocks, and between them a word or sign that joins them."""
    at = 0
    for pattern in (_CLOCK, _JOINING, _CLOCK):
        match = pattern.search(text, at)
        if match is None:
            return False
        at = match.end()
    return True


_CLOCK = expression(r"\d[:h.]\d{2}\b")


_JOINING = expression(r"-|–|—|to|until")


def _zones(reading: Reading, facts: Postmortem, span: Span, word: str) -> Iterator[_Word]:
    """Zones of the document, of the team, then all; names of places once they are begun."""
    offered: set[str] = set()
    begun = word.casefold()
    for name, detail in _zone_names(reading, facts, bool(begun)):
        if name not in offered and name.casefold().startswith(begun):
            offered.add(name)
            yield _Word(span, name, detail, _Kind.Constant)


def _zone_names(reading: Reading, facts: Postmortem, places: bool) -> Iterator[tuple[str, str]]:
    table = policy.table("zones")["abbreviations"]
    for zone in _zones_told(facts):
        yield zone, "as elsewhere in this document"
    for name, place in reading.plan.zones.items():
        yield name, place
    yield "UTC", _offset_words(table["UTC"])
    for name, row in table.items():
        # An abbreviation of several zones would be sent back.
        if "readings" not in row:
            yield name, _offset_words(row)
    if places:
        for name in _places():
            yield name, "IANA time zone"


def _offset_words(row: dict[str, str]) -> str:
    region = row.get("region", "")
    offset = f"UTC{row['offset']}" if row.get("offset", "+00:00") != "+00:00" else ""
    return ", ".join(part for part in (offset, region) if part) or "Coordinated Universal Time"


def _zones_told(facts: Postmortem) -> Iterator[str]:
    """The zones that the document names."""
    if facts.duration is not None and facts.duration.zone is not None:
        yield facts.duration.zone.text
    if facts.timeline is not None and facts.timeline.zone is not None:
        yield facts.timeline.zone.text


def _zone_of(reading: Reading, facts: Postmortem) -> str:
    return next(_zones_told(facts), "") or next(iter(reading.plan.zones), "UTC")


@cache
def _places() -> tuple[str, ...]:
    """The names of the IANA database that people use: ``Africa/Nairobi``."""
    from zoneinfo import available_timezones

    areas = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/")
    return tuple(
        sorted(
            name
            for name in available_timezones()
            if name.startswith((*areas, "Europe/", "Indian/", "Pacific/"))
        )
    )


# -- placeholders ------------------------------------------------------------


_PLACEHOLDER = expression(
    r"\[(?![ xX]?\])[^\[\]\n]{0,80}\]?|\{\{[^{}\n]{0,80}\}\}|<[A-Za-z][\w -]{0,60}>"
    r"|\b(?:YYYY-MM-DD|DD/MM/YYYY|MM/DD/YYYY|HH:MM(?::SS)?|TBD|TBA|TODO)\b|\?\?+%?"
)


def _placeholder_at(source: Source, offset: int) -> Span | None:
    line = source.line_span(source.line_index(offset))
    for match in _PLACEHOLDER.finditer(source.slice(line)):
        span = Span(line.start + match.start(), line.start + match.end())
        links = source.text[span.end : span.end + 1] in ("(", "[", ":")
        if span.start < offset <= span.end and not links:
            return span
    return None


def _for_placeholder(facts: Postmortem, span: Span, source: Source, today: date) -> Iterator[_Word]:
    """What the placeholder asks for, as far as the document or the day tells it."""
    asked = source.slice(span)
    folded = asked.casefold()
    told: list[tuple[str, str]] = []
    if "yyyy" in folded or re.search(r"\b(?:date|day|due)\b", folded):
        told = list(_dates(facts, today))
    elif "hh:mm" in folded or (re.search(r"\btimes?\b", folded) and "zone" not in folded):
        told = list(_clocks(facts))
    elif "zone" in folded:
        told = [(zone, "as elsewhere in this document") for zone in _zones_told(facts)]
        told.append(("UTC", "Coordinated Universal Time"))
    elif re.search(r"\b(?:owner|name|who|assignee)\b", folded):
        told = [(owner, "owner of another task") for owner in _owners(facts)]
    for text, detail in dict(told).items():
        yield _Word(span, text, detail, _Kind.Value, filter=asked)


def _dates(facts: Postmortem, today: date) -> Iterator[tuple[str, str]]:
    for name, moment in _moments(facts):
        yield moment.date().isoformat(), f"the incident's day ({name})"
    yield today.isoformat(), "today"


def _clocks(facts: Postmortem) -> Iterator[tuple[str, str]]:
    for name, moment in _moments(facts):
        yield f"{moment:%H:%M}", name


def _moments(facts: Postmortem) -> Iterator[tuple[str, datetime]]:
    metrics = facts.metrics
    for name, moment in (
        ("start", metrics.started_at),
        ("detection", metrics.detected_at),
        ("mitigation", metrics.mitigated_at),
        ("end", metrics.resolved_at),
    ):
        if moment is not None:
            yield name, moment


def _owners(facts: Postmortem) -> Iterator[str]:
    if facts.tasks is not None:
        yield from dict.fromkeys(item.owner for item in facts.tasks.items if item.owner)


def _in_code(source: Source, offset: int) -> bool:
    from pmlint.markdown import parse

    return any(
        block.kind == "code" and block.span.start <= offset <= block.span.end
        for block in parse(source).blocks
    )
