"""``pmlint completion``: scripts that shells accept and that offer the right words."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from conftest import Run

from pmlint.commands import shells


def _bash(run: Run, call: str) -> list[str]:
    """What bash offers at the end of a call."""
    script = run("completion", "bash").out
    program = f"""{script}
COMP_WORDS=({call})
[[ "{call[-1:]}" == " " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_pmlint
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        ["bash", "--norc", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("call", "offered"),
    [
        pytest.param("pmlint expl", ["explain"], id="a command"),
        pytest.param("pmlint check --format js", ["json", "jsonl"], id="a format"),
        pytest.param("pmlint --format js", ["json", "jsonl"], id="check is meant by default"),
        pytest.param("pmlint check --format = js", ["json", "jsonl"], id="--format=js"),
        pytest.param("pmlint show --format js", ["json"], id="of another command"),
        pytest.param("pmlint explain timeline-or", ["timeline-order"], id="a rule by name"),
        pytest.param("pmlint explain PM40", [f"PM40{n}" for n in range(1, 10)], id="a family"),
        pytest.param("pmlint --select PM402", ["PM402"], id="a rule to select"),
        pytest.param("pmlint check --isol", ["--isolated"], id="an option"),
        pytest.param("pmlint schema --isol", [], id="an option of another command"),
        pytest.param("pmlint schema fi", ["findings"], id="a schema"),
        pytest.param("pmlint completion z", ["zsh"], id="a shell"),
        pytest.param("pmlint check READ", [], id="files are left to bash"),
        pytest.param("pmlint check --template al", ["alx"], id="a template"),
    ],
)
def test_bash_offers(run: Run, call: str, offered: list[str]) -> None:
    assert _bash(run, call) == offered


CHECKERS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_shell_accepts_its_script(run: Run, shell: str, tmp_path: object) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = run("completion", shell).out
    path = f"{tmp_path}/script"
    with open(path, "w", encoding="utf-8") as file:
        file.write(script)
    done = subprocess.run([*CHECKERS[shell], path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", shells.SHELLS)
def test_script_knows_every_command_and_option(run: Run, shell: str) -> None:
    from pmlint.commands import NAMES

    script = run("completion", shell).out
    for word in (*NAMES, "PM402", "timeline-order", "isolated"):
        assert word in script


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        pytest.param([], "name a shell (one of bash, zsh, fish)", id="none"),
        pytest.param(["fsh"], "did you mean `fish`?", id="misspelt"),
        pytest.param(["powershell"], "one of bash, zsh, fish", id="one that there is not"),
    ],
)
def test_wrong_shell_gets_one_line(run: Run, words: list[str], fault: str) -> None:
    result = run("completion", *words)
    assert (result.code, result.out) == (2, "")
    assert fault in result.err
