"""The shape of a team's own template.

It is that of ours but for regular expressions of headings, which only ours may hold:
no pattern of a repository runs in Python's engine.
"""

from __future__ import annotations

from pmlint.config import no_rule
from pmlint.settings.configshape import level_shape
from pmlint.settings.shapes import (
    Anything,
    Choice,
    Flag,
    Key,
    ListOf,
    MapOf,
    Shape,
    Table,
    Text,
    like,
)
from pmlint.standard import rulebook, templates
from pmlint.suggest import nearest, question


def shape() -> Table:
    """What a template file may hold."""
    rules = {rule.code: rule for rule in rulebook.rules()}
    names = {code: rule.name for code, rule in rules.items()}
    roles = ListOf(Choice("role", templates.ROLES))

    def code_fault(code: str) -> str:
        return "" if code.upper() in names else no_rule(code, names)

    def parameters(code: str) -> Shape | None:
        rule = rules.get(code.upper())
        if rule is None:
            return None
        given = {name: Key(like(value), "") for name, value in rule.parameters.items()}
        return Table(f"the parameters of {rule.code}", given)

    def role_fault(role: str) -> str:
        return "" if role in templates.ROLES else _unknown_role(role)

    words = ListOf(Text())
    part = Table(
        "a part",
        {
            "heading": Key(Text(), "the heading to add where it is missing"),
            "names": Key(words, "whole headings, in small letters"),
            "phrases": Key(words, "words that give a heading its role"),
            "weak": Key(words, "names that count where nothing better does"),
            "without": Key(words, "names that the extended template has and this one has not"),
        },
    )
    section = Table(
        "a section",
        {
            "id": Key(Text(), "its name in `order`"),
            "heading": Key(Text(), "the heading to write", True),
            "names": Key(words, "other headings it may have"),
            "roles": Key(roles, "the parts it plays"),
            "required": Key(Flag(), "false: it may be left out"),
        },
        {"title": "heading", "name": "heading", "role": "roles", "aliases": "names"},
    )
    field = Table(
        "a field",
        {
            "label": Key(Text(), "the label to write", True),
            "names": Key(words, "other labels it may have"),
            "values": Key(words, "the values it may have"),
            "required": Key(Flag(), "false: it may be left out"),
        },
        {"name": "label", "aliases": "names"},
    )
    return Table(
        "the template",
        {
            "summary": Key(Text(), "the template in a sentence", True),
            "source": Key(Text(), "where it is published"),
            "extends": Key(Choice("template", templates.names()), "the template to build on", True),
            "required": Key(roles, "parts that must be there, wherever they stand"),
            "order": Key(words, "roles and ids of sections; an empty list: any order"),
            "sections": Key(ListOf(section), "the sections in order"),
            "fields": Key(ListOf(field), "labelled statements"),
            "parts": Key(MapOf(part, role_fault), "names of parts by role"),
            "contains": Key(MapOf(roles, role_fault), "roles that may stand inside a bold heading"),
            "other": Key(
                Table("[other]", {"names": Key(words, "headings that play no part")}),
                "headings that play no part",
            ),
            "levels": Key(MapOf(level_shape(), code_fault), "levels by code"),
            "parameters": Key(MapOf(Anything(), code_fault, parameters), "parameters by code"),
            "skeleton": Key(Text(), "what `pmlint new` writes"),
        },
        {"extend": "extends", "base": "extends", "description": "summary", "rules": "levels"},
    )


def _unknown_role(role: str) -> str:
    return f"unknown role `{role}`{question(nearest(role, templates.ROLES))}"
