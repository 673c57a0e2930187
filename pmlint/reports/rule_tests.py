"""How the examples of own rules turned out: rows for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pmlint.reports.colour import Style
from pmlint.reports.layout import cells, pad, wrap
from pmlint.reports.sanitise import json_data, one_line
from pmlint.reports.summary import counted
from pmlint.standard.rulebook import Rule
from pmlint.standard.rulefiles import Expected
from pmlint.standard.ruletests import Outcome, Said


def text(rules: Sequence[Rule], outcomes: Sequence[Outcome], style: Style) -> str:
    """A row a rule, and below it the examples that do not hold; the last row counts."""
    held: Mapping[str, list[Outcome]] = {
        code: list(group) for code, group in groupby(outcomes, key=lambda each: each.rule.code)
    }
    code = max(cells(rule.code) for rule in rules)
    name = max(cells(rule.name) for rule in rules)
    rows: list[str] = []
    for rule in rules:
        own = held.get(rule.code, [])
        wrong = [each for each in own if not each.holds]
        told = style.paint("error", _verdict(own)) if wrong else _verdict(own)
        rows.append(f"{pad(rule.code, code)}  {pad(rule.name, name)}  {told}")
        for each in wrong:
            rows += _difference(each, style)
    failed = sum(not each.holds for each in outcomes)
    lacking = sum(rule.code not in held for rule in rules)
    last = f"{counted(len(outcomes), 'example')} of {counted(len(rules), 'rule')}"
    last += f", {failed} wrong" if failed else ", all as they say" if outcomes else ""
    last += f"; {counted(lacking, 'rule')} without an example" if lacking and outcomes else ""
    return "\n".join([*rows, "", *wrap(last, style.width)]) + "\n"


def _verdict(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return "no examples"
    wrong = sum(not each.holds for each in outcomes)
    return f"{wrong} of {len(outcomes)} wrong" if wrong else f"{counted(len(outcomes), 'example')}"


def _difference(outcome: Outcome, style: Style) -> Iterator[str]:
    title = f": {one_line(outcome.example.title)}" if outcome.example.title else ""
    yield f"  {outcome.kind} example {outcome.number}{title}"
    wanted = outcome.example.findings
    told = [_words(each) for each in wanted]
    asked = "a finding" if outcome.kind == "bad" and not wanted else "nothing"
    found = list(_found(outcome.said, any(each.level is not None for each in wanted)))
    for head, words in (("it says", told or [asked]), ("found", found)):
        for word in words:
            first, *rest = wrap(style.wording(word), style.width - 15)
            yield f"    {head:<9}  {first}"
            yield from (" " * 15 + row for row in rest)
            head = ""


def _words(wanted: Expected) -> str:
    level = wanted.level.value if wanted.level is not None else ""
    return one_line(": ".join(filter(None, (f"line {wanted.line}", level, wanted.message))))


def _found(said: Sequence[Said], levels: bool) -> Iterator[str]:
    """What was found, with levels where the example speaks of them."""
    if not said:
        yield "nothing"
    for each in said:
        level = f"{each.level}: " if levels else ""
        yield one_line(f"line {each.line}: {level}{each.message}")


def json(outcomes: Sequence[Outcome]) -> str:
    """A JSON list, one object an example."""
    items = [
        json_data(
            {
                "code": each.rule.code,
                "name": each.rule.name,
                "example": each.kind,
                "number": each.number,
                "title": each.example.title or None,
                "holds": each.holds,
                "expected": [
                    {
                        "line": one.line,
                        "message": one.message or None,
                        "level": one.level.value if one.level is not None else None,
                    }
                    for one in each.example.findings
                ],
                "found": [one._asdict() for one in each.said],
            }
        )
        for each in outcomes
    ]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"
