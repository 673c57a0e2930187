"""Loading configuration: what each setting becomes, and every fault in full, with its place."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import NoReturn

import pytest
from conftest import ROOT, Tree, posix

from pmlint import config
from pmlint.config import ConfigError, FaultyFile, Finder, Override, Settings
from pmlint.files import discovery
from pmlint.settings import configfile, configshape, layers
from pmlint.settings.shapes import Anything, Key, Table, Text
from pmlint.standard import ownrules, rulebook

NAMES = {
    "PM401": "missing-timeline",
    "PM402": "timeline-order",
    "PM411": "unexplained-gap",
    "PM602": "vague-task",
}
REPOSITORY = {".git/HEAD": ""}


def load(tree: Tree, files: Mapping[str, str], name: str = "pmlint.toml") -> Settings:
    return configfile.load(str(tree({**REPOSITORY, **files}) / name))


def faults(tree: Tree, text: str, **files: str) -> list[str]:
    """The faults of a configuration, each with its place."""
    with pytest.raises(FaultyFile) as caught:
        load(tree, {"pmlint.toml": text, **files})
    return [str(each).removeprefix("pmlint.toml:") for each in caught.value.problems]


# What each setting becomes

WHOLE = """\
template = "alx"
languages = ["fr"]
select = ["PM4"]
extend-select = ["unexplained-gap"]
ignore = ["PM602"]
max-level = "warning"
fail-on = "info"
include = ["*.md"]
exclude = ["x/y"]
force-exclude = true
home-zone = "Europe/Berlin"
plugins = []
baseline = "known.json"
suppress = false
size-limit = 7
time-limit = 9

[rules]
PM411 = { level = "error", minutes = 8 }
vague-task = "off"

[zones]
ist = "Asia/Kolkata"

[[overrides]]
files = ["old/"]
template = "default"
select = []
extend-select = ["PM602"]
ignore = ["PM203"]
rules = { PM602 = "off", PM411 = { minutes = 2 } }
max-level = "info"

[[overrides]]
status = ["draft"]

