"""The language server with checks that fail, for tests: ``WORD`` says in which way.

``raise`` lets the check of the order fail, ``read`` the reading, ``recursion`` both run
out of stack, ``answer`` every answer to a hover.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def fail(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError("on purpose")


def endless(*arguments: object, **named: object) -> object:
    return endless(*arguments, **named)


def main() -> int:
    """Break one thing, then serve."""
    import pmlint.checks.timeline
    import pmlint.lsp.features
    import pmlint.postmortem
    from pmlint.cli import main as pmlint_main

    how = os.environ["WORD"]
    if how == "raise":
        vars(pmlint.checks.timeline)["order"] = fail
    elif how == "read":
        vars(pmlint.postmortem).update(read=fail, read_document=fail)
    elif how == "recursion":
        vars(pmlint.postmortem).update(read=endless, read_document=endless)
    elif how == "answer":
        vars(pmlint.lsp.features)["hover"] = fail
    return pmlint_main(["lsp"])


if __name__ == "__main__":
    sys.exit(main())
