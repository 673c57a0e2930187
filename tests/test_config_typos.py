"""Every word that configuration, options and comments may hold, misspelled in each place.

Each is an error that names the file, the line and the nearest right word.
"""

from __future__ import annotations

import pytest
from conftest import ROOT, Run, Tree

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")

OWN = """
[[own-rules]]
code = "ACME001"
name = "severity-given"
check = "field"
summary = "The severity is given"
parameters = { names = ["Severity"] }
"""

TEMPLATE = """
summary = "Ours"
extends = "default"
"""


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        pytest.param('templat = "alx"', 1, "unknown key `templat`", id="key"),
        pytest.param('templat = "alx"', 1, "did you mean `template`?", id="key, suggested"),
        pytest.param('templat = "alx"', 1, "in the configuration;", id="whatever the file"),
        pytest.param("disable = []", 1, "did you mean `ignore`?", id="key of another tool"),
        pytest.param("Fail-On = 'error'", 1, "did you mean `fail-on`?", id="key in capitals"),
        pytest.param('template = "alxx"', 1, "did you mean `alx`?", id="template"),
        pytest.param('template = "google"', 1, "All templates: alx", id="template like no other"),
        pytest.param('select = ["PM4O2"]', 1, "did you mean PM402 (timeline-order)?", id="select"),
        pytest.param(
            'ignore = ["timeline-ordr"]', 1, "did you mean `timeline-order` (PM402)?", id="ignore"
        ),
        pytest.param(
            'extend-select = ["PM413", "PM999"]', 1, "no rule `PM999`", id="extend-select"
        ),
        pytest.param(
            'ignore = ["PM40"]', 1, "did you mean PM4 (all of that family)", id="no family"
        ),
        pytest.param(
            "[rules]\nvague-tsk = 'off'", 2, "did you mean `vague-task`", id="rule's name"
        ),
        pytest.param("[rules]\nPM6O2 = 'off'", 2, "did you mean PM602", id="rule's code"),
        pytest.param("[rules]\nPM602 = 'warn'", 2, "did you mean `warning`?", id="level"),
        pytest.param("[rules]\nPM6 = 'eror'", 2, "did you mean `error`?", id="level of a family"),
        pytest.param(
            "[rules.PM602]\nlevel = 'information'", 2, "did you mean `info`?", id="level in a table"
        ),
        pytest.param(
            "[rules.PM411]\nminuts = 3", 2, "unknown key `minuts` in the rule PM411", id="parameter"
        ),
        pytest.param("[rules.PM411]\nminutes = '3'", 2, "expected a number", id="parameter's kind"),
        pytest.param(
            "[rules.PM611]\nextend-value = ['x']", 2, "did you mean `extend-values`?", id="extended"
        ),
        pytest.param("[rules.PM4]\nminutes = 3", 2, "a family has no parameters", id="family's"),
        pytest.param("max-level = 'warnings'", 1, "did you mean `warning`?", id="max-level"),
        pytest.param("fail-on = 'errors'", 1, "did you mean `error`?", id="fail-on"),
        pytest.param("languages = ['fra']", 1, "did you mean `fr`?", id="language"),
        pytest.param("home-zone = 'Nairobi'", 1, "did you mean `Africa/Nairobi`?", id="city"),
        pytest.param("home-zone = 'Europe/Berln'", 1, "did you mean `Europe/Berlin`?", id="zone"),
        pytest.param("[zones]\nIST = 'Asia/Kolkatta'", 2, "`Asia/Kolkata`?", id="zone by name"),
        pytest.param("suppress = 'no'", 1, 'expected true or false, found "no"', id="flag"),
        pytest.param("ignore = 'PM402'", 1, 'write ["PM402"]', id="list"),
        pytest.param("size-limit = -1", 1, "0 or more", id="number"),
        pytest.param("overrides = 'x'", 1, "expected a list", id="list of tables"),
        pytest.param(
            "[[overrides]]\nfile = ['a']", 2, "did you mean `files`?", id="key of an override"
        ),
        pytest.param(
            "[[overrides]]\nfiles = ['a']\ntemplate = 'gitlb'", 3, "`gitlab`?", id="its template"
        ),
        pytest.param("[[overrides]]\n[overrides.rules]\nPM6O2 = 'off'", 3, "PM602", id="its rule"),
        pytest.param(
            "[[overrides]]\nstatus = ['draft']\ntemplate = 'alx'", 3, "`files`", id="by status"
        ),
        pytest.param("plugins = ['acme']", 1, "no installed package brings", id="plugin"),
        pytest.param("extend = 'bse.toml'", 1, "did you mean `base.toml`?", id="extended file"),
        pytest.param("template = 'our.toml'", 1, "our.toml: there is no such file", id="file"),
        pytest.param("rules-folder = 'ruls'", 1, "cannot be read", id="rules folder"),
        pytest.param("template = ", 1, "not valid TOML", id="syntax"),
        pytest.param("template = alx", 1, "a text stands in quotes", id="no quotes"),
        pytest.param(OWN.replace("code", "kode"), 2, "did you mean `code`?", id="own rule's key"),
        pytest.param(OWN.replace('"field"', '"feild"'), 5, "did you mean `field`?", id="its check"),
        pytest.param(OWN.replace("ACME001", "PM999"), 3, "codes that begin with PM", id="its code"),
        pytest.param(OWN.replace("ACME001", "Acme-1"), 3, "for example `ACME001`", id="no code"),
        pytest.param(
            OWN.replace("severity-given", "Severity given"), 4, "`severity-given`?", id="its name"
        ),
        pytest.param(
            OWN.replace("severity-given", "vague-task"), 4, "is taken (PM602)", id="taken"
        ),
        pytest.param(OWN.replace("names", "name"), 7, "did you mean `names`?", id="its parameter"),
        pytest.param(OWN + "level = 'warn'", 8, "did you mean `warning`?", id="its level"),
        pytest.param(OWN + "message = '{vale}'", 8, "did you mean `value`?", id="its slot"),
        pytest.param(OWN.replace('"field"', '"acme.x"'), 5, "does not list `acme`", id="no plugin"),
    ],
)
@pytest.mark.parametrize("home", ["pmlint.toml", "pyproject.toml"])
def test_slip_in_the_configuration_stops_the_run_and_names_place_and_word(
    run: Run, tree: Tree, text: str, line: int, told: str, home: str
) -> None:
    if home == "pyproject.toml":
        text = "[tool.pmlint]\n" + text.replace("[[o", "[[tool.pmlint.o").replace(
            "[rules", "[tool.pmlint.rules"
        ).replace("[zones", "[tool.pmlint.zones").replace("[overrides", "[tool.pmlint.overrides")
        line += 1
    tree({"a.md": GOOD, home: text, "base.toml": ""})
    result = run("check", "a.md")
    assert result.code == 2
    assert result.out == ""
    (first, *_) = [row for row in result.err.splitlines() if row.startswith("error:")]
    assert f"{home}:{line}:" in first
    assert any(told in row for row in result.err.splitlines())


