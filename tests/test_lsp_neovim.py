"""Neovim, without a window, with the configuration that docs/editors/neovim.md gives."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="pygls is not installed (extra: lsp)")

from conftest import ROOT

FAULTY = (ROOT / "examples" / "faulty.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "editors" / "neovim.md").read_text("utf-8")
SESSION = Path(__file__).with_name("neovim_session.lua")

pytestmark = pytest.mark.skipif(
    shutil.which("nvim") is None, reason="Neovim is not installed (Debian: apt install neovim)"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a session in Neovim brought up."""
    folder = tmp_path_factory.mktemp("neovim")
    match = re.search(r"<!-- run by [^>]*-->\n```lua\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    (folder / "init.lua").write_text(match[1], encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / "postmortem.md").write_text(FAULTY, encoding="utf-8")
    # The editor finds the server on its path, as it does for a user.
    scripts = folder / "bin"
    scripts.mkdir()
    script = scripts / "pmlint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pmlint "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    environ = {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "OUT": str(folder / "told.json"),
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    done = subprocess.run(
        [
            *("nvim", "--headless", "-n", "-i", "NONE", "-u", "init.lua"),
            *("-c", f"luafile {SESSION}", "postmortem.md"),
        ],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert (folder / "told.json").exists(), done.stderr
    result: dict[str, Any] = json.loads((folder / "told.json").read_text("utf-8"))
    assert "fault" not in result, result
    return result


def test_diagnostics_follow_the_text(told: dict[str, Any]) -> None:
    assert {"PM203", "PM302", "PM402", "PM403", "PM602"} == set(told["opened"])
    assert set(told["opened"]) - set(told["edited"]) == {"PM203"}


def test_hover_tells_the_rule(told: dict[str, Any]) -> None:
    assert "PM402" in told["hover"]
    assert "goes back 10 minutes" in told["hover"]


def test_a_quick_fix_is_offered_and_applied(told: dict[str, Any]) -> None:
    assert told["actions"][0].startswith("Put the entries of lines 13 to 14 in the order")
    assert "Ignore PM402 here with a reason" in told["actions"]
    assert set(told["edited"]) - set(told["fixed"]) == {"PM402"}
    times = [line[2:9] for line in told["text"] if re.match(r"- \d+:\d\d AM", line)]
    assert times.index("9:40 AM") < times.index("9:50 AM")


def test_places_behind_an_emoji_are_right(told: dict[str, Any]) -> None:
    assert told["marked"] == "some users"


def test_symbols_are_the_sections(told: dict[str, Any]) -> None:
    assert told["symbols"][:2] == ["Issue Summary", "Timeline"]
