"""The file as a whole: whether it tells one incident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pmlint.checks.phrases import quote
from pmlint.checks.places import line, words
from pmlint.facts import Postmortem
from pmlint.findings import Case, Mark


def incident(postmortem: Postmortem, _: Mapping[str, Any]) -> Iterator[Case]:
    """One case, named after what the file holds instead, where it tells no incident."""
    absence = postmortem.absence
    if absence is not None:
        yield Case(absence.kind, words(postmortem, absence.span), {"path": postmortem.source.path})


def several(postmortem: Postmortem, _: Mapping[str, Any]) -> Iterator[Case]:
    """One case for all further incidents of a file, at the title of the first of them."""
    if not postmortem.several:
        return
    source = postmortem.source
    spans = [words(postmortem, span) for span in postmortem.several]
    title = postmortem.title
    yield Case(
        "incidents",
        spans[0],
        {
            "count": len(spans) + 1,
            "title": quote(source.slice(spans[0])),
            "line": line(postmortem, spans[0]),
        },
        related=(
            *((Mark(words(postmortem, title.span), "read"),) if title else ()),
            *(Mark(span, "further") for span in spans[1:]),
        ),
    )
