"""The rules: checks with their parameters, levels, reasons, wording and examples.

A rule is one TOML file. Reading it gives a ``Rule``; running a rule over a postmortem
gives its findings. Checks are imported when a rule that uses them first runs.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pmlint.findings import Case, Finding, Level, Related, Span
from pmlint.standard import policy
from pmlint.standard.parameters import Parameters, merged

if TYPE_CHECKING:
    from pmlint.facts import Postmortem
    from pmlint.standard.templates import Template

Words = Mapping[str, str]
Check = Callable[["Postmortem", Parameters], Iterator[Case]]

ANY = "any"
"""The key of wording that holds for every case without wording of its own."""
ENGINE = "engine"
"""The check of rules that speak before or after a postmortem is read."""
NO_INCIDENT = "PM001"
PLACEHOLDER = "PM106"

_CODE = r"PM\d{3}"
_NAME = r"[a-z0-9-]+"
_CHECK = rf"[a-z_]+\.[a-z_]+|{ENGINE}"
_SLOT = r"\{(\w+)\}"


class RuleError(Exception):
    """A rule is badly written; the message names its file and the key at fault."""


class Expected(NamedTuple):
    """A finding that an example must give."""

    line: int
    code: str
    message: str
    """Empty where an own rule's example leaves it open."""
    level: Level | None = None
    """None where the rule's own level is meant."""


class Example(NamedTuple):
    """A text and all that its rule finds in it: nothing in a good one."""

    text: str
    findings: tuple[Expected, ...] = ()
    title: str = ""
    """What the example shows, for headings such as "Right: over midnight"."""
    template: str = "default"
    parameters: Parameters | None = None
    hex: str | None = None
    """The bytes of the file, where they are no text."""
    archive: Mapping[str, str] | None = None
    """Earlier postmortems by file name."""


_NO_WORDS: Words = {}


class Rule(NamedTuple):
    """What a reviewer looks for, why, and how it is said."""

    code: str
    name: str
    level: Level
    default: bool
    """False for rules that are off unless a template or a user switches them on."""
    fixable: bool
    summary: str
    why: str
    source: str
    check: str
    """``timeline.order`` for the function ``order`` of ``pmlint.checks.timeline``."""
    parameters: Parameters
    messages: Words
    """Sentences by case; ``several`` is the one for more than one finding, with ``{count}``."""
    help: Words
    labels: Words
    notes: Words
    levels: Mapping[str, Level]
    """The lower level of a case that the document half answers elsewhere."""
    examples: Mapping[str, Any]
    """As the file has them: most runs need none."""
    where: str
    """The file, for errors."""
    exceptions: str = ""
    """What looks like the fault and is none."""
    see: tuple[str, ...] = ()
    """Codes of neighbouring rules."""
    subjects: tuple[str, ...] = ()
    """What it looks at: ``file``, ``words``, ``heading``, ``event``, ``task``, a part, …"""
    silent: str = ""
    """What holds where the rule says nothing, as half a sentence."""
    yields_to: tuple[str, ...] = ()
    """Codes of rules beside whose findings it stays silent: one fault, one finding."""
    fixes: Words = _NO_WORDS
    """What a fix does to the fault, by case: ``moves it``. It follows the option's name."""
    function: Check | None = None
    """The check itself, where a team's own rule brings it along."""

    @property
    def bad(self) -> tuple[Example, ...]:
        """Texts with the faults they hold. Raises RuleError for a badly written one."""
        return _examples(self, "bad")

    @property
    def good(self) -> tuple[Example, ...]:
        """Texts without the fault. Raises RuleError for a badly written one."""
        return _examples(self, "good")

    def notes_of_parameters(self) -> dict[str, str]:
        """What the rule's file says of its parameters, by name; empty where there is no file."""
        from pmlint.standard.parameters import notes

        if not self.where.startswith("rules/"):
            return {}
        try:
            path = policy.folder() / self.where.removeprefix("rules/")
            return notes(path.read_text(encoding="utf-8"))
        except OSError:
            return {}


@cache
def rules() -> tuple[Rule, ...]:
    """All rules that come with pmlint, by code.

    Raises RuleError for a badly written one and policy.PolicyError where there are none.
    """
    found = [
        parse(table, f"rules/{name}.toml")
        for name, table in policy.tables().items()
        if name.startswith("pm") and "/" not in name
    ]
    return tuple(sorted(found, key=lambda rule: rule.code))


def find(selector: str) -> tuple[Rule, ...]:
    """The rules that a code, a name or the beginning of a code (``PM4``) selects."""
    wanted = selector.strip()
    named = tuple(rule for rule in rules() if wanted.lower() == rule.name)
    if named or not re.fullmatch(r"PM\d{0,3}", wanted, re.IGNORECASE):
        return named
    return tuple(rule for rule in rules() if rule.code.startswith(wanted.upper()))


