"""The plugin object that QGIS holds: it adds the provider and takes it away again."""

from typing import Any, Optional

from qgis.core import QgsApplication

from .algorithms.provider import DdpmProvider


class DdpmPlugin:
    """Adds the Processing provider; `iface` is None in qgis_process and is never used."""

    def __init__(self, iface: Any) -> None:
        self._provider: Optional[DdpmProvider] = None

    def initGui(self) -> None:
        self.initProcessing()

    def initProcessing(self) -> None:
        """Called by qgis_process in place of initGui."""
        self._provider = DdpmProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def unload(self) -> None:
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
