"""The rules: checks with their parameters, levels, reasons, wording and examples.

Running a rule over a postmortem gives its findings. Checks are imported when a rule that
uses them first runs; ``pmlint.standard.rulefiles`` reads the files that rules are written in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from pmlint.findings import Case, Finding, Level, Related, Span
from pmlint.namedtuples import NamedTuple
from pmlint.standard import policy
from pmlint.standard.parameters import Parameters, merged

if TYPE_CHECKING:
    from pmlint.facts import Postmortem
    from pmlint.standard.rulefiles import Example
    from pmlint.standard.templates import Template

Words = Mapping[str, str]
Check = Callable[["Postmortem", Parameters], Iterator[Case]]

ANY = "any"
"""The key of wording that holds for every case without wording of its own."""
ENGINE = "engine"
"""The check of rules that speak before or after a postmortem is read."""
NO_INCIDENT = "PM001"
PLACEHOLDER = "PM106"

_SLOT = r"\{(\w+)\}"


class RuleError(Exception):
    """A rule is badly written; the message names its file and the key at fault."""


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
    examples: Mapping[str, Any] | None
    """As a table has them; None where they stay in the file, as most runs need none."""
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
        from pmlint.standard import rulefiles

        return rulefiles.examples(self, "bad")

    @property
    def good(self) -> tuple[Example, ...]:
        """Texts without the fault. Raises RuleError for a badly written one."""
        from pmlint.standard import rulefiles

        return rulefiles.examples(self, "good")

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
    return tuple(map(_restored, policy.made("rules", _rows)))


_LEVEL, _LEVELS = map(Rule._fields.index, ("level", "levels"))


def _rows() -> list[list[Any]]:
    """All rules, once they are checked, in a form that can be kept."""
    from pmlint.standard import rulefiles

    rows = []
    for rule in rulefiles.read_all():
        row = list(rule._replace(examples=None))
        row[_LEVEL] = rule.level.value
        row[_LEVELS] = {case: level.value for case, level in rule.levels.items()}
        rows.append(row)
    return rows


def _restored(kept: list[Any]) -> Rule:
    row = list(kept)
    row[_LEVEL] = Level(row[_LEVEL])
    row[_LEVELS] = {case: Level(level) for case, level in row[_LEVELS].items()}
    return Rule._make(row)


def find(selector: str) -> tuple[Rule, ...]:
    """The rules that a code, a name or the beginning of a code (``PM4``) selects."""
    wanted = selector.strip()
    named = tuple(rule for rule in rules() if wanted.lower() == rule.name)
    if named or not re.fullmatch(r"PM\d{0,3}", wanted, re.IGNORECASE):
        return named
    return tuple(rule for rule in rules() if rule.code.startswith(wanted.upper()))


def parameters(name: str) -> Parameters:
    """The parameters of a rule that comes with pmlint, as its file has them."""
    (rule,) = find(name)
    return rule.parameters


def level_in(rule: Rule, template: Template) -> Level | None:
    """The level a template gives a rule; None where it is off."""
    given = template.levels.get(rule.code)
    if given is None:
        return rule.level if rule.default else None
    return None if given == "off" else Level(given)


def run(
    rule: Rule,
    postmortem: Postmortem,
    template: Template,
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


def settings_of(rule: Rule, template: Template, changes: Parameters) -> dict[str, Any]:
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


def _slots(postmortem: Postmortem) -> Iterator[Span]:
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
