"""The commands: one module each, imported when it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

NAMES = (
    "check",
    "show",
    "scan",
    "explain",
    "rules",
    "schema",
    "completion",
    "metrics",
    "timeline",
    "tasks",
    "report",
    "similar",
    "format-times",
    "templates",
    "new",
    "config",
    "init",
    "watch",
    "lsp",
)
"""Every command; ``pmlint.commands.NAME`` holds it as ``command``."""


class Commands(Mapping[str, "click.Command"]):
    """Commands by name."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in NAMES:
            raise KeyError(name)
        module = import_module(f"pmlint.commands.{name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)
