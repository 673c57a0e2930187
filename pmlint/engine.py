"""Which files, which rules: runs the arrows from a file to its report.

Files are read here and nowhere else; nothing is written. Whatever goes wrong
with one file, a fault of pmlint's own included, becomes its PM003 finding, and
the others are still checked.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pmlint import config, limits
from pmlint.findings import Case, Finding, Level, Source, Span
from pmlint.namedtuples import NamedTuple
from pmlint.reports import FileReport
from pmlint.standard import rulebook, templates
from pmlint.standard.rulebook import Rule
from pmlint.standard.templates import Template

if TYPE_CHECKING:
    from pmlint.config import Settings
    from pmlint.facts import Postmortem
    from pmlint.files.discovery import File
    from pmlint.standard.rulefiles import Example

NO_INCIDENT = "PM001"
UNREADABLE = "PM003"

_START = Span(0, 0)

Trace = Callable[[Exception], None]


_NOTHING: Mapping[str, Any] = {}


class Plan(NamedTuple):
    """Settings made ready for a run."""

    template: Template
    rules: tuple[Rule, ...]
    """The rules to apply, sorted by code."""
    size_limit: int
    trace: Trace | None = None
    """Told of every fault of pmlint's own."""
    levels: Mapping[str, Level] = _NOTHING
    """Levels that a user gives, by code."""
    parameters: Mapping[str, Mapping[str, Any]] = _NOTHING
    """Parameters that a user gives, by code."""
    cap: Level | None = None
    """No finding is higher than this."""
    suppress: bool = True
    """Comments in documents may switch off findings."""
    names: Mapping[str, str] = _NOTHING
    """Names of all rules by code, those that are off included."""
    stages: tuple[tuple[tuple[str, ...], Plan], ...] = ()
    """Other plans for documents with one of some statuses; the first that fits."""
    zones: Mapping[str, str] = _NOTHING
    """What abbreviations of timezones mean to the team."""
    time_limit: float = limits.SECONDS
    """Seconds that one document may take; 0 for no limit."""


def prepare(settings: Settings, trace: Trace | None = None) -> Plan:
    """Template and rules for the settings. Raises ConfigError for unknown names.

    Overrides are not looked at: ``pmlint.running.plans`` applies them to a document's settings.
    """
    template = _template(settings)
    rules = all_rules(settings)
    known = {rule.code: rule.name for rule in rules}
    selected = config.codes(settings.select, known, "--select")
    extended = config.codes(settings.extend_select, known, "extend-select")
    ignored = config.codes(settings.ignore, known, "--ignore")

    def on(rule: Rule) -> bool:
        given = settings.levels.get(rule.code)
        if rule.code in ignored or given == "off":
            return False
        if settings.select:
            return rule.code in selected or rule.code in extended
        return bool(given or rulebook.level_in(rule, template)) or rule.code in extended

    return Plan(
        template,
        tuple(rule for rule in rules if on(rule)),
        settings.size_limit,
        trace,
        levels={code: Level(given) for code, given in settings.levels.items() if given != "off"},
        parameters=settings.parameters,
        cap=Level(settings.max_level) if settings.max_level else None,
        suppress=settings.suppress,
        names=known,
        zones=settings.zones,
        time_limit=settings.time_limit,
    )


def _template(settings: Settings) -> Template:
    name = settings.template
    if not name.endswith(".toml"):
        name = config.template(name, templates.names())
    return templates.load(name, settings.languages)


def all_rules(settings: Settings) -> tuple[Rule, ...]:
    """Our rules and the team's own, by code."""
    if not settings.own_rules:
        return rulebook.rules()
    from pmlint.standard import ownrules

    plugins = {name: ownrules.load_plugin(name) for name in settings.plugins}
    own = [ownrules.build(table, where, plugins) for table, where in settings.own_rules]
    return tuple(sorted((*rulebook.rules(), *own), key=lambda rule: rule.code))


