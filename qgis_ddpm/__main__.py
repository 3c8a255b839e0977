"""`python -m qgis_ddpm`: the command line."""

import sys

from .cli import main

sys.exit(main())
