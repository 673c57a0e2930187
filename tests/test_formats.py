"""Findings in the forms of services: each against what its documentation asks for."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import report_samples as samples
from conftest import ROOT
from markdown_it import MarkdownIt
from workflow_commands import commands

from pmlint.files.ci import surroundings
from pmlint.findings import Edit, Fix, Level, Related, Source, Span
from pmlint.formats import FORMATS, About, render
from pmlint.reports import FileReport, markdown
from pmlint.reports.colour import Style
from pmlint.running.fingerprints import fingerprints
from pmlint.standard import rulebook
from pmlint.standard.rulebook import Rule

HERE = "/srv/checkout/docs"


def about(root: str = "/srv/checkout", **values: Any) -> About:
    return About(Style(), here=HERE, root=root, **values)


def sarif(files: list[FileReport], **values: Any) -> Any:
    (run,) = json.loads(render("sarif", files, about(**values)))["runs"]
    return run


def sample() -> FileReport:
    return samples.out_of_order()


CLEAN = FileReport(Source("words\n", "clean.md"))
SKIPPED = FileReport(Source("words\n", "index.md"), absent=True, skipped=True)


# Common


def test_every_format_is_told_on_its_page() -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")
    for name in FORMATS:
        assert f"`{name}`" in page


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_in_a_line_end_and_stands_a_clean_run(name: str) -> None:
    for files in ([], [CLEAN], [SKIPPED], [sample()]):
        output = render(name, files, about())
        assert output == "" or output.endswith("\n")


# Fingerprints


def marks(text: str, *words: str) -> list[str]:
    source = Source(text, "a.md")
    found = [samples.finding(source, word, 1, "PM602", "x") for word in words]
    return fingerprints(found, source, "a.md")


def test_fingerprints_survive_lines_above_and_other_line_ends() -> None:
    before = marks("# T\n\n- Improve monitoring\n", "Improve")
    after = marks("# T\r\n\r\nnew\r\n\r\n  - Improve   monitoring\r\n", "Improve")
    assert before == after


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("- Improve monitoring\n", "- Improve logging\n", id="other words"),
        pytest.param("- Improve x\n", "* Improve x\n", id="another kind of list"),
    ],
)
def test_fingerprints_differ(one: str, other: str) -> None:
    assert marks(one, "Improve") != marks(other, "Improve")


def test_fingerprints_of_equal_lines_and_of_one_place_differ() -> None:
    source = Source("- Improve x\n- Improve x\n", "a.md")
    found = [samples.finding(source, "Improve", line, "PM602", "vague") for line in (1, 2)]
    found += [
        samples.finding(source, "Improve", 1, "PM101", f"no {what}") for what in ("cause", "fix")
    ]
    names = fingerprints(found, source, "a.md")
    assert len(set(names)) == 4
    # What is left keeps its name when the other thing at its place is mended.
    rest = fingerprints([*found[:2], found[3]], source, "a.md")
    assert rest[:2] == names[:2]


def test_fingerprints_know_the_file_and_the_rule() -> None:
    source = Source("words\n", "a.md")
    one = samples.finding(source, "words", 1, "PM101", "x")
    other = samples.finding(source, "words", 1, "PM102", "x")
    assert fingerprints([one], source, "a.md") != fingerprints([other], source, "a.md")
    assert fingerprints([one], source, "a.md") != fingerprints([one], source, "b.md")


# SARIF


def test_sarif_tells_place_rule_and_the_other_place() -> None:
    run = sarif([sample()], rules=rulebook.rules())
    (result,) = run["results"]
    assert result["ruleId"] == "PM402"
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["name"]) == ("PM402", "TimelineOrder")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "```markdown" in rule["help"]["markdown"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/parcels.md", "uriBaseId": "%SRCROOT%"}
    region = place["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (13, 5, 12)
    assert region["snippet"] == {"text": "9:20 AM"}
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 12
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("level", "told"), [("error", "error"), ("warning", "warning"), ("info", "note")]
)
def test_sarif_levels(level: str, told: str) -> None:
    source = Source("words\n", "a.md")
    found = samples.finding(source, "words", 1, "PM303", "x", level=Level(level))
    assert sarif([samples.report(source, found)])["results"][0]["level"] == told


def test_sarif_lists_the_rules_applied_though_nothing_was_found() -> None:
    rules: list[Rule] = [rule for rule in rulebook.rules() if rule.code < "PM200"]
    run = sarif([CLEAN], rules=rules)
    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [r.code for r in rules]


def test_sarif_brings_fixes_as_replacements() -> None:
    source = Source("🔥 Timeline:\n", "a.md")
    fix = Fix("make it a heading", (Edit(Span(0, 0), "## "), Edit(Span(10, 11), "")), safe=True)
    found = samples.finding(source, "Timeline:", 1, "PM105", "unmarked heading", fix=fix)
    (change,) = sarif([samples.report(source, found)])["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
            "insertedContent": {"text": "## "},
        },
        {
            "deletedRegion": {"startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 12},
            "insertedContent": {"text": ""},
        },
    ]


def test_sarif_messages_are_sentences_without_links() -> None:
    source = Source("words\n", "a.md")
    found = samples.finding(source, "words", 1, "PM106", "[name] is left", help_text="write [x](y)")
    (result,) = sarif([samples.report(source, found)])["results"]
    assert result["message"]["text"] == r"\[name\] is left. Write \[x\](y)."


def test_sarif_says_that_a_file_could_not_be_read() -> None:
    source = Source("", "a.md")
    found = samples.finding(source, "", 1, "PM003", "no such file")
    run = sarif([samples.report(source, found)])
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert run["tool"]["driver"]["rules"][0]["id"] == "PM003"


def test_sarif_finds_the_line_of_a_place_in_another_file() -> None:
    other = Source("one\ntwo\n", "b.md")
    source = Source("words\n", "a.md")
    related = (Related("b.md", Span(4, 7), "first"), Related("unread.md", Span(4, 7), "first"))
    found = samples.finding(source, "words", 1, "PM701", "again", related=related)
    run = sarif([samples.report(source, found), FileReport(other)])
    places = [each["physicalLocation"] for each in run["results"][0]["relatedLocations"]]
    assert [place["region"]["startLine"] for place in places] == [2, 1]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("a b.md", "docs/a%20b.md", id="a space"),
        pytest.param("./a.md", "docs/a.md", id="a dot"),
        pytest.param("../a.md", "a.md", id="the folder above"),
        pytest.param("día.md", "docs/d%C3%ADa.md", id="a letter beyond ASCII"),
        pytest.param("\udcff.md", "docs/%FF.md", id="a byte that is not UTF-8"),
        pytest.param("/etc/a.md", "file:///etc/a.md", id="outside"),
        pytest.param("a:b#?.md", "docs/a%3Ab%23%3F.md", id="signs of addresses"),
    ],
)
def test_sarif_paths_are_uris_from_the_top_of_the_checkout(path: str, uri: str) -> None:
    source = Source("words\n", path)
    found = samples.finding(source, "words", 1, "PM303", "x")
    (result,) = sarif([samples.report(source, found)])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


# GitHub


def test_github_annotates_the_line_with_both_halves_and_the_help() -> None:
    (command,) = commands(render("github", [sample()], about()))
    assert command.name == "error"
    assert command.fields == {
        "file": "docs/parcels.md",
        "line": "13",
        "endLine": "13",
        "col": "5",
        "endColumn": "12",
        "title": "PM402 some-rule",
    }
    assert command.message.split("\n")[:3] == [
        "the timeline goes back 20 minutes",
        "line 12: this entry comes first, …",
        "line 13: … but this one is 20 minutes earlier",
    ]
    assert command.message.split("\n")[3].startswith("help: move line 13")


def test_github_gives_no_columns_for_several_lines() -> None:
    source = Source("one\ntwo\n", "a.md")
    found = samples.finding(source, "one\ntwo", 1, "PM102", "x")
    (command,) = commands(render("github", [samples.report(source, found)], about()))
    assert command.fields.keys() == {"file", "line", "endLine", "title"}


@pytest.mark.parametrize(
    ("counts", "shown", "last"),
    [
        pytest.param((10, 10, 10), (10, 10, 10), "", id="what GitHub shows"),
        pytest.param((11, 0, 0), (10, 0, 1), "1 further finding: 1 error", id="one more error"),
        pytest.param(
            (30, 12, 14),
            (10, 10, 10),
            "27 further findings: 20 errors, 2 warnings, 5 info",
            id="all",
        ),
    ],
)
def test_github_shows_ten_of_a_level_and_counts_the_rest(
    counts: tuple[int, int, int], shown: tuple[int, int, int], last: str
) -> None:
    files = []
    for level, count in zip(("error", "warning", "info"), counts, strict=True):
        source = Source("words\n" * count, f"{level}.md")
        found = [
            samples.finding(source, "words", line, "PM303", "x", level=Level(level))
            for line in range(1, count + 1)
        ]
        files.append(FileReport(source, tuple(found)))
    told = commands(render("github", files, about()))
    names = [command.name for command in told]
    assert tuple(map(names.count, ("error", "warning", "notice"))) == shown
    if last:
        assert told[-1].message == f"{last} (the log has them all)"
        assert told[-1].fields == {"title": "pmlint"}


def test_github_names_no_file_for_standard_input() -> None:
    source = Source("words\n", "-")
    found = samples.finding(source, "words", 1, "PM303", "x")
    (command,) = commands(render("github", [samples.report(source, found)], about()))
    assert command.fields.keys() == {"title"}


# GitLab


def test_gitlab_has_the_documented_keys() -> None:
    (issue,) = json.loads(render("gitlab", [sample()], about()))
    assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert issue["description"] == "PM402: the timeline goes back 20 minutes"
    assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
    assert issue["location"] == {"path": "docs/parcels.md", "lines": {"begin": 13, "end": 13}}


def test_gitlab_fingerprints_are_unique_over_files() -> None:
    files = samples.many(120, files=6)
    issues = json.loads(render("gitlab", files, about()))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 120


def test_gitlab_of_a_clean_run_is_an_empty_list() -> None:
    assert render("gitlab", [CLEAN], about()) == "[]\n"


# JUnit


def junit(files: list[FileReport], **values: Any) -> ET.Element:
    return ET.fromstring(render("junit", files, about(**values)))


def test_junit_has_a_suite_a_file_and_a_test_a_finding() -> None:
    root = junit([sample(), CLEAN, SKIPPED])
    assert [suite.get("name") for suite in root] == [
        "docs/parcels.md",
        "docs/clean.md",
        "docs/index.md",
    ]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")
    assert root.find("testsuite/testcase/failure") is not None
    assert root[1].find("testcase[@name='nothing to send back']") is not None
    assert root[2].find("testcase/skipped") is not None


@pytest.mark.parametrize(("fail_on", "failures"), [("error", "0"), ("warning", "3"), ("info", "3")])
def test_junit_fails_what_fails_the_run(fail_on: str, failures: str) -> None:
    assert junit([samples.vague_tasks()], fail_on=Level(fail_on)).get("failures") == failures


def test_junit_gives_no_name_twice_in_a_file() -> None:
    source = Source("words\n" * 3, "a.md")
    found = [samples.finding(source, "words", line, "PM303", "x") for line in (1, 2, 3)]
    names = [case.get("name") for case in junit([samples.report(source, *found)]).iter("testcase")]
    assert names == ["PM303 x", "PM303 x (2)", "PM303 x (3)"]


def test_junit_tells_an_unreadable_file_as_an_error() -> None:
    source = Source("", "a.md")
    found = samples.finding(source, "", 1, "PM003", "no such file")
    assert junit([samples.report(source, found)]).find("testsuite/testcase/error") is not None


# rdjson


def test_rdjson_counts_bytes_and_keeps_the_path_as_given() -> None:
    source = Source("é🔥 some users\n", "./a.md")
    found = samples.finding(source, "some", 1, "PM303", "how many?", level=Level.INFO)
    (told,) = json.loads(render("rdjson", [samples.report(source, found)], about()))["diagnostics"]
    assert told["location"] == {
        "path": "a.md",
        "range": {"start": {"line": 1, "column": 8}, "end": {"line": 1, "column": 12}},
    }
    assert (told["severity"], told["code"]) == ("INFO", {"value": "PM303"})


def test_rdjson_suggests_all_edits_of_a_fix_as_one() -> None:
    source = Source("- 9:40 one\n- 9:20 two\n", "a.md")
    fix = Fix("move it", (Edit(Span(11, 22), ""), Edit(Span(0, 0), "- 9:20 two\n")))
    found = samples.finding(source, "9:20", 2, "PM402", "x", fix=fix)
    (told,) = json.loads(render("rdjson", [samples.report(source, found)], about()))["diagnostics"]
    assert told["suggestions"] == [
        {
            "range": {"start": {"line": 1, "column": 1}, "end": {"line": 3, "column": 1}},
            "text": "- 9:20 two\n- 9:40 one\n",
        }
    ]


# Markdown


def test_markdown_links_to_the_line_where_the_service_has_pages() -> None:
    page = render("markdown", [sample()], about(link="https://example.org/o/r/blob/abc1234/"))
    assert "[13](https://example.org/o/r/blob/abc1234/docs/parcels.md?plain=1#L13)" in page
    assert "](" not in render("markdown", [sample()], about())


@pytest.mark.parametrize("count", [300, 5_000])
def test_markdown_stays_below_what_a_comment_holds(count: int) -> None:
    page = render("markdown", samples.many(count, files=10), about())
    assert len(page) < 65_536
    assert f"### pmlint: {count:,} findings in 10 files" in page
    assert ("Not shown here" in page) == (count == 5_000)
    shown = page.count("| warning<br>")
    if count == 5_000:
        assert f"{count - shown:,} further findings" in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("write `10:00 UTC` here", "write <code>10:00 UTC</code> here"),
        ("a ` alone", "a ' alone"),
        ("*5 %* of <users> & more", "*5 %* of &lt;users&gt; &amp; more"),
        ("ask @mina, see #12", "ask <code>@mina</code>, see <code>#12</code>"),
        ("[name](http://x.org)", "[name](<code>http://x.org)</code>"),
    ],
)
def test_markdown_shows_sentences_as_they_are(text: str, html: str) -> None:
    assert MarkdownIt("commonmark").renderInline(markdown.escaped(text)) == html


def test_markdown_of_a_clean_run_says_what_it_read() -> None:
    assert render("markdown", [CLEAN, SKIPPED], about()).split("\n") == [
        "### pmlint: nothing to send back",
        "",
        "1 postmortem read, template default.",
        "",
        "1 other Markdown file tells no incident and was skipped.",
        "",
        "",
    ]


# Surroundings


@pytest.mark.parametrize(
    ("environ", "service", "link"),
    [
        pytest.param({}, "", "", id="nowhere"),
        pytest.param(
            {
                "GITHUB_ACTIONS": "true",
                "GITHUB_SERVER_URL": "https://github.example",
                "GITHUB_REPOSITORY": "o/r",
                "GITHUB_SHA": "0123456789",
            },
            "github",
            "https://github.example/o/r/blob/0123456789/",
            id="GitHub Actions",
        ),
        pytest.param({"GITHUB_ACTIONS": "true"}, "github", "", id="too little is known"),
        pytest.param(
            {
                "GITLAB_CI": "true",
                "CI_PROJECT_URL": "https://gitlab.example/g/p",
                "CI_COMMIT_SHA": "0123456789",
            },
            "gitlab",
            "https://gitlab.example/g/p/-/blob/0123456789/",
            id="GitLab",
        ),
        pytest.param(
            {"GITLAB_CI": "true", "CI_PROJECT_URL": "javascript:x", "CI_COMMIT_SHA": "0123456789"},
            "gitlab",
            "",
            id="no address",
        ),
    ],
)
def test_services_are_known_by_their_environment(
    environ: dict[str, str], service: str, link: str
) -> None:
    told = surroundings(environ)
    assert (told.service, told.link) == (service, link)


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_count_from_the_checkout_of_the_service(tmp_path: Path, name: str) -> None:
    environ = {"GITHUB_ACTIONS" if name[0] == "G" else "GITLAB_CI": "true", name: str(tmp_path)}
    assert surroundings(environ).root == str(tmp_path.resolve())
