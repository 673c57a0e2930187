"""``pmlint completion``: completion of commands, options, rules and files for a shell."""

from __future__ import annotations

import click

from pmlint.commands.options import Command, Exit, basics, refuse
from pmlint.terminal import publish


@click.command(
    cls=Command,
    name="completion",
    add_help_option=False,
    epilog="completion SHELL",
    exit_status="0 printed, 2 no such shell",
)
@click.argument("shell", required=False, default="", type=click.UNPROCESSED)
@basics
def command(shell: str, debug: bool) -> int:
    """Print the completion script of a shell: bash, zsh or fish.

    Load it with `source <(pmlint completion bash)` or its like; docs/usage.md says where
    to put it for every session.
    """
    from pmlint.commands import shells
    from pmlint.suggest import nearest, question

    if shell not in shells.SHELLS:
        known = ", ".join(shells.SHELLS)
        told = f"no script for `{shell}`" if shell else "name a shell"
        near = question(nearest(shell, shells.SHELLS))
        return refuse(f"completion: {told}{near} (one of {known})")
    publish(shells.script(shell))
    return Exit.CLEAN
