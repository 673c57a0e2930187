"""Findings for programs that read line by line: one JSON object a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmlint.reports import FileReport, findings_json

if TYPE_CHECKING:
    from pmlint.formats import About


def render(files: Sequence[FileReport], about: About) -> str:
    """The objects of ``--format json``; nothing where there is nothing to say."""
    return "".join(item + "\n" for item in findings_json.items(files))
