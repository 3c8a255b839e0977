"""`python -m qgis_ddpm`: the command line."""

import os
import sys


def _look_last_in_the_working_folder() -> None:
    """Python puts the folder that somebody works in first, where a json.py of a downloaded folder would be run."""
    if not getattr(sys.flags, "safe_path", False) and sys.path and sys.path[0] in ("", os.getcwd()):
        folder = sys.path.pop(0)
        # A checkout is found by it; its modules may hide none of the library or of other packages.
        if os.path.samefile(folder or os.curdir, os.path.dirname(os.path.dirname(os.path.abspath(__file__)))):
            sys.path.append(folder)


if __name__ == "__main__":
    _look_last_in_the_working_folder()
    from .cli import main

    sys.exit(main())