[[own-rules]]
code = "ACME001"
name = "our-rule"
summary = "Ours"
check = "field"
parameters = { names = ["Severity"] }
"""
OVERRIDES = (
    Override(
        files=("old/",),
        template="default",
        select=(),
        extend_select=("PM602",),
        ignore=("PM203",),
        levels={"PM602": "off"},
        parameters={"PM411": {"minutes": 2}},
        max_level="info",
    ),
    Override(status=("draft",)),
)


def test_every_setting_arrives_with_its_line(tree: Tree) -> None:
    top = tree({})
    settings = load(tree, {"pmlint.toml": WHOLE})
    ((own, own_file),) = settings.own_rules
    assert (own["code"], own_file) == ("ACME001", "pmlint.toml")
    expected = Settings(
        template="alx",
        select=("PM4",),
        ignore=("PM602",),
        size_limit=7,
        time_limit=9,
        extend_select=("unexplained-gap",),
        levels={"PM411": "error", "PM602": "off"},
        parameters={"PM411": {"minutes": 8}},
        max_level="warning",
        overrides=OVERRIDES,
        include=("*.md",),
        exclude=("x/y",),
        force_exclude=True,
        languages=("fr",),
        home_zone="Europe/Berlin",
        zones={"IST": "Asia/Kolkata"},
        own_rules=settings.own_rules,
        fail_on="info",
        baseline=str(top / "known.json"),
        suppress=False,
        file=str(top / "pmlint.toml"),
        root=str(top),
        origins=settings.origins,
    )
    assert settings == expected
    lines = {
        key: int(origin.removeprefix("pmlint.toml:")) for key, origin in settings.origins.items()
    }
    rows = WHOLE.splitlines()
    tables = {"overrides": 25, "rules.PM411": 19, "rules.PM602": 20, "zones.ist": 23}
    assert lines == {
        **{row.split(" = ")[0]: number for number, row in enumerate(rows[:16], start=1)},
        **tables,
    }


def test_configuration_of_nothing_is_the_default(tree: Tree) -> None:
    top = tree({})
    settings = load(tree, {"pmlint.toml": ""})
    assert settings == Settings(file=str(top / "pmlint.toml"), root=str(top))
    assert (settings.template, settings.suppress, settings.force_exclude) == (
        "default", True, False,
    )  # fmt: skip


def test_extended_settings_stay_where_nothing_else_is_said(tree: Tree) -> None:
    base = load(tree, {"pmlint.toml": WHOLE})
    extending = load(tree, {"base.toml": WHOLE, "pmlint.toml": "extend = 'base.toml'"})
    assert extending == base._replace(own_rules=extending.own_rules, origins=extending.origins)
    assert extending.origins == {
        key: origin.replace("pmlint.toml", "base.toml") for key, origin in base.origins.items()
    }


OTHER = """\
extend = ["base.toml"]
template = "gitlab"
languages = ["es"]
select = ["PM1"]
extend-select = ["PM413"]
ignore = ["PM2"]
max-level = "error"
fail-on = "warning"
include = ["a"]
exclude = ["b"]
force-exclude = false
home-zone = "Asia/Tokyo"
baseline = "other.json"
suppress = true
size-limit = 1
time-limit = 2
rules = { PM411 = { extend-minutes = 1 } }
zones = { CST = "America/Chicago" }
[[overrides]]
status = ["final"]
"""


def test_later_settings_replace_and_tables_grow(tree: Tree) -> None:
    text = OTHER.replace("{ extend-minutes = 1 }", "'info'")
    top = tree({})
    settings = load(tree, {"base.toml": WHOLE, "pmlint.toml": text})
    assert settings == Settings(
        template="gitlab",
        select=("PM1",),
        ignore=("PM2",),
        size_limit=1,
        time_limit=2,
        extend_select=("unexplained-gap", "PM413"),
        levels={"PM411": "info", "PM602": "off"},
        parameters={"PM411": {"minutes": 8}},
        max_level="error",
        overrides=(*OVERRIDES, Override(status=("final",))),
        include=("a",),
        exclude=("b",),
        force_exclude=False,
        languages=("es",),
        home_zone="Asia/Tokyo",
        zones={"IST": "Asia/Kolkata", "CST": "America/Chicago"},
        own_rules=settings.own_rules,
        fail_on="warning",
        baseline=str(top / "other.json"),
        suppress=True,
        file=str(top / "pmlint.toml"),
        root=str(top),
        origins=settings.origins,
    )
    assert settings.origins["rules.PM411"] == "pmlint.toml:17"
    assert settings.origins["rules.PM602"] == "base.toml:20"


@pytest.mark.parametrize(
    ("text", "levels", "parameters"),
    [
        pytest.param("PM41 = 1\n", None, None, id="no family"),
        pytest.param(
            "unexplained-gap = 'info'\nPM4 = 'error'",
            {"PM411": "info", "PM402": "error"},
            {},
            id="the rule wins over its family, whichever comes first",
        ),
        pytest.param(
            "PM4 = 'error'\nPM411 = { minutes = 3 }",
            {"PM411": "error", "PM402": "error"},
            {"PM411": {"minutes": 3}},
            id="a parameter leaves the level of the family",
        ),
        pytest.param("PM4 = { level = 'off' }", {"PM411": "off", "PM402": "off"}, {}, id="table"),
    ],
)
def test_levels_and_parameters_by_rule(
    tree: Tree, text: str, levels: dict[str, str] | None, parameters: object
) -> None:
    files = {"pmlint.toml": f"[rules]\n{text}"}
    if levels is None:
        with pytest.raises(FaultyFile):
            load(tree, files)
        return
    settings = load(tree, files)
    assert {code: settings.levels[code] for code in levels} == levels
    assert settings.parameters == parameters


def test_parameters_of_layers_are_put_together(tree: Tree) -> None:
    settings = load(
        tree,
        {
            "base.toml": "rules = { PM611 = { values = ['a'] }, PM411 = { minutes = 1 } }",
            "pmlint.toml": "extend = 'base.toml'\nrules = { PM611 = { extend-values = ['b'] } }",
        },
    )
    assert settings.parameters == {
        "PM611": {"values": ["a"], "extend-values": ["b"]},
        "PM411": {"minutes": 1},
    }


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        pytest.param("*.md", "/sub/**/*.md", id="name at any depth"),
        pytest.param("d/", "/sub/**/d/", id="folder at any depth"),
        pytest.param("/top.md", "/sub/top.md", id="at the top"),
        pytest.param("a/b.md", "/sub/a/b.md", id="path"),
        pytest.param("a/X", "/sub/a/X", id="path without a suffix"),
        pytest.param("!a/b.md", "!/sub/a/b.md", id="but not a path"),
        pytest.param("!*.md", "!/sub/**/*.md", id="but not a name"),
        pytest.param("X/a.md", "/sub/X/a.md", id="path in capitals"),
    ],
)
@pytest.mark.parametrize("key", ["include", "exclude", "overrides"])
def test_patterns_hold_from_the_folder_of_their_file(
    tree: Tree, key: str, pattern: str, anchored: str
) -> None:
    said = f"['{pattern}']" if key != "overrides" else f"[{{ files = ['{pattern}'] }}]"
    for folder, expected in (("", pattern), ("sub/", anchored)):
        name = f"{folder}pmlint.toml"
        settings = load(tree, {name: f"{key} = {said}"}, name)
        held = settings.overrides[0].files if key == "overrides" else getattr(settings, key)
        assert held == (expected,)


def test_patterns_of_a_deep_folder_hold_from_there(tree: Tree) -> None:
    settings = load(tree, {"a/b/pmlint.toml": "include = ['x/*.md']"}, "a/b/pmlint.toml")
    assert settings.include == ("/a/b/x/*.md",)


def test_files_are_named_from_the_folder_of_the_file_that_names_them(tree: Tree) -> None:
    files = {
        "sub/pmlint.toml": "extend = '../base.toml'\nbaseline = 'b.json'\ntemplate = 't.toml'\n"
        "[[overrides]]\nfiles = ['x']\ntemplate = '../u.toml'",
        "base.toml": "",
        "sub/t.toml": 'summary = "Ours"\nextends = "default"\n',
        "u.toml": 'summary = "Ours"\nextends = "default"\n',
    }
    settings = load(tree, files, "sub/pmlint.toml")
    folder = os.path.dirname(settings.file)
    assert settings.baseline == os.path.join(folder, "b.json")
    assert settings.template == os.path.join(folder, "t.toml")
    assert settings.overrides[0].template == os.path.join(folder, "../u.toml")


# Faults

ALL_TEMPLATES = (
    "alx, atlassian, aws-coe, azure-pir, default, gitlab, google-sre, pagerduty, sre-workbook,"
    " wikimedia"
)


OWN_RULE = """\
[[own-rules]]
code = "ACME001"
name = "our-rule"
summary = "Ours"
check = "field"
parameters = { names = ["Severity"] }
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("extend = 'b.toml'", ["1:10: b.toml: there is no such file"], id="no base"),
        pytest.param(
            "extend = ['base.toml', 'b.toml']",
            ["1:24: b.toml: there is no such file; did you mean `base.toml`?"],
            id="no base, second",
        ),
        pytest.param(
            "extend = 'pmlint.toml'",
            ["1:10: pmlint.toml: extends itself: pmlint.toml → pmlint.toml"],
            id="itself",
        ),
        pytest.param(
            "extend = 'base.toml'\nselct = []",
            [
                "base.toml:1:1: unknown key `ignor` in the configuration; did you mean `ignore`?",
                "2:1: unknown key `selct` in the configuration; did you mean `select`?",
            ],
            id="slips of all files",
        ),
        pytest.param("own-rules = 3", ["1:13: expected a list of tables"], id="own rules"),
        pytest.param("rules-folder = 3", ["1:16: expected text, found 3"], id="rules folder"),
        pytest.param(
            "rules-folder = 'no'",
            ["1:16: the folder no cannot be read: no such file or directory"],
            id="no rules folder",
        ),
        pytest.param(
            "rules-folder = 'rules'",
            ["rules/a.toml:1:1: unknown key `cod` in an own rule; did you mean `code`?"],
            id="slip in a file of rules",
        ),
        pytest.param(
            "rules-folder = 'broken'",
            ["broken/a.toml:1:5: not valid TOML: invalid value"],
            id="file of rules that is no TOML",
        ),
        pytest.param(
            "plugins = ['os', 'x']",
            [
                "1:12: no installed package brings checks called `os`",
                "1:18: no installed package brings checks called `x`",
            ],
            id="plugins",
        ),
        pytest.param("plugins = 'x'", ['1:11: expected a list, found "x"; write ["x"]'], id="one"),
        pytest.param("plugins = [1]", ["1:12: expected text, found 1"], id="number of a plugin"),
        pytest.param("overrides = 3", ["1:13: expected a list, found 3"], id="overrides"),
        pytest.param("overrides = [3]", ["1:14: expected a table, found 3"], id="an override"),
        pytest.param(
            "template = 'zzzzz.toml'\n[[overrides]]\nfiles = ['a']\ntemplate = 'zzzzz.toml'",
            ["1:12: zzzzz.toml: there is no such file", "4:12: zzzzz.toml: there is no such file"],
            id="templates that are no files",
        ),
        pytest.param(
            f"{OWN_RULE}examples.good = [{{ text = 'x' }}, {{ text = 'y', template = 'q.toml' }}]",
            ["7:59: q.toml: there is no such file"],
            id="template of an example that is no file",
        ),
        pytest.param(
            "template = 'gitlb'",
            [f"1:12: no template `gitlb`; did you mean `gitlab`? All templates: {ALL_TEMPLATES}"],
            id="template",
        ),
        pytest.param(
            "template = 'qqqqqq'",
            [f"1:12: no template `qqqqqq`. All templates: {ALL_TEMPLATES}"],
            id="template like no other",
        ),
        pytest.param(
            "[[overrides]]\nstatus = ['draft']\ntemplate = 'alx'",
            [
                "3:12: a template is chosen by `files`, not by `status`: it decides how the status"
                " is read"
            ],
            id="template by status",
        ),
        pytest.param("include = ['']", ["1:12: an empty pattern matches nothing"], id="no pattern"),
        pytest.param(
            "exclude = ['a*b*c*d*']",
            ["1:12: `a*b*c*d*`: more than 3 `*` in one name"],
            id="stars",
        ),
        pytest.param(
            "[[overrides]]\nfiles = ['**/**/**/**/x']",
            ["2:10: `**/**/**/**/x`: more than 3 `**`"],
            id="double stars",
        ),
        pytest.param(
            "home-zone = 'Europe/Berln'",
            [
                "1:13: no timezone `Europe/Berln`; did you mean `Europe/Berlin`?"
                " (IANA names: Europe/Berlin)"
            ],
            id="zone",
        ),
        pytest.param(
            "zones = { IST = 'q' }",
            ["1:17: no timezone `q` (IANA names: Europe/Berlin)"],
            id="meaning of an abbreviation",
        ),
        pytest.param("a = [1,\n2", ["2:1: not valid TOML: unclosed array"], id="end of the text"),
        pytest.param(
            "a = 1\n a = 2", ["2:1: not valid TOML: cannot overwrite a value"], id="key twice"
        ),
        pytest.param("a = ?", ["1:5: not valid TOML: invalid value"], id="no TOML"),
        pytest.param(
            "a = 1\nb = alx",
            ["2:5: not valid TOML: invalid value; a text stands in quotes"],
            id="text without quotes",
        ),
        pytest.param(
            "a = ?b",
            ["1:5: not valid TOML: invalid value"],
            id="a letter behind the place is none at it",
        ),
        pytest.param(
            "include = ['a', '!']",
            ["1:17: `!` is no pattern as in .gitignore: Invalid git pattern: '!'"],
            id="a pattern of nothing",
        ),
        pytest.param(
            "[rules]\nPM6O2 = 'off'",
            ["2:1: no rule `PM6O2`; did you mean PM602 (vague-task)?"],
            id="rule that is none",
        ),
        pytest.param(
            "[rules.PM411]\nextend-minutes = 1",
            ["2:1: unknown key `extend-minutes` in the rule PM411; did you mean `minutes`?"],
            id="only what holds several values is extended",
        ),
        pytest.param(
            "[rules]\nPM602 = { severity = 'x' }\nPM4 = { minutes = 2 }\nPM411 = { minute = 2 }",
            [
                "2:11: unknown key `severity` in the rule PM602; did you mean `level`?",
                "3:9: unknown key `minutes` in the rule PM4; a family has no parameters"
                " (one of level)",
                "4:11: unknown key `minute` in the rule PM411; did you mean `minutes`?",
            ],
            id="tables of rules",
        ),
        pytest.param(
            "[rules]\nPM602 = 3\nPM4 = []",
            [
                "2:9: expected a level or a table, found 3",
                "3:7: expected a level or a table, found a list",
            ],
            id="neither level nor table",
        ),
        pytest.param(
            "max-level = 'off'\nfail-on = 'off'",
            [
                "1:13: unknown level `off` (one of error, warning, info)",
                "2:11: unknown level `off` (one of error, warning, info)",
            ],
            id="off is the level of a rule only",
        ),
        pytest.param(
            "languages = ['fra']",
            ["1:14: unknown language `fra`; did you mean `fr`? (one of de, es, fr, pt)"],
            id="language",
        ),
        pytest.param(
            "[[overrides]]\nzzz = 1",
            [
                "2:1: unknown key `zzz` in an override (one of files, status, template, select,"
                " extend-select, ignore, rules, max-level)"
            ],
            id="key of an override like no other",
        ),
    ],
)
def test_fault_in_full(tree: Tree, text: str, told: list[str]) -> None:
    other = {
        "base.toml": "ignor = []" if "selct" in text else "",
        "rules/a.toml": 'cod = "ACME001"\nname = "a"\nsummary = "A"\ncheck = "field"\n'
        'code = "ACME001"\nparameters = { names = ["A"] }\n',
        "rules/readme.txt": "no rule",
        "broken/a.toml": "a = ?",
    }
    if "base.toml" not in text:
        del other["base.toml"]
    assert faults(tree, text, **other) == told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("extend = '../x.toml'", "1:10", id="extend"),
        pytest.param("extend = ['../x.toml']", "1:11", id="extend, in a list"),
        pytest.param("baseline = '../x.json'", "1:12", id="baseline"),
        pytest.param("template = '../x.toml'", "1:12", id="template"),
        pytest.param("rules-folder = '../x'", "1:16", id="rules"),
        pytest.param("[[overrides]]\n[[overrides]]\ntemplate = '../x.toml'", "3:12", id="override"),
    ],
)
def test_path_that_leads_out_is_told_with_its_place(tree: Tree, text: str, place: str) -> None:
    (told,) = faults(tree, text)
    assert told.startswith(f"{place}: ")
    assert " leads out of the repository; --config FILE reads it all the same" in told


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("enable", "select"),
        ("disable", "ignore"),
        ("profile", "template"),
        ("standard", "template"),
        ("per-file-ignores", "overrides"),
        ("severity", "rules"),
        ("levels", "rules"),
        ("inherits", "extend"),
        ("extends", "extend"),
        ("timezone", "home-zone"),
        ("fail_on", "fail-on"),
        ("custom-rules", "own-rules"),
        ("lang", "languages"),
        pytest.param("Select", "select", id="in capitals"),
    ],
)
def test_key_of_another_tool_is_answered_with_ours(tree: Tree, slip: str, meant: str) -> None:
    known = configshape.keys()
    assert meant in known
    (told,) = faults(tree, f"{slip} = 1")
    assert told == f"1:1: unknown key `{slip}` in the configuration; did you mean `{meant}`?"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("path", "files"), ("paths", "files"), ("glob", "files"), ("state", "status")],
)
def test_key_of_another_tool_in_an_override(tree: Tree, slip: str, meant: str) -> None:
    (told,) = faults(tree, f"[[overrides]]\n{slip} = 1")
    assert told == f"2:1: unknown key `{slip}` in an override; did you mean `{meant}`?"


