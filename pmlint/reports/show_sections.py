"""The sections of a file as a tree, with the parts they play."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.reports.layout import cells, cut, pad, wrap
from pmlint.reports.show_page import Page
from pmlint.standard.templates import ROLES

if TYPE_CHECKING:
    from pmlint.facts import Section

_STYLES = {
    "html": "HTML",
    "bold": "bold line",
    "plain": "plain line",
    "label": "field",
    "table": "table row",
    "front-matter": "front matter",
}


def sections(page: Page) -> Iterator[str]:
    """Every section with line and roles, then the roles that nothing plays."""
    sections = page.postmortem.sections
    yield page.style.paint("bold", "Sections") + ("" if sections else "  none")
    names = [(tree, _name(page, section)) for section, tree in _tree(page)]
    roles = [_roles(page, section) for section in sections]
    right = min(max(map(cells, roles), default=0), 24 if page.stacked else 30)
    left = max((len(tree) + cells(name) for tree, name in names), default=0)
    left = max(min(left, page.width - 9 - right), 10)
    for (tree, name), role, section in zip(names, roles, sections, strict=True):
        shown = cut(name, max(left - len(tree), 6), page.style.signs.cut)
        head = f"{page.line(section.span):>5}  {page.style.paint('faint', tree)}"
        rows = wrap(role, max(page.width - 9 - left, 10))
        yield f"{head}{pad(shown, left - len(tree))}  {rows[0]}"
        yield from (" " * (left + 9) + row for row in rows[1:])
    missing = _not_found(page)
    if missing and page.postmortem.incident:
        yield from (" " * 7 + row for row in wrap(f"not found: {missing}", page.width - 7))


def _name(page: Page, section: Section) -> str:
    style = _STYLES.get(section.style, "")
    return page.told(section.text) + (f" ({style})" if style else "")


def _roles(page: Page, section: Section) -> str:
    told = ", ".join(role.replace("_", " ") for role in section.roles)
    codes = page.codes(("PM1",), section.span)
    return (told or page.style.signs.dash) + (f": {codes}" if codes else "")


def _tree(page: Page) -> Iterator[tuple[Section, str]]:
    """Each section with the tree lines before its name."""
    sections = page.postmortem.sections
    signs = page.style.signs
    last_child: dict[int | None, int] = {}
    for at, section in enumerate(sections):
        last_child[section.parent] = at
    below: dict[int, str] = {}
    for at, section in enumerate(sections):
        parent = section.parent
        if parent is None or parent not in below:
            below[at] = ""
            yield section, ""
            continue
        last = last_child[parent] == at
        yield section, below[parent] + (signs.last_branch if last else signs.branch)
        below[at] = below[parent] + ("   " if last else f"{signs.gutter}  ")


def _not_found(page: Page) -> str:
    """The parts that are nowhere, with the rule that asks for them."""
    postmortem = page.postmortem
    there = {role for section in postmortem.sections for role in section.roles}
    told = {
        "summary": postmortem.opening,
        "duration": postmortem.duration,
        "impact": postmortem.impact,
        "detection": postmortem.metrics.detected_at,
        "timeline": postmortem.timeline,
        "root_cause": postmortem.root_cause,
        "resolution": postmortem.resolution,
        "tasks": postmortem.tasks,
    }
    asked: list[str] = []
    other: list[str] = []
    for role in ROLES[1:]:  # without the title, which the page tells at its head
        if role in there or told.get(role):
            continue
        code = page.missing(role)
        words = role.replace("_", " ")
        (asked if code or role in page.required else other).append(
            f"{words} ({code})" if code else words
        )
    if other:
        pronoun = "it" if len(other) == 1 else "them"
        why = f"(the template {page.told(postmortem.template)} does not ask for {pronoun})"
        unasked = f"{', '.join(other)} {why}"
        return f"{', '.join(asked)}; {unasked}" if asked else unasked
    return ", ".join(asked)
