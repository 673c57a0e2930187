"""The shape of a configuration: its keys, what each means and what may stand there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pmlint.config import no_rule, selected
from pmlint.files.discovery import pattern_fault
from pmlint.settings.shapes import (
    Choice,
    Either,
    Flag,
    Key,
    ListOf,
    MapOf,
    Number,
    Shape,
    Shared,
    Table,
    Text,
    Words,
    like,
)
from pmlint.standard import rulebook, templates
from pmlint.standard.ownrules import LEVEL_MEANINGS, LEVELS, OwnRule
from pmlint.suggest import nearest_zone, question

MOST_STARS = 3
"""Signs ``*`` in one name of a pattern, and names ``**``."""

KEY_MEANINGS: Mapping[str, str] = {
    "enable": "select",
    "disable": "ignore",
    "profile": "template",
    "standard": "template",
    "per-file-ignores": "overrides",
    "severity": "rules",
    "levels": "rules",
    "inherits": "extend",
}
"""Keys that are not ours, by what people may mean: ours."""


def schema() -> dict[str, object]:
    """JSON Schema of ``pmlint.toml``, and of ``[tool.pmlint]``."""
    rules = {rule.code: rule for rule in rulebook.rules()}
    names = {code: rule.name for code, rule in rules.items()}
    shared = [selectors(names), rules_shape(names, rules)]
    shared += [_one_rule(code, rule) for code, rule in rules.items()]
    defined = {name: each for one in shared for name, each in one.defined().items()}
    return {**shape(names, rules, ()).schema(), "$defs": defined}


def keys() -> Mapping[str, str]:
    """Every key with what it means."""
    return {name: key.doc for name, key in shape({}, {}, ()).keys.items()}


def level_shape() -> Choice:
    """The levels a rule may be given."""
    return Choice("level", (*LEVELS, "off"), LEVEL_MEANINGS)


def rules_shape(names: Mapping[str, str], rules: Mapping[str, rulebook.Rule]) -> Shared:
    """``[rules]``: a level, or a table with a level and parameters, by rule."""

    def of(selector: str) -> Shape | None:
        codes = selected(selector, names)
        if not codes:
            return None
        if len(codes) > 1:
            return Either(level_shape(), _rule_table(selector, None))
        return _one_rule(selector, rules[codes[0]])

    return Shared(
        "rules", MapOf(level_shape(), _selector_fault(names), of, (*names, *names.values()))
    )


def _one_rule(selector: str, rule: rulebook.Rule) -> Shared:
    return Shared(rule.code, Either(level_shape(), _rule_table(selector, rule)))


def _rule_table(selector: str, rule: rulebook.Rule | None) -> Table:
    given: dict[str, Key] = {"level": Key(level_shape(), "error, warning, info or off")}
    for name, value in (rule.parameters if rule is not None else {}).items():
        given[name] = Key(like(value), f"instead of {_brief(value)}")
        if isinstance(value, list | dict):
            given[f"extend-{name}"] = Key(like(value), f"beside what `{name}` holds")
    hint = "" if rule is not None else "; a family has no parameters"
    return Table(f"the rule {selector}", given, {"severity": "level"}, hint)


def _brief(value: object) -> str:
    if isinstance(value, (list, dict)):
        return f"pmlint's own ({len(value)})"
    return str(value).lower() if isinstance(value, bool) else str(value)


def selectors(names: Mapping[str, str]) -> Shared:
    """A list of codes, names and families."""
    return Shared("selectors", ListOf(Words(_selector_fault(names), (*names, *names.values()))))


def _selector_fault(names: Mapping[str, str]) -> Callable[[str], str]:
    """What is wrong with a selector, "" where it names a rule or a family."""
    return lambda selector: "" if selected(selector, names) else no_rule(selector, names)


def shape(
    names: Mapping[str, str],
    rules: Mapping[str, rulebook.Rule],
    plugins: Sequence[str],
) -> Table:
    """The shape of a whole configuration, for these rules and plugins."""
    choosing = _choosing(names, rules)
    return Table(
        "the configuration",
        {
            "extend": Key(
                Either(Text(), ListOf(Text())), "a configuration file, or several, to build on"
            ),
            "template": Key(_template(), "required parts and rules: a name, or the path of a file"),
            "languages": Key(
                ListOf(Choice("language", templates.languages())), "headings in other languages"
            ),
            **choosing,
            "fail-on": Key(
                Choice("level", LEVELS, LEVEL_MEANINGS), "the lowest level that fails a run"
            ),
            "overrides": Key(ListOf(_override(choosing)), "settings for some documents"),
            **_files(),
            "home-zone": Key(Words(_zone_fault), "the team's zone, such as Europe/Berlin"),
            "zones": Key(
                MapOf(Words(_zone_fault)), "what abbreviations mean to the team: IST = Asia/Kolkata"
            ),
            "own-rules": Key(ListOf(OwnRule(tuple(plugins))), "the team's own rules"),
            "rules-folder": Key(Text(), "a folder with one TOML file for each own rule"),
            "plugins": Key(ListOf(Text()), "installed packages that bring checks"),
            "baseline": Key(Text(), "a file with findings that are known and not reported"),
            "suppress": Key(Flag(), "false: comments in documents switch nothing off"),
            "size-limit": Key(Number(), "bytes beyond which a file is not read"),
            "time-limit": Key(Number(), "seconds that one document may take; 0 for no limit"),
        },
        KEY_MEANINGS,
    )


def _choosing(names: Mapping[str, str], rules: Mapping[str, rulebook.Rule]) -> dict[str, Key]:
    """The keys that choose rules and their levels, of a configuration and of an override."""
    listed = selectors(names)
    return {
        "select": Key(listed, "only these rules: codes, names, families"),
        "extend-select": Key(listed, "these rules beside those that are on"),
        "ignore": Key(listed, "all but these rules; stronger than select"),
        "rules": Key(rules_shape(names, rules), "levels and parameters by rule"),
        "max-level": Key(Choice("level", LEVELS, LEVEL_MEANINGS), "no finding is higher than this"),
    }


def _override(choosing: Mapping[str, Key]) -> Table:
    return Table(
        "an override",
        {
            "files": Key(_globs(), "for these documents: patterns as in .gitignore"),
            "status": Key(ListOf(Text()), "for documents with this status: draft, final, …"),
            "template": Key(_template(), "required parts and rules"),
            **choosing,
        },
        {"path": "files", "paths": "files", "glob": "files", **KEY_MEANINGS},
    )


def _files() -> dict[str, Key]:
    return {
        "include": Key(_globs(), "of the files found in folders, only these"),
        "exclude": Key(_globs(), "files found in folders that are left out"),
        "force-exclude": Key(Flag(), "leave out files that are named as well"),
    }


def _template() -> Words:
    return Words(templates.fault, templates.names())


def _globs() -> ListOf:
    return ListOf(Text(_glob_fault))


def _glob_fault(pattern: str) -> str:
    # Each further one multiplies the ways in which a long name can be matched in vain.
    parts = pattern.split("/")
    if any(part.count("*") > MOST_STARS for part in parts):
        return f"`{pattern}`: more than {MOST_STARS} `*` in one name"
    if parts.count("**") > MOST_STARS:
        return f"`{pattern}`: more than {MOST_STARS} `**`"
    fault = pattern_fault(pattern)
    if fault:
        return f"`{pattern}` is no pattern as in .gitignore: {fault}"
    return "" if pattern.strip() else "an empty pattern matches nothing"


def _zone_fault(name: str) -> str:
    from zoneinfo import available_timezones

    known = available_timezones()
    if name in known:
        return ""
    return f"no timezone `{name}`{question(nearest_zone(name, known))} (IANA names: Europe/Berlin)"