@pytest.mark.parametrize("head", ["tool.pmlint", "pmlint"])
def test_a_heading_in_a_file_of_its_own_is_told(run: Run, tree: Tree, head: str) -> None:
    tree({"a.md": GOOD, "pmlint.toml": f"[{head}]\ntemplate = 'alx'\n"})
    result = run("a.md")
    assert result.code == 2
    told = f"pmlint.toml:1:2: leave out `[{head}]`: in pmlint.toml keys need no heading\n"
    assert result.err.startswith(f"error: {told}")


def test_all_slips_are_told_at_once_in_their_order(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD, "pmlint.toml": "templat = 'x'\nselect = ['PM4O2']\nfail_on = 'error'\n"})
    err = run("a.md").err.splitlines()
    errors = [row for row in err if row.startswith("error:")]
    assert [row.split(":")[2] for row in errors] == ["1", "2", "3"]
    assert err[-1].startswith("nothing was checked")


def test_line_at_fault_is_shown_with_its_words_marked(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD, "pmlint.toml": "# ours\nignore = ['PM402', 'PM4O2']\n"})
    assert run("a.md").err.splitlines()[1:3] == [
        "2 | ignore = ['PM402', 'PM4O2']",
        "  |                    ^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        pytest.param(TEMPLATE + "requird = []", 4, "did you mean `required`?", id="key"),
        pytest.param(
            TEMPLATE.replace("default", "defalt"), 3, "did you mean `default`?", id="base"
        ),
        pytest.param(TEMPLATE + "required = ['timelne']", 4, "did you mean `timeline`?", id="role"),
        pytest.param(
            TEMPLATE + "[[sections]]\nheading = 'A'\nrole = ['tasks']", 6, "`roles`?", id="section"
        ),
        pytest.param(
            TEMPLATE + "[[sections]]\nheading = 'A'\nroles = ['task']", 6, "`tasks`?", id="its role"
        ),
        pytest.param(
            TEMPLATE + "[[sections]]\nid = 'a'", 4, "needs the key `heading`", id="heading"
        ),
        pytest.param(TEMPLATE + "[[fields]]\nlable = 'A'", 5, "did you mean `label`?", id="field"),
        pytest.param(TEMPLATE + "[levels]\nPM6O2 = 'error'", 5, "did you mean PM602", id="code"),
        pytest.param(TEMPLATE + "[levels]\nPM602 = 'err'", 5, "did you mean `error`?", id="level"),
        pytest.param(
            TEMPLATE + "[parameters.PM108]\nminimun = 1", 5, "did you mean `minimum`?", id="param"
        ),
        pytest.param(
            TEMPLATE + "[parts.timelin]\nnames = ['x']", 4, "did you mean `timeline`?", id="part"
        ),
        pytest.param(
            TEMPLATE + "[parts.timeline]\npatterns = ['(a+)+$']",
            5,
            "unknown key `patterns`",
            id="no pattern of a repository runs in Python's engine",
        ),
    ],
)
def test_slip_in_a_teams_template_names_place_and_word(
    run: Run, tree: Tree, text: str, line: int, told: str
) -> None:
    tree({"a.md": GOOD, "our.toml": text})
    result = run("--template", "our.toml", "a.md")
    assert (result.code, result.out) == (2, "")
    assert f"our.toml:{line}:" in result.err
    assert told in result.err


