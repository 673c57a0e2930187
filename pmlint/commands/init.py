"""``pmlint init``: the files that a team starts with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from pmlint.commands.options import Command, Exit, basics, option, refuse, refuse_config
from pmlint.settings.starting import Planned
from pmlint.terminal import note, publish

CI = ("none", "github", "gitlab")


@click.command(
    cls=Command,
    name="init",
    add_help_option=False,
    epilog="init [OPTIONS]",
    exit_status="0 written, 2 could not write, 3 no Markdown file found (--baseline)",
)
@option("--template", metavar="NAME", help="Required parts and rules.")
@option("--pre-commit/--no-pre-commit", default=None, help="Write an entry for pre-commit.")
@option("--ci", type=click.Choice(CI), metavar="NAME", help="github, gitlab, none: write a job.")
@option("--baseline", is_flag=True, help="Hold what is found now as known (old archives).")
@option("-y", "--yes", is_flag=True, help="Ask nothing: what is not said is left out.")
@option("--force", is_flag=True, help="Write over files that are there.")
@option("--dry-run", is_flag=True, help="Print the files, write none.")
@basics
def command(
    template: str | None,
    pre_commit: bool | None,
    ci: str | None,
    baseline: bool,
    yes: bool,
    force: bool,
    dry_run: bool,
    debug: bool,
) -> int:
    """Write a configuration, and on demand an entry for pre-commit and a CI job."""
    from pmlint import config
    from pmlint.settings import starting
    from pmlint.standard import templates

    asks = not yes and not dry_run and sys.stdin is not None and sys.stdin.isatty()
    if not asks and not yes and not dry_run:
        return refuse("init: nobody is there to be asked; add --yes, or --dry-run to look first")
    try:
        if template is not None or not asks:
            chosen = config.template(template or "default", templates.names())
        else:
            chosen = config.template(
                click.prompt(f"Template ({', '.join(templates.names())})", default="default"),
                templates.names(),
                "template",
            )
    except config.ConfigError as error:
        return refuse_config(error)
    except click.Abort:
        return Exit.INTERRUPTED
    if asks:
        try:
            if pre_commit is None:
                pre_commit = click.confirm("An entry for pre-commit?", default=True)
            if ci is None:
                ci = click.prompt("A CI job", type=click.Choice(CI), default="none")
        except click.Abort:
            return Exit.INTERRUPTED
    files = starting.planned(
        chosen, pre_commit=bool(pre_commit), ci=ci or "none", baseline=baseline
    )
    if dry_run:
        publish("\n".join(f"# {file.path}\n\n{file.text}" for file in files))
        return Exit.CLEAN
    taken = [] if force else _taken(files)
    if taken:
        hint = _by_hand(taken)
        if hint:
            note(hint)
        names = ", ".join(file.path for file in taken)
        return refuse(f"{names}: there already; nothing was written (--force writes over it)")
    for file in files:
        try:
            _write(file)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            return refuse(f"{file.path} cannot be written: {reason}")
        note(f"{file.path} written ({file.told})")
    if baseline:
        return _baseline()
    note("next: pmlint check")
    return Exit.CLEAN


def _taken(files: Iterable[Planned]) -> list[Planned]:
    from pmlint.config import in_folder

    taken = [file for file in files if os.path.lexists(file.path)]
    held = in_folder(".")
    if held and not any(file.path == "pmlint.toml" for file in taken):
        taken.insert(0, Planned(os.path.relpath(held), "", "configuration"))
    return taken


def _by_hand(taken: Iterable[Planned]) -> str:
    """What to add to a file that others share."""
    return "\n".join(
        f"to add to {file.path} by hand:\n\n{file.text}"
        for file in taken
        if file.path.endswith((".yaml", ".gitlab-ci.yml"))
    )


def _write(file: Planned) -> None:
    folder = os.path.dirname(file.path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(file.path, "w", encoding="utf-8", newline="\n") as handle:
        handle.write(file.text)


def _baseline() -> int:
    from pmlint.commands import check

    with check.command.make_context("pmlint check", ["--update-baseline", "--quiet"]) as context:
        code: int = check.command.invoke(context)
        return code
