"""Many spans at once: which of them a span meets is found without trying each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pmlint.findings import Span


class Spans:
    """Some spans, in any order; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, span: Span) -> bool:
        """True when one of them shares at least one character with a span."""
        at = bisect_right(self._ends, span.start)
        return at < len(self._starts) and self._starts[at] < span.end
