"""Why it happened and what ended it: told, under a heading, and without blame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pmlint.checks.phrases import quote
from pmlint.checks.places import blank, heading, line, missing, words
from pmlint.facts import Passage, Postmortem, Role
from pmlint.findings import Case, Span

Parameters = Mapping[str, Any]


def root_cause(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """No root cause, or one told without a label (``unlabelled``)."""
    yield from _passage(postmortem, "root_cause", postmortem.root_cause, parameters)


def resolution(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """No resolution, or one told without a label (``unlabelled``)."""
    yield from _passage(postmortem, "resolution", postmortem.resolution, parameters)


def _passage(
    postmortem: Postmortem, role: Role, passage: Passage | None, parameters: Parameters
) -> Iterator[Case]:
    template = parameters["template"]
    if untold(postmortem, role, passage):
        yield from missing(postmortem, role, template)
    elif passage is not None and not passage.labelled:
        span = words(postmortem, passage.span)
        values = {
            "heading": heading(postmortem, template.heading(role), None),
            "sentence": quote(passage.text, 48),
            "line": line(postmortem, span),
        }
        yield Case("unlabelled", span, values)


def untold(postmortem: Postmortem, role: Role, passage: Passage | None) -> bool:
    """True when neither a part nor a sentence tells the cause or the fix."""
    if passage is None:
        return True
    return passage.labelled and not passage.text.strip() and blank(postmortem, role)


def blame(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """A person as the cause: ``phrase`` ("human error") or ``person`` ("an engineer forgot").

    Between ``parameters["persons"]`` and ``parameters["failings"]`` up to three words of
    ``parameters["between"]`` may stand. A word of ``parameters["innocent"]`` earlier in the
    clause, or one of ``parameters["rejections"]`` right behind, clears it.
    """
    causes = [span for span in _causes(postmortem) if _suspect(postmortem, span, parameters)]
    if not causes:
        return
    pattern = _blame(*(tuple(parameters[name]) for name in _BLAME))
    rejected = _phrases(tuple(parameters["rejections"]))
    for case in _search(postmortem, causes, pattern, parameters["innocent"]):
        behind = postmortem.source.text[case.span.end : case.span.end + 40].lstrip('"”’*_)')
        if not rejected.match(behind.lstrip()):
            yield case


_BLAME = ("phrases", "persons", "failings", "between")


def _suspect(postmortem: Postmortem, span: Span, parameters: Parameters) -> bool:
    """The words are there by which somebody is blamed, in whatever order."""
    text = postmortem.source.slice(span).lower()

    def holds(name: str) -> bool:
        return any(words.lower() in text for words in parameters[name])

    return holds("phrases") or (holds("failings") and holds("persons"))


def _causes(postmortem: Postmortem) -> list[Span]:
    """Where the cause is told: in labelled parts, else in a sentence."""
    spans = [section.body for section in postmortem.with_role("root_cause")]
    if postmortem.root_cause is not None and not postmortem.root_cause.labelled:
        spans.append(postmortem.root_cause.span)
    return _disjoint(spans)


def _disjoint(spans: list[Span]) -> list[Span]:
    """The spans in order, each cut where the one before it ends."""
    found: list[Span] = []
    for span in sorted(spans):
        start = max(span.start, found[-1].end) if found else span.start
        if start < span.end:
            found.append(Span(start, span.end))
    return found


@lru_cache(maxsize=8)
def _blame(
    phrases: tuple[str, ...],
    persons: tuple[str, ...],
    failings: tuple[str, ...],
    between: tuple[str, ...],
) -> re.Pattern[str]:
    def either(words: tuple[str, ...]) -> str:
        return "|".join(map(re.escape, words))

    return re.compile(
        rf"\b(?P<phrase>{either(phrases)})\b"
        rf"|\b(?P<person>(?:{either(persons)}) (?:(?:{either(between)}) ){{0,3}}"
        rf"(?:{either(failings)}))\b",
        re.IGNORECASE,
    )


def counterfactual(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """What somebody should or could have done, told in the timeline or the cause.

    Words of ``parameters["expected"]`` right behind tell what a system does, and clear it.
    """
    pattern = _phrases(tuple(parameters["phrases"]))
    expected = _phrases(tuple(parameters["expected"]))
    spans = _causes(postmortem)
    if postmortem.timeline is not None:
        spans = _disjoint([*spans, *(event.extent for event in postmortem.timeline.events)])
    for case in _search(postmortem, spans, pattern, ()):
        behind = postmortem.source.text[case.span.end : case.span.end + 30].lstrip()
        if not expected.match(behind):
            yield case


@lru_cache(maxsize=8)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<phrase>{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)


def _search(
    postmortem: Postmortem, spans: list[Span], pattern: re.Pattern[str], innocent: tuple[str, ...]
) -> Iterator[Case]:
    text = postmortem.source.text
    for span in spans:
        for match in pattern.finditer(text, span.start, span.end):
            ahead = text[max(span.start, match.start() - 80) : match.start()]
            clause = re.split(r"[.;:!?\n]", ahead)[-1]
            before = set(re.findall(r"[a-z']+", clause.lower()))
            if before.isdisjoint(innocent):
                values = {"words": quote(match[0])}
                yield Case(str(match.lastgroup), Span(*match.span()), values)
