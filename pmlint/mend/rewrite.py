"""Fixes applied to a text, in rounds, each verified by reading the result again.

A fix whose result reads differently than it promises is dropped and named; so
are fixes that undo each other. Nothing is read or written here but the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pmlint import engine
from pmlint.engine import Plan
from pmlint.facts import Postmortem
from pmlint.findings import Edit, Finding, Fix, Source, Span
from pmlint.limits import FINDINGS
from pmlint.mend.promises import broken, torn
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport

MOST_ROUNDS = 10
"""Rounds in which a text must come to rest."""
FEW = 16
"""So many fixes are tried one by one."""
MOST_FAILED = 20
"""After so many fixes of one rule that fail, its others are not tried."""
GIVEN_UP = f"{MOST_FAILED} fixes of this rule were dropped before it"
PLACEHOLDER = "PM106"

Key = tuple[str, str, tuple[str, ...]]


class Applied(NamedTuple):
    """A fix that was made."""

    code: str
    message: str
    safe: bool


class Refused(NamedTuple):
    """A fix that was dropped, and what for."""

    code: str
    line: int
    """Where the finding stands in the mended text."""
    reason: str


class Mended(NamedTuple):
    """A text after its fixes."""

    report: FileReport
    """What is left to say of it; dropped fixes are no longer offered."""
    applied: tuple[Applied, ...] = ()
    refused: tuple[Refused, ...] = ()


class _Read(NamedTuple):
    source: Source
    facts: Postmortem
    findings: tuple[Finding, ...]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. Edits must not overlap.

    Raises ValueError where they do or lie outside the text.
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(set(edits), key=lambda edit: edit.span):
        if not at <= edit.span.start <= edit.span.end <= len(text):
            raise ValueError(f"edit at {edit.span.start} overlaps another or leaves the text")
        parts += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join([*parts, text[at:]])


def mend(
    source: Source, plan: Plan, *, unsafe: bool = False, skip_no_incident: bool = False
) -> Mended:
    """Apply the fixes of a text until none is left: safe ones, and ``unsafe`` ones if wanted."""
    work = _Work(plan, unsafe)
    first = engine.read(source, plan)
    if isinstance(first, FileReport):
        return Mended(first)
    report = engine.check_facts(first, plan, skip_no_incident=skip_no_incident)
    if not any(work.wanted(finding) for finding in report.findings):
        return Mended(report)
    read = work.run(_Read(source, first, report.findings))
    left = engine.check_facts(read.facts, plan, skip_no_incident=skip_no_incident)
    findings = tuple(
        finding._replace(fix=None) if _key(read.source, finding) in work.barred else finding
        for finding in left.findings
    )
    refused = tuple(
        Refused(finding.code, read.source.place(finding.span.start).line, reason)
        for finding in left.findings
        if (reason := work.barred.get(_key(read.source, finding), ""))
    )
    return Mended(left._replace(findings=findings), tuple(work.applied), refused)


def fault_of(
    facts: Postmortem, findings: Iterable[Finding], mended: Sequence[Finding], plan: Plan
) -> str:
    """What the fixes of some findings, made together, would break; empty where they hold.

    ``facts`` and ``findings`` are what was read and found in the text as it stands.
    """
    if all(finding.fix is None for finding in mended):
        return "there is no fix"
    read = _Read(facts.source, facts, tuple(findings))
    return _Work(plan, unsafe=True).fault(read, mended)


class _Work:
    """The fixes of one text."""

    def __init__(self, plan: Plan, unsafe: bool) -> None:
        self.plan = plan
        self.unsafe = unsafe
        self.applied: list[Applied] = []
        self.barred: dict[Key, str] = {}
        self.quarrel: dict[str, str] = {}
        """Codes whose fixes undo each other, with the reason."""

    def wanted(self, finding: Finding) -> bool:
        """The finding has a fix that may be applied."""
        return finding.fix is not None and (finding.fix.safe or self.unsafe)

    def fault(self, read: _Read, chosen: Sequence[Finding]) -> str:
        """The promise that some fixes break, or an empty string."""
        return self._try(read, chosen)[1]

    def run(self, start: _Read) -> _Read:
        """Rounds until nothing changes; from the start again without fixes that quarrel."""
        while True:
            read, seen, made = start, {start.source.text: 0}, list[tuple[Applied, ...]]()
            self.applied = []
            for _ in range(MOST_ROUNDS):
                read, done = self._round(read)
                if not done:
                    return read
                # What failed beside the old text may do beside the new one.
                self.barred.clear()
                made.append(done)
                self.applied += done
                if read.source.text in seen:
                    self._part(made[seen[read.source.text] :])
                    break
                seen[read.source.text] = len(made)
            else:
                if not self._candidates(read):
                    return read
                self._part(made[-1:])

    def _part(self, rounds: Iterable[tuple[Applied, ...]]) -> None:
        codes = sorted({each.code for done in rounds for each in done})
        reason = f"the fixes of {' and '.join(codes)} undo each other"
        if len(codes) == 1:
            reason = "the fix never comes to an end"
        self.quarrel.update(dict.fromkeys(codes, reason))

    def _candidates(self, read: _Read) -> list[Finding]:
        """Findings whose fixes are wanted and do not overlap, in the order of the text."""
        chosen: list[Finding] = []
        taken: set[Edit] = set()
        places = _Places()
        for finding in read.findings:
            fix = finding.fix
            if fix is None or not self.wanted(finding):
                continue
            key = _key(read.source, finding)
            if finding.code in self.quarrel:
                self.barred[key] = self.quarrel[finding.code]
            if key in self.barred:
                continue
            if all(edit in taken for edit in fix.edits):
                chosen.append(finding)
            elif not any(places.touch(edit.span) for edit in fix.edits):
                chosen.append(finding)
                taken.update(fix.edits)
                for edit in fix.edits:
                    places.add(edit.span)
        return chosen

    def _round(self, read: _Read) -> tuple[_Read, tuple[Applied, ...]]:
        """Fixes until some are accepted or none is left."""
        while pending := self._candidates(read):
            now, accepted = self._accept(read, pending)
            if accepted:
                return now, _told(accepted)
        return read, ()

    def _accept(self, read: _Read, pending: list[Finding]) -> tuple[_Read, list[Finding]]:
        """All fixes at once, else rule by rule, else one by one; those that fail are barred."""
        now, _ = self._try(read, pending)
        if now is not None:
            return now, pending
        accepted: list[Finding] = []
        best = read
        for group in _by_code(pending):
            now, _ = self._try(read, [*accepted, *group])
            if now is not None:
                accepted, best = [*accepted, *group], now
                continue
            accepted, best = self._one_by_one(read, group, accepted, best)
        return best, accepted

    def _one_by_one(
        self, read: _Read, group: Sequence[Finding], accepted: list[Finding], best: _Read
    ) -> tuple[list[Finding], _Read]:
        """Each fix after the others, again while that helps: some need their neighbours'."""
        left = list(group)
        while left:
            failed: list[tuple[Finding, str]] = []
            # Every try reads the whole text: of many, those that hold together go together.
            queue = [[each] for each in reversed(left)] if len(left) <= FEW else [left]
            while queue and len(failed) < MOST_FAILED:
                part = queue.pop()
                now, reason = self._try(read, [*accepted, *part])
                if now is not None:
                    accepted, best = [*accepted, *part], now
                elif len(part) > 1:
                    half = len(part) // 2
                    queue += [part[half:], part[:half]]
                else:
                    failed.append((part[0], reason))
            failed += ((each, GIVEN_UP) for part in queue for each in part)
            if queue or len(failed) == len(left):
                self.barred.update((_key(read.source, each), reason) for each, reason in failed)
                break
            left = [each for each, _ in failed]
        return accepted, best

    def _try(self, read: _Read, chosen: Sequence[Finding]) -> tuple[_Read | None, str]:
        """The text with some fixes, or None and the promise that they break."""
        fixes = [finding.fix for finding in chosen if finding.fix is not None]
        edits = {edit for fix in fixes for edit in fix.edits}
        try:
            text = apply(read.source.text, edits)
        except ValueError as error:
            return None, str(error)
        source = Source(text, read.source.path)
        facts = engine.read(source, self.plan)
        if isinstance(facts, FileReport):
            return None, "the result cannot be read"
        promises = {fix.promise for fix in fixes}
        changed = broken(read.facts, facts, promises)
        changed = changed or torn(read.source, source, edits, promises)
        if changed:
            return None, f"it would change the {changed}"
        now = _Read(source, facts, engine.check_facts(facts, self.plan).findings)
        return (None, fault) if (fault := _worse(read, now, chosen)) else (now, "")