@pytest.mark.parametrize(
    ("comment", "told", "help_"),
    [
        pytest.param("ignore PM4O2", 'no rule is called "PM4O2"', "PM402", id="code"),
        pytest.param("ignore vague-tsk", "no rule is called", "`vague-task`", id="name"),
        pytest.param("ignore PM40", 'no rule is called "PM40"', "PM4 ", id="no family"),
        pytest.param("ignor PM402", '"ignor" is no word', "write `ignore`", id="word"),
        pytest.param("disable PM402", '"disable" is no word', "write `ignore`", id="other tool's"),
        pytest.param("ignore-fil PM402", "is no word", "`ignore-file`", id="word with hyphen"),
        pytest.param("ignore", "this comment names no rule", "PM402 (reason)", id="no rule"),
        pytest.param("ignore-end PM402", "nothing was begun", "ignore-start", id="no start"),
        pytest.param("ignore-start PM402", "has no end", "ignore-end", id="no end"),
    ],
)
def test_slip_in_a_comment_is_an_error_with_the_right_word(
    run: Run, tree: Tree, comment: str, told: str, help_: str
) -> None:
    tree({"a.md": GOOD + f"\n<!-- pmlint: {comment} -->\n\nEnd.\n"})
    found = run("--format", "json", "--ignore", "PM901", "a.md").json
    assert [finding["code"] for finding in found] == ["PM902"]
    assert told in found[0]["message"]
    assert help_ in found[0]["help"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["--baselin", "x", "a.md"], "`--baseline`"),
        (["--update-baselin", "a.md"], "`--update-baseline`"),
        (["--diff-bas", "x", "a.md"], "`--diff-base`"),
        (["--no-supress", "a.md"], "`--no-suppress`"),
        (["--confg", "x", "a.md"], "`--config`"),
        (["--config", "pmlnt.toml", "a.md"], "`pmlint.toml`"),
        (["new", "x", "--template", "gitlb"], "`gitlab`"),
        (["templates", "gitlb"], "`gitlab`"),
        (["init", "--yes", "--template", "gitlb"], "`gitlab`"),
        (["init", "--yes", "--ci", "githb"], "`github`"),
        (["--format", "checklst", "a.md"], "`checklist`"),
        (["confg"], "`pmlint config`"),
        (["templats"], "`pmlint templates`"),
        (["--changed-lines", "a.md"], "--diff-base"),
        (["--update-baseline", "a.md"], "--baseline FILE"),
        (["--update-baseline", "--baseline", "b", "--diff-base", "x", "a.md"], "together"),
        (["--baseline", "none.json", "a.md"], "--update-baseline writes it"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_slip_in_a_call_is_answered_with_the_right_word(
    run: Run, tree: Tree, call: list[str], told: str
) -> None:
    tree({"a.md": GOOD, "pmlint.toml": ""})
    result = run(*call)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
