"""Root cause and resolution: labelled passages, else the sentence that tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from pmlint.facts import Passage
from pmlint.reading.amounts import sentences
from pmlint.standard import policy
from pmlint.standard.patterns import expression
from pmlint.statements.flow import flow
from pmlint.statements.timeline import affirmed
from pmlint.structure.tree import Line, Tree

Part = Literal["root_cause", "resolution"]


def read_passage(tree: Tree, role: Part, prose: Sequence[Line]) -> Passage | None:
    """The labelled passage with most to say, else a sentence of ``prose``."""
    best: Passage | None = None
    for index in tree.with_role(role):
        text = flow(tree.body(index)).strip()
        passage = Passage(tree.nodes[index].title.span(), text.plain, True)
        if best is None or (len(text.plain) > 0 and not best.text):
            best = passage
    if best is not None:
        return best
    text = flow(prose)
    cue = _CAUSE if role == "root_cause" else _FIX
    for low, high in sentences(text.prose):
        found = cue.search(text.prose, low, high)
        if found is None:
            continue
        if role == "root_cause":
            if _believed().search(text.prose, low, found.start()):
                continue
        elif not cue.search(affirmed(text.prose[low:high], "mitigated")):
            # "The rollback failed."
            continue
        part = text.cut(low, high).strip()
        return Passage(part.span(), part.plain, False)
    return None


@cache
def _believed() -> re.Pattern[str]:
    """What was thought at the time is a path that may have led astray, and no cause told."""
    return re.compile(rf"\b(?:{'|'.join(policy.table('words')['causes']['believed'])})\b", re.I)


_CAUSE = expression(
    r"\b(?:root cause|caused by|was caused|were caused|due to|because|stemm?(?:s|ed) from|"
    r"resulted from|result of|traced (?:back )?to|triggered by|culprit|the cause|the reason|"
    r"led to|attributed to)\b",
    re.IGNORECASE,
)


_FIX = expression(
    r"\b(?:(?:was|were|is|been|got|successfully|finally|then|we|and|team|he|she|they|I|"
    r"permanently|quickly|manually)\s+(?:\w+\s+)?(?:resolved|fixed|mitigated|restored|"
    r"corrected|repaired|reverted|rolled back|restarted|replaced|patched|addressed)|"
    r"fixed by|resolved by|to (?:fix|resolve|mitigate|restore) (?:the|this|it)|rollback|"
    r"rolled back|reverted|workaround|the fix)\b",
    re.IGNORECASE,
)
