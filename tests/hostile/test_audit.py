"""A hostile checkout runs nothing; the watch over all calls of the test suite can fail."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from audit import watched
from conftest import ROOT, posix
from processes import called, environment

FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")

TRAPS = (
    *("markdown_it", "click", "pathspec", "tomllib", "json", "re", "signal", "pmlint", "mdurl"),
    *("sitecustomize", "usercustomize", "pygls", "lsprotocol", "tzdata", "encodings", "enum"),
)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda: subprocess.run([sys.executable, "-V"], check=True), id="process"),
        pytest.param(lambda: socket.socket().close(), id="socket"),
        pytest.param(lambda: os.system("true"), id="shell"),
        pytest.param(
            lambda: exec(compile("1", os.path.join(os.getcwd(), "x.py"), "exec")), id="code"
        ),
    ],
)
def test_the_watch_can_fail(
    act: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError), watched(["check"]):
        act()


def _trapped(folder: Path) -> Path:
    """A checkout that tries to be run: as modules, hooks, configuration and names."""
    trap = "open({!r}, 'w').close()\nraise SystemExit(99)\n".format(str(folder / "PWN"))
    for name in TRAPS:
        (folder / f"{name}.py").write_text(trap)
    package = folder / "pmlint_rules"
    package.mkdir()
    (package / "__init__.py").write_text(trap)
    (folder / "conftest.py").write_text(trap)
    (folder / "evil.pth").write_text(f"import os; open({str(folder / 'PWN')!r}, 'w')\n")
    (folder / "$(touch PWN).md").write_text(FAULTY, "utf-8")
    (folder / "`touch PWN`.md").write_text(FAULTY, "utf-8")
    (folder / "a.md").write_text(FAULTY, "utf-8")
    return folder


@posix
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("check", "."), id="check"),
        pytest.param(("check", "--fix", "--unsafe-fixes", "."), id="fix"),
        pytest.param(("check", "-j", "2", "--no-cache", "."), id="workers"),
        pytest.param(("show", "a.md"), id="show"),
        pytest.param(("timeline", "a.md"), id="timeline"),
        pytest.param(("config",), id="config"),
        pytest.param(("lsp",), id="language server"),
    ],
)
def test_hostile_checkout_runs_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = _trapped(tmp_path)
    # ``python -m pmlint`` takes a pmlint.py of the folder before any other, as Python is made.
    (folder / "pmlint.py").rename(folder / "pmlint.txt")
    for start in (["-m", "pmlint"], ["-P", "-c", "from pmlint.cli import main; main()"]):
        environ = environment(PYTHONDONTWRITEBYTECODE="1")
        call = (sys.executable, *start, *words)
        done = called(*call, folder=folder, environ=environ, timeout=120)
        assert not (folder / "PWN").exists(), done.stderr
        assert done.returncode != 99, done.stderr
