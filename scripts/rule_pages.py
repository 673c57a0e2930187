"""Writes docs/rules/ and the rule table of README.md from the rule files.

python scripts/rule_pages.py           write them
python scripts/rule_pages.py --check   exit with 1 and say so where they are stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pmlint import engine
from pmlint.reports.explain import fixes
from pmlint.standard import rulebook
from pmlint.standard.parameters import default_in_words, kind
from pmlint.standard.rulebook import ENGINE, Rule
from pmlint.standard.rulefiles import Example

ROOT = Path(__file__).resolve().parent.parent
PAGES = Path("docs", "rules")
README = Path("README.md")
BEGIN = "<!-- rules: written by scripts/rule_pages.py -->"
END = "<!-- end of rules -->"

FAMILIES = {
    "PM0": "The file",
    "PM1": "Its parts",
    "PM2": "When it was",
    "PM3": "Impact",
    "PM4": "Timeline",
    "PM5": "Cause and fix",
    "PM6": "Tasks and fields",
    "PM7": "Archive",
    "PM9": "Suppression",
}


def files() -> dict[Path, str]:
    """Every file that this script writes, by its path in the repository."""
    rules = rulebook.rules()
    names = {rule.code: rule.name for rule in rules}
    pages = {PAGES / f"{_stem(rule.code, rule.name)}.md": _page(rule, names) for rule in rules}
    pages[PAGES / "README.md"] = _index(rules)
    readme = (ROOT / README).read_text(encoding="utf-8")
    if BEGIN in readme and END in readme:
        before, _, rest = readme.partition(BEGIN)
        behind = rest.partition(END)[2]
        table = "\n".join(_table(rules, f"{PAGES.as_posix()}/"))
        pages[README] = f"{before}{BEGIN}\n\n{table}\n\n{END}{behind}"
    return pages


def _stem(code: str, name: str) -> str:
    return f"{code.lower()}-{name}"


def _level(rule: Rule) -> str:
    return str(rule.level) if rule.default else f"off ({rule.level})"


def _table(rules: tuple[Rule, ...], folder: str) -> Iterator[str]:
    """One row a rule."""
    yield "| code | name | level | finds |"
    yield "|---|---|---|---|"
    for rule in rules:
        fixable = " (fixable)" if rule.fixable else ""
        link = f"[{rule.code}]({folder}{_stem(rule.code, rule.name)}.md)"
        finds = _cell(rule.summary.rstrip("."))
        yield f"| {link} | {rule.name} | {_level(rule)} | {finds}{fixable} |"


def _index(rules: tuple[Rule, ...]) -> str:
    rows = [
        "# Rules",
        "",
        "Written by `scripts/rule_pages.py` from the files in [`rules/`](../../rules): change",
        "those. `pmlint explain CODE` prints the same, `pmlint rules` the table.",
    ]
    for family, title in FAMILIES.items():
        members = tuple(rule for rule in rules if rule.code.startswith(family))
        if members:
            rows += ["", f"## {title}", "", *_table(members, "")]
    return "\n".join(rows) + "\n"


def _page(rule: Rule, names: Mapping[str, str]) -> str:
    standing = (
        f"**{rule.level}** by default"
        if rule.default
        else f"off by default, **{rule.level}** when on"
    )
    rows = [
        f"# {rule.code} {rule.name}",
        "",
        f"{standing}{', fixable' if rule.fixable else ''}",
        "",
        rule.summary,
        "",
        "## Why",
        "",
        " ".join(rule.why.split()),
    ]
    if rule.exceptions:
        rows += ["", "## What does not count", "", rule.exceptions]
    rows += [*_parameters(rule), *_remedies(rule), *_wrong(rule)]
    mended = fixes(tuple(engine.demonstrate(rule)))
    if mended:
        rows += ["", "## Fix", "", f"{mended}."]
    for example in rule.good:
        rows += [*_earlier(example), "", f"## {_titled('Right', example)}", ""]
        rows += [*_fenced(_text(example), "markdown")]
    if not rule.default:
        switch = f'[tool.pmlint] extend-select = ["{rule.code}"]'
        rows += [
            "",
            "## Switch it on",
            "",
            "```text",
            f"one run         pmlint --select {rule.code}",
        ]
        rows += [f"everywhere      {switch}", "```"]
    rows += ["", "## Switch it off", "", *_switches(rule)]
    if rule.source:
        rows += ["", "## Source", "", rule.source]
    see = [
        f"[{code} {names[code]}]({_stem(code, names[code])}.md)"
        for code in rule.see
        if code in names
    ]
    if see:
        rows += ["", f"See also: {', '.join(see)}"]
    return "\n".join(rows) + "\n"


def _parameters(rule: Rule) -> Iterator[str]:
    if not rule.parameters:
        return
    notes = rule.notes_of_parameters()
    yield from ("", "## Parameters", "", "| name | type | default | |", "|---|---|---|---|")
    for name, value in rule.parameters.items():
        default = _cell(default_in_words(value))
        yield f"| `{name}` | {kind(value)} | {default} | {_cell(notes.get(name, ''))} |"
    if any(isinstance(value, list | Mapping) for value in rule.parameters.values()):
        yield ""
        yield "`extend-NAME` adds words to a list, `NAME` replaces the list."


def _remedies(rule: Rule) -> Iterator[str]:
    """What to do, by case; slots are shown as they stand in the rule file."""
    remedies = list(dict.fromkeys(rule.help.values()))
    if remedies:
        yield from ("", "## What to do", "")
        yield from (f"- {_sentence(text)}" for text in remedies)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "`")) else ".")


def _wrong(rule: Rule) -> Iterator[str]:
    for example, report in zip(rule.bad, engine.demonstrate(rule), strict=True):
        yield from _earlier(example)
        yield from ("", f"## {_titled('Wrong', example)}", "")
        yield from _fenced(_text(example), "markdown")
        said = [
            f"line {report.source.place(finding.span.start).line}: "
            f"{finding.level} {finding.code}: {finding.message}"
            for finding in report.findings
        ] or [
            f"line {each.line}: {rule.level} {each.code}: {each.message}"
            for each in example.findings
        ]
        yield ""
        yield from _fenced("\n".join(said), "text")


def _switches(rule: Rule) -> Iterator[str]:
    yield "```text"
    if rule.check == ENGINE:
        yield "this rule cannot be switched off"
    else:
        yield f"one line        <!-- pmlint: ignore {rule.code} (reason) -->"
        yield f"one file        <!-- pmlint: ignore-file {rule.code} (reason) -->"
        yield f"one run         pmlint --ignore {rule.code}"
        yield f'everywhere      [tool.pmlint] ignore = ["{rule.code}"]'
    yield "```"


def _earlier(example: Example) -> Iterator[str]:
    """The earlier postmortems that an example is held against."""
    for name, text in (example.archive or {}).items():
        yield from ("", f"## Earlier: {name}", "")
        yield from _fenced(text.strip("\n"), "markdown")


def _titled(word: str, example: Example) -> str:
    return f"{word}: {example.title}" if example.title else word


def _text(example: Example) -> str:
    return f"bytes {example.hex}" if example.hex else example.text.strip("\n")


def _fenced(text: str, language: str) -> Iterator[str]:
    """A code block whose fence is longer than any in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}{language}"
    yield text
    yield fence


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def stale() -> list[str]:
    """What is wrong with the files that are there: out of date, missing, or left over."""
    wanted = files()
    faults = []
    for path, text in wanted.items():
        place = ROOT / path
        if not place.is_file():
            faults.append(f"{path.as_posix()} is missing")
        elif place.read_text(encoding="utf-8") != text:
            faults.append(f"{path.as_posix()} is out of date")
    if README not in wanted:
        faults.append(f"{README} lacks the line {BEGIN}")
    for place in sorted((ROOT / PAGES).glob("*.md")):
        if place.relative_to(ROOT) not in wanted:
            faults.append(f"{place.relative_to(ROOT).as_posix()} belongs to no rule")
    return faults


def write() -> None:
    """Write what is out of date and remove what belongs to no rule."""
    wanted = files()
    (ROOT / PAGES).mkdir(parents=True, exist_ok=True)
    for path, text in wanted.items():
        (ROOT / path).write_text(text, encoding="utf-8")
    for place in (ROOT / PAGES).glob("*.md"):
        if place.relative_to(ROOT) not in wanted:
            place.unlink()


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if not arguments:
        write()
        return 0
    faults = stale()
    for fault in faults:
        print(fault)
    if faults:
        print("run: python scripts/rule_pages.py")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
