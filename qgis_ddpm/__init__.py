"""qgis_ddpm: diffusion models for rasters, as a QGIS Processing provider and a command line."""

from typing import Any


def classFactory(iface: Any) -> Any:  # noqa: N802 - the name that QGIS calls
    """Give QGIS its plugin object; imported late, so that `import qgis_ddpm` imports nothing."""
    from .plugin import DdpmPlugin

    return DdpmPlugin(iface)