@pytest.mark.parametrize("slip", ["inherits", "per-file-ignores"])
def test_key_that_an_override_cannot_have_is_not_offered_there(tree: Tree, slip: str) -> None:
    (told,) = faults(tree, f"[[overrides]]\n{slip} = 1")
    assert told.startswith(f"2:1: unknown key `{slip}` in an override (one of files, ")


@pytest.mark.parametrize("key", ["fail-on", "max-level"])
def test_level_that_a_key_cannot_have_is_not_offered(tree: Tree, key: str) -> None:
    (told,) = faults(tree, f"{key} = 'none'")
    assert told.endswith(": unknown level `none` (one of error, warning, info)")


WRONG_KINDS = {"number": "3.5", "flag": "true", "list": "[[3]]", "table": "{ x = { y = 3 } }"}


def wrong() -> list[object]:
    """Each key with each kind of value that it cannot have."""
    return [
        pytest.param(key, value, id=f"{key} {kind}")
        for key in sorted(configshape.keys())
        for kind, value in WRONG_KINDS.items()
        if not (key in ("force-exclude", "suppress") and kind == "flag")
    ]


@pytest.mark.parametrize(("key", "value"), wrong())
def test_value_of_the_wrong_kind_is_a_fault_of_its_line(tree: Tree, key: str, value: str) -> None:
    for told in faults(tree, f"# ours\n{key} = {value}"):
        assert told.startswith("2:")
        assert "\n" not in told


