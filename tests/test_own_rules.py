"""A team's own rules: what each kind finds, and that patterns cannot hang the gate."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib import metadata
from typing import Any

import pytest
from conftest import ROOT, Run, Tree

from pmlint.facts import Postmortem
from pmlint.findings import Case

GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")
HEAD = """[[own-rules]]
code = "ACME001"
name = "our-rule"
summary = "Ours"
"""


def found(run: Run, *call: str) -> list[tuple[int, str]]:
    told = run("--format", "json", *call, "a.md").json
    return [(each["line"], each["message"]) for each in told if each["code"].startswith("ACME")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(
            'check = "section"\nparameters = { names = ["Customer message"] }',
            [(1, 'no part is called "Customer message"')],
            id="section: absent",
        ),
        pytest.param('check = "section"\nparameters = { names = ["timeline"] }', [], id="a role"),
        pytest.param(
            'check = "section"\nparameters = { names = ["What we change"] }', [], id="a heading"
        ),
        pytest.param(
            'check = "field"\nparameters = { names = ["Severity"] }',
            [(1, "no field says the Severity")],
            id="field: absent",
        ),
        pytest.param('check = "field"\nparameters = { names = ["impact"] }', [], id="field: there"),
        pytest.param(
            'check = "field"\nparameters = { names = ["Duration"], values = ["13 March"] }',
            [(9, '"12 March 2025, 02:07 to 02:56 UTC (49…" is no known Duration')],
            id="field: another value",
        ),
        pytest.param(
            'check = "values"\nparameters = { names = ["Severity"], values = ["SEV1"] }',
            [],
            id="values: silent where the field is absent",
        ),
        pytest.param(
            'check = "values"\nparameters = { names = ["Root cause"], values = ["a", "b"] }',
            [(12, '"the cleanup job took the gateway\'s…" is no known Root cause')],
            id="values: another",
        ),
        pytest.param(
            'check = "pattern"\nparameters = { pattern = "PLAT-9\\\\d", where = "task" }',
            [(43, None), (45, None), (47, None)],
            id="pattern: required in each task",
        ),
        pytest.param(
            'check = "pattern"\nparameters = { pattern = "\\\\d{2}:\\\\d{2}", where = "event" }',
            [],
            id="pattern: in each entry",
        ),
        pytest.param(
            'check = "pattern"\nmessage = "no {text}"\n'
            'parameters = { pattern = "(?i)night\\\\w*", forbidden = true, section = "Summary" }',
            [(6, "no nightly")],
            id="pattern: forbidden in a section",
        ),
        pytest.param(
            'check = "count"\nparameters = { what = "events", minimum = 9 }',
            [(15, "8 events, but at least 9 are asked for")],
            id="count: few",
        ),
        pytest.param(
            'check = "count"\nparameters = { what = "tasks", maximum = 2 }',
            [(41, "3 tasks, but at most 2 are allowed")],
            id="count: many",
        ),
        pytest.param(
            'check = "count"\n'
            'parameters = { what = "words", maximum = 20, section = "Root cause" }',
            [(27, None)],
            id="count: words of a section",
        ),
        pytest.param(
            'check = "words"\nparameters = { words = ["gateway"], section = "resolution" }',
            [],
            id="words: none there",
        ),
        pytest.param(
            'check = "words"\nparameters = { words = { basket = "cart" } }',
            [(11, '"basket": the team writes "cart"')],
            id="words: another instead",
        ),
        pytest.param(
            'check = "words"\nparameters = { words = ["cleanup job"], where = "task" }',
            [(43, '"cleanup job" is a word that the team does not use')],
            id="words: in each task",
        ),
        pytest.param(
            'check = "words"\nparameters = { words = ["ask"] }', [], id="words: whole words only"
        ),
    ],
)
def test_each_kind_of_check_finds_what_it_is_given(
    run: Run, tree: Tree, rule: str, expected: list[tuple[int, str | None]]
) -> None:
    if "pattern" in rule:
        pytest.importorskip("re2")
    tree({"a.md": GOOD, "pmlint.toml": HEAD + rule + "\n"})
    result = found(run)
    assert [line for line, _ in result] == [line for line, _ in expected]
    for (_, message), (_, wanted) in zip(result, expected, strict=True):
        assert wanted is None or message == wanted


FIELD = HEAD + 'check = "field"\nparameters = { names = ["Severity"] }\n'


def test_own_rule_has_level_selection_and_suppression_like_ours(run: Run, tree: Tree) -> None:
    top = tree({"a.md": GOOD, "pmlint.toml": FIELD + 'level = "error"\n'})
    assert run("a.md").code == 1
    assert found(run, "--ignore", "our-rule") == []
    assert found(run, "--ignore", "ACME") == []
    assert found(run, "--select", "PM4") == []
    (top / "a.md").write_text(GOOD + "\n<!-- pmlint: ignore-file ACME001 (none) -->\n", "utf-8")
    assert found(run) == []
    (top / "pmlint.toml").write_text(FIELD + "[rules]\nour-rule = 'info'\n", "utf-8")
    assert run("--no-suppress", "a.md").code == 0


def test_rules_of_a_folder_are_the_same(run: Run, tree: Tree) -> None:
    rule = FIELD.replace("[[own-rules]]\n", "")
    tree({"a.md": GOOD, "rules/our.toml": rule, "pmlint.toml": "rules-folder = 'rules'"})
    assert len(found(run)) == 1


def test_own_words_are_said(run: Run, tree: Tree) -> None:
    words = 'message = "say how bad: {name}"\nhelp = "one of our four"\n'
    tree({"a.md": GOOD, "pmlint.toml": FIELD + words})
    (finding,) = run("--format", "json", "--select", "ACME", "a.md").json
    assert (finding["message"], finding["help"]) == ("say how bad: Severity", "one of our four")


def test_word_is_marked_where_it_stands_behind_letters_that_grow(run: Run, tree: Tree) -> None:
    rule = "check = 'words'\nparameters = { words = ['Zebra'] }\n"
    tree({"a.md": GOOD.replace("# ", "# İİİ ZEBRA ", 1), "pmlint.toml": HEAD + rule})
    (finding,) = run("--format", "json", "--select", "ACME", "a.md").json
    assert (finding["column"], finding["end_column"]) == (7, 12)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(x+x+)+y", "(.*)*(.*)*(.*)*z"])
def test_catastrophic_pattern_takes_no_time(run: Run, tree: Tree, pattern: str) -> None:
    pytest.importorskip("re2")
    rule = f"check = 'pattern'\nparameters = {{ pattern = '{pattern}', forbidden = true }}\n"
    tree({"a.md": GOOD + "a" * 5_000 + "!\n" + "x" * 5_000 + "\n", "pmlint.toml": HEAD + rule})
    start = time.perf_counter()
    run("a.md")
    assert time.perf_counter() - start < 5


def test_missing_engine_is_an_error_that_says_how_to_install_it(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    rule = "check = 'pattern'\nparameters = { pattern = 'a' }\n"
    tree({"a.md": GOOD, "pmlint.toml": HEAD + rule})
    result = run("a.md")
    assert (result.code, result.out) == (2, "")
    assert "pip install 'pmlint[patterns]'" in result.err
    assert "pmlint.toml:6:" in result.err


def test_engine_is_not_asked_for_where_no_rule_has_a_pattern(
    run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    tree({"a.md": GOOD, "pmlint.toml": FIELD})
    assert len(found(run)) == 1


# Examples

WORDS = """[[own-rules]]
code = "ACME006"
name = "our-words"
check = "words"
summary = "Ours"
parameters = { words = { basket = "cart" } }
"""
TOLD = '"basket": the team writes "cart"'


@pytest.mark.parametrize(
    ("kind", "example", "found"),
    [
        pytest.param("bad", 'text = "A basket."', None, id="anything is found"),
        pytest.param("bad", 'text = "A basket."\nfindings = [{ line = 1 }]', None, id="a line"),
        pytest.param(
            "bad",
            f"text = 'A basket.'\nfindings = [{{ line = 1, message = '{TOLD}' }}]",
            None,
            id="words",
        ),
        pytest.param("good", 'text = "A cart."', None, id="nothing is found"),
        pytest.param("bad", 'text = "A cart."', "nothing", id="nothing, but anything asked for"),
        pytest.param(
            "bad", 'text = "\\nbasket"\nfindings = [{ line = 1 }]', f"line 2: {TOLD}", id="no line"
        ),
        pytest.param(
            "bad",
            'text = "basket"\nfindings = [{ line = 1, message = "x" }]',
            f"line 1: {TOLD}",
            id="other words",
        ),
        pytest.param(
            "bad",
            'text = "basket"\nfindings = [{ line = 1, level = "error" }]',
            f"line 1: warning: {TOLD}",
            id="another level",
        ),
        pytest.param(
            "bad",
            'text = "basket\\n\\nbasket"\nfindings = [{ line = 1 }]',
            f"line 3: {TOLD}",
            id="one too many",
        ),
        pytest.param("good", 'text = "basket"', f"line 1: {TOLD}", id="a good one is not"),
    ],
)
def test_examples_are_run(run: Run, tree: Tree, kind: str, example: str, found: str | None) -> None:
    tree({"pmlint.toml": f"{WORDS}[[own-rules.examples.{kind}]]\n{example}\n"})
    result = run("rules", "--test")
    assert (result.code, result.err) == (0 if found is None else 1, "")
    if found is None:
        assert result.out == (
            "ACME006  our-words  1 example\n\n1 example of 1 rule, all as they say\n"
        )
    else:
        assert f"{kind} example 1\n" in result.out
        assert found in result.out.split("found")[1]
        assert "1 example of 1 rule, 1 wrong" in result.out
    (told,) = run("rules", "--test", "--format", "json").json
    assert told["holds"] == (found is None)


def test_rules_without_examples_are_named(run: Run, tree: Tree) -> None:
    tree({"pmlint.toml": FIELD + f"{WORDS}[[own-rules.examples.good]]\ntext = 'A cart.'\n"})
    result = run("rules", "--test")
    assert result.code == 0
    assert "ACME001  our-rule   no examples\n" in result.out
    assert "1 rule without an example" in result.out
    assert "ACME001" not in run("rules", "--test", "our-words").out


@pytest.mark.parametrize(
    "words", [pytest.param((), id="none"), pytest.param(("PM402",), id="one of pmlint's")]
)
def test_without_own_rules_there_is_nothing_to_test(
    run: Run, tree: Tree, words: tuple[str, ...]
) -> None:
    tree({})
    result = run("rules", "--test", *words)
    assert (result.code, result.out) == (2, "")
    assert "no own rule" in result.err


@pytest.mark.parametrize("words", [("a.md",), ("rules", "--test"), ("explain", "ACME006")])
@pytest.mark.parametrize(
    ("example", "place", "told"),
    [
        pytest.param(
            "text = 'x'\ntitel = 'y'",
            "3:1",
            "unknown key `titel` in an example; did you mean `title`?",
            id="a misspelt key",
        ),
        pytest.param("text = ''", "2:8", "expected some text", id="no text"),
        pytest.param(
            "text = 'x'\ntemplate = 'googel-sre'",
            "3:12",
            "no template `googel-sre`; did you mean `google-sre`?",
            id="a misspelt template",
        ),
        pytest.param(
            "text = 'x'\ntemplate = 'ours.toml'",
            "3:12",
            "ours.toml: there is no such file",
            id="a template that is not there",
        ),
        pytest.param(
            "text = 'x'\nfindings = [{ line = 0 }]",
            "3:22",
            "expected a number of 1 or more, found 0",
            id="no line",
        ),
    ],
)
def test_example_that_is_badly_written_is_an_error_with_its_place(
    run: Run, tree: Tree, words: tuple[str, ...], example: str, place: str, told: str
) -> None:
    line, column = place.split(":")
    where = f"pmlint.toml:{WORDS.count(chr(10)) + int(line)}:{column}: "
    tree({"a.md": GOOD, "pmlint.toml": f"{WORDS}[[own-rules.examples.bad]]\n{example}\n"})
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {where}{told}")


def test_template_of_an_example_is_found_from_the_file_that_names_it(run: Run, tree: Tree) -> None:
    rule = WORDS.replace("[[own-rules]]\n", "")
    rule += "[[examples.bad]]\ntext = 'A basket.'\ntemplate = 'forms/ours.toml'\n"
    root = tree(
        {
            "docs/rules/our.toml": rule,
            "docs/rules/forms/ours.toml": "summary = 'Ours.'\nextends = 'default'\n",
            "docs/pmlint.toml": "rules-folder = 'rules'",
            "docs/deep/a.md": GOOD,
        }
    )
    assert run("rules", "--test", "--config", root / "docs" / "pmlint.toml").code == 0


def test_level_is_shown_where_it_alone_differs(run: Run, tree: Tree) -> None:
    example = "text = 'A basket.'\nfindings = [{ line = 1, level = 'error' }]"
    tree({"pmlint.toml": f"{WORDS}[[own-rules.examples.bad]]\n{example}\n"})
    told = run("rules", "--test").out
    assert "    it says    line 1: error\n" in told
    assert f"    found      line 1: warning: {TOLD}\n" in told
    (item,) = run("rules", "--test", "--format", "json").json
    assert item["expected"] == [{"line": 1, "message": None, "level": "error"}]


def test_examples_in_a_folder_are_explained(run: Run, tree: Tree) -> None:
    rule = WORDS.replace("[[own-rules]]\n", "")
    rule += "[[examples.bad]]\ntext = 'A basket.'\nfindings = [{ line = 1 }]\n"
    tree({"rules/our.toml": rule, "pmlint.toml": "rules-folder = 'rules'"})
    assert run("rules", "--test").code == 0
    page = run("explain", "ACME006").out
    assert "Wrong" in page
    assert TOLD in page


# Checks of installed packages


def check_shouting(postmortem: Postmortem, parameters: Any) -> Iterator[Case]:
    title = postmortem.title
    if title is not None and title.text.isupper():
        yield Case("loud", title.span, {"text": title.text})


class _Point:
    name = "acme"

    def __init__(self, loads: list[str]) -> None:
        self._loads = loads

    def load(self) -> object:
        self._loads.append(self.name)
        return {"shouting": check_shouting}


PLUGIN = HEAD.replace("Ours", "No shouting") + 'check = "acme.shouting"\n'


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    loaded: list[str] = []
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [_Point(loaded)])
    return loaded


def test_check_of_a_package_that_is_listed_runs(run: Run, tree: Tree, loads: list[str]) -> None:
    loud = "# OUTAGE OF THE CHECKOUT\n" + GOOD.partition("\n")[2]
    tree({"a.md": loud, "pmlint.toml": "plugins = ['acme']\n" + PLUGIN})
    assert found(run) == [(1, "No shouting")]
    assert loads


def test_package_that_is_not_listed_is_never_loaded(run: Run, tree: Tree, loads: list[str]) -> None:
    tree({"a.md": GOOD, "pmlint.toml": PLUGIN})
    assert run("a.md").code == 2
    tree({"a.md": GOOD, "pmlint.toml": ""})
    assert run("a.md").code == 0
    assert loads == []


def test_check_that_the_package_has_not_is_an_error(run: Run, tree: Tree, loads: list[str]) -> None:
    text = "plugins = ['acme']\n" + PLUGIN.replace("acme.shouting", "acme.shoutin")
    tree({"a.md": GOOD, "pmlint.toml": text})
    assert "did you mean `shouting`?" in run("a.md").err