def level_in(rule: Rule, template: "Template") -> Level | None:
    """The level a template gives a rule; None where it is off."""
    given = template.levels.get(rule.code)
    if given is None:
        return rule.level if rule.default else None
    return None if given == "off" else Level(given)


def run(
    rule: Rule,
    postmortem: "Postmortem",
    template: "Template",
    *,
    level: Level | None = None,
    parameters: Parameters | None = None,
) -> Iterator[Finding]:
    """What one rule finds in a postmortem, in the order of its check.

    ``level`` and ``parameters`` are what a user sets; the template's and the rule's own
    stand behind them. A rule that is off by default speaks when it is run.
    Raises RuleError where the rule has no words for a case.
    """
    if rule.check == ENGINE or (not postmortem.incident and rule.code != NO_INCIDENT):
        return
    applied = check(rule)
    settings = settings_of(rule, template, parameters or {})
    base = level or level_in(rule, template) or rule.level
    barred = [] if rule.code in (PLACEHOLDER, NO_INCIDENT) else sorted(_slots(postmortem))
    for case in applied(postmortem, settings):
        if not _touches(barred, case.span):
            yield state(rule, case, postmortem.source.path, base)


def settings_of(rule: Rule, template: "Template", changes: Parameters) -> dict[str, Any]:
    """What a check is told: the rule's parameters, over them the template's and a user's."""
    return {
        **merged(rule.parameters, template.parameters.get(rule.code, {}), changes),
        "template": template,
    }


def state(rule: Rule, case: Case, path: str, level: Level | None = None) -> Finding:
    """A case in the words of its rule. Raises RuleError where it has none for it."""
    base = level or rule.level
    softened = rule.levels.get(case.case, base)
    note = _say(rule, rule.notes, case.case, case.values)
    return Finding(
        path=path,
        code=rule.code,
        name=rule.name,
        level=min(base, softened, key=lambda each: each.rank),
        span=case.span,
        message=_say(rule, rule.messages, case.case, case.values, required=True),
        help=_with_option(rule, case, _say(rule, rule.help, case.case, case.values)),
        label=_say(rule, rule.labels, case.case, case.values),
        related=tuple(
            Related(path, mark.span, _say(rule, rule.labels, mark.label, case.values))
            for mark in case.related
        ),
        fix=case.fix,
        notes=(note,) if note else (),
    )


def _with_option(rule: Rule, case: Case, told: str) -> str:
    """The help, and the option that does what it asks for, where a fix can."""
    if case.fix is None or not told:
        return told
    option = "--fix" if case.fix.safe else "--unsafe-fixes"
    done = _say(rule, rule.fixes, case.case, case.values) or "does it"
    return f"{told}; `{option}` {done}"


def _slots(postmortem: "Postmortem") -> Iterator[Span]:
    return (placeholder.span for placeholder in postmortem.placeholders)


def _touches(spans: list[Span], span: Span) -> bool:
    """True when a span overlaps one of a sorted list of spans that do not overlap."""
    at = bisect_left(spans, (span.end,))
    return at > 0 and spans[at - 1].overlaps(span)


@cache
def _function(check: str) -> Check:
    module, _, name = check.partition(".")
    return cast(Check, getattr(import_module(f"pmlint.checks.{module}"), name))


def check_named(check: str) -> Check:
    """The function of a check such as ``timeline.order``."""
    return _function(check)


def check(rule: Rule) -> Check:
    """The function that a rule's ``check`` names. Raises RuleError where there is none."""
    if rule.function is not None:
        return rule.function
    try:
        return _function(rule.check)
    except (ImportError, AttributeError) as error:
        raise RuleError(f"{rule.code}: check: there is no check {rule.check!r}") from error


def _say(
    rule: Rule, words: Words, case: str, values: Mapping[str, object], *, required: bool = False
) -> str:
    text = words.get(case, words.get(ANY, ""))
    if required and not text:
        raise RuleError(f"{rule.code}: messages.{case}: missing")
    if "{" not in text:
        return text
    try:
        # One pass over the rule's words: braces in the document's words stay as they are.
        return re.sub(_SLOT, lambda slot: str(values[slot[1]]), text)
    except KeyError as error:
        raise RuleError(f"{rule.code}: {case}: there is no value {error}") from None


# Reading a rule file.