@pytest.mark.parametrize("value", ["3", "1.5", "true", "2024-06-18", "{ 'base.toml' = 1 }"])
def test_extended_is_a_text_or_a_list(tree: Tree, value: str) -> None:
    (told,) = faults(tree, f"# ours\nextend = {value}", **{"base.toml": "ignore = ['PM602']"})
    assert told.startswith("2:10: expected text or a list, found ")


@pytest.mark.parametrize("path", ["a\\u0000b.toml", "~a\\u0000b/x.toml"], ids=["below", "home"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("extend = {}", "2:10", id="extend"),
        pytest.param("extend = [ {} ]", "2:12", id="extend, one of several"),
        pytest.param("baseline = {}", "2:12", id="baseline"),
        pytest.param("rules-folder = {}", "2:16", id="rules-folder"),
        pytest.param("template = {}", "2:12", id="template"),
        pytest.param("[[overrides]]\ntemplate = {}", "3:12", id="template of an override"),
        pytest.param(
            OWN_RULE + "[[own-rules.examples.bad]]\ntext = 'x'\ntemplate = {}",
            "10:12",
            id="template of an example",
        ),
    ],
)
def test_path_that_no_file_can_have_is_a_fault_of_its_line(
    tree: Tree, text: str, place: str, path: str
) -> None:
    (told,) = faults(tree, "# ours\n" + text.replace("{}", f'"{path}"'))
    assert told == f"{place}: no path can hold the character U+0000"


def test_faults_are_sorted_and_each_is_told_once(tree: Tree) -> None:
    text = "b = 1\na = 1\n[[overrides]]\nfiles = 3\nstatus = 4\n"
    told = faults(tree, text)
    assert [each.split(":")[:2] for each in told] == [
        ["1", "1"],
        ["2", "1"],
        ["4", "9"],
        ["5", "10"],
    ]
    twice = faults(tree, "extend = ['base.toml', 'base.toml']", **{"base.toml": "a = 1"})
    assert len(twice) == 1


def test_line_at_fault_is_handed_over_with_the_width_of_its_words(tree: Tree) -> None:
    with pytest.raises(FaultyFile) as caught:
        load(tree, {"pmlint.toml": "[rules]\nPM602 = 'warn'\n\n[rules.PM4]\nzz = '''\nb'''\n"})
    level, key = caught.value.problems
    assert (level.line, level.column, level.excerpt, level.width) == (2, 9, "PM602 = 'warn'", 6)
    assert (key.line, key.column, key.excerpt, key.width) == (5, 1, "zz = '''", 2)
    assert str(caught.value) == f"{level}\n{key}"


@pytest.mark.parametrize(
    ("text", "excerpt", "width"),
    [
        pytest.param("a = 1\n", "a = 1", 1, id="of one letter"),
        pytest.param("[[own-rules]]\n", "[[own-rules]]", 9, id="key that is missing in a table"),
        pytest.param("# ours\nb = ?\nc = 1\n", "b = ?", 1, id="no TOML"),
        pytest.param("# ours\nb = [1,\n", "", 1, id="end of the text"),
    ],
)
def test_line_and_width_of_a_fault(tree: Tree, text: str, excerpt: str, width: int) -> None:
    with pytest.raises(FaultyFile) as caught:
        load(tree, {"pmlint.toml": text})
    first = caught.value.problems[0]
    assert (first.excerpt, first.width) == (excerpt, width)


def test_width_ends_with_the_line(tree: Tree) -> None:
    with pytest.raises(FaultyFile) as caught:
        load(tree, {"pmlint.toml": "ignore = '''\nPM602\n'''"})
    (problem,) = caught.value.problems
    assert (problem.column, problem.width) == (10, 3)


RULE = (
    'code = "{}"\nname = "{}"\nsummary = "A"\ncheck = "field"\nparameters = {{ names = ["A"] }}\n'
)


