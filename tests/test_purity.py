"""The core stays portable and runs nothing that a checkout brings along.

No subprocess, thread, socket or compiled dependency, so that it can run in a
browser; no code from the folder that is being checked.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from processes import PMLINT, called, environment

WATCHED = """
import os, sys
FORBIDDEN = (
    "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.startfile", "socket.", "_thread.start", "urllib.", "http.", "ctypes.",
)
HERE = os.getcwd()
KEPT = (os.path.join({root!r}, "rules", "__pycache__"), os.environ["PMLINT_CACHE_DIR"])
broken = []

def watch(event, arguments):
    if event.startswith(FORBIDDEN):
        broken.append(event)
    elif event == "exec" and getattr(arguments[0], "co_filename", "").startswith(HERE):
        broken.append("exec of " + arguments[0].co_filename)
    elif event == "open" and isinstance(arguments[0], str):
        writes = isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if writes and not arguments[0].startswith(KEPT):
            broken.append("write to " + arguments[0])

import _thread

def noted(start):
    # Not every Python tells audit hooks of threads.
    def wrapper(*arguments, **options):
        broken.append("_thread.start")
        return start(*arguments, **options)
    return wrapper

for name in ("start_new_thread", "start_joinable_thread"):
    if hasattr(_thread, name):
        setattr(_thread, name, noted(getattr(_thread, name)))

sys.path.insert(0, {root!r})
sys.dont_write_bytecode = True
# An extra of ours, which pathspec would use wherever it is installed.
sys.modules["re2"] = None
sys.addaudithook(watch)
{trespass}
from pmlint.cli import main
code = main({arguments!r})
sys.stdout.flush()
from importlib.machinery import EXTENSION_SUFFIXES
library = os.path.dirname(os.__file__)
for name, module in list(sys.modules.items()):
    path = getattr(module, "__file__", None) or ""
    if path.endswith(tuple(EXTENSION_SUFFIXES)):
        if "site-packages" in path or not path.startswith(library):
            broken.append("compiled module " + name)
if broken:
    sys.exit("forbidden: " + "; ".join(broken))
sys.exit(code)
"""


def watched(folder: Path, *arguments: str, trespass: str = "") -> subprocess.CompletedProcess[str]:
    """Run pmlint in another process that notes what it must not do."""
    script = WATCHED.format(root=str(ROOT), arguments=list(arguments), trespass=trespass)
    return called(sys.executable, "-c", script, folder=folder)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(("check", str(ROOT / "examples" / "good.md")), 0, id="check a good file"),
        pytest.param(("check", str(ROOT / "examples" / "faulty.md")), 1, id="check a faulty file"),
        pytest.param(("--format", "json", str(ROOT / "examples")), 1, id="check a folder"),
        pytest.param(("show", str(ROOT / "examples" / "good.md")), 0, id="show"),
        pytest.param(
            ("show", "--format", "json", str(ROOT / "examples" / "good.md")), 0, id="show as JSON"
        ),
    ],
)
def test_run_needs_no_process_thread_socket_or_compiled_module(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = watched(tmp_path, *arguments)
    assert "forbidden" not in done.stderr
    assert done.returncode == code, done.stderr


@pytest.mark.parametrize(
    ("trespass", "told"),
    [
        pytest.param("import subprocess; subprocess.run([sys.executable, '-V'])", "subprocess."),
        pytest.param("import socket; socket.socket().close()", "socket."),
        pytest.param(
            "import threading; t = threading.Thread(target=int); t.start(); t.join()", "_thread."
        ),
        pytest.param("open('new', 'w').close()", "write to"),
    ],
    ids=["process", "socket", "thread", "file"],
)
def test_the_watch_itself_can_fail(tmp_path: Path, trespass: str, told: str) -> None:
    done = watched(tmp_path, "--version", trespass=trespass)
    assert done.returncode == 1
    assert told in done.stderr


@pytest.mark.parametrize("verb", ["check", "show"])
def test_nothing_is_imported_from_the_folder_that_is_checked(tmp_path: Path, verb: str) -> None:
    for name in ("click", "markdown_it", "tomllib", "pathspec", "sitecustomize", "json"):
        (tmp_path / f"{name}.py").write_text("open('PWN', 'w').close()\nraise SystemExit(99)\n")
    (tmp_path / "a.md").write_bytes((ROOT / "examples" / "good.md").read_bytes())
    (tmp_path / ".gitignore").write_text("b.md\n")
    environ = environment(PYTHONDONTWRITEBYTECODE="1")
    done = called(*PMLINT, verb, ".", folder=tmp_path, environ=environ)
    assert not (tmp_path / "PWN").exists()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_import_neither_parser_nor_rules(tmp_path: Path, argument: str) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        f"from pmlint.cli import main; main([{argument!r}])\n"
        "heavy = {'markdown_it', 'pathspec', 'tomllib', 'json', 'pmlint.standard.rulebook',"
        " 'pmlint.facts', 'importlib.metadata', 'multiprocessing'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = called(sys.executable, "-c", script, folder=tmp_path)
    assert done.stderr == ""
    assert done.returncode == 0