def check_file(file: File, plan: Plan, *, skip_no_incident: bool = False) -> FileReport:
    """Read and check one file.

    With ``skip_no_incident`` a file that holds no incident write-up is reported
    as skipped, without a finding.
    """
    empty = Source("", file.name or file.path)
    try:
        with limits.time_limit(plan.time_limit):
            loaded = load(file, plan)
            if isinstance(loaded, FileReport):
                return loaded
            return check_text(loaded, plan, skip_no_incident=skip_no_incident)
    except limits.OverTimeError:
        return over_time(empty, plan)
    except Exception as error:
        return FileReport(empty, (fault(empty, "reading", error, plan),))


def check_text(source: Source, plan: Plan, *, skip_no_incident: bool = False) -> FileReport:
    """Check one text. Reads and writes nothing."""
    facts = read(source, plan)
    if isinstance(facts, FileReport):
        return facts
    return check_facts(facts, plan, skip_no_incident=skip_no_incident)


def read(source: Source, plan: Plan) -> Postmortem | FileReport:
    """What a text states; a report with PM003 where pmlint fails at reading it."""
    from pmlint import postmortem
    from pmlint.markdown import parse

    try:
        with limits.time_limit(plan.time_limit):
            document = parse(source)
            if document.too_deep is not None:
                return _too_deep(source, document.too_deep)
            facts = postmortem.read_document(document, plan.template)
            if plan.zones:
                from pmlint.statements import homezone

                facts = homezone.settle(facts, plan.zones)
            return facts
    except limits.OverTimeError:
        return over_time(source, plan)
    except Exception as error:
        return FileReport(source, (fault(source, "reading", error, plan),))


def _too_deep(source: Source, line: int) -> FileReport:
    """What stands below is unknown, so nothing is said of the rest either."""
    return _unreadable(source, "nesting", source.line_span(line), line=line + 1)


def over_time(source: Source, plan: Plan) -> FileReport:
    """A report with PM003 for a document that took too long."""
    return _unreadable(source, "time", limit=f"{plan.time_limit:g}")


def killed(path: str) -> FileReport:
    """A report with PM003 for a document whose worker process was ended."""
    return _unreadable(Source("", path), "killed")


def check_facts(facts: Postmortem, plan: Plan, *, skip_no_incident: bool = False) -> FileReport:
    """Apply the rules of the plan to what a postmortem states."""
    source = facts.source
    if facts.absence is not None:
        if skip_no_incident:
            return FileReport(source, (), absent=True, skipped=True)
        rules = tuple(rule for rule in plan.rules if rule.code == NO_INCIDENT)
        return _reported(source, _apply(rules, facts, plan), plan, absent=True)
    if plan.stages:
        plan = _stage(facts, plan)
    return _reported(source, _apply(plan.rules, facts, plan), plan)


def _reported(
    source: Source, findings: Iterable[Finding], plan: Plan, *, absent: bool = False
) -> FileReport:
    """A report in the order of the document, after what its comments switch off."""
    hidden = 0
    if plan.suppress and "pmlint:" in source.text:
        findings, hidden = _suppressed(source, list(findings), plan)
    if plan.cap is not None:
        findings = [_capped(finding, plan.cap) for finding in findings]
    found = sorted(
        findings, key=lambda finding: (finding.span.start, finding.code, finding.span.end)
    )
    if len(found) > limits.FINDINGS:
        told, count = f"{limits.FINDINGS:,}", f"{len(found):,}"
        more = _finding(source, "findings", _START, limit=told, count=count)
        found = [more, *found[: limits.FINDINGS]]
    return FileReport(source, tuple(found), suppressed=hidden, absent=absent)


