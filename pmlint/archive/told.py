"""What came back, for people and for programs: the passages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from pmlint.checks.phrases import quote
from pmlint.checks.recurrence import age
from pmlint.reports.layout import pad, said, wrap
from pmlint.reports.sanitise import json_data, path_text
from pmlint.reports.show_page import WIDEST
from pmlint.reports.summary import counted

if TYPE_CHECKING:
    from pmlint.archive.passages import Passage
    from pmlint.archive.similarity import Match
    from pmlint.reports.colour import Style

BESIDE = 88
"""Below this width the two passages stand one under the other."""
LONGEST = 400
"""Characters of a passage that are shown."""


def as_json(matches: Sequence[Match]) -> str:
    """One list, one object a match."""
    items = [json_data(_object(match)) for match in matches]
    return "[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n"


def _object(match: Match) -> dict[str, object]:
    return {
        **_passage(match.passage),
        "likeness": match.likeness,
        "words": list(match.words),
        "days": match.days,
        "before": _passage(match.before),
    }


def _passage(passage: Passage) -> dict[str, object]:
    return {
        "path": passage.path,
        "line": passage.line,
        "kind": passage.kind,
        "text": passage.text,
        "title": passage.title,
        "date": passage.day,
        "open": passage.open if passage.kind == "task" else None,
    }


def as_text(matches: Sequence[Match], style: Style) -> str:
    """A page: by file, each passage with the earlier one beside it."""
    rows: list[str] = []
    for path, found in groupby(matches, key=lambda match: match.passage.path):
        rows.append(style.paint("bold", path_text(path)))
        for match in found:
            rows += ["", *_match(match, style)]
        rows.append("")
    rows.extend(_summary(matches, style))
    return "\n".join(row.rstrip() for row in rows) + "\n"


def _match(match: Match, style: Style) -> Iterator[str]:
    width = min(style.width, WIDEST)
    passage, before = match.passage, match.before
    here = f"{passage.kind}, line {passage.line}"
    there = f"{path_text(before.path)}, line {before.line}"
    when = age(match.days) + " earlier" if match.days else "the same day" if match.days == 0 else ""
    state = "" if before.kind == "cause" else "not told to be done" if before.open else "done"
    about = ", ".join(part for part in (when, state) if part)
    if width >= BESIDE:
        room = (width - 6) // 2
        left = [here, *_body(passage, room, style)]
        right = [*wrap(there, room), *wrap(about, room)] if about else wrap(there, room)
        heads = len(right)
        right += _body(before, room, style)
        left[1:1] = [""] * (heads - 1)
        for one, other in zip_longest(left, right, fillvalue=""):
            yield f"  {pad(one, room)}  {other}"
    else:
        yield f"  {here}"
        yield from (f"    {row}" for row in _body(passage, width - 4, style))
        yield from (f"  {row}" for row in wrap(f"before: {there}", width - 2))
        if about:
            yield from (f"    {row}" for row in wrap(about, width - 4))
        yield from (f"    {row}" for row in _body(before, width - 4, style))
    words = said(", ".join(match.words[:8]), style)
    told = f"{match.likeness} % alike; in common: {words}"
    for row in wrap(told, width - 2):
        yield "  " + style.paint("faint", row)


def _body(passage: Passage, room: int, style: Style) -> list[str]:
    return wrap(said(quote(passage.text, LONGEST), style), room)


def _summary(matches: Sequence[Match], style: Style) -> Iterator[str]:
    if not matches:
        yield from wrap("nothing that an earlier postmortem already has", style.width)
        return
    causes = len({match.passage for match in matches if match.passage.kind == "cause"})
    tasks = len({match.passage for match in matches if match.passage.kind == "task"})
    parts = [counted(causes, "cause") if causes else "", counted(tasks, "task") if tasks else ""]
    told = " and ".join(part for part in parts if part)
    for row in wrap(f"{told} that an earlier postmortem already has", min(style.width, WIDEST)):
        yield row.replace(told, style.paint("bold", told))
