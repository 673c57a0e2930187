"""The last lines of a run: how many, of which level, and what to type next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pmlint.findings import Finding, Level
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport
from pmlint.reports.colour import Style
from pmlint.reports.layout import cells, wrap
from pmlint.reports.sanitise import one_line, path_text

WIDEST = 88
NO_INCIDENT = "PM001"
WHOLE = 12
"""Findings up to which ``check`` shows each with its excerpt."""


class Run(NamedTuple):
    """All that the last lines speak of."""

    files: Sequence[FileReport]
    style: Style
    paths: Sequence[str] = ()
    """What was typed, for commands that are ready to copy."""
    template: str = "default"
    template_origin: str = ""
    rules: int = 0
    verbose: bool = False
    fail_on: Level = Level.INFO

    @property
    def findings(self) -> Sequence[Finding]:
        """Every finding of the run, in order."""
        return [finding for file in self.files for finding in file.findings]

    @property
    def width(self) -> int:
        """Cells for prose."""
        return min(self.style.width, WIDEST)


def counted(count: int, one: str, many: str = "") -> str:
    """``1 file``, ``1,204 files``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def levels(findings: Sequence[Finding]) -> str:
    """``10 errors, 29 warnings, 1 info``: only levels that occur."""
    # A level's hash is told by Python code; for one of a list of them C code asks.
    found = [finding.level for finding in findings]
    words = ((Level.ERROR, "errors"), (Level.WARNING, "warnings"), (Level.INFO, "info"))
    counts = ((level, found.count(level), many) for level, many in words)
    return ", ".join(counted(count, level.value, many) for level, count, many in counts if count)


def clean(run: Run) -> str:
    """What a run without findings read."""
    style = run.style
    read = [file for file in run.files if not file.skipped]
    if not read:
        return "\n".join(_wrapped(_nothing_read(run), run.width, 0)) + "\n"
    if len(read) == 1:
        told = f"{path_text(read[0].path)}: nothing to send back"
    else:
        told = f"{len(read):,} postmortems, nothing to send back"
    rows = [f"{style.paint('clean', style.signs.clean)} {style.paint('bold', told)}"]
    about = f"template {one_line(run.template)}"
    if run.template_origin:
        about += f" ({path_text(run.template_origin)})"
    if run.rules:
        about += f", {counted(run.rules, 'rule')}"
    skipped = _skipped(run)
    rows += _wrapped(f"{about}; {skipped}" if skipped else about, run.width, 2)
    rows += _hidden(run)
    rows += _names(run)
    return "\n".join(rows) + "\n"


def after_excerpts(run: Run) -> Iterator[str]:
    """The last lines behind findings in full."""
    yield from _count(run)
    findings = run.findings
    fixes = _fixes(findings)
    if fixes:
        yield from _wrapped(fixes, run.width, 2)
    codes = [finding.code for finding in findings if finding.code != NO_INCIDENT]
    if codes:
        more = " (or any code above)" if len(set(codes)) > 1 else ""
        yield from _wrapped(f"why: pmlint explain {_most(codes)}{more}", run.width, 2)
    yield from _left_out(run)


def after_table(run: Run, *, shortened: bool = False) -> Iterator[str]:
    """The last lines behind a table: what to type to see or mend more."""
    yield from _count(run)
    rows = list(_commands(run, shortened))
    width = max(len(left) for left, _ in rows) + 3
    for left, command in rows:
        if width + 2 + cells(command) <= run.width:
            yield f"  {left:<{width}}{command}"
        else:
            # A command to copy is not broken, whatever the width.
            yield f"  {left}"
            yield f"    {command}"
    yield from _left_out(run)


def _count(run: Run) -> Iterator[str]:
    findings = run.findings
    hit = [file for file in run.files if file.findings]
    read = sum(not file.skipped for file in run.files)
    number = counted(len(findings), "finding")
    files = f"{len(hit):,} of {read:,} files" if len(hit) < read else counted(len(hit), "file")
    told = f"{number} in {files}: {levels(findings)}"
    absent = [finding for finding in findings if finding.code == NO_INCIDENT]
    if absent and len(absent) == len(findings):
        told += "; no other rule was applied"
    elif absent:
        told += f"; no other rule was applied to {counted(len(absent), 'file')} without an incident"
    rows = _wrapped(told, run.width, 0)
    yield run.style.paint("bold", number) + rows[0].removeprefix(number)
    yield from rows[1:]
    if not any(finding.level.rank >= run.fail_on.rank for finding in findings):
        yield f"  none fails the run (--fail-on {run.fail_on})"