def _suppressed(
    source: Source, findings: Sequence[Finding], plan: Plan
) -> tuple[list[Finding], int]:
    """The findings that comments leave, those about the comments themselves, and how many
    are hidden.
    """
    from pmlint import suppression

    active = {rule.code: rule for rule in plan.rules}
    names = plan.names or {rule.code: rule.name for rule in rulebook.rules()}
    needed = plan.parameters.get(suppression.UNKNOWN, {}).get("require-reason", False)
    comments = suppression.find(source, names, need_reason=needed)
    outcome = suppression.apply(findings, comments, source, frozenset(active))
    kept = list(outcome.kept)
    about = {suppression.UNUSED: outcome.unused, suppression.UNKNOWN: comments.faults}
    for code, cases in about.items():
        if code in active:
            level = plan.levels.get(code)
            kept += (rulebook.state(active[code], case, source.path, level) for case in cases)
    return kept, outcome.hidden


def _capped(finding: Finding, cap: Level) -> Finding:
    if finding.level.rank <= cap.rank or finding.code == UNREADABLE:
        return finding
    return finding._replace(level=cap)


def _stage(facts: Postmortem, plan: Plan) -> Plan:
    """The plan for a document of this status: ``draft``, ``final``."""
    from pmlint.checks.demands import fields_named

    (rule,) = rulebook.find("PM611")
    found = fields_named(facts, rule.parameters["names"])
    status = found[0].value.casefold() if found else ""
    for words, other in plan.stages:
        if status and status.startswith(tuple(word.casefold() for word in words)):
            return other
    return plan


def demonstrate(rule: Rule) -> Iterator[FileReport]:
    """What a rule says of its own bad examples."""
    for example in rule.bad:
        template = templates.load(example.template)
        source = Source(example.text, "example.md")
        if rule.check == rulebook.ENGINE and not example.hex:
            yield _commented(rule, source, example)
            continue
        if rule.function is not None:
            from pmlint.standard import ruletests

            yield FileReport(source, tuple(ruletests.found(rule, example, template)))
            continue
        plan = Plan(template, (rule,), len(example.text))
        facts = read(source, plan)
        if isinstance(facts, FileReport):
            yield facts
        else:
            if example.archive is not None:
                from pmlint.archive import collection

                told = collection.demonstrated(rule, example, facts, template)
                yield FileReport(source, tuple(told))
                continue
            found = rulebook.run(rule, facts, template, parameters=example.parameters)
            yield FileReport(source, tuple(found))


def _commented(rule: Rule, source: Source, example: Example) -> FileReport:
    """What a rule about comments says, beside all the others."""
    settings = config.Settings(
        template=example.template, parameters={rule.code: example.parameters or {}}
    )
    report = check_text(source, prepare(settings))
    return FileReport(source, tuple(each for each in report.findings if each.code == rule.code))


def load(file: File, plan: Plan) -> Source | FileReport:
    """The text of a file; a report with PM003 where it cannot be read."""
    empty = Source("", file.name or file.path)
    if file.barred:
        return _unreadable(empty, file.barred, target=_target(file.path))
    try:
        data = _bytes(file.path, plan.size_limit)
    except FileNotFoundError:
        near = _neighbour(file.path)
        case = "misspelled" if near else "missing"
        return _unreadable(empty, case, near=near)
    except _NotAFileError:
        return _unreadable(empty, "special")
    except _TooLargeError:
        return _unreadable(empty, "size", limit=f"{plan.size_limit:,}")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return _unreadable(empty, "system", reason=(reason or str(error)).lower())
    return _decode(data, file.name or file.path)


def from_bytes(data: bytes, path: str, plan: Plan) -> Source | FileReport:
    """A text that did not come from a file; a report with PM003 where it is none."""
    if len(data) > plan.size_limit:
        return _unreadable(Source("", path), "size", limit=f"{plan.size_limit:,}")
    return _decode(data, path)


def refused(path: str, reason: str) -> FileReport:
    """A report with PM003 for a document that cannot be had."""
    return _unreadable(Source("", path), "system", reason=reason)


def _apply(rules: Iterable[Rule], facts: Postmortem, plan: Plan) -> Iterator[Finding]:
    for rule in rules:
        try:
            yield from rulebook.run(
                rule,
                facts,
                plan.template,
                level=plan.levels.get(rule.code),
                parameters=plan.parameters.get(rule.code),
            )
        except Exception as error:
            yield fault(facts.source, rule.code, error, plan)