def test_rules_of_a_folder_count_with_those_of_the_file(tree: Tree) -> None:
    files = {
        "rules/b.toml": RULE.format("ACME002", "two"),
        "rules/c.toml": RULE.format("ACME003", "one"),
        "rules/d.toml": RULE.format("ACME001", "four"),
        "rules/e.toml": RULE.format("ACME005", "vague-task"),
    }
    text = f"rules-folder = 'rules'\n[[own-rules]]\n{RULE.format('ACME001', 'one')}"
    assert faults(tree, text, **files) == [
        "rules/c.toml:2:8: the name `one` is taken (ACME001)",
        "rules/d.toml:1:8: the code ACME001 is taken (one)",
        "rules/e.toml:2:8: the name `vague-task` is taken (PM602)",
    ]


def test_family_of_own_rules_has_no_parameters(tree: Tree) -> None:
    text = "[rules]\nACME = { names = ['B'] }\nACME001 = { names = ['B'] }\n"
    for number, name in ((1, "one"), (2, "two")):
        text += f"[[own-rules]]\n{RULE.format(f'ACME00{number}', name)}"
    assert faults(tree, text) == [
        "2:10: unknown key `names` in the rule ACME; a family has no parameters (one of level)"
    ]


def test_check_that_a_package_has_not_is_told_where_the_rule_names_it(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownrules, "load_plugin", lambda name: {f"{name}-loud": print})
    text = "plugins = ['acme']\n"
    for number, name in ((1, "one"), (2, "two"), (3, "three")):
        text += f"[[own-rules]]\ncheck = 'acme.acme-lod'\n{RULE.format(f'ACME00{number}', name)}"
    text = text.replace('check = "field"\n', "").replace("acme-lod", "acme-loud", 1)
    assert faults(tree, text) == [
        "9:9: plugin `acme` has no check `acme-lod`; did you mean `acme-loud`?",
        "15:9: plugin `acme` has no check `acme-lod`; did you mean `acme-loud`?",
    ]


def test_pattern_without_its_engine_is_told_where_it_stands(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    text = OWN_RULE.replace('"field"', '"pattern"').replace('names = ["Severity"]', "pattern = 'a'")
    (told,) = faults(tree, text)
    assert told.startswith("6:26: patterns of own rules need RE2, which runs in linear time: ")


TEMPLATE = "summary = 'Ours'\nextends = 'default'\n"
EXAMPLES = """\
[[{0}examples.bad]]
text = "x"
template = "alx"
[[{0}examples.bad]]
text = "y"
[[{0}examples.good]]
text = "z"
template = "{1}ours.toml"
"""


@pytest.mark.parametrize(
    ("beside", "files"),
    [
        pytest.param(
            "", {"pmlint.toml": OWN_RULE + EXAMPLES.format("own-rules.", "")}, id="in the file"
        ),
        pytest.param(
            "rules/forms/",
            {
                "pmlint.toml": "rules-folder = 'rules'",
                "rules/a.toml": OWN_RULE.replace("[[own-rules]]\n", "")
                + EXAMPLES.format("", "forms/"),
            },
            id="in a folder",
        ),
    ],
)
def test_template_of_an_example_is_a_name_or_a_file_named_from_its_rule(
    tree: Tree, beside: str, files: dict[str, str]
) -> None:
    top = tree({})
    ((rule, _),) = load(tree, {**files, f"{beside}ours.toml": TEMPLATE}).own_rules
    assert rule["examples"] == {
        "bad": [{"text": "x", "template": "alx"}, {"text": "y"}],
        "good": [{"text": "z", "template": str(top / f"{beside}ours.toml")}],
    }


def test_own_rules_keep_the_file_they_stand_in(tree: Tree) -> None:
    files = {
        "rules/b.toml": RULE.format("ACME002", "two"),
        # The name says nothing here: no table of a tool is looked for.
        "rules/pyproject.toml": RULE.format("ACME003", "three"),
        "pmlint.toml": "rules-folder = 'rules'\nselect = ['ACME']\nrules = { two = 'error' }",
    }
    settings = load(tree, files)
    assert [(table["code"], file) for table, file in settings.own_rules] == [
        ("ACME002", "rules/b.toml"),
        ("ACME003", "rules/pyproject.toml"),
    ]
    assert settings.levels == {"ACME002": "error"}


@pytest.mark.parametrize(("count", "fault"), [(500, False), (501, True)])
def test_rules_of_a_folder_are_so_many_at_most(tree: Tree, count: int, fault: bool) -> None:
    files = {
        f"rules/{number}.toml": RULE.format(f"ACME{number:03}", f"rule-{number}")
        for number in range(count)
    }
    files["pmlint.toml"] = "rules-folder = 'rules'"
    if fault:
        with pytest.raises(FaultyFile, match="1:16: rules holds more than 500 rules"):
            load(tree, files)
    else:
        assert len(load(tree, files).own_rules) == count


@pytest.mark.parametrize(("count", "fault"), [(20, False), (21, True)])
def test_files_extend_each_other_so_often_at_most(tree: Tree, count: int, fault: bool) -> None:
    files = {f"c{number}.toml": f"extend = 'c{number + 1}.toml'" for number in range(1, count)}
    files |= {"pmlint.toml": "extend = 'c1.toml'", f"c{count - 1}.toml": "ignore = ['PM602']"}
    if fault:
        with pytest.raises(FaultyFile, match=r"c20\.toml: more than 20 files extend each other"):
            load(tree, files)
    else:
        assert load(tree, files).ignore == ("PM602",)


def test_chain_of_files_that_extend_each_other_begins_where_it_closes(tree: Tree) -> None:
    files = {"a.toml": "extend = 'b.toml'", "b.toml": "extend = 'a.toml'"}
    (told,) = faults(tree, "extend = 'a.toml'", **files)
    assert told == "b.toml:1:10: a.toml: extends itself: a.toml → b.toml → a.toml"


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        pytest.param("a*b*c*", False, id="as many stars as may be"),
        pytest.param("a*b*c*d*", True, id="one more"),
        pytest.param("a*b*/c*d*", False, id="in two names"),
        pytest.param("**/**/**/x", False, id="as many double stars as may be"),
        pytest.param("**/**/**/**/x", True, id="one more of those"),
        pytest.param("**/*a*/**", False, id="both"),
    ],
)
def test_stars_of_a_pattern_are_counted(tree: Tree, pattern: str, fault: bool) -> None:
    files = {"pmlint.toml": f"exclude = ['{pattern}']"}
    if fault:
        with pytest.raises(FaultyFile, match="more than 3"):
            load(tree, files)
    else:
        assert load(tree, files).exclude == (pattern,)


