"""Who was hit, and how badly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pmlint.checks.phrases import quote
from pmlint.checks.places import blank, has_placeholder, missing, words
from pmlint.facts import Figure, Impact, Postmortem
from pmlint.findings import Case, Mark, Span
from pmlint.namedtuples import NamedTuple

Parameters = Mapping[str, Any]


def stated(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Nothing says whom or what the incident hit."""
    if unstated(postmortem):
        yield from missing(postmortem, "impact", parameters["template"])


def unstated(postmortem: Postmortem) -> bool:
    """True when neither a part nor a sentence states the impact."""
    impact = postmortem.impact
    return impact is None or (
        impact.labelled and not impact.quantified and blank(postmortem, "impact")
    )


def figures(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """The impact gives no number: ``vague`` at the words that stand for one, else ``none``.

    Words about time (``parameters["lengths"]``) stand for no such number.
    """
    impact = postmortem.impact
    if impact is None or impact.quantified or unstated(postmortem):
        return
    if has_placeholder(postmortem, impact.extent):
        return
    amounts = [each for each in impact.vague if not _lasts(postmortem, each, parameters)]
    if amounts:
        span = words(postmortem, amounts[0])
        yield Case("vague", span, {"words": quote(postmortem.source.slice(span))})
    else:
        yield Case("none", _statement(postmortem, impact))


def _statement(postmortem: Postmortem, impact: Impact) -> Span:
    """The words that state the impact, behind or below their label."""
    own = (each for each in postmortem.with_role("impact") if each.span == impact.span)
    section = next(own, None)
    span = section.body if section is not None and not section.empty else impact.span
    return words(postmortem, span)


def _lasts(postmortem: Postmortem, span: Span, parameters: Parameters) -> bool:
    """True for vague lengths such as "several hours"."""
    text = postmortem.source.slice(span).lower()
    return any(word in text.split() for word in parameters["lengths"])


def vague(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Vague ``amount``s and ``length``s beside an impact that is quantified elsewhere."""
    impact = postmortem.impact
    if impact is None or not impact.quantified:
        return
    for span in _vague(postmortem, impact, parameters):
        found = words(postmortem, span)
        case = "length" if _lasts(postmortem, span, parameters) else "amount"
        yield Case(case, found, {"words": quote(postmortem.source.slice(found))})


def _vague(postmortem: Postmortem, impact: Impact, parameters: Parameters) -> Iterator[Span]:
    """The vague words that were read, or those of the lists that a user changed."""
    from pmlint.reading.words import changed_lists

    lists = changed_lists("amounts", parameters)
    if lists is None:
        yield from impact.vague
        return
    from pmlint.reading.amounts import find_vague

    start = impact.extent.start
    for found in find_vague(postmortem.source.slice(impact.extent), lists):
        yield Span(start + found.start, start + found.end)


def possible(postmortem: Postmortem, parameters: Parameters) -> Iterator[Case]:
    """Figures that cannot be: ``share`` (over 100 %), ``part`` (more than the whole), ``both``.

    ``parameters["growth"]`` lists words beside which more than 100 % is possible;
    ``parameters["tolerance"]`` is how many points a share may be off the count beside it.
    """
    for figure in postmortem.impact.figures if postmortem.impact else ():
        yield from _figure(postmortem, figure, parameters)


def _figure(postmortem: Postmortem, figure: Figure, parameters: Parameters) -> Iterator[Case]:
    shares = [float(match[1]) for match in _patterns()[0].finditer(figure.text)]
    clause = _around(postmortem, figure.span)
    values = {"figure": quote(figure.text)}
    own = _part(postmortem, figure.span)
    if shares and max(shares) > 100:
        told = postmortem.source.slice(clause).lower()
        if not any(word in told for word in parameters["growth"]):
            yield Case("share", figure.span, values)
    elif own is not None:
        if own.part > own.whole:
            yield Case("part", figure.span, values, (Mark(own.whole_span, "whole"),))
    elif len(shares) == 1 and (beside := _part(postmortem, clause)) is not None:
        right = 100 * beside.part / beside.whole if beside.whole else shares[0]
        if abs(right - shares[0]) > parameters["tolerance"] and beside.part <= beside.whole:
            marks = (Mark(beside.span, "count"),)
            yield Case("both", figure.span, {**values, "right": f"{right:.0f} %"}, marks)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    share = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
    part = re.compile(
        r"\b(\d[\d,]{0,11}) (?:out )?of (?:the |our |all |its )?"
        r"(\d[\d,]{0,11})\b(?![.,]?\d|\s?%)"
    )
    return share, part


class _Part(NamedTuple):
    """``943 of 2,000``."""

    part: int
    whole: int
    span: Span
    whole_span: Span


def _part(postmortem: Postmortem, within: Span) -> _Part | None:
    """The first part of a whole that a range of the text names."""
    match = _patterns()[1].search(postmortem.source.text, within.start, within.end)
    if match is None:
        return None
    return _Part(_count(match[1]), _count(match[2]), Span(*match.span()), Span(*match.span(2)))


def _count(digits: str) -> int:
    return int(digits.replace(",", ""))


def _around(postmortem: Postmortem, span: Span) -> Span:
    """The clause in which a figure stands, as far as 200 characters to either side."""
    source = postmortem.source
    whole = source.line_span(source.line_index(span.start))
    low, high = max(whole.start, span.start - 200), min(whole.end, span.end + 200)
    before, after = source.text[low : span.start], source.text[span.end : high]
    start = max(before.rfind(mark) for mark in (". ", "; ", "|"))
    ends = [at for mark in (". ", "; ", "|") if (at := after.find(mark)) >= 0]
    return Span(low + start + 1, span.end + min(ends, default=len(after)))
