"""What a team's own rules can look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmlint.checks.demands import Field, fields_named, sections_named
from pmlint.checks.phrases import choice, quote
from pmlint.checks.places import head
from pmlint.checks.places import words as first_words
from pmlint.facts import Postmortem
from pmlint.findings import Case, Span
from pmlint.namedtuples import NamedTuple

Parameters = Mapping[str, Any]


def section(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A heading of ``parameters["names"]``: ``absent``, or ``empty``."""
    names = parameters["names"]
    values = {"name": names[0], "names": choice(list(names))}
    found = sections_named(postmortem, names)
    if not found:
        yield Case("absent", head(postmortem), values)
    elif all(each.empty for each in found):
        yield Case("empty", found[0].span, values)


def field(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A labelled statement: ``absent``, ``empty``, or ``unknown`` where the value is none
    of ``parameters["values"]``.
    """
    found = fields_named(postmortem, parameters["names"])
    if not found:
        yield Case("absent", head(postmortem), _field_values(parameters, ""))
    elif not found[0].value:
        yield Case("empty", found[0].span, _field_values(parameters, ""))
    elif parameters.get("values"):
        yield from _unknown(found, parameters)


def values(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``unknown``: a labelled statement, where it is there, has another value."""
    found = [each for each in fields_named(postmortem, parameters["names"]) if each.value]
    yield from _unknown(found, parameters)


def _unknown(found: Sequence[Field], parameters: Parameters) -> Iterator[Case]:
    known = tuple(str(each).casefold() for each in parameters["values"])
    for each in found:
        if not each.value.casefold().startswith(known):
            yield Case("unknown", each.span, _field_values(parameters, each.value))


def _field_values(parameters: Parameters, value: str) -> Mapping[str, object]:
    return {
        "name": parameters["names"][0],
        "names": choice(list(parameters["names"])),
        "value": quote(value),
        "values": choice([str(each) for each in parameters.get("values", ())] or [""]),
    }


class _Region(NamedTuple):
    """Where a rule looks, and how its findings call that."""

    span: Span
    name: str


def _regions(postmortem: Postmortem, parameters: Parameters) -> Iterator[_Region]:
    where = parameters.get("where") or ("section" if parameters.get("section") else "document")
    within = parameters.get("section")
    if where == "event" and postmortem.timeline is not None:
        for event in postmortem.timeline.events:
            yield _Region(event.extent, "this entry")
    elif where == "task" and postmortem.tasks is not None:
        for task in postmortem.tasks.items:
            yield _Region(task.extent, "this task")
    elif where == "section" and within:
        for found in sections_named(postmortem, [within]):
            yield _Region(found.extent, f'"{quote(found.text)}"')
    elif where == "document":
        yield _Region(postmortem.extent, "the postmortem")


def pattern(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``forbidden``: words that match ``parameters["pattern"]``; ``required``: a place
    without such words.
    """
    from pmlint.standard.ownrules import compiled

    search = compiled(parameters["pattern"])
    for region in _regions(postmortem, parameters):
        text = postmortem.source.slice(region.span)
        said = {"pattern": parameters["pattern"], "where": region.name}
        if not parameters.get("forbidden"):
            if search.search(text) is None:
                at = first_words(postmortem, region.span)
                yield Case("required", at, {**said, "text": quote(postmortem.source.slice(at))})
            continue
        for match in search.finditer(text):
            start, end = match.span()
            if start < end:
                span = Span(region.span.start + start, region.span.start + end)
                yield Case("forbidden", span, {**said, "text": quote(text[start:end])})


def count(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """``few`` or ``many``: a number outside ``minimum`` and ``maximum``."""
    what = parameters["what"]
    span, number = _counted(postmortem, what, parameters.get("section"))
    if span is None:
        return
    low, high = parameters.get("minimum"), parameters.get("maximum")
    said = {"count": number, "what": what, "minimum": low, "maximum": high}
    if low is not None and number < low:
        yield Case("few", span, said)
    elif high is not None and number > high:
        yield Case("many", span, said)


def _counted(postmortem: Postmortem, what: str, within: str | None) -> tuple[Span | None, int]:
    """The place that is counted and how many there are; no place where there is none."""
    if what == "words":
        from pmlint.checks.wording import count_words

        if not within:
            return head(postmortem), count_words(postmortem.source.slice(postmortem.extent))
        found = sections_named(postmortem, [within])
        number = sum(count_words(postmortem.source.slice(each.body)) for each in found)
        return (found[0].span if found else None), number
    if what == "events":
        timeline = postmortem.timeline
        return (
            (first_words(postmortem, timeline.span), len(timeline.events))
            if timeline
            else (None, 0)
        )
    if what == "tasks":
        tasks = postmortem.tasks
        return (first_words(postmortem, tasks.span), len(tasks.items)) if tasks else (None, 0)
    impact = postmortem.impact
    return (first_words(postmortem, impact.span), len(impact.figures)) if impact else (None, 0)


def words(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Words that the team does not use: ``forbidden``, or ``instead`` where it has another."""
    given = parameters["words"]
    listed = [given] if isinstance(given, str) else given
    better = given if isinstance(given, Mapping) else {}
    for region in _regions(postmortem, parameters):
        lowered = _lower(postmortem.source.slice(region.span))
        for word in listed:
            for at in _places(lowered, _lower(word)):
                span = Span(region.span.start + at, region.span.start + at + len(word))
                said = {
                    "text": postmortem.source.slice(span),
                    "where": region.name,
                    "instead": better.get(word, ""),
                }
                yield Case("instead" if better.get(word) else "forbidden", span, said)


def _lower(text: str) -> str:
    """In small letters and of the same length, which ``"İ".lower()`` is not."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word stands as a whole."""
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        before, behind = text[at - 1 : at], text[end : end + 1]
        if not (before.isalnum() or before == "_" or behind.isalnum() or behind == "_"):
            yield at
        at = text.find(word, end)
