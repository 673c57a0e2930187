"""pmlint checks incident postmortems written in Markdown.

``pmlint.lint(text)`` says what a reviewer would send back, ``pmlint.read(text)``
what the postmortem states. Nothing is imported until one of them is used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing it from typing would cost more than all of this
if TYPE_CHECKING:
    from pmlint.api import ConfigError, Edit, Finding, Fix, Level, Related, lint, read

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "Edit",
    "Finding",
    "Fix",
    "Level",
    "Related",
    "__version__",
    "lint",
    "read",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'pmlint' has no attribute {name!r}")
    from pmlint import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
