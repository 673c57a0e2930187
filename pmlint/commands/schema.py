"""``pmlint schema``: JSON Schemas of what pmlint prints and reads."""

from __future__ import annotations

import click

from pmlint.commands.options import Command, Exit, basics, refuse
from pmlint.terminal import publish


@click.command(
    cls=Command,
    name="schema",
    add_help_option=False,
    epilog="schema NAME",
    exit_status="0 printed, 2 no such schema",
)
@click.argument("name", required=False, default="", type=click.UNPROCESSED)
@basics
def command(name: str, debug: bool) -> int:
    """Print a JSON Schema: findings, show, metrics, tasks, rule, rules or config."""
    from pmlint.settings import schemas
    from pmlint.suggest import nearest, question

    if name not in schemas.NAMES:
        known = ", ".join(schemas.NAMES)
        told = f"there is no schema `{name}`" if name else "name a schema"
        return refuse(f"schema: {told}{question(nearest(name, schemas.NAMES))} (one of {known})")
    import json

    publish(json.dumps(schemas.schema(name), indent=2, ensure_ascii=False) + "\n")
    return Exit.CLEAN
