"""Reads a configuration file: every fault in it is found, none is forgiven.

Reads files inside the root only (the repository that holds the configuration, or its
folder outside of one), runs nothing, and gives settings with the place each comes from.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from pmlint.config import (
    ConfigError,
    FaultyFile,
    Override,
    Problem,
    Settings,
    no_rule,
    selected,
)
from pmlint.files.discovery import climbs, pattern_fault, repository
from pmlint.files.regular import IrregularError, read_regular
from pmlint.findings import Source
from pmlint.namedtuples import NamedTuple
from pmlint.settings.shapes import (
    Choice,
    Either,
    Fault,
    Flag,
    Key,
    ListOf,
    MapOf,
    Number,
    Path,
    Shape,
    Shared,
    Table,
    Text,
    Words,
    like,
)
from pmlint.settings.tomlplaces import Place, nearest_place, places
from pmlint.standard import ownrules, rulebook, templates
from pmlint.standard.ownrules import LEVEL_MEANINGS, LEVELS, OwnRule
from pmlint.suggest import nearest, nearest_zone, question

LARGEST = 1_000_000
"""Bytes of a configuration file."""
MOST_EXTENDED = 20
MOST_STARS = 3
"""Signs ``*`` in one name of a pattern, and names ``**``."""
MOST_RULE_FILES = 500

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


class Layer(NamedTuple):
    """One file's table, and where things stand in it."""

    file: str
    text: str
    table: Mapping[str, Any]
    prefix: Path
    """What stands before the table's own keys: ``("tool", "pmlint")``."""

    def problem(self, fault: Fault) -> Problem:
        """A fault with its line, column and excerpt."""
        source, found = _scanned(self.text)
        place = nearest_place(found, (*self.prefix, *fault.path))
        span = place.key if fault.at_key else place.value
        line, column = source.place(span.start)
        excerpt = source.line_text(line - 1)
        width = max(1, min(span.end - span.start, len(excerpt) - column + 1))
        return Problem(shown(self.file), line, column, fault.message, excerpt, width)

    def origin(self, *path: str | int) -> str:
        """``pyproject.toml:12`` for a key."""
        source, found = _scanned(self.text)
        place = nearest_place(found, (*self.prefix, *path))
        return f"{shown(self.file)}:{source.place(place.key.start).line}"


@lru_cache(maxsize=16)
def _scanned(text: str) -> tuple[Source, dict[Path, Place]]:
    """A text with its lines and the places of its keys, made once for all its faults."""
    return Source(text), places(text)


def has_table(file: str) -> bool:
    """True for a ``pyproject.toml`` with a table ``[tool.pmlint]``, or one not to be read."""
    try:
        tool = _parse(file, file, whole=True).table.get("tool")
    except ConfigError:
        return True
    return isinstance(tool, dict) and "pmlint" in tool


def load(file: str, *, trusted: bool = False) -> Settings:
    """The settings of a configuration file and of those it extends.

    ``trusted``: the file was named on the command line and may stand anywhere.
    Raises FaultyFile with everything that is wrong.
    """
    folder = os.path.dirname(os.path.realpath(file)) if trusted else os.path.dirname(file)
    real = os.path.realpath(folder)
    reader = _Reader(repository(real) or real)
    layers = list(reader.layers(file, trusted))
    settings, problems = reader.settings(layers)
    if problems:
        raise FaultyFile(problems)
    return settings._replace(file=file, root=reader.root)


def shown(file: str) -> str:
    """A path as people write it: from the working folder where it is below."""
    try:
        relative = os.path.relpath(file)
    except ValueError:
        return file
    return file if climbs(relative) else relative


def schema() -> dict[str, object]:
    """JSON Schema of ``pmlint.toml``, and of ``[tool.pmlint]``."""
    rules = {rule.code: rule for rule in rulebook.rules()}
    names = {code: rule.name for code, rule in rules.items()}
    shared = [selectors(names), rules_shape(names, rules)]
    shared += [_one_rule(code, rule) for code, rule in rules.items()]
    defined = {name: each for one in shared for name, each in one.defined().items()}
    return {**_shape(names, rules, ()).schema(), "$defs": defined}


def keys() -> Mapping[str, str]:
    """Every key with what it means."""
    shape = _shape({}, {}, ())
    return {name: key.doc for name, key in shape.keys.items()}


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

    return Shared("rules", MapOf(level_shape(), _names_rule(names), of, (*names, *names.values())))


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
    return Shared("selectors", ListOf(Words(_names_rule(names), (*names, *names.values()))))


