"""Where settings come from, which wins, and what they do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree
from processes import called

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
VAGUE = GOOD + "- [ ] Improve monitoring\n"


def codes(run: Run, *call: str | Path) -> dict[str, set[str]]:
    """The codes found, by path."""
    found: dict[str, set[str]] = {}
    for finding in run("--format", "json", *call).json:
        found.setdefault(finding["path"], set()).add(finding["code"])
    return found


def levels(run: Run, *call: str) -> dict[str, str]:
    return {each["code"]: each["level"] for each in run("--format", "json", *call).json}


# Which file


@pytest.mark.parametrize("name", ["pmlint.toml", ".pmlint.toml", "pyproject.toml"])
def test_configuration_is_found_upwards_from_each_file(run: Run, tree: Tree, name: str) -> None:
    head = "[tool.pmlint]\n" if name == "pyproject.toml" else ""
    tree({"a/b/x.md": VAGUE, "y.md": VAGUE, f"a/{name}": head + 'ignore = ["PM602"]\n'})
    assert codes(run, "a/b/x.md", "y.md") == {"y.md": {"PM602"}}


def test_nearest_file_wins_and_the_others_are_not_read(run: Run, tree: Tree) -> None:
    tree({"a/x.md": VAGUE, "pmlint.toml": "ignore = ['PM602']", "a/pmlint.toml": ""})
    assert codes(run, "a/x.md") == {"a/x.md": {"PM602"}}


def test_search_ends_at_the_top_of_the_repository(run: Run, tree: Tree) -> None:
    tree({"repo/x.md": VAGUE, "repo/.git/HEAD": "", "pmlint.toml": "ignore = ['PM602']"})
    assert codes(run, "repo/x.md") == {"repo/x.md": {"PM602"}}


def test_pyproject_without_our_table_is_passed_by(run: Run, tree: Tree) -> None:
    tree(
        {
            "a/x.md": VAGUE,
            "a/pyproject.toml": "[project]\nname='pmlint-x'\n",
            "pmlint.toml": "ignore = ['PM602']",
        }
    )
    assert codes(run, "a/x.md") == {}


@pytest.mark.parametrize(
    ("call", "found"),
    [
        pytest.param((), False, id="found"),
        pytest.param(("--isolated",), True, id="isolated"),
        pytest.param(("--config", "other/c.toml"), True, id="another on the command line"),
    ],
)
def test_command_line_decides_which_file_is_read(
    run: Run, tree: Tree, call: tuple[str, ...], found: bool
) -> None:
    tree({"x.md": VAGUE, "pmlint.toml": "ignore = ['PM602']", "other/c.toml": ""})
    assert bool(codes(run, *call, "x.md")) is found


def test_standard_input_has_the_configuration_of_the_working_folder(run: Run, tree: Tree) -> None:
    tree({"pmlint.toml": "ignore = ['PM602']"})
    assert run("--format", "json", "-", stdin=VAGUE.encode()).json == []


def test_extended_file_is_the_base_and_lists_of_it_are_replaced(run: Run, tree: Tree) -> None:
    tree(
        {
            "x.md": FAULTY,
            "base.toml": "select = ['PM602']\n[rules]\nPM602 = 'error'\nPM402 = 'off'\n",
            "pmlint.toml": "extend = 'base.toml'\nselect = ['PM602', 'PM203']\n",
        }
    )
    assert levels(run, "x.md") == {"PM602": "error", "PM203": "error"}


def test_file_that_extends_itself_is_an_error_with_the_chain(run: Run, tree: Tree) -> None:
    tree({"x.md": GOOD, "pmlint.toml": "extend='a.toml'", "a.toml": "extend='pmlint.toml'"})
    result = run("x.md")
    assert result.code == 2
    assert "pmlint.toml → a.toml → pmlint.toml" in result.err


# What it does


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[rules]\nPM602 = 'error'", {"PM602": "error"}, id="level"),
        pytest.param("[rules]\nvague-task = 'info'", {"PM602": "info"}, id="level by name"),
        pytest.param("[rules]\nPM6 = 'info'", {"PM602": "info"}, id="level of a family"),
        pytest.param(
            "[rules]\nPM602 = 'error'\nPM6 = 'info'", {"PM602": "error"}, id="a rule beats a family"
        ),
        pytest.param("[rules]\nPM602 = 'off'", {}, id="off"),
        pytest.param("ignore = ['vague-task']", {}, id="ignore"),
        pytest.param("select = ['PM4']", {}, id="select"),
        pytest.param("max-level = 'info'", {"PM602": "info"}, id="max-level"),
        pytest.param(
            "select = ['PM602']\nextend-select = ['PM411']\n[rules.PM411]\nminutes = 8",
            {"PM602": "warning", "PM411": "info"},
            id="a rule that is off, with its parameter",
        ),
        pytest.param(
            "select = ['PM4']\n[rules.PM411]\nlevel = 'error'\nminutes = 8",
            {"PM411": "error"},
            id="a level and a parameter together",
        ),
    ],
)
def test_levels_parameters_and_selection(
    run: Run, tree: Tree, text: str, expected: dict[str, str]
) -> None:
    tree({"x.md": VAGUE, "pmlint.toml": text})
    found = levels(run, "x.md")
    assert {code: found.get(code) for code in expected} == expected
    assert ("PM602" in found) == ("PM602" in expected)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        pytest.param(("--select", "PM602"), {"PM602"}, id="asking by name beats ignore and off"),
        pytest.param(("--ignore", "PM203"), {"PM402"}, id="ignore adds"),
        pytest.param(("--select", "PM2,PM4", "--ignore", "PM203"), {"PM402"}, id="both"),
    ],
)
def test_command_line_wins(run: Run, tree: Tree, call: tuple[str, ...], expected: set[str]) -> None:
    tree(
        {
            "x.md": FAULTY,
            "pmlint.toml": "select=['PM203','PM402','PM602']\nignore=['PM602']\n"
            "[rules]\nPM602='off'\n",
        }
    )
    found = codes(run, *call, "x.md")["x.md"]
    assert expected <= found
    assert not found & {"PM203", "PM602"} - expected


def test_template_of_the_configuration_and_of_the_command_line(run: Run, tree: Tree) -> None:
    tree({"x.md": GOOD, "pmlint.toml": 'template = "alx"\n'})
    assert "PM108" in codes(run, "x.md")["x.md"]
    assert codes(run, "--template", "default", "x.md") == {}


def test_overrides_by_path_later_ones_win(run: Run, tree: Tree) -> None:
    tree(
        {
            "old/x.md": VAGUE,
            "old/deep/y.md": VAGUE,
            "new/z.md": VAGUE,
            "pmlint.toml": "[[overrides]]\nfiles = ['old/**']\nignore = ['PM602']\n"
            "[[overrides]]\nfiles = ['old/deep/']\ntemplate = 'alx'\nrules = { PM108 = 'error' }\n",
        }
    )
    assert codes(run, ".").get("old/x.md") is None
    assert codes(run, ".")["new/z.md"] == {"PM602"}
    assert "PM108" in codes(run, ".")["old/deep/y.md"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("Draft", "info"), ("draft, not yet reviewed", "info"), ("Final", "error"), ("", "warning")],
    ids=["draft", "draft and more", "final", "none"],
)
@pytest.mark.parametrize("form", ["- **Status:** {}", "Status: {}", "| Status | {} |\n|---|---|"])
def test_levels_by_the_documents_own_status(
    run: Run, tree: Tree, status: str, expected: str, form: str
) -> None:
    head, _, rest = VAGUE.partition("\n")
    field = form.format(status) + "\n" if status else ""
    tree(
        {
            "x.md": f"{head}\n\n{field}{rest}",
            "pmlint.toml": "[[overrides]]\nstatus = ['draft']\nmax-level = 'info'\n"
            "[[overrides]]\nstatus = ['final']\n[overrides.rules]\nvague-task = 'error'\n",
        }
    )
    assert levels(run, "x.md")["PM602"] == expected


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("exclude = ['old/']", {"new/y.md", "z.md"}),
        ("exclude = ['*.md', '!z.md']", {"z.md"}),
        ("include = ['new/**']", {"new/y.md"}),
        ("include = ['*.md']\nexclude = ['new/*']", {"old/x.md", "z.md"}),
    ],
)
def test_files_in_folders_are_left_out_by_pattern(
    run: Run, tree: Tree, text: str, paths: set[str]
) -> None:
    tree({"old/x.md": VAGUE, "new/y.md": VAGUE, "z.md": VAGUE, "pmlint.toml": text})
    assert set(codes(run, ".")) == paths


@pytest.mark.parametrize(("forced", "found"), [("false", True), ("true", False)])
def test_named_file_is_left_out_only_by_force(
    run: Run, tree: Tree, forced: str, found: bool
) -> None:
    tree({"x.md": VAGUE, "pmlint.toml": f"exclude = ['x.md']\nforce-exclude = {forced}"})
    assert bool(codes(run, "x.md")) is found


def test_fail_on_of_the_configuration(run: Run, tree: Tree) -> None:
    tree({"x.md": VAGUE, "pmlint.toml": "fail-on = 'warning'"})
    assert run("x.md").code == 1
    assert run("--fail-on", "error", "x.md").code == 0


IST = GOOD.replace("UTC", "IST")


@pytest.mark.parametrize(
    ("text", "found", "at"),
    [
        pytest.param("", True, None, id="ambiguous"),
        pytest.param("home-zone = 'Asia/Kolkata'", False, "+05:30", id="home zone"),
        pytest.param("home-zone = 'Europe/Dublin'", False, "+00:00", id="by season"),
        pytest.param("zones = { IST = 'Asia/Jerusalem' }", False, "+02:00", id="by name"),
        pytest.param("home-zone = 'Europe/Berlin'", True, None, id="another home"),
    ],
)
def test_zones_of_the_team_settle_ambiguous_abbreviations(
    run: Run, tree: Tree, text: str, found: bool, at: str | None
) -> None:
    tree({"x.md": IST, "pmlint.toml": text})
    assert ("PM207" in codes(run, "x.md").get("x.md", ())) is found
    (facts,) = run("show", "--format", "json", "x.md").json
    start = facts["duration"]["start"]["at"]
    assert (start and start[19:]) == at
    assert (facts["timeline"]["events"][0]["at"] or "")[19:] == (at or "")


FRENCH = """# Panne des paiements

