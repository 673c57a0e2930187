"""Commands and options, and nothing else.

A plain call is read by ``pmlint.commands.plain``, every other by click; a command is
imported when it is called. Findings go to standard output, all else to standard error.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from pmlint.commands import Commands
from pmlint.commands.outcome import Exit, refuse
from pmlint.terminal import drop_output, never_fail_to_encode, publish

_COMMANDS = Commands()
_SELDOM = (50_000, 20, 20)
"""Hardly anything that a run makes is garbage in circles; looking for it takes its time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run pmlint and return its exit code. Raises nothing, except faults with ``--debug``."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    gc.set_threshold(*_SELDOM)
    for stream in (sys.stdout, sys.stderr):
        never_fail_to_encode(stream)
    try:
        return _dispatch(words)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of a help page has seen enough (``| head``).
        drop_output()
        return Exit.CLEAN
    except OSError as error:
        return refuse(f"cannot write the report: {error.strerror or error}")
    except Exception as error:
        if "--debug" in words:
            raise
        if isinstance(error, MemoryError):
            # What filled the memory goes with the trace; to tell of it something must be free.
            error.__traceback__ = error.__context__ = None
        from pmlint.needed import missing

        if told := missing(error):
            return refuse(told)
        return refuse(f"pmlint failed: {type(error).__name__}: {error} (--debug shows where)")


def run() -> NoReturn:
    """Run pmlint as a process of its own, and end it.

    Python takes about as long to take itself apart as pmlint to read a postmortem, so it is
    left standing, unless somebody watches it to its end: a debugger, a profiler, coverage.
    """
    code = main()
    if sys.gettrace() or sys.getprofile():
        raise SystemExit(code)
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            continue
        except OSError:
            code = Exit.FAILED
    os._exit(code)


def _dispatch(words: list[str]) -> int:
    from pmlint.commands import plain

    typed = plain.options(words)
    if typed is not None:
        from pmlint.commands.checking import run

        return run(typed)
    from click import UsageError
    from click.exceptions import Exit as ClickExit

    if sys.platform == "win32":
        words = list(_expanded(words))
    name, rest = _route(words)
    if not words or (not name and _asks(words, "-h", "--help")):
        return _print_help()
    command = _COMMANDS[name or "check"]
    meant = "" if name else _misspelled(words)
    if meant:
        return refuse(meant)
    try:
        with command.make_context(f"pmlint {command.name}", rest) as context:
            code: int = command.invoke(context)
            return code
    except ClickExit as stop:
        # A page or the version is printed; click says nothing of an output that is closed.
        publish("")
        return stop.exit_code
    except UsageError as error:
        from pmlint.commands import calls

        return refuse(calls.explained(error, command, _COMMANDS))


def _route(words: Sequence[str]) -> tuple[str, list[str]]:
    """The command named in a call, or an empty string, and the other words.

    The command is the first word that is neither an option nor an option's
    value, so options may stand before it.
    """
    if not words or words[0] in _COMMANDS:
        return (words[0], list(words[1:])) if words else ("", [])
    if not any(word in _COMMANDS for word in words):
        return "", list(words)
    takes_value = _value_options()
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            break
        if word.startswith("-") and word != "-":
            at += 2 if word in takes_value else 1
            continue
        if word in _COMMANDS:
            return word, [*words[:at], *words[at + 1 :]]
        break
    return "", list(words)


def _value_options() -> frozenset[str]:
    """The options of all commands that are followed by a value."""
    import click

    return frozenset(
        name
        for command in _COMMANDS.values()
        for option in command.params
        if isinstance(option, click.Option) and not option.is_flag
        for name in option.opts
    )


def _misspelled(words: Sequence[str]) -> str:
    """What to say of a first word that looks like a command and is no file."""
    word = words[0]
    if not word.replace("-", "").isalpha() or word.startswith("-") or os.path.exists(word):
        return ""
    from pmlint.commands import calls

    near = calls.misspelled_command(word, _COMMANDS)
    return f"no command or file `{word}`; did you mean `pmlint {near}`?" if near else ""


def _asks(words: Sequence[str], *options: str) -> bool:
    end = words.index("--") if "--" in words else len(words)
    return any(word in options for word in words[:end])


def _print_help() -> int:
    from pmlint.reports.colour import style_for
    from pmlint.reports.help import main_page

    publish(main_page(style_for(sys.stdout)))
    return Exit.CLEAN


def _expanded(words: Iterable[str]) -> Iterator[str]:
    """File patterns spelled out, as no Windows shell does it."""
    from glob import glob

    for word in words:
        matches = sorted(glob(word)) if any(sign in word for sign in "*?[") else []
        yield from matches or [word]