def parse(table: Mapping[str, Any], where: str) -> Rule:
    """A rule from its table; ``where`` names the file in errors. Raises RuleError.

    Examples are read when they are asked for.
    """
    reader = _Reader(table, where)
    rule = Rule(
        code=reader.matching("code", _CODE),
        name=reader.matching("name", _NAME),
        level=reader.level("level"),
        default=reader.take("default", bool, True),
        fixable=reader.take("fixable", bool, False),
        summary=reader.take("summary", str),
        why=reader.take("why", str),
        source=reader.take("source", str),
        check=reader.matching("check", _CHECK),
        parameters=reader.take("parameters", dict, {}),
        messages=reader.words("messages"),
        help=reader.words("help", {}),
        labels=reader.words("labels", {}),
        notes=reader.words("notes", {}),
        levels={key: reader.level(f"levels.{key}") for key in reader.take("levels", dict, {})},
        examples=reader.take("examples", dict, {}),
        where=where,
        exceptions=reader.take("exceptions", str, ""),
        see=tuple(reader.texts("see")),
        subjects=tuple(reader.texts("subjects")),
        silent=reader.take("silent", str, ""),
        fixes=reader.words("fixes", {}),
        yields_to=tuple(reader.texts("yields_to")),
    )
    reader.refuse_others()
    return rule


def _examples(rule: Rule, kind: str) -> tuple[Example, ...]:
    entries = _Reader(rule.examples, rule.where, "examples.").take(kind, list, [])
    return tuple(
        _example(_Reader(entry, rule.where, f"examples.{kind}[{number}]."), rule)
        for number, entry in enumerate(entries, start=1)
    )


def _example(reader: "_Reader", rule: Rule) -> Example:
    example = Example(
        text=reader.take("text", str, ""),
        findings=tuple(
            _expected(_Reader(entry, reader.where, f"{reader.prefix}findings[{number}]."), rule)
            for number, entry in enumerate(reader.take("findings", list, []), start=1)
        ),
        title=reader.take("title", str, ""),
        template=reader.take("template", str, "default"),
        parameters=reader.take("parameters", dict, None),
        hex=reader.take("hex", str, None),
        archive=reader.take("archive", dict, None),
    )
    reader.refuse_others()
    if not example.text and example.hex is None:
        raise reader.error("text", "missing")
    return example


def _expected(reader: "_Reader", rule: Rule) -> Expected:
    """What an own rule finds needs no code, and words only where they matter."""
    own = rule.function is not None
    expected = Expected(
        line=reader.take("line", int),
        code=rule.code if own else reader.matching("code", _CODE),
        message=reader.take("message", str, "" if own else _MISSING),
        level=reader.level("level") if "level" in reader.table else None,
    )
    reader.refuse_others()
    return expected


_MISSING = object()
_KINDS = {str: "text", bool: "true or false", int: "a number", dict: "a table", list: "a list"}


class _Reader:
    """Takes typed values out of a table and names the key in errors."""

    def __init__(self, table: object, where: str, prefix: str = "") -> None:
        self.where = where
        self.prefix = prefix
        if not isinstance(table, Mapping):
            raise self.error("", "expected a table")
        self.table = table
        self._taken: set[str] = set()

    def error(self, key: str, fault: str) -> RuleError:
        place = f"{self.prefix}{key}".rstrip(".")
        return RuleError(f"{self.where}: {place}: {fault}")

    def take(self, key: str, kind: type, default: Any = _MISSING) -> Any:
        name, _, rest = key.partition(".")
        self._taken.add(name)
        value: Any = self.table.get(name, _MISSING)
        for part in rest.split(".") if rest and value is not _MISSING else ():
            value = value.get(part, _MISSING)
            if value is _MISSING:
                break
        if value is _MISSING:
            if default is _MISSING:
                raise self.error(key, "missing")
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"expected {_KINDS[kind]}, found {value!r}")
        return value

    def matching(self, key: str, pattern: str) -> str:
        value: str = self.take(key, str)
        if not re.fullmatch(pattern, value):
            raise self.error(key, f"{value!r} is not of the form {pattern}")
        return value

    def level(self, key: str) -> Level:
        value: str = self.take(key, str)
        try:
            return Level(value)
        except ValueError:
            known = ", ".join(Level)
            raise self.error(key, f"{value!r} is no level (one of {known})") from None

    def words(self, key: str, default: Any = _MISSING) -> Words:
        table: Mapping[str, Any] = self.take(key, dict, default)
        for case, text in table.items():
            if not isinstance(text, str):
                raise self.error(f"{key}.{case}", f"expected text, found {text!r}")
        return table

    def texts(self, key: str) -> list[str]:
        entries: list[Any] = self.take(key, list, [])
        for number, text in enumerate(entries, start=1):
            if not isinstance(text, str):
                raise self.error(f"{key}[{number}]", f"expected text, found {text!r}")
        return entries

    def refuse_others(self) -> None:
        for key in self.table:
            if key not in self._taken:
                raise self.error(str(key), "unknown key")
