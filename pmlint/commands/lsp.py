"""``pmlint lsp``: the language server."""

from __future__ import annotations

import sys

import click

from pmlint.commands.options import (
    IGNORE_HELP,
    SELECT_HELP,
    Command,
    Exit,
    basics,
    config_option,
    option,
    refuse,
    split_words,
)
from pmlint.commands.outcome import print_traceback


@click.command(
    cls=Command,
    name="lsp",
    add_help_option=False,
    epilog="lsp [OPTIONS]",
    exit_status="0 when the editor ends it, 2 where it cannot start",
)
@option("--stdio", is_flag=True, help="Speak through standard input and output (always so).")
@option("--select", multiple=True, callback=split_words, metavar="RULES", help=SELECT_HELP)
@option("--ignore", multiple=True, callback=split_words, metavar="RULES", help=IGNORE_HELP)
@config_option
@option("--template", metavar="NAME", help="Required parts and rules; or a TOML file.")
@option("--isolated", is_flag=True, help="Ignore every configuration file.")
@basics
def command(
    stdio: bool,
    select: list[str],
    ignore: list[str],
    config_file: str | None,
    template: str | None,
    isolated: bool,
    debug: bool,
) -> int:
    """Check postmortems while they are written: the server that editors start."""
    try:
        from pmlint.lsp.features import serve
    except ImportError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        return refuse("lsp: the language server needs pygls: pip install 'pmlint[lsp]'")
    from pmlint.running.following import Options

    if sys.stdin is None or sys.stdout is None:
        return refuse("lsp: standard input or output is closed; the editor speaks through them")
    if sys.stdin.isatty():
        return refuse(
            "lsp: this is started by an editor, not by hand; docs/editors says how "
            "(in a terminal: `pmlint watch`)"
        )
    import logging

    # Standard output belongs to the protocol; a client need not read much of standard error.
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    options = Options(template or "", tuple(select), tuple(ignore), config_file or "", isolated)
    serve(options, print_traceback if debug else None)
    return Exit.CLEAN
