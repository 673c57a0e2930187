"""A package that is missing is named, with what installs it; nothing passes without it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from processes import called, environment

ZONES = """\
# Postmortem: checkout outage of 18 January 2024

- **Duration:** 18 January 2024, 10:00 - 11:00 PDT
- **Impact:** 40% of users could not pay

## Timeline

- 10:00 - An alert paged the on-call
- 11:00 - The service was back
"""
WITHOUT = """\
import sys
sys.modules[sys.argv.pop(1)] = None
from pmlint.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("module", "package", "words"),
    [
        pytest.param("markdown_it", "markdown-it-py", ("a.md",), id="a check"),
        pytest.param("markdown_it", "markdown-it-py", ("--fix", "a.md"), id="a fix"),
        pytest.param("markdown_it", "markdown-it-py", ("-j", "2", *"aaaa"), id="workers"),
        pytest.param("markdown_it", "markdown-it-py", ("show", "a.md"), id="another command"),
        pytest.param("mdurl", "mdurl", ("a.md",), id="what a package needs"),
        pytest.param("click", "click", ("rules",), id="options"),
        pytest.param("tzdata", "tzdata", ("a.md",), id="zones, where the system has none"),
    ],
)
def test_missing_package_is_named_in_one_line(
    tmp_path: Path, module: str, package: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "a.md").write_text(ZONES, "utf-8")
    names = []
    for number, word in enumerate(words):
        if word == "a":
            (tmp_path / f"{number}.md").write_text(ZONES, "utf-8")
        names.append(f"{number}.md" if word == "a" else word)
    words = (sys.executable, "-P", "-c", WITHOUT, module, *names)
    environ = environment(PYTHONTZPATH="")
    done = called(*words, folder=tmp_path, environ=environ, timeout=120)
    assert done.returncode == 2, done.stdout + done.stderr
    told = f"error: the package {package} is not installed; run `python -m pip install {package}`"
    assert done.stderr.splitlines() == [told]
    assert not done.stdout