## Résumé

Tous les paiements par carte étaient refusés.

**Durée :** 12 March 2025, 02:07 - 02:56 UTC

## Impact

1 840 paiements refusés.

## Chronologie (UTC)

- 02:07 Le nettoyage efface le certificat.
- 02:56 Les paiements passent de nouveau.

## Cause racine

Le certificat a été effacé par erreur de configuration du nettoyage.

## Résolution

Le certificat a été restauré depuis le coffre.

## Actions à mener

- [ ] Créer une alerte sur les secrets absents
"""


def test_language_pack_knows_its_headings(run: Run, tree: Tree) -> None:
    tree({"x.md": FRENCH, "pmlint.toml": "languages = ['fr']"})
    told = run("show", "--format", "json", "x.md").out
    (facts,) = json.loads(told)
    roles = {role for section in facts["sections"] for role in section["roles"]}
    assert {"summary", "duration", "impact", "timeline", "root_cause", "resolution"} <= roles
    assert "tasks" in roles


# What is told about it


def test_summary_names_the_file_that_chose_the_template(run: Run, tree: Tree) -> None:
    text = (ROOT / "examples" / "templates" / "gitlab.md").read_text("utf-8")
    tree({"x.md": text, "pmlint.toml": "template = 'gitlab'"})
    assert "template gitlab (pmlint.toml)" in run("x.md").out


def test_config_names_the_line_of_every_setting(run: Run, tree: Tree) -> None:
    tree(
        {
            "a/x.md": GOOD,
            "base.toml": "\ntemplate = 'alx'\n",
            "pmlint.toml": "extend = 'base.toml'\nignore = ['PM602']\n\n[rules]\nPM402 = 'info'\n",
        }
    )
    rows = run("config", "a/x.md", "--format", "json").json["settings"]
    origins = {row["key"]: (row["value"], row["origin"]) for row in rows}
    assert origins["template"] == ("alx", "base.toml:2")
    assert origins["ignore"] == (["PM602"], "pmlint.toml:2")
    assert origins["rules.PM402.level"] == ("info", "pmlint.toml:5")
    assert origins["fail-on"] == ("error", "default")
    page = run("config", "a/x.md").out
    assert "base.toml:2" in page
    assert "pmlint.toml:5" in page


def test_config_keys_lists_every_key_of_the_schema(run: Run) -> None:
    from pmlint.settings import configshape

    page = run("config", "--keys").out
    known = configshape.keys()
    for key in known:
        assert f"\n{key} " in "\n" + page


@pytest.mark.parametrize(
    ("table", "valid"),
    [
        ({"template": "alx", "rules": {"PM602": "error", "PM411": {"minutes": 3}}}, True),
        ({"overrides": [{"files": ["a"], "rules": {"vague-task": {"level": "off"}}}]}, True),
        ({"rules": {"PM6": "off"}}, True),
        ({"templat": "alx"}, False),
        ({"rules": {"PM602": "warn"}}, False),
        ({"rules": {"PM411": {"minuts": 3}}}, False),
        ({"fail-on": "errors"}, False),
        ({"overrides": [{"file": ["a"]}]}, False),
    ],
    ids=str,
)
def test_published_schema_says_what_the_program_says(
    run: Run, tree: Tree, table: dict[str, object], valid: bool
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from pmlint.settings import configshape

    validator = jsonschema.Draft202012Validator(configshape.schema())
    assert validator.is_valid(table) is valid


def test_without_a_configuration_no_toml_parser_is_imported(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, "utf-8")
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pmlint.cli import main; main(['a.md'])\n"
        "heavy = {'tomllib', 'pmlint.settings.configfile', 'pmlint.settings.layers',"
        " 'pmlint.settings.shapes', 're2',"
        " 'pmlint.standard.ownrules', 'pmlint.suppression', 'pmlint.running.baseline',"
        " 'importlib.metadata'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    called(sys.executable, "-c", script, folder=tmp_path)
    done = called(sys.executable, "-c", script, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