def _worse(before: _Read, after: _Read, mended: Sequence[Finding]) -> str:
    """A rule that has more to say than before, or one that still says the same."""
    if len(before.findings) > FINDINGS:
        # Some are left out, of which nobody knows.
        return ""
    old = Counter(finding.code for finding in before.findings)
    new = Counter(finding.code for finding in after.findings)
    fixable = {finding.code for finding in after.findings if finding.fix is not None}
    placing = any(
        finding.fix is not None and finding.fix.promise in ("part", "slot") for finding in mended
    )
    named = any(finding.fix is not None and finding.fix.promise == "name" for finding in mended)
    for finding in mended:
        fix = finding.fix
        if fix is not None and fix.promise != "slot" and new[finding.code] >= old[finding.code]:
            return "it would not mend the fault"
    for code in sorted(new.keys() - {PLACEHOLDER} if placing else new):
        if new[code] > old[code] and code not in fixable and not named:
            return f"it would bring up {code}"
    return ""


class _Places:
    """Where a text is edited. Edits that overlap or meet would depend on their order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def _between(self, span: Span) -> tuple[int, int]:
        """The first place that ends no sooner than a span starts, and behind the last it meets."""
        return bisect_left(self._ends, span.start), bisect_right(self._starts, span.end)

    def touch(self, span: Span) -> bool:
        low, high = self._between(span)
        return low < high

    def add(self, span: Span) -> None:
        low, high = self._between(span)
        start = min([span.start, *self._starts[low:high]])
        end = max([span.end, *self._ends[low:high]])
        self._starts[low:high], self._ends[low:high] = [start], [end]


def _key(source: Source, finding: Finding) -> Key:
    """The same for the same fix of the same words, wherever they stand."""
    edits = finding.fix.edits if finding.fix is not None else ()
    return finding.code, source.slice(finding.span), tuple(edit.text for edit in edits)


def _by_code(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    yield from groups.values()


def _told(findings: Iterable[Finding]) -> tuple[Applied, ...]:
    return tuple(
        Applied(finding.code, finding.fix.message, finding.fix.safe)
        for finding in findings
        if isinstance(finding.fix, Fix)
    )
