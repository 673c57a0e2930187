"""``python -m pmlint``: the same as the console script."""

import os
import sys


def _forget_working_folder() -> None:
    """Import nothing from the folder that is being checked.

    ``python -m`` puts the working folder first on the path; a checkout under
    review could hold a ``click.py`` of its own there.
    """
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    if sys.path and os.path.realpath(sys.path[0]) != home:
        del sys.path[0]


if __name__ == "__main__":
    if not sys.flags.safe_path:
        _forget_working_folder()
    from pmlint.cli import run

    run()