def _fixes(findings: Sequence[Finding]) -> str:
    fixable = [finding.fix for finding in findings if finding.fix]
    safe = sum(fix.safe for fix in fixable)
    if not fixable:
        return ""
    # A fix is verified when it is made, not here: that takes as long as to check again.
    told = f"at most {len(fixable):,} fixable: `--diff` shows how, "
    if safe == len(fixable):
        return told + "`--fix` does it"
    if not safe:
        return told + "`--unsafe-fixes` does it"
    return told + f"`--fix` does {safe:,}, `--unsafe-fixes` all"


def _commands(run: Run, shortened: bool) -> Iterator[tuple[str, str]]:
    findings = run.findings
    typed = " ".join(map(quoted, run.paths)) or "."
    fixes = [finding.fix for finding in findings if finding.fix]
    safe = sum(fix.safe for fix in fixes)
    if fixes:
        then = "--fix" if safe == len(fixes) else "--unsafe-fixes"
        if 0 < safe < len(fixes):
            then = "--fix or --unsafe-fixes"
        yield f"at most {len(fixes):,} fixable", f"pmlint check --diff {typed}, then {then}"
    hit = [file for file in run.files if file.findings]
    fullest = max(hit, key=lambda file: len(file.findings))
    whole = "--format full " if len(fullest.findings) > WHOLE else ""
    told = "one file whole" if len(hit) > 1 else "with excerpts"
    if shortened:
        yield "every finding", f"pmlint check --format grouped {typed}"
    yield told, f"pmlint check {whole}{quoted(fullest.path)}"
    yield "why a rule", f"pmlint explain {_most([finding.code for finding in findings])}"


def _most(codes: Sequence[str]) -> str:
    """The code that occurs most often; of equal ones the first."""
    return Counter(codes).most_common(1)[0][0]


def quoted(path: str) -> str:
    """A path as a shell takes it."""
    path = path_text(path)
    plain = all(char.isalnum() or char in "@%+=:,./-_" for char in path)
    return path if plain and path else "'" + path.replace("'", "'\\''") + "'"


def _left_out(run: Run) -> Iterator[str]:
    skipped = _skipped(run)
    if skipped:
        yield from _wrapped(skipped, run.width, 2)
    yield from _hidden(run)
    yield from _names(run)


def _skipped(run: Run) -> str:
    count = sum(file.skipped for file in run.files)
    if not count:
        return ""
    verb = ("tells", "was") if count == 1 else ("tell", "were")
    told = f"{counted(count, 'other Markdown file')} {verb[0]} no incident and {verb[1]} skipped"
    return told if run.verbose else f"{told} (names: -v)"


def _nothing_read(run: Run) -> str:
    count = len(run.files)
    if not count:
        return "no Markdown file was checked"
    verb = ("tells", "was") if count == 1 else ("tell", "were")
    told = f"no postmortem: {counted(count, 'Markdown file')} {verb[0]} no incident"
    told += f" and {verb[1]} skipped"
    if not run.verbose:
        return f"{told} (names: -v)"
    return told + ": " + ", ".join(path_text(file.path) for file in run.files)


def _hidden(run: Run) -> Iterator[str]:
    suppressed = sum(file.suppressed for file in run.files)
    baselined = sum(file.baselined for file in run.files)
    told = []
    if suppressed:
        told.append(f"{counted(suppressed, 'finding')} suppressed")
    if baselined:
        number = f"{baselined:,}" if told else counted(baselined, "finding")
        told.append(f"{number} in the baseline")
    if told:
        yield "  " + ", ".join(told)


def _names(run: Run) -> Iterator[str]:
    if run.verbose:
        for file in run.files:
            if file.skipped:
                yield f"  skipped: {path_text(file.path)}"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    rows = wrap(text, width - 2, width - indent)
    return [" " * indent + rows[0], *("  " + row for row in rows[1:])]