# Reading


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"#" * 1_000_001, "c.toml: is larger than 1,000,000 bytes", id="too large"),
        pytest.param(b"#" * 1_000_000, "", id="as large as may be"),
        pytest.param(b"# \xff", "c.toml: is not UTF-8", id="no UTF-8"),
        pytest.param(b"\xef\xbb\xbfignore = []\r\n", "", id="with mark and Windows lines"),
        pytest.param(b"a = " + b"[" * 50_000, "c.toml: nested too deeply", id="deep"),
    ],
)
def test_bytes_of_a_file_become_settings_or_one_line(tree: Tree, data: bytes, told: str) -> None:
    top = tree(REPOSITORY)
    (top / "c.toml").write_bytes(data)
    if told:
        with pytest.raises(ConfigError) as caught:
            configfile.load(str(top / "c.toml"))
        assert str(caught.value) == told
    else:
        configfile.load(str(top / "c.toml"))


def test_lines_of_windows_are_counted_as_lines(tree: Tree) -> None:
    assert faults(tree, "ignore = [\r\n  'PM402',\r\n  'PM4O2',\r\n]\r\n") == [
        "3:3: no rule `PM4O2`; did you mean PM402 (timeline-order)?"
    ]


@posix
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param("pipe", "c.toml: is no regular file", id="pipe"),
        pytest.param("folder", "c.toml: cannot be read: is a directory", id="folder"),
        pytest.param(
            "loop", "c.toml: cannot be read: too many levels of symbolic links", id="loop"
        ),
        pytest.param("none", "c.toml: there is no such file; did you mean `d.toml`?", id="none"),
    ],
)
def test_what_is_no_file_is_told_in_one_line(tree: Tree, kind: str, told: str) -> None:
    path = tree({**REPOSITORY, "d.toml": ""}) / "c.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path)
    with pytest.raises(ConfigError) as caught:
        layers.read(str(path))
    assert str(caught.value) == told


def test_nearest_name_is_looked_for_in_the_working_folder_too(tree: Tree) -> None:
    tree({"our.toml": ""})
    with pytest.raises(ConfigError) as caught:
        layers.read("ou.toml")
    assert str(caught.value) == "ou.toml: there is no such file; did you mean `our.toml`?"


def test_name_that_no_file_can_have_is_told_in_one_line() -> None:
    with pytest.raises(ConfigError, match="cannot be read: embedded null byte"):
        layers.read("a\0b.toml")


def test_missing_file_in_a_missing_folder_is_told(tree: Tree) -> None:
    tree({})
    with pytest.raises(ConfigError) as caught:
        layers.read("no/c.toml")
    assert str(caught.value) == os.path.join("no", "c.toml") + ": there is no such file"


def test_path_is_told_from_the_working_folder_where_it_is_below(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"in/x": ""})
    assert discovery.shown(str(top / "in" / "c.toml")) == os.path.join("in", "c.toml")
    monkeypatch.chdir(top / "in")
    assert discovery.shown(str(top / "c.toml")) == str(top / "c.toml")


def test_path_on_another_drive_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert discovery.shown("C:/a/pmlint.toml") == "C:/a/pmlint.toml"


@posix
@pytest.mark.parametrize("name", ["c.toml", "rules/a.toml"], ids=["configuration", "rule"])
def test_file_that_is_a_link_out_is_refused_unless_it_was_named(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text = RULE.format("ACME001", "one") if "rules" in name else ""
    top = tree({"repo/.git/HEAD": "", "repo/rules/x": "", "repo/p.toml": "rules-folder = 'rules'"})
    (top / "out.toml").write_text(text)
    (top / "repo" / name).symlink_to(top / "out.toml")
    monkeypatch.chdir(top / "repo")
    first = "c.toml" if name == "c.toml" else "p.toml"
    with pytest.raises(ConfigError, match=f"{name} leads out of the repository; --config FILE"):
        configfile.load(str(top / "repo" / first))
    if first == name:
        configfile.load(str(top / "repo" / first), trusted=True)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        pytest.param("[tool.pmlint]\nignore = ['PM602']", True, id="table"),
        pytest.param("[ tool . 'pmlint' ]\nignore = ['PM602']", True, id="quoted and spaced"),
        pytest.param("[tool]\npmlint = { ignore = ['PM602'] }", True, id="inline"),
        pytest.param(
            "[tool]\nx = 1\npmlint = { ignore = ['PM602'] }", True, id="inline, behind another"
        ),
        pytest.param("tool.pmlint.ignore = ['PM602']", True, id="dotted"),
        pytest.param("tool.x = 1\ntool.pmlint.ignore = ['PM602']", True, id="dotted, the second"),
        pytest.param(
            "tool = { x = 1, pmlint = { ignore = ['PM602'] } }", True, id="inline, all of it"
        ),
        pytest.param(
            "[ 'tool' ]\nx = 1\npmlint = { ignore = ['PM602'] }", True, id="inline, quoted"
        ),
        pytest.param("[project]\ndependencies = ['pmlint']", False, id="dependency"),
        pytest.param("[tool]\nx = 'pmlint'", False, id="in a value"),
        pytest.param("[tool.pmlint-extra]\nx = 1", False, id="table of another"),
        pytest.param("[tool.other]\nx = 1", False, id="nothing of ours"),
        pytest.param("# [tool.pmlint]", False, id="comment"),
        pytest.param("tool = 'pmlint'", False, id="tool is a word"),
    ],
)
def test_pyproject_counts_where_it_has_our_table(tree: Tree, text: str, table: bool) -> None:
    top = tree({**REPOSITORY, "pyproject.toml": text})
    file = config.in_folder(str(top))
    assert file == (str(top / "pyproject.toml") if table else "")
    if table:
        assert configfile.load(file).ignore == ("PM602",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[tool.pmlint]\n?", id="no TOML"),
        pytest.param("[tool]\npmlint = 3", id="no table"),
        pytest.param("pmlint" + "#" * 1_000_000, id="too large to look through"),
    ],
)
def test_pyproject_that_cannot_be_read_to_its_end_is_an_error_not_passed_by(
    tree: Tree, text: str
) -> None:
    top = tree({**REPOSITORY, "pyproject.toml": text})
    file = config.in_folder(str(top))
    assert file
    with pytest.raises(
        ConfigError, match=r"pyproject\.toml:(2:1: not valid| tool\.pmlint is no table$| is larger)"
    ):
        configfile.load(file)


