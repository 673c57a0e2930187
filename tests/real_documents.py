"""Real documents to test with: reference data, which is no part of this repository.

``PMLINT_CORPUS`` names the folder that holds ``accuracy/`` and ``reference/``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CORPUS = Path(os.environ.get("PMLINT_CORPUS") or "not-set")
LABELLED = CORPUS / "accuracy" / "dev"
REFERENCE = CORPUS / "reference" / "alx-0x19-postmortem.md"

needs_corpus = pytest.mark.skipif(
    not os.environ.get("PMLINT_CORPUS"), reason="PMLINT_CORPUS does not name the real documents"
)


def texts(prefix: str = "") -> list[Path]:
    """The labelled documents whose names begin so."""
    folder = LABELLED / "texts"
    return sorted(folder.glob(f"{prefix}*.md")) if folder.is_dir() else []


def text_of(path: Path) -> str:
    """A document as pmlint takes it: in UTF-8, whose mark is none of its characters."""
    return path.read_bytes().decode("utf-8-sig")
