"""JSON Schemas of what pmlint prints and reads.

Keys are only ever added; ``$id`` carries the version of the schema, which rises when
one changes its meaning or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmlint.standard.templates import ROLES

Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = 1

STYLES = ("atx", "setext", "html", "bold", "plain", "label", "table", "front-matter")
KINDS = ("started", "detected", "investigated", "dead-end", "escalated", "mitigated", "resolved")
STATEMENTS = ("field", "sentence", "timeline-heading", "length")
ABSENCES = ("assignment", "link", "template", "retrospective", "article", "empty", "other")
LEVELS = ("error", "warning", "info")
SUBJECTS = (
    *("file", "words", "heading", "title", "duration", "impact", "timeline", "event", "untimed"),
    *("root_cause", "resolution", "tasks", "task"),
)
"""What a rule may say that it looks at."""


def schema(name: str) -> Schema:
    """The schema of one of ``NAMES``. Raises KeyError for any other."""
    return _NAMED[name]()


def _document(name: str, title: str, body: Schema) -> Schema:
    """A schema with its dialect and identity."""
    identity = f"urn:pmlint:schema:{name}:{VERSION}"
    return {**body, "$schema": body.get("$schema", DIALECT), "$id": identity, "title": title}


# -- pieces


def _text(description: str = "") -> Schema:
    return _told({"type": "string"}, description)


def _whole(description: str = "", minimum: int | None = None) -> Schema:
    return _told(
        {"type": "integer"} | ({} if minimum is None else {"minimum": minimum}), description
    )


def _line(description: str = "1-based line") -> Schema:
    return _whole(description, 1)


def _flag(description: str = "") -> Schema:
    return _told({"type": "boolean"}, description)


def _one_of(words: tuple[str, ...], description: str = "") -> Schema:
    return _told({"enum": list(words)}, description)


def _list(item: Schema, description: str = "") -> Schema:
    return _told({"type": "array", "items": item}, description)


def _object(
    keys: Mapping[str, Schema], description: str = "", optional: Mapping[str, Schema] | None = None
) -> Schema:
    """An object whose ``keys`` are always there; others may come in later versions."""
    body: Schema = {
        "type": "object",
        "properties": {**keys, **(optional or {})},
        "required": list(keys),
    }
    return _told(body, description)


def _or_null(body: Schema) -> Schema:
    if isinstance(body.get("type"), str) and "properties" not in body:
        return {**body, "type": [body["type"], "null"]}
    return {"anyOf": [body, {"type": "null"}]}


def _told(body: Schema, description: str) -> Schema:
    return {**body, "description": description} if description else body


_RANGE: Mapping[str, Schema] = {
    "line": _line(),
    "column": _whole("1-based column in code points", 1),
    "end_line": _line("1-based line of the end"),
    "end_column": _whole("1-based column behind the last character", 1),
}
_DATE = _or_null(_text("YYYY-MM-DD, or MM-DD without a year, as stated"))
_CLOCK = _or_null(_text("HH:MM or HH:MM:SS in 24 hours, as stated"))
_AT = _or_null(
    _text("the moment as ISO 8601 with the offset stated, null where it cannot be known")
)
_MINUTES = _or_null(_whole("minutes"))


# -- what check prints


def _findings() -> Schema:
    edit = _object({**_RANGE, "text": _text("what stands there afterwards")})
    fix = _object(
        {
            "safe": _flag("no statement of the document changes"),
            "message": _text(),
            "edits": _list(edit),
        }
    )
    related = _object(
        {"path": _text(), "line": _line(), "column": _RANGE["column"], "message": _text()}
    )
    finding = _object(
        {
            "path": _text("as given on the command line"),
            **_RANGE,
            "code": _told({"type": "string", "pattern": r"^[A-Z]+\d+$"}, "the rule, such as PM402"),
            "name": _text("the rule's name, such as timeline-order"),
            "level": _one_of(LEVELS),
            "message": _text("what was found"),
            "help": _text("what to write instead"),
            "related": _list(related, "other places the finding speaks of"),
            "fix": _or_null(fix),
        }
    )
    return _document("findings", "pmlint check --format json", _list(finding))


# -- what show prints


def _point() -> Schema:
    return _or_null(_object({"date": _DATE, "clock": _CLOCK, "at": _AT}))


def _passage() -> Schema:
    return _or_null(_object({"line": _line(), "text": _text()}))


def _section() -> Schema:
    return _object(
        {
            "line": _line(),
            "end_line": _line("1-based last line of what it contains"),
            "level": _or_null(_whole("1 to 6; null for headings that have none")),
            "style": _one_of(STYLES),
            "text": _text(),
            "roles": _list(_one_of(ROLES)),
            "parent": _or_null(_whole("index of the section it stands in")),
        }
    )


def _duration() -> Schema:
    return _object(
        {
            "line": _line(),
            "start": _point(),
            "end": _point(),
            "timezone": _or_null(_text("as stated")),
            "minutes": _or_null(_whole("end minus start")),
            "stated_minutes": _or_null(_whole("the length told in words")),
            "approximate": _flag(),
            "statements": _list(_object({**_RANGE, "kind": _one_of(STATEMENTS)})),
        }
    )


def _timeline() -> Schema:
    event = _object(
        {
            "line": _line(),
            "date": _DATE,
            "clock": _CLOCK,
            "at": _AT,
            "zone": _or_null(_text("the entry's own zone")),
            "end_clock": _CLOCK,
            "approximate": _flag(),
            "kind": _or_null(_one_of(KINDS)),
            "text": _text(),
        }
    )
    return _object(
        {
            "line": _line(),
            "timezone": _or_null(_text("declared for all entries")),
            "events": _list(event),
            "untimed": _list(_line(), "lines of entries without a time"),
        }
    )


def _task() -> Schema:
    return _object(
        {
            "line": _line(),
            "text": _text(),
            "owner": _or_null(_text()),
            "due": _or_null(_text()),
            "ticket": _or_null(_text()),
            "done": _or_null(_flag()),
        }
    )


def _metrics() -> Schema:
    return _object(
        {
            "started_at": _AT,
            "detected_at": _AT,
            "mitigated_at": _AT,
            "resolved_at": _AT,
            "minutes_to_detect": _MINUTES,
            "minutes_to_mitigate": _MINUTES,
            "minutes_to_resolve": _MINUTES,
        }
    )


def _show() -> Schema:
    figure = _object({"line": _line(), "text": _text()})
    impact = _object({"line": _line(), "figures": _list(figure), "universal": _flag()})
    postmortem = _object(
        {
            "path": _text(),
            "postmortem": _flag("the file tells an incident"),
            "template": _text(),
            "title": _passage(),
            "sections": _list(_section()),
            "duration": _or_null(_duration()),
            "impact": _or_null(impact),
            "timeline": _or_null(_timeline()),
            "root_cause": _passage(),
            "resolution": _passage(),
            "tasks": _or_null(_object({"line": _line(), "items": _list(_task())})),
            "metrics": _metrics(),
        },
        optional={
            "absence": _object(
                {"kind": _one_of(ABSENCES), "line": _line()}, "why the file tells no incident"
            )
        },
    )
    return _document("show", "pmlint show --format json", _list(postmortem))


# -- what rules prints, and rule files


def _rules() -> Schema:
    rule = _object(
        {
            "code": _text(),
            "name": _text(),
            "level": _or_null(_one_of(LEVELS, "under the template; null where it is off")),
            "template": _text(),
            "default": _flag("on unless a template or a user switches it off"),
            "default_level": _one_of(LEVELS),
            "fixable": _flag(),
            "summary": _text(),
            "why": _text(),
            "exceptions": _or_null(_text("what looks like the fault and is none")),
            "source": _text(),
            "parameters": _told({"type": "object"}, "by name, with their defaults"),
            "see": _list(_text(), "codes of neighbouring rules"),
        }
    )
    return _document("rules", "pmlint rules --format json", _list(rule))


def _rule() -> Schema:
    words = _told(
        {"type": "object", "additionalProperties": {"type": "string"}}, "by case, or `any`"
    )
    expected = _closed(
        {
            "line": _line(),
            "code": _code(),
            "message": _text(),
        },
        {"level": _one_of(LEVELS, "where it is not the rule's own")},
    )
    shared: Mapping[str, Schema] = {
        "text": _text("a postmortem, or what of one the rule needs"),
        "title": _text("what the example shows"),
        "template": _text(),
        "parameters": {"type": "object"},
        "hex": _told({"type": "string", "pattern": "^[0-9a-fA-F\\s]+$"}, "bytes instead of text"),
        "archive": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    bad = _closed({"findings": _list(expected)}, shared)
    examples = _closed({}, {"bad": _list(bad), "good": _list(_closed({}, shared))})
    body = _closed(
        {
            "code": _code(),
            "name": _told({"type": "string", "pattern": "^[a-z0-9-]+$"}, "unique"),
            "level": _one_of(LEVELS, "when it is on"),
            "summary": _text("one sentence"),
            "why": _text("a paragraph"),
            "source": _text("the guide that asks for it"),
            "check": _told(
                {"type": "string", "pattern": r"^([a-z_]+\.[a-z_]+|engine)$"},
                "`timeline.order` is `order` of `pmlint/checks/timeline.py`",
            ),
            "messages": words,
        },
        {
            "default": _flag("false for a rule that is off unless it is switched on"),
            "fixable": _flag(),
            "help": words,
            "fixes": words,
            "labels": words,
            "notes": words,
            "levels": {"type": "object", "additionalProperties": _one_of(LEVELS)},
            "parameters": {"type": "object"},
            "exceptions": _text("what looks like the fault and is none"),
            "subjects": _list(_one_of(SUBJECTS), "what it looks at"),
            "silent": _text("what holds where it says nothing"),
            "yields_to": _list(_code(), "rules beside whose findings it says nothing"),
            "see": _list(_code()),
            "examples": examples,
        },
    )
    return _document("rule", "a rule file of pmlint", body)


def _code() -> Schema:
    return {"type": "string", "pattern": r"^PM\d{3}$"}


def _closed(keys: Mapping[str, Schema], optional: Mapping[str, Schema]) -> Schema:
    """An object of which other keys are misspellings."""
    return {**_object(keys, optional=optional), "additionalProperties": False}


# -- what configuration may say


# -- what similar prints


def _similar() -> Schema:
    passage = {
        "path": _text(),
        "line": _line(),
        "kind": _one_of(("cause", "task")),
        "text": _text(),
        "title": _text(),
        "date": _or_null(_text("YYYY-MM-DD, the day of the incident")),
        "open": _or_null(_flag("nothing says that the task is done; null for a cause")),
    }
    match = _object(
        {
            **passage,
            "likeness": _whole("percent; 100 for the same words", 0),
            "words": _list(_text(), "what both say, the rarest first"),
            "days": _or_null(_whole("days between the two incidents")),
            "before": _object(passage, "the passage of the earlier postmortem"),
        }
    )
    return _document("similar", "pmlint similar --format json", _list(match))


# -- what metrics and tasks print


def _measured() -> Schema:
    place = _or_null(_object({"text": _text("as written"), "line": _line()}))
    moment = _object(
        {
            "date": _DATE,
            "clock": _CLOCK,
            "at": _AT,
            "line": _line(),
            "day": _or_null(_text("the date, completed from what stands around")),
            "told": _one_of(("duration", "field", "event")),
            "approximate": _flag("told with about or the like"),
            "until": _or_null(_text("the other end of a range")),
        }
    )
    event = _object({"date": _DATE, "clock": _CLOCK, "at": _AT, "line": _line()})
    length = _object(
        {
            "minutes": _or_null(_whole("null for a range or a limit")),
            "least": _whole("minutes"),
            "most": _whole("minutes"),
            "approximate": _flag(),
            "lines": _list(_line()),
            "text": _or_null(_text("the words, where it is stated and not worked out")),
        }
    )
    steps = {step: _or_null(length) for step in ("detect", "mitigate", "resolve")}
    figure = _object({"line": _line(), "text": _text()})
    impact = _object({"line": _line(), "figures": _list(figure), "universal": _flag()})
    tasks = _object({"line": _line(), "open": _whole("not told to be done"), "done": _whole()})
    item = _object(
        {
            "path": _text(),
            "postmortem": _flag("the file tells an incident"),
            "title": _passage(),
            **{name: _or_null(moment) for name in ("start", "detected", "mitigated", "end")},
            **{f"minutes_to_{step}": _MINUTES for step in steps},
            "lengths": _object(steps),
            "stated": _object(steps, "lengths that the document states"),
            "longest_gap": _or_null(_object({"minutes": _whole(), "lines": _list(_line())})),
            "first_event": _or_null(event),
            "last_event": _or_null(event),
            "impact": _or_null(impact),
            "tasks": _or_null(tasks),
            "timezone": place,
            "severity": place,
            "service": place,
        },
        optional={
            "absence": _object(
                {"kind": _one_of(ABSENCES), "line": _line()}, "why the file tells no incident"
            )
        },
    )
    return _document("metrics", "pmlint metrics --format json", _list(item))


def _actions() -> Schema:
    item = _object(
        {
            "path": _text(),
            "line": _line(),
            "text": _text(),
            "state": _one_of(("open", "done", "not told")),
            "owner": _or_null(_text()),
            "due": _or_null(_text("as written")),
            "due_on": _or_null(_text("YYYY-MM-DD, where the words name a day")),
            "overdue_days": _whole("0 where it is not overdue", 0),
            "ticket": _or_null(_text()),
        }
    )
    return _document("tasks", "pmlint tasks --format json", _list(item))


def _config() -> Schema:
    from pmlint.settings import configshape

    return _document("config", "pmlint.toml or [tool.pmlint]", configshape.schema())


_NAMED: Mapping[str, Callable[[], Schema]] = {
    "findings": _findings,
    "show": _show,
    "metrics": _measured,
    "tasks": _actions,
    "similar": _similar,
    "rule": _rule,
    "rules": _rules,
    "config": _config,
}
NAMES = tuple(_NAMED)
