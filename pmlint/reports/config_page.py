"""The settings in force, each with the line of the file it comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmlint.namedtuples import NamedTuple
from pmlint.reports.colour import Style
from pmlint.reports.layout import wrap
from pmlint.reports.sanitise import path_text

if TYPE_CHECKING:
    from pmlint.config import Override, Settings
    from pmlint.engine import Plan

DEFAULT = "default"
WIDEST = 100


class Row(NamedTuple):
    """One setting."""

    key: str
    value: object
    origin: str


def rows(settings: Settings) -> Iterator[Row]:
    """Every setting with its value and origin."""
    values: dict[str, object] = {
        "template": settings.template,
        "languages": list(settings.languages),
        "select": list(settings.select),
        "extend-select": list(settings.extend_select),
        "ignore": list(settings.ignore),
        "max-level": settings.max_level,
        "fail-on": settings.fail_on or "error",
        "include": list(settings.include),
        "exclude": list(settings.exclude),
        "force-exclude": settings.force_exclude,
        "home-zone": settings.home_zone,
        "plugins": list(settings.plugins),
        "baseline": settings.baseline,
        "suppress": settings.suppress,
        "size-limit": settings.size_limit,
        "time-limit": settings.time_limit,
    }
    for key, value in values.items():
        yield Row(key, value, settings.origins.get(key, DEFAULT))
    for zone, place in sorted(settings.zones.items()):
        origin = settings.origins.get(f"zones.{zone}") or settings.origins.get("home-zone", DEFAULT)
        yield Row(f"zones.{zone}", place, origin)
    for code in sorted({*settings.levels, *settings.parameters}):
        origin = settings.origins.get(f"rules.{code}", DEFAULT)
        if code in settings.levels:
            yield Row(f"rules.{code}.level", settings.levels[code], origin)
        for name, value in settings.parameters.get(code, {}).items():
            yield Row(f"rules.{code}.{name}", value, origin)
    for table, where in settings.own_rules:
        yield Row(f"own-rules.{table['code']}", table["name"], where)


def text(settings: Settings, plan: Plan, style: Style) -> str:
    """A page for a person."""
    file = path_text(os.path.relpath(settings.file)) if settings.file else "none found"
    listed = list(rows(settings))
    width = max(len(row.key) for row in listed)
    told = [_told(row.value) for row in listed]
    middle = min(max(map(len, told)), 44)
    lines = [f"configuration: {style.paint('bold', file)}", ""]
    for row, value in zip(listed, told, strict=True):
        pieces = wrap(value, middle) or [""]
        origin = "" if row.origin == DEFAULT else f"  {path_text(row.origin)}"
        lines.append(f"{row.key:<{width}}  {pieces[0]:<{middle}}{origin}".rstrip())
        lines += (" " * (width + 2) + piece for piece in pieces[1:])
    for number, override in enumerate(settings.overrides, start=1):
        lines += ["", *_override(number, override, settings)]
    off = len(plan.names) - len(plan.rules)
    count = f"{len(plan.rules)} rules on, {off} off (`pmlint rules` lists them)"
    lines += ["", *wrap(count, min(style.width, WIDEST))]
    return "\n".join(lines) + "\n"


def _override(number: int, override: Override, settings: Settings) -> Iterator[str]:
    chosen = [f"files {', '.join(override.files)}"] if override.files else []
    chosen += [f"status {', '.join(override.status)}"] if override.status else []
    origin = settings.origins.get("overrides", "")
    yield f"override {number}: {'; '.join(chosen) or 'every document'}  {origin}".rstrip()
    for key, value in override._asdict().items():
        if value and key not in ("files", "status"):
            yield f"  {key.replace('_', '-')}  {_told(value)}"


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(each)}" for key, each in value.items())
    return str(value) if value != "" else "none"


def json(settings: Settings, plan: Plan) -> str:
    """The same for programs."""
    from json import dumps

    listed = [{"key": row.key, "value": row.value, "origin": row.origin} for row in rows(settings)]
    page = {
        "file": settings.file or None,
        "settings": listed,
        "overrides": [override._asdict() for override in settings.overrides],
        "rules": [rule.code for rule in plan.rules],
    }
    return dumps(page, indent=2, ensure_ascii=False, default=str) + "\n"


def keys(style: Style) -> str:
    """Every key with what it means."""
    from pmlint.settings import configshape

    known = configshape.keys()
    width = max(map(len, known)) + 2
    lines = []
    for name, told in known.items():
        head = style.paint("bold", name) + " " * (width - len(name))
        for piece in wrap(told, min(style.width, WIDEST) - width):
            lines.append(head + piece)
            head = " " * width
    places = "in pmlint.toml, .pmlint.toml, or under [tool.pmlint] in pyproject.toml"
    lines += ["", *wrap(places, min(style.width, WIDEST))]
    return "\n".join(lines) + "\n"
