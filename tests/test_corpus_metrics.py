"""Start, end, first and last event of real documents, as their readers labelled them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from harness import facts_of
from real_documents import LABELLED, needs_corpus, text_of

from pmlint.drawing import svg
from pmlint.drawing.scene import scene
from pmlint.measure.incident import measure
from pmlint.reports.metrics_json import item

LEAST = 0.95
pytestmark = needs_corpus


def labels() -> Iterator[dict[str, Any]]:
    for label in json.loads((LABELLED / "labels.json").read_text("utf-8")):
        if label["postmortem"]:
            yield label


def stamps(point: dict[str, Any] | None) -> set[str]:
    """A moment as the labels write it: some leave a date out that has no year."""
    if point is None:
        return set()
    date, clock = point["date"] or "", (point["clock"] or "")[:5]
    whole = " ".join(part for part in (date, clock) if part)
    return {whole, clock} if len(date) == 5 and clock else {whole}


def agreement() -> Counter[tuple[str, bool]]:
    """How often each moment is told as labelled, and how often not."""
    found: Counter[tuple[str, bool]] = Counter()
    for label in labels():
        text = text_of(LABELLED / "texts" / label["file"])
        postmortem = facts_of(text, label["file"])
        measures = measure(postmortem)
        got: dict[str, Any] = item(measures)
        for name in ("start", "end"):
            wanted = (label["duration"] or {}).get(name)
            if wanted:
                found[name, wanted in stamps(got[name])] += 1
        events = (label["timeline"] or {}).get("events") or []
        for name, at in (("first_event", 0), ("last_event", -1)):
            if events:
                same = got[name] is not None and (
                    got[name]["line"] == events[at]["line"]
                    and (got[name]["clock"] or "")[:5] == (events[at]["clock"] or "")[:5]
                )
                found[name, same] += 1
        seen = scene(measures)
        if seen is not None:
            assert svg.render(seen).startswith("<svg")
    return found


def test_moments_agree_with_the_labels() -> None:
    found = agreement()
    shares = {
        name: found[name, True] / (found[name, True] + found[name, False])
        for name in ("start", "end", "first_event", "last_event")
    }
    assert min(shares.values()) >= LEAST, shares
