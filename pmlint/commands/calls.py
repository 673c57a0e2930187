"""Wrong calls: one line each, with the nearest right word."""

from __future__ import annotations

from collections.abc import Mapping

import click

from pmlint.suggest import nearest, question

# What other tools call it.
_OPTION_MEANINGS: Mapping[str, str] = {
    "--json": "--format json",
    "--output": "--out",
    "--output-file": "--out",
    "--report": "--out",
    "--sarif": "--format sarif",
    "--junit": "--format junit",
    "--stats": "--statistics",
    "--count": "--statistics",
    "--summary": "--statistics",
    "--stdin-file-path": "--stdin-filename",
    "--stdin-filepath": "--stdin-filename",
    "--stdin-display-name": "--stdin-filename",
    "--assume-filename": "--stdin-filename",
    "--output-format": "--format",
    "--reporter": "--format",
    "--colour": "--color",
    "--no-color": "--color never",
    "--no-colour": "--color never",
    "--silent": "--quiet",
    "--enable": "--select",
    "--only": "--select",
    "--rule": "--select",
    "--rules": "--select",
    "--disable": "--ignore",
    "--exclude": "--ignore",
    "--skip": "--ignore",
    "--extend-ignore": "--ignore",
    "--strict": "--fail-on warning",
    "--level": "--fail-on",
    "--severity": "--fail-on",
    "--exit-code": "--exit-zero",
    "--no-fail": "--exit-zero",
    "--profile": "--template",
    "--standard": "--template",
    "--no-config": "--isolated",
    "--traceback": "--debug",
}
_COMMAND_MEANINGS: Mapping[str, str] = {
    "lint": "check",
    "validate": "check",
    "verify": "check",
    "run": "check",
    "print": "show",
    "parse": "show",
    "read": "show",
    "dump": "show",
    "rule": "explain",
    "why": "explain",
    "fix": "check --fix",
    "diff": "check --diff",
    "list": "rules",
    "help": "--help",
    "version": "--version",
}


Commands = Mapping[str, click.Command]


def misspelled_command(word: str, commands: Commands) -> str:
    """The command that was meant by a word that is no file, or an empty string."""
    return nearest(word, commands, _COMMAND_MEANINGS)


def explained(error: click.UsageError, command: click.Command, commands: Commands) -> str:
    """A wrong call in one line: what is wrong, what was meant, where all are listed."""
    ask = f" All options: pmlint {command.name} --help"
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error.option_name, command, commands) + ask
    if isinstance(error, click.BadOptionUsage):
        option = error.option_name
        known = "needs" if "requires" in error.message else "takes no"
        return f"{option} {known} {'a ' if known == 'needs' else ''}value.{ask}"
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        kind = error.param.type
        if isinstance(kind, click.Choice):
            values = [str(choice) for choice in kind.choices]
            given = error.message.partition("'")[2].partition("'")[0]
            wanted = question(nearest(given, values)) or "."
            return f"{error.param.opts[0]}: no `{given}`{wanted} One of: {', '.join(values)}"
        if isinstance(kind, click.IntRange):
            given = error.message.partition(" is not")[0].strip("'")
            return f"{error.param.opts[-1]}: no `{given}`; write a whole number from {kind.min} on"
    return f"{error.format_message().rstrip('.')}.{ask}"


def _no_such_option(option: str, command: click.Command, commands: Commands) -> str:
    known = [name for name in _options(command) if name.startswith("--")]
    meant = _OPTION_MEANINGS.get(option, "").partition(" ")[0]
    for name, other in commands.items():
        if meant not in known and other is not command and option in _options(other):
            return f"{command.name} has no option `{option}`; {name} has."
    near = nearest(option, known, _OPTION_MEANINGS)
    return f"no option `{option}`{question(near) or '.'}"


def _options(command: click.Command) -> list[str]:
    return [name for option in command.params for name in option.opts]