def test_places_in_pyproject_are_those_of_the_whole_file(tree: Tree) -> None:
    text = "[project]\nname = 'x'\nselect = 1\n[tool.pmlint]\n{}[tool.pmlint.rules]\n"
    files = {"pyproject.toml": text.format("selct = []\nselect = 3\n") + "PM602 = 'warn'\n"}
    with pytest.raises(FaultyFile) as caught:
        load(tree, files, "pyproject.toml")
    assert [(each.file, each.line, each.column) for each in caught.value.problems] == [
        ("pyproject.toml", 5, 1),
        ("pyproject.toml", 6, 10),
        ("pyproject.toml", 8, 9),
    ]
    files = {"pyproject.toml": text.format("ignore = []\n") + "PM602 = 'info'\n"}
    assert load(tree, files, "pyproject.toml").origins == {
        "ignore": "pyproject.toml:5",
        "rules.PM602": "pyproject.toml:7",
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[tool.pmlint]", id="table"),
        pytest.param("[tool]\npmlint = {}", id="inline"),
        pytest.param("tool = { pmlint = {} }", id="inline, all of it"),
    ],
)
def test_empty_table_counts_like_an_empty_file(tree: Tree, text: str) -> None:
    top = tree({**REPOSITORY, "pmlint.toml": "ignore = ['PM602']", "a/pyproject.toml": text})
    file = Finder().file("a/x.md")
    assert file == str(top / "a" / "pyproject.toml")
    assert configfile.load(file).ignore == ()


@posix
@pytest.mark.parametrize("name", ["pmlint.toml", "pyproject.toml"])
@pytest.mark.parametrize(
    ("target", "reason"),
    [
        pytest.param("nowhere.toml", "there is no such file", id="to nothing"),
        pytest.param("", "cannot be read: too many levels of symbolic links", id="to itself"),
        pytest.param("pmlint.md/x", "cannot be read: not a directory", id="through a file"),
    ],
)
def test_link_that_leads_to_no_file_is_an_error_not_passed_by(
    tree: Tree, name: str, target: str, reason: str
) -> None:
    top = tree({**REPOSITORY, "pmlint.md": ""})
    (top / name).symlink_to(target or name)
    with pytest.raises(ConfigError, match=f"^{re.escape(name)}: {reason}"):
        Finder().settings("x.md")


@pytest.mark.parametrize("name", ["pmlint.toml", "pyproject.toml"])
def test_file_that_may_not_be_read_is_an_error_not_passed_by(
    tree: Tree, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree({**REPOSITORY, name: "[project]\nname = 'x'"})

    def refuse(*_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(config, "open", refuse, raising=False)
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ConfigError, match=rf"^{name}: cannot be read: permission denied$"):
        Finder().settings("x.md")


def test_folder_called_pyproject_is_no_configuration(tree: Tree) -> None:
    top = tree({**REPOSITORY, "pyproject.toml/x.md": ""})
    assert config.in_folder(str(top)) == ""


@pytest.mark.parametrize(
    ("text", "place", "head"),
    [
        pytest.param("[tool.pmlint]\nignore = []", "1:2", "tool.pmlint", id="table of a tool"),
        pytest.param("[pmlint]\nignore = []", "1:2", "pmlint", id="table of ours"),
        pytest.param("pmlint = { ignore = [] }", "1:1", "pmlint", id="inline"),
    ],
)
def test_own_table_of_another_file_than_pyproject_is_the_whole(
    tree: Tree, text: str, place: str, head: str
) -> None:
    (told,) = faults(tree, text)
    assert told == f"{place}: leave out `[{head}]`: in pmlint.toml keys need no heading"


def test_template_is_the_whole_file_whatever_its_name(tree: Tree) -> None:
    tree({"pyproject.toml": "[tool.pmlint]\nx = 1"})
    assert layers.checked("pyproject.toml", Anything()) == {"tool": {"pmlint": {"x": 1}}}


def test_table_of_another_shape_is_told_with_its_place(tree: Tree) -> None:
    tree({"ours.toml": "x = 1\nname = 3\n"})
    with pytest.raises(FaultyFile) as caught:
        layers.checked("ours.toml", Table("it", {"name": Key(Text(), "")}))
    assert str(caught.value) == (
        "ours.toml:1:1: unknown key `x` in it (one of name)\nours.toml:2:8: expected text, found 3"
    )


# Which file


def test_first_of_the_names_in_a_folder_is_taken(tree: Tree) -> None:
    top = tree(
        {"pyproject.toml": "[tool.pmlint]\nignore = []", "pmlint.toml": "", ".pmlint.toml": ""}
    )
    for name in (".pmlint.toml", "pmlint.toml", "pyproject.toml"):
        assert config.in_folder(str(top)) == str(top / name)
        (top / name).unlink()
    assert config.in_folder(str(top)) == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("a/b/x.md", "a/pmlint.toml", id="above"),
        pytest.param("a/c/x.md", "a/c/pmlint.toml", id="beside"),
        pytest.param("a/repo/x.md", "", id="not above the top of a repository"),
        pytest.param("a/repo/b/x.md", "", id="nor from a folder of it"),
        pytest.param("x.md", "pmlint.toml", id="working folder"),
        pytest.param("-", "pmlint.toml", id="standard input"),
    ],
)
@pytest.mark.parametrize("warm", [False, True], ids=["first", "after others"])
def test_file_is_found_upwards(tree: Tree, path: str, expected: str, warm: bool) -> None:
    names = ("pmlint.toml", "a/pmlint.toml", "a/c/pmlint.toml", "a/repo/.git/HEAD")
    top = tree(dict.fromkeys((*names, "a/b/x.md", "a/repo/b/x.md"), ""))
    finder = Finder()
    if warm:
        for each in ("a/b/x.md", "a/c/x.md", "a/repo/b/x.md", "x.md"):
            finder.file(each)
    assert finder.file(path) == (str(top / expected) if expected else "")


