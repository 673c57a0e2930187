"""What is fuzzed: each target takes any bytes and raises where a promise is broken.

The promises: no error but those documented, no fault that pmlint reports of itself, every
span inside its document, every report parseable, a fix that comes to rest.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from xml.etree import ElementTree

from pmlint import engine
from pmlint.config import ConfigError, Finder, Settings
from pmlint.engine import Plan
from pmlint.findings import Finding, Source
from pmlint.formats import FORMATS, About, render
from pmlint.mend import rewrite
from pmlint.reports import FileReport
from pmlint.reports.colour import Style
from pmlint.suppression import UNKNOWN, UNUSED

Target = Callable[[bytes], None]


class BrokenPromiseError(Exception):
    """What pmlint promises does not hold for this input."""


def hold(promise: object, told: object) -> None:
    """Raise BrokenPromiseError where a promise does not hold."""
    if not promise:
        raise BrokenPromiseError(str(told))


@cache
def plan(template: str = "default", everything: bool = False) -> Plan:
    """The plan of a call without configuration; with ``everything`` all rules are on."""
    families = ("PM1", "PM2", "PM3", "PM4", "PM5", "PM6", "PM9") if everything else ()
    return engine.prepare(Settings(template=template, select=families))


def sound(report: FileReport) -> None:
    """No fault of pmlint's own, and every place lies inside the document."""
    size = len(report.source.text)
    for finding in report.findings:
        hold("pmlint failed" not in finding.message, f"{finding.message} {finding.help}")
        for span in spans(finding):
            hold(0 <= span[0] <= span[1] <= size, f"{finding.code} at {span} of {size}")


def spans(finding: Finding) -> Iterable[tuple[int, int]]:
    """Every range that a finding speaks of."""
    yield finding.span
    yield from (related.span for related in finding.related)
    if finding.fix is not None:
        yield from (edit.span for edit in finding.fix.edits)


def markdown(data: bytes) -> None:
    """Any bytes as a document, under two templates and all rules."""
    for template, everything in (("default", True), ("alx", False)):
        chosen = plan(template, everything)
        loaded = engine.from_bytes(data, "a.md", chosen)
        report = loaded if isinstance(loaded, FileReport) else engine.check_text(loaded, chosen)
        sound(report)


_FRAME = """# Postmortem: checkout outage of 18 June 2024

## Issue Summary

- **Duration:** {words}
- **Impact:** {words}

## Timeline (UTC)

- 10:00 - An alert paged the on-call
- {words} - found
- {words}

## Corrective and preventative measures

- [ ] {words}
"""


def framed(data: bytes) -> str:
    """A postmortem that has the words wherever times, figures and tasks are read."""
    words = data.decode("utf-8", "replace").replace("\0", "")
    return _FRAME.replace("{words}", words)


def times(data: bytes) -> None:
    """Any words where times, lengths, figures and tasks are read."""
    sound(engine.check_text(Source(framed(data), "a.md"), plan("default", True)))


def fixes(data: bytes) -> None:
    """Fixes come to rest, and leave nothing behind that they would fix again."""
    text = data.decode("utf-8", "replace").replace("\0", "")
    for document in (text, framed(data)):
        mended = rewrite.mend(Source(document, "a.md"), plan(), unsafe=True)
        sound(mended.report)
        again = rewrite.mend(mended.report.source, plan(), unsafe=True)
        hold(
            again.report.source.text == mended.report.source.text,
            "a second run of the fixes changes the text",
        )


def suppression(data: bytes) -> None:
    """Any words in the comments that switch findings off: what is hidden is counted."""
    words = data.decode("utf-8", "replace").replace("\0", "")
    document = f"# Outage <!-- pmlint: {words} -->\n\n" + _FRAME
    for part in ("ignore", "ignore-start", "ignore-file", "ignore-next"):
        document += f"\n<!-- pmlint: {part} {words} -->\n\n- 09:00 - earlier\n"
    source, chosen = Source(document, "a.md"), plan("default", True)
    report = engine.check_text(source, chosen)
    sound(report)
    kept = [found for found in report.findings if found.code not in (UNUSED, UNKNOWN)]
    every = engine.check_text(source, chosen._replace(suppress=False)).findings
    hold(set(kept) <= set(every), "a comment makes a finding")
    hold(len(kept) + report.suppressed == len(every), "a finding is neither told nor counted")


RULE = b'[[own-rules]]\ncode = "ACME001"\nname = "our-rule"\nsummary = "Ours"\n'


def configuration(data: bytes) -> None:
    """Any bytes as a configuration file: settings, or an error in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pmlint.toml")
        with open(path, "wb") as file:
            file.write(data)
        try:
            settings = Finder(path).settings(os.path.join(folder, "a.md"))
            engine.check_text(Source(_FRAME, "a.md"), engine.prepare(settings))
        except ConfigError as error:
            hold(str(error), "an error without words")


def rules(data: bytes) -> None:
    """Any bytes as the rest of a team's rule."""
    configuration(RULE + data)


def reports(data: bytes) -> None:
    """Any text in every place of a finding, in every format."""
    text = data.decode("utf-8", "surrogateescape").replace("\0", "")
    source = Source("# a\n\n" + text.encode("utf-8", "replace").decode(), text or "a")
    (found,) = engine.refused(text or "a", text).findings
    finding = found._replace(message=text, help=text, label=text, notes=(f"a: {text}",))
    about = About(Style(), here="/srv/checkout", root="/srv/checkout")
    for name in FORMATS:
        told = render(name, [FileReport(source, (finding,))], about)
        hold(not any(char in told for char in "\x1b\r\x9b\u202e\u2028\x85"), f"raw in {name}")
        commands = [line for line in told.split("\n") if line.lstrip().startswith("::")]
        hold(len(commands) == (name == "github"), f"forged in {name}")
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(told)
        elif name == "junit":
            ElementTree.fromstring(told)


TARGETS: dict[str, Target] = {
    each.__name__: each
    for each in (markdown, times, fixes, suppression, configuration, rules, reports)
}
