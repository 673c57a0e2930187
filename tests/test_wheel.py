"""The wheel holds what the checkout holds: built, installed and run outside of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT

from pmlint.standard import policy, rulebook, templates


class Installed(NamedTuple):
    """An environment that holds the wheel and nothing of the checkout."""

    python: Path
    script: Path
    folder: Path


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    call([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(checkout)], folder)
    (wheel,) = folder.glob("*.whl")
    call([sys.executable, "-m", "venv", str(folder / "env")], folder)
    bin_folder = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    python = bin_folder / "python"
    install = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    call([*install, str(wheel)], folder)
    return Installed(python, bin_folder / "pmlint", folder)


def call(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run outside the checkout, so that nothing is found there by chance."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_wheel_brings_every_rule_and_template(installed: Installed) -> None:
    script = (
        "from pmlint.standard import policy, rulebook, templates\n"
        "print(policy.folder())\n"
        "print(*[rule.code for rule in rulebook.rules()])\n"
        "print(*templates.names())\n"
        "print(*sorted(policy.tables()))\n"
    )
    told = call([str(installed.python), "-c", script], installed.folder).stdout.splitlines()
    assert told[0].startswith(str(installed.folder.resolve()))
    assert told[1].split() == [rule.code for rule in rulebook.rules()]
    assert told[2].split() == list(templates.names())
    assert told[3].split() == sorted(policy.tables())


def test_the_wheel_brings_every_module(installed: Installed) -> None:
    script = (
        "import pmlint, pathlib\n"
        "top = pathlib.Path(pmlint.__file__).parent\n"
        "print(*sorted(path.relative_to(top).as_posix() for path in top.rglob('*.py')))\n"
    )
    told = call([str(installed.python), "-c", script], installed.folder).stdout.split()
    top = ROOT / "pmlint"
    assert told == sorted(path.relative_to(top).as_posix() for path in top.rglob("*.py"))


def test_the_installed_script_checks_a_file(installed: Installed) -> None:
    good = str(ROOT / "examples" / "good.md")
    assert "nothing to send back" in call([str(installed.script), good], installed.folder).stdout


def test_the_installed_package_runs_as_a_module(installed: Installed) -> None:
    done = call([str(installed.python), "-m", "pmlint", "--version"], installed.folder)
    assert done.stdout.startswith("pmlint ")


def test_the_installed_package_is_typed(installed: Installed) -> None:
    script = "import pmlint, pathlib; print(pathlib.Path(pmlint.__file__).parent / 'py.typed')"
    told = call([str(installed.python), "-c", script], installed.folder).stdout.strip()
    assert Path(told).is_file()
