"""Names for findings that stay the same when lines move.

A service that compares two runs (or a baseline) must know a finding again
after text was added above it. Its name comes from the file, the rule, the
words at fault and their line as they are written, not from line numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from pmlint.findings import Finding, Source

_LONGEST = 2_000
"""Characters of a line that count."""


def fingerprints(findings: Sequence[Finding], source: Source, path: str) -> list[str]:
    """A name of 64 hexadecimal digits for each finding of one file, none twice.

    ``path`` is the file as both runs name it, with slashes.
    """
    places = Counter((finding.code, finding.span) for finding in findings)
    met: Counter[str] = Counter()
    names = []
    for finding in findings:
        parts = [path, finding.code, *_words(finding, source)]
        if places[finding.code, finding.span] > 1:
            # Several things may be missing at one place; only their sentences differ.
            parts.append(re.sub(r"\d+", "0", finding.message))
        key = "\0".join(parts)
        met[key] += 1
        # What stands there twice, word for word, is told apart by its order.
        numbered = f"{key}\0{met[key]}"
        names.append(sha256(numbered.encode("utf-8", "surrogatepass")).hexdigest())
    return names


def _words(finding: Finding, source: Source) -> tuple[str, str]:
    words = source.slice(finding.span)[:_LONGEST]
    line = source.line_text(source.line_index(finding.span.start))[:_LONGEST]
    return " ".join(words.split()), " ".join(line.split())