def test_folders_are_looked_at_once(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree({"pmlint.toml": "ignore = ['PM602']", "a/b/x.md": "", "a/y.md": ""})
    looked: list[str] = []
    real = config.in_folder

    def noted(folder: str) -> str:
        looked.append(folder)
        return real(folder)

    monkeypatch.setattr(config, "in_folder", noted)
    finder = Finder()
    first = finder.settings("a/b/x.md")
    assert finder.settings("a/y.md") is first
    assert finder.settings("a/b/z.md") is first
    assert len(looked) == len(set(looked)) == 3


def test_given_file_holds_for_every_document_and_may_stand_anywhere(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tree({"ours/c.toml": "ignore = ['PM602']", "repo/.git/HEAD": "", "repo/pmlint.toml": ""})
    (top / "link.toml").symlink_to("ours/c.toml")
    monkeypatch.chdir(top / "repo")
    for given in ("../ours/c.toml", "../link.toml"):
        finder = Finder(given)
        assert finder.file("x.md") == given
        assert finder.settings("x.md").ignore == ("PM602",)
        # What it extends or names counts from where it really stands.
        assert finder.settings("x.md").root == str(top / "ours")
    assert Finder("c.toml", isolated=True).settings("x.md") == Settings()


# Selectors


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        pytest.param("PM402", ("PM402",), id="code"),
        pytest.param("pm402", ("PM402",), id="code in small letters"),
        pytest.param("timeline-order", ("PM402",), id="name"),
        pytest.param("Timeline-Order", ("PM402",), id="name in capitals"),
        pytest.param("PM4", ("PM401", "PM402", "PM411"), id="family"),
        pytest.param("pm", ("PM401", "PM402", "PM411", "PM602"), id="all of a letter code"),
        pytest.param("PM41", (), id="between family and code"),
        pytest.param("PM5", (), id="family of none"),
        pytest.param("timeline", (), id="part of a name"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_selector_means_these_rules(selector: str, codes: tuple[str, ...]) -> None:
    assert config.selected(selector, NAMES) == codes
    if codes:
        assert config.codes([selector], NAMES, "--select") == frozenset(codes)


@pytest.mark.parametrize(
    ("selector", "told"),
    [
        pytest.param("PM4O2", "; did you mean PM402 (timeline-order)?", id="letter for a digit"),
        pytest.param(
            "PM40",
            "; did you mean PM4 (all of that family) or PM401 (missing-timeline)?",
            id="between family and code",
        ),
        pytest.param("timeline-ordr", "; did you mean `timeline-order` (PM402)?", id="name"),
        pytest.param("vague", "; did you mean `vague-task` (PM602)?", id="part of a name"),
        pytest.param(
            "qqq",
            "; rules are named by code (PM402), name (timeline-order) or family (PM4)",
            id="like no other",
        ),
        pytest.param(
            "",
            "; rules are named by code (PM402), name (timeline-order) or family (PM4)",
            id="nothing",
        ),
    ],
)
def test_selector_of_no_rule_is_answered_with_the_nearest(selector: str, told: str) -> None:
    assert config.no_rule(selector, NAMES) == f"no rule `{selector}`{told}"
    with pytest.raises(ConfigError) as caught:
        config.codes(["PM402", selector], NAMES, "--ignore")
    assert str(caught.value) == f"--ignore: no rule `{selector}`{told}"


def test_template_of_the_command_line_is_a_known_name() -> None:
    assert config.template("alx", {"gitlab", "alx"}) == "alx"
    with pytest.raises(ConfigError) as caught:
        config.template("gitlb", {"gitlab", "alx"})
    assert str(caught.value) == (
        "--template: no template `gitlb`; did you mean `gitlab`? All templates: alx, gitlab"
    )
    with pytest.raises(ConfigError) as caught:
        config.template("zzz", {"gitlab", "alx"}, "template")
    assert str(caught.value) == "template: no template `zzz`. All templates: alx, gitlab"


# What editors are told


def test_schema_describes_what_is_checked() -> None:
    schema = configshape.schema()
    defined = schema["$defs"]
    assert isinstance(defined, dict)
    rules = {rule.code: rule for rule in rulebook.rules()}
    assert set(defined) == {"selectors", "rules", *rules}
    minutes = defined["PM411"]["anyOf"][1]["properties"]
    assert minutes["minutes"] == {
        "description": f"instead of {rules['PM411'].parameters['minutes']}",
        "type": "integer",
        "minimum": 0,
    }
    for code, name, told in (
        ("PM902", "require-reason", "false"),
        ("PM201", "example", rules["PM201"].parameters["example"]),
    ):
        properties = defined[code]["anyOf"][1]["properties"]
        assert properties[name]["description"] == f"instead of {told}"
    values = defined["PM611"]["anyOf"][1]["properties"]
    held = len(rules["PM611"].parameters["values"])
    assert values["values"]["description"] == f"instead of pmlint's own ({held})"
    assert values["extend-values"]["description"] == "beside what `values` holds"
    assert values["level"] == {
        "description": "error, warning, info or off",
        "type": "string",
        "enum": ["error", "warning", "info", "off"],
    }
    assert defined["rules"]["properties"]["vague-task"] == {"$ref": "#/$defs/PM602"}
    assert {"vague-task", "PM602"} <= set(defined["selectors"]["items"]["anyOf"][0]["enum"])


MEANINGS = {
    "extend": "a configuration file, or several, to build on",
    "template": "required parts and rules: a name, or the path of a file",
    "languages": "headings in other languages",
    "select": "only these rules: codes, names, families",
    "extend-select": "these rules beside those that are on",
    "ignore": "all but these rules; stronger than select",
    "rules": "levels and parameters by rule",
    "max-level": "no finding is higher than this",
    "fail-on": "the lowest level that fails a run",
    "overrides": "settings for some documents",
    "include": "of the files found in folders, only these",
    "exclude": "files found in folders that are left out",
    "force-exclude": "leave out files that are named as well",
    "home-zone": "the team's zone, such as Europe/Berlin",
    "zones": "what abbreviations mean to the team: IST = Asia/Kolkata",
    "own-rules": "the team's own rules",
    "rules-folder": "a folder with one TOML file for each own rule",
    "plugins": "installed packages that bring checks",
    "baseline": "a file with findings that are known and not reported",
    "suppress": "false: comments in documents switch nothing off",
    "size-limit": "bytes beyond which a file is not read",
    "time-limit": "seconds that one document may take; 0 for no limit",
}


def test_keys_are_told_with_these_words() -> None:
    assert configshape.keys() == MEANINGS
    override = configshape.schema()["properties"]
    assert isinstance(override, dict)
    told = override["overrides"]["items"]["properties"]
    assert {name: key["description"] for name, key in told.items()} == {
        **{name: MEANINGS[name] for name in told if name in MEANINGS},
        "files": "for these documents: patterns as in .gitignore",
        "status": "for documents with this status: draft, final, …",
        "template": "required parts and rules",
    }


def test_default_configuration_is_written_down_in_the_documentation() -> None:
    page = (ROOT / "docs" / "configure.md").read_text("utf-8")
    settings = Settings()
    assert f"| `size-limit` | {settings.size_limit:,} |" in page
    assert f"| `time-limit` | {settings.time_limit} |" in page
