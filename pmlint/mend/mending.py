"""Files mended, or the change shown. Files are read and written here; texts elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pmlint import engine, limits
from pmlint.files import discovery, writing
from pmlint.findings import Source
from pmlint.mend import rewrite
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.files.discovery import File
    from pmlint.mend.rewrite import Mended

_BOM = b"\xef\xbb\xbf"


class Outcome(NamedTuple):
    """A file after its fixes."""

    before: Source
    report: FileReport
    """What is left to say; of the file as it stands where it could not be written."""
    mended: Mended | None = None
    failure: str = ""
    """Why the file could not be written."""

    @property
    def changed(self) -> bool:
        """Fixes changed the text."""
        return self.before.text != self.report.source.text


def mend_file(
    file: File, plan: Plan, *, unsafe: bool, write: bool, skip_no_incident: bool = False
) -> Outcome:
    """Apply the fixes of one file; the file itself is changed only with ``write``."""
    loaded = engine.load(file, plan)
    if isinstance(loaded, FileReport):
        return Outcome(loaded.source, loaded)
    try:
        with limits.time_limit(plan.time_limit):
            mended = rewrite.mend(loaded, plan, unsafe=unsafe, skip_no_incident=skip_no_incident)
    except limits.OverTimeError:
        return Outcome(loaded, engine.over_time(loaded, plan))
    except Exception as error:
        return Outcome(loaded, FileReport(loaded, (engine.fault(loaded, "fixing", error, plan),)))
    outcome = Outcome(loaded, mended.report, mended)
    if not write or not outcome.changed:
        return outcome
    failure = write_text(file, loaded.text, mended.report.source.text)
    if failure:
        as_it_stands = engine.check_text(loaded, plan, skip_no_incident=skip_no_incident)
        return Outcome(loaded, as_it_stands, None, failure)
    return outcome


def write_text(file: File, old: str, new: str) -> str:
    """Replace the text of a file, byte order mark and all else kept.

    Returns why it could not be written, or an empty string.
    """
    if discovery.leads_out(file):
        return "it is a link that leads elsewhere"
    try:
        with open(file.path, "rb") as handle:
            mark = _BOM if handle.read(len(_BOM)) == _BOM else b""
        writing.replace(file.path, mark + old.encode(), mark + new.encode())
    except writing.StaleError:
        return "it was changed while it was being checked"
    except writing.ReadOnlyError:
        return "it is read-only"
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return (reason or str(error)).lower()
    return ""


def told(outcomes: Iterable[Outcome], *, would: bool = False) -> list[str]:
    """One line for what was (or ``would`` be) fixed, and one for each fix that was dropped."""
    lines: list[str] = []
    fixed: Counter[str] = Counter()
    files = 0
    for outcome in outcomes:
        if outcome.mended is None:
            continue
        if outcome.changed:
            files += 1
            fixed.update(each.code for each in outcome.mended.applied)
        lines += [
            f"{outcome.report.path}:{each.line}: {each.code}: the fix was dropped: {each.reason}"
            for each in outcome.mended.refused
        ]
    if fixed:
        count = sum(fixed.values())
        listed = ", ".join(f"{code} {number}" for code, number in sorted(fixed.items()))
        findings = "1 finding" if count == 1 else f"{count:,} findings"
        where = "1 file" if files == 1 else f"{files:,} files"
        verb = "would fix" if would else "fixed"
        lines.insert(0, f"{verb} {findings} in {where}: {listed}")
    elif would:
        lines.append("nothing to fix")
    return lines


def stops_cleanly() -> None:
    """Let a request to end (SIGTERM, SIGHUP) remove temporary files first."""
    import signal

    def stop(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            number = getattr(signal, name)
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, stop)