def _names_rule(names: Mapping[str, str]) -> Callable[[str], str]:
    """What is wrong with a selector, "" where it names a rule or a family."""
    return lambda selector: "" if selected(selector, names) else no_rule(selector, names)


def _shape(
    names: Mapping[str, str],
    rules: Mapping[str, rulebook.Rule],
    plugins: Sequence[str],
) -> Table:
    rule_list = selectors(names)
    levels = rules_shape(names, rules)
    globs = ListOf(Text(_glob_fault))
    template = Words(templates.fault, templates.names())
    cap = Key(Choice("level", LEVELS, LEVEL_MEANINGS), "no finding is higher than this")
    select = Key(rule_list, "only these rules: codes, names, families")
    ignore = Key(rule_list, "all but these rules; stronger than select")
    extend = Key(rule_list, "these rules beside those that are on")
    override = Table(
        "an override",
        {
            "files": Key(globs, "for these documents: patterns as in .gitignore"),
            "status": Key(ListOf(Text()), "for documents with this status: draft, final, …"),
            "template": Key(template, "required parts and rules"),
            "select": select,
            "extend-select": extend,
            "ignore": ignore,
            "rules": Key(levels, "levels and parameters by rule"),
            "max-level": cap,
        },
        {"path": "files", "paths": "files", "glob": "files", **KEY_MEANINGS},
    )
    return Table(
        "the configuration",
        {
            "extend": Key(
                Either(Text(), ListOf(Text())), "a configuration file, or several, to build on"
            ),
            "template": Key(template, "required parts and rules: a name, or the path of a file"),
            "languages": Key(
                ListOf(Choice("language", templates.languages())), "headings in other languages"
            ),
            "select": select,
            "extend-select": extend,
            "ignore": ignore,
            "rules": Key(levels, "levels and parameters by rule"),
            "max-level": cap,
            "fail-on": Key(
                Choice("level", LEVELS, LEVEL_MEANINGS), "the lowest level that fails a run"
            ),
            "overrides": Key(ListOf(override), "settings for some documents"),
            "include": Key(globs, "of the files found in folders, only these"),
            "exclude": Key(globs, "files found in folders that are left out"),
            "force-exclude": Key(Flag(), "leave out files that are named as well"),
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


class _Reader:
    """Reads files below one root."""

    def __init__(self, root: str) -> None:
        self.root = root

    def layers(self, file: str, trusted: bool, seen: tuple[str, ...] = ()) -> Iterator[Layer]:
        """The files that a file extends, then the file itself."""
        real = os.path.realpath(file)
        if real in seen:
            chain = " → ".join(shown(each) for each in (*seen[seen.index(real) :], real))
            raise ConfigError(f"{shown(file)}: extends itself: {chain}")
        if len(seen) >= MOST_EXTENDED:
            raise ConfigError(f"{shown(file)}: more than {MOST_EXTENDED} files extend each other")
        layer = _parse(file, file if trusted else self.inside(file))
        extended = layer.table.get("extend", [])
        listed = [extended] if isinstance(extended, str) else extended
        # What is neither a text nor a list is told with the faults of the other keys.
        for index, name in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(name, str):
                path: Path = ("extend",) if isinstance(extended, str) else ("extend", index)
                try:
                    inner = self.beside(file, name)
                    yield from self.layers(inner, False, (*seen, real))
                except FaultyFile:
                    raise
                except ConfigError as error:
                    raise FaultyFile([layer.problem(Fault(path, str(error)))]) from None
        yield layer

    def beside(self, file: str, name: str) -> str:
        """The path of a file that another names. Raises ConfigError for one outside."""
        if "\0" in name:
            raise ConfigError("no path can hold the character U+0000")
        return self.inside(os.path.join(os.path.dirname(file), os.path.expanduser(name)))

    def inside(self, path: str) -> str:
        real = os.path.realpath(path)
        if real != self.root and not real.startswith(self.root.rstrip(os.sep) + os.sep):
            raise ConfigError(
                f"{shown(path)} leads out of the repository; --config FILE reads it all the same"
            )
        return path

    def settings(self, layers: Sequence[Layer]) -> tuple[Settings, list[Problem]]:
        """Settings of all layers, later ones over earlier ones, and what is wrong."""
        problems: list[Problem] = []
        plugins: dict[str, Any] = {}
        for layer in layers:
            problems.extend(self._load_plugins(layer, plugins))
        own: list[tuple[Mapping[str, Any], Layer, Path]] = []
        for layer in layers:
            own.extend(self._own_tables(layer, problems, tuple(plugins)))
        rules = {rule.code: rule for rule in rulebook.rules()}
        built: list[tuple[Mapping[str, Any], str]] = []
        for table, layer, path in own:
            try:
                rule = ownrules.build(table, shown(layer.file), plugins)
            except ConfigError as error:
                problems.append(layer.problem(Fault((*path, "check"), str(error))))
                continue
            twice = _same(rule, rules)
            if twice:
                key = "code" if rule.code in rules else "name"
                problems.append(layer.problem(Fault((*path, key), twice)))
                continue
            rules[rule.code] = rule
            built.append((table, shown(layer.file)))
        names = {code: rule.name for code, rule in rules.items()}
        shape = _shape(names, rules, tuple(plugins))
        settings = Settings(own_rules=tuple(built), plugins=tuple(plugins))
        for layer in layers:
            faults = list(_headed(layer)) or list(shape.check(_without_own(layer.table), ()))
            faults.extend(self._paths(layer))
            problems.extend(layer.problem(fault) for fault in faults)
            if not faults:
                settings = self._merged(settings, layer, names)
        return settings, sorted(set(problems), key=lambda each: (each.file, each.line, each.column))

    def _load_plugins(self, layer: Layer, loaded: dict[str, Any]) -> Iterator[Problem]:
        listed = layer.table.get("plugins", [])
        for index, name in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(name, str) and name not in loaded:
                try:
                    loaded[name] = ownrules.load_plugin(name)
                except ConfigError as error:
                    yield layer.problem(Fault(("plugins", index), str(error)))

    def _own_tables(
        self, layer: Layer, problems: list[Problem], plugins: tuple[str, ...]
    ) -> Iterator[tuple[Mapping[str, Any], Layer, Path]]:
        """The own rules of a layer that are well formed; the others become problems."""
        shape = OwnRule(plugins)
        listed = layer.table.get("own-rules", [])
        if not isinstance(listed, list):
            problems.append(layer.problem(Fault(("own-rules",), "expected a list of tables")))
            listed = []
        given: list[tuple[Any, Layer, Path]] = [
            (table, layer, ("own-rules", index)) for index, table in enumerate(listed)
        ]
        folder = layer.table.get("rules-folder")
        if isinstance(folder, str):
            try:
                files = self._rule_files(self.beside(layer.file, folder))
                given.extend((inner.table, inner, ()) for inner in files)
            except ConfigError as error:
                faults = getattr(error, "problems", None)
                problems.extend(faults or [layer.problem(Fault(("rules-folder",), str(error)))])
        for table, holder, path in given:
            try:
                faults_here = list(shape.check(table, path))
            except ConfigError as error:
                faults_here = [Fault((*path, "parameters", "pattern"), str(error))]
            if not faults_here:
                yield self._with_templates(table, holder, path, faults_here), holder, path
            problems.extend(holder.problem(fault) for fault in faults_here)

    def _with_templates(
        self, table: Mapping[str, Any], layer: Layer, path: Path, faults: list[Fault]
    ) -> Mapping[str, Any]:
        """An own rule, the files of templates in its examples as they are opened from here."""
        placed: dict[str, list[Any]] = {}
        for kind, examples in table.get("examples", {}).items():
            placed[kind] = []
            for index, example in enumerate(examples):
                name = example.get("template", "")
                try:
                    if name.endswith(".toml"):
                        example = {**example, "template": self._template(layer, name)}
                        templates.from_file(example["template"])
                except ConfigError as error:
                    at: Path = (*path, "examples", kind, index, "template")
                    faults.append(Fault(at, str(error)))
                placed[kind].append(example)
        return {**table, "examples": placed} if placed else table

    def _rule_files(self, folder: str) -> list[Layer]:
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
        except OSError as error:
            raise ConfigError(
                f"the folder {shown(folder)} cannot be read: {(error.strerror or '').lower()}"
            ) from None
        if len(names) > MOST_RULE_FILES:
            raise ConfigError(f"{shown(folder)} holds more than {MOST_RULE_FILES} rules")
        paths = [self.inside(os.path.join(folder, name)) for name in names]
        return [_parse(path, path, whole=True) for path in paths]

    def _paths(self, layer: Layer) -> Iterator[Fault]:
        """Templates and baselines that are files: inside the root, and well formed."""
        table = layer.table
        named: list[tuple[Path, Any]] = [(("template",), table.get("template"))]
        overrides = table.get("overrides", [])
        for index, override in enumerate(overrides if isinstance(overrides, list) else []):
            if isinstance(override, dict):
                named.append((("overrides", index, "template"), override.get("template")))
        for path, name in named:
            if isinstance(name, str) and name.endswith(".toml"):
                try:
                    templates.from_file(self.beside(layer.file, name))
                except ConfigError as error:
                    yield Fault(path, str(error))
        if isinstance(baseline := table.get("baseline"), str):
            try:
                self.beside(layer.file, baseline)
            except ConfigError as error:
                yield Fault(("baseline",), str(error))
        for index, override in enumerate(overrides if isinstance(overrides, list) else []):
            if isinstance(override, dict) and override.get("status") and override.get("template"):
                yield Fault(
                    ("overrides", index, "template"),
                    "a template is chosen by `files`, not by `status`: it decides how the status"
                    " is read",
                )

    def _merged(self, base: Settings, layer: Layer, names: Mapping[str, str]) -> Settings:
        table = layer.table
        here = {
            key: layer.origin(key)
            for key in table
            if key not in ("extend", "rules", "zones", "own-rules")
        }
        levels, parameters = _rules(table.get("rules", {}), names)
        for selector in table.get("rules", {}):
            for code in selected(selector, names):
                here[f"rules.{code}"] = layer.origin("rules", selector)
        for zone in table.get("zones", {}):
            here[f"zones.{zone}"] = layer.origin("zones", zone)

        def words(key: str, before: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(table[key]) if key in table else before

        return base._replace(
            template=self._template(layer, table.get("template")) or base.template,
            select=words("select", base.select),
            ignore=words("ignore", base.ignore),
            extend_select=(*base.extend_select, *table.get("extend-select", ())),
            size_limit=table.get("size-limit", base.size_limit),
            time_limit=table.get("time-limit", base.time_limit),
            levels={**base.levels, **levels},
            parameters=_deep(base.parameters, parameters),
            max_level=table.get("max-level", base.max_level),
            overrides=(*base.overrides, *self._overrides(layer, names)),
            include=tuple(_anchored(layer, self.root, table.get("include"), base.include)),
            exclude=tuple(_anchored(layer, self.root, table.get("exclude"), base.exclude)),
            force_exclude=table.get("force-exclude", base.force_exclude),
            languages=words("languages", base.languages),
            home_zone=table.get("home-zone", base.home_zone),
            zones={**base.zones, **{key.upper(): to for key, to in table.get("zones", {}).items()}},
            fail_on=table.get("fail-on", base.fail_on),
            baseline=self.beside(layer.file, table["baseline"])
            if "baseline" in table
            else base.baseline,
            suppress=table.get("suppress", base.suppress),
            origins={**base.origins, **here},
        )

    def _template(self, layer: Layer, name: str | None) -> str:
        return self.beside(layer.file, name) if name and name.endswith(".toml") else name or ""

    def _overrides(self, layer: Layer, names: Mapping[str, str]) -> Iterator[Override]:
        for table in layer.table.get("overrides", ()):
            levels, parameters = _rules(table.get("rules", {}), names)
            yield Override(
                files=tuple(_anchored(layer, self.root, table.get("files"), ())),
                status=tuple(table.get("status", ())),
                template=self._template(layer, table.get("template")),
                select=tuple(table["select"]) if "select" in table else None,
                extend_select=tuple(table.get("extend-select", ())),
                ignore=tuple(table.get("ignore", ())),
                levels=levels,
                parameters=parameters,
                max_level=table.get("max-level", ""),
            )


def _anchored(
    layer: Layer, root: str, patterns: Sequence[str] | None, before: Sequence[str]
) -> Sequence[str]:
    """Patterns of a file's folder as patterns of the root."""
    if patterns is None:
        return before
    folder = os.path.relpath(os.path.dirname(os.path.realpath(layer.file)), root)
    prefix = "" if folder == "." or climbs(folder) else folder.replace(os.sep, "/")
    if not prefix:
        return patterns
    return [_below(prefix, pattern) for pattern in patterns]


def _below(prefix: str, pattern: str) -> str:
    sign, bare = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    deep = "/" not in bare.rstrip("/")
    return f"{sign}/{prefix}/{'**/' if deep else ''}{bare.lstrip('/')}"


def _same(rule: rulebook.Rule, rules: Mapping[str, rulebook.Rule]) -> str:
    """What to say of an own rule that takes the code or the name of another."""
    if rule.code in rules:
        return f"the code {rule.code} is taken ({rules[rule.code].name})"
    taken = next((code for code, each in rules.items() if each.name == rule.name), "")
    return f"the name `{rule.name}` is taken ({taken})" if taken else ""


def _headed(layer: Layer) -> Iterator[Fault]:
    """``[tool.pmlint]`` in a file of its own: nobody else's keys stand there."""
    for name in ("tool", "pmlint"):
        if isinstance(layer.table.get(name), dict):
            head = "tool.pmlint" if name == "tool" else name
            told = f"leave out `[{head}]`: in {os.path.basename(layer.file)} keys need no heading"
            yield Fault((name,), told, True)


def _without_own(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what has been checked already."""
    return {key: value for key, value in table.items() if key != "own-rules"}


def _rules(
    table: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Levels and parameters by code; single rules win over families."""
    levels: dict[str, str] = {}
    parameters: dict[str, dict[str, Any]] = {}
    for selector in sorted(table, key=lambda each: -len(selected(each, names))):
        given = table[selector]
        given = {"level": given} if isinstance(given, str) else given
        for code in selected(selector, names):
            if "level" in given:
                levels[code] = given["level"]
            rest = {key: value for key, value in given.items() if key != "level"}
            if rest:
                parameters.setdefault(code, {}).update(rest)
    return levels, parameters


def _deep(
    base: Mapping[str, Mapping[str, Any]], over: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    return {code: {**base.get(code, {}), **over.get(code, {})} for code in {*base, *over}}


def _parse(file: str, path: str, *, whole: bool = False) -> Layer:
    """The table of a file. Raises ConfigError where it cannot be read."""
    text = read(path)
    name = shown(file)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFile([toml_problem(name, text, error)]) from None
    except RecursionError:
        raise ConfigError(f"{name}: nested too deeply") from None
    if whole or os.path.basename(file) != "pyproject.toml":
        return Layer(file, text, table, ())
    tool = table.get("tool", {})
    ours = tool.get("pmlint", {}) if isinstance(tool, dict) else {}
    if not isinstance(ours, dict):
        raise ConfigError(f"{name}: tool.pmlint is no table")
    return Layer(file, text, ours, ("tool", "pmlint"))


def toml_problem(name: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    """A syntax error with its place, which TOML tells only in words."""
    import re

    told = str(error)
    match = re.search(r" \(at line (\d+), column (\d+)\)$", told)
    source = Source(text)
    line = int(match[1]) if match else len(source.starts)
    column = int(match[2]) if match else 1
    message = told[: match.start()] if match else told.removesuffix(" (at end of document)")
    excerpt = source.line_text(min(line, len(source.starts)) - 1)
    if message == "Invalid value" and excerpt[column - 1 : column].isalpha():
        message += "; a text stands in quotes"
    return Problem(
        name, line, column, f"not valid TOML: {message[:1].lower()}{message[1:]}", excerpt, 1
    )


def read(path: str) -> str:
    """The text of a configuration file. Raises ConfigError where it cannot be read."""
    name = shown(path)
    try:
        data = read_regular(path, LARGEST + 1)
    except IrregularError:
        raise ConfigError(f"{name}: is no regular file") from None
    except FileNotFoundError:
        near = _neighbour(path)
        raise ConfigError(f"{name}: there is no such file{near}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError(f"{name}: cannot be read: {(reason or '').lower()}") from None
    if len(data) > LARGEST:
        raise ConfigError(f"{name}: is larger than {LARGEST:,} bytes")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: is not UTF-8") from None


def _neighbour(path: str) -> str:
    folder, name = os.path.split(path)
    try:
        return question(nearest(name, sorted(os.listdir(folder or "."))))
    except OSError:
        return ""


class Checked:
    """A table of a file with its faults, for files other than the configuration."""

    def __init__(self, path: str, shape: Shape) -> None:
        self.layer = _parse(path, path, whole=True)
        self._shape = shape

    @cached_property
    def table(self) -> Mapping[str, Any]:
        """The table. Raises FaultyFile where it is not of the shape."""
        faults = list(self._shape.check(self.layer.table, ()))
        if faults:
            raise FaultyFile([self.layer.problem(fault) for fault in faults])
        return self.layer.table
