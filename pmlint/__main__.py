"""``python -m pmlint``: the same as the console script."""

import sys


def _forget_working_folder() -> None:
    """Import nothing from the folder that is being checked.

    ``python -m`` puts the working folder first on the path; a checkout under
    review could hold a ``click.py`` of its own there.
    """
    from pathlib import Path

    home = Path(__file__).resolve().parent.parent
    if sys.path and Path(sys.path[0] or ".").resolve() != home:
        del sys.path[0]


if __name__ == "__main__":
    if not sys.flags.safe_path:
        _forget_working_folder()
    from pmlint.cli import main

    raise SystemExit(main())