class _NotAFileError(Exception):
    """A folder, a device, a pipe or a socket."""


class _TooLargeError(Exception):
    """More bytes than the limit allows."""


def _bytes(path: str, limit: int) -> bytes:
    if path == "-":
        data = sys.stdin.buffer.read(limit + 1) if sys.stdin is not None else b""
    else:
        # Without O_NONBLOCK opening a pipe would wait for its other end.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as handle:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise _NotAFileError
            if status.st_size > limit:
                raise _TooLargeError
            data = handle.read(limit + 1)
    if len(data) > limit:
        raise _TooLargeError
    return data


_MARK = b"\xef\xbb\xbf"


def _decode(data: bytes, path: str) -> Source | FileReport:
    nul = data.find(0)
    wide = _wide(data) if nul >= 0 or data[:1] in (b"\xff", b"\xfe") else ""
    if wide:
        return _unreadable(Source("", path), "utf16", encoding=wide)
    try:
        if nul < 0:
            # The codec "utf-8-sig" would be one more module to import.
            return Source(data.removeprefix(_MARK).decode(), path)
        offset, case = nul, "binary"
    except UnicodeDecodeError as error:
        offset, case = error.start + (len(_MARK) if data.startswith(_MARK) else 0), "encoding"
    source = Source(data.decode("utf-8-sig", "replace"), path)
    at = len(data[:offset].decode("utf-8-sig", "replace"))
    line = source.place(at).line
    span = Span(at, at + 1)
    return _unreadable(source, case, span, offset=offset, byte=f"{data[offset]:02x}", line=line)


def _wide(data: bytes) -> str:
    """The encoding of two or four bytes a character that a text is in; empty for none."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    head = data[:1000]
    # Without a mark: of each pair of bytes, nearly always the same one is 0.
    zeros = head[0::2].count(0), head[1::2].count(0)
    for most, least, name in ((zeros[1], zeros[0], "UTF-16LE"), (zeros[0], zeros[1], "UTF-16BE")):
        if most * 10 >= len(head) // 2 * 7 and least * 10 <= len(head) // 2 and len(head) > 3:
            return name
    return ""


def _target(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _neighbour(path: str) -> str:
    """The file beside a missing one that was probably meant, or an empty string."""
    from pmlint.suggest import nearest

    folder, name = os.path.split(path)
    try:
        # Without their endings: ".md" alone makes no name like another.
        beside = {os.path.splitext(each)[0]: each for each in sorted(os.listdir(folder or "."))}
        found = nearest(os.path.splitext(name)[0], beside)
    except (OSError, ValueError):
        return ""
    return os.path.join(folder, beside[found]) if found else ""


def fault(source: Source, doing: str, error: Exception, plan: Plan) -> Finding:
    """PM003 for a fault of pmlint's own: what it was doing and where it fell.

    Raises the error again where a package is missing: that is no document's fault.
    """
    if isinstance(error, ModuleNotFoundError):
        from pmlint.needed import missing

        if missing(error):
            raise error
    if plan.trace is not None:
        plan.trace(error)
    where = _where(error)
    if isinstance(error, MemoryError):
        # What filled the memory is held by the frames of the trace; nothing more can be loaded
        # or told before it is free.
        error.__traceback__ = error.__context__ = None
    case = f"fault-{doing}" if doing in ("reading", "fixing") else "fault-rule"
    kind = type(error).__name__
    return _finding(source, case, Span(0, 0), rule=doing, kind=kind, where=where)


def _where(error: Exception) -> str:
    """The module of pmlint and the line that an error came from."""
    where, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("pmlint."):
            where = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def _unreadable(source: Source, case: str, span: Span = _START, **values: object) -> FileReport:
    return FileReport(source, (_finding(source, case, span, **values),))


def _finding(source: Source, case: str, span: Span, **values: object) -> Finding:
    (rule,) = rulebook.find(UNREADABLE)
    return rulebook.state(rule, Case(case, span, values), source.path)
