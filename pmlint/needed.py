"""The packages that pmlint cannot do without, and what to say where one is not there."""

from __future__ import annotations

NEEDED = {
    "click": "click",
    "markdown_it": "markdown-it-py",
    "mdurl": "mdurl",
    "pathspec": "pathspec",
    "tzdata": "tzdata",
}
"""How a package is installed, by the name under which it is imported."""


def missing(error: BaseException) -> str:
    """What to install where an import failed for that reason; empty for every other error."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return ""
    package = NEEDED.get(error.name.partition(".")[0], "")
    if not package:
        return ""
    return f"the package {package} is not installed; run `python -m pip install {package}`"
