"""Scripts by which shells complete calls of pmlint.

They are made from the commands themselves and hold every word, so that pressing
Tab starts no process. File names are left to the shell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from pmlint.namedtuples import NamedTuple

SHELLS = ("bash", "zsh", "fish")


class Flag(NamedTuple):
    """An option of a command."""

    names: tuple[str, ...]
    help: str
    takes: bool
    """A value follows it."""
    values: tuple[str, ...]
    """The values there are; empty where any may follow."""


class Words(NamedTuple):
    """What may stand in a call of one command."""

    name: str
    help: str
    flags: tuple[Flag, ...]
    arguments: tuple[str, ...]
    """Words besides file names."""


def script(shell: str) -> str:
    """The completion script of a shell out of ``SHELLS``. Raises KeyError for any other."""
    write = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return "\n".join(write(tuple(_commands()))) + "\n"


def _commands() -> Iterator[Words]:
    from pmlint.commands import Commands

    for name, command in Commands().items():
        summary = " ".join((command.help or "").split("\n\n")[0].split()).rstrip(".")
        options = [each for each in command.params if isinstance(each, click.Option)]
        yield Words(name, summary, tuple(map(_flag, options)), tuple(_arguments(name)))


def _flag(option: click.Option) -> Flag:
    takes = not (option.is_flag or option.count)
    values: Sequence[str] = ()
    if isinstance(option.type, click.Choice):
        values = [str(choice) for choice in option.type.choices]
    elif "--template" in option.opts:
        from pmlint.standard import templates

        values = templates.names()
    elif {"--select", "--ignore", "--extend-select"} & set(option.opts):
        values = list(_rules())
    help_ = " ".join((option.help or "").split()).rstrip(".")
    return Flag(tuple(option.opts), help_, takes, tuple(values))


def _rules() -> Iterator[str]:
    from pmlint.standard import rulebook

    for rule in rulebook.rules():
        yield from (rule.code, rule.name)


def _arguments(command: str) -> Iterator[str]:
    if command in ("explain", "rules"):
        yield from _rules()
    elif command == "schema":
        from pmlint.settings import schemas

        yield from schemas.NAMES
    elif command == "completion":
        yield from SHELLS
    elif command == "templates":
        from pmlint.standard import templates

        yield from templates.names()


def _which_command(commands: Sequence[Words]) -> str:
    return "|".join(command.name for command in commands)


def _valued(commands: Sequence[Words]) -> Iterator[tuple[str, str]]:
    """For each option that a value follows ``command --option`` and its values."""
    for command in commands:
        for flag in command.flags:
            if flag.takes:
                cases = "|".join(f'"{command.name} {name}"' for name in flag.names)
                yield cases, " ".join(flag.values)


# -- bash


def _bash(commands: Sequence[Words]) -> Iterator[str]:
    yield "# Completion of pmlint for bash."
    yield "_pmlint() {"
    yield '    local cur="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"'
    yield "    local command= word at"
    yield "    # Bash takes --format=json for three words."
    yield '    if [[ "$cur" == "=" ]]; then cur=""; elif [[ "$before" == "=" ]]; then'
    yield '        before="${COMP_WORDS[COMP_CWORD-2]}"'
    yield "    fi"
    yield "    for ((at = 1; at < COMP_CWORD; at++)); do"
    yield f'        case "${{COMP_WORDS[at]}}" in {_which_command(commands)})'
    yield '            command="${COMP_WORDS[at]}"; break ;;'
    yield "        esac"
    yield "    done"
    yield "    COMPREPLY=()"
    yield '    case "${command:-check} $before" in'
    for cases, values in _valued(commands):
        reply = f'COMPREPLY=($(compgen -W "{values}" -- "$cur")); return' if values else "return"
        yield f"        {cases}) {reply} ;;"
    yield "    esac"
    yield '    case "${command:-check} $cur" in'
    for command in commands:
        names = " ".join(name for flag in command.flags for name in flag.names)
        yield f'        "{command.name} -"*) COMPREPLY=($(compgen -W "{names}" -- "$cur")) ;;'
    for command in commands:
        if command.arguments:
            listed = " ".join(command.arguments)
            reply = f'COMPREPLY=($(compgen -W "{listed}" -- "$cur"))'
            yield f'        "{command.name} "*) {reply} ;;'
    yield "        *)"
    yield '            if [[ -z "$command" && COMP_CWORD -eq 1 ]]; then'
    words = " ".join(command.name for command in commands)
    yield f'                COMPREPLY=($(compgen -W "{words}" -- "$cur"))'
    yield "            fi ;;"
    yield "    esac"
    yield "}"
    # File names come with -o default where the function finds nothing, and beside commands.
    yield "complete -o bashdefault -o default -F _pmlint pmlint"


# -- zsh


def _zsh(commands: Sequence[Words]) -> Iterator[str]:
    yield "#compdef pmlint"
    yield "# Completion of pmlint for zsh."
    yield "_pmlint() {"
    yield '    local command="" word'
    yield "    local -a offered"
    yield '    for word in "${(@)words[2,CURRENT-1]}"; do'
    yield f'        case "$word" in {_which_command(commands)}) command="$word"; break ;; esac'
    yield "    done"
    yield '    case "${command:-check} ${words[CURRENT-1]}" in'
    for cases, values in _valued(commands):
        yield f"        {cases}) {f'compadd -- {values}' if values else '_files'}; return ;;"
    yield "    esac"
    yield '    if [[ "${words[CURRENT]}" == -* ]]; then'
    yield '        case "${command:-check}" in'
    for command in commands:
        yield f"            {command.name}) offered=("
        for flag in command.flags:
            for name in flag.names:
                yield f"                {_quoted(f'{name}:{_no_colon(flag.help)}')}"
        yield "            ) ;;"
    yield "        esac"
    yield "        _describe -o option offered"
    yield "        return"
    yield "    fi"
    yield '    case "$command" in'
    yield '        "") offered=('
    for command in commands:
        yield f"            {_quoted(f'{command.name}:{_no_colon(command.help)}')}"
    yield "            ); _describe command offered; _files ;;"
    for command in commands:
        if command.arguments:
            files = "; _files" if command.name == "explain" else ""
            yield f"        {command.name}) compadd -- {' '.join(command.arguments)}{files} ;;"
    yield "        *) _files ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ "${funcstack[1]}" == _pmlint ]]; then'
    yield '    _pmlint "$@"'
    yield "else"
    yield "    compdef _pmlint pmlint"
    yield "fi"


def _no_colon(text: str) -> str:
    return text.replace(":", r"\:")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# -- fish


def _fish(commands: Sequence[Words]) -> Iterator[str]:
    names = " ".join(command.name for command in commands)
    yield "# Completion of pmlint for fish."
    yield "function __pmlint_is"
    yield "    for word in (commandline -opc)[2..]"
    yield f"        if contains -- $word {names}"
    yield "            test $word = $argv[1]"
    yield "            return"
    yield "        end"
    yield "    end"
    yield "    test $argv[1] = check"
    yield "end"
    yield "function __pmlint_begins"
    yield "    test (count (commandline -opc)) -eq 1"
    yield "end"
    begin = "complete -c pmlint"
    for command in commands:
        told = _fish_quoted(command.help)
        yield f"{begin} -n __pmlint_begins -a {command.name} -d {told}"
    for command in commands:
        when = f"-n '__pmlint_is {command.name}'"
        for flag in command.flags:
            yield f"{begin} {when} {_fish_flag(flag)} -d {_fish_quoted(flag.help)}"
        if command.arguments:
            yield f"{begin} {when} -a '{' '.join(command.arguments)}'"


def _fish_flag(flag: Flag) -> str:
    named = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in flag.names]
    if flag.values:
        named.append(f"-x -a '{' '.join(flag.values)}'")
    elif flag.takes:
        named.append("-r")
    return " ".join(named)


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
