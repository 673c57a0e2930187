"""Templates: a filled example is clean, the skeleton is to be filled in, headings are known."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from conftest import ROOT, Run, Tree

from pmlint import engine
from pmlint.checks.demands import fields_named, sections_named
from pmlint.config import Settings
from pmlint.findings import Source
from pmlint.reports import FileReport
from pmlint.standard import drafting, templates
from pmlint.structure.vocabulary import normalise

EXAMPLES = ROOT / "examples" / "templates"
NAMES = templates.names()
GOOD = (ROOT / "examples" / "good.md").read_text("utf-8")


def example(name: str) -> str:
    path = ROOT / "examples" / "good.md" if name == "default" else EXAMPLES / f"{name}.md"
    return path.read_text("utf-8")


def report(text: str, name: str) -> FileReport:
    return engine.check_text(Source(text, "a.md"), engine.prepare(Settings(template=name)))


@pytest.mark.parametrize("name", NAMES)
def test_filled_example_is_clean(name: str) -> None:
    assert [(each.code, each.message) for each in report(example(name), name).findings] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("zone", ["UTC", "CET", "UTC+05:30"])
def test_only_findings_of_a_new_one_are_what_is_to_be_filled_in(name: str, zone: str) -> None:
    title = "Checkout refused card payments"
    text = drafting.draft(templates.load(name), title, date(2025, 3, 12), zone)
    assert {each.code for each in report(text, name).findings} == {"PM106"}


@pytest.mark.parametrize("name", NAMES)
def test_every_section_and_field_of_the_template_is_recognised(name: str) -> None:
    template = templates.load(name)
    for text in (example(name), template.skeleton.lstrip("\n")):
        facts = engine.read(Source(text, "a.md"), engine.prepare(Settings(template=name)))
        assert not isinstance(facts, FileReport)
        for section in template.sections:
            found = sections_named(facts, section.names)
            assert found or not section.required, section.heading
            if found:
                assert set(section.roles) <= {role for each in found for role in each.roles}
        for field in template.fields:
            assert fields_named(facts, field.names) or not field.required, field.label


TOLD_ELSEWHERE = {
    ("atlassian", "Root cause"),
    ("sre-workbook", "Impact"),
    ("sre-workbook", "Root Causes and Trigger"),
}
"""Parts that another section (the five whys) or a field of it tells as well."""


def sections() -> list[object]:
    return [
        pytest.param(name, demand.heading, id=f"{name}: {demand.heading}")
        for name in NAMES
        for demand in templates.load(name).sections
        if demand.required and (name, demand.heading) not in TOLD_ELSEWHERE
    ]


@pytest.mark.parametrize(("name", "heading"), sections())
def test_section_that_is_taken_out_is_missed(name: str, heading: str) -> None:
    lines = example(name).splitlines(keepends=True)
    start = next(
        at
        for at, line in enumerate(lines)
        if line.startswith("#") and normalise(line.strip("# \n")) == normalise(heading)
    )
    level = lines[start].count("#", 0, 7)
    ends = (
        at
        for at, line in enumerate(lines)
        if at > start and line.startswith("#") and line.index(" ") <= level
    )
    text = "".join(lines[:start] + lines[next(ends, len(lines)) :])
    assert report(text, name).findings


@pytest.mark.parametrize("name", [each for each in NAMES if templates.load(each).order])
def test_sections_in_another_order_are_told(name: str) -> None:
    first, *parts = example(name).split("\n## ")
    text = "\n## ".join([first, *reversed([part.rstrip("\n") + "\n" for part in parts])])
    assert "PM103" in {each.code for each in report(text, name).findings}


OUR = """
summary = "Ours"
extends = "google-sre"
[[sections]]
heading = "In short"
roles = ["summary"]
[[sections]]
heading = "What customers saw"
roles = ["impact"]
[[sections]]
id = "message"
heading = "Customer message"
names = ["Message to customers"]
[[fields]]
label = "Squad"
[levels]
PM603 = "off"
[parameters.PM108]
minimum = 10
"""


def test_own_template_extends_one_of_ours(run: Run, tree: Tree) -> None:
    tree({"a.md": GOOD, "t/our.toml": OUR, "pmlint.toml": "template = 't/our.toml'"})
    told = run("--format", "json", "a.md").json
    messages = [each["message"] for each in told if each["code"] == "PM101"]
    assert 'no part is called "Customer message"' in messages
    assert "no field says: Squad" in messages
    assert "PM603" not in {each["code"] for each in told}
    assert "(pmlint.toml)" in run("--select", "PM203", "a.md").out
    assert "What customers saw" in run("templates", "t/our.toml").out


def test_misspelt_heading_of_a_section_without_a_role_is_named(run: Run, tree: Tree) -> None:
    text = GOOD + "\n## Mesage to customers\n\nAll is well.\n"
    tree({"a.md": text, "our.toml": OUR})
    told = run("--template", "our.toml", "--format", "json", "a.md").json
    (finding,) = [each for each in told if "Mesage" in each["message"]]
    assert finding["help"] == "write `## Customer message`"


# Commands


def test_table_names_every_template(run: Run) -> None:
    page = run("templates").out
    assert all(f"\n{name} " in "\n" + page for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_page_of_a_template_and_its_file(run: Run, name: str) -> None:
    page = run("templates", name).out
    for section in templates.load(name).sections:
        assert section.heading in page
    assert 'summary = "' in run("templates", name, "--format", "toml").out
    assert "{title}" in run("templates", name, "--format", "markdown").out


def test_printed_template_is_a_start_for_ones_own(run: Run, tree: Tree) -> None:
    top = tree({"a.md": example("gitlab")})
    (top / "our.toml").write_text(run("templates", "gitlab", "--format", "toml").out, "utf-8")
    result = run("--template", "our.toml", "a.md")
    assert (result.code, result.err) == (0, "")


def test_new_prints_writes_and_never_overwrites(run: Run, tree: Tree) -> None:
    top = tree({"pmlint.toml": "template = 'alx'\nhome-zone = 'Asia/Kolkata'\n", "docs/x": ""})
    call = ("new", "Disk {title} full", "--date", "2025-03-12")
    told = run(*call)
    assert told.out.startswith(
        "# Disk {title} full\n\n## Issue Summary\n\n- **Duration:** 2025-03-12"
    )
    assert "UTC+05:30" in told.out
    assert run(*call, "-o", "a.md").code == 0
    assert (top / "a.md").read_text("utf-8") == told.out
    again = run(*call, "-o", "a.md", "--template", "gitlab")
    assert (again.code, "there already" in again.err) == (2, True)
    assert (top / "a.md").read_text("utf-8") == told.out
    assert run(*call, "-o", "docs").code == 0
    assert (top / "docs/2025-03-12-disk-title-full.md").is_file()


def test_new_makes_the_folder_it_is_to_write_to(run: Run, tree: Tree) -> None:
    top = tree({"file": "x"})
    assert run("new", "Disk full", "--date", "2025-03-12", "-o", "docs/postmortems").code == 0
    assert (top / "docs/postmortems/2025-03-12-disk-full.md").is_file()
    assert run("new", "Disk full", "-o", "other/disk.md").code == 0
    assert (top / "other/disk.md").is_file()
    refused = run("new", "Disk full", "-o", "file/disk.md")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("error: file/disk.md cannot be written: ")


@pytest.mark.parametrize(
    ("call", "told"),
    [(["new"], "name the incident"), (["new", "x", "--date", "12.3."], "no day")],
    ids=["no title", "no day"],
)
def test_new_refuses(run: Run, call: list[str], told: str) -> None:
    result = run(*call)
    assert (result.code, told in result.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "minutes", "told"),
    [
        ("UTC", 0, "UTC"),
        ("CET", 60, "CET"),
        ("IST", 330, "UTC+05:30"),
        ("CST", -360, "UTC-06:00"),
        ("+03", 180, "UTC+03:00"),
    ],
)
def test_zone_is_named_so_that_nobody_misreads_it(name: str, minutes: int, told: str) -> None:
    zone = timezone(timedelta(minutes=minutes), name)
    assert drafting.zone_name(datetime(2025, 3, 12, tzinfo=zone)) == told


@pytest.mark.parametrize(
    ("path", "looked_at"),
    [
        ("docs/postmortems/2025-03-12-disk.md", True),
        ("0x19-attack/README.md", True),
        ("docs/root-cause-search.md", True),
        ("docs/usage.md", False),
    ],
)
def test_hook_looks_at_what_may_be_a_postmortem(path: str, looked_at: bool) -> None:
    from pmlint.settings import starting

    pattern = starting.PRE_COMMIT.partition("files: >-\n")[2].partition("require_serial")[0]
    assert bool(re.search(" ".join(pattern.split()), path)) is looked_at


FILES = {"pmlint.toml", ".pre-commit-config.yaml", ".github/workflows/pmlint.yml"}
ALL = ("init", "--yes", "--template", "alx", "--pre-commit", "--ci", "github")


def written(top: Path) -> set[str]:
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("call", "files"),
    [
        (("init", "--yes"), {"pmlint.toml"}),
        (ALL, FILES),
        (("init", "--yes", "--ci", "gitlab"), {"pmlint.toml", ".gitlab-ci.yml"}),
        ((*ALL, "--dry-run"), set()),
        (("init",), set()),
    ],
    ids=["configuration", "all", "gitlab", "dry run", "nobody to ask"],
)
def test_init_writes_what_is_asked_for(
    run: Run, tree: Tree, call: tuple[str, ...], files: set[str]
) -> None:
    top = tree({})
    run(*call)
    assert written(top) == files


def test_init_makes_a_setup_that_works(run: Run, tree: Tree) -> None:
    tree({"a.md": example("alx")})
    run(*ALL)
    assert "template alx (pmlint.toml)" in run("a.md").out


@pytest.mark.parametrize("name", [*sorted(FILES), ".pmlint.toml"])
def test_init_overwrites_nothing_and_writes_nothing_else_then(
    run: Run, tree: Tree, name: str
) -> None:
    top = tree({name: "# mine\n"})
    result = run(*ALL)
    assert result.code == 2
    assert name in result.err
    assert written(top) == {name}
    assert (top / name).read_text("utf-8") == "# mine\n"


def test_init_with_force_writes_over(run: Run, tree: Tree) -> None:
    top = tree({"pmlint.toml": "x"})
    assert run("init", "--yes", "--force").code == 0
    assert "template" in (top / "pmlint.toml").read_text("utf-8")


def test_init_on_an_old_archive_holds_what_is_known(run: Run, tree: Tree) -> None:
    tree({"a.md": (ROOT / "examples" / "faulty.md").read_text("utf-8")})
    assert run("init", "--yes", "--baseline").code == 0
    assert run(".").code == 0
    assert "in the baseline" in run(".").out
