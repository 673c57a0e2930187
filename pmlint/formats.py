"""The formats of findings: their names, and the module that renders each.

A format is one module of ``pmlint.reports`` and one row here. Nothing else is
imported until a report is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast

from pmlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pmlint.engine import Plan
    from pmlint.findings import Level
    from pmlint.reports import FileReport
    from pmlint.reports.colour import Style
    from pmlint.reports.text import Step
    from pmlint.standard.rulebook import Rule


class Format(NamedTuple):
    """A form that findings can be told in."""

    module: str
    """``pmlint.reports.MODULE`` holds ``render(files, about)``."""
    told: str
    """What it is, in a few words."""
    step: str = ""
    """The amount of detail that the text is held to."""


FORMATS: Mapping[str, Format] = {
    "text": Format("text", "as much detail as fits a screen", "auto"),
    "full": Format("text", "every finding with its source", "full"),
    "grouped": Format("text", "a table for each file", "grouped"),
    "concise": Format("concise", "one line a finding"),
    "checklist": Format("checklist", "the template's demands, met or not"),
    "json": Format("findings_json", "one list"),
    "jsonl": Format("jsonl", "one object a line"),
    "sarif": Format("sarif", "SARIF 2.1.0, for code scanning"),
    "github": Format("github", "annotations of GitHub Actions"),
    "gitlab": Format("gitlab", "GitLab's Code Quality report"),
    "junit": Format("junit", "JUnit XML, for lists of tests"),
    "rdjson": Format("rdjson", "Reviewdog Diagnostic Format"),
    "markdown": Format("markdown", "a summary for a pull request"),
}

FOR_PEOPLE = frozenset(name for name, format in FORMATS.items() if format.step)
"""The formats that a terminal shows; in GitHub Actions annotations follow them."""


class About(NamedTuple):
    """What a report may say beside the findings."""

    style: Style
    rules: Sequence[Rule] = ()
    """The rules that were applied."""
    rule_count: int = 0
    """How many those are, where they themselves are not at hand."""
    template: str = "default"
    template_origin: str = ""
    """Where the template was named; empty for the default."""
    verbose: bool = False
    fail_on: Level | None = None
    """The lowest level that fails the run; None where every finding does."""
    paths: Sequence[str] = ()
    """What was typed."""
    service: str = ""
    """``github`` or ``gitlab`` where the run takes place there."""
    here: str = ""
    """The working folder, absolute."""
    root: str = ""
    """The folder from which services count paths, absolute; empty for ``here``."""
    link: str = ""
    """The beginning of links to files, where the service has pages for them."""
    several: Mapping[str, str] = {}
    """A code's sentence for more than one finding, with ``{count}``."""
    plan_of: Callable[[str], Plan] | None = None
    """The plan of a document, for reports that speak of what is demanded."""


def render(name: str, files: Sequence[FileReport], about: About) -> str:
    """The findings in a format, ending in a line end. ``name`` is one of ``FORMATS``."""
    kind = FORMATS[name]
    if kind.module == "text":
        return _text(files, about, kind.step)
    if name == "concise":
        from pmlint.reports import concise

        return concise.render(files, about.style)
    if name == "json":
        from pmlint.reports import findings_json

        return findings_json.render(files)
    module = import_module(f"pmlint.reports.{kind.module}")
    write = cast("Callable[[Sequence[FileReport], About], str]", module.render)
    return write(files, about)


def _text(files: Sequence[FileReport], about: About, step: str) -> str:
    from pmlint.findings import Level
    from pmlint.reports import text

    return text.render(
        files,
        about.style,
        step=cast("Step", step),
        template=about.template,
        template_origin=about.template_origin,
        rules=len(about.rules) or about.rule_count,
        verbose=about.verbose,
        fail_on=about.fail_on or Level.INFO,
        paths=about.paths,
        several=about.several,
    )
